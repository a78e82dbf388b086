import rule from '../../../rules/transaction/personal-dashboard.ts';
import { testRule } from '../test-rule.ts';

const page = (more = ''): string => `<main><h1>صدور پروانه بهره‌برداری معدن</h1>${more}</main>`;
const login = (more = ''): string =>
  `<h1>سامانه پروانه‌ها</h1><form><label>نام<input></label><label>رمز عبور<input type="password"></label><button>ورود</button></form>${more}`;

testRule(rule, [
  {
    name: 'passes a guide that describes it',
    page: page('<a href="/guide">راهنمای کاربری</a>'),
    system: login(),
    pages: { '/guide': '<main><p>کارتابل شما</p></main>' },
    outcome: 'described',
    verdict: 'pass',
  },
  {
    name: "passes a sentence on the system's front",
    page: page(),
    system: login('<p>پس از ورود همه پرونده‌های خود را در کارتابل متقاضی می‌بینید.</p>'),
    outcome: 'described',
  },
  {
    name: 'gives half for a name on the log-in page',
    page: page(),
    system: login('<a href="/panel">پنل کاربری</a>'),
    outcome: 'named',
    verdict: 'partial',
  },
  {
    name: 'leaves out a service that answers at once',
    page: page('<table><tr><th>مدت زمان انجام</th><td>در لحظه</td></tr></table>'),
    outcome: 'instant',
    verdict: 'not-applicable',
  },
  {
    name: 'asks a person when the guide is silent',
    page: page('<a href="/guide">راهنمای کاربری</a>'),
    system: login(),
    pages: { '/guide': '<main><p>فرم را پر کنید.</p></main>' },
    outcome: 'guideSilent',
    verdict: 'unclear',
  },
  {
    name: 'asks a person when there is a log-in and no guide',
    page: page(),
    system: login(),
    outcome: 'behindLogin',
    verdict: 'unclear',
  },
  {
    name: 'does not take the in-tray of staff for it',
    page: page(),
    system: '<h1>سامانه</h1><p>اتوماسیون اداری: کارتابل همکاران از این نشانی در دسترس است.</p>',
    outcome: 'nothing',
    verdict: 'fail',
  },
  { name: 'fails a service without any sign of it', page: page(), outcome: 'nothing' },
  {
    name: 'gives half for a sentence that only names it',
    page: page(),
    system: login('<p>برای گرفتن مجوز چاپی نخست وارد کارتابل خودتان شوید.</p>'),
    outcome: 'named',
  },
]);
