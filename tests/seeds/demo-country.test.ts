import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'cheerio';
import { parse as parseCsv } from 'csv-parse/sync';
import { Parser } from 'htmlparser2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { startSites, type RunningSites } from '../../seeds/demo-server.ts';
import { COOPERATION, PROFILES, VERDICTS } from '../../src/core/model.ts';
import { ask } from './ask.ts';

const DEMO = join(import.meta.dirname, '../../seeds/demo');
const SITES = join(DEMO, 'sites');
const read = (name: string): string => readFileSync(join(DEMO, name), 'utf8');

type Row = Record<string, string>;
interface RegistryFile {
  readonly id: string;
  readonly country: { readonly fa: string; readonly en: string };
  readonly languages: readonly string[];
  readonly calendar: string;
  readonly serve: string;
  readonly hosts: Record<string, readonly string[]>;
  readonly private_hosts: readonly string[];
}
interface Decision {
  readonly organization: string;
  readonly service: string | null;
  readonly indicator: string;
  readonly verdict: string;
  readonly why: string;
}

const registry = parseYaml(read('registry.yaml')) as RegistryFile;
const organizations: readonly Row[] = parseCsv(read('organizations.csv'), { columns: true });
const services: readonly Row[] = parseCsv(read('services.csv'), { columns: true });
const parents = new Set(services.map((service) => service['parent_id']).filter(Boolean));
const leaves = services.filter((service) => !parents.has(service['id']));
const truth = (JSON.parse(read('truth.json')) as { decisions: readonly Decision[] }).decisions;
const hosts = readdirSync(SITES).sort();
const files = readdirSync(SITES, { recursive: true, encoding: 'utf8' })
  .map((name) => join(SITES, name))
  .filter((file) => lstatSync(file).isFile());

const NOW = new Date('2026-11-25T08:00:00Z');
let sites: RunningSites;
beforeAll(async () => {
  sites = await startSites(SITES, { now: NOW });
});
afterAll(() => sites.close());

describe('the registry of the demo country', () => {
  it('holds what the report asks of a country, in small', () => {
    expect(registry).toMatchObject({ id: 'demo', languages: ['fa'], calendar: 'jalali', serve: 'sites' });
    expect(organizations.length).toBeGreaterThanOrEqual(9);
    expect(leaves.length).toBeGreaterThanOrEqual(44);
    expect(parents.size).toBeGreaterThanOrEqual(5);
  });

  it('gives every organization a portal, a name in two languages and a way of taking part', () => {
    for (const row of organizations) {
      expect(row['name_fa'], row['id']).toMatch(/[آ-ی]/);
      expect(row['name_en'], row['id']).toMatch(/[a-z]/);
      expect(COOPERATION).toContain(row['cooperation']);
      expect(hosts).toContain(new URL(row['portal_url'] ?? '').hostname);
      if (row['parent_id']) expect(organizations.map((other) => other['id'])).toContain(row['parent_id']);
    }
    expect(new Set(organizations.map((row) => row['cooperation']))).toEqual(
      new Set(['cooperative', 'visible-only', 'withdrawn']),
    );
  });

  it('gives every organization a domain of its own, so that nobody waits for another', () => {
    const domains = organizations.map((row) =>
      new URL(row['portal_url'] ?? '').hostname.split('.').slice(-2).join('.'),
    );
    expect(new Set(domains).size).toBe(organizations.length);
  });

  it('gives every service a code, an organization and, if any, a parent of the same organization', () => {
    const byId = new Map(services.map((row) => [row['id'], row]));
    expect(byId.size).toBe(services.length);
    expect(new Set(services.map((row) => row['code'])).size).toBe(services.length);
    for (const row of services) {
      expect(row['code'], row['id']).toMatch(/^1\d{10}$/);
      expect(organizations.map((other) => other['id'])).toContain(row['organization_id']);
      expect(row['title_fa']).toMatch(/[آ-ی]/);
      for (const word of (row['profile'] ?? '').split(' ').filter(Boolean)) expect(PROFILES).toContain(word);
      if (row['parent_id']) expect(byId.get(row['parent_id'])?.['organization_id']).toBe(row['organization_id']);
    }
  });

  it('leaves some pages and some systems to be discovered', () => {
    expect(leaves.filter((row) => !row['page_url']).length).toBeGreaterThanOrEqual(5);
    expect(leaves.filter((row) => !row['system_url']).length).toBeGreaterThanOrEqual(5);
  });

  it('names only hosts whose sites are here, and all of those as private', () => {
    const declared = services.flatMap((row) => [row['page_url'], row['system_url']]).filter((url) => !!url);
    for (const url of declared) expect(hosts).toContain(new URL(url ?? '').hostname);
    for (const host of Object.values(registry.hosts).flat()) expect(hosts).toContain(host);
    expect([...registry.private_hosts].sort()).toEqual(hosts);
  });
});

/** Links that lead nowhere on purpose, and what each of them is there to show. */
const DEAD: Readonly<Record<string, string>> = {
  'http://ashayer-negar.example/gallery.html': 'a dead entry of a menu',
  'http://ashayer-negar.example/khadamat/ab.html': 'a declared page that is gone',
  'http://ashayer-negar.example/forms/bimeh.doc': 'a form that is gone',
  'https://aftab-video.example/baharshahr': 'a channel that was deleted',
  'https://keshavarzi-negar.example/amar/jo.htm': 'a dead link inside a frame',
  'https://panjere.mojavez-negar.example/ghadim/taghyir-neshani.aspx': 'an old address in the national portal',
  'https://parvaneh.behdasht-negar.example/tasis/start.aspx': 'an old address in the national portal',
  'https://mehregan.example/khedmat/mehmani/': 'a declared page, gone with status 200',
  'https://mehregan.example/peygiri/': 'gone with status 200',
  'https://mehregan.example/shekayat/': 'gone with status 200',
  'https://mehregan.example/soalat/': 'gone with status 200',
};
/** Hosts that refuse on purpose, whatever is asked. */
const REFUSING: Readonly<Record<string, number>> = { 'gomrok-negar.example': 403, 'golestan.mehregan.example': 503 };
/** Share buttons lead to the real networks; nothing else may lead to anybody real. */
const SHARE = /^https:\/\/(t\.me\/share|twitter\.com\/intent|www\.facebook\.com\/sharer)\//;
/** A GET that votes; asked by nobody, this test included. */
const ACTION = /\/includes\/(vote|rate)\.jsp/;

interface Visit {
  readonly url: string;
  readonly status: number;
  readonly text: string;
  readonly links: readonly string[];
}

/** Opens what can be reached from the registry, link by link; redirects count as links. */
async function visitAll(): Promise<readonly Visit[]> {
  const application = [...read('sites/bargh-negar.example/data/khadamat.json').matchAll(/https:[^"]+/g)].map(String);
  const starts = [...organizations, ...services].flatMap((row) => [
    row['portal_url'],
    row['page_url'],
    row['system_url'],
  ]);
  const queue = [...starts, ...application].filter((url): url is string => !!url).map((url) => url.replace(/#.*/, ''));
  const visits = new Map<string, Visit>();
  while (queue.length > 0) {
    const round = [...new Set(queue.splice(0))].filter(
      (url) => !visits.has(url) && new URL(url).hostname in sites.hosts,
    );
    for (const visit of await Promise.all(round.filter((url) => !ACTION.test(url)).map(visitPage))) {
      visits.set(visit.url, visit);
      queue.push(...visit.links);
    }
  }
  return [...visits.values()];
}

async function visitPage(url: string): Promise<Visit> {
  const answer = await ask(sites, url, { insecure: true });
  const { location, 'content-type': type = '' } = answer.headers;
  if (location) return { url, status: answer.status, text: '', links: [new URL(location, url).href] };
  const encoding = new URL(url).hostname === 'keshavarzi-negar.example' ? 'windows-1256' : 'utf-8';
  const text = /html|json|xml|csv/.test(type) ? new TextDecoder(encoding).decode(answer.body) : '';
  return { url, status: answer.status, text, links: type.startsWith('text/html') ? linksOf(text, url) : [] };
}

function linksOf(html: string, url: string): string[] {
  const links: string[] = [];
  const parser = new Parser({
    onopentag(_tag, { href, src }) {
      const target = href ?? src ?? '';
      if (target === '' || /^(#|javascript:|mailto:|tel:)/.test(target)) return;
      links.push(new URL(target, url).href.replace(/#.*/, ''));
    },
  });
  parser.end(html);
  return links;
}

describe('the sites of the demo country', () => {
  let visits: readonly Visit[];
  beforeAll(async () => {
    visits = await visitAll();
  });
  const page = (url: string): string => visits.find((visit) => visit.url === url)?.text ?? '';

  it('have no dead links but those that are dead on purpose', () => {
    const isGone = ({ url, status, text }: Visit): boolean =>
      (status >= 400 && !(new URL(url).hostname in REFUSING)) ||
      (url.startsWith('https://mehregan.example/') && text.includes('صفحه‌ای یافت نشد'));
    expect(visits.filter(isGone).map(({ url }) => url).sort()).toEqual(Object.keys(DEAD).sort()); // prettier-ignore
    expect(visits.length).toBeGreaterThan(300);
  });

  it('refuse where they are meant to', () => {
    for (const [host, status] of Object.entries(REFUSING)) {
      const there = visits.filter(({ url }) => new URL(url).hostname === host);
      expect(there.length, host).toBeGreaterThan(0);
      for (const visit of there) expect(visit.status).toBe(status);
    }
  });

  it('lead to nobody real except by share buttons', () => {
    const outside = visits.flatMap(({ links }) => links).filter((link) => !new URL(link).hostname.endsWith('.example'));
    expect(outside.filter((link) => !SHARE.test(link))).toEqual([]);
  });

  it('lead to no host that is not here', () => {
    const named = visits.flatMap(({ links }) => links).map((link) => new URL(link).hostname);
    expect([...new Set(named)].filter((host) => host.endsWith('.example') && !hosts.includes(host))).toEqual([]);
  });

  it('leave no token unfilled and no value undefined', () => {
    for (const { url, text } of visits) expect(text, url).not.toMatch(/\{\{|undefined|\[object|NaN/);
  });

  it('are the same bytes for the same day', async () => {
    const again = await startSites(SITES, { now: NOW });
    for (const url of ['https://mojavez-negar.example/', 'https://behdasht-negar.example/akhbar/']) {
      expect((await ask(again, url)).body.equals((await ask(sites, url)).body)).toBe(true);
    }
    await again.close();
  });

  it('show faulty certificates where they are meant to', async () => {
    const fault = (host: string) => ask(sites, `https://${host}/`).then(() => null, (error: NodeJS.ErrnoException) => error.code); // prettier-ignore
    expect(await fault('mojavez-negar.example')).toBeNull();
    expect(await fault('keshavarzi-negar.example')).toBe('CERT_HAS_EXPIRED');
    expect(await fault('ashayer-negar.example')).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
    expect(await fault('parvaneh.behdasht-negar.example')).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
    expect(await fault('samaneh.keshavarzi-negar.example')).toMatch(/ECONNRESET|SSL/);
  });

  it('include a legacy portal: old bytes, Arabic letters, one form with a large view state', async () => {
    const answer = await ask(sites, 'https://keshavarzi-negar.example/Default.aspx?tabid=61', { insecure: true });
    const html = new TextDecoder('windows-1256').decode(answer.body);
    expect(answer.headers['content-type']).toBe('text/html');
    expect(html).toContain('كشاورزي');
    expect(html).not.toMatch(/[یک]/);
    const $ = load(html);
    expect($('form')).toHaveLength(1);
    expect(($('#__VIEWSTATE').attr('value') ?? '').length).toBeGreaterThanOrEqual(12 * 1024);
    const wrong = await ask(sites, 'https://keshavarzi-negar.example/Default.aspx?tabid=62', { insecure: true });
    expect(wrong.headers['content-type']).toBe('text/html; charset=iso-8859-1');
  });

  it('include a portal that is an empty shell at every address', async () => {
    for (const path of ['/', '/khadamat/19180001100', '/tamas']) {
      const answer = await ask(sites, `https://bargh-negar.example${path}`);
      expect(answer.status).toBe(200);
      expect(load(answer.body.toString())('#root').children()).toHaveLength(0);
    }
  });

  it('log in through the national sign-on with client and way back', async () => {
    const { headers } = await ask(sites, 'https://panjere.mojavez-negar.example/login');
    const target = new URL(headers.location ?? '');
    expect(target.hostname).toBe('sso.mellat-negar.example');
    expect(target.searchParams.get('client_id')).toBe('mojavez-panjere');
    expect(new URL(target.searchParams.get('redirect_uri') ?? '').hostname).toBe('panjere.mojavez-negar.example');
  });

  it('find services by their words where the search works', async () => {
    const find = async (address: string, words: string) =>
      (await ask(sites, `${address}?q=${encodeURIComponent(words)}`)).body.toString();
    expect(await find('https://mojavez-negar.example/jostejo/', 'تمديد پروانه')).toContain('/khadamat/tamdid/');
    expect(await find('https://baharshahr.example/search/', 'عوارض نوسازی')).toContain('/services/nosazi/');
  });

  it('forbid some service pages to robots, which people can open', async () => {
    const robots = (await ask(sites, 'https://mohit-negar.example/robots.txt')).body.toString();
    expect(robots).toContain('Disallow: /khadamat/parvaneh/');
    expect(robots).toContain('Crawl-delay: 1');
    expect(page('https://mohit-negar.example/khadamat/parvaneh/shekar/')).toContain('صدور پروانه شکار');
  });

  it('hold the classic traps', () => {
    const health = page('https://behdasht-negar.example/');
    expect(health).toContain('<!--<a href="#">EN</a>-->');
    expect(health).toContain('votefor');
    expect(health).toMatch(/(&#\d+;){8}/);
    expect(health).toContain('alt="sodor parvaneh_252717_252866.jpg"');
    expect(load(health)('img[src*=telegram]').closest('a')).toHaveLength(0);
    expect(page('https://rahdari-negar.example/fa/sla')).toContain('[عنوان خدمت]');
  });

  it('are small enough to ship', () => {
    const bytes = [...files, join(DEMO, 'truth.json')].reduce((sum, file) => sum + lstatSync(file).size, 0);
    expect(bytes).toBeLessThan(2.5e6);
  });
});

describe('the truth about the demo country', () => {
  it('is wide: enough decisions, indicators and verdicts', () => {
    expect(truth.length).toBeGreaterThanOrEqual(200);
    expect(new Set(truth.map(({ indicator }) => indicator)).size).toBeGreaterThanOrEqual(30);
    expect([...new Set(truth.map(({ verdict }) => verdict))].sort()).toEqual(
      ['blocked', 'fail', 'not-applicable', 'not-visible', 'partial', 'pass', 'unclear'], // prettier-ignore
    );
  });

  it('speaks of organizations and leaf services of the registry, once each, with a reason', () => {
    const known = new Set(leaves.map((row) => `${row['organization_id']} ${row['id']}`));
    const keys = truth.map(({ organization, service, indicator }) => `${organization} ${service} ${indicator}`);
    expect(new Set(keys).size).toBe(truth.length);
    for (const { organization, service, indicator, verdict, why } of truth) {
      if (service === null) expect(organizations.map((row) => row['id'])).toContain(organization);
      else expect(known).toContain(`${organization} ${service}`);
      expect(indicator).toMatch(/^(presence|interaction|transaction|integration|participation)\/[a-z-]+$/);
      expect(VERDICTS).toContain(verdict);
      expect(why).not.toBe('');
    }
  });

  it('does not judge who withdrew', () => {
    const withdrawn = organizations.filter((row) => row['cooperation'] === 'withdrawn').map((row) => row['id']);
    expect(truth.filter(({ organization }) => withdrawn.includes(organization))).toEqual([]);
  });
});
