import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Folder → what its files may import of ours, themselves aside: folders or single files. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'src/core': [],
  rules: ['src/core'],
  'src/report': ['src/core'],
  storage: ['src/core'],
  'src/crawl': ['src/core'],
  'src/audit': ['src/core', 'src/crawl', 'storage/store.ts'],
  'src/desk': [
    'src/core',
    'src/report',
    'storage/store.ts',
    'storage/desk-store.ts',
    'src/audit/round.ts',
    'src/audit/status.ts',
  ],
  'src/cli': ['src', 'rules', 'storage', 'seeds'],
  seeds: ['src/core'],
};
/** Packages that put a pure folder in touch with the world. */
const WORLDLY = /^node:(?!path$|util$|url$|assert)|^(?:better-sqlite3|playwright|undici|p-queue|yargs|cheerio)$/;

const root = resolve(import.meta.dirname, '..');
const isIn = (file: string, place: string): boolean => file === place || file.startsWith(`${place}/`);

interface Source {
  readonly file: string;
  /** Imports of files of ours, from the root, and of packages by name. */
  readonly ours: readonly string[];
  readonly packages: readonly string[];
}

const IMPORT = /^\s*(?:import|export)\s(?:[^'"`;]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm;

function importsOf(text: string): string[] {
  return [...text.replace(/\/\*[\s\S]*?\*\//g, '').matchAll(IMPORT)].map((match) => (match[1] ?? match[2])!);
}

const sources: readonly Source[] = ['src', 'rules', 'storage', 'seeds']
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
  )
  .filter((file) => file.endsWith('.ts'))
  .map((file) => {
    const names = importsOf(readFileSync(join(root, file), 'utf8'));
    const ours = names
      .filter((name) => name.startsWith('.'))
      .map((name) => relative(root, resolve(root, dirname(file), name)));
    return { file, ours, packages: names.filter((name) => !name.startsWith('.')) };
  });

describe('imports', () => {
  it.each(Object.entries(MAY_IMPORT))('%s imports only what it may', (folder, allowed) => {
    const wrong = sources
      .filter(({ file }) => isIn(file, folder))
      .flatMap(({ file, ours }) =>
        ours
          .filter((target) => !isIn(target, folder) && !allowed.some((place) => isIn(target, place)))
          .map((target) => `${file} → ${target}`),
      );
    expect(wrong).toEqual([]);
  });

  it('belong to a folder of the table', () => {
    expect(
      sources
        .filter(({ file }) => !Object.keys(MAY_IMPORT).some((folder) => isIn(file, folder)))
        .map(({ file }) => file),
    ).toEqual([]);
  });

  it('form no circle', () => {
    const next = new Map(sources.map(({ file, ours }) => [file, ours]));
    const done = new Set<string>();
    const circles: string[] = [];
    const visit = (file: string, path: readonly string[]): void => {
      if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' → '));
      if (path.includes(file) || done.has(file)) return;
      for (const target of next.get(file) ?? []) visit(target, [...path, file]);
      done.add(file);
    };
    for (const { file } of sources) visit(file, []);
    expect(circles).toEqual([]);
  });

  it('keep judging away from files, network and clock', () => {
    const wrong = sources
      .filter(({ file }) => isIn(file, 'src/core') || isIn(file, 'rules'))
      .flatMap(({ file, packages }) =>
        packages.filter((name) => WORLDLY.test(name)).map((name) => `${file} → ${name}`),
      );
    expect(wrong).toEqual([]);
  });
});

describe('the reader of imports', () => {
  it.each([
    ["import x from './a.ts';", ['./a.ts']],
    ["import type { A,\n  B } from '../b.ts';", ['../b.ts']],
    ['import { a } from "c";\nimport \'d\';', ['c', 'd']],
    ["export { a } from './e.ts';\nexport const f = 1;", ['./e.ts']],
    ["const g = await import('./g.ts');", ['./g.ts']],
    ["/** import h from './h.ts'; */", []],
    ["const text = 'import i from ./i.ts';", []],
  ])('%s', (text, names) => expect(importsOf(text)).toEqual(names));
});
