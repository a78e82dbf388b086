import { named, spotOfLink, spotOfNode } from '../../src/core/look.ts';
import { defineSignal } from './define.ts';

export default defineSignal('print', 'چاپ', 'Print', (page) => {
  const control = named(page, 'print');
  if (control) return control;
  const link = page.links.findIndex(
    ({ href, url, wordless, inner }) =>
      /window\.print|javascript:print/i.test(href) ||
      (url !== null && /[?&/](?:print|printpage|printable)(?:=|\/|$|\.)/i.test(url)) ||
      (wordless && /\b(?:fa|icon|bi|glyphicon)-print/.test(inner)),
  );
  if (link >= 0) return spotOfLink(page, link);
  const button = page.buttons.find(({ classes }) => /(?:^|[\s_-])print(?:[\s_-]|$)/.test(classes));
  return button ? spotOfNode(button.node, button.name || button.classes.trim()) : null;
});
