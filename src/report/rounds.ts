/**
 * Several rounds as each report over them takes them, on pages and on paper: how they are called, what has a score in
 * each, how the last two compare, and what may be said of that. Nothing here knows how a page or a document looks.
 */
import { growthsOf, isTrusted, meanOf, nationalMeans, publishedTotal, type HistoricGrowth, type HistoricResult, type HistoricRound, type HistoricScore, type NationalMean, type NationalMeans } from '../core/history.ts'; // prettier-ignore
import { STAGES, type Stage, type Text } from '../core/model.ts';
import type { StageScore } from '../core/score.ts';
import { signedPoints, type Range } from './charts/chart.ts';
import type { LineSeries } from './charts/line.ts';
import type { RadarAxis } from './charts/radar.ts';
import type { MethodChange, RoundLabel } from './charts/rounds.ts';
import type { ReportData } from './data.ts';
import { bdi, code } from './layout.ts';
import type { Markup, Part } from './markup.ts';
import { plural, type Voice } from './voice.ts';
import { STAGE_NAMES } from './words.ts';

export interface Rounds {
  readonly voice: Voice;
  /** Oldest first; the last is the one that the page is about. */
  readonly rounds: readonly HistoricRound[];
  /** What a round is called in Persian: published reports have another word than Rasad. */
  readonly word: 'نوبت' | 'دور';
}

/** What has a score of its own in each round. */
export const COLUMNS = [...STAGES, 'total'] as const;
export type Column = (typeof COLUMNS)[number];

export const columnName = (voice: Voice, column: Column): string =>
  column === 'total' ? voice.say('امتیاز کل', 'Total') : voice.text(STAGE_NAMES[column]);

export const scoreIn = (result: HistoricResult, column: Column): HistoricScore =>
  column === 'total' ? publishedTotal(result) : result.stages[column];

export const trusted = (score: HistoricScore): number | null => (isTrusted(score) ? score.value : null);

/** How many scores there are of each status. */
export function countsOf(scores: readonly HistoricScore[]): Record<HistoricScore['status'], number> {
  const counts = { printed: 0, corrected: 0, unreliable: 0, missing: 0 };
  for (const { status } of scores) counts[status]++;
  return counts;
}

export const lastOf = ({ rounds }: Pick<Rounds, 'rounds'>): HistoricRound => rounds.at(-1)!;
export const previousOf = ({ rounds }: Pick<Rounds, 'rounds'>): HistoricRound | null => rounds.at(-2) ?? null;

const isImported = ({ origin }: HistoricRound): boolean => origin === 'imported';

/** What each round has of an organization; null where it has nothing. */
export const resultsOf = ({ rounds }: Pick<Rounds, 'rounds'>, organization: string): (HistoricResult | null)[] =>
  rounds.map(({ results }) => results.find((result) => result.organization === organization) ?? null);

// ---------------------------------------------------------------- names

const ORDINALS = ['اول', 'دوم', 'سوم', 'چهارم', 'پنجم', 'ششم', 'هفتم', 'هشتم', 'نهم', 'دهم'];

/** `Round 5`, نوبت پنجم; what has no number, as an audit on demand, by its names. */
export function roundName({ voice, word }: Pick<Rounds, 'voice' | 'word'>, { number, names }: HistoricRound): string {
  if (number < 1) return voice.text(names);
  return voice.say(`${word} ${ORDINALS[number - 1] ?? voice.count(number)}`, `Round ${number}`);
}

/** The same within an English sentence. */
export const inText = (context: Pick<Rounds, 'voice' | 'word'>, round: HistoricRound): string =>
  roundName(context, round).replace(/^(?:Round|This)\b/, (word) => word.toLowerCase());

export const labelsOf = (context: Rounds): RoundLabel[] =>
  context.rounds.map((round) => ({
    name: roundName(context, round),
    ...(round.number > 0 && { when: context.voice.text(round.names) }),
  }));

/** Where another edition holds, or other hands begin. */
export function changesOf({ voice, rounds }: Rounds): MethodChange[] {
  return rounds.flatMap((round, before): MethodChange[] => {
    const earlier = rounds[before - 1];
    if (!earlier) return [];
    const label = [
      isImported(earlier) && !isImported(round) && voice.say('سنجش رصد', 'judged by Rasad'),
      earlier.edition !== null && round.edition !== null && earlier.edition !== round.edition && voice.say(`ویرایش ${round.edition}`, `edition ${round.edition}`),
    ].filter(Boolean).join(voice.say('، ', ', '));
    return label === '' ? [] : [{ before, label }];
  });
} // prettier-ignore

// ---------------------------------------------------------------- the last two rounds

/** Points with their sign, kept together in a line from right to left. */
export const growthText = (voice: Voice, points: number): Markup => bdi(signedPoints(voice, points));

export interface Growth {
  /** Points. */
  readonly growth: number;
  /** Those of its two totals that cannot be trusted. */
  readonly doubtful: readonly HistoricScore[];
}

export const isDoubtful = ({ doubtful }: Growth): boolean => doubtful.length > 0;

/** Growth of the published total from the round before to the last, by organization; empty for a single round. */
export function growthOf(context: Pick<Rounds, 'rounds'>): ReadonlyMap<string, Growth> {
  const [before, last] = [previousOf(context), lastOf(context)];
  const doubts = new Map<string, HistoricScore[]>();
  for (const result of [...(before?.results ?? []), ...last.results]) {
    const total = publishedTotal(result);
    if (!isTrusted(total)) doubts.set(result.organization, [...(doubts.get(result.organization) ?? []), total]);
  }
  return new Map(before ? growthsOf(before, last).map(({ organization, growth }) => [organization, { growth, doubtful: doubts.get(organization) ?? [] }]) : []); // prettier-ignore
}

export interface Pair {
  /** Organizations with a total in both rounds. */
  readonly growths: readonly HistoricGrowth[];
  /** How many of them rest on a total that cannot be trusted. */
  readonly doubtful: number;
  readonly from: number;
  readonly to: number;
  readonly rose: number;
  readonly fell: number;
  /** Over the organizations with a score of the stage in both. */
  readonly stages: readonly { readonly stage: Stage; readonly growth: number }[];
}

/** The last two rounds over the same organizations; null where there is none with both totals. */
export function pairOf(context: Pick<Rounds, 'rounds'>, read: (score: HistoricScore) => number | null = ({ value }) => value): Pair | null {
  const [earlier, later] = [previousOf(context), lastOf(context)];
  const growths = earlier ? growthsOf(earlier, later, read) : [];
  if (!earlier || growths.length === 0) return null;
  const before = new Map(earlier.results.map((result) => [result.organization, result]));
  return {
    growths,
    doubtful: growths.length - growthsOf(earlier, later, (score) => (isTrusted(score) ? read(score) : null)).length,
    from: meanOf(growths.map(({ from }) => from))!,
    to: meanOf(growths.map(({ to }) => to))!,
    rose: growths.filter(({ growth }) => growth > 0).length,
    fell: growths.filter(({ growth }) => growth < 0).length,
    stages: STAGES.flatMap((stage) => {
      const own = later.results.map(({ organization, stages }) => {
        const then = before.get(organization)?.stages[stage];
        const [from, to] = [then ? read(then) : null, read(stages[stage])];
        return from === null || to === null ? null : to - from;
      });
      const growth = meanOf(own);
      return growth === null ? [] : [{ stage, growth }];
    }),
  };
} // prettier-ignore

/** Who judges changes from the round before to the last: what lies between them is then no growth. */
const isAcross = (before: HistoricRound, last: HistoricRound): boolean => isImported(before) !== isImported(last);

export interface DifferenceWords {
  readonly isGrowth: boolean;
  readonly name: string;
  readonly since: string;
  readonly rises: string;
  readonly falls: string;
}

/** How the differences of the last two rounds are called: growth only where the same hands judged both. */
export function differenceWords(context: Rounds, before: HistoricRound): DifferenceWords {
  const { say } = context.voice;
  const then = inText(context, before);
  if (isAcross(before, lastOf(context)))
    return {
      isGrowth: false,
      name: say('تفاوت', 'Difference'),
      since: say(`تفاوت با ${then}، میان دو ابزار`, `Difference from ${then}, between two instruments`),
      rises: say(`بیشترین تفاوت‌ها با ${then}، میان دو ابزار`, `The largest differences from ${then}, between two instruments`),
      falls: say(`بیشترین تفاوت‌های رو به پایین با ${then}، میان دو ابزار`, `The largest differences downwards from ${then}, between two instruments`),
    };
  return {
    isGrowth: true,
    name: say('رشد', 'Growth'),
    since: say(`رشد از ${then}`, `Growth since ${then}`),
    rises: say(`بیشترین رشدها از ${then}`, `The largest growths since ${then}`),
    falls: say(`بیشترین افت‌ها از ${then}`, `The largest falls since ${then}`),
  };
} // prettier-ignore

/** What to bear in mind when the last two rounds are compared; null where instrument and edition are the same. */
export function comparabilityOf(context: Rounds): Part {
  const { voice } = context;
  const { say } = voice;
  const [before, last] = [previousOf(context), lastOf(context)];
  if (!before) return null;
  if (isAcross(before, last)) {
    const [earlier, when, now] = [roundName(context, before), voice.text(before.names), inText(context, last)];
    return say(`${earlier} (${when}) را ارزیابان دیگری با شاخص‌ها و داوری خود سنجیده‌اند و ${now} را رصد. تفاوت این دو، به همان اندازه که تغییر خدمت‌هاست تفاوت دو ابزار است؛ آن را نشانه بدانید، نه رشد.`, `${earlier}, ${when}, was judged by other hands, with indicators of their own; ${now} by Rasad. What lies between them is the difference of two instruments as much as a change of the services: take it as a hint, not as growth.`);
  }
  if (before.edition === last.edition) return null;
  const [from, to] = [before, last].map(({ edition }) => (edition === null ? say('نامعلوم', 'an unknown one') : code(edition)));
  return [say('ویرایش روش از ', 'The edition of the method changed from '), from, say(' به ', ' to '), to, say(' تغییر کرده است؛ بخشی از تفاوت از آن است.', '; a part of the difference comes from that.')];
} // prettier-ignore

// ---------------------------------------------------------------- means

/** A mean to compare with; that of one organization is its own score. */
export const meanOfSeveral = ({ mean, count }: NationalMean): number | null => (count > 1 ? mean : null);

/** How many numbers among the means cannot be trusted, and what they do to them; empty where there is none. */
export function doubtsOfMeans({ voice, rounds }: Rounds): string {
  const { say, count, points } = voice;
  const pairs = rounds.flatMap((round) => {
    const [all, firm] = [nationalMeans(round), nationalMeans(round, 'trusted')];
    return COLUMNS.map((column) => ({ all: all[column], firm: firm[column] }));
  });
  const doubtful = pairs.reduce((sum, { all, firm }) => sum + all.count - firm.count, 0);
  if (doubtful === 0) return '';
  const shifts = pairs.flatMap(({ all, firm }) => (all.mean === null || firm.mean === null ? [] : [Math.abs(all.mean - firm.mean)]));
  const gone = pairs.filter(({ all, firm }) => all.mean !== null && firm.mean === null).length;
  const most = shifts.length > 0 && points(Math.max(...shifts));
  const effects = [
    gone > 0 && say(`${count(gone)} میانگین در دست نبود`, `${count(gone)} ${plural(gone, 'mean', 'means')} would be lacking`),
    most && say(`هیچ میانگین${gone > 0 ? ' دیگری' : 'ی'} بیش از ${most} امتیاز جابه‌جا نمی‌شود`, `no ${gone > 0 ? 'other ' : ''}mean would differ by more than ${most} points`),
  ].filter(Boolean).join(say(' و ', ' and '));
  return say(`${count(doubtful)} عدد نامطمئن نیز در این میانگین‌هاست؛ بی آن‌ها ${effects}.`, `${count(doubtful)} unreliable ${plural(doubtful, 'number is', 'numbers are')} among them; without ${plural(doubtful, 'it', 'these')} ${effects}.`);
} // prettier-ignore

// ---------------------------------------------------------------- one organization in figures

/**
 * Scores of an organization as lines; null where none has two points. Numbers that cannot be trusted are left out, and
 * a sentence, else empty, says how many.
 */
export function linesOf({ voice, rounds }: Rounds, results: readonly (HistoricResult | null)[], interval: Range | null = null): { readonly series: readonly LineSeries[]; readonly left: string } | null {
  const { say, count } = voice;
  const series = (['total', ...STAGES] as const).map((column): LineSeries => ({
    look: column,
    name: columnName(voice, column),
    values: results.map((result) => result && trusted(scoreIn(result, column))),
    ...(column === 'total' && interval && { intervals: rounds.map((_, at) => (at === rounds.length - 1 ? interval : null)) }),
  }));
  if (!series.some(({ values }) => values.filter((value) => value !== null).length > 1)) return null;
  const left = results.reduce((sum, result) => sum + (result ? COLUMNS.filter((column) => scoreIn(result, column).status === 'unreliable').length : 0), 0);
  return { series, left: left === 0 ? '' : say(`${count(left)} عدد نامطمئن در نمودار نیامده است.`, `${count(left)} ${plural(left, 'number that is', 'numbers that are')} not reliable ${plural(left, 'is', 'are')} left out of the drawing.`) };
} // prettier-ignore

/** Fewer axes are no figure. */
const LEAST_AXES = 3;

/** Enough of its stages have a number for a figure. */
export const hasShape = ({ stages }: HistoricResult): boolean =>
  STAGES.filter((stage) => stages[stage].value !== null).length >= LEAST_AXES;

/**
 * Axes for the stages with a number, or with the range of one that is withheld. What is lost in print is neither: it
 * has no axis, and a sentence, else empty, names it.
 */
export function stageAxes(
  voice: Voice,
  { stages: scores }: HistoricResult,
  means: NationalMeans,
  ranges: Readonly<Partial<Record<Stage, Range>>> = {},
): { readonly axes: readonly RadarAxis[]; readonly left: string } {
  const { say } = voice;
  const stages = STAGES.filter((stage) => scores[stage].value !== null || ranges[stage]);
  const left = STAGES.filter((stage) => !stages.includes(stage)).map((stage) => columnName(voice, stage));
  return {
    axes: stages.map((stage) => ({
      name: `${columnName(voice, stage)}${scores[stage].status === 'unreliable' ? say(' (نامطمئن)', ' (not reliable)') : ''}`,
      own: scores[stage].value,
      range: ranges[stage] ?? null,
      mean: meanOfSeveral(means[stage]),
    })),
    left: left.length === 0 ? '' : say(`بی عدد و بیرون از نمودار: ${left.join('، ')}.`, `Without a number and left out: ${left.join(', ')}.`),
  };
} // prettier-ignore

export const radarTitle = ({ say }: Voice, name: string, axes: readonly RadarAxis[]): string =>
  axes.some(({ mean }) => mean !== null)
    ? say(`مرحله‌های ${name} در برابر میانگین`, `Stages of ${name} against the mean`)
    : say(`مرحله‌های ${name}`, `Stages of ${name}`);

// ---------------------------------------------------------------- the round of a report

const WITHHELD: Text = {
  fa: 'سهم کمی از این امتیاز تعیین شده است و اعلام نمی‌شود.',
  en: 'Too little of this score is settled, so it is withheld.',
};
const UNMEASURED: Text = { fa: 'چیزی از آن سنجیده نشده است.', en: 'Nothing of it was measured.' };

/** A report as the last of the rounds that it knows; null where no earlier one is known. */
export function roundsOf(data: ReportData, voice: Voice): Rounds | null {
  const { history } = data;
  if (history === null || history.rounds.length === 0) return null;
  return { voice, rounds: [...history.rounds, ownRound(data)], word: 'دور' };
}

/** The results of a report in the shape of history. */
export function ownRound({ audit, round, history, edition, registry, organizations }: ReportData): HistoricRound {
  return {
    id: round?.id ?? audit.id,
    number: round ? (history?.rounds.at(-1)?.number ?? 0) + 1 : 0,
    names: round?.names ?? { fa: 'این سنجش', en: 'This audit' },
    edition: edition.id,
    editionBasis: 'stated',
    origin: 'own',
    tolerance: 0,
    counts: null,
    results: organizations.flatMap(({ organization, score, ranked }): HistoricResult[] => {
      if (!score) return [];
      const total = historic(score.total);
      return [
        {
          organization: organization.id,
          stages: Object.fromEntries(STAGES.map((stage) => [stage, historic(score.stages[stage])])) as Record<Stage, HistoricScore>,
          total,
          ranking: ranked?.rank ? { rank: ranked.rank, total } : null,
          services: [],
        },
      ];
    }),
    newcomers: [],
    growths: [],
    absences: registry.organizations
      .filter(({ cooperation }) => cooperation !== 'cooperative')
      .map(({ id, names, cooperation }) => ({ organization: id, names, cooperation, note: null })),
  }; // prettier-ignore
}

function historic({ score, measured }: StageScore): HistoricScore {
  return score === null || measured === 0
    ? { value: null, printed: null, status: 'missing', reason: measured === 0 ? UNMEASURED : WITHHELD }
    : { value: score, printed: null, status: 'printed', reason: null };
}
