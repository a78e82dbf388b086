import type { Argv, CommandModule } from 'yargs';
import { digestOf } from '../../audit/chain.ts';
import { registryOfRound } from '../../audit/round.ts';
import type { Edition } from '../../core/edition.ts';
import { persian, UserError } from '../../core/errors.ts';
import type { Finding } from '../../core/model.ts';
import { findingsJson } from '../../report/json.ts';
import { scoreTable } from '../../report/terminal.ts';
import { editionOf, rulesDigest, withData, type Data } from '../compose.ts';
import { judgeInRound, judgeStored, roundOfAudit } from '../rounds.ts';
import { auditOrLatest, loadReport } from './report.ts';

interface RejudgeArguments {
  audit: string | undefined;
  edition: string | undefined;
  save: boolean;
  lang: 'fa' | 'en';
  json: boolean;
  data: string;
}

/** `rasad rejudge`: the stored evidence of an audit, judged by the rules and words of today. Touches no network. */
export function command(done: (code: number) => void): CommandModule<object, RejudgeArguments> {
  return {
    command: 'rejudge [audit]',
    describe: 'Judge the stored evidence of an audit again, without any network',
    builder: (y: Argv<object>) =>
      y
        .positional('audit', { type: 'string', describe: 'Id of the audit; the newest when none is named' })
        .options({
          edition: { type: 'string', describe: 'Judge by another edition than the audit’s own' },
          save: {
            type: 'boolean',
            default: false,
            describe: 'Replace the findings of the audit by the new ones; of a round by its own edition alone',
          },
        })
        .example('$0 rejudge --json > findings.json', 'all findings, byte for byte the same every time')
        .example(
          '$0 rejudge --edition r4',
          'the same evidence under an earlier edition',
        ) as unknown as Argv<RejudgeArguments>,
    handler: async (args) => done(await withData(args.data, (data) => run(data, args))),
  };
}

async function run(data: Data, args: RejudgeArguments): Promise<number> {
  const audit = await auditOrLatest(data, args.audit);
  const round = await roundOfAudit(data.store, audit.id);
  if (args.save && (await data.store.isFrozen(audit.id)))
    throw new UserError({
      fa: persian`${audit.id} بخشی از دور ${round?.id ?? ''} است که منتشر شده و هرگز تغییر نمی‌کند. ${'--save'} را ننویسید، یا دور را اصلاح کنید: ${`rasad round revise ${round?.id ?? 'ROUND'} --reason …`}`,
      en: `${audit.id} is a part of round ${round?.id ?? ''}, which is published and never changes. Leave out --save, or correct it: rasad round revise ${round?.id ?? 'ROUND'} --reason …`,
    });
  const registry = round ? await registryOfRound(data.store, round) : (await data.store.getRegistry(audit.id))!;
  const own = (): Edition => round?.edition ?? editionOf(audit.edition);
  const edition = args.edition === undefined ? own() : editionOf(args.edition);
  if (args.save && audit.trigger !== 'command' && digestOf(edition) !== digestOf(own()))
    throw new UserError({
      fa: persian`${audit.id} بخشی از یک دور است و دور تنها با ویرایش خود (${own().id}) داوری می‌شود. برای دیدن آن با ${edition.id} گزینه ${'--save'} را ننویسید، یا ${'--edition'} را ننویسید.`,
      en: `${audit.id} is a part of a round, which is judged by its own edition (${own().id}) alone. Leave out --save to see it by ${edition.id}, or leave out --edition.`,
    });
  // one whose round is in another database was looked at on as many days
  const visits = audit.trigger === 'round' ? edition.visits : 1;
  const judged = new Map<string, readonly Finding[]>();
  for (const id of audit.organizationIds) {
    const findings = round
      ? await judgeInRound(data, round, registry, audit.id, id, edition)
      : await judgeStored(data, registry, audit.id, id, edition, visits);
    judged.set(id, findings);
    if (args.save) await data.store.saveFindings(audit.id, id, findings, rulesDigest);
  }
  if (args.json) process.stdout.write(findingsJson([...judged.values()].flat()));
  else {
    const report = await loadReport(data, audit.id, { anew: { edition, findings: judged }, history: 'none' });
    process.stdout.write(
      `${scoreTable(report, args.lang, { width: process.stdout.columns ?? 110, color: process.stdout.isTTY })}\n`,
    );
  }
  return 0;
}
