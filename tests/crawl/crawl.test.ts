import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BlobRef, FetchOutcome, Inspection, Snapshot } from '../../src/core/model.ts';
import type { PageLayout } from '../../src/core/page-layout.ts';
import { snapshotFiles } from '../../src/core/snapshot-files.ts';
import {
  refused,
  unreachable,
  type BrowserFetcher,
  type StaticAnswer,
  type StaticFetcher,
  type Target,
} from '../../src/crawl/contract.ts';
import { crawlOrganization, type CrawlEvent, type CrawlPlan, type CrawlTools } from '../../src/crawl/crawl.ts';
import { storedLayout } from '../../src/crawl/look.ts';
import type { PageShape } from '../../src/crawl/page-needs.ts';
import { openPoliteness, type Clock } from '../../src/crawl/politeness.ts';

type Answer =
  string | FetchOutcome | { readonly to: string } | { readonly status: number; readonly outcome: FetchOutcome };
type SiteMap = Readonly<Record<string, Answer>>;

interface View extends PageShape {
  readonly hrefs: readonly string[];
}

/** Links of a page become wishes of their weight: `<a href=/x weight=0.7>`. */
const view = (html: string, url: string): View => {
  const hrefs = [...html.matchAll(/href=([^\s>]+)/g)].map(([, href]) => new URL(href!, url).href);
  const words = html
    .replace(/<script[\s\S]*?<\/script>|<[^>]*>/g, ' ')
    .split(/\s+/)
    .filter(Boolean).length;
  return { words, scripts: html.includes('<script') ? ['x'] : [], links: hrefs, title: '', runs: [], hrefs };
};
const WORDS = ' واژه'.repeat(60);

/** A world in memory: a map as the site, time that passes only by sleeping, evidence in a map. */
function world(site: SiteMap, { interruptAfter = Infinity, browser = null as BrowserFetcher | null } = {}) {
  let now = Date.UTC(2026, 10, 25);
  const clock: Clock = {
    now: () => now,
    async sleep(milliseconds, signal) {
      signal?.throwIfAborted();
      now += milliseconds;
    },
  };
  const asked: string[] = [];
  const saved: Snapshot[] = [];
  const events: CrawlEvent[] = [];
  const blobs = new Map<string, Uint8Array>();
  const stop = new AbortController();
  const fetcher: StaticFetcher = {
    async fetch(url, options = {}) {
      const chain: { url: string; status: number }[] = [];
      const end = (outcome: FetchOutcome, status: number | null, text: string | null = null): StaticAnswer => ({
        outcome, chain, status, headers: [], tls: null, wire: null, body: text === null ? null : Buffer.from(text), text, charset: text === null ? null : 'utf-8', firstByteMs: 5, retryAfter: null,
      }); // prettier-ignore
      for (let at = url; ;) {
        options.signal?.throwIfAborted();
        if (chain.some((hop) => hop.url === at)) return end(unreachable('redirect-loop', at), 302);
        const refusal = options.allow?.(at) ?? null;
        if (refusal) return end(refusal, null);
        asked.push(at);
        const answer =
          site[at] ?? (at.endsWith('/robots.txt') ? unreachable('not-found', '404') : unreachable('not-found', '404'));
        if (typeof answer === 'object' && 'to' in answer) {
          chain.push({ url: at, status: 302 });
          const target = new URL(answer.to, at);
          if (options.stopHosts?.(target.host)) {
            chain.push({ url: target.href, status: 0 });
            return end(refused('guard', 'stopped'), 302);
          }
          at = target.href;
          continue;
        }
        if (typeof answer === 'string') {
          chain.push({ url: at, status: 200 });
          return end(options.asText ? { kind: 'not-html', contentType: 'text/plain' } : { kind: 'page' }, 200, answer);
        }
        const { status, outcome } =
          'status' in answer
            ? answer
            : { status: answer.kind === 'unreachable' && answer.cause === 'not-found' ? 404 : null, outcome: answer };
        if (status !== null) chain.push({ url: at, status });
        return end(outcome, status);
      }
    },
    close: async () => {},
  };
  const tools: CrawlTools<View> = {
    fetcher,
    browser,
    politeness: openPoliteness({ clock }),
    blobs: {
      async put(decoded) {
        const hash = createHash('sha256').update(decoded).digest('hex');
        blobs.set(hash, decoded);
        return { hash, size: decoded.length, encoding: 'identity' } satisfies BlobRef;
      },
      get: async ({ hash }) => blobs.get(hash)!,
    },
    async save(snapshot) {
      saved.push(snapshot);
      if (saved.length >= interruptAfter) stop.abort(new Error('interrupted'));
    },
    view,
    read: (snapshot, page) =>
      (page?.hrefs ?? []).map((url) =>
        target(url, {
          depth: 1,
          foundOn: snapshot.url,
          weight: (1 + (url.length % 7)) / 8,
          role: url.includes('/t-') ? 'target' : 'page',
        }),
      ),
    clock,
    onEvent: (event) => void events.push(event),
  };
  return { tools, asked, saved, events, blobs, stop, clock, time: () => now };
}

const target = (url: string, more: Partial<Target> = {}): Target => ({
  url, role: 'page', serviceIds: [], topic: 'x', foundOn: 'registry', depth: 0, weight: 0.5, ...more,
}); // prettier-ignore
const portal = target('https://a.ir/', { role: 'portal' });
const plan = (more: Partial<CrawlPlan> = {}): CrawlPlan => ({
  auditId: 'audit', organizationId: 'org', seeds: [portal], stored: [], visit: 0, inspect: false, ...more,
}); // prettier-ignore
const story = (saved: readonly Snapshot[]): string[] =>
  saved.map(({ ordinal, role, url, outcome }) => {
    const detail = outcome.kind === 'refused' ? outcome.by : outcome.kind === 'unreachable' ? outcome.cause : '';
    return `${ordinal} ${role} ${url} ${outcome.kind} ${detail}`.trim();
  });

describe('a crawl', () => {
  it('stores robots.txt before the first look at a host, and each look before its links are followed', async () => {
    const { tools, saved, asked } = world({
      'https://a.ir/robots.txt': 'User-agent: *\nDisallow: /private',
      'https://a.ir/': `<a href=/x><a href=/private><a href=https://b.ir/>${WORDS}`,
      'https://a.ir/x': WORDS,
      'https://b.ir/': WORDS,
    });
    expect(await crawlOrganization(plan(), tools)).toMatchObject({ ended: 'complete' });
    expect(story(saved)).toEqual([
      '0 robots https://a.ir/robots.txt not-html',
      '1 portal https://a.ir/ page',
      '2 page https://a.ir/private refused robots',
      '3 robots https://b.ir/robots.txt unreachable not-found',
      '4 page https://b.ir/ page',
      '5 page https://a.ir/x page',
    ]);
    expect(asked).not.toContain('https://a.ir/private');
  });

  it('follows a redirect to another host by the rules of that host', async () => {
    const { tools, saved, asked } = world({
      'https://a.ir/': { to: 'https://www.a.ir/' },
      'https://www.a.ir/robots.txt': 'User-agent: *\nDisallow: /fa',
      'https://www.a.ir/': { to: '/fa' },
    });
    await crawlOrganization(plan(), tools);
    expect(story(saved).at(-1)).toBe('2 portal https://a.ir/ refused robots');
    expect(saved.at(-1)!.chain).toEqual([
      { url: 'https://a.ir/', status: 302 },
      { url: 'https://www.a.ir/', status: 302 },
    ]);
    expect(asked).not.toContain('https://www.a.ir/fa');
  });

  it('recognises a loop over two hosts', async () => {
    const { tools, saved } = world({
      'https://a.ir/': { to: 'https://b.ir/' },
      'https://b.ir/': { to: 'https://a.ir/' },
    });
    await crawlOrganization(plan(), tools);
    expect(story(saved).at(-1)).toBe('2 portal https://a.ir/ unreachable redirect-loop');
  });

  it.each([
    ['login', 'https://sso.my.gov.ir/oauth?client=1', '2 system https://a.ir/app refused login'],
    ['payment', 'https://sep.shaparak.ir/pay', '2 system https://a.ir/app refused guard'],
  ])('ends unasked at a %s host, and records where it would have gone', async (_name, to, expected) => {
    const { tools, saved, asked } = world({ 'https://a.ir/': WORDS, 'https://a.ir/app': { to } });
    const seeds = [portal, target('https://a.ir/app', { role: 'system', serviceIds: ['1'] })];
    await crawlOrganization(plan({ seeds, identityHosts: ['sso.my.gov.ir'], paymentHosts: ['shaparak.ir'] }), tools);
    expect(story(saved).at(-1)).toBe(expected);
    expect(saved.at(-1)!.chain.at(-1)).toEqual({ url: to, status: 0 });
    expect(asked.some((url) => url.startsWith('https://s'))).toBe(false);
  });

  it('asks once for an address that has two roles', async () => {
    const { tools, saved, asked } = world({ 'https://a.ir/': WORDS });
    const seeds = [
      portal,
      target('https://a.ir/', { role: 'service', serviceIds: ['1'] }),
      target('https://a.ir/', { role: 'plain-http' }),
    ];
    await crawlOrganization(plan({ seeds }), tools);
    expect(asked.filter((url) => url === 'https://a.ir/')).toHaveLength(2);
    expect(saved.find(({ role }) => role === 'service')).toMatchObject({
      outcome: { kind: 'page' },
      serviceIds: ['1'],
    });
  });
});

describe('a host that does not answer', () => {
  it('is asked twice for its robots.txt and for nothing else; the reason is kept', async () => {
    const { tools, saved, asked } = world({ 'https://a.ir/robots.txt': unreachable('connect', 'ECONNREFUSED') });
    await crawlOrganization(plan({ seeds: [portal, target('https://a.ir/s', { role: 'service' })] }), tools);
    expect(asked).toEqual(['https://a.ir/robots.txt', 'https://a.ir/robots.txt']);
    expect(story(saved).slice(1)).toEqual([
      '1 portal https://a.ir/ unreachable connect',
      '2 service https://a.ir/s unreachable connect',
    ]);
  });

  it('by https may still answer to plain http, by the robots.txt that it has there', async () => {
    const { tools, saved } = world({
      'https://a.ir/robots.txt': unreachable('connect', 'ECONNREFUSED'),
      'http://a.ir/robots.txt': 'User-agent: *\nDisallow: /private',
      'http://a.ir/': WORDS,
    });
    await crawlOrganization(plan({ seeds: [portal, target('http://a.ir/', { role: 'plain-http' })] }), tools);
    expect(story(saved)).toEqual([
      '0 robots https://a.ir/robots.txt unreachable connect',
      '1 portal https://a.ir/ unreachable connect',
      '2 robots http://a.ir/robots.txt not-html',
      '3 plain-http http://a.ir/ page',
    ]);
  });

  it('is left alone after three failures in a row', async () => {
    const dead = unreachable('timeout', 'slow');
    const pages = [1, 2, 3, 4, 5].map((n) => `https://a.ir/${n}`);
    const { tools, saved, asked, events } = world(Object.fromEntries(pages.map((url) => [url, dead])));
    await crawlOrganization(plan({ seeds: pages.map((url) => target(url, { role: 'service' })) }), tools);
    expect(asked).toEqual(['https://a.ir/robots.txt', ...pages.slice(0, 3)]);
    expect(saved.slice(-2).map(({ outcome }) => outcome)).toEqual(
      Array(2).fill(unreachable('timeout', 'not asked: a.ir gave no answer 3 times in a row (slow)')),
    );
    expect(events.filter(({ kind }) => kind === 'host-closed')).toHaveLength(1);
  });

  it('is forbidden, not failed, when its robots.txt answers 500', async () => {
    const { tools, saved } = world({
      'https://a.ir/robots.txt': { status: 500, outcome: unreachable('server-error', '500') },
    });
    await crawlOrganization(plan(), tools);
    expect(story(saved).at(-1)).toBe('1 portal https://a.ir/ refused robots');
  });

  it('that says "too many" is backed off from, five times in all, and then left alone', async () => {
    const pages = [1, 2, 3].map((n) => `https://a.ir/${n}`);
    const many = { status: 429, outcome: refused('rate-limit', '429') };
    const { tools, saved, asked, time } = world(Object.fromEntries(pages.map((url) => [url, many])));
    const started = time();
    await crawlOrganization(plan({ seeds: pages.map((url) => target(url, { role: 'service' })) }), tools);
    expect(asked.filter((url) => url !== 'https://a.ir/robots.txt')).toEqual(
      [1, 1, 1, 2, 2].map((n) => `https://a.ir/${n}`),
    );
    expect(
      story(saved)
        .slice(1)
        .every((line) => line.endsWith('refused rate-limit')),
    ).toBe(true);
    expect(time() - started).toBeGreaterThanOrEqual(75_000);
  });
});

describe('budgets', () => {
  const pages = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`https://a.ir/${n}`, WORDS]));
  const site = {
    ...pages,
    'https://a.ir/': `${Object.keys(pages)
      .map((url) => `<a href=${url}>`)
      .join('')}${WORDS}`,
  };
  it.each([
    ['pages', { maxPages: 5 }],
    ['bytes', { maxBytes: 2_000 }],
    ['time', { maxTime: 10_000 }],
  ])('of %s end a crawl, and what was left is on record', async (spent, limits) => {
    const { tools, saved, events } = world(site);
    const result = await crawlOrganization(plan({ limits }), tools);
    expect(result.ended).toBe('budget');
    expect(saved.length).toBeLessThan(10);
    expect(result.skipped.length).toBeGreaterThan(10);
    expect(result.skipped.every(({ reason }) => reason === 'budget')).toBe(true);
    expect(events.at(-1)).toEqual({ kind: 'budget', spent });
  });
});

describe('rendering', () => {
  const SHELL = '<div id="app"></div><script src=/app.js></script>';
  const rendering = (
    html: string | null,
    inspection: Inspection | null = null,
  ): BrowserFetcher & { readonly asked: string[] } => {
    const asked: string[] = [];
    return {
      asked,
      async render(url) {
        asked.push(url);
        const outcome: FetchOutcome = html === null ? unreachable('timeout', 'never settled') : { kind: 'page' };
        return {
          outcome,
          html,
          finalUrl: url,
          screenshot: null,
          layout: null,
          inspection,
          stopped: [],
          wireBytes: 100,
        };
      },
      close: async () => {},
    };
  };

  it('is done for a page that is a shell, whose links then come from what scripts made of it', async () => {
    const browser = rendering(`<a href=/x>${WORDS}`);
    const { tools, saved } = world({ 'https://a.ir/': SHELL, 'https://a.ir/x': WORDS }, { browser });
    await crawlOrganization(plan(), tools);
    expect(browser.asked).toEqual(['https://a.ir/']);
    expect(saved.map(({ role, needsScript }) => [role, needsScript])).toEqual([
      ['robots', null],
      ['portal', true],
      ['page', null],
    ]);
    expect(saved[1]!.rendered).not.toBeNull();
  });

  it('that fails leaves the static page, and says that scripts were needed', async () => {
    const { tools, saved } = world({ 'https://a.ir/': SHELL }, { browser: rendering(null) });
    await crawlOrganization(plan(), tools);
    expect(saved[1]).toMatchObject({ outcome: { kind: 'page' }, needsScript: true, rendered: null });
  });

  it('is done for the home page when that is wanted, needed or not', async () => {
    const browser = rendering(WORDS);
    const { tools, saved } = world({ 'https://a.ir/': WORDS }, { browser });
    await crawlOrganization(plan({ inspect: true }), tools);
    expect([browser.asked.length, saved[1]!.needsScript]).toEqual([1, false]);
  });

  it('keeps where the elements stand on a picture, and reads it again', async () => {
    const layout: PageLayout = { count: 3, elements: [['html', 0, 0, 800, 600]] };
    const screenshot = Uint8Array.of(0xff, 0xd8);
    const browser: BrowserFetcher = {
      async render(url) {
        return { outcome: { kind: 'page' }, html: WORDS, finalUrl: url, screenshot, layout, inspection: null, stopped: [], wireBytes: 100 }; // prettier-ignore
      },
      close: async () => {},
    };
    const { tools, saved, blobs } = world({ 'https://a.ir/': SHELL }, { browser });
    await crawlOrganization(plan(), tools);
    const read = { get: async ({ hash }: BlobRef) => blobs.get(hash)! };
    expect(await storedLayout(saved[1]!, read)).toEqual(layout);
    expect(snapshotFiles(saved[1]!)).toContainEqual(saved[1]!.layout);
    // as the robots.txt before it has none, and as looks of before do not mention any
    const { layout: _, ...older } = saved[0]!;
    expect([saved[0]!.layout, await storedLayout(older, read)]).toEqual([null, null]);
  });

  it('measures the home page, one service page and one system page of each of three hosts, and keeps what it measured', async () => {
    const inspection: Inspection = { accessibility: null, phone: null };
    const measured: string[] = [];
    const browser: BrowserFetcher = {
      async render(url, { inspect = false } = {}) {
        if (inspect) measured.push(url);
        // the first service page does not hold still
        return { outcome: { kind: 'page' }, html: WORDS, finalUrl: url, screenshot: null, layout: null, inspection: inspect && url !== 'https://a.ir/1' ? inspection : null, stopped: [], wireBytes: 100 }; // prettier-ignore
      },
      close: async () => {},
    };
    const services = ['https://a.ir/1', 'https://a.ir/2', 'https://a.ir/3'];
    const systems = ['https://s1.ir/a', 'https://s1.ir/b', 'https://s2.ir/a', 'https://s3.ir/a', 'https://s4.ir/a'];
    const seeds = [
      portal,
      ...services.map((url) => target(url, { role: 'service' })),
      ...systems.map((url) => target(url, { role: 'system' })),
    ];
    const site = Object.fromEntries(seeds.map(({ url }) => [url, WORDS]));
    const whole = world(site, { browser });
    await crawlOrganization(plan({ seeds, inspect: true }), whole.tools);
    const sample = [
      'https://a.ir/',
      'https://a.ir/1',
      'https://a.ir/2',
      'https://s1.ir/a',
      'https://s2.ir/a',
      'https://s3.ir/a',
    ];
    expect(measured).toEqual(sample);
    const kept = whole.saved.filter((snapshot) => snapshot.inspection !== null);
    expect(kept.map(({ url }) => url)).toEqual(sample.filter((url) => url !== 'https://a.ir/1'));
    expect(JSON.parse(Buffer.from(whole.blobs.get(kept[0]!.inspection!.hash)!).toString())).toEqual(inspection);

    for (let looks = 1; looks < whole.saved.length; looks++) {
      const cut = world(site, { browser, interruptAfter: looks });
      await crawlOrganization(plan({ seeds, inspect: true }), cut.tools, cut.stop.signal);
      const rest = world(site, { browser });
      for (const [hash, bytes] of cut.blobs) rest.blobs.set(hash, bytes);
      await crawlOrganization(plan({ seeds, inspect: true, stored: cut.saved }), rest.tools);
      const found = [...cut.saved, ...rest.saved].filter((snapshot) => snapshot.inspection !== null);
      expect(found.map(({ url }) => url), `interrupted after ${looks} looks`).toEqual(kept.map(({ url }) => url)); // prettier-ignore
    }
  });

  it('to measure a page says nothing about whether other pages of its host gain by it', async () => {
    const browser = rendering(WORDS, { accessibility: null, phone: null });
    const shells = Array.from({ length: 3 }, (_, n) => `https://a.ir/shell${n}`);
    const seeds = [
      portal,
      target('https://a.ir/0', { role: 'service' }),
      target('https://a.ir/s', { role: 'system' }),
      ...shells.map((url) => target(url, { role: 'login' })),
    ];
    const site = {
      'https://a.ir/': WORDS,
      'https://a.ir/0': WORDS,
      'https://a.ir/s': WORDS,
      ...Object.fromEntries(shells.map((url) => [url, SHELL])),
    };
    await crawlOrganization(plan({ seeds, inspect: true }), world(site, { browser }).tools);
    expect(browser.asked).toEqual(seeds.map(({ url }) => url));
  });

  it('is given up on a host whose pages gain nothing, and done for all of one whose pages do', async () => {
    const pages = Array.from({ length: 6 }, (_, n) => `https://a.ir/${n}`);
    const seeds = pages.map((url) => target(url, { role: 'service' }));
    const useless = rendering('<div id="app"></div><script>1</script>');
    await crawlOrganization(
      plan({ seeds }),
      world(Object.fromEntries(pages.map((url) => [url, SHELL])), { browser: useless }).tools,
    );
    expect(useless.asked).toHaveLength(3);
    const helpful = rendering(`${WORDS}${WORDS}${WORDS}`);
    const site = Object.fromEntries(pages.map((url, n) => [url, n < 2 ? SHELL : WORDS]));
    await crawlOrganization(plan({ seeds }), world(site, { browser: helpful }).tools);
    expect(helpful.asked).toHaveLength(6);
  });
});

describe('a crawl that is stopped', () => {
  it('keeps what it has, and the next run goes on where it ended without asking again', async () => {
    const names = Array.from({ length: 12 }, (_, n) => `https://${'abc'[n % 3]}.ir/${n % 5 === 0 ? 't-' : ''}${n}`);
    const property = fc.asyncProperty(
      fc.array(fc.array(fc.nat(11), { maxLength: 5 }), { minLength: 12, maxLength: 12 }),
      fc.array(
        fc.constantFrom<Answer>(
          'page',
          unreachable('timeout', 't'),
          { to: 'https://c.ir/2' },
          { status: 429, outcome: refused('rate-limit', '429') },
        ),
        { minLength: 12, maxLength: 12 },
      ),
      fc.integer({ min: 1, max: 12 }),
      async (links, kinds, interruptAfter) => {
        const site: Record<string, Answer> = {
          'https://a.ir/': `${names
            .slice(0, 6)
            .map((url) => `<a href=${url}>`)
            .join('')}${WORDS}`,
          'https://b.ir/robots.txt': 'User-agent: *\nDisallow: /4',
        };
        names.forEach((url, n) => {
          site[url] =
            kinds[n] === 'page' ? `${links[n]!.map((to) => `<a href=${names[to]}>`).join('')}${WORDS}` : kinds[n]!;
        });
        const whole = world(site);
        const finished = await crawlOrganization(plan(), whole.tools);
        const first = world(site, { interruptAfter });
        const stopped = await crawlOrganization(plan(), first.tools, first.stop.signal);
        expect(stopped.ended).toBe(first.saved.length < interruptAfter ? finished.ended : 'stopped');
        const second = world(site);
        for (const [hash, bytes] of first.blobs) second.blobs.set(hash, bytes);
        const resumed = await crawlOrganization(plan({ stored: first.saved }), second.tools);
        expect(story([...first.saved, ...second.saved])).toEqual(story(whole.saved));
        expect(resumed).toEqual(finished);
        const before = new Set(first.saved.map(({ role, url }) => `${role} ${url}`));
        expect(second.saved.some(({ role, url }) => before.has(`${role} ${url}`))).toBe(false);
      },
    );
    await fc.assert(property, { numRuns: 60 });
  });

  it('is stopped while it waits', async () => {
    const { tools, stop } = world({ 'https://a.ir/': WORDS });
    const waiting: CrawlTools<View> = {
      ...tools,
      politeness: openPoliteness({
        clock: {
          ...tools.clock,
          sleep: async (_ms, signal) => (stop.abort(new Error('by hand')), signal!.throwIfAborted()),
        },
      }),
    };
    expect((await crawlOrganization(plan(), waiting, stop.signal)).ended).toBe('stopped');
  });

  it('fails when the storage fails, not when a site does', async () => {
    const { tools } = world({ 'https://a.ir/': WORDS });
    await expect(
      crawlOrganization(plan(), { ...tools, save: () => Promise.reject(new Error('disk full')) }),
    ).rejects.toThrow('disk full');
  });
});
