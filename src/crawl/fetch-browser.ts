/**
 * One look at one address with Chromium, for pages whose content scripts put together. The browser reaches the network
 * through our guarding proxy only, may read and not act, and is killed when it does not come to an end.
 */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import PQueue from 'p-queue';
import { chromium, type Browser, type BrowserContext, type CDPSession, type Page } from 'playwright';
import type { FetchOutcome } from '../core/model.ts';
import { recogniseBlock } from './blocked-page.ts';
import { openBrowserProxy, PROXY_FAULT, type BrowserProxy } from './browser-proxy.ts';
import { refused, unreachable, type BrowserFetcher, type RenderedAnswer, type RenderOptions } from './contract.ts';
import { openDialer, type DialOptions } from './dial.ts';
import { outcomeOfStatus } from './fetch-static.ts';
import { actionGuard, hostOf } from './guard.ts';
import { domainOf } from './politeness.ts';
import { isSettled, watchPage, type PageState } from './settle.ts';

export interface RenderLimits {
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
/** A host's pages share context and page, whose caches save most of the cost; not for ever, because they grow. */
const PAGES_PER_CONTEXT = 50;
const PAGES_PER_LAUNCH = 300;
const POLL = 100; // milliseconds between two questions
/** Times that a page may lead the main frame on: log-in detours are short, reload loops are not. */
const MAX_NAVIGATIONS = 6;
/** Stopped requests that are listed. */
const MAX_STOPPED = 100;

/** Never loaded: they hold no words and no structure. Pictures are, for a picture of the page. */
const NOT_NEEDED = new Set([
  'Media',
  'Font',
  'TextTrack',
  'Manifest',
  'Prefetch',
  'SignedExchange',
  'CSPViolationReport',
]);
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']); // RFC 9110, section 9.2.1
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

/** The Chromium to use: `RASAD_CHROMIUM`, Playwright's own, or one on the PATH; null when there is none. */
export function findChromium(env: {
  readonly RASAD_CHROMIUM?: string | undefined;
  readonly PATH?: string | undefined;
}): string | null {
  if (env.RASAD_CHROMIUM) return existsSync(env.RASAD_CHROMIUM) ? env.RASAD_CHROMIUM : null;
  try {
    const own = chromium.executablePath();
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

/** One launch, one context of one host, one page; and what the page is doing right now. */
interface Lane {
  readonly browser: Browser;
  readonly proxy: BrowserProxy;
  launched: number;
  host: string;
  context: BrowserContext | null;
  page: Page | null;
  session: CDPSession | null;
  state: PageState | null;
  used: number;
  visit: Visit | null;
}

interface Visit {
  readonly site: string;
  readonly screenshot: boolean;
  readonly stopHosts: (host: string) => boolean;
  readonly stopped: { readonly url: string; readonly reason: string }[];
  requests: number;
  navigations: number;
  /** Address that the main frame asked for last. */
  mainUrl: string;
  /** Why the main frame was not let go on. */
  refusal: FetchOutcome | null;
}

/** Starts no browser yet: the first look does, and a later one again if the browser died. */
export async function openBrowserFetcher(config: BrowserConfig): Promise<BrowserFetcher> {
  const limits: RenderLimits = { ...DEFAULT_RENDER, ...config.limits };
  const dialer = openDialer(config);
  const queue = new PQueue({ concurrency: 1 });
  let lane: Lane | null = null;

  async function launch(): Promise<Lane> {
    const proxy = await openBrowserProxy(dialer);
    try {
      const browser = await chromium.launch({
        executablePath: config.executablePath,
        headless: true,
        // Playwright takes these away: without them a page opens windows and floods the browser
        ignoreDefaultArgs: ['--disable-popup-blocking', '--disable-ipc-flooding-protection'],
        args: [...LAUNCH_ARGUMENTS, `--proxy-server=http://127.0.0.1:${proxy.port}`],
      });
      return {
        browser,
        proxy,
        launched: 0,
        host: '',
        context: null,
        page: null,
        session: null,
        state: null,
        used: 0,
        visit: null,
      };
    } catch (error) {
      await proxy.close();
      throw error;
    }
  }

  async function dropContext(at: Lane): Promise<void> {
    const { context } = at;
    at.context = at.page = at.session = at.state = at.visit = null;
    at.host = '';
    if (context && (await within(limits.patience, context.close())) === LATE) await dropLane(at);
  }

  async function dropLane(at: Lane): Promise<void> {
    if (lane === at) lane = null;
    await within(limits.patience * 2, at.browser.close());
    await at.proxy.close();
  }

  async function laneFor(host: string): Promise<Lane> {
    if (lane && (!lane.browser.isConnected() || lane.launched >= PAGES_PER_LAUNCH)) await dropLane(lane);
    if (lane && lane.page && (lane.host !== host || lane.used >= PAGES_PER_CONTEXT || lane.page.isClosed()))
      await dropContext(lane);
    lane ??= await launch();
    if (!lane.page) await openPage(lane, host);
    return lane;
  }

  async function openPage(at: Lane, host: string): Promise<void> {
    const major = at.browser.version().split('.')[0];
    const context = await at.browser.newContext({
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
    context.on('page', (popup) => void popup.close().catch(ignore));
    page.on('dialog', (dialog) => void dialog.dismiss().catch(ignore));
    at.state = await watchPage(session);
    session.on('Fetch.requestPaused', ({ requestId, request, resourceType, frameId }) => {
      const reason = at.visit
        ? stopReason(at.visit, request.method, request.url, resourceType, frameId === at.state?.mainFrame)
        : 'nothing is looked at';
      const answer =
        reason === null
          ? session.send('Fetch.continueRequest', { requestId })
          : session.send('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' });
      answer.catch(ignore);
    });
    session.on('Fetch.authRequired', ({ requestId, authChallenge }) => {
      const authChallengeResponse =
        authChallenge.source === 'Proxy'
          ? ({ response: 'ProvideCredentials', username: at.proxy.username, password: at.proxy.password } as const)
          : ({ response: 'CancelAuth' } as const);
      session.send('Fetch.continueWithAuth', { requestId, authChallengeResponse }).catch(ignore);
    });
    await session.send('Network.setBlockedURLs', { urls: BLOCKED_PATTERNS });
    await session.send('Fetch.enable', { patterns: [{ urlPattern: '*' }], handleAuthRequests: true });
    Object.assign(at, { host, context, page, session, used: 0 });
  }

  /** Why a request of the page is stopped, or null. Remembered are those that somebody may ask about. */
  function stopReason(visit: Visit, method: string, url: string, type: string, isMainFrame: boolean): string | null {
    if (NOT_NEEDED.has(type) || (type === 'Image' && !visit.screenshot)) return 'not needed';
    const isMain = type === 'Document' && isMainFrame;
    const outcome = judgeRequest(visit, method, url, type, isMain);
    if (isMain && outcome === null) visit.mainUrl = url;
    if (outcome === null) return null;
    const reason = outcome.kind === 'refused' || outcome.kind === 'unreachable' ? outcome.detail : '';
    if (visit.stopped.length < MAX_STOPPED) visit.stopped.push({ url: url.slice(0, 2_000), reason });
    if (isMain) visit.refusal ??= outcome;
    return reason;
  }

  function judgeRequest(visit: Visit, method: string, url: string, type: string, isMain: boolean): FetchOutcome | null {
    if (!/^https?:/i.test(url)) return type === 'Document' ? refused('guard', 'not http(s)') : null;
    if (++visit.requests > limits.maxRequests)
      return unreachable('too-large', `more than ${limits.maxRequests} requests`);
    if (isMain && ++visit.navigations > MAX_NAVIGATIONS) return unreachable('redirect-loop', 'leads on and on');
    const host = hostOf(url);
    if (!SAFE_METHODS.has(method)) {
      // panels of WebForms and the like fetch their content by POST while the page loads
      const isLoading = method === 'POST' && (type === 'XHR' || type === 'Fetch') && domainOf(host) === visit.site;
      if (!isLoading) return refused('guard', `${method} is not sent`);
    }
    const action = actionGuard(url);
    if (action !== null) return refused('guard', `looks like an action: ${action}`);
    return visit.stopHosts(host) ? refused('guard', `${host}, where looking ends`) : null;
  }

  async function render(url: string, options: RenderOptions): Promise<RenderedAnswer> {
    const { signal } = options;
    signal?.throwIfAborted();
    const visit: Visit = {
      site: domainOf(hostOf(url)),
      screenshot: options.screenshot === true,
      stopHosts: options.stopHosts ?? (() => false),
      stopped: [],
      requests: 0,
      navigations: 0,
      mainUrl: url,
      refusal: null,
    };
    const at = await laneFor(hostOf(url));
    at.visit = visit;
    at.used++;
    at.launched++;
    const before = at.proxy.received();
    const stopping = new Promise<typeof STOPPED>((resolve) =>
      signal?.addEventListener('abort', () => resolve(STOPPED), { once: true }),
    );
    const looking = look(at, visit, url, () => at.proxy.received() - before);
    looking.catch(ignore);
    const result = await Promise.race([looking, stopping, after(limits.totalTimeout + limits.patience * 2)]);
    at.visit = null;
    const wireBytes = at.proxy.received() - before;
    if (result === STOPPED || result === LATE || result.isBroken) await dropContext(at);
    if (result === STOPPED) throw signal!.reason as Error;
    const failed = { html: null, screenshot: null, finalUrl: visit.mainUrl, stopped: visit.stopped, wireBytes };
    if (result === LATE)
      return { ...failed, outcome: unreachable('timeout', `not finished in ${limits.totalTimeout / 1000} s`) };
    return { ...failed, ...result.answer };
  }

  type Looked = {
    readonly answer: Pick<RenderedAnswer, 'outcome'> & Partial<RenderedAnswer>;
    readonly isBroken: boolean;
  };

  async function look(at: Lane, visit: Visit, url: string, wireBytes: () => number): Promise<Looked> {
    const page = at.page!;
    const state = at.state!;
    const deadline = performance.now() + limits.totalTimeout;
    state.reset();
    let status: number;
    let headers: Readonly<Record<string, string>>;
    try {
      const response = await page.goto(url, { waitUntil: 'commit', timeout: limits.totalTimeout });
      status = response?.status() ?? 200;
      headers = response?.headers() ?? {};
    } catch (error) {
      const outcome =
        visit.refusal ?? navigationFault(error as Error, at.proxy.faultOf(new URL(visit.mainUrl).hostname));
      return { answer: { outcome }, isBroken: true };
    }
    if (headers[PROXY_FAULT]) {
      const fault = at.proxy.faultOf(new URL(visit.mainUrl).hostname);
      return {
        answer: { outcome: fault ?? unreachable('connect', 'the proxy could not reach the host') },
        isBroken: false,
      };
    }

    const settled = await waitUntilSettled(state, deadline, wireBytes);
    if (typeof settled !== 'string') return { answer: { outcome: settled }, isBroken: true };
    // what still runs would run into the next page
    const isBroken = settled === 'restless';
    const html = await within(limits.patience * 2, state.serialize(limits.maxHtml));
    if (html === LATE)
      return {
        answer: { outcome: unreachable('timeout', 'a script of the page does not come to an end') },
        isBroken: true,
      };
    const finalUrl = page.url();
    if (html === null)
      return {
        answer: { outcome: unreachable('too-large', `more than ${limits.maxHtml} characters`), finalUrl },
        isBroken: true,
      };
    if (visit.refusal !== null && visit.refusal.kind === 'unreachable')
      return { answer: { outcome: visit.refusal, finalUrl }, isBroken: true };
    const block = recogniseBlock({ status, header: (name) => headers[name] ?? null, html });
    const outcome = outcomeOfStatus(status, block, null) ?? ({ kind: 'page' } as const);
    const screenshot =
      visit.screenshot && outcome.kind === 'page' ? await takeScreenshot(at.session!, limits.patience * 2) : null;
    return { answer: { outcome, html, finalUrl, screenshot }, isBroken };
  }

  /** Ends when the page falls silent or its time is up: then it is taken as it is. An outcome when it has to be killed. */
  async function waitUntilSettled(
    state: PageState,
    deadline: number,
    wireBytes: () => number,
  ): Promise<FetchOutcome | null> {
    const until = Math.min(deadline, performance.now() + limits.settleTimeout);
    for (let left = limits.settleTimeout; left > 0; left = until - performance.now()) {
      // a page that is busy answers late; whether it answers at all shows when it is taken
      const quiet = await within(left, state.measure());
      if (wireBytes() > limits.maxWireBytes)
        return unreachable('too-large', `loads more than ${limits.maxWireBytes} bytes`);
      if (quiet !== LATE && isSettled(quiet, state.network())) return 'silent';
      await after(POLL);
    }
    return 'restless';
  }

  return {
    async render(url, options = {}) {
      const rejected = (outcome: FetchOutcome): RenderedAnswer => ({
        outcome,
        html: null,
        finalUrl: url,
        screenshot: null,
        stopped: [],
        wireBytes: 0,
      });
      if (!/^https?:\/\/[^/]/i.test(url)) return rejected(refused('guard', 'not an http(s) address'));
      const action = actionGuard(url);
      if (action !== null) return rejected(refused('guard', `looks like an action: ${action}`));
      return queue.add(() => render(url, options));
    },
    async close() {
      queue.clear();
      if (lane) await dropLane(lane);
    },
  };
}

async function takeScreenshot(session: CDPSession, patience: number): Promise<Uint8Array | null> {
  const taken = (async () => {
    const { cssContentSize } = await session.send('Page.getLayoutMetrics');
    const height = Math.max(1, Math.min(Math.ceil(cssContentSize.height), MAX_SCREENSHOT));
    const clip = { x: 0, y: 0, width: VIEWPORT.width, height, scale: 1 };
    const { data } = await session.send('Page.captureScreenshot', {
      format: 'jpeg',
      quality: SCREENSHOT_QUALITY,
      clip,
      captureBeyondViewport: true,
    });
    return Buffer.from(data, 'base64');
  })();
  const picture = await within(
    patience,
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
  [/crashed|has been closed|Target closed/i, { kind: 'unreachable', cause: 'stopped', detail: '' }],
];

function navigationFault(error: Error, fault: FetchOutcome | null): FetchOutcome {
  const message = error.message
    .split('\n')[0]!
    .replace(/^page\.goto: /, '')
    .slice(0, 200);
  if (/ERR_(?:TUNNEL|PROXY)/.test(message) && fault) return fault;
  if (/Download is starting/.test(message)) return { kind: 'not-html', contentType: 'application/octet-stream' };
  const known = NET_ERRORS.find(([pattern]) => pattern.test(message));
  return known ? { ...known[1], detail: message } : unreachable('reset', message);
}

const LATE = Symbol('late');
const STOPPED = Symbol('stopped');
const ignore = (): void => {};

function after(milliseconds: number): Promise<typeof LATE> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, milliseconds), LATE).unref());
}

/** The value, or LATE; a rejection counts as late, because a page that is gone answers no more. */
async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T | typeof LATE> {
  const answered: Promise<T | typeof LATE> = promise.catch(() => LATE);
  return Promise.race([answered, after(milliseconds)]);
}
