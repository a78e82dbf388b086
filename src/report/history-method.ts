/** The page of an imported round's site on its method: weights, every correction, and what does not fit. */
import { scoresOf, type CheckResult } from '../core/history.ts';
import { STAGES, type Text } from '../core/model.ts';
import { groupBy } from './data.ts';
import { checkName, contents, deviationNumbers, differenceOf, linked, section, type Site } from './history-context.ts';
import { cellsOf, type Cell } from './history-data.ts';
import { cardTable, NO_NUMBER, printedBeside, roundHead, type CardRow } from './history-sections.ts';
import { bdi, code, framed, sentence, type ReportFile } from './layout.ts';
import { markup, NONE, type Markup } from './markup.ts';
import { columnName, countsOf, roundName } from './rounds.ts';
import type { Voice } from './voice.ts';
import { EDITION_BASIS_NAMES, SCORE_STATUS_NAMES } from './words.ts';

export function methodPage(site: Site): ReportFile {
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
  const rows = rounds.map((round) => {
    const edition = editions.get(round.edition ?? '');
    const weights = STAGES.map((stage) => (edition ? bdi(percent(edition.stageWeights[stage] / 100)) : NO_NUMBER));
    return { name: roundHead(site, round), cells: [...weights, edition ? code(edition.id) : NO_NUMBER, voice.text(EDITION_BASIS_NAMES[round.editionBasis])] };
  });
  return markup`${cardTable({
    caption: say('وزن هر مرحله در امتیاز کل، ویرایشی از روش که همین وزن‌ها را دارد، و این که از کجا دانسته است', 'Weight of each stage in the total, the edition of the method with these weights, and how that is known'),
    first: say('نوبت', 'Round'),
    columns: [...STAGES.map((stage) => ({ name: columnName(voice, stage), isNumber: true })), { name: say('ویرایش', 'Edition'), isNumber: false }, { name: say('از کجا دانسته است', 'How it is known'), isNumber: false }],
    bodies: [{ rows }],
  })}${differences.length > 0 && markup`<div class="text">${differences.map((difference) => markup`<p>${difference}</p>`)}</div>`}`;
} // prettier-ignore

function trustSection(site: Site): Markup {
  const { voice, rounds } = site;
  const { say, count } = voice;
  const statuses = ['printed', 'corrected', 'unreliable', 'missing'] as const;
  const rows = rounds.map((round) => {
    const counts = countsOf(round.results.flatMap(scoresOf));
    return { name: roundHead(site, round), cells: statuses.map((status) => bdi(count(counts[status]))) };
  });
  return cardTable({
    caption: say('شمار خانه‌های جدول‌های مرحله‌ها، رتبه‌بندی و خدمت‌ها', 'Cells of the tables of stages, of the ranking and of the services'),
    first: say('نوبت', 'Round'),
    columns: statuses.map((status) => ({ name: voice.text(SCORE_STATUS_NAMES[status]), isNumber: true })),
    bodies: [{ rows }],
  });
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
  const cells = site.rounds.flatMap(cellsOf).filter(({ score }) => score.status === 'corrected' || score.status === 'unreliable');
  if (cells.length === 0) return NONE;
  const row = ({ round, organization, column, score }: Cell): CardRow => {
    const inPrint = printedBeside(score);
    const number = score.value === null ? NO_NUMBER : bdi(points(score.value));
    const printed = inPrint === null ? markup`<span class="none">${say('همان', 'the same')}</span>` : bdi(points(inPrint));
    return { name: linked(site, organization), cells: [roundName(site, round), cellName(voice, column), number, printed, voice.text(SCORE_STATUS_NAMES[score.status])] };
  };
  return cardTable({
    className: 'corrections',
    caption: say(`${count(cells.length)} خانه، به دلیل`, `${count(cells.length)} cells, by reason`),
    first: say('دستگاه', 'Organization'),
    columns: [say('نوبت', 'Round'), say('خانه', 'Cell'), say('عدد', 'Number'), say('در چاپ', 'In print'), say('وضعیت', 'Status')].map((name, at) => ({ name, isNumber: at === 2 || at === 3 })),
    bodies: byReason(cells, ofReason).map(({ reasons, items }) => ({ head: reasons.map((reason) => sentence(voice, reason)), rows: items.map(row) })),
  });
} // prettier-ignore

function gapsSection(site: Site): Markup {
  const { voice, rounds } = site;
  const { say, count } = voice;
  const missing = byReason(rounds.flatMap(cellsOf).filter(({ score }) => score.status === 'missing' && score.reason !== null), ofReason); // prettier-ignore
  const services = rounds.flatMap((round) => round.results.flatMap(({ organization, services: own }) => own.map((service) => ({ ...service, organization })))); // prettier-ignore
  const lost = byReason(services.filter(({ score }) => score.status !== 'printed' && score.reason !== null), ofReason);
  const inferred = byReason(services.filter(({ pairing, score }) => pairing === 'inferred' && score.value !== null), ofReason); // prettier-ignore
  if (missing.length + lost.length + inferred.length === 0) return NONE;
  const row = (name: string, { reasons, items }: { readonly reasons: readonly Text[]; readonly items: readonly { readonly organization: string }[] }): Markup => {
    const organizations = [...new Set(items.map(({ organization }) => organization))];
    return markup`<tr><th scope="row">${reasons.map((reason) => sentence(voice, reason))}</th><td>${name}</td><td class="n">${bdi(count(items.length))}</td><td class="n">${bdi(count(organizations.length))}</td></tr>`;
  };
  return markup`<table><caption>${say('دلیل‌ها، با شمار خانه‌ها یا خدمت‌ها و شمار دستگاه‌ها', 'Reasons, with how many cells or services and how many organizations')}</caption>
<thead><tr><th scope="col">${say('دلیل', 'Reason')}</th><th scope="col">${say('درباره', 'About')}</th><th scope="col" class="n">${say('شمار', 'Count')}</th><th scope="col" class="n">${say('دستگاه‌ها', 'Organizations')}</th></tr></thead>
<tbody>${missing.map((own) => row(say('خانه‌های بی‌عدد', 'cells without a number'), own))}${lost.map((own) => row(say('خدمت‌های بی‌عدد', 'services without a number'), own))}${inferred.map((own) => row(say('خدمت‌هایی که پیوند عنوان و عددشان استنباط است', 'services joined to their number by inference'), own))}</tbody></table>`;
} // prettier-ignore

// ---------------------------------------------------------------- what does not fit

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
    return own.length > 0 && markup`<div class="stage checks"><h3>${roundName(site, round)} <span class="aside">${voice.text(round.names)}</span></h3>${own.map(result)}</div>`;
  })}`;
} // prettier-ignore
