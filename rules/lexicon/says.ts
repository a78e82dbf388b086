/** The lexicon asked about a piece of text alone: a value, a cell, a sentence. All on folded text. */
import type { Match } from '../../src/core/lexicon.ts';
import { remember } from '../../src/core/remember.ts';
import { matcher, type ConceptId } from './index.ts';

/** Many rules ask about the same lines, of which most say nothing. */
const NOTHING: ReadonlySet<ConceptId> = new Set();

/** Every concept that a text says. Phrases that never decide alone do not count. */
const conceptsIn = remember(5000, 2000, (folded): ReadonlySet<ConceptId> => {
  const matches = matcher.find(folded).filter(({ strength }) => strength !== 'weak');
  return matches.length === 0 ? NOTHING : new Set(matches.map(({ concept }) => concept));
});

/** Does the text say the concept? */
export const says = (folded: string, concept: ConceptId): boolean => conceptsIn(folded).has(concept);

export function saysOneOf(folded: string, concepts: readonly ConceptId[]): boolean {
  const said = conceptsIn(folded);
  return said.size > 0 && concepts.some((concept) => said.has(concept));
}

/** Where it says so; of phrases that overlap only the longest, so that each thing is named once. */
export function namesOf(folded: string, concept: ConceptId): readonly Match<ConceptId>[] {
  const out: Match<ConceptId>[] = [];
  if (!says(folded, concept)) return out;
  for (const match of matcher.find(folded)) {
    if (match.concept !== concept || match.strength === 'weak') continue;
    const last = out.at(-1);
    if (!last || match.start >= last.end) out.push(match);
    else if (match.end - match.start > last.end - last.start) out[out.length - 1] = match;
  }
  return out;
}
