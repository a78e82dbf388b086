/** How far an order by estimated totals may be wrong, and whose uncertainty makes it so. Pure arithmetic. */

/** One total as it is published, and as it is expected to be: a normal distribution. */
export interface Estimate {
  readonly published: number;
  readonly mean: number;
  readonly variance: number;
}

export interface Outlook {
  readonly pairs: number;
  /** Expected number of pairs that stand in the wrong order. */
  readonly misordered: number;
  /** Expected mean number of places by which one of them is off. */
  readonly rankError: number;
  /**
   * Of each: expected wrong pairs that vanish for one squared point of error that is removed from its total. The whole
   * squared error of a pair takes its whole probability of being wrong with it, and each part its share. (What one
   * answer alone does to a pair is mostly nothing: only many of them turn it.)
   */
  readonly sensitivity: Float64Array;
  /**
   * Of each: half of the wrong pairs that vanish for each point by which its published total rises, as far as that
   * brings it into line with those around it: what all are published too low by misorders nobody.
   */
  readonly pull: Float64Array;
}

export function outlookOf(estimates: readonly Estimate[]): Outlook {
  const count = estimates.length;
  const sensitivity = new Float64Array(count);
  const pull = new Float64Array(count);
  /** Places that each is expected to move, and the variance of that. */
  const moves = new Float64Array(count);
  const spread = new Float64Array(count);
  let misordered = 0;
  for (let a = 0; a < count; a++) {
    const own = estimates[a]!;
    for (let b = a + 1; b < count; b++) {
      const other = estimates[b]!;
      const published = own.published - other.published;
      const mean = own.mean - other.mean;
      const variance = own.variance + other.variance;
      const ahead = variance > 0 ? normal(mean / Math.sqrt(variance)) : mean === 0 ? 0.5 : mean > 0 ? 1 : 0;
      // equal ones share a place, so that any order of them is half wrong at most
      const wrong = published > 0 ? 1 - ahead : published < 0 ? ahead : variance > 0 ? 0.5 : 0;
      misordered += wrong;
      const move = published > 0 ? wrong : published < 0 ? -wrong : 0;
      moves[a]! += move;
      moves[b]! -= move;
      spread[a]! += wrong * (1 - wrong);
      spread[b]! += wrong * (1 - wrong);
      const error = variance + (mean - published) ** 2;
      if (error === 0) continue;
      sensitivity[a]! += wrong / error;
      sensitivity[b]! += wrong / error;
      pull[a]! += (wrong / error) * (mean - published);
      pull[b]! -= (wrong / error) * (mean - published);
    }
  }
  let places = 0;
  for (let at = 0; at < count; at++) places += foldedMean(moves[at]!, Math.sqrt(spread[at]!));
  return {
    pairs: (count * (count - 1)) / 2,
    misordered,
    rankError: count === 0 ? 0 : places / count,
    sensitivity,
    pull,
  };
}

/** Mean distance from zero of a normal variable. */
function foldedMean(mean: number, deviation: number): number {
  if (deviation === 0) return Math.abs(mean);
  const z = mean / deviation;
  return deviation * Math.sqrt(2 / Math.PI) * Math.exp((-z * z) / 2) + mean * (2 * normal(z) - 1);
}

/** The standard normal distribution, within 1e-7 (Abramowitz and Stegun, 26.2.17). */
export function normal(z: number): number {
  const t = 1 / (1 + 0.231_641_9 * Math.abs(z));
  const tail =
    0.398_942_280_4 *
    Math.exp((-z * z) / 2) *
    t *
    (0.319_381_53 + t * (-0.356_563_782 + t * (1.781_477_937 + t * (-1.821_255_978 + t * 1.330_274_429))));
  return z > 0 ? 1 - tail : tail;
}
