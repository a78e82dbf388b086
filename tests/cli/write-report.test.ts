import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'cheerio';
import { afterAll, describe, expect, it } from 'vitest';
import { RULES } from '../../rules/index.ts';
import { openBlobStore } from '../../storage/snapshots.ts';
import { sentReport } from '../../src/cli/report-parts.ts';
import { reportFolder, writeHtml, type WriteOptions } from '../../src/cli/write-report.ts';
import type { BlobRef, Snapshot } from '../../src/core/model.ts';
import type { ReportData } from '../../src/report/data.ts';
import {
  aFinding,
  anOrganization,
  aReport,
  aService,
  aSnapshot,
  hash,
  someEvidence,
  STORED,
} from '../report/sample.ts';

const folder = mkdtempSync(join(tmpdir(), 'rasad-write-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const data = { folder, blobs: openBlobStore(join(folder, 'snapshots')) };
const body = await data.blobs.put(Buffer.from(STORED));
const gone: BlobRef = { hash: hash('f'), size: 1, encoding: 'gzip' };

/** Three agencies, of which all cite one stored page, each at another place, and one a page that the store has lost. */
async function country(): Promise<ReportData> {
  const ids = ['tax', 'post', 'road'];
  const look = (organizationId: string, change: Partial<Snapshot> = {}): Snapshot => aSnapshot({ organizationId, body, ...change }); // prettier-ignore
  const findings = ids.map((organization, i) =>
    aFinding({ organization, evidence: [someEvidence({ snapshot: body.hash, selector: `body > *:nth-child(${i + 1})` }), ...(i === 2 ? [someEvidence({ snapshot: gone.hash, url: 'https://www.road.example/lost' })] : [])] }),
  ); // prettier-ignore
  const services = Array.from({ length: 8 }, (_, i) => aService(`s${i + 1}`, 'tax'));
  return aReport({
    organizations: ids.map((id) => anOrganization(id)),
    services,
    findings: [
      ...findings,
      ...services.map(({ id }) => aFinding({ rule: 'interaction/faq', service: id, verdict: 'fail' })),
    ],
    audit: { organizationIds: ids },
    snapshots: [...ids.map((id) => look(id)), look('road', { ordinal: 1, url: 'https://www.road.example/lost', body: gone })], // prettier-ignore
  });
}

async function write(
  name: string,
  options: WriteOptions,
  report?: ReportData,
  blobs = data.blobs,
): Promise<ReadonlyMap<string, string>> {
  const out = join(folder, name);
  const first = await writeHtml({ folder, blobs }, report ?? (await country()), out, options);
  expect([first.fa, first.en]).toEqual([join(out, 'fa', 'index.html'), join(out, 'en', 'index.html')]);
  const files = readdirSync(out, { recursive: true, encoding: 'utf8' }).filter((path) => /\.[a-z\d]+$/.test(path));
  return new Map(files.sort().map((path) => [path, readFileSync(join(out, path), 'latin1')]));
}

/** A thread that is ready, and fails at the first part. */
const FAILING = new URL(
  `data:text/javascript,import { parentPort } from 'node:worker_threads'; parentPort.postMessage([]); parentPort.on('message', () => { throw new Error('the disk is full') });`,
);

describe('a report', () => {
  it('has the same files when threads of their own write it as when this one does', async () => {
    const alone = await write('alone', { threads: 0 });
    expect([...alone.keys()].filter((path) => path.startsWith('en/')).length).toBeGreaterThan(15);
    // they open the evidence themselves: that of this thread is not asked
    const unreadable = { ...data.blobs, get: () => Promise.reject(new Error('not asked')) };
    const threaded = await write('threads', { threads: 2 }, undefined, unreadable);
    expect([...threaded.keys()]).toEqual([...alone.keys()]);
    expect([...alone.keys()].filter((path) => threaded.get(path) !== alone.get(path))).toEqual([]);
  }, 60_000);

  it('says which stored pages are gone, also when threads of their own looked for them', async () => {
    const files = await write('gone', { threads: 2 });
    const $ = load(files.get('en/evidence/index.html')!);
    expect($('#missing').parent().find('li').text()).toContain('https://www.road.example/lost');
  }, 60_000);

  it('is written by this thread where no other can be had', async () => {
    const program = new URL('./there-is-no-such-program.ts', import.meta.url);
    expect([...(await write('fallback', { threads: 2, program })).keys()]).toContain('fa/organizations/road.html');
  }, 60_000);

  it('takes the place of what was in its folder', async () => {
    await write('twice', { threads: 0 });
    const small = await aReport({ organizations: [anOrganization('tax')], services: [], findings: [aFinding()] });
    expect((await write('twice', { threads: 0 }, small)).has('en/organizations/road.html')).toBe(false);
  });

  it('fails with what made a thread fail', async () => {
    await expect(write('failing', { threads: 2, program: FAILING })).rejects.toThrow('the disk is full');
  }, 60_000);

  it('fails when an organization cannot be read, on threads of their own as well', async () => {
    const report = { ...(await country()), details: () => Promise.reject(new Error('the database is locked')) };
    await expect(write('unread', { threads: 2 }, report)).rejects.toThrow('the database is locked');
    expect(existsSync(join(folder, 'unread', 'en', 'organizations'))).toBe(false);
  }, 60_000);

  it('can be sent to another thread with the real rules', async () => {
    const report = { ...(await country()), rules: new Map(RULES.map((rule) => [rule.id as string, rule])) };
    const sent = sentReport(report);
    expect(structuredClone(sent)).toEqual(sent);
    expect(sent.rules.get(RULES[0]!.id)!.outcomes).toBe(RULES[0]!.outcomes);
  });

  it('stands below the folder of data, by its audit, and of a round by the audit that is its own', async () => {
    const report = await country();
    expect(reportFolder(data, report)).toBe(join(folder, 'reports', 'a1'));
    const ofRound = { ...report, audit: { ...report.audit, id: 'round-1405-q1-2' }, round: { id: '1405-q1' } as ReportData['round'] }; // prettier-ignore
    expect(reportFolder(data, ofRound)).toBe(join(folder, 'reports', 'round-1405-q1-2'));
  });
});
