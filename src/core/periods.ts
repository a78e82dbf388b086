/** Quarters of a year in the Jalali and the Gregorian calendar. A round stands for one of them. */
import { Temporal } from 'temporal-polyfill/full';
import { persian, UserError } from './errors.ts';
import type { Registry, Text } from './model.ts';
import { remember } from './remember.ts';

export type Calendar = Registry['calendar'];
export type Quarter = 1 | 2 | 3 | 4;

export interface Period {
  /** `1405-q3`; which calendar it is of stands in `calendar`. */
  readonly id: string;
  readonly calendar: Calendar;
  readonly names: Text;
  readonly year: number;
  readonly quarter: Quarter;
  /** Its days begin and end at midnight of this time zone. */
  readonly timeZone: string;
  /** First and last day, `YYYY-MM-DD`, Gregorian. */
  readonly startsOn: string;
  readonly endsOn: string;
  /** Its first instant, and the first one after it: UTC, ISO 8601. */
  readonly startsAt: string;
  readonly endsAt: string;
}

const TEMPORAL_CALENDARS: Readonly<Record<Calendar, string>> = { jalali: 'persian', gregorian: 'gregory' };
const SEASONS: readonly Text[] = [
  { fa: 'بهار', en: 'Spring' },
  { fa: 'تابستان', en: 'Summer' },
  { fa: 'پاییز', en: 'Autumn' },
  { fa: 'زمستان', en: 'Winter' },
];
const ORDINALS = ['نخست', 'دوم', 'سوم', 'چهارم'];
const persianDigits = new Intl.NumberFormat('fa-IR', { useGrouping: false });

/** The quarter in which an instant (milliseconds since 1970) lies. Throws a UserError for an unknown time zone. */
export function periodAt(calendar: Calendar, timeZone: string, instantMs: number): Period {
  const day = Temporal.Instant.fromEpochMilliseconds(instantMs)
    .toZonedDateTimeISO(knownTimeZone(timeZone))
    .toPlainDate()
    .withCalendar(TEMPORAL_CALENDARS[calendar]);
  return periodNumber(calendar, timeZone, day.year * 4 + Math.ceil(day.month / 3) - 1);
}

export const nextPeriod = (period: Period): Period => neighbour(period, 1);
export const previousPeriod = (period: Period): Period => neighbour(period, -1);

/** The quarter with an id such as `1405-q3`. Throws a UserError when it is none, or for an unknown time zone. */
export function periodOf(id: string, calendar: Calendar, timeZone: string): Period {
  const match = /^(\d{4})-q([1-4])$/.exec(id);
  if (!match) {
    const [example, found] = [calendar === 'jalali' ? '1405-q3' : '2026-q4', JSON.stringify(id.slice(0, 40))];
    throw new UserError({
      fa: persian`سه‌ماهه‌ای مانند ${example} لازم است؛ یافته: ${found}.`,
      en: `Expected a quarter such as ${example}, found ${found}.`,
    });
  }
  return periodNumber(calendar, knownTimeZone(timeZone), Number(match[1]) * 4 + Number(match[2]) - 1);
}

/** The time zone itself when the IANA database has it under this name. Throws a UserError when it has not. */
export function knownTimeZone(timeZone: string): string {
  if (isTimeZone(timeZone)) return timeZone;
  const found = JSON.stringify(timeZone.slice(0, 40));
  throw new UserError({
    fa: persian`یک منطقه زمانی پایگاه ${'IANA'} لازم است، مانند ${'Asia/Tehran'} یا ${'Europe/Rome'}؛ یافته: ${found}.`,
    en: `Expected a time zone of the IANA database such as Asia/Tehran or Europe/Rome, found ${found}.`,
  });
}

/** Temporal would also take an offset or a whole date with a zone for one; neither knows the history of a place. */
export const isTimeZone: (timeZone: string) => boolean = remember(100, 60, (timeZone) => {
  if (!/^[a-z][\w+-]*(?:\/[\w+-]+)*$/i.test(timeZone)) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timeZone);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
});

const neighbour = ({ calendar, timeZone, year, quarter }: Period, by: number): Period =>
  periodNumber(calendar, timeZone, year * 4 + quarter - 1 + by);

/** Quarters are counted from the first one of the year 0. */
const periodNumber = (calendar: Calendar, timeZone: string, number: number): Period =>
  remembered(`${calendar} ${timeZone} ${number}`);

// a schedule asks for the same few quarters at each of its ticks
const remembered = remember(200, 100, (key): Period => {
  const [calendar, timeZone, number] = key.split(' ') as [Calendar, string, string];
  const year = Math.floor(Number(number) / 4);
  const quarter = ((Number(number) % 4) + 1) as Quarter;
  const first = Temporal.PlainDate.from({
    calendar: TEMPORAL_CALENDARS[calendar],
    year,
    month: quarter * 3 - 2,
    day: 1,
  });
  const next = first.add({ months: 3 });
  return {
    id: `${String(year).padStart(4, '0')}-q${quarter}`,
    calendar,
    names: namesOf(calendar, year, quarter),
    year,
    quarter,
    timeZone,
    startsOn: isoDay(first),
    endsOn: isoDay(next.subtract({ days: 1 })),
    startsAt: midnight(first, timeZone),
    endsAt: midnight(next, timeZone),
  };
});

function namesOf(calendar: Calendar, year: number, quarter: Quarter): Text {
  const ordinal = ORDINALS[quarter - 1]!;
  const season = SEASONS[quarter - 1]!;
  const persianYear = persianDigits.format(year);
  return calendar === 'jalali'
    ? { fa: `${season.fa} ${persianYear} (سه‌ماهه ${ordinal})`, en: `${season.en} ${year}` }
    : { fa: `سه‌ماهه ${ordinal} ${persianYear} میلادی`, en: `Q${quarter} ${year}` };
}

const isoDay = (day: Temporal.PlainDate): string => day.withCalendar('iso8601').toString();

/** The first instant of a day, which is not 00:00 where clocks go forward at midnight. */
const midnight = (day: Temporal.PlainDate, timeZone: string): string =>
  new Date(day.withCalendar('iso8601').toZonedDateTime(timeZone).epochMilliseconds).toISOString();
