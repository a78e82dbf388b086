/**
 * `npm run bench:desk [-- --decisions 10000 --json]`: the desk over a round of 100,000 open findings, through its own
 * requests on real storage: the first page of the queue, one card, a decision, and memory over many of them.
 */
import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { INDICATORS } from '../rules/catalogue.ts';
import { r5 } from '../rules/editions/r5.ts';
import { RULES } from '../rules/index.ts';
import { QUESTIONS, SEVERE, UNSEEN } from '../rules/questions.ts';
import type { Finding, Registry } from '../src/core/model.ts';
import { NO_HOSTS } from '../src/core/model.ts';
import type { Round } from '../src/core/round.ts';
import { stream } from '../src/core/uncertainty.ts';
import { openDesk } from '../src/desk/app.ts';
import { invite, redeem } from '../src/desk/accounts.ts';
import type { DeskTools } from '../src/desk/tools.ts';
import { openSqliteDeskStore } from '../storage/sqlite-desk.ts';
import { openSqliteStore } from '../storage/sqlite.ts';

const { values } = parseArgs({ options: { decisions: { type: 'string', default: '10000' }, json: { type: 'boolean', default: false } } }); // prettier-ignore
const DECISIONS = Number(values.decisions);
const [ORGANIZATIONS, SERVICES] = [105, 2207];
const AT = '2026-11-25T08:00:00.000Z';
const ORIGIN = 'http://127.0.0.1:8788';

const say = (text: string): void => void process.stderr.write(`${text}\n`);
const folder = mkdtempSync(join(tmpdir(), 'rasad-bench-desk-'));
try {
  const figures = await measure();
  if (values.json) process.stdout.write(`${JSON.stringify(figures)}\n`);
  else for (const [name, value] of Object.entries(figures)) process.stdout.write(`${name.padEnd(26)} ${value}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measure(): Promise<Record<string, number>> {
  const file = join(folder, 'rasad.sqlite');
  const store = openSqliteStore(file);
  const registry = country();
  const findings = await fill(store, registry);
  say(`${findings.all} findings, ${findings.open} of them open, ${(statSync(file).size / 1e6).toFixed(0)} MB`);
  const deskStore = openSqliteDeskStore(file);
  const tools: DeskTools = {
    store,
    desk: deskStore,
    acts: new Proxy({} as DeskTools['acts'], { get: () => () => Promise.reject(new Error('no acts here')) }),
    evidence: { text: async () => null, picture: async () => null, textOf: async () => null, layout: async () => null },
    indicators: INDICATORS,
    rules: new Map(RULES.map((rule) => [rule.id, rule])),
    questions: QUESTIONS,
    severe: SEVERE,
    unseen: UNSEEN,
    now: Date.now,
    newId: randomUUID,
    digest: (text) => createHash('sha256').update(text).digest('hex'),
    asset: async () => null,
  };
  const desk = openDesk(tools, { origins: [ORIGIN], clientOf: () => '', calendar: 'jalali', onFault: (error) => { throw error; } }); // prettier-ignore
  const clients = [];
  for (const id of ['one', 'two']) clients.push(await signIn(tools, desk, id));
  const [one] = clients as [Client, ...Client[]];

  const built = await timed(() => one.get('/rounds/bench/queue'));
  const pages: number[] = [];
  for (let at = 0; at < 20; at++) pages.push((await timed(() => one.get('/rounds/bench/queue'))).ms);
  say(`board built with the first page in ${built.ms.toFixed(0)} ms, then ${median(pages).toFixed(0)} ms a page`);

  const cards: number[] = [];
  const decisions: number[] = [];
  const memory: number[] = [];
  const began = Date.now();
  for (let at = 0; at < DECISIONS; at++) {
    const client = clients[at % clients.length]!;
    const card = await timed(() => client.get('/rounds/bench/cards/next'));
    const text = await card.value.text();
    const action = /<form method="post" action="([^"]*\/cards\/[^"]+)" class="answers">/.exec(text)?.[1];
    if (action === undefined) throw new Error(`expected a card, found ${card.value.status}: ${text.slice(0, 300)}`);
    const field = (name: string): string => new RegExp(`name="${name}" value="([^"]*)"`).exec(text)![1]!;
    const form = { token: field('token'), decision: field('decision'), purpose: field('purpose'), note: 'bench', answer: at % 5 === 0 ? 'fail' : 'pass' }; // prettier-ignore
    const decided = await timed(() => client.post(action, form));
    if (decided.value.status !== 303) throw new Error(`expected a redirect, found ${decided.value.status}`);
    cards.push(card.ms);
    decisions.push(decided.ms);
    if ((at + 1) % Math.max(1, Math.floor(DECISIONS / 10)) === 0) {
      globalThis.gc?.();
      memory.push(process.memoryUsage().heapUsed / 1e6);
      say(`${at + 1} decisions, heap ${memory.at(-1)!.toFixed(0)} MB, rss ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB`); // prettier-ignore
    }
  }
  const seconds = (Date.now() - began) / 1000;
  const kept = (await deskStore.listRatings('bench', -1)).length;
  await desk.close();
  await deskStore.close();
  await store.close();
  return {
    findings: findings.all, open: findings.open, buildMs: round(built.ms),
    queuePageMs: round(median(pages)), queuePageMaxMs: round(Math.max(...pages)),
    cardMs: round(median(cards)), cardP99Ms: round(quantile(cards, 0.99)),
    decisionMs: round(median(decisions)), decisionP99Ms: round(quantile(decisions, 0.99)), decisionMaxMs: round(Math.max(...decisions)),
    decisions: decisions.length, ratingsKept: kept, decisionsPerSecond: round(decisions.length / seconds),
    heapFirstMB: round(memory[0]!), heapLastMB: round(memory.at(-1)!), rssMB: round(process.memoryUsage().rss / 1e6),
  }; // prettier-ignore
}

// ---------------------------------------------------------------- an invented country

function country(): Registry {
  const organizations = Array.from({ length: ORGANIZATIONS }, (_, at) => ({
    id: `o${at}`, names: { fa: `دستگاه ${at}`, en: `Agency ${at}` }, parentId: null, portalUrl: `https://o${at}.example/`, cooperation: 'cooperative' as const, extra: {},
  })); // prettier-ignore
  const services = Array.from({ length: SERVICES }, (_, at) => ({
    id: `s${at}`, organizationId: `o${at % ORGANIZATIONS}`, parentId: null, code: null, titles: { fa: `خدمت ${at}`, en: `Service ${at}` },
    pageUrl: `https://o${at % ORGANIZATIONS}.example/s${at}`, systemUrl: null, profile: [], extra: {},
  })); // prettier-ignore
  return { id: 'bench', country: { fa: 'نمونه', en: 'Bench' }, hosts: NO_HOSTS, serve: null, languages: ['fa', 'en'], calendar: 'jalali', privateHosts: [], mapHosts: {}, organizations, services, digest: 'bench' } as Registry; // prettier-ignore
}

async function fill(store: ReturnType<typeof openSqliteStore>, registry: Registry): Promise<{ all: number; open: number }> {
  const ids = registry.organizations.map(({ id }) => id);
  const plan = { pages: 120, render: 'auto', delay: null, userAgent: 'bench', timeZone: 'Asia/Tehran', window: null, visitsApart: 7, extraVisits: 0, probes: { perDay: 0, days: 0 } } as const;
  const frozen: Round = { id: 'bench', number: 0, names: { fa: 'سنجه', en: 'bench' }, state: 'open', period: null, edition: r5, plan, auditId: 'round-bench', revises: null, reason: null, openedAt: AT, openedBy: 'bench', publishedAt: null, rootHash: null };
  await store.createRound(frozen, { id: 'round-bench', trigger: 'round', edition: 'r5', registryDigest: 'bench', rulesDigest: 'bench', configDigest: 'bench', organizationIds: ids, startedAt: AT, finishedAt: null }, registry, new Map(), { kind: 'opened', at: AT, by: 'bench', note: '' });
  let [all, open] = [0, 0];
  for (const id of ids) {
    const draw = stream('bench', id);
    const subjects = [null, ...registry.services.filter(({ organizationId }) => organizationId === id).map((service) => service.id)];
    const findings: Finding[] = [];
    for (const { id: rule, scope, version } of RULES)
      for (const service of subjects) {
        if ((scope === 'portal') !== (service === null)) continue;
        const lot = draw();
        const verdict = lot < 0.15 ? 'unclear' : lot < 0.5 ? 'pass' : lot < 0.6 ? 'partial' : 'fail';
        const url = `https://${id}.example/${service ?? ''}`;
        findings.push({
          organization: id, service, rule, version, verdict, outcome: 'bench', message: { fa: 'نمونه', en: 'An example.' }, level: 1, confidence: 0.7, confidenceBasis: 'prior', confidenceCases: 0,
          evidence: verdict === 'fail' ? [] : [{ url, snapshot: 'f'.repeat(64), selector: `#e${Math.floor(draw() * 40)}`, quote: 'نمونه متن صفحه', language: 'fa' }],
          searched: verdict === 'fail' ? [{ place: 'service-page', url, read: true, detail: 'read' }] : [],
        });
      }
    all += findings.length;
    open += findings.length;
    await store.saveFindings('round-bench', id, findings);
  }
  if (!(await store.moveRound('bench', 'open', 'reviewing', { kind: 'reviewing', at: AT, by: 'bench', note: '' }))) throw new Error('expected the round to move to its review');
  return { all, open };
} // prettier-ignore

// ---------------------------------------------------------------- clients

interface Client {
  get(path: string): Promise<Response>;
  post(path: string, form: Record<string, string>): Promise<Response>;
}

/** A senior with a session, as its cookie has it. */
async function signIn(tools: DeskTools, desk: ReturnType<typeof openDesk>, id: string): Promise<Client> {
  const accounts = { desk: tools.desk, now: tools.now, cost: 4 };
  await tools.desk.addPerson({ id, name: id, role: 'senior', organization: null, ties: [], isActive: true, createdAt: AT, createdBy: 'bench' }); // prettier-ignore
  const invitation = await invite(accounts, { person: id, by: 'bench', from: '' });
  const redeemed = await redeem(accounts, { secret: invitation!.secret, password: 'a good password', from: '' });
  if (redeemed.kind !== 'signed-in') throw new Error(`expected a session, found ${redeemed.kind}`);
  const headers = { host: '127.0.0.1:8788', origin: ORIGIN, cookie: `rasad=${redeemed.secret}` };
  return {
    get: async (path) => desk.request(`${ORIGIN}${path}`, { headers }),
    post: async (path, form) => desk.request(`${ORIGIN}${path.replaceAll('&amp;', '&')}`, { method: 'POST', headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams(form).toString() }),
  }; // prettier-ignore
}

async function timed<T>(work: () => Promise<T>): Promise<{ readonly value: T; readonly ms: number }> {
  const began = performance.now();
  const value = await work();
  return { value, ms: performance.now() - began };
}

function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))]!;
}
function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}
function round(value: number): number {
  return Math.round(value * 10) / 10;
}
