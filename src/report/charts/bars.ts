/** Growth as bars from a line of zero, whole or split into what made it. */
import { scaleLinear } from 'd3-scale';
import type { Parts } from '../../core/compare.ts';
import type { Text } from '../../core/model.ts';
import { markup, type Markup, type Part } from '../markup.ts';
import type { Voice } from '../voice.ts';
import { chart, DASH, emptyText, known, listOf, nothingToShow, sentences, signedPoints, type ChartHead, type ChartTable, type Sheet } from './chart.ts'; // prettier-ignore
import { filled, type Filling } from './fillings.ts';
import { keyRows, type Key } from './series.ts';
import { oneLine, textWidth, wrap, type Wrapped } from './text.ts';

export interface Bar {
  readonly name: string;
  /** Points of growth; null where it is not known. */
  readonly points: number | null;
  /** What made it, as `comparePair` splits it. With parts the bar is split, and its end is marked. */
  readonly parts?: Parts | null;
}

export interface BarChart extends ChartHead {
  /** In the order in which they are to be read; so many that they have room on a page. */
  readonly bars: readonly Bar[];
}

const PART_KINDS = ['real', 'ruler', 'coverage', 'review', 'unseparated'] as const satisfies readonly (keyof Parts)[];
type PartKind = (typeof PART_KINDS)[number];

/** The parts by the words of the comparison, each with its own filling. */
const PARTS: Readonly<Record<PartKind, { readonly name: Text; readonly filling: Filling }>> = {
  real: { name: { fa: 'واقعی', en: 'Real' }, filling: 'solid' },
  ruler: { name: { fa: 'ویرایش', en: 'Edition' }, filling: 'stripes' },
  coverage: { name: { fa: 'پوشش', en: 'Coverage' }, filling: 'dots' },
  review: { name: { fa: 'بازبینی', en: 'Review' }, filling: 'bars' },
  unseparated: { name: { fa: 'تفکیک‌نشده', en: 'Unsplit' }, filling: 'grid' },
};

interface Piece {
  readonly kind: PartKind;
  readonly points: number;
}

interface Clean {
  readonly name: string;
  readonly points: number | null;
  readonly pieces: readonly Piece[];
  /** How far the bar goes to either side of zero. */
  readonly low: number;
  readonly high: number;
}

export function barChart(voice: Voice, input: BarChart): Markup {
  const bars = input.bars.map(cleaned);
  const head = { id: input.id, title: input.title, description: described(voice, bars), sizes: 'both' } as const;
  return chart(voice, head, (sheet) => (bars.length === 0 ? nothingToShow(voice, sheet) : draw(voice, sheet, bars)));
}

/** The numbers: a row for each bar, a column for each part that has any. */
export function rowsOfBars(voice: Voice, { bars }: BarChart): ChartTable {
  const clean = bars.map(cleaned);
  const kinds = kindsOf(clean);
  const text = (points: number | null): string => (points === null ? DASH : signedPoints(voice, points));
  return {
    columns: [voice.say('دستگاه', 'Organization'), voice.say('رشد', 'Growth'), ...kinds.map((kind) => voice.text(PARTS[kind].name))], // prettier-ignore
    rows: bars.map(({ name, parts }, at) => [
      name,
      text(clean[at]!.points),
      ...kinds.map((kind) => text(knownPoints(parts?.[kind]))),
    ]),
  };
}

function cleaned({ name, points, parts }: Bar): Clean {
  const growth = knownPoints(points);
  const pieces = parts && growth !== null ? PART_KINDS.flatMap((kind) => { const own = knownPoints(parts[kind]); return own ? [{ kind, points: own }] : []; }) : [];
  const side = (sign: 1 | -1): number => pieces.reduce((sum, piece) => sum + (piece.points * sign > 0 ? piece.points : 0), 0);
  // the whole is inside even where rounded parts do not quite add up to it
  return { name, points: growth, pieces, low: Math.min(side(-1), growth ?? 0), high: Math.max(side(1), growth ?? 0) };
} // prettier-ignore

/** Scores lie between 0 and 100, and so does the way from one to another. */
function knownPoints(value: number | null | undefined): number | null {
  const points = known(value);
  return points === null ? null : Math.min(100, Math.max(-100, points));
}

/** Kinds of parts that any bar has; real change is always among them, so that its absence is seen. */
function kindsOf(bars: readonly Clean[]): PartKind[] {
  if (bars.every(({ pieces }) => pieces.length === 0)) return [];
  return PART_KINDS.filter((kind) => kind === 'real' || bars.some(({ pieces }) => pieces.some((piece) => piece.kind === kind))); // prettier-ignore
}

function described(voice: Voice, bars: readonly Clean[]): string {
  if (bars.length === 0) return emptyText(voice);
  const { say } = voice;
  const items = bars.map(({ name, points, pieces }) => {
    const whole = points === null ? say('نامعلوم', 'not known') : signedPoints(voice, points);
    return `${oneLine(name)}: ${whole}${pieces.length > 0 ? ` (${piecesText(voice, pieces)})` : ''}`;
  });
  return sentences(say('رشد به امتیاز.', 'Growth in points.'), `${items.join(say('؛ ', '; '))}.`);
}

const piecesText = (voice: Voice, pieces: readonly Piece[]): string =>
  listOf(voice, pieces.map(({ kind, points }) => `${voice.text(PARTS[kind].name)} ${signedPoints(voice, points)}`)); // prettier-ignore

// ---------------------------------------------------------------- drawing

/** Widest column of names; in the narrow drawing a name stands above its bar. */
const NAME_WIDTH = 250;
const THICK = { wide: 16, narrow: 14 } as const;
const BETWEEN = { wide: 11, narrow: 13 } as const;
/** The parts as numbers stand below their bar in smaller type. */
const SMALL = { wide: 12, narrow: 11.5 } as const;
const GAP = 10;
/** Between a name and its bar below it, whose mark reaches beyond it. */
const UNDER = 4;

interface Row {
  readonly bar: Clean;
  readonly name: Wrapped;
  readonly parts: Wrapped;
  readonly value: string;
  readonly top: number;
  readonly height: number;
  /** Middle of the bar. */
  readonly middle: number;
}

function draw(voice: Voice, sheet: Sheet, bars: readonly Clean[]): { readonly height: number; readonly body: Part } {
  const { size, width, font, leading } = sheet;
  const isBeside = size === 'wide';
  const names = bars.map(({ name }) => wrap(name, { size: font, width: isBeside ? NAME_WIDTH : width, lines: 2 }));
  const from = isBeside ? Math.max(...names.map((name) => name.width)) + GAP : 0;
  const values = bars.map(({ points }) => (points === null ? voice.say('نامعلوم', 'not known') : signedPoints(voice, points))); // prettier-ignore
  const kinds = kindsOf(bars);
  const keys = keyRows(sheet, kinds.length === 0 ? [] : keysOf(voice, sheet, kinds), 0);
  const rows = rowsOf(voice, sheet, { bars, names, values, from, top: keys.height + (keys.height > 0 ? GAP : 0) });
  const last = rows.at(-1)!;
  const bottom = last.top + last.height + 4;
  const x = scaleOf(voice, sheet, bars, values, from);
  const top = rows[0]!.top - 4;
  const ticks = ticksOf(voice, sheet, x);
  const body = [
    keys.body,
    ticks.map(({ at, text }) => [
      at !== x(0) && sheet.rule('c-grid', [at, top], [at, bottom]),
      sheet.text(text, { x: at, y: bottom + leading * 0.6, anchor: 'middle', tone: 'soft' }),
    ]),
    rows.map(({ bar, middle }) => (bar.pieces.length === 0 ? wholeBar(sheet, bar, x, middle) : splitBar(sheet, bar, x, middle))),
    sheet.rule('c-base', [x(0), top], [x(0), bottom]),
    rows.map((row) => rowText(voice, sheet, row, { x, from, isBeside })),
  ]; // prettier-ignore
  return { height: bottom + leading * 1.2, body };
}

function rowsOf(voice: Voice, sheet: Sheet, { bars, names, values, from, top }: { bars: readonly Clean[]; names: readonly Wrapped[]; values: readonly string[]; from: number; top: number }): Row[] {
  const { size, width, leading } = sheet;
  let next = top;
  return bars.map((bar, index): Row => {
    const name = names[index]!;
    const small = SMALL[size];
    // a part and its number stay together
    const text = bar.pieces.length === 0 ? '' : bar.pieces.map((piece) => piecesText(voice, [piece]).replaceAll(' ', '\u00a0')).join(' · ');
    const parts = wrap(text, { size: small, width: width - from, lines: 3 });
    const [above, below] = [name.lines.length * leading, parts.lines.length * small * 1.4];
    const height = size === 'wide' ? Math.max(above, THICK.wide + below) : above + UNDER + THICK.narrow + below;
    const head = size === 'wide' ? (height - THICK.wide - below) / 2 : above + UNDER;
    const row = { bar, name, parts, value: values[index]!, top: next, height, middle: next + head + THICK[size] / 2 };
    next += height + BETWEEN[size];
    return row;
  });
} // prettier-ignore

type Scale = ReturnType<typeof scaleOf>;

/** Leaves room for the numbers beyond the ends of the bars. */
function scaleOf(voice: Voice, sheet: Sheet, bars: readonly Clean[], values: readonly string[], from: number) {
  // at the edge zero, too, wants room for its number below
  const zero = textWidth(voice.count(0), sheet.font) / 2;
  const room = (isNegative: boolean): number =>
    Math.max(zero, ...bars.map(({ points }, at) => ((points ?? 0) < 0 === isNegative ? textWidth(values[at]!, sheet.font, true) + 8 : 0))); // prettier-ignore
  const low = Math.min(0, ...bars.map((bar) => bar.low));
  const high = Math.max(0, ...bars.map((bar) => bar.high));
  const [start, end] = [from + room(true) + 2, sheet.width - room(false) - 2];
  // without any growth there is nothing to divide by; zero stands at the beginning
  return scaleLinear().domain(low === high ? [0, 1] : [low, high]).range([start, end]); // prettier-ignore
}

/** So wide is a tick at least, for its number. */
const TICK = 64;

function ticksOf(voice: Voice, sheet: Sheet, x: Scale): { readonly at: number; readonly text: string }[] {
  const [start, end] = x.range() as [number, number];
  const labelled = (count: number): { at: number; text: string; half: number }[] =>
    x.ticks(count).map((tick) => {
      const text = Number.isInteger(tick) ? signedCount(voice, tick) : signedPoints(voice, tick);
      return { at: x(tick), text, half: textWidth(text, sheet.font) / 2 };
    });
  let count = Math.max(1, Math.floor((end - start) / TICK));
  let ticks = labelled(count);
  // the scale takes the count as a wish
  while (count > 1 && ticks.some(({ at, half }, index) => index > 0 && at - half < ticks[index - 1]!.at + ticks[index - 1]!.half + 6)) ticks = labelled(--count); // prettier-ignore
  return ticks.filter(({ at, half }) => at - half >= 0 && at + half <= sheet.width);
}

function signedCount(voice: Voice, value: number): string {
  const sign = value === 0 ? '' : value > 0 ? '+' : '−';
  return `${sign !== '' && voice.dir === 'rtl' ? '\u200e' : ''}${sign}${voice.count(Math.abs(value))}`;
}

function rowText(voice: Voice, sheet: Sheet, { bar, name, parts, value, top, height, middle }: Row, { x, from, isBeside }: { x: Scale; from: number; isBeside: boolean }): Markup {
  const { leading, size } = sheet;
  const thick = THICK[size];
  const isNegative = (bar.points ?? 0) < 0;
  const edge = isNegative ? x(bar.low) - 8 : x(bar.high) + 8;
  const first = isBeside ? top + (height - (name.lines.length - 1) * leading) / 2 : top + leading / 2;
  return markup`<g><title>${oneLine(bar.name)}: ${value}</title>${sheet.lines(name, bar.name, { x: 0, y: first, isPlated: !isBeside })}${sheet.text(value, { x: edge, y: middle, anchor: isNegative ? 'end' : 'start', tone: bar.points === null ? 'soft' : 'bold', isPlated: true })}${sheet.lines(parts, parts.isCut ? piecesText(voice, bar.pieces) : '', { x: from, y: middle + thick / 2 + SMALL[size] * 0.8, size: SMALL[size], tone: 'soft', isPlated: true })}</g>`;
} // prettier-ignore

/** Growth is filled, decline is hollow. */
function wholeBar(sheet: Sheet, { points }: Clean, x: Scale, middle: number): Part {
  if (points === null || points === 0) return null;
  const thick = THICK[sheet.size];
  return markup`<g class="c-accent">${sheet.rect(points > 0 ? 'c-fill' : 'c-faint', x(0), x(points), middle - thick / 2, thick)}</g>`;
}

/** Parts that raise go one way from zero, parts that lower the other; a mark across shows where the whole ends. */
function splitBar(sheet: Sheet, { points, pieces }: Clean, x: Scale, middle: number): Part {
  const thick = THICK[sheet.size];
  const ends = { up: 0, down: 0 };
  const drawn = pieces.map((piece) => {
    const side = piece.points > 0 ? 'up' : 'down';
    const from = ends[side];
    ends[side] += piece.points;
    return filled(sheet, PARTS[piece.kind].filling, x(from), x(ends[side]), middle - thick / 2, thick);
  });
  const reach = thick / 2 + 3;
  const net = [[x(points!), middle - reach], [x(points!), middle + reach]] as const; // prettier-ignore
  return markup`<g class="c-accent">${drawn}</g>${sheet.rule('c-edge', ...net)}${sheet.rule('c-net', ...net)}`;
}

const SWATCH = 18;

function keysOf(voice: Voice, sheet: Sheet, kinds: readonly PartKind[]): Key[] {
  const parts = kinds.map((kind): Key => ({
    name: voice.text(PARTS[kind].name),
    width: SWATCH,
    draw: (from, y) => markup`<g class="c-accent">${filled(sheet, PARTS[kind].filling, from, from + SWATCH, y - 5, 10)}</g>`,
  })); // prettier-ignore
  const net: Key = {
    name: voice.say('رشد، جمع بخش‌ها', 'Growth, the sum of its parts'),
    width: 4,
    draw: (from, y) => sheet.rule('c-net', [from + 2, y - 7], [from + 2, y + 7]),
  };
  return [...parts, net];
}
