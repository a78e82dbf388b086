/**
 * The site of a round that others published before Rasad: its tables and figures as pages, every number with how far
 * it can be trusted. Nothing is scored again; whatever a sentence says is computed from the data.
 */
import type { Edition } from '../core/edition.ts';
import { UserError } from '../core/errors.ts';
import { checkHistory, growthsOf, publishedTotal, ranksOf, tookPart, weightedTotal, type CheckResult, type Deviation, type HistoricResult, type HistoricRound, type HistoricScore, type History, type HistoryCheck } from '../core/history.ts'; // prettier-ignore
import { STAGES, type Cooperation, type Organization, type Registry, type Service, type Stage, type Text } from '../core/model.ts'; // prettier-ignore
import { signedPoints } from './charts/chart.ts';
import { groupBy } from './data.ts';
import { averages, COLUMNS, columnName, growthBars, growthText, inText, lastOf, notesOf, overRounds, pairOf, plainBar, plural, previousOf, printedBeside, resultsOf, roundName, scoreIn, sortable, stageRadar, type Column, type Notes, type Rounds } from './history-sections.ts'; // prettier-ignore
import { assets } from './html.ts';
import { address, bdi, code, entry, framed, longEntry, named, organizationPath, outward, sentence, type Frame, type ReportFile } from './layout.ts'; // prettier-ignore
import { markup, NONE, type Markup, type Part } from './markup.ts';
import { voiceOf, type Lang, type Voice } from './voice.ts';
import { CHECK_NAMES, COOPERATION_NAMES, EDITION_BASIS_NAMES, SCORE_STATUS_NAMES, STAGE_NAMES } from './words.ts';

export interface HistorySite {
  readonly registry: Registry;
  readonly history: History;
  /** The round that the site is about; later ones are left out. */
  readonly roundId: string;
  /** Those that the rounds name, for their stage weights. */
  readonly editions: readonly Edition[];
  /** What `checkHistory` gives for this history, when it is there already. */
  readonly checks?: HistoryCheck;
}

/**
 * Every file of the site, one at a time; paths are relative and unique. Rejects with a UserError when the history has
 * no such round.
 */
export async function* renderHistorySite(input: HistorySite, { lang }: { readonly lang: Lang }): AsyncGenerator<ReportFile> {
  const site = siteOf(input, voiceOf(lang, input.registry.calendar));
  yield* assets();
  yield frontPage(site);
  yield methodPage(site);
  for (const organization of input.registry.organizations) {
    if (site.pages.has(organization.id)) yield organizationPage(site, organization);
  }
} // prettier-ignore

/** What all pages of a site know. */
interface Site extends Rounds {
  readonly frame: Frame;
  readonly registry: Registry;
  readonly organizations: ReadonlyMap<string, Organization>;
  readonly services: ReadonlyMap<string, readonly Service[]>;
  readonly editions: ReadonlyMap<string, Edition>;
  readonly checks: readonly CheckResult[];
  /** Organizations with a number in this round, in the order of its ranking or of their totals. */
  readonly order: readonly HistoricResult[];
  /** Their places, as published or counted here. */
  readonly places: ReadonlyMap<string, number>;
  /** The round publishes a ranking. */
  readonly isRanked: boolean;
  /** Growth since the round before, by organization; `isFirm` when both totals can be trusted. */
  readonly growths: ReadonlyMap<string, { readonly growth: number; readonly isFirm: boolean }>;
  /** Organizations that have a page: with a number in this round or an earlier one. */
  readonly pages: ReadonlySet<string>;
}

function siteOf({ registry, history, roundId, editions: all, checks }: HistorySite, voice: Voice): Site {
  const at = history.rounds.findIndex(({ id }) => id === roundId);
  if (at < 0)
    throw new UserError(`The history of ${registry.id} has no round "${roundId}". It has ${history.rounds.map(({ id }) => id).join(', ')}.`); // prettier-ignore
  const rounds = history.rounds.slice(0, at + 1);
  const [round, before] = [rounds[at]!, rounds[at - 1]];
  const editions = new Map(all.map((edition) => [edition.id, edition]));
  const known = new Set(rounds.map(({ id }) => id));
  const { results: checked } = checks ?? checkHistory(history, (id) => editions.get(id)?.stageWeights ?? null);
  const present = round.results.filter(tookPart);
  const totals = present.map((result) => publishedTotal(result).value);
  const isRanked = present.some(({ ranking }) => ranking !== null);
  const counted = ranksOf(totals);
  const places = new Map(present.flatMap(({ organization, ranking }, own) => {
    const place = isRanked ? ranking?.rank : counted[own];
    return place === undefined || place === null ? [] : [[organization, place] as const];
  })); // prettier-ignore
  const earlier = new Map(before?.results.map((result) => [result.organization, result]));
  const isFirm = (result: HistoricResult | undefined): boolean => result !== undefined && publishedTotal(result).status !== 'unreliable'; // prettier-ignore
  const own = new Map(present.map((result) => [result.organization, result]));
  return {
    voice,
    rounds,
    word: 'نوبت',
    frame: frameOf(registry, voice),
    registry,
    organizations: new Map(registry.organizations.map((organization) => [organization.id, organization])),
    services: groupBy(registry.services, ({ organizationId }) => organizationId),
    editions,
    checks: checked.filter((result) => known.has(result.round)),
    order: present.toSorted((a, b) => (places.get(a.organization) ?? Infinity) - (places.get(b.organization) ?? Infinity) || 0), // prettier-ignore
    places,
    isRanked,
    growths: new Map(before && growthsOf(before, round).map(({ organization, growth }) => [organization, { growth, isFirm: isFirm(earlier.get(organization)) && isFirm(own.get(organization)) }])), // prettier-ignore
    pages: new Set(rounds.flatMap(({ results }) => results.filter(tookPart).map(({ organization }) => organization))),
  };
}

function frameOf(registry: Registry, voice: Voice): Frame {
  const { say } = voice;
  return {
    voice,
    motto: say('نوبت‌های منتشرشده پیشین', 'Rounds published before'),
    nav: [
      ['index.html', say('خلاصه', 'Summary')],
      ['index.html#ranking', say('رتبه‌بندی', 'Ranking')],
      ['method.html', say('روش و اصلاح‌ها', 'Method and corrections')],
    ],
    foot: () =>
      markup`<p>${say('این عددها را رصد نسنجیده است: همان است که پیش از آن منتشر شده، با نشانی بر هر عدد که در چاپ نادرست یا نامطمئن است.', 'Rasad did not measure these numbers: they are what was published before it, with a mark on each that is wrong or doubtful in print.')}</p>
<p>${say('دفتر ثبت', 'Registry')} ${code(registry.id)} ${code(registry.digest.slice(0, 12))} · ${say('کشور', 'Country')} ${named(voice, registry.country)}</p>`,
    hasSigns: false,
  };
}

const section = (id: string, name: string, ...content: readonly Part[]): Markup =>
  markup`<section aria-labelledby="${id}"><h2 id="${id}">${name}</h2>${content}</section>`;

const contents = (voice: Voice, sections: readonly (readonly [id: string, name: string])[]): Markup =>
  markup`<nav class="contents" aria-label="${voice.say('بخش‌های این صفحه', 'On this page')}"><ul>${sections.map(([id, name]) => markup`<li><a href="#${id}">${name}</a></li>`)}</ul></nav>`;

/** The name of an organization, linked where it has a page. */
function linked({ voice, organizations, pages }: Site, id: string, root = ''): Markup {
  const organization = organizations.get(id);
  if (!organization) return bdi(id);
  const name = named(voice, organization.names, id);
  return pages.has(id) ? markup`<a href="${root}${organizationPath(id)}">${name}</a>` : name;
}

const nameOf = ({ voice, organizations }: Site, id: string): string => {
  const organization = organizations.get(id);
  return (organization && voice.text(organization.names)) || id;
};

const listed = ({ say }: Voice, items: readonly string[]): string => {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(say('، ', ', '))}${say(' و ', ' and ')}${items.at(-1)}`;
};

// ---------------------------------------------------------------- front page

function frontPage(site: Site): ReportFile {
  const { voice, registry } = site;
  const { say } = voice;
  const round = lastOf(site);
  const notes = notesOf(voice, 'note');
  const country = voice.text(registry.country);
  const title = say(`خدمات الکترونیکی ${country}، ${roundName(site, round)}، ${voice.text(round.names)}`, `Electronic services, ${country}: ${inText(site, round)}, ${voice.text(round.names)}`); // prettier-ignore
  // in the order of the page, so that notes are numbered as they are met
  const sections: readonly (readonly [id: string, name: string, content: Markup])[] = [
    ['growth', say('بیشترین رشدها', 'The largest growths'), growthSection(site, notes)],
    ['averages', say('میانگین‌ها در گذر نوبت‌ها', 'Means over the rounds'), site.rounds.length > 1 ? averages(site) : NONE],
    ['absent', say('دستگاه‌هایی که همکاری نکردند', 'Who did not take part like the others'), absentSection(site)],
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
    const mean = points(totals.reduce((sum, value) => sum + value, 0) / totals.length);
    const median = points((totals[Math.floor((totals.length - 1) / 2)]! + totals[Math.ceil((totals.length - 1) / 2)]!) / 2);
    const [lowest, highest] = [points(totals[0]!), points(totals.at(-1)!)];
    out.push(say(
      `میانگین امتیاز کل ${count(totals.length)} دستگاه ${mean} از ۱۰۰ و میانه آن ${median} است. امتیازها از ${lowest} تا ${highest} می‌رسد و بالاترین از آنِ ${nameOf(site, best.organization)} است.`,
      `The mean total of ${count(totals.length)} organizations is ${mean} of 100, the median ${median}. Totals go from ${lowest} to ${highest}; the highest is that of ${nameOf(site, best.organization)}.`,
    ));
  }
  const newest = new Set(round.newcomers);
  const leaders = order.filter(({ organization }) => newest.has(organization)).slice(0, 3).map(({ organization }) => nameOf(site, organization));
  if (leaders.length === 3)
    out.push(say(`${count(newest.size)} دستگاه تازه بود؛ ${listed(voice, leaders)} در میان آن‌ها بالاترین امتیاز کل را دارند.`, `${count(newest.size)} organizations were new; ${listed(voice, leaders)} have the highest totals among them.`));
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
      `${count(pair.growths.length)} organizations have a total in ${then} as well: ${count(pair.rose)} rose and ${count(pair.fell)} fell, and their mean went from ${points(pair.from)} to ${points(pair.to)} (${signedPoints(voice, pair.to - pair.from)}).`,
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

function differenceOf(site: Site, before: HistoricRound, round: HistoricRound): string {
  const { voice, editions } = site;
  const { say, count, percent } = voice;
  const [from, to] = [editions.get(before.edition ?? ''), editions.get(round.edition ?? '')];
  if (!from || !to || from.id === to.id) return '';
  const weights = STAGES.filter((stage) => from.stageWeights[stage] !== to.stageWeights[stage]).map((stage) => {
    const [old, now] = [percent(from.stageWeights[stage] / 100), percent(to.stageWeights[stage] / 100)];
    return say(`${columnName(voice, stage)} از ${old} به ${now}`, `${columnName(voice, stage)} from ${old} to ${now}`);
  });
  const shifts = before.results.flatMap(({ stages }) => {
    const values = Object.fromEntries(STAGES.map((stage) => [stage, stages[stage].value])) as Record<Stage, number | null>;
    const [old, now] = [weightedTotal(values, from.stageWeights), weightedTotal(values, to.stageWeights)];
    return old === null || now === null ? [] : [now - old];
  });
  const shift = shifts.reduce((sum, value) => sum + value, 0) / shifts.length;
  const other = [...new Set([...Object.keys(from.minEvidence), ...Object.keys(to.minEvidence), ...Object.keys(from.options), ...Object.keys(to.options)])]
    .filter((id) => from.minEvidence[id] !== to.minEvidence[id] || JSON.stringify(from.options[id]) !== JSON.stringify(to.options[id]));
  const touched = STAGES.filter((stage) => other.some((id) => id.startsWith(`${stage}/`))).map((stage) => columnName(voice, stage));
  const [then, now] = [inText(site, before), inText(site, round)];
  return [
    weights.length > 0 ? say(`از ${then} به ${now} وزن مرحله‌ها تغییر کرد: ${weights.join('، ')}.`, `From ${then} to ${now} the weights of stages changed: ${weights.join(', ')}.`) : '',
    shifts.length > 0 && weights.length > 0 ? say(`خود این تغییر، امتیاز کل ${count(shifts.length)} دستگاهی را که پنج مرحله‌شان در ${then} معلوم است به طور میانگین ${signedPoints(voice, shift)} امتیاز جابه‌جا می‌کند.`, `By itself that moves the totals of the ${count(shifts.length)} organizations whose five stages are known in ${then} by ${signedPoints(voice, shift)} points on average.`) : '',
    touched.length > 0 ? say(`به بازسازی رصد، ${count(other.length)} شاخص در ${touched.length === 1 ? 'مرحله' : 'مرحله‌های'} ${listed(voice, touched)} نیز از این نوبت به گونه‌ای دیگر سنجیده می‌شود.`, `By Rasad’s reconstruction of the method, ${count(other.length)} ${plural(other.length, 'indicator', 'indicators')} of ${listed(voice, touched)} ${plural(other.length, 'is', 'are')} measured in another way from this round on, too.`) : '',
  ].filter(Boolean).join(' ');
} // prettier-ignore

function whatToTrust(site: Site): string {
  const { voice, order } = site;
  const { say, count } = voice;
  const { corrected, unreliable, printed } = countsOf(site.rounds.flatMap(cellsOf).map(({ score }) => score));
  const without = order.filter(({ stages }) => STAGES.every((stage) => stages[stage].value === null)).length;
  return [
    say(
      `از ${count(printed + corrected + unreliable)} عددی که تا این نوبت در دست است، ${count(corrected)} عدد اصلاح شده و ${count(unreliable)} عدد نامطمئن است؛ کنار هر کدام نشانی است که به دلیل آن می‌رسد.`,
      `Of the ${count(printed + corrected + unreliable)} numbers that there are up to this round, ${count(corrected)} are corrected and ${count(unreliable)} are not reliable; beside each is a mark that leads to the reason.`,
    ),
    without > 0 ? say(`از ${count(without)} دستگاه تنها امتیاز کل در دست است و مرحله‌ها نیست.`, `Of ${count(without)} organizations there is only the total and no stage.`) : '',
  ].filter(Boolean).join(' ');
} // prettier-ignore

/** Tables up to this length are the growths that a round is remembered for. */
const LARGEST = 10;

/** The published growths beside the difference of the two totals; without a published list the largest differences. */
function growthSection(site: Site, notes: Notes): Markup {
  const { voice, growths } = site;
  const { say, count, points } = voice;
  const [round, before] = [lastOf(site), previousOf(site)];
  if (!before) return NONE;
  const isPublished = round.growths.length > 0;
  const rows = isPublished
    ? round.growths
    : [...growths].map(([organization, { growth }]) => ({ organization, growth })).filter(({ growth }) => growth > 0).toSorted((a, b) => b.growth - a.growth).slice(0, LARGEST);
  if (rows.length === 0) return NONE;
  const results = new Map(rows.map(({ organization }) => [organization, resultsOf(site, organization).slice(-2)]));
  const doubts = new Map(site.checks.filter((own) => own.check === 'growth' && own.round === round.id).flatMap(({ deviations }) => deviations).map((own) => [own.organization, own.reasons]));
  const title = say(`${count(rows.length)} دستگاه با بیشترین رشد از ${inText(site, before)} تا ${inText(site, round)}`, `The ${count(rows.length)} largest growths from ${inText(site, before)} to ${inText(site, round)}`);
  const total = (result: HistoricResult | null | undefined): Part => (result ? notes.score(publishedTotal(result)) : '–');
  const head = (name: string): Markup => markup`<th scope="col" role="columnheader" class="n">${name}</th>`;
  const [then, now] = [roundName(site, before), roundName(site, round)];
  return markup`${growthBars(voice, title, rows.map(({ organization, growth }) => ({ name: nameOf(site, organization), points: growth })))}
<table class="cards growths" role="table"><caption>${say('رشد به امتیاز', 'Growth in points')}${isPublished && say('، چنان‌که منتشر شده؛ کنار آن تفاضل دو امتیاز کل، تا آنجا که هر دو در دست است', ', as published; beside it the difference of the two totals where both are known')}</caption>
<thead role="rowgroup"><tr role="row">${head(say('ردیف', 'Row'))}<th scope="col" role="columnheader">${say('دستگاه', 'Organization')}</th>${head(say('رشد', 'Growth'))}${head(then)}${head(now)}${isPublished && head(say('تفاضل', 'Difference'))}</tr></thead>
<tbody role="rowgroup">${rows.map(({ organization, growth }, at) => {
    const [earlier, later] = results.get(organization)!;
    const difference = growths.get(organization)?.growth;
    return markup`<tr role="row"><td class="n" role="cell" data-label="${say('ردیف', 'Row')}">${bdi(count(at + 1))}</td><th scope="row" role="rowheader" class="name">${linked(site, organization)}</th><td class="n late" role="cell" data-label="${say('رشد', 'Growth')}"><b>${growthText(voice, growth)}</b></td><td class="n late" role="cell" data-label="${then}">${total(earlier)}</td><td class="n late" role="cell" data-label="${now}">${total(later)}</td>${isPublished && markup`<td class="n late" role="cell" data-label="${say('تفاضل', 'Difference')}">${difference === undefined ? markup`<span class="none">–</span>` : notes.remark(growthText(voice, difference), doubts.get(organization) ?? [])}</td>`}</tr>`;
  })}</tbody></table>
<p class="legend">${pairSentence(site, points)}</p>`;
} // prettier-ignore

function pairSentence(site: Site, points: Voice['points']): string {
  const pair = pairOf(site);
  if (!pair) return '';
  const { say, count } = site.voice;
  return say(`در همه ${count(pair.growths.length)} دستگاهی که هر دو امتیاز کل را دارند میانگین از ${points(pair.from)} به ${points(pair.to)} رسیده است.`, `Over all ${count(pair.growths.length)} organizations with both totals the mean went from ${points(pair.from)} to ${points(pair.to)}.`); // prettier-ignore
}

const ABSENCE_SENTENCES: Readonly<Record<Cooperation, Text>> = {
  cooperative: { fa: 'مانند دیگران سنجیده شد.', en: 'Evaluated like the others.' },
  'visible-only': { fa: 'اطلاعات لازم را نداد؛ تنها بر پایه آنچه در درگاهش دیده می‌شود سنجیده شد.', en: 'Gave no information; evaluated by what its portal shows.' },
  'excluded-no-list': { fa: 'فهرست خدمات نداد و سنجیده نشد.', en: 'Gave no list of services and was not evaluated.' },
  withdrawn: { fa: 'خواست که در این نوبت نباشد.', en: 'Asked to be left out of this round.' },
  unreachable: { fa: 'دسترس‌پذیر نبود.', en: 'Could not be reached.' },
}; // prettier-ignore

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
  const number = (value: number | undefined): Part => (value ? bdi(count(value)) : markup`<span class="none">–</span>`);
  const bundled = site.checks.filter(({ check }) => check === 'services-counted').flatMap(({ deviations }) => deviations).flatMap(({ reasons }) => reasons); // prettier-ignore
  return markup`<table><caption>${say('دستگاه‌ها، خدمت‌ها و زیرخدمت‌هایی که هر نوبت می‌گوید سنجیده است، و خدمت‌هایی که صفحه‌های دستگاه‌ها نام می‌برد', 'Organizations, services and sub-services that each round says it evaluated, and the services that the pages of the organizations list')}</caption>
<thead><tr><th scope="col">${say('نوبت', 'Round')}</th><th scope="col">${say('زمان', 'When')}</th><th scope="col" class="n">${say('دستگاه‌ها', 'Organizations')}</th><th scope="col" class="n">${say('خدمت و زیرخدمت', 'Services and sub-services')}</th><th scope="col" class="n">${say('خدمت‌های فهرست‌شده', 'Services listed')}</th></tr></thead>
<tbody>${rounds.map((round) => markup`<tr><th scope="row">${roundName(site, round)}</th><td>${voice.text(round.names)}</td><td class="n">${number(round.counts?.organizations)}</td><td class="n">${number(round.counts?.services)}</td><td class="n">${number(listedIn(round))}</td></tr>`)}</tbody></table>${bundled.map((reason) => markup`<p class="legend">${sentence(voice, reason)}</p>`)}`;
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
  const { voice, organizations, places, growths } = site;
  const { say, count } = voice;
  const { organization: id, stages, services } = result;
  const place = places.get(id) ?? null;
  const total = publishedTotal(result);
  const cooperation = organizations.get(id)?.cooperation ?? 'cooperative';
  const flags = [lastOf(site).newcomers.includes(id) && say('تازه', 'new'), cooperation !== 'cooperative' && voice.text(COOPERATION_NAMES[cooperation])].filter(Boolean).join(say('، ', ', '));
  const growth = growths.get(id);
  return markup`<tr role="row"><td class="n rank" role="cell" data-label="${say('رتبه', 'Rank')}" data-value="${place ?? ''}">${place === null ? '–' : bdi(count(place))}</td><th scope="row" role="rowheader" class="name" data-value="${nameOf(site, id)}">${linked(site, id)}${flags && markup`<span class="flag">${flags}</span>`}</th><td class="n total late" role="cell" data-label="${say('امتیاز کل', 'Total')}" data-value="${sortable(total.value)}">${notes.score(total, { isStrong: true })}</td><td class="graph" role="cell">${plainBar(voice, total.value)}</td>${STAGES.map((stage) => markup`<td class="n late" role="cell" data-label="${voice.text(STAGE_NAMES[stage])}" data-value="${sortable(stages[stage].value)}">${notes.score(stages[stage])}</td>`)}${before && markup`<td class="n late" role="cell" data-label="${say('رشد', 'Growth')}" data-value="${sortable(growth?.growth ?? null)}">${growthCell(site, id, notes)}</td>`}${hasServices && markup`<td class="n late" role="cell" data-label="${say('خدمت‌ها', 'Services')}" data-value="${services.length}">${bdi(count(services.length))}</td>`}</tr>`;
} // prettier-ignore

/** The difference of the totals; when one of them cannot be trusted, with that one's reason. */
function growthCell(site: Site, id: string, notes: Notes): Part {
  const growth = site.growths.get(id);
  if (!growth) return markup`<span class="none">–</span>`;
  const shown = growthText(site.voice, growth.growth);
  if (growth.isFirm) return shown;
  const reasons = resultsOf(site, id).slice(-2).flatMap((result) => result && publishedTotal(result).status === 'unreliable' ? (publishedTotal(result).reason ?? []) : []); // prettier-ignore
  return notes.remark(shown, reasons);
}

// ---------------------------------------------------------------- page of an organization

function organizationPage(site: Site, organization: Organization): ReportFile {
  const { voice } = site;
  const { say } = voice;
  const { id } = organization;
  const name = nameOf(site, id);
  const other = organization.names[voice.lang === 'fa' ? 'en' : 'fa'].trim();
  const notes = notesOf(voice, 'note');
  const subject = { organization: id, name };
  const over = overRounds(site, subject, notes);
  const head = organizationHead(site, organization, notes);
  const sections: readonly (readonly [id: string, name: string, content: Markup])[] = [
    ['rounds', say('در گذر نوبت‌ها', 'Over the rounds'), over === NONE ? onlyTotal(site, id) : over],
    ['stages', say('مرحله‌ها در برابر میانگین', 'Stages against the mean'), stageRadar(site, subject)],
    ['services', say('خدمت‌ها', 'Services'), servicesTable(site, id, notes)],
    ['misfits', say('آنچه با عددهای دیگر نمی‌خواند', 'What does not fit the other numbers'), misfits(site, id)],
  ];
  const reasons = notes.list();
  const shown = [...sections, ['notes', say('یادداشت‌ها', 'Notes'), reasons] as const].filter(([, , content]) => content !== NONE);
  return framed(site.frame, {
    path: organizationPath(id),
    title: name,
    trail: [{ href: '../index.html#ranking', name: say('رتبه‌بندی', 'Ranking') }],
    main: markup`<h1>${named(voice, organization.names, id)}</h1>
${other && other !== name && markup`<p class="under"><bdi lang="${voice.lang === 'fa' ? 'en' : 'fa'}">${other}</bdi></p>`}
${head}
${contents(voice, shown.map(([key, title]) => [key, title]))}
${shown.map(([key, title, content]) => section(key, title, content))}`,
  });
} // prettier-ignore

const PARENT_BASES: Readonly<Record<string, Text>> = {
  inferred: { fa: 'به استنباط', en: 'inferred' },
  grouping: { fa: 'در فهرست کنار آن آمده است', en: 'it is listed beside it' },
};

function organizationHead(site: Site, organization: Organization, notes: Notes): Markup {
  const { voice, order, places } = site;
  const { say, count } = voice;
  const { id, names, parentId, portalUrl, cooperation, extra } = organization;
  const result = order.find((own) => own.organization === id);
  const place = places.get(id);
  const round = lastOf(site);
  const before = previousOf(site);
  const published = round.growths.find((own) => own.organization === id)?.growth;
  const growth = site.growths.get(id);
  const parentBasis = PARENT_BASES[extra['parent_basis'] ?? ''];
  const parent = parentId !== null && site.organizations.has(parentId) ? linked(site, parentId, '../') : extra['parent_name_fa'] ? named(voice, { fa: extra['parent_name_fa'], en: '' }) : null;
  const absence = round.absences.find((own) => own.organization === id);
  const official = extra['name_official_fa'];
  const own = result?.total ?? null;
  const cut = result?.ranking && own && own.value !== null && own.status !== 'unreliable' && voice.points(own.value) !== voice.points(result.ranking.total.value ?? NaN) ? own.value : null;
  return markup`<dl class="facts head">
${entry(say('رتبه', 'Rank'), place !== undefined && say(`${count(place)} از ${count(places.size)}`, `${count(place)} of ${count(places.size)}`))}
${entry(say(`امتیاز کل، ${roundName(site, round)}`, `Total, ${inText(site, round)}`), result && notes.score(publishedTotal(result), { isStrong: true }), cut !== null && say(` (صفحه دستگاه: ${voice.points(cut)}؛ رقم‌های بعدی آنجا بریده شده و اینجا گرد)`, ` (page of the organization: ${voice.points(cut)}; further digits are cut off there and rounded here)`))}
${entry(before ? say(`رشد از ${inText(site, before)}`, `Growth since ${inText(site, before)}`) : '', growth && growthCell(site, id, notes), published !== undefined && markup`${growth && say('؛ ', '; ')}${say('منتشرشده: ', 'published: ')}${growthText(voice, published)}`)}
${entry(say('خدمت‌های فهرست‌شده', 'Services listed'), result && result.services.length > 0 && count(result.services.length))}
${entry(say('زیرمجموعه', 'Part of'), parent, parent && parentBasis && markup` <span class="aside">(${voice.text(parentBasis)})</span>`)}
${entry(say('نام رسمی', 'Official name'), official && official !== names.fa && named(voice, { fa: official, en: '' }))}
${entry(say('همکاری', 'Cooperation'), voice.text(COOPERATION_NAMES[cooperation]), absence && markup`: ${voice.text(ABSENCE_SENTENCES[absence.cooperation])}`)}
${entry(say('درگاه', 'Portal'), portalUrl ? outward(portalUrl) : extra['portal_candidate'] ? [address(extra['portal_candidate']), ' ', markup`<span class="aside">(${say('تأییدنشده', 'not confirmed')})</span>`] : say('نشانی شناخته‌ای ندارد', 'no address is known'))}
${longEntry(say('پیش و پس از آن', 'Above and below'), neighbours(site, id, notes))}
</dl>`;
} // prettier-ignore

function neighbours(site: Site, id: string, notes: Notes): Part {
  const { order, places, voice } = site;
  const at = order.findIndex(({ organization }) => organization === id);
  if (at < 0 || !places.has(id)) return null;
  const near = [order[at - 1], order[at + 1]].flatMap((result) => (result && places.has(result.organization) ? [result] : [])); // prettier-ignore
  if (near.length === 0) return null;
  return markup`<ul class="near">${near.map((result) => markup`<li>${bdi(voice.count(places.get(result.organization)!))}${voice.say('. ', '. ')}${linked(site, result.organization, '../')} ${notes.score(publishedTotal(result))}</li>`)}</ul>`;
}

/** Why there is neither a line nor a table of stages. */
function onlyTotal(site: Site, id: string): Markup {
  const { voice } = site;
  const { say } = voice;
  const result = resultsOf(site, id).at(-1);
  const reason = result?.stages.presence.reason;
  const known = result && publishedTotal(result).value !== null;
  return markup`<p class="text">${known && say(`از این دستگاه تنها امتیاز کل ${roundName(site, lastOf(site))} در دست است.`, `Of this organization only the total of ${inText(site, lastOf(site))} is known.`)} ${reason && sentence(voice, reason)}</p>`;
} // prettier-ignore

const TITLE_STATUSES: Readonly<Record<string, Text>> = {
  corrected: { fa: 'واژه‌ای آسیب‌دیده در عنوان درست شده است', en: 'a damaged word of the title is put right' },
  doubtful: { fa: 'واژه‌ای از عنوان آسیب دیده است', en: 'a word of the title is damaged' },
};

function servicesTable(site: Site, id: string, notes: Notes): Markup {
  const { voice } = site;
  const { say, count, points } = voice;
  const result = resultsOf(site, id).at(-1);
  if (!result || result.services.length === 0) return NONE;
  const services = new Map((site.services.get(id) ?? []).map((service) => [service.id, service]));
  const values = result.services.flatMap(({ score }) => score.value ?? []);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const row = ({ service: key, score, pairing }: (typeof result.services)[number], at: number): Markup => {
    const service = services.get(key);
    const status = TITLE_STATUSES[service?.extra['title_status'] ?? ''];
    return markup`<tr><td class="n">${bdi(count(at + 1))}</td><th scope="row" class="name">${service ? named(voice, service.titles, key) : bdi(key)}${status && markup`<span class="flag">${voice.text(status)}</span>`}</th><td class="graph">${plainBar(voice, score.value)}</td><td class="n">${notes.score(score, { isInferred: pairing === 'inferred' })}</td></tr>`;
  };
  return markup`<table class="listed"><caption>${say(`امتیاز هر خدمت در ${roundName(site, lastOf(site))}`, `Score of each service in ${inText(site, lastOf(site))}`)}</caption>
<thead><tr><th scope="col" class="n">${say('شماره', 'No.')}</th><th scope="col">${say('خدمت', 'Service')}</th><td></td><th scope="col" class="n">${say('امتیاز', 'Score')}</th></tr></thead>
<tbody>${result.services.map(row)}</tbody>${values.length > 1 && markup`<tfoot><tr><td></td><th scope="row">${say('میانگین ساده', 'Plain mean')}</th><td></td><td class="n">${bdi(points(mean))}</td></tr></tfoot>`}</table>`;
} // prettier-ignore

function misfits(site: Site, id: string): Markup {
  const items = site.checks.flatMap((result) =>
    result.deviations
      .filter(({ organization }) => organization === id)
      .map((deviation) => markup`<li><b>${roundName(site, site.rounds.find(({ id: own }) => own === result.round)!)}</b>${site.voice.say('، ', ', ')}${checkName(site, result)}: ${deviationNumbers(site, result, deviation)}${deviation.reasons.map((reason) => markup` <span class="aside">${sentence(site.voice, reason)}</span>`)}</li>`),
  ); // prettier-ignore
  return items.length === 0 ? NONE : markup`<ul class="plain spaced">${items}</ul>`;
}

// ---------------------------------------------------------------- method and corrections

function methodPage(site: Site): ReportFile {
  const { voice } = site;
  const { say } = voice;
  const title = say('روش و اصلاح‌ها', 'Method and corrections');
  const sections: readonly (readonly [id: string, name: string, content: Markup])[] = [
    ['weights', say('وزن مرحله‌ها در هر نوبت', 'Weights of the stages in each round'), weightsSection(site)],
    ['trust', say('چه اندازه می‌توان به عددها اعتماد کرد', 'How far the numbers can be trusted'), trustSection(site)],
    ['corrections', say('اصلاح‌ها و عددهای نامطمئن', 'Corrections and numbers that are not reliable'), correctionsSection(site)],
    ['gaps', say('عددهایی که نیست، و آنچه استنباط است', 'Numbers that are not there, and what is inferred'), gapsSection(site)],
    ['misfits', say('آنچه با هم نمی‌خواند', 'What does not fit'), checksSection(site)],
  ];
  const shown = sections.filter(([, , content]) => content !== NONE);
  return framed(site.frame, {
    path: 'method.html',
    title,
    main: markup`<h1>${title}</h1>
<p class="lead">${say('عددهای این نوبت‌ها همان است که منتشر شده و از نو سنجیده نشده است. جایی که چاپ نادرست است و عدد درست از عددهای دیگر به دست می‌آید، آن عدد به کار رفته و عدد چاپ‌شده کنارش آمده است؛ جایی که به دست نمی‌آید، عدد نامطمئن خوانده شده است. هر دو با دلیل.', 'The numbers of these rounds are what was published; nothing was measured again. Where print is wrong and the right number follows from others, that one is used and the printed one stands beside it; where it does not follow, the number is called not reliable. Both with the reason.')}</p>
${contents(voice, shown.map(([id, name]) => [id, name]))}
${shown.map(([id, name, content]) => section(id, name, content))}`,
  });
} // prettier-ignore

function weightsSection(site: Site): Markup {
  const { voice, rounds, editions } = site;
  const { say, percent } = voice;
  const differences = rounds.flatMap((round, at) => (at === 0 ? [] : differenceOf(site, rounds[at - 1]!, round))).filter(Boolean); // prettier-ignore
  return markup`<div class="scroll"><table><caption>${say('وزن هر مرحله در امتیاز کل، ویرایشی از روش که همین وزن‌ها را دارد، و این که از کجا دانسته است', 'Weight of each stage in the total, the edition of the method with these weights, and how that is known')}</caption>
<thead><tr><th scope="col">${say('نوبت', 'Round')}</th><th scope="col">${say('زمان', 'When')}</th><th scope="col">${say('ویرایش', 'Edition')}</th><th scope="col">${say('از کجا دانسته است', 'How it is known')}</th>${STAGES.map((stage) => markup`<th scope="col" class="n">${columnName(voice, stage)}</th>`)}</tr></thead>
<tbody>${rounds.map((round) => {
    const edition = editions.get(round.edition ?? '');
    return markup`<tr><th scope="row">${roundName(site, round)}</th><td>${voice.text(round.names)}</td><td>${edition ? code(edition.id) : markup`<span class="none">–</span>`}</td><td>${voice.text(EDITION_BASIS_NAMES[round.editionBasis])}</td>${STAGES.map((stage) => markup`<td class="n">${edition ? percent(edition.stageWeights[stage] / 100) : markup`<span class="none">–</span>`}</td>`)}</tr>`;
  })}</tbody></table></div>
${differences.length > 0 && markup`<div class="text">${differences.map((difference) => markup`<p>${difference}</p>`)}</div>`}`;
} // prettier-ignore

/** Every published number of a round that stands in a table of the stages or in the ranking. */
interface Cell {
  readonly round: HistoricRound;
  readonly organization: string;
  readonly column: Column | 'ranking';
  readonly score: HistoricScore;
}

function cellsOf(round: HistoricRound): Cell[] {
  return round.results.flatMap(({ organization, stages, total, ranking }) => [
    ...COLUMNS.map((column) => ({ round, organization, column, score: column === 'total' ? total : stages[column] })),
    ...(ranking ? [{ round, organization, column: 'ranking' as const, score: ranking.total }] : []),
  ]);
}

function countsOf(scores: readonly HistoricScore[]): Record<HistoricScore['status'], number> {
  const counts = { printed: 0, corrected: 0, unreliable: 0, missing: 0 };
  for (const { status } of scores) counts[status]++;
  return counts;
}

function trustSection(site: Site): Markup {
  const { voice, rounds } = site;
  const { say, count } = voice;
  const statuses = ['printed', 'corrected', 'unreliable', 'missing'] as const;
  return markup`<table><caption>${say('شمار خانه‌های جدول‌های مرحله‌ها و رتبه‌بندی', 'Cells of the tables of stages and of the ranking')}</caption>
<thead><tr><th scope="col">${say('نوبت', 'Round')}</th>${statuses.map((status) => markup`<th scope="col" class="n">${voice.text(SCORE_STATUS_NAMES[status])}</th>`)}</tr></thead>
<tbody>${rounds.map((round) => {
    const counts = countsOf(cellsOf(round).map(({ score }) => score));
    return markup`<tr><th scope="row">${roundName(site, round)}</th>${statuses.map((status) => markup`<td class="n">${bdi(count(counts[status]))}</td>`)}</tr>`;
  })}</tbody></table>`;
} // prettier-ignore

/** Cells, services and deviations with the same reason stand together, in the order of their first. */
function byReason<T>(items: readonly T[], reasonsOf: (item: T) => readonly Text[]): { readonly reasons: readonly Text[]; readonly items: readonly T[] }[] {
  const groups = groupBy(items, (item) => reasonsOf(item).map(({ en, fa }) => `${en}\n${fa}`).join('\n'));
  return [...groups.values()].map((own) => ({ reasons: reasonsOf(own[0]!), items: own }));
} // prettier-ignore

const cellName = (voice: Voice, column: Cell['column']): string =>
  column === 'ranking' ? voice.say('امتیاز کل در رتبه‌بندی', 'Total in the ranking') : columnName(voice, column);

const ofReason = ({ score }: Pick<Cell, 'score'>): readonly Text[] => (score.reason ? [score.reason] : []);

function correctionsSection(site: Site): Markup {
  const { voice } = site;
  const { say, count, points } = voice;
  const cells = site.rounds.flatMap(cellsOf).filter(({ score }) => score.status === 'corrected' || score.status === 'unreliable'); // prettier-ignore
  if (cells.length === 0) return NONE;
  const labels = [say('نوبت', 'Round'), say('خانه', 'Cell'), say('عدد', 'Number'), say('در چاپ', 'In print'), say('وضع', 'Status')]; // prettier-ignore
  const row = ({ round, organization, column, score }: Cell): Markup => {
    const inPrint = printedBeside(score);
    const values = [roundName(site, round), cellName(voice, column), score.value === null ? '–' : bdi(points(score.value)), inPrint === null ? markup`<span class="none">${say('همان', 'the same')}</span>` : bdi(points(inPrint)), voice.text(SCORE_STATUS_NAMES[score.status])];
    return markup`<tr role="row"><th scope="row" role="rowheader" class="name">${linked(site, organization)}</th>${values.map((value, at) => markup`<td${(at === 2 || at === 3) && markup` class="n"`} role="cell" data-label="${labels[at]}">${value}</td>`)}</tr>`;
  }; // prettier-ignore
  return markup`<table class="cards corrections" role="table"><caption>${say(`${count(cells.length)} خانه، به دلیل`, `${count(cells.length)} cells, by reason`)}</caption>
<thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">${say('دستگاه', 'Organization')}</th>${labels.map((label, at) => markup`<th scope="col" role="columnheader"${(at === 2 || at === 3) && markup` class="n"`}>${label}</th>`)}</tr></thead>
${byReason(cells, ofReason).map(({ reasons, items }) => markup`<tbody role="rowgroup"><tr class="band" role="row"><th scope="rowgroup" role="rowheader" colspan="6">${reasons.map((reason) => sentence(voice, reason))}</th></tr>${items.map(row)}</tbody>`)}</table>`;
} // prettier-ignore

function gapsSection(site: Site): Markup {
  const { voice, rounds } = site;
  const { say, count } = voice;
  const missing = byReason(rounds.flatMap(cellsOf).filter(({ score }) => score.status === 'missing' && score.reason !== null), ofReason); // prettier-ignore
  const services = rounds.flatMap((round) => round.results.flatMap(({ organization, services: own }) => own.map((service) => ({ ...service, organization })))); // prettier-ignore
  const lost = byReason(services.filter(({ score }) => score.status !== 'printed' && score.reason !== null), ofReason);
  const inferred = byReason(services.filter(({ pairing }) => pairing === 'inferred'), ofReason); // prettier-ignore
  if (missing.length + lost.length + inferred.length === 0) return NONE;
  const row = (name: string, { reasons, items }: { readonly reasons: readonly Text[]; readonly items: readonly { readonly organization: string }[] }): Markup => {
    const organizations = [...new Set(items.map(({ organization }) => organization))];
    return markup`<tr><th scope="row">${reasons.map((reason) => sentence(voice, reason))}</th><td>${name}</td><td class="n">${bdi(count(items.length))}</td><td class="n">${bdi(count(organizations.length))}</td></tr>`;
  };
  return markup`<table><caption>${say('دلیل‌ها، با شمار خانه‌ها یا خدمت‌ها و شمار دستگاه‌ها', 'Reasons, with how many cells or services and how many organizations')}</caption>
<thead><tr><th scope="col">${say('دلیل', 'Reason')}</th><th scope="col">${say('درباره', 'About')}</th><th scope="col" class="n">${say('شمار', 'Count')}</th><th scope="col" class="n">${say('دستگاه‌ها', 'Organizations')}</th></tr></thead>
<tbody>${missing.map((own) => row(say('خانه بی‌عدد', 'cells without a number'), own))}${lost.map((own) => row(say('خدمت بی‌عدد', 'services without a number'), own))}${inferred.map((own) => row(say('خدمتی که عددش به استنباط از آنِ آن است', 'services whose number is theirs by inference'), own))}</tbody></table>`;
} // prettier-ignore

// ---------------------------------------------------------------- what does not fit

function checkName({ voice, rounds, editions }: Site, { check, round }: CheckResult): string {
  const edition = editions.get(rounds.find(({ id }) => id === round)?.edition ?? '');
  if (check !== 'stages-give-total' || !edition) return voice.text(CHECK_NAMES[check]);
  const weights = STAGES.map((stage) => voice.count(edition.stageWeights[stage])).join(voice.say('، ', ', '));
  return `${voice.text(CHECK_NAMES[check])} (${weights})`;
}

const COUNTING = new Set<CheckResult['check']>(['organizations-counted', 'services-counted', 'newcomers-are-new']);

function deviationNumbers({ voice }: Site, { check }: CheckResult, { published, computed, mended }: Deviation): Markup {
  const { say } = voice;
  const number = COUNTING.has(check) ? voice.count : voice.points;
  const difference = COUNTING.has(check) ? voice.count(Math.abs(published - computed)) : null;
  return markup`${bdi(number(published))} ${say('به جای', 'for')} ${bdi(number(computed))} (${difference === null ? growthText(voice, published - computed) : difference})${mended && say('، اصلاح شده یا کنار رفته', ', corrected or left out')}`;
} // prettier-ignore

function checksSection(site: Site): Markup {
  const { voice, rounds } = site;
  const { say, count } = voice;
  const all = site.checks.flatMap(({ deviations }) => deviations);
  const open = all.filter(({ reasons }) => reasons.length === 0).length;
  const fitting = (fits: number, tested: number): string => say(`${count(fits)} از ${count(tested)}`, `${count(fits)} of ${count(tested)}`); // prettier-ignore
  const result = (own: CheckResult): Markup => {
    const [inUse, inPrint] = [fitting(own.fits, own.tested), fitting(own.fitsInPrint, own.testedInPrint)];
    const title = markup`${checkName(site, own)}: <b>${inUse}</b>${inUse !== inPrint && say(` (پیش از اصلاح ${inPrint})`, ` (as printed ${inPrint})`)}`;
    if (own.deviations.length === 0) return markup`<p class="fits">${title}</p>`;
    return markup`<details class="fold"><summary>${title}</summary>${byReason(own.deviations, ({ reasons }) => reasons).map(({ reasons, items }) => markup`<div class="why"><p>${reasons.length === 0 ? say('بی‌دلیل:', 'Without a reason:') : reasons.map((reason) => [sentence(voice, reason), ' '])}</p><ul>${items.map((deviation) => markup`<li>${deviation.organization === null ? say('همه نوبت', 'The round as a whole') : linked(site, deviation.organization)}: ${deviationNumbers(site, own, deviation)}</li>`)}</ul></div>`)}</details>`;
  };
  return markup`<p class="text">${say(`هرچه را می‌شد، از عددهای دیگر حساب کرده‌ایم. ${count(all.length)} مورد نمی‌خواند؛ ${count(all.filter(({ mended }) => mended).length)} مورد آن را اصلاح‌ها درست می‌کند یا کنار می‌گذارد، و ${open === 0 ? 'همه دلیل دارند' : `${count(open)} مورد دلیلی ندارد`}.`, `Whatever could be was computed from the other numbers. ${count(all.length)} cases do not fit; corrections mend or leave out ${count(all.filter(({ mended }) => mended).length)} of them, and ${open === 0 ? 'all have a reason' : `${count(open)} have no reason`}.`)}</p>
${rounds.map((round) => {
    const own = site.checks.filter(({ round: id }) => id === round.id);
    return own.length > 0 && markup`<div class="stage"><h3>${roundName(site, round)} <span class="aside">${voice.text(round.names)}</span></h3>${own.map(result)}</div>`;
  })}`;
} // prettier-ignore
