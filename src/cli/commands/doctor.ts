import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, statfsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import type { Argv, CommandModule } from 'yargs';
import { loadRegistry } from '../../audit/registry.ts';
import type { Registry, Text } from '../../core/model.ts';
import { isTimeZone } from '../../core/periods.ts';
import type { StaticAnswer, StaticFetcher } from '../../crawl/contract.ts';
import { findChromium } from '../../crawl/fetch-browser.ts';
import { domainOf } from '../../crawl/politeness.ts';
import { voiceOf, type Lang, type Voice } from '../../report/voice.ts';
import type { Store } from '../../../storage/store.ts';
import { isWorkerAlive, openData, openLooking, userAgentOf } from '../compose.ts';
import { DONE, USER_MISTAKE } from '../exit-codes.ts';
import { registryFolder, VERSION } from '../places.ts';

export interface Check {
  readonly what: keyof typeof NAMES;
  readonly state: 'ok' | 'warning' | 'fault';
  readonly found: string;
  /** What to do about it; empty when nothing is to be done. */
  readonly advice: string;
}

const NAMES = {
  node: { fa: 'نود', en: 'node' },
  database: { fa: 'پایگاه داده', en: 'database' },
  workers: { fa: 'کارگرها', en: 'workers' },
  browser: { fa: 'مرورگر', en: 'browser' },
  fonts: { fa: 'قلم‌ها', en: 'fonts' },
  disk: { fa: 'فضای دیسک', en: 'disk' },
  'time-zone': { fa: 'منطقه زمانی', en: 'time zone' },
  clock: { fa: 'ساعت', en: 'clock' },
  network: { fa: 'شبکه', en: 'network' },
  portals: { fa: 'درگاه‌ها', en: 'portals' },
} as const satisfies Record<string, Text>;

const STATES = {
  ok: { fa: 'خوب', en: 'ok' },
  warning: { fa: 'هشدار', en: 'warning' },
  fault: { fa: 'ایراد', en: 'FAULT' },
} as const satisfies Record<Check['state'], Text>;

/** Below this a round does not fit beside its evidence. */
const LOW_DISK = 2 * 1024 ** 3; // bytes
/** Clocks that differ by less serve: leases and pauses are longer than what is left. */
const CLOCK_TOLERANCE = 5 * 60_000; // milliseconds
/** Enough to tell "the country" from "a portal". */
const MAX_PORTALS = 8;
/** A portal that people use answers sooner. */
const PORTAL_TIMEOUT = 5_000; // milliseconds
const MAX_ROBOTS = 64 * 1024; // bytes; only whether it comes counts

interface Arguments {
  data: string;
  json: boolean;
  lang: Lang;
  registry: string | undefined;
}

/** `rasad doctor`: is this machine ready, and can the country be seen from it? */
export function command(done: (code: number) => void): CommandModule<object, Arguments> {
  return {
    command: 'doctor',
    describe: 'Check the machine: Node, database, workers, browser, fonts, disk, clock, network; and what it can see',
    builder: (y: Argv<object>) =>
      y
        .option('registry', {
          type: 'string',
          describe: `Registry folder: ask up to ${MAX_PORTALS} of its portals for their robots.txt`,
        })
        .example('$0 doctor', 'is this machine ready?')
        .example('$0 doctor --registry my-country', 'and can it see the country?') as unknown as Argv<Arguments>,
    handler: async ({ data, json, lang, registry }) => {
      const checks = await examine({
        folder: resolve(data),
        registry: registry === undefined ? null : loadRegistry(registryFolder(registry)),
        lang,
        env: process.env,
        now: Date.now,
      });
      process.stdout.write(json ? `${JSON.stringify({ version: VERSION, checks })}\n` : textOf(checks, lang));
      done(checks.some(({ state }) => state === 'fault') ? USER_MISTAKE : DONE);
    },
  };
}

function textOf(checks: readonly Check[], lang: Lang): string {
  const line = ({ what, state, found, advice }: Check): string => {
    const head = `${STATES[state][lang].padEnd(8)}${NAMES[what][lang].padEnd(12)}`;
    return `${head}${found}\n${advice === '' ? '' : `${' '.repeat(head.length)}${advice}\n`}`;
  };
  return checks.map(line).join('');
}

export interface Patient {
  /** Folder of the database and the evidence; made when it is not there. */
  readonly folder: string;
  /** A country to be seen; null when none was asked about. */
  readonly registry: Registry | null;
  readonly lang: Lang;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since 1970. */
  now(): number;
  /** Milliseconds that a portal has to answer. */
  readonly patience?: number;
}

/** All checks, in the order in which they are told. Never throws for what it finds. */
export async function examine({
  folder,
  registry,
  lang,
  env,
  now,
  patience = PORTAL_TIMEOUT,
}: Patient): Promise<readonly Check[]> {
  const voice = voiceOf(lang, registry?.calendar ?? 'jalali');
  const proxy = env['HTTPS_PROXY'] ?? env['https_proxy'] ?? env['HTTP_PROXY'] ?? env['http_proxy'];
  const stored = await examineDatabase(folder, now(), voice);
  const sight = registry === null ? null : await lookAround(registry, { env, now, patience }, voice);
  return [
    checkNode(voice),
    ...stored.checks,
    await checkBrowser(env, voice),
    checkFonts(voice),
    checkDisk(folder, voice),
    checkTimeZones(['Asia/Tehran', ...stored.timeZones], voice),
    checkClock({ now: now(), newest: stored.newest, skews: sight?.skews ?? [] }, voice),
    good('network', proxy ? voice.say(`از راه پیشکار ${withoutSecret(proxy)}`, `through the proxy ${withoutSecret(proxy)}`) : voice.say('بی‌واسطه', 'direct')),
    ...(sight === null ? [] : [sight.check]),
  ]; // prettier-ignore
}

const good = (what: Check['what'], found: string): Check => ({ what, state: 'ok', found, advice: '' });
const some = (count: number, thing: string): string =>
  `${count} ${thing}${count === 1 ? '' : thing.endsWith('s') ? 'es' : 's'}`;
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
/** The address of a proxy may hold a name and a password. */
const withoutSecret = (proxy: string): string => proxy.replace(/^(\w+:\/\/)?[^@/]*@/, '$1…@');

function checkNode({ say }: Voice): Check {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return good('node', process.versions.node);
  const advice = say('نود ۲۰٫۱۹ یا تازه‌تر لازم است.', 'Node 20.19 or newer is needed.');
  return { what: 'node', state: 'fault', found: process.versions.node, advice };
}

// ---------------------------------------------------------------- what is stored

interface Stored {
  readonly checks: readonly Check[];
  /** The latest time that was written down, in milliseconds since 1970, and of what; null when nothing was. */
  readonly newest: { readonly at: number; readonly what: string } | null;
  /** Time zones of rounds that are open. */
  readonly timeZones: readonly string[];
}

async function examineDatabase(folder: string, now: number, voice: Voice): Promise<Stored> {
  const { say, count } = voice;
  try {
    mkdirSync(folder, { recursive: true });
    const { store, close } = openData(folder);
    try {
      const damage = damageOf(join(folder, 'rasad.sqlite'));
      if (damage !== null) return { checks: [damaged(folder, damage, voice)], newest: null, timeZones: [] };
      const audits = await store.listAudits();
      const rounds = await store.listRounds();
      const found = say(
        `${folder}: ${count(audits.length)} ارزیابی، ${count(rounds.length)} دور؛ سالم`,
        `${folder}: ${some(audits.length, 'audit')}, ${some(rounds.length, 'round')}; sound`,
      );
      const times = [
        ...audits.flatMap(
          ({ id, startedAt, finishedAt }) =>
            [
              [startedAt, id],
              [finishedAt, id],
            ] as const,
        ),
        ...rounds.flatMap(
          ({ id, openedAt, publishedAt }) =>
            [
              [openedAt, id],
              [publishedAt, id],
            ] as const,
        ),
      ].flatMap(([at, what]) => (at === null || Number.isNaN(Date.parse(at)) ? [] : [{ at: Date.parse(at), what }]));
      return {
        checks: [good('database', found), await checkWorkers(store, now, voice)],
        newest: times.reduce<Stored['newest']>((last, time) => (last && last.at >= time.at ? last : time), null),
        timeZones: rounds.flatMap(({ state, plan }) => (state === 'open' ? [plan.timeZone] : [])),
      }; // prettier-ignore
    } finally {
      await close();
    }
  } catch (error) {
    const isDamage = error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_CORRUPT');
    const advice = say('پوشه دیگری با ‎--data نام ببرید، یا همین را درست کنید.', 'Choose another folder with --data, or mend this one.'); // prettier-ignore
    const check: Check = isDamage
      ? damaged(folder, messageOf(error), voice)
      : { what: 'database', state: 'fault', found: messageOf(error), advice };
    return { checks: [check], newest: null, timeZones: [] };
  }
}

/** The first thing that is wrong with the file, null when nothing is. Reads all of it, and writes nothing. */
function damageOf(path: string): string | null {
  const db = new Database(path, { readonly: true, fileMustExist: true });
  try {
    const told = db.pragma('quick_check(1)', { simple: true });
    return told === 'ok' ? null : String(told);
  } finally {
    db.close();
  }
}

const damaged = (folder: string, damage: string, { say }: Voice): Check => ({
  what: 'database',
  state: 'fault',
  found: say(`${folder}: پرونده آسیب دیده است (${damage})`, `${folder}: the file is damaged (${damage})`),
  advice: say(
    'همه کارها را متوقف کنید و نسخه پشتیبان را برگردانید؛ اگر نیست: sqlite3 rasad.sqlite .recover',
    'Stop all work and restore a backup; without one: sqlite3 rasad.sqlite .recover',
  ),
});

async function checkWorkers(store: Store, now: number, { say, count }: Voice): Promise<Check> {
  const held = new Map<string, string[]>();
  const lost = new Map<string, string[]>();
  for (const { id, finishedAt } of await store.listAudits()) {
    if (finishedAt !== null) continue;
    for (const { worker, leaseUntil, organizationId } of await store.listJobs(id)) {
      if (worker === null) continue;
      // a worker of another machine is known by its lease alone
      const lives = isWorkerAlive(worker) ?? (leaseUntil !== null && Date.parse(leaseUntil) > now);
      const those = lives ? held : lost;
      those.set(worker, [...(those.get(worker) ?? []), organizationId]);
    }
  }
  const sizeOf = (workers: ReadonlyMap<string, readonly string[]>): number => [...workers.values()].flat().length;
  if (lost.size === 0) {
    if (held.size === 0) return good('workers', say('هیچ کاری در دست نیست', 'nothing is in hand'));
    return good(
      'workers',
      say(`${count(sizeOf(held))} دستگاه در دست ${count(held.size)} فرایند`, `${some(sizeOf(held), 'organization')} in the hands of ${some(held.size, 'process')}`),
    ); // prettier-ignore
  }
  const listed = [...lost].map(([worker, ids]) => `${worker}: ${ids.slice(0, 5).join(' ')}${ids.length > 5 ? ' …' : ''}`).join('; '); // prettier-ignore
  return {
    what: 'workers',
    state: 'warning',
    found: say(
      `${count(sizeOf(lost))} دستگاه در دست فرایندهایی که دیگر زنده نیستند (${listed})`,
      `in the hands of processes that do not live: ${some(sizeOf(lost), 'organization')} (${listed})`,
    ),
    advice: say(
      '«rasad work» آن‌ها را هنگام آغاز پس می‌گیرد؛ تا آن گاه برای این‌ها کاری پیش نمی‌رود.',
      '`rasad work` takes them back as it starts; until then nothing goes on for these.',
    ),
  };
}

// ---------------------------------------------------------------- the machine

async function checkBrowser(env: Patient['env'], { say }: Voice): Promise<Check> {
  const chromium = await findChromium(env);
  if (!chromium) {
    return {
      what: 'browser',
      state: 'warning',
      found: say('هیچ', 'none'),
      advice: say(
        'صفحه‌هایی که با اسکریپت ساخته می‌شوند دیده نمی‌شوند. chromium را نصب کنید یا نشانی آن را در RASAD_CHROMIUM بگذارید.',
        'Pages that scripts build cannot be seen. Install chromium or set RASAD_CHROMIUM to its path.',
      ),
    };
  }
  const version = spawnSync(chromium, ['--version'], { encoding: 'utf8', timeout: 20_000 });
  if (version.status === 0) return good('browser', `${version.stdout.trim()} (${chromium})`);
  return {
    what: 'browser',
    state: 'warning',
    found: say(`${chromium} اجرا نمی‌شود`, `${chromium} does not start`),
    advice: say(
      'دوباره نصبش کنید، یا نشانی مرورگر دیگری را در RASAD_CHROMIUM بگذارید.',
      'Install it again, or set RASAD_CHROMIUM to another one.',
    ),
  };
}

function checkFonts({ say, count }: Voice): Check {
  const fonts = spawnSync('fc-list', [':lang=fa', 'family'], { encoding: 'utf8' });
  const families = fonts.status === 0 ? fonts.stdout.split('\n').filter(Boolean).length : 0;
  if (families > 0)
    return good('fonts', say(`${count(families)} خانواده قلم برای فارسی`, `${families} font families for Persian`));
  return {
    what: 'fonts',
    state: 'warning',
    found: say('قلمی برای فارسی نیست', 'no font for Persian'),
    advice: say(
      'تصویر صفحه‌های فارسی پر از مربع خواهد بود. fonts-noto-core را نصب کنید.',
      'Pictures of Persian pages will show boxes. Install fonts-noto-core.',
    ),
  };
}

function checkDisk(folder: string, { say, digits }: Voice): Check {
  const there = nearest(folder);
  const { bavail, bsize } = statfsSync(there);
  const free = ((bavail * bsize) / 1024 ** 3).toFixed(1);
  const found = say(`${digits(free).replace('.', '٫')} گیگابایت آزاد در ${there}`, `${free} GB free at ${there}`);
  if (bavail * bsize > LOW_DISK) return good('disk', found);
  const advice = say('یک دور با شواهدش چند گیگابایت می‌خواهد.', 'A round with evidence wants a few gigabytes.');
  return { what: 'disk', state: 'warning', found, advice };
}

/** The folder, or the first one above it that is there. */
const nearest = (folder: string): string =>
  existsSync(folder) || folder === dirname(folder) ? folder : nearest(dirname(folder));

// ---------------------------------------------------------------- time

/** Rounds are planned in the hours of a place: without its history of offsets they would begin at the wrong ones. */
export function checkTimeZones(timeZones: readonly string[], { say }: Voice): Check {
  const advice = say('نود را با ICU کامل نصب کنید (نسخه‌های رسمی آن را دارند).', 'Install a Node with full ICU; the official builds have it.'); // prettier-ignore
  const unknown = [...new Set(timeZones)].filter((zone) => !isTimeZone(zone));
  if (unknown.length > 0) {
    const found = say(`${unknown.join(' ')} شناخته نیست`, `${unknown.join(', ')} is not known`);
    return { what: 'time-zone', state: 'fault', found, advice };
  }
  // Iran keeps no summer time since 1401; an older database still moves its clocks
  const [before, after] = [2021, 2024].map((year) => offsetInJuly('Asia/Tehran', year));
  if (before !== 'GMT+04:30' || after !== 'GMT+03:30') {
    const found = say(`ساعت تهران در تیر ۱۴۰۳: ${after}، باید GMT+03:30 باشد`, `the clocks of Tehran in July 2024: ${after}, must be GMT+03:30`); // prettier-ignore
    return { what: 'time-zone', state: 'warning', found, advice };
  }
  return good('time-zone', [...new Set(timeZones)].join(', '));
}

function offsetInJuly(timeZone: string, year: number): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts(Date.UTC(year, 6, 1)); // prettier-ignore
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
}

interface Times {
  readonly now: number;
  readonly newest: Stored['newest'];
  /** By how many milliseconds the clock of each portal is ahead of this one's. */
  readonly skews: readonly number[];
}

function checkClock({ now, newest, skews }: Times, voice: Voice): Check {
  const { say, count, digits, moment } = voice;
  const time = new Date(now).toISOString();
  const advice = say(
    'پیش از هر کار ساعت را تنظیم کنید (timedatectl set-ntp true): زمان شواهد، مکث‌ها و نوبت‌ها به آن بسته است.',
    'Set it before anything else (timedatectl set-ntp true): times of evidence, pauses and leases hang on it.',
  );
  const minutes = (milliseconds: number): number => Math.round(Math.abs(milliseconds) / 60_000);
  if (newest !== null && newest.at - now > CLOCK_TOLERANCE) {
    const behind = minutes(newest.at - now);
    const found = say(
      `${count(behind)} دقیقه عقب‌تر از آنچه ثبت شده است (${newest.what}، ${moment(new Date(newest.at).toISOString())})`,
      `${count(behind)} minutes behind what is written down already (${newest.what}, ${new Date(newest.at).toISOString()})`,
    );
    return { what: 'clock', state: 'fault', found, advice };
  }
  // one server may be wrong; the one in the middle is wrong only if most are
  const skew = skews.toSorted((a, b) => a - b)[Math.floor(skews.length / 2)];
  if (skew !== undefined && Math.abs(skew) > CLOCK_TOLERANCE) {
    const found = say(
      `${count(minutes(skew))} دقیقه ${skew > 0 ? 'عقب‌تر' : 'جلوتر'} از ساعت درگاه‌ها`,
      `${count(minutes(skew))} minutes ${skew > 0 ? 'behind' : 'ahead of'} the clocks of the portals`,
    );
    return { what: 'clock', state: 'warning', found, advice };
  }
  const seconds = skew === undefined ? null : String(Math.round(Math.abs(skew) / 1000));
  if (seconds === null) return good('clock', time);
  return good('clock', say(`${time}، ${digits(seconds)} ثانیه اختلاف با درگاه‌ها`, `${time}, ${seconds} s from the clocks of the portals`)); // prettier-ignore
}

// ---------------------------------------------------------------- what can be seen

/** How one portal met us. `read`: it said something, if only that it has no such file. */
interface Met {
  readonly host: string;
  readonly how: 'read' | 'refused' | 'silent';
  readonly why: string;
  readonly skew: number | null;
}

/** Addresses of robots.txt of a few portals, chosen evenly over the registry's order, one a registrable domain. */
export function portalsToAsk({ organizations }: Pick<Registry, 'organizations'>): readonly string[] {
  const byDomain = new Map<string, string>();
  for (const { portalUrl } of organizations) {
    if (portalUrl === null) continue;
    const domain = domainOf(new URL(portalUrl).host);
    if (!byDomain.has(domain)) byDomain.set(domain, new URL('/robots.txt', portalUrl).href);
  }
  const all = [...byDomain.values()];
  const few = Math.min(all.length, MAX_PORTALS);
  return Array.from({ length: few }, (_, index) => all[Math.floor((index * all.length) / few)]!);
}

async function lookAround(
  registry: Registry,
  { env, now, patience }: Required<Pick<Patient, 'env' | 'now' | 'patience'>>,
  voice: Voice,
): Promise<{ readonly check: Check; readonly skews: readonly number[] }> {
  try {
    const looking = await openLooking(registry, { mapHosts: [], render: 'never', delay: null, userAgent: userAgentOf(env), env }); // prettier-ignore
    try {
      const met = await Promise.all(portalsToAsk(registry).map((url) => meet(url, looking.fetcher, { now, patience })));
      return { check: checkPortals(met, voice), skews: met.flatMap(({ skew }) => skew ?? []) };
    } finally {
      await looking.close();
    }
  } catch (error) {
    const advice = voice.say('متغیرهای پیشکار و پوشه دستگاه‌ها را ببینید.', 'See to the variables of the proxy and the registry.'); // prettier-ignore
    return { check: { what: 'portals', state: 'fault', found: messageOf(error), advice }, skews: [] };
  }
}

/** One request, and no other: redirects are not followed. */
async function meet(
  url: string,
  fetcher: StaticFetcher,
  { now, patience }: Required<Pick<Patient, 'now' | 'patience'>>,
): Promise<Met> {
  const host = new URL(url).hostname;
  const signal = AbortSignal.timeout(patience);
  try {
    const answer = await fetcher.fetch(url, { asText: true, maxBytes: MAX_ROBOTS, maxRedirects: 0, signal });
    const { outcome, chain } = answer;
    const skew = skewOf(answer, now());
    if (outcome.kind === 'refused') return { host, how: 'refused', why: outcome.by, skew };
    if (chain.length > 0) return { host, how: 'read', why: '', skew };
    return { host, how: 'silent', why: outcome.kind === 'unreachable' ? outcome.cause : outcome.kind, skew };
  } catch (error) {
    if (!signal.aborted) throw error;
    return { host, how: 'silent', why: 'timeout', skew: null };
  }
}

/** By how much the server's clock is ahead; null when it does not say, or a cache speaks in its place. */
function skewOf({ headers }: Pick<StaticAnswer, 'headers'>, now: number): number | null {
  const valueOf = (name: string): string | undefined => headers.find(([key]) => key === name)?.[1];
  const date = Date.parse(valueOf('date') ?? '');
  return Number.isNaN(date) || valueOf('age') !== undefined ? null : date - now;
}

function checkPortals(met: readonly Met[], { say, count }: Voice): Check {
  const what = 'portals';
  if (met.length === 0) {
    const advice = say('ستون portal_url را در organizations.csv پر کنید.', 'Fill the column portal_url of organizations.csv.'); // prettier-ignore
    return { what, state: 'warning', found: say('هیچ دستگاهی درگاه ندارد', 'no organization has a portal'), advice };
  }
  const read = met.filter(({ how }) => how === 'read').length;
  const refused = met.filter(({ how }) => how === 'refused').length;
  const others = met.filter(({ how }) => how !== 'read').map(({ host, why }) => `${host} (${why})`);
  const found = say(
    `${count(read)} درگاه از ${count(met.length)} پاسخ داد${refused > 0 ? `، ${count(refused)} راه نداد` : ''}${others.length > 0 ? `؛ نه: ${others.join('، ')}` : ''}`,
    `${read} of ${met.length} portals answer${refused > 0 ? `, ${refused} refuse` : ''}${others.length > 0 ? `; not: ${others.join(', ')}` : ''}`,
  );
  if (read * 2 >= met.length) return good(what, found);
  const advice = say(
    'این دستگاه کشور را درست نمی‌بیند: از درون کشور نگاه کنید، یا پیشکاری در آنجا را در HTTPS_PROXY بگذارید؛ اگر نام‌ها پیدا نمی‌شوند (dns) سرور نام را ببینید.',
    'This machine does not see the country well: look from inside it, or set HTTPS_PROXY to a proxy there; where names are not found (dns), see to the name server.',
  );
  return { what, state: read === 0 ? 'fault' : 'warning', found, advice };
}
