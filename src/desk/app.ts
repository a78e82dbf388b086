/**
 * The desk: from a request to its answer. Who may do what is said here and nowhere else; pages only draw.
 * Every change comes by POST, carries the token of its session, and is followed by a redirect.
 */
import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { secureHeaders } from 'hono/secure-headers';
import { UserError } from '../core/errors.ts';
import type { Person, Role } from '../core/person.ts';
import { markup } from '../report/markup.ts';
import { voiceOf, type Lang, type Voice } from '../report/voice.ts';
import { changePassword, passOf, redeem, sessionOf, signIn, signOut, type Accounts } from './accounts.ts';
import { accountPage, differing, enterPage, signInPage } from './account-pages.ts';
import { openBoard, type Board } from './board.ts';
import { cardRoutes } from './cards.ts';
import { NOT_FOUND, Refused, STAFF, type Desk, type Request } from './desk.ts';
import { PAGE_POLICY, refusal, type Flash, type Visit } from './frame.ts';
import { objectionRoutes } from './objections.ts';
import { peopleRoutes } from './people-routes.ts';
import { reauditRoutes } from './reaudits.ts';
import { roundRoutes } from './rounds.ts';
import { storedOf } from './stored.ts';
import { DESK_ICON, DESK_SCRIPT, DESK_STYLE, STORED_STYLE } from './style.ts';
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

const SESSION = 'rasad';
const FLASH = 'rasad-said';
/** Status of an answer to a password that was not taken. */
const REFUSALS = { refused: 401, locked: 429, busy: 503, weak: 400 } as const;
const FORM_LENGTH = 64 * 1024; // bytes

export interface OpenDesk {
  readonly fetch: Hono['fetch'];
  readonly request: Hono['request'];
  /** What it answers. */
  readonly routes: readonly { readonly method: string; readonly path: string }[];
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
  app.use(secureHeaders({ referrerPolicy: 'same-origin', xFrameOptions: 'SAMEORIGIN', crossOriginOpenerPolicy: 'same-origin', crossOriginResourcePolicy: false, originAgentCluster: false }));
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
      return context.html(refusal(visit, say('نشد', 'Not possible'), visit.voice.text(error.said)), 409);
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
    stored: (voice, round, key, place, audit = round.auditOf(key.organization)) => storedOf(tools, voice, round, audit, key, place),
  };

  // ---------------------------------------------------------------- what needs no signing in

  for (const [name, type, content] of [
    ['desk.css', 'text/css', DESK_STYLE],
    ['desk.js', 'text/javascript', DESK_SCRIPT],
    ['icon.svg', 'image/svg+xml', DESK_ICON],
    ['stored.css', 'text/css', STORED_STYLE],
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

  roundRoutes(desk);
  cardRoutes(desk);
  reauditRoutes(desk);
  objectionRoutes(desk);
  peopleRoutes(desk);

  app.notFound(async (context) => context.html(refusal(await visitOf(context), voiceFor(context).say('یافت نشد', 'Not found'), voiceFor(context).text(NOT_FOUND)), 404));
  app.onError((error, context) => {
    options.onFault(error);
    return context.text('Rasad: a fault of the desk; it was noted.\n', 500);
  });
  return { fetch: app.fetch, request: app.request.bind(app), routes: app.routes, board, close: () => tasks.close() };
} // prettier-ignore

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
  path !== undefined && /^\/(?!\/)[^\s\\\p{Cc}]*$/u.test(path) ? path : '/';
