/** The front page: what was done, what came of it, and what cannot be said. */
import { REVIEW_REASONS } from '../core/review.ts';
import { STAGES, UNRESOLVED, VERDICTS } from '../core/model.ts';
import { leavesOf, type StageScore } from '../core/score.ts';
import { CERTAINTY, type Interval } from '../core/uncertainty.ts';
import { groupBy, sumOf, type OrganizationReport, type ReportData } from './data.ts';
import { intervalPlot, verdictMark } from './figures.ts';
import { roundsOnFrontPage } from './history-sections.ts';
import { anchorOf, bdi, code, entry, longEntry, momentOf, named, organizationPath, page, scoreCell, type PageContext, type ReportFile } from './layout.ts'; // prettier-ignore
import { markup, NONE, type Markup } from './markup.ts';
import { plural, type Voice } from './voice.ts';
import { BAND_SENTENCE, COOPERATION_NAMES, INTERVAL_SENTENCE, REVIEW_NAMES, ROUND_STATE_NAMES, STAGE_NAMES, UNRANKED_SENTENCES, VERDICT_SENTENCES } from './words.ts'; // prettier-ignore

export function indexPage(context: PageContext): ReportFile {
  const { data, voice } = context;
  const { say } = voice;
  const title = say(
    `سنجش خدمات الکترونیکی ${voice.text(data.registry.country)}`,
    `Electronic services of ${voice.text(data.registry.country)}`,
  );
  return page(context, {
    path: 'index.html',
    title,
    script: true,
    main: markup`<h1>${title}</h1>
${summary(context)}
${head(context)}
${ranking(context)}
${unranked(context)}
${roundsOnFrontPage(data, voice)}
${verdicts(context)}
${notMeasured(context)}`,
  });
}

function head({ data: { audit, round, edition, registry }, voice }: PageContext): Markup {
  const { say } = voice;
  return markup`<dl class="facts head">
${entry(say('دور', 'Round'), round && [bdi(voice.text(round.names)), ' ', code(round.id), ' · ', voice.text(ROUND_STATE_NAMES[round.state]), round.publishedAt ? [' ', momentOf(voice, round.publishedAt)] : ''])}
${entry(say('بازنگری', 'Revision'), round?.revises && [say('به جای ', 'in the place of '), code(round.revises), ': ', bdi(round.reason ?? '')])}
${longEntry(say('ریشه زنجیره', 'Root of the chain'), round?.rootHash && code(round.rootHash))}
${entry(say('شناسه سنجش', 'Audit'), code(audit.id))}
${entry(say('آغاز', 'Begun'), momentOf(voice, audit.startedAt))}
${entry(say('پایان', 'Finished'), audit.finishedAt ? momentOf(voice, audit.finishedAt) : say('هنوز پایان نیافته است', 'not finished yet'))}
${entry(say('ویرایش روش', 'Edition of the method'), code(edition.id))}
${entry(say('دفعات دیدن', 'Looks'), round ? say(`در چند روز؛ «برآورده‌نشده» پس از دیدن در ${voice.count(edition.visits)} روز قطعی است`, `on several days; a fail is final after ${voice.count(edition.visits)} of them`) : say(`یک بار، به درخواست؛ در دورهای ارزیابی، این ویرایش برای قطعی شدن «برآورده‌نشده» دیدن در ${voice.count(edition.visits)} روز می‌خواهد`, `one, on demand; in rounds this edition asks for looks on ${voice.count(edition.visits)} days before a fail is final`))}
${entry(say('دفتر ثبت', 'Registry'), code(registry.id), ' ', code(audit.registryDigest.slice(0, 12)))}
${entry(say('نسخه قاعده‌ها', 'Rules'), code(audit.rulesDigest.slice(0, 12)))}
</dl>`;
}

/** Two honest paragraphs: what there is, and what it does not say. */
function summary({ data, voice }: PageContext): Markup {
  const { say, count, percent } = voice;
  const examined = data.organizations.filter(({ score }) => score !== null);
  const services = examined.reduce((total, report) => total + leavesOf(report.services).length, 0);
  const withheld = data.organizations.filter(({ ranked }) => ranked?.rank === null).length;
  const placed = data.organizations.filter(({ ranked }) => ranked?.band != null);
  const total = sumOf(data.verdicts);
  const open = sumOf(data.verdicts, UNRESOLVED);
  const measured = data.indicators.length - data.notMeasured.length;
  const floor = percent(data.edition.coverageFloor);
  const tied = placed.length - groupBy(placed, (report) => report.ranked!.band).size;
  const openShare = total === 0 ? 0 : open / total;
  return markup`<p class="lead">${say(
    `در این سنجش ${count(examined.length)} دستگاه با ${count(services)} خدمت بررسی شد. از ${count(total)} داوری، ${count(total - open)} داوری تعیین شده و ${count(open)} داوری (${percent(openShare)}) باز مانده است: آنچه نتوانستیم ببینیم یا داوری انسان می‌خواهد، صفر به شمار نمی‌آید و بازه امتیاز را پهن‌تر می‌کند.`,
    `In this audit ${count(examined.length)} ${plural(examined.length, 'organization', 'organizations')} with ${count(services)} ${plural(services, 'service', 'services')} ${plural(examined.length, 'was', 'were')} examined. Of ${count(total)} verdicts ${count(total - open)} are settled and ${count(open)} (${percent(openShare)}) are open: what we could not see, or what a person has to decide, is not counted as zero but widens the range of a score.`,
  )}</p>
<p class="lead">${say(
    `${measured === data.indicators.length ? `همه ${count(measured)} شاخص روش سنجیده شده است.` : `از ${count(data.indicators.length)} شاخص روش، ${count(measured)} شاخص سنجیده شده است و ${count(data.notMeasured.length)} شاخص دیگر در هیچ امتیازی نیست.`} ${withheld > 0 ? `امتیاز ${count(withheld)} دستگاه داده نشد، زیرا کمتر از ${floor} وزن آن تعیین شده است؛ به‌جای عدد، بازه آمده است. ` : ''}${tied > 0 ? `${BAND_SENTENCE.fa}، هرچند رتبه‌هایشان متفاوت باشد.` : ''}`,
    `${measured === data.indicators.length ? `All ${count(measured)} indicators of the method are measured.` : `Of the method’s ${count(data.indicators.length)} indicators ${count(measured)} are measured; the other ${count(data.notMeasured.length)} are in no score.`} ${withheld > 0 ? `The ${plural(withheld, 'score', 'scores')} of ${count(withheld)} ${plural(withheld, 'organization is', 'organizations are')} withheld, because less than ${floor} of the weight is settled; a range stands in its place. ` : ''}${tied > 0 ? `Whatever the ranks, ${BAND_SENTENCE.en}.` : ''}`,
  )}</p>`;
}

// ---------------------------------------------------------------- ranking

function ranking({ data, voice }: PageContext): Markup {
  const { say } = voice;
  const ranked = data.organizations.filter((report) => report.ranked !== null);
  if (ranked.length === 0) {
    return markup`<section aria-labelledby="ranking"><h2 id="ranking">${say('رتبه‌بندی', 'Ranking')}</h2><p>${say('هیچ دستگاهی رتبه‌بندی نشده است.', 'No organization is ranked.')}</p></section>`;
  }
  const bands = [...groupBy(ranked, (report) => report.ranked!.band)];
  const head = (name: string, sort: 'ascending' | 'descending', className = 'n'): Markup =>
    markup`<th scope="col" role="columnheader" class="${className}" data-sort="${sort}">${name}</th>`;
  return markup`<section aria-labelledby="ranking"><h2 id="ranking">${say('رتبه‌بندی', 'Ranking')}</h2>
<search class="filter" hidden><label for="find">${say('یافتن دستگاه', 'Find an organization')}</label><input id="find" type="search" autocomplete="off"> <span role="status" class="aside"></span></search>
<div class="scroll"><table class="ranking cards" role="table"><caption>${say('رتبه، بازه رتبه، امتیاز کل و امتیاز پنج مرحله، از ۱۰۰. بازه زیر هر امتیاز: اگر همه داوری‌های باز منفی شود تا اگر همه مثبت شود. زیر امتیاز کل، بازه ۹۵ درصدی آن هم آمده است.', 'Rank, its interval, total and the scores of the five stages, of 100. Below a score its range: from all open verdicts failing to all of them passing. Below a total also its interval at 95%.')}</caption>
<thead role="rowgroup"><tr role="row">${head(say('رتبه', 'Rank'), 'ascending')}${head(say('بازه رتبه', 'Interval'), 'ascending')}${head(say('دستگاه', 'Organization'), 'ascending', 'name')}${head(say('امتیاز کل', 'Total'), 'descending')}<td role="cell"></td>${STAGES.map((stage) => head(voice.text(STAGE_NAMES[stage]), 'descending'))}${head(say('تعیین‌شده', 'Settled'), 'descending')}</tr></thead>
${bands.map(([band, members]) => markup`<tbody role="rowgroup">${bandRow(voice, band, members)}${members.map((report) => rankingRow(voice, report))}</tbody>`)}
</table></div>
<p class="legend">${voice.percent(CERTAINTY)}: ${voice.text(INTERVAL_SENTENCE)} ${say('بازه رتبه با همین اطمینان، جای دستگاه در میان دستگاه‌های امتیازدار است.', 'The interval of a rank is, with the same certainty, the place among the organizations with a score.')}</p>
<p class="legend">${say('عدد، امتیاز است و بازه‌ای با خط‌چین، امتیازی که داده نشد.', 'A number is a score; a range with a dashed line is a score that is withheld.')} ${say('خط‌های پررنگ، گروه‌ها را از هم جدا می‌کند: تنها میان گروه‌ها تفاوت معنادار است.', 'Heavy lines separate the groups: only between groups is a difference meaningful.')}</p></section>`;
}

function bandRow({ say, count }: Voice, band: number | null, members: readonly OrganizationReport[]): Markup {
  if (band !== null && members.length === 1) return NONE;
  return markup`<tr class="band" role="row"><th scope="rowgroup" role="rowheader" colspan="${6 + STAGES.length}">${band === null ? say('بی‌گروه: امتیاز داده نشد', 'In no group: the score is withheld') : say(`گروه ${count(band)}: این ${count(members.length)} دستگاه را نمی‌توان از نخستین آن‌ها متمایز دانست`, `Group ${count(band)}: these ${count(members.length)} cannot be told apart from the first of them`)}</th></tr>`;
}

function rankingRow(voice: Voice, { organization, score, interval, ranked }: OrganizationReport): Markup {
  const { say, count } = voice;
  const { total, stages } = score!;
  const { rank, best, worst } = ranked!;
  const drawn = interval ? { ...total, low: interval[0], high: interval[1] } : total;
  const sortable = (value: number | null): string => (value === null ? '' : value.toFixed(6));
  const places = best === worst ? count(best) : voice.range(count(best), count(worst));
  return markup`<tr role="row">
<td class="n rank" role="cell" data-label="${say('رتبه', 'Rank')}" data-value="${rank ?? ''}">${rank === null ? markup`<span class="none">–<span class="hidden"> ${say('بی‌رتبه', 'no rank')}</span></span>` : bdi(count(rank))}</td>
<td class="n" role="cell" data-label="${say('بازه رتبه', 'Interval')}" data-value="${best}">${bdi(places)}</td>
<th scope="row" role="rowheader" class="name" data-value="${voice.text(organization.names)}"><a href="${organizationPath(organization.id)}">${named(voice, organization.names, organization.id)}</a>${organization.cooperation !== 'cooperative' && markup`<span class="flag">${voice.text(COOPERATION_NAMES[organization.cooperation])}</span>`}</th>
<td class="n total late" role="cell" data-label="${say('امتیاز کل', 'Total')}" data-value="${sortable(total.score)}">${totalCell(voice, total, interval)}</td>
<td class="graph" role="cell">${intervalPlot(voice, drawn)}</td>
${STAGES.map((stage) => markup`<td class="n late" role="cell" data-label="${voice.text(STAGE_NAMES[stage])}" data-value="${sortable(stages[stage].score)}">${scoreCell(voice, stages[stage])}</td>`)}
<td class="n" role="cell" data-label="${say('تعیین‌شده', 'Settled')}" data-value="${sortable(total.resolved)}">${voice.percent(total.resolved)}</td>
</tr>`;
}

/** The total as any score, with where it lies by the errors of the rules as well. */
function totalCell(voice: Voice, total: StageScore, interval: Interval | null): Markup {
  return markup`${scoreCell(voice, total)}${interval && markup` <span class="range">${voice.percent(CERTAINTY)}: ${bdi(voice.bounds(...interval))}</span>`}`;
}

/** Long lists of organizations that nobody asked for say nothing; they are counted. */
const LISTED = 40;

function unranked({ data, voice }: PageContext): Markup {
  const { say, count } = voice;
  const out = data.organizations.filter((report) => report.ranked === null);
  if (out.length === 0) return NONE;
  const absent = out.filter((report) => report.unranked === 'not-in-audit');
  const shown = [...out.filter((report) => report.unranked !== 'not-in-audit'), ...absent.slice(0, LISTED)];
  const row = ({ organization, score, unranked: reason, failure }: OrganizationReport): Markup =>
    markup`<tr><th scope="row">${score ? markup`<a href="${organizationPath(organization.id)}">${named(voice, organization.names, organization.id)}</a>` : named(voice, organization.names, organization.id)}</th><td>${voice.text(UNRANKED_SENTENCES[reason!])}${failure && markup` <span class="aside">${bdi(failure)}</span>`}</td><td class="n">${score ? scoreCell(voice, score.portal) : '–'}</td></tr>`;
  return markup`<section aria-labelledby="unranked"><h2 id="unranked">${say('بیرون از رتبه‌بندی', 'Not in the ranking')}</h2>
<div class="scroll"><table><caption>${say('دستگاه‌هایی که رتبه ندارند، با دلیل. امتیاز درگاه، اگر سنجیده شده باشد، جداگانه آمده و در رتبه اثری ندارد.', 'Organizations without a rank, and why. The score of a portal, where there is one, is given by itself and has no part in a ranking.')}</caption>
<thead><tr><th scope="col">${say('دستگاه', 'Organization')}</th><th scope="col">${say('دلیل', 'Reason')}</th><th scope="col" class="n">${say('امتیاز درگاه', 'Portal')}</th></tr></thead><tbody>${shown.map(row)}</tbody></table></div>
${shown.length < out.length && markup`<p class="note">${say(`و ${count(out.length - shown.length)} دستگاه دیگر که در این سنجش نبود.`, `And ${count(out.length - shown.length)} more that were not part of this audit.`)}</p>`}</section>`;
}

// ---------------------------------------------------------------- verdicts and what is missing

function verdicts({ data, voice }: PageContext): Markup {
  const { say, count } = voice;
  const total = sumOf(data.verdicts);
  return markup`<section aria-labelledby="verdicts"><h2 id="verdicts">${say('داوری‌ها', 'Verdicts')}</h2>
<table><caption>${say(`${count(total)} داوری، هر شاخص درباره هر خدمت یا درگاه یکی`, `${count(total)} verdicts, one for each indicator on each service or portal`)}</caption>
<thead><tr><th scope="col">${say('داوری', 'Verdict')}</th><th scope="col" class="n">${say('شمار', 'Count')}</th><th scope="col" class="n">${say('سهم', 'Share')}</th><th scope="col">${say('معنا', 'Meaning')}</th></tr></thead>
<tbody>${VERDICTS.map((verdict) => markup`<tr><th scope="row">${verdictMark(voice, verdict)}</th><td class="n">${count(data.verdicts[verdict])}</td><td class="n">${total === 0 ? '–' : voice.percent(data.verdicts[verdict] / total)}</td><td>${voice.text(VERDICT_SENTENCES[verdict])}</td></tr>`)}</tbody></table>${forReview({ data, voice })}</section>`;
}

/** How many verdicts a person should look at before they are published, or did not before they were. */
function forReview({ data, voice }: Pick<PageContext, 'data' | 'voice'>): Markup {
  const { say, count } = voice;
  const total = REVIEW_REASONS.reduce((sum, reason) => sum + data.reviews[reason], 0);
  if (total === 0) return NONE;
  const sentence =
    data.round?.state === 'published'
      ? say(`${count(total)} داوری که باید انسان می‌دید، بی آن منتشر شده است:`, `Published without the look of a person that they ask for: ${count(total)} ${plural(total, 'verdict', 'verdicts')}`)
      : say(`پیش از انتشار، ${count(total)} داوری را باید انسان ببیند:`, `Before publication a person should look at ${count(total)} ${plural(total, 'verdict', 'verdicts')}:`); // prettier-ignore
  return markup`<p class="text">${sentence}</p>
<ul>${REVIEW_REASONS.map((reason) => markup`<li>${count(data.reviews[reason])} · ${voice.text(REVIEW_NAMES[reason])}</li>`)}</ul>`;
}

function notMeasured({ data, voice }: PageContext): Markup {
  const { say, count } = voice;
  if (data.notMeasured.length === 0) return NONE;
  return markup`<section aria-labelledby="not-measured"><h2 id="not-measured">${say('شاخص‌هایی که هنوز سنجیده نمی‌شود', 'Indicators that are not measured yet')}</h2>
<p class="text">${say(`برای ${count(data.notMeasured.length)} شاخص روش هنوز قاعده‌ای نیست. این شاخص‌ها در هیچ امتیازی نیستند: نه به سود دستگاهی و نه به زیان آن.`, `There is no rule yet for ${count(data.notMeasured.length)} indicators of the method. They are part of no score, to nobody’s gain or loss.`)}</p>
<ul class="columns">${data.notMeasured.map((indicator) => markup`<li><a href="indicators.html#${anchorOf(indicator.id)}">${voice.text(indicator.title)}</a> <span class="aside">${voice.text(STAGE_NAMES[indicator.stage])}${weightOf(data, indicator.id) > 0 && say(`، وزن ${count(weightOf(data, indicator.id))}`, `, weight ${count(weightOf(data, indicator.id))}`)}</span></li>`)}</ul></section>`;
}

const weightOf = ({ edition }: ReportData, indicator: string): number => edition.weights[indicator] ?? 0;
