/** The embedded store of the desk, on a connection of its own to the same SQLite file as the store of audits. */
import type { JournalEntry, Objection, ObjectionCheck, ObjectionDecision, Pass, Person, Session } from '../src/core/person.ts'; // prettier-ignore
import type { Finding } from '../src/core/model.ts';
import type { FindingKey, Rating } from '../src/core/rating.ts';
import type { Review } from '../src/core/round.ts';
import { keyOf } from '../src/core/settle.ts';
import type { Decided, DeskStore, Placed, RoundVersion } from './desk-store.ts';
import { FINDING_COLUMNS, findingOf, insertReview, refusePublished, type FindingRow } from './sqlite.ts';
import { instant, openConnection, type Connection } from './sqlite-connection.ts';

/** Opens the file as `openSqliteStore` does. Throws an UnusableDatabaseError for what is not a database of Rasad. */
export function openSqliteDeskStore(path: string): DeskStore {
  return new SqliteDeskStore(openConnection(path));
}

const PERSON_COLUMNS = `id, name, role, organization_id AS organization, ties, is_active AS "isActive",
  created_at AS "createdAt", created_by AS "createdBy"`;
const SESSION_COLUMNS = `hash, person_id AS person, started_at AS "startedAt", seen_at AS "seenAt", expires_at AS "expiresAt"`;
const PASS_COLUMNS = `hash, kind, person_id AS person, round_id AS round, organization_id AS organization,
  created_at AS "createdAt", created_by AS "createdBy", expires_at AS "expiresAt"`;

type PersonRow = Omit<Person, 'ties' | 'isActive'> & { readonly ties: string; readonly isActive: 0 | 1 };
type PassRow = Pick<Pass, 'hash' | 'kind' | 'createdAt' | 'createdBy' | 'expiresAt'> &
  Record<'person' | 'round' | 'organization', string | null>;
type ObjectionRow = Record<'content', string> & Record<'looked' | 'decision', string | null>;
interface PlacedRow {
  readonly position: number;
  readonly content: string;
}

class SqliteDeskStore implements DeskStore {
  readonly #connection: Connection;
  readonly #sql: Connection['sql'];
  readonly #atomically: Connection['atomically'];

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#sql = connection.sql;
    this.#atomically = connection.atomically;
  }

  async addPerson({ id, name, role, organization, ties, isActive, createdAt, createdBy }: Person): Promise<boolean> {
    const added = this.#sql(
      `INSERT INTO person (id, name, role, organization_id, ties, is_active, created_at, created_by)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
    ).run(id, name, role, organization, JSON.stringify(ties), isActive ? 1 : 0, createdAt, createdBy);
    return added.changes === 1;
  }

  async changePerson({ id, name, role, organization, ties, isActive }: Person): Promise<boolean> {
    return this.#atomically(() => {
      if (!isActive) this.#shutOut(id);
      const changed = this.#sql(
        'UPDATE person SET name = ?, role = ?, organization_id = ?, ties = ?, is_active = ? WHERE id = ?',
      ).run(name, role, organization, JSON.stringify(ties), isActive ? 1 : 0, id);
      return changed.changes === 1;
    });
  }

  /** Ends all sessions and passes of a person. */
  #shutOut(person: string): void {
    this.#sql('DELETE FROM session WHERE person_id = ?').run(person);
    this.#sql('DELETE FROM pass WHERE person_id = ?').run(person);
  }

  async getPerson(id: string): Promise<Person | null> {
    const row = this.#sql<PersonRow>(`SELECT ${PERSON_COLUMNS} FROM person WHERE id = ?`).get(id);
    return row === undefined ? null : personOf(row);
  }

  async listPeople(): Promise<readonly Person[]> {
    return this.#sql<PersonRow>(`SELECT ${PERSON_COLUMNS} FROM person ORDER BY id`).all().map(personOf);
  }

  async getPasswordHash(person: string): Promise<string | null> {
    return (
      this.#sql<{ hash: string | null }>('SELECT password_hash AS hash FROM person WHERE id = ?').get(person)?.hash ??
      null
    );
  }

  async setPassword(person: string, hash: string): Promise<void> {
    this.#atomically(() => {
      const set = this.#sql('UPDATE person SET password_hash = ? WHERE id = ?').run(hash, person);
      if (set.changes === 0) throw new Error(`expected a person, found none with the id "${person}"`);
      this.#shutOut(person);
    });
  }

  async countRefused(person: string, at: string, since: string): Promise<number> {
    return this.#atomically(() => {
      this.#sql('DELETE FROM refused WHERE at < ?').run(instant(since));
      this.#sql('INSERT INTO refused (name, at) VALUES (?, ?)').run(person, instant(at));
      return this.#refusedSince(person, since);
    });
  }

  async refusedSince(person: string, since: string): Promise<number> {
    return this.#refusedSince(person, since);
  }

  #refusedSince(person: string, since: string): number {
    return this.#sql<{ count: number }>('SELECT COUNT(*) AS count FROM refused WHERE name = ? AND at >= ?').get(
      person,
      instant(since),
    )!.count;
  }

  async forgetRefused(person: string): Promise<void> {
    this.#sql('DELETE FROM refused WHERE name = ?').run(person);
  }

  async addSession({ hash, person, startedAt, seenAt, expiresAt }: Session): Promise<void> {
    this.#atomically(() => {
      this.#sql('DELETE FROM session WHERE expires_at <= ?').run(instant(startedAt));
      this.#sql('INSERT INTO session (hash, person_id, started_at, seen_at, expires_at) VALUES (?, ?, ?, ?, ?)').run(
        hash,
        person,
        instant(startedAt),
        instant(seenAt),
        instant(expiresAt),
      );
    });
  }

  async getSession(hash: string, now: string): ReturnType<DeskStore['getSession']> {
    const session = this.#sql<Session>(`SELECT ${SESSION_COLUMNS} FROM session WHERE hash = ? AND expires_at > ?`).get(
      hash,
      instant(now),
    );
    const person = session && (await this.getPerson(session.person));
    return session && person?.isActive ? { session, person } : null;
  }

  async keepSession(hash: string, seenAt: string, expiresAt: string): Promise<void> {
    this.#sql('UPDATE session SET seen_at = ?, expires_at = ? WHERE hash = ?').run(
      instant(seenAt),
      instant(expiresAt),
      hash,
    );
  }

  async endSession(hash: string): Promise<void> {
    this.#sql('DELETE FROM session WHERE hash = ?').run(hash);
  }

  async endSessionsOf(person: string): Promise<void> {
    this.#sql('DELETE FROM session WHERE person_id = ?').run(person);
  }

  async addPass(pass: Pass): Promise<void> {
    const { hash, kind, createdAt, createdBy, expiresAt } = pass;
    const [person, round, organization] =
      pass.kind === 'password' ? [pass.person, null, null] : [null, pass.round, pass.organization];
    this.#sql(
      `INSERT INTO pass (hash, kind, person_id, round_id, organization_id, created_at, created_by, expires_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(hash, kind, person, round, organization, instant(createdAt), createdBy, instant(expiresAt));
  }

  async getPass(hash: string, now: string): Promise<Pass | null> {
    const row = this.#sql<PassRow>(`SELECT ${PASS_COLUMNS} FROM pass WHERE hash = ? AND expires_at > ?`).get(
      hash,
      instant(now),
    );
    return row === undefined ? null : passOf(row);
  }

  async usePass(hash: string): Promise<boolean> {
    return this.#sql('DELETE FROM pass WHERE hash = ?').run(hash).changes === 1;
  }

  async listPasses(): Promise<readonly Pass[]> {
    return this.#sql<PassRow>(`SELECT ${PASS_COLUMNS} FROM pass ORDER BY created_at, hash`).all().map(passOf);
  }

  async addJournal(entry: JournalEntry): Promise<void> {
    this.#sql(
      'INSERT INTO journal (position, content) VALUES ((SELECT COALESCE(MAX(position), -1) + 1 FROM journal), ?)',
    ).run(JSON.stringify(entry));
  }

  async listJournal(limit: number, before: number | null): Promise<readonly Placed<JournalEntry>[]> {
    return this.#sql<PlacedRow>(
      'SELECT position, content FROM journal WHERE position < ? ORDER BY position DESC LIMIT ?',
    )
      .all(before ?? Number.MAX_SAFE_INTEGER, limit)
      .map(placedOf<JournalEntry>);
  }

  async decide(roundId: string, { ratings, reviews, read }: Decided): Promise<'kept' | 'known' | 'outrun'> {
    const decision = ratings[0]?.decision;
    if (decision === undefined || ratings.some((rating) => rating.decision !== decision))
      throw new Error('expected ratings that share the id of one decision, found none, or several ids');
    const rows = ratings.map((rating) => ({ ...rating, content: JSON.stringify(rating) }));
    const keys = new Map([...ratings, ...reviews].map((said) => [keyOf(said), said]));
    return this.#atomically(() => {
      if (this.#sql('SELECT 1 FROM rating WHERE round_id = ? AND decision = ?').get(roundId, decision) !== undefined)
        return 'known';
      refusePublished(this.#connection, roundId);
      if ([...keys.values()].some((key) => this.#isSaidSince(roundId, key, read))) return 'outrun';
      const insert = this.#sql(
        `INSERT INTO rating (round_id, position, organization_id, service_id, rule, decision, content)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
      );
      let position = this.#sql<{ next: number }>(
        'SELECT COALESCE(MAX(position), -1) + 1 AS next FROM rating WHERE round_id = ?',
      ).get(roundId)!.next;
      for (const { organization, service, rule, content } of rows)
        insert.run(roundId, position++, organization, service, rule, decision, content);
      for (const review of reviews) insertReview(this.#connection, roundId, review);
      return 'kept';
    });
  }

  /** Is there a rating or a review of this finding after the places that were read? */
  #isSaidSince(roundId: string, { organization, service, rule }: FindingKey, read: Decided['read']): boolean {
    const sameService = '(service_id = ? OR (service_id IS NULL AND ? IS NULL))';
    return (['rating', 'review'] as const).some(
      (table) =>
        this.#sql(
          `SELECT 1 FROM ${table}
           WHERE round_id = ? AND organization_id = ? AND position > ? AND rule = ? AND ${sameService} LIMIT 1`,
        ).get(roundId, organization, table === 'rating' ? read.ratings : read.reviews, rule, service, service) !==
        undefined,
    );
  }

  async listRatings(roundId: string, after: number): Promise<readonly Placed<Rating>[]> {
    return this.#listAfter<Rating>('rating', roundId, after);
  }

  async listReviewsAfter(roundId: string, after: number): Promise<readonly Placed<Review>[]> {
    return this.#listAfter<Review>('review', roundId, after);
  }

  #listAfter<T>(table: 'rating' | 'review', roundId: string, after: number): Placed<T>[] {
    return this.#sql<PlacedRow>(
      `SELECT position, content FROM ${table} WHERE round_id = ? AND position > ? ORDER BY position`,
    )
      .all(roundId, after)
      .map(placedOf<T>);
  }

  async versionOf(roundId: string): Promise<RoundVersion> {
    return this.#connection.consistently(() => {
      const counts = this.#sql(
        `SELECT (SELECT COUNT(*) FROM act WHERE round_id = ?) AS acts,
           (SELECT COUNT(*) FROM reaudit WHERE round_id = ? AND decision IS NOT NULL) AS reaudits,
           (SELECT COALESCE(SUM(times_judged), 0) FROM job JOIN round ON round.audit_id = job.audit_id
              WHERE round.id = ?) AS saved`,
      ).get(roundId, roundId, roundId);
      const sources = this.#sql(
        `SELECT round_source.organization_id AS organization, round_source.audit_id AS audit, times_judged AS saved
         FROM round_source JOIN job
           ON job.audit_id = round_source.audit_id AND job.organization_id = round_source.organization_id
         WHERE round_id = ? ORDER BY round_source.organization_id`,
      ).all(roundId);
      return JSON.stringify({ ...(counts as object), sources });
    });
  }

  async getFindings(auditId: string, keys: readonly FindingKey[]): Promise<readonly Finding[]> {
    const select = `SELECT ${FINDING_COLUMNS} FROM finding WHERE audit_id = ? AND organization_id = ? AND rule = ?`;
    const rows = this.#connection.consistently(() =>
      keys.map(({ organization, service, rule }) =>
        service === null
          ? this.#sql<FindingRow>(`${select} AND service_id IS NULL`).get(auditId, organization, rule)
          : this.#sql<FindingRow>(`${select} AND service_id = ?`).get(auditId, organization, rule, service),
      ),
    );
    return rows.flatMap((row) => (row === undefined ? [] : [findingOf(row)]));
  }

  async addObjection({ check, decision, ...objection }: Objection): Promise<void> {
    this.#sql('INSERT INTO objection (id, round_id, at, content, looked, decision) VALUES (?, ?, ?, ?, ?, ?)').run(
      objection.id,
      objection.round,
      instant(objection.at),
      JSON.stringify(objection),
      check && JSON.stringify(check),
      decision && JSON.stringify(decision),
    );
  }

  async listObjections(roundId: string): Promise<readonly Objection[]> {
    return this.#sql<ObjectionRow>('SELECT content, looked, decision FROM objection WHERE round_id = ? ORDER BY at, id')
      .all(roundId)
      .map(objectionOf);
  }

  async getObjection(id: string): Promise<Objection | null> {
    const row = this.#sql<ObjectionRow>('SELECT content, looked, decision FROM objection WHERE id = ?').get(id);
    return row === undefined ? null : objectionOf(row);
  }

  async setObjectionCheck(id: string, check: ObjectionCheck): Promise<void> {
    this.#sql('UPDATE objection SET looked = ? WHERE id = ?').run(JSON.stringify(check), id);
  }

  async decideObjection(id: string, decision: ObjectionDecision): Promise<boolean> {
    const decided = this.#sql('UPDATE objection SET decision = ? WHERE id = ? AND decision IS NULL').run(
      JSON.stringify(decision),
      id,
    );
    return decided.changes === 1;
  }

  async close(): Promise<void> {
    this.#connection.close();
  }
}

const personOf = ({ ties, isActive, ...row }: PersonRow): Person => ({
  ...row,
  ties: JSON.parse(ties),
  isActive: isActive === 1,
});

function passOf({ kind, person, round, organization, ...row }: PassRow): Pass {
  // the table checks that each kind has what it needs
  return kind === 'password'
    ? { ...row, kind, person: person! }
    : { ...row, kind, round: round!, organization: organization! };
}

const placedOf = <T>({ position, content }: PlacedRow): Placed<T> => ({ position, value: JSON.parse(content) });

const objectionOf = ({ content, looked, decision }: ObjectionRow): Objection => ({
  ...JSON.parse(content),
  check: looked === null ? null : JSON.parse(looked),
  decision: decision === null ? null : JSON.parse(decision),
});
