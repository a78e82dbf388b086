/** The ranking: ties share a rank, every rank carries an interval, and who cannot be told apart shares a band. */
import type { StageScore } from './score.ts';
import { CERTAINTY, middleOf } from './uncertainty.ts';

export interface Contender {
  readonly organization: string;
  readonly total: StageScore;
  /** Its total in each replicate, as many for all. */
  readonly totals: Float64Array;
}

export interface Ranked {
  readonly organization: string;
  /** Competition rank (1, 2, 2, 4); null when the score is withheld. */
  readonly rank: number | null;
  /**
   * Its place among the organizations with a score, in 95 % of the replicates and in the ranking; for a withheld score
   * the place that it would take.
   */
  readonly best: number;
  readonly worst: number;
  /**
   * Organizations of one band cannot be told apart from its first. Counted from 1; null when the score is withheld: what
   * may lie anywhere in its range stands to each band otherwise.
   */
  readonly band: number | null;
}

/** Differences below this are within what the method can tell apart (catalogue, section 5.3). */
const INDISTINCT = 0.5; // points
/** Differences below this are the computer's rounding. */
const ROUNDING = 1e-9; // points

/** Ranks by unrounded total. Scores that print the same may still differ; equal ones share the rank. */
export function rank(contenders: readonly Contender[]): Ranked[] {
  const order = [...contenders].sort(
    (a, b) =>
      (b.total.score ?? -1) - (a.total.score ?? -1) || mid(b) - mid(a) || (a.organization < b.organization ? -1 : 1),
  );
  const scores = order.flatMap(({ total: { score } }) => score ?? []);
  const places = placesOf(order);
  let band = 0;
  let lead: Contender | null = null;
  return order.map((own, at): Ranked => {
    const { score } = own.total;
    if (score !== null && (lead === null || isBelow(own, lead))) {
      band++;
      lead = own;
    }
    const place = score === null ? null : 1 + scores.filter((other) => other > score + ROUNDING).length;
    const { best, worst } = places[at]!;
    return {
      organization: own.organization,
      rank: place,
      best: Math.min(best, place ?? best),
      worst: Math.max(worst, place ?? worst),
      band: score === null ? null : band,
    };
  });
}

export type Standing = 'above' | 'below' | 'alike';

/** Where the first stands to the second: `alike` when they cannot be told apart. */
export const standing = (own: Contender, other: Contender): Standing =>
  isBelow(own, other) ? 'below' : isBelow(other, own) ? 'above' : 'alike';

/** By score and, with 95 % certainty, by the replicates. */
const isBelow = (own: Contender, other: Contender): boolean =>
  pointOf(other) - pointOf(own) >= INDISTINCT && separated(other.totals, own.totals) >= CERTAINTY;

/** Share of the replicates in which the first is above the second, 0…1. */
export function separated(totals: Float64Array, others: Float64Array): number {
  if (totals.length !== others.length)
    throw new Error(`${totals.length} replicates cannot be compared with ${others.length}`);
  let above = 0;
  for (let at = 0; at < totals.length; at++) if (totals[at]! > others[at]! + ROUNDING) above++;
  return above / totals.length;
}

const mid = ({ total }: Contender): number => (total.low + total.high) / 2;
const pointOf = (contender: Contender): number => contender.total.score ?? mid(contender);

/** Places over the replicates, among those with a score. Equals span the places that they share. */
function placesOf(contenders: readonly Contender[]): { readonly best: number; readonly worst: number }[] {
  const replicates = contenders[0]?.totals.length ?? 0;
  const scored = contenders.filter(({ total }) => total.score !== null);
  const bests = contenders.map(() => new Uint32Array(replicates));
  const worsts = contenders.map(() => new Uint32Array(replicates));
  const standing = new Float64Array(scored.length);
  for (let at = 0; at < replicates; at++) {
    scored.forEach(({ totals }, position) => (standing[position] = totals[at]!));
    standing.sort();
    contenders.forEach(({ total, totals }, position) => {
      const above = scored.length - countUpTo(standing, totals[at]! + ROUNDING);
      const level = scored.length - countUpTo(standing, totals[at]! - ROUNDING);
      bests[position]![at] = 1 + above;
      // one with a score stands level with itself
      worsts[position]![at] = level + (total.score === null ? 1 : 0);
    });
  }
  return contenders.map((_, position) => ({
    best: middleOf(bests[position]!)[0],
    worst: middleOf(worsts[position]!)[1],
  }));
}

/** How many of the ascending numbers are at most the limit. */
function countUpTo(ascending: Float64Array, limit: number): number {
  let [from, to] = [0, ascending.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (ascending[middle]! <= limit) from = middle + 1;
    else to = middle;
  }
  return from;
}
