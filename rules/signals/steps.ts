import { fold } from '../../src/core/fold.ts';
import { countWords, spotOfRun } from '../../src/core/look.ts';
import { isPlaceholder } from '../lexicon/values.ts';
import { defineSignal, fieldsOf, type Page } from './define.ts';

/** Words that a procedure in prose takes at least. */
const PROSE_WORDS = 10;

export default defineSignal('steps', 'مراحل دریافت خدمت', 'Steps', (page) => {
  for (const field of fieldsOf(page, 'steps')) {
    if (
      field.label.link >= 0 ||
      field.label.region === 'footer' ||
      field.label.region === 'header' ||
      /\?\s*$/.test(field.label.folded)
    )
      continue;
    const value = fold(field.value);
    if (value === '' || isPlaceholder(value)) continue;
    const runs = page.runs.slice(field.from, field.to);
    if (runs.length > 0 && runs.every((run) => run.link >= 0)) continue;
    if (countWords(value) >= PROSE_WORDS || items(runs) >= 3) return spotOfRun(page, field.labelIndex);
  }
  return numbered(page);
});

const items = (runs: Page['runs']): number => new Set(runs.map((run) => run.item).filter((item) => item >= 0)).size;

/** "Step 1 … Step 2 …" without a title. */
function numbered(page: Page): ReturnType<typeof spotOfRun> | null {
  let expected = 1;
  let first = -1;
  for (let index = 0; index < page.runs.length; index++) {
    const { folded, region } = page.runs[index]!;
    if (region !== 'main' && region !== 'body') continue;
    const step = /^(?:step|passo|fase|مرحله|گام)\s*(\d|one|two|three|اول|دوم|سوم|یک|دو|سه)\b/.exec(folded)?.[1];
    if (!step) continue;
    const number =
      Number(step) ||
      ['one', 'two', 'three'].indexOf(step) + 1 ||
      ['اول', 'دوم', 'سوم'].indexOf(step) + 1 ||
      ['یک', 'دو', 'سه'].indexOf(step) + 1;
    if (number !== expected) continue;
    if (first < 0) first = index;
    if (++expected > 2) return spotOfRun(page, first);
  }
  return null;
}
