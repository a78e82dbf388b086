/**
 * The desk: from a request to its answer. Who may do what is said here and nowhere else; pages only draw.
 * Every change comes by POST, carries the token of its session, and is followed by a redirect.
 */
import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { secureHeaders } from 'hono/secure-headers';
import { roundStatus } from '../audit/status.ts';
import { UserError } from '../core/errors.ts';
import { STAGES, type Finding, type Snapshot, type Text } from '../core/model.ts';
import type { Person, Role } from '../core/person.ts';
import type { CardFilter, CardReason, Served } from '../core/queue.ts';
import { ANSWERS, type Answer, type FindingKey, type Purpose } from '../core/rating.ts';
import { bdi } from '../report/layout.ts';
import { markup } from '../report/markup.ts';
import { EVIDENCE_STYLE } from '../report/style.ts';
import { voiceOf, type Lang, type Voice } from '../report/voice.ts';
import { changePassword, passOf, redeem, sessionOf, signIn, signOut, type Accounts } from './accounts.ts';
import { accountPage, differing, enterPage, signInPage } from './account-pages.ts';
import { agreementPage } from './agreement-page.ts';
import { openBoard, type Board, type DecisionResult, type RoundBoard } from './board.ts';
import { cardPage } from './card-page.ts';
import { decisionsCsv } from './decisions.ts';
import { keyIn, READERS, Refused, STAFF, type Desk, type Request } from './desk.ts';
import { deskPage, PAGE_POLICY, refusal, type Flash, type Visit } from './frame.ts';
import { homePage } from './home-page.ts';
import { objectionRoutes } from './objections.ts';
import { organizationPage } from './organization-page.ts';
import { peopleRoutes } from './people-routes.ts';
import { queuePage } from './queue-page.ts';
import { reauditRoutes } from './reaudits.ts';
import { roundPage } from './round-page.ts';
import { STORED_POLICY, storedPage } from './stored-page.ts';
import { DESK_SCRIPT, DESK_STYLE } from './style.ts';
import { taskPage } from './task-page.ts';
import { openTasks } from './tasks.ts';
import type { DeskTools } from './tools.ts';

export interface DeskOptions {
  /** Addresses under which the desk is reached, as a browser names them: `http://127.0.0.1:8788`. Others are refused. */
  readonly origins: readonly string[];
  /** Address of the client of a request, for the journal. */
  readonly clientOf: (context: Context) => string;
  readonly calendar: 'jalali' | 'gregorian';
  /** What hashing a password costs, as `Accounts.cost`. */
  readonly passwordCost?: number;
  /** Told of what goes wrong on our side. */
  readonly onFault: (error: unknown) => void;
}

const NOT_FOUND: Text = { fa: 'چنین صفحه‌ای نیست.', en: 'There is no such page.' };
const SESSION = 'rasad';
const FLASH = 'rasad-said';
/** Status of an answer to a password that was not taken. */
const REFUSALS = { refused: 401, locked: 429, busy: 503, weak: 400 } as const;
const FORM_LENGTH = 64 * 1024; // bytes

export interface OpenDesk {
  readonly fetch: Hono['fetch'];
  readonly request: Hono['request'];
  readonly board: Board;
  /** Stops what is under way. */
  close(): Promise<void>;
}

export function openDesk(tools: DeskTools, options: DeskOptions): OpenDesk {
  const accounts: Accounts = { desk: tools.desk, now: tools.now, ...(options.passwordCost !== undefined && { cost: options.passwordCost }) };
  const board = openBoard(tools);
  const tasks = openTasks(tools.now, tools.newId, options.onFault);
  const hosts = new Map(options.origins.map((origin) => [new URL(origin).host, origin]));
  const isSecure = options.origins.every((origin) => origin.startsWith('https:'));
  const app = new Hono();
  const cookie = { path: '/', httpOnly: true, sameSite: 'Strict', secure: isSecure } as const;

  // `no-referrer` would make browsers send the desk's own forms with the origin `null`
  app.use(secureHeaders({ referrerPolicy: 'same-origin', xFrameOptions: 'SAMEORIGIN', crossOriginOpenerPolicy: 'same-origin', crossOriginResourcePolicy: false }));
  app.use(async (context, next) => {
    await next();
    if (!context.res.headers.has('content-security-policy')) context.header('content-security-policy', PAGE_POLICY);
    if (!context.res.headers.has('cache-control')) context.header('cache-control', 'no-store');
  });
  app.use(async (context, next) => {
    // a name that is not ours means that somebody's name was pointed at this machine
    if (!hosts.has(context.req.header('host') ?? '')) return context.text('Rasad: this desk is not served under that name.\n', 421);
    const { method } = context.req;
    if (method !== 'GET' && method !== 'HEAD') {
      const [origin, site] = [context.req.header('origin'), context.req.header('sec-fetch-site')];
      const isOurs = origin !== undefined ? options.origins.includes(origin) : site === 'same-origin';
      if (!isOurs) return context.text('Rasad: this form was not sent from the desk.\n', 403);
    }
    return next();
  });
  app.use(bodyLimit({ maxSize: FORM_LENGTH, onError: (context) => context.text('Rasad: this form is too long.\n', 413) }));

  // ---------------------------------------------------------------- who asks

  const voiceFor = (context: Context): Voice => {
    const lang: Lang = getCookie(context, 'rasad-lang') === 'en' ? 'en' : 'fa';
    return voiceOf(lang, options.calendar);
  };
  const visitOf = async (context: Context): Promise<Visit> => {
    const secret = getCookie(context, SESSION);
    const found = secret === undefined ? null : await sessionOf(accounts, secret);
    const url = new URL(context.req.url);
    return {
      voice: voiceFor(context),
      person: found?.person ?? null,
      token: found && secret ? tokenOf(tools, secret) : '',
      here: `${url.pathname}${url.search}`,
    };
  };
  const formOf = async (context: Context): Promise<Record<string, string>> => {
    if (context.req.method !== 'POST') return {};
    const fields = await context.req.parseBody().catch(() => ({}));
    return Object.fromEntries(Object.entries(fields).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])));
  };
  const flashOf = (context: Context, { lang }: Voice): Flash => {
    const kept = getCookie(context, FLASH);
    if (kept === undefined) return null;
    deleteCookie(context, FLASH, cookie);
    try {
      const said = JSON.parse(kept) as { fa: unknown; en: unknown; isWrong: unknown };
      const text = said[lang];
      return typeof text === 'string' ? { text: markup`${text}`, isWrong: said.isWrong === true } : null;
    } catch {
      return null;
    }
  };
  const answer = (context: Context, result: string | Response): Response | Promise<Response> =>
    typeof result === 'string' ? context.html(result) : result;
  const refused = (context: Context, visit: Visit, error: unknown): Response | Promise<Response> => {
    const { say } = visit.voice;
    if (error instanceof Refused)
      return context.html(refusal(visit, say('نشد', 'Not possible'), visit.voice.text(error.said)), error.status);
    if (error instanceof UserError)
      return context.html(refusal(visit, say('نشد', 'Not possible'), bdi(error.message)), 409);
    options.onFault(error);
    return context.html(refusal(visit, say('خطای رصد', 'A fault of Rasad'), say('این خطای خود رصد است و ثبت شد. آنچه تأیید شده بود از دست نرفته است.', 'This is a fault of Rasad itself, and it was noted. Nothing that was confirmed is lost.')), 500);
  };

  const guarded = (method: 'GET' | 'POST', path: string, roles: readonly Role[], handle: (request: Request) => Promise<string | Response>): void => {
    app.on(method, path, async (context) => {
      const visit = await visitOf(context);
      const { person } = visit;
      const { say } = visit.voice;
      if (!person) {
        if (method === 'POST') return context.html(refusal(visit, say('نشست پایان یافته', 'The session is over'), say('دوباره وارد شوید؛ چیزی نوشته نشد.', 'Sign in again; nothing was written.'), '/sign-in'), 401);
        return context.redirect(`/sign-in?back=${encodeURIComponent(visit.here)}`, 303);
      }
      if (!roles.includes(person.role))
        return context.html(refusal(visit, say('اجازه نیست', 'Not allowed'), say('این بخش برای نقش شما نیست.', 'This part is not for your role.'), person.role === 'organization' ? '/mine' : '/'), 403);
      try {
        const form = await formOf(context);
        if (method === 'POST' && !sameText(form['token'] ?? '', visit.token)) throw new Refused(403, { fa: 'این فرم کهنه است؛ صفحه را دوباره باز کنید.', en: 'This form is out of date; open the page again.' });
        const flash = method === 'GET' ? flashOf(context, visit.voice) : null;
        return await answer(context, await handle({ context, visit, person, flash, form }));
      } catch (error) {
        return refused(context, visit, error);
      }
    });
  };

  const desk: Desk = {
    tools, board, accounts, tasks,
    get: (path, roles, show) => guarded('GET', path, roles, show),
    post: (path, roles, act) => guarded('POST', path, roles, act),
    open(method, path, show) {
      app.on(method, path, async (context) => {
        const visit = await visitOf(context);
        try {
          return await answer(context, await show(visit, context, await formOf(context)));
        } catch (error) {
          return refused(context, visit, error);
        }
      });
    },
    async roundOf({ context }) {
      const found = await board.round(context.req.param('round') ?? '');
      if (!found) throw new Refused(404, { fa: 'چنین دوری نیست.', en: 'There is no such round.' });
      return found;
    },
    go(context, to, flash) {
      if (flash) setCookie(context, FLASH, JSON.stringify({ ...flash.text, isWrong: flash.isWrong ?? false }), { ...cookie, maxAge: 60 });
      return context.redirect(to, 303);
    },
    async journal({ context, person }, what, target, detail = '') {
      await tools.desk.addJournal({ at: new Date(tools.now()).toISOString(), by: person?.id ?? null, what, target, detail, from: options.clientOf(context) });
    },
    from: options.clientOf,
    origin: (context) => hosts.get(context.req.header('host') ?? '')!,
    task({ context, person }, task) {
      const { running } = tasks.start({ ...task, by: person.id });
      return context.redirect(`/tasks/${running}`, 303);
    },
    stored: (voice, round, key, place, audit = round.auditOf(key.organization)) => stored(tools, voice, round, audit, key, place),
  };

  // ---------------------------------------------------------------- what needs no signing in

  for (const [name, type, content] of [
    ['desk.css', 'text/css', DESK_STYLE],
    ['desk.js', 'text/javascript', DESK_SCRIPT],
    ['stored.css', 'text/css', EVIDENCE_STYLE.text.replaceAll('../assets/', '')],
  ] as const)
    app.get(`/assets/${name}`, (context) => {
      context.header('content-type', `${type}; charset=utf-8`);
      context.header('cache-control', 'no-cache');
      return context.body(content);
    });
  app.get('/assets/:font{Vazirmatn-(?:Regular|Bold)\\.woff2}', async (context) => {
    const bytes = await tools.asset(context.req.param('font'));
    if (!bytes) return context.notFound();
    context.header('content-type', 'font/woff2');
    context.header('cache-control', 'max-age=31536000, immutable');
    // a stored page has an origin of its own, and browsers ask for leave before they give it a font
    context.header('access-control-allow-origin', '*');
    return context.body(new Uint8Array(bytes));
  });
  app.get('/language/:lang{fa|en}', (context) => {
    setCookie(context, 'rasad-lang', context.req.param('lang'), { ...cookie, maxAge: 365 * 86_400 });
    return context.redirect(ownPath(context.req.query('back')), 303);
  });
  desk.open('GET', '/sign-in', async (visit, context) => signInPage(visit, { back: ownPath(context.req.query('back')), wrong: null }));
  desk.open('POST', '/sign-in', async (visit, context, form) => {
    const back = ownPath(form['back']);
    const result = await signIn(accounts, { id: form['name'] ?? '', password: form['password'] ?? '', from: desk.from(context) });
    if (result.kind !== 'signed-in')
      return context.html(signInPage(visit, { back, name: form['name'] ?? '', wrong: result }), REFUSALS[result.kind]);
    setCookie(context, SESSION, result.secret, cookie);
    return context.redirect(back, 303);
  });
  const gone = new Refused(404, { fa: 'این نشانی به کار رفته یا مهلتش گذشته است. از راهبر نشانی تازه‌ای بخواهید.', en: 'This address was used, or its time is over. Ask the operator for a new one.' });
  const enter = async (context: Context): Promise<{ readonly secret: string; readonly person: Person }> => {
    const secret = context.req.param('secret') ?? '';
    const pass = await passOf(accounts, secret);
    const person = pass?.kind === 'password' ? await tools.desk.getPerson(pass.person) : null;
    if (!person) throw gone;
    return { secret, person };
  };
  desk.open('GET', '/enter/:secret', async (visit, context) => enterPage(visit, { ...(await enter(context)), wrong: null }));
  desk.open('POST', '/enter/:secret', async (visit, context, form) => {
    const { secret, person } = await enter(context);
    const wrong = differing(form);
    if (wrong) return context.html(enterPage(visit, { secret, person, wrong }), 400);
    const result = await redeem(accounts, { secret, password: form['password'] ?? '', from: desk.from(context) });
    if (result.kind === 'gone') throw gone;
    if (result.kind !== 'signed-in') return context.html(enterPage(visit, { secret, person, wrong: result }), REFUSALS[result.kind]);
    setCookie(context, SESSION, result.secret, cookie);
    return context.redirect('/', 303);
  });

  // ---------------------------------------------------------------- account

  const everybody: readonly Role[] = [...STAFF, 'organization'];
  desk.post('/sign-out', everybody, async (request) => {
    await signOut(accounts, getCookie(request.context, SESSION) ?? '', desk.from(request.context));
    deleteCookie(request.context, SESSION, cookie);
    return request.context.redirect('/sign-in', 303);
  });
  desk.get('/account', everybody, async ({ visit, person, flash }) => accountPage(visit, person, { flash, wrong: null }));
  desk.post('/account/password', everybody, async ({ context, visit, person, form }) => {
    const wrong = differing(form);
    if (wrong) return context.html(accountPage(visit, person, { flash: null, wrong }), 400);
    const result = await changePassword(accounts, { person, present: form['present'] ?? '', password: form['password'] ?? '', from: desk.from(context) });
    if (result.kind !== 'signed-in')
      return context.html(accountPage(visit, person, { flash: null, wrong: result }), REFUSALS[result.kind]);
    setCookie(context, SESSION, result.secret, cookie);
    return desk.go(context, '/account', { text: { fa: 'گذرواژه عوض شد و نشست‌های دیگرتان پایان یافت.', en: 'Your password is changed, and your other sessions are over.' } });
  });

  // ---------------------------------------------------------------- rounds

  desk.get('/', [...STAFF, 'organization'], async ({ context, visit, person, flash }) => {
    if (person.role === 'organization') return context.redirect('/mine', 303);
    const rounds = await tools.store.listRounds();
    const current = rounds.find(({ state }) => state !== 'published') ?? rounds[0];
    return homePage(visit, tools, rounds, current ? await board.round(current.id) : null, flash);
  });
  desk.get('/rounds/:round', STAFF, async (request) => {
    const round = await desk.roundOf(request);
    const [status, acts, objections] = await Promise.all([
      roundStatus(tools.store, round.round, round.registry),
      tools.store.listActs(round.round.id),
      tools.desk.listObjections(round.round.id),
    ]);
    return roundPage(request.visit, { board: round, status, acts, objections, flash: request.flash });
  });
  desk.get('/rounds/:round/organizations/:organization', STAFF, async (request) => {
    const round = await desk.roundOf(request);
    const organization = round.organization(request.context.req.param('organization') ?? '');
    if (!organization) throw new Refused(404, NOT_FOUND);
    return organizationPage(request.visit, tools, round, organization, await round.findingsOf(organization.id), request.flash);
  });
  const steps = { review: 'beginReview', preview: 'beginPreview', publish: 'publish' } as const;
  for (const step of ['review', 'preview', 'publish'] as const)
    desk.post(`/rounds/:round/${step}`, ['operator'], async (request) => {
      const { round } = await desk.roundOf(request);
      const { form, person } = request;
      if (step === 'publish' && form['sure'] !== 'yes') throw new Refused(400, { fa: 'برای انتشار باید خانه تأیید را بزنید.', en: 'Tick the box to publish.' });
      const doer = { by: person.id, note: (form['note'] ?? '').slice(0, 500), at: new Date(tools.now()).toISOString() };
      const back = `/rounds/${encodeURIComponent(round.id)}`;
      await desk.journal(request, `round-${step}`, round.id);
      return desk.task(request, {
        key: `round ${round.id}`,
        title: { review: { fa: 'آغاز بازبینی', en: 'Beginning the review' }, preview: { fa: 'آماده کردن پیش‌نمایش', en: 'Making the preview' }, publish: { fa: 'انتشار دور', en: 'Publishing the round' } }[step],
        back,
        async work(say) {
          if (step === 'review') await tools.acts.beginReview(round, doer, form['early'] === 'yes', say);
          else await tools.acts[steps[step]](round, doer, say);
          return { href: back, text: { fa: 'صفحه دور', en: 'The round' } };
        },
      });
    });

  // ---------------------------------------------------------------- cards

  desk.get('/rounds/:round/queue', STAFF, async (request) => {
    const round = await desk.roundOf(request);
    const filter = filterOf(request.context);
    const from = Math.max(0, Math.trunc(Number(request.context.req.query('from') ?? 0)) || 0);
    return queuePage(request.visit, tools, round, { filter, query: queryOf(filter), from, flash: request.flash });
  });
  const postponed = new Map<string, Set<string>>();
  desk.get('/rounds/:round/cards/next', READERS, async (request) => {
    const { context, person, visit, flash } = request;
    const round = await desk.roundOf(request);
    const filter = filterOf(context);
    const mine = `${person.id} ${round.round.id}`;
    const later = postponed.get(mine) ?? new Set();
    const skip = context.req.query('skip');
    if (skip !== undefined && /^[\w-]{1,64}$/.test(skip)) postponed.set(mine, new Set([...later, skip].slice(-200)));
    const held = new Set([...round.heldByOthers(person.id), ...(postponed.get(mine) ?? [])]);
    if (!mayAnswer(round)) return context.redirect(`/rounds/${encodeURIComponent(round.round.id)}/queue`, 303);
    let served = round.queue.next(person, filter, held);
    if (!served && later.size > 0) {
      postponed.delete(mine);
      served = round.queue.next(person, filter, round.heldByOthers(person.id));
    }
    if (!served) return nothingLeft(visit, round, filter, flash);
    round.hold(served.card.id, person.id);
    return showCard(request, round, served, filter);
  });
  desk.get('/rounds/:round/cards/:card', STAFF, async (request) => {
    const { context, person } = request;
    const round = await desk.roundOf(request);
    const id = context.req.param('card') ?? '';
    const served = mayAnswer(round) ? round.queue.serve(id, person) : null;
    if (served && READERS.includes(person.role)) {
      round.hold(id, person.id);
      return showCard(request, round, served, filterOf(context));
    }
    const card = round.queue.card(id);
    if (!card) throw new Refused(404, { fa: 'چنین کارتی نیست؛ شاید شاهدش در سنجش دوباره عوض شده است.', en: 'There is no such card; perhaps its evidence changed in a re-audit.' });
    const [first] = card.findings;
    return context.redirect(`/rounds/${encodeURIComponent(round.round.id)}/organizations/${encodeURIComponent(first!.organization)}#${tools.digest(`${first!.organization}\n${first!.service ?? ''}\n${first!.rule}`).slice(0, 12)}`, 303);
  });
  desk.post('/rounds/:round/cards/:card', READERS, async (request) => {
    const { context, person, form } = request;
    const round = await desk.roundOf(request);
    const said = ANSWERS.find((one) => one === form['answer']);
    const purpose = (['reading', 'adjudication', 'known'] as const satisfies readonly Purpose[]).find((one) => one === form['purpose']);
    const note = (form['note'] ?? '').trim().slice(0, 1000);
    if (!said || !purpose || !/^[\w-]{8,64}$/.test(form['decision'] ?? '')) throw new Refused(400, { fa: 'این فرم از میز رصد نیست.', en: 'This form is not one of the desk.' });
    const here = `/rounds/${encodeURIComponent(round.round.id)}/cards`;
    const query = queryOf(filterOf(context));
    if (!mayAnswer(round)) throw new Refused(409, { fa: 'رأی دادن تنها در گام بازبینی و پیش‌نمایش ممکن است.', en: 'Cards are answered while a round is in review or preview.' });
    if (purpose === 'adjudication' && note === '')
      return desk.go(context, `${here}/${context.req.param('card')}${query}`, { text: { fa: 'برای داوری پایانی باید دلیل بنویسید.', en: 'Write down why: this answer settles what the readers differ on.' }, isWrong: true });
    const result = await round.decide({ person, card: context.req.param('card') ?? '', answer: said, purpose, note, decision: form['decision']! });
    return desk.go(context, `${here}/next${query}`, saidOf(round, said, result));
  });
  desk.post('/rounds/:round/undo', READERS, async (request) => {
    const round = await desk.roundOf(request);
    const query = queryOf(filterOf(request.context));
    const here = `/rounds/${encodeURIComponent(round.round.id)}/cards`;
    if (!mayAnswer(round)) throw new Refused(409, { fa: 'این دور دیگر رأی نمی‌پذیرد.', en: 'This round takes no answers any more.' });
    const result = await round.undo(request.person);
    if (result?.kind !== 'done') return desk.go(request.context, `${here}/next${query}`, { text: { fa: 'رأیی نیست که پس گرفته شود.', en: 'There is no answer to take back.' }, isWrong: true });
    return desk.go(request.context, `${here}/${result.card.id}${query}`, { text: { fa: 'رأی پیشین پس گرفته شد؛ کارت دوباره پیش روی شماست.', en: 'Your last answer was taken back; the card is before you again.' } });
  });

  const showCard = async ({ visit, person, flash }: Request, round: RoundBoard, served: Served, filter: CardFilter): Promise<string> => {
    const [first] = served.card.findings;
    const finding = await round.finding(first!);
    if (!finding) throw new Error(`expected the finding of card ${served.card.id}, found none`);
    const before = served.blind ? null : await round.before(first!);
    return cardPage(visit, tools, {
      board: round, served, finding, flash, picture: await pictureOf(tools, visit.voice, round, finding),
      before: before && { round: visit.voice.text(before.round.names), finding: before.finding },
      decision: tools.newId(), filter: queryOf(filter),
      canUndo: round.ratings().some(({ by, answer: one }) => by === person.id && one !== null),
    });
  };
  const nothingLeft = (visit: Visit, round: RoundBoard, filter: CardFilter, flash: Flash): string => {
    const { say } = visit.voice;
    const base = `/rounds/${encodeURIComponent(round.round.id)}`;
    const isFiltered = Object.keys(filter).length > 0;
    return deskPage(visit, {
      title: say('کارتی نمانده', 'No card is left'), flash, trail: [{ href: base, name: visit.voice.text(round.round.names) }],
      main: markup`<h1>${say('برای شما کارتی نمانده است', 'No card is left for you')}</h1><p class="lead">${isFiltered ? say('با این گزینش کارتی باز نیست.', 'No card is open with this choice.') : say('آنچه باز است یا پیش روی دیگران است، یا خواننده‌ای دیگر می‌خواهد، یا از دستگاهی است که با آن نسبت دارید.', 'What is open lies before others, needs another reader, or is of an organization to which you have a tie.')}</p><p class="buttons">${isFiltered && markup`<a class="button main" href="${base}/cards/next">${say('همه کارت‌ها', 'All cards')}</a>`}<a class="button" href="${base}/queue">${say('صف', 'Queue')}</a><a class="button" href="${base}">${say('صفحه دور', 'The round')}</a></p>`,
    });
  };

  desk.get('/rounds/:round/stored', STAFF, async (request) => {
    const { context, visit } = request;
    const round = await desk.roundOf(request);
    const page = await desk.stored(visit.voice, round, keyIn(context), context.req.query('n') ?? '');
    if (page === null) throw new Refused(404, { fa: 'برای این حکم چنین صفحه‌ای ذخیره نشده است.', en: 'No such page is stored for this verdict.' });
    context.header('content-security-policy', STORED_POLICY);
    return context.html(page);
  });
  desk.get('/rounds/:round/picture', STAFF, async (request) => {
    const { context } = request;
    const round = await desk.roundOf(request);
    const finding = await round.finding(keyIn(context));
    const found = finding && (await lookOf(tools, [round.auditOf(finding.organization), round.round.auditId], finding, '0'));
    const bytes = found?.snapshot?.screenshot ? await tools.evidence.picture(found.snapshot) : null;
    if (!bytes) throw new Refused(404, NOT_FOUND);
    context.header('content-type', bytes[0] === 0xff ? 'image/jpeg' : bytes[0] === 0x52 ? 'image/webp' : 'image/png');
    context.header('content-security-policy', "default-src 'none'; sandbox");
    context.header('cache-control', 'private, max-age=3600');
    return context.body(new Uint8Array(bytes));
  });

  desk.get('/rounds/:round/agreement', STAFF, async (request) => {
    const names = new Map((await tools.desk.listPeople()).map(({ id, name }) => [id, name]));
    return agreementPage(request.visit, tools, await desk.roundOf(request), names);
  });
  desk.get('/rounds/:round/decisions.csv', STAFF, async (request) => {
    const round = await desk.roundOf(request);
    request.context.header('content-type', 'text/csv; charset=utf-8');
    request.context.header('content-disposition', `attachment; filename="decisions-${round.round.id.replace(/[^\w.-]/g, '_')}.csv"`);
    return request.context.body(await decisionsCsv(round));
  });

  desk.get('/tasks/:task', STAFF, async ({ context, visit }) => {
    const task = tasks.get(context.req.param('task') ?? '');
    if (!task) throw new Refused(404, { fa: 'این کار دیگر شناخته نیست: کارساز از آن پس از نو آغاز شده است. نتیجه‌اش اگر به پایان رسیده، در صفحه دور است.', en: 'This work is not known any more: the server was started anew since. If it came to its end, its result is on the page of the round.' });
    return taskPage(visit, task, tools.now());
  });

  reauditRoutes(desk);
  objectionRoutes(desk);
  peopleRoutes(desk);

  app.notFound(async (context) => context.html(refusal(await visitOf(context), voiceFor(context).say('یافت نشد', 'Not found'), voiceFor(context).text(NOT_FOUND)), 404));
  app.onError((error, context) => {
    options.onFault(error);
    return context.text('Rasad: a fault of the desk; it was noted.\n', 500);
  });
  return { fetch: app.fetch, request: app.request.bind(app), board, close: () => tasks.close() };
} // prettier-ignore

/** Cards are answered while a round is in review or preview. */
const mayAnswer = ({ round }: RoundBoard): boolean => round.state === 'reviewing' || round.state === 'preview';

/** Ties a form to the session from which it was given out. */
const tokenOf = ({ digest }: DeskTools, secret: string): string => digest(`form ${secret}`).slice(0, 32);

/** Takes as long for equal texts as for others of their length. */
function sameText(one: string, other: string): boolean {
  if (one.length !== other.length || other === '') return false;
  let difference = 0;
  for (let at = 0; at < one.length; at++) difference |= one.charCodeAt(at) ^ other.charCodeAt(at);
  return difference === 0;
}

/** A path of ours to go back to; anything else leads to the first page. */
const ownPath = (path: string | undefined): string =>
  path !== undefined && /^\/(?![/\\])[^\s\\]*$/.test(path) && !path.startsWith('/sign-') ? path : '/';

const REASONS: readonly CardReason[] = ['open', 'unmeasured', 'unsure', 'sample', 'disputed', 'second'];

function filterOf({ req }: Context): CardFilter {
  const [organization, stage, rule, reason] = ['organization', 'stage', 'rule', 'reason'].map((name) => req.query(name) ?? '');
  return {
    ...(organization && { organization }),
    ...(STAGES.some((one) => one === stage) && { stage: stage as (typeof STAGES)[number] }),
    ...(rule && { rule }),
    ...(REASONS.some((one) => one === reason) && { reason: reason as CardReason }),
  };
} // prettier-ignore

const queryOf = (filter: CardFilter): string => {
  const text = new URLSearchParams(filter as Record<string, string>).toString();
  return text === '' ? '' : `?${text}`;
};

/** What was just said, and what follows from it. */
function saidOf(round: RoundBoard, answer: Answer, result: DecisionResult): { text: Text; isWrong?: boolean } {
  if (result.kind === 'known') return { text: { fa: 'این رأی پیش‌تر ثبت شده بود.', en: 'This answer was kept before.' } };
  if (result.kind === 'gone')
    return { text: { fa: 'این کارت در این میان روشن شده بود؛ رأی شما لازم نشد.', en: 'This card was settled in the meantime; your answer was not needed.' }, isWrong: true };
  const { settled, moved, card } = result;
  if (settled === 0) {
    return answer === 'unclear' || card.state === 'disputed'
      ? { text: { fa: 'رأی شما ثبت شد؛ کارت به ارزیاب ارشد می‌رسد. امتیازها هنوز همان است.', en: 'Kept. The card goes to a senior; scores stay as they are until then.' } }
      : { text: { fa: 'رأی شما ثبت شد؛ پس از رأی خواننده‌ای دیگر به شمار می‌آید. امتیازها هنوز همان است.', en: 'Kept. It counts when another reader says the same; scores stay as they are until then.' } };
  }
  const points = (lang: Lang, value: number | null): string => value === null ? (lang === 'fa' ? 'نگه‌داشته' : 'withheld') : voiceOf(lang, 'gregorian').points(value);
  const line = (lang: Lang): string => moved.slice(0, 3).map(({ organization, from, to }) => {
    const name = round.organization(organization)?.names[lang] || organization;
    return `${name}: ${points(lang, from)} ← ${points(lang, to)}`;
  }).join(lang === 'fa' ? '، ' : ', ');
  const count = (lang: Lang): string => voiceOf(lang, 'gregorian').count(settled);
  return {
    text: {
      fa: `ثبت شد و ${count('fa')} حکم روشن شد. امتیازها از نو حساب شد: ${line('fa').replaceAll('←', 'شد')}`.replace(/: ([^:]*) شد /g, ': از $1 به '),
      en: `Kept; ${count('en')} verdict${settled === 1 ? '' : 's'} settled. Scores follow: ${line('en').replaceAll('←', 'to')}`,
    },
  };
} // prettier-ignore

// ---------------------------------------------------------------- stored pages

interface Look {
  readonly url: string;
  readonly snapshot: Snapshot | null;
  readonly selectors: readonly string[];
}

/** The look behind a place of a finding, among those of these audits; null for a place that it does not have. */
async function lookOf({ store }: DeskTools, audits: readonly string[], finding: Finding, place: string): Promise<Look | null> {
  const found = /^(s?)(\d{1,3})$/.exec(place);
  if (!found) return null;
  const at = Number(found[2]);
  const looks: Snapshot[] = [];
  for (const id of new Set(audits)) looks.push(...(await store.listSnapshots(id, finding.organization)));
  if (found[1] === 's') {
    const { url = null, read = false } = finding.searched[at] ?? {};
    if (url === null || !read) return null;
    const snapshot = looks.findLast((look) => (look.rendered ?? look.body) !== null && (look.url === url || look.chain.at(-1)?.url === url));
    return snapshot ? { url, snapshot, selectors: [] } : null;
  }
  const evidence = finding.evidence[at];
  if (!evidence || evidence.snapshot === '') return null;
  const same = finding.evidence.filter(({ snapshot, selector }) => snapshot === evidence.snapshot && selector !== null);
  const isOf = ({ rendered, body }: Snapshot): boolean => rendered?.hash === evidence.snapshot || body?.hash === evidence.snapshot;
  return { url: evidence.url, snapshot: looks.find(isOf) ?? null, selectors: [...new Set([evidence, ...same].flatMap(({ selector }) => selector ?? []))] };
} // prettier-ignore

async function stored(tools: DeskTools, voice: Voice, { round }: RoundBoard, audit: string, key: FindingKey, place: string): Promise<string | null> {
  const [finding] = await tools.desk.getFindings(audit, [key]);
  // what an audit on demand left open stands on what the round saw
  const look = finding && (await lookOf(tools, [audit, round.auditId], finding, place));
  if (!look) return null;
  const text = look.snapshot && (await tools.evidence.text(look.snapshot));
  return storedPage(voice, { ...look, text });
} // prettier-ignore

/** Filled in where a picture and the places of its elements are stored. */
async function pictureOf(_tools: DeskTools, _voice: Voice, _board: RoundBoard, _finding: Finding): Promise<null> {
  return null;
}
