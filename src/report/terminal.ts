/** The scores as a table of plain text. */
import { REVIEW_REASONS } from '../core/review.ts';
import { STAGES, type Stage, type Text } from '../core/model.ts';
import { CERTAINTY } from '../core/uncertainty.ts';
import type { OrganizationReport, ReportData } from './data.ts';
import { cellWidth, clipTo, GAP, isolate, mark, MIN_NAME, nameOf, pad, rangeText, scoreText } from './table-text.ts';
import { voiceOf, type Lang, type Voice } from './voice.ts';
import { BAND_SENTENCE, INTERVAL_SENTENCE, REVIEW_NAMES, UNRANKED_SENTENCES } from './words.ts';

export interface TableOptions {
  /** Columns of the terminal. */
  readonly width: number;
  readonly color: boolean;
}

const SHORT_STAGES: Readonly<Record<Stage, Text>> = {
  presence: { fa: 'حضور', en: 'Presence' },
  interaction: { fa: 'تعاملی', en: 'Interact.' },
  transaction: { fa: 'تراکنشی', en: 'Transact.' },
  integration: { fa: 'یکپارچگی', en: 'Integrat.' },
  participation: { fa: 'مشارکتی', en: 'Particip.' },
};

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
    kept.map((column) => `${mark(voice)}${pad(values[column]!, widths[column]!)}${GAP}`).join('') + mark(voice) + name;
  const style = (text: string, code: number): string => (color ? `\u001b[${code}m${text}\u001b[0m` : text);
  const titles = columns.map(({ title }) => title);
  const lines = [style(line(titles, say('دستگاه', 'Organization')), 1)];
  let band: number | null = null;
  shown.forEach((report, row) => {
    const own = report.ranked?.band ?? null;
    // bands are told apart by an empty line, not by colour
    if (row > 0 && own !== band) lines.push('');
    band = own;
    const text = line(cells[row]!, clipTo(nameOf(voice, report.organization), nameWidth));
    lines.push(report.score?.total.score == null ? style(text, 2) : text);
  });
  return [...lines, '', ...legend(data, voice, shown.length)].join('\n');
}

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
    say(`سنجیده: ${count(data.indicators.length - data.notMeasured.length)} از ${count(data.indicators.length)} شاخص، ویرایش ${isolate(data.edition.id)}.`, `Measured: ${count(data.indicators.length - data.notMeasured.length)} of ${count(data.indicators.length)} indicators, edition ${data.edition.id}.`),
    ...(toReview > 0 ? [say(`بازبینی انسان پیش از انتشار: ${count(toReview)} داوری (${REVIEW_REASONS.map((reason) => `${count(data.reviews[reason])} · ${voice.text(REVIEW_NAMES[reason])}`).join('؛ ')}).`, `For a person before publication: ${count(toReview)} verdicts (${REVIEW_REASONS.map((reason) => `${count(data.reviews[reason])} · ${voice.text(REVIEW_NAMES[reason])}`).join('; ')}).`)] : []),
    ...[...reasons].map(([sentence, number]) => say(`بیرون از جدول، ${count(number)} دستگاه: ${sentence}`, `Not in the table, ${count(number)}: ${sentence}`)),
  ]; // prettier-ignore
}
