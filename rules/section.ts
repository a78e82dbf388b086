/** The part of a page that is about one service, where several services share the page: a fold, a tab, a chapter. */
import { isLabelLike } from '../src/core/look.ts';
import { type PageView, type Run } from '../src/core/page-view.ts';
import { isInside } from '../src/core/page-tree.ts';
import { similarity, titleOf } from '../src/core/similarity.ts';
import { LIKE_TITLE, type SeenPage, type ServiceView } from '../src/core/site-view.ts';

/** Elements by number, the first and the one after the last. */
export interface Section {
  readonly from: number;
  readonly to: number;
}

/** Lines of an element from which on it holds a section, and is not only the place to which an address points. */
const SECTION_LINES = 2;
/** Letters of the longest line that is a title. */
const TITLE_LENGTH = 250;

const sections = new WeakMap<ServiceView, Map<SeenPage, Section | null>>();

/** Null when all of the page is the service's, or when nothing says which part is. */
export function sectionOn(view: ServiceView, seen: SeenPage): Section | null {
  let known = sections.get(view);
  if (!known) sections.set(view, (known = new Map()));
  let section = known.get(seen);
  if (section === undefined) {
    section = isShared(view, seen) ? (byAddress(view, seen.page) ?? byTitle(view, seen.page)) : null;
    known.set(seen, section);
  }
  return section;
}

/** May the element speak for the service, as far as its place on the page says? */
export function isInSection(view: ServiceView, seen: SeenPage, node: number): boolean {
  const section = sectionOn(view, seen);
  return section === null || (node >= section.from && node < section.to);
}

const isPageOf = ({ page }: ServiceView, seen: SeenPage): boolean => page.state === 'read' && page.seen === seen;

const isShared = (view: ServiceView, seen: SeenPage): boolean =>
  isPageOf(view, seen) && view.site.services.some((other) => other !== view && isPageOf(other, seen));

/** The element to which the fragment of the declared address points. */
function byAddress({ service }: ServiceView, { tree, runs }: PageView): Section | null {
  const id = decode(/#(.+)$/.exec(service.pageUrl ?? '')?.[1] ?? '');
  const node = [...tree.ids].find(([, other]) => id !== '' && other === id)?.[0];
  if (node === undefined || runs.filter((run) => isInside(tree, run.node, node)).length < SECTION_LINES) return null;
  let to = node + 1;
  while (to < tree.parents.length && isInside(tree, to, node)) to++;
  return { from: node, to };
}

function decode(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

/** From the title of the service to the next of its kind: a heading of no lower rank, or the title of another service. */
function byTitle(view: ServiceView, { runs, tree }: PageView): Section | null {
  const start = titleLine(view, runs);
  const title = runs[start];
  if (!title) return null;
  const others = view.site.services.filter((other) => other !== view).map((other) => titleLine(other, runs));
  const end = runs.findIndex(
    (run, index) =>
      index > start && (others.includes(index) || (run.heading > 0 && run.heading <= (title.heading || 6))),
  );
  return { from: title.node, to: runs[end]?.node ?? tree.parents.length };
}

/** The line that is most like the title of the service, headings before labels and labels before other lines. */
function titleLine(view: ServiceView, runs: readonly Run[]): number {
  let best = -1;
  let most = LIKE_TITLE;
  for (const [index, run] of runs.entries()) {
    if (run.heading === 1 || run.folded.length > TITLE_LENGTH || run.region === 'nav' || run.region === 'breadcrumb')
      continue;
    const rank = run.heading > 0 ? 2 : isLabelLike(run) ? 1 : 0;
    const likeness = similarity(titleOf(run.text), view.title);
    if (likeness < LIKE_TITLE || rank + likeness < most) continue;
    // of equals the later: a list of contents stands before what it lists
    best = index;
    most = rank + likeness;
  }
  return best;
}
