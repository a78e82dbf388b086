/** Numbers for Prometheus, at `/metrics` of an address that the operator names. */
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import type { Store } from '../../storage/store.ts';
import { persian, UserError } from '../core/errors.ts';

export interface Metrics {
  /** A step of an organization began or ended. */
  step(event: string): void;
  /** A look ended: `page`, `refused`, `unreachable` … */
  look(outcome: string): void;
  /** Where they are served; null when they are not. */
  readonly address: string | null;
  close(): Promise<void>;
}

/** Serves nothing when `address` (`127.0.0.1:9464`) is null. Throws a UserError when it cannot be served there. */
export async function openMetrics(
  address: string | null,
  store: Pick<Store, 'listRounds' | 'listJobs'>,
): Promise<Metrics> {
  const registry = new Registry();
  const registers = [registry];
  const steps = new Counter({ name: 'rasad_steps_total', help: 'Steps of organizations, by how they went', labelNames: ['event'], registers }); // prettier-ignore
  const looks = new Counter({ name: 'rasad_looks_total', help: 'Looks at pages, by how they ended', labelNames: ['outcome'], registers }); // prettier-ignore
  new Gauge({
    name: 'rasad_jobs',
    help: 'Organizations of rounds that are not published, by state of their job',
    labelNames: ['round', 'state'],
    registers,
    async collect() {
      this.reset();
      for (const round of await store.listRounds()) {
        if (round.state === 'published') continue;
        const jobs = await store.listJobs(round.auditId);
        for (const state of ['waiting', 'active', 'done', 'failed'] as const)
          this.set({ round: round.id, state }, jobs.filter((job) => job.state === state).length);
      }
    },
  });
  const count: Pick<Metrics, 'step' | 'look'> = {
    step: (event) => steps.inc({ event }),
    look: (outcome) => looks.inc({ outcome }),
  };
  if (address === null) return { ...count, address: null, close: async () => undefined };

  collectDefaultMetrics({ register: registry, prefix: 'rasad_' });
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') return void response.writeHead(404).end('/metrics\n');
    registry.metrics().then(
      (text) => response.writeHead(200, { 'content-type': registry.contentType }).end(text),
      (error: unknown) => response.writeHead(500).end(`${String(error)}\n`),
    );
  });
  const { host, port } = readAddress(address);
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UserError({
      fa: persian`${`--metrics ${address}`}: در این نشانی نمی‌توان پاسخ داد (${why}). درگاه شبکه (${'port'}) دیگری نام ببرید.`,
      en: `--metrics ${address}: cannot be served there (${why}). Name another port.`,
    });
  }
  const { port: real } = server.address() as AddressInfo;
  return {
    ...count,
    address: `http://${host.includes(':') ? `[${host}]` : host}:${real}/metrics`,
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

const LOOPBACK = '127.0.0.1';

function readAddress(address: string): { host: string; port: number } {
  const [, host = LOOPBACK, port = ''] = /^(?:(.*):)?(\d{1,5})$/.exec(address.trim()) ?? [];
  if (port === '' || Number(port) > 65_535)
    throw new UserError({
      fa: persian`${'--metrics'} باید به شکل ${'ADDRESS:PORT'} باشد، مانند ${'127.0.0.1:9464'}؛ آنچه آمده: «${address}».`,
      en: `--metrics must be ADDRESS:PORT, as in 127.0.0.1:9464; found "${address}".`,
    });
  // a port alone is not meant for the whole network
  return { host: host.replace(/^\[|\]$/g, '') || LOOPBACK, port: Number(port) };
}
