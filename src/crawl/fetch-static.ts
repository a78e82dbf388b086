/**
 * One look at one address without a browser. Redirects are followed here, one at a time and each through all guards;
 * whatever a server does ends as an outcome, within limits of time, bytes and redirects.
 */
import type { FetchOutcome, Hop, TlsFacts } from '../core/model.ts';
import { recogniseBlock } from './blocked-page.ts';
import type { BodyKind, ReadBody } from './body.ts';
import { refused, unreachable, type FetchOptions, type StaticAnswer, type StaticFetcher } from './contract.ts';
import {
  DEFAULT_LIMITS,
  faultOf,
  openExchanger,
  timeoutError,
  type Exchange,
  type Exchanger,
  type StaticConfig,
  type StaticLimits,
} from './exchange.ts';
import { actionGuard } from './guard.ts';
import { readRetryAfter } from './politeness.ts';

export type { StaticConfig, StaticLimits } from './exchange.ts';

/** Bytes read of the body of a redirect, so that the connection can be used again. */
const REDIRECT_BODY = 64 * 1024;
/** Bytes kept of an answer that is an error; more is no error page. */
const ERROR_BODY = 256 * 1024;

/** Opens a fetcher with one connection an origin. It holds no more than the answers under way. */
export const openStaticFetcher = (config: StaticConfig): StaticFetcher => fetcherOver(openExchanger(config), config);

/** The same looks over whatever gives the answers: redirects, guards and meanings do not depend on where they come from. */
export function fetcherOver(exchanger: Exchanger, config: Pick<StaticConfig, 'limits' | 'now'>): StaticFetcher {
  const limits: StaticLimits = { ...DEFAULT_LIMITS, ...config.limits };

  async function fetch(address: string, options: FetchOptions = {}): Promise<StaticAnswer> {
    const { signal, allow, stopHosts } = options;
    const maxRedirects = options.maxRedirects ?? limits.maxRedirects;
    const deadline = performance.now() + limits.chainTimeout;
    const chain: Hop[] = [];
    const cookies = new ChainCookies();
    const seen = new Set<string>();
    let tls: TlsFacts | null = null;
    const ended = (outcome: FetchOutcome, last: Exchange | null = null): StaticAnswer =>
      answerOf(outcome, chain, last, tls);

    let url = readAddress(address);
    if (url === null) return ended(refused('guard', `"${address.slice(0, 200)}" is not an http(s) address`));
    for (;;) {
      signal?.throwIfAborted();
      const action = actionGuard(url.href);
      if (action !== null) return ended(refused('guard', `looks like an action: ${action}`));
      const refusal = allow?.(url.href) ?? null;
      if (refusal !== null) return ended(refusal);
      const key = `${url.href} ${cookies.header(url)}`;
      if (seen.has(key)) return ended(unreachable('redirect-loop', `comes back to ${url.href}`));
      seen.add(key);
      const left = deadline - performance.now();
      if (left <= 0) return ended(timeoutError(limits.chainTimeout).outcome);

      let last: Exchange;
      try {
        last = await exchanger.get(url, {
          timeout: Math.min(limits.hopTimeout, left),
          cookie: cookies.header(url),
          maxBytes: options.maxBytes ?? limits.maxBytes,
          bodyKind: (status) => bodyKindOf(status, options.asText === true),
          ...(signal ? { signal } : {}),
        });
      } catch (error) {
        if (signal?.aborted) throw error;
        if (url.protocol === 'https:') tls = exchanger.tlsOf(url) ?? tls;
        return ended(faultOf(error, url));
      }
      if (url.protocol === 'https:') tls = exchanger.tlsOf(url) ?? tls;
      chain.push({ url: url.href, status: last.status });
      const location = isRedirect(last.status) ? headerOf(last.headers, 'location') : null;
      if (location === null) return judge(last);

      cookies.take(url, last.headers);
      const target = readAddress(location, url);
      if (target === null) {
        const scheme = /^\s*([a-z][a-z0-9+.-]*):/i.exec(location)?.[1]?.toLowerCase();
        const isOther = scheme !== undefined && scheme !== 'http' && scheme !== 'https';
        if (isOther) return ended(refused('guard', `redirects to ${scheme}:, which is not asked`), last);
        return ended(unreachable('malformed', `redirects to "${location.slice(0, 200)}"`), last);
      }
      if (chain.length > maxRedirects)
        return ended(unreachable('too-many-redirects', `more than ${maxRedirects} redirects`), last);
      if (stopHosts?.(target.host)) {
        chain.push({ url: target.href, status: 0 });
        return ended(refused('guard', `leads to ${target.host}, where looking ends`), last);
      }
      url = target;
    }

    function judge(last: Exchange): StaticAnswer {
      const { body, headers, status } = last;
      const retryAfter = readRetryAfter(headerOf(headers, 'retry-after'), (config.now ?? Date.now)());
      const html = body.isHtml && options.asText !== true ? body.text : null;
      const block = recogniseBlock({ status, header: (name) => headerOf(headers, name), html });
      return { ...ended(outcomeOf(last, block, retryAfter), last), retryAfter };
    }
  }

  return { fetch, close: () => exchanger.close() };
}

const bodyKindOf = (status: number, asText: boolean): BodyKind => {
  if (isRedirect(status)) return { kind: 'drain', maxBytes: REDIRECT_BODY };
  if (status >= 400) return { kind: 'error', maxBytes: ERROR_BODY };
  return { kind: asText ? 'text' : 'page' };
};

const isRedirect = (status: number): boolean =>
  status === 301 || status === 302 || status === 303 || status === 307 || status === 308;

function answerOf(
  outcome: FetchOutcome,
  chain: readonly Hop[],
  last: Exchange | null,
  tls: TlsFacts | null,
): StaticAnswer {
  const isKept = last !== null && !isRedirect(last.status);
  return {
    outcome,
    chain,
    status: last?.status ?? null,
    headers: last?.headers ?? [],
    tls,
    wire: isKept ? last.body.wire : null,
    body: isKept ? last.body.bytes : null,
    text: isKept ? last.body.text : null,
    charset: isKept ? last.body.charset : null,
    firstByteMs: last?.firstByteMs ?? null,
    retryAfter: null,
  };
}

/** What a status says by itself, null when it says that there is content. `block`: who else than the site answered. */
export function outcomeOfStatus(status: number, block: string | null, retryAfter: number | null): FetchOutcome | null {
  if (status === 401) return refused('login', '401: asks for a name and a password');
  if (status === 404 || status === 410) return unreachable('not-found', String(status));
  if (status === 429) return refused('rate-limit', `429${retryAfter === null ? '' : `, wait ${retryAfter} s`}`);
  if (block !== null) return refused('wall', block);
  if (status === 403 || status === 451) return refused('wall', String(status));
  if (status === 503 && retryAfter !== null) return refused('rate-limit', `503, wait ${retryAfter} s`);
  if (status >= 500 && status < 600) return unreachable('server-error', String(status));
  if (status >= 400 && status < 500) return unreachable('client-error', String(status));
  return status < 200 || status >= 300 ? unreachable('malformed', `${status} without a target`) : null;
}

/** What an answer means; its body's own fault comes after what its status says. */
function outcomeOf({ status, headers, body }: Exchange, block: string | null, retryAfter: number | null): FetchOutcome {
  const fault = outcomeOfStatus(status, block, retryAfter) ?? body.fault;
  if (fault !== null) return fault;
  if (body.bytes === null || body.bytes.length === 0) return unreachable('empty', `${status} without content`);
  return body.isHtml ? { kind: 'page' } : { kind: 'not-html', contentType: contentTypeOf(headers, body) };
}

const contentTypeOf = (headers: Exchange['headers'], body: ReadBody): string =>
  body.sniffed ?? headerOf(headers, 'content-type')?.split(';')[0]!.trim().toLowerCase() ?? 'application/octet-stream';

function headerOf(headers: Exchange['headers'], name: string): string | null {
  for (const [key, value] of headers) if (key === name) return value;
  return null;
}

function readAddress(href: string, base?: URL): URL | null {
  try {
    const url = new URL(href.trim(), base);
    if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
    url.hash = '';
    url.username = '';
    url.password = '';
    return url;
  } catch {
    return null;
  }
}

/**
 * Cookies for the length of one chain: some sites redirect to themselves until a cookie comes back. Kept by exact host,
 * few and small, and forgotten with the chain.
 */
class ChainCookies {
  private readonly jars = new Map<string, Map<string, string>>();

  take(url: URL, headers: Exchange['headers']): void {
    for (const [name, value] of headers) {
      if (name !== 'set-cookie') continue;
      const pair =
        /^\s*([\w!#$%&'*+.^`|~-]{1,100})=([\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e"]{0,1000})\s*(?:;|$)/.exec(value);
      let jar = this.jars.get(url.hostname);
      if (!pair || (jar && jar.size >= 20)) continue;
      if (!jar) this.jars.set(url.hostname, (jar = new Map()));
      jar.set(pair[1]!, pair[2]!);
    }
  }

  header(url: URL): string {
    const jar = this.jars.get(url.hostname);
    return jar ? [...jar].map(([name, value]) => `${name}=${value}`).join('; ') : '';
  }
}
