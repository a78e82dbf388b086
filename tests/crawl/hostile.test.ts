/**
 * The wall of hostile pages, without a browser: each ends as the right outcome in bounded time and memory, and the next
 * look works as if nothing had happened.
 */
import { createHash, randomBytes, webcrypto } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createAuthority, issueCertificate, selfSigned } from '../../seeds/certificates.ts'; // also prepares @peculiar/x509
import * as x509 from '@peculiar/x509';
import type { FetchOutcome, Snapshot } from '../../src/core/model.ts';
import type { StaticAnswer, StaticFetcher, Target } from '../../src/crawl/contract.ts';
import { crawlOrganization } from '../../src/crawl/crawl.ts';
import { openStaticFetcher, type StaticConfig } from '../../src/crawl/fetch-static.ts';
import { readHostMap } from '../../src/crawl/host-map.ts';
import { openPoliteness } from '../../src/crawl/politeness.ts';
import { contentPage, drip, startSite, startSocket, type Site } from './sites.ts';

const html = (
  response: ServerResponse,
  body: string | Buffer,
  headers: Record<string, string | string[]> = {},
  status = 200,
): void => {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(body);
};
const redirect = (response: ServerResponse, location: string): void => void response.writeHead(302, { location }).end();
const shown = (outcome: FetchOutcome): string =>
  outcome.kind === 'refused'
    ? `refused ${outcome.by}`
    : outcome.kind === 'unreachable'
      ? `unreachable ${outcome.cause}`
      : outcome.kind;

const PERSIAN = 'سامانه خدمات الكترونيك وزارت، پنجره واحد خدمات دولت';
const TABLE = new Map(
  [...new TextDecoder('windows-1256').decode(Uint8Array.from({ length: 256 }, (_, n) => n))].map((char, n) => [
    char,
    n,
  ]),
);
const windows1256 = (text: string): Buffer => Buffer.from(Uint8Array.from(text, (char) => TABLE.get(char) ?? 0x3f));

const USER_AGENT = 'RasadBot/0.1 (+https://rasad.example/robot)';
const LIMITS = {
  headersTimeout: 2_000,
  bodyTimeout: 2_000,
  hopTimeout: 1_500,
  chainTimeout: 4_000,
  maxBytes: 2_000_000,
  maxWireBytes: 2_000_000,
};
const config = (more: Partial<StaticConfig> = {}): StaticConfig => ({
  userAgent: USER_AGENT,
  privateHosts: ['127.0.0.1'],
  limits: LIMITS,
  ...more,
});

vi.setConfig({ testTimeout: 30_000 }); // the server shares a busy machine with the tests

let site: Site;
let fetcher: StaticFetcher;

const GZIP_BOMB = gzipSync(Buffer.alloc(60_000_000, '<p>a</p>'));
const BROTLI_BOMB = brotliCompressSync(Buffer.alloc(60_000_000, '<p>a</p>'), {
  params: { [constants.BROTLI_PARAM_QUALITY]: 3 },
});
const GZIP_MEMBER = gzipSync(Buffer.alloc(4_000_000, '<p>a</p>'));
const MANY_LINKS = `<!doctype html>${'<a href=/x>x</a>'.repeat(1_000_000)}`;

/** Path → what the server does. */
const PAGES: Record<string, (response: ServerResponse, url: string) => void> = {
  '/good': (response) => html(response, contentPage()),
  '/loop': (response) => redirect(response, '/loop2'),
  '/loop2': (response) => redirect(response, '/loop'),
  '/to-file': (response) => redirect(response, 'file:///etc/passwd'),
  '/to-script': (response) => redirect(response, 'javascript:alert(1)'),
  '/to-private': (response) => redirect(response, 'http://10.0.0.1/admin'),
  '/to-metadata': (response) => redirect(response, 'http://169.254.169.254/latest/meta-data/'),
  '/to-loopback6': (response) => redirect(response, 'http://[::1]/'),
  '/to-decimal': (response) => redirect(response, 'http://167772161/'),
  '/to-nowhere': (response) => redirect(response, 'http://'),
  '/to-vote': (response) => redirect(response, '/vote.jsp?votefor=1'),
  '/no-target': (response) => void response.writeHead(302).end(),
  '/endless': (response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    const chunk = Buffer.alloc(64 * 1024, '<p>x</p>');
    const pour = (): void => void (response.destroyed || response.write(chunk, () => setImmediate(pour)));
    pour();
  },
  '/huge': (response) => {
    response.writeHead(200, { 'content-type': 'text/html', 'content-length': String(100_000_000) });
    response.write('<!doctype html>');
  },
  '/drip-body': (response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    drip(response, () => response.write('<p>x</p>'));
  },
  '/silent': () => {},
  '/gzip-bomb': (response) => html(response, GZIP_BOMB, { 'content-encoding': 'gzip' }),
  '/brotli-bomb': (response) => html(response, BROTLI_BOMB, { 'content-encoding': 'br' }),
  '/endless-bomb': (response) => {
    response.writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' });
    const pour = (): void => void (response.destroyed || response.write(GZIP_MEMBER, () => setImmediate(pour)));
    pour();
  },
  '/cut-gzip': (response) =>
    html(response, gzipSync(contentPage(randomBytes(3000).toString('hex'))).subarray(0, 1000), {
      'content-encoding': 'gzip',
    }),
  '/false-gzip': (response) => html(response, contentPage(), { 'content-encoding': 'gzip' }),
  '/zstd': (response) => html(response, contentPage(), { 'content-encoding': 'zstd' }),
  '/nested': (response) => html(response, contentPage('<table><tr><td>'.repeat(10_000))),
  '/null-bytes': (response) => html(response, contentPage(`\0\0${PERSIAN}\0`)),
  '/wrong-charset': (response) => html(response, windows1256(contentPage(PERSIAN.repeat(20)))),
  '/utf-16': (response) =>
    html(response, Buffer.from(`\ufeff${contentPage(PERSIAN)}`, 'utf16le'), { 'content-type': 'text/html' }),
  '/many-links': (response) => html(response, MANY_LINKS),
  '/refresh': (response) => html(response, contentPage('', '<meta http-equiv="refresh" content="0;url=/refresh">')),
  '/cookie-flood': (response) => html(response, contentPage(), { 'set-cookie': `a=${'x'.repeat(1_000_000)}` }),
  '/headers-flood': (response) =>
    html(
      response,
      contentPage(),
      Object.fromEntries(Array.from({ length: 3_000 }, (_, n) => [`x-${n}`, 'y'.repeat(50)])),
    ),
  '/many-cookies': (response) =>
    html(response, contentPage(), { 'set-cookie': Array.from({ length: 200 }, (_, n) => `c${n}=${n}`) }),
  '/rate': (response) => html(response, '<p>slow down', { 'retry-after': '7' }, 429),
  '/busy': (response) => html(response, '<p>busy', {}, 503),
  '/busy-until': (response) => html(response, '<p>busy', { 'retry-after': '30' }, 503),
  '/forbidden': (response) => html(response, '<p>no', {}, 403),
  '/login': (response) => html(response, '<p>who', { 'www-authenticate': 'Basic' }, 401),
  '/gone': (response) => html(response, contentPage('<p>یافت نشد'), {}, 404),
  '/teapot': (response) => html(response, '<p>x', {}, 418),
  '/big-error': (response) => html(response, 'x'.repeat(1_000_000), {}, 500),
  '/challenge': (response) =>
    html(response, '<h1>در حال بررسی مرورگر، پیش از انتقال به سایت هستیم ...</h1><script>1</script>'),
  '/about-captchas': (response) =>
    html(response, contentPage('<p>verify you are human: کد امنیتی چیست؟ access denied</p>')),
  '/empty': (response) => html(response, ''),
  '/no-content': (response) => void response.writeHead(204).end(),
  '/pdf': (response) =>
    void response
      .writeHead(200, { 'content-type': 'application/pdf', 'content-length': '500000' })
      .end(Buffer.alloc(500_000, '%PDF-1.7 ')),
  '/pdf-as-html': (response) => html(response, Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(5_000)])),
  '/html-as-text': (response) => html(response, contentPage(), { 'content-type': 'text/plain' }),
  '/html-untyped': (response) => void response.writeHead(200).end(contentPage()),
  '/text': (response) => html(response, 'only words', { 'content-type': 'text/plain' }),
  '/download': (response) =>
    void response
      .writeHead(200, {
        'content-type': 'application/octet-stream',
        'content-disposition': 'attachment; filename=x.exe',
      })
      .end(Buffer.from([77, 90, 0x90, 0, 3])),
  '/cookie-wall': (response) => {
    const { cookie } = response.req.headers;
    if (cookie?.includes('seen=1')) html(response, contentPage());
    else response.writeHead(302, { location: '/cookie-wall', 'set-cookie': 'seen=1; Path=/; HttpOnly' }).end();
  },
  '/robots.txt': (response) =>
    void response
      .writeHead(200, { 'content-type': 'text/plain' })
      .end(`User-agent: *\nDisallow: /x\n#${'y'.repeat(3_000_000)}`),
  '/idn': (response) =>
    redirect(
      response,
      '/\u062e\u062f\u0645\u062a'.replace(/[^ -~]/g, (char) => Buffer.from(char).toString('latin1')),
    ),
};

beforeAll(async () => {
  site = await startSite((request, response) => {
    const url = request.url!;
    const step = /^\/chain\/(\d+)$/.exec(url)?.[1];
    if (step !== undefined) return redirect(response, `/chain/${Number(step) + 1}`);
    if (url.startsWith('/%D8')) return html(response, contentPage());
    const page = PAGES[url];
    return page ? page(response, url) : html(response, 'none', {}, 404);
  });
  fetcher = openStaticFetcher(config());
});
afterAll(async () => {
  await fetcher.close();
  await site.close();
});

const address = (path: string): string => `http://127.0.0.1:${site.port}${path}`;
const look = (path: string): Promise<StaticAnswer> => fetcher.fetch(address(path));

describe('an http server that misbehaves', () => {
  it.each([
    ['a redirect loop', '/loop', 'unreachable redirect-loop'],
    ['a chain of redirects without end', '/chain/0', 'unreachable too-many-redirects'],
    ['a redirect to a file', '/to-file', 'refused guard'],
    ['a redirect to a script', '/to-script', 'refused guard'],
    ['a redirect into a private network', '/to-private', 'refused guard'],
    ['a redirect to the metadata of a cloud', '/to-metadata', 'refused guard'],
    ['a redirect to IPv6 loopback', '/to-loopback6', 'refused guard'],
    ['a redirect to a private address in decimal', '/to-decimal', 'refused guard'],
    ['a redirect that votes', '/to-vote', 'refused guard'],
    ['a redirect to nowhere', '/to-nowhere', 'unreachable malformed'],
    ['a redirect without a target', '/no-target', 'unreachable malformed'],
    ['a body without end', '/endless', 'unreachable too-large'],
    ['a page of 100 MB', '/huge', 'unreachable too-large'],
    ['a body that drips', '/drip-body', 'unreachable timeout'],
    ['headers that never come', '/silent', 'unreachable timeout'],
    ['a gzip bomb', '/gzip-bomb', 'unreachable decompression'],
    ['a brotli bomb', '/brotli-bomb', 'unreachable decompression'],
    ['a gzip bomb without end', '/endless-bomb', 'unreachable decompression'],
    ['gzip that ends in the middle', '/cut-gzip', 'unreachable decompression'],
    ['gzip that is none', '/false-gzip', 'unreachable decompression'],
    ['a compression that was not offered', '/zstd', 'unreachable decompression'],
    ['tables nested ten thousand deep', '/nested', 'page'],
    ['null bytes', '/null-bytes', 'page'],
    ['windows-1256 that says UTF-8', '/wrong-charset', 'page'],
    ['UTF-16', '/utf-16', 'page'],
    ['a million links', '/many-links', 'unreachable too-large'],
    ['a meta refresh to itself', '/refresh', 'page'],
    ['a cookie of a megabyte', '/cookie-flood', 'unreachable too-large'],
    ['three thousand headers', '/headers-flood', 'unreachable too-large'],
    ['two hundred cookies', '/many-cookies', 'page'],
    ['429 with a time', '/rate', 'refused rate-limit'],
    ['503', '/busy', 'unreachable server-error'],
    ['503 with a time', '/busy-until', 'refused rate-limit'],
    ['403', '/forbidden', 'refused wall'],
    ['401', '/login', 'refused login'],
    ['404', '/gone', 'unreachable not-found'],
    ['418', '/teapot', 'unreachable client-error'],
    ['an error page of a megabyte', '/big-error', 'unreachable server-error'],
    ['a challenge that says 200', '/challenge', 'refused wall'],
    ['a page that is about captchas', '/about-captchas', 'page'],
    ['nothing at all', '/empty', 'unreachable empty'],
    ['204', '/no-content', 'unreachable empty'],
    ['a PDF', '/pdf', 'not-html'],
    ['a PDF that says it is HTML', '/pdf-as-html', 'not-html'],
    ['HTML that says it is text', '/html-as-text', 'page'],
    ['HTML that says nothing', '/html-untyped', 'page'],
    ['text', '/text', 'not-html'],
    ['a download', '/download', 'not-html'],
    ['a redirect to itself until a cookie comes back', '/cookie-wall', 'page'],
    ['a redirect with Persian letters in it', '/idn', 'page'],
  ])('%s', async (_name, path, expected) => {
    const started = performance.now();
    const answer = await look(path);
    expect(shown(answer.outcome)).toBe(expected);
    expect(performance.now() - started).toBeLessThan(LIMITS.chainTimeout + 4_000);
    expect(shown((await look('/good')).outcome)).toBe('page');
  });

  it('is never asked what a redirect wanted: no vote was cast', () => {
    expect(site.hits.filter((hit) => hit.includes('vote.jsp'))).toEqual([]);
  });

  it('cannot make an address that acts look like a page', async () => {
    const before = site.hits.length;
    for (const path of ['/delete/5', '/vote.jsp?votefor=1', '/x?action=delete', '/logout'])
      expect(shown((await look(path)).outcome)).toBe('refused guard');
    expect(site.hits.length).toBe(before);
  });

  it('leaves memory as it was', async () => {
    const paths = ['/endless', '/gzip-bomb', '/brotli-bomb', '/endless-bomb', '/many-links', '/headers-flood'];
    for (const path of paths) await look(path);
    globalThis.gc?.();
    const before = process.memoryUsage().rss;
    for (let round = 0; round < 3; round++) for (const path of paths) await look(path);
    globalThis.gc?.();
    expect((process.memoryUsage().rss - before) / 1e6).toBeLessThan(120);
  });
});

describe('a whole crawl over the wall', () => {
  it('ends, looks at everything once, and asks for nothing that acts', async () => {
    const bait = [
      '/delete/5',
      '/vote.jsp?votefor=1',
      '/x?action=delete',
      '/logout',
      '/rate/1?rating=5',
      '/a/b/a/b/a/b',
      '/calendar?year=1500&month=1',
    ];
    // of the pages that ask for patience one is enough: in a row they would close the host, which is right
    const left = ['/portal', '/robots.txt', '/busy', '/busy-until'];
    const paths = [...Object.keys(PAGES).filter((path) => !left.includes(path)), '/chain/0'];
    const links = [...paths, ...bait].map((path) => `<a href="${path}">x</a>`).join('');
    PAGES['/portal'] = (response) => html(response, contentPage(links));
    const from = site.hits.length;
    const saved: Snapshot[] = [];
    const target = (url: string, role: 'portal' | 'page'): Target => ({
      url,
      role,
      serviceIds: [],
      topic: url,
      foundOn: 'registry',
      depth: 1,
      weight: 0.5,
    });
    const result = await crawlOrganization(
      {
        auditId: 'audit',
        organizationId: 'org',
        seeds: [target(address('/portal'), 'portal')],
        stored: [],
        visit: 0,
        inspect: false,
        limits: { maxPages: 200, maxPerHost: 200 },
      },
      {
        fetcher,
        browser: null,
        politeness: openPoliteness({ clock: { now: () => 0, sleep: async () => {} }, pace: { minDelay: 0 } }),
        blobs: {
          put: async (decoded) => ({
            hash: createHash('sha256').update(decoded).digest('hex'),
            size: decoded.length,
            encoding: 'identity',
          }),
          get: () => Promise.reject(new Error('nothing is read again')),
        },
        save: async (snapshot) => void saved.push(snapshot),
        view: (markup, url) => ({
          words: 100,
          scripts: [],
          title: '',
          runs: [],
          links: [...markup.matchAll(/href="([^"]+)"/g)].map(([, href]) => new URL(href!, url).href),
        }),
        read: (snapshot, page) =>
          snapshot.role === 'portal' ? (page?.links ?? []).map((url) => target(url as string, 'page')) : [],
        clock: { now: () => 0, sleep: async () => {} },
      },
    );
    const hits = site.hits.slice(from).map((hit) => hit.replace('GET ', ''));
    expect(hits.filter((hit) => bait.includes(hit))).toEqual([]);
    expect(result.skippedCounts).toMatchObject({ guarded: 5, trap: 2 });
    expect(saved[0]).toMatchObject({ role: 'robots', ordinal: 0 });
    expect(saved.map(({ ordinal }) => ordinal)).toEqual(saved.map((_snapshot, index) => index));
    expect(new Set(saved.map(({ url }) => new URL(url).pathname))).toEqual(
      new Set(['/robots.txt', '/portal', ...paths]),
    );
    const ends = (path: string) => shown(saved.find(({ url }) => new URL(url).pathname === path)!.outcome);
    expect(['/endless', '/gzip-bomb', '/good', '/rate', '/silent', '/to-private', '/utf-16'].map(ends)).toEqual([
      'unreachable too-large', 'unreachable decompression', 'page', 'refused rate-limit', 'unreachable timeout', 'refused guard', 'page',
    ]); // prettier-ignore
    expect(hits.filter((hit) => hit === '/good')).toHaveLength(1);
  }, 60_000);
});

describe('what is kept', () => {
  it('text is what a reader would see, in the charset that was found', async () => {
    const [wrong, wide, nulls] = await Promise.all([look('/wrong-charset'), look('/utf-16'), look('/null-bytes')]);
    expect([wrong.charset, wide.charset, nulls.charset]).toEqual(['windows-1256', 'utf-16le', 'utf-8']);
    for (const answer of [wrong, wide, nulls]) expect(answer.text).toContain(PERSIAN);
  });

  it('the whole chain of addresses, with the status of each', async () => {
    expect((await look('/to-vote')).chain).toEqual([{ url: address('/to-vote'), status: 302 }]);
    expect((await look('/chain/0')).chain).toHaveLength(9);
    expect((await look('/cookie-wall')).chain.map(({ status }) => status)).toEqual([302, 200]);
  });

  it('the bytes as they came, and as they are', async () => {
    const answer = await look('/gone');
    expect(answer.text).toContain('یافت نشد');
    expect(answer.wire).toMatchObject({ encoding: 'identity' });
    expect(createHash('sha256').update(answer.wire!.bytes).digest('hex')).toBe(
      createHash('sha256').update(answer.body!).digest('hex'),
    );
  });

  it('of a file its first bytes and what they prove', async () => {
    const answer = await look('/pdf');
    expect(answer.outcome).toEqual({ kind: 'not-html', contentType: 'application/pdf' });
    expect(answer.body!.length).toBe(64 * 1024);
    expect(answer.headers).toContainEqual(['content-length', '500000']);
    expect((await look('/pdf-as-html')).outcome).toEqual({ kind: 'not-html', contentType: 'application/pdf' });
  });

  it('the time that a busy server names', async () => {
    expect([(await look('/rate')).retryAfter, (await look('/busy-until')).retryAfter]).toEqual([7, 30]);
  });

  it('of a robots.txt of three megabytes the first half', async () => {
    const answer = await fetcher.fetch(address('/robots.txt'), { asText: true, maxBytes: 512 * 1024 });
    expect([shown(answer.outcome), answer.text!.length]).toEqual(['not-html', 512 * 1024]);
    expect(answer.text).toContain('Disallow: /x');
  });
});

describe('rules of the caller', () => {
  it('are asked before every hop', async () => {
    const asked: string[] = [];
    const allow = (url: string): FetchOutcome | null => {
      asked.push(new URL(url).pathname);
      return url.endsWith('/loop2') ? { kind: 'refused', by: 'robots', detail: '' } : null;
    };
    expect(shown((await fetcher.fetch(address('/loop'), { allow })).outcome)).toBe('refused robots');
    expect(asked).toEqual(['/loop', '/loop2']);
  });

  it('stop a chain at a host, which is recorded unasked', async () => {
    const answer = await fetcher.fetch(address('/to-private'), { stopHosts: (host) => host === '10.0.0.1' });
    expect(answer.chain.at(-1)).toEqual({ url: 'http://10.0.0.1/admin', status: 0 });
  });

  it('end a look at once when they abort, and only then it rejects', async () => {
    const stop = new AbortController();
    const started = performance.now();
    setTimeout(() => stop.abort(new Error('stopped by hand')), 50);
    await expect(fetcher.fetch(address('/silent'), { signal: stop.signal })).rejects.toThrow('stopped by hand');
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});

describe('below http', () => {
  it.each([
    ['an empty reply', '', 'unreachable empty'],
    ['no http at all', 'SSH-2.0-OpenSSH_9.2\r\n', 'unreachable malformed'],
    ['a status line that is none', 'HTTP/1.1 abc OK\r\n\r\n', 'unreachable malformed'],
    ['a header that is none', 'HTTP/1.1 200 OK\r\nthis is no header\r\n\r\n<p>x', 'unreachable malformed'],
    ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello', 'unreachable malformed'],
    ['a length that is none', 'HTTP/1.1 200 OK\r\nContent-Length: ten\r\n\r\nhello', 'unreachable malformed'],
    [
      'a chunk that is none',
      'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello',
      'unreachable malformed',
    ],
    [
      'a body shorter than announced',
      'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 500\r\n\r\n<p>x',
      'unreachable reset',
    ],
    [
      'a chunked body that ends in the middle',
      'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n',
      'unreachable reset',
    ],
    [
      'a body until the end of the connection',
      `HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n${contentPage()}`,
      'page',
    ],
  ])('%s', async (_name, reply, expected) => {
    const server = await startSocket((socket) => socket.end(reply));
    const answer = await fetcher.fetch(`http://127.0.0.1:${server.port}/`);
    expect(shown(answer.outcome)).toBe(expected);
    await server.close();
  });

  it.each([
    [
      'a reset in the middle of a body',
      'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n\r\n<p>x',
      'unreachable reset',
    ],
    ['a reset in place of an answer', '', 'unreachable reset'],
  ])('%s', async (_name, reply, expected) => {
    const server = await startSocket((socket) => {
      socket.write(reply);
      setTimeout(() => socket.resetAndDestroy(), 50);
    });
    expect(shown((await fetcher.fetch(`http://127.0.0.1:${server.port}/`)).outcome)).toBe(expected);
    await server.close();
  });

  it('headers that drip', async () => {
    const server = await startSocket((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      let count = 0;
      drip(socket, () => socket.write(`x-${count++}: y\r\n`));
    });
    expect(shown((await fetcher.fetch(`http://127.0.0.1:${server.port}/`)).outcome)).toBe('unreachable timeout');
    await server.close();
  });

  it('a port that nobody listens on', async () => {
    const server = await startSocket(() => {});
    await server.close();
    expect(shown((await fetcher.fetch(`http://127.0.0.1:${server.port}/`)).outcome)).toBe('unreachable connect');
  });

  it('a connection that closes while it waits for the next request', async () => {
    let count = 0;
    const server = await startSocket((socket) => {
      const body = contentPage();
      socket.write(
        `HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
      );
      // the second request on this connection meets a closed door
      if (count++ === 0) socket.on('data', () => socket.destroy());
    });
    for (let n = 0; n < 2; n++)
      expect(shown((await fetcher.fetch(`http://127.0.0.1:${server.port}/`)).outcome)).toBe('page');
    expect(count).toBe(2);
    await server.close();
  });
});

describe('names', () => {
  const resolving = (addresses: Record<string, string[]>) =>
    openStaticFetcher(
      config({
        privateHosts: ['allowed.example'],
        resolve: async (host) => {
          if (!addresses[host]) throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
          return addresses[host].map((value) => ({ address: value, family: value.includes(':') ? 6 : 4 }));
        },
      }),
    );

  it.each([
    ['a public name at a loopback address', 'rebound.example', ['127.0.0.1'], 'refused guard'],
    ['a public name at an IPv4-mapped address', 'mapped.example', ['::ffff:127.0.0.1'], 'refused guard'],
    ['a name in the page of the national filter', 'filtered.example', ['10.10.34.36'], 'refused wall'],
    ['a name that may be private', 'allowed.example', ['127.0.0.1'], 'page'],
    ['a name that nobody knows', 'unknown.example', [], 'unreachable dns'],
  ])('%s', async (_name, host, addresses, expected) => {
    const other = resolving(addresses.length > 0 ? { [host]: addresses } : {});
    expect(shown((await other.fetch(`http://${host}:${site.port}/good`)).outcome)).toBe(expected);
    await other.close();
  });

  it('a name is resolved once: what was checked is what is connected to, whatever the name server says next', async () => {
    let asked = 0;
    const other = openStaticFetcher(
      config({
        privateHosts: [],
        resolve: async () => [{ address: asked++ === 0 ? '203.0.113.1' : '127.0.0.1', family: 4 }],
      }),
    );
    const before = site.hits.length;
    expect(shown((await other.fetch(`http://rebinding.example:${site.port}/good`)).outcome)).toBe('refused guard');
    expect([asked, site.hits.length]).toEqual([1, before]);
    await other.close();
  });

  it('a mapped host is asked at its place, under its own name', async () => {
    const hosts: string[] = [];
    const server = await startSite((request, response) => {
      hosts.push(request.headers.host!);
      html(response, contentPage());
    });
    const other = openStaticFetcher(
      config({ privateHosts: [], hostMap: readHostMap([`www.example.ir=127.0.0.1:${server.port}`]) }),
    );
    expect(shown((await other.fetch('http://www.example.ir/')).outcome)).toBe('page');
    expect(shown((await other.fetch('http://www.example.ir:8888/')).outcome)).toBe('page');
    expect(hosts).toEqual(['www.example.ir', 'www.example.ir:8888']);
    await other.close();
    await server.close();
  });
});

describe('through a proxy', () => {
  it('plain http is asked of it, https is tunnelled, mapped and excepted hosts are not sent there', async () => {
    const proxy = await startSocket((socket, line) => {
      if (line.startsWith('CONNECT')) socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
      else socket.end(`HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n${contentPage()}`);
    });
    const url = `http://user:secret@127.0.0.1:${proxy.port}`;
    const other = openStaticFetcher(
      config({
        proxy: { HTTP_PROXY: url, HTTPS_PROXY: url, NO_PROXY: 'direct.example' },
        hostMap: readHostMap([`mapped.example=127.0.0.1:${site.port}`]),
        resolve: async () => [{ address: '10.9.9.9', family: 4 }],
      }),
    );
    expect(shown((await other.fetch('http://www.example.ir/page?x=1')).outcome)).toBe('page');
    expect(shown((await other.fetch('https://www.example.ir/')).outcome)).toBe('unreachable connect');
    expect(shown((await other.fetch('http://mapped.example/good')).outcome)).toBe('page');
    expect(shown((await other.fetch('http://direct.example/')).outcome)).toBe('refused guard');
    expect(shown((await other.fetch('http://10.0.0.1/')).outcome)).toBe('refused guard');
    expect(proxy.hits).toEqual(['GET http://www.example.ir/page?x=1', 'CONNECT www.example.ir:443']);
    await other.close();
    await proxy.close();
  });
});

describe('certificates and protocols', () => {
  const HOSTS: [string, ...string[]] = ['www.example.ir'];
  const DAY = 86_400_000;

  async function lookSecurely(tls: Parameters<typeof startSite>[1], ca: readonly string[] = []) {
    const server = await startSite((_request, response) => html(response, contentPage()), tls);
    const other = openStaticFetcher(config({ ca, hostMap: readHostMap([`www.example.ir=127.0.0.1:${server.port}`]) }));
    const first = await other.fetch('https://www.example.ir/');
    const again = await other.fetch('https://www.example.ir/again');
    await other.close();
    await server.close();
    return { first, again };
  }

  it('a valid one is a fact as well', async () => {
    const authority = await createAuthority();
    const { first } = await lookSecurely(await issueCertificate(authority, { hosts: HOSTS }), [authority.cert]);
    expect(first.tls).toMatchObject({
      valid: true,
      fault: null,
      protocol: 'TLSv1.3',
      issuer: expect.stringContaining('CN='),
    });
    expect(Date.parse(first.tls!.validTo!)).toBeGreaterThan(Date.now());
  });

  it.each([
    [
      'expired',
      'expired',
      { notBefore: new Date(Date.now() - 20 * DAY), notAfter: new Date(Date.now() - 10 * DAY) },
      HOSTS,
    ],
    ['for another host', 'wrong-host', {}, ['other.example.ir'] as [string]],
  ])('one that is %s is a fault that hides nothing else', async (_name, fault, dates, hosts) => {
    const authority = await createAuthority();
    const { first, again } = await lookSecurely(await issueCertificate(authority, { hosts, ...dates }), [
      authority.cert,
    ]);
    expect([first.tls!.fault, shown(first.outcome), first.tls!.valid]).toEqual([fault, 'page', false]);
    expect([again.tls!.fault, shown(again.outcome)]).toEqual([fault, 'page']);
  });

  it('one that vouches for itself', async () => {
    const { first } = await lookSecurely(await selfSigned({ hosts: HOSTS }));
    expect([first.tls!.fault, shown(first.outcome)]).toEqual(['self-signed', 'page']);
  });

  it('one of an authority that nobody knows', async () => {
    const { first } = await lookSecurely(await issueCertificate(await createAuthority(), { hosts: HOSTS }));
    expect([first.tls!.fault, shown(first.outcome)]).toEqual(['unknown-authority', 'page']);
  });

  it('one whose issuer is trusted, of which the server forgot to send the certificate', async () => {
    const { first } = await lookSecurely(await issuedBelowTrustedRoot());
    expect([first.tls!.fault, shown(first.outcome)]).toEqual(['incomplete-chain', 'page']);
  });

  it('a server that speaks nothing newer than TLS 1.0', async () => {
    const authority = await createAuthority();
    const certificate = await issueCertificate(authority, { hosts: HOSTS });
    const old = { ...certificate, minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    const { first, again } = await lookSecurely(old, [authority.cert]);
    expect([first.tls!.fault, first.tls!.protocol, shown(first.outcome)]).toEqual(['old-protocol', 'TLSv1', 'page']);
    expect([again.tls!.fault, shown(again.outcome)]).toEqual(['old-protocol', 'page']);
  });

  it('a server that speaks no TLS at all', async () => {
    const server = await startSite((_request, response) => html(response, contentPage()));
    const other = openStaticFetcher(config({ hostMap: readHostMap([`www.example.ir=127.0.0.1:${server.port}`]) }));
    const answer = await other.fetch('https://www.example.ir/');
    expect([shown(answer.outcome), answer.tls!.fault]).toEqual(['unreachable tls', 'handshake']);
    await other.close();
    await server.close();
  });

  it('a connection that is cut during the handshake is no fault of the certificate', async () => {
    const tunnelTo = await startSite(
      (_request, response) => html(response, contentPage()),
      await selfSigned({ hosts: HOSTS }),
    );
    let count = 0;
    const server = await startSocket((socket, _line, first) => {
      if (count++ === 0) return void socket.resetAndDestroy();
      const behind = connect(tunnelTo.port, '127.0.0.1', () => behind.write(first));
      behind.on('error', () => {});
      behind.pipe(socket).pipe(behind);
    });
    const other = openStaticFetcher(config({ hostMap: readHostMap([`www.example.ir=127.0.0.1:${server.port}`]) }));
    const answer = await other.fetch('https://www.example.ir/');
    expect([shown(answer.outcome), answer.tls!.fault, answer.tls!.protocol]).toEqual([
      'page',
      'self-signed',
      'TLSv1.3',
    ]);
    await other.close();
    await server.close();
    await tunnelTo.close();
  });

  it('a server that is silent during the handshake', async () => {
    const server = await startSocket(() => {});
    const other = openStaticFetcher(config({ hostMap: readHostMap([`www.example.ir=127.0.0.1:${server.port}`]) }));
    expect(shown((await other.fetch('https://www.example.ir/')).outcome)).toBe('unreachable timeout');
    await other.close();
    await server.close();
  });
});

/** What a server sends that leaves out the intermediate of a well-known authority: the leaf, which says where to get it. */
async function issuedBelowTrustedRoot(): Promise<{ cert: string; key: string }> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
  const pair = () => webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const [keys, issuer] = await Promise.all([pair(), pair()]);
  const made = await x509.X509CertificateGenerator.create(
    {
      serialNumber: '01',
      subject: 'CN=www.example.ir',
      issuer: "CN=R10, O=Let's Encrypt, C=US",
      notBefore: new Date(Date.now() - 86_400_000),
      notAfter: new Date(Date.now() + 86_400_000),
      publicKey: keys.publicKey,
      signingKey: issuer.privateKey,
      signingAlgorithm: algorithm,
      extensions: [
        new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: 'www.example.ir' }]),
        new x509.AuthorityInfoAccessExtension({ caIssuers: 'http://r10.i.lencr.example/' }),
      ],
    },
    webcrypto,
  );
  const key = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  return { cert: made.toString('pem'), key: `-----BEGIN PRIVATE KEY-----\n${key}\n-----END PRIVATE KEY-----\n` };
}
