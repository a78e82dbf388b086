import { mentions, named, spotOfLink, spotOfRun } from '../../src/core/look.ts';
import { listed } from '../hosts/national.ts';
import { APP_STORES } from '../hosts/networks.ts';
import { defineSignal } from './define.ts';

export default defineSignal('mobile_app', 'برنامه همراه', 'Mobile app', (page) => {
  const store = page.links.findIndex(
    ({ host, url }) => (host !== '' && listed(APP_STORES, host)) || (url !== null && /\.apk(?:$|\?)/i.test(url)),
  );
  if (store >= 0) return spotOfLink(page, store);
  const control = named(page, 'app', { kinds: ['link', 'button', 'image'] });
  if (control) return control;
  for (const { index, hit } of mentions(page, 'app')) return spotOfRun(page, index, hit);
  return null;
});
