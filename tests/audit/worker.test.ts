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
import { aFinding, anAudit, anEdition, aPlan, aRegistry } from '../storage/fixtures.ts';
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
const iso = (time: number): string => new Date(time).toISOString();
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
    // others are looked after where a test has them
    auditId: 'a', worker: 'anna', concurrency: 2, maxIdle: Infinity,
    onJob: ({ organizationId, steps: [step] }, event, detail) =>
      void story.push(`${organizationId} ${step ? `${step.kind} ${step.visit}` : 'audit'} ${event}${detail ? `: ${detail}` : ''}`),
    ...options,
  }); // prettier-ignore

/** How a round without hours follows its steps. */
const planned = (change: Partial<RoundPlan> = {}, edition = anEdition()) => {
  const round = { plan: aPlan({ window: null, visitsApart: 1, ...change }), edition };
  return { plan: stepPlanOf(round), hours: hoursOf(round) };
};
/** Domains shared through the store, as between processes. */
const leasesOf = (worker: string): DomainLeases => ({
  async lease(domain, pause) {
    const now = clock.now();
    const held = await store.leaseDomain(domain, worker, iso(now), iso(now + 3 * MINUTE), pause);
    return held && Math.max(0, (held.notBefore ? Date.parse(held.notBefore) : 0) - now);
  },
  release: (domain, notBefore) => store.releaseDomain(domain, worker, iso(notBefore)),
});

const findings = async (id = 'tax'): Promise<readonly Finding[]> => store.listFindings('a', id);
const verdict = async (rule: string, id = 'tax'): Promise<string> => {
  const finding = (await findings(id)).find((candidate) => candidate.rule === rule);
  return finding ? `${finding.verdict}: ${finding.message.en}` : 'none';
};
const looks = async (id = 'tax'): Promise<readonly Snapshot[]> =>
  (await store.listSnapshots('a', id)).filter(({ role }) => role !== 'robots');
/** Steps that were begun, in order. */
const begun = (lines: readonly string[]): string[] => lines.filter((line) => line.endsWith(' started')).map((line) => line.slice(0, -' started'.length)); // prettier-ignore
/** Visits with their roles, each once. */
const visits = async (id = 'tax'): Promise<string[]> => [
  ...new Set((await looks(id)).filter(({ role }) => role === 'portal' || role === 'probe').map(({ visit, role }) => `${visit} ${role}`)),
]; // prettier-ignore

describe('the steps of an organization', () => {
  it('are taken in order, each when it is due, and stored as its visit', async () => {
    const country = countryOf('tax');
    await given(country, [crawl(0, 1), probe(1, 20), crawl(2, 24), probe(3, 30)]);
    expect(await working(country)).toEqual({ done: 4, failed: [], stopped: false, nextDue: null });
    expect(await visits()).toEqual(['0 portal', '1 probe', '2 portal', '3 probe']);
    const times = new Map((await looks()).toReversed().map(({ visit, fetchedAt }) => [visit, hoursSince(fetchedAt)]));
    expect([0, 1, 2, 3].map((visit) => Math.floor(times.get(visit)!))).toEqual([1, 20, 24, 30]);
    expect(await store.listJobs('a')).toMatchObject([{ state: 'done', steps: [] }]);
    expect(begun(story)).toEqual(['tax crawl 0', 'tax probe 1', 'tax crawl 2', 'tax probe 3']);
  });

  it('leave with what is found the rules that found it', async () => {
    const country = countryOf('tax');
    for (const steps of [[crawl(0, 0)], [crawl(0, 0), probe(1, 6)]]) {
      await given(country, steps);
      await working(country);
      expect(await store.listRules('a')).toEqual(new Map([['tax', 'digest of the rules']]));
      await store.dropAudit('a');
    }
  });

  it('of several organizations are taken as they are due, whoever they belong to', async () => {
    const country = countryOf('tax', 'post');
    await given(country, { tax: [crawl(0, 0), crawl(1, 10)], post: [crawl(0, 5), probe(1, 6)] });
    await working(country);
    expect(begun(story)).toEqual(['tax crawl 0', 'post crawl 0', 'post probe 1', 'tax crawl 1']);
  });

  it('are one crawl where an audit has none', async () => {
    const country = countryOf('tax');
    await given(country, []);
    expect(await working(country)).toMatchObject({ done: 1 });
    expect(await visits()).toEqual(['0 portal']);
    expect(story).toEqual(['tax audit started', 'tax audit done: complete']);
  });

  it('are judged after each crawl, and after the last look whether the addresses answer', async () => {
    const country = countryOf('tax');
    await given(country, [crawl(0, 0), crawl(1, 24), probe(2, 30), probe(3, 36)]);
    const said: string[] = [];
    await working(country, {
      onJob: (_, event) => event === 'done' && void verdict('presence/availability').then((text) => said.push(text)),
    });
    expect(said).toEqual(['pass: 1 of 1', 'pass: 2 of 2', 'pass: 2 of 2', 'pass: 4 of 4']);
  });

  it('look also at systems of which only the crawl knows', async () => {
    const country = countryOf('tax');
    const services: readonly Service[] = [aService('tax-1', 'tax', { pageUrl: 'https://www.tax.example/permit' })];
    const sites: Sites = (url, time) =>
      url.startsWith('https://my.tax.example/') || url.endsWith('/permit')
        ? page('<p><a href="https://my.tax.example/">سامانه ثبت درخواست</a></p>')
        : EVERYBODY(url, time);
    await given({ ...country, services }, [crawl(0, 0), probe(1, 20)]);
    await working({ ...country, services }, { sites, ...planned() });
    const probed = (await looks()).filter(({ role }) => role === 'probe').map(({ url }) => url);
    expect(probed.sort()).toEqual(['https://my.tax.example/', 'https://www.tax.example/']);
  });
});

describe('what is said on several days', () => {
  const twice = [crawl(0, 0), crawl(1, 24)];

  it('is a fail only when it was seen on two days', async () => {
    const country = countryOf('tax');
    await given(country, twice);
    const report = await working(country, { sites: WITHOUT_SEARCH, patience: 0 });
    expect(report).toMatchObject({ done: 1, nextDue: at(24) });
    expect(await verdict('presence/site-search')).toBe('unclear: There is none. (Seen so on only 1 of the 2 days that a fail takes; not final yet.)'); // prettier-ignore
    await working(country, { sites: WITHOUT_SEARCH });
    expect(await verdict('presence/site-search')).toBe('fail: There is none.');
  });

  it('stays a pass when the second day was blocked', async () => {
    const country = countryOf('tax');
    await given(country, twice);
    await working(country, { sites: byHour((hour) => (hour < 12 ? EVERYBODY : () => refused('wall', 'blocked'))) });
    expect(story).toContain('tax crawl 1 done: complete, not to be seen');
    expect(await verdict('presence/site-search')).toBe('pass: There is one.');
  });

  it('becomes a pass when the second day shows what the first did not', async () => {
    const country = countryOf('tax');
    await given(country, twice);
    await working(country, { sites: byHour((hour) => (hour < 12 ? WITHOUT_SEARCH : EVERYBODY)) });
    expect(await verdict('presence/site-search')).toBe('pass: There is one.');
  });

  it('is no fail when only one of the two days could be seen', async () => {
    const country = countryOf('tax');
    await given(country, twice);
    await working(country, { sites: byHour((hour) => (hour < 12 ? WITHOUT_SEARCH : () => NOBODY)) });
    expect(await verdict('presence/site-search')).toMatch(/^unclear: There is none\. \(Seen so on only 1 of the 2/);
  });

  it('is blocked when nothing could be seen on any day', async () => {
    const country = countryOf('tax');
    await given(country, twice);
    await working(country, { sites: () => refused('wall', 'blocked') });
    expect(await verdict('presence/site-search')).toMatch(/^blocked: /);
  });
});

describe('a visit that found nobody at home', () => {
  it('gets another day', async () => {
    const country = countryOf('tax');
    await given(country, [crawl(0, 0), crawl(1, 24)]);
    await working(country, { sites: byHour((hour) => (hour < 12 ? () => NOBODY : WITHOUT_SEARCH)), ...planned() });
    expect(await visits()).toEqual(['0 portal', '1 portal', '2 portal']);
    const third = (await looks()).find(({ visit }) => visit === 2)!;
    expect(hoursSince(third.fetchedAt)).toBeGreaterThan(24 + 1.5); // on the next day in Tehran
    expect(await verdict('presence/site-search')).toBe('fail: There is none.');
  });

  it('is no silence of the organization’s where nobody else was asked: it may be our own line', async () => {
    const country = countryOf('tax', 'post');
    await given(country, [crawl(0, 0), crawl(1, 24), crawl(2, 48)]);
    await working(country, { sites: byHour((hour) => (hour > 20 && hour < 30 ? () => NOBODY : EVERYBODY)) });
    const portal = (await looks()).filter(({ role }) => role === 'portal');
    expect(portal.map(({ chain }) => chain.length)).toEqual([1, 0, 1]);
    expect(await verdict('presence/availability')).toBe('pass: 2 of 2');
  });

  it('tells all the same that the portal answered with a fault', async () => {
    const country = countryOf('tax');
    await given(country, [crawl(0, 0), crawl(1, 24), crawl(2, 48)]);
    await working(country, { sites: byHour((hour) => (hour > 20 && hour < 30 ? () => refused('wall', '') : EVERYBODY)) }); // prettier-ignore
    expect(await verdict('presence/availability')).toBe('pass: 3 of 3');
  });

  it('gets so many and no more as the plan allows', async () => {
    const country = countryOf('tax');
    await given(country, [crawl(0, 0), crawl(1, 24)]);
    expect(await working(country, { sites: () => NOBODY, ...planned({ extraVisits: 2 }) })).toMatchObject({ done: 4, nextDue: null }); // prettier-ignore
    expect(await visits()).toEqual(['0 portal', '1 portal', '2 portal', '3 portal']);
  });

  it('gets it after the looks that are left, also when the last of them is left out', async () => {
    const country = countryOf('tax');
    await given(country, [crawl(0, 0), crawl(1, 24), probe(2, 30)]);
    const sites = byHour((hour) => (hour < 12 || (hour > 29 && hour < 40) ? () => NOBODY : WITHOUT_SEARCH));
    await working(country, { sites, ...planned() });
    expect(story).toContain('tax crawl 3 done: complete');
    expect(await verdict('presence/site-search')).toBe('fail: There is none.');
  });

  it('is not looked for where there is no address to look at', async () => {
    const country = aRegistry({ organizations: [anOrganization('tax', { portalUrl: null })], services: [aService('tax-1', 'tax')] }); // prettier-ignore
    await given(country, [crawl(0, 0), probe(1, 20), crawl(2, 24)]);
    const stop = new AbortController();
    const long = clock.sleep(100 * DAY, stop.signal).then(() => stop.abort(), () => undefined); // prettier-ignore
    const report = await working(country, { ...planned(), signal: stop.signal });
    stop.abort();
    await long;
    expect(report).toMatchObject({ stopped: false, nextDue: null });
    expect(await store.listJobs('a')).toMatchObject([{ state: 'done' }]);
    expect(asked).toEqual([]);
    expect(await findings()).toHaveLength(3);
  });
});

describe('looks whether addresses answer', () => {
  const silent = (from: number, to: number): Sites => byHour((hour) => (hour >= from && hour < to ? () => NOBODY : EVERYBODY)); // prettier-ignore

  it('keep that a site did not answer while others did', async () => {
    const country = countryOf('tax', 'post');
    await given(country, { tax: [crawl(0, 0), crawl(1, 24), probe(2, 30)], post: [crawl(0, 0), probe(1, 40)] }); // prettier-ignore
    const sites: Sites = (url, time) => (url.includes('tax') ? silent(29, 31)(url, time) : EVERYBODY(url, time));
    await working(country, { sites });
    expect((await looks()).filter(({ visit }) => visit === 2)).toMatchObject([{ role: 'probe', chain: [] }]);
    expect(await verdict('presence/availability')).toBe('partial: 2 of 3');
  });

  it('ask others when a site is silent after a long time without any answer, three at most, and keep nothing of it', async () => {
    const country = countryOf('tax', 'post', 'roads', 'ports', 'water');
    await given(country, { tax: [crawl(0, 0), probe(1, 30)] });
    const sites: Sites = (url, time) => (/tax|post|roads/.test(url) ? silent(29, 31)(url, time) : EVERYBODY(url, time));
    await working(country, { sites });
    expect(asked.filter(({ at: time }) => hoursSince(time) > 29).map(({ url }) => url)).toEqual(['https://www.ports.example/']); // prettier-ignore
    expect((await looks()).at(-1)).toMatchObject({ visit: 1, role: 'probe', chain: [] });
    expect((await looks('ports')).filter(({ fetchedAt }) => hoursSince(fetchedAt) > 29)).toEqual([]);
  });

  it('tell nothing of the only site of a country that is silent: nobody else could say whose fault it is', async () => {
    const country = countryOf('tax');
    await given(country, [crawl(0, 0), probe(1, 30)]);
    await working(country, { sites: silent(29, 99) });
    expect(story.at(-1)).toBe('tax probe 1 done: dropped, because nobody answered: our own line');
    expect(await visits()).toEqual(['0 portal']);
  });

  it('are put off, and not stored, while nobody answers: it may be our own line', async () => {
    const country = countryOf('tax', 'post');
    await given(country, [crawl(0, 0), crawl(1, 24), probe(2, 30), probe(3, 36)]);
    await working(country, { sites: silent(29, 31) });
    expect(story.find((line) => line.startsWith('tax probe 2 postponed'))).toMatch(/: 2026-09-25T00:4\d/); // ten minutes later
    const made = (await looks()).filter(({ visit }) => visit === 2);
    expect(made).toHaveLength(1);
    expect(made[0]!.chain).toHaveLength(1);
    expect(hoursSince(made[0]!.fetchedAt)).toBeGreaterThanOrEqual(31);
    expect(hoursSince(made[0]!.fetchedAt)).toBeLessThan(31.2);
    expect(await verdict('presence/availability')).toBe('pass: 4 of 4');
    expect(await store.listJobs('a')).toMatchObject([{ state: 'done' }, { state: 'done' }]);
  });

  it('are dropped when nobody has answered for too long, and what comes after them is done', async () => {
    const country = countryOf('tax', 'post');
    await given(country, [crawl(0, 0), crawl(1, 24), probe(2, 30), probe(3, 48)]);
    await working(country, { sites: silent(29, 40) });
    expect(story).toContain('tax probe 2 done: dropped, because nobody answered: our own line');
    expect(await visits()).toEqual(['0 portal', '1 portal', '3 probe']);
    expect(await verdict('presence/availability')).toBe('pass: 3 of 3');
  });

  it('are judged also when the plan leaves out the last of them', async () => {
    const country = countryOf('tax', 'post');
    await given(country, [crawl(0, 0), crawl(1, 24), probe(2, 30), probe(3, 36)]);
    await working(country, { sites: silent(35, 60), ...planned() });
    expect(await visits()).toEqual(['0 portal', '1 portal', '2 probe']);
    expect(await store.listJobs('a')).toMatchObject([{ state: 'done' }, { state: 'done' }]);
    expect(await verdict('presence/availability')).toBe('pass: 3 of 3');
  });
});

describe('hours of crawling', () => {
  const SERVICES = Array.from({ length: 8 }, (_, n) => aService(`tax-${n}`, 'tax', { pageUrl: `https://www.tax.example/s${n}` })); // prettier-ignore
  const COUNTRY: Registry = { ...countryOf('tax'), services: SERVICES };
  const SITES: Sites = (url, time) =>
    /\/s\d$/.test(url) ? page(/[02468]$/.test(url) ? '<p>questions and answers</p>' : '') : EVERYBODY(url, time);
  const NIGHT = aPlan({ window: { from: '22:00', to: '23:00' }, visitsApart: 1 });
  const SLOW = { sites: SITES, pace: { minDelay: 7 * MINUTE } };
  /** What was looked at, in order, without the times. */
  const path = async () => (await looks()).map(({ visit, ordinal, role, url }) => `${visit} ${ordinal} ${role} ${url}`);

  it.each([
    ['without a plan', {}],
    ['by the plan of a round', { plan: stepPlanOf({ plan: NIGHT, edition: anEdition({ visits: 1 }) }) }],
  ])(
    'stop a crawl that runs into their end, and it goes on the next night from where it was (%s)',
    async (_, options) => {
      await given(COUNTRY, [crawl(0, 0)]);
      await working(COUNTRY, { ...SLOW, ...options });
      const undisturbed = { path: await path(), findings: await findings(), asked: asked.map(({ url }) => url) };
      expect(hoursSince((await looks()).at(-1)!.fetchedAt)).toBeGreaterThan(1.1);
      await store.close();

      [store, clock, asked, story] = [openSqliteStore(':memory:'), openSimulatedClock(START), [], []];
      await given(COUNTRY, [crawl(0, 0)]);
      await working(COUNTRY, { ...SLOW, ...options, hours: hoursOf({ plan: NIGHT }) });
      expect({ path: await path(), findings: await findings(), asked: asked.map(({ url }) => url) }).toEqual(
        undisturbed,
      );
      expect(asked.filter(({ at: time }) => !inWindow(NIGHT, time))).toEqual([]);
      expect(new Set(asked.map(({ at: time }) => Math.floor(hoursSince(time) / 24))).size).toBe(2);
      expect(story[1]).toBe(`tax crawl 0 postponed: ${at(24)}`);
      expect(await store.listJobs('a')).toMatchObject([{ state: 'done', steps: [] }]);
    },
  );

  it('make of a crawl over two nights no second one: the edition’s other day is still to come', async () => {
    await given(COUNTRY, [crawl(0, 0)]);
    const edition = anEdition({ visits: 2 });
    await working(COUNTRY, { ...SLOW, plan: stepPlanOf({ plan: NIGHT, edition }), hours: hoursOf({ plan: NIGHT }) });
    expect(story.filter((line) => line.includes(' done'))).toEqual(['tax crawl 0 done: complete', 'tax crawl 1 done: complete']); // prettier-ignore
    expect(await visits()).toEqual(['0 portal', '1 portal']);
  });

  it('are waited for by a crawl, and not by a look whether addresses answer', async () => {
    await given(countryOf('tax', 'post'), { tax: [crawl(0, 0), probe(1, 15)], post: [crawl(0, 12)] });
    await working(countryOf('tax', 'post'), { hours: hoursOf({ plan: NIGHT }) });
    const firstLook = async (id: string, visit: number) => hoursSince((await looks(id)).find((look) => look.visit === visit)!.fetchedAt); // prettier-ignore
    expect(await firstLook('tax', 1)).toBeCloseTo(15, 1);
    expect(await firstLook('post', 0)).toBeCloseTo(24, 1);
    expect(story).toContain(`post crawl 0 postponed: ${at(24)}`);
  });

  it('do not end where there are none', async () => {
    await given(COUNTRY, [crawl(0, 0)]);
    await working(COUNTRY, { ...SLOW, hours: hoursOf({ plan: aPlan({ window: null }) }) });
    expect(story).toEqual(['tax crawl 0 started', 'tax crawl 0 done: complete']);
  });
});

describe('patience', () => {
  const country = countryOf('tax', 'post');
  beforeEach(() => given(country, { tax: [crawl(0, 0), probe(1, 3), probe(2, 9)], post: [crawl(0, 1)] }));

  it('of nothing does what is due now, and says when the next step is', async () => {
    expect(await working(country, { patience: 0 })).toEqual({ done: 1, failed: [], stopped: false, nextDue: at(1) });
    expect(clock.now()).toBeLessThan(START + HOUR);
  });

  it('waits for what is due within it', async () => {
    expect(await working(country, { patience: 2.5 * HOUR })).toMatchObject({ done: 3, nextDue: at(9) });
  });

  it('has nothing to say when nothing is left', async () => {
    expect(await working(country)).toMatchObject({ done: 4, nextDue: null });
    expect(await working(country, { patience: 0 })).toEqual({ done: 0, failed: [], stopped: false, nextDue: null });
  });
});

describe('several workers', () => {
  it('share an audit: each step is done once, and a domain is asked by one at a time with its pause between', async () => {
    const ids = ['a', 'b', 'c', 'd', 'e'];
    const country = aRegistry({ organizations: ids.map((id) => anOrganization(id, { portalUrl: `https://${id}.shared.ir/` })) }); // prettier-ignore
    await given(country, [crawl(0, 0), crawl(1, 24)]);
    const reports = await Promise.all(
      ['anna', 'babak'].map((worker) =>
        working(country, { worker, leases: leasesOf(worker), maxIdle: 30_000, onJob: ({ organizationId, steps }, event) => event === 'done' && void story.push(`${worker} ${organizationId} ${steps[0]!.visit}`) }),
      ),
    ); // prettier-ignore
    expect(reports[0]!.done + reports[1]!.done).toBe(10);
    expect(story.map((line) => line.replace(/^\w+ /, '')).sort()).toEqual(ids.flatMap((id) => [`${id} 0`, `${id} 1`]));
    expect(new Set(story.map((line) => line.split(' ')[0]))).toEqual(new Set(['anna', 'babak']));
    const times = asked.map(({ at: time }) => time);
    expect(Math.min(...times.slice(1).map((time, index) => time - times[index]!))).toBeGreaterThanOrEqual(2_000);
    expect((await store.listJobs('a')).every(({ state }) => state === 'done')).toBe(true);
  });

  it('have at most as many organizations under way as was said, each', async () => {
    const country = countryOf('a', 'b', 'c', 'd', 'e');
    await given(country, []);
    let under = 0;
    let most = 0;
    await working(country, { concurrency: 3, onJob: (_, event) => (most = Math.max(most, (under += event === 'started' ? 1 : -1))) }); // prettier-ignore
    expect([most, under]).toEqual([3, 0]);
  });

  it('take over what a dead one holds when the caller gives it back', async () => {
    const country = countryOf('tax');
    await given(country, []);
    await store.leaseJob('a', 'dead', at(0), at(1000));
    await working(country, { onIdle: async () => void (await store.releaseWorker('dead', iso(clock.now()))) });
    expect(story).toEqual(['tax audit started', 'tax audit done: complete']);
    expect(clock.now()).toBeLessThan(START + HOUR);
  });

  it('take over what a dead one holds when its lease ends', async () => {
    const country = countryOf('tax');
    await given(country, []);
    await store.leaseJob('a', 'dead', at(0), at(0.05));
    await working(country);
    expect(hoursSince(asked[0]!.at)).toBeGreaterThanOrEqual(0.05);
    expect(await store.listJobs('a')).toMatchObject([{ state: 'done', attempts: 2 }]);
  });
});

describe('a worker that loses its lease', () => {
  /** When a page is asked for, another worker takes the job and completes it. */
  const stolenAt =
    (path: string): Sites =>
    (url, time) => {
      if (url.endsWith(path)) {
        void store.releaseWorker('anna', iso(time));
        void store.leaseJob('a', 'babak', iso(time), iso(time + HOUR));
        void store.completeJob('a', 'tax', 'babak', { findings: [aFinding({ organization: 'tax', rule: 'presence/of-babak' })], skipped: [] }); // prettier-ignore
      }
      return EVERYBODY(url, time);
    };

  it('writes nothing, when it notices at the end', async () => {
    const country = countryOf('tax');
    await given(country, []);
    expect(await working(country, { sites: stolenAt('/robots.txt') })).toMatchObject({ done: 0, failed: [] });
    expect(story).toEqual(['tax audit started']);
    expect((await findings()).map(({ rule }) => rule)).toEqual(['presence/of-babak']);
  });

  it('asks for nothing more from when it notices, within the time of a renewal', async () => {
    const country = countryOf('tax');
    await given(country, []);
    const pace = { minDelay: 30_000 };
    expect(await working(country, { sites: stolenAt('/robots.txt'), pace })).toMatchObject({ done: 0 });
    expect(asked.length).toBeLessThanOrEqual(1);
    expect((await findings()).map(({ rule }) => rule)).toEqual(['presence/of-babak']);
  });

  it('keeps it as long as it works: a long crawl is renewed', async () => {
    const country = countryOf('tax');
    await given(country, []);
    const other = async (): Promise<void> => {
      for (let minute = 0; minute < 25; minute++) {
        await clock.sleep(MINUTE);
        story.push(String((await store.leaseJob('a', 'babak', iso(clock.now()), iso(clock.now() + HOUR)))?.organizationId ?? 'nothing')); // prettier-ignore
      }
    };
    await Promise.all([working(country, { pace: { minDelay: 10 * MINUTE } }), other()]);
    expect(new Set(story)).toEqual(new Set(['tax audit started', 'nothing', 'tax audit done: complete']));
    expect(clock.now()).toBeGreaterThan(START + 20 * MINUTE);
  });
});

describe('a worker that is stopped', () => {
  it('gives everything back, and what it had looked at stays for the next one', async () => {
    const country = countryOf('tax', 'post', 'roads');
    await given(country, [crawl(0, 0)]);
    const stop = new AbortController();
    const sites: Sites = (url, time) => {
      if (asked.length === 4) stop.abort(new Error('stopped'));
      return EVERYBODY(url, time);
    };
    const report = await working(country, { sites, signal: stop.signal, leases: leasesOf('anna') });
    expect(report).toMatchObject({ done: 0, stopped: true });
    expect(await store.listJobs('a')).toMatchObject(
      ['tax', 'post', 'roads'].map((organizationId) => ({ organizationId, state: 'waiting', attempts: 0, worker: null, steps: [crawl(0, 0)] })),
    ); // prettier-ignore
    for (const id of ['tax', 'post']) {
      const last = Math.max(...asked.filter(({ url }) => url.includes(id)).map(({ at: time }) => time));
      const free = await store.leaseDomain(`www.${id}.example`, 'babak', iso(clock.now()), iso(clock.now() + HOUR));
      expect(Date.parse(free!.notBefore!)).toBeGreaterThanOrEqual(last + 2_000);
      await store.releaseDomain(`www.${id}.example`, 'babak', iso(clock.now()));
    }
    expect(await findings()).toEqual([]);

    const before = asked.map(({ url }) => url);
    expect(await working(country, { worker: 'babak' })).toMatchObject({ done: 3, stopped: false });
    const after = asked.slice(before.length).map(({ url }) => url);
    const kept = (await looks()).filter(({ url }) => before.includes(url)).map(({ url }) => url);
    // the look during which it was stopped may have to be repeated, no other
    expect(after.filter((url) => before.includes(url)).length).toBeLessThanOrEqual(2);
    expect(kept.length).toBeGreaterThan(0);
    expect(await verdict('presence/site-search')).toMatch(/^pass/);
  });

  it('stops at once while nothing is due', async () => {
    const country = countryOf('tax');
    await given(country, [crawl(0, 50)]);
    const stop = new AbortController();
    void clock.sleep(HOUR).then(() => stop.abort(new Error('stopped')));
    expect(await working(country, { signal: stop.signal })).toEqual({ done: 0, failed: [], stopped: true, nextDue: null }); // prettier-ignore
    expect(clock.now()).toBe(START + HOUR);
  });
});

describe('a fault of our own', () => {
  const failing = (times: number): Store =>
    new Proxy(store, {
      get(target, name) {
        const method = (Reflect.get(target, name, target) as (...all: unknown[]) => Promise<unknown>).bind(target);
        if (name !== 'saveSnapshot') return method;
        return (snapshot: Snapshot) =>
          snapshot.organizationId === 'tax' && times-- > 0 ? Promise.reject(new Error('the disk is full')) : method(snapshot); // prettier-ignore
      },
    });

  it('is tried again after a while', async () => {
    const country = countryOf('tax', 'post');
    await given(country, [crawl(0, 0)]);
    expect(await working(country, { of: failing(2) })).toMatchObject({ done: 2, failed: [] });
    expect(story.filter((line) => line.startsWith('tax'))).toEqual([
      'tax crawl 0 started', 'tax crawl 0 failed: the disk is full',
      'tax crawl 0 started', 'tax crawl 0 failed: the disk is full',
      'tax crawl 0 started', 'tax crawl 0 done: complete',
    ]); // prettier-ignore
    expect(clock.now()).toBeGreaterThanOrEqual(START + MINUTE);
  });

  it('gives an organization up after three times, and the others go on', async () => {
    const country = countryOf('tax', 'post');
    await given(country, [crawl(0, 0), crawl(1, 1)]);
    expect(await working(country, { of: failing(Infinity) })).toMatchObject({
      done: 2,
      failed: [{ organizationId: 'tax', error: 'the disk is full' }],
    });
    expect(await store.listJobs('a')).toMatchObject([
      { organizationId: 'tax', state: 'failed', error: 'the disk is full' },
      { organizationId: 'post', state: 'done' },
    ]);
  });

  it('takes a step from an organization, and not the days after it', async () => {
    const country = countryOf('tax');
    await given(country, [crawl(0, 0), probe(1, 1), crawl(2, 24)]);
    expect(await working(country, { of: failing(3), patience: 0 })).toMatchObject({ done: 0, failed: [], nextDue: iso(START + MINUTE / 2) }); // prettier-ignore
    await working(country, { of: failing(2), patience: MINUTE });
    expect(await store.listJobs('a')).toMatchObject([
      { state: 'waiting', error: 'the disk is full', attempts: 0, runAfter: at(1), steps: [probe(1, 1), crawl(2, 24)] },
    ]);
    expect(await working(country)).toMatchObject({ done: 2, failed: [] });
    expect(await visits()).toEqual(['1 probe', '2 portal']);
  });

  it('is told of all organizations of the audit that were given up, whoever did', async () => {
    const country = countryOf('tax', 'post');
    await given(country, [crawl(0, 0)]);
    await store.leaseJob('a', 'babak', at(0), at(9));
    await store.failJob('a', 'tax', 'babak', 'a fault of theirs', null);
    expect(await working(country)).toMatchObject({ done: 1, failed: [{ organizationId: 'tax', error: 'a fault of theirs' }] }); // prettier-ignore
  });

  it('on one step does not count against the next', async () => {
    const country = countryOf('tax');
    await given(country, [crawl(0, 0), crawl(1, 1)]);
    let left = 2;
    const flaky = new Proxy(store, {
      get(target, name) {
        const method = (Reflect.get(target, name, target) as (...all: unknown[]) => Promise<unknown>).bind(target);
        if (name !== 'saveSnapshot') return method;
        return async (snapshot: Snapshot) => {
          if (snapshot.role === 'portal' && left-- > 0) throw new Error('the disk is full');
          if (snapshot.role === 'portal') left = 2;
          return method(snapshot);
        };
      },
    });
    expect(await working(country, { of: flaky })).toMatchObject({ done: 2, failed: [] });
  });
});
