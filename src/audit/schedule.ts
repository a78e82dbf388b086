/** The schedule: when rounds open, and in which hours pages are crawled. A file says it; time is an argument. */
import { readFileSync, statSync } from 'node:fs';
import { Temporal } from 'temporal-polyfill/full';
import { LineCounter, parseDocument, stringify, type Document } from 'yaml';
import { z } from 'zod';
import { persian, UserError } from '../core/errors.ts';
import type { Text } from '../core/model.ts';
import {
  isTimeZone,
  nextPeriod,
  periodAt,
  periodOf,
  previousPeriod,
  type Calendar,
  type Period,
} from '../core/periods.ts';
import type { Round, RoundPlan } from '../core/round.ts';
import { inBoth, mistakesOf, type Mistake, type Say } from './shapes.ts';

export interface Schedule {
  /** Registry folder, or the name of one that ships with Rasad, as the file has it. */
  readonly registry: string;
  readonly edition: string;
  readonly calendar: Calendar;
  /** All days and hours of the schedule are those of this zone. */
  readonly timeZone: string;
  /** A round opens on this day of the quarter, from 1, at this time of day. */
  readonly opens: { readonly day: number; readonly at: string };
  readonly window: RoundPlan['window'];
  readonly visitsApart: number;
  readonly extraVisits: number;
  readonly probes: RoundPlan['probes'];
  /** Organizations under way at a time. */
  readonly concurrency: number;
  /** Seconds between two requests to a domain; null for the usual pace. */
  readonly delay: number | null;
  readonly pages: number;
  /** A start that was missed is made up for while at least so many days of the quarter are left. */
  readonly latestOpening: number;
}

/** Why nothing happens now is said to people; what to do next is said to the program. */
export type Due = {
  /** Quarters after the newest scheduled round that have none and never will, the oldest first. */
  readonly missed: readonly Period[];
  /** The quarter whose round is to be opened, now or next. */
  readonly period: Period;
} & (
  | { readonly action: 'open' }
  /** `until` is null when an event is waited for and not a time: the end of the round `blockedBy`. */
  | { readonly action: 'wait'; readonly until: string | null; readonly why: Text; readonly blockedBy: string | null }
);

export type ScheduledRound = Pick<Round, 'id' | 'period' | 'state'>;

export interface Happening {
  readonly at: string;
  /** `last-start`: from then on, a round that could not be opened yet will not be opened at all. */
  readonly kind: 'round-opens' | 'last-start' | 'window-opens' | 'window-closes';
  /** null for the window of rounds that are open already. */
  readonly period: Period | null;
}

type Hours = Pick<Schedule, 'window' | 'timeZone'>;

/** Days of the shortest quarter, the winter of a Jalali year without a leap day. */
const SHORTEST_QUARTER = 89;
/** One night of crawling holds at least one organization. */
const SHORTEST_WINDOW = 60; // minutes
/** A schedule is a page of text. */
const MAX_FILE = 65_536; // bytes
/** Missed quarters that are listed, ten years; a clock that was once far off must not fill the screen. */
const MOST_MISSED = 40;

// ---------------------------------------------------------------- when rounds open

/**
 * What the schedule asks for now (milliseconds since 1970). Exactly one round a quarter opens, never for a quarter that
 * is not later than all that have had theirs, and never while another scheduled round is open: asking twice is harmless.
 */
export function due(schedule: Schedule, now: number, rounds: readonly ScheduledRound[]): Due {
  const { calendar, timeZone } = schedule;
  const current = periodAt(calendar, timeZone, now);
  const newest = newestOf(rounds, timeZone);
  const isTooLate = now > latestStartOf(schedule, current);
  const missed = newest ? between(newest.period, isTooLate ? nextPeriod(current) : current) : [];
  const wait = (period: Period, why: Text): Due => ({
    action: 'wait', period, until: iso(openingOf(schedule, period)), why, blockedBy: null, missed,
  }); // prettier-ignore

  if (newest && newest.period.startsOn >= current.startsOn) {
    return wait(firstAfter(newest.period, calendar), whyNoOther(newest, current));
  }
  const { names } = current;
  if (now < openingOf(schedule, current)) {
    return wait(current, {
      fa: `هنوز زمان آغاز دور ${names.fa} نرسیده است.`,
      en: `The round of ${names.en} is not due yet.`,
    });
  }
  if (isTooLate) {
    const { latestOpening: days } = schedule;
    return wait(nextPeriod(current), {
      fa: `از ${names.fa} کمتر از ${days} روز مانده است و دیگر دوری برای آن آغاز نمی‌شود.`,
      en: `Fewer than ${days} days of ${names.en} are left, too few to begin a round for it.`,
    });
  }
  const blocking = rounds.find(({ period, state }) => period !== null && state === 'open');
  if (blocking) {
    const why = {
      fa: `دور ${names.fa} تا پایان گردآوری دور ${blocking.id} منتظر می‌ماند.`,
      en: `The round of ${names.en} waits until the round ${blocking.id} is no longer open.`,
    };
    return { action: 'wait', period: current, until: null, why, blockedBy: blocking.id, missed };
  }
  return { action: 'open', period: current, missed };
}

/** The next things that happen if every round is closed before the next one is due, the earliest first, at most `count`. */
export function upcoming(
  schedule: Schedule,
  now: number,
  rounds: readonly ScheduledRound[],
  count: number,
): readonly Happening[] {
  const happenings: Happening[] = [];
  const first = due(schedule, now, rounds);
  const addWindow = (from: number, period: Period | null): void => {
    const window = nextWindow(schedule, from);
    if (!window) return;
    if (window.from > iso(from)) happenings.push({ at: window.from, kind: 'window-opens', period });
    happenings.push({ at: window.to, kind: 'window-closes', period });
  };
  if (rounds.some(({ state }) => state === 'open')) addWindow(now, null);
  let { period } = first;
  if (first.action === 'wait' && first.until === null) {
    happenings.push({ at: iso(latestStartOf(schedule, period)), kind: 'last-start', period });
    period = nextPeriod(period);
  }
  for (let opened = 0; opened < count; opened++, period = nextPeriod(period)) {
    const at = Math.max(now, openingOf(schedule, period));
    happenings.push({ at: iso(at), kind: 'round-opens', period });
    addWindow(at, period);
  }
  return happenings.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)).slice(0, count);
}

function openingOf({ opens, timeZone }: Schedule, period: Period): number {
  return instantOf(Temporal.PlainDate.from(period.startsOn).add({ days: opens.day - 1 }), opens.at, timeZone);
}

function latestStartOf({ latestOpening, timeZone }: Schedule, period: Period): number {
  return instantOf(Temporal.PlainDate.from(period.endsOn).add({ days: 1 - latestOpening }), null, timeZone);
}

interface Newest {
  readonly id: string;
  readonly period: Period;
}

function newestOf(rounds: readonly ScheduledRound[], timeZone: string): Newest | null {
  let newest: Newest | null = null;
  for (const { id, period } of rounds) {
    if (!period) continue;
    const own = periodOf(period.id, period.calendar, timeZone);
    if (!newest || own.startsOn > newest.period.startsOn) newest = { id, period: own };
  }
  return newest;
}

/** Quarters of `end`'s calendar that begin after `newest` does and before `end` does. */
function between(newest: Period, end: Period): Period[] {
  const found: Period[] = [];
  for (
    let period = previousPeriod(end);
    period.startsOn > newest.startsOn && found.length < MOST_MISSED;
    period = previousPeriod(period)
  )
    found.unshift(period);
  return found;
}

/** The calendar of a schedule may have been changed, so that the newest round stands for a quarter of the other one. */
function firstAfter({ startsOn, startsAt, timeZone }: Period, calendar: Calendar): Period {
  let period = periodAt(calendar, timeZone, Date.parse(startsAt));
  while (period.startsOn <= startsOn) period = nextPeriod(period);
  return period;
}

const whyNoOther = ({ id, period: { names, startsOn } }: Newest, current: Period): Text =>
  startsOn <= current.endsOn
    ? { fa: `${names.fa} دور خود را دارد (${id}).`, en: `${names.en} has its round, ${id}.` }
    : {
        fa: `تازه‌ترین دور (${id}) از ${names.fa} است که هنوز نرسیده است؛ ساعت رایانه درست است؟`,
        en: `The newest round, ${id}, stands for ${names.en}, which has not begun: is the clock of this machine right?`,
      };

// ---------------------------------------------------------------- hours of crawling

/** May pages be crawled now (milliseconds since 1970)? */
export function inWindow(hours: Hours, now: number): boolean {
  const window = nextWindow(hours, now);
  return window === null || Date.parse(window.from) <= now;
}

/**
 * The window that is open now (milliseconds since 1970), else the next one; from the first instant in it to the first
 * one after it, UTC. null when there are no hours to keep to. Clocks that change make a window longer or shorter, and
 * one that falls entirely into the hour that is left out does not take place.
 */
export function nextWindow(
  { window, timeZone }: Hours,
  now: number,
): { readonly from: string; readonly to: string } | null {
  if (!window) return null;
  // the night that began yesterday may still last
  let day = Temporal.Instant.fromEpochMilliseconds(now)
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .subtract({ days: 1 });
  for (;;) {
    const from = instantOf(day, window.from, timeZone);
    const next = day.add({ days: 1 });
    const to = instantOf(window.to > window.from ? day : next, window.to, timeZone);
    if (to > now && to > from) return { from: iso(from), to: iso(to) };
    day = next;
  }
}

/** A time of day (`HH:MM`), or the first instant of the day. A time that clocks leave out is moved behind the gap. */
function instantOf(day: Temporal.PlainDate, time: string | null, timeZone: string): number {
  const at = time === null ? day.toZonedDateTime(timeZone) : day.toZonedDateTime({ timeZone, plainTime: time });
  return at.epochMilliseconds;
}

const iso = (ms: number): string => new Date(ms).toISOString();

// ---------------------------------------------------------------- the file

const settingsIn = (say: Say) => {
  const whole = (from: number, to: number, fa: string, en: string) => {
    const expected = say(`${fa}، ${persian`عددی صحیح از ${from} تا ${to}`}`, `${en}, a whole number from ${from} to ${to}`); // prettier-ignore
    return z.int(expected).min(from, expected).max(to, expected);
  };
  const text = (what: string) => z.string(what).trim().min(1, what).max(1000, what);
  const timeOfDay = say(persian`ساعتی از روز مانند ${'22:00'}`, 'a time of day such as 22:00');
  const time = z.string(timeOfDay).regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, timeOfDay);
  const delay = say(
    persian`ثانیه، از ${0} تا ${600}، یا ${'null'} برای آهنگ همیشگی`,
    'seconds from 0 to 600, or null for the usual pace',
  );
  return z
    .strictObject(
      {
        registry: text(
          say(
            'پوشه یک دفتر ثبت، یا نام دفتر ثبتی که همراه رصد است',
            'a registry folder, or the name of a registry that ships with Rasad',
          ),
        ),
        edition: text(say(persian`نام یک ویرایش، مانند ${'r5'}`, 'the name of an edition, such as r5')).default('r5'),
        calendar: z
          .enum(['jalali', 'gregorian'], say(persian`${'jalali'} یا ${'gregorian'}`, 'jalali or gregorian'))
          .default('jalali'),
        time_zone: text(say(persian`یک منطقه زمانی مانند ${'Asia/Tehran'}`, 'a time zone such as Asia/Tehran'))
          .refine(
            isTimeZone,
            say(
              persian`یک منطقه زمانی پایگاه ${'IANA'}، مانند ${'Asia/Tehran'} یا ${'Europe/Rome'}`,
              'a time zone of the IANA database, such as Asia/Tehran or Europe/Rome',
            ),
          )
          .default('Asia/Tehran'),
        opens: z
          .strictObject(
            { day: whole(1, 60, 'روزی از سه‌ماهه', 'a day of the quarter').default(1), at: time.default('22:00') },
            say(persian`تنظیم‌های ${'day'} و ${'at'}`, 'the settings day and at'),
          )
          .prefault({}),
        window: z
          .strictObject(
            { from: time, to: time },
            say(
              persian`تنظیم‌های ${'from'} و ${'to'}، یا ${'null'} برای همه ساعت‌ها`,
              'the settings from and to, or null for all hours',
            ),
          )
          .refine(
            ({ from, to }) => minutesBetween(from, to) >= SHORTEST_WINDOW,
            say(
              persian`دست‌کم ${SHORTEST_WINDOW} دقیقه از یکی تا دیگری، یا ${'null'} برای همه ساعت‌ها`,
              `at least ${SHORTEST_WINDOW} minutes from one time to the other, or null for all hours`,
            ),
          )
          .nullable()
          .default({ from: '22:00', to: '06:00' }),
        visits_apart: whole(1, 30, 'شمار روزها', 'days').default(7),
        extra_visits: whole(0, 10, 'شمار بازدیدها', 'visits').default(2),
        probes: z
          .strictObject(
            {
              per_day: whole(0, 4, 'شمار سنجش‌های دسترسی در روز', 'looks a day').default(4),
              days: whole(0, 60, 'شمار روزها', 'days').default(14),
            },
            say(persian`تنظیم‌های ${'per_day'} و ${'days'}`, 'the settings per_day and days'),
          )
          .prefault({}),
        concurrency: whole(1, 16, 'شمار دستگاه‌های همزمان', 'organizations at a time').default(4),
        delay: z.number(delay).min(0, delay).max(600, delay).nullable().default(null),
        pages: whole(1, 400, 'شمار صفحه‌ها', 'pages').default(120),
        latest_opening: whole(0, 80, 'شمار روزهای مانده تا پایان سه‌ماهه', 'days before the end of the quarter').default(21), // prettier-ignore
      },
      say('تنظیم‌های برنامه دورها', 'the settings of a schedule'),
    )
    .refine(({ opens, latest_opening }) => opens.day + latest_opening <= SHORTEST_QUARTER, {
      path: ['latest_opening'],
      error: say(
        persian`${'opens.day'} و ${'latest_opening'}، با هم حداکثر ${SHORTEST_QUARTER} روز که درازای کوتاه‌ترین سه‌ماهه است`,
        `opens.day and latest_opening to be ${SHORTEST_QUARTER} days together at most, the length of the shortest quarter`,
      ),
    });
};
const Settings = inBoth(settingsIn);

/** Minutes from one time of day to the next time that it is the other; 0 when they are the same. */
function minutesBetween(from: string, to: string): number {
  const minutes = Temporal.PlainTime.from(from).until(to).total('minutes');
  return minutes < 0 ? minutes + 1440 : minutes;
}

/** Reads the file of a schedule. Throws a UserError that lists everything that is wrong with it. */
export function readSchedule(path: string): Schedule {
  const lines = new LineCounter();
  const document = parseDocument(readText(path), { lineCounter: lines });
  const fail = (problems: readonly Text[]): never => {
    const list = (lang: keyof Text): string => problems.map((problem) => `\n  ${problem[lang]}`).join('');
    throw new UserError({
      fa: `${persian`برنامه دورها در ${path} ${problems.length} خطا دارد:`}${list('fa')}`,
      en: `The schedule ${path} has ${problems.length} mistake${problems.length === 1 ? '' : 's'}:${list('en')}`,
    });
  };
  if (document.errors.length > 0) {
    return fail(
      document.errors.map(({ linePos, message }) => {
        const [line, found] = [linePos?.[0].line ?? 1, message.split('\n')[0]!];
        return {
          fa: persian`سطر ${line}: انتظار: ${'YAML'}؛ یافته: ${found}`,
          en: `line ${line}: expected YAML, found: ${found}`,
        };
      }),
    );
  }
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 0 });
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    return fail([
      {
        fa: persian`انتظار: تنظیم‌های ساده؛ یافته: نام مستعار ${'YAML'} (${'*name'}). هر مقدار را کامل بنویسید`,
        en: 'expected plain settings, found YAML aliases (*name). Write each value out',
      },
    ]);
  }
  const result = Settings.en.safeParse(value);
  if (!result.success) {
    const mistakes = mistakesOf(result.error, Settings.fa, value);
    return fail(mistakes.map((mistake) => describe(mistake, value, document, lines)));
  }
  const { time_zone, visits_apart, extra_visits, probes, latest_opening, ...same } = result.data;
  return {
    ...same,
    timeZone: time_zone,
    visitsApart: visits_apart,
    extraVisits: extra_visits,
    probes: { perDay: probes.per_day, days: probes.days },
    latestOpening: latest_opening,
  };
}

function readText(path: string): string {
  try {
    const { size } = statSync(path);
    if (size > MAX_FILE) {
      throw new UserError({
        fa: persian`برنامه دورها در ${path} باید حداکثر ${MAX_FILE} بایت باشد، ولی ${size} بایت است.`,
        en: `Expected a schedule of at most ${MAX_FILE} bytes at ${path}, found ${size} bytes.`,
      });
    }
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    if (error instanceof UserError) throw error;
    if (error instanceof TypeError) {
      throw new UserError(
        {
          fa: persian`برنامه دورها در ${path} باید ${'UTF-8'} باشد، ولی کدگذاری دیگری دارد.`,
          en: `Expected UTF-8 in the schedule ${path}, found another encoding.`,
        },
        { cause: error },
      );
    }
    const { code } = error as NodeJS.ErrnoException;
    const found =
      code === 'ENOENT'
        ? { fa: 'پرونده‌ای نیست', en: 'no file' }
        : { fa: persian`آنچه هست خواندنی نیست (${`${code}`})`, en: `something that cannot be read (${code})` };
    throw new UserError(
      {
        fa: `${persian`برنامه دورها باید در ${path} باشد، ولی آنجا`} ${found.fa}. ${persian`${'rasad schedule init'} نمونه‌ای برای آغاز می‌نویسد.`}`,
        en: `Expected a schedule at ${path}, found ${found.en}. "rasad schedule init" writes one to begin with.`,
      },
      { cause: error },
    );
  }
}

function describe(mistake: Mistake, value: unknown, document: Document, lines: LineCounter): Text {
  const { expected, strangers } = mistake;
  const path = [...mistake.path, ...strangers.slice(0, 1)];
  // the innermost part of the path that is in the file
  let range: readonly number[] | null | undefined;
  for (let depth = path.length; depth > 0 && !range; depth--) {
    const node = document.getIn(path.slice(0, depth), true) as { range?: readonly number[] | null } | undefined;
    range = node?.range;
  }
  const inFile = path.reduce<unknown>(
    (inner, key) => (inner as Record<PropertyKey, unknown> | null | undefined)?.[key],
    value,
  );
  const line = range ? lines.linePos(range[0]!).line : null;
  const key = path.join('.');
  const found = strangers.length > 0 ? strangers.join(', ').slice(0, 100) : JSON.stringify(inFile)?.slice(0, 100);
  const place = {
    fa: [line === null ? '' : persian`سطر ${line}`, key && persian`${key}`].filter(Boolean).join('، '),
    en: [line === null ? '' : `line ${line}`, key].filter(Boolean).join(', '),
  };
  return {
    fa: `${place.fa && `${place.fa}: `}انتظار: ${expected.fa}${strangers.length > 0 ? ' و نه چیز دیگر' : ''}؛ یافته: ${found === undefined ? 'هیچ' : persian`${found}`}`,
    en: `${place.en && `${place.en}: `}expected ${expected.en}${strangers.length > 0 ? ' and no others' : ''}, found ${found ?? 'nothing'}`,
  };
}

/** Text of a new file, every setting with its meaning. Reading it gives the usual values. */
export function scheduleTemplate(options: {
  readonly registry: string;
  readonly edition?: string;
  readonly calendar?: Calendar;
  readonly timeZone?: string;
}): string {
  const { registry, edition = 'r5', calendar = 'jalali', timeZone = 'Asia/Tehran' } = options;
  const line = (key: string, value: string): string => stringify({ [key]: value }, { lineWidth: 0 }).trimEnd();
  return `# When rounds open, and how organizations are looked at in them. "rasad schedule next" shows what follows from it.

# Registry folder (seen from the folder in which rasad runs), or the name of a registry that ships with Rasad.
${line('registry', registry)}
# Edition of the method.
${line('edition', edition)}

# Every quarter has one round. Its days are those of this calendar (jalali or gregorian), its hours those of this zone.
${line('calendar', calendar)}
${line('time_zone', timeZone)}
# Day of the quarter (1 to 60) and time at which the round opens. The first days of a Jalali year are holidays: a later
# day keeps clear of them.
opens: { day: 1, at: '22:00' }
# A start that was missed is made up for while at least so many days of the quarter are left: the visits need time.
latest_opening: 21

# Hours in which pages are crawled; null for all. Looks whether an address answers are made around the clock.
window: { from: '22:00', to: '06:00' }
# Days between two visits of an organization (how many there are is a matter of the edition).
visits_apart: 7
# Further visits of organizations that could not be looked at well, at most.
extra_visits: 2
# Looks whether the addresses of an organization answer: so many a day (at most 4, each in its own part of the day), on
# so many days. 0 for none.
probes: { per_day: 4, days: 14 }

# Organizations under way at a time.
concurrency: 4
# Seconds between two requests to a domain; null for the usual pace.
delay: null
# Pages looked at for one organization and visit beyond those that the registry declares, at most.
pages: 120
`;
}
