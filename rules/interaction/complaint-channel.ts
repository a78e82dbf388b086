import { spotOfLink, spotOfRun } from '../../src/core/look.ts';
import {
  blocked,
  definePortalRule,
  fail,
  isContent,
  naming,
  pageOf,
  partial,
  pass,
  speaksOf,
  type Seen,
  type Shown,
  type Site,
} from '../define.ts';
import { follow, type Followed } from '../follow.ts';
import { COMPLAINT_WINDOWS, listed } from '../hosts/national.ts';
import type { ConceptId } from '../lexicon/index.ts';
import { says } from '../lexicon/says.ts';
import { findDuration, findLabelledPhone, findPhone } from '../lexicon/values.ts';

/** Numbers of the state for complaints. */
const SHORT_NUMBER = /(?<!\d)(?:111|136|137)(?!\d)/;
/** What a channel says of how an answer comes. */
const PROMISES: readonly ConceptId[] = ['duration', 'deadline', 'track', 'case-number', 'reply', 'receipt'];

export default definePortalRule({
  id: 'interaction/complaint-channel',
  version: 1,
  why: {
    fa: 'رسیدگی به‌هنگام و منصفانه به شکایت حق شهروند است و باید از کنار هر خدمت در دسترس باشد.',
    en: "A timely, fair hearing of complaints is a citizen's right, and should be at hand beside every service.",
  },
  source: "catalogue 31; charter of citizens' rights; golden case 22",
  needs: ['home', 'site'],
  seeks: ['complaint'],
  outcomes: {
    both: pass(
      'ثبت شکایت («{name}») از صفحه نخست و از خدمات در دسترس است و شیوه پاسخ آن گفته شده است.',
      'Complaints ("{name}") can be made from the first page and from the services, and it is said how they are answered.',
    ),
    silent: partial(
      'ثبت شکایت («{name}») در دسترس است و نمی‌گوید چگونه و چه هنگام پاسخ می‌دهد.',
      'Complaints ("{name}") can be made; how and when they are answered is not said.',
    ),
    homeOnly: partial(
      'ثبت شکایت («{name}») تنها از صفحه نخست پیوند دارد، نه از صفحه خدمات.',
      'Complaints ("{name}") are linked from the first page only, not from the services.',
    ),
    servicesOnly: partial(
      'ثبت شکایت («{name}») تنها از صفحه خدمات پیوند دارد، نه از صفحه نخست.',
      'Complaints ("{name}") are linked from the services only, not from the first page.',
    ),
    elsewhere: partial(
      'شکایت تنها به سامانه سراسری یا تلفن سپرده شده است: «{name}».',
      'Complaints are left to the national window or a telephone: "{name}".',
    ),
    dead: fail('پیوند ثبت شکایت («{name}») به جایی نمی‌رسد.', 'The link to complaints ("{name}") leads nowhere.'),
    none: fail('راهی برای ثبت شکایت یافت نشد.', 'No way to make a complaint was found.'),
    unlooked: blocked(
      'ثبت شکایت («{name}») برای ما خوانده نشد ({why}).',
      'The complaint channel ("{name}") could not be read by us ({why}).',
    ),
  },
  check(site, conclude) {
    const home = pageOf(site.home);
    if (!home) return conclude.none();
    const places = placesOfServices(site, home);
    const fromHome = channels(site, [home]);
    const fromServices = channels(site, places);
    const onHome = fromHome.pages[0];
    const onServices = fromServices.pages[0];
    const missed = fromHome.unlooked ?? fromServices.unlooked;
    if (onHome && (onServices || site.services.length === 0))
      return [...fromHome.pages, ...fromServices.pages].some(({ target }) => promises(site, target))
        ? conclude.both(naming(onHome.proof))
        : conclude.silent(naming(onHome.proof));
    if (onHome && places.length === 0) return conclude.unlooked(naming(onHome.proof, { why: 'services' }));
    if (onHome) return conclude.homeOnly(naming(onHome.proof));
    if (onServices) return conclude.servicesOnly(naming(onServices.proof));
    if (missed && !isNational(missed.proof)) return conclude.unlooked(naming(missed.proof, { why: missed.why }));
    const elsewhere = nationalLink(site) ?? telephone(site);
    if (elsewhere) return conclude.elsewhere(naming(elsewhere));
    const dead = fromHome.gone?.proof ?? fromHome.dead ?? fromServices.gone?.proof;
    return dead ? conclude.dead(naming(dead)) : conclude.none();
  },
});

/** Pages of services and lists of services, the first page left out. */
const placesOfServices = (site: Site, home: Seen): Seen[] =>
  [...new Set([...site.services.map(({ page }) => pageOf(page)), ...site.catalogues])].filter(
    (seen): seen is Seen => seen !== null && seen !== home,
  );

/** Links to complaints; one that leads to the page of a service of that name is an entry of the list. */
function channels(site: Site, from: readonly Seen[]): Followed {
  const services = new Set(site.services.map(({ page }) => pageOf(page)));
  const found = follow(site, from, ['complaint']);
  return { ...found, pages: found.pages.filter(({ target }) => !services.has(target)) };
}

function promises(site: Site, seen: Seen): boolean {
  return (
    PROMISES.some((concept) => speaksOf(site, seen, concept)) ||
    seen.page.runs.some(
      (run) => isContent(run.region) && !site.isFrame(run.folded) && findDuration(run.folded) !== null,
    )
  );
}

const isNational = ({ spot }: Shown): boolean =>
  spot.link !== null && spot.link.host !== '' && listed(COMPLAINT_WINDOWS, spot.link.host);

function nationalLink(site: Site): Shown | null {
  for (const seen of site.pages) {
    const link = seen.page.links.findIndex(({ host }) => host !== '' && listed(COMPLAINT_WINDOWS, host));
    if (link >= 0) return { seen, spot: spotOfLink(seen.page, link) };
  }
  return null;
}

/** A line that gives a number for complaints, or the short number 111 itself. */
function telephone(site: Site): Shown | null {
  for (const seen of site.pages) {
    for (const hit of seen.page.hits.get('complaint') ?? []) {
      if (hit.source !== 'run' || hit.strength === 'weak') continue;
      const { folded } = seen.page.runs[hit.index]!;
      const rest = folded.slice(hit.end);
      if (findPhone(folded) ?? (says(rest, 'phone') ? findLabelledPhone(rest) : SHORT_NUMBER.exec(folded)))
        return { seen, spot: spotOfRun(seen.page, hit.index, hit) };
    }
  }
  return null;
}
