import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRound, roundOf, type Doer } from '../../src/audit/round.ts';
import { roundStatus } from '../../src/audit/status.ts';
import type { FetchOutcome, Organization, Snapshot, Step } from '../../src/core/model.ts';
import { seenOf, type RoundStatus } from '../../src/core/round.ts';
import { refused, unreachable } from '../../src/crawl/contract.ts';
import { openSqliteStore } from '../../storage/sqlite.ts';
import type { Store } from '../../storage/store.ts';
import {
  aFinding,
  anAudit,
  anEdition,
  aPlan,
  aReaudit,
  aRegistry,
  aReview,
  aRound,
  aSnapshot,
  aStep,
  at,
} from '../storage/fixtures.ts';

const IDS = ['post', 'tax', 'roads', 'ports'];
const REGISTRY = aRegistry({
  organizations: IDS.map((id): Organization => ({
    id, names: { fa: id, en: id }, parentId: null, portalUrl: `https://${id}.example/`, cooperation: 'cooperative', extra: {},
  })),
}); // prettier-ignore
const SARA: Doer = { by: 'Sara', note: '', at: at(0) };

let store: Store;
let ordinal: number;
beforeEach(() => {
  store = openSqliteStore(':memory:');
  ordinal = 0;
});
afterEach(() => store.close());

const open = (steps: Readonly<Record<string, readonly Step[]>> = {}) =>
  openRound(store, {
    ...SARA,
    round: { id: 'r', names: aRound().names, period: null, edition: anEdition(), plan: aPlan(), revises: null, reason: null },
    registry: REGISTRY,
    organizationIds: IDS,
    rulesDigest: '',
    steps: new Map(Object.entries(steps)),
  }); // prettier-ignore
const status = async (): Promise<RoundStatus> => roundStatus(store, await roundOf(store, 'r'), REGISTRY);
/** One look at an organization's portal, or at what is said otherwise. */
const look = (organizationId: string, outcome: FetchOutcome, change: Partial<Snapshot> = {}): Promise<void> =>
  store.saveSnapshot(
    aSnapshot({
      auditId: 'round-r',
      organizationId,
      ordinal: ordinal++,
      url: `https://${organizationId}.example/${ordinal}`,
      outcome,
      chain: outcome.kind === 'unreachable' ? [] : [{ url: `https://${organizationId}.example/`, status: 200 }],
      ...change,
    }),
  );

describe('the status of a round', () => {
  it('counts organizations by what becomes of them, and names workers and failures', async () => {
    await open();
    await store.leaseJob('round-r', 'anna', at(1), at(9));
    await store.completeJob('round-r', 'post', 'anna', null);
    await store.leaseJob('round-r', 'anna', at(1), at(9));
    await store.failJob('round-r', 'tax', 'anna', 'the disk is full', null);
    await store.leaseJob('round-r', 'babak', at(1), at(9));
    const now = await status();
    expect(now.organizations).toEqual({ waiting: 1, active: 1, done: 1, failed: 1 });
    expect(now.workers).toEqual([{ worker: 'babak', organizations: ['roads'] }]);
    expect(now.failures).toEqual([{ organization: 'tax', error: 'the disk is full' }]);
  });

  it('counts the steps that are left, with the first and the last of them', async () => {
    const crawl = aStep({ at: at(1) });
    const later = aStep({ number: 2, visit: 2, at: at(90) });
    await open({
      post: [crawl, aStep({ number: 1, visit: 1, kind: 'probe', at: at(40) }), later],
      tax: [crawl, later],
    });
    await store.leaseJob('round-r', 'anna', at(0), at(9)); // roads, which has no steps
    for (const id of ['roads', 'ports']) await store.completeJob('round-r', id, 'anna', null);
    await store.leaseJob('round-r', 'anna', at(0), at(9));
    await store.completeJob('round-r', 'ports', 'anna', null);
    expect(await status()).toMatchObject({ stepsLeft: { crawls: 4, probes: 1 }, next: at(1), last: at(90) });
    await store.leaseJob('round-r', 'anna', at(1), at(9));
    await store.completeJob('round-r', 'post', 'anna', null, [later]);
    expect(await status()).toMatchObject({ stepsLeft: { crawls: 3, probes: 0 }, next: at(1), last: at(90) });
  });

  it('has nothing to come when nothing is left', async () => {
    await open();
    while (await store.leaseJob('round-r', 'anna', at(1), at(9)));
    for (const id of IDS) await store.completeJob('round-r', id, 'anna', null);
    expect(await status()).toMatchObject({ stepsLeft: { crawls: 0, probes: 0 }, next: null, last: null, workers: [] });
  });

  it('names hosts that did not let themselves be read, the most frequent reason of each, the worst host first', async () => {
    await open();
    await look('post', { kind: 'page' });
    await look('post', unreachable('timeout', 'slow'));
    await look('tax', refused('wall', 'blocked'));
    await look('tax', refused('wall', 'blocked'));
    await look('tax', unreachable('timeout', 'slow'));
    await look('roads', refused('wall', 'blocked'), { url: 'https://tax.example/shared' });
    await look('ports', { kind: 'page' });
    const { refusing, looks } = await status();
    expect(refusing).toEqual([
      { host: 'tax.example', organizations: ['tax', 'roads'], why: 'wall', looks: 3, of: 4 },
      { host: 'post.example', organizations: ['post'], why: 'timeout', looks: 1, of: 2 },
    ]);
    expect(looks).toBe(7);
  });

  it.each<[string, FetchOutcome]>([
    ['says that there is nothing', unreachable('not-found', '404')],
    ['refuses one request', unreachable('client-error', '400')],
    ['asks for a log-in', refused('login', '401')],
    ['leads to a payment', refused('guard', 'leads to the payment gateway')],
    ['was not asked for want of budget', refused('budget', '')],
    ['was being asked when we stopped', unreachable('stopped', '')],
    ['gives another kind of file', { kind: 'not-html', contentType: 'application/pdf' }],
  ])('does not call a host refusing that %s', async (_, outcome) => {
    await open();
    await look('tax', outcome);
    expect((await status()).refusing).toEqual([]);
  });

  it('names an address that is not public', async () => {
    await open();
    await look('tax', refused('guard', 'tax.example is at 10.0.0.1, which is not public'), { chain: [] });
    expect((await status()).refusing).toMatchObject([{ host: 'tax.example', why: 'guard' }]);
  });

  it('counts verdicts that leave scores open, with the decisions of people, and the decisions that came undone', async () => {
    await open();
    const findings = (['pass', 'unclear', 'blocked', 'unclear', 'fail'] as const).map((verdict, index) =>
      aFinding({ organization: 'tax', verdict, rule: `presence/r${index}` }),
    );
    await store.saveFindings('round-r', 'tax', findings);
    const review = { organization: 'tax', verdict: 'pass' } as const;
    await store.addReview('r', aReview({ ...review, rule: 'presence/r1', seen: seenOf(findings[1]!) }));
    await store.addReview('r', aReview({ ...review, rule: 'presence/r4', seen: 'something else' }));
    expect(await status()).toMatchObject({ verdicts: 5, open: { unclear: 1, blocked: 1 }, decided: 1, outdated: 1 });
  });

  it('takes results from where they come: an accepted audit on demand', async () => {
    await open();
    await store.saveFindings('round-r', 'tax', [aFinding({ organization: 'tax', verdict: 'blocked' })]);
    await store.createAudit(anAudit({ id: 'again', organizationIds: ['tax'] }), REGISTRY);
    await store.saveFindings('again', 'tax', [aFinding({ organization: 'tax', verdict: 'pass' })]);
    await store.addReaudit(aReaudit({ organization: 'tax' }));
    expect(await status()).toMatchObject({ open: { blocked: 1 }, reaudits: [{ audit: 'again', decision: null }] });
    await store.decideReaudit('again', { accepted: true, ...SARA });
    expect((await status()).open).toEqual({});
  });

  it('names organizations whose portal answered less than half of at least four looks', async () => {
    await open();
    const portal = async (id: string, answers: readonly boolean[]): Promise<void> => {
      for (const [visit, answered] of answers.entries()) {
        const outcome: FetchOutcome = answered ? { kind: 'page' } : unreachable('timeout', 'slow');
        await look(id, outcome, { visit, url: `https://${id}.example/`, role: visit === 0 ? 'portal' : 'probe' });
      }
    };
    await portal('post', [true, false, false, false]);
    await portal('tax', [true, true, false, false]);
    await portal('roads', [false, false, false]); // too few to say anything
    await portal('ports', [true, true, true, true]);
    for (const visit of [1, 2, 3]) await look('ports', unreachable('dns', ''), { visit, url: 'https://system.example/', role: 'probe' }); // prettier-ignore
    expect((await status()).silent).toEqual(['post']);
  });
});
