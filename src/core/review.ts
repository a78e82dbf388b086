/** Which verdicts a person should look at before anybody relies on them, and why. */
import type { Finding } from './model.ts';

/**
 * `open`: the machine must not settle it; `unmeasured`: too few labelled cases tell how often its rule is right;
 * `unsure`: measured, and too often wrong when it says this.
 */
export type ReviewReason = 'open' | 'unmeasured' | 'unsure';
export const REVIEW_REASONS: readonly ReviewReason[] = ['open', 'unmeasured', 'unsure'];

/** Confidence from which on a verdict stands without a person. */
const SURE = 0.8;

/** Null where no person is needed, or where none can help: what could not be looked at has to be looked at again. */
export function reviewReason({
  verdict,
  confidence,
  confidenceBasis,
  decided,
}: Pick<Finding, 'verdict' | 'confidence' | 'confidenceBasis' | 'decided'>): ReviewReason | null {
  if (decided && verdict !== 'unclear') return null;
  if (verdict === 'unclear') return 'open';
  if (verdict !== 'pass' && verdict !== 'partial' && verdict !== 'fail') return null;
  if (confidenceBasis !== 'measured') return 'unmeasured';
  return confidence < SURE ? 'unsure' : null;
}
