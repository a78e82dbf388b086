import { mkdir, mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSites, type RunningSites } from '../../seeds/demo-server.ts';
import { ask } from './ask.ts';

const LONG = 'متن بلند برای فشرده‌سازی. '.repeat(60);
const FILES: Record<string, string> = {
  'good.example/index.html': `<p>${LONG}</p>`,
  'good.example/news/index.html': '<title>اخبار | سازمان</title>تازه‌ها {{jalali:-3d}} {{iso:-3d}}',
  'good.example/plain.html': '<title>صدور پروانه | سازمان</title>',
  'good.example/search.html': '{{query}}: <ul>{{results}}</ul>',
  'good.example/404.html': '<h1>پیدا نشد</h1>',
  'good.example/style.css': 'p{}',
  'good.example/file.pdf': '%PDF-1.4',
  'good.example/site.json': JSON.stringify({
    http: 'redirect',
    headers: { server: 'test' },
    paths: {
      '/search/': { file: '/search.html', search: 'q' },
      '/index.jsp': { file: '/index.html' },
      '/index.jsp?pageid=7': { file: '/plain.html' },
      '/old/*': { redirect: '/news/', status: 301 },
      '/login': { redirect: 'https://sso.example/authorize?redirect_uri=https%3A%2F%2Fgood.example%2F&نام=الف' },
      '/slow': { file: '/plain.html', delay: 80 },
      '/خدمات': { file: '/plain.html' },
      '/down': { status: 503, headers: { 'retry-after': '60' } },
    },
  }),
  'old.example/index.html': 'پروانه كسب ۵',
  'old.example/site.json': '{ "encoding": "windows-1256", "charset": null, "tls": "expired" }',
  'wall.example/403.html': 'no',
  'wall.example/site.json': '{ "everything": { "status": 403, "file": "/403.html" }, "tls": "wrong-host" }',
  'soft.example/gone.html': 'این صفحه نیست',
  'soft.example/site.json': '{ "missing": { "status": 200, "file": "/gone.html" }, "tls": "self-signed" }',
  'bare.example/index.html': 'only plain',
  'bare.example/site.json': '{ "tls": "none" }',
};
const NOW = new Date('2026-11-24T21:00:00Z'); // already the 25th in Tehran

let directory: string;
let sites: RunningSites;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sites-'));
  await write(join(directory, 'sites'), FILES);
  await writeFile(join(directory, 'secret.txt'), 'secret');
  await symlink(join(directory, 'secret.txt'), join(directory, 'sites/good.example/link.txt'));
  sites = await startSites(join(directory, 'sites'), { now: NOW });
});
afterAll(async () => {
  await sites.close();
  await rm(directory, { recursive: true });
});

async function write(root: string, files: Record<string, string>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), text);
  }
}
const get = (url: string, question = {}) => ask(sites, url, question);
const code = (url: string) => get(url).then(() => 'trusted', (error: NodeJS.ErrnoException) => error.code); // prettier-ignore

describe('hosts', () => {
  it('all live on loopback, behind one port without and one with TLS', () => {
    expect(Object.keys(sites.hosts)).toEqual(['bare', 'good', 'old', 'soft', 'wall'].map((name) => `${name}.example`));
    expect(new Set(Object.values(sites.hosts)).size).toBe(1);
    expect(sites.hosts['good.example']).toMatch(/^127\.0\.0\.1:\d+\/\d+$/);
  });

  it('show the certificate that their site.json asks for', async () => {
    expect(await code('https://good.example/')).toBe('trusted');
    expect(await code('https://old.example/')).toBe('CERT_HAS_EXPIRED');
    expect(await code('https://wall.example/')).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
    expect(await code('https://soft.example/')).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
  });

  it('without TLS break off the handshake and serve plain HTTP', async () => {
    expect(await code('https://bare.example/')).toMatch(/ECONNRESET|SSL/);
    expect((await get('http://bare.example/')).body.toString()).toBe('only plain');
  });

  it('that are not there are said to be somewhere else', async () => {
    expect((await get('http://bare.example/', { headers: { host: 'unknown.example' } })).status).toBe(421);
  });
});

describe('answers', () => {
  it('redirect to https where the site does', async () => {
    const answer = await get('http://good.example/a?b=1');
    expect([answer.status, answer.headers.location]).toEqual([301, 'https://good.example/a?b=1']);
  });

  it('find the index of a folder, and the folder without its slash', async () => {
    expect((await get('https://good.example/news/')).status).toBe(200);
    expect((await get('https://good.example/news')).headers.location).toBe('/news/');
  });

  it('name the type of each file and the charset of text alone', async () => {
    const type = async (path: string) => (await get(`https://good.example${path}`)).headers['content-type'];
    expect(await type('/style.css')).toBe('text/css; charset=utf-8');
    expect(await type('/file.pdf')).toBe('application/pdf');
  });

  it('use the look of the site for what is missing, with 404 or, on a soft site, 200', async () => {
    const missing = await get('https://good.example/nothing');
    expect([missing.status, missing.body.toString()]).toEqual([404, '<h1>پیدا نشد</h1>']);
    expect((await get('http://soft.example/nothing')).status).toBe(200);
  });

  it('are the same refusal everywhere behind a wall, robots.txt included', async () => {
    expect((await get('http://wall.example/robots.txt')).status).toBe(403);
    expect((await get('http://wall.example/')).status).toBe(403);
  });

  it('follow the most particular of the rules that fit', async () => {
    expect((await get('https://good.example/index.jsp?siteid=1&siteid=1&pageid=7')).body.toString()).toContain('صدور');
    expect((await get('https://good.example/index.jsp?pageid=8')).body.toString()).toContain(LONG);
    expect((await get('https://good.example/old/anything/at/all')).headers.location).toBe('/news/');
    expect((await get('https://good.example/%D8%AE%D8%AF%D9%85%D8%A7%D8%AA')).status).toBe(200);
  });

  it('keep the escapes of a redirect and add those that are missing', async () => {
    expect((await get('https://good.example/login')).headers.location).toBe(
      'https://sso.example/authorize?redirect_uri=https%3A%2F%2Fgood.example%2F&%D9%86%D8%A7%D9%85=%D8%A7%D9%84%D9%81',
    );
  });

  it('carry the headers of the site and of the rule', async () => {
    const answer = await get('https://good.example/down');
    expect([answer.status, answer.headers.server, answer.headers['retry-after']]).toEqual([503, 'test', '60']);
  });

  it('wait where the site is slow', async () => {
    const start = performance.now();
    await get('https://good.example/slow');
    expect(performance.now() - start).toBeGreaterThan(75);
  });

  it('leave in the old encoding, with references for what it cannot say, and no word about it', async () => {
    const answer = await get('http://old.example/');
    expect(answer.headers['content-type']).toBe('text/html');
    expect(new TextDecoder('windows-1256').decode(answer.body)).toBe('پروانه كسب &#1781;');
  });

  it('date themselves from the given day in local time', async () => {
    expect((await get('https://good.example/news/')).body.toString()).toContain('۱۴۰۵/۰۹/۰۱ 2026-11-22');
  });

  it('search the titles of the site, whatever keyboard wrote the words', async () => {
    const search = async (words: string) =>
      (await get(`https://good.example/search/?q=${encodeURIComponent(words)}`)).body.toString();
    expect(await search('پروانه')).toContain('<a href="/plain.html">صدور پروانه</a>');
    expect(await search('اخبار سازمان')).not.toContain('<a');
    expect(await search('<b>')).toContain('&#60;b&#62;: <ul></ul>');
  });

  it('are compressed as the client wishes and always the same text', async () => {
    const bodies = await Promise.all(
      [undefined, 'gzip', 'gzip, deflate, br'].map(async (accepted) => {
        const answer = await get('https://good.example/', { headers: accepted ? { 'accept-encoding': accepted } : {} });
        const encoding = answer.headers['content-encoding'];
        const body =
          encoding === 'br' ? brotliDecompressSync(answer.body) : encoding ? gunzipSync(answer.body) : answer.body;
        return [encoding, body.toString()];
      }),
    );
    expect(bodies.map(([encoding]) => encoding)).toEqual([undefined, 'gzip', 'br']);
    expect(new Set(bodies.map(([, body]) => body)).size).toBe(1);
  });

  it('to HEAD are those to GET without the body', async () => {
    const [head, whole] = [await get('https://good.example/', { method: 'HEAD' }), await get('https://good.example/')];
    expect(head.body).toHaveLength(0);
    expect(head.headers['content-length']).toBe(String(whole.body.length));
  });
});

describe('limits', () => {
  it.each(['POST', 'PUT', 'DELETE'])('refuses %s and writes it down', async (method) => {
    const answer = await get('https://good.example/vote', { method });
    expect([answer.status, answer.headers.allow]).toEqual([405, 'GET, HEAD']);
    expect(sites.log.at(-1)).toMatchObject({ host: 'good.example', method, url: 'https://good.example/vote' });
  });

  it.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2f..%2fsecret.txt',
    '//secret.txt',
    '/link.txt',
    '/site.json',
    '/%00',
  ])('never leaves the folder of the site for %s', async (rawPath) => {
    expect((await get('https://good.example/', { rawPath })).status).toBe(404);
  });

  it('calls broken escapes a bad request', async () => {
    expect((await get('https://good.example/', { rawPath: '/%E0%A4%A' })).status).toBe(400);
  });

  it('keeps the log in the order of arrival, with the scheme and the port', async () => {
    const before = sites.log.length;
    await get('http://bare.example/1');
    await get('https://good.example/2');
    const [first, second] = sites.log.slice(before);
    expect([first?.url, second?.url]).toEqual(['http://bare.example/1', 'https://good.example/2']);
    expect(`127.0.0.1:${first?.port}/${second?.port}`).toBe(sites.hosts['good.example']);
    expect(first?.at).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  });
});

describe('life', () => {
  it('keeps authority and certificates in the cache directory, for its owner only', async () => {
    const cacheDirectory = join(directory, 'cache');
    const first = await startSites(join(directory, 'sites'), { cacheDirectory });
    await first.close();
    const second = await startSites(join(directory, 'sites'), { cacheDirectory });
    expect(second.caPem).toBe(first.caPem);
    expect((await ask(second, 'https://good.example/')).status).toBe(200);
    expect((await stat(join(cacheDirectory, 'certificates.json'))).mode & 0o077).toBe(0);
    await second.close();
  });

  it('says where a site.json is wrong', async () => {
    await write(join(directory, 'wrong'), { 'a.example/site.json': '{ "tls": "old" }' });
    await expect(startSites(join(directory, 'wrong'))).rejects.toThrow(/a\.example.site\.json[^]*tls/);
  });

  it('ends all connections, and may be told so twice', async () => {
    const other = await startSites(join(directory, 'sites'));
    await ask(other, 'http://bare.example/');
    await other.close();
    await other.close();
    await expect(ask(other, 'http://bare.example/')).rejects.toThrow(/ECONNREFUSED|socket hang up|ECONNRESET/);
  });
});
