/** The section of one organization of Rasad's own round: a page or two, without its single verdicts. */
import { STAGES, UNRESOLVED, type Finding, type Service } from '../../core/model.ts';
import { leavesOf, type StageScore } from '../../core/score.ts';
import { CERTAINTY } from '../../core/uncertainty.ts';
import { radarChart } from '../charts/radar.ts';
import { countVerdicts, sumOf, type OrganizationDetails, type OrganizationReport } from '../data.ts';
import { scoreBar, verdictBar } from '../figures.ts';
import { gainsOf } from '../gains.ts';
import { bdi, named, outward } from '../layout.ts';
import { markup, NONE, type Markup, type Part } from '../markup.ts';
import { differenceWords, growthText, meanOfSeveral, previousOf, radarTitle, resultsOf } from '../rounds.ts';
import {
  BAND_SENTENCE,
  COOPERATION_NAMES,
  GAIN_SENTENCE,
  PROFILE_NAMES,
  STAGE_NAMES,
  UNRANKED_SENTENCES,
} from '../words.ts';
import type { Section } from './frame.ts';
import { facts, NOTHING, sectionId, tableOf, type Column, type Row } from './pieces.ts';
import {
  rangeOf,
  shortScore,
  stageHead,
  STAGE_WIDTH,
  verdictColumns,
  VERDICT_GROUPS,
  type RoundContext,
} from './round-context.ts';
import { lineOf } from './trends.ts';

/** Indicators named under "what would raise the score most": as many as have room beside the figure, or below two. */
const GAINS = { beside: 6, below: 4 } as const;

export function organizationSection(context: RoundContext, report: OrganizationReport, { findings }: OrganizationDetails): Section {
  const { voice } = context;
  const { organization } = report;
  const other = organization.names[voice.lang === 'fa' ? 'en' : 'fa'].trim();
  return {
    id: sectionId(organization.id),
    names: organization.names,
    fallback: organization.id,
    body: [
      other !== '' && other !== voice.text(organization.names) && markup`<p class="under"><bdi lang="${voice.lang === 'fa' ? 'en' : 'fa'}">${other}</bdi></p>`,
      head(context, report),
      stages(context, report),
      figures(context, report, findings),
      verdicts(context, findings),
      services(context, report),
    ],
  };
} // prettier-ignore

/** With earlier rounds the line over them stands beside the radar, and the gains below. */
function figures(context: RoundContext, report: OrganizationReport, findings: readonly Finding[]): Markup {
  const { voice, over } = context;
  const { id, names } = report.organization;
  const line = over && lineOf(over, `${sectionId(id)}-line`, voice.text(names) || id, resultsOf(over, id));
  const shape = radar(context, report);
  if (!line) return markup`<div class="pair late">${shape}${gains(context, report, findings, GAINS.beside)}</div>`;
  return markup`<div class="pair"><div><p class="caption">${voice.say('روند در دورها', 'Development over the rounds')}</p>${line}</div>${shape}</div>
${gains(context, report, findings, GAINS.below)}`;
} // prettier-ignore

function head({ voice, data, over, pair }: RoundContext, { organization, services: all, score, interval, ranked, unranked, verdicts: counts, failure }: OrganizationReport): Markup {
  const { say, count, percent, text } = voice;
  const total = sumOf(counts);
  const open = sumOf(counts, UNRESOLVED);
  const band = ranked?.band ?? null;
  const others = band === null ? 0 : data.organizations.filter((other) => other.ranked?.band === band).length - 1;
  const before = over && previousOf(over);
  const grown = pair?.growths.find((own) => own.organization === organization.id);
  const places = ranked && (ranked.best === ranked.worst ? count(ranked.best) : voice.range(count(ranked.best), count(ranked.worst)));
  const { approved_by: by, approved_at: at } = organization.extra;
  return facts([
    { term: say('رتبه', 'Rank'), value: ranked ? (ranked.rank === null ? say('داده نشد', 'withheld') : count(ranked.rank)) : text(UNRANKED_SENTENCES[unranked!]), long: ranked === null },
    { term: say('بازه رتبه', 'Interval of the rank'), value: places },
    { term: say(`امتیاز کل، با اطمینان ${percent(CERTAINTY)}`, `Total, with ${percent(CERTAINTY)} certainty`), value: interval && bdi(voice.bounds(...interval)) },
    { term: say('امتیاز خود درگاه', 'Portal’s own score'), value: score && shortScore(voice, score.portal) },
    { term: say('خدمت‌ها', 'Services'), value: count(leavesOf(all).length) },
    { term: say('داوری‌ها', 'Verdicts'), value: total > 0 && say(`${count(total)}، ${count(open)} باز (${percent(open / total)})`, `${count(total)}, ${count(open)} open (${percent(open / total)})`) },
    { term: before ? differenceWords(over, before).since : '', value: grown && growthText(voice, grown.growth) },
    { term: say('گروه', 'Group'), value: band !== null && [count(band), others > 0 && say(`، با ${count(others)} دستگاه دیگر؛ ${BAND_SENTENCE.fa}`, `, with ${count(others)} ${others === 1 ? 'other' : 'others'}; ${BAND_SENTENCE.en}`)], long: true },
    { term: say('همکاری', 'Cooperation'), value: organization.cooperation !== 'cooperative' && [text(COOPERATION_NAMES[organization.cooperation]), by && [say('؛ به تشخیص ', ', by '), bdi(by), at && [say('، ', ', '), voice.day(at)]]], long: true },
    { term: say('درگاه', 'Portal'), value: organization.portalUrl ? outward(organization.portalUrl) : say('نشانی شناخته‌ای ندارد', 'no address is known'), long: true },
    { term: say('گزارش خطا', 'Fault'), value: failure && bdi(failure), long: true },
  ]);
} // prettier-ignore

function stages({ voice, data }: RoundContext, { score }: OrganizationReport): Markup {
  const { say, text, percent } = voice;
  if (!score) return NONE;
  const row = (name: string, own: StageScore, weight: number): readonly Part[] => [
    name,
    percent(weight / 100),
    scoreBar(voice, name, own),
    markup`<b>${shortScore(voice, own)}</b>`,
    rangeOf(voice, own),
    own.measured > 0 ? percent(own.resolved) : NOTHING,
    percent(own.measured),
  ];
  const columns: Column[] = [
    { name: say('مرحله', 'Stage'), kind: 'head', width: 16 },
    { name: say('وزن', 'Weight'), kind: 'number', width: 8 },
    { name: '', kind: 'text' },
    { name: say('امتیاز از ۱۰۰', 'Score of 100'), kind: 'number', width: 13 },
    { name: say('بازه', 'Range'), kind: 'number', width: 13 },
    { name: say('تعیین‌شده', 'Settled'), kind: 'number', width: 10 },
    { name: say('سنجیده', 'Measured'), kind: 'number', width: 10 },
  ];
  const rows = STAGES.map((stage) => row(text(STAGE_NAMES[stage]), score.stages[stage], data.edition.stageWeights[stage])); // prettier-ignore
  return markup`<h4>${say('امتیاز مراحل', 'Scores of the stages')}</h4>${tableOf(columns, [...rows, { strong: row(say('امتیاز کل', 'Total'), score.total, 100) }])}`; // prettier-ignore
}

function radar({ voice, means }: RoundContext, { organization, score }: OrganizationReport): Markup {
  const { say, text } = voice;
  if (!score) return NONE;
  const name = text(organization.names) || organization.id;
  const axes = STAGES.map((stage) => {
    const { score: own, low, high, measured } = score.stages[stage];
    return {
      name: text(STAGE_NAMES[stage]),
      own,
      range: measured > 0 ? { low, high } : null,
      mean: meanOfSeveral(means[stage]),
    };
  });
  const drawing = radarChart(voice, {
    id: `${sectionId(organization.id)}-radar`,
    title: radarTitle(voice, name, axes),
    axes,
    names: { own: say('این دستگاه', 'this organization'), mean: say('میانگین همه', 'mean of all') },
  });
  return markup`<div><p class="caption">${axes.some(({ mean }) => mean !== null) ? say('مراحل در برابر میانگین همه', 'The stages against the mean of all') : say('مراحل', 'The stages')}</p>${drawing}</div>`; // prettier-ignore
}

function gains({ voice, data }: RoundContext, report: OrganizationReport, findings: readonly Finding[], most: number): Markup {
  const { say, count, points, text } = voice;
  const own = gainsOf(report, findings, data).slice(0, most);
  if (own.length === 0) return NONE;
  const known = new Map(data.indicators.map((indicator) => [indicator.id, indicator]));
  const items = own.map(({ indicator, points: gain, fails, partials }) => {
    const info = known.get(indicator);
    const counted = [fails > 0 && say(`${count(fails)} برآورده نشده`, `${count(fails)} fail`), partials > 0 && say(`${count(partials)} تا حدی`, `${count(partials)} partial`)].filter((part) => part !== false).join(say('، ', ', '));
    return markup`<li>${info ? text(info.title) : indicator} <b><bdi dir="ltr">+${points(gain)}</bdi></b> <span class="aside">${info && [text(STAGE_NAMES[info.stage]), say('؛ ', '; ')]}${info?.scope === 'portal' ? say('درگاه', 'portal') : counted}</span></li>`;
  });
  return markup`<div class="block"><p class="caption">${say('چه چیزی امتیاز را بیش از همه بالا می‌برد', 'What would raise the score most')}</p><ol class="gains" lang="${voice.lang}">${items}</ol><p class="note">${text(GAIN_SENTENCE)}</p></div>`;
} // prettier-ignore

// ---------------------------------------------------------------- verdicts

function verdicts({ voice, data }: RoundContext, findings: readonly Finding[]): Markup {
  const { say, text, count } = voice;
  if (findings.length === 0) return NONE;
  const stageOf = new Map(data.indicators.map(({ id, stage }) => [id, stage]));
  const cells = (own: readonly Finding[]): Part[] => {
    const counts = countVerdicts(own);
    return [verdictBar(voice, counts, say('داوری‌ها', 'Verdicts')), ...VERDICT_GROUPS.map((group) => count(sumOf(counts, group)))];
  };
  const rows = STAGES.flatMap((stage): Row[] => {
    const own = findings.filter(({ rule }) => stageOf.get(rule) === stage);
    return own.length === 0 ? [] : [[text(STAGE_NAMES[stage]), ...cells(own)]];
  });
  const columns: Column[] = [{ name: say('مرحله', 'Stage'), kind: 'head', width: 16 }, { name: '', kind: 'text' }, ...verdictColumns(voice, 10.5)];
  return markup`<h4>${say('شمار داوری‌ها', 'Counts of verdicts')}</h4><div class="whole">${tableOf(columns, [...rows, { strong: [say('همه', 'All'), ...cells(findings)] }])}</div>`;
} // prettier-ignore

// ---------------------------------------------------------------- services

function services({ voice }: RoundContext, { services: all, score }: OrganizationReport): Markup {
  const { say, text, count, percent } = voice;
  const leaves = leavesOf(all);
  if (leaves.length === 0) return markup`<p class="note">${say('این دستگاه در دفتر ثبت خدمتی ندارد؛ تنها درگاه آن داوری شده است.', 'The registry has no services of this organization; only its portal was judged.')}</p>`;
  const numbers = new Map(leaves.map(({ id }, at) => [id, at + 1]));
  const scores = new Map(score?.services.map((own) => [own.service, own]));
  const rows = all.map((service): Row => {
    const number = numbers.get(service.id);
    if (number === undefined) return { band: markup`<b>${named(voice, service.titles, service.id)}</b>` };
    const own = scores.get(service.id);
    return [
      count(number),
      [named(voice, service.titles, service.id), flags(service)],
      markup`<b>${shortScore(voice, own?.total ?? null)}</b>`,
      rangeOf(voice, own?.total ?? null),
      ...STAGES.map((stage) => shortScore(voice, own?.stages[stage] ?? null)),
      own ? percent(own.total.resolved) : NOTHING,
    ];
  });
  const number = (name: string, width: number): Column => ({ name, kind: 'number', width });
  const columns = [number(say('ردیف', 'No.'), 4), { name: say('خدمت', 'Service'), kind: 'head' } as const, number(say('امتیاز کل', 'Total'), 7), number(say('بازه', 'Range'), 11.5), ...STAGES.map((stage) => number(stageHead(voice, stage), STAGE_WIDTH)), number(say('تعیین‌شده', 'Settled'), 7.5)];
  return markup`<h4>${say('خدمت‌ها', 'Services')}</h4>${tableOf(columns, rows, 'dense')}`;

  function flags({ code: number, profile }: Service): Markup {
    const names = profile.map((flag) => text(PROFILE_NAMES[flag])).join(say('، ', ', '));
    return number || names ? markup`<span class="flag">${number && [say('شناسه ', 'code '), bdi(voice.digits(number))]}${number && names && ' · '}${names}</span>` : NONE;
  }
} // prettier-ignore
