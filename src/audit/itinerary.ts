/**
 * The way of one organization through a round: crawls on different days in the hours for crawling, and looks around the
 * clock whether its addresses answer. Times are drawn from a hash of its id, so that they are the same whenever they are
 * computed and those of many organizations are spread evenly. Pure.
 */
import { createHash } from 'node:crypto';
import { Temporal } from 'temporal-polyfill/full';
import type { Step } from '../core/model.ts';
import type { RoundPlan } from '../core/round.ts';
import { nextWindow } from './schedule.ts';

export interface ItinerarySettings extends Pick<
  RoundPlan,
  'timeZone' | 'window' | 'visitsApart' | 'extraVisits' | 'probes'
> {
  /** Days on which an organization must have been looked at well; the edition's. */
  readonly visits: number;
}

export interface ItineraryContext {
  readonly organizationId: string;
  readonly settings: ItinerarySettings;
  /** The crawls that were made before the step in question: when they began, and whether they went well. */
  readonly crawls: readonly { readonly at: string; readonly isGood: boolean }[];
}

export interface Replanned {
  readonly steps: readonly Step[];
  /** Looks that were left out: their time had passed, or a crawl that was put off makes them needless. */
  readonly dropped: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** What is left of a window when a crawl begins in it; an organization of many pages is done in that time. */
const CRAWL_ROOM = HOUR;
/** A crawl asks the same addresses, so that a look so shortly before or after it would tell nothing new. */
const NEAR_CRAWL = 30 * MINUTE;
/** Work that is late by less is simply done: ticks are minutes apart, and others may be at work. */
const LATE = 30 * MINUTE;
/** Two looks, each at the edge of its part of the day, are twice this apart. */
const PROBE_MARGIN = 15 * MINUTE;
const DAY_PARTS = 4;
const PART = 24 / DAY_PARTS; // hours

/**
 * All steps of an organization in the order of time: step 0 is the first crawl, as soon as the window allows. Looks begin
 * on the day after it, at most one in each quarter of a day.
 */
export function itinerary(options: {
  readonly organizationId: string;
  /** UTC, ISO 8601. */
  readonly openedAt: string;
  readonly settings: ItinerarySettings;
}): readonly Step[] {
  const { organizationId, openedAt, settings } = options;
  const crawls = [soonestCrawl(organizationId, settings, Date.parse(openedAt))];
  while (crawls.length < settings.visits) {
    const day = dayOf(crawls.at(-1)!, settings).add({ days: settings.visitsApart });
    crawls.push(regularCrawl(organizationId, settings, day));
  }
  const steps = [
    ...crawls.map((at) => ({ kind: 'crawl' as const, at })),
    ...probeTimes(organizationId, settings, crawls).map((at) => ({ kind: 'probe' as const, at })),
  ];
  return numbered(steps.toSorted(byTime), 0, 0);
}

/**
 * The step after one that was made: the next one of the plan, or one more crawl on another day while too few of them
 * went well; null when there is nothing left to do.
 */
export function afterStep(
  steps: readonly Step[],
  index: number,
  { isGood }: { readonly isGood: boolean },
  { organizationId, settings, crawls, now }: ItineraryContext & { readonly now: number },
): Step | null {
  const step = steps[index];
  if (!step) throw new RangeError(`there is no step ${index} among ${steps.length}`);
  const planned = steps[index + 1];
  if (planned) return planned;
  const made = step.kind === 'crawl' ? [...crawls, { at: step.at, isGood }] : crawls;
  if (made.filter((crawl) => crawl.isGood).length >= settings.visits) return null;
  if (made.length >= settings.visits + settings.extraVisits) return null;
  // a crawl that was late, and has only just ended, counts from now
  const last = Math.max(...made.map(({ at }) => Date.parse(at)), step.kind === 'crawl' ? now : -Infinity);
  const day = Number.isFinite(last) ? dayOf(last, settings).add({ days: settings.visitsApart }) : dayOf(now, settings);
  const at = regularCrawl(organizationId, settings, day, now);
  return { number: step.number + 1, visit: step.visit + 1, kind: 'crawl', at: iso(at) };
}

/**
 * Plans the steps from an index on anew for a machine that was away until now (milliseconds since 1970). A crawl whose
 * window has passed is made in the next one, on another day than the one before it; later ones keep their distance from
 * it. A look that was missed is not made up for. Steps that need no change stay as they are.
 */
export function replan(steps: readonly Step[], from: number, now: number, context: ItineraryContext): Replanned {
  const done = steps.slice(0, from);
  const rest = steps.slice(from);
  const [first] = rest;
  if (!first) return { steps, dropped: 0 };
  const made = [...context.crawls, ...done.filter(isCrawl)].map(({ at }) => Date.parse(at));
  const last = made.length > 0 ? Math.max(...made) : null;
  const crawls = postponed(
    rest.filter(isCrawl).map(({ at }) => Date.parse(at)),
    last,
    now,
    context,
  );
  // nobody looks before the first crawl, which finds the addresses
  const begin = last ?? crawls[0] ?? -Infinity;
  const isWorthwhile = (at: number): boolean =>
    at >= now - LATE && at > begin && crawls.every((crawl) => Math.abs(crawl - at) >= NEAR_CRAWL);
  const probes = rest.filter((step) => !isCrawl(step) && isWorthwhile(Date.parse(step.at)));
  const planned = [
    ...crawls.map((at) => ({ kind: 'crawl' as const, at })),
    ...probes.map(({ at }) => ({ kind: 'probe' as const, at: Date.parse(at) })),
  ].toSorted(byTime);
  // the first step may have been begun, and its visit must not go on as one of another kind
  const next = planned[0];
  const goesOn = next?.kind === first.kind && (isCrawl(first) || next.at === Date.parse(first.at));
  return {
    steps: [...done, ...numbered(planned, first.number, goesOn ? first.visit : first.visit + 1)],
    dropped: rest.length - planned.length,
  };
}

/** New times of crawls, in order; `last` is when the one before them began. */
function postponed(
  times: readonly number[],
  last: number | null,
  now: number,
  { organizationId, settings }: ItineraryContext,
): number[] {
  const crawls: number[] = [];
  for (const time of times) {
    const previous = crawls.at(-1);
    if (previous === undefined) {
      const free = last === null ? now : Math.max(now, midnight(dayOf(last, settings).add({ days: 1 }), settings));
      crawls.push(hasPassed(time, now, settings) ? soonestCrawl(organizationId, settings, free) : time);
      continue;
    }
    const earliest = dayOf(previous, settings).add({ days: settings.visitsApart });
    const isFarEnough = Temporal.PlainDate.compare(dayOf(time, settings), earliest) >= 0;
    crawls.push(isFarEnough ? time : regularCrawl(organizationId, settings, earliest));
  }
  return crawls;
}

const isCrawl = ({ kind }: Step): boolean => kind === 'crawl';

/** Is it too late for a crawl? Not while the window in which it was planned is open. */
function hasPassed(time: number, now: number, settings: ItinerarySettings): boolean {
  const window = nextWindow(settings, time);
  return window ? now >= Date.parse(window.to) : time < now - LATE;
}

interface Planned {
  readonly kind: Step['kind'];
  readonly at: number;
}

const byTime = (a: Planned, b: Planned): number => a.at - b.at;

const numbered = (planned: readonly Planned[], number: number, visit: number): Step[] =>
  planned.map(({ kind, at }, index) => ({ number: number + index, visit: visit + index, kind, at: iso(at) }));

// ---------------------------------------------------------------- times of crawls

/** In the window that is open, if enough of it is left, else in the next one; at once where all hours are allowed. */
function soonestCrawl(organizationId: string, settings: ItinerarySettings, notBefore: number): number {
  const share = shareOf(organizationId, `crawl ${dayOf(notBefore, settings)}`);
  let window = nextWindow(settings, notBefore);
  if (!window) return notBefore;
  if (Date.parse(window.to) - Math.max(notBefore, Date.parse(window.from)) < CRAWL_ROOM)
    window = nextWindow(settings, Date.parse(window.to))!;
  return crawlWithin(Math.max(notBefore, Date.parse(window.from)), Date.parse(window.to), share);
}

/** On a day or, where its window does not take place or `notBefore` is later, on the first one after it that will do. */
function regularCrawl(
  organizationId: string,
  settings: ItinerarySettings,
  day: Temporal.PlainDate,
  notBefore = -Infinity,
): number {
  const share = shareOf(organizationId, `crawl ${day}`);
  const start = midnight(day, settings);
  // a window over midnight that began on the evening before has its later hours on the day itself
  for (let from = start; ;) {
    const window = windowFrom(settings, from);
    const at = crawlWithin(window.from, window.to, share);
    if (at >= start && at >= notBefore) return at;
    from = window.to;
  }
}

function windowFrom(settings: ItinerarySettings, from: number): { readonly from: number; readonly to: number } {
  const window = nextWindow(settings, from);
  if (window) return { from: Date.parse(window.from), to: Date.parse(window.to) };
  return { from, to: midnight(dayOf(from, settings).add({ days: 1 }), settings) };
}

function crawlWithin(from: number, to: number, share: number): number {
  const length = to - from;
  return from + wholeSeconds(share * (length - Math.min(CRAWL_ROOM, length / 2)));
}

// ---------------------------------------------------------------- times of looks

/**
 * Each look has a quarter of the local day to itself and also one of the UTC day, by which looks are counted when they
 * are judged: two of them in one such quarter would count as one.
 */
function probeTimes(organizationId: string, settings: ItinerarySettings, crawls: readonly number[]): number[] {
  const { perDay, days } = settings.probes;
  const begin = dayOf(crawls[0]!, settings).add({ days: 1 });
  const turn = Math.floor(shareOf(organizationId, 'parts') * DAY_PARTS);
  const times: number[] = [];
  let taken = -Infinity; // quarter of the UTC day, counted from 1970
  for (let index = 0; index < days; index++) {
    const day = begin.add({ days: index });
    for (const part of partsOf(Math.min(perDay, DAY_PARTS), index + turn)) {
      const span = spanOf(day, part, taken + 1, settings);
      if (!span) continue;
      const at = outsideOf(crawls, span, shareOf(organizationId, `probe ${day} ${part}`));
      if (at === null) continue;
      times.push(at);
      taken = Math.floor(at / (PART * HOUR));
    }
  }
  return times;
}

/** Parts of the day for so many looks, far from each other, and others on the next day. */
const partsOf = (count: number, turn: number): number[] =>
  Array.from({ length: count }, (_, index) => (Math.floor((index * DAY_PARTS) / count) + turn) % DAY_PARTS).toSorted(
    (a, b) => a - b,
  );

interface Span {
  readonly from: number;
  readonly to: number;
}

/** What a part of the local day shares with a quarter of the UTC day, the longest that is not before `earliest`. */
function spanOf(day: Temporal.PlainDate, part: number, earliest: number, settings: ItinerarySettings): Span | null {
  const from = hourOf(day, part * PART, settings);
  const to =
    part === DAY_PARTS - 1 ? midnight(day.add({ days: 1 }), settings) : hourOf(day, (part + 1) * PART, settings);
  const length = PART * HOUR;
  let longest: Span | null = null;
  for (let quarter = Math.max(earliest, Math.floor(from / length)); quarter * length < to; quarter++) {
    const span = {
      from: Math.max(from, quarter * length) + PROBE_MARGIN,
      to: Math.min(to, (quarter + 1) * length) - PROBE_MARGIN,
    };
    // of two that are as long the later one, which leaves the earlier quarter to the part before
    if (span.to > span.from && (!longest || span.to - span.from >= longest.to - longest.from)) longest = span;
  }
  return longest;
}

/** A time in the span that is not near a crawl; null when there is none. */
function outsideOf(crawls: readonly number[], span: Span, share: number): number | null {
  let free: Span[] = [span];
  for (const crawl of crawls) {
    free = free
      .flatMap(({ from, to }) => [
        { from, to: Math.min(to, crawl - NEAR_CRAWL) },
        { from: Math.max(from, crawl + NEAR_CRAWL), to },
      ])
      .filter(({ from, to }) => to > from);
  }
  let offset = wholeSeconds(share * free.reduce((sum, { from, to }) => sum + to - from, 0));
  for (const { from, to } of free) {
    if (offset < to - from) return from + offset;
    offset -= to - from;
  }
  return null;
}

// ---------------------------------------------------------------- days and shares

type Zone = Pick<ItinerarySettings, 'timeZone'>;

const dayOf = (time: number, { timeZone }: Zone): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(time).toZonedDateTimeISO(timeZone).toPlainDate();

const midnight = (day: Temporal.PlainDate, { timeZone }: Zone): number =>
  day.toZonedDateTime(timeZone).epochMilliseconds;

const hourOf = (day: Temporal.PlainDate, hour: number, { timeZone }: Zone): number =>
  day.toZonedDateTime({ timeZone, plainTime: { hour } }).epochMilliseconds;

/** A number from 0 to 1, without 1, that looks drawn and is always the same. */
const shareOf = (organizationId: string, what: string): number =>
  createHash('sha256').update(`${organizationId}\n${what}`).digest().readUIntBE(0, 6) / 2 ** 48;

const wholeSeconds = (ms: number): number => Math.floor(ms / 1000) * 1000;
const iso = (ms: number): string => new Date(ms).toISOString();
