/** Figures over rounds, which a document of published rounds and one of our own share. */
import { nationalMeans, publishedTotal, type HistoricResult, type HistoricRound, type HistoricScore } from '../../core/history.ts'; // prettier-ignore
import { STAGES, type Stage } from '../../core/model.ts';
import { barChart, type Bar } from '../charts/bars.ts';
import { groupedBars } from '../charts/groups.ts';
import { lineChart } from '../charts/line.ts';
import type { MethodChange, RoundLabel } from '../charts/rounds.ts';
import { isImported, roundName, type Rounds } from '../history-sections.ts';
import { markup, type Markup } from '../markup.ts';
import type { Voice } from '../voice.ts';
import { STAGE_NAMES } from '../words.ts';
import { figure, type Plate } from './frame.ts';
import { roundsInWords } from './pieces.ts';

/** What has a score in each round, in the order of tables. */
export type Kind = Stage | 'total';
export const KINDS: readonly Kind[] = [...STAGES, 'total'];

export const kindName = (voice: Voice, kind: Kind): string =>
  kind === 'total' ? voice.say('امتیاز کل', 'Total') : voice.text(STAGE_NAMES[kind]);

export const scoreOf = (result: HistoricResult, kind: Kind): HistoricScore =>
  kind === 'total' ? publishedTotal(result) : result.stages[kind];

export const roundLabels = (over: Rounds): RoundLabel[] =>
  over.rounds.map((round) => ({ name: roundName(over, round), when: over.voice.text(round.names) }));

/** Where the stage weights of a round are known to differ from those of the one before it, or other hands begin. */
export const methodChanges = ({ voice: { say }, rounds }: Pick<Rounds, 'voice' | 'rounds'>): MethodChange[] =>
  rounds.flatMap((round, at) => {
    const before = rounds[at - 1];
    if (!before) return [];
    const parts = [
      isImported(before) && !isImported(round) && say('سنجش رصد', 'judged by Rasad'),
      before.edition !== null && round.edition !== null && before.edition !== round.edition && say(`ویرایش ${round.edition}`, `edition ${round.edition}`),
    ].filter((part) => part !== false);
    return parts.length === 0 ? [] : [{ before: at, label: parts.join(say('، ', ', ')) }];
  }); // prettier-ignore

/** Means of the stages and of the total; null with fewer than two rounds. */
export function meansPlate(over: Rounds): Plate | null {
  const { voice, rounds } = over;
  if (rounds.length < 2) return null;
  const { say, count } = voice;
  const means = rounds.map((round) => nationalMeans(round));
  const title = say(`میانگین امتیاز مراحل و امتیاز کل در ${roundsInWords(voice, rounds.length, over.word)}`, `Mean scores of the stages and of the total in ${roundsInWords(voice, rounds.length, over.word)}`); // prettier-ignore
  const groups = KINDS.map((kind) => ({ name: kindName(voice, kind), values: means.map((own) => own[kind].mean) }));
  const counts = rounds.map((round, at) => `${roundName(over, round)} ${count(means[at]!.total.count)}`).join(say('، ', ', ')); // prettier-ignore
  return figure(title, [
    groupedBars(voice, { id: 'means', title, rounds: roundLabels(over), groups, changes: methodChanges(over) }),
    markup`<p class="note">${say(`میانگین ساده بر دستگاه‌هایی که عددی دارند؛ شمار دستگاه‌های با امتیاز کل: ${counts}.`, `Plain means over the organizations with a number; with a total: ${counts}.`)}</p>`,
  ]); // prettier-ignore
}

export const growthPlate = (voice: Voice, id: string, title: string, bars: readonly Bar[]): Plate | null =>
  bars.length === 0 ? null : figure(title, barChart(voice, { id, title, bars }));

/** Fewer points are no line. */
const LEAST_ROUNDS = 2;

/** All scores of one organization over the rounds; null where there are too few for a line. */
export function lineOf(over: Rounds, id: string, name: string, results: readonly (HistoricResult | null)[]): Markup | null {
  const { voice, rounds } = over;
  const series = KINDS.map((kind) => ({
    look: kind,
    name: kindName(voice, kind),
    values: results.map((result) => result && scoreOf(result, kind).value),
  })).filter(({ values }) => values.some((value) => value !== null));
  const known = rounds.filter((_, at) => series.some(({ values }) => values[at] !== null)).length;
  if (known < LEAST_ROUNDS) return null;
  return lineChart(voice, { id, title: voice.say(`روند امتیازهای ${name}`, `Scores of ${name} over the rounds`), rounds: roundLabels(over), series, changes: methodChanges(over) });
} // prettier-ignore

/** What each of the rounds says of one organization. */
export const resultsOver = (rounds: readonly HistoricRound[], organization: string): (HistoricResult | null)[] =>
  rounds.map(({ results }) => results.find((own) => own.organization === organization) ?? null);
