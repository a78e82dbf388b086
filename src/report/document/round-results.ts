/** Tables, figures and the ranking of a round of Rasad's own. */
import { meanOf, medianOf } from '../../core/history.ts';
import { STAGES, VERDICTS } from '../../core/model.ts';
import { CERTAINTY } from '../../core/uncertainty.ts';
import { rankingDots } from '../charts/dots.ts';
import { groupBy, sumOf, type OrganizationReport } from '../data.ts';
import { verdictMark } from '../figures.ts';
import { bdi, scoreCell } from '../layout.ts';
import { markup, type Part } from '../markup.ts';
import { differenceWords, previousOf } from '../rounds.ts';
import { plural } from '../voice.ts';
import { BAND_SENTENCE, STAGE_NAMES, UNRANKED_SENTENCES } from '../words.ts';
import { figure, pageLink, table, type Chapter, type Plate } from './frame.ts';
import { NOTHING, sectionId, tableOf, type Column, type Row } from './pieces.ts';
import { reportLink, shortScore, stageHead, STAGE_WIDTH, verdictColumns, VERDICT_GROUPS, type RoundContext } from './round-context.ts'; // prettier-ignore
import { growthPlate, meansPlate } from './trends.ts';

export function resultsChapter(context: RoundContext): Chapter {
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

function unranked({ voice, data }: RoundContext): Part | Plate {
  const { say, text, count } = voice;
  const out = data.organizations.filter((report) => report.ranked === null);
  const shown = out.filter((report) => report.unranked !== 'not-in-audit');
  const absent = out.length - shown.length;
  const rest = absent > 0 && markup`<p class="note">${say(`${count(absent)} دستگاه دیگر دفتر ثبت در این سنجش نبود.`, `${count(absent)} more ${plural(absent, 'organization', 'organizations')} of the registry ${plural(absent, 'was', 'were')} not part of this audit.`)}</p>`; // prettier-ignore
  if (shown.length === 0) return rest || null;
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

function growths({ voice, data, over, pair }: RoundContext): (Plate | null)[] {
  const before = over && previousOf(over);
  if (!before || !pair) return [];
  const words = differenceWords(over, before);
  const names = new Map(data.organizations.map(({ organization }) => [organization.id, organization.names]));
  const all = pair.growths.map(({ organization, growth }) => ({ name: voice.text(names.get(organization)!) || organization, points: growth }));
  const rises = all.filter(({ points }) => points > 0).toSorted((a, b) => b.points - a.points).slice(0, MOVERS);
  const falls = all.filter(({ points }) => points < 0).toSorted((a, b) => a.points - b.points).slice(0, MOVERS);
  return [
    growthPlate(voice, 'rises', words.rises, rises),
    growthPlate(voice, 'falls', words.falls, falls),
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
    { band: markup`<b>${band === null ? say('بی‌گروه: امتیاز داده نشد', 'In no group: the score is withheld') : members.length === 1 ? say(`گروه ${count(band)}`, `Group ${count(band)}`) : say(`گروه ${count(band)}، ${count(members.length)} دستگاه`, `Group ${count(band)}, ${count(members.length)} organizations`)}</b>` },
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
    markup`<p class="note">${say('دو عدد به جای یکی، بازه امتیازی است که داده نشد. مرحله‌ها بی‌بازه آمده‌اند؛ بازه هر یک در بخش همان دستگاه است.', 'Two numbers instead of one are the range of a score that is withheld. Stages stand without their ranges, which are in the organization’s own section.')}</p>`,
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
