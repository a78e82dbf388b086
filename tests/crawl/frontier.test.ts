import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Role } from '../../src/core/model.ts';
import type { Target } from '../../src/crawl/contract.ts';
import { createFrontier, type Frontier, type FrontierLimits } from '../../src/crawl/frontier.ts';

const target = (path: string, more: Partial<Target> = {}): Target => ({
  url: path.startsWith('http') ? path : `https://a.ir${path}`,
  role: 'page',
  serviceIds: [],
  topic: 'faq',
  foundOn: 'https://a.ir/',
  depth: 1,
  weight: 0.5,
  ...more,
});
const rest = (frontier: Frontier): string[] => {
  const urls: string[] = [];
  for (let next = frontier.next(); next; next = frontier.next())
    urls.push(new URL(next.url).pathname + new URL(next.url).search);
  return urls;
};

describe('the order', () => {
  it('is portal, plain http, missing probe, services, systems, then by weight, depth and address', () => {
    const frontier = createFrontier([
      target('/b', { weight: 0.9, depth: 2 }),
      target('/a', { weight: 0.9, depth: 2 }),
      target('/c', { weight: 0.9, depth: 1 }),
      target('/likely', { weight: 1, role: 'target' }),
      target('/system', { role: 'system', weight: 0 }),
      target('/service', { role: 'service', weight: 0 }),
      target('/missing', { role: 'missing-probe' }),
      target('/plain', { role: 'plain-http' }),
      target('/', { role: 'portal' }),
    ]);
    expect(rest(frontier)).toEqual(['/', '/plain', '/missing', '/service', '/system', '/likely', '/c', '/a', '/b']);
  });

  it('lets a page that was just found go before older ones that are less likely', () => {
    const frontier = createFrontier([target('/first', { weight: 0.9 }), target('/weak', { weight: 0.1 })]);
    frontier.add({ target: frontier.next()!, wishes: [target('/strong', { weight: 0.8 })] });
    expect(rest(frontier)).toEqual(['/strong', '/weak']);
  });

  it('puts a host that answers no more last, except what is declared there', () => {
    const seeds = [
      target('/x', { weight: 1 }),
      target('https://b.ir/y', { weight: 0.1 }),
      target('/s', { role: 'service' }),
    ];
    const frontier = createFrontier(seeds);
    frontier.add({ target: seeds[0]!, wishes: [], closedHost: 'a.ir' });
    expect(rest(frontier)).toEqual(['/s', '/y', '/x']);
  });
});

describe('what the registry declares', () => {
  it('is looked at beyond the budget, also when pages that were found go before it', () => {
    const declared = (path: string, role: Role): Target => target(path, { role, foundOn: 'registry' });
    const frontier = createFrontier(
      [declared('/', 'portal'), declared('/s1', 'service'), declared('/s2', 'service'), declared('/sys', 'system')],
      { maxPages: 1 },
    );
    const wishes = [target('/found1', { role: 'service' }), target('/found2', { role: 'service' }), target('/x')];
    frontier.add({ target: frontier.next()!, wishes });
    expect(rest(frontier)).toEqual(['/found1', '/s1', '/s2', '/sys']);
    expect(frontier.skippedCounts()).toEqual({ budget: 2 });
  });
});

describe('one address', () => {
  it('is handed out once, whatever the links to it look like', () => {
    const frontier = createFrontier([target('/x?utm_source=a#b'), target('/x'), target('https://a.ir:443/x')]);
    expect(rest(frontier)).toEqual(['/x']);
  });
  it('is looked at for all services that share it', () => {
    const frontier = createFrontier([
      target('/s', { role: 'service', serviceIds: ['1'] }),
      target('/s', { role: 'service', serviceIds: ['2'] }),
    ]);
    expect(frontier.next()).toMatchObject({ serviceIds: ['1', '2'] });
  });
  it('is not asked for its pulse when it is read anyway', () => {
    expect(rest(createFrontier([target('/s', { role: 'service' }), target('/s', { role: 'target' })]))).toEqual(['/s']);
  });
  it('is its own with each role that reads or probes it', () => {
    expect(rest(createFrontier([target('/', { role: 'portal' }), target('/', { role: 'plain-http' })]))).toEqual([
      '/',
      '/',
    ]);
  });
});

describe('what is not handed out has a reason', () => {
  it.each([
    ['guarded', target('/vote.jsp?votefor=1')],
    ['not-http', target('javascript:void(0)')],
    ['trap', target('/a/b/a/b/a/b')],
    ['depth', target('/deep', { depth: 5 })],
  ])('%s', (reason, wish) => {
    const url = reason === 'not-http' ? 'javascript:void(0)' : wish.url;
    const frontier = createFrontier([{ ...wish, url }]);
    expect(frontier.next()).toBeNull();
    expect(frontier.skipped()).toEqual([{ url, foundOn: 'https://a.ir/', reason }]);
  });

  it('budget: pages, topics and hosts', () => {
    const pages = Array.from({ length: 9 }, (_, n) => target(`/${n}`, { topic: `t${n % 2}` }));
    const taken = (limits: Partial<FrontierLimits>): number => rest(createFrontier(pages, limits)).length;
    expect(taken({ maxPages: 4 })).toBe(4);
    expect(taken({ maxPerTopic: 2 })).toBe(4);
    expect(taken({ maxPerHost: 3 })).toBe(3);
    const frontier = createFrontier(pages, { maxPages: 4 });
    rest(frontier);
    expect(frontier.skippedCounts()).toEqual({ budget: 5 });
  });

  it('a link that no rule asks for is listed once, unless another page makes it worth a look', () => {
    const frontier = createFrontier([
      target('/idle', { weight: 0 }),
      target('/idle', { weight: 0 }),
      target('/later', { weight: 0 }),
    ]);
    frontier.add({ target: target('/'), wishes: [target('/later', { weight: 0.7 })] });
    expect(rest(frontier)).toEqual(['/later']);
    expect(frontier.skipped()).toEqual([
      { url: 'https://a.ir/idle', foundOn: 'https://a.ir/', reason: 'no-rule-asks' },
    ]);
  });

  it('but a declared address is handed out even if it looks like an action, to be refused on record', () => {
    expect(rest(createFrontier([target('/vote', { role: 'system' })]))).toEqual(['/vote']);
  });

  it('in a list of a thousand, and counted beyond', () => {
    const frontier = createFrontier(Array.from({ length: 3_000 }, (_, n) => target(`/delete/${n}`)));
    expect([frontier.skipped().length, frontier.skippedCounts()]).toEqual([1_000, { guarded: 3_000 }]);
  });

  it('and a page of a million links is no burden', () => {
    const started = performance.now();
    const frontier = createFrontier([target('/', { role: 'portal' })]);
    frontier.add({
      target: frontier.next()!,
      wishes: Array.from({ length: 20_000 }, (_, n) => target(`/${n}`, { weight: (n % 100) / 100 })),
    });
    expect(frontier.next()).toMatchObject({ weight: 0.99 });
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});

describe('an interrupted crawl', () => {
  const role = fc.constantFrom<Role>('service', 'system', 'page', 'target', 'login');
  const wish = fc.record({
    page: fc.nat(30),
    host: fc.nat(2),
    role,
    topic: fc.nat(3),
    weight: fc.nat(4),
    depth: fc.integer({ min: 1, max: 5 }),
  });
  const sites = fc.dictionary(fc.nat(30).map(String), fc.array(wish, { maxLength: 8 }));
  const limits = fc.record({
    maxPages: fc.integer({ min: 1, max: 40 }),
    maxDepth: fc.integer({ min: 1, max: 4 }),
    maxPerTopic: fc.integer({ min: 1, max: 8 }),
    maxPerHost: fc.integer({ min: 1, max: 20 }),
  });

  it('takes the same path as one that was not, wherever it stopped', () => {
    fc.assert(
      fc.property(sites, limits, fc.nat(40), fc.nat(5), (site, bounds, stopAt, closing) => {
        const wishesOf = (visited: Target): Target[] =>
          (site[new URL(visited.url).pathname.slice(1)] ?? []).map((found) =>
            target(`https://h${found.host}.ir/${found.page}`, {
              role: found.role,
              topic: `t${found.topic}`,
              weight: found.weight / 4,
              depth: found.depth,
              foundOn: visited.url,
            }),
          );
        const seeds = [target('https://h0.ir/0', { role: 'portal' }), target('https://h0.ir/1', { role: 'service' })];
        const walk = (frontier: Frontier, path: string[], until: number): string[] => {
          while (path.length < until) {
            const next = frontier.next();
            if (!next) break;
            path.push(`${next.role} ${next.url}`);
            frontier.add({
              target: next,
              wishes: wishesOf(next),
              closedHost: path.length === closing ? new URL(next.url).host : null,
            });
          }
          return path;
        };
        const whole = walk(createFrontier(seeds, bounds), [], Infinity);
        const replayed = createFrontier(seeds, bounds);
        const path = walk(replayed, [], Math.min(stopAt, whole.length));
        expect(walk(replayed, path, Infinity)).toEqual(whole);
        expect(new Set(whole).size).toBe(whole.length);
        expect(whole.length).toBeLessThanOrEqual(bounds.maxPages);
      }),
      { numRuns: 200 },
    );
  });
});
