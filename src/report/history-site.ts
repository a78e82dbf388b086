/**
 * The site of a round that others published before Rasad: its tables and figures as pages, every number with how far
 * it can be trusted. Nothing is scored again; whatever a sentence says is computed from the data.
 */
import {
  meanOf,
  medianOf,
  publishedTotal,
  scoresOf,
  type HistoricResult,
  type HistoricRound,
} from '../core/history.ts';
import { STAGES } from '../core/model.ts';
import { signedPoints } from './charts/chart.ts';
import { ABSENCE_SENTENCES, contents, differenceOf, growthCell, linked, nameOf, section, siteOf, type Site } from './history-context.ts'; // prettier-ignore
import { historyTitle, type HistoryInput } from './history-data.ts';
import { methodPage } from './history-method.ts';
import { organizationPage } from './history-organization.ts';
import { averages, cardTable, growthBars, NO_NUMBER, notesOf, plainBar, roundHead, sortable, type Notes } from './history-sections.ts'; // prettier-ignore
import { assets } from './html.ts';
import { bdi, framed, named, sentence, type ReportFile } from './layout.ts';
import { markup, NONE, type Markup, type Part } from './markup.ts';
import { columnName, countsOf, growthText, inText, lastOf, pairOf, previousOf, resultsOf, roundName } from './rounds.ts'; // prettier-ignore
import { listed, plural, voiceOf, type Lang } from './voice.ts';
import { COOPERATION_NAMES, STAGE_NAMES } from './words.ts';

/**
 * Every file of the site, one at a time; paths are relative and unique. Rejects with a UserError when the history has
 * no such round.
 */
export async function* renderHistorySite(input: HistoryInput, { lang }: { readonly lang: Lang }): AsyncGenerator<ReportFile> {
  const site = siteOf(input, voiceOf(lang, input.registry.calendar));
  yield* assets();
  yield frontPage(site);
  yield methodPage(site);
  for (const organization of input.registry.organizations) {
    if (site.pages.has(organization.id)) yield organizationPage(site, organization);
  }
} // prettier-ignore

// ---------------------------------------------------------------- front page

function frontPage(site: Site): ReportFile {
  const { voice } = site;
  const { say } = voice;
  const notes = notesOf(voice, 'note');
  const title = historyTitle(site);
  // in the order of the page, so that notes are numbered as they are met
  const sections: readonly (readonly [id: string, name: string, content: Markup])[] = [
    ['growth', say('بیشترین رشدها', 'The largest growths'), growthSection(site, notes)],
    ['averages', say('میانگین‌ها در گذر نوبت‌ها', 'Means over the rounds'), site.rounds.length > 1 ? averages(site) : NONE],
    ['absent', say('دستگاه‌هایی که مانند دیگران همکاری نکردند', 'Who did not take part like the others'), absentSection(site)],
    ['new', say('دستگاه‌های تازه', 'New organizations'), newcomersSection(site, notes)],
    ['counts', say('شمار خدمت‌ها و دستگاه‌ها', 'Counts of services and organizations'), countsSection(site)],
    ['ranking', say('رتبه‌بندی', 'Ranking'), rankingSection(site, notes)],
  ];
  const shown = sections.filter(([, , content]) => content !== NONE);
  const reasons = notes.list();
  return framed(site.frame, {
    path: 'index.html',
    title,
    script: true,
    main: markup`<h1>${title}</h1>
${section('summary', say('خلاصه', 'Summary'), summary(site).map((paragraph) => markup`<p class="lead">${paragraph}</p>`))}
${contents(voice, [...shown, ...(reasons === NONE ? [] : [['notes', say('یادداشت‌ها', 'Notes')] as const])].map(([id, name]) => [id, name]))}
${shown.map(([id, name, content]) => section(id, name, content))}
${reasons !== NONE && section('notes', say('یادداشت‌ها', 'Notes'), reasons)}`,
  });
} // prettier-ignore

/** What there is, what came of it, what changed in the method, and how far the numbers can be trusted. */
function summary(site: Site): string[] {
  return [whatThereIs(site), whatGrew(site), whatChanged(site), whatToTrust(site)].filter((paragraph) => paragraph !== ''); // prettier-ignore
}

function whatThereIs(site: Site): string {
  const { voice, order } = site;
  const { say, count, points } = voice;
  const [round, before] = [lastOf(site), previousOf(site)];
  const name = roundName(site, round);
  const out: string[] = [];
  if (round.counts) {
    const { organizations, services } = round.counts;
    const then = before?.counts;
    out.push(say(
      `در ${name}، ${voice.text(round.names)}، ${count(organizations)} دستگاه با ${count(services)} خدمت و زیرخدمت ارزیابی شد${then ? ` (${inText(site, before!)}: ${count(then.organizations)} دستگاه، ${count(then.services)} خدمت و زیرخدمت)` : ''}.`,
      `In ${inText(site, round)}, ${voice.text(round.names)}, ${count(organizations)} organizations with ${count(services)} services and sub-services were evaluated${then ? ` (${inText(site, before!)}: ${count(then.organizations)} organizations, ${count(then.services)} services and sub-services)` : ''}.`,
    ));
  }
  const totals = order.map((result) => publishedTotal(result).value).filter((value) => value !== null).toSorted((a, b) => a - b);
  const best = order.toSorted((a, b) => (publishedTotal(b).value ?? -1) - (publishedTotal(a).value ?? -1))[0];
  if (best && totals.length > 1) {
    const [mean, median] = [points(meanOf(totals)!), points(medianOf(totals)!)];
    const [lowest, highest] = [points(totals[0]!), points(totals.at(-1)!)];
    out.push(say(
      `میانگین امتیاز کل ${count(totals.length)} دستگاه ${mean} از ۱۰۰ و میانه آن ${median} است. امتیازها از ${lowest} تا ${highest} می‌رسد و بالاترین از آنِ ${nameOf(site, best.organization)} است.`,
      `The mean total of ${count(totals.length)} organizations is ${mean} of 100, the median ${median}. Totals go from ${lowest} to ${highest}; the highest is that of ${nameOf(site, best.organization)}.`,
    ));
  }
  const newest = new Set(round.newcomers);
  const leaders = order.filter(({ organization }) => newest.has(organization)).slice(0, 3).map(({ organization }) => nameOf(site, organization));
  if (leaders.length === 3)
    out.push(say(`${count(newest.size)} دستگاه تازه بود؛ ${listed(voice, leaders).join('')} در میان آن‌ها بالاترین امتیاز کل را دارند.`, `${count(newest.size)} organizations were new; ${listed(voice, leaders).join('')} have the highest totals among them.`));
  return out.join(' ');
} // prettier-ignore

function whatGrew(site: Site): string {
  const { voice } = site;
  const { say, count, points } = voice;
  const [round, before, pair] = [lastOf(site), previousOf(site), pairOf(site)];
  if (!before || !pair) return '';
  const then = inText(site, before);
  const stages = pair.stages.map(({ stage, growth }) => `${columnName(voice, stage)} ${signedPoints(voice, growth)}`);
  const [largest] = round.growths;
  return [
    say(
      `${count(pair.growths.length)} دستگاه در ${then} نیز امتیاز کل دارند: ${count(pair.rose)} دستگاه بالاتر رفت و ${count(pair.fell)} دستگاه پایین‌تر آمد، و میانگین همین دستگاه‌ها از ${points(pair.from)} به ${points(pair.to)} رسید (${signedPoints(voice, pair.to - pair.from)}).`,
      `${count(pair.growths.length)} ${plural(pair.growths.length, 'organization has', 'organizations have')} a total in ${then} as well: ${count(pair.rose)} rose and ${count(pair.fell)} fell, and their mean went from ${points(pair.from)} to ${points(pair.to)} (${signedPoints(voice, pair.to - pair.from)}).`,
    ),
    stages.length > 0 ? say(`میانگین مرحله‌ها، هر کدام در دستگاه‌هایی که هر دو عدد را دارند: ${stages.join('، ')}.`, `Means of the stages, each over the organizations with both numbers: ${stages.join(', ')}.`) : '',
    largest ? say(`بیشترین رشدی که منتشر شده از آنِ ${nameOf(site, largest.organization)} است: ${signedPoints(voice, largest.growth)} امتیاز.`, `The largest growth that was published is that of ${nameOf(site, largest.organization)}: ${signedPoints(voice, largest.growth)} points.`) : '',
  ].filter(Boolean).join(' ');
} // prettier-ignore

/** The difference of the editions of the last two rounds, where both are known. */
function whatChanged(site: Site): string {
  const [before, round] = [previousOf(site), lastOf(site)];
  return before ? differenceOf(site, before, round) : '';
}

function whatToTrust(site: Site): string {
  const { voice, order } = site;
  const { say, count } = voice;
  const { corrected, unreliable, printed } = countsOf(site.rounds.flatMap(({ results }) => results.flatMap(scoresOf)));
  const without = order.filter(({ stages }) => STAGES.every((stage) => stages[stage].value === null)).length;
  return [
    say(
      `از ${count(printed + corrected + unreliable)} عددی که تا این نوبت در دست است، ${count(corrected)} عدد اصلاح شده و ${count(unreliable)} عدد نامطمئن است؛ کنار هر کدام نشانی است که به دلیل آن می‌رسد.`,
      `Of the ${count(printed + corrected + unreliable)} numbers that there are up to this round, ${count(corrected)} are corrected and ${count(unreliable)} are not reliable; beside each is a mark that leads to the reason.`,
    ),
    without > 0 ? say(`از ${count(without)} دستگاه تنها امتیاز کل در دست است و مرحله‌ها نیست.`, `Of ${count(without)} ${plural(without, 'organization', 'organizations')} there is only the total and no stage.`) : '',
  ].filter(Boolean).join(' ');
} // prettier-ignore

/** Tables up to this length are the growths that a round is remembered for. */
const LARGEST = 10;

/** The published growths beside the difference of the two totals; without a published list the largest differences. */
function growthSection(site: Site, notes: Notes): Markup {
  const { voice, growths } = site;
  const { say, count } = voice;
  const [round, before] = [lastOf(site), previousOf(site)];
  if (!before) return NONE;
  const isPublished = round.growths.length > 0;
  const rows = isPublished
    ? round.growths
    : [...growths].filter(([, { doubtful }]) => doubtful.length === 0).map(([organization, { growth }]) => ({ organization, growth })).filter(({ growth }) => growth > 0).toSorted((a, b) => b.growth - a.growth).slice(0, LARGEST);
  if (rows.length === 0) return NONE;
  const results = new Map(rows.map(({ organization }) => [organization, resultsOf(site, organization).slice(-2)]));
  const doubts = new Map(site.checks.filter((own) => own.check === 'growth' && own.round === round.id).flatMap(({ deviations }) => deviations).map((own) => [own.organization, own.reasons]));
  const title = say(`${count(rows.length)} دستگاه با بیشترین رشد از ${inText(site, before)} تا ${inText(site, round)}`, `The ${count(rows.length)} largest growths from ${inText(site, before)} to ${inText(site, round)}`);
  const columns = [say('رشد', 'Growth'), roundName(site, before), roundName(site, round), ...(isPublished ? [say('تفاضل', 'Difference')] : [])];
  return markup`${growthBars(voice, title, rows.map(({ organization, growth }) => ({ name: nameOf(site, organization), points: growth })))}
${cardTable({
  caption: [say('رشد به امتیاز', 'Growth in points'), isPublished && say('، چنان‌که منتشر شده؛ کنار آن تفاضل دو امتیاز کل، تا آنجا که هر دو در دست است', ', as published; beside it the difference of the two totals where both are known')],
  first: say('دستگاه', 'Organization'),
  columns: columns.map((name) => ({ name, isNumber: true })),
  bodies: [{
    rows: rows.map(({ organization, growth }) => {
      const totals = results.get(organization)!.map((result) => (result ? notes.score(publishedTotal(result)) : NO_NUMBER));
      const difference = growths.get(organization)?.growth;
      const beside = difference === undefined ? NO_NUMBER : notes.remark(growthText(voice, difference), doubts.get(organization) ?? []);
      return { name: linked(site, organization), cells: [markup`<b>${growthText(voice, growth)}</b>`, ...totals, ...(isPublished ? [beside] : [])] };
    }),
  }],
})}
<p class="legend">${pairSentence(site)}</p>`;
} // prettier-ignore

function pairSentence(site: Site): string {
  const pair = pairOf(site);
  if (!pair) return '';
  const { say, count, points } = site.voice;
  return say(`در همه ${count(pair.growths.length)} دستگاهی که هر دو امتیاز کل را دارند میانگین از ${points(pair.from)} به ${points(pair.to)} رسیده است.`, `Over all ${count(pair.growths.length)} organizations with both totals the mean went from ${points(pair.from)} to ${points(pair.to)}.`); // prettier-ignore
}

function absentSection(site: Site): Markup {
  const { voice } = site;
  const { say, count } = voice;
  const { absences } = lastOf(site);
  if (absences.length === 0) return NONE;
  return markup`<table><caption>${say(`${count(absences.length)} دستگاه، و آنچه با هر کدام شد`, `${count(absences.length)} organizations, and what was done about each`)}</caption>
<thead><tr><th scope="col" class="n">${say('ردیف', 'Row')}</th><th scope="col">${say('دستگاه', 'Organization')}</th><th scope="col">${say('چه شد', 'What was done')}</th></tr></thead>
<tbody>${absences.map(({ organization, names, cooperation, note }, at) => markup`<tr><td class="n">${bdi(count(at + 1))}</td><th scope="row">${organization === null ? named(voice, names) : linked(site, organization)}</th><td>${voice.text(ABSENCE_SENTENCES[cooperation])}${note && markup` <span class="aside">${sentence(voice, note)}</span>`}</td></tr>`)}</tbody></table>`;
} // prettier-ignore

function newcomersSection(site: Site, notes: Notes): Markup {
  const { voice, places, order } = site;
  const { say, count } = voice;
  const { newcomers } = lastOf(site);
  if (newcomers.length === 0) return NONE;
  const results = new Map(order.map((result) => [result.organization, result]));
  return markup`<table><caption>${say(`${count(newcomers.length)} دستگاه که پیش از این نوبت سنجیده نشده بودند`, `${count(newcomers.length)} organizations that had not been evaluated before`)}</caption>
<thead><tr><th scope="col" class="n">${say('ردیف', 'Row')}</th><th scope="col">${say('دستگاه', 'Organization')}</th><th scope="col" class="n">${say('امتیاز کل', 'Total')}</th><th scope="col" class="n">${say('رتبه', 'Rank')}</th></tr></thead>
<tbody>${newcomers.map((id, at) => {
    const result = results.get(id);
    const place = places.get(id);
    return markup`<tr><td class="n">${bdi(count(at + 1))}</td><th scope="row">${linked(site, id)}</th><td class="n">${result ? notes.score(publishedTotal(result)) : '–'}</td><td class="n">${place === undefined ? '–' : bdi(count(place))}</td></tr>`;
  })}</tbody></table>`;
} // prettier-ignore

function countsSection(site: Site): Markup {
  const { voice, rounds } = site;
  const { say, count } = voice;
  if (rounds.every(({ counts }) => counts === null)) return NONE;
  const listedIn = (round: HistoricRound): number => round.results.reduce((sum, { services }) => sum + services.length, 0); // prettier-ignore
  const number = (value: number | undefined): Part => (value ? bdi(count(value)) : NO_NUMBER);
  const bundled = site.checks.filter(({ check }) => check === 'services-counted').flatMap(({ deviations }) => deviations).flatMap(({ reasons }) => reasons); // prettier-ignore
  return markup`${cardTable({
    caption: say('دستگاه‌ها، خدمت‌ها و زیرخدمت‌هایی که هر نوبت می‌گوید سنجیده است، و خدمت‌هایی که صفحه‌های دستگاه‌ها نام می‌برد', 'Organizations, services and sub-services that each round says it evaluated, and the services that the pages of the organizations list'),
    first: say('نوبت', 'Round'),
    columns: [say('دستگاه‌ها', 'Organizations'), say('خدمت و زیرخدمت', 'Services and sub-services'), say('خدمت‌های فهرست‌شده', 'Services listed')].map((name) => ({ name, isNumber: true })),
    bodies: [{ rows: rounds.map((round) => ({ name: roundHead(site, round), cells: [round.counts?.organizations, round.counts?.services, listedIn(round)].map(number) })) }],
  })}${bundled.map((reason) => markup`<p class="legend">${sentence(voice, reason)}</p>`)}`;
} // prettier-ignore

// ---------------------------------------------------------------- ranking

function rankingSection(site: Site, notes: Notes): Markup {
  const { voice, order, isRanked } = site;
  const { say } = voice;
  if (order.length === 0) return NONE;
  const before = previousOf(site);
  const hasServices = order.some(({ services }) => services.length > 0);
  const head = (name: string, sort: 'ascending' | 'descending', className = 'n'): Markup =>
    markup`<th scope="col" role="columnheader" class="${className}" data-sort="${sort}">${name}</th>`;
  const caption = isRanked
    ? say('رتبه و امتیاز کل چنان‌که منتشر شده، و امتیاز پنج مرحله از صفحه هر دستگاه', 'Rank and total as published, and the scores of the five stages from the page of each organization')
    : say('این نوبت رتبه‌بندی منتشر نکرده است: جای هر دستگاه در میان امتیازهای کلی است که در دست است', 'This round published no ranking: the place is that among the totals that are known');
  return markup`<search class="filter" hidden><label for="find">${say('یافتن دستگاه', 'Find an organization')}</label><input id="find" type="search" autocomplete="off"> <span role="status" class="aside"></span></search>
<div class="scroll"><table class="ranking cards published" role="table"><caption>${caption}${before && say(`؛ رشد، تفاضل امتیاز کل با ${inText(site, before)} است`, `; growth is the difference of the totals since ${inText(site, before)}`)}.</caption>
<thead role="rowgroup"><tr role="row">${head(isRanked ? say('رتبه', 'Rank') : say('جای', 'Place'), 'ascending')}${head(say('دستگاه', 'Organization'), 'ascending', 'name')}${head(say('امتیاز کل', 'Total'), 'descending')}<td role="cell"></td>${STAGES.map((stage) => head(voice.text(STAGE_NAMES[stage]), 'descending'))}${before && head(say('رشد', 'Growth'), 'descending')}${hasServices && head(say('خدمت‌ها', 'Services'), 'descending')}</tr></thead>
<tbody role="rowgroup">${order.map((result) => rankingRow(site, result, notes, { before, hasServices }))}</tbody></table></div>`;
} // prettier-ignore

function rankingRow(site: Site, result: HistoricResult, notes: Notes, { before, hasServices }: { readonly before: HistoricRound | null; readonly hasServices: boolean }): Markup {
  const { voice, places, growths } = site;
  const { say, count } = voice;
  const { organization: id, stages, services } = result;
  const place = places.get(id) ?? null;
  const total = publishedTotal(result);
  const absence = lastOf(site).absences.find(({ organization }) => organization === id);
  const flags = [lastOf(site).newcomers.includes(id) && say('تازه', 'new'), absence && voice.text(COOPERATION_NAMES[absence.cooperation])].filter(Boolean).join(say('، ', ', '));
  const growth = growths.get(id);
  return markup`<tr role="row"><td class="n rank" role="cell" data-label="${say('رتبه', 'Rank')}" data-value="${place ?? ''}">${place === null ? '–' : bdi(count(place))}</td><th scope="row" role="rowheader" class="name" data-value="${nameOf(site, id)}">${linked(site, id)}${flags && markup`<span class="flag">${flags}</span>`}</th><td class="n total late" role="cell" data-label="${say('امتیاز کل', 'Total')}" data-value="${sortable(total.value)}">${notes.score(total, { isStrong: true })}</td><td class="graph" role="cell">${plainBar(voice, total.value)}</td>${STAGES.map((stage) => markup`<td class="n late" role="cell" data-label="${voice.text(STAGE_NAMES[stage])}" data-value="${sortable(stages[stage].value)}">${notes.score(stages[stage])}</td>`)}${before && markup`<td class="n late" role="cell" data-label="${say('رشد', 'Growth')}" data-value="${sortable(growth?.growth ?? null)}">${growthCell(site, id, notes)}</td>`}${hasServices && markup`<td class="n late" role="cell" data-label="${say('خدمت‌ها', 'Services')}" data-value="${services.length}">${bdi(count(services.length))}</td>`}</tr>`;
} // prettier-ignore
