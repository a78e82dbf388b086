/**
 * A round or an audit of Rasad's own as a document: summary, method, results, one section for each organization, and
 * what the numbers do not say. Single verdicts are not printed; they are in the pages of the report, with their evidence.
 */
import { growthsOf, meanOf } from '../../core/history.ts';
import { STAGES, UNRESOLVED, VERDICTS } from '../../core/model.ts';
import { REVIEW_REASONS } from '../../core/review.ts';
import { leavesOf } from '../../core/score.ts';
import { CERTAINTY } from '../../core/uncertainty.ts';
import { rankingDots } from '../charts/dots.ts';
import { groupBy, sumOf, type OrganizationReport, type ReportData } from '../data.ts';
import { verdictMark } from '../figures.ts';
import { roundName, roundsOf } from '../history-sections.ts';
import { bdi, code, momentOf, named, scoreCell } from '../layout.ts';
import { markup, type Markup, type Part } from '../markup.ts';
import type { Voice } from '../voice.ts';
import { BAND_SENTENCE, INTERVAL_SENTENCE, resamplingSentence, REVIEW_NAMES, ROUND_STATE_NAMES, STAGE_NAMES, STAGE_SENTENCES, UNRANKED_SENTENCES, VERDICT_NAMES, VERDICT_SENTENCES } from '../words.ts'; // prettier-ignore
import { figure, pageLink, table, type Chapter, type Matter, type Plate } from './frame.ts';
import { keyNumbers, listed, medianOf, NOTHING, plural, sectionId, tableOf, type Column, type Row } from './pieces.ts';
import {
  shortScore,
  stageHead,
  STAGE_WIDTH,
  verdictColumns,
  VERDICT_GROUPS,
  type RoundContext,
} from './round-context.ts';
import { organizationSection } from './round-organization.ts';
import { growthPlate, meansPlate, methodChanges } from './trends.ts';

export async function roundMatter(voice: Voice, data: ReportData): Promise<Matter> {
  const ranked = data.organizations.filter((report) => report.ranked !== null);
  const means = Object.fromEntries(STAGES.map((stage) => [stage, meanOf(ranked.map(({ score }) => score!.stages[stage].score))])) as RoundContext['means']; // prettier-ignore
  const over = roundsOf(data, voice);
  const [before, own] = over ? over.rounds.slice(-2) : [];
  const growth = new Map(before && own ? growthsOf(before, own).map((one) => [one.organization, one.growth]) : []);
  const context: RoundContext = { voice, data, ranked, over, growth, means };
  const { say, text, count } = voice;
  const { audit, round, registry, edition } = data;
  const examined = data.organizations.filter(({ score }) => score !== null);
  const sections = [];
  // one after the other: what was found of an organization is let go before the next
  for (const report of examined) sections.push(organizationSection(context, report, await data.details(report.organization.id))); // prettier-ignore
  const madeAt = round?.publishedAt ?? audit.finishedAt ?? audit.startedAt;
  const when = round ? text(round.names) : voice.day(madeAt);
  return {
    madeAt,
    running: say(`ارزیابی خدمات الکترونیکی، ${when}`, `Evaluation of e-services, ${when}`),
    cover: {
      publisher: text(registry.country),
      title: say('ارزیابی خدمات الکترونیکی دستگاه‌ها', 'Evaluation of electronic services of public bodies'),
      subtitle: round ? text(round.names) : say('سنجش به درخواست', 'Audit on demand'),
      state: round?.state === 'published' ? null : round ? text(ROUND_STATE_NAMES[round.state]) : say('بیرون از دورهای ارزیابی', 'not part of a round'),
      imprint: [
        [say('تاریخ', 'Date'), voice.day(madeAt)],
        [say('بازدیدها', 'Looked at'), [momentOf(voice, audit.startedAt), audit.finishedAt ? [say(' تا ', ' to '), momentOf(voice, audit.finishedAt)] : say('؛ هنوز پایان نیافته', '; not finished yet')]],
        [say('دستگاه‌ها', 'Organizations'), count(examined.length)],
        [say('ویرایش روش', 'Edition of the method'), code(edition.id)],
        [say('ساخته', 'Made by'), say('رصد، از روی شواهد ذخیره‌شده', 'Rasad, from stored evidence')],
      ],
    },
    chapters: [
      summary(context, examined),
      method(context),
      results(context),
      {
        id: 'organizations',
        title: say('دستگاه‌ها', 'Organizations'),
        isNumbered: true,
        blocks: [
          markup`<p>${say('هر دستگاه یک بخش دارد: رتبه، امتیاز مراحل و جایگاه آن در برابر میانگین، آنچه امتیاز را بیش از همه بالا می‌برد، شمار داوری‌ها و امتیاز خدمت‌ها. داوری هر شاخص، با صفحه ذخیره‌شده‌ای که شاهد آن است، در گزارش وب همین سنجش آمده است.', 'Each organization has a section: its rank, the scores of the stages and how they compare with the mean, what would raise the score most, counts of verdicts, and the scores of its services. The verdict of each indicator, with the stored page that is its evidence, is in the web report of the same audit.')}</p>`,
          markup`<p>${say('دستگاه‌ها به ترتیب رتبه آمده‌اند و پس از آن‌ها دستگاه‌های بی‌رتبه.', 'Organizations stand in the order of their ranks; those without one come last.')}</p>`,
          markup`<h3>${say('یک بخش را چگونه باید خواند', 'How to read a section')}</h3>`,
          guide(voice),
        ],
        sections,
      },
      limits(context),
      citation(context),
    ].filter((chapter) => chapter !== null),
  };
} // prettier-ignore

function guide(voice: Voice): Markup {
  const { say, text } = voice;
  const key = (name: string, meaning: string): Markup => markup`<span class="keyed"><span class="key ${name}"></span> ${meaning}</span> `;
  return tableOf(
    [{ name: say('آنچه هست', 'What there is'), kind: 'head', width: 24 }, { name: say('معنای آن', 'What it means'), kind: 'text' }],
    [
      [say('نوار امتیاز', 'Bar of a score'), [key('sure', say('قطعی', 'certain')), key('open', say('هنوز باز: میان بدترین و بهترین حالت', 'still open: between the worst and the best case')), key('point', say('امتیاز', 'score'))]],
      [say('بازه', 'Range'), say('از آن جا که همه داوری‌های باز منفی شود تا آن جا که همه مثبت شود. بازه به جای عدد یعنی امتیاز داده نشد.', 'From all open verdicts failing to all of them passing. A range in the place of a number: the score is withheld.')],
      [say('تعیین‌شده، سنجیده', 'Settled, measured'), say('سهمی از وزن که داوری آن تعیین شده، و سهمی که برای آن قاعده‌ای هست.', 'Share of the weight whose verdicts are settled, and share for which there is a rule.')],
      [say('پنج‌ضلعی', 'Five-sided chart'), say('خط پُر: این دستگاه. خط‌چین: میانگین دستگاه‌های رتبه‌بندی‌شده.', 'Full line: this organization. Dashed line: mean of the ranked organizations.')],
      [say('آنچه امتیاز را بالا می‌برد', 'What would raise the score'), say('شاخص‌هایی که اگر در همه خدمت‌ها برآورده شوند، کران پایین امتیاز کل بیش از همه بالا می‌رود، با شمار امتیاز.', 'Indicators that would raise the lower end of the total most, if they were met everywhere, with the points.')],
      [say('نوار داوری‌ها', 'Bar of verdicts'), VERDICT_GROUPS.map((group) => key(`k-${group === UNRESOLVED ? 'open' : group[0] === 'not-applicable' ? 'na' : group[0]!}`, group === UNRESOLVED ? say('باز', 'open') : text(VERDICT_NAMES[group[0]!])))],
    ],
  );
} // prettier-ignore

/** An organization as a link to its section, where it has one. */
export const reportLink = (voice: Voice, { organization, score }: OrganizationReport): Markup => {
  const name = named(voice, organization.names, organization.id);
  return score ? markup`<a href="#${sectionId(organization.id)}">${name}</a>` : name;
};

// ---------------------------------------------------------------- summary

function summary(context: RoundContext, examined: readonly OrganizationReport[]): Chapter {
  const { voice, data, ranked, means } = context;
  const { say, count, percent, points, text } = voice;
  const services = examined.reduce((total, report) => total + leavesOf(report.services).length, 0);
  const scored = ranked.flatMap((report) => {
    const value = report.score!.total.score;
    return value === null ? [] : [{ report, value }];
  });
  const values = scored.map(({ value }) => value);
  const mean = meanOf(values);
  const verdicts = sumOf(data.verdicts);
  const open = sumOf(data.verdicts, UNRESOLVED);
  const withheld = ranked.length - scored.length;
  const bands = groupBy(ranked, (report) => report.ranked!.band).size;
  const stages = STAGES.filter((stage) => means[stage] !== null).toSorted((a, b) => means[b]! - means[a]!);
  const withScore = ({ report, value }: { report: OrganizationReport; value: number }): Part => [
    reportLink(voice, report),
    ` (${points(value)})`,
  ];
  const paragraphs: Part[] = [
    say(
      `در این سنجش ${count(examined.length)} دستگاه با ${count(services)} خدمت بررسی شد. از ${count(verdicts)} داوری، ${count(verdicts - open)} داوری تعیین شده و ${count(open)} داوری (${percent(verdicts === 0 ? 0 : open / verdicts)}) باز مانده است. آنچه دیده نشد یا داوری انسان می‌خواهد صفر به شمار نمی‌آید؛ بازه امتیاز را پهن‌تر می‌کند.`,
      `${count(examined.length)} ${plural(examined.length, 'organization', 'organizations')} with ${count(services)} ${plural(services, 'service', 'services')} ${plural(examined.length, 'was', 'were')} examined. Of ${count(verdicts)} verdicts ${count(verdicts - open)} are settled and ${count(open)} (${percent(verdicts === 0 ? 0 : open / verdicts)}) are open. What could not be seen, or what a person has to decide, does not count as zero; it widens the range of a score.`,
    ),
    scored.length >= 3 && [
      say(`میانگین امتیاز کل ${count(scored.length)} دستگاه ${points(mean!)} از ۱۰۰ و میانه آن ${points(medianOf(values)!)} است. بالاترین امتیازها از آنِ `, `The mean total of ${count(scored.length)} organizations is ${points(mean!)} of 100, the median ${points(medianOf(values)!)}. The highest totals are those of `),
      listed(voice, scored.slice(0, 3).map(withScore)),
      say(' است و پایین‌ترین امتیاز، ', '; the lowest is that of '),
      withScore(scored.at(-1)!),
      '.',
    ],
    stages.length >= 2 && say(
      `از مرحله‌ها، «${text(STAGE_NAMES[stages[0]!])}» با میانگین ${points(means[stages[0]!]!)} بالاتر از همه و «${text(STAGE_NAMES[stages.at(-1)!])}» با میانگین ${points(means[stages.at(-1)!]!)} پایین‌تر از همه است.`,
      `Of the stages “${text(STAGE_NAMES[stages[0]!])}” has the highest mean, ${points(means[stages[0]!]!)}, and “${text(STAGE_NAMES[stages.at(-1)!])}” the lowest, ${points(means[stages.at(-1)!]!)}.`,
    ),
    ranked.length > 0 && say(
      `${count(ranked.length)} دستگاه رتبه‌بندی شده است، در ${count(bands)} گروه: ${text(BAND_SENTENCE)}.${withheld > 0 ? ` امتیاز ${count(withheld)} دستگاه داده نشد، زیرا کمتر از ${percent(data.edition.coverageFloor)} وزن آن تعیین شده است؛ به جای عدد، بازه آمده است.` : ''}`,
      `${count(ranked.length)} ${plural(ranked.length, 'organization is', 'organizations are')} ranked, in ${count(bands)} ${plural(bands, 'group', 'groups')}: ${text(BAND_SENTENCE)}.${withheld > 0 ? ` The ${plural(withheld, 'score', 'scores')} of ${count(withheld)} ${plural(withheld, 'is', 'are')} withheld, because less than ${percent(data.edition.coverageFloor)} of their weight is settled; a range stands in their place.` : ''}`,
    ),
    growthSentence(context),
    data.round?.revises && say(`این دور به جای دور «${voice.digits(data.round.revises)}» نشسته است. دلیل بازنگری: ${data.round.reason ?? '–'}`, `This round takes the place of round “${data.round.revises}”. Reason of the revision: ${data.round.reason ?? '–'}`),
  ]; // prettier-ignore
  return {
    id: 'summary',
    title: say('خلاصه', 'Summary'),
    isNumbered: false,
    blocks: [
      keyNumbers([
        [count(examined.length), say('دستگاه بررسی‌شده', 'organizations examined')],
        [count(services), say('خدمت', 'services')],
        mean === null ? null : [points(mean), say('میانگین امتیاز کل از ۱۰۰', 'mean total of 100')],
        [verdicts === 0 ? '–' : percent((verdicts - open) / verdicts), say('داوری‌های تعیین‌شده', 'of the verdicts are settled')],
      ]),
      ...paragraphs.map((paragraph) => paragraph && markup`<p>${paragraph}</p>`),
    ],
  }; // prettier-ignore
}

function growthSentence({ voice, over, growth }: RoundContext): Part {
  const { say, count, points } = voice;
  const [before, own] = over ? over.rounds.slice(-2) : [];
  const mean = meanOf([...growth.values()]);
  if (!over || !before || !own || mean === null) return null;
  const [up, down] = [1, -1].map((sign) => [...growth.values()].filter((value) => value * sign > 0).length) as [number, number];
  return [
    say(`از ${roundName(over, before)} امتیاز کل ${count(growth.size)} دستگاهی که در هر دو عدد دارند به طور میانگین ${points(Math.abs(mean))} امتیاز ${mean < 0 ? 'پایین آمده' : 'بالا رفته'} است: ${count(up)} دستگاه رشد کرده و ${count(down)} دستگاه افت.`, `Since ${roundName(over, before)} the totals of the ${count(growth.size)} organizations with a number in both ${mean < 0 ? 'fell' : 'rose'} by ${points(Math.abs(mean))} points on average: ${count(up)} rose and ${count(down)} fell.`),
    methodChanges({ voice, rounds: [before, own] }).length > 0 && say(' روش یا سنجنده میان این دو عوض شده است؛ این تفاوت را نمی‌توان یکسره تغییر خدمت‌ها دانست.', ' The method, or who applied it, changed between the two: the difference is not all of the services’ making.'),
  ];
} // prettier-ignore

// ---------------------------------------------------------------- method

function method({ voice, data }: RoundContext): Chapter {
  const { say, text, count, percent } = voice;
  const { edition, indicators, notMeasured, round } = data;
  const own = groupBy(indicators, ({ stage }) => stage);
  const unmeasured = new Set(notMeasured.map(({ id }) => id));
  return {
    id: 'method',
    title: say('روش و ویرایش', 'Method and edition'),
    isNumbered: false,
    blocks: [
      markup`<p>${say(`هر خدمت در پنج مرحله سنجیده می‌شود؛ مرحله‌ها پله‌های یک نردبان نیستند و هر یک جنبه‌ای از ارائه خدمت را می‌سنجد. در هر مرحله شاخص‌هایی است که یا درباره درگاه دستگاه است یا درباره هر خدمت. داوری از روی صفحه‌های ذخیره‌شده است و از همان‌ها بازساختنی.`, `Each service is measured in five stages, which are no rungs of a ladder: each looks at one aspect of how the service is delivered. A stage consists of indicators, of the organization’s portal or of each service. Verdicts are made from stored pages, and can be made again from them.`)}</p>`,
      tableOf(
        [{ name: say('مرحله', 'Stage'), kind: 'head', width: 18 }, { name: say('پرسش آن', 'What it asks'), kind: 'text' }, { name: say('وزن', 'Weight'), kind: 'number', width: 9 }, { name: say('شاخص‌ها', 'Indicators'), kind: 'number', width: 11 }, { name: say('سنجیده', 'Measured'), kind: 'number', width: 11 }],
        STAGES.map((stage) => {
          const all = own.get(stage) ?? [];
          return [text(STAGE_NAMES[stage]), text(STAGE_SENTENCES[stage]), percent(edition.stageWeights[stage] / 100), count(all.length), count(all.filter(({ id }) => !unmeasured.has(id)).length)];
        }),
      ),
      markup`<h3>${say('از داوری تا امتیاز', 'From verdicts to scores')}</h3>`,
      markup`<p>${say(`امتیاز خدمت، میانگین وزن‌دار مرحله‌هاست و امتیاز دستگاه میانگین ساده خدمت‌های آن. وزن مراحل از ویرایش ${edition.id} است. ${round ? `«برآورده نشده» پس از دیدن در ${count(edition.visits)} روز قطعی است.` : ''} اگر کمتر از ${percent(edition.coverageFloor)} وزن یک امتیاز تعیین شده باشد، عدد داده نمی‌شود و بازه به جای آن می‌آید.`, `A service’s score is the weighted mean of the stages, an organization’s the plain mean of its services. The weights are those of edition ${edition.id}. ${round ? `A fail is final after looks on ${count(edition.visits)} ${plural(edition.visits, 'day', 'days')}.` : ''} Where less than ${percent(edition.coverageFloor)} of a score’s weight is settled, no number is given but a range.`)}</p>`,
      tableOf(
        [{ name: say('داوری', 'Verdict'), kind: 'head', width: 22 }, { name: say('معنا', 'Meaning'), kind: 'text' }],
        VERDICTS.map((verdict) => [verdictMark(voice, verdict), text(VERDICT_SENTENCES[verdict])]),
      ),
      markup`<h3>${say('بازه‌ها', 'Intervals')}</h3>`,
      markup`<p>${say(`بازه ${percent(CERTAINTY)} امتیاز کل: `, `The ${percent(CERTAINTY)} interval of a total: `)}${text(INTERVAL_SENTENCE)} ${resamplingSentence(voice)} ${say('بازه رتبه با همین اطمینان، جای دستگاه در میان دستگاه‌های امتیازدار است. بازه‌ای که زیر امتیاز یک مرحله آمده، از آن جاست که همه داوری‌های باز منفی شود تا آن جا که همه مثبت شود.', 'The interval of a rank is, with the same certainty, the place among the organizations with a score. The range below the score of a stage goes from all open verdicts failing to all of them passing.')}</p>`,
    ],
  }; // prettier-ignore
}

// ---------------------------------------------------------------- results

function results(context: RoundContext): Chapter {
  const { voice, ranked } = context;
  const { say } = voice;
  const blocks: (Part | Plate | null)[] = [
    unranked(context),
    stageMeans(context),
    verdictTable(context),
    indicatorTable(context),
    context.over && meansPlate(context.over),
    ...growths(context),
    markup`<h3>${say('رتبه‌بندی', 'Ranking')}</h3>`,
    ranked.length === 0 ? markup`<p>${say('هیچ دستگاهی رتبه‌بندی نشده است.', 'No organization is ranked.')}</p>` : markup`<p>${say('تنها میان گروه‌ها تفاوت معنادار است.', 'Only between groups is a difference meaningful.')} ${say(`در یک گروه، ${voice.text(BAND_SENTENCE)}.`, `Within one, ${voice.text(BAND_SENTENCE)}.`)}</p>`,
    ranking(context),
    dots(context),
  ]; // prettier-ignore
  return {
    id: 'results',
    title: say('نتیجه‌ها', 'Results'),
    isNumbered: true,
    blocks: blocks.filter((block) => block !== null),
  };
}

function unranked({ voice, data }: RoundContext): Plate | null {
  const { say, text, count } = voice;
  const out = data.organizations.filter((report) => report.ranked === null);
  const shown = out.filter((report) => report.unranked !== 'not-in-audit');
  const absent = out.length - shown.length;
  const rest = absent > 0 && markup`<p class="note">${say(`${count(absent)} دستگاه دیگر دفتر ثبت در این سنجش نبود.`, `${count(absent)} more ${plural(absent, 'organization', 'organizations')} of the registry ${plural(absent, 'was', 'were')} not part of this audit.`)}</p>`; // prettier-ignore
  if (shown.length === 0) return null;
  return table(say('دستگاه‌های بیرون از رتبه‌بندی', 'Organizations not in the ranking'), [
    tableOf(
      [{ name: say('دستگاه', 'Organization'), kind: 'head', width: 42 }, { name: say('دلیل', 'Reason'), kind: 'text' }, { name: say('امتیاز درگاه', 'Portal'), kind: 'number', width: 13 }],
      shown.map((report) => [
        reportLink(voice, report),
        [text(UNRANKED_SENTENCES[report.unranked!]), report.failure !== null && markup`<span class="flag">${bdi(report.failure)}</span>`],
        report.score ? scoreCell(voice, report.score.portal) : NOTHING,
      ]),
    ),
    rest,
  ]); // prettier-ignore
}

function stageMeans({ voice, ranked }: RoundContext): Plate | null {
  const { say, text, count, points } = voice;
  if (ranked.length === 0) return null;
  const row = (name: string, values: readonly number[]): readonly Part[] => {
    const mean = meanOf(values);
    return [name, count(values.length), ...(mean === null ? [NOTHING, NOTHING, NOTHING, NOTHING] : [points(mean), points(medianOf(values)!), points(Math.min(...values)), points(Math.max(...values))])];
  }; // prettier-ignore
  const valuesOf = (pick: (report: OrganizationReport) => number | null): number[] => ranked.flatMap((report) => pick(report) ?? []); // prettier-ignore
  return table(
    say('امتیاز مراحل و امتیاز کل در همه دستگاه‌ها', 'Scores of the stages and of the total over all organizations'),
    [
      tableOf(
        [{ name: say('مرحله', 'Stage'), kind: 'head' }, { name: say('دستگاه‌ها', 'Organizations'), kind: 'number', width: 14 }, ...[say('میانگین', 'Mean'), say('میانه', 'Median'), say('کمترین', 'Lowest'), say('بیشترین', 'Highest')].map((name): Column => ({ name, kind: 'number', width: 13 }))],
        [
          ...STAGES.map((stage) => row(text(STAGE_NAMES[stage]), valuesOf(({ score }) => score!.stages[stage].score))),
          { strong: row(say('امتیاز کل', 'Total'), valuesOf(({ score }) => score!.total.score)) },
        ],
      ),
      markup`<p class="note">${say('بر دستگاه‌های رتبه‌بندی‌شده‌ای که امتیاز آن‌ها داده شده است.', 'Over the ranked organizations whose score is not withheld.')}</p>`,
    ],
  ); // prettier-ignore
}

/** Rises and falls named in a figure. */
const MOVERS = 10;

function growths({ voice, data, over, growth }: RoundContext): (Plate | null)[] {
  const before = over?.rounds.at(-2);
  if (!over || !before || growth.size === 0) return [];
  const since = roundName(over, before);
  const all = data.organizations.flatMap(({ organization }) => {
    const points = growth.get(organization.id);
    return points === undefined ? [] : [{ name: voice.text(organization.names) || organization.id, points }];
  });
  const rises = all.filter(({ points }) => points > 0).toSorted((a, b) => b.points - a.points).slice(0, MOVERS);
  const falls = all.filter(({ points }) => points < 0).toSorted((a, b) => a.points - b.points).slice(0, MOVERS);
  return [
    growthPlate(voice, 'rises', voice.say(`بیشترین رشدها از ${since}`, `Largest growths since ${since}`), rises),
    growthPlate(voice, 'falls', voice.say(`بیشترین افت‌ها از ${since}`, `Largest falls since ${since}`), falls),
  ];
} // prettier-ignore

function verdictTable({ voice, data }: RoundContext): Plate {
  const { say, count, percent } = voice;
  const total = sumOf(data.verdicts);
  return table(say('داوری‌ها', 'Verdicts'), [
    tableOf(
      [{ name: say('داوری', 'Verdict'), kind: 'head' }, { name: say('شمار', 'Count'), kind: 'number', width: 18 }, { name: say('سهم', 'Share'), kind: 'number', width: 18 }],
      [
        ...VERDICTS.map((verdict) => [verdictMark(voice, verdict), count(data.verdicts[verdict]), total === 0 ? NOTHING : percent(data.verdicts[verdict] / total)]),
        { strong: [say('همه', 'All'), count(total), ''] },
      ],
    ),
  ]); // prettier-ignore
}

function indicatorTable({ voice, data }: RoundContext): Plate | null {
  const { say, text, count } = voice;
  const unmeasured = new Set(data.notMeasured.map(({ id }) => id));
  const measured = data.indicators.filter(({ id }) => !unmeasured.has(id) && sumOf(data.verdictsOf.get(id)!) > 0);
  if (measured.length === 0) return null;
  const rows = STAGES.flatMap((stage): Row[] => {
    const own = measured.filter((indicator) => indicator.stage === stage);
    if (own.length === 0) return [];
    return [
      { band: markup`<b>${text(STAGE_NAMES[stage])}</b>` },
      ...own.map(({ id, title, scope }) => {
        const counts = data.verdictsOf.get(id)!;
        return [[text(title), scope === 'portal' && markup` <span class="aside">${say('(درگاه)', '(portal)')}</span>`], ...VERDICT_GROUPS.map((group) => count(sumOf(counts, group)))];
      }),
    ];
  });
  return table(say('داوری‌ها به تفکیک شاخص', 'Verdicts by indicator'), tableOf([{ name: say('شاخص', 'Indicator'), kind: 'head' }, ...verdictColumns(voice, 10.5)], rows));
} // prettier-ignore

function ranking({ voice, ranked }: RoundContext): Plate | null {
  const { say, count, percent } = voice;
  if (ranked.length === 0) return null;
  const rows = [...groupBy(ranked, (report) => report.ranked!.band)].flatMap(([band, members]): Row[] => [
    { band: markup`<b>${members.length === 1 ? say(`گروه ${count(band)}`, `Group ${count(band)}`) : say(`گروه ${count(band)}، ${count(members.length)} دستگاه`, `Group ${count(band)}, ${count(members.length)} organizations`)}</b>` },
    ...members.map((report) => {
      const { score, interval, ranked: own } = report;
      const places = own!.best === own!.worst ? count(own!.best) : voice.range(count(own!.best), count(own!.worst));
      return [
        own!.rank === null ? NOTHING : count(own!.rank),
        markup`<span class="aside">${places}</span>`,
        reportLink(voice, report),
        markup`<b>${shortScore(voice, score!.total)}</b>`,
        interval && markup`<span class="aside">${bdi(voice.bounds(...interval))}</span>`,
        ...STAGES.map((stage) => shortScore(voice, score!.stages[stage])),
        pageLink(sectionId(report.organization.id)),
      ];
    }),
  ]);
  const number = (name: Part, width: number): Column => ({ name, kind: 'number', width });
  return table(say('رتبه‌بندی دستگاه‌ها', 'Ranking of the organizations'), [
    tableOf(
      [number(say('رتبه', 'Rank'), 4.5), number(say('بازه رتبه', 'Its interval'), 9), { name: say('دستگاه', 'Organization'), kind: 'head' }, number(say('امتیاز کل', 'Total'), 7), number(say(`بازه ${percent(CERTAINTY)}`, `${percent(CERTAINTY)} interval`), 11.5), ...STAGES.map((stage) => number(stageHead(voice, stage), STAGE_WIDTH)), number(say('صفحه', 'Page'), 4.5)],
      rows,
      'dense',
    ),
    markup`<p class="note">${say('عددی با خط تیره میان دو سر، بازه امتیازی است که داده نشد. مرحله‌ها بی‌بازه آمده‌اند؛ بازه هر یک در بخش همان دستگاه است.', 'Two numbers instead of one are the range of a score that is withheld. Stages stand without their ranges, which are in the organization’s own section.')}</p>`,
  ]);
} // prettier-ignore

function dots({ voice, ranked }: RoundContext): Plate | null {
  if (ranked.length < 2) return null;
  const title = voice.say('امتیاز کل دستگاه‌ها با بازه آن', 'Totals of the organizations with their intervals');
  const rows = ranked.map(({ organization, score, interval, ranked: own }) => {
    const { total } = score!;
    const [low, high] = interval ?? [total.low, total.high];
    return { name: voice.text(organization.names) || organization.id, rank: own!.rank, score: total.score, range: { low, high }, band: own!.band };
  }); // prettier-ignore
  return figure(title, rankingDots(voice, { id: 'ranking', title, rows }));
}

// ---------------------------------------------------------------- limits

function limits({ voice, data }: RoundContext): Chapter | null {
  const { say, text, count, percent } = voice;
  const { notMeasured, reviews, edition } = data;
  const waiting = REVIEW_REASONS.reduce((sum, reason) => sum + reviews[reason], 0);
  if (notMeasured.length === 0 && waiting === 0) return null;
  return {
    id: 'limits',
    title: say('آنچه این عددها نمی‌گوید', 'What these numbers do not say'),
    isNumbered: true,
    blocks: [
      waiting > 0 && markup`<p>${say(`درباره ${count(waiting)} داوری باید انسانی نظر بدهد:`, `A person should look at ${count(waiting)} ${plural(waiting, 'verdict', 'verdicts')}:`)}</p>`,
      waiting > 0 && markup`<ul>${REVIEW_REASONS.map((reason) => reviews[reason] > 0 && markup`<li>${count(reviews[reason])}${say('؛ ', ': ')}${text(REVIEW_NAMES[reason])}</li>`)}</ul>`,
      notMeasured.length > 0 && markup`<p>${say(`برای ${count(notMeasured.length)} شاخص روش هنوز قاعده‌ای نیست. این شاخص‌ها در هیچ امتیازی نیستند: نه به سود دستگاهی و نه به زیان آن.`, `There is no rule yet for ${count(notMeasured.length)} ${plural(notMeasured.length, 'indicator', 'indicators')} of the method. They are part of no score, to nobody’s gain or loss.`)}</p>`,
      notMeasured.length > 0 && table(
        say('شاخص‌هایی که هنوز سنجیده نمی‌شود', 'Indicators that are not measured yet'),
        tableOf(
          [{ name: say('شاخص', 'Indicator'), kind: 'head' }, { name: say('مرحله', 'Stage'), kind: 'text', width: 20 }, { name: say('وزن در مرحله', 'Weight in the stage'), kind: 'number', width: 16 }],
          notMeasured.map(({ id, title, stage }) => [text(title), text(STAGE_NAMES[stage]), percent((edition.weights[id] ?? 0) / 100)]),
        ),
      ),
    ].filter((block) => block !== false),
  };
} // prettier-ignore

function citation({ voice, data }: RoundContext): Chapter {
  const { say, text } = voice;
  const { audit, round, registry, edition } = data;
  const what = round ? text(round.names) : say(`سنجش ${audit.id}`, `audit ${audit.id}`);
  const day = voice.day(round?.publishedAt ?? audit.finishedAt ?? audit.startedAt);
  const rows: (readonly [string, Part])[] = [
    ...(round ? [[say('دور', 'Round'), code(round.id)] as const] : []),
    [say('شناسه سنجش', 'Audit'), code(audit.id)],
    [say('ویرایش روش', 'Edition of the method'), code(edition.id)],
    [say('دفتر ثبت', 'Registry'), [code(registry.id), ' ', code(audit.registryDigest)]],
    [say('قاعده‌ها', 'Rules'), code(audit.rulesDigest)],
    ...(round?.rootHash ? [[say('ریشه زنجیره', 'Root of the chain'), code(round.rootHash)] as const] : []),
  ]; // prettier-ignore
  return {
    id: 'citing',
    title: say('چگونه به این سند ارجاع دهیم', 'How to cite this document'),
    isNumbered: false,
    blocks: [
      markup`<p class="quoted">${say(`${text(registry.country)}. ارزیابی خدمات الکترونیکی دستگاه‌ها، ${what}. سنجش با رصد، ویرایش ${edition.id}، ${day}.`, `${text(registry.country)}. Evaluation of electronic services of public bodies, ${what}. Measured with Rasad, edition ${edition.id}, ${day}.`)}</p>`,
      markup`<h3>${say('از چه ساخته شده است', 'What it was made from')}</h3>`,
      tableOf([{ name: say('چه', 'What'), kind: 'head', width: 24 }, { name: say('شناسه یا اثر انگشت (SHA-256)', 'Identifier or fingerprint (SHA-256)'), kind: 'text' }], rows.map(([term, value]) => [term, value])),
      markup`<p class="note">${say('با همین صفحه‌های ذخیره‌شده، همین قاعده‌ها و همین ویرایش، همین عددها به دست می‌آید.', 'The same stored pages, rules and edition give the same numbers.')}</p>`,
    ],
  }; // prettier-ignore
}
