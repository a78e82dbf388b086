/** One organization, from its registry entry to its findings: crawl, read, judge. */
import { viewPage } from '../core/page-view.ts';
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
}

/** Looks at an organization (going on from what is stored) and judges it. Rejects only when a tool of ours fails. */
export async function auditOrganization<C extends string>(
  auditId: string,
  registry: Registry,
  organization: Organization,
  tools: AuditTools<C>,
  signal?: AbortSignal,
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
      auditId, organizationId: organization.id, seeds: seedsOf(organization, leaves), stored: stored.filter(({ visit }) => visit === 0), visit: 0, limits: tools.limits, inspect: tools.inspect,
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
          const url = normalizeUrl(wish.url);
          if (!url || wish.weight <= 0) continue;
          depths.set(url, Math.min(depths.get(url) ?? Infinity, wish.depth));
          if (!topics.has(url)) topics.set(url, wish.topic);
        }
        return wishes;
      },
      ...(tools.onEvent ? { onEvent: (event: CrawlEvent) => tools.onEvent!(organization, event) } : {}),
    },
    signal,
  );
  if (result.ended === 'stopped') return { findings: [], skipped: [], ended: 'stopped' };
  const later = stored.filter(({ visit }) => visit > 0);
  await readStored(later, pages, registry, tools);
  const findings = await judge(registry, organization, [...snapshots, ...later], pages, tools);
  return { findings, skipped: result.skipped, ended: result.ended };
}

type JudgeTools<C extends string> = Pick<AuditTools<C>, 'blobs' | 'knowledge' | 'edition' | 'onRuleError'>;

async function judge<C extends string>(
  registry: Registry,
  organization: Organization,
  snapshots: readonly Snapshot[],
  pages: ReadonlyMap<Snapshot, SeenPage<C>>,
  tools: JudgeTools<C>,
): Promise<readonly Finding[]> {
  const services = registry.services.filter((service) => service.organizationId === organization.id);
  const ordered = [...snapshots]
    .filter(({ role }) => role !== 'robots')
    .sort((a, b) => a.visit - b.visit || a.ordinal - b.ordinal);
  const inspections = new Map<Snapshot, Inspection>();
  for (const snapshot of ordered) {
    const inspection = await storedInspection(snapshot, tools.blobs);
    if (inspection) inspections.set(snapshot, inspection);
  }
  return judgeOrganization(
    {
      organization,
      services,
      snapshots: ordered,
      pages,
      inspections,
      hosts: registry.hosts,
      normalize: normalizeAddress,
    },
    tools.knowledge,
    tools.edition,
    tools.onRuleError?.bind(tools),
  ).findings;
}

/** Judges an organization again from its stored snapshots alone: no network, the same bytes of result every time. */
export async function rejudgeOrganization<C extends string>(
  auditId: string,
  registry: Registry,
  organization: Organization,
  tools: Pick<AuditTools<C>, 'store' | 'blobs' | 'knowledge' | 'edition' | 'onRuleError'>,
): Promise<readonly Finding[]> {
  const snapshots = await tools.store.listSnapshots(auditId, organization.id);
  const pages = new Map<Snapshot, SeenPage<C>>();
  await readStored(snapshots, pages, registry, tools);
  return judge(registry, organization, snapshots, pages, tools);
}

async function readStored<C extends string>(
  snapshots: readonly Snapshot[],
  pages: Map<Snapshot, SeenPage<C>>,
  registry: Registry,
  { blobs, knowledge }: JudgeTools<C>,
): Promise<void> {
  for (const snapshot of snapshots) {
    const html = snapshot.role === 'robots' ? null : await storedPage(snapshot, blobs);
    if (html !== null) pages.set(snapshot, readPage(snapshot, html, knowledge, registry.hosts));
  }
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
