import { existsSync, readdirSync, statSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Argv, CommandModule } from 'yargs';
import type { Edition } from '../../core/edition.ts';
import { loadHistory } from '../../audit/history.ts';
import { ownRounds } from '../../audit/own-history.ts';
import { loadRegistry } from '../../audit/registry.ts';
import { registryOfRound, resultsOf } from '../../audit/round.ts';
import { persian, UserError } from '../../core/errors.ts';
import type { History } from '../../core/history.ts';
import type { Audit, Finding, Registry } from '../../core/model.ts';
import type { Round } from '../../core/round.ts';
import { csvFiles } from '../../report/csv.ts';
import { reportData, type ReportData } from '../../report/data.ts';
import type { PackageFile } from '../../report/data-package.ts';
import { historyDocument, roundDocument } from '../../report/document.ts';
import type { PrintDocument } from '../../report/document/frame.ts';
import type { HistoryMatter } from '../../report/document/history-context.ts';
import type { Fonts } from '../../report/document/style.ts';
import { historyData } from '../../report/history-data.ts';
import { historyJsonText } from '../../report/history-json.ts';
import { historyPackage } from '../../report/history-open-data.ts';
import { renderHistorySite } from '../../report/history-site.ts';
import { historyTables } from '../../report/history-tables.ts';
import { historyXlsx } from '../../report/history-xlsx.ts';
import { auditJsonText } from '../../report/json.ts';
import { dataPackage } from '../../report/open-data.ts';
import { auditXlsx } from '../../report/xlsx.ts';
import { voiceOf, type Lang } from '../../report/voice.ts';
import { RULES } from '../../../rules/index.ts';
import { editionOf, editions, indicators, withData, type Data } from '../compose.ts';
import { DONE } from '../exit-codes.ts';
import { notice } from '../notice.ts';
import { chromiumForPdf, documentFonts, documentPdf } from '../pdf.ts';
import { registryFolder } from '../places.ts';
import { roundOfAudit } from '../rounds.ts';
import { publishedFolder, reportFolder, writeHtml, writing } from '../write-report.ts';

const FORMATS = ['html', 'pdf', 'xlsx', 'csv', 'json', 'data'] as const;

interface ReportArguments {
  id: string | undefined;
  format: (typeof FORMATS)[number];
  out: string | undefined;
  history: string | undefined;
  lang: 'fa' | 'en';
  json: boolean;
  data: string;
}

/** `rasad report`: an audit, a round, or a round that others published, as pages, document, data or tables. */
export function command(done: (code: number) => void): CommandModule<object, ReportArguments> {
  return {
    command: 'report [id]',
    describe:
      'Write the report of an audit, a round, or a round that others published: HTML (Persian and English), PDF, XLSX, CSV, JSON, open data',
    builder: (y: Argv<object>) =>
      y
        .positional('id', {
          type: 'string',
          describe: 'Id of an audit or of a round; the newest that is finished when none is named',
        })
        .options({
          format: {
            choices: FORMATS,
            default: 'html' as const,
            describe:
              'data: a package of tables with their description (Frictionless), the JSON and the schema that it names',
          },
          out: { type: 'string', describe: 'Folder (html, csv, data) or file (pdf, xlsx, json) to write to' },
          history: {
            type: 'string',
            describe:
              'Registry folder with rounds that others published (`none` for none; default: those that ship with the registry). Without an id, or with that of such a round, the report is of it',
          },
        })
        .example('$0 report', 'the newest audit as HTML under data/reports')
        .example('$0 report 1405-q3 --format pdf --lang fa', 'the document of a round')
        .example('$0 report --history iran-1397', 'the newest of the five rounds that were published on paper')
        .example('$0 report r4 --history iran-1397 --format pdf', 'an earlier one')
        .example(
          '$0 report --history iran-1397 --format data',
          'its numbers as a package of tables, with JSON and its schema',
        )
        .example('$0 report --format csv --out tables', 'organizations.csv, services.csv, findings.csv')
        .example('$0 report --json', 'scores and findings on stdout') as unknown as Argv<ReportArguments>,
    handler: async (args) => done(await withData(args.data, (data) => run(data, args))),
  };
}

async function run(data: Data, args: ReportArguments): Promise<number> {
  const imported = await importedRound(data, args);
  const report = imported ? importedReport(data, imported) : ownReport(data, await reportOf(data, args));
  const place = (...names: string[]): string => resolve(args.out ?? join(report.folder, ...names));
  const out = args.out === undefined ? undefined : resolve(args.out);
  switch (args.json ? 'json' : args.format) {
    case 'json':
      if (out !== undefined) {
        await write(out, report.json());
        return told(out);
      }
      for await (const part of report.json()) process.stdout.write(part);
      return DONE;
    case 'csv':
      for (const { path, content } of report.csv()) await write(join(place('csv'), path), content);
      return told(place('csv'));
    case 'data':
      for await (const { path, content } of report.data()) await write(join(place('data'), path), content);
      return told(place('data'));
    case 'xlsx':
      await write(place(`${args.lang}.xlsx`), report.xlsx(args.lang));
      return told(place(`${args.lang}.xlsx`));
    case 'pdf':
      await write(
        place(`${args.lang}.pdf`),
        await pdfOf(await report.document(args.lang, await documentFonts()), args.lang),
      );
      return told(place(`${args.lang}.pdf`));
    case 'html':
      return told((await report.html(out))[args.lang]);
  }
}

/** A report in each of the formats. */
interface Report {
  /** Where it is written unless another place is asked for. */
  readonly folder: string;
  json(): Iterable<string> | AsyncIterable<string>;
  csv(): readonly PackageFile[];
  data(): AsyncIterable<PackageFile>;
  xlsx(lang: Lang): AsyncIterable<Uint8Array>;
  document(lang: Lang, fonts: Fonts): PrintDocument | Promise<PrintDocument>;
  /** Writes the pages and gives the first one of each language. */
  html(out: string | undefined): Promise<Readonly<Record<Lang, string>>>;
}

const ownReport = (data: Data, report: ReportData): Report => ({
  folder: reportFolder(data, report),
  json: () => auditJsonText(report),
  csv: () => csvFiles(report),
  data: () => dataPackage(report),
  xlsx: (lang) => auditXlsx(report, lang),
  document: (lang, fonts) => roundDocument(report, voiceOf(lang, report.registry.calendar), fonts),
  html: async (out) => {
    if (out !== undefined) expectReportOrNothing(out);
    return writeHtml(data, report, out);
  },
});

function importedReport(data: Data, round: ImportedRound): Report {
  const { registry, roundId } = round;
  const input = { ...round, editions };
  const history = historyData(input);
  const folder = publishedFolder(data, registry.id, roundId);
  return {
    folder,
    json: () => [historyJsonText(history)],
    csv: () => historyTables(history),
    data: () => historyPackage(history),
    xlsx: (lang) => historyXlsx(history, lang),
    document: (lang, fonts) => historyDocument(untilRound(round), voiceOf(lang, registry.calendar), fonts),
    html: async (out = folder) => {
      for (const lang of ['fa', 'en'] as const)
        for await (const { path, content } of renderHistorySite(input, { lang }))
          await write(join(out, lang, path), content);
      return { fa: join(out, 'fa', 'index.html'), en: join(out, 'en', 'index.html') };
    },
  };
}

/** The round that is named, or to which the audit belongs; else the audit by itself. */
async function reportOf(data: Data, { id, history }: ReportArguments): Promise<ReportData> {
  const named = id === undefined ? null : await data.store.getRound(id);
  if (named) return loadRoundReport(data, named, history);
  const audit = await auditOrLatest(data, id);
  const round = audit.trigger === 'round' ? await roundOfAudit(data.store, audit.id) : null;
  return round ? loadRoundReport(data, round, history) : loadReport(data, audit.id, { history });
}

/** The folders of an earlier report are written anew, and nobody else's. */
function expectReportOrNothing(folder: string): void {
  for (const place of [join(folder, 'fa'), join(folder, 'en')]) {
    const files = existsSync(place) && statSync(place).isDirectory() ? readdirSync(place) : [];
    if (files.length > 0 && !files.includes('method.html'))
      throw new UserError({
        fa: persian`${place} با هر گزارش از نو نوشته می‌شود و پرونده‌هایی دارد که گزارش نیستند. با ${'--out'} پوشه دیگری بدهید، یا آن‌ها را جابه‌جا کنید.`,
        en: `${place} is written anew with each report, and has files that are no report. Give another folder with --out, or move them.`,
      });
  }
}

function told(path: string): number {
  process.stdout.write(`${path}\n`);
  return DONE;
}

/** A document is of the last round of its history. */
function untilRound({ registry, history, roundId }: ImportedRound): HistoryMatter {
  const last = history.rounds.findIndex(({ id }) => id === roundId);
  return {
    registry,
    history: { ...history, rounds: history.rounds.slice(0, last + 1) },
    weightsOf: (id) => editions.find((edition) => edition.id === id)?.stageWeights ?? null,
    madeAt: new Date().toISOString(),
  };
}

async function pdfOf(document: PrintDocument, lang: Lang): Promise<Uint8Array> {
  const { bytes, pages } = await documentPdf(document, { executablePath: await chromiumForPdf(process.env) });
  if (pages === null)
    notice(lang, {
      fa: persian`این ${'Chromium'} سندی می‌نویسد که ساختارش شناخته نیست؛ فهرست مطالب آن شماره صفحه ندارد.`,
      en: 'this Chromium writes a PDF that is not known here; its table of contents has no page numbers.',
    });
  return bytes;
}

interface ImportedRound {
  readonly registry: Registry;
  readonly history: History;
  readonly roundId: string;
}

/** The round of others that is asked for; null when the report is of an audit or round of ours. */
async function importedRound(data: Data, { id, history: folder }: ReportArguments): Promise<ImportedRound | null> {
  if (folder === undefined || folder === 'none') return null;
  const registry = loadRegistry(registryFolder(folder));
  const history = loadHistory(registryFolder(folder), registry);
  const known = history.rounds.map((round) => round.id);
  const roundId = id ?? known.at(-1);
  if (roundId === undefined)
    throw new UserError({
      fa: persian`${folder} نوبت منتشرشده‌ای ندارد: ${'history/rounds.csv'} آن سطری ندارد.`,
      en: `${folder} has no published round: its history/rounds.csv has no rows.`,
    });
  const isOurs = id !== undefined && (await data.store.getRound(id)) !== null;
  if (known.includes(roundId)) {
    if (isOurs)
      throw new UserError({
        fa: persian`هم این پایگاه داده و هم ${folder} دوری به نام «${id}» دارد. برای دور پایگاه داده، ${'--history'} را ننویسید.`,
        en: `Both this database and ${folder} have a round "${id}". Leave out --history for the former.`,
      });
    return { registry, history, roundId };
  }
  if (isOurs || (await data.store.getAudit(roundId))) return null;
  throw new UserError({
    fa: persian`«${roundId}» نه دور یا سنجشی در ${data.folder} است و نه نوبتی در ${folder}، که این‌ها را دارد: ${known.join(', ')}.`,
    en: `There is no round or audit "${roundId}" in ${data.folder}, nor a round in ${folder}, which has ${known.join(', ')}.`,
  });
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
  if (id === undefined)
    throw new UserError({
      fa: persian`در ${data.folder} هنوز سنجشی نیست. با این فرمان آغاز کنید: ${'rasad audit'}`,
      en: `There is no audit in ${data.folder} yet. Begin with: rasad audit`,
    });
  const newest = audits.slice(0, 5).map((audit) => audit.id).join(', '); // prettier-ignore
  const known = newest === '' ? { fa: 'هنوز هیچ سنجشی نیست.', en: 'There is none yet.' } : { fa: persian`تازه‌ترین‌ها: ${newest}.`, en: `The newest: ${newest}.` }; // prettier-ignore
  throw new UserError({
    fa: `${persian`در ${data.folder} سنجش «${id}» نیست.`} ${known.fa}`,
    en: `There is no audit "${id}" in ${data.folder}. ${known.en}`,
  });
}

/** Everything of an audit that a report is made of; judged anew when findings are given. */
export async function loadReport(
  data: Data,
  auditId: string,
  {
    anew,
    history,
  }: {
    readonly anew?: { readonly edition: Edition; readonly findings: ReadonlyMap<string, readonly Finding[]> };
    /** Registry folder of the rounds before it; see `historyOf`. */
    readonly history?: string | undefined;
  } = {},
): Promise<ReportData> {
  const audit = (await data.store.getAudit(auditId))!;
  const registry = (await data.store.getRegistry(auditId))!;
  const jobs = await data.store.listJobs(auditId);
  return reportData({
    audit, registry, edition: anew?.edition ?? editionOf(audit.edition), indicators, rules: RULES, history: await historyOf(data, registry, audit.startedAt, history),
    failures: new Map(jobs.filter(({ state }) => state === 'failed').map(({ organizationId, error }) => [organizationId, error ?? 'unknown'])),
    of: async (id) => ({
      findings: anew?.findings.get(id) ?? (await data.store.listFindings(auditId, id)),
      snapshots: await data.store.listSnapshots(auditId, id),
      skipped: await data.store.listSkipped(auditId, id),
    }),
  }); // prettier-ignore
}

/** A round as it was frozen: its own edition, what was approved in it, people's decisions, accepted audits on demand. */
export async function loadRoundReport(data: Data, round: Round, history?: string): Promise<ReportData> {
  const audit = (await data.store.getAudit(round.auditId))!;
  const jobs = await data.store.listJobs(round.auditId);
  const resultOf = await resultsOf(data.store, round);
  const registry = await registryOfRound(data.store, round);
  return reportData({
    audit, registry, edition: round.edition, indicators, rules: RULES, round, history: await historyOf(data, registry, round, history),
    failures: new Map(jobs.filter(({ state }) => state === 'failed').map(({ organizationId, error }) => [organizationId, error ?? 'unknown'])),
    of: async (id) => {
      const { settled, snapshots, skipped } = await resultOf(id);
      return { findings: settled, snapshots, skipped };
    },
  }); // prettier-ignore
}

/**
 * The rounds before a round or a time: those that others published, which lie in `folder` or with the registry, and
 * ours. null when there are none.
 */
async function historyOf(
  data: Data,
  registry: Registry,
  before: Round | string,
  folder: string | undefined,
): Promise<History | null> {
  const imported = importedHistory(registry, folder);
  const rounds = [...imported.rounds, ...(await ownRounds(data.store, before, imported.rounds.at(-1)?.number))];
  return rounds.length === 0 ? null : { ...imported, rounds };
}

/** What nobody asked for must not cost a report: a history that comes with the registry and has mistakes is left out. */
function importedHistory(registry: Registry, folder: string | undefined): History {
  const none: History = { rounds: [], explanations: [] };
  if (folder === 'none') return none;
  const own = registryFolder(folder ?? registry.id);
  if (folder !== undefined) return loadHistory(own, loadRegistry(own));
  if (!existsSync(join(own, 'history', 'rounds.csv'))) return none;
  try {
    return loadHistory(own, loadRegistry(own));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    process.stderr.write(`rasad: the rounds published before are left out of this report. ${error.message}\n`);
    return none;
  }
}

async function write(
  path: string,
  content: string | Uint8Array | Iterable<string> | AsyncIterable<string> | AsyncIterable<Uint8Array>,
): Promise<void> {
  await writing(dirname(path), (folder) => mkdir(folder, { recursive: true }));
  await writing(path, (file) => writeFile(file, content));
}
