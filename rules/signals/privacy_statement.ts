import { headed, named, spotOfLink, type Spot } from '../../src/core/look.ts';
import { defineSignal, type Page } from './define.ts';

export default defineSignal(
  'privacy_statement',
  'بیانیه حریم خصوصی',
  'Privacy statement',
  (page) => named(page, 'privacy') ?? headed(page, 'privacy') ?? filed(page),
);

/** A file or page of that name, to which "here" or "the notice" leads. */
const NAMED_FILE =
  /\/(?:informativa[-_]?(?:sulla[-_]?)?)?privacy(?:[-_]?(?:policy|notice|statement|informativa))?(?:\.\w{2,5}|\/)?(?:[?#]|$)/i;

function filed(page: Page): Spot | null {
  const link = page.links.findIndex(
    ({ url, folded }) => url !== null && NAMED_FILE.test(url) && !folded.includes('privacy'),
  );
  return link >= 0 ? spotOfLink(page, link) : null;
}
