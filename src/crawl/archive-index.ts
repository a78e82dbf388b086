/**
 * The records of a web archive (WARC/1.0 and 1.1, plain or a gzip member for each record; or several of them in a WACZ):
 * where each lies, found in one pass that keeps no content, and its bytes when they are asked for.
 */
import { pipeline } from 'node:stream';
import { createGunzip, createInflateRaw } from 'node:zlib';
import { persian, UserError } from '../core/errors.ts';
import type { Text } from '../core/model.ts';
import { saidIn, type Said } from '../core/said.ts';
import { fieldOf, readHead, type Head } from '../core/warc-head.ts';
import { notAnArchive, openWarcFiles, type WarcFile } from './warc-files.ts';

/** Where the bytes of a record are. */
export interface Place {
  readonly file: ReadableFile;
  readonly offset: number;
  readonly length: number;
}

interface ReadableFile extends WarcFile {
  readonly isCompressed: boolean;
}

export interface ArchivedRecord extends Place {
  readonly head: Head;
  /** The first bytes of its content; all of it, or enough for the head of an HTTP message. */
  readonly start: Uint8Array;
  /** Bytes of its content. */
  readonly size: number;
}

export interface ArchiveFile {
  /** Every record in order, file by file. Throws a UserError where one is damaged, or not a web archive. */
  records(): AsyncGenerator<ArchivedRecord>;
  /** The content of a record from its beginning. Rejects when it is damaged. */
  content(place: Place): AsyncGenerator<Uint8Array>;
  close(): Promise<void>;
}

/** Bytes read at a time, and at first: most records are small. */
const WINDOW = 64 * 1024;
const FIRST_WINDOW = 8 * 1024;
/** Bytes of the two heads of a record, its own and that of the HTTP message in it. */
const MAX_HEADS = 256 * 1024;
/** Records of one archive. A capture of a country's portals with all pictures has some hundred thousand. */
const MAX_RECORDS = 2_000_000;

/** Opens an archive. Throws a UserError when the file is not there or of another kind. */
export async function openArchiveFile(path: string): Promise<ArchiveFile> {
  const { files, close } = await openWarcFiles(path);
  try {
    const readable: ReadableFile[] = [];
    for (const file of files) {
      const isCompressed = kindOf(await file.read(0, 16), file.path) === 'gzip';
      readable.push({ ...file, isCompressed });
    }
    return { records: () => recordsOf(readable), content: contentOf, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function kindOf(start: Uint8Array, path: string): 'gzip' | 'plain' {
  if (start[0] === 0x1f && start[1] === 0x8b) return 'gzip';
  const text = Buffer.from(start).toString('latin1');
  if (text.startsWith('WARC/')) return 'plain';
  if (text.startsWith('\x28\xb5\x2f\xfd') || text.startsWith('\x5d\x2a\x4d\x18'))
    throw notAnArchive(path, {
      fa: persian`بایگانی‌ای است که با ${'zstd'} فشرده شده است. نخست آن را با ${'unzstd'} باز کنید`,
      en: 'one that is compressed with zstd. Unpack it with `unzstd` first',
    });
  const begin = JSON.stringify(text.slice(0, 8));
  throw notAnArchive(path, {
    fa: persian`پرونده‌ای است که با ${begin} آغاز می‌شود`,
    en: `a file that begins with ${begin}`,
  });
}

// ---------------------------------------------------------------- where records lie

async function* recordsOf(files: readonly ReadableFile[]): AsyncGenerator<ArchivedRecord> {
  let count = 0;
  for (const file of files)
    for (let offset = await nextStart(file, 0); offset < file.size;) {
      if (++count > MAX_RECORDS) throw fault(file, offset, { fa: persian`حداکثر ${MAX_RECORDS} رکورد`, en: `at most ${MAX_RECORDS} records` }, { fa: 'بیشتر', en: 'more' }); // prettier-ignore
      const record = file.isCompressed ? await memberAt(file, offset) : await plainRecordAt(file, offset);
      yield record;
      offset = await nextStart(file, offset + record.length);
    }
}

const fault = ({ path }: ReadableFile, offset: number, expected: Text, found: Said, cause?: unknown): UserError =>
  new UserError(
    {
      fa: `${persian`${path}، بایت ${offset}`}: انتظار: ${expected.fa}؛ یافته: ${saidIn(found, 'fa')}. بایگانی را دوباره بگیرید یا بسازید، یا از سازنده‌اش بخواهید آن را درست کند ${persian`(${'warcio recompress'})`}.`,
      en: `${path}, at byte ${offset}: expected ${expected.en}, found ${saidIn(found, 'en')}. Fetch or make the archive again, or have its maker repair it (\`warcio recompress\`).`,
    },
    { cause },
  );

const END: Text = { fa: 'پایان پرونده', en: 'the end of the file' };
const WHOLE_MEMBER: Text = { fa: persian`تکه‌ای کامل از ${'gzip'}`, en: 'a whole gzip member' };
const recordOf = (bytes: number): Text => ({ fa: persian`رکوردی با ${bytes} بایت`, en: `a record of ${bytes} bytes` });

/** Empty lines stand between the records of a plain file; some tools write more of them than others. */
async function nextStart(file: ReadableFile, position: number): Promise<number> {
  if (file.isCompressed) return position;
  for (let at = position; ; at += 16) {
    const bytes = await file.read(at, 16);
    const blank = bytes.findIndex((byte) => byte !== 13 && byte !== 10);
    if (blank >= 0 || bytes.length < 16) return at + (blank < 0 ? bytes.length : blank);
  }
}

async function plainRecordAt(file: ReadableFile, offset: number): Promise<ArchivedRecord> {
  // most heads are far shorter than what they may be
  let bytes = await file.read(offset, FIRST_WINDOW);
  if (!hasBothHeads(bytes)) bytes = await file.read(offset, MAX_HEADS);
  const { head, size } = headOf(file, offset, bytes);
  const length = head.length + size;
  if (offset + length > file.size) throw fault(file, offset, recordOf(length), END);
  return { file, offset, length, head, size, start: bytes.slice(head.length, length) };
}

function hasBothHeads(bytes: Uint8Array): boolean {
  const head = readHead(bytes);
  return head !== null && readHead(bytes.subarray(head.length)) !== null;
}

function headOf(file: ReadableFile, offset: number, bytes: Uint8Array): { head: Head; size: number } {
  const head = readHead(bytes);
  if (head === null || !/^WARC\/1\.[01]$/.test(head.line)) {
    const found = JSON.stringify(head?.line.slice(0, 60) ?? Buffer.from(bytes.subarray(0, 40)).toString('latin1'));
    throw fault(file, offset, { fa: persian`رکوردی از ${'WARC/1.0'} یا ${'WARC/1.1'}`, en: 'a record of WARC/1.0 or WARC/1.1' }, found); // prettier-ignore
  }
  const length = fieldOf(head, 'content-length') ?? '';
  if (!/^\d{1,15}$/.test(length)) throw fault(file, offset, { fa: persian`${'Content-Length'} به بایت`, en: 'a Content-Length in bytes' }, JSON.stringify(length.slice(0, 60))); // prettier-ignore
  return { head, size: Number(length) };
}

// ---------------------------------------------------------------- gzip members

/** The library of compression does not say where a member ends; the stream inside it, inflated alone, does. */
async function memberAt(file: ReadableFile, offset: number): Promise<ArchivedRecord> {
  const prefix = gzipPrefix(await file.read(offset, FIRST_WINDOW));
  if (prefix === null)
    throw fault(file, offset, { fa: persian`آغاز تکه‌ای از ${'gzip'}`, en: 'the beginning of a gzip member' }, { fa: 'بایت‌های دیگر', en: 'other bytes' }); // prettier-ignore
  const inflated = await inflateFrom(file, offset + prefix).catch((cause: unknown) => {
    if (!(cause instanceof Error) || !('code' in cause) || !String(cause.code).startsWith('Z_')) throw cause;
    const found = cause.code === 'Z_BUF_ERROR' ? END : { fa: 'بایت‌های آسیب‌دیده', en: 'damaged bytes' };
    throw fault(file, offset, WHOLE_MEMBER, found, cause);
  });
  const length = prefix + inflated.consumed + GZIP_TRAILER;
  if (offset + length > file.size) throw fault(file, offset, WHOLE_MEMBER, END);
  const { head, size } = headOf(file, offset, inflated.start);
  const end = head.length + size;
  if (inflated.size < end) throw fault(file, offset, recordOf(end), `${inflated.size}`);
  // an empty line ends a record; nearly all tools write exactly one
  if (inflated.size > end + 16)
    throw fault(
      file,
      offset,
      { fa: persian`یک رکورد در هر تکه ${'gzip'}`, en: 'one record in a gzip member' },
      {
        fa: persian`بیشتر (برای به کار بردنش آن را با ${'gunzip'} باز کنید)`,
        en: 'more (unpack the file with `gunzip` to use it)',
      },
    );
  return { file, offset, length, head, size, start: inflated.start.slice(head.length, end) };
}

const GZIP_TRAILER = 8;

/** Length of a gzip member's own head (RFC 1952, section 2.3); null when this is none. */
function gzipPrefix(bytes: Uint8Array): number | null {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b || bytes[2] !== 8) return null;
  const flags = bytes[3] ?? 0;
  let at = 10;
  if (flags & 4) at += 2 + (bytes[at] ?? 0) + 256 * (bytes[at + 1] ?? 0);
  for (const flag of [8, 16]) {
    if (!(flags & flag)) continue;
    const end = bytes.indexOf(0, at);
    if (end < 0) return null;
    at = end + 1;
  }
  if (flags & 2) at += 2;
  return at < bytes.length ? at : null;
}

/** Inflates to the end of the stream and keeps only the beginning. */
async function inflateFrom(file: ReadableFile, position: number) {
  const inflate = createInflateRaw({ chunkSize: WINDOW });
  const start: Uint8Array[] = [];
  let size = 0;
  let isOver = false;
  inflate.on('data', (chunk: Uint8Array) => {
    if (size < MAX_HEADS) start.push(chunk);
    size += chunk.length;
  });
  const ended = new Promise<void>((resolve, reject) => {
    inflate.on('end', () => {
      isOver = true;
      resolve();
    });
    inflate.on('error', reject);
  });
  ended.catch(() => {});
  try {
    for (let at = position; !isOver;) {
      const bytes = await file.read(at, at === position ? FIRST_WINDOW : WINDOW);
      at += bytes.length;
      if (bytes.length === 0) {
        inflate.end();
        await ended;
        break;
      }
      await Promise.race([ended, new Promise<void>((resolve) => inflate.write(bytes, () => resolve()))]);
    }
    return { consumed: inflate.bytesWritten, size, start: Buffer.concat(start) };
  } finally {
    inflate.destroy();
  }
}

// ---------------------------------------------------------------- content

async function* contentOf(place: Place): AsyncGenerator<Uint8Array> {
  let head: Head | null = null;
  let held: Uint8Array = new Uint8Array();
  let left = 0;
  for await (const chunk of bytesAt(place)) {
    let bytes = chunk;
    if (head === null) {
      held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
      head = readHead(held);
      if (head === null) {
        if (held.length > MAX_HEADS) throw new Error('its head has no end');
        continue;
      }
      left = Number(fieldOf(head, 'content-length') ?? 0);
      bytes = held.subarray(head.length);
    }
    // read to the end of the member also when nothing more is needed: its checksum stands there
    const own = bytes.subarray(0, left);
    left -= own.length;
    if (own.length > 0) yield own;
  }
  if (head === null || left > 0) throw new Error('it ends in the middle');
}

async function* bytesAt({ file, offset, length }: Place): AsyncGenerator<Uint8Array> {
  async function* stored(): AsyncGenerator<Uint8Array> {
    for (let at = offset; at < offset + length; at += WINDOW)
      yield await file.read(at, Math.min(WINDOW, offset + length - at));
  }
  if (!file.isCompressed) return yield* stored();
  const gunzip = createGunzip({ chunkSize: WINDOW });
  try {
    for await (const chunk of pipeline(stored(), gunzip, () => {})) yield chunk as Uint8Array;
  } finally {
    gunzip.destroy();
  }
}
