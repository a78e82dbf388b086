import { describe, expect, it } from 'vitest';
import { refused, unreachable } from '../../src/crawl/contract.ts';
import {
  domainOf,
  openPoliteness,
  readRetryAfter,
  type Clock,
  type DomainLeases,
  type Pace,
  type PaceFacts,
  type Politeness,
} from '../../src/crawl/politeness.ts';
import { openSimulatedClock } from '../simulated-clock.ts';

/** Time that passes only by sleeping. */
function simulated() {
  let now = 1_000_000;
  const sleeps: number[] = [];
  const clock: Clock = {
    now: () => now,
    async sleep(milliseconds, signal) {
      signal?.throwIfAborted();
      sleeps.push(milliseconds);
      now += milliseconds;
    },
  };
  return { clock, sleeps, advance: (milliseconds: number) => (now += milliseconds) };
}

const ok: PaceFacts = { outcome: { kind: 'page' }, status: 200, firstByteMs: 10, retryAfter: null };
const slow: PaceFacts = { ...ok, firstByteMs: 2_500 };
const tooMany = (retryAfter: number | null = null): PaceFacts => ({
  outcome: refused('rate-limit', '429'),
  status: 429,
  firstByteMs: 1,
  retryAfter,
});
const unavailable: PaceFacts = {
  outcome: unreachable('server-error', '503'),
  status: 503,
  firstByteMs: 1,
  retryAfter: null,
};

/** Asks the address once for each answer and reports the pauses between. */
async function pausesFor(
  answers: readonly PaceFacts[],
  { pace = {}, crawlDelay = null as number | null, url = 'https://www.a.gov.ir/' } = {},
) {
  const time = simulated();
  const politeness = openPoliteness({ clock: time.clock, pace: pace as Partial<Pace> });
  politeness.setCrawlDelay(url, crawlDelay);
  const left = [...answers];
  const given: (PaceFacts | null)[] = [];
  while (left.length > 0) given.push(await politeness.turn(url, async () => left.shift()!));
  return { sleeps: time.sleeps, given, politeness };
}

describe('the pause between two requests', () => {
  it('is two seconds', async () => expect((await pausesFor([ok, ok, ok])).sleeps).toEqual([2_000, 2_000]));
  it('is five after a slow answer', async () =>
    expect((await pausesFor([ok, slow, ok])).sleeps).toEqual([2_000, 5_000]));
  it('is what robots.txt asks for', async () =>
    expect((await pausesFor([ok, ok], { crawlDelay: 7.5 })).sleeps).toEqual([7_500]));
  it('is never above thirty seconds for that', async () =>
    expect((await pausesFor([ok, ok], { crawlDelay: 86_400 })).sleeps).toEqual([30_000]));
  it('is nothing, without any timer, when the delay is zero', async () => {
    expect((await pausesFor([ok, slow, ok], { pace: { minDelay: 0 } })).sleeps).toEqual([]);
  });
  it('is nothing for a copy on this machine, whatever other hosts get', async () => {
    const time = simulated();
    const politeness = openPoliteness({ clock: time.clock, isLocal: (host) => host === 'copy.gov.ir' });
    for (const host of ['copy.gov.ir', 'copy.gov.ir:8080', 'real.gov.ir', 'real.gov.ir']) {
      await politeness.turn(`https://${host}/`, async () => slow);
    }
    expect(time.sleeps).toEqual([5_000]);
  });
  it('counts from the end of the last request, and what has passed counts', async () => {
    const time = simulated();
    const politeness = openPoliteness({ clock: time.clock });
    await politeness.turn('https://a.gov.ir/', async () => (time.advance(900), ok));
    time.advance(1_500);
    await politeness.turn('https://a.gov.ir/', async () => ok);
    expect(time.sleeps).toEqual([500]);
  });
});

describe('a host that has enough', () => {
  it('is asked again after the time that it names', async () => {
    const { sleeps, given } = await pausesFor([tooMany(9), ok]);
    expect([sleeps, given]).toEqual([[9_000], [ok]]);
  });
  it('is not waited for longer than two minutes', async () =>
    expect((await pausesFor([tooMany(86_400), ok])).sleeps).toEqual([120_000]));
  it('is asked at growing distances, three times for one address', async () => {
    const { sleeps, given } = await pausesFor([tooMany(), tooMany(), tooMany(), ok]);
    expect([sleeps, given]).toEqual([
      [5_000, 10_000, 20_000],
      [tooMany(), ok],
    ]);
  });
  it('is not asked any more in this run after five refusals in a row', async () => {
    const { sleeps, given, politeness } = await pausesFor(Array<PaceFacts>(5).fill(tooMany()));
    expect(sleeps).toEqual([5_000, 10_000, 20_000, 40_000]);
    expect(given).toEqual([tooMany(), tooMany()]);
    expect(politeness.isClosed('https://www.a.gov.ir/x')).toBe(true);
    const notAsked = (): Promise<PaceFacts> => Promise.reject(new Error('must not be asked'));
    expect(await politeness.turn('https://www.a.gov.ir/y', notAsked)).toBeNull();
    expect(politeness.isClosed('https://other.a.gov.ir/')).toBe(false);
  });
  it('is forgiven by one good answer', async () => {
    const { politeness } = await pausesFor([tooMany(1), tooMany(1), tooMany(1), tooMany(1), ok, tooMany(1), ok]);
    expect(politeness.isClosed('https://www.a.gov.ir/')).toBe(false);
  });
  it('may have one broken page: a 503 without a time is asked twice and closes nothing', async () => {
    const { given, politeness } = await pausesFor([unavailable, unavailable, ok]);
    expect([given, politeness.isClosed('https://www.a.gov.ir/')]).toEqual([[unavailable, ok], false]);
  });
  it('is closed when it answers 503 to everything', async () => {
    const { politeness, given } = await pausesFor(Array<PaceFacts>(5).fill(unavailable));
    expect([given.length, politeness.isClosed('https://www.a.gov.ir/')]).toEqual([3, true]);
  });
  it('is not asked again because of a firewall page that says 503', async () => {
    const wall: PaceFacts = { ...unavailable, outcome: refused('wall', 'Cloudflare') };
    const { given, politeness } = await pausesFor([wall, wall, wall, wall, wall, wall]);
    expect([given.length, politeness.isClosed('https://www.a.gov.ir/')]).toEqual([6, false]);
  });
});

describe('one neighbour at a time', () => {
  it('never has two requests to one registrable domain under way', async () => {
    const { clock } = simulated();
    const politeness = openPoliteness({ clock });
    let under = 0;
    let most = 0;
    const look = async () => {
      most = Math.max(most, ++under);
      await Promise.resolve();
      under--;
      return ok;
    };
    await Promise.all(
      ['www.a.gov.ir', 'b.a.gov.ir', 'a.gov.ir'].map((host) => politeness.turn(`https://${host}/`, look)),
    );
    expect(most).toBe(1);
  });

  it('lets different domains go side by side', async () => {
    const politeness = openPoliteness({ clock: simulated().clock });
    let release = (): void => {};
    const first = politeness.turn(
      'https://a.gov.ir/',
      () => new Promise<PaceFacts>((resolve) => (release = () => resolve(ok))),
    );
    expect(await politeness.turn('https://b.gov.ir/', async () => ok)).toEqual(ok);
    release();
    expect(await first).toEqual(ok);
  });

  it.each([
    ['www.behdasht.gov.ir', 'behdasht.gov.ir'],
    ['a.b.example.co.ir', 'example.co.ir'],
    ['gov.ir', 'gov.ir'],
    ['127.0.0.1:8080', '127.0.0.1'],
    ['[::1]:8080', '[::1]'],
    ['a.b.invented', 'a.b.invented'],
    ['www.xn--mgba3a4f16a', 'www.xn--mgba3a4f16a'],
  ])('%s belongs to %s', (host, domain) => expect(domainOf(host)).toBe(domain));
});

describe('between processes', () => {
  it('waits while another one holds the domain, then as long as it left behind, and says when it may be asked again', async () => {
    const time = simulated();
    const answers: (number | null)[] = [null, null, 3_000];
    const released: number[] = [];
    const leases: DomainLeases = {
      lease: async () => answers.shift()!,
      release: async (_domain, notBefore) => void released.push(notBefore - time.clock.now()),
    };
    const politeness = openPoliteness({ clock: time.clock, leases });
    await politeness.turn('https://a.gov.ir/', async () => ok);
    expect([time.sleeps, released]).toEqual([[1_000, 1_000, 3_000], [2_000]]);
  });

  it('lets the domain go when the look fails and when it is stopped while waiting', async () => {
    const time = simulated();
    let held = 0;
    const leases: DomainLeases = { lease: async () => (held++, 1_000), release: async () => void held-- };
    const politeness = openPoliteness({ clock: time.clock, leases });
    await expect(politeness.turn('https://a.gov.ir/', () => Promise.reject(new Error('disk full')))).rejects.toThrow(
      'disk full',
    );
    const stop = new AbortController();
    const sleeping = { ...time.clock, sleep: () => Promise.reject(new Error('stopped')) };
    const other = openPoliteness({ clock: sleeping, leases });
    await expect(other.turn('https://a.gov.ir/', async () => ok, stop.signal)).rejects.toThrow('stopped');
    expect(held).toBe(0);
  });

  it('says beforehand what pause it will keep: the usual one, or what robots.txt asks for, none for a copy', async () => {
    const time = simulated();
    const said: [string, number][] = [];
    const leases: DomainLeases = {
      lease: async (domain, pause) => (said.push([domain, pause]), 0),
      release: async () => {},
    };
    const politeness = openPoliteness({ clock: time.clock, leases, isLocal: (host) => host === 'copy.gov.ir' });
    politeness.setCrawlDelay('https://slow.gov.ir/', 20);
    for (const host of ['a.gov.ir', 'slow.gov.ir', 'copy.gov.ir']) {
      await politeness.turn(`https://${host}/`, async () => ok);
    }
    expect(said).toEqual([['a.gov.ir', 2_000], ['slow.gov.ir', 20_000], ['copy.gov.ir', 0]]); // prettier-ignore
  });

  it('leaves the time that another one set when it is stopped while it waits for it', async () => {
    const time = simulated();
    const released: number[] = [];
    const leases: DomainLeases = {
      lease: async () => 30_000,
      release: async (_domain, notBefore) => void released.push(notBefore - time.clock.now()),
    };
    const sleeping = { ...time.clock, sleep: () => Promise.reject(new Error('stopped')) };
    const politeness = openPoliteness({ clock: sleeping, leases });
    await expect(politeness.turn('https://a.gov.ir/', async () => ok)).rejects.toThrow('stopped');
    expect(released).toEqual([30_000]);
  });
});

describe('Retry-After', () => {
  const now = Date.UTC(2026, 10, 25, 12, 0, 0);
  it.each([
    ['120', 120],
    [' 0 ', 0],
    ['Wed, 25 Nov 2026 12:01:30 GMT', 90],
    ['Wed, 25 Nov 2026 11:00:00 GMT', 0],
    ['soon', null],
    ['-5', null],
    [null, null],
  ])('%s is %s seconds', (value, seconds) => expect(readRetryAfter(value, now)).toBe(seconds));
});

describe('two processes at one domain', () => {
  it('take turns, and keep the pause between them', async () => {
    const clock = openSimulatedClock(1_000_000);
    let holder: string | null = null;
    let notBefore = 0;
    const asked: { by: string; at: number }[] = [];
    const politenessOf = (by: string): Politeness =>
      openPoliteness({
        clock,
        leases: {
          async lease() {
            if (holder !== null) return null;
            holder = by;
            return Math.max(0, notBefore - clock.now());
          },
          async release(_, time) {
            holder = null;
            notBefore = time;
          },
        },
      });
    const crawl = async (by: string): Promise<void> => {
      const politeness = politenessOf(by);
      for (let look = 0; look < 5; look++)
        await politeness.turn('https://a.gov.ir/', async () => {
          asked.push({ by, at: clock.now() });
          return ok;
        });
    };
    await Promise.all([crawl('anna'), crawl('babak')]);
    const pauses = asked.slice(1).map(({ at }, before) => at - asked[before]!.at);
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(2_000);
    // nobody is kept waiting while the other one asks again and again
    const first = asked.slice(0, 6).map(({ by }) => by);
    expect(first.filter((by) => by === 'anna').length).toBeGreaterThanOrEqual(2);
    expect(first.filter((by) => by === 'babak').length).toBeGreaterThanOrEqual(2);
  });
});
