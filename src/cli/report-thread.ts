/** Runs on a thread of its own: writes the parts of the report that it is sent, in their order, and answers each. */
import { parentPort, workerData } from 'node:worker_threads';
import { openBlobStore } from '../../storage/snapshots.ts';
import type { SitePart } from '../report/html.ts';
import { partWriter, receivedReport, type SentReport } from './report-parts.ts';

export interface ThreadTask {
  /** Where to write. */
  readonly folder: string;
  /** Where the files of evidence are. */
  readonly evidence: string;
  readonly report: SentReport;
}

const { folder, evidence, report } = workerData as ThreadTask;
const port = parentPort!;
const writer = partWriter(folder, receivedReport(report), openBlobStore(evidence));
let turn = Promise.resolve();
port.on('message', (part: SitePart) => {
  // what fails here ends the thread, and the first thread is told why
  turn = turn.then(async () => port.postMessage(await writer.write(part)));
});
// it is ready
port.postMessage([]);
