import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

let place: string;
let clone: string;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'rasad-setup-'));
  clone = join(place, 'clone');
  mkdirSync(join(clone, 'src', 'cli'), { recursive: true });
  cpSync(join(import.meta.dirname, '../../src/cli/setup.mjs'), join(clone, 'src', 'cli', 'setup.mjs'));
  writeFileSync(join(clone, 'package-lock.json'), '{}');
  // one that installs nothing, and says that it was asked to
  mkdirSync(join(place, 'bin'));
  writeFileSync(join(place, 'bin', 'npm'), `#!/bin/sh\ntouch "${join(place, 'asked')}"\nexit 1\n`, { mode: 0o755 });
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

/** Makes the clone ready in a process of its own. */
function setUp(): { readonly code: number | null; readonly said: string; readonly installs: boolean } {
  const program = `import(${JSON.stringify(join(clone, 'src', 'cli', 'setup.mjs'))}).then(({ setUp }) => setUp())`;
  const env = { ...process.env, PATH: [join(place, 'bin'), process.env['PATH']].join(delimiter) };
  const { status, stderr } = spawnSync(process.execPath, ['-e', program], { env, encoding: 'utf8' });
  return { code: status, said: stderr, installs: existsSync(join(place, 'asked')) };
}

it('installs dependencies where there are none', () => {
  expect(setUp()).toMatchObject({ code: 2, installs: true, said: expect.stringContaining('npm ci failed') });
});

it('does not install into a folder elsewhere to which node_modules is a link', () => {
  mkdirSync(join(place, 'of others', 'library'), { recursive: true });
  symlinkSync(join(place, 'of others'), join(clone, 'node_modules'));
  expect(setUp()).toMatchObject({ code: 2, installs: false, said: expect.stringContaining('is a link') });
  expect(readdirSync(join(place, 'of others'))).toEqual(['library']);
});
