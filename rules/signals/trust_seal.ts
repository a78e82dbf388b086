import { spotOfLink, spotOfNode } from '../../src/core/look.ts';
import { listed, SEALS } from '../hosts/national.ts';
import { defineSignal } from './define.ts';

export default defineSignal('trust_seal', 'نماد اعتماد', 'Trust seal', (page) => {
  const link = page.links.findIndex(({ host }) => host !== '' && listed(SEALS, host));
  if (link >= 0) return spotOfLink(page, link);
  const image = page.images.find(({ src }) => /enamad|samandehi|trustseal/i.test(src));
  if (image) return spotOfNode(image.node, image.alt || image.src);
  const hit = (page.hits.get('seal') ?? []).find(({ source }) => source === 'image' || source === 'link');
  return hit
    ? hit.source === 'link'
      ? spotOfLink(page, hit.index, hit.language)
      : spotOfNode(page.images[hit.index]!.node, page.images[hit.index]!.alt, hit.language)
    : null;
});
