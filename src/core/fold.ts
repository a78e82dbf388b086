/**
 * Folding: the one form of text in which everything is compared (catalogue, section 2.1).
 *
 * Lower case, compatibility forms unified, Arabic letters written the Persian way, vowel marks, tatweel and soft
 * hyphens dropped, half-spaces turned into spaces, all digits Latin, Latin accents removed, blanks collapsed.
 * Evidence never shows folded text: it quotes the original.
 */

const DROP = 0;
const SPACE = 32;

/** Letters whose compatibility decomposition does not say what a Persian reader takes them for. */
const LETTERS: Record<string, string> = {
  ي: 'ی', ى: 'ی', ئ: 'ی', ې: 'ی', ك: 'ک', ڪ: 'ک', ة: 'ه', ۀ: 'ه', ە: 'ه', ھ: 'ه', ہ: 'ه', أ: 'ا', إ: 'ا', آ: 'ا', ٱ: 'ا', ؤ: 'و',
  '٬': ',', '٫': '.', '،': ',', '؛': ';', '؟': '?', '٪': '%', '«': '"', '»': '"', '“': '"', '”': '"', '’': "'", '‘': "'", 'ʼ': "'",
  ı: 'i', ß: 's', ø: 'o', æ: 'e', œ: 'e', đ: 'd', ł: 'l',
}; // prettier-ignore

/** Half-spaces, joiners and direction marks stand where a space may be written or left out. */
const isJoiner = (code: number): boolean =>
  (code >= 0x200b && code <= 0x200f) ||
  (code >= 0x202a && code <= 0x202e) ||
  (code >= 0x2060 && code <= 0x2069) ||
  code === 0xfeff;

const isMark = (code: number): boolean =>
  code === 0x640 || code === 0xad || (code >= 0x300 && code <= 0x36f) || (code >= 0x610 && code <= 0x61a) ||
  (code >= 0x64b && code <= 0x65f) || code === 0x670 || code === 0x621 || (code >= 0x6d6 && code <= 0x6ed); // prettier-ignore

const isDash = (code: number): boolean =>
  (code >= 0x2010 && code <= 0x2015) || code === 0x2212 || code === 0xfe58 || code === 0xff0d;

function foldUnit(char: string): string {
  const code = char.charCodeAt(0);
  if (code < 33 || code === 0x7f) return ' ';
  if (isMark(code)) return '';
  if (isJoiner(code)) return ' ';
  if (isDash(code)) return '-';
  const known = LETTERS[char];
  if (known !== undefined) return known;
  if (code >= 0x6f0 && code <= 0x6f9) return String(code - 0x6f0);
  if (code >= 0x660 && code <= 0x669) return String(code - 0x660);
  if (code < 127) return char.toLowerCase();
  const plain = char.normalize('NFKD').toLowerCase();
  let out = '';
  for (const part of plain) {
    const partCode = part.charCodeAt(0);
    if (isMark(partCode)) continue;
    if (part === char) out += part;
    else if (/\s/.test(part)) out += ' ';
    else out += foldUnit(part);
  }
  return out;
}

/** One entry a UTF-16 unit: the folded unit, DROP, or an index past 0xffff into `LONG` for forms of several letters. */
const TABLE = new Int32Array(0x10000).fill(-1);
const LONG: string[] = [];

/** The entry of a unit, made when the unit is first met: a text uses few of the 65,536. */
function entryOf(code: number): number {
  const known = TABLE[code]!;
  if (known >= 0) return known;
  const char = String.fromCharCode(code);
  const folded = code >= 0xd800 && code <= 0xdfff ? char : /\s/.test(char) ? ' ' : foldUnit(char);
  const entry = folded.length === 0 ? DROP : folded.length === 1 ? folded.charCodeAt(0) : 0xffff + LONG.push(folded);
  TABLE[code] = entry;
  return entry;
}

const buffer: number[] = [];

/** The folded form of a text. Pure; idempotent; never longer than a few times its input. */
export function fold(text: string): string {
  const length = text.length;
  const own = foldedLength(text);
  if (own === length) return text;
  let out = text.slice(0, own);
  let size = 0;
  let last = own === 0 ? SPACE : text.charCodeAt(own - 1);
  for (let i = own; i < length; i++) {
    const code = text.charCodeAt(i);
    const unit = TABLE[code]! >= 0 ? TABLE[code]! : entryOf(code);
    if (unit === DROP) continue;
    if (unit === SPACE) {
      if (last === SPACE) continue;
      buffer[size++] = SPACE;
      last = SPACE;
    } else if (unit <= 0xffff) {
      buffer[size++] = unit;
      last = unit;
    } else {
      const long = LONG[unit - 0x10000]!;
      for (let k = 0; k < long.length; k++) {
        const next = long.charCodeAt(k);
        if (next === SPACE && last === SPACE) continue;
        buffer[size++] = next;
        last = next;
      }
    }
    if (size > 4096) {
      out += String.fromCharCode(...buffer.slice(0, size));
      size = 0;
    }
  }
  if (size > 0) out += String.fromCharCode(...buffer.slice(0, size));
  return last === SPACE && out.length > 0 ? out.slice(0, -1) : out;
}

/** Units from the beginning that folding leaves as they are. Many texts are folded as they stand, and need not be written anew. */
function foldedLength(text: string): number {
  let last = SPACE;
  let i = 0;
  for (; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (TABLE[code] !== code && entryOf(code) !== code) return i;
    if (code === SPACE && last === SPACE) return i;
    last = code;
  }
  // a blank at the end is left out
  return last === SPACE ? Math.max(0, i - 1) : i;
}

/** For each unit of `fold(text)` the offset in `text` it comes from; used to quote the original around a match. */
export function foldOffsets(text: string): readonly number[] {
  const offsets: number[] = [];
  let last = SPACE;
  for (let i = 0; i < text.length; i++) {
    const unit = entryOf(text.charCodeAt(i));
    if (unit === DROP) continue;
    const long = unit <= 0xffff ? null : LONG[unit - 0x10000]!;
    for (let k = 0; k < (long?.length ?? 1); k++) {
      const next = long ? long.charCodeAt(k) : unit;
      if (next === SPACE && last === SPACE) continue;
      offsets.push(i);
      last = next;
    }
  }
  return offsets;
}
