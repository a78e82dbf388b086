/** Writes the files of a part of the report. On this thread or another: nothing here is shared between the two. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { BlobStore } from '../../storage/store.ts';
import { storedText } from '../crawl/look.ts';
import type { ReportData, RuleInfo } from '../report/data.ts';
import type { EvidenceSource } from '../report/evidence-pages.ts';
import { filesOf, siteTools, type SitePart } from '../report/html.ts';

export interface PartWriter {
  /** Gives the hashes of the stored pages that the store no longer has. */
  write(part: SitePart): Promise<readonly string[]>;
}

const LANGS = ['fa', 'en'] as const;

/** Writes below a folder, one folder in it for each language. */
export function partWriter(folder: string, report: ReportData, blobs: Pick<BlobStore, 'get'>): PartWriter {
  const made = new Set<string>();
  return {
    async write(part) {
      const missing: string[] = [];
      const tools = siteTools(report, LANGS, evidenceIn(blobs), (hash) => missing.push(hash));
      for await (const { lang, path, content } of filesOf(part, tools)) {
        const file = join(folder, lang, path);
        const parent = dirname(file);
        if (!made.has(parent)) mkdirSync(parent, { recursive: true });
        made.add(parent);
        // thousands of small files: asking another thread for each takes longer than writing it
        writeFileSync(file, content);
      }
      return missing;
    },
  };
}

/** A file of evidence that is gone must not cost the report of all the others: its pages say that it is. */
function evidenceIn(blobs: Pick<BlobStore, 'get'>): EvidenceSource {
  const orNull = <T>(file: Promise<T> | null): Promise<T | null> | null => file && file.catch(() => null);
  return {
    read: async (_hash, snapshot) => orNull(snapshot && storedText(snapshot, blobs)),
    picture: async ({ screenshot }) => orNull(screenshot && blobs.get(screenshot)),
  };
}

/** A report as it is sent to another thread: what is a function stays behind, and only parts are made there. */
export type SentReport = Omit<ReportData, 'details'>;

export function sentReport(report: ReportData): SentReport {
  const said = ({ id, version, title, why, source, outcomes }: RuleInfo): RuleInfo => ({ id, version, title, why, source, outcomes }); // prettier-ignore
  const sent: SentReport & { details?: unknown } = {
    ...report,
    rules: new Map([...report.rules].map(([id, rule]) => [id, said(rule)])),
  };
  delete sent.details;
  return sent;
}

export const receivedReport = (report: SentReport): ReportData => ({
  ...report,
  details: () => Promise.reject(new Error('expected a part with its details, found none: only the first thread reads them')),
}); // prettier-ignore
