/** The ranking as dots with their intervals: who can be told apart, at a glance. */
import { scaleLinear } from 'd3-scale';
import { CERTAINTY } from '../../core/uncertainty.ts';
import { markup, type Markup, type Part } from '../markup.ts';
import type { Voice } from '../voice.ts';
import { chart, DASH, knownRange, knownScore, listOf, nothingToShow, emptyText, sentences, short, type ChartHead, type ChartTable, type Range, type Sheet } from './chart.ts'; // prettier-ignore
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
  readonly band: number;
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
    return chart(voice, head, (sheet) => draw(voice, sheet, part, at === parts.length - 1));
  })}`; // prettier-ignore
}

/** The numbers: a row for each organization. */
export const rowsOfDots = (voice: Voice, { rows }: RankingDots): ChartTable => ({
  columns: [voice.say('رتبه', 'Rank'), voice.say('گروه', 'Group'), voice.say('دستگاه', 'Organization'), voice.say('امتیاز', 'Score'), voice.say('بازه', 'Interval')],
  rows: rows.map((row) => {
    const [score, range] = [knownScore(row.score), knownRange(row.range)];
    return [rankText(voice, row), voice.count(row.band), row.name, score === null ? voice.say('داده نشد', 'withheld') : voice.points(score), range ? voice.bounds(range.low, range.high) : DASH];
  }),
}); // prettier-ignore

const rankText = (voice: Voice, { rank }: Pick<RankingDot, 'rank'>): string => (rank === null ? DASH : voice.count(rank)); // prettier-ignore

function described(voice: Voice, rows: readonly RankingDot[]): string {
  const { say } = voice;
  const items = rows.map(({ name, score, range }) => {
    const ends = range ? voice.bounds(range.low, range.high) : '';
    if (score === null) return `${oneLine(name)}: ${say('داده نشد', 'withheld')}${ends && say(`، بازه ${ends}`, `, range ${ends}`)}`; // prettier-ignore
    return `${oneLine(name)}: ${voice.points(score)}${ends && ` (${ends})`}`;
  });
  return sentences(
    say(`امتیاز از ۱۰۰ با بازه ${voice.percent(CERTAINTY)}.`, `Scores of 100 with their ${voice.percent(CERTAINTY)} intervals.`),
    `${items.join(say('؛ ', '; '))}.`,
  ); // prettier-ignore
}

/** Rows of one part: two parts of so many fill a printed page. */
const ROWS = 20;

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
  readonly rank: number;
  readonly name: number;
  readonly nameWidth: number;
  readonly plot: readonly [from: number, to: number];
  readonly score: number;
}

interface Row {
  readonly dot: RankingDot;
  readonly name: Wrapped;
  readonly score: string;
  readonly top: number;
  readonly height: number;
}

function draw(voice: Voice, sheet: Sheet, dots: readonly RankingDot[], isLast: boolean): { readonly height: number; readonly body: Part } {
  const { leading, width, font } = sheet;
  const { say } = voice;
  const scores = dots.map(({ score, range }) => (score !== null ? voice.points(score) : range ? voice.bounds(range.low, range.high) : DASH));
  const columns = columnsOf(voice, sheet, dots, scores);
  const axis = leading * 1.5;
  let next = axis;
  const rows = dots.map((dot, at): Row => {
    const name = wrap(dot.name, { size: font, width: columns.nameWidth, lines: 2 });
    const height = name.lines.length * leading + ROW_PADDING[sheet.size] + (sheet.size === 'narrow' ? STRIP : 0);
    const row = { dot, name, score: scores[at]!, top: next, height };
    next += height;
    return row;
  });
  const x = scaleLinear().domain([0, 100]).range(columns.plot);
  const isNarrow = sheet.size === 'narrow';
  const head = (text: string, at: number, anchor: 'start' | 'end'): Part => sheet.text(text, { x: at, y: leading / 2, anchor, tone: 'soft' });
  const legend = isLast ? legendOf(voice, sheet, dots, next + 8) : { height: 0, body: null };
  const body = [
    !isNarrow && [head(say('گروه', 'Group'), 0, 'start'), head(say('رتبه', 'Rank'), columns.rank, 'end'), head(say('دستگاه', 'Organization'), columns.name, 'start'), head(say('امتیاز', 'Score'), width, 'end')],
    TICKS.filter((tick) => !isNarrow || tick % 50 === 0 || tick % 20 === 0).map((tick) => [
      !isNarrow && sheet.rule('c-grid', [x(tick), axis], [x(tick), next]),
      sheet.text(voice.count(tick), { x: x(tick), y: leading / 2, anchor: isNarrow && tick === 0 ? 'start' : isNarrow && tick === 100 ? 'end' : 'middle', tone: 'soft' }),
    ]),
    sheet.rule('c-base', [0, axis - 2], [width, axis - 2]),
    rows.map((row, at) => rowBody(voice, sheet, row, columns, x, rows[at - 1]?.dot.band !== row.dot.band, at === 0)),
    legend.body,
  ];
  return { height: next + (isLast ? legend.height + 10 : 2), body };
} // prettier-ignore

function columnsOf(voice: Voice, sheet: Sheet, dots: readonly RankingDot[], scores: readonly string[]): Columns {
  const { font, width, size } = sheet;
  const widest = (texts: readonly string[], bold = false): number => Math.ceil(Math.max(...texts.map((text) => textWidth(text, font, bold)))); // prettier-ignore
  const ranks = dots.map((dot) => rankText(voice, dot));
  const scoreWidth = widest([...scores, voice.say('امتیاز', 'Score')], true);
  if (size === 'narrow') {
    const name = widest(ranks, true) + GAP;
    return { rank: name - GAP, name, nameWidth: width - name - scoreWidth - GAP, plot: [4, width - 4], score: width };
  }
  const bands = widest([voice.say('گروه', 'Group'), ...dots.map(({ band }) => voice.count(band))]);
  const rank = bands + GAP + widest([voice.say('رتبه', 'Rank'), ...ranks], true);
  const name = rank + GAP;
  const from = name + NAME_WIDTH + GAP + 6;
  return { rank, name, nameWidth: NAME_WIDTH, plot: [from, width - scoreWidth - GAP * 2], score: width };
}

function rowBody(voice: Voice, sheet: Sheet, { dot, name, score, top, height }: Row, { rank, name: at, plot }: Columns, x: (value: number) => number, isFirstOfBand: boolean, isFirst: boolean): Markup {
  const { leading, width, size } = sheet;
  const isNarrow = size === 'narrow';
  const text = top + ROW_PADDING[size] / 2;
  const middle = isNarrow ? text + name.lines.length * leading + STRIP / 2 : top + height / 2;
  const first = isNarrow ? text + leading / 2 : middle - ((name.lines.length - 1) * leading) / 2;
  const scoreAt = isNarrow ? first : middle;
  const band = voice.count(dot.band);
  return markup`<g><title>${oneLine(dot.name)}: ${dot.score === null && voice.say('داده نشد، ', 'withheld, ')}${score}</title>${
    isFirstOfBand && !isFirst && sheet.rule('c-base', [0, top], [width, top])
  }${!isNarrow && isFirstOfBand && sheet.text(band, { x: 0, y: middle, tone: 'bold' })}${
    isNarrow && [sheet.rule('c-grid', [plot[0], middle], [plot[1], middle]), TICKS.map((tick) => sheet.rule('c-grid', [x(tick), middle - 3], [x(tick), middle + 3]))]
  }${sheet.text(rankText(voice, dot), { x: rank, y: first, anchor: 'end' })}${sheet.lines(name, dot.name, { x: at, y: first })}${
    dotOf(sheet, dot, x, middle)
  }${sheet.text(score, { x: width, y: scoreAt, anchor: 'end', tone: dot.score === null ? 'soft' : 'bold' })}</g>`;
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
  const note = listOf(voice, [
    say(`نقطه: امتیاز؛ خط: بازه ${percent(CERTAINTY)} آن`, `Dot: score; line: its ${percent(CERTAINTY)} interval`),
  ]) + '.' + (dots.some(({ score }) => score === null) ? say(' خط‌چین بی‌نقطه: امتیازی که داده نشد.', ' Dashed without a dot: a score that is withheld.') : '') + say(' خط‌های پررنگ گروه‌ها را جدا می‌کند؛ دستگاه‌های یک گروه را نمی‌توان از نخستین آن‌ها متمایز دانست.', ' Heavier rules part the groups; those of one group cannot be told apart from its first.');
  const wrapped = wrap(note, { size: sheet.font, width: sheet.width, lines: 5 });
  return { height: wrapped.lines.length * sheet.leading, body: sheet.lines(wrapped, note, { x: 0, y: top + sheet.leading / 2, tone: 'soft' }) };
} // prettier-ignore
