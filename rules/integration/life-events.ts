import { spotOfLink, spotOfRun } from '../../src/core/look.ts';
import { definePortalRule, fail, isContent, notApplicable, pageOf, partial, pass, type Seen, type Shown, type Site } from '../define.ts';
import { says } from '../lexicon/says.ts';

export default definePortalRule({
  id: 'integration/life-events',
  version: 1,
  why: {
    fa: 'شهروند رویداد زندگی خود را می‌شناسد، نه نمودار سازمانی دستگاه را.',
    en: 'Citizens know the event in their life, not the organization chart.',
  },
  source: 'catalogue 60; field "event" of the service identity card',
  needs: ['home', 'catalogue'],
  seeks: ['services', 'life-events'],
  options: { groups: 2, servicesOfGroup: 2, minServices: 5 },
  outcomes: {
    grouped: pass('خدمات در {count} گروه مخاطب یا رویداد آمده است: {names}.', 'Services are listed in {count} groups of audience or event: {names}.'),
    offered: pass('گروه‌های {names} پیشنهاد می‌شود و صفحه آن‌ها خوانده نشده است.', 'The groups {names} are offered; their pages were not read.'),
    one: partial('تنها یک گروه مخاطب یا رویداد ({names}) هست.', 'There is only one group of audience or event ({names}).'),
    bySubject: partial('خدمات تنها بر پایه موضوع یا واحد سازمانی گروه‌بندی شده است: {names}.', 'Services are grouped by subject or organizational unit only: {names}.'),
    few: notApplicable('دستگاه {count} خدمت دارد و گروه‌بندی لازم نیست.', 'The organization has {count} services; groups are not needed.'),
    flat: fail('فهرست خدمات گروه‌بندی ندارد.', 'The list of services has no groups.'),
  },
  check(site, conclude, options) {
    if (site.services.length < options.minServices) return conclude.few({ values: { count: site.services.length } });
    const groups = groupsOf(site).filter(({ services }) => services >= options.servicesOfGroup);
    const byAudience = distinct(groups.filter(({ isAudience }) => isAudience));
    const bySubject = distinct(groups.filter(({ isAudience }) => !isAudience));
    const details = (list: readonly Group[]) => ({ proofs: list.slice(0, 4).map(({ proof }) => proof), values: { count: list.length, names: list.slice(0, 4).map(({ name }) => name).join('، ') } }); // prettier-ignore
    if (byAudience.length >= options.groups) return conclude.grouped(details(byAudience));
    const offered = distinct(facetsOf(site));
    if (byAudience.length + offered.length >= options.groups) return conclude.offered({ ...details([...byAudience, ...offered]), level: 1 });
    if (byAudience.length > 0) return conclude.one(details(byAudience));
    return bySubject.length >= options.groups ? conclude.bySubject(details(bySubject)) : conclude.flat();
  },
});

interface Group {
  readonly name: string;
  readonly isAudience: boolean;
  /** Different services listed in it. */
  readonly services: number;
  readonly proof: Shown;
}

const distinct = (groups: readonly Group[]): Group[] => [...new Map(groups.map((group) => [group.name, group])).values()];

/** Lists of services; the page of a service that names others beside it is none. */
const listsOf = (site: Site): readonly Seen[] => site.catalogues.filter((seen) => !site.services.some(({ page }) => pageOf(page) === seen));

/** Headings of the lists of services with the services below them, and links to lists of one audience. */
function groupsOf(site: Site): Group[] {
  const groups: Group[] = [];
  for (const seen of listsOf(site)) {
    const at = entryLines(site, seen);
    const { runs } = seen.page;
    for (const [index, run] of runs.entries()) {
      if (run.heading === 0 || !isContent(run.region) || at.has(index) || index === runs.findIndex(({ heading }) => heading === 1)) continue;
      const end = runs.findIndex((other, position) => position > index && other.heading > 0 && other.heading <= run.heading);
      const services = new Set([...at].filter(([line]) => line >= index && (end < 0 || line < end)).flatMap(([, ids]) => ids)).size;
      groups.push({ name: run.text.slice(0, 40), isAudience: says(run.folded, 'life-events'), services, proof: { seen, spot: spotOfRun(seen.page, index) } });
    }
  }
  for (const { seen, index, name, target } of audienceLinks(site)) {
    if (!target || site.catalogues.includes(target)) continue;
    const services = site.services.filter((view) => [...entryLines(site, target).values()].some((ids) => ids.includes(view.service.id))).length;
    groups.push({ name, isAudience: true, services, proof: { seen, spot: spotOfLink(seen.page, index) } });
  }
  return groups;
}

/** Links and tabs of the lists that are named after an audience and whose list nobody read. */
function facetsOf(site: Site): Group[] {
  return [...audienceLinks(site)].filter(({ target, seen }) => target === null && site.catalogues.includes(seen)).map(({ seen, index, name }) => ({ name, isAudience: true, services: 0, proof: { seen, spot: spotOfLink(seen.page, index) } })); // prettier-ignore
}

function* audienceLinks(site: Site): Generator<{ readonly seen: Seen; readonly index: number; readonly name: string; readonly target: Seen | null }> {
  for (const seen of new Set([...site.catalogues, pageOf(site.home)])) {
    if (!seen) continue;
    for (const hit of seen.page.hits.get('life-events') ?? []) {
      if (hit.source !== 'link') continue;
      const link = seen.page.links[hit.index]!;
      // the name of a service may hold the name of an audience
      if (!link.url || link.folded.length > 40 || !isContent(link.region) || link.url.replace(/#.*$/, '') === seen.page.url) continue;
      yield { seen, index: hit.index, name: link.name.slice(0, 40), target: pageOf(site.at(link.url)) };
    }
  }
}

/** Lines of a page that are entries of services, with the services. */
function entryLines(site: Site, seen: Seen): Map<number, string[]> {
  const lines = new Map<number, string[]>();
  const byNode = new Map(seen.page.runs.map((run, index) => [run.node, index]));
  for (const view of site.services) {
    const own = view.entries.filter((entry) => entry.seen === seen).map(({ node }) => byNode.get(node));
    for (const index of own) if (index !== undefined) lines.set(index, [...(lines.get(index) ?? []), view.service.id]);
  }
  return lines;
}
