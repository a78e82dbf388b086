import rule from '../../../rules/presence/availability.ts';
import { r5 } from '../../../rules/editions/r5.ts';
import type { FetchOutcome } from '../../../src/core/model.ts';
import { PORTAL, testRule, type RuleCase } from '../test-rule.ts';

type Probe = NonNullable<RuleCase['probes']>[number];
/** Look number `n` of four a day, from the day after the audit's own. */
const at = (n: number): string => new Date(Date.UTC(2026, 10, 26) + n * 6 * 3_600_000 + 1_000_000).toISOString();
const times = (count: number, more: (n: number) => Partial<Probe> = () => ({})): Probe[] =>
  Array.from({ length: count }, (_, n) => ({ url: PORTAL, at: at(n), ...more(n) }));
const down: FetchOutcome = { kind: 'unreachable', cause: 'server-error', detail: '502' };
const silent: FetchOutcome = { kind: 'unreachable', cause: 'timeout', detail: '' };
const failing =
  (which: (n: number) => boolean, outcome = down): ((n: number) => Partial<Probe>) =>
  (n) =>
    which(n) ? { outcome } : {};
const wall: FetchOutcome = { kind: 'refused', by: 'wall', detail: '403' };

testRule(rule, [
  { name: 'passes a portal that is always there', probes: times(48), outcome: 'available', verdict: 'pass' },
  {
    name: 'passes one that was down once in fifty looks',
    probes: times(
      52,
      failing((n) => n === 20),
    ),
    outcome: 'available',
    quotes: 'server-error',
  },
  {
    name: 'gives half for one that is down at times',
    probes: times(
      48,
      failing((n) => n % 16 === 3),
    ),
    outcome: 'mostly',
    verdict: 'partial',
  },
  {
    name: 'gives half for a slow one',
    probes: times(48, () => ({ firstByteMs: 4_200 })),
    outcome: 'slow',
    verdict: 'partial',
  },
  {
    name: 'fails one that is down often',
    probes: times(
      48,
      failing((n) => n % 5 === 3),
    ),
    outcome: 'seldom',
    verdict: 'fail',
  },
  {
    name: 'counts silence between answers as an outage',
    probes: times(
      48,
      failing((n) => n % 5 === 3, silent),
    ),
    outcome: 'seldom',
  },
  {
    name: 'does not count silence that does not end: it may be meant for us',
    probes: times(
      60,
      failing((n) => n >= 44, silent),
    ),
    outcome: 'available',
  },
  {
    name: 'does not count a wall, robots.txt and our own caps',
    probes: times(60, (n) =>
      n % 4 === 1 ? { outcome: n % 8 === 1 ? wall : { kind: 'unreachable', cause: 'too-large', detail: '' } } : {},
    ),
    outcome: 'available',
  },
  {
    name: 'asks a person about answers that take very long',
    probes: times(48, () => ({ firstByteMs: 9_000 })),
    outcome: 'verySlow',
    verdict: 'unclear',
  },
  { name: 'wants more than the look of one audit', outcome: 'tooFew', verdict: 'unclear' },
  { name: 'wants more than a week', probes: times(30), outcome: 'tooFew' },
  {
    name: 'counts many looks in one hour as one',
    probes: Array.from({ length: 60 }, (_, n) => ({ url: PORTAL, at: `2026-11-26T10:${String(n).padStart(2, '0')}:00.000Z` })), // prettier-ignore
    outcome: 'tooFew',
  },
  {
    name: 'wants all parts of the day',
    probes: times(160).filter((_, n) => n % 4 < 2),
    outcome: 'tooFew',
  },
  {
    name: 'takes the numbers of the edition',
    probes: times(8),
    edition: { ...r5, options: { 'presence/availability': { minProbes: 8, minDays: 2 } } },
    outcome: 'available',
  },
  {
    name: 'counts a page under maintenance as down',
    probes: times(48, (n) => (n % 5 === 3 ? { page: '<h1>سازمان نمونه</h1><p>درگاه در حال بروزرسانی است.</p>' } : {})),
    outcome: 'seldom',
  },
  {
    name: 'does not count a page of somebody else, which may be a new name',
    probes: times(48, (n) => (n % 5 === 3 ? { page: '<html><head><title>Welcome to nginx</title></head><body><h1>Welcome</h1></body></html>' } : {})), // prettier-ignore
    outcome: 'available',
  },
  {
    name: 'says so where nothing can be learned from here',
    outcomes: { [PORTAL]: wall },
    probes: times(48, () => ({ outcome: wall })),
    outcome: 'unknown',
    verdict: 'blocked',
  },
  {
    name: 'makes no outage of a portal that never answers us',
    outcomes: { [PORTAL]: silent },
    probes: times(48, () => ({ outcome: silent })),
    outcome: 'unknown',
  },
]);
