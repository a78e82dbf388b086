/**
 * The wall of hostile pages, in the browser: what a page's scripts try, the server must never hear of, and whatever they
 * do to the page, the look ends in time and the next one works.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAuthority, issueCertificate } from '../../seeds/certificates.ts';
import type { FetchOutcome } from '../../src/core/model.ts';
import type { BrowserFetcher, RenderedAnswer, RenderOptions } from '../../src/crawl/contract.ts';
import { findChromium, openBrowserFetcher } from '../../src/crawl/fetch-browser.ts';
import { readHostMap } from '../../src/crawl/host-map.ts';
import { cropOf } from '../../src/report/crop.ts';
import { pictureSize } from '../../src/report/picture-size.ts';
import { contentPage, drip, startSite, type Site } from './sites.ts';

const executablePath = await findChromium(process.env);
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const shown = (outcome: FetchOutcome): string =>
  outcome.kind === 'refused'
    ? `refused ${outcome.by}`
    : outcome.kind === 'unreachable'
      ? `unreachable ${outcome.cause}`
      : outcome.kind;
const script = (code: string, more = ''): string => contentPage(`${more}<script>${code}</script>`);
const html = (response: ServerResponse, body: string, headers: Record<string, string> = {}, status = 200): void =>
  void response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(body);

/** What is asked of www.example.ir; anything else is answered with a short text, and counted. */
const PAGES: Record<string, string | ((response: ServerResponse, request: IncomingMessage) => void)> = {
  '/good': contentPage(),
  '/filled': script('setTimeout(() => { document.querySelector("main").insertAdjacentHTML("beforeend", "<p id=late>با تأخیر آمد</p>") }, 150)'),
  '/panel': script('fetch("/panel-content", { method: "POST", body: "id=1" }).then((r) => r.text()).then((t) => { document.getElementById("panel").innerHTML = t })', '<div id="panel"></div>'),
  '/panel-content': '<b>محتوای پنل</b>',
  '/never-settles': script('setInterval(() => { document.body.appendChild(document.createElement("i")) }, 20)'),
  '/endless-script': script('setTimeout(() => { while (true) {} }, 100)'),
  '/endless-at-once': script('while (true) {}'),
  '/dialogs': script('alert(1); confirm(2); prompt(3); window.onbeforeunload = () => "stay"; document.title = "after";'),
  '/dialog-loop': script('setTimeout(() => { while (true) alert(1) }, 50)'),
  '/popups': script('for (let n = 0; n < 30; n++) window.open("/popup-" + n); document.getElementById("a").click()', '<a id="a" target="_blank" href="/popup-link">x</a>'),
  '/write-storm': script('setInterval(() => { for (let n = 0; n < 200; n++) document.write("<p>" + "x".repeat(1000)) }, 5)'),
  '/memory': script('const all = []; setInterval(() => { for (let n = 0; n < 50; n++) all.push(new Array(1e6).fill(Math.random())) }, 1)'),
  '/big-dom': script('document.querySelector("main").innerHTML = "<p>" + "x".repeat(3000000)'),
  '/refresh': contentPage('', '<meta http-equiv="refresh" content="0">'),
  '/reload': script('location.reload()'),
  '/download': (response) => void response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-disposition': 'attachment; filename=x.bin' }).end(Buffer.alloc(1000)),
  '/script-download': script('const a = document.createElement("a"); a.href = "/download"; a.download = "x"; document.body.append(a); a.click()'),
  '/auto-post': script('document.getElementById("f").submit()', '<form id="f" method="post" action="/posted"><input name="a" value="1"></form>'),
  '/auto-post-frame': script('document.getElementById("f").submit()', '<iframe name="in"></iframe><form id="f" target="in" method="post" action="/posted-frame"></form>'),
  '/writes': script('for (const method of ["PUT", "DELETE", "PATCH"]) fetch("/written", { method, body: method === "GET" ? null : "x" }); navigator.sendBeacon("/written", "x"); fetch("http://other.example/written", { method: "POST", body: "x", mode: "no-cors" })'),
  '/votes': script('new Image().src = "/vote.jsp?votefor=1"; fetch("/poll/vote?votefor=2"); fetch("/delete/5", { method: "POST" })', '<iframe src="/logout"></iframe><link rel="stylesheet" href="/unsubscribe">'),
  '/vote-by-navigation': script('location.href = "/vote.jsp?votefor=1"'),
  '/private': script('fetch("http://10.0.0.1/").catch(() => {}); fetch("http://127.0.0.1:PORT/private-fetch", { mode: "no-cors" })', '<iframe src="http://127.0.0.1:PORT/private-frame"></iframe><img src="http://127.0.0.1:PORT/private-image"><script src="http://localhost:PORT/private-script"></script><img src="http://[::1]:PORT/private-six"><img src="http://rebound.example:PORT/private-name">'),
  '/to-private': (response) => void response.writeHead(302, { location: `http://127.0.0.1:${site.port}/private-redirect` }).end(),
  '/to-file': script('location.href = "file:///etc/passwd"'),
  '/to-data': script('location.href = "data:text/html,<h1>x</h1>"'),
  '/to-payment': script('location.href = "http://sep.shaparak.ir/pay"'),
  '/worker': script('navigator.serviceWorker && navigator.serviceWorker.register("/service-worker.js"); new Worker("/worker.js")'),
  '/worker.js': (response) => void response.writeHead(200, { 'content-type': 'text/javascript' }).end('fetch("/vote.jsp?votefor=9")'),
  '/service-worker.js': (response) => void response.writeHead(200, { 'content-type': 'text/javascript' }).end('fetch("/from-service-worker")'),
  '/socket': script('try { new WebSocket("ws://www.example.ir/socket-plain") } catch {} try { new WebSocket("wss://www.example.ir/socket-secure") } catch {} const peer = new RTCPeerConnection({ iceServers: [{ urls: "stun:127.0.0.1:PORT" }] }); peer.createDataChannel("x"); peer.createOffer().then((offer) => peer.setLocalDescription(offer))'),
  '/other-frame': contentPage('<iframe src="http://other.example/frame"></iframe>'),
  '/nested': contentPage('<table><tr><td>'.repeat(10_000)),
  '/many-requests': script('for (let n = 0; n < 200; n++) fetch("/many-" + n)'),
  '/challenge': '<h1>در حال بررسی مرورگر، پیش از انتقال به سایت هستیم ...</h1>',
  '/late-challenge': '<div id="app"></div><script>document.getElementById("app").innerHTML = "<h1>Checking your browser before accessing</h1>"</script>',
  '/missing': (response) => html(response, contentPage(), {}, 404),
  '/silent': () => {},
  '/endless': (response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.write(contentPage().replace('</body></html>', ''));
    drip(response, () => response.write('<p>x</p>'));
  },
  '/huge': (response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    const chunk = Buffer.alloc(256 * 1024, '<p>xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx</p>');
    const pour = (): void => void (response.destroyed || response.write(chunk, () => setImmediate(pour)));
    pour();
  },
  '/picture': contentPage('<img src="/image.png"><style>@font-face { font-family: x; src: url(/font.woff2) } p { font-family: x }</style><video src="/film.mp4" autoplay></video>'),
  '/image.png': (response) => void response.writeHead(200, { 'content-type': 'image/png' }).end(PNG),
  '/asks-password': (response) => void response.writeHead(401, { 'www-authenticate': 'Basic realm=x', 'content-type': 'text/html' }).end('who'),
}; // prettier-ignore

let site: Site;
let secureSite: Site;
let browser: BrowserFetcher;

describe.skipIf(executablePath === null)(
  'in the browser (skipped where no Chromium is found)',
  { timeout: 30_000 },
  () => {
    beforeAll(async () => {
      const answer = (request: IncomingMessage, response: ServerResponse): void => {
        const page = PAGES[request.url!];
        if (typeof page === 'function') page(response, request);
        else if (page !== undefined) html(response, page.replaceAll('PORT', String(site.port)));
        else if (request.url === '/frame')
          html(response, '<img src="/vote.jsp?votefor=7"><script>fetch("/from-frame"); fetch("/delete/1")</script>');
        else html(response, 'x', { 'access-control-allow-origin': '*' });
      };
      site = await startSite(answer);
      secureSite = await startSite(
        answer,
        await issueCertificate(await createAuthority(), { hosts: ['unrelated.example'] }),
      );
      browser = await openBrowserFetcher({
        executablePath: executablePath!,
        userAgent: 'RasadBot/0.1 (+https://rasad.example/robot)',
        hostMap: readHostMap([
          `www.example.ir=127.0.0.1:${site.port}/${secureSite.port}`,
          `other.example=127.0.0.1:${site.port}`,
          `third.example=127.0.0.1:${site.port}`,
          `sep.shaparak.ir=127.0.0.1:${site.port}`,
        ]),
        resolve: async (host) => {
          if (host === 'rebound.example') return [{ address: '127.0.0.1', family: 4 }];
          throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
        },
        limits: {
          silence: 250,
          settleTimeout: 1_200,
          totalTimeout: 2_500,
          patience: 800,
          maxHtml: 2_000_000,
          maxWireBytes: 8_000_000,
          maxRequests: 100,
        },
      });
      await look('/good');
    }, 30_000);
    afterAll(async () => {
      await browser?.close();
      await site?.close();
      await secureSite?.close();
    });

    const look = (path: string, options: RenderOptions = {}): Promise<RenderedAnswer> =>
      browser.render(`http://www.example.ir${path}`, options);
    /** Requests that the site heard of, beside the page itself. */
    const heardFrom = async (
      path: string,
      options: RenderOptions = {},
    ): Promise<{ answer: RenderedAnswer; heard: string[] }> => {
      const before = site.hits.length;
      const answer = await look(path, options);
      await new Promise((resolve) => setTimeout(resolve, 100));
      return { answer, heard: site.hits.slice(before).filter((hit) => hit !== `GET ${path}`) };
    };

    describe('what scripts make of a page is seen', () => {
      it('when it comes a moment later', async () => {
        const answer = await look('/filled');
        expect(answer.html).toContain('<p id="late">با تأخیر آمد</p>');
        expect(answer.html!.startsWith('<!DOCTYPE html><html')).toBe(true);
      });
      it('when a panel fetches it by POST from its own site', async () => {
        expect((await look('/panel')).html).toContain('محتوای پنل');
      });
      it('under a certificate that nobody trusts, which is a finding and no obstacle', async () => {
        expect(shown((await browser.render('https://www.example.ir/good')).outcome)).toBe('page');
      });
      it('by a browser that says who it is', async () => {
        let agent = '';
        PAGES['/agent'] = (response, request) => {
          agent = request.headers['user-agent']!;
          html(response, contentPage());
        };
        await look('/agent');
        expect(agent).toMatch(/Chrome\/\d+.*RasadBot\/0\.1 \(\+https:/);
      });
    });

    describe('every look ends in time', () => {
      it.each([
        ['a script without end', '/endless-script', 'unreachable timeout'],
        ['a script without end, at once', '/endless-at-once', 'unreachable timeout'],
        ['dialogs without end', '/dialog-loop', /page|unreachable timeout/],
        ['a storm of document.write', '/write-storm', /unreachable (?:timeout|too-large)|page/],
        ['memory without end', '/memory', /unreachable (?:timeout|stopped)|page/],
        ['two hundred requests, where a hundred are allowed', '/many-requests', /page|unreachable timeout/],
        ['a page without end', '/huge', /unreachable (?:too-large|timeout)/],
      ])('%s, and the next one works', async (_name, path, expected) => {
        const started = performance.now();
        const answer = await look(path);
        expect(shown(answer.outcome)).toMatch(expected instanceof RegExp ? expected : new RegExp(`^${expected}$`));
        expect(performance.now() - started).toBeLessThan(15_000);
        expect(shown((await look('/good')).outcome)).toBe('page');
      });

      it.each([
        ['a page that never falls silent is taken as it is', '/never-settles', 'page'],
        ['a document of three megabytes, where two are allowed', '/big-dom', /unreachable (?:timeout|too-large)/],
        ['tables nested ten thousand deep', '/nested', /page|unreachable timeout/],
        ['a meta refresh to itself', '/refresh', /page|unreachable (?:timeout|redirect-loop)/],
        ['a script that reloads', '/reload', /page|unreachable (?:timeout|redirect-loop)/],
        ['no answer', '/silent', 'unreachable timeout'],
        ['a page that drips', '/endless', /page|unreachable timeout/],
        ['dialogs', '/dialogs', 'page'],
        ['popups', '/popups', 'page'],
        ['a download', '/download', 'not-html'],
        ['a download by script', '/script-download', 'page'],
        ['404', '/missing', 'unreachable not-found'],
        ['a challenge', '/challenge', 'refused wall'],
        ['a challenge that a script puts up', '/late-challenge', 'refused wall'],
        ['a password', '/asks-password', 'refused login'],
      ])('%s', async (_name, path, expected) => {
        expect(shown((await look(path)).outcome)).toMatch(
          expected instanceof RegExp ? expected : new RegExp(`^${expected}$`),
        );
      });

      it('also when it is stopped by hand', async () => {
        const stop = new AbortController();
        setTimeout(() => stop.abort(new Error('by hand')), 300);
        await expect(look('/silent', { signal: stop.signal })).rejects.toThrow('by hand');
        expect(shown((await look('/good')).outcome)).toBe('page');
      });

      it('and after the browser itself is gone', async () => {
        await browser.close();
        expect(shown((await look('/good')).outcome)).toBe('page');
      });
    });

    describe('the server hears little of', () => {
      it.each([
        ['a page that asks for two hundred things', '/many-requests', 100],
        ['a page that refreshes itself', '/refresh', 7],
        ['a page that reloads itself', '/reload', 7],
      ])('%s', (_name, path, most) => {
        const name = path === '/many-requests' ? '/many-' : path;
        const count = site.hits.filter((hit) => hit.startsWith(`GET ${name}`)).length;
        expect(count).toBeGreaterThan(0);
        expect(count).toBeLessThanOrEqual(most + 1);
      });
    });

    describe('the server never hears of', () => {
      it.each([
        ['a form that a script submits', '/auto-post'],
        ['a form that a script submits into a frame', '/auto-post-frame'],
        ['writing requests, beacons, and anything sent to another site', '/writes'],
        ['votes, deletions and log-outs in pictures, frames, styles and scripts', '/votes'],
        ['a vote by navigation', '/vote-by-navigation'],
        ['windows that a script opens', '/popups'],
        ['requests to private addresses, by number or by name', '/private'],
        ['a redirect to a private address', '/to-private'],
        ['a payment', '/to-payment'],
        ['web sockets and WebRTC', '/socket'],
      ])(
        '%s',
        async (_name, path) => {
          const { heard } = await heardFrom(path, {
            stopHosts: (host) => host.endsWith('shaparak.ir'),
            screenshot: path === '/private' || path === '/votes',
          });
          expect(heard).toEqual([]);
          expect(secureSite.hits.filter((hit) => hit.startsWith('UPGRADE'))).toEqual([]);
        },
        20_000,
      );

      it('what a worker asks for, as far as it is an action, and a service worker at all', async () => {
        const { heard } = await heardFrom('/worker');
        expect(heard.filter((hit) => hit !== 'GET /worker.js')).toEqual([]);
      });

      it('what a frame of another site asks for, as far as it is an action', async () => {
        const { heard } = await heardFrom('/other-frame', { screenshot: true });
        expect(heard.sort()).toEqual(['GET /frame', 'GET /from-frame']);
      });

      it('pictures, fonts and films; pictures only when a picture is taken', async () => {
        expect((await heardFrom('/picture')).heard).toEqual([]);
        expect((await heardFrom('/picture', { screenshot: true })).heard).toEqual(['GET /image.png']);
      });
    });

    it('a navigation to a file, to data, to a payment or to an action leads nowhere, and says why', async () => {
      for (const path of ['/to-file', '/to-data'])
        expect((await look(path)).finalUrl).toBe(`http://www.example.ir${path}`);
      const payment = await look('/to-payment', { stopHosts: (host) => host.endsWith('shaparak.ir') });
      expect(payment.html).toContain('خدمات الکترونیک');
      expect(payment.stopped).toContainEqual({
        url: 'http://sep.shaparak.ir/pay',
        reason: 'sep.shaparak.ir, where looking ends',
      });
      expect((await look('/votes')).stopped.map(({ url }) => new URL(url).pathname)).toContain('/logout');
      for (const url of ['file:///etc/passwd', 'data:text/html,x', 'about:blank', 'http://www.example.ir/delete/1']) {
        expect(shown((await browser.render(url)).outcome)).toBe('refused guard');
      }
    });

    it('private addresses and unknown names are named as what they are', async () => {
      expect(shown((await browser.render(`http://127.0.0.1:${site.port}/good`)).outcome)).toBe('refused guard');
      expect(shown((await browser.render('https://10.0.0.1/')).outcome)).toBe('refused guard');
      expect(shown((await browser.render('http://unknown.example/')).outcome)).toBe('unreachable dns');
      expect(shown((await browser.render('https://unknown.example/')).outcome)).toBe('unreachable dns');
      expect(shown((await look('/to-private')).outcome)).toBe('refused guard');
    });

    it('a picture is a JPEG as wide as a desktop and no higher than 6000 pixels', async () => {
      PAGES['/tall'] = contentPage('<div style="height:20000px"></div>');
      const { screenshot } = await look('/tall', { screenshot: true });
      expect([screenshot![0], screenshot![1]]).toEqual([0xff, 0xd8]);
      expect(jpegSize(screenshot!)).toEqual({ width: 1366, height: 6000 });
      expect((await look('/tall')).screenshot).toBeNull();
    });

    describe('where elements stand on the picture is told', () => {
      /** The places on the picture of a page, by the names of the elements. */
      const placed = async (path: string, page: string) => {
        PAGES[path] = page;
        const { html: dom, layout, screenshot } = await look(path, { screenshot: true });
        const named = [...dom!.matchAll(/<([a-z][a-z0-9-]*)[\s>]/g)].map(([, name]) => name);
        return { dom: dom!, layout, screenshot, named, at: (tag: string) => layout!.elements.find(([own]) => own === tag)!.slice(1) }; // prettier-ignore
      };
      /** Colours of points of a picture, as the browser decodes it. */
      const coloursOf = async (
        picture: Uint8Array,
        points: readonly (readonly [number, number])[],
      ): Promise<string[]> => {
        PAGES['/taken.jpg'] = (response) => void response.writeHead(200, { 'content-type': 'image/jpeg' }).end(picture);
        PAGES['/colours'] = script(`const image = new Image(); image.onload = () => {
          const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height }).getContext('2d');
          canvas.drawImage(image, 0, 0);
          for (const [x, y] of ${JSON.stringify(points)}) {
            const [red, green, blue] = canvas.getImageData(x, y, 1, 1).data;
            const strongest = Math.min(red, green, blue) > 200 ? 'white' : red > 200 ? 'red' : blue > 200 ? 'blue' : green > 100 ? 'green' : 'black';
            document.body.append(Object.assign(document.createElement('output'), { textContent: strongest }));
          }
        }; image.src = '/taken.jpg'`); // prettier-ignore
        const { html: dom } = await look('/colours', { screenshot: true });
        return [...dom!.matchAll(/<output>(\w+)/g)].map(([, colour]) => colour!);
      };
      const inside = ([x, y, width, height]: readonly (string | number)[]): (readonly [number, number])[] => [
        [Number(x) + 8, Number(y) + 8],
        [Number(x) + Number(width) - 8, Number(y) + Number(height) - 8],
      ];

      it('for all of the document, in its order, and as the picture shows them', async () => {
        const { dom, layout, screenshot, named, at } = await placed('/placed', `<!doctype html><title>x</title><body style="margin:0">
          <template><p></p></template><s hidden>x</s><i style="visibility:hidden">x</i>
          <nav style="position:fixed;bottom:0;left:0;width:200px;height:40px;background:green"></nav>
          <header style="height:100vh;background:red"></header><main style="position:absolute;left:50.4px;top:1500px;width:300.4px;height:80px;background:blue"></main>
          <footer style="position:absolute;top:7000px;width:100px;height:100px">x</footer><script>scrollTo(0, 400)</script>`); // prettier-ignore
        expect(layout!.count).toBe(layout!.elements.length);
        expect(layout!.elements.map(([tag]) => tag)).toEqual(named.filter((tag) => tag !== 'p'));
        expect(at('main')).toEqual([50, 1500, 301, 80]);
        expect(at('footer')).toEqual([0, 7000, 100, 100]);
        for (const tag of ['template', 's', 'i', 'title']) expect(at(tag).slice(2)).toEqual([0, 0]);
        const cropped = (selector: string) => cropOf(dom, selector, layout!, pictureSize(screenshot!)!);
        expect(cropped('body > main:nth-child(6)')!.box).toEqual({ x: 50, y: 1500, width: 301, height: 80 });
        for (const unseen of ['body > footer:nth-child(7)', 'body > s:nth-child(2)'])
          expect(cropped(unseen)).toBeNull();
        const points = ['nav', 'header', 'main'].flatMap((tag) => inside(at(tag)));
        const [fixed, first, ...others] = await coloursOf(screenshot!, points.toSpliced(1, 1));
        expect([fixed, first, ...others]).toEqual(['green', 'red', 'red', 'blue', 'blue']);
      });

      it('on a page from right to left that reaches out to the left, whose picture begins where its window does', async () => {
        const { screenshot, at } = await placed('/reaches-left', `<!doctype html><html dir="rtl"><body style="margin:0"><a href="#" style="position:absolute;left:-9999px">x</a>
          <main style="width:300px;height:80px;background:blue"></main>`); // prettier-ignore
        expect(at('main')).toEqual([1066, 0, 300, 80]);
        expect(await coloursOf(screenshot!, inside(at('main')))).toEqual(['blue', 'blue']);
      });

      it('whatever the page puts in the place of what the browser gives it', async () => {
        const { layout, dom, named, at } = await placed('/lies', `<!doctype html><body style="margin:0"><main style="width:300px;height:80px"></main>
          <img name="documentElement"><img name="doctype"><form style="height:30px"><input name="localName"><input name="getBoundingClientRect"><input name="checkVisibility"></form>
          <script>
            const lie = () => { throw new Error('lie') };
            Document.prototype.querySelectorAll = Element.prototype.querySelectorAll = Element.prototype.getElementsByTagName = lie;
            Element.prototype.getBoundingClientRect = () => ({ left: NaN, top: -1e99, right: 1e99, bottom: {}, x: 5, y: 5, width: 5, height: 5 });
            Element.prototype.checkVisibility = Math.round = JSON.stringify = lie;
            Array.prototype.push = Array.prototype.slice = Array.prototype[Symbol.iterator] = lie;
            Object.prototype.toJSON = Array.prototype.toJSON = Number.prototype.toJSON = () => 'lie';
            Object.defineProperty(Element.prototype, 'localName', { get: lie });
            Object.defineProperty(Object.prototype, 'count', { get: lie, set: lie });
            Object.defineProperty(window, 'scrollY', { value: 77 });
          </script>`); // prettier-ignore
        expect(dom).toMatch(/^<!DOCTYPE html><html>/);
        expect(layout!.elements.map(([tag]) => tag)).toEqual(named);
        expect(at('main')).toEqual([0, 0, 300, 80]);
        expect(at('form')[3]).toBe(30);
      });

      it('in numbers of a picture, however far the page puts them', async () => {
        const { at } = await placed('/far', `<!doctype html><body><main style="position:absolute;left:-1e9px;top:1e9px;width:1e30px;height:1e30px">x</main><b style="display:block;transform:scale(1e38)">x</b>`); // prettier-ignore
        for (const tag of ['main', 'b']) for (const number of at(tag)) expect(Math.abs(Number(number))).toBeLessThanOrEqual(100_000); // prettier-ignore
      });

      it('for the first of a hundred thousand elements', async () => {
        const { layout, named } = await placed('/many-elements', `<!doctype html><body>${'<b></b>'.repeat(100_000)}`);
        expect(named.length).toBe(100_003);
        // a machine with much to do may come to none
        expect(layout?.count ?? 100_003).toBe(100_003);
        expect(layout?.elements.length ?? 0).toBeLessThanOrEqual(20_000);
      });

      it('only where a picture is taken', async () => {
        expect((await look('/good')).layout).toBeNull();
        expect((await look('/good', { screenshot: true })).layout).not.toBeNull();
      });
    });

    it('one host leaves nothing behind for the next', async () => {
      PAGES['/sets-cookie'] = (response) => html(response, contentPage(), { 'set-cookie': 'who=first' });
      let cookie: string | undefined = 'none yet';
      PAGES['/reads-cookie'] = (response, request) => {
        cookie = request.headers.cookie;
        html(response, contentPage());
      };
      await look('/sets-cookie');
      await browser.render('http://third.example/good');
      await look('/reads-cookie');
      expect(cookie).toBeUndefined();
    });
  },
);

function jpegSize(bytes: Uint8Array): { width: number; height: number } | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 2; at < bytes.length; at += 2 + view.getUint16(at + 2)) {
    const marker = bytes[at + 1]!;
    if (marker >= 0xc0 && marker <= 0xc2) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
  }
  return null;
}
