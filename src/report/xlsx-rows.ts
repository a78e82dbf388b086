/**
 * The last touches to a workbook while it is written, rows of a large sheet among them: the archive goes out front to
 * back and is never held, so that the number of rows costs no memory.
 */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32, createDeflateRaw, deflateRawSync, inflateRawSync } from 'node:zlib';

interface ZipEntry {
  readonly path: string;
  readonly method: number;
  readonly crc: number;
  readonly size: number;
  readonly packed: Uint8Array;
}

/** Rows that are put into the sheet at `path` while it is written. */
export interface LateRows {
  readonly path: string;
  /** Is given the style of each column. */
  readonly rows: (styles: readonly string[]) => AsyncIterable<string>;
}

/**
 * The workbook with `late` rows in the place of the second row of their sheet, whose cells are empty and only show which
 * style each column has. Two things are mended on the way that the library has no option for: bars begin at nothing, and
 * codes made of digits are not flagged as mistakes.
 */
export async function* finished(workbook: Uint8Array, late: LateRows | null): AsyncGenerator<Uint8Array> {
  const zip = new ZipWriter();
  const entries = readZip(workbook);
  for (const entry of entries) {
    if (!entry.path.startsWith('xl/worksheets/')) yield* zip.copy(entry);
    else if (entry.path !== late?.path) yield* zip.copy(packed(entry.path, mended(unpacked(entry))));
  }
  if (late !== null) yield* withRows(zip, entries, late);
  yield zip.end();
}

async function* withRows(
  zip: ZipWriter,
  entries: readonly ZipEntry[],
  { path, rows }: LateRows,
): AsyncGenerator<Uint8Array> {
  const xml = mended(unpacked(entries.find((entry) => entry.path === path)!));
  const model = xml.indexOf('<row r="2"');
  const end = xml.indexOf('</sheetData>');
  const styles = [...xml.slice(model, end).matchAll(/ s="(\d+)"/g)].map(([, style]) => style!);
  const range = /<autoFilter ref="([^"]+)"/.exec(xml)![1]!;
  const head = xml.slice(0, model).replace(/<dimension ref="[^"]*"\/>/, `<dimension ref="${range}"/>`);
  async function* pieces(): AsyncGenerator<string> {
    yield head;
    yield* rows(styles);
    yield xml.slice(end);
  }
  yield* zip.stream(path, pieces());
}

const mended = (xml: string): string =>
  xml
    .replaceAll('<dataBar>', '<dataBar minLength="0" maxLength="100">')
    .replace('</worksheet>', '<ignoredErrors><ignoredError sqref="A1:AZ1048576" numberStoredAsText="1"/></ignoredErrors></worksheet>'); // prettier-ignore

const unpacked = ({ method, packed: bytes }: ZipEntry): string =>
  Buffer.from(method === 0 ? bytes : inflateRawSync(bytes)).toString('utf8');

function packed(path: string, text: string): ZipEntry {
  const bytes = Buffer.from(text);
  return { path, method: 8, crc: crc32(bytes), size: bytes.length, packed: deflateRawSync(bytes) };
}

/** Entries of an archive that the library just made: without a comment, encryption or 64-bit sizes. */
function readZip(zip: Uint8Array): ZipEntry[] {
  const view = Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength);
  const end = view.length - 22;
  let at = view.readUInt32LE(end + 16);
  return Array.from({ length: view.readUInt16LE(end + 10) }, (): ZipEntry => {
    const [nameLength, extra, comment, start] = [28, 30, 32, 42].map((field) => (field === 42 ? view.readUInt32LE(at + field) : view.readUInt16LE(at + field))) as [number, number, number, number]; // prettier-ignore
    const from = start + 30 + view.readUInt16LE(start + 26) + view.readUInt16LE(start + 28);
    const entry = {
      path: view.toString('utf8', at + 46, at + 46 + nameLength),
      method: view.readUInt16LE(at + 10),
      crc: view.readUInt32LE(at + 16),
      size: view.readUInt32LE(at + 24),
      packed: view.subarray(from, from + view.readUInt32LE(at + 20)),
    };
    at += 46 + nameLength + extra + comment;
    return entry;
  });
}

/** 1 January 1980, the first day of the format: a file that is written again is the same. */
const DOS_DAY = 33;
/** Sizes follow the content of an entry, because they are not known before it. */
const SIZES_FOLLOW = 8;

/** An archive that is written front to back and never held. */
class ZipWriter {
  readonly #directory: Buffer[] = [];
  #length = 0;

  *copy({ path, method, crc, size, packed: bytes }: ZipEntry): Generator<Uint8Array> {
    const start = this.#length;
    yield this.#counted(localHeader(path, { flags: 0, method, crc, packedSize: bytes.length, size }));
    yield this.#counted(bytes);
    this.#directory.push(directoryEntry(path, { flags: 0, method, crc, packedSize: bytes.length, size, start }));
  }

  async *stream(path: string, pieces: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
    const start = this.#length;
    let crc = 0;
    let size = 0;
    async function* bytes(): AsyncGenerator<Buffer> {
      for await (const piece of pieces) {
        const chunk = Buffer.from(piece);
        crc = crc32(chunk, crc);
        size += chunk.length;
        yield chunk;
      }
    }
    yield this.#counted(localHeader(path, { flags: SIZES_FOLLOW, method: 8, crc: 0, packedSize: 0, size: 0 }));
    const before = this.#length;
    const deflate = createDeflateRaw();
    // a failure also ends the loop below, which reports it
    pipeline(Readable.from(bytes()), deflate).catch(() => undefined);
    for await (const chunk of deflate) yield this.#counted(chunk as Buffer);
    const packedSize = this.#length - before;
    if (size > 0xffff_ffff) throw new Error(`${path} would be larger than a workbook can hold; findings.csv has no limit`);
    const sizes = Buffer.alloc(16);
    [0x08074b50, crc, packedSize, size].forEach((value, index) => sizes.writeUInt32LE(value, index * 4));
    yield this.#counted(sizes);
    this.#directory.push(directoryEntry(path, { flags: SIZES_FOLLOW, method: 8, crc, packedSize, size, start }));
  } // prettier-ignore

  end(): Uint8Array {
    const directory = Buffer.concat(this.#directory);
    const end = Buffer.alloc(22);
    end.writeUInt32LE(0x06054b50, 0);
    for (const field of [8, 10]) end.writeUInt16LE(this.#directory.length, field);
    end.writeUInt32LE(directory.length, 12);
    end.writeUInt32LE(this.#length, 16);
    return Buffer.concat([directory, end]);
  }

  #counted(bytes: Uint8Array): Uint8Array {
    this.#length += bytes.length;
    return bytes;
  }
}

interface EntryFacts {
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packedSize: number;
  readonly size: number;
}

function localHeader(path: string, facts: EntryFacts): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  writeFacts(header, 4, path, facts);
  return Buffer.concat([header, Buffer.from(path)]);
}

function directoryEntry(path: string, { start, ...facts }: EntryFacts & { readonly start: number }): Buffer {
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(20, 4);
  writeFacts(header, 6, path, facts);
  header.writeUInt32LE(start, 42);
  return Buffer.concat([header, Buffer.from(path)]);
}

/** The part that a local header and the directory have in common. */
function writeFacts(header: Buffer, at: number, path: string, { flags, method, crc, packedSize, size }: EntryFacts): void {
  [20, flags, method, 0, DOS_DAY].forEach((value, index) => header.writeUInt16LE(value, at + index * 2));
  [crc, packedSize, size].forEach((value, index) => header.writeUInt32LE(value, at + 10 + index * 4));
  header.writeUInt16LE(path.length, at + 22);
} // prettier-ignore
