import rule from '../../../rules/transaction/e-result.ts';
import { testRule } from '../test-rule.ts';

const page = (output: string, steps: string, more = ''): string =>
  `<main><h1>صدور پروانه بهره‌برداری معدن</h1><table><tr><th>خروجی خدمت</th><td>${output}</td></tr></table><h2>مراحل دریافت خدمت</h2><ol>${steps
    .split('؛')
    .map((step) => `<li>${step}</li>`)
    .join('')}</ol>${more}</main>`;
const login =
  '<form><label>نام کاربری<input></label><label>رمز عبور<input type="password"></label><button>ورود</button></form>';

testRule(rule, [
  {
    name: 'passes a licence with a QR code',
    page: page('پروانه الکترونیکی دارای رمزینه', 'ثبت درخواست'),
    outcome: 'delivered',
    verdict: 'pass',
  },
  {
    name: 'passes a step that downloads the certificate',
    page: page('پروانه', 'ثبت درخواست؛دانلود گواهی از سامانه'),
    outcome: 'delivered',
    quotes: 'دانلود گواهی',
  },
  {
    name: 'does not take the download of a form for a result',
    page: page('پروانه', 'دانلود فرم درخواست و دریافت نتیجه فرم'),
    outcome: 'nothing',
    verdict: 'fail',
  },
  {
    name: 'gives half for a message and a visit',
    page: page('پروانه', 'نتیجه درخواست با پیامک اعلام می‌شود؛مراجعه برای دریافت پروانه'),
    outcome: 'messageOnly',
    verdict: 'partial',
  },
  {
    name: 'fails a result that is handed over',
    page: page('پروانه', 'ثبت درخواست؛تحویل پروانه در محل اداره'),
    outcome: 'paper',
    verdict: 'fail',
  },
  { name: 'fails a result that is posted', page: page('ارسال پستی پروانه', 'ثبت درخواست'), outcome: 'paper' },
  {
    name: 'asks a person when the guide is silent',
    page: page('پروانه', 'ثبت درخواست', '<a href="/guide">راهنمای کاربری</a>'),
    system: login,
    pages: { '/guide': '<main><p>فرم را پر کنید.</p></main>' },
    outcome: 'guideSilent',
    verdict: 'unclear',
  },
  {
    name: 'reads the guide',
    page: page('پروانه', 'ثبت درخواست', '<a href="/guide">راهنمای کاربری</a>'),
    system: login,
    pages: { '/guide': '<main><p>در پایان، چاپ پروانه از منوی نتیجه ممکن است.</p></main>' },
    outcome: 'delivered',
  },
  {
    name: 'cannot see behind a log-in',
    page: page('پروانه', 'ثبت درخواست'),
    system: login,
    outcome: 'behindLogin',
    verdict: 'not-visible',
  },
  {
    name: 'leaves out what is physical',
    page: page('کارت', 'ثبت درخواست'),
    service: { profile: ['PHYSICAL'] },
    outcome: 'profile',
    verdict: 'not-applicable',
  },
  { name: 'fails silence', page: page('پروانه', 'ثبت درخواست'), outcome: 'nothing' },
  {
    name: 'gives half where the same line announces the result and posts it',
    page: '<main><h1>صدور پروانه بهره‌برداری معدن</h1><p>حکم به نشانی شما پست می‌شود و با پیامک آگاه می‌شوید.</p></main>',
    outcome: 'messageOnly',
    verdict: 'partial',
  },
]);
