/** Means of the stages and of the total over the rounds: a small panel of bars for each, all to one scale. */
import { scaleBand, scaleLinear } from 'd3-scale';
import { markup, type Markup, type Part } from '../markup.ts';
import type { Voice } from '../voice.ts';
import { chart, DASH, emptyText, ends, knownScore, listOf, nothingToShow, scoreText, sentences, type ChartHead, type ChartTable, type Sheet } from './chart.ts'; // prettier-ignore
import { byImportance, chiefValues } from './labels.ts';
import { methodChanges, roundLabels, type MethodChange, type RoundLabel } from './rounds.ts';
import { oneLine, textWidth, wrap } from './text.ts';

export interface BarGroup {
  readonly name: string;
  /** One score a round, oldest first; null where there is none. */
  readonly values: readonly (number | null)[];
}

export interface GroupedBars extends ChartHead {
  /** Oldest first. Of a label only the name is printed, below each panel. */
  readonly rounds: readonly RoundLabel[];
  readonly groups: readonly BarGroup[];
  readonly changes?: readonly MethodChange[];
}

export function groupedBars(voice: Voice, input: GroupedBars): Markup {
  const groups = input.groups.map(({ name, values }) => ({
    name,
    values: input.rounds.map((_, at) => knownScore(values[at])),
  }));
  const clean = { ...input, groups };
  const head = { id: input.id, title: input.title, description: described(voice, clean), sizes: 'both' } as const;
  return chart(voice, head, (sheet) =>
    groups.length === 0 || input.rounds.length === 0 ? nothingToShow(voice, sheet) : draw(voice, sheet, clean),
  );
}

/** The numbers: a row for each group, a column for each round. */
export const rowsOfGroups = (voice: Voice, { rounds, groups }: GroupedBars): ChartTable => ({
  columns: ['', ...rounds.map(({ name }) => name)],
  rows: groups.map(({ name, values }) => [name, ...rounds.map((_, at) => scoreText(voice, knownScore(values[at])))]),
});

function described(voice: Voice, { rounds, groups, changes = [] }: GroupedBars): string {
  if (groups.length === 0 || rounds.length === 0) return emptyText(voice);
  const lines = groups.map(({ name, values }) => {
    const known = values.flatMap((value, at) => (value === null ? [] : [`${oneLine(rounds[at]!.name)} ${voice.points(value)}`])); // prettier-ignore
    return `${oneLine(name)}: ${known.length === 0 ? voice.say('بی‌امتیاز', 'no score') : listOf(voice, known)}.`;
  });
  return sentences(...lines, ...changeNotes(voice, rounds, changes));
}

const changeNotes = ({ say }: Voice, rounds: readonly RoundLabel[], changes: readonly MethodChange[]): string[] =>
  changes
    .filter(({ before }) => before > 0 && rounds[before] !== undefined)
    .map(({ before, label }) => say(`${oneLine(rounds[before]!.name)}، پس از خط‌چین: ${oneLine(label)}.`, `${oneLine(rounds[before]!.name)}, past a dashed rule: ${oneLine(label)}.`)); // prettier-ignore

// ---------------------------------------------------------------- drawing

/** Rounds for whose bars and numbers a panel is wide enough, by the number of panels beside each other. */
const ROUNDS = { wide: [[5, 3], [9, 2]], narrow: [[3, 2]] } as const; // prettier-ignore
const LEAST_ACROSS = { wide: 2, narrow: 1 } as const;
const BAR_AREA = { wide: 110, narrow: 76 } as const;
const BETWEEN = { wide: 28, narrow: 16 } as const;
const BELOW_PANEL = 16;

function draw(voice: Voice, sheet: Sheet, { rounds, groups, changes = [] }: GroupedBars): { readonly height: number; readonly body: Part } {
  const { size, width, leading, font } = sheet;
  const across = Math.min(groups.length, ROUNDS[size].find(([most]) => rounds.length <= most)?.[1] ?? LEAST_ACROSS[size]);
  const own = (width - (across - 1) * BETWEEN[size]) / across;
  let top = 0;
  const body: Part[] = [];
  for (let first = 0; first < groups.length; first += across) {
    const line = groups.slice(first, first + across).map((group, column) => panel(voice, sheet, group, rounds, changes, column * (own + BETWEEN[size]), own, top));
    body.push(line.map((drawn) => drawn.body));
    top += Math.max(...line.map((drawn) => drawn.height)) + BELOW_PANEL;
  }
  const scale = voice.say(`خط‌های افقی: ${voice.count(50)} و ${voice.count(100)} امتیاز.`, `Horizontal rules: ${voice.count(50)} and ${voice.count(100)} points.`);
  for (const note of [scale, ...changeNotes(voice, rounds, changes)]) {
    const lines = wrap(note, { size: font, width, lines: 2 });
    body.push(sheet.lines(lines, note, { x: 0, y: top + leading / 2, tone: 'soft' }));
    top += lines.lines.length * leading;
  }
  return { height: top + 4, body };
} // prettier-ignore

function panel(voice: Voice, sheet: Sheet, { name, values }: BarGroup, rounds: readonly RoundLabel[], changes: readonly MethodChange[], from: number, width: number, top: number): { readonly height: number; readonly body: Part } {
  const { size, font, leading } = sheet;
  const heading = wrap(name, { size: font, width, lines: 2, bold: true });
  const head = top + Math.max(1, heading.lines.length) * leading + leading * 1.2;
  const bottom = head + BAR_AREA[size];
  const y = scaleLinear().domain([0, 100]).range([bottom, head]);
  const band = scaleBand<number>().domain(rounds.map((_, at) => at)).range([from, from + width]).paddingInner(0.28).paddingOuter(0.1);
  const places = rounds.map((_, at) => band(at)! + band.bandwidth() / 2);
  const names = rounds.map((round) => ({ name: round.name }));
  const below = roundLabels(sheet, names, places, bottom + 4, [from, from + width]);
  const last = ends(values)?.last;
  const bars = values.map((value, at): Part => {
    if (value === null) return sheet.text(DASH, { x: places[at]!, y: bottom - font * 0.6, anchor: 'middle', tone: 'soft' });
    const start = band(at)!;
    return markup`<g><title>${listOf(voice, [oneLine(name), oneLine(rounds[at]!.name)])}: ${voice.points(value)}</title>${sheet.rect(at === last ? 'c-fill' : 'c-faint', start, start + band.bandwidth(), y(value), bottom - y(value))}</g>`;
  });
  const rules = methodChanges(sheet, changes.map(({ before }) => ({ before, label: '' })), places);
  const body = [
    sheet.lines(heading, name, { x: from, y: top + leading / 2, tone: 'bold' }),
    [50, 100].map((tick) => sheet.rule('c-grid', [from, y(tick)], [from + width, y(tick)])),
    markup`<g class="c-accent">${bars}</g>`,
    rules.draw(head, bottom),
    sheet.rule('c-base', [from, bottom], [from + width, bottom]),
    valueLabels(voice, sheet, values, places, [from, from + width], y),
    below.body,
  ];
  return { height: bottom + 4 + below.height - top, body };
} // prettier-ignore

/**
 * Values above their bars. Where there is no room for all, the chief ones only: a number here and there would seem
 * to mean something.
 */
function valueLabels(voice: Voice, sheet: Sheet, values: readonly (number | null)[], places: readonly number[], [from, to]: readonly [number, number], y: (value: number) => number): Part {
  const all = byImportance(values);
  const texts = new Map(all.map((at, position) => [at, { text: voice.points(values[at]!), isLast: position === 0 }]));
  const widthOf = (at: number): number => textWidth(texts.get(at)!.text, sheet.font, texts.get(at)!.isLast);
  const step = places.length > 1 ? places[1]! - places[0]! : Infinity;
  const order = all.every((at) => widthOf(at) + AIR <= step) ? all : chiefValues(values);
  // signs for "nothing" are in the same place
  const taken = values.flatMap((value, at) => (value === null ? [[places[at]! - 5, places[at]! + 5] as const] : []));
  return order.map((at): Part => {
    const { text, isLast } = texts.get(at)!;
    const half = widthOf(at) / 2;
    const x = Math.max(from + half, Math.min(to - half, places[at]!));
    if (taken.some(([start, end]) => start < x + half && x - half < end)) return null;
    taken.push([x - half - AIR, x + half + AIR]);
    return sheet.text(text, { x, y: y(values[at]!) - sheet.font * 0.75, anchor: 'middle', isPlated: true, ...(isLast && { tone: 'bold' }) });
  });
} // prettier-ignore

/** Between two numbers. */
const AIR = 3;
