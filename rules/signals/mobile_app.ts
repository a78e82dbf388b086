import { isName, mentions, named, spotOfLink, spotOfRun } from '../../src/core/look.ts';
import { listed } from '../hosts/national.ts';
import { APP_STORES } from '../hosts/networks.ts';
import { defineSignal } from './define.ts';

/** Words of an offer around the name of an app; a sentence without them speaks about apps. */
const OFFERS =
  /دانلود|دریافت کنید|نصب|بازار|مایکت|اندروید|ios|از طریق|به وسیله|با استفاده|\b(?:download|install|get|use|using|our|via|through|available|scarica\w*|tramite|disponibile|installa\w*)\b/;
const REACH = 80;

export default defineSignal('mobile_app', 'برنامه همراه', 'Mobile app', (page) => {
  const store = page.links.findIndex(
    ({ host, url }) => (host !== '' && listed(APP_STORES, host)) || (url !== null && /\.apk(?:$|\?)/i.test(url)),
  );
  if (store >= 0) return spotOfLink(page, store);
  const control = named(page, 'app', { kinds: ['link', 'button', 'image'] });
  if (control) return control;
  for (const { run, index, hit } of mentions(page, 'app')) {
    const near = run.folded.slice(Math.max(0, hit.start - REACH), hit.end + REACH);
    if (isName(run.folded, hit) || OFFERS.test(near)) return spotOfRun(page, index, hit);
  }
  return null;
});
