import { mentions, spotOfRun } from '../../src/core/look.ts';
import { defineSignal } from './define.ts';

export default defineSignal('visit_counter', 'شمار بازدید', 'Number of visits', (page) => {
  for (const { run, index, hit } of mentions(page, 'visit-counter')) {
    const rest = run.folded.slice(hit.end, hit.end + 30);
    const before = run.folded.slice(Math.max(0, hit.start - 12), hit.start);
    const next = page.runs[index + 1];
    if (/^[^a-z\u0600-\u06ff]{0,6}\d/.test(rest) || /^\s*:?\s*[\d,.]+/.test(rest) || /\d[\d,.]*\s*$/.test(before)) return spotOfRun(page, index, hit);
    if (next && (hit.end - hit.start) / run.folded.length > 0.5 && /^[\d,.\s]+(?:نفر|بار|visits?)?$/.test(next.folded)) return spotOfRun(page, index, hit);
  }
  return null;
});
