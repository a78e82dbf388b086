import { describe, expect, it } from 'vitest';
import { unreachable, refused } from '../../src/crawl/contract.ts';
import { readRobots } from '../../src/crawl/robots.ts';
import type { FetchOutcome } from '../../src/core/model.ts';

const HOST = 'https://www.example.ir';
const file = (text: string) =>
  readRobots({
    outcome: { kind: 'not-html', contentType: 'text/plain' },
    status: 200,
    text,
    chain: [{ url: `${HOST}/robots.txt`, status: 200 }],
  });
const answer = (status: number | null, outcome: FetchOutcome) => readRobots({ outcome, status, text: null, chain: [] });

describe('what was answered (RFC 9309, section 2.3.1)', () => {
  it.each([
    ['404: all is allowed', 404, unreachable('not-found', '404'), 'none', true],
    ['403: all is allowed', 403, refused('wall', '403'), 'none', true],
    ['an empty file: all is allowed', 200, unreachable('empty', ''), 'none', true],
    ['too many redirects: as if there were no file', 302, unreachable('too-many-redirects', ''), 'none', true],
    ['500: nothing for now', 500, unreachable('server-error', '500'), 'forbidden', false],
    ['503 with Retry-After: nothing for now', 503, refused('rate-limit', '503'), 'forbidden', false],
    ['429: nothing for now', 429, refused('rate-limit', '429'), 'forbidden', false],
    ['no answer: nothing for now', null, unreachable('connect', ''), 'unreachable', false],
  ] as const)('%s', (_name, status, outcome, state, allowed) => {
    const rules = answer(status, outcome);
    expect([rules.state, rules.allows(`${HOST}/x`)]).toEqual([state, allowed]);
  });

  it('takes a home page in place of the file for no file', () => {
    expect(file('<!DOCTYPE html><html>Disallow: /</html>').state).toBe('none');
  });
});

describe('what the file says', () => {
  it('lets the most specific rule decide, allow before disallow', () => {
    const rules = file('User-agent: *\nDisallow: /services\nAllow: /services/public\nDisallow: /*.pdf$');
    expect(rules.allows(`${HOST}/services/1`)).toBe(false);
    expect(rules.allows(`${HOST}/services/public/1`)).toBe(true);
    expect(rules.allows(`${HOST}/a/b.pdf`)).toBe(false);
    expect(rules.allows(`${HOST}/a/b.pdf?x=1`)).toBe(true);
  });

  it('goes by our own group where there is one', () => {
    const rules = file('User-agent: *\nDisallow: /\n\nUser-agent: rasadbot\nDisallow: /private');
    expect([rules.allows(`${HOST}/x`), rules.allows(`${HOST}/private`)]).toEqual([true, false]);
  });

  it('compares Persian paths encoded or not', () => {
    const rules = file('User-agent: *\nDisallow: /خدمات');
    expect(rules.allows(`${HOST}/%D8%AE%D8%AF%D9%85%D8%A7%D8%AA/1`)).toBe(false);
  });

  it('serves both schemes of a host, and always allows itself', () => {
    const rules = file('User-agent: *\nDisallow: /');
    expect([rules.allows('http://www.example.ir/x'), rules.allows(`${HOST}/robots.txt`)]).toEqual([false, true]);
  });

  it('gives the crawl-delay in seconds and absolute sitemaps', () => {
    const rules = file('User-agent: *\nCrawl-delay: 7.5\nSitemap: /map.xml\nSitemap: javascript:alert(1)');
    expect([rules.crawlDelay, rules.sitemaps]).toEqual([7.5, [`${HOST}/map.xml`]]);
    expect(file('User-agent: *\nCrawl-delay: soon').crawlDelay).toBeNull();
  });

  it('reads half a megabyte of hostile wildcards in a moment, and forbids rather more than less', () => {
    const rules = file(`User-agent: *\nDisallow: /tail\n${`Disallow: /x${'*a'.repeat(400)}\n`.repeat(640)}`);
    const started = performance.now();
    expect(rules.allows(`${HOST}/x${'a'.repeat(1900)}b`)).toBe(false);
    expect(rules.allows(`${HOST}/other`)).toBe(true);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
