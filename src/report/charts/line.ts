/** Scores over rounds: lines that are read in the direction of the language, each named where it ends. */
import { scaleLinear, scalePoint } from 'd3-scale';
import { area, line } from 'd3-shape';
import { CERTAINTY } from '../../core/uncertainty.ts';
import { markup, NONE, type Markup, type Part } from '../markup.ts';
import type { Voice } from '../voice.ts';
import { axisWidth, chart, emptyText, ends, knownRange, knownScore, listOf, nothingToShow, scoreText, sentences, short, type ChartHead, type ChartTable, type Range, type Sheet } from './chart.ts'; // prettier-ignore
import { byImportance, crosses, overlap, spread, type Box, type Segment } from './labels.ts';
import { lineKey, mark, stroke, type Look } from './series.ts';
import { methodChanges, roundLabels, type MethodChange, type RoundLabel } from './rounds.ts';
import { oneLine, textWidth, wrap } from './text.ts';

export interface LineSeries {
  readonly look: Look;
  readonly name: string;
  /** One score a round, oldest first; null where there is none, which is a gap in the line. */
  readonly values: readonly (number | null)[];
  /** Intervals of the scores, where they are known. */
  readonly intervals?: readonly (Range | null)[];
}

export interface LineChart extends ChartHead {
  /** Oldest first. */
  readonly rounds: readonly RoundLabel[];
  /** One, whose scores are then printed at its points, or several, named at their ends. */
  readonly series: readonly LineSeries[];
  readonly changes?: readonly MethodChange[];
  /**
   * `whole`: 0 to 100, so that charts of several organizations can be compared at a glance. `fitted`: only the part
   * that is needed, and the chart says so.
   */
  readonly scale?: 'whole' | 'fitted';
}

/** Series with a value, null or not, for each round. */
interface Clean extends LineSeries {
  readonly intervals: readonly (Range | null)[];
}

export function lineChart(voice: Voice, input: LineChart): Markup {
  const series = input.series.map((own): Clean => ({
    ...own,
    values: input.rounds.map((_, at) => knownScore(own.values[at])),
    intervals: input.rounds.map((_, at) => (knownScore(own.values[at]) === null ? null : knownRange(own.intervals?.[at]))),
  })); // prettier-ignore
  const head = {
    id: input.id,
    title: input.title,
    description: described(voice, input, series),
    sizes: 'both',
  } as const;
  return chart(voice, head, (sheet) =>
    series.some(({ values }) => ends(values)) ? draw(voice, sheet, input, series) : nothingToShow(voice, sheet),
  );
}

/** The numbers: a row for each round, a column for each series. */
export function rowsOfLines(voice: Voice, { rounds, series }: LineChart): ChartTable {
  return {
    columns: [voice.say('دور', 'Round'), ...series.map(({ name }) => name)],
    rows: rounds.map((round, at) => [
      listOf(voice, [round.name, round.when ?? ''].filter(Boolean)),
      ...series.map(({ values }) => scoreText(voice, knownScore(values[at]))),
    ]),
  };
}

function described(voice: Voice, { rounds, changes = [] }: LineChart, series: readonly Clean[]): string {
  const { say } = voice;
  const name = (at: number): string => oneLine(rounds[at]!.name);
  const lines = series.map(({ name: own, values }) => {
    const known = ends(values);
    if (!known) return say(`${own}: بی‌امتیاز.`, `${own}: no score.`);
    const { first, last } = known;
    const from = voice.points(values[first]!);
    if (first === last) return say(`${own}: ${from} در ${name(first)}.`, `${own}: ${from} in ${name(first)}.`);
    const to = voice.points(values[last]!);
    return say(
      `${own}: از ${from} در ${name(first)} به ${to} در ${name(last)}.`,
      `${own}: from ${from} in ${name(first)} to ${to} in ${name(last)}.`,
    );
  });
  const editions = changes
    .filter(({ before }) => rounds[before] !== undefined && before > 0)
    .map(({ before, label }) => say(`از ${name(before)}: ${label}.`, `From ${name(before)} on: ${label}.`));
  return lines.length === 0 ? emptyText(voice) : sentences(...lines, ...editions);
}

/** Heights of the plot. */
const PLOT = { wide: 300, narrow: 250 } as const;
/** Widest names at the ends; longer ones take two lines. */
const END_WIDTH = { wide: 190, narrow: 112 } as const;
const NAME_LINES = 3;
/** Between the last round and the key of a line. */
const LINK = 14;
const KEY = { wide: 24, narrow: 18 } as const;
/** A mark with some air. */
const CLEAR = 9;

function draw(
  voice: Voice,
  sheet: Sheet,
  { rounds, changes = [], scale: wanted = 'whole' }: LineChart,
  series: readonly Clean[],
): { readonly height: number; readonly body: Part } {
  const { size, font, leading, width } = sheet;
  const isSingle = series.length === 1;
  const labels = isSingle ? [] : series.map((own) => endLabel(voice, sheet, own));
  const endWidth = isSingle ? font * 1.8 : LINK + KEY[size] + 6 + Math.max(...labels.map((label) => label.width));
  const from = axisWidth(voice, sheet);
  const along = scalePoint<number>().domain(rounds.map((_, at) => at)).range([from, width - endWidth]).padding(isSingle ? 0.5 : 0.3); // prettier-ignore
  const places = rounds.map((_, at) => along(at)!);
  const rules = methodChanges(sheet, changes, places);
  const top = leading * 1.4 + rules.height;
  const plot = Math.max(
    PLOT[size],
    labels.reduce((sum, { height }) => sum + height, 0),
  );
  const bottom = top + plot;
  const domain = wanted === 'fitted' ? fittedTo(series) : ([0, 100] as const);
  const y = scaleLinear().domain(domain).range([bottom, top]);
  const below = roundLabels(sheet, rounds, places, bottom + 6);
  const notes = notesOf(voice, domain, series).map((note) => wrap(note, { size: font, width, lines: 3 }));
  let next = bottom + 6 + below.height + (notes.length > 0 ? 6 : 0);
  const drawnNotes = notes.map((note) => {
    const at = { x: 0, y: next + leading / 2, tone: 'soft' } as const;
    next += note.lines.length * leading;
    return sheet.lines(note, '', at);
  });
  // the total is drawn last, above the others
  const order = series.map((_, index) => index).sort((a, b) => Number(series[a]!.look === 'total') - Number(series[b]!.look === 'total')); // prettier-ignore
  const body = [
    sheet.text(voice.say('امتیاز از ۱۰۰', 'Score of 100'), { x: 0, y: leading / 2, tone: 'soft' }),
    ticksOf(domain).map((tick) => [
      sheet.rule(tick === domain[0] ? 'c-base' : 'c-grid', [from, y(tick)], [width - endWidth, y(tick)]),
      sheet.text(voice.count(tick), { x: from - 6, y: y(tick), anchor: 'end', tone: 'soft' }),
    ]),
    rules.draw(top, bottom),
    below.body,
    isSingle && valueLabels(voice, sheet, series[0]!, places, { y, top, bottom }),
    order.map((index) => seriesBody(sheet, voice, rounds, series[index]!, places, y)),
    !isSingle && endLabels(sheet, series, labels, { places, y, at: width - endWidth, top, bottom }),
    drawnNotes,
  ]; // prettier-ignore
  return { height: next + 4, body };
}

type Scale = (value: number) => number;

/** Band, line, whiskers and marks of one series. */
function seriesBody(
  sheet: Sheet,
  voice: Voice,
  rounds: readonly RoundLabel[],
  { look, name, values, intervals }: Clean,
  places: readonly number[],
  y: Scale,
): Markup {
  const at = values.map((_, index) => index);
  const x = (index: number): number => sheet.x(places[index]!);
  const path = line<number>().defined((index) => values[index] !== null).x(x).y((index) => y(values[index]!)).digits(2)(at); // prettier-ignore
  const band = area<number>().defined((index) => intervals[index] !== null).x(x).y0((index) => y(intervals[index]!.low)).y1((index) => y(intervals[index]!.high)).digits(2)(at); // prettier-ignore
  const points = at.map((index): Part => {
    const value = values[index];
    if (value === null || value === undefined) return NONE;
    const range = intervals[index];
    const told = listOf(voice, [oneLine(name), oneLine(rounds[index]!.name)]);
    return markup`<g><title>${told}: ${voice.points(value)}${range && ` (${voice.bounds(range.low, range.high)})`}</title>${range && whisker(x(index), y(range.low), y(range.high))}${mark(look, x(index), y(value))}</g>`;
  });
  const hasBand = intervals.some((range) => range !== null);
  return markup`<g class="c-${look}">${hasBand && markup`<path class="c-area" d="${band ?? ''}"/>`}${stroke(look, path ?? '')}${points}</g>`;
}

const whisker = (x: number, low: number, high: number): Markup =>
  markup`<path class="c-whisker" d="M${short(x - 3)} ${short(high)}h6M${short(x)} ${short(high)}V${short(low)}M${short(x - 3)} ${short(low)}h6"/>`;

// ---------------------------------------------------------------- labels

interface EndLabel {
  readonly name: ReturnType<typeof wrap>;
  readonly whole: string;
  readonly value: string;
  /** The value has room behind the last line of the name. */
  readonly isBeside: boolean;
  readonly width: number;
  readonly height: number;
}

function endLabel(voice: Voice, sheet: Sheet, { name: whole, values }: Clean): EndLabel {
  const { font, leading, size } = sheet;
  const value = scoreText(voice, values.at(-1) ?? null);
  const room = END_WIDTH[size];
  const tail = textWidth(` ${value}`, font, true);
  const together = wrap(whole, { size: font, width: room - tail, lines: 1 });
  const isOne = !together.isCut && !together.isBroken && together.lines.length > 0;
  const name = isOne ? together : wrap(whole, { size: font, width: room, lines: NAME_LINES });
  const last = textWidth(name.lines.at(-1) ?? '', font) + tail;
  const isBeside = name.lines.length > 0 && last <= room;
  const lines = name.lines.length + (isBeside ? 0 : 1);
  return { name, whole, value, isBeside, width: Math.min(room, Math.max(name.width, isBeside ? last : tail)), height: lines * leading + 2 };
} // prettier-ignore

interface EndPlace {
  readonly places: readonly number[];
  readonly y: Scale;
  /** Where the plot ends. */
  readonly at: number;
  readonly top: number;
  readonly bottom: number;
}

/** Names with keys beside the plot, moved apart; a fine line leads from the last point to a name that was moved. */
function endLabels(sheet: Sheet, series: readonly Clean[], labels: readonly EndLabel[], { places, y, at, top, bottom }: EndPlace): Part {
  const wanted = series.map(({ values }, index) => {
    const last = ends(values)?.last;
    return { at: last === undefined ? bottom : y(values[last]!), height: labels[index]!.height };
  });
  const middles = spread(wanted, top, Math.max(bottom, top + sheet.leading));
  return labels.map(({ name, whole, value, isBeside }, index) => {
    const { look, values } = series[index]!;
    const middle = middles[index]!;
    const hasPoint = values.at(-1) !== null && values.length > 0;
    const key = at + LINK;
    const first = middle - ((name.lines.length + (isBeside ? 0 : 1) - 1) / 2) * sheet.leading;
    const x = key + KEY[sheet.size] + 6;
    return [
      hasPoint && sheet.rule('c-link', [places.at(-1)! + CLEAR, wanted[index]!.at], [key - 3, middle]),
      lineKey(sheet, look, key, middle, KEY[sheet.size]),
      sheet.lines(name, whole, { x, y: first, ...(isBeside && { tail: value }) }),
      !isBeside && sheet.text(value, { x, y: first + name.lines.length * sheet.leading, tone: 'bold' }),
    ];
  });
} // prettier-ignore

/**
 * Scores at the points of a single line, above or below or farther on, the most important first: each that touches neither the line
 * nor another score. The last has its score in any case.
 */
function valueLabels(voice: Voice, sheet: Sheet, { values, intervals }: Clean, places: readonly number[], { y, top, bottom }: Pick<EndPlace, 'y' | 'top' | 'bottom'>): Part {
  const { font, width } = sheet;
  const lines = values.flatMap((value, at): Segment[] => {
    const next = values[at + 1];
    const range = intervals[at];
    const x = places[at]!;
    return [
      ...(value !== null && next !== null && next !== undefined ? [[[x, y(value)], [places[at + 1]!, y(next)]] as const] : []),
      ...(range ? [[[x - 3, y(range.high)], [x + 3, y(range.low)]] as const] : []),
    ];
  });
  const taken: Box[] = [];
  return byImportance(values).map((index, position): Part => {
    const text = voice.points(values[index]!);
    const x = places[index]!;
    const half = textWidth(text, font, position === 0) / 2;
    const range = intervals[index] ?? { low: values[index]!, high: values[index]! };
    const boxAt = (at: number, middle: number): Box => ({ left: at - half, right: at + half, top: middle - font / 2, bottom: middle + font / 2 });
    const [above, below] = [y(range.high) - CLEAR - font / 2, y(range.low) + CLEAR + font / 2];
    // beside a steep line there is room only farther on
    const boxes = [0, half].flatMap((aside) => [boxAt(x + aside, above), boxAt(x + aside, below)]);
    const isInside = (box: Box): boolean => box.left >= 0 && box.right <= width && box.top >= top && box.bottom <= bottom;
    const isFree = (box: Box): boolean => !taken.some((other) => overlap(box, other)) && !lines.some((line) => crosses(line, { ...box, left: box.left - 2, right: box.right + 2 }));
    const box = boxes.find((one) => isInside(one) && isFree(one)) ?? (position === 0 ? boxes.find(isInside) : undefined);
    if (!box) return null;
    taken.push({ ...box, left: box.left - 4, right: box.right + 4 });
    return sheet.text(text, { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2, anchor: 'middle', isPlated: true, ...(position === 0 && { tone: 'bold' }) });
  });
} // prettier-ignore

// ---------------------------------------------------------------- scale

/** The least that a fitted axis shows: a smaller part would make a mountain of every point. */
const LEAST = 40;

/** Tens around all values and intervals. */
function fittedTo(series: readonly Clean[]): readonly [number, number] {
  const all = series.flatMap(({ values, intervals }) => [
    ...values.filter((value) => value !== null),
    ...intervals.flatMap((range) => (range ? [range.low, range.high] : [])),
  ]);
  let low = Math.floor(Math.min(...all) / 10) * 10;
  let high = Math.ceil(Math.max(...all) / 10) * 10;
  while (high - low < LEAST) {
    if (low > 0) low -= 10;
    if (high < 100 && high - low < LEAST) high += 10;
  }
  return [low, high];
}

function ticksOf([low, high]: readonly [number, number]): number[] {
  const step = high - low > 60 ? 20 : 10;
  return Array.from({ length: Math.floor((high - low) / step) + 1 }, (_, at) => low + at * step);
}

function notesOf(voice: Voice, domain: readonly [number, number], series: readonly Clean[]): string[] {
  const { say, count, percent } = voice;
  const hasBand = series.some(({ intervals }) => intervals.some((range) => range !== null));
  return [
    ...(hasBand ? [say(`میله‌ها و نوار کم‌رنگ: بازه ${percent(CERTAINTY)} امتیاز.`, `Whiskers and pale band: the ${percent(CERTAINTY)} interval of a score.`)] : []),
    ...(domain[0] > 0 || domain[1] < 100 ? [say(`محور امتیاز تنها از ${count(domain[0])} تا ${count(domain[1])} را نشان می‌دهد.`, `The axis shows only the part from ${count(domain[0])} to ${count(domain[1])}.`)] : []),
  ]; // prettier-ignore
}
