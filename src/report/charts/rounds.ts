/** The axis of time: rounds in their order, as many labels as have room, and where the method changed. */
import { markup, type Markup, type Part } from '../markup.ts';
import type { Sheet } from './chart.ts';
import { oneLine, wrap, type Wrapped } from './text.ts';

export interface RoundLabel {
  readonly name: string;
  /** A second, lighter line: when it was. */
  readonly when?: string;
}

/** From this round on another edition of the method holds. */
export interface MethodChange {
  /** Position of the first round under it. */
  readonly before: number;
  /** How the edition is called. */
  readonly label: string;
}

interface Label {
  readonly index: number;
  readonly name: Wrapped;
  readonly when: Wrapped;
}

/** Kept free between two labels. */
const GAP = 6;
/** Lines of a name, and of when it was. */
const LINES = 2;

/**
 * Labels below their rounds, at the edges moved inwards. Where not all have room, every second, third … is named, counted from the last:
 * that one always has its label. `y` is the upper edge.
 */
export function roundLabels(
  sheet: Sheet,
  rounds: readonly RoundLabel[],
  places: readonly number[],
  y: number,
  limits: readonly [from: number, to: number] = [0, sheet.width],
): { readonly height: number; readonly body: Part } {
  const step = places.length > 1 ? Math.abs(places[1]! - places[0]!) : limits[1] - limits[0];
  const size = sheet.font;
  const labelOf = (index: number, every: number): Label => {
    const half = (every * step - GAP) / 2;
    const width = Math.min(half, places[index]! - limits[0]) + Math.min(half, limits[1] - places[index]!);
    const wrapped = (text: string): Wrapped => wrap(text, { size, width, lines: LINES });
    return { index, name: wrapped(rounds[index]!.name), when: wrapped(rounds[index]!.when ?? '') };
  };
  const named = (every: number): number[] =>
    places.map((_, index) => index).filter((index) => (places.length - 1 - index) % every === 0);
  const isWhole = ({ isCut, isBroken }: Wrapped): boolean => !isCut && !isBroken;
  const hasRoom = (every: number): boolean =>
    named(every).every((index) => {
      const { name, when } = labelOf(index, every);
      return isWhole(name) && isWhole(when);
    });
  let every = 1;
  while (every < places.length && !hasRoom(every)) every++;
  const labels = named(every).map((index) => labelOf(index, every));
  const lines = labels.map(({ name, when }) => name.lines.length + when.lines.length);
  const body = labels.map(({ index, name, when }): Markup => {
    const half = Math.max(name.width, when.width) / 2;
    const x = Math.max(limits[0] + half, Math.min(limits[1] - half, places[index]!));
    const at = { x, y: y + sheet.leading / 2, anchor: 'middle' } as const;
    const { name: whole, when: time = '' } = rounds[index]!;
    return markup`${sheet.lines(name, whole, at)}${sheet.lines(when, time, { ...at, y: at.y + name.lines.length * sheet.leading, tone: 'soft' })}`;
  });
  return { height: Math.max(0, ...lines) * sheet.leading, body };
}

/** Rows for the labels of changes; more of them are not read any more. */
const ROWS = 3;
const FROM_RULE = 4;
/** A label of fewer letters, ellipsis included, says nothing. */
const LETTERS = 3;

export interface PlacedChanges {
  /** Height of the rows of labels above the plot. */
  readonly height: number;
  draw(top: number, bottom: number): Part;
}

/**
 * A vertical rule before the first round of each edition, labelled at its head. Labels begin at their rule. One that
 * is longer than the way to the next rule sends that one's label to a lower row, for which the rule begins lower; in
 * the last row labels are cut before the next rule, or left out where that is too near; a title tells them in full.
 */
export function methodChanges(
  sheet: Sheet,
  changes: readonly MethodChange[],
  places: readonly number[],
): PlacedChanges {
  const byRound = new Map<number, string>();
  for (const { before, label } of changes) {
    if (!Number.isInteger(before) || before <= 0 || before >= places.length) continue;
    byRound.set(before, [byRound.get(before) ?? '', label].filter(Boolean).join(' · '));
  }
  const rules = [...byRound]
    .sort(([a], [b]) => a - b)
    .map(([before, label]) => ({ at: (places[before - 1]! + places[before]!) / 2, label }));
  const free = Array.from({ length: ROWS }, () => 0);
  const placed = rules.map(({ at, label }, index) => {
    const from = at + FROM_RULE;
    // below its label the rule goes through the rows that follow
    const row = Math.min(ROWS - 1, free.findLastIndex((taken) => taken > from) + 1);
    const end = row === ROWS - 1 ? (rules[index + 1]?.at ?? sheet.width) : sheet.width;
    const room = end - from - 2;
    const wrapped = wrap(room < sheet.font * LETTERS ? '' : label, { size: sheet.font, width: room, lines: 1 });
    free[row] = from + wrapped.width + GAP;
    return { at, label, from, row, wrapped };
  });
  const rows = Math.max(0, ...placed.map(({ row }) => row + 1));
  return {
    height: rows * sheet.leading,
    draw: (top, bottom) =>
      placed.map(({ at, label, from, row, wrapped }) => {
        const y = top - (rows - row - 0.5) * sheet.leading;
        return markup`<g>${label !== '' && markup`<title>${oneLine(label)}</title>`}${sheet.rule('c-change', [at, y - sheet.leading / 2 + 2], [at, bottom])}${sheet.lines(wrapped, label, { x: from, y, tone: 'soft' })}</g>`;
      }),
  };
}
