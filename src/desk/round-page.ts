/** One round: where it stands, what can be done next and by whom, its organizations, and the record of what was done. */
import type { StageScore } from '../core/score.ts';
import type { Objection } from '../core/person.ts';
import type { Act, Reaudit, RoundStatus } from '../core/round.ts';
import { bdi, code, momentOf, named, scoreCell } from '../report/layout.ts';
import { markup, NONE, type Markup } from '../report/markup.ts';
import { plural, type Voice } from '../report/voice.ts';
import { COOPERATION_NAMES, ROUND_STATE_NAMES } from '../report/words.ts';
import type { RoundBoard } from './board.ts';
import { deskPage, field, post, type Flash, type Visit, quoted } from './frame.ts';
import { stepsOf } from './home-page.ts';
import { outlook } from './queue-page.ts';

export interface RoundView {
  readonly board: RoundBoard;
  readonly work: Pick<RoundStatus, 'stepsLeft' | 'reaudits'>;
  readonly acts: readonly Act[];
  readonly objections: readonly Objection[];
  readonly flash: Flash;
}

export function roundPage(visit: Visit, view: RoundView): string {
  const { voice } = visit;
  const { say } = voice;
  const { board, work, acts, objections, flash } = view;
  const { round } = board;
  const base = `/rounds/${encodeURIComponent(round.id)}`;
  const title = voice.text(round.names);
  return deskPage(visit, {
    title,
    flash,
    main: markup`<h1>${bdi(title)}</h1>
${stepsOf(visit, round)}
${round.state !== 'open' && outlook(voice, board)}
<p class="buttons">${round.state !== 'open' && markup`<a class="button" href="${base}/queue">${say('صف داوری', 'Queue')}</a>`}<a class="button" href="${base}/agreement">${say('هم‌رأیی', 'Agreement')}</a><a class="button" href="${base}/objections">${say(`اعتراض‌ها (${voice.count(objections.filter(({ decision }) => decision === null).length)} باز)`, `Objections (${voice.count(objections.filter(({ decision }) => decision === null).length)} open)`)}</a><a class="button" href="${base}/decisions.csv">${say('رأی‌ها به صورت CSV', 'Decisions as CSV')}</a></p>
${nextStep(visit, view, base)}
<section aria-labelledby="organizations"><h2 id="organizations">${say('دستگاه‌ها', 'Organizations')}</h2>${organizationTable(voice, board, base)}</section>
${work.reaudits.length > 0 && reauditList(voice, board, work.reaudits, base)}
<section aria-labelledby="record"><h2 id="record">${say('آنچه در این دور انجام شد', 'What was done in this round')}</h2><ol class="log">${acts.toReversed().map((act) => actLine(voice, board, act))}</ol></section>`,
    help: [
      say('تنها راهبر دور را به گام بعد می‌برد. پیش از انتشار، همه سنجش‌های دوباره باید پذیرفته یا رد شده باشند.', 'Only the operator takes a round to its next step. Before publication every re-audit has to be accepted or refused.'),
      say('امتیازها با هر رأی از نو حساب می‌شوند؛ بازه نشان می‌دهد چه مقدار هنوز باز است.', 'Scores are computed anew with each answer; the range shows how much is still open.'),
      say('برای سنجش دوباره یک دستگاه، صفحه آن را باز کنید.', 'To audit an organization again, open its page.'),
    ],
  });
} // prettier-ignore

/** What the operator may do now, and what stands in the way of it. */
function nextStep({ voice, person, token }: Visit, { board, work, objections }: RoundView, base: string): Markup {
  const { say } = voice;
  const { state } = board.round;
  if (person?.role !== 'operator' || state === 'published') {
    return state === 'published'
      ? markup`<section aria-labelledby="next"><h2 id="next">${say('منتشر شده', 'Published')}</h2><p>${say('ریشه زنجیره:', 'Root of its chain:')} ${code(board.round.rootHash ?? '')}</p></section>`
      : NONE;
  }
  const progress = board.queue.progress();
  const note = field('act-note', say('یادداشت در پرونده دور', 'Note for the record'), markup`<input id="act-note" name="note" maxlength="500" dir="auto" autocomplete="off">`);
  const undecided = work.reaudits.filter(({ decision }) => decision === null).length;
  const openObjections = objections.filter(({ decision }) => decision === null).length;
  const left = work.stepsLeft.crawls + work.stepsLeft.probes;
  const content = {
    open: () => [
      'review',
      say('آغاز بازبینی', 'Begin the review'),
      left > 0 ? markup`<p>${say(`${voice.count(left)} نگاه دیگر برنامه‌ریزی شده است.`, `${voice.count(left)} ${plural(left, 'look is', 'looks are')} still planned.`)}</p><p><label><input type="checkbox" name="early" value="yes"> ${say('با آنچه تاکنون دیده شده پیش برو', 'Close with what was seen so far')}</label></p>` : markup`<p>${say('همه نگاه‌ها انجام شده است.', 'Everything was looked at.')}</p>`,
    ] as const,
    reviewing: () => [
      'preview',
      say('نشان دادن به دستگاه‌ها', 'Show it to the organizations'),
      progress.open + progress.disputed > 0 ? markup`<p class="caution">${say(`${voice.count(progress.open)} کارت هنوز باز است${progress.disputed > 0 ? ` و ${voice.count(progress.disputed)} کارت مورد اختلاف` : ''}. می‌توانید پیش بروید؛ آنچه باز بماند بازه امتیازها را گشاد می‌کند.`, `${voice.count(progress.open)} ${plural(progress.open, 'card is', 'cards are')} still open${progress.disputed > 0 ? `, ${voice.count(progress.disputed)} disputed` : ''}. You may go on; what stays open widens the ranges of scores.`)}</p>` : markup`<p>${say('کارت بازی نمانده است.', 'No card is open.')}</p>`,
    ] as const,
    preview: () => [
      'publish',
      say('انتشار', 'Publish'),
      markup`${undecided > 0 && markup`<p class="caution">${say(`${voice.count(undecided)} سنجش دوباره هنوز بی‌تصمیم است؛ نخست بپذیرید یا رد کنید.`, `${voice.count(undecided)} ${plural(undecided, 're-audit waits', 're-audits wait')} for a decision; accept or refuse first.`)}</p>`}${openObjections > 0 && markup`<p class="caution">${say(`${voice.count(openObjections)} اعتراض هنوز بی‌پاسخ است.`, `${voice.count(openObjections)} ${plural(openObjections, 'objection is', 'objections are')} not decided yet.`)}</p>`}<p><label><input type="checkbox" name="sure" value="yes" required> ${say('می‌دانم که پس از انتشار چیزی تغییر نمی‌کند', 'I know that nothing changes after publication')}</label></p>`,
    ] as const,
  }[state](); // prettier-ignore
  const [step, name, before] = content;
  return markup`<section aria-labelledby="next"><h2 id="next">${say('گام بعد', 'Next step')}</h2>${post(`${base}/${step}`, token, markup`${before}${note}<p class="buttons"><button class="main">${name}</button></p>`, 'step')}</section>`;
} // prettier-ignore

function organizationTable(voice: Voice, board: RoundBoard, base: string): Markup {
  const { say } = voice;
  if (board.organizations.length === 0) return markup`<p class="empty">${say('در این دور دستگاهی نیست.', 'There is no organization in this round.')}</p>`;
  const scored = board.organizations.map((organization) => ({ organization, total: board.queue.score(organization.id).total }));
  const value = ({ score, estimate }: StageScore): number => score ?? (estimate === null ? -2 : estimate / 100 - 1);
  scored.sort((a, b) => value(b.total) - value(a.total));
  return markup`<div class="scroll"><table class="cards"><thead><tr><th scope="col">${say('دستگاه', 'Organization')}</th><th scope="col">${say('همکاری', 'Takes part')}</th><th scope="col" class="n">${say('امتیاز کنونی', 'Score now')}</th><th scope="col" class="n">${say('روشن', 'Settled')}</th></tr></thead><tbody>${scored.map(
    ({ organization, total }) => markup`<tr><th scope="row" class="name"><a href="${base}/organizations/${encodeURIComponent(organization.id)}">${named(voice, organization.names, organization.id)}</a></th><td data-label="${say('همکاری', 'Takes part')}">${voice.text(COOPERATION_NAMES[organization.cooperation])}</td><td class="n" data-label="${say('امتیاز کنونی', 'Score now')}">${scoreCell(voice, total)}</td><td class="n" data-label="${say('روشن', 'Settled')}">${voice.percent(total.resolved)}</td></tr>`,
  )}</tbody></table></div>`;
} // prettier-ignore

function reauditList(voice: Voice, board: RoundBoard, reaudits: readonly Reaudit[], base: string): Markup {
  const { say } = voice;
  return markup`<section aria-labelledby="reaudits"><h2 id="reaudits">${say('سنجش‌های دوباره', 'Audits on demand')}</h2><ul class="log">${reaudits.map((one) => {
    const body = board.organization(one.organization);
    return markup`<li><a href="${base}/reaudits/${encodeURIComponent(one.audit)}">${body ? named(voice, body.names, body.id) : bdi(one.organization)}</a> · ${momentOf(voice, one.at)} · ${bdi(one.by)}: ${quoted(voice, one.reason)} · ${one.decision === null ? markup`<span class="tag now">${say('در انتظار تصمیم', 'waits for a decision')}</span>` : one.decision.accepted ? say('پذیرفته', 'accepted') : say('رد شده', 'refused')}</li>`;
  })}</ul></section>`;
} // prettier-ignore

function actLine(voice: Voice, board: RoundBoard, act: Act): Markup {
  const { say } = voice;
  const what = (): Markup => {
    if (act.kind === 'cooperation') {
      const body = board.organization(act.organization);
      return markup`${say('همکاری', 'cooperation')}: ${body ? named(voice, body.names, body.id) : bdi(act.organization)} → ${voice.text(COOPERATION_NAMES[act.status])}`;
    }
    if (act.kind === 'profile')
      return markup`${say('آنچه برای خدمت موضوعیت ندارد', 'what does not apply to a service')}: ${bdi(act.service)}`;
    return markup`${voice.text(act.kind === 'opened' ? ROUND_STATE_NAMES.open : ROUND_STATE_NAMES[act.kind])}`;
  };
  return markup`<li>${momentOf(voice, act.at)} · ${bdi(act.by)} · ${what()}${act.note && markup` ${quoted(voice, act.note)}`}</li>`;
}
