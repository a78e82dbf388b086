/**
 * Whether an address answered, over all looks at it at different times. A look that we spoiled, or that was refused to
 * us, says nothing; and silence counts as an outage only when answers came before and after it, because a host that is
 * silent from some day on may only be silent towards us.
 */
import { fold } from '../src/core/fold.ts';
import type { Cause } from '../src/core/model.ts';
import type { Visit } from '../src/core/site-view.ts';
import { titleOf } from '../src/core/similarity.ts';
import { pageOf, type Seen, type Site } from './define.ts';
import type { ConceptId } from './lexicon/index.ts';

export interface Probes {
  /** Looks that say something, and those of them that found the page. */
  readonly count: number;
  readonly up: number;
  /** Different days (UTC), and parts of the day of the four into which it falls. */
  readonly days: number;
  readonly parts: number;
  /** Milliseconds until the first byte, in the middle of those that found the page. */
  readonly median: number;
  /** Days on which the page said that it is under maintenance. */
  readonly maintenance: number;
  /** Looks that found the address down, the first few, for the evidence. */
  readonly outages: readonly { readonly at: string; readonly hash: string; readonly what: string }[];
  /** Why nothing is known; null when something is. */
  readonly unknown: string | null;
  /** Address and hash of the last page that was found. */
  readonly last: { readonly url: string; readonly hash: string } | null;
}

type State = 'up' | 'down' | 'maintenance' | 'silent' | 'unknown';

/** No answer at all: the site may be down, and so may our own line. */
const SILENT = new Set<Cause>(['dns', 'connect', 'tls', 'timeout', 'reset']);
/** Our own caps and the like. */
const OURS = new Set<Cause>(['too-large', 'decompression', 'stopped']);
const DAY_PARTS = 4;
/** A page under maintenance has little else to say. */
const MAINTENANCE_WORDS = 120;
const MAINTENANCE =
  /در (?:حال|دست) (?:به ?روز ?رسانی|بروزرسانی|تعمیر|ارتقا)|تعمیر و نگهداری|موقتا (?:در دسترس نیست|غیر ?فعال)|under maintenance|scheduled maintenance|temporarily unavailable|in manutenzione|temporaneamente non disponibile/;
/** A system that is open for some weeks of the year is not down in the others. */
const OUT_OF_SEASON =
  /(?:مهلت|زمان|بازه|دوره) (?:ثبت ?نام|ارسال|درخواست).{0,40}(?:به پایان رسیده|پایان یافته|تمام شده|اغاز نشده|فرا نرسیده)|ثبت ?نام.{0,20}(?:به پایان رسید|پایان یافت|اغاز نشده)|registration (?:is|has) (?:closed|ended|not (?:yet )?open)|iscrizioni chiuse/;

/** All looks at an address, at most one in each part of `perDay` parts of a day, so that many in one hour do not outweigh the rest. */
export function probesOf(site: Site, url: string, perDay: number): Probes {
  const visits = site.visitsTo(url);
  const names = namesOf(site, visits);
  const slots = new Map<number, { readonly visit: Visit<ConceptId>; state: State }>();
  for (const visit of visits) {
    const slot = Math.floor(Date.parse(visit.snapshot.fetchedAt) / (86_400_000 / perDay));
    const state = stateOf(visit, names);
    const known = slots.get(slot);
    // what says nothing does not keep the place of what does
    if (!known || (known.state === 'unknown' && state !== 'unknown')) slots.set(slot, { visit, state });
  }
  const looks = [...slots.values()];
  const answered = looks.map(({ state }) => state === 'up' || state === 'down' || state === 'maintenance');
  const first = answered.indexOf(true);
  const final = answered.lastIndexOf(true);
  const telling = looks.filter(
    ({ state }, at) => state !== 'unknown' && (state !== 'silent' || (at > first && at < final && first >= 0)),
  );
  const up = telling.filter(({ state }) => state === 'up');
  const times = up.flatMap(({ visit }) => visit.snapshot.firstByteMs ?? []).sort((a, b) => a - b);
  const lastUp = up.at(-1)?.visit.snapshot;
  const daysOf = (some: typeof looks): number =>
    new Set(some.map(({ visit }) => visit.snapshot.fetchedAt.slice(0, 10))).size;
  return {
    count: telling.length,
    up: up.length,
    days: daysOf(telling),
    parts: new Set(
      telling.map(({ visit }) => Math.floor(Number(visit.snapshot.fetchedAt.slice(11, 13)) / (24 / DAY_PARTS))),
    ).size,
    median: times[Math.floor(times.length / 2)] ?? 0,
    maintenance: daysOf(telling.filter(({ state }) => state === 'maintenance')),
    outages: telling
      .filter(({ state }) => state !== 'up')
      .slice(0, 5)
      .map(({ visit: { snapshot } }) => ({
        at: snapshot.fetchedAt,
        hash: snapshot.body?.hash ?? '',
        what: whatOf(snapshot),
      })),
    unknown: telling.length > 0 ? null : looks[0] ? whatOf(looks[0].visit.snapshot) : 'not-looked',
    last: lastUp ? { url: lastUp.chain.at(-1)?.url ?? url, hash: (lastUp.rendered ?? lastUp.body)?.hash ?? '' } : null,
  };
}

function stateOf({ snapshot, seen }: Visit<ConceptId>, names: ReadonlySet<string>): State {
  const { outcome, chain } = snapshot;
  switch (outcome.kind) {
    case 'page':
      return seen ? stateOfPage(seen, names) : 'unknown';
    case 'not-html':
      return 'unknown';
    case 'refused':
      // the way to a log-in is the system's answer
      return outcome.by === 'login' && chain.length > 0 ? 'up' : 'unknown';
    case 'unreachable':
      return SILENT.has(outcome.cause) ? 'silent' : OURS.has(outcome.cause) ? 'unknown' : 'down';
  }
}

function stateOfPage({ page }: Seen, names: ReadonlySet<string>): State {
  const text = fold(
    `${page.title} ${page.runs
      .slice(0, 30)
      .map((run) => run.folded)
      .join(' ')}`,
  );
  if (page.words <= MAINTENANCE_WORDS && MAINTENANCE.test(text)) return 'maintenance';
  if (page.words <= MAINTENANCE_WORDS && OUT_OF_SEASON.test(text)) return 'unknown';
  const words = titleOf(page.title).words;
  // a page of another name: the hosting company's, a parked domain; or only a new name
  return words.size === 0 || names.size === 0 || [...words].some((word) => names.has(word)) ? 'up' : 'unknown';
}

/**
 * Words by which the page is known again: the organization's names, and its title at the first look that read it. None
 * where scripts write the title: repeated looks do without a browser.
 */
function namesOf(site: Site, visits: readonly Visit<ConceptId>[]): Set<string> {
  const first = visits.find(({ seen }) => seen !== null);
  if (first?.snapshot.needsScript === true) return new Set();
  const { names } = site.organization;
  const titles = [names.fa, names.en, pageOf(site.home)?.page.title, first?.seen?.page.title];
  return new Set(titles.flatMap((title) => (title ? [...titleOf(title).words] : [])));
}

function whatOf({ outcome, status }: Visit['snapshot']): string {
  if (outcome.kind === 'refused') return outcome.by;
  if (outcome.kind === 'unreachable')
    return status === null || status < 400 ? outcome.cause : `${outcome.cause} ${status}`;
  return String(status ?? outcome.kind);
}

/** What a verdict about an address rests on and says: the looks that found it down, and the counts. */
export function tell({ count, up, days, parts, median, outages, last }: Probes, url: string) {
  return {
    facts: [
      ...outages.map(({ at, hash, what }) => ({ url, snapshot: hash, quote: `${at} ${what}` })),
      ...(last ? [{ url: last.url, snapshot: last.hash, quote: `${up} / ${count}` }] : []),
    ],
    searched: [{ place: 'probes', url, read: true, detail: `${up} / ${count}` }],
    values: { count, days, parts, share: Math.floor((up / count) * 100), seconds: Math.round(median / 1000) },
  };
}
