/** The embedded store: one SQLite file, which several processes may have open at once. */
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import type { Audit, Finding, Registry, Role, SkippedUrl, Snapshot } from '../src/core/model.ts';
import { migrate, UnusableDatabaseError } from './migrations.ts';
import type { AuditProgress, Job, JobResult, Store } from './store.ts';

/**
 * Opens the file, creating it and its directory where they are missing, and brings its tables up to date. `:memory:`
 * gives a store that ends with its process. Throws an UnusableDatabaseError when the file is not a database of Rasad,
 * or is one of a newer Rasad.
 */
export function openSqliteStore(path: string): Store {
  let db: Database.Database | undefined;
  try {
    if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
    db = new Database(path, { timeout: BUSY_TIMEOUT });
    configure(db);
    migrate(db, path);
    return new SqliteStore(db);
  } catch (error) {
    db?.close();
    throw explained(error, path);
  }
}

/** A fault of the path that the user gave, as what to do about it; any other error as it is. */
function explained(error: unknown, path: string): unknown {
  if (hasCode(error, /^SQLITE_NOTADB/)) {
    return new UnusableDatabaseError(
      `${path}: expected a database of Rasad, found a file of another kind. Move it away or name another file.`,
      { cause: error },
    );
  }
  if (hasCode(error, /^(SQLITE_CANTOPEN|SQLITE_READONLY|EACCES|EEXIST|ENOTDIR|EROFS)/)) {
    return new UnusableDatabaseError(
      `${path}: expected a file that can be created or written, found that it cannot (${error.message}). ` +
        'Name a file in a directory that you may write to.',
      { cause: error },
    );
  }
  return error;
}

const hasCode = (error: unknown, code: RegExp): error is Error =>
  error instanceof Error && 'code' in error && code.test(String(error.code));

/** Milliseconds to wait for another process's write. A write takes a few; a checkpoint on a busy disk takes longest. */
const BUSY_TIMEOUT = 10_000;

function configure(db: Database.Database): void {
  // Turning a new file to WAL needs it for oneself, and SQLite does not wait for that: whoever comes second asks again.
  const deadline = Date.now() + BUSY_TIMEOUT;
  for (;;) {
    try {
      db.pragma('journal_mode = WAL');
      break;
    } catch (error) {
      if (!hasCode(error, /^SQLITE_BUSY/) || Date.now() > deadline) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
  // With WAL this survives the death of the process; a power cut may take the last writes and never damages the file.
  db.pragma('synchronous = NORMAL');
  db.pragma('foreign_keys = ON');
}

/** One spelling for every time that SQL compares, so that the order of the texts is the order of the times. */
const instant = (time: string): string => new Date(time).toISOString();

const AUDIT_COLUMNS = `id, trigger, edition, registry_digest AS "registryDigest", rules_digest AS "rulesDigest",
  config_digest AS "configDigest", organization_ids AS "organizationIds", started_at AS "startedAt", finished_at AS "finishedAt"`;
const JOB_COLUMNS = `audit_id AS "auditId", organization_id AS "organizationId", state, attempts, worker,
  lease_until AS "leaseUntil", run_after AS "runAfter", error`;

type AuditRow = Omit<Audit, 'organizationIds'> & { readonly organizationIds: string };
type FindingRow = Omit<Finding, 'message' | 'evidence' | 'searched'> &
  Record<'message' | 'evidence' | 'searched', string>;
type Value = string | number | null;

/**
 * Each method is one statement, or several in one transaction that takes the write lock at its start, so nothing that
 * it read can change before it writes. Holding is a matter of one row: a job or a domain has one `worker` column, and
 * the statement that fills it in checks in the same breath that it may.
 */
class SqliteStore implements Store {
  readonly #db: Database.Database;
  readonly #statements = new Map<string, Database.Statement>();

  constructor(db: Database.Database) {
    this.#db = db;
  }

  async createAudit(audit: Audit, registry: Registry): Promise<void> {
    const content = JSON.stringify(registry);
    const hash = createHash('sha256').update(content).digest('hex');
    this.#atomically(() => {
      if (this.#sql('SELECT 1 FROM audit WHERE id = ?').get(audit.id) !== undefined) {
        throw new Error(`expected an id that is free for a new audit, found "${audit.id}" taken`);
      }
      this.#sql('INSERT INTO registry (hash, content) VALUES (?, ?) ON CONFLICT (hash) DO NOTHING').run(hash, content);
      this.#sql(
        `INSERT INTO audit (id, number, trigger, edition, registry_digest, rules_digest, config_digest, organization_ids,
           registry_hash, started_at, finished_at)
         VALUES (?, (SELECT COALESCE(MAX(number), 0) + 1 FROM audit), ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ).run(
        audit.id,
        audit.trigger,
        audit.edition,
        audit.registryDigest,
        audit.rulesDigest,
        audit.configDigest,
        JSON.stringify(audit.organizationIds),
        hash,
        audit.startedAt,
        audit.finishedAt,
      );
      const insertJob = this.#sql(
        `INSERT INTO job (audit_id, organization_id, position, state, attempts, run_after) VALUES (?, ?, ?, 'waiting', 0, ?)`,
      );
      const runAfter = instant(audit.startedAt);
      audit.organizationIds.forEach((id, position) => insertJob.run(audit.id, id, position, runAfter));
    });
  }

  async listAudits(): Promise<readonly Audit[]> {
    return this.#sql<AuditRow>(`SELECT ${AUDIT_COLUMNS} FROM audit ORDER BY started_at DESC, number DESC`)
      .all()
      .map(auditOf);
  }

  async getAudit(id: string): Promise<Audit | null> {
    const row = this.#sql<AuditRow>(`SELECT ${AUDIT_COLUMNS} FROM audit WHERE id = ?`).get(id);
    return row === undefined ? null : auditOf(row);
  }

  async getRegistry(auditId: string): Promise<Registry | null> {
    const row = this.#sql<{ content: string }>(
      'SELECT content FROM registry JOIN audit ON registry_hash = hash WHERE id = ?',
    ).get(auditId);
    return row === undefined ? null : JSON.parse(row.content);
  }

  async findUnfinished(like: Parameters<Store['findUnfinished']>[0]): Promise<Audit | null> {
    const candidates = this.#sql<AuditRow>(
      `SELECT ${AUDIT_COLUMNS} FROM audit
       WHERE finished_at IS NULL AND edition = ? AND registry_digest = ? AND rules_digest = ? AND config_digest = ?
       ORDER BY started_at DESC, number DESC`,
    ).all(like.edition, like.registryDigest, like.rulesDigest, like.configDigest);
    const asSet = (ids: readonly string[]) => JSON.stringify([...ids].sort());
    const wanted = asSet(like.organizationIds);
    return candidates.map(auditOf).find((audit) => asSet(audit.organizationIds) === wanted) ?? null;
  }

  async finishAudit(id: string, at: string): Promise<void> {
    this.#sql('UPDATE audit SET finished_at = ? WHERE id = ? AND finished_at IS NULL').run(at, id);
  }

  async leaseJob(auditId: string, worker: string, now: string, leaseUntil: string): Promise<Job | null> {
    // A job that went back waits behind those that have waited longer.
    const job = this.#sql<Job>(
      `UPDATE job SET state = 'active', worker = ?, lease_until = ?, attempts = attempts + 1
       WHERE audit_id = ? AND organization_id = (
         SELECT organization_id FROM job
         WHERE audit_id = ? AND state IN ('waiting', 'active') AND run_after <= ? AND (lease_until IS NULL OR lease_until <= ?)
         ORDER BY run_after, position LIMIT 1)
       RETURNING ${JOB_COLUMNS}`,
    ).get(worker, instant(leaseUntil), auditId, auditId, instant(now), instant(now));
    return job ?? null;
  }

  async renewLease(auditId: string, organizationId: string, worker: string, leaseUntil: string): Promise<boolean> {
    const renewed = this.#sql(
      'UPDATE job SET lease_until = ? WHERE audit_id = ? AND organization_id = ? AND worker = ?',
    ).run(instant(leaseUntil), auditId, organizationId, worker);
    return renewed.changes === 1;
  }

  async completeJob(auditId: string, organizationId: string, worker: string, result: JobResult): Promise<boolean> {
    const findings = findingValues(auditId, organizationId, result.findings);
    const skipped = JSON.stringify(result.skipped);
    return this.#atomically(() => {
      const done = this.#sql(
        `UPDATE job SET state = 'done', worker = NULL, lease_until = NULL, error = NULL
         WHERE audit_id = ? AND organization_id = ? AND worker = ?`,
      ).run(auditId, organizationId, worker);
      if (done.changes === 0) return false;
      this.#replaceFindings(auditId, organizationId, findings);
      this.#sql(
        `INSERT INTO skipped (audit_id, organization_id, content) VALUES (?, ?, ?)
         ON CONFLICT (audit_id, organization_id) DO UPDATE SET content = excluded.content`,
      ).run(auditId, organizationId, skipped);
      return true;
    });
  }

  async failJob(
    auditId: string,
    organizationId: string,
    worker: string,
    error: string,
    runAfter: string | null,
  ): Promise<void> {
    this.#sql(
      `UPDATE job SET state = ?, worker = NULL, lease_until = NULL, error = ?, run_after = COALESCE(?, run_after)
       WHERE audit_id = ? AND organization_id = ? AND worker = ?`,
    ).run(
      runAfter === null ? 'failed' : 'waiting',
      error,
      runAfter === null ? null : instant(runAfter),
      auditId,
      organizationId,
      worker,
    );
  }

  async releaseWorker(worker: string): Promise<number> {
    return this.#atomically(() => {
      this.#sql('UPDATE domain SET worker = NULL, lease_until = NULL WHERE worker = ?').run(worker);
      return this.#sql(
        `UPDATE job SET state = 'waiting', worker = NULL, lease_until = NULL, attempts = attempts - 1 WHERE worker = ?`,
      ).run(worker).changes;
    });
  }

  async listJobs(auditId: string): Promise<readonly Job[]> {
    return this.#sql<Job>(`SELECT ${JOB_COLUMNS} FROM job WHERE audit_id = ? ORDER BY position`).all(auditId);
  }

  async progress(auditId: string): Promise<AuditProgress> {
    const row = this.#sql<AuditProgress>(
      `SELECT COUNT(*) FILTER (WHERE state = 'waiting') AS waiting, COUNT(*) FILTER (WHERE state = 'active') AS active,
         COUNT(*) FILTER (WHERE state = 'done') AS done, COUNT(*) FILTER (WHERE state = 'failed') AS failed,
         (SELECT COUNT(*) FROM snapshot WHERE audit_id = ?) AS snapshots
       FROM job WHERE audit_id = ?`,
    ).get(auditId, auditId);
    if (row === undefined) throw new Error('expected one row of counts, found none');
    return row;
  }

  async leaseDomain(
    domain: string,
    worker: string,
    now: string,
    until: string,
  ): Promise<{ readonly notBefore: string | null } | null> {
    // A holder that is neither this worker nor past its time makes the update, and so the answer, empty.
    const held = this.#sql<{ notBefore: string | null }>(
      `INSERT INTO domain (name, worker, lease_until) VALUES (?, ?, ?)
       ON CONFLICT (name) DO UPDATE SET worker = excluded.worker, lease_until = excluded.lease_until
         WHERE domain.worker IS NULL OR domain.worker = excluded.worker OR domain.lease_until <= ?
       RETURNING not_before AS "notBefore"`,
    ).get(domain, worker, instant(until), instant(now));
    return held ?? null;
  }

  async releaseDomain(domain: string, worker: string, notBefore: string): Promise<void> {
    this.#sql('UPDATE domain SET worker = NULL, lease_until = NULL, not_before = ? WHERE name = ? AND worker = ?').run(
      instant(notBefore),
      domain,
      worker,
    );
  }

  async saveSnapshot(snapshot: Snapshot): Promise<void> {
    const { auditId, organizationId, visit, ordinal, url, role, ...content } = snapshot;
    this.#sql(
      `INSERT INTO snapshot (audit_id, organization_id, visit, ordinal, url, role, content) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (audit_id, organization_id, visit, url, role) DO NOTHING`,
    ).run(auditId, organizationId, visit, ordinal, url, role, JSON.stringify(content));
  }

  async listSnapshots(auditId: string, organizationId: string): Promise<readonly Snapshot[]> {
    return (
      this.#sql<{ visit: number; ordinal: number; url: string; role: Role; content: string }>(
        `SELECT visit, ordinal, url, role, content FROM snapshot WHERE audit_id = ? AND organization_id = ?
       ORDER BY visit, ordinal, url, role`,
      )
        .all(auditId, organizationId)
        // looks of before pages were measured do not mention it
        .map(({ content, ...key }) => ({ auditId, organizationId, ...key, inspection: null, ...JSON.parse(content) }))
    );
  }

  async saveFindings(auditId: string, organizationId: string, findings: readonly Finding[]): Promise<void> {
    const values = findingValues(auditId, organizationId, findings);
    this.#atomically(() => this.#replaceFindings(auditId, organizationId, values));
  }

  async listFindings(auditId: string, organizationId?: string): Promise<readonly Finding[]> {
    const columns = `finding.organization_id AS organization, service_id AS service, rule, version, verdict, outcome,
      message, level, confidence, confidence_basis AS "confidenceBasis", confidence_cases AS "confidenceCases", evidence, searched`;
    const rows =
      organizationId === undefined
        ? this.#sql<FindingRow>(
            `SELECT ${columns} FROM job
             JOIN finding ON finding.audit_id = job.audit_id AND finding.organization_id = job.organization_id
             WHERE job.audit_id = ? ORDER BY job.position, finding.position`,
          ).all(auditId)
        : this.#sql<FindingRow>(
            `SELECT ${columns} FROM finding WHERE audit_id = ? AND organization_id = ? ORDER BY position`,
          ).all(auditId, organizationId);
    return rows.map((row) => ({
      ...row,
      message: JSON.parse(row.message),
      evidence: JSON.parse(row.evidence),
      searched: JSON.parse(row.searched),
    }));
  }

  async listSkipped(auditId: string, organizationId: string): Promise<readonly SkippedUrl[]> {
    const row = this.#sql<{ content: string }>(
      'SELECT content FROM skipped WHERE audit_id = ? AND organization_id = ?',
    ).get(auditId, organizationId);
    return row === undefined ? [] : JSON.parse(row.content);
  }

  async close(): Promise<void> {
    this.#db.close();
  }

  #replaceFindings(auditId: string, organizationId: string, findings: readonly (readonly Value[])[]): void {
    this.#sql('DELETE FROM finding WHERE audit_id = ? AND organization_id = ?').run(auditId, organizationId);
    const insert = this.#sql(
      `INSERT INTO finding (audit_id, organization_id, position, service_id, rule, version, verdict, outcome, message,
         level, confidence, confidence_basis, confidence_cases, evidence, searched)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    for (const values of findings) insert.run(...values);
  }

  #atomically<T>(work: () => T): T {
    return this.#db.transaction(work).immediate();
  }

  /** The statement, compiled once. The row's type is what its columns spell out; nothing can check that. */
  #sql<Row = unknown>(text: string): Database.Statement<Value[], Row> {
    let statement = this.#statements.get(text);
    if (statement === undefined) {
      statement = this.#db.prepare(text);
      this.#statements.set(text, statement);
    }
    return statement as Database.Statement<Value[], Row>;
  }
}

const auditOf = (row: AuditRow): Audit => ({ ...row, organizationIds: JSON.parse(row.organizationIds) });

/** The columns of `finding` in order, made before the write lock is taken, because writing JSON is the slow part. */
function findingValues(auditId: string, organizationId: string, findings: readonly Finding[]): (readonly Value[])[] {
  return findings.map((finding, position) => {
    if (finding.organization !== organizationId) {
      throw new Error(`expected findings of ${organizationId}, found one of ${finding.organization} (${finding.rule})`);
    }
    return [
      auditId,
      organizationId,
      position,
      finding.service,
      finding.rule,
      finding.version,
      finding.verdict,
      finding.outcome,
      JSON.stringify(finding.message),
      finding.level,
      finding.confidence,
      finding.confidenceBasis,
      finding.confidenceCases,
      JSON.stringify(finding.evidence),
      JSON.stringify(finding.searched),
    ];
  });
}
