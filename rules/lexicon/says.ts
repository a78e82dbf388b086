/** The lexicon asked about a piece of text alone: a value, a cell, a sentence. All on folded text. */
import type { Match } from '../../src/core/lexicon.ts';
import { remember } from '../../src/core/remember.ts';
import { matcher, type ConceptId } from './index.ts';

/** Many rules ask about the same lines. */
const matchesOf = remember(5000, 2000, (folded): readonly Match<ConceptId>[] => matcher.find(folded));

/** Does the text say the concept? Phrases that never decide alone do not count. */
export const says = (folded: string, concept: ConceptId): boolean =>
  matchesOf(folded).some((match) => match.concept === concept && match.strength !== 'weak');

/** Where it says so; of phrases that overlap only the longest, so that each thing is named once. */
export function namesOf(folded: string, concept: ConceptId): readonly Match<ConceptId>[] {
  const out: Match<ConceptId>[] = [];
  for (const match of matchesOf(folded)) {
    if (match.concept !== concept || match.strength === 'weak') continue;
    const last = out.at(-1);
    if (!last || match.start >= last.end) out.push(match);
    else if (match.end - match.start > last.end - last.start) out[out.length - 1] = match;
  }
  return out;
}
