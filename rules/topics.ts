/** Pages of the portal about a topic: those behind links of its name, and those that carry it as their heading. */
import { isName, spotOfRun, type NameOptions } from '../src/core/look.ts';
import type { Field, Run } from '../src/core/page-view.ts';
import { isContent, pageOf, type Seen, type Shown, type Site } from './define.ts';
import { follow, type Followed, type Reason } from './follow.ts';
import type { ConceptId } from './lexicon/index.ts';

export interface TopicPage {
  readonly seen: Seen;
  /** The link that led there, else the heading. */
  readonly proof: Shown;
}

export interface Topic {
  readonly pages: readonly TopicPage[];
  readonly files: Followed['files'];
  readonly gone: Reason | null;
  readonly unlooked: Reason | null;
  readonly dead: Shown | null;
}

export function pagesAbout(site: Site, concepts: readonly ConceptId[], options: NameOptions = {}): Topic {
  const pages = new Map<Seen, Shown>();
  const files: Followed['files'][number][] = [];
  let gone: Reason | null = null;
  let unlooked: Reason | null = null;
  let dead: Shown | null = null;
  for (const seen of site.pages) {
    const found = follow(site, [seen], concepts, options);
    for (const { proof, target } of found.pages) if (!pages.has(target)) pages.set(target, proof);
    for (const file of found.files) if (!files.some(({ snapshot }) => snapshot === file.snapshot)) files.push(file);
    gone ??= found.gone;
    unlooked ??= found.unlooked;
    dead ??= found.dead;
  }
  for (const seen of site.pages) {
    const heading = pages.has(seen) ? -1 : headingOf(site, seen, concepts);
    if (heading >= 0) pages.set(seen, { seen, spot: spotOfRun(seen.page, heading) });
  }
  return { pages: [...pages].map(([seen, proof]) => ({ seen, proof })), files, gone, unlooked, dead };
}

/** The heading of the page's own content that is a name of one of the concepts, -1 when there is none. */
export function headingOf(site: Site, { page }: Seen, concepts: readonly ConceptId[]): number {
  for (const concept of concepts) {
    for (const hit of page.hits.get(concept) ?? []) {
      if (hit.source !== 'run' || hit.strength === 'weak') continue;
      const run = page.runs[hit.index]!;
      if (run.heading > 0 && isOwnLine(site, run) && isName(run.folded, hit)) return hit.index;
    }
  }
  return -1;
}

/** The first page that is called so as a whole: by a link that led there, or by its title; not by a box on it. */
export function calledSo(pages: readonly TopicPage[]): Shown | null {
  return (
    pages.find(
      ({ seen, proof }) =>
        proof.seen !== seen || (seen.page.runs.find(({ node }) => node === proof.spot.node)?.heading ?? 9) <= 2,
    )?.proof ?? null
  );
}

/** What is found on the first of the pages that has it. */
export function firstOn(pages: readonly Seen[], find: (seen: Seen) => Shown | null): Shown | null {
  for (const seen of pages) {
    const found = find(seen);
    if (found) return found;
  }
  return null;
}

/** Titles of the first page, that other pages may carry as the name of the site. */
const homeTitles = new WeakMap<Site, ReadonlySet<string>>();

/**
 * Is it a line of the page's content that other pages do not repeat? The title of a page is its own, though the menu
 * on every page calls it the same.
 */
export function isOwnLine(site: Site, run: Run): boolean {
  if (!isContent(run.region)) return false;
  if (!site.isFrame(run.folded)) return true;
  if (run.heading !== 1) return false;
  let titles = homeTitles.get(site);
  if (!titles) {
    titles = new Set(pageOf(site.home)?.page.runs.flatMap(({ heading, folded }) => (heading > 0 ? [folded] : [])));
    homeTitles.set(site, titles);
  }
  return !titles.has(run.folded);
}

/** Lines of a page that say the concept, in its own content. */
export function linesSaying(site: Site, { page }: Seen, concept: ConceptId): number[] {
  const lines = new Set<number>();
  for (const hit of page.hits.get(concept) ?? [])
    if (hit.source === 'run' && hit.strength !== 'weak' && isOwnLine(site, page.runs[hit.index]!)) lines.add(hit.index);
  return [...lines];
}

/** Fields of a page's content that the home page does not have as well: its search and its newsletter surround every page. */
export function ownFields(site: Site, { page }: Seen): Field[] {
  const home = pageOf(site.home)?.page;
  const around = new Set(home === page ? [] : home?.fields.map(({ name, type }) => `${type} ${name}`));
  return page.fields.filter(
    ({ type, name, disabled, region }) =>
      !disabled && isContent(region) && type !== 'search' && !(name !== '' && around.has(`${type} ${name}`)),
  );
}
