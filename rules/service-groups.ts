/** Groups in which the lists of the portal put the services: by headings, and by links to lists of one audience. */
import { spotOfLink, spotOfRun } from '../src/core/look.ts';
import { similarity, titleOf } from '../src/core/similarity.ts';
import { LIKE_TITLE, SAME_TITLE } from '../src/core/site-view.ts';
import { isContent, isFrameLink, pageOf, type Seen, type Shown, type Site } from './define.ts';
import { says } from './lexicon/says.ts';

/** Characters kept of a name; a link with a longer one names a service or news. */
const NAME_LENGTH = 40;

export interface ServiceGroup {
  readonly name: string;
  /** By whom or by which event in life, not by subject or unit. */
  readonly isAudience: boolean;
  /** Different services listed in it. */
  readonly services: number;
  readonly proof: Shown;
}

export function serviceGroupsOf(site: Site): ServiceGroup[] {
  const byHeading = listsOf(site).flatMap((seen) => headingsOf(site, seen));
  const byLink = [...audienceLinks(site)].flatMap(({ target, ...link }) => {
    return target ? [groupOf(link, listedOn(site, target))] : [];
  });
  return [...byHeading, ...byLink];
}

/** Links and tabs of the lists that are named after an audience and whose own list nobody read. */
export function unreadGroupsOf(site: Site): ServiceGroup[] {
  const links = [...audienceLinks(site)].filter(({ target, seen }) => target === null && listsOf(site).includes(seen));
  return links.map((link) => groupOf(link, 0));
}

/** Lists of services; the page of one service that names others beside it is none, a page that holds several is one. */
const listsOf = (site: Site): readonly Seen[] =>
  site.catalogues.filter((seen) => site.services.filter(({ page }) => pageOf(page) === seen).length !== 1);

/** Headings with the services below them, up to the next heading of the same rank; titles of services are no groups. */
function headingsOf(site: Site, seen: Seen): ServiceGroup[] {
  const { runs } = seen.page;
  const entries = entryLines(site, seen);
  const title = runs.findIndex(({ heading }) => heading === 1);
  const groups: ServiceGroup[] = [];
  for (const [index, run] of runs.entries()) {
    if (run.heading === 0 || index === title || !isContent(run.region) || entries.has(index)) continue;
    const end = runs.findIndex((other, at) => at > index && other.heading > 0 && other.heading <= run.heading);
    const below = [...entries].filter(([line]) => line > index && (end < 0 || line < end));
    groups.push({
      name: run.text.slice(0, NAME_LENGTH),
      isAudience: says(run.folded, 'life-events'),
      services: new Set(below.flatMap(([, ids]) => ids)).size,
      proof: { seen, spot: spotOfRun(seen.page, index) },
    });
  }
  return groups;
}

interface AudienceLink {
  readonly seen: Seen;
  readonly index: number;
  /** The list behind it, null when it was not read. */
  readonly target: Seen | null;
}

function* audienceLinks(site: Site): Generator<AudienceLink> {
  for (const seen of new Set([...listsOf(site), pageOf(site.home)])) {
    for (const { source, index } of seen?.page.hits.get('life-events') ?? []) {
      const link = source === 'link' ? seen!.page.links[index]! : null;
      if (!link?.url || link.folded.length > NAME_LENGTH || link.url.replace(/#.*$/, '') === seen!.page.url) continue;
      // the menu around every page is the portal's, tabs of a list are its own
      if (link.region === 'header' || link.region === 'footer' || isFrameLink(site, link)) continue;
      if (link.region === 'nav' && seen === pageOf(site.home)) continue;
      const target = pageOf(site.at(link.url));
      if (isOfService(site, link.name, target)) continue;
      yield { seen: seen!, index, target };
    }
  }
}

/** A service may be named after whom it is for: its entry is no group. */
function isOfService(site: Site, name: string, target: Seen | null): boolean {
  const title = titleOf(name);
  return site.services.some(
    (view) => similarity(view.title, title) >= LIKE_TITLE || (target !== null && pageOf(view.page) === target),
  );
}

const groupOf = ({ seen, index }: Pick<AudienceLink, 'seen' | 'index'>, services: number): ServiceGroup => ({
  name: seen.page.links[index]!.name.slice(0, NAME_LENGTH),
  isAudience: true,
  services,
  proof: { seen, spot: spotOfLink(seen.page, index) },
});

/** How many services a page lists, also when they are too few to make it a list of the portal. */
function listedOn(site: Site, seen: Seen): number {
  const titles = seen.page.runs.filter(({ folded }) => folded.length < 250).map(({ text }) => titleOf(text));
  return site.services.filter(({ title }) => titles.some((other) => similarity(title, other) >= SAME_TITLE)).length;
}

/** Lines of a list that are entries of services, with the services. */
function entryLines(site: Site, seen: Seen): Map<number, string[]> {
  const lines = new Map<number, string[]>();
  const byNode = new Map(seen.page.runs.map((run, index) => [run.node, index]));
  for (const view of site.services) {
    for (const entry of view.entries) {
      const index = entry.seen === seen ? byNode.get(entry.node) : undefined;
      if (index !== undefined) lines.set(index, [...(lines.get(index) ?? []), view.service.id]);
    }
  }
  return lines;
}
