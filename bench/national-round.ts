/**
 * One round over the invented country, opened and worked on as `rasad work` does it, except that its days pass on a
 * simulated clock. Started with its options as JSON; prints what it cost and found as JSON. A process of its own, so
 * that memory and CPU are those of the round alone.
 */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { loadRegistry } from '../src/audit/registry.ts';
import { registryOfRound } from '../src/audit/round.ts';
import { inWindow } from '../src/audit/schedule.ts';
import { work } from '../src/audit/worker.ts';
import {
  editionOf,
  knowledgeOf,
  openData,
  openLooking,
  seekingIn,
  userAgentOf,
  workerName,
  rulesDigest,
} from '../src/cli/compose.ts';
import { hoursOf, openNewRound, stepPlanOf } from '../src/cli/rounds.ts';
import type { Snapshot } from '../src/core/model.ts';
import type { RoundPlan } from '../src/core/round.ts';
import { unreachable, type StaticFetcher } from '../src/crawl/contract.ts';
import { IDENTITY_PROVIDERS } from '../rules/hosts/national.ts';
import { PAYMENT_GATEWAYS } from '../rules/hosts/gateways.ts';
import { openSimulatedClock } from '../tests/simulated-clock.ts';

export interface RoundOptions {
  readonly data: string;
  readonly registry: string;
  readonly mapHosts: readonly string[];
  readonly round: string;
  readonly edition: string;
  /** Milliseconds since 1970. */
  readonly opensAt: number;
  readonly plan: Pick<RoundPlan, 'delay' | 'window' | 'visitsApart' | 'probes'>;
  readonly concurrency: number;
  /** Seconds after which the round is stopped. */
  readonly longest: number;
}

export interface RoundFigures {
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  readonly peakMb: number;
  /** Of the crawls; what a look at robots.txt gives is one, too. Probes are counted apart. */
  readonly looks: number;
  readonly pages: number;
  readonly requests: number;
  /** Seconds and pages until every organization had been crawled once, and after it. */
  readonly firstVisit: { readonly seconds: number; readonly pages: number };
  readonly steps: number;
  readonly probeSteps: number;
  readonly failed: readonly string[];
  readonly ruleErrors: number;
  /** Was it stopped before its end? */
  readonly isStopped: boolean;
  /** Findings by verdict. */
  readonly verdicts: Readonly<Record<string, number>>;
  /** Simulated days from the opening to the end, nights in which pages were crawled, and looks beside the window. */
  readonly days: number;
  readonly nights: number;
  readonly outsideWindow: number;
  /** Milliseconds of the shortest time between two requests to one host, simulated; null when none was asked twice. */
  readonly smallestGap: number | null;
  /** Requests for hosts that are not part of the country. They are not made. */
  readonly strayHosts: readonly string[];
  readonly databaseMb: number;
  readonly evidenceMb: number;
  readonly evidenceFiles: number;
  /** Times that the worker found nothing to take. */
  readonly naps: number;
}

const options = JSON.parse(process.argv[2]!) as RoundOptions;
const HALF_DAY = 43_200_000; // milliseconds
/** Milliseconds that the clocks of Tehran are ahead; nights are counted from noon to noon. */
const TEHRAN = 3.5 * 3_600_000;

const clock = openSimulatedClock(options.opensAt);
const opened = openData(options.data);
const data = { ...opened, store: clock.wrapped(opened.store), blobs: clock.wrapped(opened.blobs) };
const edition = editionOf(options.edition);
const round = await openNewRound(
  data,
  {
    id: options.round,
    names: { fa: options.round, en: options.round },
    period: null,
    edition,
    registry: loadRegistry(options.registry),
    plan: { pages: 120, render: 'never', userAgent: userAgentOf({}), timeZone: 'Asia/Tehran', extraVisits: 2, ...options.plan }, // prettier-ignore
  },
  { by: 'bench', note: '', at: new Date(options.opensAt).toISOString() },
);
const registry = await registryOfRound(data.store, round);
const worker = workerName();
const { plan } = round;
const looking = await openLooking(
  registry,
  { mapHosts: options.mapHosts, render: plan.render, delay: plan.delay, userAgent: plan.userAgent, env: {} },
  { store: data.store, worker },
  clock,
);

const lastAsked = new Map<string, number>();
const strayHosts = new Set<string>();
let smallestGap = Infinity;
let requests = 0;
/** Notes when each host is asked, and asks nobody outside of the country. */
const fetcher: StaticFetcher = {
  close: () => looking.fetcher.close(),
  async fetch(url, how) {
    const { hostname } = new URL(url);
    if (!looking.hostMap.has(hostname)) {
      strayHosts.add(hostname);
      return { ...NOTHING, outcome: unreachable('dns', 'not part of the invented country') };
    }
    const now = clock.now();
    smallestGap = Math.min(smallestGap, now - (lastAsked.get(hostname) ?? -Infinity));
    lastAsked.set(hostname, now);
    requests++;
    return looking.fetcher.fetch(url, how);
  },
};
const NOTHING = {
  chain: [], status: null, headers: [], tls: null, wire: null, body: null, text: null, charset: null, firstByteMs: null, retryAfter: null,
}; // prettier-ignore

const nights = new Set<number>();
let looks = 0;
let pages = 0;
let outsideWindow = 0;

function note(snapshot: Snapshot): void {
  const at = Date.parse(snapshot.fetchedAt);
  looks++;
  if (snapshot.outcome.kind === 'page') pages++;
  nights.add(Math.floor((at - HALF_DAY + TEHRAN) / (2 * HALF_DAY)));
  if (!inWindow(plan, at)) outsideWindow++;
}

let ruleErrors = 0;
let probeSteps = 0;
let crawled = 0;
let naps = 0;
let firstVisit = { seconds: 0, pages: 0 };
const errors: string[] = [];
const begun = performance.now();
const stop = new AbortController();
setTimeout(() => stop.abort(new Error('it took too long')), options.longest * 1000).unref();
const seconds = (): number => (performance.now() - begun) / 1000;
const report = await work(
  registry,
  {
    store: data.store, blobs: data.blobs, fetcher: clock.wrapped(fetcher), browser: null, politeness: looking.politeness, clock, knowledge: knowledgeOf(registry), seeking: seekingIn(registry), rulesDigest,
    edition, visitsNeeded: edition.visits, identityHosts: IDENTITY_PROVIDERS, paymentHosts: PAYMENT_GATEWAYS, limits: { maxPages: plan.pages }, inspect: false,
    onEvent: (_organization, event) => {
      if (event.kind === 'looked' && !event.isStored) note(event.snapshot);
    },
    onRuleError: () => void ruleErrors++,
  }, // prettier-ignore
  {
    auditId: round.auditId, worker, concurrency: options.concurrency, signal: stop.signal, hours: hoursOf(round), plan: stepPlanOf(round),
    // nobody else could give anything back, so there is nothing to wake up for before a step is due
    maxIdle: Infinity,
    onIdle: async () => void naps++,
    onJob(job, event, detail) {
      const [step] = job.steps;
      if (event === 'failed') errors.push(`${job.organizationId}: ${detail}`);
      if (event !== 'done') return;
      if (step?.kind === 'probe') probeSteps++;
      else if (step?.number === 0 && ++crawled === registry.organizations.length) firstVisit = { seconds: seconds(), pages };
    },
  }, // prettier-ignore
);
const wallSeconds = seconds();
const cpu = process.cpuUsage();
const peakMb = process.resourceUsage().maxRSS / 1024;

const verdicts: Record<string, number> = {};
for (const { id } of registry.organizations)
  for (const { verdict } of await data.store.listFindings(round.auditId, id))
    verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
await looking.close();
await data.close();

const evidence = readdirSync(join(options.data, 'snapshots'), { withFileTypes: true, recursive: true })
  .filter((entry) => entry.isFile())
  .map((entry) => statSync(join(entry.parentPath, entry.name)).size);
const databaseMb = readdirSync(options.data)
  .filter((name) => name.startsWith('rasad.sqlite'))
  .reduce((sum, name) => sum + statSync(join(options.data, name)).size / 1e6, 0);
const figures: RoundFigures = {
  wallSeconds,
  cpuSeconds: (cpu.user + cpu.system) / 1e6,
  peakMb,
  looks,
  pages,
  requests,
  firstVisit,
  steps: report.done,
  probeSteps,
  failed: [...report.failed.map(({ organizationId, error }) => `${organizationId}: ${error}`), ...errors.slice(0, 5)],
  ruleErrors,
  isStopped: report.stopped,
  verdicts,
  days: (clock.now() - options.opensAt) / (2 * HALF_DAY),
  nights: nights.size,
  outsideWindow,
  smallestGap: Number.isFinite(smallestGap) ? smallestGap : null,
  strayHosts: [...strayHosts],
  databaseMb,
  evidenceMb: evidence.reduce((sum, size) => sum + size, 0) / 1e6,
  evidenceFiles: evidence.length,
  naps,
};
process.stdout.write(`${JSON.stringify(figures)}\n`);
