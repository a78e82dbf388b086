/**
 * The word matcher: finds every phrase of every language in a folded text in one pass.
 *
 * Blanks, hyphens and apostrophes are skipped on both sides, so that «پرسش‌های متداول», «پرسشهای متداول» and
 * "log in", "log-in", "login" are one; a match begins and ends at a word boundary. Punctuation ends a match.
 */
import { fold } from './fold.ts';

export interface PhraseList {
  /** Decide by themselves, wherever they stand in a name or heading. */
  readonly strong?: readonly string[];
  /** Decide only when they are the whole text. */
  readonly whole?: readonly string[];
  /** Never decide alone. */
  readonly weak?: readonly string[];
  /** Longer phrases that contain one of the above and mean something else. */
  readonly never?: readonly string[];
}

export interface Language<Concept extends string> {
  readonly code: string;
  /** Endings that may follow a phrase inside the same word (plural, ezafe). */
  readonly suffixes: readonly string[];
  /** Beginnings that may precede a phrase inside the same word (Arabic article and conjunctions). */
  readonly prefixes?: readonly string[];
  /** Words that are written with a full stop and end no sentence by it ("Uff. Tributi"), without it. */
  readonly abbreviations?: readonly string[];
  readonly phrases: Partial<Record<Concept, PhraseList>>;
}

export type Strength = 'strong' | 'whole' | 'weak';

export interface Match<Concept extends string> {
  readonly concept: Concept;
  readonly strength: Strength;
  readonly language: string;
  readonly phrase: string;
  /** Offsets in the folded text. */
  readonly start: number;
  readonly end: number;
  /** Does the match cover all of the text's words? */
  readonly whole: boolean;
  /** Which text it was, as the caller of `find` named it. */
  readonly source: string;
  readonly index: number;
}

export interface Matcher<Concept extends string> {
  readonly concepts: readonly Concept[];
  /** All matches in a folded text, by start; `never` phrases have removed theirs. `source` and `index` are passed through. */
  find(folded: string, source?: string, index?: number): readonly Match<Concept>[];
}

interface Entry<Concept extends string> {
  readonly concept: Concept;
  readonly strength: Strength | 'never';
  readonly language: string;
  readonly phrase: string;
  readonly length: number; // symbols
  readonly suffixes: ReadonlySet<string>;
  readonly prefixes: ReadonlySet<string>;
}

interface Hit<Concept extends string> {
  readonly entry: Entry<Concept>;
  /** First and last symbol of the phrase, and last symbol of the word in which it ends. */
  readonly first: number;
  readonly last: number;
  readonly wordEnd: number;
}

const GAP = 0;
const BREAK = 1;

const OTHER = 255;
const UNKNOWN = 254;
const DOT = 46;

/** What a folded character is to the matcher: a symbol from 2 up, a gap, or a break. Letters of other scripts share OTHER. */
const ALPHABET = new Uint8Array(0x10000).fill(UNKNOWN);
let symbols = 2;
for (const gap of " -'_&/") ALPHABET[gap.charCodeAt(0)] = GAP;

/** Gives the letters of a phrase symbols of their own; symbols are never given away again. */
function learnLetters(folded: string): void {
  for (let i = 0; i < folded.length; i++) {
    const code = folded.charCodeAt(i);
    const symbol = symbolOf(code);
    if (symbol !== OTHER) continue;
    if (symbols >= UNKNOWN) throw new Error(`the phrases have more than ${UNKNOWN - 2} different letters`);
    ALPHABET[code] = symbols++;
  }
}

function symbolOf(code: number): number {
  const known = ALPHABET[code]!;
  if (known !== UNKNOWN) return known;
  // a letter that no phrase has still counts as a letter at a boundary
  const symbol = (code < 0xd800 || code > 0xdfff) && /[\p{L}\p{N}]/u.test(String.fromCharCode(code)) ? OTHER : BREAK;
  ALPHABET[code] = symbol;
  return symbol;
}

const isLetterAt = (folded: string, i: number): boolean =>
  i >= 0 && i < folded.length && symbolOf(folded.charCodeAt(i)) >= 2;

/**
 * A full stop inside a word ("gov.uk", "d.lgs"), or after an abbreviation, is a gap; elsewhere it ends a sentence. That a
 * word is short does not make it an abbreviation: sentences end in such words too.
 */
function symbolAt(folded: string, i: number, abbreviations: ReadonlySet<string>): number {
  const code = folded.charCodeAt(i);
  if (code !== DOT) return symbolOf(code);
  if (isLetterAt(folded, i + 1)) return GAP;
  let from = i;
  while (isLetterAt(folded, from - 1)) from--;
  return abbreviations.has(folded.slice(from, i)) ? GAP : BREAK;
}

/** Compiles the phrases of several languages. Throws on a phrase without letters, or with a sign that ends every match. */
export function compileLexicon<Concept extends string>(
  concepts: readonly Concept[],
  languages: readonly Language<Concept>[],
): Matcher<Concept> {
  const entries: Entry<Concept>[] = [];
  const words: number[][] = [];
  const abbreviations = new Set(languages.flatMap((language) => language.abbreviations ?? []).map(fold));
  for (const language of languages) {
    const known = new Set<string>();
    const suffixes = new Set(language.suffixes.map(fold));
    const prefixes = new Set((language.prefixes ?? []).map(fold));
    for (const concept of concepts) {
      const list = language.phrases[concept];
      if (!list) continue;
      for (const strength of ['strong', 'whole', 'weak', 'never'] as const) {
        for (const phrase of list[strength] ?? []) {
          const symbols: number[] = [];
          const folded = fold(phrase);
          learnLetters(folded);
          for (let i = 0; i < folded.length; i++) {
            const symbol = symbolAt(folded, i, abbreviations);
            if (symbol === BREAK)
              throw new Error(
                `lexicon ${language.code}: ${concept} has the phrase "${phrase}" with "${folded[i]}", which ends every match`,
              );
            if (symbol >= 2) symbols.push(symbol);
          }
          if (symbols.length === 0)
            throw new Error(`lexicon ${language.code}: ${concept} has the phrase "${phrase}", which has no letters`);
          // half-spaces, spaces and hyphens are skipped: phrases that differ only in them are one
          const key = `${concept} ${strength} ${symbols.join(' ')}`;
          if (known.has(key)) continue;
          known.add(key);
          entries.push({
            concept,
            strength,
            language: language.code,
            phrase,
            length: symbols.length,
            suffixes,
            prefixes,
          });
          words.push(symbols);
        }
      }
    }
  }
  return { concepts, find: finderOf(entries, words, abbreviations) };
}

/** Letters from the beginning of a phrase whose followers are looked up in a table; those of the rest are few and walked. */
const TABLE_DEPTH = 3;

/** Marks of a symbol in the text that is searched. */
const INSIDE = 0;
const AT_WORD = 1;
const AFTER_BREAK = 2;

/**
 * A tree of the letters of all phrases. A match begins where a word does, so that the tree is entered there only, and
 * left after a few letters of nearly all words.
 */
function finderOf<Concept extends string>(
  entries: Entry<Concept>[],
  words: number[][],
  abbreviations: ReadonlySet<string>,
): Matcher<Concept>['find'] {
  const width = symbols;
  const { own, depths, firstChild, sibling, letter } = treeOf(words);
  // nodes are numbered so that those near the root come first: their rows are one small table
  const rows = depths.findIndex((depth) => depth >= TABLE_DEPTH);
  const tabled = rows < 0 ? own.length : rows;
  const next = new Int32Array(tabled * width);
  const isEnd = Uint8Array.from(own, (ends) => (ends.length > 0 ? 1 : 0));
  for (let node = 0; node < tabled; node++)
    for (let child = firstChild[node]!; child !== 0; child = sibling[child]!)
      next[node * width + letter[child]!] = child;
  const prefixes: string[][] = []; // by their first symbol
  for (const prefix of new Set(entries.flatMap((entry) => [...entry.prefixes])))
    (prefixes[symbolOf(prefix.charCodeAt(0))] ??= []).push(prefix);

  let starts = new Int32Array(1024); // offset of each symbol
  let marks = new Uint8Array(1024);
  let texts = new Uint8Array(1024); // the symbols
  return (folded, source = '', index = 0) => {
    if (folded.length > starts.length) {
      starts = new Int32Array(folded.length * 2);
      marks = new Uint8Array(folded.length * 2);
      texts = new Uint8Array(folded.length * 2);
    }
    let count = 0;
    let mark = AT_WORD;
    for (let i = 0; i < folded.length; i++) {
      const symbol = symbolAt(folded, i, abbreviations);
      if (symbol === GAP) mark = Math.max(mark, AT_WORD);
      else if (symbol === BREAK) mark = AFTER_BREAK;
      else {
        starts[count] = i;
        texts[count] = symbol;
        marks[count++] = mark;
        mark = INSIDE;
      }
    }
    let found: Hit<Concept>[] | null = null;
    for (let first = 0; first < count; first++) {
      if (marks[first] === INSIDE) continue;
      found = walk(folded, first, count, '', found);
      const before = prefixes[texts[first]!];
      if (before === undefined) continue;
      for (const prefix of before) {
        const inside = first + prefix.length;
        if (inside < count && marks[inside] === INSIDE && folded.startsWith(prefix, starts[first]))
          found = walk(folded, inside, count, prefix, found);
      }
    }
    return found === null ? NONE : settle(found, count, source, index);
  };

  /** Adds the phrases that begin at a symbol, after the prefix of their word that stands before it. */
  function walk(
    folded: string,
    first: number,
    count: number,
    prefix: string,
    found: Hit<Concept>[] | null,
  ): Hit<Concept>[] | null {
    let node = 0;
    for (let at = first; at < count; at++) {
      if (at > first && marks[at] === AFTER_BREAK) break;
      const symbol = texts[at]!;
      // letters of other scripts, and those that only a later lexicon knows, are in none of these phrases
      if (symbol >= width) break;
      if (node < tabled) node = next[node * width + symbol]!;
      else {
        node = firstChild[node]!;
        while (node !== 0 && letter[node] !== symbol) node = sibling[node]!;
      }
      if (node === 0) break;
      if (isEnd[node] === 0) continue;
      const ends = own[node]!;
      for (let i = 0; i < ends.length; i++) {
        const entry = entries[ends[i]!]!;
        if (prefix !== '' && !entry.prefixes.has(prefix)) continue;
        const ending = endingOf(folded, starts[at]! + 1, entry);
        if (ending >= 0) (found ??= []).push({ entry, first, last: at, wordEnd: at + ending });
      }
    }
    return found;
  }

  function settle(found: Hit<Concept>[], count: number, source: string, index: number): readonly Match<Concept>[] {
    const bans = found.some(({ entry }) => entry.strength === 'never')
      ? found.filter(({ entry }) => entry.strength === 'never')
      : NONE;
    const kept: Match<Concept>[] = [];
    for (const { entry, first, last, wordEnd } of found) {
      if (entry.strength === 'never') continue;
      const whole = first === 0 && wordEnd === count - 1;
      if (entry.strength === 'whole' && !whole) continue;
      if (bans.some((ban) => ban.entry.concept === entry.concept && ban.first <= first && ban.last >= last)) continue;
      kept.push({
        concept: entry.concept,
        strength: entry.strength,
        language: entry.language,
        phrase: entry.phrase,
        start: starts[first]!,
        end: starts[last]! + 1,
        whole,
        source,
        index,
      });
    }
    return kept.length < 2 ? kept : kept.sort((a, b) => a.start - b.start || b.end - a.end);
  }

  /** Letters of an allowed ending that follow the phrase in its word, 0 at the word's end, -1 inside another word. */
  function endingOf(folded: string, end: number, entry: Entry<Concept>): number {
    if (end >= folded.length || symbolOf(folded.charCodeAt(end)) < 2) return 0;
    if (entry.suffixes.size === 0) return -1;
    let to = end;
    while (to < folded.length && symbolOf(folded.charCodeAt(to)) >= 2) to++;
    return entry.suffixes.has(folded.slice(end, to)) ? to - end : -1;
  }
}

interface Letters {
  /** Phrases that end at each node. */
  readonly own: readonly (readonly number[])[];
  readonly depths: readonly number[];
  /** 0 for none: the root is nobody's child. */
  readonly firstChild: Int32Array;
  readonly sibling: Int32Array;
  readonly letter: Uint8Array;
}

/** The tree of some words, its nodes level by level. */
function treeOf(words: readonly (readonly number[])[]): Letters {
  const own: number[][] = [[]];
  const depths = [0];
  const letters: number[] = [0];
  const parents: number[] = [0];
  let level = words.map((_, word) => ({ word, node: 0 }));
  for (let depth = 0; level.length > 0; depth++) {
    const known = new Map<number, number>(); // node and symbol → node
    const deeper: typeof level = [];
    for (const { word, node } of level) {
      const symbol = words[word]![depth]!;
      let child = known.get(node * 256 + symbol);
      if (child === undefined) {
        child = own.push([]) - 1;
        depths.push(depth + 1);
        letters.push(symbol);
        parents.push(node);
        known.set(node * 256 + symbol, child);
      }
      if (words[word]!.length === depth + 1) own[child]!.push(word);
      else deeper.push({ word, node: child });
    }
    level = deeper;
  }
  const firstChild = new Int32Array(own.length);
  const sibling = new Int32Array(own.length);
  for (let node = own.length - 1; node > 0; node--) {
    sibling[node] = firstChild[parents[node]!]!;
    firstChild[parents[node]!] = node;
  }
  return { own, depths, firstChild, sibling, letter: Uint8Array.from(letters) };
}

const NONE: readonly never[] = [];
