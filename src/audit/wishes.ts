/**
 * What a page makes worth looking at: pages of services that have none yet, systems, log-ins, and links named after a
 * topic that some rule asks for. Everything else is left alone, and said to be. Pure.
 */
import { isContent } from '../core/element-traits.ts';
import { allNamed, isName, linksBelow } from '../core/look.ts';
import type { Role, Service } from '../core/model.ts';
import type { Link } from '../core/page-view.ts';
import { similarity, titleOf, type Title } from '../core/similarity.ts';
import { LIKE_TITLE, SAME_TITLE, type SeenPage } from '../core/site-view.ts';
import type { Target } from '../crawl/contract.ts';
import { searchesOf } from './searches.ts';
import { isHostWithin } from '../crawl/guard.ts';

/** Names of concepts that steer the crawl, given by the rules. */
export interface Seeking<C extends string> {
  /** Topics of which the rules want the pages behind the links. */
  readonly topics: readonly C[];
  readonly start: C;
  readonly logins: readonly C[];
  readonly lists: readonly C[];
  readonly languages: readonly C[];
  /** Topics whose pages lead on to a form for a message. */
  readonly letters: readonly C[];
  /** Names of other public bodies. */
  readonly bodies: readonly C[];
  /** A word that is found on any portal, by language. */
  readonly commonWords: Readonly<Record<string, string>>;
  /** Where a channel shows its posts to everybody; null for other addresses and for networks that ask for an account. */
  readonly channelPage: (url: string, host: string) => string | null;
  /** The registrable domain, which tells whose a host is. */
  readonly siteOf: (host: string) => string;
  /** A host of another public body, or of the state's own portal. */
  readonly isAgency: (host: string) => boolean;
  readonly isNationalPortal: (host: string) => boolean;
}

export interface Surroundings<C extends string> {
  readonly seeking: Seeking<C>;
  /** Leaf services with their prepared titles. */
  readonly services: readonly { readonly service: Service; readonly title: Title }[];
  readonly portalHost: string;
  readonly paymentHosts: readonly string[];
  /** Clicks from the home page to the page that is read, and what was hoped for there. */
  readonly depth: number;
  readonly topic: string;
  /** Addresses that the first page links to; what other pages add to them leads on. */
  readonly onHome: ReadonlySet<string>;
}

const FILE =
  /\.(?:pdf|docx?|xlsx?|pptx?|zip|rar|7z|csv|ods|odt|rtf|mp4|mp3|avi|apk|exe|jpe?g|png|gif|svg|webp|ico)(?:$|[?#])/i;
/** What these answer is a fact of its own, not a page that leads on. */
const UNFOLLOWED: readonly Role[] = ['missing-probe', 'plain-http', 'target', 'search', 'probe'];
/** Log-in controls and start buttons followed from one page. */
const MAX_LOGINS = 2;
const MAX_STARTS = 3;
/** What a link to the system of a service is called in a sentence. */
const SYSTEM_NAME =
  /^(?:به |در )?(?:سامانه|درگاه|پورتال|پرتال) \p{L}|\b(?:portal|online (?:service|system)|e-service)s?$/u;
/** Addresses at which one logs in. */
const LOGIN_PATH = /^\/[^?#]*\b(?:log-?in|log-?on|sign-?in|auth|oauth2?|sso|vorood|vorud|vared)\b/i;
/** Addresses beside them, at which one does not. */
const OTHER_DOOR = /regist|sign-?up|callback|reset|forgot|log-?out|sign-?out/i;
/** Links to other bodies looked at for one service. */
const MAX_AGENCIES = 3;
/** Ordinary links of the first page that are tried, to know how many of the portal's links are broken. */
const SAMPLE = 60;
const SAMPLE_PART = 15;
const SAMPLED = 'links';
/** Links of a service's page that nothing names and that may lead to its guide, its list of papers, its questions. */
const MAX_BESIDE = 6;
/** A page of the first level with no more links of its own only leads on. */
const MAX_HUB = 8;
const HUB_WORDS = 150;
/** Links followed from below one heading. */
const MAX_UNDER = 3;
/** Links followed from a page that tells how to reach the body: one of them may be the form. */
const MAX_LETTERS = 4;
/** Pages of another language followed from its first one. */
const MAX_VERSION_LINKS = 8;
/** Links followed from a list of services. */
const MAX_LIST_LINKS = 12;

/** A page that is read, and where its wishes go. */
interface Reading<C extends string> {
  readonly seen: SeenPage<C>;
  readonly around: Surroundings<C>;
  /** Registrable domain of the page. */
  readonly own: string;
  readonly isPortal: boolean;
  /** Of several wishes for an address in one role the weightiest counts. */
  wish(url: string, role: Role, topic: string, weight: number, serviceIds?: readonly string[]): void;
}

const NO_SERVICES: readonly string[] = [];

/** Links worth a look, and with weight 0 all others, each with the reason why nobody follows it. */
export function wishesOf<C extends string>(seen: SeenPage<C>, around: Surroundings<C>): Target[] {
  const { page, snapshot } = seen;
  if (UNFOLLOWED.includes(snapshot.role) && !isOfSample(seen, around) && !isOfNationalPortal(seen, around)) return [];
  const targets: Target[] = [];
  /** Places of the wishes among the targets, by role and address. */
  const places: Partial<Record<Role, Map<string, number>>> = {};
  /** Addresses that are looked at for what they are or lead to, a question to the search aside. */
  const wished = new Set<string>();
  const reading: Reading<C> = {
    seen,
    around,
    own: around.seeking.siteOf(page.host),
    isPortal: samePlace(page.host, around.portalHost),
    wish(url, role, topic, weight, serviceIds = NO_SERVICES) {
      const ofRole = (places[role] ??= new Map<string, number>());
      const known = ofRole.get(url);
      if (known !== undefined && targets[known]!.weight >= weight) return;
      const at = known ?? targets.length;
      targets[at] = { url, role, topic, weight, serviceIds, foundOn: page.url, depth: around.depth + 1 };
      ofRole.set(url, at);
      if (role !== 'search') wished.add(url);
    },
  };
  const { isPortal } = reading;
  if (isPortal) wishForServices(reading);
  if (snapshot.role === 'service') wishForSystems(reading);
  wishForLogins(reading);
  if (snapshot.role === 'portal') wishForChannelsAndSearch(reading);
  if (snapshot.role === 'service' || snapshot.role === 'system') wishForOtherBodies(reading);
  // what a system offers to everybody stands on its first page
  if (snapshot.role === 'system' && !isPortal) reading.wish(new URL('/', page.url).href, 'target', 'front', 0.5);
  wishForVersions(reading);
  wishForLists(reading);
  wishForEntriesOfNationalPortal(reading);
  wishForTopics(reading);
  wishUnderHeadings(reading);
  wishForUnnamed(reading, wished);
  for (const { url, host } of page.links) {
    if (!url || wished.has(url)) continue;
    wished.add(url);
    const topic = around.seeking.siteOf(host) === reading.own ? '' : 'off-site';
    targets.push({ url, role: 'page', topic, weight: 0, serviceIds: NO_SERVICES, foundOn: page.url, depth: around.depth + 1 }); // prettier-ignore
  }
  return targets;
}

/** Where the service of a page is asked for: behind its start, else at the system that its text names. */
function wishForSystems<C extends string>({ seen: { page, snapshot }, around, own, wish }: Reading<C>): void {
  const { start } = around.seeking;
  const undeclared = snapshot.serviceIds.filter((id) =>
    around.services.some(({ service }) => service.id === id && service.systemUrl === null),
  );
  let starts = 0;
  for (const { link } of allNamed(page, start, { loose: true })) {
    if (!link?.url || link.anchor || !isContent(link.region) || isHostWithin(link.host, around.paymentHosts)) continue;
    if (starts++ >= MAX_STARTS) break;
    if (undeclared.length > 0 && !FILE.test(link.url)) wish(link.url, 'system', start, 0.95, undeclared);
    else wish(link.url, 'target', start, 0.8);
  }
  // «برای آغاز به سامانه … بروید»: a system of the same owner that nothing else declares
  const named = page.links.find(
    (link) =>
      link.url !== null &&
      !link.anchor &&
      isContent(link.region) &&
      SYSTEM_NAME.test(link.folded) &&
      !samePlace(link.host, around.portalHost) &&
      around.seeking.siteOf(link.host) === own &&
      !isHostWithin(link.host, around.paymentHosts) &&
      !around.onHome.has(link.url) &&
      !FILE.test(link.url),
  );
  if (named?.url && undeclared.length > 0) wish(named.url, 'system', start, 0.9, undeclared);
}

/** Controls that are called a log-in; on a system also addresses that look like one, whatever the link is called. */
function wishForLogins<C extends string>({ seen: { page, snapshot }, around, wish }: Reading<C>): void {
  const { role, serviceIds } = snapshot;
  if (role !== 'portal' && role !== 'service' && role !== 'system' && role !== 'login') return;
  let logins = 0;
  for (const concept of around.seeking.logins)
    for (const { link } of allNamed(page, concept))
      if (link?.url && !FILE.test(link.url) && logins++ < MAX_LOGINS) wish(link.url, 'login', concept, 0.9, serviceIds);
  // the state's log-in may be a step behind the system's own
  if (role !== 'system' && role !== 'login') return;
  const doors = new Set(page.links.flatMap(({ url }) => (url && isLoginAddress(url) && !FILE.test(url) ? [url] : [])));
  for (const url of [...doors].slice(0, MAX_LOGINS)) wish(url, 'login', around.seeking.logins[0]!, 0.85, serviceIds);
}

function wishForChannelsAndSearch<C extends string>({ seen, around, wish }: Reading<C>): void {
  for (const link of seen.page.links) {
    const channel = link.url && around.seeking.channelPage(link.url, link.host);
    if (channel) wish(channel, 'page', 'channel', 0.55);
  }
  const services = around.services.map(({ service }) => service);
  for (const { url, serviceId } of searchesOf(seen, services, around.seeking.commonWords))
    wish(url, 'search', 'search', 0.85, serviceId === null ? [] : [serviceId]);
}

/** The state's portal and other public bodies, by their hosts or by the words of the link. */
function wishForOtherBodies<C extends string>({ seen: { page }, around, own, wish }: Reading<C>): void {
  const { seeking } = around;
  const named = new Set(
    seeking.bodies.flatMap((concept) =>
      (page.hits.get(concept) ?? []).filter(({ source }) => source === 'link').map(({ index }) => index),
    ),
  );
  let agencies = 0;
  for (const [index, link] of page.links.entries()) {
    if (!link.url || !isContent(link.region)) continue;
    if (around.seeking.siteOf(link.host) === own || isHostWithin(link.host, [bare(around.portalHost)])) continue;
    if (seeking.isNationalPortal(link.host)) wish(link.url, 'page', 'national-portal', 0.6);
    else if ((seeking.isAgency(link.host) || named.has(index)) && agencies++ < MAX_AGENCIES)
      wish(link.url, 'target', 'agency', 0.5);
  }
}

/** A version in another language is more than its first page. */
function wishForVersions<C extends string>({ seen: { page }, around, wish }: Reading<C>): void {
  if (!isOneOf(around.topic, around.seeking.languages)) return;
  const links = page.links.filter(({ url, host }) => url !== null && samePlace(host, page.host));
  for (const { url } of links.slice(0, MAX_VERSION_LINKS)) wish(url!, 'page', `${around.topic} version`, 0.3);
}

/** A service desk leads on to lists and to pages of services under names that tell nothing («more»). */
function wishForLists<C extends string>({ seen: { page }, around, isPortal, wish }: Reading<C>): void {
  if (!isPortal || !isOneOf(around.topic, around.seeking.lists)) return;
  const links = page.links.filter(
    (link) => link.url !== null && !link.anchor && samePlace(link.host, page.host) && isContent(link.region),
  );
  for (const { url } of links.slice(0, MAX_LIST_LINKS)) wish(url!, 'page', `${around.topic} entry`, 0.35);
}

/** The pages of the services on the state's portal, where one of its pages names them. */
function wishForEntriesOfNationalPortal<C extends string>({
  seen: { page, snapshot },
  around,
  wish,
}: Reading<C>): void {
  if (snapshot.role !== 'target' && snapshot.role !== 'page') return;
  if (!around.seeking.isNationalPortal(page.host)) return;
  for (const { url, name, host, wordless } of page.links) {
    if (!url || wordless || !samePlace(host, page.host) || !mayBeTitle(name)) continue;
    const title = titleOf(name);
    if (around.services.some(({ title: wanted }) => similarity(title, wanted) >= SAME_TITLE))
      wish(url, 'page', 'national-portal', 0.6);
  }
}

/** Links named after a topic of some rule. */
function wishForTopics<C extends string>({ seen: { page, snapshot }, around, own, wish }: Reading<C>): void {
  const { role } = snapshot;
  // what other bodies publish about themselves says nothing about this one
  const isOurs =
    role !== 'page' ||
    isHostWithin(page.host, [bare(around.portalHost)]) ||
    own === around.seeking.siteOf(around.portalHost);
  if (!isOurs) return;
  for (const concept of around.seeking.topics) {
    const hits = page.hits.get(concept);
    if (!hits) continue;
    for (const hit of hits) {
      if (hit.strength === 'weak' || (hit.source !== 'link' && hit.source !== 'title')) continue;
      const link = page.links[hit.index]!;
      if (!link.url) continue;
      // beside a service long names are the rule: «راهنمای گام‌به‌گام ثبت درخواست در سامانه»
      const isBeside = (role === 'service' || role === 'system') && isContent(link.region);
      if (!isBeside && !isName(hit.source === 'link' ? link.folded : link.title, hit)) continue;
      if (isHostWithin(link.host, around.paymentHosts)) continue;
      // what other bodies publish is only looked at to know whether the link is alive
      const as: Role = FILE.test(link.url) || around.seeking.siteOf(link.host) !== own ? 'target' : 'page';
      wish(link.url, as, concept, weightOf(hit.whole, link, role));
    }
  }
}

/** Links under a heading that names a topic: «نظر شما» above the name of the site where it is asked for. */
function wishUnderHeadings<C extends string>({ seen: { page, snapshot }, around, own, wish }: Reading<C>): void {
  if (snapshot.role !== 'portal') return;
  for (const concept of around.seeking.topics) {
    for (const { source, strength, index, start, end } of page.hits.get(concept) ?? []) {
      const heading = source === 'run' && strength !== 'weak' ? page.runs[index]! : null;
      if (!heading || heading.heading === 0 || !isName(heading.folded, { start, end })) continue;
      for (const link of linksBelow(page, index).slice(0, MAX_UNDER)) {
        const { url, host } = page.links[link]!;
        if (around.seeking.siteOf(host) === own && !FILE.test(url!)) wish(url!, 'page', concept, 0.3);
      }
    }
  }
}

/**
 * Links that nothing names: a sample of the first page's, which tells how many are broken; those of a page that only
 * leads on; and a few of a service's, behind which its guide or its list of papers may be.
 */
function wishForUnnamed<C extends string>(
  { seen: { page, snapshot }, around, isPortal, wish }: Reading<C>,
  wished: ReadonlySet<string>,
): void {
  const isFirst = snapshot.role === 'portal';
  const isService = snapshot.role === 'service' || snapshot.role === 'system';
  const isForLetters = isPortal && isOneOf(around.topic, around.seeking.letters);
  const mayBeHub = isPortal && (snapshot.role === 'target' || snapshot.role === 'page') && page.words <= HUB_WORDS;
  if (!isFirst && !isService && !mayBeHub && !isForLetters) return;
  const here = page.links.filter((link) => link.url !== null && !link.anchor && samePlace(link.host, page.host));
  const unnamed = function* (links: readonly Link[]): Generator<string> {
    for (const { url } of links) if (!wished.has(url!)) yield url!;
  };
  let count = 0;
  if (isFirst) {
    // a topic has its limit of looks, so the sample is several
    for (const url of unnamed(here)) {
      if (count >= SAMPLE) return;
      wish(url, 'target', `${SAMPLED} ${Math.floor(count++ / SAMPLE_PART)}`, 0.02);
    }
    return;
  }
  const content = here.filter(({ region }) => isContent(region));
  if (isService) {
    for (const url of unnamed(content)) {
      if (count++ >= MAX_BESIDE) return;
      wish(url, 'target', `beside ${snapshot.serviceIds[0] ?? ''}`, 0.03);
    }
    return;
  }
  if (isForLetters) {
    const ways = content.filter(({ url }) => !around.onHome.has(url!)).slice(0, MAX_LETTERS);
    for (const url of unnamed(ways)) wish(url, 'target', 'beside letters', 0.03);
  }
  const leading = content.filter(({ url }) => !around.onHome.has(url!));
  if (leading.length <= MAX_HUB) for (const url of unnamed(leading)) wish(url, 'target', 'behind a hub', 0.01);
}

function isLoginAddress(url: string): boolean {
  const path = url.replace(/^https?:\/\/[^/]+/, '');
  return LOGIN_PATH.test(path) && !OTHER_DOOR.test(path);
}

const isOneOf = (topic: string, concepts: readonly string[]): boolean => concepts.includes(topic);

/** Letters of the shortest and the longest name that may be the title of a service. */
const mayBeTitle = (name: string): boolean => name.length > 3 && name.length < 220;

const isOfNationalPortal = (
  { page, snapshot }: SeenPage,
  { seeking }: Pick<Surroundings<string>, 'seeking'>,
): boolean => snapshot.role === 'target' && seeking.isNationalPortal(page.host);

/** Ordinary pages one click from home are read like any other: what they link to by name is followed. */
const isOfSample = (
  { page, snapshot }: SeenPage,
  { topic, portalHost }: Pick<Surroundings<string>, 'topic' | 'portalHost'>,
): boolean => snapshot.role === 'target' && topic.startsWith(SAMPLED) && samePlace(page.host, portalHost);

/** Links of the portal that are the page of a service which has none declared: by its code, or by its title. */
function wishForServices<C extends string>({ seen: { page }, around, wish }: Reading<C>): void {
  const homeless = around.services.filter(({ service }) => service.pageUrl === null);
  if (homeless.length === 0) return;
  for (let index = 0; index < page.links.length; index++) {
    const link = page.links[index]!;
    if (!link.url || FILE.test(link.url) || !samePlace(link.host, around.portalHost) || link.region === 'breadcrumb')
      continue;
    const row = link.at > 0 && link.wordless ? page.runs.slice(Math.max(0, link.at - 3), link.at + 1) : [];
    const words = link.wordless ? '' : link.name;
    const title = mayBeTitle(words) ? titleOf(words) : null;
    for (const { service, title: wanted } of homeless) {
      const byCode =
        service.code !== null &&
        (link.href.includes(service.code) ||
          link.folded.includes(service.code) ||
          row.some((run) => run.folded.includes(service.code!)));
      const likeness = title === null ? 0 : similarity(title, wanted);
      if (byCode || likeness >= SAME_TITLE) wish(link.url, 'service', 'service', byCode ? 1 : 0.98, [service.id]);
      // a shortened title is worth a look; whether the page is the service's, the page itself has to say
      else if (likeness >= LIKE_TITLE) wish(link.url, 'service', 'service', 0.5 + likeness / 4, [service.id]);
    }
  }
}

function weightOf(whole: boolean, link: Link, from: Role): number {
  const base = whole ? 0.7 : 0.6;
  const place = from === 'portal' ? 0.1 : from === 'service' ? 0.08 : 0;
  return base + place - (link.region === 'main' && from === 'page' ? 0.2 : 0);
}

const bare = (host: string): string => (host.startsWith('www.') ? host.slice(4) : host);

const samePlace = (a: string, b: string): boolean => bare(a) === bare(b);
