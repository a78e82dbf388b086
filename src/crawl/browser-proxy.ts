/**
 * The only way out of the browser: a forward proxy on loopback that opens connections through the same guard as the
 * static fetcher. It serves one launch of the browser, which alone knows the password.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { Agent, createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { FetchOutcome } from '../core/model.ts';
import { refused, unreachable } from './contract.ts';
import { codeOf, DialError, type Dialer } from './dial.ts';
import { actionGuard } from './guard.ts';

export interface BrowserProxy {
  readonly port: number;
  readonly username: string;
  readonly password: string;
  /** Bytes that came in since it was opened. */
  received(): number;
  /** How the last attempt to reach a host (without port) failed; null when it did not. */
  faultOf(host: string): FetchOutcome | null;
  close(): Promise<void>;
}

export interface ProxyLimits {
  /** Bytes that one connection may bring in. */
  readonly maxBytes: number;
  /** Milliseconds of silence after which a connection is closed. */
  readonly idleTimeout: number;
  /** Milliseconds that a connection may live. */
  readonly lifetime: number;
}

export const DEFAULT_PROXY: ProxyLimits = { maxBytes: 60_000_000, idleTimeout: 30_000, lifetime: 600_000 };

/** Header by which the browser's side knows an answer of this proxy from one of the site. */
export const PROXY_FAULT = 'x-rasad-proxy-fault';
/** Failed hosts that are remembered. */
const MAX_FAULTS = 500;
/** RFC 9110, section 7.6.1: they belong to one connection and are not passed on. */
const HOP_BY_HOP = new Set(
  'connection proxy-connection keep-alive proxy-authenticate proxy-authorization te trailer transfer-encoding upgrade'.split(
    ' ',
  ),
);

export async function openBrowserProxy(dialer: Dialer, limits: ProxyLimits = DEFAULT_PROXY): Promise<BrowserProxy> {
  const username = 'rasad';
  const password = randomBytes(24).toString('base64url');
  const expected = Buffer.from(`Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`);
  const faults = new Map<string, FetchOutcome>();
  const sockets = new Set<Duplex>();
  let bytes = 0;

  const isKnown = (request: IncomingMessage): boolean => {
    const given = Buffer.from(request.headers['proxy-authorization'] ?? '');
    return given.length === expected.length && timingSafeEqual(given, expected);
  };
  const remember = (host: string, outcome: FetchOutcome): void => {
    faults.delete(host);
    faults.set(host, outcome);
    if (faults.size > MAX_FAULTS) faults.delete(faults.keys().next().value!);
  };
  const outcomeOf = (error: unknown, host: string): FetchOutcome =>
    error instanceof DialError ? error.outcome : unreachable('reset', `${host}: ${codeOf(error)}`);

  function track(socket: Duplex): void {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
  }

  /** Counts what comes in and ends the connection at its limits. */
  function limit(upstream: Socket): void {
    track(upstream);
    let own = 0;
    upstream.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      own += chunk.length;
      if (own > limits.maxBytes) upstream.destroy();
    });
    upstream.setTimeout(limits.idleTimeout, () => upstream.destroy());
    const timer = setTimeout(() => upstream.destroy(), limits.lifetime);
    timer.unref();
    upstream.once('close', () => clearTimeout(timer));
  }

  async function tunnel(request: IncomingMessage, client: Duplex, head: Buffer): Promise<void> {
    track(client);
    if (!isKnown(request))
      return reply(client, '407 Proxy Authentication Required', 'Proxy-Authenticate: Basic realm="rasad"\r\n');
    const target = readUrl(`https://${request.url ?? ''}/`);
    // the browser tunnels to port 80 for web sockets only
    if (!target || (target.port !== '' && Number(target.port) === 80)) return reply(client, '403 Forbidden');
    try {
      const upstream = await dialer.open(target.hostname, Number(target.port || 443), 'https');
      faults.delete(target.hostname);
      limit(upstream);
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      if (head.length > 0) upstream.write(head);
      upstream.once('close', () => client.destroy());
      client.once('close', () => upstream.destroy());
      upstream.pipe(client).pipe(upstream);
    } catch (error) {
      const outcome = outcomeOf(error, target.hostname);
      remember(target.hostname, outcome);
      reply(client, outcome.kind === 'refused' ? '403 Forbidden' : '502 Bad Gateway');
    }
  }

  const agent = new Agent({ keepAlive: true, maxSockets: 6, maxFreeSockets: 6 });
  agent.createConnection = (options, done) => {
    const { host, port } = options as { host: string; port: number };
    const proxy = dialer.proxyFor(host, Number(port), 'http');
    (proxy ? dialer.openProxy(proxy) : dialer.open(host, Number(port), 'http')).then(
      (socket) => {
        limit(socket);
        done!(null, socket);
      },
      (error: Error) => done!(error, undefined as never),
    );
    return undefined as never;
  };

  function forward(request: IncomingMessage, response: ServerResponse): void {
    response.on('error', () => {});
    if (!isKnown(request)) {
      response.writeHead(407, { 'Proxy-Authenticate': 'Basic realm="rasad"' }).end();
      return;
    }
    const url = readUrl(request.url ?? '');
    if (!url || url.protocol !== 'http:') return refuse(response, 400);
    const action = actionGuard(url.href);
    if (action !== null) {
      remember(url.hostname, refused('guard', `looks like an action: ${action}`));
      return refuse(response, 403);
    }
    const port = Number(url.port || 80);
    const proxy = dialer.proxyFor(url.hostname, port, 'http');
    try {
      if (proxy) dialer.checkLiteral(url.hostname);
    } catch (error) {
      remember(url.hostname, outcomeOf(error, url.hostname));
      return refuse(response, 403);
    }
    const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => !HOP_BY_HOP.has(name)));
    if (proxy?.authorization) headers['proxy-authorization'] = proxy.authorization;
    const upstream = httpRequest({
      agent,
      host: url.hostname,
      port,
      method: request.method,
      path: proxy ? url.href : url.pathname + url.search,
      headers,
      // else a reused connection keeps the few seconds that its server allows for being idle
      timeout: limits.idleTimeout,
    });
    upstream.on('response', (answer) => {
      faults.delete(url.hostname);
      const kept = answer.rawHeaders.flatMap((name, at, all) =>
        at % 2 === 0 && !HOP_BY_HOP.has(name.toLowerCase()) ? [name, all[at + 1]!] : [],
      );
      response.writeHead(answer.statusCode ?? 502, kept);
      answer.on('error', () => response.destroy());
      answer.pipe(response);
    });
    upstream.on('error', (error) => {
      const outcome = outcomeOf(error, url.hostname);
      remember(url.hostname, outcome);
      if (response.headersSent) response.destroy();
      else refuse(response, outcome.kind === 'refused' ? 403 : 502);
    });
    response.once('close', () => upstream.destroy());
    request.pipe(upstream);
  }

  const server = createServer(forward);
  server.on('connect', (request, client, head) => void tunnel(request, client, head));
  server.on('connection', track);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    username,
    password,
    received: () => bytes,
    faultOf: (host) => faults.get(host) ?? null,
    close: () =>
      new Promise((resolve) => {
        agent.destroy();
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

function readUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

function reply(client: Duplex, status: string, headers = ''): void {
  client.end(`HTTP/1.1 ${status}\r\n${headers}Content-Length: 0\r\nConnection: close\r\n\r\n`);
}

/** With a body, because Chromium puts a page of its own in place of an error without one. */
function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-type': 'text/html', [PROXY_FAULT]: '1' }).end('<p>not reached</p>');
}
