/** Every kind of page of the desk in a real browser: nothing fails, axe finds nothing, everything fits and is explained. */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { createAdaptorServer } from '@hono/node-server';
import axe, { type AxeResults } from 'axe-core';
import { load } from 'cheerio';
import { HtmlValidate } from 'html-validate';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { QUESTIONS } from '../../rules/questions.ts';
import { RULES } from '../../rules/index.ts';
import { UserError } from '../../src/core/errors.ts';
import type { Finding } from '../../src/core/model.ts';
import type { Role } from '../../src/core/person.ts';
import { findChromium } from '../../src/crawl/fetch-browser.ts';
import { indicators } from '../../src/cli/compose.ts';
import { invite } from '../../src/desk/accounts.ts';
import { anOrganization, aService } from '../audit/fake-country.ts';
import { aFinding, anAudit, anEdition, aReaudit, aRegistry, aSnapshot, at } from '../storage/fixtures.ts';
import { openTestDesk, ORIGIN, type Client, type TestDesk } from './desk.ts';

const executablePath = await findChromium(process.env);
const why = executablePath ? '' : ' (skipped: no Chromium on this machine)';

const [PAGE, OTHER] = ['a'.repeat(64), 'b'.repeat(64)];
const SEARCH = 'presence/search-works';
const FAQ = 'interaction/faq';
const FEE = 'presence/fee-time-published';
const GATEWAY = 'transaction/e-payment';
const registry = aRegistry({
  organizations: ['one', 'two', 'three'].map((id) => anOrganization(id, { names: { fa: `سازمان ${id}`, en: `Agency ${id}` } })),
  services: ['s1', 's2', 's3', 's4'].map((id) => aService(id, 'one')),
}); // prettier-ignore
const on = (snapshot: string, url = 'https://www.one.example/') => [{ url, snapshot, selector: 'form', quote: 'جستجو در خدمات', language: 'fa' }]; // prettier-ignore
const searched = ['', 'services', 'faq', 'contact'].map((path) => ({ place: 'home', url: `https://www.one.example/${path}`, read: true, detail: 'read' })); // prettier-ignore
const findings: readonly Finding[] = [
  aFinding({ rule: SEARCH, verdict: 'unclear', evidence: on(PAGE) }),
  aFinding({ rule: FAQ, service: 's1', verdict: 'fail', searched }),
  ...['s2', 's3', 's4'].map((service) => aFinding({ rule: FEE, service, verdict: 'unclear', evidence: on(PAGE) })),
  aFinding({ rule: GATEWAY, service: 's1', verdict: 'fail', evidence: on(OTHER) }),
  aFinding({ organization: 'two', rule: SEARCH, verdict: 'unclear' }),
  aFinding({ organization: 'two', rule: FAQ, verdict: 'pass' }),
];
const RULE_IDS = [SEARCH, FAQ, FEE, GATEWAY];

const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    'doctype-style': ['error', { style: 'lowercase' }],
    // tables that become cards on a phone would lose their roles to `display: block`
    'no-redundant-role': 'off',
    // what a button or a field is when nothing is said is what is meant
    'no-implicit-button-type': 'off',
    'no-implicit-input-type': 'off',
    // only for who has no script
    'meta-refresh': 'off',
    'aria-label-misuse': ['error', { allowAnyNamable: true }],
    // a part of a page that is scrolled is no section of its outline
    'prefer-native-element': ['error', { exclude: ['region'] }],
  },
});
const faultsOf = (html: string): string[] =>
  validator.validateStringSync(html).results.flatMap(({ messages }) => messages.map(({ ruleId, message, line, column }) => `${ruleId}: ${message} at ${line}:${column}`)); // prettier-ignore

interface Served {
  readonly test: TestDesk;
  readonly origin: string;
  readonly clients: ReadonlyMap<string, Client>;
  close(): Promise<void>;
}

/** A desk with a person of each role, under an address that a browser can open. */
async function serve(state: 'open' | 'reviewing' | 'preview'): Promise<Served> {
  let handle: (request: Request) => Response | Promise<Response> = () => new Response('starting', { status: 503 });
  const server = createAdaptorServer({ fetch: (request) => handle(request) });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const test = await openTestDesk({
    round: { registry, findings, state, edition: anEdition({ weights: Object.fromEntries(RULE_IDS.map((id) => [id, 25])), stageWeights: { presence: 40, interaction: 30, transaction: 30, integration: 0, participation: 0 } }) },
    acts: {
      reaudit: async (_round, organization, _doer, say, signal) => {
        const address = `https://www.one.example/${'%D8%AC'.repeat(60)}/`;
        say({ fa: `${address} – صفحه`, en: `${address} – page` });
        if (organization === 'two') throw new UserError({ fa: 'وبگاه پاسخ نمی‌دهد.', en: 'The site does not answer.' });
        return new Promise<string>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
      },
      checkAddress: async () => ({ at: at(61), outcome: 'page', status: 200, url: 'https://www.one.example/new', title: 'صفحه', snapshot: null, signals: ['search_box'] }),
    },
    tools: {
      indicators,
      rules: new Map(RULES.map((rule) => [rule.id, rule])),
      questions: QUESTIONS,
      severe: new Set([GATEWAY]),
      asset: (name) => readFile(fileURLToPath(import.meta.resolve(`vazirmatn/fonts/webfonts/${name}`))),
      evidence: {
        text: async () => '<html lang="fa"><body dir="rtl"><main><h1>درگاه</h1><form><label>جستجو <input name="q"></label></form></main></body></html>',
        picture: async () => null,
        textOf: async () => null,
        layout: async () => null,
      },
    },
    options: { origins: [ORIGIN, origin] },
  }); // prettier-ignore
  handle = (request) => test.desk.fetch(request);
  const clients = new Map<string, Client>();
  for (const role of ['operator', 'senior', 'evaluator', 'reader', 'organization'] as const) clients.set(role, await test.as(role)); // prettier-ignore
  clients.set('second', await test.as('evaluator', { id: 'second' }));
  return {
    test, origin, clients,
    async close() {
      server.close();
      if ('closeAllConnections' in server) server.closeAllConnections();
      await test.close();
    },
  };
} // prettier-ignore

const look = ({ store }: TestDesk, auditId: string, hash: string, path: string, ordinal: number): Promise<void> =>
  store.saveSnapshot(aSnapshot({ auditId, ordinal, url: `https://www.one.example/${path}`, body: { hash, size: 9, encoding: 'gzip' }, serviceIds: [] })); // prettier-ignore

/** Puts looks behind the verdicts. */
async function lookAt({ test }: Served): Promise<void> {
  const [round] = await test.store.listRounds();
  for (const [ordinal, path] of ['', 'services', 'faq', 'contact'].entries())
    await look(test, round!.auditId, ordinal === 0 ? PAGE : OTHER, path, ordinal);
}

/** Two readers who differ, and a re-audit beside the round. */
async function answer({ test, clients }: Served): Promise<void> {
  const { store } = test;
  for (const [reader, said] of [['evaluator', 'pass'], ['second', 'fail']] as const)
    await clients.get(reader)!.post(`/rounds/r/cards/${await cardOf(test, GATEWAY)}`, { answer: said, purpose: 'reading', decision: `decision-${reader}`, note: 'دیدم' }); // prettier-ignore
  await store.createAudit(anAudit({ id: 'again', trigger: 'demand' }), registry);
  await store.addReaudit(aReaudit({ audit: 'again' }));
  await store.leaseJob('again', 'anna', at(6), at(9));
  await store.completeJob('again', 'one', 'anna', { findings: findings.filter(({ organization }) => organization === 'one').map((one) => ({ ...one, verdict: 'pass' })), skipped: [] }); // prettier-ignore
  await look(test, 'again', PAGE, '', 0);
  await store.finishAudit('again', at(7));
}
async function cardOf({ desk }: TestDesk, rule: string): Promise<string> {
  const { queue } = (await desk.board.round('r'))!;
  return queue.cardOf(findings.find((one) => one.rule === rule)!)!;
}

type Who = Role | 'nobody' | 'second';
type State = 'open' | 'reviewing' | 'preview';
/** A page, who opens it, in which state of the round, and where it is. */
type Case = readonly [
  name: string,
  who: Who,
  state: State,
  path: string | ((served: Served) => Promise<string>),
  status?: number,
];

const located = async (response: Promise<Response>): Promise<string> => (await response).headers.get('location')!;
const card =
  (rule: string) =>
  async ({ test }: Served) =>
    `/rounds/r/cards/${await cardOf(test, rule)}`;
const previewOf = async ({ clients }: Served): Promise<string> =>
  /(\/preview\/[\w-]{43})/.exec(
    await (await clients.get('operator')!.post('/rounds/r/organizations/one/preview')).text(),
  )![1]!;
const object = async (served: Served): Promise<void> =>
  void (await served.test.stranger().send(`${await previewOf(served)}/object`, { service: '', rule: SEARCH, ground: 'error', text: 'آن روز هم بود.', name: 'دفتر', address: 'https://www.one.example/new' })); // prettier-ignore

const CASES: readonly Case[] = [
  ['sign-in', 'nobody', 'reviewing', '/sign-in'],
  ['setting a password', 'nobody', 'reviewing', async ({ test }) => `/enter/${(await invite({ desk: test.deskStore, now: test.tools.now }, { person: 'reader', by: 'test', from: '' }))!.secret}`],
  ['the first page', 'operator', 'reviewing', '/'],
  ['the first page while looking', 'evaluator', 'open', '/'],
  ['a round while looking', 'operator', 'open', '/rounds/r'],
  ['a round in review', 'operator', 'reviewing', '/rounds/r'],
  ['a round in preview', 'operator', 'preview', '/rounds/r'],
  ['the queue', 'evaluator', 'reviewing', '/rounds/r/queue'],
  ['an empty choice of the queue', 'evaluator', 'reviewing', '/rounds/r/queue?stage=participation'],
  ['a card on evidence', 'evaluator', 'reviewing', card(SEARCH)],
  ['a card on places that were searched', 'evaluator', 'reviewing', card(FAQ)],
  ['a card of many verdicts', 'second', 'reviewing', card(FEE)],
  ['a card in dispute', 'senior', 'reviewing', card(GATEWAY)],
  ['nothing left', 'evaluator', 'reviewing', '/rounds/r/cards/next?rule=none'],
  ['agreement', 'operator', 'reviewing', '/rounds/r/agreement'],
  ['agreement before anybody answered', 'reader', 'preview', '/rounds/r/agreement'],
  ['an organization', 'operator', 'preview', '/rounds/r/organizations/one'],
  ['an organization without verdicts', 'reader', 'reviewing', '/rounds/r/organizations/three'],
  ['a task under way', 'operator', 'reviewing', ({ clients }) => located(clients.get('operator')!.post('/rounds/r/organizations/one/reaudit', { reason: 'x' }))],
  ['a task that failed', 'operator', 'reviewing', ({ clients }) => located(clients.get('operator')!.post('/rounds/r/organizations/two/reaudit', { reason: 'x' }))],
  ['a re-audit', 'operator', 'reviewing', '/rounds/r/reaudits/again'],
  ['a preview', 'nobody', 'preview', previewOf],
  ['the preview of an account', 'organization', 'preview', '/mine'],
  ['an objection', 'organization', 'preview', `/mine/object?service=s1&rule=${encodeURIComponent(FAQ)}`],
  ['no preview', 'organization', 'open', '/mine'],
  ['objections', 'senior', 'preview', '/rounds/r/objections'],
  ['people', 'operator', 'reviewing', '/people'],
  ['a person', 'operator', 'reviewing', '/people/evaluator'],
  ['the journal', 'operator', 'reviewing', '/journal'],
  ['an account', 'evaluator', 'reviewing', '/account'],
  ['a page for others', 'evaluator', 'reviewing', '/people', 403],
  ['no page', 'evaluator', 'reviewing', '/nowhere', 404],
  ['an address that was used', 'nobody', 'reviewing', `/enter/${'x'.repeat(43)}`, 404],
]; // prettier-ignore

const VIEWS = [
  { lang: 'fa', width: 390, colorScheme: 'light' },
  { lang: 'en', width: 1440, colorScheme: 'dark' },
  { lang: 'fa', width: 1440, colorScheme: 'dark' },
  { lang: 'en', width: 390, colorScheme: 'light' },
] as const;

/** Latin digits that stand in Persian text; codes, addresses and what websites say keep theirs. */
const LATIN_DIGITS = `(() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  for (let node; (node = walker.nextNode()); )
    if (/[0-9]/.test(node.data.replace(/AC[12]/g, '')) && !node.parentElement.closest('code,bdi,[dir=ltr],textarea')) found.push(node.data.trim());
  return found;
})()`;

/** A key that no layout known to the driver has. */
const press = (page: Page, key: string): Promise<unknown> =>
  page.evaluate(
    `document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: '${key}', bubbles: true, cancelable: true }))`,
  );

describe.skipIf(!executablePath)(`the desk in a browser${why}`, () => {
  let browser: Browser;
  const desks = new Map<State, Served>();

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath! });
    for (const state of ['open', 'reviewing', 'preview'] as const) desks.set(state, await serve(state));
    for (const served of desks.values()) await lookAt(served);
    await answer(desks.get('reviewing')!);
    await object(desks.get('preview')!);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    for (const served of desks.values()) {
      expect(served.test.faults).toEqual([]);
      await served.close();
    }
  });

  /** A page as this person sees it. */
  async function open(state: State, who: Who, lang: 'fa' | 'en', view: BrowserContextOptions): Promise<Page> {
    const { origin, clients } = desks.get(state)!;
    const context = await browser.newContext({ baseURL: origin, ...view });
    const cookies = [...(clients.get(who)?.cookies ?? []), ['rasad-lang', lang] as const];
    await context.addCookies(cookies.filter(([name]) => name !== 'rasad-said').map(([name, value]) => ({ name, value, url: origin }))); // prettier-ignore
    return context.newPage();
  }

  it.concurrent.each(CASES.map((one, at) => [one[0], one, VIEWS[at % VIEWS.length]!] as const))('%s has no fault, fits and is explained', async (_, [, who, state, path, status = 200], { lang, width, colorScheme }) => {
    const { clients, test } = desks.get(state)!;
    const address = typeof path === 'string' ? path : await path(desks.get(state)!);
    for (const language of ['fa', 'en']) {
      const client = clients.get(who) ?? test.stranger();
      const cookie = [...client.cookies, ['rasad-lang', language]].map(([name, value]) => `${name}=${value}`).join('; ');
      const html = await (await client.get(address, { cookie })).text();
      expect([language, faultsOf(html)]).toEqual([language, []]);
      const $ = load(html);
      expect([$('html').attr('lang'), $('html').attr('dir')]).toEqual([language, language === 'fa' ? 'rtl' : 'ltr']);
      expect([$('h1').length, $('details.help li').length > 0]).toEqual([1, true]);
      const unlabelled = $('input:not([type=hidden],[hidden]),select,textarea').filter((__, control) => $(control).closest('label').length + $(`label[for="${$(control).attr('id')}"]`).length + Number($(control).is('[aria-label]')) === 0); // prettier-ignore
      expect(unlabelled.map((__, control) => $(control).attr('name')).get()).toEqual([]);
    }
    const page = await open(state, who, lang, { viewport: { width, height: width < 500 ? 844 : 900 }, colorScheme });
    const faults: string[] = [];
    page.on('requestfailed', (request) => faults.push(`failed: ${request.url()}`));
    page.on('console', (message) => faults.push(`console: ${message.text()}`));
    page.on('pageerror', (error) => faults.push(String(error)));
    expect((await page.goto(address))!.status()).toBe(status);
    if (lang === 'fa') expect(await page.evaluate(LATIN_DIGITS)).toEqual([]);
    await page.evaluate("document.querySelectorAll('details').forEach((details) => (details.open = true)); scrollTo(0, document.body.scrollHeight)"); // prettier-ignore
    // the policy of the pages forbids script elements; what a tester evaluates is not subject to it
    await page.evaluate(axe.source);
    const options = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], preload: false, iframes: false };
    const { violations } = await page.evaluate<AxeResults>(`axe.run(document, ${JSON.stringify(options)})`);
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    expect(faults.filter((fault) => status === 200 || !fault.includes(String(status)))).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    await page.context().close();
  }, 60_000); // prettier-ignore

  describe('a card', () => {
    const view = { viewport: { width: 1440, height: 900 } };

    it.each([SEARCH, FAQ, FEE])('on %s fits a screen of 1440 × 900, and on a phone its answers are in sight', async (rule) => {
      const path = await card(rule)(desks.get('reviewing')!);
      const large = await open('reviewing', 'operator', 'fa', view);
      await large.goto(path);
      expect(await large.evaluate('document.documentElement.scrollHeight - innerHeight')).toBeLessThanOrEqual(0);
      for (const frame of await large.locator('iframe').all()) expect((await frame.boundingBox())!.height).toBeGreaterThan(200);
      await large.context().close();
      const small = await open('reviewing', 'operator', 'fa', { viewport: { width: 390, height: 844 } });
      await small.goto(path);
      const [first, last] = [small.locator('.say button').first(), small.locator('.say button').last()];
      const [top, bottom] = [(await first.boundingBox())!, (await last.boundingBox())!];
      expect(bottom.y + bottom.height).toBeLessThanOrEqual(844);
      expect(844 - top.y).toBeLessThan(844 / 5);
      await small.context().close();
    }, 30_000); // prettier-ignore

    it('opens the list of its keys with ?, with the Persian one too', async () => {
      const page = await open('reviewing', 'operator', 'fa', view);
      await page.goto(await card(SEARCH)(desks.get('reviewing')!));
      const keys = page.locator('.help .keys li');
      expect(await keys.first().isVisible()).toBe(false);
      await page.keyboard.press('?');
      expect(await keys.allInnerTexts()).toContainEqual(expect.stringMatching(/^۱\s+بله، برآورده$/));
      expect(await page.locator('.help > summary').evaluate((summary) => summary === summary.ownerDocument.activeElement)).toBe(true);
      await press(page, '؟');
      expect(await keys.first().isVisible()).toBe(false);
      await page.context().close();
    }, 30_000); // prettier-ignore

    it('takes Enter in the note as part of the note, and a Persian digit outside of it as an answer', async () => {
      const page = await open('reviewing', 'operator', 'fa', view);
      await page.goto(await card(FEE)(desks.get('reviewing')!));
      const here = page.url();
      await page.keyboard.press('n');
      await page.keyboard.type('۱');
      await page.keyboard.press('Enter');
      expect([page.url(), await page.locator('#note').inputValue()]).toEqual([here, '۱\n']);
      await page.keyboard.press('Escape');
      await press(page, '۱');
      await page.waitForURL((url) => url.href !== here);
      expect(await page.locator('.flash').innerText()).toMatch(/ثبت شد/);
      await page.context().close();
    }, 30_000);
  });

  it('opens the next card with Enter, unless something else has the focus', async () => {
    const page = await open('reviewing', 'senior', 'en', {});
    await page.goto('/');
    await page.getByRole('link', { name: 'Queue' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/queue$/);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/cards\//);
    await page.context().close();
  }, 30_000);

  it('renews a task in its place, and without script by itself', async () => {
    const { clients } = desks.get('preview')!;
    const path = await located(clients.get('operator')!.post('/rounds/r/organizations/one/reaudit', { reason: 'x' }));
    const page = await open('preview', 'operator', 'en', {});
    await page.goto(path);
    await page.evaluate("document.querySelector('.help > summary').focus()");
    const before = await page.locator('#steps .aside').first().innerText();
    desks.get('preview')!.test.wait(7000);
    await expect.poll(() => page.locator('#steps .aside').first().innerText(), { timeout: 10_000 }).not.toBe(before);
    expect(await page.evaluate("document.activeElement.matches('.help > summary')")).toBe(true);
    expect(await (await clients.get('operator')!.get(path)).text()).toContain('<noscript><meta http-equiv="refresh"');
    await page.context().close();
  }, 30_000);
});
