import type { Argv, CommandModule } from 'yargs';
import { pairsOf } from '../../audit/pairs.ts';
import { registryOfRound, roundOf } from '../../audit/round.ts';
import { compareRounds, type Interval, type Pair, type Sight } from '../../core/compare.ts';
import { middleOf, resample } from '../../core/uncertainty.ts';
import type { Edition } from '../../core/edition.ts';
import { persian, UserError } from '../../core/errors.ts';
import { comparisonTable } from '../../report/compare-terminal.ts';
import { indicators, rulesDigest, withData, type Data } from '../compose.ts';
import { whole } from '../arguments.ts';
import { DONE } from '../exit-codes.ts';
import { notice } from '../notice.ts';
import { judgeOnce } from '../rounds.ts';

interface CompareArguments {
  before: string;
  after: string;
  top: number;
  backcast: boolean;
  lang: 'fa' | 'en';
  json: boolean;
  data: string;
}

/** `rasad compare`: what changed between two rounds, split into what made it change. */
export function command(done: (code: number) => void): CommandModule<object, CompareArguments> {
  return {
    command: 'compare <before> <after>',
    describe: 'Growth between two rounds: real change, change of edition, of coverage, and by review',
    builder: (y: Argv<object>) =>
      y
        .positional('before', { type: 'string', demandOption: true, describe: 'Id of the earlier round' })
        .positional('after', { type: 'string', demandOption: true, describe: 'Id of the later round' })
        .options({
          top: { type: 'number', default: 10, describe: 'Length of the lists of risers and fallers' },
          backcast: {
            type: 'boolean',
            default: false,
            describe: 'Also score the earlier evidence by the later edition, as a check (judges it again)',
          },
        })
        .example('$0 compare 1405-q2 1405-q3', 'growth of every organization, risers and fallers, what is new and gone')
        .example('$0 compare 1405-q2 1405-q3 --json > growth.json', 'with every service') as unknown as Argv<CompareArguments>,
    handler: async (args) => done(await withData(args.data, (data) => run(data, args))),
  }; // prettier-ignore
}

async function run(data: Data, args: CompareArguments): Promise<number> {
  if (args.before === args.after)
    throw new UserError({
      fa: persian`دو دور با هم سنجیده می‌شود، یکی پیشین و یکی پسین؛ «${args.after}» دو بار آمده است.`,
      en: `Two rounds are compared, an earlier and a later one; found "${args.after}" twice.`,
    });
  const before = await roundOf(data.store, args.before);
  const after = await roundOf(data.store, args.after);
  const { calendar } = await registryOfRound(data.store, after);
  const unbridged: string[] = [];
  const noise = new Map<string, Interval>();
  const pairs = pairsOf(data.store, before, after, {
    rulesDigest,
    backcast: args.backcast,
    judge: (round, registry, auditId, id, edition) => judgeOnce(data, round, registry, auditId, id, edition),
    onUnbridged(organization, why) {
      unbridged.push(organization);
      if (unbridged.length === 1)
        notice(args.lang, {
          fa: persian`شواهد دوباره داوری‌شدنی نبود (${why})؛ از این رو تغییر واقعی و تغییر ویرایش از هم جدا نمی‌شود برای: ${organization} …`,
          en: `evidence could not be judged again (${why}), so real change and change of edition are not told apart for: ${organization} …`,
        });
    },
  });
  const compared = await compareRounds(
    withNoise(pairs, `${before.id} ${after.id}`, { before: before.edition, after: after.edition }, noise),
    { before: before.edition, after: after.edition, catalogue: indicators },
    { top: whole(args.top, '--top', 0, 1000), noise: (id) => noise.get(id) ?? null },
  );
  if (args.json) process.stdout.write(`${JSON.stringify({ before: before.id, after: after.id, ...compared })}\n`);
  else
    process.stdout.write(
      comparisonTable(compared, args.lang, {
        width: process.stdout.columns ?? 110,
        color: process.stdout.isTTY,
        calendar,
        rounds: { before: before.names, after: after.names },
      }),
    );
  return DONE;
}

/**
 * Notes for each pair the interval of its growth. Both sides are drawn with one seed: what misleads a rule on a page
 * misleads it in both rounds, and does not look like growth.
 */
async function* withNoise(
  pairs: AsyncIterable<Pair>,
  seed: string,
  editions: Readonly<Record<'before' | 'after', Edition>>,
  noise: Map<string, Interval>,
): AsyncGenerator<Pair> {
  for await (const pair of pairs) {
    if (pair.before && pair.after) {
      const before = totalsOf(pair.before, editions.before, seed);
      const after = totalsOf(pair.after, editions.after, seed);
      const [low, high] = middleOf(after.map((total, replicate) => total - before[replicate]!));
      noise.set(pair.after.organization.id, { low, high });
    }
    yield pair;
  }
}

const totalsOf = ({ organization, services, settled }: Sight, edition: Edition, seed: string): Float64Array =>
  resample(organization.id, services, settled, edition, indicators, { seed }).totals;
