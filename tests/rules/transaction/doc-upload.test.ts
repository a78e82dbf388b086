import rule from '../../../rules/transaction/doc-upload.ts';
import { testRule } from '../test-rule.ts';

const page = (documents: string, more = ''): string =>
  `<main><h1>صدور پروانه بهره‌برداری معدن</h1><table><tr><th>مدارک لازم</th><td>${documents}</td></tr></table>${more}</main>`;
const login =
  '<form><label>نام<input></label><label>رمز عبور<input type="password"></label><button>ورود</button></form>';

testRule(rule, [
  {
    name: 'passes a field for files in the form',
    page: page('نقشه معدن'),
    system:
      '<h1>درخواست</h1><form><label>نام معدن<input></label><label>نقشه<input type="file"></label><button>ثبت</button></form>',
    outcome: 'field',
    verdict: 'pass',
    quotes: 'نقشه',
  },
  {
    name: 'does not take the file of a message for it',
    page: page('نقشه معدن'),
    system:
      '<h1>سامانه</h1><form><label>نام<input></label><label>متن پیام<textarea></textarea></label><label>پیوست<input type="file"></label><button>ارسال</button></form>',
    outcome: 'nothing',
  },
  {
    name: 'passes a step that uploads',
    page: page('نقشه معدن', '<h2>مراحل دریافت خدمت</h2><ol><li>بارگذاری نقشه در سامانه</li></ol>'),
    outcome: 'described',
    verdict: 'pass',
  },
  {
    name: 'passes documents whose format and size are given',
    page: page('نقشه معدن (jpg، حداکثر ۵۰۰ کیلوبایت)'),
    outcome: 'described',
  },
  {
    name: 'passes documents that are inquired',
    page: page('مدرکی لازم نیست؛ مالکیت از سازمان ثبت اسناد استعلام می‌شود'),
    outcome: 'inquired',
    verdict: 'pass',
  },
  {
    name: 'gives half for scans by e-mail',
    page: page('تصویر نقشه به رایانامه اداره فرستاده شود'),
    outcome: 'mailed',
    verdict: 'partial',
  },
  {
    name: 'leaves out a service without documents',
    page: page('مدرکی لازم نیست'),
    outcome: 'noneNeeded',
    verdict: 'not-applicable',
  },
  {
    name: 'asks a person whether a permit needs nothing at all',
    page: page('ندارد'),
    outcome: 'noneForPermit',
    verdict: 'unclear',
  },
  {
    name: 'asks a person when the guide is silent',
    page: page('نقشه معدن', '<a href="/guide">راهنمای کاربری</a>'),
    system: login,
    pages: { '/guide': '<main><p>فرم را پر کنید.</p></main>' },
    outcome: 'guideSilent',
    verdict: 'unclear',
  },
  {
    name: 'cannot see behind a log-in',
    page: page('نقشه معدن'),
    system: login,
    outcome: 'behindLogin',
    verdict: 'not-visible',
  },
  { name: 'fails documents on paper', page: page('تحویل اصل مدارک به دبیرخانه'), outcome: 'paper', verdict: 'fail' },
  { name: 'fails silence', page: page('نقشه معدن'), outcome: 'nothing', verdict: 'fail' },
  {
    name: 'gives half for scans to an address',
    page: page('اسکن نقشه و گزارش را به madan@org.example بفرستید'),
    system: login,
    outcome: 'mailed',
  },
  {
    name: 'fails originals on paper, whatever is behind the log-in',
    page: page('نقشه (تحویل اصل مدارک به دبیرخانه)'),
    system: login,
    outcome: 'paper',
  },
]);
