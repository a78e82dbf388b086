import { named, spotOfLink } from '../../src/core/look.ts';
import { listed, NATIONAL_PORTALS } from '../hosts/national.ts';
import { leadsAway } from '../hosts/own.ts';
import { defineSignal } from './define.ts';

export default defineSignal('link_national_portal', 'پیوند به درگاه ملی', 'Link to the national portal', (page) => {
  const portal = page.links.findIndex(
    ({ host }) =>
      host !== '' &&
      (listed(NATIONAL_PORTALS, host) || listed(page.country.nationalPortals, host)) &&
      leadsAway(page, host),
  );
  return portal >= 0
    ? spotOfLink(page, portal)
    : named(page, 'national-portal', { kinds: ['link'], accept: ({ folded }) => !/[a-z]\.gov\.uk/.test(folded) });
});
