import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkTimeZones, examine, portalsToAsk, type Check, type Patient } from '../../src/cli/commands/doctor.ts';
import type { Organization, Registry } from '../../src/core/model.ts';
import { voiceOf } from '../../src/report/voice.ts';
import { openSqliteStore } from '../../storage/sqlite.ts';
import { startSite, type Handler, type Site } from '../crawl/sites.ts';
import { anAudit, aRegistry, aSnapshot, at } from '../storage/fixtures.ts';
import { rasad } from './run.ts';

const MINUTE = 60_000;
/** The time of the tests; what the fixtures store is from before it. */
const NOW = Date.parse(at(30));
/** A port on which nothing listens. */
const CLOSED = '127.0.0.1:9';
const PERSIAN = /[آ-ی]/;

const folders: string[] = [];
let folder: string;
beforeEach(() => folders.push((folder = mkdtempSync(join(tmpdir(), 'rasad-doctor-')))));
afterAll(() => folders.forEach((one) => rmSync(one, { recursive: true, force: true })));

const sites: Site[] = [];
afterEach(() => Promise.all(sites.splice(0).map((site) => site.close())));
async function site(handler: Handler): Promise<Site> {
  const started = await startSite(handler);
  sites.push(started);
  return started;
}

const examined = (patient: Partial<Patient> = {}): Promise<readonly Check[]> =>
  examine({ folder, registry: null, lang: 'en', env: { RASAD_CHROMIUM: '/nowhere' }, now: () => NOW, ...patient });

const of = (checks: readonly Check[], what: Check['what']): Check => checks.find((check) => check.what === what)!;

const anOrganization = (id: string, portalUrl: string | null): Organization => ({
  id, names: { fa: id, en: id }, parentId: null, portalUrl, cooperation: 'cooperative', extra: {},
}); // prettier-ignore

/** Each host is sent to a place on this machine. */
const country = (places: Readonly<Record<string, string>>): Registry =>
  aRegistry({
    mapHosts: places,
    organizations: Object.keys(places).map((host) => anOrganization(host.split('.')[1]!, `http://${host}/home`)),
  });

const robots =
  (clock = NOW): Handler =>
  (_request, response) =>
    response.writeHead(200, { 'content-type': 'text/plain', date: new Date(clock).toUTCString() }).end('User-agent: *\n'); // prettier-ignore

describe('what is stored', () => {
  it('is sound, and counted, where the database is', async () => {
    const store = openSqliteStore(join(folder, 'rasad.sqlite'));
    await store.createAudit(anAudit(), aRegistry());
    await store.close();
    expect(of(await examined(), 'database')).toEqual({
      what: 'database', state: 'ok', found: `${folder}: 1 audit, 0 rounds; sound`, advice: '',
    }); // prettier-ignore
  });

  it('is a fault when pages of the file are damaged', async () => {
    const path = join(folder, 'rasad.sqlite');
    const store = openSqliteStore(path);
    await store.createAudit(anAudit(), aRegistry());
    for (let ordinal = 0; ordinal < 200; ordinal++)
      await store.saveSnapshot(aSnapshot({ ordinal, url: `https://example.ir/${ordinal}` }));
    await store.close();
    const file = openSync(path, 'r+');
    writeSync(file, Buffer.alloc(20_000, 0xff), 0, 20_000, statSync(path).size - 40_000);
    closeSync(file);
    const { state, found, advice } = of(await examined(), 'database');
    expect([state, found]).toEqual(['fault', expect.stringContaining('the file is damaged')]);
    expect(advice).toContain('.recover');
  });

  it('is a fault when the file is of another kind, and nothing else is left out for it', async () => {
    writeFileSync(join(folder, 'rasad.sqlite'), 'a letter, and a long one: '.repeat(1000));
    const checks = await examined();
    expect(of(checks, 'database')).toMatchObject({ state: 'fault', found: expect.stringContaining('another kind') });
    expect(checks.map(({ what }) => what)).toEqual(['node', 'database', 'browser', 'fonts', 'disk', 'time-zone', 'clock', 'network']); // prettier-ignore
  });

  it('is a fault where no folder can be made, and the disk is told all the same', async () => {
    writeFileSync(join(folder, 'file'), '');
    const checks = await examined({ folder: join(folder, 'file', 'data') });
    expect(of(checks, 'database').state).toBe('fault');
    expect(of(checks, 'disk').found).toContain('GB free');
  });
});

describe('workers', () => {
  /** A process that has ended. */
  const gone = (): number => spawnSync(process.execPath, ['-e', '']).pid;

  it.each([
    ['a process that lives', (): string => `${hostname()}:${process.pid}:x`, 5, 'ok', '1 organization in the hands of 1 process'],
    ['a process that has ended, its lease notwithstanding', (): string => `${hostname()}:${gone()}:x`, 5, 'warning', 'in the hands of processes that do not live: 1 organization ('],
    ['another machine, by its lease', (): string => 'elsewhere:1:x', 5, 'ok', '1 organization in the hands of 1 process'],
    ['another machine whose lease ran out', (): string => 'elsewhere:1:x', -5, 'warning', 'elsewhere:1:x: one'],
  ] as const)('are told: a job held by %s', async (_, worker, minutesLeft, state, found) => {
    const store = openSqliteStore(join(folder, 'rasad.sqlite'));
    await store.createAudit(anAudit(), aRegistry());
    await store.leaseJob('a', worker(), at(1), new Date(NOW + minutesLeft * MINUTE).toISOString());
    await store.close();
    expect(of(await examined(), 'workers')).toMatchObject({ state, found: expect.stringContaining(found) });
  }); // prettier-ignore

  it('are nobody when nothing is in hand, and those of finished audits do not count', async () => {
    const store = openSqliteStore(join(folder, 'rasad.sqlite'));
    await store.createAudit(anAudit(), aRegistry());
    await store.leaseJob('a', 'elsewhere:1:x', at(1), at(2));
    await store.finishAudit('a', at(3));
    await store.close();
    expect(of(await examined(), 'workers')).toMatchObject({ state: 'ok', found: 'nothing is in hand' });
  });
});

describe('the clock', () => {
  const startedAt = (time: string): Promise<void> => {
    const store = openSqliteStore(join(folder, 'rasad.sqlite'));
    return store.createAudit(anAudit({ startedAt: time }), aRegistry()).then(() => store.close());
  };

  it('is a fault when it is behind what was written down', async () => {
    await startedAt(at(30 + 90));
    const { state, found } = of(await examined(), 'clock');
    expect([state, found]).toEqual(['fault', `90 minutes behind what is written down already (a, ${at(120)})`]);
  });

  it('may be behind by a few minutes', async () => {
    await startedAt(at(34));
    expect(of(await examined(), 'clock')).toMatchObject({ state: 'ok', found: at(30) });
  });

  it.each([
    ['serves when most portals agree with it', [0, 0, 600], 'ok', '0 s from the clocks of the portals'],
    ['is doubted when most portals say another time', [0, 600, 720], 'warning', '10 minutes behind the clocks of the portals'],
    ['is doubted when it is ahead', [-420], 'warning', '7 minutes ahead of the clocks of the portals'],
  ])('%s', async (_, secondsAhead, state, found) => {
    const places: Record<string, string> = {};
    for (const [index, seconds] of secondsAhead.entries()) {
      const { port } = await site(robots(NOW + seconds * 1000));
      places[`www.a${index}.ir`] = `127.0.0.1:${port}`;
    }
    const clock = of(await examined({ registry: country(places) }), 'clock');
    expect(clock).toMatchObject({ state, found: expect.stringContaining(found) });
  }); // prettier-ignore

  it('is not compared with what a cache has kept', async () => {
    const { port } = await site((_request, response) =>
      response.writeHead(200, { date: new Date(NOW - 3_600_000).toUTCString(), age: '3600' }).end('User-agent: *'),
    );
    const clock = of(await examined({ registry: country({ 'www.a.ir': `127.0.0.1:${port}` }) }), 'clock');
    expect(clock).toMatchObject({ state: 'ok', found: at(30) });
  });
});

describe('time zones', () => {
  const voice = voiceOf('en', 'jalali');
  it('are known with their history', () =>
    expect(checkTimeZones(['Asia/Tehran', 'Europe/Rome', 'Asia/Tehran'], voice)).toEqual({
      what: 'time-zone', state: 'ok', found: 'Asia/Tehran, Europe/Rome', advice: '',
    })); // prettier-ignore
  it('are a fault when a round needs one that is not there', () =>
    expect(checkTimeZones(['Asia/Tehran', 'Asia/Nowhere'], voice)).toMatchObject({
      state: 'fault',
      found: 'Asia/Nowhere is not known',
    }));
});

describe('the sight of a country', () => {
  it('is one polite request for robots.txt a portal, whatever is answered', async () => {
    const agents: (string | undefined)[] = [];
    const noting =
      (handler: Handler): Handler =>
      (request, response) => {
        agents.push(request.headers['user-agent']);
        handler(request, response);
      };
    const asked = [
      await site(noting(robots())),
      await site(noting((_request, response) => response.writeHead(301, { location: '/other' }).end())),
      await site(noting((_request, response) => response.writeHead(404).end('none'))),
      await site(noting((_request, response) => response.writeHead(500).end('broken'))),
    ];
    const places = Object.fromEntries(asked.map(({ port }, index) => [`www.a${index}.ir`, `127.0.0.1:${port}`]));
    const portals = of(await examined({ registry: country(places) }), 'portals');
    expect(portals).toEqual({ what: 'portals', state: 'ok', found: '4 of 4 portals answer', advice: '' });
    expect(asked.map(({ hits }) => hits)).toEqual(asked.map(() => ['GET /robots.txt']));
    expect(agents).toEqual(asked.map(() => expect.stringMatching(/^RasadBot\/[\d.]+ \(\+https:/)));
  });

  it('tells who refuses and who is silent, and doubts the place when they are most', async () => {
    const wall = await site((_request, response) => response.writeHead(403).end('no'));
    const hole = await site(() => undefined);
    const well = await site(robots());
    const places = {
      'www.well.ir': `127.0.0.1:${well.port}`,
      'www.wall.ir': `127.0.0.1:${wall.port}`,
      'www.shut.ir': CLOSED,
      'www.hole.ir': `127.0.0.1:${hole.port}`,
    };
    const { state, found, advice } = of(await examined({ registry: country(places), patience: 300 }), 'portals');
    expect(state).toBe('warning');
    expect(found).toBe('1 of 4 portals answer, 1 refuse; not: www.wall.ir (wall), www.shut.ir (connect), www.hole.ir (timeout)'); // prettier-ignore
    expect(advice).toContain('HTTPS_PROXY');
  });

  it('is a fault when not one can be read', async () => {
    const portals = of(await examined({ registry: country({ 'www.a.ir': CLOSED, 'www.b.ir': CLOSED }) }), 'portals');
    expect(portals).toMatchObject({ state: 'fault', found: expect.stringContaining('0 of 2 portals answer') });
  });

  it('goes through the proxy when one is set, whose secrets are not told', async () => {
    const proxy = await site(robots());
    const registry = aRegistry({ organizations: [anOrganization('a', 'http://www.a.ir/')] });
    const env = { RASAD_CHROMIUM: '/nowhere', HTTP_PROXY: `http://name:secret@127.0.0.1:${proxy.port}` };
    const checks = await examined({ registry, env });
    expect(proxy.hits).toEqual(['GET http://www.a.ir/robots.txt']);
    expect(of(checks, 'portals').state).toBe('ok');
    expect(of(checks, 'network').found).toBe(`through the proxy http://…@127.0.0.1:${proxy.port}`);
  });

  it('is a fault, and no crash, when the proxy is no address', async () => {
    const registry = aRegistry({ organizations: [anOrganization('a', 'http://www.a.ir/')] });
    const checks = await examined({ registry, env: { RASAD_CHROMIUM: '/nowhere', HTTPS_PROXY: 'ftp://x' } });
    expect(of(checks, 'portals')).toMatchObject({ state: 'fault', found: expect.stringContaining('HTTPS_PROXY') });
  });

  it('says so when the registry names no portal', async () => {
    const registry = aRegistry({ organizations: [anOrganization('a', null)] });
    expect(of(await examined({ registry }), 'portals').state).toBe('warning');
  });
});

describe('the portals that are asked', () => {
  const askedOf = (addresses: readonly (string | null)[]): readonly string[] =>
    portalsToAsk({ organizations: addresses.map((url, index) => anOrganization(`o${index}`, url)) });

  it('are eight, evenly over the registry', () =>
    expect(askedOf(Array.from({ length: 24 }, (_, index) => `https://a${index}.gov.ir/fa/`))).toEqual(
      [0, 3, 6, 9, 12, 15, 18, 21].map((index) => `https://a${index}.gov.ir/robots.txt`),
    ));
  it('are all of a small registry, in its order', () =>
    expect(askedOf(['https://a.gov.ir/', null, 'http://b.gov.ir/x'])).toEqual([
      'https://a.gov.ir/robots.txt',
      'http://b.gov.ir/robots.txt',
    ]));
  it('are one of each registrable domain', () =>
    expect(askedOf(['https://one.city.ir/', 'https://two.city.ir/', 'https://one.gov.ir/', 'https://two.gov.ir/'])).toEqual(
      ['https://one.city.ir/robots.txt', 'https://one.gov.ir/robots.txt', 'https://two.gov.ir/robots.txt'],
    )); // prettier-ignore
});

describe('in Persian', () => {
  it('everything that is not well is told with its advice', async () => {
    writeFileSync(join(folder, 'rasad.sqlite'), '');
    const checks = await examined({ lang: 'fa', registry: country({ 'www.a.ir': CLOSED }) });
    const unwell = checks.filter(({ state }) => state !== 'ok');
    expect(unwell.map(({ what }) => what)).toEqual(expect.arrayContaining(['browser', 'portals']));
    for (const { found, advice } of unwell) expect([found, advice]).toEqual([expect.stringMatching(PERSIAN), expect.stringMatching(PERSIAN)]); // prettier-ignore
    expect(of(checks, 'portals').found).toBe('۰ درگاه از ۱ پاسخ داد؛ نه: www.a.ir (connect)');
  });
});

describe('rasad doctor', () => {
  it('prints its checks for machines, in the language that is asked for', async () => {
    const { code, stdout } = await rasad(['doctor', '--data', folder, '--lang', 'fa', '--json']);
    const { version, checks } = JSON.parse(stdout) as { version: string; checks: Check[] };
    expect([code, version]).toEqual([0, expect.stringMatching(/^\d+\./)]);
    expect(of(checks, 'database').found).toMatch(PERSIAN);
  }, 60_000);

  it('ends with 2 when something is broken, and says what to do about it', async () => {
    writeFileSync(join(folder, 'rasad.sqlite'), 'a letter, and a long one: '.repeat(1000));
    const { code, stdout } = await rasad(['doctor', '--data', folder, '--lang', 'en']);
    expect(code).toBe(2);
    expect(stdout).toMatch(/^FAULT +database +.*another kind.*\n +\S.*--data/m);
    expect(stdout).toMatch(/^ok +node /m);
  }, 60_000);

  it('looks at the portals of a registry', async () => {
    const { code, stdout } = await rasad(['doctor', '--data', folder, '--registry', 'demo', '--lang', 'en']);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^ok +portals +7 of 8 portals answer, 1 refuse/m)]);
  }, 60_000);
});
