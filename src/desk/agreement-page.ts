/** How far readers agree with each other, with what was settled, and with the machine. */
import { agreement, type Agreement, type AgreementReport } from '../core/agreement.ts';
import type { Card } from '../core/queue.ts';
import { bdi } from '../report/layout.ts';
import { markup, type Markup } from '../report/markup.ts';
import { plural, type Voice } from '../report/voice.ts';
import type { RoundBoard } from './board.ts';
import { deskPage, type Visit } from './frame.ts';
import type { DeskTools } from './tools.ts';

/** AC1 from which on an indicator is read alike by all, and the lower one for judging quality (catalogue, section 6.3). */
const TARGET = 0.8;
const TARGET_OF_PARTICIPATION = 0.7;
/** Share of known answers below which a reader's work is looked at again. */
const KNOWN_TARGET = 0.85;
/** Fewer pairs say nothing of anybody. */
const ENOUGH = 10;

export function agreementIn({ queue, ratings }: Pick<RoundBoard, 'queue' | 'ratings'>): AgreementReport {
  // a card names all its findings, and each of these asks for it
  const cards = new Map<string, Card | null>();
  return agreement(ratings(), (key) => {
    const id = queue.cardOf(key) ?? '';
    if (!cards.has(id)) cards.set(id, queue.card(id));
    const card = cards.get(id);
    return card ? { verdict: card.proposal, seen: card.seen } : null;
  });
}

/** In a sentence, for the first page. */
export function agreementLine(voice: Voice, _tools: DeskTools, board: RoundBoard): Markup {
  const { say } = voice;
  const { readers, machine } = agreementIn(board).overall;
  if (readers.pairs + machine.pairs === 0)
    return markup`<span class="aside">${say('هنوز کارتی نیست که هم‌رأیی از آن سنجیده شود.', 'There is no card yet from which agreement could be measured.')}</span>`;
  const said = (name: string, { ac1, pairs }: Agreement): string =>
    ac1 === null
      ? say(`${name}: هنوز جفتی نیست`, `${name}: no pair yet`)
      : say(`${name}: AC1 برابر ${number(voice, ac1)} از ${voice.count(pairs)} جفت`, `${name}: AC1 ${number(voice, ac1)} of ${voice.count(pairs)} ${plural(pairs, 'pair', 'pairs')}`); // prettier-ignore
  return markup`<span class="aside">${said(say('هم‌رأیی خوانندگان', 'Readers with each other'), readers)}${say('؛ ', '; ')}${said(say('ماشین با انسان', 'the machine with people'), machine)}.</span>`;
}

const number = ({ digits, lang }: Voice, value: number): string =>
  digits((lang === 'fa' ? value.toFixed(2).replace('.', '٫') : value.toFixed(2)).replace('-', '−'));

export function agreementPage(visit: Visit, tools: DeskTools, board: RoundBoard, names: ReadonlyMap<string, string>): string {
  const { voice } = visit;
  const { say } = voice;
  const report = agreementIn(board);
  const title = say('هم‌رأیی', 'Agreement');
  const base = `/rounds/${encodeURIComponent(board.round.id)}`;
  const titles = new Map(tools.indicators.map(({ id, title: name }) => [id, name]));
  const cell = (value: number | null, isLow = false): Markup =>
    value === null ? markup`<td class="n none">–</td>` : markup`<td class="n">${isLow ? markup`<b class="a-fail">▼ <bdi dir="ltr">${number(voice, value)}</bdi></b>` : markup`<bdi dir="ltr">${number(voice, value)}</bdi>`}</td>`;
  const cells = (one: Agreement, target: number | null): Markup =>
    markup`<td class="n">${voice.count(one.pairs)}</td><td class="n">${one.raw === null ? '–' : voice.percent(one.raw)}</td>${cell(one.kappa)}${cell(one.ac1, target !== null && one.pairs >= ENOUGH && one.ac1 !== null && one.ac1 < target)}`;
  const head = (first: string, more: readonly string[]): Markup =>
    markup`<thead><tr>${first === '' ? markup`<td></td>` : markup`<th scope="col">${first}</th>`}${more.map((name) => markup`<th scope="col" class="n">${name}</th>`)}</tr></thead>`;
  const kinds = [say('جفت', 'pairs'), say('یکسان', 'same'), say('کاپا', 'kappa'), 'AC1'];
  const rules = Object.entries(report.indicators);
  const people = Object.entries(report.reviewers);
  const empty = markup`<p class="empty">${say('هنوز چیزی برای سنجیدن نیست. با نخستین کارت‌هایی که دو نفر بخوانند، عددها اینجا می‌آیند.', 'There is nothing to measure yet. Figures come with the first cards that two people have read.')} <a href="${base}/cards/next">${say('کارت بعدی', 'Next card')}</a></p>`;
  return deskPage(visit, {
    title,
    trail: [{ href: base, name: voice.text(board.round.names) }],
    main: markup`<h1>${title}</h1>
<p class="lead">${say('AC1 در کنار کاپا آمده است، چون جایی که تقریباً همه حکم‌ها یکی است کاپا به صفر می‌افتد، هرچند خوانندگان هم‌رأی باشند.', 'AC1 stands beside kappa, because kappa falls to zero where nearly all verdicts are the same, however much readers agree.')}</p>
${rules.length + people.length === 0 && empty}
${rules.length > 0 && markup`<section aria-labelledby="overall"><h2 id="overall">${say('روی هم', 'Over all')}</h2><div class="scroll"><table>${head('', [...kinds, 'AC2'])}<tbody>
<tr><th scope="row">${say('خوانندگان با یکدیگر', 'Readers with each other')}</th>${cells(report.overall.readers, TARGET)}${cell(report.overall.readers.ac2)}</tr>
<tr><th scope="row">${say('ماشین با رأی انسان', 'The machine with people')}</th>${cells(report.overall.machine, null)}${cell(report.overall.machine.ac2)}</tr></tbody></table></div></section>
<section aria-labelledby="indicators"><h2 id="indicators">${say('شاخص به شاخص', 'By indicator')}</h2><div class="scroll" role="region" aria-label="${say('جدول شاخص‌ها', 'Table of indicators')}" tabindex="0"><table><thead><tr><td></td><th scope="colgroup" colspan="4">${say('خوانندگان با یکدیگر', 'Readers with each other')}</th><th scope="colgroup" colspan="4">${say('ماشین با رأی انسان', 'The machine with people')}</th></tr><tr><th scope="col">${say('شاخص', 'Indicator')}</th>${[...kinds, ...kinds].map((name) => markup`<th scope="col" class="n">${name}</th>`)}</tr></thead><tbody>${rules.map(([rule, { readers, machine }]) => {
      const name = titles.get(rule);
      const target = rule.startsWith('participation/') ? TARGET_OF_PARTICIPATION : TARGET;
      return markup`<tr><th scope="row">${name ? voice.text(name) : rule}</th>${cells(readers, target)}${cells(machine, null)}</tr>`;
    })}</tbody></table></div><p class="legend">${say(`▼ کمتر از هدف (AC1 ${number(voice, TARGET)}، و ${number(voice, TARGET_OF_PARTICIPATION)} برای مشارکت) با دست‌کم ${voice.count(ENOUGH)} جفت: پرسش کارت را روشن‌تر بنویسید یا دوباره بخوانید.`, `▼ below the target (AC1 ${number(voice, TARGET)}, ${number(voice, TARGET_OF_PARTICIPATION)} for participation) with ${voice.count(ENOUGH)} pairs or more: word the question better, or read again.`)}</p></section>`}
${people.length > 0 && markup`<section aria-labelledby="people"><h2 id="people">${say('خواننده به خواننده', 'By reader')}</h2><div class="scroll" role="region" aria-label="${say('جدول خوانندگان', 'Table of readers')}" tabindex="0"><table><thead><tr><td></td><th scope="colgroup" colspan="4">${say('با خوانندگان دیگر', 'With other readers')}</th><th scope="colgroup" colspan="4">${say('با آنچه روشن شد', 'With what was settled')}</th><th scope="colgroup" colspan="2">${say('پاسخ‌های دانسته', 'Known answers')}</th></tr><tr><th scope="col">${say('خواننده', 'Reader')}</th>${[...kinds, ...kinds, say('کارت', 'cards'), say('درست', 'right')].map((name) => markup`<th scope="col" class="n">${name}</th>`)}</tr></thead><tbody>${people.map(
      ([by, { readers, settled, known }]) => markup`<tr><th scope="row">${bdi(names.get(by) ?? by)}</th>${cells(readers, null)}${cells(settled, null)}<td class="n">${voice.count(known.said)}</td><td class="n">${known.share === null ? '–' : known.said >= ENOUGH && known.share < KNOWN_TARGET ? markup`<b class="a-fail">▼ ${voice.percent(known.share)}</b>` : voice.percent(known.share)}</td></tr>`,
    )}</tbody></table></div></section>`}`,
    help: [
      say('تنها رأی‌هایی می‌آیند که هنوز برجایند: پس‌گرفته‌ها و رأی‌هایی که شاهدشان عوض شده کنار رفته‌اند.', 'Only ratings that stand are counted: what was taken back, or whose evidence has changed, is left out.'),
      say('AC2 همان AC1 است، با این تفاوت که «تا حدی» در برابر «بله» یا «نه» نیمی از هم‌رأیی شمرده می‌شود.', 'AC2 is AC1 with “partly” against “yes” or “no” counted as half an agreement.'),
    ],
  });
} // prettier-ignore
