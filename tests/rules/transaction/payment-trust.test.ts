import rule from '../../../rules/transaction/payment-trust.ts';
import { testRule } from '../test-rule.ts';

const page = (fee: string, more = ''): string =>
  `<main><h1>صدور پروانه بهره‌برداری معدن</h1><table><tr><th>هزینه خدمت</th><td>${fee}</td></tr></table>${more}</main>`;
const gateway = (more = '', scheme = 'https'): string =>
  `<h1>صورت‌حساب</h1><a href="${scheme}://sep.shaparak.ir/pay?id=1">ادامه</a>${more}`;
const login =
  '<form><label>نام کاربری<input></label><label>رمز عبور<input type="password"></label><button>ورود</button></form>';

testRule(rule, [
  {
    name: 'passes a gateway with a word on the receipt',
    page: page('۵۰۰٬۰۰۰ ریال'),
    system: gateway('<p>رسید پرداخت در سامانه می‌ماند.</p>'),
    outcome: 'trusted',
    verdict: 'pass',
  },
  {
    name: 'passes a seal that leads to its own page',
    page: page('۵۰۰٬۰۰۰ ریال'),
    system: gateway(
      '<p>بازگشت وجه تا ۷۲ ساعت انجام می‌شود.</p><a href="https://trustseal.enamad.ir/?id=12&Code=ab"><img src="/enamad.png" alt="نماد"></a>',
    ),
    outcome: 'trusted',
  },
  {
    name: 'gives half without a receipt',
    page: page('۵۰۰٬۰۰۰ ریال'),
    system: gateway(),
    outcome: 'noReceipt',
    verdict: 'partial',
  },
  {
    name: 'gives half for a gateway without encryption',
    page: page('۵۰۰٬۰۰۰ ریال'),
    system: gateway('', 'http'),
    outcome: 'unencrypted',
    verdict: 'partial',
  },
  {
    name: 'gives half for a gateway that is only spoken of',
    page: page('۵۰۰٬۰۰۰ ریال', '<p>پرداخت اینترنتی از درگاه بانک ملی انجام می‌شود.</p>'),
    outcome: 'named',
    verdict: 'partial',
  },
  { name: 'leaves out what is free', page: page('رایگان'), outcome: 'free', verdict: 'not-applicable' },
  { name: 'does not settle what the fee leaves open', page: page('----'), outcome: 'unresolved', verdict: 'unclear' },
  {
    name: 'cannot see behind a log-in',
    page: page('۵۰۰٬۰۰۰ ریال'),
    system: login,
    outcome: 'behindLogin',
    verdict: 'not-visible',
  },
  {
    name: 'fails card fields outside of a gateway',
    page: page('۵۰۰٬۰۰۰ ریال'),
    system:
      '<form><label>شماره کارت<input name="pan"></label><label>رمز دوم<input name="pin"></label><label>CVV2<input name="cvv2"></label><button>پرداخت</button></form>',
    outcome: 'cardFields',
    verdict: 'fail',
    quotes: 'شماره کارت',
  },
  {
    name: 'fails a picture of the seal without its link',
    page: page('۵۰۰٬۰۰۰ ریال'),
    system: gateway('<img src="/img/enamad.png" alt="نماد اعتماد">'),
    outcome: 'falseSeal',
    verdict: 'fail',
  },
  {
    name: 'has nothing to say of another logo',
    page: page('۵۰۰٬۰۰۰ ریال'),
    system: gateway('<img src="/img/samandehi.png" alt="ساماندهی">'),
    outcome: 'noReceipt',
  },
  { name: 'fails a bank slip', page: page('۵۰۰٬۰۰۰ ریال، واریز به حساب'), outcome: 'noPayment', verdict: 'fail' },
  {
    name: 'does not know the payment of a page that is closed to us',
    outcomes: { 'https://www.org.example/services/permit': { kind: 'refused', by: 'robots', detail: '' } },
    outcome: 'unlooked',
    verdict: 'blocked',
  },
  {
    name: 'passes a gateway that is named by its host, with a receipt',
    page: page('۵۰۰٬۰۰۰ ریال در درگاه sep.shaparak.ir؛ رسید با شماره مرجع نشان داده می‌شود'),
    outcome: 'trusted',
  },
]);
