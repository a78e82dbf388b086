/**
 * One look at one address without a browser. Redirects are followed here, one at a time and each through all guards;
 * whatever a server does ends as an outcome, within limits of time, bytes and redirects.
 */
import { Agent, errors, type buildConnector, type Dispatcher } from 'undici';
import type { FetchOutcome, Hop, TlsFacts } from '../core/model.ts';
import { recogniseBlock } from './blocked-page.ts';
import { readBody, type BodyKind, type ReadBody } from './body.ts';
import { refused, unreachable, type FetchOptions, type StaticAnswer, type StaticFetcher } from './contract.ts';
import { codeOf, DialError, openDialer, type DialOptions } from './dial.ts';
import { actionGuard } from './guard.ts';
import { readRetryAfter } from './politeness.ts';
import { secure, TlsError, trustOf } from './tls-facts.ts';

export interface StaticLimits {
  /** Milliseconds until the headers are complete. */
  readonly headersTimeout: number;
  /** Milliseconds between two pieces of the body. */
  readonly bodyTimeout: number;
  /** Milliseconds for one request, from name to last byte. */
  readonly hopTimeout: number;
  /** Milliseconds for a chain of redirects. */
  readonly chainTimeout: number;
  /** Bytes of a decompressed body. */
  readonly maxBytes: number;
  /** Bytes of a body as it comes. */
  readonly maxWireBytes: number;
  readonly maxHeaderBytes: number;
  readonly maxRedirects: number;
}

export const DEFAULT_LIMITS: StaticLimits = {
  headersTimeout: 20_000,
  bodyTimeout: 15_000,
  hopTimeout: 30_000,
  chainTimeout: 60_000,
  maxBytes: 10_000_000,
  maxWireBytes: 10_000_000,
  maxHeaderBytes: 64 * 1024,
  maxRedirects: 8,
};

export interface StaticConfig extends DialOptions {
  /** Honest, with a way to reach the operator: `RasadBot/0.1 (+https://…; mail@…)`. */
  readonly userAgent: string;
  /** Accept-Language; the sites of a country often choose their language by it. */
  readonly languages?: string;
  /** PEM certificates that are trusted besides the usual ones. */
  readonly ca?: readonly string[];
  readonly limits?: Partial<StaticLimits>;
  /** Milliseconds since 1970, for Retry-After dates. */
  readonly now?: () => number;
}

/** Hosts whose handshake is remembered. */
const MAX_KNOWN_HOSTS = 2_000;
/** Bytes read of the body of a redirect, so that the connection can be used again. */
const REDIRECT_BODY = 64 * 1024;
/** Bytes kept of an answer that is an error; more is no error page. */
const ERROR_BODY = 256 * 1024;

interface Exchange {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: ReadBody;
  readonly firstByteMs: number;
}

/** Opens a fetcher with one connection an origin. It holds no more than the answers under way. */
export function openStaticFetcher(config: StaticConfig): StaticFetcher {
  const limits: StaticLimits = { ...DEFAULT_LIMITS, ...config.limits };
  const dialer = openDialer(config);
  const trust = trustOf(config.ca ?? []);
  const tlsFacts = new Map<string, TlsFacts>(); // by host and port
  const connections = new Map<string, number>(); // opened so far, by origin
  const requestHeaders = [
    'user-agent', config.userAgent,
    'accept', 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.5',
    'accept-language', config.languages ?? 'fa,en;q=0.7',
    'accept-encoding', 'gzip, br, deflate',
  ]; // prettier-ignore

  const rememberTls = (key: string, facts: TlsFacts): void => {
    if (tlsFacts.size >= MAX_KNOWN_HOSTS) tlsFacts.delete(tlsFacts.keys().next().value!);
    tlsFacts.set(key, facts);
  };

  async function connect({ hostname, port, protocol, host }: buildConnector.Options) {
    const isSecure = protocol === 'https:';
    const origin = `${protocol}//${host}`;
    connections.set(origin, (connections.get(origin) ?? 0) + 1);
    if (connections.size > MAX_KNOWN_HOSTS) connections.delete(connections.keys().next().value!);
    const number = Number(port || (isSecure ? 443 : 80));
    if (!isSecure) {
      const proxy = proxyOrigins.get(origin);
      return proxy ? dialer.openProxy(proxy) : dialer.open(hostname, number, 'http');
    }
    const key = `${hostname}:${number}`;
    const abort = new AbortController();
    const timer = setTimeout(
      () =>
        abort.abort(
          new DialError(unreachable('timeout', `${hostname}: no handshake in ${limits.hopTimeout / 1000} s`)),
        ),
      limits.hopTimeout,
    );
    try {
      const open = () => dialer.open(hostname, number, 'https', abort.signal);
      const { socket, facts } = await secure(open, {
        host: hostname,
        trust,
        known: tlsFacts.get(key) ?? null,
        signal: abort.signal,
      });
      rememberTls(key, facts);
      return socket;
    } catch (error) {
      if (error instanceof TlsError) rememberTls(key, error.facts);
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  // plain http through a proxy is asked of the proxy, with the whole address as path
  const proxyOrigins = new Map<string, NonNullable<ReturnType<typeof dialer.proxyFor>>>();
  const agent = new Agent({
    connections: 1,
    pipelining: 1,
    keepAliveTimeout: 4_000,
    maxHeaderSize: limits.maxHeaderBytes,
    headersTimeout: limits.headersTimeout,
    bodyTimeout: limits.bodyTimeout,
    connect: (options, callback) => {
      connect(options).then(
        (socket) => callback(null, socket),
        (error: Error) => callback(error, null),
      );
    },
  });

  /** Where to send a request for an address, and by which path. */
  function route(url: URL): { origin: string; path: string; headers: string[] } {
    const path = url.pathname + url.search;
    const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
    const proxy = url.protocol === 'http:' ? dialer.proxyFor(url.hostname, port, 'http') : null;
    if (!proxy) return { origin: url.origin, path, headers: requestHeaders };
    dialer.checkLiteral(url.hostname);
    const origin = `http://${proxy.url.host}`;
    proxyOrigins.set(origin, proxy);
    const authorization = proxy.authorization ? ['proxy-authorization', proxy.authorization] : [];
    return { origin, path: url.origin + path, headers: [...requestHeaders, 'host', url.host, ...authorization] };
  }

  function exchange(url: URL, options: ExchangeOptions): Promise<Exchange> {
    const { origin, path, headers } = route(url);
    const sent = options.cookie ? [...headers, 'cookie', options.cookie] : headers;
    return new Promise((resolve, reject) => {
      const started = performance.now();
      let controller: Dispatcher.DispatchController | null = null;
      let over = false;
      let status = 0;
      let received: [string, string][] = [];
      let firstByteMs = 0;
      let reader: ReturnType<typeof readBody> | null = null;
      const timer = setTimeout(() => end(() => reject(timeoutError(options.timeout))), options.timeout);
      const stop = (): void => end(() => reject(options.signal!.reason as Error));
      const end = (act: () => void): void => {
        if (over) return;
        over = true;
        clearTimeout(timer);
        options.signal?.removeEventListener('abort', stop);
        act();
        // an answer that is not read to its end leaves a connection that cannot be used again
        if (controller && !controller.aborted && !reader?.isComplete())
          controller.abort(new Error('no more is wanted'));
      };
      if (options.signal?.aborted) return stop();
      options.signal?.addEventListener('abort', stop, { once: true });
      const finish = (): void => end(() => resolve({ status, headers: received, body: reader!.result(), firstByteMs }));
      try {
        agent.dispatch(
          { origin, path, method: 'GET', headers: sent },
          {
            onRequestStart(started_) {
              controller = started_;
              if (over) controller.abort(new Error('no longer wanted'));
            },
            onResponseStart(_controller, code) {
              if (over || code < 200) return;
              status = code;
              firstByteMs = Math.round(performance.now() - started);
              received = readHeaders(controller!.rawHeaders as readonly Buffer[]);
              reader = readBody(options.bodyKind(status), received, options.maxBytes, limits.maxWireBytes);
              if (reader.isEnough()) finish();
            },
            onResponseData(_controller, chunk) {
              if (over || !reader) return;
              reader.add(chunk);
              if (reader.isEnough()) finish();
            },
            onResponseEnd() {
              if (over || !reader) return;
              reader.complete();
              finish();
            },
            onResponseError(_controller, error) {
              end(() => reject(error));
            },
          },
        );
      } catch (error) {
        end(() => reject(error as Error));
      }
    });
  }

  /** A connection that was idle may have been closed by the other side just as it is used again: then once more. */
  async function exchangeOnce(url: URL, options: ExchangeOptions): Promise<Exchange> {
    const before = connections.get(url.origin);
    try {
      return await exchange(url, options);
    } catch (error) {
      const wasReused = before !== undefined && connections.get(url.origin) === before;
      if (!wasReused || !/^(?:UND_ERR_SOCKET|ECONNRESET|EPIPE)$/.test(codeOf(error)) || options.signal?.aborted)
        throw error;
      return exchange(url, options);
    }
  }

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
      const tlsKey = `${url.hostname}:${url.port || 443}`;
      try {
        last = await exchangeOnce(url, {
          timeout: Math.min(limits.hopTimeout, left),
          cookie: cookies.header(url),
          maxBytes: options.maxBytes ?? limits.maxBytes,
          bodyKind: (status) => bodyKindOf(status, options.asText === true),
          ...(signal ? { signal } : {}),
        });
      } catch (error) {
        if (signal?.aborted) throw error;
        if (url.protocol === 'https:') tls = tlsFacts.get(tlsKey) ?? tls;
        return ended(faultOf(error, url));
      }
      if (url.protocol === 'https:') tls = tlsFacts.get(tlsKey) ?? tls;
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

  return { fetch, close: () => agent.destroy() };
}

interface ExchangeOptions {
  /** Milliseconds. */
  readonly timeout: number;
  readonly cookie: string;
  readonly maxBytes: number;
  readonly bodyKind: (status: number) => BodyKind;
  readonly signal?: AbortSignal;
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

function readHeaders(raw: readonly Buffer[]): [string, string][] {
  const headers: [string, string][] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) {
    headers.push([raw[at]!.toString('latin1').toLowerCase(), readHeaderValue(raw[at + 1]!)]);
  }
  return headers;
}

/** Bytes above ASCII are UTF-8 in practice (addresses in `Location`), Latin-1 by the letter of the standard. */
function readHeaderValue(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  return text.includes('\ufffd') ? bytes.toString('latin1') : text;
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

const timeoutError = (milliseconds: number): DialError =>
  new DialError(unreachable('timeout', `not finished in ${Math.round(milliseconds / 100) / 10} s`));

/** What the error of a request stands for: errors of undici, of its parser and of the system. */
function faultOf(error: unknown, url: URL): FetchOutcome {
  if (error instanceof DialError) return error.outcome;
  const code = codeOf(error);
  const detail = `${url.host}: ${code}`;
  if (error instanceof errors.HTTPParserError) return unreachable('malformed', detail);
  if (code === 'UND_ERR_HEADERS_OVERFLOW') return unreachable('too-large', `${url.host}: headers without end`);
  if (code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH') return unreachable('malformed', detail);
  if (code === 'UND_ERR_INVALID_ARG') return unreachable('malformed', `${url.href.slice(0, 200)} cannot be asked for`);
  if (code === 'UND_ERR_SOCKET') return socketFault(error as Error & { socket?: { bytesRead?: number } }, url);
  if (/TIMEOUT|ETIMEDOUT/.test(code)) return unreachable('timeout', detail);
  return unreachable(url.protocol === 'https:' && /SSL|TLS|EPROTO/.test(code) ? 'tls' : 'reset', detail);
}

function socketFault(error: Error & { socket?: { bytesRead?: number } }, url: URL): FetchOutcome {
  if (/bad (?:response|upgrade)/.test(error.message)) return unreachable('malformed', `${url.host}: ${error.message}`);
  const isSilent = error.socket?.bytesRead === 0;
  return unreachable(
    isSilent ? 'empty' : 'reset',
    `${url.host}: ${isSilent ? 'closed without an answer' : error.message}`,
  );
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
