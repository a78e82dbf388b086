/** How long ago something was, by what a page says of it, on the day on which the page was looked at. */
import { daysBetween, findDays } from '../src/core/dates.ts';
import type { Run } from '../src/core/page-view.ts';
import type { Seen, Site } from './define.ts';
import { isOwnLine } from './topics.ts';

export interface Dated {
  /** Days since then; negative for a day to come. */
  readonly age: number;
  /** Line that names it. */
  readonly index: number;
}

/** Days of a year with some slack: who publishes once a year does not do it to the day. */
export const YEAR = 380;
/** Words that make four digits a year. */
const BARE_YEAR =
  /(?:سال|سال مالی|ماه|بهار|تابستان|پاییز|زمستان|فصل|نیمه (?:اول|دوم)|فروردین|اردیبهشت|خرداد|تیر|مرداد|شهریور|مهر|ابان|اذر|دی|بهمن|اسفند|\byear|\bquarter|\bq[1-4]|\banno|\btrimestre|\b(?:spring|summer|autumn|winter)|\b(?:january|february|march|april|may|june|july|august|september|october|november|december)|\b(?:gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre))\s(1[34]\d\d|20\d\d)(?![\d/.-])/g;
const TODAY =
  /امروز|\btoday\b|\boggi\b|شنبه|جمعه|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:lune|marte|mercole|giove|vener)di\b|\bsabato\b|\bdomenica\b/;

/** All times that the lines name, in page order: days, and years that are called so. The clock of the page and plans for years to come are left out. */
export function timesIn(seen: Seen, from: number, to: number): Dated[] {
  const out: Dated[] = [];
  const { fetchedAt } = seen.snapshot;
  for (let index = Math.max(0, from); index < to && index < seen.page.runs.length; index++) {
    const run = seen.page.runs[index]!;
    if (!/\d{4}/.test(run.folded)) continue;
    const days = findDays(run.folded);
    for (const { day, start, end } of days) {
      const age = daysBetween(day, fetchedAt);
      if (age > -YEAR && (Math.abs(age) > 1 || !isClock(run, start, end))) out.push({ age, index });
    }
    for (const match of run.folded.matchAll(BARE_YEAR)) {
      if (days.some(({ start, end }) => match.index < end && match.index + match[0].length > start)) continue;
      // a month is over on its last days, a year on its last one
      const age = daysBetween(findDays(`28 ${match[0]}`)[0]?.day ?? endOf(Number(match[1])), fetchedAt);
      if (age > -YEAR) out.push({ age: Math.max(0, age), index });
    }
  }
  return out;
}

/** Those of the page's own lines. */
export const ownTimes = (site: Site, seen: Seen, to = seen.page.runs.length): Dated[] =>
  timesIn(seen, 0, to).filter(({ index }) => isOwnLine(site, seen.page.runs[index]!));

/** The newest of them that is not to come; null when there is none. */
export function newest(times: readonly Dated[]): Dated | null {
  return times
    .filter(({ age }) => age >= -1)
    .reduce<Dated | null>((best, time) => (best === null || time.age < best.age ? time : best), null);
}

/** Today's date with its weekday, or alone, is shown by every page and dates nothing on it. */
function isClock(run: Run, start: number, end: number): boolean {
  const rest = `${run.folded.slice(0, start)} ${run.folded.slice(end)}`.replace(/[\d:.,/|-]|ساعت|تاریخ/g, ' ');
  return TODAY.test(rest) ? rest.trim().split(/\s+/).length <= 4 : rest.trim() === '' && run.item < 0 && run.row < 0;
}

/** The last day of a year of either calendar. */
const endOf = (year: number): string => (year < 1500 ? `${year + 622}-03-20` : `${year}-12-31`);
