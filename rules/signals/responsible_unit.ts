import { fold } from '../../src/core/fold.ts';
import { isName, spotOfLink, spotOfRun } from '../../src/core/look.ts';
import { isPlaceholder } from '../lexicon/values.ts';
import { defineSignal, fieldsOf } from './define.ts';
import { serviceHints } from './service-hints.ts';

export default defineSignal('responsible_unit', 'واحد مسئول', 'Unit in charge', (page) => {
  for (const field of fieldsOf(page, 'unit-label')) {
    const value = fold(field.value);
    if (value !== '' && !isPlaceholder(value)) return spotOfRun(page, field.from < field.to ? field.from : field.labelIndex);
  }
  if (serviceHints(page) < 2) return null;
  // on the page of a service the name of a unit, as a heading or a link beside the content, is the one in charge
  for (const hit of page.hits.get('unit') ?? []) {
    if (hit.strength === 'weak') continue;
    if (hit.source === 'link') {
      const link = page.links[hit.index]!;
      if ((link.region === 'main' || link.region === 'aside' || link.region === 'breadcrumb' || link.region === 'body') && !hit.whole && isName(link.folded, hit) && link.folded.split(' ').length <= 7) return spotOfLink(page, hit.index, hit.language);
    } else if (hit.source === 'run') {
      const run = page.runs[hit.index]!;
      if ((run.region === 'main' || run.region === 'body') && run.link < 0 && !hit.whole && (run.heading > 0 || run.bold) && run.folded.length <= 70) return spotOfRun(page, hit.index, hit);
    }
  }
  return null;
});
