/**
 * A round that others published, and those before it, as a workbook: the same sheets, cells and safety as that of an
 * audit, each number beside how far it can be trusted. The same data gives the same bytes.
 */
import { writeXlsx } from 'hucre/xlsx';
import { asPrinted, nationalMeans, publishedTotal, SCORE_STATUSES, scoresOf, tookPart, type HistoricResult, type HistoricRound, type HistoricScore, type HistoricService, type Absence, type CheckResult, type Deviation } from '../core/history.ts'; // prettier-ignore
import { STAGES, type Organization, type Service, type Text } from '../core/model.ts';
import { exact } from '../core/score.ts';
import { ABSENCE_SENTENCES, nameOf } from './history-context.ts';
import { cellsOf, correctionsOf, historyTitle, placesOf, publishedGrowths, rankingOf, spoken, type Correction, type HistoryData, type SpokenHistory } from './history-data.ts'; // prettier-ignore
import { historyFacts } from './history-facts.ts';
import { COLUMNS, columnName, countsOf, inText, isDoubtful, lastOf, meanOfSeveral, previousOf, roundName } from './rounds.ts'; // prettier-ignore
import { cellText, fontOf, methodSheet, namesOf, sheetOf, type Column, type Table, type Value } from './sheets.ts';
import { voiceOf, type Lang, type Voice } from './voice.ts';
import { CHECK_NAMES, EDITION_BASIS_NAMES, PAIRING_NAMES, SCORE_STATUS_NAMES, STAGE_NAMES } from './words.ts';
import { finished } from './xlsx-rows.ts';

/** Nobody knows when the round was published, and the time of writing would make each file another one. */
const NO_TIME = new Date(Date.UTC(1980, 0, 1));

/** The file in pieces. */
export async function* historyXlsx(data: HistoryData, lang: Lang): AsyncGenerator<Uint8Array> {
  const history = spoken(data, voiceOf(lang, data.registry.calendar));
  const { voice } = history;
  const workbook = await writeXlsx({
    sheets: [
      sheetOf(voice, rankingTable(history), rankingOf(data)),
      sheetOf(voice, servicesTable(history), serviceRows(data)),
      sheetOf(voice, scoresTable(history), scoreRows(data)),
      sheetOf(voice, roundsTable(history), data.rounds),
      sheetOf(voice, meansTable(history), data.rounds),
      sheetOf(voice, growthsTable(history), publishedGrowths(data)),
      sheetOf(voice, absencesTable(history), data.rounds.flatMap((round) => round.absences.map((absence, at) => ({ absence, round, row: at + 1 })))), // prettier-ignore
      sheetOf(voice, correctionsTable(history), correctionsOf(data)),
      sheetOf(voice, deviationsTable(history), data.checks.flatMap((check) => check.deviations.map((deviation) => ({ check, deviation })))), // prettier-ignore
      methodSheet(voice, historyFacts(history), voice.say('توضیح یا شناسه', 'Remark or id')),
    ],
    defaultFont: fontOf(voice),
    properties: { title: cellText(historyTitle(history)), creator: 'Rasad', created: NO_TIME, modified: NO_TIME },
  });
  yield* finished(workbook, null);
}

// ---------------------------------------------------------------- columns

/** A number as it is, and what stands in its place in print as a number where it is one. */
const inPrint = (score: HistoricScore): Value => (score.printed === null ? null : (asPrinted(score) ?? score.printed));

/** The number, its status, and what stands in print. */
const scoreColumns = <Row>({ say, text }: Voice, head: string, of: (row: Row) => HistoricScore | null, bar?: number): Column<Row>[] => {
  const beside = (what: string): string => say(`${head}، ${what}`, `${head}, ${what}`);
  return [
    { head, kind: 'points', width: 13, of: (row) => of(row)?.value ?? null, ...(bar !== undefined && { bar }) },
    { head: beside(say('وضعیت', 'status')), kind: 'text', width: 16, of: (row) => { const score = of(row); return score && text(SCORE_STATUS_NAMES[score.status]); } },
    { head: beside(say('در چاپ', 'in print')), kind: 'points', width: 12, of: (row) => { const score = of(row); return score && inPrint(score); } },
  ];
}; // prettier-ignore

const roundColumns = <Row>(history: SpokenHistory, of: (row: Row) => HistoricRound): Column<Row>[] => [
  { head: history.voice.say('نوبت', 'Round'), kind: 'text', width: 14, of: (row) => roundName(history, of(row)) },
  { head: history.voice.say('زمان', 'Time'), kind: 'text', width: 22, of: (row) => history.voice.text(of(row).names) },
]; // prettier-ignore

const organizationColumn = <Row>(history: SpokenHistory, of: (row: Row) => string): Column<Row> => ({
  head: history.voice.say('دستگاه', 'Organization'),
  kind: 'text',
  width: 38,
  of: (row) => nameOf(history, of(row)),
});

const idColumn = <Row>(head: string, of: (row: Row) => string | null): Column<Row> => ({ head, kind: 'code', width: 18, of }); // prettier-ignore

const roundId = <Row>({ say }: Voice, of: (row: Row) => HistoricRound): Column<Row> =>
  idColumn(say('شناسه نوبت', 'Round’s id'), (row) => of(row).id);

const organizationId = <Row>({ say }: Voice, of: (row: Row) => string | null): Column<Row> =>
  idColumn(say('شناسه دستگاه', 'Organization’s id'), of);

const reasonColumn = <Row>(voice: Voice, of: (row: Row) => readonly (Text | null)[]): Column<Row> => ({
  head: voice.say('دلیل', 'Reason'),
  kind: 'text',
  width: 60,
  of: (row) => [...new Set(of(row).flatMap((reason) => (reason ? voice.prose(reason) : [])))].join(' '),
}); // prettier-ignore

const cellName = (voice: Voice, column: Correction['column']): string => {
  const { say } = voice;
  if (column === 'service') return say('خدمت', 'Service');
  if (column === 'ranking') return say('امتیاز کل در رتبه‌بندی', 'Total in the ranking');
  return column === 'total' ? say('امتیاز کل کنار مرحله‌ها', 'Total beside the stages') : columnName(voice, column);
};

// ---------------------------------------------------------------- tables

interface RankingRow {
  readonly organization: Organization;
  readonly result: HistoricResult | null;
}

function rankingTable(history: SpokenHistory): Table<RankingRow> {
  const { voice, places, isRanked, growths } = history;
  const { say, text } = voice;
  const [round, before] = [lastOf(history), previousOf(history)];
  const newest = new Set(round.newcomers);
  const absent = new Map(round.absences.map((absence) => [absence.organization, absence.cooperation]));
  const published = new Map(round.growths.map(({ organization, growth }) => [organization, growth]));
  const score = (of: (result: HistoricResult) => HistoricScore) => ({ result }: RankingRow): HistoricScore | null => result && of(result); // prettier-ignore
  return {
    name: say('رتبه‌بندی', 'Ranking'),
    frozen: 2,
    columns: [
      { head: isRanked ? say('رتبه', 'Rank') : say('جای', 'Place'), kind: 'count', width: 7, of: ({ organization }) => places.get(organization.id) ?? null },
      ...namesOf<RankingRow>(voice, say('دستگاه', 'Organization'), ({ organization }) => organization.names),
      ...scoreColumns<RankingRow>(voice, say('امتیاز کل', 'Total'), score(publishedTotal), 100),
      ...STAGES.flatMap((stage) => scoreColumns<RankingRow>(voice, text(STAGE_NAMES[stage]), score(({ stages }) => stages[stage]))),
      ...scoreColumns<RankingRow>(voice, cellName(voice, 'total'), score(({ total }) => total)),
      ...(before === null ? [] : [
        { head: say(`رشد از ${inText(history, before)}`, `Growth since ${inText(history, before)}`), kind: 'difference', width: 14, of: ({ organization }) => { const own = growths.get(organization.id); return own ? exact(own.growth) : null; } },
        { head: say('رشد نامطمئن؟', 'Growth not reliable?'), kind: 'text', width: 12, of: ({ organization }) => { const own = growths.get(organization.id); return own ? yesNo(voice, isDoubtful(own)) : null; } },
        { head: say('رشد منتشرشده', 'Published growth'), kind: 'difference', width: 12, of: ({ organization }) => published.get(organization.id) ?? null },
      ] satisfies Column<RankingRow>[]),
      { head: say('تازه؟', 'New?'), kind: 'text', width: 9, of: ({ organization }) => yesNo(voice, newest.has(organization.id)) },
      { head: say('همکاری', 'Cooperation'), kind: 'text', width: 40, of: ({ organization }) => { const own = absent.get(organization.id); return own ? text(ABSENCE_SENTENCES[own]) : null; } },
      { head: say('خدمت‌ها', 'Services'), kind: 'count', width: 9, of: ({ result }) => result?.services.length ?? 0 },
      reasonColumn<RankingRow>(voice, ({ result }) => (result ? [...STAGES.map((stage) => result.stages[stage]), result.total, publishedTotal(result)].map(({ reason }) => reason) : [])),
      idColumn<RankingRow>(say('شناسه', 'Id'), ({ organization }) => organization.id),
    ],
  };
} // prettier-ignore

const yesNo = ({ say }: Voice, value: boolean): string => (value ? say('بله', 'yes') : say('نه', 'no'));

interface ServiceRow extends HistoricService {
  readonly organization: string;
  readonly facts: Service | null;
}

function serviceRows(data: HistoryData): ServiceRow[] {
  const known = new Map(data.registry.services.map((service) => [service.id, service]));
  return lastOf(data).results.flatMap(({ organization, services }) =>
    services.map((row) => ({ ...row, organization, facts: known.get(row.service) ?? null })),
  );
}

function servicesTable(history: SpokenHistory): Table<ServiceRow> {
  const { voice } = history;
  const { say, text } = voice;
  return {
    name: say('خدمات', 'Services'),
    frozen: 3,
    columns: [
      { ...organizationColumn<ServiceRow>(history, ({ organization }) => organization), width: 26 },
      { head: say('شناسنامه خدمت', 'Service code'), kind: 'code', width: 13, of: ({ facts }) => facts?.code ?? null },
      ...namesOf<ServiceRow>(voice, say('خدمت', 'Service'), ({ facts, service }) => facts?.titles ?? { fa: service, en: service }),
      ...scoreColumns<ServiceRow>(voice, say('امتیاز', 'Score'), ({ score }) => score, 100),
      { head: say('پیوند خدمت و عدد', 'Whose score it is'), kind: 'text', width: 16, of: ({ pairing }) => text(PAIRING_NAMES[pairing]) },
      reasonColumn<ServiceRow>(voice, ({ score }) => [score.reason]),
      idColumn<ServiceRow>(say('شناسه', 'Id'), ({ service }) => service),
      organizationId<ServiceRow>(voice, ({ organization }) => organization),
    ],
  };
} // prettier-ignore

interface ScoreRow {
  readonly round: HistoricRound;
  readonly place: number | null;
  readonly result: HistoricResult;
}

/** An organization after the other, its rounds below each other. */
function scoreRows({ registry, rounds }: HistoryData): ScoreRow[] {
  const places = new Map(rounds.map((round) => [round, placesOf(round)]));
  const results = new Map(rounds.map((round) => [round, new Map(round.results.map((result) => [result.organization, result]))])); // prettier-ignore
  return registry.organizations.flatMap(({ id }) =>
    rounds.flatMap((round): ScoreRow[] => {
      const result = results.get(round)!.get(id);
      return result && tookPart(result) ? [{ round, place: places.get(round)!.get(id) ?? null, result }] : [];
    }),
  );
}

function scoresTable(history: SpokenHistory): Table<ScoreRow> {
  const { voice } = history;
  const { say, text } = voice;
  const cells = ({ round, result }: ScoreRow, status: HistoricScore['status']): string =>
    cellsOf({ ...round, results: [result] }).filter(({ score }) => score.status === status).map(({ column }) => cellName(voice, column)).join(say('، ', ', '));
  return {
    name: say('در گذر نوبت‌ها', 'Over the rounds'),
    frozen: 2,
    columns: [
      organizationColumn<ScoreRow>(history, ({ result }) => result.organization),
      ...roundColumns<ScoreRow>(history, ({ round }) => round),
      { head: say('رتبه یا جای', 'Rank or place'), kind: 'count', width: 9, of: ({ place }) => place },
      { head: say('امتیاز کل', 'Total'), kind: 'points', width: 14, bar: 100, of: ({ result }) => publishedTotal(result).value },
      ...STAGES.map((stage): Column<ScoreRow> => ({ head: text(STAGE_NAMES[stage]), kind: 'points', width: 12, of: ({ result }) => result.stages[stage].value })),
      { head: say('اصلاح‌شده', 'Corrected'), kind: 'text', width: 26, of: (row) => cells(row, 'corrected') },
      { head: say('نامطمئن', 'Not reliable'), kind: 'text', width: 26, of: (row) => cells(row, 'unreliable') },
      organizationId<ScoreRow>(voice, ({ result }) => result.organization),
      roundId<ScoreRow>(voice, ({ round }) => round),
    ],
  };
} // prettier-ignore

function roundsTable(history: SpokenHistory): Table<HistoricRound> {
  const { voice, editions } = history;
  const { say, text } = voice;
  const weights = (round: HistoricRound) => editions.get(round.edition ?? '')?.stageWeights ?? null;
  return {
    name: say('نوبت‌ها', 'Rounds'),
    frozen: 1,
    columns: [
      ...roundColumns<HistoricRound>(history, (round) => round),
      { head: say('دستگاه‌ها', 'Organizations'), kind: 'count', width: 13, of: ({ counts }) => counts?.organizations ?? null },
      { head: say('خدمت‌ها و زیرخدمت‌ها', 'Services and sub-services'), kind: 'count', width: 14, of: ({ counts }) => counts?.services ?? null },
      { head: say('دستگاه‌های تازه', 'New organizations'), kind: 'count', width: 14, of: ({ newcomers }) => newcomers.length },
      { head: say('ویرایش', 'Edition'), kind: 'code', width: 9, of: ({ edition }) => edition },
      { head: say('از کجا دانسته است', 'How it is known'), kind: 'text', width: 24, of: ({ editionBasis }) => text(EDITION_BASIS_NAMES[editionBasis]) },
      ...STAGES.map((stage): Column<HistoricRound> => ({ head: say(`وزن مرحله ${text(STAGE_NAMES[stage])}`, `Weight of the stage ${text(STAGE_NAMES[stage])}`), kind: 'share', width: 13, of: (round) => { const own = weights(round); return own && own[stage] / 100; } })),
      { head: say('رواداری، به امتیاز', 'Tolerance in points'), kind: 'number', width: 11, of: ({ tolerance }) => tolerance },
      ...SCORE_STATUSES.map((status): Column<HistoricRound> => ({ head: say(`خانه‌ها: ${text(SCORE_STATUS_NAMES[status])}`, `Cells: ${text(SCORE_STATUS_NAMES[status])}`), kind: 'count', width: 12, of: ({ results }) => countsOf(results.flatMap(scoresOf))[status] })),
      roundId<HistoricRound>(voice, (round) => round),
    ],
  };
} // prettier-ignore

function meansTable(history: SpokenHistory): Table<HistoricRound> {
  const { voice } = history;
  const { say } = voice;
  return {
    name: say('میانگین‌ها', 'Means'),
    frozen: 1,
    columns: [
      ...roundColumns<HistoricRound>(history, (round) => round),
      ...COLUMNS.flatMap((column): Column<HistoricRound>[] => {
        const head = columnName(voice, column);
        const mean = (which: 'all' | 'trusted') => (round: HistoricRound): number | null => { const own = meanOfSeveral(nationalMeans(round, which)[column]); return own === null ? null : exact(own); };
        return [
          { head, kind: 'points', width: 12, of: mean('all') },
          { head: say(`${head}، شمار دستگاه‌ها`, `${head}, organizations`), kind: 'count', width: 14, of: (round) => nationalMeans(round)[column].count },
          { head: say(`${head}، بی عددهای نامطمئن`, `${head}, without what is not reliable`), kind: 'points', width: 16, of: mean('trusted') },
        ];
      }),
      roundId<HistoricRound>(voice, (round) => round),
    ],
  };
} // prettier-ignore

type GrowthRow = ReturnType<typeof publishedGrowths>[number];

function growthsTable(history: SpokenHistory): Table<GrowthRow> {
  const { voice } = history;
  const { say } = voice;
  return {
    name: say('رشدهای منتشرشده', 'Published growths'),
    frozen: 2,
    columns: [
      ...roundColumns<GrowthRow>(history, ({ round }) => round),
      { head: say('ردیف', 'Row'), kind: 'count', width: 7, of: ({ row }) => row },
      organizationColumn<GrowthRow>(history, ({ organization }) => organization),
      { head: say('رشد منتشرشده', 'Published growth'), kind: 'difference', width: 13, of: ({ growth }) => growth },
      { head: say('تفاضل دو امتیاز کل', 'Difference of the two totals'), kind: 'difference', width: 16, of: ({ difference }) => difference && exact(difference.growth) },
      { head: say('تفاضل نامطمئن؟', 'Difference not reliable?'), kind: 'text', width: 14, of: ({ difference }) => difference && yesNo(voice, isDoubtful(difference)) },
      reasonColumn<GrowthRow>(voice, ({ difference }) => difference?.doubtful.map(({ reason }) => reason) ?? []),
      organizationId<GrowthRow>(voice, ({ organization }) => organization),
      roundId<GrowthRow>(voice, ({ round }) => round),
    ],
  };
} // prettier-ignore

interface AbsenceRow {
  readonly absence: Absence;
  readonly round: HistoricRound;
  readonly row: number;
}

function absencesTable(history: SpokenHistory): Table<AbsenceRow> {
  const { voice } = history;
  const { say, text } = voice;
  return {
    name: say('همکاری', 'Cooperation'),
    frozen: 2,
    columns: [
      ...roundColumns<AbsenceRow>(history, ({ round }) => round),
      { head: say('ردیف', 'Row'), kind: 'count', width: 7, of: ({ row }) => row },
      ...namesOf<AbsenceRow>(voice, say('دستگاه', 'Organization'), ({ absence }) => absence.names),
      { head: say('چه شد', 'What was done'), kind: 'text', width: 60, of: ({ absence }) => text(ABSENCE_SENTENCES[absence.cooperation]) },
      { head: say('یادداشت', 'Note'), kind: 'text', width: 50, of: ({ absence }) => absence.note && voice.prose(absence.note) },
      organizationId<AbsenceRow>(voice, ({ absence }) => absence.organization),
      roundId<AbsenceRow>(voice, ({ round }) => round),
    ],
  };
} // prettier-ignore

function correctionsTable(history: SpokenHistory): Table<Correction> {
  const { voice, registry } = history;
  const { say, text } = voice;
  const titles = new Map(registry.services.map(({ id, titles: own }) => [id, own]));
  return {
    name: say('اصلاح‌ها', 'Corrections'),
    frozen: 2,
    columns: [
      ...roundColumns<Correction>(history, ({ round }) => round),
      organizationColumn<Correction>(history, ({ organization }) => organization),
      { head: say('خانه', 'Cell'), kind: 'text', width: 24, of: ({ column }) => cellName(voice, column) },
      { head: say('خدمت', 'Service'), kind: 'text', width: 30, of: ({ service }) => service && text(titles.get(service) ?? { fa: service, en: service }) },
      ...scoreColumns<Correction>(voice, say('عدد', 'Number'), ({ score }) => score),
      reasonColumn<Correction>(voice, ({ score }) => [score.reason]),
      organizationId<Correction>(voice, ({ organization }) => organization),
      idColumn<Correction>(say('شناسه خدمت', 'Service’s id'), ({ service }) => service),
      roundId<Correction>(voice, ({ round }) => round),
    ],
  };
} // prettier-ignore

interface DeviationRow {
  readonly check: CheckResult;
  readonly deviation: Deviation;
}

function deviationsTable(history: SpokenHistory): Table<DeviationRow> {
  const { voice, rounds } = history;
  const { say, text } = voice;
  const byId = new Map(rounds.map((round) => [round.id, round]));
  const roundOf = ({ check }: DeviationRow): HistoricRound => byId.get(check.round)!;
  return {
    name: say('آنچه نمی‌خواند', 'What does not fit'),
    frozen: 2,
    columns: [
      ...roundColumns<DeviationRow>(history, roundOf),
      { head: say('آزمون', 'Check'), kind: 'text', width: 46, of: ({ check }) => text(CHECK_NAMES[check.check]) },
      { head: say('دستگاه', 'Organization'), kind: 'text', width: 38, of: ({ deviation }) => (deviation.organization === null ? say('همه نوبت', 'The round as a whole') : nameOf(history, deviation.organization)) },
      { head: say('منتشرشده', 'Published'), kind: 'number', width: 12, of: ({ deviation }) => shown(deviation.published) },
      { head: say('حساب‌شده', 'Computed'), kind: 'number', width: 12, of: ({ deviation }) => shown(deviation.computed) },
      { head: say('تفاوت', 'Difference'), kind: 'number', width: 12, of: ({ deviation }) => shown(deviation.published - deviation.computed) },
      { head: say('اصلاح شده یا کنار رفته؟', 'Corrected or left out?'), kind: 'text', width: 13, of: ({ deviation }) => yesNo(voice, deviation.mended) },
      reasonColumn<DeviationRow>(voice, ({ deviation }) => deviation.reasons),
      idColumn<DeviationRow>(say('شناسه آزمون', 'Check’s id'), ({ check }) => check.check),
      organizationId<DeviationRow>(voice, ({ deviation }) => deviation.organization),
      roundId<DeviationRow>(voice, roundOf),
    ],
  };
} // prettier-ignore

/** Counts and points stand in one column, so that no format of decimals fits both. */
const shown = (value: number): number => Number(value.toFixed(4));
