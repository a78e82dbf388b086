/** A stored page as the desk shows it in a frame: the safe copy of the report, with what one verdict cites marked. */
import type { Snapshot } from '../core/model.ts';
import { address, bdi, momentOf } from '../report/layout.ts';
import { markup, type Markup } from '../report/markup.ts';
import { copyPage } from '../report/page-copy.ts';
import type { Voice } from '../report/voice.ts';
import { tlsFaultName } from '../report/words.ts';

/**
 * The sandbox gives the page an origin of its own: even if something of a website ever got through the copy, it could
 * not run, send, ask for anything, or reach the desk around it.
 */
export const STORED_POLICY =
  "default-src 'none'; style-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox";

/** Nothing of a page counts beyond this, as plain text. */
const PLAIN_LENGTH = 40_000; // characters

export interface StoredPage {
  readonly url: string;
  /** null: the store does not have it any more. */
  readonly text: string | null;
  readonly snapshot: Snapshot | null;
  /** Marked in order: `#e1`, `#e2` … */
  readonly selectors: readonly string[];
}

export function storedPage(voice: Voice, { url, text, snapshot, selectors }: StoredPage): string {
  const { say } = voice;
  const isPlain = text !== null && !/<[a-z!]/i.test(text.slice(0, 5000));
  const copy = text === null || isPlain ? null : copyPage(text, selectors.map((selector, at) => ({ number: at + 1, selector }))); // prettier-ignore
  const body = (): Markup => {
    if (text === null)
      return markup`<p class="missing">${say('متن این صفحه دیگر در انبار شواهد نیست.', 'The text of this page is not in the store any more.')}</p>`;
    if (!copy) return markup`<pre class="copy" dir="auto">${text.slice(0, PLAIN_LENGTH)}</pre>`;
    return markup`${copy.unseen.map(({ number, tag }) => markup`<p><mark id="e${number}">${say('در بخشی از صفحه که نمایش ندارد', 'in a part of the page that has no look')}</mark> <code dir="ltr">${tag}</code></p>`)}${copy.lost.length > 0 && markup`<p class="missing">${say('جای شاهد در صفحه ذخیره‌شده بازیافته نشد.', 'The place of the evidence could not be found again on the stored page.')}</p>`}<div class="copy"${copy.lang && markup` lang="${copy.lang}"`} dir="${copy.dir}">${copy.content(voice)}</div>`;
  };
  return markup`<!doctype html>
<html lang="${voice.lang}" dir="${voice.dir}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer"><meta name="color-scheme" content="light dark">
<title>${say('صفحه ذخیره‌شده', 'Stored page')}: ${url.slice(0, 120)}</title>
<link rel="stylesheet" href="/assets/stored.css"></head>
<body><main>
<p class="at">${address(url)}${snapshot && markup` · ${momentOf(voice, snapshot.fetchedAt)}`}${snapshot?.tls && !snapshot.tls.valid && markup` · <b>${bdi(tlsFaultName(voice, snapshot.tls.fault ?? 'handshake'))}</b>`}</p>
${body()}
</main></body></html>
`.text;
}
