import { countWords, isName, spotOfLink, spotOfRun } from '../../src/core/look.ts';
import {
  blocked,
  definePortalRule,
  fail,
  isContent,
  pageOf,
  partial,
  pass,
  shorten,
  type Place,
  type Seen,
  type Shown,
  type Site,
} from '../define.ts';
import { isInformationLaw } from '../hosts/registry.ts';
import { findEmail, findPhone } from '../lexicon/values.ts';
import { isNewsPage } from '../news-pages.ts';
import { calledSo, isOwnLine, linesSaying, pagesAbout, type TopicPage } from '../topics.ts';

/** Words from which on a page can be a procedure. */
const PROCEDURE_WORDS = 40;

interface Link {
  readonly proof: Shown;
  readonly reading: Place;
}

export default definePortalRule({
  id: 'participation/foi-link',
  version: 1,
  why: {
    fa: 'قانون به هر کس حق داده است اطلاعات بخواهد؛ درگاه باید راه آن را نشان دهد.',
    en: 'The law gives everybody the right to ask for information; the portal should show the way.',
  },
  source: 'catalogue 74; law on publication of and free access to information, 1387',
  needs: ['home', 'site'],
  seeks: ['foi', 'transparency'],
  outcomes: {
    linked: pass(
      'به سامانه دسترسی آزاد به اطلاعات پیوند هست: «{text}».',
      'The system of freedom of information is linked: "{text}".',
    ),
    ownProcedure: pass(
      'درگاه خود راه درخواست اطلاعات را دارد: «{text}».',
      'The portal has its own way to ask for information: "{text}".',
    ),
    mention: partial(
      'از دسترسی آزاد به اطلاعات نام برده شده و پیوندی به آن نیست: «{text}».',
      'Freedom of information is named without a link: "{text}".',
    ),
    deadHost: partial(
      'پیوند به نشانی‌ای می‌رسد که دیگر نیست: «{text}».',
      'The link leads to an address that is not there any more: "{text}".',
    ),
    theatre: fail(
      'صفحه‌ای به این نام هست («{text}») و راهی برای درخواست اطلاعات ندارد.',
      'A page of that name is there ("{text}"), without a way to ask for information.',
    ),
    nothing: fail('راهی به دسترسی آزاد به اطلاعات نیست.', 'There is no way to freedom of information.'),
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
    const links = site.pages.flatMap((seen) => lawLinks(site, seen));
    const reached = links.find(({ reading }) => reading.state === 'read' || reading.state === 'file');
    if (reached) return conclude.linked(told(reached.proof));

    const topic = pagesAbout(site, ['foi'], { kinds: ['link'] });
    const own = topic.pages.find((page) => isProcedure(site, page));
    if (own) return conclude.ownProcedure(told(own.proof));
    const blockedLink = links.find(({ reading }) => reading.state === 'blocked');
    if (blockedLink)
      return conclude.unlooked({
        proofs: [blockedLink.proof],
        values: { text: shorten(blockedLink.proof.spot.quote), why: whyOf(blockedLink.reading) },
      });
    const claimed = links.find(({ reading }) => reading.state === 'none');
    if (claimed) return conclude.linked({ ...told(claimed.proof), level: 1 });
    if (topic.unlooked)
      return conclude.unlooked({
        proofs: [topic.unlooked.proof],
        values: { text: shorten(topic.unlooked.proof.spot.quote), why: topic.unlooked.why },
      });
    const gone = links[0]?.proof ?? topic.gone?.proof;
    if (gone) return conclude.deadHost({ ...told(gone), level: 1 });
    const spoken = spokenOf(site);
    if (spoken) return conclude.mention({ ...told(spoken), level: 1 });
    const theatre = calledSo(topic.pages);
    if (theatre) return conclude.theatre(told(theatre));
    const mention = mentionOn(site);
    return mention ? conclude.mention({ ...told(mention), level: 1 }) : conclude.nothing();
  },
});

const whyOf = (reading: Place): string => (reading.state === 'blocked' ? reading.why : reading.state);

/** Links to hosts of the law, each target once. */
function lawLinks(site: Site, seen: Seen): Link[] {
  const out = new Map<string, Link>();
  seen.page.links.forEach(({ url, host }, index) => {
    if (url !== null && isInformationLaw(site, host) && !out.has(url))
      out.set(url, { proof: { seen, spot: spotOfLink(seen.page, index) }, reading: site.at(url) });
  });
  return [...out.values()];
}

/** A page that says enough and has a form, an address or a number to ask through. */
function isProcedure(site: Site, { seen: { page } }: TopicPage): boolean {
  const lines = page.runs.filter((run) => isOwnLine(site, run) && run.link < 0);
  const words = lines.reduce((sum, { folded }) => sum + countWords(folded), 0);
  const form = page.fields.some(
    ({ type, region, disabled }) => !disabled && isContent(region) && (type === 'textarea' || type === 'email'),
  );
  const contact =
    lines.some(({ folded }) => findEmail(folded) ?? findPhone(folded)) ||
    page.links.some(({ contact: target, region }) => target !== null && isContent(region));
  const file = page.links.some(
    ({ url, region }) => url !== null && isContent(region) && /\.(?:pdf|docx?|odt)(?:$|[?#])/i.test(url),
  );
  return form || (words >= PROCEDURE_WORDS && (contact || file));
}

/** A sentence that speaks of the state's system for such requests, and does not link it. */
function spokenOf(site: Site): Shown | null {
  for (const seen of site.pages) {
    if (isNewsPage(site, seen)) continue;
    for (const index of linesSaying(site, seen, 'foi')) {
      const run = seen.page.runs[index]!;
      if (run.heading === 0 && run.link < 0 && /سامانه|\bsystem\b|\bportal\b|\bplatform\b/.test(run.folded))
        return { seen, spot: spotOfRun(seen.page, index) };
    }
  }
  return null;
}

/** The words as a name, in a line or on a control that leads nowhere. */
function mentionOn(site: Site): Shown | null {
  for (const seen of site.pages) {
    for (const hit of seen.page.hits.get('foi') ?? []) {
      if (hit.strength === 'weak') continue;
      if (hit.source === 'link' && seen.page.links[hit.index]!.url === null)
        return { seen, spot: spotOfLink(seen.page, hit.index) };
      const run = hit.source === 'run' ? seen.page.runs[hit.index]! : null;
      const part = run ? partAround(run.folded, hit) : null;
      if (run && part && run.link < 0 && isName(part.text, part))
        return { seen, spot: spotOfRun(seen.page, hit.index, hit) };
    }
  }
  return null;
}

/** The part of a line between bars, as footers set their entries. */
function partAround(
  folded: string,
  { start, end }: { readonly start: number; readonly end: number },
): { text: string; start: number; end: number } {
  const from =
    Math.max(folded.lastIndexOf('|', start), folded.lastIndexOf('·', start), folded.lastIndexOf('•', start)) + 1;
  const to = [folded.indexOf('|', end), folded.indexOf('·', end), folded.indexOf('•', end)]
    .filter((at) => at >= 0)
    .reduce((a, b) => Math.min(a, b), folded.length);
  return { text: folded.slice(from, to).trim(), start: Math.max(0, start - from), end: end - from };
}
