import rule from '../../../rules/transaction/system-availability.ts';
import type { FetchOutcome } from '../../../src/core/model.ts';
import { SERVICE_PAGE, SYSTEM, testRule, type RuleCase } from '../test-rule.ts';

type Probe = NonNullable<RuleCase['probes']>[number];
const system = '<html><head><title>سامانه سازمان نمونه</title></head><body><h1>سامانه</h1><p>ورود</p></body></html>';
/** Look number `n` of two a day, from the day after the audit's own. */
const at = (n: number): string => new Date(Date.UTC(2026, 10, 26) + n * 12 * 3_600_000 + 1_000_000).toISOString();
const times = (count: number, more: (n: number) => Partial<Probe> = () => ({})): Probe[] =>
  Array.from({ length: count }, (_, n) => ({ url: SYSTEM, at: at(n), page: system, ...more(n) }));
const down: FetchOutcome = { kind: 'unreachable', cause: 'server-error', detail: '502' };
const login: FetchOutcome = { kind: 'refused', by: 'login', detail: '' };
const under =
  '<html><head><title>سامانه سازمان نمونه</title></head><body><h1>سامانه در دست تعمیر است</h1></body></html>';
const season = '<html><head><title>سامانه سازمان نمونه</title></head><body><h1>مهلت ثبت‌نام به پایان رسیده است</h1></body></html>'; // prettier-ignore

testRule(rule, [
  { name: 'passes a system that is always there', system, probes: times(32), outcome: 'available', verdict: 'pass' },
  {
    name: 'passes one that sends its users to log in',
    system: '',
    outcomes: { [SYSTEM]: login },
    landsAt: { [SYSTEM]: 'https://sso.my.gov.ir/oauth2/authorize' },
    probes: times(32, () => ({ outcome: login })),
    outcome: 'available',
  },
  {
    name: 'gives half for one that is down at times',
    system,
    probes: times(40, (n) => (n % 10 === 3 ? { outcome: down } : {})),
    outcome: 'mostly',
    verdict: 'partial',
  },
  {
    name: 'fails one that is down often',
    system,
    probes: times(40, (n) => (n % 5 === 3 ? { outcome: down } : {})),
    outcome: 'seldom',
    verdict: 'fail',
    quotes: 'server-error',
  },
  {
    name: 'fails one that is under maintenance for days',
    system,
    probes: times(80, (n) => (n >= 10 && n < 18 ? { page: under } : {})),
    outcome: 'maintenance',
    verdict: 'fail',
  },
  {
    name: 'does not mind maintenance on one day',
    system,
    probes: times(80, (n) => (n === 10 ? { page: under } : {})),
    outcome: 'available',
  },
  {
    name: 'does not count a season that is over',
    system,
    probes: times(60, (n) => (n % 3 === 0 ? { page: season } : {})),
    outcome: 'available',
  },
  {
    name: 'knows a system again whose title a script writes',
    system,
    scripted: [SYSTEM],
    probes: times(40, () => ({
      page: '<html><head><title>React App</title></head><body><div id="root"></div></body></html>',
    })),
    outcome: 'available',
  },
  {
    name: 'asks a person about answers that take very long',
    system,
    probes: times(40, () => ({ firstByteMs: 11_000 })),
    outcome: 'verySlow',
    verdict: 'unclear',
  },
  { name: 'wants more than the look of one audit', system, outcome: 'tooFew', verdict: 'unclear' },
  {
    name: 'counts many looks in one hour as one',
    system,
    probes: Array.from({ length: 60 }, (_, n) => ({ url: SYSTEM, page: system, at: `2026-11-26T10:${String(n).padStart(2, '0')}:00.000Z` })), // prettier-ignore
    outcome: 'tooFew',
  },
  {
    name: 'leaves out a service without a system',
    page: '<main><h1>صدور پروانه بهره‌برداری معدن</h1></main>',
    outcome: 'noSystem',
    verdict: 'not-applicable',
  },
  {
    name: 'does not know the system of a page that is closed to us',
    outcomes: { [SERVICE_PAGE]: { kind: 'refused', by: 'robots', detail: '' } },
    outcome: 'unknown',
    verdict: 'blocked',
  },
  {
    name: 'makes no outage of a system that never answers us',
    system: '',
    outcomes: { [SYSTEM]: { kind: 'unreachable', cause: 'timeout', detail: '' } },
    probes: times(40, () => ({ outcome: { kind: 'unreachable', cause: 'timeout', detail: '' } })),
    outcome: 'unknown',
  },
]);
