/** The ranking: ties share a rank, every rank carries an interval, and who cannot be told apart shares a band. */
import type { OrganizationScore } from './score.ts';

export interface Ranked {
  readonly organization: string;
  /** Competition rank (1, 2, 2, 4); null when the score is withheld. */
  readonly rank: number | null;
  /** Best and worst rank among the organizations with a score that the intervals allow. */
  readonly best: number;
  readonly worst: number;
  /** Organizations of one band cannot be separated from its first. Counted from 1. */
  readonly band: number;
}

/** Differences below this are within what the method can tell apart (catalogue, section 5.3). */
const INDISTINCT = 0.5; // points
/** Differences below this are the computer's rounding. */
const ROUNDING = 1e-9; // points

/** Ranks by unrounded total. Scores that print the same may still differ; equal ones share the rank. */
export function rank(scores: readonly OrganizationScore[]): Ranked[] {
  const order = [...scores].sort(
    (a, b) =>
      (b.total.score ?? -1) - (a.total.score ?? -1) || mid(b) - mid(a) || (a.organization < b.organization ? -1 : 1),
  );
  let band = 0;
  let lead: OrganizationScore | null = null;
  return order.map((own): Ranked => {
    if (lead === null || !inseparable(lead, own)) {
      band++;
      lead = own;
    }
    const score = own.total.score;
    const others = order.filter((other) => other !== own && other.total.score !== null);
    return {
      organization: own.organization,
      rank: score === null ? null : 1 + others.filter(({ total }) => total.score! > score + ROUNDING).length,
      best: 1 + others.filter(({ total }) => total.low > own.total.high + ROUNDING).length,
      worst: 1 + others.filter(({ total }) => total.high >= own.total.low - ROUNDING).length,
      band,
    };
  });
}

const mid = (score: OrganizationScore): number => (score.total.low + score.total.high) / 2;

function inseparable(a: OrganizationScore, b: OrganizationScore): boolean {
  const overlap = a.total.low <= b.total.high && b.total.low <= a.total.high;
  return overlap || Math.abs((a.total.score ?? mid(a)) - (b.total.score ?? mid(b))) < INDISTINCT;
}
