/**
 * Serves an invented country by plain HTTP, a site by the name in the request, in a process of its own so that its work
 * is nobody's. Started with the options as JSON; tells its port, and what it was asked when it is sent anything.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { inventCountry, STAMP, type Answer, type CountryOptions } from './national-sites.ts';

/** What the server was asked since its start. */
export interface Served {
  readonly requests: number;
  readonly hosts: number;
  /** Requests for what is not there. */
  readonly missing: number;
  /** Bytes of a page before compression, on average, and of the largest. */
  readonly meanBytes: number;
  readonly maxBytes: number;
}

const country = inventCountry(JSON.parse(process.argv[2]!) as CountryOptions);
/** Answers that are the same each time, by host and path; null for what is not there. */
const known = new Map<string, { readonly answer: Answer; readonly gzip: Buffer } | null>();
const hosts = new Set<string>();
let requests = 0;
let missing = 0;
let pages = 0;
let bytes = 0;
let maxBytes = 0;

const server = createServer((request, response) => {
  const host = (request.headers.host ?? '').replace(/:\d+$/, '');
  const path = decodeURI(request.url ?? '/');
  requests++;
  hosts.add(host);
  const key = `${host} ${path}`;
  let entry = known.get(key);
  if (entry === undefined) {
    const answer = country.answer(host, path);
    entry = answer && { answer, gzip: answer.isStamped ? Buffer.alloc(0) : gzipSync(answer.body) };
    known.set(key, entry);
  }
  if (!entry) {
    missing++;
    response.writeHead(404, { 'content-type': 'text/html; charset=utf-8' }).end('<h1>یافت نشد</h1>');
    return;
  }
  const { answer } = entry;
  const size = Buffer.byteLength(answer.body);
  if (answer.type.startsWith('text/html')) {
    pages++;
    bytes += size;
    maxBytes = Math.max(maxBytes, size);
  }
  const gzip = answer.isStamped ? gzipSync(answer.body.replace(STAMP, String(requests)), { level: 1 }) : entry.gzip;
  response
    .writeHead(answer.status, {
      'content-type': answer.type,
      'content-encoding': 'gzip',
      'content-length': gzip.length,
    })
    .end(gzip);
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send!({ port: (server.address() as AddressInfo).port }));
process.on('message', () => {
  const served: Served = { requests, hosts: hosts.size, missing, meanBytes: Math.round(bytes / Math.max(1, pages)), maxBytes }; // prettier-ignore
  process.send!(served);
});
process.on('disconnect', () => process.exit(0));
