/**
 * The results as a data package (Data Package 1 and 2): the tables and the JSON of the audit, with what every column
 * means in English and Persian, how the numbers came about, and a hash of every file. The same data gives the same bytes.
 */
import { COOPERATION, STAGES, VERDICTS, type Stage, type Text } from '../core/model.ts';
import { REVIEW_REASONS } from '../core/review.ts';
import { csvFiles, FINDING_COLUMNS, ORGANIZATION_COLUMNS, SERVICE_COLUMNS, type CsvFile } from './csv.ts';
import type { ReportData } from './data.ts';
import { COUNT, described, descriptorOf, FORMULA_NOTE, inMarkdown, jsonResources, LICENCE, methodResource, oneOf, packageOf, PLACE, POINTS, REQUIRED, SHARE, tableFacts, text, type Described, type Field, type PackageFacts, type PackageFile, type Resource, type TableFacts } from './data-package.ts'; // prettier-ignore
import { auditJsonText } from './json.ts';
import { auditJsonSchema } from './json-schema.ts';
import { voiceOf, type Voice } from './voice.ts';
import { INTERVAL_SENTENCE, resamplingSentence, ROUND_STATE_NAMES, STAGE_NAMES, UNRANKED_SENTENCES, VERDICT_NAMES, VERDICT_SENTENCES } from './words.ts'; // prettier-ignore

/** The files of the package, as `packageOf` gives them. */
export const dataPackage = (data: ReportData): AsyncGenerator<PackageFile> =>
  packageOf(descriptorOf(factsOf(data)), resourcesOf(data));

// ---------------------------------------------------------------- the descriptor

function factsOf(data: ReportData): PackageFacts {
  const { audit, round, edition, registry } = data;
  return {
    registry,
    registryDigest: audit.registryDigest,
    version: round?.id ?? audit.id,
    title: titleOf(data),
    description: text(
      `امتیاز، رتبه و داوری درباره خدمات الکترونیکی ${registry.country.fa}، با شاهد هر داوری. method.md می‌گوید هر عدد چیست. ${stateOf(data).fa}`,
      `Scores, ranks and verdicts on the electronic services of ${registry.country.en}, with the evidence of each. method.md tells what each number is. ${stateOf(data).en}`,
    ),
    created: createdOf(data),
    sources: [{ title: 'Public pages of these organizations, as they were seen and stored; evidence_url and evidence_snapshot name them' }],
    more: {
      method: {
        edition: edition.id, stageWeights: Object.fromEntries(STAGES.map((stage) => [stage, edition.stageWeights[stage]])), partialValue: edition.partialValue, coverageFloor: edition.coverageFloor, visits: edition.visits,
        indicators: Object.fromEntries(data.indicators.map(({ id }) => [id, { weight: edition.weights[id] ?? null, minEvidence: edition.minEvidence[id] ?? null }])),
        options: edition.options,
        registryDigest: audit.registryDigest, rulesDigest: audit.rulesDigest, configDigest: audit.configDigest,
      },
      round: round && { id: round.id, state: round.state, revises: round.revises, reason: round.reason, publishedAt: round.publishedAt, rootHash: round.rootHash },
    },
  };
} // prettier-ignore

const titleOf = ({ registry, round, audit }: ReportData): Text =>
  text(
    `سنجش خدمات الکترونیکی ${registry.country.fa}، ${round ? round.names.fa : audit.id}`,
    `Electronic services of ${registry.country.en}, ${round ? round.names.en : audit.id}`,
  );

/** What must be known of the results before anybody cites them. */
function stateOf({ round }: ReportData): Text {
  if (round === null)
    return text('این سنجش به درخواست و بیرون از دورهای ارزیابی است.', 'This is an audit on demand, outside of the rounds.'); // prettier-ignore
  if (round.state === 'published') return text('این دور منتشر شده است و تغییر نمی‌کند.', 'This round is published and does not change.'); // prettier-ignore
  const state = ROUND_STATE_NAMES[round.state];
  return text(`این دور هنوز منتشر نشده (${state.fa}) و عددها موقت است.`, `This round is not published yet (${state.en}), and its numbers are preliminary.`); // prettier-ignore
}

/** Never the time of writing: a package that is written again is the same. */
const createdOf = ({ audit, round }: ReportData): string => round?.publishedAt ?? audit.finishedAt ?? audit.startedAt;

// ---------------------------------------------------------------- resources

const resourcesOf = (data: ReportData): Resource[] => [
  ...csvFiles(data).map((file): Resource => ({ ...TABLES[file.path], ...file })),
  ...jsonResources('audit', text('امتیازها و همه داوری‌ها با همه شواهدشان.', 'Scores and all verdicts with all of their evidence.'), auditJsonText(data), auditJsonSchema()),
  methodResource(methodText(data)),
]; // prettier-ignore

// ---------------------------------------------------------------- columns

function scoreFields(name: string, title: Text, description: Text): [name: string, field: Described][] {
  return [
    [name, described('number', title, text(`${description.fa}، از ۱۰۰؛ خالی است اگر داده نشده یا سنجیده نشده باشد و هرگز به معنای صفر نیست`, `${description.en}, of 100; empty while it is withheld or where nothing was measured, and never a zero`), POINTS)],
    [`${name}_low`, described('number', text(`${title.fa}، کمینه`, `${title.en}, low`), text(`${description.fa}، اگر همه داوری‌های باز منفی شود`, `${description.en} if every open verdict failed`), POINTS)],
    [`${name}_high`, described('number', text(`${title.fa}، بیشینه`, `${title.en}, high`), text(`${description.fa}، اگر همه داوری‌های باز مثبت شود`, `${description.en} if every open verdict passed`), POINTS)],
  ];
} // prettier-ignore

const stageFields = (stage: Stage): [string, Described][] =>
  scoreFields(stage, STAGE_NAMES[stage], text(`امتیاز مرحله ${STAGE_NAMES[stage].fa}`, `Score of the stage ${STAGE_NAMES[stage].en}`)); // prettier-ignore

const SCORE_FIELDS: readonly [string, Described][] = [
  ...scoreFields('total', text('امتیاز کل', 'Total'), text('جمع وزنی پنج مرحله', 'Weighted sum of the five stages')),
  ...STAGES.flatMap(stageFields),
  ['settled', described('number', text('سهم تعیین‌شده', 'Share settled'), text('سهمی از وزن سنجیده که داوری آن باز نیست', 'Share of the measured weight whose verdicts are not open'), SHARE)],
  ['measured', described('number', text('سهم سنجیده', 'Share measured'), text('سهمی از وزن روش که قاعده‌ای برای آن هست', 'Share of the weight of the method for which there is a rule'), SHARE)],
]; // prettier-ignore

const UNTRUSTED = text(`متن از وبگاه است و نباید به آن اعتماد کرد؛ ${FORMULA_NOTE.fa}`, `Text of a website, not to be trusted; ${FORMULA_NOTE.en}`); // prettier-ignore

const ORGANIZATION_FIELDS: ReadonlyMap<string, Described> = new Map([
  ['id', described('string', text('شناسه', 'Id'), text('شناسه دستگاه در دفتر ثبت', 'Id of the organization in the registry'), { constraints: { required: true, unique: true } })],
  ['name_fa', described('string', text('نام فارسی', 'Persian name'), text('نام دستگاه به فارسی', 'Name of the organization in Persian'))],
  ['name_en', described('string', text('نام انگلیسی', 'English name'), text('نام دستگاه به انگلیسی', 'Name of the organization in English'))],
  ['parent_id', described('string', text('دستگاه بالادست', 'Parent'), text('دستگاهی که این دستگاه زیر آن است', 'The organization that this one belongs to'))],
  ['portal_url', described('string', text('نشانی درگاه', 'Address of the portal'), text('صفحه نخست درگاه', 'Home page of the portal'))],
  ['cooperation', described('string', text('همکاری', 'Cooperation'), text('چگونه در سنجش شرکت دارد', 'How it takes part'), oneOf(COOPERATION, true))],
  ['audited', described('boolean', text('سنجیده شد', 'Audited'), text('در این سنجش از رصد خواسته شده بود', 'Was part of this audit'), { ...REQUIRED, trueValues: ['yes'], falseValues: ['no'] })],
  ['unranked', described('string', text('چرا رتبه ندارد', 'Why it is not ranked'), text('خالی است برای آن‌ها که در رتبه‌بندی‌اند', 'Empty for those in the ranking'), oneOf(Object.keys(UNRANKED_SENTENCES)))],
  ['rank', described('integer', text('رتبه', 'Rank'), text('از ۱؛ امتیازهای برابر رتبه برابر دارند؛ خالی است اگر امتیاز داده نشده باشد', 'From 1; equal totals share it; empty while the total is withheld'), PLACE)],
  ['rank_best', described('integer', text('بهترین رتبه', 'Best rank'), text('سر بازه رتبه، با ۹۵ درصد اطمینان', 'Best end of the interval of the rank, with 95 % certainty'), PLACE)],
  ['rank_worst', described('integer', text('بدترین رتبه', 'Worst rank'), text('ته بازه رتبه، با ۹۵ درصد اطمینان', 'Worst end of the interval of the rank, with 95 % certainty'), PLACE)],
  ['band', described('integer', text('گروه', 'Group'), text('دستگاه‌های یک گروه را نمی‌توان از نخستین آن‌ها متمایز دانست؛ خالی است اگر امتیاز داده نشده باشد', 'Organizations of one group cannot be told apart from its first; empty for a withheld score'), PLACE)],
  ...SCORE_FIELDS,
  ...scoreFields('portal', text('امتیاز درگاه', 'Score of the portal'), text('میانگین وزنی داوری‌های خود درگاه، که بخشی از امتیاز کل نیست', 'Weighted mean of the portal’s own verdicts, no part of the total')),
  ['services', described('integer', text('شمار خدمت‌ها', 'Services'), text('خدمت‌هایی که امتیاز می‌گیرند', 'Services that are scored'), COUNT)],
  ...VERDICTS.map((verdict): [string, Described] => [verdict, described('integer', VERDICT_NAMES[verdict], text(`شمار داوری‌ها: ${VERDICT_SENTENCES[verdict].fa}`, `Number of verdicts: ${VERDICT_SENTENCES[verdict].en}`), COUNT)]),
  ['total_95_low', described('number', text('امتیاز کل، سر بازه ۹۵ درصدی', 'Total, lower end at 95 %'), INTERVAL_SENTENCE, POINTS)],
  ['total_95_high', described('number', text('امتیاز کل، ته بازه ۹۵ درصدی', 'Total, upper end at 95 %'), INTERVAL_SENTENCE, POINTS)],
]); // prettier-ignore

const SERVICE_FIELDS: ReadonlyMap<string, Described> = new Map([
  ['id', described('string', text('شناسه', 'Id'), text('شناسه خدمت در دفتر ثبت', 'Id of the service in the registry'), { constraints: { required: true, unique: true } })],
  ['organization_id', described('string', text('دستگاه', 'Organization'), text('شناسه دستگاهی که خدمت را می‌دهد', 'Id of the organization that gives the service'), REQUIRED)],
  ['parent_id', described('string', text('خدمت بالادست', 'Parent'), text('خدمتی که این زیرخدمت آن است؛ خود آن امتیاز ندارد و در این جدول نیست', 'The service that this one is a part of; it has no score itself and is not in this table'))],
  ['code', described('string', text('شناسنامه خدمت', 'Service code'), text('شماره تأییدشده شناسنامه خدمت', 'Approved number of the service’s identity card'))],
  ['title_fa', described('string', text('عنوان فارسی', 'Persian title'), text('عنوان خدمت به فارسی', 'Title of the service in Persian'))],
  ['title_en', described('string', text('عنوان انگلیسی', 'English title'), text('عنوان خدمت به انگلیسی', 'Title of the service in English'))],
  ['page_url', described('string', text('نشانی صفحه خدمت', 'Address of its page'), text('صفحه‌ای که خدمت را معرفی می‌کند', 'Page that describes the service'))],
  ['system_url', described('string', text('نشانی سامانه خدمت', 'Address of its system'), text('سامانه‌ای که خدمت در آن انجام می‌شود', 'System in which the service is done'))],
  ['profile', described('string', text('نمایه', 'Profile'), text('آنچه درباره این خدمت موضوعیت ندارد، به تأیید انسان؛ کدها با فاصله', 'What is not applicable to the service, as a person approved; codes between spaces'))],
  ...SCORE_FIELDS,
]); // prettier-ignore

const FINDING_FIELDS: ReadonlyMap<string, Described> = new Map([
  ['organization', described('string', text('دستگاه', 'Organization'), text('شناسه دستگاه', 'Id of the organization'), REQUIRED)],
  ['service', described('string', text('خدمت', 'Service'), text('شناسه خدمت؛ خالی است برای داوری درباره درگاه', 'Id of the service; empty for a verdict on the portal'))],
  ['rule', described('string', text('قاعده', 'Rule'), text('شناسه قاعده، که شناسه شاخص هم هست', 'Id of the rule, which is the id of the indicator too'), REQUIRED)],
  ['version', described('integer', text('نسخه قاعده', 'Version of the rule'), text('با هر تغییر قاعده بالا می‌رود', 'Rises with every change of the rule'), COUNT)],
  ['stage', described('string', text('مرحله', 'Stage'), text('مرحله شاخص', 'Stage of the indicator'), oneOf(STAGES))],
  ['scope', described('string', text('درباره', 'About'), text('درگاه یا یک خدمت', 'The portal or one service'), oneOf(['portal', 'service'], true))],
  ['verdict', described('string', text('داوری', 'Verdict'), text('unclear، not-visible، blocked و error باز است و هرگز صفر نیست', 'unclear, not-visible, blocked and error are open and never a zero'), oneOf(VERDICTS, true))],
  ['outcome', described('string', text('پایان', 'Outcome'), text('قاعده به کدام پایان رسید', 'Which of its endings the rule came to'))],
  ['message_fa', described('string', text('پیام فارسی', 'Message in Persian'), text('چه یافت شد؛ ممکن است واژه‌هایی از وبگاه داشته باشد', 'What was found; may have words of a website in it'))],
  ['message_en', described('string', text('پیام انگلیسی', 'Message in English'), text('چه یافت شد؛ ممکن است واژه‌هایی از وبگاه داشته باشد', 'What was found; may have words of a website in it'))],
  ['level', described('string', text('سطح شاهد', 'Evidence level'), text('E0 ادعا، E1 دیده شد، E2 به مقصد رسید، E3 کار کرد، E4 گواهی انسان', 'E0 claimed, E1 visible, E2 reached, E3 works, E4 attested by a person'), oneOf(['E0', 'E1', 'E2', 'E3', 'E4'], true))],
  ['confidence', described('number', text('اطمینان', 'Confidence'), text('احتمال اینکه ارزیاب آموزش‌دیده همین را بگوید', 'Probability that a trained evaluator says the same'), { constraints: { required: true, minimum: 0, maximum: 1 } })],
  ['confidence_basis', described('string', text('پایه اطمینان', 'What it rests on'), text('prior: برآورد؛ measured: سنجیده بر نمونه‌های داوری‌شده', 'prior: an estimate; measured: on labelled cases'), oneOf(['prior', 'measured'], true))],
  ['confidence_cases', described('integer', text('شمار نمونه‌ها', 'Cases'), text('نمونه‌هایی که اطمینان بر آن‌ها سنجیده شده است', 'Labelled cases behind a measured confidence'), COUNT)],
  ['review', described('string', text('بازبینی', 'Review'), text('چرا باید انسانی آن را ببیند؛ خالی است اگر نباید', 'Why a person should look at it; empty where none has to'), oneOf(REVIEW_REASONS))],
  ['evidence', described('integer', text('شمار شواهد', 'Pieces of evidence'), text('سه ستون بعد نخستین آن‌هاست؛ audit.json همه را دارد', 'The next three columns are of the first; audit.json has all'), COUNT)],
  ['evidence_url', described('string', text('نشانی شاهد', 'Address of the evidence'), UNTRUSTED)],
  ['evidence_quote', described('string', text('نقل از صفحه', 'Quotation'), UNTRUSTED)],
  ['evidence_snapshot', described('string', text('درهم‌ساز صفحه', 'Hash of the page'), text('SHA-256 بایت‌هایی که خوانده شد', 'SHA-256 of the bytes that were read'))],
  ['searched', described('string', text('جاهای جست‌وجوشده', 'Places searched'), text('کدها با فاصله', 'Codes between spaces'))],
  ['searched_unread', described('string', text('جاهای خوانده‌نشده', 'Places not read'), text('از آن جاها، آن‌هایی که خوانده نشد', 'Of these, those that could not be read'))],
  ['decided_by', described('string', text('تصمیم از', 'Decided by'), text('کسی که داوری ماشین را تأیید یا عوض کرد', 'Who put a verdict in the place of the machine’s'))],
  ['decided_at', described('datetime', text('زمان تصمیم', 'Decided at'), text('به وقت جهانی', 'UTC'))],
  ['decided_basis', described('string', text('پایه تصمیم', 'Basis of the decision'), text('review: از آنچه همه می‌بینند؛ attestation: از مدارک دستگاه', 'review: what anybody can see; attestation: evidence that the organization filed'), oneOf(['review', 'attestation']))],
  ['machine_verdict', described('string', text('داوری ماشین', 'The machine’s verdict'), text('آنچه ماشین پیش از تصمیم گفته بود', 'What the machine had said before the decision'), oneOf(VERDICTS))],
  ['key', described('string', text('کلید', 'Key'), text('دستگاه، خدمت و قاعده؛ نام این سطر', 'Organization, service and rule; the name of the row'), { constraints: { required: true, unique: true } })],
]); // prettier-ignore

/** Throws for a column that nobody described. */
function fieldsOf(columns: readonly string[], fields: ReadonlyMap<string, Described>): Field[] {
  return columns.map((name) => {
    const field = fields.get(name);
    if (!field) throw new Error(`the column ${name} has no description in open-data.ts`);
    return { name, ...field };
  });
}

const TABLES: Readonly<Record<CsvFile['path'], TableFacts>> = {
  'organizations.csv': tableFacts('organizations', text('دستگاه‌ها', 'Organizations'), text('یک سطر برای هر دستگاه، به ترتیب رتبه.', 'One row an organization, by rank.'), {
    fields: fieldsOf(ORGANIZATION_COLUMNS, ORGANIZATION_FIELDS),
    primaryKey: ['id'],
    // an empty name is the table itself
    foreignKeys: [{ fields: ['parent_id'], reference: { resource: '', fields: ['id'] } }],
  }),
  'services.csv': tableFacts('services', text('خدمت‌ها', 'Services'), text('یک سطر برای هر خدمتی که امتیاز می‌گیرد.', 'One row a service that is scored.'), {
    fields: fieldsOf(SERVICE_COLUMNS, SERVICE_FIELDS),
    primaryKey: ['id'],
    foreignKeys: [{ fields: ['organization_id'], reference: { resource: 'organizations', fields: ['id'] } }],
  }),
  'findings.csv': tableFacts('findings', text('داوری‌ها', 'Findings'), text('یک سطر برای هر شاخص درباره هر خدمت یا درگاه، با نخستین شاهد آن.', 'One row for each indicator on each service or portal, with the first of its evidence.'), {
    fields: fieldsOf(FINDING_COLUMNS, FINDING_FIELDS),
    primaryKey: ['key'],
    foreignKeys: [
      { fields: ['organization'], reference: { resource: 'organizations', fields: ['id'] } },
      { fields: ['service'], reference: { resource: 'services', fields: ['id'] } },
    ],
  }),
}; // prettier-ignore

// ---------------------------------------------------------------- the method in short

function methodText(data: ReportData): string {
  return `# ${inMarkdown(titleOf(data).en)}

*[فارسی](#فارسی)*

${methodIn(data, voiceOf('en', data.registry.calendar))}
## فارسی

${methodIn(data, voiceOf('fa', data.registry.calendar))}`;
}

function methodIn(data: ReportData, voice: Voice): string {
  const { audit, edition, notMeasured, registry, round } = data;
  const { say, count, percent } = voice;
  const own = (words: Text): string => inMarkdown(voice.text(words));
  const published = createdOf(data);
  return `${own(stateOf(data))} ${say(`ویرایش روش: \`${edition.id}\`.`, `Edition of the method: \`${edition.id}\`.`)}

| ${say('مرحله', 'Stage')} | ${say('وزن', 'Weight')} |
| --- | --- |
${STAGES.map((stage) => `| ${own(STAGE_NAMES[stage])} | ${percent(edition.stageWeights[stage] / 100)} |`).join('\n')}

### ${say('عددها', 'The numbers')}

- ${say('امتیاز هر خدمت جمع وزنی پنج مرحله است و امتیاز دستگاه میانگین ساده خدمت‌های آن. ترتیب از عدد گردنشده است.', 'The score of a service is the weighted sum of its five stages, and that of an organization the plain mean of its services. The order is by the unrounded number.')}
- ${say('وزن هر شاخص در مرحله‌اش و سطح شاهدی که لازم دارد در datapackage.json، زیر `method.indicators` است.', 'The weight of each indicator in its stage, and the evidence that it needs, stand in datapackage.json under `method.indicators`.')}
- ${say('`_low` و `_high`: اگر همه داوری‌های باز منفی شود و اگر همه مثبت شود.', '`_low` and `_high`: if every open verdict failed, and if every one passed.')}
- ${say('`total_95_low` و `total_95_high`', '`total_95_low` and `total_95_high`')}: ${own(INTERVAL_SENTENCE)} ${inMarkdown(resamplingSentence(voice))}
- ${say(`خانه خالی امتیاز: کمتر از ${percent(edition.coverageFloor)} وزن آن تعیین شده است و امتیاز داده نشد، یا چیزی سنجیده نشد. هرگز صفر نیست.`, `An empty score: less than ${percent(edition.coverageFloor)} of its weight is settled and it is withheld, or nothing was measured. It is never a zero.`)}
- ${say('دستگاه‌های یک گروه (`band`) را نمی‌توان از نخستین آن‌ها متمایز دانست؛ تفاوت رتبه‌شان معنایی ندارد.', 'Organizations of one group (`band`) cannot be told apart from its first; a difference of their ranks means nothing.')}
- ${say('متنی که صفحه گسترده آن را فرمول می‌پندارد در CSV با یک آپاستروف آغاز می‌شود؛ در audit.json نه.', 'In the CSV files an apostrophe stands before a text that a spreadsheet would take for a formula; not so in audit.json.')}

### ${say('داوری‌ها', 'Verdicts')}

| ${say('داوری', 'Verdict')} | ${say('کد', 'Code')} | ${say('معنا', 'Meaning')} |
| --- | --- | --- |
${VERDICTS.map((verdict) => `| ${own(VERDICT_NAMES[verdict])} | \`${verdict}\` | ${own(VERDICT_SENTENCES[verdict])} |`).join('\n')}

### ${say('آنچه سنجیده نمی‌شود', 'What is not measured')}

${notMeasured.length === 0 ? say('همه شاخص‌های روش سنجیده شده است.', 'All indicators of the method are measured.') : `${say(`برای ${count(notMeasured.length)} شاخص هنوز قاعده‌ای نیست و در هیچ امتیازی نیستند:`, `For ${count(notMeasured.length)} ${notMeasured.length === 1 ? 'indicator' : 'indicators'} there is no rule yet; no score has a part of them:`)}

${notMeasured.map(({ id, title }) => `- ${own(title)} (\`${id}\`)`).join('\n')}`}

### ${say('استناد و پروانه', 'Citation and licence')}

> ${own(titleOf(data))}. ${say('سنجیده با رصد', 'Measured with Rasad')}${say('، ', ', ')}${say('ویرایش', 'edition')} ${inMarkdown(edition.id)}${say('، ', ', ')}${inMarkdown(registry.id)} ${inMarkdown(round?.id ?? audit.id)}${say('، ', ', ')}${inMarkdown(voice.day(published))}.${round?.rootHash ? ` ${say('ریشه زنجیره', 'Root of the chain')} ${inMarkdown(round.rootHash)}.` : ''} ${LICENCE.name}.

[${LICENCE.title}](${LICENCE.path})${say('. می‌توانید این داده‌ها را با نام بردن از منبع به کار ببرید.', '. You may use these data when you name their source.')}
`;
} // prettier-ignore
