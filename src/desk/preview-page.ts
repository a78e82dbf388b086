/** What an organization sees before publication: its own verdicts, what each rests on, and how to object. */
import { storedPlaces } from './card-page.ts';
import { STAGES, type Finding, type Organization, type Text } from '../core/model.ts';
import { GROUNDS, type Objection } from '../core/person.ts';
import { keyOf } from '../core/settle.ts';
import { verdictMark } from '../report/figures.ts';
import { bdi, momentOf, named, outward, scoreCell, sentence } from '../report/layout.ts';
import { markup, NONE, type Markup } from '../report/markup.ts';
import type { Voice } from '../report/voice.ts';
import { placeName, STAGE_NAMES } from '../report/words.ts';
import type { RoundBoard } from './board.ts';
import { deskPage, field, post, type Visit, quoted } from './frame.ts';
import type { DeskTools } from './tools.ts';
import { GROUND_NAMES } from './words.ts';

export interface Preview {
  readonly board: RoundBoard;
  readonly organization: Organization;
  /** Below which its pages are: `/mine`, or the address with the secret. */
  readonly base: string;
  /** Who asks, as far as that is known. */
  readonly by: string;
  /** UTC, ISO 8601; null for a round that nobody was shown before its publication. */
  readonly deadline: string | null;
  readonly mayObject: boolean;
  /** Its own ones. */
  readonly objections: readonly Objection[];
}

export interface ObjectionForm {
  readonly ground: string;
  readonly text: string;
  readonly address: string;
  readonly name: string;
}

/** The new address of a preview, shown this once. */
export function addressPage(
  visit: Visit,
  board: RoundBoard,
  organization: Organization,
  made: { readonly address: string; readonly expiresAt: string; readonly deadline: string | null },
): string {
  const { voice } = visit;
  const { say } = voice;
  const base = `/rounds/${encodeURIComponent(board.round.id)}`;
  const own = `${base}/organizations/${encodeURIComponent(organization.id)}`;
  return deskPage(visit, {
    title: say('نشانی پیش‌نمایش', 'Address of a preview'),
    trail: [{ href: base, name: voice.text(board.round.names) }, { href: own, name: voice.text(organization.names) || organization.id }],
    main: markup`<h1>${say('نشانی پیش‌نمایش', 'Address of the preview of')} ${named(voice, organization.names, organization.id)}</h1>
<p class="lead">${say('این نشانی تنها همین یک بار نشان داده می‌شود. آن را از راهی امن به دستگاه برسانید؛ هر که آن را داشته باشد داوری‌های این دستگاه را می‌بیند.', 'This address is shown this once. Send it to the organization in a safe way: whoever has it sees the verdicts on it.')}</p>
<p><input readonly class="address" dir="ltr" aria-label="${say('نشانی', 'Address')}" size="70" value="${made.address}"></p>
<p>${say('باز می‌ماند تا', 'It opens until')} ${momentOf(voice, made.expiresAt)}${made.deadline && markup`${say('؛ ', '; ')}${say('مهلت اعتراض', 'objections are taken until')} ${momentOf(voice, made.deadline)}`}.</p>
<p class="buttons"><a class="button" href="${own}">${say('بازگشت به دستگاه', 'Back to the organization')}</a></p>`,
    help: [
      say('نشانی‌هایی که پیش‌تر ساخته شده‌اند هم تا پایان مهلت خود باز می‌شوند.', 'Addresses that were made before open as well, until their own time is over.'),
    ],
  });
} // prettier-ignore

export function noPreviewPage(visit: Visit): string {
  const { say } = visit.voice;
  return deskPage(visit, {
    title: say('پیش‌نمایش', 'Preview'),
    main: markup`<h1>${say('اکنون چیزی برای دیدن نیست', 'There is nothing to see at the moment')}</h1><p class="empty">${say('هیچ دوری که دستگاه شما در آن باشد در گام پیش‌نمایش نیست. هنگامی که باشد، داوری‌ها و مهلت اعتراض همین‌جا می‌آید.', 'No round with your organization is in preview. When one is, its verdicts and the time for objections are shown here.')}</p>`,
    help: [
      say('پیش‌نمایش پیش از انتشار هر دور باز می‌شود و ده روز کاری برای اعتراض می‌ماند.', 'A preview opens before a round is published, with ten working days for objections.'),
    ],
  });
} // prettier-ignore

export function previewPage(visit: Visit, tools: DeskTools, preview: Preview, findings: readonly Finding[], kept: Objection | null): string {
  const { voice } = visit;
  const { say } = voice;
  const { board, organization, objections } = preview;
  const score = board.queue.score(organization.id);
  const isPublished = board.round.state === 'published';
  return deskPage(visit, {
    title: say('پیش‌نمایش', 'Preview'),
    flash: kept && { text: say('اعتراض شما ثبت شد. پاسخ آن همین‌جا می‌آید.', 'Your objection was kept. Its answer is shown here.'), isWrong: false },
    main: markup`<h1>${named(voice, organization.names, organization.id)}</h1>
<p class="under">${named(voice, board.round.names, board.round.id)}${organization.portalUrl && markup` · ${outward(organization.portalUrl)}`}</p>
${isPublished ? markup`<p class="note">${say('این دور منتشر شده است. اینجا همان را که درباره دستگاه شما منتشر شد می‌بینید؛ اعتراض تازه پذیرفته نمی‌شود.', 'This round is published. You see what was published of your organization; no new objection is taken.')}</p>` : markup`<p class="lead">${say('اینها داوری‌های دستگاه شماست، پیش از انتشار. به هر کدام که نادرست است اعتراض کنید.', 'These are the verdicts on your organization, before publication. Object to any that is wrong.')}</p>${deadlineLine(voice, preview)}`}
<div class="scroll brief"><table><thead><tr><th scope="col">${say('مرحله', 'Stage')}</th><th scope="col" class="n">${say('امتیاز', 'Score')}</th><th scope="col" class="n">${say('روشن', 'Settled')}</th></tr></thead><tbody>${STAGES.map((stage) => markup`<tr><th scope="row"><a href="#stage-${stage}">${voice.text(STAGE_NAMES[stage])}</a></th><td class="n">${scoreCell(voice, score.stages[stage])}</td><td class="n">${voice.percent(score.stages[stage].resolved)}</td></tr>`)}</tbody><tfoot><tr><th scope="row">${say('جمع', 'Total')}</th><td class="n">${scoreCell(voice, score.total)}</td><td class="n">${voice.percent(score.total.resolved)}</td></tr></tfoot></table></div>
${objections.length > 0 && markup`<section aria-labelledby="objections"><h2 id="objections">${say('اعتراض‌های شما', 'Your objections')}</h2><ul class="log">${objections.toReversed().map((one) => objectionLine(voice, tools, board, one))}</ul></section>`}
${findings.length === 0 ? markup`<p class="empty">${say('برای این دستگاه حکمی نیست: دیدن آن به نتیجه نرسیده است.', 'There is no verdict on this organization: looking at it came to nothing.')}</p>` : STAGES.map((stage) => stagePart(voice, tools, preview, stage, findings))}`,
    help: [
      say('زیر هر شاخص نوشته شده است که چه می‌سنجد و چرا. «صفحه» همان است که هنگام سنجش دیده و ذخیره شد، نه صفحه امروز.', 'Under each indicator stands what it measures and why. “Page” is what was seen and stored when it was measured, not the page of today.'),
      say('بازه کنار امتیاز نشان می‌دهد چه مقدار از حکم‌ها هنوز روشن نیست.', 'The range beside a score shows how much of the verdicts is still open.'),
      say('اعتراض را کسی پاسخ می‌دهد که آن حکم را پیش‌تر نخوانده است. اگر نشانی‌ای بدهید، همان دم دیده می‌شود.', 'An objection is decided by somebody who had not read that verdict. An address that you give is looked at at once.'),
    ],
  });
} // prettier-ignore

const deadlineLine = (voice: Voice, { deadline, mayObject }: Preview): Markup => {
  const { say } = voice;
  if (deadline === null) return NONE;
  return mayObject
    ? markup`<p>${say('مهلت اعتراض:', 'Objections are taken until')} <b>${momentOf(voice, deadline)}</b></p>`
    : markup`<p class="caution">${say('مهلت اعتراض گذشت:', 'The time for objections was over on')} ${momentOf(voice, deadline)}</p>`;
};

function stagePart(voice: Voice, tools: DeskTools, preview: Preview, stage: (typeof STAGES)[number], findings: readonly Finding[]): Markup {
  const { say } = voice;
  const rules = tools.indicators.filter(({ id }) => id.startsWith(`${stage}/`) && findings.some(({ rule }) => rule === id));
  if (rules.length === 0) return NONE;
  const hasObjections = preview.mayObject || preview.objections.length > 0;
  return markup`<section aria-labelledby="stage-${stage}"><h2 id="stage-${stage}">${voice.text(STAGE_NAMES[stage])}</h2>${rules.map(({ id }) => markup`${ruleText(voice, tools, id, 'h3')}<div class="scroll"><table class="queue cards pairs"><thead><tr><th scope="col">${say('حکم', 'Verdict')}</th><th scope="col">${say('برای', 'Of')}</th><th scope="col">${say('چرا', 'Why')}</th><th scope="col">${say('شاهد', 'Evidence')}</th>${hasObjections && markup`<th scope="col">${say('اعتراض', 'Objection')}</th>`}</tr></thead><tbody>${findings.filter(({ rule }) => rule === id).map((finding) => verdictRow(voice, preview, finding))}</tbody></table></div>`)}</section>`;
} // prettier-ignore

/** What an indicator is called, and what it measures and why. */
function ruleText(voice: Voice, { indicators, rules }: DeskTools, id: string, level: 'h2' | 'h3'): Markup {
  const rule = rules.get(id);
  const title = rule?.title ?? indicators.find((one) => one.id === id)?.title;
  const text = title ? sentence(voice, title) : bdi(id);
  return markup`${level === 'h2' ? markup`<h2>${text}</h2>` : markup`<h3>${text}</h3>`}${rule && rule.why.fa + rule.why.en !== '' && markup`<p class="aside">${sentence(voice, rule.why)}</p>`}`;
}

/** Names a verdict in an address; whose it is, is never said there. */
const query = ({ service, rule }: Finding): string =>
  new URLSearchParams({ ...(service !== null && { service }), rule }).toString();

function verdictRow(voice: Voice, preview: Preview, finding: Finding): Markup {
  const { say } = voice;
  const { objections, mayObject, base } = preview;
  const own = objections.filter((one) => keyOf(one) === keyOf(finding));
  const waits = own.some(({ decision }) => decision === null);
  const state = own.length > 0 && markup`<a href="#o-${own.at(-1)!.id}">${waits ? say('در انتظار پاسخ', 'waits for an answer') : say('پاسخ داده شد', 'answered')}</a> `;
  return markup`<tr><td data-label="${say('حکم', 'Verdict')}">${verdictMark(voice, finding.verdict)}</td><td data-label="${say('برای', 'Of')}">${subjectOf(voice, preview.board, finding)}</td><td class="what">${sentence(voice, finding.message)}${finding.decided && markup`<br><span class="aside">${say('این حکم به رأی ارزیابان است.', 'Evaluators gave this verdict.')}</span>`}</td><td class="opens">${pageLinks(voice, preview, finding)}</td>${(mayObject || objections.length > 0) && markup`<td class="opens">${state}${mayObject && !waits && markup`<a href="${base}/object?${query(finding)}">${say('اعتراض', 'Object')}</a>`}</td>`}</tr>`;
} // prettier-ignore

function pageLinks(voice: Voice, { base }: Preview, finding: Finding): Markup {
  const places = storedPlaces(finding);
  if (places.length === 0) return markup`<span class="aside">${voice.say('بی‌صفحه', 'no page')}</span>`;
  return markup`${places.slice(0, 4).map((place, at) => markup`<a href="${base}/stored?${query(finding)}&n=${place}#e1" target="_blank" rel="noopener">${voice.say('صفحه', 'page')}${places.length > 1 && ` ${voice.count(at + 1)}`}</a> `)}`;
} // prettier-ignore

const subjectOf = (voice: Voice, board: RoundBoard, { service }: Pick<Finding, 'service'>): Markup => {
  const own = service === null ? null : board.service(service);
  return own ? named(voice, own.titles, own.id) : markup`${voice.say('درگاه', 'the portal')}`;
};

function objectionLine(voice: Voice, { rules }: DeskTools, board: RoundBoard, objection: Objection): Markup {
  const { say } = voice;
  const { decision, due } = objection;
  const title = rules.get(objection.rule)?.title;
  const became =
    decision === null
      ? markup`<span class="tag now">${say('در انتظار پاسخ', 'waits for an answer')}</span> ${say('تا', 'until')} ${momentOf(voice, due)}`
      : markup`<b>${!decision.upheld ? say('پذیرفته نشد', 'not upheld') : decision.verdict === null ? say('ثبت شد؛ در این دور تغییری نمی‌دهد', 'recorded; it changes nothing in this round') : say('پذیرفته شد', 'upheld')}</b>${decision.verdict && markup` ${verdictMark(voice, decision.verdict)}`} · ${momentOf(voice, decision.at)}: ${quoted(voice, decision.note)}`;
  return markup`<li id="o-${objection.id}">${title ? sentence(voice, title) : bdi(objection.rule)} · ${subjectOf(voice, board, objection)} · ${voice.text(GROUND_NAMES[objection.ground])} · ${momentOf(voice, objection.at)} · ${bdi(objection.by)}: ${quoted(voice, objection.text)}${objection.url && markup` ${outward(objection.url)}`}<br>${became}</li>`;
} // prettier-ignore

/** Objecting to one verdict, with what it rests on before one's eyes. */
export function objectPage(visit: Visit, tools: DeskTools, preview: Preview, finding: Finding, said: ObjectionForm, wrong: Text | null): string {
  const { voice, token } = visit;
  const { say } = voice;
  const { board, base, organization } = preview;
  const frames = storedPlaces(finding).slice(0, 2);
  const address = (place: string): Markup => markup`${base}/stored?${query(finding)}&n=${place}#e1`;
  return deskPage(visit, {
    title: say('اعتراض به یک حکم', 'Object to a verdict'),
    trail: [{ href: base, name: voice.text(organization.names) || organization.id }],
    flash: wrong && { text: voice.text(wrong), isWrong: true },
    main: markup`<h1>${say('اعتراض به یک حکم', 'Object to a verdict')}</h1>
${ruleText(voice, tools, finding.rule, 'h2')}
<p>${subjectOf(voice, board, finding)}: ${verdictMark(voice, finding.verdict)} ${sentence(voice, finding.message)}</p>
${finding.searched.length > 0 && finding.evidence.length === 0 && markup`<p class="aside">${say('جاهایی که جست‌وجو شد:', 'Places that were searched:')} ${finding.searched.map(({ place }, at) => markup`${at > 0 && say('، ', ', ')}${placeName(voice, place)}`)}</p>`}
${frames.length > 0 && markup`<div class="sides">${frames.map((place) => markup`<figure><figcaption><a href="${address(place)}" target="_blank" rel="noopener">${say('صفحه‌ای که ذخیره شد', 'The page that was stored')}</a></figcaption><iframe src="${address(place)}" title="${say('صفحه ذخیره‌شده', 'Stored page')}" sandbox loading="lazy" referrerpolicy="no-referrer"></iframe></figure>`)}</div>`}
${deadlineLine(voice, preview)}
${post(
  `${base}/object`,
  token,
  markup`<input type="hidden" name="service" value="${finding.service ?? ''}"><input type="hidden" name="rule" value="${finding.rule}">
<fieldset><legend>${say('چرا نادرست است؟', 'Why is it wrong?')}</legend>${GROUNDS.map((ground) => markup`<p><label><input type="radio" name="ground" value="${ground}" required${said.ground === ground && markup` checked`}> ${voice.text(GROUND_NAMES[ground])}</label></p>`)}</fieldset>
${field('text', say('شرح اعتراض', 'What you object to'), markup`<textarea id="text" name="text" required maxlength="4000" rows="6" dir="auto">${said.text}</textarea>`)}
${field('address', say('نشانی صفحه‌ای که آن را نشان می‌دهد (به دلخواه)', 'Address of a page that shows it (if you like)'), markup`<input id="address" name="address" type="url" maxlength="2000" dir="ltr" value="${said.address}" aria-describedby="address-hint">`, say('همین که بفرستید، یک بار و با همان قاعده‌های سنجش دیده می‌شود.', 'It is looked at once when you send this, by the same rules as all pages.'))}
${field('name', say('نام و سمت شما', 'Your name and office'), markup`<input id="name" name="name" required maxlength="120" dir="auto" autocomplete="name" value="${said.name}">`)}
<p class="buttons"><button class="main">${say('ثبت اعتراض', 'Send the objection')}</button><a class="button" href="${base}">${say('بازگشت', 'Back')}</a></p>`,
  'step',
)}`,
    help: [
      say('«پس از سنجش درست شده است» در این دور چیزی تغییر نمی‌دهد؛ ثبت می‌شود و در دور بعد به شمار می‌آید.', '“Mended after the measurement” changes nothing in this round; it is recorded, and counts in the next.'),
    ],
  });
} // prettier-ignore
