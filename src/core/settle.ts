/** People's verdicts put in the place of the machine's. Reviews are append-only: of one finding the latest counts. */
import type { Finding } from './model.ts';
import { seenOf, type Review } from './round.ts';

export interface Settled {
  readonly findings: readonly Finding[];
  /** Reviews of a finding that has changed since: what the reviewer saw is no more, so the card returns. */
  readonly outdated: readonly Review[];
}

/** Findings with the decisions on them, in the same order. Reviews come in the order in which they were made. */
export function settle(findings: readonly Finding[], reviews: readonly Review[]): Settled {
  if (reviews.length === 0) return { findings, outdated: [] };
  const latest = new Map(reviews.map((review) => [keyOf(review), review]));
  const outdated: Review[] = [];
  const settled = findings.map((finding): Finding => {
    const review = latest.get(keyOf(finding));
    if (!review || review.verdict === null) return finding;
    if (review.seen !== seenOf(finding)) {
      outdated.push(review);
      return finding;
    }
    const { by, at, basis, note } = review;
    return {
      ...finding,
      verdict: review.verdict,
      level: basis === 'attestation' ? 4 : finding.level,
      decided: { by, at, basis, note, machine: finding.verdict },
    };
  });
  return { findings: settled, outdated };
}

/** A finding's place: one for each rule and subject of an organization. */
export const keyOf = ({ organization, service, rule }: Pick<Finding, 'organization' | 'service' | 'rule'>): string =>
  `${organization}\n${service ?? ''}\n${rule}`;
