/**
 * What an organization sees of its verdicts before publication, what it objects to, and what becomes of it (catalogue,
 * section 6.4). Whose verdicts are shown is said by the pass or the account, never by the address or a form.
 */
import type { Context } from 'hono';
import type { Finding } from '../core/model.ts';
import { GROUNDS, type Objection, type ObjectionDecision, type Person } from '../core/person.ts';
import { ANSWERS, type FindingKey } from '../core/rating.ts';
import { seenOf } from '../core/round.ts';
import { keyOf } from '../core/settle.ts';
import { addWorkingDays } from '../core/working-days.ts';
import { webAddress } from '../report/markup.ts';
import { passOf, previewPass } from './accounts.ts';
import { Refused, STAFF, type Desk, type Request } from './desk.ts';
import type { RoundBoard } from './board.ts';
import type { Visit } from './frame.ts';
import { changesVerdict, isCarriedOut, objectionsPage, ratingOf, whyNotDecide } from './objections-page.ts';
import { addressPage, noPreviewPage, objectPage, previewPage, type Preview } from './preview-page.ts';
import { STORED_POLICY, storedPage } from './stored-page.ts';

/** Working days in which an organization may object, and in which it is answered. */
const OBJECTING = 10;
const DECIDING = 10;
/** A preview made when both are over still opens for so long. */
const LATE_PREVIEW = 30 * 86_400_000; // milliseconds
/** Objections of one organization that wait at a time. */
const OPEN_LIMIT = 200;
/** Characters of what an organization and a decider write, and of an address and a name. */
const LENGTHS = { text: 4000, url: 2000, name: 120, note: 2000 } as const;

interface Asked {
  readonly visit: Visit;
  readonly context: Context;
  readonly form: Readonly<Record<string, string>>;
  readonly preview: Preview;
}

export function objectionRoutes(desk: Desk): void {
  const { tools } = desk;
  const now = (): string => new Date(tools.now()).toISOString();

  // ---------------------------------------------------------------- the address of a preview

  const deadlineOf = async ({ round, registry }: RoundBoard): Promise<string | null> => {
    const shown = (await tools.store.listActs(round.id)).findLast(({ kind }) => kind === 'preview');
    return shown ? addWorkingDays(shown.at, OBJECTING, registry) : null;
  };

  desk.post('/rounds/:round/organizations/:organization/preview', ['operator'], async ({ context, visit, person }) => {
    const board = await desk.roundOf({ context });
    const { round } = board;
    const organization = board.organization(context.req.param('organization') ?? '');
    if (!organization) throw new Refused(404, { fa: 'چنین دستگاهی در این دور نیست.', en: 'There is no such organization in this round.' });
    if (round.state !== 'preview')
      throw new Refused(409, { fa: 'نشانی پیش‌نمایش تنها در گام پیش‌نمایش ساخته می‌شود.', en: 'The address of a preview is made while the round is in preview.' });
    const deadline = await deadlineOf(board);
    const answered = deadline && addWorkingDays(deadline, DECIDING, board.registry);
    const until = answered !== null && answered > now() ? answered : new Date(tools.now() + LATE_PREVIEW).toISOString();
    const made = await previewPass(desk.accounts, { round: round.id, organization: organization.id, until, by: person.id, from: desk.from(context) });
    return addressPage(visit, board, organization, { address: `${desk.origin(context)}/preview/${made.secret}`, expiresAt: made.expiresAt, deadline });
  });

  // ---------------------------------------------------------------- what an organization sees

  const previewOf = async (board: RoundBoard | null, organization: string, base: string, by: string): Promise<Preview | null> => {
    const own = board?.organization(organization);
    const state = board?.round.state;
    if (!board || !own || (state !== 'preview' && state !== 'published')) return null;
    const deadline = await deadlineOf(board);
    return {
      board, organization: own, base, by, deadline,
      mayObject: state === 'preview' && deadline !== null && now() <= deadline,
      objections: (await tools.desk.listObjections(board.round.id)).filter((one) => one.organization === own.id),
    };
  };
  const bySecret = async (context: Context): Promise<Preview> => {
    const secret = context.req.param('secret') ?? '';
    const pass = await passOf(desk.accounts, secret);
    const preview = pass?.kind === 'preview' ? await previewOf(await desk.board.round(pass.round), pass.organization, `/preview/${secret}`, '') : null;
    if (!preview) throw new Refused(404, { fa: 'چنین نشانی‌ای نیست، یا مهلتش گذشته است. از مسئول ارزیابی نشانی تازه‌ای بخواهید.', en: 'There is no such address, or its time is over. Ask those who evaluate for a new one.' });
    return preview;
  };
  /** Of the newest round in preview; when none is, of the last one that was published. */
  const byPerson = async ({ organization, name }: Person): Promise<Preview | null> => {
    const rounds = await tools.store.listRounds();
    for (const state of ['preview', 'published'] as const)
      for (const { id } of rounds.filter((round) => round.state === state)) {
        const preview = await previewOf(await desk.board.round(id), organization ?? '', '/mine', name);
        if (preview) return preview;
      }
    return null;
  };
  /** Under the address with the secret, and for a signed-in person of the organization. */
  const own = (method: 'GET' | 'POST', tail: string, show: (asked: Asked) => Promise<string | Response>): void => {
    desk.open(method, `/preview/:secret${tail}`, async (visit, context, form) => show({ visit, context, form, preview: await bySecret(context) }));
    desk[method === 'GET' ? 'get' : 'post'](`/mine${tail}`, ['organization'], async ({ visit, context, form, person }) => {
      const preview = await byPerson(person);
      return preview ? show({ visit, context, form, preview }) : noPreviewPage(visit);
    });
  };
  /** The verdict that is meant, of this organization and no other. */
  const verdictOf = async ({ board, organization }: Preview, service: string | undefined, rule: string | undefined): Promise<{ machine: Finding; settled: Finding }> => {
    const key: FindingKey = { organization: organization.id, service: service || null, rule: rule ?? '' };
    const [machine, settled] = [await board.finding(key), await board.settled(key)];
    if (!machine || !settled) throw new Refused(404, { fa: 'چنین حکمی درباره دستگاه شما نیست.', en: 'There is no such verdict on your organization.' });
    return { machine, settled };
  };

  own('GET', '', async ({ visit, context, preview }) => {
    const kept = preview.objections.find(({ id }) => id === context.req.query('kept'));
    return previewPage(visit, tools, preview, await preview.board.findingsOf(preview.organization.id), kept ?? null);
  });
  own('GET', '/stored', async ({ visit, context, preview: { board, organization } }) => {
    const { service, rule, n } = context.req.query();
    const page = await desk.stored(visit.voice, board, { organization: organization.id, service: service || null, rule: rule ?? '' }, n ?? '');
    if (page === null) throw new Refused(404, { fa: 'برای این حکم چنین صفحه‌ای ذخیره نشده است.', en: 'No such page is stored for this verdict.' });
    context.header('content-security-policy', STORED_POLICY);
    return context.html(page);
  });
  own('GET', '/object', async ({ visit, context, preview }) => {
    const { service, rule } = context.req.query();
    const { settled } = await verdictOf(preview, service, rule);
    refuseObjection(preview, settled);
    return objectPage(visit, tools, preview, settled, { ground: '', text: '', address: '', name: preview.by }, null);
  });
  own('POST', '/object', async ({ visit, context, form, preview }) => {
    const { board, organization, base } = preview;
    const { machine, settled } = await verdictOf(preview, form['service'], form['rule']);
    refuseObjection(preview, settled);
    const { round, registry } = board;
    const said = { ground: form['ground'] ?? '', text: (form['text'] ?? '').trim(), address: (form['address'] ?? '').trim(), name: (form['name'] ?? '').trim() };
    const ground = GROUNDS.find((one) => one === said.ground);
    const url = said.address === '' ? null : webAddress(said.address);
    const wrong = !ground
      ? { fa: 'یکی از دلیل‌ها را برگزینید.', en: 'Choose one of the grounds.' }
      : said.text === '' || said.text.length > LENGTHS.text
        ? { fa: 'بنویسید به چه اعتراض دارید، در حد چند بند.', en: 'Write what you object to, in a few paragraphs.' }
        : said.name === '' || said.name.length > LENGTHS.name
          ? { fa: 'نام و سمت کسی را که از سوی دستگاه سخن می‌گوید بنویسید.', en: 'Write the name and office of who speaks for the organization.' }
          : said.address !== '' && (url === null || url.length > LENGTHS.url)
            ? { fa: 'نشانی باید با http:// یا https:// آغاز شود.', en: 'An address must begin with http:// or https://.' }
            : null;
    if (!ground || wrong) return context.html(objectPage(visit, tools, preview, settled, said, wrong), 400);
    const { service, rule } = settled;
    const key = { organization: organization.id, service, rule };
    const at = now();
    // the same form sent twice at once gets the same id, which is taken only once
    const earlier = preview.objections.filter((one) => keyOf(one) === keyOf(key)).length;
    const objection: Objection = {
      ...key, id: tools.digest(`objection\n${round.id}\n${keyOf(key)}\n${earlier}`).slice(0, 24), round: round.id, verdict: settled.verdict, seen: seenOf(machine),
      ground, url, text: said.text, by: said.name, at, due: addWorkingDays(at, DECIDING, registry), check: null, decision: null,
    };
    try {
      await tools.desk.addObjection(objection);
    } catch (error) {
      if (await tools.desk.getObjection(objection.id)) throw new Refused(409, WAITING);
      throw error;
    }
    await desk.journal({ context, person: visit.person }, 'objected', targetOf(objection), `${ground}, ${said.name}`);
    if (url !== null) look(board, objection, visit.person?.id ?? `organization ${organization.id}`);
    return context.redirect(`${base}?kept=${objection.id}`, 303);
  });

  // ---------------------------------------------------------------- the look at an address

  /** One at a time: whoever objects to two hundred verdicts must not have two hundred pages looked at at once. */
  let lastLook: Promise<unknown> = Promise.resolve();
  const look = ({ round, registry }: RoundBoard, { id, organization, url }: Objection, by: string): void => {
    desk.tasks.start({
      key: `objection ${id}`, by,
      title: { fa: 'دیدن نشانی یک اعتراض', en: 'Looking at the address of an objection' },
      back: `/rounds/${encodeURIComponent(round.id)}/objections#o-${id}`,
      work(_say, signal) {
        const turn = lastLook.then(async () => {
          if (signal.aborted) return null;
          await tools.desk.setObjectionCheck(id, await tools.acts.checkAddress(round, registry, organization, url!));
          return null;
        });
        lastLook = turn.catch(() => null);
        return turn;
      },
    });
  };

  // ---------------------------------------------------------------- what becomes of it

  const isHidden = (person: Person, { organization }: Objection): boolean => person.ties.includes(organization);
  const objectionIn = async ({ context, person }: Request, { round }: RoundBoard): Promise<Objection> => {
    const found = await tools.desk.getObjection(context.req.param('objection') ?? '');
    if (found?.round !== round.id) throw new Refused(404, { fa: 'چنین اعتراضی در این دور نیست.', en: 'There is no such objection in this round.' });
    if (isHidden(person, found)) throw new Refused(403, { fa: 'با این دستگاه نسبت دارید؛ اعتراضش به شما نشان داده نمی‌شود.', en: 'You have a tie to this organization; its objections are not shown to you.' });
    return found;
  };

  desk.get('/rounds/:round/objections', STAFF, async (request) => {
    const board = await desk.roundOf(request);
    const all = await tools.desk.listObjections(board.round.id);
    const shown = all.filter((one) => !isHidden(request.person, one));
    const lines = await Promise.all(shown.map(async (objection) => ({ objection, finding: await board.settled(objection), seen: await board.finding(objection).then((one) => one && seenOf(one)) })));
    return objectionsPage(request.visit, tools, board, { lines, all, hidden: all.length - shown.length, now: now(), flash: request.flash });
  });
  desk.get('/rounds/:round/objections/:objection/stored', STAFF, async (request) => {
    const { check } = await objectionIn(request, await desk.roundOf(request));
    if (!check?.snapshot) throw new Refused(404, { fa: 'از این نشانی صفحه‌ای ذخیره نشده است.', en: 'No page is stored of this address.' });
    request.context.header('content-security-policy', STORED_POLICY);
    return request.context.html(storedPage(request.visit.voice, { url: check.url, text: await tools.evidence.textOf(check.snapshot), snapshot: null, selectors: [] }));
  });
  desk.post('/rounds/:round/objections/:objection/look', ['operator', 'senior'], async (request) => {
    const board = await desk.roundOf(request);
    const objection = await objectionIn(request, board);
    if (objection.url === null) throw new Refused(409, { fa: 'این اعتراض نشانی‌ای ندارد.', en: 'This objection names no address.' });
    look(board, objection, request.person.id);
    await desk.journal(request, 'objection-looked-at', targetOf(objection));
    return desk.go(request.context, `${listOf(objection)}#o-${objection.id}`, { text: { fa: 'نشانی دوباره دیده می‌شود؛ اندکی دیگر این صفحه را تازه کنید.', en: 'The address is being looked at; open this page again in a moment.' } });
  });
  desk.post('/rounds/:round/objections/:objection/decide', ['operator', 'senior'], async (request) => {
    const { context, person, form } = request;
    const board = await desk.roundOf(request);
    const objection = await objectionIn(request, board);
    const back = `${listOf(objection)}#o-${objection.id}`;
    const isNew = objection.decision === null;
    if (!isNew && isCarriedOut(board, objection)) throw new Refused(409, DECIDED);
    const why = isNew ? whyNotDecide(board, person, objection) : null;
    if (why) throw new Refused(403, why);
    const decision = objection.decision ?? (await decisionOf(board, objection, form, person, now()));
    if ('wrong' in decision) return desk.go(context, back, { text: decision.wrong, isWrong: true });
    if (isNew) {
      if (!(await tools.desk.decideObjection(objection.id, decision))) throw new Refused(409, DECIDED);
      await desk.journal(request, 'objection-decided', targetOf(objection), decision.upheld ? `upheld${decision.verdict ? `, ${decision.verdict}` : ''}` : 'not upheld');
    }
    const { upheld, verdict, by, at, note } = decision;
    const answer = ANSWERS.find((one) => one === verdict);
    if (upheld && answer && changesVerdict(objection)) {
      const { organization, service, rule } = objection;
      const kept = await board.uphold({ key: { organization, service, rule }, answer, by, at, note, decision: ratingOf(objection) });
      if (kept === 'gone') throw new Refused(409, { fa: 'تصمیم ثبت شد، ولی این حکم دیگر در دور نیست و چیزی تغییر نکرد.', en: 'The decision is kept, but the round has no such verdict any more, so nothing has changed.' });
      return desk.go(context, back, { text: { fa: 'پذیرفته شد؛ حکم تازه به شمار می‌آید و امتیازها از نو حساب شد.', en: 'Upheld; the new verdict counts, and scores were computed anew.' } });
    }
    return desk.go(context, back, {
      text: upheld
        ? { fa: 'ثبت شد. چون اصلاح پس از سنجش بوده است، در این دور چیزی تغییر نمی‌کند؛ سنجش دوباره می‌تواند آن را کنار دور نشان دهد.', en: 'Recorded. It was mended after the measurement, so nothing changes in this round; a re-audit can show it beside.' }
        : { fa: 'رد شد؛ حکم همان می‌ماند.', en: 'Not upheld; the verdict stays.' },
    });
  });
} // prettier-ignore

const DECIDED = { fa: 'درباره این اعتراض پیش‌تر تصمیم گرفته شده است.', en: 'This objection was decided before.' };
const WAITING = { fa: 'به همین حکم اعتراضی ثبت شده که هنوز بی‌پاسخ است.', en: 'There is an objection to this verdict already that waits for its decision.' }; // prettier-ignore

const targetOf = ({ round, organization, service, rule }: Objection): string =>
  [round, organization, service ?? 'portal', rule].join(' ');
const listOf = ({ round }: Objection): string => `/rounds/${encodeURIComponent(round)}/objections`;

/** Says why a verdict cannot be objected to. */
function refuseObjection({ board, mayObject, objections }: Preview, finding: Finding): void {
  if (board.round.state === 'published')
    throw new Refused(409, { fa: 'این دور منتشر شده است و اعتراض تازه نمی‌پذیرد.', en: 'This round is published and takes no new objections.' });
  if (!mayObject) throw new Refused(409, { fa: 'مهلت اعتراض گذشته است.', en: 'The time for objections is over.' });
  const open = objections.filter(({ decision }) => decision === null);
  if (open.some((one) => keyOf(one) === keyOf(finding))) throw new Refused(409, WAITING);
  if (open.length >= OPEN_LIMIT)
    throw new Refused(409, { fa: `بیش از ${OPEN_LIMIT} اعتراض بی‌پاسخ از یک دستگاه پذیرفته نمی‌شود؛ پس از پاسخ آنها ادامه دهید.`, en: `No more than ${OPEN_LIMIT} objections of an organization wait at a time; go on when some are decided.` });
} // prettier-ignore

/** Reads a decision, or says what is missing in it. */
async function decisionOf(
  board: RoundBoard,
  objection: Objection,
  form: Readonly<Record<string, string>>,
  { id }: Person,
  at: string,
): Promise<ObjectionDecision | { readonly wrong: { readonly fa: string; readonly en: string } }> {
  const note = (form['note'] ?? '').trim().slice(0, LENGTHS.note);
  const isSaid = form['upheld'] === 'yes' || form['upheld'] === 'no';
  if (!isSaid || note === '') return { wrong: { fa: 'بنویسید چه تصمیمی گرفتید و چرا؛ دستگاه آن را می‌خواند.', en: 'Say what you decide, and why: the organization reads it.' } };
  const said = { by: id, at, note };
  if (form['upheld'] === 'no') return { upheld: false, verdict: null, ...said };
  if (!changesVerdict(objection)) return { upheld: true, verdict: null, ...said };
  if (board.round.state === 'published') return { wrong: { fa: 'این دور منتشر شده و حکمش تغییر نمی‌کند؛ برای اصلاح، بازنگری دور را باز کنید.', en: 'This round is published and its verdicts never change; to correct one, open a revision of the round.' } };
  const verdict = ANSWERS.find((one) => one === form['verdict']);
  const counts = (await board.settled(objection))?.verdict;
  if (!verdict || verdict === counts) return { wrong: { fa: 'برای پذیرفتن اعتراض، حکم تازه‌ای برگزینید که با حکم کنونی فرق دارد.', en: 'To uphold the objection, choose a verdict that differs from the one that counts.' } };
  return { upheld: true, verdict, ...said };
} // prettier-ignore
