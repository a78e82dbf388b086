import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import type { Argv, CommandModule } from 'yargs';
import { QUESTIONS, SEVERE, UNSEEN } from '../../../rules/questions.ts';
import { RULES } from '../../../rules/index.ts';
import { persian, UserError } from '../../core/errors.ts';
import { storedLayout, storedText } from '../../crawl/look.ts';
import { invite, note } from '../../desk/accounts.ts';
import { openDesk } from '../../desk/app.ts';
import type { DeskEvidence, DeskTools } from '../../desk/tools.ts';
import { indicators, releaseDeadWorkers, withData, type Data } from '../compose.ts';
import { deskActs } from '../desk-acts.ts';
import { DONE } from '../exit-codes.ts';
import { calendarOf, doerOf } from '../rounds.ts';
import { lookOptions, withWork, type LookArguments, type LookTools } from './work.ts';

interface DeskArguments extends LookArguments {
  listen: string;
  origin: string | undefined;
  lang: 'fa' | 'en';
}

/** `rasad desk`: the evaluators' web application. */
export function command(done: (code: number) => void): CommandModule<object, DeskArguments> {
  return {
    command: 'desk',
    describe: 'Serve the evaluators’ desk: review cards, take a round through its steps, answer objections',
    builder: (y: Argv<object>) =>
      y
        .options({
          listen: { type: 'string', default: '127.0.0.1:8788', describe: 'ADDRESS:PORT on which it is served' },
          origin: { type: 'string', describe: 'Address under which people reach it, when a proxy stands before it: https://desk.example.ir' },
          ...lookOptions,
        })
        .example('$0 desk', 'on this machine; the first start prints a link for the operator')
        .example('$0 desk --origin https://desk.example.ir', 'behind a proxy that ends TLS and hands on to 127.0.0.1:8788')
        .example('$0 people add sara --name "Sara" --role evaluator', 'an account for an evaluator') as unknown as Argv<DeskArguments>,
    handler: async (args) => {
      const place = placeOf(args);
      done(await withData(args.data, (data) => withWork(args, data, (tools) => serve(data, args, place, tools))));
    },
  }; // prettier-ignore
}

interface Place {
  readonly host: string;
  readonly port: number;
  /** null: the desk is reached as it is served. */
  readonly origin: string | null;
}

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost']);

function placeOf({ listen, origin }: DeskArguments): Place {
  const found = /^(?:\[([\da-f:]+)\]|([\w.-]+)):(\d{1,5})$/i.exec(listen);
  const port = Number(found?.[3]);
  if (!found || port > 65_535)
    throw new UserError({
      fa: persian`${'--listen'} باید به شکل ${'ADDRESS:PORT'} باشد، مانند ${'127.0.0.1:8788'}؛ آنچه آمده: «${listen}».`,
      en: `--listen must be ADDRESS:PORT, as in 127.0.0.1:8788; found "${listen}".`,
    });
  const host = found[1] ?? found[2]!;
  if (origin === undefined) {
    if (!LOOPBACK.has(host))
      throw new UserError({
        fa: persian`با ${`--listen ${listen}`} گذرواژه‌ها بی‌رمزنگاری به رایانه‌های دیگر می‌رود. میز کار را روی ${'127.0.0.1'} و پشت یک پیشکار (${'proxy'}) بگذارید که ${'TLS'} را پایان دهد، و بگویید با چه نشانی دیده می‌شود: ${'--origin https://desk.example.ir'}`,
        en: `--listen ${listen} would serve passwords without encryption to other machines. Serve on 127.0.0.1 behind a proxy that ends TLS, and say under which address: --origin https://desk.example.ir.`,
      });
    return { host, port, origin: null };
  }
  const address = URL.canParse(origin) ? new URL(origin) : null;
  if (
    !address ||
    !/^https?:$/.test(address.protocol) ||
    (address.protocol === 'http:' && !LOOPBACK.has(address.hostname))
  )
    throw new UserError({
      fa: persian`${'--origin'} باید نشانی‌ای با ${'https'} باشد، مانند ${'https://desk.example.ir'}؛ آنچه آمده: «${origin}».`,
      en: `--origin must be an https address, as in https://desk.example.ir; found "${origin}".`,
    });
  return { host, port, origin: address.origin };
}

async function serve(
  data: Data,
  args: DeskArguments,
  place: Place,
  { log, signal, mapHosts }: LookTools,
): Promise<number> {
  await releaseDeadWorkers(data.store);
  const [newest] = await data.store.listRounds();
  let isStarted: ((origins: string[]) => void) | null = null;
  const origins = new Promise<string[]>((resolve) => (isStarted = resolve));
  const tools: DeskTools = {
    store: data.store,
    desk: data.desk,
    acts: deskActs(data, { mapHosts, log }),
    evidence: evidenceOf(data),
    indicators,
    rules: new Map(RULES.map((rule) => [rule.id, rule])),
    questions: QUESTIONS,
    severe: SEVERE,
    unseen: UNSEEN,
    now: Date.now,
    newId: randomUUID,
    digest: (text) => createHash('sha256').update(text).digest('hex'),
    asset: (name) => readFile(fileURLToPath(import.meta.resolve(`vazirmatn/fonts/webfonts/${name}`))).catch(() => null),
  };
  let handle: (request: globalThis.Request, env: HttpBindings) => Response | Promise<Response> = () =>
    new Response('Rasad: starting\n', { status: 503 });
  const server = createAdaptorServer({ fetch: (request, env) => handle(request, env as HttpBindings) });
  server.listen(place.port, place.host);
  try {
    await once(server, 'listening');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why =
      code === 'EADDRINUSE'
        ? {
            fa: 'چیز دیگری آنجا پاسخ می‌دهد، شاید میز کاری دیگر',
            en: 'something else is served there, perhaps another desk',
          }
        : { fa: message, en: message };
    throw new UserError(
      {
        fa: persian`میز کار را نمی‌توان در ${args.listen} گشود: ${why.fa}. با ${'--listen'} جای دیگری بدهید.`,
        en: `The desk cannot be served at ${args.listen}: ${why.en}. Give another place with --listen.`,
      },
      { cause: error },
    );
  }
  const { port } = server.address() as AddressInfo;
  isStarted!(
    place.origin !== null
      ? [place.origin]
      : [`http://127.0.0.1:${port}`, `http://localhost:${port}`, `http://[::1]:${port}`],
  );
  const own = await origins;
  const desk = openDesk(tools, {
    origins: own,
    clientOf: place.origin === null ? directClient : proxiedClient,
    calendar: newest ? await calendarOf(data, newest) : 'jalali',
    onFault: (error) => log.error('fault', { why: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  }); // prettier-ignore
  handle = (request, env) => desk.fetch(request, env);
  log.info('desk', { address: own[0] });
  await welcome(data, own[0]!, args);
  if (newest && newest.state !== 'published') {
    const began = Date.now();
    await desk.board.round(newest.id);
    log.info('round-ready', { round: newest.id, seconds: (Date.now() - began) / 1000 });
  }
  if (!signal.aborted) await once(signal, 'abort');
  await new Promise((resolve) => {
    server.close(resolve);
    if ('closeAllConnections' in server) setTimeout(() => server.closeAllConnections(), 2000).unref();
  });
  await desk.close();
  return DONE;
}

/** Where nobody can sign in as an operator, the one who starts the desk is given the way in. */
export async function welcome(data: Data, origin: string, { lang }: Pick<DeskArguments, 'lang'>): Promise<void> {
  const out = (fa: string, en: string): void => void process.stdout.write(`${lang === 'fa' ? fa : en}\n`);
  out(`میز رصد: ${origin}`, `Rasad desk: ${origin}`);
  const people = await data.desk.listPeople();
  const operators = people.filter(({ role, isActive }) => role === 'operator' && isActive);
  for (const { id } of operators) if ((await data.desk.getPasswordHash(id)) !== null) return;
  const { by, at } = doerOf({ by: undefined, note: undefined });
  let id = operators[0]?.id ?? 'operator';
  // somebody of another role, or whose account is closed, may have the name
  const add = (): Promise<boolean> =>
    data.desk.addPerson({ id, name: 'راهبر', role: 'operator', organization: null, ties: [], isActive: true, createdAt: at, createdBy: by }); // prettier-ignore
  const accounts = { desk: data.desk, now: Date.now };
  if (operators.length === 0) {
    for (let count = 2; !(await add()); count++) id = `operator-${count}`;
    await note(accounts, { by, what: 'person-added', target: id, detail: 'operator', from: '' });
  }
  const { secret } = (await invite(accounts, { person: id, by, from: '' }))!;
  out(`نخستین ورود راهبر (نام: ${id})، تا ۴۸ ساعت و تنها یک بار:`, `First way in for the operator (name: ${id}), for 48 hours and once only:`); // prettier-ignore
  process.stdout.write(`${origin}/enter/${secret}\n`);
}

function evidenceOf({ blobs }: Data): DeskEvidence {
  const orNull = <T>(file: Promise<T>): Promise<T | null> => file.catch(() => null);
  return {
    text: async (snapshot) => orNull(storedText(snapshot, blobs)),
    textOf: async (ref) => orNull(blobs.get(ref).then((bytes) => new TextDecoder().decode(bytes))),
    picture: async ({ screenshot }) => (screenshot ? orNull(blobs.get(screenshot)) : null),
    layout: async (snapshot) => orNull(storedLayout(snapshot, blobs)),
  };
}

const directClient = ({ env }: Context): string =>
  (env as { incoming?: IncomingMessage } | undefined)?.incoming?.socket.remoteAddress ?? '';

/** The proxy adds the address that it saw at the end; what stands before it the client may have made up. */
const proxiedClient = (context: Context): string =>
  context.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() ?? directClient(context);
