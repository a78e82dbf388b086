/** Has a page come to rest? Asked from a world of its own inside the page, where the page's scripts cannot answer for it. */
import type { CDPSession } from 'playwright';
import { MAX_PLACED, MAX_TAG } from '../core/page-layout.ts';

export interface Quiet {
  /** Milliseconds since the last change of the document's elements or text. */
  readonly silence: number;
  /** Characters of text outside scripts; counted up to SHELL_TEXT and a little more. */
  readonly text: number;
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
  /** What an expression comes to in the world of our own; null when it throws or the page is about to be replaced. */
  ask<T>(expression: string): Promise<T | null>;
  /**
   * The document as markup; its length when that is more than allowed, null when there is none right now. With
   * `withLayout` also where its elements stand at that very moment.
   */
  serialize(maxLength: number, withLayout: boolean): Promise<Serialized | number | null>;
}

export interface Serialized {
  readonly html: string;
  /** Meant as a `PageLayout` in JSON, of a picture that begins where the page does; not read yet. null when there is none. */
  readonly layout: string | null;
}

/** A page with less text is hardly more than a frame, and waited for longer. */
const SHELL_TEXT = 400; // characters
const SHELL_PATIENCE = 3; // times the silence of others
/** A request that has been open so long is a channel, not content. */
const SLOW_REQUEST = 4_000; // milliseconds

/** Pure: the decision that the numbers lead to. `silence`: milliseconds without a change that make a page finished. */
export function isSettled(quiet: Quiet, network: Network, silence: number): boolean {
  const enough = quiet.text < SHELL_TEXT ? silence * SHELL_PATIENCE : silence;
  return quiet.isParsed && quiet.silence >= enough && network.pending === 0 && network.silence >= silence / 2;
}

const RESTLESS: Quiet = { silence: 0, text: 0, isParsed: false };
const WORLD = 'rasad';
/** Attributes are left out: what slides and blinks would never be silent. */
const OBSERVER = `(() => {
  let last = performance.now();
  new MutationObserver(() => { last = performance.now(); }).observe(document, { subtree: true, childList: true, characterData: true });
  // text nodes are counted, not rendered text read: that would cost a layout
  const textOf = (body) => {
    let length = 0;
    const nodes = body ? document.createTreeWalker(body, 4) : null;
    while (length < ${SHELL_TEXT} && nodes?.nextNode()) {
      const { data, parentNode } = nodes.currentNode;
      if (!/^(?:SCRIPT|STYLE|NOSCRIPT|TEMPLATE)$/.test(parentNode.nodeName)) length += data.trim().length;
    }
    return length;
  };
  globalThis.rasadQuiet = () => ({ silence: performance.now() - last, text: textOf(document.body), isParsed: document.readyState !== 'loading' });
})()`;
/** Channels that stay open past the page: a socket fails like on a network that has none, the rest is not there. */
const NO_CHANNELS = `(() => {
  globalThis.WebSocket = class WebSocket extends EventTarget {
    static CONNECTING = 0; static OPEN = 1; static CLOSING = 2; static CLOSED = 3;
    readyState = 3; bufferedAmount = 0; extensions = ''; protocol = ''; binaryType = 'blob';
    constructor(url) {
      super();
      this.url = String(url);
      setTimeout(() => { for (const type of ['error', 'close']) { const event = new Event(type); this.dispatchEvent(event); this['on' + type]?.(event); } });
    }
    send() {}
    close() {}
  };
  for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection', 'WebTransport', 'SharedWorker']) delete globalThis[name];
})()`;
/** Milliseconds that placing the elements of a page may take; those after it have no place. */
const PLACING_TIME = 500;
/**
 * One script, so that none of the page runs between the markup and the places. Elements with names hide properties of
 * their document or form in every world, which those of the prototypes do not suffer.
 */
const serializer = (maxLength: number, withLayout: boolean): string => `(() => {
  const getter = (type, name) => Function.call.bind(Object.getOwnPropertyDescriptor(type.prototype, name).get);
  const place = (root) => {
    const nameOf = getter(Element, 'localName');
    const all = Element.prototype.getElementsByTagName.call(root, '*');
    const until = performance.now() + ${PLACING_TIME};
    const elements = [];
    for (let at = -1; at < all.length && elements.length < ${MAX_PLACED} && performance.now() < until; at++) {
      const element = at < 0 ? root : all[at];
      const name = nameOf(element).slice(0, ${MAX_TAG});
      const isShown = Element.prototype.checkVisibility.call(element, { visibilityProperty: true });
      const { left, top, right, bottom } = isShown ? Element.prototype.getBoundingClientRect.call(element) : NOWHERE;
      const [x, y] = [Math.round(left + scrollX), Math.round(top + scrollY)];
      elements.push([name, x, y, Math.round(right + scrollX) - x, Math.round(bottom + scrollY) - y]);
    }
    return JSON.stringify({ count: all.length + 1, elements });
  };
  const NOWHERE = { left: 0, top: 0, right: 0, bottom: 0 };
  const root = getter(Document, 'documentElement')(document);
  const doctype = getter(Document, 'doctype')(document);
  const html = root ? (doctype ? '<!DOCTYPE html>' : '') + getter(Element, 'outerHTML')(root) : '';
  if (html.length > ${maxLength}) return html.length;
  try {
    return { html, layout: root && ${withLayout} ? place(root) : null };
  } catch {
    return { html, layout: null };
  }
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
  await session.send('Page.addScriptToEvaluateOnNewDocument', { source: NO_CHANNELS });

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
      awaitPromise: true,
    });
    return exceptionDetails ? null : (result.value as T);
  }

  return {
    mainFrame,
    reset() {
      pending.clear();
      lastEvent = performance.now();
    },
    // a page that is about to be replaced answers no more, and is not at rest
    measure: async () => (await evaluate<Quiet>('rasadQuiet()').catch(() => null)) ?? RESTLESS,
    network() {
      const now = performance.now();
      let count = 0;
      for (const since of pending.values()) if (now - since < SLOW_REQUEST) count++;
      return { pending: count, silence: now - lastEvent };
    },
    ask: evaluate,
    serialize: (maxLength, withLayout) => evaluate<Serialized | number>(serializer(maxLength, withLayout)),
  };
}
