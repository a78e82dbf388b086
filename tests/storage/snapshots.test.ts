import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { brotliCompressSync, deflateRawSync, deflateSync, gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BlobRef } from '../../src/core/model.ts';
import { openBlobStore } from '../../storage/snapshots.ts';
import type { BlobStore } from '../../storage/store.ts';
import { LARGE, PNG_MAGIC, startProcess } from './processes.ts';

const PAGE = Buffer.from(`<html lang="fa"><p>${'هزینه و زمان انجام خدمت '.repeat(200)}</p></html>`);
const PAGE_HASH = createHash('sha256').update(PAGE).digest('hex');
const PNG = Buffer.concat([PNG_MAGIC, randomBytes(100)]);
const JPEG = Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), randomBytes(100)]);

let directory: string;
let blobs: BlobStore;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'rasad-blobs-'));
  blobs = openBlobStore(directory);
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const files = () =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
const onlyFile = (): string => {
  const [file, ...more] = files();
  if (file === undefined || more.length > 0) throw new Error(`expected one file, found ${files().length}`);
  return file;
};

describe('what is put', () => {
  it('is found under the hash of its decoded bytes', async () => {
    const ref = await blobs.put(PAGE);
    expect(ref).toEqual({ hash: PAGE_HASH, size: PAGE.byteLength, encoding: 'gzip' });
    expect(onlyFile()).toBe(join(directory, PAGE_HASH.slice(0, 2), `${PAGE_HASH}.gz`));
  });

  it.each<[string, BlobRef['encoding'], Uint8Array, string]>([
    ['gzip', 'gzip', gzipSync(PAGE, { level: 9 }), 'gz'],
    ['brotli', 'br', brotliCompressSync(PAGE), 'br'],
    ['deflate in its zlib wrapping', 'deflate', deflateSync(PAGE), 'deflate'],
    ['deflate without a wrapping', 'deflate', deflateRawSync(PAGE), 'deflate'],
  ])('stays as it came when it came as %s', async (_, encoding, bytes, extension) => {
    const ref = await blobs.put(PAGE, { bytes, encoding });
    expect(ref).toEqual({ hash: PAGE_HASH, size: PAGE.byteLength, encoding });
    expect(basename(onlyFile())).toBe(`${PAGE_HASH}.${extension}`);
    expect(readFileSync(onlyFile()).equals(bytes)).toBe(true);
    expect(PAGE.equals(await blobs.get(ref))).toBe(true);
  });

  it.each<[string, Parameters<BlobStore['put']>[1]]>([
    ['came uncompressed', { bytes: PAGE, encoding: 'identity' }],
    ['did not come over a wire', undefined],
  ])('is compressed when it %s', async (_, wire) => {
    const ref = await blobs.put(PAGE, wire);
    expect(ref.encoding).toBe('gzip');
    expect(gunzipSync(readFileSync(onlyFile())).equals(PAGE)).toBe(true);
    expect(PAGE.equals(await blobs.get(ref))).toBe(true);
  });

  it.each([
    ['PNG', PNG],
    ['JPEG', JPEG],
  ])('is not compressed again when it is a %s', async (_, picture) => {
    const ref = await blobs.put(picture);
    expect(ref.encoding).toBe('identity');
    expect(onlyFile()).toMatch(/\.bin$/);
    expect(picture.equals(await blobs.get(ref))).toBe(true);
  });

  it.each<[string, Uint8Array, Parameters<BlobStore['put']>[1]]>([
    ['nothing', new Uint8Array(), undefined],
    ['nothing, said to be gzip', new Uint8Array(), { bytes: new Uint8Array(), encoding: 'gzip' }],
    ['nothing, as gzip', new Uint8Array(), { bytes: gzipSync(''), encoding: 'gzip' }],
    ['one byte', new Uint8Array([0xff]), undefined],
    ['a part of a larger buffer', PAGE.subarray(10, 20), undefined],
    ['three megabytes', randomBytes(3 * 1024 * 1024), undefined],
    ['a gzip stream that stops early', PAGE, { bytes: gzipSync(PAGE).subarray(0, -8), encoding: 'gzip' }],
  ])('comes back the same: %s', async (_, decoded, wire) => {
    const back = await blobs.get(await blobs.put(decoded, wire));
    expect(Buffer.compare(back, decoded)).toBe(0);
  });

  it('is written once', async () => {
    const first = await blobs.put(PAGE);
    const { ino } = statSync(onlyFile());
    expect(await blobs.put(PAGE)).toEqual(first);
    expect(await openBlobStore(directory).put(PAGE, { bytes: PAGE, encoding: 'identity' })).toEqual(first);
    expect(statSync(onlyFile())).toMatchObject({ ino });
  });

  it('is one file when many put it at the same time', async () => {
    const refs = await Promise.all(Array.from({ length: 20 }, () => blobs.put(PAGE)));
    expect(new Set(refs.map((ref) => JSON.stringify(ref))).size).toBe(1);
    expect(PAGE.equals(await blobs.get(refs[0]!))).toBe(true);
    expect(onlyFile()).toMatch(/\.gz$/);
  });

  it('is put again where only an empty file is left of it', async () => {
    const ref = await blobs.put(PAGE);
    truncateSync(onlyFile());
    await blobs.put(PAGE);
    expect(PAGE.equals(await blobs.get(ref))).toBe(true);
  });

  it('leaves no file behind when it cannot be written', async () => {
    writeFileSync(join(directory, PAGE_HASH.slice(0, 2)), 'a file where the folder should be');
    await expect(blobs.put(PAGE)).rejects.toThrow();
    expect(files()).toHaveLength(1);
  });

  it('is refused as zstd', async () => {
    await expect(blobs.put(PAGE, { bytes: PAGE, encoding: 'zstd' })).rejects.toThrow('zstd, which Node 20 cannot read');
    expect(files()).toEqual([]);
  });
});

describe('what is got', () => {
  const damaged = async (damage: (file: string) => void): Promise<Error> => {
    const ref = await blobs.put(PAGE);
    damage(onlyFile());
    return blobs.get(ref).then(
      () => new Error('the damage was not noticed'),
      (error: Error) => error,
    );
  };

  it.each<[string, (file: string) => void, string]>([
    ['missing', (file) => rmSync(file), 'found none'],
    ['empty', (file) => truncateSync(file), 'found 0 bytes'],
    ['cut short', (file) => truncateSync(file, 50), `expected ${PAGE.byteLength} bytes with the SHA-256`],
    ['of another content', (file) => writeFileSync(file, gzipSync(Buffer.alloc(PAGE.length))), 'SHA-256'],
    ['not compressed at all', (file) => writeFileSync(file, PAGE), 'found bytes that do not decode'],
    ['larger than it should be', (file) => writeFileSync(file, gzipSync(`${PAGE} `)), 'found more than that'],
  ])('is reported, with the file and what to do, when it is %s', async (_, damage, found) => {
    const error = await damaged(damage);
    expect(error.message).toContain(found);
    expect(error.message).toContain(join(PAGE_HASH.slice(0, 2), `${PAGE_HASH}.gz`));
    expect(error.message).toContain('Restore the file from a backup or an archive, or audit the organization again.');
  });

  it('is reported when one bit of a picture is another', async () => {
    const ref = await blobs.put(PNG);
    const bytes = readFileSync(onlyFile());
    bytes[50]! ^= 1;
    writeFileSync(onlyFile(), bytes);
    await expect(blobs.get(ref)).rejects.toThrow('SHA-256');
  });

  it.each<[BlobRef['encoding'], string, Buffer]>([
    ['gzip', 'gz', gzipSync(Buffer.alloc(64 * 1024 * 1024))],
    ['br', 'br', brotliCompressSync(Buffer.alloc(16 * 1024 * 1024))],
    ['deflate', 'deflate', deflateRawSync(Buffer.alloc(64 * 1024 * 1024))],
  ])('is never decoded beyond its size: a %s bomb costs nothing', async (encoding, extension, bomb) => {
    const ref = await blobs.put(PAGE, { bytes: gzipSync(PAGE), encoding: 'gzip' });
    writeFileSync(join(directory, ref.hash.slice(0, 2), `${ref.hash}.${extension}`), bomb);
    const before = process.memoryUsage().arrayBuffers;
    await expect(blobs.get({ ...ref, encoding })).rejects.toThrow('found more than that');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 * 1024 * 1024);
  });

  it('is refused as zstd', async () => {
    await expect(blobs.get({ hash: PAGE_HASH, size: 1, encoding: 'zstd' })).rejects.toThrow('zstd');
  });

  it.each(['', '../../etc/passwd', PAGE_HASH.toUpperCase()])('is refused when its hash is none: "%s"', async (hash) => {
    await expect(blobs.get({ hash, size: 1, encoding: 'identity' })).rejects.toThrow('expected a SHA-256');
  });
});

describe('a process that is killed in the middle of a file', { timeout: 20_000 }, () => {
  it.each([0, 0.3, 0.6])(
    'leaves none that is incomplete under its name (killed after %d of its bytes)',
    async (part) => {
      const writer = await startProcess('put-blobs', directory, 'anna');
      const isHalfWritten = (file: string) => {
        const { size } = statSync(file, { throwIfNoEntry: false }) ?? { size: 0 };
        return size > 1024 && size > part * LARGE && size < LARGE;
      };
      writer.go();
      while (!files().some(isHalfWritten)) await sleep(0);
      const acknowledged = await writer.kill();

      expect(acknowledged.length).toBeGreaterThan(0);
      for (const line of acknowledged) await blobs.get(JSON.parse(line) as BlobRef);
      for (const file of files().filter((name) => name.endsWith('.bin'))) {
        expect(basename(file)).toBe(`${createHash('sha256').update(readFileSync(file)).digest('hex')}.bin`);
      }
      await blobs.get(await blobs.put(PAGE));
    },
  );
});
