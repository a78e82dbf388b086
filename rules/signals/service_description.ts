import { countWords, spotOfRun } from '../../src/core/look.ts';
import { fold } from '../../src/core/fold.ts';
import { isPlaceholder } from '../lexicon/values.ts';
import { defineSignal, fieldsOf } from './define.ts';
import { SERVICE_PAGE, serviceHints } from './service-hints.ts';

/** Words from which on a labelled text says something. */
const LABELLED_WORDS = 5;
/** Words of connected prose that describe a service without a label. */
const PROSE_WORDS = 15;

export default defineSignal('service_description', 'شرح خدمت', 'Description of the service', (page) => {
  for (const field of fieldsOf(page, 'description')) {
    const value = fold(field.value);
    if (!isPlaceholder(value) && countWords(value) >= LABELLED_WORDS)
      return spotOfRun(page, field.from < field.to ? field.from : field.labelIndex);
  }
  if (serviceHints(page) < SERVICE_PAGE) return null;
  // prose is prose by its own: not a cell of a table of names, not one line of a list
  const prose = page.runs.findIndex(
    (run) =>
      (run.region === 'main' || run.region === 'body') &&
      run.heading === 0 &&
      run.link < 0 &&
      run.cell < 0 &&
      run.item < 0 &&
      countWords(run.folded) >= PROSE_WORDS,
  );
  return prose >= 0 ? spotOfRun(page, prose) : null;
});
