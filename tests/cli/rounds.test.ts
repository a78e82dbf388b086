import { mkdtempSync, rmSync } from 'node:fs';
import { hostname, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { inWindow } from '../../src/audit/schedule.ts';
import { openRevision, publishRound, startPreview, startReview, roundOf } from '../../src/audit/round.ts';
import { work, type WorkOptions } from '../../src/audit/worker.ts';
import { editionOf, openData, rulesDigest, type Data } from '../../src/cli/compose.ts';
import { DONE, USER_MISTAKE } from '../../src/cli/exit-codes.ts';
import { main } from '../../src/cli/main.ts';
import { doerOf, hoursOf, judgeInRound, openNewRound, stepPlanOf, type NewRound } from '../../src/cli/rounds.ts';
import { UserError } from '../../src/core/errors.ts';
import type { Finding, Step } from '../../src/core/model.ts';
import type { RoundPlan } from '../../src/core/round.ts';
import { openSimulatedClock } from '../simulated-clock.ts';
import { anAudit, anEdition, aPlan, aReaudit, aRegistry, aRound, aStep } from '../storage/fixtures.ts';
import { anOrganization, aService, countryOf, page, SEARCH, toolsOf, type Sites } from '../audit/fake-country.ts';

vi.mock('node:os', async (original) => {
  const os = await original<typeof import('node:os')>();
  return { ...os, userInfo: vi.fn(os.userInfo) };
});

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** 22:00 in Tehran. */
const EVENING = Date.parse('2026-09-23T18:30:00Z');
/** Milliseconds by which clocks in Tehran are ahead. */
const TEHRAN = 3.5 * HOUR;
/** The number of no process: above all that Linux gives. */
const DEAD = 2 ** 22 + 1;
const iso = (time: number): string => new Date(time).toISOString();
const roundOfPlan = (change: Partial<RoundPlan> = {}, visits = 2) => ({ plan: aPlan(change), edition: anEdition({ visits }) }); // prettier-ignore

describe('who does something', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('is who is named, else the user of the machine', () => {
    vi.stubEnv('RASAD_BY', undefined);
    expect(doerOf({}).by).toBe(userInfo().username);
    vi.stubEnv('RASAD_BY', 'Reza');
    expect(doerOf({}).by).toBe('Reza');
    expect(doerOf({ by: 'Sara' }).by).toBe('Sara');
  });

  it('has a number where the machine knows no name', () => {
    vi.stubEnv('RASAD_BY', undefined);
    vi.mocked(userInfo).mockImplementationOnce(() => {
      throw new Error('A system error occurred: uv_os_get_passwd returned ENOENT (no such file or directory)');
    });
    expect(doerOf({}).by).toMatch(/^user \d+$/);
  });
});

describe('the hours of crawling of a round', () => {
  const night = hoursOf({ plan: aPlan() }); // 22:00 to 06:00 in Tehran

  it.each([
    ['a minute before they begin', -MINUTE, { open: false, until: EVENING }],
    ['as they begin', 0, { open: true, until: EVENING + 8 * HOUR }],
    ['after midnight', 5 * HOUR, { open: true, until: EVENING + 8 * HOUR }],
    ['a moment before they end', 8 * HOUR - 1, { open: true, until: EVENING + 8 * HOUR }],
    ['as they end', 8 * HOUR, { open: false, until: EVENING + DAY }],
    ['at noon', 14 * HOUR, { open: false, until: EVENING + DAY }],
  ])('%s', (_, after, expected) => expect(night(EVENING + after)).toEqual(expected));

  it('are all hours where the plan has none', () => {
    expect(hoursOf({ plan: aPlan({ window: null }) })(EVENING)).toEqual({ open: true, until: Infinity });
  });
});

describe('the steps of a round', () => {
  const plan = stepPlanOf(roundOfPlan());
  const crawl = (number: number, at: number): Step => aStep({ number, visit: number, at: iso(at) });
  const probe = (number: number, at: number): Step => aStep({ number, visit: number, kind: 'probe', at: iso(at) });
  const made = (visit: number, at: number, isGood = true) => ({ visit, at: iso(at), isGood });

  it('stay as they are while they are in time', () => {
    const steps = [crawl(1, EVENING + HOUR), probe(2, EVENING + DAY)];
    expect(plan.now('tax', steps, [made(0, EVENING - 7 * DAY)], EVENING + HOUR)).toEqual(steps);
  });

  it('go on, when a crawl missed its night, with the next one under the same visit, and without the looks that were missed', () => {
    const now = EVENING + 2 * DAY - 4 * HOUR;
    const steps = [crawl(0, EVENING + HOUR), probe(1, EVENING + DAY), probe(2, EVENING + 3 * DAY), crawl(3, EVENING + 7 * DAY)]; // prettier-ignore
    const [first, ...others] = plan.now('tax', steps, [], now);
    expect(first).toMatchObject({ kind: 'crawl', number: 0, visit: 0 });
    expect(Date.parse(first!.at)).toBeGreaterThan(now);
    expect(inWindow(aPlan(), Date.parse(first!.at))).toBe(true);
    expect(others.map(({ kind, visit }) => [kind, visit])).toEqual([['probe', 1], ['crawl', 2]]); // prettier-ignore
  });

  it('are the others when one is done, whatever became of it', () => {
    const steps = [crawl(0, EVENING), probe(1, EVENING + DAY), crawl(2, EVENING + 7 * DAY)];
    for (const isGood of [true, false]) expect(plan.after('tax', steps, [], isGood, EVENING + HOUR)).toEqual(steps.slice(1)); // prettier-ignore
  });

  it('are over when the last is done and the edition’s days were good ones', () => {
    const last = crawl(5, EVENING + 7 * DAY);
    expect(plan.after('tax', [last], [made(0, EVENING)], true, EVENING + 7 * DAY + HOUR)).toEqual([]);
  });

  it('are one more crawl, a week later, when one of these days was not', () => {
    const last = crawl(5, EVENING + 7 * DAY);
    for (const [earlier, isGood] of [[true, false], [false, true]] as const) {
      const [more, ...none] = plan.after('tax', [last], [made(0, EVENING, earlier)], isGood, EVENING + 7 * DAY + HOUR);
      expect(more).toMatchObject({ number: 6, visit: 6, kind: 'crawl' });
      expect(iso(Date.parse(more!.at) + TEHRAN)).toMatch(/^2026-10-07/); // two weeks after the first
      expect(inWindow(aPlan(), Date.parse(more!.at))).toBe(true);
      expect(none).toEqual([]);
    }
  }); // prettier-ignore

  it('ask for as many days as the edition does', () => {
    const last = crawl(0, EVENING);
    expect(stepPlanOf(roundOfPlan({}, 1)).after('tax', [last], [], true, EVENING)).toEqual([]);
    expect(stepPlanOf(roundOfPlan({}, 3)).after('tax', [last], [], true, EVENING)).toHaveLength(1);
  });

  it('end when the further crawls of the plan are used up', () => {
    const bad = [made(0, EVENING, false), made(1, EVENING + DAY, false), made(2, EVENING + 2 * DAY, false)];
    const last = crawl(3, EVENING + 3 * DAY);
    expect(stepPlanOf(roundOfPlan({ extraVisits: 2 })).after('tax', [last], bad, false, EVENING + 3 * DAY)).toEqual([]);
    expect(stepPlanOf(roundOfPlan({ extraVisits: 3 })).after('tax', [last], bad, false, EVENING + 3 * DAY)).toHaveLength(1); // prettier-ignore
  });
});

describe('rounds in a folder of data', () => {
  let folder: string;
  let data: Data;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'rasad-rounds-'));
    data = openData(folder);
  });
  afterEach(async () => {
    await data.close();
    rmSync(folder, { recursive: true, force: true });
  });
  /** Runs a command on the folder of data, and gives its code, what it printed and what it told. */
  const rasad = async (...args: string[]) => {
    const [printed, told] = [process.stdout, process.stderr].map((stream) => vi.spyOn(stream, 'write').mockReturnValue(true)); // prettier-ignore
    const textOf = (spy: typeof printed): string => spy!.mock.calls.map(([text]) => String(text)).join('');
    try {
      const code = await main([...args, '--data', folder, '--lang', 'en']);
      return { code, printed: textOf(printed), told: textOf(told) };
    } finally {
      vi.restoreAllMocks();
    }
  };
  /** The looks of an audit at each organization of its registry, on as many days as it has steps. */
  const lookAll = async (auditId: string, sites: Sites, options: Partial<WorkOptions> = {}): Promise<void> => {
    const registry = (await data.store.getRegistry(auditId))!;
    const tools = toolsOf(registry, { clock: openSimulatedClock(EVENING), store: data.store, blobs: data.blobs, sites }); // prettier-ignore
    await work(registry, tools, { auditId, worker: 'anna', concurrency: 1, maxIdle: Infinity, ...options });
  };
  const EVERYBODY: Sites = (url) => (new URL(url).pathname === '/' ? page('') : undefined);
  const doer = { by: 'Sara', note: '', at: iso(EVENING - 5 * HOUR) };
  const aNewRound = (change: Partial<NewRound> = {}): NewRound => ({
    id: 'r', names: aRound().names, period: null, edition: anEdition(), plan: aPlan(), registry: countryOf('tax'), ...change,
  }); // prettier-ignore

  it('open with a way of its own for each organization that takes part', async () => {
    const registry = aRegistry({
      organizations: [anOrganization('tax'), anOrganization('gone', { cooperation: 'withdrawn' }), anOrganization('post')],
    });
    const plan = aPlan({ probes: { perDay: 1, days: 3 } });
    const round = await openNewRound(data, aNewRound({ registry, plan }), doer);
    expect(round).toMatchObject({ id: 'r', state: 'open', revises: null, openedBy: 'Sara', plan });
    const jobs = await data.store.listJobs(round.auditId);
    expect(jobs.map(({ organizationId }) => organizationId)).toEqual(['tax', 'post']);
    for (const { steps, runAfter } of jobs) {
      expect(steps.map(({ kind }) => kind)).toEqual(['crawl', 'probe', 'probe', 'probe', 'crawl']);
      expect(runAfter).toBe(steps[0]!.at);
      for (const { kind, at } of steps) if (kind === 'crawl') expect(inWindow(plan, Date.parse(at))).toBe(true);
    }
    expect(jobs[0]!.steps[0]!.at).not.toBe(jobs[1]!.steps[0]!.at);
  }); // prettier-ignore

  it('do not open over nobody', async () => {
    const registry = aRegistry({ organizations: [anOrganization('gone', { cooperation: 'withdrawn' })] });
    await expect(openNewRound(data, aNewRound({ registry }), doer)).rejects.toThrow(UserError);
    expect(await data.store.listRounds()).toEqual([]);
  });

  it('judge copies of looks on demand in a revision as the looks themselves, which were made on one day', async () => {
    const registry = countryOf('tax');
    const clock = openSimulatedClock(EVENING);
    const round = await openNewRound(data, aNewRound({ registry, plan: aPlan({ window: null, visitsApart: 1, probes: { perDay: 0, days: 0 } }) }), doer); // prettier-ignore
    // what the round did not see was there when it was looked for again
    const sites: Sites = (url, time) => (new URL(url).pathname === '/' ? page(time < EVENING + 5 * DAY ? '' : `<form role="search"><input type="search" name="q"></form>${SEARCH}`) : undefined); // prettier-ignore
    const tools = toolsOf(registry, { clock, store: data.store, blobs: data.blobs, sites });
    await work(registry, tools, { auditId: round.auditId, worker: 'anna', concurrency: 1, maxIdle: Infinity, plan: stepPlanOf(round) }); // prettier-ignore
    await startReview(data.store, round, doer, { early: false, rulesDigest, judge: async () => [] });
    await data.store.saveFindings(
      round.auditId,
      'tax',
      await judgeInRound(data, round, registry, round.auditId, 'tax'),
    );

    await clock.sleep(9 * DAY);
    await data.store.createAudit(anAudit({ id: 'again', trigger: 'demand', organizationIds: ['tax'] }), registry);
    await data.store.addReaudit(aReaudit({ organization: 'tax' }));
    await work(registry, { ...tools, visitsNeeded: 1 }, { auditId: 'again', worker: 'anna', concurrency: 1 });
    const again = await judgeInRound(data, round, registry, 'again', 'tax');
    await data.store.saveFindings('again', 'tax', again);
    await data.store.decideReaudit('again', { accepted: true, ...doer });
    await startPreview(data.store, await roundOf(data.store, 'r'), doer);
    await publishRound(data.store, await roundOf(data.store, 'r'), doer, []);

    const published = await roundOf(data.store, 'r');
    const judge = (auditId: string, id: string) => judgeInRound(data, published, registry, auditId, id);
    const revision = await openRevision(data.store, published, { ...doer, note: 'wrong' }, { rulesDigest, judge });
    const revised = await data.store.listFindings(revision.auditId, 'tax');
    expect(revised).toEqual(again);
    expect(again.filter(({ verdict }) => verdict === 'fail').length).toBeGreaterThan(5);
    expect(again.find(({ rule }) => rule === 'presence/site-search')?.verdict).not.toBe('fail');
  });

  describe('judged again', () => {
    /** An audit of tax that looked at it on one day and found no search. */
    const lookedAt = async (id: string, trigger: 'command' | 'round'): Promise<void> => {
      await data.store.createAudit(anAudit({ id, trigger, organizationIds: ['tax'] }), countryOf('tax'));
      await lookAll(id, EVERYBODY);
    };

    it.each([
      ['command', true],
      ['round', false],
    ] as const)('the looks of one day fail nothing for good where a round needs several: %s', async (trigger, isFinal) => {
      await lookedAt('looked', trigger);
      const found: Finding[] = JSON.parse((await rasad('rejudge', 'looked', '--json')).printed);
      expect(found.length).toBeGreaterThan(5);
      expect(found.some(({ verdict }) => verdict === 'fail')).toBe(isFinal);
    }); // prettier-ignore

    it('a round is kept by its own edition alone', async () => {
      await openNewRound(data, aNewRound({ edition: editionOf('r5') }), doer);
      await lookedAt('imported', 'round');
      for (const audit of ['round-r', 'imported']) {
        const { code, told } = await rasad('rejudge', audit, '--edition', 'r4', '--save');
        expect([code, told]).toEqual([USER_MISTAKE, expect.stringContaining('by its own edition (r5) alone')]);
        expect((await rasad('rejudge', audit, '--edition', 'r4')).code).toBe(DONE);
        expect((await rasad('rejudge', audit, '--edition', 'r5', '--save')).code).toBe(DONE);
      }
    });
  });

  it('begin their review also where evidence is gone, and where a worker was killed, and say of whom nothing new is said', async () => {
    await openNewRound(data, aNewRound({ id: 'q' }), doer);
    await openNewRound(data, aNewRound({ edition: editionOf('r5'), plan: aPlan({ probes: { perDay: 0, days: 0 } }) }), doer);
    await lookAll('round-r', EVERYBODY, { patience: DAY });
    const found = await data.store.listFindings('round-r');
    const soon = iso(Date.now() + HOUR);
    expect(await data.store.leaseJob('round-r', `${hostname()}:${DEAD}:0`, iso(EVENING + 30 * DAY), soon)).not.toBeNull();
    rmSync(join(folder, 'snapshots'), { recursive: true });

    const { code, told } = await rasad('round', 'review', 'r', '--early');
    expect([code, told]).toEqual([DONE, expect.stringContaining('rasad: tax keeps the verdicts that it has')]);
    expect(told).toContain('rasad: tax is not judged by the edition of the round before: ');
    expect((await data.store.getRound('r'))?.state).toBe('reviewing');
    expect(found.length).toBeGreaterThan(0);
    expect(await data.store.listFindings('round-r')).toEqual(found);
  }); // prettier-ignore

  describe('what is not applicable to a service', () => {
    beforeEach(async () => {
      const registry = { ...countryOf('tax'), services: [aService('tax-1', 'tax', { pageUrl: 'https://www.tax.example/' })] };
      await openNewRound(data, aNewRound({ registry, edition: editionOf('r5') }), doer);
      await lookAll('round-r', EVERYBODY);
    }); // prettier-ignore
    const profilesOf = async () =>
      (await data.store.listActs('r')).flatMap((act) => (act.kind === 'profile' ? [act.profile] : []));
    const inapplicable = async (audit = 'round-r') =>
      (await data.store.listFindings(audit)).filter(({ verdict, service }) => verdict === 'not-applicable' && service).length; // prettier-ignore

    it('is approved together with what it makes of the verdicts', async () => {
      const before = await inapplicable();
      expect((await rasad('round', 'profile', 'tax-1', 'NOFEE', '--by', 'Sara')).code).toBe(DONE);
      expect(await profilesOf()).toEqual([['NOFEE']]);
      expect(await inapplicable()).toBeGreaterThan(before);
      expect(await data.store.listRules('round-r')).toEqual(new Map([['tax', rulesDigest]]));
    });

    it('is not applicable either in an audit on demand that is accepted after', async () => {
      await data.store.createAudit(anAudit({ id: 'again', trigger: 'demand', organizationIds: ['tax'] }), (await data.store.getRegistry('round-r'))!); // prettier-ignore
      await data.store.addReaudit(aReaudit({ organization: 'tax' }));
      await lookAll('again', EVERYBODY);
      await data.store.finishAudit('again', iso(EVENING));
      await rasad('round', 'profile', 'tax-1', 'NOFEE');
      expect((await rasad('round', 'accept', 'again')).code).toBe(DONE);
      expect(await inapplicable('again')).toBe(await inapplicable());
      expect(await data.store.listRules('again')).toEqual(new Map([['tax', rulesDigest]]));
    });

    it('is decided in the round against which it was made, also when a newer one is open', async () => {
      await data.store.createAudit(anAudit({ id: 'again', trigger: 'demand', organizationIds: ['tax'] }), (await data.store.getRegistry('round-r'))!); // prettier-ignore
      await data.store.addReaudit(aReaudit({ organization: 'tax' }));
      await openNewRound(data, aNewRound({ id: 'later' }), { ...doer, at: iso(EVENING) });
      const { code, printed } = await rasad('round', 'refuse', 'again', '--by', 'Sara');
      expect([code, printed]).toEqual([DONE, expect.stringContaining('refused by Sara')]);
      expect(await data.store.listReaudits('r')).toMatchObject([{ decision: { accepted: false } }]);
    });

    it('is not approved where it cannot be judged', async () => {
      const before = await data.store.listFindings('round-r');
      rmSync(join(folder, 'snapshots'), { recursive: true });
      const { code, told } = await rasad('round', 'profile', 'tax-1', 'NOFEE');
      expect([code, told]).toEqual([USER_MISTAKE, expect.stringContaining('tax in round-r cannot be judged again')]);
      expect(await profilesOf()).toEqual([]);
      expect(await data.store.listFindings('round-r')).toEqual(before);
    });
  });
});
