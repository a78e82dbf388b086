import { mentions, spotOfRun } from '../../src/core/look.ts';
import { defineSignal } from './define.ts';

export default defineSignal('copyright_notice', 'حق نشر', 'Copyright notice', (page) => {
  // it stands at the end of the page: the last one is taken
  for (let index = page.runs.length - 1; index >= 0; index--) {
    const run = page.runs[index]!;
    if (/©|\(c\)\s*(?:19|20|1[34])\d\d|&copy;/i.test(run.text)) return spotOfRun(page, index);
  }
  for (const { index, hit, run } of mentions(page, 'copyright')) {
    if (run.link < 0 || run.region === 'footer' || run.folded.length > 20) return spotOfRun(page, index, hit);
  }
  return null;
});
