import { named, spotOfLink, spotOfNode } from '../../src/core/look.ts';
import { defineSignal } from './define.ts';

/** A picture this near after a heading of a diagram is the diagram. */
const REACH = 2;

export default defineSignal('process_diagram', 'نمودار فرایند', 'Process diagram', (page) => {
  for (const hit of page.hits.get('diagram') ?? []) {
    if (hit.strength === 'weak') continue;
    if (hit.source === 'image')
      return spotOfNode(page.images[hit.index]!.node, page.images[hit.index]!.alt, hit.language);
    if (hit.source !== 'run') continue;
    const image = page.images.find(
      ({ at, region }) => at > hit.index && at - hit.index <= REACH && region !== 'header' && region !== 'footer',
    );
    if (image && page.runs[hit.index]!.link < 0)
      return spotOfNode(image.node, page.runs[hit.index]!.text, hit.language);
  }
  const file = page.images.find(({ src }) =>
    /flow-?chart|flowchart|(?:^|\/)(?:process|workflow|diagram)[^/]*\.(?:png|jpe?g|gif|svg)/i.test(src),
  );
  if (file) return spotOfNode(file.node, file.alt || file.src);
  const link = page.links.findIndex(({ url }) => url !== null && /flow-?chart/i.test(url));
  return link >= 0 ? spotOfLink(page, link) : named(page, 'diagram');
});
