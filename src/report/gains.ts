/** What would raise an organization's score, and by how much, if it were put right. */
import type { Finding } from '../core/model.ts';
import { scoreOrganization } from '../core/score.ts';
import type { OrganizationReport, ReportData } from './data.ts';
import { groupBy } from './data.ts';

export interface Gain {
  readonly indicator: string;
  /** Points of the organization's total, if all its fails and partials became passes. */
  readonly points: number;
  readonly fails: number;
  readonly partials: number;
}

/**
 * The largest gain first. Measured on the lower end of the score: there nothing that is still open can hide what a
 * change is worth.
 */
export function gainsOf(
  { services, score, organization }: OrganizationReport,
  findings: readonly Finding[],
  { edition, indicators }: Pick<ReportData, 'edition' | 'indicators'>,
): Gain[] {
  if (!score) return [];
  const gains: Gain[] = [];
  for (const [rule, own] of groupBy(findings, (finding) => finding.rule)) {
    const fails = own.filter(({ verdict }) => verdict === 'fail').length;
    const partials = own.filter(({ verdict }) => verdict === 'partial').length;
    if (fails + partials === 0) continue;
    const mended = findings.map((finding) =>
      finding.rule === rule && (finding.verdict === 'fail' || finding.verdict === 'partial')
        ? { ...finding, verdict: 'pass' as const }
        : finding,
    );
    const { total } = scoreOrganization(organization.id, services, mended, edition, indicators);
    gains.push({ indicator: rule, points: total.low - score.total.low, fails, partials });
  }
  return gains.filter(({ points }) => points > 0).sort((a, b) => b.points - a.points);
}
