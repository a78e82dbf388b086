/** A service-level statement as it stands on a page: what it promises that can be measured, and of which service. */
import { spotOfRun } from '../src/core/look.ts';
import type { PageView, Run } from '../src/core/page-view.ts';
import { similarity, titleOf } from '../src/core/similarity.ts';
import { headlines, LIKE_TITLE } from '../src/core/site-view.ts';
import {
  isContent,
  isFrameLink,
  pageOf,
  shorten,
  type Seen,
  type ServiceSubject,
  type Shown,
  type Site,
} from './define.ts';
import { ownPagesOf } from './guides.ts';
import { linksTo } from './links.ts';
import { namesOf, says } from './lexicon/says.ts';
import { findDuration, findHours, findRange, isUnderConstruction } from './lexicon/values.ts';

/** Kinds of terms that can be measured which make a promise one: time, availability, hours of support, remedy. */
const MIN_TERMS = 2;
/** Different words of a hosting contract that make the page one. */
const CONTRACT_WORDS = 2;

export type StatementKind = 'measured' | 'general' | 'vague' | 'others' | 'template' | 'contract';
export const BEST_FIRST: readonly StatementKind[] = ['measured', 'general', 'vague', 'others', 'template', 'contract'];

const statements = new WeakMap<Site, readonly Seen[]>();

/** Pages of the portal that are called a service-level statement. */
export function statementsOf(site: Site): readonly Seen[] {
  let found = statements.get(site);
  if (!found) {
    found = site.pages.filter(({ page }) => headlines(page).some(({ folded }) => says(folded, 'service-level')));
    statements.set(site, found);
  }
  return found;
}

export interface Statement {
  readonly kind: StatementKind;
  /** The first value of each kind of term. */
  readonly terms: ReadonlyMap<string, string>;
  readonly proof: Shown;
}

export function readStatement(view: ServiceSubject, seen: Seen): Statement {
  const { page } = seen;
  // a table may name the service in the words of the menu
  const lines = page.runs.filter(
    ({ region, folded, node }) =>
      isContent(region) && (!view.site.isFrame(folded) || !view.site.isEverywhere(seen, node)),
  );
  const show = (run: Run | undefined): Shown => ({
    seen,
    spot: spotOfRun(
      page,
      Math.max(0, run ? page.runs.indexOf(run) : page.runs.findIndex(({ folded }) => says(folded, 'service-level'))),
    ),
  });
  const named = lines.filter((run) => namesService(view, run));
  const own = named.find(({ link }) => link < 0) ?? named[0];
  // in a table of services only the row of this one counts, beside what is said outside of rows
  const counted = own && own.row >= 0 ? lines.filter(({ row }) => row === own.row || row < 0) : lines;
  const blank = counted.find(
    ({ folded }) => /\[[^\]]{2,60}\]/.test(folded) || says(folded, 'sample') || isUnderConstruction(folded),
  );
  if (blank) return { kind: 'template', terms: new Map(), proof: show(blank) };
  const hosting = lines.filter(({ folded }) => says(folded, 'hosting'));
  if (
    new Set(hosting.flatMap(({ folded }) => namesOf(folded, 'hosting').map(({ phrase }) => phrase))).size >=
    CONTRACT_WORDS
  )
    return { kind: 'contract', terms: new Map(), proof: show(hosting[0]) };
  // services in rows, under headings of their own, or the only one that is meant
  const others = own
    ? undefined
    : lines.find((run) => (run.row >= 0 || run.heading > 0 || ONLY.test(run.folded)) && isOfOther(view, run));
  if (others) {
    // for all that it does not name it has a row, which promises what cannot be measured
    const rest = lines.find(
      ({ folded, row }) =>
        REST.test(folded) && (row < 0 || lines.some((line) => line.row === row && OF_OTHERS.test(line.folded))),
    );
    return { kind: rest ? 'vague' : 'others', terms: new Map(), proof: show(rest ?? others) };
  }
  const places = ownPagesOf(view);
  const home = pageOf(view.site.home);
  // one that the first page does not offer to all is the service's whose page links to it
  const isForOne = home !== null && linksTo(home, seen) < 0;
  const isMeant = isForOne && places.some((place) => refersTo(view, place, seen));
  const covers = own !== undefined || places.includes(seen) || isMeant;
  if (!covers && isForOne && view.site.services.some(({ page: other }) => refersTo(view, pageOf(other), seen)))
    return { kind: 'others', terms: new Map(), proof: show(undefined) };
  const terms = termsOf(page, counted);
  return { kind: terms.size < MIN_TERMS ? 'vague' : covers ? 'measured' : 'general', terms, proof: show(own) };
}

/** Does the content of a page, not the frame around it, link to the statement? */
function refersTo({ site }: ServiceSubject, place: Seen | null, seen: Seen): boolean {
  const link = place === null ? -1 : linksTo(place, seen);
  return link >= 0 && isContent(place!.page.links[link]!.region) && !isFrameLink(site, place!.page.links[link]!);
}

const namesService = ({ title, service }: ServiceSubject, run: Run): boolean =>
  run.folded.length < 250 &&
  (similarity(titleOf(run.text), title) >= LIKE_TITLE || (service.code !== null && run.folded.includes(service.code)));

/** The row for all that no row names. */
const OF_OTHERS = /سایر|دیگر|بقیه|\b(?:other|all other|altri|altre|tutti gli altri)\b/;
/** What is promised for whatever the rows do not name, without a figure. */
const REST = /کوتاه ?ترین زمان|اسرع وقت|\bas soon as possible|shortest (?:possible )?time|piu breve tempo/;

/** "This promise is for … only." */
const ONLY = /(?:^|\s)(?:تنها|فقط|صرفا|ویژه)\s|\b(?:only|just|solely)\b/;

/** A row of another service of the organization: the statement goes service by service. */
const isOfOther = (view: ServiceSubject, run: Run): boolean =>
  view.site.services.some((other) => other !== view && namesService(other, run));

/** What stands at the head of the column of a cell, with the cell: the head may say what the figure is of. */
function withHead({ runs }: PageView, run: Run): string {
  if (run.row < 0) return run.folded;
  const at = runs.indexOf(run);
  let first = at;
  while (first > 0 && runs[first - 1]!.row >= 0) first--;
  const head = runs.slice(first, at).find(({ row, cell }) => row === runs[first]!.row && cell === run.cell);
  return head && head.row !== run.row ? `${head.folded} ${run.folded}` : run.folded;
}

function termsOf(page: PageView, lines: readonly Run[]): Map<string, string> {
  const terms = new Map<string, string>();
  const note = (kind: string, value: string | null | undefined): void =>
    void (value && !terms.has(kind) && terms.set(kind, value));
  for (const line of lines) {
    const { text } = line;
    const folded = withHead(page, line);
    const support = says(folded, 'support') || says(folded, 'reply');
    note('availability', /\d+(?:[.,/]\d+)?\s*(?:%|٪|درصد|percent|per cento)|[%٪]\s?\d+/.exec(folded)?.[0]);
    note('hours', findHours(folded) ?? (says(folded, 'hours') ? findRange(folded) : null));
    note(support ? 'support' : 'time', findDuration(folded));
    if (says(folded, 'remedy')) note('remedy', shorten(text, 40));
  }
  return terms;
}
