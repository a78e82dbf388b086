/**
 * The one door to persistent state. Each method happens entirely or not at all; there is no transaction at this seam.
 * Times are UTC, ISO 8601. Methods reject only when the storage itself fails (a full disk, a damaged file).
 */
import type { Audit, BlobRef, Finding, Registry, SkippedUrl, Snapshot } from '../src/core/model.ts';

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
}

export interface AuditProgress {
  readonly waiting: number;
  readonly active: number;
  readonly done: number;
  readonly failed: number;
  readonly snapshots: number;
}

export interface Store {
  /** Keeps an audit with its registry and one waiting job an organization. Rejects when the id is taken. */
  createAudit(audit: Audit, registry: Registry): Promise<void>;
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
  /** Replaces the findings and skipped addresses of the organization and marks its job done. false: the lease was lost, nothing was written. */
  completeJob(auditId: string, organizationId: string, worker: string, result: JobResult): Promise<boolean>;
  /** Gives the job back; `runAfter` null means that it will not be tried again. */
  failJob(
    auditId: string,
    organizationId: string,
    worker: string,
    error: string,
    runAfter: string | null,
  ): Promise<void>;
  /**
   * Gives back everything that a worker holds, jobs and domains, as if it had never taken it: for a worker that stops,
   * or of which it is known that it is dead. Resolves to the number of jobs.
   */
  releaseWorker(worker: string): Promise<number>;
  listJobs(auditId: string): Promise<readonly Job[]>;
  progress(auditId: string): Promise<AuditProgress>;

  /**
   * Takes or keeps a domain for a worker until `until`. Resolves to null when it is taken, else to the earliest time
   * at which the domain may be asked again (the `notBefore` of the last release).
   */
  leaseDomain(
    domain: string,
    worker: string,
    now: string,
    until: string,
  ): Promise<{ readonly notBefore: string | null } | null>;
  /** Lets a domain go; nobody asks it before `notBefore`. Without effect when another worker holds it. */
  releaseDomain(domain: string, worker: string, notBefore: string): Promise<void>;

  /** Keeps one look. A second one with the same audit, organization, visit, address and role is ignored. */
  saveSnapshot(snapshot: Snapshot): Promise<void>;
  /** By visit, within it by ordinal. */
  listSnapshots(auditId: string, organizationId: string): Promise<readonly Snapshot[]>;

  /** Replaces the findings of the organization without touching its job; for judging again. */
  saveFindings(auditId: string, organizationId: string, findings: readonly Finding[]): Promise<void>;
  /** In the order in which they were given, organizations in the audit's order. */
  listFindings(auditId: string, organizationId?: string): Promise<readonly Finding[]>;
  listSkipped(auditId: string, organizationId: string): Promise<readonly SkippedUrl[]>;

  close(): Promise<void>;
}

export interface JobResult {
  readonly findings: readonly Finding[];
  readonly skipped: readonly SkippedUrl[];
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
