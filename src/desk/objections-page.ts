/** Objections of a round, for those who decide them: the open ones first, each with what was seen at its address. */
import type { Finding, Text } from '../core/model.ts';
import type { Objection, Person } from '../core/person.ts';
import { ANSWERS } from '../core/rating.ts';
import { verdictMark } from '../report/figures.ts';
import { bdi, momentOf, named, outward, sentence } from '../report/layout.ts';
import { markup, NONE, type Markup } from '../report/markup.ts';
import { plural, type Voice } from '../report/voice.ts';
import { detailName, VERDICT_NAMES } from '../report/words.ts';
import type { RoundBoard } from './board.ts';
import { keyQuery, storedPlaces } from './card-page.ts';
import { deskPage, field, post, type Flash, type Visit, quoted } from './frame.ts';
import type { DeskTools } from './tools.ts';
import { GROUND_NAMES } from './words.ts';

/** An indicator of which more is upheld is suspended (catalogue, section 6.4), once so many were decided. */
const UPHELD_SHARE = 0.2;
const ENOUGH = 5;
const DAY = 86_400_000; // milliseconds

export interface ObjectionLine {
  readonly objection: Objection;
  /** As it counts at this moment; null: the round has no such verdict any more. */
  readonly finding: Finding | null;
  /** What its reviewer sees of it, as `seenOf` writes it. */
  readonly seen: string | null;
}

export interface ObjectionsView {
  /** Those that this person may see. */
  readonly lines: readonly ObjectionLine[];
  readonly all: readonly Objection[];
  readonly hidden: number;
  /** UTC, ISO 8601. */
  readonly now: string;
  readonly flash: Flash;
}

/** What was mended after the measurement is recorded, and changes nothing in the round. */
export const changesVerdict = ({ ground }: Pick<Objection, 'ground'>): boolean => ground !== 'improved-since';

/** Id of the rating by which an upheld objection counts. */
export const ratingOf = ({ id }: Objection): string => `objection-${id}`;

/** Does what was decided count? It does not when the desk was stopped between the decision and what follows from it. */
export function isCarriedOut(board: RoundBoard, objection: Objection): boolean {
  const { decision } = objection;
  if (!decision?.upheld || !changesVerdict(objection)) return true;
  return board.queue.ratingsOf(objection).some(({ decision: id }) => id === ratingOf(objection));
}

/** Why this person must not decide an objection; null: they may. */
export function whyNotDecide(board: RoundBoard, { id, role, ties }: Person, objection: Objection): Text | null {
  if (role !== 'operator' && role !== 'senior')
    return { fa: 'اعتراض را راهبر یا ارزیاب ارشد پاسخ می‌دهد.', en: 'Objections are decided by the operator or a senior.' };
  if (ties.includes(objection.organization))
    return { fa: 'با این دستگاه نسبت دارید؛ دیگری باید پاسخ دهد.', en: 'You have a tie to this organization; somebody else has to decide.' };
  if (board.reviewOf(objection)?.by === id || board.queue.ratingsOf(objection).some(({ by }) => by === id))
    return { fa: 'شما درباره این حکم رأی داده‌اید؛ دیگری باید پاسخ دهد.', en: 'You have judged this verdict yourself; somebody else has to decide.' };
  return null;
} // prettier-ignore

export interface UpheldShare {
  readonly rule: string;
  readonly decided: number;
  readonly upheld: number;
  readonly isTooMuch: boolean;
}

/** How many of the decided objections to each indicator were upheld, the largest share first. */
export function upheldShares(objections: readonly Objection[]): UpheldShare[] {
  const counts = new Map<string, { decided: number; upheld: number }>();
  for (const objection of objections) {
    if (!objection.decision || !changesVerdict(objection)) continue;
    const count = counts.get(objection.rule) ?? { decided: 0, upheld: 0 };
    counts.set(objection.rule, count);
    count.decided++;
    if (objection.decision.upheld) count.upheld++;
  }
  return [...counts]
    .map(([rule, { decided, upheld }]) => ({ rule, decided, upheld, isTooMuch: decided >= ENOUGH && upheld / decided > UPHELD_SHARE }))
    .sort((a, b) => b.upheld / b.decided - a.upheld / a.decided || b.decided - a.decided);
} // prettier-ignore

/** Days from an objection to its decision, of half of them fewer; null while none is decided. */
export function medianDays(objections: readonly Objection[]): number | null {
  const days = objections
    .flatMap(({ at, decision }) => (decision ? [(Date.parse(decision.at) - Date.parse(at)) / DAY] : []))
    .sort((a, b) => a - b);
  if (days.length === 0) return null;
  const middle = days.length >> 1;
  return days.length % 2 === 1 ? days[middle]! : (days[middle - 1]! + days[middle]!) / 2;
}

export function objectionsPage(visit: Visit, tools: DeskTools, board: RoundBoard, view: ObjectionsView): string {
  const { voice } = visit;
  const { say, count } = voice;
  const { lines, all, hidden, now, flash } = view;
  const base = `/rounds/${encodeURIComponent(board.round.id)}`;
  const open = lines.filter(({ objection }) => objection.decision === null).sort((a, b) => (a.objection.due < b.objection.due ? -1 : 1));
  const decided = lines.filter(({ objection }) => objection.decision !== null).toReversed();
  const overdue = open.filter(({ objection }) => objection.due < now).length;
  const days = medianDays(all);
  const item = (line: ObjectionLine): Markup => objectionItem(visit, tools, board, line, now, base);
  return deskPage(visit, {
    title: say('اعتراض‌ها', 'Objections'),
    flash,
    trail: [{ href: base, name: voice.text(board.round.names) }],
    main: markup`<h1>${say('اعتراض‌ها', 'Objections')}</h1>
${hidden > 0 && markup`<p class="note">${say(`${count(hidden)} اعتراض از دستگاه‌هایی است که با آنها نسبت دارید و به شما نشان داده نمی‌شود.`, `${count(hidden)} ${plural(hidden, 'objection is of an organization', 'objections are of organizations')} to which you have a tie, and not shown to you.`)}</p>`}
${all.length === 0 ? markup`<p class="empty">${say('هنوز اعتراضی نیست. دستگاه‌ها از نشانی پیش‌نمایش اعتراض می‌کنند؛ آن را از صفحه هر دستگاه بسازید.', 'There is no objection yet. Organizations object from the address of their preview; make it on the page of each.')}</p>` : markup`<dl class="numbers-of"><div><dt>${say('باز', 'Open')}</dt><dd>${count(open.length)}</dd></div><div><dt>${say('از مهلت گذشته', 'Overdue')}</dt><dd>${count(overdue)}</dd></div><div><dt>${say('میانه روزها تا پاسخ', 'Median days to a decision')}</dt><dd>${days === null ? '–' : count(Math.round(days))}</dd></div></dl>
<section aria-labelledby="open"><h2 id="open">${say('باز', 'Open')}</h2>${open.length === 0 ? markup`<p class="empty">${say('همه پاسخ گرفته‌اند.', 'All are decided.')}</p>` : open.map(item)}</section>
${decided.length > 0 && markup`<section aria-labelledby="decided"><h2 id="decided">${say('پاسخ‌گرفته', 'Decided')}</h2>${decided.map(item)}</section>`}
${sharesPart(voice, tools, all)}`}`,
    help: [
      say('کسی تصمیم می‌گیرد که درباره آن حکم رأی نداده و با دستگاه نسبتی ندارد.', 'Who decides has not judged that verdict, and has no tie to the organization.'),
      say('ده روز کاری برای هر پاسخ هست. آنچه هنگام سنجش ذخیره شد می‌گوید آیا آن روز آنجا بود.', 'There are ten working days for each decision. What was stored when it was measured says whether it was there.'),
      say('«پس از سنجش درست شده» پذیرفته و ثبت می‌شود و در این دور چیزی تغییر نمی‌دهد؛ سنجش دوباره از صفحه دستگاه می‌تواند آن را کنار دور نشان دهد.', '“Mended since” is recorded and changes nothing in this round; a re-audit from the organization’s page can show it beside.'),
    ],
  });
} // prettier-ignore

function sharesPart(voice: Voice, tools: DeskTools, all: readonly Objection[]): Markup {
  const { say, count } = voice;
  const shares = upheldShares(all);
  if (shares.length === 0) return NONE;
  const titles = new Map(tools.indicators.map(({ id, title }) => [id, title]));
  return markup`<section aria-labelledby="shares"><h2 id="shares">${say('سهم پذیرفته در هر شاخص', 'Share upheld of each indicator')}</h2><div class="scroll"><table><thead><tr><th scope="col">${say('شاخص', 'Indicator')}</th><th scope="col" class="n">${say('پاسخ‌گرفته', 'Decided')}</th><th scope="col" class="n">${say('پذیرفته', 'Upheld')}</th><th scope="col">${say('پیامد', 'What follows')}</th></tr></thead><tbody>${shares.map(({ rule, decided, upheld, isTooMuch }) => markup`<tr><th scope="row">${titles.has(rule) ? voice.text(titles.get(rule)!) : bdi(rule)}</th><td class="n">${count(decided)}</td><td class="n">${count(upheld)} (${voice.percent(upheld / decided)})</td><td>${isTooMuch && markup`<b>${say('بیش از یک‌پنجم پذیرفته شد: این شاخص باید تا بازنگری از امتیاز کنار رود.', 'More than a fifth was upheld: this indicator should be suspended until it is revised.')}</b>`}</td></tr>`)}</tbody></table></div></section>`;
} // prettier-ignore

function objectionItem(visit: Visit, tools: DeskTools, board: RoundBoard, line: ObjectionLine, now: string, base: string): Markup {
  const { voice } = visit;
  const { say } = voice;
  const { objection, finding, seen } = line;
  const { id, decision, due, ground, rule } = objection;
  const organization = board.organization(objection.organization);
  const service = objection.service === null ? null : board.service(objection.service);
  const title = tools.indicators.find((one) => one.id === rule)?.title;
  const isLate = decision === null && due < now;
  const [place] = finding ? storedPlaces(finding) : [];
  return markup`<article class="objection" id="o-${id}" aria-labelledby="t-${id}"><h3 id="t-${id}">${title ? voice.text(title) : rule} · ${service ? named(voice, service.titles, service.id) : say('درگاه', 'the portal')} · <a href="${base}/organizations/${encodeURIComponent(objection.organization)}">${organization ? named(voice, organization.names, organization.id) : bdi(objection.organization)}</a></h3>
<p>${verdictMark(voice, objection.verdict)} ${finding && sentence(voice, finding.message)}${place !== undefined && markup` <a href="${base}/stored?${keyQuery(objection)}&n=${place}#e1" target="_blank" rel="noopener">${say('صفحه‌ای که حکم بر آن استوار است', 'the page on which it rests')}</a>`}</p>
${decision === null && finding && seen !== objection.seen && markup`<p class="caution">${say('این حکم از آن پس از نو سنجیده شده است؛ اکنون:', 'This verdict was judged anew since; it is')} ${verdictMark(voice, finding.verdict)}</p>`}
<blockquote class="quote"><b>${voice.text(GROUND_NAMES[ground])}</b> – ${bdi(objection.text)}<span class="source"> – ${bdi(objection.by)}${say('، ', ', ')}${momentOf(voice, objection.at)}</span></blockquote>
${objection.url !== null && seenPart(visit, objection, base)}
${decision === null && markup`<p>${say('مهلت پاسخ:', 'Due')} ${momentOf(voice, due)}${isLate && markup` <span class="tag now">${say('از مهلت گذشته', 'overdue')}</span>`}</p>`}
${decision ? markup`${decisionLine(voice, objection)}${!isCarriedOut(board, objection) && carryOutForm(visit, objection, base)}` : decisionForm(visit, board, line, base)}</article>`;
} // prettier-ignore

/** What was at the address of an objection. */
function seenPart({ voice, person, token }: Visit, { id, url, check, decision }: Objection, base: string): Markup {
  const { say } = voice;
  const again = decision === null && (person?.role === 'operator' || person?.role === 'senior') && post(`${base}/objections/${id}/look`, token, markup`<button class="link">${check ? say('دوباره ببین', 'look again') : say('اکنون ببین', 'look now')}</button>`);
  if (check === null) return markup`<div>${outward(url!)} · ${say('هنوز دیده نشده است.', 'It was not looked at yet.')} ${again}</div>`;
  const [kind = '', code = ''] = check.outcome.split(' ');
  const became = kind === 'page' ? say('صفحه‌ای بود', 'there was a page') : kind === 'not-html' ? say('پرونده‌ای بود که صفحه نیست', 'there was a file that is no page') : detailName(voice, code || kind);
  return markup`<div>${outward(url!)} · ${momentOf(voice, check.at)}: <b>${became}</b>${check.status !== null && markup` (${voice.digits(String(check.status))})`}${check.title && markup` ${quoted(voice, check.title)}`}${check.url !== url && markup` → ${outward(check.url)}`}${check.snapshot && markup` · <a href="${base}/objections/${id}/stored" target="_blank" rel="noopener">${say('صفحه ذخیره‌شده', 'stored page')}</a>`} ${again}</div>${check.signals.length > 0 && markup`<p class="aside">${say('نشانه‌هایی که آن صفحه دارد:', 'What that page shows:')} ${check.signals.map((name, at) => markup`${at > 0 && say('، ', ', ')}<code dir="ltr">${name}</code>`)}</p>`}`;
} // prettier-ignore

function decisionLine(voice: Voice, objection: Objection): Markup {
  const { say } = voice;
  const { upheld, verdict, by, at, note } = objection.decision!;
  const became = !upheld
    ? say('پذیرفته نشد', 'Not upheld')
    : changesVerdict(objection)
      ? say('پذیرفته شد', 'Upheld')
      : say('ثبت شد؛ در این دور چیزی تغییر نمی‌دهد', 'Recorded; it changes nothing in this round');
  return markup`<p class="note"><b>${became}</b>${verdict && markup` ${verdictMark(voice, verdict)}`} · ${bdi(by)}${say('، ', ', ')}${momentOf(voice, at)}: ${quoted(voice, note)}</p>`;
}

function carryOutForm({ voice, person, token }: Visit, { id }: Objection, base: string): Markup {
  const { say } = voice;
  if (person?.role !== 'operator' && person?.role !== 'senior') return NONE;
  return post(`${base}/objections/${id}/decide`, token, markup`<p class="caution">${say('کارساز میان این تصمیم و پیامدش باز ایستاد؛ حکم هنوز همان است که بود.', 'The server stopped between this decision and what follows from it: the verdict is still the old one.')}</p><p class="buttons"><button>${say('پیامدش را ثبت کن', 'Make it count')}</button></p>`, 'step');
} // prettier-ignore

function decisionForm({ voice, person, token }: Visit, board: RoundBoard, { objection, finding }: ObjectionLine, base: string): Markup {
  const { say } = voice;
  const why = person && whyNotDecide(board, person, objection);
  if (why) return markup`<p class="aside">${voice.text(why)}</p>`;
  const { id } = objection;
  const choices = ANSWERS.filter((answer) => answer !== finding?.verdict);
  return post(
    `${base}/objections/${id}/decide`,
    token,
    markup`<fieldset><legend>${say('تصمیم', 'Decision')}</legend><p><label><input type="radio" name="upheld" value="yes" required> ${changesVerdict(objection) ? say('اعتراض پذیرفته است', 'The objection is upheld') : say('درست است و ثبت شود', 'It is so, and is recorded')}</label>${changesVerdict(objection) && markup` <label>${say('و حکم تازه:', 'and the verdict is')} <select name="verdict"><option value="">–</option>${choices.map((answer) => markup`<option value="${answer}">${voice.text(VERDICT_NAMES[answer])}</option>`)}</select></label>`}</p><p><label><input type="radio" name="upheld" value="no"> ${say('پذیرفته نیست؛ حکم همان می‌ماند', 'It is not upheld; the verdict stays')}</label></p></fieldset>
${field(`note-${id}`, say('چرا؟ دستگاه آن را می‌خواند', 'Why? The organization reads it'), markup`<textarea id="note-${id}" name="note" required maxlength="2000" rows="2" dir="auto"></textarea>`)}<p class="buttons"><button class="main">${say('ثبت تصمیم', 'Keep the decision')}</button></p>`,
    'step',
  );
} // prettier-ignore
