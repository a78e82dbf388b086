import rule from '../../../rules/participation/open-data.ts';
import { PORTAL, testRule } from '../test-rule.ts';

const LINK = '<nav><a href="/d">داده‌های باز</a></nav><main><h1>سازمان نمونه</h1></main>';
const d = (body: string): { home: string; pages: Record<string, string> } => ({
  home: LINK,
  pages: { d: `<main><h1>داده‌های باز</h1>${body}</main>` },
});
const csv = (path = 'https://www.org.example/d/permits.csv') => ({
  [path]: { kind: 'not-html', contentType: 'text/csv' } as const,
});
const gone = { kind: 'unreachable', cause: 'not-found', detail: '404' } as const;
const row = (day: string): string =>
  `<table><tr><th>مجموعه داده</th><th>قالب</th><th>تاریخ</th></tr><tr><td>شمار پروانه‌ها</td><td><a href="/d/permits.csv">CSV</a></td><td>${day}</td></tr></table>`;
const LICENCE = '<p>مجوز استفاده: با ذکر منبع برای هر هدفی آزاد است (CC BY 4.0).</p>';

testRule(rule, [
  {
    name: 'passes a dated CSV with a licence',
    ...d(LICENCE + row('۱۴۰۵/۰۸/۰۱')),
    outcomes: csv(),
    outcome: 'published',
    verdict: 'pass',
    quotes: 'CSV',
  },
  {
    name: 'passes Italian data',
    home: '<nav><a href="/d">Dati aperti</a></nav><main><h1>Comune</h1></main>',
    pages: {
      d: '<main><h1>Dati aperti</h1><p>Licenza CC BY 4.0</p><p>Aggiornato il 3 marzo 2026</p><a href="/d/permits.json">Permessi (JSON)</a></main>',
    },
    outcomes: csv('https://www.org.example/d/permits.json'),
    outcome: 'published',
  },
  {
    name: 'gives half for data that nobody fetched',
    ...d(LICENCE + row('۱۴۰۵/۰۸/۰۱')),
    outcome: 'published-below-evidence',
    verdict: 'partial',
  },
  {
    name: 'gives half for data without terms of use',
    home: '<nav><a href="/t">شفافیت</a></nav><main><h1>شهرداری</h1></main>',
    pages: {
      t: '<main><h1>شفافیت</h1><ul><li><a href="/files/budget.csv">بودجه مصوب (CSV)</a> - ۱۴۰۵/۰۸/۰۱</li></ul></main>',
    },
    outcomes: csv('https://www.org.example/files/budget.csv'),
    outcome: 'noLicence',
    verdict: 'partial',
  },
  {
    name: 'gives half for data without a date',
    ...d(LICENCE + row('ماهانه')),
    outcomes: csv(),
    outcome: 'undated',
    verdict: 'partial',
  },
  {
    name: 'gives half for data of years ago',
    ...d(LICENCE + row('۱۴۰۱/۰۸/۰۱')),
    outcomes: csv(),
    outcome: 'old',
    verdict: 'partial',
  },
  {
    name: 'gives half for statistics as a printed table',
    home: '<nav><a href="/g">گزارش‌ها</a></nav><main><h1>سازمان</h1></main>',
    pages: { g: '<main><h1>گزارش‌ها</h1><a href="/amar.pdf">جدول آمار وصول مالیات به تفکیک شهر (PDF)</a></main>' },
    outcome: 'printed',
    verdict: 'partial',
  },
  {
    name: 'gives half for a page of its own in the data portal of the country',
    home: '<main><h1>سازمان</h1><a href="https://data.gov.ir/organization/nemooneh">داده‌های ما</a></main>',
    outcome: 'elsewhere',
    verdict: 'partial',
  },
  {
    name: 'calls a page that is only named open data theatre',
    ...d('<p>داده‌های باز سازمان در این صفحه منتشر خواهد شد.</p>'),
    outcome: 'theatre',
    verdict: 'fail',
  },
  {
    name: 'takes the front page of the data portal of the country for nothing',
    home: '<main><h1>سازمان</h1><a href="https://data.gov.ir/">درگاه کشور</a></main>',
    outcome: 'nothing',
    verdict: 'fail',
  },
  {
    name: 'takes lists of staff and of prices for no data',
    home: '<main><h1>سازمان</h1><a href="/staff.xlsx">فهرست کارکنان</a> <a href="/price.pdf">آمار و تعرفه قیمت خدمات</a></main>',
    outcome: 'nothing',
  },
  {
    name: 'takes the site map and the feed of news for no data',
    home: '<main><h1>سازمان</h1><a href="/sitemap.xml">نقشه</a> <a href="/rss.xml">خوراک</a></main>',
    outcome: 'nothing',
  },
  {
    name: 'fails data that is gone',
    ...d(LICENCE + row('۱۴۰۵/۰۸/۰۱')),
    outcomes: { 'https://www.org.example/d/permits.csv': gone },
    outcome: 'gone',
    verdict: 'fail',
  },
  {
    name: 'cannot say what is behind a link that nobody followed',
    home: LINK,
    outcome: 'unlooked',
    verdict: 'blocked',
  },
  {
    name: 'blames nobody for a portal that was not read',
    outcomes: { [PORTAL]: { kind: 'refused', by: 'wall', detail: '403' } },
    outcome: 'not-looked',
    verdict: 'blocked',
  },
]);
