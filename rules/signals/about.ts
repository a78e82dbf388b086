import { named, spotOfLink } from '../../src/core/look.ts';
import { defineSignal } from './define.ts';

export default defineSignal('about', 'درباره سازمان', 'About the organization', (page) => {
  const control = named(page, 'about');
  if (control) return control;
  // "About" with the name of the body, in a menu
  const link = page.links.findIndex(
    ({ folded, region }) =>
      region !== 'main' && /^about (?!this page|cookies|pdf|the site)\S+(?: \S+){0,2}$/.test(folded),
  );
  return link >= 0 ? spotOfLink(page, link) : null;
});
