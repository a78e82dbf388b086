/** Takes jobs by lease until none is left. The job table is the queue of record; this only paces it. */
import type { Registry } from '../core/model.ts';
import type { Job, Store } from '../../storage/store.ts';
import { auditOrganization, type AuditTools } from './audit-organization.ts';

/** A lease lasts this long; it is renewed at a third of it, so that a worker that dies is replaced within minutes. */
const LEASE_MS = 120_000;
/** Attempts after which an organization is given up for this audit. */
const MAX_ATTEMPTS = 3;
/** Pause before an attempt that failed by our own fault is made again. */
const RETRY_MS = 30_000;
const POLL_MS = 1_000;

export interface WorkerTools<C extends string> extends Omit<AuditTools<C>, 'store'> {
  readonly store: Store;
}

export interface WorkReport {
  readonly done: number;
  /** Organizations that were given up, with the reason. */
  readonly failed: readonly { readonly organizationId: string; readonly error: string }[];
  readonly stopped: boolean;
}

export interface WorkOptions {
  readonly auditId: string;
  /** Unique to the process: the store tells holders of a lease apart by it. */
  readonly worker: string;
  /** Organizations under way at a time; each of their domains still sees one request at a time. */
  readonly concurrency: number;
  readonly signal?: AbortSignal;
  onJob?(job: Job, state: 'started' | 'done' | 'failed', detail: string): void;
}

/** Works until the audit has no job that could be taken. Rejects only when the store fails. */
export async function work<C extends string>(
  registry: Registry,
  tools: WorkerTools<C>,
  options: WorkOptions,
): Promise<WorkReport> {
  const { auditId, worker, signal } = options;
  const organizations = new Map(registry.organizations.map((organization) => [organization.id, organization]));
  const failed: { organizationId: string; error: string }[] = [];
  let done = 0;
  const iso = (ms: number): string => new Date(ms).toISOString();
  const later = (ms: number): string => iso(tools.clock.now() + ms);

  const run = async (job: Job): Promise<void> => {
    const organization = organizations.get(job.organizationId)!;
    const lost = new AbortController();
    const renewal = setInterval(() => {
      tools.store.renewLease(auditId, job.organizationId, worker, later(LEASE_MS)).then((kept) => {
        if (!kept) lost.abort(new Error('the lease was lost to another worker'));
      }, (error: unknown) => lost.abort(error));
    }, LEASE_MS / 3); // prettier-ignore
    try {
      options.onJob?.(job, 'started', '');
      const stop = signal ? AbortSignal.any([signal, lost.signal]) : lost.signal;
      const result = await auditOrganization(auditId, registry, organization, tools, stop);
      // what was fetched stays; the job goes back when the worker does
      if (result.ended === 'stopped') return;
      if (await tools.store.completeJob(auditId, job.organizationId, worker, result)) {
        done++;
        options.onJob?.(job, 'done', result.ended);
      }
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const again = job.attempts < MAX_ATTEMPTS;
      await tools.store.failJob(auditId, job.organizationId, worker, message, again ? later(RETRY_MS) : null);
      if (!again) failed.push({ organizationId: job.organizationId, error: message });
      options.onJob?.(job, 'failed', message);
    } finally {
      clearInterval(renewal);
    }
  };

  const running = new Set<Promise<void>>();
  while (!signal?.aborted) {
    if (running.size >= options.concurrency) {
      await Promise.race(running);
      continue;
    }
    const job = await tools.store.leaseJob(auditId, worker, iso(tools.clock.now()), later(LEASE_MS));
    if (job) {
      const task: Promise<void> = run(job).finally(() => running.delete(task));
      running.add(task);
      continue;
    }
    if (running.size > 0) {
      await Promise.race(running);
      continue;
    }
    const { waiting, active } = await tools.store.progress(auditId);
    if (waiting + active === 0) break;
    // what is left waits for its retry, or is in the hands of another worker
    await tools.clock.sleep(POLL_MS, signal).catch(() => undefined);
  }
  await Promise.all(running);
  if (signal?.aborted) await tools.store.releaseWorker(worker);
  return { done, failed, stopped: signal?.aborted ?? false };
}
