/** The desk as people use it: in a real browser by keyboard alone, several at once, and without script. */
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { publishRound, roundOf, startPreview, startReview, verifyRound } from '../../src/audit/round.ts';
import { keyOf } from '../../src/core/settle.ts';
import { findChromium } from '../../src/crawl/fetch-browser.ts';
import { invite } from '../../src/desk/accounts.ts';
import { aPerson } from '../storage/fixtures.ts';
import { aCountry, cardIn, FAQ, INDICATORS, openCountry } from './country.ts';
import { PASSWORD, type Client, type TestDesk } from './desk.ts';

const executablePath = await findChromium(process.env);
const why = executablePath ? '' : ' (skipped: no Chromium on this machine)';
/** Steps of Tab after which something is out of reach. */
const REACH = 150;

const opened: TestDesk[] = [];
afterEach(async () => {
  for (const test of opened.splice(0)) {
    expect(test.faults).toEqual([]);
    await test.close();
  }
});
const open = async (...what: Parameters<typeof openCountry>): Promise<TestDesk> => {
  const test = await openCountry(...what);
  opened.push(test);
  return test;
};

/** A person at a keyboard. What is on the screen is read; nothing is ever clicked. */
interface Typist {
  readonly page: Page;
  visit(address: string): Promise<void>;
  /** Goes on with Tab until the focus is on it. */
  to(selector: string): Promise<void>;
  type(text: string): Promise<void>;
  /** From a list, by its first letters. */
  choose(beginning: string): Promise<void>;
  /** Presses a key that changes nothing but this page. */
  press(key: string): Promise<void>;
  /** Presses a key that leads to another page. */
  go(key: string): Promise<void>;
  /** Goes to a link or a button, and follows it. */
  follow(selector: string): Promise<void>;
  /** Follows what begins something long, and then its result. */
  finish(selector: string): Promise<void>;
  text(): Promise<string>;
}

function typistAt(page: Page): Typist {
  const has = async (selector: string): Promise<boolean> => (await page.$(`${selector}:focus`)) !== null;
  const typist: Typist = {
    page,
    visit: async (address) => void (await page.goto(address, { waitUntil: 'domcontentloaded' })),
    async to(selector) {
      for (let step = 0; step < REACH; step++) {
        if (await has(selector)) return;
        await page.keyboard.press('Tab');
      }
      throw new Error(`expected ${selector} within reach of Tab on ${page.url()}, found: ${await typist.text()}`);
    },
    type: (text) => page.keyboard.insertText(text),
    choose: (beginning) => page.keyboard.type(beginning),
    press: (key) => page.keyboard.press(key),
    async go(key) {
      const loaded = page.waitForEvent('domcontentloaded');
      await page.keyboard.press(key);
      await loaded;
    },
    async follow(selector) {
      await typist.to(selector);
      await typist.go('Enter');
    },
    async finish(selector) {
      await typist.follow(selector);
      await page.waitForSelector('.buttons a.main');
      await typist.follow('.buttons a.main');
    },
    text: () => page.innerText('main'),
  };
  return typist;
}

describe.skipIf(!executablePath)(`the desk in a browser${why}`, () => {
  let browser: Browser;
  beforeAll(async () => void (browser = await chromium.launch({ executablePath: executablePath! })), 60_000);
  afterAll(() => browser?.close());

  const contexts: BrowserContext[] = [];
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close();
  });
  const at = async (options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> => {
    const context = await browser.newContext({ locale: 'en', ...options });
    contexts.push(context);
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    return page;
  };
  const invited = async (test: TestDesk, id: string): Promise<string> => {
    const { secret } = (await invite(
      { desk: test.deskStore, now: test.tools.now },
      { person: id, by: 'test', from: '' },
    ))!;
    return `${test.origin}/enter/${secret}`;
  };
  /** Comes in by an address for one use. */
  const enter = async (address: string): Promise<Typist> => {
    const typist = typistAt(await at());
    await typist.visit(address);
    await typist.follow('a[hreflang=en]');
    await typist.to('input[name=password]');
    await typist.type(PASSWORD);
    await typist.to('input[name=again]');
    await typist.type(PASSWORD);
    await typist.go('Enter');
    return typist;
  };

  it('takes a round from its beginning to its publication by keyboard alone', { timeout: 120_000 }, async () => {
    const doers = { early: false, rulesDigest: 'digest of the rules', judge: async () => [] };
    const test: TestDesk = await open(aCountry(['one', 'two', 'three'], 2), {
      served: true,
      state: 'open',
      acts: {
        beginReview: (round, doer) => startReview(test.store, round, doer, doers),
        beginPreview: (round, doer) => startPreview(test.store, round, doer),
        publish: (round, doer) => publishRound(test.store, round, doer, INDICATORS),
        checkAddress: async () => ({ at: new Date(test.tools.now()).toISOString(), outcome: 'page', status: 200, url: 'https://www.one.example/faq', title: 'Questions', snapshot: null, signals: [] }),
      },
    });
    const ratings = async () => (await test.deskStore.listRatings('r', -1)).map(({ value }) => value);
    await test.deskStore.addPerson(aPerson({ id: 'operator', name: 'Omid', role: 'operator' }));

    // the operator comes in, lets two others in, and begins the review
    const operator = await enter(await invited(test, 'operator'));
    const addresses: string[] = [];
    for (const [id, role] of [['sara', 'e'], ['reza', 's']] as const) {
      await operator.follow('nav a[href="/people"]');
      await operator.to('#id');
      await operator.type(id);
      await operator.to('#name');
      await operator.type(`Name of ${id}`);
      await operator.to('#role');
      await operator.choose(role);
      await operator.follow('main form.step button.main');
      addresses.push(await operator.page.inputValue('#address'));
    }
    await operator.follow('header .brand a');
    await operator.follow('main a[href="/rounds/r"]');
    await operator.finish('main form[action$="/review"] button.main');
    expect(await operator.text()).toContain('Queue');

    // the evaluator answers all there is with every key, and takes the third answer back
    const sara = await enter(addresses[0]!);
    await sara.go('Enter');
    const keys = ['1', '3', '2', '5', '4', '1', '3', '1', '2', '1', '3', '1'];
    let answered = 0;
    for (const key of keys) {
      if (!(await sara.page.$('article.card'))) break;
      await sara.go(key);
      expect(await sara.text()).toContain('Kept');
      if (++answered !== 3) continue;
      await sara.go('u');
      expect(await sara.text()).toContain('taken back');
      await sara.go(key);
    }
    expect(await sara.text()).toContain('No card is left for you');
    // also the last one, when nothing comes after it
    await sara.go('u');
    await sara.go('1');
    expect((await ratings()).filter(({ answer }) => answer === null)).toHaveLength(2);

    // the senior reads what needs two, and settles what is disputed with a reason
    const reza = await enter(addresses[1]!);
    await reza.go('Enter');
    let settled = 0;
    for (let step = 0; step < 20 && (await reza.page.$('article.card')); step++) {
      const isDisputed = await reza.page.$('input[name=purpose][value=adjudication]');
      if (isDisputed) {
        await reza.press('n');
        await reza.type(`Number ${++settled} stands on the page.`);
        await reza.press('Escape');
      }
      await reza.go('1');
      expect(await reza.text()).toMatch(/Kept/);
    }
    expect(settled).toBeGreaterThan(0);
    expect((await ratings()).filter(({ purpose, note }) => purpose === 'adjudication' && /^Number \d stands/.test(note))).toHaveLength(settled);

    // the operator shows it to the organizations, and makes an address for one of them
    const mine = (await ratings()).filter(({ by }) => by === 'reza').map(keyOf);
    const alone = (await ratings()).find((one) => one.by === 'sara' && one.rule === FAQ && one.answer === 'fail' && !mine.includes(keyOf(one)))!;
    await operator.finish('main form[action$="/preview"] button.main');
    await operator.follow(`main a[href$="/organizations/${alone.organization}"]`);
    await operator.follow('main form[action$="/preview"] button');
    const preview = await operator.page.inputValue('input.address');

    // the organization objects
    const guest = typistAt(await at());
    await guest.visit(preview);
    await guest.follow('a[hreflang=en]');
    await guest.follow(`a[href*="/object?service=${alone.service}&"]`);
    await guest.to('input[name=ground]');
    await guest.press('Space');
    await guest.to('#text');
    await guest.type('The questions stand at the foot of the page.');
    await guest.to('#address');
    await guest.type('https://www.one.example/faq');
    await guest.to('#name');
    await guest.type('Office of IT');
    await guest.go('Enter');
    expect(await guest.text()).toContain('Your objection was kept');

    // the senior, who had not read that verdict, decides
    await reza.follow('header .brand a');
    await reza.follow('main a[href="/rounds/r"]');
    await reza.follow('main a[href$="/objections"]');
    expect(await reza.text()).toContain('The questions stand at the foot of the page.');
    await reza.to('input[name=upheld]');
    await reza.press('Space');
    await reza.to('select[name=verdict]');
    await reza.choose('p');
    await reza.to('textarea[name=note]');
    await reza.type('They do.');
    await reza.follow('form[action$="/decide"] button.main');
    expect(await reza.text()).toContain('Upheld');

    await operator.follow('header .brand a');
    await operator.follow('main a[href="/rounds/r"]');
    await operator.to('input[name=sure]');
    await operator.press('Space');
    await operator.finish('main form[action$="/publish"] button.main');
    expect(await operator.text()).toContain('Root of its chain');

    await guest.visit(preview);
    expect(await guest.text()).toContain('They do.');
    const round = await roundOf(test.store, 'r');
    expect(round.state).toBe('published');
    expect(await verifyRound(test.store, round, INDICATORS, null)).toMatchObject({ organizations: 3, broken: [] });
    const [first] = await test.deskStore.listObjections('r');
    expect(first).toMatchObject({ service: alone.service, check: { title: 'Questions' }, decision: { by: 'reza', upheld: true, verdict: 'pass' } });

    // and out again
    await operator.follow('form[action="/sign-out"] button');
    await operator.visit(`${test.origin}/people`);
    expect(new URL(operator.page.url()).pathname).toBe('/sign-in');
  }); // prettier-ignore

  it('knows the keys of a Persian keyboard', { timeout: 30_000 }, async () => {
    const test = await open(aCountry(['one'], 3), { served: true });
    await test.deskStore.addPerson(aPerson());
    const { page, follow, visit } = await enter(await invited(test, 'sara'));
    await follow('main a.main');
    const subject = (): Promise<string> => page.innerText('.card .under');
    /** Keys that no Latin keyboard has. */
    const go = async (key: string): Promise<void> => {
      const loaded = page.waitForEvent('domcontentloaded');
      await page.dispatchEvent('body', 'keydown', { key });
      await loaded;
    };
    const first = await subject();
    await go('۰');
    expect(await subject()).not.toBe(first);
    await visit(page.url().replace(/skip=.*/, ''));
    const second = await subject();
    await go('۳');
    expect(await subject()).not.toBe(second);
    await go('ع');
    expect(await subject()).toBe(second);
    expect((await test.deskStore.listRatings('r', -1)).map(({ value }) => value.answer)).toEqual(['fail', null]);
  });

  it('does all of it without script as well', { timeout: 30_000 }, async () => {
    const test = await open(aCountry(['one'], 3), { served: true });
    await test.as('evaluator', { id: 'sara' });
    const page = await at({ javaScriptEnabled: false });
    await page.goto(`${test.origin}/rounds/r/cards/next`);
    await page.click('a[hreflang=en]');
    await page.fill('#name', 'sara');
    await page.fill('#password', PASSWORD);
    await page.click('main button.main');
    const asked = await page.innerText('.card h1');
    const subject = await page.innerText('.card .under');
    await page.fill('#note', 'Nothing there.');
    await page.click('button[value=fail]');
    expect(await page.innerText('[role=status]')).toContain('Kept');
    expect(await page.innerText('.card .under')).not.toBe(subject);
    await page.click('button[data-key=U]');
    expect([await page.innerText('.card h1'), await page.innerText('.card .under')]).toEqual([asked, subject]);
    await page.click('button[value=pass]');
    const said = (await test.deskStore.listRatings('r', -1)).map(({ value }) => value);
    expect(said.map(({ answer, note, by }) => [answer, note, by])).toEqual([
      ['fail', 'Nothing there.', 'sara'],
      [null, '', 'sara'],
      ['pass', '', 'sara'],
    ]);
  });
});

describe('two reviewers at once on one queue', () => {
  it('lose no decision, double none, and never have the same card before them', { timeout: 60_000 }, async () => {
    const test = await open(aCountry(Array.from({ length: 12 }, (_, n) => `o${n}`), 5), { served: true });
    /** What each has before them at this moment. */
    const before = new Map<string, string>();
    const kept: { readonly decision: string; readonly by: string }[] = [];
    const work = async (id: string, client: Client): Promise<void> => {
      client.cookies.set('rasad-lang', 'en');
      const token = await client.token();
      for (let turn = 0; ; turn++) {
        const html = await (await client.get('/rounds/r/cards/next')).text();
        const { card, decision, purpose } = cardIn(html);
        if (card === '') return;
        // a settled one is there to check its reader, and may be before several
        if ((await test.desk.board.round('r'))!.queue.card(card)?.state !== 'settled') for (const [other, shown] of before) if (other !== id) expect(shown).not.toBe(card);
        before.set(id, card);
        await new Promise((resolve) => setTimeout(resolve, turn % 3));
        const fields = { token, decision, purpose, answer: turn % 4 === 0 ? 'fail' : 'pass', note: '' };
        before.delete(id);
        // a form that is sent twice at once, as a hasty hand does
        const send = () => openTwin(client, test).send(`/rounds/r/cards/${card}`, fields);
        const said = await Promise.all([send(), send()]);
        expect(said.map(({ status }) => status)).toEqual([303, 303]);
        const words = said.map((one) => decodeURIComponent(one.headers.getSetCookie().join()));
        expect(words.filter((one) => /Kept/.test(one))).toHaveLength(1);
        expect(words.filter((one) => /was kept before/.test(one))).toHaveLength(1);
        kept.push({ decision, by: id });
      }
    };
    const [sara, reza] = [await test.as('evaluator', { id: 'sara' }), await test.as('evaluator', { id: 'reza' })];
    // what one had before them at the end, the other may still have to read
    for (let last = -1; last < kept.length;) {
      last = kept.length;
      await Promise.all([work('sara', sara), work('reza', reza)]);
    }

    expect(kept.length).toBeGreaterThan(60);
    for (const id of ['sara', 'reza']) expect(kept.filter(({ by }) => by === id).length).toBeGreaterThan(20);
    const ratings = (await test.deskStore.listRatings('r', -1)).map(({ value }) => value);
    expect(ratings.map(({ decision, by }) => `${by} ${decision}`).sort()).toEqual(kept.map(({ decision, by }) => `${by} ${decision}`).sort());
    const reviews = (await test.deskStore.listReviewsAfter('r', -1)).map(({ value }) => value);
    expect(new Set(reviews.map(keyOf)).size).toBe(reviews.length);
    const { queue } = (await test.desk.board.round('r'))!;
    const readings = ratings.filter(({ purpose }) => purpose === 'reading');
    for (const key of new Set(readings.map(keyOf))) {
      const own = readings.filter((one) => keyOf(one) === key);
      const card = queue.card(queue.cardOf(own[0]!)!)!;
      expect([key, own.map(({ by }) => by)]).toEqual([key, [...new Set(own.map(({ by }) => by))]]);
      expect([key, own.length]).toEqual([key, card.readersNeeded]);
      // what counts is what they said alike
      expect([key, reviews.find((one) => keyOf(one) === key)?.verdict ?? null]).toEqual([key, new Set(own.map(({ answer }) => answer)).size === 1 ? own[0]!.answer : null]);
    }
    expect(new Set(readings.map(keyOf)).size).toBe(72);
  }); // prettier-ignore
});

/** Another tab of the same browser. */
function openTwin(client: Client, test: TestDesk): Client {
  const twin = test.stranger();
  for (const [name, value] of client.cookies) twin.cookies.set(name, value);
  return twin;
}
