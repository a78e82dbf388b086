/**
 * Everything that a report of one audit is made of, computed once and only laid out afterwards.
 *
 * Scores, totals of the replicates, ranks and counts of all organizations are kept; findings, snapshots and skipped
 * addresses are not. They are read again for one organization at a time when its pages are written, so that memory does
 * not grow with the country.
 */
import { reviewReason, type ReviewReason } from '../core/review.ts';
import type { Edition } from '../core/edition.ts';
import type { History } from '../core/history.ts';
import {
  VERDICTS,
  type Audit,
  type Finding,
  type Organization,
  type Registry,
  type Service,
  type SkippedUrl,
  type Snapshot,
  type Text,
  type Verdict,
} from '../core/model.ts';
import { rank, type Ranked } from '../core/rank.ts';
import type { Round } from '../core/round.ts';
import type { Rule } from '../core/rule.ts';
import { scoreOrganization, type IndicatorPlace, type OrganizationScore } from '../core/score.ts';
import { intervalOf, resample, type Interval } from '../core/uncertainty.ts';

export interface IndicatorInfo extends IndicatorPlace {
  readonly title: Text;
}

export type RuleInfo = Pick<Rule, 'id' | 'version' | 'title' | 'why' | 'source' | 'outcomes'>;

export type VerdictCounts = Readonly<Record<Verdict, number>>;

/** What was found of one organization. Large; read when needed and let go. */
export interface OrganizationDetails {
  readonly findings: readonly Finding[];
  readonly snapshots: readonly Snapshot[];
  readonly skipped: readonly SkippedUrl[];
}

/**
 * Why an organization is not in the ranking: its status in the registry, `not-in-audit` when nobody was asked to audit
 * it, `no-result` when its audit left nothing to judge.
 */
export type Unranked = 'withdrawn' | 'excluded-no-list' | 'unreachable' | 'not-in-audit' | 'no-result';

export interface OrganizationReport {
  readonly organization: Organization;
  /** All of its services in the order of the registry, headings included. */
  readonly services: readonly Service[];
  /** null when there is nothing to compute one from: it was not audited, or its audit left no findings. */
  readonly score: OrganizationScore | null;
  /** Where its total lies with 95 % certainty; null where there is none, and while it is withheld. */
  readonly interval: Interval | null;
  /** Its total in each replicate, to compare it with others of this audit; null without a score. */
  readonly totals: Float64Array | null;
  readonly ranked: Ranked | null;
  /** null for those that are ranked. */
  readonly unranked: Unranked | null;
  /** What the operator's log says of an audit that failed. */
  readonly failure: string | null;
  readonly verdicts: VerdictCounts;
}

export interface ReportData {
  readonly audit: Audit;
  /** The round whose results these are; null for an audit on demand. */
  readonly round: Round | null;
  readonly registry: Registry;
  readonly edition: Edition;
  /** All indicators of the method; those without a rule are listed as not measured. */
  readonly indicators: readonly IndicatorInfo[];
  readonly rules: ReadonlyMap<string, RuleInfo>;
  readonly notMeasured: readonly IndicatorInfo[];
  /** By rank, then those that are not ranked, in the order of the registry. */
  readonly organizations: readonly OrganizationReport[];
  /** Over all organizations, and by indicator. */
  readonly verdicts: VerdictCounts;
  readonly verdictsOf: ReadonlyMap<string, VerdictCounts>;
  /** Verdicts that a person should look at, by reason. */
  readonly reviews: Readonly<Record<ReviewReason, number>>;
  /** Published rounds before this one, matched by the ids of organizations; null where none are known. */
  readonly history: History | null;
  /** Reads what was found of an organization; empty lists for one that was not audited. Findings come in stable order. */
  readonly details: (organizationId: string) => Promise<OrganizationDetails>;
}

export interface ReportInput {
  readonly audit: Audit;
  readonly round?: Round | null;
  readonly registry: Registry;
  readonly edition: Edition;
  readonly indicators: readonly IndicatorInfo[];
  readonly rules: readonly RuleInfo[];
  /** Asked for each audited organization here, and once more by every output that shows findings. */
  readonly of: (organizationId: string) => OrganizationDetails | Promise<OrganizationDetails>;
  /** Organizations whose audit failed, with the reason for the operator. */
  readonly failures?: ReadonlyMap<string, string>;
  /** Rounds before this one, imported or own. */
  readonly history?: History | null;
}

/** Scores, counts, ranks and orders. The same input gives the same data. Rejects only when `of` does. */
export async function reportData(input: ReportInput): Promise<ReportData> {
  const { audit, registry, edition, indicators } = input;
  const audited = new Set(audit.organizationIds);
  const servicesOf = groupBy(registry.services, (service) => service.organizationId);
  const inOrder = findingOrder(registry, indicators);
  const details = async (id: string): Promise<OrganizationDetails> => {
    if (!audited.has(id)) return NOTHING;
    const found = await input.of(id);
    return { ...found, findings: inOrder(found.findings) };
  };

  const all = noVerdicts();
  const verdictsOf = new Map(indicators.map(({ id }) => [id, noVerdicts()]));
  const reviews: Record<ReviewReason, number> = { open: 0, unmeasured: 0, unsure: 0 };
  const scores = new Map<string, { readonly score: OrganizationScore; readonly totals: Float64Array }>();
  const counts = new Map<string, VerdictCounts>();
  for (const { id } of registry.organizations) {
    const { findings } = await details(id);
    if (findings.length === 0) continue;
    const own = noVerdicts();
    for (const finding of findings) {
      const { verdict, rule } = finding;
      const reason = reviewReason(finding);
      if (reason) reviews[reason]++;
      own[verdict]++;
      all[verdict]++;
      const ofRule = verdictsOf.get(rule);
      if (ofRule) ofRule[verdict]++;
    }
    counts.set(id, own);
    const services = servicesOf.get(id) ?? [];
    scores.set(id, {
      score: scoreOrganization(id, services, findings, edition, indicators),
      // the audit names the draws: a report that is written again has the same intervals and ranks
      totals: resample(id, services, findings, edition, indicators, { seed: audit.id }).totals,
    });
  }

  const unranked = (organization: Organization): Unranked | null => {
    if (organization.cooperation !== 'cooperative' && organization.cooperation !== 'visible-only') {
      return organization.cooperation;
    }
    if (!audited.has(organization.id)) return 'not-in-audit';
    return scores.has(organization.id) ? null : 'no-result';
  };
  const ranking = rank(
    registry.organizations
      .filter((organization) => unranked(organization) === null)
      .map(({ id }) => {
        const { score, totals } = scores.get(id)!;
        return { organization: id, total: score.total, totals };
      }),
  );
  const place = new Map(ranking.map((entry, position) => [entry.organization, position]));
  const ruled = new Set(input.rules.map(({ id }) => id));
  const organizations = registry.organizations.map((organization): OrganizationReport => {
    const { id } = organization;
    const { score = null, totals = null } = scores.get(id) ?? {};
    const total = score?.total.score ?? null;
    return {
      organization,
      services: servicesOf.get(id) ?? [],
      score,
      interval: totals && total !== null ? intervalOf(totals, total) : null,
      totals,
      ranked: ranking[place.get(id) ?? -1] ?? null,
      unranked: unranked(organization),
      failure: input.failures?.get(id) ?? null,
      verdicts: counts.get(id) ?? noVerdicts(),
    };
  });
  const position = ({ organization }: OrganizationReport): number => place.get(organization.id) ?? ranking.length;
  return {
    audit,
    round: input.round ?? null,
    registry,
    edition,
    indicators,
    rules: new Map(input.rules.map((rule) => [rule.id, rule])),
    notMeasured: indicators.filter(({ id }) => !ruled.has(id)),
    organizations: organizations.sort((a, b) => position(a) - position(b)),
    verdicts: all,
    verdictsOf,
    reviews,
    history: input.history ?? null,
    details,
  };
}

const NOTHING: OrganizationDetails = { findings: [], snapshots: [], skipped: [] };

/** Counts that are still zero. */
export const noVerdicts = (): Record<Verdict, number> =>
  Object.fromEntries(VERDICTS.map((verdict) => [verdict, 0])) as Record<Verdict, number>;

/** How many verdicts of each kind there are among findings. */
export function countVerdicts(findings: readonly Finding[]): VerdictCounts {
  const counts = noVerdicts();
  for (const { verdict } of findings) counts[verdict]++;
  return counts;
}

export const sumOf = (counts: VerdictCounts, verdicts: readonly Verdict[] = VERDICTS): number =>
  verdicts.reduce((total, verdict) => total + counts[verdict], 0);

/** The portal's findings first, then each service's, indicators in the order of the catalogue. */
function findingOrder(
  registry: Registry,
  indicators: readonly IndicatorPlace[],
): (findings: readonly Finding[]) => Finding[] {
  const services = new Map(registry.services.map(({ id }, position) => [id, position]));
  const rules = new Map(indicators.map(({ id }, position) => [id, position]));
  const subject = ({ service }: Finding): number => (service === null ? -1 : (services.get(service) ?? Infinity));
  const rule = (finding: Finding): number => rules.get(finding.rule) ?? rules.size;
  const key = (a: string | null, b: string | null): number => ((a ?? '') < (b ?? '') ? -1 : a === b ? 0 : 1);
  return (findings) =>
    [...findings].sort(
      (a, b) =>
        compare(subject(a), subject(b)) || key(a.service, b.service) || rule(a) - rule(b) || key(a.rule, b.rule),
    );
}

/** Unlike a difference, this also orders two that are infinite. */
const compare = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1);

export function groupBy<T, K>(items: Iterable<T>, keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
