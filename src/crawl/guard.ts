/**
 * What Rasad never asks for: addresses that look like an action, and machines that are not on the public Internet.
 * Also the one form in which addresses are compared. Pure; the network enters in `dial.ts`.
 */
import { BlockList, isIP, isIPv6 } from 'node:net';
import { remember } from '../core/remember.ts';

// ---------------------------------------------------------------- actions (catalogue, section 2.9)

/** Names that are an action whenever they are a whole path segment, query key or value; written without separators. */
const ACTIONS = new Set(
  (
    'vote votefor voteup votedown upvote downvote dovote addvote setvote sendvote submitvote savevote castvote votepoll pollvote ' +
    'pollsubmit submitpoll savepoll sendpoll addpoll surveysubmit like unlike dislike addlike dolike delete remove ' +
    'logout logoff signout signoff exit unsubscribe unsubscribeme optout approve disapprove cancel captcha recaptcha otp sendotp ' +
    'requestotp getotp resendotp sendcode resendcode verifycode sendsms resendsms smssend addtocart removefromcart ' +
    'addcart emptycart checkout addtobasket setrate addrate saverate setrating addrating saverating dorate'
  ).split(' '),
);
/** Only as a query key: as a path they are pages about rates (`/exchange/rate`). */
const RATING_KEYS = new Set(['rate', 'rating', 'ratevalue', 'ratingvalue', 'rated', 'del', 'erase']);
/** First or last word of a name that a program gave: `delete_item.php`, `userLogout`, `captchaImage`. */
const VERBS = new Set(
  'vote like dislike unlike delete remove logout logoff signout signoff unsubscribe approve cancel captcha otp'.split(
    ' ',
  ),
);
/** What follows the verb in a hyphenated slug that acts; without one a slug is a title (`cancel-a-trade-licence`). */
const OBJECTS = new Set(
  'account user item comment post file order request cart basket vote subscription message code sms poll profile record row booking appointment reservation review like'.split(' '),
); // prettier-ignore
/** Query keys whose value names what to do. */
const COMMAND_KEYS = new Set(
  'do action act op cmd command task func function method event mode handler todo operation'.split(' '),
);
/** Commands that change something and are too common as words to be guarded elsewhere. */
const COMMANDS = new Set(
  'submit save insert add update send create post confirm activate deactivate subscribe reset clear drop ban del erase publish register rate rating poll set'.split(' '),
); // prettier-ignore
/** The value is text that somebody searches for or sorts by, not an instruction. */
const FREE_TEXT_KEYS = new Set(
  'q query s search searchtext searchword keyword keywords kw text term title name tag tags sort sortby order orderby lang'.split(
    ' ',
  ),
);
/** «خروج», «حذف», «ثبت رای» as a whole segment; as a part of a title they name services. */
const PERSIAN_ACTIONS = new Set(['خروج', 'حذف', 'ثبترای', 'رایدادن', 'خروجازسامانه', 'خروجازحساب', 'خروجازسیستم']);
/** A picture, style or script is loaded by every visitor and does nothing. */
const ASSET = /\.(?:css|m?js|map|png|jpe?g|gif|svg|webp|avif|ico|woff2?|ttf|eot|otf)$/i;
/** Cheap test before words are cut: no action can be named without one of these. */
const SUSPICIOUS =
  /vote|poll|survey|like|rat(?:e|ing)|del|remov|log-?_?o(?:ut|ff)|sign-?_?o|exit|unsub|opt|approv|cancel|captcha|otp|code|sms|cart|basket|checkout|erase|do=|act|op=|cmd|command|task|func|method|event|mode|handler|%|[^ -~]/i;

/**
 * Why an address looks like an action of a visitor (voting, deleting, logging out …), or null. Asking for it could
 * change something at the other side, even by GET. Whole words decide: `/approved-services` and `/likely` are pages.
 */
export function actionGuard(url: string): string | null {
  if (!SUSPICIOUS.test(url)) return null;
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    return null;
  }
  const path = decode(parsed.pathname);
  if (!ASSET.test(path)) {
    for (const segment of path.split(/[/;]/)) {
      const [key, value] = split(segment);
      if (value !== null && isActionPair(key, value)) return `path part "${segment}"`;
      if (value === null && isActionName(segment)) return `path part "${segment}"`;
    }
  }
  for (const pair of parsed.search.slice(1).split(/[&;]/)) {
    const [key, value] = split(decode(pair.replaceAll('+', ' ')));
    if (key !== '' && !TRACKING.test(key) && isActionPair(key, value ?? '')) return `query "${key}=${value ?? ''}"`;
  }
  return null;
}

function isActionPair(key: string, value: string): boolean {
  const name = join(key);
  if (RATING_KEYS.has(name) || isActionName(key)) return true;
  if (FREE_TEXT_KEYS.has(name)) return false;
  const command = COMMAND_KEYS.has(name);
  for (const part of value.split(/[/;,|.:]/)) {
    if (part === '') continue;
    if (isActionName(part)) return true;
    if (command && wordsOf(part).some((word) => COMMANDS.has(word) || VERBS.has(word))) return true;
  }
  return false;
}

function isActionName(name: string): boolean {
  if (name === '' || name.length > 80) return false;
  const stem = name.replace(/\.[a-z]{2,5}$/i, '');
  const joined = join(stem);
  if (ACTIONS.has(joined) || PERSIAN_ACTIONS.has(joined)) return true;
  const words = wordsOf(stem);
  if (words.length < 2) return false;
  const first = words[0]!;
  const last = words[words.length - 1]!;
  if (ACTIONS.has(first + words[1]!) && words.length <= 4) return true;
  const isSlug = stem === name && /^[\p{Ll}\p{Lo}\p{N}-]+$/u.test(stem);
  if (isSlug)
    return VERBS.has(first)
      ? words.some((word) => OBJECTS.has(word))
      : /^(?:logout|signout|unsubscribe|captcha)$/.test(last);
  return VERBS.has(first) || VERBS.has(last);
}

const split = (pair: string): [string, string | null] => {
  const at = pair.indexOf('=');
  return at < 0 ? [pair, null] : [pair.slice(0, at), pair.slice(at + 1)];
};

const join = (name: string): string => name.toLowerCase().replace(/[-_.~+\s\u200c[\]$]/g, '');

const wordsOf = (name: string): string[] =>
  name
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

/** Twice, because a server in front may undo one layer and the application the next. */
function decode(text: string): string {
  let out = text;
  for (let round = 0; round < 2 && out.includes('%'); round++) {
    try {
      out = decodeURIComponent(out);
    } catch {
      return out.replace(/%([2-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
    }
  }
  return out;
}

/** Is the host one of the listed payment gateways, or below one? */
export function isPaymentGateway(host: string, gateways: readonly string[]): boolean {
  return isHostWithin(host, gateways);
}

/** Is a host (a port is ignored) one of the listed ones, or a name below one of them? */
export function isHostWithin(host: string, list: readonly string[]): boolean {
  if (list.length === 0) return false;
  const name = host.replace(/:\d+$/, '').toLowerCase();
  return list.some(
    (entry) => name.endsWith(entry) && (name.length === entry.length || name[name.length - entry.length - 1] === '.'),
  );
}

// ---------------------------------------------------------------- addresses

/** Ranges that are not the public Internet (IANA special-purpose registries, RFC 6890 and its successors). */
const RANGES: readonly (readonly [name: string, cidrs: string])[] = [
  ['loopback', '127.0.0.0/8'],
  ['private', '10.0.0.0/8 172.16.0.0/12 192.168.0.0/16'],
  ['link-local', '169.254.0.0/16'],
  ['carrier-grade NAT', '100.64.0.0/10'],
  ['multicast', '224.0.0.0/4'],
  [
    'reserved',
    '0.0.0.0/8 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 240.0.0.0/4',
  ],
  ['loopback', '::1/128'],
  ['private', 'fc00::/7'],
  ['link-local', 'fe80::/10 fec0::/10'],
  ['multicast', 'ff00::/8'],
  ['IPv4-mapped', '::ffff:0:0/96'],
  ['NAT64', '64:ff9b::/96 64:ff9b:1::/48'],
  ['6to4', '2002::/16'],
  ['reserved', '2001::/23 2001:db8::/32 3fff::/20'],
];

const NAMED = RANGES.map(([name, cidrs]) => {
  const list = new BlockList();
  for (const cidr of cidrs.split(' ')) {
    const [network, prefix] = cidr.split('/') as [string, string];
    list.addSubnet(network, Number(prefix), isIPv6(network) ? 'ipv6' : 'ipv4');
  }
  return { name, list, v6: cidrs.includes(':') };
});

/** Only this part of the IPv6 space is given out as global unicast (RFC 4291). */
const GLOBAL_V6 = new BlockList();
GLOBAL_V6.addSubnet('2000::', 3, 'ipv6');

/** Why an IP address is not one of the public Internet, or null when it is. Anything that is no IP address is refused. */
export function addressFault(address: string): string | null {
  const bare = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  const version = isIP(bare);
  if (version === 0) return 'not an IP address';
  const family = version === 6 ? 'ipv6' : 'ipv4';
  for (const { name, list, v6 } of NAMED) if (v6 === (version === 6) && list.check(bare, family)) return name;
  return version === 6 && !GLOBAL_V6.check(bare, 'ipv6') ? 'reserved' : null;
}

// ---------------------------------------------------------------- one form of an address

/** Parameters that say where a visitor came from, never what is shown. */
const TRACKING = /^(?:utm_.*|fbclid|gclid|dclid|gbraid|wbraid|yclid|msclkid|igshid|mc_cid|mc_eid|_ga|_gl)$/i;
const SESSION = /^(?:phpsessid|jsessionid|aspsessionid.*|sessionid|session_id|cfid|cftoken)$/i;
/** ASP.NET without cookies writes the session, the ticket or the anonymous id into the path. */
const COOKIELESS = /\/\((?:[A-Z]\([^()/]*\))+\)(?=\/|$)/g;

/**
 * An address that cannot be written in another way, as most are: letters and digits alone, no query, no usual port, no
 * part of the path that begins with a dot. Its host stands apart. Names of other scripts (`xn--`) and their faults are
 * left to the parser.
 */
const PLAIN =
  /^https?:\/\/((?:(?:(?!xn--)[a-z0-9][a-z0-9-]*\.)*(?!xn--)[a-z][a-z0-9-]*|(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d))(?::(?:[1-5]\d{4}|[1-9]\d{3}))?)\/(?:(?:[\w~-]|%(?!2E)[\dA-F]{2})(?:[\w.~-]|%(?!2E)[\dA-F]{2})*\/)*(?:(?:[\w~-]|%(?!2E)[\dA-F]{2})(?:[\w.~-]|%(?!2E)[\dA-F]{2})*)?$/;

/**
 * The form in which addresses are compared and asked for: without fragment, default port, credentials, session and
 * tracking parameters and repetitions. Null for anything that is not http(s). What could be another page stays another
 * address: letter case, trailing slashes and double slashes are kept.
 */
export function normalizeUrl(href: string, base?: string): string | null {
  if (PLAIN.test(href)) return href;
  return base === undefined ? knownForm(href) : normalizeAnew(href, base);
}

const MAX_URL = 2000; // characters; longer ones come from links that grow with each page
const knownForm = remember(10_000, MAX_URL, (href) => normalizeAnew(href));

/** Each part that is set has the whole address written again: what is not there stays untouched. */
function normalizeAnew(href: string, base?: string): string | null {
  let url: URL;
  try {
    url = new URL(href.trim(), base);
  } catch {
    return null;
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
  if (url.href.includes('#')) url.hash = '';
  if (url.username !== '') url.username = '';
  if (url.password !== '') url.password = '';
  if (url.hostname.endsWith('.')) url.hostname = url.hostname.replace(/\.+$/, '');
  if (url.hostname === '') return null;
  if (/[;(]/.test(url.pathname)) {
    url.pathname = url.pathname.replace(/;(?:jsessionid|phpsessid)=[^/;]*/gi, '').replace(COOKIELESS, '') || '/';
  }
  if (url.href.includes('?')) url.search = normalizeQuery(url.search.slice(1));
  return url.href.includes('%') ? url.href.replace(/%[0-9a-f]{2}/gi, (code) => code.toUpperCase()) : url.href;
}

/** Works on the raw text: decoding and encoding again would change parameters that are not UTF-8. */
function normalizeQuery(query: string): string {
  const kept: string[] = [];
  for (const pair of query.split('&')) {
    const key = split(pair)[0];
    if (pair === '' || TRACKING.test(key) || SESSION.test(key) || kept.includes(pair)) continue;
    kept.push(pair);
  }
  // a query that is not made of key=value pairs may be a path in disguise: its order means something
  if (kept.every((pair) => /^[^=]+=/.test(pair))) kept.sort((a, b) => compare(split(a)[0], split(b)[0]));
  return kept.join('&');
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const MAX_PARAMETERS = 8;
const MAX_REPEATS = 3; // of one path segment: /a/b/a/b/a/b is a relative link that resolves against itself

/** Why an address leads into a space without end, or null. */
export function trapReason(url: string): string | null {
  if (url.length > MAX_URL) return `longer than ${MAX_URL} characters`;
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    return null;
  }
  const seen = new Map<string, number>();
  for (const segment of parsed.pathname.split('/')) {
    if (segment === '' || /^\d+$/.test(segment)) continue;
    const times = (seen.get(segment) ?? 0) + 1;
    if (times >= MAX_REPEATS) return `"${segment}" is repeated in the path`;
    seen.set(segment, times);
  }
  const keys = parsed.search === '' ? [] : parsed.search.slice(1).split('&');
  if (keys.length > MAX_PARAMETERS) return `more than ${MAX_PARAMETERS} parameters`;
  if (isCalendar(parsed, keys)) return 'a page of a calendar';
  return null;
}

/** A calendar that names a day has a link to the next one, for ever. */
function isCalendar(url: URL, pairs: readonly string[]): boolean {
  const names = `${url.pathname} ${pairs.map((pair) => split(pair)[0]).join(' ')}`;
  if (!/calend[ae]r|taghvim|agenda|%D8%AA%D9%82%D9%88%DB%8C%D9%85/i.test(names)) return false;
  const byPath = /\/(?:1[34]|19|20)\d\d[-/]\d{1,2}(?:[-/]|$)/.test(url.pathname);
  return byPath || pairs.some((pair) => /^(?:[a-z]*_?)?(?:year|month|day|date|week|y|m|d|from|start)=/i.test(pair));
}

/** Host and, where it is not the usual one, port of an address. */
export const hostOf = (url: string): string => PLAIN.exec(url)?.[1] ?? new URL(url).host;
