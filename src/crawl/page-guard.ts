/** Which requests of a page in the browser are let out: a page may read what it needs, and nothing acts. Pure but for its counters. */
import type { FetchOutcome } from '../core/model.ts';
import { actionGuard, hostOf } from './guard.ts';
import { domainOf } from './politeness.ts';

export interface PageRequest {
  readonly method: string;
  readonly url: string;
  /** Resource type of the DevTools protocol: `Document`, `XHR`, `Image` … */
  readonly type: string;
  readonly isMainFrame: boolean;
}

export interface VisitRules {
  readonly url: string;
  /** Pictures are loaded. */
  readonly pictures: boolean;
  readonly stopHosts: (host: string) => boolean;
  readonly maxRequests: number;
}

/** One page load, and what of it was stopped. */
export interface Visit {
  /** Why a request is stopped, null when it may go out. */
  judge(request: PageRequest): string | null;
  /** Those that somebody may ask about, the first MAX_STOPPED of them. */
  readonly stopped: readonly { readonly url: string; readonly reason: string }[];
  /** Address that the main frame was let ask for last. */
  mainUrl(): string;
  /** Why the main frame was stopped; null when it was not. */
  refusal(): FetchOutcome | null;
}

/** Times that a page may lead the main frame on: log-in detours are short, reload loops are not. */
const MAX_NAVIGATIONS = 6;
const MAX_STOPPED = 100;
/** Never loaded: they hold no words and no structure. */
const NOT_NEEDED = new Set([
  'Media',
  'Font',
  'TextTrack',
  'Manifest',
  'Prefetch',
  'SignedExchange',
  'CSPViolationReport',
]);
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']); // RFC 9110, section 9.2.1

export function beginVisit({ url: address, pictures, stopHosts, maxRequests }: VisitRules): Visit {
  const site = domainOf(hostOf(address));
  const stopped: { url: string; reason: string }[] = [];
  let requests = 0;
  let navigations = 0;
  let mainUrl = address;
  let refusal: FetchOutcome | null = null;

  function decide(
    { method, url, type }: PageRequest,
    isMain: boolean,
  ): (FetchOutcome & { readonly detail: string }) | null {
    if (!/^https?:/i.test(url)) return type === 'Document' ? denied('not http(s)') : null;
    if (++requests > maxRequests)
      return { kind: 'unreachable', cause: 'too-large', detail: `more than ${maxRequests} requests` };
    if (isMain && ++navigations > MAX_NAVIGATIONS)
      return { kind: 'unreachable', cause: 'redirect-loop', detail: 'leads on and on' };
    const host = hostOf(url);
    if (!SAFE_METHODS.has(method)) {
      // panels of WebForms and the like fetch their content by POST while the page loads
      const fetchesContent = method === 'POST' && (type === 'XHR' || type === 'Fetch') && domainOf(host) === site;
      if (!fetchesContent) return denied(`${method} is not sent`);
    }
    const action = actionGuard(url);
    if (action !== null) return denied(`looks like an action: ${action}`);
    return stopHosts(host) ? denied(`${host}, where looking ends`) : null;
  }

  return {
    stopped,
    mainUrl: () => mainUrl,
    refusal: () => refusal,
    judge(request) {
      const { url, type } = request;
      if (NOT_NEEDED.has(type) || (type === 'Image' && !pictures)) return 'not needed';
      const isMain = type === 'Document' && request.isMainFrame;
      const outcome = decide(request, isMain);
      if (outcome === null) {
        if (isMain) mainUrl = url;
        return null;
      }
      if (stopped.length < MAX_STOPPED) stopped.push({ url: url.slice(0, 2_000), reason: outcome.detail });
      if (isMain) refusal ??= outcome;
      return outcome.detail;
    },
  };
}

const denied = (detail: string) => ({ kind: 'refused', by: 'guard', detail }) as const;
