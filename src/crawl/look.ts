/** From an answer to what is stored of it: shown in the browser where that is needed, its bytes kept, its facts noted. */
import type { BlobRef, Inspection, Snapshot } from '../core/model.ts';
import { parseLayout, type PageLayout } from '../core/page-layout.ts';
import { decodeStored } from './charset.ts';
import type { BrowserFetcher, RenderedAnswer, StaticAnswer, Target } from './contract.ts';
import { hostOf, normalizeUrl } from './guard.ts';
import { decideRendering, needsBrowser, scriptsAdded, type PageShape, type RenderMemory } from './page-needs.ts';
import type { Politeness } from './politeness.ts';

/** What a look saw, whoever asked for it and why. */
export type Look = Omit<Snapshot, 'auditId' | 'organizationId' | 'visit' | 'ordinal' | 'url' | 'role' | 'serviceIds'>;

/** The files of evidence, as far as looking needs them. */
export interface Blobs {
  put(
    decoded: Uint8Array,
    wire?: { readonly bytes: Uint8Array; readonly encoding: BlobRef['encoding'] },
  ): Promise<BlobRef>;
  get(ref: BlobRef): Promise<Uint8Array>;
}

export interface Rendering<View> {
  /** Of the page as it is judged: rendered where that succeeded, else static. */
  readonly view: View;
  readonly html: string | null;
  readonly screenshot: Uint8Array | null;
  readonly layout: PageLayout | null;
  readonly inspection: Inspection | null;
  /** See Snapshot. */
  readonly needsScript: boolean | null;
  readonly wireBytes: number;
}

/** Roles whose pages are read and therefore shown in the browser when they need it. */
const RENDERED = new Set<string>([
  'portal',
  'service',
  'system',
  'login',
  'page',
  'search',
  'missing-probe',
] satisfies Target['role'][]);
/** Roles of which a picture is kept. */
const PICTURED = new Set<string>(['portal', 'service', 'system'] satisfies Target['role'][]);

export interface RenderTools<View> {
  readonly browser: BrowserFetcher | null;
  readonly politeness: Politeness;
  view(html: string, url: string): View;
  /** Told before the browser is asked. */
  onRendering(reason: string): void;
  /** Shown even if it does not need scripts, and measured. */
  readonly isSample: boolean;
  readonly memory: RenderMemory;
  readonly stopHosts: (host: string) => boolean;
  readonly signal?: AbortSignal;
}

/** Shows a page in the browser if its static form, its host's other pages or the plan ask for it. */
export async function renderIfNeeded<View extends PageShape>(
  page: { readonly target: Target; readonly url: string; readonly html: string; readonly view: View },
  tools: RenderTools<View>,
): Promise<Rendering<View>> {
  const { target, url, html, view } = page;
  const { browser, politeness, stopHosts, signal } = tools;
  const asItIs: Rendering<View> = {
    view,
    html: null,
    screenshot: null,
    layout: null,
    inspection: null,
    needsScript: null,
    wireBytes: 0,
  };
  if (!RENDERED.has(target.role)) return asItIs;
  const need = decideRendering(needsBrowser({ html, words: view.words, scripts: view.scripts }), tools.memory);
  if (!browser) return need.isShell ? { ...asItIs, needsScript: true } : asItIs;
  if (!need.needed && !tools.isSample) return asItIs;
  tools.onRendering(need.needed ? need.reason : 'to be measured');

  const answers: RenderedAnswer[] = [];
  const show = async () => {
    const answer = await browser.render(url, {
      screenshot: PICTURED.has(target.role),
      inspect: tools.isSample,
      stopHosts,
      ...(signal ? { signal } : {}),
    });
    answers.push(answer);
    return { outcome: answer.outcome, status: null, firstByteMs: null, retryAfter: null };
  };
  await politeness.turn(url, show, signal);
  const answer = answers.at(-1);
  if (!answer) return asItIs;
  const { wireBytes } = answer;
  if (answer.outcome.kind !== 'page' || answer.html === null || !isSameHost(url, answer.finalUrl)) {
    return { ...asItIs, needsScript: need.isShell ? true : null, wireBytes };
  }
  const rendered = tools.view(answer.html, url);
  return {
    view: rendered,
    html: answer.html,
    screenshot: answer.screenshot,
    layout: answer.layout,
    inspection: answer.inspection,
    needsScript: scriptsAdded(view, rendered),
    wireBytes,
  };
}

/** A page that a script leads elsewhere is not the page that was asked for. */
function isSameHost(asked: string, ended: string): boolean {
  const url = normalizeUrl(ended);
  return url !== null && hostOf(url).replace(/^www\./, '') === hostOf(asked).replace(/^www\./, '');
}

/** Keeps the bytes of an answer and gives what a snapshot says of it. */
export async function lookOf(
  answer: StaticAnswer,
  {
    fetchedAt,
    blobs,
    rendering,
  }: { readonly fetchedAt: string; readonly blobs: Blobs; readonly rendering?: Omit<Rendering<unknown>, 'view'> },
): Promise<Look> {
  const { outcome, chain, status, headers, tls, charset, firstByteMs, body, wire } = answer;
  const { html = null, screenshot = null, layout = null, inspection = null, needsScript = null } = rendering ?? {};
  return {
    outcome,
    chain,
    status,
    headers,
    tls,
    charset,
    body: body && body.length > 0 ? await blobs.put(body, wire ?? undefined) : null,
    rendered: html === null ? null : await blobs.put(Buffer.from(html)),
    screenshot: screenshot === null ? null : await blobs.put(screenshot, { bytes: screenshot, encoding: 'identity' }),
    layout: layout === null ? null : await blobs.put(Buffer.from(JSON.stringify(layout))),
    inspection: inspection === null ? null : await blobs.put(Buffer.from(JSON.stringify(inspection))),
    needsScript,
    fetchedAt,
    firstByteMs,
  };
}

/** The page that a snapshot shows, as text: the rendered DOM where there is one. null when it shows none. */
export async function storedPage(snapshot: Look, blobs: Pick<Blobs, 'get'>): Promise<string | null> {
  return snapshot.outcome.kind === 'page' ? storedText(snapshot, blobs) : null;
}

/** What the browser measured on the page of a look; null when it did not. */
export async function storedInspection({ inspection }: Look, blobs: Pick<Blobs, 'get'>): Promise<Inspection | null> {
  if (inspection === null) return null;
  return JSON.parse(Buffer.from(await blobs.get(inspection)).toString('utf8')) as Inspection;
}

/** Where the elements of a look's rendered page stand on its screenshot; null when that was not noted. */
export async function storedLayout({ layout = null }: Look, blobs: Pick<Blobs, 'get'>): Promise<PageLayout | null> {
  if (layout === null) return null;
  return parseLayout(Buffer.from(await blobs.get(layout)).toString('utf8'));
}

/** What came, as text, whether it is the page that was asked for or one that stands in its place; null when nothing did. */
export async function storedText({ rendered, body, charset }: Look, blobs: Pick<Blobs, 'get'>): Promise<string | null> {
  const ref = rendered ?? body;
  return ref && decodeStored(await blobs.get(ref), rendered ? 'utf-8' : charset);
}
