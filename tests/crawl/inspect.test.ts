/** What the browser measures on a page that stands still: a few checks for accessibility, and how it fits a telephone. */
import { createHash } from 'node:crypto';
import { load } from 'cheerio';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { matcher } from '../../rules/lexicon/index.ts';
import type { Inspection } from '../../src/core/model.ts';
import { viewPage } from '../../src/core/page-view.ts';
import { selectorOf } from '../../src/core/page-tree.ts';
import { spotOfMeasured } from '../../src/core/look.ts';
import type { BrowserFetcher } from '../../src/crawl/contract.ts';
import { findChromium, openBrowserFetcher } from '../../src/crawl/fetch-browser.ts';
import { readHostMap } from '../../src/crawl/host-map.ts';
import { startSite, type Site } from './sites.ts';

const executablePath = await findChromium(process.env);

const VIEWPORT = '<meta name="viewport" content="width=device-width, initial-scale=1">';
const WORDS = 'خدمات الکترونیک سازمان برای شهروندان و کسب و کارها در این درگاه ارائه می شود. '.repeat(6);
interface Parts {
  readonly body?: string;
  readonly css?: string;
  readonly viewport?: string;
  readonly html?: string;
}
const page = ({ body = '', css = '', viewport = VIEWPORT, html = 'lang="fa" dir="rtl"' }: Parts = {}): string =>
  `<!doctype html><html ${html}><head><meta charset="utf-8"><title>سازمان نمونه</title>${viewport}<style>body{font:16px/1.9 sans-serif;margin:0}${css}</style></head><body><main><h1>خدمات</h1><p>${WORDS}</p>${body}</main></body></html>`;
const menu = (css: string): string =>
  `<style>nav a{display:inline-block;font-size:16px;${css}}</style><nav>${Array.from({ length: 10 }, (_, n) => `<a href="/${n}">خدمت ${n}</a>`).join('')}</nav>`;

const PAGES: Record<string, string> = {
  '/good': page({ body: `${menu('padding:8px 12px')}<form><label>نام <input style="height:40px"></label></form>` }),
  '/faults': page({
    html: '',
    viewport: '<meta name="viewport" content="width=device-width, user-scalable=no">',
    body: '<img src="/a.png"><img src="/b.png"><a href="/x"></a><input type="text"><button></button><iframe src="/good"></iframe>',
  }),
  '/by-style': page({ html: 'lang="fa"', css: 'html{direction:rtl}' }),
  '/by-part': page({ html: 'lang="fa"', body: `<div dir="rtl">${WORDS}${WORDS}</div>` }),
  '/left': page({ html: 'lang="fa"' }),
  '/wide': page({ body: '<table style="width:900px"><tr><td>جدول</td></tr></table>' }),
  '/wide-cut': page({ body: '<div style="overflow-x:auto"><table style="width:900px"><tr><td>جدول</td></tr></table></div>' }),
  '/wide-left': page({ body: '<div style="position:relative;right:300px;width:340px">بیرون</div>' }),
  '/no-viewport': page({ viewport: '', body: menu('padding:8px 12px') }),
  '/fixed': page({ viewport: '', css: 'body{width:1100px}' }),
  '/tiny-text': page({ css: 'p{font-size:10px}' }),
  '/tiny-hidden-text': page({ body: `<div style="display:none;font-size:8px">${WORDS}</div>` }),
  '/small': page({ body: menu('line-height:18px;padding:0 9px') }),
  '/sentence': page({ css: 'p{line-height:1}', body: `<p>${WORDS.slice(0, 70)}<a href="/a">قانون</a>${WORDS.slice(0, 70)}<a href="/b">آیین نامه</a></p>` }),
  '/label': page({ body: '<label style="display:block;padding:10px"><input type="checkbox" style="width:10px;height:10px"> می پذیرم</label>' }),
  '/lies': page({
    html: '',
    body: '<img src="/a.png"><script>window.axe = { run: async () => ({ violations: [], incomplete: [] }) }; Element.prototype.checkVisibility = () => false; Array.prototype.map = () => []; Object.defineProperty(document, "scrollingElement", { value: null });</script>',
  }),
  '/clobbered': page({ body: '<form name="querySelectorAll"></form><form id="body" name="documentElement"></form><img name="scrollingElement" src="/a.png">' }),
  '/shadow': page({ body: '<div id="host"></div><script>document.getElementById("host").attachShadow({ mode: "open" }).innerHTML = "<img src=/a.png>"</script>' }),
  '/endless-when-narrow': page({ body: '<script>addEventListener("resize", () => { while (true) {} })</script>' }),
  '/tells-width': page({ body: '<script>document.querySelector("main").insertAdjacentHTML("beforeend", `<i id=w>${innerWidth} ${matchMedia("(max-width: 800px)").matches}</i>`)</script>' }),
}; // prettier-ignore

let site: Site;
let browser: BrowserFetcher;

describe.skipIf(executablePath === null)(
  'a page that is measured (skipped where no Chromium is found)',
  { timeout: 30_000 },
  () => {
    beforeAll(async () => {
      site = await startSite((request, response) => {
        const markup = PAGES[request.url!];
        response.writeHead(markup ? 200 : 404, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': "script-src 'unsafe-inline'" }).end(markup ?? 'x'); // prettier-ignore
      });
      browser = await openBrowserFetcher({
        executablePath: executablePath!,
        userAgent: 'RasadBot/0.1 (+https://rasad.example/robot)',
        hostMap: readHostMap([`www.example.ir=127.0.0.1:${site.port}`]),
        limits: { silence: 200, settleTimeout: 1_500 },
      });
    }, 30_000);
    afterAll(async () => {
      await browser?.close();
      await site?.close();
    });

    const show = (path: string, inspect = true) => browser.render(`http://www.example.ir${path}`, { inspect });
    const measure = async (path: string): Promise<Inspection> => (await show(path)).inspection!;
    const accessibilityOf = async (path: string) => (await measure(path)).accessibility!;
    const phoneOf = async (path: string) => (await measure(path)).phone!;
    const faults = async (path: string) =>
      Object.fromEntries((await accessibilityOf(path)).violations.map(({ check, count }) => [check, count]));

    it('has no fault when it has none, and says who looked', async () => {
      const { accessibility, phone } = await measure('/good');
      expect(accessibility).toMatchObject({ direction: 'rtl', violations: [] });
      expect(accessibility!.by).toMatch(/^axe-core \d/);
      expect(phone).toMatchObject({ width: 390, layoutWidth: 390, contentWidth: 390, smallLetters: 0, targets: 11, smallTargets: 0, widest: null, smallText: null, smallTarget: null }); // prettier-ignore
      expect(phone!.letters).toBeGreaterThan(300);
    });

    it('is measured only when that is asked for', async () => {
      expect((await show('/good', false)).inspection).toBeNull();
    });

    it('says each fault, how often, and at which elements of the stored page', async () => {
      const { html, inspection } = await show('/faults');
      const counts = Object.fromEntries(
        inspection!.accessibility!.violations.map(({ check, count }) => [check, count]),
      );
      expect(counts).toEqual({ 'button-name': 1, 'frame-title': 1, 'html-has-lang': 1, 'image-alt': 2, label: 1, 'link-name': 1, 'meta-viewport': 1 }); // prettier-ignore
      const view = viewPage(html!, { url: 'http://www.example.ir/faults', matcher });
      const second = inspection!.accessibility!.violations.find(({ check }) => check === 'image-alt')!.elements[1]!;
      const found = load(html!)(selectorOf(view.tree, spotOfMeasured(view, second).node));
      expect([found.length, found.attr('src')]).toEqual([1, '/b.png']);
    });

    it.each([
      ['/by-style', 'rtl'],
      ['/by-part', 'rtl'],
      ['/left', 'ltr'],
    ])('%s has the direction in which most of its text runs: %s', async (path, direction) => {
      expect((await accessibilityOf(path)).direction).toBe(direction);
    });

    it.each([
      ['/wide', 900],
      ['/wide-cut', 390],
      ['/wide-left', 640],
    ])('%s has content of %d pixels', async (path, width) => {
      const { contentWidth, widest } = await phoneOf(path);
      expect(Math.abs(contentWidth - width)).toBeLessThan(10);
      expect(widest?.tag).toBe({ '/wide': 'table', '/wide-left': 'div' }[path]);
    });

    it('that does not adapt is shrunk, and its letters and controls with it', async () => {
      const phone = await phoneOf('/no-viewport');
      expect(phone).toMatchObject({ layoutWidth: 980, contentWidth: 980 });
      expect(phone.smallLetters / phone.letters).toBeGreaterThan(0.95); // all but the heading
      expect([phone.targets, phone.smallTargets]).toEqual([10, 10]);
      const fixed = await phoneOf('/fixed');
      expect(fixed.layoutWidth).toBe(980);
      // a shrunk page is not measured to the last pixel
      expect(Math.abs(fixed.contentWidth - 1100)).toBeLessThanOrEqual(2);
    });

    it('is measured by the letters that are seen', async () => {
      const tiny = await phoneOf('/tiny-text');
      expect(tiny.smallLetters / tiny.letters).toBeGreaterThan(0.9);
      expect(tiny.smallText?.tag).toBe('p');
      expect((await phoneOf('/tiny-hidden-text')).smallLetters).toBe(0);
    });

    it.each([
      ['/small', 10, 10],
      ['/sentence', 0, 0],
      ['/label', 1, 0],
    ])('%s has %d targets, %d of them too small', async (path, targets, smallTargets) => {
      expect(await phoneOf(path)).toMatchObject({ targets, smallTargets });
    });

    it('cannot answer for the checks by its own scripts or names', async () => {
      expect(await faults('/lies')).toEqual({ 'html-has-lang': 1, 'image-alt': 1 });
      expect((await phoneOf('/lies')).letters).toBeGreaterThan(300);
      const { accessibility, phone } = await measure('/clobbered');
      expect(accessibility === null || accessibility.violations.length > 0).toBe(true);
      expect(phone === null || phone.layoutWidth === 390).toBe(true);
    });

    it('names no element that its stored markup lacks', async () => {
      const fault = (await accessibilityOf('/shadow')).violations.find(({ check }) => check === 'image-alt');
      expect(fault).toMatchObject({ count: 1, elements: [] });
    });

    it('that hangs when it is narrowed keeps its content, and the next look works', async () => {
      const answer = await show('/endless-when-narrow');
      expect(answer.outcome).toEqual({ kind: 'page' });
      expect(answer.html).toContain('خدمات');
      expect(answer.inspection?.phone ?? null).toBeNull();
      expect((await phoneOf('/good')).layoutWidth).toBe(390);
    });

    it('is as wide as a desktop again for the next look', async () => {
      await show('/good');
      for (const inspect of [true, false])
        expect((await show('/tells-width', inspect)).html).toContain('1366 false</i>');
    });

    it('gives the same bytes when it is measured again', async () => {
      const digest = async () =>
        createHash('sha256')
          .update(JSON.stringify(await measure('/faults')))
          .digest('hex');
      expect(await digest()).toBe(await digest());
    });
  },
);
