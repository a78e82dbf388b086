import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ownRounds } from '../../src/audit/own-history.ts';
import { openRevision, openRound, publishRound, roundOf, startPreview, startReview } from '../../src/audit/round.ts';
import { nationalMeans } from '../../src/core/history.ts';
import type { Finding, Verdict } from '../../src/core/model.ts';
import type { IndicatorPlace } from '../../src/core/score.ts';
import { openSqliteStore } from '../../storage/sqlite.ts';
import type { Store } from '../../storage/store.ts';
import { anOrganization } from './fake-country.ts';
import { aFinding, anEdition, aPlan, aRegistry, aRound, aSnapshot, at } from '../storage/fixtures.ts';

/** One indicator, so that a verdict is a score. */
const CATALOGUE: readonly IndicatorPlace[] = [{ id: 'presence/site-search', stage: 'presence', scope: 'portal' }];
const ORGANIZATIONS = ['post', 'tax'];
const REGISTRY = aRegistry({ organizations: ORGANIZATIONS.map((id) => anOrganization(id)), services: [] });
const doer = (time = at(0)) => ({ by: 'Sara', note: 'a reason', at: time });

let place: string;
let store: Store;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'rasad-own-history-'));
  store = openSqliteStore(join(place, 'rasad.sqlite'));
});
afterEach(async () => {
  await store.close();
  rmSync(place, { recursive: true, force: true });
});

const found = async (organization: string, verdict: Verdict): Promise<Finding[]> => [aFinding({ organization, verdict })]; // prettier-ignore

/** Opens a round and looks; the verdict is what it finds of everybody. */
async function open(id: string, verdict: Verdict): Promise<void> {
  const { names } = aRound();
  const round = { id, names, period: null, edition: anEdition(), plan: aPlan(), revises: null, reason: null };
  await openRound(store, { ...doer(), round, registry: REGISTRY, organizationIds: ORGANIZATIONS, rulesDigest: 'rules', steps: new Map() }); // prettier-ignore
  const auditId = `round-${id}`;
  for (let job; (job = await store.leaseJob(auditId, 'anna', at(1), at(9)));) {
    const { organizationId } = job;
    await store.saveSnapshot(aSnapshot({ auditId, organizationId, url: `https://${organizationId}.example/` }));
    await store.completeJob(auditId, organizationId, 'anna', { findings: await found(organizationId, verdict), skipped: [] }); // prettier-ignore
  }
  await startReview(store, await roundOf(store, id), doer(), {
    early: false,
    rulesDigest: 'rules',
    judge: (_, of) => found(of, verdict),
  });
}
async function publish(id: string): Promise<void> {
  await startPreview(store, await roundOf(store, id), doer());
  await publishRound(store, await roundOf(store, id), doer(), CATALOGUE);
}
const revise = async (id: string, verdict: Verdict) =>
  openRevision(store, await roundOf(store, id), doer(), {
    rulesDigest: 'newer rules',
    judge: (_, of) => found(of, verdict),
  });

/** The rounds before the named one, or until a time, each with its number and the score of tax. */
const before = async (until: string, after = 0): Promise<[string, number, number | null][]> =>
  (await ownRounds(store, (await store.getRound(until)) ?? until, after)).map(({ id: own, number, results }) => [
    own, number, results.find(({ organization }) => organization === 'tax')!.stages.presence.value,
  ]); // prettier-ignore

it('are the published ones that opened before it, the oldest first, with the numbers that were frozen', async () => {
  await open('spring', 'fail');
  await publish('spring');
  await open('summer', 'pass');
  expect(await before(at(5))).toEqual([['spring', 1, 0]]);
  await publish('summer');
  await open('autumn', 'fail');
  expect(await before('autumn')).toEqual([['spring', 1, 0], ['summer', 2, 100]]); // prettier-ignore
  expect(await before('summer')).toEqual([['spring', 1, 0]]);
  expect(await before('spring')).toEqual([]);
  expect(await before('2000-01-01T00:00:00.000Z')).toEqual([]);
  expect(await before(at(5), 5)).toEqual([['spring', 6, 0], ['summer', 7, 100]]); // prettier-ignore
});

it('puts a revision in the place of what it revises once it is published, however late it was opened', async () => {
  await open('spring', 'fail');
  await publish('spring');
  await open('summer', 'fail');
  await publish('summer');
  await revise('spring', 'pass');
  expect(await before('summer')).toEqual([['spring', 1, 0]]);
  expect(await before('spring.2')).toEqual([]);
  await publish('spring.2');
  expect(await before('summer')).toEqual([['spring.2', 1, 100]]);
  expect(await before('spring.2')).toEqual([]);
  expect(await before(at(5))).toEqual([['spring.2', 1, 100], ['summer', 2, 0]]); // prettier-ignore
});

it('names who took no part, so that the score of a portal alone is in no mean', async () => {
  await open('spring', 'pass');
  const act = { kind: 'cooperation', organization: 'tax', status: 'withdrawn', ...doer() } as const;
  await store.addAct('spring', act);
  await publish('spring');
  const [spring] = await ownRounds(store, at(5));
  expect(spring!.absences.map(({ organization, cooperation }) => [organization, cooperation])).toEqual([
    ['tax', 'withdrawn'],
  ]);
  expect(spring!.results.find(({ organization }) => organization === 'tax')!.stages.presence.value).toBe(100);
  expect(nationalMeans(spring!).presence).toEqual({ mean: 100, count: 1 });
});
