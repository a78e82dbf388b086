import { headed, named, spotOfLink, type Spot } from '../../src/core/look.ts';
import { defineSignal, type Page } from './define.ts';

/** Links of their own words: "Registration help", "How to make a request". */
const OWN_WORDS =
  /^(?:\S+ ){0,4}?(?:account|log-?in|sign-?in|password|search|request|order|apply|application|registration|online|portal|system|payment|web ?site|form|filing|upload|technical|browser)s? (?:\S+ ){0,3}help$|^how (?:to|do i) (?:make|file|submit|register|fill|complete)\b/;

function ownWords(page: Page): Spot | null {
  const link = page.links.findIndex(
    ({ url, folded, region }) => url !== null && region !== 'breadcrumb' && OWN_WORDS.test(folded),
  );
  return link >= 0 ? spotOfLink(page, link) : null;
}

export default defineSignal(
  'user_guide',
  'راهنمای استفاده',
  'Guide',
  (page) =>
    named(page, 'guide', { accept: (link) => link.region !== 'breadcrumb' }) ?? headed(page, 'guide') ?? ownWords(page),
);
