/**
 * One look at one address with Chromium, for pages whose content scripts put together. The browser reaches the network
 * through our guarding proxy only, may read and not act, and is killed when it does not come to an end.
 */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import PQueue from 'p-queue';
import type { Browser, BrowserContext, BrowserType, CDPSession, Page } from 'playwright';
import type { FetchOutcome } from '../core/model.ts';
import { parseLayout } from '../core/page-layout.ts';
import { recogniseBlock } from './blocked-page.ts';
import { openBrowserProxy, PROXY_FAULT, type BrowserProxy } from './browser-proxy.ts';
import { refused, unreachable, type BrowserFetcher, type RenderedAnswer, type RenderOptions } from './contract.ts';
import { openDialer, type DialOptions } from './dial.ts';
import { outcomeOfStatus } from './fetch-static.ts';
import { actionGuard, hostOf } from './guard.ts';
import { INSPECTION_TIME, inspectPage } from './inspect.ts';
import { beginVisit, type Visit } from './page-guard.ts';
import { isSettled, watchPage, type PageState } from './settle.ts';

export interface RenderLimits {
  /** Milliseconds without a change of the document after which a page counts as finished. */
  readonly silence: number;
  /** Milliseconds from the first content until the page is taken as it is. */
  readonly settleTimeout: number;
  /** Milliseconds for all of one look. */
  readonly totalTimeout: number;
  /** Milliseconds that a page may take for a question of ours before it counts as hung. */
  readonly patience: number;
  /** Characters of the serialized DOM. */
  readonly maxHtml: number;
  /** Bytes that one page may load. */
  readonly maxWireBytes: number;
  /** Requests of one page. */
  readonly maxRequests: number;
}

export const DEFAULT_RENDER: RenderLimits = {
  silence: 500,
  settleTimeout: 12_000,
  totalTimeout: 20_000,
  patience: 3_000,
  maxHtml: 10_000_000,
  maxWireBytes: 30_000_000,
  maxRequests: 400,
};

export interface BrowserConfig extends DialOptions {
  /** What `findChromium` found. */
  readonly executablePath: string;
  /** As for the static fetcher; the browser's own name stands before it. */
  readonly userAgent: string;
  /** Language of the browser, and by it of many a site: `fa-IR`. */
  readonly locale?: string;
  readonly limits?: Partial<RenderLimits>;
}

const VIEWPORT = { width: 1366, height: 900 };
const SCREENSHOT_QUALITY = 60; // JPEG
const MAX_SCREENSHOT = 6_000; // pixels of height
const SCREENSHOT_TIME = 10_000; // milliseconds; a look does without one that takes longer
/** A host's pages share context and page, whose caches save most of the cost; not for ever, because they grow. */
const PAGES_PER_CONTEXT = 50;
const PAGES_PER_LAUNCH = 300;
const POLL = 100; // milliseconds between two questions
/** Blocked in the browser itself, which costs less than asking us. Web sockets cannot be asked about at all. */
const BLOCKED_PATTERNS = ['ws://*', 'wss://*', '*://*/favicon.ico'];

const LAUNCH_ARGUMENTS = [
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-gpu',
  // frames of other sites stay in the page's process, where one session sees all of their requests
  '--disable-site-isolation-trials',
  // no way around the proxy: not for loopback, not by names, not by WebRTC
  '--proxy-bypass-list=<-loopback>',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
  '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--block-new-web-contents',
  '--js-flags=--max-old-space-size=512',
];

/** Loaded when it is wanted: it takes longer to load than all the rest together. */
const playwright = async (): Promise<BrowserType> => (await import('playwright')).chromium;

/** The Chromium to use: `RASAD_CHROMIUM`, Playwright's own, or one on the PATH; null when there is none. */
export async function findChromium(env: {
  readonly RASAD_CHROMIUM?: string | undefined;
  readonly PATH?: string | undefined;
}): Promise<string | null> {
  if (env.RASAD_CHROMIUM) return existsSync(env.RASAD_CHROMIUM) ? env.RASAD_CHROMIUM : null;
  try {
    const own = (await playwright()).executablePath();
    if (own && existsSync(own)) return own;
  } catch {
    // Playwright knows no build for this system
  }
  for (const name of ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']) {
    for (const folder of (env.PATH ?? '').split(delimiter)) {
      if (folder !== '' && existsSync(join(folder, name))) return join(folder, name);
    }
  }
  return null;
}

/** One launch of the browser with its proxy. */
interface Launch {
  readonly browser: Browser;
  readonly proxy: BrowserProxy;
  /** Pages shown so far. */
  shown: number;
  tab: Tab | null;
}

/** One host's context, with the one page in which all of its pages are shown. */
interface Tab {
  readonly host: string;
  readonly context: BrowserContext;
  readonly page: Page;
  readonly session: CDPSession;
  readonly state: PageState;
  shown: number;
  /** The look that the page's requests belong to. */
  visit: Visit | null;
}

/** Starts no browser yet: the first look does, and a later one again if the browser died. */
export async function openBrowserFetcher(config: BrowserConfig): Promise<BrowserFetcher> {
  const limits: RenderLimits = { ...DEFAULT_RENDER, ...config.limits };
  const dialer = openDialer(config);
  const queue = new PQueue({ concurrency: 1 });
  let current: Launch | null = null;

  async function launch(): Promise<Launch> {
    const proxy = await openBrowserProxy(dialer);
    try {
      const browser = await (
        await playwright()
      ).launch({
        executablePath: config.executablePath,
        headless: true,
        // Playwright switches these protections off: a page could open windows and flood the browser
        ignoreDefaultArgs: ['--disable-popup-blocking', '--disable-ipc-flooding-protection'],
        args: [...LAUNCH_ARGUMENTS, `--proxy-server=http://127.0.0.1:${proxy.port}`],
      });
      return { browser, proxy, shown: 0, tab: null };
    } catch (error) {
      await proxy.close();
      throw error;
    }
  }

  async function dropLaunch(old: Launch): Promise<void> {
    if (current === old) current = null;
    await within(limits.patience * 2, old.browser.close());
    await old.proxy.close();
  }

  async function dropTab(at: Launch): Promise<void> {
    const { tab } = at;
    at.tab = null;
    if (tab && (await within(limits.patience, tab.context.close())) === LATE) await dropLaunch(at);
  }

  async function tabFor(host: string): Promise<{ at: Launch; tab: Tab }> {
    if (current && (!current.browser.isConnected() || current.shown >= PAGES_PER_LAUNCH)) await dropLaunch(current);
    const tab = current?.tab;
    if (current && tab && (tab.host !== host || tab.shown >= PAGES_PER_CONTEXT || tab.page.isClosed()))
      await dropTab(current);
    const at = (current ??= await launch());
    try {
      at.tab ??= await openTab(at, host);
    } catch (error) {
      await dropLaunch(at);
      throw error;
    }
    return { at, tab: at.tab };
  }

  async function openTab({ browser, proxy }: Launch, host: string): Promise<Tab> {
    const major = browser.version().split('.')[0];
    const context = await browser.newContext({
      userAgent: `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${major}.0.0.0 Safari/537.36 ${config.userAgent}`,
      locale: config.locale ?? 'fa-IR',
      viewport: VIEWPORT,
      ignoreHTTPSErrors: true, // the verdict on the certificate is the static fetcher's
      acceptDownloads: false,
      serviceWorkers: 'block',
    });
    await context.grantPermissions([]); // grants none and denies what is not granted
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    const tab: Tab = { host, context, page, session, state: await watchPage(session), shown: 0, visit: null };
    context.on('page', (popup) => void popup.close().catch(ignore));
    page.on('dialog', (dialog) => void dialog.dismiss().catch(ignore));
    session.on('Fetch.requestPaused', ({ requestId, request: { method, url }, resourceType, frameId }) => {
      const isMainFrame = frameId === tab.state.mainFrame;
      const reason = tab.visit
        ? tab.visit.judge({ method, url, type: resourceType, isMainFrame })
        : 'nothing is looked at';
      // an aborted navigation leaves the page as it is; a blocked one would put an error page in its place
      const errorReason = resourceType === 'Document' ? 'Aborted' : 'BlockedByClient';
      const answer =
        reason === null
          ? session.send('Fetch.continueRequest', { requestId })
          : session.send('Fetch.failRequest', { requestId, errorReason });
      answer.catch(ignore);
    });
    session.on('Fetch.authRequired', ({ requestId, authChallenge }) => {
      const { username, password } = proxy;
      const authChallengeResponse =
        authChallenge.source === 'Proxy'
          ? ({ response: 'ProvideCredentials', username, password } as const)
          : ({ response: 'CancelAuth' } as const);
      session.send('Fetch.continueWithAuth', { requestId, authChallengeResponse }).catch(ignore);
    });
    await session.send('Network.setBlockedURLs', { urls: BLOCKED_PATTERNS });
    await session.send('Fetch.enable', { patterns: [{ urlPattern: '*' }], handleAuthRequests: true });
    return tab;
  }

  async function render(url: string, options: RenderOptions): Promise<RenderedAnswer> {
    const { signal } = options;
    signal?.throwIfAborted();
    const { at, tab } = await tabFor(hostOf(url));
    const { proxy } = at;
    const visit = beginVisit({
      url,
      pictures: options.screenshot === true,
      stopHosts: options.stopHosts ?? (() => false),
      maxRequests: limits.maxRequests,
    });
    tab.visit = visit;
    tab.shown++;
    at.shown++;
    const before = proxy.received();
    const loaded = (): number => proxy.received() - before;
    const over = new AbortController();
    const stopping = abortOf(signal, over.signal);
    const { screenshot = false, inspect = false } = options;
    const looking = look(tab, { visit, url, loaded, faultOf: proxy.faultOf, screenshot, inspect });
    looking.catch(ignore);
    const result = await Promise.race([
      looking,
      stopping,
      after(limits.totalTimeout + limits.patience * 5 + SCREENSHOT_TIME + INSPECTION_TIME),
    ]);
    over.abort();
    tab.visit = null;
    const isDead =
      result !== STOPPED &&
      result !== LATE &&
      result.answer.outcome.kind === 'unreachable' &&
      result.answer.outcome.cause === 'stopped';
    if (isDead) await dropLaunch(at);
    else if (result === STOPPED || result === LATE || result.mustGo) await dropTab(at);
    if (result === STOPPED) throw signal!.reason as Error;
    const common = {
      html: null,
      screenshot: null,
      layout: null,
      inspection: null,
      finalUrl: visit.mainUrl(),
      stopped: visit.stopped,
      wireBytes: loaded(),
    };
    if (result === LATE)
      return { ...common, outcome: unreachable('timeout', `not finished in ${limits.totalTimeout / 1000} s`) };
    return { ...common, ...result.answer };
  }

  async function look(tab: Tab, looking: Looking): Promise<Looked> {
    const { visit, faultOf } = looking;
    const { page, state } = tab;
    const failed = (outcome: FetchOutcome, mustGo = true): Looked => ({ answer: { outcome }, mustGo });
    const deadline = performance.now() + limits.totalTimeout;
    state.reset();
    let status = 200;
    let headers: Readonly<Record<string, string>> = {};
    try {
      const response = await page.goto(looking.url, { waitUntil: 'commit', timeout: limits.totalTimeout });
      if (response) [status, headers] = [response.status(), response.headers()];
    } catch (error) {
      return failed(visit.refusal() ?? navigationFault(error as Error, faultOf(new URL(visit.mainUrl()).hostname)));
    }
    if (headers[PROXY_FAULT]) {
      return failed(
        faultOf(new URL(visit.mainUrl()).hostname) ?? unreachable('connect', 'the proxy could not reach the host'),
        false,
      );
    }

    const isSilent = await waitForSilence(state, deadline, looking.loaded);
    if (looking.loaded() > limits.maxWireBytes)
      return failed(unreachable('too-large', `loads more than ${limits.maxWireBytes} bytes`));
    const refusal = visit.refusal();
    if (refusal?.kind === 'unreachable') return failed(refusal);
    const serialize = (withLayout: boolean) => within(limits.patience * 2, state.serialize(limits.maxHtml, withLayout));
    let taken = await serialize(looking.screenshot);
    // a page may be read that takes too long to be laid out
    if (taken === LATE && looking.screenshot) taken = await serialize(false);
    if (taken === LATE || taken === null)
      return failed(unreachable('timeout', 'a script of the page does not come to an end'));
    if (typeof taken === 'number')
      return failed(unreachable('too-large', `${taken} characters, more than ${limits.maxHtml}`));
    const { html } = taken;
    const block = recogniseBlock({ status, header: (name) => headers[name] ?? null, html });
    const outcome = outcomeOfStatus(status, block, null) ?? ({ kind: 'page' } as const);
    const wantsPicture = looking.screenshot && outcome.kind === 'page';
    const screenshot = wantsPicture ? await takeScreenshot(tab.session) : null;
    const layout = screenshot === null || taken.layout === null ? null : parseLayout(taken.layout);
    const finalUrl = page.url();
    // last, because scripts may rearrange the page for the other width
    const measured =
      looking.inspect && outcome.kind === 'page'
        ? await within(INSPECTION_TIME, inspectPage(tab.session, state.ask, VIEWPORT))
        : null;
    const inspection = measured === LATE ? null : measured;
    // what still runs would run into the next page
    return {
      answer: { outcome, html, finalUrl, screenshot, layout, inspection },
      mustGo: !isSilent || measured === LATE,
    };
  }

  /** Ends when the page falls silent (true), or when its time or its bytes are used up: then it is taken as it is. */
  async function waitForSilence(state: PageState, deadline: number, loaded: () => number): Promise<boolean> {
    const until = Math.min(deadline, performance.now() + limits.settleTimeout);
    for (
      let left = limits.settleTimeout;
      left > 0 && loaded() <= limits.maxWireBytes;
      left = until - performance.now()
    ) {
      // a page that is busy answers late; whether it answers at all shows when it is taken
      const quiet = await within(left, state.measure());
      if (quiet !== LATE && isSettled(quiet, state.network(), limits.silence)) return true;
      await after(POLL);
    }
    return false;
  }

  return {
    async render(url, options = {}) {
      const rejected = (outcome: FetchOutcome): RenderedAnswer => ({
        outcome,
        html: null,
        finalUrl: url,
        screenshot: null,
        layout: null,
        inspection: null,
        stopped: [],
        wireBytes: 0,
      });
      if (!/^https?:\/\/[^/]/i.test(url)) return rejected(refused('guard', 'not an http(s) address'));
      const action = actionGuard(url);
      if (action !== null) return rejected(refused('guard', `looks like an action: ${action}`));
      return queue.add(async () => {
        const answer = await render(url, options);
        // the browser broke down, which may be its own fault or that of the page before
        const isOurs = answer.outcome.kind === 'unreachable' && answer.outcome.cause === 'stopped';
        return isOurs ? render(url, options) : answer;
      });
    },
    async close() {
      queue.clear();
      if (current) await dropLaunch(current);
    },
  };
}

interface Looking {
  readonly visit: Visit;
  readonly url: string;
  readonly screenshot: boolean;
  readonly inspect: boolean;
  /** Bytes that came in for this look. */
  readonly loaded: () => number;
  readonly faultOf: (host: string) => FetchOutcome | null;
}

interface Looked {
  readonly answer: Pick<RenderedAnswer, 'outcome'> & Partial<RenderedAnswer>;
  /** The page is not fit for another look. */
  readonly mustGo: boolean;
}

async function takeScreenshot(session: CDPSession): Promise<Uint8Array | null> {
  const taken = (async () => {
    const { cssContentSize, cssLayoutViewport, cssVisualViewport } = await session.send('Page.getLayoutMetrics');
    const height = Math.max(1, Math.min(Math.ceil(cssContentSize.height), MAX_SCREENSHOT));
    // a page that reaches out to the left, as in Persian does every link hidden there, begins where its window stands
    const left = cssLayoutViewport.pageX - cssVisualViewport.pageX;
    const clip = { x: left, y: 0, width: VIEWPORT.width, height, scale: 1 };
    const { data } = await session.send('Page.captureScreenshot', {
      format: 'jpeg',
      quality: SCREENSHOT_QUALITY,
      clip,
      captureBeyondViewport: true,
    });
    return Buffer.from(data, 'base64');
  })();
  const picture = await within(
    SCREENSHOT_TIME,
    taken.catch(() => null),
  );
  return picture === LATE ? null : picture;
}

/** Chromium's names for what went wrong (net/base/net_error_list.h). */
const NET_ERRORS: readonly (readonly [RegExp, FetchOutcome & { kind: 'unreachable' }])[] = [
  [/ERR_NAME_NOT_RESOLVED/, { kind: 'unreachable', cause: 'dns', detail: '' }],
  [/ERR_(?:SSL|CERT|BAD_SSL)/, { kind: 'unreachable', cause: 'tls', detail: '' }],
  [/ERR_TOO_MANY_REDIRECTS/, { kind: 'unreachable', cause: 'redirect-loop', detail: '' }],
  [
    /ERR_EMPTY_RESPONSE|ERR_ABORTED/, // an answer without content leaves the page where it is
    { kind: 'unreachable', cause: 'empty', detail: '' },
  ],
  [/ERR_CONTENT_DECODING/, { kind: 'unreachable', cause: 'decompression', detail: '' }],
  [
    /ERR_(?:INVALID_(?:RESPONSE|HTTP_RESPONSE|REDIRECT|CHUNKED)|RESPONSE_HEADERS|UNSAFE_REDIRECT)/,
    { kind: 'unreachable', cause: 'malformed', detail: '' },
  ],
  [
    /ERR_(?:CONNECTION_(?:RESET|CLOSED|ABORTED)|INCOMPLETE|CONTENT_LENGTH_MISMATCH)/,
    { kind: 'unreachable', cause: 'reset', detail: '' },
  ],
  [
    /ERR_(?:TIMED_OUT|CONNECTION_TIMED_OUT)|Timeout \d+ms exceeded/,
    { kind: 'unreachable', cause: 'timeout', detail: '' },
  ],
  [/ERR_(?:CONNECTION|TUNNEL|PROXY|ADDRESS)/, { kind: 'unreachable', cause: 'connect', detail: '' }],
];

function navigationFault(error: Error, fault: FetchOutcome | null): FetchOutcome {
  const message = error.message
    .split('\n')[0]!
    .replace(/^page\.goto: /, '')
    .slice(0, 200);
  if (/ERR_(?:TUNNEL|PROXY)/.test(message) && fault) return fault;
  if (/Download is starting/.test(message)) return { kind: 'not-html', contentType: 'application/octet-stream' };
  const known = NET_ERRORS.find(([pattern]) => pattern.test(message));
  if (known) return { ...known[1], detail: message };
  // what is no error of the network is the browser's: it crashed, or closed the page
  return unreachable(message.includes('net::') ? 'reset' : 'stopped', message);
}

const LATE = Symbol('late');
const STOPPED = Symbol('stopped');
const ignore = (): void => {};

/** Resolves when `signal` aborts; listens no longer than until `over` does. */
function abortOf(signal: AbortSignal | undefined, over: AbortSignal): Promise<typeof STOPPED> {
  return new Promise((resolve) => {
    if (signal?.aborted) resolve(STOPPED);
    signal?.addEventListener('abort', () => resolve(STOPPED), { once: true, signal: over });
  });
}

function after(milliseconds: number): Promise<typeof LATE> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, milliseconds), LATE).unref());
}

/** The value, or LATE; a rejection counts as late, because a page that is gone answers no more. */
async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T | typeof LATE> {
  const answered: Promise<T | typeof LATE> = promise.catch(() => LATE);
  return Promise.race([answered, after(milliseconds)]);
}
