import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openData, type Data } from '../../src/cli/compose.ts';
import { deskActs } from '../../src/cli/desk-acts.ts';
import { UserError } from '../../src/core/errors.ts';
import type { Registry, Text } from '../../src/core/model.ts';
import type { ObjectionCheck } from '../../src/core/person.ts';
import type { Round } from '../../src/core/round.ts';
import type { DeskActs } from '../../src/desk/tools.ts';
import { openNewRound } from '../../src/cli/rounds.ts';
import { r5 } from '../../rules/editions/r5.ts';
import { anOrganization } from '../audit/fake-country.ts';
import { contentPage, startSite, type Handler, type Site } from '../crawl/sites.ts';
import { aPlan, aRegistry, aRound } from '../storage/fixtures.ts';

const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined };
const HTML = { 'content-type': 'text/html; charset=utf-8' };

describe('the look at the address of an objection', () => {
  let folder: string;
  let data: Data;
  const sites: Site[] = [];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'rasad-desk-acts-'));
    data = openData(folder);
  });
  afterEach(async () => {
    for (const site of sites.splice(0)) await site.close();
    await data.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const serve = async (handler: Handler): Promise<Site> => {
    const site = await startSite(handler);
    sites.push(site);
    return site;
  };
  /** A registry to which a name is a site of this machine, as for saved copies. */
  const mapped = (hosts: Readonly<Record<string, Site>>): Registry =>
    aRegistry({
      mapHosts: Object.fromEntries(Object.entries(hosts).map(([host, { port }]) => [host, `127.0.0.1:${port}`])),
    });
  const check = (registry: Registry, url: string): Promise<ObjectionCheck> =>
    deskActs(data, { mapHosts: [], log: SILENT }).checkAddress(
      aRound({ plan: aPlan({ delay: 0 }) }),
      registry,
      'one',
      url,
    );

  it('keeps the page, its title, and what it shows, once robots.txt has allowed it', async () => {
    const site = await serve(({ url }, response) => {
      if (url === '/robots.txt')
        return void response.writeHead(200, { 'content-type': 'text/plain' }).end('User-agent: *\nDisallow: /no\n');
      response
        .writeHead(200, HTML)
        .end(contentPage('<form role="search" action="/s"><input type="search" name="q" aria-label="جستجو"></form>'));
    });
    const seen = await check(mapped({ 'www.one.example': site }), 'http://www.one.example/search');
    expect(seen).toMatchObject({
      outcome: 'page',
      status: 200,
      url: 'http://www.one.example/search',
      title: 'سازمان نمونه',
    });
    expect(seen.signals.length).toBeGreaterThan(0);
    expect(Buffer.from(await data.blobs.get(seen.snapshot!)).toString()).toContain('خدمات الکترونیک سازمان');
    expect(site.hits).toEqual(['GET /robots.txt', 'GET /search']);
  });

  it('keeps a page of another charset as text that can be read without knowing it', async () => {
    const site = await serve(({ url }, response) => {
      if (url === '/robots.txt') return void response.writeHead(404).end();
      response.writeHead(200, { 'content-type': 'text/html; charset=windows-1256' });
      response.end(
        Buffer.concat([
          Buffer.from('<!doctype html><title>x</title><p>'),
          Buffer.from([0xd3, 0xe1, 0xc7, 0xe3]),
          Buffer.from(`</p><p>${'word '.repeat(60)}</p>`),
        ]),
      );
    });
    const seen = await check(mapped({ 'www.one.example': site }), 'http://www.one.example/');
    expect(Buffer.from(await data.blobs.get(seen.snapshot!)).toString()).toContain('<p>سلام</p>');
  });

  it('does not ask for what robots.txt forbids', async () => {
    const site = await serve(({ url }, response) => {
      if (url === '/robots.txt')
        return void response.writeHead(200, { 'content-type': 'text/plain' }).end('User-agent: *\nDisallow: /no\n');
      response.writeHead(200, HTML).end(contentPage());
    });
    const seen = await check(mapped({ 'www.one.example': site }), 'http://www.one.example/no/page');
    expect(seen).toMatchObject({ outcome: 'refused robots', snapshot: null, signals: [], title: '' });
    expect(site.hits).toEqual(['GET /robots.txt']);
  });

  it('does not ask an address of this machine or its network that the registry does not name', async () => {
    const site = await serve((_, response) => void response.writeHead(200, HTML).end(contentPage()));
    for (const host of ['127.0.0.1', 'localhost', '[::1]', '2130706433'])
      expect((await check(aRegistry(), `http://${host}:${site.port}/admin`)).outcome, host).toMatch(
        /^(?:refused guard|unreachable \w+)$/,
      );
    expect(site.hits).toEqual([]);
  });

  it('does not follow a redirect there either', async () => {
    const inner = await serve((_, response) => void response.writeHead(200, HTML).end(contentPage('secret')));
    const outer = await serve(({ url }, response) => {
      if (url === '/robots.txt') return void response.writeHead(404).end();
      response.writeHead(302, { location: `http://127.0.0.1:${inner.port}/admin` }).end();
    });
    const seen = await check(mapped({ 'www.one.example': outer }), 'http://www.one.example/');
    expect(seen.outcome).toMatch(/^(?:refused|unreachable) /);
    expect(seen.snapshot).toBeNull();
    expect(inner.hits).toEqual([]);
  });

  it.each([
    ['http://www.one.example/file/delete/12', 'refused guard', 'what looks like an action'],
    ['javascript:alert(1)', 'refused guard', 'what is no address of the web'],
    ['https://sso.my.gov.ir/oauth2/authorize', 'refused login', 'a page for signing in'],
  ])('never asks for %s: %s, being %s', async (url, outcome) => {
    const site = await serve((_, response) => void response.writeHead(200, HTML).end(contentPage()));
    expect(await check(mapped({ 'www.one.example': site }), url)).toMatchObject({
      outcome,
      status: null,
      snapshot: null,
    });
    expect(site.hits).toEqual([]);
  });

  it('says what a file is not, and what is not there', async () => {
    const site = await serve(({ url }, response) => {
      if (url === '/file.pdf') response.writeHead(200, { 'content-type': 'application/pdf' }).end('%PDF-1.7');
      else response.writeHead(404, HTML).end(contentPage());
    });
    const registry = mapped({ 'www.one.example': site });
    expect(await check(registry, 'http://www.one.example/file.pdf')).toMatchObject({
      outcome: 'not-html',
      status: 200,
      snapshot: null,
    });
    expect(await check(registry, 'http://www.one.example/gone')).toMatchObject({
      outcome: 'unreachable not-found',
      status: 404,
      snapshot: null,
    });
  });
});

describe('a re-audit asked for at the desk', () => {
  let folder: string;
  let data: Data;
  let site: Site;
  let round: Round;
  let acts: DeskActs;
  const doer = { by: 'sara', note: 'It was mended.', at: '2026-10-01T08:00:00.000Z' };
  const lines: Text[] = [];
  const say = (line: Text): void => void lines.push(line);
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'rasad-desk-acts-'));
    data = openData(folder);
    site = await startSite(({ url }, response) => {
      if (url === '/') response.writeHead(200, HTML).end(contentPage());
      else response.writeHead(404, HTML).end(contentPage());
    });
    const registry = aRegistry({
      organizations: [anOrganization('tax', { portalUrl: 'http://www.tax.example/' })],
      mapHosts: { 'www.tax.example': `127.0.0.1:${site.port}` },
    });
    const plan = aPlan({ delay: 0, window: null, pages: 3 });
    const opened = await openNewRound(data, { id: 'r', names: aRound().names, period: null, edition: r5, plan, registry }, doer); // prettier-ignore
    acts = deskActs(data, { mapHosts: [], log: SILENT });
    await acts.beginReview(opened, doer, true, say);
    round = (await data.store.getRound('r'))!;
    lines.length = 0;
  });
  afterEach(async () => {
    await site.close();
    await data.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('says what it looks at, and leaves findings beside the round until they are accepted', async () => {
    expect(round.state).toBe('reviewing');
    const audit = await acts.reaudit(round, 'tax', doer, say, new AbortController().signal);
    expect(lines.map(({ en }) => en)).toContain('http://www.tax.example/ – page');
    expect(await data.store.listReaudits('r')).toMatchObject([{ audit, organization: 'tax', by: 'sara', reason: 'It was mended.', decision: null }]); // prettier-ignore
    expect((await data.store.getAudit(audit))?.finishedAt).not.toBeNull();
    expect((await data.store.listFindings(audit, 'tax')).length).toBeGreaterThan(10);
    expect((await data.store.listSources('r')).size).toBe(0);
    await acts.decideReaudit(round, audit, true, doer);
    expect((await data.store.listSources('r')).get('tax')).toBe(audit);
  });

  it('that was stopped is gone on with by the next one', async () => {
    const stop = new AbortController();
    stop.abort(new Error('stopped'));
    await expect(acts.reaudit(round, 'tax', doer, say, stop.signal)).rejects.toThrow(UserError);
    const [begun] = await data.store.listReaudits('r');
    expect((await data.store.getAudit(begun!.audit))?.finishedAt).toBeNull();
    expect(await acts.reaudit(round, 'tax', doer, say, new AbortController().signal)).toBe(begun!.audit);
    expect((await data.store.getAudit(begun!.audit))?.finishedAt).not.toBeNull();
  });

  it('is of an organization of the round', async () => {
    await expect(acts.reaudit(round, 'none', doer, say, new AbortController().signal)).rejects.toThrow(UserError);
  });

  it('can be followed by preview and publication, each with its report', async () => {
    await acts.beginPreview(round, doer, say);
    const root = await acts.publish((await data.store.getRound('r'))!, doer, say);
    expect(await data.store.getRound('r')).toMatchObject({ state: 'published', rootHash: root });
    expect(existsSync(join(folder, 'reports', 'round-r', 'fa', 'index.html'))).toBe(true);
    expect(lines.map(({ en }) => en).join('\n')).toContain(root);
  });
});
