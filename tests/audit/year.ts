/**
 * A year in which rounds pass in seconds: sites of the demo country are served over real HTTP while time jumps, and
 * change between rounds in ways that are planted here.
 */
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { IDENTITY_PROVIDERS } from '../../rules/hosts/national.ts';
import { PAYMENT_GATEWAYS } from '../../rules/hosts/gateways.ts';
import { startSites } from '../../seeds/demo-server.ts';
import { loadRegistry } from '../../src/audit/registry.ts';
import { publishRound, roundOf, startPreview, startReview } from '../../src/audit/round.ts';
import { work } from '../../src/audit/worker.ts';
import { indicators, knowledgeOf, openData, rulesDigest, seekingIn, type Data } from '../../src/cli/compose.ts';
import { hoursOf, judgeInRound, openNewRound, stepPlanOf } from '../../src/cli/rounds.ts';
import type { Edition } from '../../src/core/edition.ts';
import type { Registry } from '../../src/core/model.ts';
import type { Round } from '../../src/core/round.ts';
import type { StaticFetcher } from '../../src/crawl/contract.ts';
import { openStaticFetcher } from '../../src/crawl/fetch-static.ts';
import { readHostMap } from '../../src/crawl/host-map.ts';
import { openPoliteness } from '../../src/crawl/politeness.ts';
import { openSimulatedClock, type SimulatedClock } from '../simulated-clock.ts';

const DEMO = resolve(import.meta.dirname, '../../seeds/demo');
const DAY = 86_400_000; // milliseconds

export interface Outage {
  /** Hosts that do not answer, with their subdomains. */
  readonly host: string;
  /** Days from the opening of the round. */
  readonly from: number;
  readonly days: number;
}

export interface Year {
  readonly data: Data;
  readonly clock: SimulatedClock;
  /** Changes a file of the country (`sites/…`, `services.csv`); throws when nothing of it changes. */
  edit(file: string, change: (text: string) => string): void;
  /** Gives a site another host name. */
  moveSite(from: string, to: string): void;
  /** Opens a round over the organizations and looks until nothing of it is left. */
  look(id: string, edition: Edition, outage?: Outage): Promise<Round>;
  /** Brings a round that was looked at to publication, and gives its root. */
  publish(id: string): Promise<string>;
  pass(days: number): Promise<void>;
  close(): Promise<void>;
}

/** Begins a year over a copy of the demo country with these organizations. */
export function beginYear(organizationIds: readonly string[], startMs: number): Year {
  const folder = mkdtempSync(join(tmpdir(), 'rasad-year-'));
  const country = join(folder, 'country');
  cpSync(DEMO, country, { recursive: true });
  const clock = openSimulatedClock(startMs);
  const data = openData(join(folder, 'data'));

  const registry = (): Registry => {
    const all = loadRegistry(country);
    return {
      ...all,
      serve: null,
      organizations: all.organizations.filter(({ id }) => organizationIds.includes(id)),
      services: all.services.filter(({ organizationId }) => organizationIds.includes(organizationId)),
    };
  };
  const doer = () => ({ by: 'test', note: '', at: new Date(clock.now()).toISOString() });

  return {
    data,
    clock,
    edit(file, change) {
      const path = join(country, file);
      const before = readFileSync(path, 'utf8');
      const after = change(before);
      if (after === before) throw new Error(`expected a change of ${file}, found none`);
      writeFileSync(path, after);
    },
    moveSite: (from, to) => renameSync(join(country, 'sites', from), join(country, 'sites', to)),

    async look(id, edition, outage) {
      const opened = clock.now();
      const sites = await startSites(join(country, 'sites'), {
        now: new Date(opened),
        cacheDirectory: join(folder, 'certificates'),
      });
      const mapped = (isDown: boolean): StaticFetcher =>
        openStaticFetcher({
          privateHosts: [],
          hostMap: readHostMap(
            Object.entries(sites.hosts).map(([host, target]) => {
              const isOut = isDown && outage && (host === outage.host || host.endsWith(`.${outage.host}`));
              // nothing listens at port 1 of this machine
              return `${host}=${isOut ? '127.0.0.1:1/1' : target}`;
            }),
          ),
          proxy: {},
          ca: [sites.caPem],
          userAgent: 'RasadBot/year (+https://rasad.example/bot)',
          languages: 'fa',
        });
      const [up, down] = [mapped(false), mapped(true)];
      const isOut = (): boolean => {
        const days = (clock.now() - opened) / DAY;
        return outage !== undefined && days >= outage.from && days < outage.from + outage.days;
      };
      const fetcher: StaticFetcher = {
        fetch: (url, options) => (isOut() ? down : up).fetch(url, options),
        close: async () => void (await Promise.all([up.close(), down.close()])),
      };
      try {
        const round = await openNewRound(
          data,
          {
            id,
            names: { fa: id, en: id },
            period: null,
            edition,
            registry: registry(),
            plan: {
              pages: 120, render: 'never', delay: null, userAgent: 'RasadBot/year', timeZone: 'Asia/Tehran', window: { from: '22:00', to: '06:00' }, visitsApart: 7, extraVisits: 2, probes: { perDay: 0, days: 0 },
            }, // prettier-ignore
          },
          doer(),
        );
        const frozen = (await data.store.getRegistry(round.auditId))!;
        const report = await work(
          frozen,
          {
            store: data.store, blobs: clock.wrapped(data.blobs), fetcher: clock.wrapped(fetcher), browser: null, politeness: openPoliteness({ clock }), clock, knowledge: knowledgeOf(frozen), seeking: seekingIn(frozen), rulesDigest,
            edition, visitsNeeded: edition.visits, identityHosts: IDENTITY_PROVIDERS, paymentHosts: PAYMENT_GATEWAYS, limits: { maxPages: 120 }, inspect: false,
            onRuleError: (rule, subject, error) => { throw new Error(`${rule} failed on ${subject}`, { cause: error }); },
          }, // prettier-ignore
          {
            auditId: round.auditId,
            worker: 'year',
            concurrency: 4,
            maxIdle: Infinity,
            hours: hoursOf(round),
            plan: stepPlanOf(round),
          },
        );
        if (report.failed.length > 0) throw new Error(JSON.stringify(report.failed));
        return round;
      } finally {
        await fetcher.close();
        await sites.close();
      }
    },

    async publish(id) {
      const { store } = data;
      const frozen = (await store.getRegistry((await roundOf(store, id)).auditId))!;
      await startReview(store, await roundOf(store, id), doer(), {
        early: false,
        rulesDigest,
        judge: async (_, organization) => {
          const round = await roundOf(store, id);
          return judgeInRound(data, round, frozen, round.auditId, organization);
        },
      });
      await startPreview(store, await roundOf(store, id), doer());
      return publishRound(store, await roundOf(store, id), doer(), indicators);
    },

    pass: (days) => clock.sleep(days * DAY),
    async close() {
      await data.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
