import { named, spotOfLink, spotOfNode } from '../../src/core/look.ts';
import { isInside } from '../../src/core/page-tree.ts';
import { channelOf, isShareAddress, SHARE_SCRIPTS } from '../hosts/networks.ts';
import { defineSignal, type Page } from './define.ts';

export default defineSignal('share_buttons', 'هم‌رسانی صفحه', 'Share buttons', (page) => {
  const address = page.links.findIndex(
    ({ url, host, href }) =>
      isShareAddress(url, host) || /^(?:mailto:\?.*(?:subject|body)=|whatsapp:\/\/send)/i.test(href),
  );
  if (address >= 0) return spotOfLink(page, address);
  const control = named(page, 'share', { kinds: ['link', 'button'] });
  if (control) return control;
  const script = page.scripts.find((src) => SHARE_SCRIPTS.test(src));
  const widget = page.marked.find(
    ({ tokens, node }) =>
      /(?:^|[\s_-])(?:share-?(?:buttons?|this|bar|links?|icons?)?|social-?share|addthis\w*|a2a_kit)(?:[\s_-]|$)/.test(
        tokens,
      ) && !holdsOwnPages(page, node),
  );
  if (widget) return spotOfNode(widget.node, widget.label || widget.tokens.trim());
  if (script) return spotOfNode(page.body, script);
  return (page.hits.get('share') ?? []).some(
    ({ source, whole, index }) => source === 'run' && whole && page.runs[index]!.region !== 'nav',
  )
    ? shareHeading(page)
    : null;
});

function shareHeading(page: Parameters<typeof named>[0]): ReturnType<typeof spotOfNode> | null {
  const hit = (page.hits.get('share') ?? []).find(({ source, whole }) => source === 'run' && whole);
  return hit ? spotOfNode(page.runs[hit.index]!.node, page.runs[hit.index]!.text, hit.language) : null;
}

/** A box that is called so and holds the channels of the body: what shares the page is found by its address before. */
function holdsOwnPages({ links, tree, country }: Page, box: number): boolean {
  return links.some(
    ({ node, url, host }) => (channelOf(url, host, country)?.account ?? '') !== '' && isInside(tree, node, box),
  );
}
