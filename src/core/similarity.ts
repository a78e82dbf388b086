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

export interface Title {
  readonly folded: string;
  readonly words: ReadonlySet<string>;
  readonly acts: ReadonlySet<string>;
  readonly grams: ReadonlyMap<string, number>;
  readonly norm: number;
  /** The same name in another language. */
  readonly also: Title | null;
}

/** Words of a folded line, as titles have them. */
export function wordsOf(folded: string): string[] {
  const words: string[] = [];
  let from = -1;
  for (let i = 0; i <= folded.length; i++) {
    const isLetter = i < folded.length && isLetterOrDigit(folded, i);
    if (isLetter && from < 0) from = i;
    else if (!isLetter && from >= 0) {
      words.push(folded.slice(from, i));
      from = -1;
    }
  }
  return words;
}

const UNKNOWN = 2;
/** For each UTF-16 unit whether it is a letter or a digit, found when the unit is first met. */
const LETTERS = new Uint8Array(0x10000).fill(UNKNOWN);

function isLetterOrDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  // a letter of two units is one only as a whole
  if (code >= 0xd800 && code <= 0xdfff)
    return LETTER.test(String.fromCodePoint(text.codePointAt(code < 0xdc00 ? at : at - 1) ?? code));
  if (LETTERS[code] === UNKNOWN) LETTERS[code] = LETTER.test(String.fromCharCode(code)) ? 1 : 0;
  return LETTERS[code] === 1;
}

const LETTER = /^[\p{L}\p{N}]/u;

/** Prepares a title once, for many comparisons. */
export function titleOf(text: string): Title {
  const folded = fold(text)
    .replace(/(?:(?:شناسه|کد)(?: (?:زیر ?)?خدمت)?\s*:?\s*)?(?<!\d)\d{8,11}(?!\d)/g, ' ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  const all = folded.split(' ').filter(Boolean);
  const words = new Set(all.filter((word) => !EMPTY_WORDS.has(word)));
  // a half-space may be a space or nothing: the letters alone are compared
  const joined = ` ${[...words].join('')} `;
  const grams = new Map<string, number>();
  for (let i = 0; i + 3 <= joined.length; i++) {
    const gram = joined.slice(i, i + 3);
    grams.set(gram, (grams.get(gram) ?? 0) + 1);
  }
  let sum = 0;
  for (const count of grams.values()) sum += count * count;
  return {
    folded,
    words,
    acts: new Set(all.filter((word) => ACTS.has(word))),
    grams,
    norm: Math.sqrt(sum),
    also: null,
  };
}

/** A service's title in the languages of the registry: portals use either. */
export function titleOfService({ fa, en }: { readonly fa: string; readonly en: string }): Title {
  return { ...titleOf(fa || en), also: fa && en ? titleOf(en) : null };
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
  spellings(title).some(({ words }) => wordsOf(folded).some((word) => words.has(word)));

/** 0…1: the better of shared words and shared letter groups; titles with different acts are never equal. */
export function similarity(a: Title, b: Title): number {
  if (!a.also && !b.also) return likeness(a, b);
  return Math.max(...spellings(a).flatMap((own) => spellings(b).map((other) => likeness(own, other))));
}

function likeness(a: Title, b: Title): number {
  // a half-space in a title may be written as a space or left out
  if (a.folded !== '' && a.folded.replaceAll(' ', '') === b.folded.replaceAll(' ', '')) return 1;
  if (a.words.size === 0 || b.words.size === 0) return 0;
  let shared = 0;
  for (const word of a.words) if (b.words.has(word)) shared++;
  const jaccard = shared / (a.words.size + b.words.size - shared);
  let dot = 0;
  for (const [gram, count] of a.grams) dot += count * (b.grams.get(gram) ?? 0);
  const cosine = a.norm === 0 || b.norm === 0 ? 0 : dot / (a.norm * b.norm);
  // the cosine of a title with itself may be rounded past 1
  const score = Math.min(1, Math.max(jaccard, cosine));
  return sameActs(a, b) ? score : Math.min(score, 0.8);
}

function sameActs(a: Title, b: Title): boolean {
  if (a.acts.size === 0 && b.acts.size === 0) return true;
  for (const act of a.acts) if (b.acts.has(act)) return true;
  return a.acts.size === 0 || b.acts.size === 0;
}
