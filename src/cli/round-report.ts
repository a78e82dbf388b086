/** Steps of a round after which its report is written, for the command and for the desk. */
import { publishRound, roundOf, startPreview, type Doer } from '../audit/round.ts';
import type { Round } from '../core/round.ts';
import { loadRoundReport } from './commands/report.ts';
import { indicators, type Data } from './compose.ts';
import { writeHtml } from './write-report.ts';

/** The first pages of a report. */
export type WrittenReport = Awaited<ReturnType<typeof writeHtml>>;

/** Lets the organizations see their results before publication. */
export async function previewRound(data: Data, round: Round, doer: Doer): Promise<WrittenReport> {
  await startPreview(data.store, round, doer);
  return writeRoundReport(data, round);
}

/** Publishes a round. `onPublished` is told the root before the report is written: it stands whatever becomes of that. */
export async function publishAndReport(
  data: Data,
  round: Round,
  doer: Doer,
  onPublished: (root: string) => void,
): Promise<WrittenReport> {
  onPublished(await publishRound(data.store, round, doer, indicators));
  return writeRoundReport(data, round);
}

/** The report of a round as it is at this moment. */
const writeRoundReport = async (data: Data, { id }: Round): Promise<WrittenReport> =>
  writeHtml(data, await loadRoundReport(data, await roundOf(data.store, id)));
