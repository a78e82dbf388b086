import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ROLES, type Role } from '../../src/core/person.ts';
import { ATTEMPTS, invite, LOCK_MINUTES, previewPass, SESSION_HOURS } from '../../src/desk/accounts.ts';
import { aPerson, aRegistry } from '../storage/fixtures.ts';
import { CLIENT_ADDRESS, openTestDesk, PASSWORD, type Client, type TestDesk } from './desk.ts';

const MINUTE = 60_000; // milliseconds

let test: TestDesk;
let operator: Client;
beforeEach(async () => {
  test = await openTestDesk();
  operator = await test.as('operator');
});
afterEach(async () => {
  expect(test.faults).toEqual([]);
  await test.close();
});

const textOf = async (response: Response | Promise<Response>): Promise<string> => (await response).text();
const journal = async () => (await test.deskStore.listJournal(100, null)).map(({ value }) => value);
const signIn = (client: Client, name: string, password = PASSWORD, more: Readonly<Record<string, string>> = {}) =>
  client.send('/sign-in', { name, password, ...more });
const pathOf = (page: string): string => new URL(/>(http:[^<]*\/enter\/[^<]*)</.exec(page)![1]!).pathname;
const SARA = { id: 'sara', name: 'Sara Ahmadi', role: 'evaluator', organization: '', ties: 'post, tax' };

describe('signing in', () => {
  beforeEach(() => test.as('evaluator', { id: 'sara' }));

  it('opens the desk, and leads to the page that was asked for', async () => {
    const client = test.stranger();
    const asked = await client.get('/account?x=1');
    expect(asked.status).toBe(303);
    expect(asked.headers.get('location')).toBe('/sign-in?back=%2Faccount%3Fx%3D1');
    const page = await textOf(client.get(asked.headers.get('location')!));
    expect(page).toContain('name="back" value="/account?x=1"');
    const entered = await signIn(client, 'Sara', PASSWORD, { back: '/account?x=1' });
    expect([entered.status, entered.headers.get('location')]).toEqual([303, '/account?x=1']);
    expect(entered.headers.getSetCookie().join()).toMatch(/^rasad=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    expect((await client.get('/account')).status).toBe(200);
  });

  it('is refused with the same words for a wrong password, an unknown name and a closed account', async () => {
    await test.deskStore.changePerson(aPerson({ id: 'sara', isActive: false }));
    const answers = [];
    for (const [name, password] of [['operator', 'wrong password'], ['nobody', PASSWORD], ['sara', PASSWORD]] as const) {
      const answer = await signIn(test.stranger(), name, password);
      answers.push([answer.status, (await answer.text()).replaceAll(`value="${name}"`, '')]);
    }
    expect(answers[0]![0]).toBe(401);
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
  }); // prettier-ignore

  it('is locked after too many wrong passwords, says for how long, and opens again', async () => {
    const client = test.stranger();
    for (let count = 0; count < ATTEMPTS; count++) expect((await signIn(client, 'sara', 'a guess')).status).toBe(401);
    const locked = await signIn(client, 'sara');
    expect(locked.status).toBe(429);
    expect(await locked.text()).toContain('۱۵ دقیقه صبر کنید');
    test.wait(LOCK_MINUTES * MINUTE + 1);
    expect((await signIn(client, 'sara')).status).toBe(303);
  });

  it('keeps the name that was typed and never the password', async () => {
    const page = await textOf(signIn(test.stranger(), '"><script>', 'a secret of mine'));
    expect(page).toContain('value="&quot;&gt;&lt;script&gt;"');
    expect(page).not.toContain('a secret of mine');
  });

  it.each(['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', '/\t/evil.example', '/a\r\nset-cookie: x', 'evil', ''])(
    'never leads out of the desk: back %j',
    async (back) => {
      const query = encodeURIComponent(back);
      expect(await textOf(test.stranger().get(`/sign-in?back=${query}`))).toContain('name="back" value="/"');
      expect((await signIn(test.stranger(), 'sara', PASSWORD, { back })).headers.get('location')).toBe('/');
      expect((await test.stranger().get(`/language/en?back=${query}`)).headers.get('location')).toBe('/');
    },
  ); // prettier-ignore
});

describe('a session', () => {
  it('is over for everybody who has its cookie once somebody signed out', async () => {
    const thief = test.stranger();
    for (const [name, value] of operator.cookies) thief.cookies.set(name, value);
    const token = await operator.token();
    expect((await thief.get('/people')).status).toBe(200);
    expect((await operator.post('/sign-out')).headers.get('location')).toBe('/sign-in');
    expect(operator.cookies.has('rasad')).toBe(false);
    expect((await thief.get('/people')).headers.get('location')).toBe('/sign-in?back=%2Fpeople');
    expect((await thief.send('/people', { ...SARA, token })).status).toBe(401);
    expect(await test.deskStore.getPerson('sara')).toBeNull();
  });

  it('is over when nobody used it for long', async () => {
    test.wait(SESSION_HOURS * 60 * MINUTE + 1);
    expect((await operator.get('/people')).status).toBe(303);
  });

  it('is over at once when the account is closed, and stays so when it is opened again', async () => {
    const sara = await test.as('evaluator', { id: 'sara' });
    expect((await operator.post('/people/sara/state', { active: 'no' })).status).toBe(303);
    expect((await sara.get('/account')).status).toBe(303);
    expect((await signIn(test.stranger(), 'sara')).status).toBe(401);
    await operator.post('/people/sara/state', { active: 'yes' });
    expect((await sara.get('/account')).status).toBe(303);
    expect((await signIn(test.stranger(), 'sara')).status).toBe(303);
  });

  it.each(['', 'x', 'a'.repeat(43), '../../etc/passwd', '%00'])('is not made up: cookie %j', async (secret) => {
    const client = test.stranger();
    client.cookies.set('rasad', secret);
    expect((await client.get('/people')).status).toBe(303);
  });
});

describe('a form', () => {
  const isNotAdded = async (answer: Response, status: number) => {
    expect(answer.status).toBe(status);
    expect(await test.deskStore.getPerson('sara')).toBeNull();
  };

  it('without a token, with a made-up one or with that of another session changes nothing', async () => {
    const other = await test.as('operator', { id: 'other' });
    for (const token of [undefined, '', 'x', '0'.repeat(32), await other.token()])
      await isNotAdded(await operator.send('/people', { ...SARA, ...(token !== undefined && { token }) }), 403);
  });

  it.each<Readonly<Record<string, string>>>([
    { origin: 'http://evil.example' },
    { origin: 'https://desk.example' },
    { origin: 'http://desk.example:81' },
    { origin: 'http://desk.example.evil.example' },
    { origin: 'null' },
    { origin: 'http://evil.example', 'sec-fetch-site': 'same-origin' },
  ])('from elsewhere changes nothing: %j', async (headers) => {
    await isNotAdded(await operator.send('/people', { ...SARA, token: await operator.token() }, headers), 403);
  });

  it.each(['evil.example', 'desk.example.evil.example', 'desk.example:81', '127.0.0.1', ''])(
    'and every page is refused under the name %j',
    async (host) => {
      const token = await operator.token();
      await isNotAdded(await operator.send('/people', { ...SARA, token }, { host }), 421);
      for (const path of ['/', '/sign-in', '/people', '/assets/desk.css', '/nothing'])
        expect((await operator.get(path, { host })).status).toBe(421);
    },
  );

  it('that is very long is not read', async () => {
    await isNotAdded(await operator.post('/people', { ...SARA, ties: 'x'.repeat(100_000) }), 413);
  });
});

describe('a role', () => {
  const PAGES = ['/people', '/people/operator', '/journal'];
  const FORMS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    '/people': { ...SARA },
    '/people/operator': { name: 'Changed', role: 'reader' },
    '/people/operator/address': {},
    '/people/operator/state': { active: 'no' },
  };

  it.each(ROLES.filter((role) => role !== 'operator'))('other than operator sees and changes nobody: %s', async (role: Role) => {
    const client = await test.as(role);
    for (const path of PAGES) expect((await client.get(path)).status).toBe(403);
    for (const [path, fields] of Object.entries(FORMS)) expect((await client.post(path, fields)).status).toBe(403);
    expect((await test.deskStore.listPeople()).map(({ id }) => id)).toEqual(['operator', role].sort());
    expect(await test.deskStore.getPerson('operator')).toMatchObject({ name: 'operator', role: 'operator', isActive: true });
    expect(await test.deskStore.listPasses()).toEqual([]);
    expect((await client.get('/account')).status).toBe(200);
  }); // prettier-ignore

  it('is needed at all', async () => {
    for (const path of PAGES) expect((await test.stranger().get(path)).status).toBe(303);
    for (const [path, fields] of Object.entries(FORMS))
      expect((await test.stranger().send(path, { ...fields, token: '' })).status).toBe(401);
  });

  it('that was taken away holds no longer in an open session', async () => {
    const other = await test.as('operator', { id: 'other' });
    await operator.post('/people/other', { name: 'Other', role: 'reader' });
    expect((await other.get('/people')).status).toBe(403);
  });
});

describe('an address for one use', () => {
  it('is shown once to who adds a person, and lets that person in', async () => {
    const page = await textOf(operator.post('/people', SARA));
    const path = pathOf(page);
    expect(await test.deskStore.getPerson('sara')).toMatchObject({
      name: 'Sara Ahmadi', role: 'evaluator', organization: null, ties: ['post', 'tax'], isActive: true, createdBy: 'operator',
    });
    const secret = path.slice('/enter/'.length);
    expect(JSON.stringify(await journal())).not.toContain(secret);
    expect(JSON.stringify([...operator.cookies])).not.toContain(secret);
    expect(await textOf(operator.get('/people/sara'))).not.toContain(secret);

    const sara = test.stranger();
    const entry = await textOf(sara.get(path));
    expect(entry).toContain('Sara Ahmadi');
    expect(entry).not.toContain('name="token"');
    const entered = await sara.send(path, { password: PASSWORD, again: PASSWORD });
    expect([entered.status, entered.headers.get('location')]).toEqual([303, '/']);
    expect(await textOf(sara.get('/account'))).toContain('Sara Ahmadi');
  }); // prettier-ignore

  it('is gone when it was used, and sets no second password', async () => {
    const path = pathOf(await textOf(operator.post('/people', SARA)));
    await test.stranger().send(path, { password: PASSWORD, again: PASSWORD });
    const late = test.stranger();
    expect((await late.get(path)).status).toBe(404);
    const again = await late.send(path, { password: 'another password', again: 'another password' });
    expect(again.status).toBe(404);
    expect(late.cookies.has('rasad')).toBe(false);
    expect((await signIn(late, 'sara', 'another password')).status).toBe(401);
    expect((await signIn(late, 'sara')).status).toBe(303);
  });

  it('stays while a password cannot be taken, and says why', async () => {
    const path = pathOf(await textOf(operator.post('/people', SARA)));
    const client = test.stranger();
    for (const [password, again, said] of [
      ['short', 'short', 'گذرواژه باید از 10 تا 200'],
      [PASSWORD, 'another password', 'دو گذرواژه یکی نیستند'],
      ['Sara Ahmadi', 'Sara Ahmadi', 'گذرواژه نباید همان نام باشد'],
    ] as const) {
      const answer = await client.send(path, { password, again });
      expect(answer.status).toBe(400);
      expect(await answer.text()).toContain(said);
    }
    expect((await client.send(path, { password: PASSWORD, again: PASSWORD })).status).toBe(303);
  });

  it('is replaced by a new one, which works for a locked name too', async () => {
    const first = pathOf(await textOf(operator.post('/people', SARA)));
    const second = pathOf(await textOf(operator.post('/people/sara/address')));
    expect((await test.stranger().get(first)).status).toBe(404);
    for (let count = 0; count <= ATTEMPTS; count++) await signIn(test.stranger(), 'sara', 'a guess');
    const sara = test.stranger();
    expect((await sara.send(second, { password: PASSWORD, again: PASSWORD })).status).toBe(303);
    expect((await signIn(test.stranger(), 'sara')).status).toBe(303);
  });

  it('is not made for a closed account', async () => {
    await test.as('evaluator', { id: 'sara' });
    await operator.post('/people/sara/state', { active: 'no' });
    expect((await operator.post('/people/sara/address')).status).toBe(409);
    expect(await test.deskStore.listPasses()).toEqual([]);
  });
});

describe('adding a person', () => {
  it.each<readonly [string, Partial<typeof SARA>, string]>([
    ['an id with other letters', { id: 'سارا' }, 'نام ورود از حروف کوچک لاتین'],
    ['an id that leads elsewhere', { id: '../x' }, 'نام ورود از حروف کوچک لاتین'],
    ['no name', { name: '  ' }, 'نام باید از ۱ تا ۸۰ نویسه باشد'],
    ['a role that there is not', { role: 'king' }, 'یکی از نقش‌ها را برگزینید'],
    ['an organization’s person without one', { role: 'organization' }, 'شناسه دستگاهش را هم بنویسید'],
    ['an organization with spaces', { role: 'organization', organization: 'the post' }, 'شناسه دستگاه نیست'],
    ['a tie that is no id', { ties: 'post, <tax>' }, 'شناسه دستگاه نیست'],
  ])('refuses %s, says what is expected and keeps what was typed', async (_, change, said) => {
    const answer = await operator.post('/people', { ...SARA, name: 'Sara <b>', ...change });
    expect(answer.status).toBe(400);
    const page = await answer.text();
    expect(page).toContain(said);
    expect(page).toContain('aria-invalid="true"');
    if (change.name === undefined) expect(page).toContain('value="Sara &lt;b&gt;"');
    if (change.ties === undefined) expect(page).toContain('value="post, tax"');
    expect((await test.deskStore.listPeople()).length).toBe(1);
  });

  it('refuses an id that somebody has', async () => {
    const answer = await operator.post('/people', { ...SARA, id: 'Operator' });
    expect(answer.status).toBe(409);
    expect(await answer.text()).toContain('نام ورود «operator» از آن کس دیگری است');
    expect(await test.deskStore.getPerson('operator')).toMatchObject({ name: 'operator' });
  });

  it('keeps an organization only of who speaks for one, and ties only of others', async () => {
    await operator.post('/people', { ...SARA, organization: 'post' });
    await operator.post('/people', { ...SARA, id: 'reza', role: 'organization', organization: 'post' });
    expect(await test.deskStore.getPerson('sara')).toMatchObject({ organization: null, ties: ['post', 'tax'] });
    expect(await test.deskStore.getPerson('reza')).toMatchObject({ organization: 'post', ties: [] });
  });

  it('takes ties with Persian commas, each once', async () => {
    await operator.post('/people', { ...SARA, ties: 'post، tax ,post\nbank' });
    expect(await test.deskStore.getPerson('sara')).toMatchObject({ ties: ['post', 'tax', 'bank'] });
  });

  it('shows names as text, whatever they contain', async () => {
    const name = `<script>alert(1)</script>"'`;
    const pages = [await textOf(operator.post('/people', { ...SARA, name }))];
    for (const path of ['/people', '/people/sara', '/journal']) pages.push(await textOf(operator.get(path)));
    for (const page of pages) {
      expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;');
      expect(page).not.toContain('<script>');
    }
  });
});

describe('changing a person', () => {
  beforeEach(() => test.as('evaluator', { id: 'sara', name: 'Sara' }));

  it('changes name, role and ties, and is written down with what was before', async () => {
    const answer = await operator.post('/people/sara', { name: 'Sara A.', role: 'senior', ties: 'post' });
    expect(answer.headers.get('location')).toBe('/people/sara');
    expect(await textOf(operator.get('/people/sara'))).toContain('تغییرها ثبت شد');
    expect(await test.deskStore.getPerson('sara')).toMatchObject({ name: 'Sara A.', role: 'senior', ties: ['post'] });
    expect((await journal())[0]).toMatchObject({
      by: 'operator', what: 'person-changed', target: 'sara', from: CLIENT_ADDRESS,
      detail: 'name: Sara → Sara A.; role: evaluator → senior; ties: – → post',
    });
  }); // prettier-ignore

  it('leaves alone what was typed wrong', async () => {
    const answer = await operator.post('/people/sara', { name: 'Sara A.', role: 'organization', organization: '' });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('value="Sara A."');
    expect(await test.deskStore.getPerson('sara')).toMatchObject({ name: 'Sara', role: 'evaluator' });
  });

  it('never takes an operator’s own role or account', async () => {
    const answers = [
      await operator.post('/people/operator', { name: 'operator', role: 'senior' }),
      await operator.post('/people/operator/state', { active: 'no' }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([400, 409]);
    expect(await test.deskStore.getPerson('operator')).toMatchObject({ role: 'operator', isActive: true });
    expect((await operator.post('/people/operator', { name: 'Chief', role: 'operator' })).status).toBe(303);
  });

  it.each([
    ['demote', '', { name: 'x', role: 'reader' }],
    ['shut out', '/state', { active: 'no' }],
  ] as const)('leaves an operator when two %s each other at the same time', async (_, path, fields) => {
    const other = await test.as('operator', { id: 'other' });
    const tokens = [await operator.token(), await other.token()];
    const answers = await Promise.all([
      operator.send(`/people/other${path}`, { ...fields, token: tokens[0]! }),
      other.send(`/people/operator${path}`, { ...fields, token: tokens[1]! }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 403]);
    const people = await test.deskStore.listPeople();
    expect(people.filter(({ role, isActive }) => role === 'operator' && isActive).length).toBe(1);
  });

  it('says that there is nobody with that name', async () => {
    expect((await operator.get('/people/nobody')).status).toBe(404);
    for (const path of ['', '/address', '/state'])
      expect((await operator.post(`/people/nobody${path}`, { name: 'x', role: 'reader' })).status).toBe(404);
  });
});

describe('the list of people', () => {
  it('says who is there, with what role, and when they came in last', async () => {
    await test.as('senior', { name: 'Reza', ties: ['post'] });
    await operator.post('/people', SARA);
    const page = await textOf(operator.get('/people'));
    const row = (name: string): string => page.split('<tr>').find((one) => one.includes(`>${name}</bdi></a>`))!;
    expect(row('Reza')).toMatch(/ارزیاب ارشد.*post.*باز.*<time datetime="2026-03-21T09:00/s);
    expect(row('Sara Ahmadi')).toMatch(/ارزیاب.*post.*tax.*باز.*هنوز نه/s);
  });

  it('says what to do next while the operator is alone', async () => {
    expect(await textOf(operator.get('/people'))).toContain('جز شما کسی نیست');
  });

  it('is there in English too', async () => {
    await operator.get('/language/en');
    expect(await textOf(operator.get('/people'))).toMatch(/<html lang="en" dir="ltr">.*Name to sign in with/s);
  });
});

describe('beside a round', () => {
  const names = { fa: 'پست', en: 'Post' };
  const registry = aRegistry({
    organizations: [
      { id: 'post', names, parentId: null, portalUrl: 'https://post.example/', cooperation: 'cooperative', extra: {} },
    ],
  });
  let other: TestDesk;
  beforeEach(async () => void (other = await openTestDesk({ round: { registry, findings: [] } })));
  afterEach(() => other.close());

  it('a tie to an organization that the newest round does not have is marked', async () => {
    const page = await textOf((await other.as('operator', { ties: ['post', 'pots'] })).get('/people/operator'));
    expect(page).toContain('<bdi dir="rtl">پست</bdi>، <code dir="ltr">pots</code> <span class="tag now">در آخرین دور نیست');
  }); // prettier-ignore

  it('an address of a preview sets nobody’s password', async () => {
    const accounts = { desk: other.deskStore, now: other.tools.now };
    const preview = { round: 'r', organization: 'post', until: '2027-03-21T00:00:00.000Z', by: 'test', from: '' };
    const path = `/enter/${(await previewPass(accounts, preview)).secret}`;
    expect((await other.stranger().get(path)).status).toBe(404);
    expect((await other.stranger().send(path, { password: PASSWORD, again: PASSWORD })).status).toBe(404);
  });
});

describe('one’s own account', () => {
  it('changes the password for who knows the present one, and ends all other sessions', async () => {
    const elsewhere = test.stranger();
    await signIn(elsewhere, 'operator');
    const before = operator.cookies.get('rasad');
    const next = 'یک گذرواژه تازه';
    const wrong = await operator.post('/account/password', { present: 'a guess', password: next, again: next });
    expect(wrong.status).toBe(401);
    const answer = await operator.post('/account/password', { present: PASSWORD, password: next, again: next });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/account']);
    expect(operator.cookies.get('rasad')).not.toBe(before);
    expect((await operator.get('/people')).status).toBe(200);
    expect((await elsewhere.get('/people')).status).toBe(303);
    expect((await signIn(test.stranger(), 'operator')).status).toBe(401);
    expect((await signIn(test.stranger(), 'operator', next)).status).toBe(303);
  });

  it('refuses what is not the same twice, too short, or guessed too often', async () => {
    const change = (present: string, password: string, again = password) =>
      operator.post('/account/password', { present, password, again });
    expect((await change(PASSWORD, 'a new password', 'another one')).status).toBe(400);
    expect((await change(PASSWORD, 'short')).status).toBe(400);
    for (let count = 0; count < ATTEMPTS; count++) expect((await change('a guess', 'a new password')).status).toBe(401);
    expect((await change(PASSWORD, 'a new password')).status).toBe(429);
    test.wait(LOCK_MINUTES * MINUTE + 1);
    expect((await signIn(test.stranger(), 'operator')).status).toBe(303);
  });

  it('says role and ties', async () => {
    const sara = await test.as('evaluator', { ties: ['post'] });
    expect(await textOf(sara.get('/account'))).toMatch(/ارزیاب.*<code dir="ltr">post<\/code>/s);
  });
});

describe('the journal', () => {
  it('has every act, with who did it and from where, the newest first', async () => {
    const client = test.stranger();
    await operator.post('/people', SARA);
    await operator.post('/people/sara/state', { active: 'no' });
    await signIn(client, 'sara', 'a guess');
    await operator.post('/sign-out');
    expect((await journal()).map(({ what, by, target, from }) => [what, by, target, from])).toEqual([
      ['sign-out', 'operator', 'operator', CLIENT_ADDRESS],
      ['sign-in-refused', null, 'sara', CLIENT_ADDRESS],
      ['person-disabled', 'operator', 'sara', CLIENT_ADDRESS],
      ['person-invited', 'operator', 'sara', CLIENT_ADDRESS],
      ['person-added', 'operator', 'sara', CLIENT_ADDRESS],
      ['password-set', 'operator', 'operator', CLIENT_ADDRESS],
      ['person-invited', 'test', 'operator', CLIENT_ADDRESS],
    ]);
  });

  it('is shown a hundred a page, by person and by kind', async () => {
    const at = '2026-03-21T09:00:00.000Z';
    for (let n = 1; n <= 250; n++)
      await test.deskStore.addJournal({ at, by: n % 2 ? 'sara' : 'reza', what: n % 5 ? 'decided' : 'undone', target: 'card', detail: `no. ${n}.`, from: '' });
    const detailsOf = (page: string) => [...page.matchAll(/no\. (\d+)\./g)].map(([, n]) => Number(n));
    const olderOf = (page: string) => /href="(\/journal\?[^"]*before=[^"]*)"/.exec(page)?.[1]!.replaceAll('&amp;', '&');
    const walk = async (path: string | undefined) => {
      const pages: number[][] = [];
      for (; path !== undefined; ) {
        const page = await textOf(operator.get(path));
        pages.push(detailsOf(page));
        path = olderOf(page);
      }
      return pages;
    };
    const down = (from: number, fits: (n: number) => boolean) => Array.from({ length: from }, (_, n) => from - n).filter(fits);
    const pages = await walk('/journal');
    expect(pages.map(({ length }) => length)).toEqual([100, 100, 50]);
    expect(pages.flat()).toEqual(down(250, () => true));
    expect((await walk('/journal?person=sara')).flat()).toEqual(down(250, (n) => n % 2 === 1));
    expect((await walk('/journal?person=sara&what=undone')).flat()).toEqual(down(250, (n) => n % 10 === 5));
    expect(await textOf(operator.get('/journal?person=nobody'))).toContain('رویدادی با این گزینش نیست');
  }); // prettier-ignore

  it.each(['x', '-1', '1e9', '9'.repeat(40), "' OR 1=1"])('takes any nonsense as the newest: before %j', async (before) => {
    const answer = await operator.get(`/journal?before=${encodeURIComponent(before)}&what=${encodeURIComponent('"><script>')}`);
    expect(answer.status).toBe(200);
    expect(await answer.text()).not.toContain('<script>');
  }); // prettier-ignore
});

describe('every answer', () => {
  it('forbids framing, guessing of types, keeping, and what is not from here', async () => {
    const sara = await test.as('evaluator', { id: 'sara' });
    const { secret } = (await invite({ desk: test.deskStore, now: test.tools.now }, { person: 'sara', by: 'test', from: '' }))!;
    const answers: readonly (readonly [string, number, Response])[] = [
      ['a page', 200, await operator.get('/people')],
      ['a page without signing in', 200, await test.stranger().get('/sign-in')],
      ['an address with a secret', 200, await test.stranger().get(`/enter/${secret}`)],
      ['an address shown', 200, await operator.post('/people/sara/address')],
      ['a redirect', 303, await test.stranger().get('/people')],
      ['a refused sign-in', 401, await signIn(test.stranger(), 'sara', 'a guess')],
      ['a refused role', 403, await sara.get('/people')],
      ['a refused form', 403, await operator.send('/people', SARA)],
      ['a form from elsewhere', 403, await operator.send('/people', SARA, { origin: 'http://evil.example' })],
      ['no page', 404, await operator.get('/nothing/../../etc/passwd')],
      ['nobody', 404, await operator.get('/people/nobody')],
      ['a foreign name', 421, await operator.get('/people', { host: 'evil.example' })],
    ];
    for (const [name, status, answer] of answers) {
      const { headers } = answer;
      expect([name, answer.status]).toEqual([name, status]);
      expect([name, headers.get('x-content-type-options')]).toEqual([name, 'nosniff']);
      expect([name, headers.get('x-frame-options')]).toEqual([name, 'SAMEORIGIN']);
      expect([name, headers.get('referrer-policy')]).toEqual([name, 'same-origin']);
      expect([name, headers.get('cache-control')]).toEqual([name, 'no-store']);
      const policy = headers.get('content-security-policy') ?? '';
      expect([name, policy]).toEqual([name, expect.stringMatching(/default-src 'none'.*form-action 'self'.*frame-ancestors 'none'/)]);
      expect([name, policy]).toEqual([name, expect.not.stringContaining('unsafe')]);
    }
  }); // prettier-ignore

  it('has no script and no style of its own', async () => {
    await operator.post('/people', SARA);
    for (const path of ['/people', '/people/sara', '/journal', '/account', '/sign-in']) {
      const page = await textOf(operator.get(path));
      expect(page).not.toMatch(/<style|\sstyle=|\son[a-z]+=|<script(?! src="\/assets\/desk\.js" defer><\/script>)/);
    }
  });
});

it('sends its cookies over encrypted connections only where the desk is reached by them', async () => {
  const other = await openTestDesk({ options: { origins: ['https://desk.example'] } });
  await other.deskStore.addPerson(aPerson());
  const { secret } = (await invite({ desk: other.deskStore, now: other.tools.now }, { person: 'sara', by: 'test', from: '' }))!;
  const form = { password: PASSWORD, again: PASSWORD };
  const entered = await other.stranger().send(`/enter/${secret}`, form, { origin: 'https://desk.example' });
  expect(entered.headers.getSetCookie().join()).toMatch(/; HttpOnly; Secure; SameSite=Strict$/);
  await other.close();
}); // prettier-ignore
