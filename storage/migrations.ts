/**
 * The tables, as steps that are applied in order and recorded in the database. The SQL is what SQLite and PostgreSQL
 * read alike: structured values are JSON in TEXT columns, times are TEXT in one spelling, uniqueness is an index.
 * A step that a database may have seen is never edited; a change is a new step at the end.
 */
import type { Database } from 'better-sqlite3';
import { persian, UserError } from '../src/core/errors.ts';

export interface Migration {
  readonly name: string;
  readonly sql: string;
}

/** A file that cannot be used as this program's database; the message says what to do about it. */
export class UnusableDatabaseError extends UserError {
  override readonly name = 'UnusableDatabaseError';
}

/** The step at index 0 makes version 1. */
export const MIGRATIONS: readonly Migration[] = [
  {
    name: 'audits',
    sql: `
      CREATE TABLE registry (
        hash TEXT NOT NULL PRIMARY KEY, -- of the content, so that audits with one registry share a row
        content TEXT NOT NULL
      );

      CREATE TABLE audit (
        id TEXT NOT NULL PRIMARY KEY,
        number INTEGER NOT NULL UNIQUE, -- order of creation, which tells apart audits of one instant
        trigger TEXT NOT NULL,
        edition TEXT NOT NULL,
        registry_digest TEXT NOT NULL,
        rules_digest TEXT NOT NULL,
        config_digest TEXT NOT NULL,
        organization_ids TEXT NOT NULL,
        registry_hash TEXT NOT NULL REFERENCES registry (hash),
        started_at TEXT NOT NULL,
        finished_at TEXT
      );

      CREATE TABLE job (
        audit_id TEXT NOT NULL REFERENCES audit (id),
        organization_id TEXT NOT NULL,
        position INTEGER NOT NULL, -- the organization's place in the audit
        state TEXT NOT NULL CHECK (state IN ('waiting', 'active', 'done', 'failed')),
        attempts INTEGER NOT NULL,
        worker TEXT,
        lease_until TEXT,
        run_after TEXT NOT NULL,
        error TEXT,
        PRIMARY KEY (audit_id, organization_id),
        CHECK ((state = 'active') = (worker IS NOT NULL)),
        CHECK ((worker IS NULL) = (lease_until IS NULL))
      );
      CREATE INDEX job_open ON job (audit_id, run_after, position) WHERE state IN ('waiting', 'active');

      -- One row a domain, hence one holder; a domain that nobody holds keeps its row for the sake of not_before.
      CREATE TABLE domain (
        name TEXT NOT NULL PRIMARY KEY,
        worker TEXT,
        lease_until TEXT,
        not_before TEXT,
        CHECK ((worker IS NULL) = (lease_until IS NULL))
      );

      CREATE TABLE snapshot (
        audit_id TEXT NOT NULL,
        organization_id TEXT NOT NULL,
        ordinal INTEGER NOT NULL,
        url TEXT NOT NULL,
        role TEXT NOT NULL,
        content TEXT NOT NULL,
        PRIMARY KEY (audit_id, organization_id, url, role),
        FOREIGN KEY (audit_id, organization_id) REFERENCES job (audit_id, organization_id)
      );
      CREATE INDEX snapshot_order ON snapshot (audit_id, organization_id, ordinal);

      CREATE TABLE finding (
        audit_id TEXT NOT NULL,
        organization_id TEXT NOT NULL,
        position INTEGER NOT NULL,
        service_id TEXT, -- NULL for the portal
        rule TEXT NOT NULL,
        version INTEGER NOT NULL,
        verdict TEXT NOT NULL,
        outcome TEXT NOT NULL,
        message TEXT NOT NULL,
        level INTEGER NOT NULL,
        confidence DOUBLE PRECISION NOT NULL,
        confidence_basis TEXT NOT NULL,
        evidence TEXT NOT NULL,
        searched TEXT NOT NULL,
        PRIMARY KEY (audit_id, organization_id, position),
        FOREIGN KEY (audit_id, organization_id) REFERENCES job (audit_id, organization_id)
      );
      -- One verdict for a rule and subject. Two indexes, because a unique index takes every NULL for a different value.
      CREATE UNIQUE INDEX finding_portal ON finding (audit_id, organization_id, rule) WHERE service_id IS NULL;
      CREATE UNIQUE INDEX finding_service ON finding (audit_id, organization_id, service_id, rule) WHERE service_id IS NOT NULL;
      CREATE INDEX finding_rule ON finding (audit_id, rule, verdict);

      -- Thousands of addresses an organization, only ever read together: one value each.
      CREATE TABLE skipped (
        audit_id TEXT NOT NULL,
        organization_id TEXT NOT NULL,
        content TEXT NOT NULL,
        PRIMARY KEY (audit_id, organization_id),
        FOREIGN KEY (audit_id, organization_id) REFERENCES job (audit_id, organization_id)
      );
    `,
  },
  {
    name: 'confidence-cases',
    sql: `ALTER TABLE finding ADD COLUMN confidence_cases INTEGER NOT NULL DEFAULT 0;`,
  },
  {
    // A look belongs to a visit: the audit's own crawl, or a later one to see whether entry addresses still answer.
    name: 'visits',
    sql: `
      CREATE TABLE snapshot_of_visits (
        audit_id TEXT NOT NULL,
        organization_id TEXT NOT NULL,
        visit INTEGER NOT NULL,
        ordinal INTEGER NOT NULL,
        url TEXT NOT NULL,
        role TEXT NOT NULL,
        content TEXT NOT NULL,
        PRIMARY KEY (audit_id, organization_id, visit, url, role),
        FOREIGN KEY (audit_id, organization_id) REFERENCES job (audit_id, organization_id)
      );
      INSERT INTO snapshot_of_visits (audit_id, organization_id, visit, ordinal, url, role, content)
        SELECT audit_id, organization_id, 0, ordinal, url, role, content FROM snapshot;
      DROP TABLE snapshot;
      ALTER TABLE snapshot_of_visits RENAME TO snapshot;
      CREATE INDEX snapshot_order ON snapshot (audit_id, organization_id, visit, ordinal);
    `,
  },
  {
    name: 'rounds',
    sql: `
      ALTER TABLE audit ADD COLUMN frozen_at TEXT; -- from then on nothing of it changes: a published round stands on it
      ALTER TABLE job ADD COLUMN steps TEXT NOT NULL DEFAULT '[]';
      ALTER TABLE domain ADD COLUMN pause INTEGER NOT NULL DEFAULT 0; -- milliseconds that its holder keeps after a request

      CREATE TABLE round (
        id TEXT NOT NULL PRIMARY KEY,
        number INTEGER NOT NULL UNIQUE,
        state TEXT NOT NULL CHECK (state IN ('open', 'reviewing', 'preview', 'published')),
        period TEXT, -- calendar and quarter; NULL outside the calendar
        audit_id TEXT NOT NULL REFERENCES audit (id),
        revises TEXT REFERENCES round (id),
        published_at TEXT,
        root_hash TEXT,
        content TEXT NOT NULL, -- names, edition, plan, who opened it and when: what never changes
        CHECK ((state = 'published') = (published_at IS NOT NULL)),
        CHECK ((published_at IS NULL) = (root_hash IS NULL))
      );
      CREATE UNIQUE INDEX round_period ON round (period) WHERE period IS NOT NULL AND revises IS NULL;

      CREATE TABLE round_source (
        round_id TEXT NOT NULL REFERENCES round (id),
        organization_id TEXT NOT NULL,
        audit_id TEXT NOT NULL,
        PRIMARY KEY (round_id, organization_id),
        FOREIGN KEY (audit_id, organization_id) REFERENCES job (audit_id, organization_id)
      );

      CREATE TABLE act (
        round_id TEXT NOT NULL REFERENCES round (id),
        position INTEGER NOT NULL,
        kind TEXT NOT NULL,
        content TEXT NOT NULL,
        PRIMARY KEY (round_id, position)
      );

      CREATE TABLE review (
        round_id TEXT NOT NULL REFERENCES round (id),
        position INTEGER NOT NULL,
        organization_id TEXT NOT NULL,
        service_id TEXT, -- NULL for the portal
        rule TEXT NOT NULL,
        verdict TEXT, -- NULL takes an earlier review back
        content TEXT NOT NULL,
        PRIMARY KEY (round_id, position)
      );
      CREATE INDEX review_of_organization ON review (round_id, organization_id, position);

      CREATE TABLE link (
        round_id TEXT NOT NULL REFERENCES round (id),
        position INTEGER NOT NULL,
        kind TEXT NOT NULL,
        link_key TEXT NOT NULL,
        digest TEXT NOT NULL,
        hash TEXT NOT NULL,
        content TEXT, -- NULL where the digest is of rows that are kept elsewhere
        PRIMARY KEY (round_id, position)
      );

      CREATE TABLE reaudit (
        audit_id TEXT NOT NULL PRIMARY KEY REFERENCES audit (id),
        round_id TEXT NOT NULL REFERENCES round (id),
        organization_id TEXT NOT NULL,
        content TEXT NOT NULL, -- who asked, when and why
        decision TEXT -- NULL until a person accepts or refuses it
      );
      CREATE INDEX reaudit_of_round ON reaudit (round_id, organization_id);

      -- Evidence judged by another method than its audit's: made once, because judging a country takes minutes.
      CREATE TABLE judgement (
        audit_id TEXT NOT NULL,
        organization_id TEXT NOT NULL,
        method TEXT NOT NULL,
        content TEXT NOT NULL,
        PRIMARY KEY (audit_id, organization_id, method),
        FOREIGN KEY (audit_id, organization_id) REFERENCES job (audit_id, organization_id)
      );

      CREATE TABLE retired (
        hash TEXT NOT NULL PRIMARY KEY,
        at TEXT NOT NULL
      );
    `,
  },
  {
    name: 'judging',
    sql: `
      ALTER TABLE job ADD COLUMN rules_digest TEXT; -- of the rules that found what is kept; NULL where that was not noted
      ALTER TABLE job ADD COLUMN times_judged INTEGER NOT NULL DEFAULT 0; -- how often findings were kept
    `,
  },
  {
    name: 'desk',
    sql: `
      CREATE TABLE person (
        id TEXT NOT NULL PRIMARY KEY,
        name TEXT NOT NULL,
        role TEXT NOT NULL,
        organization_id TEXT, -- for which the person speaks
        ties TEXT NOT NULL,
        is_active INTEGER NOT NULL CHECK (is_active IN (0, 1)),
        created_at TEXT NOT NULL,
        created_by TEXT NOT NULL,
        password_hash TEXT -- NULL until one is set
      );

      -- Of a session and of a pass only hashes of their secrets are kept.
      CREATE TABLE session (
        hash TEXT NOT NULL PRIMARY KEY,
        person_id TEXT NOT NULL REFERENCES person (id),
        started_at TEXT NOT NULL,
        seen_at TEXT NOT NULL,
        expires_at TEXT NOT NULL
      );
      CREATE INDEX session_of_person ON session (person_id);
      CREATE INDEX session_end ON session (expires_at);

      CREATE TABLE pass (
        hash TEXT NOT NULL PRIMARY KEY,
        kind TEXT NOT NULL CHECK (kind IN ('password', 'preview')),
        person_id TEXT REFERENCES person (id),
        round_id TEXT REFERENCES round (id),
        organization_id TEXT,
        created_at TEXT NOT NULL,
        created_by TEXT NOT NULL,
        expires_at TEXT NOT NULL,
        CHECK ((kind = 'password') = (person_id IS NOT NULL)),
        CHECK ((kind = 'preview') = (round_id IS NOT NULL)),
        CHECK ((kind = 'preview') = (organization_id IS NOT NULL))
      );
      CREATE INDEX pass_of_person ON pass (person_id) WHERE person_id IS NOT NULL;

      -- By the name that was given, whether or not somebody has it.
      CREATE TABLE refused (
        name TEXT NOT NULL,
        at TEXT NOT NULL
      );
      CREATE INDEX refused_of_name ON refused (name, at);
      CREATE INDEX refused_at ON refused (at);

      CREATE TABLE journal (
        position INTEGER NOT NULL PRIMARY KEY,
        content TEXT NOT NULL
      );

      CREATE TABLE rating (
        round_id TEXT NOT NULL REFERENCES round (id),
        position INTEGER NOT NULL,
        organization_id TEXT NOT NULL,
        service_id TEXT, -- NULL for the portal
        rule TEXT NOT NULL,
        decision TEXT NOT NULL,
        content TEXT NOT NULL,
        PRIMARY KEY (round_id, position)
      );
      CREATE INDEX rating_of_finding ON rating (round_id, organization_id, rule, position);
      CREATE INDEX rating_of_decision ON rating (round_id, decision);

      CREATE TABLE objection (
        id TEXT NOT NULL PRIMARY KEY,
        round_id TEXT NOT NULL REFERENCES round (id),
        at TEXT NOT NULL,
        content TEXT NOT NULL,
        looked TEXT, -- what the crawler saw; NULL until it looked
        decision TEXT -- NULL until a person decides
      );
      CREATE INDEX objection_of_round ON objection (round_id, at);
    `,
  },
];

/**
 * Brings the database to the newest version in one transaction; another process that opens the same file waits and
 * then finds it done. `where` names the file in messages. Throws an UnusableDatabaseError, and changes nothing, when
 * the database is newer than `migrations`, has other steps, or belongs to another program.
 */
export function migrate(db: Database, where: string, migrations: readonly Migration[] = MIGRATIONS): void {
  // Reading needs no lock, and nearly every opening finds nothing to do.
  if (appliedSteps(db, where, migrations) === migrations.length) return;
  const bringUp = db.transaction(() => {
    const applied = appliedSteps(db, where, migrations);
    db.exec('CREATE TABLE IF NOT EXISTS rasad_migration (version INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL)');
    const record = db.prepare('INSERT INTO rasad_migration (version, name) VALUES (?, ?)');
    for (const [index, { name, sql }] of migrations.entries()) {
      if (index < applied) continue;
      db.exec(sql);
      record.run(index + 1, name);
    }
  });
  bringUp.immediate();
}

/** Number of steps the database has seen, after checking that they are the first of `migrations`. */
function appliedSteps(db: Database, where: string, migrations: readonly Migration[]): number {
  const tables = db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all();
  if (!tables.includes('rasad_migration')) {
    if (tables.length === 0) return 0;
    const some = tables.slice(0, 3).join(', ');
    throw new UnusableDatabaseError({
      fa: persian`${where}: اینجا باید پایگاه داده رصد یا پرونده‌ای خالی باشد، ولی جدول‌های برنامه دیگری است (${some}). پرونده دیگری نام ببرید.`,
      en: `${where}: expected a database of Rasad or an empty one, found the tables of another program (${some}). Name another file.`,
    });
  }

  const names = db.prepare<[], string>('SELECT name FROM rasad_migration ORDER BY version').pluck().all();
  for (const [index, name] of names.entries()) {
    const known = migrations[index];
    if (known === undefined) {
      throw new UnusableDatabaseError({
        fa: persian`${where}: نسخه پایگاه داده باید ${migrations.length} یا کمتر باشد، ولی ${names.length} است (آخرین گام: ${names.at(-1)!}). رصدِ تازه‌تری آن را نوشته است؛ رصد را به‌روز کنید، یا پوشه داده دیگری به کار ببرید.`,
        en: `${where}: expected a database of version ${migrations.length} or older, found version ${names.length} (last step: ${names.at(-1)}). A newer Rasad wrote it; update Rasad, or use another data directory.`,
      });
    }
    if (known.name !== name) {
      throw new UnusableDatabaseError({
        fa: persian`${where}: گام ${index + 1} پایگاه داده باید «${known.name}» باشد، ولی «${name}» است. این پایگاه از شاخه دیگری از رصد است؛ آن را با همان برنامه‌ای که نوشته است باز کنید، یا پوشه داده دیگری به کار ببرید.`,
        en: `${where}: expected step ${index + 1} of the database to be "${known.name}", found "${name}". It comes from another line of Rasad; open it with the program that wrote it, or use another data directory.`,
      });
    }
  }
  return names.length;
}
