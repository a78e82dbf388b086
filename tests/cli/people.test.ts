import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { welcome } from '../../src/cli/commands/desk.ts';
import { openData, withData, type Data } from '../../src/cli/compose.ts';
import { main } from '../../src/cli/main.ts';
import type { JournalEntry, Person } from '../../src/core/person.ts';
import { redeem, sessionOf, signIn, type Accounts, type SignedIn } from '../../src/desk/accounts.ts';
import { anOrganization } from '../audit/fake-country.ts';
import { anAct, anAudit, aRegistry, aRound } from '../storage/fixtures.ts';

const PASSWORD = 'four unrelated words';
const PERSIAN = /[آ-ی]/;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rasad-people-'));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** `rasad people` on the folder of the test, in English unless the arguments say otherwise. */
async function people(...args: string[]): Promise<Ended> {
  let [out, err] = ['', ''];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true));
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((err += String(text)), true));
  vi.spyOn(console, 'log').mockImplementation((text) => void (out += String(text))); // help
  vi.stubEnv('RASAD_BY', 'chief');
  const code = await main(['people', ...args, '--data', folder, ...(args.includes('--lang') ? [] : ['--lang', 'en'])]);
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  return { code, out, err };
}

const add = (id: string, ...more: string[]) =>
  people('add', id, '--name', 'Sara Karimi', '--role', 'evaluator', ...more);
const ok = async (ended: Promise<Ended>): Promise<string> => {
  const { code, out, err } = await ended;
  expect([code, err]).toEqual([0, '']);
  return out;
};
const listed = async () => JSON.parse(await ok(people('list', '--json'))) as (Person & { state: string })[];
const within = <T>(job: (accounts: Accounts, data: Data) => Promise<T>): Promise<T> =>
  withData(folder, (data) => job({ desk: data.desk, now: Date.now, cost: 4 }, data));
const enter = (secret: string) => within((accounts) => redeem(accounts, { secret, password: PASSWORD, from: '' }));
const secretIn = (out: string): string => /^\/enter\/([\w-]{43})$/m.exec(out)![1]!;
const journal = () =>
  within(async ({ desk }) => (await desk.listJournal(50, null)).map(({ value }) => value).reverse());
const lines = async () => (await journal()).map(({ what, target, detail }: JournalEntry) => [what, target, detail]); // prettier-ignore

describe('rasad desk', () => {
  it('lets an operator in where nobody can sign in as one, whoever else has that name', async () => {
    await ok(add('operator'));
    await ok(people('add', 'operator-2', '--name', 'Sara Karimi', '--role', 'operator'));
    await ok(people('disable', 'operator-2'));
    let out = '';
    const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true));
    for (const _ of ['the first start', 'the second']) await withData(folder, (data) => welcome(data, '', { lang: 'en' })); // prettier-ignore
    write.mockRestore();
    expect(out).toContain('(name: operator-3)');
    const secret = /\/enter\/(\S+)\n$/.exec(out)![1]!;
    expect(await enter(secret)).toMatchObject({ kind: 'signed-in', person: { id: 'operator-3', role: 'operator' } });
    expect((await listed()).map(({ id }) => id)).toEqual(['operator', 'operator-2', 'operator-3']);
    expect(await lines()).toContainEqual(['person-added', 'operator-3', 'operator']);
  });
});

describe('rasad people add', () => {
  it('adds a person, and prints a one-time address with which the password is set', async () => {
    const out = await ok(add('sara', '--tie', 'tax', 'post'));
    expect(out).toContain('Sara Karimi is added as evaluator.');
    expect(out).toContain('for 48 hours');
    expect(await listed()).toMatchObject([
      { id: 'sara', name: 'Sara Karimi', role: 'evaluator', organization: null, ties: ['tax', 'post'], isActive: true, createdBy: 'chief', state: 'invited' },
    ]);
    expect(await enter(secretIn(out))).toMatchObject({ kind: 'signed-in', person: { id: 'sara' } });
    expect(await enter(secretIn(out))).toEqual({ kind: 'gone' });
    expect(await listed()).toMatchObject([{ state: 'active' }]);
  }); // prettier-ignore

  it('prints for machines', async () => {
    const { person, path, expiresAt } = JSON.parse(await ok(add('sara', '--json')));
    expect(person).toMatchObject({ id: 'sara', role: 'evaluator' });
    expect(path).toMatch(/^\/enter\/[\w-]{43}$/);
    expect(Date.parse(expiresAt) - Date.now()).toBeGreaterThan(47 * 3_600_000);
  });

  it('speaks Persian', async () => {
    const out = await ok(add('sara', '--lang', 'fa'));
    expect(out).toContain('Sara Karimi اضافه شد: ارزیاب.');
    expect(out).toContain('۴۸ ساعت');
    secretIn(out);
  });

  it('writes down who did it', async () => {
    await ok(add('sara', '--tie', 'tax'));
    expect(await journal()).toMatchObject([
      { by: 'chief', what: 'person-added', target: 'sara', detail: 'Sara Karimi evaluator tax', from: 'command line' },
      { by: 'chief', what: 'person-invited', target: 'sara', from: 'command line' },
    ]);
  });

  it.each<[string, string[], string]>([
    ['an id in capitals', ['Sara', '--name', 'Sara', '--role', 'evaluator'], 'lower-case letters, digits, dots and hyphens, begins and ends with a letter or digit, and is at most 40 long; found "Sara"'],
    ['an id with a blank', ['sara k', '--name', 'Sara', '--role', 'evaluator'], 'found "sara k"'],
    ['no name', ['sara', '--name', ' ', '--role', 'evaluator'], 'a line of 1 to 100 characters'],
    ['an unknown role', ['sara', '--name', 'Sara', '--role', 'boss'], 'Choices: "operator", "senior", "evaluator"'],
    ['no role', ['sara', '--name', 'Sara'], 'role'],
    ['an organization’s voice without an organization', ['sara', '--name', 'Sara', '--role', 'organization'], 'Name it: --organization ORG'],
    ['an evaluator who speaks for one', ['sara', '--name', 'Sara', '--role', 'evaluator', '--organization', 'tax'], 'is a tie: --tie tax'],
  ])('refuses %s, says what was expected, and adds nobody', async (_, args, message) => {
    const { code, out, err } = await people('add', ...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(message);
    expect(await listed()).toEqual([]);
  }); // prettier-ignore

  it('refuses an id that is taken, and says by whom', async () => {
    await ok(add('sara'));
    const { code, err } = await people('add', 'sara', '--name', 'Another', '--role', 'reader');
    expect(code).toBe(2);
    expect(err).toContain('There is a person "sara" already (Sara Karimi, evaluator). Choose another id, or change that one: rasad people change sara'); // prettier-ignore
    expect(await lines()).toHaveLength(2);
  });

  it('says so when no round has the organization of a tie, and keeps it', async () => {
    const data = openData(folder);
    const registry = aRegistry({ organizations: [anOrganization('tax')] });
    await data.store.createRound(aRound(), anAudit({ organizationIds: ['tax'] }), registry, new Map(), anAct());
    await data.close();
    expect((await add('sara', '--tie', 'tax')).err).toBe('');
    const { code, err } = await add('reza', '--tie', 'tacks', 'tax');
    expect([code, err]).toEqual([0, 'rasad: no round has an organization "tacks"; it is kept as it was written.\n']);
    expect((await listed())[0]!.ties).toEqual(['tacks', 'tax']);
    expect((await people('change', 'reza', '--untie', 'tax', '--lang', 'fa')).err).toBe(
      'rasad: در هیچ دوری دستگاهی به نام \u2068tacks\u2069 نیست؛ همان‌گونه که نوشته شد نگه داشته می‌شود.\n',
    );
  });
});

describe('rasad people list', () => {
  it('says what to do while there is nobody', async () => {
    expect(await ok(people('list'))).toBe('Nobody was added yet: rasad people add\n');
    expect(await ok(people('list', '--lang', 'fa'))).toMatch(PERSIAN);
    expect(await listed()).toEqual([]);
  });

  it('has a line for each, in columns', async () => {
    await enter(secretIn(await ok(add('sara', '--tie', 'tax', 'post'))));
    await ok(people('add', 'tax-office', '--name', 'Tax office', '--role', 'organization', '--organization', 'tax'));
    await ok(add('bahram'));
    await ok(people('disable', 'bahram'));
    expect(await ok(people('list'))).toBe(
      [
        'bahram      evaluator     disabled         Sara Karimi',
        'sara        evaluator     active           Sara Karimi  tied to tax post',
        'tax-office  organization  no password yet  Tax office, for tax',
        '',
      ].join('\n'),
    );
    const persian = await ok(people('list', '--lang', 'fa'));
    for (const word of ['ارزیاب', 'نماینده دستگاه', 'غیرفعال', 'بی‌گذرواژه', 'بسته به tax post', 'از سوی tax'])
      expect(persian).toContain(word);
  });
});

describe('rasad people invite', () => {
  it('gives a new address, and the one before it ends', async () => {
    const first = secretIn(await ok(add('sara')));
    const second = secretIn(await ok(people('invite', 'sara')));
    expect(await enter(first)).toEqual({ kind: 'gone' });
    expect(await enter(second)).toMatchObject({ kind: 'signed-in' });
    expect((await lines()).map(([what]) => what)).toEqual(['person-added', 'person-invited', 'person-invited', 'password-set']); // prettier-ignore
  });

  it('is refused for one who is not there or disabled, with what to do', async () => {
    expect(await people('invite', 'sara')).toMatchObject({ code: 2, err: 'rasad: There is no person "sara". Nobody was added yet: rasad people add\n' }); // prettier-ignore
    await ok(add('reza'));
    expect((await people('invite', 'sara')).err).toContain('There is no person "sara". There are: reza.');
    expect((await people('invite', 'sara', '--lang', 'fa')).err).toBe(
      'rasad: کسی با نام ورود «\u2068sara\u2069» نیست. این‌ها هستند: \u2068reza\u2069.\n',
    );
    await ok(people('disable', 'reza'));
    expect((await people('invite', 'reza')).err).toContain('First: rasad people enable reza');
  });
});

describe('rasad people change', () => {
  beforeEach(() => ok(add('sara', '--tie', 'tax', 'post')));

  it('changes what is given and nothing else, and writes down what it was', async () => {
    const out = await ok(people('change', 'sara', '--role', 'senior', '--name', 'Sara K.'));
    expect(out).toBe('sara  senior evaluator  no password yet  Sara K.  tied to tax post\n');
    expect(await listed()).toMatchObject([{ name: 'Sara K.', role: 'senior', ties: ['tax', 'post'], createdBy: 'chief' }]); // prettier-ignore
    expect((await lines()).at(-1)).toEqual(['person-changed', 'sara', 'name: Sara Karimi → Sara K.; role: evaluator → senior']); // prettier-ignore
  });

  it('adds ties to those that there are, and takes away those that are over', async () => {
    await ok(people('change', 'sara', '--tie', 'health', 'tax', '--untie', 'post'));
    expect((await listed())[0]!.ties).toEqual(['tax', 'health']);
    expect((await lines()).at(-1)).toEqual(['person-changed', 'sara', 'ties: tax post → tax health']);
    expect((await people('change', 'sara', '--untie', 'post')).err).toContain('expected ties of sara (tax, health), found post'); // prettier-ignore
  });

  it('makes somebody the voice of an organization, and back', async () => {
    expect((await people('change', 'sara', '--role', 'organization')).err).toContain('--organization ORG');
    await ok(people('change', 'sara', '--role', 'organization', '--organization', 'tax'));
    expect(await listed()).toMatchObject([{ role: 'organization', organization: 'tax' }]);
    await ok(people('change', 'sara', '--role', 'reader'));
    expect(await listed()).toMatchObject([{ role: 'reader', organization: null }]);
  });

  it('is refused when nothing is given, and for one who is not there', async () => {
    expect(await people('change', 'sara')).toMatchObject({
      code: 2,
      err: expect.stringContaining('found none of them'),
    });
    expect(await people('change', 'reza', '--role', 'senior')).toMatchObject({ code: 2, err: expect.stringContaining('There are: sara.') }); // prettier-ignore
    expect(await lines()).toHaveLength(2);
  });
});

describe('rasad people disable and enable', () => {
  it('sign a person out everywhere, and let them in again with the password that they had', async () => {
    const { secret } = (await enter(secretIn(await ok(add('sara'))))) as SignedIn;
    const attempt = () => within((accounts) => signIn(accounts, { id: 'sara', password: PASSWORD, from: '' }));
    expect(await ok(people('disable', 'sara'))).toContain('disabled');
    expect(await within((accounts) => sessionOf(accounts, secret))).toBeNull();
    expect(await attempt()).toEqual({ kind: 'refused' });
    expect(await ok(people('enable', 'sara'))).toContain('active');
    expect(await within((accounts) => sessionOf(accounts, secret))).toBeNull();
    expect(await attempt()).toMatchObject({ kind: 'signed-in' });
  });

  it('write down what they did, once', async () => {
    await ok(add('sara'));
    for (const action of ['disable', 'disable', 'enable', 'enable']) await ok(people(action, 'sara'));
    expect((await lines()).slice(2)).toEqual([
      ['person-disabled', 'sara', ''],
      ['person-enabled', 'sara', ''],
    ]);
  });
});

it('rasad people --help shows every action, and each has examples', async () => {
  const all = await ok(people('--help'));
  for (const action of ['add', 'list', 'invite', 'change', 'disable', 'enable']) expect(all).toContain(`rasad people ${action}`); // prettier-ignore
  for (const action of ['add', 'invite', 'change', 'disable', 'enable'])
    expect(await ok(people(action, '--help'))).toContain('Examples:');
});

it('names of people that a terminal would obey are refused', async () => {
  const { code, err } = await people('add', 'sara', '--name', 'Sara \u001b[31m', '--role', 'evaluator');
  expect(code).toBe(2);
  expect(err).not.toContain('\u001b');
});
