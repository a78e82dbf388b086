import { fold } from '../../src/core/fold.ts';
import { countWords, mentions, spotOfRun } from '../../src/core/look.ts';
import { findDate, findDuration, isPlaceholder } from '../lexicon/values.ts';
import { defineSignal, fieldsOf } from './define.ts';

export default defineSignal('duration', 'مدت انجام خدمت', 'Duration', (page) => {
  for (const concept of ['duration', 'deadline'] as const) {
    for (const field of fieldsOf(page, concept)) {
      if (field.label.link >= 0) continue;
      const value = fold(field.value);
      if (value === '' || isPlaceholder(value)) continue;
      if (findDuration(value) || findDate(value)) return spotOfRun(page, field.from < field.to ? field.from : field.labelIndex);
      if (field.label.heading > 0 && countWords(value) >= 6 && concept === 'duration') return spotOfRun(page, field.labelIndex);
    }
  }
  for (const concept of ['duration', 'deadline'] as const) {
    for (const { run, index, hit } of mentions(page, concept, { regions: ['main', 'body', 'aside'] })) {
      if (run.link >= 0) continue;
      const near = run.folded.slice(Math.max(0, hit.start - 60), hit.end + 90);
      if (findDuration(near) || (concept === 'deadline' && findDate(near))) return spotOfRun(page, index, hit);
    }
  }
  return null;
});
