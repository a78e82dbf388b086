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

/** A full stop inside a word ("gov.uk", "d.lgs") is a gap; elsewhere it ends a sentence. */
function symbolAt(folded: string, i: number): number {
  const code = folded.charCodeAt(i);
  if (code === DOT) return i + 1 < folded.length && symbolOf(folded.charCodeAt(i + 1)) >= 2 ? GAP : BREAK;
  return symbolOf(code);
}

/** Compiles the phrases of several languages. Throws on a phrase without letters, or with a sign that ends every match. */
export function compileLexicon<Concept extends string>(
  concepts: readonly Concept[],
  languages: readonly Language<Concept>[],
): Matcher<Concept> {
  const entries: Entry<Concept>[] = [];
  const words: number[][] = [];
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
            const symbol = symbolAt(folded, i);
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
  return { concepts, find: automaton(entries, words) };
}

function automaton<Concept extends string>(entries: Entry<Concept>[], words: number[][]): Matcher<Concept>['find'] {
  // rows as narrow as the alphabet: the table is walked for every letter of every page and has to stay in the processor's cache
  const width = symbols;
  const edges = new Map<number, number>(); // state and symbol → state, one map for all: a map for each state is slow to make
  const own: number[][] = [[]];
  words.forEach((symbols, index) => {
    let state = 0;
    for (const symbol of symbols) {
      const edge = state * 256 + symbol;
      let to = edges.get(edge);
      if (to === undefined) {
        to = own.push([]) - 1;
        edges.set(edge, to);
      }
      state = to;
    }
    own[state]!.push(index);
  });
  const states = own.length;
  const firstChild = new Int32Array(states);
  const sibling = new Int32Array(states);
  const letter = new Uint8Array(states);
  for (const [edge, child] of edges) {
    const parent = edge >> 8;
    letter[child] = edge & 255;
    sibling[child] = firstChild[parent]!;
    firstChild[parent] = child;
  }
  // Aho–Corasick, completed to a table: one look-up a letter
  const next = states <= 0xffff ? new Uint16Array(states * width) : new Int32Array(states * width);
  const fail = new Int32Array(states);
  const outputs: (readonly number[])[] = own.slice();
  const queue: number[] = [0];
  for (let head = 0; head < queue.length; head++) {
    const state = queue[head]!;
    const back = fail[state]!;
    if (state !== 0) {
      if (outputs[back]!.length > 0) outputs[state] = [...own[state]!, ...outputs[back]!];
      next.copyWithin(state * width, back * width, (back + 1) * width);
    }
    for (let child = firstChild[state]!; child !== 0; child = sibling[child]!) {
      if (state !== 0) fail[child] = next[back * width + letter[child]!]!;
      next[state * width + letter[child]!] = child;
      queue.push(child);
    }
  }
  const hasOutput = Uint8Array.from(outputs, (list) => (list.length > 0 ? 1 : 0));

  let starts = new Int32Array(1024); // offset of each symbol
  let boundary = new Uint8Array(1024); // does a word begin at this symbol?
  return (folded, source = '', index = 0) => {
    if (folded.length > starts.length) {
      starts = new Int32Array(folded.length * 2);
      boundary = new Uint8Array(folded.length * 2);
    }
    let found: Hit<Concept>[] | null = null;
    let state = 0;
    let count = 0;
    let atBoundary = 1;
    for (let i = 0; i < folded.length; i++) {
      const symbol = symbolAt(folded, i);
      if (symbol === GAP) {
        atBoundary = 1;
        continue;
      }
      if (symbol === BREAK) {
        state = 0;
        atBoundary = 1;
        continue;
      }
      starts[count] = i;
      boundary[count] = atBoundary;
      atBoundary = 0;
      // letters of other scripts, and those that only a later lexicon knows, are in none of these phrases
      state = symbol < width ? next[state * width + symbol]! : 0;
      if (hasOutput[state] === 1) {
        for (const index of outputs[state]!) {
          const entry = entries[index]!;
          const first = count - entry.length + 1;
          if (!beginsWord(folded, first, entry)) continue;
          const ending = endingOf(folded, i + 1, entry);
          if (ending >= 0) (found ??= []).push({ entry, first, last: count, wordEnd: count + ending });
        }
      }
      count++;
    }
    return found === null ? NONE : settle(found, count, source, index);
  };

  function beginsWord(folded: string, first: number, entry: Entry<Concept>): boolean {
    if (boundary[first] === 1) return true;
    if (entry.prefixes.size === 0) return false;
    let from = first;
    while (from > 0 && boundary[from] === 0) from--;
    return entry.prefixes.has(folded.slice(starts[from], starts[first]));
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

const NONE: readonly never[] = [];
