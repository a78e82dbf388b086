import { spotOfLink } from '../../src/core/look.ts';
import { isPublicHost, listed, NATIONAL_PORTALS, SEALS } from '../hosts/national.ts';
import { leadsAway } from '../hosts/own.ts';
import { defineSignal } from './define.ts';

export default defineSignal('links_other_agencies', 'پیوند به دستگاه‌های دیگر', 'Links to other agencies', (page) => {
  const agencies = new Set<number>();
  for (const hit of page.hits.get('agency') ?? [])
    if (hit.source === 'link' || hit.source === 'title') agencies.add(hit.index);
  for (let index = 0; index < page.links.length; index++) {
    const { host } = page.links[index]!;
    if (!host || !leadsAway(page, host) || listed(SEALS, host)) continue;
    if ((isPublicHost(host) || listed(page.country.agencies, host)) && !listed(NATIONAL_PORTALS, host))
      return spotOfLink(page, index);
    if (agencies.has(index) && /\.(?:ir|gov|us|uk|it|org|edu|int)$/.test(host)) return spotOfLink(page, index);
  }
  return null;
});
