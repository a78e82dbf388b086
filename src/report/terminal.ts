/** The scores as a table of plain text. */
import { REVIEW_REASONS } from '../core/review.ts';
import { STAGES, type Stage, type Text } from '../core/model.ts';
import type { StageScore } from '../core/score.ts';
import { CERTAINTY } from '../core/uncertainty.ts';
import type { OrganizationReport, ReportData } from './data.ts';
import { plainText } from './markup.ts';
import { voiceOf, type Lang, type Voice } from './voice.ts';
import { BAND_SENTENCE, INTERVAL_SENTENCE, REVIEW_NAMES, UNRANKED_SENTENCES } from './words.ts';

export interface TableOptions {
  /** Columns of the terminal. */
  readonly width: number;
  readonly color: boolean;
}

/** Kept for the name of an organization even in a narrow window; the stages give way first. */
const MIN_NAME = 16;
const SHORT_STAGES: Readonly<Record<Stage, Text>> = {
  presence: { fa: 'حضور', en: 'Presence' },
  interaction: { fa: 'تعاملی', en: 'Interact.' },
  transaction: { fa: 'تراکنشی', en: 'Transact.' },
  integration: { fa: 'یکپارچگی', en: 'Integrat.' },
  participation: { fa: 'مشارکتی', en: 'Particip.' },
};
const GAP = '  ';
/**
 * A mark of left-to-right before each column: terminals that reorder Persian text themselves then do so within a
 * column, and the columns stay where those that do not reorder have them.
 */
const LRM = '\u200e';

interface Column {
  readonly title: string;
  readonly cell: (report: OrganizationReport) => string;
  /** Left out first when the window is narrow. */
  readonly optional?: boolean;
}

/** One line an organization, by rank: numbers first and the name last, so that no name can shift a number. */
export function scoreTable(data: ReportData, lang: Lang, { width, color }: TableOptions): string {
  const voice = voiceOf(lang, data.registry.calendar);
  const { say } = voice;
  const shown = data.organizations.filter(({ score }) => score !== null);
  const columns: Column[] = [
    { title: '#', cell: ({ ranked }) => (ranked?.rank ? voice.count(ranked.rank) : '–') },
    { title: say('کل', 'Total'), cell: ({ score }) => scoreText(voice, score?.total ?? null) },
    { title: voice.percent(CERTAINTY), cell: ({ interval }) => (interval ? rangeText(voice, ...interval) : '–') },
    ...STAGES.map((stage): Column => ({
      title: voice.text(SHORT_STAGES[stage]),
      cell: ({ score }) => scoreText(voice, score?.stages[stage] ?? null),
      optional: true,
    })),
    { title: say('تعیین', 'Settled'), cell: ({ score }) => (score ? voice.percent(score.total.resolved) : '–') },
  ];
  const cells = shown.map((report) => columns.map(({ cell }) => cell(report)));
  const widths = columns.map(({ title }, column) => Math.max(cellWidth(title), ...cells.map((row) => cellWidth(row[column]!)))); // prettier-ignore
  const room = (kept: readonly number[]): number => width - kept.reduce((sum, column) => sum + widths[column]! + GAP.length, 0); // prettier-ignore
  let kept = columns.map((_, column) => column);
  if (room(kept) < MIN_NAME) kept = kept.filter((column) => !columns[column]!.optional);
  const nameWidth = Math.max(MIN_NAME, room(kept));

  const line = (values: readonly string[], name: string): string =>
    kept.map((column) => `${mark(lang)}${pad(values[column]!, widths[column]!)}${GAP}`).join('') + mark(lang) + name;
  const style = (text: string, code: number): string => (color ? `\u001b[${code}m${text}\u001b[0m` : text);
  const titles = columns.map(({ title }) => title);
  const lines = [style(line(titles, say('دستگاه', 'Organization')), 1)];
  let band = 0;
  shown.forEach((report, row) => {
    const own = report.ranked?.band ?? 0;
    // bands are told apart by an empty line, not by colour
    if (row > 0 && own !== band) lines.push('');
    band = own;
    const text = line(cells[row]!, clipTo(nameOf(report, lang), nameWidth));
    lines.push(report.score?.total.score == null ? style(text, 2) : text);
  });
  return [...lines, '', ...legend(data, voice, shown.length)].join('\n');
}

const mark = (lang: Lang): string => (lang === 'fa' ? LRM : '');

function legend(data: ReportData, voice: Voice, shown: number): string[] {
  const { say, count } = voice;
  const absent = data.organizations.filter(({ score, unranked }) => score === null && unranked !== null);
  const toReview = REVIEW_REASONS.reduce((sum, reason) => sum + data.reviews[reason], 0);
  const reasons = new Map<string, number>();
  for (const { unranked } of absent) {
    const sentence = voice.text(UNRANKED_SENTENCES[unranked!]);
    reasons.set(sentence, (reasons.get(sentence) ?? 0) + 1);
  }
  return [
    ...(shown === 0 ? [say('هیچ دستگاهی سنجیده نشده است.', 'No organization was audited.')] : []),
    say(`عدد: امتیاز از ۱۰۰. بازه: امتیاز داده نشد، زیرا بخش کمی از آن تعیین شده است. سطر خالی: مرز گروه‌ها؛ ${BAND_SENTENCE.fa}.`, `Number: score of 100. Range: withheld, too little of it is settled. Empty line: between groups; ${BAND_SENTENCE.en}.`),
    ...(data.organizations.some(({ interval }) => interval) ? [`${voice.percent(CERTAINTY)}: ${voice.text(INTERVAL_SENTENCE)}`] : []),
    say(`سنجیده: ${count(data.indicators.length - data.notMeasured.length)} از ${count(data.indicators.length)} شاخص، ویرایش ${data.edition.id}.`, `Measured: ${count(data.indicators.length - data.notMeasured.length)} of ${count(data.indicators.length)} indicators, edition ${data.edition.id}.`),
    ...(toReview > 0 ? [say(`بازبینی انسان پیش از انتشار: ${count(toReview)} داوری (${REVIEW_REASONS.map((reason) => `${count(data.reviews[reason])} ${voice.text(REVIEW_NAMES[reason])}`).join('؛ ')}).`, `For a person before publication: ${count(toReview)} verdicts (${REVIEW_REASONS.map((reason) => `${count(data.reviews[reason])} ${voice.text(REVIEW_NAMES[reason])}`).join('; ')}).`)] : []),
    ...[...reasons].map(([sentence, number]) => say(`بیرون از جدول، ${count(number)} دستگاه: ${sentence}`, `Not in the table, ${count(number)}: ${sentence}`)),
  ]; // prettier-ignore
}

function scoreText(voice: Voice, score: StageScore | null): string {
  if (score === null || score.measured === 0) return '–';
  return score.score === null ? rangeText(voice, score.low, score.high) : voice.points(score.score);
}

/** A range is rounded outwards: it must not claim more than is known. */
const rangeText = ({ count }: Voice, low: number, high: number): string =>
  `${count(Math.floor(low + 1e-9))}–${count(Math.ceil(high - 1e-9))}`;

/** Latin letters where the table speaks English: the English name, else the id. */
function nameOf({ organization: { id, names } }: OrganizationReport, lang: Lang): string {
  const name = lang === 'fa' ? names.fa.trim() || names.en.trim() || id : names.en.trim() || id;
  return plainText(name).replace(/\s+/g, ' ');
}

function pad(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - cellWidth(text))) + text;
}

function clipTo(text: string, width: number): string {
  if (cellWidth(text) <= width) return text;
  let out = '';
  let used = 0;
  for (const char of text) {
    const own = cellWidth(char);
    if (used + own > width - 1) break;
    out += char;
    used += own;
  }
  return `${out.trimEnd()}…`;
}

/**
 * Columns that a terminal needs for a text: marks and joiners take none, East Asian wide characters two. Persian
 * letters take one each, joined or not.
 */
export function cellWidth(text: string): number {
  let width = 0;
  for (const char of text) {
    if (/[\p{Mn}\p{Me}\p{Cf}\p{Cc}]/u.test(char)) continue;
    width += WIDE.test(char) ? 2 : 1;
  }
  return width;
}

const WIDE = /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u; // prettier-ignore
