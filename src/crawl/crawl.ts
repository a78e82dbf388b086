/**
 * Looks at one organization: takes targets from the frontier, asks for them politely, stores every look before anything
 * is made of it, and feeds what the pages wish for back. Stored looks are read again instead of being repeated, so a
 * crawl that was interrupted goes on as if it had not been.
 */
import type { Cause, FetchOutcome, SkippedUrl, SkipReason, Snapshot } from '../core/model.ts';
import { decodeStored } from './charset.ts';
import {
  refused,
  unreachable,
  type BrowserFetcher,
  type StaticAnswer,
  type StaticFetcher,
  type Target,
} from './contract.ts';
import { follow, nothing, type HostRules } from './follow.ts';
import { createFrontier, type FrontierLimits } from './frontier.ts';
import { hostOf, isHostWithin } from './guard.ts';
import { lookOf, renderIfNeeded, storedPage, type Blobs, type Look } from './look.ts';
import { NO_MEMORY, type PageShape, type RenderMemory } from './page-needs.ts';
import type { Clock, Politeness } from './politeness.ts';
import { MAX_ROBOTS_BYTES, MAX_ROBOTS_REDIRECTS, readRobots } from './robots.ts';

export interface CrawlLimits extends FrontierLimits {
  /** Bytes of answers, decompressed, for the organization. */
  readonly maxBytes: number;
  /** Milliseconds of one run. */
  readonly maxTime: number;
}

export const DEFAULT_CRAWL: Pick<CrawlLimits, 'maxBytes' | 'maxTime'> = { maxBytes: 150_000_000, maxTime: 90 * 60_000 };

export interface CrawlPlan {
  readonly auditId: string;
  readonly organizationId: string;
  /** The portal, its probes, services and systems; see `Frontier` for their order. */
  readonly seeds: readonly Target[];
  /** Looks that an earlier run of the same audit stored, by ordinal. */
  readonly stored: readonly Snapshot[];
  readonly limits?: Partial<CrawlLimits>;
  /** 0 for the audit's own crawl; see Snapshot. */
  readonly visit: number;
  /**
   * Show the home page, one page of a service and one of each host of systems in the browser even if they do not need
   * scripts, and measure them there.
   */
  readonly inspect: boolean;
  /** Where a redirect ends unasked: what is below the first is a log-in, what is below the second a payment. */
  readonly identityHosts?: readonly string[];
  readonly paymentHosts?: readonly string[];
}

export interface CrawlTools<View extends PageShape> {
  readonly fetcher: StaticFetcher;
  /** null where no browser is installed; pages that need one keep their static form. */
  readonly browser: BrowserFetcher | null;
  readonly politeness: Politeness;
  readonly blobs: Blobs;
  save(snapshot: Snapshot): Promise<void>;
  /** Parses a page; once for its static form and once more if it was rendered. */
  view(html: string, url: string): View;
  /** What a stored look makes worth looking at. `view` is null for everything that is no page. */
  read(snapshot: Snapshot, view: View | null): readonly Target[];
  readonly clock: Clock;
  onEvent?(event: CrawlEvent): void;
}

export type CrawlEvent =
  | { readonly kind: 'looking'; readonly target: Target }
  | { readonly kind: 'rendering'; readonly url: string; readonly reason: string }
  | { readonly kind: 'looked'; readonly snapshot: Snapshot; readonly isStored: boolean }
  | { readonly kind: 'host-closed'; readonly host: string; readonly reason: string }
  | { readonly kind: 'budget'; readonly spent: 'pages' | 'bytes' | 'time' };

export interface CrawlResult {
  /** `complete`: nothing within the limits is left · `budget`: one was used up · `stopped`: by the signal. */
  readonly ended: 'complete' | 'budget' | 'stopped';
  readonly skipped: readonly SkippedUrl[];
  readonly skippedCounts: Readonly<Partial<Record<SkipReason, number>>>;
}

/** So many looks in a row without an answer close a host for the rest of the organization. */
const MAX_FAILURES = 3;
/** So many looks in a row that ended with "too many requests", each after backing off, do the same. */
const MAX_LIMITED = 2;
const SILENT = new Set<string>(['dns', 'connect', 'tls', 'timeout', 'reset', 'empty'] satisfies Cause[]);
/** Roles for which a repeated address is asked again: how it answers is the question. */
const NEVER_SHARED = new Set(['plain-http', 'missing-probe', 'probe']);
/** Hosts of systems of which a page is measured: the services of most organizations share one or two. */
const MAX_SYSTEM_SAMPLES = 3;

/**
 * Crawls within the plan's limits. Each target that the frontier hands out becomes exactly one stored snapshot, also
 * when it could not be asked for; robots.txt of each host is one more, stored before the host's first other look.
 * Rejects only when a tool fails (a full disk); never for anything a site does.
 */
export async function crawlOrganization<View extends PageShape>(
  plan: CrawlPlan,
  tools: CrawlTools<View>,
  signal?: AbortSignal,
): Promise<CrawlResult> {
  const crawl = new Crawl(plan, tools, signal);
  try {
    return await crawl.run();
  } catch (error) {
    if (signal?.aborted) return crawl.result('stopped');
    throw error;
  }
}

class Crawl<View extends PageShape> {
  private readonly plan: CrawlPlan;
  private readonly tools: CrawlTools<View>;
  private readonly signal: AbortSignal | undefined;
  private readonly limits: Pick<CrawlLimits, 'maxBytes' | 'maxTime'>;
  private readonly frontier;
  private readonly stored = new Map<string, Snapshot>();
  private readonly storedRobots: Snapshot[];
  private ordinal: number;
  private bytes = 0;
  /** By origin; see `rulesFor`. */
  private readonly robots = new Map<string, HostRules>();
  private readonly failures = new Map<string, number>();
  private readonly limited = new Map<string, number>();
  private readonly closed = new Map<string, FetchOutcome>();
  private readonly memory = new Map<string, RenderMemory>();
  /** What the pages that were measured stand for; see `sampleOf`. */
  private readonly measured = new Set<string>();
  /** Looks by address, for targets that share one. */
  private readonly looked = new Map<string, Snapshot>();

  constructor(plan: CrawlPlan, tools: CrawlTools<View>, signal: AbortSignal | undefined) {
    this.plan = plan;
    this.tools = tools;
    this.signal = signal;
    this.limits = { ...DEFAULT_CRAWL, ...plan.limits };
    this.frontier = createFrontier(plan.seeds, plan.limits);
    for (const snapshot of plan.stored) this.stored.set(keyOf(snapshot), snapshot);
    this.storedRobots = plan.stored.filter(({ role }) => role === 'robots').sort((a, b) => a.ordinal - b.ordinal);
    this.ordinal = plan.stored.reduce((next, { ordinal }) => Math.max(next, ordinal + 1), 0);
  }

  async run(): Promise<CrawlResult> {
    const started = this.tools.clock.now();
    for (;;) {
      this.signal?.throwIfAborted();
      const isLate = this.tools.clock.now() - started > this.limits.maxTime;
      const spent = this.bytes >= this.limits.maxBytes ? 'bytes' : isLate ? 'time' : null;
      if (spent !== null) return this.overBudget(spent);
      const target = this.frontier.next();
      if (target === null)
        return this.frontier.skippedCounts().budget ? this.overBudget('pages') : this.result('complete');
      const { snapshot, view } = await this.visit(target);
      const wishes = this.tools.read(snapshot, view);
      const host = hostOf(target.url);
      this.frontier.add({ target, wishes, closedHost: this.closed.has(host) ? host : null });
    }
  }

  result(ended: CrawlResult['ended']): CrawlResult {
    return { ended, skipped: this.frontier.skipped(), skippedCounts: this.frontier.skippedCounts() };
  }

  private overBudget(spent: 'pages' | 'bytes' | 'time'): CrawlResult {
    this.tools.onEvent?.({ kind: 'budget', spent });
    return this.result('budget');
  }

  private async visit(target: Target): Promise<{ snapshot: Snapshot; view: View | null }> {
    const stored = this.stored.get(keyOf(target));
    if (stored) {
      await this.replayRobots(stored.ordinal);
      this.remember(stored, true);
      return { snapshot: stored, view: await this.viewStored(stored) };
    }
    this.tools.onEvent?.({ kind: 'looking', target });
    const shared = this.sharedLook(target);
    const { look, view } = shared ? { look: shared, view: await this.viewStored(shared) } : await this.look(target);
    return { snapshot: await this.keep(look, target), view };
  }

  /** Stores a look before anything is made of it. */
  private async keep(
    look: Look,
    { url, role, serviceIds }: Pick<Target, 'url' | 'role' | 'serviceIds'>,
  ): Promise<Snapshot> {
    const { auditId, organizationId, visit } = this.plan;
    const place = { auditId, organizationId, visit, ordinal: this.ordinal++ };
    const snapshot: Snapshot = { ...look, ...place, url, role, serviceIds };
    await this.tools.save(snapshot);
    this.remember(snapshot, false);
    return snapshot;
  }

  /** An earlier look at the same address, if it went as far as this target needs. */
  private sharedLook({ role, url }: Target): Snapshot | null {
    const earlier = NEVER_SHARED.has(role) ? undefined : this.looked.get(url);
    return earlier && (role === 'target' || earlier.role !== 'target') ? earlier : null;
  }

  /** What later looks depend on, taken from the snapshot alone: it is the same when the snapshot is read again. */
  private remember(snapshot: Snapshot, isStored: boolean): void {
    const { outcome, chain, url, role } = snapshot;
    this.bytes += (snapshot.body?.size ?? 0) + (snapshot.rendered?.size ?? 0);
    if (!NEVER_SHARED.has(role) && role !== 'robots' && (this.looked.get(url)?.role ?? 'target') === 'target')
      this.looked.set(url, snapshot);
    const host = hostOf(url);
    if (chain.length > 0) this.failures.delete(host);
    else if (outcome.kind === 'unreachable' && SILENT.has(outcome.cause) && !this.closed.has(host)) {
      const count = (this.failures.get(host) ?? 0) + 1;
      this.failures.set(host, count);
      if (count >= MAX_FAILURES) {
        const detail = `not asked: ${host} gave no answer ${MAX_FAILURES} times in a row (${outcome.detail})`;
        this.close(host, unreachable(outcome.cause, detail));
      }
    }
    const last = hostOf(chain.at(-1)?.url ?? url);
    if (outcome.kind === 'refused' && outcome.by === 'rate-limit') {
      const count = (this.limited.get(last) ?? 0) + 1;
      this.limited.set(last, count);
      if (count >= MAX_LIMITED)
        this.close(last, refused('rate-limit', `not asked: ${last} had enough of us in this run`));
    } else if (chain.length > 0) this.limited.delete(last);
    const sample = this.sampleOf(snapshot);
    if (snapshot.inspection && sample !== null) this.measured.add(sample);
    // a page that was shown to be measured says nothing about whether its host's pages gain by being shown
    const isShownForItself = snapshot.inspection === null || snapshot.needsScript === true;
    if (snapshot.rendered && snapshot.needsScript !== null && isShownForItself) {
      const { helped, useless } = this.memory.get(host) ?? NO_MEMORY;
      const needed = snapshot.needsScript;
      this.memory.set(host, { helped: helped + Number(needed), useless: useless + Number(!needed) });
    }
    this.tools.onEvent?.({ kind: 'looked', snapshot, isStored });
  }

  /** What a page stands for in the sample that is measured; null for pages outside of it. */
  private sampleOf({ role, url }: Pick<Target, 'role' | 'url'>): string | null {
    if (role === 'portal' || role === 'service') return role;
    return role === 'system' ? `system ${hostOf(url)}` : null;
  }

  private isSample(target: Target): boolean {
    const sample = this.sampleOf(target);
    if (!this.plan.inspect || sample === null || this.measured.has(sample)) return false;
    const systems = [...this.measured].filter((known) => known.startsWith('system ')).length;
    return target.role !== 'system' || systems < MAX_SYSTEM_SAMPLES;
  }

  private close(host: string, outcome: FetchOutcome): void {
    if (this.closed.has(host)) return;
    this.closed.set(host, outcome);
    this.tools.onEvent?.({ kind: 'host-closed', host, reason: 'detail' in outcome ? outcome.detail : outcome.kind });
  }

  private async viewStored(snapshot: Snapshot): Promise<View | null> {
    const html = await storedPage(snapshot, this.tools.blobs);
    return html === null ? null : this.tools.view(html, finalUrl(snapshot));
  }

  // -------------------------------------------------------------- one look

  private async look(target: Target): Promise<{ look: Look; view: View | null }> {
    const { tools, signal } = this;
    const fetchedAt = new Date(tools.clock.now()).toISOString();
    const answer = await follow(target.url, {
      fetcher: tools.fetcher,
      politeness: tools.politeness,
      rulesOf: (address) => this.robotsOf(address),
      closedOutcome: (host) => this.closed.get(host) ?? null,
      stopOutcome: (host) => this.stopOutcome(host),
      ...(signal ? { signal } : {}),
    });
    if (answer.outcome.kind !== 'page' || answer.text === null) {
      return {
        look: await lookOf(answer, { fetchedAt: answer.capturedAt ?? fetchedAt, blobs: tools.blobs }),
        view: null,
      };
    }
    const url = answer.chain.at(-1)?.url ?? target.url;
    const page = { target, url, html: answer.text, view: tools.view(answer.text, url) };
    const rendering = await renderIfNeeded(page, {
      browser: tools.browser,
      politeness: tools.politeness,
      view: (html, address) => tools.view(html, address),
      onRendering: (reason) => tools.onEvent?.({ kind: 'rendering', url, reason }),
      isSample: this.isSample(target),
      memory: this.memory.get(hostOf(target.url)) ?? NO_MEMORY,
      stopHosts: (host) => this.stopOutcome(host) !== null,
      ...(signal ? { signal } : {}),
    });
    this.bytes += rendering.wireBytes;
    return {
      look: await lookOf(answer, { fetchedAt: answer.capturedAt ?? fetchedAt, blobs: tools.blobs, rendering }),
      view: rendering.view,
    };
  }

  /** Where looking ends, and why; null for all other hosts. */
  private stopOutcome(host: string): FetchOutcome | null {
    const { identityHosts = [], paymentHosts = [] } = this.plan;
    if (isHostWithin(host, identityHosts)) return refused('login', `leads to the log-in at ${host}`);
    return isHostWithin(host, paymentHosts) ? refused('guard', `leads to the payment gateway ${host}`) : null;
  }

  // -------------------------------------------------------------- robots.txt

  /**
   * Rules of the host, asked for and stored before anything else of the host. One file serves both schemes, unless the
   * host could not be reached by the one: a site without TLS still answers to plain http.
   */
  private async robotsOf(url: string): Promise<HostRules> {
    const known = this.rulesFor(url);
    if (known) return known;
    const address = new URL('/robots.txt', url).href;
    const stored = this.storedRobots.find((snapshot) => snapshot.url === address);
    if (stored) return this.takeStoredRobots(stored);
    const fetchedAt = new Date(this.tools.clock.now()).toISOString();
    const answer = await this.askRobots(address);
    const look = await lookOf(answer, { fetchedAt: answer.capturedAt ?? fetchedAt, blobs: this.tools.blobs });
    await this.keep(look, { url: address, role: 'robots', serviceIds: [] });
    return this.learnRobots(address, answer);
  }

  private rulesFor(url: string): HostRules | null {
    const { origin } = new URL(url);
    const own = this.robots.get(origin);
    if (own) return own;
    const other = this.robots.get(origin.startsWith('https:') ? `http:${origin.slice(6)}` : `https:${origin.slice(5)}`);
    return other && other.state !== 'unreachable' ? other : null;
  }

  /** A host that does not answer is asked once more: its robots.txt decides about all the rest. */
  private async askRobots(address: string): Promise<StaticAnswer> {
    for (let attempt = 0; ; attempt++) {
      const answer = await this.tools.politeness.turn(
        address,
        () =>
          this.tools.fetcher.fetch(address, {
            asText: true,
            maxBytes: MAX_ROBOTS_BYTES,
            maxRedirects: MAX_ROBOTS_REDIRECTS,
            stopHosts: (host) => this.stopOutcome(host) !== null,
            ...(this.signal ? { signal: this.signal } : {}),
          }),
        this.signal,
      );
      if (answer === null)
        return nothing(refused('rate-limit', `not asked: ${hostOf(address)} had enough of us in this run`), []);
      const { outcome } = answer;
      const isTransient =
        outcome.kind === 'unreachable' &&
        /^(?:connect|timeout|reset|empty)$/.test(outcome.cause) &&
        answer.status === null;
      if (!isTransient || attempt > 0) return answer;
    }
  }

  private learnRobots(address: string, answer: Pick<StaticAnswer, 'outcome' | 'status' | 'text' | 'chain'>): HostRules {
    const rules = { ...readRobots(answer), outcome: answer.outcome };
    this.robots.set(new URL(address).origin, rules);
    this.tools.politeness.setCrawlDelay(address, rules.crawlDelay);
    return rules;
  }

  private async takeStoredRobots(snapshot: Snapshot): Promise<HostRules> {
    const isText = snapshot.body !== null && snapshot.status !== null && snapshot.status < 300;
    const text = isText ? decodeStored(await this.tools.blobs.get(snapshot.body!), snapshot.charset) : null;
    this.remember(snapshot, true);
    return this.learnRobots(snapshot.url, { ...snapshot, text });
  }

  /** A stored look had its hosts' robots.txt stored before it: they are taken in the same order. */
  private async replayRobots(until: number): Promise<void> {
    while (this.storedRobots.length > 0 && this.storedRobots[0]!.ordinal < until) {
      const snapshot = this.storedRobots.shift()!;
      if (!this.robots.has(new URL(snapshot.url).origin)) await this.takeStoredRobots(snapshot);
    }
  }
}

const keyOf = ({ role, url }: Pick<Snapshot, 'role' | 'url'>): string => `${role} ${url}`;

const finalUrl = ({ chain, url }: Snapshot): string => chain.at(-1)?.url ?? url;
