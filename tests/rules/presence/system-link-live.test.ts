import { r4 } from '../../../rules/editions/r4.ts';
import rule from '../../../rules/presence/system-link-live.ts';
import { SERVICE_PAGE, SYSTEM, testRule } from '../test-rule.ts';

const page = (markup: string): string => `<main><h1>صدور پروانه بهره‌برداری معدن</h1>${markup}</main>`;
const system = '<main><h1>سامانه معدن</h1><p>ورود متقاضیان</p></main>';
const start = `<a href="${SYSTEM}">ورود به سامانه</a>`;

testRule(rule, [
  {
    name: 'takes the log-in of the state, where the crawl ends, for an answer of the system',
    page: page(start),
    outcomes: { [SYSTEM]: { kind: 'refused', by: 'login', detail: 'sso.my.gov.ir' } },
    outcome: 'asksLogin',
    verdict: 'pass',
  },
  {
    name: 'passes a link to a system that answers',
    page: page(start),
    system,
    outcome: 'live',
    verdict: 'pass',
    quotes: 'ورود به سامانه',
  },
  {
    name: 'knows the system by its address, whatever the link is called',
    page: page(`<a href="${SYSTEM}/">کاداستر</a>`),
    system,
    outcome: 'live',
  },
  {
    name: 'finds a system that nobody declared',
    page: page('<a href="https://apply.org.example/">ثبت درخواست</a>'),
    pages: { 'https://apply.org.example/': system },
    outcome: 'live',
  },
  {
    name: 'knows a button that repeats the title of the service',
    page: page(
      '<a href="https://apply.org.example/">ورود به سامانه و ثبت درخواست صدور پروانه بهره‌برداری معدن برای متقاضیان</a>',
    ),
    pages: { 'https://apply.org.example/': system },
    outcome: 'live',
  },
  {
    name: 'does not ask whether it is alive in the edition of round four',
    edition: r4,
    page: page(start),
    system: null,
    outcomes: { [SYSTEM]: { kind: 'unreachable', cause: 'timeout', detail: '' } },
    outcome: 'present',
    verdict: 'pass',
  },
  {
    name: 'gives half for a link to another system than the declared one',
    page: page('<a href="https://apply.org.example/">ثبت درخواست</a>'),
    system,
    pages: { 'https://apply.org.example/': '<main><h1>سامانه دیگر</h1></main>' },
    outcome: 'otherSystem',
    verdict: 'partial',
  },
  {
    name: 'gives half for a system without encryption',
    page: page('<a href="http://old.org.example/">ورود به سامانه</a>'),
    pages: { 'http://old.org.example/': system },
    outcome: 'plainOnly',
    verdict: 'partial',
  },
  {
    name: 'gives half for an address that is only written',
    page: page('<p>نشانی: sys.org.example/permit</p>'),
    system,
    outcome: 'bareText',
    verdict: 'partial',
  },
  {
    name: 'asks for no link where the form is on the page',
    page: page(
      '<form><label>نام معدن <input name="a"></label><label>محل معدن <input name="b"></label><label>ماده معدنی <input name="c"></label><button>ثبت</button></form>',
    ),
    outcome: 'onThePage',
    verdict: 'not-applicable',
  },
  {
    name: 'fails a control that leads nowhere',
    page: page('<a href="#">ورود به سامانه</a>'),
    outcome: 'deadControl',
    verdict: 'fail',
  },
  {
    name: 'fails a link whose target is not there',
    page: page(start),
    system: null,
    outcomes: { [SYSTEM]: { kind: 'unreachable', cause: 'not-found', detail: '404' } },
    outcome: 'dead',
    verdict: 'fail',
  },
  { name: 'fails a page without a link', page: page('<p>شرح کوتاه</p>'), system, outcome: 'nothing', verdict: 'fail' },
  {
    name: 'does not take a log-in in the header of the portal for the system',
    page: `<header><a href="/login">ورود</a></header>${page('<p>شرح کوتاه</p>')}`,
    outcome: 'nothing',
  },
  {
    name: 'does not blame a system that is closed to visitors from abroad',
    page: page(start),
    system: null,
    outcomes: { [SYSTEM]: { kind: 'refused', by: 'wall', detail: '403' } },
    outcome: 'unlooked',
    verdict: 'blocked',
  },
  {
    name: 'does not judge a page that was not read',
    outcomes: { [SERVICE_PAGE]: { kind: 'unreachable', cause: 'timeout', detail: '' } },
    outcome: 'not-looked',
    verdict: 'blocked',
  },
]);
