/** How far a rule's verdicts agree with those that labelled pages ask for, and what that says of the next one. */
import type { Verdict } from './model.ts';

/** Verdicts said, and how many of them the labels share. */
export interface Said {
  readonly said: number;
  readonly right: number;
}

export interface RuleAccuracy {
  /** Labelled cases that the rule answered. */
  readonly cases: number;
  /** Of them with exactly the label's verdict. */
  readonly agree: number;
  /** Labelled cases that it left open: unclear, blocked, not visible. */
  readonly open: number;
  /** `pass` or `partial`: something is there. Right when the label says one of the two. */
  readonly positives: Said;
  /** `fail`: nothing is there. Right when the label says so. */
  readonly absents: Said;
}

export type AccuracyTable = Readonly<Record<string, RuleAccuracy>>;

export interface Case {
  readonly rule: string;
  readonly label: Verdict;
  /** null when there is no finding. */
  readonly found: Verdict | null;
}

const PRESENT: readonly Verdict[] = ['pass', 'partial'];
const ANSWERS: readonly Verdict[] = ['pass', 'partial', 'fail', 'not-applicable'];

/** Counts the cases of each rule. A label that nothing can see (`not-visible`) asks only that nothing is claimed. */
export function accuracyOf(cases: readonly Case[]): AccuracyTable {
  const table: Record<string, RuleAccuracy> = {};
  for (const rule of [...new Set(cases.map((one) => one.rule))].sort()) {
    const own = cases.filter((one) => one.rule === rule);
    const answered = own.filter(({ found }) => found !== null && ANSWERS.includes(found));
    const positives = answered.filter(({ found }) => PRESENT.includes(found!));
    const absents = answered.filter(({ found }) => found === 'fail');
    table[rule] = {
      cases: answered.length,
      agree: answered.filter(({ found, label }) => found === label).length,
      open: own.length - answered.length,
      positives: { said: positives.length, right: positives.filter(({ label }) => PRESENT.includes(label)).length },
      absents: { said: absents.length, right: absents.filter(({ label }) => label === 'fail').length },
    };
  }
  return table;
}

/**
 * The share that is to be expected, and its interval: Wilson's score interval at 95 % (E. B. Wilson 1927), whose middle
 * draws few cases towards one half. null without cases.
 */
export function wilson({
  said,
  right,
}: Said): { readonly share: number; readonly low: number; readonly high: number } | null {
  if (said === 0) return null;
  const z = 1.96;
  const p = right / said;
  const scale = 1 + (z * z) / said;
  const middle = (p + (z * z) / (2 * said)) / scale;
  const half = (z / scale) * Math.sqrt((p * (1 - p)) / said + (z * z) / (4 * said * said));
  return { share: middle, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/** Cohen's kappa of the answered cases over the verdicts; null when there is nothing to agree on. */
export function kappaOf(cases: readonly Case[]): number | null {
  const answered = cases.filter(({ found }) => found !== null && ANSWERS.includes(found));
  if (answered.length === 0) return null;
  const share = (pick: (one: Case) => Verdict | null, verdict: Verdict): number =>
    answered.filter((one) => pick(one) === verdict).length / answered.length;
  const observed = answered.filter(({ found, label }) => found === label).length / answered.length;
  const chance = ANSWERS.reduce(
    (sum, verdict) => sum + share(({ label }) => label, verdict) * share(({ found }) => found, verdict),
    0,
  );
  return chance === 1 ? null : (observed - chance) / (1 - chance);
}
