/**
 * The WARC files in what a user named: the file itself, or those in a WACZ, which is a zip file with them in its folder
 * `archive/`. What is stored in the zip as it is, as WACZ demands, is read in its place.
 */
import { mkdtemp, open, rm, writeFile, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Entry, ZipFile } from 'yauzl';
import { persian, UserError } from '../core/errors.ts';
import type { Text } from '../core/model.ts';

/** A file, or a part of one. */
export interface WarcFile {
  /** For messages. */
  readonly path: string;
  readonly size: number;
  /** Fewer bytes at its end. */
  read(position: number, length: number): Promise<Uint8Array>;
}

export interface WarcFiles {
  /** Those of a WACZ by their names; at least one. */
  readonly files: readonly WarcFile[];
  close(): Promise<void>;
}

/** Bytes read at a time. */
const WINDOW = 64 * 1024;
/** Files in a WACZ. Crawlers write some dozen: WARCs, indexes, lists of pages, logs. */
const MAX_ENTRIES = 10_000;
/** Of what was compressed in the zip. Pages of text come to less than twenty. */
const MAX_RATIO = 200;
const MAX_UNPACKED = 50 * 2 ** 30;

/**
 * Opens what was named. What kind of file it is, a zip file aside, is for its reader to say. Throws a UserError when it
 * is not there, or a zip file that is damaged, encrypted, out of proportion, or without web archives.
 */
export async function openWarcFiles(path: string): Promise<WarcFiles> {
  const handle = await open(path).catch((cause: NodeJS.ErrnoException) => {
    throw notAnArchive(path, { fa: persian`خواندنی نیست (${`${cause.code}`})`, en: `that it cannot be read (${cause.code})` }, cause); // prettier-ignore
  });
  const handles = [handle];
  const close = async (): Promise<void> => void (await Promise.all(handles.map((one) => one.close())));
  try {
    const stat = await handle.stat();
    if (stat.isDirectory()) throw notAnArchive(path, { fa: 'پوشه است', en: 'a folder' });
    const { size } = stat;
    const whole = partOf(handle, path, 0, size);
    const isZip = Buffer.from(await whole.read(0, 2)).equals(ZIP);
    return { files: isZip ? await filesInZip(whole, handles) : [whole], close };
  } catch (error) {
    await close();
    throw error;
  }
}

const ZIP = Buffer.from('PK');

/** What was named is none of the files that are read; `found` says in Persian what it is instead, as a clause. */
export const notAnArchive = (path: string, found: Text, cause?: unknown): UserError =>
  new UserError(
    {
      fa: `${persian`${path}: بایگانی وب (${'.warc'}، ${'.warc.gz'} یا ${'.wacz'}) لازم است، ولی این`} ${found.fa}.`,
      en: `${path}: expected a web archive (.warc, .warc.gz or .wacz), found ${found.en}.`,
    },
    { cause },
  );

/** The bytes of all of them, one after the other. */
export async function* bytesOf(files: readonly WarcFile[]): AsyncGenerator<Uint8Array> {
  for (const file of files)
    for (let at = 0; at < file.size; at += WINDOW) yield await file.read(at, Math.min(WINDOW, file.size - at));
}

function partOf(handle: FileHandle, path: string, start: number, size: number): WarcFile {
  return {
    path,
    size,
    async read(position, length) {
      const wanted = Math.max(0, Math.min(length, size - position));
      const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(wanted), 0, wanted, start + position);
      return buffer.subarray(0, bytesRead);
    },
  };
}

// ---------------------------------------------------------------- WACZ

const refused = (path: string, found: Text, cause?: unknown): UserError =>
  new UserError(
    {
      fa: `${persian`${path}: ${'WACZ'} لازم است، یعنی پرونده ${'zip'} با پرونده‌های ${'.warc'} یا ${'.warc.gz'} در پوشه ${'archive/'}`}؛ یافته: ${found.fa}. ${persian`دوباره آن را بگیرید یا بسازید، یا بازش کنید و یکی از پرونده‌های ${'.warc.gz'} آن را نام ببرید.`}`,
      en: `${path}: expected a WACZ, a zip file with .warc or .warc.gz files in its folder archive/, found ${found.en}. Fetch or make it again, or unpack it and name one of its .warc.gz files.`,
    },
    { cause },
  );

/** Adds what it opens to `handles`, of which the first is the zip file. */
async function filesInZip({ path, size }: WarcFile, handles: FileHandle[]): Promise<WarcFile[]> {
  const { fromFdPromise } = await import('yauzl');
  try {
    const zip = await fromFdPromise(handles[0]!.fd);
    const files: WarcFile[] = [];
    let unpacked: { readonly handle: FileHandle; size: number } | null = null;
    for (const entry of await warcsIn(zip, path, size)) {
      const name = `${path} (${printable(entry.fileName)})`;
      if (entry.compressionMethod === STORED) {
        const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
        files.push(partOf(handles[0]!, name, fileDataStart, entry.compressedSize));
        continue;
      }
      if (unpacked === null) handles.push((unpacked = { handle: await openNameless(), size: 0 }).handle);
      await writeFile(unpacked.handle, await zip.openReadStreamPromise(entry));
      files.push(partOf(unpacked.handle, name, unpacked.size, entry.uncompressedSize));
      unpacked.size += entry.uncompressedSize;
    }
    return files;
  } catch (error) {
    if (error instanceof UserError || !(error instanceof Error)) throw error;
    const { syscall, code } = error as NodeJS.ErrnoException;
    const message = printable(error.message);
    if (syscall === undefined)
      throw refused(path, { fa: persian`پرونده‌ای آسیب‌دیده (${message})`, en: `a damaged one (${message})` }, error);
    if (syscall === 'read') throw error;
    throw new UserError(
      {
        fa: persian`${path}: بایگانی‌های وب درون پرونده ${'zip'} فشرده‌اند و در ${tmpdir()} باز نمی‌شوند (${`${code}`}). در ${'TMPDIR'} پوشه‌ای بگذارید که جا دارد.`,
        en: `${path}: its web archives are compressed in the zip file and cannot be unpacked to ${tmpdir()} (${code}). Set TMPDIR to a folder with room for them.`,
      },
      { cause: error },
    );
  }
}

const STORED = 0;
const DEFLATED = 8;
/** Neither other files nor folders nor archives in archives. */
const WARC_NAME = /^archive\/[^/]+\.warc(?:\.gz)?$/i;

/** Checks what the zip file says of them; that it is true of their bytes is for their reader, which takes no more. */
async function warcsIn(zip: ZipFile, path: string, size: number): Promise<Entry[]> {
  if (zip.entryCount > MAX_ENTRIES)
    throw refused(path, {
      fa: persian`${zip.entryCount} پرونده، جایی که حداکثر ${MAX_ENTRIES} تا خوانده می‌شود`,
      en: `${zip.entryCount} files where at most ${MAX_ENTRIES} are read`,
    });
  const entries: Entry[] = [];
  for await (const entry of zip.eachEntry())
    if (WARC_NAME.test(entry.fileName) && entry.uncompressedSize > 0) entries.push(entry);
  if (entries.length === 0) throw refused(path, { fa: 'هیچ', en: 'none' });

  let stored = 0;
  let unpacked = 0;
  for (const entry of entries) {
    const { compressionMethod: method, compressedSize, uncompressedSize } = entry;
    const name = printable(entry.fileName);
    if (entry.isEncrypted()) throw refused(path, { fa: persian`${name} که رمز شده است`, en: `${name} encrypted` });
    if (method !== STORED && method !== DEFLATED)
      throw refused(path, {
        fa: persian`${name} که به شیوه‌ای ناشناس (${`${method}`}) فشرده شده است`,
        en: `${name} compressed in an unknown way (${method})`,
      });
    stored += compressedSize;
    if (method === DEFLATED) unpacked += uncompressedSize;
    if (stored > size)
      throw refused(path, { fa: 'پرونده‌هایی که بایت‌هایشان یکی است', en: 'files in it that share their bytes' });
    if (uncompressedSize > compressedSize * MAX_RATIO)
      throw refused(path, {
        fa: persian`${name} که از ${compressedSize} بایت ${uncompressedSize} بایت می‌سازد، بیش از ${MAX_RATIO} برابر`,
        en: `${name} with ${uncompressedSize} bytes out of ${compressedSize}, more than ${MAX_RATIO} times as many`,
      });
    if (unpacked > MAX_UNPACKED)
      throw refused(path, {
        fa: persian`بیش از ${MAX_UNPACKED} بایت برای باز کردن`,
        en: `more than ${MAX_UNPACKED} bytes to unpack`,
      });
  }
  return entries.sort((a, b) => (a.fileName < b.fileName ? -1 : 1));
}

/** A file that is gone when it is closed, however this process ends. */
async function openNameless(): Promise<FileHandle> {
  const folder = await mkdtemp(join(tmpdir(), 'rasad-wacz-'));
  try {
    return await open(join(folder, 'unpacked'), 'wx+');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Names in a file from elsewhere, for a terminal. */
const printable = (text: string): string => text.slice(0, 200).replace(/[\p{Cc}\p{Cf}]/gu, '?');
