import { mentions, spotOfRun } from '../../src/core/look.ts';
import { findDate } from '../lexicon/values.ts';
import { defineSignal } from './define.ts';

/** "2/2011" */
const MONTH_OF_YEAR = /(?<![\d/])(?:0?[1-9]|1[0-2])\/(?:19|20|13|14)\d\d(?!\d)/;

export default defineSignal('last_updated', 'تاریخ به‌روزرسانی', 'Last updated', (page) => {
  for (const { run, index, hit } of mentions(page, 'updated')) {
    const rest = run.folded.slice(hit.start, hit.end + 60);
    const next = page.runs[index + 1];
    if (
      findDate(rest) ||
      MONTH_OF_YEAR.test(rest) ||
      (next && next.folded.length < 60 && run.folded.length < 60 && findDate(next.folded))
    )
      return spotOfRun(page, index, hit);
  }
  return null;
});
