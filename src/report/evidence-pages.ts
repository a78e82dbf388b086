/**
 * The stored pages that a report cites. While the report is written it collects which elements of which page are
 * cited; afterwards it writes a safe copy of each, one at a time.
 */
import type { Evidence, Snapshot } from '../core/model.ts';
import { renderEvidencePage, type Mark } from './evidence-page.ts';
import { address, fileName, momentOf, page, type PageContext, type ReportFile } from './layout.ts';
import { markup, type Markup } from './markup.ts';

export interface EvidenceSource {
  /**
   * The text of a stored page by the hash that evidence names, decoded; null when the store no longer has it.
   * `snapshot` says how it was found, null when nothing is known of it.
   */
  readonly read: (hash: string, snapshot: Snapshot | null) => Promise<string | null>;
  /** The stored picture of a look that has one; left out where a report is published without pictures. */
  readonly picture?: (snapshot: Snapshot) => Promise<Uint8Array | null>;
}

export interface EvidencePages {
  /** Makes the looks of an organization known, so that the copies can say how and when a page was seen. */
  learn(snapshots: readonly Snapshot[]): void;
  /** Where the evidence will be shown, relative to the root of the report; null when no bytes were stored for it. */
  cite(evidence: Evidence, rule: string): string | null;
  /** Is the page of that snapshot among the cited ones? Gives its path. */
  pathOf(snapshot: Snapshot): string | null;
  /** Number of pages cited so far. */
  readonly size: number;
  /** Each cited page and, last, the list of all, which says openly what the store no longer has. */
  files(context: PageContext, source: EvidenceSource): AsyncGenerator<ReportFile>;
}

interface Cited {
  readonly path: string;
  readonly hash: string;
  /** By selector, in the order of citing; their numbers are the fragments. */
  readonly marks: Map<string, { readonly number: number; readonly rules: Set<string> }>;
  snapshots: Snapshot[];
  url: string;
}

/** Looks that are named on the copy of one page; many services may share one address. */
const SNAPSHOTS_SHOWN = 5;

export function evidencePages(): EvidencePages {
  const cited = new Map<string, Cited>();
  /** Looks of the organization that is being written, by the hashes of their bytes. */
  let known = new Map<string, Snapshot[]>();
  return {
    learn(snapshots) {
      known = new Map();
      for (const snapshot of snapshots) {
        for (const ref of [snapshot.rendered, snapshot.body]) {
          if (!ref) continue;
          const same = known.get(ref.hash);
          if (same) same.push(snapshot);
          else known.set(ref.hash, [snapshot]);
        }
      }
    },
    cite({ snapshot: hash, selector, url }, rule) {
      if (hash === '') return null;
      let entry = cited.get(hash);
      if (!entry) {
        entry = { path: `evidence/${fileName(hash)}.html`, hash, marks: new Map(), snapshots: [], url };
        cited.set(hash, entry);
      }
      if (entry.snapshots.length < SNAPSHOTS_SHOWN) {
        const looks = [...(known.get(hash) ?? [])].sort((one, other) => farness(one, url) - farness(other, url));
        entry.snapshots = [...new Set([...entry.snapshots, ...looks])].slice(0, SNAPSHOTS_SHOWN);
      }
      if (selector === null) return entry.path;
      let mark = entry.marks.get(selector);
      if (!mark) {
        mark = { number: entry.marks.size + 1, rules: new Set() };
        entry.marks.set(selector, mark);
      }
      mark.rules.add(rule);
      return `${entry.path}#e${mark.number}`;
    },
    pathOf: ({ rendered, body }) => cited.get(rendered?.hash ?? '')?.path ?? cited.get(body?.hash ?? '')?.path ?? null,
    get size() {
      return cited.size;
    },
    async *files({ data, voice }, source) {
      const missing: Cited[] = [];
      for (const entry of cited.values()) {
        const [snapshot = null] = entry.snapshots;
        const html = await source.read(entry.hash, snapshot);
        if (html === null) missing.push(entry);
        const picture = snapshot?.screenshot && source.picture ? await source.picture(snapshot) : null;
        const pictureName = picture && `${fileName(entry.hash)}.${pictureType(picture)}`;
        if (picture) yield { path: `evidence/${pictureName}`, content: picture };
        const marks = [...entry.marks].map(([selector, { number, rules }]): Mark => ({
          number,
          selector,
          rules: [...rules],
        }));
        yield {
          path: entry.path,
          content: renderEvidencePage({ voice, data, hash: entry.hash, url: entry.url, html, snapshots: entry.snapshots, marks, screenshot: pictureName }),
        }; // prettier-ignore
      }
      yield listPage({ data, voice }, [...cited.values()], missing);
    },
  };
}

/** The same bytes may come from many addresses; the look that the evidence means is described first. */
const farness = ({ url, chain, outcome }: Snapshot, cited: string): number =>
  (url === cited || chain.some((hop) => hop.url === cited) ? 0 : 2) + (outcome.kind === 'page' ? 0 : 1);

const pictureType = (bytes: Uint8Array): string =>
  bytes[0] === 0xff && bytes[1] === 0xd8 ? 'jpg' : bytes[0] === 0x52 ? 'webp' : 'png';

/** The list of stored pages stays short of this many lines; all of them can be reached from the verdicts. */
const LISTED = 3000;

function listPage(context: PageContext, cited: readonly Cited[], missing: readonly Cited[]): ReportFile {
  const { voice } = context;
  const { say } = voice;
  const path = 'evidence/index.html';
  const line = ({ path: target, url, snapshots }: Cited): Markup =>
    markup`<li><a href="${target.slice('evidence/'.length)}">${address(url)}</a>${snapshots[0] && markup` <span class="source">${momentOf(voice, snapshots[0].fetchedAt)}</span>`}</li>`;
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
