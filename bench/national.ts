/**
 * `npm run bench:national [-- --organizations 105 --services 2207 --parts abc --minutes 10 --keep --json]`: rounds of the
 * size of the source report over an invented country, from opening to published chain, with what they cost.
 *
 * a: without politeness over real HTTP on this machine. b: with the usual pace, nights and probes, in simulated time.
 * c: what a person waits for afterwards, by the real command. Each figure with a target says whether it is kept.
 */
import { fork, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ALL_ORGANIZATIONS, ALL_SERVICES, inventCountry, type Country, type CountryOptions } from './national-sites.ts';
import type { RoundFigures, RoundOptions } from './national-round.ts';
import type { Served } from './national-server.ts';

const here = dirname(fileURLToPath(import.meta.url));
/** The round is measured as it ships: compiled, and with the flags of the command. */
const built = join(here, '..', 'dist', 'bench');
const command = join(here, '..', 'src', 'cli', 'rasad.mjs');
const flags = /^#!.* node (.*)$/m.exec(readFileSync(command, 'utf8'))![1]!.split(' ');

const { values } = parseArgs({
  options: {
    organizations: { type: 'string', default: String(ALL_ORGANIZATIONS) },
    services: { type: 'string' },
    seed: { type: 'string', default: '1' },
    parts: { type: 'string', default: 'abc' },
    minutes: { type: 'string', default: '10' },
    keep: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const organizations = Number(values.organizations);
const services = Number(values.services ?? Math.round((ALL_SERVICES * organizations) / ALL_ORGANIZATIONS));
if (!(organizations >= 1 && services >= organizations))
  throw new Error(`expected at least one organization and a service each, found ${organizations} and ${services}`);

const MEMORY_LIMIT = 1_000; // MB
const COMMAND_LIMIT = 30; // seconds
/** Judging a whole country again takes minutes, is done once for a round, and says how far it is. */
const JUDGING_LIMIT = 600; // seconds
const PAUSE = 2; // seconds between two requests, as usual
const DEFAULT_CONCURRENCY = 4;
/** Organizations of the trial from which it is computed how many the part with probes can have. */
const TRIAL = 8;
/** Part b takes more than in proportion as organizations become more: waiting for a step looks at all of them. */
const MARGIN = 1.5;
/** A round that takes longer is stopped, and said to be. */
const LONGEST_ROUND = 30 * 60; // seconds
/** Opening days. Rounds of one database follow each other in time, as the pauses that it remembers do. */
const SPRING = Date.UTC(2026, 2, 21);
const MAY = Date.UTC(2026, 4, 6);
const SUMMER = Date.UTC(2026, 5, 22);

const folder = mkdtempSync(join(tmpdir(), 'rasad-national-'));
const missed: string[] = [];
const results: Record<string, unknown> = {};
/** What runs now; none of it outlives this process. */
const children = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL');
  if (values.keep) process.stdout.write(`kept: ${folder}\n`);
  else rmSync(folder, { recursive: true, force: true });
});
process.on('SIGINT', () => process.exit(130));
process.on('SIGTERM', () => process.exit(143));

async function main(): Promise<void> {
  say(`${organizations} organizations, ${services} services; load of the machine at the start: ${load()}`);
  if (values.parts.includes('a') || values.parts.includes('c')) await fullSpeed();
  if (values.parts.includes('b')) await politely();
  if (values.parts.includes('c')) await afterwards();
  say(`\nload at the end: ${load()}`);
  say(missed.length === 0 ? 'all targets are kept' : `MISSED: ${missed.join('; ')}`);
  if (values.json) say(JSON.stringify(results));
  process.exitCode = missed.length === 0 ? 0 : 1;
}

// ---------------------------------------------------------------- a: at full speed

async function fullSpeed(): Promise<void> {
  say('\na. one round, edition r5, two visits, without politeness, over HTTP on this machine');
  const figures = await runRound({ name: 'first', opensAt: SPRING, data: 'data', ...FAST });
  results['a'] = figures;
  const rate = figures.pages / figures.wallSeconds;
  const second = { seconds: figures.wallSeconds - figures.firstVisit.seconds, pages: figures.pages - figures.firstVisit.pages }; // prettier-ignore
  line('wall time', `${figures.wallSeconds.toFixed(0)} s`);
  line('CPU', `${figures.cpuSeconds.toFixed(0)} s, ${((figures.cpuSeconds / figures.pages) * 1000).toFixed(1)} ms a page`); // prettier-ignore
  line('looks', `${figures.looks}, of them ${figures.pages} pages`);
  line('pages a second', `${rate.toFixed(1)} (first visit, four organizations at a time: ${(figures.firstVisit.pages / figures.firstVisit.seconds).toFixed(1)}; second, each at its own hour: ${(second.pages / second.seconds).toFixed(1)})`); // prettier-ignore
  line('peak memory', `${figures.peakMb.toFixed(0)} MB`, figures.peakMb < MEMORY_LIMIT, `below ${MEMORY_LIMIT} MB`);
  line('database', `${figures.databaseMb.toFixed(0)} MB`);
  line('evidence', `${figures.evidenceMb.toFixed(0)} MB in ${figures.evidenceFiles} files`);
  sayVerdicts(figures);
}

const FAST = { generation: 1, edition: 'r5', delay: 0, nightsOnly: false, probes: false, concurrency: DEFAULT_CONCURRENCY } as const; // prettier-ignore

function sayVerdicts(figures: RoundFigures): void {
  const all = Object.values(figures.verdicts).reduce((sum, count) => sum + count, 0);
  line('verdicts', `${all}: ${Object.entries(figures.verdicts).sort((a, b) => b[1] - a[1]).map(([verdict, count]) => `${count} ${verdict}`).join(', ')}`); // prettier-ignore
  const errors = (figures.verdicts['error'] ?? 0) + figures.ruleErrors;
  line('errors of rules', String(errors), errors === 0, 'none');
  line('given up', String(figures.failed.length), figures.failed.length === 0, 'none');
  for (const failure of figures.failed.slice(0, 3)) say(`    ${failure}`);
  if (figures.strayHosts.length > 0) line('hosts beside the country', figures.strayHosts.join(' '), false, 'none');
  if (figures.isStopped) line('stopped', `after ${LONGEST_ROUND / 60} minutes`, false, 'an end of its own');
}

// ---------------------------------------------------------------- b: politely

async function politely(): Promise<void> {
  say(
    `\nb. as for real: ${PAUSE} s between requests, nights from 22 to 6, two visits seven days apart, simulated time`,
  );
  const polite = { generation: 1, edition: 'r5', delay: PAUSE, nightsOnly: true, opensAt: SPRING } as const;
  const size = Math.min(TRIAL, organizations);
  const trial = await runRound({ ...polite, name: 'trial', data: 'trial', probes: true, concurrency: DEFAULT_CONCURRENCY, of: size }); // prettier-ignore
  const expected = (trial.wallSeconds / size) * organizations * MARGIN;
  // both numbers of organizations at a time share the minutes
  const budget = (Number(values.minutes) * 60) / 2;
  const fitting = expected <= budget ? organizations : Math.max(size, Math.floor((organizations * budget) / expected));
  const isWhole = fitting >= organizations;
  say(
    `   trial with 56 probes each: ${size} organizations took ${trial.wallSeconds.toFixed(0)} s, so ${organizations} would take about ${(expected / 60).toFixed(1)} min; ${isWhole ? 'all are run' : `run with ${fitting}, which fit in ${(budget / 60).toFixed(1)} min`}`,
  );
  for (const concurrency of [DEFAULT_CONCURRENCY, 8]) {
    say(`   ${fitting} organizations with 56 probes each, ${concurrency} at a time:`);
    sayPolite(`b${concurrency}`, await runRound({ ...polite, name: 'polite', data: `polite-${concurrency}`, probes: true, concurrency, of: fitting })); // prettier-ignore
  }
  if (isWhole) return;
  say(`   all ${organizations} organizations without probes, ${DEFAULT_CONCURRENCY} at a time:`);
  sayPolite('bAll', await runRound({ ...polite, name: 'nights', data: 'nights', probes: false, concurrency: DEFAULT_CONCURRENCY })); // prettier-ignore
}

function sayPolite(key: string, figures: RoundFigures): void {
  results[key] = figures;
  line('simulated time', `${figures.days.toFixed(1)} days; pages were crawled in ${figures.nights} nights`);
  line('crawl looks outside of the nights', String(figures.outsideWindow), figures.outsideWindow === 0, 'none');
  const gap = figures.smallestGap ?? Infinity;
  line('smallest gap of requests to a host', `${gap / 1000} s of ${figures.requests} requests`, gap >= PAUSE * 1000, `at least ${PAUSE} s`); // prettier-ignore
  line('wall time', `${figures.wallSeconds.toFixed(0)} s, CPU ${figures.cpuSeconds.toFixed(0)} s; ${figures.steps} steps, ${figures.probeSteps} of them probes, ${figures.naps} waits`); // prettier-ignore
  line('peak memory', `${figures.peakMb.toFixed(0)} MB`, figures.peakMb < MEMORY_LIMIT, `below ${MEMORY_LIMIT} MB`);
  sayVerdicts(figures);
}

// ---------------------------------------------------------------- c: afterwards

async function afterwards(): Promise<void> {
  say('\nc. what is done with rounds, by the command; two more rounds are made first, in the same database');
  const older = await runRound({ ...FAST, name: 'older', opensAt: MAY, data: 'data', edition: 'r4' });
  const second = await runRound({ ...FAST, name: 'second', opensAt: SUMMER, data: 'data', generation: 2 });
  say(`   older (edition r4): ${older.wallSeconds.toFixed(0)} s; second (some organizations changed): ${second.wallSeconds.toFixed(0)} s; database ${second.databaseMb.toFixed(0)} MB, evidence ${second.evidenceMb.toFixed(0)} MB`); // prettier-ignore
  // building what has changed since is not what is measured
  spawnSync(process.execPath, [join(dirname(command), 'setup.mjs')], { stdio: 'inherit' });
  const by = ['--by', 'bench'];
  const measured: Record<string, Spent> = {};
  const measure = async (name: string, args: readonly string[], limit = COMMAND_LIMIT): Promise<Spent> => {
    const spent = await rasad(args);
    measured[name] = { ...spent, stdout: '' };
    const cost = `${spent.seconds.toFixed(1)} s, CPU ${spent.cpuSeconds.toFixed(1)} s, ${spent.peakMb.toFixed(0)} MB (load ${loadavg()[0]!.toFixed(1)})`;
    if (spent.code === 0) {
      line(name, cost, spent.seconds < limit, `below ${limit} s`);
      if (spent.peakMb >= MEMORY_LIMIT) line(`${name}: memory`, `${spent.peakMb.toFixed(0)} MB`, false, `below ${MEMORY_LIMIT} MB`); // prettier-ignore
    } else {
      line(name, `ended with ${spent.code} after ${cost}`, false, 'exit code 0');
      say(`    ${spent.stderr.trim().split('\n').slice(-3).join('\n    ')}`);
    }
    return spent;
  };
  await measure('round status', ['round', 'status', 'first']);
  await measure('round review', ['round', 'review', 'first', ...by]);
  await measure('round preview, with its report', ['round', 'preview', 'first', ...by]);
  await measure('round publish, with its report', ['round', 'publish', 'first', ...by]);
  await measure('round verify', ['round', 'verify', 'first']);
  await measure('round verify --no-evidence', ['round', 'verify', 'first', '--no-evidence']);
  const growth = await measure('compare, same edition', ['compare', 'first', 'second', '--json']);
  await measure('round review, edition r4 before r5', ['round', 'review', 'second', ...by], JUDGING_LIMIT);
  await measure('compare, edition r4 with r5', ['compare', 'older', 'second', '--json']);
  await measure('report, HTML', ['report', 'round-first']);
  await measure('report, CSV', ['report', 'round-first', '--format', 'csv']);
  await measure('report, JSON', ['report', 'round-first', '--format', 'json', '--out', join(folder, 'report.json')]);
  results['c'] = measured;
  if (growth.code === 0) checkGrowth(growth.stdout, countryOf(2, organizations, SUMMER).changes);
}

/** Does the comparison find the changes that were made, and no others? */
function checkGrowth(json: string, changes: Country['changes']): void {
  const { organizations: grown } = JSON.parse(json) as {
    organizations: readonly { organization: string; total: { points: number | null; parts: { real: number | null } | null } }[]; // prettier-ignore
  };
  const found = { improved: 0, declined: 0, same: 0 };
  const of = { improved: 0, declined: 0, same: 0 };
  for (const { organization, total } of grown) {
    const kind = changes.get(organization) ?? 'same';
    const real = total.parts?.real ?? null;
    if (total.points === null || real === null) continue;
    of[kind]++;
    if (kind === 'improved' ? real > 0 : kind === 'declined' ? real < 0 : Math.abs(real) < 1e-9) found[kind]++;
  }
  for (const [kind, what] of [
    ['improved', 'improved, and rose'],
    ['declined', 'let things go, and fell'],
    ['same', 'did nothing, and stayed'],
  ] as const)
    // prettier-ignore
    line(what, `${found[kind]} of ${of[kind]}`, found[kind] === of[kind], 'all');
}

// ---------------------------------------------------------------- running

interface Wanted {
  readonly name: string;
  readonly data: string;
  readonly opensAt: number;
  readonly generation: 1 | 2;
  readonly edition: string;
  readonly delay: number;
  readonly nightsOnly: boolean;
  readonly probes: boolean;
  readonly concurrency: number;
  /** Organizations; all without it. */
  readonly of?: number;
}

function countryOptions(generation: 1 | 2, count: number, today: number): CountryOptions {
  const share = count === organizations ? services : Math.max(count, Math.round((services * count) / organizations));
  return { seed: Number(values.seed), organizations: count, services: share, generation, today };
}

const countryOf = (...of: Parameters<typeof countryOptions>): Country => inventCountry(countryOptions(...of));

/** Serves the country and works on one round of it, each in a process of its own. */
async function runRound(wanted: Wanted): Promise<RoundFigures> {
  const options = countryOptions(wanted.generation, wanted.of ?? organizations, wanted.opensAt);
  const country = inventCountry(options);
  const registry = join(folder, `registry-${country.organizations}`);
  mkdirSync(registry, { recursive: true });
  for (const { name, text } of country.registry) writeFileSync(join(registry, name), text);
  const server = fork(join(built, 'national-server.js'), [JSON.stringify(options)], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  children.add(server);
  const answer = <T>(): Promise<T> =>
    new Promise((resolve, reject) => {
      server.once('message', (message) => resolve(message as T));
      server.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
    });
  try {
    const { port } = await answer<{ port: number }>();
    const round: RoundOptions = {
      data: join(folder, wanted.data),
      registry,
      // nobody listens at the discard port
      mapHosts: [
        ...country.hosts.map((host) => `${host}=127.0.0.1:${port}`),
        ...country.silentHosts.map((host) => `${host}=127.0.0.1:9`),
      ],
      round: wanted.name,
      edition: wanted.edition,
      opensAt: wanted.opensAt,
      plan: {
        delay: wanted.delay,
        window: wanted.nightsOnly ? { from: '22:00', to: '06:00' } : null,
        visitsApart: 7,
        probes: wanted.probes ? { perDay: 4, days: 14 } : { perDay: 0, days: 0 },
      },
      concurrency: wanted.concurrency,
      longest: LONGEST_ROUND,
    };
    const ended = await run([...flags, join(built, 'national-round.js'), JSON.stringify(round)]);
    if (ended.code !== 0)
      throw new Error(`the round ${wanted.name} ended with ${ended.code}: ${ended.stderr.slice(-2000)}`);
    const told = answer<Served>();
    server.send('what were you asked?');
    const { requests, missing, meanBytes, maxBytes } = await told;
    if (wanted.name === 'first') line('served', `${requests} requests, ${missing} for nothing; pages of ${(meanBytes / 1000).toFixed(0)} KB on average, ${(maxBytes / 1000).toFixed(0)} KB at most`); // prettier-ignore
    return JSON.parse(ended.stdout) as RoundFigures;
  } finally {
    server.removeAllListeners('exit');
    // a server that has died has said so already
    if (server.connected) server.disconnect();
    children.delete(server);
  }
}

interface Spent {
  readonly code: number | string;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMb: number;
  readonly stdout: string;
  readonly stderr: string;
}

const rasad = (args: readonly string[]): Promise<Spent> =>
  run([...flags, command, ...args, '--data', join(folder, 'data'), '--lang', 'en']);

/** Milliseconds between two looks at what a process uses. The peak is the kernel's own, so that little is missed. */
const WATCH = 50;
const TICKS = 100; // of the kernel's clock, a second

async function run(args: readonly string[]): Promise<Spent> {
  const begun = performance.now();
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  children.add(child);
  const out: Buffer[] = [];
  let stderr = '';
  let peakMb = 0;
  let cpuSeconds = 0;
  child.stdout.on('data', (part: Buffer) => out.push(part));
  child.stderr.on('data', (part: Buffer) => (stderr = (stderr + part.toString()).slice(-10_000)));
  const watch = setInterval(() => {
    try {
      const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'));
      const [user = 0, system = 0] = readFileSync(`/proc/${child.pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' ').slice(11, 13).map(Number); // prettier-ignore
      if (peak) peakMb = Number(peak[1]) / 1024;
      cpuSeconds = (user + system) / TICKS;
    } catch {
      // it has just ended, or this system has no /proc
    }
  }, WATCH);
  const limit = setTimeout(() => child.kill('SIGKILL'), (LONGEST_ROUND + 120) * 1000);
  const code = await new Promise<number | string>((resolve) =>
    child.once('close', (status, signal) => resolve(status ?? signal ?? 'unknown')),
  );
  children.delete(child);
  clearInterval(watch);
  clearTimeout(limit);
  return { code, seconds: (performance.now() - begun) / 1000, cpuSeconds, peakMb, stdout: Buffer.concat(out).toString(), stderr }; // prettier-ignore
}

function line(name: string, value: string, isKept?: boolean, target = ''): void {
  if (isKept === false) missed.push(`${name}: ${value}`);
  const verdict = isKept === undefined ? '' : isKept ? `  ok (${target})` : `  MISSED (${target})`;
  say(`   ${name.padEnd(36)} ${value}${verdict}`);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function load(): string {
  return loadavg()
    .map((value) => value.toFixed(1))
    .join(' ');
}

await main();
