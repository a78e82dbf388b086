import { createWriteStream, existsSync, statSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Argv, CommandModule } from 'yargs';
import { importWarc } from '../../../storage/warc-import.ts';
import { exportWarc } from '../../../storage/warc.ts';
import { checkEvidence, retireEvidence } from '../../audit/evidence.ts';
import { persian, UserError } from '../../core/errors.ts';
import { bytesOf, openWarcFiles } from '../../crawl/warc-files.ts';
import { plainText } from '../../report/markup.ts';
import { foundNumber } from '../arguments.ts';
import { withData, type Data } from '../compose.ts';
import { DONE, SOME_NOT_AUDITED } from '../exit-codes.ts';
import { VERSION } from '../places.ts';
import { writing } from '../write-report.ts';
import { auditOrLatest } from './report.ts';

interface Common {
  lang: 'fa' | 'en';
  json: boolean;
  data: string;
}

/** `rasad archive …`: evidence as standard web archives, and its keeping. */
export function command(done: (code: number) => void, lang: 'fa' | 'en'): CommandModule<object, object> {
  const within = <T extends Common>(run: (data: Data, args: T) => Promise<number>) => async (args: unknown): Promise<void> =>
    done(await withData((args as T).data, (data) => run(data, args as T))); // prettier-ignore
  return {
    command: 'archive <action>',
    describe: 'Evidence as web archives (WARC, WACZ); what is damaged, what is old enough to go',
    builder: (y: Argv<object>) =>
      y
        .command(
          'export [audit]',
          'Write an audit as WARC/1.1, which other tools replay',
          (o) =>
            o
              .positional('audit', { type: 'string', describe: 'Id of an audit or round; the newest audit when none is named' })
              .options({ out: { type: 'string', demandOption: true, describe: 'File to write, as evidence.warc.gz' } })
              .example('$0 archive export 1405-q3 --out 1405-q3.warc.gz', 'all that the round saw and found'),
          within(exportTo),
        )
        .command(
          'import <file>',
          'Read an audit that another installation exported',
          (o) =>
            o
              .positional('file', { type: 'string', demandOption: true })
              .example('$0 archive import 1405-q3.warc.gz', 'then rasad rejudge, rasad report …')
              .example('$0 archive import 1405-q3.wacz', 'the same in a WACZ that another tool made of it')
              .epilogue('A capture by another tool is audited with: rasad audit --registry my-country --archive capture.wacz'),
          within(importFrom),
        )
        .command(
          'check [audit]',
          'Read every file of evidence and say what is damaged or missing',
          (o) => o.positional('audit', { type: 'string', describe: 'Id of an audit or round; all of them when none is named' }),
          within(check),
        )
        .command(
          'retire',
          'Remove evidence of finished audits and published rounds that is older than a number of days; its hashes stay, so that rounds can still be proved',
          (o) =>
            o.options({
              'older-than': { type: 'number', demandOption: true, describe: 'Days' },
              trial: { type: 'boolean', default: false, describe: 'Only say what would go' },
            }),
          within(retire),
        )
        .demandCommand(1, lang === 'fa' ? persian`بگویید با بایگانی چه شود؛ ${'rasad archive --help'} را ببینید.` : 'Name what to do with the archive; see rasad archive --help.')
        .strict(),
    handler: () => undefined,
  }; // prettier-ignore
}

/** An audit by its id or by that of its round. */
async function auditIdOf(data: Data, id: string | undefined): Promise<string> {
  const round = id === undefined ? null : await data.store.getRound(id);
  return round?.auditId ?? (await auditOrLatest(data, id)).id;
}

const isFolder = (path: string): boolean => existsSync(path) && statSync(path).isDirectory();

async function exportTo(data: Data, args: Common & { audit: string | undefined; out: string }): Promise<number> {
  const auditId = await auditIdOf(data, args.audit);
  const path = resolve(args.out);
  if (isFolder(path))
    throw new UserError({
      fa: persian`${`--out ${path}`} پوشه است. پرونده‌ای را نام ببرید که نوشته شود، مانند ${`--out ${join(path, 'evidence.warc.gz')}`}`,
      en: `--out ${path} is a folder. Name the file to write, as in --out ${join(path, 'evidence.warc.gz')}.`,
    });
  if (path.toLowerCase().endsWith('.wacz'))
    throw new UserError({
      fa: persian`${`--out ${path}`}: ${'WACZ'} خوانده می‌شود ولی نوشته نمی‌شود. پرونده‌ای با پسوند ${'.warc.gz'} نام ببرید؛ ابزارهای بازپخش آن را هم می‌خوانند.`,
      en: `--out ${path}: a WACZ is read and not written. Name a .warc.gz; replay tools open it as well.`,
    });
  // under its own name only when it is whole
  const unfinished = `${path}.part`;
  await writing(path, async () => {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(unfinished, '');
  });
  try {
    const records = exportWarc(auditId, data, `Rasad ${VERSION}`);
    await pipeline(Readable.from(records), createWriteStream(unfinished));
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
  const { size } = statSync(path);
  if (args.json) process.stdout.write(`${JSON.stringify({ audit: auditId, file: path, bytes: size })}\n`);
  else process.stdout.write(`${path} (${megabytes(size)} MB)\n`);
  return DONE;
}

async function importFrom(data: Data, args: Common & { file: string }): Promise<number> {
  const path = resolve(args.file);
  if (!existsSync(path) || isFolder(path))
    throw new UserError({
      fa: persian`${path}: باید بایگانی وب باشد (${'.warc, .warc.gz, .wacz'})، ولی ${isFolder(path) ? 'پوشه است' : 'چنین پرونده‌ای نیست'}.`,
      en: `${path}: expected a web archive (.warc, .warc.gz or .wacz), found ${isFolder(path) ? 'a folder' : 'no file'}.`,
    });
  const archive = await openWarcFiles(path);
  const { audit, snapshots, files } = await importWarc(() => bytesOf(archive.files), data).finally(archive.close);
  if (args.json) process.stdout.write(`${JSON.stringify({ audit: audit.id, snapshots, files })}\n`);
  else
    process.stdout.write(
      args.lang === 'fa'
        ? persian`سنجش ${audit.id}: ${snapshots} صفحه، ${files} پرونده شواهد. داوری دوباره: ${`rasad rejudge ${audit.id}`}\n`
        : `Audit ${audit.id}: ${snapshots} looks, ${files} files of evidence. To judge it again: rasad rejudge ${audit.id}\n`,
    );
  return DONE;
}

async function check(data: Data, args: Common & { audit: string | undefined }): Promise<number> {
  const ids = args.audit === undefined ? undefined : [await auditIdOf(data, args.audit)];
  const found = await checkEvidence(data.store, data.blobs, ids);
  if (args.json) process.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
  else {
    const { whole, retired, damage, unreferenced } = found;
    for (const { auditId, organizationId, url, state, detail } of damage)
      process.stdout.write(`${state.toUpperCase()} ${auditId} ${organizationId} ${plainText(url)}\n  ${detail}\n`);
    process.stdout.write(
      args.lang === 'fa'
        ? `${persian`${whole} پرونده سالم، ${retired} پرونده به سبب عمر برداشته شده، ${damage.length} پرونده آسیب‌دیده یا گم‌شده`}${ids ? '' : persian`، ${unreferenced} پرونده بی‌ارجاع`}\n`
        : `${whole} files are whole, ${retired} were removed by age, ${damage.length} are damaged or missing${ids ? '' : `, ${unreferenced} belong to no look`}\n`,
    );
  }
  return found.damage.length === 0 ? DONE : SOME_NOT_AUDITED;
}

const DAY = 86_400_000; // milliseconds
/** Days; a hundred years. */
const OLDEST = 36_500;

async function retire(data: Data, args: Common & { olderThan: number; trial: boolean }): Promise<number> {
  if (!(args.olderThan >= 1 && args.olderThan <= OLDEST))
    throw new UserError({
      fa: `${persian`${'--older-than'} باید از ${1} تا ${OLDEST} روز باشد؛`} ${foundNumber(args.olderThan).fa}`,
      en: `--older-than must be a number of days from 1 to ${OLDEST}, ${foundNumber(args.olderThan).en}`,
    });
  const now = Date.now();
  const before = new Date(now - args.olderThan * DAY).toISOString();
  const gone = await retireEvidence(data.store, data.blobs, {
    before,
    now: new Date(now).toISOString(),
    isTrial: args.trial,
  });
  if (args.json) process.stdout.write(`${JSON.stringify({ before, trial: args.trial, ...gone })}\n`);
  else
    process.stdout.write(
      args.lang === 'fa'
        ? `${persian`سنجش‌های پیش از ${before.slice(0, 10)}: ${gone.audits.length}؛ ${gone.files} پرونده، ${Number(megabytes(gone.bytes))} مگابایت`} ${args.trial ? 'برداشته می‌شود' : 'برداشته شد'}. چکیده‌ها می‌ماند.\n`
        : `Audits from before ${before.slice(0, 10)}: ${gone.audits.length}; ${gone.files} files, ${megabytes(gone.bytes)} MB ${args.trial ? 'would be removed' : 'were removed'}. Their hashes stay.\n`,
    );
  return DONE;
}

const megabytes = (bytes: number): string => (bytes / 1_048_576).toFixed(1);
