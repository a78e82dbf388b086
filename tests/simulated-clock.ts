/**
 * Time that stands still while anything real is under way and jumps when nothing is, so that a year of rounds passes in
 * minutes over real files and real HTTP on this machine. What is awaited beside sleeps must be known to it: see `busy`
 * and `wrapped`.
 */
import type { Clock } from '../src/crawl/politeness.ts';

export interface SimulatedClock extends Clock {
  /** Time stands still until the operation settles; it settles as the operation does. */
  busy<T>(operation: Promise<T>): Promise<T>;
  /**
   * The same tool: every promise that a method of it gives counts as busy. Methods run on the tool itself, so private
   * fields work; what else they give (an async iteration, too) is handed on as it is.
   */
  wrapped<T extends object>(tool: T): T;
  /** How many sleep, and how many operations are under way: for saying what a run that stands still waits for. */
  counts(): { readonly sleeping: number; readonly busy: number };
}

interface Sleeper {
  readonly at: number;
  wake(): void;
}

/**
 * Turns of the event loop without a new sleep or operation after which nothing is going on. One is enough for chains of
 * promises; the others are for callbacks that come through the loop between two operations.
 */
const QUIET_TURNS = 3;

/**
 * Opens a clock at a time (milliseconds since 1970). When nothing is busy, it jumps to the earliest wake-up; sleepers
 * of the same instant are woken one after the other, in the order in which they lay down, each when what the one before
 * it did has come to rest, so that a run can be repeated. It never goes backwards, and a sleep without an end ends only
 * by its signal.
 */
export function openSimulatedClock(startMs: number): SimulatedClock {
  let now = startMs;
  let busy = 0;
  let quiet = 0;
  let isWatching = false;
  const sleepers = new Set<Sleeper>();

  function earliest(): Sleeper | null {
    let first: Sleeper | null = null;
    for (const sleeper of sleepers) if (sleeper.at < (first?.at ?? Infinity)) first = sleeper;
    return first;
  }

  function watch(): void {
    quiet++;
    if (busy > 0) isWatching = false;
    else if (quiet < QUIET_TURNS) setImmediate(watch);
    else {
      isWatching = false;
      const next = earliest();
      if (!next) return;
      now = Math.max(now, next.at);
      next.wake();
      stir();
    }
  }

  /** Something happened: it is quiet again only after some turns without anything. */
  function stir(): void {
    quiet = 0;
    if (isWatching || busy > 0 || sleepers.size === 0) return;
    isWatching = true;
    setImmediate(watch);
  }

  const clock: SimulatedClock = {
    now: () => now,

    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        signal?.throwIfAborted();
        const stop = (): void => {
          sleepers.delete(sleeper);
          reject(signal!.reason as Error);
          stir();
        };
        const sleeper: Sleeper = {
          at: now + Math.max(0, Number.isNaN(milliseconds) ? 0 : milliseconds),
          wake() {
            sleepers.delete(sleeper);
            signal?.removeEventListener('abort', stop);
            resolve();
          },
        };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', stop, { once: true });
        stir();
      }),

    async busy(operation) {
      busy++;
      try {
        return await operation;
      } finally {
        busy--;
        stir();
      }
    },

    wrapped: <T extends object>(tool: T): T =>
      new Proxy(tool, {
        get(target, name) {
          const value: unknown = Reflect.get(target, name, target);
          if (typeof value !== 'function') return value;
          return (...args: unknown[]): unknown => {
            const given: unknown = Reflect.apply(value, target, args);
            return given instanceof Promise ? clock.busy(given) : given;
          };
        },
      }),

    counts: () => ({ sleeping: sleepers.size, busy }),
  };
  return clock;
}
