/**
 * What all charts share: the sheet that they are drawn on, how series differ, keys, labels that keep clear of each
 * other, and the style sheet. A chart is an SVG in the page: no script, nothing from elsewhere, colours by CSS.
 *
 * Places are counted in the direction of reading and turned around once, on the sheet: in Persian the first round is
 * at the right and bars grow to the left. Sizes of type stand in the drawing and not in the style sheet, because the
 * places of all texts depend on them.
 */
import { symbol, symbolCircle, symbolCross, symbolDiamond, symbolSquare, symbolStar, symbolTriangle, type SymbolType } from 'd3-shape'; // prettier-ignore
import { printed } from '../../core/score.ts';
import type { Stage } from '../../core/model.ts';
import { Markup, markup, NONE, type Part } from '../markup.ts';
import type { Voice } from '../voice.ts';
import { oneLine, textWidth, wrap, type Wrapped } from './text.ts';

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
  rect(className: string, from: number, to: number, y: number, height: number, fill?: string): Markup;
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
  const text = (content: string, { x: at, y, anchor = 'start', size: own = font, tone = 'ink', tail }: TextAt): Markup => {
    const side = isMirrored ? MIRRORED[anchor] : anchor;
    return markup`<text x="${short(x(at))}" y="${short(y + own * BASELINE)}"${side !== 'start' && markup` text-anchor="${side}"`}${own !== font && markup` font-size="${short(own)}"`}${tone !== 'ink' && markup` class="c-${tone}"`}>${directed(voice, content)}${tail !== undefined && markup` <tspan class="c-bold">${tail}</tspan>`}</text>`;
  }; // prettier-ignore
  return {
    size, id, width, font, x, text,
    leading: font * LEADING,
    lines: ({ lines, isCut }, whole, at) => {
      const step = (at.size ?? font) * LEADING;
      const { tail: _, ...plain } = at;
      const drawn = lines.map((line, position) =>
        text(line, { ...(position === lines.length - 1 ? at : plain), y: at.y + position * step }),
      );
      return isCut ? markup`<g><title>${oneLine(whole)}</title>${drawn}</g>` : markup`${drawn}`;
    },
    rect: (className, from, to, y, height, fill) =>
      markup`<rect class="${className}" x="${short(Math.min(x(from), x(to)))}" y="${short(y)}" width="${short(Math.abs(to - from))}" height="${short(height)}"${fill !== undefined && markup` fill="${fill}"`}/>`,
    rule: (className, from, to) =>
      markup`<path class="${className}" d="M${short(x(from[0]))} ${short(from[1])}L${short(x(to[0]))} ${short(to[1])}"/>`,
  }; // prettier-ignore
}

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

// ---------------------------------------------------------------- how series differ

/** What a series is about decides how it looks, so that a stage looks the same in all charts. */
export type Look = Stage | 'total' | 'mean';

/** Shape, dash and weight tell the series apart without any colour. */
const LOOKS: Readonly<Record<Look, { readonly shape: SymbolType; readonly area: number; readonly dash: string | null; readonly weight: number }>> = {
  total: { shape: symbolCircle, area: 58, dash: null, weight: 2.6 },
  presence: { shape: symbolSquare, area: 42, dash: null, weight: 1.4 },
  interaction: { shape: symbolTriangle, area: 44, dash: '8 3', weight: 1.6 },
  transaction: { shape: symbolDiamond, area: 46, dash: '1.5 3', weight: 1.8 },
  integration: { shape: symbolCross, area: 46, dash: '10 3 1.5 3', weight: 1.6 },
  participation: { shape: symbolStar, area: 46, dash: '4 2.5', weight: 1.6 },
  mean: { shape: symbolCircle, area: 40, dash: '5 4', weight: 1.5 },
}; // prettier-ignore

/** Marks of a mean are hollow: it is nobody's own score. */
const isHollow = (look: Look): boolean => look === 'mean';

/** The mark of a series; x as it lies in the drawing. */
export const mark = (look: Look, x: number, y: number): Markup =>
  markup`<path class="${isHollow(look) ? 'c-hollow' : 'c-mark'}" transform="translate(${short(x)} ${short(y)})" d="${symbol(LOOKS[look].shape, LOOKS[look].area)() ?? ''}"/>`;

/** The line of a series along a path. */
export const stroke = (look: Look, path: string): Markup =>
  markup`<path class="c-line" stroke-width="${LOOKS[look].weight}"${LOOKS[look].dash !== null && markup` stroke-dasharray="${LOOKS[look].dash}"`} d="${path}"/>`;

/** Width of a series' key. */
export const KEY_WIDTH = 24;

/** Key of a series: a piece of its line with its mark. */
export function lineKey(sheet: Sheet, look: Look, from: number, y: number, width = KEY_WIDTH): Markup {
  const [a, b] = [sheet.x(from), sheet.x(from + width)];
  return markup`<g class="c-${look}">${stroke(look, `M${short(a)} ${short(y)}L${short(b)} ${short(y)}`)}${mark(look, (a + b) / 2, y)}</g>`;
}

export interface Key {
  readonly name: string;
  readonly width: number;
  draw(from: number, y: number): Part;
}

const KEY_GAP = 6;
const BETWEEN_KEYS = 16;

/** Keys one after the other, as many to a line as it holds. `y` is the upper edge. */
export function keyRows(sheet: Sheet, keys: readonly Key[], y: number): { readonly height: number; readonly body: Part } {
  let from = 0;
  let row = 0;
  const drawn = keys.map(({ name, width, draw }) => {
    const room = sheet.width - width - KEY_GAP;
    const own = wrap(name, { size: sheet.font, width: room, lines: 1 });
    const taken = width + KEY_GAP + own.width;
    if (from > 0 && from + taken > sheet.width) {
      from = 0;
      row++;
    }
    const middle = y + (row + 0.5) * sheet.leading;
    const one = [draw(from, middle), sheet.lines(own, name, { x: from + width + KEY_GAP, y: middle })];
    from += taken + BETWEEN_KEYS;
    return one;
  });
  return { height: keys.length === 0 ? 0 : (row + 1) * sheet.leading, body: drawn };
} // prettier-ignore

// ---------------------------------------------------------------- labels that keep clear of each other

export interface Placed {
  /** Where the middle should be. */
  readonly at: number;
  readonly height: number;
}

/**
 * Middles that are as near as possible to where they should be (least squares), in their order, without overlap and
 * between the limits; if they do not all fit they begin at the first limit and go beyond the second.
 */
export function spread(labels: readonly Placed[], from: number, to: number): number[] {
  const order = labels.map((_, index) => index).sort((a, b) => labels[a]!.at - labels[b]!.at || a - b);
  const total = labels.reduce((sum, { height }) => sum + height, 0);
  // with the heights of those above taken off, "without overlap" is "not descending": pool neighbours that are
  const pools: { sum: number; count: number }[] = [];
  let above = 0;
  for (const index of order) {
    const { at, height } = labels[index]!;
    let pool = { sum: at - height / 2 - above, count: 1 };
    above += height;
    for (let last = pools.at(-1); last && last.sum / last.count >= pool.sum / pool.count; last = pools.at(-1)) {
      pools.pop();
      pool = { sum: pool.sum + last.sum, count: pool.count + last.count };
    }
    pools.push(pool);
  }
  const highest = Math.max(from, to - total);
  const tops = pools.flatMap(({ sum, count }) =>
    Array.from({ length: count }, () => Math.min(highest, Math.max(from, sum / count))),
  );
  const middles = labels.map(() => 0);
  let before = 0;
  order.forEach((index, position) => {
    const { height } = labels[index]!;
    middles[index] = tops[position]! + before + height / 2;
    before += height;
  });
  return middles;
}

// ---------------------------------------------------------------- axis of scores

/** Room for the numbers beside an axis of scores. */
export const axisWidth = (voice: Voice, { font }: Sheet): number => Math.ceil(textWidth(voice.count(100), font)) + 8;

/** The first and the last of a series that are known. */
export function ends(values: readonly (number | null)[]): { readonly first: number; readonly last: number } | null {
  const first = values.findIndex((value) => value !== null);
  return first < 0 ? null : { first, last: values.findLastIndex((value) => value !== null) };
}

/** Positions of the values whose numbers a reader looks for: the last, the first, the highest and the lowest. */
export function chiefValues(values: readonly (number | null)[]): number[] {
  const known = values.flatMap((value, at) => (value === null ? [] : [{ at, value }]));
  const highest = known.toSorted((a, b) => b.value - a.value);
  return [...new Set([known.at(-1), known[0], highest[0], highest.at(-1)].flatMap((one) => one?.at ?? []))];
}

/** Positions of all values that are known, the chief ones first. */
export const byImportance = (values: readonly (number | null)[]): number[] => [
  ...new Set([...chiefValues(values), ...values.flatMap((value, at) => (value === null ? [] : [at]))]),
];

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

// ---------------------------------------------------------------- patterns

/** Fillings that differ by pattern. Each is drawn in the colour around it. */
export type Filling = 'solid' | 'stripes' | 'dots' | 'grid' | 'bars';

const PATTERNS: Readonly<Record<Exclude<Filling, 'solid'>, string>> = {
  stripes: '<path d="M-1 7L7 -1M-1 1L1 -1M5 7L7 5"/>',
  dots: '<circle cx="1.5" cy="1.5" r="1.1"/><circle cx="4.5" cy="4.5" r="1.1"/>',
  grid: '<path d="M0 3H6M3 0V6"/>',
  bars: '<path d="M1.5 0V6M4.5 0V6"/>',
};

/** The patterns of a drawing, before anything that uses them. */
export const patterns = (sheet: Sheet, className: string): Markup =>
  markup`<defs>${(Object.keys(PATTERNS) as (keyof typeof PATTERNS)[]).map(
    (name) => markup`<pattern id="${sheet.id}-${name}" class="c-pattern ${className}" width="6" height="6" patternUnits="userSpaceOnUse">${Markup.literal(PATTERNS[name])}</pattern>`,
  )}</defs>`; // prettier-ignore

export const fillOf = (sheet: Sheet, filling: Filling): string =>
  filling === 'solid' ? 'currentColor' : `url(#${sheet.id}-${filling})`;

/** Nothing, where there is nothing to draw. */
export const when = (condition: boolean, draw: () => Part): Part => (condition ? draw() : NONE);

// ---------------------------------------------------------------- style

/** Colours of series, light and dark: each at least 4.5 : 1 on `--paper`. They stay apart in brightness, too. */
const LIGHT = '--c-total:#1b2126;--c-presence:#0d5166;--c-interaction:#8a5a00;--c-transaction:#7a2d72;--c-integration:#2a6e3f;--c-participation:#a5452c;--c-mean:#545d65'; // prettier-ignore
const DARK = '--c-total:#fff;--c-presence:#86c5d6;--c-interaction:#e2b762;--c-transaction:#dca0d6;--c-integration:#82cd9f;--c-participation:#f2a58c;--c-mean:#a9b1b6'; // prettier-ignore

/** Rules for the report's style sheet; they use its `--paper`, `--wash`, `--ink`, `--soft`, `--line`, `--strong`, `--accent` and `--tint`. */
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
.chart .c-halo text{paint-order:stroke;stroke:var(--paper);stroke-width:3px;stroke-linejoin:round}
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
.chart .c-wash{fill:var(--wash)}
.chart .c-faint{fill:var(--tint);stroke:var(--strong);stroke-width:1}
.chart .c-fill{fill:currentColor}
.chart .c-span{stroke:currentColor;stroke-width:2;fill:none}
.chart .c-part{stroke:currentColor;stroke-width:1}
.chart .c-pattern{fill:currentColor;stroke:none}
.chart .c-pattern path{stroke:currentColor;stroke-width:1.3;fill:none}
${['total', 'presence', 'interaction', 'transaction', 'integration', 'participation', 'mean'].map((look) => `.chart .c-${look}{color:var(--c-${look})}`).join('')}
.chart .c-accent{color:var(--accent)}
.chart .at-narrow{display:none}
@media screen and (max-width:46rem){.chart .at-wide{display:none}.chart .at-narrow{display:block}}
/* in a column of a wide page; a browser without container queries shows it small */
@container (max-width:600px){.chart .at-wide{display:none}.chart .at-narrow{display:block}}
@media print{.chart{${LIGHT};max-inline-size:172mm}.chart.small{max-inline-size:80mm}
.chart svg{break-inside:avoid;print-color-adjust:exact;-webkit-print-color-adjust:exact}}
`;
