/**
 * Who speaks for a service: its page, its system and the guides that these link to. On the portal only a page's own
 * content counts, since the frame around every page speaks for the portal; the menus of a system are its own.
 */
import { fold } from '../src/core/fold.ts';
import { allNamed, countWords, mentions, spotOfRun, type NameOptions } from '../src/core/look.ts';
import type { Hit, Run } from '../src/core/page-view.ts';
import {
  isContent,
  isOwn,
  pageOf,
  type Place,
  type Seen,
  type ServiceSubject,
  type Shown,
  type Site,
} from './define.ts';
import type { ConceptId } from './lexicon/index.ts';
import { namesOf, says } from './lexicon/says.ts';
import { isInSection } from './section.ts';
import { tickedPart } from './ticks.ts';

/** Names under which pages explain how a service is used. */
const EXPLAINING: readonly ConceptId[] = ['guide', 'faq', 'steps', 'service-level'];

export interface Control {
  readonly proof: Shown;
  /** What became of its target; `none` for a button. */
  readonly reading: Place;
}

/** Is it a page of the portal, with the portal's frame around it? */
export function isPortalPage(site: Site, { page }: Seen): boolean {
  let host = portals.get(site);
  if (host === undefined) portals.set(site, (host = bareHost(portalHost(site))));
  return bareHost(page.host) === host;
}

const portals = new WeakMap<Site, string>();
const portalHost = ({ home, organization }: Site): string =>
  home.state === 'read'
    ? home.seen.page.host
    : (organization.portalUrl ?? '').replace(/^https?:\/\//, '').replace(/[:/].*$/, '');
const bareHost = (host: string): string => (host.startsWith('www.') ? host.slice(4) : host);

/** May the element speak for the service? */
export function isForService(view: ServiceSubject, shown: Shown): boolean {
  return isPortalPage(view.site, shown.seen) ? isOwn(view, shown) : shown.spot.link?.region !== 'footer';
}

/**
 * The page of the service and its system. Where the system asks who one is before it shows anything, the front page of
 * its host stands for it.
 */
export function ownPagesOf(view: ServiceSubject): readonly Seen[] {
  let pages = ownPages.get(view);
  if (!pages) {
    pages = [...new Set([pageOf(view.page), systemPageOf(view)])].filter((seen) => seen !== null);
    ownPages.set(view, pages);
  }
  return pages;
}

const ownPages = new WeakMap<ServiceSubject, readonly Seen[]>();

export function systemPageOf(view: ServiceSubject): Seen | null {
  const system = pageOf(view.system);
  if (system || !view.systemUrl || view.system.state === 'gone') return system;
  return pageOf(firstOfSystem(view));
}

/** The first page of the host of the system, as far as it is not the portal's. */
function firstOfSystem({ site, systemUrl }: ServiceSubject): Place {
  if (!systemUrl) return { state: 'none' };
  const reading = site.at(new URL('/', systemUrl).href);
  const front = pageOf(reading);
  const isForeign = front && (front.page.host !== new URL(systemUrl).hostname || isPortalPage(site, front));
  return isForeign ? { state: 'none' } : reading;
}

/** The first page of the host of the system, when the service begins on another: what it offers is for its services. */
export function frontOf(view: ServiceSubject): Place {
  const reading = firstOfSystem(view);
  const front = pageOf(reading);
  return front && ownPagesOf(view).includes(front) ? { state: 'none' } : reading;
}

/** Does the name of what is shown hold a word of the service's title? What a front page offers may be another's. */
export function namesSomeOf({ title }: ServiceSubject, { spot }: Shown): boolean {
  const words = new Set(fold(spot.quote).split(' '));
  return [...title.words].some((word) => words.has(word));
}

/** Links and buttons of the service's page and system that are named after the concept, with what became of their targets. */
export function controlsOf(
  view: ServiceSubject,
  concept: ConceptId,
  options: NameOptions = {},
  pages: readonly Seen[] = ownPagesOf(view),
): Control[] {
  const out: Control[] = [];
  for (const seen of pages) {
    for (const spot of allNamed(seen.page, concept, options)) {
      const proof = { seen, spot };
      if (!isForService(view, proof)) continue;
      out.push({ proof, reading: spot.link?.url ? view.site.at(spot.link.url) : { state: 'none' } });
    }
  }
  return out;
}

const guides = new WeakMap<ServiceSubject, readonly Control[]>();

/** Links of the service to pages or files that explain how it is used. */
export function guidesOf(view: ServiceSubject): readonly Control[] {
  let found = guides.get(view);
  if (!found) {
    const own = new Set(ownPagesOf(view));
    // «راهنمای خدمات» is what many portals call their list of services
    const listing = new Set([pageOf(view.site.home), ...view.site.catalogues]);
    const byTarget = new Map<string, Control>();
    for (const concept of EXPLAINING) {
      for (const control of controlsOf(view, concept, { kinds: ['link'], loose: true })) {
        const url = control.proof.spot.link?.url;
        if (
          !url ||
          !isNameOf(control.proof, concept) ||
          (control.reading.state === 'read' && (own.has(control.reading.seen) || listing.has(control.reading.seen))) ||
          control.reading.state === 'gone'
        )
          continue;
        if (!byTarget.has(url)) byTarget.set(url, control);
      }
    }
    found = [...byTarget.values()];
    guides.set(view, found);
  }
  return found;
}

/** Letters before the word in a name that is about it. */
const AT_START = 3;
const NAME_WORDS = 6;

/** A short name, or a longer one that begins with the word: «راهنمای گام‌به‌گام ثبت درخواست در سامانه». */
function isNameOf({ spot }: Shown, concept: ConceptId): boolean {
  const name = spot.link?.folded ?? '';
  return countWords(name) <= NAME_WORDS || namesOf(name, concept).some(({ start }) => start <= AT_START);
}

const speakers = new WeakMap<ServiceSubject, readonly Seen[]>();

/** The pages that speak for the service, as far as they were read, each once: its page, its system, its guides. */
export function speakersOf(view: ServiceSubject): readonly Seen[] {
  let found = speakers.get(view);
  if (!found) {
    found = [...new Set([...ownPagesOf(view), ...guidesOf(view).map(({ reading }) => pageOf(reading))])].filter(
      (seen): seen is Seen => seen !== null,
    );
    speakers.set(view, found);
  }
  return found;
}

export interface Line {
  readonly seen: Seen;
  readonly run: Run;
  readonly hit: Hit<ConceptId>;
  readonly proof: Shown;
}

/** Labels name what a cell or box would hold, and state nothing. */
export const LABEL_TAGS: readonly string[] = ['th', 'dt'];

/** Lines of the pages that mention the concept; names of links only when asked for. */
export function* linesAbout(
  view: ServiceSubject,
  concept: ConceptId,
  { links = false, pages = speakersOf(view) }: { readonly links?: boolean; readonly pages?: readonly Seen[] } = {},
): Generator<Line> {
  for (const seen of pages) {
    for (const { run, index, hit } of mentions(seen.page, concept)) {
      if (!isContent(run.region) || LABEL_TAGS.includes(run.tag) || (run.link >= 0 && !links)) continue;
      if ((isPortalPage(view.site, seen) && view.site.isFrame(run.folded)) || !isInSection(view, seen, run.node))
        continue;
      // what is asked, or offered as a box that nobody ticked, is not said
      if (/\?\s*$/.test(run.folded) || isUnticked(seen, run, concept)) continue;
      yield { seen, run, hit, proof: { seen, spot: spotOfRun(seen.page, index, hit) } };
    }
  }
}

/** Boxes without names of their own stand in the line, and none of them is ticked. */
export function hasOpenBoxes(page: Seen['page'], run: Run): boolean {
  const choices = page.fields.filter(({ type }) => type === 'checkbox' || type === 'radio');
  if (choices.length === 0) return false;
  const index = page.runs.indexOf(run);
  const boxes = choices.filter(({ at }) => at === index);
  return boxes.length > 0 && boxes.every(({ named, checked }) => !named && !checked);
}

function isUnticked({ page }: Seen, run: Run, concept: ConceptId): boolean {
  const { folded, boxes } = tickedPart(page, run);
  return (boxes && !says(folded, concept)) || hasOpenBoxes(page, run);
}

/** The words around a mention that belong to it: its sentence or its item of a list. */
export function sentenceOf({ run, hit }: Pick<Line, 'run' | 'hit'>): string {
  const before = Math.max(run.folded.lastIndexOf('. ', hit.start), run.folded.lastIndexOf('; ', hit.start));
  const after = /[.;](?:\s|$)/.exec(run.folded.slice(hit.end));
  return run.folded.slice(before < 0 ? 0 : before + 2, after ? hit.end + after.index : undefined);
}

/** Why nothing can be said of a target: its refusal or failure, or that nobody looked. */
export const whyNot = (reading: Place): string =>
  'why' in reading ? reading.why : reading.state === 'none' ? 'not-looked' : reading.state;

export const quoteOf = ({ spot }: Shown): string => fold(spot.quote);
