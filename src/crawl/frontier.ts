/**
 * Which address is looked at next. The frontier is a function of the seeds and of what was visited, in order: an
 * interrupted crawl is given the same visits again and goes on as if nothing had happened. Pure and deterministic.
 */
import type { Role, SkippedUrl, SkipReason } from '../core/model.ts';
import type { Target } from './contract.ts';
import { actionGuard, hostOf, normalizeUrl, trapReason } from './guard.ts';

export interface FrontierLimits {
  /** Targets of an organization beyond those that its registry declares, which are all looked at. */
  readonly maxPages: number;
  /** Clicks from the home page. */
  readonly maxDepth: number;
  /** Found (not declared) targets of one topic. */
  readonly maxPerTopic: number;
  /** Found targets of one host. */
  readonly maxPerHost: number;
}

export const DEFAULT_FRONTIER: FrontierLimits = { maxPages: 120, maxDepth: 4, maxPerTopic: 15, maxPerHost: 80 };

export interface Visit {
  readonly target: Target;
  /** What the page makes worth looking at; normalized here. */
  readonly wishes: readonly Target[];
  /** A host that will not answer any more in this run: its targets are asked for last. */
  readonly closedHost?: string | null;
}

export interface Frontier {
  /** The next target, or null when there is none within the limits. Each one is handed out once. */
  next(): Target | null;
  add(visit: Visit): void;
  /** Addresses that were seen and not handed out, the first MAX_SKIPPED of them; what still waits is `budget`. */
  skipped(): readonly SkippedUrl[];
  /** All of them, by reason. */
  skippedCounts(): Readonly<Partial<Record<SkipReason, number>>>;
}

/** Skipped addresses that are listed; beyond, they are only counted. */
const MAX_SKIPPED = 1_000;
/** Targets that wait at a time; of more, the least likely ones go. */
const MAX_WAITING = 5_000;

/** What is declared comes first, in this order; the rest by weight, depth and address. */
const ORDER: Readonly<Record<Role, number>> = {
  robots: 0, portal: 0, 'plain-http': 1, 'missing-probe': 2, service: 3, system: 4, probe: 4, login: 5, page: 5, search: 5, target: 5,
}; // prettier-ignore
const isDeclared = ({ foundOn }: Target): boolean => foundOn === 'registry';
const isFound = (role: Role): boolean => ORDER[role] === ORDER.page;
/** Roles that read a page, so that asking again only to see whether it is alive tells nothing new. */
const READING: readonly Role[] = ['portal', 'service', 'system', 'login', 'page'];

export function createFrontier(seeds: readonly Target[], limits: Partial<FrontierLimits> = {}): Frontier {
  const { maxPages, maxDepth, maxPerTopic, maxPerHost } = { ...DEFAULT_FRONTIER, ...limits };
  /** Sorted, the next one last. */
  const waiting: Target[] = [];
  /** Addresses that were admitted, by role. */
  const known: Partial<Record<Role, Set<string>>> = {};
  /** Addresses of which a page is read. */
  const read = new Set<string>();
  const ignored = new Set<string>();
  /** Links that no rule asks for, as they are written: the pages of a site repeat them, and the first says it all. */
  const passed = new Set<string>();
  const skipped: SkippedUrl[] = [];
  const counts: Partial<Record<SkipReason, number>> = {};
  const topics = new Map<string, number>();
  const hosts = new Map<string, number>();
  const closed = new Set<string>();
  let taken = 0;

  function skip(target: Target, reason: SkipReason): void {
    counts[reason] = (counts[reason] ?? 0) + 1;
    if (skipped.length < MAX_SKIPPED) skipped.push({ url: target.url, foundOn: target.foundOn, reason });
  }

  /** A link that no rule asks for is listed once, unless something makes it worth a look after all. */
  function ignore(target: Target): void {
    if (ignored.has(target.url) || read.has(target.url)) return;
    ignored.add(target.url);
    skip(target, target.topic === 'off-site' ? 'off-site' : 'no-rule-asks');
  }

  function admit(wish: Target): void {
    const isUnasked = wish.weight <= 0 && isFound(wish.role);
    if (isUnasked && passed.has(wish.url)) return;
    const url = normalizeUrl(wish.url);
    if (url === null) return skip(wish, 'not-http');
    const target: Target = url === wish.url ? wish : { ...wish, url };
    if (isUnasked) {
      passed.add(wish.url);
      return ignore(target);
    }
    const ofRole = (known[target.role] ??= new Set());
    if (ofRole.has(url)) return mergeServices(target);
    if ((target.role === 'target' || target.role === 'page') && read.has(url)) return;
    ofRole.add(url);
    if (READING.includes(target.role)) read.add(url);
    // a declared address is handed out even so: its refusal is stored, and says so to whoever declared it
    if (isFound(target.role)) {
      if (actionGuard(url) !== null) return skip(target, 'guarded');
      if (target.depth > maxDepth) return skip(target, 'depth');
      if (trapReason(url) !== null) return skip(target, 'trap');
    }
    insert(target);
    if (waiting.length > MAX_WAITING) skip(waiting.shift()!, 'budget');
  }

  /** One look serves all services that share the address, as long as it was not taken yet. */
  function mergeServices(target: Target): void {
    if (target.serviceIds.length === 0) return;
    const at = waiting.findIndex((other) => other.role === target.role && other.url === target.url);
    if (at < 0) return;
    const other = waiting[at]!;
    const added = target.serviceIds.filter((id) => !other.serviceIds.includes(id));
    if (added.length > 0) waiting[at] = { ...other, serviceIds: [...other.serviceIds, ...added] };
  }

  function insert(target: Target): void {
    let low = 0;
    let high = waiting.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (comesBefore(target, waiting[middle]!) < 0) low = middle + 1;
      else high = middle;
    }
    waiting.splice(low, 0, target);
  }

  function takeLast(): Target | undefined {
    if (closed.size === 0) return waiting.pop();
    // what is declared keeps its place: it is looked at, or said to be out of reach, in any case
    for (let at = waiting.length - 1; at >= 0; at--) {
      if (!isFound(waiting[at]!.role) || !closed.has(hostOf(waiting[at]!.url))) return waiting.splice(at, 1)[0];
    }
    return waiting.pop();
  }

  for (const seed of seeds) admit(seed);
  return {
    next() {
      for (;;) {
        const target = takeLast();
        if (!target || isDeclared(target)) return target ?? null;
        if (taken >= maxPages) {
          waiting.push(target);
          const declared = waiting.findLastIndex(isDeclared);
          return declared < 0 ? null : waiting.splice(declared, 1)[0]!;
        }
        if (isFound(target.role)) {
          const host = hostOf(target.url);
          const ofTopic = topics.get(target.topic) ?? 0;
          const ofHost = hosts.get(host) ?? 0;
          if (ofTopic >= maxPerTopic || ofHost >= maxPerHost) {
            skip(target, 'budget');
            continue;
          }
          topics.set(target.topic, ofTopic + 1);
          hosts.set(host, ofHost + 1);
        }
        taken++;
        return target;
      }
    },
    add({ wishes, closedHost }) {
      if (closedHost) closed.add(closedHost);
      for (const wish of wishes) admit(wish);
    },
    skipped() {
      const left = waiting.slice(-Math.max(0, MAX_SKIPPED - skipped.length)).reverse();
      const rest = skipped.length >= MAX_SKIPPED ? [] : left;
      const listed = skipped.filter(({ url }) => !ignored.has(url) || !read.has(url));
      return [...listed, ...rest.map(({ url, foundOn }) => ({ url, foundOn, reason: 'budget' as const }))];
    },
    skippedCounts: () => (waiting.length === 0 ? counts : { ...counts, budget: (counts.budget ?? 0) + waiting.length }),
  };
}

/** Negative when `a` is looked at before `b`. */
function comesBefore(a: Target, b: Target): number {
  return (
    ORDER[a.role] - ORDER[b.role] ||
    (isFound(a.role) ? b.weight - a.weight || a.depth - b.depth : 0) ||
    compare(a.url, b.url) ||
    compare(a.role, b.role)
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
