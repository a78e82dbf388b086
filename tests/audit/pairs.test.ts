import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pairsOf, type PairOptions } from '../../src/audit/pairs.ts';
import { openRound } from '../../src/audit/round.ts';
import type { Pair } from '../../src/core/compare.ts';
import type { Edition } from '../../src/core/edition.ts';
import type { Finding, Registry, Verdict } from '../../src/core/model.ts';
import { seenOf, type Round } from '../../src/core/round.ts';
import { openSqliteStore } from '../../storage/sqlite.ts';
import type { Store } from '../../storage/store.ts';
import { aFinding, anAudit, anEdition, aPlan, aReaudit, aReview, aRound, at } from '../storage/fixtures.ts';
import { aService, countryOf } from './fake-country.ts';

const EARLIER = anEdition({ id: 'earlier' });
const LATER = anEdition({ id: 'later', partialValue: 0.4 });

let store: Store;
/** What was judged again: round, audit, organization and edition. */
let judged: string[];
beforeEach(() => {
  store = openSqliteStore(':memory:');
  judged = [];
});
afterEach(() => store.close());

const found = (organization: string, verdict: Verdict, outcome = 'form'): Finding => aFinding({ organization, verdict, outcome }); // prettier-ignore
/** A round over the country, in which each organization passed, or was found as said. */
async function aRoundOf(id: string, country: Registry, { edition = EARLIER, rules = 'rules', verdicts = {} }: { readonly edition?: Edition; readonly rules?: string; readonly verdicts?: Readonly<Record<string, Verdict | null>> } = {}): Promise<Round> {
  const organizationIds = country.organizations.map((organization) => organization.id);
  const round = await openRound(store, {
    round: { id, names: aRound().names, period: null, edition, plan: aPlan(), revises: null, reason: null },
    registry: country, organizationIds, rulesDigest: rules, steps: new Map(), by: 'Sara', note: '', at: at(0),
  });
  for (const organization of organizationIds) {
    const verdict = organization in verdicts ? verdicts[organization]! : 'pass';
    if (verdict !== null) await store.saveFindings(round.auditId, organization, [found(organization, verdict)]);
  }
  return round;
} // prettier-ignore

async function pairs(before: Round, after: Round, options: Partial<PairOptions> = {}): Promise<Pair[]> {
  const all: Pair[] = [];
  for await (const pair of pairsOf(store, before, after, {
    rulesDigest: 'rules',
    backcast: false,
    async judge(round, _registry, auditId, organization, { id }) {
      judged.push(`${round.id} ${auditId} ${organization} ${id}`);
      return [found(organization, 'partial', `${round.id} by ${id}`)];
    },
    ...options,
  }))
    all.push(pair);
  return all;
}
const outcomes = (findings: readonly Finding[] | null): string[] | null => findings && findings.map(({ outcome }) => outcome); // prettier-ignore

describe('the organizations of two rounds', () => {
  it('are those of the later one in its order, then those that only the earlier one has', async () => {
    const before = await aRoundOf('q1', countryOf('gone', 'tax', 'post'));
    const after = await aRoundOf('q2', countryOf('post', 'new', 'tax'));
    const named = (await pairs(before, after)).map(({ before: earlier, after: later }) => [earlier?.organization.id, later?.organization.id]); // prettier-ignore
    expect(named).toEqual([['post', 'post'], [undefined, 'new'], ['tax', 'tax'], ['gone', undefined]]); // prettier-ignore
  });

  it('come with their services, and their findings with and without the decisions of people', async () => {
    const services = [aService('tax-1', 'tax'), aService('post-1', 'post')];
    const before = await aRoundOf('q1', { ...countryOf('tax', 'post'), services });
    const after = await aRoundOf('q2', { ...countryOf('tax', 'post'), services });
    await store.addReview('q2', aReview({ organization: 'tax', verdict: 'fail', seen: seenOf(found('tax', 'pass')) }));
    await store.addAct('q2', { kind: 'cooperation', organization: 'tax', status: 'visible-only', by: 'Sara', at: at(0), note: '' }); // prettier-ignore
    const [{ after: tax } = { after: null }] = await pairs(before, after);
    expect(tax!.services.map(({ id }) => id)).toEqual(['tax-1']);
    expect([tax!.machine[0]!.verdict, tax!.settled[0]!.verdict]).toEqual(['pass', 'fail']);
    expect(tax!.organization.cooperation).toBe('visible-only');
  });

  it('have no sight where nothing was found, and then no bridge', async () => {
    const before = await aRoundOf('q1', countryOf('tax'), { verdicts: { tax: null } });
    const after = await aRoundOf('q2', countryOf('tax'), { edition: LATER });
    expect(await pairs(before, after)).toMatchObject([{ before: null, after: { organization: { id: 'tax' } }, bridge: null }]); // prettier-ignore
    expect(judged).toEqual([]);
  });
});

describe('the bridge between two rounds', () => {
  const both = async (before: Parameters<typeof aRoundOf>[2], after: Parameters<typeof aRoundOf>[2]) =>
    [await aRoundOf('q1', countryOf('tax'), before), await aRoundOf('q2', countryOf('tax'), after)] as const;

  it.each([
    ['today’s rules', 'rules'],
    ['rules of before', 'older rules'],
  ])('needs no judging again with one method, by %s', async (_, rules) => {
    const [{ bridge } = { bridge: null }] = await pairs(...(await both({ rules }, { rules })), { backcast: true });
    expect(judged).toEqual([]);
    expect([bridge!.beforeByEarlier, bridge!.afterByLater, bridge!.afterByEarlier, bridge!.beforeByLater].map(outcomes)).toEqual(Array(4).fill(['form'])); // prettier-ignore
  });

  it('judges the later evidence by the earlier edition, and the earlier one by the later where that is wanted', async () => {
    const rounds = await both({}, { edition: LATER });
    const [{ bridge } = { bridge: null }] = await pairs(...rounds);
    expect(judged).toEqual(['q2 round-q2 tax earlier']);
    expect([bridge!.beforeByEarlier, bridge!.afterByLater, bridge!.afterByEarlier, bridge!.beforeByLater].map(outcomes)).toEqual([['form'], ['form'], ['q2 by earlier'], null]); // prettier-ignore

    judged = [];
    const [{ bridge: whole } = { bridge: null }] = await pairs(...rounds, { backcast: true });
    expect(judged).toEqual(['q2 round-q2 tax earlier', 'q1 round-q1 tax later']);
    expect(outcomes(whole!.beforeByLater)).toEqual(['q1 by later']);
  });

  it('judges what was found by other rules than today’s by these first, each by its own edition', async () => {
    const [{ bridge } = { bridge: null }] = await pairs(...(await both({ rules: 'older rules' }, {})));
    expect(judged).toEqual(['q1 round-q1 tax earlier']);
    expect([bridge!.beforeByEarlier, bridge!.afterByEarlier].map(outcomes)).toEqual([['q1 by earlier'], ['form']]);
  });

  it('judges an organization again that was found by rules that came after the round was opened', async () => {
    const rules = 'older rules';
    const rounds = [await aRoundOf('q1', countryOf('tax', 'post'), { rules }), await aRoundOf('q2', countryOf('tax', 'post'), { rules })] as const; // prettier-ignore
    await store.saveFindings('round-q2', 'tax', [found('tax', 'fail')], 'rules');
    const all = await pairs(...rounds);
    expect(judged).toEqual(['q1 round-q1 tax earlier']);
    expect(all.map(({ bridge }) => outcomes(bridge!.beforeByEarlier))).toEqual([['q1 by earlier'], ['form']]);
  });

  it('judges the audit on demand where the result of the organization comes from one', async () => {
    const rounds = await both({}, { edition: LATER });
    await store.createAudit(anAudit({ id: 'again', trigger: 'demand', organizationIds: ['tax'] }), countryOf('tax'));
    await store.saveFindings('again', 'tax', [found('tax', 'fail')]);
    await store.addReaudit(aReaudit({ organization: 'tax', round: 'q2' }));
    await store.decideReaudit('again', { accepted: true, by: 'Sara', at: at(1), note: '' });
    await pairs(...rounds);
    expect(judged).toEqual(['q2 again tax earlier']);
  });

  it('is missing, with the reason, where evidence cannot be judged again, and the other organizations have theirs', async () => {
    const before = await aRoundOf('q1', countryOf('tax', 'post'));
    const after = await aRoundOf('q2', countryOf('tax', 'post'), { edition: LATER });
    const told: string[] = [];
    const all = await pairs(before, after, {
      judge: async (_, __, ___, id) => {
        if (id === 'tax') throw new Error('the file is gone');
        return [found(id, 'fail')];
      },
      onUnbridged: (id, why) => void told.push(`${id}: ${why}`),
    });
    expect(all.map(({ bridge }) => bridge !== null)).toEqual([false, true]);
    expect(told).toEqual(['tax: the file is gone']);
  });
});
