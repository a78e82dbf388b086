import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { crawlsMade, isGoodVisit, rejudgeOrganization } from '../../src/audit/audit-organization.ts';
import { work } from '../../src/audit/worker.ts';
import type { FetchOutcome, Role, Snapshot, Step } from '../../src/core/model.ts';
import { refused, unreachable } from '../../src/crawl/contract.ts';
import { openSqliteStore } from '../../storage/sqlite.ts';
import type { Store } from '../../storage/store.ts';
import { openSimulatedClock } from '../simulated-clock.ts';
import { anAudit, anEdition, aSnapshot, at } from '../storage/fixtures.ts';
import { aService, countryOf, memoryBlobs, NOBODY, page, SEARCH, toolsOf, type Sites } from './fake-country.ts';

const PAGE: FetchOutcome = { kind: 'page' };
const PDF: FetchOutcome = { kind: 'not-html', contentType: 'application/pdf' };
const GONE = unreachable('not-found', '404');
const DOWN = unreachable('timeout', 'slow');
const look = (role: Role, outcome: FetchOutcome, change: Partial<Snapshot> = {}): Snapshot => aSnapshot({ role, outcome, ...change }); // prettier-ignore

describe('a good visit', () => {
  it.each<[boolean, string, readonly [Role, FetchOutcome][]]>([
    [true, 'showed the portal', [['portal', PAGE]]],
    [false, 'found the portal down', [['portal', DOWN]]],
    [false, 'found the portal behind a wall', [['portal', refused('wall', '')], ['service', PAGE], ['system', PAGE]]],
    [false, 'was told that there is no portal', [['portal', GONE], ['service', PAGE], ['system', PAGE]]],
    [true, 'was answered by half of the declared addresses', [['portal', PAGE], ['service', DOWN]]],
    [false, 'was answered by fewer', [['portal', PAGE], ['service', DOWN], ['system', refused('robots', '')]]],
    [true, 'was told that pages are gone, or are files: that is an answer', [['portal', PAGE], ['service', GONE], ['service', PDF], ['system', DOWN]]],
    [true, 'had no portal to look at and saw the pages of services', [['service', PAGE], ['system', DOWN]]],
    [false, 'saw only what nobody declared', [['page', PAGE], ['target', PAGE]]],
    [true, 'is not judged by what nobody declared', [['portal', PAGE], ['page', DOWN], ['target', DOWN], ['search', DOWN]]],
    [false, 'saw nothing', []],
  ])('%s: one that %s', (isGood, _, looks) => {
    expect(isGoodVisit(looks.map(([role, outcome]) => look(role, outcome)))).toBe(isGood);
  }); // prettier-ignore
});

describe('the crawls that were made', () => {
  it('are the visits that were more than a question whether addresses answer, each from its first look', () => {
    const made = crawlsMade([
      look('robots', PDF, { visit: 0, fetchedAt: at(1) }),
      look('portal', PAGE, { visit: 0, fetchedAt: at(2) }),
      look('robots', PDF, { visit: 1, fetchedAt: at(3) }),
      look('probe', PAGE, { visit: 1, fetchedAt: at(4) }),
      look('portal', DOWN, { visit: 2, fetchedAt: at(6) }),
      look('service', PAGE, { visit: 2, fetchedAt: at(5) }),
    ]);
    expect(made).toEqual([
      { visit: 0, at: at(1), isGood: true },
      { visit: 2, at: at(5), isGood: false },
    ]);
  });

  it('are none where nothing is stored, or robots.txt alone', () => {
    expect(crawlsMade([])).toEqual([]);
    expect(crawlsMade([look('robots', DOWN, { visit: 3 })])).toEqual([]);
  });
});

describe('judging again', () => {
  let store: Store;
  beforeEach(() => (store = openSqliteStore(':memory:')));
  afterEach(() => store.close());

  it('says from the stored looks alone, to the byte, what was said when the pages were crawled on several days', async () => {
    const HOUR = 3_600_000;
    const start = Date.parse('2026-09-23T18:30:00Z');
    const clock = openSimulatedClock(start);
    const country = { ...countryOf('tax'), services: [aService('tax-1', 'tax', { pageUrl: 'https://www.tax.example/s' })] }; // prettier-ignore
    // on the first day without a search, on the second with questions; silent in between
    const sites: Sites = (url, time) => {
      const hour = (time - start) / HOUR;
      if (hour > 29 && hour < 31) return NOBODY;
      if (url.endsWith('/s')) return page(hour > 40 ? '<p>questions</p>' : '');
      return new URL(url).pathname === '/' ? page(hour > 40 ? SEARCH : '') : undefined;
    };
    const steps = [0, 20, 30, 48].map((hours, number): Step => ({
      number, visit: number, kind: number === 0 || number === 3 ? 'crawl' : 'probe', at: new Date(start + hours * HOUR).toISOString(),
    })); // prettier-ignore
    await store.createAudit(
      anAudit({ trigger: 'round', organizationIds: ['tax'] }),
      country,
      new Map([['tax', steps]]),
    );
    const blobs = memoryBlobs();
    const tools = toolsOf(country, { clock, store, sites, blobs });
    await work(country, tools, { auditId: 'a', worker: 'anna', concurrency: 1, maxIdle: Infinity });

    const stored = await store.listFindings('a', 'tax');
    expect(stored.map(({ rule, verdict }) => [rule, verdict])).toEqual([
      ['presence/site-search', 'pass'],
      ['presence/availability', 'pass'],
      ['interaction/faq', 'pass'],
    ]);
    const nothing = toolsOf(country, { clock, store, sites: () => { throw new Error('asked'); }, blobs }); // prettier-ignore
    const again = await rejudgeOrganization('a', country, country.organizations[0]!, nothing);
    expect(JSON.stringify(again)).toBe(JSON.stringify(stored));

    // the first day alone would be a fail, on the two days that the edition asks for one that is not final
    const first = { ...store, listSnapshots: async () => (await store.listSnapshots('a', 'tax')).filter(({ visit }) => visit === 0) }; // prettier-ignore
    const ofFirst = async (visitsNeeded: number) =>
      (await rejudgeOrganization('a', country, country.organizations[0]!, { ...nothing, store: first, edition: anEdition(), visitsNeeded })).map(({ verdict }) => verdict); // prettier-ignore
    expect(await ofFirst(1)).toEqual(['fail', 'pass', 'fail']);
    expect(await ofFirst(2)).toEqual(['unclear', 'pass', 'unclear']);
  });
});
