/** What was corrected in published numbers, what does not fit, and why: the chapter that keeps the others honest. */
import { checkHistory, COUNTING, SCORE_STATUSES, scoresOf, type CheckResult, type Deviation, type HistoricRound, type HistoricScore } from '../../core/history.ts'; // prettier-ignore
import { STAGES } from '../../core/model.ts';
import { groupBy } from '../data.ts';
import { bdi, named } from '../layout.ts';
import { markup, type Part } from '../markup.ts';
import { countsOf, growthText } from '../rounds.ts';
import type { Voice } from '../voice.ts';
import { CHECK_NAMES, SCORE_STATUS_NAMES, STAGE_NAMES } from '../words.ts';
import { table, type Chapter, type Plate } from './frame.ts';
import { organizationLink, roundName, roundWithTime, type HistoryContext } from './history-context.ts';
import { NOTHING, tableOf, type Row } from './pieces.ts';

export function correctionsChapter(context: HistoryContext): Chapter {
  const { voice } = context;
  const { say } = voice;
  const { results } = checkHistory(context.history, context.weightsOf);
  const plates = [statuses(context), changed(context), pairings(context), missing(context), checks(context, results), deviations(context, results)]; // prettier-ignore
  return {
    id: 'corrections',
    title: say('اصلاح‌ها و دلیل آن‌ها', 'Corrections and their reasons'),
    isNumbered: true,
    blocks: [
      markup`<p>${say('هیچ عددی بی‌صدا تغییر نکرده است. عددی که با عددهای دیگر همان نوبت جور نمی‌آید یا اصلاح شده، و آن‌گاه هر دو عدد اینجاست، یا مانده و نامطمئن خوانده شده است. دلیل‌ها از خود عددها برمی‌آید: میانگین‌ها، وزن‌ها و جدول‌هایی که همان عدد را بار دیگر می‌آورند.', 'No number was changed silently. One that does not agree with the others of its round is either corrected, and then both numbers are here, or left and called not to be trusted. The reasons come from the numbers themselves: means, weights, and tables that print the same number again.')}</p>`,
      ...plates.filter((plate) => plate !== null),
    ],
  }; // prettier-ignore
}

function statuses({ voice, history }: HistoryContext): Plate {
  const { say, text, count } = voice;
  const rows = history.rounds.map((round) => {
    const counts = countsOf(round.results.flatMap(scoresOf));
    return [roundWithTime(voice, round), ...SCORE_STATUSES.map((status) => count(counts[status]))];
  });
  return table(
    say('عددهای هر نوبت و اینکه تا کجا می‌توان به آن‌ها تکیه کرد', 'The numbers of each round, and how far they can be relied on'),
    tableOf([{ name: say('نوبت', 'Round'), kind: 'head' }, ...SCORE_STATUSES.map((status) => ({ name: begun(text(SCORE_STATUS_NAMES[status])), kind: 'number' as const, width: 16 }))], rows),
  ); // prettier-ignore
}

/** As the beginning of a line. */
const begun = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** A number of a round with what it is a number of. */
interface Located {
  readonly round: HistoricRound;
  readonly organization: string;
  readonly what: Part;
  readonly score: HistoricScore;
}

function located({ voice, history, registry }: HistoryContext): Located[] {
  const { say, text } = voice;
  const titles = new Map(registry.services.map((service) => [service.id, service.titles]));
  return history.rounds.flatMap((round) =>
    round.results.flatMap(({ organization, stages, total, ranking, services }): Located[] => [
      ...STAGES.map((stage) => ({ round, organization, what: text(STAGE_NAMES[stage]), score: stages[stage] })),
      { round, organization, what: say('امتیاز کل', 'Total'), score: total },
      ...(ranking ? [{ round, organization, what: say('امتیاز کل در رتبه‌بندی', 'Total in the ranking'), score: ranking.total }] : []),
      ...services.map(({ service, score }) => ({ round, organization, what: [say('خدمت ', 'Service: '), named(voice, titles.get(service) ?? { fa: '', en: '' }, service)], score })),
    ]),
  ); // prettier-ignore
}

const reasonKey = ({ reason }: HistoricScore): string => reason?.en ?? '';

function changed(context: HistoryContext): Plate | null {
  const { voice } = context;
  const { say, text, points, digits } = voice;
  const all = located(context).filter(({ score }) => score.status === 'corrected' || score.status === 'unreliable');
  if (all.length === 0) return null;
  const number = (value: number | null): Part => (value === null ? NOTHING : bdi(points(value)));
  const inPrint = ({ printed, value }: HistoricScore): Part =>
    printed === null ? number(value) : /^\d/.test(printed) ? number(Number(printed)) : digits(printed);
  const entry = ({ what, score }: Located): Part =>
    score.status === 'corrected'
      ? [what, ' ', number(score.value), say(' (چاپ‌شده ', ' (in print '), inPrint(score), ')']
      : [what, ' ', inPrint(score)];
  const rows = [...groupBy(all, ({ score }) => `${score.status} ${reasonKey(score)}`)].flatMap(([, own]): Row[] => {
    const { status, reason } = own[0]!.score;
    return [
      { band: [markup`<b>${begun(text(SCORE_STATUS_NAMES[status]))}</b>`, ': ', reason ? voice.prose(reason) : say('بی‌دلیل', 'no reason is given')] },
      ...[...groupBy(own, ({ round, organization }) => `${round.id} ${organization}`).values()].map((some) => [
        organizationLink(context, some[0]!.organization),
        roundName(voice, some[0]!.round),
        some.map((one, at) => [at > 0 && say('، ', ', '), entry(one)]),
      ]),
    ];
  });
  return table(
    say('عددهای اصلاح‌شده و نامطمئن', 'Numbers that are corrected or not to be trusted'),
    tableOf(
      [{ name: say('دستگاه', 'Organization'), kind: 'head', width: 34 }, { name: say('نوبت', 'Round'), kind: 'text', width: 13 }, { name: say('عددها', 'Numbers'), kind: 'text' }],
      rows,
    ),
  );
} // prettier-ignore

/** Scores of services of which it is not sure whose they are. */
function pairings(context: HistoryContext): Plate | null {
  const { voice, history } = context;
  const { say, count } = voice;
  const all = history.rounds.flatMap((round) =>
    round.results.flatMap(({ organization, services }) =>
      services.filter(({ pairing }) => pairing === 'inferred').map(({ score }) => ({ round, organization, score })),
    ),
  );
  if (all.length === 0) return null;
  const rows = [...groupBy(all, ({ score }) => reasonKey(score))].flatMap(([, own]): Row[] => [
    { band: own[0]!.score.reason ? voice.prose(own[0]!.score.reason) : '' },
    ...[...groupBy(own, ({ round, organization }) => `${round.id} ${organization}`).values()].map((some) => [
      organizationLink(context, some[0]!.organization),
      roundName(voice, some[0]!.round),
      count(some.length),
    ]),
  ]);
  return table(
    say('امتیازهایی که از آنِ دستگاه است، اما نام خدمت آن‌ها از روی ترتیب برداشت شده است', 'Scores that are the organization’s, but whose service is inferred'),
    tableOf([{ name: say('دستگاه', 'Organization'), kind: 'head' }, { name: say('نوبت', 'Round'), kind: 'text', width: 20 }, { name: say('شمار خدمت‌ها', 'Services'), kind: 'number', width: 16 }], rows),
  ); // prettier-ignore
}

function missing(context: HistoryContext): Plate | null {
  const { voice, history } = context;
  const { say, count } = voice;
  const all = located(context).filter(({ score }) => score.status === 'missing');
  if (all.length === 0) return null;
  const rows = [...groupBy(all, ({ score }) => reasonKey(score))]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(([, own]): Row => {
      const of = groupBy(own, ({ round }) => round);
      const { reason } = own[0]!.score;
      return [reason ? voice.prose(reason) : say('بی‌دلیل', 'no reason is given'), ...history.rounds.map((round) => count(of.get(round)?.length ?? 0))]; // prettier-ignore
    });
  return table(
    say('خانه‌هایی که عدد ندارد', 'Cells without a number'),
    tableOf([{ name: say('دلیل', 'Reason'), kind: 'head' }, ...history.rounds.map((round) => ({ name: roundName(voice, round), kind: 'number' as const, width: 9.5 }))], rows),
  ); // prettier-ignore
}

// ---------------------------------------------------------------- what does not fit

function checks({ voice, history }: HistoryContext, results: readonly CheckResult[]): Plate | null {
  const { say, text, count } = voice;
  if (results.length === 0) return null;
  const rows = [...groupBy(results, ({ check }) => check)].flatMap(([id, own]): Row[] => [
    { band: markup`<b>${text(CHECK_NAMES[id])}</b>` },
    ...own.map(({ round, tested, fits, testedInPrint, fitsInPrint }) => [nameOfRound(voice, history.rounds, round), share(voice, fitsInPrint, testedInPrint), share(voice, fits, tested), count(tested - fits)]),
  ]); // prettier-ignore
  return table(
    say('آزمون‌های حساب: چند عدد با عددهای دیگر جور می‌آید', 'Checks by arithmetic: how many numbers agree with the others'),
    tableOf([{ name: say('نوبت', 'Round'), kind: 'head' }, { name: say('با عددهای چاپ‌شده', 'As printed'), kind: 'number', width: 22 }, { name: say('پس از اصلاح', 'As corrected'), kind: 'number', width: 22 }, { name: say('ناجور می‌ماند', 'Still off'), kind: 'number', width: 16 }], rows),
  ); // prettier-ignore
}

const share = ({ say, count }: Voice, part: number, whole: number): string =>
  say(`${count(part)} از ${count(whole)}`, `${count(part)} of ${count(whole)}`);

const nameOfRound = (voice: Voice, rounds: readonly HistoricRound[], id: string): Part => {
  const round = rounds.find((own) => own.id === id);
  return round ? roundName(voice, round) : bdi(id);
};

function deviations(context: HistoryContext, results: readonly CheckResult[]): Plate | null {
  const { voice, history } = context;
  const { say, text, count, points } = voice;
  const open = results.flatMap(({ check, round, deviations: all }) =>
    all.filter(({ mended }) => !mended).map((deviation) => ({ check, round, deviation })),
  );
  if (open.length === 0) return null;
  const why = ({ reasons }: Deviation): string => reasons.map((reason) => voice.prose(reason)).join(' ');
  const rows = [...groupBy(open, ({ check, round, deviation }) => `${check} ${round} ${why(deviation)}`).values()].flatMap((own): Row[] => {
    const { check, round, deviation } = own[0]!;
    const number = COUNTING.has(check) ? count : points;
    return [
      { band: [markup`<b>${text(CHECK_NAMES[check])}${say('، ', ', ')}${nameOfRound(voice, history.rounds, round)}</b>`, ': ', why(deviation) || say('بی‌دلیل', 'no reason is known')] },
      ...own.map(({ deviation: { organization, published, computed } }) => [
        organization === null ? say('همه', 'All') : organizationLink(context, organization),
        number(published),
        number(computed),
        COUNTING.has(check) ? markup`<bdi dir="ltr">${published < computed ? '−' : '+'}${count(Math.abs(published - computed))}</bdi>` : growthText(voice, published - computed),
      ]),
    ];
  });
  return table(
    say('عددهایی که با عددهای دیگر جور نمی‌آید و همان‌گونه مانده است', 'Numbers that do not agree with others and are left as they are'),
    tableOf([{ name: say('دستگاه', 'Organization'), kind: 'head' }, { name: say('منتشرشده', 'Published'), kind: 'number', width: 16 }, { name: say('حساب‌شده', 'Computed'), kind: 'number', width: 16 }, { name: say('تفاوت', 'Difference'), kind: 'number', width: 14 }], rows),
  );
} // prettier-ignore
