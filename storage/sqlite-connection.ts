/** A connection to the one SQLite file that all of the program's tables are in; several processes may have it open. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { persian } from '../src/core/errors.ts';
import { migrate, UnusableDatabaseError } from './migrations.ts';

export type Value = string | number | null;

export interface Connection {
  /** The statement, compiled once. The row's type is what its columns spell out; nothing can check that. */
  sql<Row = unknown>(text: string): Database.Statement<Value[], Row>;
  /** One transaction that takes the write lock at its start, so nothing that it read can change before it writes. */
  atomically<T>(work: () => T): T;
  /** One transaction that only reads, all of one state, and waits for nobody. */
  consistently<T>(work: () => T): T;
  close(): void;
}

/**
 * Opens the file, creating it and its directory where they are missing, and brings its tables up to date. Throws an
 * UnusableDatabaseError when the file is not a database of Rasad, or is one of a newer Rasad.
 */
export function openConnection(path: string): Connection {
  let db: Database.Database | undefined;
  try {
    if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
    db = new Database(path, { timeout: BUSY_TIMEOUT });
    configure(db);
    migrate(db, path);
    return connectionOf(db);
  } catch (error) {
    db?.close();
    throw explained(error, path);
  }
}

function connectionOf(db: Database.Database): Connection {
  const statements = new Map<string, Database.Statement>();
  return {
    sql<Row>(text: string) {
      let statement = statements.get(text);
      if (statement === undefined) {
        statement = db.prepare(text);
        statements.set(text, statement);
      }
      return statement as Database.Statement<Value[], Row>;
    },
    atomically: (work) => db.transaction(work).immediate(),
    consistently: (work) => db.transaction(work).deferred(),
    close: () => void db.close(),
  };
}

/** A fault of the path that the user gave, as what to do about it; any other error as it is. */
function explained(error: unknown, path: string): unknown {
  if (hasCode(error, /^SQLITE_NOTADB/)) {
    return new UnusableDatabaseError(
      {
        fa: persian`${path}: اینجا باید پایگاه داده رصد باشد، ولی پرونده‌ای از گونه دیگر است. آن را جابه‌جا کنید یا پرونده دیگری نام ببرید.`,
        en: `${path}: expected a database of Rasad, found a file of another kind. Move it away or name another file.`,
      },
      { cause: error },
    );
  }
  if (hasCode(error, /^(SQLITE_CANTOPEN|SQLITE_READONLY|EACCES|EEXIST|ENOTDIR|EROFS)/)) {
    return new UnusableDatabaseError(
      {
        fa: persian`${path}: پرونده‌ای لازم است که بتوان آن را ساخت یا در آن نوشت، و این نمی‌شود (${error.message}). پرونده‌ای در پوشه‌ای نام ببرید که اجازه نوشتن در آن را دارید.`,
        en: `${path}: expected a file that can be created or written, found that it cannot (${error.message}). Name a file in a directory that you may write to.`,
      },
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
export const instant = (time: string): string => new Date(time).toISOString();
