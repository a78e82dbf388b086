/** Two rounds beside each other as plain text: what grew, and what the growth is made of. */
import type { MeanGrowth, Missing, Mover, OneRound, OrganizationGrowth, Parts, RoundsComparison } from '../core/compare.ts'; // prettier-ignore
import type { Text } from '../core/model.ts';
import { printed } from '../core/score.ts';
import { cellWidth, clipTo, GAP, isolate, mark, MIN_NAME, nameOf, oneLine, pad, scoreText } from './table-text.ts';
import type { TableOptions } from './terminal.ts';
import { voiceOf, type Lang, type Voice } from './voice.ts';

export interface ComparisonOptions extends TableOptions {
  readonly calendar: 'jalali' | 'gregorian';
  /** Names of the two rounds. */
  readonly rounds: { readonly before: Text; readonly after: Text };
}

const INSEPARABLE = '≈';

const MISSING: Readonly<Record<Missing['cause'], Text>> = {
  withheld: { fa: 'امتیاز یکی از دو دور اعلام نشده است، زیرا بخش کمی از آن تعیین شده بود', en: 'the score of a round is withheld, too little of it is settled' },
  'not-measured': { fa: 'در یکی از دو دور چیزی از آن سنجیده نشده است', en: 'nothing of it was measured in one of the rounds' },
  unranked: { fa: 'امتیاز آن در یکی از دو دور منتشر نمی‌شود', en: 'its score is not published in one of the rounds' },
}; // prettier-ignore

/** A line of the table: an organization or a mean. */
interface Row {
  readonly before: string;
  readonly after: string;
  readonly points: number | null;
  readonly parts: Parts | null;
  readonly separable: boolean | null;
  readonly name: string;
}

interface Column {
  readonly title: string;
  readonly cell: (row: Row) => string;
  /** Left out first when the window is narrow. */
  readonly optional?: boolean;
}

/** The largest growth first; numbers before names, so that no name can shift a number. Then risers, fallers, who came and went. */
export function comparisonTable(data: RoundsComparison, lang: Lang, options: ComparisonOptions): string {
  const voice = voiceOf(lang, options.calendar);
  const { say, count } = voice;
  const organizations = data.organizations
    .toSorted((a, b) => (b.total.points ?? -Infinity) - (a.total.points ?? -Infinity) || (a.organization < b.organization ? -1 : 1))
    .map((growth) => organizationRow(voice, growth)); // prettier-ignore
  const { matched, all } = data;
  const both = matched.total.organizations.compared;
  const means = [
    meanRow(voice, matched.total, say(`میانگین ${count(both)} دستگاه هر دو دور`, `Mean of the ${count(both)} in both rounds`)),
    meanRow(voice, all.total, say(`میانگین همه: ${count(all.total.organizations.before)}، سپس ${count(all.total.organizations.after)}`, `Mean of all: ${count(all.total.organizations.before)}, then ${count(all.total.organizations.after)}`)),
  ]; // prettier-ignore
  const style = (text: string): string => (options.color ? `\u001b[1m${text}\u001b[0m` : text);
  const lines = tableLines(voice, organizations, means, options.width);
  const name = (text: Text, edition: string): string => {
    const own = oneLine(voice.text(text));
    return say(`${isolate(own)} (${isolate(edition)})`, `${own} (${edition})`);
  };
  const before = name(options.rounds.before, data.editions.before);
  const after = name(options.rounds.after, data.editions.after);
  return [
    style(say(`از ${before} تا ${after}`, `${before} → ${after}`)),
    '',
    ...lines.map((line, at) => (at === 0 ? style(line) : line)),
    ...sections(data, voice, options.width).flatMap(([title, items]) => ['', style(title), ...items]),
    '',
    ...legend(data, voice),
    '',
  ].join('\n'); // prettier-ignore
}

const organizationRow = (voice: Voice, growth: OrganizationGrowth): Row => ({
  ...growth.total,
  before: scoreText(voice, growth.ranked.before ? growth.total.before : null),
  after: scoreText(voice, growth.ranked.after ? growth.total.after : null),
  separable: growth.separable,
  name: nameOf(voice, { id: growth.organization, names: growth.names }),
});

const meanRow = (voice: Voice, { before, after, points, parts }: MeanGrowth, name: string): Row => ({
  before: before === null ? '–' : voice.points(before),
  after: after === null ? '–' : voice.points(after),
  points,
  parts,
  separable: null,
  name,
});

function tableLines(voice: Voice, organizations: readonly Row[], means: readonly Row[], width: number): string[] {
  const { say } = voice;
  const rows = [...organizations, ...means];
  const columns = columnsFor(voice, rows);
  const cells = rows.map((row) => columns.map(({ cell }) => cell(row)));
  const widths = columns.map(({ title }, column) => Math.max(cellWidth(title), ...cells.map((row) => cellWidth(row[column]!)))); // prettier-ignore
  const room = (kept: readonly number[]): number => width - kept.reduce((sum, column) => sum + widths[column]! + GAP.length, 0); // prettier-ignore
  let kept = columns.map((_, column) => column);
  if (room(kept) < MIN_NAME) kept = kept.filter((column) => !columns[column]!.optional);
  const nameWidth = Math.max(MIN_NAME, room(kept));
  const line = (values: readonly string[], name: string): string =>
    kept.map((column) => `${mark(voice)}${pad(values[column]!, widths[column]!)}${GAP}`).join('') +
    mark(voice) +
    clipTo(name, nameWidth);
  const head = line(columns.map(({ title }) => title), say('دستگاه', 'Organization')); // prettier-ignore
  const body = rows.map(({ name }, row) => line(cells[row]!, name));
  return [head, ...body.slice(0, organizations.length), '', ...body.slice(organizations.length)];
}

/** Columns in which there is something to see. */
function columnsFor(voice: Voice, rows: readonly Row[]): Column[] {
  const { say } = voice;
  const part = (title: string, of: keyof Parts, optional = true): Column => ({
    title,
    cell: ({ parts }) => change(voice, parts?.[of] ?? null),
    optional,
  });
  const isTogether = rows.some(({ parts }) => parts !== null && parts.unseparated !== 0);
  const isMarked = rows.some(({ separable }) => separable === false);
  return [
    { title: say('پیش', 'Before'), cell: ({ before }) => before },
    { title: say('پس', 'After'), cell: ({ after }) => after },
    { title: say('رشد', 'Growth'), cell: ({ points }) => change(voice, points) },
    ...(isMarked ? [{ title: '', cell: ({ separable }: Row) => (separable === false ? INSEPARABLE : '') }] : []),
    part(say('واقعی', 'Real'), 'real', false),
    part(say('ویرایش', 'Edition'), 'ruler'),
    part(say('پوشش', 'Coverage'), 'coverage'),
    part(say('بازبینی', 'Review'), 'review'),
    ...(isTogether ? [part(say('تفکیک‌نشده', 'Unsplit'), 'unseparated')] : []),
  ];
}

/** What follows the table: a title and its lines. Sections without lines are left out. */
function sections(data: RoundsComparison, voice: Voice, width: number): (readonly [string, readonly string[]])[] {
  const { say, count } = voice;
  const isMarked = data.organizations.some(({ separable }) => separable === false);
  const lines = (items: readonly (readonly [cells: readonly string[], name: string])[]): string[] => {
    const widths = (items[0]?.[0] ?? []).map((_, column) => Math.max(...items.map(([cells]) => cellWidth(cells[column]!)))); // prettier-ignore
    return items.map(([cells, name]) => {
      const numbers = cells.map((cell, column) => `${mark(voice)}${pad(cell, widths[column]!)}${GAP}`).join('');
      return numbers + mark(voice) + clipTo(name, Math.max(MIN_NAME, width - cellWidth(numbers)));
    });
  };
  const movers = (list: readonly Mover[]): string[] =>
    lines(list.map((mover) => [
      [change(voice, mover.points), ...(isMarked ? [mover.separable === false ? INSEPARABLE : ''] : [])], nameOf(voice, mover),
    ])); // prettier-ignore
  const scored = (list: readonly OneRound[]): string[] =>
    lines(list.map((one) => [[scoreText(voice, one.score)], nameOf(voice, one)]));
  const renamed = data.renamed.map((one): string => {
    const earlier = { id: one.id, names: one.namesBefore };
    // it may be the name in the other language that changed
    const spoken = nameOf(voice, one) === nameOf(voice, earlier) ? voiceOf(voice.lang === 'fa' ? 'en' : 'fa', 'gregorian') : voice;
    const [now, then] = [nameOf(spoken, one), nameOf(spoken, earlier)];
    return `${mark(voice)}${clipTo(now, width)}\n${GAP}${mark(voice)}${clipTo(say(`پیش‌تر: ${then}`, `before: ${then}`), width - GAP.length)}`;
  }); // prettier-ignore
  const all: (readonly [string, readonly string[]])[] = [
    [say('بیشترین رشد واقعی', 'Risers by real change'), movers(data.risers.real)],
    [say('بیشترین افت واقعی', 'Fallers by real change'), movers(data.fallers.real)],
    [say('بیشترین رشد امتیاز', 'Risers by growth of the score'), movers(data.risers.growth)],
    [say('بیشترین افت امتیاز', 'Fallers by growth of the score'), movers(data.fallers.growth)],
    [say(`تازه: ${count(data.new.length)}`, `New: ${count(data.new.length)}`), scored(data.new)],
    [say(`رفته: ${count(data.gone.length)}`, `Gone: ${count(data.gone.length)}`), scored(data.gone)],
    [say(`با نام دیگر: ${count(renamed.length)}`, `Renamed: ${count(renamed.length)}`), renamed],
  ];
  return all.filter(([, items]) => items.length > 0);
}

function legend(data: RoundsComparison, voice: Voice): string[] {
  const { say, count } = voice;
  const { organizations } = data;
  const rows = organizations.map(({ total }) => total);
  const inseparable = organizations.filter(({ separable }) => separable === false).length;
  const changes = organizations.map((growth) => growth.changes);
  const sum = (of: 'new' | 'gone' | 'renamed' | 'moved'): number =>
    changes.reduce((all, own) => all + own[of].length, 0);
  const split = changes.reduce((all, { gone }) => all + gone.filter((one) => one.isHeadingInOther).length, 0);
  const causes = Object.keys(MISSING) as Missing['cause'][];
  return [
    ...(organizations.length === 0 ? [say('هیچ دستگاهی در هر دو دور نیست.', 'No organization is in both rounds.')] : []),
    say('رشد = واقعی + ویرایش + پوشش + بازبینی. واقعی: شاهدهای دیگر با همان ویرایش. ویرایش: سنجه یا قاعده دیگر بر همان شاهدها. پوشش: آنچه تنها در یکی از دو دور تعیین شد. بازبینی: تصمیم‌های انسان. هر عدد جدا گرد شده است.', 'Growth = real + edition + coverage + review. Real: other evidence, same edition. Edition: another measure or rule on the same evidence. Coverage: settled in one of the rounds only. Review: people’s decisions. Each number is rounded on its own.'),
    ...(rows.some(({ parts }) => parts !== null && parts.unseparated !== 0) ? [say('تفکیک‌نشده: شاهدهای آن دیگر نگهداری نمی‌شود، پس واقعی و ویرایش از هم جدا نمی‌شود.', 'Unsplit: its evidence is kept no longer, so that real change and edition are one number.')] : []),
    ...(rows.some(({ unsplit }) => unsplit === 'nothing-in-common') ? [say('واقعی –: چیزی نبود که در هر دو دور تعیین شده باشد، پس همه رشد پوشش است.', 'Real –: nothing was settled in both rounds, so that all of it is coverage.')] : []),
    ...(inseparable > 0 ? [say(`${INSEPARABLE} (${count(inseparable)} دستگاه): تفاوت دو امتیاز از «بی‌تغییر» بازشناخته نمی‌شود.`, `${INSEPARABLE} (${count(inseparable)}): the two scores cannot be told apart from no change.`)] : []),
    ...causes.flatMap((cause) => {
      const number = organizations.filter(({ total }) => total.missing?.cause === cause).length;
      return number === 0 ? [] : [say(`بی رشد، ${count(number)} دستگاه: ${voice.text(MISSING[cause])}.`, `Without growth, ${count(number)}: ${voice.text(MISSING[cause])}.`)];
    }),
    say(`خدمت‌های این دستگاه‌ها: ${count(sum('new'))} تازه، ${count(sum('gone'))} رفته، ${count(sum('renamed'))} با نام دیگر، ${count(sum('moved'))} با نشانی دیگر.`, `Services of these organizations: ${count(sum('new'))} new, ${count(sum('gone'))} gone, ${count(sum('renamed'))} renamed, ${count(sum('moved'))} moved.`),
    ...(split > 0 ? [say(`از رفته‌ها ${count(split)} خدمت به زیرخدمت‌ها شکسته شده است.`, `Of those gone ${count(split)} were split into parts.`)] : []),
  ]; // prettier-ignore
}

/** With its sign, rounded half away from zero so that the same way back prints the same number. */
function change(voice: Voice, points: number | null): string {
  if (points === null) return '–';
  const size = Math.abs(points);
  const sign = printed(size) === '0.00' ? '' : points > 0 ? '+' : '−';
  return `${sign}${voice.points(size)}`;
}
