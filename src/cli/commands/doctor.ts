import { spawnSync } from 'node:child_process';
import { statfsSync, mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CommandModule } from 'yargs';
import { findChromium } from '../../crawl/fetch-browser.ts';
import { openData } from '../compose.ts';
import { USER_MISTAKE } from '../exit-codes.ts';
import { VERSION } from '../places.ts';

interface Check {
  readonly what: string;
  readonly state: 'ok' | 'warning' | 'fault';
  readonly found: string;
  readonly advice: string;
}

/** Below this a round does not fit beside its evidence. */
const LOW_DISK = 2 * 1024 ** 3; // bytes

/** `rasad doctor`: is this machine ready, and what could not be seen from it? */
export function command(done: (code: number) => void): CommandModule<object, { data: string; json: boolean }> {
  return {
    command: 'doctor',
    describe: 'Check the machine: Node, database, browser, fonts, disk, proxy',
    handler: async (args) => {
      const checks = await examine(args.data);
      if (args.json) process.stdout.write(`${JSON.stringify({ version: VERSION, checks })}\n`);
      else
        for (const { what, state, found, advice } of checks)
          process.stdout.write(
            `${state === 'ok' ? 'ok     ' : state === 'warning' ? 'warning' : 'FAULT  '} ${what.padEnd(10)} ${found}${state === 'ok' ? '' : `\n                   ${advice}`}\n`,
          );
      done(checks.some(({ state }) => state === 'fault') ? USER_MISTAKE : 0);
    },
  };
}

async function examine(data: string): Promise<Check[]> {
  const folder = resolve(data);
  const checks: Check[] = [];
  const add = (what: string, state: Check['state'], found: string, advice = ''): void =>
    void checks.push({ what, state, found, advice });
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  add(
    'node',
    major > 20 || (major === 20 && minor >= 19) ? 'ok' : 'fault',
    process.versions.node,
    'Node 20.19 or newer is needed.',
  );
  try {
    mkdirSync(folder, { recursive: true });
    const opened = openData(folder);
    const audits = await opened.store.listAudits();
    await opened.close();
    add('database', 'ok', `${folder}: ${audits.length} audits`);
  } catch (error) {
    add(
      'database',
      'fault',
      error instanceof Error ? error.message : String(error),
      'Choose another folder with --data, or mend this one.',
    );
  }
  const chromium = await findChromium(process.env);
  if (!chromium)
    add(
      'browser',
      'warning',
      'none',
      'Pages that scripts build cannot be seen. Install chromium or set RASAD_CHROMIUM to its path.',
    );
  else {
    const version = spawnSync(chromium, ['--version'], { encoding: 'utf8', timeout: 20_000 });
    if (version.status === 0) add('browser', 'ok', `${version.stdout.trim()} (${chromium})`);
    else
      add(
        'browser',
        'warning',
        `${chromium} does not start`,
        'Install it again, or set RASAD_CHROMIUM to another one.',
      );
  }
  const fonts = spawnSync('fc-list', [':lang=fa', 'family'], { encoding: 'utf8' });
  const families = fonts.status === 0 ? fonts.stdout.split('\n').filter(Boolean).length : 0;
  add(
    'fonts',
    families > 0 ? 'ok' : 'warning',
    families > 0 ? `${families} font families for Persian` : 'no font for Persian',
    'Pictures of Persian pages will show boxes. Install fonts-noto-core.',
  );
  const disk = statfsSync(folder);
  const free = disk.bavail * disk.bsize;
  add(
    'disk',
    free > LOW_DISK ? 'ok' : 'warning',
    `${(free / 1024 ** 3).toFixed(1)} GB free at ${folder}`,
    'A round with evidence wants a few gigabytes.',
  );
  const proxy =
    process.env['HTTPS_PROXY'] ?? process.env['https_proxy'] ?? process.env['HTTP_PROXY'] ?? process.env['http_proxy'];
  add('network', 'ok', proxy ? `through the proxy ${proxy.replace(/\/\/[^@]*@/, '//…@')}` : 'direct');
  return checks;
}
