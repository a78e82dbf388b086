import { spotOfLink, type Spot } from '../../src/core/look.ts';
import { similarity, titleOf } from '../../src/core/similarity.ts';
import { SAME_TITLE, type Search } from '../../src/core/site-view.ts';
import {
  blocked,
  definePortalRule,
  fail,
  firstWith,
  isContent,
  isFrameLink,
  naming,
  notApplicable,
  pageOf,
  partial,
  pass,
  unclear,
  type Seen,
  type ServiceSubject,
  type Shown,
  type Site,
} from '../define.ts';
import { matchAddress, sameOwner } from '../links.ts';
import type { ConceptId } from '../lexicon/index.ts';

/** Results that people look at. */
const FIRST = 10;
/** Share of the titles whose page must be among them. */
const MOST = 2 / 3;
/** Questions from which on it can be said what surrounds every answer. */
const ENOUGH_ANSWERS = 3;
/** Share of its lines that the first page and an answer have in common when the answer is the first page again. */
const SAME_PAGE = 0.9;
/** A smaller site needs no search. */
const SMALL_SITE = 15;

export default definePortalRule({
  id: 'presence/search-works',
  version: 1,
  why: {
    fa: 'کسی که نام خدمت را می‌داند باید آن را با جستجو بیابد.',
    en: 'Those who know what a service is called should find it by searching.',
  },
  source: 'catalogue 10; asked are words of three titles of services and one common word, by GET only (section 7)',
  needs: ['home'],
  seeks: ['search'],
  outcomes: {
    finds: pass(
      'جستجوی درگاه {hits} خدمت از {asked} خدمت پرسیده را یافت.',
      'The search of the portal found {hits} of {asked} services that were asked for.',
    ),
    misses: partial(
      'جستجوی درگاه کار می‌کند، ولی تنها {hits} خدمت از {asked} خدمت پرسیده را یافت.',
      'The search of the portal works, but found only {hits} of {asked} services that were asked for.',
    ),
    notTried: partial(
      'جستجو هست («{name}») و چون با GET فرستاده نمی‌شود آزموده نشد.',
      'There is a search ("{name}"); it is not sent by GET and was not tried.',
    ),
    external: partial('جستجو به سایتی دیگر سپرده شده است: «{name}».', 'The search is left to another site: "{name}".'),
    elsewhere: partial(
      'جستجو در صفحه نخست نیست و در صفحه‌ای دیگر هست: «{name}».',
      'The search is not on the first page, but on another: "{name}".',
    ),
    captcha: unclear('جستجو کد امنیتی می‌خواهد: «{name}».', 'The search asks for a captcha: "{name}".'),
    notAsked: unclear(
      'جستجو هست («{name}») و از آن پرسیده نشد.',
      'There is a search ("{name}"), and it was not asked.',
    ),
    empty: fail(
      'جستجو چیزی نیافت، نه برای عنوان خدمت‌ها و نه برای واژه‌ای رایج.',
      'The search found nothing, neither for titles of services nor for a common word.',
    ),
    nothing: fail('درگاه جستجو ندارد.', 'The portal has no search.'),
    small: notApplicable(
      'درگاه چنان کوچک است ({pages} نشانی و یک خدمت) که جستجو نمی‌خواهد.',
      'The portal is so small ({pages} addresses, one service) that it needs no search.',
    ),
    unlooked: blocked(
      'نتیجه جستجو برای ما خوانده نشد ({why}).',
      'The result of the search could not be read by us ({why}).',
    ),
  },
  check(site, conclude) {
    const home = pageOf(site.home);
    if (!home)
      return conclude.unlooked({ values: { why: site.home.state === 'blocked' ? site.home.why : site.home.state } });
    const box = firstWith([home], 'site_search');
    if (!box) {
      const other = firstWith(site.pages, 'site_search');
      if (other) return conclude.elsewhere({ ...naming(other), level: 1 });
      const pages = addressesOf(site);
      return pages < SMALL_SITE && site.services.length <= 1
        ? conclude.small({ values: { pages } })
        : conclude.nothing();
    }
    if (site.searches.length === 0) return conclude[whyNotAsked(home, box.spot)]({ ...naming(box), level: 1 });
    const answers = site.searches.filter(isAnswered);
    const titles = answers.filter(({ serviceId }) => serviceId !== null);
    const isCommonAsked = answers.length > titles.length;
    const results = resultsOf(site, home, answers);
    const hits = titles.map((search) => hitOf(site, search, results.get(search)!)).filter((hit) => hit !== null);
    const details = {
      proofs: hits.length > 0 ? hits : [box],
      values: { hits: hits.length, asked: titles.length },
      searched: answers.map((search) => ({
        place: 'search',
        url: search.snapshot.url,
        read: true,
        detail: `${results.get(search)!.length} results`,
      })),
    };
    if (titles.length > 0 && hits.length >= titles.length * MOST) return conclude.finds(details);
    if ([...results.values()].some((links) => links.length > 0))
      return titles.length > 0 ? conclude.misses(details) : conclude.notAsked(naming(box));
    if (titles.length === 0 || !isCommonAsked)
      return conclude.unlooked({ proofs: [box], values: { why: whyUnread(site.searches) } });
    return conclude.empty(details);
  },
});

/** The site said something: a page, or that there is nothing, or that its search is broken. */
function isAnswered({ reading, snapshot }: Search<ConceptId>): boolean {
  return (
    reading.state === 'read' ||
    reading.state === 'gone' ||
    (snapshot.outcome.kind === 'unreachable' && snapshot.outcome.cause === 'server-error')
  );
}

const whyUnread = (searches: readonly Search<ConceptId>[]): string => {
  const { reading } = searches.find((search) => !isAnswered(search)) ?? searches[0]!;
  return reading.state === 'blocked' ? reading.why : reading.state;
};

function whyNotAsked({ page }: Seen, { node }: Spot): 'captcha' | 'external' | 'notTried' | 'notAsked' {
  const field = page.fields.find((one) => one.node === node);
  if (!field) return 'external';
  const form = page.forms[field.form];
  if (!form || field.key === '') return 'notTried';
  if (!sameOwner(form.action, page.url)) return 'external';
  if (page.fields.some((other) => other.form === field.form && /captcha/i.test(other.name))) return 'captcha';
  return form.method === 'get' ? 'notAsked' : 'notTried';
}

/** For each answer the links that are its results, the first FIRST of them. */
function resultsOf(site: Site, home: Seen, answers: readonly Search<ConceptId>[]): Map<Search<ConceptId>, Shown[]> {
  const pages = answers.map(({ reading }) => pageOf(reading)).filter((seen): seen is Seen => seen !== null);
  const onHome = new Set(home.page.links.map(({ url }) => url));
  const everywhere = (url: string): boolean =>
    pages.every(({ page }) => page.links.some((link) => link.url === url)) &&
    (pages.length >= ENOUGH_ANSWERS || onHome.has(url));
  const addresses = site.services.flatMap(addressesOfService);
  return new Map(
    answers.map((search) => {
      const seen = pageOf(search.reading);
      const found = new Map<string, Shown>();
      if (!seen || isSamePage(seen, home)) return [search, []];
      for (const [index, link] of seen.page.links.entries()) {
        if (!link.url || !isContent(link.region) || link.anchor || found.has(link.url) || found.size >= FIRST) continue;
        if (!sameOwner(link.url, home.page.url) || isFrameLink(site, link) || isOfForm(seen, link.url)) continue;
        if (everywhere(link.url) && !addresses.some((address) => matchAddress(link.url, address) === 'exact')) continue;
        found.set(link.url, { seen, spot: spotOfLink(seen.page, index) });
      }
      return [search, [...found.values()]];
    }),
  );
}

/** Further pages of results: they ask all that was asked. */
function isOfForm({ page }: Seen, url: string): boolean {
  const [asked, link] = [new URL(page.url), new URL(url)];
  const pairs = [...asked.searchParams];
  return (
    link.pathname === asked.pathname &&
    pairs.length > 0 &&
    pairs.every(([key, value]) => link.searchParams.get(key) === value)
  );
}

/** Some sites answer whatever is asked with their first page. */
function isSamePage({ page }: Seen, home: Seen): boolean {
  const lines = new Set(home.page.runs.map(({ folded }) => folded));
  return (
    page.runs.filter(({ folded }) => lines.has(folded)).length >=
    Math.max(page.runs.length, home.page.runs.length) * SAME_PAGE
  );
}

/** The result that is the page of the service which was asked for. */
function hitOf(site: Site, { serviceId }: Search<ConceptId>, results: readonly Shown[]): Shown | null {
  const view = site.services.find(({ service }) => service.id === serviceId);
  if (!view) return null;
  const addresses = addressesOfService(view);
  return (
    results.find(({ spot }) => addresses.some((address) => matchAddress(spot.link!.url, address) === 'exact')) ??
    results.find(({ spot }) => similarity(titleOf(spot.link!.name), view.title) >= SAME_TITLE) ??
    null
  );
}

function addressesOfService({ service, page }: ServiceSubject): string[] {
  const seen = pageOf(page);
  return [service.pageUrl, seen?.page.url, seen?.snapshot.url].filter((url): url is string => Boolean(url));
}

/** Addresses of the portal that are known: pages that were read and what they link to. */
function addressesOf(site: Site): number {
  const known = new Set<string>();
  for (const { page } of site.pages) {
    known.add(page.url);
    for (const { url, host } of page.links) if (url && host === page.host) known.add(url.replace(/#.*$/, ''));
  }
  return known.size;
}
