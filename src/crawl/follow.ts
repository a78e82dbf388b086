/** Follows an address from host to host, each host by its own rules and in its own turn. */
import type { FetchOutcome, Hop } from '../core/model.ts';
import { refused, unreachable, type StaticAnswer, type StaticFetcher } from './contract.ts';
import { hostOf } from './guard.ts';
import type { Politeness } from './politeness.ts';
import type { RobotsRules } from './robots.ts';

/** What robots.txt says, and how the request for it ended. */
export type HostRules = RobotsRules & { readonly outcome: FetchOutcome };

export interface FollowTools {
  readonly fetcher: StaticFetcher;
  readonly politeness: Politeness;
  rulesOf(url: string): Promise<HostRules>;
  /** Why a host is not asked any more in this run. */
  closedOutcome(host: string): FetchOutcome | null;
  /** Why a chain ends unasked when it would lead to this host. */
  stopOutcome(host: string): FetchOutcome | null;
  readonly signal?: AbortSignal;
}

const MAX_REDIRECTS = 8;

/**
 * One look across hosts: a leg for each host, because each has its own robots.txt and its own turn; within a host the
 * fetcher follows redirects. The chain is that of all legs.
 */
export async function follow(address: string, tools: FollowTools): Promise<StaticAnswer> {
  const chain: Hop[] = [];
  const begun = new Set<string>();
  let url = address;
  for (;;) {
    const host = hostOf(url);
    if (begun.has(url)) return nothing(unreachable('redirect-loop', `comes back to ${url}`), chain);
    begun.add(url);
    const rules = await tools.rulesOf(url);
    const closed = tools.closedOutcome(host) ?? (rules.state === 'unreachable' ? rules.outcome : null);
    if (closed) return nothing(closed, chain);
    const allow = (next: string): FetchOutcome | null =>
      rules.allows(next) ? null : refused('robots', reasonOf(rules, host));
    const refusal = allow(url);
    if (refusal) return nothing(refusal, chain);
    const answer = await tools.politeness.turn(
      url,
      () =>
        tools.fetcher.fetch(url, {
          allow,
          stopHosts: (next) => next !== host || tools.stopOutcome(next) !== null,
          maxRedirects: Math.max(0, MAX_REDIRECTS - chain.length),
          ...(tools.signal ? { signal: tools.signal } : {}),
        }),
      tools.signal,
    );
    if (answer === null)
      return nothing(refused('rate-limit', `not asked: ${host} had enough of us in this run`), chain);
    chain.push(...answer.chain);
    const last = chain.at(-1);
    if (last?.status !== 0) return { ...answer, chain };
    const stop = tools.stopOutcome(hostOf(last.url));
    if (stop) return { ...answer, chain, outcome: stop };
    chain.pop();
    if (chain.length > MAX_REDIRECTS) {
      return { ...answer, chain, outcome: unreachable('too-many-redirects', `more than ${MAX_REDIRECTS} redirects`) };
    }
    url = last.url;
  }
}

const reasonOf = (rules: RobotsRules, host: string): string =>
  rules.state === 'forbidden' ? `robots.txt of ${host} could not be read` : `robots.txt of ${host}`;

/** An answer without a request, or after one whose answer leads no further. */
export const nothing = (outcome: FetchOutcome, chain: readonly Hop[]): StaticAnswer => ({
  outcome,
  chain,
  status: chain.at(-1)?.status ?? null,
  headers: [],
  tls: null,
  wire: null,
  body: null,
  text: null,
  charset: null,
  firstByteMs: null,
  retryAfter: null,
});
