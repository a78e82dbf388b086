import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inWindow } from '../../src/audit/schedule.ts';
import { work, type WorkOptions, type WorkReport } from '../../src/audit/worker.ts';
import { hoursOf, stepPlanOf } from '../../src/cli/rounds.ts';
import type { Finding, Registry, Service, Snapshot, Step } from '../../src/core/model.ts';
import type { RoundPlan } from '../../src/core/round.ts';
import { refused } from '../../src/crawl/contract.ts';
import type { DomainLeases, Pace } from '../../src/crawl/politeness.ts';
import { openSqliteStore } from '../../storage/sqlite.ts';
import type { Store } from '../../storage/store.ts';
import { openSimulatedClock, type SimulatedClock } from '../simulated-clock.ts';
import { aFinding, anAudit, anEdition, aPlan, at as minutesAfterEight } from '../storage/fixtures.ts';
import {
  anOrganization,
  aService,
  countryOf,
  memoryBlobs,
  NOBODY,
  page,
  SEARCH,
  toolsOf,
  type Asked,
  type Sites,
} from './fake-country.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** 22:00 in Tehran, when crawling begins. */
const START = Date.parse('2026-09-23T18:30:00Z');
/** UTC of so many hours after the start. */
const at = (hours: number): string => new Date(START + hours * HOUR).toISOString();
const crawl = (number: number, hours: number): Step => ({ number, visit: number, kind: 'crawl', at: at(hours) });
const probe = (number: number, hours: number): Step => ({ number, visit: number, kind: 'probe', at: at(hours) });
const hoursSince = (time: string | number): number => (new Date(time).getTime() - START) / HOUR;

const EVERYBODY: Sites = (url) => (new URL(url).pathname === '/' ? page(SEARCH) : undefined);
const WITHOUT_SEARCH: Sites = (url) => (new URL(url).pathname === '/' ? page('') : undefined);
/** What a site answers by the hour. */
const byHour =
  (sites: (hour: number) => Sites): Sites =>
  (url, time) =>
    sites(hoursSince(time))(url, time);

let store: Store;
let clock: SimulatedClock;
let asked: Asked[];
let story: string[];
beforeEach(() => {
  store = openSqliteStore(':memory:');
  clock = openSimulatedClock(START);
  asked = [];
  story = [];
});
afterEach(() => store.close());

/** The audit `a` of a round over the country, each organization with these steps, or its own. */
const given = (country: Registry, steps: readonly Step[] | Readonly<Record<string, readonly Step[]>>) => {
  const ids = country.organizations.map(({ id }) => id);
  const own = (id: string): readonly Step[] => ('length' in steps ? (steps as readonly Step[]) : ((steps as Record<string, Step[]>)[id] ?? [])); // prettier-ignore
  return store.createAudit(
    anAudit({ trigger: 'round', organizationIds: ids, startedAt: new Date(START).toISOString() }),
    country,
    new Map(ids.map((id) => [id, own(id)])),
  );
};
interface Working extends Partial<WorkOptions> {
  readonly sites?: Sites;
  readonly pace?: Partial<Pace>;
  readonly leases?: DomainLeases;
  readonly blobs?: ReturnType<typeof memoryBlobs>;
  readonly of?: Store;
}
const blobs = memoryBlobs();
/** Works on the audit and tells the story of its jobs. */
const working = (
  country: Registry,
  { sites = EVERYBODY, pace, leases, of = store, blobs: own = blobs, ...options }: Working = {},
): Promise<WorkReport> =>
  work(country, toolsOf(country, { clock, store: of, sites, blobs: own, asked, ...(pace ? { pace } : {}), ...(leases ? { leases } : {}) }), {
    auditId: 'a', worker: 'anna', concurrency: 2,
    onJob: ({ organizationId, steps: [step] }, event, detail) =>
      void story.push(`${organizationId} ${step ? `${step.kind} ${step.visit}` : 'audit'} ${event}${detail ? `: ${detail}` : ''}`),
    ...options,
  }); // prettier-ignore

const findings = async (id = 'tax'): Promise<readonly Finding[]> => store.listFindings('a', id);
const verdict = async (rule: string, id = 'tax'): Promise<string> => {
  const finding = (await findings(id)).find((candidate) => candidate.rule === rule);
  return finding ? `${finding.verdict}: ${finding.message.en}` : 'none';
};
const looks = async (id = 'tax'): Promise<readonly Snapshot[]> =>
  (await store.listSnapshots('a', id)).filter(({ role }) => role !== 'robots');
/** Visits with their roles, each once. */
const visits = async (id = 'tax'): Promise<string[]> => [
  ...new Set((await looks(id)).filter(({ role }) => role === 'portal' || role === 'probe').map(({ visit, role }) => `${visit} ${role}`)),
]; // prettier-ignore

describe('the steps of an organization', () => {
  it('are taken in order, each when it is due, and stored as its visit', async () => {
    const country = countryOf('tax');
    await given(country, [crawl(0, 1), probe(1, 20), crawl(2, 24), probe(3, 30)]);
    const report = await working(country);
    expect(report).toEqual({ done: 4, failed: [], stopped: false, nextDue: null });
    expect(await visits()).toEqual(['0 portal', '1 probe', '2 portal', '3 probe']);
    const begun = new Map((await looks()).toReversed().map(({ visit, fetchedAt }) => [visit, hoursSince(fetchedAt)]));
    expect([...begun.entries()].sort().map(([, hour]) => Math.floor(hour))).toEqual([1, 20, 24, 30]);
    expect(await store.listJobs('a')).toMatchObject([{ state: 'done', steps: [], attempts: 0 }]);
    expect(story.filter((line) => line.includes('started'))).toEqual([
      'tax crawl 0 started',
      'tax probe 1 started',
      'tax crawl 2 started',
      'tax probe 3 started',
    ]);
  });

  it('of several organizations are taken as they are due, whoever they belong to', async () => {
    const country = countryOf('tax', 'post');
    await given(country, { tax: [crawl(0, 0), crawl(1, 10)], post: [crawl(0, 5), probe(1, 6)] });
    await working(country);
    expect(story.filter((line) => line.includes('started'))).toEqual([
      'tax crawl 0 started',
      'post crawl 0 started',
      'post probe 1 started',
      'tax crawl 1 started',
    ]);
  });

  it('are one crawl where an audit has none', async () => {
    const country = countryOf('tax');
    await given(country, []);
    expect(await working(country)).toMatchObject({ done: 1 });
    expect(await visits()).toEqual(['0 portal']);
    expect(story).toEqual(['tax audit started', 'tax audit done: complete']);
  });

  it('are judged when pages were crawled, and again after the last look at whether it answers', async () => {
    const country = countryOf('tax');
    await given(country, [crawl(0, 0), crawl(1, 24), probe(2, 30), probe(3, 36), probe(4, 42)]);
    const seen: string[] = [];
    const answering = byHour((hour) => (hour > 35 && hour < 40 ? () => NOBODY : EVERYBODY));
    const telling: Sites = (url, time) => (url.includes('post') ? EVERYBODY(url, time) : answering(url, time));
    const both = countryOf('tax', 'post');
    store.close();
    store = openSqliteStore(':memory:');
    // post answers all the time, so that the silence of tax is its own
    await given(both, { tax: [crawl(0, 0), crawl(1, 24), probe(2, 30), probe(3, 36), probe(4, 42)], post: Array.from({ length: 90 }, (_, n) => probe(n, 0.1 + n / 2)) }); // prettier-ignore
    await working(both, {
      sites: telling,
      onJob: async ({ organizationId }, event) =>
        void (event === 'done' && organizationId === 'tax' && seen.push(await verdict('presence/availability'))),
    });
    expect(await verdict('presence/availability')).toBe('partial: 4 of 5');
  });
});
