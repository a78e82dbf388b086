/** How long ago something was, by what a page says of it, on the day on which the page was looked at. */
import { daysBetween, findDays } from '../src/core/dates.ts';
import { fold } from '../src/core/fold.ts';
import { isInside } from '../src/core/page-tree.ts';
import type { Run } from '../src/core/page-view.ts';
import { isContent, type Seen, type Site } from './define.ts';
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
  /(?:سال|سال مالی|ماه|بهار|تابستان|پاییز|زمستان|فصل|نیمه (?:اول|دوم|نخست)|(?:سه|شش|نه) ?ماهه?(?: اول| دوم| سوم| چهارم| نخست)?|فروردین|اردیبهشت|خرداد|تیر|مرداد|شهریور|مهر|ابان|اذر|دی|بهمن|اسفند|\byear|\bquarter|\bq[1-4]|\banno|\bannee|\btrimestre|السنه|سنه|عام|\b(?:spring|summer|autumn|winter)|\b(?:january|february|march|april|may|june|july|august|september|october|november|december)|\b(?:gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre)|\b(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|decembre)|(?:ینایر|فبرایر|مارس|ابریل|مایو|یونیو|یولیو|اغسطس|سبتمبر|اکتوبر|نوفمبر|دیسمبر))\s(1[34]\d\d|20\d\d)(?![\d/.-])/g;
const TODAY =
  /امروز|\btoday\b|\boggi\b|شنبه|جمعه|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:lune|marte|mercole|giove|vener)di\b|\bsabato\b|\bdomenica\b|\baujourd'hui\b|\b(?:lun|mar|mercre|jeu|vendre|same)di\b|\bdimanche\b|الیوم|(?:الاحد|الاثنین|الثلاثا|الاربعا|الخمیس|الجمعه|السبت)/;

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

const UNITS: Readonly<Record<string, number>> = {
  دقیقه: 0, ساعت: 0, روز: 1, هفته: 7, ماه: 30, سال: 365, minute: 0, hour: 0, day: 1, week: 7, month: 30, year: 365, minuto: 0, minuti: 0, ora: 0, ore: 0, giorno: 1, giorni: 1, settimana: 7, settimane: 7, mese: 30, mesi: 30, anno: 365, anni: 365,
}; // prettier-ignore
const NUMBERS = ['یک', 'دو', 'سه', 'چهار', 'پنج', 'شش', 'هفت', 'هشت', 'نه', 'ده'];
const UNIT = Object.keys(UNITS).join('|');
/** "3 days ago", "۲ هفته پیش": the least that it can mean. A unit without a number is one of them. */
const AGO = new RegExp(
  `(?:(\\d{1,3}|${NUMBERS.join('|')}|an?|un[ao]?)\\s)?(${UNIT})(?:s|ی| ها)?\\s(?:پیش|قبل|ago|fa)(?![\\p{L}])|(دیروز|پریروز|yesterday|ieri)(?![\\p{L}])|(لحظاتی پیش|همین حالا|just now)`,
  'gu',
);
/** Words beside its date up to which a line is nothing but the stamp of what stands above or below it. */
const STAMP_WORDS = 3;

/**
 * When the entries of a list of news or posts are from: by the moments that the page gives to machines; where it gives
 * none, by lines that are nothing but a date or an age. Days in the text of an entry are those of what it tells.
 */
export function stampsOn(seen: Seen): Dated[] {
  const { page, snapshot } = seen;
  const { fetchedAt } = snapshot;
  const exact = page.times.flatMap(({ datetime, node }): Dated[] => {
    const day = findDays(fold(datetime))[0]?.day;
    if (!day) return [];
    return [
      {
        age: daysBetween(day, fetchedAt),
        index: page.runs.findIndex((run) => run.node === node || isInside(page.tree, node, run.node)),
      },
    ];
  });
  const stamps =
    exact.length > 0
      ? exact
      : page.runs.flatMap((run, index) => (isContent(run.region) ? stampOf(run, index, fetchedAt) : []));
  return stamps.filter(({ age }) => age >= -1);
}

function stampOf(run: Run, index: number, fetchedAt: string): Dated[] {
  const rest = (from: number, to: number): number =>
    run.folded
      .slice(0, from)
      .concat(' ', run.folded.slice(to))
      .split(/[^\p{L}]+/u)
      .filter(Boolean).length;
  const [found] = findDays(run.folded);
  if (found) {
    const age = daysBetween(found.day, fetchedAt);
    const isToday = Math.abs(age) <= 1 && TODAY.test(run.folded.slice(0, found.start));
    return rest(found.start, found.end) <= STAMP_WORDS && !isToday ? [{ age, index }] : [];
  }
  for (const match of run.folded.matchAll(AGO)) {
    if (rest(match.index, match.index + match[0].length) <= STAMP_WORDS) return [{ age: ageOf(match), index }];
  }
  return [];
}

function ageOf([, count, unit, yesterday]: RegExpMatchArray): number {
  if (yesterday) return yesterday === 'پریروز' ? 2 : 1;
  if (!unit) return 0;
  const number = count === undefined ? 1 : NUMBERS.indexOf(count) + 1 || Number(count) || 1;
  return number * UNITS[unit]!;
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
