import { mentions, named, spotOfNode, spotOfRun } from '../../src/core/look.ts';
import { COOKIE_SCRIPTS } from '../hosts/networks.ts';
import { defineSignal } from './define.ts';

export default defineSignal('cookie_notice', 'اعلان کوکی', 'Cookie notice', (page) => {
  for (const { index, hit } of mentions(page, 'cookie')) return spotOfRun(page, index, hit);
  const button = named(page, 'cookie', { kinds: ['button'] });
  if (button) return button;
  const script = page.scripts.find((src) => COOKIE_SCRIPTS.test(src));
  if (script) return spotOfNode(page.body, script);
  const banner = page.marked.find(
    ({ tokens, tag }) =>
      tag !== 'a' &&
      /(?:^|[\s_-])cookie-?(?:banner|bar|notice|consent|policy-?banner|law|alert|popup)(?:[\s_-]|$)/.test(tokens),
  );
  return banner ? spotOfNode(banner.node, banner.label || banner.tokens.trim()) : null;
});
