/**
 * What all charts share: the sheet that they are drawn on, how numbers are cleaned and written, and the style sheet.
 * A chart is an SVG in the page: no script, nothing from elsewhere, colours by CSS.
 *
 * Places are counted in the direction of reading and turned around once, on the sheet: in Persian the first round is
 * at the right and bars grow to the left. Sizes of type stand in the drawing and not in the style sheet, because the
 * places of all texts depend on them.
 */
import { printed } from '../../core/score.ts';
import { markup, type Markup, type Part } from '../markup.ts';
import type { Voice } from '../voice.ts';
import { oneLine, textWidth, type Wrapped } from './text.ts';

export interface ChartHead {
  /** Begins every id of the drawing: no two charts of a page have the same. */
  readonly id: string;
  /** What is shown, in the voice's language: the name of the drawing for those who do not see it. */
  readonly title: string;
}

export interface Range {
  readonly low: number;
  readonly high: number;
}

/** The numbers of a chart as text, for a table beside it. */
export interface ChartTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

// ---------------------------------------------------------------- the sheet

export type Size = 'wide' | 'narrow';

/**
 * Units of a drawing. The narrow one is as wide as the text column of a phone of 360 px, where a unit is a pixel; the
 * wide one is shown from 46rem on, at 0.94 of its size and more. So no text is ever below 11 px there.
 */
const SIZES: Readonly<Record<Size, { readonly width: number; readonly font: number }>> = {
  wide: { width: 720, font: 12.5 },
  narrow: { width: 328, font: 12 },
};
/** Height of a line of text, in the size of its type: Persian has deep descenders. */
const LEADING = 1.4;
/** How far the baseline lies below the middle of the letters, in the size of the type. */
const BASELINE = 0.36;

export interface TextAt {
  /** In the direction of reading. */
  readonly x: number;
  /** Middle of the line's letters. */
  readonly y: number;
  readonly anchor?: 'start' | 'middle' | 'end';
  /** Size of type; else that of the sheet. */
  readonly size?: number;
  readonly tone?: 'ink' | 'soft' | 'bold';
  /** Follows the text in bold. */
  readonly tail?: string;
  /** Stands over lines of the drawing, which then stop before it. */
  readonly isPlated?: boolean;
}

export interface Sheet {
  readonly size: Size;
  /** Begins every id in this drawing. */
  readonly id: string;
  readonly width: number;
  readonly font: number;
  /** Height of a line of text. */
  readonly leading: number;
  /** The place in the drawing of one that is counted in the direction of reading. */
  x(at: number): number;
  text(content: string, at: TextAt): Markup;
  /** Lines below each other from `y`, the middle of the first; what was cut is told by a title. */
  lines(wrapped: Wrapped, whole: string, at: TextAt): Markup;
  rect(className: string, from: number, to: number, y: number, height: number): Markup;
  /** A straight line. */
  rule(className: string, from: Point, to: Point): Markup;
}
export type Point = readonly [x: number, y: number];

interface ChartOptions extends ChartHead {
  /** The same in a few sentences, with the numbers that matter. */
  readonly description: string;
  /** `both`: a wide and a narrow drawing, of which the page shows one; `small`: one that fits everywhere. */
  readonly sizes: 'both' | 'small';
}

/** Draws a chart in the sizes that it needs. */
export function chart(
  voice: Voice,
  { id, title, description, sizes }: ChartOptions,
  draw: (sheet: Sheet) => { readonly height: number; readonly body: Part },
): Markup {
  const own = id.replace(/[^A-Za-z0-9_-]+/g, '-');
  const drawing = (size: Size): Markup => {
    const sheet = sheetOf(voice, size, `${own}-${size}`);
    const { height, body } = draw(sheet);
    const [name, told] = [`${sheet.id}-title`, `${sheet.id}-desc`];
    return markup`<svg xmlns="http://www.w3.org/2000/svg"${sizes === 'both' && markup` class="at-${size}"`} viewBox="0 0 ${sheet.width} ${short(Math.ceil(height))}" font-size="${sheet.font}" role="img" aria-labelledby="${name} ${told}" lang="${voice.lang}"><title id="${name}">${oneLine(title)}</title><desc id="${told}">${oneLine(description)}</desc>${body}</svg>`;
  };
  return markup`<div class="chart${sizes === 'small' && ' small'}">${sizes === 'both' ? [drawing('wide'), drawing('narrow')] : drawing('narrow')}</div>`;
}

function sheetOf(voice: Voice, size: Size, id: string): Sheet {
  const { width, font } = SIZES[size];
  const isMirrored = voice.dir === 'rtl';
  const x = (at: number): number => (isMirrored ? width - at : at);
  const rect: Sheet['rect'] = (className, from, to, y, height) =>
    markup`<rect class="${className}" x="${short(Math.min(x(from), x(to)))}" y="${short(y)}" width="${short(Math.abs(to - from))}" height="${short(height)}"/>`;
  const text = (content: string, { x: at, y, anchor = 'start', size: own = font, tone = 'ink', tail, isPlated = false }: TextAt): Markup => {
    const side = isMirrored ? MIRRORED[anchor] : anchor;
    const wide = textWidth(content, own, tone === 'bold') + (tail === undefined ? 0 : textWidth(` ${tail}`, own, true));
    const from = at - wide * BEFORE[anchor];
    return markup`${isPlated && rect('c-plate', from - 2, from + wide + 2, y - own * 0.55, own * 1.15)}<text x="${short(x(at))}" y="${short(y + own * BASELINE)}"${side !== 'start' && markup` text-anchor="${side}"`}${own !== font && markup` font-size="${short(own)}"`}${tone !== 'ink' && markup` class="c-${tone}"`}>${directed(voice, content)}${tail !== undefined && markup` <tspan class="c-bold">${tail}</tspan>`}</text>`;
  }; // prettier-ignore
  return {
    size, id, width, font, x, text, rect,
    leading: font * LEADING,
    lines: ({ lines, isCut }, whole, at) => {
      const step = (at.size ?? font) * LEADING;
      const { tail: _, ...plain } = at;
      const drawn = lines.map((line, position) =>
        text(line, { ...(position === lines.length - 1 ? at : plain), y: at.y + position * step }),
      );
      return isCut ? markup`<g><title>${oneLine(whole)}</title>${drawn}</g>` : markup`${drawn}`;
    },
    rule: (className, from, to) =>
      markup`<path class="${className}" d="M${short(x(from[0]))} ${short(from[1])}L${short(x(to[0]))} ${short(to[1])}"/>`,
  }; // prettier-ignore
}

/** Share of a text that lies before its anchor. */
const BEFORE = { start: 0, middle: 0.5, end: 1 } as const;
const MIRRORED = { start: 'end', middle: 'middle', end: 'start' } as const;

/**
 * A Persian text that begins with a Latin word is still Persian; the mark says so to whoever sets the line. A name
 * without any Persian letter keeps its own direction.
 */
const directed = ({ dir }: Voice, text: string): string =>
  dir === 'rtl' && /(?=\p{L})\p{Script=Arabic}/u.test(text) ? `\u200f${text}` : text;

/** A number of the drawing. */
export const short = (value: number): string => String(Math.round(value * 100) / 100);

// ---------------------------------------------------------------- values

/** A number, or null for everything that is none: what is not known is a gap and never a place in the drawing. */
export const known = (value: number | null | undefined): number | null =>
  value !== null && value !== undefined && Number.isFinite(value) ? value : null;

/** The same for a score. */
export function knownScore(value: number | null | undefined): number | null {
  const number = known(value);
  return number === null ? null : Math.min(100, Math.max(0, number));
}

/** The ends of an interval of scores in their order; null where one is not known. */
export function knownRange(range: Range | null | undefined): Range | null {
  const [low, high] = [knownScore(range?.low), knownScore(range?.high)];
  return low === null || high === null ? null : { low: Math.min(low, high), high: Math.max(low, high) };
}

/** Points with their sign. Rounded half away from zero, so that the same way back prints the same number. */
export function signedPoints(voice: Voice, value: number): string {
  const sign = printed(Math.abs(value)) === '0.00' ? '' : value > 0 ? '+' : '−';
  // the mark keeps the sign before the number also in a line from right to left
  return `${sign !== '' && voice.dir === 'rtl' ? '\u200e' : ''}${sign}${voice.points(Math.abs(value))}`;
}

// ---------------------------------------------------------------- axis of scores

/** Room for the numbers beside an axis of scores. */
export const axisWidth = (voice: Voice, { font }: Sheet): number => Math.ceil(textWidth(voice.count(100), font)) + 8;

/** The first and the last of a series that are known. */
export function ends(values: readonly (number | null)[]): { readonly first: number; readonly last: number } | null {
  const first = values.findIndex((value) => value !== null);
  return first < 0 ? null : { first, last: values.findLastIndex((value) => value !== null) };
}

/** Where numbers of a column stand: their digits run from left to right in both directions, so units end at the right. */
export const numbersIn = ({ dir }: Voice, from: number, to: number): Pick<TextAt, 'x' | 'anchor'> =>
  dir === 'rtl' ? { x: from, anchor: 'start' } : { x: to, anchor: 'end' };

/** What a table prints where nothing is known. */
export const DASH = '–';

export const scoreText = (voice: Voice, value: number | null): string => (value === null ? DASH : voice.points(value));

/** Sentences of a description; empty ones are left out. */
export const sentences = (...parts: readonly string[]): string => parts.filter(Boolean).join(' ');

export const listOf = ({ say }: Voice, items: readonly string[]): string => items.join(say('، ', ', '));

export const nothingToShow = (voice: Voice, sheet: Sheet): { readonly height: number; readonly body: Part } => ({
  height: sheet.leading * 2,
  body: sheet.text(emptyText(voice), { x: sheet.width / 2, y: sheet.leading, anchor: 'middle', tone: 'soft' }),
});

export const emptyText = ({ say }: Voice): string => say('داده‌ای برای نمایش نیست.', 'There is nothing to show.');

// ---------------------------------------------------------------- style

/** Colours of series, light and dark: each at least 4.5 : 1 on `--paper`. They stay apart in brightness, too. */
const LIGHT = '--c-total:#1b2126;--c-presence:#0d5166;--c-interaction:#8a5a00;--c-transaction:#7a2d72;--c-integration:#2a6e3f;--c-participation:#a5452c;--c-mean:#545d65'; // prettier-ignore
const DARK = '--c-total:#fff;--c-presence:#86c5d6;--c-interaction:#e2b762;--c-transaction:#dca0d6;--c-integration:#82cd9f;--c-participation:#f2a58c;--c-mean:#a9b1b6'; // prettier-ignore

/** Rules for the report's style sheet; they use its `--paper`, `--ink`, `--soft`, `--line`, `--strong`, `--accent` and `--tint`. */
export const CHART_STYLE = `
.chart{${LIGHT};container-type:inline-size;max-inline-size:52rem;margin-block:.8rem}
.chart.small{max-inline-size:24rem}
.chart+.chart{margin-block-start:0}
@media (prefers-color-scheme:dark){.chart{${DARK}}}
/* inside dir=rtl the anchors of SVG text would change sides, and its labels land on the drawing */
.chart svg{display:block;inline-size:100%;block-size:auto;direction:ltr;font-variant-numeric:normal}
.chart text{unicode-bidi:plaintext;fill:var(--ink)}
.chart .c-soft{fill:var(--soft)}
.chart .c-bold{font-weight:700}
.chart .c-plate{fill:var(--paper)}
.chart :is(.c-grid,.c-base,.c-change,.c-link,.c-line,.c-whisker,.c-net){fill:none;stroke-linecap:butt}
.chart .c-grid{stroke:var(--line);stroke-width:.8}
.chart .c-base{stroke:var(--strong);stroke-width:1}
.chart .c-change{stroke:var(--soft);stroke-width:1;stroke-dasharray:4 3}
.chart .c-link{stroke:var(--strong);stroke-width:.8;stroke-dasharray:1 2}
.chart .c-line{stroke:currentColor;stroke-linejoin:round}
.chart .c-whisker{stroke:currentColor;stroke-width:1}
.chart .c-guess{stroke-dasharray:3 2.5}
.chart .c-net{stroke:var(--ink);stroke-width:2.4}
.chart .c-edge{stroke:var(--paper);stroke-width:5;fill:none}
.chart .c-mark{fill:currentColor;stroke:var(--paper);stroke-width:1}
.chart .c-hollow{fill:var(--paper);stroke:currentColor;stroke-width:1.5}
.chart .c-area{fill:currentColor;fill-opacity:.13}
.chart .c-faint{fill:var(--tint);stroke:var(--strong);stroke-width:1}
.chart .c-fill{fill:currentColor}
.chart .c-span{stroke:currentColor;stroke-width:2;fill:none}
.chart .c-part{stroke:currentColor;stroke-width:1;fill:var(--paper)}
.chart .c-part.c-fill{fill:currentColor}
.chart .c-hatch{stroke:currentColor;stroke-width:1.2;fill:none}
.chart .c-dots{stroke-width:2.1;stroke-linecap:round}
${['total', 'presence', 'interaction', 'transaction', 'integration', 'participation', 'mean'].map((look) => `.chart .c-${look}{color:var(--c-${look})}`).join('')}
.chart .c-accent{color:var(--accent)}
.chart .at-narrow{display:none}
@media screen and (max-width:46rem){.chart .at-wide{display:none}.chart .at-narrow{display:block}}
/* in a column of a wide page; a browser without container queries shows it small */
@container (max-width:600px){.chart .at-wide{display:none}.chart .at-narrow{display:block}}
@media print{.chart{${LIGHT};max-inline-size:172mm}.chart.small{max-inline-size:80mm}
.chart svg{break-inside:avoid;print-color-adjust:exact;-webkit-print-color-adjust:exact}}
`;
