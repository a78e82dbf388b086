import rule from '../../../rules/participation/performance-published.ts';
import { PORTAL, testRule } from '../test-rule.ts';

const LINK = '<nav><a href="/p">آمار خدمات الکترونیکی</a></nav><main><h1>سازمان نمونه</h1></main>';
const p = (body: string): { home: string; pages: Record<string, string> } => ({
  home: LINK,
  pages: { p: `<main><h1>آمار خدمات الکترونیکی</h1>${body}</main>` },
});
const TABLE =
  '<table><tr><th>خدمت</th><th>تعداد درخواست</th><th>میانگین زمان</th><th>رضایت</th></tr><tr><td>صدور پروانه کسب</td><td>۳٬۱۲۰</td><td>۴٫۱ روز</td><td>۴٫۳ از ۵</td></tr><tr><td>تمدید پروانه کسب</td><td>۲٬۷۶۰</td><td>۱٫۶ روز</td><td>۴٫۶ از ۵</td></tr></table>';

testRule(rule, [
  {
    name: 'passes a table of requests, times and satisfaction of the last month',
    ...p(`<p>دوره: سی روز منتهی به ۳۰ آبان ۱۴۰۵</p>${TABLE}`),
    outcome: 'figures',
    verdict: 'pass',
  },
  {
    name: 'passes English figures of the last quarter',
    home: '<nav><a href="/p">Performance data</a></nav><main><h1>Agency</h1></main>',
    pages: {
      p: '<main><h1>Performance data, October 2026</h1><table><tr><th>Service</th><th>Requests</th></tr><tr><td>Licence</td><td>3120</td></tr><tr><td>Renewal</td><td>2760</td></tr><tr><td>Refund</td><td>96</td></tr></table></main>',
    },
    outcome: 'figures',
  },
  {
    name: 'gives half for figures of years ago',
    ...p(`<p>دوره: سال ۱۴۰۱</p>${TABLE}`),
    outcome: 'old',
    verdict: 'partial',
  },
  { name: 'gives half for figures without a period', ...p(TABLE), outcome: 'undated', verdict: 'partial' },
  {
    name: 'gives half for a general report of the year',
    home: '<nav><a href="/g">گزارش‌ها</a></nav><main><h1>سازمان</h1></main>',
    pages: { g: '<main><h1>گزارش‌ها</h1><a href="/r.pdf">گزارش عملکرد سالانه سازمان (PDF)</a></main>' },
    outcome: 'annual',
    verdict: 'partial',
  },
  {
    name: 'asks a person about figures in a file',
    home: '<main><h1>سازمان</h1><a href="/s.pdf">آمار خدمات الکترونیکی</a></main>',
    outcomes: { 'https://www.org.example/s.pdf': { kind: 'not-html', contentType: 'application/pdf' } },
    outcome: 'file',
    verdict: 'unclear',
  },
  {
    name: 'fails a page that is only named so',
    ...p('<p>آمار خدمات به زودی در این صفحه منتشر می‌شود.</p>'),
    outcome: 'empty',
    verdict: 'fail',
  },
  {
    name: 'takes counters of visits for no figures',
    home: '<main><h1>سازمان</h1></main><footer><p>بازدید امروز: ۳۴۱۲ | بازدید دیروز: ۵۱۰۷ | کل بازدیدها: ۹۸۷۱۲۰۴</p></footer>',
    outcome: 'counter',
    verdict: 'fail',
  },
  {
    name: 'takes figures of the trade itself for none of the services',
    home: '<main><h1>سازمان</h1><h2>تولید گندم</h2><p>امسال ۱۲ میلیون تن گندم، ۳ میلیون تن جو و ۲ میلیون تن ذرت برداشت شد.</p></main>',
    outcome: 'nothing',
    verdict: 'fail',
  },
  {
    name: 'takes the numbers of a single service card for no figures',
    page: '<main><h1>صدور پروانه بهره‌برداری معدن</h1><table><tr><th>تعداد درخواست در سال</th><td>۱۲۰</td></tr><tr><th>مدت</th><td>۱۰ روز</td></tr><tr><th>هزینه خدمت</th><td>۲۵۰٬۰۰۰ ریال</td></tr></table></main>',
    outcome: 'nothing',
  },
  {
    name: 'cannot say what is behind a link that refused us',
    home: LINK,
    outcomes: { 'https://www.org.example/p': { kind: 'refused', by: 'robots', detail: '' } },
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
