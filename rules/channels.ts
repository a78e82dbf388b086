/** Channels of an organization on social networks, as its pages link to them. */
import { spotOfLink } from '../src/core/look.ts';
import { titleOf } from '../src/core/similarity.ts';
import type { Place, Seen, Shown, Site } from './define.ts';
import { channelOf, channelPage } from './hosts/networks.ts';

/** Networks that block addresses of some countries, or show nothing without an account: their silence says nothing. */
export const CLOSED_NETWORKS = new Set([
  'telegram',
  'instagram',
  'x',
  'facebook',
  'linkedin',
  'youtube',
  'whatsapp',
  'tiktok',
  'threads',
  'pinterest',
]);
/** Words that many names of public bodies share. */
const COMMON = new Set(['سازمان', 'وزارت', 'شرکت', 'شهرداری', 'اداره', 'کل', 'استان', 'مرکز', 'دانشگاه', 'ملی', 'ایران', 'کشور', 'ministry', 'organization', 'agency', 'national', 'department', 'office', 'comune', 'ministero', 'city', 'town', 'council']); // prettier-ignore
/** A page of a channel with fewer words says nothing about whose it is. */
const TELLING_WORDS = 15;
/** A longer line around a link is prose that mentions somebody's channel. */
const PROSE = 120; // letters

export interface Channel {
  readonly proof: Shown;
  readonly network: string;
  readonly kind: string;
  /** Of the page on which the channel shows its posts, where it has one. */
  readonly reading: Place;
}

/** Accounts that a page links to, each once; those of the maker of the site and in prose left out. */
export function channelsOn(site: Site, seen: Seen): Channel[] {
  const { page } = seen;
  const makers = new Set(
    (page.hits.get('vendor') ?? [])
      .filter(({ source, strength }) => source === 'run' && strength !== 'weak')
      .map(({ index }) => index),
  );
  const out = new Map<string, Channel>();
  page.links.forEach((link, index) => {
    const channel = channelOf(link.url, link.host, site.hosts);
    if (!channel || channel.account === '' || makers.has(link.at) || (page.runs[link.at]?.folded.length ?? 0) > PROSE)
      return;
    const key = `${channel.network} ${channel.account.toLowerCase()}`;
    if (out.has(key)) return;
    out.set(key, {
      proof: { seen, spot: spotOfLink(page, index) },
      network: channel.network,
      kind: channel.kind,
      reading: readingOf(site, link.url!, link.host),
    });
  });
  return [...out.values()];
}

function readingOf(site: Site, url: string, host: string): Place {
  const posts = channelPage(url, host, site.hosts);
  const reading: Place = posts ? site.at(posts) : { state: 'none' };
  return reading.state === 'none' ? site.at(url) : reading;
}

/** Does the page of the channel speak, and not of this organization? */
export function isOther({ organization }: Site, { reading }: Channel): boolean {
  if (reading.state !== 'read' || reading.seen.page.words < TELLING_WORDS) return false;
  const words = [organization.names.fa, organization.names.en]
    .flatMap((name) => [...titleOf(name).words])
    .filter((word) => !COMMON.has(word) && word.length > 2);
  if (words.length === 0) return false;
  const { page } = reading.seen;
  const host = organization.portalUrl ? new URL(organization.portalUrl).hostname.replace(/^www\./, '') : '\n';
  const text = [...titleOf(page.title).words, ...page.runs.flatMap(({ folded }) => folded.split(/[^\p{L}\p{N}.]+/u))];
  return !text.some((word) => words.includes(word) || word.includes(host));
}
