import type { Argv, CommandModule } from 'yargs';
import { EDITIONS } from '../../../rules/editions/index.ts';
import { readHistory } from '../../audit/history.ts';
import { describeProblem, loadRegistry, problemData } from '../../audit/registry.ts';
import { persian, UserError } from '../../core/errors.ts';
import { checkHistory, COUNTING, nationalMeans, type CheckId, type CheckResult, type Deviation, type HistoricRound, type History, type HistoryCheck } from '../../core/history.ts'; // prettier-ignore
import type { Registry, Text } from '../../core/model.ts';
import { columnName, COLUMNS } from '../../report/rounds.ts';
import { LRM } from '../../report/table-text.ts';
import { voiceOf, type Voice } from '../../report/voice.ts';
import { DONE, USER_MISTAKE } from '../exit-codes.ts';
import { registryFolder } from '../places.ts';

interface HistoryArguments {
  folder: string;
  lang: 'fa' | 'en';
  json: boolean;
}

/** `rasad history check`: whether the numbers of published rounds fit each other, and why those that do not. */
export function command(done: (code: number) => void, lang: 'fa' | 'en'): CommandModule {
  return {
    command: 'history',
    describe: 'Work with rounds that were published before, as data',
    builder: (y) =>
      y
        .command({
          command: 'check [folder]',
          describe: 'Compute published scores, ranks and growths again, and say what does not fit and why',
          builder: (inner: Argv<object>) =>
            inner
              .positional('folder', {
                type: 'string',
                default: 'iran-1397',
                describe: 'Registry folder with a folder history, or the name of one that ships with Rasad',
              })
              .example('$0 history check', 'the five rounds that come with Rasad')
              .example('$0 history check seeds/my-country --json', '') as unknown as Argv<HistoryArguments>,
          handler: (args: HistoryArguments) => done(check(args)),
        })
        .demandCommand(
          1,
          lang === 'fa' ? persian`بگویید چه شود: ${'rasad history check'}` : 'Name what to do: rasad history check',
        ),
    handler: () => undefined,
  };
}

/** 0 when whatever does not fit is explained; else 2. */
export function check({ folder, lang, json }: HistoryArguments): number {
  const path = registryFolder(folder);
  const registry = loadRegistry(path);
  const { history, problems } = readHistory(path, registry);
  if (!history) {
    const lines = problems.map((problem) => `${describeProblem(problem, lang)}\n`).join('');
    process.stdout.write(json ? `${JSON.stringify({ ok: false, problems: problems.map(problemData) })}\n` : lines);
    return USER_MISTAKE;
  }
  const checked = checkHistory(history, weightsOf);
  const ok = checked.results.every(({ deviations }) => deviations.every(isExplained));
  if (json) {
    const rounds = history.rounds.map((round) => ({ id: round.id, number: round.number, names: round.names, edition: round.edition, means: nationalMeans(round) })); // prettier-ignore
    process.stdout.write(`${JSON.stringify({ ok, rounds, checks: checked.results, idle: checked.idle, problems: problems.map(problemData) })}\n`); // prettier-ignore
  } else {
    for (const problem of problems) process.stdout.write(`${describeProblem(problem, lang)}\n`);
    process.stdout.write(historyText(history, checked, registry, voiceOf(lang, registry.calendar)));
  }
  return ok ? DONE : USER_MISTAKE;
}

const isExplained = ({ reasons }: Deviation): boolean => reasons.length > 0;

function weightsOf(id: string): (typeof EDITIONS)[number]['stageWeights'] {
  const edition = EDITIONS.find((candidate) => candidate.id === id);
  if (!edition) {
    const known = EDITIONS.map((candidate) => candidate.id).join(', ');
    throw new UserError({
      fa: persian`${'history/rounds.csv'} از ویرایش «${id}» نام می‌برد که شناخته نیست. شناخته‌شده‌ها: ${known}؛ برای نوبتی که وزن‌هایش معلوم نیست خانه را خالی بگذارید.`,
      en: `history/rounds.csv names an edition "${id}" that there is not. Known are: ${known}; leave the cell empty for a round whose weights are not known.`,
    });
  }
  return edition.stageWeights;
}

const TITLES: Readonly<Record<CheckId, Text>> = {
  'stages-give-total': { fa: 'امتیاز کل، میانگین وزن‌دار مراحل است', en: 'The total is the weighted mean of the stages' },
  'total-within-stages': { fa: 'امتیاز کل از کمترین مرحله کمتر و از بیشترین بیشتر نیست', en: 'The total is not below every stage or above every stage' },
  'services-give-total': { fa: 'امتیاز کل، میانگین ساده خدمات است', en: 'The total is the plain mean of the services' },
  'page-and-ranking': { fa: 'صفحه دستگاه و جدول رتبه‌بندی، امتیاز کل یکسانی دارند', en: 'The page of the organization and the ranking have the same total' },
  'ranking-descends': { fa: 'جدول رتبه‌بندی به ترتیب امتیاز کل است', en: 'The ranking is in the order of the totals' },
  growth: { fa: 'رشد، تفاضل دو امتیاز کل است', en: 'The growth is the difference of the two totals' },
  'growth-list-complete': { fa: 'رشد هیچ دستگاه دیگری از آخرین ردیف فهرست رشد بیشتر نیست', en: 'No other organization has grown more than the last of the list of growths' },
  'organizations-counted': { fa: 'شمار دستگاه‌ها با جدول رتبه‌بندی یکی است', en: 'The count of organizations is that of the ranking' },
  'services-counted': { fa: 'شمار خدمات با فهرست خدمات یکی است', en: 'The count of services is that of the services listed' },
  'newcomers-are-new': { fa: 'دستگاه‌های جدید در نوبت‌های پیشین امتیازی ندارند', en: 'Organizations called new have no score in an earlier round' },
}; // prettier-ignore

/** Round by round what fits and what does not, the reason first and below it whom it is about; then the means. */
export function historyText(
  history: History,
  checked: HistoryCheck,
  registry: Pick<Registry, 'organizations'>,
  voice: Voice,
): string {
  const { say, count, text, digits } = voice;
  const names = new Map(registry.organizations.map(({ id, names: own }) => [id, text(own)]));
  const lines: string[] = [];
  for (const round of history.rounds) {
    lines.push('', heading(round, voice));
    for (const result of checked.results.filter((own) => own.round === round.id)) {
      lines.push(`  ${text(TITLES[result.check])}: ${fitting(result, voice)}`);
      for (const [reason, deviations] of byReason(result, voice)) {
        lines.push(`    ${reason}`);
        for (const deviation of deviations) lines.push(`      ${deviationText(deviation, result.check, names, voice)}`);
      }
    }
  }
  lines.push('', say('میانگین دستگاه‌هایی که عددی دارند (شمار آن‌ها در پرانتز؛ دستگاه‌های هر نوبت یکی نیستند)', 'Means of the organizations with a number (how many in brackets; they are not the same in each round)')); // prettier-ignore
  for (const round of history.rounds) lines.push(`  ${text(round.names)}: ${meansText(round, voice)}`);
  const all = checked.results.flatMap(({ deviations }) => deviations);
  const open = all.filter((deviation) => !isExplained(deviation)).length;
  lines.push('', all.length === 0 ? say('همه عددها با هم می‌خوانند.', 'All numbers fit one another.') : say(`${count(all.length)} مورد با عددهای دیگر نمی‌خواند: داده ${count(all.filter(({ mended }) => mended).length)} مورد را اصلاح می‌کند یا کنار می‌گذارد؛ ${open === 0 ? 'همه دلیل دارند.' : `${count(open)} مورد دلیلی ندارد.`}`, `${count(all.length)} cases do not fit the other numbers: the data corrects or leaves out ${count(all.filter(({ mended }) => mended).length)}; ${open === 0 ? 'all have a reason.' : `${count(open)} have no reason.`}`)); // prettier-ignore
  for (const { check: id, round, organization, reason } of checked.idle)
    lines.push(say(`دلیلی بدون مورد در deviations.csv: ${id}، ${digits(round)}، ${organization ?? '—'}: ${text(reason)}`, `A reason without a case in deviations.csv: ${id}, ${round}, ${organization ?? '—'}: ${text(reason)}`)); // prettier-ignore
  return `${lines.slice(1).join('\n')}\n`;
}

const BASIS: Readonly<Record<HistoricRound['editionBasis'], Text>> = {
  stated: { fa: 'به گفته خود نوبت', en: 'as the round says' },
  proven: { fa: 'که عددها آن را ثابت می‌کنند', en: 'as the numbers prove' },
  likely: { fa: 'به احتمال زیاد', en: 'most likely' },
  unknown: { fa: 'نامعلوم', en: 'not known' },
};

function heading({ number, names, edition, editionBasis }: HistoricRound, { say, count, text }: Voice): string {
  const weights = edition === null ? say('وزن مراحل نامعلوم', 'weights of the stages not known') : say(`وزن مراحل از ویرایش ${edition}، ${BASIS[editionBasis].fa}`, `weights of edition ${edition}, ${BASIS[editionBasis].en}`); // prettier-ignore
  return `${say('نوبت', 'Round')} ${count(number)}${say('،', ',')} ${text(names)}${say('؛', ';')} ${weights}`;
}

function fitting({ tested, fits, testedInPrint, fitsInPrint }: CheckResult, { say, count }: Voice): string {
  const of = (part: number, all: number): string => say(`${count(part)} از ${count(all)}`, `${count(part)} of ${count(all)}`); // prettier-ignore
  const inUse = of(fits, tested);
  const inPrint = of(fitsInPrint, testedInPrint);
  return inUse === inPrint ? inUse : say(`${inUse} (پیش از اصلاح ${inPrint})`, `${inUse} (as printed ${inPrint})`);
}

/** Cases with the same reasons stand together, in the order of their first. */
function byReason({ deviations }: CheckResult, { say, text }: Voice): Map<string, Deviation[]> {
  const groups = new Map<string, Deviation[]>();
  for (const deviation of deviations) {
    const reason = deviation.reasons.map(text).join(' ') || say('بی‌دلیل:', 'Without a reason:');
    groups.set(reason, [...(groups.get(reason) ?? []), deviation]);
  }
  return groups;
}

function deviationText(
  { organization, published, computed, mended }: Deviation,
  id: CheckId,
  names: ReadonlyMap<string, string>,
  { say, count, points }: Voice,
): string {
  const number = COUNTING.has(id) ? count : points;
  const difference = published - computed;
  // the mark keeps the sign before the number also in a line from right to left
  const sign = `${say(LRM, '')}${difference < 0 ? '−' : '+'}`;
  const who = organization === null ? say('همه', 'all') : (names.get(organization) ?? organization);
  const numbers = say(
    `${number(published)} در برابر ${number(computed)}`,
    `${number(published)} against ${number(computed)}`,
  );
  return `${who}: ${numbers} (${sign}${number(Math.abs(difference))})${mended ? say('، در داده اصلاح شده یا کنار رفته', ', corrected or left out in the data') : ''}`; // prettier-ignore
}

function meansText(round: HistoricRound, voice: Voice): string {
  const { say, count, points } = voice;
  const means = nationalMeans(round);
  return COLUMNS.map((column) => {
    const { mean, count: size } = means[column];
    return `${columnName(voice, column)} ${mean === null ? '—' : points(mean)} (${count(size)})`;
  }).join(say('، ', ', '));
}
