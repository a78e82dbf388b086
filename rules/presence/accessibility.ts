import { clip, spotOfMeasured, spotOfNode } from '../../src/core/look.ts';
import { blocked, definePortalRule, fail, pageOf, partial, pass, type Seen, type Shown, type Site } from '../define.ts';
import { languageOf } from '../lexicon/language.ts';
import { sameOwner } from '../links.ts';

/** Share of the measured pages that must be without fault. */
const CLEAN = 0.8;
/** Kinds of faults up to which a portal is half-way. */
const FEW = 3;
const RIGHT_TO_LEFT = new Set(['fa', 'ar']);
const FILE_NAME = /^[\w ()%+.-]+\.(?:jpe?g|png|gif|svg|webp|bmp|tiff?)$/i;

interface Measured {
  readonly seen: Seen;
  readonly by: string;
  /** Kind of fault → where it shows. */
  readonly faults: ReadonlyMap<string, Shown>;
  /** What the page says of its language and direction, null when that is right. */
  readonly wrong: Shown | null;
  readonly left: readonly string[];
}

export default definePortalRule({
  id: 'presence/accessibility',
  version: 1,
  why: {
    fa: 'کسی که صفحه را می‌شنود، با صفحه‌کلید کار می‌کند یا آن را بزرگ می‌کند نیز شهروند است.',
    en: 'Those who listen to a page, work by keyboard or enlarge what they read are citizens too.',
  },
  source:
    'catalogue 14; eight checks of axe-core that block somebody (WCAG A and AA); no proof of conformance, and bars of tools for the disabled are none either',
  needs: ['home'],
  seeks: [],
  outcomes: {
    clean: pass(
      'در {clean} از {pages} صفحه سنجیده‌شده مانعی دیده نشد و زبان و جهت درست است.',
      'On {clean} of {pages} pages that were measured no barrier was found, and language and direction are right.',
    ),
    few: partial(
      'در {pages} صفحه سنجیده‌شده {kinds} گونه مانع دیده شد: {names}.',
      'On {pages} pages that were measured there are barriers of {kinds} kinds: {names}.',
    ),
    someLanguage: partial(
      'زبان یا جهت برخی صفحه‌ها درست اعلام نشده است: {names}.',
      'Some pages do not name their language or direction rightly: {names}.',
    ),
    many: fail(
      'در {pages} صفحه سنجیده‌شده {kinds} گونه مانع دیده شد: {names}.',
      'On {pages} pages that were measured there are barriers of {kinds} kinds: {names}.',
    ),
    language: fail(
      'هیچ صفحه‌ای زبان و جهت خود را درست اعلام نمی‌کند: {names}.',
      'No page names its language and direction rightly: {names}.',
    ),
    unmeasured: blocked(
      'صفحه نخست در مرورگر سنجیده نشد ({why}).',
      'The first page was not measured in a browser ({why}).',
    ),
  },
  check(site, conclude) {
    const home = pageOf(site.home);
    if (!home)
      return conclude.unmeasured({ values: { why: site.home.state === 'blocked' ? site.home.why : site.home.state } });
    const pages = sampleOf(site, home);
    if (pages[0]?.seen !== home) return conclude.unmeasured({ values: { why: 'no browser' } });
    const kinds = new Map<string, Shown>();
    for (const { faults } of pages) for (const [kind, proof] of faults) if (!kinds.has(kind)) kinds.set(kind, proof);
    const wrong = pages.flatMap((page) => (page.wrong ? [page.wrong] : []));
    const clean = pages.filter(({ faults }) => faults.size === 0).length;
    const details = {
      proofs: [...kinds.values(), ...wrong].slice(0, 8),
      values: { pages: pages.length, clean, kinds: kinds.size, names: [...kinds.keys()].sort().join(', ') },
      searched: pages.map(({ seen, by, left }) => ({
        place: 'accessibility',
        url: seen.page.url,
        read: true,
        detail: [by, ...left.map((check) => `${check}?`)].join(' '),
      })),
    };
    const named = { ...details, proofs: wrong, values: { names: wrong.map(({ spot }) => spot.quote).join(' · ') } };
    if (wrong.length === pages.length) return conclude.language(named);
    if (kinds.size > FEW) return conclude.many(details);
    if (clean / pages.length < CLEAN) return conclude.few(details);
    return wrong.length > 0 ? conclude.someLanguage(named) : conclude.clean(details);
  },
});

/** Measured pages, the first page first: those of the portal, and of systems that are the organization's own. */
function sampleOf(site: Site, home: Seen): Measured[] {
  const systems = site.services.map(({ system }) => pageOf(system)).filter((seen) => seen !== null);
  const pages = new Set([home, ...site.pages, ...systems.filter(({ page }) => sameOwner(page.url, home.page.url))]);
  return [...pages].map((seen) => measuredOf(site, seen)).filter((measured) => measured !== null);
}

function measuredOf(site: Site, seen: Seen): Measured | null {
  const measured = site.inspectionOf(seen)?.accessibility;
  if (!measured) return null;
  const { page } = seen;
  const faults = new Map<string, Shown>();
  for (const { check, elements } of measured.violations) {
    const spot = elements[0] ? spotOfMeasured(page, elements[0]) : spotOfNode(page.body, check);
    faults.set(check, { seen, spot });
  }
  // a screen reader that reads out a file name says nothing; the checks take any text for one
  const named = page.images.find(({ alt }) => FILE_NAME.test(alt));
  if (named && !faults.has('image-alt')) faults.set('image-alt', { seen, spot: spotOfNode(named.node, named.alt) });
  return {
    seen,
    by: measured.by,
    faults,
    wrong: languageFault(seen, measured.direction),
    left: measured.incomplete.map(({ check }) => check),
  };
}

function languageFault(seen: Seen, direction: string): Shown | null {
  const { page } = seen;
  const spoken = languageOf(page);
  if (spoken === '') return null;
  const declared = page.lang.toLowerCase().split(/[-_]/)[0] ?? '';
  const isNamed = declared === spoken || (spoken === 'fa' && (declared === 'per' || declared === 'fas'));
  if (isNamed && (direction === 'rtl') === RIGHT_TO_LEFT.has(spoken)) return null;
  return { seen, spot: spotOfNode(page.root, clip(`lang="${page.lang}" ${direction}`)) };
}
