/** Asks an organization's entry addresses once more, to see whether they answer. Nothing is followed or rendered. */
import type { Organization, Registry, Snapshot } from '../core/model.ts';
import { leavesOf } from '../core/score.ts';
import type { Target } from '../crawl/contract.ts';
import { crawlOrganization } from '../crawl/crawl.ts';
import { normalizeUrl } from '../crawl/guard.ts';
import type { PageShape } from '../crawl/page-needs.ts';
import type { AuditTools } from './audit-organization.ts';

export type ProbeTools = Pick<
  AuditTools<string>,
  'blobs' | 'fetcher' | 'politeness' | 'clock' | 'identityHosts' | 'paymentHosts'
>;

export interface ProbePlan {
  readonly auditId: string;
  /** From 1; see Snapshot. */
  readonly visit: number;
  /** What the audit has of the organization so far: it found systems that the registry does not declare. */
  readonly known: readonly Snapshot[];
}

const NOTHING: PageShape = { words: 0, scripts: [], links: [], title: '', runs: [] };

/**
 * The looks of one more visit, robots.txt of each host included; not stored, because a visit on which our own line was
 * down must not be kept. Rejects only when a tool of ours fails or `signal` aborts.
 */
export async function probeOrganization(
  registry: Registry,
  organization: Organization,
  { auditId, visit, known }: ProbePlan,
  tools: ProbeTools,
  signal?: AbortSignal,
): Promise<readonly Snapshot[]> {
  const services = leavesOf(registry.services.filter(({ organizationId }) => organizationId === organization.id));
  const entries = [
    organization.portalUrl,
    ...services.map(({ systemUrl }) => systemUrl),
    ...known.filter(({ role }) => role === 'system').map(({ url }) => url),
  ];
  const urls = new Set(entries.flatMap((url) => (url && normalizeUrl(url)) ?? []));
  const seeds = [...urls].map((url): Target => ({
    url, role: 'probe', serviceIds: [], topic: 'probe', foundOn: 'registry', depth: 0, weight: 1,
  })); // prettier-ignore
  const looks: Snapshot[] = [];
  const { hosts } = registry;
  const { ended } = await crawlOrganization(
    {
      auditId, organizationId: organization.id, visit, seeds, stored: [], inspect: false,
      identityHosts: [...tools.identityHosts, ...hosts.identityProviders], paymentHosts: [...tools.paymentHosts, ...hosts.paymentGateways],
    }, // prettier-ignore
    {
      // named one by one: a worker's tools have more, which mean other things to a crawl
      fetcher: tools.fetcher,
      politeness: tools.politeness,
      blobs: tools.blobs,
      clock: tools.clock,
      browser: null,
      save: async (snapshot) => void looks.push(snapshot),
      view: () => NOTHING,
      read: () => [],
    },
    signal,
  );
  if (ended === 'stopped') signal!.throwIfAborted();
  return looks;
}
