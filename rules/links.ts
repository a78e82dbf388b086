/** How addresses of a service's system are compared (catalogue, traps of home-link-to-system). */
import type { Link, PageView } from '../src/core/page-view.ts';
import { allWords, similarity, titleOf } from '../src/core/similarity.ts';
import { remember } from '../src/core/remember.ts';
import { siteOf } from './hosts/own.ts';
import { headlines, LIKE_TITLE, type SeenPage } from '../src/core/site-view.ts';
import type { Seen, ServiceSubject } from './define.ts';
import { pageOf } from './define.ts';

export type Match = 'exact' | 'below' | 'host';

/** How closely an address leads to a target: the same, the same page with other parameters or one below it, or its host. */
export function matchAddress(url: string | null, target: string): Match | null {
  if (!url) return null;
  const a = parts(url);
  const b = parts(target);
  if (!a || !b || a.host !== b.host) return null;
  if (a.path === b.path && a.query === b.query) return 'exact';
  if (a.path.startsWith(`${b.path}/`) || (b.path !== '' && b.path === a.path)) return 'below';
  return 'host';
}

interface Address {
  readonly host: string;
  readonly path: string;
  readonly query: string;
}

/** The same addresses are compared with each other many times. */
const parts = remember(10_000, 500, (url): Address | null => (URL.canParse(url) ? addressOf(new URL(url).href) : null));

/** Takes an address apart that a URL has already written in its one way. */
function addressOf(href: string): Address {
  const from = href.indexOf('//') + 2;
  const hash = href.indexOf('#');
  const whole = hash < 0 ? href.slice(from) : href.slice(from, hash);
  const slash = whole.indexOf('/');
  const mark = whole.indexOf('?');
  return {
    host: bareHost(whole.slice(0, slash).replace(/^.*@|:\d+$/g, '')),
    path: whole.slice(slash, mark < 0 ? undefined : mark).replace(/\/(?:index|default)\.\w+$|\/+$/i, ''),
    query: mark < 0 ? '' : parametersOf(whole.slice(mark)),
  };
}

/** Some content systems repeat parameters and order them as they like. */
const parametersOf = (search: string): string =>
  search.includes('&') ? [...new Set(search.slice(1).split('&'))].filter(Boolean).sort().join('&') : search.slice(1);

/** Pages whose address is the word for contacts, whatever the menu calls them. */
export const CONTACT_ADDRESS =
  /\/(?:contact(?:-?us)?|contatti|tamas(?:-?ba-?ma)?|ertebat(?:-?ba-?ma)?)(?:\.\w{2,5})?\/?$/i;

/** Where portals file what is written about a subject: a link there leads to texts about a thing, and not to the thing. */
const TOPICS = /\/(?:argoment[oi]|topics?|tags?|temi?|progetti|categor(?:y|ies|ia|ie))\//i;
export const leadsToTopic = (url: string): boolean => TOPICS.test(url);
export const isNoTopic = ({ url }: Link): boolean => url === null || !leadsToTopic(url);

const keyOf = ({ host, path, query }: Address): string => `${host}${path}?${query}`;
const addresses = new WeakMap<PageView, ReadonlyMap<string, number>>();

/** The first link of a page to each address. */
function addressesOf(page: PageView): ReadonlyMap<string, number> {
  let known = addresses.get(page) as Map<string, number> | undefined;
  if (!known) {
    known = new Map();
    for (let i = 0; i < page.links.length; i++) {
      const { url } = page.links[i]!;
      if (url === null) continue;
      const key = keyOf(addressOf(url));
      if (!known.has(key)) known.set(key, i);
    }
    addresses.set(page, known);
  }
  return known;
}

const bareHost = (host: string): string => (host.startsWith('www.') ? host.slice(4) : host);

const ORDER: readonly Match[] = ['exact', 'below', 'host'];

/** The best link of a page to a target: closest address first, then one that is not in a moving picture show, then one with words. */
export function bestLink(
  seen: Seen,
  target: string,
  accept: (match: Match, link: Link) => boolean = () => true,
): { readonly index: number; readonly match: Match } | null {
  let best: { index: number; match: Match; rank: number } | null = null;
  const host = bareHost(new URL(target).hostname);
  seen.page.links.forEach((link, index) => {
    // most links lead elsewhere, and to see that is cheaper than to take addresses apart
    if (bareHost(link.host) !== host) return;
    const match = matchAddress(link.url, target);
    if (!match || !accept(match, link)) return;
    const rank = ORDER.indexOf(match) * 4 + (link.carousel ? 2 : 0) + (isJunkName(link) ? 1 : 0);
    if (best === null || rank < best.rank) best = { index, match, rank };
  });
  return best;
}

const JUNK =
  /^(?:اینجا|کلیک|کلیک کنید|اینجا کلیک کنید|ادامه|بیشتر|مشاهده|ورود|لینک|here|click here|click|more|read more|link|image|go|qui|clicca qui|leggi tutto|banner|slide\s?\d*|img\w*)$/;

/** Does the link's name say nothing: a file name, "here", only digits, nothing at all? */
export function isJunkName(link: Link): boolean {
  const { folded } = link;
  return (
    folded === '' ||
    JUNK.test(folded) ||
    /\.(?:jpe?g|png|gif|svg|webp)$/.test(folded) ||
    /^[\w-]*\d{4,}[\w.-]*$/.test(folded) ||
    !/\p{L}{2}/u.test(folded)
  );
}

/** Does the link's name identify the service or its system: by the service's title, or by what the system calls itself? */
export function identifies(view: ServiceSubject, link: Link): boolean {
  const name = titleOf(link.name);
  if (similarity(view.title, name) >= LIKE_TITLE || contains(allWords(view.title), name.words)) return true;
  const system = pageOf(view.system);
  return (
    system !== null &&
    headlines(system.page).some(
      (headline) => similarity(headline, name) >= LIKE_TITLE || contains(name.words, headline.words),
    )
  );
}

function contains(whole: ReadonlySet<string>, part: ReadonlySet<string>): boolean {
  return part.size >= 2 && [...part].every((word) => whole.has(word));
}

/** Is the portal itself the place where the service is done? */
export function portalIsSystem(view: ServiceSubject): boolean {
  const { portalUrl } = view.site.organization;
  return (
    view.systemUrl !== null &&
    portalUrl !== null &&
    new URL(view.systemUrl).hostname.replace(/^www\./, '') === new URL(portalUrl).hostname.replace(/^www\./, '')
  );
}

/** How many services of the organization have their system on that host. */
export function servicesOnHost(view: ServiceSubject, url: string): number {
  const host = new URL(url).hostname;
  return view.site.services.filter((other) => other.systemUrl !== null && new URL(other.systemUrl).hostname === host)
    .length;
}

export const sameOwner = (a: string, b: string): boolean => siteOf(new URL(a).hostname) === siteOf(new URL(b).hostname);

/** Index of the page's link to that page of the same site, -1 without one. */
export function linksTo(seen: Seen, target: SeenPage): number {
  const address = parts(target.page.url);
  return address ? (addressesOf(seen.page).get(keyOf(address)) ?? -1) : -1;
}
