import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  due,
  inWindow,
  nextWindow,
  readSchedule,
  scheduleTemplate,
  upcoming,
  type Due,
  type Schedule,
  type ScheduledRound,
} from '../../src/audit/schedule.ts';
import { systemdUnits, type UnitOptions } from '../../src/audit/systemd.ts';
import { UserError } from '../../src/core/errors.ts';

const USUAL: Schedule = {
  registry: 'iran-1405',
  edition: 'r5',
  calendar: 'jalali',
  timeZone: 'Asia/Tehran',
  opens: { day: 1, at: '22:00' },
  window: { from: '22:00', to: '06:00' },
  visitsApart: 7,
  extraVisits: 2,
  probes: { perDay: 4, days: 14 },
  concurrency: 4,
  delay: null,
  pages: 120,
  latestOpening: 21,
};
const HOUR = 3_600_000;
const ms = (instant: string): number => Date.parse(instant);
const round = (
  id: string,
  state: ScheduledRound['state'] = 'published',
  calendar = USUAL.calendar,
): ScheduledRound => ({
  id,
  state,
  period: { calendar, id },
});
const ids = (periods: readonly { readonly id: string }[]): string[] => periods.map(({ id }) => id);
/** What is to be done, in a word: `open 1405-q3`, or `wait for` a quarter `until` a time or `after` a round. */
const told = (verdict: Due): string =>
  verdict.action === 'open'
    ? `open ${verdict.period.id}`
    : `wait for ${verdict.period.id} ${verdict.until === null ? `after ${verdict.blockedBy}` : `until ${verdict.until}`}`;

describe('due', () => {
  // autumn 1405 is 2026-09-23 to 2026-12-21; 22:00 in Tehran is 18:30 UTC; 21 days are left until 2026-11-30T20:30Z
  it.each([
    ['a minute early', '2026-09-23T18:29:00Z', 'wait for 1405-q3 until 2026-09-23T18:30:00.000Z'],
    ['on time', '2026-09-23T18:30:00Z', 'open 1405-q3'],
    ['asleep at the start, awake weeks later', '2026-11-10T09:00:00Z', 'open 1405-q3'],
    ['at the last instant', '2026-11-30T20:30:00Z', 'open 1405-q3'],
    ['an instant later', '2026-11-30T20:30:00.001Z', 'wait for 1405-q4 until 2026-12-22T18:30:00.000Z'],
    [
      'at the last instant of the quarter',
      '2026-12-21T20:29:59.999Z',
      'wait for 1405-q4 until 2026-12-22T18:30:00.000Z',
    ],
    ['in the first hours of the next one', '2026-12-21T20:30:00Z', 'wait for 1405-q4 until 2026-12-22T18:30:00.000Z'],
  ])('without a round of the quarter, %s', (_, now, expected) =>
    expect(told(due(USUAL, ms(now), [round('1405-q2')]))).toBe(expected),
  );

  it.each(['open', 'reviewing', 'preview', 'published'] as const)(
    'opens no second round for a quarter whose round is %s',
    (state) =>
      expect(told(due(USUAL, ms('2026-10-10T09:00:00Z'), [round('1405-q3', state)]))).toBe(
        'wait for 1405-q4 until 2026-12-22T18:30:00.000Z',
      ),
  );

  it('opens a round when the first of two ticks has not yet written it, and none for the tick that sees it', () => {
    const now = ms('2026-09-23T18:30:00Z');
    expect([due(USUAL, now, []), due(USUAL, now, [])].map(told)).toEqual(['open 1405-q3', 'open 1405-q3']);
    expect(due(USUAL, now, [round('1405-q3', 'open')]).action).toBe('wait');
  });

  it('waits while another scheduled round is open, and says for which', () => {
    const verdict = due(USUAL, ms('2026-10-10T09:00:00Z'), [round('1405-q2', 'open'), round('1405-q1')]);
    expect(told(verdict)).toBe('wait for 1405-q3 after 1405-q2');
    expect(verdict).toMatchObject({
      missed: [],
      why: {
        en: 'The round of Autumn 1405 waits until the round 1405-q2 is no longer open.',
        fa: expect.stringContaining('1405-q2') as string,
      },
    });
  });

  it.each(['reviewing', 'preview'] as const)('does not wait for a round that is %s', (state) =>
    expect(told(due(USUAL, ms('2026-10-10T09:00:00Z'), [round('1405-q2', state)]))).toBe('open 1405-q3'),
  );

  it('does not wait for a round outside the calendar', () =>
    expect(
      told(due(USUAL, ms('2026-10-10T09:00:00Z'), [{ id: 'trial', state: 'open', period: null }, round('1405-q2')])),
    ).toBe('open 1405-q3'));

  it.each([
    ['nothing while the next start is to come', '2026-09-23T09:00:00Z', []],
    ['nothing while a late start is still possible', '2026-11-10T09:00:00Z', []],
    ['a quarter whose start can no longer be made up for', '2026-12-05T09:00:00Z', ['1405-q3']],
    ['a quarter that passed entirely', '2026-12-22T20:00:00Z', ['1405-q3']],
    ['two of them, the oldest first', '2027-04-01T00:00:00Z', ['1405-q3', '1405-q4']],
  ])('misses %s', (_, now, missed) => {
    const verdict = due(USUAL, ms(now), [round('1405-q2')]);
    expect(ids(verdict.missed)).toEqual(missed);
    expect(missed).not.toContain(verdict.period.id);
  });

  it('misses nothing of the time before its first round', () =>
    expect(due(USUAL, ms('2026-12-05T09:00:00Z'), [])).toMatchObject({
      action: 'wait',
      missed: [],
      until: '2026-12-22T18:30:00.000Z',
      why: { en: 'Fewer than 21 days of Autumn 1405 are left, too few to begin a round for it.' },
    }));

  it('lists no more than ten years of missed quarters', () =>
    expect(ids(due(USUAL, ms('2126-06-01T00:00:00Z'), [round('1405-q2')]).missed)).toHaveLength(40));

  it('opens no older round when the clock was moved back', () => {
    const verdict = due(USUAL, ms('2026-07-10T09:00:00Z'), [round('1405-q3')]);
    expect(told(verdict)).toBe('wait for 1405-q4 until 2026-12-22T18:30:00.000Z');
    expect(verdict).toMatchObject({
      why: {
        en: 'The newest round, 1405-q3, stands for Autumn 1405, which has not begun: is the clock of this machine right?',
      },
    });
  });

  it('goes on from the newest quarter when the calendar of the schedule was changed', () => {
    const verdict = due(USUAL, ms('2026-11-10T09:00:00Z'), [round('2026-q4', 'published', 'gregorian')]);
    expect(told(verdict)).toBe('wait for 1405-q4 until 2026-12-22T18:30:00.000Z');
    expect(told(due({ ...USUAL, calendar: 'gregorian' }, ms('2026-11-10T09:00:00Z'), [round('1405-q3')]))).toBe(
      'open 2026-q4',
    );
  });

  it.each([
    // clocks of Rome go forward on 2026-03-29 at 02:00 and back on 2026-10-25 at 03:00
    ['before the clocks go forward', 28, '02:30', '2026-01-28T01:30:00.000Z'],
    ['in winter time again', 26, '02:30', '2026-10-26T01:30:00.000Z'],
    ['in the hour that comes twice', 25, '02:30', '2026-10-25T00:30:00.000Z'],
  ])('opens on the day of the quarter at its local time, %s', (_, day, at, instant) => {
    const rome: Schedule = { ...USUAL, calendar: 'gregorian', timeZone: 'Europe/Rome', opens: { day, at } };
    expect(due(rome, ms(instant) - 1, []).action).toBe('wait');
    expect(due(rome, ms(instant), []).action).toBe('open');
  });

  it.each([
    // until 2022 the clocks of Tehran were an hour ahead in summer
    ['summer 1401', '2022-06-22T17:30:00.000Z'],
    ['summer 1402', '2023-06-22T18:30:00.000Z'],
  ])('keeps to the clocks of Tehran in %s', (_, instant) => {
    expect(due(USUAL, ms(instant) - 1, []).action).toBe('wait');
    expect(due(USUAL, ms(instant), []).action).toBe('open');
  });

  it('opens exactly the right rounds over years of hourly ticks on a machine that sleeps and loses its clock', () => {
    const asleep = [
      ['2024-12-15T00:00Z', '2025-01-05T10:00Z'], // over the start of 1403-q4
      ['2025-03-10T00:00Z', '2025-06-06T10:00Z'], // until 1404-q1 has 16 days left
      ['2025-08-25T00:00Z', '2026-04-09T10:00Z'], // through 1404-q3 and 1404-q4
    ].map(([from, to]) => [ms(from!), ms(to!)] as const);
    const closesAt = new Map([
      ['1405-q1', ms('2026-07-20T10:00Z')], // in the quarter after its own
      ['1405-q2', ms('2026-12-10T10:00Z')], // when it is too late for 1405-q3
    ]);
    /** The clock is a hundred days behind for a while. */
    const clock = (time: number): number =>
      time >= ms('2027-05-01T00:00Z') && time < ms('2027-05-20T00:00Z') ? time - 100 * 24 * HOUR : time;

    const rounds: ScheduledRound[] = [];
    const opened: string[] = [];
    const missed = new Set<string>();
    for (let time = ms('2024-09-20T00:00Z'); time < ms('2028-03-19T20:30Z'); time += HOUR) {
      if (asleep.some(([from, to]) => time >= from && time < to)) continue;
      for (const [index, { id, state, period }] of rounds.entries()) {
        if (state === 'open' && time >= closesAt.get(id)!) rounds[index] = { id, period, state: 'published' };
      }
      const now = clock(time);
      const verdict = due(USUAL, now, rounds);
      for (const { id } of verdict.missed) missed.add(id);
      if (verdict.action === 'wait') continue;
      const { id } = verdict.period;
      opened.push(`${id} ${new Date(now).toISOString().slice(0, 13)}`);
      rounds.push(round(id, 'open'));
      if (!closesAt.has(id)) closesAt.set(id, time + 45 * 24 * HOUR);
      expect(due(USUAL, now, rounds).action).toBe('wait');
    }
    expect(opened).toEqual([
      '1403-q3 2024-09-22T19',
      '1403-q4 2025-01-05T10',
      '1404-q2 2025-06-22T19',
      '1405-q1 2026-04-09T10',
      '1405-q2 2026-07-20T10',
      '1405-q4 2026-12-22T19',
      '1406-q1 2027-03-21T19',
      '1406-q2 2027-06-22T19',
      '1406-q3 2027-09-23T19',
      '1406-q4 2027-12-22T19',
    ]);
    expect([...missed]).toEqual(['1404-q1', '1404-q3', '1404-q4', '1405-q3']);
  }, 60_000);
});

describe('nextWindow', () => {
  const night = { window: { from: '22:00', to: '06:00' }, timeZone: 'Asia/Tehran' };
  it.each([
    ['at noon, the coming night', '2026-11-29T08:30:00Z', '2026-11-29T18:30:00.000Z', '2026-11-30T02:30:00.000Z', false],
    ['at its first instant', '2026-11-29T18:30:00Z', '2026-11-29T18:30:00.000Z', '2026-11-30T02:30:00.000Z', true],
    ['after midnight, the night that goes on', '2026-11-30T01:00:00Z', '2026-11-29T18:30:00.000Z', '2026-11-30T02:30:00.000Z', true],
    ['when it has ended, the next one', '2026-11-30T02:30:00Z', '2026-11-30T18:30:00.000Z', '2026-12-01T02:30:00.000Z', false],
    ['in a summer before 2023', '2022-07-01T12:00:00Z', '2022-07-01T17:30:00.000Z', '2022-07-02T01:30:00.000Z', false],
    ['in a summer since', '2023-07-01T12:00:00Z', '2023-07-01T18:30:00.000Z', '2023-07-02T02:30:00.000Z', false],
  ])('is %s', (_, now, from, to, isOpen) => {
    expect(nextWindow(night, ms(now))).toEqual({ from, to });
    expect(inWindow(night, ms(now))).toBe(isOpen);
  }); // prettier-ignore

  it.each([
    ['shorter when clocks go forward', '2026-03-28T20:00:00Z', 7],
    ['longer when they go back', '2026-10-24T19:00:00Z', 9],
    ['of its usual length on other nights', '2026-06-01T19:00:00Z', 8],
  ])('is %s', (_, now, hours) => {
    const { from, to } = nextWindow({ ...night, timeZone: 'Europe/Rome' }, ms(now))!;
    expect((ms(to) - ms(from)) / HOUR).toBe(hours);
  });

  it('does not take place when it falls into the hour that clocks leave out', () =>
    expect(
      nextWindow({ window: { from: '02:00', to: '03:00' }, timeZone: 'Europe/Rome' }, ms('2026-03-29T00:00:00Z')),
    ).toEqual({ from: '2026-03-30T00:00:00.000Z', to: '2026-03-30T01:00:00.000Z' }));

  it('is none, and all hours are good, without hours to keep to', () => {
    const always = { window: null, timeZone: 'Asia/Tehran' };
    expect(nextWindow(always, ms('2026-11-29T08:30:00Z'))).toBeNull();
    expect(inWindow(always, ms('2026-11-29T08:30:00Z'))).toBe(true);
  });

  it('ends after any instant, and is open at exactly the local times between its ends', () => {
    const local = new Map<string, Intl.DateTimeFormat>();
    const timeOf = (timeZone: string, at: number): string => {
      const format = local.get(timeZone) ?? new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
      local.set(timeZone, format);
      return format.format(at);
    }; // prettier-ignore
    const hour = fc.integer({ min: 0, max: 23 }).map((value) => `${String(value).padStart(2, '0')}:00`);
    fc.assert(
      fc.property(
        fc.tuple(hour, hour).filter(([from, to]) => from !== to),
        // zones in which clocks never change between these years: their local times tell everything
        fc.constantFrom('Asia/Tehran', 'Asia/Kathmandu', 'UTC'),
        fc.integer({ min: ms('2023-01-01T00:00Z'), max: ms('2040-01-01T00:00Z') }),
        ([from, to], timeZone, now) => {
          const hours = { window: { from, to }, timeZone };
          const time = timeOf(timeZone, now);
          expect(inWindow(hours, now)).toBe(from < to ? from <= time && time < to : from <= time || time < to);
          expect(ms(nextWindow(hours, now)!.to)).toBeGreaterThan(now);
        },
      ),
    );
  });
});

describe('upcoming', () => {
  const lines = (now: string, rounds: readonly ScheduledRound[], count: number, schedule = USUAL): string[] =>
    upcoming(schedule, ms(now), rounds, count).map(({ at, kind, period }) =>
      `${at} ${kind} ${period?.id ?? ''}`.trim(),
    );

  it('names the next rounds, and when pages are crawled for them', () =>
    expect(lines('2026-11-01T09:00:00Z', [round('1405-q3')], 4)).toEqual([
      '2026-12-22T18:30:00.000Z round-opens 1405-q4',
      '2026-12-23T02:30:00.000Z window-closes 1405-q4',
      '2027-03-21T18:30:00.000Z round-opens 1406-q1',
      '2027-03-22T02:30:00.000Z window-closes 1406-q1',
    ]));

  it('begins with a round that is due now, which waits for its hours', () =>
    expect(lines('2026-11-01T09:00:00Z', [round('1405-q2')], 3)).toEqual([
      '2026-11-01T09:00:00.000Z round-opens 1405-q3',
      '2026-11-01T18:30:00.000Z window-opens 1405-q3',
      '2026-11-02T02:30:00.000Z window-closes 1405-q3',
    ]));

  it('names the hours of a round that is open, and the last moment for one that waits for it', () =>
    expect(lines('2026-11-01T09:00:00Z', [round('1405-q2', 'open')], 4)).toEqual([
      '2026-11-01T18:30:00.000Z window-opens',
      '2026-11-02T02:30:00.000Z window-closes',
      '2026-11-30T20:30:00.000Z last-start 1405-q3',
      '2026-12-22T18:30:00.000Z round-opens 1405-q4',
    ]));

  it('names only rounds where all hours are good', () =>
    expect(lines('2026-11-01T09:00:00Z', [round('1405-q3', 'open')], 2, { ...USUAL, window: null })).toEqual([
      '2026-12-22T18:30:00.000Z round-opens 1405-q4',
      '2027-03-21T18:30:00.000Z round-opens 1406-q1',
    ]));

  it.each([0, 1, 7])('names %i of them when asked to', (count) =>
    expect(upcoming(USUAL, ms('2026-11-01T09:00:00Z'), [], count)).toHaveLength(count),
  );
});

describe('readSchedule', () => {
  let folder: string;
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'rasad-schedule-'))));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const read = (content: string | Uint8Array): Schedule => {
    const path = join(folder, 'schedule.yaml');
    writeFileSync(path, content);
    return readSchedule(path);
  };
  const complaint = (content: string | Uint8Array): string => {
    try {
      read(content);
    } catch (error) {
      expect(error).toBeInstanceOf(UserError);
      return (error as UserError).message.replaceAll(folder, 'FOLDER');
    }
    return 'nothing is wrong';
  };

  it('reads what it needs and fills in the rest', () =>
    expect(read('registry: iran-1405\n')).toEqual({ ...USUAL, registry: 'iran-1405' }));

  it('reads every setting', () =>
    expect(
      read(`
registry: seeds/italy
edition: r4
calendar: gregorian
time_zone: Europe/Rome
opens: { day: 15, at: 07:30 }
window: null
visits_apart: 3
extra_visits: 0
probes: { per_day: 2 }
concurrency: 8
delay: 2.5
pages: 40
latest_opening: 30
`),
    ).toEqual({
      registry: 'seeds/italy',
      edition: 'r4',
      calendar: 'gregorian',
      timeZone: 'Europe/Rome',
      opens: { day: 15, at: '07:30' },
      window: null,
      visitsApart: 3,
      extraVisits: 0,
      probes: { perDay: 2, days: 14 },
      concurrency: 8,
      delay: 2.5,
      pages: 40,
      latestOpening: 30,
    }));

  it('reads the text of a new file as the usual settings', () => {
    expect(read(scheduleTemplate({ registry: 'iran-1405' }))).toEqual(USUAL);
    expect(
      read(scheduleTemplate({ registry: 'a b: #c', edition: 'r4', calendar: 'gregorian', timeZone: 'UTC' })),
    ).toMatchObject({ registry: 'a b: #c', edition: 'r4', calendar: 'gregorian', timeZone: 'UTC' });
  });

  it('explains every setting in the text of a new file', () => {
    const text = scheduleTemplate({ registry: 'iran-1405' });
    for (const key of Object.keys(USUAL)) {
      const name = key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
      expect(text).toMatch(new RegExp(`^${name}: `, 'm'));
    }
  });

  it.each([
    ['no registry', 'edition: r5', 'expected a registry folder, or the name of a registry that ships with Rasad, found nothing'],
    ['a setting that is none', 'registry: a\nwindwo: null', 'line 2, windwo: expected the settings of a schedule and no others, found windwo'],
    ['a setting of a setting that is none', 'registry: a\nopens:\n  hour: 22', 'line 3, opens.hour: expected the settings day and at and no others, found hour'],
    ['a day that not all quarters have', 'registry: a\nopens: { day: 61 }', 'line 2, opens.day: expected a day of the quarter, a whole number from 1 to 60, found 61'],
    ['half a day', 'registry: a\nopens: { day: 1.5 }', 'opens.day: expected a day of the quarter, a whole number from 1 to 60, found 1.5'],
    ['an hour that is none', 'registry: a\nopens: { at: "24:00" }', 'opens.at: expected a time of day such as 22:00, found "24:00"'],
    ['a number for a time', 'registry: a\nwindow: { from: 22, to: "06:00" }', 'line 2, window.from: expected a time of day such as 22:00, found 22'],
    ['half a window', 'registry: a\nwindow: { from: "22:00" }', 'window.to: expected a time of day such as 22:00, found nothing'],
    ['a window without length', 'registry: a\nwindow: { from: "22:00", to: "22:00" }', 'window: expected at least 60 minutes from one time to the other, or null for all hours, found {"from":"22:00","to":"22:00"}'],
    ['a window over midnight that is too short', 'registry: a\nwindow: { from: "23:30", to: "00:15" }', 'window: expected at least 60 minutes'],
    ['a time zone that is none', 'registry: a\ntime_zone: Asia/Teheran', 'line 2, time_zone: expected a time zone of the IANA database, such as Asia/Tehran or Europe/Rome, found "Asia/Teheran"'],
    ['a calendar that is none', 'registry: a\ncalendar: hijri', 'line 2, calendar: expected jalali or gregorian, found "hijri"'],
    ['too many looks a day', 'registry: a\nprobes: { per_day: 5 }', 'probes.per_day: expected looks a day, a whole number from 0 to 4, found 5'],
    ['a delay in words', 'registry: a\ndelay: slow', 'delay: expected seconds from 0 to 600, or null for the usual pace, found "slow"'],
    ['an opening after the last start', 'registry: a\nopens: { day: 60 }\nlatest_opening: 30', 'line 3, latest_opening: expected opens.day and latest_opening to be 89 days together at most, the length of the shortest quarter, found 30'],
    ['an empty file', '', 'expected the settings of a schedule, found null'],
    ['a list', '- a\n- b', 'expected the settings of a schedule, found ["a","b"]'],
    ['no YAML', 'registry: [a', 'expected YAML, found: '],
    ['a setting twice', 'registry: a\nregistry: b', 'line 2: expected YAML, found: Map keys must be unique'],
    ['aliases', 'registry: &a a\nedition: *a', 'expected plain settings, found YAML aliases'],
  ])('complains of %s', (_, content, expected) => {
    expect(complaint(content)).toContain('The schedule FOLDER/schedule.yaml has 1 mistake:\n  ');
    expect(complaint(content)).toContain(expected);
  }); // prettier-ignore

  it('lists them in Persian too, with settings and values isolated', () => {
    writeFileSync(join(folder, 'schedule.yaml'), 'registry: a\npages: 0\nwindwo: null\ndelay: slow');
    expect(() => readSchedule(join(folder, 'schedule.yaml'))).toThrow(
      expect.objectContaining({
        said: expect.objectContaining({
          fa: [
            `برنامه دورها در \u2068${folder}/schedule.yaml\u2069 ۳ خطا دارد:`,
            '  سطر ۴، \u2068delay\u2069: انتظار: ثانیه، از ۰ تا ۶۰۰، یا \u2068null\u2069 برای آهنگ همیشگی؛ یافته: \u2068"slow"\u2069',
            '  سطر ۲، \u2068pages\u2069: انتظار: شمار صفحه‌ها، عددی صحیح از ۱ تا ۴۰۰؛ یافته: \u20680\u2069',
            '  سطر ۳، \u2068windwo\u2069: انتظار: تنظیم‌های برنامه دورها و نه چیز دیگر؛ یافته: \u2068windwo\u2069',
          ].join('\n'),
        }) as object,
      }) as Error,
    );
  });

  it('lists all mistakes at once', () =>
    expect(complaint('registry: a\npages: 0\nconcurrency: 99').split('\n')).toEqual([
      'The schedule FOLDER/schedule.yaml has 2 mistakes:',
      '  line 3, concurrency: expected organizations at a time, a whole number from 1 to 16, found 99',
      '  line 2, pages: expected pages, a whole number from 1 to 400, found 0',
    ]));

  it.each([
    ['a file of another encoding', new Uint8Array([0x61, 0x3a, 0x20, 0xff]), 'Expected UTF-8 in the schedule'],
    ['a file that is no page of text', `# ${'x'.repeat(70_000)}`, 'Expected a schedule of at most 65536 bytes'],
  ])('does not read %s', (_, content, expected) => expect(complaint(content)).toContain(expected));

  it.each([
    ['where no file is', 'nowhere.yaml', 'found no file. "rasad schedule init" writes one'],
    ['where a folder is', '.', 'found something that cannot be read (EISDIR)'],
  ])('says what to do %s', (_, name, expected) =>
    expect(() => readSchedule(join(folder, name))).toThrow(expect.objectContaining({ name: 'UserError', message: expect.stringContaining(expected) as string }) as Error),
  ); // prettier-ignore
});

describe('systemdUnits', () => {
  const usual: UnitOptions = {
    exec: ['/usr/bin/node', '/opt/rasad/src/cli/rasad.mjs'],
    user: 'rasad',
    workingDirectory: '/opt/rasad',
    scheduleFile: '/etc/rasad/schedule.yaml',
    dataFolder: '/var/lib/rasad',
  };
  type Settings = Readonly<Record<string, string>>;
  /** Section → setting → value; each setting is expected once. */
  const read = (unit: string): Readonly<Record<string, Settings>> =>
    Object.fromEntries(
      unit.split(/^(?=\[)/m).map((section) => {
        const [head, ...lines] = section.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
        const pairs = lines.map((line) => /^(\w+)=(.*)$/.exec(line)!.slice(1) as [string, string]);
        expect(new Set(pairs.map(([key]) => key)).size).toBe(pairs.length);
        return [head!, Object.fromEntries(pairs)];
      }),
    );
  const service = (options: Partial<UnitOptions> = {}): Settings =>
    read(systemdUnits({ ...usual, ...options })['rasad.service'])['[Service]']!;

  it('does what is due, once, under its account', () =>
    expect(service()).toMatchObject({
      Type: 'oneshot',
      User: 'rasad',
      WorkingDirectory: '/opt/rasad',
      ExecStart:
        '"/usr/bin/node" /opt/rasad/src/cli/rasad.mjs schedule run --once --file /etc/rasad/schedule.yaml --data /var/lib/rasad',
      SuccessExitStatus: '1',
    }));

  it('starts every ten minutes, and after a start that was slept through', () =>
    expect(read(systemdUnits(usual)['rasad.timer'])).toMatchObject({
      '[Timer]': { OnCalendar: '*:0/10', Persistent: 'true' },
      '[Install]': { WantedBy: 'timers.target' },
    }));

  it('may write to its data alone, and leaves a browser its sandbox', () => {
    const settings = service();
    expect(settings).toMatchObject({
      ProtectSystem: 'strict',
      ReadWritePaths: '"/var/lib/rasad"',
      NoNewPrivileges: 'true',
      PrivateTmp: 'true',
    });
    for (const breaking of ['RestrictNamespaces', 'PrivateUsers', 'SystemCallFilter', 'MemoryDenyWriteExecute'])
      expect(settings).not.toHaveProperty(breaking);
  });

  it('writes paths with spaces, percent and dollar signs so that they arrive as they are', () => {
    const settings = service({
      exec: ['/opt/my $node/100%/node', '/opt/my $rasad/rasad.mjs'],
      workingDirectory: '/opt/my 100% $rasad',
      scheduleFile: "/etc/it's 5%/$a.yaml",
      dataFolder: '/var/my $data/50%',
    });
    expect(settings).toMatchObject({
      // variables are not filled in where the program itself is named
      ExecStart: `"/opt/my $node/100%%/node" "/opt/my $$rasad/rasad.mjs" schedule run --once --file "/etc/it's 5%%/$$a.yaml" --data "/var/my $$data/50%%"`,
      WorkingDirectory: '/opt/my 100%% $rasad',
      ReadWritePaths: '"/var/my $data/50%%"',
    });
  });

  it("leaves out what a user's own service manager may not do", () => {
    const { user: _, ...personal } = usual;
    const unit = read(systemdUnits(personal)['rasad.service']);
    for (const setting of ['User', 'CapabilityBoundingSet', 'ProtectKernelModules', 'PrivateDevices'])
      expect(unit['[Service]']).not.toHaveProperty(setting);
    expect(unit['[Unit]']).not.toHaveProperty('After');
    expect(unit['[Service]']).toHaveProperty('ProtectSystem', 'strict');
  });

  it.each<[string, Partial<UnitOptions>]>([
    ['a line of its own in a path', { dataFolder: '/var/x\nExecStartPre=/bin/sh' }],
    ['a quotation mark', { scheduleFile: '/etc/"a".yaml' }],
    ['a backslash at the end', { workingDirectory: '/opt/rasad\\' }],
    ['a relative path', { dataFolder: 'data' }],
    ['a program without its folder', { exec: ['node'] }],
    ['a line of its own in an account', { user: 'rasad\nGroup=root' }],
  ])('refuses %s', (_, options) => expect(() => systemdUnits({ ...usual, ...options })).toThrow(UserError));
});
