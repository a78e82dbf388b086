import { named, spotOfLink } from '../../src/core/look.ts';
import { defineSignal } from './define.ts';

export default defineSignal('rss', 'خوراک RSS', 'RSS feed', (page) => {
  const control = named(page, 'rss');
  if (control) return control;
  const address = page.links.findIndex(
    ({ url }) =>
      url !== null &&
      /(?:^|[/._-])(?:rss|atom|feeds?)(?:[/._?-]|$)|rss\.(?:xml|aspx|php)/i.test(url.replace(/^https?:\/\/[^/]+/, '')),
  );
  if (address >= 0) return spotOfLink(page, address);
  // a feed that only the head of the page names is there, and no visitor sees it
  return page.feeds.length > 0 ? 'unclear' : null;
});
