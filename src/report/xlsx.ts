/**
 * An audit as a workbook for spreadsheets, right to left in Persian. Numbers, shares and times are of their own types;
 * every text is a text cell, so that nothing a page says is ever taken for a formula.
 *
 * The library makes the workbook without its findings, since it holds whatever it writes and a national round would not
 * fit. Their rows are put into its sheet while the file is written, one organization at a time. The same data gives the
 * same bytes.
 */
import { writeXlsx } from 'hucre/xlsx';
import { STAGES, VERDICTS, type Finding, type Service, type Stage } from '../core/model.ts';
import { reviewReason } from '../core/review.ts';
import { exact, leavesOf, type StageScore } from '../core/score.ts';
import { sumOf, type IndicatorInfo, type OrganizationReport, type ReportData } from './data.ts';
import { cellText, fontOf, MAX_ROWS, methodSheet, namesOf, rowXml, sheetOf, type Column, type Entry, type Table, type Value } from './sheets.ts'; // prettier-ignore
import { finished } from './xlsx-rows.ts';
import { persianDigits, voiceOf, type Lang, type Voice } from './voice.ts';
import { BASIS_NAMES, COOPERATION_NAMES, INTERVAL_SENTENCE, LEVEL_NAMES, placeName, REVIEW_NAMES, ROUND_STATE_NAMES, STAGE_NAMES, UNRANKED_SENTENCES, VERDICT_NAMES, VERDICT_SENTENCES } from './words.ts'; // prettier-ignore

/** The sheet of the findings, which is the fourth. */
const FINDINGS_PATH = 'xl/worksheets/sheet4.xml';
/** Characters of rows that are put together before they are compressed. */
const PIECE_LENGTH = 100_000;

/** The file in pieces. Rejects only when the data's details cannot be read. */
export async function* auditXlsx(data: ReportData, lang: Lang): AsyncGenerator<Uint8Array> {
  const voice = voiceOf(lang, data.registry.calendar);
  const { say } = voice;
  const findings = findingsTable(data, voice);
  const rows = Math.min(sumOf(data.verdicts), MAX_ROWS - 1);
  const published = new Date(data.round?.publishedAt ?? data.audit.finishedAt ?? data.audit.startedAt);
  const lateRows = async function* (styles: readonly string[]): AsyncGenerator<string> {
    let row = 1;
    for (const report of data.organizations) {
      const { findings: own } = await data.details(report.organization.id);
      const services = new Map(report.services.map((service) => [service.id, service]));
      let xml = '';
      for (const finding of own) {
        if (++row > MAX_ROWS) break;
        xml += rowXml(row, findings.columns.map(({ of }) => of({ finding, report, service: services.get(finding.service ?? '') })), styles); // prettier-ignore
        if (xml.length < PIECE_LENGTH) continue;
        yield xml;
        xml = '';
      }
      if (xml !== '') yield xml;
    }
  };
  const workbook = await writeXlsx({
    sheets: [
      sheetOf(voice, rankingTable(voice), data.organizations),
      sheetOf(voice, servicesTable(voice), data.organizations.flatMap(serviceRows)),
      sheetOf(voice, indicatorsTable(data, voice), data.indicators),
      sheetOf(voice, findings, [], rows),
      methodSheet(voice, methodEntries(data, voice), data.registry.calendar === 'jalali' ? say('توضیح، شناسه یا روز جلالی', 'Remark, id or Jalali day') : say('توضیح یا شناسه', 'Remark or id')), // prettier-ignore
    ],
    defaultFont: fontOf(voice),
    properties: { title: titleOf(data, voice), creator: 'Rasad', created: published, modified: published },
  });
  yield* finished(workbook, { path: FINDINGS_PATH, rows: lateRows });
}

// ---------------------------------------------------------------- tables

interface ServiceRow {
  readonly report: OrganizationReport;
  readonly service: Service;
}

interface FindingRow {
  readonly report: OrganizationReport;
  readonly service: Service | undefined;
  readonly finding: Finding;
}

function rankingTable(voice: Voice): Table<OrganizationReport> {
  const { say, text } = voice;
  const score = ({ score: own }: OrganizationReport): StageScore | null => own?.total ?? null;
  return {
    name: say('رتبه‌بندی', 'Ranking'),
    frozen: 2,
    columns: [
      { head: say('رتبه', 'Rank'), kind: 'count', width: 7, of: ({ ranked }) => ranked?.rank ?? null },
      ...namesOf<OrganizationReport>(voice, say('دستگاه', 'Organization'), ({ organization }) => organization.names),
      { head: say('بهترین رتبه', 'Best rank'), kind: 'count', width: 9, of: ({ ranked }) => ranked?.best ?? null },
      { head: say('بدترین رتبه', 'Worst rank'), kind: 'count', width: 9, of: ({ ranked }) => ranked?.worst ?? null },
      { head: say('گروه', 'Group'), kind: 'count', width: 7, of: ({ ranked }) => ranked?.band ?? null },
      totalColumn(voice, score),
      { head: say('از، با ۹۵٪ اطمینان', 'From, 95% certain'), kind: 'points', width: 11, of: ({ interval }) => interval && exact(interval[0]) },
      { head: say('تا، با ۹۵٪ اطمینان', 'To, 95% certain'), kind: 'points', width: 11, of: ({ interval }) => interval && exact(interval[1]) },
      ...boundColumns(voice, score),
      ...STAGES.map((stage): Column<OrganizationReport> => stageColumn(voice, stage, ({ score: own }) => own?.stages ?? null)),
      settledColumn(voice, score),
      { head: say('خدمت‌ها', 'Services'), kind: 'count', width: 9, of: ({ services }) => leavesOf(services).length },
      { head: say('همکاری', 'Cooperation'), kind: 'text', width: 16, of: ({ organization }) => text(COOPERATION_NAMES[organization.cooperation]) },
      { head: say('چرا رتبه ندارد', 'Why it has no rank'), kind: 'text', width: 44, of: (row) => whyUnranked(voice, row) },
      { head: say('شناسه', 'Id'), kind: 'code', width: 16, of: ({ organization }) => organization.id },
    ],
  }; // prettier-ignore
}

function whyUnranked({ say, text }: Voice, { unranked, ranked }: OrganizationReport): string | null {
  if (unranked) return text(UNRANKED_SENTENCES[unranked]);
  return ranked?.rank === null
    ? say('امتیازش داده نشد، زیرا وزنی که تعیین شده کم است.', 'Its score is withheld: too little of the weight is settled.')
    : null;
} // prettier-ignore

const serviceRows = (report: OrganizationReport): ServiceRow[] =>
  leavesOf(report.services).map((service) => ({ report, service }));

function servicesTable(voice: Voice): Table<ServiceRow> {
  const { say, text } = voice;
  const scores = new Map<OrganizationReport, ReadonlyMap<string, NonNullable<OrganizationReport['score']>['services'][number]>>(); // prettier-ignore
  const scoreOf = ({ report, service }: ServiceRow) => {
    const own = scores.get(report) ?? new Map(report.score?.services.map((score) => [score.service, score]));
    scores.set(report, own);
    return own.get(service.id) ?? null;
  };
  const total = (row: ServiceRow): StageScore | null => scoreOf(row)?.total ?? null;
  return {
    name: say('خدمات', 'Services'),
    frozen: 3,
    columns: [
      { head: say('دستگاه', 'Organization'), kind: 'text', width: 26, of: ({ report }) => text(report.organization.names) },
      { head: say('شناسنامه خدمت', 'Service code'), kind: 'code', width: 13, of: ({ service }) => service.code },
      ...namesOf<ServiceRow>(voice, say('خدمت', 'Service'), ({ service }) => service.titles),
      totalColumn(voice, total),
      ...boundColumns(voice, total),
      ...STAGES.map((stage): Column<ServiceRow> => stageColumn(voice, stage, (row) => scoreOf(row)?.stages ?? null)),
      settledColumn(voice, total),
      { head: say('نشانی صفحه خدمت', 'Page of the service'), kind: 'code', width: 40, of: ({ service }) => service.pageUrl },
      { head: say('شناسه', 'Id'), kind: 'code', width: 16, of: ({ service }) => service.id },
      { head: say('شناسه دستگاه', 'Organization’s id'), kind: 'code', width: 16, of: ({ service }) => service.organizationId },
    ],
  }; // prettier-ignore
}

function indicatorsTable(data: ReportData, voice: Voice): Table<IndicatorInfo> {
  const { say, text } = voice;
  const { edition } = data;
  const unmeasured = new Set(data.notMeasured.map(({ id }) => id));
  const counts = ({ id }: IndicatorInfo) => (unmeasured.has(id) ? null : (data.verdictsOf.get(id) ?? null));
  const met = (row: IndicatorInfo): number | null => {
    const own = counts(row);
    const settled = own ? sumOf(own, ['pass', 'partial', 'fail']) : 0;
    return own && settled > 0 ? exact((own.pass + edition.partialValue * own.partial) / settled) : null;
  };
  return {
    name: say('شاخص‌ها', 'Indicators'),
    frozen: 1,
    columns: [
      ...namesOf<IndicatorInfo>(voice, say('شاخص', 'Indicator'), ({ title }) => title),
      { head: say('مرحله', 'Stage'), kind: 'text', width: 14, of: ({ stage }) => text(STAGE_NAMES[stage]) },
      { head: say('درباره', 'About'), kind: 'text', width: 10, of: ({ scope }) => (scope === 'portal' ? say('درگاه', 'portal') : say('خدمت', 'service')) },
      { head: say('وزن در مرحله', 'Weight in its stage'), kind: 'share', width: 10, of: ({ id }) => (edition.weights[id] ?? 0) / 100 },
      { head: say('سطح شاهد لازم', 'Evidence it needs'), kind: 'text', width: 22, of: ({ id }) => levelName(voice, edition.minEvidence[id]) },
      { head: say('سهم برآورده', 'Share met'), kind: 'share', width: 12, bar: 1, of: met },
      { head: say('همه داوری‌ها', 'All verdicts'), kind: 'count', width: 10, of: (row) => { const own = counts(row); return own && sumOf(own); } },
      ...VERDICTS.map((verdict): Column<IndicatorInfo> => ({ head: text(VERDICT_NAMES[verdict]), kind: 'count', width: 10, of: (row) => counts(row)?.[verdict] ?? null })),
      { head: say('سنجیده شد؟', 'Measured?'), kind: 'text', width: 11, of: ({ id }) => (unmeasured.has(id) ? say('نه', 'no') : say('بله', 'yes')) },
      { head: say('شناسه', 'Id'), kind: 'code', width: 34, of: ({ id }) => id },
    ],
  }; // prettier-ignore
}

function findingsTable(data: ReportData, voice: Voice): Table<FindingRow> {
  const { say, text } = voice;
  const places = new Map(data.indicators.map((indicator) => [indicator.id, indicator]));
  const decided = (of: (decision: NonNullable<Finding['decided']>) => Value) => ({ finding }: FindingRow): Value => finding.decided ? of(finding.decided) : null; // prettier-ignore
  return {
    name: say('داوری‌ها', 'Findings'),
    frozen: 2,
    columns: [
      { head: say('دستگاه', 'Organization'), kind: 'text', width: 26, of: ({ report }) => text(report.organization.names) },
      { head: say('خدمت', 'Service'), kind: 'text', width: 34, of: ({ finding, service }) => finding.service === null ? say('(درگاه)', '(portal)') : service ? text(service.titles) : finding.service },
      { head: say('مرحله', 'Stage'), kind: 'text', width: 12, of: ({ finding }) => { const place = places.get(finding.rule); return place ? text(STAGE_NAMES[place.stage]) : null; } },
      { head: say('شاخص', 'Indicator'), kind: 'text', width: 34, of: ({ finding }) => { const place = places.get(finding.rule); return place ? text(place.title) : finding.rule; } },
      { head: say('داوری', 'Verdict'), kind: 'text', width: 15, of: ({ finding }) => text(VERDICT_NAMES[finding.verdict]) },
      { head: say('پیام', 'Message'), kind: 'text', width: 60, of: ({ finding }) => voice.prose(finding.message) },
      { head: say('نشانی شاهد', 'Address of the evidence'), kind: 'code', width: 40, of: ({ finding }) => finding.evidence[0]?.url ?? null },
      { head: say('نقل از صفحه', 'Quotation'), kind: 'quote', width: 50, of: ({ finding }) => finding.evidence[0]?.quote ?? null },
      { head: say('جاهای جست‌وجوشده', 'Places searched'), kind: 'text', width: 26, of: ({ finding }) => finding.searched.map(({ place }) => placeName(voice, place)).join(say('، ', ', ')) },
      { head: say('سطح شاهد', 'Evidence level'), kind: 'text', width: 18, of: ({ finding }) => levelName(voice, finding.level) },
      { head: say('اطمینان', 'Confidence'), kind: 'share', width: 10, of: ({ finding }) => (finding.confidence > 0 ? exact(finding.confidence) : null) },
      { head: say('پایه اطمینان', 'What it rests on'), kind: 'text', width: 22, of: ({ finding }) => text(BASIS_NAMES[finding.confidenceBasis]) },
      { head: say('بازبینی', 'Review'), kind: 'text', width: 30, of: ({ finding }) => { const reason = reviewReason(finding); return reason && text(REVIEW_NAMES[reason]); } },
      { head: say('تصمیم از', 'Decided by'), kind: 'quote', width: 18, of: decided(({ by }) => by) },
      { head: say('زمان تصمیم (UTC)', 'Decided at (UTC)'), kind: 'time', width: 17, of: decided(({ at }) => timeOf(at)) },
      ...(data.registry.calendar === 'jalali' ? [{ head: say('روز تصمیم', 'Jalali day of it'), kind: 'text', width: 13, of: decided(({ at }) => jalaliDay(voice, at)) } as const] : []),
      { head: say('داوری ماشین', 'The machine said'), kind: 'text', width: 15, of: decided(({ machine }) => text(VERDICT_NAMES[machine])) },
      { head: say('یادداشت', 'Note'), kind: 'quote', width: 30, of: decided(({ note }) => note) },
      { head: say('قاعده', 'Rule'), kind: 'code', width: 32, of: ({ finding }) => finding.rule },
      { head: say('نسخه قاعده', 'Version of the rule'), kind: 'count', width: 9, of: ({ finding }) => finding.version },
      { head: say('شناسه دستگاه', 'Organization’s id'), kind: 'code', width: 16, of: ({ finding }) => finding.organization },
      { head: say('شناسه خدمت', 'Service’s id'), kind: 'code', width: 16, of: ({ finding }) => finding.service },
    ],
  }; // prettier-ignore
}

const totalColumn = <Row>({ say }: Voice, of: (row: Row) => StageScore | null): Column<Row> => ({
  head: say('امتیاز کل', 'Total'),
  kind: 'points',
  width: 14,
  bar: 100,
  of: (row) => pointsOf(of(row)),
});

const boundColumns = <Row>({ say }: Voice, of: (row: Row) => StageScore | null): Column<Row>[] =>
  (['low', 'high'] as const).map((end) => ({
    head: end === 'low' ? say('اگر بازها همه منفی شود', 'If all open ones fail') : say('اگر بازها همه مثبت شود', 'If all open ones pass'),
    kind: 'points',
    width: 12,
    of: (row) => { const score = of(row); return score && score.measured > 0 ? exact(score[end]) : null; },
  })); // prettier-ignore

const stageColumn = <Row>(voice: Voice, stage: Stage, of: (row: Row) => Readonly<Record<Stage, StageScore>> | null): Column<Row> => ({
  head: voice.text(STAGE_NAMES[stage]),
  kind: 'points',
  width: 12,
  of: (row) => pointsOf(of(row)?.[stage] ?? null),
}); // prettier-ignore

const settledColumn = <Row>({ say }: Voice, of: (row: Row) => StageScore | null): Column<Row> => ({
  head: say('سهم تعیین‌شده', 'Share settled'),
  kind: 'share',
  width: 11,
  of: (row) => { const score = of(row); return score && exact(score.resolved); },
}); // prettier-ignore

/** A score that is withheld leaves its cell empty, as in the CSV. */
const pointsOf = (score: StageScore | null): number | null =>
  score === null || score.measured === 0 || score.score === null ? null : exact(score.score);

const levelName = ({ text }: Voice, level: Finding['level'] | undefined): string | null =>
  level === undefined ? null : `E${level} – ${text(LEVEL_NAMES[level])}`;

/** A time for a cell of that type; what is none stays the text that it is. */
function timeOf(iso: string): Date | string {
  const time = new Date(iso);
  return Number.isNaN(time.getTime()) ? iso : time;
}

const JALALI = new Intl.DateTimeFormat('en-US-u-ca-persian-nu-latn', { timeZone: 'Asia/Tehran', year: 'numeric', month: '2-digit', day: '2-digit' }); // prettier-ignore

/** The day in Tehran, year first so that the texts sort. */
function jalaliDay({ lang }: Voice, iso: string): string | null {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return null;
  const { year, month, day } = Object.fromEntries(JALALI.formatToParts(time).map(({ type, value }) => [type, value]));
  return lang === 'fa' ? persianDigits(`${year}/${month}/${day}`) : `${year}-${month}-${day}`;
}

const titleOf = ({ registry, round, audit }: ReportData, { say, text }: Voice): string =>
  cellText(`${say('سنجش خدمات الکترونیکی', 'Electronic services of')} ${text(registry.country)} – ${round ? text(round.names) : audit.id}`); // prettier-ignore

// ---------------------------------------------------------------- the sheet of the method

function methodEntries(data: ReportData, voice: Voice): Entry[] {
  const { say, text } = voice;
  const { audit, round, edition, registry } = data;
  const time = (item: string, iso: string | null): Entry => ({
    item,
    value: iso === null ? '–' : timeOf(iso),
    kind: iso === null ? 'text' : 'time',
    remark: iso !== null && registry.calendar === 'jalali' ? jalaliDay(voice, iso) : null,
  });
  const code = (item: string, value: string | null): Entry => ({ item, value, kind: 'code' });
  const count = (item: string, value: number): Entry => ({ item, value, kind: 'count' });
  const share = (item: string, value: number): Entry => ({ item, value, kind: 'share' });
  const total = sumOf(data.verdicts);
  return [
    { item: say('نتیجه‌ها', 'The results') },
    { item: say('کشور', 'Country'), value: text(registry.country), remark: registry.id },
    ...(round
      ? [
          { item: say('دور', 'Round'), value: text(round.names), remark: round.id },
          { item: say('وضعیت دور', 'State of the round'), value: text(ROUND_STATE_NAMES[round.state]) },
          ...(round.revises === null ? [] : [{ item: say('به جای دور', 'In the place of the round'), value: round.reason, remark: round.revises }]),
        ]
      : [{ item: say('دور', 'Round'), value: say('سنجش به درخواست؛ بیرون از دورهای ارزیابی', 'an audit on demand, outside of the rounds') }]),
    code(say('شناسه سنجش', 'Audit'), audit.id),
    time(say('آغاز (UTC)', 'Begun (UTC)'), audit.startedAt),
    time(say('پایان (UTC)', 'Finished (UTC)'), audit.finishedAt),
    ...(round ? [time(say('انتشار (UTC)', 'Published (UTC)'), round.publishedAt), code(say('ریشه زنجیره', 'Root of the chain'), round.rootHash)] : []),
    count(say('دستگاه‌ها', 'Organizations'), data.organizations.length),
    count(say('خدمت‌ها', 'Services'), data.organizations.reduce((sum, { services }) => sum + leavesOf(services).length, 0)),
    count(say('داوری‌ها', 'Verdicts'), total),
    ...(total < MAX_ROWS ? [] : [{ item: say('در این کارپوشه', 'In this workbook'), value: say('برگه داوری‌ها جای همه را ندارد؛ همه آن‌ها در findings.csv است.', 'The sheet of findings has no room for all of them; findings.csv has them all.') }]),
    { item: say('روش', 'The method') },
    code(say('ویرایش', 'Edition'), edition.id),
    ...STAGES.map((stage) => share(say(`وزن مرحله ${text(STAGE_NAMES[stage])}`, `Weight of the stage ${text(STAGE_NAMES[stage])}`), edition.stageWeights[stage] / 100)),
    share(say('ارزش «تا حدی»', 'What “partial” is worth'), edition.partialValue),
    { ...share(say('کف پوشش', 'Floor of coverage'), edition.coverageFloor), remark: say('اگر کمتر از این سهم وزن تعیین شده باشد، امتیاز داده نمی‌شود.', 'While less of the weight than this is settled, a score is withheld.') },
    { ...count(say('دفعات دیدن', 'Looks'), edition.visits), remark: say('روزهایی که صفحه باید دیده شود تا «برآورده نشده» قطعی باشد؛ سنجش به درخواست از یک روز است.', 'Days on which a page is seen before a fail is final; an audit on demand judges from one.') },
    ...Object.entries(edition.options).flatMap(([rule, options]) => Object.entries(options).map(([name, value]): Entry => ({ item: say('آستانه', 'Threshold'), value: typeof value === 'number' ? value : String(value), kind: typeof value === 'number' ? 'points' : 'code', remark: `${rule} ${name}` }))),
    { item: say('وزن شاخص‌ها', 'Weights of the indicators'), value: say('در برگه شاخص‌ها', 'on the sheet of the indicators') },
    code(say('درهم‌ساز دفتر ثبت', 'Digest of the registry'), audit.registryDigest),
    code(say('درهم‌ساز قاعده‌ها', 'Digest of the rules'), audit.rulesDigest),
    code(say('درهم‌ساز تنظیم‌ها', 'Digest of the configuration'), audit.configDigest),
    { item: say('چگونه باید خواند', 'How to read it') },
    { item: say('بازه ۹۵ درصدی', 'Interval at 95%'), value: text(INTERVAL_SENTENCE) },
    { item: say('دو کران امتیاز', 'The two bounds'), value: say('امتیاز، اگر همه داوری‌های باز منفی شود و اگر همه مثبت شود. خانه خالی امتیاز یعنی امتیاز داده نشده است؛ هرگز صفر نیست.', 'The score if all open verdicts fail, and if all of them pass. An empty cell of a score is one that is withheld, and never a zero.') },
    { item: say('گروه', 'Group'), value: say('دستگاه‌های یک گروه را نمی‌توان از نخستین آن‌ها متمایز دانست و تفاوت رتبه‌شان معنایی ندارد.', 'Organizations of one group cannot be told apart from its first, and a difference of their ranks means nothing.') },
    ...VERDICTS.map((verdict) => ({ item: text(VERDICT_NAMES[verdict]), value: text(VERDICT_SENTENCES[verdict]), remark: verdict })),
    { item: say('آنچه سنجیده نمی‌شود', 'What is not measured') },
    ...(data.notMeasured.length === 0 ? [{ item: say('هیچ', 'Nothing'), value: say('همه شاخص‌های روش سنجیده شده است.', 'All indicators of the method are measured.') }] : data.notMeasured.map(({ id, stage, title }) => ({ item: text(STAGE_NAMES[stage]), value: text(title), remark: id }))),
  ]; // prettier-ignore
}
