/**
 * Turns: who may ask a domain, and when. One request at a time and a pause between two for each registrable domain,
 * longer when the host is slow, asks for it (crawl-delay, Retry-After) or shows that it has enough (429, 503).
 */
import PQueue from 'p-queue';
import { parse } from 'tldts';
import { remember } from '../core/remember.ts';
import type { StaticAnswer } from './contract.ts';

/** Time as an argument, so that hours of politeness pass in a moment of testing. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Rejects with the signal's reason when it aborts. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** Domains shared between processes; the store keeps them. */
export interface DomainLeases {
  /**
   * Milliseconds to wait before asking the domain, or null when another process holds it. `pause` is what will be kept
   * after the request, in milliseconds: it is kept also if this process dies.
   */
  lease(domain: string, pause: number): Promise<number | null>;
  /** Lets the domain go; nobody asks it before this time (milliseconds since 1970). */
  release(domain: string, notBefore: number): Promise<void>;
}

/** Milliseconds, if not said otherwise. */
export interface Pace {
  readonly minDelay: number;
  /** The pause after an answer whose first byte took longer than `slowAfter`. */
  readonly slowDelay: number;
  readonly slowAfter: number;
  readonly maxCrawlDelay: number;
  readonly maxRetryAfter: number;
  /** Pause after the first 429 or 503; doubled with each further one in a row. */
  readonly backOff: number;
  /** So many 429 and 503 in a row close a host for this run (a count). */
  readonly maxStrikes: number;
}

/** Catalogue, section 7. */
export const DEFAULT_PACE: Pace = {
  minDelay: 2_000,
  slowDelay: 5_000,
  slowAfter: 2_000,
  maxCrawlDelay: 30_000,
  maxRetryAfter: 120_000,
  backOff: 5_000,
  maxStrikes: 5,
};

export type PaceFacts = Pick<StaticAnswer, 'outcome' | 'status' | 'firstByteMs' | 'retryAfter'>;

export interface Politeness {
  /**
   * Runs `look` when it is the domain's turn, and again after backing off while the host answers 429 (or 503). Yields
   * the last answer, or null without looking when the host is closed. Rejects as `look` does, and when `signal` aborts.
   */
  turn<T extends PaceFacts>(url: string, look: () => Promise<T>, signal?: AbortSignal): Promise<T | null>;
  /** What the host's robots.txt asks for, in seconds. */
  setCrawlDelay(url: string, seconds: number | null): void;
  /** Did the host answer 429 or 503 so often in a row that this run leaves it alone? */
  isClosed(url: string): boolean;
}

interface Domain {
  readonly queue: PQueue;
  notBefore: number;
  lastUsed: number;
}

/** Times that one address is asked while it answers 429, or 503 with a time; one less for a 503 that names none. */
const MAX_ATTEMPTS = 3;
/** How long a worker waits before asking again for a domain that another one holds. */
const LEASE_POLL = 1_000; // milliseconds
/** Domains remembered at a time; forgotten are those whose pause is over. */
const MAX_DOMAINS = 2_000;

export function openPoliteness(options: {
  readonly clock: Clock;
  readonly pace?: Partial<Pace>;
  readonly leases?: DomainLeases;
  /** Copies on this machine: nobody is burdened by asking them without a pause. What they ask for is still kept to. */
  readonly isLocal?: (host: string) => boolean;
}): Politeness {
  const { clock, leases, isLocal = () => false } = options;
  const pace: Pace = { ...DEFAULT_PACE, ...options.pace };
  const domains = new Map<string, Domain>();
  const crawlDelays = new Map<string, number>(); // milliseconds, by host
  const strikes = new Map<string, number>(); // by host; only hosts that gave one

  const isClosed = (url: string): boolean => (strikes.get(new URL(url).host) ?? 0) >= pace.maxStrikes;

  /** Milliseconds between two requests to a host that is well. */
  const usualPause = (host: string): number =>
    Math.max(isLocal(nameOf(host)) ? 0 : pace.minDelay, crawlDelays.get(host) ?? 0);

  async function start(name: string, domain: Domain, host: string, signal: AbortSignal | undefined): Promise<void> {
    // before the domain is taken again: in the pause after a request it is another process's turn, if one waits for it
    const own = domain.notBefore - clock.now();
    if (own > 0) await clock.sleep(own, signal);
    if (!leases) return;
    let wait = await leases.lease(name, usualPause(host));
    while (wait === null) {
      await clock.sleep(LEASE_POLL, signal);
      wait = await leases.lease(name, usualPause(host));
    }
    if (wait <= 0) return;
    const turn = clock.now() + wait;
    try {
      await clock.sleep(wait, signal);
    } catch (reason) {
      // nothing was asked: the time that others have left behind stays
      await leases.release(name, turn);
      throw reason;
    }
  }

  /** Milliseconds until the next request, and whether this one is to be asked again. */
  function judge(host: string, facts: PaceFacts, attempt: number): { pause: number; again: boolean } {
    let pause = usualPause(host);
    const isFree = pace.minDelay === 0 || isLocal(nameOf(host));
    if (!isFree && (facts.firstByteMs ?? 0) > pace.slowAfter) pause = Math.max(pause, pace.slowDelay);
    const isWall = facts.outcome.kind === 'refused' && facts.outcome.by === 'wall';
    if (isWall || (facts.status !== 429 && facts.status !== 503)) {
      if (facts.status !== null) strikes.delete(host);
      return { pause, again: false };
    }
    const count = (strikes.get(host) ?? 0) + 1;
    strikes.set(host, count);
    const asked = Math.min((facts.retryAfter ?? 0) * 1000, pace.maxRetryAfter);
    pause = Math.max(pause, asked, Math.min(pace.backOff * 2 ** (count - 1), pace.maxRetryAfter));
    // one page may be broken for good: it is given up after a few times, and the host only if the next ones fail too
    const attempts = facts.status === 429 || facts.retryAfter !== null ? MAX_ATTEMPTS : MAX_ATTEMPTS - 1;
    return { pause, again: attempt < attempts && count < pace.maxStrikes };
  }

  async function ask<T extends PaceFacts>(
    name: string,
    domain: Domain,
    host: string,
    look: () => Promise<T>,
    signal: AbortSignal | undefined,
  ) {
    for (let attempt = 1; ; attempt++) {
      signal?.throwIfAborted();
      if ((strikes.get(host) ?? 0) >= pace.maxStrikes) return null;
      await start(name, domain, host, signal);
      let verdict = { pause: usualPause(host), again: false };
      try {
        const answer = await look();
        verdict = judge(host, answer, attempt);
        if (!verdict.again) return answer;
      } finally {
        domain.notBefore = clock.now() + verdict.pause;
        domain.lastUsed = domain.notBefore;
        if (leases) await leases.release(name, domain.notBefore);
      }
    }
  }

  return {
    async turn(url, look, signal) {
      const host = new URL(url).host;
      const name = domainOf(host);
      let domain = domains.get(name);
      if (!domain) {
        forgetIdle(domains, clock.now());
        domain = { queue: new PQueue({ concurrency: 1 }), notBefore: 0, lastUsed: 0 };
        domains.set(name, domain);
      }
      const { queue } = domain;
      const held = domain;
      return queue.add(() => ask(name, held, host, look, signal));
    },
    setCrawlDelay(url, seconds) {
      const host = new URL(url).host;
      if (seconds === null) crawlDelays.delete(host);
      else crawlDelays.set(host, Math.min(seconds * 1000, pace.maxCrawlDelay));
    },
    isClosed,
  };
}

function forgetIdle(domains: Map<string, Domain>, now: number): void {
  if (domains.size < MAX_DOMAINS) return;
  for (const [name, { queue, notBefore }] of domains) {
    if (notBefore < now && queue.size === 0 && queue.pending === 0) domains.delete(name);
  }
}

/**
 * What politeness counts as one neighbour: the registrable domain (`gov.ir` and its like are public suffixes), or the
 * host itself where there is none: IP addresses, unknown suffixes, a public suffix as such.
 */
export const domainOf: (host: string) => string = remember(5000, 500, (host) => {
  const name = nameOf(host);
  const { isIcann, domain } = parse(name);
  return (isIcann ? domain : null) ?? name;
});

const nameOf = (host: string): string => host.replace(/:\d+$/, '').toLowerCase();

/** Timers of Node fire at once when they are set for longer. */
const LONGEST_TIMER = 2 ** 31 - 1; // milliseconds

/** The real time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const stop = (): void => {
        clearTimeout(timer);
        reject(signal!.reason as Error);
      };
      const end = Date.now() + milliseconds;
      const wait = (): void => {
        const left = end - Date.now();
        if (left > LONGEST_TIMER) timer = setTimeout(wait, LONGEST_TIMER);
        else
          timer = setTimeout(() => {
            signal?.removeEventListener('abort', stop);
            resolve();
          }, left);
      };
      let timer: NodeJS.Timeout;
      wait();
      signal?.addEventListener('abort', stop, { once: true });
    }),
};

/** Seconds of a Retry-After header, which holds seconds or an HTTP date (RFC 9110, section 10.2.3); null when unreadable. */
export function readRetryAfter(value: string | null, now: number): number | null {
  if (value === null) return null;
  const text = value.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text);
  const at = Date.parse(text);
  return Number.isNaN(at) || !/[a-z]{3}/i.test(text) ? null : Math.max(0, Math.ceil((at - now) / 1000));
}
