import { describe, expect, it } from 'vitest';
import { newest, stampsOn, timesIn } from '../../rules/recency.ts';
import { matcher } from '../../rules/lexicon/index.ts';
import type { Seen } from '../../rules/define.ts';
import type { Snapshot } from '../../src/core/model.ts';
import { viewPage } from '../../src/core/page-view.ts';

/** A page looked at on 25 November 2026, which is 4 Azar 1405. */
const look = (html: string): Seen => ({
  snapshot: { fetchedAt: '2026-11-25T08:00:00.000Z' } as Snapshot,
  hash: '',
  page: viewPage(html, { url: 'https://www.org.example/', matcher }),
  signals: new Map(),
});
const ages = (html: string): number[] => timesIn(look(html), 0, Infinity).map(({ age }) => age);

describe('times of a page', () => {
  it.each([
    ['a Jalali day in digits', '<p>انتشار: ۱۴۰۵/۰۸/۲۴</p>', [10]],
    ['a Jalali day by the name of its month', '<p>انتشار: ۲۴ آبان ۱۴۰۵</p>', [10]],
    ['a Gregorian day', '<p>Published on 15 November 2026</p>', [10]],
    ['a day to come', '<p>مهلت: ۱۴ آذر ۱۴۰۵</p>', [-10]],
    ['each of several', '<p>از 1405/08/24 تا 1405/09/14</p>', [10, -10]],
    ['a year as its last day', '<p>گزارش سال ۱۴۰۴</p>', [250]],
    ['this year as today', '<p>گزارش سال ۱۴۰۵</p>', [0]],
    ['a month as its last days', '<p>Report, October 2026</p>', [28]],
    ['a day only once, though its month has a name', '<p>۱ فروردین ۱۴۰۵</p>', [249]],
    ['no plan for years to come', '<p>چشم‌انداز سال ۱۴۱۴</p>', []],
    ['no number that is only as long as a year', '<p>ماده 1404 و کد 2026</p>', []],
    ['not today’s date of every page', '<p>چهارشنبه ۴ آذر ۱۴۰۵</p><p>۱۴۰۵/۰۹/۰۴</p>', []],
    [
      'today’s date where it dates something',
      '<p>تاریخ نشر این آگهی تازه ۱۴۰۵/۰۹/۰۴</p><ul><li>۱۴۰۵/۰۹/۰۴</li></ul>',
      [0, 0],
    ],
  ])('are read from %s', (_, html, expected) => expect(ages(html)).toEqual(expected));

  it('give the newest that is not to come', () => {
    const times = timesIn(look('<p>1405/08/24</p><p>1404/08/24</p><p>1405/09/14</p>'), 0, Infinity);
    expect(newest(times)?.age).toBe(10);
    expect(newest([])).toBeNull();
  });
});

describe('stamps of posts', () => {
  const stamps = (html: string): number[] => stampsOn(look(`<main>${html}</main>`)).map(({ age }) => age);
  it.each([
    ['what is written for machines', '<div>سلام <time datetime="2026-11-15T10:00:00+03:30">10:00</time></div>', [10]],
    ['machines alone where they are told', '<p>۱۴۰۵/۰۹/۰۱</p><time datetime="2026-11-05">پنجشنبه</time>', [20]],
    ['a Jalali day for machines', '<time datetime="1405-08-24">شنبه</time>', [10]],
    ['a line that is only a date', '<p>۲۴ آبان ۱۴۰۵</p><p>ساعت ۱۲:۳۰، ۱۴۰۵/۰۸/۱۴</p>', [10, 20]],
    ['a day of the lunar calendar', '<p>۵ جمادی‌الثانی ۱۴۴۸</p>', [9]],
    ['an age in Persian', '<p>۳ روز پیش</p><p>یک هفته قبل</p><p>2 ماه پیش</p><p>هفته پیش</p>', [3, 7, 60, 7]],
    [
      'an age in English',
      '<p>5 hours ago</p><p>a day ago</p><p>2 weeks ago</p><p>1,204 views · 1 year ago</p>',
      [0, 1, 14, 365],
    ],
    ['yesterday', '<p>دیروز ۱۰:۳۰</p><p>Yesterday</p>', [1, 1]],
    ['no day of which a post tells', '<p>نشست روز ۱ آذر ۱۴۰۵ در ساختمان مرکزی سازمان برگزار خواهد شد</p>', []],
    ['no age of which a post tells', '<p>این سازمان که سی سال پیش بنیاد نهاده شد خدمات خود را گسترش می‌دهد</p>', []],
    ['not the clock of the page', '<p>امروز چهارشنبه ۴ آذر ۱۴۰۵</p>', []],
    ['no day to come', '<time datetime="2026-12-25">x</time>', []],
  ])('are %s', (_, html, expected) => expect(stamps(html)).toEqual(expected));
});
