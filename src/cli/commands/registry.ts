import type { Argv, CommandModule } from 'yargs';
import { describeProblem, readRegistry } from '../../audit/registry.ts';
import { persian } from '../../core/errors.ts';
import { leavesOf } from '../../core/score.ts';
import { USER_MISTAKE } from '../exit-codes.ts';
import { registryFolder } from '../places.ts';

interface RegistryArguments {
  folder: string;
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

function check({ folder, json }: RegistryArguments): number {
  const path = registryFolder(folder);
  const { registry, problems } = readRegistry(path);
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  if (json)
    process.stdout.write(
      `${JSON.stringify({ ok: errors === 0, organizations: registry?.organizations.length ?? null, services: registry?.services.length ?? null, problems })}\n`,
    );
  else {
    for (const problem of problems) process.stdout.write(`${describeProblem(problem)}\n`);
    if (registry)
      process.stdout.write(
        `${path}: ${registry.organizations.length} organizations, ${leavesOf(registry.services).length} services and sub-services that are scored, ${registry.services.length - leavesOf(registry.services).length} headings; no mistakes${problems.length > 0 ? `, ${problems.length} warnings` : ''}.\n`,
      );
    else process.stdout.write(`${path}: ${errors} mistakes; nothing can be audited before they are mended.\n`);
  }
  return errors === 0 ? 0 : USER_MISTAKE;
}
