import { r4 } from '../../../rules/editions/r4.ts';
import rule from '../../../rules/integration/national-sso.ts';
import type { FetchOutcome } from '../../../src/core/model.ts';
import { SYSTEM, testRule } from '../test-rule.ts';

const LOGIN = 'https://sys.org.example/login';
const authorize = (back: string): string =>
  `https://sso.my.gov.ir/oauth2/authorize?response_type=code&client_id=mine&redirect_uri=${encodeURIComponent(back)}`;
const stopped: FetchOutcome = { kind: 'refused', by: 'login', detail: 'not asked' };
const front = `<h1>سامانه پروانه‌ها</h1><a href="${LOGIN}">ورود</a>`;
const sso = `<h1>سامانه پروانه‌ها</h1><a href="${LOGIN}">ورود با پنجره ملی</a>`;
const password = (more = ''): string =>
  `<h1>سامانه پروانه‌ها</h1><form><label>نام کاربری<input></label><label>رمز عبور<input type="password"></label><button>ورود</button></form>${more}`;
const banner = '<a href="https://my.gov.ir/"><img src="/my.png" alt="پنجره ملی خدمات دولت هوشمند"></a>';

testRule(rule, [
  {
    name: 'passes a log-in that redirects with an authorization request of the system',
    system: front,
    login: '',
    outcomes: { [LOGIN]: stopped },
    landsAt: { [LOGIN]: authorize('https://sys.org.example/back') },
    outcome: 'request',
    verdict: 'pass',
    quotes: 'client_id=mine',
  },
  {
    name: 'passes a system that redirects at once',
    system: '',
    outcomes: { [SYSTEM]: stopped },
    landsAt: { [SYSTEM]: authorize('https://sys.org.example/back') },
    outcome: 'request',
  },
  {
    name: 'passes a link with the request beside the password',
    system: password(
      `<a href="${authorize('https://sys.org.example/back').replaceAll('&', '&amp;')}">ورود با دولت من</a>`,
    ),
    outcome: 'request',
  },
  {
    name: "passes the sector's own provider",
    system: front,
    login: '',
    outcomes: { [LOGIN]: stopped },
    landsAt: { [LOGIN]: 'https://sana.adliran.ir/connect?client_id=a' },
    outcome: 'request',
  },
  {
    name: 'gives half for a control that nobody followed',
    system: sso,
    outcome: 'offered-below-evidence',
    verdict: 'partial',
  },
  {
    name: 'passes such a control under the earlier edition',
    system: sso,
    edition: r4,
    outcome: 'offered',
    verdict: 'pass',
  },
  {
    name: 'gives half for a link without a request',
    system: password('<a href="https://sso.my.gov.ir/">ورود با دولت من</a>'),
    outcome: 'withoutRequest',
    verdict: 'partial',
  },
  {
    name: 'gives half for a control that ends elsewhere',
    system: sso,
    pages: { [LOGIN]: '<h1>خطا</h1><p>سرویس در دسترس نیست.</p>' },
    outcome: 'broken',
    verdict: 'partial',
  },
  {
    name: 'gives half for a single sign-on of the organization',
    system: front,
    login: password(),
    landsAt: { [LOGIN]: 'https://sso.org.example/login' },
    outcome: 'organization',
    verdict: 'partial',
  },
  {
    name: 'asks a person when the request comes back to another site',
    system: front,
    login: '',
    outcomes: { [LOGIN]: stopped },
    landsAt: { [LOGIN]: authorize('https://vendor.example/back') },
    outcome: 'otherReturn',
    verdict: 'unclear',
  },
  {
    name: 'asks a person about a provider that is not listed',
    system: front,
    login: password(),
    landsAt: { [LOGIN]: 'https://id.bank.example/authorize?client_id=a' },
    outcome: 'unknownProvider',
    verdict: 'unclear',
  },
  {
    name: 'says what could not be read',
    system: front,
    login: '',
    outcomes: { [LOGIN]: { kind: 'unreachable', cause: 'timeout', detail: '' } },
    outcome: 'unlooked',
    verdict: 'blocked',
  },
  {
    name: 'takes a banner for advertising',
    system: `<h1>سامانه پروانه‌ها</h1><footer>${banner}</footer>`,
    outcome: 'advertised',
    verdict: 'fail',
  },
  {
    name: 'took a banner for half under the earlier edition',
    system: `<h1>سامانه پروانه‌ها</h1><footer>${banner}</footer>`,
    edition: r4,
    outcome: 'linked',
    verdict: 'partial',
  },
  {
    name: 'fails names and passwords of its own, banner or not',
    system: password(`<footer>${banner}</footer>`),
    outcome: 'isolated',
    verdict: 'fail',
  },
  {
    name: 'asks no log-in of a service that says it needs no account',
    page: '<main><h1>پرداخت قبض</h1><p>برای این کار نیازی به ثبت نام و ورود نیست.</p></main>',
    system: '<h1>سامانه قبض</h1>',
    outcome: 'notNeeded',
    verdict: 'not-applicable',
  },
  { name: 'fails a system without a log-in', system: '<h1>سامانه پروانه‌ها</h1>', outcome: 'noLogin', verdict: 'fail' },
  {
    name: "does not look at the log-in of the portal's frame",
    page: `<header><a href="${authorize('https://www.org.example/').replaceAll('&', '&amp;')}">ورود با پنجره ملی</a></header><main><h1>صدور پروانه بهره‌برداری معدن</h1></main>`,
    system: '<h1>سامانه پروانه‌ها</h1>',
    outcome: 'advertised',
  },
  {
    name: 'needs no name where one stays unnamed',
    system: front,
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
    name: 'gives half for one account of the organization, whatever its host is called',
    system: '<h1>سامانه پروانه‌ها</h1><a href="https://shenasa.org.example/a">ورود</a>',
    others: [{ id: 'o1', titles: { fa: 'تمدید گواهی کوره', en: '' }, systemUrl: 'https://kure.org.example/' }],
    pages: {
      'https://kure.org.example/': '<h1>کوره</h1><a href="https://shenasa.org.example/b">ورود</a>',
      'https://shenasa.org.example/a': password(),
      'https://shenasa.org.example/b': password(),
    },
    outcome: 'organization',
  },
]);
