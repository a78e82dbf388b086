/** What every report of a round that others published is made of: its rounds up to that one, found and counted once. */
import type { Edition } from '../core/edition.ts';
import { persian, UserError } from '../core/errors.ts';
import { checkHistory, publishedTotal, ranksOf, tookPart, type CheckResult, type HistoricResult, type HistoricRound, type HistoricScore, type History, type HistoryCheck } from '../core/history.ts'; // prettier-ignore
import type { Organization, Registry, Service } from '../core/model.ts';
import { groupBy } from './data.ts';
import { COLUMNS, growthOf, inText, lastOf, roundName, type Column, type Growth, type Rounds } from './rounds.ts';
import type { Voice } from './voice.ts';

export interface HistoryInput {
  readonly registry: Registry;
  readonly history: History;
  /** The round that the report is about; later ones are left out. */
  readonly roundId: string;
  /** Those that the rounds name, for their stage weights. */
  readonly editions: readonly Edition[];
  /** What `checkHistory` gives for this history, when it is there already. */
  readonly checks?: HistoryCheck;
}

export interface HistoryData {
  readonly registry: Registry;
  /** Oldest first; the last is the one that the report is about. */
  readonly rounds: readonly HistoricRound[];
  readonly organizations: ReadonlyMap<string, Organization>;
  readonly services: ReadonlyMap<string, readonly Service[]>;
  readonly editions: ReadonlyMap<string, Edition>;
  readonly checks: readonly CheckResult[];
  /** Organizations with a number in this round, in the order of its ranking or of their totals. */
  readonly order: readonly HistoricResult[];
  /** Their places, as published or counted here. */
  readonly places: ReadonlyMap<string, number>;
  /** The round publishes a ranking. */
  readonly isRanked: boolean;
  /** Growth since the round before, by organization. */
  readonly growths: ReadonlyMap<string, Growth>;
}

const noSuchRound = (registry: string, round: string, known: string): UserError =>
  new UserError({
    fa: persian`در نوبت‌های منتشرشده ${registry} نوبت «${round}» نیست. نوبت‌های آن: ${known}.`,
    en: `The history of ${registry} has no round "${round}". It has ${known}.`,
  });

/** Throws a UserError when the history has no such round. */
export function historyData({ registry, history, roundId, editions: all, checks }: HistoryInput): HistoryData {
  const at = history.rounds.findIndex(({ id }) => id === roundId);
  if (at < 0) throw noSuchRound(registry.id, roundId, history.rounds.map(({ id }) => id).join(', '));
  const rounds = history.rounds.slice(0, at + 1);
  const round = rounds[at]!;
  const editions = new Map(all.map((edition) => [edition.id, edition]));
  const known = new Set(rounds.map(({ id }) => id));
  const { results: checked } = checks ?? checkHistory(history, (id) => editions.get(id)?.stageWeights ?? null);
  const places = placesOf(round);
  return {
    registry,
    rounds,
    organizations: new Map(registry.organizations.map((organization) => [organization.id, organization])),
    services: groupBy(registry.services, ({ organizationId }) => organizationId),
    editions,
    checks: checked.filter((result) => known.has(result.round)),
    order: round.results.filter(tookPart).toSorted((a, b) => (places.get(a.organization) ?? Infinity) - (places.get(b.organization) ?? Infinity) || 0), // prettier-ignore
    places,
    isRanked: isRanked(round),
    growths: growthOf({ rounds }),
  };
}

const isRanked = ({ results }: HistoricRound): boolean => results.some(({ ranking }) => ranking !== null);

/** Places by organization: those of the ranking that the round publishes, else counted here among its totals. */
export function placesOf(round: HistoricRound): ReadonlyMap<string, number> {
  const present = round.results.filter(tookPart);
  const counted = ranksOf(present.map((result) => publishedTotal(result).value));
  const hasRanking = isRanked(round);
  return new Map(present.flatMap(({ organization, ranking }, at) => {
    const place = hasRanking ? ranking?.rank : counted[at];
    return place === undefined || place === null ? [] : [[organization, place] as const];
  })); // prettier-ignore
}

/** The same in one of the two languages. */
export interface SpokenHistory extends Rounds, HistoryData {}

/** Published reports call a round so. */
export const HISTORY_WORD = 'نوبت';

export const spoken = (data: HistoryData, voice: Voice): SpokenHistory => ({ ...data, voice, word: HISTORY_WORD });

export function historyTitle(history: SpokenHistory): string {
  const { voice, registry } = history;
  const [round, country] = [lastOf(history), voice.text(registry.country)];
  return voice.say(`خدمات الکترونیکی ${country}، ${roundName(history, round)}، ${voice.text(round.names)}`, `Electronic services, ${country}: ${inText(history, round)}, ${voice.text(round.names)}`); // prettier-ignore
}

// ---------------------------------------------------------------- cells

/** Every published number of a round that stands in a table of the stages or in the ranking. */
export interface Cell {
  readonly round: HistoricRound;
  readonly organization: string;
  readonly column: Column | 'ranking';
  readonly score: HistoricScore;
}

export function cellsOf(round: HistoricRound): Cell[] {
  return round.results.flatMap(({ organization, stages, total, ranking }) => [
    ...COLUMNS.map((column) => ({ round, organization, column, score: column === 'total' ? total : stages[column] })),
    ...(ranking ? [{ round, organization, column: 'ranking' as const, score: ranking.total }] : []),
  ]);
}

/** A number that is corrected or cannot be trusted; `service` where it is one of a service. */
export interface Correction extends Omit<Cell, 'column'> {
  readonly column: Cell['column'] | 'service';
  readonly service: string | null;
}

/** All of them, round by round. */
export function correctionsOf({ rounds }: Pick<HistoryData, 'rounds'>): Correction[] {
  const all = rounds.flatMap((round): Correction[] => [
    ...cellsOf(round).map((cell) => ({ ...cell, service: null })),
    ...round.results.flatMap(({ organization, services }) => services.map(({ service, score }) => ({ round, organization, column: 'service' as const, service, score }))), // prettier-ignore
  ]);
  return all.filter(({ score }) => score.status === 'corrected' || score.status === 'unreliable');
}

/** Every organization of the registry with what the round has of it: by place, then those without one. */
export function rankingOf({ registry, rounds, order }: HistoryData): { readonly organization: Organization; readonly result: HistoricResult | null }[] {
  const results = new Map(lastOf({ rounds }).results.map((result) => [result.organization, result]));
  const placed = new Map(order.map(({ organization }, at) => [organization, at]));
  return registry.organizations
    .map((organization) => ({ organization, result: results.get(organization.id) ?? null }))
    .toSorted((a, b) => (placed.get(a.organization.id) ?? Infinity) - (placed.get(b.organization.id) ?? Infinity) || 0);
} // prettier-ignore

/** The growths that each round publishes, with the difference of the two totals where both are known. */
export function publishedGrowths({ rounds }: Pick<HistoryData, 'rounds'>): { readonly round: HistoricRound; readonly row: number; readonly organization: string; readonly growth: number; readonly difference: Growth | null }[] {
  return rounds.flatMap((round, at) => {
    const differences = growthOf({ rounds: rounds.slice(0, at + 1) });
    return round.growths.map(({ organization, growth }, row) => ({ round, row: row + 1, organization, growth, difference: differences.get(organization) ?? null }));
  });
} // prettier-ignore
