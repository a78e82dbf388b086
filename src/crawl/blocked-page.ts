/**
 * Is this answer a firewall's, not the site's? A tell-tale header decides alone. A phrase decides only on a page that
 * has nothing else to say: a page with content that mentions captchas or browser checks is a page. Pure.
 */

export interface PossibleBlock {
  readonly status: number | null;
  /** First value of a header, by lower-case name; null when it was not sent. */
  header(name: string): string | null;
  readonly html: string | null;
}

/** Characters of markup that are searched; firewalls answer briefly. */
const MAX_MARKUP = 200_000;
/** A page with more words than this says something of its own. */
const MAX_WORDS = 120;
const MAX_LINKS = 8;

const HEADERS: readonly (readonly [name: string, value: RegExp, who: string])[] = [
  ['cf-mitigated', /challenge|block/i, 'Cloudflare'],
  ['x-amzn-waf-action', /./, 'AWS WAF'],
  ['x-sucuri-block', /./, 'Sucuri'],
  ['x-datadome-cid', /./, 'DataDome'],
];

/**
 * Marks in the markup that no site writes itself; they count on a page without content. Scripts that these services
 * put into pages which they let through (`/cdn-cgi/challenge-platform/`, `/_Incapsula_Resource`, `/TSPD/`) are no marks.
 */
const MARKS: readonly (readonly [mark: RegExp, who: string])[] = [
  [/cf-browser-verification|cf_chl_opt|id="challenge-form"/i, 'Cloudflare'],
  [/__arcsjsc?\b/i, 'ArvanCloud'],
  [/Incapsula incident ID|[?&;]incident_id=/i, 'Imperva'],
  [/The requested URL was rejected\. Please consult with your administrator/i, 'F5'],
  [/gokuProps/, 'AWS WAF'],
  [/captcha-delivery\.com/i, 'DataDome'],
  [/Sucuri WebSite Firewall|sucuri_cloudproxy/i, 'Sucuri'],
  [/\.well-known\/sgcaptcha/i, 'SiteGround'],
  [/errors\.edgesuite\.net|Reference&#32;&#35;/i, 'Akamai'],
  [/FortiGuard Intrusion Prevention|fgd_icon|FortiWeb/i, 'Fortinet'],
  [/mod_security|Mod_Security|ModSecurity/, 'ModSecurity'],
  [/__zrkjc/i, 'a browser check'],
  [/(?:src|href|url)\s*=\s*["']?http:\/\/10\.10\.34\.3[4-6]/i, 'the national filter'],
];

/** What firewalls say to people, letters and blanks unified. */
const PHRASES: readonly string[] = [
  'در حال بررسی مرورگر', 'در حال بررسی امنیت', 'درخواست شما توسط دیوار آتش', 'درخواست شما توسط فایروال', 'دسترسی شما مسدود', 'دسترسی شما به این سایت مسدود',
  'درخواست شما مسدود', 'آی پی شما مسدود', 'برای دسترسی به وبسایت موردنظر گزینه زیر را تایید', 'من ربات نیستم',
  'just a moment', 'checking your browser', 'checking if the site connection is secure', 'enable javascript and cookies to continue', 'attention required! | cloudflare',
  'verify you are human', 'verifying you are human', 'please complete the security check', 'ddos protection by', 'request rejected', 'your support id is', 'you have been blocked',
  'access denied', 'web application firewall', 'pardon our interruption', 'unusual traffic from your', 'transferring to the website', 'this request was blocked', 'automated access to this',
]; // prettier-ignore

/** Who blocked and by what it is known; null when the answer is the site's own. */
export function recogniseBlock(answer: PossibleBlock): string | null {
  for (const [name, value, who] of HEADERS) {
    const sent = answer.header(name);
    if (sent !== null && value.test(sent)) {
      // DataDome marks what it let pass as well
      if (name === 'x-datadome-cid' && answer.status !== 403 && answer.status !== 405) continue;
      return `${who} (${name}: ${sent.slice(0, 60)})`;
    }
  }
  const { html } = answer;
  if (html === null || html === '' || html.length > MAX_MARKUP) return null;
  if (hasLinks(html, MAX_LINKS + 1)) return null;
  const text = plainText(html);
  if (wordsIn(text) > MAX_WORDS) return null;
  const mark = MARKS.find(([pattern]) => pattern.test(html));
  if (mark) return `${mark[1]}, by its page`;
  const phrase = PHRASES.find((words) => text.includes(words));
  return phrase === undefined ? null : `the page says "${phrase}"`;
}

/** The cheap question first: most pages have this many links in their first kilobytes. */
function hasLinks(html: string, count: number): boolean {
  const links = /<a\s[^>]{0,2000}?href/gi;
  for (let found = 0; found < count; found++) if (!links.test(html)) return false;
  return true;
}

function plainText(html: string): string {
  return html
    .replace(/<(script|style|svg|template)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, ' ')
    .replace(/<!--[\s\S]*?(?:-->|$)/g, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(?:nbsp|zwnj|#8204|#160);/g, ' ')
    .replace(/ي/g, 'ی')
    .replace(/ك/g, 'ک')
    .replace(/[\u200c\s،,]+/g, ' ')
    .toLowerCase();
}

const wordsIn = (text: string): number => text.split(' ').filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
