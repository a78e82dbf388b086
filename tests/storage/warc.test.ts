import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { brotliCompressSync, brotliDecompressSync, createGunzip, deflateSync, gunzipSync, gzipSync } from 'node:zlib';
import nodeWarc from 'node-warc';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WARCParser, WARCRecord, WARCSerializer } from 'warcio';
import { r5 } from '../../rules/editions/r5.ts';
import { auditOrganization, rejudgeOrganization } from '../../src/audit/audit-organization.ts';
import { knowledgeOf, seekingIn } from '../../src/cli/compose.ts';
import type { BlobRef, Organization, Snapshot } from '../../src/core/model.ts';
import type { PageLayout } from '../../src/core/page-layout.ts';
import { snapshotFiles } from '../../src/core/snapshot-files.ts';
import type { BrowserFetcher } from '../../src/crawl/contract.ts';
import { openStaticFetcher } from '../../src/crawl/fetch-static.ts';
import { readHostMap } from '../../src/crawl/host-map.ts';
import { openPoliteness, systemClock } from '../../src/crawl/politeness.ts';
import { bytesOf, openWarcFiles } from '../../src/crawl/warc-files.ts';
import { openBlobStore } from '../../storage/snapshots.ts';
import { openSqliteStore } from '../../storage/sqlite.ts';
import type { Store } from '../../storage/store.ts';
import { exportWarc } from '../../storage/warc.ts';
import { importWarc } from '../../storage/warc-import.ts';
import { contentPage, startSite, type Site } from '../crawl/sites.ts';
import { zipOf } from '../zip.ts';
import { anAudit, aFinding, aRegistry, aSkip, aSnapshot, at } from './fixtures.ts';
import { PNG_MAGIC } from './processes.ts';

const HOST = 'http://www.sazman.example';
const PNG = Buffer.concat([PNG_MAGIC, Buffer.alloc(500, 7)]);
const LAYOUT: PageLayout = { count: 2, elements: [['html', 0, 0, 800, 600]] };
const LINKS =
  '<a href="/fa/mojavez">صدور مجوز</a> <a href="/fa/tamas">تماس با ما</a> <a href="/fa/contact">ارتباط با ما</a> <a href="/fa/rahnama.pdf">راهنما</a> <a href="/mahramane/tamas">تماس با مدیر</a> <a href="/fa/logout?x=1">خروج</a>';
const PAGES: Readonly<Record<string, readonly [type: string, encoding: string, body: Buffer]>> = {
  '/robots.txt': ['text/plain', '', Buffer.from('User-agent: *\nDisallow: /mahramane\n')],
  '/fa/': page('gzip', LINKS),
  '/fa/mojavez': page(
    'br',
    '<h2>صدور مجوز</h2><p>هزینه: ۵۰۰۰۰ ریال. مدت انجام: ۳ روز کاری.</p><a href="/samane">ورود به سامانه</a>',
  ),
  '/samane': page('', '<form method="post"><label>کد ملی <input name="a"></label><input name="b"><button>ثبت</button></form>'), // prettier-ignore
  '/fa/tamas': page('deflate', '<p>تلفن: ۰۲۱-۱۲۳۴۵۶۷۸</p>'),
  '/fa/contact': page('deflate', '<p>تلفن: ۰۲۱-۱۲۳۴۵۶۷۸</p>'),
  '/fa/rahnama.pdf': ['application/pdf', '', Buffer.from('%PDF-1.4 راهنما')],
};

function page(encoding: string, body: string): readonly [string, string, Buffer] {
  const html = Buffer.from(contentPage(body));
  const packed =
    encoding === 'gzip' ? gzipSync(html) : encoding === 'br' ? brotliCompressSync(html) : encoding === 'deflate' ? deflateSync(html) : html; // prettier-ignore
  return ['text/html; charset=utf-8', encoding, packed];
}

const organization: Organization = {
  id: 'sazman', names: { fa: 'سازمان نمونه', en: 'Sample' }, parentId: null, portalUrl: `${HOST}/`, cooperation: 'cooperative', extra: {},
}; // prettier-ignore
const registry = aRegistry({
  serve: '/somewhere/on/this/machine',
  mapHosts: { 'www.sazman.example': '127.0.0.1:1' },
  privateHosts: ['www.sazman.example'],
  organizations: [organization, { ...organization, id: 'edare', portalUrl: null }],
  services: [
    { id: 's1', organizationId: 'sazman', parentId: null, code: '10001', titles: { fa: 'صدور مجوز', en: 'Licence' }, pageUrl: `${HOST}/fa/mojavez`, systemUrl: `${HOST}/samane`, profile: [], extra: {} },
  ],
}); // prettier-ignore
const audit = anAudit({ id: '202603210800-ab12', organizationIds: ['sazman', 'edare'], finishedAt: at(30) });
const judging = { knowledge: knowledgeOf(registry), edition: r5, visitsNeeded: 1 };

/** Shows every page with a line more, and measures nothing. */
const browser: BrowserFetcher = {
  async render(url) {
    const html = contentPage(`<p>این بخش را اسکریپت نوشته است.</p>${LINKS}`);
    const inspection = { accessibility: null, phone: null };
    return {
      outcome: { kind: 'page' },
      html,
      finalUrl: url,
      screenshot: PNG,
      layout: LAYOUT,
      inspection,
      stopped: [],
      wireBytes: 10,
    };
  },
  close: async () => {},
};

interface Place {
  readonly store: Store;
  readonly blobs: ReturnType<typeof openBlobStore>;
}

let folder: string;
let site: Site;
/** Where the audit was made, and its archive. */
let source: Place;
let archive: Buffer;

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

const exported = async (id: string, place: Place): Promise<Buffer> =>
  Buffer.concat(await all(exportWarc(id, place, 'Rasad/test')));
const openPlace = (name: string): Place => ({
  store: openSqliteStore(':memory:'),
  blobs: openBlobStore(join(folder, name)),
});
const stream = (bytes: Buffer) => () =>
  (async function* () {
    for (let start = 0; start < bytes.length; start += 10_000) yield bytes.subarray(start, start + 10_000);
  })();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rasad-warc-'));
  site = await startSite((request, response) => {
    const found = PAGES[request.url!];
    if (request.url === '/') response.writeHead(302, { location: '/fa/', 'set-cookie': ['a=1', 'b=2'] }).end('moved');
    else if (!found) response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>یافت نشد</h1>');
    else {
      const [type, encoding, body] = found;
      response.writeHead(200, {
        'content-type': type,
        'warc-type': ['server', 'means nothing'],
        ...(encoding ? { 'content-encoding': encoding } : {}),
      });
      response.end(body);
    }
  });
  source = openPlace('source');
  const { store, blobs } = source;
  const fetcher = openStaticFetcher({
    userAgent: 'test',
    hostMap: readHostMap([`www.sazman.example=127.0.0.1:${site.port}`]),
  });
  await store.createAudit({ ...audit, finishedAt: null }, registry);
  for (let job; (job = await store.leaseJob(audit.id, 'w', at(0), at(59))) !== null;) {
    if (job.organizationId === 'edare') {
      await store.failJob(audit.id, 'edare', 'w', 'the disk was full', null);
      continue;
    }
    const result = await auditOrganization(audit.id, registry, organization, {
      ...judging, store, blobs, fetcher, browser, inspect: true, seeking: seekingIn(registry), clock: systemClock, identityHosts: [], paymentHosts: [], limits: { maxPages: 10 },
      politeness: openPoliteness({ clock: systemClock, isLocal: () => true }),
    }); // prettier-ignore
    await store.completeJob(audit.id, 'sazman', 'w', result);
  }
  await store.finishAudit(audit.id, at(30));
  await fetcher.close();
  archive = await exported(audit.id, source);
});
afterAll(async () => {
  await site.close();
  await source.store.close();
  rmSync(folder, { recursive: true, force: true });
});

// ---------------------------------------------------------------- an independent reader

interface Read {
  readonly warcType: string;
  readonly warcTargetURI: string;
  readonly warcDate: string;
  readonly warcRecordID: string;
  readonly warcHeader: Readonly<Record<string, string>>;
  readonly httpInfo: { readonly statusCode: string; readonly headers: Readonly<Record<string, string>> } | null;
  readonly content: Buffer | null;
}

async function readByOthers(bytes: Buffer): Promise<Read[]> {
  const reader = new nodeWarc.WARCStreamTransform();
  // its own end calls back twice, which Node does not allow any more
  reader._flush = (done) => reader._consumeChunk((reader as unknown as { buffered: Buffer }).buffered, done, true);
  return all(Readable.from([bytes]).pipe(createGunzip()).pipe(reader) as unknown as AsyncIterable<Read>);
}
/** That reader counts the end of the last line as content. */
const contentOf = ({ content }: Read): Buffer => content!.subarray(0, -2);

describe('an exported audit', () => {
  let records: Read[];
  beforeAll(async () => {
    records = await readByOthers(archive);
  });
  const of = (type: string, target: string): Read[] =>
    records.filter((record) => record.warcType === type && record.warcTargetURI === target);

  it('is read by other programs, record by record', () => {
    const count = (type: string): number => records.filter(({ warcType }) => warcType === type).length;
    const looks = records.filter(({ warcTargetURI }) => warcTargetURI?.startsWith('urn:rasad:snapshot:'));
    expect(records[0]!.warcType).toBe('warcinfo');
    expect(contentOf(records[0]!).toString()).toContain(`description: audit ${audit.id}, edition r5`);
    expect(looks.length).toBeGreaterThan(8);
    expect(count('metadata')).toBe(looks.length + 4);
    expect(count('conversion') + count('revisit')).toBeGreaterThan(3);
    expect(new Set(records.map(({ warcRecordID }) => warcRecordID)).size).toBe(records.length);
    for (const { warcRecordID } of records) expect(warcRecordID).toMatch(/^<urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}>$/); // prettier-ignore
  });

  it('has each address of a chain with its status, and where it led', () => {
    const [home] = of('response', `${HOST}/`);
    expect(home!.httpInfo).toMatchObject({ statusCode: '302', headers: { location: `${HOST}/fa/` } });
    expect(of('response', `${HOST}/fa/`).map(({ httpInfo }) => httpInfo!.statusCode)).toEqual(['200']);
    const gone = records.filter(({ httpInfo, warcType }) => warcType === 'response' && httpInfo?.statusCode === '404');
    expect(gone.length).toBeGreaterThan(0);
  });

  it.each([
    ['/fa/', 'gzip', (bytes: Buffer) => gunzipSync(bytes)],
    ['/fa/mojavez', 'br', (bytes: Buffer) => brotliDecompressSync(bytes)],
  ])('has the answer of %s as it came over the wire', (path, encoding, unpack) => {
    const [record] = of('response', HOST + path);
    const packed = PAGES[path]![2];
    expect(record!.httpInfo!.headers).toMatchObject({ 'content-encoding': encoding, 'content-length': `${packed.length}` }); // prettier-ignore
    expect(contentOf(record!).equals(packed)).toBe(true);
    expect(unpack(contentOf(record!)).toString()).toContain('سازمان نمونه');
  });

  it('renames what is no longer true of an answer', () => {
    const [record] = of('response', `${HOST}/samane`);
    expect(contentOf(record!).equals(PAGES['/samane']![2])).toBe(true);
    expect(record!.httpInfo!.headers).toMatchObject({ 'x-archive-orig-transfer-encoding': 'chunked', 'content-length': `${PAGES['/samane']![2].length}` }); // prettier-ignore
    expect(record!.httpInfo!.headers['transfer-encoding']).toBeUndefined();
  });

  it('writes the same content once', () => {
    const [first] = of('response', `${HOST}/fa/contact`);
    const [again] = of('revisit', `${HOST}/fa/tamas`);
    expect(again!.warcHeader).toMatchObject({
      'WARC-Profile': 'http://netpreserve.org/warc/1.1/revisit/identical-payload-digest',
      'WARC-Refers-To': first!.warcRecordID,
      'WARC-Refers-To-Target-URI': `${HOST}/fa/contact`,
      'WARC-Refers-To-Date': first!.warcDate,
      'WARC-Payload-Digest': first!.warcHeader['WARC-Payload-Digest'],
    });
    expect(again!.httpInfo!.statusCode).toBe('200');
    expect(records.filter(({ content }) => content?.includes(PNG))).toHaveLength(1);
  });

  it('has the page as the browser showed it, its picture, its places and its measurement, with the answer that they are of', () => {
    const [answer] = of('response', `${HOST}/fa/`);
    const [shown] = of('conversion', `urn:rasad:dom:${HOST}/`);
    expect(shown!.content!.toString()).toContain('این بخش را اسکریپت نوشته است');
    expect(shown!.warcHeader['WARC-Refers-To']).toBe(answer!.warcRecordID);
    const [picture] = of('resource', `urn:view:${HOST}/`);
    expect(contentOf(picture!).equals(PNG)).toBe(true);
    expect(picture!.warcHeader).toMatchObject({ 'Content-Type': 'image/png', 'WARC-Concurrent-To': answer!.warcRecordID }); // prettier-ignore
    expect(JSON.parse(contentOf(of('resource', `urn:rasad:layout:${HOST}/`)[0]!).toString())).toEqual(LAYOUT);
    expect(contentOf(of('resource', `urn:rasad:inspection:${HOST}/`)[0]!).toString()).toBe('{"accessibility":null,"phone":null}'); // prettier-ignore
  });

  it('says nothing of the machine on which it was made', () => {
    const [record] = of('resource', 'urn:rasad:registry:demo');
    const written = JSON.parse(record!.content!.toString());
    expect(written).toEqual({ ...registry, serve: null, mapHosts: {}, privateHosts: [] });
  });

  it('is the same bytes every time', async () => {
    expect((await exported(audit.id, source)).equals(archive)).toBe(true);
  });

  it('writes the answer once that several looks share', () => {
    const targets = records
      .filter(({ warcType }) => warcType === 'response')
      .map((record) => `${record.warcTargetURI} ${record.warcDate} ${record.httpInfo!.statusCode}`);
    expect(new Set(targets).size).toBe(targets.length);
  });

  it('of an audit that is not there is refused', async () => {
    await expect(exported('none', source)).rejects.toThrow('found "none", which is not in this store');
  });
});

describe('an exported look', () => {
  let place: Place;
  beforeEach(async () => {
    place = openPlace(`look-${Math.random()}`);
    const one = { ...organization, id: 'one' };
    await place.store.createAudit(anAudit(), aRegistry({ organizations: [one] }));
  });
  afterEach(() => place.store.close());

  /** The records of one look, by another program. */
  async function recordsOf(change: Partial<Snapshot>): Promise<Read[]> {
    await place.store.saveSnapshot(aSnapshot({ body: null, serviceIds: [], ...change }));
    return readByOthers(await exported('a', place));
  }

  it('without an answer is one record of what is known', async () => {
    const outcome = { kind: 'unreachable', cause: 'dns', detail: 'no such host' } as const;
    const records = await recordsOf({ outcome, chain: [], status: null, headers: [] });
    expect(records.filter(({ warcType }) => warcType === 'response')).toEqual([]);
    const [look] = records.filter(({ warcTargetURI }) => warcTargetURI === 'urn:rasad:snapshot:https://example.ir/');
    expect(JSON.parse(contentOf(look!).toString()).outcome).toEqual(outcome);
    expect(look!.warcHeader['WARC-Refers-To']).toBeUndefined();
  });

  it('ends where its chain was stopped unasked', async () => {
    const chain = [
      { url: 'https://example.ir/in', status: 302 },
      { url: 'https://sso.example.ir/', status: 0 },
    ];
    const headers = [['location', '//sso.example.ir/']] as const;
    const records = await recordsOf({ chain, status: 302, headers });
    const answers = records.filter(({ warcType }) => warcType === 'response');
    expect(answers.map(({ warcTargetURI }) => warcTargetURI)).toEqual(['https://example.ir/in']);
    expect(answers[0]!.httpInfo!.headers['location']).toBe('//sso.example.ir/');
  });

  it('says when its content was not kept', async () => {
    const outcome = { kind: 'unreachable', cause: 'too-large', detail: 'more than 10 MB' } as const;
    const headers = [['content-length', '20000000'], ['content-encoding', 'gzip']] as const; // prettier-ignore
    const records = await recordsOf({ outcome, headers });
    const answer = records.findLast(({ warcType }) => warcType === 'response')!;
    expect(answer.warcHeader['WARC-Truncated']).toBe('unspecified');
    expect(answer.httpInfo!.headers).toMatchObject({
      'content-length': '0',
      'x-archive-orig-content-length': '20000000',
      'x-archive-orig-content-encoding': 'gzip',
    });
  });

  it('keeps a header from ending early and beginning another record', async () => {
    const records = await recordsOf({
      headers: [
        ['x-a', 'b\r\n\r\nWARC/1.1\r\n'],
        ['bad name\r\n', 'c'],
      ],
    });
    const answer = records.findLast(({ warcType }) => warcType === 'response')!;
    expect(answer.httpInfo!.headers['x-a']).toBe('b    WARC/1.1  ');
    expect(Object.keys(answer.httpInfo!.headers)).toEqual(['x-a', 'content-length']);
  });

  it('comes back as it was kept also where its headers do not say how it is packed', async () => {
    const html = Buffer.from(contentPage());
    const packed = brotliCompressSync(html);
    const body = await place.blobs.put(html, { bytes: packed, encoding: 'br' });
    const records = await recordsOf({ body, headers: [['content-type', 'text/html']] });
    const answer = records.findLast(({ warcType }) => warcType === 'response')!;
    expect(answer.httpInfo!.headers).toMatchObject({ 'content-encoding': 'br', 'content-length': `${packed.length}` });
    const target = openPlace(`packed-${Math.random()}`);
    await importWarc(stream(await exported('a', place)), target);
    expect(packed.equals(await target.blobs.getRaw(body))).toBe(true);
    await target.store.close();
  });

  it('whose file is missing stops the export, unless it was removed on purpose since', async () => {
    const body: BlobRef = { hash: 'a'.repeat(64), size: 5, encoding: 'gzip' };
    await place.store.saveSnapshot(aSnapshot({ body, serviceIds: [] }));
    await expect(exported('a', place)).rejects.toThrow(`${'a'.repeat(64)}.gz: expected a file of evidence`);
    await place.store.retire([body.hash], at(0));
    await expect(exported('a', place)).rejects.toThrow(`${'a'.repeat(64)}.gz: expected a file of evidence`);
    await place.store.retire([body.hash], at(9));
    const target = openPlace(`retired-${Math.random()}`);
    await importWarc(stream(await exported('a', place)), target);
    expect(await target.store.retiredAt(body.hash, at(1))).toBe(at(9));
    expect((await target.store.listSnapshots('a', 'one'))[0]!.body).toEqual(body);
    await target.store.close();
  });
});

// ---------------------------------------------------------------- import

describe('an imported audit', () => {
  let target: Place;
  beforeAll(async () => {
    target = openPlace('target');
    await importWarc(stream(archive), target);
  });
  afterAll(() => target.store.close());

  it('has the same looks, findings, skipped addresses and outcomes', async () => {
    for (const id of audit.organizationIds) {
      expect(await target.store.listSnapshots(audit.id, id)).toEqual(await source.store.listSnapshots(audit.id, id));
      expect(await target.store.listSkipped(audit.id, id)).toEqual(await source.store.listSkipped(audit.id, id));
    }
    expect(await target.store.getAudit(audit.id)).toEqual(audit);
    const findings = await target.store.listFindings(audit.id);
    expect(findings.length).toBeGreaterThan(50);
    expect(findings).toEqual(await source.store.listFindings(audit.id));
    expect((await target.store.listSkipped(audit.id, 'sazman')).length).toBeGreaterThan(0);
    const jobs = await target.store.listJobs(audit.id);
    expect(jobs.map(({ organizationId, state, error }) => [organizationId, state, error])).toEqual([
      ['sazman', 'done', null],
      ['edare', 'failed', 'the disk was full'],
    ]);
  });

  it('is judged again to the same bytes as where it was made', async () => {
    const [here, there] = await Promise.all(
      [target, source].map((place) => rejudgeOrganization(audit.id, registry, organization, { ...place, ...judging })),
    );
    expect(JSON.stringify(here)).toBe(JSON.stringify(there));
    expect(JSON.stringify(here)).toBe(JSON.stringify(await source.store.listFindings(audit.id, 'sazman')));
  });

  it('has every file under the reference that it had, as it came where it came compressed', async () => {
    const looks = await target.store.listSnapshots(audit.id, 'sazman');
    const refs = looks.flatMap(snapshotFiles);
    expect(refs).toContainEqual(looks.find(({ layout }) => layout)!.layout);
    expect(new Set(refs.map(({ encoding }) => encoding))).toEqual(new Set(['gzip', 'br', 'deflate', 'identity']));
    for (const ref of refs) {
      expect(await target.blobs.check(ref)).toEqual({ state: 'whole' });
      if (ref.encoding !== 'gzip')
        expect(Buffer.compare(await target.blobs.getRaw(ref), await source.blobs.getRaw(ref))).toBe(0);
    }
    const names = async ({ blobs }: Place) => (await all(blobs.list())).map(({ hash, encoding }) => `${hash} ${encoding}`); // prettier-ignore
    expect(await names(target)).toEqual(await names(source));
  });

  it('is exported to the same bytes', async () => {
    expect((await exported(audit.id, target)).equals(archive)).toBe(true);
  });

  it('is refused where it is already, and changes nothing there', async () => {
    await expect(importWarc(stream(archive), target)).rejects.toThrow(`holds audit ${audit.id}, which is in this store already`); // prettier-ignore
    expect(await target.store.listAudits()).toHaveLength(1);
  });
});

describe('an audit with more findings than go into one record', () => {
  it('comes back with all of them, in their order', async () => {
    const from = openPlace('many');
    const to = openPlace('many-target');
    await from.store.createAudit(anAudit(), aRegistry({ organizations: [{ ...organization, id: 'one' }] }));
    const findings = Array.from({ length: 600 }, (_, number) => aFinding({ rule: `presence/r${number}`, message: { fa: 'ب'.repeat(8000), en: 'a' } })); // prettier-ignore
    await from.store.saveFindings('a', 'one', findings);
    const bytes = await exported('a', from);
    const targets = (await readByOthers(bytes)).map(({ warcTargetURI }) => warcTargetURI);
    expect(targets.filter((target) => target === 'urn:rasad:findings:one')).toHaveLength(2);
    await importWarc(stream(bytes), to);
    expect(await to.store.listFindings('a')).toEqual(await from.store.listFindings('a'));
    await from.store.close();
    await to.store.close();
  });
});

describe('an audit whose organizations were judged by different rules', () => {
  it('says by which each was, and keeps that', async () => {
    const from = openPlace('rejudged');
    const to = openPlace('rejudged-target');
    const ids = ['one', 'two', 'three'];
    await from.store.createAudit(anAudit({ organizationIds: ids }), aRegistry({ organizations: ids.map((id) => ({ ...organization, id })) })); // prettier-ignore
    for (const id of ids) {
      await from.store.leaseJob('a', 'w', at(0), at(9));
      await from.store.completeJob('a', id, 'w', { findings: [aFinding({ organization: id, service: null })], skipped: [] }); // prettier-ignore
    }
    await from.store.saveFindings('a', 'two', [aFinding({ organization: 'two', service: null })], 'newer rules');
    await from.store.finishAudit('a', at(9));
    const bytes = await exported('a', from);
    const records = (await readByOthers(bytes)).filter(({ warcTargetURI }) => warcTargetURI?.startsWith('urn:rasad:organization:')); // prettier-ignore
    expect(records.map((record) => JSON.parse(contentOf(record).toString()).rules)).toEqual([
      null,
      'newer rules',
      null,
    ]);
    await importWarc(stream(bytes), to);
    expect(await to.store.listRules('a')).toEqual(await from.store.listRules('a'));
    await from.store.close();
    await to.store.close();
  });

  it('has the rules of the audit where an archive does not say by which it was', async () => {
    const to = openPlace('unsaid');
    await importWarc(stream(await edited((target, text) => (target.startsWith('urn:rasad:organization:') ? text.replace(/,"rules":null\}$/, '}') : text))), to); // prettier-ignore
    expect(await to.store.listRules(audit.id)).toEqual(new Map([['sazman', null]]));
    await to.store.close();
  });
});

describe('an audit that was not finished', () => {
  it('is finished by its import: nothing from elsewhere is gone on with', async () => {
    const from = openPlace('unfinished');
    const to = openPlace('unfinished-target');
    const like = anAudit({ organizationIds: ['one', 'two'] });
    const both = ['one', 'two'].map((id) => ({ ...organization, id }));
    await from.store.createAudit(like, aRegistry({ organizations: both }));
    await from.store.leaseJob('a', 'w', at(0), at(9));
    await from.store.completeJob('a', 'one', 'w', { findings: [aFinding()], skipped: [aSkip()] });
    await from.store.saveSnapshot(aSnapshot({ body: null, serviceIds: [], organizationId: 'two', fetchedAt: at(7) }));
    await importWarc(stream(await exported('a', from)), to);
    expect(await to.store.getAudit('a')).toEqual({ ...like, finishedAt: at(7) });
    expect(await to.store.findUnfinished(like)).toBeNull();
    expect(await to.store.leaseJob('a', 'w', at(59), at(60))).toBeNull();
    expect((await to.store.listJobs('a')).map(({ state }) => state)).toEqual(['done', 'failed']);
    await from.store.close();
    await to.store.close();
  });
});

// ---------------------------------------------------------------- damage

type Edit = (target: string, text: string, type: string) => string | null;

/** The archive with the content of some records changed, and digests and lengths that agree with that. */
async function edited(edit: Edit): Promise<Buffer> {
  const out: Uint8Array[] = [];
  for await (const record of new WARCParser(stream(archive)(), { parseHttp: false, keepHeadersCase: true })) {
    const target = record.warcTargetURI ?? '';
    const block = Buffer.from(await record.readFully(false)).toString('latin1');
    const text = edit(target, block, record.warcType);
    if (text === null) continue;
    const copy = WARCRecord.create({ type: record.warcType, url: target, date: record.warcDate!, warcVersion: 'WARC/1.1' }, [Buffer.from(text, 'latin1')]); // prettier-ignore
    copy.httpHeaders = null;
    out.push(await WARCSerializer.serialize(copy, { gzip: true }));
  }
  return Buffer.concat(out);
}
const inLook =
  (change: (snapshot: Record<string, unknown> & { body: BlobRef }) => unknown): Edit =>
  (target, text) => {
    if (target !== `urn:rasad:snapshot:${HOST}/fa/mojavez`) return text;
    const snapshot = JSON.parse(Buffer.from(text, 'latin1').toString());
    return Buffer.from(JSON.stringify({ ...snapshot, ...(change(snapshot) as object) })).toString('latin1');
  };
const inside =
  (prefix: string, change: (value: any) => unknown): Edit =>
  (target, text) =>
    target.startsWith(prefix)
      ? Buffer.from(JSON.stringify(change(JSON.parse(Buffer.from(text, 'latin1').toString())))).toString('latin1')
      : text;
/** One record of a length that it only claims. */
const claiming = (length: string, line = 'WARC/1.1') =>
  gzipSync(`${line}\r\nWARC-Type: resource\r\nContent-Length: ${length}\r\n\r\nabc\r\n\r\n`);

describe('a damaged or hostile archive', () => {
  async function refusal(bytes: Buffer): Promise<string> {
    const place = openPlace(`refused-${Math.random()}`);
    const error = await importWarc(stream(bytes), place).then(
      () => new Error('it was imported'),
      (reason: Error) => reason,
    );
    expect(await place.store.listAudits()).toEqual([]);
    expect(await all(place.blobs.list())).toEqual([]);
    await place.store.close();
    expect(error.name, error.stack).toBe('UserError');
    expect(error.message).toContain('Nothing was imported.');
    return error.message;
  }

  it.each<[string, () => Buffer, string]>([
    ['is empty', () => Buffer.alloc(0), 'found a file that ends in the middle'],
    ['is no archive', () => Buffer.from('<html>not found</html>'), 'found bytes that are damaged or of another kind'],
    ['is cut in the middle', () => archive.subarray(0, archive.length >> 1), 'a file that ends in the middle'],
    ['is cut between two records', () => archive.subarray(0, archive.lastIndexOf(Buffer.from('1f8b08', 'hex'))), 'found none after'],
    ['claims a record of a terabyte', () => claiming('1000000000000'), 'expected at most 67371008 bytes, found 1000000000000'],
    ['claims a record of less than nothing', () => claiming('-5'), 'expected its length in bytes, found "-5"'],
    ['claims fewer bytes than there are', () => claiming('1'), 'expected 1 bytes and an empty line, found more bytes'],
    ['claims more bytes than there are', () => claiming('100'), 'expected 100 bytes and an empty line, found the end of the file'],
    ['has a head without end', () => gzipSync(Buffer.alloc(300_000, 'a')), 'expected a head of at most'],
    ['is of another version of the standard', () => claiming('3', 'WARC/0.18'), 'expected a record of WARC/1.1, found "WARC/0.18"'],
    ['is of another program', () => claiming('3'), 'expected an archive that Rasad exported'],
  ])('is refused when it %s', async (_, bytes, message) => {
    expect(await refusal(bytes())).toContain(message);
  }); // prettier-ignore

  it('is refused in Persian too, with what it holds isolated', async () => {
    const place = openPlace('persian');
    await expect(importWarc(stream(claiming('-5')), place)).rejects.toMatchObject({
      said: { fa: expect.stringContaining('رکورد ۱: انتظار: طول آن به بایت؛ یافته: \u2068"-5"\u2069.') as string },
    });
    await place.store.close();
  });

  const other = 'b'.repeat(64);
  it.each<[string, Edit, string | RegExp]>([
    ['lacks an answer', (target, text, type) => (type === 'response' && target === `${HOST}/fa/mojavez` ? null : text), /The look at http:\/\/www\.sazman\.example\/fa\/mojavez: expected a file with the SHA-256 [0-9a-f]{64}, found none/],
    ['has other content in an answer', (target, text, type) => (type === 'response' && target === `${HOST}/samane` ? text.replace('form', 'fork') : text), /The look at http:\/\/www\.sazman\.example\/samane: expected a file with the SHA-256/],
    ['refers to content that it does not have', inLook(({ body }) => ({ body: { ...body, hash: other } })), `expected a file with the SHA-256 ${other}, found none`],
    ['is wrong about the size of a file', inLook(({ body }) => ({ body: { ...body, size: body.size + 1 } })), /expected \d+ bytes under the SHA-256/],
    ['names a file that is a path', inLook(({ body }) => ({ body: { ...body, hash: '../../../../etc/passwd' } })), 'at body.hash: expected a SHA-256 in hexadecimal'],
    ['names an encoding that there is not', inLook(({ body }) => ({ body: { ...body, encoding: '../x' } })), 'at body.encoding'],
    ['has a look at no address', inLook(() => ({ url: 'javascript:alert(1)' })), 'at url: expected an http(s) address'],
    ['has a look with a charset that there is not', inLook(() => ({ charset: 'klingon' })), 'at charset: expected the name of a charset'],
    ['has a look of another audit', inLook(() => ({ auditId: 'other' })), 'found audit other, organization sazman'],
    ['has a look of another organization', inLook(() => ({ organizationId: 'edare' })), 'organization edare'],
    ['has one look twice', inLook(() => ({ url: `${HOST}/`, role: 'portal' })), 'expected one look at an address in a role and visit, found two'],
    ['has a look that takes a page for a measurement', inLook(({ body }) => ({ inspection: body })), 'expected a measurement of the page'],
    ['has a look that takes a page for places of elements', inLook(({ body }) => ({ layout: body })), 'expected a measurement of the page'],
    ['has places of elements that are none', (target, text) => (target.startsWith('urn:rasad:layout:') ? '{"count":1,"elements":[["p",0,0,"x",0]]}' : text), 'expected places of elements'],
    ['has a measurement that is none', (target, text) => (target.startsWith('urn:rasad:inspection:') ? '{"phone":5}' : text), 'at accessibility'],
    ['says that a file was removed which no look has', inside('urn:rasad:organization:sazman', (value) => ({ ...value, retired: { [other]: at(0) } })), `found ${other}`],
    ['is nested too deep', (target, text) => (target.startsWith('urn:rasad:organization:sazman') ? `${text.slice(0, -1)},"x":${'['.repeat(100_000)}${']'.repeat(100_000)}}` : text), 'found some that are nested too deep'],
    ['has a look that is no JSON', (target, text) => (target === `urn:rasad:snapshot:${HOST}/` ? text.slice(1) : text), 'expected JSON'],
    ['has a finding of another organization', (target, text) => (target.startsWith('urn:rasad:findings:') ? text.replace('"organization":"sazman"', '"organization":"edare"') : text), 'organization edare'],
    ['has a finding that is none', (target, text) => (target.startsWith('urn:rasad:findings:') ? text.replace('"verdict":"', '"verdict":"very ') : text), 'at verdict'],
    ['has a finding twice', (target, text) => (target.startsWith('urn:rasad:findings:') ? text + text : text), 'expected one finding of a rule on a subject, found two'],
    ['lies in a time that there is not', inside('urn:rasad:audit:', (value) => ({ ...value, audit: { ...value.audit, startedAt: '9999-12-31T00:00:00Z' } })), 'at startedAt: expected a time'],
    ['lacks an organization', (target, text) => (target === 'urn:rasad:organization:edare' ? null : text), 'expected every organization of the audit before it, found 1 fewer'],
    ['lacks a look', (target, text) => (target === `urn:rasad:snapshot:${HOST}/` ? null : text), /expected \d+ looks of it, found \d+/],
    ['lacks findings', (target, text) => (target.startsWith('urn:rasad:findings:') ? null : text), /expected \d+ records before it/],
    ['lacks the registry', (target, text) => (target.startsWith('urn:rasad:registry:') ? null : text), 'organization none before the registry'],
    ['has a registry without the organization', inside('urn:rasad:registry:', (value) => ({ ...value, organizations: [] })), 'found none with the id "sazman"'],
    ['has an organization that is a path', inside('urn:rasad:audit:', (value) => ({ ...value, audit: { ...value.audit, organizationIds: ['../x'] } })), 'at organizationIds.0: expected an id'],
    ['has an audit that is a path', inside('urn:rasad:audit:', (value) => ({ ...value, audit: { ...value.audit, id: '../../x' } })), 'at id: expected an id'],
    ['is of a later format', inside('urn:rasad:audit:', (value) => ({ ...value, version: 2 })), 'expected version 1 of the format, found version 2, of another Rasad'],
    ['is of another format', inside('urn:rasad:audit:', (value) => ({ ...value, format: 'x' })), 'at format'],
  ])('is refused when it %s', async (_, edit, message) => {
    expect(await refusal(await edited(edit))).toMatch(message);
  }); // prettier-ignore

  it('is refused when it goes on after its end', async () => {
    expect(await refusal(Buffer.concat([archive, archive]))).toContain(
      'expected the end of the archive, found another',
    );
  });

  it('is refused when a digest says something else than the content', async () => {
    const plain = gunzipSync(archive).toString('latin1');
    const wrong = plain.replace(/(WARC-Block-Digest: sha256:)[0-9a-f]{8}/, '$100000000');
    expect(await refusal(gzipSync(Buffer.from(wrong, 'latin1')))).toContain('expected content with the digest sha256:00000000'); // prettier-ignore
  });

  it('costs no more than its limit when its content is a bomb', async () => {
    const bomb = gzipSync(Buffer.alloc(80 * 1024 * 1024));
    const bytes = await edited((target, text, type) => {
      if (type !== 'response' || target !== `${HOST}/fa/`) return text;
      return `${text.slice(0, text.indexOf('\r\n\r\n') + 4)}${bomb.toString('latin1')}`;
    });
    expect(await refusal(bytes)).toContain('expected content in gzip of at most 67108864 bytes');
  });

  it('never becomes an audit that differs, whichever of its bytes is another', async () => {
    const whole = JSON.stringify(await source.store.listFindings(audit.id));
    const step = Math.max(1, Math.floor(archive.length / 40));
    let refused = 0;
    for (let position = 3; position < archive.length; position += step) {
      const bytes = Buffer.from(archive);
      bytes[position]! ^= 1 << (position % 8);
      const place = openPlace(`flip-${position}`);
      try {
        await importWarc(stream(bytes), place);
        expect(JSON.stringify(await place.store.listFindings(audit.id)), `byte ${position}`).toBe(whole);
      } catch (error) {
        refused++;
        expect((error as Error).name, `byte ${position}: ${(error as Error).stack}`).toBe('UserError');
        expect(await place.store.listAudits()).toEqual([]);
        expect(await all(place.blobs.list())).toEqual([]);
      }
      await place.store.close();
    }
    expect(refused).toBeGreaterThan(30);
  });

  it('opens no door into the network of whoever imports it', async () => {
    const bytes = await edited(
      inside('urn:rasad:registry:', (value) => ({
        ...value,
        serve: '/etc',
        mapHosts: { 'a.ir': '10.0.0.1:22' },
        privateHosts: ['router.local'],
      })),
    );
    const place = openPlace('doors');
    await importWarc(stream(bytes), place);
    expect(await place.store.getRegistry(audit.id)).toMatchObject({ serve: null, mapHosts: {}, privateHosts: [] });
    await place.store.close();
  });
});

describe('an archive on the disk', () => {
  it('is imported from there', async () => {
    const path = join(folder, 'audit.warc.gz');
    writeFileSync(path, archive);
    const place = openPlace('disk');
    const { createReadStream } = await import('node:fs');
    const { snapshots, files } = await importWarc(() => createReadStream(path), place);
    expect(snapshots).toBe((await source.store.listSnapshots(audit.id, 'sazman')).length);
    expect(files).toBe((await all(place.blobs.list())).length);
    expect(readFileSync(path).equals(archive)).toBe(true);
    await place.store.close();
  });

  it.each([
    ['stored, as in a WACZ', false],
    ['compressed again', true],
  ])('is imported out of a zip file in which it is %s, and judged to the same bytes', async (_, deflated) => {
    const path = join(folder, `audit-${deflated}.wacz`);
    writeFileSync(path, zipOf([
      { name: 'datapackage.json', bytes: Buffer.from('{}') },
      // in two files, as tools divide what is large; a record may begin in one and end in the other
      { name: 'archive/b.warc.gz', bytes: archive.subarray(9000), deflated },
      { name: 'archive/a.warc.gz', bytes: archive.subarray(0, 9000), deflated },
    ])); // prettier-ignore
    const place = openPlace(`wacz-${deflated}`);
    const { files, close } = await openWarcFiles(path);
    await importWarc(() => bytesOf(files), place).finally(close);
    const [here, there] = await Promise.all(
      [place, source].map((at) => rejudgeOrganization(audit.id, registry, organization, { ...at, ...judging })),
    );
    expect(JSON.stringify(here)).toBe(JSON.stringify(there));
    expect((await exported(audit.id, place)).equals(archive)).toBe(true);
    await place.store.close();
  });

  it('is refused with nothing written when it is damaged inside a WACZ', async () => {
    const path = join(folder, 'damaged.wacz');
    const bytes = Buffer.from(archive);
    bytes[Math.floor(bytes.length / 2)]! ^= 1;
    writeFileSync(path, zipOf([{ name: 'archive/a.warc.gz', bytes }]));
    const place = openPlace('damaged-wacz');
    const { files, close } = await openWarcFiles(path);
    await expect(importWarc(() => bytesOf(files), place).finally(close)).rejects.toThrow('The archive cannot be imported.'); // prettier-ignore
    expect([await place.store.listAudits(), await all(place.blobs.list())]).toEqual([[], []]);
    await place.store.close();
  });
});
