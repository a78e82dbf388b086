import rule from '../../../rules/integration/cross-agency-links.ts';
import { testRule } from '../test-rule.ts';

const page = (more: string): string => `<main><h1>صدور پروانه بهره‌برداری معدن</h1>${more}</main>`;
const DEEP = 'https://ssaa.ir/services/deed-inquiry';
const deep = `<p>سند زمین را از <a href="${DEEP}">خدمت سند سازمان ثبت</a> بگیرید.</p>`;

testRule(rule, [
  {
    name: 'passes a deep link that answers',
    page: page(deep),
    pages: { [DEEP]: '<main><h1>سند</h1></main>' },
    outcome: 'deep',
    verdict: 'pass',
  },
  {
    name: 'gives half for one that nobody followed',
    page: page(deep),
    outcome: 'unread-below-evidence',
    verdict: 'partial',
  },
  {
    name: 'gives half for the front page of the other body',
    page: page('<p>سند را از <a href="https://ssaa.ir/">سازمان ثبت اسناد</a> بگیرید.</p>'),
    outcome: 'homeOnly',
    verdict: 'partial',
  },
  {
    name: 'gives half for a body that is only named',
    page: page('<dl><dt>استعلامات مورد نیاز</dt><dd>مالکیت از سازمان ثبت اسناد</dd></dl>'),
    outcome: 'namedOnly',
    verdict: 'partial',
  },
  {
    name: 'leaves out a service that says that it needs nobody',
    page: page('<dl><dt>استعلامات مورد نیاز</dt><dd>نیاز به استعلام خاصی ندارد</dd></dl>'),
    outcome: 'noneInvolved',
    verdict: 'not-applicable',
  },
  {
    name: 'does not count courtesies',
    page: page(
      '<h3>پیوندهای مرتبط</h3><ul><li><a href="https://tax.gov.ir/a/b">سازمان امور مالیاتی</a></li></ul><h3>دیگر</h3><a href="https://www.leader.ir/fa/news">دفتر رهبری</a>',
    ),
    outcome: 'nothing',
    verdict: 'fail',
  },
  {
    name: 'does not count what stands on every page',
    page: `<div><a href="${DEEP}">سند</a></div><h1>صدور پروانه بهره‌برداری معدن</h1>`,
    home: `<div><a href="${DEEP}">سند</a></div><h1>خانه</h1>`,
    pages: {
      '/a': `<div><a href="${DEEP}">سند</a></div>`,
      '/b': `<div><a href="${DEEP}">سند</a></div>`,
      '/c': '<p>درباره</p>',
      [DEEP]: '<h1>سند</h1>',
    },
    outcome: 'nothing',
  },
  {
    name: 'does not count the national window',
    page: page('<a href="https://my.gov.ir/services/13091727100">در درگاه ملی</a>'),
    outcome: 'nothing',
  },
  {
    name: 'says what could not be read',
    page: page(deep),
    outcomes: { [DEEP]: { kind: 'refused', by: 'robots', detail: '' } },
    outcome: 'unlooked',
    verdict: 'blocked',
  },
  {
    name: 'fails a dead link',
    page: page(deep),
    outcomes: { [DEEP]: { kind: 'unreachable', cause: 'not-found', detail: '' } },
    outcome: 'dead',
    verdict: 'fail',
  },
  { name: 'fails silence', page: page('<p>شرح</p>'), outcome: 'nothing' },
  {
    name: 'gives half for a partner that is named, though nothing is inquired',
    page: page(
      '<table><tr><th>دستگاه‌های همکار</th><td>دانشگاه هنر</td></tr><tr><th>استعلامات مورد نیاز</th><td>نیاز به استعلام خاصی ندارد</td></tr></table>',
    ),
    outcome: 'namedOnly',
  },
  {
    name: 'leaves out a service of one body',
    page: page('<p>در این خدمت دستگاه دیگری نقش ندارد.</p>'),
    outcome: 'noneInvolved',
    verdict: 'not-applicable',
  },
  {
    name: 'knows a body by the words of the link',
    page: '<main><h1>صدور پروانه بهره‌برداری معدن</h1><p>ارزش کالا را در <a href="https://value.example/start">سامانه سازمان امور مالیاتی</a> ببینید.</p></main>',
    pages: { 'https://value.example/start': '<main><h1>ارزش</h1></main>' },
    outcome: 'deep',
    verdict: 'pass',
  },
  {
    name: 'gives half for a body from which something has to be fetched',
    page: '<main><h1>صدور پروانه بهره‌برداری معدن</h1><p>صلاحیت شما با نامه از اداره اماکن استعلام می‌شود.</p></main>',
    outcome: 'namedOnly',
    verdict: 'partial',
  },
]);
