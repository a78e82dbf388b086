/**
 * How far a score can be trusted, by resampling: it is computed anew many times, each time from verdicts as a trained
 * evaluator who sees everything might have given them. Pure, and reproducible to the last bit: the draws depend on
 * the seed, the organization and the rule, and on nothing else.
 *
 * - What a machine said is turned over as often as its rule is wrong when it says this: 1 − confidence. `pass` and
 *   `partial` become `fail`; a `fail` becomes `partial` or `pass`. What a person decided stays, and so does what is
 *   not applicable.
 * - What is unresolved becomes `pass` or `fail`, the two ends of its range. Nothing is known of it, not even how much
 *   of it passes, so this rate is drawn too: for each replicate one for the organization, all rates being equally
 *   likely. Fair coins would claim to know that half of it passes, and an organization would seem the better known
 *   the more of it could not be seen.
 * - One draw decides all services of an organization that a rule calls present, or absent, or leaves open: they are
 *   pages of one template, and what misleads a rule on one of them misleads it on all.
 */
import type { Edition } from './edition.ts';
import { STAGES, UNRESOLVED, type Finding, type Service, type SettledVerdict, type Stage } from './model.ts';
import { valueOf, weightsOf, type IndicatorPlace } from './score.ts';

/** With a thousand, the end of an interval moves by about a fiftieth of its width from one seed to another. */
export const REPLICATES = 1000;
/** Share of the replicates that an interval holds, and from which on one organization is above another. */
export const CERTAINTY = 0.95;
/** What a rule missed is mostly there in part: on the sites whose labels the confidences come from, 21 times of 32. */
export const MISSED_IN_PART = 2 / 3;

export type Interval = readonly [low: number, high: number];

/** Scores of one organization in each replicate. */
export interface Resampled {
  readonly totals: Float64Array;
  readonly stages: Readonly<Record<Stage, Float64Array>>;
}

export interface ResampleOptions {
  /** Names the draws: the id of the audit or round. */
  readonly seed: string;
  readonly replicates?: number;
}

/** Takes what `scoreOrganization` takes; each replicate is its score of the findings that `replicate` gives. */
export function resample(
  organization: string,
  services: readonly Service[],
  findings: readonly Finding[],
  edition: Edition,
  catalogue: readonly IndicatorPlace[],
  { seed, replicates = REPLICATES }: ResampleOptions,
): Resampled {
  const totals = new Float64Array(replicates);
  const stages = Object.fromEntries(STAGES.map((stage) => [stage, new Float64Array(replicates)])) as Record<Stage, Float64Array>; // prettier-ignore
  const weights = weightsOf(services, findings, edition, catalogue);
  if (weights.length === 0) {
    // nothing applies: the score may be anything
    const rate = stream(seed, organization);
    return { totals: totals.map(() => 100 * rate()), stages };
  }
  const steps = new Map<string, Steps>();
  for (const { finding, stage, inStage, inTotal } of weights) {
    const kind = kindOf(finding)!;
    const key = `${finding.rule} ${kind}`;
    const own = steps.get(key) ?? { rule: finding.rule, kind, stage, gains: new Map() };
    steps.set(key, own);
    // from the far end of the draws, where the verdict is what it is, each turn changes the value once
    let value = valueOf(finding.verdict, edition);
    addGain(own, Infinity, value * inStage, value * inTotal);
    for (const { below, verdict } of turnsOf(finding).toReversed()) {
      const change = valueOf(verdict, edition) - value;
      value += change;
      addGain(own, below, change * inStage, change * inTotal);
    }
  }
  for (const { rule, kind, stage, gains } of steps.values()) {
    const draw = drawsOf(seed, organization, rule, kind);
    const ofStage = stages[stage];
    const all = [...gains.values()];
    for (let at = 0; at < replicates; at++) {
      const drawn = draw();
      for (const { below, inStage, inTotal } of all) {
        if (drawn >= below) continue;
        ofStage[at]! += inStage;
        totals[at]! += inTotal;
      }
    }
  }
  return { totals, stages };
}

/** The findings as one replicate has them, counted from 0: what a number of `resample` comes from. */
export function replicate(
  organization: string,
  findings: readonly Finding[],
  { seed }: ResampleOptions,
  number: number,
): Finding[] {
  return findings.map((finding): Finding => {
    const kind = kindOf(finding);
    if (kind === null) return finding;
    const draw = drawsOf(seed, organization, finding.rule, kind);
    for (let before = 0; before < number; before++) draw();
    const drawn = draw();
    const turn = turnsOf(finding).find(({ below }) => drawn < below);
    return turn ? { ...finding, verdict: turn.verdict } : finding;
  });
}

/** Where a score lies with 95 % certainty. Holds the score itself, which rests on what is settled alone. */
export function intervalOf(totals: ArrayLike<number>, score: number | null): Interval {
  const [low, high] = middleOf(totals);
  return score === null ? [low, high] : [Math.min(low, score), Math.max(high, score)];
}

/** The middle 95 % of some numbers: as many are left out below as above. */
export function middleOf(values: ArrayLike<number>): Interval {
  const sorted = Float64Array.from(values).sort();
  const cut = Math.floor((sorted.length * (1 - CERTAINTY)) / 2);
  return [sorted[cut]!, sorted[sorted.length - 1 - cut]!];
}

// ---------------------------------------------------------------- what a verdict may become

export type Kind = 'present' | 'absent' | 'open';

/** null for what is never drawn. */
export function kindOf({ verdict }: Pick<Finding, 'verdict'>): Kind | null {
  if (verdict === 'not-applicable') return null;
  if (UNRESOLVED.includes(verdict)) return 'open';
  return verdict === 'fail' ? 'absent' : 'present';
}

/** A draw below `below`, and not below that of the turn before, makes it this verdict. */
interface Turn {
  readonly below: number;
  readonly verdict: SettledVerdict;
}

function turnsOf(finding: Finding): readonly Turn[] {
  const kind = kindOf(finding);
  if (kind === 'open') return OPEN_TURNS;
  if (kind === null || finding.decided) return [];
  const wrong = 1 - finding.confidence;
  return kind === 'present'
    ? [{ below: wrong, verdict: 'fail' }]
    : [
        { below: wrong * (1 - MISSED_IN_PART), verdict: 'pass' },
        { below: wrong, verdict: 'partial' },
      ];
}

const OPEN_TURNS: readonly Turn[] = [
  { below: 1, verdict: 'pass' },
  { below: Infinity, verdict: 'fail' },
];

/** Points that the services of one draw gain together when it is low enough. */
interface Steps {
  readonly rule: string;
  readonly kind: Kind;
  readonly stage: Stage;
  readonly gains: Map<number, { readonly below: number; inStage: number; inTotal: number }>;
}

function addGain({ gains }: Steps, below: number, inStage: number, inTotal: number): void {
  const gain = gains.get(below) ?? { below, inStage: 0, inTotal: 0 };
  gain.inStage += inStage;
  gain.inTotal += inTotal;
  gains.set(below, gain);
}

// ---------------------------------------------------------------- draws

/** One number a replicate: 0…1; of what is open, 0 where it passes and 1 where it fails. */
function drawsOf(seed: string, organization: string, rule: string, kind: Kind): () => number {
  const draw = stream(seed, organization, rule, kind);
  if (kind !== 'open') return draw;
  const rate = stream(seed, organization);
  return () => (draw() < rate() ? 0 : 1);
}

/**
 * Numbers of 0 ≤ n < 1, always the same ones for the same names: the generator sfc32 (C. Doty-Humphrey, PractRand),
 * whose counter keeps every seed from a short cycle.
 */
export function stream(...names: readonly string[]): () => number {
  const text = JSON.stringify(names);
  let [a, b, c, counter] = [hash(text, 1), hash(text, 2), hash(text, 3), 1];
  const next = (): number => {
    const out = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + out) | 0;
    return (out >>> 0) / 2 ** 32;
  };
  for (let warm = 0; warm < 15; warm++) next(); // until every bit of the seed has reached every word
  return next;
}

/** FNV-1a over the text, begun anew for each `variant`. */
function hash(text: string, variant: number): number {
  let value = Math.imul(0x811c9dc5 ^ variant, 0x01000193);
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value;
}
