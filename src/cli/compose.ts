/** The only place where implementations are chosen: everything else is given what it works with. */
import { createHash, randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { RULES } from '../../rules/index.ts';
import { EDITIONS } from '../../rules/editions/index.ts';
import { INDICATORS } from '../../rules/catalogue.ts';
import { channelPage } from '../../rules/hosts/networks.ts';
import { PAYMENT_GATEWAYS } from '../../rules/hosts/gateways.ts';
import { siteOf } from '../../rules/hosts/own.ts';
import { CEREMONIAL, IDENTITY_PROVIDERS, isPublicHost, listed, NATIONAL_PORTALS } from '../../rules/hosts/national.ts';
import { CONCEPTS, LANGUAGES, matcherOf, type ConceptId } from '../../rules/lexicon/index.ts';
import { SIGNALS } from '../../rules/signals/index.ts';
import type { RunningSites } from '../../seeds/demo-server.ts';
import type { DeskStore } from '../../storage/desk-store.ts';
import { openSqliteStore } from '../../storage/sqlite.ts';
import { openSqliteDeskStore } from '../../storage/sqlite-desk.ts';
import { openBlobStore, type EvidenceFiles } from '../../storage/snapshots.ts';
import type { BlobStore, Store } from '../../storage/store.ts';
import type { Seeking } from '../audit/wishes.ts';
import type { Edition } from '../core/edition.ts';
import { persian, UserError } from '../core/errors.ts';
import type { Knowledge } from '../core/judge.ts';
import type { Registry, Text } from '../core/model.ts';
import type { BrowserFetcher, StaticFetcher } from '../crawl/contract.ts';
import { NO_WAITING, openArchiveFetcher } from '../crawl/fetch-archive.ts';
import { findChromium, openBrowserFetcher } from '../crawl/fetch-browser.ts';
import { openStaticFetcher } from '../crawl/fetch-static.ts';
import { readHostMap, type HostMap } from '../crawl/host-map.ts';
import { DEFAULT_PACE, openPoliteness, systemClock, type Clock, type Politeness } from '../crawl/politeness.ts';
import { ROOT, VERSION } from './places.ts';

/** What judging a registry's sites knows: signals, rules, and the words of its languages. */
export const knowledgeOf = ({ languages }: Pick<Registry, 'languages'>): Knowledge<ConceptId> => ({
  matcher: matcherOf(languages),
  signals: SIGNALS,
  rules: RULES,
  lists: LISTS,
});

/** What a page calls itself that lists services. */
export const LISTS = ['services', 'single-window'] as const satisfies readonly ConceptId[];

/** What the crawl follows: topics are what the rules seek. */
export const seeking: Seeking<ConceptId> = {
  topics: CONCEPTS.filter((concept) => RULES.some((rule) => rule.seeks.includes(concept))),
  start: 'start',
  logins: ['login', 'sso'],
  lists: LISTS,
  languages: ['language', 'language-name'],
  letters: ['contact'],
  bodies: ['source-body', 'agency'],
  commonWords: { fa: 'خدمات', en: 'services', it: 'servizi' },
  channelPage,
  siteOf,
  isAgency: (host) => isPublicHost(host) && !listed(CEREMONIAL, host),
  isNationalPortal: (host) => listed(NATIONAL_PORTALS, host),
};

/** As above, with the networks of the registry's country. */
export function seekingIn(registry: Registry): Seeking<ConceptId> {
  const { agencies, nationalPortals } = registry.hosts;
  return {
    ...seeking,
    isAgency: (host) => seeking.isAgency(host) || listed(agencies, host),
    isNationalPortal: (host) => seeking.isNationalPortal(host) || listed(nationalPortals, host),
    channelPage: (url, host) => channelPage(url, host, registry.hosts),
  };
}

export const indicators = INDICATORS;
export const editions = EDITIONS;

export function editionOf(id: string): Edition {
  const edition = EDITIONS.find((candidate) => candidate.id === id);
  if (!edition) {
    const known = EDITIONS.map((candidate) => candidate.id).join(', ');
    throw new UserError({
      fa: persian`ویرایش «${id}» شناخته نیست. شناخته‌شده‌ها: ${known}.`,
      en: `There is no edition "${id}". Known are: ${known}.`,
    });
  }
  return edition;
}

/** Changes whenever a verdict could: rules, words, hosts, signals, the program's version. */
export const rulesDigest: string = createHash('sha256')
  .update(
    JSON.stringify([
      VERSION,
      RULES.map(({ id, version, outcomes, options, measured }) => [id, version, outcomes, options, measured]),
      LANGUAGES.map(({ code, phrases }) => [code, phrases]),
      SIGNALS.map(({ name }) => name),
      IDENTITY_PROVIDERS,
      PAYMENT_GATEWAYS,
    ]),
  )
  .digest('hex');

export interface Data {
  readonly folder: string;
  readonly store: Store;
  readonly desk: DeskStore;
  readonly blobs: BlobStore & EvidenceFiles;
  close(): Promise<void>;
}

/** Opens the folder of data: database and evidence. It is made when it is not there. */
export function openData(folder: string): Data {
  const file = join(folder, 'rasad.sqlite');
  const store = openSqliteStore(file);
  const desk = openSqliteDeskStore(file);
  return {
    folder,
    store,
    desk,
    blobs: openBlobStore(join(folder, 'snapshots')),
    async close() {
      await desk.close();
      await store.close();
    },
  };
}

/** Opens the folder of data for a job and closes it in any case. */
export async function withData<T>(folder: string, job: (data: Data) => Promise<T>): Promise<T> {
  const data = openData(resolve(folder));
  try {
    return await job(data);
  } finally {
    await data.close();
  }
}

export interface LookOptions {
  readonly mapHosts: readonly string[];
  readonly render: 'auto' | 'never';
  /** Seconds between two requests to a domain; null for the usual pace. */
  readonly delay: number | null;
  readonly userAgent: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** A web archive that answers in the place of the network. */
  readonly archive?: string;
}

export interface Looking {
  readonly fetcher: StaticFetcher;
  readonly browser: BrowserFetcher | null;
  /** Why there is no browser, when there is none. */
  readonly noBrowser: Text | null;
  readonly politeness: Politeness;
  readonly sites: RunningSites | null;
  /** Hosts that are answered on this machine. */
  readonly hostMap: HostMap;
  close(): Promise<void>;
}

/** Where a person can read who asks and how to object; the operator sets RASAD_CONTACT to an address of their own. */
export function userAgentOf(env: Readonly<Record<string, string | undefined>>): string {
  return `RasadBot/${VERSION} (+${env['RASAD_CONTACT'] ?? 'https://rasad.example/bot'})`;
}

/** Opens everything that touches the network, for a registry. Sites that ship with the registry are served first. */
export async function openLooking(
  registry: Registry,
  options: LookOptions,
  leases?: { readonly store: Store; readonly worker: string },
  clock: Clock = systemClock,
): Promise<Looking> {
  if (options.archive !== undefined) return lookingAt(options.archive);
  // read before the sites are served: a server that stays open would keep the process alive after the message
  const asked = readHostMapOrExplain({ fa: persian`${'--map-host'}`, en: '--map-host' }, options.mapHosts);
  const declared = readHostMapOrExplain(
    { fa: persian`${'map_hosts'} در دفتر ثبت`, en: 'map_hosts of the registry' },
    registry.mapHosts,
  );
  const sites = registry.serve
    ? await (
        await import('../../seeds/demo-server.ts')
      ).startSites(registry.serve, { cacheDirectory: join(ROOT, '.cache', 'demo-certificates') })
    : null;
  const hostMap: HostMap = new Map([...declared, ...readHostMap({ ...sites?.hosts }), ...asked]);
  const proxy = {
    HTTP_PROXY: options.env['HTTP_PROXY'] ?? options.env['http_proxy'],
    HTTPS_PROXY: options.env['HTTPS_PROXY'] ?? options.env['https_proxy'],
    NO_PROXY: options.env['NO_PROXY'] ?? options.env['no_proxy'],
  };
  const dial = { privateHosts: registry.privateHosts, hostMap, proxy };
  const ca = sites ? [sites.caPem] : [];
  const languages = registry.languages
    .map((code, i) => (i === 0 ? code : `${code};q=${Math.max(0.1, 1 - i / 10).toFixed(1)}`))
    .join(',');
  const fetcher = openStaticFetcher({ ...dial, ca, userAgent: options.userAgent, languages });
  const executable = options.render === 'never' ? null : await findChromium(options.env);
  const browser = executable
    ? await openBrowserFetcher({
        ...dial,
        executablePath: executable,
        userAgent: options.userAgent,
        locale: registry.languages[0] === 'fa' ? 'fa-IR' : (registry.languages[0] ?? 'en'),
      })
    : null;
  const isLocal = (host: string): boolean => hostMap.has(host);
  const politeness = openPoliteness({
    clock,
    ...(options.delay === null
      ? { isLocal }
      : {
          pace: {
            minDelay: options.delay * 1000,
            slowDelay: Math.max(options.delay * 1000, options.delay > 0 ? DEFAULT_PACE.slowDelay : 0),
          },
        }),
    ...(leases ? { leases: domainLeases(leases.store, leases.worker, clock) } : {}),
  });
  return {
    fetcher, browser, politeness, sites, hostMap,
    noBrowser: browser ? null : options.render === 'never' ? { fa: 'مرورگر خاموش است', en: 'rendering is switched off' } : { fa: persian`${'Chromium'} یافت نشد (${'RASAD_CHROMIUM'} را تعیین کنید، یا ${'chromium'} را نصب کنید)`, en: 'no Chromium was found (set RASAD_CHROMIUM, or install chromium)' },
    async close() {
      await Promise.allSettled([fetcher.close(), browser?.close()]);
      await sites?.close();
    },
  }; // prettier-ignore
}

/** Nobody is asked, and nothing is rendered: an archive has the pages as the servers gave them. */
async function lookingAt(archive: string): Promise<Looking> {
  const fetcher = await openArchiveFetcher(archive);
  return {
    fetcher,
    browser: null,
    noBrowser: {
      fa: persian`صفحه‌ها از ${archive} خوانده می‌شود، چنان‌که کارسازشان داده است`,
      en: `pages come from ${archive} as their servers gave them`,
    },
    politeness: NO_WAITING,
    sites: null,
    hostMap: readHostMap([]),
    close: () => fetcher.close(),
  };
}

function readHostMapOrExplain(where: Text, entries: Parameters<typeof readHostMap>[0]): HostMap {
  try {
    return readHostMap(entries);
  } catch (error) {
    const why = saidBy(error);
    throw new UserError({ fa: `${where.fa}: ${persian`${why.fa}`}`, en: `${where.en}: ${why.en}` });
  }
}

/** What an error says, to stand in the message of another. */
export function saidBy(error: unknown): Text {
  if (error instanceof UserError) return error.said;
  const message = error instanceof Error ? error.message : String(error);
  return { fa: message, en: message };
}

/** Milliseconds for which a domain is taken for one request and its pause. */
const DOMAIN_LEASE = 180_000;

function domainLeases(
  store: Store,
  worker: string,
  clock: Clock,
): NonNullable<Parameters<typeof openPoliteness>[0]['leases']> {
  return {
    async lease(domain, pause) {
      const now = clock.now();
      const held = await store.leaseDomain(
        domain,
        worker,
        new Date(now).toISOString(),
        // it may be waited for as long as one pause, and holds through the next
        new Date(now + DOMAIN_LEASE + 2 * pause).toISOString(),
        pause,
      );
      return held === null ? null : Math.max(0, (held.notBefore ? Date.parse(held.notBefore) : 0) - now);
    },
    release: (domain, notBefore) => store.releaseDomain(domain, worker, new Date(notBefore).toISOString()),
  };
}

/** Names this process as a worker, so that another process of this machine can tell whether it still lives. */
export const workerName = (): string => `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`;

/** Gives back what workers of this machine hold that do not live any more: after a kill nobody waits for a lease to end. */
export async function releaseDeadWorkers(store: Store): Promise<void> {
  for (const { id, finishedAt } of await store.listAudits()) {
    if (finishedAt !== null) continue;
    for (const worker of new Set((await store.listJobs(id)).map((job) => job.worker))) {
      if (worker && isWorkerAlive(worker) === false) await store.releaseWorker(worker, new Date().toISOString());
    }
  }
}

/** Does the process live that a worker's name stands for? null when it is one of another machine, which cannot be asked. */
export function isWorkerAlive(worker: string): boolean | null {
  const [host, pid] = worker.split(':');
  return host === hostname() ? isAlive(Number(pid)) : null;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
