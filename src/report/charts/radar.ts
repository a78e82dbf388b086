/** The stages of one organization as a figure around a centre, against the mean of all. */
import { lineRadial } from 'd3-shape';
import { markup, type Markup, type Part } from '../markup.ts';
import type { Voice } from '../voice.ts';
import { chart, DASH, emptyText, knownRange, knownScore, nothingToShow, scoreText, sentences, short, type ChartHead, type ChartTable, type Point, type Range, type Sheet } from './chart.ts'; // prettier-ignore
import { KEY_WIDTH, keyRows, lineKey, mark, stroke, type Key } from './series.ts';
import { oneLine, wrap } from './text.ts';

export interface RadarAxis {
  readonly name: string;
  /** null when the score is withheld or nothing was measured. */
  readonly own: number | null;
  /** Where a withheld score lies; without a score and without it nothing was measured. */
  readonly range?: Range | null;
  readonly mean: number | null;
}

export interface RadarChart extends ChartHead {
  /** Three to five, the first at the top and the next in the direction of reading. */
  readonly axes: readonly RadarAxis[];
  /** How the two figures are called. */
  readonly names: { readonly own: string; readonly mean: string };
}

interface Spoke extends RadarAxis {
  readonly range: Range | null;
  /** Clockwise from the top. */
  readonly angle: number;
}

export function radarChart(voice: Voice, input: RadarChart): Markup {
  const turn = voice.dir === 'rtl' ? -1 : 1;
  const spokes = input.axes.map((axis, at): Spoke => {
    const own = knownScore(axis.own);
    const range = own === null ? knownRange(axis.range) : null;
    return { ...axis, own, range, mean: knownScore(axis.mean), angle: (turn * at * 2 * Math.PI) / input.axes.length };
  });
  const head = { id: input.id, title: input.title, description: described(voice, input, spokes), sizes: 'small' } as const; // prettier-ignore
  return chart(voice, head, (sheet) =>
    spokes.length < 3 ? nothingToShow(voice, sheet) : draw(voice, sheet, input, spokes),
  );
}

/** The numbers: a row for each axis. */
export const rowsOfRadar = (voice: Voice, { axes, names }: RadarChart): ChartTable => ({
  columns: [voice.say('مرحله', 'Stage'), names.own, names.mean],
  rows: axes.map(({ name, own, range, mean }) => [
    name,
    ownText(voice, { own: knownScore(own), range: knownRange(range) }) ?? DASH,
    scoreText(voice, knownScore(mean)),
  ]),
});

/** The score, or its range where it is withheld; null where nothing was measured. */
function ownText(voice: Voice, { own, range }: Pick<Spoke, 'own' | 'range'>): string | null {
  if (own !== null) return voice.points(own);
  return range && voice.bounds(range.low, range.high);
}

function described(voice: Voice, { names }: RadarChart, spokes: readonly Spoke[]): string {
  const { say } = voice;
  if (spokes.length < 3) return emptyText(voice);
  const parts = spokes.map((spoke) => {
    const own = ownText(voice, spoke);
    const value = spoke.own !== null ? own! : own ? say(`داده نشد، بازه ${own}`, `withheld, range ${own}`) : say('سنجیده نشده', 'not measured'); // prettier-ignore
    const mean = spoke.mean === null ? '' : say(`، ${names.mean} ${voice.points(spoke.mean)}`, `, ${names.mean} ${voice.points(spoke.mean)}`); // prettier-ignore
    return `${oneLine(spoke.name)}: ${value}${mean}`;
  });
  return sentences(`${oneLine(names.own)}.`, `${parts.join(say('؛ ', '; '))}.`);
}

const RADIUS = 82;
/** From the outermost ring to the labels. */
const AWAY = 10;
const RINGS = [20, 40, 60, 80, 100];

function draw(
  voice: Voice,
  sheet: Sheet,
  { names }: RadarChart,
  spokes: readonly Spoke[],
): { readonly height: number; readonly body: Part } {
  const { width, leading } = sheet;
  const labels = spokes.map((spoke) => labelOf(voice, sheet, spoke));
  const height = (side: 'above' | 'below'): number => Math.max(0, ...labels.filter((label) => label.side === side).map((label) => label.height)); // prettier-ignore
  const centre: Point = [width / 2, height('above') + AWAY + RADIUS];
  const at = (angle: number, value: number): Point => [
    centre[0] + (Math.sin(angle) * value * RADIUS) / 100,
    centre[1] - (Math.cos(angle) * value * RADIUS) / 100,
  ];
  const ring = lineRadial<Spoke>().angle(({ angle }) => angle).digits(2); // prettier-ignore
  const closed = (value: number): string => `${ring.radius((value * RADIUS) / 100)(spokes) ?? ''}Z`;
  const figure = centre[1] + RADIUS + AWAY + height('below') + 8;
  const keys = keyRows(sheet, keysOf(voice, sheet, names, spokes), figure);
  const scale = voice.say(
    `حلقه‌ها هر ${voice.count(20)} امتیاز، بیرونی ${voice.count(100)}`,
    `Rings every ${voice.count(20)} points, the outer one is ${voice.count(100)}`,
  );
  const rings = wrap(scale, { size: sheet.font, width, lines: 2 });
  const [x, y] = [short(centre[0]), short(centre[1])];
  const body = [
    markup`<g transform="translate(${x} ${y})">${RINGS.map((value) => markup`<path class="${value === 100 ? 'c-base' : 'c-grid'}" d="${closed(value)}"/>`)}</g>`,
    spokes.map((spoke) => spokeOf(spoke, at)),
    figureOf(voice, spokes, 'mean', at, (spoke) => spoke.mean),
    figureOf(voice, spokes, 'total', at, (spoke) => spoke.own),
    spokes.map((spoke, index) => drawLabel(sheet, spoke, labels[index]!, at(spoke.angle, 100))),
    keys.body,
    sheet.lines(rings, '', { x: 0, y: figure + keys.height + leading / 2, tone: 'soft' }),
  ];
  return { height: figure + keys.height + rings.lines.length * leading + 4, body };
}

type Place = (angle: number, value: number) => Point;

const path = (...points: readonly Point[]): string => `M${points.map(([x, y]) => `${short(x)} ${short(y)}`).join('L')}`;

/** The axis; where the score is withheld it is open, and its range a dashed piece between two ticks. */
function spokeOf({ angle, range }: Spoke, at: Place): Part {
  const across = (value: number): string => {
    const [x, y] = at(angle, value);
    const [dx, dy] = [Math.cos(angle) * 5, Math.sin(angle) * 5];
    return path([x - dx, y - dy], [x + dx, y + dy]);
  };
  return [
    markup`<path class="${range ? 'c-base c-guess' : 'c-grid'}" d="${path(at(angle, 0), at(angle, 100))}"/>`,
    range && markup`<g class="c-total"><path class="c-line c-guess" stroke-width="2.6" d="${path(at(angle, range.low), at(angle, range.high))}"/><path class="c-line" stroke-width="1.4" d="${across(range.low)}${across(range.high)}"/></g>`,
  ]; // prettier-ignore
}

/**
 * A closed figure when all is known. Where something is not, the sides to it are missing: a line past it would be
 * read as a value.
 */
function figureOf(voice: Voice, spokes: readonly Spoke[], look: 'total' | 'mean', at: Place, valueOf: (spoke: Spoke) => number | null): Markup {
  const points = spokes.map((spoke) => ({ spoke, value: valueOf(spoke) }));
  const sides = points.flatMap(({ spoke, value }, index) => {
    const next = points[(index + 1) % points.length]!;
    return value === null || next.value === null ? [] : [path(at(spoke.angle, value), at(next.spoke.angle, next.value))];
  });
  const isWhole = sides.length === points.length;
  const corners = points.flatMap(({ spoke, value }) => (value === null ? [] : [at(spoke.angle, value)]));
  const line = isWhole ? `${path(...corners)}Z` : sides.join('');
  const marks = points.map(({ spoke, value }) => {
    if (value === null) return null;
    const [x, y] = at(spoke.angle, value);
    return markup`<g><title>${oneLine(spoke.name)}: ${voice.points(value)}</title>${mark(look, x, y)}</g>`;
  });
  return markup`<g class="c-${look}">${isWhole && look === 'total' && markup`<path class="c-area" d="${line}"/>`}${line !== '' && stroke(look, line)}${marks}</g>`;
} // prettier-ignore

// ---------------------------------------------------------------- labels and keys

interface AxisLabel {
  readonly side: 'above' | 'below' | 'beside';
  readonly name: ReturnType<typeof wrap>;
  readonly values: readonly string[];
  readonly height: number;
  readonly anchor: 'start' | 'middle' | 'end';
}

/** A label stands above or below the figure near its top and bottom, and beside it elsewhere. */
function labelOf(voice: Voice, sheet: Sheet, spoke: Spoke): AxisLabel {
  const { say } = voice;
  const [right, up] = [Math.sin(spoke.angle), Math.cos(spoke.angle)];
  const side = Math.abs(right) > 0.7 ? 'beside' : up > 0 ? 'above' : 'below';
  const isTop = Math.abs(right) < 0.1;
  const room = isTop ? sheet.width * 0.6 : sheet.width / 2 - Math.abs(right) * RADIUS - (side === 'beside' ? AWAY : 0);
  const name = wrap(spoke.name, { size: sheet.font, width: room, lines: 2, bold: true });
  const own = ownText(voice, spoke);
  const values = [
    ...(spoke.own !== null ? [own!] : own ? [say('داده نشد', 'withheld'), own] : [say('سنجیده نشده', 'not measured')]),
    ...(spoke.mean === null ? [] : [say(`میانگین ${voice.points(spoke.mean)}`, `mean ${voice.points(spoke.mean)}`)]),
  ].flatMap((value) => wrap(value, { size: sheet.font, width: room, lines: 2 }).lines);
  const anchor = isTop ? 'middle' : right > 0 === (voice.dir === 'ltr') ? 'start' : 'end';
  return { side, name, values, anchor, height: (name.lines.length + values.length) * sheet.leading };
}

function drawLabel(sheet: Sheet, spoke: Spoke, { side, name, values, anchor, height }: AxisLabel, [x, y]: Point): Part {
  const { leading } = sheet;
  const outward = side === 'beside' ? AWAY : 0;
  const top = side === 'above' ? y - AWAY - height : side === 'below' ? y + AWAY : y - height / 2;
  const at = { x: sheet.x(x) + (anchor === 'start' ? outward : -outward) * (anchor === 'middle' ? 0 : 1), anchor };
  const first = top + leading / 2;
  return [
    sheet.lines(name, spoke.name, { ...at, y: first, tone: 'bold' }),
    values.map((value, index) => sheet.text(value, { ...at, y: first + (name.lines.length + index) * leading, ...(index > 0 && { tone: 'soft' }) })),
  ];
} // prettier-ignore

function keysOf(voice: Voice, sheet: Sheet, names: RadarChart['names'], spokes: readonly Spoke[]): Key[] {
  const lineOf = (look: 'total' | 'mean', name: string): Key => ({
    name, width: KEY_WIDTH, draw: (from, y) => lineKey(sheet, look, from, y),
  }); // prettier-ignore
  const open: Key = {
    name: voice.say('داده نشد: خط‌چین؛ بازه آن با دو لبه', 'withheld: dashed; its range between two ticks'),
    width: KEY_WIDTH,
    draw: (from, y) => sheet.rule('c-base c-guess', [from, y], [from + KEY_WIDTH, y]),
  };
  return [lineOf('total', names.own), ...(spokes.some(({ mean }) => mean !== null) ? [lineOf('mean', names.mean)] : []), ...(spokes.some(({ range }) => range) ? [open] : [])]; // prettier-ignore
}
