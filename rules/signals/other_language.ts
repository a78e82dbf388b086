import { fold } from '../../src/core/fold.ts';
import { allNamed, named, spotOfLink, spotOfNode } from '../../src/core/look.ts';
import { leadsAway, ownDomain } from '../hosts/own.ts';
import { TRANSLATE_SCRIPTS } from '../hosts/networks.ts';
import { languageOf } from '../lexicon/language.ts';
import { defineSignal, type Page } from './define.ts';

/** Names by which a language calls itself, folded, and its code: what each says. */
export const NAMES: Readonly<Record<string, string>> = {
  english: 'en', eng: 'en', en: 'en', انگلیسی: 'en', inglese: 'en', 'english version': 'en', 'نسخه انگلیسی': 'en',
  فارسی: 'fa', persian: 'fa', farsi: 'fa', fa: 'fa', فا: 'fa', پارسی: 'fa',
  italiano: 'it', ita: 'it', it: 'it',
  hindi: 'hi', arabic: 'ar', عربی: 'ar', العربیه: 'ar', french: 'fr', francais: 'fr', german: 'de', deutsch: 'de', spanish: 'es', espanol: 'es', urdu: 'ur', turkce: 'tr', russian: 'ru', chinese: 'zh', کردی: 'ku', پشتو: 'ps',
}; // prettier-ignore

export default defineSignal('other_language', 'زبان‌های دیگر', 'Other languages', (page) => {
  const own = languageOf(page);
  for (const spot of allNamed(page, 'language-name')) {
    const words = fold(spot.quote);
    if (words.length > 24 || (NAMES[words] ?? '') === own) continue;
    // a two-letter name is a language only where languages are chosen: not in a list of countries or states
    if (spot.link && spot.link.region === 'main') continue;
    // another site in another language is no version of this one
    if (spot.link?.url && ownDomain(page) !== '' && leadsAway(page, spot.link.host)) continue;
    return spot;
  }
  const chosen = named(page, 'language') ?? named(page, 'translate');
  if (chosen) return chosen;
  // "English (United States)", as the settings of a browser call it
  const regional = page.links.findIndex(({ name, title, region, url }) => {
    const bare = /^([^()]{2,12}) \([^()]{3,30}\)$/.exec(fold(name) || title)?.[1];
    return url !== null && region !== 'main' && bare !== undefined && (NAMES[bare] ?? own) !== own;
  });
  if (regional >= 0) return spotOfLink(page, regional);
  const tagged = page.links.findIndex(
    (link) => link.lang !== '' && !link.lang.toLowerCase().startsWith(own) && link.name.length <= 30,
  );
  if (tagged >= 0) return spotOfLink(page, tagged);
  const select = languageSelect(page);
  if (select) return select;
  const alternate = page.alternates.find(({ lang }) => lang !== 'x-default' && !lang.startsWith(own));
  if (alternate && page.links.some((link) => link.url === alternate.url))
    return spotOfNode(alternate.node, alternate.url);
  if (
    page.scripts.some((src) => TRANSLATE_SCRIPTS.test(src)) ||
    /google_translate_element|TranslateElement/.test(page.scriptText)
  ) {
    const widget = page.marked.find((element) => /translate/.test(element.tokens));
    return spotOfNode(widget?.node ?? page.body, 'translate');
  }
  return null;
});

function languageSelect(page: Page): ReturnType<typeof spotOfNode> | null {
  const field = page.fields.find(
    ({ type, options }) =>
      type === 'select' && options.filter((option) => NAMES[fold(option)] !== undefined).length >= 2,
  );
  return field ? spotOfNode(field.node, field.options.join(' ')) : null;
}
