/** What a page's static form tells about itself: does it need a browser, and is it a "not found" that says 200? Pure. */

/** The part of a PageView that is asked for here. */
export interface PageShape {
  /** Words outside header, navigation and footer. */
  readonly words: number;
  readonly scripts: readonly string[];
  readonly links: readonly unknown[];
  readonly title: string;
  readonly runs: readonly { readonly folded: string; readonly region: string }[];
}

export interface Need {
  readonly needed: boolean;
  /** It is plain that the static page is a frame without its content: what it lacks proves nothing. */
  readonly isShell: boolean;
  /** What says so, or why not; for the log. */
  readonly reason: string;
}

/** A page with fewer words of its own, and scripts, may be a frame waiting for its content: a look tells. */
const SHORT_WORDS = 40;
/** With fewer it is one as far as can be seen; short pages of the server's own have a heading and a sentence. */
const SHELL_WORDS = 10;
/** Placeholders are believed up to this many words: a page may hold a small panel that loads beside its content. */
const PANEL_WORDS = 150;

/** Mount points of the usual frameworks, empty in what the server sent. */
const EMPTY_ROOT =
  /<(?:div|main|section)\b[^>]*\bid\s*=\s*["']?(?:app|root|__next|__nuxt|___gatsby|q-app|svelte|main-app|app-root|wrapper-app)["']?[^>]*>\s*(?:<!--[\s\S]{0,200}?-->\s*)*(?:<noscript>[\s\S]{0,500}?<\/noscript>\s*)?<\/(?:div|main|section)>|<(?:app-root|app|my-app|vue-app)\b[^>]*>\s*(?:<[^>]{1,200}>\s*)?[^<]{0,60}(?:<\/[^>]{1,20}>\s*)?<\/(?:app-root|app|my-app|vue-app)>/i;
/** ASP.NET panels whose content a script asks for after load. */
const DEFERRED_PANEL = /PartialUpdatePanel[\s\S]{0,400}?["']?InitiallyRenderFromClient["']?\s*:\s*true/;
const ASKS_FOR_SCRIPT =
  /<noscript\b[^>]*>(?:(?!<\/noscript)[\s\S]){0,1500}?(?:enable\s+java\s?script|java\s?script\s+(?:is\s+)?(?:required|disabled|enabled)|need\s+to\s+enable|جاوا ?[‌]?اسکریپت|جاوااسكريپت)/i;
const LOADING =
  /(?:^|>)\s*(?:در حال بارگذاری|در حال بارگزاری|لطفا (?:کمی )?(?:صبر|منتظر)|loading|please wait)[\s.…]*(?:<|$)/i;
const LAZY_PANEL =
  /\b(?:hx-get|data-ajax-url|data-load-url|data-remote-url|ng-include|ui-view|ng-view|data-bind\s*=\s*["'][^"']*foreach)\b/i;

/**
 * Would a visitor with scripts see content that the static page does not hold? Errs on the side of looking: a needless
 * rendering costs a second, a missing one lets rules say "absent" of what is there.
 */
export function needsBrowser(page: {
  readonly html: string;
  readonly words: number;
  readonly scripts: readonly string[];
}): Need {
  const { html, words } = page;
  const yes = (reason: string, isShell = true): Need => ({ needed: true, isShell, reason });
  const no = (reason: string): Need => ({ needed: false, isShell: false, reason });
  const hasScript = page.scripts.length > 0 || /<script\b/i.test(html);
  if (!hasScript) return no('no scripts');
  if (html.includes('PartialUpdatePanel') && DEFERRED_PANEL.test(html))
    return yes('panels that are filled by script after load');
  if (words < PANEL_WORDS && EMPTY_ROOT.test(html)) return yes('an empty mount point of an application');
  if (words < SHORT_WORDS) {
    if (ASKS_FOR_SCRIPT.test(html)) return yes('asks to enable scripts');
    if (!LOADING.test(html) && !LAZY_PANEL.test(html))
      return yes(`only ${words} words of its own`, words < SHELL_WORDS);
  }
  if (words < PANEL_WORDS && LOADING.test(html)) return yes('says that it is loading');
  if (words < PANEL_WORDS && LAZY_PANEL.test(html)) return yes('parts that are loaded by script');
  return no(`${words} words without scripts`);
}

/** What renderings of a host have shown so far. */
export interface RenderMemory {
  readonly helped: number;
  readonly useless: number;
}
export const NO_MEMORY: RenderMemory = { helped: 0, useless: 0 };
/** So many renderings of one kind, and none of the other, settle it for a host. */
const SETTLED = 2;

/** A host that needed scripts on its first pages needs them on all; one whose pages gained nothing is left to its static form. */
export function decideRendering(need: Need, memory: RenderMemory): Need {
  if (!need.needed && memory.helped >= SETTLED && memory.useless === 0)
    return { needed: true, isShell: true, reason: 'the host needs scripts' };
  if (need.needed && memory.useless > SETTLED && memory.helped === 0)
    return { needed: false, isShell: false, reason: 'scripts added nothing on this host' };
  return need;
}

/** Did scripts add content? Compared are words and links; a counter or a clock is no content. */
export function scriptsAdded(before: PageShape, after: PageShape): boolean {
  const words = after.words - before.words;
  const links = after.links.length - before.links.length;
  return words >= Math.max(20, before.words * 0.25) || links >= Math.max(8, before.links.length * 0.3);
}

// ---------------------------------------------------------------- "not found" that says 200

/** A made-up path: what a host answers to it is its way of saying that there is nothing. */
export function missingProbeUrl(url: string): string {
  return new URL('/rasad-no-such-page-7c1e', url).href;
}
