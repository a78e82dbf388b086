/**
 * What every implementation of Store must do. A second implementation is tested by one more call:
 * `testStore('PostgreSQL', (place) => openPostgresStore(…))`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Audit, Finding, Snapshot, Step } from '../../src/core/model.ts';
import type { Act, Link, Round } from '../../src/core/round.ts';
import type { Store } from '../../storage/store.ts';
import {
  aFinding,
  anAct,
  anAudit,
  aReaudit,
  aRegistry,
  aReview,
  aRound,
  aSkip,
  aSnapshot,
  aStep,
  at,
  nothingFound,
} from './fixtures.ts';

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

    it('waits with a postponed job until it is due, and does not count the attempt', async () => {
      await given('one');
      await lease('anna');
      await store.postponeJob('a', 'one', 'anna', at(30));
      expect(await store.listJobs('a')).toMatchObject([
        { state: 'waiting', attempts: 0, worker: null, leaseUntil: null, runAfter: at(30) },
      ]);
      expect(await lease('babak', at(29), at(60))).toBeNull();
      expect(await lease('babak', at(30), at(60))).toMatchObject({ attempts: 1 });
    });

    it('postpones nothing that another worker holds', async () => {
      await given('one');
      await lease('anna', at(0), at(10));
      await lease('babak', at(10), at(20));
      const jobs = await store.listJobs('a');
      await store.postponeJob('a', 'one', 'anna', at(99));
      expect(await store.listJobs('a')).toEqual(jobs);
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

  describe(`${name}: jobs of several steps`, () => {
    const crawl = aStep({ at: at(5) });
    const probe = aStep({ number: 1, visit: 1, kind: 'probe', at: at(40) });
    const givenSteps = (steps: Readonly<Record<string, readonly Step[]>>) =>
      store.createAudit(
        anAudit({ organizationIds: Object.keys(steps) }),
        aRegistry(),
        new Map(Object.entries(steps).filter(([, own]) => own.length > 0)),
      );

    it('are due at their first step, and at once without steps', async () => {
      await givenSteps({ one: [crawl, probe], two: [] });
      expect(await store.listJobs('a')).toMatchObject([
        { organizationId: 'one', runAfter: at(5), steps: [crawl, probe] },
        { organizationId: 'two', runAfter: at(0), steps: [] },
      ]);
      expect(await lease('anna', at(4))).toMatchObject({ organizationId: 'two', steps: [] });
      expect(await lease('anna', at(4))).toBeNull();
      expect(await lease('anna', at(5))).toMatchObject({ organizationId: 'one', steps: [crawl, probe] });
    });

    it('wait for the first of the steps that are left, with new attempts', async () => {
      await givenSteps({ one: [crawl, probe] });
      await lease('anna', at(5), at(10));
      await store.failJob('a', 'one', 'anna', 'a fault', at(6));
      await lease('anna', at(6), at(20));
      const result = { findings: [aFinding()], skipped: [aSkip()] };
      expect(await store.completeJob('a', 'one', 'anna', result, [probe])).toBe(true);
      expect(await store.listJobs('a')).toMatchObject([
        {
          state: 'waiting',
          attempts: 0,
          worker: null,
          leaseUntil: null,
          error: null,
          runAfter: at(40),
          steps: [probe],
        },
      ]);
      expect(await store.listFindings('a')).toEqual(result.findings);
      expect(await store.listSkipped('a', 'one')).toEqual(result.skipped);
      expect(await lease('babak', at(39), at(60))).toBeNull();
      expect(await lease('babak', at(40), at(60))).toMatchObject({ attempts: 1, steps: [probe] });
    });

    it('leave findings and skipped addresses as they are when there is no result', async () => {
      await givenSteps({ one: [crawl, probe] });
      await lease('anna', at(5));
      await store.completeJob('a', 'one', 'anna', { findings: [aFinding()], skipped: [aSkip()] }, [probe]);
      await lease('anna', at(40), at(50));
      expect(await store.completeJob('a', 'one', 'anna', null)).toBe(true);
      expect(await states()).toEqual({ one: 'done' });
      expect(await store.listFindings('a')).toEqual([aFinding()]);
      expect(await store.listSkipped('a', 'one')).toEqual([aSkip()]);
    });

    it('stay as they are for a worker that lost its lease', async () => {
      await givenSteps({ one: [crawl, probe] });
      await lease('anna', at(5), at(10));
      await lease('babak', at(10), at(20));
      const jobs = await store.listJobs('a');
      expect(await store.completeJob('a', 'one', 'anna', nothingFound, [probe])).toBe(false);
      expect(await store.listJobs('a')).toEqual(jobs);
    });
  });

  describe(`${name}: a step that failed`, () => {
    it('leaves the job with the error, the steps after it and new attempts', async () => {
      await given('one');
      await lease('anna');
      const left = [aStep({ number: 1, visit: 1, at: at(30) })];
      await store.failJob('a', 'one', 'anna', 'a fault', at(30), left);
      expect(await store.listJobs('a')).toMatchObject([
        { state: 'waiting', worker: null, error: 'a fault', attempts: 0, runAfter: at(30), steps: left },
      ]);
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

    it('knows of each organization by which rules what is kept was found, where that was noted', async () => {
      await given('one', 'two');
      const rules = async () => [...(await store.listRules('a'))];
      await store.saveFindings('a', 'two', [aFinding({ organization: 'two' })]);
      expect(await rules()).toEqual([['two', null]]);
      await lease('anna');
      await store.completeJob('a', 'one', 'anna', { findings: [aFinding()], skipped: [], rules: 'older' });
      await store.saveFindings('a', 'two', [aFinding({ organization: 'two' })], 'newer');
      expect(await rules()).toEqual([['one', 'older'], ['two', 'newer']]); // prettier-ignore
      await store.saveFindings('a', 'one', [aFinding()]);
      await store.saveFindings('a', 'two', [], 'newer');
      expect(await rules()).toEqual([['one', null]]);
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

  describe(`${name}: domains of workers that end early`, () => {
    const take = (worker: string, now: string, until: string, pause?: number) =>
      store.leaseDomain('example.ir', worker, now, until, pause);
    const MINUTE = 60_000;

    it('are asked by nobody before the pause has passed that their holder would have kept', async () => {
      await take('anna', at(0), at(10), 3 * MINUTE);
      await store.releaseWorker('anna', at(1));
      expect(await take('babak', at(1), at(11))).toEqual({ notBefore: at(4) });
    });

    it('keep a later time that was set before', async () => {
      await take('anna', at(0), at(10));
      await store.releaseDomain('example.ir', 'anna', at(9));
      await take('anna', at(1), at(10), 3 * MINUTE);
      await store.releaseWorker('anna', at(2));
      expect(await take('babak', at(2), at(11))).toEqual({ notBefore: at(9) });
    });

    it('are free at once where no pause is kept', async () => {
      await take('anna', at(0), at(10), 0);
      await store.releaseWorker('anna', at(1));
      expect(await take('babak', at(1), at(11))).toEqual({ notBefore: null });
    });

    it('keep the pause of the last lease, not of an earlier one', async () => {
      await take('anna', at(0), at(10), 9 * MINUTE);
      await take('anna', at(1), at(10), 2 * MINUTE);
      await store.releaseWorker('anna', at(1));
      expect(await take('babak', at(1), at(11))).toEqual({ notBefore: at(3) });
    });

    it('stay with those that another worker holds', async () => {
      await take('anna', at(0), at(10), MINUTE);
      await store.releaseWorker('babak', at(1));
      expect(await take('babak', at(1), at(11))).toBeNull();
    });

    it('keep the pause also when nobody gives them back and the lease runs out', async () => {
      await take('anna', at(0), at(10), 3 * MINUTE);
      expect(await take('babak', at(10), at(20))).toEqual({ notBefore: at(13) });
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

  // ------------------------------------------------------------------ rounds

  const NO_STEPS: ReadonlyMap<string, readonly Step[]> = new Map();
  const QUARTER = { calendar: 'jalali', id: '1405-q1' } as const;
  const aLink = (position: number, change: Partial<Link> = {}): Link => ({
    position,
    kind: 'evidence',
    key: `o${position}`,
    digest: `digest ${position}`,
    hash: `hash ${position}`,
    content: null,
    ...change,
  });
  const LINKS = [
    aLink(0, { kind: 'header', content: '{"a":1}' }),
    aLink(1),
    aLink(2, { content: JSON.stringify(ODD_TEXTS) }),
  ];
  /** Opens a round on an audit of its own, of the organizations one and two. */
  const opened = (change: Partial<Round> = {}, from = store) => {
    const round = aRound({ auditId: `audit of ${change.id ?? 'r'}`, ...change });
    const audit = anAudit({ id: round.auditId, trigger: 'round', organizationIds: ['one', 'two'] });
    return from.createRound(round, audit, aRegistry(), NO_STEPS, anAct());
  };
  /** The round `r` on the audit `a`. */
  const givenRound = () => opened({ auditId: 'a' });
  const preview = async (id = 'r') => {
    await store.moveRound(id, 'open', 'reviewing', anAct({ kind: 'reviewing', at: at(20) }));
    await store.moveRound(id, 'reviewing', 'preview', anAct({ kind: 'preview', at: at(21) }));
  };
  const publish = async (id = 'r', from = store) =>
    from.publishRound(id, anAct({ kind: 'published', at: at(22) }), LINKS, await from.countRound(id));
  const published = async (id = 'r') => {
    await preview(id);
    expect(await publish(id)).toBe(true);
  };
  /** An audit on demand of the organization one. */
  const askAgain = async (audit = 'again', round = 'r') => {
    await store.createAudit(anAudit({ id: audit, trigger: 'demand' }), aRegistry());
    await store.addReaudit(aReaudit({ audit, round }));
  };
  const ACCEPTED = { accepted: true, by: 'Sara', at: at(10), note: '' };
  const REFUSED = { ...ACCEPTED, accepted: false };
  /** Everything that is kept of a round and of an audit. */
  const allOf = async (round: string, audit: string) => ({
    round: await store.getRound(round),
    links: await store.listLinks(round),
    acts: await store.listActs(round),
    reviews: await store.listReviews(round),
    reaudits: await store.listReaudits(round),
    sources: await store.listSources(round),
    audit: await store.getAudit(audit),
    jobs: await store.listJobs(audit),
    snapshots: await store.listSnapshots(audit, 'one'),
    skipped: await store.listSkipped(audit, 'one'),
    findings: await store.listFindings(audit),
  });

  describe(`${name}: rounds`, () => {
    it('keep a round with its audit, registry, steps and the act that opened it', async () => {
      const round = aRound({ names: { fa: ODD_TEXTS[0]!, en: ODD_TEXTS[2]! }, reason: null, number: 99 });
      const audit = anAudit({ trigger: 'round', organizationIds: ['one', 'two'] });
      const registry = aRegistry({ languages: ['fa', 'en'] });
      const steps = new Map([['two', [aStep({ at: at(7) })]]]);
      expect(await store.createRound(round, audit, registry, steps, anAct({ note: 'begin' }))).toBe(true);
      expect(await store.getRound('r')).toEqual({ ...round, number: 1 });
      expect(await store.getAudit('a')).toEqual(audit);
      expect(await store.getRegistry('a')).toEqual(registry);
      expect(await store.listActs('r')).toEqual([anAct({ note: 'begin' })]);
      expect(await store.listJobs('a')).toMatchObject([
        { organizationId: 'one', steps: [], runAfter: at(0) },
        { organizationId: 'two', steps: [aStep({ at: at(7) })], runAfter: at(7) },
      ]);
    });

    it('are numbered in the order of their opening and listed the newest first', async () => {
      await opened({ id: 'b', period: null });
      await opened({ id: 'c', period: QUARTER });
      await opened({ id: 'a', period: null });
      expect((await store.listRounds()).map(({ id, number }) => [id, number])).toEqual([['a', 3], ['c', 2], ['b', 1]]); // prettier-ignore
    });

    it('answer for a round that does not exist with nothing', async () => {
      expect(await store.getRound('r')).toBeNull();
      expect(await store.listRounds()).toEqual([]);
      expect(await store.listActs('r')).toEqual([]);
      expect(await store.listReviews('r')).toEqual([]);
      expect(await store.listReaudits('r')).toEqual([]);
      expect(await store.listSources('r')).toEqual(new Map());
      expect(await store.listLinks('r')).toEqual([]);
      expect(await store.moveRound('r', 'open', 'reviewing', anAct({ kind: 'reviewing' }))).toBe(false);
      expect(await publish()).toBe(false);
      expect(await store.decideReaudit('again', ACCEPTED)).toBe(false);
      await expect(store.addAct('r', anAct())).rejects.toThrow('"r"');
      await expect(store.addReview('r', aReview())).rejects.toThrow('"r"');
    });

    it.each<[string, Partial<Round>]>([
      ['its id', { id: 'r', period: null, auditId: 'b' }],
      ['its quarter', { id: 's', auditId: 'b' }],
      ['both', { id: 'r', auditId: 'b' }],
      ['its audit', { id: 's', period: null, auditId: 'a' }],
    ])('write nothing of a second one with %s', async (_, change) => {
      await givenRound();
      const before = await allOf('r', 'a');
      expect(await opened(change)).toBe(false);
      expect(await store.listRounds()).toEqual([before.round]);
      expect(await allOf('r', 'a')).toEqual(before);
      expect((await store.listAudits()).map(({ id }) => id)).toEqual(['a']);
    });

    it.each<[string, Round['period']]>([
      ['the next quarter', { calendar: 'jalali', id: '1405-q2' }],
      ['a quarter of the same name in the other calendar', { ...QUARTER, calendar: 'gregorian' }],
      ['no quarter', null],
    ])('stand beside one for %s', async (_, period) => {
      await givenRound();
      expect(await opened({ id: 's', period })).toBe(true);
      expect(await opened({ id: 'outside', period: null })).toBe(true);
    });

    it('open once when two connections open one at the same time', async () => {
      const other = await connect();
      const results = await Promise.all([opened({ id: 's' }), opened({ id: 't' }, other), opened({ id: 's' }, other)]);
      expect(results).toEqual([true, false, false]);
      expect((await other.listRounds()).map(({ id }) => id)).toEqual(['s']);
    });

    it('move from state to state in order, each time with the act that did it', async () => {
      await givenRound();
      await preview();
      expect((await store.getRound('r'))?.state).toBe('preview');
      expect((await store.listActs('r')).map(({ kind, at: time }) => [kind, time])).toEqual([
        ['opened', at(0)],
        ['reviewing', at(20)],
        ['preview', at(21)],
      ]);
    });

    it('go to review only when no organization is in anybody’s hands, and then nothing more is looked at', async () => {
      await givenRound();
      const move = (time = at(0)) => store.moveRound('r', 'open', 'reviewing', anAct({ kind: 'reviewing', at: time }));
      await lease('anna');
      expect(await move()).toBe(false);
      expect(await move(at(9))).toBe(false);
      await store.releaseWorker('anna', at(1));
      expect(await move()).toBe(true);
      expect(await lease('babak', at(5), at(20))).toBeNull();
      expect(await states()).toEqual({ one: 'done', two: 'done' });
    });

    it('go to review when a lease has run out, and its worker can keep nothing any more', async () => {
      await givenRound();
      await lease('anna', at(0), at(10));
      expect(await store.moveRound('r', 'open', 'reviewing', anAct({ kind: 'reviewing', at: at(10) }))).toBe(true);
      expect(await states()).toEqual({ one: 'done', two: 'done' });
      expect(await store.completeJob('a', 'one', 'anna', { findings: [aFinding()], skipped: [] })).toBe(false);
    });

    it('do not move from a state in which they are not, also when another connection was faster', async () => {
      await givenRound();
      const other = await connect();
      const move = (from: Store) => from.moveRound('r', 'open', 'reviewing', anAct({ kind: 'reviewing' }));
      expect(await store.moveRound('r', 'reviewing', 'preview', anAct({ kind: 'preview' }))).toBe(false);
      expect(await Promise.all([move(store), move(other)])).toEqual([true, false]);
      expect((await store.getRound('r'))?.state).toBe('reviewing');
      expect((await store.listActs('r')).map(({ kind }) => kind)).toEqual(['opened', 'reviewing']);
    });

    it.each([
      ['open', 'preview'],
      ['reviewing', 'open'],
      ['open', 'open'],
      ['preview', 'published'], // that needs the chain
    ] as const)('reject a move from %s to %s', async (from, to) => {
      await givenRound();
      await expect(store.moveRound('r', from, to, anAct())).rejects.toThrow(`"${from}"`);
      expect(await store.getRound('r')).toEqual(aRound());
    });

    it('are published with their chain, whose last hash is the root', async () => {
      await givenRound();
      await preview();
      expect(await publish()).toBe(true);
      expect(await store.getRound('r')).toEqual(
        aRound({ state: 'published', publishedAt: at(22), rootHash: LINKS.at(-1)!.hash }),
      );
      expect(await store.listLinks('r')).toEqual(LINKS);
      expect((await store.listActs('r')).at(-1)).toEqual(anAct({ kind: 'published', at: at(22) }));
    });

    it('are published once and only from preview', async () => {
      await givenRound();
      expect(await publish()).toBe(false);
      expect(await allOf('r', 'a')).toMatchObject({ round: aRound(), links: [], acts: [anAct()] });
      await preview();
      const other = await connect();
      expect(await Promise.all([publish(), publish('r', other)])).toEqual([true, false]);
      expect(await store.listLinks('r')).toHaveLength(LINKS.length);
    });

    it('are not published without a chain', async () => {
      await givenRound();
      await preview();
      const counts = await store.countRound('r');
      await expect(store.publishRound('r', anAct({ kind: 'published' }), [], counts)).rejects.toThrow('chain');
      expect((await store.getRound('r'))?.state).toBe('preview');
    });

    it.each<[string, () => Promise<void>]>([
      ['an act', () => store.addAct('r', anAct({ kind: 'cooperation', organization: 'one', status: 'withdrawn' }))],
      ['a review', () => store.addReview('r', aReview())],
      ['findings', () => store.saveFindings('a', 'one', [aFinding()])],
      ['a look', () => store.saveSnapshot(aSnapshot())],
      ['a decision', async () => void (await store.decideReaudit('again', ACCEPTED))],
    ])('are not published with a chain that does not know of %s made since', async (_, change) => {
      await givenRound();
      await askAgain();
      await preview();
      const counts = await store.countRound('r');
      await change();
      const before = await allOf('r', 'a');
      expect(await store.publishRound('r', anAct({ kind: 'published' }), LINKS, counts)).toBe(false);
      expect(await allOf('r', 'a')).toEqual(before);
      await store.saveFindings('a', 'one', [aFinding()]);
      expect(await publish()).toBe(true);
    });

    it('keep an act together with the findings that it leads to, or neither', async () => {
      await givenRound();
      const act = anAct({ kind: 'profile', organization: 'one', service: 's1', profile: ['NOFEE'] });
      const judged = { auditId: 'a', organizationId: 'one', findings: [aFinding()], rules: 'newer' };
      await store.addAct('r', act, judged);
      expect(await store.listFindings('a')).toEqual([aFinding()]);
      expect(await store.listRules('a')).toEqual(new Map([['one', 'newer']]));
      const wrong = { ...judged, findings: [aFinding({ verdict: 'fail' }), aFinding({ verdict: 'fail' })] };
      await expect(store.addAct('r', act, wrong)).rejects.toThrow();
      expect(await store.listActs('r')).toEqual([anAct(), act]);
      expect(await store.listFindings('a')).toEqual([aFinding()]);
    });

    it('keep acts and reviews in order, to the letter', async () => {
      await givenRound();
      const acts: Act[] = [
        { kind: 'cooperation', organization: 'one', status: 'withdrawn', at: at(2), by: 'Sara', note: ODD_TEXTS[2]! },
        { kind: 'profile', organization: 'two', service: 's1', profile: ['INFO', 'NOFEE'], at: at(1), by: 'Reza', note: '' }, // prettier-ignore
      ];
      for (const act of acts) await store.addAct('r', act);
      const reviews = [
        ...ODD_TEXTS.map((text) => aReview({ note: text, seen: text, by: text })),
        aReview({
          organization: 'two',
          service: 's1',
          basis: 'attestation',
          attachments: [{ hash: 'f'.repeat(64), size: 7, encoding: 'identity' }],
        }),
        aReview({ verdict: null, at: at(1) }),
      ];
      for (const review of reviews) await store.addReview('r', review);
      expect(await store.listActs('r')).toEqual([anAct(), ...acts]);
      expect(await store.listReviews('r')).toEqual(reviews);
      expect(await store.listReviews('r', 'two')).toEqual([reviews.at(-2)]);
    });
  });

  describe(`${name}: a published round`, () => {
    /** What it stands on: its own audit, and an accepted one on demand of the organization one. */
    beforeEach(async () => {
      await givenRound();
      await askAgain();
      await store.leaseJob('again', 'anna', at(0), at(10));
      for (const id of ['a', 'again']) {
        await store.saveSnapshot(aSnapshot({ auditId: id }));
        await store.saveFindings(id, 'one', [aFinding()]);
      }
      await store.addReview('r', aReview());
      await store.decideReaudit('again', ACCEPTED);
      await askAgain('undecided');
      await published();
    });

    it.each<[string, (from: Store) => Promise<unknown>]>([
      ['a look', (from) => from.saveSnapshot(aSnapshot({ url: 'https://example.ir/new' }))],
      ['a look of an accepted audit on demand', (from) => from.saveSnapshot(aSnapshot({ auditId: 'again', visit: 1 }))],
      ['findings', (from) => from.saveFindings('a', 'one', [])],
      ['findings of an organization without any', (from) => from.saveFindings('a', 'two', [aFinding({ organization: 'two' })])],
      ['findings of an accepted audit on demand', (from) => from.saveFindings('again', 'one', [])],
      ['a result', (from) => from.completeJob('a', 'one', 'anna', { findings: [aFinding({ verdict: 'fail' })], skipped: [aSkip()] })],
      ['a result of an accepted audit on demand', (from) => from.completeJob('again', 'one', 'anna', nothingFound, [aStep()])],
      ['an act', (from) => from.addAct('r', anAct({ kind: 'opened' }))],
      ['a review', (from) => from.addReview('r', aReview({ verdict: null }))],
      ['an audit on demand that is accepted', (from) => from.decideReaudit('undecided', ACCEPTED)],
    ])('rejects %s, from every connection, and stays as it is', async (_, change) => {
      const before = [await allOf('r', 'a'), await allOf('r', 'again')];
      await expect(change(store)).rejects.toThrow(`published at ${at(22)}`);
      await expect(change(await connect())).rejects.toThrow(`published at ${at(22)}`);
      expect([await allOf('r', 'a'), await allOf('r', 'again')]).toEqual(before);
    }); // prettier-ignore

    it('does not move any more', async () => {
      expect(await store.moveRound('r', 'open', 'reviewing', anAct())).toBe(false);
      expect(await publish()).toBe(false);
    });

    it('leaves what it does not stand on as free as before', async () => {
      expect(await store.decideReaudit('undecided', REFUSED)).toBe(true);
      await store.saveSnapshot(aSnapshot({ auditId: 'undecided' }));
      await store.saveFindings('undecided', 'one', [aFinding()]);
      expect(await store.listFindings('undecided')).toEqual([aFinding()]);
      await opened({ id: 'next', period: null });
      await store.addReview('next', aReview());
      expect(await store.listReviews('next')).toEqual([aReview()]);
    });
  });

  describe(`${name}: audits on demand`, () => {
    beforeEach(givenRound);

    it('are kept in the order in which they were asked for', async () => {
      await askAgain('second');
      await askAgain('first');
      await opened({ id: 's', period: null });
      await askAgain('of another round', 's');
      expect(await store.listReaudits('r')).toEqual([aReaudit({ audit: 'second' }), aReaudit({ audit: 'first' })]);
    });

    it('need a round', async () => {
      await store.createAudit(anAudit({ id: 'again' }), aRegistry());
      await expect(store.addReaudit(aReaudit({ round: 'none' }))).rejects.toThrow();
    });

    it('give the organization its result once they are accepted, the last accepted one', async () => {
      for (const audit of ['refused', 'accepted', 'later']) await askAgain(audit);
      expect(await store.decideReaudit('refused', REFUSED)).toBe(true);
      expect(await store.listSources('r')).toEqual(new Map());
      expect(await store.decideReaudit('accepted', ACCEPTED)).toBe(true);
      expect(await store.listSources('r')).toEqual(new Map([['one', 'accepted']]));
      expect(await store.decideReaudit('later', ACCEPTED)).toBe(true);
      expect(await store.listSources('r')).toEqual(new Map([['one', 'later']]));
    });

    it('are accepted together with the findings that are given', async () => {
      await givenRound();
      await askAgain();
      await store.saveFindings('again', 'one', [aFinding()]);
      const findings = [aFinding({ verdict: 'fail' })];
      await store.decideReaudit('again', ACCEPTED, { auditId: 'again', organizationId: 'one', findings, rules: 'newer' }); // prettier-ignore
      expect(await store.listFindings('again')).toEqual(findings);
      expect(await store.listRules('again')).toEqual(new Map([['one', 'newer']]));
    });

    it('are decided once, also from two connections', async () => {
      await askAgain();
      const other = await connect();
      const decided = await Promise.all([
        store.decideReaudit('again', REFUSED),
        other.decideReaudit('again', ACCEPTED),
      ]);
      expect(decided).toEqual([true, false]);
      expect(await store.listReaudits('r')).toEqual([aReaudit({ decision: REFUSED })]);
      expect(await store.listSources('r')).toEqual(new Map());
    });
  });

  describe(`${name}: a revision`, () => {
    const revise = (change: Partial<Round> = {}) => {
      const round = aRound({ id: 'r.2', state: 'reviewing', auditId: 'b', revises: 'r', reason: 'wrong', ...change });
      return store.createRevision(
        round,
        anAudit({ id: round.auditId, trigger: 'round', organizationIds: ['one', 'two'] }),
        anAct({ note: 'wrong' }),
      );
    };
    const ofTwo = { organizationId: 'two', url: 'https://two.example/' };

    /** One has its result from an accepted audit on demand, two from the round itself. */
    beforeEach(async () => {
      await givenRound();
      for (const [id, worker] of [['one', 'anna'], ['two', 'anna']] as const) {
        await lease(worker);
        await store.completeJob('a', id, worker, { findings: [aFinding({ organization: id })], skipped: [aSkip({ foundOn: id })] });
      }
      await store.saveSnapshot(aSnapshot());
      await store.saveSnapshot(aSnapshot({ visit: 1 }));
      await store.saveSnapshot(aSnapshot(ofTwo));
      await askAgain();
      await store.leaseJob('again', 'anna', at(0), at(10));
      await store.completeJob('again', 'one', 'anna', { findings: [aFinding()], skipped: [aSkip({ foundOn: 'again' })] });
      await store.saveSnapshot(aSnapshot({ auditId: 'again', status: 503 }));
      await store.decideReaudit('again', ACCEPTED);
      await store.addAct('r', anAct({ kind: 'cooperation', organization: 'two', status: 'unreachable' }));
      await store.addAct('r', anAct({ kind: 'profile', organization: 'two', service: 's1', profile: ['INFO'] }));
      await store.addReview('r', aReview());
      await store.addReview('r', aReview({ organization: 'two' }));
    }); // prettier-ignore

    it('has the registry and all looks that the round stands on, and nothing found yet', async () => {
      await published();
      expect(await revise()).toBe(true);
      expect(await store.getRegistry('b')).toEqual(aRegistry());
      expect(await store.listSnapshots('b', 'one')).toEqual([aSnapshot({ auditId: 'b', status: 503 })]);
      expect(await store.listSnapshots('b', 'two')).toEqual([aSnapshot({ ...ofTwo, auditId: 'b' })]);
      expect(await store.listSkipped('b', 'one')).toEqual([aSkip({ foundOn: 'again' })]);
      expect(await store.listSkipped('b', 'two')).toEqual([aSkip({ foundOn: 'two' })]);
      expect(await store.listFindings('b')).toEqual([]);
      expect((await store.listJobs('b')).map(({ state }) => state)).toEqual(['done', 'done']);
      expect(await store.listSources('r.2')).toEqual(new Map());
      expect(await store.listReaudits('r.2')).toEqual([]);
    });

    it('has the approvals and reviews of the round, not its other acts', async () => {
      await published();
      await revise();
      expect((await store.listActs('r.2')).map(({ kind }) => kind)).toEqual(['opened', 'cooperation', 'profile']);
      expect(await store.listReviews('r.2')).toEqual(await store.listReviews('r'));
      expect(await store.listLinks('r.2')).toEqual([]);
    });

    it('changes by itself: the round that it revises stays', async () => {
      await published();
      const before = await allOf('r', 'a');
      await revise();
      await store.saveFindings('b', 'one', [aFinding({ verdict: 'fail' })]);
      await store.addReview('r.2', aReview({ verdict: null }));
      await store.addAct('r.2', anAct({ kind: 'cooperation', organization: 'two', status: 'cooperative' }));
      expect(await store.listReviews('r.2')).toHaveLength(3);
      expect(await allOf('r', 'a')).toEqual(before);
    });

    it('stands for the same quarter, beside the round and one more revision', async () => {
      await published();
      expect(await revise()).toBe(true);
      expect(await revise({ id: 'r.3', auditId: 'c' })).toBe(true);
      expect((await store.listRounds()).map(({ id, number }) => [id, number])).toEqual([['r.3', 3], ['r.2', 2], ['r', 1]]); // prettier-ignore
      expect((await store.getRound('r.2'))?.period).toEqual(QUARTER);
    });

    it('is not made of a round that is not published', async () => {
      await preview();
      expect(await revise()).toBe(false);
      expect(await store.getAudit('b')).toBeNull();
      expect((await store.listRounds()).map(({ id }) => id)).toEqual(['r']);
    });

    it('is not made under an id that is taken', async () => {
      await published();
      await opened({ id: 'r.2', period: null, auditId: 'other' });
      const before = await allOf('r.2', 'other');
      expect(await revise()).toBe(false);
      expect(await store.getAudit('b')).toBeNull();
      expect(await allOf('r.2', 'other')).toEqual(before);
    });
  });

  describe(`${name}: judgements by other methods`, () => {
    it('are kept beside the findings of the audit, by method, the last one of each', async () => {
      await given('one');
      expect(await store.getJudgement('a', 'one', 'm')).toBeNull();
      await store.saveJudgement('a', 'one', 'm', [aFinding({ verdict: 'fail' })]);
      await store.saveJudgement('a', 'one', 'other', []);
      await store.saveJudgement('a', 'one', 'm', [aFinding({ message: { fa: ODD_TEXTS[0]!, en: ODD_TEXTS[2]! } })]);
      expect(await store.getJudgement('a', 'one', 'm')).toEqual([aFinding({ message: { fa: ODD_TEXTS[0]!, en: ODD_TEXTS[2]! } })]); // prettier-ignore
      expect(await store.getJudgement('a', 'one', 'other')).toEqual([]);
      expect(await store.listFindings('a')).toEqual([]);
      await store.dropAudit('a');
      expect(await store.getJudgement('a', 'one', 'm')).toBeNull();
    });

    it('need the organization in the audit', async () => {
      await given('one');
      await expect(store.saveJudgement('a', 'two', 'm', [])).rejects.toThrow();
    });
  });

  describe(`${name}: a copy of an audit`, () => {
    it('has its looks and skipped addresses, every job done, and no findings', async () => {
      await given('one', 'two');
      await lease('anna');
      await store.completeJob('a', 'one', 'anna', { findings: [aFinding()], skipped: [aSkip()] });
      const looks = [aSnapshot(), aSnapshot({ visit: 1 })];
      for (const look of looks) await store.saveSnapshot(look);
      await store.copyAudit('a', anAudit({ id: 'b', rulesDigest: 'newer' }));
      expect(await store.getAudit('b')).toEqual(anAudit({ id: 'b', rulesDigest: 'newer' }));
      expect(await store.getRegistry('b')).toEqual(aRegistry());
      expect(await store.listSnapshots('b', 'one')).toEqual(looks.map((look) => ({ ...look, auditId: 'b' })));
      expect(await store.listSkipped('b', 'one')).toEqual([aSkip()]);
      expect(await store.listFindings('b')).toEqual([]);
      expect(await store.listJobs('b')).toMatchObject([{ organizationId: 'one', state: 'done' }]);
      expect(await store.leaseJob('b', 'anna', at(50), at(60))).toBeNull();
    });

    it('changes nothing of the audit', async () => {
      await given('one');
      await store.saveSnapshot(aSnapshot());
      await store.saveFindings('a', 'one', [aFinding()]);
      const before = await allOf('none', 'a');
      await store.copyAudit('a', anAudit({ id: 'b' }));
      await store.saveSnapshot(aSnapshot({ auditId: 'b', url: 'https://example.ir/new' }));
      expect(await allOf('none', 'a')).toEqual(before);
    });

    it('is refused, and nothing written, when there is no such audit or the id is taken', async () => {
      await given('one');
      await expect(store.copyAudit('none', anAudit({ id: 'b' }))).rejects.toThrow('"none"');
      await expect(store.copyAudit('a', anAudit({ id: 'a' }))).rejects.toThrow('"a"');
      expect((await store.listAudits()).map(({ id }) => id)).toEqual(['a']);
      expect(await states()).toEqual({ one: 'waiting' });
    });
  });

  describe(`${name}: an audit that is dropped`, () => {
    it('is gone with all that it found, and its id is free again', async () => {
      await given('one', 'two');
      await store.createAudit(anAudit({ id: 'b' }), aRegistry());
      for (const auditId of ['a', 'b']) {
        await store.leaseJob(auditId, 'anna', at(0), at(10));
        await store.saveSnapshot(aSnapshot({ auditId }));
        await store.completeJob(auditId, 'one', 'anna', { findings: [aFinding()], skipped: [aSkip()] });
      }
      const other = await allOf('none', 'b');
      await store.dropAudit('a');
      const nothing = { audit: null, jobs: [], snapshots: [], skipped: [], findings: [] };
      expect(await allOf('none', 'a')).toMatchObject(nothing);
      expect(await allOf('none', 'b')).toEqual(other);
      await given('three');
      expect(await states()).toEqual({ three: 'waiting' });
    });

    it('is not one on which a round stands, open or published, nor one on demand beside it', async () => {
      await givenRound();
      await askAgain();
      await store.saveSnapshot(aSnapshot());
      await store.saveFindings('a', 'one', [aFinding()]);
      const before = [await allOf('r', 'a'), await allOf('r', 'again')];
      for (const id of ['a', 'again']) await expect(store.dropAudit(id)).rejects.toThrow();
      expect([await allOf('r', 'a'), await allOf('r', 'again')]).toEqual(before);
      await store.decideReaudit('again', REFUSED);
      await published();
      await expect(store.dropAudit('a')).rejects.toThrow('published');
      expect(await store.listFindings('a')).toEqual([aFinding()]);
    });
  });

  describe(`${name}: retired evidence`, () => {
    it('is noted by hash, with the time when it was last removed', async () => {
      await store.retire(['x', 'y'], at(1));
      await store.retire(['y', 'z'], at(2));
      await store.retire(['z'], at(1));
      const times = await Promise.all(['x', 'y', 'z', 'w'].map((hash) => store.retiredAt(hash, at(0))));
      expect(times).toEqual([at(1), at(2), at(2), null]);
    });

    it('is none for what was seen after it was removed', async () => {
      await store.retire(['x'], at(1));
      const times = await Promise.all([at(0), at(1), at(2)].map((since) => store.retiredAt('x', since)));
      expect(times).toEqual([at(1), at(1), null]);
    });
  });
}
