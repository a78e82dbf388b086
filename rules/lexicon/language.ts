import type { PageView, Run } from '../../src/core/page-view.ts';

/** Small words that nearly every sentence of a language has and its neighbours lack. */
const SMALL_WORDS: Readonly<Record<string, readonly string[]>> = {
  en: ['the', 'and', 'of', 'to', 'for', 'you', 'your', 'is', 'are', 'with', 'this', 'or'],
  it: ['di', 'il', 'della', 'per', 'del', 'che', 'gli', 'dei', 'una', 'sono', 'alla', 'nel'],
  fr: ['le', 'les', 'des', 'et', 'une', 'pour', 'dans', 'vous', 'est', 'sur', 'aux', 'votre'],
  de: ['der', 'die', 'und', 'das', 'fur', 'mit', 'ist', 'von', 'sie', 'auf', 'den', 'nicht'],
  es: ['el', 'los', 'las', 'para', 'con', 'una', 'por', 'que', 'del', 'su', 'en', 'y'],
};
const LANGUAGES_OF = new Map<string, string[]>();
for (const [language, words] of Object.entries(SMALL_WORDS))
  for (const word of words) LANGUAGES_OF.set(word, [...(LANGUAGES_OF.get(word) ?? []), language]);

/** Letters of text that are read; more would not change the answer. */
const SAMPLE = 3000;

const cache = new WeakMap<PageView, string>();

/** The main language of a page by its own words (`fa`, `ar`, `en`, `it`, `fr`, `de`, `es`), '' when there are too few. */
export function languageOf(page: PageView): string {
  let language = cache.get(page);
  if (language === undefined) {
    language = guess(page);
    cache.set(page, language);
  }
  return language;
}

/** Menus may be in another language than what they lead to: where a page has content enough, that alone speaks. */
function contentOf(page: PageView): readonly Run[] {
  const content = page.runs.filter(({ region }) => region === 'main');
  return content.reduce((letters, { text }) => letters + text.length, 0) >= ENOUGH ? content : page.runs;
}
const ENOUGH = 200; // letters

const guess = (page: PageView): string => languageOfRuns(contentOf(page));

/** The language of some lines; `languageOf` for pages of which the frame is known. */
export function languageOfRuns(runs: readonly Run[]): string {
  let arabic = 0;
  let latin = 0;
  let persianOnly = 0;
  let arabicOnly = 0;
  let read = 0;
  for (const run of runs) {
    if (read > SAMPLE) break;
    read += run.text.length;
    for (let i = 0; i < run.text.length; i++) {
      const code = run.text.charCodeAt(i);
      if (code >= 0x600 && code <= 0x6ff) {
        arabic++;
        if (code === 0x67e || code === 0x686 || code === 0x698 || code === 0x6af || code === 0x6cc || code === 0x6a9)
          persianOnly++;
        else if (code === 0x629 || code === 0x649 || code === 0x623 || code === 0x625) arabicOnly++;
      } else if ((code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a)) latin++;
    }
  }
  if (arabic + latin < 30) return '';
  if (arabic > latin) return arabicOnly > persianOnly * 2 && persianOnly < arabic * 0.02 ? 'ar' : 'fa';
  return bySmallWords(runs);
}

function bySmallWords(runs: readonly Run[]): string {
  const scores: Record<string, number> = {};
  let read = 0;
  for (const { folded } of runs) {
    if (read > SAMPLE) break;
    read += folded.length;
    for (const word of folded.split(' '))
      for (const language of LANGUAGES_OF.get(word) ?? []) scores[language] = (scores[language] ?? 0) + 1;
  }
  let best = '';
  for (const language of Object.keys(SMALL_WORDS)) if ((scores[language] ?? 0) > (scores[best] ?? 0)) best = language;
  return best;
}
