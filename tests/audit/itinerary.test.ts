import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterStep, itinerary, replan, type ItinerarySettings } from '../../src/audit/itinerary.ts';
import { inWindow, nextWindow } from '../../src/audit/schedule.ts';
import type { Step } from '../../src/core/model.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const USUAL: ItinerarySettings = {
  visits: 2,
  visitsApart: 7,
  extraVisits: 2,
  probes: { perDay: 4, days: 14 },
  window: { from: '22:00', to: '06:00' },
  timeZone: 'Asia/Tehran',
};
/** The first evening of autumn 1405, 22:00 in Tehran. */
const OPENED = '2026-09-23T18:30:00.000Z';

const ms = (instant: string): number => Date.parse(instant);
const plan = (organizationId: string, settings = USUAL, openedAt = OPENED): readonly Step[] =>
  itinerary({ organizationId, openedAt, settings });
const crawls = (steps: readonly Step[]): number[] =>
  steps.filter(({ kind }) => kind === 'crawl').map(({ at }) => ms(at));
const probes = (steps: readonly Step[]): number[] =>
  steps.filter(({ kind }) => kind === 'probe').map(({ at }) => ms(at));

const formats = new Map<string, Intl.DateTimeFormat>();
/** Local date and hour. */
function local(time: number, timeZone: string): { readonly date: string; readonly hour: number } {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short', hourCycle: 'h23' });
  formats.set(timeZone, format);
  const [date, clock] = format.format(time).split(' ') as [string, string];
  return { date, hour: Number(clock.slice(0, 2)) };
}
const daysApart = (a: number, b: number, timeZone: string): number =>
  (ms(local(b, timeZone).date) - ms(local(a, timeZone).date)) / DAY;

const anyOrganization = fc.string({ minLength: 1, maxLength: 12 });
const anyOpening = fc
  .integer({ min: ms('2020-01-01T00:00Z'), max: ms('2031-01-01T00:00Z') })
  .map((time) => new Date(time).toISOString());
const anySettings: fc.Arbitrary<ItinerarySettings> = fc.record({
  visits: fc.integer({ min: 1, max: 4 }),
  visitsApart: fc.integer({ min: 1, max: 9 }),
  extraVisits: fc.integer({ min: 0, max: 3 }),
  probes: fc.record({ perDay: fc.integer({ min: 0, max: 4 }), days: fc.integer({ min: 0, max: 20 }) }),
  window: fc.constantFrom(
    { from: '22:00', to: '06:00' },
    { from: '00:00', to: '05:00' },
    { from: '23:30', to: '00:30' },
    { from: '09:00', to: '17:00' },
    { from: '02:00', to: '03:00' },
    null,
  ),
  timeZone: fc.constantFrom('Asia/Tehran', 'Europe/Rome', 'Europe/Helsinki', 'America/St_Johns', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'UTC'),
}); // prettier-ignore

describe('itinerary', () => {
  it('is a crawl in the first night, looks four times a day for two weeks, and a crawl a week later', () => {
    const steps = plan('tax');
    const [first, second] = crawls(steps);
    expect(first).toBeGreaterThanOrEqual(ms(OPENED));
    expect(first).toBeLessThan(ms('2026-09-24T02:30:00Z'));
    expect(daysApart(first!, second!, USUAL.timeZone)).toBe(7);
    expect(probes(steps)).toHaveLength(56);
    expect(daysApart(first!, probes(steps)[0]!, USUAL.timeZone)).toBe(1);
    expect(daysApart(first!, probes(steps).at(-1)!, USUAL.timeZone)).toBe(14);
  });

  it('is the same whenever it is computed, and another one for another organization', () => {
    expect(plan('tax')).toEqual(plan('tax'));
    expect(plan('tax').map(({ at }) => at)).not.toEqual(plan('health').map(({ at }) => at));
  });

  it('numbers steps and visits in the order of time and begins with a crawl after the opening', () => {
    fc.assert(
      fc.property(anyOrganization, anySettings, anyOpening, (organization, settings, openedAt) => {
        const steps = plan(organization, settings, openedAt);
        expect(steps[0]).toMatchObject({ number: 0, visit: 0, kind: 'crawl' });
        expect(ms(steps[0]!.at)).toBeGreaterThanOrEqual(ms(openedAt));
        for (const [index, { number, visit, at }] of steps.entries()) {
          expect([number, visit]).toEqual([index, index]);
          if (index > 0) expect(ms(at)).toBeGreaterThan(ms(steps[index - 1]!.at));
        }
      }),
    );
  });

  it('crawls in the window with time left in it, on as many different days as the edition asks for', () => {
    fc.assert(
      fc.property(anyOrganization, anySettings, anyOpening, (organization, settings, openedAt) => {
        const times = crawls(plan(organization, settings, openedAt));
        expect(times).toHaveLength(settings.visits);
        for (const [index, time] of times.entries()) {
          expect(inWindow(settings, time)).toBe(true);
          const window = nextWindow(settings, time);
          if (window) expect(ms(window.to) - time).toBeGreaterThanOrEqual(30 * MINUTE);
          if (index === 0) continue;
          // one more where clocks leave a day's window out
          const apart = daysApart(times[index - 1]!, time, settings.timeZone);
          expect([settings.visitsApart, settings.visitsApart + 1]).toContain(apart);
        }
      }),
    );
  });

  it('looks at most once in each quarter of the local day and of the UTC day, never near a crawl', () => {
    fc.assert(
      fc.property(anyOrganization, anySettings, anyOpening, (organization, settings, openedAt) => {
        const steps = plan(organization, settings, openedAt);
        const times = probes(steps);
        const { perDay, days } = settings.probes;
        expect(times).toHaveLength(perDay * days);
        const parts = times.map((time) => local(time, settings.timeZone));
        expect(new Set(parts.map(({ date, hour }) => `${date} ${Math.floor(hour / 6)}`)).size).toBe(times.length);
        expect(new Set(times.map((time) => Math.floor(time / (6 * HOUR)))).size).toBe(times.length);
        for (const { date } of parts) expect(parts.filter((part) => part.date === date)).toHaveLength(perDay);
        for (const [index, time] of times.entries()) {
          if (index > 0) expect(time - times[index - 1]!).toBeGreaterThanOrEqual(30 * MINUTE);
          for (const crawl of crawls(steps)) expect(Math.abs(time - crawl)).toBeGreaterThanOrEqual(30 * MINUTE);
        }
      }),
    );
  });

  it.each([
    ['forward', '2026-02-28T12:00:00Z'],
    ['back', '2026-10-25T12:00:00Z'],
  ])('keeps looks in different quarters of the UTC day where clocks go %s across the middle of one', (_, openedAt) => {
    const times = probes(plan('tax', { ...USUAL, timeZone: 'America/St_Johns' }, openedAt));
    expect(new Set(times.map((time) => Math.floor(time / (6 * HOUR)))).size).toBe(56);
  });

  it.each([1, 2, 3])('reaches all four parts of the day with %i looks a day', (perDay) => {
    const times = probes(plan('tax', { ...USUAL, probes: { perDay, days: 8 } }));
    const parts = times.map((time) => Math.floor(local(time, USUAL.timeZone).hour / 6));
    for (const part of [0, 1, 2, 3]) expect(parts.filter((other) => other === part)).toHaveLength(2 * perDay);
  });

  it('never looks more than four times a day, whatever it is told', () =>
    expect(probes(plan('tax', { ...USUAL, probes: { perDay: 24, days: 10 } }))).toHaveLength(40));

  it.each([
    ['by day: in the coming night', '2026-09-23T09:00:00Z', '2026-09-23T18:30:00Z', '2026-09-24T01:30:00Z'],
    ['at night: in what is left of it', '2026-09-23T22:00:00Z', '2026-09-23T22:00:00Z', '2026-09-24T01:30:00Z'],
    ['at its end: in the next night', '2026-09-24T02:00:00Z', '2026-09-24T18:30:00Z', '2026-09-25T01:30:00Z'],
  ])('crawls as soon as the window allows when a round opens %s', (_, openedAt, from, to) => {
    for (const organization of ['tax', 'health', 'water', 'roads', 'post']) {
      const [first] = crawls(plan(organization, USUAL, openedAt));
      expect(first).toBeGreaterThanOrEqual(ms(from));
      expect(first).toBeLessThan(ms(to));
    }
  });

  it('crawls at once where all hours are good', () =>
    expect(plan('tax', { ...USUAL, window: null })[0]!.at).toBe(OPENED));

  it('spreads the work for 105 organizations over the nights and the minutes of the day', () => {
    const all = Array.from({ length: 105 }, (_, index) => plan(`org-${index + 1}`));
    for (const night of [0, 1]) {
      const hours = all.map((steps) => Math.floor((crawls(steps)[night]! - ms(OPENED) - night * 7 * DAY) / HOUR));
      // seven hours, the last one of the window being kept for the work itself
      const counts = [-1, 0, 1, 2, 3, 4, 5, 6, 7].map((hour) => hours.filter((other) => other === hour).length);
      expect(Math.max(...counts)).toBeLessThanOrEqual(30);
      expect(counts.filter((count) => count >= 5).length).toBeGreaterThanOrEqual(6);
    }
    const minutes = new Map<number, number>();
    for (const time of all.flatMap(probes))
      minutes.set(Math.floor(time / MINUTE), (minutes.get(Math.floor(time / MINUTE)) ?? 0) + 1);
    expect([...minutes.values()].reduce((sum, count) => sum + count, 0)).toBe(105 * 56);
    expect(Math.max(...minutes.values())).toBeLessThanOrEqual(7);
  });
});

describe('afterStep', () => {
  /** Takes all steps of a round; each crawl goes as told, those beyond what is told go badly. */
  function travel(goings: readonly boolean[], settings = USUAL): readonly Step[] {
    const steps = [...plan('tax', settings)];
    const made: { at: string; isGood: boolean }[] = [];
    for (let index = 0; ; index++) {
      const step = steps[index]!;
      const isGood = step.kind === 'probe' || (goings[made.length] ?? false);
      const context = { organizationId: 'tax', settings, crawls: [...made], now: ms(step.at) + 10 * MINUTE };
      const next = afterStep(steps, index, { isGood }, context);
      if (step.kind === 'crawl') made.push({ at: step.at, isGood });
      if (!next) return steps.slice(0, index + 1);
      steps[index + 1] = next;
    }
  }

  it('takes the planned steps and ends when all crawls went well', () =>
    expect(travel([true, true])).toEqual(plan('tax')));

  it.each([
    ['the first crawl went badly', [false, true, true], 3],
    ['the second one did', [true, false, true], 3],
    ['both did', [false, false, true, true], 4],
    ['every one does, but no more than the schedule allows', [], 4],
  ])('adds crawls when %s', (_, goings, count) => {
    const steps = travel(goings);
    const times = crawls(steps);
    expect(times).toHaveLength(count);
    expect(steps.slice(0, 58)).toEqual(plan('tax'));
    for (const [index, { number, visit, kind, at }] of steps.slice(58).entries()) {
      expect({ number, visit, kind }).toEqual({ number: 58 + index, visit: 58 + index, kind: 'crawl' });
      expect(inWindow(USUAL, ms(at))).toBe(true);
      expect(ms(at)).toBeGreaterThan(ms(steps[57 + index]!.at));
    }
    for (let index = 1; index < count; index++)
      expect(daysApart(times[index - 1]!, times[index]!, USUAL.timeZone)).toBeGreaterThanOrEqual(7);
  });

  it('adds none where the schedule allows none', () =>
    expect(travel([false, false], { ...USUAL, extraVisits: 0 })).toEqual(plan('tax')));

  it('adds a crawl after a single one without any looks', () => {
    const steps = travel([false, true], { ...USUAL, visits: 1, probes: { perDay: 0, days: 0 } });
    expect(steps.map(({ kind }) => kind)).toEqual(['crawl', 'crawl']);
  });

  it('goes on from a list of what is left, given the crawls that were made', () => {
    const steps = plan('tax');
    const context = {
      organizationId: 'tax', settings: USUAL, now: ms(steps[57]!.at), crawls: crawls(steps).map((time, index) => ({ at: new Date(time).toISOString(), isGood: index > 0 })),
    }; // prettier-ignore
    const next = afterStep(steps.slice(57), 0, { isGood: true }, context);
    expect(next).toMatchObject({ number: 58, visit: 58, kind: 'crawl' });
    expect(next).toEqual(afterStep(steps, 57, { isGood: true }, context));
  });

  it('plans one more crawl for another day even when the last one ended days late', () => {
    const steps = plan('tax', { ...USUAL, probes: { perDay: 0, days: 0 } });
    const now = ms('2026-11-01T01:00:00Z');
    const next = afterStep(steps, 1, { isGood: false }, { organizationId: 'tax', settings: USUAL, crawls: [{ at: steps[0]!.at, isGood: true }], now })!; // prettier-ignore
    expect(daysApart(now, ms(next.at), USUAL.timeZone)).toBe(7);
  });

  it('refuses a step that the list does not have', () =>
    expect(() =>
      afterStep([], 0, { isGood: true }, { organizationId: 'tax', settings: USUAL, crawls: [], now: 0 }),
    ).toThrow(RangeError));
});

describe('replan', () => {
  const context = { organizationId: 'tax', settings: USUAL, crawls: [] };
  const steps = plan('tax');
  const [first, second] = crawls(steps) as [number, number];
  const secondIndex = steps.findIndex(({ at }) => ms(at) === second);

  it('changes nothing for a machine that was awake, at any step', () => {
    for (const [index, { at }] of steps.entries()) {
      for (const late of [0, 20 * MINUTE])
        expect(replan(steps, index, ms(at) + late, context)).toEqual({ steps, dropped: 0 });
    }
  });

  it('leaves a crawl that is late in its own window as it is', () => {
    const end = ms(nextWindow(USUAL, second)!.to);
    expect(replan(steps, secondIndex, end - 1, context).steps[secondIndex]).toEqual(steps[secondIndex]);
    expect(replan(steps, secondIndex, end, context).steps[secondIndex]).not.toEqual(steps[secondIndex]);
  });

  it('makes an overdue crawl in the next window after a week of sleep, and drops the looks that were missed', () => {
    const from = secondIndex - 8;
    const now = second + 3 * DAY;
    const { steps: planned, dropped } = replan(steps, from, now, context);
    expect(planned.slice(0, from)).toEqual(steps.slice(0, from));
    const moved = crawls(planned)[1]!;
    expect(inWindow(USUAL, moved)).toBe(true);
    expect(moved).toBeGreaterThanOrEqual(now);
    expect(moved).toBeLessThan(ms(nextWindow(USUAL, now)!.to) + DAY);
    expect(dropped).toBe(steps.length - planned.length);
    // eight before the crawl, and those of three days after it
    expect(dropped).toBeGreaterThanOrEqual(8 + 11);
    expect(dropped).toBeLessThanOrEqual(8 + 14);
    expect(probes(planned.slice(from)).every((time) => probes(steps).includes(time) && time >= now - 30 * MINUTE)).toBe(true);
  }); // prettier-ignore

  it('begins with the crawl when nothing was done yet', () => {
    const { steps: planned, dropped } = replan(steps, 0, first + 4 * DAY, context);
    expect(planned[0]).toMatchObject({ number: 0, visit: 0, kind: 'crawl' });
    expect(ms(planned[0]!.at)).toBeGreaterThanOrEqual(first + 4 * DAY);
    expect(dropped).toBeGreaterThanOrEqual(12);
  });

  it('keeps the distance of the crawls after one that was put off', () => {
    const three = { ...USUAL, visits: 3 };
    const times = crawls(replan(plan('tax', three), 0, first + 5 * DAY, { ...context, settings: three }).steps);
    expect(daysApart(times[0]!, times[1]!, USUAL.timeZone)).toBe(7);
    expect(daysApart(times[1]!, times[2]!, USUAL.timeZone)).toBe(7);
  });

  it('makes no second crawl on the day on which the one before it was made late', () => {
    const now = ms('2026-10-10T21:00:00Z'); // half past midnight in Tehran, the window is open
    const made = [{ at: '2026-10-10T20:40:00Z', isGood: false }];
    const moved = crawls(replan(steps, secondIndex, now, { ...context, crawls: made }).steps)[1]!;
    expect(daysApart(now, moved, USUAL.timeZone)).toBe(1);
    expect(inWindow(USUAL, moved)).toBe(true);
  });

  it('gives a visit that may have been begun to no step of another kind', () => {
    // the crawl is due at night, looks of the day come before it
    const noon = ms(`${local(second + 2 * DAY, USUAL.timeZone).date}T04:00:00Z`);
    const { steps: planned } = replan(steps, secondIndex, noon, context);
    expect(planned[secondIndex]!.kind).toBe('probe');
    expect(planned[secondIndex]!.visit).toBe(steps[secondIndex]!.visit + 1);
    expect(planned[secondIndex]!.number).toBe(secondIndex);
  });

  it('has nothing to plan when all is done', () =>
    expect(replan(steps, steps.length, second + 300 * DAY, context)).toEqual({ steps, dropped: 0 }));

  it('drops everything but the crawls after months of sleep', () => {
    const { steps: planned, dropped } = replan(steps, 0, first + 60 * DAY, context);
    expect(planned.map(({ kind }) => kind)).toEqual(['crawl', 'crawl']);
    expect(dropped).toBe(56);
  });

  it('gives good steps whenever the machine wakes up, and the same ones when asked again', () => {
    fc.assert(
      fc.property(
        anyOrganization, anySettings, anyOpening, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), fc.integer({ min: 0, max: 40 * 24 * 60 }),
        (organizationId, settings, openedAt, share, minutes) => {
          const before = plan(organizationId, settings, openedAt);
          const from = Math.floor(share * before.length);
          const now = ms(before[from]!.at) + minutes * MINUTE;
          const about = { organizationId, settings, crawls: [] };
          const { steps: after, dropped } = replan(before, from, now, about);
          expect(after.slice(0, from)).toEqual(before.slice(0, from));
          expect(after.length + dropped).toBe(before.length);
          expect(after[0]!.kind).toBe('crawl');
          for (const [index, step] of after.entries()) {
            expect(step.number).toBe(index);
            if (index === 0) continue;
            expect(step.visit).toBeGreaterThan(after[index - 1]!.visit);
            expect(ms(step.at)).toBeGreaterThan(ms(after[index - 1]!.at));
          }
          const times = crawls(after);
          expect(times).toHaveLength(settings.visits);
          const done = crawls(after.slice(0, from)).length;
          for (const [index, time] of times.entries()) {
            expect(inWindow(settings, time)).toBe(true);
            if (index === 0) continue;
            const least = index === done ? 1 : settings.visitsApart;
            expect(daysApart(times[index - 1]!, time, settings.timeZone)).toBeGreaterThanOrEqual(least);
          }
          for (const time of probes(after.slice(from))) {
            expect(time).toBeGreaterThanOrEqual(now - 30 * MINUTE);
            for (const crawl of times) expect(Math.abs(crawl - time)).toBeGreaterThanOrEqual(30 * MINUTE);
          }
          expect(replan(after, from, now, about)).toEqual({ steps: after, dropped: 0 });
        },
      ),
    );
  }); // prettier-ignore
});
