/**
 * A round that others published, and those before it, as tables: each column with what it means, so that the CSV files
 * and the package that describes them are one. Columns keep their names and places; new ones are added at the end.
 */
import { CHECKS, EDITION_BASES, nationalMeans, publishedTotal, SCORE_STATUSES, scoresOf, type HistoricResult, type HistoricScore } from '../core/history.ts'; // prettier-ignore
import { COOPERATION, STAGES, type Text } from '../core/model.ts';
import { csvTable, type Cell } from './csv-table.ts';
import { COUNT, described, FORMULA_NOTE, oneOf, PLACE, POINTS, REQUIRED, tableFacts, text, type Described, type Resource } from './data-package.ts'; // prettier-ignore
import {
  cellsOf,
  correctionsOf,
  publishedGrowths,
  rankingOf,
  type Correction,
  type HistoryData,
} from './history-data.ts';
import { COLUMNS, countsOf, isDoubtful, lastOf, meanOfSeveral } from './rounds.ts';
import { SCORE_STATUS_NAMES, STAGE_NAMES } from './words.ts';

/** The tables as files, with what a package says of each. The same data gives the same bytes. */
export const historyTables = (data: HistoryData): Resource[] => [
  organizations(data),
  services(data),
  scores(data),
  rounds(data),
  means(data),
  growths(data),
  absences(data),
  corrections(data),
  deviations(data),
];

// ---------------------------------------------------------------- columns

interface Column<Row> {
  readonly name: string;
  readonly field: Described;
  readonly of: (row: Row) => Cell;
}

interface Keys {
  readonly primaryKey: readonly string[];
  readonly foreignKeys?: readonly (readonly [field: string, resource: string])[];
}

const column = <Row>(name: string, field: Described, of: (row: Row) => Cell): Column<Row> => ({ name, field, of });

function tableOf<Row>(name: string, title: Text, description: Text, columns: readonly Column<Row>[], { primaryKey, foreignKeys = [] }: Keys, rows: readonly Row[]): Resource {
  return {
    ...tableFacts(name, title, description, {
      fields: columns.map((own) => ({ name: own.name, ...own.field })),
      primaryKey,
      // the standard takes no empty list
      ...(foreignKeys.length > 0 && { foreignKeys: foreignKeys.map(([field, resource]) => ({ fields: [field], reference: { resource, fields: ['id'] } })) }),
    }),
    path: `${name}.csv`,
    content: csvTable(columns.map((own) => own.name), rows.map((row) => columns.map(({ of }) => of(row)))),
  };
} // prettier-ignore

/** Four decimals, as the tables of an audit have; printed numbers keep their own. */
const rounded = (value: number | null): number | null => (value === null ? null : Number(value.toFixed(4)));

const YES_NO = { trueValues: ['yes'], falseValues: ['no'] } as const;
const yesNo = (value: boolean): string => (value ? 'yes' : 'no');

const UNIQUE = { constraints: { required: true, unique: true } } as const;

const ROUND = described('string', text('نوبت', 'Round'), text('شناسه نوبت', 'Id of the round'), REQUIRED);
const ORGANIZATION_NAMES = [text('دستگاه', 'Organization'), text('شناسه دستگاه در دفتر ثبت', 'Id of the organization in the registry')] as const; // prettier-ignore
const ORGANIZATION = described('string', ...ORGANIZATION_NAMES, REQUIRED);
const organizationOrNone = (none: Text): Described => described('string', ORGANIZATION_NAMES[0], text(`${ORGANIZATION_NAMES[1].fa}؛ خالی است برای ${none.fa}`, `${ORGANIZATION_NAMES[1].en}; empty for ${none.en}`)); // prettier-ignore
const STATUS = described('string', text('وضعیت', 'Status'), text('تا کجا می‌توان به عدد اعتماد کرد؛ method.md معنای هر کدام را می‌گوید', 'How far the number can be trusted; method.md tells what each means'), oneOf(SCORE_STATUSES)); // prettier-ignore
const PRINTED = described('string', text('در چاپ', 'In print'), text('آنچه چاپ شده است، اگر همان عدد نیست: عددی دیگر یا خط تیره', 'What stands in print where that is not the number: another number, or a dash')); // prettier-ignore
const ROW = described('integer', text('ردیف', 'Row'), text('ردیف در فهرست منتشرشده', 'Row of the published list'), { constraints: { required: true, minimum: 1 } }); // prettier-ignore
const CELL_NAMES = [...STAGES, 'stages_total', 'ranking_total'] as const;
const CELL = text('یکی از پنج مرحله؛ stages_total امتیاز کل کنار مرحله‌ها و ranking_total امتیاز کل در رتبه‌بندی است', 'One of the five stages; stages_total is the total beside the stages, ranking_total the one in the ranking'); // prettier-ignore

const cellName = (own: Correction['column']): string =>
  own === 'total' ? 'stages_total' : own === 'ranking' ? 'ranking_total' : own;

const inLanguages = <Row>(name: string, [fa, en]: readonly [Text, Text], description: Text, of: (row: Row) => Text | null): Column<Row>[] => [
  column(`${name}_fa`, described('string', fa, description), (row) => of(row)?.fa ?? null),
  column(`${name}_en`, described('string', en, description), (row) => of(row)?.en ?? null),
]; // prettier-ignore

const reasonColumns = <Row>(description: Text, of: (row: Row) => readonly Text[]): Column<Row>[] => {
  const joined = (row: Row): Text => ({ fa: of(row).map(({ fa }) => fa).join(' '), en: of(row).map(({ en }) => en).join(' ') }); // prettier-ignore
  return inLanguages('reason', [text('دلیل، فارسی', 'Reason in Persian'), text('دلیل، انگلیسی', 'Reason in English')], description, joined); // prettier-ignore
};

const WHY = text('چرا عدد اصلاح شده، نامطمئن است یا نیست', 'Why the number is corrected, not reliable or not there'); // prettier-ignore
const reasonOf = ({ reason }: HistoricScore): readonly Text[] => (reason ? [reason] : []);

/** The number, its status and what stands in print. */
const scoreColumns = <Row>(name: string, title: Text, description: Text, of: (row: Row) => HistoricScore | null): Column<Row>[] => [
  column(name, described('number', title, text(`${description.fa}، از ۱۰۰؛ خانه خالی هرگز صفر نیست`, `${description.en}, of 100; an empty cell is never a zero`), POINTS), (row) => of(row)?.value ?? null),
  column(`${name}_status`, { ...STATUS, title: `${title.en}, status`, title_fa: `${title.fa}، وضعیت` }, (row) => of(row)?.status ?? null),
  column(`${name}_printed`, { ...PRINTED, title: `${title.en}, in print`, title_fa: `${title.fa}، در چاپ` }, (row) => of(row)?.printed ?? null),
]; // prettier-ignore

// ---------------------------------------------------------------- tables

function organizations(data: HistoryData): Resource {
  const { places, growths: differences } = data;
  const round = lastOf(data);
  const absent = new Map(round.absences.map((absence) => [absence.organization, absence.cooperation]));
  const newest = new Set(round.newcomers);
  const published = new Map(round.growths.map(({ organization, growth }) => [organization, growth]));
  type Row = ReturnType<typeof rankingOf>[number];
  const score = (of: (result: HistoricResult) => HistoricScore) => ({ result }: Row): HistoricScore | null => result && of(result); // prettier-ignore
  return tableOf<Row>('organizations', text('دستگاه‌ها', 'Organizations'), text('یک سطر برای هر دستگاه دفتر ثبت با نتیجه این نوبت، به ترتیب جای آن.', 'One row an organization of the registry with its result in this round, by its place.'), [
    column('id', described('string', text('شناسه', 'Id'), text('شناسه دستگاه در دفتر ثبت', 'Id of the organization in the registry'), UNIQUE), ({ organization }) => organization.id),
    ...inLanguages<Row>('name', [text('نام فارسی', 'Persian name'), text('نام انگلیسی', 'English name')], text(`نام دستگاه؛ ${FORMULA_NOTE.fa}`, `Name of the organization; ${FORMULA_NOTE.en}`), ({ organization }) => organization.names),
    column('parent_id', described('string', text('دستگاه بالادست', 'Parent'), text('دستگاهی که این دستگاه زیر آن است', 'The organization that this one belongs to')), ({ organization }) => organization.parentId),
    column('portal_url', described('string', text('نشانی درگاه', 'Address of the portal'), text('صفحه نخست درگاه در دفتر ثبت', 'Home page of the portal in the registry')), ({ organization }) => organization.portalUrl),
    column('cooperation', described('string', text('همکاری', 'Cooperation'), text('خالی است برای آن‌ها که در این نوبت مانند دیگران شرکت کردند', 'Empty for those that took part in this round like the others'), oneOf(COOPERATION)), ({ organization }) => absent.get(organization.id) ?? null),
    column('new', described('boolean', text('تازه', 'New'), text('این نوبت آن را تازه می‌خواند', 'The round calls it new'), { ...REQUIRED, ...YES_NO }), ({ organization }) => yesNo(newest.has(organization.id))),
    column('rank', described('integer', text('رتبه', 'Rank'), text('در رتبه‌بندی منتشرشده؛ خالی است اگر رتبه‌بندی منتشر نشده باشد', 'In the published ranking; empty where none is published'), PLACE), ({ result }) => result?.ranking?.rank ?? null),
    column('place', described('integer', text('جای', 'Place'), text('رتبه، یا جای آن در میان امتیازهای کل اگر رتبه‌بندی منتشر نشده باشد', 'The rank, or the place among the totals where no ranking is published'), PLACE), ({ organization }) => places.get(organization.id) ?? null),
    ...scoreColumns<Row>('total', text('امتیاز کل', 'Total'), text('امتیاز کل رتبه‌بندی، و اگر نیست همان که کنار مرحله‌هاست', 'The total of the ranking, else the one beside the stages'), score(publishedTotal)),
    ...STAGES.flatMap((stage) => scoreColumns<Row>(stage, STAGE_NAMES[stage], text(`امتیاز مرحله ${STAGE_NAMES[stage].fa}`, `Score of the stage ${STAGE_NAMES[stage].en}`), score(({ stages }) => stages[stage]))),
    ...scoreColumns<Row>('stages_total', text('امتیاز کل کنار مرحله‌ها', 'Total beside the stages'), text('امتیاز کل در صفحه خود دستگاه', 'The total on the page of the organization'), score(({ total }) => total)),
    column('growth', described('number', text('رشد', 'Growth'), text('تفاضل امتیاز کل این نوبت و نوبت پیش؛ خالی است اگر یکی در دست نباشد', 'Difference of the totals of this round and the round before; empty where one is not known'), { constraints: { minimum: -100, maximum: 100 } }), ({ organization }) => rounded(differences.get(organization.id)?.growth ?? null)),
    column('growth_doubtful', described('boolean', text('رشد نامطمئن', 'Growth not reliable'), text('یکی از دو امتیاز کل نامطمئن است', 'One of the two totals cannot be trusted'), YES_NO), ({ organization }) => { const own = differences.get(organization.id); return own ? yesNo(isDoubtful(own)) : null; }),
    column('growth_published', described('number', text('رشد منتشرشده', 'Published growth'), text('رشدی که خود این نوبت منتشر کرده است، به امتیاز', 'The growth that the round itself publishes, in points')), ({ organization }) => published.get(organization.id) ?? null),
    column('services', described('integer', text('شمار خدمت‌ها', 'Services'), text('خدمت‌هایی که این نوبت از دستگاه فهرست کرده است', 'Services that the round lists of the organization'), COUNT), ({ result }) => result?.services.length ?? 0),
  ], { primaryKey: ['id'], foreignKeys: [['parent_id', '']] }, rankingOf(data)); // an empty name is the table itself
} // prettier-ignore

function services(data: HistoryData): Resource {
  const { registry } = data;
  const known = new Map(registry.services.map((service) => [service.id, service]));
  const rows = lastOf(data).results.flatMap(({ organization, services: own }) => own.map((row) => ({ ...row, organization, facts: known.get(row.service) ?? null }))); // prettier-ignore
  type Row = (typeof rows)[number];
  return tableOf<Row>('services', text('خدمت‌ها', 'Services'), text('یک سطر برای هر خدمتی که این نوبت فهرست کرده است.', 'One row a service that the round lists.'), [
    column('id', described('string', text('شناسه', 'Id'), text('شناسه خدمت در دفتر ثبت', 'Id of the service in the registry'), UNIQUE), ({ service }) => service),
    column('organization_id', ORGANIZATION, ({ organization }) => organization),
    column('parent_id', described('string', text('خدمت بالادست', 'Parent'), text('خدمتی که این زیرخدمت آن است', 'The service that this one is a part of')), ({ facts }) => facts?.parentId ?? null),
    column('code', described('string', text('شناسنامه خدمت', 'Service code'), text('شماره تأییدشده شناسنامه خدمت', 'Approved number of the service’s identity card')), ({ facts }) => facts?.code ?? null),
    ...inLanguages<Row>('title', [text('عنوان فارسی', 'Persian title'), text('عنوان انگلیسی', 'English title')], text(`عنوان خدمت؛ ${FORMULA_NOTE.fa}`, `Title of the service; ${FORMULA_NOTE.en}`), ({ facts }) => facts?.titles ?? null),
    ...scoreColumns<Row>('score', text('امتیاز', 'Score'), text('امتیاز خدمت', 'Score of the service'), ({ score }) => score),
    column('pairing', described('string', text('پیوند', 'Pairing'), text('inferred: امتیاز از آنِ دستگاه است، این که از آنِ این خدمت باشد استنباط است', 'inferred: the score is of the organization, that it is of this service is an inference'), oneOf(['printed', 'inferred'], true)), ({ pairing }) => pairing),
    ...reasonColumns<Row>(text('چرا عددی نیست، نامطمئن است یا پیوند آن استنباط است', 'Why there is no number, it is not reliable, or its pairing is an inference'), ({ score }) => reasonOf(score)),
  ], { primaryKey: ['id'], foreignKeys: [['organization_id', 'organizations']] }, rows);
} // prettier-ignore

function scores({ rounds: all }: HistoryData): Resource {
  const rows = all.flatMap(cellsOf);
  type Row = (typeof rows)[number];
  return tableOf<Row>('scores', text('امتیازها در گذر نوبت‌ها', 'Scores over the rounds'), text('یک سطر برای هر خانه جدول‌های مرحله‌ها و رتبه‌بندی، در همه نوبت‌ها تا این نوبت.', 'One row for each cell of the tables of stages and of the ranking, in all rounds up to this one.'), [
    column('round', ROUND, ({ round }) => round.id),
    column('organization_id', ORGANIZATION, ({ organization }) => organization),
    column('cell', described('string', text('خانه', 'Cell'), CELL, oneOf(CELL_NAMES, true)), ({ column: own }) => cellName(own)),
    ...valueColumns<Row>(),
  ], { primaryKey: ['round', 'organization_id', 'cell'], foreignKeys: [['round', 'rounds'], ['organization_id', 'organizations']] }, rows);
} // prettier-ignore

const valueColumns = <Row extends { readonly score: HistoricScore }>(): Column<Row>[] => [
  column('value', described('number', text('عدد', 'Number'), text('عددی که به کار می‌رود، از ۱۰۰؛ خانه خالی هرگز صفر نیست', 'The number to use, of 100; an empty cell is never a zero'), POINTS), ({ score }) => score.value),
  column('status', STATUS, ({ score }) => score.status),
  column('printed', PRINTED, ({ score }) => score.printed),
  ...reasonColumns<Row>(WHY, ({ score }) => reasonOf(score)),
]; // prettier-ignore

function rounds({ rounds: all, editions }: HistoryData): Resource {
  const rows = all.map((round) => ({ round, weights: editions.get(round.edition ?? '')?.stageWeights ?? null, counts: countsOf(round.results.flatMap(scoresOf)) })); // prettier-ignore
  type Row = (typeof rows)[number];
  return tableOf<Row>('rounds', text('نوبت‌ها', 'Rounds'), text('یک سطر برای هر نوبت تا این نوبت، به ترتیب زمان.', 'One row a round up to this one, in the order of time.'), [
    column('id', described('string', text('شناسه', 'Id'), text('شناسه نوبت', 'Id of the round'), UNIQUE), ({ round }) => round.id),
    column('number', described('integer', text('شماره', 'Number'), text('ترتیب زمان', 'The order of time'), { constraints: { required: true, minimum: 1 } }), ({ round }) => round.number),
    ...inLanguages<Row>('name', [text('زمان، فارسی', 'Time in Persian'), text('زمان، انگلیسی', 'Time in English')], text('زمان نوبت', 'When it was'), ({ round }) => round.names),
    column('edition', described('string', text('ویرایش', 'Edition'), text('ویرایشی از روش که همین وزن‌ها را دارد؛ خالی است اگر وزن‌ها دانسته نباشد', 'Edition of the method with these weights; empty where they are not known')), ({ round }) => round.edition),
    column('edition_basis', described('string', text('از کجا دانسته است', 'How it is known'), text('stated به گفته خود نوبت، proven به گواهی عددهایش، likely به احتمال زیاد', 'stated: the round says so; proven: its numbers prove it; likely: they suggest it'), oneOf(EDITION_BASES, true)), ({ round }) => round.editionBasis),
    ...STAGES.map((stage) => column<Row>(`weight_${stage}`, described('number', text(`وزن مرحله ${STAGE_NAMES[stage].fa}`, `Weight of the stage ${STAGE_NAMES[stage].en}`), text('به درصد', 'In percent'), POINTS), ({ weights }) => weights?.[stage] ?? null)),
    column('tolerance', described('number', text('رواداری', 'Tolerance'), text('امتیازی که امتیاز کل به سبب رقم‌های چاپ با مرحله‌ها می‌تواند تفاوت داشته باشد', 'Points by which a total may differ from its stages because of the digits in print'), { constraints: { required: true, minimum: 0 } }), ({ round }) => round.tolerance),
    column('organizations', described('integer', text('دستگاه‌ها', 'Organizations'), text('شمار دستگاه‌ها به گفته خود نوبت', 'How many organizations the round says that it evaluated'), { constraints: { minimum: 0 } }), ({ round }) => round.counts?.organizations ?? null),
    column('services', described('integer', text('خدمت‌ها و زیرخدمت‌ها', 'Services and sub-services'), text('شمار آن‌ها به گفته خود نوبت', 'How many of them the round says that it evaluated'), { constraints: { minimum: 0 } }), ({ round }) => round.counts?.services ?? null),
    column('newcomers', described('integer', text('دستگاه‌های تازه', 'New organizations'), text('آن‌ها که نوبت تازه می‌خواند', 'Those that the round calls new'), COUNT), ({ round }) => round.newcomers.length),
    ...SCORE_STATUSES.map((status) => column<Row>(`cells_${status}`, described('integer', text(`خانه‌ها: ${SCORE_STATUS_NAMES[status].fa}`, `Cells: ${SCORE_STATUS_NAMES[status].en}`), text('شمار خانه‌های جدول‌های مرحله‌ها، رتبه‌بندی و خدمت‌ها', 'Cells of the tables of stages, of the ranking and of the services'), COUNT), ({ counts }) => counts[status])),
  ], { primaryKey: ['id'] }, rows);
} // prettier-ignore

function means({ rounds: all }: HistoryData): Resource {
  const rows = all.flatMap((round) => {
    const [every, firm] = [nationalMeans(round), nationalMeans(round, 'trusted')];
    return COLUMNS.map((own) => ({ round, own, every: every[own], firm: firm[own] }));
  });
  type Row = (typeof rows)[number];
  const mean = text('میانگین ساده دستگاه‌های شرکت‌کننده‌ای که عدد دارند؛ خالی است اگر کمتر از دو دستگاه باشند', 'Plain mean over the organizations that took part and have a number; empty where they are fewer than two'); // prettier-ignore
  return tableOf<Row>('means', text('میانگین‌ها', 'Means'), text('میانگین هر مرحله و امتیاز کل در هر نوبت؛ دو نوبت تنها در دستگاه‌های یکسان سنجیدنی است.', 'Means of each stage and of the total in each round; two rounds compare only over the same organizations.'), [
    column('round', ROUND, ({ round }) => round.id),
    column('column', described('string', text('ستون', 'Column'), text('یکی از پنج مرحله یا امتیاز کل', 'One of the five stages, or the total'), oneOf(COLUMNS, true)), ({ own }) => own),
    column('mean', described('number', text('میانگین', 'Mean'), mean, POINTS), ({ every }) => rounded(meanOfSeveral(every))),
    column('organizations', described('integer', text('شمار دستگاه‌ها', 'Organizations'), text('دستگاه‌هایی که عدد دارند', 'Organizations with a number'), COUNT), ({ every }) => every.count),
    column('trusted_mean', described('number', text('میانگین بی عددهای نامطمئن', 'Mean without what is not reliable'), mean, POINTS), ({ firm }) => rounded(meanOfSeveral(firm))),
    column('trusted_organizations', described('integer', text('شمار دستگاه‌ها بی عددهای نامطمئن', 'Organizations without what is not reliable'), text('دستگاه‌هایی که عددی قابل اعتماد دارند', 'Organizations with a number that can be trusted'), COUNT), ({ firm }) => firm.count),
  ], { primaryKey: ['round', 'column'], foreignKeys: [['round', 'rounds']] }, rows);
} // prettier-ignore

function growths(data: HistoryData): Resource {
  type Row = ReturnType<typeof publishedGrowths>[number];
  return tableOf<Row>('growths', text('رشدهای منتشرشده', 'Published growths'), text('رشدهایی که هر نوبت منتشر کرده است، به ترتیب خود آن.', 'The growths that each round publishes, in its order.'), [
    column('round', ROUND, ({ round }) => round.id),
    column('row', ROW, ({ row }) => row),
    column('organization_id', ORGANIZATION, ({ organization }) => organization),
    column('growth', described('number', text('رشد منتشرشده', 'Published growth'), text('به امتیاز', 'In points'), REQUIRED), ({ growth }) => growth),
    column('difference', described('number', text('تفاضل', 'Difference'), text('تفاضل دو امتیاز کل؛ خالی است اگر یکی در دست نباشد', 'Difference of the two totals; empty where one is not known')), ({ difference }) => rounded(difference?.growth ?? null)),
    column('doubtful', described('boolean', text('تفاضل نامطمئن', 'Difference not reliable'), text('یکی از دو امتیاز کل نامطمئن است', 'One of the two totals cannot be trusted'), YES_NO), ({ difference }) => difference && yesNo(isDoubtful(difference))),
  ], { primaryKey: ['round', 'row'], foreignKeys: [['round', 'rounds'], ['organization_id', 'organizations']] }, publishedGrowths(data));
} // prettier-ignore

function absences({ rounds: all }: HistoryData): Resource {
  const rows = all.flatMap((round) => round.absences.map((absence, at) => ({ ...absence, round, row: at + 1 })));
  type Row = (typeof rows)[number];
  return tableOf<Row>('absences', text('همکاری', 'Cooperation'), text('آن‌ها که در نوبتی مانند دیگران شرکت نکردند.', 'Who did not take part in a round like the others.'), [
    column('round', ROUND, ({ round }) => round.id),
    column('row', ROW, ({ row }) => row),
    column('organization_id', organizationOrNone(text('دستگاهی بیرون از آن', 'a body outside of it')), ({ organization }) => organization),
    ...inLanguages<Row>('name', [text('نام فارسی', 'Persian name'), text('نام انگلیسی', 'English name')], text('نام دستگاه در فهرست', 'Name of the body in the list'), ({ names }) => names),
    column('cooperation', described('string', text('همکاری', 'Cooperation'), text('چه شد', 'What was done about it'), oneOf(COOPERATION, true)), ({ cooperation }) => cooperation),
    ...inLanguages<Row>('note', [text('یادداشت فارسی', 'Note in Persian'), text('یادداشت انگلیسی', 'Note in English')], text('آنچه درباره آن دانسته است', 'What is known of it'), ({ note }) => note),
  ], { primaryKey: ['round', 'row'], foreignKeys: [['round', 'rounds'], ['organization_id', 'organizations']] }, rows);
} // prettier-ignore

const KEY = described('string', text('کلید', 'Key'), text('نام سطر', 'Name of the row'), UNIQUE);

function corrections(data: HistoryData): Resource {
  return tableOf<Correction>('corrections', text('اصلاح‌ها و عددهای نامطمئن', 'Corrections and numbers that are not reliable'), text('یک سطر برای هر خانه‌ای که اصلاح شده یا نامطمئن است، با دلیل آن، در همه نوبت‌ها تا این نوبت.', 'One row for each cell that is corrected or not reliable, with its reason, in all rounds up to this one.'), [
    column('key', KEY, ({ round, organization, column: own, service }) => [round.id, organization, cellName(own), ...(service === null ? [] : [service])].join('/')),
    column('round', ROUND, ({ round }) => round.id),
    column('organization_id', ORGANIZATION, ({ organization }) => organization),
    column('cell', described('string', text('خانه', 'Cell'), text(`${CELL.fa}؛ service امتیاز یک خدمت است`, `${CELL.en}; service is the score of a service`), oneOf([...CELL_NAMES, 'service'], true)), ({ column: own }) => cellName(own)),
    column('service_id', described('string', text('خدمت', 'Service'), text('شناسه خدمت؛ خالی است برای خانه‌های دیگر', 'Id of the service; empty for other cells')), ({ service }) => service),
    ...valueColumns<Correction>(),
  ], { primaryKey: ['key'], foreignKeys: [['round', 'rounds'], ['organization_id', 'organizations']] }, correctionsOf(data));
} // prettier-ignore

function deviations({ checks }: HistoryData): Resource {
  const rows = checks.flatMap(({ check, round, deviations: own }) => own.map((deviation) => ({ ...deviation, check, round })));
  type Row = (typeof rows)[number];
  return tableOf<Row>('deviations', text('آنچه با هم نمی‌خواند', 'What does not fit'), text('یک سطر برای هر عدد منتشرشده‌ای که با عددهای دیگر نمی‌خواند، با دلیل آن.', 'One row for each published number that does not fit others, with the reason.'), [
    column('key', KEY, ({ check, round, organization }) => [check, round, organization ?? ''].join('/')),
    column('check', described('string', text('آزمون', 'Check'), text('آنچه عددها باید با آن بخوانند؛ method.md هر کدام را می‌گوید', 'What the numbers have to satisfy; method.md tells what each is'), oneOf(CHECKS, true)), ({ check }) => check),
    column('round', ROUND, ({ round }) => round),
    column('organization_id', organizationOrNone(text('همه نوبت', 'the round as a whole')), ({ organization }) => organization),
    column('published', described('number', text('منتشرشده', 'Published'), text('عدد منتشرشده', 'The published number'), REQUIRED), ({ published }) => rounded(published)),
    column('computed', described('number', text('حساب‌شده', 'Computed'), text('آنچه از عددهای دیگر به دست می‌آید', 'What it should be by the other published numbers'), REQUIRED), ({ computed }) => rounded(computed)),
    column('difference', described('number', text('تفاوت', 'Difference'), text('منتشرشده منهای حساب‌شده', 'Published less computed'), REQUIRED), ({ published, computed }) => rounded(published - computed)),
    column('mended', described('boolean', text('اصلاح شده', 'Mended'), text('اصلاح‌ها آن را درست می‌کند یا کنار می‌گذارد', 'A correction mends it or takes its number out'), { ...REQUIRED, ...YES_NO }), ({ mended }) => yesNo(mended)),
    ...reasonColumns<Row>(text('چرا نمی‌خواند؛ خالی است اگر دلیلی دانسته نباشد', 'Why it does not fit; empty where no reason is known'), ({ reasons }) => reasons),
  ], { primaryKey: ['key'], foreignKeys: [['round', 'rounds'], ['organization_id', 'organizations']] }, rows);
} // prettier-ignore
