/** A desk over real stores in a temporary folder, and clients that use it as browsers do. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAdaptorServer } from '@hono/node-server';
import { openRound, roundOf, startPreview, startReview } from '../../src/audit/round.ts';
import type { Edition } from '../../src/core/edition.ts';
import type { Finding, Registry } from '../../src/core/model.ts';
import type { Person, Role } from '../../src/core/person.ts';
import type { RoundState } from '../../src/core/round.ts';
import { invite } from '../../src/desk/accounts.ts';
import { openDesk, type DeskOptions, type OpenDesk } from '../../src/desk/app.ts';
import type { DeskActs, DeskTools } from '../../src/desk/tools.ts';
import type { DeskStore } from '../../storage/desk-store.ts';
import { openSqliteDeskStore } from '../../storage/sqlite-desk.ts';
import { openSqliteStore } from '../../storage/sqlite.ts';
import type { Store } from '../../storage/store.ts';
import { anEdition, aPerson, aPlan, aRound, at } from '../storage/fixtures.ts';

export const ORIGIN = 'http://desk.example';
export const PASSWORD = 'چهار واژه بی‌ربط';
export const CLIENT_ADDRESS = '192.0.2.1';

/** A round with what was found; its id is `r`. */
export interface TestRound {
  readonly registry: Registry;
  readonly findings: readonly Finding[];
  /** In review unless said otherwise. */
  readonly state?: Exclude<RoundState, 'published'>;
  readonly edition?: Edition;
}

export interface TestDesk {
  readonly desk: OpenDesk;
  /** Path of its database, for a second connection. */
  readonly file: string;
  readonly store: Store;
  readonly deskStore: DeskStore;
  readonly tools: DeskTools;
  /** What went wrong on our side; a test that expects nothing of it looks that it is empty. */
  readonly faults: readonly unknown[];
  /** Where browsers find it; `ORIGIN`, to which only our clients find, unless it is `served`. */
  readonly origin: string;
  /** Lets time pass. */
  wait(milliseconds: number): void;
  /** Signs a new person in, with the id of the role unless said otherwise. */
  as(role: Role, change?: Partial<Person>): Promise<Client>;
  /** A client that has not signed in. */
  stranger(): Client;
  close(): Promise<void>;
}

export async function openTestDesk({
  round,
  tools: others = {},
  acts = {},
  options = {},
  served = false,
}: {
  readonly round?: TestRound;
  readonly tools?: Partial<DeskTools>;
  readonly acts?: Partial<DeskActs>;
  readonly options?: Partial<DeskOptions>;
  /** Over HTTP, as the command serves it. */
  readonly served?: boolean;
} = {}): Promise<TestDesk> {
  const place = mkdtempSync(join(tmpdir(), 'rasad-desk-'));
  const file = join(place, 'rasad.sqlite');
  const store = openSqliteStore(file);
  const deskStore = openSqliteDeskStore(file);
  let now = Date.parse(at(60));
  let ids = 0;
  const tools: DeskTools = {
    store,
    desk: deskStore,
    acts: { ...NO_ACTS, ...acts },
    evidence: { text: async () => null, picture: async () => null, textOf: async () => null, layout: async () => null },
    indicators: [],
    rules: new Map(),
    questions: {},
    severe: new Set(),
    unseen: new Set(),
    now: () => now,
    newId: () => `id-${String(ids++).padStart(8, '0')}`,
    digest: (text) => createHash('sha256').update(text).digest('hex'),
    asset: async () => null,
    ...others,
  };
  if (round) await makeRound(store, round);
  const faults: unknown[] = [];
  const server = served ? createAdaptorServer({ fetch: (request, env) => desk.fetch(request, env) }) : null;
  if (server) await once(server.listen(0, '127.0.0.1'), 'listening');
  const origin = server ? `http://127.0.0.1:${(server.address() as AddressInfo).port}` : ORIGIN;
  const desk = openDesk(tools, {
    origins: [origin],
    clientOf: () => CLIENT_ADDRESS,
    calendar: 'jalali',
    passwordCost: 4,
    onFault: (error) => faults.push(error),
    ...options,
  });
  const stranger = (): Client => openClient(origin, served ? fetch : desk.request);
  return {
    desk, file, store, deskStore, tools, faults, origin, stranger,
    wait: (milliseconds) => void (now += milliseconds),
    async as(role, change = {}) {
      const person = aPerson({ id: role, name: role, role, organization: role === 'organization' ? 'one' : null, ...change });
      await deskStore.addPerson(person);
      const { secret } = (await invite({ desk: deskStore, now: tools.now }, { person: person.id, by: 'test', from: CLIENT_ADDRESS }))!;
      const client = stranger();
      const entered = await client.send(`/enter/${secret}`, { password: PASSWORD, again: PASSWORD });
      if (entered.status !== 303) throw new Error(`expected ${person.id} to be let in, found ${entered.status}`);
      return client;
    },
    async close() {
      if (server && 'closeAllConnections' in server) server.closeAllConnections();
      server?.close();
      await desk.close();
      await deskStore.close();
      await store.close();
      rmSync(place, { recursive: true, force: true });
    },
  };
} // prettier-ignore

/** Keeps cookies and follows nothing by itself. */
export interface Client {
  readonly cookies: Map<string, string>;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Response>;
  /** Sends a form with the token of the session, as a page of the desk gives it. */
  post(path: string, fields?: Readonly<Record<string, string>>): Promise<Response>;
  /** Sends a form with exactly these fields. */
  send(
    path: string,
    fields: Readonly<Record<string, string>>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Response>;
  /** The token that forms of this session carry; empty without one. */
  token(): Promise<string>;
}

/** `send` is what a request goes through. */
export function openClient(origin: string, send: (request: Request) => Response | Promise<Response>): Client {
  const cookies = new Map<string, string>();
  const ask = async (path: string, init: RequestInit & { readonly headers: Record<string, string> }): Promise<Response> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { host: new URL(origin).host, ...(cookie !== '' && { cookie }), ...init.headers };
    const response = await send(new Request(`${origin}${path}`, { redirect: 'manual', ...init, headers }));
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      if (/;\s*max-age=0/i.test(line)) cookies.delete(name!);
      else cookies.set(name!, value!);
    }
    return response;
  };
  const client: Client = {
    cookies,
    get: (path, headers = {}) => ask(path, { headers: { ...headers } }),
    send: (path, fields, headers = {}) =>
      ask(path, { method: 'POST', body: new URLSearchParams(fields), headers: { origin, ...headers } }),
    post: async (path, fields = {}) => client.send(path, { token: await client.token(), ...fields }),
    async token() {
      const kept = new Map(cookies);
      const page = await (await client.get('/account')).text();
      // what a page has to say is said once, and not to this one
      for (const [name, value] of kept) cookies.set(name, value);
      return /name="token" value="([^"]*)"/.exec(page)?.[1] ?? '';
    },
  };
  return client;
} // prettier-ignore

const absent = async (): Promise<never> => {
  throw new Error('expected a test that says what this act does, found none');
};
const NO_ACTS: DeskActs = { beginReview: absent, beginPreview: absent, publish: absent, reaudit: absent, decideReaudit: absent, checkAddress: absent }; // prettier-ignore

/** Opens a round, finds what is given, and takes it to its state. */
export async function makeRound(
  store: Store,
  { registry, findings, state = 'reviewing', edition = anEdition() }: TestRound,
): Promise<void> {
  const doer = { by: 'test', note: '' };
  const { names, period } = aRound();
  const opened = await openRound(store, {
    ...doer,
    at: at(0),
    round: { id: 'r', names, period, edition, plan: aPlan(), revises: null, reason: null },
    registry,
    organizationIds: registry.organizations.map(({ id }) => id),
    rulesDigest: 'digest of the rules',
    steps: new Map(),
  });
  for (let job; (job = await store.leaseJob(opened.auditId, 'anna', at(1), at(9)));) {
    const { organizationId } = job;
    const found = findings.filter(({ organization }) => organization === organizationId);
    await store.completeJob(opened.auditId, organizationId, 'anna', { findings: found, skipped: [] });
  }
  if (state === 'open') return;
  await startReview(
    store,
    opened,
    { ...doer, at: at(2) },
    { early: false, rulesDigest: 'digest of the rules', judge: async () => [] },
  );
  if (state === 'preview') await startPreview(store, await roundOf(store, 'r'), { ...doer, at: at(3) });
}
