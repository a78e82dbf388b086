/**
 * The report as a static site: plain pages beside each other that need no server, no script and no network.
 *
 * It is made in parts. What a part needs is plain data, so that another thread can make it, and each is made for all
 * languages at once.
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { OrganizationDetails, ReportData } from './data.ts';
import { citedPages, evidenceFiles, evidenceList, linksTo, type CitedPage, type CitedPlaces, type CopyContext, type EvidenceSource, type ListedPage } from './evidence-pages.ts'; // prettier-ignore
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
 * Every file of the report in one language, one at a time: what one organization needs is read when its turn comes and
 * let go after it, and the stored pages that were cited on the way come last. Paths are relative and unique. Rejects
 * only when `read`, `picture` or the data's own `details` do.
 */
export async function* renderSite(data: ReportData, { lang, ...source }: SiteOptions): AsyncGenerator<ReportFile> {
  const missing: string[] = [];
  const tools = siteTools(data, [lang], source, (hash) => missing.push(hash));
  const site = openSite(data);
  for await (const part of site.parts()) yield* filesOf(part, tools);
  yield* filesOf(site.last(missing), tools);
}

// ---------------------------------------------------------------- parts

/** Plain data: what is made for one part of the site and needs nothing of the others. */
export type SitePart =
  | { readonly kind: 'front' }
  | {
      readonly kind: 'organization';
      readonly id: string;
      readonly details: OrganizationDetails;
      readonly places: CitedPlaces;
    }
  | { readonly kind: 'evidence'; readonly pages: readonly CitedPage[] }
  | { readonly kind: 'list'; readonly pages: readonly ListedPage[]; readonly missing: readonly ListedPage[] };

export interface Site {
  /** To be asked for once. Reads the details of one organization at a time. Parts may be made in any order. */
  parts(): AsyncGenerator<SitePart>;
  /** Made when all others are: by then it is known which hashes are missing. */
  last(missing: readonly string[]): SitePart;
}

/** Stored pages in a part: many enough that handing it over costs little, few enough that threads end at about the same time. */
const PAGES_IN_PART = 8;

export function openSite(data: ReportData): Site {
  const cited = citedPages();
  return {
    async *parts() {
      yield { kind: 'front' };
      for (const { organization, score } of data.organizations) {
        if (!score) continue;
        const details = await data.details(organization.id);
        yield { kind: 'organization', id: organization.id, details, places: cited.note(details) };
      }
      const pages = cited.all();
      for (let at = 0; at < pages.length; at += PAGES_IN_PART)
        yield { kind: 'evidence', pages: pages.slice(at, at + PAGES_IN_PART) };
    },
    last(hashes) {
      const lost = new Set(hashes);
      const pages = cited.all().map(({ hash, url, snapshots: [first] }): ListedPage => ({ hash, url, seenAt: first?.fetchedAt ?? null })); // prettier-ignore
      return { kind: 'list', pages, missing: pages.filter(({ hash }) => lost.has(hash)) };
    },
  };
}

/** A file of the site; its path is below the folder of its language. */
export type SiteFile = ReportFile & { readonly lang: Lang };

/** `onMissing` is told the hash of each page that the store no longer has. */
export const siteTools = (
  data: ReportData,
  langs: readonly Lang[],
  source: EvidenceSource,
  onMissing: (hash: string) => void,
): CopyContext => ({ data, voices: langs.map((lang) => voiceOf(lang, data.registry.calendar)), source, onMissing });

/** The files of a part, in each language. */
export async function* filesOf(part: SitePart, tools: CopyContext): AsyncGenerator<SiteFile> {
  const { data, voices } = tools;
  if (part.kind === 'evidence') return yield* evidenceFiles(tools, part.pages);
  for (const voice of voices) {
    const context = { data, voice };
    const { lang } = voice;
    switch (part.kind) {
      case 'front':
        for await (const file of assets()) yield { lang, ...file };
        for (const make of [indexPage, indicatorsPage, methodPage]) yield { lang, ...make(context) };
        break;
      case 'organization': {
        const report = data.organizations.find(({ organization }) => organization.id === part.id)!;
        const evidence = linksTo(part.places, part.details);
        for (const file of organizationPages({ ...context, evidence }, report, part.details)) yield { lang, ...file };
        break;
      }
      case 'list':
        yield { lang, ...evidenceList(context, part.pages, part.missing) };
    }
  }
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
