import { request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowserProxy, type BrowserProxy } from '../../src/crawl/browser-proxy.ts';
import { openDialer } from '../../src/crawl/dial.ts';
import { readHostMap } from '../../src/crawl/host-map.ts';
import { drip, startSite, type Site } from './sites.ts';

let site: Site;
let proxy: BrowserProxy;
beforeAll(async () => {
  site = await startSite((incoming, response) => {
    if (incoming.url === '/endless') {
      response.writeHead(200);
      drip(response, () => response.write(Buffer.alloc(50_000)), 5);
    } else response.end(`${incoming.headers.host} ${incoming.headers['proxy-authorization'] ?? 'no password'}`);
  });
  const dialer = openDialer({ hostMap: readHostMap([`www.example.ir=127.0.0.1:${site.port}`]) });
  proxy = await openBrowserProxy(dialer, { maxBytes: 1_000_000, idleTimeout: 2_000, lifetime: 5_000 });
});
afterAll(async () => {
  await proxy.close();
  await site.close();
});

const credential = (): string => `Basic ${Buffer.from(`${proxy.username}:${proxy.password}`).toString('base64')}`;

function get(url: string, authorization = credential()): Promise<{ status: number; body: string; isWhole: boolean }> {
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: '127.0.0.1',
        port: proxy.port,
        path: url,
        agent: false,
        headers: { host: new URL(url).host, 'proxy-authorization': authorization },
      },
      (response) => {
        let body = '';
        response.on('data', (chunk: Buffer) => (body += chunk.toString('latin1')));
        response.on('error', () => {});
        response.on('close', () => resolve({ status: response.statusCode!, body, isWhole: response.complete }));
      },
    );
    sent.on('error', reject);
    sent.end();
  });
}

function tunnel(target: string, authorization = credential()): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = connect(proxy.port, '127.0.0.1', () =>
      socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\nProxy-Authorization: ${authorization}\r\n\r\n`),
    );
    socket.once('data', (data) => {
      resolve(Number(/^HTTP\/1\.1 (\d+)/.exec(data.toString())?.[1]));
      socket.destroy();
    });
    socket.on('error', reject);
  });
}

it('passes on what is asked with the password of its launch, and keeps the password to itself', async () => {
  expect(await get('http://www.example.ir/x')).toMatchObject({ status: 200, body: 'www.example.ir no password' });
  expect(await tunnel('www.example.ir:443')).toBe(200);
});

it('is of no use to anybody without it', async () => {
  expect((await get('http://www.example.ir/x', 'Basic d3Jvbmc6cGFzcw==')).status).toBe(407);
  expect(await tunnel('www.example.ir:443', 'none')).toBe(407);
});

it('opens no way to private addresses, and remembers why', async () => {
  const before = site.hits.length;
  expect((await get(`http://127.0.0.1:${site.port}/`)).status).toBe(403);
  expect(await tunnel(`127.0.0.1:${site.port}`)).toBe(403);
  expect(await tunnel('[::1]:443')).toBe(403);
  expect(proxy.faultOf('127.0.0.1')).toMatchObject({ kind: 'refused', by: 'guard' });
  expect(site.hits.length).toBe(before);
});

it('asks for no action, and tunnels to no port of plain http', async () => {
  const before = site.hits.length;
  expect((await get('http://www.example.ir/delete/1')).status).toBe(403);
  expect(await tunnel('www.example.ir:80')).toBe(403);
  expect(site.hits.length).toBe(before);
});

it('ends a connection that brings in too much', async () => {
  const { body, isWhole } = await get('http://www.example.ir/endless');
  expect(isWhole).toBe(false);
  expect(body.length).toBeLessThan(1_200_000);
  expect(proxy.received()).toBeGreaterThan(1_000_000);
});
