import { countWords, spotOfNode, spotOfRun } from '../../src/core/look.ts';
import { mayBeLike, similarity, titleOf } from '../../src/core/similarity.ts';
import { headlines, LIKE_TITLE } from '../../src/core/site-view.ts';
import { defineServiceRule, fail, pageOf, partial, pass, unclear, type Seen, type ServiceSubject } from '../define.ts';
import { isPlaceholder, isUnderConstruction } from '../lexicon/values.ts';
import { sectionOf } from '../sheet.ts';

/** Words of content from which on a page says something of its own. */
const MIN_WORDS = 80;
/** Below this a page is an empty template. */
const EMPTY_WORDS = 15;
/** Fewer words of its own beside "under construction" make a page none. */
const UNBUILT_WORDS = 40;

export default defineServiceRule({
  id: 'presence/service-page',
  version: 1,
  why: {
    fa: 'هر خدمت باید صفحه‌ای پایدار از آن خود داشته باشد که بتوان به آن پیوند داد.',
    en: 'Each service should have a stable page of its own that can be linked to.',
  },
  source: 'catalogue 4; guide for loading service cards',
  needs: ['home', 'service-page', 'site'],
  seeks: ['services'],
  outcomes: {
    own: pass('خدمت صفحه‌ای از آن خود با {words} واژه دارد.', 'The service has a page of its own with {words} words.'),
    thin: partial('صفحه خدمت تنها {words} واژه دارد.', 'The page of the service has only {words} words.'),
    shared: partial('{count} خدمت یک صفحه مشترک دارند.', '{count} services share one page.'),
    fileOnly: partial('خدمت به جای صفحه تنها یک پرونده دارد.', 'Instead of a page the service has only a file.'),
    otherTitle: unclear(
      'عنوان صفحه («{title}») به عنوان خدمت نمی‌ماند.',
      'The title of the page ("{title}") is not like the title of the service.',
    ),
    empty: fail('صفحه خدمت قالبی خالی است.', 'The page of the service is an empty template.'),
    gone: fail('نشانی صفحه خدمت به جایی نمی‌رسد ({why}).', 'The address of the service page leads nowhere ({why}).'),
    none: fail('صفحه‌ای برای خدمت یافت نشد.', 'No page of the service was found.'),
  },
  check(view, conclude) {
    if (view.page.state === 'file')
      return conclude.fileOnly({
        facts: [
          { url: view.page.snapshot.url, snapshot: view.page.snapshot.body?.hash ?? '', quote: view.page.snapshot.url },
        ],
      });
    if (view.page.state === 'gone') return conclude.gone({ values: { why: view.page.why } });
    const seen = pageOf(view.page);
    if (!seen) return conclude.none();
    const sharing = view.site.services.filter((other) => pageOf(other.page) === seen).length;
    const title = titleRun(view, seen);
    // the page as a whole is the evidence: its title may stand in a menu on every page
    const whole = { seen, spot: spotOfNode(seen.page.body, seen.page.title || seen.page.url) };
    const line = title >= 0 ? { seen, spot: spotOfRun(seen.page, title) } : null;
    const isOwnTitle = line !== null && similarity(titleOf(seen.page.runs[title]!.text), view.title) >= LIKE_TITLE;
    const proofs = line === null ? [whole] : isOwnTitle ? [line, whole] : [line];
    const words = seen.page.words;
    if (words < EMPTY_WORDS || isUnbuilt(view, seen) || isUnfilled(view, seen)) return conclude.empty({ proofs });
    if (sharing > 1) return conclude.shared({ proofs, values: { count: sharing } });
    if (title < 0 && !headlines(seen.page).some((headline) => similarity(headline, view.title) >= LIKE_TITLE))
      return conclude.otherTitle({ proofs, values: { title: seen.page.title.slice(0, 80) } });
    return words >= MIN_WORDS
      ? conclude.own({ proofs, values: { words } })
      : conclude.thin({ proofs, values: { words } });
  },
});

/** A page whose own text is that there is none yet. */
function isUnbuilt(view: ServiceSubject, seen: Seen): boolean {
  // what a page repeats for telephones is said once
  const lines = new Set<string>();
  let words = 0;
  for (const { folded, link } of sectionOf(view, seen)) {
    if (link >= 0 || lines.has(folded) || view.site.isFrame(folded)) continue;
    lines.add(folded);
    words += countWords(folded);
    if (words >= UNBUILT_WORDS) return false;
  }
  return [...lines].some(isUnderConstruction);
}

/** Rows of a sheet from which on it is one, and how many of them may be filled in one that nobody filled. */
const SHEET_ROWS = 5;
const FILLED_ROWS = 1;
/** Dashes, brackets and zeros in the place of values, without which a table is no sheet but a frame. */
const FILLERS = 3;
/** Words of the longest label; more are text in a table that is only the frame of the page. */
const LABEL_WORDS = 8;

/** A sheet whose labels stand there without values, and little else. */
function isUnfilled(view: ServiceSubject, seen: Seen): boolean {
  const rows = new Map<number, boolean>();
  let words = 0;
  let placeholders = 0;
  for (const { folded, row, cell, heading } of sectionOf(view, seen)) {
    if (row < 0 || countWords(folded) > LABEL_WORDS)
      words += heading > 0 || view.site.isFrame(folded) ? 0 : countWords(folded);
    else if (cell === 0) rows.set(row, rows.get(row) ?? false);
    else if (isPlaceholder(folded)) placeholders++;
    else if (rows.has(row)) rows.set(row, true);
  }
  const filled = [...rows.values()].filter(Boolean).length;
  return rows.size >= SHEET_ROWS && placeholders >= FILLERS && filled <= FILLED_ROWS && words < UNBUILT_WORDS;
}

/** The line of the page that carries the service's title or code. */
function titleRun(view: ServiceSubject, { page }: Seen): number {
  const named = page.runs.filter(
    (run) =>
      run.region !== 'nav' &&
      run.region !== 'footer' &&
      run.folded.length < 250 &&
      mayBeLike(view.title, run.folded) &&
      similarity(titleOf(run.text), view.title) >= LIKE_TITLE,
  );
  // a menu may name the service before its own heading does
  const best = named.find(({ heading }) => heading > 0) ?? named.find(({ link }) => link < 0) ?? named[0];
  if (best) return page.runs.indexOf(best);
  return view.service.code ? page.runs.findIndex((run) => run.folded.includes(view.service.code!)) : -1;
}
