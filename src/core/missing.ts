/** Recognizes a page for missing things that is sent with status 200 ("soft 404"). */
import { fold } from './fold.ts';
import type { PageView } from './page-view.ts';

/** Share of lines that two pages must have in common to be one page. */
const SAME_SHARE = 0.9;
const SAYS_MISSING =
  /\b404\b|یافت نشد|پیدا نشد|یافت نمی ?شود|پیدا نمی ?شود|پیدا نکردیم|نیافتیم|چنین (?:صفحه|برگه|نشانی)|(?:صفحه|برگه|نشانی)(?: ?ای| ی)? (?:با این نشانی |در این نشانی |که (?:خواستید|می ?خواستید) )?(?:در این سامانه )?نیست|موجود نمی ?باشد|وجود ندارد|not found|(?:couldn.t|can.t|cannot|could not) find|no such (?:page|address)|page (?:does not|doesn't) exist|non trovata|pagina (?:inesistente|assente)|nessuna pagina|non abbiamo trovato|no longer available|non esiste/;

/**
 * Is the page what its host answers to a made-up address? `probe` is the page that such an address got; without one
 * only a page that says so in its title counts.
 */
export function looksMissing(page: PageView, probe: PageView | null): boolean {
  const says = SAYS_MISSING.test(fold(`${page.title} ${page.runs.find((run) => run.heading > 0)?.text ?? ''}`));
  if (!probe) return says && page.words < 120;
  if (page.title !== probe.title) return says && page.words < 120;
  const lines = new Set(probe.runs.map((run) => run.folded));
  if (page.runs.length === 0) return probe.runs.length === 0;
  const shared = page.runs.filter((run) => lines.has(run.folded)).length;
  return shared / Math.max(page.runs.length, probe.runs.length) >= SAME_SHARE;
}
