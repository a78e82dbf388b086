/**
 * What every implementation of Store must do. A second implementation is tested by one more call:
 * `testStore('PostgreSQL', (place) => openPostgresStore(…))`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Audit, Finding, Snapshot } from '../../src/core/model.ts';
import type { Store } from '../../storage/store.ts';
import { aFinding, anAudit, aRegistry, aSkip, aSnapshot, at, nothingFound } from './fixtures.ts';

/** What sites really send, and what a store may be tempted to change. */
const ODD_TEXTS = [
  'می‌خواهم ۱۲٫۵ تومان', // half-space and Persian digits
  'ي ك ى هٔ ـــ', // letters that folding would change
  `it's "quoted"; -- \\ %s ? $1 @name`,
  '',
  'line\r\nbreaks\u2028and\u2029more',
  'nul \0 and bell \u0007',
  'half of a pair \ud83d of an emoji',
  '👩🏽‍🏫',
];

/** `place` is a directory of the test's own; one place opened twice is two connections to one store. */
export function testStore(name: string, open: (place: string) => Store | Promise<Store>): void {
  let place: string;
  let store: Store;
  let connections: Store[];

  const connect = async (): Promise<Store> => {
    const connection = await open(place);
    connections.push(connection);
    return connection;
  };
  /** A store with one audit `a` of these organizations. */
  const given = (...organizationIds: string[]) => store.createAudit(anAudit({ organizationIds }), aRegistry());
  const lease = (worker: string, now = at(0), until = at(10), from = store) => from.leaseJob('a', worker, now, until);
  const states = async () =>
    Object.fromEntries((await store.listJobs('a')).map(({ organizationId, state }) => [organizationId, state]));

  beforeEach(async () => {
    place = mkdtempSync(join(tmpdir(), 'rasad-store-'));
    connections = [];
    store = await connect();
  });
  afterEach(async () => {
    for (const connection of connections) await connection.close();
    rmSync(place, { recursive: true, force: true });
  });

  describe(`${name}: audits`, () => {
    it('keeps an audit and its registry as they were given', async () => {
      const audit = anAudit({ organizationIds: ['zeta', 'alpha'] });
      const registry = aRegistry({ languages: ['fa', 'en'], mapHosts: { 'www.example.ir': '127.0.0.1:8080' } });
      await store.createAudit(audit, registry);
      expect(await store.getAudit('a')).toEqual(audit);
      expect(await store.getRegistry('a')).toEqual(registry);
    });

    it('keeps the registry of each audit, also where their digests agree', async () => {
      await store.createAudit(anAudit({ id: 'a' }), aRegistry({ languages: ['fa'] }));
      await store.createAudit(anAudit({ id: 'b' }), aRegistry({ languages: ['it'] }));
      await store.createAudit(anAudit({ id: 'c' }), aRegistry({ languages: ['fa'] }));
      const languages = async (id: string) => (await store.getRegistry(id))?.languages;
      expect([await languages('a'), await languages('b'), await languages('c')]).toEqual([['fa'], ['it'], ['fa']]);
    });

    it('refuses an id that is taken, and the first audit stays as it was', async () => {
      await given('one');
      const second = store.createAudit(anAudit({ edition: 'r9', organizationIds: ['two'] }), aRegistry());
      await expect(second).rejects.toThrow('"a"');
      expect(await store.getAudit('a')).toEqual(anAudit({ organizationIds: ['one'] }));
      expect(await states()).toEqual({ one: 'waiting' });
    });

    it('leaves nothing of an audit that it refuses', async () => {
      await expect(given('one', 'two', 'one')).rejects.toThrow();
      expect(await store.listAudits()).toEqual([]);
      expect(await store.listJobs('a')).toEqual([]);
    });

    it('lists the newest audit first, of one instant the one that was created last', async () => {
      for (const [id, minute] of [
        ['b', 5],
        ['d', 0],
        ['c', 9],
        ['a', 0],
      ] as const) {
        await store.createAudit(anAudit({ id, startedAt: at(minute) }), aRegistry());
      }
      expect((await store.listAudits()).map(({ id }) => id)).toEqual(['c', 'b', 'a', 'd']);
    });

    it('answers for an audit that does not exist with nothing', async () => {
      expect(await store.getAudit('a')).toBeNull();
      expect(await store.getRegistry('a')).toBeNull();
      expect(await lease('anna')).toBeNull();
      expect(await store.renewLease('a', 'one', 'anna', at(5))).toBe(false);
      expect(await store.completeJob('a', 'one', 'anna', nothingFound)).toBe(false);
      expect(await store.listJobs('a')).toEqual([]);
      expect(await store.listSnapshots('a', 'one')).toEqual([]);
      expect(await store.listFindings('a')).toEqual([]);
      expect(await store.listSkipped('a', 'one')).toEqual([]);
      expect(await store.progress('a')).toEqual({ waiting: 0, active: 0, done: 0, failed: 0, snapshots: 0 });
    });

    it('finishes an audit once: the first time stays', async () => {
      await given('one');
      await store.finishAudit('a', at(30));
      await store.finishAudit('a', at(40));
      expect((await store.getAudit('a'))?.finishedAt).toBe(at(30));
    });

    it('shows on one connection what was written on another, and after opening again', async () => {
      await given('one');
      await (await connect()).saveSnapshot(aSnapshot());
      expect(await store.listSnapshots('a', 'one')).toEqual([aSnapshot()]);
      for (const connection of connections.splice(0)) await connection.close();
      store = await connect();
      expect(await store.getAudit('a')).toEqual(anAudit());
      expect(await store.listSnapshots('a', 'one')).toEqual([aSnapshot()]);
    });
  });

  describe(`${name}: the audit to resume`, () => {
    const like = {
      edition: 'r5',
      registryDigest: 'g',
      rulesDigest: 'u',
      configDigest: 'c',
      organizationIds: ['x', 'y'],
    };
    const create = (id: string, change: Partial<Audit> = {}) =>
      store.createAudit(anAudit({ ...like, id, ...change }), aRegistry());

    it('is the newest that is unfinished', async () => {
      await create('old', { startedAt: at(1) });
      await create('new', { startedAt: at(2) });
      await create('finished', { startedAt: at(3), finishedAt: at(4) });
      expect((await store.findUnfinished(like))?.id).toBe('new');
      await store.finishAudit('new', at(5));
      expect((await store.findUnfinished(like))?.id).toBe('old');
      await store.finishAudit('old', at(5));
      expect(await store.findUnfinished(like)).toBeNull();
    });

    it('has the same organizations in any order', async () => {
      await create('a', { organizationIds: ['y', 'x'] });
      expect(await store.findUnfinished(like)).toEqual(anAudit({ ...like, organizationIds: ['y', 'x'] }));
    });

    it.each<[string, Partial<Audit>]>([
      ['another edition', { edition: 'r4' }],
      ['another registry', { registryDigest: 'G' }],
      ['other rules', { rulesDigest: 'U' }],
      ['another configuration', { configDigest: 'C' }],
      ['fewer organizations', { organizationIds: ['x'] }],
      ['more organizations', { organizationIds: ['x', 'y', 'z'] }],
      ['other organizations', { organizationIds: ['x', 'z'] }],
      ['organizations whose ids only look alike when joined', { organizationIds: ['x,y'] }],
    ])('is not one with %s', async (_, change) => {
      await create('a', change);
      expect(await store.findUnfinished(like)).toBeNull();
    });
  });

  describe(`${name}: jobs`, () => {
    it('makes one waiting job an organization, in the order of the audit', async () => {
      await given('two', 'one');
      const waiting = {
        auditId: 'a',
        state: 'waiting',
        attempts: 0,
        worker: null,
        leaseUntil: null,
        error: null,
        steps: [],
      };
      expect(await store.listJobs('a')).toEqual([
        { ...waiting, organizationId: 'two', runAfter: at(0) },
        { ...waiting, organizationId: 'one', runAfter: at(0) },
      ]);
    });

    it('leases them in that order, and counts the attempt', async () => {
      await given('two', 'one');
      const leased = { state: 'active', attempts: 1, worker: 'anna', leaseUntil: at(10) };
      expect(await lease('anna')).toMatchObject({ auditId: 'a', organizationId: 'two', ...leased });
      expect(await lease('anna')).toMatchObject({ auditId: 'a', organizationId: 'one', ...leased });
    });

    it('never gives one job to two workers', async () => {
      const organizations = Array.from({ length: 12 }, (_, number) => `o${number}`);
      await given(...organizations);
      const other = await connect();
      const leases = await Promise.all(
        organizations.flatMap(() => [lease('anna'), lease('babak', at(0), at(10), other)]),
      );
      const taken = leases.flatMap((job) => (job === null ? [] : [job.organizationId]));
      expect(taken.sort()).toEqual(organizations.sort());
    });

    it('has nothing to give when every job is taken or done', async () => {
      await given('one', 'two');
      await lease('anna');
      await store.completeJob('a', 'one', 'anna', nothingFound);
      await lease('anna');
      expect(await lease('babak')).toBeNull();
    });

    it('gives nothing of another audit', async () => {
      await given('one');
      await store.createAudit(anAudit({ id: 'b', organizationIds: ['one'] }), aRegistry());
      await lease('anna');
      expect(await lease('babak')).toBeNull();
      expect(await store.leaseJob('b', 'babak', at(0), at(10))).toMatchObject({ auditId: 'b', organizationId: 'one' });
    });

    it('gives a job to another worker from the end of its lease on, not before', async () => {
      await given('one');
      await lease('anna', at(0), at(10));
      expect(await lease('babak', at(9), at(20))).toBeNull();
      expect(await lease('babak', at(10), at(20))).toMatchObject({ worker: 'babak', attempts: 2, leaseUntil: at(20) });
    });

    it('compares times and not their spelling', async () => {
      await given('one');
      await lease('anna', '2026-03-21T08:00:00Z', '2026-03-21T08:10:00Z');
      expect(await lease('babak', '2026-03-21T08:09:59.999Z', at(20))).toBeNull();
      expect(await lease('babak', '2026-03-21T08:10:00.000Z', at(20))).not.toBeNull();
    });

    it('keeps a job with the worker that renews its lease', async () => {
      await given('one');
      await lease('anna', at(0), at(10));
      expect(await store.renewLease('a', 'one', 'anna', at(30))).toBe(true);
      expect(await lease('babak', at(20), at(40))).toBeNull();
      expect(await lease('babak', at(30), at(40))).not.toBeNull();
    });

    it('lets a late worker go on as long as nobody else took its job', async () => {
      await given('one');
      await lease('anna', at(0), at(1));
      expect(await store.renewLease('a', 'one', 'anna', at(30))).toBe(true);
      expect(await store.completeJob('a', 'one', 'anna', nothingFound)).toBe(true);
    });

    it('lets a worker that lost its lease write nothing', async () => {
      await given('one');
      await lease('anna', at(0), at(10));
      await store.saveFindings('a', 'one', [aFinding({ rule: 'presence/earlier' })]);
      await lease('babak', at(10), at(20));
      const jobs = await store.listJobs('a');

      expect(await store.renewLease('a', 'one', 'anna', at(30))).toBe(false);
      expect(await store.completeJob('a', 'one', 'anna', { findings: [aFinding()], skipped: [aSkip()] })).toBe(false);
      await store.failJob('a', 'one', 'anna', 'too late', null);

      expect(await store.listJobs('a')).toEqual(jobs);
      expect((await store.listFindings('a')).map(({ rule }) => rule)).toEqual(['presence/earlier']);
      expect(await store.listSkipped('a', 'one')).toEqual([]);
    });

    it('ends a lease with its job', async () => {
      await given('one');
      await lease('anna');
      await store.completeJob('a', 'one', 'anna', nothingFound);
      expect(await store.renewLease('a', 'one', 'anna', at(30))).toBe(false);
      expect(await store.completeJob('a', 'one', 'anna', nothingFound)).toBe(false);
      await store.failJob('a', 'one', 'anna', 'after the end', at(30));
      expect(await store.listJobs('a')).toMatchObject([{ state: 'done', worker: null, leaseUntil: null, error: null }]);
    });

    it('gives a failed job again when it is due, with its error and its attempts', async () => {
      await given('one');
      await lease('anna');
      await store.failJob('a', 'one', 'anna', 'the disk is full', at(15));
      const back = { state: 'waiting', attempts: 1, worker: null, leaseUntil: null, runAfter: at(15) };
      expect(await store.listJobs('a')).toMatchObject([{ ...back, error: 'the disk is full' }]);
      expect(await lease('babak', at(14), at(30))).toBeNull();
      expect(await lease('babak', at(15), at(30))).toMatchObject({ attempts: 2, error: 'the disk is full' });
    });

    it('takes back all that a dead worker holds, as if it had never been taken', async () => {
      await given('one', 'two');
      await lease('anna');
      await store.leaseDomain('site.example', 'anna', at(0), at(10));
      await lease('babak');
      expect(await store.releaseWorker('anna', at(1))).toBe(1);
      expect(await store.listJobs('a')).toMatchObject([
        { organizationId: 'one', state: 'waiting', attempts: 0, worker: null },
        { organizationId: 'two', worker: 'babak' },
      ]);
      expect(await store.leaseDomain('site.example', 'babak', at(1), at(10))).not.toBeNull();
      expect(await lease('babak', at(1), at(20))).toMatchObject({ organizationId: 'one', attempts: 1 });
    });

    it('gives a failed job after those that have waited longer', async () => {
      await given('one', 'two');
      await lease('anna');
      await store.failJob('a', 'one', 'anna', 'a fault', at(1));
      expect(await lease('anna', at(2))).toMatchObject({ organizationId: 'two' });
      expect(await lease('anna', at(2))).toMatchObject({ organizationId: 'one' });
    });

    it('never gives a job again that failed for good', async () => {
      await given('one');
      await lease('anna');
      await store.failJob('a', 'one', 'anna', 'a fault of ours', null);
      expect(await store.listJobs('a')).toMatchObject([{ state: 'failed', error: 'a fault of ours', worker: null }]);
      expect(await lease('babak', at(1000), at(2000))).toBeNull();
    });

    it('counts jobs by state, and the snapshots of the audit', async () => {
      await given('one', 'two', 'three', 'four', 'five');
      await lease('anna');
      await store.completeJob('a', 'one', 'anna', nothingFound);
      await lease('anna');
      await store.failJob('a', 'two', 'anna', 'a fault', null);
      await lease('anna');
      await store.saveSnapshot(aSnapshot({ organizationId: 'one' }));
      await store.saveSnapshot(aSnapshot({ organizationId: 'three' }));
      expect(await store.progress('a')).toEqual({ waiting: 2, active: 1, done: 1, failed: 1, snapshots: 2 });
    });
  });

  describe(`${name}: results`, () => {
    it('replaces findings and skipped addresses when a job is completed', async () => {
      await given('one');
      await lease('anna');
      await store.saveFindings('a', 'one', [aFinding(), aFinding({ service: 's1' })]);
      const result = { findings: [aFinding({ verdict: 'fail' })], skipped: [aSkip(), aSkip({ reason: 'depth' })] };
      expect(await store.completeJob('a', 'one', 'anna', result)).toBe(true);
      expect(await store.listFindings('a')).toEqual(result.findings);
      expect(await store.listSkipped('a', 'one')).toEqual(result.skipped);
      expect(await states()).toEqual({ one: 'done' });
    });

    it('keeps a finding as it was given, to the letter', async () => {
      await given('one');
      const findings = ODD_TEXTS.map((text, number) =>
        aFinding({
          service: number % 2 === 0 ? null : 's1',
          rule: `presence/r${number}`,
          message: { fa: text, en: text },
          evidence: [{ url: 'https://example.ir/', snapshot: '00', selector: null, quote: text, language: null }],
          searched: [{ place: text, url: null, read: true, detail: text }],
          confidence: 0.1 * number,
        }),
      );
      await store.saveFindings('a', 'one', findings);
      expect(await store.listFindings('a', 'one')).toEqual(findings);
    });

    it('lists findings in the order given, organizations in the order of the audit', async () => {
      await given('zeta', 'alpha', 'midway');
      const rules = ['participation/z', 'presence/a', 'interaction/m'];
      for (const organization of ['midway', 'alpha', 'zeta']) {
        await store.saveFindings(
          'a',
          organization,
          rules.map((rule) => aFinding({ organization, rule })),
        );
      }
      const listed = (await store.listFindings('a')).map(({ organization, rule }) => `${organization} ${rule}`);
      expect(listed).toEqual(['zeta', 'alpha', 'midway'].flatMap((id) => rules.map((rule) => `${id} ${rule}`)));
      expect((await store.listFindings('a', 'alpha')).map(({ rule }) => rule)).toEqual(rules);
    });

    it('judges again without touching the job, its skipped addresses or another organization', async () => {
      await given('one', 'two');
      await lease('anna');
      await store.completeJob('a', 'one', 'anna', { findings: [aFinding()], skipped: [aSkip()] });
      await store.saveFindings('a', 'two', [aFinding({ organization: 'two' })]);
      const jobs = await store.listJobs('a');

      await store.saveFindings('a', 'one', [aFinding({ verdict: 'unclear' })]);
      expect(await store.listFindings('a', 'one')).toEqual([aFinding({ verdict: 'unclear' })]);
      expect(await store.listFindings('a', 'two')).toEqual([aFinding({ organization: 'two' })]);
      expect(await store.listSkipped('a', 'one')).toEqual([aSkip()]);
      expect(await store.listJobs('a')).toEqual(jobs);
    });

    it.each<[string, Finding[]]>([
      ['two verdicts of one rule on the portal', [aFinding(), aFinding({ verdict: 'fail' })]],
      ['two verdicts of one rule on a service', [aFinding({ service: 's1' }), aFinding({ service: 's1' })]],
      ['a finding of another organization', [aFinding(), aFinding({ organization: 'two' })]],
    ])('takes all of a result or nothing: not one with %s', async (_, findings) => {
      await given('one');
      await lease('anna');
      await store.saveFindings('a', 'one', [aFinding({ rule: 'presence/earlier' })]);
      await expect(store.completeJob('a', 'one', 'anna', { findings, skipped: [aSkip()] })).rejects.toThrow();
      expect((await store.listFindings('a')).map(({ rule }) => rule)).toEqual(['presence/earlier']);
      expect(await store.listSkipped('a', 'one')).toEqual([]);
      expect(await states()).toEqual({ one: 'active' });
    });
  });

  describe(`${name}: domains`, () => {
    const take = (worker: string, now: string, until: string, from = store) =>
      from.leaseDomain('example.ir', worker, now, until);

    it('gives a domain to one worker at a time', async () => {
      const other = await connect();
      expect(await take('anna', at(0), at(10))).toEqual({ notBefore: null });
      expect(await take('babak', at(1), at(11), other)).toBeNull();
      expect(await store.leaseDomain('example.com', 'babak', at(1), at(11))).toEqual({ notBefore: null });
    });

    it('lets its holder keep it for longer', async () => {
      await take('anna', at(0), at(10));
      expect(await take('anna', at(5), at(15))).toEqual({ notBefore: null });
      expect(await take('babak', at(12), at(20))).toBeNull();
    });

    it('tells the next worker when the domain may be asked again', async () => {
      await take('anna', at(0), at(10));
      await store.releaseDomain('example.ir', 'anna', at(3));
      expect(await take('babak', at(1), at(11))).toEqual({ notBefore: at(3) });
      await store.releaseDomain('example.ir', 'babak', at(7));
      expect(await take('anna', at(6), at(16))).toEqual({ notBefore: at(7) });
    });

    it('takes a domain from a worker whose time is over, not before', async () => {
      await take('anna', at(0), at(10));
      await store.releaseDomain('example.ir', 'anna', at(1));
      await take('anna', at(2), at(10));
      expect(await take('babak', at(9), at(20))).toBeNull();
      expect(await take('babak', at(10), at(20))).toEqual({ notBefore: at(1) });
    });

    it('ignores a release by a worker that does not hold the domain', async () => {
      await take('anna', at(0), at(10));
      await take('babak', at(10), at(20));
      await store.releaseDomain('example.ir', 'anna', at(99));
      expect(await take('anna', at(11), at(21))).toBeNull();
      await store.releaseDomain('example.ir', 'babak', at(12));
      await store.releaseDomain('example.ir', 'babak', at(99));
      expect(await take('anna', at(12), at(22))).toEqual({ notBefore: at(12) });
    });
  });

  describe(`${name}: snapshots`, () => {
    it('keeps a snapshot as it was given, to the letter', async () => {
      await given('one');
      const snapshots = ODD_TEXTS.map((text, ordinal) =>
        aSnapshot({
          ordinal,
          url: `https://example.ir/${ordinal}`,
          outcome: { kind: 'unreachable', cause: 'malformed', detail: text },
          headers: [
            ['x-odd', text],
            ['x-odd', ''],
          ],
        }),
      );
      for (const snapshot of snapshots) await store.saveSnapshot(snapshot);
      expect(await store.listSnapshots('a', 'one')).toEqual(snapshots);
    });

    it('lists them by ordinal, in whatever order they came', async () => {
      await given('one');
      for (const ordinal of [10, 2, 0, 1]) {
        await store.saveSnapshot(aSnapshot({ ordinal, url: `https://example.ir/${ordinal}` }));
      }
      expect((await store.listSnapshots('a', 'one')).map(({ ordinal }) => ordinal)).toEqual([0, 1, 2, 10]);
    });

    it('lists the audit’s own looks before those of later visits', async () => {
      await given('one');
      for (const [visit, ordinal] of [[2, 0], [1, 1], [0, 5], [1, 0]] as const) await store.saveSnapshot(aSnapshot({ visit, ordinal, url: `https://example.ir/${ordinal}` })); // prettier-ignore
      expect((await store.listSnapshots('a', 'one')).map(({ visit, ordinal }) => [visit, ordinal])).toEqual([[0, 5], [1, 0], [1, 1], [2, 0]]); // prettier-ignore
    });

    it('ignores a second look at the same address in the same role', async () => {
      await given('one');
      await store.saveSnapshot(aSnapshot({ status: 200 }));
      await store.saveSnapshot(aSnapshot({ status: 500, ordinal: 7 }));
      expect(await store.listSnapshots('a', 'one')).toEqual([aSnapshot({ status: 200 })]);
    });

    it.each<[string, Partial<Snapshot>]>([
      ['in another role', { role: 'login' }],
      ['at another address', { url: 'https://example.ir/%D8%B1' }],
      ['for another organization', { organizationId: 'two' }],
      ['in another audit', { auditId: 'b' }],
      ['on a later visit', { visit: 1 }],
    ])('keeps a look %s beside it', async (_, change) => {
      await given('one', 'two');
      await store.createAudit(anAudit({ id: 'b' }), aRegistry());
      const both = [aSnapshot(), aSnapshot({ ordinal: 1, ...change })];
      for (const snapshot of both) await store.saveSnapshot(snapshot);
      const kept = [
        await store.listSnapshots('a', 'one'),
        await store.listSnapshots('a', 'two'),
        await store.listSnapshots('b', 'one'),
      ];
      expect(kept.flat()).toEqual(both);
    });

    it('survives the job that made them: an interrupted crawl finds them again', async () => {
      await given('one');
      await lease('anna', at(0), at(10));
      await store.saveSnapshot(aSnapshot());
      await lease('babak', at(10), at(20));
      expect(await store.listSnapshots('a', 'one')).toEqual([aSnapshot()]);
    });

    it('refuses a snapshot of an organization that is not audited', async () => {
      await given('one');
      await expect(store.saveSnapshot(aSnapshot({ organizationId: 'two' }))).rejects.toThrow();
    });
  });
}
