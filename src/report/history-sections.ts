/**
 * Pieces about several rounds that the site of an imported round and the report of our own share: published numbers
 * with their marks and notes, and the charts over rounds, each beside the table of its numbers.
 */
import { asPrinted, growthsOf, nationalMeans, publishedTotal, tookPart, type HistoricResult, type HistoricRound, type HistoricScore } from '../core/history.ts'; // prettier-ignore
import { STAGES, type Stage, type Text } from '../core/model.ts';
import { barChart, type Bar } from './charts/bars.ts';
import { DASH, type Range } from './charts/chart.ts';
import { groupedBars } from './charts/groups.ts';
import { lineChart } from './charts/line.ts';
import { radarChart } from './charts/radar.ts';
import type { OrganizationReport, ReportData } from './data.ts';
import { bdi, named, organizationPath, sentence } from './layout.ts';
import { markup, NONE, type Markup, type Part } from './markup.ts';
import { changesOf, columnName, COLUMNS, comparabilityOf, differenceWords, doubtsOfMeans, growthText, hasShape, inText, labelsOf, lastOf, linesOf, meanOfSeveral, previousOf, radarTitle, resultsOf, roundName, roundsOf, scoreIn, stageAxes, trusted, type Column, type Rounds } from './rounds.ts'; // prettier-ignore
import { plural, type Voice } from './voice.ts';
import { SCORE_STATUS_NAMES } from './words.ts';

// ---------------------------------------------------------------- numbers with marks

type Sign = 'corrected' | 'unreliable' | 'missing' | 'inferred' | 'remark';

/** A sign beside a number; a missing one is its own sign. */
const SIGNS: Readonly<Record<Sign, { readonly sign: Text; readonly name: Text; readonly legend: Text }>> = {
  corrected: {
    sign: { fa: '≠', en: '≠' },
    name: SCORE_STATUS_NAMES.corrected,
    legend: { fa: 'اصلاح‌شده؛ در چاپ عدد دیگری است که زیر آن آمده', en: 'corrected; print has the other number below it' },
  },
  unreliable: {
    sign: { fa: '؟', en: '?' },
    name: SCORE_STATUS_NAMES.unreliable,
    legend: { fa: 'نامطمئن؛ چاپ شده ولی با عددهای دیگر نمی‌خواند', en: 'not reliable; printed, yet it does not fit the others' },
  },
  missing: {
    sign: { fa: '', en: '' },
    name: SCORE_STATUS_NAMES.missing,
    legend: { fa: 'بی‌عدد', en: 'no number' },
  },
  inferred: {
    sign: { fa: '~', en: '~' },
    name: { fa: 'به استنباط', en: 'by inference' },
    legend: { fa: 'عدد چاپ شده است؛ این که از آنِ این خدمت باشد استنباط است', en: 'the number is printed; that it is of this service is an inference' },
  },
  remark: { sign: { fa: '', en: '' }, name: { fa: 'با یادداشت', en: 'with a note' }, legend: { fa: '', en: '' } },
}; // prettier-ignore

/** Marks of one page and the list that they refer to; a reason is listed once, numbered by its first mention. */
export interface Notes {
  /** A score with its mark, which is a link to the reason. */
  score(score: HistoricScore, options?: { readonly isStrong?: boolean; readonly isInferred?: boolean }): Markup;
  /** Anything with a mark that is a link to the reason. */
  remark(shown: Part, reasons: readonly Text[]): Markup;
  /** What the signs mean, and all reasons so far; nothing where there was no mark. */
  list(): Markup;
}

export function notesOf(voice: Voice, id: string): Notes {
  const { say, count } = voice;
  const reasons: Text[] = [];
  const signs = new Set<Sign>();
  const numberOf = (reason: Text): number => {
    const at = reasons.findIndex(({ fa, en }) => fa === reason.fa && en === reason.en);
    return at < 0 ? reasons.push(reason) : at + 1;
  };
  const marked = (shown: Part, sign: Sign, reason: Text): Markup => {
    signs.add(sign);
    const number = count(numberOf(reason));
    return markup`<a class="noted${shown === DASH && ' gap'}" href="#${id}-${numberOf(reason)}">${shown}<sup aria-hidden="true">${voice.text(SIGNS[sign].sign)}${number}</sup><span class="hidden"> ${voice.text(SIGNS[sign].name)}${say('، یادداشت ', ', note ')}${number}</span></a>`;
  };
  return {
    score(score, { isStrong = false, isInferred = false } = {}) {
      const { value, status, reason } = score;
      const number = value === null ? DASH : bdi(voice.points(value));
      const shown = isStrong && value !== null ? markup`<b>${number}</b>` : number;
      const inPrint = printedBeside(score);
      const below = inPrint !== null && markup` <span class="range">${say('در چاپ', 'print')} ${bdi(voice.points(inPrint))}</span>`;
      if (reason === null) return value === null ? markup`<span class="none">${DASH}</span>${below}` : markup`${shown}${below}`;
      return markup`${marked(shown, isInferred && status === 'printed' ? 'inferred' : status === 'printed' ? 'remark' : status, reason)}${below}`;
    },
    remark: (shown, said) => {
      if (said.length === 0) return markup`${shown}`;
      const [fa, en] = (['fa', 'en'] as const).map((lang) => said.map((reason) => reason[lang]).join(' '));
      return marked(shown, 'remark', { fa: fa!, en: en! });
    },
    list() {
      if (reasons.length === 0) return NONE;
      const legend = (Object.keys(SIGNS) as Sign[]).filter((sign) => signs.has(sign) && voice.text(SIGNS[sign].sign) !== '');
      return markup`${legend.length > 0 && markup`<p class="legend">${legend.map((sign) => markup`<span class="keyed"><b>${voice.text(SIGNS[sign].sign)}</b> ${voice.text(SIGNS[sign].legend)}</span> `)}</p>`}<ol class="notes">${reasons.map((reason, at) => markup`<li id="${id}-${at + 1}">${sentence(voice, reason)}</li>`)}</ol>`;
    },
  };
} // prettier-ignore

/** What stands in a cell without a number. */
export const NO_NUMBER = markup`<span class="none">${DASH}</span>`;

/** The number in print where it is another one than the number to use. */
export function printedBeside(score: HistoricScore): number | null {
  const number = asPrinted(score);
  return number === score.value ? null : number;
}

/** A score as a bar of 0 to 100, beside its number. */
export function plainBar({ dir }: Voice, value: number | null): Markup {
  if (value === null) return NONE;
  const width = Math.round(Math.min(100, Math.max(0, value)) * 100) / 100;
  return markup`<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="10"/><rect class="sure" x="${dir === 'rtl' ? Math.round((100 - width) * 100) / 100 : 0}" width="${width}" height="10"/></svg>`;
}

/** A sortable value of a cell. */
export const sortable = (value: number | null): string => (value === null ? '' : value.toFixed(6));

// ---------------------------------------------------------------- tables

export interface CardRow {
  readonly name: Part;
  readonly cells: readonly Part[];
}

export interface CardTable {
  readonly caption: Part;
  /** Heading of the first column, whose cells name their rows. */
  readonly first: string;
  readonly columns: readonly { readonly name: string; readonly isNumber: boolean }[];
  /** Rows in groups; a group may have a heading of its own. */
  readonly bodies: readonly { readonly head?: Part; readonly rows: readonly CardRow[] }[];
  readonly foot?: CardRow;
  readonly className?: string;
}

/** A table whose rows become cards where there is no room. Roles are said because cards would lose them. */
export function cardTable({ caption, first, columns, bodies, foot, className }: CardTable): Markup {
  const number = (at: number): Part => columns[at]!.isNumber && markup` class="n"`;
  const row = ({ name, cells }: CardRow): Markup =>
    markup`<tr role="row"><th scope="row" role="rowheader" class="name">${name}</th>${cells.map((cell, at) => markup`<td${number(at)} role="cell" data-label="${columns[at]!.name}">${cell}</td>`)}</tr>`;
  return markup`<table class="cards${className && [' ', className]}" role="table"><caption>${caption}</caption>
<thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">${first}</th>${columns.map(({ name }, at) => markup`<th scope="col" role="columnheader"${number(at)}>${name}</th>`)}</tr></thead>
${bodies.map(({ head, rows }) => markup`<tbody role="rowgroup">${head && markup`<tr class="band" role="row"><th scope="rowgroup" role="rowheader" colspan="${columns.length + 1}">${head}</th></tr>`}${rows.map(row)}</tbody>`)}
${foot && markup`<tfoot role="rowgroup">${row(foot)}</tfoot>`}</table>`;
} // prettier-ignore

// ---------------------------------------------------------------- over rounds

interface RoundsTable {
  readonly caption: Part;
  readonly cell: (round: HistoricRound, column: Column) => Part;
  /** A last row for comparison. */
  readonly foot?: { readonly name: string; readonly cell: (column: Column) => Part };
}

function roundsTable(context: Rounds, { caption, cell, foot }: RoundsTable): Markup {
  const { voice, rounds } = context;
  return cardTable({
    className: 'rounds',
    caption,
    first: voice.say(context.word, 'Round'),
    columns: COLUMNS.map((column) => ({ name: columnName(voice, column), isNumber: true })),
    bodies: [
      {
        rows: rounds.map((round) => ({
          name: roundHead(context, round),
          cells: COLUMNS.map((own) => cell(round, own)),
        })),
      },
    ],
    ...(foot && { foot: { name: foot.name, cells: COLUMNS.map(foot.cell) } }),
  });
}

/** The name of a round with its time below. */
export const roundHead = (context: Pick<Rounds, 'voice' | 'word'>, round: HistoricRound): Markup =>
  markup`${roundName(context, round)}${round.number > 0 && markup`<span class="flag"><bdi>${context.voice.text(round.names)}</bdi></span>`}`; // prettier-ignore

/** Means of the stages and of the total over the rounds, as figure and table. */
export function averages(context: Rounds): Markup {
  const { voice, rounds } = context;
  const { say, count, points } = voice;
  const means = new Map(rounds.map((round) => [round, nationalMeans(round)]));
  const doubts = doubtsOfMeans(context);
  const title = say(`میانگین مرحله‌ها و امتیاز کل در ${count(rounds.length)} ${context.word}`, `Means of the stages and of the total in ${count(rounds.length)} rounds`); // prettier-ignore
  return markup`<figure>${groupedBars(voice, {
    id: 'averages',
    title,
    rounds: labelsOf(context),
    groups: COLUMNS.map((column) => ({ name: columnName(voice, column), values: rounds.map((round) => means.get(round)![column].mean) })),
    changes: changesOf(context),
  })}</figure>
${roundsTable(context, {
  caption: say('میانگین ساده دستگاه‌هایی که عددی دارند و زیر آن شمار آن‌ها. دستگاه‌ها در همه ردیف‌ها یکی نیستند، پس دو ردیف را نباید بی‌واسطه با هم سنجید.', 'Plain means over the organizations with a number, and below it how many. They are not the same in every row, so rows are not to be compared outright.'),
  cell: (round, column) => {
    const { mean, count: size } = means.get(round)![column];
    return mean === null ? NO_NUMBER : markup`${bdi(points(mean))} <span class="range">${say(`${count(size)} دستگاه`, `${count(size)} ${plural(size, 'organization', 'organizations')}`)}</span>`;
  },
})}
${doubts && markup`<p class="legend">${doubts}</p>`}`;
} // prettier-ignore

/** Bars of growths; their numbers stand in a table beside them. */
export const growthBars = (voice: Voice, title: string, bars: readonly Bar[]): Markup =>
  markup`<figure>${barChart(voice, { id: 'growth', title, bars })}</figure>`;

// ---------------------------------------------------------------- one organization

const hasStages = (result: HistoricResult | null): boolean =>
  result !== null && STAGES.some((stage) => result.stages[stage].value !== null);

export interface OrganizationOverRounds {
  readonly organization: string;
  readonly name: string;
  /** Where the total of the last round lies. */
  readonly interval?: Range | null;
}

/**
 * The line of an organization over the rounds and the table of its stages; nothing when no round has a stage of it and
 * fewer than two a total. Numbers that cannot be trusted stand in the table and are left out of the drawing.
 */
export function overRounds(all: Rounds, { organization, name, interval = null }: OrganizationOverRounds, notes: Notes): Markup {
  // earlier rounds of which nothing at all is known would be rows of dashes
  const since = resultsOf(all, organization).findIndex((result) => result !== null);
  if (since < 0) return NONE;
  const context = { ...all, rounds: all.rounds.slice(since) };
  const { voice, rounds } = context;
  const { say, count } = voice;
  const results = resultsOf(context, organization);
  const totals = results.filter((result) => result && trusted(publishedTotal(result)) !== null).length;
  if (totals < 2 && !results.some(hasStages)) return NONE;
  const lines = linesOf(context, results, interval);
  const means = nationalMeans(lastOf(context));
  const hasMean = COLUMNS.some((column) => meanOfSeveral(means[column]) !== null);
  const title = say(`${name} در ${count(rounds.length)} ${context.word}`, `${name} over ${count(rounds.length)} rounds`);
  return markup`${lines && markup`<figure>${lineChart(voice, { id: 'line', title, rounds: labelsOf(context), series: lines.series, changes: changesOf(context) })}</figure>${lines.left && markup`<p class="legend">${lines.left}</p>`}`}
${roundsTable(context, {
  caption: say(`امتیاز مرحله‌ها و امتیاز کل از ۱۰۰`, 'Scores of the stages and the total, of 100'),
  cell: (round, column) => {
    const result = results[rounds.indexOf(round)];
    return result ? notes.score(scoreIn(result, column), { isStrong: column === 'total' }) : NO_NUMBER;
  },
  ...(hasMean && { foot: { name: say(`میانگین دستگاه‌ها در ${roundName(context, lastOf(context))}`, `Mean of all in ${inText(context, lastOf(context))}`), cell: (column: Column) => {
    const mean = meanOfSeveral(means[column]);
    return mean === null ? NO_NUMBER : bdi(voice.points(mean));
  } } }),
})}`;
} // prettier-ignore

/** The stages of the last round against the mean of all; nothing with fewer than three. */
export function stageRadar(
  context: Rounds,
  { organization, name }: OrganizationOverRounds,
  ranges: Readonly<Partial<Record<Stage, Range>>> = {},
): Markup {
  const { voice } = context;
  const last = lastOf(context);
  const result = last.results.find((own) => own.organization === organization);
  if (!result || !hasShape(result)) return NONE;
  const { axes, left } = stageAxes(voice, result, nationalMeans(last), ranges);
  return markup`<figure>${radarChart(voice, {
    id: 'radar',
    title: radarTitle(voice, name, axes),
    names: { own: name, mean: voice.say('میانگین دستگاه‌ها', 'Mean of all organizations') },
    axes,
  })}</figure>${left && markup`<p class="legend">${left}</p>`}`;
} // prettier-ignore

/** What to bear in mind when the last two rounds are compared; nothing where that is nothing. */
function comparability(context: Rounds): Markup {
  const caution = comparabilityOf(context);
  return caution === null ? NONE : markup`<p class="caution">${caution}</p>`;
}

/** A growth list is short: the largest are news, the rest is in the tables. */
const LARGEST = 10;

/** On the front page of a report: means over the rounds, and who has grown most; nothing without earlier rounds. */
export function roundsOnFrontPage(data: ReportData, voice: Voice): Markup {
  const context = roundsOf(data, voice);
  if (!context) return NONE;
  const { say } = voice;
  return markup`<section aria-labelledby="rounds"><h2 id="rounds">${say('در گذر دورها', 'Over the rounds')}</h2>${comparability(context)}${averages(context)}${largestGrowths(context, data)}</section>`;
} // prettier-ignore

function largestGrowths(context: Rounds, { registry }: ReportData): Markup {
  const { voice } = context;
  const { say, count, points } = voice;
  const [before, last] = [previousOf(context)!, lastOf(context)];
  const words = differenceWords(context, before);
  const names = new Map(registry.organizations.map((organization) => [organization.id, organization]));
  const matched = growthsOf(before, last, trusted).filter(({ organization }) => names.has(organization));
  const rows = matched.filter(({ growth }) => growth > 0).toSorted((a, b) => b.growth - a.growth).slice(0, LARGEST);
  if (rows.length === 0) return NONE;
  const nameOf = (id: string): string => voice.text(names.get(id)!.names) || id;
  return markup`<h3 id="growth">${words.rises}</h3>${growthBars(voice, words.rises, rows.map(({ organization, growth }) => ({ name: nameOf(organization), points: growth })))}
${cardTable({
  caption: say(`تفاضل دو امتیاز کل، به امتیاز، در میان ${count(matched.length)} دستگاهی که در هر دو امتیازی قابل‌اعتماد دارند`, `Difference of the two totals, in points, among the ${count(matched.length)} organizations with a reliable one in both`),
  first: say('دستگاه', 'Organization'),
  columns: [words.name, roundName(context, before), roundName(context, last)].map((name) => ({ name, isNumber: true })),
  bodies: [{ rows: rows.map(({ organization, from, to, growth }) => ({
    name: markup`<a href="${organizationPath(organization)}">${named(voice, names.get(organization)!.names, organization)}</a>`,
    cells: [markup`<b>${growthText(voice, growth)}</b>`, bdi(points(from)), bdi(points(to))],
  })) }],
})}`;
} // prettier-ignore

/** On the page of an organization: its line, its stages round by round, and this round against the mean. */
export function roundsOnOrganizationPage(data: ReportData, voice: Voice, report: OrganizationReport): Markup {
  const context = roundsOf(data, voice);
  if (!context || !report.score) return NONE;
  const { organization, score, interval } = report;
  const subject = {
    organization: organization.id,
    name: voice.text(organization.names) || organization.id,
    interval: interval && { low: interval[0], high: interval[1] },
  };
  const hasEarlier = resultsOf(context, organization.id).slice(0, -1).some((result) => result && tookPart(result));
  const notes = notesOf(voice, 'note');
  const over = hasEarlier ? overRounds(context, subject, notes) : NONE;
  const ranges = Object.fromEntries(STAGES.flatMap((stage) => {
    const { score: own, measured, low, high } = score.stages[stage];
    return own === null && measured > 0 ? [[stage, { low, high }]] : [];
  }));
  const radar = stageRadar(context, subject, ranges);
  if (over === NONE && radar === NONE) return NONE;
  return markup`${over !== NONE && [comparability(context), over, notes.list()]}${radar}`;
} // prettier-ignore
