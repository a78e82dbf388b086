import type { Argv, CommandModule } from 'yargs';
import { persian, UserError } from '../../core/errors.ts';
import type { Round } from '../../core/round.ts';
import { ROUND_STATE_NAMES } from '../../report/words.ts';
import { releaseDeadWorkers, withData, type Data } from '../compose.ts';
import { whole } from '../arguments.ts';
import { DONE, SOME_NOT_AUDITED, STOPPED } from '../exit-codes.ts';
import { openLog, type LogFormat } from '../log.ts';
import { openMetrics } from '../metrics.ts';
import { roundOrNewest, workOnRound, type RoundWork } from '../rounds.ts';

export interface LookArguments {
  mapHost: string[];
  log: LogFormat | undefined;
  metrics: string | undefined;
  data: string;
}

interface WorkArguments extends LookArguments {
  round: string | undefined;
  wait: boolean;
  concurrency: number;
}

/** Options of the commands that look for a long time. */
export const lookOptions = {
  'map-host': {
    type: 'string',
    array: true,
    default: [] as string[],
    describe: 'HOST=ADDRESS:PORT[/HTTPSPORT]: ask a local copy instead (repeatable)',
  },
  log: {
    choices: ['text', 'json'] as const,
    describe: 'Form of the record on stderr (default: text on a terminal, else json)',
  },
  metrics: { type: 'string', describe: 'Serve numbers for Prometheus at ADDRESS:PORT, as in 127.0.0.1:9464' },
} as const;

/** `rasad work`: takes steps of open rounds by lease; any number of processes may do so at once. */
export function command(done: (code: number) => void): CommandModule<object, WorkArguments> {
  return {
    command: 'work [round]',
    describe: 'Look at what is due in the open rounds; several processes may share one database',
    builder: (y: Argv<object>) =>
      y
        .positional('round', { type: 'string', describe: 'Id of the round; all open ones when none is named' })
        .options({
          ...lookOptions,
          concurrency: { type: 'number', default: 4, describe: 'Organizations of a round under way at a time in this process' },
          wait: { type: 'boolean', default: true, describe: 'Wait for steps that are due later; --no-wait ends instead' },
        })
        .example('$0 work', 'look until the open rounds are done, over days')
        .example('$0 work --no-wait', 'do what is due now, and end')
        .example('$0 work --metrics 127.0.0.1:9464 --log json', 'with numbers for Prometheus and a record for machines') as unknown as Argv<WorkArguments>,
    handler: async (args) => {
      const concurrency = whole(args.concurrency, '--concurrency', 1, 64);
      done(
        await withData(args.data, (data) =>
          withWork(args, data, async (tools) => {
            await releaseDeadWorkers(data.store);
            const rounds = args.round === undefined ? await openRounds(data) : [await openRound(data, args.round)];
            if (rounds.length === 0) tools.log.info('nothing-to-do', { why: 'no round is open' });
            return workOn(data, rounds, { ...tools, concurrency, patience: args.wait ? Infinity : 0 });
          }),
        ),
      );
    },
  }; // prettier-ignore
}

async function openRound(data: Data, id: string): Promise<Round> {
  const round = await roundOrNewest(data, id);
  if (round.state === 'open') return round;
  throw new UserError({
    fa: persian`دور ${id} ${ROUND_STATE_NAMES[round.state].fa} است و گردآوری آن پایان یافته است. ${`rasad round status ${id}`} می‌گوید گام بعدی چیست.`,
    en: `Round ${id} is ${round.state}: its looking is over. \`rasad round status ${id}\` says what comes next.`,
  });
}

export const openRounds = async (data: Data): Promise<Round[]> =>
  (await data.store.listRounds()).filter(({ state }) => state === 'open').reverse();

/** Works on the rounds, side by side, and gives the exit code. */
export async function workOn(data: Data, rounds: readonly Round[], work: RoundWork): Promise<number> {
  const codes = await Promise.all(
    rounds.map(async (round): Promise<number> => {
      const { stopped, failed, nextDue, done } = await workOnRound(data, round, work);
      if (stopped) return STOPPED;
      work.log.info(nextDue === null ? 'round-looked-at' : 'nothing-due', {
        round: round.id,
        steps: done,
        ...(nextDue === null ? { next: `rasad round review ${round.id}` } : { nextDue }),
      });
      return failed.length > 0 ? SOME_NOT_AUDITED : DONE;
    }),
  );
  return Math.max(DONE, ...codes);
}

/** What a job has before it is said how much of it is done at a time. */
export type LookTools = Omit<RoundWork, 'patience' | 'concurrency'>;

/** Gives the job a record, metrics and a signal that SIGINT and SIGTERM abort. */
export async function withWork(
  args: LookArguments,
  data: Data,
  job: (tools: LookTools) => Promise<number>,
): Promise<number> {
  const log = openLog(args.log ?? (process.stderr.isTTY ? 'text' : 'json'));
  const stop = new AbortController();
  const onSignal = (): void => {
    log.info('stopping', { why: 'asked to; what was fetched stays' });
    stop.abort(new Error('stopped'));
  };
  process.once('SIGINT', onSignal);
  process.once('SIGTERM', onSignal);
  const metrics = await openMetrics(args.metrics ?? null, data.store);
  if (metrics.address) log.info('metrics', { address: metrics.address });
  try {
    return await job({ mapHosts: args.mapHost, signal: stop.signal, log, metrics });
  } finally {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
    await metrics.close();
  }
}
