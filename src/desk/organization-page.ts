/** One organization in a round: its scores now, each verdict with what it rests on, and a re-audit on demand. */
import { STAGES, type Finding, type Organization } from '../core/model.ts';
import { verdictMark } from '../report/figures.ts';
import { bdi, named, outward, scoreCell, sentence } from '../report/layout.ts';
import { markup, NONE, type Markup } from '../report/markup.ts';
import { STAGE_NAMES } from '../report/words.ts';
import type { RoundBoard } from './board.ts';
import { anchorOfKey, keyQuery, storedPlaces } from './card-page.ts';
import { deskPage, field, post, type Flash, type Visit } from './frame.ts';
import type { DeskTools } from './tools.ts';

export function organizationPage(
  visit: Visit,
  tools: DeskTools,
  board: RoundBoard,
  organization: Organization,
  findings: readonly Finding[],
  flash: Flash,
): string {
  const { voice, person, token } = visit;
  const { say } = voice;
  const base = `/rounds/${encodeURIComponent(board.round.id)}`;
  const score = board.queue.score(organization.id);
  const canAsk = person?.role === 'operator' && board.round.state !== 'open';
  return deskPage(visit, {
    title: voice.text(organization.names) || organization.id,
    flash,
    trail: [{ href: base, name: voice.text(board.round.names) }],
    main: markup`<h1>${named(voice, organization.names, organization.id)}</h1>
<p class="under">${organization.portalUrl && outward(organization.portalUrl)}</p>
<div class="scroll brief"><table><thead><tr><th scope="col">${say('مرحله', 'Stage')}</th><th scope="col" class="n">${say('امتیاز کنونی', 'Score now')}</th><th scope="col" class="n">${say('روشن', 'Settled')}</th></tr></thead><tbody>${STAGES.map((stage) => markup`<tr><th scope="row">${voice.text(STAGE_NAMES[stage])}</th><td class="n">${scoreCell(voice, score.stages[stage])}</td><td class="n">${voice.percent(score.stages[stage].resolved)}</td></tr>`)}</tbody><tfoot><tr><th scope="row">${say('جمع', 'Total')}</th><td class="n">${scoreCell(voice, score.total)}</td><td class="n">${voice.percent(score.total.resolved)}</td></tr></tfoot></table></div>
<p class="buttons"><a class="button" href="${base}/queue?organization=${encodeURIComponent(organization.id)}">${say('کارت‌های این دستگاه', 'Its cards')}</a></p>
${canAsk && reauditForm(visit, base, organization)}
${person?.role === 'operator' && board.round.state === 'preview' && post(`${base}/organizations/${encodeURIComponent(organization.id)}/preview`, token, markup`<h2>${say('نشانی پیش‌نمایش', 'Address of its preview')}</h2><p>${say('نشانی‌ای با رمز، که تنها داوری‌های همین دستگاه را نشان می‌دهد و از آنجا می‌تواند اعتراض کند.', 'An address with a secret. It shows the verdicts of this organization only, and it may object from there.')}</p><p class="buttons"><button>${say('نشانی تازه بساز', 'Make a new address')}</button></p>`, 'step')}
${verdictList(visit, tools, board, base, findings)}`,
    help: [
      say('هر حکم به کارتش باز می‌شود، یا به صفحه ذخیره‌شده‌ای که بر آن استوار است.', 'Each verdict opens to its card, or to the stored page on which it rests.'),
      say('سنجش دوباره همین دستگاه را با روش همین دور از نو می‌بیند؛ نتیجه کنار دور می‌ماند تا کسی آن را بپذیرد.', 'A re-audit looks at this organization again by the method of the round; its result stays beside the round until somebody accepts it.'),
    ],
  });
} // prettier-ignore

function reauditForm({ voice, token }: Visit, base: string, organization: Organization): Markup {
  const { say } = voice;
  return markup`<section aria-labelledby="again"><h2 id="again">${say('سنجش دوباره', 'Audit it again')}</h2>${post(
    `${base}/organizations/${encodeURIComponent(organization.id)}/reaudit`,
    token,
    markup`${field('reason', say('چرا؟ در پرونده می‌ماند', 'Why? It stays in the record'), markup`<input id="reason" name="reason" required maxlength="500" dir="auto" autocomplete="off">`)}<p class="buttons"><button>${say('آغاز سنجش دوباره', 'Start the re-audit')}</button></p>`,
    'step',
  )}</section>`;
}

/** Verdicts by stage, each with where it can be opened. Of those that this person may yet read blind nothing is told. */
function verdictList({ voice, person }: Visit, tools: DeskTools, board: RoundBoard, base: string, findings: readonly Finding[]): Markup {
  const { say } = voice;
  if (findings.length === 0)
    return markup`<p class="empty">${say('برای این دستگاه هنوز حکمی نیست. سنجش آن پایان نیافته یا به نتیجه نرسیده است.', 'There is no verdict on this organization yet: its audit is not over, or came to nothing.')}</p>`;
  const titles = new Map(tools.indicators.map(({ id, title }) => [id, title]));
  const line = (finding: Finding): Markup => {
    const own = finding.service === null ? null : board.service(finding.service);
    const card = board.queue.cardOf(finding);
    const [key, title] = [keyQuery(finding), titles.get(finding.rule)];
    const [opens = null] = storedPlaces(finding);
    const isBlind = card !== null && person !== null && person.role !== 'operator' && board.queue.serve(card, person)?.blind === true;
    return markup`<tr id="${anchorOfKey(tools, finding)}"><td data-label="${say('حکم', 'Verdict')}">${isBlind ? markup`<span class="none">${say('پنهان تا رأی شما', 'hidden until you answer')}</span>` : verdictMark(voice, finding.verdict)}</td><td class="what">${title ? voice.text(title) : finding.rule}${!isBlind && markup`<br><span class="aside">${sentence(voice, finding.message)}</span>`}</td><td data-label="${say('برای', 'Of')}">${own ? named(voice, own.titles, own.id) : say('درگاه', 'the portal')}</td><td data-label="${say('به رأی', 'Decided by')}">${finding.decided ? bdi(finding.decided.by) : say('ماشین', 'the machine')}</td><td class="opens">${card !== null && markup`<a href="${base}/cards/${card}">${say('کارت', 'card')}</a> `}${opens !== null && markup`<a href="${`${base}/stored?${key}&n=${opens}#e1`}">${say('صفحه', 'page')}</a>`}</td></tr>`;
  };
  return markup`${STAGES.map((stage) => {
    const own = findings.filter(({ rule }) => rule.startsWith(`${stage}/`));
    if (own.length === 0) return NONE;
    return markup`<section aria-labelledby="stage-${stage}"><h2 id="stage-${stage}">${voice.text(STAGE_NAMES[stage])}</h2><div class="scroll"><table class="queue cards pairs"><thead><tr><th scope="col">${say('حکم', 'Verdict')}</th><th scope="col">${say('شاخص', 'Indicator')}</th><th scope="col">${say('برای', 'Of')}</th><th scope="col">${say('به رأی', 'Decided by')}</th><th scope="col">${say('باز کردن', 'Open')}</th></tr></thead><tbody>${own.map(line)}</tbody></table></div></section>`;
  })}`;
} // prettier-ignore
