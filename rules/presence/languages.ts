import { fold } from '../../src/core/fold.ts';
import { allNamed, spotOfLink, spotOfNode } from '../../src/core/look.ts';
import {
  blocked,
  definePortalRule,
  fail,
  naming,
  pageOf,
  partial,
  pass,
  type Place,
  type Seen,
  type Shown,
  type Site,
} from '../define.ts';
import { TRANSLATE_SCRIPTS } from '../hosts/networks.ts';
import { languageOf, languageOfRuns } from '../lexicon/language.ts';
import { NAMES } from '../signals/other_language.ts';

/** Words, or pages, from which on a version in another language says something. */
const ENOUGH_WORDS = 300;
const ENOUGH_PAGES = 5;

export default definePortalRule({
  id: 'presence/languages',
  version: 1,
  why: {
    fa: 'کسانی که زبان رسمی را نمی‌دانند نیز کاربر دولت‌اند؛ پرچمی که پشت آن صفحه‌ای نیست کاری برایشان نمی‌کند.',
    en: 'Those who do not read the official language use the government too, and a flag with no page behind it does nothing for them.',
  },
  source: 'catalogue 17',
  needs: ['home'],
  seeks: ['language', 'language-name'],
  outcomes: {
    real: pass(
      'نسخه‌ای به زبان دیگر ({language}) با {words} واژه در صفحه نخست و {pages} صفحه خوانده‌شده هست.',
      'There is a version in another language ({language}), {words} words on its first page, {pages} pages of it read.',
    ),
    intro: partial(
      'نسخه زبان دیگر ({language}) تنها معرفی کوتاهی است ({words} واژه).',
      'The version in another language ({language}) is only a short introduction ({words} words).',
    ),
    aside: partial(
      'نسخه زبان دیگر ({language}) نه از خدمات می‌گوید و نه راه تماس دارد.',
      'The version in another language ({language}) speaks neither of services nor of contact.',
    ),
    translated: partial('درگاه تنها ترجمه ماشینی پیشنهاد می‌کند.', 'The portal offers only translation by machine.'),
    sameLanguage: fail(
      'پیوند «{name}» به صفحه‌ای به همان زبان درگاه می‌رسد.',
      'The link "{name}" leads to a page in the language of the portal itself.',
    ),
    dead: fail('پیوند «{name}» به جایی نمی‌رسد.', 'The link "{name}" leads nowhere.'),
    none: fail('نسخه‌ای به زبان دیگر نیست.', 'There is no version in another language.'),
    unlooked: blocked(
      'پیوند «{name}» هست ولی مقصد آن برای ما خوانده نشد ({why}).',
      'The link "{name}" is there, but its target could not be read by us ({why}).',
    ),
  },
  check(site, conclude) {
    const home = pageOf(site.home);
    if (!home) return conclude.none();
    const own = languageOf(home.page) || home.page.lang.slice(0, 2).toLowerCase();
    const ways = [...switches(home, own)];
    let same: Shown | null = null;
    let unlooked: { proof: Shown; why: string } | null = null;
    for (const proof of ways) {
      const reading: Place = proof.spot.link?.url ? site.at(proof.spot.link.url) : { state: 'none' };
      if (reading.state === 'read' && reading.seen !== home) {
        const { page } = reading.seen;
        // the frame around the page may keep to the portal's own language
        const language =
          languageOfRuns(page.runs.filter(({ folded }) => !site.isFrame(folded))) ||
          languageOf(page) ||
          page.lang.slice(0, 2).toLowerCase();
        if (language === own) {
          same ??= proof;
          continue;
        }
        const pages = pagesIn(site, reading.seen, language);
        const values = { language, words: page.words, pages };
        if (page.words < ENOUGH_WORDS && pages < ENOUGH_PAGES) return conclude.intro({ proofs: [proof], values });
        return page.hits.has('services') || page.hits.has('contact')
          ? conclude.real({ proofs: [proof], values })
          : conclude.aside({ proofs: [proof], values });
      }
      if (!proof.spot.dead && (reading.state === 'none' || reading.state === 'blocked'))
        unlooked ??= { proof, why: reading.state === 'blocked' ? reading.why : 'not-looked' };
    }
    const widget = translator(home);
    if (unlooked) return conclude.unlooked(naming(unlooked.proof, { why: unlooked.why }));
    if (widget) return conclude.translated({ proofs: [widget] });
    if (same) return conclude.sameLanguage(naming(same));
    return ways[0] ? conclude.dead(naming(ways[0])) : conclude.none();
  },
});

/** Links and controls of the first page that promise another language, the language's own name first. */
function* switches(home: Seen, own: string): Generator<Shown> {
  const { page } = home;
  for (const spot of allNamed(page, 'language-name')) {
    // in the content a two-letter name is a state or a country
    if (spot.link?.region !== 'main' && NAMES[fold(spot.quote)] !== own) yield { seen: home, spot };
  }
  for (const [index, link] of page.links.entries()) {
    if (link.lang !== '' && !link.lang.toLowerCase().startsWith(own) && link.name.length <= 30)
      yield { seen: home, spot: spotOfLink(page, index) };
  }
  for (const spot of allNamed(page, 'language', { kinds: ['link'] })) yield { seen: home, spot };
}

/** Pages in that language that were read among those to which its first page links, itself included. */
function pagesIn(site: Site, first: Seen, language: string): number {
  const found = new Set<string>([first.page.url]);
  for (const { url } of first.page.links) {
    const seen = url ? pageOf(site.at(url)) : null;
    if (seen && languageOf(seen.page) === language) found.add(seen.page.url);
  }
  return found.size;
}

function translator(home: Seen): Shown | null {
  const { page } = home;
  const offers =
    page.scripts.some((src) => TRANSLATE_SCRIPTS.test(src)) ||
    /google_translate_element|TranslateElement/.test(page.scriptText);
  const control = [...allNamed(page, 'translate')][0];
  if (!offers && !control) return null;
  const widget = page.marked.find(({ tokens }) => /translate/.test(tokens));
  return { seen: home, spot: control ?? spotOfNode(widget?.node ?? page.body, 'translate') };
}
