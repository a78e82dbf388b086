import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as realWait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { openPoliteness } from '../src/crawl/politeness.ts';
import { openStaticFetcher } from '../src/crawl/fetch-static.ts';
import { openSimulatedClock } from './simulated-clock.ts';

const START = Date.UTC(2026, 2, 21);
const DAY = 86_400_000;
/** More turns of the event loop than the clock waits for. */
const REAL_PAUSE = 30; // milliseconds

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A site on loopback that answers everything, after a real pause. */
async function serve(): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url!);
    setTimeout(() => response.setHeader('content-type', 'text/html').end('<h1>سلام</h1>'), REAL_PAUSE);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  closing.push(() => server.close(), () => server.closeAllConnections()); // prettier-ignore
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

describe('time', () => {
  it('stands where it was opened until somebody sleeps', async () => {
    const clock = openSimulatedClock(START);
    await realWait(REAL_PAUSE);
    expect(clock.now()).toBe(START);
  });

  it('jumps to the earliest wake-up, whoever slept first', async () => {
    const clock = openSimulatedClock(START);
    const woken: [string, number][] = [];
    await Promise.all(
      Object.entries({ late: 90 * DAY, early: 2_000, between: DAY }).map(async ([name, milliseconds]) => {
        await clock.sleep(milliseconds);
        woken.push([name, clock.now() - START]);
      }),
    );
    expect(woken).toEqual([
      ['early', 2_000],
      ['between', DAY],
      ['late', 90 * DAY],
    ]);
  });

  it('counts a sleep from when it begins, not from when the clock was opened', async () => {
    const clock = openSimulatedClock(START);
    for (let day = 0; day < 365; day++) await clock.sleep(DAY);
    expect(clock.now()).toBe(START + 365 * DAY);
  });

  it.each([0, -5_000, Number.NaN])('does not move by a sleep of %d', async (milliseconds) => {
    const clock = openSimulatedClock(START);
    await clock.sleep(milliseconds);
    expect(clock.now()).toBe(START);
  });

  it('lets the sleepers of one instant do what they do one after the other', async () => {
    const clock = openSimulatedClock(START);
    const log: string[] = [];
    await Promise.all(
      ['a', 'b'].map(async (name) => {
        await clock.sleep(DAY);
        log.push(`${name} wakes`);
        await clock.busy(realWait(REAL_PAUSE));
        log.push(`${name} is done`);
      }),
    );
    expect(log).toEqual(['a wakes', 'a is done', 'b wakes', 'b is done']);
  });

  it('leaves what follows a wake-up in promises and turns of the loop its time before the next one', async () => {
    const clock = openSimulatedClock(START);
    const seen: number[] = [];
    await Promise.all([
      clock.sleep(1).then(async () => {
        for (let step = 0; step < 50; step++) await Promise.resolve();
        await new Promise((done) => setImmediate(done));
        seen.push(clock.now() - START);
      }),
      clock.sleep(2),
    ]);
    expect(seen).toEqual([1]);
  });
});

describe('a sleep with a signal', () => {
  it('rejects with its reason, and time does not go to where it would have ended', async () => {
    const clock = openSimulatedClock(START);
    const stop = new AbortController();
    const slept = clock.sleep(90 * DAY, stop.signal);
    stop.abort(new Error('enough'));
    await expect(slept).rejects.toThrow('enough');
    await clock.sleep(1_000);
    expect(clock.now()).toBe(START + 1_000);
  });

  it('does not begin when the signal has been given', async () => {
    const clock = openSimulatedClock(START);
    await expect(clock.sleep(1, AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late');
    expect(clock.counts()).toEqual({ sleeping: 0, busy: 0 });
  });

  it('ends only by it when it has no end of its own', async () => {
    const clock = openSimulatedClock(START);
    const stop = new AbortController();
    const endless = clock.sleep(Infinity, stop.signal);
    await clock.sleep(365 * DAY);
    expect(clock.counts().sleeping).toBe(1);
    stop.abort(new Error('over'));
    await expect(endless).rejects.toThrow('over');
    expect(clock.now()).toBe(START + 365 * DAY);
  });

  it('is not touched by a signal that comes after it woke', async () => {
    const clock = openSimulatedClock(START);
    const stop = new AbortController();
    const slept = clock.sleep(5, stop.signal);
    await slept;
    stop.abort(new Error('never mind'));
    await expect(slept).resolves.toBeUndefined();
  });
});

describe('what is busy', () => {
  it('holds time until it has succeeded or failed', async () => {
    const clock = openSimulatedClock(START);
    const log: string[] = [];
    const failing = clock.busy(
      realWait(REAL_PAUSE).then(() => {
        log.push(`failed at ${clock.now() - START}`);
        throw new Error('disk full');
      }),
    );
    const slept = clock.sleep(1_000).then(() => log.push(`woke at ${clock.now() - START}`));
    await expect(failing).rejects.toThrow('disk full');
    await slept;
    expect(log).toEqual(['failed at 0', 'woke at 1000']);
  });

  it('is real HTTP by a wrapped fetcher, while others sleep', async () => {
    const { url, asked } = await serve();
    const clock = openSimulatedClock(START);
    const real = openStaticFetcher({ userAgent: 'test', privateHosts: ['127.0.0.1'] });
    closing.push(() => real.close());
    const fetcher = clock.wrapped(real);
    const log: string[] = [];
    await Promise.all([
      fetcher.fetch(`${url}/a`).then(({ outcome }) => log.push(`${outcome.kind} at ${clock.now() - START}`)),
      clock.sleep(10).then(() => log.push(`woke at ${clock.now() - START}`)),
    ]);
    expect(asked).toEqual(['/a']);
    expect(log).toEqual(['page at 0', 'woke at 10']);
  });

  it('is work on other threads by a wrapped tool', async () => {
    const clock = openSimulatedClock(START);
    const bytes = Buffer.alloc(4_000_000, 'evidence');
    const tool = clock.wrapped({
      roundTrip: async () => promisify(gunzip)(await promisify(gzip)(bytes)),
    });
    const log: number[] = [];
    const [same] = await Promise.all([
      tool.roundTrip().then((back) => (log.push(clock.now() - START), back.equals(bytes))),
      clock.sleep(7).then(() => log.push(clock.now() - START)),
    ]);
    expect(same).toBe(true);
    expect(log).toEqual([0, 7]);
  });
});

describe('a wrapped tool', () => {
  class Tool {
    #calls = 0;
    readonly name = 'tool';
    count(): number {
      return ++this.#calls;
    }
    async later(): Promise<number> {
      return this.count();
    }
    async *each(): AsyncGenerator<number> {
      yield this.count();
    }
  }

  it('keeps its private fields, its values and what is no promise', async () => {
    const tool = openSimulatedClock(START).wrapped(new Tool());
    expect(tool.name).toBe('tool');
    expect(tool.count()).toBe(1);
    expect(await tool.later()).toBe(2);
    for await (const value of tool.each()) expect(value).toBe(3);
    expect(tool).toBeInstanceOf(Tool);
  });

  it('is free again when nothing of it is under way', async () => {
    const clock = openSimulatedClock(START);
    await clock.wrapped(new Tool()).later();
    expect(clock.counts()).toEqual({ sleeping: 0, busy: 0 });
  });
});

describe('a season of politeness', () => {
  it('passes over a served site with every pause kept', async () => {
    const { url, asked } = await serve();
    const clock = openSimulatedClock(START);
    const real = openStaticFetcher({ userAgent: 'test', privateHosts: ['127.0.0.1'] });
    closing.push(() => real.close());
    const fetcher = clock.wrapped(real);
    const politeness = openPoliteness({ clock });
    const times: number[] = [];
    // four visitors who know nothing of each other, each of whom comes every thirty days
    await Promise.all(
      ['a', 'b', 'c', 'd'].map(async (name) => {
        for (let month = 0; month < 3; month++) {
          await politeness.turn(`${url}/${name}${month}`, () => {
            times.push(clock.now() - START);
            return fetcher.fetch(`${url}/${name}${month}`);
          });
          await clock.sleep(30 * DAY);
        }
      }),
    );
    expect(asked).toHaveLength(12);
    expect(new Set(asked).size).toBe(12);
    expect(times.slice(0, 4)).toEqual([0, 2_000, 4_000, 6_000]);
    expect(times.slice(1).every((time, index) => time - times[index]! >= 2_000)).toBe(true);
    expect(clock.now() - START).toBeGreaterThanOrEqual(90 * DAY);
  });
});
