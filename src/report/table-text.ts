/** Cells of tables on a terminal: how wide they are, and what numbers and names look like in them. */
import type { Text } from '../core/model.ts';
import type { StageScore } from '../core/score.ts';
import { plainText } from './markup.ts';
import type { Voice } from './voice.ts';

/** Between two columns. */
export const GAP = '  ';
/** Kept for the name of an organization even in a narrow window; other columns give way first. */
export const MIN_NAME = 16;
/**
 * A mark of left-to-right before each column: terminals that reorder Persian text themselves then do so within a
 * column, and the columns stay where those that do not reorder have them.
 */
export const LRM = '\u200e';

/** Keeps a name of another script from moving its neighbours in a right-to-left line. */
export const isolate = (text: string): string => `\u2068${text}\u2069`;

export const mark = ({ lang }: Voice): string => (lang === 'fa' ? LRM : '');

/** A score, or its bounds while it is withheld; a dash for what is not measured. */
export function scoreText(voice: Voice, score: StageScore | null): string {
  if (score === null || score.measured === 0) return '–';
  return score.score === null ? rangeText(voice, score.low, score.high) : voice.points(score.score);
}

/** A range is rounded outwards: it must not claim more than is known. */
export const rangeText = ({ count }: Voice, low: number, high: number): string =>
  `${count(Math.floor(low + 1e-9))}–${count(Math.ceil(high - 1e-9))}`;

/** Latin letters where the table speaks English: the English name, else the id. */
export function nameOf({ lang }: Voice, { id, names }: { readonly id: string; readonly names: Text }): string {
  return oneLine(lang === 'fa' ? names.fa.trim() || names.en.trim() || id : names.en.trim() || id);
}

export const oneLine = (text: string): string => plainText(text).replace(/\s+/g, ' ').trim();

export const pad = (text: string, width: number): string => ' '.repeat(Math.max(0, width - cellWidth(text))) + text;

export function clipTo(text: string, width: number): string {
  if (cellWidth(text) <= width) return text;
  let out = '';
  let used = 0;
  for (const char of text) {
    const own = cellWidth(char);
    if (used + own > width - 1) break;
    out += char;
    used += own;
  }
  return `${out.trimEnd()}…`;
}

/**
 * Columns that a terminal needs for a text: marks and joiners take none, East Asian wide characters two. Persian
 * letters take one each, joined or not.
 */
export function cellWidth(text: string): number {
  let width = 0;
  for (const char of text) {
    if (/[\p{Mn}\p{Me}\p{Cf}\p{Cc}]/u.test(char)) continue;
    width += WIDE.test(char) ? 2 : 1;
  }
  return width;
}

const WIDE = /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u; // prettier-ignore
