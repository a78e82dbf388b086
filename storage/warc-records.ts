/** The records of an archive that is not trusted: bounded, whole, and each as long as it says. */
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { persian, UserError } from '../src/core/errors.ts';
import type { Text } from '../src/core/model.ts';
import { saidIn, type Said } from '../src/core/said.ts';
import { fieldOf, readHead, type Head } from '../src/core/warc-head.ts';
import { MAX_FILE } from './warc-shapes.ts';

/** What keeps an archive from being imported: where, what belongs there, and what is there. */
export const damaged = (where: Text, expected: Said, found: Said, cause?: unknown): UserError =>
  new UserError(
    {
      fa: `این بایگانی واردشدنی نیست. ${where.fa}: انتظار: ${saidIn(expected, 'fa')}؛ یافته: ${saidIn(found, 'fa')}. چیزی وارد نشد. سنجش را دوباره صادر کنید، یا اگر بایگانی در راه بریده شده است دوباره آن را بگیرید.`,
      en: `The archive cannot be imported. ${where.en}: expected ${saidIn(expected, 'en')}, found ${saidIn(found, 'en')}. Nothing was imported. Export the audit again, or fetch the archive again if it was cut on its way.`,
    },
    { cause },
  );

/** What is not there. */
export const NONE: Text = { fa: 'هیچ', en: 'none' };

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
      const where = { fa: persian`رکورد ${number}`, en: `Record ${number}` };
      const head = await bytes.head();
      if (head === null) return;
      if (head === 'unreadable')
        throw damaged(where, { fa: persian`سرآیندی با حداکثر ${MAX_HEAD} بایت`, en: `a head of at most ${MAX_HEAD} bytes` }, NONE); // prettier-ignore
      if (head.line !== 'WARC/1.1')
        throw damaged(where, { fa: persian`رکوردی از ${'WARC/1.1'}`, en: 'a record of WARC/1.1' }, `"${head.line.slice(0, 60)}"`); // prettier-ignore
      const length = fieldOf(head, 'content-length') ?? '';
      if (!/^\d{1,15}$/.test(length))
        throw damaged(where, { fa: 'طول آن به بایت', en: 'its length in bytes' }, `"${length.slice(0, 60)}"`);
      if (Number(length) > MAX_BLOCK)
        throw damaged(where, { fa: persian`حداکثر ${MAX_BLOCK} بایت`, en: `at most ${MAX_BLOCK} bytes` }, length);
      const block = await bytes.take(Number(length));
      const end = await bytes.take(4);
      const whole = { fa: persian`${Number(length)} بایت و یک سطر خالی`, en: `${length} bytes and an empty line` };
      if (block === null || end === null) throw damaged(where, whole, { fa: 'پایان پرونده', en: 'the end of the file' }); // prettier-ignore
      if (Buffer.from(end).toString('latin1') !== '\r\n\r\n')
        throw damaged(where, whole, { fa: 'بایت‌های بیشتر', en: 'more bytes' });
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
      code === 'Z_BUF_ERROR'
        ? { fa: 'پرونده‌ای که در میانه پایان می‌یابد', en: 'a file that ends in the middle' }
        : { fa: 'بایت‌هایی آسیب‌دیده یا از گونه دیگر', en: 'bytes that are damaged or of another kind' };
    throw damaged(
      { fa: 'فشردگی آن', en: 'Its compression' },
      {
        fa: persian`پرونده‌ای که ${'rasad archive export'} می‌نویسد (${'.warc.gz'})`,
        en: 'a file as `rasad archive export` writes it (.warc.gz)',
      },
      found,
      error,
    );
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
