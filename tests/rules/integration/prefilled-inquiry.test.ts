import { r4 } from '../../../rules/editions/r4.ts';
import rule from '../../../rules/integration/prefilled-inquiry.ts';
import { SYSTEM, testRule } from '../test-rule.ts';

const page = (value: string, more = ''): string =>
  `<main><h1>صدور پروانه بهره‌برداری معدن</h1>${value && `<dl><dt>استعلامات مورد نیاز</dt><dd>${value}</dd></dl>`}${more}</main>`;
const login =
  '<form><label>نام<input></label><label>رمز عبور<input type="password"></label><button>ورود</button></form>';

testRule(rule, [
  {
    name: 'passes an agency with its datum',
    page: page('هویت متقاضی از سازمان ثبت احوال'),
    outcome: 'named',
    verdict: 'pass',
  },
  {
    name: 'passes a system that says that the address is fetched',
    page: page(''),
    system:
      '<h1>درخواست</h1><p>نشانی شما با کد پستی از شرکت پست به صورت خودکار دریافت می‌شود، استعلام الکترونیکی است.</p>',
    outcome: 'named',
  },
  {
    name: 'gives half for a table whose response times are zeros',
    page: page(
      '<table><tr><th>عنوان</th><th>دستگاه</th><th>زمان پاسخ</th></tr><tr><td>سوءپیشینه</td><td>پلیس</td><td>0</td></tr></table>',
    ),
    outcome: 'unfilled',
    verdict: 'partial',
    quotes: 'پلیس',
  },
  {
    name: 'gives half for a word in general',
    page: page('از دستگاه‌های مرتبط استعلام می‌شود'),
    outcome: 'vague',
    verdict: 'partial',
  },
  {
    name: 'took a word for enough under the earlier edition',
    page: page('از دستگاه‌های مرتبط استعلام می‌شود'),
    edition: r4,
    outcome: 'mentioned',
    verdict: 'pass',
  },
  {
    name: 'asks a person whether it is true that none is needed',
    page: page('نیاز به استعلام خاصی ندارد'),
    outcome: 'noneNeeded',
    verdict: 'unclear',
  },
  {
    name: 'does not take a public look-up for it',
    page: page('', '<p>استعلام مجوز برای همگان و استعلام از سامانه استعلام ممکن است.</p>'),
    outcome: 'nothing',
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
    name: 'blames nobody for a system that timed out',
    page: page(''),
    system: '',
    outcomes: { [SYSTEM]: { kind: 'unreachable', cause: 'timeout', detail: '' } },
    outcome: 'unlooked',
    verdict: 'blocked',
  },
  { name: 'fails dashes, log-in or not', page: page('----'), system: login, outcome: 'filler', verdict: 'fail' },
  { name: 'fails silence', page: page(''), outcome: 'nothing', verdict: 'fail' },
]);
