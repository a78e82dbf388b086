/** What rule files are written with: the typed declaration, and ways to look at a site that several rules share. */
import { isContent } from '../src/core/element-traits.ts';
import { allNamed, named, spotOfLink, spotOfRun, type NameOptions, type Spot } from '../src/core/look.ts';
import type { EvidenceLevel, Scope } from '../src/core/model.ts';
import type { Link, PageView, Run } from '../src/core/page-view.ts';
import { defineRule, type Ending, type Proof, type Rule, type RuleSpec } from '../src/core/rule.ts';
import type { Reading, SeenPage, ServiceView, SiteView } from '../src/core/site-view.ts';
import { ACCURACY } from './accuracy.ts';
import { INDICATORS, type Indicator } from './catalogue.ts';
import type { ConceptId } from './lexicon/index.ts';
import { isInSection } from './section.ts';

export { isContent } from '../src/core/element-traits.ts';
export { blocked, fail, notApplicable, notVisible, partial, pass, unclear } from '../src/core/rule.ts';

export type Seen = SeenPage<ConceptId>;
export type Site = SiteView<ConceptId>;
export type ServiceSubject = ServiceView<ConceptId>;
export type Place = Reading<ConceptId>;
export type Shown = Proof<ConceptId>;

type Spec<S extends Scope, O extends Readonly<Record<string, Ending>>, P extends Options> = Omit<
  RuleSpec<S, O, P, ConceptId>,
  'goal' | 'title' | 'prior' | 'measured' | 'level'
> & { readonly level?: EvidenceLevel };
type Options = Readonly<Record<string, number | boolean | string>>;

/** Declares a rule of the portal as a whole. Title, goal and expected rates come from the catalogue. */
export const definePortalRule = <const O extends Readonly<Record<string, Ending>>, P extends Options = Options>(
  spec: Spec<'portal', O, P>,
): Rule<ConceptId> => define('portal', spec);
/** Declares a rule of each service. */
export const defineServiceRule = <const O extends Readonly<Record<string, Ending>>, P extends Options = Options>(
  spec: Spec<'service', O, P>,
): Rule<ConceptId> => define('service', spec);

const CATALOGUE = new Map<string, Indicator>(INDICATORS.map((indicator) => [indicator.id, indicator]));

function define<S extends Scope, const O extends Readonly<Record<string, Ending>>, P extends Options>(
  scope: S,
  spec: Spec<S, O, P>,
): Rule<ConceptId> {
  const indicator = CATALOGUE.get(spec.id);
  if (indicator?.scope !== scope)
    throw new Error(`${spec.id} is not an indicator of ${scope} scope in rules/catalogue.ts`);
  const { goal, title, prior, minEvidence } = indicator;
  return defineRule(scope, { level: minEvidence, ...spec, goal, title, prior, measured: ACCURACY[spec.id] ?? null });
}

/** The page behind a reading, null when it was not read. */
export const pageOf = (reading: Place): Seen | null => (reading.state === 'read' ? reading.seen : null);

/** Where a service can speak for itself: its page, then the entry of its system. */
export function pagesOf(view: ServiceSubject): Seen[] {
  return [pageOf(view.page), pageOf(view.system)].filter((seen): seen is Seen => seen !== null);
}

/** The first of the pages that shows a signal with something behind it; else one that only shows it. */
export function firstWith(
  pages: readonly Seen[],
  signal: string,
  accept: (spot: Spot, seen: Seen) => boolean = () => true,
): Shown | null {
  let dead: Shown | null = null;
  for (const seen of pages) {
    const answer = seen.signals.get(signal);
    if (answer?.verdict !== 'present' || !answer.spot || !accept(answer.spot, seen)) continue;
    if (!answer.spot.dead) return { seen, spot: answer.spot };
    dead ??= { seen, spot: answer.spot };
  }
  return dead;
}

/** The first link or control on the pages that is named after the concept and leads somewhere. */
export function firstNamed(pages: readonly Seen[], concept: ConceptId, options: NameOptions = {}): Shown | null {
  let dead: Shown | null = null;
  for (const seen of pages) {
    const spot = named(seen.page, concept, options);
    if (!spot) continue;
    if (!spot.dead) return { seen, spot };
    dead ??= { seen, spot };
  }
  return dead;
}

/** Every link of a page that is named after the concept, with what became of its target. */
export function* targetsOf(
  site: Site,
  seen: Seen,
  concept: ConceptId,
  options: NameOptions = {},
): Generator<{ readonly proof: Shown; readonly reading: Place }> {
  for (const spot of allNamed(seen.page, concept, options)) {
    yield { proof: { seen, spot }, reading: spot.link?.url ? site.at(spot.link.url) : { state: 'none' } };
  }
}

/** Links of the page's own content: frame, header, navigation and footer left out. */
export function* contentLinks(view: ServiceSubject, seen: Seen): Generator<Link> {
  for (const link of seen.page.links) if (isContentLink(view, seen, link)) yield link;
}

export const isContentLink = (view: ServiceSubject, seen: Seen, link: Link): boolean =>
  isContent(link.region) && !isFrameLink(view.site, link) && isInSection(view, seen, link.node);

const frameLinks = new WeakMap<Site, { readonly keys: ReadonlySet<string>; readonly known: Map<Link, boolean> }>();
/** From this many pages on it can be said what is on most of them. */
const FRAME_PAGES = 4;

/**
 * Does the link stand on most pages of the portal with the same name and target? Service pages share names ("log in
 * to the system"), so the name alone does not say it; and what stands in a marked main part is never frame.
 */
export function isFrameLink(site: Site, link: Link): boolean {
  if (link.region === 'main' || site.pages.length < FRAME_PAGES) return false;
  let frame = frameLinks.get(site);
  if (!frame) {
    const counts = new Map<string, number>();
    for (const { page } of site.pages)
      for (const key of new Set(page.links.map(linkKey))) counts.set(key, (counts.get(key) ?? 0) + 1);
    const keys = new Set([...counts].filter(([, count]) => count * 2 > site.pages.length).map(([key]) => key));
    frameLinks.set(site, (frame = { keys, known: new Map() }));
  }
  let isFrame = frame.known.get(link);
  if (isFrame === undefined) frame.known.set(link, (isFrame = frame.keys.has(linkKey(link))));
  return isFrame;
}

const linkKey = ({ folded, url, href }: Link): string => `${folded} ${url ?? href}`;

/** Does the page's own content speak of the concept, in a line or the name of a link? */
export function speaksOf(site: Site, { page }: Seen, concept: ConceptId): boolean {
  return (page.hits.get(concept) ?? []).some(({ source, strength, index }) => {
    if (strength === 'weak') return false;
    if (source === 'run') return isContent(page.runs[index]!.region) && !site.isFrame(page.runs[index]!.folded);
    return source === 'link' && isContent(page.links[index]!.region) && !isFrameLink(site, page.links[index]!);
  });
}

/** Is what was found part of this page's content about the service, and not of the frame around every page? */
export function isOwn(view: ServiceSubject, { seen, spot }: Shown): boolean {
  if (!isInSection(view, seen, spot.node)) return false;
  const run = runAt(seen.page, spot.node);
  if (run)
    return isContent(run.region) && (!view.site.isFrame(run.folded) || run.heading > 0 || /[:：]\s*$/.test(run.text));
  const link = spot.link ?? seen.page.links.find(({ node }) => node === spot.node);
  if (link) return isContent(link.region) && !isFrameLink(view.site, link);
  const other = [seen.page.fields, seen.page.buttons, seen.page.images].flat().find(({ node }) => node === spot.node);
  return other ? isContent(other.region) : true;
}

const runsByNode = new WeakMap<PageView, ReadonlyMap<number, Run>>();

/** The first line that stands in the element. */
function runAt(page: PageView, node: number): Run | undefined {
  let known = runsByNode.get(page);
  if (!known) runsByNode.set(page, (known = new Map(page.runs.map((run) => [run.node, run] as const).reverse())));
  return known.get(node);
}

/** The line itself as what was seen. */
export const runProof = (seen: Seen, run: Run): Shown => ({
  seen,
  spot: spotOfRun(seen.page, seen.page.runs.indexOf(run)),
});

export const linkProof = (seen: Seen, index: number): Shown => ({ seen, spot: spotOfLink(seen.page, index) });

export const shorten = (text: string, length = 80): string =>
  text.length <= length ? text : `${text.slice(0, length - 1)}…`;

type Values = Readonly<Record<string, string | number>>;
interface Quotation {
  readonly proofs: readonly Shown[];
  readonly values: Values;
}

/** Details of a conclusion that rests on one element and calls it by its `name`. */
export const naming = (proof: Shown, more: Values = {}): Quotation => ({
  proofs: [proof],
  values: { name: shorten(proof.spot.quote), ...more },
});
/** Details of a conclusion that rests on one element and quotes its `text`. */
export const quoting = (proof: Shown, more: Values = {}): Quotation => ({
  proofs: [proof],
  values: { text: shorten(proof.spot.quote), ...more },
});
