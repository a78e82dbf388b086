import { labelled, mentions, spotOfRun } from '../../src/core/look.ts';
import { hasDigits } from '../lexicon/values.ts';
import { defineSignal } from './define.ts';

const NO_STOPS: ReadonlySet<number> = new Set();
/** A Persian address names at least this many of street, alley, plate, floor … */
const STREET_WORDS = 2;

const WESTERN = [
  /\b(?:via|viale|v\.le|piazza|p\.zza|corso|largo|vicolo|piazzale|localita|strada|lungomare|borgo)\s+[a-z'. ]{2,40},?\s*(?:n\.?\s*)?\d{1,4}\b/,
  /\b(?:via|viale|piazza|corso|largo|vicolo|piazzale)\s+[a-z'. ]{2,40}[\s,-]+\d{5}\b/,
  /\b\d{1,6}\s+(?:[nsew]\.?\s+)?(?:[a-z0-9'.-]+\s+){1,4}(?:street|st|avenue|ave|road|rd|boulevard|blvd|lane|ln|drive|dr|court|ct|square|sq|trail|highway|hwy|parkway|pkwy|plaza|place|pl|way|circle|terrace|close|crescent|gardens|quay|row|mews|grove)\b\.?/,
  // a street without a number, a town and its code; or a ward
  /\b[a-z'. ]{2,30}(?:street|st\.|road|rd\.|avenue|ave\.|drive|lane),\s+(?:[a-z'. ]{3,30},?\s+\d{4,6}\b|(?:barangay|ward|sector)\s+\d)/,
  /\b\d{1,4}[a-z]?,?\s+(?!min)[a-z'.-]+\s+walk\b/,
  // the number of the house, then the postal code and the town
  /[a-z]{3}[a-z']*,?\s+(?:n\.?\s*)?\d{1,5}[a-z]?[\s,–-]+(?:cap\s*)?\d{5}\s+[a-z]{3,}/,
  /\bp\.?\s?o\.?\s?box\s+\d+/,
  /\b[a-z]{1,2}\d{1,2}[a-z]?\s+\d[a-z]{2}\b/,
  /\b[a-z .]+,\s*(?:[a-z]{2}|indiana|ohio|illinois|california|texas)\.?\s+\d{5}(?:-\d{4})?\b/,
];
const PERSIAN_POSTCODE = /کد ?پستی\s*:?\s*\d{5}[ -]?\d{5}|صندوق پستی\s*:?\s*\d{3,}/;

export default defineSignal('contact_address', 'نشانی پستی', 'Postal address', (page) => {
  const streets = new Map<number, Set<string>>();
  for (const { index, hit, run } of mentions(page, 'street')) {
    if (hit.language !== 'fa' || run.link >= 0 || run.folded.length > 400) continue;
    const words = streets.get(index) ?? new Set<string>();
    words.add(hit.phrase);
    streets.set(index, words);
  }
  for (const field of labelled(page, 'address', NO_STOPS)) {
    const value = field.value.toLowerCase();
    const index = field.from < field.to ? field.from : field.labelIndex;
    if (
      field.language === 'fa'
        ? (streets.get(index)?.size ?? 0) >= 1 || PERSIAN_POSTCODE.test(page.runs[index]?.folded ?? '')
        : WESTERN.some((form) => form.test(value))
    ) {
      return spotOfRun(page, index);
    }
  }
  for (let index = 0; index < page.runs.length; index++) {
    const run = page.runs[index]!;
    if (run.folded.length > 500 || run.folded.length < 10) continue;
    const words = streets.get(index)?.size ?? 0;
    const isNumbered = hasDigits(run.folded);
    if (
      words >= STREET_WORDS + (run.folded.length > 200 ? 1 : 0) &&
      (isNumbered || /پلاک|نبش|ساختمان/.test(run.folded))
    )
      return spotOfRun(page, index);
    if (!isNumbered) continue;
    if (PERSIAN_POSTCODE.test(run.folded)) return spotOfRun(page, index);
    if (run.folded.length <= 260) {
      for (const form of WESTERN) {
        const found = form.exec(run.folded);
        if (found) return spotOfRun(page, index, { start: found.index, end: found.index + found[0].length });
      }
    }
  }
  return null;
});
