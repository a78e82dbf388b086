/**
 * Rounds whose results stand, in one shape for those that others published before Rasad and for its own: what was
 * published for each organization, how far each number can be trusted, and the arithmetic that published numbers must
 * satisfy. Imported rounds are taken as printed and never scored again; the arithmetic only says what fits.
 */
import { persian, UserError } from './errors.ts';
import { STAGES, type Cooperation, type Stage, type Text } from './model.ts';

export const SCORE_STATUSES = ['printed', 'corrected', 'unreliable', 'missing'] as const;
/**
 * `printed`: as published. `corrected`: print is wrong and the right number is known. `unreliable`: a number is printed
 * that cannot be trusted and has no better one. `missing`: no number is printed, or it is lost.
 */
export type ScoreStatus = (typeof SCORE_STATUSES)[number];

export interface HistoricScore {
  /** The number to use, 0…100; null where there is none. Print keeps its own decimals: 64 and 55.7 and 52.813. */
  readonly value: number | null;
  /** What stands in print where that is not `value`: a number, or `-`; null where it is the same, or nothing is printed. */
  readonly printed: string | null;
  readonly status: ScoreStatus;
  /** Why it is corrected, unreliable or missing, or why it is not sure whose score it is. */
  readonly reason: Text | null;
}

export interface HistoricService {
  /** Id in the registry. */
  readonly service: string;
  readonly score: HistoricScore;
  /** `inferred`: the score is of this organization, but that it is of this service is an inference (`score.reason`). */
  readonly pairing: 'printed' | 'inferred';
}

/** What a round published of one organization. */
export interface HistoricResult {
  /** Id in the registry. */
  readonly organization: string;
  readonly stages: Readonly<Record<Stage, HistoricScore>>;
  /** The total beside the stages; in the imported rounds its further digits are cut off. */
  readonly total: HistoricScore;
  /** The place in the ranking and the total there; in the imported rounds that one is rounded. null without a ranking. */
  readonly ranking: { readonly rank: number; readonly total: HistoricScore } | null;
  /** In the order of the registry; empty where a round publishes none. */
  readonly services: readonly HistoricService[];
}

export const EDITION_BASES = ['stated', 'proven', 'likely', 'unknown'] as const;
/** How it is known that a round followed its edition's stage weights: it says so, or its numbers prove or suggest it. */
export type EditionBasis = (typeof EDITION_BASES)[number];

export interface HistoricRound {
  readonly id: string;
  /** Counted from 1; the order of time. */
  readonly number: number;
  /** Who measured it: others, before Rasad, or Rasad. */
  readonly origin: 'imported' | 'own';
  readonly names: Text;
  /** Id of the edition whose stage weights the round follows; null where they are not known. */
  readonly edition: string | null;
  readonly editionBasis: EditionBasis;
  /** Points by which a total may differ from its weighted stages because both are printed with few digits. */
  readonly tolerance: number;
  /** What the round says that it evaluated. Services are services and sub-services; null where it does not say. */
  readonly counts: { readonly organizations: number; readonly services: number } | null;
  /** In the order of the registry: every organization of which anything is known, also that it was not evaluated. */
  readonly results: readonly HistoricResult[];
  /** Organizations that the round calls new, in its order. */
  readonly newcomers: readonly string[];
  /** The growths since the round before that the round publishes, in points, in its order. */
  readonly growths: readonly { readonly organization: string; readonly growth: number }[];
  /** Who did not take part like the others, in the round's order. */
  readonly absences: readonly Absence[];
}

export interface Absence {
  /** null for a body that is not in the registry. */
  readonly organization: string | null;
  readonly names: Text;
  readonly cooperation: Cooperation;
  readonly note: Text | null;
}

export interface History {
  /** In the order of time. */
  readonly rounds: readonly HistoricRound[];
  /** Why some published numbers do not fit each other, where the numbers' own reasons do not say it. */
  readonly explanations: readonly Explanation[];
}

export interface Explanation {
  readonly check: CheckId;
  readonly round: string;
  /** null for a number of the round as a whole. */
  readonly organization: string | null;
  readonly reason: Text;
}

// ---------------------------------------------------------------- arithmetic

/** Differences below this are the computer's rounding. */
const ROUNDING = 1e-9; // points

type Read = (score: HistoricScore) => number | null;
const used: Read = ({ value }) => value;

/** The number that stands in print, right or wrong; null where there is none. */
export const asPrinted: Read = ({ value, printed }) =>
  printed === null ? value : /^\d/.test(printed) ? Number(printed) : null;

/** The total that a reader of the round takes away: the one of the ranking, else the one beside the stages. */
export const publishedTotal = ({ ranking, total }: HistoricResult): HistoricScore => ranking?.total ?? total;

/** Stages weighed by percentages; null when a stage is missing. */
export function weightedTotal(
  stages: Readonly<Record<Stage, number | null>>,
  weights: Readonly<Record<Stage, number>>,
): number | null {
  let total = 0;
  for (const stage of STAGES) {
    const score = stages[stage];
    if (score === null) return null;
    total += (score * weights[stage]) / 100;
  }
  return total;
}

/** Mean of the numbers that are there; null when none is. */
export function meanOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value): value is number => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}

/** Half of the numbers are below it; null where there is none. */
export function medianOf(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return meanOf(sorted.length % 2 === 1 ? [sorted[middle]!] : sorted.slice(Math.max(0, middle - 1), middle + 1));
}

/** Competition ranks (1, 2, 2, 4), in the order of the totals given; null for those without one. */
export function ranksOf(totals: readonly (number | null)[]): (number | null)[] {
  return totals.map((total) =>
    total === null ? null : 1 + totals.filter((other) => other !== null && other > total + ROUNDING).length,
  );
}

export interface HistoricGrowth {
  readonly organization: string;
  readonly from: number;
  readonly to: number;
  /** Points. */
  readonly growth: number;
}

/** Growth of the published totals of all organizations that have one in both rounds, in the order of the later round. */
export function growthsOf(earlier: HistoricRound, later: HistoricRound, read: Read = used): HistoricGrowth[] {
  const before = new Map(earlier.results.map((result) => [result.organization, read(publishedTotal(result))]));
  return later.results.flatMap((result) => {
    const from = before.get(result.organization) ?? null;
    const to = read(publishedTotal(result));
    return from === null || to === null ? [] : [{ organization: result.organization, from, to, growth: to - from }];
  });
}

export interface NationalMean {
  readonly mean: number | null;
  /** Organizations behind it; two rounds are comparable only over the same ones (`growthsOf`). */
  readonly count: number;
}

export type NationalMeans = Readonly<Record<Stage | 'total', NationalMean>>;

/** Who takes part so is measured and ranked like the others, or by what can be seen. */
const MEASURED: ReadonlySet<Cooperation> = new Set(['cooperative', 'visible-only']);

/**
 * Plain means over the organizations that took part, or are ranked, and have a number; unreliable numbers are among
 * them unless `trusted` is asked for. Of the absent an own round may have the scores of a portal.
 */
export function nationalMeans({ results, absences }: HistoricRound, which: 'all' | 'trusted' = 'all'): NationalMeans {
  const absent = new Set(absences.flatMap((own) => (MEASURED.has(own.cooperation) ? [] : own.organization)));
  const present = results.filter(({ organization, ranking }) => ranking !== null || !absent.has(organization));
  const over = (pick: (result: HistoricResult) => HistoricScore): NationalMean => {
    const values = present.map(pick).map((score) => (which === 'trusted' && !isTrusted(score) ? null : score.value));
    return { mean: meanOf(values), count: values.filter((value) => value !== null).length };
  };
  const means = STAGES.map((stage) => [stage, over(({ stages }) => stages[stage])] as const);
  return { ...(Object.fromEntries(means) as Record<Stage, NationalMean>), total: over(publishedTotal) };
}

export const isTrusted = ({ status }: HistoricScore): boolean => status === 'printed' || status === 'corrected';

/** Has the organization any number in this round? A result without one says only why there is none. */
export const tookPart = (result: HistoricResult): boolean =>
  scoresOf(result).some((score) => asPrinted(score) !== null || score.value !== null);

/** Every number of an organization, and every place where one is missing. */
export const scoresOf = ({ stages, total, ranking, services }: HistoricResult): HistoricScore[] => [
  ...STAGES.map((stage) => stages[stage]),
  total,
  ...(ranking ? [ranking.total] : []),
  ...services.map(({ score }) => score),
];

// ---------------------------------------------------------------- what fits

export const CHECKS = [
  'stages-give-total', // the total is the weighted mean of the stages
  'total-within-stages', // no weights can give a total below every stage or above every stage
  'services-give-total', // the total of the ranking is the plain mean of the services
  'page-and-ranking', // the page cuts further digits off, the ranking rounds them half up
  'ranking-descends', // no total of the ranking is below the next one
  'growth', // a published growth is the difference of the two published totals
  'growth-list-complete', // who is not among the published growths has not grown more than its last
  'organizations-counted', // the ranking has as many rows as the round counts organizations
  'services-counted', // the services listed are as many as the round counts
  'newcomers-are-new', // who is called new has no number in an earlier round
] as const;
export type CheckId = (typeof CHECKS)[number];

/** Checks of whole numbers: counts, not points. */
export const COUNTING: ReadonlySet<CheckId> = new Set(['organizations-counted', 'services-counted', 'newcomers-are-new']); // prettier-ignore

export interface Deviation {
  /** null for a number of the round as a whole. */
  readonly organization: string | null;
  /** What is published, and what it should be by the other published numbers. */
  readonly published: number;
  readonly computed: number;
  /** The data's corrections mend it, or take its number out; the numbers above are then those in print. */
  readonly mended: boolean;
  /** What the data says of it; empty when nobody explained it. */
  readonly reasons: readonly Text[];
}

export interface CheckResult {
  readonly check: CheckId;
  readonly round: string;
  /** Cases that could be computed, and those that fit, with the numbers to use … */
  readonly tested: number;
  readonly fits: number;
  /** … and with those in print. */
  readonly testedInPrint: number;
  readonly fitsInPrint: number;
  /** Whatever does not fit in print or in use, in the order of the registry. */
  readonly deviations: readonly Deviation[];
}

export interface HistoryCheck {
  /** Round by round, only checks for which a round has numbers. */
  readonly results: readonly CheckResult[];
  /** Explanations for which there is no deviation. */
  readonly idle: readonly Explanation[];
}

/** A published number beside what it should be. */
interface Case {
  readonly organization: string | null;
  readonly published: number;
  readonly computed: number;
}

interface Check {
  readonly id: CheckId;
  readonly cases: (read: Read) => readonly Case[];
  /** Of published − computed. */
  readonly fits: (difference: number) => boolean;
  /** The numbers whose reasons explain a deviation of the organization. */
  readonly involved: (result: HistoricResult) => readonly HistoricScore[];
}

/** A mean of numbers whose digits are cut off is up to 0.01 too low, and its total may be rounded up by 0.005. */
const MEAN_TOLERANCE = 0.015; // points
/** What cutting and rounding at the second decimal differ by. */
const CENT = 0.01; // points
/** Two totals, each of which may be cut or rounded. */
const GROWTH_TOLERANCE = 0.015; // points

/**
 * Computes again what can be computed. `weightsOf` gives an edition's stage weights in percent; a round whose edition is
 * null is not held to any. Throws a UserError when a round names an edition that `weightsOf` does not know.
 */
export function checkHistory(
  { rounds, explanations }: History,
  weightsOf: (edition: string) => Readonly<Record<Stage, number>> | null,
): HistoryCheck {
  const open = new Set(explanations);
  const results = rounds.flatMap((round, at) =>
    checksOf(round, rounds.slice(0, at), weightsOf).map((check) => runCheck(check, round, explanations, open)),
  );
  return { results: results.filter(({ testedInPrint, tested }) => testedInPrint + tested > 0), idle: [...open] };
}

function runCheck(
  { id, cases, fits, involved }: Check,
  round: HistoricRound,
  explanations: readonly Explanation[],
  open: Set<Explanation>,
): CheckResult {
  const off = ({ published, computed }: Case): boolean => !fits(published - computed);
  const [inUse, inPrint] = [cases(used), cases(asPrinted)];
  const wrong = new Map(inPrint.filter(off).map((own) => [own.organization, { own, mended: true }]));
  for (const own of inUse.filter(off)) wrong.set(own.organization, { own, mended: false });
  const results = new Map(round.results.map((result) => [result.organization as string | null, result]));
  const place = [null, ...results.keys()];
  const deviations = [...wrong.values()]
    .toSorted((a, b) => place.indexOf(a.own.organization) - place.indexOf(b.own.organization))
    .map(({ own, mended }): Deviation => {
      const said = explanations.filter(
        ({ check, round: of, organization }) => check === id && of === round.id && organization === own.organization,
      );
      for (const explanation of said) open.delete(explanation);
      const result = results.get(own.organization);
      // a correction explains what it mends; what is off in use needs numbers that cannot be trusted
      const scores = (result ? involved(result) : []).filter(({ status }) => status === 'unreliable' || (mended && status === 'corrected')); // prettier-ignore
      const reasons = [...said, ...scores].flatMap(({ reason }) => reason ?? []);
      return { ...own, mended, reasons: reasons.filter((reason, i) => reasons.findIndex(({ en, fa }) => en === reason.en && fa === reason.fa) === i) }; // prettier-ignore
    });
  return {
    check: id,
    round: round.id,
    tested: inUse.length,
    fits: inUse.filter((own) => !off(own)).length,
    testedInPrint: inPrint.length,
    fitsInPrint: inPrint.filter((own) => !off(own)).length,
    deviations,
  };
}

function checksOf(
  round: HistoricRound,
  earlier: readonly HistoricRound[],
  weightsOf: (edition: string) => Readonly<Record<Stage, number>> | null,
): Check[] {
  const { results, edition, counts } = round;
  const weights = edition === null ? null : weightsOf(edition);
  if (edition !== null && weights === null)
    throw new UserError({
      fa: persian`نوبت منتشرشده ${round.id} ویرایشی ناشناخته دارد: ${edition}. ویرایش‌های شناخته در ${'rules/editions'} است؛ جایی که کسی ویرایش را نمی‌داند، خانه آن را در ${'history/rounds.csv'} خالی بگذارید.`,
      en: `The published round ${round.id} follows an unknown edition: ${edition}. Those that are known stand in rules/editions; leave the cell in history/rounds.csv empty where nobody knows.`,
    });
  const previous = earlier.at(-1);
  const stagesIn = ({ stages }: HistoricResult, read: Read): Record<Stage, number | null> =>
    Object.fromEntries(STAGES.map((stage) => [stage, read(stages[stage])])) as Record<Stage, number | null>;
  const within =
    (tolerance: number) =>
    (difference: number): boolean =>
      Math.abs(difference) <= tolerance + ROUNDING;
  const each =
    (pick: (result: HistoricResult, read: Read) => readonly [number | null, number | null]) =>
    (read: Read): Case[] =>
      results.flatMap((result) => {
        const [published, computed] = pick(result, read);
        return published === null || computed === null
          ? []
          : [{ organization: result.organization, published, computed }];
      });
  const ofStages = ({ stages, total }: HistoricResult): HistoricScore[] => [...STAGES.map((stage) => stages[stage]), total]; // prettier-ignore
  const ofTotals = ({ total, ranking }: HistoricResult): HistoricScore[] => [total, ...(ranking ? [ranking.total] : [])]; // prettier-ignore
  const ofRanking = ({ ranking }: HistoricResult): HistoricScore[] => (ranking ? [ranking.total] : []);
  const whole = (published: number, computed: number): Case[] => [{ organization: null, published, computed }];

  const ranked = results
    .filter(({ ranking }) => ranking !== null)
    .toSorted((a, b) => a.ranking!.rank - b.ranking!.rank);
  const isEqual = (difference: number): boolean => difference === 0;
  return [
    {
      id: 'stages-give-total',
      cases: each((result, read) => [read(result.total), weights && weightedTotal(stagesIn(result, read), weights)]),
      fits: within(round.tolerance),
      involved: ofStages,
    },
    {
      id: 'total-within-stages',
      // beside the end of the stages' range that it passes
      cases: each((result, read) => {
        const total = read(result.total);
        const known = Object.values(stagesIn(result, read)).filter((score): score is number => score !== null);
        if (total === null || known.length === 0) return [null, null];
        return [total, Math.min(Math.max(total, Math.min(...known)), Math.max(...known))];
      }),
      fits: within(round.tolerance),
      involved: ofStages,
    },
    {
      id: 'services-give-total',
      cases: each((result, read) => [
        read(publishedTotal(result)),
        meanOf(result.services.map(({ score }) => read(score))),
      ]),
      fits: within(MEAN_TOLERANCE),
      involved: ofRanking,
    },
    {
      id: 'page-and-ranking',
      cases: each((result, read) => [result.ranking && read(result.ranking.total), read(result.total)]),
      fits: (difference) => difference > -ROUNDING && difference < CENT + ROUNDING,
      involved: ofTotals,
    },
    {
      id: 'ranking-descends',
      cases: (read) =>
        ranked.slice(0, -1).flatMap(({ organization, ranking }, at) => {
          const [published, computed] = [read(ranking!.total), read(ranked[at + 1]!.ranking!.total)];
          return published === null || computed === null ? [] : [{ organization, published, computed }];
        }),
      fits: (difference) => difference > -ROUNDING,
      involved: ofRanking,
    },
    {
      id: 'growth',
      cases: (read) => {
        const known = new Map(
          previous && growthsOf(previous, round, read).map((own) => [own.organization, own.growth]),
        );
        return round.growths.flatMap(({ organization, growth }) => {
          const computed = known.get(organization);
          return computed === undefined ? [] : [{ organization, published: growth, computed }];
        });
      },
      fits: within(GROWTH_TOLERANCE),
      involved: ofTotals,
    },
    {
      id: 'growth-list-complete',
      cases: (read) => {
        const last = round.growths.at(-1)?.growth;
        const listed = new Set(round.growths.map(({ organization }) => organization));
        return last === undefined || !previous
          ? []
          : growthsOf(previous, round, read)
              .filter(({ organization }) => !listed.has(organization))
              .map(({ organization, growth }) => ({ organization, published: last, computed: growth }));
      },
      fits: (difference) => difference > -ROUNDING,
      involved: ofTotals,
    },
    {
      id: 'organizations-counted',
      cases: () => (counts && ranked.length > 0 ? whole(counts.organizations, ranked.length) : []),
      fits: isEqual,
      involved: () => [],
    },
    {
      id: 'services-counted',
      cases: () => {
        const listed = results.reduce((sum, { services }) => sum + services.length, 0);
        return counts && listed > 0 ? whole(counts.services, listed) : [];
      },
      fits: isEqual,
      involved: () => [],
    },
    {
      id: 'newcomers-are-new',
      // of those whose earlier rounds are known: no round, beside the rounds with a number
      cases: () =>
        round.newcomers.flatMap((organization) => {
          const before = earlier.flatMap(({ results: all }) => all.filter((result) => result.organization === organization)); // prettier-ignore
          return before.length === 0 ? [] : [{ organization, published: 0, computed: before.filter(tookPart).length }];
        }),
      fits: isEqual,
      involved: () => [],
    },
  ];
}
