/**
 * `npm run bench:workers [-- --minutes 3 --every 5 --seed 1]`: three `rasad work` processes share one database. Every
 * few seconds one of them is killed hard and started again; then they finish undisturbed. The log of the sites that they
 * ask, which are served here on loopback, shows whether each step was done once, whether two ever asked one domain
 * together, and whether the pauses were kept. Ends with 1 when anything does not hold.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import Database from 'better-sqlite3';
import { r5 } from '../rules/editions/r5.ts';
import { serveSites, type RunningSites } from '../seeds/demo-server.ts';
import { openSite, type Site } from '../seeds/demo-site.ts';
import { loadRegistry } from '../src/audit/registry.ts';
import { openRound, takingPart } from '../src/audit/round.ts';
import { openData, rulesDigest, userAgentOf } from '../src/cli/compose.ts';
import { registryFolder, ROOT } from '../src/cli/places.ts';
import type { Registry, Snapshot, Step } from '../src/core/model.ts';
import { domainOf } from '../src/crawl/politeness.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '3' },
    every: { type: 'string', default: '5' },
    seed: { type: 'string', default: '1' },
    /** The demo country so many times, each with hosts of its own. As many as keep three processes at work all the time. */
    copies: { type: 'string' },
    /** Folder that is kept: database, evidence, and the log of all requests. Otherwise a temporary one. */
    keep: { type: 'string' },
  },
});
const minutes = Number(values.minutes);
const every = Number(values.every) * 1000; // milliseconds between two kills, on average
const copies = Number(values.copies ?? Math.ceil(minutes * 1.5));
if (!(minutes > 0 && minutes <= 60 && every >= 1000 && copies >= 1 && copies <= 50)) {
  process.stderr.write(
    'usage: --minutes (up to 60) --every SECONDS (from 1) --copies (1 to 50) --seed NUMBER --keep FOLDER\n',
  );
  process.exit(2);
}

const PROGRAM = join(ROOT, 'src', 'cli', 'rasad.mjs');
const WORKERS = 3;
const CONCURRENCY = 4;
/** Crawls of each organization, all of them due at once. */
const VISITS = 2;
const DELAY = 300; // milliseconds between two requests to a domain
/** What some sites ask for in their robots.txt: more time than a process that was killed needs to start again. */
const CRAWL_DELAY = 3; // seconds
/** How long a site thinks at most, of those that ask for nothing and of those that ask for a longer pause. */
const THINKS = 200; // milliseconds
const THINKS_LONG = 1500; // milliseconds
/** A timer may fire a little before the clock says so. */
const TOLERANCE = 5; // milliseconds
/** What is left after the last kill is done within this time. */
const PATIENCE = 15 * 60_000; // milliseconds

let state = Number(values.seed) >>> 0;
/** A small generator of pseudo-random numbers (Numerical Recipes), so that the kills can be repeated. */
const random = (): number => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
const now = (): number => performance.now();
const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** One process from its start to its end. */
interface Worker {
  readonly name: string;
  readonly child: ChildProcess;
  /** The sites at ports of its own: what arrives there was asked by this process and no other. */
  readonly sites: RunningSites;
  readonly ended: Promise<number | null>;
  readonly events: StepEvent[];
  readonly said: string[];
  killedAt: number | null;
}

interface StepEvent {
  readonly event: string;
  readonly organization: string;
  readonly visit: number;
  readonly detail?: string;
}

/** One request as the sites saw it. Times are of one clock, in milliseconds. */
interface Request {
  readonly by: string;
  readonly host: string;
  readonly url: string;
  readonly start: number;
  /** When the answer was ready; Infinity while it is not. */
  end: number;
  status: number;
  /** Where a redirect leads. */
  leadsTo: string | null;
}

interface Country {
  readonly registry: Registry;
  readonly sites: ReadonlyMap<string, Site>;
}

// ---------------------------------------------------------------- the country and its sites

/** Bodies with hosts below their own: in the copies, all of them share one registrable domain. */
const CROWDED = ['baharshahr.example', 'bargh-negar.example'];
const baseOf = (url: string): string => new URL(url).hostname.split('.').slice(-2).join('.');

/** The demo country so many times over; what belongs to no body (the national portal, networks …) is shared by all. */
async function openCountry(): Promise<Country> {
  const demo = loadRegistry(registryFolder('demo'));
  const folder = demo.serve!;
  const hosts = (await readdir(folder)).sort();
  const originals = await Promise.all(hosts.map((host) => openSite(host, join(folder, host), new Date())));
  const bases = [...new Set(demo.organizations.flatMap(({ portalUrl }) => (portalUrl ? baseOf(portalUrl) : [])))];
  const anyBase = new RegExp(`(${bases.map((base) => base.replaceAll('.', '\\.')).join('|')})(?![\\w-])`, 'g');
  const renamer = (copy: number) => (text: string): string =>
    text.replace(anyBase, (base) => `${base.replace(/\.example$/, '')}-${copy}${CROWDED.includes(base) ? '.example.org' : '.example'}`); // prettier-ignore

  const sites = new Map<string, Site>();
  const organizations: Registry['organizations'][number][] = [];
  const services: Registry['services'][number][] = [];
  for (let copy = 1; copy <= copies; copy++) {
    const rename = renamer(copy);
    for (const site of originals) {
      const host = rename(site.host);
      const copied: Site = { ...site, host, answer: async (scheme, path) => renamed(await site.answer(scheme, path), rename) }; // prettier-ignore
      sites.set(host, SLOW.includes(baseOf(`http://${site.host}`)) ? slowed(copied) : copied);
    }
    const renamedRow = <T>(row: T): T => JSON.parse(rename(JSON.stringify(row))) as T;
    const idOf = <T extends string | null>(id: T): T => (id === null ? id : `${id}-${copy}`) as T;
    for (const row of demo.organizations.map(renamedRow))
      organizations.push({ ...row, id: idOf(row.id), parentId: idOf(row.parentId) });
    for (const row of demo.services.map(renamedRow))
      services.push({ ...row, id: idOf(row.id), parentId: idOf(row.parentId), organizationId: idOf(row.organizationId) }); // prettier-ignore
  }
  const agencies = organizations.flatMap(({ portalUrl }) => (portalUrl ? [new URL(portalUrl).hostname] : []));
  const registry: Registry = {
    ...demo, id: 'workers', serve: null, privateHosts: [...sites.keys()], hosts: { ...demo.hosts, agencies }, organizations, services, digest: `workers-${copies}`,
  }; // prettier-ignore
  return { registry, sites };
}

type Answer = Awaited<ReturnType<Site['answer']>>;

function renamed(answer: Answer, rename: (text: string) => string): Answer {
  const { body, headers } = answer;
  // host names are ASCII in every charset of the sites, and bytes survive Latin-1
  const text = rename(body.toString('latin1'));
  return {
    ...answer,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, rename(value)])),
    body: Buffer.from(text, 'latin1'),
  };
}

/** Bodies whose sites ask for a longer pause. */
const SLOW = ['behdasht-negar.example', 'maliat-negar.example', 'rahdari-negar.example', 'keshavarzi-negar.example'];

/** The same site with a robots.txt that asks for a longer pause. */
const slowed = (site: Site): Site => ({
  ...site,
  async answer(scheme, path) {
    if (path !== '/robots.txt') return site.answer(scheme, path);
    const body = Buffer.from(`User-agent: *\nCrawl-delay: ${CRAWL_DELAY}\n`);
    return { status: 200, headers: { 'content-type': 'text/plain' }, body, delay: 0 };
  },
});

const log: Request[] = [];
/** Seconds that the robots.txt of a host asks for, as it was served. */
const crawlDelays = new Map<string, number>();

/** The same site, which takes its time and notes who asks. */
function watched(site: Site, by: string): Site {
  return {
    ...site,
    async answer(scheme, path) {
      const url = `${scheme}://${site.host}${path}`;
      const request: Request = { by, host: site.host, url, start: now(), end: Infinity, status: 0, leadsTo: null };
      log.push(request);
      const answer = await site.answer(scheme, path);
      await sleep((crawlDelays.has(site.host) ? THINKS_LONG : THINKS) * (0.25 + 0.75 * Math.random()));
      const location = answer.headers['location'];
      if (location) request.leadsTo = new URL(location, url).href;
      if (path === '/robots.txt') {
        const [, seconds] = /^crawl-delay:\s*([\d.]+)/im.exec(answer.body.toString('latin1')) ?? [];
        if (seconds) crawlDelays.set(site.host, Number(seconds));
      }
      request.status = answer.status;
      request.end = now();
      return { ...answer, delay: 0 };
    },
  };
}

// ---------------------------------------------------------------- the processes

const workers: Worker[] = [];

async function startWorker(data: string, cache: string, sites: Country['sites']): Promise<Worker> {
  const name = `w${workers.length + 1}`;
  const own = await serveSites(new Map([...sites].map(([host, site]) => [host, watched(site, name)])), { cacheDirectory: cache }); // prettier-ignore
  const mapped = Object.entries(own.hosts).flatMap(([host, target]) => ['--map-host', `${host}=${target}`]);
  const child = spawn(
    process.execPath,
    [PROGRAM, 'work', '--data', data, '--no-wait', '--log', 'json', '--concurrency', String(CONCURRENCY), ...mapped],
    // a host that is not served here leads to a proxy that is not there: nothing leaves the machine
    { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, HTTP_PROXY: 'http://127.0.0.1:9', HTTPS_PROXY: 'http://127.0.0.1:9', NO_PROXY: '' } },
  ); // prettier-ignore
  const events: StepEvent[] = [];
  const said: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => {
    const fact = line.startsWith('{') ? (JSON.parse(line) as StepEvent) : null;
    if (fact?.event.startsWith('step-')) events.push(fact);
    else said.push(line);
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const worker: Worker = { name, child, sites: own, ended, events, said, killedAt: null };
  workers.push(worker);
  return worker;
}

async function killed(worker: Worker): Promise<void> {
  worker.killedAt = now();
  worker.child.kill('SIGKILL');
  await worker.ended;
  // what it sent is in the sockets for a moment longer, and belongs into the log
  setTimeout(() => void worker.sites.close(), 2 * THINKS_LONG).unref();
}

/** Waits a little for a request of the process to be under way at a site that asks for a long pause. */
async function busy({ name }: Worker): Promise<void> {
  const isBusy = (): boolean => log.slice(-100).some(({ by, end, host }) => by === name && end === Infinity && crawlDelays.has(host)); // prettier-ignore
  for (const until = now() + every / 2; !isBusy() && now() < until;) await sleep(20);
}

/** Kills and starts until the time is over, or a process has ended by itself. */
async function disturb(data: string, cache: string, sites: Country['sites']): Promise<void> {
  const slots = [];
  for (let slot = 0; slot < WORKERS; slot++) slots.push(await startWorker(data, cache, sites));
  const until = now() + minutes * 60_000;
  for (let pause; (pause = every * (0.5 + random())) < until - now();) {
    await sleep(pause);
    const slot = Math.floor(random() * WORKERS);
    if (slots.some(({ child }) => child.exitCode !== null)) return;
    // every other one in the middle of a request after which a long pause is due
    if (random() < 0.5) await busy(slots[slot]!);
    await killed(slots[slot]!);
    slots[slot] = await startWorker(data, cache, sites);
  }
  await sleep(Math.max(0, until - now()));
}

// ---------------------------------------------------------------- what must hold

const faults: string[] = [];
const fault = (text: string): void => void faults.push(text);

const killTimes = (): ReadonlyMap<string, number> =>
  new Map(workers.flatMap(({ name, killedAt }) => (killedAt === null ? [] : [[name, killedAt] as const])));

function groupedBy(keyOf: (request: Request) => string): ReadonlyMap<string, readonly Request[]> {
  const groups = new Map<string, Request[]>();
  for (const request of log) {
    const key = keyOf(request);
    const group = groups.get(key);
    if (group) group.push(request);
    else groups.set(key, [request]);
  }
  return groups;
}

interface Pauses {
  /** By how much a pause between two requests was longer than it had to be, at the least: from the end of an answer. */
  live: number;
  /** The same from start to start where the process that asked first was killed before the next one. */
  acrossKills: number;
  /** Requests that came to a domain after one of a process that was killed. */
  succeeded: number;
  /** Requests that followed a redirect within their host, which is one look. */
  followed: number;
  /** Domains that more than one process asked, and how often they changed hands. */
  shared: number;
  handedOver: number;
}

/** No domain is asked by two at a time, and every pause is kept, also by whoever comes after one that was killed. */
function checkPauses(): Pauses {
  const kills = killTimes();
  const found: Pauses = { live: Infinity, acrossKills: Infinity, succeeded: 0, followed: 0, shared: 0, handedOver: 0 };
  for (const [domain, requests] of groupedBy(({ host }) => domainOf(host))) {
    if (new Set(requests.map(({ by }) => by)).size > 1) found.shared++;
    const inOrder = requests.toSorted((a, b) => a.start - b.start);
    for (const [index, next] of inOrder.entries()) {
      const before = inOrder[index - 1];
      if (!before) continue;
      if (next.by !== before.by) found.handedOver++;
      const killedAt = kills.get(before.by) ?? Infinity;
      const told = `${domain}: ${tell(before)}, then ${tell(next)}`;
      if (next.start < Math.min(before.end, killedAt)) fault(`two at a time at ${told}`);
      if (next.by === before.by && next.host === before.host && next.url === before.leadsTo) {
        found.followed++;
        continue;
      }
      const asked = before.url.endsWith('/robots.txt') ? 0 : (crawlDelays.get(before.host) ?? 0) * 1000;
      const wanted = Math.max(DELAY, asked);
      const isAcross = killedAt <= next.start;
      const margin = next.start - (isAcross ? before.start : before.end) - wanted;
      if (isAcross) found.succeeded++;
      if (isAcross) found.acrossKills = Math.min(found.acrossKills, margin);
      else found.live = Math.min(found.live, margin);
      if (margin < -TOLERANCE)
        fault(`${(wanted + margin).toFixed(0)} ms of ${wanted} ms kept${isAcross ? ' across a kill' : ''} at ${told}`);
    }
  }
  return found;
}

const tell = ({ by, url, start, end }: Request): string => `${by} ${url} from ${start.toFixed(0)} to ${end.toFixed(0)}`;

/** Every step of every organization is done, and none was done twice, as far as the processes could still say so. */
function checkSteps(organizations: readonly string[]): { lost: number } {
  const done = new Map<string, number>();
  for (const { name, events } of workers) {
    for (const { event, organization, visit, detail } of events) {
      if (event === 'step-done') done.set(`${organization} ${visit}`, (done.get(`${organization} ${visit}`) ?? 0) + 1);
      else if (event !== 'step-started') fault(`${name}: ${event} ${organization} ${visit} ${detail ?? ''}`);
    }
  }
  let lost = 0;
  for (const organization of organizations) {
    for (let visit = 0; visit < VISITS; visit++) {
      const times = done.get(`${organization} ${visit}`) ?? 0;
      if (times > 1) fault(`${organization} ${visit} was done ${times} times`);
      // killed between writing that it is done and saying so
      if (times === 0) lost++;
    }
  }
  if (lost > killTimes().size) fault(`${lost} steps were never said to be done, with ${killTimes().size} kills`);
  return { lost };
}

/**
 * What is stored was asked for, and what was asked for is stored: once each. Only what was on its way in a process that
 * was killed is asked again.
 */
function checkLooks(snapshots: readonly Snapshot[]): { repeated: number; retried: number; mostPerKill: number } {
  const kills = killTimes();
  const stored = new Map<string, number>();
  // a look that serves two purposes is stored twice with the same time
  const looks = new Map(snapshots.map((look) => [`${look.organizationId} ${look.visit} ${look.url} ${look.fetchedAt}`, look])); // prettier-ignore
  for (const { chain } of looks.values())
    for (const { url, status } of chain) if (status !== 0) stored.set(url, (stored.get(url) ?? 0) + 1);
  const asked = groupedBy(({ url }) => url);
  for (const url of stored.keys()) if (!asked.has(url)) fault(`${url} is stored and was never asked for`);
  const excused = new Map<string, number>();
  let repeated = 0;
  let retried = 0;
  for (const [url, requests] of asked) {
    const again = requests.filter(({ by, start, status }) => (status === 429 || status === 503) && requests.some((next) => next.by === by && next.start > start)); // prettier-ignore
    const expected = stored.get(url) ?? 0;
    let extra = requests.length - expected;
    if (extra < 0) fault(`${url} is stored ${expected} times and was asked for ${requests.length} times`);
    retried += Math.max(0, Math.min(extra, again.length));
    extra -= again.length;
    const lost = requests.filter((request) => kills.has(request.by) && !again.includes(request));
    if (extra > lost.length)
      fault(`${url} was asked for ${requests.length} times (${requests.map(({ by }) => by).join(' ')}), is stored ${expected} times`); // prettier-ignore
    if (extra <= 0) continue;
    repeated += extra;
    // the latest before its kill is the likeliest to have been on its way
    const untilKill = ({ by, start }: Request): number => kills.get(by)! - start;
    for (const { by } of lost.toSorted((a, b) => untilKill(a) - untilKill(b)).slice(0, extra))
      excused.set(by, (excused.get(by) ?? 0) + 1);
  }
  // what one organization has on its way: a page, with the redirects that lead to it
  const longest = Math.max(...snapshots.map(({ chain }) => chain.length));
  for (const [by, count] of excused)
    if (count > CONCURRENCY * longest)
      fault(`${by} lost ${count} requests, with ${CONCURRENCY} organizations under way`);
  return { repeated, retried, mostPerKill: Math.max(0, ...excused.values()) };
}

/** What the database says of itself, by its own means. */
function checkDatabase(path: string): void {
  const db = new Database(path, { readonly: true });
  try {
    const integrity = db.pragma('integrity_check', { simple: true });
    if (integrity !== 'ok') fault(`the database is damaged: ${String(integrity)}`);
    const held = db.prepare<[], string>('SELECT name FROM domain WHERE worker IS NOT NULL').pluck().all();
    if (held.length > 0) fault(`still held when all have ended: ${held.join(', ')}`);
  } finally {
    db.close();
  }
}

// ---------------------------------------------------------------- the run

const folder = values.keep ?? mkdtempSync(join(tmpdir(), 'rasad-workers-'));
const data = join(folder, 'data');
process.on('exit', () => {
  for (const { child } of workers) if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
  if (values.keep === undefined) rmSync(folder, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

// what has to be built is built here, and not by three processes at once
const { status } = spawnSync(process.execPath, [PROGRAM, '--version'], { stdio: ['ignore', 'ignore', 'inherit'] });
if (status !== 0) process.exit(1);
const { registry, sites } = await openCountry();
const organizations = takingPart(registry).map(({ id }) => id);
const opened = openData(data);
const at = new Date().toISOString();
const steps: Step[] = Array.from({ length: VISITS }, (_, visit) => ({ number: visit, visit, kind: 'crawl', at }));
const round = await openRound(opened.store, {
  round: {
    id: 'workers', names: { fa: 'workers', en: 'workers' }, period: null, edition: { ...r5, visits: VISITS }, revises: null, reason: null,
    plan: { pages: 12, render: 'never', delay: DELAY / 1000, userAgent: userAgentOf({}), timeZone: 'Asia/Tehran', window: null, visitsApart: 0, extraVisits: 0, probes: { perDay: 0, days: 0 } },
  },
  registry, organizationIds: organizations, rulesDigest, steps: new Map(organizations.map((id) => [id, steps])), by: 'bench', note: '', at,
}); // prettier-ignore
say(`${organizations.length} organizations, ${organizations.length * VISITS} steps, ${sites.size} hosts`);

const begun = now();
await disturb(data, join(folder, 'cache'), sites);
const kills = killTimes().size;
say(`${kills} kills in ${((now() - begun) / 1000).toFixed(0)} s, ${(await opened.store.progress(round.auditId)).done} organizations done, ${log.length} requests`); // prettier-ignore
if (workers.some(({ child }) => child.exitCode === 0)) fault('the work was done before the time was over: ask for more --copies'); // prettier-ignore

const late = setTimeout(() => {
  fault(`not finished ${PATIENCE / 60_000} minutes after the last kill`);
  for (const worker of workers) if (worker.child.exitCode === null && worker.killedAt === null) void killed(worker);
}, PATIENCE);
for (const worker of workers) {
  const code = await worker.ended;
  if (worker.killedAt === null && code !== 0) fault(`${worker.name} ended with ${code}: ${worker.said.slice(-5).join('\n')}`); // prettier-ignore
}
clearTimeout(late);
await Promise.all(workers.map((worker) => worker.sites.close()));

const jobs = await opened.store.listJobs(round.auditId);
for (const { organizationId, state: is, error, steps: left } of jobs)
  if (is !== 'done' || left.length > 0) fault(`${organizationId} is ${is} with ${left.length} steps left: ${error ?? ''}`); // prettier-ignore
const snapshots: Snapshot[] = [];
for (const id of organizations) {
  const own = await opened.store.listSnapshots(round.auditId, id);
  snapshots.push(...own);
  if (new Set(own.map(({ visit }) => visit)).size !== VISITS) fault(`${id} was not looked at ${VISITS} times`);
  const findings = await opened.store.listFindings(round.auditId, id);
  if (findings.length === 0 || findings.some(({ verdict }) => verdict === 'error')) fault(`${id} is not judged`);
}
await opened.close();
const { lost } = checkSteps(organizations);
const looks = checkLooks(snapshots);
const pauses = checkPauses();
checkDatabase(join(data, 'rasad.sqlite'));
for (const { name, said } of workers)
  for (const line of said.filter((text) => /"level":"error"|fault of Rasad/.test(text)))
    fault(`${name}: ${line.slice(0, 500)}`);

if (values.keep !== undefined) writeFileSync(join(folder, 'requests.json'), JSON.stringify(log));
for (const text of faults.slice(0, 20)) say(`DOES NOT HOLD ${text}`);
say(
  `${kills} kills; ${jobs.length * VISITS} steps (${lost} done by a process that was killed before it could say so); ` +
    `${log.length} requests for ${snapshots.length} looks: ${looks.repeated} again after a kill (at most ${looks.mostPerKill} for one), ${looks.retried} after a 429 or 503; ` +
    `${pauses.shared} domains in several hands one after the other (${pauses.handedOver} changes, ${pauses.succeeded} after a kill); ` +
    `pauses longer than they had to be by ${pauses.live.toFixed(0)} ms at the least, from start to start across a kill by ${pauses.acrossKills.toFixed(0)} ms ` +
    `(${pauses.followed} redirects followed within a look); ${((now() - begun) / 1000).toFixed(0)} s; ${faults.length === 0 ? 'everything holds' : `${faults.length} things do not hold`}`,
);
process.exitCode = faults.length === 0 && kills > 0 ? 0 : 1;
