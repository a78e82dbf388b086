import { spotOfLink, spotOfNode, type Spot } from '../../src/core/look.ts';
import { channelOf } from '../hosts/networks.ts';
import { defineSignal, type Page } from './define.ts';

export default defineSignal('social_media', 'شبکه‌های اجتماعی', 'Social networks', (page) => {
  for (let index = 0; index < page.links.length; index++) {
    const link = page.links[index]!;
    const channel = channelOf(link.url, link.host, page.country);
    if (channel && channel.account !== '') return spotOfLink(page, index);
  }
  return unlinked(page);
});

/** Icons of networks that lead nowhere, where they do not offer to share the page. */
function unlinked(page: Page): Spot | null {
  const sharing = new Set<number>();
  for (const hit of page.hits.get('share') ?? []) {
    const at =
      hit.source === 'run'
        ? hit.index
        : hit.source === 'link'
          ? page.links[hit.index]!.at
          : hit.source === 'button'
            ? page.buttons[hit.index]!.at
            : -9;
    for (let near = at; near <= at + 8; near++) sharing.add(near);
  }
  for (const hit of page.hits.get('social-name') ?? []) {
    if (hit.source !== 'link' && hit.source !== 'title') continue;
    const link = page.links[hit.index]!;
    if (link.url !== null || sharing.has(link.at) || (hit.source === 'link' && link.folded.length > 40)) continue;
    return spotOfLink(page, hit.index, hit.language);
  }
  for (let index = 0; index < page.links.length; index++) {
    const link = page.links[index]!;
    if (link.url !== null || !link.wordless || sharing.has(link.at)) continue;
    const icon =
      /\b(?:fa|icon|bi|ti|ri|mdi|social)-(?:brands? )?(?:telegram|instagram|twitter|x-twitter|facebook|linkedin|youtube|aparat|eitaa|bale|rubika)/.exec(
        link.inner,
      );
    if (icon) return { ...spotOfNode(link.node, icon[0]), link, dead: true };
  }
  return null;
}
