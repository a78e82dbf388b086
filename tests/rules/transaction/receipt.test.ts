import rule from '../../../rules/transaction/receipt.ts';
import { testRule } from '../test-rule.ts';

const page = (more = ''): string => `<main><h1>صدور پروانه بهره‌برداری معدن</h1>${more}</main>`;
const login =
  '<form><label>نام<input></label><label>رمز عبور<input type="password"></label><button>ورود</button></form>';

testRule(rule, [
  {
    name: 'passes a number that is promised',
    page: page('<p>پس از ثبت، کد رهگیری برای متقاضی صادر می‌شود.</p>'),
    outcome: 'stated',
    verdict: 'pass',
  },
  {
    name: 'does not take the receipt of the bank for it',
    page: page('<p>پس از پرداخت اینترنتی، کد پیگیری تراکنش نمایش داده می‌شود.</p>'),
    outcome: 'nothing',
    verdict: 'fail',
  },
  {
    name: 'gives half for a field that implies a number',
    page: page('<a href="/track">پیگیری درخواست</a>'),
    pages: { '/track': '<h1>پیگیری</h1><form><label>کد رهگیری<input></label><button>نمایش</button></form>' },
    outcome: 'implied',
    verdict: 'partial',
  },
  {
    name: 'leaves out a service that answers at once',
    page: page('<table><tr><th>مدت زمان انجام</th><td>آنی</td></tr></table>'),
    outcome: 'instant',
    verdict: 'not-applicable',
  },
  {
    name: 'asks a person when the guide is silent',
    page: page('<a href="/guide">راهنمای کاربری</a>'),
    system: login,
    pages: { '/guide': '<main><p>فرم را پر کنید.</p></main>' },
    outcome: 'guideSilent',
    verdict: 'unclear',
  },
  { name: 'cannot see behind a log-in', page: page(), system: login, outcome: 'behindLogin', verdict: 'not-visible' },
  { name: 'fails silence', page: page(), outcome: 'nothing' },
  {
    name: 'passes a number that one is told to take',
    page: page('<ol><li>ثبت درخواست و گرفتن شماره پرونده</li></ol>'),
    outcome: 'stated',
  },
  {
    name: 'gives half for the tracker of the portal for every request',
    home: '<main><h1>سازمان نمونه</h1><form><label>کد رهگیری هر درخواستی که دارید<input></label><button>ببین</button></form></main>',
    page: page(),
    system: login,
    outcome: 'implied',
  },
  {
    name: 'does not count a shortcut beside the page of a service that is asked for on paper',
    page: `${page()}<aside><a href="/track">درخواست من کجاست؟</a></aside>`,
    pages: { '/track': '<h1>پیگیری</h1><form><label>کد رهگیری<input></label><button>نمایش</button></form>' },
    outcome: 'nothing',
  },
]);
