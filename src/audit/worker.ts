/** Takes jobs by lease until none is left. The job table is the queue of record; this only paces it. */
import type { Organization, Registry, Snapshot, Step } from '../core/model.ts';
import { leavesOf } from '../core/score.ts';
import type { Job, JobResult, Store } from '../../storage/store.ts';
import {
  auditOrganization,
  crawlsMade,
  rejudgeOrganization,
  seedsOf,
  type AuditTools,
  type CrawlMade,
} from './audit-organization.ts';
import { probeOrganization } from './probe.ts';

/** A lease lasts this long; it is renewed at a third of it, so that a worker that dies is replaced within minutes. */
const LEASE_MS = 120_000;
/** Attempts after which a step is given up, and with the last one its organization. */
const MAX_ATTEMPTS = 3;
/** Pause before an attempt that failed by our own fault is made again. */
const RETRY_MS = 30_000;
const POLL_MS = 1_000;
/** Longest sleep while nothing is due: what another worker gives back is found by then. */
const MAX_IDLE_MS = 30_000;
/** When nobody answered for this long, silence says more about our own line than about a site. */
const LINE_MS = 10 * 60_000;
/** Other organizations that are asked, to tell a silent site from a line that is down. */
const MAX_WITNESSES = 3;
/** A probe that our own line kept us from is dropped after this long: its part of the day has passed. */
const STALE_PROBE_MS = 6 * 3_600_000;

export interface WorkerTools<C extends string> extends Omit<AuditTools<C>, 'store'> {
  readonly store: Store;
  /** Of the rules in `knowledge`: kept with what they find. */
  readonly rulesDigest: string;
}

export interface WorkReport {
  /** Steps that were finished: for an audit that is one crawl, organizations. */
  readonly done: number;
  /** Organizations of the audit that were given up, by whichever worker, with the reason. */
  readonly failed: readonly { readonly organizationId: string; readonly error: string }[];
  readonly stopped: boolean;
  /** When the next job is due that was not waited for (see `patience`); null when nothing is left. UTC, ISO 8601. */
  readonly nextDue: string | null;
}

export type JobEvent = 'started' | 'done' | 'failed' | 'postponed';

export interface WorkOptions {
  readonly auditId: string;
  /** Unique to the process: the store tells holders of a lease apart by it. */
  readonly worker: string;
  /** Organizations under way at a time; each of their domains still sees one request at a time. */
  readonly concurrency: number;
  readonly signal?: AbortSignal;
  /** Milliseconds for which a job that is not due yet is waited for; Infinity unless said otherwise. */
  readonly patience?: number;
  /** Milliseconds of the longest sleep while nothing is due. */
  readonly maxIdle?: number;
  /** The hours of crawling: is it one of them (milliseconds since 1970), and until when? Any time without it. */
  readonly hours?: (now: number) => { readonly open: boolean; readonly until: number };
  /** How the steps of a round follow each other; without it, one after the other. */
  readonly plan?: StepPlan;
  /** `detail`: how the step ended, why it failed, or until when it is postponed. */
  onJob?(job: Job, event: JobEvent, detail: string): void;
  /** Called while nothing can be taken: for taking back what dead workers hold. */
  onIdle?(): Promise<void>;
}

/** `crawls` are those that were made before the first of `steps`. */
export interface StepPlan {
  /** The steps for a job that is taken now: the same, or others where their time has passed. */
  now(organizationId: string, steps: readonly Step[], crawls: readonly CrawlMade[], now: number): readonly Step[];
  /** What is left when the first of the steps is done. */
  after(
    organizationId: string,
    steps: readonly Step[],
    crawls: readonly CrawlMade[],
    isGood: boolean,
    now: number,
  ): readonly Step[];
}

/** How a step ended: finished, put off, or broken off by a signal (the job then goes back with the worker). */
type End =
  | {
      readonly kind: 'finished';
      readonly result: JobResult | null;
      readonly left: readonly Step[];
      readonly detail: string;
    }
  | { readonly kind: 'put-off'; readonly until: number }
  | { readonly kind: 'planned-anew'; readonly steps: readonly Step[] }
  | { readonly kind: 'stopped' };

/** Works until the audit has no job that could be taken. Rejects only when the store fails. */
export async function work<C extends string>(
  registry: Registry,
  tools: WorkerTools<C>,
  options: WorkOptions,
): Promise<WorkReport> {
  const { auditId, worker, signal, patience = Infinity, maxIdle = MAX_IDLE_MS } = options;
  const { clock, store } = tools;
  const organizations = new Map(registry.organizations.map((organization) => [organization.id, organization]));
  const take = stepTaker(registry, tools, options);
  let done = 0;
  const iso = (ms: number): string => new Date(ms).toISOString();

  const renew = async (job: Job, lost: AbortController, ended: AbortSignal): Promise<void> => {
    try {
      for (;;) {
        await clock.sleep(LEASE_MS / 3, ended);
        if (!(await store.renewLease(auditId, job.organizationId, worker, iso(clock.now() + LEASE_MS))))
          return lost.abort(new Error('the lease was lost to another worker'));
      }
    } catch (error) {
      if (!ended.aborted) lost.abort(error);
    }
  };

  const run = async (job: Job): Promise<void> => {
    const { organizationId } = job;
    const steps = job.steps.length > 0 ? job.steps : [WHOLE_AUDIT];
    const lost = new AbortController();
    const ended = new AbortController();
    void renew(job, lost, ended.signal);
    try {
      options.onJob?.(job, 'started', '');
      const stop = signal ? AbortSignal.any([signal, lost.signal]) : lost.signal;
      const end = await take(organizations.get(organizationId)!, steps, stop);
      // what was fetched stays; the job goes back when the worker does
      if (end.kind === 'stopped') return;
      if (end.kind === 'put-off') {
        await store.postponeJob(auditId, organizationId, worker, iso(end.until));
        options.onJob?.(job, 'postponed', iso(end.until));
        return;
      }
      if (end.kind === 'planned-anew') {
        await store.completeJob(auditId, organizationId, worker, null, end.steps);
        options.onJob?.(job, 'postponed', end.steps[0]?.at ?? '');
        return;
      }
      const { left } = end;
      if (await store.completeJob(auditId, organizationId, worker, end.result, left)) {
        done++;
        options.onJob?.(job, 'done', end.detail);
      }
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const [, ...left] = steps;
      if (job.attempts < MAX_ATTEMPTS)
        await store.failJob(auditId, organizationId, worker, message, iso(clock.now() + RETRY_MS));
      // what fails for minutes does not take the other days from an organization
      else if (left[0]) await store.failJob(auditId, organizationId, worker, message, left[0].at, left);
      else await store.failJob(auditId, organizationId, worker, message, null);
      options.onJob?.(job, 'failed', message);
    } finally {
      ended.abort();
    }
  };

  const running = new Set<Promise<void>>();
  let nextDue: string | null = null;
  while (!signal?.aborted) {
    if (running.size >= options.concurrency) {
      await Promise.race(running);
      continue;
    }
    const now = clock.now();
    const job = await store.leaseJob(auditId, worker, iso(now), iso(now + LEASE_MS));
    if (job) {
      const task: Promise<void> = run(job).finally(() => running.delete(task));
      running.add(task);
      continue;
    }
    await options.onIdle?.();
    const waiting = (await store.listJobs(auditId)).filter(({ state }) => state === 'waiting' || state === 'active');
    if (waiting.length === 0) break;
    // what is left waits for its time, or is in the hands of another worker, or of this one
    const due = Math.min(...waiting.map(({ runAfter }) => Date.parse(runAfter)));
    const isOnlyLater = waiting.every(({ state }) => state === 'waiting');
    if (isOnlyLater && due - now > patience) {
      nextDue = iso(due);
      break;
    }
    const nap = new AbortController();
    const wake = signal ? AbortSignal.any([signal, nap.signal]) : nap.signal;
    const sleep = clock.sleep(isOnlyLater ? Math.min(Math.max(due - now, 1), maxIdle) : POLL_MS, wake);
    await Promise.race([sleep.catch(() => undefined), ...running]);
    nap.abort();
  }
  await Promise.all(running);
  if (signal?.aborted) await store.releaseWorker(worker, iso(clock.now()));
  const failed = (await store.listJobs(auditId))
    .filter(({ state }) => state === 'failed')
    .map(({ organizationId, error }) => ({ organizationId, error: error ?? '' }));
  return { done, failed, stopped: signal?.aborted ?? false, nextDue };
}

/** An audit without steps of its own is one crawl. */
const WHOLE_AUDIT: Step = { number: 0, visit: 0, kind: 'crawl', at: '' };

/** Takes the first of an organization's steps. */
function stepTaker<C extends string>(registry: Registry, tools: WorkerTools<C>, options: WorkOptions) {
  const { auditId } = options;
  const { clock, store } = tools;
  let lastAnswer = -Infinity;

  const after = (id: string, steps: readonly Step[], crawls: readonly CrawlMade[], isGood: boolean): readonly Step[] =>
    options.plan?.after(id, steps, crawls, isGood, clock.now()) ?? steps.slice(1);

  async function crawl(
    organization: Organization,
    steps: readonly Step[],
    crawls: readonly CrawlMade[],
    stop: AbortSignal,
  ): Promise<End> {
    const { visit } = steps[0]!;
    const hours = options.hours?.(clock.now());
    if (hours && !hours.open) return { kind: 'put-off', until: hours.until };
    const closing = new AbortController();
    const finished = new AbortController();
    if (hours && hours.until < Infinity) {
      clock
        .sleep(hours.until - clock.now(), AbortSignal.any([stop, finished.signal]))
        .then(() => closing.abort(new Error('the hours of crawling are over')))
        .catch(() => undefined);
    }
    try {
      const signal = AbortSignal.any([stop, closing.signal]);
      const looked = await auditOrganization(auditId, registry, organization, tools, { visit, signal });
      const { findings, skipped, ended, isGood } = looked;
      if (isGood) lastAnswer = clock.now();
      if (ended !== 'stopped') {
        // where there is no address, no other day will show more
        const left = hasAddress(registry, organization) ? after(organization.id, steps, crawls, isGood) : [];
        return {
          kind: 'finished',
          result: { findings, skipped, rules: tools.rulesDigest },
          left,
          detail: isGood ? ended : `${ended}, not to be seen`,
        };
      }
      if (stop.aborted) return { kind: 'stopped' };
      const now = options.hours!(clock.now());
      return { kind: 'put-off', until: now.open ? clock.now() : now.until };
    } finally {
      finished.abort();
    }
  }

  async function probe(
    organization: Organization,
    steps: readonly Step[],
    crawls: readonly CrawlMade[],
    known: readonly Snapshot[],
    stop: AbortSignal,
  ): Promise<End> {
    const step = steps[0]!;
    const looks = await probeOrganization(registry, organization, { auditId, visit: step.visit, known }, tools, stop);
    if (looks.some(hasAnswered)) lastAnswer = clock.now();
    const isSuspicious = clock.now() - lastAnswer > LINE_MS && looks.length > 0;
    const isOurLine = isSuspicious && !(await othersAnswer(organization, stop));
    const now = clock.now();
    if (isOurLine && now - Date.parse(step.at) < STALE_PROBE_MS) return { kind: 'put-off', until: now + LINE_MS };
    if (!isOurLine) for (const look of looks) await store.saveSnapshot(look);
    const left = after(organization.id, steps, crawls, true);
    return {
      kind: 'finished',
      // availability is judged when everything is seen
      result: left.length === 0 ? await judgedAgain(organization) : null,
      left,
      detail: isOurLine ? 'dropped, because nobody answered: our own line' : `${answersOf(looks)} answered`,
    };
  }

  /** Asks the portals of those that come next in the registry, and keeps nothing of it. */
  async function othersAnswer({ id }: Organization, stop: AbortSignal): Promise<boolean> {
    const all = registry.organizations;
    const own = all.findIndex((organization) => organization.id === id);
    const next = [...all.slice(own + 1), ...all.slice(0, own)].filter(({ portalUrl }) => portalUrl !== null);
    for (const other of next.slice(0, MAX_WITNESSES)) {
      const portalAlone = { ...registry, services: [] };
      const looks = await probeOrganization(portalAlone, other, { auditId, visit: 0, known: [] }, tools, stop);
      if (!looks.some(hasAnswered)) continue;
      lastAnswer = clock.now();
      return true;
    }
    return false;
  }

  /** The looks that were left have had their time. */
  async function withoutLooks(
    organization: Organization,
    steps: readonly Step[],
    crawls: readonly CrawlMade[],
  ): Promise<End> {
    const left = after(organization.id, steps.slice(-1), crawls, true);
    if (left.length > 0) return { kind: 'planned-anew', steps: left };
    return { kind: 'finished', result: await judgedAgain(organization), left, detail: 'too late for the looks left' };
  }

  const judgedAgain = async (organization: Organization): Promise<JobResult> => ({
    findings: await rejudgeOrganization(auditId, registry, organization, tools),
    skipped: await store.listSkipped(auditId, organization.id),
    rules: tools.rulesDigest,
  });

  return async (organization: Organization, steps: readonly Step[], stop: AbortSignal): Promise<End> => {
    try {
      const known = options.plan ? await store.listSnapshots(auditId, organization.id) : [];
      const crawls = crawlsMade(known).filter(({ visit }) => visit < steps[0]!.visit);
      const planned = options.plan?.now(organization.id, steps, crawls, clock.now()) ?? steps;
      const [first] = planned;
      if (!first) return withoutLooks(organization, steps, crawls);
      if (planned !== steps && Date.parse(first.at) > clock.now()) return { kind: 'planned-anew', steps: planned };
      return first.kind === 'crawl'
        ? await crawl(organization, planned, crawls, stop)
        : await probe(organization, planned, crawls, known, stop);
    } catch (error) {
      if (stop.aborted) return { kind: 'stopped' };
      throw error;
    }
  };
}

function answersOf(looks: readonly Snapshot[]): string {
  const probes = looks.filter(({ role }) => role === 'probe');
  return `${probes.filter(hasAnswered).length} of ${probes.length}`;
}

const hasAnswered = ({ chain }: Snapshot): boolean => chain.length > 0;

const hasAddress = ({ services }: Registry, organization: Organization): boolean =>
  seedsOf(organization, leavesOf(services.filter(({ organizationId }) => organizationId === organization.id))).length >
  0;
