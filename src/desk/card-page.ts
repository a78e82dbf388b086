/** The ten-second card: the question, what was seen, what the machine says and why it is unsure, five answers. */
import type { Evidence, Finding, SearchedPlace } from '../core/model.ts';
import { ANSWERS, type Answer, type FindingKey } from '../core/rating.ts';
import type { Served } from '../core/queue.ts';
import { readSeen, type Review } from '../core/round.ts';
import { keyOf } from '../core/settle.ts';
import { verdictMark } from '../report/figures.ts';
import { address, bdi, named, outward, sentence } from '../report/layout.ts';
import { markup, NONE, webAddress, type Markup, type Part } from '../report/markup.ts';
import { plural, type Voice } from '../report/voice.ts';
import { BASIS_NAMES, detailName, placeName, STAGE_NAMES } from '../report/words.ts';
import type { RoundBoard } from './board.ts';
import { deskPage, post, type Flash, type Visit, quoted } from './frame.ts';
import type { DeskTools } from './tools.ts';
import { REASON_NAMES } from './words.ts';

/** One person's answers, said as one would of this card. */
export const ANSWER_NAMES: Readonly<Record<Answer, { readonly fa: string; readonly en: string }>> = {
  pass: { fa: 'بله، برآورده', en: 'Yes, pass' },
  partial: { fa: 'تا حدی', en: 'Partly' },
  fail: { fa: 'نه', en: 'No, fail' },
  'not-applicable': { fa: 'موضوعیت ندارد', en: 'Does not apply' },
  unclear: { fa: 'نمی‌توان گفت', en: 'Cannot tell' },
};

export interface CardView {
  readonly board: RoundBoard;
  readonly served: Served;
  /** The first of its findings, which stands for all. */
  readonly finding: Finding;
  /** What the round before said; hidden on blind cards. */
  readonly before: { readonly round: string; readonly finding: Finding } | null;
  /** The decision that held until what was seen changed. */
  readonly outdated: Review | null;
  readonly picture: Markup | null;
  readonly decision: string;
  /** Kept in the address while one goes from card to card. */
  readonly filter: string;
  readonly canUndo: boolean;
  readonly flash: Flash;
}

/** Places that are looked at side by side; the others are named. */
const SIDE_BY_SIDE = 3;

export function cardPage(visit: Visit, tools: DeskTools, view: CardView): string {
  const { voice, token } = visit;
  const { say } = voice;
  const { board, served, finding, decision, filter, flash } = view;
  const { card, blind, purpose } = served;
  const base = `/rounds/${encodeURIComponent(board.round.id)}`;
  const indicator = tools.indicators.find(({ id }) => id === card.rule)!;
  const question = tools.questions[card.rule];
  const organization = board.organization(finding.organization);
  const service = finding.service === null ? null : board.service(finding.service);
  const key = keyQuery(finding);
  const live = liveAddress(board, finding);
  const subject = markup`${service ? markup`${named(voice, service.titles, service.id)} · ` : markup`${say('درگاه', 'The portal')} · `}${organization ? named(voice, organization.names, organization.id) : bdi(finding.organization)} · <span class="aside">${voice.text(STAGE_NAMES[card.stage])}: ${voice.text(indicator.title)}</span>`;
  const many = card.findings.length > 1;
  const [place] = storedPlaces(finding);
  // a card whose answer is known looks like any other, in its source too
  const asks = purpose === 'adjudication' ? purpose : 'reading';
  return deskPage(visit, {
    title: say('کارت داوری', 'Card'),
    flash,
    trail: [{ href: base, name: voice.text(board.round.names) }, { href: `${base}/queue${filter}`, name: say('صف', 'Queue') }],
    main: markup`<article class="card">
<div class="ask"><h1>${question ? voice.text(question.question) : voice.text(indicator.title)}</h1>
<p class="under">${subject}</p></div>
<div class="said" role="region" tabindex="0" aria-label="${say('آنچه درباره این حکم دانسته است', 'What is known of this verdict')}">
${purpose === 'adjudication' && markup`<p class="caution">${say('خوانندگان این کارت هم‌رأی نبودند، یا یکی نتوانست بگوید. داوری شما پایانی است؛ دلیل آن را بنویسید.', 'The readers of this card differ, or one could not tell. Your word settles it; write down why.')}</p>${readersOf(voice, view)}`}
${view.outdated && changed(voice, view.outdated, finding)}
${!blind && machine(voice, view)}
${blind && purpose !== 'adjudication' && markup`<p class="note">${say('داوری ماشین در این کارت پنهان است تا رأی شما مستقل باشد.', 'What the machine says is hidden on this card, so that your answer is your own.')}</p>`}
${quotes(voice, finding)}
${question && markup`<h2>${say('«تا حدی» یعنی', '“Partly” means')}</h2><p>${voice.text(question.partly)}</p>`}
${many && settles(voice, view)}
</div>
<div class="seen">${finding.evidence.length > 0 ? evidenceFrames(voice, base, key, finding.evidence, view.picture) : searchedFrames(voice, base, key, finding.searched)}</div>
${post(
  `${base}/cards/${card.id}${filter}`,
  token,
  markup`<input type="hidden" name="decision" value="${decision}"><input type="hidden" name="purpose" value="${asks}">
<div class="row say">${ANSWERS.map((answer, at) => markup`<button class="a-${answer}" name="answer" value="${answer}" data-key="${at + 1}"><kbd>${voice.count(at + 1)}</kbd>${voice.text(ANSWER_NAMES[answer])}</button>`)}</div>
<div class="row"><label for="note"><kbd>N</kbd>${say('یادداشت', 'Note')} <span class="aside">${purpose === 'adjudication' ? say('(لازم)', '(needed)') : say('(به دلخواه)', '(if you like)')}</span></label>${
    // not a field of one line: there Enter would give the first answer
    markup`<textarea id="note" name="note" rows="1" maxlength="1000" data-key="N" dir="auto"${purpose === 'adjudication' && markup` required`}></textarea>`
  }
${place !== undefined && markup`<a class="button" href="${`${base}/stored?${key}&n=${place}#e1`}" target="_blank" rel="noopener" data-key="F"><kbd>F</kbd>${say('صفحه کامل', 'Full page')}</a>`}
${live && markup`<a class="button" href="${live}" target="_blank" rel="external noopener noreferrer" data-key="L"><kbd>L</kbd>${say('صفحه زنده', 'Live page')}</a>`}
${view.canUndo && undoButton(voice, 'undo')}
<a href="${base}/cards/next${withSkip(filter, card.id)}" class="button" data-key="0"><kbd>${voice.count(0)}</kbd>${say('فعلاً بماند', 'Leave it for now')}</a></div>`,
  'answers',
)}
</article>
${view.canUndo && undoForm(`${base}/undo${filter}`, token, tools.newId())}`,
    help: [
      keyList(voice),
      say('آنچه می‌بینید متن و ساختار صفحه هنگام سنجش است، نه صفحه امروز. رأی خود را از روی همان بدهید.', 'What you see is the text and structure of the page when it was measured, not of today. Judge by that.'),
      say('اگر نمی‌دانید، «نمی‌توان گفت» را بزنید: کارت به ارزیاب ارشد می‌رسد و هیچ دستگاهی از آن زیان نمی‌بیند.', 'If you do not know, say “cannot tell”: the card goes to a senior, and no organization loses by it.'),
      say('کارت‌های سنگین و کارت‌هایی که دستگاهی را به خطایی بزرگ متهم می‌کنند دو خواننده می‌خواهند؛ نتیجه پس از هم‌رأیی به شمار می‌آید.', 'Heavy cards, and those that accuse an organization gravely, need two readers; they count once both have said the same.'),
    ],
  });
} // prettier-ignore

/** Sends the form of that id; without one that in which it stands. */
export const undoButton = ({ say }: Voice, form = ''): Markup =>
  markup`<button${form && markup` form="${form}"`} data-key="U"><kbd>U</kbd>${say('بازگرداندن', 'Undo')}</button>`;

/** A form that is sent twice takes one answer back. */
export const undoingField = (id: string): Markup => markup`<input type="hidden" name="undoing" value="${id}">`;

const undoForm = (action: string, token: string, id: string): Markup =>
  markup`<form id="undo" method="post" action="${action}"><input type="hidden" name="token" value="${token}">${undoingField(id)}</form>`;

/** Every key of a card, in one list. */
function keyList(voice: Voice): Markup {
  const { say } = voice;
  const keys: readonly (readonly [key: string, does: string])[] = [
    ...ANSWERS.map((answer, at) => [voice.count(at + 1), voice.text(ANSWER_NAMES[answer])] as const),
    [voice.count(0), say('فعلاً بماند', 'leave it for now')],
    ['U', say('پس گرفتن آخرین رأی', 'take back your last answer')],
    ['F', say('صفحه ذخیره‌شده، کامل', 'the whole stored page')],
    ['L', say('صفحه زنده', 'the live page')],
    ['N', say('رفتن به یادداشت', 'go to the note')],
    ['Esc', say('بیرون آمدن از یادداشت', 'leave the note')],
    ['?', say('باز و بسته کردن این راهنما', 'open and close this help')],
  ];
  return markup`${say('کلیدها، با صفحه‌کلید فارسی هم:', 'Keys:')}<ul class="keys">${keys.map(([key, does]) => markup`<li><kbd>${key}</kbd> ${does}</li>`)}</ul>`;
}

const withSkip = (filter: string, card: string): string => `${filter === '' ? '?' : `${filter}&`}skip=${card}`;

/** Names one finding in an address. */
export const keyQuery = ({ organization, service, rule }: FindingKey): string =>
  new URLSearchParams({ organization, ...(service !== null && { service }), rule }).toString();

/** Names its line on the page of its organization. */
export const anchorOfKey = ({ digest }: Pick<DeskTools, 'digest'>, key: FindingKey): string =>
  `v${digest(keyOf(key)).slice(0, 12)}`;

function liveAddress(board: RoundBoard, { organization, service, evidence, searched }: Finding): string | null {
  const own = service === null ? null : board.service(service);
  return webAddress(
    evidence[0]?.url ??
      searched.find(({ url }) => url !== null)?.url ??
      own?.pageUrl ??
      board.organization(organization)?.portalUrl ??
      null,
  );
}

/** What is proposed, and the one reason not to rely on it. */
function machine(voice: Voice, { finding, served, before }: CardView): Markup {
  const { say } = voice;
  const { reason } = served.card;
  const sure =
    finding.confidence > 0 &&
    markup` <span class="aside">(${say('اطمینان', 'confidence')} ${voice.percent(finding.confidence)}${say('، ', ', ')}${voice.text(BASIS_NAMES[finding.confidenceBasis])})</span>`;
  return markup`<h2>${say('پیشنهاد ماشین', 'The machine proposes')}</h2>
<p>${verdictMark(voice, finding.verdict)} ${sentence(voice, finding.message)}</p>
<h2>${say('چرا از شما می‌پرسیم', 'Why you are asked')}</h2>
<p>${voice.text(REASON_NAMES[reason])}${reason !== 'open' && sure}</p>
${before && markup`<h2>${say('دور پیش', 'The round before')} <span class="aside">(${bdi(before.round)})</span></h2><p>${verdictMark(voice, before.finding.verdict)}</p>`}`;
}

/** Why a card that was settled is back: the decision, what it was made on, and what stands there at present. */
function changed(voice: Voice, { verdict, by, at, note, seen }: Review, finding: Finding): Markup {
  const { say } = voice;
  const then = readSeen(seen);
  const lines = (evidence: readonly { readonly url: string; readonly quote: string }[]): Markup =>
    evidence.length === 0
      ? markup`<p class="none">${say('چیزی یافت نشد.', 'Nothing was found.')}</p>`
      : markup`${evidence.slice(0, 3).map(({ url, quote }) => markup`<blockquote class="quote">${bdi(quote)}<span class="source"> – ${address(url)}</span></blockquote>`)}`;
  return markup`<div class="caution"><p>${say('این کارت برگشته است: پس از رأی پیشین، آنچه دیده می‌شود عوض شده.', 'This card is back: what is seen has changed since it was decided.')} ${say('رأی پیشین', 'The decision then')}: ${verdictMark(voice, verdict!)} <span class="aside">${bdi(by)}${say('، ', ', ')}${voice.day(at)}${note && markup` «${bdi(note)}»`}</span></p>
<h2>${say('آن زمان', 'Then')}${then && then.verdict !== finding.verdict && markup`: ${verdictMark(voice, then.verdict)}`}</h2>${then && lines(then.evidence)}<h2>${say('اکنون', 'At present')}</h2>${lines(finding.evidence)}</div>`;
} // prettier-ignore

function readersOf(voice: Voice, { board, served }: CardView): Markup {
  const [first] = served.card.findings;
  const said = board.queue
    .ratingsOf(first!)
    .filter(({ purpose, answer, seen }) => purpose === 'reading' && answer !== null && seen === served.card.seen);
  return markup`<ul class="plain">${said.map(({ answer, note }, at) => markup`<li>${voice.say('خواننده', 'Reader')} ${voice.count(at + 1)}: ${verdictMark(voice, answer!)}${note && markup` ${quoted(voice, note)}`}</li>`)}</ul>`;
}

function quotes(voice: Voice, { evidence }: Finding): Markup {
  const words = evidence.filter(({ quote }) => quote !== '');
  if (words.length === 0) return NONE;
  return markup`<h2>${voice.say('واژه‌های یافته‌شده', 'The words that were found')}</h2>${words.slice(0, 4).map(({ quote, url }) => markup`<blockquote class="quote">${bdi(quote)}<span class="source"> – ${address(url)}</span></blockquote>`)}`;
}

function settles(voice: Voice, { board, served: { card } }: CardView): Markup {
  const { say } = voice;
  const lines = card.findings.map(({ organization, service }) => {
    const own = service === null ? null : board.service(service);
    const body = board.organization(organization);
    return markup`<li>${own ? named(voice, own.titles, own.id) : say('درگاه', 'the portal')}${card.organizations.length > 1 && body && markup` · ${named(voice, body.names, body.id)}`}</li>`;
  });
  return markup`<details class="fold"><summary>${say(`این رأی ${voice.count(card.findings.length)} حکم را با همین شاهد روشن می‌کند`, `This answer settles ${voice.count(card.findings.length)} verdicts with the same evidence`)}</summary><ul class="columns">${lines}</ul></details>`;
}

// ---------------------------------------------------------------- what was seen

const frame = (voice: Voice, src: string, caption: Part): Markup =>
  markup`<figure><figcaption>${caption}</figcaption><iframe src="${src}" title="${voice.say('صفحه ذخیره‌شده', 'Stored page')}" sandbox loading="lazy" referrerpolicy="no-referrer"></iframe></figure>`;

function evidenceFrames(voice: Voice, base: string, key: string, evidence: readonly Evidence[], picture: Markup | null): Markup {
  const { say } = voice;
  // pieces of one page stand on one copy of it
  const pages = evidence.filter(({ snapshot }, at) => snapshot !== '' && evidence.findIndex((one) => one.snapshot === snapshot) === at);
  if (pages.length === 0) {
    const [first] = evidence;
    return markup`<p class="note">${say('این شاهد از خود اتصال است و صفحه‌ای ندارد:', 'This evidence is of the connection itself and has no page:')} ${first && outward(first.url)}</p>`;
  }
  return markup`<div class="frames">${picture}${pages.slice(0, picture ? 1 : 2).map((one) => frame(voice, `${base}/stored?${key}&n=${evidence.indexOf(one)}#e1`, markup`<b>${say('صفحه ذخیره‌شده', 'Stored page')}</b>`))}</div>`;
} // prettier-ignore

const isShown = ({ url, read }: SearchedPlace): boolean => read && url !== null;

function searchedFrames(voice: Voice, base: string, key: string, searched: readonly SearchedPlace[]): Markup {
  const { say } = voice;
  // one page may have been searched as several places
  const pages = searched.filter((place, at) => isShown(place) && searched.findIndex(({ url }) => url === place.url) === at);
  const shown = pages.slice(0, SIDE_BY_SIDE);
  const others = searched.filter((place) => !shown.includes(place));
  const line = (place: SearchedPlace): Markup => {
    const at = searched.indexOf(place);
    const name = placeName(voice, place.place);
    return markup`<li>${place.url !== null && place.read ? markup`<a href="${`${base}/stored?${key}&n=s${at}`}" target="_blank" rel="noopener">${name}</a>` : name}: ${place.url === null ? '' : place.read ? say('نگاه شد', 'looked at') : say('خوانده نشد', 'not read')}${place.detail !== 'read' && markup` <span class="aside">(${bdi(detailName(voice, place.detail))})</span>`}${place.url !== null && markup` <span class="source">${address(place.url)}</span>`}</li>`;
  };
  if (searched.length === 0)
    return markup`<p class="note">${say('برای این حکم صفحه‌ای نام برده نشده است.', 'No page is named for this verdict.')}</p>`;
  if (shown.length === 0)
    return markup`<p class="note">${say('از آنچه جست‌وجو شد صفحه‌ای ذخیره نشده است؛ صفحه زنده را ببینید:', 'Nothing that was searched is stored; look at the live page:')}</p><ul>${searched.map(line)}</ul>`;
  return markup`<div class="frames many">${shown.map((place) => frame(voice, `${base}/stored?${key}&n=s${searched.indexOf(place)}`, markup`<b>${placeName(voice, place.place)}</b>`))}</div>${others.length > 0 && markup`<details class="fold"><summary>${say(`${voice.count(others.length)} جای دیگر هم جست‌وجو شد`, `${voice.count(others.length)} more ${plural(others.length, 'place was', 'places were')} searched`)}</summary><ul>${others.map(line)}</ul></details>`}`;
} // prettier-ignore

/** Places of a finding at which a page is stored, as `Desk.stored` names them: of its evidence, else of what was searched. */
export function storedPlaces({ evidence, searched }: Pick<Finding, 'evidence' | 'searched'>): string[] {
  const pages = evidence.flatMap(({ snapshot }, at) =>
    snapshot !== '' && evidence.findIndex((one) => one.snapshot === snapshot) === at ? [String(at)] : [],
  );
  if (pages.length > 0) return pages;
  return searched.flatMap(({ url, read }, at) => (read && url !== null ? [`s${at}`] : []));
}
