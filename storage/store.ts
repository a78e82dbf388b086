/**
 * The one door to persistent state. Each method happens entirely or not at all; there is no transaction at this seam.
 * Times are UTC, ISO 8601. Methods reject only when the storage itself fails (a full disk, a damaged file).
 */
import type { Audit, BlobRef, Finding, Registry, SkippedUrl, Snapshot, Step } from '../src/core/model.ts';
import type { Act, Link, Reaudit, Review, Round, RoundState } from '../src/core/round.ts';

export type JobState = 'waiting' | 'active' | 'done' | 'failed';

/** One organization to be audited. The job table is the queue of record. */
export interface Job {
  readonly auditId: string;
  readonly organizationId: string;
  readonly state: JobState;
  readonly attempts: number;
  readonly worker: string | null;
  readonly leaseUntil: string | null;
  readonly runAfter: string;
  /** Why the last attempt failed, for the operator. */
  readonly error: string | null;
  /** What is left to do, the next step first. Empty for an audit that is one crawl. */
  readonly steps: readonly Step[];
}

export interface AuditProgress {
  readonly waiting: number;
  readonly active: number;
  readonly done: number;
  readonly failed: number;
  readonly snapshots: number;
}

export interface Store {
  /**
   * Keeps an audit with its registry and one waiting job an organization, due at its first step (at once for one
   * without steps). Rejects when the id is taken.
   */
  createAudit(audit: Audit, registry: Registry, steps?: ReadonlyMap<string, readonly Step[]>): Promise<void>;
  /** The newest first. */
  listAudits(): Promise<readonly Audit[]>;
  getAudit(id: string): Promise<Audit | null>;
  getRegistry(auditId: string): Promise<Registry | null>;
  /** Newest unfinished audit with exactly these digests and organizations: the one that a repeated command resumes. */
  findUnfinished(
    like: Pick<Audit, 'edition' | 'registryDigest' | 'rulesDigest' | 'configDigest' | 'organizationIds'>,
  ): Promise<Audit | null>;
  finishAudit(id: string, at: string): Promise<void>;

  /**
   * Leases the next job of the audit that is waiting, or active with an expired lease, and due; null when there is none.
   * Two workers never get the same job.
   */
  leaseJob(auditId: string, worker: string, now: string, leaseUntil: string): Promise<Job | null>;
  /** false when the lease was lost to another worker; then the caller must stop. */
  renewLease(auditId: string, organizationId: string, worker: string, leaseUntil: string): Promise<boolean>;
  /**
   * Replaces the findings and skipped addresses of the organization (null: they stay as they are). The job is done, or
   * waits for the first of the steps that are left. false: the lease was lost, nothing was written.
   */
  completeJob(
    auditId: string,
    organizationId: string,
    worker: string,
    result: JobResult | null,
    left?: readonly Step[],
  ): Promise<boolean>;
  /** Gives the job back as if it had not been taken, to be done from `runAfter` on. */
  postponeJob(auditId: string, organizationId: string, worker: string, runAfter: string): Promise<void>;
  /**
   * Gives the job back; `runAfter` null means that it will not be tried again. With steps that are `left`, its attempts
   * begin anew at the first of them.
   */
  failJob(
    auditId: string,
    organizationId: string,
    worker: string,
    error: string,
    runAfter: string | null,
    left?: readonly Step[],
  ): Promise<void>;
  /**
   * Gives back everything that a worker holds, jobs and domains, as if it had never taken it: for a worker that stops,
   * or of which it is known that it is dead. Nobody asks one of its domains before the pause that it would have kept
   * has passed from `now`. Resolves to the number of jobs.
   */
  releaseWorker(worker: string, now: string): Promise<number>;
  listJobs(auditId: string): Promise<readonly Job[]>;
  progress(auditId: string): Promise<AuditProgress>;

  /**
   * Takes or keeps a domain for a worker until `until`. Resolves to null when it is taken, else to the earliest time
   * at which the domain may be asked again (the `notBefore` of the last release). `pause` is what the worker will keep
   * after its request, in milliseconds: it holds for whoever comes next if the worker dies.
   */
  leaseDomain(
    domain: string,
    worker: string,
    now: string,
    until: string,
    pause?: number,
  ): Promise<{ readonly notBefore: string | null } | null>;
  /** Lets a domain go; nobody asks it before `notBefore`. Without effect when another worker holds it. */
  releaseDomain(domain: string, worker: string, notBefore: string): Promise<void>;

  /** Keeps one look. A second one with the same audit, organization, visit, address and role is ignored. */
  saveSnapshot(snapshot: Snapshot): Promise<void>;
  /** By visit, within it by ordinal. */
  listSnapshots(auditId: string, organizationId: string): Promise<readonly Snapshot[]>;

  /**
   * Replaces the findings of the organization without touching its job; for judging again. `rules` is the digest of the
   * rules that found them.
   */
  saveFindings(auditId: string, organizationId: string, findings: readonly Finding[], rules?: string): Promise<void>;
  /**
   * Each organization of which something was found, with the digest of the rules that found it; null where that was not
   * noted: then it is the audit's.
   */
  listRules(auditId: string): Promise<ReadonlyMap<string, string | null>>;
  /** In the order in which they were given, organizations in the audit's order. */
  listFindings(auditId: string, organizationId?: string): Promise<readonly Finding[]>;
  listSkipped(auditId: string, organizationId: string): Promise<readonly SkippedUrl[]>;
  /**
   * What another method than the audit's own says of an organization's evidence; `method` names edition and rules. Kept
   * beside the audit and no part of it, so also of one on which a published round stands.
   */
  saveJudgement(auditId: string, organizationId: string, method: string, findings: readonly Finding[]): Promise<void>;
  /** null when that method has not judged it. */
  getJudgement(auditId: string, organizationId: string, method: string): Promise<readonly Finding[] | null>;
  /**
   * A new audit with the looks and skipped addresses of another one and without its findings, every job done: the same
   * evidence, to be judged anew.
   */
  copyAudit(from: string, audit: Audit): Promise<void>;

  /**
   * Forgets an audit and all that it found, as if it had never been; files of evidence stay. Rejects when a round
   * stands on it.
   */
  dropAudit(id: string): Promise<void>;
  /** Does a published round stand on it, so that nothing of it changes any more? */
  isFrozen(auditId: string): Promise<boolean>;

  /**
   * Opens a round with its audit. false, and nothing is written, when its id or its quarter has a round already, or the
   * id of its audit is taken.
   */
  createRound(
    round: Round,
    audit: Audit,
    registry: Registry,
    steps: ReadonlyMap<string, readonly Step[]>,
    act: Act,
  ): Promise<boolean>;
  /**
   * A revision of a published round, with its reviews and approvals, on a new audit that holds a copy of the looks from
   * which the round's results come and no findings: of an organization whose result comes from an audit on demand, the
   * looks on demand; those beside which they were made stay with the round. false, and nothing is written: it is not
   * published, or the id is taken.
   */
  createRevision(round: Round, audit: Audit, act: Act): Promise<boolean>;
  /** The newest first. */
  listRounds(): Promise<readonly Round[]>;
  getRound(id: string): Promise<Round | null>;
  /**
   * Moves a round from one state to the next with the act that did it. From `open` on nothing is looked at any more:
   * jobs that wait are done. false: it is not in the state `from`, or is open and has a job in somebody's hands, by a
   * lease that has not run out at the time of the act.
   */
  moveRound(id: string, from: RoundState, to: RoundState, act: Act): Promise<boolean>;
  /**
   * Publishes a round in preview: keeps its chain, and from then on rejects every change of the audits it stands on.
   * false, and nothing is written: it is not in preview, or is not what was `counted` before the chain was made.
   */
  publishRound(id: string, act: Act, links: readonly Link[], counted: RoundCounts): Promise<boolean>;
  /** Counts that are the same twice only when nothing that a chain proves has changed between. */
  countRound(id: string): Promise<RoundCounts>;
  listLinks(roundId: string): Promise<readonly Link[]>;
  /** Keeps an act, with the findings that it leads to where it does. Rejects when the round is published. */
  addAct(roundId: string, act: Act, judged?: Judged): Promise<void>;
  listActs(roundId: string): Promise<readonly Act[]>;
  /** Notes that an audit was made on demand against a round. */
  addReaudit(reaudit: Reaudit): Promise<void>;
  /** In the order in which they were asked for. */
  listReaudits(roundId: string): Promise<readonly Reaudit[]>;
  /**
   * Decides on an audit on demand: once it is accepted, the organization's result in the round comes from it, with the
   * findings that are given in the place of those that it had. false: it is decided already. Rejects when it would be
   * accepted into a published round.
   */
  decideReaudit(auditId: string, decision: NonNullable<Reaudit['decision']>, judged?: Judged): Promise<boolean>;
  /** Organizations whose results come from another audit than the round's own. */
  listSources(roundId: string): Promise<ReadonlyMap<string, string>>;
  /** Rejects when the round is published. */
  addReview(roundId: string, review: Review): Promise<void>;
  /** In the order in which they were made. */
  listReviews(roundId: string, organizationId?: string): Promise<readonly Review[]>;

  /** Notes that files of evidence were removed on purpose; their hashes stay. */
  retire(hashes: readonly string[], at: string): Promise<void>;
  /**
   * When the file with this hash was last removed on purpose; null when it was not, or not since `since` (UTC, ISO 8601):
   * a look from after the removal had its file anew.
   */
  retiredAt(hash: string, since: string): Promise<string | null>;

  close(): Promise<void>;
}

/** What belongs to a round, in numbers that only grow. */
export interface RoundCounts {
  readonly acts: number;
  readonly reviews: number;
  /** Audits on demand that were decided on. */
  readonly decisions: number;
  /** Looks of the audits that it stands on, and how often findings of theirs were kept. */
  readonly looks: number;
  readonly judged: number;
}

/** Findings of one organization, to be kept in an audit together with what led to them. */
export interface Judged {
  readonly auditId: string;
  readonly organizationId: string;
  readonly findings: readonly Finding[];
  /** Digest of the rules that found them. */
  readonly rules: string;
}

export interface JobResult {
  readonly findings: readonly Finding[];
  readonly skipped: readonly SkippedUrl[];
  /** Digest of the rules that found them. */
  readonly rules?: string;
}

/** Files of evidence, named by the SHA-256 of their decoded bytes. */
export interface BlobStore {
  /** Keeps bytes as they are when `encoding` says that they are compressed already, else compresses them. Idempotent. */
  put(
    decoded: Uint8Array,
    wire?: { readonly bytes: Uint8Array; readonly encoding: BlobRef['encoding'] },
  ): Promise<BlobRef>;
  /** The decoded bytes. Rejects with a clear error when the file is missing or does not match its hash. */
  get(ref: BlobRef): Promise<Uint8Array>;
}
