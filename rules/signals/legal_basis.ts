import { fold } from '../../src/core/fold.ts';
import { mentions, spotOfRun } from '../../src/core/look.ts';
import { isPlaceholder } from '../lexicon/values.ts';
import { defineSignal, fieldsOf } from './define.ts';
import { serviceHints } from './service-hints.ts';

/** A law is named by number, article, year or its full name. */
const NAMED_LAW =
  /ماده\s*\(?\d|قانون\s+\S+\s+\S+|مصوب(?:ه)?\s|ایین نامه\s+\S+|\b(?:ordinance|act|section|chapter|code|statute|regulation|title|article|rule|bill)s?\s*(?:no\.?|§|#)?\s*\d|\b[a-z]+ (?:act|code|regulations?) (?:19|20)\d\d|\b\d+ (?:u\.s\.c|cfr)|\b(?:legge|d\.?\s?lgs|d\.?p\.?r|decreto|regolamento|art)\.?\s*(?:n\.?|legislativo|ministeriale|ue|\d)?\s*\d/;

export default defineSignal('legal_basis', 'مستند قانونی', 'Legal basis', (page) => {
  for (const field of fieldsOf(page, 'legal')) {
    const value = fold(field.value);
    if (
      field.label.link < 0 &&
      field.label.region !== 'footer' &&
      value.length > 5 &&
      !isPlaceholder(value) &&
      (field.language !== 'en' || NAMED_LAW.test(value))
    )
      return spotOfRun(page, field.labelIndex);
  }
  // outside of a service's page a law is the background of something else
  if (serviceHints(page) < 1) return null;
  const article = page.runs.findIndex(
    ({ folded, region, link }) =>
      (region === 'main' || region === 'body') &&
      link < 0 &&
      /ماده\s*\(?\d+\)?\s*(?:\S+\s+){0,2}(?:قانون|ایین نامه|ق\s?\.)/.test(folded),
  );
  if (article >= 0) return spotOfRun(page, article);
  for (const { run, index, hit } of mentions(page, 'legal', { regions: ['main', 'body'] })) {
    if (run.link >= 0 && run.folded.length < 40) continue;
    const near = run.folded.slice(Math.max(0, hit.start - 30), hit.end + 80);
    if (NAMED_LAW.test(near)) return spotOfRun(page, index, hit);
  }
  return null;
});
