import { isName, named, spotOfRun, type Spot } from '../../src/core/look.ts';
import { applicationFields } from './application-fields.ts';
import { defineSignal, offered, type Page } from './define.ts';

export default defineSignal(
  'complaint_channel',
  'ثبت شکایت',
  'Complaint channel',
  (page) => named(page, 'complaint') ?? offered(page, 'complaint') ?? titled(page),
);

/** A heading "Report" over a list of what can be reported, or over the fields in which it is. */
function titled(page: Page): Spot | null {
  for (const hit of page.hits.get('complaint') ?? []) {
    if (hit.source !== 'run' || hit.strength === 'weak') continue;
    const run = page.runs[hit.index]!;
    if (
      run.heading > 0 &&
      isName(run.folded, hit) &&
      (((page.runs[hit.index + 1]?.link ?? -1) >= 0 && (page.runs[hit.index + 2]?.link ?? -1) >= 0) ||
        (run.heading <= 2 && applicationFields(page).length > 1))
    )
      return spotOfRun(page, hit.index, hit);
  }
  return null;
}
