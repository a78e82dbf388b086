/** What would raise an organization's score, and by how much, if it were put right. */
import type { Finding } from '../core/model.ts';
import { valueOf, weightsOf } from '../core/score.ts';
import type { OrganizationReport, ReportData } from './data.ts';
import { groupBy } from './data.ts';

export interface Gain {
  readonly indicator: string;
  /** Points of the organization's total, if all its fails and partials became passes. */
  readonly points: number;
  readonly fails: number;
  readonly partials: number;
}

/** Points that differ by less are the same: what is added up in another order comes out a little different. */
const SAME = 1e9;

/**
 * The largest gain first, equal ones in the order of the findings. Measured on the lower end of the score: there nothing
 * that is still open can hide what a change is worth.
 */
export function gainsOf(
  { services, score }: OrganizationReport,
  findings: readonly Finding[],
  { edition, indicators }: Pick<ReportData, 'edition' | 'indicators'>,
): Gain[] {
  if (!score) return [];
  // the lower end is the sum of weight × value, and no verdict but "not applicable" touches a weight
  const weights = groupBy(weightsOf(services, findings, edition, indicators), ({ finding }) => finding.rule);
  const gains: Gain[] = [];
  for (const [rule, own] of groupBy(findings, (finding) => finding.rule)) {
    const fails = own.filter(({ verdict }) => verdict === 'fail').length;
    const partials = own.filter(({ verdict }) => verdict === 'partial').length;
    if (fails + partials === 0) continue;
    let points = 0;
    for (const { finding, inTotal } of weights.get(rule) ?? [])
      if (finding.verdict === 'fail' || finding.verdict === 'partial')
        points += inTotal * (1 - valueOf(finding.verdict, edition));
    gains.push({ indicator: rule, points: Math.round(points * SAME) / SAME, fails, partials });
  }
  return gains.filter(({ points }) => points > 0).sort((a, b) => b.points - a.points);
}
