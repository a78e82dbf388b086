import { compileLexicon, type Language, type Matcher } from '../../src/core/lexicon.ts';
import { ar } from './ar.ts';
import { CONCEPTS, type ConceptId } from './concepts.ts';
import { en } from './en.ts';
import { fa } from './fa.ts';
import { fr } from './fr.ts';
import { it } from './it.ts';

export type { ConceptId } from './concepts.ts';
export { CONCEPTS } from './concepts.ts';

/** Every language that Rasad reads, in the order in which a tie is decided. */
export const LANGUAGES: readonly Language<ConceptId>[] = [fa, en, it, fr, ar];

/** All phrases of all languages as one matcher; a page alone is read in whatever languages it uses. */
export const matcher: Matcher<ConceptId> = whenAsked(LANGUAGES);

const made = new Map<string, Matcher<ConceptId>>([[keyOf(LANGUAGES), matcher]]);

/**
 * The phrases of a registry's languages and of English, which the sites of every country mix in. Languages that a country
 * does not use could only be mistaken for its own, and a smaller table is a faster one. Codes without a lexicon are passed over.
 */
export function matcherOf(codes: readonly string[]): Matcher<ConceptId> {
  const languages = LANGUAGES.filter(({ code }) => code === 'en' || codes.includes(code));
  const key = keyOf(languages);
  const known = made.get(key) ?? whenAsked(languages);
  made.set(key, known);
  return known;
}

function keyOf(languages: readonly Language<ConceptId>[]): string {
  return languages.map(({ code }) => code).join(' ');
}

/** Compiled at the first question: most commands ask none. */
function whenAsked(languages: readonly Language<ConceptId>[]): Matcher<ConceptId> {
  let compiled: Matcher<ConceptId> | null = null;
  return {
    concepts: CONCEPTS,
    find: (folded, source, index) => (compiled ??= compileLexicon(CONCEPTS, languages)).find(folded, source, index),
  };
}
