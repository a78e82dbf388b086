/**
 * A round that others published, and those before it, as data for other programs: every number as printed, with how far
 * it can be trusted. Keys keep their names and order; new ones may be added at the end.
 *
 * ```
 * { $schema, registry: { id, country, digest }, round,
 *   organizations: [{ id, names, parentId, portalUrl }],
 *   services: [{ id, organizationId, parentId, code, titles }],
 *   rounds: [{ id, number, names, edition, editionBasis, stageWeights, tolerance, counts, means, trustedMeans,
 *     results: [{ organization, rank, place, total, stagesTotal, stages, growth, services: [{ service, score, pairing }] }],
 *     newcomers, growths, absences }],
 *   checks: [{ check, round, tested, fits, testedInPrint, fitsInPrint, deviations }] }
 * ```
 *
 * A score is `{ value, printed, status, reason }`; see `HistoricScore`. Rounds come in the order of time, the one that was
 * asked for last; organizations and results in the order of the registry.
 */
import { nationalMeans, publishedTotal, type Absence, type CheckResult, type HistoricResult, type HistoricRound, type HistoricScore, type HistoricService, type NationalMeans } from '../core/history.ts'; // prettier-ignore
import { STAGES, type Organization, type Service, type Stage, type Text } from '../core/model.ts';
import { exact } from '../core/score.ts';
import { placesOf, type HistoryData } from './history-data.ts';
import { COLUMNS, growthOf, isDoubtful, lastOf, meanOfSeveral, type Growth } from './rounds.ts';

/** The schema of the JSON, which a package has beside it. */
export const HISTORY_SCHEMA_PATH = 'history.schema.json';

export interface HistoryResultJson {
  readonly organization: string;
  /** null without a published ranking. */
  readonly rank: number | null;
  /** The rank, or the place among the totals of a round that publishes no ranking. */
  readonly place: number | null;
  /** The total of the ranking, else the one beside the stages. */
  readonly total: HistoricScore;
  readonly stagesTotal: HistoricScore;
  readonly stages: Readonly<Record<Stage, HistoricScore>>;
  readonly growth: GrowthJson | null;
  readonly services: readonly HistoricService[];
}

/** The difference of the totals of a round and the round before it. */
export interface GrowthJson {
  readonly points: number;
  /** One of the two totals cannot be trusted. */
  readonly doubtful: boolean;
}

export type HistoryRoundJson = Pick<HistoricRound, 'id' | 'number' | 'names' | 'edition' | 'editionBasis' | 'tolerance' | 'counts' | 'newcomers'> & {
  /** In percent; null where the edition is not known. */
  readonly stageWeights: Readonly<Record<Stage, number>> | null;
  readonly means: NationalMeans;
  /** Without the numbers that cannot be trusted. */
  readonly trustedMeans: NationalMeans;
  readonly results: readonly HistoryResultJson[];
  /** As published, beside the difference of the two totals. */
  readonly growths: readonly { readonly organization: string; readonly growth: number; readonly difference: GrowthJson | null }[];
  readonly absences: readonly Absence[];
}; // prettier-ignore

export interface HistoryJson {
  readonly $schema: string;
  readonly registry: { readonly id: string; readonly country: Text; readonly digest: string };
  /** Id of the round that was asked for. */
  readonly round: string;
  readonly organizations: readonly Pick<Organization, 'id' | 'names' | 'parentId' | 'portalUrl'>[];
  /** Those of which a round has a score, or says that there is none. */
  readonly services: readonly Pick<Service, 'id' | 'organizationId' | 'parentId' | 'code' | 'titles'>[];
  readonly rounds: readonly HistoryRoundJson[];
  readonly checks: readonly CheckResult[];
}

/** The same data gives the same value. */
export function historyJson(data: HistoryData): HistoryJson {
  const { registry, rounds, checks } = data;
  const scored = new Set(rounds.flatMap(({ results }) => results.flatMap(({ services }) => services.map(({ service }) => service)))); // prettier-ignore
  return {
    $schema: HISTORY_SCHEMA_PATH,
    registry: { id: registry.id, country: textOf(registry.country), digest: registry.digest },
    round: lastOf(data).id,
    organizations: registry.organizations.map(({ id, names, parentId, portalUrl }) => ({ id, names: textOf(names), parentId, portalUrl })),
    services: registry.services.filter(({ id }) => scored.has(id)).map(({ id, organizationId, parentId, code, titles }) => ({ id, organizationId, parentId, code, titles: textOf(titles) })),
    rounds: rounds.map((_, at) => roundJson(data, rounds.slice(0, at + 1))),
    checks: checks.map(({ check, round, tested, fits, testedInPrint, fitsInPrint, deviations }) => ({
      check, round, tested, fits, testedInPrint, fitsInPrint,
      deviations: deviations.map(({ organization, published, computed, mended, reasons }) => ({ organization, published: exact(published), computed: exact(computed), mended, reasons: reasons.map(textOf) })),
    })),
  };
} // prettier-ignore

export const historyJsonText = (data: HistoryData): string => `${JSON.stringify(historyJson(data))}\n`;

/** The last of the rounds given. */
function roundJson({ editions }: HistoryData, rounds: readonly HistoricRound[]): HistoryRoundJson {
  const round = lastOf({ rounds });
  const { id, number, names, edition, editionBasis, tolerance, counts, newcomers } = round;
  const weights = editions.get(edition ?? '')?.stageWeights;
  const places = placesOf(round);
  const growths = growthOf({ rounds });
  return {
    id, number, names: textOf(names), edition, editionBasis,
    stageWeights: weights ? perStage((stage) => weights[stage]) : null,
    tolerance,
    counts: counts && { organizations: counts.organizations, services: counts.services },
    means: meansJson(nationalMeans(round)),
    trustedMeans: meansJson(nationalMeans(round, 'trusted')),
    results: round.results.map((result) => resultJson(result, places, growths)),
    newcomers: [...newcomers],
    growths: round.growths.map(({ organization, growth }) => ({ organization, growth, difference: growthJson(growths.get(organization)) })),
    absences: round.absences.map(({ organization, names: own, cooperation, note }) => ({ organization, names: textOf(own), cooperation, note: note && textOf(note) })),
  };
} // prettier-ignore

const resultJson = (result: HistoricResult, places: ReadonlyMap<string, number>, growths: ReadonlyMap<string, Growth>): HistoryResultJson => ({
  organization: result.organization,
  rank: result.ranking?.rank ?? null,
  place: places.get(result.organization) ?? null,
  total: scoreJson(publishedTotal(result)),
  stagesTotal: scoreJson(result.total),
  stages: perStage((stage) => scoreJson(result.stages[stage])),
  growth: growthJson(growths.get(result.organization)),
  services: result.services.map(({ service, score, pairing }) => ({ service, score: scoreJson(score), pairing })),
}); // prettier-ignore

const growthJson = (growth: Growth | undefined): GrowthJson | null =>
  growth ? { points: exact(growth.growth), doubtful: isDoubtful(growth) } : null;

/** That of one organization is its own score and no mean. */
const meansJson = (means: NationalMeans): NationalMeans =>
  Object.fromEntries(COLUMNS.map((column) => {
    const mean = meanOfSeveral(means[column]);
    return [column, { mean: mean === null ? null : exact(mean), count: means[column].count }];
  })) as NationalMeans & object; // prettier-ignore

const scoreJson = ({ value, printed, status, reason }: HistoricScore): HistoricScore => ({ value, printed, status, reason: reason && textOf(reason) }); // prettier-ignore

const textOf = ({ fa, en }: Text): Text => ({ fa, en });

const perStage = <T>(of: (stage: Stage) => T): Record<Stage, T> =>
  Object.fromEntries(STAGES.map((stage) => [stage, of(stage)])) as Record<Stage, T>;
