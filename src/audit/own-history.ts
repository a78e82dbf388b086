/** Rounds that Rasad published itself, in the shape of history: numbers as they were frozen, never computed again. */
import type { HistoricResult, HistoricRound, HistoricScore } from '../core/history.ts';
import { STAGES, type Registry, type Stage, type Text } from '../core/model.ts';
import type { Link, Round } from '../core/round.ts';
import type { OrganizationScore, StageScore } from '../core/score.ts';
import { leavesOf } from '../core/score.ts';
import type { Store } from '../../storage/store.ts';
import { registryOfRound } from './round.ts';

/**
 * The published rounds before a round, or until a time (UTC, ISO 8601), the oldest first, numbered on from `after`. A
 * round and its revisions are one, in the place of the first of them, and the newest published one stands for them all.
 */
export async function ownRounds(store: Store, before: Round | string, after = 0): Promise<HistoricRound[]> {
  const rounds = (await store.listRounds()).toSorted((a, b) => a.number - b.number);
  const byId = new Map(rounds.map((round) => [round.id, round]));
  const firstOf = (round: Round): number => (round.revises === null ? round.number : firstOf(byId.get(round.revises)!));
  const standing = new Map<number, Round>();
  for (const round of rounds)
    if (round.publishedAt !== null && (typeof before !== 'string' || round.publishedAt <= before))
      standing.set(firstOf(round), round);
  const limit = typeof before === 'string' ? Infinity : firstOf(before);
  const earlier = [...standing].filter(([first]) => first < limit).toSorted(([a], [b]) => a - b);
  const historic: HistoricRound[] = [];
  for (const [, round] of earlier)
    historic.push(
      historicRound(
        round,
        await registryOfRound(store, round),
        await store.listLinks(round.id),
        after + historic.length + 1,
      ),
    );
  return historic;
}

const WITHHELD: Text = {
  fa: 'سهم کمی از این امتیاز تعیین شده بود و اعلام نشد.',
  en: 'Too little of this score was settled, so it was withheld.',
};

function historicRound(round: Round, registry: Registry, links: readonly Link[], number: number): HistoricRound {
  const scores = links.flatMap(({ kind, content }) =>
    kind === 'scores' && content !== null ? [JSON.parse(content) as OrganizationScore] : [],
  );
  const ranked = new Set(
    registry.organizations
      .filter(({ cooperation }) => cooperation === 'cooperative' || cooperation === 'visible-only')
      .map(({ id }) => id),
  );
  const totals = scores.flatMap(({ organization, total: { score } }) =>
    ranked.has(organization) && score !== null && score !== undefined ? [score] : [],
  );
  const results = scores.map((own): HistoricResult => {
    const total = scoreOf(own.total);
    const isRanked = ranked.has(own.organization) && total.value !== null;
    return {
      organization: own.organization,
      stages: Object.fromEntries(STAGES.map((stage) => [stage, scoreOf(own.stages[stage])])) as Record<Stage, HistoricScore>, // prettier-ignore
      total,
      ranking: isRanked ? { rank: 1 + totals.filter((other) => other > total.value! + ROUNDING).length, total } : null,
      services: own.services.map(({ service, total: points }) => ({
        service,
        score: scoreOf(points),
        pairing: 'printed' as const,
      })),
    };
  });
  const audited = new Set(results.map(({ organization }) => organization));
  return {
    id: round.id,
    number,
    names: round.names,
    edition: round.edition.id,
    editionBasis: 'stated',
    origin: 'own',
    tolerance: ROUNDING,
    counts: {
      organizations: results.length,
      services: leavesOf(registry.services).filter(({ organizationId }) => audited.has(organizationId)).length,
    },
    results,
    newcomers: [],
    growths: [],
    absences: registry.organizations
      .filter(({ cooperation }) => cooperation !== 'cooperative')
      .map(({ id, names, cooperation }) => ({ organization: id, names, cooperation, note: null })),
  };
}

/** Differences below this are the computer's rounding. */
const ROUNDING = 1e-9; // points

/** The chain leaves nulls out, so that a score that was withheld is simply not there. */
function scoreOf({ score }: Pick<StageScore, 'score'>): HistoricScore {
  const value = score ?? null;
  return value === null
    ? { value, printed: null, status: 'missing', reason: WITHHELD }
    : { value, printed: null, status: 'printed', reason: null };
}
