/** The embedded store: one SQLite file, which several processes may have open at once. */
import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { persian, UserError } from '../src/core/errors.ts';
import type { Audit, Finding, Registry, Role, SkippedUrl, Snapshot, Step } from '../src/core/model.ts';
import type { Act, Link, Reaudit, Review, Round, RoundState } from '../src/core/round.ts';
import { ROUND_STATES } from '../src/core/round.ts';
import { instant, openConnection, type Connection, type Value } from './sqlite-connection.ts';
import type { AuditProgress, Job, Judged, JobResult, RoundCounts, Store } from './store.ts';

/**
 * Opens the file, creating it and its directory where they are missing, and brings its tables up to date. `:memory:`
 * gives a store that ends with its process. Throws an UnusableDatabaseError when the file is not a database of Rasad,
 * or is one of a newer Rasad.
 */
export function openSqliteStore(path: string): Store {
  return new SqliteStore(openConnection(path));
}

const AUDIT_COLUMNS = `id, trigger, edition, registry_digest AS "registryDigest", rules_digest AS "rulesDigest",
  config_digest AS "configDigest", organization_ids AS "organizationIds", started_at AS "startedAt", finished_at AS "finishedAt"`;
const JOB_COLUMNS = `audit_id AS "auditId", organization_id AS "organizationId", state, attempts, worker,
  lease_until AS "leaseUntil", run_after AS "runAfter", error, steps`;
const ROUND_COLUMNS = `id, number, state, audit_id AS "auditId", revises, published_at AS "publishedAt",
  root_hash AS "rootHash", content`;

export const FINDING_COLUMNS = `finding.organization_id AS organization, service_id AS service, rule, version, verdict, outcome,
  message, level, confidence, confidence_basis AS "confidenceBasis", confidence_cases AS "confidenceCases", evidence, searched`;

type AuditRow = Omit<Audit, 'organizationIds'> & { readonly organizationIds: string };
type JobRow = Omit<Job, 'steps'> & { readonly steps: string };
/** What of a round changes, and what does not, as JSON. */
type RoundRow = Pick<Round, 'id' | 'number' | 'state' | 'auditId' | 'revises' | 'publishedAt' | 'rootHash'> & {
  readonly content: string;
};
type ReauditRow = Pick<Reaudit, 'audit' | 'round' | 'organization'> &
  Record<'content', string> & { readonly decision: string | null };
export type FindingRow = Omit<Finding, 'message' | 'evidence' | 'searched'> &
  Record<'message' | 'evidence' | 'searched', string>;

/**
 * Each method is one statement, or several in one transaction. Holding is a matter of one row: a job or a domain has one `worker` column, and
 * whatever fills it in checks in the same breath that it may.
 */
class SqliteStore implements Store {
  readonly #connection: Connection;
  readonly #sql: Connection['sql'];
  readonly #atomically: Connection['atomically'];

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#sql = connection.sql;
    this.#atomically = connection.atomically;
  }

  async createAudit(audit: Audit, registry: Registry, steps?: ReadonlyMap<string, readonly Step[]>): Promise<void> {
    this.#atomically(() => this.#insertAudit(audit, registry, steps));
  }

  #insertAudit(audit: Audit, registry: Registry, steps: ReadonlyMap<string, readonly Step[]> | undefined): void {
    const content = JSON.stringify(registry);
    const hash = createHash('sha256').update(content).digest('hex');
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
      `INSERT INTO job (audit_id, organization_id, position, state, attempts, run_after, steps) VALUES (?, ?, ?, 'waiting', 0, ?, ?)`,
    );
    audit.organizationIds.forEach((id, position) => {
      const own = steps?.get(id) ?? [];
      insertJob.run(audit.id, id, position, instant(own[0]?.at ?? audit.startedAt), JSON.stringify(own));
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
    const job = this.#sql<JobRow>(
      `UPDATE job SET state = 'active', worker = ?, lease_until = ?, attempts = attempts + 1
       WHERE audit_id = ? AND organization_id = (
         SELECT organization_id FROM job
         WHERE audit_id = ? AND state IN ('waiting', 'active') AND run_after <= ? AND (lease_until IS NULL OR lease_until <= ?)
         ORDER BY run_after, position LIMIT 1)
       RETURNING ${JOB_COLUMNS}`,
    ).get(worker, instant(leaseUntil), auditId, auditId, instant(now), instant(now));
    return job === undefined ? null : jobOf(job);
  }

  async renewLease(auditId: string, organizationId: string, worker: string, leaseUntil: string): Promise<boolean> {
    const renewed = this.#sql(
      'UPDATE job SET lease_until = ? WHERE audit_id = ? AND organization_id = ? AND worker = ?',
    ).run(instant(leaseUntil), auditId, organizationId, worker);
    return renewed.changes === 1;
  }

  async completeJob(
    auditId: string,
    organizationId: string,
    worker: string,
    result: JobResult | null,
    left: readonly Step[] = [],
  ): Promise<boolean> {
    const findings = result && findingValues(auditId, organizationId, result.findings);
    const skipped = result && JSON.stringify(result.skipped);
    const next = left[0] ? instant(left[0].at) : null;
    return this.#atomically(() => {
      this.#refuseFrozen(auditId);
      const done = this.#sql(
        `UPDATE job SET state = ?, worker = NULL, lease_until = NULL, error = NULL, steps = ?,
           attempts = CASE WHEN ? IS NULL THEN attempts ELSE 0 END, run_after = COALESCE(?, run_after)
         WHERE audit_id = ? AND organization_id = ? AND worker = ?`,
      ).run(next === null ? 'done' : 'waiting', JSON.stringify(left), next, next, auditId, organizationId, worker);
      if (done.changes === 0) return false;
      if (findings) this.#replaceFindings(auditId, organizationId, findings, result.rules);
      if (skipped !== null)
        this.#sql(
          `INSERT INTO skipped (audit_id, organization_id, content) VALUES (?, ?, ?)
           ON CONFLICT (audit_id, organization_id) DO UPDATE SET content = excluded.content`,
        ).run(auditId, organizationId, skipped);
      return true;
    });
  }

  async postponeJob(auditId: string, organizationId: string, worker: string, runAfter: string): Promise<void> {
    this.#sql(
      `UPDATE job SET state = 'waiting', worker = NULL, lease_until = NULL, attempts = attempts - 1, run_after = ?
       WHERE audit_id = ? AND organization_id = ? AND worker = ?`,
    ).run(instant(runAfter), auditId, organizationId, worker);
  }

  async failJob(
    auditId: string,
    organizationId: string,
    worker: string,
    error: string,
    runAfter: string | null,
    left?: readonly Step[],
  ): Promise<void> {
    const steps = left ? JSON.stringify(left) : null;
    this.#sql(
      `UPDATE job SET state = ?, worker = NULL, lease_until = NULL, error = ?, run_after = COALESCE(?, run_after),
         steps = COALESCE(?, steps), attempts = CASE WHEN ? IS NULL THEN attempts ELSE 0 END
       WHERE audit_id = ? AND organization_id = ? AND worker = ?`,
    ).run(
      runAfter === null ? 'failed' : 'waiting',
      error,
      runAfter === null ? null : instant(runAfter),
      steps,
      steps,
      auditId,
      organizationId,
      worker,
    );
  }

  async releaseWorker(worker: string, now: string): Promise<number> {
    return this.#atomically(() => {
      const held = this.#sql<{ name: string; pause: number; notBefore: string | null }>(
        'SELECT name, pause, not_before AS "notBefore" FROM domain WHERE worker = ?',
      ).all(worker);
      const release = this.#sql('UPDATE domain SET worker = NULL, lease_until = NULL, not_before = ? WHERE name = ?');
      for (const { name, pause, notBefore } of held) release.run(afterPause(now, pause, notBefore), name);
      return this.#sql(
        `UPDATE job SET state = 'waiting', worker = NULL, lease_until = NULL, attempts = attempts - 1 WHERE worker = ?`,
      ).run(worker).changes;
    });
  }

  async listJobs(auditId: string): Promise<readonly Job[]> {
    return this.#sql<JobRow>(`SELECT ${JOB_COLUMNS} FROM job WHERE audit_id = ? ORDER BY position`)
      .all(auditId)
      .map(jobOf);
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
    pause = 0,
  ): Promise<{ readonly notBefore: string | null } | null> {
    return this.#atomically(() => {
      const held = this.#sql<{ worker: string | null; leaseUntil: string; pause: number; notBefore: string | null }>(
        'SELECT worker, lease_until AS "leaseUntil", pause, not_before AS "notBefore" FROM domain WHERE name = ?',
      ).get(domain);
      const isOfAnother = held !== undefined && held.worker !== null && held.worker !== worker;
      if (isOfAnother && held.leaseUntil > instant(now)) return null;
      // whoever let the lease run out may have asked until its end
      const notBefore = isOfAnother
        ? afterPause(held.leaseUntil, held.pause, held.notBefore)
        : (held?.notBefore ?? null);
      this.#sql(
        `INSERT INTO domain (name, worker, lease_until, not_before, pause) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (name) DO UPDATE SET worker = excluded.worker, lease_until = excluded.lease_until,
           not_before = excluded.not_before, pause = excluded.pause`,
      ).run(domain, worker, instant(until), notBefore, Math.round(pause));
      return { notBefore };
    });
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
    const text = JSON.stringify(content);
    this.#atomically(() => {
      this.#refuseFrozen(auditId);
      this.#sql(
        `INSERT INTO snapshot (audit_id, organization_id, visit, ordinal, url, role, content) VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (audit_id, organization_id, visit, url, role) DO NOTHING`,
      ).run(auditId, organizationId, visit, ordinal, url, role, text);
    });
  }

  async listSnapshots(auditId: string, organizationId: string): Promise<readonly Snapshot[]> {
    return (
      this.#sql<{ visit: number; ordinal: number; url: string; role: Role; content: string }>(
        `SELECT visit, ordinal, url, role, content FROM snapshot WHERE audit_id = ? AND organization_id = ?
       ORDER BY visit, ordinal, url, role`,
      )
        .all(auditId, organizationId)
        // looks of before pages were measured, and places noted, do not mention it
        .map(({ content, ...key }) => ({
          auditId,
          organizationId,
          ...key,
          layout: null,
          inspection: null,
          ...JSON.parse(content),
        }))
    );
  }

  async saveFindings(
    auditId: string,
    organizationId: string,
    findings: readonly Finding[],
    rules?: string,
  ): Promise<void> {
    const values = findingValues(auditId, organizationId, findings);
    this.#atomically(() => this.#saveFindings(auditId, organizationId, values, rules));
  }

  #saveFindings(
    auditId: string,
    organizationId: string,
    values: readonly (readonly Value[])[],
    rules: string | undefined,
  ): void {
    this.#refuseFrozen(auditId);
    this.#replaceFindings(auditId, organizationId, values, rules);
  }

  async listRules(auditId: string): Promise<ReadonlyMap<string, string | null>> {
    const rows = this.#sql<{ organization: string; rules: string | null }>(
      `SELECT organization_id AS organization, rules_digest AS rules FROM job WHERE audit_id = ? AND EXISTS
         (SELECT 1 FROM finding WHERE finding.audit_id = job.audit_id AND finding.organization_id = job.organization_id)
       ORDER BY position`,
    ).all(auditId);
    return new Map(rows.map(({ organization, rules }) => [organization, rules]));
  }

  async listFindings(auditId: string, organizationId?: string): Promise<readonly Finding[]> {
    const rows =
      organizationId === undefined
        ? this.#sql<FindingRow>(
            `SELECT ${FINDING_COLUMNS} FROM job
             JOIN finding ON finding.audit_id = job.audit_id AND finding.organization_id = job.organization_id
             WHERE job.audit_id = ? ORDER BY job.position, finding.position`,
          ).all(auditId)
        : this.#sql<FindingRow>(
            `SELECT ${FINDING_COLUMNS} FROM finding WHERE audit_id = ? AND organization_id = ? ORDER BY position`,
          ).all(auditId, organizationId);
    return rows.map(findingOf);
  }

  async listSkipped(auditId: string, organizationId: string): Promise<readonly SkippedUrl[]> {
    const row = this.#sql<{ content: string }>(
      'SELECT content FROM skipped WHERE audit_id = ? AND organization_id = ?',
    ).get(auditId, organizationId);
    return row === undefined ? [] : JSON.parse(row.content);
  }

  async saveJudgement(
    auditId: string,
    organizationId: string,
    method: string,
    findings: readonly Finding[],
  ): Promise<void> {
    this.#sql(
      `INSERT INTO judgement (audit_id, organization_id, method, content) VALUES (?, ?, ?, ?)
       ON CONFLICT (audit_id, organization_id, method) DO UPDATE SET content = excluded.content`,
    ).run(auditId, organizationId, method, JSON.stringify(findings));
  }

  async getJudgement(auditId: string, organizationId: string, method: string): Promise<readonly Finding[] | null> {
    const row = this.#sql<{ content: string }>(
      'SELECT content FROM judgement WHERE audit_id = ? AND organization_id = ? AND method = ?',
    ).get(auditId, organizationId, method);
    return row === undefined ? null : JSON.parse(row.content);
  }

  async copyAudit(from: string, audit: Audit): Promise<void> {
    this.#atomically(() => this.#copyAudit(from, audit));
  }

  #copyAudit(from: string, audit: Audit): void {
    const row = this.#sql<{ content: string }>(
      'SELECT content FROM registry JOIN audit ON registry_hash = hash WHERE id = ?',
    ).get(from);
    if (row === undefined) throw new Error(`expected an audit to copy, found none with the id "${from}"`);
    this.#insertAudit(audit, JSON.parse(row.content), undefined);
    this.#sql(`UPDATE job SET state = 'done' WHERE audit_id = ?`).run(audit.id);
    for (const organization of audit.organizationIds) this.#copyLooks(from, audit.id, organization);
  }

  /** Replaces what an audit has seen of an organization by what another one has. */
  #copyLooks(from: string, to: string, organization: string): void {
    for (const [table, columns] of [
      ['snapshot', 'organization_id, visit, ordinal, url, role, content'],
      ['skipped', 'organization_id, content'],
    ] as const) {
      this.#sql(`DELETE FROM ${table} WHERE audit_id = ? AND organization_id = ?`).run(to, organization);
      this.#sql(
        `INSERT INTO ${table} (audit_id, ${columns})
         SELECT ?, ${columns} FROM ${table} WHERE audit_id = ? AND organization_id = ?`,
      ).run(to, from, organization);
    }
  }

  async dropAudit(id: string): Promise<void> {
    this.#atomically(() => {
      this.#refuseFrozen(id);
      for (const table of ['finding', 'skipped', 'judgement', 'snapshot', 'job'])
        this.#sql(`DELETE FROM ${table} WHERE audit_id = ?`).run(id);
      // a round, or an audit on demand beside one, refers to it: the foreign key refuses, and all stays
      this.#sql('DELETE FROM audit WHERE id = ?').run(id);
    });
  }

  async createRound(
    round: Round,
    audit: Audit,
    registry: Registry,
    steps: ReadonlyMap<string, readonly Step[]>,
    act: Act,
  ): Promise<boolean> {
    return this.#atomically(() => {
      if (this.#isTaken(round)) return false;
      this.#insertAudit(audit, registry, steps);
      this.#insertRound(round, act);
      return true;
    });
  }

  async createRevision(round: Round, audit: Audit, act: Act): Promise<boolean> {
    return this.#atomically(() => {
      const revised = this.#round(round.revises ?? '');
      if (revised?.state !== 'published' || this.#isTaken(round)) return false;
      this.#copyAudit(revised.auditId, audit);
      const sources = this.#sql<{ organization: string; source: string }>(
        'SELECT organization_id AS organization, audit_id AS source FROM round_source WHERE round_id = ?',
      ).all(revised.id);
      for (const { organization, source } of sources) this.#copyLooks(source, audit.id, organization);
      this.#insertRound(round, act);
      for (const approval of this.#acts(revised.id))
        if (approval.kind === 'cooperation' || approval.kind === 'profile') this.#insertAct(round.id, approval);
      this.#sql(
        `INSERT INTO review (round_id, position, organization_id, service_id, rule, verdict, content)
         SELECT ?, position, organization_id, service_id, rule, verdict, content FROM review WHERE round_id = ?`,
      ).run(round.id, revised.id);
      return true;
    });
  }

  #isTaken({ id, period, revises, auditId }: Round): boolean {
    const sameQuarter = `period = ? AND revises IS NULL`;
    return (
      this.#sql('SELECT 1 FROM round WHERE id = ?').get(id) !== undefined ||
      this.#sql('SELECT 1 FROM audit WHERE id = ?').get(auditId) !== undefined ||
      (period !== null &&
        revises === null &&
        this.#sql(`SELECT 1 FROM round WHERE ${sameQuarter}`).get(periodKey(period)) !== undefined)
    );
  }

  #insertRound(round: Round, act: Act): void {
    const { id, number: _, state, auditId, revises, publishedAt, rootHash, ...content } = round;
    this.#sql(
      `INSERT INTO round (id, number, state, period, audit_id, revises, published_at, root_hash, content)
       VALUES (?, (SELECT COALESCE(MAX(number), 0) + 1 FROM round), ?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      id,
      state,
      round.period && periodKey(round.period),
      auditId,
      revises,
      publishedAt,
      rootHash,
      JSON.stringify(content),
    );
    this.#insertAct(id, act);
  }

  async listRounds(): Promise<readonly Round[]> {
    return this.#sql<RoundRow>(`SELECT ${ROUND_COLUMNS} FROM round ORDER BY number DESC`).all().map(roundOf);
  }

  async getRound(id: string): Promise<Round | null> {
    return this.#round(id);
  }

  #round(id: string): Round | null {
    const row = this.#sql<RoundRow>(`SELECT ${ROUND_COLUMNS} FROM round WHERE id = ?`).get(id);
    return row === undefined ? null : roundOf(row);
  }

  async moveRound(id: string, from: RoundState, to: RoundState, act: Act): Promise<boolean> {
    if (ROUND_STATES.indexOf(to) !== ROUND_STATES.indexOf(from) + 1 || to === 'published')
      throw new Error(`expected the state after "${from}", found "${to}"`);
    return this.#atomically(() => {
      const audit = '(SELECT audit_id FROM round WHERE id = ?)';
      const isOver = from === 'open';
      if (
        isOver &&
        this.#sql(`SELECT 1 FROM job WHERE audit_id = ${audit} AND lease_until > ?`).get(id, instant(act.at)) !==
          undefined
      )
        return false;
      if (this.#sql('UPDATE round SET state = ? WHERE id = ? AND state = ?').run(to, id, from).changes === 0)
        return false;
      if (isOver)
        this.#sql(
          `UPDATE job SET state = 'done', worker = NULL, lease_until = NULL, steps = '[]'
           WHERE audit_id = ${audit} AND state IN ('waiting', 'active')`,
        ).run(id);
      this.#insertAct(id, act);
      return true;
    });
  }

  async publishRound(id: string, act: Act, links: readonly Link[], counted: RoundCounts): Promise<boolean> {
    const root = links.at(-1)?.hash;
    if (root === undefined) throw new Error('expected a chain with at least one link, found none');
    return this.#atomically(() => {
      if (!isDeepStrictEqual(this.#counts(id), counted)) return false;
      const published = this.#sql(
        `UPDATE round SET state = 'published', published_at = ?, root_hash = ? WHERE id = ? AND state = 'preview'`,
      ).run(instant(act.at), root, id);
      if (published.changes === 0) return false;
      const insert = this.#sql(
        'INSERT INTO link (round_id, position, kind, link_key, digest, hash, content) VALUES (?, ?, ?, ?, ?, ?, ?)',
      );
      for (const { position, kind, key, digest, hash, content } of links)
        insert.run(id, position, kind, key, digest, hash, content);
      this.#insertAct(id, act);
      this.#sql(
        `UPDATE audit SET frozen_at = ? WHERE frozen_at IS NULL AND id IN
           (SELECT audit_id FROM round WHERE id = ? UNION SELECT audit_id FROM round_source WHERE round_id = ?)`,
      ).run(instant(act.at), id, id);
      return true;
    });
  }

  async countRound(id: string): Promise<RoundCounts> {
    return this.#counts(id);
  }

  #counts(id: string): RoundCounts {
    const counts = this.#sql<RoundCounts>(
      `WITH own AS (SELECT ? AS id),
         stands_on AS (SELECT audit_id FROM own JOIN round USING (id)
           UNION SELECT audit_id FROM own JOIN round_source ON round_id = id)
       SELECT (SELECT COUNT(*) FROM act WHERE round_id = own.id) AS acts,
         (SELECT COUNT(*) FROM review WHERE round_id = own.id) AS reviews,
         (SELECT COUNT(*) FROM reaudit WHERE round_id = own.id AND decision IS NOT NULL) AS decisions,
         (SELECT COUNT(*) FROM snapshot WHERE audit_id IN (SELECT audit_id FROM stands_on)) AS looks,
         (SELECT COALESCE(SUM(times_judged), 0) FROM job WHERE audit_id IN (SELECT audit_id FROM stands_on)) AS judged
       FROM own`,
    ).get(id);
    if (counts === undefined) throw new Error('expected one row of counts, found none');
    return counts;
  }

  async listLinks(roundId: string): Promise<readonly Link[]> {
    return this.#sql<Link>(
      'SELECT position, kind, link_key AS "key", digest, hash, content FROM link WHERE round_id = ? ORDER BY position',
    ).all(roundId);
  }

  async addAct(roundId: string, act: Act, judged?: Judged): Promise<void> {
    const values = judged && findingValues(judged.auditId, judged.organizationId, judged.findings);
    this.#atomically(() => {
      refusePublished(this.#connection, roundId);
      this.#insertAct(roundId, act);
      if (judged) this.#saveFindings(judged.auditId, judged.organizationId, values!, judged.rules);
    });
  }

  #insertAct(roundId: string, act: Act): void {
    this.#sql(
      `INSERT INTO act (round_id, position, kind, content)
       VALUES (?, (SELECT COUNT(*) FROM act WHERE round_id = ?), ?, ?)`,
    ).run(roundId, roundId, act.kind, JSON.stringify(act));
  }

  async listActs(roundId: string): Promise<readonly Act[]> {
    return this.#acts(roundId);
  }

  #acts(roundId: string): Act[] {
    return this.#sql<{ content: string }>('SELECT content FROM act WHERE round_id = ? ORDER BY position')
      .all(roundId)
      .map(({ content }) => JSON.parse(content));
  }

  async addReaudit({ audit, round, organization, decision, ...content }: Reaudit): Promise<void> {
    this.#sql(
      'INSERT INTO reaudit (audit_id, round_id, organization_id, content, decision) VALUES (?, ?, ?, ?, ?)',
    ).run(audit, round, organization, JSON.stringify(content), decision && JSON.stringify(decision));
  }

  async listReaudits(roundId: string): Promise<readonly Reaudit[]> {
    return this.#sql<ReauditRow>(
      `SELECT audit_id AS audit, round_id AS round, organization_id AS organization, content, decision
       FROM reaudit JOIN audit ON audit_id = id WHERE round_id = ? ORDER BY number`,
    )
      .all(roundId)
      .map(({ content, decision, ...row }) => ({
        ...row,
        ...JSON.parse(content),
        decision: decision === null ? null : JSON.parse(decision),
      }));
  }

  async decideReaudit(auditId: string, decision: NonNullable<Reaudit['decision']>, judged?: Judged): Promise<boolean> {
    const values = judged && findingValues(judged.auditId, judged.organizationId, judged.findings);
    return this.#atomically(() => {
      const asked = this.#sql<{ round: string; organization: string }>(
        'SELECT round_id AS round, organization_id AS organization FROM reaudit WHERE audit_id = ? AND decision IS NULL',
      ).get(auditId);
      if (asked === undefined) return false;
      if (decision.accepted) {
        refusePublished(this.#connection, asked.round);
        this.#sql(
          `INSERT INTO round_source (round_id, organization_id, audit_id) VALUES (?, ?, ?)
           ON CONFLICT (round_id, organization_id) DO UPDATE SET audit_id = excluded.audit_id`,
        ).run(asked.round, asked.organization, auditId);
      }
      if (judged) this.#saveFindings(judged.auditId, judged.organizationId, values!, judged.rules);
      this.#sql('UPDATE reaudit SET decision = ? WHERE audit_id = ?').run(JSON.stringify(decision), auditId);
      return true;
    });
  }

  async listSources(roundId: string): Promise<ReadonlyMap<string, string>> {
    const rows = this.#sql<{ organization: string; audit: string }>(
      'SELECT organization_id AS organization, audit_id AS audit FROM round_source WHERE round_id = ? ORDER BY organization_id',
    ).all(roundId);
    return new Map(rows.map(({ organization, audit }) => [organization, audit]));
  }

  async addReview(roundId: string, review: Review): Promise<void> {
    this.#atomically(() => {
      refusePublished(this.#connection, roundId);
      insertReview(this.#connection, roundId, review);
    });
  }

  async listReviews(roundId: string, organizationId?: string): Promise<readonly Review[]> {
    const rows =
      organizationId === undefined
        ? this.#sql<{ content: string }>('SELECT content FROM review WHERE round_id = ? ORDER BY position').all(roundId)
        : this.#sql<{ content: string }>(
            'SELECT content FROM review WHERE round_id = ? AND organization_id = ? ORDER BY position',
          ).all(roundId, organizationId);
    return rows.map(({ content }) => JSON.parse(content));
  }

  async retire(hashes: readonly string[], at: string): Promise<void> {
    this.#atomically(() => {
      const insert = this.#sql(
        'INSERT INTO retired (hash, at) VALUES (?, ?) ON CONFLICT (hash) DO UPDATE SET at = MAX(at, excluded.at)',
      );
      for (const hash of hashes) insert.run(hash, instant(at));
    });
  }

  async retiredAt(hash: string, since: string): Promise<string | null> {
    const sql = 'SELECT at FROM retired WHERE hash = ? AND at >= ?';
    return this.#sql<{ at: string }>(sql).get(hash, instant(since))?.at ?? null;
  }

  async close(): Promise<void> {
    this.#connection.close();
  }

  async isFrozen(auditId: string): Promise<boolean> {
    return this.#sql('SELECT 1 FROM audit WHERE id = ? AND frozen_at IS NOT NULL').get(auditId) !== undefined;
  }

  #refuseFrozen(auditId: string): void {
    const row = this.#sql<{ at: string | null }>('SELECT frozen_at AS at FROM audit WHERE id = ?').get(auditId);
    if (row && row.at !== null)
      throw new Error(`expected an audit that may change, found "${auditId}" under a round published at ${row.at}`);
  }

  #replaceFindings(
    auditId: string,
    organizationId: string,
    findings: readonly (readonly Value[])[],
    rules: string | undefined,
  ): void {
    this.#sql(
      'UPDATE job SET rules_digest = ?, times_judged = times_judged + 1 WHERE audit_id = ? AND organization_id = ?',
    ).run(rules ?? null, auditId, organizationId);
    this.#sql('DELETE FROM finding WHERE audit_id = ? AND organization_id = ?').run(auditId, organizationId);
    const insert = this.#sql(
      `INSERT INTO finding (audit_id, organization_id, position, service_id, rule, version, verdict, outcome, message,
         level, confidence, confidence_basis, confidence_cases, evidence, searched)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    for (const values of findings) insert.run(...values);
  }
}

/**
 * For what changes a round, within its transaction. Throws when the round is none, and a UserError when it is published:
 * whoever asked may have seen it before that.
 */
export function refusePublished({ sql }: Connection, roundId: string): void {
  const round = sql<{ at: string | null }>('SELECT published_at AS at FROM round WHERE id = ?').get(roundId);
  if (round === undefined) throw new Error(`expected a round, found none with the id "${roundId}"`);
  if (round.at !== null)
    throw new UserError({
      fa: persian`دور ${roundId} در ${round.at} منتشر شده است و دیگر تغییر نمی‌کند؛ چیزی از آن عوض نشد. برای اصلاح، بازنگری آن را باز کنید: ${`rasad round revise ${roundId} --reason …`}`,
      en: `Round ${roundId} was published at ${round.at} and never changes, so nothing of it was changed. To correct it, open a revision: \`rasad round revise ${roundId} --reason …\`.`,
    });
}

/** Adds a review after those of its round. */
export function insertReview({ sql }: Connection, roundId: string, review: Review): void {
  sql(
    `INSERT INTO review (round_id, position, organization_id, service_id, rule, verdict, content)
     VALUES (?, (SELECT COALESCE(MAX(position), -1) + 1 FROM review WHERE round_id = ?), ?, ?, ?, ?, ?)`,
  ).run(roundId, roundId, review.organization, review.service, review.rule, review.verdict, JSON.stringify(review));
}

/** From when on a domain may be asked whose holder was last able to ask it at `asked` and keeps a pause, in milliseconds. */
function afterPause(asked: string, pause: number, notBefore: string | null): string | null {
  if (pause <= 0) return notBefore;
  const kept = new Date(Date.parse(asked) + pause).toISOString();
  return notBefore !== null && notBefore > kept ? notBefore : kept;
}

export const findingOf = (row: FindingRow): Finding => ({
  ...row,
  message: JSON.parse(row.message),
  evidence: JSON.parse(row.evidence),
  searched: JSON.parse(row.searched),
});

const jobOf = (row: JobRow): Job => ({ ...row, steps: JSON.parse(row.steps) });

const periodKey = ({ calendar, id }: NonNullable<Round['period']>): string => `${calendar} ${id}`;

const roundOf = ({ content, ...row }: RoundRow): Round => ({ ...row, ...JSON.parse(content) });

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
