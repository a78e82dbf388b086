/**
 * The report as one document for print. A document is pure data: the same input in the same voice gives the same text.
 * `src/cli/pdf.ts` makes it a PDF.
 */
import type { ReportData } from './data.ts';
import { printDocument, type PrintDocument } from './document/frame.ts';
import { historyMatter } from './document/history.ts';
import type { HistoryMatter } from './document/history-context.ts';
import { roundMatter } from './document/round.ts';
import type { Fonts } from './document/style.ts';
import type { Voice } from './voice.ts';

/** A round or an audit of Rasad's own. Findings are read for one organization at a time. Rejects only when the data's `details` do. */
export async function roundDocument(data: ReportData, voice: Voice, fonts: Fonts): Promise<PrintDocument> {
  return printDocument(voice, fonts, await roundMatter(voice, data));
}

/** Rounds whose results stand as they were published. Throws for a history without rounds. */
export function historyDocument(input: HistoryMatter, voice: Voice, fonts: Fonts): PrintDocument {
  return printDocument(voice, fonts, historyMatter(voice, input));
}
