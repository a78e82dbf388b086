import { mentions, named, spotOfLink, spotOfRun } from '../../src/core/look.ts';
import { IDENTITY_PROVIDERS, listed } from '../hosts/national.ts';
import { isNoTopic } from '../links.ts';
import { defineSignal } from './define.ts';

export default defineSignal('national_sso', 'ورود با هویت ملی', 'National sign-on', (page) => {
  const provider = page.links.findIndex(
    ({ host }) => host !== '' && (listed(IDENTITY_PROVIDERS, host) || listed(page.country.identityProviders, host)),
  );
  if (provider >= 0) return spotOfLink(page, provider);
  const control = named(page, 'sso', { kinds: ['link', 'button', 'image'], accept: isNoTopic });
  if (control) return control;
  for (const { run, index, hit } of mentions(page, 'sso')) {
    if (run.link < 0 && (hit.end - hit.start) / run.folded.length > 0.25) return spotOfRun(page, index, hit);
  }
  return null;
});
