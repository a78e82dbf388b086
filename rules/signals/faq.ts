import { countWords, isName, mentions, named, spotOfRun } from '../../src/core/look.ts';
import { defineSignal, type Page } from './define.ts';

/** Lines after the heading in which a real question must come. */
const REACH = 12;
/** Questions in a row that are a list of questions without being called one. */
const UNTITLED_QUESTIONS = 3;
/** As many as are one where nothing sets them apart from other lines. */
const PLAIN_QUESTIONS = 5;

export default defineSignal('faq', 'پرسش‌های متداول', 'Frequently asked questions', (page) => {
  const link = named(page, 'faq');
  if (link) return link;
  for (const { run, index, hit } of mentions(page, 'faq')) {
    if (run.link >= 0 || !isName(run.folded, hit)) continue;
    for (let next = index + 1; next <= index + REACH && next < page.runs.length; next++) {
      if (isQuestion(page, next)) return spotOfRun(page, index, hit);
    }
  }
  let questions = 0;
  let setApart = 0;
  let first = -1;
  for (let index = 0; index < page.runs.length; index++) {
    const run = page.runs[index]!;
    if (!isQuestion(page, index)) continue;
    if (run.heading > 0 || run.tag === 'summary' || run.tag === 'dt' || run.bold || run.link >= 0) setApart++;
    if (first < 0) first = index;
    if (setApart >= UNTITLED_QUESTIONS || ++questions >= PLAIN_QUESTIONS) return spotOfRun(page, first);
  }
  return null;
});

function isQuestion(page: Page, index: number): boolean {
  const { folded } = page.runs[index]!;
  return /\?\s*["')]?$/.test(folded) && countWords(folded) >= 4;
}
