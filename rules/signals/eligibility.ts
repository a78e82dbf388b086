import { fold } from '../../src/core/fold.ts';
import { countWords, mentions, spotOfRun } from '../../src/core/look.ts';
import { isPlaceholder } from '../lexicon/values.ts';
import { defineSignal, fieldsOf } from './define.ts';

export default defineSignal('eligibility', 'مشمولان خدمت', 'Who may use it', (page) => {
  const fields = [...fieldsOf(page, 'audience')];
  for (const field of fields) {
    const value = fold(field.value);
    if (value !== '' && !isPlaceholder(value)) return spotOfRun(page, field.labelIndex);
  }
  for (const { run, index, hit } of mentions(page, 'audience', { regions: ['main', 'body'] })) {
    // a long label whose value nobody entered is no sentence about who may use it
    if (fields.some(({ labelIndex }) => labelIndex === index)) continue;
    if (
      run.link < 0 &&
      !run.folded.endsWith('?') &&
      countWords(run.folded) >= 4 &&
      countWords(run.folded) <= 120 &&
      hit.end < run.folded.length - 3
    )
      return spotOfRun(page, index, hit);
  }
  return null;
});
