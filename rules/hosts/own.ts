import { getDomain } from 'tldts';
import type { PageView } from '../../src/core/page-view.ts';
import { remember } from '../../src/core/remember.ts';

const cache = new WeakMap<PageView, string>();

/**
 * The registrable domain of the site that a page belongs to. A page read from a file has no address: then its
 * canonical address says it, else the domain to which most of its absolute links lead. '' when nothing does.
 */
export function ownDomain(page: PageView): string {
  let domain = cache.get(page);
  if (domain === undefined) {
    domain = find(page);
    cache.set(page, domain);
  }
  return domain;
}

/** Hosts under public suffixes that list no sub-domains (in.gov) belong to different bodies. */
export const siteOf: (host: string) => string = remember(5000, 500, (host) => {
  const domain = getDomain(host, { allowPrivateDomains: false }) ?? host;
  if (/^[a-z]{2}\.(gov|us)$/.test(domain)) {
    const labels = host.split('.');
    return labels.slice(-3).join('.');
  }
  return domain;
});

function find(page: PageView): string {
  if (page.host && !page.host.endsWith('.invalid')) return siteOf(page.host);
  if (page.canonical) return siteOf(new URL(page.canonical).hostname);
  const counts = new Map<string, number>();
  let total = 0;
  for (const { url, host } of page.links) {
    if (!url || host.endsWith('.invalid')) continue;
    const domain = siteOf(host);
    counts.set(domain, (counts.get(domain) ?? 0) + 1);
    total++;
  }
  let best = '';
  for (const [domain, count] of counts)
    if (count >= Math.max(4, total * 0.4) && count > (counts.get(best) ?? 0)) best = domain;
  return best;
}

/** Does the link lead to another site than its page's? */
export const leadsAway = (page: PageView, host: string): boolean =>
  host !== '' && !host.endsWith('.invalid') && siteOf(host) !== ownDomain(page);
