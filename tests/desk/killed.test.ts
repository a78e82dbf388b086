/** The real command, killed in the middle of decisions and started again: what was confirmed is there, once. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openData, type Data } from '../../src/cli/compose.ts';
import { keyOf } from '../../src/core/settle.ts';
import { invite, redeem } from '../../src/desk/accounts.ts';
import { aPerson } from '../storage/fixtures.ts';
import { aCountry, cardIn, EDITION, saveLooks } from './country.ts';
import { makeRound, openClient, PASSWORD, type Client } from './desk.ts';

const MAIN = pathToFileURL(join(import.meta.dirname, '../../src/cli/main.ts')).href;
const PROGRAM = `const { main } = await import(${JSON.stringify(MAIN)}); process.exitCode = await main(process.argv.slice(1));`;
const READERS = ['sara', 'reza', 'mina'];
/** Confirmed decisions after which the server is killed, each time. */
const KILLS = [4, 7, 10];

let folder: string;
let data: Data;
const children: ChildProcess[] = [];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rasad-killed-'));
  data = openData(folder);
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await data.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Starts `rasad desk`, and resolves once it says where it is. */
async function startDesk(): Promise<{ readonly origin: string; kill(): Promise<void> }> {
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', PROGRAM, '--', 'desk', '--data', folder, '--listen', '127.0.0.1:0', '--lang', 'en'], { stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  let [out, err] = ['', ''];
  child.stderr.on('data', (chunk: Buffer) => (err += String(chunk)));
  const ended = once(child, 'close');
  const origin = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      out += String(chunk);
      const found = /Rasad desk: (http:\S+)\n/.exec(out);
      if (found) resolve(found[1]!);
    });
    void ended.then(() => reject(new Error(`the desk ended before it was served: ${out}${err}`)));
  });
  return {
    origin,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
} // prettier-ignore

interface Sent {
  readonly by: string;
  readonly path: string;
  readonly fields: Readonly<Record<string, string>>;
}

it('a desk that is killed in mid-decision loses nothing that it confirmed, and doubles nothing', { timeout: 120_000 }, async () => {
  const country = aCountry(Array.from({ length: 10 }, (_, n) => `o${n}`), 5);
  await makeRound(data.store, { ...country, edition: EDITION });
  await saveLooks(data.store, country.findings);
  const accounts = { desk: data.desk, now: Date.now, cost: 4 };
  await data.desk.addPerson(aPerson({ id: 'operator', role: 'operator' }));
  const secrets = new Map<string, string>();
  for (const id of ['operator', ...READERS]) {
    if (id !== 'operator') await data.desk.addPerson(aPerson({ id }));
    const { secret } = (await invite(accounts, { person: id, by: 'test', from: '' }))!;
    const entered = await redeem(accounts, { secret, password: PASSWORD, from: '' });
    secrets.set(id, entered.kind === 'signed-in' ? entered.secret : '');
  }
  const ratings = async () => (await data.desk.listRatings('r', -1)).map(({ value }) => value);

  const confirmed: Sent[] = [];
  const inFlight: Sent[] = [];
  /** Answers card after card until the server is not there any more. */
  const work = async (by: string, client: Client, onSend: () => void): Promise<void> => {
    for (;;) {
      let sent: Sent | null = null;
      try {
        const page = await client.get('/rounds/r/cards/next');
        // the session of before holds
        expect(page.status).toBe(200);
        const { card, token, decision, purpose } = cardIn(await page.text());
        expect(card).not.toBe('');
        const answering = { by, path: `/rounds/r/cards/${card}`, fields: { token, decision, purpose, answer: 'pass', note: `by ${by}` } };
        sent = answering;
        const answer = client.send(sent.path, sent.fields);
        onSend();
        expect((await answer).status).toBe(303);
        confirmed.push(sent);
        sent = null;
      } catch (error) {
        if (!(error instanceof TypeError)) throw error;
        if (sent) inFlight.push(sent);
        return;
      }
    }
  };
  const check = async (): Promise<void> => {
    const kept = await ratings();
    for (const { by, fields: { decision } } of confirmed)
      expect(kept.filter((one) => one.decision === decision).map((one) => [decision, one.by, one.answer])).toEqual([[decision, by, 'pass']]);
  };

  let before: readonly Sent[] = [];
  for (const kill of KILLS) {
    const server = await startDesk();
    const clientOf = (by: string): Client => {
      const client = openClient(server.origin, fetch);
      client.cookies.set('rasad', secrets.get(by)!);
      return client;
    };
    await check();
    // whoever got no answer sends the same form again
    for (const { by, path, fields } of before) {
      for (let time = 0; time < 2; time++) expect((await clientOf(by).send(path, fields)).status).toBe(303);
      expect((await ratings()).filter(({ decision }) => decision === fields['decision']).map((one) => [one.by, one.answer])).toEqual([[by, 'pass']]);
      confirmed.push({ by, path, fields });
    }
    inFlight.length = 0;
    const until = confirmed.length + kill;
    let killed: Promise<void> | null = null;
    const onSend = (): void => {
      // a decision takes some milliseconds: each kill meets it elsewhere
      if (confirmed.length >= until) killed ??= sleep(2 * KILLS.indexOf(kill)).then(() => server.kill());
    };
    await Promise.all(READERS.map((by) => work(by, clientOf(by), onSend)));
    await killed;
    before = [...inFlight];
  }
  await check();
  // every finding was read once by a person, and counts as it was said
  const kept = await ratings();
  const said = kept.map((one) => `${keyOf(one)} ${one.by}`);
  expect(new Set(said).size).toBe(said.length);
  expect(confirmed.length).toBeGreaterThanOrEqual(KILLS.reduce((sum, one) => sum + one));
  const sent = new Set([...confirmed, ...before].map(({ fields }) => fields['decision']));
  expect(kept.filter(({ decision }) => !sent.has(decision))).toEqual([]);
  const reviews = (await data.desk.listReviewsAfter('r', -1)).map(({ value }) => keyOf(value));
  expect(new Set(reviews).size).toBe(reviews.length);
}); // prettier-ignore
