import rule from '../../../rules/transaction/login-available.ts';
import { SYSTEM, testRule } from '../test-rule.ts';

const login = (more = '', action = ''): string =>
  `<h1>سامانه پروانه‌ها</h1><form method="post"${action && ` action="${action}"`}><label>نام کاربری<input name="u"></label><label>رمز عبور<input type="password" name="p"></label><button>ورود</button></form>${more}`;
const LOGIN = 'https://sys.org.example/login';
const SSO =
  'https://sso.my.gov.ir/oauth2/authorize?response_type=code&client_id=mine&redirect_uri=https%3A%2F%2Fsys.org.example%2Fback';

testRule(rule, [
  {
    name: 'passes a log-in at the state',
    system: `<h1>سامانه</h1><a href="${LOGIN}">ورود</a>`,
    login: '',
    outcomes: { [LOGIN]: { kind: 'refused', by: 'login', detail: '' } },
    landsAt: { [LOGIN]: SSO },
    outcome: 'national',
    verdict: 'pass',
    quotes: 'sso.my.gov.ir',
  },
  {
    name: 'passes a password with recovery',
    system: login('<a href="/forgot">فراموشی رمز عبور</a>'),
    outcome: 'full',
    verdict: 'pass',
  },
  {
    name: 'finds the log-in one click away',
    system: `<h1>سامانه</h1><a href="${LOGIN}">ورود کاربران</a>`,
    login: login('<a href="/new">ایجاد حساب</a>'),
    outcome: 'full',
  },
  {
    name: 'passes a one-time code',
    system: '<h1>ورود متقاضیان</h1><form><label>شماره همراه<input type="tel"></label><button>ارسال کد</button></form>',
    outcome: 'oneTime',
    verdict: 'pass',
  },
  {
    name: 'gives half for a control that nobody followed',
    system: `<h1>سامانه</h1><a href="${LOGIN}">ورود</a>`,
    outcome: 'unfollowed-below-evidence',
    verdict: 'partial',
  },
  { name: 'gives half for a bare password', system: login(), outcome: 'bare', verdict: 'partial' },
  {
    name: 'gives half for a number that nothing proves',
    system:
      '<h1>ثبت درخواست</h1><form><label>کد ملی<input></label><label>شرح<textarea></textarea></label><button>ثبت</button></form>',
    outcome: 'numberOnly',
    verdict: 'partial',
  },
  {
    name: 'says what could not be read',
    system: `<h1>سامانه</h1><a href="${LOGIN}">ورود</a>`,
    outcomes: { [LOGIN]: { kind: 'unreachable', cause: 'timeout', detail: '' } },
    outcome: 'unlooked',
    verdict: 'blocked',
  },
  {
    name: 'fails a password that travels in clear',
    system: login('', 'http://sys.org.example/in'),
    outcome: 'plain',
    verdict: 'fail',
  },
  {
    name: 'fails a control that leads to nothing',
    system: `<h1>سامانه</h1><a href="${LOGIN}">ورود</a>`,
    outcomes: { [LOGIN]: { kind: 'unreachable', cause: 'not-found', detail: '' } },
    outcome: 'dead',
    verdict: 'fail',
  },
  {
    name: 'does not take the log-in of staff for one of citizens',
    system: '<h1>سامانه</h1><a href="/staff">ورود کارکنان</a>',
    outcome: 'staffOnly',
    verdict: 'fail',
  },
  {
    name: "does not take the log-in of the portal's frame for the service's",
    page: '<header><a href="/login">ورود به سایت</a></header><main><h1>صدور پروانه بهره‌برداری معدن</h1></main>',
    pages: { '/login': login() },
    system: '<h1>سامانه</h1><p>به زودی</p>',
    outcome: 'none',
    verdict: 'fail',
  },
  {
    name: 'asks no log-in of a service that says it needs no account',
    page: '<main><h1>Pay the bill</h1><p>No account is needed to pay.</p></main>',
    system: '<h1>Pay</h1>',
    outcome: 'notNeeded',
    verdict: 'not-applicable',
  },
  {
    name: 'does not take words about passwords for a field',
    system: '<h1>سامانه</h1><p>رمز عبور خود را به کسی ندهید.</p>',
    outcome: 'none',
  },
  {
    name: 'needs no log-in where one stays unnamed',
    system: '<h1>سامانه</h1>',
    service: { profile: ['ANON'] },
    outcome: 'profile',
    verdict: 'not-applicable',
  },
  {
    name: 'blames nobody for a system that is walled',
    system: '',
    outcomes: { [SYSTEM]: { kind: 'refused', by: 'wall', detail: '403' } },
    outcome: 'not-looked',
    verdict: 'blocked',
  },
  {
    name: 'takes a condition for no word that none is needed',
    page: '<main><h1>صدور پروانه بهره‌برداری معدن</h1><p>If you have no account, no registration is needed again; نیاز به ثبت نام مجدد نیست.</p></main>',
    system: '<h1>سامانه پروانه‌ها</h1><p>معرفی سامانه</p>',
    outcome: 'none',
    verdict: 'fail',
  },
  {
    name: "follows the state's log-in from the log-in of the system",
    system: `<h1>سامانه</h1><a href="${LOGIN}">ورود به درخواست‌های من</a>`,
    pages: { [LOGIN]: '<h1>ورود مشترکان</h1><a href="/auth">درگاه یکتا</a>' },
    outcomes: { 'https://sys.org.example/auth': { kind: 'refused', by: 'login', detail: '' } },
    landsAt: { 'https://sys.org.example/auth': SSO },
    outcome: 'national',
  },
  {
    name: 'does not take that no account has to be made for that none is needed',
    system: '<h1>سامانه</h1><p>باید وارد شوید و نیازی به ساختن حساب ندارید؛ شناسایی خودکار است.</p>',
    outcome: 'none',
  },
]);
