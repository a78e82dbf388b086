import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { openMetrics, type Metrics } from '../../src/cli/metrics.ts';
import { UserError } from '../../src/core/errors.ts';
import type { Round } from '../../src/core/round.ts';
import type { Job, Store } from '../../storage/store.ts';
import { aRound } from '../storage/fixtures.ts';

type Source = Pick<Store, 'listRounds' | 'listJobs'>;

const nothing: Source = { listRounds: async () => [], listJobs: async () => [] };

const jobs = (...states: readonly Job['state'][]): Job[] =>
  states.map((state, index) => ({ auditId: 'a', organizationId: `o${index}`, state, attempts: 0, worker: null, leaseUntil: null, runAfter: '', error: null, steps: [] })); // prettier-ignore

const opened: Metrics[] = [];
afterEach(() => Promise.all(opened.splice(0).map((metrics) => metrics.close())));
async function metricsAt(address: string | null, source: Source = nothing): Promise<Metrics> {
  const metrics = await openMetrics(address, source);
  opened.push(metrics);
  return metrics;
}

interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Reads the text format of Prometheus, version 0.0.4. Throws for a line that is not of it, or a sample without its type. */
function readExposition(text: string): Sample[] {
  const types = new Map<string, string>();
  const samples: Sample[] = [];
  expect(text.endsWith('\n')).toBe(true);
  for (const line of text.split('\n')) {
    if (line === '' || /^# HELP [a-zA-Z_:][\w:]* ./.test(line)) continue;
    const [, typed, type] = /^# TYPE ([a-zA-Z_:][\w:]*) (counter|gauge|histogram|summary|untyped)$/.exec(line) ?? [];
    if (typed && type) {
      types.set(typed, type);
      continue;
    }
    const sample = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (-?(?:\d+(?:\.\d+)?(?:e[+-]?\d+)?|Inf)|\+Inf|NaN)$/i.exec(line);
    if (!sample) throw new Error(`not a line of the format: ${line}`);
    const [, name = '', inner = '', value] = sample;
    const pairs = [...inner.matchAll(/([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"(?:,|$)/g)];
    if (pairs.map(([whole]) => whole).join('') !== inner) throw new Error(`labels that cannot be read: ${line}`);
    if (!types.has(name) && !types.has(name.replace(/_(?:bucket|sum|count)$/, ''))) throw new Error(`without a type: ${line}`); // prettier-ignore
    samples.push({ name, labels: Object.fromEntries(pairs.map(([, key, text_]) => [key!, text_!])), value: Number(value) }); // prettier-ignore
  }
  return samples;
}

async function read(metrics: Metrics): Promise<Sample[]> {
  const answer = await fetch(metrics.address!);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, expect.stringMatching(/^text\/plain/)]);
  return readExposition(await answer.text());
}

const of = (samples: readonly Sample[], wanted: string) =>
  samples.filter(({ name }) => name === wanted).map(({ labels, value }) => ({ ...labels, value }));

describe('the numbers', () => {
  it('count steps and looks by how they ended', async () => {
    const metrics = await metricsAt('127.0.0.1:0');
    for (const event of ['started', 'done', 'started', 'failed']) metrics.step(event);
    for (const outcome of ['page', 'refused', 'page']) metrics.look(outcome);
    const samples = await read(metrics);
    expect(of(samples, 'rasad_steps_total')).toEqual([{ event: 'started', value: 2 }, { event: 'done', value: 1 }, { event: 'failed', value: 1 }]); // prettier-ignore
    expect(of(samples, 'rasad_looks_total')).toEqual([{ outcome: 'page', value: 2 }, { outcome: 'refused', value: 1 }]); // prettier-ignore
  });

  it('tell how the jobs of open rounds stand when they are asked for; published rounds are over', async () => {
    let states: readonly Job['state'][] = ['waiting', 'active', 'done', 'done'];
    const rounds: Round[] = [aRound({ id: 'r2', auditId: 'two' }), aRound({ id: 'r1', auditId: 'one', state: 'published' })]; // prettier-ignore
    const asked: string[] = [];
    const metrics = await metricsAt('127.0.0.1:0', {
      listRounds: async () => rounds,
      listJobs: async (auditId) => (asked.push(auditId), jobs(...states)),
    });
    const standing = async (): Promise<unknown> => of(await read(metrics), 'rasad_jobs').map(({ value, ...labels }) => [...Object.values(labels), value]); // prettier-ignore
    expect(await standing()).toEqual([['r2', 'waiting', 1], ['r2', 'active', 1], ['r2', 'done', 2], ['r2', 'failed', 0]]); // prettier-ignore
    states = ['done', 'done', 'done', 'failed'];
    expect(await standing()).toEqual([['r2', 'waiting', 0], ['r2', 'active', 0], ['r2', 'done', 3], ['r2', 'failed', 1]]); // prettier-ignore
    expect(new Set(asked)).toEqual(new Set(['two']));
  });

  it('stay readable when the name of a round has quotes and line breaks', async () => {
    const id = 'a "round"\nof \\ two';
    const metrics = await metricsAt('127.0.0.1:0', { ...nothing, listRounds: async () => [aRound({ id })] });
    const [first] = of(await read(metrics), 'rasad_jobs');
    expect(first).toMatchObject({ round: 'a \\"round\\"\\nof \\\\ two' });
  });

  it('say how the process itself fares', async () => {
    const samples = await read(await metricsAt('127.0.0.1:0'));
    expect(of(samples, 'rasad_process_resident_memory_bytes')[0]!.value).toBeGreaterThan(1_000_000);
  });

  it('are an error of the server, and no end of the process, when the store fails', async () => {
    const metrics = await metricsAt('127.0.0.1:0', { ...nothing, listRounds: () => Promise.reject(new Error('disk full')) }); // prettier-ignore
    expect((await fetch(metrics.address!)).status).toBe(500);
  });
});

describe('the address', () => {
  it('serves /metrics to GET and nothing else', async () => {
    const { address } = await metricsAt('127.0.0.1:0');
    const status = async (path: string, method = 'GET'): Promise<number> =>
      (await fetch(new URL(path, address!), { method })).status;
    expect(await Promise.all([status('/metrics'), status('/'), status('/metrics/x'), status('/metrics', 'POST')])).toEqual([200, 404, 404, 404]); // prettier-ignore
  });

  it.each(['0', ':0', '127.0.0.1:0'])('%s is on this machine alone', async (address) => {
    expect((await metricsAt(address)).address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/metrics$/);
  });

  it('is closed when the work ends', async () => {
    const metrics = await openMetrics('127.0.0.1:0', nothing);
    await metrics.close();
    await expect(fetch(metrics.address!)).rejects.toThrow();
  });

  it('is none when none is named, and counting goes on', async () => {
    const metrics = await metricsAt(null);
    metrics.step('done');
    metrics.look('page');
    expect(metrics.address).toBe(null);
  });

  it.each(['localhost', '127.0.0.1', '127.0.0.1:', '127.0.0.1:99999', '127.0.0.1:http', ''])(
    'is a mistake of the user when it is "%s"',
    async (address) => {
      const opening = openMetrics(address, nothing);
      await expect(opening).rejects.toThrow(UserError);
      await expect(opening).rejects.toThrow(`found "${address}"`);
    },
  );

  it('is a mistake of the user when its port is taken, and another port is asked for', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const address = `127.0.0.1:${(taken.address() as AddressInfo).port}`;
    const opening = openMetrics(address, nothing);
    await expect(opening).rejects.toThrow(UserError);
    await expect(opening).rejects.toThrow(/EADDRINUSE.*another port/);
    taken.close();
  });
});
