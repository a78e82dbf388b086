import { named, spotOfLink, spotOfNode } from '../../src/core/look.ts';
import { defineSignal } from './define.ts';

const LETTERS = /^(?:[aا]|الف)\s?[+\-↑↓]$|^[+\-]\s?[aا]$|^a{2,3}$/;

export default defineSignal('font_size_tools', 'اندازه متن و تباین', 'Text size and contrast', (page) => {
  const control = named(page, 'font-tools', { kinds: ['link', 'button', 'image'] });
  if (control) return control;
  const link = page.links.findIndex(({ folded }) => LETTERS.test(folded));
  if (link >= 0) return spotOfLink(page, link);
  const button = page.buttons.find(({ folded }) => LETTERS.test(folded));
  if (button) return spotOfNode(button.node, button.name);
  const tool = page.marked.find(
    ({ tokens, tag }) =>
      (tag === 'a' || tag === 'button' || tag === 'div') &&
      /(?:^|[\s_-])(?:font-?(?:size-?)?(?:plus|minus|up|down|increase|decrease|reset|changer|control|switch(?:er)?|tools?)|font-?(?:re)?size(?=\s|$)|font-?resizer?|text-?resizer?|(?:increase|decrease)-?(?:font|text)|high-?contrast|contrast-?(?:toggle|switch|mode))(?:[\s_-]|$)/.test(
        tokens,
      ),
  );
  return tool ? spotOfNode(tool.node, tool.label || tool.tokens.trim()) : null;
});
