/** The evidence itself: files named by the SHA-256 of what they decode to, kept compressed. */
import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliDecompress, constants, gunzip, gzip, inflate, inflateRaw } from 'node:zlib';
import type { BlobRef } from '../src/core/model.ts';
import type { BlobStore } from './store.ts';

export type Encoding = Exclude<BlobRef['encoding'], 'zstd'>;

const EXTENSIONS: Readonly<Record<Encoding, string>> = { gzip: 'gz', br: 'br', deflate: 'deflate', identity: 'bin' };

/** A file as it lies on the disk. */
export interface StoredFile {
  readonly hash: string;
  readonly encoding: Encoding;
  /** Bytes on the disk. */
  readonly size: number;
  /** When it was last put, also where it was there already: UTC, ISO 8601. */
  readonly putAt: string;
}

/** What keeping house among the files needs beside putting and getting. */
export interface EvidenceFiles {
  /** The bytes as they are kept, still compressed; verified, and rejected, as by `get`. */
  getRaw(ref: BlobRef): Promise<Uint8Array>;
  /** Keeps bytes as they are, under exactly this reference. Rejects, and writes nothing, when they do not decode to it. */
  putRaw(ref: BlobRef, stored: Uint8Array): Promise<void>;
  /** Reads and verifies a file. Rejects only for a reference that is none. */
  check(ref: BlobRef): Promise<FileState>;
  /** Every file there is, by hash. What is not named like one is passed over. */
  list(): AsyncGenerator<StoredFile>;
  /** false when there was none. */
  remove(hash: string, encoding: Encoding): Promise<boolean>;
}

export type FileState =
  { readonly state: 'whole' } | { readonly state: 'missing' | 'damaged'; readonly detail: string };

/**
 * Opens a directory of evidence, `<first two digits>/<hash>.<extension>`, made when something is first put into it.
 * A file appears under its name complete or not at all, also when the process is killed, and is never changed but for
 * the time at which it was last put. One content may be there once for each encoding in which it came. Any number of
 * processes may share the directory.
 *
 * `put` trusts that the wire bytes decode to `decoded`; `get` verifies what it hands out and never decodes beyond
 * `ref.size`. Both reject for zstd, which Node 20 cannot read.
 */
export function openBlobStore(directory: string): BlobStore & EvidenceFiles {
  const pathOf = (hash: string, encoding: Encoding): string => {
    if (!HASH.test(hash)) throw new Error(`expected a SHA-256 in hexadecimal, found "${hash}"`);
    return join(directory, hash.slice(0, 2), `${hash}.${EXTENSIONS[encoding]}`);
  };

  async function read(ref: BlobRef): Promise<Reading> {
    const encoding = supported(ref.encoding);
    const path = pathOf(ref.hash, encoding);
    const stored = readWhole(path);
    if (stored !== null) return decodeAs(ref, encoding, stored, path);
    const detail = `${path}: expected a file of evidence of ${ref.size} bytes, found none. ${REMEDY}`;
    return { state: 'missing', detail };
  }

  async function readOrThrow(ref: BlobRef): Promise<Whole> {
    const reading = await read(ref);
    if (reading.state === 'whole') return reading;
    throw new Error(reading.detail, { cause: reading.cause });
  }

  return {
    async put(decoded, wire) {
      const encoding = encodingToKeep(decoded, wire?.encoding ?? 'identity');
      const ref: BlobRef = { hash: sha256(decoded), size: decoded.byteLength, encoding };
      const path = pathOf(ref.hash, encoding);
      if (isRenewed(path)) return ref;
      writeWhole(path, await bytesToKeep(decoded, wire, encoding));
      return ref;
    },

    get: async (ref) => (await readOrThrow(ref)).decoded,
    getRaw: async (ref) => (await readOrThrow(ref)).stored,

    async putRaw(ref, stored) {
      const encoding = supported(ref.encoding);
      const path = pathOf(ref.hash, encoding);
      const reading = await decodeAs(ref, encoding, stored, 'the bytes to keep');
      if (reading.state !== 'whole') throw new Error(reading.detail, { cause: reading.cause });
      // a damaged file is replaced: this is how one is restored from an archive
      if ((await read(ref)).state !== 'whole' || !isRenewed(path)) writeWhole(path, stored);
    },

    async check(ref) {
      const reading = await read(ref);
      return reading.state === 'whole' ? { state: 'whole' } : { state: reading.state, detail: reading.detail };
    },

    async *list() {
      for (const folder of await namesIn(directory)) {
        if (!/^[0-9a-f]{2}$/.test(folder)) continue;
        for (const name of await namesIn(join(directory, folder))) {
          const [, hash = '', extension] = /^([0-9a-f]{64})\.([a-z]+)$/.exec(name) ?? [];
          const encoding = ENCODINGS.find((candidate) => EXTENSIONS[candidate] === extension);
          if (!encoding || !hash.startsWith(folder)) continue;
          const found = await stat(join(directory, folder, name)).catch(nullIfMissing);
          if (found?.isFile()) yield { hash, encoding, size: found.size, putAt: found.mtime.toISOString() };
        }
      }
    },

    async remove(hash, encoding) {
      const path = pathOf(hash, encoding);
      const wasThere = statSync(path, { throwIfNoEntry: false }) !== undefined;
      rmSync(path, { force: true });
      return wasThere;
    },
  };
}

const HASH = /^[0-9a-f]{64}$/;
const ENCODINGS = Object.keys(EXTENSIONS) as Encoding[];

interface Whole {
  readonly state: 'whole';
  readonly stored: Uint8Array;
  readonly decoded: Uint8Array;
}
type Reading = Whole | { readonly state: 'missing' | 'damaged'; readonly detail: string; readonly cause?: unknown };

/** Are these the bytes of the reference? `place` says in the answer where they were found. */
async function decodeAs(ref: BlobRef, encoding: Encoding, stored: Uint8Array, place: string): Promise<Reading> {
  let decoded: Uint8Array;
  try {
    decoded = await decode(stored, encoding, ref.size);
  } catch (cause) {
    const found = hasCode(cause, 'ERR_BUFFER_TOO_LARGE') ? 'more than that' : 'bytes that do not decode';
    const detail = `${place}: expected ${ref.size} bytes once decoded, found ${found}. ${REMEDY}`;
    return { state: 'damaged', detail, cause };
  }
  const hash = sha256(decoded);
  if (decoded.byteLength === ref.size && hash === ref.hash) return { state: 'whole', stored, decoded };
  const detail =
    `${place}: expected ${ref.size} bytes with the SHA-256 of the file's name, ` +
    `found ${decoded.byteLength} bytes with ${hash}. ${REMEDY}`;
  return { state: 'damaged', detail };
}

const REMEDY = 'Restore the file from a backup or an archive, or audit the organization again.';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;

// ---------------------------------------------------------------- what is kept

/** Bytes that came compressed stay as they came, pictures too: there is nothing to gain. The rest becomes gzip. */
function encodingToKeep(decoded: Uint8Array, wire: BlobRef['encoding']): Encoding {
  const encoding = supported(wire);
  if (encoding !== 'identity') return encoding;
  return isPicture(decoded) ? 'identity' : 'gzip';
}

async function bytesToKeep(
  decoded: Uint8Array,
  wire: Parameters<BlobStore['put']>[1],
  encoding: Encoding,
): Promise<Uint8Array> {
  if (encoding === 'identity') return decoded;
  if (wire !== undefined && wire.encoding === encoding) return wire.bytes;
  // Level 1 is a third of the work of the default for a fifth more bytes.
  return promisify(gzip)(decoded, { level: 1, chunkSize: 64 * 1024 });
}

function supported(encoding: BlobRef['encoding']): Encoding {
  if (encoding !== 'zstd') return encoding;
  throw new Error(
    'expected gzip, br, deflate or identity, found zstd, which Node 20 cannot read. Do not accept it from servers.',
  );
}

const MAGIC = [
  [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], // PNG
  [0xff, 0xd8, 0xff], // JPEG
];
const isPicture = (bytes: Uint8Array): boolean => MAGIC.some((magic) => magic.every((byte, at) => bytes[at] === byte));

// ---------------------------------------------------------------- files

// Synchronous: for a file of ordinary size the way to another thread and back costs several times what the page cache
// does. Compressing and decompressing take long, and are done on other threads.

/**
 * Is the file there, so that its time is that of this call? An empty one does not count: it is what a power cut may
 * leave behind. Where the time cannot be set, the file is another user's and is to be written anew.
 */
function isRenewed(path: string): boolean {
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) === 0) return false;
  const now = new Date();
  try {
    utimesSync(path, now, now);
    return true;
  } catch (error) {
    if (hasCode(error, 'ENOENT') || hasCode(error, 'EPERM') || hasCode(error, 'EACCES')) return false;
    throw error;
  }
}

function readWhole(path: string): Uint8Array | null {
  try {
    return readFileSync(path);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}

function nullIfMissing(error: unknown): null {
  if (hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR')) return null;
  throw error;
}

const namesIn = async (folder: string): Promise<readonly string[]> =>
  ((await readdir(folder).catch(nullIfMissing)) ?? []).sort();

/** Writes under another name and renames, so that nobody ever finds a part of the file under its own. */
function writeWhole(path: string, bytes: Uint8Array): void {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    try {
      writeFileSync(temporary, bytes);
    } catch (error) {
      if (!hasCode(error, 'ENOENT')) throw error;
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(temporary, bytes);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

// ---------------------------------------------------------------- decoding

/**
 * Rejects as soon as more than `size` bytes come out. A stream that stops early yields what it has, as in a browser:
 * servers send such, and whether it is the right content is for the hash to say.
 */
export async function decode(stored: Uint8Array, encoding: Encoding, size: number): Promise<Uint8Array> {
  // A chunk is a round trip to a thread. One with room to spare takes all of an ordinary file.
  const limits = { maxOutputLength: Math.max(size, 1), chunkSize: Math.min(size + 1024, 1024 * 1024) };
  switch (encoding) {
    case 'identity':
      return stored;
    case 'gzip':
      return promisify(gunzip)(stored, { ...limits, finishFlush: constants.Z_SYNC_FLUSH });
    case 'br':
      return promisify(brotliDecompress)(stored, { ...limits, finishFlush: constants.BROTLI_OPERATION_FLUSH });
    case 'deflate':
      // RFC 9110 means the zlib wrapping (RFC 1950) by this name; some servers send the bare stream.
      return promisify(hasZlibHeader(stored) ? inflate : inflateRaw)(stored, {
        ...limits,
        finishFlush: constants.Z_SYNC_FLUSH,
      });
  }
}

const hasZlibHeader = ([first = 0, second = 0]: Uint8Array): boolean =>
  (first & 0x0f) === 8 && ((first << 8) | second) % 31 === 0;
