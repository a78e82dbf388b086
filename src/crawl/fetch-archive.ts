/**
 * Answers from a web archive in place of the network, whoever made it: an ordinary audit of what somebody captured at
 * another time. What is not in the capture was not seen, which says nothing about the site.
 */
import { AsyncIterReader } from 'warcio';
import { fieldOf, readHead, type Head } from '../core/warc-head.ts';
import { openArchiveFile, type ArchivedRecord, type ArchiveFile, type Place } from './archive-index.ts';
import { readBody, type ReadBody } from './body.ts';
import { refused, type FetchOptions, type StaticAnswer, type StaticFetcher } from './contract.ts';
import { DialError } from './dial.ts';
import { DEFAULT_LIMITS, type Exchange, type ExchangeOptions, type StaticLimits } from './exchange.ts';
import { fetcherOver } from './fetch-static.ts';
import { nothing } from './follow.ts';
import { normalizeUrl } from './guard.ts';
import type { Politeness } from './politeness.ts';

export interface ArchiveAnswer extends StaticAnswer {
  /** When the archive's maker got the last answer of the chain (UTC, ISO 8601); null when the archive has none. */
  readonly capturedAt: string | null;
}

export interface ArchiveFetcher extends StaticFetcher {
  fetch(url: string, options?: FetchOptions): Promise<ArchiveAnswer>;
  /** Addresses that the archive answers for. */
  readonly addresses: number;
  /** Times of its first and last answer, UTC, ISO 8601; null when it has none. */
  readonly span: { readonly from: string; readonly to: string } | null;
}

/** Nobody is asked, so nobody is waited for. */
export const NO_WAITING: Politeness = {
  async turn(_url, look, signal) {
    signal?.throwIfAborted();
    return look();
  },
  setCrawlDelay() {},
  isClosed: () => false,
};

/**
 * Opens an archive (.warc, .warc.gz or .wacz) and finds what it holds. Guards, redirects and the meaning of answers are those of
 * the static fetcher. An address that was not captured is refused for our own reasons (`budget`), never "not found"; a
 * robots.txt that was not captured forbids nothing. Throws a UserError when the file is not there, damaged, or no archive.
 */
export async function openArchiveFetcher(
  path: string,
  { limits: given, signal }: { readonly limits?: Partial<StaticLimits>; readonly signal?: AbortSignal } = {},
): Promise<ArchiveFetcher> {
  const limits: StaticLimits = { ...DEFAULT_LIMITS, ...given };
  const file = await openArchiveFile(path);
  let captures: ReadonlyMap<string, Capture>;
  try {
    captures = await findCaptures(file, signal);
  } catch (error) {
    await file.close();
    throw error;
  }
  const captureOf = (url: string): Capture | null => captures.get(normalizeUrl(url) ?? '') ?? null;
  const exchanger = {
    get: (url: URL, options: ExchangeOptions) => exchangeOf(file, captureOf(url.href), url, options, limits),
    tlsOf: () => null,
    close: () => file.close(),
  };
  const fetcher = fetcherOver(exchanger, { limits });
  const dates = [...captures.values()].map(({ date }) => date).sort();

  return {
    addresses: captures.size,
    span: dates.length > 0 ? { from: dates[0]!, to: dates.at(-1)! } : null,
    async fetch(url, options) {
      if (isRobots(url) && captureOf(url) === null) return NO_ROBOTS;
      const answer = await fetcher.fetch(url, options);
      const last = answer.chain.findLast(({ status }) => status > 0);
      // how long the archive's maker waited is not known
      return { ...answer, firstByteMs: null, capturedAt: (last && captureOf(last.url)?.date) ?? null };
    },
    close: () => fetcher.close(),
  };
}

const isRobots = (url: string): boolean => URL.canParse(url) && new URL(url).pathname === '/robots.txt';

/** The status is the one by which RFC 9309 knows that nothing is forbidden; the outcome says that nobody was asked. */
const NO_ROBOTS: ArchiveAnswer = {
  ...nothing(refused('budget', 'not in the capture, in which nothing is asked of anybody'), []),
  status: 404,
  capturedAt: null,
};

// ---------------------------------------------------------------- what was captured

/** What the archive has for one address. */
interface Capture extends Place {
  readonly date: string;
  /** 0 for a repeated answer without a head of its own. */
  readonly status: number;
  /** A repeated answer: its content lies elsewhere. */
  readonly isRevisit: boolean;
  /** null when the archive does not have it. */
  readonly original: Place | null;
  /** Its maker kept only a part of its content. */
  readonly isCut: boolean;
}

interface Found {
  readonly capture: Capture;
  /** The record and those of the same exchange. */
  readonly ids: readonly string[];
  /** Names of the record that has the content, the surest first. */
  readonly references: readonly string[];
}

async function findCaptures(file: ArchiveFile, signal: AbortSignal | undefined): Promise<ReadonlyMap<string, Capture>> {
  const found = new Map<string, Found[]>();
  /** Content that may be referred to, by each of its names. */
  const originals = new Map<string, Place>();
  /** Records of exchanges that were no GET. */
  const otherMethods = new Set<string>();

  for await (const record of file.records()) {
    signal?.throwIfAborted();
    const { head, start, file: source, offset, length } = record;
    const type = fieldOf(head, 'warc-type');
    if (type === 'request' && !Buffer.from(start.subarray(0, 4)).equals(GET))
      for (const id of idsOf(head)) otherMethods.add(id);
    const url = addressOf(fieldOf(head, 'warc-target-uri'));
    const capture = url !== null && (type === 'response' || type === 'revisit') ? captureOf(record, type) : null;
    if (url === null || capture === null) continue;
    const references = capture.isRevisit ? referencesOf(head) : [];
    const all = found.get(url);
    if (all) all.push({ capture, ids: idsOf(head), references });
    else found.set(url, [{ capture, ids: idsOf(head), references }]);
    if (!capture.isRevisit && !capture.isCut)
      for (const key of namesOf(head, url))
        if (!originals.has(key)) originals.set(key, { file: source, offset, length });
  }

  const chosen = new Map<string, Capture>();
  for (const [url, all] of found) {
    const own = all.filter(({ ids }) => !ids.some((id) => otherMethods.has(id)));
    const best = bestOf(
      own.map(({ capture, references }) => {
        const key = references.find((name) => originals.has(name));
        return key === undefined ? capture : { ...capture, original: originals.get(key)! };
      }),
    );
    if (best) chosen.set(url, best);
  }
  return chosen;
}

const GET = Buffer.from('GET ');

const idsOf = ({ fields }: Head): readonly string[] =>
  fields.filter(([key]) => key === 'warc-record-id' || key === 'warc-concurrent-to').map(([, value]) => value);

/** Some tools write addresses in angle brackets. */
const addressOf = (uri: string | null): string | null => normalizeUrl((uri ?? '').replace(/^<|>$/g, ''));

/** null for what is not the whole answer of a web server. */
function captureOf(
  { head, start, size, file, offset, length }: ArchivedRecord,
  type: 'response' | 'revisit',
): Capture | null {
  const time = Date.parse(fieldOf(head, 'warc-date') ?? '');
  if (Number.isNaN(time) || fieldOf(head, 'warc-segment-number') !== null) return null;
  const http = readHead(start);
  const status = http && statusOf(http);
  const date = new Date(time).toISOString();
  const place = { file, offset, length, date, original: null };
  if (type === 'revisit' && !isRedirect(status ?? 0)) {
    return status === null && size > 0 ? null : { ...place, status: status ?? 0, isRevisit: true, isCut: false };
  }
  // "not modified" is the answer to a question that was not ours
  if (http === null || status === null || status === 304) return null;
  const announced = fieldOf(http, 'content-encoding') === null ? Number(fieldOf(http, 'content-length') ?? 0) : 0;
  const isCut = fieldOf(head, 'warc-truncated') !== null || size - http.length < announced;
  return { ...place, status, isRevisit: false, isCut };
}

const isRedirect = (status: number): boolean => status >= 300 && status < 400 && status !== 304;

function statusOf({ line }: Head): number | null {
  const digits = /^HTTP\/\d(?:\.\d)? ([1-9]\d\d)(?: |$)/.exec(line)?.[1];
  return digits === undefined ? null : Number(digits);
}

function referencesOf(head: Head): string[] {
  const at = momentOf(addressOf(fieldOf(head, 'warc-refers-to-target-uri')), fieldOf(head, 'warc-refers-to-date'));
  return [fieldOf(head, 'warc-refers-to'), at, fieldOf(head, 'warc-payload-digest')].filter(isText);
}

const namesOf = (head: Head, url: string): string[] =>
  [
    fieldOf(head, 'warc-record-id'),
    momentOf(url, fieldOf(head, 'warc-date')),
    fieldOf(head, 'warc-payload-digest'),
  ].filter(isText);

function momentOf(url: string | null, date: string | null): string | null {
  const time = Date.parse(date ?? '');
  return url === null || Number.isNaN(time) ? null : `${time} ${url}`;
}

const isText = (key: string | null): key is string => key !== null;

/** The first that shows a page; else the first that leads on, and else the first of any kind. */
function bestOf(captures: readonly Capture[]): Capture | null {
  const readable = captures.filter(({ isRevisit, original }) => !isRevisit || original !== null);
  return (
    readable.find(({ status, isCut }) => !isCut && (status < 300 || status === 304)) ??
    readable.find(({ status }) => isRedirect(status)) ??
    readable[0] ??
    captures[0] ??
    null
  );
}

// ---------------------------------------------------------------- one answer

const notCaptured = (url: URL, why = ''): DialError =>
  new DialError(refused('budget', `not in the capture: ${url.href}${why && ` (${why})`}`));

async function exchangeOf(
  file: ArchiveFile,
  capture: Capture | null,
  url: URL,
  options: ExchangeOptions,
  limits: StaticLimits,
): Promise<Exchange> {
  if (capture === null) throw notCaptured(url);
  const { isRevisit, original, isCut } = capture;
  if (isRevisit && original === null) throw notCaptured(url, 'its content is in another file');
  try {
    const place = original ?? capture;
    const source = await headIn(file, place);
    const own = isRevisit ? await headIn(file, capture) : source;
    const status = own && statusOf(own);
    // "not modified" is what a machine was told that had the page
    const head = status === null || status === 304 ? source : own;
    if (!head || !source) throw new Error('it has no head of an HTTP answer');
    // the content is that of the other answer, and so is how it is packed
    const headers = [...head.fields.filter(([key]) => !PACKING.has(key)), ...source.fields.filter(([key]) => PACKING.has(key))]; // prettier-ignore
    const body = await bodyOf(file, place, headers, statusOf(head)!, options, limits);
    const isWanted = body.isHtml || body.text !== null || body.bytes === null || body.bytes.length === 0;
    if (isCut && isWanted && statusOf(head)! < 300) throw notCaptured(url, 'only a part of its content is');
    return { status: statusOf(head)!, headers, body, firstByteMs: 0 };
  } catch (error) {
    if (error instanceof DialError || options.signal?.aborted) throw error;
    throw notCaptured(url, `its record is damaged: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const PACKING = new Set(['content-encoding', 'transfer-encoding', 'content-length']);

async function headIn(file: ArchiveFile, place: Place): Promise<Head | null> {
  const content = file.content(place);
  try {
    return (await splitHead(content)).head;
  } finally {
    await content.return(undefined);
  }
}

/** Reads up to the end of the HTTP head; `rest` is what came with it. */
async function splitHead(content: AsyncGenerator<Uint8Array>): Promise<{ head: Head | null; rest: Uint8Array }> {
  let held: Uint8Array = new Uint8Array();
  for (;;) {
    const { value, done } = await content.next();
    if (done) return { head: null, rest: held };
    held = held.length === 0 ? value : Buffer.concat([held, value]);
    const head = readHead(held);
    if (head) return { head, rest: held.subarray(head.length) };
    if (held.length > MAX_HEAD) return { head: null, rest: held };
  }
}

/** Bytes of the head of an answer. */
const MAX_HEAD = 256 * 1024;

async function bodyOf(
  file: ArchiveFile,
  place: Place,
  headers: Head['fields'],
  status: number,
  options: ExchangeOptions,
  limits: StaticLimits,
): Promise<ReadBody> {
  const read = async (fields: Head['fields']): Promise<{ body: ReadBody; start: Uint8Array }> => {
    const reader = readBody(options.bodyKind(status), fields, options.maxBytes, limits.maxWireBytes);
    let start: Uint8Array = new Uint8Array();
    for await (const chunk of payloadOf(file, place, headers, limits.maxWireBytes)) {
      options.signal?.throwIfAborted();
      if (start.length === 0) start = chunk.subarray(0, 256);
      reader.add(chunk);
      if (reader.isEnough()) return { body: reader.result(), start };
    }
    reader.complete();
    return { body: reader.result(), start };
  };
  const { body, start } = await read(headers);
  // many tools keep content unpacked under the header of its packing
  const isUnpacked = body.fault?.kind === 'unreachable' && body.fault.cause === 'decompression' && looksLikeText(start);
  return isUnpacked ? (await read(headers.filter(([key]) => key !== 'content-encoding'))).body : body;
}

/** Compressed bytes are hardly ever free of control characters for so long. */
const looksLikeText = (start: Uint8Array): boolean =>
  start.length > 0 && start.every((byte) => byte >= 32 || byte === 9 || byte === 10 || byte === 13);

async function* payloadOf(
  file: ArchiveFile,
  place: Place,
  headers: Head['fields'],
  maxWireBytes: number,
): AsyncGenerator<Uint8Array> {
  const content = file.content(place);
  try {
    const { rest } = await splitHead(content);
    const stored = (async function* () {
      yield rest;
      yield* content;
    })();
    const isChunked = headers.some(([key, value]) => key === 'transfer-encoding' && /\bchunked\b/i.test(value));
    if (!isChunked) yield* stored;
    // the library takes the bytes as they are when they are in no chunks; it holds one of them, so they are bounded
    else yield* new AsyncIterReader(await firstOf(stored, maxWireBytes + 1), null, true);
  } finally {
    await content.return(undefined);
  }
}

async function firstOf(chunks: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Uint8Array[]> {
  const first: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    if (chunk.length > 0) first.push(chunk);
    size += chunk.length;
    if (size > maxBytes) break;
  }
  return first;
}
