import { spotOfNode } from '../../src/core/look.ts';
import {
  blocked,
  definePortalRule,
  fail,
  isContent,
  linkProof,
  naming,
  notApplicable,
  pageOf,
  partial,
  pass,
  shorten,
  unclear,
  type Seen,
  type Shown,
  type Site,
} from '../define.ts';
import { follow } from '../follow.ts';
import { namesOf } from '../lexicon/says.ts';
import { linksTo } from '../links.ts';

/** Below this share of the declared services a list is not the list of services. */
const SPARSE = 0.3;
/** A longer list without headings, tabs or a filter has to be read from top to bottom. */
const FLAT_ENTRIES = 40;
/** Two lists with less than this in common are rivals. */
const RIVAL_OVERLAP = 0.5;
const SERVICES = ['services', 'single-window'] as const;

interface Listing {
  readonly seen: Seen;
  readonly proof: Shown;
  readonly services: ReadonlySet<string>;
}

export default definePortalRule({
  id: 'presence/catalogue-from-home',
  version: 1,
  why: {
    fa: 'کسی که نام خدمت یا متولی آن را نمی‌داند تنها از راه فهرست کامل و دسته‌بندی‌شده خدمات به آن می‌رسد.',
    en: 'Who knows neither the name of a service nor who provides it finds it only through a complete, orderly list.',
  },
  source: 'catalogue 9; resolution 1127128, article 17 (service desk)',
  needs: ['home', 'site'],
  seeks: ['services', 'single-window'],
  options: { coverage: 0.6 },
  outcomes: {
    oneClick: pass(
      'پیوند «{name}» در صفحه نخست به فهرستی با {share}٪ خدمات اعلام‌شده می‌رسد.',
      'The link "{name}" on the first page leads to a list of {share}% of the declared services.',
    ),
    onHome: pass(
      'صفحه نخست خود {share}٪ خدمات اعلام‌شده را فهرست کرده است.',
      'The first page itself lists {share}% of the declared services.',
    ),
    named: pass(
      'پیوند «{name}» در صفحه نخست به صفحه خدمات می‌رسد.',
      'The link "{name}" on the first page leads to a page of services.',
    ),
    twoClicks: partial(
      'فهرست خدمات ({share}٪) با دو کلیک، از راه «{name}»، در دسترس است.',
      'The list of services ({share}%) is two clicks away, by way of "{name}".',
    ),
    incomplete: partial(
      'فهرست «{name}» تنها {share}٪ خدمات اعلام‌شده را دارد.',
      'The list "{name}" has only {share}% of the declared services.',
    ),
    flat: partial(
      'فهرست «{name}» با {count} خدمت نه دسته‌بندی دارد و نه جست‌وجو.',
      'The list "{name}" of {count} services is neither grouped nor searchable.',
    ),
    single: notApplicable(
      'دستگاه کمتر از دو خدمت اعلام‌شده دارد و فهرست لازم نیست.',
      'The organization has fewer than two declared services and needs no list.',
    ),
    rivals: unclear(
      'صفحه نخست به دو فهرست خدمات ناهمسان می‌رسد: «{name}» و «{other}».',
      'The first page leads to two lists that differ: "{name}" and "{other}".',
    ),
    sparse: fail(
      'فهرست «{name}» تنها {share}٪ خدمات اعلام‌شده را دارد.',
      'The list "{name}" has only {share}% of the declared services.',
    ),
    unlisted: fail(
      'صفحه «{name}» فهرست خدمات اعلام‌شده نیست.',
      'The page "{name}" is not a list of the declared services.',
    ),
    dead: fail(
      'پیوند خدمات در صفحه نخست («{name}») به جایی نمی‌رسد.',
      'The link to the services on the first page ("{name}") leads nowhere.',
    ),
    none: fail(
      'از صفحه نخست تا دو کلیک به فهرستی از خدمات نمی‌توان رسید.',
      'No list of services can be reached from the first page within two clicks.',
    ),
    unlooked: blocked(
      'پیوند «{name}» هست ولی مقصد آن برای ما خوانده نشد ({why}).',
      'The link "{name}" is there, but its target could not be read by us ({why}).',
    ),
  },
  check(site, conclude, options) {
    if (site.services.length < 2) return conclude.single();
    const home = pageOf(site.home);
    if (!home) return conclude.none();
    const total = site.services.length;
    const percent = (services: ReadonlySet<string>): number => Math.round((services.size / total) * 100);
    const near = listings(site, home).sort((a, b) => b.services.size - a.services.size);
    // of lists that are long enough the one that is called a list of services speaks for the portal
    const best =
      near
        .filter((list) => list.services.size >= options.coverage * total)
        .sort((a, b) => nameShare(b) - nameShare(a))[0] ?? near[0];
    if (best && options.coverage > 0 && best.services.size >= options.coverage * total) {
      const values = { name: nameOf(best), share: percent(best.services), count: best.services.size };
      const proofs = [best.proof];
      const rival = near.find((other) => other.services.size >= SPARSE * total && overlap(best, other) < RIVAL_OVERLAP);
      if (rival)
        return conclude.rivals({ proofs: [best.proof, rival.proof], values: { ...values, other: nameOf(rival) } });
      if (best.services.size > FLAT_ENTRIES && !isOrderly(best.seen)) return conclude.flat({ proofs, values });
      return best.seen === home ? conclude.onHome({ proofs, values }) : conclude.oneClick({ proofs, values });
    }
    const links = follow(site, [home], SERVICES);
    if (options.coverage <= 0) {
      const reached = links.pages.find(({ target }) => !isForStaff(target))?.proof ?? (best ? best.proof : null);
      if (reached) return conclude.named(naming(reached));
      if (links.unlooked) return conclude.named({ ...naming(links.unlooked.proof), level: 1 });
    }
    const far = listingsBehind(site, home);
    if (far && far.services.size >= options.coverage * total && options.coverage > 0)
      return conclude.twoClicks({ proofs: [far.proof], values: { name: nameOf(far), share: percent(far.services) } });
    const most = [best, far]
      .filter((list) => list !== null && list !== undefined)
      .sort((a, b) => b.services.size - a.services.size)[0];
    if (most && most.services.size >= SPARSE * total)
      return conclude.incomplete({
        proofs: [most.proof],
        values: { name: nameOf(most), share: percent(most.services) },
      });
    if (links.unlooked) return conclude.unlooked(naming(links.unlooked.proof, { why: links.unlooked.why }));
    if (most)
      return conclude.sparse({ proofs: [most.proof], values: { name: nameOf(most), share: percent(most.services) } });
    const dead = links.gone?.proof ?? links.dead;
    if (links.pages[0]) return conclude.unlisted(naming(links.pages[0].proof));
    return dead ? conclude.dead(naming(dead)) : conclude.none();
  },
});

/** How far the link's name is that of a list of services: it begins with such words, and has few others. */
function nameShare({ proof: { spot } }: Listing): number {
  if (!spot.link) return 2;
  const { folded } = spot.link;
  const names = SERVICES.flatMap((concept) => namesOf(folded, concept));
  return Math.max(0, ...names.map(({ start, end }) => (start === 0 ? 1 : 0) + (end - start) / folded.length));
}

const nameOf = ({ proof }: Listing): string => shorten(proof.spot.quote);

/** Lists on the first page and one click from it. */
function listings(site: Site, home: Seen): Listing[] {
  return site.catalogues.flatMap((seen): Listing[] => {
    const services = servicesOn(site, [seen]);
    if (seen === home)
      return [{ seen, services, proof: { seen, spot: spotOfNode(home.page.body, home.page.title || home.page.url) } }];
    const link = linksTo(home, seen);
    return link >= 0 ? [{ seen, services, proof: linkProof(home, link) }] : [];
  });
}

/** All lists that a page one click from home leads to, taken together: a list may be split by topic. */
function listingsBehind(site: Site, home: Seen): Listing | null {
  let most: Listing | null = null;
  for (const middle of site.pages) {
    const link = middle === home ? -1 : linksTo(home, middle);
    if (link < 0) continue;
    const lists = site.catalogues.filter((seen) => seen !== home && seen !== middle && linksTo(middle, seen) >= 0);
    const services = servicesOn(site, lists);
    if (services.size > (most?.services.size ?? 0)) most = { seen: middle, services, proof: linkProof(home, link) };
  }
  return most;
}

const servicesOn = (site: Site, pages: readonly Seen[]): Set<string> =>
  new Set(
    site.services
      .filter(({ entries }) => entries.some(({ seen }) => pages.includes(seen)))
      .map(({ service }) => service.id),
  );

function overlap(a: Listing, b: Listing): number {
  const common = [...a.services].filter((id) => b.services.has(id)).length;
  // a part of the list is no rival of it
  return common / Math.min(a.services.size, b.services.size);
}

/** Is a list broken up by headings or folds, or can it be filtered? */
function isOrderly({ page }: Seen): boolean {
  const titles = page.runs.filter(
    (run) => isContent(run.region) && (run.heading > 1 || run.tag === 'summary' || run.tag === 'caption'),
  ).length;
  return titles >= 2 || page.fields.some((field) => isContent(field.region) && !field.disabled);
}

/** «سامانه‌ها» is often a list of what only employees use. */
const isForStaff = ({ page }: Seen): boolean =>
  new Set((page.hits.get('staff-login') ?? []).filter(({ source }) => source === 'link').map(({ index }) => index))
    .size >= 2;
