import { fold } from '../../src/core/fold.ts';
import { countWords, linksBelow, spotOfLink, spotOfRun } from '../../src/core/look.ts';
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
  type Site,
} from '../define.ts';
import type { Reason } from '../follow.ts';
import { linksTo, sameOwner } from '../links.ts';
import { findEmail } from '../lexicon/values.ts';
import { timesIn, YEAR } from '../recency.ts';
import { calledSo, headingOf, isOwnLine, linesSaying, pagesAbout, type TopicPage } from '../topics.ts';

/** Words that a name of a draft has beside the word for drafts. */
const NAMING_WORDS = 2;
/** Words of a text that one can have an opinion about. */
const TEXT_WORDS = 15;
/** Lines after the name of a draft that belong to it. */
const SECTION = 30;
/** Until when one may comment. */
const LIMIT =
  /مهلت.{0,20}(?:نظر|پیشنهاد)|نظر.{0,30}(?:تا تاریخ|تا پایان|مهلت)|\bcomments? (?:until|by|close)|\bdeadline\b|osservazioni entro|entro il/;
const FILE = /\.(?:pdf|docx?|odt|rtf)(?:$|[?#])/i;

interface Draft {
  readonly proof: Shown;
  /** Days since it was published, negative while its deadline is to come; null without a date. */
  readonly age: number | null;
  readonly hasText: boolean;
  /** 2 when the text was seen, 1 when only a link says that it is there. */
  readonly level: 1 | 2;
  readonly way: Shown | null;
}

export default definePortalRule({
  id: 'participation/consultation',
  version: 1,
  why: {
    fa: 'مشارکت یعنی شهروند پیش از تصمیم متن آن را ببیند و بتواند نظر بدهد.',
    en: 'Participation means that a citizen sees the text before the decision, and can comment on it.',
  },
  source: 'catalogue 68; resolution 1127128, article 9(2)',
  needs: ['home', 'site'],
  seeks: ['consultation', 'draft'],
  outcomes: {
    live: pass(
      '«{text}» با متن، تاریخ و راه نظردادن به نظرخواهی گذاشته شده است.',
      '"{text}" is open to comments, with its text, a date and a way to comment.',
    ),
    old: partial(
      'آخرین نظرخواهی («{text}») {age} روز پیش پایان یافته است.',
      'The last consultation ("{text}") ended {age} days ago.',
    ),
    undated: partial('«{text}» به نظرخواهی گذاشته شده و تاریخ ندارد.', '"{text}" is open to comments, without a date.'),
    noWay: partial(
      'متن «{text}» منتشر شده و راهی برای نظردادن کنار آن نیست.',
      'The text of "{text}" is published, without a way to comment.',
    ),
    method: partial(
      'روش نظردادن گفته شده («{text}») و موضوعی برای آن نیست.',
      'A way to comment is told ("{text}"), with nothing to comment on.',
    ),
    theatre: fail(
      'صفحه‌ای به این نام هست («{text}») و در آن چیزی به نظرخواهی گذاشته نشده است.',
      'A page of that name is there ("{text}"), and nothing in it is open to comments.',
    ),
    dead: fail('پیوند نظرخواهی به جایی نمی‌رسد: «{text}».', 'The link to the consultation leads nowhere: "{text}".'),
    nothing: fail(
      'هیچ پیش‌نویس یا تصمیمی به نظرخواهی گذاشته نشده است.',
      'No draft and no decision is open to comments.',
    ),
    unlooked: blocked(
      'پیوند «{text}» هست ولی مقصد آن برای ما خوانده نشد ({why}).',
      'The link "{text}" is there, but its target could not be read by us ({why}).',
    ),
  },
  check(site, conclude) {
    if (!pageOf(site.home)) return conclude.nothing();
    const told = (...proofs: (Shown | null)[]): { proofs: Shown[]; values: { text: string } } => {
      const shown = proofs.filter((proof): proof is Shown => proof !== null);
      return { proofs: shown, values: { text: shorten(shown[0]!.spot.quote) } };
    };
    const topic = pagesAbout(site, ['consultation'], { kinds: ['link'] });
    const named = pagesAbout(site, ['draft'], { kinds: ['link'] }).pages;
    const { pages: elsewhere, unlooked } = underHeading(site);
    const pages = [...new Set([...topic.pages, ...named].map(({ seen }) => seen).concat(site.pages, elsewhere))];
    const drafts = pages
      .filter((seen) => elsewhere.includes(seen) || isInvitation(site, seen, topic.pages))
      .flatMap((seen) => draftsOn(site, seen));
    const open = drafts.filter(({ hasText, way }) => hasText && way !== null);

    const live = open.filter(({ age }) => age !== null && age <= YEAR).sort((a, b) => b.level - a.level)[0];
    if (live) return conclude.live({ ...told(live.proof, live.way), level: live.level });
    const undated = open.find(({ age }) => age === null);
    if (undated) return conclude.undated(told(undated.proof, undated.way));
    if (open[0])
      return conclude.old({
        ...told(open[0].proof, open[0].way),
        values: { text: shorten(open[0].proof.spot.quote), age: open[0].age! },
      });
    const silent = drafts.find(({ hasText, age }) => hasText && age !== null && age <= YEAR);
    const method = topic.pages.find(({ seen }) => isMethod(site, seen));
    // news of a draft has a draft in its headline too; a consultation calls itself one
    if (silent && topic.pages.some(({ seen }) => seen === silent.proof.seen)) return conclude.noWay(told(silent.proof));
    if (method) return conclude.method(told(wayOn(site, method.seen, 0, Infinity), method.proof));
    if (topic.unlooked)
      return conclude.unlooked({
        proofs: [topic.unlooked.proof],
        values: { text: shorten(topic.unlooked.proof.spot.quote), why: topic.unlooked.why },
      });
    if (unlooked)
      return conclude.unlooked({
        proofs: [unlooked.proof],
        values: { text: shorten(unlooked.proof.spot.quote), why: unlooked.why },
      });
    const theatre = calledSo(topic.pages);
    if (theatre) return conclude.theatre(told(theatre));
    const dead = topic.gone?.proof ?? topic.dead;
    return dead ? conclude.dead(told(dead)) : conclude.nothing();
  },
});

/** What the first page links to below a heading of consultations: a site of the body for them, and its drafts. */
function underHeading(site: Site): { readonly pages: readonly Seen[]; readonly unlooked: Reason | null } {
  const pages = new Set<Seen>();
  let unlooked: Reason | null = null;
  const look = (seen: Seen, index: number): void => {
    const { url } = seen.page.links[index]!;
    if (!url || !sameOwner(url, seen.page.url)) return;
    const reading = site.at(url);
    if (reading.state === 'read' && reading.seen.page.host !== hostOf(site)) pages.add(reading.seen);
    else if (reading.state === 'blocked')
      unlooked ??= { proof: { seen, spot: spotOfLink(seen.page, index) }, why: reading.why };
  };
  const home = pageOf(site.home);
  for (const { source, strength, index } of home?.page.hits.get('consultation') ?? []) {
    if (source !== 'run' || strength === 'weak' || home!.page.runs[index]!.heading === 0) continue;
    for (const link of linksBelow(home!.page, index)) look(home!, link);
  }
  for (const seen of pages)
    for (const { source, index } of seen.page.hits.get('draft') ?? []) if (source === 'link') look(seen, index);
  return { pages: [...pages], unlooked };
}

const hostOf = (site: Site): string => pageOf(site.home)?.page.host ?? '';

/** News of a draft has its name, a day and a box for comments too; an invitation says so, sets a limit or is listed by one. */
function isInvitation(site: Site, seen: Seen, invitations: readonly TopicPage[]): boolean {
  return (
    invitations.some((page) => page.seen === seen || linksTo(page.seen, seen) >= 0) ||
    linesSaying(site, seen, 'consultation').length > 0 ||
    seen.page.runs.some((run) => isOwnLine(site, run) && LIMIT.test(run.folded))
  );
}

/** Drafts and decisions that a page puts forward by name: in a heading, in bold, or as a link to the file. */
function draftsOn(site: Site, seen: Seen): Draft[] {
  const { page } = seen;
  const out: Draft[] = [];
  for (const hit of page.hits.get('draft') ?? []) {
    if ((hit.source !== 'run' && hit.source !== 'link') || hit.strength === 'weak') continue;
    const link = hit.source === 'link' ? page.links[hit.index]! : null;
    const index = link ? link.at : hit.index;
    const run = page.runs[index];
    // a line that is a link as a whole is met as a line
    if (!run || !isOwnLine(site, run) || (link && (run.link >= 0 || !isContent(link.region)))) continue;
    // «پیش‌نویس‌ها» and a sentence about drafts name none
    const rest = (link ?? run).folded.slice(hit.end);
    if (/^ ?ها/.test(rest) || countWords(rest.trim()) < NAMING_WORDS) continue;
    const isTitle = link === null && (run.heading > 0 || run.bold || fold(page.title).includes(run.folded));
    const url = link ? link.url : run.link >= 0 ? page.links[run.link]!.url : null;
    const linked = url === null ? null : site.at(url);
    // the link of a list leads to the draft itself, which is judged there
    if (linked?.state === 'read' && linked.seen !== seen) continue;
    if (!isTitle && !(url !== null && (FILE.test(url) || linked?.state === 'file'))) continue;
    const to = isTitle ? sectionEnd(page.runs, index) : index + 2;
    const words = page.runs
      .slice(index + 1, to)
      .filter((line) => isOwnLine(site, line) && line.heading === 0 && line.link < 0)
      .reduce((sum, { folded }) => sum + countWords(folded), 0);
    const files = page.links
      .filter(
        ({ url: file, at, region }) => file !== null && isContent(region) && at >= index && at < to && FILE.test(file),
      )
      .map(({ url: file }) => site.at(file!).state)
      .filter((state) => state !== 'gone');
    const times = timesIn(seen, index - 1, to).map(({ age }) => age);
    const isText = isTitle && words >= TEXT_WORDS;
    out.push({
      proof: { seen, spot: link ? spotOfLink(page, hit.index, hit.language) : spotOfRun(page, index, hit) },
      age: times.length > 0 ? Math.min(...times) : null,
      hasText: isText || files.length > 0 || linked?.state === 'file',
      level: isText || files.includes('file') || linked?.state === 'file' ? 2 : 1,
      way: wayOn(site, seen, isTitle ? index : 0, page.runs.length),
    });
  }
  return out;
}

/** Up to the next heading of the same rank, or of the first rank. */
function sectionEnd(runs: Seen['page']['runs'], start: number): number {
  const rank = Math.max(1, runs[start]!.heading || 6);
  const end = runs.findIndex(
    (run, index) => index > start && run.heading > 0 && run.heading <= rank && (run.heading < rank || rank > 1),
  );
  return Math.min(end < 0 ? runs.length : end, start + SECTION);
}

/** A box, an address of mail or a link with which one comments, between two lines of the content. */
function wayOn(site: Site, seen: Seen, from: number, to: number): Shown | null {
  const { page } = seen;
  const box = page.fields.find(
    ({ type, disabled, region, at }) => type === 'textarea' && !disabled && isContent(region) && at >= from && at <= to,
  );
  if (box)
    return {
      seen,
      spot: {
        node: box.node,
        quote: box.label || box.placeholder || box.name,
        language: null,
        link: null,
        dead: false,
      },
    };
  const mail = page.runs.findIndex(
    (run, index) => index >= from && index < to && isOwnLine(site, run) && findEmail(run.folded) !== null,
  );
  if (mail >= 0) return { seen, spot: spotOfRun(page, mail) };
  const link = page.links.findIndex(
    ({ contact, region, at }) => contact?.startsWith('mailto:') === true && isContent(region) && at >= from && at <= to,
  );
  if (link >= 0) return { seen, spot: spotOfLink(page, link) };
  for (const hit of page.hits.get('feedback') ?? []) {
    const target = hit.source === 'link' ? page.links[hit.index]! : null;
    if (target?.url && isContent(target.region) && target.at >= from)
      return { seen, spot: spotOfLink(page, hit.index) };
  }
  return null;
}

/** Does the page tell, in so many words, how to comment? */
function isMethod(site: Site, seen: Seen): boolean {
  const speaks = [...linesSaying(site, seen, 'draft'), ...linesSaying(site, seen, 'consultation')].some(
    (index) => countWords(seen.page.runs[index]!.folded) >= TEXT_WORDS / 2 && seen.page.runs[index]!.heading === 0,
  );
  return (
    headingOf(site, seen, ['consultation', 'draft', 'suggestion']) >= 0 &&
    speaks &&
    wayOn(site, seen, 0, Infinity) !== null
  );
}
