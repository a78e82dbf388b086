import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Cron } from 'croner';
import type { Argv, CommandModule } from 'yargs';
import { loadRegistry } from '../../audit/registry.ts';
import { due, readSchedule, scheduleTemplate, upcoming, type Happening, type Schedule } from '../../audit/schedule.ts';
import { systemdUnits } from '../../audit/systemd.ts';
import { persian, UserError } from '../../core/errors.ts';
import type { Period } from '../../core/periods.ts';
import { voiceOf, type Voice } from '../../report/voice.ts';
import { editionOf, releaseDeadWorkers, userAgentOf, withData, type Data } from '../compose.ts';
import { whole } from '../arguments.ts';
import { DONE, STOPPED } from '../exit-codes.ts';
import type { Log } from '../log.ts';
import { registryFolder, ROOT } from '../places.ts';
import { doerOf, openNewRound } from '../rounds.ts';
import { lookOptions, openRounds, withWork, workOn, type LookArguments, type LookTools } from './work.ts';

interface Common {
  file: string | undefined;
  lang: 'fa' | 'en';
  json: boolean;
  data: string;
}

const file = {
  file: { type: 'string', describe: 'File of the schedule (default: schedule.yaml in the folder of data)' },
} as const;

/** `rasad schedule …`: rounds that open by the calendar and run by themselves. */
export function command(done: (code: number) => void, lang: 'fa' | 'en'): CommandModule<object, object> {
  const running = <T extends Common>(run: (args: T) => Promise<number>) => async (args: unknown): Promise<void> => done(await run(args as T)); // prettier-ignore
  return {
    command: 'schedule <action>',
    describe: 'Open rounds by the calendar and look at what is due',
    builder: (y: Argv<object>) =>
      y
        .command(
          'init',
          'Write a schedule to begin with',
          (o) =>
            o.options({
              ...file,
              registry: { type: 'string', demandOption: true, describe: 'Registry folder, or the name of one that ships with Rasad' },
              edition: { type: 'string', default: 'r5' },
            }),
          running(init),
        )
        .command(
          'next',
          'What happens when',
          (o) => o.options({ ...file, count: { type: 'number', default: 8, describe: 'How many of them' } }),
          running(next),
        )
        .command(
          'run',
          'Open what is due and look at it, until stopped',
          (o) =>
            o
              .options({ ...file, ...lookOptions, once: { type: 'boolean', default: false, describe: 'Do what is due now, and end; for timers' } })
              .example('$0 schedule run --metrics 127.0.0.1:9464', 'as a program that runs all the time')
              .example('$0 schedule run --once', 'as a timer does every ten minutes'),
          running(run),
        )
        .command(
          'install',
          'A service and a timer of systemd that keep the schedule going',
          (o) =>
            o.options({
              ...file,
              print: { type: 'boolean', default: false, describe: 'Only show them' },
              to: { type: 'string', describe: 'Folder to write them to, as /etc/systemd/system' },
              user: { type: 'string', describe: 'Account that does the work (for units of the system)' },
            }),
          running(install),
        )
        .demandCommand(1, lang === 'fa' ? persian`بگویید با برنامه زمان‌بندی چه شود؛ ${'rasad schedule --help'} را ببینید.` : 'Name what to do with the schedule; see rasad schedule --help.')
        .strict(),
    handler: () => undefined,
  }; // prettier-ignore
}

const pathOf = ({ file: path, data }: Common): string => resolve(path ?? join(data, 'schedule.yaml'));

async function init(args: Common & { registry: string; edition: string }): Promise<number> {
  const path = pathOf(args);
  if (existsSync(path))
    throw new UserError({
      fa: persian`${path} از پیش هست. آن را ویرایش کنید، یا با ${'--file'} پرونده دیگری نام ببرید.`,
      en: `${path} is there already. Change it, or name another file with --file.`,
    });
  const { calendar } = loadRegistry(registryFolder(args.registry));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, scheduleTemplate({ registry: args.registry, edition: editionOf(args.edition).id, calendar }));
  process.stdout.write(`${path}\n`);
  return next({ ...args, count: 4 });
}

async function next(args: Common & { count: number }): Promise<number> {
  const schedule = readSchedule(pathOf(args));
  const rounds = await withData(args.data, (data) => data.store.listRounds());
  const now = Date.now();
  const asked = due(schedule, now, rounds);
  const happenings = upcoming(schedule, now, rounds, whole(args.count, '--count', 1, 400));
  if (args.json) {
    process.stdout.write(`${JSON.stringify({ due: asked, happenings }, null, 2)}\n`);
    return DONE;
  }
  const voice = voiceOf(args.lang, schedule.calendar);
  for (const period of asked.missed)
    process.stdout.write(`${voice.say(`${period.names.fa}: دور آن آغاز نشد و دیگر آغاز نمی‌شود.`, `${period.names.en}: its round did not open, and will not.`)}\n`); // prettier-ignore
  if (asked.action === 'open')
    process.stdout.write(`${voice.say(`دور ${asked.period.names.fa} باید همین حالا آغاز شود: rasad schedule run`, `The round of ${asked.period.names.en} is due now: rasad schedule run`)}\n`); // prettier-ignore
  else process.stdout.write(`${voice.text(asked.why)}\n`);
  for (const happening of happenings)
    process.stdout.write(`${momentIn(happening.at, schedule, voice)}  ${happeningText(happening, voice)}\n`);
  return DONE;
}

/** The moment in the zone of the schedule. */
function momentIn(iso: string, { timeZone }: Schedule, voice: Voice): string {
  const time = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(new Date(iso));
  const day = new Intl.DateTimeFormat('en-CA', { timeZone }).format(new Date(iso));
  return `${voice.day(`${day}T12:00:00Z`)} ${voice.digits(time)} ${voice.say(`به وقت \u2068${timeZone}\u2069`, `(${timeZone})`)}`;
}

function happeningText({ kind, period }: Happening, { say }: Voice): string {
  const of = { fa: period?.names.fa ?? 'دورهای باز', en: period?.names.en ?? 'open rounds' };
  switch (kind) {
    case 'round-opens':
      return say(`دور ${of.fa} آغاز می‌شود`, `the round of ${of.en} opens`);
    case 'last-start':
      return say(`آخرین فرصت آغاز دور ${of.fa}`, `last moment at which the round of ${of.en} may still open`);
    case 'window-opens':
      return say(`ساعت‌های خزش آغاز می‌شود (${of.fa})`, `hours of crawling begin (${of.en})`);
    case 'window-closes':
      return say(`ساعت‌های خزش پایان می‌یابد (${of.fa})`, `hours of crawling end (${of.en})`);
  }
}

async function run(args: Common & LookArguments & { once: boolean }): Promise<number> {
  const path = pathOf(args);
  const schedule = readSchedule(path);
  return withData(args.data, (data) =>
    withWork(args, data, async (tools) => {
      const tick = async (): Promise<number> => {
        // the file may have been changed since the last time
        const now = readSchedule(path);
        await openWhatIsDue(data, now, tools.log);
        await releaseDeadWorkers(data.store);
        return workOn(data, await openRounds(data), { ...tools, concurrency: now.concurrency, patience: 0 });
      };
      if (args.once) return tick();
      return repeat(tick, schedule.timeZone, tools);
    }),
  );
}

/** Every minute, never two at once; a minute that is slept through is made up for by the next one. Ends by the signal. */
async function repeat(tick: () => Promise<number>, timezone: string, { signal, log }: LookTools): Promise<number> {
  log.info('schedule-runs', { timezone });
  let running: Promise<void> = Promise.resolve();
  const job = new Cron('* * * * *', { timezone, protect: true }, () => {
    running = tick().then(
      () => undefined,
      (error: unknown) => log.error('tick-failed', { error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    ); // prettier-ignore
    return running;
  });
  await job.trigger();
  await new Promise<void>((resolve_) => {
    if (signal.aborted) resolve_();
    signal.addEventListener('abort', () => resolve_(), { once: true });
  });
  job.stop();
  await running;
  return STOPPED;
}

/** Opens the round of the present quarter where the schedule asks for it. */
export async function openWhatIsDue(data: Data, schedule: Schedule, log: Log): Promise<void> {
  const asked = due(schedule, Date.now(), await data.store.listRounds());
  for (const period of asked.missed) log.warn('round-missed', { period: period.id });
  if (asked.action === 'wait') return log.info('no-round-due', { why: asked.why.en, until: asked.until });
  try {
    const round = await openScheduled(data, schedule, asked.period);
    log.info('round-opened', { round: round.id });
  } catch (error) {
    // another process was quicker
    const { calendar, id } = asked.period;
    const rounds = await data.store.listRounds();
    const open = rounds.find(({ period }) => period?.calendar === calendar && period.id === id);
    if (!open) throw error;
    log.info('round-open-already', { round: open.id });
  }
}

function openScheduled(data: Data, schedule: Schedule, period: Period) {
  const { pages, delay, timeZone, window, visitsApart, extraVisits, probes } = schedule;
  return openNewRound(
    data,
    {
      id: period.id,
      names: period.names,
      period: { calendar: period.calendar, id: period.id },
      edition: editionOf(schedule.edition),
      registry: loadRegistry(registryFolder(schedule.registry)),
      plan: {
        pages, delay, timeZone, window, visitsApart, extraVisits, probes, render: 'auto', userAgent: userAgentOf(process.env),
      }, // prettier-ignore
    },
    doerOf({ by: 'schedule' }),
  );
}

async function install(
  args: Common & { print: boolean; to: string | undefined; user: string | undefined },
): Promise<number> {
  readSchedule(pathOf(args));
  const units = systemdUnits({
    exec: [process.execPath, join(ROOT, 'src', 'cli', 'rasad.mjs')],
    ...(args.user === undefined ? {} : { user: args.user }),
    workingDirectory: ROOT,
    scheduleFile: pathOf(args),
    dataFolder: resolve(args.data),
  });
  if (!args.print && args.to === undefined)
    throw new UserError({
      fa: persian`برای دیدن پرونده‌های ${'systemd'} گزینه ${'--print'} را بدهید، یا برای نوشتن آن‌ها ${'--to FOLDER'}، مانند ${'--to /etc/systemd/system --user rasad'}.`,
      en: 'Give --print to see the units, or --to FOLDER to write them, as in --to /etc/systemd/system --user rasad.',
    });
  for (const [name, text] of Object.entries(units)) {
    if (args.print) process.stdout.write(`# ${name}\n${text}\n`);
    if (args.to !== undefined) {
      mkdirSync(resolve(args.to), { recursive: true });
      writeFileSync(join(resolve(args.to), name), text);
      process.stdout.write(`${join(resolve(args.to), name)}\n`);
    }
  }
  if (args.to !== undefined) process.stdout.write('systemctl daemon-reload && systemctl enable --now rasad.timer\n');
  return DONE;
}
