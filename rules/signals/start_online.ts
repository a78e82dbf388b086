import { mentions, named, spotOfLink } from '../../src/core/look.ts';
import { defineSignal } from './define.ts';

/** Lines between the words and the icon that is the link. */
const REACH = 3;

export default defineSignal('start_online', 'شروع برخط خدمت', 'Start online', (page) => {
  const control = named(page, 'start', { accept: (link) => link.region !== 'breadcrumb' && !link.anchor });
  if (control && !control.dead) return control;
  // a column or line of that name whose links are icons
  for (const { run, index, hit } of mentions(page, 'start')) {
    if (run.link >= 0 || (hit.end - hit.start) / run.folded.length < 0.4) continue;
    const link = page.links.findIndex(({ at, wordless, url }) => wordless && url !== null && at > index && at <= index + REACH + 3);
    if (link >= 0) return spotOfLink(page, link, hit.language);
  }
  return control;
});
