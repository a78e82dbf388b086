import { mentions, named, spotOfLink, spotOfNode, spotOfRun } from '../../src/core/look.ts';
import { defineSignal } from './define.ts';

/** A number that stands for one case: letters and digits, or many digits. */
const CODE = /\b(?=[a-z\d-]*\d{4})[a-z]{0,4}-?\d[\w-]{3,}\b/;
/** "Check your claim and appeal status" */
const ITS_STATUS = /^(?:check|track|view|see|follow) (?:on )?(?:your|my) (?:\S+ ){1,5}(?:status|progress)$/;
const RECEIVED =
  /(?:ارایه|اعلام|ارسال|پیامک) (?:می ?(?:شود|گردد|کند)|خواهد شد)|دریافت می ?کنید|دریافت خواهید|به شما|صادر می|وارد (?:کردن|نمودن|کنید|نمایید)|یادداشت (?:کنید|نمایید)|you will (?:receive|get|be given)|will be given|ti (?:verra|sara)|riceverai/;

export default defineSignal('tracking_code', 'پیگیری درخواست', 'Following a request', (page) => {
  const control = named(page, 'track');
  if (control) return control;
  const status = page.links.findIndex(({ url, folded }) => url !== null && ITS_STATUS.test(folded));
  if (status >= 0) return spotOfLink(page, status);
  for (const hit of page.hits.get('case-number') ?? []) {
    if (hit.source !== 'field') continue;
    const field = page.fields[hit.index]!;
    return spotOfNode(field.node, field.label || field.placeholder, hit.language);
  }
  for (const { run, index, hit } of mentions(page, 'case-number')) {
    if (RECEIVED.test(run.folded)) return spotOfRun(page, index, hit);
    const next = page.runs[index + 1];
    if (
      CODE.test(run.folded.slice(hit.end)) ||
      (next && run.folded.length < 60 && CODE.test(next.folded) && next.folded.length < 40)
    )
      return spotOfRun(page, index, hit);
  }
  return handedOver(page);
});

/** "We have received your report AN4059281": the code is handed to the user without being named. */
function handedOver(page: Parameters<typeof named>[0]): ReturnType<typeof spotOfRun> | null {
  for (let index = 0; index < page.runs.length; index++) {
    const run = page.runs[index]!;
    if (run.region !== 'main' && run.region !== 'body') continue;
    if (
      /\b(?:abbiamo ricevuto|we have received|has been (?:received|submitted)|e stat[oa] (?:inviat|registrat|trasmess)[oa]|(?:e )?andat[oa] a buon fine)\b|(?:ثبت|دریافت) (?:شد|گردید)/.test(
        run.folded,
      ) &&
      /\b[a-z]{0,4}-?(?:\d{4}[-/])?\d{5,}\b/.test(run.folded)
    )
      return spotOfRun(page, index);
  }
  return null;
}
