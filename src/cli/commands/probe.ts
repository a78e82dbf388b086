import { resolve } from 'node:path';
import PQueue from 'p-queue';
import type { Argv, CommandModule } from 'yargs';
import { PAYMENT_GATEWAYS } from '../../../rules/hosts/gateways.ts';
import { IDENTITY_PROVIDERS } from '../../../rules/hosts/national.ts';
import { probeOrganization } from '../../audit/probe.ts';
import { persian, UserError } from '../../core/errors.ts';
import type { Snapshot } from '../../core/model.ts';
import { systemClock } from '../../crawl/politeness.ts';
import { openData, openLooking, userAgentOf, workerName } from '../compose.ts';
import { pause, whole } from '../arguments.ts';
import { DONE, SOME_NOT_AUDITED, STOPPED } from '../exit-codes.ts';
import { auditOrLatest } from './report.ts';

interface ProbeArguments {
  audit: string | undefined;
  mapHost: string[];
  delay: number | undefined;
  concurrency: number;
  lang: 'fa' | 'en';
  json: boolean;
  data: string;
}

/** `rasad probe`: one more look at every portal and system of an audit, for the indicators of availability. */
export function command(done: (code: number) => void): CommandModule<object, ProbeArguments> {
  return {
    command: 'probe [audit]',
    describe:
      'Look once more whether the portals and systems of an audit answer; to be run a few times a day for two weeks',
    builder: (y: Argv<object>) =>
      y
        .positional('audit', { type: 'string', describe: 'Id of the audit; the newest when none is named' })
        .options({
          'map-host': {
            type: 'string',
            array: true,
            default: [] as string[],
            describe: 'HOST=ADDRESS:PORT[/HTTPSPORT]: ask a local copy instead (repeatable)',
          },
          delay: {
            type: 'number',
            describe: 'Seconds between two requests to a domain (default 2; 0 for local copies)',
          },
          concurrency: { type: 'number', default: 4, describe: 'Organizations under way at a time' },
        })
        .example('17 3,9,15,21 * * * $0 probe', 'a line of crontab; one look in each quarter of the day')
        .example('$0 rejudge --save', 'afterwards: judge with what was seen') as unknown as Argv<ProbeArguments>,
    handler: async (args) => done(await run(args)),
  };
}

async function run(args: ProbeArguments): Promise<number> {
  whole(args.concurrency, '--concurrency', 1, 64);
  const data = openData(resolve(args.data));
  const stop = new AbortController();
  const onSignal = (): void => stop.abort(new Error('stopped'));
  process.once('SIGINT', onSignal);
  process.once('SIGTERM', onSignal);
  const worker = workerName();
  try {
    const audit = await auditOrLatest(data, args.audit);
    const round = (await data.store.listRounds()).find(({ auditId }) => auditId === audit.id);
    if (round)
      throw new UserError({
        fa: persian`${audit.id} سنجش دور ${round.id} است و برنامه آن دور خود دسترسی را می‌سنجد: ${`rasad work ${round.id}`}`,
        en: `${audit.id} is the audit of round ${round.id}, whose plan has its own looks at availability: \`rasad work ${round.id}\`.`,
      });
    if (await data.store.isFrozen(audit.id))
      throw new UserError({
        fa: persian`${audit.id} شاهد دوری است که منتشر شده و هرگز تغییر نمی‌کند. سنجش دیگری نام ببرید.`,
        en: `${audit.id} is evidence of a round that is published and never changes. Name another audit.`,
      });
    const registry = (await data.store.getRegistry(audit.id))!;
    const known = new Map<string, readonly Snapshot[]>();
    for (const id of audit.organizationIds) known.set(id, await data.store.listSnapshots(audit.id, id));
    const visit = [...known.values()].flat().reduce((last, snapshot) => Math.max(last, snapshot.visit), 0) + 1;
    const looking = await openLooking(
      registry,
      {
        mapHosts: args.mapHost,
        render: 'never',
        delay: pause(args.delay),
        userAgent: userAgentOf(process.env),
        env: process.env,
      },
      { store: data.store, worker },
    );
    const looks: Snapshot[] = [];
    try {
      const queue = new PQueue({ concurrency: args.concurrency });
      const tools = {
        blobs: data.blobs,
        fetcher: looking.fetcher,
        politeness: looking.politeness,
        clock: systemClock,
        identityHosts: IDENTITY_PROVIDERS,
        paymentHosts: PAYMENT_GATEWAYS,
      };
      await Promise.all(
        audit.organizationIds.map((id) =>
          queue.add(async () => {
            const organization = registry.organizations.find((candidate) => candidate.id === id)!;
            looks.push(
              ...(await probeOrganization(
                registry,
                organization,
                { auditId: audit.id, visit, known: known.get(id)! },
                tools,
                stop.signal,
              )),
            );
          }),
        ),
      );
    } finally {
      await looking.close();
      await data.store.releaseWorker(worker, new Date().toISOString());
    }
    const probes = looks.filter(({ role }) => role === 'probe');
    const answered = probes.filter(({ chain }) => chain.length > 0).length;
    // not one answer of all the country: it is our own line that is down
    if (answered > 0) for (const look of looks) await data.store.saveSnapshot(look);
    tell(args, { audit: audit.id, visit, asked: probes.length, answered, kept: answered > 0 });
    return answered > 0 ? DONE : SOME_NOT_AUDITED;
  } catch (error) {
    if (stop.signal.aborted) return STOPPED;
    throw error;
  } finally {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
    await data.close();
  }
}

function tell(
  { json, lang }: ProbeArguments,
  result: { audit: string; visit: number; asked: number; answered: number; kept: boolean },
): void {
  const { visit, asked, answered, kept } = result;
  if (json) return void process.stdout.write(`${JSON.stringify(result)}\n`);
  const text = kept
    ? {
        fa: persian`بازدید ${visit}: ${answered} نشانی از ${asked} پاسخ داد. ${'rasad rejudge --save'} با آن داوری می‌کند.`,
        en: `Visit ${visit}: ${answered} of ${asked} addresses answered. \`rasad rejudge --save\` judges with it.`,
      }
    : {
        fa: persian`هیچ‌یک از ${asked} نشانی پاسخ نداد: خط خود ماست؛ چیزی نگه داشته نشد.`,
        en: `None of ${asked} addresses answered: it is our own line; nothing was kept.`,
      };
  process.stdout.write(`${text[lang]}\n`);
}
