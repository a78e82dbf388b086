import { isName, spotOfLink, spotOfRun } from '../../src/core/look.ts';
import { choiceSays, choicesOf } from '../choices.ts';
import {
  blocked,
  definePortalRule,
  fail,
  isContent,
  pageOf,
  partial,
  pass,
  shorten,
  type Seen,
  type Shown,
} from '../define.ts';
import { follow } from '../follow.ts';
import { newest, timesIn, YEAR } from '../recency.ts';
import { firstOn } from '../topics.ts';

/** Lines after the words within which the figures stand. */
const SECTION = 25;
/** Figures of one answer are no result. */
const MIN_FIGURES = 2;
const FIGURE = /\d(?:[\d.,]*)\s?(?:%|درصد|رای|نفر|votes?\b|voti\b|risposte\b)/g;
/** An address that casts a vote, whatever its link says. */
const CASTS = /vote|poll_?submit|\bray\b|rate=/i;

interface Result {
  readonly proof: Shown;
  readonly age: number | null;
}

export default definePortalRule({
  id: 'participation/poll-results',
  version: 1,
  why: {
    fa: 'نتیجه نظرسنجی از آنِ کسانی است که رأی داده‌اند.',
    en: 'The result of a poll belongs to those who voted.',
  },
  source: 'catalogue 72; report: an auxiliary index to informed decisions',
  needs: ['home', 'site'],
  seeks: ['poll-results', 'poll'],
  outcomes: {
    published: pass('نتایج نظرسنجی منتشر شده است: «{text}».', 'Results of a poll are published: "{text}".'),
    report: pass(
      'گزارش نتایج نظرسنجی منتشر شده است: «{text}».',
      'A report on the results of a poll is published: "{text}".',
    ),
    old: partial(
      'آخرین نتایج نظرسنجی ({text}) {age} روز پیش است.',
      'The last results of a poll ({text}) are {age} days old.',
    ),
    undated: partial(
      'نتایج نظرسنجی منتشر شده و تاریخ ندارد: «{text}».',
      'Results of a poll are published without a date: "{text}".',
    ),
    afterVoting: partial(
      'نتایج تنها با کلیدی که رأی می‌دهد دیده می‌شود: «{text}».',
      'Results are seen only through the control that votes: "{text}".',
    ),
    empty: fail(
      'جایی به نام نتایج نظرسنجی هست («{text}») و در آن نتیجه‌ای نیست.',
      'A place called poll results is there ("{text}"), with no result in it.',
    ),
    nothing: fail('نتیجه هیچ نظرسنجی منتشر نشده است.', 'No results of any poll are published.'),
    unlooked: blocked(
      'پیوند «{text}» هست ولی مقصد آن برای ما خوانده نشد ({why}).',
      'The link "{text}" is there, but its target could not be read by us ({why}).',
    ),
  },
  check(site, conclude) {
    if (!pageOf(site.home)) return conclude.nothing();
    const told = (proof: Shown): { proofs: Shown[]; values: { text: string } } => ({
      proofs: [proof],
      values: { text: shorten(proof.spot.quote) },
    });
    const quiet = {
      kinds: ['link'] as const,
      accept: ({ url }: { url: string | null }) => url === null || !CASTS.test(url),
    };
    const links = site.pages.map((seen) => follow(site, [seen], ['poll-results', 'poll'], quiet));
    const pages = [
      ...new Set([...site.pages, ...links.flatMap(({ pages: found }) => found.map(({ target }) => target))]),
    ];
    const results = pages.flatMap(resultsOn);

    const fresh = results.find(({ age }) => age !== null && age <= YEAR);
    if (fresh) return conclude.published(told(fresh.proof));
    const files = site.pages.flatMap((seen) => follow(site, [seen], ['poll-results'], quiet).files);
    for (const { proof } of files) if ((ageNear(proof) ?? Infinity) <= YEAR) return conclude.report(told(proof));
    const undated =
      results.find(({ age }) => age === null)?.proof ?? files.find(({ proof }) => ageNear(proof) === null)?.proof;
    if (undated) return conclude.undated(told(undated));
    const old = results[0] ?? (files[0] ? { proof: files[0].proof, age: ageNear(files[0].proof) } : null);
    if (old)
      return conclude.old({ proofs: [old.proof], values: { text: shorten(old.proof.spot.quote), age: old.age ?? 0 } });
    const voting = firstOn(pages, votingControl);
    if (voting) return conclude.afterVoting({ ...told(voting), level: 1 });
    const unlooked = site.pages
      .map((seen) => follow(site, [seen], ['poll-results'], quiet).unlooked)
      .find((reason) => reason !== null);
    if (unlooked)
      return conclude.unlooked({
        proofs: [unlooked.proof],
        values: { text: shorten(unlooked.proof.spot.quote), why: unlooked.why },
      });
    const empty = firstOn(pages, emptyPlace);
    return empty ? conclude.empty(told(empty)) : conclude.nothing();
  },
});

/** Lines that are called results of a poll, or the part of a page about one, with figures behind them. */
function resultsOn(seen: Seen): Result[] {
  const { page } = seen;
  const out: Result[] = [];
  for (const concept of ['poll-results', 'poll'] as const) {
    for (const hit of page.hits.get(concept) ?? []) {
      const run = page.runs[hit.index];
      if (
        hit.source !== 'run' ||
        hit.strength === 'weak' ||
        !run ||
        run.region === 'nav' ||
        run.region === 'breadcrumb' ||
        run.link >= 0 ||
        !isName(run.folded, hit)
      )
        continue;
      if (concept === 'poll' && run.heading === 0 && !run.bold) continue;
      const to = sectionEnd(seen, hit.index);
      const figures = page.runs.slice(hit.index, to).flatMap(({ folded }) => folded.match(FIGURE) ?? []);
      if (figures.length < MIN_FIGURES) continue;
      out.push({
        proof: { seen, spot: spotOfRun(page, hit.index, hit) },
        age: newest(timesIn(seen, hit.index - 1, to))?.age ?? null,
      });
    }
  }
  return out;
}

function sectionEnd({ page: { runs } }: Seen, start: number): number {
  // a plain line may stand before headings of its own: "earlier polls:"
  const next = runs[start + 1]?.heading ?? 0;
  const rank = runs[start]!.heading || (next > 0 ? Math.max(1, next - 1) : 6);
  const end = runs.findIndex(
    (run, index) => index > start && ((run.heading > 0 && run.heading <= rank) || run.region !== runs[start]!.region),
  );
  return Math.min(end < 0 ? runs.length : end, start + SECTION);
}

/** The newest day beside a link to a file; null without one. */
function ageNear({ seen, spot }: Shown): number | null {
  const at = spot.link?.at ?? -1;
  return at < 0 ? null : (newest(timesIn(seen, at - 1, at + 2))?.age ?? null);
}

/** "See the results", by an address or a button that votes. */
function votingControl(seen: Seen): Shown | null {
  const { page } = seen;
  for (const hit of page.hits.get('poll-results') ?? []) {
    if (hit.source === 'link' && page.links[hit.index]!.url !== null && CASTS.test(page.links[hit.index]!.url!))
      return { seen, spot: spotOfLink(page, hit.index) };
    if (hit.source !== 'button') continue;
    const { form, node, name } = page.buttons[hit.index]!;
    if (choicesOf(seen).some((choice) => choice.fields[0]!.form === form && choiceSays(choice, 'poll')))
      return { seen, spot: { node, quote: name, language: hit.language, link: null, dead: false } };
  }
  const said = page.runs.findIndex(({ folded, region }) => isContent(region) && AFTER_VOTE.test(folded));
  return said >= 0 ? { seen, spot: spotOfRun(page, said) } : null;
}

/** The results are shown to those who voted. */
const AFTER_VOTE =
  /(?:نتیجه|نتایج).{0,25}پس از (?:رای|ثبت|شرکت|پاسخ)|پس از (?:رای|ثبت|شرکت).{0,40}(?:نتیجه|نتایج)|\bresults?\b.{0,30}\bafter (?:you vote|voting|your vote)|\bvote to see\b|risultati.{0,20}dopo/;

function emptyPlace(seen: Seen): Shown | null {
  const hit = (seen.page.hits.get('poll-results') ?? []).find(
    ({ source, strength, index }) => source === 'run' && strength !== 'weak' && seen.page.runs[index]!.heading > 0,
  );
  return hit ? { seen, spot: spotOfRun(seen.page, hit.index, hit) } : null;
}
