/** The command line. Results go to stdout, progress and messages to stderr; exit codes as in docs/method.md. */
import yargs from 'yargs';
import { persian, UserError } from '../core/errors.ts';
import type { Text } from '../core/model.ts';
import { persianDigits } from '../report/voice.ts';
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
  const lang = languageAsked(args);
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
    .command(round.command(remember, lang))
    .command(schedule.command(remember, lang))
    .command(work.command(remember))
    .command(people.command(remember, lang))
    .command(compare.command(remember))
    .command(archive.command(remember, lang))
    .command(probe.command(remember))
    .command(rejudge.command(remember))
    .command(report.command(remember))
    .command(signals.command(remember))
    .command(rules.command(remember))
    .command(registry.command(remember, lang))
    .command(history.command(remember, lang))
    .command(doctor.command(remember))
    .command(desk.command(remember))
    .command(demo.command(remember))
    .demandCommand(
      1,
      lang === 'fa'
        ? persian`فرمانی نام ببرید؛ ${'rasad audit --registry demo'} همه چیز را در کشور نمونه نشان می‌دهد.`
        : 'Name a command; `rasad audit --registry demo` shows everything on the bundled demo country.',
    )
    .strict()
    .wrap(Math.min(110, process.stdout.columns ?? 110))
    .version(VERSION)
    .help()
    .exitProcess(false)
    .updateStrings(STRINGS[lang] as unknown as Record<string, string>) // its types know no strings that are counted
    .fail((message, error, usage) => {
      if (error) throw error;
      const way = wayOut(usage);
      throw new UserError({ fa: `${inPersianDigits(message)}\n${way.fa}`, en: `${message}\n${way.en}` });
    });
  try {
    await parser.parseAsync();
    return code;
  } catch (error) {
    return explain(error, lang);
  }
}

type Counted = Readonly<Record<'one' | 'other', string>>;
const whatever = (text: string): Counted => ({ one: text, other: text });

/**
 * In words of ours what yargs says of a command line that it cannot read. It keeps them for all of the process, so that
 * each language has all of them.
 */
const STRINGS = {
  fa: {
    'Not enough non-option arguments: got %s, need at least %s': whatever('پس از فرمان %s واژه آمده است و دست‌کم %s واژه لازم است.'),
    'Unknown argument: %s': { one: 'فرمان یا گزینه‌ای به نام «\u2068%s\u2069» اینجا نیست.', other: 'این فرمان‌ها یا گزینه‌ها اینجا نیست: \u2068%s\u2069.' },
    'Missing required argument: %s': { one: 'این گزینه لازم است و نیامده: \u2068%s\u2069', other: 'این گزینه‌ها لازم است و نیامده: \u2068%s\u2069' },
    'Invalid values:': 'مقدار نادرست:',
    'Argument: %s, Given: %s, Choices: %s': '\u2068%s\u2069: آنچه آمده \u2068%s\u2069 است و باید یکی از این‌ها باشد: \u2068%s\u2069',
  },
  en: {
    'Not enough non-option arguments: got %s, need at least %s': whatever('Words after the command: found %s, expected at least %s.'),
    'Unknown argument: %s': { one: 'There is no command or option "%s" here.', other: 'There are no commands or options "%s" here.' },
    'Missing required argument: %s': { one: 'Missing required argument: %s', other: 'Missing required arguments: %s' },
    'Invalid values:': 'Invalid values:',
    'Argument: %s, Given: %s, Choices: %s': 'Argument: %s, Given: %s, Choices: %s',
  },
} satisfies Record<'fa' | 'en', Readonly<Record<string, string | Counted>>>; // prettier-ignore

/** Numbers of a Persian text; what the user wrote is isolated in it, and stays. */
const inPersianDigits = (text: string): string =>
  text.replace(/\u2068[^\u2069]*\u2069|\d+/g, (part) => (part.startsWith('\u2068') ? part : persianDigits(part)));

/** How the command is written that the user began, and which help explains it. */
function wayOut(usage: unknown): Text {
  // what the types call the parser is, where a command line cannot be read, the usage of the command in question
  const form = (usage as { help(): string }).help().split('\n', 1)[0]!;
  const help = `${form.replace(/ [<[].*/, '')} --help`;
  return { fa: persian`شیوه نوشتن: ${form}\nراهنما: ${help}`, en: `Expected: ${form}\nSee ${help}.` };
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
