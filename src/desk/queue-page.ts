/** The queue: what is to be decided, the most weighty first, and how far the ranking may still move. */
import { STAGES } from '../core/model.ts';
import type { Person } from '../core/person.ts';
import type { Card, CardFilter, CardReason } from '../core/queue.ts';
import { verdictMark } from '../report/figures.ts';
import { named, bdi } from '../report/layout.ts';
import { markup, type Markup } from '../report/markup.ts';
import { plural, type Voice } from '../report/voice.ts';
import { STAGE_NAMES } from '../report/words.ts';
import type { RoundBoard } from './board.ts';
import { deskPage, type Flash, type Visit } from './frame.ts';
import type { DeskTools } from './tools.ts';
import { REASON_NAMES } from './words.ts';

/** Cards on one page of the list. */
export const PAGE_LENGTH = 50;
const REASONS: readonly CardReason[] = ['open', 'unmeasured', 'unsure', 'second', 'disputed', 'sample'];

export function queuePage(
  visit: Visit,
  tools: DeskTools,
  board: RoundBoard,
  { filter, query, from, flash }: { readonly filter: CardFilter; readonly query: string; readonly from: number; readonly flash: Flash },
): string {
  const { voice, person } = visit;
  const { say } = voice;
  const base = `/rounds/${encodeURIComponent(board.round.id)}`;
  const { total, cards } = board.queue.page(filter, from, PAGE_LENGTH);
  const title = say('صف داوری', 'Queue');
  const more = (at: number): string => `${base}/queue${query === '' ? '?' : `${query}&`}from=${at}`;
  return deskPage(visit, {
    title,
    flash,
    trail: [{ href: base, name: voice.text(board.round.names) }],
    main: markup`<h1>${title}</h1>
${outlook(voice, board)}
${canAnswer(person) && total > 0 && markup`<p class="buttons"><a class="button main" href="${base}/cards/next${query}" data-key="Enter">${say('کارت بعدی من', 'My next card')}</a></p>`}
<section aria-labelledby="filters"><h2 id="filters">${say('کدام کارت‌ها', 'Which cards')}</h2>${filterForm(voice, tools, board, base, filter)}</section>
<section aria-labelledby="list"><h2 id="list">${say(`${voice.count(total)} کارت باز`, `${voice.count(total)} open ${plural(total, 'card', 'cards')}`)}</h2>
${total === 0 ? empty(voice, filter, base) : cardTable(visit, tools, board, base, query, cards, from)}
<p class="buttons">${from > 0 && markup`<a class="button" href="${more(Math.max(0, from - PAGE_LENGTH))}">${say('صفحه پیش', 'Previous page')}</a>`}${from + PAGE_LENGTH < total && markup`<a class="button" href="${more(from + PAGE_LENGTH)}">${say('صفحه بعد', 'Next page')}</a>`}</p></section>`,
    help: [
      say('کارت‌ها به ترتیب وزن و تردید آمده‌اند: آنچه بیش از همه می‌تواند امتیاز و رتبه را جابه‌جا کند و کمتر از همه معلوم است، اول می‌آید. با هر رأی ترتیب از نو حساب می‌شود.', 'Cards stand by weight and doubt: what can move scores and ranks most and is known least comes first. The order is computed anew with each answer.'),
      say('«پنهان»: این کارت بی پیشنهاد ماشین به شما نشان داده می‌شود، تا رأی شما مستقل باشد.', '“Hidden”: you are shown this card without what the machine says, so that your answer is your own.'),
      say('کارت‌های دستگاهی که با آن نسبتی اعلام کرده‌اید هرگز به شما داده نمی‌شود.', 'Cards of an organization to which you declared a tie are never given to you.'),
      say('گاهی کارتی می‌آید که کسی پیش‌تر روشن کرده است: برای سنجیدن هم‌رأیی خوانندگان.', 'Now and then you get a card that was settled before: it shows how far readers agree.'),
    ],
  });
} // prettier-ignore

export const canAnswer = (person: Person | null): boolean =>
  person !== null && (person.role === 'evaluator' || person.role === 'senior' || person.role === 'operator');

/** How much is open, and how much the order may still change by it. */
export function outlook(voice: Voice, board: RoundBoard): Markup {
  const { say } = voice;
  const progress = board.queue.progress();
  const { pairs, misordered, rankError } = board.queue.outlook();
  const decimals = (value: number): string => voice.digits(voice.lang === 'fa' ? value.toFixed(1).replace('.', '٫') : value.toFixed(1)); // prettier-ignore
  const number = (term: string, value: string, aside = ''): Markup =>
    markup`<div><dt>${term}</dt><dd>${value}${aside !== '' && markup` <span class="aside">${aside}</span>`}</dd></div>`;
  return markup`<dl class="numbers-of">
${number(say('کارت‌های باز', 'Open cards'), voice.count(progress.open), say(`${voice.count(progress.findingsOpen)} حکم از ${voice.count(progress.findingsTotal)}`, `${voice.count(progress.findingsOpen)} of ${voice.count(progress.findingsTotal)} verdicts`))}
${number(say('روشن‌شده', 'Settled'), voice.count(progress.decided), say('حکم به رأی انسان', 'verdicts by a person'))}
${number(say('در انتظار خواننده دوم', 'Waiting for a second reader'), voice.count(progress.second), say('از کارت‌های باز', 'of the open cards'))}
${number(say('مورد اختلاف', 'Disputed'), voice.count(progress.disputed), say('با ارزیاب ارشد', 'for a senior'))}
${number(say('خطای مورد انتظار رتبه', 'Expected error of a rank'), decimals(rankError), say('پله، میانگین همه دستگاه‌ها', 'places, the mean of all organizations'))}
${number(say('ترتیب‌های احتمالاً وارونه', 'Pairs probably the wrong way round'), decimals(misordered), say(`از ${voice.count(pairs)} جفت دستگاه`, `of ${voice.count(pairs)} pairs of organizations`))}
</dl>`;
}

function cardTable({ voice, person }: Visit, tools: DeskTools, board: RoundBoard, base: string, query: string, cards: readonly Card[], from: number): Markup {
  const { say } = voice;
  const titles = new Map(tools.indicators.map(({ id, title }) => [id, title]));
  const subject = ({ findings, organizations }: Card): Markup => {
    const [first] = findings;
    const own = first!.service === null ? null : board.service(first!.service);
    const body = board.organization(first!.organization);
    return markup`${own ? named(voice, own.titles, own.id) : say('درگاه', 'the portal')}${findings.length > 1 && markup` <span class="aside">${say(`و ${voice.count(findings.length - 1)} جای دیگر`, `and ${voice.count(findings.length - 1)} more`)}</span>`}<br><span class="aside">${body ? named(voice, body.names, body.id) : bdi(first!.organization)}${organizations.length > 1 && say(` و ${voice.count(organizations.length - 1)} دستگاه دیگر`, ` and ${voice.count(organizations.length - 1)} more`)}</span>`;
  };
  // who will read it blind must not have read it here
  const isBlind = ({ id }: Card): boolean => person !== null && board.queue.serve(id, person)?.blind === true;
  const row = (card: Card, at: number): Markup => {
    const hidden = isBlind(card) && markup`<span class="aside">${say('پنهان', 'hidden')}</span>`;
    return markup`<tr>
<td class="n" data-label="${say('ردیف', 'No.')}">${voice.count(from + at + 1)}</td>
<td class="what"><a href="${base}/cards/${card.id}${query}">${voice.text(titles.get(card.rule) ?? { fa: card.rule, en: card.rule })}</a><br><span class="aside">${voice.text(STAGE_NAMES[card.stage])}</span></td>
<td data-label="${say('برای', 'Of')}">${subject(card)}</td>
<td data-label="${say('ماشین', 'Machine')}">${hidden || verdictMark(voice, card.proposal)}</td>
<td data-label="${say('چرا', 'Why')}">${hidden && card.reason !== 'second' ? hidden : voice.text(REASON_NAMES[card.reason])}${card.readersNeeded > 1 && markup` <span class="tag">${say(`${voice.count(card.readers.length)} از ${voice.count(card.readersNeeded)} خواننده`, `${voice.count(card.readers.length)} of ${voice.count(card.readersNeeded)} readers`)}</span>`}</td>
<td class="n" data-label="${say('اثر، امتیاز', 'Effect, points')}">${bdi(voice.points(card.effect))}</td>
</tr>`;
  };
  return markup`<div class="scroll"><table class="queue cards pairs"><thead><tr><th scope="col" class="n">${say('ردیف', 'No.')}</th><th scope="col">${say('شاخص', 'Indicator')}</th><th scope="col">${say('برای', 'Of')}</th><th scope="col">${say('ماشین', 'Machine')}</th><th scope="col">${say('چرا', 'Why')}</th><th scope="col" class="n">${say('اثر، امتیاز', 'Effect, points')}</th></tr></thead>
<tbody>${cards.map(row)}</tbody></table></div>`;
} // prettier-ignore

function filterForm(voice: Voice, tools: DeskTools, board: RoundBoard, base: string, filter: CardFilter): Markup {
  const { say } = voice;
  const select = (name: keyof CardFilter, label: string, options: readonly (readonly [string, string])[]): Markup =>
    markup`<div class="field"><label for="f-${name}">${label}</label><select id="f-${name}" name="${name}"><option value="">${say('همه', 'all')}</option>${options.map(([value, text]) => markup`<option value="${value}"${filter[name] === value && markup` selected`}>${text}</option>`)}</select></div>`;
  const hasRule = tools.indicators.filter(({ id }) => tools.rules.has(id));
  return markup`<form method="get" action="${base}/queue" class="fields">
${select('organization', say('دستگاه', 'Organization'), board.organizations.map(({ id, names }) => [id, voice.text(names) || id]))}
${select('stage', say('مرحله', 'Stage'), STAGES.map((stage) => [stage, voice.text(STAGE_NAMES[stage])]))}
${select('rule', say('شاخص', 'Indicator'), hasRule.map(({ id, title }) => [id, voice.text(title)]))}
${select('reason', say('چرا', 'Why'), REASONS.map((reason) => [reason, voice.text(REASON_NAMES[reason])]))}
<button>${say('نشان بده', 'Show')}</button></form>`;
} // prettier-ignore

function empty({ say }: Voice, filter: CardFilter, base: string): Markup {
  if (Object.keys(filter).length > 0)
    return markup`<p class="empty">${say('با این گزینش کارتی باز نیست.', 'No card is open with this choice.')} <a href="${base}/queue">${say('همه کارت‌ها', 'All cards')}</a></p>`;
  return markup`<p class="empty">${say('همه کارت‌ها روشن شده‌اند. گام بعد در صفحه دور است: پیش‌نمایش برای دستگاه‌ها.', 'Every card is settled. The next step is on the page of the round: its preview for the organizations.')} <a href="${base}">${say('صفحه دور', 'The round')}</a></p>`;
}
