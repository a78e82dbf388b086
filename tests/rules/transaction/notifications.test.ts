import rule from '../../../rules/transaction/notifications.ts';
import { testRule } from '../test-rule.ts';

const page = (more = ''): string => `<main><h1>صدور پروانه بهره‌برداری معدن</h1>${more}</main>`;
const login =
  '<form><label>نام<input></label><label>رمز عبور<input type="password"></label><button>ورود</button></form>';

testRule(rule, [
  {
    name: 'passes a step that tells by text message',
    page: page('<h2>مراحل دریافت خدمت</h2><ol><li>ثبت درخواست</li><li>ارسال پیامک نتیجه به متقاضی</li></ol>'),
    outcome: 'stated',
    verdict: 'pass',
  },
  {
    name: 'passes a guide that says so',
    page: page('<a href="/guide">راهنمای کاربری</a>'),
    system: login,
    pages: { '/guide': '<main><p>هر تغییر وضعیت با پیامک خبر داده می‌شود.</p></main>' },
    outcome: 'stated',
  },
  {
    name: 'gives half for codes to log in',
    page: page('<p>کد ورود به سامانه از طریق پیامک فرستاده می‌شود.</p>'),
    outcome: 'codeOnly',
    verdict: 'partial',
  },
  {
    name: 'does not take a newsletter for it',
    page: page('<p>عضویت در خبرنامه از طریق پیامک.</p>'),
    outcome: 'nothing',
    verdict: 'fail',
  },
  {
    name: 'does not take a message that the applicant sends for it',
    page: page('<p>دریافت قبض با پیامک کد ملی به ۳۰۰۰۱۳۷ ممکن است.</p>'),
    outcome: 'nothing',
  },
  {
    name: 'gives half for a promise of the organization',
    page: page(),
    pages: { '/about': '<main><h1>خدمات ما</h1><p>اطلاع‌رسانی پیامکی برای درخواست‌ها فعال است.</p></main>' },
    outcome: 'organization',
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
    name: 'does not take what the news announce for a promise',
    page: page(),
    pages: {
      '/n': '<main><h1>اخبار</h1><a href="/t/77">گشایش سامانه تازه سازمان</a></main>',
      '/t/77':
        '<main><h1>گشایش سامانه تازه سازمان</h1><p>مدیرکل گفت وضعیت درخواست‌ها با پیامک فرستاده می‌شود.</p></main>',
    },
    outcome: 'nothing',
  },
  {
    name: 'does not take a first password for news of the request',
    page: '<main><h1>صدور پروانه بهره‌برداری معدن</h1><p>رمز عبور اولیه به تلفن همراه مدیرعامل پیامک می‌شود.</p></main>',
    outcome: 'nothing',
  },
]);
