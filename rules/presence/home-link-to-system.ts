import { similarity, titleOf } from '../../src/core/similarity.ts';
import { SAME_TITLE } from '../../src/core/site-view.ts';
import {
  defineServiceRule,
  fail,
  linkProof,
  pageOf,
  partial,
  pass,
  blocked,
  shorten,
  type Seen,
  type ServiceSubject,
  type Shown,
  type Site,
} from '../define.ts';
import { applicationFields } from '../signals/application-fields.ts';
import { bestLink, identifies, isJunkName, linksTo, portalIsSystem, servicesOnHost } from '../links.ts';

/** A system that serves more than this many services does not lead to one of them by its front page. */
const SERVICES_OF_A_ROOT = 10;
/** Fields that make a page the place where the service is asked for. */
const FORM_FIELDS = 3;

export default defineServiceRule({
  id: 'presence/home-link-to-system',
  version: 1,
  why: {
    fa: 'شهروند باید از نخستین صفحه درگاه با یک کلیک به سامانه همان خدمت برسد؛ خدمتی که هست و یافت نمی‌شود گویی نیست.',
    en: 'A citizen should get from the first page of the portal to the system of the service in one click: what cannot be found might as well not exist.',
  },
  source: 'catalogue 1; report: bad example of presence',
  needs: ['home', 'service-page', 'site'],
  seeks: ['start', 'services'],
  options: { maxClicks: 1, mustBeNamed: true },
  outcomes: {
    direct: pass(
      'پیوند «{name}» در صفحه نخست به سامانه خدمت می‌رسد.',
      'The link "{name}" on the first page leads to the system of the service.',
    ),
    deeper: pass(
      'سامانه خدمت با {clicks} کلیک از صفحه نخست در دسترس است.',
      'The system is {clicks} clicks from the first page.',
    ),
    twoClicks: partial(
      'سامانه خدمت با دو کلیک، از راه «{name}»، در دسترس است.',
      'The system is two clicks away, by way of "{name}".',
    ),
    unnamed: partial(
      'پیوند صفحه نخست به سامانه می‌رسد ولی نام آن ({name}) خدمت را نمی‌شناساند.',
      'A link of the first page leads to the system, but its name ({name}) does not identify the service.',
    ),
    carousel: partial(
      'تنها پیوند به سامانه درون نمایش متحرک تصاویر است.',
      'The only link to the system stands in a moving picture show.',
    ),
    root: partial(
      'پیوند صفحه نخست به ورودی سامانه‌ای با {count} خدمت می‌رسد.',
      'The link of the first page leads to the front of a system with {count} services.',
    ),
    pageOnly: partial(
      'سامانه‌ای برای خدمت شناخته نیست؛ صفحه خدمت از صفحه نخست در دسترس است.',
      'No system of the service is known; its page can be reached from the first page.',
    ),
    portalItself: pass(
      'درگاه خود سامانه خدمت است و صفحه خدمت از صفحه نخست پیوند دارد.',
      'The portal itself is the system, and the first page links to the page of the service.',
    ),
    dead: fail(
      'پیوند صفحه نخست به سامانه کار نمی‌کند ({why}).',
      'The link of the first page to the system is dead ({why}).',
    ),
    noRoute: fail(
      'از صفحه نخست تا دو کلیک راهی به سامانه خدمت نیست.',
      'There is no way from the first page to the system within two clicks.',
    ),
    unlooked: blocked(
      'پیوند هست ولی سامانه برای ما خوانده نشد ({why}).',
      'The link is there, but the system could not be read by us ({why}).',
    ),
  },
  check(view, conclude, options) {
    const home = pageOf(view.site.home);
    if (!home) return conclude.noRoute();
    const own = pageOf(view.page);
    // a service whose form is on its own page has no other system: its page is what the first page should lead to
    const isOwnSystem =
      portalIsSystem(view) ||
      (view.systemUrl === null && own !== null && applicationFields(own.page).length >= FORM_FIELDS);
    if (!view.systemUrl && !isOwnSystem) {
      const route = routeToPage(view, home) ?? routeThroughList(view, home);
      return route ? conclude.pageOnly({ proofs: [route] }) : conclude.noRoute();
    }
    const link = view.systemUrl
      ? (bestLink(home, view.systemUrl, (match) => match !== 'host') ??
        bestLink(home, view.systemUrl, (_, { name }) => !isOfOther(view, name)))
      : null;
    if (link && view.systemUrl && !(isOwnSystem && link.match === 'host')) {
      const proof = linkProof(home, link.index);
      const target = home.page.links[link.index]!;
      const values = { name: shorten(target.name || target.href) };
      if (view.system.state === 'gone') return conclude.dead({ proofs: [proof], values: { why: view.system.why } });
      // a system that asks to log in has answered
      if (view.system.state === 'blocked' && view.system.why !== 'login')
        return conclude.unlooked({ proofs: [proof], values: { why: view.system.why } });
      const count = servicesOnHost(view, view.systemUrl);
      if (link.match === 'host' && count > SERVICES_OF_A_ROOT)
        return conclude.root({ proofs: [proof], values: { count } });
      if (target.carousel) return conclude.carousel({ proofs: [proof] });
      if (options.mustBeNamed && (isJunkName(target) || !identifies(view, target)))
        return conclude.unnamed({ proofs: [proof], values });
      return conclude.direct({ proofs: [proof], values });
    }
    const route = routeToPage(view, home);
    if (isOwnSystem) {
      if (route) return conclude.portalItself({ proofs: [route] });
      const through = routeThroughList(view, home);
      return through
        ? conclude.twoClicks({ proofs: [through], values: { name: shorten(through.spot.quote) } })
        : conclude.noRoute();
    }
    if (!view.systemUrl) return conclude.noRoute();
    const middle = pageBetween(view, home);
    if (middle)
      return options.maxClicks >= 2
        ? conclude.deeper({ proofs: [middle], values: { clicks: 2 } })
        : conclude.twoClicks({ proofs: [middle], values: { name: shorten(middle.spot.quote) } });
    if (
      options.maxClicks >= 3 &&
      own &&
      bestLink(own, view.systemUrl) &&
      view.site.catalogues.some((seen) => linksTo(home, seen) >= 0 && linksTo(seen, own) >= 0)
    ) {
      return conclude.deeper({ proofs: [linkProof(own, bestLink(own, view.systemUrl)!.index)], values: { clicks: 3 } });
    }
    return conclude.noRoute();
  },
});

const owners = new WeakMap<Site, Map<string, ServiceSubject | null>>();

/** A link to the host of the system that is named after another service leads to that one. */
function isOfOther({ site, service }: ServiceSubject, name: string): boolean {
  let known = owners.get(site);
  if (!known) owners.set(site, (known = new Map()));
  let owner = known.get(name);
  if (owner === undefined) {
    const title = titleOf(name);
    let most = SAME_TITLE;
    owner = null;
    for (const other of site.services) {
      const likeness = similarity(other.title, title);
      if (likeness >= most) [owner, most] = [other, likeness];
    }
    known.set(name, owner);
  }
  return owner !== null && owner.service.id !== service.id;
}

function routeToPage(view: ServiceSubject, home: Seen): Shown | null {
  const own = pageOf(view.page);
  const index = own ? linksTo(home, own) : -1;
  return index >= 0 ? linkProof(home, index) : null;
}

/** The link of the home page to a list or page that links to the page of the service. */
function routeThroughList(view: ServiceSubject, home: Seen): Shown | null {
  const own = pageOf(view.page);
  if (!own) return null;
  for (const seen of [...view.site.catalogues, ...view.site.pages]) {
    if (seen === home || seen === own) continue;
    const index = linksTo(home, seen);
    if (index >= 0 && linksTo(seen, own) >= 0) return linkProof(home, index);
  }
  return null;
}

/** The link of the home page to a page that links to the system. */
function pageBetween(view: ServiceSubject, home: Seen): Shown | null {
  const own = pageOf(view.page);
  for (const seen of [...(own ? [own] : []), ...view.site.catalogues, ...view.site.pages]) {
    if (seen === home) continue;
    const index = linksTo(home, seen);
    if (index >= 0 && bestLink(seen, view.systemUrl!, (match) => match !== 'host')) return linkProof(home, index);
  }
  return null;
}
