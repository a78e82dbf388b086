import rule from '../../../rules/presence/freshness.ts';
import { testRule } from '../test-rule.ts';

// every page of a case is looked at on 4 Azar 1405, which is 25 November 2026
const items = (...days: string[]): string =>
  `<main><h1>سازمان نمونه</h1><ul>${days.map((day, index) => `<li><a href="/news/${index}">خبر شماره ${index}</a> <span>${day}</span></li>`).join('')}</ul></main>`;

testRule(rule, [
  { name: 'passes news of this week', home: items('۱۴۰۵/۰۹/۰۲', '۱۴۰۵/۰۸/۲۰'), outcome: 'fresh', verdict: 'pass' },
  {
    name: 'passes three items of two weeks',
    home: items('24 آبان 1405', '25 آبان 1405', '23 آبان 1405'),
    outcome: 'fresh',
  },
  {
    name: 'reads news pages as well as the first page',
    home: '<main><h1>سازمان نمونه</h1><a href="/news">اخبار</a></main>',
    pages: { '/news': items('Nov 23, 2026', '2026-11-01') },
    outcome: 'fresh',
  },
  { name: 'takes news of the day of the look', home: items('۱۴۰۵/۰۹/۰۴', '۱۴۰۵/۰۸/۰۱'), outcome: 'fresh' },
  {
    name: 'gives half for news of last month',
    home: items('۱۴۰۵/۰۸/۰۵', '۱۴۰۵/۰۷/۰۱'),
    outcome: 'slow',
    verdict: 'partial',
  },
  {
    name: 'gives half for a contact page that was last revised years ago',
    home: `${items('۱۴۰۵/۰۹/۰۲', '۱۴۰۵/۰۸/۲۰')}<a href="/contact">تماس با ما</a>`,
    pages: { '/contact': '<main><h1>تماس با ما</h1><p>آخرین به‌روزرسانی: ۱۴۰۰/۰۲/۱۱</p></main>' },
    outcome: 'oldPage',
    verdict: 'partial',
  },
  {
    name: 'asks a person when every date is the same',
    home: items('۱۴۰۵/۰۹/۰۲', '۱۴۰۵/۰۹/۰۲'),
    outcome: 'single',
    verdict: 'unclear',
  },
  {
    name: 'asks a person about news without dates',
    home: '<header><nav><a href="/news">اخبار</a></nav></header><main><h2>آخرین اخبار</h2><p>آغاز ثبت‌نام</p></main>',
    pages: { '/news': '<main><h1>اخبار</h1><p>آغاز ثبت‌نام نوبت تازه</p></main>' },
    outcome: 'undated',
    verdict: 'unclear',
  },
  { name: 'fails news of half a year ago', home: items('۱۴۰۵/۰۲/۰۲', '۱۴۰۴/۱۲/۲۰'), outcome: 'stale', verdict: 'fail' },
  {
    name: 'fails a portal without any date',
    home: '<main><h1>سازمان نمونه</h1><p>به درگاه خوش آمدید.</p></main>',
    outcome: 'nothing',
    verdict: 'fail',
  },
  {
    name: 'does not take the clock in the header for news',
    home: `<header><p>شنبه ۴ آذر ۱۴۰۵</p></header>${items('۱۴۰۵/۰۲/۰۲', '۱۴۰۴/۱۲/۲۰')}`,
    outcome: 'stale',
  },
  {
    name: 'knows the clock where the header is not marked and its letters are numeric entities',
    noVariants: true,
    home: `<div class="top"><span>&#1588;&#1606;&#1576;&#1607; ۴ &#1570;&#1584;&#1585; ۱۴۰۵</span></div>${items('۱۴۰۵/۰۲/۰۲', '۱۴۰۴/۱۲/۲۰')}`,
    outcome: 'stale',
  },
  {
    name: 'does not take the years of a copyright line, or its day, for news',
    home: `${items('۱۴۰۵/۰۲/۰۲', '۱۴۰۴/۱۲/۲۰')}<p>© 2007-2026 کلیه حقوق محفوظ است ۱۴۰۵/۰۹/۰۳</p>`,
    outcome: 'stale',
  },
  {
    name: 'does not take the weather of today for news',
    home: `${items('۱۴۰۵/۰۲/۰۲', '۱۴۰۴/۱۲/۲۰')}<table><tr><th>شهر</th><th>شاخص امروز ۱۴۰۵/۰۹/۰۴</th></tr></table>`,
    outcome: 'stale',
  },
  {
    name: 'does not take a coming day for news',
    home: items('۱۴۰۵/۱۲/۰۱', '۱۴۰۵/۰۲/۰۲', '۱۴۰۴/۱۲/۲۰'),
    outcome: 'stale',
  },
  {
    name: 'does not take the day of a law for news',
    home: '<main><h1>سازمان نمونه</h1><p>مستند قانونی: مصوبه مورخ ۱۴۰۵/۰۸/۲۸</p></main>',
    outcome: 'nothing',
  },
  {
    name: 'does not call a portal stale whose news page was not read',
    home: `${items('۱۴۰۴/۰۲/۰۲', '۱۴۰۳/۱۲/۲۰')}<nav><a href="/archive">آرشیو اخبار</a></nav>`,
    outcomes: { 'https://www.org.example/archive': { kind: 'unreachable', cause: 'timeout', detail: '' } },
    outcome: 'unlooked',
    verdict: 'blocked',
  },
]);
