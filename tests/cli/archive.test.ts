import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openData } from '../../src/cli/compose.ts';
import { anAudit, aRegistry } from '../storage/fixtures.ts';
import { zipOf } from '../zip.ts';
import { printed } from './in-process.ts';

let place: string;
beforeEach(async () => {
  place = mkdtempSync(join(tmpdir(), 'rasad-archive-'));
  const data = openData(join(place, 'data'));
  await data.store.createAudit(anAudit({ organizationIds: [] }), aRegistry());
  await data.close();
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

const archive = (...args: string[]) => printed('archive', ...args, '--data', join(place, 'data'), '--lang', 'en');

describe('rasad archive', () => {
  it('writes an audit to a file that can be read again elsewhere', async () => {
    const file = join(place, 'new', 'a.warc.gz');
    expect(await archive('export', '--out', file)).toMatchObject({ code: 0, err: '' });
    expect(readdirSync(join(place, 'new'))).toEqual(['a.warc.gz']);
    expect(await archive('import', file)).toMatchObject({ code: 2, err: expect.stringContaining('audit a, which is in this store already') }); // prettier-ignore
  });

  it('reads an audit out of a WACZ of it, and says what is wrong with a zip file that is none', async () => {
    const [file, wacz, photos] = ['a.warc.gz', 'a.wacz', 'photos.zip'].map((name) => join(place, name)) as [string, string, string]; // prettier-ignore
    await archive('export', '--out', file);
    writeFileSync(wacz, zipOf([{ name: 'archive/data.warc.gz', bytes: readFileSync(file) }]));
    writeFileSync(photos, zipOf([{ name: 'one.jpg', bytes: readFileSync(file) }]));
    rmSync(join(place, 'data'), { recursive: true });
    expect(await archive('import', photos)).toMatchObject({ code: 2, err: expect.stringContaining('in its folder archive/, found none.') }); // prettier-ignore
    expect(await archive('import', wacz)).toMatchObject({ code: 0, err: '', out: expect.stringContaining('Audit a: 0 looks') }); // prettier-ignore
  });

  it.each<[string, readonly string[], string]>([
    ['a folder to write to', ['export', '--out', 'FOLDER'], 'is a folder. Name the file to write, as in --out'],
    ['a folder that is a file', ['export', '--out', 'FILE/a.warc.gz'], 'FILE/a.warc.gz cannot be written'],
    ['a WACZ to write', ['export', '--out', 'a.WACZ'], 'a WACZ is read and not written. Name a .warc.gz'],
    ['a folder to read', ['import', 'FOLDER'], 'expected a web archive (.warc, .warc.gz or .wacz), found a folder.'],
    ['nothing to read', ['import', 'NOTHING'], 'expected a web archive (.warc, .warc.gz or .wacz), found no file.'],
    ['nothing to read in what is no folder', ['import', 'FILE/a.warc.gz'], 'found no file.'],
    ['more days than there are', ['retire', '--older-than', '1e9'], '--older-than must be a number of days from 1 to 36500, found 1000000000.'],
    ['less than a day', ['retire', '--older-than', '0'], '--older-than must be a number of days from 1'],
    ['no number', ['retire', '--older-than', 'x'], '--older-than must be a number of days from 1'],
  ])('says what is wrong with %s', async (_, args, message) => {
    mkdirSync(join(place, 'FOLDER'));
    writeFileSync(join(place, 'FILE'), '');
    const placed = args.map((arg) => (/^[A-Z]/.test(arg) ? join(place, arg) : arg));
    const { code, err } = await archive(...placed);
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
    expect(readdirSync(join(place, 'FOLDER'))).toEqual([]);
    expect(readdirSync(place).sort()).toEqual(['FILE', 'FOLDER', 'data']);
  }); // prettier-ignore
});
