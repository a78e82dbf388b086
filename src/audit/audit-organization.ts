/** One organization, from its registry entry to its findings: crawl, read, judge. */
import { viewPage } from '../core/page-view.ts';
import { combineVisits } from '../core/combine-visits.ts';
import { judgeOrganization, readPage, type Knowledge } from '../core/judge.ts';
import type { Edition } from '../core/edition.ts';
import type { Finding, Inspection, Organization, Registry, Service, Snapshot } from '../core/model.ts';
import { leavesOf } from '../core/score.ts';
import { titleOfService } from '../core/similarity.ts';
import { detectSignals } from '../core/signal.ts';
import type { SeenPage } from '../core/site-view.ts';
import type { BrowserFetcher, StaticFetcher, Target } from '../crawl/contract.ts';
import { crawlOrganization, type CrawlEvent, type CrawlLimits } from '../crawl/crawl.ts';
import { normalizeUrl } from '../crawl/guard.ts';
import { storedInspection, storedPage } from '../crawl/look.ts';
import { missingProbeUrl } from '../crawl/page-needs.ts';
import type { Clock, Politeness } from '../crawl/politeness.ts';
import type { BlobStore, JobResult, Store } from '../../storage/store.ts';
import { wishesOf, type Seeking } from './wishes.ts';

export interface AuditTools<C extends string> {
  readonly store: Pick<Store, 'saveSnapshot' | 'listSnapshots'>;
  readonly blobs: BlobStore;
  readonly fetcher: StaticFetcher;
  readonly browser: BrowserFetcher | null;
  readonly politeness: Politeness;
  readonly clock: Clock;
  readonly knowledge: Knowledge<C>;
  readonly seeking: Seeking<C>;
  readonly edition: Edition;
  /** Days on which a page has to be seen before a `fail` is final; 1 for an audit that looks once. */
  readonly visitsNeeded: number;
  /** Built-in hosts where a redirect ends unasked. */
  readonly identityHosts: readonly string[];
  readonly paymentHosts: readonly string[];
  readonly limits: Partial<CrawlLimits>;
  /** Measure a sample of the pages in the browser; see CrawlPlan. */
  readonly inspect: boolean;
  onEvent?(organization: Organization, event: CrawlEvent): void;
  onRuleError?(rule: string, subject: string, error: unknown): void;
}

export interface OrganizationResult extends JobResult {
  readonly ended: 'complete' | 'budget' | 'stopped';
  /** Was the organization there to be looked at? See `isGoodVisit`. */
  readonly isGood: boolean;
}

/**
 * Looks at an organization (going on from what is stored of the visit) and judges it by all visits so far. Rejects only
 * when a tool of ours fails.
 */
export async function auditOrganization<C extends string>(
  auditId: string,
  registry: Registry,
  organization: Organization,
  tools: AuditTools<C>,
  { visit = 0, signal }: { readonly visit?: number; readonly signal?: AbortSignal } = {},
): Promise<OrganizationResult> {
  const services = registry.services.filter((service) => service.organizationId === organization.id);
  const leaves = leavesOf(services);
  const titled = leaves.map((service) => ({ service, title: titleOfService(service.titles) }));
  const snapshots: Snapshot[] = [];
  const pages = new Map<Snapshot, SeenPage<C>>();
  const depths = new Map<string, number>();
  const topics = new Map<string, string>();
  let onHome: ReadonlySet<string> = new Set();
  const paymentHosts = [...tools.paymentHosts, ...registry.hosts.paymentGateways];
  const portalHost = organization.portalUrl ? new URL(organization.portalUrl).hostname : '';
  const { matcher, signals } = tools.knowledge;
  const stored = await tools.store.listSnapshots(auditId, organization.id);

  const result = await crawlOrganization(
    {
      auditId, organizationId: organization.id, seeds: seedsOf(organization, leaves), stored: stored.filter((snapshot) => snapshot.visit === visit), visit, limits: tools.limits, inspect: tools.inspect,
      identityHosts: [...tools.identityHosts, ...registry.hosts.identityProviders], paymentHosts,
    }, // prettier-ignore
    {
      fetcher: tools.fetcher,
      browser: tools.browser,
      politeness: tools.politeness,
      blobs: tools.blobs,
      clock: tools.clock,
      save: (snapshot) => tools.store.saveSnapshot(snapshot),
      view: (html, url) => viewPage(html, { url, matcher, hosts: registry.hosts }),
      read: (snapshot, page): Target[] => {
        snapshots.push(snapshot);
        if (page === null || snapshot.outcome.kind !== 'page') return [];
        const seen: SeenPage<C> = {
          snapshot,
          hash: (snapshot.rendered ?? snapshot.body)?.hash ?? '',
          page,
          signals: detectSignals(page, signals),
        };
        pages.set(snapshot, seen);
        if (snapshot.role === 'portal') onHome = new Set(page.links.flatMap(({ url }) => url ?? []));
        const depth = depths.get(snapshot.url) ?? 0;
        const wishes = wishesOf(seen, {
          seeking: tools.seeking,
          services: titled,
          portalHost,
          paymentHosts,
          depth,
          topic: topics.get(snapshot.url) ?? '',
          onHome,
        });
        for (const wish of wishes) {
          const url = wish.weight > 0 ? normalizeUrl(wish.url) : null;
          if (!url) continue;
          depths.set(url, Math.min(depths.get(url) ?? Infinity, wish.depth));
          if (!topics.has(url)) topics.set(url, wish.topic);
        }
        return wishes;
      },
      ...(tools.onEvent ? { onEvent: (event: CrawlEvent) => tools.onEvent!(organization, event) } : {}),
    },
    signal,
  );
  if (result.ended === 'stopped') return { findings: [], skipped: [], ended: 'stopped', isGood: false };
  const others = stored.filter((snapshot) => snapshot.visit !== visit);
  const findings = await judge(registry, organization, [...others, ...snapshots], pages, tools);
  return { findings, skipped: result.skipped, ended: result.ended, isGood: isGoodVisit(snapshots) };
}

/**
 * Was the organization there on this visit: did its portal show a page (where it has one), and did at least half of
 * its declared addresses answer, if only to say that there is nothing? Otherwise another day has to tell.
 */
export function isGoodVisit(looks: readonly Snapshot[]): boolean {
  const portal = looks.find(({ role }) => role === 'portal');
  const declared = looks.filter(({ role }) => role === 'portal' || role === 'service' || role === 'system');
  const answered = declared.filter(
    ({ outcome }) =>
      outcome.kind === 'page' ||
      outcome.kind === 'not-html' ||
      (outcome.kind === 'unreachable' && (outcome.cause === 'not-found' || outcome.cause === 'client-error')),
  );
  return (!portal || portal.outcome.kind === 'page') && answered.length * 2 >= declared.length && answered.length > 0;
}

/** One crawl of an organization that was made: when it began (UTC, ISO 8601), and whether it found what it came for. */
export interface CrawlMade {
  readonly visit: number;
  readonly at: string;
  readonly isGood: boolean;
}

export function crawlsMade(snapshots: readonly Snapshot[]): CrawlMade[] {
  return crawlsOf(snapshots).flatMap((visit) => {
    const looks = snapshots.filter((snapshot) => snapshot.visit === visit);
    const [at] = looks.map(({ fetchedAt }) => fetchedAt).sort();
    return at === undefined ? [] : [{ visit, at, isGood: isGoodVisit(looks) }];
  });
}

type JudgeTools<C extends string> = Pick<
  AuditTools<C>,
  'blobs' | 'knowledge' | 'edition' | 'visitsNeeded' | 'onRuleError'
>;

/** Each crawl is judged alone, with all looks at the entry addresses; then the days are put together. */
async function judge<C extends string>(
  registry: Registry,
  organization: Organization,
  snapshots: readonly Snapshot[],
  read: ReadonlyMap<Snapshot, SeenPage<C>>,
  tools: JudgeTools<C>,
): Promise<readonly Finding[]> {
  const services = registry.services.filter((service) => service.organizationId === organization.id);
  const readings = new Map<string, SeenPage<C>>();
  const perVisit: { visit: number; findings: readonly Finding[] }[] = [];
  for (const visit of visitsToJudge(snapshots)) {
    const looks = looksOfVisit(snapshots, visit);
    const pages = new Map<Snapshot, SeenPage<C>>();
    const inspections = new Map<Snapshot, Inspection>();
    for (const snapshot of looks) {
      const seen = read.get(snapshot) ?? (await readStored(snapshot, readings, registry, tools));
      if (seen) pages.set(snapshot, seen);
      const inspection = await storedInspection(snapshot, tools.blobs);
      if (inspection) inspections.set(snapshot, inspection);
    }
    const { findings } = judgeOrganization(
      { organization, services, snapshots: looks, pages, inspections, hosts: registry.hosts, normalize: normalizeAddress },
      tools.knowledge,
      tools.edition,
      tools.onRuleError?.bind(tools),
    ); // prettier-ignore
    perVisit.push({ visit, findings });
  }
  return combineVisits(perVisit, tools.edition, { visitsNeeded: tools.visitsNeeded });
}

/** Visits that were crawls, in order; what is no crawl only asked entry addresses again. The first is judged even if nothing is stored of it. */
function crawlsOf(snapshots: readonly Snapshot[]): number[] {
  const crawls = snapshots.flatMap(({ role, visit }) => (role === 'probe' || role === 'robots' ? [] : [visit]));
  return crawls.length === 0 ? [0] : [...new Set(crawls)].sort((a, b) => a - b);
}

/**
 * A day on which the organization was not there says nothing of it, as long as another day does: half a look at a site
 * that is down can seem to say much.
 */
function visitsToJudge(snapshots: readonly Snapshot[]): number[] {
  const good = crawlsMade(snapshots).filter(({ isGood }) => isGood);
  return good.length > 0 ? good.map(({ visit }) => visit) : crawlsOf(snapshots);
}

/**
 * The looks of one crawl, and what the others say of whether the entry addresses answer. Silence in a crawl that found
 * nobody there says nothing of it: no other organization was asked, and it may have been our own line that was down.
 */
function looksOfVisit(snapshots: readonly Snapshot[], visit: number): Snapshot[] {
  const crawls = new Map(crawlsMade(snapshots).map((crawl) => [crawl.visit, crawl]));
  return snapshots
    .flatMap((snapshot): Snapshot[] => {
      if (snapshot.role === 'robots') return [];
      const crawl = crawls.get(snapshot.visit);
      if (snapshot.visit === visit || !crawl) return [snapshot];
      if (!crawl.isGood && snapshot.chain.length === 0) return [];
      return snapshot.role === 'portal' || snapshot.role === 'system' ? [{ ...snapshot, role: 'probe' }] : [];
    })
    .sort((a, b) => a.visit - b.visit || a.ordinal - b.ordinal);
}

/** Judges an organization again from its stored snapshots alone: no network, the same bytes of result every time. */
export async function rejudgeOrganization<C extends string>(
  auditId: string,
  registry: Registry,
  organization: Organization,
  tools: JudgeTools<C> & Pick<AuditTools<C>, 'store'>,
): Promise<readonly Finding[]> {
  return judge(registry, organization, await tools.store.listSnapshots(auditId, organization.id), new Map(), tools);
}

/** The stored page of a look; of an entry address that says the same again and again it is read once. */
async function readStored<C extends string>(
  snapshot: Snapshot,
  readings: Map<string, SeenPage<C>>,
  registry: Registry,
  { blobs, knowledge }: JudgeTools<C>,
): Promise<SeenPage<C> | null> {
  const key =
    snapshot.role === 'probe' ? `${snapshot.chain.at(-1)?.url ?? snapshot.url} ${snapshot.body?.hash ?? ''}` : null;
  const known = key === null ? undefined : readings.get(key);
  if (known) return { ...known, snapshot };
  const html = await storedPage(snapshot, blobs);
  if (html === null) return null;
  const seen = readPage(snapshot, html, knowledge, registry.hosts);
  if (key !== null) readings.set(key, seen);
  return seen;
}

const normalizeAddress = (url: string): string => normalizeUrl(url) ?? url;

/** What is looked at in any case: the portal with its two probes, and every declared page and system. */
export function seedsOf(organization: Organization, leaves: readonly Service[]): Target[] {
  const seeds: Target[] = [];
  const seed = (url: string, role: Target['role'], serviceIds: readonly string[] = []): void =>
    void seeds.push({
      url: normalizeAddress(url),
      role,
      serviceIds,
      topic: role,
      foundOn: 'registry',
      depth: 0,
      weight: 1,
    });
  if (organization.portalUrl) {
    seed(organization.portalUrl, 'portal');
    const plain = new URL(organization.portalUrl);
    if (plain.protocol === 'https:' && plain.port === '')
      seed(`http://${plain.hostname}${plain.pathname}`, 'plain-http');
    // a portal that is declared without TLS may have it all the same
    if (plain.protocol === 'http:' && plain.port === '') seed(`https://${plain.hostname}${plain.pathname}`, 'target');
    seed(missingProbeUrl(organization.portalUrl), 'missing-probe');
  }
  for (const role of ['service', 'system'] as const) {
    const byUrl = new Map<string, string[]>();
    for (const service of leaves) {
      const url = role === 'service' ? service.pageUrl : service.systemUrl;
      if (url) byUrl.set(normalizeAddress(url), [...(byUrl.get(normalizeAddress(url)) ?? []), service.id]);
    }
    for (const [url, ids] of byUrl) seed(url, role, ids);
  }
  return seeds;
}
