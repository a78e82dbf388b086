import { NO_HOSTS, type CountryHosts } from '../../src/core/model.ts';
import { remember } from '../../src/core/remember.ts';

/** Social networks, sharing services, app stores, chat and survey products: by host or script. */

/** Networks on which bodies keep channels, with the paths that are not a channel. */
const NETWORKS: readonly (readonly [name: string, hosts: readonly string[]])[] = [
  ['telegram', ['t.me', 'telegram.me', 'telegram.org']], ['eitaa', ['eitaa.com', 'eitaa.ir']], ['bale', ['ble.ir', 'bale.ai', 'ble.im']], ['soroush', ['splus.ir', 'sapp.ir', 'soroush-app.ir']], ['rubika', ['rubika.ir', 'rubika.com']],
  ['igap', ['igap.net']], ['gap', ['gap.im']], ['virasty', ['virasty.com']], ['aparat', ['aparat.com']], ['shad', ['shad.ir']],
  ['instagram', ['instagram.com']], ['x', ['twitter.com', 'x.com']], ['facebook', ['facebook.com', 'fb.com', 'fb.me', 'm.facebook.com']], ['linkedin', ['linkedin.com']], ['youtube', ['youtube.com', 'youtu.be']],
  ['whatsapp', ['whatsapp.com', 'wa.me', 'chat.whatsapp.com', 'api.whatsapp.com']], ['flickr', ['flickr.com']], ['vimeo', ['vimeo.com']], ['tiktok', ['tiktok.com']], ['pinterest', ['pinterest.com', 'pinterest.co.uk']], ['nextdoor', ['nextdoor.com', 'nextdoor.co.uk']], ['threads', ['threads.net', 'threads.com']], ['bluesky', ['bsky.app']], ['mastodon', ['mastodon.social', 'mastodon.uno']], ['snapchat', ['snapchat.com']], ['medium', ['medium.com']],
]; // prettier-ignore

const MESSENGERS = new Set(['telegram', 'eitaa', 'bale', 'soroush', 'rubika', 'igap', 'gap', 'whatsapp', 'shad']);

const SHARE =
  /\/share(?:r|article)?(?:[/?.]|$)|sharer\.php|\/intent\/|share-offsite|[?&](?:u|url|text|status|mini)=|addthis|addtoany|sharethis|\/pin\/create|wa\.me\/\?|\/send\?|msg_url|\/shareArticle|\/ShareLink\//i;

export interface Channel {
  readonly network: string;
  readonly kind: 'messenger' | 'public';
  /** Account name, '' when the address is only the network's own front page. */
  readonly account: string;
}

/** The social channel that an address leads to; null for other hosts and for share buttons. */
export function channelOf(url: string | null, host: string, country: CountryHosts = NO_HOSTS): Channel | null {
  if (!url) return null;
  const bare = bareHost(host);
  const own = country.messengers.includes(bare) ? 'messenger' : country.socialNetworks.includes(bare) ? 'public' : null;
  if (own)
    return SHARE.test(url)
      ? null
      : { network: bare, kind: own, account: new URL(url).pathname.replace(/^\/|\/$/g, '') };
  const network = networkOf(bare);
  if (network === null || SHARE.test(url)) return null;
  const path = url
    .replace(/^https?:\/\/[^/]+\/?/, '')
    .replace(/[?#].*$/, '')
    .replace(/\/$/, '');
  if (
    /^(?:watch|embed|video\/|v\/|p\/|reel\/|hashtag|search|login|home|plugins|status|explore)/i.test(path) ||
    /\/status\/|\/posts\/|\/videos\//i.test(path)
  )
    return null;
  return { network, kind: MESSENGERS.has(network) ? 'messenger' : 'public', account: path };
}

/** Networks whose channels anybody can see without an account. */
const OPEN_NETWORKS = new Set(['eitaa', 'bale', 'soroush', 'rubika', 'aparat', 'virasty', 'igap', 'gap']);

/** Where a channel shows its posts to everybody; null for other addresses, front pages, and networks that ask for an account. */
export function channelPage(url: string, host: string, country: CountryHosts = NO_HOSTS): string | null {
  const channel = channelOf(url, host, country);
  if (!channel || channel.account === '') return null;
  const { network, account } = channel;
  // the page of an invitation shows no posts
  if (network === 'telegram')
    return /^(?:s\/)?(?!joinchat)\w{4,}$/.test(account) ? `https://t.me/s/${account.replace(/^s\//, '')}` : null;
  return OPEN_NETWORKS.has(network) || country.messengers.includes(network) || country.socialNetworks.includes(network)
    ? url
    : null;
}

const BY_HOST = new Map(NETWORKS.flatMap(([network, hosts]) => hosts.map((host) => [host, network] as const)));

/** The network that owns a host or a domain above it. Every link of a site is asked about, and they lead to few hosts. */
const networkOf = remember(2000, 100, (host): string | null => {
  for (let at = 0; at >= 0;) {
    const known = BY_HOST.get(at === 0 ? host : host.slice(at));
    if (known !== undefined) return known;
    const dot = host.indexOf('.', at);
    at = dot < 0 ? -1 : dot + 1;
  }
  return null;
});

const bareHost = remember(2000, 100, (host) => host.replace(/^(www|m|web|mobile)\./, ''));

/** Does the address share a page on somebody's behalf? */
export function isShareAddress(url: string | null, host: string): boolean {
  if (!url) return false;
  if (/(?:^|\.)(?:addthis|addtoany|sharethis)\.com$/.test(host)) return true;
  return (
    (SHARE.test(url) && networkOf(host) !== null) ||
    /\/ShareLink\/|\/share\/(?:facebook|twitter|telegram|linkedin|whatsapp|email)/i.test(url)
  );
}

export const SHARE_SCRIPTS = /addthis|addtoany|sharethis|shareaholic|sharrre|social-share/i;

export const CHAT_SCRIPTS =
  /raychat|goftino|imber\.live|tawk\.to|crisp\.chat|livechatinc|zopim|zdassets|intercom(?:cdn)?\.(?:io|com)|driftt?\.com|tidio|olark|userlike|chatra|smartsupp|livezilla|najva-chat|purechat|botpress|webchat|chatbot|snapengage|freshchat|jivosite|liveperson|genesys|zendesk.*chat|civicchat|frase\.io|citibot|polimorphic|chatwith/i;

/** What an inline script says when it loads one of them: the vendor's host, or the name that its code gives itself. */
export const CHAT_LOADERS =
  /raychat\.io|RAYCHAT_TOKEN|goftino\.com|window\.Goftino|\bGoftino\s*=|imber\.live|IMBER_ID|embed\.tawk\.to|Tawk_API|client\.crisp\.chat|\$crisp|CRISP_WEBSITE_ID|cdn\.livechatinc\.com|__lc\.license|static\.zdassets\.com|zopim\.com|intercomSettings|widget\.intercom\.io|js\.driftt\.com|drift\.load|code\.tidio\.co|static\.olark\.com|olark\.identify|userlike-cdn|call\.chatra\.io|ChatraID|smartsuppchat\.com|_smartsupp|code\.jivosite\.com|lptag\.|liveperson\.net|livezilla|cdn\.botpress\.cloud|botpressWebChat|snapengage\.com|wchat\.freshchat\.com|fcWidget/;

export const COOKIE_SCRIPTS =
  /cookiebot|onetrust|iubenda|cookieconsent|cookie-?consent|cookielaw|quantcast.*choice|klaro|trustarc|usercentrics|cookieyes|civicuk\.com\/cookie|cookie-?script|complianz|osano|tarteaucitron|axeptio/i;

export const TRANSLATE_SCRIPTS =
  /translate\.google|gtranslate|google_translate|translate_a\/element|weglot|localizejs|microsofttranslator|googletranslate/i;

export const SITE_SEARCH_SCRIPTS = /cse\.google|customsearch|gcse|swiftype|addsearch|searchgov|search\.usa\.gov/i;

export const APP_STORES: readonly string[] = [
  'play.google.com',
  'apps.apple.com',
  'itunes.apple.com',
  'cafebazaar.ir',
  'myket.ir',
  'sibapp.com',
  'sibche.com',
  'anardoni.com',
  'appgallery.huawei.com',
  'new.sibapp.com',
  'sibirani.com',
  'iapps.ir',
];

export const SURVEY_HOSTS: readonly string[] = [
  'porsline.ir',
  'surveymonkey.com',
  'survey.porsline.ir',
  'forms.gle',
  'typeform.com',
  'surveymonkey.co.uk',
  'alchemer.com',
  'qualtrics.com',
  'smartsurvey.co.uk',
  'epoll.ir',
  'digiform.ir',
  'pors.io',
];

/** Where films are shown that a robot cannot judge. */
export const VIDEO_HOSTS: readonly string[] = [
  'aparat.com',
  'youtube.com',
  'youtu.be',
  'vimeo.com',
  'namasha.com',
  'telewebion.com',
];

const MAP_HOSTS =
  /(?:^|\.)(?:neshan\.org|balad\.ir|map\.ir|cedarmaps\.com|parsimap\.ir|openstreetmap\.org|waze\.com|maps\.google\.com|maps\.app\.goo\.gl|mapbox\.com|openstreetmap\.de)$/;
export const isMapAddress = (url: string | null, host: string): boolean =>
  url !== null && (MAP_HOSTS.test(host) || /google\.[a-z.]+\/maps|bing\.com\/maps|goo\.gl\/maps/.test(url));
