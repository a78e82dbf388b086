import { named, spotOfLink, type Spot } from '../../src/core/look.ts';
import { CONTACT_ADDRESS } from '../links.ts';
import { defineSignal, type Page } from './define.ts';

export default defineSignal(
  'contact_page',
  'صفحه تماس',
  'Contact page',
  (page) => named(page, 'contact') ?? addressed(page),
);

/** A link to what its address calls so, whatever the body puts into the name: "Write to the town hall". */
function addressed(page: Page): Spot | null {
  const index = page.links.findIndex(
    ({ url, folded }) => url !== null && folded !== '' && CONTACT_ADDRESS.test(url),
  ); // prettier-ignore
  return index < 0 ? null : spotOfLink(page, index);
}
