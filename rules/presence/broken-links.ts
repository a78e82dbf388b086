import { spotOfLink } from '../../src/core/look.ts';
import type { Region } from '../../src/core/element-traits.ts';
import {
  definePortalRule,
  fail,
  naming,
  pageOf,
  partial,
  pass,
  shorten,
  unclear,
  type Place,
  type Seen,
  type Shown,
  type Site,
} from '../define.ts';
import { siteOf } from '../hosts/own.ts';

/** Shares of broken links that are few, and that are many. */
const FEW = 0.02;
const MANY = 0.08;
/** Links of a portal all of which were tried, from which on a share means something. */
const FEWEST = 20;
const MENU: readonly Region[] = ['header', 'nav'];

interface Looked {
  readonly proof: Shown;
  readonly broken: boolean;
}

export default definePortalRule({
  id: 'presence/broken-links',
  version: 1,
  why: {
    fa: 'هر پیوند شکسته راهی است که شهروند تا نیمه می‌رود و بازمی‌گردد.',
    en: 'Every broken link is a way that a citizen goes halfway and turns back.',
  },
  source: 'catalogue 18',
  needs: ['home', 'site'],
  seeks: [],
  options: { minSample: 60 },
  outcomes: {
    few: pass(
      'از {count} پیوند آزموده‌شده {broken} پیوند شکسته است.',
      'Of {count} links that were tried, {broken} are broken.',
    ),
    some: partial(
      'از {count} پیوند آزموده‌شده {broken} پیوند شکسته است، از جمله «{name}».',
      'Of {count} links that were tried, {broken} are broken, "{name}" among them.',
    ),
    menu: partial('پیوند «{name}» در منوی اصلی شکسته است.', 'The link "{name}" of the main menu is broken.'),
    many: fail(
      'از {count} پیوند آزموده‌شده {broken} پیوند شکسته است، از جمله «{name}».',
      'Of {count} links that were tried, {broken} are broken, "{name}" among them.',
    ),
    services: fail(
      'پیوند خدمات در منوی اصلی («{name}») شکسته است.',
      'The link to the services in the main menu ("{name}") is broken.',
    ),
    sample: unclear(
      'تنها {count} پیوند آزموده شد ({broken} شکسته)؛ برای داوری کم است.',
      'Only {count} links were tried ({broken} broken), too few to judge.',
    ),
  },
  check(site, conclude, options) {
    const home = pageOf(site.home);
    const { looked, untried } = home ? lookedAt(site, home) : { looked: [], untried: 0 };
    const broken = looked.filter((link) => link.broken);
    const proofs = broken.slice(0, 10).map(({ proof }) => proof);
    const values = {
      count: looked.length,
      broken: broken.length,
      name: broken[0] ? shorten(broken[0].proof.spot.quote) : '',
    };
    const menu = broken.filter(({ proof }) => proof.seen === home && MENU.includes(proof.spot.link!.region));
    const services = menu.find(({ proof }) => isServices(proof));
    if (services) return conclude.services(naming(services.proof));
    // a small portal has no more links than these
    if (looked.length < (untried === 0 ? FEWEST : Number(options.minSample)))
      return conclude.sample({ proofs, values });
    const share = broken.length / looked.length;
    if (share > MANY) return conclude.many({ proofs, values });
    if (share > FEW) return conclude.some({ proofs, values });
    if (menu[0]) return conclude.menu(naming(menu[0].proof));
    return conclude.few({
      values,
      searched: [{ place: 'links', url: home!.page.url, read: true, detail: `${looked.length} links` }],
    });
  },
});

/** Every address of the portal's own site and of its services to which a page links and at which somebody looked. */
function lookedAt(site: Site, home: Seen): { readonly looked: readonly Looked[]; readonly untried: number } {
  const ofServices = new Set(
    site.services.flatMap(({ service, systemUrl }) => [service.pageUrl, systemUrl]).filter((url) => url !== null),
  );
  const owner = siteOf(home.page.host);
  const tried = new Map<string, Looked>();
  const untried = new Set<string>();
  const known = new Set<string | null>([null]);
  for (const seen of site.pages) {
    for (const [index, { url, host }] of seen.page.links.entries()) {
      // the same links stand on many pages
      if (known.has(url)) continue;
      known.add(url);
      const address = withoutFragment(url!);
      if (address === '' || tried.has(address) || untried.has(address)) continue;
      const isOwn = siteOf(host) === owner;
      if (!isOwn && !ofServices.has(address)) continue;
      const state = stateOf(site.at(address), isOwn);
      if (state === null) untried.add(address);
      else tried.set(address, { proof: { seen, spot: spotOfLink(seen.page, index) }, broken: state });
    }
  }
  return { looked: [...tried.values()], untried: untried.size };
}

function withoutFragment(url: string): string {
  const hash = url.indexOf('#');
  return hash < 0 ? url : url.slice(0, hash);
}

/** Is it broken? null when it cannot be said: what refuses us, or is slow for us, may well work for others. */
function stateOf(reading: Place, isOwn: boolean): boolean | null {
  if (reading.state === 'read' || reading.state === 'file') return false;
  if (reading.state === 'gone') return true;
  // names of the portal's own domain are resolved by the same servers as the portal, which did answer
  return reading.state === 'blocked' && reading.why === 'dns' && isOwn ? true : null;
}

const isServices = ({ seen, spot }: Shown): boolean =>
  (seen.page.hits.get('services') ?? []).some(
    ({ source, strength, index }) => source === 'link' && strength !== 'weak' && seen.page.links[index] === spot.link,
  );
