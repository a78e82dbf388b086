/** What must be known to read the numbers of a round that others published: the sheet on the method, and the method of a package. */
import { CHECKS, SCORE_STATUSES, scoresOf } from '../core/history.ts';
import { STAGES } from '../core/model.ts';
import { checkName, differenceOf } from './history-context.ts';
import type { SpokenHistory } from './history-data.ts';
import { columnName, countsOf, doubtsOfMeans, lastOf, roundName } from './rounds.ts';
import type { Entry } from './sheets.ts';
import { CHECK_NAMES, EDITION_BASIS_NAMES, SCORE_STATUS_NAMES, SCORE_STATUS_SENTENCES } from './words.ts';

/** Sections with their lines; see `Entry`. */
export function historyFacts(history: SpokenHistory): Entry[] {
  return [...results(history), ...weights(history), ...reading(history), ...checks(history)];
}

function results(history: SpokenHistory): Entry[] {
  const { voice, registry } = history;
  const { say, text } = voice;
  const round = lastOf(history);
  return [
    { item: say('نتیجه‌ها', 'The results') },
    { item: say('کشور', 'Country'), value: text(registry.country), remark: registry.id },
    { item: say('نوبت', 'Round'), value: `${roundName(history, round)}${say('، ', ', ')}${text(round.names)}`, remark: round.id },
    { item: say('از کجاست', 'Where it is from'), value: say('این عددها را رصد نسنجیده است: همان است که پیش از آن منتشر شده و از نو امتیاز نگرفته است.', 'Rasad did not measure these numbers: they are what was published before it, and nothing is scored again.') },
    { item: say('درهم‌ساز دفتر ثبت', 'Digest of the registry'), value: registry.digest, kind: 'code' },
  ];
} // prettier-ignore

function weights(history: SpokenHistory): Entry[] {
  const { voice, rounds, editions } = history;
  const { say, percent, text } = voice;
  return [
    { item: say('وزن مرحله‌ها', 'Weights of the stages') },
    ...rounds.map((round): Entry => {
      const edition = editions.get(round.edition ?? '');
      const shares = edition && STAGES.map((stage) => `${columnName(voice, stage)} ${percent(edition.stageWeights[stage] / 100)}`).join(say('، ', ', '));
      return { item: roundName(history, round), value: shares ?? say('نامعلوم', 'not known'), remark: edition ? `${edition.id}${say('، ', ', ')}${text(EDITION_BASIS_NAMES[round.editionBasis])}` : null };
    }),
    ...rounds.flatMap((round, at): Entry[] => {
      const difference = at === 0 ? '' : differenceOf(history, rounds[at - 1]!, round);
      return difference === '' ? [] : [{ item: say('تغییر روش', 'Change of the method'), value: difference }];
    }),
  ];
} // prettier-ignore

function reading(history: SpokenHistory): Entry[] {
  const { voice, rounds } = history;
  const { say, text, count } = voice;
  const counts = countsOf(rounds.flatMap((round) => round.results.flatMap(scoresOf)));
  const doubts = doubtsOfMeans(history);
  return [
    { item: say('چگونه باید خواند', 'How to read it') },
    ...SCORE_STATUSES.map((status) => ({ item: text(SCORE_STATUS_NAMES[status]), value: `${text(SCORE_STATUS_SENTENCES[status])} ${say(`شمار خانه‌ها: ${count(counts[status])}.`, `Cells: ${count(counts[status])}.`)}`, remark: status })),
    { item: say('امتیاز کل', 'Total'), value: say('امتیاز کل رتبه‌بندی، و اگر رتبه‌بندی نیست همان که کنار مرحله‌هاست. صفحه دستگاه‌ها رقم‌های پس از دومین را می‌اندازد و رتبه‌بندی آن‌ها را گرد می‌کند.', 'The total of the ranking; without a ranking, the one beside the stages. Pages of organizations cut further digits off, the ranking rounds them.') },
    { item: say('رشد', 'Growth'), value: say('تفاضل دو امتیاز کل به امتیاز؛ اگر یکی از آن دو نامطمئن باشد رشد نیز نامطمئن است.', 'The difference of two totals in points; where one of them is not reliable, the growth is not either.') },
    { item: say('میانگین', 'Mean'), value: [say('میانگین ساده دستگاه‌های شرکت‌کننده‌ای که عدد دارند؛ دو نوبت تنها در دستگاه‌های یکسان سنجیدنی است.', 'A plain mean over the organizations that took part and have a number; two rounds compare only over the same ones.'), doubts].filter(Boolean).join(' ') },
  ];
} // prettier-ignore

function checks(history: SpokenHistory): Entry[] {
  const { voice, rounds, checks: all } = history;
  const { say, text, count } = voice;
  if (all.length === 0) return [];
  const fitting = (fits: number, tested: number): string => say(`${count(fits)} از ${count(tested)}`, `${count(fits)} of ${count(tested)}`);
  return [
    { item: say('آنچه باید با هم بخواند', 'What has to fit') },
    ...CHECKS.filter((id) => all.some(({ check }) => check === id)).map((id) => ({ item: say('آزمون', 'Check'), value: text(CHECK_NAMES[id]), remark: id })),
    ...all.map((own) => {
      const [inUse, inPrint] = [fitting(own.fits, own.tested), fitting(own.fitsInPrint, own.testedInPrint)];
      const round = rounds.find(({ id }) => id === own.round)!;
      return { item: roundName(history, round), value: `${checkName(history, own)}: ${inUse}${inUse === inPrint ? '' : say(` (پیش از اصلاح ${inPrint})`, ` (as printed ${inPrint})`)}`, remark: own.check };
    }),
  ];
} // prettier-ignore
