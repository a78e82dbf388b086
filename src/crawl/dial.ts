/**
 * Opens connections: the one place where names become addresses. A name is resolved once, its addresses are checked,
 * and the socket connects to a checked address and no other, so that no later answer of a name server matters.
 */
import { lookup } from 'node:dns/promises';
import { connect as connectTcp, isIP, isIPv6, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { FetchOutcome } from '../core/model.ts';
import { refused, unreachable } from './contract.ts';
import { addressFault } from './guard.ts';
import type { HostMap } from './host-map.ts';

/** Addresses of a name; rejects as `dns.promises.lookup` does. */
export type Resolve = (host: string) => Promise<readonly { readonly address: string; readonly family: number }[]>;

export interface DialOptions {
  /** Names that may resolve to private or loopback addresses; `.example.ir` stands for all names below. */
  readonly privateHosts?: readonly string[];
  readonly hostMap?: HostMap;
  /** Values of HTTP_PROXY, HTTPS_PROXY and NO_PROXY. */
  readonly proxy?: ProxyEnvironment;
  readonly resolve?: Resolve;
  /** Milliseconds for name, connection and handshake together. */
  readonly connectTimeout?: number;
}

export interface ProxyEnvironment {
  readonly HTTP_PROXY?: string | undefined;
  readonly HTTPS_PROXY?: string | undefined;
  readonly NO_PROXY?: string | undefined;
}

export interface UpstreamProxy {
  readonly url: URL;
  /** Value of Proxy-Authorization, null when the proxy wants none. */
  readonly authorization: string | null;
}

export interface Dialer {
  /**
   * A connection over which the host can be spoken to as if directly: mapped, checked, or tunnelled through a proxy.
   * Rejects with a DialError for all that can go wrong out there.
   */
  open(host: string, port: number, scheme: 'http' | 'https', signal?: AbortSignal): Promise<Socket>;
  /** The proxy for requests to a host, or null when it is asked directly. */
  proxyFor(host: string, port: number, scheme: 'http' | 'https'): UpstreamProxy | null;
  /** A proxy resolves names itself; what can be refused by the name alone is refused here, with a DialError. */
  checkLiteral(host: string): void;
  /** A connection to the proxy itself. */
  openProxy(proxy: UpstreamProxy, signal?: AbortSignal): Promise<Socket>;
}

/** A connection that could not be opened, with the outcome it stands for. */
export class DialError extends Error {
  readonly outcome: FetchOutcome;
  constructor(outcome: FetchOutcome) {
    super(outcome.kind === 'refused' || outcome.kind === 'unreachable' ? outcome.detail : outcome.kind);
    this.outcome = outcome;
  }
}

const CONNECT_TIMEOUT = 15_000;
/** Where name servers in Iran send names that are filtered there; the network refuses, not our guard. */
const NATIONAL_FILTER = new Set(['10.10.34.34', '10.10.34.35', '10.10.34.36']);
/** Longest answer of a proxy to CONNECT. */
const MAX_PROXY_HEAD = 16_384; // bytes

export function openDialer(options: DialOptions): Dialer {
  const { hostMap, resolve = (host) => lookup(host, { all: true, verbatim: true }) } = options;
  const timeout = options.connectTimeout ?? CONNECT_TIMEOUT;
  const proxies = readProxies(options.proxy ?? {});
  const mayBePrivate = (host: string): boolean =>
    (options.privateHosts ?? []).some((entry) => host === entry || (entry.startsWith('.') && host.endsWith(entry)));

  function proxyFor(host: string, port: number, scheme: 'http' | 'https'): UpstreamProxy | null {
    if (hostMap?.has(host) || proxies.bypass(host, port)) return null;
    return scheme === 'https' ? proxies.https : proxies.http;
  }

  async function addressesOf(
    host: string,
    signal: AbortSignal,
  ): Promise<readonly { address: string; family: number }[]> {
    const bare = host.replace(/^\[|\]$/g, '');
    const literal = isIP(bare);
    let found: readonly { address: string; family: number }[];
    try {
      found = literal ? [{ address: bare, family: literal }] : await withSignal(resolve(host), signal);
    } catch (error) {
      if (signal.aborted) throw error;
      throw new DialError(unreachable('dns', `${host}: ${codeOf(error)}`));
    }
    if (found.length === 0) throw new DialError(unreachable('dns', `${host} has no address`));
    if (mayBePrivate(host)) return found;
    const usable = found.filter(({ address }) => addressFault(address) === null);
    if (usable.length > 0) return usable;
    const { address } = found[0]!;
    if (NATIONAL_FILTER.has(address) && !literal) {
      throw new DialError(refused('wall', `${host} resolves to ${address}, the page of the national filter`));
    }
    throw new DialError(refused('guard', `${host} is at ${address}, which is not public (${addressFault(address)})`));
  }

  async function openDirect(
    host: string,
    port: number,
    scheme: 'http' | 'https',
    signal: AbortSignal,
  ): Promise<Socket> {
    const mapped = hostMap?.get(host);
    if (mapped) {
      const target = [{ address: mapped.address, family: isIPv6(mapped.address) ? 6 : 4 }];
      return connectTo(target, host, scheme === 'https' ? mapped.httpsPort : mapped.httpPort, signal);
    }
    const socket = await connectTo(await addressesOf(host, signal), host, port, signal);
    const fault = socket.remoteAddress === undefined ? null : addressFault(socket.remoteAddress);
    if (fault !== null && !mayBePrivate(host)) {
      socket.destroy();
      throw new DialError(
        refused('guard', `${host} was reached at ${socket.remoteAddress}, which is not public (${fault})`),
      );
    }
    return socket;
  }

  function checkLiteral(host: string): void {
    const isLocalName = /(^|\.)(localhost|local|internal)$/.test(host);
    const fault = isIP(host.replace(/^\[|\]$/g, '')) ? addressFault(host) : isLocalName ? 'a local name' : null;
    if (fault !== null && !mayBePrivate(host))
      throw new DialError(refused('guard', `${host} is not public (${fault})`));
  }

  async function openProxy(proxy: UpstreamProxy, signal: AbortSignal): Promise<Socket> {
    const { hostname, port, protocol } = proxy.url;
    const isSecure = protocol === 'https:';
    const host = hostname.replace(/^\[|\]$/g, '');
    const socket = isSecure
      ? connectTls({ host, port: Number(port || 443), servername: isIP(host) ? '' : host })
      : connectTcp({ host, port: Number(port || 80) });
    return settled(socket, isSecure ? 'secureConnect' : 'connect', `the proxy ${proxy.url.host}`, signal);
  }

  async function openTunnel(proxy: UpstreamProxy, host: string, port: number, signal: AbortSignal): Promise<Socket> {
    checkLiteral(host);
    const socket = await openProxy(proxy, signal);
    const authority = `${host}:${port}`;
    socket.write(
      `CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n` +
        (proxy.authorization ? `Proxy-Authorization: ${proxy.authorization}\r\n` : '') +
        '\r\n',
    );
    const status = await readConnectStatus(socket, signal);
    if (status >= 200 && status < 300) return socket;
    socket.destroy();
    throw new DialError(unreachable('connect', `the proxy ${proxy.url.host} answered ${status} for ${authority}`));
  }

  /** All of one opening under one limit of time. */
  async function limited<T>(
    what: string,
    outer: AbortSignal | undefined,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    outer?.throwIfAborted();
    const own = new AbortController();
    const stop = (): void => own.abort(outer!.reason);
    const timer = setTimeout(
      () => own.abort(new DialError(unreachable('timeout', `${what}: no connection in ${timeout / 1000} s`))),
      timeout,
    );
    outer?.addEventListener('abort', stop, { once: true });
    try {
      return await work(own.signal);
    } finally {
      clearTimeout(timer);
      outer?.removeEventListener('abort', stop);
    }
  }

  return {
    open(host, port, scheme, signal) {
      const proxy = proxyFor(host, port, scheme);
      return limited(host, signal, (own) =>
        proxy ? openTunnel(proxy, host, port, own) : openDirect(host, port, scheme, own),
      );
    },
    proxyFor,
    checkLiteral,
    openProxy: (proxy, signal) => limited(proxy.url.host, signal, (own) => openProxy(proxy, own)),
  };
}

function connectTo(
  addresses: readonly { address: string; family: number }[],
  host: string,
  port: number,
  signal: AbortSignal,
): Promise<Socket> {
  const socket = connectTcp({
    host,
    port,
    noDelay: true,
    autoSelectFamily: addresses.length > 1,
    // the addresses are checked already: whatever asks for the name gets these
    lookup: (_name, options, answer) => {
      if (options.all) answer(null, addresses as never);
      else answer(null, addresses[0]!.address, addresses[0]!.family);
    },
    ...(addresses.length === 1 ? { host: addresses[0]!.address } : {}),
  });
  return settled(socket, 'connect', host, signal);
}

/** The socket once it is open; destroyed and rejected when it fails or the signal aborts before. */
export function settled<T extends Socket>(
  socket: T,
  event: 'connect' | 'secureConnect',
  what: string,
  signal: AbortSignal,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const finish = (act: () => void): void => {
      socket.off(event, open);
      socket.off('error', fail);
      socket.off('close', close);
      signal.removeEventListener('abort', stop);
      act();
    };
    const open = (): void => finish(() => resolve(socket));
    const abandon = (reason: unknown): void =>
      finish(() => {
        socket.destroy();
        reject(reason as Error);
      });
    const fail = (error: Error): void =>
      abandon(event === 'secureConnect' ? error : new DialError(connectFault(error, what)));
    const close = (): void => abandon(new DialError(unreachable('reset', `${what}: closed before it was open`)));
    const stop = (): void => abandon(signal.reason);
    // whoever takes the socket over listens for itself; an error in between must not end the process
    socket.on('error', () => {});
    if (signal.aborted) return stop();
    socket.once(event, open);
    socket.once('error', fail);
    socket.once('close', close);
    signal.addEventListener('abort', stop, { once: true });
  });
}

function connectFault(error: Error, what: string): FetchOutcome {
  const code = codeOf(error);
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return unreachable('dns', `${what}: ${code}`);
  return unreachable(code === 'ETIMEDOUT' ? 'timeout' : 'connect', `${what}: ${code}`);
}

/** Short name of an error, for details that people read. */
export function codeOf(error: unknown): string {
  const { code, message } = error as { code?: unknown; message?: unknown };
  return typeof code === 'string' ? code : typeof message === 'string' ? message : String(error);
}

function withSignal<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

function readConnectStatus(socket: Socket, signal: AbortSignal): Promise<number> {
  return new Promise((resolve, reject) => {
    let head = '';
    const finish = (act: () => void): void => {
      socket.off('readable', read);
      socket.off('end', fail);
      socket.off('error', fail);
      signal.removeEventListener('abort', stop);
      act();
    };
    const fail = (): void => finish(() => resolve(0));
    const stop = (): void => {
      finish(() => reject(signal.reason as Error));
      socket.destroy();
    };
    const read = (): void => {
      // byte by byte up to the empty line: what follows belongs to the tunnel
      for (let byte = socket.read(1) as Buffer | null; byte !== null; byte = socket.read(1) as Buffer | null) {
        head += byte.toString('latin1');
        if (head.endsWith('\r\n\r\n')) {
          return finish(() => resolve(Number(/^HTTP\/1\.\d (\d{3})/.exec(head)?.[1] ?? 0)));
        }
        if (head.length > MAX_PROXY_HEAD) return finish(() => resolve(0));
      }
    };
    socket.on('readable', read);
    socket.on('end', fail);
    socket.on('error', fail);
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
  });
}

// ---------------------------------------------------------------- proxies

function readProxies(environment: ProxyEnvironment): {
  http: UpstreamProxy | null;
  https: UpstreamProxy | null;
  bypass(host: string, port: number): boolean;
} {
  const exceptions = (environment.NO_PROXY ?? '')
    .split(/[\s,]+/)
    .filter(Boolean)
    .map((entry) => entry.toLowerCase());
  return {
    http: readProxy('HTTP_PROXY', environment.HTTP_PROXY),
    https: readProxy('HTTPS_PROXY', environment.HTTPS_PROXY ?? environment.HTTP_PROXY),
    bypass: (host, port) =>
      exceptions.some((entry) => {
        if (entry === '*') return true;
        const [, name = '', wanted] = /^\*?\.?(.*?)(?::(\d+))?$/.exec(entry) ?? [];
        return (wanted === undefined || Number(wanted) === port) && (host === name || host.endsWith(`.${name}`));
      }),
  };
}

function readProxy(name: string, value: string | undefined): UpstreamProxy | null {
  if (value === undefined || value === '') return null;
  let url: URL | null = null;
  try {
    url = new URL(value.includes('://') ? value : `http://${value}`);
  } catch {
    // reported below
  }
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new Error(
      `${name} must be the address of an http(s) proxy, for example http://proxy.example:3128; found "${value}".`,
    );
  }
  const { username, password } = url;
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { url, authorization: username === '' ? null : `Basic ${Buffer.from(pair).toString('base64')}` };
}
