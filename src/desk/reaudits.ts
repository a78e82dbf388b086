/** Audits on demand: asked for, watched, and accepted or refused by what they found otherwise than the round. */
import { findingsDelta, type FindingsDelta, type VerdictChange } from '../core/compare.ts';
import { STAGES, type Finding, type Text } from '../core/model.ts';
import type { Reaudit } from '../core/round.ts';
import { settle } from '../core/settle.ts';
import { verdictMark } from '../report/figures.ts';
import { bdi, momentOf, named, scoreCell, sentence } from '../report/layout.ts';
import { markup, NONE, type Markup } from '../report/markup.ts';
import { plural, type Voice } from '../report/voice.ts';
import { STAGE_NAMES } from '../report/words.ts';
import { keyIn, Refused, STAFF, type Desk, type Request } from './desk.ts';
import type { RoundBoard } from './board.ts';
import { keyQuery, storedPlaces } from './card-page.ts';
import { deskPage, field, post, quoted } from './frame.ts';
import { STORED_POLICY } from './stored-page.ts';

/** Characters of a reason or a note. */
const NOTE_LENGTH = 500;

export function reauditRoutes(desk: Desk): void {
  const { tools } = desk;

  desk.post('/rounds/:round/organizations/:organization/reaudit', ['operator'], async (request) => {
    const { context, person, form } = request;
    const { round, organization } = await desk.roundOf(request);
    const asked = organization(context.req.param('organization') ?? '');
    if (!asked) throw new Refused(404, { fa: 'چنین دستگاهی در این دور نیست.', en: 'There is no such organization in this round.' });
    if (round.state === 'open')
      throw new Refused(409, { fa: 'این دور هنوز در حال دیدن دستگاه‌هاست؛ سنجش دوباره پس از آغاز بازبینی ممکن است.', en: 'This round is still looking at the organizations; a re-audit is possible once its review has begun.' });
    const back = `/rounds/${encodeURIComponent(round.id)}/organizations/${encodeURIComponent(asked.id)}`;
    const note = (form['reason'] ?? '').trim().slice(0, NOTE_LENGTH);
    if (note === '')
      return desk.go(context, back, { text: { fa: 'بنویسید چرا دوباره سنجیده می‌شود.', en: 'Write down why it is audited again.' }, isWrong: true });
    await desk.journal(request, 'reaudit-started', `${round.id} ${asked.id}`, note);
    return desk.task(request, {
      key: `reaudit ${round.id} ${asked.id}`,
      title: { fa: `سنجش دوباره ${asked.names.fa || asked.id}`, en: `Auditing ${asked.names.en || asked.id} again` },
      back,
      async work(say, signal) {
        const doer = { by: person.id, note, at: new Date(tools.now()).toISOString() };
        const audit = await tools.acts.reaudit(round, asked.id, doer, say, signal);
        return { href: deltaPath(round.id, audit), text: { fa: 'آنچه تغییر کرد', en: 'What changed' } };
      },
    });
  });

  /** The audit on demand of the path. */
  const reauditIn = async ({ context }: Pick<Request, 'context'>, { round }: RoundBoard): Promise<Reaudit> => {
    const id = context.req.param('audit') ?? '';
    const found = (await tools.store.listReaudits(round.id)).find(({ audit }) => audit === id);
    if (!found) throw new Refused(404, { fa: 'چنین سنجش دوباره‌ای نیست.', en: 'There is no such re-audit.' });
    return found;
  };

  /** The audit whose verdicts counted before this one was decided, or count while it is not. */
  const sourceBefore = async ({ round }: RoundBoard, { audit: own, organization, decision }: Reaudit): Promise<string> => {
    const accepted = (await tools.store.listReaudits(round.id)).filter(
      (one) => one.audit !== own && one.organization === organization && one.decision?.accepted && (decision === null || one.decision.at <= decision.at),
    );
    return accepted.sort((a, b) => (a.decision!.at < b.decision!.at ? -1 : 1)).at(-1)?.audit ?? round.auditId;
  };

  desk.get('/rounds/:round/reaudits/:audit', STAFF, async (request) => {
    const board = await desk.roundOf(request);
    const reaudit = await reauditIn(request, board);
    const { store } = tools;
    const { organization } = reaudit;
    const reviews = await store.listReviews(board.round.id, organization);
    const inRound = settle(await store.listFindings(await sourceBefore(board, reaudit), organization), reviews);
    const again = settle(await store.listFindings(reaudit.audit, organization), reviews);
    const services = board.registry.services.filter(({ organizationId }) => organizationId === organization);
    return deltaPage(request, desk, board, {
      reaudit,
      delta: findingsDelta(inRound.findings, again.findings, board.round.edition, services, tools.indicators),
      isFinished: (await store.getAudit(reaudit.audit))?.finishedAt !== null,
      found: again.findings.length,
      returning: again.outdated.filter((review) => !inRound.outdated.includes(review)).length,
    });
  });

  desk.get('/rounds/:round/reaudits/:audit/stored', STAFF, async (request) => {
    const { context, visit } = request;
    const board = await desk.roundOf(request);
    const reaudit = await reauditIn(request, board);
    const audit = context.req.query('of') === 'round' ? await sourceBefore(board, reaudit) : reaudit.audit;
    const key = { ...keyIn(context), organization: reaudit.organization };
    const page = await desk.stored(visit.voice, board, key, context.req.query('n') ?? '', audit);
    if (page === null) throw new Refused(404, { fa: 'برای این حکم چنین صفحه‌ای ذخیره نشده است.', en: 'No such page is stored for this verdict.' });
    context.header('content-security-policy', STORED_POLICY);
    return context.html(page);
  });

  for (const accepted of [true, false])
    desk.post(`/rounds/:round/reaudits/:audit/${accepted ? 'accept' : 'refuse'}`, ['operator'], async (request) => {
      const { context, person, form } = request;
      const board = await desk.roundOf(request);
      const { round } = board;
      const { audit, organization, decision } = await reauditIn(request, board);
      if (decision) throw new Refused(409, { fa: 'درباره این سنجش دوباره پیش‌تر تصمیم گرفته شده است.', en: 'This re-audit was decided before.' });
      if (round.state === 'published') throw new Refused(409, BESIDE);
      const note = (form['note'] ?? '').trim().slice(0, NOTE_LENGTH);
      await tools.acts.decideReaudit(round, audit, accepted, { by: person.id, note, at: new Date(tools.now()).toISOString() });
      await desk.journal(request, accepted ? 'reaudit-accepted' : 'reaudit-refused', `${round.id} ${organization}`, audit);
      const text = accepted
        ? { fa: 'پذیرفته شد: از این پس نتیجه این دستگاه در دور از همین سنجش است و امتیازها از نو حساب شد.', en: 'Accepted: the organization’s result in the round comes from this audit, and scores were computed anew.' }
        : { fa: 'رد شد: دور همان می‌ماند که بود.', en: 'Refused: the round stays as it was.' };
      return desk.go(context, deltaPath(round.id, audit), { text });
    });
} // prettier-ignore

const deltaPath = (round: string, audit: string): string =>
  `/rounds/${encodeURIComponent(round)}/reaudits/${encodeURIComponent(audit)}`;

const BESIDE: Text = {
  fa: 'این دور منتشر شده و دیگر تغییر نمی‌کند؛ این نتیجه کنار آن می‌ماند. برای اصلاح، بازنگری دور را باز کنید.',
  en: 'This round is published and never changes; this result stays beside it. To correct it, open a revision of the round.',
};

// ---------------------------------------------------------------- the page

interface DeltaView {
  readonly reaudit: Reaudit;
  readonly delta: FindingsDelta;
  readonly isFinished: boolean;
  /** Verdicts that the re-audit has. */
  readonly found: number;
  /** Decisions of people that do not hold on what it saw. */
  readonly returning: number;
}

function deltaPage({ visit, flash }: Request, desk: Desk, board: RoundBoard, view: DeltaView): string {
  const { voice } = visit;
  const { say, count } = voice;
  const { reaudit, delta, found, returning } = view;
  const base = `/rounds/${encodeURIComponent(board.round.id)}`;
  const organization = board.organization(reaudit.organization);
  const name = organization ? named(voice, organization.names, organization.id) : bdi(reaudit.organization);
  const { before, after, changes, restated, same } = delta;
  const row = (title: string, was: typeof before.total, is: typeof before.total): Markup =>
    markup`<tr><th scope="row">${title}</th><td class="n">${scoreCell(voice, was)}</td><td class="n">${scoreCell(voice, is)}</td></tr>`;
  return deskPage(visit, {
    title: say('سنجش دوباره', 'Re-audit'),
    flash,
    trail: [
      { href: base, name: voice.text(board.round.names) },
      { href: `${base}/organizations/${encodeURIComponent(reaudit.organization)}`, name: (organization && voice.text(organization.names)) || reaudit.organization },
    ],
    main: markup`<h1>${say('سنجش دوباره', 'Re-audit of')} ${name}</h1>
<p class="under">${momentOf(voice, reaudit.at)} · ${say('به خواست', 'asked for by')} ${bdi(reaudit.by)}: ${quoted(voice, reaudit.reason)}</p>
${decisionPart(visit, board, view, base)}
${found === 0 ? markup`<p class="empty">${say('این سنجش هنوز حکمی ندارد.', 'This re-audit has no verdict yet.')}</p>` : markup`<div class="scroll brief"><table><thead><tr><th scope="col">${say('مرحله', 'Stage')}</th><th scope="col" class="n">${say('در دور', 'In the round')}</th><th scope="col" class="n">${say('در سنجش دوباره', 'In the re-audit')}</th></tr></thead><tbody>${STAGES.map((stage) => row(voice.text(STAGE_NAMES[stage]), before.stages[stage], after.stages[stage]))}</tbody><tfoot>${row(say('جمع', 'Total'), before.total, after.total)}</tfoot></table></div>
<p>${say(`${count(changes.length)} حکم تغییر کرد، ${count(restated.length)} حکم با شاهدی دیگر همان ماند، ${count(same)} حکم با همان شاهد.`, `${count(changes.length)} ${plural(changes.length, 'verdict', 'verdicts')} changed, ${count(restated.length)} ${plural(restated.length, 'is', 'are')} the same on other evidence, ${count(same)} on the same.`)}</p>
${returning > 0 && markup`<p class="caution">${say(`اگر پذیرفته شود، ${count(returning)} رأی دیگر به شمار نمی‌آید، چون آنچه خوانندگان دیدند عوض شده است؛ کارت‌هایشان به صف بازمی‌گردد.`, `If it is accepted, ${count(returning)} ${plural(returning, 'decision counts', 'decisions count')} no more, because what their readers saw has changed; ${plural(returning, 'its card returns', 'their cards return')} to the queue.`)}</p>`}
<section aria-labelledby="changes"><h2 id="changes">${say('حکم‌های تغییریافته', 'Verdicts that changed')}</h2>${changes.length === 0 ? markup`<p class="empty">${say('هیچ حکمی تغییر نکرد.', 'No verdict changed.')}</p>` : changes.map((change) => changePart(voice, desk, board, change, deltaPath(board.round.id, reaudit.audit)))}</section>
${restated.length > 0 && markup`<section aria-labelledby="restated"><h2 id="restated">${say('همان حکم با شاهدی دیگر', 'The same verdict on other evidence')}</h2>${restated.map((one) => changePart(voice, desk, board, { ...one, points: null }, deltaPath(board.round.id, reaudit.audit)))}</section>`}`}`,
    help: [
      say('هر تغییر باز می‌شود: صفحه‌ای که دور بر آن استوار بود و صفحه‌ای که سنجش دوباره دید، کنار هم.', 'Each change opens: the page on which the round stood, and the one that the re-audit saw, side by side.'),
      say('با پذیرفتن، همه حکم‌های این دستگاه در دور از این سنجش می‌آید، نه تنها آنهایی که بهتر شده‌اند.', 'Accepting takes all verdicts of the organization from this audit, not only those that got better.'),
      say('رتبه دیگران تا انتشار بعدی تغییر نمی‌کند.', 'The ranks of others do not change before the next publication.'),
    ],
  });
} // prettier-ignore

/** What became of it, or what can be done with it. */
function decisionPart({ voice, person, token }: Request['visit'], board: RoundBoard, view: DeltaView, base: string): Markup {
  const { say } = voice;
  const { reaudit, isFinished, found } = view;
  const { decision } = reaudit;
  if (decision)
    return markup`<p class="note">${decision.accepted ? say('پذیرفته شد', 'Accepted') : say('رد شد', 'Refused')} · ${momentOf(voice, decision.at)} · ${bdi(decision.by)}${decision.note && markup` ${quoted(voice, decision.note)}`}</p>`;
  if (board.round.state === 'published') return markup`<p class="note">${voice.text(BESIDE)}</p>`;
  const waits = markup`<p class="note">${isFinished ? say('در انتظار تصمیم راهبر است؛ تا آن هنگام چیزی در دور تغییر نمی‌کند.', 'It waits for the operator’s decision; until then nothing changes in the round.') : say('این سنجش به پایان نرسیده است.', 'This re-audit did not come to its end.')}</p>`;
  if (person?.role !== 'operator') return waits;
  const here = deltaPath(board.round.id, reaudit.audit);
  const again = post(`${base}/organizations/${encodeURIComponent(reaudit.organization)}/reaudit`, token, markup`<input type="hidden" name="reason" value="${reaudit.reason}"><p class="buttons"><button class="main">${say('ادامه بده', 'Go on with it')}</button></p>`, 'step');
  const canAccept = isFinished && found > 0;
  const refuse = markup`<button formaction="${here}/refuse">${say('رد کن', 'Refuse')}</button>`;
  const decide = post(
    `${here}/${canAccept ? 'accept' : 'refuse'}`,
    token,
    markup`${field('note', say('یادداشت در پرونده', 'Note for the record'), markup`<input id="note" name="note" maxlength="${NOTE_LENGTH}" dir="auto" autocomplete="off">`)}<p class="buttons">${canAccept && markup`<button class="main">${say('بپذیر', 'Accept')}</button>`}${refuse}</p>`,
    'step',
  );
  return markup`${waits}${!isFinished && again}${decide}`;
} // prettier-ignore

function changePart(voice: Voice, { tools }: Desk, board: RoundBoard, { before, after, points }: VerdictChange, here: string): Markup {
  const { say } = voice;
  const finding = (after ?? before)!;
  const title = tools.indicators.find(({ id }) => id === finding.rule)?.title;
  const service = finding.service === null ? null : board.service(finding.service);
  const mark = (one: Finding | null): Markup => one ? verdictMark(voice, one.verdict) : markup`${say('نبود', 'none')}`;
  const worth = points !== null && Math.abs(points) >= 0.005 && markup` · <b><bdi dir="ltr">${points > 0 ? '+' : '−'}${voice.points(Math.abs(points))}</bdi></b> ${say('امتیاز', 'points')}`;
  const side = (name: string, one: Finding | null, of: 'round' | 'again'): Markup => {
    const [place] = one ? storedPlaces(one) : [];
    const address = place !== undefined && markup`${here}/stored?${keyQuery(finding)}&n=${place}&of=${of}#e1`;
    return markup`<figure><figcaption><b>${name}</b> ${mark(one)}</figcaption>${one && markup`<p>${sentence(voice, one.message)}</p>`}${one?.evidence.filter(({ quote }) => quote !== '').slice(0, 2).map(({ quote }) => markup`<blockquote class="quote">${bdi(quote)}</blockquote>`)}${address ? markup`<iframe src="${address}" title="${name}" sandbox loading="lazy" referrerpolicy="no-referrer"></iframe><p><a href="${address}" target="_blank" rel="noopener">${say('صفحه کامل', 'Full page')}</a></p>` : one ? markup`<p class="note">${say('برای این حکم صفحه‌ای ذخیره نشده است.', 'No page is stored for this verdict.')}</p>` : NONE}</figure>`;
  };
  return markup`<details class="fold"><summary>${title ? voice.text(title) : finding.rule} · ${service ? named(voice, service.titles, service.id) : say('درگاه', 'the portal')}: ${mark(before)} ${say('←', '→')} ${mark(after)}${worth}</summary><div class="sides">${side(say('در دور', 'In the round'), before, 'round')}${side(say('در سنجش دوباره', 'In the re-audit'), after, 'again')}</div></details>`;
} // prettier-ignore
