/** Figures over rounds, which a document of published rounds and one of our own share. */
import { nationalMeans, type HistoricResult } from '../../core/history.ts';
import { barChart, type Bar } from '../charts/bars.ts';
import { groupedBars } from '../charts/groups.ts';
import { lineChart } from '../charts/line.ts';
import { markup, type Markup } from '../markup.ts';
import { changesOf, columnName, COLUMNS, doubtsOfMeans, labelsOf, linesOf, roundName, type Rounds } from '../rounds.ts';
import type { Voice } from '../voice.ts';
import { figure, type Plate } from './frame.ts';
import { roundsInWords } from './pieces.ts';

/** Means of the stages and of the total; null with fewer than two rounds. */
export function meansPlate(over: Rounds): Plate | null {
  const { voice, rounds } = over;
  if (rounds.length < 2) return null;
  const { say, count } = voice;
  const means = rounds.map((round) => nationalMeans(round));
  const title = say(`میانگین امتیاز مراحل و امتیاز کل در ${roundsInWords(voice, rounds.length, over.word)}`, `Mean scores of the stages and of the total in ${roundsInWords(voice, rounds.length, over.word)}`); // prettier-ignore
  const groups = COLUMNS.map((column) => ({ name: columnName(voice, column), values: means.map((own) => own[column].mean) })); // prettier-ignore
  const counts = rounds.map((round, at) => `${roundName(over, round)} ${count(means[at]!.total.count)}`).join(say('، ', ', ')); // prettier-ignore
  return figure(title, [
    groupedBars(voice, { id: 'means', title, rounds: labelsOf(over), groups, changes: changesOf(over) }),
    markup`<p class="note">${say(`میانگین ساده بر دستگاه‌هایی که عددی دارند؛ شمار دستگاه‌های با امتیاز کل: ${counts}.`, `Plain means over the organizations with a number; with a total: ${counts}.`)} ${doubtsOfMeans(over)}</p>`,
  ]); // prettier-ignore
}

export const growthPlate = (voice: Voice, id: string, title: string, bars: readonly Bar[]): Plate | null =>
  bars.length === 0 ? null : figure(title, barChart(voice, { id, title, bars }));

/** The scores of one organization over the rounds that can be trusted; null where there are too few for a line. */
export function lineOf(over: Rounds, id: string, name: string, results: readonly (HistoricResult | null)[]): Markup | null {
  const { voice } = over;
  const lines = linesOf(over, results);
  if (!lines) return null;
  const { series, left } = lines;
  return markup`${lineChart(voice, { id, title: voice.say(`روند امتیازهای ${name}`, `Scores of ${name} over the rounds`), rounds: labelsOf(over), series, changes: changesOf(over) })}${left && markup`<p class="note">${left}</p>`}`;
} // prettier-ignore
