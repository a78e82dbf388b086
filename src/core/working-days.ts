/** Deadlines in working days. */
import { Temporal } from 'temporal-polyfill/full';
import type { Registry } from './model.ts';
import type { Calendar } from './periods.ts';

/** The days of the week that are free where a calendar is in use, Monday being 1, and the zone in which days are counted. */
const WEEKS: Readonly<Record<Calendar, { readonly free: readonly number[]; readonly timeZone: string }>> = {
  jalali: { free: [4, 5], timeZone: 'Asia/Tehran' },
  gregorian: { free: [6, 7], timeZone: 'UTC' },
};

/**
 * The last millisecond (UTC, ISO 8601) of the working day that is `days` after the day of `at`, which itself does not
 * count. Thursday and Friday are free with the Jalali calendar, Saturday and Sunday with the Gregorian one, and so are the
 * holidays that the registry names. Others count as working days: a deadline never comes later than its rule says, and
 * may come sooner.
 */
export function addWorkingDays(
  at: string,
  days: number,
  { calendar, holidays = [] }: Pick<Registry, 'calendar' | 'holidays'>,
): string {
  const { free, timeZone } = WEEKS[calendar];
  let day = Temporal.Instant.from(at).toZonedDateTimeISO(timeZone).toPlainDate();
  for (let left = days; left > 0;) {
    day = day.add({ days: 1 });
    if (!free.includes(day.dayOfWeek) && !holidays.includes(day.toString())) left--;
  }
  return new Date(day.add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds - 1).toISOString();
}
