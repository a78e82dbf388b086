/** The command line. Results go to stdout, progress and messages to stderr; exit codes as in docs/method.md. */
import yargs from 'yargs';
import { UserError } from '../core/errors.ts';
import * as archive from './commands/archive.ts';
import * as audit from './commands/audit.ts';
import * as compare from './commands/compare.ts';
import * as desk from './commands/desk.ts';
import * as demo from './commands/demo.ts';
import * as doctor from './commands/doctor.ts';
import * as history from './commands/history.ts';
import * as people from './commands/people.ts';
import * as probe from './commands/probe.ts';
import * as registry from './commands/registry.ts';
import * as rejudge from './commands/rejudge.ts';
import * as report from './commands/report.ts';
import * as round from './commands/round.ts';
import * as rules from './commands/rules.ts';
import * as schedule from './commands/schedule.ts';
import * as signals from './commands/signals.ts';
import * as work from './commands/work.ts';
import { DONE, OUR_BUG, USER_MISTAKE } from './exit-codes.ts';
import { VERSION } from './places.ts';

/** Runs one command and gives its exit code. Never throws. */
export async function main(args: readonly string[]): Promise<number> {
  let code = DONE;
  const remember = (result: number): void => {
    code = result;
  };
  const parser = yargs([...args])
    .scriptName('rasad')
    .usage(
      '$0 <command>\n\nRasad observes how mature electronic services are: it looks at the portals and service pages of organizations,\njudges them from stored evidence, and scores them in five stages.',
    )
    .locale('en')
    .options({
      lang: {
        choices: ['fa', 'en'] as const,
        default: defaultLanguage(process.env),
        describe: 'Language of what is printed',
      },
      json: { type: 'boolean', default: false, describe: 'Print for machines' },
      data: {
        type: 'string',
        default: process.env['RASAD_DATA'] ?? 'data',
        describe: 'Folder of the database and the evidence',
      },
    })
    .command(audit.command(remember))
    .command(round.command(remember))
    .command(schedule.command(remember))
    .command(work.command(remember))
    .command(people.command(remember))
    .command(compare.command(remember))
    .command(archive.command(remember))
    .command(probe.command(remember))
    .command(rejudge.command(remember))
    .command(report.command(remember))
    .command(signals.command(remember))
    .command(rules.command(remember))
    .command(registry.command(remember))
    .command(history.command(remember))
    .command(doctor.command(remember))
    .command(desk.command(remember))
    .command(demo.command(remember))
    .demandCommand(1, 'Name a command; `rasad audit --registry demo` shows everything on the bundled demo country.')
    .strict()
    .wrap(Math.min(110, process.stdout.columns ?? 110))
    .version(VERSION)
    .help()
    .exitProcess(false)
    .updateStrings(STRINGS)
    .fail((message, error, usage) => {
      throw error ?? new UserError(`${message}\n${wayOut(usage)}`);
    });
  try {
    await parser.parseAsync();
    return code;
  } catch (error) {
    return explain(error, languageAsked(args));
  }
}

/** In words of ours what yargs says of a command line that it cannot read. */
const STRINGS = {
  'Not enough non-option arguments: got %s, need at least %s': {
    one: 'Words after the command: found %s, expected at least %s.',
    other: 'Words after the command: found %s, expected at least %s.',
  },
  'Unknown argument: %s': { one: 'There is no command or option "%s" here.', other: 'There are no commands or options "%s" here.' },
} as unknown as Record<string, string>; // prettier-ignore

/** How the command is written that the user began, and which help explains it. */
function wayOut(usage: unknown): string {
  // what the types call the parser is, where a command line cannot be read, the usage of the command in question
  const form = (usage as { help(): string }).help().split('\n', 1)[0]!;
  return `Expected: ${form}\nSee ${form.replace(/ [<[].*/, '')} --help.`;
}

/** Persian where the environment is Persian; else English. */
function defaultLanguage(env: Readonly<Record<string, string | undefined>>): 'fa' | 'en' {
  const wish = env['RASAD_LANG'] ?? env['LC_ALL'] ?? env['LANG'] ?? '';
  return wish.startsWith('fa') ? 'fa' : 'en';
}

/** As far as it can be told from a command line that may be wrong. */
function languageAsked(args: readonly string[]): 'fa' | 'en' {
  const asked = /^--lang(?:=| )(fa|en)$/m.exec(args.join('\n').replace(/^(--lang)\n/m, '$1 '))?.[1];
  return asked === 'fa' || asked === 'en' ? asked : defaultLanguage(process.env);
}

function explain(error: unknown, lang: 'fa' | 'en'): number {
  if (error instanceof UserError) {
    process.stderr.write(`rasad: ${error.said[lang]}\n`);
    return USER_MISTAKE;
  }
  process.stderr.write(
    `rasad: ${lang === 'fa' ? 'این خطای خود رصد است. هرچه گرفته شده برجاست و همین فرمان از همان جا ادامه می‌دهد.' : 'this is a fault of Rasad. Nothing that was fetched is lost; the same command goes on from there.'}\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  for (let cause = error instanceof Error ? error.cause : undefined; cause instanceof Error; cause = cause.cause)
    process.stderr.write(`caused by: ${cause.stack ?? cause.message}\n`);
  return OUR_BUG;
}
