/**
 * The report as a static site: plain pages beside each other that need no server, no script and no network.
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { ReportData } from './data.ts';
import { evidencePages, type EvidenceSource } from './evidence-pages.ts';
import { indexPage } from './index-page.ts';
import { indicatorsPage, methodPage } from './indicator-pages.ts';
import type { ReportFile } from './layout.ts';
import { organizationPages } from './organization-page.ts';
import { RANKING_SCRIPT, REPORT_STYLE } from './style.ts';
import { voiceOf, type Lang } from './voice.ts';

export interface SiteOptions extends EvidenceSource {
  readonly lang: Lang;
}

/**
 * Every file of the report, one at a time: what one organization needs is read when its turn comes and let go after
 * it, and the stored pages that were cited on the way come last. Paths are relative and unique. Rejects only when
 * `read`, `picture` or the data's own `details` do.
 */
export async function* renderSite(data: ReportData, { lang, ...source }: SiteOptions): AsyncGenerator<ReportFile> {
  const evidence = evidencePages();
  const context = { data, voice: voiceOf(lang, data.registry.calendar), evidence };
  yield* assets();
  yield indexPage(context);
  yield indicatorsPage(context);
  yield methodPage(context);
  for (const report of data.organizations) {
    if (report.score) yield* organizationPages(context, report, await data.details(report.organization.id));
  }
  yield* evidence.files(context, source);
}

const FONT_FILES = [
  ['Vazirmatn-Regular.woff2', 'vazirmatn/fonts/webfonts/Vazirmatn-Regular.woff2'],
  ['Vazirmatn-Bold.woff2', 'vazirmatn/fonts/webfonts/Vazirmatn-Bold.woff2'],
  // the licence of the font asks to travel with it
  ['Vazirmatn-OFL.txt', 'vazirmatn/OFL.txt'],
] as const;

export async function* assets(): AsyncGenerator<ReportFile> {
  yield { path: 'assets/report.css', content: REPORT_STYLE };
  yield { path: 'assets/ranking.js', content: RANKING_SCRIPT };
  for (const [name, specifier] of FONT_FILES) {
    yield { path: `assets/${name}`, content: await readFile(fileURLToPath(import.meta.resolve(specifier))) };
  }
}
