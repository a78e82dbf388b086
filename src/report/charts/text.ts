/**
 * How wide a text will be, and where it is broken. A drawing has no layout of its own, so the places of its texts are
 * computed before a font is there: from the advance widths of Vazirmatn, the font that the report ships.
 */
import { plainText } from '../markup.ts';

/**
 * Widths in hundredths of an em. An Arabic letter is narrow where it joins the next one and wide where it does not; of
 * its forms in either place the wider one counts, so that a text is rather narrower than what is said here.
 */
const JOINING: readonly (readonly [letters: string, last: number, joined: number])[] = [
  ['بپتث', 93, 36], ['جچحخ', 69, 69], ['سش', 124, 85], ['صض', 127, 86], ['طظ', 77, 68], ['عغ', 62, 58], ['ف', 93, 50],
  ['ق', 70, 50], ['کگك', 95, 52], ['ل', 67, 32], ['م', 64, 58], ['ن', 73, 34], ['ه', 52, 70], ['یيئى', 71, 37], ['ـ', 28, 28],
]; // prettier-ignore
const OTHERS: readonly (readonly [characters: string, width: number])[] = [
  ['دذ', 54], ['رزژ', 39], ['وؤ', 45], ['اآأإ', 27], ['ة', 52], ['ء', 41],
  ['۱', 29], ['۰', 43], ['۶۹', 50], ['۲', 53], ['۴۵۷۸', 59], ['۳٠١٢٣٤٥٦٧٨٩', 66], ['٫', 43],
  ["ijl|,;'’‘", 25], [' \u00a0!.:I[]،؛·٬۔', 28], ['ftr(){}"`•“”', 36], ['/\\*^_؟', 44], ['cksvxyz?-−<>٪«»', 52],
  ['abdeghnopquLFJE$+=×†0123456789', 57], ['ABCDKPRSTUVXYZ#&–', 66], ['GHNOQ~…', 71], ['w%—', 79], ['MmW@', 90],
]; // prettier-ignore

interface Glyph {
  /** Width at the end of a word or before a letter that it does not join. */
  readonly last: number;
  readonly joined: number;
  /** Joins the letter before it. */
  readonly joinsBack: boolean;
}

/** Letters that join the one before them and not the next; those of JOINING do both. */
const JOINS_BACK = 'ادذرزژوؤآأإة';
const ZERO_WIDTH_JOINER = '\u200d';
const ZERO_WIDTH_NON_JOINER = '\u200c';

const GLYPHS: ReadonlyMap<string, Glyph> = new Map([
  ...JOINING.flatMap(([letters, last, joined]) => [...letters].map((letter) => [letter, { last, joined, joinsBack: true }] as const)),
  ...OTHERS.flatMap(([letters, width]) => [...letters].map((letter) => [letter, { last: width, joined: width, joinsBack: JOINS_BACK.includes(letter) }] as const)),
  [ZERO_WIDTH_JOINER, { last: 0, joined: 0, joinsBack: true }],
  [ZERO_WIDTH_NON_JOINER, { last: 0, joined: 0, joinsBack: false }],
]); // prettier-ignore

/** Marks and signs of direction; letters join across them. */
const WITHOUT_WIDTH = /[\p{M}\p{Cf}]/u;
/** Bold type is wider by less than this. */
const BOLD = 1.04;

/** Estimated width, in the units of `size`. */
export function textWidth(text: string, size: number, bold = false): number {
  let sum = 0;
  let before: Glyph | null = null;
  for (const character of text) {
    const glyph = GLYPHS.get(character) ?? strange(character);
    if (glyph === null) continue;
    if (before) sum += glyph.joinsBack ? before.joined : before.last;
    before = glyph;
  }
  return ((sum + (before?.last ?? 0)) / 100) * size * (bold ? BOLD : 1);
}

/** Letters with accents are as wide as without; other scripts come from another font, of which only the usual is known. */
function strange(character: string): Glyph | null {
  if (WITHOUT_WIDTH.test(character)) return null;
  const base = GLYPHS.get(character.normalize('NFD')[0]!);
  if (base) return base;
  const width = character.codePointAt(0)! < 0x0600 ? 75 : 110;
  return { last: width, joined: width, joinsBack: false };
}

export interface WrapOptions {
  readonly size: number;
  /** Room for a line, in the same units. */
  readonly width: number;
  /** At most so many lines; what is beyond them is cut, with an ellipsis. */
  readonly lines: number;
  readonly bold?: boolean;
}

export interface Wrapped {
  readonly lines: readonly string[];
  /** Of the widest line. */
  readonly width: number;
  /** Something is left out. */
  readonly isCut: boolean;
  /** A word was too wide for a line, so that it is broken or left out in part. */
  readonly isBroken: boolean;
}

/** Characters that are looked at; no drawing has room for more. */
const LONGEST = 250;

/** Breaks a text at its spaces, and within words only where one alone is too wide. A text without words gives no line. */
export function wrap(text: string, { size, width, lines: most, bold = false }: WrapOptions): Wrapped {
  const fits = (line: string): boolean => textWidth(line, size, bold) <= width;
  const words = [...oneLine(text)].slice(0, LONGEST).join('').split(' ').filter(Boolean);
  const lines: string[] = [];
  let [isBroken, isCut] = [false, false];
  while (words.length > 0) {
    const rest = words.join(' ');
    if (lines.length === most - 1 && !fits(rest)) {
      isCut = true;
      const start = prefix(rest, (head) => fits(`${head.trimEnd()}…`));
      lines.push(`${start.replace(/[\s\u200c،,.]+$/u, '')}…`);
      break;
    }
    let line = words.shift()!;
    if (!fits(line)) {
      isBroken = true;
      const head = prefix(line, fits);
      words.unshift(...[line.slice(head.length)].filter(Boolean));
      line = head;
    } else {
      while (words.length > 0 && fits(`${line} ${words[0]}`)) line += ` ${words.shift()}`;
    }
    lines.push(line);
  }
  return { lines, width: Math.max(0, ...lines.map((line) => textWidth(line, size, bold))), isCut, isBroken };
}

/** Spaces of all kinds are one; those that must not break a line stay. */
export const oneLine = (text: string): string =>
  plainText(text)
    .replace(/[^\S\u00a0]+/gu, ' ')
    .trim();

/** A letter with its marks: between them nothing is cut, and never in the middle of a pair of code units. */
const CLUSTER = /[\s\S][\p{M}\p{Cf}]*/gu;

/**
 * The longest beginning that is accepted, where what is longer than one that is refused is refused as well. At least
 * one letter, so that breaking a word comes to an end.
 */
function prefix(text: string, accept: (start: string) => boolean): string {
  const ends = Array.from(text.matchAll(CLUSTER), (match) => match.index + match[0].length);
  let [longest, refused] = [0, ends.length];
  while (longest + 1 < refused) {
    const middle = (longest + refused) >> 1;
    if (accept(text.slice(0, ends[middle]))) longest = middle;
    else refused = middle;
  }
  return text.slice(0, ends[longest]);
}
