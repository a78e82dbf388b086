import { describe, expect, it } from 'vitest';
import { daysBetween, findDays } from '../../src/core/dates.ts';
import { fold } from '../../src/core/fold.ts';

const days = (text: string): string[] => findDays(fold(text)).map(({ day }) => day);

describe('findDays', () => {
  it.each([
    ['Jalali numbers, year first', 'تاریخ انتشار: ۱۴۰۵/۰۹/۰۴', ['2026-11-25']],
    ['Jalali numbers, day first', '۲۶/۱۲/۱۳۹۶', ['2018-03-17']],
    ['a Jalali month by name', 'شنبه ۲۶ اسفند ۱۳۹۶', ['2018-03-17']],
    ['a month name with «ماه»', '۴ آذرماه ۱۴۰۵', ['2026-11-25']],
    ['an ordinal day', '۴م آذر سال ۱۴۰۵', ['2026-11-25']],
    ['the last day of a leap year', '۳۰ اسفند ۱۳۹۹', ['2021-03-20']],
    ['ISO with a time', '2026-11-25T08:00:00Z', ['2026-11-25']],
    ['European numbers', '25.11.2026', ['2026-11-25']],
    ['American numbers where nothing else is possible', '11/25/2026', ['2026-11-25']],
    ['English, day first', '25th of November 2026', ['2026-11-25']],
    ['English, month first', 'Nov. 25, 2026', ['2026-11-25']],
    ['Italian', '25 novembre 2026', ['2026-11-25']],
    ['a Gregorian month in Persian', '۲۵ نوامبر ۲۰۲۶', ['2026-11-25']],
    ['both calendars in one line', '۱۴۰۵/۹/۴ برابر با 2026-11-25', ['2026-11-25', '2026-11-25']],
  ])('reads %s', (_, text, expected) => expect(days(text)).toEqual(expected));

  it.each([
    ['a day that its month does not have', '31/11/2026'],
    ['a leap day of a common Jalali year', '۳۰ اسفند ۱۴۰۰'],
    ['a year alone', '© 2007-2014'],
    ['a day without its year', '۲۶ اسفند'],
    ['a month of the other calendar', '۴ آذر ۲۰۲۶'],
    ['a range of years', '۱۴۰۰-۱۴۰۴'],
    ['a telephone number', '021-88776655'],
    ['a code of a service', '13091727100'],
    ['a path of many numbers', '1402/11/12/13'],
    ['a word that begins with a month', '4 decembrist 2026'],
  ])('does not read %s', (_, text) => expect(days(text)).toEqual([]));

  it('says where each stands in the folded text', () => {
    const folded = fold('به‌روزرسانی: ۴ آذر ۱۴۰۵');
    const [found] = findDays(folded);
    expect(folded.slice(found!.start, found!.end)).toBe('4 اذر 1405');
  });
});

it('counts days across a change of clock time', () => {
  expect(daysBetween('2026-03-20T23:59:00Z', '2026-03-23')).toBe(3);
  expect(daysBetween('2026-03-23', '2026-03-20')).toBe(-3);
});

describe('days of the lunar calendar', () => {
  it.each([
    ['1 محرم 1447', '2025-06-27'],
    ['۱ رمضان المبارک ۱۴۴۶', '2025-03-01'],
    ['10 ذی‌الحجة 1445', '2024-06-17'],
    ['12 ربیع‌الأول 1447', '2025-09-05'],
  ])('%s', (text, day) => expect(findDays(fold(text)).map((found) => found.day)).toEqual([day]));

  it.each(['31 محرم 1447', '5 رجب 2025', '1447 محرم'])('%s is none', (text) =>
    expect(findDays(fold(text))).toEqual([]),
  );
});
