/**
 * An audit as data for other programs. Keys keep their names and order; new ones may be added at the end.
 *
 * ```
 * { audit, edition: { id, stageWeights, coverageFloor, visits },
 *   organizations: [{ id, names, cooperation, rank, rankInterval, band, unranked, total, stages, portal, services }],
 *   findings: [{ organization, service, rule, version, verdict, outcome, message, confidence, evidence, searched, level, confidenceBasis, confidenceCases, review, decided }],
 *   notMeasured: [{ id, stage, scope, title }],
 *   round: { id, names, state, period, revises, reason, publishedAt, rootHash } or null,
 *   $schema }
 * ```
 *
 * A score is `{ score, low, high, resolved, measured }`: 0…100, `score` null while it is withheld, shares 0…1. The
 * total of an organization also has its `interval`: where it lies with 95 % certainty, null while it is withheld.
 * Organizations come by rank, then those without one; findings by organization in the order of the registry, the
 * portal's first, then each service's.
 */
import { reviewReason, type ReviewReason } from '../core/review.ts';
import { STAGES, type Audit, type Finding, type Stage, type Text } from '../core/model.ts';
import type { Round } from '../core/round.ts';
import { exact, leavesOf, type StageScore } from '../core/score.ts';
import type { Interval } from '../core/uncertainty.ts';
import type { IndicatorInfo, OrganizationReport, ReportData, Unranked } from './data.ts';

/** The schema of the JSON, which a package has beside it. */
export const AUDIT_SCHEMA_PATH = 'audit.schema.json';

export interface ScoreJson {
  readonly score: number | null;
  readonly low: number;
  readonly high: number;
  readonly resolved: number;
  readonly measured: number;
}

export interface TotalJson extends ScoreJson {
  /** `low` and `high` tell what the open verdicts can do; this also allows for the errors of the rules. */
  readonly interval: Interval | null;
}

export type StagesJson = Readonly<Record<Stage, ScoreJson>>;

export interface OrganizationJson {
  readonly id: string;
  readonly names: Text;
  readonly cooperation: string;
  readonly rank: number | null;
  /** Best and worst rank with 95 % certainty; null for those that are not ranked. */
  readonly rankInterval: readonly [best: number, worst: number] | null;
  readonly band: number | null;
  readonly unranked: Unranked | null;
  readonly total: TotalJson | null;
  readonly stages: StagesJson | null;
  readonly portal: ScoreJson | null;
  readonly services: readonly ServiceJson[];
}

export interface ServiceJson {
  readonly id: string;
  readonly code: string | null;
  readonly titles: Text;
  readonly total: ScoreJson | null;
  readonly stages: StagesJson | null;
}

export interface AuditJson {
  readonly audit: Audit;
  readonly edition: {
    readonly id: string;
    readonly stageWeights: Readonly<Record<Stage, number>>;
    readonly coverageFloor: number;
    /** Days on which a page has to be seen in a round before a fail is final; an audit on demand judges from one. */
    readonly visits: number;
  };
  readonly organizations: readonly OrganizationJson[];
  readonly findings: readonly Finding[];
  readonly notMeasured: readonly IndicatorInfo[];
  /** null for an audit on demand. */
  readonly round: RoundJson | null;
  readonly $schema: string;
}

/** The round whose results these are. */
export type RoundJson = Pick<
  Round,
  'id' | 'names' | 'state' | 'period' | 'revises' | 'reason' | 'publishedAt' | 'rootHash'
>;

/** The whole audit as one value. For a country, `auditJsonText` gives the same in pieces. */
export async function auditJson(data: ReportData): Promise<AuditJson> {
  const findings: Finding[] = [];
  for await (const own of findingsOf(data)) findings.push(...own);
  const { head, tail } = frameOf(data);
  return { ...head, findings, ...tail };
}

/** The text of `JSON.stringify(auditJson(…))`, never more than one organization's findings at a time. */
export async function* auditJsonText(data: ReportData): AsyncGenerator<string> {
  const { head, tail } = frameOf(data);
  yield `${JSON.stringify(head).slice(0, -1)},"findings":[`;
  let first = true;
  for await (const own of findingsOf(data)) {
    if (own.length === 0) continue;
    yield `${first ? '' : ','}${own.map((finding) => JSON.stringify(finding)).join(',')}`;
    first = false;
  }
  yield `],${JSON.stringify(tail).slice(1)}`;
}

/** Findings as a JSON array, one a line, in the order given: the same findings are the same bytes. */
export function findingsJson(findings: readonly Finding[]): string {
  return findings.length === 0
    ? '[]\n'
    : `[\n${findings.map((finding) => JSON.stringify(exchanged(finding))).join(',\n')}\n]\n`;
}

/** Findings as JSON lines, in the order given. */
export function findingsJsonLines(findings: readonly Finding[]): string {
  return findings.map((finding) => `${JSON.stringify(exchanged(finding))}\n`).join('');
}

/** What stands before the findings and after them. */
function frameOf(data: ReportData): {
  readonly head: Pick<AuditJson, 'audit' | 'edition' | 'organizations'>;
  readonly tail: Pick<AuditJson, 'notMeasured' | 'round' | '$schema'>;
} {
  const { audit, edition } = data;
  const head = {
    audit: {
      id: audit.id,
      trigger: audit.trigger,
      edition: audit.edition,
      registryDigest: audit.registryDigest,
      rulesDigest: audit.rulesDigest,
      configDigest: audit.configDigest,
      organizationIds: audit.organizationIds,
      startedAt: audit.startedAt,
      finishedAt: audit.finishedAt,
    },
    edition: {
      id: edition.id,
      stageWeights: perStage((stage) => edition.stageWeights[stage]),
      coverageFloor: edition.coverageFloor,
      visits: edition.visits,
    },
    organizations: data.organizations.map(organizationJson),
  };
  const tail = {
    notMeasured: data.notMeasured.map(({ id, stage, scope, title }) => ({ id, stage, scope, title: textOf(title) })),
    round: data.round && roundJson(data.round),
    $schema: AUDIT_SCHEMA_PATH,
  };
  return { head, tail };
}

const roundJson = ({ id, names, state, period, revises, reason, publishedAt, rootHash }: Round): RoundJson => ({
  id,
  names: textOf(names),
  state,
  period,
  revises,
  reason,
  publishedAt,
  rootHash,
});

function organizationJson(report: OrganizationReport): OrganizationJson {
  const { organization, services, score, interval, ranked, unranked } = report;
  const scores = new Map(score?.services.map((own) => [own.service, own]));
  return {
    id: organization.id,
    names: textOf(organization.names),
    cooperation: organization.cooperation,
    rank: ranked?.rank ?? null,
    rankInterval: ranked && [ranked.best, ranked.worst],
    band: ranked?.band ?? null,
    unranked,
    total: score && { ...scoreJson(score.total), interval: interval && [exact(interval[0]), exact(interval[1])] },
    stages: score && stagesJson(score.stages),
    portal: score && scoreJson(score.portal),
    services: leavesOf(services).map((service): ServiceJson => {
      const own = scores.get(service.id);
      return {
        id: service.id,
        code: service.code,
        titles: textOf(service.titles),
        total: own ? scoreJson(own.total) : null,
        stages: own ? stagesJson(own.stages) : null,
      };
    }),
  };
}

async function* findingsOf(data: ReportData): AsyncGenerator<readonly Finding[]> {
  for (const { id } of data.registry.organizations) {
    const { findings } = await data.details(id);
    yield findings.map(exchanged);
  }
}

/** The exchange format: known keys in a fixed order, whatever a store adds or however it orders them. */
function exchanged(finding: Finding): Finding & { readonly review: ReviewReason | null } {
  const { organization, service, rule, version, verdict, outcome, message, confidence, evidence, searched, level, confidenceBasis, confidenceCases } = finding; // prettier-ignore
  return {
    organization,
    service,
    rule,
    version,
    verdict,
    outcome,
    message: textOf(message),
    confidence,
    evidence: evidence.map(({ url, snapshot, selector, quote, language }) => ({
      url,
      snapshot,
      selector,
      quote,
      language,
    })),
    searched: searched.map(({ place, url, read, detail }) => ({ place, url, read, detail })),
    level,
    confidenceBasis,
    confidenceCases,
    review: reviewReason(finding),
    decided: finding.decided ?? null,
  };
}

const textOf = ({ fa, en }: Text): Text => ({ fa, en });

const perStage = <T>(of: (stage: Stage) => T): Record<Stage, T> =>
  Object.fromEntries(STAGES.map((stage) => [stage, of(stage)])) as Record<Stage, T>;

const stagesJson = (stages: Readonly<Record<Stage, StageScore>>): StagesJson =>
  perStage((stage) => scoreJson(stages[stage]));

const scoreJson = ({ score, low, high, resolved, measured }: StageScore): ScoreJson => ({
  score: score === null ? null : exact(score),
  low: exact(low),
  high: exact(high),
  resolved: exact(resolved),
  measured: exact(measured),
});
