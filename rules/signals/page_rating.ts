import { mentions, named, spotOfNode, spotOfRun } from '../../src/core/look.ts';
import { says } from '../lexicon/says.ts';
import { defineSignal } from './define.ts';

const STARS =
  /(?:^|[\s_-])(?:rating|ratings|rate|star-?rating|stars?-?rate|rateit|raty|page-?feedback|helpful|was-?this|usefulness|jq-?stars|br-widget)(?:[\s_-]|$)/;

export default defineSignal('page_rating', 'امتیاز به صفحه', 'Rating of the page', (page) => {
  for (const { run, index, hit } of mentions(page, 'rating')) {
    // how the site looks is asked of the site, not of the page
    if (says(run.folded, 'site-looks')) continue;
    if (run.link < 0 || run.folded.length < 60) return spotOfRun(page, index, hit);
  }
  const control = named(page, 'rating');
  if (control) return control;
  for (const field of page.fields)
    if (/\b(?:rating|stars?)\b/i.test(field.name) && (field.type === 'radio' || field.type === 'select'))
      return spotOfNode(field.node, field.label || field.name);
  const widget = page.marked.find(
    ({ tokens, region }) => STARS.test(tokens) && region !== 'footer' && region !== 'nav',
  );
  return widget ? spotOfNode(widget.node, widget.label || widget.tokens.trim()) : null;
});
