import rule from '../../../rules/interaction/faq.ts';
import { testRule } from '../test-rule.ts';

const page = (markup: string): string => `<main><h1>صدور پروانه بهره‌برداری معدن</h1>${markup}</main>`;
const QUESTIONS = ['چگونه درخواست خود را ثبت کنم؟', 'اعتبار پروانه چند سال است؟', 'آیا می‌توان پروانه را انتقال داد؟'];
const pairs = (count: number): string =>
  QUESTIONS.slice(0, count)
    .map(
      (question) =>
        `<details><summary>${question}</summary><p>پاسخ آن در آیین‌نامه آمده است و سه بند دارد.</p></details>`,
    )
    .join('');
const link = page('<a href="/faq">پرسش‌های متداول</a>');
const home = '<header><nav><a href="/faq">پرسش‌های متداول</a></nav></header><main><h1>سازمان نمونه</h1></main>';

testRule(rule, [
  {
    name: 'passes three pairs on the page',
    page: page(`<h2>پرسش‌های متداول</h2>${pairs(3)}`),
    outcome: 'onPage',
    verdict: 'pass',
    quotes: 'چند سال',
  },
  {
    name: 'passes a page of pairs that the service links to',
    page: link,
    pages: { '/faq': `<main><h1>پرسش‌های متداول</h1>${pairs(3)}</main>` },
    outcome: 'linked',
    verdict: 'pass',
  },
  {
    name: 'gives half for a link that nobody followed',
    page: link,
    outcome: 'linkOnly-below-evidence',
    verdict: 'partial',
  },
  { name: 'gives half for a single pair', page: page(pairs(1)), outcome: 'few', verdict: 'partial' },
  {
    name: 'gives half where the portal answers about the service',
    home,
    page: page(''),
    pages: {
      '/faq':
        '<main><h1>پرسش‌های متداول</h1><h3>برای صدور پروانه بهره‌برداری معدن چه باید کرد؟</h3><p>به میز خدمت سازمان بروید.</p></main>',
    },
    outcome: 'portal',
    verdict: 'partial',
  },
  {
    name: 'asks a person to read a file',
    page: page('<a href="/faq.pdf">پرسش‌های متداول</a>'),
    outcomes: { 'https://www.org.example/faq.pdf': { kind: 'not-html', contentType: 'application/pdf' } },
    outcome: 'file',
    verdict: 'unclear',
  },
  {
    name: 'fails a label that is filled with something else',
    page: page('<table><tr><th>پاسخ به سوالات متداول</th><td>در راستای قانون مدیریت خدمات کشوری</td></tr></table>'),
    outcome: 'filler',
    verdict: 'fail',
  },
  {
    name: 'fails a list without entries',
    page: link,
    pages: { '/faq': '<main><h1>پرسش‌های متداول</h1><p>موردی یافت نشد.</p></main>' },
    outcome: 'empty',
    verdict: 'fail',
  },
  {
    name: 'fails questions whose answers are blank',
    page: page(QUESTIONS.map((question) => `<h3>${question}</h3><p>-</p>`).join('')),
    outcome: 'none',
    verdict: 'fail',
  },
  {
    name: 'does not take the question whether the page was useful for one',
    page: page('<p>آیا این صفحه مفید بود؟</p><p>بله خیر نمی‌دانم</p>'),
    outcome: 'none',
  },
  {
    name: 'does not take the questions of the whole portal for those of the service',
    home,
    page: page(''),
    pages: { '/faq': `<main><h1>پرسش‌های متداول</h1>${pairs(3)}</main>` },
    outcome: 'none',
  },
  {
    name: 'does not take a question about a neighbouring service for one about this',
    home,
    others: [{ id: 'x', titles: { fa: 'تمدید پروانه بهره‌برداری معدن', en: '' }, pageUrl: null }],
    page: page(''),
    pages: {
      '/faq':
        '<main><h1>پرسش‌های متداول</h1><h3>برای تمدید پروانه بهره‌برداری معدن چه باید کرد؟</h3><p>به میز خدمت سازمان بروید.</p></main>',
    },
    outcome: 'none',
  },
  {
    name: 'does not blame questions that we were refused',
    page: link,
    outcomes: { 'https://www.org.example/faq': { kind: 'refused', by: 'wall', detail: '' } },
    outcome: 'unlooked',
    verdict: 'blocked',
  },
  {
    name: 'takes no question of the sheet for a frequent one',
    page: page(
      '<dl><dt>برای چه کسانی؟</dt><dd>همه معدن‌داران استان</dd><dt>مدارک لازم چیست؟</dt><dd>نقشه معدن و سند</dd><dt>مراحل انجام کار چیست؟</dt><dd>ثبت و بررسی و صدور</dd></dl>',
    ),
    others: [
      {
        id: 's2',
        titles: { fa: 'تمدید پروانه', en: '' },
        page: '<main><h1>تمدید پروانه</h1><dl><dt>چه مدت طول می‌کشد؟</dt><dd>پنج روز کاری</dd></dl></main>',
      },
    ],
    outcome: 'none',
    verdict: 'fail',
  },
  {
    name: 'reads answers that a button opens, and answers in the line of their question',
    page: page(
      '<h3><button aria-controls="a1">پروانه را می‌توان فروخت؟</button></h3><div id="a1" hidden>خیر، واگذاری آن ممنوع است.</div><p>بازرسی چند بار است؟ سالی دو بار.</p><p>آیا بیمه لازم است؟ بله، برای کارگران.</p>',
    ),
    outcome: 'onPage',
    verdict: 'pass',
  },
  {
    name: 'takes what a form asks, and a question of the writer, for no question of visitors',
    page: '<main><h1>صدور پروانه بهره‌برداری معدن</h1><p>برای ادامه باید وارد شوید. حساب کاربری ندارید؟ در همین صفحه یک حساب تازه بسازید و ادامه دهید.</p></main>',
    system:
      '<main><h1>گزارش</h1><form><label>معدن شما در کجا است؟ <input name="a"></label><label>چه چیزی در آن خراب شده است؟ <select name="b"><option>آسیاب و نوار نقاله کارگاه</option></select></label><button>ثبت</button></form></main>',
    outcome: 'none',
    verdict: 'fail',
  },
]);
