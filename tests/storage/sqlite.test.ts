import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrate, MIGRATIONS, UnusableDatabaseError } from '../../storage/migrations.ts';
import { openSqliteStore } from '../../storage/sqlite.ts';
import { openSqliteDeskStore } from '../../storage/sqlite-desk.ts';
import { testStore } from './contract.ts';
import { testDeskStore } from './desk-contract.ts';
import { aFinding, anAct, anAudit, aRating, aRegistry, aReview, aRound, aSnapshot, at } from './fixtures.ts';
import { startProcess } from './processes.ts';

testStore('SQLite', (place) => openSqliteStore(join(place, 'rasad.sqlite')));
testDeskStore('SQLite', {
  store: (place) => openSqliteStore(join(place, 'rasad.sqlite')),
  desk: (place) => openSqliteDeskStore(join(place, 'rasad.sqlite')),
});

let place: string;
let path: string;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'rasad-sqlite-'));
  path = join(place, 'rasad.sqlite');
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

describe('the file', () => {
  it('is created together with its directory', async () => {
    path = join(place, 'data', 'of', 'rasad.sqlite');
    await openSqliteStore(path).close();
    expect(existsSync(path)).toBe(true);
  });

  it('is one file again once everybody has closed it', async () => {
    const [first, second] = [openSqliteStore(path), openSqliteStore(path)];
    await first.createAudit(anAudit(), aRegistry());
    await second.close();
    await first.close();
    expect(readdirSync(place)).toEqual(['rasad.sqlite']);
  });

  it('is not needed: a store may live in memory', async () => {
    const store = openSqliteStore(':memory:');
    await store.createAudit(anAudit(), aRegistry());
    expect(await store.getAudit('a')).toEqual(anAudit());
    await store.close();
  });

  it('lets others read while one writes: it has a write-ahead log', async () => {
    await openSqliteStore(path).close();
    const db = new Database(path);
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    db.close();
  });

  it('is refused, and named, when its directory cannot be made', () => {
    writeFileSync(path, 'a file where the directory should be');
    const below = join(path, 'data', 'rasad.sqlite');
    expect(() => openSqliteStore(below)).toThrow(UnusableDatabaseError);
    expect(() => openSqliteStore(below)).toThrow(`${below}: expected a file that can be created or written`);
  });

  it.each<[string, () => void, string]>([
    ['a file of another kind', () => writeFileSync(path, 'not a database, '.repeat(100)), 'a file of another kind'],
    ['a directory', () => mkdirSync(path), 'a file that can be created or written'],
    ['a database of another program', () => new Database(path).exec('CREATE TABLE song (id)').close(), '(song)'],
  ])('is refused, and named, when it is %s', (_, make, found) => {
    make();
    expect(() => openSqliteStore(path)).toThrow(UnusableDatabaseError);
    expect(() => openSqliteStore(path)).toThrow(path);
    expect(() => openSqliteStore(path)).toThrow(found);
  });

  it('is refused in Persian too, with its path isolated', () => {
    mkdirSync(path);
    expect(() => openSqliteStore(path)).toThrow(
      expect.objectContaining({
        said: expect.objectContaining({
          fa: expect.stringMatching(/^\u2068.+\u2069: پرونده‌ای لازم است که بتوان آن را ساخت/) as string,
        }) as object,
      }) as Error,
    );
  });
});

describe('migrations', () => {
  const one = { name: 'first', sql: 'CREATE TABLE a (x INTEGER); INSERT INTO a VALUES (1);' };
  const two = { name: 'second', sql: 'CREATE TABLE b (x INTEGER); UPDATE a SET x = x + 1;' };
  const broken = { name: 'broken', sql: 'CREATE TABLE c (x INTEGER); INSERT INTO nowhere VALUES (1);' };
  let db: Database.Database;
  beforeEach(() => {
    db = new Database(path);
  });
  afterEach(() => void db.close());
  const tables = () => db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").pluck().all();

  it('are applied in order, each once', () => {
    migrate(db, path, [one]);
    migrate(db, path, [one, two]);
    migrate(db, path, [one, two]);
    expect(db.prepare('SELECT x FROM a').pluck().all()).toEqual([2]);
    expect(db.prepare('SELECT version, name FROM rasad_migration ORDER BY version').raw().all()).toEqual([
      [1, 'first'],
      [2, 'second'],
    ]);
  });

  it('are applied all together or not at all', () => {
    migrate(db, path, [one]);
    expect(() => migrate(db, path, [one, two, broken])).toThrow('nowhere');
    expect(tables()).toEqual(['a', 'rasad_migration']);
    expect(db.prepare('SELECT x FROM a').pluck().all()).toEqual([1]);
  });

  it('refuse a newer database: what was expected, what was found, where, what to do', () => {
    migrate(db, 'data/rasad.sqlite', [one, two]);
    expect(() => migrate(db, 'data/rasad.sqlite', [one])).toThrow(UnusableDatabaseError);
    expect(() => migrate(db, 'data/rasad.sqlite', [one])).toThrow(
      'data/rasad.sqlite: expected a database of version 1 or older, found version 2 (last step: second). ' +
        'A newer Rasad wrote it; update Rasad, or use another data directory.',
    );
  });

  it('refuse a database that took other steps', () => {
    migrate(
      db,
      path,
      [two, one].map(({ name }) => ({ name, sql: '' })),
    );
    expect(() => migrate(db, path, [one, two])).toThrow(
      'expected step 1 of the database to be "first", found "second"',
    );
  });

  it('keep the looks of a database from before there were visits', async () => {
    migrate(db, path, MIGRATIONS.slice(0, 1));
    db.exec(`
      INSERT INTO registry VALUES ('r', '{}');
      INSERT INTO audit VALUES ('a', 1, 'command', 'r5', '', '', '', '["one"]', 'r', '${at(0)}', NULL);
      INSERT INTO job VALUES ('a', 'one', 0, 'done', 1, NULL, NULL, '${at(0)}', NULL);
    `);
    const {
      auditId,
      organizationId,
      visit: _,
      layout: __,
      inspection: ___,
      ordinal,
      url,
      role,
      ...content
    } = aSnapshot({ ordinal: 3 });
    db.prepare(
      'INSERT INTO snapshot (audit_id, organization_id, ordinal, url, role, content) VALUES (?, ?, ?, ?, ?, ?)',
    ).run(auditId, organizationId, ordinal, url, role, JSON.stringify(content));
    const store = openSqliteStore(path);
    expect(await store.listSnapshots('a', 'one')).toEqual([aSnapshot({ ordinal: 3 })]);
    await store.close();
  });

  it('keep the audits and jobs of a database from before there were rounds', async () => {
    const before = MIGRATIONS.findIndex(({ name }) => name === 'rounds');
    expect(before).toBeGreaterThan(0);
    migrate(db, path, MIGRATIONS.slice(0, before));
    db.exec(`
      INSERT INTO registry VALUES ('r', '${JSON.stringify(aRegistry())}');
      INSERT INTO audit VALUES ('a', 1, 'command', 'r5', 'g', 'u', 'c', '["one","two"]', 'r', '${at(0)}', NULL);
      INSERT INTO job VALUES ('a', 'one', 0, 'done', 1, NULL, NULL, '${at(0)}', NULL);
      INSERT INTO job VALUES ('a', 'two', 1, 'active', 2, 'anna', '${at(9)}', '${at(1)}', 'a fault');
      INSERT INTO domain VALUES ('example.ir', 'anna', '${at(9)}', '${at(3)}');
    `);
    const store = openSqliteStore(path);
    const digests = { registryDigest: 'g', rulesDigest: 'u', configDigest: 'c' };
    expect(await store.listAudits()).toEqual([anAudit({ ...digests, organizationIds: ['one', 'two'] })]);
    expect(await store.getRegistry('a')).toEqual(aRegistry());
    const job = { auditId: 'a', worker: null, leaseUntil: null, error: null, steps: [] };
    expect(await store.listJobs('a')).toEqual([
      { ...job, organizationId: 'one', state: 'done', attempts: 1, runAfter: at(0) },
      { ...job, organizationId: 'two', state: 'active', attempts: 2, runAfter: at(1), worker: 'anna', leaseUntil: at(9), error: 'a fault' }, // prettier-ignore
    ]);
    expect(await store.listRounds()).toEqual([]);

    // and they go on: the job, its domain, its result
    await store.releaseWorker('anna', at(2));
    expect(await store.leaseDomain('example.ir', 'babak', at(2), at(8))).toEqual({ notBefore: at(3) });
    expect(await store.leaseJob('a', 'babak', at(2), at(8))).toMatchObject({ organizationId: 'two', attempts: 2 });
    await store.saveSnapshot(aSnapshot({ organizationId: 'two' }));
    expect(await store.completeJob('a', 'two', 'babak', { findings: [], skipped: [] })).toBe(true);
    await store.close();
  });

  it('keep what was found before it was noted by which rules', async () => {
    const before = MIGRATIONS.findIndex(({ name }) => name === 'judging');
    expect(before).toBeGreaterThan(0);
    migrate(db, path, MIGRATIONS.slice(0, before));
    db.exec(`
      INSERT INTO registry VALUES ('r', '${JSON.stringify(aRegistry())}');
      INSERT INTO audit (id, number, trigger, edition, registry_digest, rules_digest, config_digest, organization_ids, registry_hash, started_at)
        VALUES ('a', 1, 'command', 'r5', 'g', 'u', 'c', '["one"]', 'r', '${at(0)}');
      INSERT INTO job (audit_id, organization_id, position, state, attempts, run_after) VALUES ('a', 'one', 0, 'done', 1, '${at(0)}');
      INSERT INTO finding VALUES ('a', 'one', 0, NULL, 'presence/site-search', 1, 'pass', 'form', '{}', 1, 0.9, 'prior', '[]', '[]', 0);
    `);
    const store = openSqliteStore(path);
    expect(await store.listFindings('a')).toEqual([aFinding({ message: {} as never })]);
    expect(await store.listRules('a')).toEqual(new Map([['one', null]]));
    await store.saveFindings('a', 'one', [aFinding()], 'newer');
    expect(await store.listRules('a')).toEqual(new Map([['one', 'newer']]));
    await store.close();
  });

  it('leave a newer database as it is when the store refuses it', () => {
    migrate(db, path, [...MIGRATIONS, { name: 'of the future', sql: 'CREATE TABLE future (x INTEGER)' }]);
    const before = tables();
    expect(() => openSqliteStore(path)).toThrow('(last step: of the future)');
    expect(tables()).toEqual(before);
  });
});

describe('several processes on one file', { timeout: 20_000 }, () => {
  it('never lease one job to two of them', async () => {
    const organizationIds = Array.from({ length: 200 }, (_, number) => `o${number}`);
    const store = openSqliteStore(path);
    await store.createAudit(anAudit({ organizationIds }), aRegistry());

    const workers = await Promise.all(['anna', 'babak'].map((name) => startProcess('lease-jobs', path, name)));
    for (const worker of workers) worker.go();
    const taken = await Promise.all(workers.map((worker) => worker.finished()));

    expect(taken.flat().sort()).toEqual([...organizationIds].sort());
    expect(await store.progress('a')).toMatchObject({ done: 200 });
    await store.close();
  });

  it('never hold one domain at the same time', async () => {
    await openSqliteStore(path).close();
    const workers = await Promise.all(['anna', 'babak'].map((name) => startProcess('hold-domain', path, name)));
    for (const worker of workers) worker.go();
    const held = (await Promise.all(workers.map((worker) => worker.finished()))).flat();
    expect(held).toHaveLength(40);
    expect(held.filter((turn) => turn !== 'alone')).toEqual([]);
  });

  it('open a file that does not exist yet, all at once', async () => {
    const workers = await Promise.all(['anna', 'babak'].map((name) => startProcess('open', path, name)));
    for (const worker of workers) worker.go();
    expect((await Promise.all(workers.map((worker) => worker.finished()))).flat()).toEqual(['opened', 'opened']);
  });
});

describe('a process that is killed in the middle of its writes', { timeout: 20_000 }, () => {
  it.each([20, 150, 400])('leaves everything that it was told is kept (after %i writes)', async (writes) => {
    const store = openSqliteStore(path);
    await store.createAudit(anAudit(), aRegistry());
    const worker = await startProcess('save-snapshots', path, 'anna');
    worker.go();
    await worker.reported(writes);
    const acknowledged = await worker.kill();

    const kept = await store.listSnapshots('a', 'one');
    expect(kept.slice(0, acknowledged.length).map(({ url }) => url)).toEqual(acknowledged);
    expect(kept.map(({ ordinal }) => ordinal)).toEqual(kept.map((_, index) => index));
    expect(integrityOf(path)).toBe('ok');
    await store.saveSnapshot(aSnapshot({ ordinal: kept.length, url: 'https://example.ir/next' }));
    expect(await store.listSnapshots('a', 'one')).toHaveLength(kept.length + 1);
    await store.close();
  });

  it('leaves a job that completes entirely or not at all, and that others get when its lease ends', async () => {
    const store = openSqliteStore(path);
    const organizationIds = Array.from({ length: 2000 }, (_, number) => `o${number}`);
    await store.createAudit(anAudit({ organizationIds }), aRegistry());
    const worker = await startProcess('complete-jobs', path, 'anna');
    worker.go();
    await worker.reported(5);
    await worker.kill();

    const jobs = await store.listJobs('a');
    for (const { organizationId, state } of jobs.filter(({ state }) => state !== 'waiting')) {
      const findings = await store.listFindings('a', organizationId);
      expect(findings).toHaveLength(state === 'done' ? 50 : 0);
    }
    expect(integrityOf(path)).toBe('ok');
    const orphan = jobs.find(({ state }) => state === 'active');
    if (orphan !== undefined) {
      expect(await store.leaseJob('a', 'babak', at(10), at(20))).toMatchObject({
        organizationId: orphan.organizationId,
        attempts: 2,
      });
    }
    await store.close();
  });
});

describe('a decision of 30 findings in a round with 100,000 ratings', () => {
  it('is kept in less than 5 ms', { timeout: 20_000 }, async () => {
    const store = openSqliteStore(path);
    const organizationIds = Array.from({ length: 100 }, (_, number) => `o${number}`);
    const audit = anAudit({ trigger: 'round', organizationIds });
    await store.createRound(aRound(), audit, aRegistry(), new Map(), anAct());
    const desk = openSqliteDeskStore(path);
    const many = (decision: string, count: number) =>
      Array.from({ length: count }, (_, number) =>
        aRating({ decision, organization: `o${number % 100}`, service: `s${number}`, seen: 'x'.repeat(500) }),
      );
    const reviews = (count: number) => many('', count).map(({ organization, service }) => aReview({ organization, service })); // prettier-ignore
    await desk.decide('r', {
      ratings: many('all', 100_000),
      reviews: reviews(50_000),
      read: { ratings: -1, reviews: -1 },
    });

    const took: number[] = [];
    for (let number = 0; number < 21; number++) {
      const read = { ratings: 100_000 + 30 * number - 1, reviews: 50_000 + 30 * number - 1 };
      const ratings = many(`decision ${number}`, 30);
      const from = performance.now();
      expect(await desk.decide('r', { ratings, reviews: reviews(30), read })).toBe('kept');
      took.push(performance.now() - from);
    }
    // the quickest quarter, because the machine may do something else meanwhile
    expect(took.sort((a, b) => a - b)[5]).toBeLessThan(5);
    await Promise.all([desk.close(), store.close()]);
  });

  it('finds every row that it needs by an index', async () => {
    await openSqliteDeskStore(path).close();
    const db = new Database(path);
    const plan = (sql: string) => db.prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all().map(({ detail }) => detail).join('\n'); // prettier-ignore
    const finding = "SELECT verdict FROM finding WHERE audit_id = 'a' AND organization_id = 'one' AND rule = 'r'";
    expect(plan(`${finding} AND service_id IS NULL`)).toContain('finding_portal');
    expect(plan(`${finding} AND service_id = 's'`)).toContain('finding_service');
    const since = "WHERE round_id = 'r' AND organization_id = 'one' AND position > 5 AND rule = 'r'";
    expect(plan(`SELECT 1 FROM rating ${since}`)).toContain('rating_of_finding');
    expect(plan(`SELECT 1 FROM review ${since}`)).toContain('review_of_organization');
    db.close();
  });
});

function integrityOf(file: string): unknown {
  const db = new Database(file, { readonly: true });
  try {
    return db.pragma('integrity_check', { simple: true });
  } finally {
    db.close();
  }
}
