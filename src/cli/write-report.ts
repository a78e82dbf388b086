/** Writes the pages of a report in both languages: on threads of their own where there is much to write, else on this one. */
import { mkdir, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { persian, UserError } from '../core/errors.ts';
import type { Text } from '../core/model.ts';
import { sumOf, type ReportData } from '../report/data.ts';
import { openSite, type Site } from '../report/html.ts';
import type { Data } from './compose.ts';
import { partWriter, sentReport, type PartWriter } from './report-parts.ts';
import type { ThreadTask } from './report-thread.ts';

/**
 * Where the reports of an audit or round are written when nobody says otherwise: a round has an audit of its own, and no
 * two audits have the same id.
 */
export const reportFolder = ({ folder }: Pick<Data, 'folder'>, { audit }: ReportData): string =>
  join(folder, 'reports', audit.id);

/** Where those of a round that others published are. Neither audits nor registries have this sign in their ids. */
export const publishedFolder = ({ folder }: Pick<Data, 'folder'>, registryId: string, roundId: string): string =>
  join(folder, 'reports', `${registryId}@${roundId}`);

export interface WriteOptions {
  /** How many threads write; 0 for this one. */
  readonly threads?: number;
  /** What such a thread runs. */
  readonly program?: URL;
}

/** Gives the paths of the first pages. Takes the place of an earlier report in the folder; what else is there stays. */
export async function writeHtml(
  data: Pick<Data, 'folder' | 'blobs'>,
  report: ReportData,
  folder = reportFolder(data, report),
  { threads = threadsFor(report), program }: WriteOptions = {},
): Promise<{ fa: string; en: string }> {
  const task = { folder, evidence: join(data.folder, 'snapshots'), report: sentReport(report) };
  const opening = openThreads(threads, program, task);
  try {
    for (const lang of ['fa', 'en'])
      await writing(join(folder, lang), async (place) => {
        await rm(place, { recursive: true, force: true });
        await mkdir(place, { recursive: true });
      });
    const opened = await opening;
    const own = opened.length === 0;
    await writeParts(openSite(report), own ? [partWriter(folder, report, data.blobs)] : [...opened, ...opened]);
  } finally {
    await Promise.all((await opening).map((thread) => thread.close()));
  }
  return { fa: join(folder, 'fa', 'index.html'), en: join(folder, 'en', 'index.html') };
}

const NOT_ALLOWED: Text = { fa: 'این کاربر اجازه نوشتن در آنجا را ندارد', en: 'this user may not write there' };
const REFUSALS: Readonly<Record<string, Text>> = {
  EISDIR: { fa: 'پوشه است و باید پرونده باشد', en: 'it is a folder, and a file is expected' },
  EEXIST: { fa: 'پرونده است و باید پوشه باشد', en: 'it is a file, and a folder is expected' },
  ENOTDIR: { fa: 'یکی از پوشه‌های این مسیر پرونده است', en: 'one of the folders in it is a file' },
  EACCES: NOT_ALLOWED,
  EPERM: NOT_ALLOWED,
  EROFS: { fa: 'در آنجا چیزی نمی‌توان نوشت', en: 'nothing can be written there' },
  ENOSPC: { fa: 'دیسک پر است', en: 'the disk is full' },
};

/** Writes to a place that was named by a user. Throws a UserError where that cannot be. */
export async function writing(path: string, write: (path: string) => Promise<unknown>): Promise<void> {
  try {
    await write(path);
  } catch (error) {
    const why = REFUSALS[(error as NodeJS.ErrnoException).code ?? ''];
    if (why === undefined) throw error;
    throw new UserError(
      {
        fa: persian`${path} را نمی‌توان نوشت: ${why.fa}. با ${'--out'} جای دیگری بدهید.`,
        en: `${path} cannot be written: ${why.en}. Give another place with --out.`,
      },
      { cause: error },
    );
  }
}

/** Each writer takes the next part as soon as it has written one; a writer that is named twice has its next one waiting. */
async function writeParts(site: Site, writers: readonly PartWriter[]): Promise<void> {
  const parts = site.parts();
  const missing: string[] = [];
  const work = async (writer: PartWriter): Promise<void> => {
    for (let next = await parts.next(); !next.done; next = await parts.next())
      missing.push(...(await writer.write(next.value)));
  };
  await Promise.all(writers.map(work));
  await writers[0]!.write(site.last(missing));
}

// ---------------------------------------------------------------- threads

/** Fewer are written in about a second, and starting threads takes a good part of that. */
const MANY_VERDICTS = 3000;
/** Each thread takes about 100 MB. */
const MAX_THREADS = 4;

function threadsFor({ verdicts }: ReportData): number {
  const most = Math.min(availableParallelism(), MAX_THREADS);
  return sumOf(verdicts) < MANY_VERDICTS || most < 2 ? 0 : most;
}

/** The file beside this one. As it is written it needs the loader of this thread, which does not reach into others by itself. */
function programOfThread(): URL {
  if (!import.meta.url.endsWith('.ts')) return new URL('./report-thread.js', import.meta.url);
  const [loader, file] = [import.meta.resolve('tsx/esm/api'), new URL('./report-thread.ts', import.meta.url).href];
  const code = `import { register } from ${JSON.stringify(loader)}; register(); await import(${JSON.stringify(file)});`;
  return new URL(`data:text/javascript,${encodeURIComponent(code)}`);
}

interface Thread extends PartWriter {
  close(): Promise<void>;
}

/** As many threads, ready for parts; fewer, or none, where this machine or way of running does not allow them. */
async function openThreads(count: number, program: URL | undefined, task: ThreadTask): Promise<Thread[]> {
  const opening = await Promise.allSettled(Array.from({ length: count }, () => openThread(program, task)));
  return opening.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
}

async function openThread(program: URL | undefined, workerData: ThreadTask): Promise<Thread> {
  const worker = new Worker(program ?? programOfThread(), { workerData });
  /** Answers come in the order of what was asked; the first says that the thread is ready. */
  const asked: { resolve(missing: readonly string[]): void; reject(error: unknown): void }[] = [];
  let failure: unknown = null;
  const fail = (error: unknown): void => {
    failure ??= error;
    for (const { reject } of asked.splice(0)) reject(failure);
  };
  const answer = (): Promise<readonly string[]> =>
    new Promise((resolve, reject) => (failure === null ? asked.push({ resolve, reject }) : reject(failure)));
  worker.on('message', (missing: readonly string[]) => asked.shift()?.resolve(missing));
  worker.on('error', fail);
  worker.on('exit', () => fail(new Error('expected a thread to write the report, found that it has ended')));
  await answer();
  return {
    write(part) {
      worker.postMessage(part);
      return answer();
    },
    async close() {
      await worker.terminate();
    },
  };
}
