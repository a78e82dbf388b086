import { afterEach, describe, expect, it } from 'vitest';
import { openRound as openOther } from '../../src/audit/round.ts';
import type { Finding } from '../../src/core/model.ts';
import type { Objection, ObjectionCheck } from '../../src/core/person.ts';
import { seenOf } from '../../src/core/round.ts';
import { invite } from '../../src/desk/accounts.ts';
import { medianDays, upheldShares } from '../../src/desk/objections-page.ts';
import { anOrganization, aService } from '../audit/fake-country.ts';
import { aFinding, aRating, aRegistry, aRound, aSnapshot, anObjection, at } from '../storage/fixtures.ts';
import { openTestDesk, ORIGIN, type Client, type TestDesk } from './desk.ts';

const DAY = 86_400_000;
const RULE = 'presence/site-search';
const FAQ = 'interaction/faq';
const PAGE = 'b'.repeat(64);
const SAID = { service: '', rule: RULE, ground: 'error', text: 'It was there all the time.', name: 'Office of IT' };

const registry = aRegistry({
  organizations: [anOrganization('one'), anOrganization('two')],
  services: [aService('s1', 'one'), aService('s2', 'two')],
});
const proof = (url: string) => [{ url, snapshot: PAGE, selector: 'p', quote: 'what stands there', language: null }];
const findings: readonly Finding[] = [
  aFinding({
    verdict: 'fail',
    outcome: 'none',
    evidence: proof('https://www.one.example/'),
    message: { fa: 'در یک نیست.', en: 'One has none.' },
  }),
  aFinding({ rule: FAQ, service: 's1', verdict: 'fail', message: { fa: 'خدمت یک.', en: 'Service one has none.' } }),
  aFinding({
    organization: 'two',
    evidence: proof('https://www.two.example/'),
    message: { fa: 'در دو هست.', en: 'Two has one.' },
  }),
  aFinding({ organization: 'two', rule: FAQ, service: 's2', message: { fa: 'خدمت دو.', en: 'Service two has one.' } }),
];
const CHECK: ObjectionCheck = {
  at: at(61),
  outcome: 'page',
  status: 200,
  url: 'https://www.one.example/new',
  title: 'Search page',
  snapshot: { hash: 'c'.repeat(64), size: 9, encoding: 'gzip' },
  signals: ['search_box'],
};

const opened: TestDesk[] = [];
afterEach(async () => {
  for (const test of opened.splice(0)) {
    expect(test.faults).toEqual([]);
    await test.close();
  }
});

async function openRound(change: Parameters<typeof openTestDesk>[0] = {}): Promise<TestDesk> {
  const test = await openTestDesk({
    round: { registry, findings, state: 'preview', ...change.round },
    acts: { checkAddress: async () => CHECK, ...change.acts },
    tools: {
      indicators: [
        { id: RULE, stage: 'presence', scope: 'portal', title: { fa: 'جستجو', en: 'Search' } },
        { id: FAQ, stage: 'interaction', scope: 'service', title: { fa: 'پرسش‌ها', en: 'Questions' } },
      ] as never,
      rules: new Map([
        [
          RULE,
          {
            id: RULE,
            version: 1,
            title: { fa: 'جستجو', en: 'Search' },
            why: { fa: 'برای یافتن خدمت.', en: 'So that services are found.' },
            source: '',
            outcomes: {},
          },
        ],
      ]),
      evidence: {
        text: async () => '<p>stored page</p>',
        picture: async () => null,
        textOf: async () => '<p>what was at the address</p>',
        layout: async () => null,
      },
      ...change.tools,
    },
  });
  opened.push(test);
  for (const id of ['one', 'two'])
    await test.store.saveSnapshot(
      aSnapshot({
        auditId: 'round-r',
        organizationId: id,
        url: `https://www.${id}.example/`,
        body: { hash: PAGE, size: 3, encoding: 'gzip' },
        serviceIds: [],
      }),
    );
  return test;
}

/** The path of a new preview address, as the operator's page shows it. */
async function addressFor(operator: Client, organization: string): Promise<string> {
  const page = await (await operator.post(`/rounds/r/organizations/${organization}/preview`)).text();
  return new RegExp(`${ORIGIN}(/preview/[\\w-]{43})`).exec(page)![1]!;
}
const english = async (client: Client, path: string): Promise<string> => {
  client.cookies.set('rasad-lang', 'en');
  return (await client.get(path)).text();
};
const only = async ({ deskStore }: TestDesk): Promise<Objection> => {
  const [objection, ...others] = await deskStore.listObjections('r');
  expect(others).toEqual([]);
  return objection!;
};
/** One objection of organization one, and where its decision is sent. */
async function objected(
  test: TestDesk,
  change: Partial<typeof SAID> & { readonly address?: string } = {},
): Promise<string> {
  const path = await addressFor(await test.as('operator', { id: 'maker' }), 'one');
  expect((await test.stranger().send(`${path}/object`, { ...SAID, ...change })).status).toBe(303);
  const [last] = (await test.deskStore.listObjections('r')).slice(-1);
  return `/rounds/r/objections/${last!.id}`;
}
const UPHELD = { upheld: 'yes', verdict: 'pass', note: 'The stored page has it.' };

describe('the address of a preview', () => {
  it('is shown once, to the operator alone, and opens the verdicts of that organization to whoever has it', async () => {
    const test = await openRound();
    const operator = await test.as('operator');
    const path = await addressFor(operator, 'one');
    const page = await english(test.stranger(), path);
    for (const part of [
      'One has none.',
      'Service one has none.',
      'Search',
      'So that services are found.',
      'Objections are taken until',
    ])
      expect(page).toContain(part);
    expect((await (await test.as('senior')).post('/rounds/r/organizations/one/preview')).status).toBe(403);
    expect((await operator.post('/rounds/r/organizations/nobody/preview')).status).toBe(404);
    const journal = (await test.deskStore.listJournal(50, null)).map(({ value }) => value);
    expect(journal.some(({ what, target }) => what === 'preview-invited' && target === 'r one')).toBe(true);
    expect(JSON.stringify(journal)).not.toContain(path.slice('/preview/'.length));
  });

  it('shows nothing of others, neither their verdicts nor where it stands among them', async () => {
    const test = await openRound();
    const path = await addressFor(await test.as('operator'), 'one');
    const page = await english(test.stranger(), path);
    expect(page).not.toMatch(/two|Two has one|rank/i);
  });

  it('opens the stored pages of that organization and no other, whatever is written in the address', async () => {
    const test = await openRound();
    const path = await addressFor(await test.as('operator'), 'one');
    const visitor = test.stranger();
    const stored = await visitor.get(`${path}/stored?rule=${RULE}&n=0`);
    expect(await stored.text()).toContain('www.one.example');
    expect(stored.headers.get('content-security-policy')).toContain('sandbox');
    expect(await (await visitor.get(`${path}/stored?organization=two&rule=${RULE}&n=0`)).text()).not.toContain('two');
    expect((await visitor.get(`${path}/stored?organization=two&service=s2&rule=${FAQ}&n=0`)).status).toBe(404);
    for (const wrong of ['9', '-1', '../0', ''])
      expect((await visitor.get(`${path}/stored?rule=${RULE}&n=${wrong}`)).status).toBe(404);
  });

  it('is no address any more when its time is over, and never was one when the secret is wrong', async () => {
    const test = await openRound();
    const path = await addressFor(await test.as('operator'), 'one');
    const visitor = test.stranger();
    for (const wrong of [`${path}x`, path.slice(0, -1), '/preview/x', `/preview/${'A'.repeat(43)}`])
      expect((await visitor.get(wrong)).status).toBe(404);
    test.wait(40 * DAY);
    expect((await visitor.get(path)).status).toBe(404);
    expect((await visitor.send(`${path}/object`, SAID)).status).toBe(404);
  });

  it('is not made before the preview, and an invitation to set a password is none', async () => {
    const test = await openTestDesk({ round: { registry, findings } });
    opened.push(test);
    expect((await (await test.as('operator')).post('/rounds/r/organizations/one/preview')).status).toBe(409);
    const invited = await invite(
      { desk: test.deskStore, now: test.tools.now },
      { person: 'operator', by: 'test', from: '' },
    );
    expect((await test.stranger().get(`/preview/${invited!.secret}`)).status).toBe(404);
  });

  it('still shows what was published, and takes no objection to it', async () => {
    const test = await openRound();
    const path = await addressFor(await test.as('operator'), 'one');
    await test.store.publishRound(
      'r',
      { kind: 'published', by: 'x', note: '', at: at(61) },
      [{ position: 0, kind: 'header', key: '', digest: 'd', hash: 'h', content: null }],
      await test.store.countRound('r'),
    );
    const page = await english(test.stranger(), path);
    expect(page).toContain('This round is published');
    expect(page).not.toContain('/object?');
    expect((await test.stranger().send(`${path}/object`, SAID)).status).toBe(409);
  });

  it('is not needed by a person of the organization, who sees its own verdicts and no others', async () => {
    const test = await openRound();
    const person = await test.as('organization', { organization: 'two' });
    const page = await english(person, '/mine');
    expect(page).toContain('Two has one.');
    expect(page).not.toContain('One has none.');
    expect((await person.send('/mine/object', SAID)).status).toBe(403); // without its token
    expect((await person.post('/mine/object', SAID)).status).toBe(303);
    expect((await only(test)).organization).toBe('two');
    for (const path of ['/rounds/r', '/rounds/r/objections', `/rounds/r/stored?organization=one&rule=${RULE}&n=0`])
      expect((await person.get(path)).status).toBe(403);
    expect((await (await test.as('evaluator')).get('/mine')).status).toBe(403);
  });
});

describe('an objection', () => {
  it('is due later where the registry of the round names holidays', async () => {
    // a Wednesday, and a Friday, which is free anyway
    const busy = { ...registry, holidays: ['2026-03-25', '2026-03-27'] };
    const test = await openRound({ round: { registry: busy, findings, state: 'preview' } });
    await test.stranger().send(`${await addressFor(await test.as('operator'), 'one')}/object`, SAID);
    expect((await only(test)).due).toBe('2026-04-05T20:29:59.999Z');
  });

  it('is kept with what it is against, when it is due, and what the crawler saw', async () => {
    let asked: unknown = null;
    const test = await openRound({
      acts: {
        checkAddress: async (round, _registry, organization, url) => ((asked = [round.id, organization, url]), CHECK),
      },
    });
    const path = await addressFor(await test.as('operator'), 'one');
    const sent = await test.stranger().send(`${path}/object`, { ...SAID, address: 'https://www.one.example/new' });
    expect(sent.status).toBe(303);
    await expect.poll(async () => (await only(test)).check).toEqual(CHECK);
    expect(asked).toEqual(['r', 'one', 'https://www.one.example/new']);
    const objection = await only(test);
    expect(objection).toMatchObject({
      round: 'r',
      organization: 'one',
      service: null,
      rule: RULE,
      verdict: 'fail',
      seen: seenOf(findings[0]!),
      ground: 'error',
      by: 'Office of IT',
      decision: null,
    });
    // Thursdays and Fridays are free: ten working days from a Saturday
    expect(objection.due).toBe('2026-04-04T20:29:59.999Z');
    expect(await english(test.stranger(), sent.headers.get('location')!)).toContain('Your objection was kept');
    expect(await english(await test.as('reader'), '/rounds/r/objections')).toMatch(/Search page.*search_box/s);
    expect(
      await (await (await test.as('evaluator')).get(`/rounds/r/objections/${objection.id}/stored`)).text(),
    ).toContain('what was at the address');
  });

  it.each([
    ['no ground', { ground: '' }, 400],
    ['a ground that is none', { ground: 'because' }, 400],
    ['no text', { text: '  ' }, 400],
    ['nobody who speaks', { name: '' }, 400],
    ['an address that is not of the web', { address: 'javascript:alert(1)' }, 400],
    ['an address of a file', { address: 'file:///etc/passwd' }, 400],
    ['a verdict that there is not', { rule: 'presence/other' }, 404],
    ['a verdict of another organization', { rule: FAQ, service: 's2' }, 404],
  ])('is refused with %s', async (_, change, status) => {
    const test = await openRound();
    const path = await addressFor(await test.as('operator'), 'one');
    expect((await test.stranger().send(`${path}/object`, { ...SAID, ...change })).status).toBe(status);
    expect(await test.deskStore.listObjections('r')).toEqual([]);
  });

  it('is refused when its form comes from another site', async () => {
    const test = await openRound();
    const path = await addressFor(await test.as('operator'), 'one');
    expect((await test.stranger().send(`${path}/object`, SAID, { origin: 'https://evil.example' })).status).toBe(403);
  });

  it('is one at a time for a verdict, also when the form is sent twice at once', async () => {
    const test = await openRound();
    const path = await addressFor(await test.as('operator'), 'one');
    const visitor = test.stranger();
    const both = await Promise.all([visitor.send(`${path}/object`, SAID), visitor.send(`${path}/object`, SAID)]);
    expect(both.map(({ status }) => status).sort()).toEqual([303, 409]);
    expect((await visitor.send(`${path}/object`, SAID)).status).toBe(409);
    expect((await visitor.get(`${path}/object?rule=${RULE}`)).status).toBe(409);
    const { id } = await only(test);
    await test.deskStore.decideObjection(id, { upheld: false, verdict: null, by: 'x', at: at(70), note: 'no' });
    expect((await visitor.send(`${path}/object`, SAID)).status).toBe(303);
  });

  it('is refused after the tenth working day', async () => {
    const test = await openRound();
    const path = await addressFor(await test.as('operator'), 'one');
    const visitor = test.stranger();
    test.wait(14 * DAY); // Saturday, the tenth
    expect((await visitor.get(`${path}/object?rule=${RULE}`)).status).toBe(200);
    test.wait(DAY);
    expect((await visitor.send(`${path}/object`, SAID)).status).toBe(409);
    expect(await english(visitor, path)).toContain('The time for objections was over');
  });

  it('waits for no more than 200 others of its organization', async () => {
    const test = await openRound();
    const path = await addressFor(await test.as('operator'), 'one');
    for (let n = 0; n < 200; n++)
      await test.deskStore.addObjection(anObjection({ id: `o${n}`, rule: `presence/r${n}` }));
    expect((await test.stranger().send(`${path}/object`, SAID)).status).toBe(409);
  });

  it('is shown as text, whatever was written in it', async () => {
    const test = await openRound();
    await objected(test, { text: '<script>alert(1)</script>', name: '"><img src=x>' });
    const page = await english(await test.as('senior'), '/rounds/r/objections');
    expect(page).toContain('&lt;script&gt;alert(1)');
    expect(page).not.toMatch(/<script>alert|<img src=x/);
  });
});

describe('the decision on an objection', () => {
  it('puts the new verdict of that one finding in place, and scores follow', async () => {
    const test = await openRound();
    const path = await objected(test);
    const senior = await test.as('senior');
    const before = (await test.desk.board.round('r'))!.queue.score('one').total.score;
    expect((await senior.post(`${path}/decide`, UPHELD)).status).toBe(303);
    const board = (await test.desk.board.round('r'))!;
    expect((await board.settled({ organization: 'one', service: null, rule: RULE }))?.verdict).toBe('pass');
    expect((await board.settled({ organization: 'one', service: 's1', rule: FAQ }))?.verdict).toBe('fail');
    expect(board.queue.score('one').total.score).not.toBe(before);
    expect(board.ratings()).toMatchObject([{ purpose: 'objection', by: 'senior', answer: 'pass' }]);
    expect((await only(test)).decision).toMatchObject({
      upheld: true,
      verdict: 'pass',
      by: 'senior',
      note: UPHELD.note,
    });
    expect((await senior.post(`${path}/decide`, UPHELD)).status).toBe(409);
    const journal = (await test.deskStore.listJournal(50, null)).map(({ value }) => value.what);
    expect(journal).toEqual(expect.arrayContaining(['objected', 'objection-decided']));
  });

  it('cannot be taken back like the answer to a card', async () => {
    const test = await openRound();
    const path = await objected(test);
    const senior = await test.as('senior');
    await senior.post(`${path}/decide`, UPHELD);
    await senior.post('/rounds/r/undo');
    const board = (await test.desk.board.round('r'))!;
    expect((await board.settled({ organization: 'one', service: null, rule: RULE }))?.verdict).toBe('pass');
  });

  it('changes nothing when it is not upheld, or when it was mended since', async () => {
    const test = await openRound();
    const senior = await test.as('senior');
    await senior.post(`${await objected(test)}/decide`, { upheld: 'no', note: 'It is not on the stored page.' });
    const path = await addressFor(await test.as('operator'), 'one');
    await test.stranger().send(`${path}/object`, { ...SAID, service: 's1', rule: FAQ, ground: 'improved-since' });
    const second = (await test.deskStore.listObjections('r')).find(({ ground }) => ground === 'improved-since')!;
    expect(
      (await senior.post(`/rounds/r/objections/${second.id}/decide`, { upheld: 'yes', verdict: 'pass', note: 'Seen.' }))
        .status,
    ).toBe(303);
    expect((await test.deskStore.getObjection(second.id))?.decision).toMatchObject({ upheld: true, verdict: null });
    expect((await test.desk.board.round('r'))!.ratings()).toEqual([]);
    expect(await english(test.stranger(), path)).toMatch(
      /not upheld.*It is not on the stored page|recorded; it changes nothing/s,
    );
  });

  it.each([
    ['no reason', { ...UPHELD, note: ' ' }],
    ['no answer', { note: 'why' }],
    ['no new verdict', { ...UPHELD, verdict: '' }],
    ['the verdict that it was against', { ...UPHELD, verdict: 'fail' }],
    ['a verdict that nobody gives', { ...UPHELD, verdict: 'blocked' }],
  ])('is not kept with %s', async (_, form) => {
    const test = await openRound();
    const path = await objected(test);
    await (await test.as('senior')).post(`${path}/decide`, form);
    expect((await only(test)).decision).toBeNull();
  });

  it('is for an operator or a senior who has not judged that verdict and has no tie', async () => {
    const test = await openRound();
    const path = await objected(test);
    await test.deskStore.decide('r', {
      ratings: [aRating({ by: 'senior', seen: seenOf(findings[0]!) })],
      reviews: [],
      read: { ratings: -1, reviews: -1 },
    });
    expect((await (await test.as('senior')).post(`${path}/decide`, UPHELD)).status).toBe(403);
    expect((await (await test.as('evaluator')).post(`${path}/decide`, UPHELD)).status).toBe(403);
    const tied = await test.as('senior', { id: 'tied', ties: ['one'] });
    expect((await tied.post(`${path}/decide`, UPHELD)).status).toBe(403);
    expect((await tied.get(`${path}/stored`)).status).toBe(403);
    expect(await english(tied, '/rounds/r/objections')).not.toContain(SAID.text);
    expect((await only(test)).decision).toBeNull();
    expect((await (await test.as('operator')).post(`${path}/decide`, UPHELD)).status).toBe(303);
  });

  it('counts once it is made to, when the server stopped before what follows from it', async () => {
    const test = await openRound();
    const path = await objected(test);
    await test.deskStore.decideObjection((await only(test)).id, {
      upheld: true,
      verdict: 'pass',
      by: 'gone',
      at: at(62),
      note: 'It was there.',
    });
    const senior = await test.as('senior');
    expect(await english(senior, '/rounds/r/objections')).toContain('The server stopped');
    expect((await senior.post(`${path}/decide`)).status).toBe(303);
    const board = (await test.desk.board.round('r'))!;
    expect(board.ratings()).toMatchObject([
      { purpose: 'objection', by: 'gone', answer: 'pass', note: 'It was there.' },
    ]);
    expect((await senior.post(`${path}/decide`)).status).toBe(409);
  });

  it('is late when ten working days have passed, and the list says so', async () => {
    const test = await openRound();
    await objected(test);
    test.wait(20 * DAY);
    expect(await english(await test.as('reader'), '/rounds/r/objections')).toContain('overdue');
  });

  it('knows its round: the objection of another is not there', async () => {
    const test = await openRound();
    const path = await objected(test);
    const { names, edition, plan } = aRound();
    await openOther(test.store, {
      round: { id: 'other', names, period: null, edition, plan, revises: null, reason: null },
      registry,
      organizationIds: ['one'],
      rulesDigest: '',
      steps: new Map(),
      by: 'x',
      note: '',
      at: at(4),
    });
    const senior = await test.as('senior');
    expect((await senior.post(`${path.replace('/r/', '/other/')}/decide`, UPHELD)).status).toBe(404);
    expect((await senior.get(`${path.replace('/r/', '/other/')}/stored`)).status).toBe(404);
  });
});

describe('what objections say of an indicator', () => {
  const decided = (upheld: boolean, change: Partial<Objection> = {}, days = 2): Objection =>
    anObjection({
      at: at(0),
      decision: { upheld, verdict: null, by: 'x', at: at(days * 24 * 60), note: '' },
      ...change,
    });

  it('is the share of those decided that were upheld; more than a fifth, of five at least, is too much', () => {
    const shares = (upheld: number, of: number) =>
      upheldShares(Array.from({ length: of }, (_, at) => decided(at < upheld)));
    expect(shares(2, 5)).toEqual([{ rule: RULE, decided: 5, upheld: 2, isTooMuch: true }]);
    expect(shares(1, 5)[0]!.isTooMuch).toBe(false);
    expect(shares(4, 4)[0]!.isTooMuch).toBe(false);
  });

  it('does not count what waits, or was mended after the measurement', () => {
    expect(upheldShares([anObjection(), decided(true, { ground: 'improved-since' })])).toEqual([]);
  });

  it('has a median of days', () => {
    expect(medianDays([anObjection()])).toBeNull();
    expect(medianDays([decided(true, {}, 1), decided(true, {}, 9), decided(false, {}, 2)])).toBe(2);
    expect(medianDays([decided(true, {}, 1), decided(true, {}, 2)])).toBe(1.5);
  });
});
