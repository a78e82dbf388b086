import rule from '../../../rules/transaction/e-signature.ts';
import { testRule } from '../test-rule.ts';

const page = (documents: string, more = ''): string =>
  `<main><h1>صدور پروانه بهره‌برداری معدن</h1>${documents && `<table><tr><th>مدارک لازم</th><td>${documents}</td></tr></table>`}${more}</main>`;
const login =
  '<form><label>نام<input></label><label>رمز عبور<input type="password"></label><button>ورود</button></form>';

testRule(rule, [
  {
    name: 'passes a step that is signed electronically',
    page: page('نقشه', '<h2>مراحل دریافت خدمت</h2><ol><li>امضای الکترونیکی تعهدنامه</li></ol>'),
    outcome: 'offered',
    verdict: 'pass',
  },
  {
    name: 'passes a link to the authority of keys',
    page: page('نقشه', '<a href="https://www.gica.ir/keys">دریافت کلید</a>'),
    outcome: 'offered',
  },
  {
    name: 'gives half for a certificate to log in with',
    page: page('نقشه', '<p>ورود به سامانه با توکن امضا ممکن است.</p>'),
    outcome: 'loginOnly',
    verdict: 'partial',
  },
  {
    name: 'leaves out a process without a signature',
    page: page('نقشه معدن و شماره پرونده'),
    outcome: 'notNeeded',
    verdict: 'not-applicable',
  },
  {
    name: 'asks a person about both',
    page: page('فرم با مهر و امضا', '<p>امضای الکترونیکی درخواست ممکن است.</p>'),
    outcome: 'both',
    verdict: 'unclear',
  },
  {
    name: 'asks a person how a signature is given',
    page: page('تعهدنامه با امضا'),
    outcome: 'unsaid',
    verdict: 'unclear',
  },
  {
    name: 'asks a person when the guide is silent',
    page: page('', '<a href="/guide">راهنمای کاربری</a>'),
    system: login,
    pages: { '/guide': '<main><p>فرم را پر کنید.</p></main>' },
    outcome: 'guideSilent',
    verdict: 'unclear',
  },
  { name: 'cannot see behind a log-in', page: page(''), system: login, outcome: 'behindLogin', verdict: 'not-visible' },
  {
    name: 'fails a stamp and signature on paper',
    page: page('نقشه با مهر و امضای مهندس'),
    outcome: 'paper',
    verdict: 'fail',
  },
  {
    name: 'fails a signature at a counter',
    page: page('نقشه', '<p>دو طرف برای امضا به دفتر پیشخوان دولت می‌روند.</p>'),
    outcome: 'paper',
  },
  { name: 'fails a page that hides what is asked for', page: page(''), outcome: 'nothing', verdict: 'fail' },
  {
    name: 'gives half for the signature of an expert',
    page: page('نقشه', '<p>کارشناس بازدید، گزارش را با امضای دیجیتال امضا می‌کند.</p>'),
    outcome: 'byOthers',
    verdict: 'partial',
  },
]);
