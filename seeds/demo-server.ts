/**
 * Serves folders of plain files as real sites: every host over HTTP and HTTPS on loopback, with its own certificate,
 * its own faults and a log of all that was asked. Folder name = host name.
 */
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type RequestListener,
  type Server as HttpServer,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createSecureContext, type SecureContext } from 'node:tls';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { createAuthority, issueCertificate, selfSigned, type Authority, type Certificate } from './certificates.ts';
import { openSite, type Answer, type Site } from './demo-site.ts';

export interface SitesOptions {
  /** The day from which the date tokens of the files count. Default: the moment of the start. */
  readonly now?: Date;
  /** Signs the certificates of the hosts. Default: the one in `cacheDirectory`, else a new one. */
  readonly authority?: Authority;
  /** Keeps authority and certificates between runs, private keys included. Default: nothing is kept. */
  readonly cacheDirectory?: string;
}

export interface SiteRequest {
  /** UTC, ISO 8601. */
  readonly at: string;
  readonly host: string;
  readonly method: string;
  /** Absolute, with the scheme that was used and without the port. */
  readonly url: string;
  /** The loopback port at which it arrived. */
  readonly port: number;
}

export interface RunningSites {
  /** Host → `127.0.0.1:httpPort/httpsPort`. */
  readonly hosts: Readonly<Record<string, string>>;
  /** Certificate of the authority, PEM. */
  readonly caPem: string;
  /** Every request so far, in the order of arrival; grows while the sites run. */
  readonly log: readonly SiteRequest[];
  /** Ends all connections. Safe to call twice. */
  close(): Promise<void>;
}

const LOOPBACK = '127.0.0.1';
const DAY = 86_400_000; // milliseconds
const YEAR = 365 * DAY; // how long a certificate lives
/** Smaller bodies do not gain from compression. */
const COMPRESS_FROM = 600; // bytes
/** Certificates closer to their end are made anew, so that a run does not outlive them. */
const RENEW_BEFORE = 30 * DAY;
/** Long enough that nobody blames a clock. */
const EXPIRED_FOR = 41 * DAY;
/** The name on the certificate of a host that shows another's: the machine of a hosting company. */
const NEIGHBOUR = 'www.mizban-abri.example';

/**
 * Serves every folder of `sitesDirectory` until `close`. Answers GET and HEAD; anything else gets 405. A host whose
 * site has no TLS breaks off the handshake. Throws when a `site.json` is not understood.
 */
export async function startSites(sitesDirectory: string, options: SitesOptions = {}): Promise<RunningSites> {
  return serveSites(await openSites(sitesDirectory, options.now ?? new Date()), options);
}

/** The same for sites that are open already. */
export async function serveSites(sites: ReadonlyMap<string, Site>, options: SitesOptions = {}): Promise<RunningSites> {
  const { authority, certificates } = await provideCertificates([...sites.values()], options);
  const contexts = new Map<string, SecureContext>();
  for (const [host, certificate] of certificates) contexts.set(host, createSecureContext({ ...certificate }));

  const log: SiteRequest[] = [];
  const stop = new AbortController();
  const served = { sites, log, signal: stop.signal };
  const http = createHttpServer(listener('http', served));
  const https = createHttpsServer(
    {
      SNICallback(host, done) {
        const context = contexts.get(host);
        done(context ? null : new Error(`no TLS at ${host}`), context);
      },
    },
    listener('https', served),
  );
  https.on('tlsClientError', (_error, socket) => socket.destroy());
  const ports = `${await listen(http)}/${await listen(https)}`;
  return {
    hosts: Object.fromEntries([...sites.keys()].map((host) => [host, `${LOOPBACK}:${ports}`])),
    caPem: authority.cert,
    log,
    async close() {
      stop.abort();
      await Promise.all([http, https].map(shut));
    },
  };
}

async function openSites(directory: string, now: Date): Promise<ReadonlyMap<string, Site>> {
  const entries = await readdir(directory, { withFileTypes: true });
  const hosts = entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
  const sites = await Promise.all(hosts.map((host) => openSite(host, join(directory, host), now)));
  return new Map(sites.map((site) => [site.host, site]));
}

interface Served {
  readonly sites: ReadonlyMap<string, Site>;
  readonly log: SiteRequest[];
  readonly signal: AbortSignal;
}

function listener(scheme: 'http' | 'https', { sites, log, signal }: Served): RequestListener {
  return (request, response) => {
    const host = (request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
    const url = `${scheme}://${host}${request.url ?? '/'}`;
    log.push({
      at: new Date().toISOString(),
      host,
      method: request.method ?? '',
      url,
      port: request.socket.localPort ?? 0,
    });
    request.resume(); // a body that nobody reads would hold the connection
    respond(sites.get(host), scheme, request, response, signal).catch(() => response.destroy());
  };
}

async function respond(
  site: Site | undefined,
  scheme: 'http' | 'https',
  request: IncomingMessage,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  if (!site) return void response.writeHead(421, { 'content-type': 'text/plain' }).end('no such host here\n');
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return void response.writeHead(405, { allow: 'GET, HEAD', 'content-type': 'text/plain' }).end('405\n');
  }
  const answer = await site.answer(scheme, request.url ?? '/');
  if (answer.delay > 0) await wait(answer.delay, undefined, { signal });
  const { body, headers } = await compress(answer, String(request.headers['accept-encoding'] ?? ''));
  response.writeHead(answer.status, { ...headers, 'content-length': body.length });
  response.end(request.method === 'HEAD' ? undefined : body);
}

async function compress(answer: Answer, accepted: string): Promise<Pick<Answer, 'body' | 'headers'>> {
  const { body, headers } = answer;
  const isText = /^(text|application\/(json|xml)|image\/svg)/.test(headers['content-type'] ?? '');
  if (!isText || body.length < COMPRESS_FROM) return { body, headers };
  const vary = { ...headers, vary: 'accept-encoding' };
  if (/\bbr\b/.test(accepted)) {
    const params = { [constants.BROTLI_PARAM_QUALITY]: 4 };
    return { body: await promisify(brotliCompress)(body, { params }), headers: { ...vary, 'content-encoding': 'br' } };
  }
  if (/\bgzip\b/.test(accepted))
    return { body: await promisify(gzip)(body), headers: { ...vary, 'content-encoding': 'gzip' } };
  return { body, headers: vary };
}

interface Certificates {
  readonly authority: Authority;
  /** By host; hosts without TLS have none. */
  readonly certificates: ReadonlyMap<string, Certificate>;
}

interface Cache {
  readonly renewAt: number;
  readonly authority: Authority;
  /** By `tls host`, so that a site whose kind changed gets another one. */
  readonly certificates: Record<string, Certificate>;
}

async function provideCertificates(sites: readonly Site[], options: SitesOptions): Promise<Certificates> {
  const file = options.cacheDirectory === undefined ? null : join(options.cacheDirectory, 'certificates.json');
  const cached = file === null ? null : await readCache(file, options.authority);
  const authority = cached?.authority ?? options.authority ?? (await createAuthority());
  const made: Record<string, Certificate> = {};
  for (const { host, tls } of sites) {
    const key = `${tls} ${host}`;
    const certificate = cached?.certificates[key] ?? (await certify(authority, host, tls));
    if (certificate) made[key] = certificate;
  }
  if (file !== null && Object.keys(made).some((key) => !cached?.certificates[key])) {
    const cache: Cache = {
      renewAt: cached?.renewAt ?? Date.now() + YEAR - RENEW_BEFORE,
      authority,
      certificates: made,
    };
    await mkdir(join(file, '..'), { recursive: true });
    await writeFile(file, JSON.stringify(cache), { mode: 0o600 });
  }
  return { authority, certificates: new Map(Object.entries(made).map(([key, value]) => [key.split(' ')[1]!, value])) };
}

/** null when there is nothing usable: no file, another authority, an end too near, not ours. */
async function readCache(file: string, authority: Authority | undefined): Promise<Cache | null> {
  try {
    const cache = JSON.parse(await readFile(file, 'utf8')) as Cache;
    const isUsable = cache.renewAt > Date.now() && (!authority || authority.cert === cache.authority.cert);
    return isUsable ? cache : null;
  } catch {
    return null;
  }
}

async function certify(authority: Authority, host: string, tls: Site['tls']): Promise<Certificate | null> {
  switch (tls) {
    case 'good':
      return issueCertificate(authority, { hosts: [host] });
    case 'expired': {
      const notAfter = new Date(Date.now() - EXPIRED_FOR);
      return issueCertificate(authority, { hosts: [host], notBefore: new Date(notAfter.getTime() - YEAR), notAfter });
    }
    case 'wrong-host':
      return issueCertificate(authority, { hosts: [NEIGHBOUR] });
    case 'self-signed':
      return selfSigned({ hosts: [host] });
    case 'none':
      return null;
  }
}

async function shut(server: HttpServer): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise((done) => server.close(done));
  server.closeAllConnections();
  await closed;
}

async function listen(server: HttpServer): Promise<number> {
  await new Promise<void>((done, failed) => server.once('error', failed).listen(0, LOOPBACK, done));
  return (server.address() as AddressInfo).port;
}
