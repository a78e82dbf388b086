import { createHash } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BlobRef } from '../../src/core/model.ts';
import { openBlobStore, type StoredFile } from '../../storage/snapshots.ts';

const PAGE = Buffer.from(`<html lang="fa"><p>${'هزینه و زمان '.repeat(50)}</p></html>`);
const HASH = createHash('sha256').update(PAGE).digest('hex');
const AS_GZIP: BlobRef = { hash: HASH, size: PAGE.length, encoding: 'gzip' };
const AS_BROTLI: BlobRef = { ...AS_GZIP, encoding: 'br' };

let directory: string;
let blobs: ReturnType<typeof openBlobStore>;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'rasad-files-'));
  blobs = openBlobStore(directory);
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const pathOf = (extension: string): string => join(directory, HASH.slice(0, 2), `${HASH}.${extension}`);
async function listed(): Promise<StoredFile[]> {
  const files: StoredFile[] = [];
  for await (const file of blobs.list()) files.push(file);
  return files;
}

describe('the bytes of a file as they are kept', () => {
  it('are those that came over the wire', async () => {
    const wire = brotliCompressSync(PAGE);
    const ref = await blobs.put(PAGE, { bytes: wire, encoding: 'br' });
    expect(wire.equals(await blobs.getRaw(ref))).toBe(true);
  });

  it('are refused when they do not decode to what they should', async () => {
    const ref = await blobs.put(PAGE);
    writeFileSync(pathOf('gz'), gzipSync('another page'));
    await expect(blobs.getRaw(ref)).rejects.toThrow('SHA-256 of the file');
  });

  it('can be kept under the reference that they had', async () => {
    await blobs.putRaw(AS_BROTLI, brotliCompressSync(PAGE));
    await blobs.putRaw({ ...AS_GZIP, encoding: 'identity' }, PAGE);
    expect(PAGE.equals(await blobs.get(AS_BROTLI))).toBe(true);
    expect(readFileSync(pathOf('bin')).equals(PAGE)).toBe(true);
  });

  it.each<[string, BlobRef, Uint8Array]>([
    ['of another content', AS_GZIP, gzipSync('another page')],
    ['of another encoding', AS_GZIP, brotliCompressSync(PAGE)],
    ['of another size', { ...AS_GZIP, size: PAGE.length - 1 }, gzipSync(PAGE)],
    ['under a path', { ...AS_GZIP, hash: '../../x' }, gzipSync(PAGE)],
  ])('are not kept when they are %s', async (_, ref, stored) => {
    await expect(blobs.putRaw(ref, stored)).rejects.toThrow(/^.*expected/);
    expect(readdirSync(directory, { recursive: true })).toEqual([]);
  });

  it('take the place of damaged ones, and of no others', async () => {
    const ref = await blobs.put(PAGE);
    const before = statSync(pathOf('gz')).ino;
    await blobs.putRaw(ref, gzipSync(PAGE, { level: 9 }));
    expect(statSync(pathOf('gz')).ino).toBe(before);
    writeFileSync(pathOf('gz'), 'damaged');
    await blobs.putRaw(ref, gzipSync(PAGE));
    expect(gunzipSync(readFileSync(pathOf('gz'))).equals(PAGE)).toBe(true);
  });
});

describe('a check', () => {
  it('tells whole files from damaged and missing ones', async () => {
    const ref = await blobs.put(PAGE);
    expect(await blobs.check(ref)).toEqual({ state: 'whole' });
    expect(await blobs.check(AS_BROTLI)).toMatchObject({ state: 'missing', detail: expect.stringContaining(`${HASH}.br: expected a file of evidence`) }); // prettier-ignore
    writeFileSync(pathOf('gz'), gzipSync(PAGE).subarray(0, 40));
    expect(await blobs.check(ref)).toMatchObject({ state: 'damaged', detail: expect.stringContaining(`${HASH}.gz`) });
  });
});

describe('a list of files', () => {
  it('has each of them once for each encoding, by hash', async () => {
    expect(await listed()).toEqual([]);
    for (const text of ['a', 'b', 'c', 'd']) await blobs.put(Buffer.from(text.repeat(100)));
    await blobs.put(PAGE);
    await blobs.put(PAGE, { bytes: brotliCompressSync(PAGE), encoding: 'br' });
    const files = await listed();
    expect(files).toHaveLength(6);
    expect(files.map(({ hash }) => hash)).toEqual(files.map(({ hash }) => hash).sort());
    const { size, mtime } = statSync(pathOf('br'));
    expect(files).toContainEqual({ hash: HASH, encoding: 'br', size, putAt: mtime.toISOString() });
  });

  it('passes over what is not a file of evidence', async () => {
    await blobs.put(PAGE);
    writeFileSync(`${pathOf('gz')}.1234.tmp`, 'half a file');
    writeFileSync(join(directory, HASH.slice(0, 2), 'notes.txt'), 'x');
    writeFileSync(join(directory, 'ab'), 'a file where a folder could be');
    mkdirSync(join(directory, HASH.startsWith('cd') ? 'ce' : 'cd'));
    writeFileSync(join(directory, HASH.startsWith('cd') ? 'ce' : 'cd', `${HASH}.gz`), 'in the wrong folder');
    mkdirSync(pathOf('br'));
    expect((await listed()).map(({ hash, encoding }) => [hash, encoding])).toEqual([[HASH, 'gzip']]);
  });
});

describe('the time of a file', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['put', () => blobs.put(PAGE)],
    ['restored', () => blobs.putRaw(AS_GZIP, gzipSync(PAGE))],
  ])('is that at which it was last %s', async (_, again) => {
    await blobs.put(PAGE);
    const { ino } = statSync(pathOf('gz'));
    utimesSync(pathOf('gz'), 0, 0);
    const before = Date.now();
    await again();
    expect(Date.parse((await listed())[0]!.putAt)).toBeGreaterThanOrEqual(before);
    expect(statSync(pathOf('gz')).ino).toBe(ino);
  });
});

describe('a file that is removed', () => {
  it('is gone in that encoding only, and is told from one that was not there', async () => {
    await blobs.put(PAGE);
    await blobs.putRaw(AS_BROTLI, brotliCompressSync(PAGE));
    expect(await blobs.remove(HASH, 'gzip')).toBe(true);
    expect(await blobs.remove(HASH, 'gzip')).toBe(false);
    expect((await listed()).map(({ encoding }) => encoding)).toEqual(['br']);
  });

  it('is never one outside the folder', async () => {
    writeFileSync(join(directory, 'kept.gz'), 'x');
    await expect(blobs.remove('../kept', 'gzip')).rejects.toThrow('expected a SHA-256 in hexadecimal');
    expect(readdirSync(directory)).toEqual(['kept.gz']);
  });
});
