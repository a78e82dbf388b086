import { toGregorian } from 'jalaali-js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/core/errors.ts';
import {
  isTimeZone,
  knownTimeZone,
  nextPeriod,
  periodAt,
  periodOf,
  previousPeriod,
  type Calendar,
} from '../../src/core/periods.ts';

const TEHRAN = 'Asia/Tehran';
const at = (calendar: Calendar, timeZone: string, instant: string): string =>
  periodAt(calendar, timeZone, Date.parse(instant)).id;

describe('periodAt', () => {
  // the last day of Esfand, by year: the 30th where the year has a leap day
  it.each([
    ['1402', '2024-03-19'],
    ['1403, a leap year', '2025-03-20'],
    ['1404', '2026-03-20'],
    ['1405', '2027-03-20'],
    ['1406', '2028-03-19'],
    ['1407', '2029-03-19'],
    ['1408, a leap year', '2030-03-20'],
  ])('changes the year at midnight after the last of Esfand %s', (name, day) => {
    const year = Number(name.slice(0, 4));
    expect(at('jalali', TEHRAN, `${day}T23:59:59.999+03:30`)).toBe(`${year}-q4`);
    const next = new Date(Date.parse(`${day}T23:59:59.999+03:30`) + 1).toISOString();
    expect(at('jalali', TEHRAN, next)).toBe(`${year + 1}-q1`);
  });

  it.each([
    ['jalali', TEHRAN, '2026-11-29T12:00:00Z', '1405-q3'],
    ['gregorian', TEHRAN, '2026-11-29T12:00:00Z', '2026-q4'],
    ['gregorian', TEHRAN, '2026-12-31T20:29:59Z', '2026-q4'],
    ['gregorian', TEHRAN, '2026-12-31T20:30:00Z', '2027-q1'],
    ['gregorian', 'Pacific/Auckland', '2026-12-31T11:00:00Z', '2027-q1'],
    ['gregorian', 'Pacific/Pago_Pago', '2027-01-01T10:59:59Z', '2026-q4'],
    ['gregorian', 'UTC', '1969-12-31T23:59:59Z', '1969-q4'],
  ] as const)('in the %s calendar, %s, finds %s in %s', (calendar, zone, instant, id) =>
    expect(at(calendar, zone, instant)).toBe(id),
  );

  it('finds a quarter again at its first and its last instant, in either calendar and any zone', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<Calendar>('jalali', 'gregorian'),
        fc.constantFrom(TEHRAN, 'Europe/Rome', 'America/St_Johns', 'Australia/Lord_Howe', 'UTC'),
        fc.integer({ min: Date.UTC(1990, 0), max: Date.UTC(2060, 0) }),
        (calendar, zone, instant) => {
          const period = periodAt(calendar, zone, instant);
          expect(Date.parse(period.startsAt)).toBeLessThanOrEqual(instant);
          expect(Date.parse(period.endsAt)).toBeGreaterThan(instant);
          expect(periodAt(calendar, zone, Date.parse(period.startsAt))).toEqual(period);
          expect(periodAt(calendar, zone, Date.parse(period.endsAt) - 1)).toEqual(period);
          expect(periodAt(calendar, zone, Date.parse(period.endsAt))).toEqual(nextPeriod(period));
        },
      ),
    );
  });
});

describe('periodOf', () => {
  it('says everything about a Jalali quarter', () =>
    expect(periodOf('1405-q3', 'jalali', TEHRAN)).toEqual({
      id: '1405-q3',
      calendar: 'jalali',
      names: { fa: 'پاییز ۱۴۰۵ (سه‌ماهه سوم)', en: 'Autumn 1405' },
      year: 1405,
      quarter: 3,
      timeZone: TEHRAN,
      startsOn: '2026-09-23',
      endsOn: '2026-12-21',
      startsAt: '2026-09-22T20:30:00.000Z',
      endsAt: '2026-12-21T20:30:00.000Z',
    }));

  it('says everything about a Gregorian quarter, in which clocks change', () =>
    expect(periodOf('2026-q4', 'gregorian', 'Europe/Rome')).toEqual({
      id: '2026-q4',
      calendar: 'gregorian',
      names: { fa: 'سه‌ماهه چهارم ۲۰۲۶ میلادی', en: 'Q4 2026' },
      year: 2026,
      quarter: 4,
      timeZone: 'Europe/Rome',
      startsOn: '2026-10-01',
      endsOn: '2026-12-31',
      startsAt: '2026-09-30T22:00:00.000Z',
      endsAt: '2026-12-31T23:00:00.000Z',
    }));

  it.each([
    // until 2022 the clocks of Tehran were an hour ahead from the second of Farvardin to the end of Shahrivar
    ['summer, before 2022 was over', '1401-q2', '2022-06-21T19:30:00.000Z', '2022-09-22T20:30:00.000Z'],
    ['summer, since', '1402-q2', '2023-06-21T20:30:00.000Z', '2023-09-22T20:30:00.000Z'],
    [
      'spring, which began before the clocks changed',
      '1401-q1',
      '2022-03-20T20:30:00.000Z',
      '2022-06-21T19:30:00.000Z',
    ],
  ])('keeps to the clocks of Tehran in %s', (_, id, startsAt, endsAt) =>
    expect(periodOf(id, 'jalali', TEHRAN)).toMatchObject({ startsAt, endsAt }),
  );

  it('begins with the first instant of its day where clocks went forward at midnight', () =>
    expect(periodOf('1989-q4', 'gregorian', 'America/Asuncion').startsAt).toBe('1989-10-01T04:00:00.000Z'));

  it('begins on the day that another implementation of the calendar names', () => {
    for (let year = 1380; year < 1450; year++) {
      for (const quarter of [1, 2, 3, 4]) {
        const { gy, gm, gd } = toGregorian(year, quarter * 3 - 2, 1);
        const day = new Date(Date.UTC(gy, gm - 1, gd)).toISOString().slice(0, 10);
        expect(periodOf(`${year}-q${quarter}`, 'jalali', TEHRAN).startsOn).toBe(day);
      }
    }
  });

  it.each(['1405', '1405-q0', '1405-q5', '1405-Q3', '۱۴۰۵-q3', '1405-q3\n', '14050-q1', ''])(
    'takes %j for no quarter',
    (id) => expect(() => periodOf(id, 'jalali', TEHRAN)).toThrow(UserError),
  );

  it('says what it expected and found', () =>
    expect(() => periodOf('autumn', 'gregorian', TEHRAN)).toThrow(
      'Expected a quarter such as 2026-q4, found "autumn".',
    ));

  it('says so in Persian too, with what it found isolated', () =>
    expect(() => periodOf('autumn', 'gregorian', TEHRAN)).toThrow(
      expect.objectContaining({
        said: expect.objectContaining({
          fa: 'سه‌ماهه‌ای مانند \u20682026-q4\u2069 لازم است؛ یافته: \u2068"autumn"\u2069.',
        }) as object,
      }) as Error,
    ));
});

describe('neighbours', () => {
  it.each([
    ['jalali', '1405-q4', '1406-q1'],
    ['jalali', '1405-q1', '1405-q2'],
    ['gregorian', '2026-q4', '2027-q1'],
  ] as const)('in the %s calendar, %s and %s follow each other', (calendar, first, second) => {
    const [a, b] = [periodOf(first, calendar, TEHRAN), periodOf(second, calendar, TEHRAN)];
    expect(nextPeriod(a)).toEqual(b);
    expect(previousPeriod(b)).toEqual(a);
    expect(a.endsAt).toBe(b.startsAt);
  });

  it.each([
    ['1403, a leap year', '1403-q4', 90],
    ['1404', '1404-q4', 89],
    ['1408, a leap year', '1408-q4', 90],
  ])('the winter of %s has its days', (_, id, days) => {
    const { startsOn, endsOn } = periodOf(id, 'jalali', TEHRAN);
    expect((Date.parse(endsOn) - Date.parse(startsOn)) / 86_400_000 + 1).toBe(days);
  });
});

describe('time zones', () => {
  it.each([TEHRAN, 'Europe/Rome', 'America/Argentina/Buenos_Aires', 'UTC', 'Etc/GMT+3'])('knows %s', (zone) =>
    expect(knownTimeZone(zone)).toBe(zone),
  );

  it.each(['Asia/Teheran', '+03:30', '', 'Asia/Tehran\n', '2026-01-01T00:00Z[Asia/Tehran]', 'IRST!', 'A'.repeat(5000)])(
    'does not take %j for one',
    (zone) => expect(isTimeZone(zone)).toBe(false),
  );

  it('tells the user what a zone looks like', () => {
    expect(() => periodAt('jalali', 'Teheran', 0)).toThrow(UserError);
    expect(() => periodOf('1405-q1', 'jalali', 'Teheran')).toThrow(
      'Expected a time zone of the IANA database such as Asia/Tehran or Europe/Rome, found "Teheran".',
    );
  });
});
