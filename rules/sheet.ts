/** What is said of a service under the labels of its sheet: documents, fee, duration, visits and so on. */
import { fold } from '../src/core/fold.ts';
import { type Labelled } from '../src/core/look.ts';
import type { Run } from '../src/core/page-view.ts';
import { runProof, firstWith, isContent, isOwn, pageOf, type Seen, type ServiceSubject, type Shown } from './define.ts';
import { controlsOf, hasOpenBoxes, LABEL_TAGS, ownPagesOf, speakersOf } from './guides.ts';
import type { ConceptId } from './lexicon/index.ts';
import { says } from './lexicon/says.ts';
import { findMoney, findTimes, isPlaceholder } from './lexicon/values.ts';
import { isInSection } from './section.ts';
import { isUnread, signInsOf } from './sign-in.ts';
import { fieldsOf } from './signals/define.ts';
import { tickedPart } from './ticks.ts';

export interface Told {
  readonly seen: Seen;
  readonly text: string;
  readonly folded: string;
  /** The lines of the value; the label's own line when the value stands in it. */
  readonly lines: readonly Run[];
  readonly proof: Shown;
  readonly label: Run;
}

/** Values under labels of the concept, those left out that are no value and those of header and footer. */
export function told(view: ServiceSubject, seen: Seen, concept: ConceptId): Told[] {
  return allTold(view, seen, concept).filter(({ text }) => !isEmpty(text));
}

/** All of them, dashes and empty cells included. */
export function allTold(view: ServiceSubject, seen: Seen, concept: ConceptId): Told[] {
  const out: Told[] = [];
  for (const { label, value, from, to } of fieldsFor(view, seen, concept)) {
    if (label.link >= 0) continue;
    const lines = from < to ? seen.page.runs.slice(from, to) : [label];
    const text = tickedText(seen, lines, value);
    out.push({
      seen,
      text,
      folded: fold(text),
      lines,
      proof: runProof(seen, lines[0]!),
      label,
    });
  }
  return out;
}

/** Of boxes to tick only the ticked ones say something. */
function tickedText({ page }: Seen, lines: readonly Run[], text: string): string {
  if (lines.some((run) => hasOpenBoxes(page, run))) return '';
  const ticked = lines.map((run) => tickedPart(page, run));
  return ticked.some(({ boxes }) => boxes) ? ticked.map(({ folded }) => folded).join('\n') : text;
}

/** Is it no value: nothing, dashes, or only lines of that kind? */
export const isEmpty = (text: string): boolean => text.split('\n').every((line) => isPlaceholder(fold(line)));

/** The first line of a value that passes the test. */
export function lineOf({ seen, lines, folded, proof }: Told, test: (folded: string) => boolean): Shown | null {
  if (lines.length === 1) return test(folded) ? proof : null;
  const line = lines.find((run) => !LABEL_TAGS.includes(run.tag) && test(run.folded));
  return line ? runProof(seen, line) : null;
}

/** Values on the page of the service and its system. */
export function toldOf(view: ServiceSubject, concept: ConceptId): readonly Told[] {
  let known = values.get(view);
  if (!known) values.set(view, (known = new Map()));
  let found = known.get(concept);
  if (!found) known.set(concept, (found = ownPagesOf(view).flatMap((seen) => told(view, seen, concept))));
  return found;
}

/** Many rules ask about the same labels. */
const values = new WeakMap<ServiceSubject, Map<ConceptId, readonly Told[]>>();

/** Lines of the page about the service: its own part where several services share the page, else all content. */
export function sectionOf(view: ServiceSubject, seen: Seen): readonly Run[] {
  let known = sections.get(view);
  if (!known) sections.set(view, (known = new Map()));
  let runs = known.get(seen);
  if (!runs)
    known.set(
      seen,
      (runs = seen.page.runs.filter(({ region, node }) => isContent(region) && isInSection(view, seen, node))),
    );
  return runs;
}

const sections = new WeakMap<ServiceSubject, Map<Seen, readonly Run[]>>();

/** What a page says of the service under labels of the concept; dashes and empty cells included. */
export const fieldsFor = (view: ServiceSubject, seen: Seen, concept: ConceptId): Labelled[] =>
  fieldsOf(seen.page, concept).filter(
    ({ label }) => label.region !== 'footer' && label.region !== 'header' && isInSection(view, seen, label.node),
  );

/**
 * Pages that the service's own page links to under the name of the concept or as its guide, and the link by that name
 * itself. Lists of services, the first page and the pages of other services say nothing about this one.
 */
export function pagesBehind(
  view: ServiceSubject,
  concept: ConceptId,
): { readonly pages: readonly Seen[]; readonly link: Shown | null } {
  const { site } = view;
  const page = pageOf(view.page);
  const controls = page
    ? controlsOf(view, concept, { kinds: ['link'], loose: true }, [page]).filter(({ proof }) => proof.spot.link?.url)
    : [];
  const others = new Set([
    page,
    pageOf(site.home),
    ...site.catalogues,
    ...site.services.map((other) => pageOf(other.page)),
  ]);
  const found = [...controls.map(({ reading }) => pageOf(reading)), ...speakersOf(view)];
  return {
    pages: [...new Set(found)].filter((seen): seen is Seen => seen !== null && !others.has(seen)),
    link: controls.find(({ reading }) => reading.state !== 'gone')?.proof ?? null,
  };
}

/** What a signal found on the page, where it is the service's own. */
export function signalFor(view: ServiceSubject, seen: Seen, name: string): Shown | null {
  const answer = seen.signals.get(name);
  const shown = answer?.verdict === 'present' && answer.spot ? { seen, spot: answer.spot } : null;
  return shown && isOwn(view, shown) ? shown : null;
}

/** An answer that comes at once, told in a sentence. */
const AT_ONCE =
  /(?:پاسخ|نتیجه|جواب)(?: ان)? (?:به صورت )?(?:انی|در لحظه|همان لحظه|بی ?درنگ|بلافاصله|فوری)|\b(?:answer|result)s? (?:is |are |appears? |comes? |shown )*(?:at once|instantly|immediately|straight away)\b/;

/** Where it is said that the answer comes at once; behind a log-in more than an answer is waiting. */
export function instantBy(view: ServiceSubject): Shown | null {
  let proof = instants.get(view);
  if (proof === undefined) instants.set(view, (proof = findInstant(view)));
  return proof;
}

/** Several rules ask. */
const instants = new WeakMap<ServiceSubject, Shown | null>();

function findInstant(view: ServiceSubject): Shown | null {
  if (isUnread(view) || (signInsOf(view).length > 0 && !view.service.profile.includes('ANON'))) return null;
  for (const { folded, proof } of toldOf(view, 'duration'))
    if (says(folded, 'instant') && !/\d/.test(folded)) return proof;
  const page = pageOf(view.page);
  const line = page && sectionOf(view, page).find((run) => run.link < 0 && AT_ONCE.test(run.folded));
  return line ? runProof(page, line) : null;
}

export interface Visits {
  readonly count: number;
  readonly proof: Shown;
}

/** How many visits the sheet counts: the first value that is a number, or that says that there are none. */
export function visitsOf(view: ServiceSubject): Visits | null {
  for (const seen of ownPagesOf(view)) {
    for (const { folded, proof } of allTold(view, seen, 'visit-count')) {
      const count = findTimes(folded) ?? (says(folded, 'no-visit') ? 0 : null);
      if (count !== null) return { count, proof };
    }
  }
  return null;
}

export interface Fee {
  readonly state: 'free' | 'sum' | 'unknown';
  readonly proof: Shown | null;
}

/** What the service costs as far as it says; zeros, dashes and silence are not known. */
export function feeOf(view: ServiceSubject): Fee {
  const page = pageOf(view.page);
  for (const { folded, proof } of toldOf(view, 'fee')) {
    if (findMoney(folded)) return { state: 'sum', proof };
    if (says(folded, 'free')) return { state: 'free', proof };
    if (says(folded, 'varies')) return { state: 'sum', proof };
  }
  const shown =
    page && allTold(view, page, 'fee').length === 0
      ? firstWith(ownPagesOf(view), 'fee', (spot, seen) => isOwn(view, { seen, spot }))
      : null;
  if (!shown) return { state: 'unknown', proof: null };
  return { state: says(fold(shown.spot.quote), 'free') ? 'free' : 'sum', proof: shown };
}
