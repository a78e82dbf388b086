import rule from '../../../rules/integration/verify-result.ts';
import { testRule } from '../test-rule.ts';

const page = (more = ''): string => `<main><h1>صدور پروانه بهره‌برداری معدن</h1>${more}</main>`;
const check = '<h1>استعلام اصالت پروانه</h1><form><label>شناسه پروانه<input></label><button>استعلام</button></form>';

testRule(rule, [
  {
    name: 'passes a page that checks by code',
    page: page('<a href="/verify">استعلام اصالت پروانه</a>'),
    pages: { '/verify': check },
    outcome: 'check',
    verdict: 'pass',
  },
  {
    name: 'finds the check of this kind of result on the first page',
    home: '<main><h1>سازمان نمونه</h1><a href="/verify">استعلام پروانه</a></main>',
    page: page(),
    pages: { '/verify': check },
    outcome: 'check',
  },
  {
    name: 'does not take the check of another kind of result',
    home: '<main><h1>سازمان نمونه</h1><a href="/verify">استعلام گواهی آموزشی</a></main>',
    page: page(),
    pages: { '/verify': check },
    outcome: 'nothing',
  },
  { name: 'passes a system that is itself a check', page: page(), system: check, outcome: 'check' },
  {
    name: 'passes a link that nobody followed',
    page: page('<a href="https://sys.org.example/v">اصالت‌سنجی</a>'),
    outcome: 'linked',
    verdict: 'pass',
  },
  {
    name: 'gives half for a list of holders',
    page: page('<a href="/holders">فهرست دارندگان پروانه</a>'),
    outcome: 'register',
    verdict: 'partial',
  },
  {
    name: 'gives half for a word about it',
    page: page('<p>اصالت‌سنجی پروانه با تلفن ممکن است.</p>'),
    outcome: 'mentioned',
    verdict: 'partial',
  },
  {
    name: 'leaves out a result that is no certificate',
    page: page('<dl><dt>خروجی خدمت</dt><dd>پاسخ به پرسش</dd></dl>'),
    service: { titles: { fa: 'مشاوره معدنی', en: 'Advice' } },
    outcome: 'noCertificate',
    verdict: 'not-applicable',
  },
  {
    name: 'says what could not be read',
    page: page('<a href="/verify">اصالت‌سنجی</a>'),
    outcomes: { 'https://www.org.example/verify': { kind: 'refused', by: 'robots', detail: '' } },
    outcome: 'unlooked',
    verdict: 'blocked',
  },
  {
    name: 'fails a dead link',
    page: page('<a href="/verify">اصالت‌سنجی</a>'),
    outcomes: { 'https://www.org.example/verify': { kind: 'unreachable', cause: 'not-found', detail: '' } },
    outcome: 'dead',
    verdict: 'fail',
  },
  { name: 'fails silence', page: page(), outcome: 'nothing', verdict: 'fail' },
  {
    name: 'passes the check of a result of another kind that the service itself offers',
    page: page('<table><tr><th>خروجی خدمت</th><td>قرارداد</td></tr></table><a href="/v">صحت‌سنجی قرارداد</a>'),
    pages: { '/v': '<h1>قرارداد</h1><form><label>شماره یکتا<input></label><button>ببین</button></form>' },
    outcome: 'check',
  },
  {
    name: 'leaves out goods',
    page: '<main><h1>واگذاری بذر</h1></main>',
    service: { titles: { fa: 'واگذاری بذر', en: 'Seeds' }, profile: ['PHYSICAL'] },
    outcome: 'goods',
    verdict: 'not-applicable',
  },
  {
    name: 'finds the check on the first page of the system',
    page: page(),
    system: '<h1>ثبت درخواست</h1>',
    pages: {
      'https://sys.org.example/':
        '<h2>استعلام اصالت</h2><form><label>شماره پروانه معدن<input></label><button>بررسی</button></form>',
    },
    outcome: 'check',
  },
  {
    name: 'does not take one there that is for another result',
    page: page(),
    system: '<h1>ثبت درخواست</h1>',
    pages: {
      'https://sys.org.example/':
        '<h2>استعلام اصالت</h2><form><label>شماره کارت راننده<input></label><button>بررسی</button></form>',
    },
    outcome: 'nothing',
  },
]);
