/** How alike two titles of services are (catalogue, section 2.6). */
import { fold } from './fold.ts';

/** Words that say nothing about which service it is. */
const EMPTY_WORDS = new Set([
  'خدمت',
  'خدمات',
  'درخواست',
  'سامانه',
  'انواع',
  'و',
  'در',
  'از',
  'به',
  'برای',
  'های',
  'ها',
  'ارایه',
  'the',
  'of',
  'for',
  'and',
  'a',
  'to',
  'service',
  'di',
  'del',
  'della',
  'il',
  'la',
  'per',
  'e',
  'servizio',
]);
/** Acts that tell services apart: issuing, renewing and cancelling one licence are three services. */
const ACTS = new Set(['صدور', 'تمدید', 'ابطال', 'اصلاح', 'لغو', 'تعویض', 'المثنی', 'new', 'renewal', 'renew', 'cancel', 'cancellation', 'issue', 'rinnovo', 'rilascio', 'revoca']); // prettier-ignore

/** Letters in groups of three, counted, with the length of that vector. */
interface Grams {
  readonly counts: ReadonlyMap<string, number>;
  readonly norm: number;
}

/** A title prepared for many comparisons. */
export class Title {
  /** Its words, one blank between them. */
  readonly folded: string;
  /** A half-space may be written as a space or left out: the letters alone. */
  readonly letters: string;
  readonly words: ReadonlySet<string>;
  readonly acts: ReadonlySet<string>;
  /** The same name in another language. */
  readonly also: Title | null;
  private known: Grams | null = null;

  constructor(all: readonly string[], also: Title | null) {
    this.folded = all.join(' ');
    this.letters = all.join('');
    this.words = new Set(all.filter((word) => !EMPTY_WORDS.has(word)));
    this.acts = new Set(all.filter((word) => ACTS.has(word)));
    this.also = also;
  }

  /** Counted when first asked for: many titles are only looked up. */
  get grams(): Grams {
    return (this.known ??= gramsOf(` ${[...this.words].join('')} `));
  }
}

function gramsOf(joined: string): Grams {
  const counts = new Map<string, number>();
  for (let i = 0; i + 3 <= joined.length; i++) {
    const gram = joined.slice(i, i + 3);
    counts.set(gram, (counts.get(gram) ?? 0) + 1);
  }
  let sum = 0;
  for (const count of counts.values()) sum += count * count;
  return { counts, norm: Math.sqrt(sum) };
}

/** Words of a folded line, as titles have them. */
function wordsOf(folded: string): string[] {
  const words: string[] = [];
  for (let from = wordFrom(folded, 0); from < folded.length;) {
    const to = wordTo(folded, from);
    words.push(folded.slice(from, to));
    from = wordFrom(folded, to);
  }
  return words;
}

/** Where the next word begins, the line's length when there is none. */
function wordFrom(folded: string, at: number): number {
  while (at < folded.length && !isLetterOrDigit(folded, at)) at++;
  return at;
}

function wordTo(folded: string, at: number): number {
  while (at < folded.length && isLetterOrDigit(folded, at)) at++;
  return at;
}

/** Things by the words that name them, for looking them up in lines of which nearly none has such a word. */
export class WordIndex<Thing> {
  private readonly things = new Map<string, Thing[]>();
  /** First letter and length of each word: those of a line that have neither are not even cut out of it. */
  private readonly shapes = new Set<number>();

  add(word: string, thing: Thing): void {
    const known = this.things.get(word);
    if (known) known.push(thing);
    else this.things.set(word, [thing]);
    this.shapes.add(shapeOf(word, 0, word.length));
  }

  /** Everything that a word of the folded line names; null when there is nothing. */
  namedIn(folded: string): Set<Thing> | null {
    let found: Set<Thing> | null = null;
    for (let from = wordFrom(folded, 0); from < folded.length;) {
      const to = wordTo(folded, from);
      const named = this.shapes.has(shapeOf(folded, from, to)) ? this.things.get(folded.slice(from, to)) : undefined;
      if (named) for (const thing of named) (found ??= new Set()).add(thing);
      from = wordFrom(folded, to);
    }
    return found;
  }
}

const shapeOf = (text: string, from: number, to: number): number => (to - from) * 0x10000 + text.charCodeAt(from);

const UNKNOWN = 2;
/** For each UTF-16 unit whether it is a letter or a digit, found when the unit is first met; never for halves of a letter. */
const LETTERS = new Uint8Array(0x10000).fill(UNKNOWN);

function isLetterOrDigit(text: string, at: number): boolean {
  const known = LETTERS[text.charCodeAt(at)]!;
  return known === UNKNOWN ? isNewLetterOrDigit(text, at) : known === 1;
}

function isNewLetterOrDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  // a letter of two units is one only as a whole
  if (code >= 0xd800 && code <= 0xdfff) {
    const whole = text.codePointAt(code < 0xdc00 ? at : at - 1) ?? code;
    return whole > 0xffff && LETTER.test(String.fromCodePoint(whole));
  }
  LETTERS[code] = LETTER.test(String.fromCharCode(code)) ? 1 : 0;
  return LETTERS[code] === 1;
}

const LETTER = /^[\p{L}\p{N}]/u;

/** Prepares a title once, for many comparisons. */
export const titleOf = (text: string): Title => new Title(wordsOfTitle(text), null);

/** A service's title in the languages of the registry: portals use either. */
export function titleOfService({ fa, en }: { readonly fa: string; readonly en: string }): Title {
  return new Title(wordsOfTitle(fa || en), fa && en ? titleOf(en) : null);
}

/** A code and what it is called are no part of a title. */
const CODE = /(?:(?:شناسه|کد)(?: (?:زیر ?)?خدمت)?\s*:?\s*)?(?<!\d)\d{8,11}(?!\d)/g;

function wordsOfTitle(text: string): string[] {
  const folded = fold(text);
  return wordsOf(/\d{8}/.test(folded) ? folded.replace(CODE, ' ') : folded);
}

const spellings = (title: Title): readonly Title[] => (title.also ? [title, title.also] : [title]);

/** Words of a title in every language it is known in. */
export const allWords = (title: Title): ReadonlySet<string> =>
  new Set(spellings(title).flatMap(({ words }) => [...words]));

/** 0…1: how much of a title the words hold, in the language in which they hold most of it. */
export function heldShare(title: Title, words: ReadonlySet<string>, least = 1): number {
  return Math.max(
    ...spellings(title).map((own) =>
      own.words.size < least ? 0 : [...own.words].filter((word) => words.has(word)).length / own.words.size,
    ),
  );
}

/** Cheap to ask before preparing a title of a line: lines without a common word are never alike. */
export const mayBeLike = (title: Title, folded: string): boolean =>
  spellings(title).some(({ words }) => {
    for (const word of words) if (hasWord(folded, word)) return true;
    return false;
  });

function hasWord(folded: string, word: string): boolean {
  for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + 1)) {
    const end = at + word.length;
    if ((at === 0 || !isLetterOrDigit(folded, at - 1)) && (end === folded.length || !isLetterOrDigit(folded, end)))
      return true;
  }
  return false;
}

/** 0…1: the better of shared words and shared letter groups; titles with different acts are never equal. */
export function similarity(a: Title, b: Title): number {
  if (!a.also && !b.also) return likeness(a, b);
  return Math.max(...spellings(a).flatMap((own) => spellings(b).map((other) => likeness(own, other))));
}

function likeness(a: Title, b: Title): number {
  if (a.letters !== '' && a.letters === b.letters) return 1;
  if (a.words.size === 0 || b.words.size === 0) return 0;
  let shared = 0;
  for (const word of a.words) if (b.words.has(word)) shared++;
  const jaccard = shared / (a.words.size + b.words.size - shared);
  // the cosine of a title with itself may be rounded past 1
  const score = Math.min(1, Math.max(jaccard, cosine(a.grams, b.grams)));
  return sameActs(a, b) ? score : Math.min(score, 0.8);
}

function cosine(a: Grams, b: Grams): number {
  if (a.norm === 0 || b.norm === 0) return 0;
  let dot = 0;
  for (const [gram, count] of a.counts) dot += count * (b.counts.get(gram) ?? 0);
  return dot / (a.norm * b.norm);
}

function sameActs(a: Title, b: Title): boolean {
  if (a.acts.size === 0 && b.acts.size === 0) return true;
  for (const act of a.acts) if (b.acts.has(act)) return true;
  return a.acts.size === 0 || b.acts.size === 0;
}
