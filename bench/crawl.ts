/**
 * `npm run bench:crawl [-- --pages 1000 --runs 3 --json]`: CPU and memory of the whole static path against Crawlee's
 * CheerioCrawler on the same local pages, in turns, in one run. Ratios are what counts: machines differ.
 */
import { fork, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { PAGES_OF_A_SITE } from './pages.ts';

const here = dirname(fileURLToPath(import.meta.url));
/** Both sides are measured as they ship: compiled. */
const built = join(here, '..', 'dist', 'bench');
const { values } = parseArgs({
  options: {
    pages: { type: 'string', default: '1000' },
    runs: { type: 'string', default: '3' },
    'flat-pages': { type: 'string', default: '5000' },
    json: { type: 'boolean', default: false },
  },
});
const pages = Number(values.pages);
const hostsOf = (count: number): string => String(Math.ceil(count / PAGES_OF_A_SITE));
/** The program is measured as it runs: with the flags of its command. */
const flags = /^#!.* node (.*)$/m
  .exec(readFileSync(join(here, '..', 'src', 'cli', 'rasad.mjs'), 'utf8'))![1]!
  .split(' ');
const runs = Number(values.runs);
const flat = Number(values['flat-pages']);

interface Result {
  readonly pages: number;
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  readonly maxRssMb: number;
}

if (!existsSync(join(here, 'node_modules', '@crawlee'))) {
  process.stderr.write('bench: installing the peer (Crawlee) into bench/node_modules …\n');
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: here,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) throw new Error('the peer could not be installed');
}

function median(list: readonly number[]): number {
  const sorted = list.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function measure(command: readonly string[], env: NodeJS.ProcessEnv = process.env): Result {
  const { status, stdout, stderr } = spawnSync(process.execPath, command, {
    cwd: here,
    env,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    timeout: 600_000,
  });
  if (status !== 0) throw new Error(`${command.join(' ')} ended with ${status}: ${stderr.slice(-2000)}`);
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as Result;
}

async function served<T>(count: number, use: (port: number) => T): Promise<T> {
  const server = fork(join(built, 'server.js'), [String(count)], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const { port } = await new Promise<{ port: number }>((resolve, reject) => {
    server.once('message', (message) => resolve(message as { port: number }));
    server.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
  try {
    return use(port);
  } finally {
    server.disconnect();
  }
}

/**
 * What both sides write, beside the program as the data of an audit are. It is removed when all is measured: for minutes
 * after many files were deleted, ext4 takes ten times as long to make a new one, and that would be the next run's.
 */
const kept = mkdtempSync(join(built, 'kept-'));
process.on('exit', () => rmSync(kept, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1));

const ours = (port: number, count: number): Result =>
  measure([...flags, join(built, 'ours.js'), String(port), String(count), hostsOf(count), kept]);
const peer = (port: number, count: number): Result =>
  measure([join(here, 'peer.mjs'), String(port), String(count), hostsOf(count)]);
/** As it comes: what it has to do and what it did are kept in files. */
const peerAsItComes = (port: number, count: number): Result =>
  measure([join(here, 'peer.mjs'), String(port), String(count), hostsOf(count)], {
    ...process.env,
    CRAWLEE_STORAGE_DIR: mkdtempSync(join(kept, 'crawlee-')),
  });
const perThousand = ({ cpuSeconds, pages: read }: Result): number => (cpuSeconds / read) * 1000;

const pairs = await served(pages, (port) =>
  Array.from({ length: runs }, () => ({
    ours: ours(port, pages),
    peer: peer(port, pages),
    asItComes: peerAsItComes(port, pages),
  })),
);
for (const { ours: a, peer: b, asItComes: c } of pairs)
  if (Math.min(a.pages, b.pages, c.pages) < pages * 0.99)
    throw new Error(`not all pages were read: ${a.pages}, ${b.pages} and ${c.pages} of ${pages}`);
const long = flat > 0 ? await served(flat, (port) => ours(port, flat)) : null;

const result = {
  pages,
  oursCpuPer1000: median(pairs.map(({ ours: a }) => perThousand(a))),
  crawleeCpuPer1000: median(pairs.map(({ peer: b }) => perThousand(b))),
  cpuRatio: median(pairs.map(({ ours: a, peer: b }) => perThousand(a) / perThousand(b))),
  crawleeAsItComesCpuPer1000: median(pairs.map(({ asItComes: c }) => perThousand(c))),
  cpuRatioAsItComes: median(pairs.map(({ ours: a, asItComes: c }) => perThousand(a) / perThousand(c))),
  pagesPerCpuSecond: median(pairs.map(({ ours: a }) => a.pages / a.cpuSeconds)),
  crawleePagesPerCpuSecond: median(pairs.map(({ peer: b }) => b.pages / b.cpuSeconds)),
  peakMb: median(pairs.map(({ ours: a }) => a.maxRssMb)),
  crawleePeakMb: median(pairs.map(({ peer: b }) => b.maxRssMb)),
  ...(long ? { flatPages: flat, flatPeakMb: long.maxRssMb, flatCpuPer1000: perThousand(long) } : {}),
};
if (!values.json) {
  const line = (name: string, a: number, b: number, digits = 1): void =>
    void process.stdout.write(`${name.padEnd(34)} ${a.toFixed(digits).padStart(8)} ${b.toFixed(digits).padStart(8)}\n`);
  process.stdout.write(
    `${''.padEnd(34)} ${'Rasad'.padStart(8)} ${'Crawlee'.padStart(8)}   (${runs} runs of ${pages} pages, medians)\n`,
  );
  line('CPU seconds per 1,000 pages', result.oursCpuPer1000, result.crawleeCpuPer1000, 2);
  line('pages per CPU second', result.pagesPerCpuSecond, result.crawleePagesPerCpuSecond);
  line('peak memory, MB', result.peakMb, result.crawleePeakMb, 0);
  if (long)
    process.stdout.write(
      `${`peak memory over ${flat} pages, MB`.padEnd(34)} ${long.maxRssMb.toFixed(0).padStart(8)}\n`,
    );
  process.stdout.write(
    `ratio of CPU: ${result.cpuRatio.toFixed(3)}, and ${result.cpuRatioAsItComes.toFixed(3)} to Crawlee as it comes, with its queue in files\n`,
  );
}
process.stdout.write(`${JSON.stringify(result)}\n`);
