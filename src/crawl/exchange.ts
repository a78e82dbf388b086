/**
 * One HTTP request and its answer: the connection (checked, mapped, proxied), TLS with its verdict, and the limits of
 * time and size. What the answer means is decided elsewhere.
 */
import { Agent, errors, type buildConnector, type Dispatcher } from 'undici';
import type { FetchOutcome, TlsFacts } from '../core/model.ts';
import { readBody, type BodyKind, type ReadBody } from './body.ts';
import { unreachable } from './contract.ts';
import { codeOf, DialError, openDialer, type DialOptions } from './dial.ts';
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

export interface Exchange {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: ReadBody;
  readonly firstByteMs: number;
}

export interface ExchangeOptions {
  /** Milliseconds. */
  readonly timeout: number;
  readonly cookie: string;
  readonly maxBytes: number;
  readonly bodyKind: (status: number) => BodyKind;
  readonly signal?: AbortSignal;
}

export interface Exchanger {
  /** One GET. Rejects with a DialError, an error of undici, or the signal's reason; see `faultOf`. */
  get(url: URL, options: ExchangeOptions): Promise<Exchange>;
  /** What the handshake with the address's host showed, once there was one. */
  tlsOf(url: URL): TlsFacts | null;
  close(): Promise<void>;
}

/** One connection an origin, kept open between requests; nothing of an answer is kept. */
export function openExchanger(config: StaticConfig): Exchanger {
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
      // a handshake that was cut is no fact about the host
      if (error instanceof TlsError && error.outcome.kind === 'unreachable' && error.outcome.cause === 'tls')
        rememberTls(key, error.facts);
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
  async function get(url: URL, options: ExchangeOptions): Promise<Exchange> {
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

  return {
    get,
    tlsOf: (url) => tlsFacts.get(`${url.hostname}:${url.port || 443}`) ?? null,
    close: () => agent.destroy(),
  };
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

export const timeoutError = (milliseconds: number): DialError =>
  new DialError(unreachable('timeout', `not finished in ${Math.round(milliseconds / 100) / 10} s`));

/** What the error of a request stands for: errors of undici, of its parser and of the system. */
export function faultOf(error: unknown, url: URL): FetchOutcome {
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
