/**
 * What was seen of one organization, ready for judging: its pages by address, its services with their own pages and
 * systems, and which of its words are only the frame around every page.
 */
import {
  NO_HOSTS,
  type CountryHosts,
  type Inspection,
  type Organization,
  type Service,
  type Snapshot,
  type TlsFacts,
} from './model.ts';
import { isName } from './look.ts';
import type { PageView } from './page-view.ts';
import type { SignalAnswers } from './signal.ts';
import { allWords, heldShare, similarity, titleOf, titleOfService, WordIndex, type Title } from './similarity.ts';

/** A page that was read, with the snapshot it was read from. */
export interface SeenPage<C extends string = string> {
  readonly snapshot: Snapshot;
  /** Hash of the bytes that were read. */
  readonly hash: string;
  readonly page: PageView<C>;
  readonly signals: SignalAnswers;
}

/** What became of looking at a place. */
export type Reading<C extends string = string> =
  | { readonly state: 'read'; readonly seen: SeenPage<C> }
  /** It answered that there is nothing: 404, 410, or its page for missing things. */
  | { readonly state: 'gone'; readonly snapshot: Snapshot; readonly why: string }
  /** A file, not a page. */
  | { readonly state: 'file'; readonly snapshot: Snapshot }
  /** We could not look: a refusal, a failure, a bad day. */
  | { readonly state: 'blocked'; readonly snapshot: Snapshot | null; readonly why: string }
  /** There is no such address, or nobody looked. */
  | { readonly state: 'none' };

export interface CatalogueEntry<C extends string = string> {
  readonly seen: SeenPage<C>;
  /** Element of the entry and its words. */
  readonly node: number;
  readonly text: string;
  /** `code`: the service's code stands there; `near-code`: all but one digit of it; `title`: its title does. */
  readonly by: 'code' | 'near-code' | 'title';
  /** Likeness of the titles, 0…1. */
  readonly likeness: number;
  /** Where the entry's own link leads, null when it is plain text. */
  readonly url: string | null;
}

export interface ServiceView<C extends string = string> {
  readonly scope: 'service';
  readonly service: Service;
  readonly title: Title;
  readonly site: SiteView<C>;
  readonly page: Reading<C>;
  readonly system: Reading<C>;
  /** Address of the system, declared or found on the service page. */
  readonly systemUrl: string | null;
  /** What one click on the log-in control of the system or the service page reached. */
  readonly login: Reading<C>;
  readonly entries: readonly CatalogueEntry<C>[];
}

/** One of several looks at an address, at different times. */
export interface Visit<C extends string = string> {
  readonly snapshot: Snapshot;
  /** null when no page came. */
  readonly seen: SeenPage<C> | null;
}

/** A question to the portal's own search, and what became of it. */
export interface Search<C extends string = string> {
  readonly snapshot: Snapshot;
  /** The service whose title was asked for; null for a word that any portal has. */
  readonly serviceId: string | null;
  readonly reading: Reading<C>;
}

export interface SiteView<C extends string = string> {
  readonly scope: 'portal';
  readonly organization: Organization;
  readonly hosts: CountryHosts;
  readonly home: Reading<C>;
  /** Pages of the portal itself that were read, home first. */
  readonly pages: readonly SeenPage<C>[];
  /** Looks at the portal itself that could not read it, by our failure or because we were refused; each address once. */
  readonly unread: readonly Snapshot[];
  /** Pages on which at least a few of the declared services are listed. */
  readonly catalogues: readonly SeenPage<C>[];
  readonly services: readonly ServiceView<C>[];
  readonly tls: TlsFacts | null;
  /** Answer of the portal when it is asked without TLS. */
  readonly plain: Snapshot | null;
  /** Questions to the portal's search, in the order in which they were asked. */
  readonly searches: readonly Search<C>[];
  /** What became of an address, whoever asked for it. */
  at(url: string): Reading<C>;
  /** All looks at an address, the earliest first; those that share one answer count as one. */
  visitsTo(url: string): readonly Visit<C>[];
  /** What the browser measured on a page; null when it did not. */
  inspectionOf(seen: SeenPage<C>): Inspection | null;
  /** Is the line or link part of the frame that is around most pages? */
  isFrame(folded: string): boolean;
  /**
   * Does the line, link or field stand on most pages and on the first page too? Then it says nothing about one service.
   * What only the pages of services share may be the same in all of them ("free of charge") and is each one's own.
   */
  isEverywhere(seen: SeenPage<C>, node: number): boolean;
}

export interface SiteInput<C extends string> {
  readonly organization: Organization;
  /** Leaves first or not does not matter; headings are left out by the caller. */
  readonly services: readonly Service[];
  readonly snapshots: readonly Snapshot[];
  readonly pages: ReadonlyMap<Snapshot, SeenPage<C>>;
  /** Snapshots whose page is the host's page for missing things. */
  readonly missing: ReadonlySet<Snapshot>;
  /** What a page calls itself that lists services. */
  readonly lists?: readonly C[];
  /** What was measured on pages of the sample. */
  readonly inspections?: ReadonlyMap<Snapshot, Inspection>;
  readonly hosts?: CountryHosts;
  readonly normalize: (url: string) => string;
}

/**
 * Declared services that must be found on a page to make it a catalogue; fewer when an organization has fewer, and one
 * when the page calls itself a list of services.
 */
const CATALOGUE_ENTRIES = 3;
const CATALOGUE_SHARE = 0.6;
/** Likeness from which two titles name one service. */
export const SAME_TITLE = 0.85;
/** Likeness from which they may. */
export const LIKE_TITLE = 0.6;
/** Words beside the title in the line of a card, and how like the title such a line is. */
const CARD_WORDS = 3;
const CARD_LIKENESS = 0.9;
/** A line on more than this share of the pages belongs to the frame, when there are enough pages to say so. */
const FRAME_SHARE = 0.5;
const FRAME_PAGES = 4;

/** Looks that answer a question about the address, not about what the page says. */
const PROBES: readonly Snapshot['role'][] = ['robots', 'missing-probe', 'plain-http', 'probe'];
/** Answers that are not the address's own page. */
const NOT_THE_PAGE: readonly Snapshot['role'][] = ['robots', 'missing-probe', 'plain-http', 'search'];

/** The pages of the site, each once: as it was read, before as it was only found alive. */
function pagesOf<C extends string>(input: SiteInput<C>, homeHost: string): SeenPage<C>[] {
  const pages = new Map<string, SeenPage<C>>();
  for (const snapshot of input.snapshots) {
    const seen = input.pages.get(snapshot);
    // lists of what a search found hold what other pages say
    if (
      !seen ||
      PROBES.includes(snapshot.role) ||
      snapshot.role === 'search' ||
      input.missing.has(snapshot) ||
      !sameSite(seen.page.host, homeHost)
    )
      continue;
    const known = pages.get(seen.page.url);
    if (!known || (known.snapshot.role === 'target' && snapshot.role !== 'target')) pages.set(seen.page.url, seen);
  }
  return [...pages.values()];
}

/** Addresses of the site that no look could read; what was only asked whether it is alive does not count. */
function unreadOf<C extends string>(input: SiteInput<C>, homeHost: string): Snapshot[] {
  const blocked = new Map<string, Snapshot>();
  const known = new Set<string>();
  for (const snapshot of input.snapshots) {
    if (PROBES.includes(snapshot.role) || snapshot.role === 'target' || !sameSite(hostOf(snapshot.url), homeHost))
      continue;
    // neither what is behind a log-in nor what changes something is a page for visitors
    if (snapshot.outcome.kind === 'refused' && (snapshot.outcome.by === 'login' || snapshot.outcome.by === 'guard'))
      continue;
    const url = input.normalize(snapshot.url);
    if (readingOf(snapshot, input).state === 'blocked') blocked.set(url, snapshot);
    else known.add(url);
  }
  return [...blocked].flatMap(([url, snapshot]) => (known.has(url) ? [] : [snapshot]));
}

/** Puts the snapshots of one organization together. Pure; the same snapshots give the same view. */
export function viewSite<C extends string>(input: SiteInput<C>): SiteView<C> {
  const readings = new Map<string, Reading<C>>();
  for (const snapshot of input.snapshots) {
    if (PROBES.includes(snapshot.role)) continue;
    const reading = readingOf(snapshot, input);
    for (const url of [snapshot.url, ...snapshot.chain.map((hop) => hop.url)]) {
      const key = input.normalize(url);
      const known = readings.get(key);
      if (!known || (known.state !== 'read' && reading.state === 'read')) readings.set(key, reading);
    }
  }
  const known = new Map<string, Reading<C>>();
  const at = (url: string): Reading<C> => {
    let reading = known.get(url);
    if (!reading) known.set(url, (reading = readings.get(input.normalize(url)) ?? { state: 'none' }));
    return reading;
  };
  const roles = new Map<Snapshot['role'], Snapshot[]>();
  for (const snapshot of input.snapshots) {
    const others = roles.get(snapshot.role);
    if (others) others.push(snapshot);
    else roles.set(snapshot.role, [snapshot]);
  }
  const byRole = (role: Snapshot['role'], serviceId?: string): readonly Snapshot[] => {
    const all: readonly Snapshot[] = roles.get(role) ?? NONE;
    return serviceId === undefined ? all : all.filter(({ serviceIds }) => serviceIds.includes(serviceId));
  };

  const homeSnapshot = byRole('portal')[0];
  const home: Reading<C> = homeSnapshot ? readingOf(homeSnapshot, input) : { state: 'none' };
  const homeHost = home.state === 'read' ? home.seen.page.host : hostOf(input.organization.portalUrl);
  const pages = pagesOf(input, homeHost);
  const titles = new Map(input.services.map((service) => [service.id, titleOfService(service.titles)]));
  const { frame, entries } = readLines(pages, input.services, titles);
  const total = Math.max(1, input.services.length);
  const wanted = Math.min(CATALOGUE_ENTRIES, Math.ceil(total * CATALOGUE_SHARE));
  const catalogues = pages.filter((seen) => {
    const listed = [...(entries.get(seen)?.keys() ?? [])];
    if (listed.length < CATALOGUE_ENTRIES && listed.some((id) => isTitled(seen.page, titles.get(id)!))) return false;
    if (listed.length >= Math.min(CATALOGUE_ENTRIES, total)) return true;
    // a first page, and the frame around all pages, show a few services to whoever passes by
    if (home.state === 'read' && home.seen === seen) return false;
    const own = listed.filter((id) => isOwnEntry(seen, entries.get(seen)!.get(id)!));
    return own.length >= wanted || (own.length > 0 && (isCalled(seen.page, input.lists ?? []) || isOffered(seen)));
  });

  /** Does the first page offer it under the name of a list? */
  function isOffered({ page }: SeenPage<C>): boolean {
    if (home.state !== 'read') return false;
    const { links, hits } = home.seen.page;
    return (input.lists ?? []).some((concept) =>
      hits.get(concept)?.some(({ source, strength, index, start, end }) => {
        const link = source === 'link' && strength !== 'weak' ? links[index]! : null;
        return (
          link?.url && isName(link.folded, { start, end }) && input.normalize(link.url) === input.normalize(page.url)
        );
      }),
    );
  }

  function isOwnEntry({ page }: SeenPage<C>, listed: readonly CatalogueEntry<C>[]): boolean {
    return page.runs.some(
      ({ node, region, folded }) =>
        (region === 'main' || region === 'body') && !frame.has(folded) && listed.some((entry) => entry.node === node),
    );
  }

  let visits: Map<string, Visit<C>[]> | undefined;
  const site: SiteView<C> = {
    scope: 'portal',
    organization: input.organization,
    hosts: input.hosts ?? NO_HOSTS,
    home,
    pages,
    unread: unreadOf(input, homeHost),
    catalogues,
    services: [],
    tls: homeSnapshot?.tls ?? input.snapshots.find((s) => s.tls !== null && sameSite(hostOf(s.url), homeHost))?.tls ?? null,
    plain: byRole('plain-http')[0] ?? null,
    searches: byRole('search').map((snapshot) => ({ snapshot, serviceId: snapshot.serviceIds[0] ?? null, reading: readingOf(snapshot, input) })),
    at,
    visitsTo: (url) => (visits ??= visitsByUrl(input)).get(input.normalize(url)) ?? [],
    inspectionOf: ({ snapshot }) => input.inspections?.get(snapshot) ?? null,
    isFrame: (folded) => frame.has(folded),
    isEverywhere: everywhere(pages, home),
  }; // prettier-ignore

  const services = input.services.map((service): ServiceView<C> => {
    const title = titles.get(service.id)!;
    const page = pageOf(service, title, byRole('service', service.id), pages, catalogues, at, input);
    const systems = byRole('system', service.id);
    const systemUrl = service.systemUrl ?? systems[0]?.url ?? null;
    const logins = byRole('login', service.id);
    return {
      scope: 'service', service, title, site, page, systemUrl,
      system: systemUrl ? bestOf(systems.map((s) => readingOf(s, input)), at(systemUrl)) : { state: 'none' },
      login: bestOf(logins.map((s) => readingOf(s, input)), { state: 'none' }),
      entries: catalogues.flatMap((seen) => entries.get(seen)?.get(service.id) ?? []),
    }; // prettier-ignore
  });
  return Object.assign(site, { services });
}

function visitsByUrl<C extends string>({ snapshots, pages, normalize }: SiteInput<C>): Map<string, Visit<C>[]> {
  const byUrl = new Map<string, Visit<C>[]>();
  for (const snapshot of snapshots) {
    if (NOT_THE_PAGE.includes(snapshot.role)) continue;
    const url = normalize(snapshot.url);
    const visits = byUrl.get(url) ?? [];
    if (visits.some((visit) => visit.snapshot.fetchedAt === snapshot.fetchedAt)) continue;
    visits.push({ snapshot, seen: pages.get(snapshot) ?? null });
    byUrl.set(url, visits);
  }
  for (const visits of byUrl.values()) visits.sort((a, b) => (a.snapshot.fetchedAt < b.snapshot.fetchedAt ? -1 : 1));
  return byUrl;
}

function readingOf<C extends string>(snapshot: Snapshot, input: SiteInput<C>): Reading<C> {
  const { outcome } = snapshot;
  switch (outcome.kind) {
    case 'page': {
      if (input.missing.has(snapshot)) return { state: 'gone', snapshot, why: 'soft-404' };
      // an empty shell that no browser filled tells nothing about what visitors see
      if (snapshot.needsScript === true && snapshot.rendered === null)
        return { state: 'blocked', snapshot, why: 'needs-script' };
      const seen = input.pages.get(snapshot);
      return seen ? { state: 'read', seen } : { state: 'blocked', snapshot, why: 'unreadable' };
    }
    case 'not-html':
      return { state: 'file', snapshot };
    case 'refused':
      return { state: 'blocked', snapshot, why: outcome.by };
    case 'unreachable':
      return outcome.cause === 'not-found'
        ? { state: 'gone', snapshot, why: 'not-found' }
        : { state: 'blocked', snapshot, why: outcome.cause };
  }
}

function bestOf<C extends string>(readings: readonly Reading<C>[], otherwise: Reading<C>): Reading<C> {
  return readings.find((reading) => reading.state === 'read') ?? readings[0] ?? otherwise;
}

/** The page of a service: the declared address, what the crawl found for it, else the page that carries its title or code. */
function pageOf<C extends string>(
  service: Service,
  title: Title,
  looked: readonly Snapshot[],
  pages: readonly SeenPage<C>[],
  catalogues: readonly SeenPage<C>[],
  at: (url: string) => Reading<C>,
  input: SiteInput<C>,
): Reading<C> {
  const readings = looked.map((snapshot) => readingOf(snapshot, input));
  // an address that was found, not declared, is the service's only if the page says so itself
  const read = readings.find(
    (reading, i) =>
      reading.state === 'read' &&
      (isDeclared(service, looked[i]!, input) || isAbout(reading.seen.page, service, title)),
  );
  if (read) return read;
  if (service.pageUrl) {
    const declared = at(service.pageUrl);
    if (declared.state !== 'none') return declared;
  }
  let best: SeenPage<C> | null = null;
  let bestScore = SAME_TITLE;
  for (const seen of pages) {
    // a list carries many titles; a page of one service may still name its neighbours
    if (catalogues.includes(seen) && !isTitled(seen.page, title)) continue;
    const score =
      service.code && ownCode(seen.page, service.code)
        ? 1.1
        : Math.max(0, ...headlines(seen.page).map((headline) => similarity(title, headline)));
    if (score >= bestScore && (best === null || score > bestScore)) [best, bestScore] = [seen, score];
  }
  return best
    ? { state: 'read', seen: best }
    : (readings.find((reading) => reading.state !== 'read') ?? { state: 'none' });
}

function isDeclared<C extends string>(service: Service, snapshot: Snapshot, { normalize }: SiteInput<C>): boolean {
  return service.pageUrl !== null && normalize(service.pageUrl) === normalize(snapshot.url);
}

/** Does a page name the service, by its code or in its headlines? */
function isAbout(page: PageView, service: Service, title: Title): boolean {
  return (
    (service.code !== null && ownCode(page, service.code)) ||
    headlines(page).some((headline) => similarity(title, headline) >= LIKE_TITLE)
  );
}

/** Does a page's own heading call it by one of the concepts? */
const isCalled = <C extends string>(page: PageView<C>, concepts: readonly C[]): boolean =>
  concepts.some((concept) =>
    page.hits.get(concept)?.some(({ source, index, strength, start, end }) => {
      const run = source === 'run' && strength !== 'weak' ? page.runs[index]! : null;
      return run !== null && (run.heading === 1 || run.heading === 2) && isName(run.folded, { start, end });
    }),
  );

/** Is it the page's own title: its first heading, or what its window is called? */
function isTitled(page: PageView, title: Title): boolean {
  const heading = page.runs.find((run) => run.heading === 1)?.text;
  return [...(heading ? [heading] : []), ...page.title.split(TITLE_PARTS)].some(
    (text) => similarity(title, titleOf(text)) >= SAME_TITLE,
  );
}

/** A page carries a code as its own when it stands there once among few: a list carries many. */
function ownCode(page: PageView, code: string): boolean {
  let own = false;
  const codes = new Set<string>();
  for (const run of page.runs) {
    for (const found of codesIn(run.folded)) {
      codes.add(found);
      if (found === code) own = true;
    }
  }
  return own && codes.size <= 2;
}

/** Codes of services in a line; nearly no line has so many digits, which is seen at once. */
const codesIn = (folded: string): readonly string[] =>
  folded.length >= 11 && /\d{11}/.test(folded) ? (folded.match(/(?<!\d)1\d{10}(?!\d)/g) ?? []) : [];

/** What stands between the parts of a window's title: the page, its section, the organization. */
const TITLE_PARTS = /\s+[|\-–—»:]\s+/;
const headlineCache = new WeakMap<PageView, Title[]>();

/** First headings of a page and its title, as titles to compare with. */
export function headlines(page: PageView): Title[] {
  let titles = headlineCache.get(page);
  if (!titles) {
    const texts = page.runs.filter((run) => run.heading === 1 || run.heading === 2).slice(0, 3).map((run) => run.text);
    const parts = page.title.split(TITLE_PARTS);
    titles = [...texts, ...parts].filter((text) => text.length > 3).map(titleOf);
    headlineCache.set(page, titles);
  }
  return titles;
} // prettier-ignore

/** What a line that lists services says of one of them. */
type Listed = Pick<CatalogueEntry, 'by' | 'likeness'> & { readonly service: Service };

/** A line of the site, however many pages have it: the frame around every page has the same on each. */
interface Line {
  pages: number;
  /** The last page on which it was met. */
  last: PageView;
  /** Null until a place is met where a service may be listed. */
  listed: readonly Listed[] | null;
}

interface Lines<C extends string> {
  /** Lines that stand on more than half of the pages. */
  readonly frame: ReadonlySet<string>;
  /** For each page the services that are entries of it. */
  readonly entries: ReadonlyMap<SeenPage<C>, ReadonlyMap<string, readonly CatalogueEntry<C>[]>>;
}

/** Reads all lines of the site once. */
function readLines<C extends string>(
  pages: readonly SeenPage<C>[],
  services: readonly Service[],
  titles: ReadonlyMap<string, Title>,
): Lines<C> {
  const byCode = new Map(services.filter((service) => service.code).map((service) => [service.code!, service]));
  const byTitle = new Map<string, Service[]>();
  for (const service of services) {
    const { letters, also } = titles.get(service.id)!;
    for (const key of new Set([letters, ...(also ? [also.letters] : [])]))
      byTitle.set(key, [...(byTitle.get(key) ?? []), service]);
  }
  // nearly all lines share no word with any title: they are told apart before anything dear is made of them
  const byWord = new WordIndex<Service>();
  for (const service of services) for (const word of allWords(titles.get(service.id)!)) byWord.add(word, service);
  const lines = new Map<string, Line>();
  const entries = new Map<SeenPage<C>, Map<string, CatalogueEntry<C>[]>>();
  for (const seen of pages) {
    const found = new Map<string, CatalogueEntry<C>[]>();
    const { page } = seen;
    for (let index = 0; index < page.runs.length; index++) {
      const run = page.runs[index]!;
      let line = lines.get(run.folded);
      if (!line) lines.set(run.folded, (line = { pages: 1, last: page, listed: null }));
      else if (line.last !== page) {
        line.pages++;
        line.last = page;
      }
      if (run.folded.length < 4 || run.folded.length > 300 || run.region === 'breadcrumb') continue;
      line.listed ??= listedIn(run.folded);
      for (const { service, by, likeness } of line.listed) {
        const entry = { seen, node: run.node, text: run.text, by, likeness, url: entryUrl(page, index) };
        const others = found.get(service.id);
        if (others) others.push(entry);
        else found.set(service.id, [entry]);
      }
    }
    if (found.size > 0) entries.set(seen, found);
  }
  const frame = new Set<string>();
  if (pages.length >= FRAME_PAGES)
    for (const [text, line] of lines) if (line.pages / pages.length > FRAME_SHARE) frame.add(text);
  return { frame, entries };

  function listedIn(line: string): readonly Listed[] {
    const codes = codesIn(line);
    const candidates = byWord.namedIn(line);
    if (codes.length === 0 && candidates === null) return NONE;
    const listed: Listed[] = [];
    const title = titleOf(line);
    for (const code of codes) {
      const service = byCode.get(code);
      if (service) listed.push({ service, by: 'code', likeness: 1 });
      else
        for (const near of services)
          if (near.code && oneDigitApart(near.code, code) && similarity(titles.get(near.id)!, title) >= LIKE_TITLE)
            listed.push({ service: near, by: 'near-code', likeness: 0.9 });
    }
    const same = byTitle.get(title.letters);
    if (same) for (const service of same) listed.push({ service, by: 'title', likeness: 1 });
    else if (title.words.size >= 2 && title.words.size <= 25) {
      for (const service of candidates ?? []) {
        const own = titles.get(service.id)!;
        if (!sharesWord(own, title)) continue;
        // a card holds the title and the words of its button: "… start"
        const held =
          heldShare(own, title.words, 2) === 1 && title.words.size <= own.words.size + CARD_WORDS ? CARD_LIKENESS : 0;
        const likeness = Math.max(similarity(own, title), held);
        if (likeness >= LIKE_TITLE) listed.push({ service, by: 'title', likeness });
      }
    }
    return listed;
  }
}

const NONE: readonly never[] = [];

function sharesWord(title: Title, line: Title): boolean {
  return mostShared(title, line) || (title.also !== null && mostShared(title.also, line));
}

function mostShared(a: Title, b: Title): boolean {
  let shared = 0;
  for (const word of a.words)
    if (b.words.has(word) && ++shared * 2 >= Math.min(a.words.size, b.words.size)) return true;
  return false;
}

/** The link of an entry: its own, or the first wordless or detail link in the same row or list item. */
function entryUrl(page: PageView, index: number): string | null {
  const run = page.runs[index]!;
  if (run.link >= 0) return page.links[run.link]!.url;
  for (const link of page.links)
    if (link.at === index || link.at === index + 1)
      if (link.url && link.url.replace(/#.*$/, '') !== page.url) return link.url;
  return null;
}

function oneDigitApart(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let apart = 0;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i] && ++apart > 1) return false;
  return apart === 1;
}

/** What tells a line, a link or a field with one of the words apart from others, by its element. */
function marksOf<C extends string>({ page }: SeenPage<C>, words: ReadonlySet<string>): Map<number, string> {
  const marks = new Map<number, string>();
  // of what shares an element the last tells
  for (const { node, folded } of page.runs)
    if (words.has(folded)) marks.set(node, `line ${folded}`);
    else marks.delete(node);
  for (const { node, folded, url, href } of page.links)
    if (words.has(folded)) marks.set(node, `link ${folded} ${url ?? href}`);
    else marks.delete(node);
  for (const { node, type, name, folded } of page.fields)
    if (words.has(folded)) marks.set(node, `field ${type} ${name} ${folded}`);
    else marks.delete(node);
  return marks;
}

function timesIn(marks: ReadonlyMap<number, string>, wanted: string): number {
  let times = 0;
  for (const mark of marks.values()) if (mark === wanted) times++;
  return times;
}

/** Counted when it is first asked: a site of which nothing is proved on the pages of services needs no count. */
function everywhere<C extends string>(pages: readonly SeenPage<C>[], home: Reading<C>): SiteView<C>['isEverywhere'] {
  let common: Set<string> | null = null;
  const known = new Map<SeenPage<C>, ReadonlyMap<number, string>>();
  /** Words of the first page: what it does not have is not everywhere. */
  let words: ReadonlySet<string>;
  const marksIn = (seen: SeenPage<C>): ReadonlyMap<number, string> => {
    let marks = known.get(seen);
    if (!marks) known.set(seen, (marks = marksOf(seen, words)));
    return marks;
  };
  return (seen, node) => {
    if (pages.length < FRAME_PAGES || home.state !== 'read' || home.seen === seen) return false;
    if (common === null) {
      const counts = new Map<string, number>();
      const { runs, links, fields } = home.seen.page;
      words = new Set([runs, links, fields].flatMap((list) => list.map(({ folded }) => folded)));
      for (const page of pages)
        for (const mark of new Set(marksIn(page).values())) counts.set(mark, (counts.get(mark) ?? 0) + 1);
      common = new Set(
        [...marksIn(home.seen).values()].filter((mark) => counts.get(mark)! / pages.length > FRAME_SHARE),
      );
    }
    const own = marksIn(seen);
    const mark = own.get(node);
    if (mark === undefined || !common.has(mark)) return false;
    // what the page says once more than its frame does, it says itself
    return timesIn(own, mark) <= timesIn(marksIn(home.seen), mark);
  };
}

function sameSite(a: string, b: string): boolean {
  return a.replace(/^www\./, '') === b.replace(/^www\./, '');
}

function hostOf(url: string | null): string {
  try {
    return url ? new URL(url).hostname : '';
  } catch {
    return '';
  }
}
