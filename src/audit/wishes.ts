/**
 * What a page makes worth looking at: pages of services that have none yet, systems, log-ins, and links named after a
 * topic that some rule asks for. Everything else is left alone, and said to be. Pure.
 */
import { allNamed, isName } from '../core/look.ts';
import type { Role, Service } from '../core/model.ts';
import type { Link } from '../core/page-view.ts';
import { similarity, titleOf, type Title } from '../core/similarity.ts';
import { LIKE_TITLE, SAME_TITLE, type SeenPage } from '../core/site-view.ts';
import type { Target } from '../crawl/contract.ts';
import { searchesOf } from './searches.ts';
import { isHostWithin } from '../crawl/guard.ts';
import { domainOf } from '../crawl/politeness.ts';

/** Names of concepts that steer the crawl, given by the rules. */
export interface Seeking<C extends string> {
  /** Topics of which the rules want the pages behind the links. */
  readonly topics: readonly C[];
  readonly start: C;
  readonly logins: readonly C[];
  readonly lists: readonly C[];
  readonly languages: readonly C[];
  /** Names of other public bodies. */
  readonly bodies: readonly C[];
  /** A word that is found on any portal, by language. */
  readonly commonWords: Readonly<Record<string, string>>;
  /** Where a channel shows its posts to everybody; null for other addresses and for networks that ask for an account. */
  readonly channelPage: (url: string, host: string) => string | null;
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
/** Addresses at which one logs in, whatever the link is called. */
const SYSTEM_NAME =
  /^(?:به |در )?(?:سامانه|درگاه|پورتال|پرتال) \p{L}|\b(?:portal|online (?:service|system)|e-service)s?$/u;
const LOGIN_PATH = /^\/[^?#]*\b(?:log-?in|log-?on|sign-?in|auth|oauth2?|sso|vorood|vorud|vared)\b/i;
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
/** Pages of another language followed from its first one. */
const MAX_VERSION_LINKS = 8;
/** Links followed from a list of services. */
const MAX_LIST_LINKS = 12;

export function wishesOf<C extends string>(seen: SeenPage<C>, around: Surroundings<C>): Target[] {
  const { page, snapshot } = seen;
  const isNational = snapshot.role === 'target' && around.seeking.isNationalPortal(page.host);
  if (UNFOLLOWED.includes(snapshot.role) && !isOfSample(seen, around) && !isNational) return [];
  const wishes = new Map<string, Target>();
  /** Addresses that are looked at for what they are or lead to, a question to the search aside. */
  const wished = new Set<string>();
  const own = domainOf(page.host);
  const isPortal = samePlace(page.host, around.portalHost);
  const wish = (url: string, role: Role, topic: string, weight: number, serviceIds: readonly string[] = []): void => {
    const key = `${role} ${url}`;
    const known = wishes.get(key);
    if (known && known.weight >= weight) return;
    wishes.set(key, { url, role, topic, weight, serviceIds, foundOn: page.url, depth: around.depth + 1 });
    if (role !== 'search') wished.add(url);
  };

  if (isPortal) wishForServices(seen, around, wish);
  if (snapshot.role === 'service') {
    let starts = 0;
    for (const { link } of allNamed(page, around.seeking.start, { loose: true })) {
      if (
        !link?.url ||
        link.anchor ||
        !isContent(link) ||
        starts >= MAX_STARTS ||
        isHostWithin(link.host, around.paymentHosts)
      )
        continue;
      starts++;
      const undeclared = snapshot.serviceIds.filter((id) =>
        around.services.some(({ service }) => service.id === id && service.systemUrl === null),
      );
      if (undeclared.length > 0 && !FILE.test(link.url))
        wish(link.url, 'system', around.seeking.start, 0.95, undeclared);
      else wish(link.url, 'target', around.seeking.start, 0.8);
    }
  }
  if (snapshot.role === 'service') {
    // «برای آغاز به سامانه … بروید»: a system of the same owner that nothing else declares
    const undeclared = snapshot.serviceIds.filter((id) =>
      around.services.some(({ service }) => service.id === id && service.systemUrl === null),
    );
    const link = page.links.find(
      ({ url, folded, host, region, anchor }) =>
        url !== null &&
        !anchor &&
        region !== 'header' &&
        region !== 'footer' &&
        region !== 'nav' &&
        SYSTEM_NAME.test(folded) &&
        !samePlace(host, around.portalHost) &&
        domainOf(host) === own &&
        !FILE.test(url),
    );
    if (link && undeclared.length > 0 && !around.onHome.has(link.url!))
      wish(link.url!, 'system', around.seeking.start, 0.9, undeclared);
  }
  if (snapshot.role === 'portal' || snapshot.role === 'service' || snapshot.role === 'system') {
    let logins = 0;
    for (const concept of around.seeking.logins) {
      for (const { link } of allNamed(page, concept)) {
        if (!link?.url || logins >= MAX_LOGINS || FILE.test(link.url)) continue;
        logins++;
        wish(link.url, 'login', concept, 0.9, snapshot.serviceIds);
      }
    }
  }
  if (snapshot.role === 'system') {
    let doors = 0;
    for (const link of page.links)
      if (
        link.url &&
        LOGIN_PATH.test(link.url.replace(/^https?:\/\/[^/]+/, '')) &&
        !FILE.test(link.url) &&
        doors++ < MAX_LOGINS
      )
        wish(link.url, 'login', around.seeking.logins[0]!, 0.85, snapshot.serviceIds);
  }
  if (snapshot.role === 'portal') {
    for (const link of page.links) {
      const channel = link.url && around.seeking.channelPage(link.url, link.host);
      if (channel) wish(channel, 'page', 'channel', 0.55);
    }
    for (const { url, serviceId } of searchesOf(
      seen,
      around.services.map(({ service }) => service),
      around.seeking.commonWords,
    ))
      wish(url, 'search', 'search', 0.85, serviceId === null ? [] : [serviceId]);
  }
  if (snapshot.role === 'service' || snapshot.role === 'system') {
    let agencies = 0;
    const named = new Set(
      around.seeking.bodies.flatMap((concept) =>
        (page.hits.get(concept) ?? []).filter(({ source }) => source === 'link').map(({ index }) => index),
      ),
    );
    for (const [index, link] of page.links.entries()) {
      if (
        !link.url ||
        !isContent(link) ||
        domainOf(link.host) === own ||
        isHostWithin(link.host, [bare(around.portalHost)])
      )
        continue;
      if (around.seeking.isNationalPortal(link.host)) wish(link.url, 'page', 'national-portal', 0.6);
      else if ((around.seeking.isAgency(link.host) || named.has(index)) && agencies++ < MAX_AGENCIES)
        wish(link.url, 'target', 'agency', 0.5);
    }
  }
  if ((around.seeking.languages as readonly string[]).includes(around.topic)) {
    // a version in another language is more than its first page
    for (const link of page.links
      .filter(({ url, host }) => url !== null && samePlace(host, page.host))
      .slice(0, MAX_VERSION_LINKS))
      wish(link.url!, 'page', `${around.topic} version`, 0.3);
  }
  if (isPortal && (around.seeking.lists as readonly string[]).includes(around.topic)) {
    // a service desk leads on to lists and to pages of services under names that tell nothing («more»)
    for (const link of page.links
      .filter((link) => link.url !== null && !link.anchor && samePlace(link.host, page.host) && isContent(link))
      .slice(0, MAX_LIST_LINKS))
      wish(link.url!, 'page', `${around.topic} entry`, 0.35);
  }
  if (snapshot.role === 'target' || snapshot.role === 'page')
    if (around.seeking.isNationalPortal(page.host))
      for (const link of page.links) {
        const title =
          link.url && !link.wordless && link.name.length > 3 && link.name.length < 220 ? titleOf(link.name) : null;
        const of = title ? around.services.filter(({ title: wanted }) => similarity(title, wanted) >= SAME_TITLE) : [];
        if (of.length > 0 && samePlace(link.host, page.host)) wish(link.url!, 'page', 'national-portal', 0.6);
      }
  // what other bodies publish about themselves says nothing about this one
  const isOurs =
    snapshot.role !== 'page' ||
    isHostWithin(page.host, [bare(around.portalHost)]) ||
    own === domainOf(around.portalHost);
  for (const concept of isOurs ? around.seeking.topics : []) {
    for (const hit of page.hits.get(concept) ?? []) {
      if (hit.strength === 'weak' || (hit.source !== 'link' && hit.source !== 'title')) continue;
      const link = page.links[hit.index]!;
      if (!link.url || isHostWithin(link.host, around.paymentHosts)) continue;
      // beside a service long names are the rule: «راهنمای گام‌به‌گام ثبت درخواست در سامانه»
      const isBeside = (snapshot.role === 'service' || snapshot.role === 'system') && isContent(link);
      if (!isBeside && !isName(hit.source === 'link' ? link.folded : link.title, hit)) continue;
      // what other bodies publish is only looked at to know whether the link is alive
      const role: Role = FILE.test(link.url) || domainOf(link.host) !== own ? 'target' : 'page';
      wish(link.url, role, concept, weightOf(hit.whole, link, snapshot.role));
    }
  }
  let sampled = 0;
  let beside = 0;
  const leads = (link: Link): boolean =>
    link.url !== null &&
    !link.anchor &&
    isContent(link) &&
    samePlace(link.host, page.host) &&
    !around.onHome.has(link.url);
  const isHub =
    isPortal &&
    (snapshot.role === 'target' || snapshot.role === 'page') &&
    page.words <= HUB_WORDS &&
    page.links.filter(leads).length <= MAX_HUB;
  for (const link of page.links) {
    if (!link.url || wished.has(link.url)) continue;
    if (snapshot.role === 'portal' && !link.anchor && sampled < SAMPLE && samePlace(link.host, page.host)) {
      // a topic has its limit of looks, so the sample is several
      wish(link.url, 'target', `${SAMPLED} ${Math.floor(sampled++ / SAMPLE_PART)}`, 0.02);
      continue;
    }
    if (isHub && leads(link)) {
      wish(link.url, 'target', 'behind a hub', 0.01);
      continue;
    }
    if (
      snapshot.role === 'service' &&
      !link.anchor &&
      isContent(link) &&
      beside < MAX_BESIDE &&
      samePlace(link.host, page.host)
    ) {
      beside++;
      wish(link.url, 'target', `beside ${snapshot.serviceIds[0] ?? ''}`, 0.03);
      continue;
    }
    wished.add(link.url);
    wishes.set(`page ${link.url}`, {
      url: link.url,
      role: 'page',
      topic: domainOf(link.host) === own ? '' : 'off-site',
      weight: 0,
      serviceIds: [],
      foundOn: page.url,
      depth: around.depth + 1,
    });
  }
  return [...wishes.values()];
}

/** Ordinary pages one click from home are read like any other: what they link to by name is followed. */
const isOfSample = (
  { page, snapshot }: SeenPage,
  { topic, portalHost }: Pick<Surroundings<string>, 'topic' | 'portalHost'>,
): boolean => snapshot.role === 'target' && topic.startsWith(SAMPLED) && samePlace(page.host, portalHost);

/** Links of the portal that are the page of a service which has none declared: by its code, or by its title. */
function wishForServices<C extends string>(
  { page }: SeenPage<C>,
  around: Surroundings<C>,
  wish: (url: string, role: Role, topic: string, weight: number, serviceIds: readonly string[]) => void,
): void {
  const homeless = around.services.filter(({ service }) => service.pageUrl === null);
  if (homeless.length === 0) return;
  for (let index = 0; index < page.links.length; index++) {
    const link = page.links[index]!;
    if (!link.url || FILE.test(link.url) || !samePlace(link.host, around.portalHost) || link.region === 'breadcrumb')
      continue;
    const row = link.at > 0 && link.wordless ? page.runs.slice(Math.max(0, link.at - 3), link.at + 1) : [];
    const words = link.wordless ? '' : link.name;
    const title = words.length > 3 && words.length < 220 ? titleOf(words) : null;
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

const isContent = (link: Link): boolean =>
  link.region !== 'header' && link.region !== 'nav' && link.region !== 'footer' && link.region !== 'breadcrumb';

const bare = (host: string): string => host.replace(/^www\./, '');

const samePlace = (a: string, b: string): boolean => bare(a) === bare(b);
