/** Which pages of a portal report: what is told there happened or is announced, and promises nothing to applicants. */
import { fold } from '../src/core/fold.ts';
import type { Seen, Site } from './define.ts';
import { isContent, isFrameLink } from './define.ts';
import { says } from './lexicon/says.ts';

const ADDRESS = /\/(?:news|akhbar|khabar|press|notizie)(?:[/?._-]|$)/i;
/** Parts of a title: the page, its section, the organization. */
const PARTS = /\s+[|\-–—»>:]+\s+/;

const known = new WeakMap<Site, ReadonlySet<Seen>>();

/** Is it a page of news: by its address or title, or because a list of news leads there? The first page is none. */
export function isNewsPage(site: Site, seen: Seen): boolean {
  let news = known.get(site);
  if (!news) {
    news = newsOf(site);
    known.set(site, news);
  }
  return news.has(seen);
}

function newsOf(site: Site): ReadonlySet<Seen> {
  const home = site.home.state === 'read' ? site.home.seen : null;
  const services = new Set(site.services.flatMap(({ page }) => (page.state === 'read' ? [page.seen] : [])));
  const others = site.pages.filter((seen) => seen !== home && !services.has(seen) && !site.catalogues.includes(seen));
  const lists = others.filter(isNews);
  const told = lists.flatMap((seen) =>
    seen.page.links.flatMap((link) => {
      const reading = link.url && isContent(link.region) && !isFrameLink(site, link) ? site.at(link.url) : null;
      // what a list of news links to in a few words is a tool or a section
      return reading?.state === 'read' && link.folded.split(' ').length > 2 && others.includes(reading.seen)
        ? [reading.seen]
        : [];
    }),
  );
  return new Set([...lists, ...told]);
}

const isNews = ({ page }: Seen): boolean =>
  ADDRESS.test(page.url) ||
  [...page.title.split(PARTS), ...page.runs.filter(({ heading }) => heading === 1).map(({ text }) => text)].some(
    (part) => says(fold(part), 'news'),
  );
