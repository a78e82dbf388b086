import { spotOfNode } from '../../src/core/look.ts';
import { languageOf } from '../lexicon/language.ts';
import { defineSignal } from './define.ts';

export default defineSignal('html_lang', 'زبان صفحه در کد', 'Language of the page', (page) => {
  const declared = page.lang.toLowerCase().split(/[-_]/)[0] ?? '';
  if (declared === '') return null;
  const spoken = languageOf(page);
  return spoken === ''
    ? 'unclear'
    : declared === spoken || (declared === 'per' && spoken === 'fa')
      ? spotOfNode(page.root, `lang="${page.lang}"`)
      : null;
});
