/** Has a page come to rest? Asked from a world of its own inside the page, where the page's scripts cannot answer for it. */
import type { CDPSession } from 'playwright';

export interface Quiet {
  /** Milliseconds since the last change of the document's elements or text. */
  readonly silence: number;
  readonly elements: number;
  readonly isParsed: boolean;
}

export interface Network {
  /** Requests under way that are no older than SLOW_REQUEST. */
  readonly pending: number;
  /** Milliseconds since the last request began or ended. */
  readonly silence: number;
}

export interface PageState {
  readonly mainFrame: string;
  /** Forgets the last page. */
  reset(): void;
  measure(): Promise<Quiet>;
  network(): Network;
  /** The document as markup, null when it has more characters than that. */
  serialize(maxLength: number): Promise<string | null>;
}

/** Milliseconds without a change after which a page counts as finished; more while it is hardly more than a frame. */
const SILENCE = 500;
const SHELL_SILENCE = 1_500;
const SHELL_ELEMENTS = 60;
const NETWORK_SILENCE = 300; // milliseconds
/** A request that has been open so long is a channel, not content. */
const SLOW_REQUEST = 4_000; // milliseconds

/** Pure: the decision that the numbers lead to. */
export function isSettled(quiet: Quiet, network: Network): boolean {
  const enough = quiet.elements < SHELL_ELEMENTS ? SHELL_SILENCE : SILENCE;
  return quiet.isParsed && quiet.silence >= enough && network.pending === 0 && network.silence >= NETWORK_SILENCE;
}

const WORLD = 'rasad';
/** Attributes are left out: what slides and blinks would never be silent. */
const OBSERVER = `(() => {
  let last = performance.now();
  new MutationObserver(() => { last = performance.now(); }).observe(document, { subtree: true, childList: true, characterData: true });
  globalThis.rasadQuiet = () => ({ silence: performance.now() - last, elements: document.getElementsByTagName('*').length, isParsed: document.readyState !== 'loading' });
})()`;
const serializer = (maxLength: number): string => `(() => {
  const root = document.documentElement;
  const html = root ? (document.doctype ? '<!DOCTYPE html>' : '') + root.outerHTML : '';
  return html.length > ${maxLength} ? null : html;
})()`;

/** Prepares a page's session once, before its first address. */
export async function watchPage(session: CDPSession): Promise<PageState> {
  const pending = new Map<string, number>();
  let lastEvent = performance.now();
  let context: number | null = null;
  await session.send('Page.enable');
  await session.send('Network.enable');
  const { frameTree } = await session.send('Page.getFrameTree');
  const mainFrame = frameTree.frame.id;

  session.on('Runtime.executionContextCreated', ({ context: { id, name, auxData } }) => {
    if (name === WORLD && (auxData as { frameId?: string } | undefined)?.frameId === mainFrame) context = id;
  });
  session.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
    if (context === executionContextId) context = null;
  });
  session.on('Runtime.executionContextsCleared', () => {
    context = null;
  });
  await session.send('Runtime.enable');
  await session.send('Page.addScriptToEvaluateOnNewDocument', { source: OBSERVER, worldName: WORLD });

  const begin = (id: string): void => {
    lastEvent = performance.now();
    pending.set(id, lastEvent);
  };
  const end = (id: string): void => {
    if (pending.delete(id)) lastEvent = performance.now();
  };
  session.on('Network.requestWillBeSent', ({ requestId, type }) => {
    if (type !== 'EventSource' && type !== 'Ping' && type !== 'Media') begin(requestId);
  });
  session.on('Network.loadingFinished', ({ requestId }) => end(requestId));
  session.on('Network.loadingFailed', ({ requestId }) => end(requestId));

  async function evaluate<T>(expression: string): Promise<T | null> {
    if (context === null) return null;
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
      expression,
      contextId: context,
      returnByValue: true,
    });
    return exceptionDetails ? null : (result.value as T);
  }

  return {
    mainFrame,
    reset() {
      pending.clear();
      lastEvent = performance.now();
    },
    measure: async () => (await evaluate<Quiet>('rasadQuiet()')) ?? { silence: 0, elements: 0, isParsed: false },
    network() {
      const now = performance.now();
      let count = 0;
      for (const since of pending.values()) if (now - since < SLOW_REQUEST) count++;
      return { pending: count, silence: now - lastEvent };
    },
    serialize: (maxLength) => evaluate<string>(serializer(maxLength)),
  };
}
