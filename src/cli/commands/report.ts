import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Argv, CommandModule } from 'yargs';
import { storedText } from '../../crawl/look.ts';
import type { Edition } from '../../core/edition.ts';
import { registryOfRound, resultsOf } from '../../audit/round.ts';
import { UserError } from '../../core/errors.ts';
import type { Audit, Finding, Snapshot } from '../../core/model.ts';
import type { Round } from '../../core/round.ts';
import { csvFiles } from '../../report/csv.ts';
import { reportData, type ReportData } from '../../report/data.ts';
import { renderSite } from '../../report/html.ts';
import { auditJsonText } from '../../report/json.ts';
import { RULES } from '../../../rules/index.ts';
import { editionOf, indicators, openData, type Data } from '../compose.ts';

interface ReportArguments {
  audit: string | undefined;
  format: 'html' | 'json' | 'csv';
  out: string | undefined;
  lang: 'fa' | 'en';
  json: boolean;
  data: string;
}

/** `rasad report`: one audit as pages, data or tables. */
export function command(done: (code: number) => void): CommandModule<object, ReportArguments> {
  return {
    command: 'report [audit]',
    describe: 'Write the report of an audit: HTML (Persian and English), JSON or CSV',
    builder: (y: Argv<object>) =>
      y
        .positional('audit', {
          type: 'string',
          describe: 'Id of an audit or of a round; the newest finished audit when none is named',
        })
        .options({
          format: { choices: ['html', 'json', 'csv'] as const, default: 'html' as const },
          out: { type: 'string', describe: 'Folder (html, csv) or file (json) to write to' },
        })
        .example('$0 report', 'the newest audit as HTML under data/reports')
        .example('$0 report --format csv --out tables', 'organizations.csv, services.csv, findings.csv')
        .example('$0 report --json', 'scores and findings on stdout') as unknown as Argv<ReportArguments>,
    handler: async (args) => done(await run(args)),
  };
}

async function run(args: ReportArguments): Promise<number> {
  const data = openData(resolve(args.data));
  try {
    const round = args.audit === undefined ? null : await data.store.getRound(args.audit);
    const report = round
      ? await loadRoundReport(data, round)
      : await loadReport(data, (await auditOrLatest(data, args.audit)).id);
    if (args.json || args.format === 'json') {
      if (args.out) await write(resolve(args.out), auditJsonText(report));
      else for await (const part of auditJsonText(report)) process.stdout.write(part);
    } else if (args.format === 'csv') {
      const folder = resolve(args.out ?? join(args.data, 'reports', folderOf(report), 'csv'));
      for (const { path, content } of csvFiles(report)) await write(join(folder, path), content);
      process.stdout.write(`${folder}\n`);
    } else {
      const written = await writeHtml(data, report, true, args.out ? resolve(args.out) : undefined);
      process.stdout.write(`${written[args.lang]}\n`);
    }
    return 0;
  } finally {
    await data.close();
  }
}

/** The named audit, or the newest that has results. */
export async function auditOrLatest(data: Data, id: string | undefined): Promise<Audit> {
  if (id !== undefined) {
    const audit = await data.store.getAudit(id);
    if (audit) return audit;
  }
  const audits = await data.store.listAudits();
  const latest = audits.find(({ finishedAt }) => finishedAt !== null) ?? audits[0];
  if (id === undefined && latest) return latest;
  throw new UserError(id === undefined ? `There is no audit in ${data.folder} yet. Begin with: rasad audit` : `There is no audit "${id}" in ${data.folder}. ${audits.length === 0 ? 'There is none yet.' : `The newest are ${audits.slice(0, 5).map((audit) => audit.id).join(', ')}.`}`);
} // prettier-ignore

/** Everything of an audit that a report is made of; judged anew when findings are given. */
export async function loadReport(
  data: Data,
  auditId: string,
  anew?: { readonly edition: Edition; readonly findings: ReadonlyMap<string, readonly Finding[]> },
): Promise<ReportData> {
  const audit = (await data.store.getAudit(auditId))!;
  const registry = (await data.store.getRegistry(auditId))!;
  const jobs = await data.store.listJobs(auditId);
  return reportData({
    audit, registry, edition: anew?.edition ?? editionOf(audit.edition), indicators, rules: RULES,
    failures: new Map(jobs.filter(({ state }) => state === 'failed').map(({ organizationId, error }) => [organizationId, error ?? 'unknown'])),
    of: async (id) => ({
      findings: anew?.findings.get(id) ?? (await data.store.listFindings(auditId, id)),
      snapshots: await data.store.listSnapshots(auditId, id),
      skipped: await data.store.listSkipped(auditId, id),
    }),
  }); // prettier-ignore
}

/** A round as it was frozen: its own edition, what was approved in it, people's decisions, accepted audits on demand. */
export async function loadRoundReport(data: Data, round: Round): Promise<ReportData> {
  const audit = (await data.store.getAudit(round.auditId))!;
  const jobs = await data.store.listJobs(round.auditId);
  const resultOf = await resultsOf(data.store, round);
  return reportData({
    audit, registry: await registryOfRound(data.store, round), edition: round.edition, indicators, rules: RULES, round,
    failures: new Map(jobs.filter(({ state }) => state === 'failed').map(({ organizationId, error }) => [organizationId, error ?? 'unknown'])),
    of: async (id) => {
      const { settled, snapshots, skipped } = await resultOf(id);
      return { findings: settled, snapshots, skipped };
    },
  }); // prettier-ignore
}

const folderOf = ({ audit, round }: ReportData): string => (round ? `round-${round.id}` : audit.id);

/** Writes the pages in both languages and gives the paths of their first pages. */
export async function writeHtml(
  data: Data,
  report: ReportData,
  quiet: boolean,
  folder = join(data.folder, 'reports', folderOf(report)),
): Promise<{ fa: string; en: string }> {
  if (!quiet) process.stderr.write('rasad: writing the report …\n');
  await rm(folder, { recursive: true, force: true });
  // a file of evidence that is gone must not cost the report of all the others: its pages say that it is
  const orNull = <T>(file: Promise<T> | null): Promise<T | null> | null => file && file.catch(() => null);
  const read = async (_hash: string, snapshot: Snapshot | null): Promise<string | null> =>
    orNull(snapshot && storedText(snapshot, data.blobs));
  const picture = async ({ screenshot }: Snapshot): Promise<Uint8Array | null> =>
    orNull(screenshot && data.blobs.get(screenshot));
  for (const lang of ['fa', 'en'] as const)
    for await (const { path, content } of renderSite(report, { lang, read, picture }))
      await write(join(folder, lang, path), content);
  return { fa: join(folder, 'fa', 'index.html'), en: join(folder, 'en', 'index.html') };
}

async function write(path: string, content: string | Uint8Array | AsyncIterable<string>): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}
