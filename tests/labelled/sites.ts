/** The labelled sites as the program meets them: read, served over HTTP and HTTPS, audited on the day of the labels. */
import { mkdtemp, rm } from 'node:fs/promises';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { readRegistry } from '../../src/audit/registry.ts';
import { auditOrganization } from '../../src/audit/audit-organization.ts';
import { editionOf, knowledgeOf, openData, seekingIn } from '../../src/cli/compose.ts';
import type { Finding, Verdict } from '../../src/core/model.ts';
import { openStaticFetcher } from '../../src/crawl/fetch-static.ts';
import { readHostMap } from '../../src/crawl/host-map.ts';
import { openPoliteness, type Clock } from '../../src/crawl/politeness.ts';
import { IDENTITY_PROVIDERS } from '../../rules/hosts/national.ts';
import { PAYMENT_GATEWAYS } from '../../rules/hosts/gateways.ts';
import { serveSites } from '../../seeds/demo-server.ts';
import type { Answer, Site } from '../../seeds/demo-site.ts';

const HERE = import.meta.dirname;
/** The day on which the labels hold. */
export const LABELLED_ON = Date.parse('2026-11-25T08:00:00Z');
/** Looks at one organization, as in an ordinary audit. */
const MAX_PAGES = 120;

const Page = z.object({
  file: z.string().nullable(),
  status: z.number(),
  type: z.string().nullable().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  location: z.string().nullable().optional(),
});
const Hosts = z.object({
  hosts: z.record(z.string(), z.object({ tls: z.boolean(), pages: z.record(z.string(), Page), missing: Page })),
});
const Labels = z.array(
  z.object({
    subject: z.string(),
    indicator: z.string(),
    verdict: z.enum(['pass', 'partial', 'fail', 'not-applicable', 'not-visible']),
    why: z.string(),
  }),
);

export interface Label {
  readonly site: string;
  /** null for the portal. */
  readonly service: string | null;
  readonly indicator: string;
  readonly verdict: Verdict;
  readonly why: string;
}

/** Folders of the labelled sites, by name. */
export const LABELLED: readonly string[] = readdirSync(HERE)
  .filter((name) => existsSync(join(HERE, name, 'labels.json')))
  .sort();

/** What was decided for a site by reading it. Throws when the file is not what README.md says. */
export function labelsOf(site: string): Label[] {
  return Labels.parse(JSON.parse(readFileSync(join(HERE, site, 'labels.json'), 'utf8'))).map(
    ({ subject, indicator, verdict, why }) => ({
      site,
      service: subject === 'portal' ? null : subject,
      indicator,
      verdict,
      why,
    }),
  );
}

function sitesOf(name: string): ReadonlyMap<string, Site> {
  const folder = join(HERE, name);
  const { hosts } = Hosts.parse(JSON.parse(readFileSync(join(folder, 'site.json'), 'utf8')));
  const open = ([host, { tls, pages, missing }]: [string, (typeof hosts)[string]]): [string, Site] => {
    const answer = ({ file, status, type, headers, location }: z.infer<typeof Page>): Answer => ({
      status,
      headers: {
        ...Object.fromEntries(Object.entries(headers ?? {}).map(([key, value]) => [key.toLowerCase(), value])),
        ...(type || !location ? { 'content-type': type ?? 'text/html' } : {}),
        ...(location ? { location } : {}),
      },
      body: file === null ? Buffer.alloc(0) : readFileSync(join(folder, 'site', host, file)),
      delay: 0,
    });
    const moved = (path: string): Answer => ({
      status: 301,
      headers: { location: `https://${host}${path}` },
      body: Buffer.alloc(0),
      delay: 0,
    });
    const known = new Map(Object.entries(pages).map(([path, page]) => [keyOf(path), page]));
    return [
      host,
      {
        host,
        tls: tls ? 'good' : 'none',
        answer: async (scheme, path) =>
          tls && scheme === 'http' ? moved(path) : answer(known.get(keyOf(path)) ?? missing),
      },
    ];
  };
  return new Map(Object.entries(hosts).map(open));
}

/** Servers read parameters in any order; files name addresses as people write them, browsers send them percent-encoded. */
function keyOf(path: string): string {
  const url = new URL(path, 'http://site.example');
  return `${safeDecode(url.pathname)}?${[...url.searchParams]
    .map((pair) => pair.join('='))
    .sort()
    .join('&')}`;
}

function safeDecode(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

/** Audits one labelled site without a browser, on the day of the labels. */
export async function auditLabelled(name: string): Promise<readonly Finding[]> {
  const { registry, problems } = readRegistry(join(HERE, name));
  if (registry === null) throw new Error(`${name}: ${JSON.stringify(problems)}`);
  const organization = registry.organizations[0]!;
  const cacheDirectory = join(HERE, '..', '..', '.cache', 'labelled', name);
  const sites = sitesOf(name);
  const running = await serveSites(sites, { cacheDirectory });
  const folder = await mkdtemp(join(tmpdir(), 'rasad-labelled-'));
  const data = openData(folder);
  // where there is no TLS nothing listens
  const target = (host: string): string =>
    sites.get(host)!.tls === 'none' ? running.hosts[host]!.replace(/\d+$/, '1') : running.hosts[host]!;
  const hostMap = readHostMap(Object.keys(running.hosts).map((host) => `${host}=${target(host)}`));
  const fetcher = openStaticFetcher({
    privateHosts: registry.privateHosts,
    hostMap,
    proxy: {},
    ca: [running.caPem],
    userAgent: 'RasadBot/labelled (+https://rasad.example/bot)',
  });
  const started = Date.now();
  const clock: Clock = {
    now: () => LABELLED_ON + (Date.now() - started),
    sleep: async () => undefined,
  };
  const errors: unknown[] = [];
  try {
    const { findings } = await auditOrganization('labelled', registry, organization, {
      store: { saveSnapshot: async () => undefined, listSnapshots: async () => [] },
      blobs: data.blobs,
      fetcher,
      browser: null,
      politeness: openPoliteness({ clock, pace: { minDelay: 0, slowDelay: 0 } }),
      clock,
      knowledge: knowledgeOf(registry),
      seeking: seekingIn(registry),
      edition: editionOf('r5'),
      visitsNeeded: 1,
      identityHosts: IDENTITY_PROVIDERS,
      paymentHosts: PAYMENT_GATEWAYS,
      limits: { maxPages: MAX_PAGES },
      inspect: false,
      onRuleError: (rule, subject, error) => errors.push(new Error(`${rule} on ${subject}`, { cause: error })),
    });
    if (errors.length > 0) throw new AggregateError(errors, `rules failed on the labelled site ${name}`);
    return findings;
  } finally {
    await fetcher.close();
    await running.close();
    await data.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Each label of a site with the finding on it, null when there is none. */
export async function judgeLabelled(
  name: string,
): Promise<{ readonly label: Label; readonly finding: Finding | null }[]> {
  const findings = await auditLabelled(name);
  return labelsOf(name).map((label) => ({
    label,
    finding: findings.find(({ service, rule }) => service === label.service && rule === label.indicator) ?? null,
  }));
}
