/** Labels that keep clear of each other and of the lines: where they go, and which come first. */
import type { Point } from './chart.ts';

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

export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}
export type Segment = readonly [from: Point, to: Point];

/** Whether two boxes have more than an edge in common. */
export const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** Whether a line that goes forward passes through the box. */
export function crosses([[x1, y1], [x2, y2]]: Segment, { left, right, top, bottom }: Box): boolean {
  const [from, to] = [Math.max(x1, left), Math.min(x2, right)];
  if (from > to) return false;
  const at = (x: number): number => (x2 === x1 ? y1 : y1 + ((y2 - y1) * (x - x1)) / (x2 - x1));
  return Math.min(at(from), at(to)) < bottom && Math.max(at(from), at(to)) > top;
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
