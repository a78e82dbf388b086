import type { Argv, CommandModule } from 'yargs';
import { describeProblem, problemData, readRegistry } from '../../audit/registry.ts';
import { persian } from '../../core/errors.ts';
import type { Registry, Text } from '../../core/model.ts';
import { leavesOf } from '../../core/score.ts';
import { USER_MISTAKE } from '../exit-codes.ts';
import { registryFolder } from '../places.ts';

interface RegistryArguments {
  folder: string;
  lang: 'fa' | 'en';
  json: boolean;
}

/** `rasad registry check`: everything that is wrong with a registry, with its place. */
export function command(done: (code: number) => void, lang: 'fa' | 'en'): CommandModule {
  return {
    command: 'registry',
    describe: 'Work with registries of organizations and services',
    builder: (y) =>
      y
        .command({
          command: 'check [folder]',
          describe: 'Say what is wrong with a registry: file, row, column, what was expected and what was found',
          builder: (inner: Argv<object>) =>
            inner
              .positional('folder', {
                type: 'string',
                default: 'demo',
                describe: 'Registry folder, or the name of one that ships with Rasad',
              })
              .example('$0 registry check seeds/my-country', '') as unknown as Argv<RegistryArguments>,
          handler: (args: RegistryArguments) => done(check(args)),
        })
        .demandCommand(
          1,
          lang === 'fa'
            ? persian`بگویید چه شود: ${'rasad registry check FOLDER'}`
            : 'Name what to do: rasad registry check FOLDER',
        ),
    handler: () => undefined,
  };
}

function check({ folder, lang, json }: RegistryArguments): number {
  const path = registryFolder(folder);
  const { registry, problems } = readRegistry(path);
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  if (json)
    process.stdout.write(
      `${JSON.stringify({ ok: errors === 0, organizations: registry?.organizations.length ?? null, services: registry?.services.length ?? null, problems: problems.map(problemData) })}\n`,
    );
  else {
    for (const problem of problems) process.stdout.write(`${describeProblem(problem, lang)}\n`);
    process.stdout.write(`${(registry ? summary(path, registry, problems.length) : mistakes(path, errors))[lang]}\n`);
  }
  return errors === 0 ? 0 : USER_MISTAKE;
}

function summary(path: string, { organizations, services }: Registry, warnings: number): Text {
  const scored = leavesOf(services).length;
  const headings = services.length - scored;
  return {
    fa: `${persian`${path}: ${organizations.length} دستگاه، ${scored} خدمت و زیرخدمت که امتیاز می‌گیرد، ${headings} سرعنوان؛ بی‌اشتباه`}${warnings > 0 ? persian`، ${warnings} هشدار` : ''}.`,
    en: `${path}: ${organizations.length} organizations, ${scored} services and sub-services that are scored, ${headings} headings; no mistakes${warnings > 0 ? `, ${warnings} warnings` : ''}.`,
  };
}

const mistakes = (path: string, errors: number): Text => ({
  fa: persian`${path}: ${errors} اشتباه؛ تا اصلاح نشود چیزی را نمی‌توان سنجید.`,
  en: `${path}: ${errors} mistakes; nothing can be audited before they are mended.`,
});
