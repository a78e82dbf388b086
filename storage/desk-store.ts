/**
 * What the desk keeps: people, sessions, passes, ratings, objections, a journal. Beside `Store`, on the same database.
 * Each method happens entirely or not at all. Times are UTC, ISO 8601. Secrets come here only as hashes.
 */
import type { JournalEntry, Objection, ObjectionCheck, ObjectionDecision, Pass, Person, Session } from '../src/core/person.ts'; // prettier-ignore
import type { FindingKey, Rating } from '../src/core/rating.ts';
import type { Review } from '../src/core/round.ts';
import type { Finding } from '../src/core/model.ts';

/** Something kept in order, with its place: a reader asks for what came after the last place that it has seen. */
export interface Placed<T> {
  readonly position: number;
  readonly value: T;
}

/** Ratings and reviews of one decision. */
export interface Decided {
  readonly ratings: readonly Rating[];
  /** What counts from then on. */
  readonly reviews: readonly Review[];
  /** The last places of ratings and reviews that were read when it was made; -1 for none. */
  readonly read: { readonly ratings: number; readonly reviews: number };
}

/** Changes with everything that a round's results stand on beside ratings and reviews; to be compared, not read. */
export type RoundVersion = string;

export interface DeskStore {
  /** false: the id is taken. */
  addPerson(person: Person): Promise<boolean>;
  /**
   * Replaces all but id, creation and password; ends all sessions and passes of one who is not active, so that they do
   * not come back with the person. false: there is none with this id.
   */
  changePerson(person: Person): Promise<boolean>;
  getPerson(id: string): Promise<Person | null>;
  /** By id. */
  listPeople(): Promise<readonly Person[]>;
  /** null while there is none. */
  getPasswordHash(person: string): Promise<string | null>;
  /** Ends all sessions and passes of that person too, in one. Rejects when there is no such person. */
  setPassword(person: string, hash: string): Promise<void>;
  /**
   * Counts a refused attempt to sign in and gives how many there were since `since`, this one among them. Those before
   * are forgotten, everybody's. Names that nobody has are counted too.
   */
  countRefused(person: string, at: string, since: string): Promise<number>;
  /** How many were refused since then. */
  refusedSince(person: string, since: string): Promise<number>;
  /** Forgets refused attempts: one succeeded. */
  forgetRefused(person: string): Promise<void>;

  /** Forgets sessions that were over when this one started. */
  addSession(session: Session): Promise<void>;
  /** With its person. null: there is none, it is over at `now`, or its person is not active. */
  getSession(hash: string, now: string): Promise<{ readonly session: Session; readonly person: Person } | null>;
  /** Moves its end. */
  keepSession(hash: string, seenAt: string, expiresAt: string): Promise<void>;
  endSession(hash: string): Promise<void>;
  endSessionsOf(person: string): Promise<void>;

  addPass(pass: Pass): Promise<void>;
  /** null: there is none, or it is over at `now`. */
  getPass(hash: string, now: string): Promise<Pass | null>;
  /** Removes it. false: it was not there, so somebody used it before. */
  usePass(hash: string): Promise<boolean>;
  /** The oldest first, those that are over among them. */
  listPasses(): Promise<readonly Pass[]>;

  addJournal(entry: JournalEntry): Promise<void>;
  /** The newest first; only those before the place `before`, null for the newest. */
  listJournal(limit: number, before: number | null): Promise<readonly Placed<JournalEntry>[]>;

  /**
   * Keeps a decision. `kept`: it is written. `known`: its id was kept before in this round, nothing is written.
   * `outrun`: somebody said something of one of these findings since `read`, nothing is written: read on, and make it
   * anew. Rejects without ratings of one id, and with a UserError when the round is published (what was kept before stays
   * `known`).
   */
  decide(roundId: string, decided: Decided): Promise<'kept' | 'known' | 'outrun'>;
  /** In the order in which they were made, those after that place. */
  listRatings(roundId: string, after: number): Promise<readonly Placed<Rating>[]>;
  listReviewsAfter(roundId: string, after: number): Promise<readonly Placed<Review>[]>;
  /** Of acts, sources and the times that findings were saved. Equal texts: nothing changed. */
  versionOf(roundId: string): Promise<RoundVersion>;
  /** Single findings, as `Store.listFindings` gives them, in the order of the keys; those that are not there are left out. */
  getFindings(auditId: string, keys: readonly FindingKey[]): Promise<readonly Finding[]>;

  /** Rejects when the id is taken. */
  addObjection(objection: Objection): Promise<void>;
  /** The oldest first. */
  listObjections(roundId: string): Promise<readonly Objection[]>;
  getObjection(id: string): Promise<Objection | null>;
  setObjectionCheck(id: string, check: ObjectionCheck): Promise<void>;
  /** false: it is decided already, or there is none. */
  decideObjection(id: string, decision: ObjectionDecision): Promise<boolean>;

  close(): Promise<void>;
}
