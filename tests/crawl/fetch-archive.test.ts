import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WARCRecord, WARCSerializer, type WARCRecordOpts } from 'warcio';
import type { BlobRef, Snapshot } from '../../src/core/model.ts';
import type { Target } from '../../src/crawl/contract.ts';
import { crawlOrganization } from '../../src/crawl/crawl.ts';
import { NO_WAITING, openArchiveFetcher, type ArchiveFetcher } from '../../src/crawl/fetch-archive.ts';
import type { PageShape } from '../../src/crawl/page-needs.ts';
import { systemClock } from '../../src/crawl/politeness.ts';
import { openBlobStore } from '../../storage/snapshots.ts';
import { openSqliteStore } from '../../storage/sqlite.ts';
import { exportWarc } from '../../storage/warc.ts';
import { anAudit, aRegistry, aSnapshot, at } from '../storage/fixtures.ts';
import { zipOf, type Zipped } from '../zip.ts';
import { contentPage } from './sites.ts';

const A = 'http://www.example.ir';
const HTML = { 'Content-Type': 'text/html; charset=utf-8' };

/** A record as another program writes it: of a page, unless said otherwise. */
interface Draft extends Omit<WARCRecordOpts, 'url'> {
  readonly url: string;
  readonly body?: string | Uint8Array;
}
let seconds = 0;
async function written({ body = '', ...options }: Draft, gzip = true): Promise<Uint8Array> {
  const date = options.date ?? new Date(Date.UTC(2024, 0, 1, 0, 0, seconds++)).toISOString();
  const record = WARCRecord.create({ type: 'response', httpHeaders: HTML, warcVersion: 'WARC/1.0', ...options, date }, [
    typeof body === 'string' ? Buffer.from(body) : body,
  ]);
  return WARCSerializer.serialize(record, { gzip });
}
const page = (path: string, body = contentPage(`<p>${path}</p>`), more: Partial<Draft> = {}): Draft => ({
  url: A + path,
  body,
  ...more,
});

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rasad-capture-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const opened: ArchiveFetcher[] = [];
afterEach(async () => {
  for (const fetcher of opened.splice(0)) await fetcher.close();
});
let files = 0;
const saved = (bytes: Uint8Array): string => {
  const path = join(folder, `${files++}.warc`);
  writeFileSync(path, bytes);
  return path;
};
async function openFile(path: string): Promise<ArchiveFetcher> {
  const fetcher = await openArchiveFetcher(path);
  opened.push(fetcher);
  return fetcher;
}
async function capture(records: readonly Draft[], { gzip = true } = {}): Promise<ArchiveFetcher> {
  const bytes = await Promise.all(records.map((record) => written(record, gzip)));
  return openFile(saved(Buffer.concat(bytes)));
}

const NOT_CAPTURED = { kind: 'refused', by: 'budget' };

describe('an archive of another program', () => {
  it.each([
    ['compressed record by record', true],
    ['not compressed', false],
  ])('gives the pages that are in it when it is %s', async (_, gzip) => {
    const fetcher = await capture([page('/'), page('/b'), page('/c')], { gzip });
    expect(fetcher.addresses).toBe(3);
    const answer = await fetcher.fetch(`${A}/b`);
    expect(answer).toMatchObject({ outcome: { kind: 'page' }, status: 200, charset: 'utf-8', chain: [{ url: `${A}/b`, status: 200 }] }); // prettier-ignore
    expect(answer.text).toContain('<p>/b</p>');
    expect(answer.headers).toContainEqual(['content-type', 'text/html; charset=utf-8']);
    expect([answer.tls, answer.firstByteMs, answer.retryAfter]).toEqual([null, null, null]);
  });

  it('tells when each answer was got', async () => {
    const fetcher = await capture([
      page('/', undefined, { date: '2021-03-21T08:00:00Z' }),
      page('/b', undefined, { date: '2021-03-22T09:30:00Z' }),
    ]);
    expect((await fetcher.fetch(`${A}/b`)).capturedAt).toBe('2021-03-22T09:30:00.000Z');
    expect((await fetcher.fetch(`${A}/none`)).capturedAt).toBeNull();
    expect(fetcher.span).toEqual({ from: '2021-03-21T08:00:00.000Z', to: '2021-03-22T09:30:00.000Z' });
  });

  it('never says of what it does not have that it does not exist', async () => {
    const fetcher = await capture([page('/')]);
    for (const url of [`${A}/none`, `${A.replace('http:', 'https:')}/`, 'http://other.ir/']) {
      const answer = await fetcher.fetch(url);
      expect(answer.outcome).toMatchObject({ ...NOT_CAPTURED, detail: expect.stringContaining('not in the capture') });
      expect(answer).toMatchObject({ chain: [], status: null });
    }
  });

  it('says of what its maker was told does not exist that it does not', async () => {
    const fetcher = await capture([page('/gone', '<h1>404</h1>', { statusline: 'HTTP/1.1 404 Not Found' })]);
    expect(await fetcher.fetch(`${A}/gone`)).toMatchObject({ outcome: { kind: 'unreachable', cause: 'not-found' }, status: 404 }); // prettier-ignore
  });

  const html = contentPage('<p>محتوا</p>');
  const chunked = (bytes: Uint8Array): Buffer =>
    Buffer.concat([...[0, 1].map((half) => { const part = bytes.subarray(half ? 100 : 0, half ? undefined : 100); return Buffer.concat([Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n')]); }), Buffer.from('0\r\n\r\n')]); // prettier-ignore
  it.each<[string, Record<string, string>, Uint8Array]>([
    ['in chunks', { 'Transfer-Encoding': 'chunked' }, chunked(Buffer.from(html))],
    ['in gzip', { 'Content-Encoding': 'gzip' }, gzipSync(html)],
    ['in brotli', { 'Content-Encoding': 'br' }, brotliCompressSync(html)],
    ['in gzip, in chunks', { 'Content-Encoding': 'gzip', 'Transfer-Encoding': 'chunked' }, chunked(gzipSync(html))],
    ['unpacked, under the headers of its packing', { 'Content-Encoding': 'br', 'Transfer-Encoding': 'chunked', 'Content-Length': '9000' }, Buffer.from(html)],
    ['in windows-1256', { 'Content-Type': 'text/html; charset=windows-1256' }, Buffer.from(html.replace(/[آ-ی۰-۹‌]/g, 'ا').replaceAll('ا', '\xc7'), 'latin1')],
  ])('gives the text of a page that is kept %s', async (name, headers, body) => {
    const fetcher = await capture([page('/', undefined, { body, httpHeaders: { ...HTML, ...headers } })]);
    const answer = await fetcher.fetch(`${A}/`);
    expect(answer.outcome).toEqual({ kind: 'page' });
    expect(answer.text).toContain(name.includes('1256') ? 'ااااا' : '<p>محتوا</p>');
  }); // prettier-ignore

  it('follows redirects through itself, and ends where the next address was not captured', async () => {
    const to = (location: string): Partial<Draft> => ({ statusline: 'HTTP/1.1 302 Found', httpHeaders: { Location: location } }); // prettier-ignore
    const fetcher = await capture([
      page('/', '', to('/fa/')),
      page('/fa/', '', to('//other.ir/home#top')),
      { url: 'http://other.ir/home', body: contentPage() },
      page('/away', '', to('http://not.captured.ir/')),
      page('/round', '', to('/round')),
    ]);
    const answer = await fetcher.fetch(`${A}/`);
    expect(answer.outcome).toEqual({ kind: 'page' });
    expect(answer.chain).toEqual([
      { url: `${A}/`, status: 302 },
      { url: `${A}/fa/`, status: 302 },
      { url: 'http://other.ir/home', status: 200 },
    ]);
    const away = await fetcher.fetch(`${A}/away`);
    expect(away.outcome).toMatchObject(NOT_CAPTURED);
    expect(away.chain).toEqual([{ url: `${A}/away`, status: 302 }]);
    expect((await fetcher.fetch(`${A}/round`)).outcome).toMatchObject({ cause: 'redirect-loop' });
    expect((await fetcher.fetch(`${A}/`, { maxRedirects: 1 })).outcome).toMatchObject({ cause: 'too-many-redirects' });
    const stopped = await fetcher.fetch(`${A}/`, { stopHosts: (host) => host === 'other.ir' });
    expect(stopped.chain.at(-1)).toEqual({ url: 'http://other.ir/home', status: 0 });
  });

  it.each([
    ['as they were typed', `${A}/خدمات/صدور مجوز?q=۱`],
    ['escaped, in small letters', `${A}/${encodeURIComponent('خدمات').toLowerCase()}/${encodeURIComponent('صدور مجوز').toLowerCase()}?q=%db%b1`],
    ['in angle brackets', `<${A}/خدمات/صدور%20مجوز?q=۱>`],
  ])('knows Persian addresses that it has %s', async (_, url) => {
    const record = await written(page('/x'), false);
    const raw = Buffer.from(record).toString('latin1').replace(`${A}/x\r\n`, Buffer.from(`${url}\r\n`).toString('latin1')); // prettier-ignore
    const fetcher = await openFile(saved(Buffer.from(raw, 'latin1')));
    const asked = new URL(`${A}/خدمات/صدور مجوز?q=۱&utm_source=x#top`).href;
    expect((await fetcher.fetch(asked)).outcome).toEqual({ kind: 'page' });
  }); // prettier-ignore

  it('reads a redirect to a Persian address that is not escaped', async () => {
    const raw = Buffer.from(await written(page('/', '', { statusline: 'HTTP/1.1 302 Found', httpHeaders: { Location: '/خدمات' } }), false)); // prettier-ignore
    const target = await written({ url: `${A}/خدمات`, body: contentPage() }, false);
    const fetcher = await openFile(saved(Buffer.concat([raw, target])));
    expect((await fetcher.fetch(`${A}/`)).outcome).toEqual({ kind: 'page' });
  });
});

describe('a repeated answer', () => {
  const body = contentPage('<p>the same everywhere</p>');
  const digest = `sha256:${createHash('sha256').update(body).digest('hex')}`;
  const first = page('/first', body, { date: '2024-05-01T00:00:00Z' });
  const again = (more: Partial<Draft>): Draft => page('/again', '', { type: 'revisit', ...more });

  it.each<[string, Draft]>([
    ['by address and time', again({ refersToUrl: `${A}/first`, refersToDate: '2024-05-01T00:00:00Z' })],
    ['by digest', again({ warcHeaders: { 'WARC-Payload-Digest': digest } })],
    ['without headers of its own', again({ httpHeaders: {}, warcHeaders: { 'WARC-Payload-Digest': digest } })],
    ['as not modified', again({ statusline: 'HTTP/1.1 304 Not Modified', httpHeaders: {}, refersToUrl: `${A}/first`, refersToDate: '2024-05-01T00:00:00Z' })],
    ['as cut to its head', again({ warcHeaders: { 'WARC-Payload-Digest': digest, 'WARC-Truncated': 'length' } })],
  ])('has the content to which it refers %s', async (_, record) => {
    for (const order of [[first, record], [record, first]]) { // prettier-ignore
      const answer = await (await capture(order)).fetch(`${A}/again`);
      expect(answer).toMatchObject({ outcome: { kind: 'page' }, status: 200, chain: [{ url: `${A}/again`, status: 200 }] }); // prettier-ignore
      expect(answer.text).toContain('the same everywhere');
    }
  }); // prettier-ignore

  it('whose content is in another file was not captured here', async () => {
    const fetcher = await capture([again({ warcHeaders: { 'WARC-Payload-Digest': digest } })]);
    expect((await fetcher.fetch(`${A}/again`)).outcome).toMatchObject({ ...NOT_CAPTURED, detail: expect.stringContaining('its content is in another file') }); // prettier-ignore
  });

  it('that is a redirect needs no content', async () => {
    const redirect = again({ statusline: 'HTTP/1.1 301 Moved', httpHeaders: { Location: '/first' } });
    expect((await (await capture([redirect, first])).fetch(`${A}/again`)).text).toContain('the same everywhere');
  });

  it('is unpacked as the content that it refers to', async () => {
    const packed = page('/first', undefined, { body: gzipSync(body), httpHeaders: { ...HTML, 'Content-Encoding': 'gzip' }, date: '2024-05-01T00:00:00Z' }); // prettier-ignore
    const record = again({ refersToUrl: `${A}/first`, refersToDate: '2024-05-01T00:00:00Z' });
    expect((await (await capture([packed, record])).fetch(`${A}/again`)).text).toContain('the same everywhere');
  });
});

describe('an address with several answers', () => {
  const failed = page('/', 'busy', { statusline: 'HTTP/1.1 503 Unavailable' });
  const moved = page('/', '', { statusline: 'HTTP/1.1 302 Found', httpHeaders: { Location: '/', 'Set-Cookie': 'a=1' } }); // prettier-ignore
  const shown = page('/', contentPage('<p>first</p>'));
  const later = page('/', contentPage('<p>second</p>'));
  const unchanged = page('/', '', { statusline: 'HTTP/1.1 304 Not Modified', httpHeaders: {} });

  it.each([
    ['a page over a failure', [failed, shown]],
    ['a page over a redirect to itself', [moved, shown]],
    ['the first page', [shown, later, failed]],
    ['a page over "not modified"', [unchanged, shown]],
  ])('is answered by %s', async (_, records) => {
    expect((await (await capture(records)).fetch(`${A}/`)).text).toContain('<p>first</p>');
  });

  it.each(['POST', 'HEAD'])('is not answered by what was said to a %s', async (method) => {
    const id = '<urn:uuid:12345678-0000-4000-8000-000000000001>';
    const answer = page('/form', contentPage('<p>thank you</p>'), { warcHeaders: { 'WARC-Record-ID': id } });
    const request: Draft = { url: `${A}/form`, type: 'request', statusline: `${method} /form HTTP/1.1`, httpHeaders: { Host: 'x' }, warcHeaders: { 'WARC-Concurrent-To': id } }; // prettier-ignore
    const fetcher = await capture([answer, request]);
    expect((await fetcher.fetch(`${A}/form`)).outcome).toMatchObject(NOT_CAPTURED);
    const get = await capture([answer, { ...request, statusline: 'GET /form HTTP/1.1' }]);
    expect((await get.fetch(`${A}/form`)).outcome).toEqual({ kind: 'page' });
  });
});

describe('content that was cut when it was captured', () => {
  it.each<[string, Partial<Draft>]>([
    ['its maker says so', { warcHeaders: { 'WARC-Truncated': 'time' } }],
    ['there is less than was announced', { httpHeaders: { ...HTML, 'Content-Length': '100000' } }],
  ])('is no page: %s', async (_, more) => {
    const fetcher = await capture([page('/', undefined, more)]);
    expect((await fetcher.fetch(`${A}/`)).outcome).toMatchObject({ ...NOT_CAPTURED, detail: expect.stringContaining('only a part') }); // prettier-ignore
  });

  it('is still a file of its kind', async () => {
    const fetcher = await capture([page('/a.pdf', '%PDF-1.4 …', { httpHeaders: { 'Content-Type': 'application/pdf' }, warcHeaders: { 'WARC-Truncated': 'length' } })]); // prettier-ignore
    expect((await fetcher.fetch(`${A}/a.pdf`)).outcome).toEqual({ kind: 'not-html', contentType: 'application/pdf' });
  });

  it('is no page when it is longer than is read of one', async () => {
    const fetcher = await capture([page('/', `<html>${'x'.repeat(11_000_000)}`)]);
    expect((await fetcher.fetch(`${A}/`)).outcome).toMatchObject({ kind: 'unreachable', cause: 'too-large' });
  });
});

describe('robots.txt', () => {
  it('that was captured is read', async () => {
    const fetcher = await capture([page('/robots.txt', 'User-agent: *\nDisallow: /x', { httpHeaders: { 'Content-Type': 'text/plain' } })]); // prettier-ignore
    const answer = await fetcher.fetch(`${A}/robots.txt`, { asText: true });
    expect(answer.text).toBe('User-agent: *\nDisallow: /x');
  });

  it('that was not captured forbids nothing, and is not said to be missing', async () => {
    const fetcher = await capture([page('/')]);
    const answer = await fetcher.fetch(`${A}/robots.txt`, { asText: true });
    expect(answer).toMatchObject({ outcome: NOT_CAPTURED, status: 404, chain: [], text: null });
  });
});

describe('a file that is no archive, or a damaged one', () => {
  const refusal = async (bytes: Uint8Array): Promise<string> => {
    const error = await openFile(saved(bytes)).then(
      () => new Error('it was opened'),
      (reason: Error) => reason,
    );
    expect(error.name, error.stack).toBe('UserError');
    return error.message;
  };
  const two = async (gzip: boolean): Promise<Buffer> =>
    Buffer.concat([await written(page('/'), gzip), await written(page('/b'), gzip)]);

  it.each<[string, () => Promise<Uint8Array> | Uint8Array, string]>([
    ['a page', () => Buffer.from('<html>'), 'found a file that begins with "<html>"'],
    ['nothing', () => Buffer.alloc(0), 'found a file that begins with ""'],
    ['a zip file that is none', () => Buffer.from('PK\x03\x04 and more'), 'expected a WACZ, a zip file with .warc or .warc.gz files in its folder archive/, found a damaged one (End of central directory'],
    ['one compressed with zstd', () => Buffer.from('28b52ffd0000', 'hex'), 'compressed with zstd'],
    ['one cut in its last record', async () => (await two(false)).subarray(0, -50), 'found the end of the file'],
    ['one cut in its last member', async () => (await two(true)).subarray(0, -50), 'expected a whole gzip member, found the end of the file'],
    ['one cut in the trailer of its last member', async () => (await two(true)).subarray(0, -3), 'expected a whole gzip member, found the end of the file'],
    ['one with other bytes at its end', async () => Buffer.concat([await two(true), Buffer.from('garbage')]), 'expected the beginning of a gzip member'],
    ['one that is compressed as a whole', async () => gzipSync(await two(false)), 'expected one record in a gzip member, found more (unpack the file'],
    ['one of an old version', async () => Buffer.from((await two(false)).toString('latin1').replace('WARC/1.0', 'WARC/0.9'), 'latin1'), 'found "WARC/0.9"'],
    ['one with a length that is none', async () => Buffer.from((await two(false)).toString('latin1').replace(/Content-Length: \d+/, 'Content-Length: -1'), 'latin1'), 'expected a Content-Length in bytes, found "-1"'],
    ['one that claims more than it has', async () => gzipSync('WARC/1.0\r\nContent-Length: 5000\r\n\r\nabc'), 'expected a record of'],
    ['gzip of something else', () => gzipSync('hello'), 'expected a record of WARC/1.0 or WARC/1.1'],
  ])('is refused, with what to do: %s', async (_, bytes, message) => {
    expect(await refusal(await bytes())).toContain(message);
  }); // prettier-ignore

  it('is refused when it is not there', async () => {
    await expect(openArchiveFetcher(join(folder, 'none.warc'))).rejects.toThrow(
      'found that it cannot be read (ENOENT)',
    );
  });

  it('is refused when it is a folder', async () => {
    await expect(openArchiveFetcher(folder)).rejects.toThrow('(.warc, .warc.gz or .wacz), found a folder.');
  });

  it('is refused in Persian too, with its path isolated', async () => {
    await expect(openArchiveFetcher(folder)).rejects.toMatchObject({
      said: { fa: expect.stringMatching(/^\u2068.+\u2069: بایگانی وب .+ لازم است، ولی این پوشه است\.$/) as string },
    });
    const cut = saved(Buffer.from('WARC/1.0\r\nContent-Length: 5000\r\n\r\nabc'));
    await expect(openFile(cut)).rejects.toMatchObject({
      said: { fa: expect.stringContaining('انتظار: رکوردی با ۵٬۰۳۴ بایت؛ یافته: پایان پرونده.') as string },
    });
  });

  it('gives no page whose bytes are not those that were written', async () => {
    const bytes = Buffer.from(await written(page('/', `<html>${'محتوا '.repeat(3000)}`)));
    // the checksum at the end of the member
    bytes[bytes.length - 6]! ^= 1;
    const fetcher = await openFile(saved(bytes));
    expect((await fetcher.fetch(`${A}/`)).outcome).toMatchObject({ ...NOT_CAPTURED, detail: expect.stringContaining('its record is damaged') }); // prettier-ignore
  });

  it('passes over what is no answer of a web server', async () => {
    const fetcher = await capture([
      { url: 'urn:x:y', body: 'a' },
      { url: `${A}/dns`, type: 'resource', httpHeaders: {}, body: 'a' },
      { url: `${A}/odd`, statusline: 'GARBAGE', body: 'a' },
      { url: `${A}/part`, warcHeaders: { 'WARC-Segment-Number': '1' }, body: 'a' },
      page('/'),
    ]);
    expect(fetcher.addresses).toBe(1);
  });
});

// ---------------------------------------------------------------- WACZ

const warc = async (name: string, records: readonly Draft[], more: Partial<Zipped> = {}): Promise<Zipped> => ({
  name,
  bytes: Buffer.concat(await Promise.all(records.map((record) => written(record, name.endsWith('.gz'))))),
  ...more,
});
const PAGES: Zipped = { name: 'pages/pages.jsonl', bytes: Buffer.from('{"format":"json-pages-1.0"}\n') };

describe('a WACZ', () => {
  it.each([
    ['stored, as crawlers write it', 'archive/data.warc.gz', false],
    ['compressed, as a plain zip of it is', 'archive/data.warc.gz', true],
    ['stored and not compressed at all', 'archive/data.warc', false],
    ['compressed only by the zip', 'archive/data.warc', true],
  ])('gives the pages of its web archive that is %s', async (_, name, deflated) => {
    const fetcher = await openFile(
      saved(zipOf([PAGES, await warc(name, [page('/'), page('/b'), page('/c')], { deflated })])),
    );
    expect(fetcher.addresses).toBe(3);
    for (const path of ['/c', '/', '/b']) {
      const answer = await fetcher.fetch(A + path);
      expect(answer.outcome).toEqual({ kind: 'page' });
      expect(answer.text).toContain(`<p>${path}</p>`);
    }
    expect((await fetcher.fetch(`${A}/none`)).outcome).toMatchObject(NOT_CAPTURED);
  });

  it('gives the pages of all web archives in it, and of nothing else', async () => {
    const digest = `sha1:${createHash('sha1').update('x').digest('hex')}`;
    const fetcher = await openFile(
      saved(
        zipOf([
          await warc('archive/rec-2.warc.gz', [
            page('/b'),
            page('/again', '', { type: 'revisit', warcHeaders: { 'WARC-Payload-Digest': digest } }),
          ]),
          PAGES,
          await warc('archive/rec-1.warc', [page('/', undefined, { warcHeaders: { 'WARC-Payload-Digest': digest } })], { deflated: true }),
          await warc('archive/screenshots-1.warc.gz', [{ url: `urn:view:${A}/`, type: 'resource', httpHeaders: {}, body: 'a picture' }]),
          await warc('archive/text-1.warc.gz', [{ url: `urn:text:${A}/`, type: 'resource', httpHeaders: {}, body: 'a text' }]),
          await warc('archive/late.warc', [page('/late')], { deflated: true }),
          { name: 'archive/empty.warc.gz', bytes: Buffer.alloc(0) },
          { name: 'archive/inner.wacz', bytes: zipOf([await warc('archive/x.warc.gz', [page('/inner')])]) },
          await warc('archive/deeper/x.warc.gz', [page('/deeper')]),
          await warc('logs/x.warc.gz', [page('/logs')]),
        ]),
      ),
    ); // prettier-ignore
    expect(fetcher.addresses).toBe(4);
    expect((await fetcher.fetch(`${A}/late`)).text).toContain('<p>/late</p>');
    expect((await fetcher.fetch(`${A}/b`)).text).toContain('<p>/b</p>');
    // the content of a repeated answer lies in another of them
    expect((await fetcher.fetch(`${A}/again`)).text).toContain('<p>/</p>');
    for (const path of ['/inner', '/deeper', '/logs'])
      expect((await fetcher.fetch(A + path)).outcome).toMatchObject(NOT_CAPTURED);
  });

  it('leaves no file behind', async () => {
    const left = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('rasad-wacz-'));
    const before = left();
    const fetcher = await openFile(saved(zipOf([await warc('archive/a.warc.gz', [page('/')], { deflated: true })])));
    expect(left()).toEqual(before);
    expect((await fetcher.fetch(`${A}/`)).outcome).toEqual({ kind: 'page' });
    await expect(openFile(saved(zipOf([{ ...bomb(20_000), size: 1000 }])))).rejects.toThrow('too many bytes');
    expect(left()).toEqual(before);
  });

  const one = (more: Partial<Zipped> = {}): Promise<Zipped> => warc('archive/a.warc.gz', [page('/')], more);
  const bomb = (size: number): Zipped => ({ name: 'archive/a.warc', bytes: Buffer.concat([Buffer.from('WARC/1.0\r\nContent-Length: 20000000\r\n\r\n'), Buffer.alloc(size)]), deflated: true }); // prettier-ignore
  const FORGED = Buffer.from('\u202e\x1b[2J');
  it.each<[string, () => Promise<Buffer>, string]>([
    ['without a folder archive/', async () => zipOf([PAGES, await warc('a.warc.gz', [page('/')])]), 'in its folder archive/, found none'],
    ['that is empty', async () => zipOf([]), 'found none'],
    ['cut at its end', async () => zipOf([await one()]).subarray(0, -30), 'found a damaged one (End of central directory'],
    ['cut at its beginning', async () => Buffer.concat([Buffer.from('PK'), zipOf([await one()]).subarray(40)]), 'found a damaged one ('],
    ['whose web archive is cut', async () => zipOf([{ ...(await one()), bytes: (await one()).bytes.subarray(0, -50) }]), '(archive/a.warc.gz), at byte 0: expected a whole gzip member, found the end of the file'],
    ['whose web archive is none', async () => zipOf([{ name: 'archive/a.warc.gz', bytes: Buffer.from('<html>') }]), '(archive/a.warc.gz): expected a web archive (.warc, .warc.gz or .wacz), found a file that begins with "<html>"'],
    ['whose web archive is another zip', async () => zipOf([{ name: 'archive/a.warc.gz', bytes: zipOf([await one()]) }]), 'found a file that begins with "PK'],
    ['that is encrypted', async () => zipOf([await one({ flags: 1, deflated: true })]), 'found archive/a.warc.gz encrypted'],
    ['that is strongly encrypted', async () => zipOf([await one({ flags: 0x41 })]), 'strong encryption'],
    ['compressed in another way', async () => zipOf([await one({ method: 93 })]), 'found archive/a.warc.gz compressed in an unknown way (93)'],
    ['with a name that climbs out', async () => zipOf([await one(), { ...PAGES, name: '../../etc/x' }]), 'found a damaged one (invalid relative path: ../../etc/x)'],
    ['with a web archive that climbs out', async () => zipOf([await one({ name: 'archive/../../a.warc.gz' })]), 'invalid relative path'],
    ['with a name from the root', async () => zipOf([await one({ name: '/archive/a.warc.gz' })]), 'absolute path: /archive/a.warc.gz'],
    ['with a name that climbs out backwards', async () => zipOf([await one({ name: 'archive\\..\\..\\a.warc.gz' })]), 'invalid relative path'],
    ['with more files than a capture has', async () => zipOf(Array.from({ length: 10_001 }, () => PAGES)), 'found 10001 files where at most 10000 are read'],
    ['that claims more files than it has', async () => zipOf([await one()], { count: 9000 }), 'found a damaged one ('],
    ['that claims fewer', async () => zipOf([await one()], { count: 0 }), 'found none'],
    ['with a bomb', async () => zipOf([bomb(20_000_000)]), 'found archive/a.warc with 20000038 bytes out of'],
    ['with a bomb that calls itself small', async () => zipOf([{ ...bomb(20_000_000), size: 1000 }]), 'found a damaged one (too many bytes in the stream'],
    ['with less than it says', async () => zipOf([await one({ deflated: true, size: 5000 })]), 'found a damaged one (not enough bytes in the stream'],
    ['whose compression is damaged', async () => zipOf([await one({ method: 8 })]), 'found a damaged one ('],
    ['whose files share their bytes', async () => zipOf([await one(), ...(await Promise.all(Array.from({ length: 9 }, (_, i) => one({ name: `archive/${i}.warc.gz`, shared: true }))))]), 'found files in it that share their bytes'],
    ['whose name writes to the terminal', async () => zipOf([await one({ name: `archive/${FORGED}.warc.gz`, flags: 0x801, deflated: true })]), 'found archive/??[2J.warc.gz encrypted'],
  ])('is refused %s', async (_, bytes, message) => {
    const error = await openFile(saved(await bytes())).then(
      () => new Error('it was opened'),
      (reason: Error) => reason,
    );
    expect(error.name, error.stack).toBe('UserError');
    expect(error.message).toContain(message);
  }); // prettier-ignore
});

// ---------------------------------------------------------------- a crawl

interface View extends PageShape {
  readonly hrefs: readonly string[];
}
const view = (html: string, url: string): View => {
  const hrefs = [...html.matchAll(/href=([^\s>]+)/g)].map(([, href]) => new URL(href!, url).href);
  return { words: html.split(/\s+/).length, scripts: [], links: hrefs, title: '', runs: [], hrefs };
};
const target = (url: string, more: Partial<Target> = {}): Target => ({ url, role: 'page', serviceIds: [], topic: 'x', foundOn: 'registry', depth: 1, weight: 0.5, ...more }); // prettier-ignore

async function crawl(fetcher: ArchiveFetcher): Promise<Snapshot[]> {
  const looks: Snapshot[] = [];
  const { ended } = await crawlOrganization(
    { auditId: 'a', organizationId: 'one', seeds: [target(`${A}/`, { role: 'portal', depth: 0 })], stored: [], visit: 0, inspect: false },
    {
      fetcher, browser: null, politeness: NO_WAITING, clock: systemClock, view,
      blobs: openBlobStore(join(folder, 'blobs')),
      save: async (snapshot) => void looks.push(snapshot),
      read: (_, seen) => (seen?.hrefs ?? []).map((url) => target(url)),
    },
  ); // prettier-ignore
  expect(ended).toBe('complete');
  return looks;
}
const told = (looks: readonly Snapshot[]): string[] =>
  looks.map(({ role, url, outcome, status }) => `${role} ${url} ${status} ${outcome.kind} ${'by' in outcome ? outcome.by : ''}`.trim()).sort(); // prettier-ignore

describe('a crawl over an archive', () => {
  it('looks at what was captured, and leaves the rest open', async () => {
    const fetcher = await capture([
      page('/robots.txt', 'User-agent: *\nDisallow: /private', { httpHeaders: { 'Content-Type': 'text/plain' } }),
      page('/', contentPage('<a href=/b>b</a><a href=/none>?</a><a href=/private>x</a><a href=http://c.ir/>c</a>')),
      page('/b', '', { statusline: 'HTTP/1.1 301 Moved', httpHeaders: { Location: 'http://c.ir/b' } }),
      page('/private'),
      { url: 'http://c.ir/b', body: contentPage('<p>b</p>') },
      { url: 'http://c.ir/', body: 'no', statusline: 'HTTP/1.1 404 Not Found' },
    ]);
    expect(told(await crawl(fetcher))).toEqual([
      'page http://c.ir/ 404 unreachable',
      `page ${A}/b 200 page`,
      `page ${A}/none null refused budget`,
      `page ${A}/private null refused robots`,
      `portal ${A}/ 200 page`,
      'robots http://c.ir/robots.txt 404 refused budget',
      `robots ${A}/robots.txt 200 not-html`,
    ]);
  });

  it('of our own comes to what was seen when it was made', async () => {
    const blobs = openBlobStore(join(folder, 'own'));
    const store = openSqliteStore(':memory:');
    const html = contentPage('<a href=/b>b</a><a href=/gone>g</a>');
    const put = async (path: string, role: Snapshot['role'], ordinal: number, change: Partial<Snapshot>, body: Buffer | null = null, encoding: BlobRef['encoding'] = 'identity') =>
      store.saveSnapshot(
        aSnapshot({
          url: A + path, role, ordinal, serviceIds: [], chain: [{ url: A + path, status: change.status ?? 200 }], headers: [['content-type', 'text/html'], ['content-encoding', encoding], ['transfer-encoding', 'chunked']], fetchedAt: at(ordinal),
          body: body && (await blobs.put(body, { bytes: encoding === 'br' ? brotliCompressSync(body) : encoding === 'gzip' ? gzipSync(body) : body, encoding })), ...change,
        }),
      ); // prettier-ignore
    await store.createAudit(anAudit(), aRegistry({ organizations: [{ id: 'one', names: { fa: 'یک', en: 'One' }, parentId: null, portalUrl: `${A}/`, cooperation: 'cooperative', extra: {} }] })); // prettier-ignore
    await put('/robots.txt', 'robots', 0, { headers: [['content-type', 'text/plain']], outcome: { kind: 'not-html', contentType: 'text/plain' } }, Buffer.from('User-agent: *')); // prettier-ignore
    await put('/', 'portal', 1, { chain: [{ url: `${A}/`, status: 302 }, { url: `${A}/fa`, status: 200 }] }, Buffer.from(html), 'br'); // prettier-ignore
    await put('/b', 'page', 2, {}, Buffer.from(contentPage('<p>b</p>')), 'gzip');
    await put('/gone', 'page', 3, { status: 404, outcome: { kind: 'unreachable', cause: 'not-found', detail: '404' } });
    const looks = await store.listSnapshots('a', 'one');
    const chunks: Uint8Array[] = [];
    for await (const chunk of exportWarc('a', { store, blobs }, 'Rasad/test')) chunks.push(chunk);
    const path = saved(Buffer.concat(chunks));
    expect(gunzipSync(readFileSync(path)).includes('x-archive-orig-transfer-encoding: chunked')).toBe(true);

    const fetcher = await openFile(path);
    const again = await crawl(fetcher);
    expect(told(again)).toEqual(told(looks));
    expect(again.map(({ body, chain }) => ({ hash: body?.hash, chain }))).toEqual(
      looks.map(({ body, chain }) => ({ hash: body?.hash, chain })),
    );
    expect((await fetcher.fetch(`${A}/b`)).capturedAt).toBe(at(2));
    await store.close();
  });
});
