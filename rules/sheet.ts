/** What is said of a service under the labels of its sheet: documents, fee, duration, visits and so on. */
import { fold } from '../src/core/fold.ts';
import { spotOfRun } from '../src/core/look.ts';
import type { Run } from '../src/core/page-view.ts';
import { firstWith, isOwn, pageOf, pagesOf, type Seen, type ServiceSubject, type Shown } from './define.ts';
import type { ConceptId } from './lexicon/index.ts';
import { says } from './lexicon/says.ts';
import { findMoney, isPlaceholder } from './lexicon/values.ts';
import { fieldsOf } from './signals/define.ts';

export interface Told {
  readonly seen: Seen;
  readonly text: string;
  readonly folded: string;
  /** The lines of the value; the label's own line when the value stands in it. */
  readonly lines: readonly Run[];
  readonly proof: Shown;
}

/** Values under labels of the concept, those left out that are no value and those of header and footer. */
export function told(seen: Seen, concept: ConceptId): Told[] {
  return allTold(seen, concept).filter(({ text }) => !isEmpty(text));
}

/** All of them, dashes and empty cells included. */
export function allTold(seen: Seen, concept: ConceptId): Told[] {
  const out: Told[] = [];
  for (const { label, labelIndex, value, from, to } of fieldsOf(seen.page, concept)) {
    if (label.link >= 0 || label.region === 'footer' || label.region === 'header') continue;
    const shown = from < to ? from : labelIndex;
    out.push({ seen, text: value, folded: fold(value), lines: from < to ? seen.page.runs.slice(from, to) : [label], proof: { seen, spot: spotOfRun(seen.page, shown) } });
  }
  return out;
}

/** Is it no value: nothing, dashes, or only lines of that kind? */
export const isEmpty = (text: string): boolean => text.split('\n').every((line) => isPlaceholder(fold(line)));

/** Values on the page of the service and its system. */
export const toldOf = (view: ServiceSubject, concept: ConceptId): Told[] => pagesOf(view).flatMap((seen) => told(seen, concept));

/** Where it is said that the answer comes at once. */
export function instantBy(view: ServiceSubject): Shown | null {
  for (const { folded, proof } of toldOf(view, 'duration')) if (says(folded, 'instant') && !/\d/.test(folded)) return proof;
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
  const shown = page && allTold(page, 'fee').length === 0 ? firstWith(pagesOf(view), 'fee', (spot, seen) => isOwn(view, { seen, spot })) : null;
  if (!shown) return { state: 'unknown', proof: null };
  return { state: says(fold(shown.spot.quote), 'free') ? 'free' : 'sum', proof: shown };
}
