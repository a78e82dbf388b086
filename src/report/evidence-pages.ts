/**
 * The stored pages that a report cites. Before the pages of an organization are made it is noted which elements of
 * which page it cites; when all have been, a safe copy of each stored page is made.
 */
import type { Evidence, Snapshot } from '../core/model.ts';
import type { OrganizationDetails, ReportData } from './data.ts';
import { renderEvidencePage, type Mark } from './evidence-page.ts';
import { address, fileName, momentOf, page, type PageContext, type ReportFile } from './layout.ts';
import { markup, type Markup } from './markup.ts';
import type { Lang, Voice } from './voice.ts';

export interface EvidenceSource {
  /**
   * The text of a stored page by the hash that evidence names, decoded; null when the store no longer has it.
   * `snapshot` says how it was found, null when nothing is known of it.
   */
  readonly read: (hash: string, snapshot: Snapshot | null) => Promise<string | null>;
  /** The stored picture of a look that has one; left out where a report is published without pictures. */
  readonly picture?: (snapshot: Snapshot) => Promise<Uint8Array | null>;
}

// ---------------------------------------------------------------- what is cited

/** A stored page with all that cites it: plain data, like all that is handed from one thread to another. */
export interface CitedPage {
  readonly hash: string;
  /** Address under which it is cited. */
  readonly url: string;
  /** Looks that gave these bytes, the one that the evidence means first. */
  readonly snapshots: readonly Snapshot[];
  readonly marks: readonly Mark[];
}

/** Where the pages of one organization link to. Plain data. */
export interface CitedPlaces {
  /** Number of the mark of each piece of evidence, in the order of the findings; 0 for a page as a whole. */
  readonly numbers: Uint32Array;
  /** Hashes of the organization's own looks that are among the cited ones. */
  readonly looks: readonly string[];
}

export interface CitedPages {
  /** Notes what an organization cites. Marks are numbered in the order of noting, and nothing changes them later. */
  note(details: OrganizationDetails): CitedPlaces;
  /** All that were noted, in that order. */
  all(): CitedPage[];
}

interface Entry {
  readonly hash: string;
  readonly url: string;
  /** By selector; their numbers are the fragments. */
  readonly marks: Map<string, { readonly number: number; readonly rules: Set<string> }>;
  snapshots: Snapshot[];
}

/** Looks that are named on the copy of one page; many services may share one address. */
const SNAPSHOTS_SHOWN = 5;

export function citedPages(): CitedPages {
  const cited = new Map<string, Entry>();
  const cite = ({ snapshot: hash, selector, url }: Evidence, rule: string, known: ReadonlyMap<string, Snapshot[]>): number => {
    if (hash === '') return 0;
    let entry = cited.get(hash);
    if (!entry) {
      entry = { hash, url, marks: new Map(), snapshots: [] };
      cited.set(hash, entry);
    }
    if (entry.snapshots.length < SNAPSHOTS_SHOWN) {
      const looks = [...(known.get(hash) ?? [])].sort((one, other) => farness(one, url) - farness(other, url));
      entry.snapshots = [...new Set([...entry.snapshots, ...looks])].slice(0, SNAPSHOTS_SHOWN);
    }
    if (selector === null) return 0;
    let mark = entry.marks.get(selector);
    if (!mark) {
      mark = { number: entry.marks.size + 1, rules: new Set() };
      entry.marks.set(selector, mark);
    }
    mark.rules.add(rule);
    return mark.number;
  }; // prettier-ignore
  return {
    note({ findings, snapshots }) {
      const known = new Map<string, Snapshot[]>();
      for (const snapshot of snapshots) {
        for (const { hash } of bytesOf(snapshot)) {
          const same = known.get(hash);
          if (same) same.push(snapshot);
          else known.set(hash, [snapshot]);
        }
      }
      const numbers = findings.flatMap(({ evidence, rule }) => evidence.map((one) => cite(one, rule, known)));
      return { numbers: Uint32Array.from(numbers), looks: [...known.keys()].filter((hash) => cited.has(hash)) };
    },
    all: () =>
      [...cited.values()].map(({ marks, ...entry }) => ({
        ...entry,
        marks: [...marks].map(([selector, { number, rules }]) => ({ number, selector, rules: [...rules] })),
      })),
  };
}

const bytesOf = ({ rendered, body }: Snapshot): NonNullable<Snapshot['body']>[] =>
  [rendered, body].filter((ref) => ref !== null);

// ---------------------------------------------------------------- links to it

/** Where a page of an organization finds what it cites. */
export interface EvidencePages {
  /** Where the evidence will be shown, relative to the root of the report; null when no bytes were stored for it. */
  cite(evidence: Evidence, rule: string): string | null;
  /** Is the page of that snapshot among the cited ones? Gives its path. */
  pathOf(snapshot: Snapshot): string | null;
}

/** `details` are those that were noted. */
export function linksTo({ numbers, looks }: CitedPlaces, { findings }: OrganizationDetails): EvidencePages {
  const numberOf = new Map(findings.flatMap(({ evidence }) => evidence).map((one, at) => [one, numbers[at] ?? 0]));
  const cited = new Set(looks);
  return {
    cite(evidence) {
      const number = numberOf.get(evidence) ?? 0;
      return evidence.snapshot === '' ? null : `${pathOf(evidence.snapshot)}${number > 0 ? `#e${number}` : ''}`;
    },
    pathOf(snapshot) {
      const found = bytesOf(snapshot).find(({ hash }) => cited.has(hash));
      return found ? pathOf(found.hash) : null;
    },
  };
}

const pathOf = (hash: string): string => `evidence/${fileName(hash)}.html`;

// ---------------------------------------------------------------- the copies

export interface CopyContext {
  readonly data: ReportData;
  readonly voices: readonly Voice[];
  readonly source: EvidenceSource;
  /** Told of each page that the store no longer has. */
  readonly onMissing: (hash: string) => void;
}

/** The copies of cited pages with their pictures, for each voice. A page is read once for all of them. */
export async function* evidenceFiles(
  { data, voices, source, onMissing }: CopyContext,
  pages: readonly CitedPage[],
): AsyncGenerator<ReportFile & { readonly lang: Lang }> {
  for (const { hash, url, snapshots, marks } of pages) {
    const [snapshot = null] = snapshots;
    const html = await source.read(hash, snapshot);
    if (html === null) onMissing(hash);
    const picture = snapshot?.screenshot && source.picture ? await source.picture(snapshot) : null;
    const screenshot = picture && `${fileName(hash)}.${pictureType(picture)}`;
    const tell = renderEvidencePage({ data, hash, url, html, snapshots, marks, screenshot });
    for (const voice of voices) {
      const { lang } = voice;
      if (picture) yield { lang, path: `evidence/${screenshot}`, content: picture };
      yield { lang, path: pathOf(hash), content: tell(voice) };
    }
  }
}

/** The same bytes may come from many addresses; the look that the evidence means is described first. */
const farness = ({ url, chain, outcome }: Snapshot, cited: string): number =>
  (url === cited || chain.some((hop) => hop.url === cited) ? 0 : 2) + (outcome.kind === 'page' ? 0 : 1);

const pictureType = (bytes: Uint8Array): string =>
  bytes[0] === 0xff && bytes[1] === 0xd8 ? 'jpg' : bytes[0] === 0x52 ? 'webp' : 'png';

/** The list of stored pages stays short of this many lines; all of them can be reached from the verdicts. */
const LISTED = 3000;

/** What the list says of a page. */
export interface ListedPage {
  readonly hash: string;
  readonly url: string;
  /** When it was seen; null where nothing is known of that. */
  readonly seenAt: string | null;
}

/** The list of all cited pages, which says openly what the store no longer has. */
export function evidenceList(
  context: PageContext,
  cited: readonly ListedPage[],
  missing: readonly ListedPage[],
): ReportFile {
  const { voice } = context;
  const { say } = voice;
  const path = 'evidence/index.html';
  const line = ({ hash, url, seenAt }: ListedPage): Markup =>
    markup`<li><a href="${pathOf(hash).slice('evidence/'.length)}">${address(url)}</a>${seenAt !== null && markup` <span class="source">${momentOf(voice, seenAt)}</span>`}</li>`;
  const shown = cited.slice(0, LISTED);
  const lost =
    missing.length > 0 &&
    markup`<section aria-labelledby="missing"><h2 id="missing">${say('از دست رفته', 'Missing')}</h2>
<p>${say(`${voice.count(missing.length)} صفحه‌ای که به آن استناد شده دیگر در انبار شواهد نیست. حکم‌هایش با نقل‌قول باقی است و دوباره آزمودنی نیست.`, `${voice.count(missing.length)} of the cited pages are no longer in the store. Their verdicts stay, with their quotations, and cannot be checked again.`)}</p><ul class="pages">${missing.slice(0, LISTED).map(line)}</ul></section>`;
  return page(context, {
    path,
    title: say('صفحه‌های ذخیره‌شده', 'Stored pages'),
    trail: [{ href: '../index.html', name: say('گزارش', 'Report') }],
    main: markup`<h1>${say('صفحه‌های ذخیره‌شده', 'Stored pages')}</h1>
<p class="lead">${say(`این گزارش به ${voice.count(cited.length)} صفحه استناد می‌کند. هرکدام نسخه‌ای امن از صفحه‌ای است که هنگام سنجش دیده شد، با عنصرهایی که حکم بر آن‌ها استوار است.`, `This report cites ${voice.count(cited.length)} pages. Each is a safe copy of a page as it was seen, with the elements on which a verdict rests.`)}</p>
${lost}
<section aria-labelledby="all"><h2 id="all">${say('همه', 'All')}</h2><ul class="pages">${shown.map(line)}</ul>
${shown.length < cited.length && markup`<p class="note">${say(`${voice.count(cited.length - shown.length)} صفحه دیگر از راه حکم‌ها در دسترس است.`, `${voice.count(cited.length - shown.length)} more can be reached from the verdicts.`)}</p>`}</section>`,
  });
}
