import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Calendar } from '../../src/core/periods.ts';
import { addWorkingDays } from '../../src/core/working-days.ts';

const DAY = 86_400_000;
/** Days of the week in UTC, Sunday being 0. */
const FREE: Readonly<Record<Calendar, readonly number[]>> = { jalali: [4, 5], gregorian: [6, 0] };
/** Tehran has been half past three ahead, summer and winter, since 2022. */
const AHEAD: Readonly<Record<Calendar, number>> = { jalali: 3.5 * 3_600_000, gregorian: 0 };

describe('addWorkingDays', () => {
  it.each([
    ['jalali', 'a Saturday', '2026-10-03T08:00:00Z', 1, '2026-10-04T20:29:59.999Z'],
    ['jalali', 'a Wednesday, before the free days', '2026-10-07T08:00:00Z', 1, '2026-10-10T20:29:59.999Z'],
    ['jalali', 'a Thursday, which is free', '2026-10-08T08:00:00Z', 1, '2026-10-10T20:29:59.999Z'],
    ['jalali', 'a Saturday, over two weeks', '2026-10-03T08:00:00Z', 10, '2026-10-17T20:29:59.999Z'],
    ['jalali', 'the last instant of a Saturday', '2026-10-03T20:29:59.999Z', 1, '2026-10-04T20:29:59.999Z'],
    ['jalali', 'the first instant of a Sunday', '2026-10-03T20:30:00Z', 1, '2026-10-05T20:29:59.999Z'],
    ['gregorian', 'a Friday', '2026-10-02T08:00:00Z', 1, '2026-10-05T23:59:59.999Z'],
    ['gregorian', 'a Saturday, which is free', '2026-10-03T08:00:00Z', 1, '2026-10-05T23:59:59.999Z'],
    ['gregorian', 'a Monday, over two weeks', '2026-10-05T08:00:00Z', 10, '2026-10-19T23:59:59.999Z'],
    ['gregorian', 'an instant that names another zone', '2026-10-05T01:00:00+03:30', 1, '2026-10-05T23:59:59.999Z'],
  ] as const)('in the %s calendar counts from %s', (calendar, _, at, days, end) =>
    expect(addWorkingDays(at, days, { calendar })).toBe(end),
  );

  it.each([
    // 20 March 2025 is the 30th of Esfand 1403, a Thursday; the year 1404 begins on the Friday
    ['jalali', 'the 30th of Esfand of a leap year', '2025-03-18T08:00:00Z', 3, '2025-03-23T20:29:59.999Z'],
    // 20 March 2027 is the 29th of Esfand 1405, a Saturday, which is the last day of that year
    ['jalali', 'the end of a common year', '2027-03-17T08:00:00Z', 2, '2027-03-21T20:29:59.999Z'],
    ['gregorian', 'the end of the year', '2026-12-30T08:00:00Z', 10, '2027-01-13T23:59:59.999Z'],
    ['gregorian', 'the 29th of February', '2028-02-28T08:00:00Z', 2, '2028-03-01T23:59:59.999Z'],
    ['gregorian', 'the 28th of February', '2027-02-26T08:00:00Z', 1, '2027-03-01T23:59:59.999Z'],
  ] as const)('in the %s calendar counts over %s', (calendar, _, at, days, end) =>
    expect(addWorkingDays(at, days, { calendar })).toBe(end),
  );

  it.each([
    ['jalali', 'a holiday', ['2026-10-04'], '2026-10-05T20:29:59.999Z'],
    ['jalali', 'holidays before the free days', ['2026-10-04', '2026-10-05', '2026-10-06', '2026-10-07'], '2026-10-10T20:29:59.999Z'],
    ['jalali', 'a holiday that is free by its day of the week', ['2026-10-08'], '2026-10-04T20:29:59.999Z'],
    ['gregorian', 'a holiday after the free days', ['2026-10-05'], '2026-10-06T23:59:59.999Z'],
  ] as const)('in the %s calendar passes over %s', (calendar, _, holidays, end) =>
    expect(addWorkingDays('2026-10-03T08:00:00Z', 1, { calendar, holidays })).toBe(end),
  ); // prettier-ignore

  it('ends the same day when none is added', () =>
    expect(addWorkingDays('2026-10-08T08:00:00Z', 0, { calendar: 'jalali' })).toBe('2026-10-08T20:29:59.999Z'));

  // summer time in Tehran began at midnight of the second of Farvardin, until 2022
  it('ends a day when its clocks do', () =>
    expect(addWorkingDays('2022-03-20T08:00:00Z', 1, { calendar: 'jalali' })).toBe('2022-03-21T20:29:59.999Z'));

  it('passes over as many working days as were asked for, and ends on one', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<Calendar>('jalali', 'gregorian'),
        fc.integer({ min: Date.UTC(2023, 0), max: Date.UTC(2060, 0) }),
        fc.integer({ min: 1, max: 40 }),
        (calendar, start, days) => {
          const dayNumber = (instant: number): number => Math.floor((instant + AHEAD[calendar]) / DAY);
          const isFree = (day: number): boolean => FREE[calendar].includes(new Date(day * DAY).getUTCDay());
          const end = Date.parse(addWorkingDays(new Date(start).toISOString(), days, { calendar }));
          let worked = 0;
          for (let day = dayNumber(start) + 1; day <= dayNumber(end); day++) if (!isFree(day)) worked++;
          expect(worked).toBe(days);
          expect(isFree(dayNumber(end))).toBe(false);
          expect(dayNumber(end + 1)).toBe(dayNumber(end) + 1);
        },
      ),
    );
  });
});
