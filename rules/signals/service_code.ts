import { mentions, spotOfRun } from '../../src/core/look.ts';
import { findServiceCode, isPlaceholder } from '../lexicon/values.ts';
import { defineSignal } from './define.ts';

export default defineSignal('service_code', 'شناسه خدمت', 'Service code', (page) => {
  for (let index = 0; index < page.runs.length; index++) {
    const { folded } = page.runs[index]!;
    const code = folded.length >= 11 ? findServiceCode(folded) : null;
    if (code) return spotOfRun(page, index, { start: folded.indexOf(code), end: folded.indexOf(code) + code.length });
  }
  for (const { run, index, hit } of mentions(page, 'service-code')) {
    const rest = run.folded.slice(hit.end);
    const next = page.runs[index + 1]?.folded ?? '';
    if (/^[\s:()-]*[a-z]{0,4}[-.]?\d[\w.-]{2,}/.test(rest)) return spotOfRun(page, index, hit);
    if (
      (hit.end - hit.start) / run.folded.length >= 0.5 &&
      next.length <= 30 &&
      /\d{3,}/.test(next) &&
      !isPlaceholder(next)
    )
      return spotOfRun(page, index, hit);
  }
  return null;
});
