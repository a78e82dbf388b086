/** The whole static path of Rasad over the benchmark's pages: fetch, parse, signals, rules, evidence and rows kept. */
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { r5 } from '../rules/editions/r5.ts';
import { SIGNALS } from '../rules/signals/index.ts';
import { RULES } from '../rules/index.ts';
import { matcherOf, type ConceptId } from '../rules/lexicon/index.ts';
import { judgeOrganization } from '../src/core/judge.ts';
import {
  NO_HOSTS,
  type Audit,
  type Organization,
  type Registry,
  type Service,
  type Snapshot,
} from '../src/core/model.ts';
import { viewPage } from '../src/core/page-view.ts';
import { detectSignals } from '../src/core/signal.ts';
import type { SeenPage } from '../src/core/site-view.ts';
import { titleOf } from '../src/core/similarity.ts';
import { wishesOf } from '../src/audit/wishes.ts';
import { LISTS, seeking } from '../src/cli/compose.ts';
import type { Target } from '../src/crawl/contract.ts';
import { crawlOrganization } from '../src/crawl/crawl.ts';
import { openStaticFetcher } from '../src/crawl/fetch-static.ts';
import { normalizeUrl } from '../src/crawl/guard.ts';
import { openPoliteness, systemClock } from '../src/crawl/politeness.ts';
import { openSqliteStore } from '../storage/sqlite.ts';
import { openBlobStore } from '../storage/snapshots.ts';

const [port, total, hosts] = process.argv.slice(2, 5).map(Number) as [number, number, number];
/** Services of each host, as an organization of the report has on average. */
const SERVICES = 20;

/** What is kept stays there; who started this removes it. */
const folder = mkdtempSync(join(process.argv[5]!, 'rasad-'));
const names = Array.from({ length: hosts }, (_, i) => `127.0.0.${i + 1}`);
const fetcher = openStaticFetcher({ userAgent: 'RasadBot/bench (+http://127.0.0.1/)', privateHosts: names });
const store = openSqliteStore(join(folder, 'bench.sqlite'));
const blobs = openBlobStore(join(folder, 'snapshots'));
const politeness = openPoliteness({ clock: systemClock, pace: { minDelay: 0, slowDelay: 0 } });

const organizations: Organization[] = names.map((name, i) => ({
  id: `org${i}`,
  names: { fa: `سازمان ${i}`, en: `Agency ${i}` },
  parentId: null,
  portalUrl: `http://${name}:${port}/p/0`,
  cooperation: 'cooperative',
  extra: {},
}));
const perHost = Math.ceil(total / hosts);
const services: Service[] = organizations.flatMap(({ id }, h) =>
  Array.from({ length: SERVICES }, (_, i): Service => ({
    id: `${id}-s${i}`,
    organizationId: id,
    parentId: null,
    code: String(13091727000 + i),
    titles: { fa: `خدمت شماره ${i}`, en: `Service ${i}` },
    pageUrl: `http://${names[h]!}:${port}/p/${h * perHost + i + 1}`,
    systemUrl: null,
    profile: [],
    extra: {},
  })),
);
const registry: Registry = {
  id: 'bench',
  country: { fa: 'سنجش', en: 'Bench' },
  hosts: NO_HOSTS,
  serve: null,
  languages: ['fa', 'en'],
  calendar: 'jalali',
  privateHosts: names,
  mapHosts: {},
  organizations,
  services,
  digest: 'bench',
};
/** The words that the program takes for the languages of a registry. */
const words = matcherOf(registry.languages);
const audit: Audit = {
  id: 'bench',
  trigger: 'command',
  edition: 'r5',
  registryDigest: 'bench',
  rulesDigest: 'bench',
  configDigest: 'bench',
  organizationIds: organizations.map(({ id }) => id),
  startedAt: new Date().toISOString(),
  finishedAt: null,
};
await store.createAudit(audit, registry);

let pagesRead = 0;
let findings = 0;
let signalsPresent = 0;
let peak = 0;
const rss: number[] = [];
const watch = setInterval(() => {
  const now = process.memoryUsage.rss();
  rss.push(now);
  peak = Math.max(peak, now);
}, 250);
const begun = process.cpuUsage();
const clock = process.hrtime.bigint();

async function one(organization: Organization, index: number): Promise<void> {
  const own = services.filter(({ organizationId }) => organizationId === organization.id);
  const titled = own.map((service) => ({ service, title: titleOf(service.titles.fa) }));
  const host = names[index]!;
  const seeds: Target[] = [
    {
      url: organization.portalUrl!,
      role: 'portal',
      serviceIds: [],
      topic: 'portal',
      foundOn: 'registry',
      depth: 0,
      weight: 1,
    },
  ];
  for (const service of own)
    seeds.push({
      url: service.pageUrl!,
      role: 'service',
      serviceIds: [service.id],
      topic: 'service',
      foundOn: 'registry',
      depth: 0,
      weight: 1,
    });
  for (let i = SERVICES + 1; i < perHost; i++)
    seeds.push({
      url: `http://${host}:${port}/p/${index * perHost + i}`,
      role: 'page',
      serviceIds: [],
      topic: 'bench',
      foundOn: 'registry',
      depth: 1,
      weight: 1,
    });
  const snapshots: Snapshot[] = [];
  const pages = new Map<Snapshot, SeenPage<ConceptId>>();
  const result = await crawlOrganization(
    { auditId: audit.id, organizationId: organization.id, seeds, stored: [], limits: { maxPages: perHost, maxPerTopic: perHost, maxPerHost: perHost, maxDepth: 1 }, visit: 0, inspect: false },
    {
      fetcher, browser: null, politeness, blobs, clock: systemClock,
      save: (snapshot) => store.saveSnapshot(snapshot),
      view: (html, url) => viewPage(html, { url, matcher: words }),
      read(snapshot, page) {
        snapshots.push(snapshot);
        if (page === null) return [];
        pagesRead++;
        const seen: SeenPage<ConceptId> = { snapshot, hash: snapshot.body?.hash ?? '', page, signals: detectSignals(page, SIGNALS) };
        // rules ask for few of them; all are looked for here, so that the figure is that of the whole path
        for (const [, { verdict }] of seen.signals) if (verdict === 'present') signalsPresent++;
        pages.set(snapshot, seen);
        return wishesOf(seen, { seeking, services: titled, portalHost: host, paymentHosts: [], depth: 1, topic: '', onHome: new Set() });
      },
    },
  ); // prettier-ignore
  const judged = judgeOrganization(
    { organization, services: own, snapshots, pages, normalize: (url) => normalizeUrl(url) ?? url },
    { rules: RULES, lists: LISTS },
    r5,
  );
  findings += judged.findings.length;
  await store.leaseJob(audit.id, 'bench', new Date().toISOString(), new Date(Date.now() + 600_000).toISOString());
  await store.completeJob(audit.id, organization.id, 'bench', { findings: judged.findings, skipped: result.skipped });
}

/** Organizations under way at a time, as in an audit. */
const PARALLEL = 4;
let next = 0;
await Promise.all(Array.from({ length: PARALLEL }, async () => {
  while (next < organizations.length) {
    const index = next++;
    await one(organizations[index]!, index);
  }
})); // prettier-ignore

const cpu = process.cpuUsage(begun);
clearInterval(watch);
const wall = Number(process.hrtime.bigint() - clock) / 1e9;
await fetcher.close();
await store.close();
process.stdout.write(
  `${JSON.stringify({ pages: pagesRead, findings, signalsPresent, cpuSeconds: (cpu.user + cpu.system) / 1e6, wallSeconds: wall, peakMb: Math.max(peak, process.memoryUsage.rss()) / 1e6, maxRssMb: process.resourceUsage().maxRSS / 1024 })}\n`,
);
