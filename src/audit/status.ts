/** Where a round stands: what was done, what is left and until when, who refuses, what could not be seen and why. */
import type { Registry, Snapshot, Verdict } from '../core/model.ts';
import { UNRESOLVED } from '../core/model.ts';
import type { Refusing, Round, RoundStatus } from '../core/round.ts';
import type { Store } from '../../storage/store.ts';
import { resultsOf } from './round.ts';

/** Looks at a portal below which nothing is said of its being reachable. */
const ENOUGH_LOOKS = 4;

export const roundStatus = async (store: Store, round: Round, registry: Registry): Promise<RoundStatus> => ({
  ...(await roundWork(store, round)),
  ...(await survey(store, round, registry)),
});

/** What is done and left of a round, without a look at what was found: quick for a whole country too. */
export async function roundWork(store: Store, round: Round): Promise<Omit<RoundStatus, keyof Survey>> {
  const jobs = await store.listJobs(round.auditId);
  const left = jobs.filter(({ state }) => state === 'waiting' || state === 'active');
  const steps = left.flatMap((job) => (job.steps.length > 0 ? job.steps : []));
  const times = left
    .flatMap(({ steps: own, runAfter }) => (own.length > 0 ? own.map(({ at }) => at) : [runAfter]))
    .sort();
  const workers = new Map<string, string[]>();
  for (const { worker, organizationId } of jobs)
    if (worker) workers.set(worker, [...(workers.get(worker) ?? []), organizationId]);
  return {
    round,
    organizations: {
      waiting: jobs.filter(({ state }) => state === 'waiting').length,
      active: jobs.filter(({ state }) => state === 'active').length,
      done: jobs.filter(({ state }) => state === 'done').length,
      failed: jobs.filter(({ state }) => state === 'failed').length,
    },
    stepsLeft: {
      crawls: steps.filter(({ kind }) => kind === 'crawl').length,
      probes: steps.filter(({ kind }) => kind === 'probe').length,
    },
    next: times[0] ?? null,
    last: times.at(-1) ?? null,
    workers: [...workers].map(([worker, organizations]) => ({ worker, organizations })),
    failures: jobs.flatMap(({ state, organizationId, error }) =>
      state === 'failed' ? [{ organization: organizationId, error: error ?? 'unknown' }] : [],
    ),
    reaudits: await store.listReaudits(round.id),
  };
}

type Survey = Pick<RoundStatus, 'looks' | 'refusing' | 'open' | 'verdicts' | 'decided' | 'outdated' | 'silent'>;

async function survey(store: Store, round: Round, registry: Registry): Promise<Survey> {
  const resultOf = await resultsOf(store, round);
  const hosts = new Map<string, { organizations: Set<string>; why: Map<string, number>; of: number }>();
  const open: Partial<Record<Verdict, number>> = {};
  const silent: string[] = [];
  let looks = 0;
  let verdicts = 0;
  let decided = 0;
  let outdated = 0;
  for (const { id } of registry.organizations) {
    const result = await resultOf(id);
    looks += result.snapshots.length;
    verdicts += result.settled.length;
    outdated += result.outdated.length;
    for (const finding of result.settled) {
      if (finding.decided) decided++;
      if (UNRESOLVED.includes(finding.verdict)) open[finding.verdict] = (open[finding.verdict] ?? 0) + 1;
    }
    for (const snapshot of result.snapshots) {
      const host = new URL(snapshot.url).hostname;
      const known = hosts.get(host) ?? { organizations: new Set(), why: new Map(), of: 0 };
      hosts.set(host, known);
      known.of++;
      const why = whyNot(snapshot);
      if (why === null) continue;
      known.organizations.add(id);
      known.why.set(why, (known.why.get(why) ?? 0) + 1);
    }
    if (isSilent(result.snapshots)) silent.push(id);
  }
  const refusing = [...hosts].flatMap(([host, { organizations, why, of }]): Refusing[] => {
    const [most, count] = [...why].sort((a, b) => b[1] - a[1])[0] ?? ['', 0];
    return count === 0 ? [] : [{ host, organizations: [...organizations], why: most, looks: count, of }];
  });
  return {
    looks, open, verdicts, decided, outdated, silent,
    refusing: refusing.sort((a, b) => b.looks - a.looks || (a.host < b.host ? -1 : 1)),
  }; // prettier-ignore
}

/** Why a look read nothing, when that is not the site saying that there is nothing. */
function whyNot({ outcome, chain }: Snapshot): string | null {
  if (outcome.kind === 'refused') {
    // where an answer led to a payment, it is we who did not go on
    const isOurs = outcome.by === 'budget' || (outcome.by === 'guard' && chain.length > 0);
    return isOurs || outcome.by === 'login' ? null : outcome.by;
  }
  if (outcome.kind !== 'unreachable') return null;
  return outcome.cause === 'not-found' || outcome.cause === 'client-error' || outcome.cause === 'stopped'
    ? null
    : outcome.cause;
}

function isSilent(snapshots: readonly Snapshot[]): boolean {
  const portal = snapshots.find(({ role }) => role === 'portal');
  const looks = snapshots.filter(({ role, url }) => (role === 'portal' || role === 'probe') && url === portal?.url);
  const answered = looks.filter(({ chain }) => chain.length > 0);
  return looks.length >= ENOUGH_LOOKS && answered.length * 2 < looks.length;
}
