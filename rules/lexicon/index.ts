import { compileLexicon, type Language, type Matcher } from '../../src/core/lexicon.ts';
import { CONCEPTS, type ConceptId } from './concepts.ts';
import { en } from './en.ts';
import { fa } from './fa.ts';
import { it } from './it.ts';

export type { ConceptId } from './concepts.ts';
export { CONCEPTS } from './concepts.ts';

/** Every language that Rasad reads, in the order in which a tie is decided. */
export const LANGUAGES: readonly Language<ConceptId>[] = [fa, en, it];

/** All phrases of all languages as one matcher; a site is read in whatever languages it uses. */
export const matcher: Matcher<ConceptId> = compileLexicon(CONCEPTS, LANGUAGES);
