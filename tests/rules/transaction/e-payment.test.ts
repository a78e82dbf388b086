import rule from '../../../rules/transaction/e-payment.ts';
import { testRule } from '../test-rule.ts';

const page = (fee: string, more = ''): string =>
  `<main><h1>صدور پروانه بهره‌برداری معدن</h1><table><tr><th>هزینه خدمت</th><td>${fee}</td></tr></table>${more}</main>`;
const login =
  '<h1>سامانه پروانه‌ها</h1><form><label>نام کاربری<input></label><label>رمز عبور<input type="password"></label><button>ورود</button></form>';

testRule(rule, [
  {
    name: 'passes a gateway that the system links to',
    page: page('۵۰۰٬۰۰۰ ریال'),
    system: '<h1>صورت‌حساب</h1><a href="https://sep.shaparak.ir/pay?id=1">درگاه</a>',
    outcome: 'gateway',
    verdict: 'pass',
  },
  {
    name: 'passes a form that is sent to a gateway',
    page: page('۵۰۰٬۰۰۰ ریال'),
    system: '<form method="post" action="https://bpm.shaparak.ir/start"><button>پرداخت</button></form>',
    outcome: 'gateway',
  },
  {
    name: 'passes a step that is paid online',
    page: page('۵۰۰٬۰۰۰ ریال', '<h2>مراحل دریافت خدمت</h2><ol><li>پرداخت اینترنتی کارمزد</li></ol>'),
    outcome: 'described',
    verdict: 'pass',
    quotes: 'پرداخت اینترنتی',
  },
  {
    name: 'does not take the empty column of a form for a promise',
    page: page('<table><tr><th>مبلغ</th><th>پرداخت الکترونیک</th></tr><tr><td>0</td><td></td></tr></table>'),
    outcome: 'feeUnknown',
    verdict: 'unclear',
  },
  {
    name: 'does not take the number of a bill among the documents for a way to pay',
    page: page('----', '<h2>مدارک لازم</h2><ul><li>شناسه قبض محل مصرف</li></ul>'),
    outcome: 'feeUnknown',
  },
  {
    name: 'does not take a question for an answer',
    page: page('----', '<h2>سوالات</h2><p>آیا امکان پرداخت الکترونیکی قبض هست؟</p>'),
    outcome: 'feeUnknown',
  },
  {
    name: 'does not take payments of other services in the frame',
    page: `${page('۵۰۰٬۰۰۰ ریال')}<footer><a href="https://sep.shaparak.ir/bill">پرداخت قبض</a></footer>`,
    outcome: 'nothing',
    verdict: 'fail',
  },
  {
    name: 'gives half for a card reader',
    page: page('۵۰۰٬۰۰۰ ریال با دستگاه کارتخوان'),
    outcome: 'terminal',
    verdict: 'partial',
  },
  { name: 'leaves out what is free', page: page('رایگان'), outcome: 'free', verdict: 'not-applicable' },
  {
    name: 'judges the payment where paying is the service, though nothing more is taken for it',
    page: page('رایگان است'),
    service: { titles: { fa: 'پرداخت عوارض معدن', en: 'Paying the mining levy' } },
    system: '<a href="https://sep.shaparak.ir/pay">درگاه</a>',
    outcome: 'gateway',
  },
  {
    name: 'needs no payment between agencies',
    page: page('۵۰۰٬۰۰۰ ریال'),
    service: { profile: ['G2G'] },
    outcome: 'profile',
    verdict: 'not-applicable',
  },
  {
    name: 'asks a person when the guide does not show it',
    page: page('۵۰۰٬۰۰۰ ریال', '<a href="/guide">راهنمای کاربری</a>'),
    system: login,
    pages: { '/guide': '<main><p>نخست وارد سامانه شوید و فرم را پر کنید.</p></main>' },
    outcome: 'guideSilent',
    verdict: 'unclear',
  },
  {
    name: 'cannot see behind a log-in',
    page: page('۵۰۰٬۰۰۰ ریال'),
    system: login,
    outcome: 'behindLogin',
    verdict: 'not-visible',
  },
  {
    name: 'fails a bank slip',
    page: page('۵۰۰٬۰۰۰ ریال، واریز به حساب ۱۲۳ و تحویل فیش بانکی'),
    outcome: 'slip',
    verdict: 'fail',
  },
  {
    name: 'does not know the fee of a page that is closed to us',
    outcomes: { 'https://www.org.example/services/permit': { kind: 'refused', by: 'robots', detail: '' } },
    outcome: 'unlooked',
    verdict: 'blocked',
  },
  {
    name: 'reads that paying online is not offered',
    page: '<main><h1>Mining permit</h1><h2>Fee</h2><p>Each permit costs £12.50. We do not take cards or online payments.</p></main>',
    service: { titles: { fa: '', en: 'Mining permit' } },
    outcome: 'nothing',
    verdict: 'fail',
  },
]);
