import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'cheerio';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRound, publishRound, roundOf, startPreview, startReview } from '../../src/audit/round.ts';
import { openData } from '../../src/cli/compose.ts';
import { DONE, USER_MISTAKE } from '../../src/cli/exit-codes.ts';
import { EDITIONS } from '../../rules/editions/index.ts';
import { anOrganization } from '../audit/fake-country.ts';
import { anAudit, aFinding, aPlan, aRegistry, aRound, aSnapshot, at } from '../storage/fixtures.ts';
import { printed } from './in-process.ts';
import { rasad } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'rasad-report-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const report = (...args: string[]) => rasad(['report', '--data', folder, ...args]);

/** A round of one organization, published, whose audit is the only one. */
beforeAll(async () => {
  const data = openData(folder);
  const registry = aRegistry({ id: 'without-history', organizations: [anOrganization('tax')], services: [] });
  const edition = EDITIONS.at(-1)!;
  const doer = { by: 'Sara', note: '', at: at(0) };
  const look = async (auditId: string): Promise<void> => {
    await data.store.leaseJob(auditId, 'anna', at(1), at(9));
    await data.store.saveSnapshot(aSnapshot({ auditId, organizationId: 'tax' }));
    await data.store.completeJob(auditId, 'tax', 'anna', {
      findings: [aFinding({ organization: 'tax' })],
      skipped: [],
    });
  };
  const round = { id: 'spring', names: aRound().names, period: null, edition, plan: aPlan(), revises: null, reason: null }; // prettier-ignore
  await openRound(data.store, { ...doer, round, registry, organizationIds: ['tax'], rulesDigest: 'rules', steps: new Map() }); // prettier-ignore
  await look('round-spring');
  await startReview(data.store, await roundOf(data.store, 'spring'), doer, {
    early: false,
    rulesDigest: 'rules',
    judge: async () => [],
  });
  await startPreview(data.store, await roundOf(data.store, 'spring'), doer);
  await publishRound(data.store, await roundOf(data.store, 'spring'), doer, []);
  await data.close();
});

describe('the proof of a round', () => {
  it('counts what is broken, in the language that is asked for', async () => {
    const proof = (lang: string) => printed('round', 'verify', 'spring', '--root', 'abc', '--no-evidence', '--lang', lang, '--data', folder); // prettier-ignore
    const [en, fa] = [await proof('en'), await proof('fa')];
    expect([en.code, fa.code]).toEqual([1, 1]);
    expect(en.out).toMatch(/\nBROKEN root: expected abc, found [0-9a-f]{64}\n1 thing is not what was published\.\n$/);
    expect(fa.out).toMatch(/\n[۰-۹]+ حلقه، ۱ دستگاه، .*\nنادرست، root: .*\n۱ چیز دیگر همان نیست که منتشر شد\.\n$/);
  });
});

describe('the report of what is named', () => {
  it('is that of the round when its audit is the newest, without the round as its own history', async () => {
    const { stdout, code } = await report('--lang', 'en');
    expect(code).toBe(DONE);
    expect(stdout).toContain('round-spring');
    const $ = load(readFileSync(stdout.trim(), 'utf8'));
    expect($('header, main').text()).toContain(aRound().names.en);
    expect($('#rounds').length).toBe(0);
  }, 60_000);

  it('names the rounds of a history when there is no such audit, round or published round', async () => {
    const { code, stderr } = await report('r9', '--history', 'iran-1397');
    expect(code).toBe(USER_MISTAKE);
    expect(stderr).toContain('r1, r2, r3, r4, r5');
  }, 60_000);
});

describe('the report of a round that others published', () => {
  const imported = (...args: string[]) => report('n2', '--history', 'demo', ...args);
  const files = (place: string): string[] => readdirSync(place).toSorted();
  const TABLES = ['absences.csv', 'corrections.csv', 'deviations.csv', 'growths.csv', 'means.csv', 'organizations.csv', 'rounds.csv', 'scores.csv', 'services.csv']; // prettier-ignore

  it('is written as tables and as a package of open data, in folders of its own', async () => {
    const [csv, data] = [await imported('--format', 'csv'), await imported('--format', 'data')];
    expect([csv.code, data.code]).toEqual([DONE, DONE]);
    expect(csv.stdout.trim()).toBe(join(folder, 'reports', 'demo@n2', 'csv'));
    expect(files(csv.stdout.trim())).toEqual(TABLES);
    expect(files(data.stdout.trim())).toEqual([...TABLES, 'datapackage.json', 'history.json', 'history.schema.json', 'method.md'].toSorted()); // prettier-ignore
    expect(readFileSync(join(csv.stdout.trim(), 'rounds.csv'), 'utf8').trimEnd().split('\n').length).toBe(3);
  }, 60_000);

  it('is written as a workbook, in the language that is asked for', async () => {
    const { code, stdout } = await imported('--format', 'xlsx', '--lang', 'fa');
    expect(code).toBe(DONE);
    expect(stdout.trim()).toBe(join(folder, 'reports', 'demo@n2', 'fa.xlsx'));
    expect(readFileSync(stdout.trim()).toString('latin1', 0, 2)).toBe('PK');
  }, 60_000);

  it('is printed as JSON that names its schema, or written where it is asked to be', async () => {
    const out = join(folder, 'history.json');
    const [printed, written] = [await imported('--json'), await imported('--format', 'json', '--out', out)];
    expect([printed.code, written.code, written.stdout]).toEqual([DONE, DONE, `${out}\n`]);
    const json = JSON.parse(printed.stdout);
    expect([json.$schema, json.round, json.rounds.length]).toEqual(['history.schema.json', 'n2', 2]);
    expect(readFileSync(out, 'utf8')).toBe(printed.stdout);
  }, 60_000);

  it('is still written as pages in both languages', async () => {
    const { code, stdout } = await imported('--lang', 'fa', '--out', join(folder, 'pages'));
    expect([code, stdout.trim()]).toEqual([DONE, join(folder, 'pages', 'fa', 'index.html')]);
    expect(existsSync(join(folder, 'pages', 'en', 'index.html'))).toBe(true);
  }, 60_000);
});

describe('the place of a report', () => {
  it('is that of one thing: an imported audit may be called as the audit of a round would be', async () => {
    const data = openData(folder);
    const registry = aRegistry({ id: 'without-history', organizations: [anOrganization('tax')], services: [] });
    const doer = { by: 'Sara', note: '', at: at(0) };
    const imported = anAudit({ id: 'round-autumn', organizationIds: ['tax'] });
    await data.store.createAudit(imported, registry);
    const round = { id: 'autumn', names: aRound().names, period: null, edition: EDITIONS.at(-1)!, plan: aPlan(), revises: null, reason: null }; // prettier-ignore
    await openRound(data.store, { ...doer, round, registry, organizationIds: ['tax'], rulesDigest: 'rules', steps: new Map() }); // prettier-ignore
    await data.close();
    const [ofRound, ofAudit] = [await report('autumn', '--format', 'csv'), await report('round-autumn', '--format', 'csv')]; // prettier-ignore
    expect([ofRound.code, ofAudit.code]).toEqual([DONE, DONE]);
    expect(ofRound.stdout).not.toBe(ofAudit.stdout);
  }, 60_000);

  it('keeps what else lies in the folder, and takes the place of an earlier report', async () => {
    const out = join(folder, 'public');
    mkdirSync(out);
    writeFileSync(join(out, 'fa.pdf'), 'a document');
    expect((await report('--out', out)).code).toBe(DONE);
    writeFileSync(join(out, 'en', 'organizations', 'gone.html'), 'of an earlier report');
    expect((await report('--out', out)).code).toBe(DONE);
    expect(readFileSync(join(out, 'fa.pdf'), 'utf8')).toBe('a document');
    expect(existsSync(join(out, 'en', 'organizations', 'tax.html'))).toBe(true);
    expect(existsSync(join(out, 'en', 'organizations', 'gone.html'))).toBe(false);
  }, 60_000);

  it('is refused when a folder of somebody else would be removed', async () => {
    const out = join(folder, 'site');
    mkdirSync(join(out, 'en'), { recursive: true });
    writeFileSync(join(out, 'en', 'about.html'), 'about us');
    const { code, stderr } = await report('--out', out);
    expect(code).toBe(USER_MISTAKE);
    expect(stderr).toContain(join(out, 'en'));
    expect(readFileSync(join(out, 'en', 'about.html'), 'utf8')).toBe('about us');
  }, 60_000);

  it.each([
    ['a folder where a file is expected', 'json', 'site', 'it is a folder'],
    ['a file where a folder is expected', 'csv', 'taken', 'it is a file'],
    ['a folder below a file', 'html', 'taken/below', 'a file'],
  ])(
    'is refused when it is %s',
    async (_, format, name, why) => {
      mkdirSync(join(folder, 'site'), { recursive: true });
      writeFileSync(join(folder, 'taken'), 'a file');
      const { code, stderr } = await report('--format', format, '--out', join(folder, name));
      expect(code).toBe(USER_MISTAKE);
      expect(stderr).toContain(why);
      expect(stderr).not.toContain('at ');
    },
    60_000,
  );
});
