/** Tables, figures and the ranking of the last of published rounds, in the order in which such reports have them. */
import { publishedTotal, ranksOf, type HistoricRound } from '../../core/history.ts';
import { named } from '../layout.ts';
import { markup, type Part } from '../markup.ts';
import { growthText, type Growth } from '../rounds.ts';
import type { Voice } from '../voice.ts';
import { COOPERATION_NAMES } from '../words.ts';
import { pageLink, table, type Chapter, type Plate } from './frame.ts';
import { organizationLink, roundName, scoreText, type HistoryContext } from './history-context.ts';
import { inWords, notesOf, NOTHING, roundsInWords, sectionId, tableOf, type Column, type Notes } from './pieces.ts';
import { growthPlate, meansPlate } from './trends.ts';

export function resultsChapter(context: HistoryContext): Chapter {
  const { voice, last, previous } = context;
  const { say } = voice;
  const blocks: (Part | Plate | null)[] = [
    absences(context),
    growthTable(context),
    growthFigure(context),
    meansPlate(context.over),
    newcomers(context),
    ...countTables(context),
    markup`<h3>${say('رتبه‌بندی', 'Ranking')}</h3>`,
    markup`<p>${isRanked(last) ? say('رتبه‌بندی بر پایه امتیاز کل است. تفاوت امتیاز برخی دستگاه‌ها بسیار کم است و رتبه آن‌ها به تنهایی چیزی نمی‌گوید.', 'The ranking follows the total. Some organizations differ by very little, and their ranks by themselves say nothing.') : say('این نوبت رتبه‌بندی منتشر نکرده است: جای هر دستگاه در میان امتیازهای کلی است که در دست است.', 'This round published no ranking: the place is that among the totals that are known.')}</p>`,
    ranking(context),
  ]; // prettier-ignore
  return {
    id: 'results',
    title: previous ? say(`نتیجه‌های ${roundName(voice, last)} و روند نوبت‌ها`, `Results of ${roundName(voice, last)}, and the rounds compared`) : say('نتیجه‌ها', 'Results'), // prettier-ignore
    isNumbered: true,
    blocks: blocks.filter((block) => block !== null),
  };
}

const isRanked = ({ results }: HistoricRound): boolean => results.some(({ ranking: own }) => own !== null);

/** A growth with the reasons why it cannot be trusted. */
const grown = (voice: Voice, { growth, doubtful }: Growth, notes: Notes): Part => [
  growthText(voice, growth),
  doubtful.map(({ reason }) => reason && notes.markOf(reason)),
];

function absences(context: HistoryContext): Plate | null {
  const { voice, last, organizations: known } = context;
  const { say, text, count } = voice;
  if (last.absences.length === 0) return null;
  return table(
    say(`دستگاه‌هایی که در ${roundName(voice, last)} مانند دیگران شرکت نکردند`, `Organizations that did not take part in ${roundName(voice, last)} like the others`),
    tableOf(
      [{ name: say('ردیف', 'No.'), kind: 'number', width: 8 }, { name: say('دستگاه', 'Organization'), kind: 'head', width: 46 }, { name: say('وضع همکاری', 'Cooperation'), kind: 'text' }],
      last.absences.map(({ organization, names, cooperation, note }, at) => [
        count(at + 1),
        organization !== null && known.has(organization) ? organizationLink(context, organization) : named(voice, names),
        [text(COOPERATION_NAMES[cooperation]), note && markup`<span class="flag">${voice.prose(note)}</span>`],
      ]),
    ),
  ); // prettier-ignore
}

function growthTable(context: HistoryContext): Plate | null {
  const { voice, last, previous, growth } = context;
  const { say, count } = voice;
  if (last.growths.length === 0 || !previous) return null;
  const [from, to] = [roundName(voice, previous), roundName(voice, last)];
  const notes = notesOf(voice);
  return table(
    say(`${inWords(voice, last.growths.length)} دستگاه با بیشترین رشد از ${from} تا ${to}`, `${last.growths.length === 1 ? 'The organization' : `The ${inWords(voice, last.growths.length)} organizations`} that grew most from ${from} to ${to}`),
    [
      tableOf(
        [{ name: say('ردیف', 'No.'), kind: 'number', width: 8 }, { name: say('دستگاه', 'Organization'), kind: 'head' }, { name: say('رشد منتشرشده', 'Published growth'), kind: 'number', width: 18 }, { name: say('تفاضل دو امتیاز کل', 'Difference of the two totals'), kind: 'number', width: 20 }],
        last.growths.map((own, at) => {
          const computed = growth.get(own.organization);
          return [count(at + 1), organizationLink(context, own.organization), growthText(voice, own.growth), computed ? grown(voice, computed, notes) : NOTHING];
        }),
      ),
      markup`<p class="note">${say('رشد به امتیاز است. خط تیره: امتیاز یکی از دو نوبت در دست نیست. ناهمخوانی دو ستون در بخش اصلاح‌ها آمده است.', 'Growth is in points. A dash: the total of one of the two rounds is not known. Where the two columns differ, the chapter on corrections says why.')}</p>`,
      notes.list(),
    ],
  ); // prettier-ignore
}

function growthFigure({ voice, last, previous, organizations: known }: HistoryContext): Plate | null {
  if (!previous) return null;
  const title = voice.say(`بیشترین رشدها از ${roundName(voice, previous)} تا ${roundName(voice, last)}`, `Largest growths from ${roundName(voice, previous)} to ${roundName(voice, last)}`);
  const bars = last.growths.map(({ organization, growth }) => {
    const names = known.get(organization)?.names;
    return { name: names ? voice.text(names) : organization, points: growth };
  });
  return growthPlate(voice, 'growth', title, bars);
} // prettier-ignore

function newcomers(context: HistoryContext): Plate | null {
  const { voice, last, results: all } = context;
  const { say, count, points } = voice;
  if (last.newcomers.length === 0) return null;
  return table(
    say(`دستگاه‌های جدید در ${roundName(voice, last)}`, `Organizations new in ${roundName(voice, last)}`),
    tableOf(
      [{ name: say('ردیف', 'No.'), kind: 'number', width: 8 }, { name: say('دستگاه', 'Organization'), kind: 'head' }, { name: say('امتیاز کل', 'Total'), kind: 'number', width: 14 }, { name: say('رتبه', 'Rank'), kind: 'number', width: 12 }],
      last.newcomers.map((organization, at) => {
        const result = all.get(last)!.get(organization);
        const value = result ? publishedTotal(result).value : null;
        return [count(at + 1), organizationLink(context, organization), value === null ? NOTHING : points(value), result?.ranking ? count(result.ranking.rank) : NOTHING];
      }),
    ),
  ); // prettier-ignore
}

function countTables({ voice, history }: HistoryContext): Plate[] {
  const { say, count } = voice;
  const counted = history.rounds.filter((round) => round.counts !== null);
  if (counted.length === 0) return [];
  const columns = (name: string): Column[] => [{ name: say('نوبت', 'Round'), kind: 'head' }, { name: say('زمان', 'Time'), kind: 'text' }, { name, kind: 'number', width: 30 }]; // prettier-ignore
  const row = (round: HistoricRound, value: number): Part[] => [roundName(voice, round), voice.text(round.names), count(value)]; // prettier-ignore
  return [
    table(
      say(`شمار خدمت‌ها و زیرخدمت‌های ارزیابی‌شده در ${roundsInWords(voice, counted.length)}`, `Services and sub-services evaluated in ${roundsInWords(voice, counted.length)}`),
      tableOf(columns(say('خدمت‌ها و زیرخدمت‌ها', 'Services and sub-services')), counted.map((round) => row(round, round.counts!.services))),
    ),
    table(
      say(`شمار دستگاه‌های حاضر در ${roundsInWords(voice, counted.length)}`, `Organizations in ${roundsInWords(voice, counted.length)}`),
      tableOf(columns(say('دستگاه‌ها', 'Organizations')), counted.map((round) => row(round, round.counts!.organizations))),
    ),
  ]; // prettier-ignore
}

function ranking(context: HistoryContext): Plate | null {
  const { voice, last, previous, growth } = context;
  const { say, count } = voice;
  const printed = last.results.filter((result) => result.ranking !== null).toSorted((a, b) => a.ranking!.rank - b.ranking!.rank); // prettier-ignore
  // a round without a ranking of its own is ranked by its totals
  const scored = last.results.filter((result) => publishedTotal(result).value !== null).toSorted((a, b) => publishedTotal(b).value! - publishedTotal(a).value!); // prettier-ignore
  const rows = printed.length > 0 ? printed : scored;
  if (rows.length === 0) return null;
  const ranks = printed.length > 0 ? rows.map(({ ranking: own }) => own!.rank) : ranksOf(rows.map((result) => publishedTotal(result).value)); // prettier-ignore
  const notes = notesOf(voice);
  const columns: Column[] = [
    { name: isRanked(last) ? say('رتبه', 'Rank') : say('جای', 'Place'), kind: 'number', width: 8 },
    { name: say('دستگاه', 'Organization'), kind: 'head' },
    { name: say('امتیاز کل', 'Total'), kind: 'number', width: 14 },
    ...(previous ? [{ name: say(`رشد از ${roundName(voice, previous)}`, `Growth since ${roundName(voice, previous)}`), kind: 'number', width: 17 } as const] : []),
    { name: say('صفحه', 'Page'), kind: 'number', width: 9 },
  ]; // prettier-ignore
  const content = tableOf(
    columns,
    rows.map((result, at) => {
      const own = growth.get(result.organization);
      return [
        count(ranks[at]!),
        organizationLink(context, result.organization),
        scoreText(voice, publishedTotal(result), ({ reason }) => reason && notes.markOf(reason)),
        ...(previous ? [own ? grown(voice, own, notes) : NOTHING] : []),
        pageLink(sectionId(result.organization)),
      ];
    }),
  );
  return table(say('رتبه‌بندی دستگاه‌ها بر پایه امتیاز کل', 'Ranking of the organizations by their totals'), [content, notes.list()]); // prettier-ignore
}
