import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { printed } from '../cli/in-process.ts';
import { describeProblem, loadRegistry, readRegistry, type Problem } from '../../src/audit/registry.ts';

const DEMO = join(import.meta.dirname, '../../seeds/demo');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rasad-registry-'));
  for (const file of ['registry.yaml', 'organizations.csv', 'services.csv'])
    cpSync(join(DEMO, file), join(folder, file));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const edit = (file: string, change: (text: string) => string): void =>
  writeFileSync(join(folder, file), change(readFileSync(join(folder, file), 'utf8')));
const problems = (): readonly Problem[] => readRegistry(folder).problems;
const told = (): string[] => problems().map((problem) => describeProblem(problem, 'en'));
const first = (): string => told()[0]!;
/** What is not isolated. */
const wordsOf = (text: string): string => text.replace(/\u2068[^\u2068\u2069]*\u2069/g, '');
/** Replaces one cell of a table whose cells have no commas in the columns before it. */
const setCell = (file: string, row: number, column: string, value: string): void =>
  edit(file, (text) => {
    const lines = text.replace(/^\uFEFF/, '').split('\n');
    const at = lines[0]!.split(',').indexOf(column);
    const cells = lines[row - 1]!.split(',');
    cells[at] = value;
    lines[row - 1] = cells.join(',');
    return lines.join('\n');
  });

describe('the registry of the demo country', () => {
  it('has no mistakes and nests services', () => {
    const { registry, problems } = readRegistry(DEMO);
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(registry!.organizations.length).toBeGreaterThanOrEqual(8);
    expect(registry!.services.filter(({ parentId }) => parentId !== null).length).toBeGreaterThan(0);
    expect(registry!.services.length).toBeGreaterThanOrEqual(40);
  });

  it('has the same digest wherever it lies, and another one when a cell changes', () => {
    const before = loadRegistry(folder).digest;
    const elsewhere = mkdtempSync(join(tmpdir(), 'rasad-registry-'));
    cpSync(folder, elsewhere, { recursive: true });
    expect(loadRegistry(elsewhere).digest).toBe(before);
    rmSync(elsewhere, { recursive: true });
    setCell('organizations.csv', 2, 'name_en', 'Another name');
    expect(loadRegistry(folder).digest).not.toBe(before);
  });

  it('makes the bodies of the country agencies to each other', () => {
    const { hosts, organizations } = loadRegistry(DEMO);
    const portal = new URL(organizations.find(({ portalUrl }) => portalUrl)!.portalUrl!).hostname.replace(/^www\./, '');
    expect(hosts.agencies).toContain(portal);
  });

  it('opens in a spreadsheet: a byte order mark and Windows line ends are read', () => {
    const plain = loadRegistry(folder).digest;
    for (const file of ['organizations.csv', 'services.csv'])
      edit(file, (text) => `\uFEFF${text.replace(/^\uFEFF/, '').replace(/\r?\n/g, '\r\n')}`);
    expect(loadRegistry(folder).digest).toBe(plain);
  });
});

describe('a mistake is named with file, row, column, what was expected and what was found', () => {
  it.each([
    ['organizations.csv', 3, 'portal_url', 'www.example.ir', 'organizations.csv, row 3, column portal_url: expected an http or https address, found "www.example.ir" (write https://www.example.ir)'],
    ['organizations.csv', 2, 'portal_url', 'ftp://example.ir/', 'organizations.csv, row 2, column portal_url: expected an http or https address, found "ftp://example.ir/"'],
    ['organizations.csv', 2, 'id', 'with space', 'organizations.csv, row 2, column id: expected a short name of letters, digits, hyphens, found "with space"'],
    ['organizations.csv', 4, 'cooperation', 'maybe', 'organizations.csv, row 4, column cooperation: expected one of cooperative, visible-only, '],
    ['services.csv', 2, 'profile', 'paid-ish', 'services.csv, row 2, column profile: expected some of '],
    ['services.csv', 3, 'organization_id', 'nobody', 'services.csv, row 3, column organization_id: expected the id of an organization, found "nobody"'],
    ['services.csv', 3, 'parent_id', 'nothing', 'services.csv, row 3, column parent_id: expected the id of a service, found nothing'],
    ['services.csv', 3, 'code', 'ABC', 'services.csv, row 3, column code: expected the digits of the service identity card, found ABC'],
  ])('%s row %i %s = %s', (file, row, column, value, message) => {
    setCell(file, row, column, value);
    expect(told().find((text) => text.startsWith(message)) ?? first()).toContain(message);
    expect(() => loadRegistry(folder)).toThrow(message);
    for (const problem of problems()) expect(wordsOf(describeProblem(problem, 'fa'))).not.toMatch(/[a-z]/i);
  }); // prettier-ignore

  it('also for holidays, which are days of the Gregorian calendar', () => {
    const expected = 'a day of the Gregorian calendar from 2000 on, as 2026-03-21';
    for (const [day, found] of [['2026-02-30', '"2026-02-30"'], ['1405-01-01', '"1405-01-01"'], ['Nowruz', '"Nowruz"'], ['20260321', '20260321']]) {
      edit('registry.yaml', (text) => `${text.replace(/^holidays:.*\n/m, '')}\nholidays: [2026-03-21, ${day}]\n`);
      expect(first()).toBe(`registry.yaml, column holidays.1: expected ${expected}, found ${found}`);
    }
    edit('registry.yaml', (text) => text.replace(/^holidays:.*$/m, 'holidays: 2026-03-21'));
    expect(first()).toBe('registry.yaml, column holidays: expected a list of days, found "2026-03-21"');
    edit('registry.yaml', (text) => text.replace(/^holidays:.*$/m, 'holidays: [2026-03-21, 2026-03-22]'));
    expect(readRegistry(folder)).toMatchObject({ problems: [], registry: { holidays: ['2026-03-21', '2026-03-22'] } });
  }); // prettier-ignore

  it('also for settings, wrong YAML, a missing file and another encoding', () => {
    edit('registry.yaml', (text) => text.replace(/^calendar:.*$/m, 'calendar: hijri'));
    expect(first()).toMatch(/^registry\.yaml, column calendar: expected .*jalali.*, found "hijri"$/);
    edit('registry.yaml', () => 'id: [demo\ncountry');
    expect(first()).toMatch(/^registry\.yaml, row \d+: expected YAML, found /);
    writeFileSync(join(folder, 'services.csv'), Buffer.from([0xe3, 0xd1, 0xc7, 0x0a, 0xff]));
    expect(told()).toContain('services.csv: expected UTF-8 (in a spreadsheet: save as "CSV UTF-8"), found another encoding');
    rmSync(join(folder, 'services.csv'));
    expect(told().some((text) => /^services\.csv: expected a file with the columns id,.*, found no file$/.test(text))).toBe(true);
  }); // prettier-ignore

  it('also for the same id twice, a column that is missing, and services that contain each other', () => {
    edit('organizations.csv', (text) => `${text.trimEnd()}\n${text.trimEnd().split('\n')[1]}\n`);
    expect(first()).toMatch(/row \d+, column id: expected an id that no other row has, found \S+, which row 2 has too/);
    edit('organizations.csv', (text) => text.replace('portal_url', 'address'));
    expect(told().join('\n')).toMatch(/organizations\.csv, row 1, column portal_url: expected the columns /);
    const services = readFileSync(join(folder, 'services.csv'), 'utf8').replace(/^\uFEFF/, '').split('\n');
    const id = services[1]!.split(',')[0]!;
    setCell('services.csv', 2, 'parent_id', id);
    expect(told().join('\n')).toContain('services.csv, row 2, column parent_id: expected a parent that is not below the service itself');
  }); // prettier-ignore

  it('also in Persian, with the names of files and columns and what was found isolated', () => {
    setCell('organizations.csv', 3, 'portal_url', 'www.example.ir');
    const line =
      '\u2068organizations.csv\u2069، ردیف ۳، ستون \u2068portal_url\u2069: انتظار: نشانی \u2068http\u2069 یا \u2068https\u2069؛ یافته: \u2068"www.example.ir"\u2069 (بنویسید \u2068https://www.example.ir\u2069)';
    expect(problems().map((problem) => describeProblem(problem, 'fa'))).toContain(line);
    expect(() => loadRegistry(folder)).toThrow(
      expect.objectContaining({
        said: expect.objectContaining({
          fa: `دفتر ثبت \u2068${folder}\u2069 ۱ خطا دارد:\n  ${line}`,
        }) as object,
      }) as Error,
    );
    for (const [setting, expected] of [
      ['id: 7', 'انتظار: متن؛ یافته: \u20687\u2069'],
      ['calendar: hijri', 'انتظار: یکی از \u2068jalali, gregorian\u2069؛ یافته: \u2068"hijri"\u2069'],
      ['languages: []', 'انتظار: فهرستی که خالی نباشد؛ یافته: \u2068[]\u2069'],
      ['languages: [farsi]', 'انتظار: کدهای دوحرفی؛ یافته: \u2068"farsi"\u2069'],
      ['windwo: 1', 'انتظار: تنظیم‌های شناخته، بی \u2068windwo\u2069'],
    ] as const) {
      const name = setting.split(':')[0]!;
      cpSync(join(DEMO, 'registry.yaml'), join(folder, 'registry.yaml'));
      edit('registry.yaml', (text) => `${text.replace(new RegExp(`^${name}:.*$`, 'm'), '')}\n${setting}\n`);
      expect(describeProblem(problems()[0]!, 'fa')).toContain(expected);
    }
  });

  it('as the command tells them: in the language asked for, and to machines in English', async () => {
    setCell('services.csv', 3, 'code', 'ABC');
    const check = async (...args: string[]): Promise<string> => (await printed('registry', 'check', folder, ...args)).out; // prettier-ignore
    expect(await check('--lang', 'fa')).toMatch(
      /ستون \u2068code\u2069: انتظار: رقم‌های شناسنامه خدمت؛ یافته: \u2068ABC\u2069\n.* ۱ اشتباه؛ تا اصلاح نشود چیزی را نمی‌توان سنجید\.\n$/,
    );
    expect(await check('--lang', 'en')).toContain('expected the digits of the service identity card, found ABC\n');
    expect((JSON.parse(await check('--json', '--lang', 'fa')) as { problems: unknown }).problems).toContainEqual({
      file: 'services.csv',
      row: 3,
      column: 'code',
      expected: 'the digits of the service identity card',
      found: 'ABC',
      severity: 'error',
    });
  });

  it('says how to begin when the folder is no registry', () => {
    rmSync(join(folder, 'registry.yaml'));
    expect(() => readRegistry(folder)).toThrow(/is no registry: it has no registry\.yaml.*seeds\/demo is one to copy/);
  });
});
