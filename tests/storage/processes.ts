/**
 * Real processes that share a store with a test. This file is both sides: imported, it starts a process and talks to
 * it; run as a program, it is that process, and its argument names one of the TASKS.
 */
import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openBlobStore } from '../../storage/snapshots.ts';
import { openSqliteStore } from '../../storage/sqlite.ts';
import { aFinding, aSnapshot, at } from './fixtures.ts';

/** Milliseconds after which a process ends by itself, so that a test that fails leaves none behind. */
const LIFETIME = 15_000;

/** Bytes of a file that takes long enough to write for a test to see it grow. */
export const LARGE = 32 * 1024 * 1024;
export const PNG_MAGIC = Buffer.from('89504e470d0a1a0a', 'hex');

type Report = (line: string) => void;

/** What a process can do with the store at `path`. */
const TASKS = {
  /** Opens the store, and reports it. */
  async open(path: string, _worker: string, report: Report) {
    await openSqliteStore(path).close();
    report('opened');
  },

  /** Completes jobs of audit `a` until there is none, and reports their organizations. */
  async 'lease-jobs'(path: string, worker: string, report: Report) {
    const store = openSqliteStore(path);
    for (let job; (job = await store.leaseJob('a', worker, at(0), at(10))) !== null;) {
      report(job.organizationId);
      await sleep(0);
      await store.completeJob('a', job.organizationId, worker, { findings: [], skipped: [] });
    }
    await store.close();
  },

  /** Holds one domain twenty times for a moment, and reports whether it was alone. */
  async 'hold-domain'(path: string, worker: string, report: Report) {
    const store = openSqliteStore(path);
    for (let turns = 0; turns < 20;) {
      if ((await store.leaseDomain('example.ir', worker, at(0), at(10))) !== null) {
        turns += 1;
        report(await isAlone(`${path}.held`));
        await store.releaseDomain('example.ir', worker, at(0));
      }
      await sleep(Math.random() * 2);
    }
    await store.close();
  },

  /** Saves snapshots of audit `a`, organization `one`, without end, and reports each that is kept. */
  async 'save-snapshots'(path: string, _worker: string, report: Report) {
    const store = openSqliteStore(path);
    for (let ordinal = 0; ; ordinal++) {
      const url = `https://example.ir/${ordinal}`;
      await store.saveSnapshot(aSnapshot({ ordinal, url, headers: [['x-filler', 'x'.repeat(3000)]] }));
      report(url);
      if (ordinal % 10 === 0) await sleep(0);
    }
  },

  /** Completes jobs of audit `a`, fifty findings each, and reports them. */
  async 'complete-jobs'(path: string, worker: string, report: Report) {
    const store = openSqliteStore(path);
    for (let job; (job = await store.leaseJob('a', worker, at(0), at(10))) !== null;) {
      const organization = job.organizationId;
      const findings = Array.from({ length: 50 }, (_, number) =>
        aFinding({ organization, rule: `presence/r${number}` }),
      );
      await store.completeJob('a', organization, worker, { findings, skipped: [] });
      report(organization);
      await sleep(0);
    }
  },

  /** Puts small and LARGE pictures into the directory `path` in turn, without end, and reports each as its reference. */
  async 'put-blobs'(path: string, _worker: string, report: Report) {
    const blobs = openBlobStore(path);
    for (;;) {
      for (const size of [1024, LARGE]) {
        const picture = Buffer.concat([PNG_MAGIC, randomBytes(16), Buffer.alloc(size - PNG_MAGIC.length - 16)]);
        report(JSON.stringify(await blobs.put(picture)));
      }
    }
  },
} as const;

/** Whoever holds what can be held once finds no mark of another, and leaves none. */
async function isAlone(mark: string): Promise<string> {
  try {
    writeFileSync(mark, '', { flag: 'wx' });
  } catch {
    return 'not alone';
  }
  await sleep(1);
  rmSync(mark);
  return 'alone';
}

export interface OtherProcess {
  /** Lets it begin; it is loaded and waits. */
  go(): void;
  /** Resolves once it has reported that many lines. */
  reported(lines: number): Promise<void>;
  /** Everything that it reported, after it ended well. */
  finished(): Promise<string[]>;
  /** Kills it without a chance to clean up. Everything that it reported before. */
  kill(): Promise<string[]>;
}

/** Resolves when the process is ready to `go`. */
export async function startProcess(task: keyof typeof TASKS, path: string, worker: string): Promise<OtherProcess> {
  const self = fileURLToPath(import.meta.url);
  const child = fork(self, [task, path, worker], { execArgv: ['--import', 'tsx'] });
  const lines: string[] = [];
  // Its last reports may still be on their way when it has exited; the channel closes after them.
  const closed = once(child, 'disconnect');
  const ended = once(child, 'exit').then(async ([code]) => {
    await closed;
    return code as number | null;
  });
  let wake = () => {};
  const ready = new Promise<void>((resolve, reject) => {
    child.on('message', (line: string) => {
      if (line === 'end') return;
      if (line === 'ready') return resolve();
      lines.push(line);
      wake();
    });
    void ended.then((code) => reject(new Error(`the process "${task}" ended with ${code} before it was ready`)));
  });
  await ready;

  return {
    go: () => void child.send('go'),
    reported: (count) =>
      new Promise((resolve, reject) => {
        wake = () => lines.length >= count && resolve();
        wake();
        void ended.then(() => reject(new Error(`"${task}" ended after ${lines.length} reports, not ${count}`)));
      }),
    async finished() {
      const code = await ended;
      if (code !== 0) throw new Error(`"${task}" ended with ${code}`);
      return lines;
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
      return lines;
    },
  };
}

if (process.send !== undefined && process.argv[1] === fileURLToPath(import.meta.url)) {
  const [task, path, worker] = process.argv.slice(2) as [keyof typeof TASKS, string, string];
  setTimeout(() => process.exit(3), LIFETIME).unref();
  process.once('message', () => {
    void TASKS[task](path, worker, (line) => void process.send?.(line)).then(() =>
      process.send?.('end', () => process.disconnect()),
    );
  });
  process.send('ready');
}
