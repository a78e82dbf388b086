import { mentions, spotOfRun } from '../../src/core/look.ts';
import { matcher } from '../lexicon/index.ts';
import { findDate } from '../lexicon/values.ts';
import { defineSignal } from './define.ts';

/** Letters of a line that is a counter and nothing else. */
const SHORT = 30;
/** Letters of a line in which a counter may stand; longer ones tell of something. */
const LONG = 160;

export default defineSignal('visit_counter', 'شمار بازدید', 'Number of visits', (page) => {
  for (const { run, index, hit } of mentions(page, 'visit-counter')) {
    if (run.folded.length > LONG) continue;
    const rest = run.folded.slice(hit.end, hit.end + 30);
    const before = run.folded.slice(Math.max(0, hit.start - 12), hit.start);
    const next = page.runs[index + 1];
    if (/^[^a-z\u0600-\u06ff]{0,6}\d/.test(rest) || /^\s*:?\s*[\d,.]+/.test(rest) || /\d[\d,.]*\s*$/.test(before))
      return spotOfRun(page, index, hit);
    if (next && (hit.end - hit.start) / run.folded.length > 0.5 && /^[\d,.\s]+(?:نفر|بار|visits?)?$/.test(next.folded))
      return spotOfRun(page, index, hit);
  }
  // a title "visits" over lines of figures
  for (const { index, hit } of mentions(page, 'visit-counter')) {
    if ((hit.end - hit.start) / page.runs[index]!.folded.length < 0.6) continue;
    if (
      page.runs
        .slice(index + 1, index + 5)
        .some(
          ({ folded }) =>
            folded.length < 40 &&
            /^(?:تاکنون|امروز|دیروز|کل|این ماه|today|total|online|totale|oggi)\s*:?\s*[\d,.]+/.test(folded),
        )
    )
      return spotOfRun(page, index, hit);
  }
  // "412 بازدید": the word alone counts visits only beside nothing but a number
  for (let index = 0; index < page.runs.length; index++) {
    const { folded } = page.runs[index]!;
    if (folded.length > SHORT || !/\d/.test(folded) || findDate(folded)) continue;
    if (
      matcher
        .find(folded.replace(/\d[\d,.]*/g, ' ').trim())
        .some(({ concept, whole }) => concept === 'visit-counter' && whole)
    )
      return spotOfRun(page, index);
  }
  return null;
});
