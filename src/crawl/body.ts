/**
 * The body of an answer while it arrives: how much of it is wanted, what it is, and what it decompresses to. Bounded in
 * what it takes from the wire and in what it makes of it.
 */
import { brotliDecompressSync, constants, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import type { FetchOutcome } from '../core/model.ts';
import { decodeHtml } from './charset.ts';
import { unreachable } from './contract.ts';

/** `page`: HTML is wanted whole, of anything else the beginning · `text`: anything, cut at its limit · `error`: an error's page when it is small · `drain`: read and dropped. */
export type BodyKind =
  { readonly kind: 'page' | 'text' } | { readonly kind: 'error' | 'drain'; readonly maxBytes: number };

export type Encoding = 'identity' | 'gzip' | 'br' | 'deflate';

export interface ReadBody {
  readonly isHtml: boolean;
  /** Type that the first bytes prove, where the header says otherwise or nothing. */
  readonly sniffed: string | null;
  readonly wire: { readonly bytes: Uint8Array; readonly encoding: Encoding } | null;
  readonly bytes: Uint8Array | null;
  readonly text: string | null;
  readonly charset: string | null;
  readonly fault: FetchOutcome | null;
}

export interface BodyReader {
  add(chunk: Uint8Array): void;
  complete(): void;
  /** All that was sent has come. */
  isComplete(): boolean;
  /** No more is wanted, though more may come. */
  isEnough(): boolean;
  result(): ReadBody;
}

/** Bytes of an answer that is not HTML: enough for what its first bytes prove. */
const HEAD_BYTES = 64 * 1024;
/** Bytes after which an answer without a telling header is judged by its content. */
const SNIFF_BYTES = 1024;
/** Compressed bytes after which the size of what they hold is looked at for the first time, and at each doubling. */
const PROBE_BYTES = 256 * 1024;

const NOTHING: ReadBody = {
  isHtml: false,
  sniffed: null,
  wire: null,
  bytes: null,
  text: null,
  charset: null,
  fault: null,
};

export function readBody(
  wanted: BodyKind,
  headers: readonly (readonly [string, string])[],
  maxBytes: number,
  maxWireBytes: number,
): BodyReader {
  const header = (name: string): string => headers.find(([key]) => key === name)?.[1] ?? '';
  const encoding = encodingOf(header('content-encoding'));
  const declared = declaredKind(header('content-type'));
  const length = /^\d+$/.test(header('content-length')) ? Number(header('content-length')) : null;
  const chunks: Uint8Array[] = [];
  let size = 0;
  let complete = false;
  let enough = false;
  let fault: FetchOutcome | null = null;
  let isHtml: boolean | null = declared === 'html' ? true : declared === 'other' ? false : null;
  let sniffed: string | null = null;
  let hasLooked = false;
  let nextProbe = PROBE_BYTES;
  let limit = limitFor();

  if (encoding === null)
    stopWith(
      unreachable('decompression', `content-encoding "${header('content-encoding').slice(0, 60)}" is not known`),
    );
  else if (wanted.kind === 'page' && isHtml !== false && length !== null && length > maxWireBytes)
    tooLarge(`${length} bytes announced`);

  /** Bytes from the wire after which reading stops. */
  function limitFor(): number {
    if (wanted.kind === 'drain' || wanted.kind === 'error') return wanted.maxBytes;
    if (wanted.kind === 'text') return maxBytes;
    if (isHtml === false) return Math.min(HEAD_BYTES, maxBytes);
    return encoding === 'identity' ? Math.min(maxBytes, maxWireBytes) : maxWireBytes;
  }

  function stopWith(outcome: FetchOutcome): void {
    fault = outcome;
    enough = true;
    chunks.length = 0;
  }
  function tooLarge(detail: string): void {
    stopWith(unreachable('too-large', detail));
  }

  function look(): void {
    hasLooked = true;
    const head = decompress(join(chunks), encoding!, { maxBytes: HEAD_BYTES, isCut: true });
    if (!head.bytes) return;
    const magic = magicOf(head.bytes);
    if (isHtml !== false || magic !== null) sniffed = magic;
    if (magic !== null) isHtml = false;
    else if (isHtml === null) {
      isHtml = startsLikeHtml(head.bytes);
      if (!isHtml && declared === null) sniffed = looksBinary(head.bytes) ? 'application/octet-stream' : 'text/plain';
    }
    limit = limitFor();
  }

  function result(): ReadBody {
    if (wanted.kind === 'drain') return NOTHING;
    if (fault !== null || encoding === null) return { ...NOTHING, isHtml: isHtml === true, fault };
    if (!hasLooked && isHtml !== true && size > 0) look();
    const isCut = !complete && (wanted.kind === 'text' || isHtml !== true);
    const wireBytes = join(chunks);
    const wire = { bytes: wireBytes, encoding };
    if (wanted.kind === 'error' && !complete) return { ...NOTHING, isHtml: isHtml === true };
    const cap = isHtml || wanted.kind !== 'page' ? maxBytes : HEAD_BYTES;
    const decoded = decompress(wireBytes, encoding, { maxBytes: cap, isCut: isCut || isHtml !== true });
    if (decoded.fault !== null) return { ...NOTHING, isHtml: isHtml === true, wire, fault: decoded.fault };
    let bytes = decoded.bytes!;
    if (isHtml === true && !hasLooked && magicOf(bytes) !== null) {
      // a file that says it is HTML
      sniffed = magicOf(bytes);
      isHtml = false;
      bytes = bytes.subarray(0, HEAD_BYTES);
    }
    // what was cut cannot be kept as it came
    const kept = isCut || bytes !== decoded.bytes || decoded.isCut ? { bytes, encoding: 'identity' as const } : wire;
    if (!isHtml && wanted.kind !== 'text') return { ...NOTHING, sniffed, wire: kept, bytes };
    const { text, charset } = decodeHtml(
      bytes,
      /charset\s*=\s*["']?([^\s"';]+)/i.exec(header('content-type'))?.[1] ?? null,
    );
    return { isHtml: isHtml === true, sniffed, wire: kept, bytes, text, charset, fault: null };
  }

  return {
    add(chunk) {
      if (enough) return;
      size += chunk.length;
      if (wanted.kind !== 'drain') chunks.push(chunk);
      if (wanted.kind === 'page' && isHtml === null && !hasLooked && size >= SNIFF_BYTES) look();
      if (wanted.kind === 'page' && isHtml !== false && encoding !== 'identity' && size >= nextProbe) {
        nextProbe = size * 2;
        const probe = decompress(join(chunks), encoding!, { maxBytes, isCut: true });
        if (probe.isCut) return stopWith(unreachable('decompression', `${size} bytes hold more than ${maxBytes}`));
      }
      if (size <= limit) return;
      if (wanted.kind === 'page' && isHtml !== false) tooLarge(`more than ${limit} bytes`);
      enough = true;
    },
    complete: () => {
      complete = true;
    },
    isComplete: () => complete,
    isEnough: () => enough,
    result,
  };
}

const join = (chunks: readonly Uint8Array[]): Uint8Array => (chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks));

function encodingOf(header: string): Encoding | null {
  const names = header
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity' && name !== 'none');
  if (names.length === 0) return 'identity';
  const [name] = names;
  if (names.length > 1) return null;
  if (name === 'gzip' || name === 'x-gzip') return 'gzip';
  if (name === 'br' || name === 'deflate') return name;
  // some servers name the charset here
  return /^(?:utf-?8|windows-\d+|iso-[\w-]+)$/.test(name!) ? 'identity' : null;
}

interface Decompressed {
  readonly bytes: Uint8Array | null;
  /** There was more than the limit. */
  readonly isCut: boolean;
  readonly fault: FetchOutcome | null;
}

/** With `isCut` the input may end anywhere and too much output is cut; else both are faults. */
function decompress(
  wire: Uint8Array,
  encoding: Encoding,
  { maxBytes, isCut }: { maxBytes: number; isCut: boolean },
): Decompressed {
  if (encoding === 'identity') {
    if (wire.length <= maxBytes) return { bytes: wire, isCut: false, fault: null };
    if (isCut) return { bytes: wire.subarray(0, maxBytes), isCut: true, fault: null };
    return { bytes: null, isCut: false, fault: unreachable('too-large', `more than ${maxBytes} bytes`) };
  }
  if (wire.length === 0) return { bytes: wire, isCut: false, fault: null };
  try {
    return { bytes: inflate(wire, encoding, maxBytes, isCut), isCut: false, fault: null };
  } catch (error) {
    const { code } = error as { code?: string };
    if (code !== 'ERR_BUFFER_TOO_LARGE') {
      const detail = code === 'Z_BUF_ERROR' ? 'ends in the middle' : String(code ?? (error as Error).message);
      return { bytes: null, isCut: false, fault: unreachable('decompression', `${encoding}: ${detail}`) };
    }
    if (!isCut)
      return {
        bytes: null,
        isCut: false,
        fault: unreachable('decompression', `${wire.length} bytes hold more than ${maxBytes}`),
      };
    return { bytes: inflatePart(wire, encoding, maxBytes), isCut: true, fault: null };
  }
}

function inflate(
  wire: Uint8Array,
  encoding: Exclude<Encoding, 'identity'>,
  maxOutputLength: number,
  isCut: boolean,
): Uint8Array {
  // a page of ordinary size fits into one piece
  const chunkSize = 64 * 1024;
  if (encoding === 'br') {
    const { BROTLI_OPERATION_FLUSH, BROTLI_OPERATION_FINISH } = constants;
    return brotliDecompressSync(wire, {
      maxOutputLength,
      chunkSize,
      finishFlush: isCut ? BROTLI_OPERATION_FLUSH : BROTLI_OPERATION_FINISH,
    });
  }
  const options = { maxOutputLength, chunkSize, finishFlush: isCut ? constants.Z_SYNC_FLUSH : constants.Z_FINISH };
  if (encoding === 'gzip') return gunzipSync(wire, options);
  // "deflate" is zlib by the standard and raw in what some servers send
  const isZlib = (wire[0]! & 0x0f) === 8 && ((wire[0]! << 8) | (wire[1] ?? 0)) % 31 === 0;
  return isZlib ? inflateSync(wire, options) : inflateRawSync(wire, options);
}

/** The beginning of what some input holds: less and less of the input, until its output fits. */
function inflatePart(wire: Uint8Array, encoding: Exclude<Encoding, 'identity'>, maxBytes: number): Uint8Array {
  for (let length = wire.length >> 1; length >= 64; length >>= 1) {
    try {
      return inflate(wire.subarray(0, length), encoding, maxBytes, true);
    } catch (error) {
      if ((error as { code?: string }).code !== 'ERR_BUFFER_TOO_LARGE') break;
    }
  }
  return new Uint8Array(0);
}

// ---------------------------------------------------------------- what it is

/** By header: HTML, something else, or null where only the content can tell. */
function declaredKind(contentType: string): 'html' | 'other' | null {
  const type = contentType.split(';')[0]!.trim().toLowerCase();
  if (type === 'text/html' || type === 'application/xhtml+xml') return 'html';
  const isVague =
    !type.includes('/') ||
    /^(?:text\/plain|application\/(?:octet-stream|unknown|x-unknown)|unknown\/unknown|\*\/\*)$/.test(type);
  return isVague ? null : 'other';
}

const MAGIC: readonly (readonly [bytes: string, type: string])[] = [
  ['%PDF-', 'application/pdf'],
  ['PK\x03\x04', 'application/zip'],
  ['\x89PNG\r\n', 'image/png'],
  ['\xff\xd8\xff', 'image/jpeg'],
  ['GIF8', 'image/gif'],
  ['RIFF', 'application/octet-stream'],
  ['Rar!\x1a\x07', 'application/vnd.rar'],
  ['\x1f\x8b\x08', 'application/gzip'],
  ['\xd0\xcf\x11\xe0', 'application/x-ole-storage'],
  ['MZ\x90\x00', 'application/octet-stream'],
];

/** The type of a file by its first bytes, whatever it is called. */
function magicOf(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 8)).toString('latin1');
  return MAGIC.find(([magic]) => head.startsWith(magic))?.[1] ?? null;
}

/** WHATWG MIME Sniffing, section 7.1, a little wider: a page may begin with a blank, a comment or an XML declaration. */
function startsLikeHtml(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, SNIFF_BYTES)).toString('latin1');
  const text = head
    .replace(/\0/g, '')
    .replace(/^(?:\xef\xbb\xbf|\xfe\xff|\xff\xfe)?\s*/, '')
    .replace(/^(?:<!--[\s\S]*?-->\s*|<\?xml[^>]*\?>\s*)+/, '');
  return /^<(?:!doctype\s+html|html|head|title|meta|body|script|style|table|div|h1|p|br|a|b|font|iframe|link)[\s>/]/i.test(
    text,
  );
}

const looksBinary = (bytes: Uint8Array): boolean =>
  bytes.subarray(0, SNIFF_BYTES).some((byte) => byte < 9 || (byte > 13 && byte < 27));
