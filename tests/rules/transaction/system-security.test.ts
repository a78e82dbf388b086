import rule from '../../../rules/transaction/system-security.ts';
import type { TlsFacts } from '../../../src/core/model.ts';
import { SYSTEM, testRule } from '../test-rule.ts';

const tls = (more: Partial<TlsFacts>): TlsFacts => ({
  valid: true,
  fault: null,
  detail: null,
  protocol: 'TLSv1.3',
  issuer: 'Test Authority',
  validTo: '2027-06-01T00:00:00.000Z',
  ...more,
});
const login = (action = ''): string =>
  `<h1>سامانه</h1><form method="post"${action && ` action="${action}"`}><label>نام<input></label><label>رمز عبور<input type="password"></label><button>ورود</button></form>`;

testRule(rule, [
  {
    name: 'passes a valid certificate and encrypted forms',
    system: login(),
    outcome: 'secure',
    verdict: 'pass',
    quotes: 'TLSv1.3',
  },
  {
    name: 'passes another port',
    system: login(),
    service: { systemUrl: 'https://sys.org.example:8443/permit' },
    pages: { 'https://sys.org.example:8443/permit': login() },
    outcome: 'secure',
  },
  {
    name: 'passes a system that sends its users to log in at the state',
    system: '',
    outcomes: { [SYSTEM]: { kind: 'refused', by: 'login', detail: '' } },
    landsAt: { [SYSTEM]: 'https://sso.my.gov.ir/oauth2/authorize?client_id=a' },
    outcome: 'secure',
  },
  {
    name: 'gives half for a script without encryption',
    system: `${login()}<script src="http://cdn.example/a.js"></script>`,
    outcome: 'mixed',
    verdict: 'partial',
  },
  {
    name: 'gives half for another form in clear',
    system:
      '<h1>سامانه</h1><form action="http://sys.org.example/ask"><label>پرسش<input></label><button>ارسال</button></form>',
    outcome: 'plainForm',
    verdict: 'partial',
  },
  {
    name: 'gives half for an open session cookie',
    system: login(),
    headers: { [SYSTEM]: [['set-cookie', 'ASP.NET_SessionId=abc; path=/; HttpOnly']] },
    outcome: 'openCookie',
    verdict: 'partial',
  },
  {
    name: 'lets cookies of languages travel as they like',
    system: login(),
    headers: {
      [SYSTEM]: [
        ['set-cookie', 'lang=fa; path=/'],
        ['set-cookie', 'session=abc; Secure'],
      ],
    },
    outcome: 'secure',
  },
  {
    name: 'asks a person about an authority that is not known',
    system: login(),
    tls: tls({ valid: false, fault: 'unknown-authority', issuer: 'National Root' }),
    outcome: 'unknownAuthority',
    verdict: 'unclear',
  },
  {
    name: 'leaves out a service without a system',
    page: '<main><h1>صدور پروانه بهره‌برداری معدن</h1></main>',
    outcome: 'noSystem',
    verdict: 'not-applicable',
  },
  {
    name: 'does not know the system of a page that is closed to us',
    outcomes: { 'https://www.org.example/services/permit': { kind: 'refused', by: 'robots', detail: '' } },
    outcome: 'unlooked',
    verdict: 'blocked',
  },
  {
    name: 'blames nobody for a time-out',
    system: '',
    tls: null,
    outcomes: { [SYSTEM]: { kind: 'unreachable', cause: 'timeout', detail: '' } },
    outcome: 'unlooked',
  },
  {
    name: 'fails an expired certificate',
    system: login(),
    tls: tls({ valid: false, fault: 'expired' }),
    outcome: 'certificate',
    verdict: 'fail',
  },
  {
    name: 'fails a certificate of another host even where the page is walled',
    system: '',
    tls: tls({ valid: false, fault: 'wrong-host' }),
    outcomes: { [SYSTEM]: { kind: 'refused', by: 'wall', detail: '403' } },
    outcome: 'certificate',
    verdict: 'fail',
  },
  {
    name: 'fails an outdated protocol',
    system: login(),
    tls: tls({ protocol: 'TLSv1' }),
    outcome: 'oldProtocol',
    verdict: 'fail',
  },
  {
    name: 'fails a system that ends without encryption',
    system: login(),
    landsAt: { [SYSTEM]: 'http://sys.org.example/permit' },
    outcome: 'plain',
    verdict: 'fail',
  },
  {
    name: 'fails a password that is sent in clear',
    system: login('http://sys.org.example/in'),
    outcome: 'plainLogin',
    verdict: 'fail',
  },
  {
    name: 'fails an address inside a private network',
    service: { systemUrl: 'http://10.20.30.40/app' },
    outcome: 'intranet',
    verdict: 'fail',
  },
]);
