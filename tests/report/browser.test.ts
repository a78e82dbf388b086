/** The written report in a real browser, opened from disk: nothing is asked for, nothing fails, and axe finds nothing. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe, { type AxeResults } from 'axe-core';
import { chromium, type Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../../src/crawl/fetch-browser.ts';
import { EDITIONS } from '../../rules/editions/index.ts';
import { loadHistory } from '../../src/audit/history.ts';
import { loadRegistry } from '../../src/audit/registry.ts';
import type { History } from '../../src/core/history.ts';
import { renderHistorySite } from '../../src/report/history-site.ts';
import { renderSite } from '../../src/report/html.ts';
import type { ReportFile } from '../../src/report/layout.ts';
import { persianDigits } from '../../src/report/voice.ts';
import { HISTORY } from './history-sample.ts';
import { aFinding, aReport, aService, aSnapshot, FINDINGS, hash, STORED } from './sample.ts';

const executablePath = await findChromium(process.env);
const why = executablePath ? '' : ' (skipped: no Chromium on this machine)';

/** A part of the published organizations, with every kind of mark: axe would take half a minute for the whole ranking. */
const SHOWN = ['samt', 'zemanat-saderat', 'tosee-tejarat', 'eghtesad', 'gomrok', 'bimeh-markazi', 'enteghal-khun', 'naghshebardari', 'nosazi-madares', 'omur-khareje']; // prettier-ignore
const REGISTRY = loadRegistry('seeds/iran-1397');
const { rounds, explanations } = loadHistory('seeds/iran-1397', REGISTRY);
const PUBLISHED: History = {
  rounds: rounds.map((round) => ({
    ...round,
    results: round.results.filter(({ organization }) => SHOWN.includes(organization)),
  })),
  explanations,
};

describe.skipIf(!executablePath)(`the report in a browser${why}`, () => {
  let browser: Browser;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rasad-report-'));
    const services = [...Array.from({ length: 8 }, (_, i) => aService(`s${i + 1}`, 'tax')), aService('p1', 'post')];
    const report = await aReport({
      services,
      findings: [...FINDINGS, ...services.slice(2, 8).map(({ id }) => aFinding({ service: id, rule: 'interaction/faq', verdict: 'not-visible' }))],
      snapshots: [aSnapshot(), aSnapshot({ ordinal: 1, url: 'https://www.tax.example/x', body: { hash: hash('b'), size: 1, encoding: 'gzip' }, outcome: { kind: 'unreachable', cause: 'timeout', detail: '' } })],
      details: () => ({ skipped: [{ url: 'https://www.tax.example/vote', foundOn: 'https://www.tax.example/', reason: 'guarded' }] }),
    }); // prettier-ignore
    const write = async (place: string, files: AsyncIterable<ReportFile>): Promise<void> => {
      for await (const { path, content } of files) {
        await mkdir(dirname(join(folder, place, path)), { recursive: true });
        await writeFile(join(folder, place, path), content);
      }
    };
    for (const lang of ['fa', 'en'] as const) {
      await write(lang, renderSite({ ...report, history: HISTORY }, { lang, read: async () => STORED }));
      await write(
        `published/${lang}`,
        renderHistorySite({ registry: REGISTRY, history: PUBLISHED, roundId: 'r5', editions: EDITIONS }, { lang }),
      );
    }
    browser = await chromium.launch({ executablePath: executablePath! });
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const CASES = [
    ['index.html', 'fa', 390, 'light'],
    ['organizations/tax.html', 'fa', 390, 'light'],
    ['services/s1.html', 'fa', 390, 'dark'],
    [`evidence/${hash('a')}.html`, 'fa', 390, 'dark'],
    ['index.html', 'en', 1366, 'dark'],
    ['indicators.html', 'fa', 1366, 'light'],
    ['method.html', 'en', 1366, 'light'],
    ['organizations/post.html', 'fa', 1366, 'dark'],
    ['evidence/index.html', 'en', 1366, 'light'],
    ['organizations/tax.html', 'en', 1440, 'dark'],
    ['index.html', 'published/fa', 390, 'light'],
    ['index.html', 'published/en', 1440, 'dark'],
    ['organizations/samt.html', 'published/fa', 390, 'dark'],
    ['organizations/eghtesad.html', 'published/en', 1440, 'light'],
    ['organizations/naghshebardari.html', 'published/fa', 1440, 'light'],
    ['method.html', 'published/en', 390, 'dark'],
    ['method.html', 'published/fa', 1440, 'light'],
  ] as const;

  it.each(CASES)(
    '%s, %s, %d px, %s: has no fault that axe knows, needs nothing from elsewhere and fits',
    async (path, lang, width, colorScheme) => {
      const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme });
      try {
        const page = await context.newPage();
        const faults: string[] = [];
        page.on('request', (request) => {
          if (!request.url().startsWith('file:')) faults.push(`asked for ${request.url()}`);
        });
        page.on('requestfailed', (request) => faults.push(`failed: ${request.url()}`));
        page.on('console', (message) => faults.push(`console: ${message.text()}`));
        page.on('pageerror', (error) => faults.push(String(error)));
        await page.goto(pathToFileURL(join(folder, lang, path)).href);
        await page.evaluate("document.querySelectorAll('details').forEach((details) => (details.open = true))");
        const fonts = await page.evaluate("document.fonts.ready.then((fonts) => [...fonts].some(({ status }) => status === 'loaded'))"); // prettier-ignore
        // the policy of the pages forbids script elements; what a tester evaluates is not subject to it
        await page.evaluate(axe.source);
        const options = {
          runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
          preload: false, // it would fetch the style sheet a second time, which the pages do not allow
          rules: { 'heading-order': { enabled: !path.startsWith('evidence/') } }, // a stored page has the headings that it has
        };
        const { violations } = await page.evaluate<AxeResults>(`axe.run(document, ${JSON.stringify(options)})`);
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
        expect(faults).toEqual([]);
        expect(fonts).toBe(true);
        const { scrollWidth, clientWidth } = await page.evaluate<Record<string, number>>("({ scrollWidth: document.documentElement.scrollWidth, clientWidth: document.documentElement.clientWidth })"); // prettier-ignore
        expect(scrollWidth).toBe(clientWidth);
      } finally {
        await context.close();
      }
    },
    60_000,
  );

  it('sorts and filters the ranking by script, and can be read without one', async () => {
    const page = await browser.newPage();
    await page.goto(pathToFileURL(join(folder, 'en', 'index.html')).href);
    const names = (): Promise<string[]> => page.locator('table.ranking tbody tr:not(.band):visible .name a').allTextContents(); // prettier-ignore
    expect(await names()).toEqual(['Agency tax', 'Agency post']);
    const sort = page.getByRole('button', { name: 'Organization' });
    await sort.click();
    expect(await names()).toEqual(['Agency post', 'Agency tax']);
    expect(await page.locator('th[aria-sort]').getAttribute('aria-sort')).toBe('ascending');
    await sort.click();
    await sort.click();
    expect(await names()).toEqual(['Agency tax', 'Agency post']);
    await page.getByLabel('Find an organization').fill('POST');
    expect(await names()).toEqual(['Agency post']);
    await page.close();

    const plain = await browser.newPage({ javaScriptEnabled: false });
    await plain.goto(pathToFileURL(join(folder, 'en', 'index.html')).href);
    expect(await plain.locator('table.ranking tbody tr:not(.band)').count()).toBe(2);
    expect(await plain.locator('.filter').isVisible()).toBe(false);
    await plain.close();
  }, 60_000);

  it('sorts and filters the published ranking, in which numbers that are missing come last', async () => {
    const page = await browser.newPage();
    await page.goto(pathToFileURL(join(folder, 'published', 'fa', 'index.html')).href);
    const rows = page.locator('table.ranking tbody tr:visible');
    const first = (): Promise<string> => rows.first().locator('.rank').innerText();
    const known = PUBLISHED.rounds.at(-1)!.results.filter(({ stages }) => stages.presence.value !== null);
    const best = known.toSorted((a, b) => b.stages.presence.value! - a.stages.presence.value!)[0]!;
    await page.getByRole('button', { name: 'حضور در وب' }).click();
    expect(await first()).toBe(persianDigits(String(best.ranking!.rank)));
    expect(await rows.last().locator('td').nth(3).innerText()).toMatch(/^–/);
    await page.getByLabel('یافتن دستگاه').fill('بيمه');
    expect(await rows.count()).toBe(1);
    await page.close();
  }, 60_000);

  it('leads from a mark to its reason in one click', async () => {
    const page = await browser.newPage();
    await page.goto(pathToFileURL(join(folder, 'published', 'en', 'organizations', 'samt.html')).href);
    await page.locator('table.rounds a.noted').first().click();
    expect(await page.locator('.notes li:target').innerText()).toMatch(/^One digit is wrong/);
    await page.close();
  }, 60_000);
});
