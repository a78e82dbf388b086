/** The records of an archive that is not trusted: bounded, whole, and each as long as it says. */
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { UserError } from '../src/core/errors.ts';
import { fieldOf, readHead, type Head } from '../src/core/warc-head.ts';
import { MAX_FILE } from './warc-shapes.ts';

/** What keeps an archive from being imported: where, what belongs there, and what is there. */
export const damaged = (where: string, expected: string, found: string, cause?: unknown): UserError =>
  new UserError(
    `The archive cannot be imported. ${where}: expected ${expected}, found ${found}. ` +
      'Nothing was imported. Export the audit again, or fetch the archive again if it was cut on its way.',
    { cause },
  );

/** Bytes of the head of a record: all of it comes from addresses, which are shorter. */
export const MAX_HEAD = 256 * 1024;
/** Bytes of a record: a file and the head of its HTTP answer. */
const MAX_BLOCK = MAX_FILE + MAX_HEAD;

export interface WarcRecord {
  readonly head: Head;
  readonly block: Uint8Array;
}

/**
 * The library's own parser has no limits, waits without end for what a cut file lacks, and reads a damaged member as if
 * it were not compressed. This one stops at the first byte that is not as it should be.
 */
export async function* readRecords(source: AsyncIterable<Uint8Array>): AsyncGenerator<WarcRecord> {
  const bytes = readerOf(gunzipped(source));
  try {
    for (let number = 1; ; number++) {
      const where = `Record ${number}`;
      const head = await bytes.head();
      if (head === null) return;
      if (head === 'unreadable') throw damaged(where, `a head of at most ${MAX_HEAD} bytes`, 'none');
      if (head.line !== 'WARC/1.1') throw damaged(where, 'a record of WARC/1.1', `"${head.line.slice(0, 60)}"`);
      const length = fieldOf(head, 'content-length') ?? '';
      if (!/^\d{1,15}$/.test(length)) throw damaged(where, 'its length in bytes', `"${length.slice(0, 60)}"`);
      if (Number(length) > MAX_BLOCK) throw damaged(where, `at most ${MAX_BLOCK} bytes`, `${length}`);
      const block = await bytes.take(Number(length));
      const end = await bytes.take(4);
      if (block === null || end === null) throw damaged(where, `${length} bytes and an empty line`, 'the end of the file'); // prettier-ignore
      if (Buffer.from(end).toString('latin1') !== '\r\n\r\n')
        throw damaged(where, `${length} bytes and an empty line`, 'more bytes');
      yield { head, block };
    }
  } finally {
    await bytes.close();
  }
}

async function* gunzipped(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip({ chunkSize: 64 * 1024 });
  try {
    for await (const chunk of pipeline(source, gunzip, () => {})) yield chunk as Uint8Array;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (!code.startsWith('Z_')) throw error;
    const found =
      code === 'Z_BUF_ERROR' ? 'a file that ends in the middle' : 'bytes that are damaged or of another kind';
    throw damaged('Its compression', 'a file as `rasad archive export` writes it (.warc.gz)', found, error);
  } finally {
    gunzip.destroy();
  }
}

/** Bytes in the pieces that are asked for; holds no more than one of them and what came with it. */
function readerOf(source: AsyncGenerator<Uint8Array>) {
  let held: Uint8Array = new Uint8Array();
  const more = async (): Promise<boolean> => {
    const { value, done } = await source.next();
    if (done) return false;
    held = held.length === 0 ? value : Buffer.concat([held, value]);
    return true;
  };
  return {
    /** null at the end. */
    async head(): Promise<Head | 'unreadable' | null> {
      for (;;) {
        const head = readHead(held.subarray(0, MAX_HEAD));
        if (head) {
          held = held.subarray(head.length);
          return head;
        }
        if (held.length >= MAX_HEAD) return 'unreadable';
        if (!(await more())) return held.length === 0 ? null : 'unreadable';
      }
    },
    /** null when there are not so many. */
    async take(length: number): Promise<Uint8Array | null> {
      const pieces = [held];
      let size = held.length;
      while (size < length) {
        const { value, done } = await source.next();
        if (done) return null;
        pieces.push(value);
        size += value.length;
      }
      const all = pieces.length === 1 ? held : Buffer.concat(pieces, size);
      held = all.subarray(length);
      return all.subarray(0, length);
    },
    close: () => source.return(undefined),
  };
}
