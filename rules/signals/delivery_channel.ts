import { fold } from '../../src/core/fold.ts';
import { mentions, spotOfRun } from '../../src/core/look.ts';
import { isPlaceholder } from '../lexicon/values.ts';
import { defineSignal, fieldsOf } from './define.ts';
import { SERVICE_PAGE, serviceHints } from './service-hints.ts';

export default defineSignal('delivery_channel', 'شیوه ارائه خدمت', 'Way of delivery', (page) => {
  const spoken = new Set<number>();
  for (const { index } of mentions(page, 'channel-value')) spoken.add(index);
  for (const field of fieldsOf(page, 'channel')) {
    const value = fold(field.value);
    if (value === '' || isPlaceholder(value)) continue;
    for (let index = field.labelIndex; index < Math.max(field.to, field.labelIndex + 1); index++)
      if (spoken.has(index)) return spotOfRun(page, index);
    if (field.from >= field.to) return spotOfRun(page, field.labelIndex);
  }
  if (serviceHints(page) < SERVICE_PAGE) return null;
  for (const { run, index, hit } of mentions(page, 'channel-value', { regions: ['main', 'body'] })) {
    if (run.link < 0 && (run.folded.length > 15 || hit.whole)) return spotOfRun(page, index, hit);
  }
  return null;
});
