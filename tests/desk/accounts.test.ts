import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  ATTEMPTS,
  changePassword,
  invite,
  passOf,
  passwordFault,
  previewPass,
  redeem,
  sessionOf,
  signIn,
  signOut,
  type Accounts,
  type SignedIn,
} from '../../src/desk/accounts.ts';
import type { DeskStore } from '../../storage/desk-store.ts';
import { openSqliteDeskStore } from '../../storage/sqlite-desk.ts';
import { openSqliteStore } from '../../storage/sqlite.ts';
import { anAct, anAudit, aPerson, aRegistry, aRound, at } from '../storage/fixtures.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const PASSWORD = 'چهار واژه بی‌ربط';
const from = '192.0.2.1';

let place: string;
let desk: DeskStore;
let now: number;
let accounts: Accounts;
beforeEach(async () => {
  place = mkdtempSync(join(tmpdir(), 'rasad-accounts-'));
  desk = openSqliteDeskStore(join(place, 'rasad.sqlite'));
  now = Date.parse(at(0));
  accounts = { desk, now: () => now, cost: 4 };
  for (const id of ['sara', 'reza']) await desk.addPerson(aPerson({ id, name: id }));
});
afterEach(async () => {
  await desk.close();
  rmSync(place, { recursive: true, force: true });
});

const invited = async (person = 'sara') => (await invite(accounts, { person, by: 'operator', from }))!.secret;
const redeemed = (secret: string, password = PASSWORD) => redeem(accounts, { secret, password, from });
/** Sara has a password, and is signed in. */
const ready = async (person = 'sara') => (await redeemed(await invited(person))) as SignedIn;
const attempt = (password: string, id = 'sara') => signIn(accounts, { id, password, from });
/** The accounts, where the desk does some things otherwise. */
const having = (methods: Partial<DeskStore>): Accounts => ({
  ...accounts,
  desk: new Proxy(desk, {
    get: (target, name: keyof DeskStore) => methods[name] ?? target[name].bind(target as never),
  }),
});
const journal = async () => (await desk.listJournal(100, null)).map(({ value }) => value).reverse();

describe('signing in', () => {
  beforeEach(() => ready());

  it('takes the name and the password, and gives a session', async () => {
    const result = (await attempt(PASSWORD)) as SignedIn;
    expect(result).toMatchObject({ kind: 'signed-in', person: { id: 'sara' } });
    expect(result.secret).toMatch(/^[\w-]{43}$/);
    expect(result.session.hash).not.toContain(result.secret);
    expect(await sessionOf(accounts, result.secret)).toEqual({ session: result.session, person: result.person });
  });

  it('takes the name in capitals, and a password as another keyboard composes it', async () => {
    await redeemed(await invited(), 'Übermäßig lang آ');
    expect(await attempt('Übermäßig lang آ'.normalize('NFD'), ' SARA ')).toMatchObject({ kind: 'signed-in' });
  });

  it.each<[string, string, string]>([
    ['a wrong password', 'sara', `${PASSWORD}.`],
    ['an empty one', 'sara', ''],
    ['one of megabytes', 'sara', PASSWORD + 'x'.repeat(5_000_000)],
    ['a name that nobody has', 'nobody', PASSWORD],
    ['what cannot be a name', "' OR 1=1 --", PASSWORD],
    ['a person without a password', 'reza', ''],
    ['the password of another person', 'reza', PASSWORD],
  ])('refuses %s, and does not tell why', async (_, id, password) => {
    expect(await attempt(password, id)).toEqual({ kind: 'refused' });
  });

  it('refuses a person who is not active, though the password is right', async () => {
    await desk.changePerson(aPerson({ isActive: false }));
    expect(await attempt(PASSWORD)).toEqual({ kind: 'refused' });
  });

  it('refuses a password that is replaced while it is compared', async () => {
    const kept = await desk.getPasswordHash('sara');
    let asked = 0;
    const replaced = { getPasswordHash: async () => (asked++ === 0 ? kept : 'another hash') };
    expect(await signIn(having(replaced), { id: 'sara', password: PASSWORD, from })).toEqual({ kind: 'refused' });
  });

  it('costs as much with a name that nobody has as with a wrong password', async () => {
    const slow = { ...accounts, cost: 14 };
    await redeem(slow, { secret: await invited('reza'), password: PASSWORD, from });
    const took = async (id: string): Promise<number> => {
      const times: number[] = [];
      for (let turn = 0; turn < 3; turn++) {
        const start = performance.now();
        await signIn(slow, { id, password: 'something else', from });
        times.push(performance.now() - start);
      }
      return Math.min(...times);
    };
    const [known, unknown] = [await took('reza'), await took('nobody')];
    expect(unknown / known).toBeGreaterThan(0.5);
    expect(unknown / known).toBeLessThan(2);
  });

  it('is written down, with no word of what was typed where a name belongs', async () => {
    await attempt(PASSWORD);
    await attempt('wrong');
    await attempt('sara', 'My Secret Password');
    const signs = (await journal()).filter(({ what }) => what.startsWith('sign-in'));
    expect(signs).toEqual([
      { at: at(0), by: 'sara', what: 'sign-in', target: 'sara', detail: '', from },
      { at: at(0), by: null, what: 'sign-in-refused', target: 'sara', detail: '', from },
      { at: at(0), by: null, what: 'sign-in-refused', target: '', detail: '', from },
    ]);
  });
});

describe('a name', () => {
  beforeEach(() => ready());
  const fail = async (times: number, id = 'sara') => {
    const kinds: string[] = [];
    for (let turn = 0; turn < times; turn++) kinds.push((await attempt('wrong', id)).kind);
    return kinds;
  };

  it.each(['sara', 'nobody'])('is locked after five refused attempts (%s)', async (id) => {
    expect(await fail(6, id)).toEqual([...Array(5).fill('refused'), 'locked']);
    expect((await journal()).at(-1)).toMatchObject({ target: id, detail: 'locked for 15 minutes' });
  });

  it('stays locked for the right password until the attempts are past, and then opens', async () => {
    await fail(5);
    expect(await attempt(PASSWORD)).toEqual({ kind: 'locked', minutes: 15 });
    now += 15 * MINUTE;
    expect(await attempt(PASSWORD)).toMatchObject({ kind: 'locked' });
    now += 1;
    expect(await attempt(PASSWORD)).toMatchObject({ kind: 'signed-in' });
  });

  it('is not kept locked by attempts that were not looked at', async () => {
    await fail(5);
    now += 10 * MINUTE;
    await fail(20);
    now += 5 * MINUTE + 1;
    expect(await attempt(PASSWORD)).toMatchObject({ kind: 'signed-in' });
  });

  it('does not lock others', async () => {
    await fail(5);
    await ready('reza');
    expect(await attempt(PASSWORD, 'reza')).toMatchObject({ kind: 'signed-in' });
  });

  it('begins anew after an attempt that succeeds', async () => {
    await fail(4);
    await attempt(PASSWORD);
    expect(await fail(5)).toEqual(Array(5).fill('refused'));
  });

  it('is locked too when all attempts come at once', async () => {
    const kinds = (await Promise.all(Array.from({ length: 20 }, () => attempt('wrong')))).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'refused')).toHaveLength(ATTEMPTS);
    expect(kinds.filter((kind) => kind === 'locked')).toHaveLength(15);
  });
});

describe('attempts at the same time', () => {
  it('are worked on in order, two at once, and turned away when very many wait', async () => {
    const order: string[] = [];
    const waiting: (() => void)[] = [];
    const held = having({
      getPasswordHash: (id) =>
        new Promise((resolve) => {
          order.push(id);
          waiting.push(() => resolve(null));
        }),
    });
    const attempts = Array.from({ length: 103 }, (_, number) =>
      signIn(held, { id: `visitor-${number}`, password: 'some password', from }),
    );
    expect(await attempts[102]).toEqual({ kind: 'busy' });
    await expect.poll(() => order).toEqual(['visitor-0', 'visitor-1']);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(order).toHaveLength(2);
    const letGo = setInterval(() => waiting.splice(0).forEach((go) => go()), 1);
    const results = await Promise.all(attempts);
    clearInterval(letGo);
    expect(results.filter(({ kind }) => kind === 'refused')).toHaveLength(102);
    expect(order.slice(0, 20).filter((_, turn) => turn % 2 === 0)).toEqual(
      Array.from({ length: 10 }, (_, turn) => `visitor-${2 * turn}`),
    );
  });
});

describe('a password', () => {
  it('is kept as scrypt with the parameters of OWASP unless tests say otherwise', { timeout: 20_000 }, async () => {
    const usual: Accounts = { desk, now: () => now };
    await redeem(usual, { secret: await invited(), password: PASSWORD, from });
    const kept = await desk.getPasswordHash('sara');
    expect(kept).toMatch(/^scrypt\$17\$8\$1\$[\w-]{22}\$[\w-]{43}$/);
    // what it was kept with counts, not what is usual today
    expect(await attempt(PASSWORD)).toMatchObject({ kind: 'signed-in' });
  });

  it('has a salt of its own', async () => {
    await ready('sara');
    await ready('reza');
    const [one, two] = await Promise.all(['sara', 'reza'].map((id) => desk.getPasswordHash(id)));
    expect(one!.split('$')[4]).not.toBe(two!.split('$')[4]);
    expect(one!.split('$')[5]).not.toBe(two!.split('$')[5]);
  });

  const sara = { id: 'sara.karimi', name: 'Sara  Karimi of Tax' };
  it.each<[string, string | null]>([
    ['123456789', 'from 10 to 200 characters; this one has 9'],
    ['1234567890', null],
    ['👩🏽‍🏫👩🏽‍🏫', 'this one has 8'],
    ['x'.repeat(200), null],
    ['x'.repeat(201), 'this one has 201'],
    ['Sara.Karimi', 'not be the name itself'],
    [' sara  karimi OF tax ', 'not be the name itself'],
    ['sara.karimi!', null],
  ])('%j: %j', (password, fault) => {
    const found = passwordFault(password, sara);
    if (fault === null) expect(found).toBeNull();
    else expect(found?.en).toContain(fault);
    if (found) expect(found.fa).toMatch(/^گذرواژه/);
  });
});

describe('a session', () => {
  it('holds for twelve hours from its last use', async () => {
    const { secret } = await ready();
    now += 12 * HOUR - 1;
    expect(await sessionOf(accounts, secret)).not.toBeNull();
    now += 12 * HOUR - 1;
    expect(await sessionOf(accounts, secret)).not.toBeNull();
    now += 12 * HOUR;
    expect(await sessionOf(accounts, secret)).toBeNull();
  });

  it('is written once a minute at most', async () => {
    const { secret } = await ready();
    let writes = 0;
    const counting = having({ keepSession: (...args) => (writes++, desk.keepSession(...args)) });
    for (let second = 0; second < 130; second++) {
      now += 1000;
      await sessionOf(counting, secret);
    }
    expect(writes).toBe(2);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['a new password', async () => redeemed(await invited(), 'another password')],
    ['being made inactive', () => desk.changePerson(aPerson({ isActive: false }))],
  ])('ends with %s', async (_, change) => {
    const { secret } = await ready();
    await change();
    expect(await sessionOf(accounts, secret)).toBeNull();
  });

  it('ends with signing out, alone', async () => {
    const { secret } = await ready();
    const elsewhere = (await attempt(PASSWORD)) as SignedIn;
    await signOut(accounts, secret, from);
    await signOut(accounts, secret, from);
    expect(await sessionOf(accounts, secret)).toBeNull();
    expect(await sessionOf(accounts, elsewhere.secret)).not.toBeNull();
    expect((await journal()).filter(({ what }) => what === 'sign-out')).toEqual([
      { at: at(0), by: 'sara', what: 'sign-out', target: 'sara', detail: '', from },
    ]);
  });

  it.each(['', 'x', 'x'.repeat(43), `${'x'.repeat(43)}\n`, "' OR 1=1 --"])('is not found by %j', async (secret) => {
    await ready();
    expect(await sessionOf(accounts, secret)).toBeNull();
  });
});

describe('an invitation', () => {
  it('sets a password and signs in, once', async () => {
    const secret = await invited();
    const result = (await redeemed(secret)) as SignedIn;
    expect(result).toMatchObject({ kind: 'signed-in', person: { id: 'sara' } });
    expect(await sessionOf(accounts, result.secret)).not.toBeNull();
    expect(await attempt(PASSWORD)).toMatchObject({ kind: 'signed-in' });
    expect(await redeemed(secret, 'another password')).toEqual({ kind: 'gone' });
    expect(await attempt(PASSWORD)).toMatchObject({ kind: 'signed-in' });
  });

  it('is used once also when it is sent twice at the same time', async () => {
    const secret = await invited();
    const passwords = ['first password', 'second password'];
    const kinds = (await Promise.all(passwords.map((password) => redeemed(secret, password)))).map(({ kind }) => kind);
    // which of them is first is not for us to say
    expect(kinds.toSorted()).toEqual(['gone', 'signed-in']);
    expect(await attempt(passwords[kinds.indexOf('signed-in')]!)).toMatchObject({ kind: 'signed-in' });
    expect(await attempt(passwords[kinds.indexOf('gone')]!)).not.toMatchObject({ kind: 'signed-in' });
  });

  it('stays when the password cannot be taken, and says what was expected', async () => {
    const secret = await invited();
    expect(await redeemed(secret, 'short')).toMatchObject({ kind: 'weak', fault: { en: expect.stringContaining('10') } }); // prettier-ignore
    expect(await redeemed(secret)).toMatchObject({ kind: 'signed-in' });
  });

  it('holds for two days', async () => {
    const secret = await invited();
    now += 48 * HOUR - 1;
    expect(await passOf(accounts, secret)).toMatchObject({ kind: 'password', person: 'sara', createdBy: 'operator' });
    now += 1;
    expect(await passOf(accounts, secret)).toBeNull();
    expect(await redeemed(secret)).toEqual({ kind: 'gone' });
  });

  it('takes the place of an earlier one', async () => {
    const [first, second] = [await invited(), await invited()];
    expect(await redeemed(first)).toEqual({ kind: 'gone' });
    expect(await redeemed(second)).toMatchObject({ kind: 'signed-in' });
  });

  it('opens a locked name', async () => {
    await ready();
    for (let turn = 0; turn < 5; turn++) await attempt('wrong');
    await redeemed(await invited(), 'another password');
    expect(await attempt('another password')).toMatchObject({ kind: 'signed-in' });
  });

  it('is not for somebody who is not there, or not active', async () => {
    expect(await invite(accounts, { person: 'nobody', by: 'operator', from })).toBeNull();
    const secret = await invited();
    await desk.changePerson(aPerson({ isActive: false }));
    expect(await invite(accounts, { person: 'sara', by: 'operator', from })).toBeNull();
    expect(await redeemed(secret)).toEqual({ kind: 'gone' });
  });

  it('leaves no secret in the database', async () => {
    const secret = await invited();
    const kept = JSON.stringify([await desk.listPasses(), await journal()]);
    expect(kept).not.toContain(secret);
    expect(secret).toMatch(/^[\w-]{43}$/);
  });
});

describe('changing a password', () => {
  const NEXT = 'a new password';
  const changed = (present: string, having = accounts) =>
    changePassword(having, { person: aPerson(), present, password: NEXT, from });
  beforeEach(() => ready());

  it('needs the present one, and leaves one session', async () => {
    const before = (await attempt(PASSWORD)) as SignedIn;
    expect(await changed('a guess')).toEqual({ kind: 'refused' });
    const after = (await changed(PASSWORD)) as SignedIn;
    expect(await sessionOf(accounts, before.secret)).toBeNull();
    expect(await sessionOf(accounts, after.secret)).not.toBeNull();
    expect(await attempt(PASSWORD)).toEqual({ kind: 'refused' });
    expect((await journal()).slice(-3).map(({ what }) => what)).toEqual(['password-refused', 'password-changed', 'sign-in-refused']);
  }); // prettier-ignore

  it('is no place to guess: it counts with signing in', async () => {
    for (let count = 0; count < ATTEMPTS; count++) await (count % 2 ? changed('a guess') : attempt('a guess'));
    expect(await changed(PASSWORD)).toMatchObject({ kind: 'locked' });
  });

  it('is refused to a person who is shut out while the present one is compared', async () => {
    const shutOut = having({ getPerson: async () => aPerson({ isActive: false }) });
    expect(await changed(PASSWORD, shutOut)).toEqual({ kind: 'refused' });
    expect(await attempt(PASSWORD)).toMatchObject({ kind: 'signed-in' });
  });
});

describe('an address for a preview', () => {
  beforeEach(async () => {
    const store = openSqliteStore(join(place, 'rasad.sqlite'));
    await store.createRound(aRound(), anAudit(), aRegistry(), new Map(), anAct());
    await store.close();
  });

  it('opens one organization’s verdicts of one round until its time, as often as it is used', async () => {
    const { secret } = await previewPass(accounts, { round: 'r', organization: 'one', until: at(30), by: 'sara', from }); // prettier-ignore
    now += 30 * MINUTE - 1;
    for (const _ of [1, 2]) expect(await passOf(accounts, secret)).toMatchObject({ kind: 'preview', round: 'r', organization: 'one' }); // prettier-ignore
    now += 1;
    expect(await passOf(accounts, secret)).toBeNull();
  });

  it('sets nobody’s password, and signs nobody in', async () => {
    const { secret } = await previewPass(accounts, { round: 'r', organization: 'one', until: at(30), by: 'sara', from }); // prettier-ignore
    expect(await redeemed(secret)).toEqual({ kind: 'gone' });
    expect(await sessionOf(accounts, secret)).toBeNull();
  });
});
