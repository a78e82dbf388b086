/** An audit as three tables. */
import { reviewReason } from '../core/review.ts';
import { STAGES, VERDICTS, type Finding, type Stage } from '../core/model.ts';
import { leavesOf, type StageScore } from '../core/score.ts';
import { csvTable, type Cell } from './csv-table.ts';
import type { IndicatorInfo, ReportData } from './data.ts';

export interface CsvFile {
  readonly path: 'organizations.csv' | 'services.csv' | 'findings.csv';
  /** Pieces where the whole would be large; `writeFile` takes either. */
  readonly content: string | AsyncIterable<string>;
}

export function csvFiles(data: ReportData): readonly CsvFile[] {
  return [
    { path: 'organizations.csv', content: organizationsCsv(data) },
    { path: 'services.csv', content: servicesCsv(data) },
    { path: 'findings.csv', content: findingsCsv(data) },
  ];
}

const SCORE_COLUMNS = ['total', ...STAGES].flatMap((name) => [name, `${name}_low`, `${name}_high`]).concat('settled', 'measured'); // prettier-ignore

/** Heads of the three tables, in order. Columns keep their names and places; new ones are added at the end. */
export const ORGANIZATION_COLUMNS: readonly string[] = ['id', 'name_fa', 'name_en', 'parent_id', 'portal_url', 'cooperation', 'audited', 'unranked', 'rank', 'rank_best', 'rank_worst', 'band', ...SCORE_COLUMNS, 'portal', 'portal_low', 'portal_high', 'services', ...VERDICTS, 'total_95_low', 'total_95_high']; // prettier-ignore
export const SERVICE_COLUMNS: readonly string[] = ['id', 'organization_id', 'parent_id', 'code', 'title_fa', 'title_en', 'page_url', 'system_url', 'profile', ...SCORE_COLUMNS]; // prettier-ignore
export const FINDING_COLUMNS: readonly string[] = ['organization', 'service', 'rule', 'version', 'stage', 'scope', 'verdict', 'outcome', 'message_fa', 'message_en', 'level', 'confidence', 'confidence_basis', 'confidence_cases', 'review', 'evidence', 'evidence_url', 'evidence_quote', 'evidence_snapshot', 'searched', 'searched_unread', 'decided_by', 'decided_at', 'decided_basis', 'machine_verdict', 'key']; // prettier-ignore

/**
 * One line an organization, begun with the columns of a registry's own `organizations.csv`. `total_low` and `total_high`
 * tell what the open verdicts can do; the last two columns, where the total lies with 95 % certainty.
 */
export function organizationsCsv({ organizations, audit }: ReportData): string {
  const audited = new Set(audit.organizationIds);
  return csvTable(
    ORGANIZATION_COLUMNS,
    organizations.map(({ organization, services, score, interval, ranked, unranked, verdicts }) => [
      organization.id, organization.names.fa, organization.names.en, organization.parentId, organization.portalUrl, organization.cooperation,
      audited.has(organization.id) ? 'yes' : 'no', unranked, ranked?.rank ?? null, ranked?.best ?? null, ranked?.worst ?? null, ranked?.band ?? null,
      ...scoreCells(score), ...rangeCells(score?.portal ?? null), leavesOf(services).length,
      ...VERDICTS.map((verdict) => verdicts[verdict]), interval?.[0].toFixed(4) ?? null, interval?.[1].toFixed(4) ?? null,
    ]), // prettier-ignore
  );
}

/** One line a service that is scored, begun with the columns of a registry's own `services.csv`. */
export function servicesCsv({ organizations }: ReportData): string {
  return csvTable(
    SERVICE_COLUMNS,
    organizations.flatMap(({ services, score }) => {
      const scores = new Map(score?.services.map((own) => [own.service, own]));
      return leavesOf(services).map((service) => [
        service.id, service.organizationId, service.parentId, service.code, service.titles.fa, service.titles.en,
        service.pageUrl, service.systemUrl, service.profile.join(' '), ...scoreCells(scores.get(service.id) ?? null),
      ]); // prettier-ignore
    }),
  );
}

/** One line a finding, with the first of its evidence; `findings` of the JSON has all of it. */
export async function* findingsCsv(data: ReportData): AsyncGenerator<string> {
  const places = new Map(data.indicators.map((indicator) => [indicator.id, indicator]));
  yield csvTable(FINDING_COLUMNS, []);
  for (const { id } of data.registry.organizations) {
    const { findings } = await data.details(id);
    if (findings.length > 0) yield csvTable(null, findings.map((finding) => findingCells(finding, places.get(finding.rule)))); // prettier-ignore
  }
}

function findingCells(finding: Finding, indicator: IndicatorInfo | undefined): Cell[] {
  const [first] = finding.evidence;
  const { decided } = finding;
  return [
    finding.organization, finding.service, finding.rule, finding.version,
    indicator?.stage ?? null, indicator?.scope ?? (finding.service === null ? 'portal' : 'service'),
    finding.verdict, finding.outcome, finding.message.fa, finding.message.en, `E${finding.level}`, finding.confidence, finding.confidenceBasis, finding.confidenceCases, reviewReason(finding),
    finding.evidence.length, first?.url ?? null, first?.quote ?? null, first?.snapshot ?? null,
    finding.searched.map(({ place }) => place).join(' '), finding.searched.filter(({ read }) => !read).map(({ place }) => place).join(' '),
    decided?.by ?? null, decided?.at ?? null, decided?.basis ?? null, decided?.machine ?? null,
    // one column that names the row, because the service of a portal's findings is empty
    `${finding.organization}/${finding.service ?? ''}/${finding.rule}`,
  ]; // prettier-ignore
}

function scoreCells(
  scores: { readonly total: StageScore; readonly stages: Readonly<Record<Stage, StageScore>> } | null,
): Cell[] {
  if (scores === null) return SCORE_COLUMNS.map(() => null);
  const { total, stages } = scores;
  return [
    ...rangeCells(total),
    ...STAGES.flatMap((stage) => rangeCells(stages[stage])),
    total.resolved.toFixed(4),
    total.measured.toFixed(4),
  ];
}

/** A score that is withheld leaves its cell empty and has its range; of what is not measured there is nothing. */
function rangeCells(score: StageScore | null): Cell[] {
  if (score === null || score.measured === 0) return [null, null, null];
  return [score.score?.toFixed(4) ?? null, score.low.toFixed(4), score.high.toFixed(4)];
}
