/** Where things lie: the program's own folder, and the folder of data. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the program: the one that holds its package.json, from sources as from the build. */
export const ROOT: string = findRoot(dirname(fileURLToPath(import.meta.url)));

export const VERSION: string = (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string })
  .version;

/** A registry by path, or one that ships with the program by name. */
export function registryFolder(nameOrPath: string): string {
  const shipped = join(ROOT, 'seeds', nameOrPath);
  return !existsSync(resolve(nameOrPath, 'registry.yaml')) &&
    /^[\w-]+$/.test(nameOrPath) &&
    existsSync(join(shipped, 'registry.yaml'))
    ? shipped
    : resolve(nameOrPath);
}

function findRoot(from: string): string {
  for (let at = from; at !== dirname(at); at = dirname(at)) {
    if (
      existsSync(join(at, 'package.json')) &&
      (JSON.parse(readFileSync(join(at, 'package.json'), 'utf8')) as { name?: string }).name === 'rasad'
    )
      return at;
  }
  throw new Error(`no package.json of rasad above ${from}`);
}
