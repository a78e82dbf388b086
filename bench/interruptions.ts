/**
 * `npm run interruptions [-- --kills 20 --seed 1]`: audits the demo country twice, once undisturbed and once killed hard
 * at random moments and started again each time, and compares the findings. Ends with 1 when they differ.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openSqliteStore } from '../storage/sqlite.ts';
import { ROOT } from '../src/cli/places.ts';

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '20' }, seed: { type: 'string', default: '1' } },
});
const kills = Number(values.kills);
/** Seconds after which a run is killed: between these two. */
const SOONEST = 2;
const LATEST = 9;

let state = Number(values.seed) >>> 0;
/** A small generator of pseudo-random numbers (Numerical Recipes), so that a run can be repeated. */
const random = (): number => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;

const folder = mkdtempSync(join(tmpdir(), 'rasad-interruptions-'));
const audit = (data: string, killAfter: number | null): Promise<'done' | 'killed'> =>
  new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [join(ROOT, 'src', 'cli', 'rasad.mjs'), 'audit', '--registry', 'demo', '--data', data, '--no-report', '--quiet'],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    );
    let said = '';
    child.stderr.on('data', (part: Buffer) => (said += part.toString()));
    const timer = killAfter === null ? null : setTimeout(() => child.kill('SIGKILL'), killAfter * 1000);
    child.on('exit', (code, signal) => {
      if (timer) clearTimeout(timer);
      if (signal === 'SIGKILL') resolve('killed');
      else if (code === 0) resolve('done');
      else reject(new Error(`the audit ended with ${code}: ${said.slice(-1500)}`));
    });
  });

async function findingsIn(data: string): Promise<Map<string, string>> {
  const store = openSqliteStore(join(data, 'rasad.sqlite'));
  try {
    const [newest, ...others] = await store.listAudits();
    if (!newest || others.length > 0) throw new Error(`expected one audit, found ${others.length + (newest ? 1 : 0)}`);
    return new Map(
      (await store.listFindings(newest.id)).map((one) => [
        `${one.organization} ${one.service ?? '-'} ${one.rule}`,
        JSON.stringify(one),
      ]),
    );
  } finally {
    await store.close();
  }
}

try {
  const begun = performance.now();
  await audit(join(folder, 'undisturbed'), null);
  process.stdout.write(`undisturbed: ${((performance.now() - begun) / 1000).toFixed(0)} s\n`);
  let done = 0;
  while (done < kills && (await audit(join(folder, 'killed'), SOONEST + random() * (LATEST - SOONEST))) === 'killed') {
    done++;
    process.stdout.write(`killed ${done} times\n`);
  }
  await audit(join(folder, 'killed'), null);
  const expected = await findingsIn(join(folder, 'undisturbed'));
  const found = await findingsIn(join(folder, 'killed'));
  const differing = [...new Set([...expected.keys(), ...found.keys()])].filter(
    (key) => expected.get(key) !== found.get(key),
  );
  for (const key of differing.slice(0, 20))
    process.stdout.write(`DIFFERS ${key}\n  ${expected.get(key)}\n  ${found.get(key)}\n`);
  process.stdout.write(`${done} kills, ${expected.size} findings, ${differing.length} differ\n`);
  process.exitCode = differing.length === 0 && done === kills ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
