/** The ranking as dots with their intervals: who can be told apart, at a glance. */
import { scaleLinear } from 'd3-scale';
import { CERTAINTY } from '../../core/uncertainty.ts';
import { markup, type Markup, type Part } from '../markup.ts';
import type { Voice } from '../voice.ts';
import { chart, DASH, known, knownRange, knownScore, numbersIn, nothingToShow, emptyText, sentences, short, type ChartHead, type ChartTable, type Range, type Sheet, type TextAt } from './chart.ts'; // prettier-ignore
import { BAND_SENTENCE } from '../words.ts';
import { oneLine, textWidth, wrap, type Wrapped } from './text.ts';

export interface RankingDot {
  readonly name: string;
  /** null when the score is withheld. */
  readonly rank: number | null;
  /** null when it is withheld; then its range stands alone. */
  readonly score: number | null;
  /** The interval of the score, or the range of one that is withheld; null where neither is known. */
  readonly range: Range | null;
  /** Neighbours with the same number cannot be told apart. */
  /** null for one in no group. */
  readonly band: number | null;
}

export interface RankingDots extends ChartHead {
  /** In the order of the ranking. */
  readonly rows: readonly RankingDot[];
}

/**
 * The whole ranking in parts of about half a printed page, each with its axis: a page ends between two parts, and on
 * a screen the axis is never far.
 */
export function rankingDots(voice: Voice, { id, title, rows }: RankingDots): Markup {
  const clean = rows.map((row): RankingDot => ({ ...row, score: knownScore(row.score), range: knownRange(row.range) }));
  if (clean.length === 0)
    return chart(voice, { id, title, description: emptyText(voice), sizes: 'both' }, (sheet) => nothingToShow(voice, sheet)); // prettier-ignore
  const parts = inParts(clean);
  return markup`${parts.map((part, at) => {
    const place = parts.length === 1 ? '' : voice.say(` (بخش ${voice.count(at + 1)} از ${voice.count(parts.length)})`, ` (part ${voice.count(at + 1)} of ${voice.count(parts.length)})`);
    const head = { id: parts.length === 1 ? id : `${id}-${at + 1}`, title: `${oneLine(title)}${place}`, description: described(voice, part), sizes: 'both' } as const;
    return chart(voice, head, (sheet) => draw(voice, sheet, part, at === parts.length - 1 ? clean : null));
  })}`; // prettier-ignore
}

/** The numbers: a row for each organization. */
export const rowsOfDots = (voice: Voice, { rows }: RankingDots): ChartTable => ({
  columns: [voice.say('رتبه', 'Rank'), voice.say('گروه', 'Group'), voice.say('دستگاه', 'Organization'), voice.say('امتیاز', 'Score'), voice.say('بازه', 'Interval')],
  rows: rows.map((row) => {
    const [score, range] = [knownScore(row.score), knownRange(row.range)];
    return [placeText(voice, row.rank), placeText(voice, row.band), row.name, score === null ? voice.say('داده نشد', 'withheld') : voice.points(score), range ? voice.bounds(range.low, range.high) : DASH];
  }),
}); // prettier-ignore

/** A rank or the number of a group. */
const placeText = (voice: Voice, place: number | null): string => (known(place) === null ? DASH : voice.count(place!));

/** How many, the first and the last; the table beside the chart has them all. */
function described(voice: Voice, rows: readonly RankingDot[]): string {
  const { say, count } = voice;
  const withheld = rows.filter(({ score }) => score === null).length;
  const one = (row: RankingDot): string => `${oneLine(row.name)} (${scoreOf(voice, row)})`;
  const [first, last] = [one(rows[0]!), one(rows.at(-1)!)];
  return sentences(
    rows.length === 1 ? `${first}.` : say(`${count(rows.length)} دستگاه، از ${first} تا ${last}.`, `${count(rows.length)} organizations, from ${first} to ${last}.`),
    withheld === 0 ? '' : say(`امتیاز ${count(withheld)} دستگاه داده نشد.`, `Withheld scores: ${count(withheld)}.`),
  );
} // prettier-ignore

/** The score; the range of one that is withheld. */
const scoreOf = (voice: Voice, { score, range }: Pick<RankingDot, 'score' | 'range'>): string =>
  score !== null ? voice.points(score) : range ? voice.bounds(range.low, range.high) : DASH;

/** Rows of one part: two parts of so many fill a printed page. */
const ROWS = 22;

/** Parts of nearly the same length. */
function inParts(rows: readonly RankingDot[]): (readonly RankingDot[])[] {
  const count = Math.ceil(rows.length / ROWS);
  const edge = (at: number): number => Math.round((at * rows.length) / count);
  return Array.from({ length: count }, (_, at) => rows.slice(edge(at), edge(at + 1)));
}

// ---------------------------------------------------------------- drawing

const NAME_WIDTH = 262;
const GAP = 10;
const ROW_PADDING = { wide: 4, narrow: 8 } as const;
/** Height of the strip in which a dot lies, below its name in the narrow drawing. */
const STRIP = 14;
const RADIUS = 3.6;
const TICKS = [0, 20, 40, 60, 80, 100];

/** Where the columns begin and end, in the direction of reading. */
interface Columns {
  readonly rank: readonly [from: number, to: number];
  readonly name: number;
  readonly nameWidth: number;
  readonly plot: readonly [from: number, to: number];
  readonly score: readonly [from: number, to: number];
}

interface Row {
  readonly dot: RankingDot;
  readonly isFirstOfBand: boolean;
  readonly name: Wrapped;
  readonly score: string;
  readonly top: number;
  readonly height: number;
}

function draw(voice: Voice, sheet: Sheet, dots: readonly RankingDot[], all: readonly RankingDot[] | null): { readonly height: number; readonly body: Part } {
  const { leading, width, font } = sheet;
  const { say } = voice;
  const isNarrow = sheet.size === 'narrow';
  const scores = dots.map((dot) => scoreOf(voice, dot));
  const columns = columnsOf(voice, sheet, dots, scores);
  const axis = leading * 1.5;
  let next = axis;
  const rows = dots.map((dot, at): Row => {
    const name = wrap(dot.name, { size: font, width: columns.nameWidth, lines: 2 });
    const isFirstOfBand = dots[at - 1]?.band !== dot.band;
    const height = Math.max(1, name.lines.length) * leading + ROW_PADDING[sheet.size] + (isNarrow ? STRIP + (isFirstOfBand ? leading : 0) : 0);
    const row = { dot, isFirstOfBand, name, score: scores[at]!, top: next, height };
    next += height;
    return row;
  });
  const x = scaleLinear().domain([0, 100]).range(columns.plot);
  const head = (text: string, at: Pick<TextAt, 'x' | 'anchor'>): Part => sheet.text(text, { ...at, y: leading / 2, tone: 'soft' });
  const legend = all ? legendOf(voice, sheet, all, next + 8) : { height: 0, body: null };
  const body = [
    !isNarrow && [head(say('گروه', 'Group'), { x: 0 }), head(say('رتبه', 'Rank'), numbersIn(voice, ...columns.rank)), head(say('دستگاه', 'Organization'), { x: columns.name }), head(say('امتیاز', 'Score'), numbersIn(voice, ...columns.score))],
    TICKS.map((tick) => [
      !isNarrow && sheet.rule('c-grid', [x(tick), axis], [x(tick), next]),
      sheet.text(voice.count(tick), { x: x(tick), y: leading / 2, anchor: isNarrow && tick === 0 ? 'start' : isNarrow && tick === 100 ? 'end' : 'middle', tone: 'soft' }),
    ]),
    sheet.rule('c-base', [0, axis - 2], [width, axis - 2]),
    rows.map((row, at) => rowBody(voice, sheet, row, columns, x, at === 0)),
    legend.body,
  ];
  return { height: next + (all ? legend.height + 10 : 2), body };
} // prettier-ignore

function columnsOf(voice: Voice, sheet: Sheet, dots: readonly RankingDot[], scores: readonly string[]): Columns {
  const { font, width, size } = sheet;
  const widest = (texts: readonly string[], bold = false): number => Math.ceil(Math.max(...texts.map((text) => textWidth(text, font, bold)))); // prettier-ignore
  const ranks = dots.map((dot) => placeText(voice, dot.rank));
  const scoreWidth = widest([...scores, voice.say('امتیاز', 'Score')], true);
  if (size === 'narrow') {
    const name = widest(ranks, true) + GAP;
    return {
      rank: [0, name - GAP],
      name,
      nameWidth: width - name - scoreWidth - GAP,
      plot: [4, width - 4],
      score: [width - scoreWidth, width],
    };
  }
  const bands = widest([voice.say('گروه', 'Group'), ...dots.map(({ band }) => placeText(voice, band))]);
  const rank = [bands + GAP, bands + GAP + widest([voice.say('رتبه', 'Rank'), ...ranks], true)] as const;
  const name = rank[1] + GAP;
  const from = name + NAME_WIDTH + GAP + 6;
  return {
    rank,
    name,
    nameWidth: NAME_WIDTH,
    plot: [from, width - scoreWidth - GAP * 2],
    score: [width - scoreWidth, width],
  };
}

function rowBody(voice: Voice, sheet: Sheet, { dot, isFirstOfBand, name, score, top, height }: Row, { rank, name: at, plot, score: scoreAt }: Columns, x: (value: number) => number, isFirst: boolean): Markup {
  const { leading, width, size } = sheet;
  const isNarrow = size === 'narrow';
  const text = top + ROW_PADDING[size] / 2 + (isNarrow && isFirstOfBand ? leading : 0);
  const middle = isNarrow ? text + Math.max(1, name.lines.length) * leading + STRIP / 2 : top + height / 2;
  const first = isNarrow ? text + leading / 2 : middle - (Math.max(0, name.lines.length - 1) * leading) / 2;
  const band = placeText(voice, dot.band);
  return markup`<g><title>${oneLine(dot.name)}: ${dot.score === null && voice.say('داده نشد، ', 'withheld, ')}${score}</title>${
    isFirstOfBand && !isFirst && sheet.rule('c-base', [0, top], [width, top])
  }${isFirstOfBand && (isNarrow ? sheet.text(dot.band === null ? voice.say('بی‌گروه', 'In no group') : voice.say(`گروه ${band}`, `Group ${band}`), { x: 0, y: text - leading / 2, tone: 'soft' }) : sheet.text(band, { x: 0, y: middle, tone: 'bold' }))}${
    isNarrow && [sheet.rule('c-grid', [plot[0], middle], [plot[1], middle]), TICKS.map((tick) => sheet.rule('c-grid', [x(tick), middle - 3], [x(tick), middle + 3]))]
  }${sheet.text(placeText(voice, dot.rank), { ...numbersIn(voice, ...rank), y: isNarrow ? first : middle })}${sheet.lines(name, dot.name, { x: at, y: first })}${
    dotOf(sheet, dot, x, middle)
  }${sheet.text(score, { ...(isNarrow ? { x: width, anchor: 'end' } : numbersIn(voice, ...scoreAt)), y: isNarrow ? first : middle, tone: dot.score === null ? 'soft' : 'bold' })}</g>`;
} // prettier-ignore

/** A line with ends for the interval and a dot for the score; a withheld score has a dashed line and no dot. */
function dotOf(sheet: Sheet, { score, range }: Pick<RankingDot, 'score' | 'range'>, x: (value: number) => number, middle: number): Part {
  const guess = score === null ? ' c-guess' : '';
  return markup`<g class="c-accent">${
    range && [
      sheet.rule(`c-span${guess}`, [x(range.low), middle], [x(range.high), middle]),
      [range.low, range.high].map((end) => sheet.rule('c-whisker', [x(end), middle - 3.5], [x(end), middle + 3.5])),
    ]
  }${score !== null && markup`<circle class="c-mark" cx="${short(sheet.x(x(score)))}" cy="${short(middle)}" r="${RADIUS}"/>`}</g>`;
} // prettier-ignore

function legendOf(voice: Voice, sheet: Sheet, dots: readonly RankingDot[], top: number): { readonly height: number; readonly body: Part } {
  const { say, percent } = voice;
  const isWithheld = dots.some(({ score }) => score === null);
  const note = sentences(
    say(`نقطه: امتیاز؛ خط: بازه ${percent(CERTAINTY)} آن.`, `Dot: score; line: its ${percent(CERTAINTY)} interval.`),
    isWithheld ? say('خط‌چین بی‌نقطه: امتیازی که داده نشد.', 'Dashed, without a dot: a score that is withheld.') : '',
    say(`خط‌های سراسری گروه‌ها را جدا می‌کند: ${voice.text(BAND_SENTENCE)}.`, `Rules across part the groups: ${voice.text(BAND_SENTENCE)}.`),
  );
  const wrapped = wrap(note, { size: sheet.font, width: sheet.width, lines: 5 });
  return { height: wrapped.lines.length * sheet.leading, body: sheet.lines(wrapped, note, { x: 0, y: top + sheet.leading / 2, tone: 'soft' }) };
} // prettier-ignore
