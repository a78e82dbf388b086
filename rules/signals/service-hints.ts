import { countWords, isLabelLike } from '../../src/core/look.ts';
import type { ConceptId } from '../lexicon/index.ts';
import type { Page } from './define.ts';

const SERVICE_WORDS: readonly ConceptId[] = [
  'service-code', 'documents', 'fee', 'duration', 'deadline', 'steps', 'audience', 'channel', 'start', 'unit-label', 'sla', 'diagram', 'form', 'apply', 'output',
]; // prettier-ignore

/** A short line is a label or a point of a list; a mention inside prose is worth less. */
const SHORT_LINE = 60;
const PROSE_WORTH = 0.5;

/** From here on a page is about a service. */
export const SERVICE_PAGE = 1.5;

/** What bodies give, take and decide: a page whose own title names it is about that service. */
const NAMES_SERVICE =
  /\b(?:permits?|licen[cs](?:es?|ing)|certificates?|registration|register|applications?|apply(?:ing)?|renew(?:al|als|ing)?|benefits?|grants?|allowance|pension|passports?|visas?|rebate|exemption|claims?|inspections?|hire)\b|\b(?:richiest[ae]|richiedere|rilascio|iscrizion[ei]|iscriversi|domanda|certificat[oi]|carta d.identita|autorizzazion[ei]|concession[ei]|licenz[ae]|permess[oi]|contribut[oi]|agevolazion[ei]|pagamento|pagare|denuncia|dichiarazione|cambio|rinnovo|passaporto|patente|bonus|esenzione|imu|tari)\b|(?:^|\s)(?:صدور|ثبت نام|دریافت|درخواست|تمدید|ابطال|پروانه|مجوز|گواهی|انشعاب|استعلام|تسهیلات|معافیت|مستمری|انتقال|پذیرش|اعطای|پرداخت)(?=\s|$)/;
/** Words of the longest title that names one service and tells no news. */
const TITLE_WORDS = 8;

const namesService = ({ runs }: Page): boolean => {
  const title = runs.find(({ heading, region }) => heading === 1 && region !== 'footer');
  return title !== undefined && countWords(title.folded) <= TITLE_WORDS && NAMES_SERVICE.test(title.folded);
};

const cache = new WeakMap<Page, number>();

/**
 * How many different things that are said of a service the content of the page speaks about; what is only mentioned in
 * prose counts half. News, menus and front pages stay below SERVICE_PAGE.
 */
export function serviceHints(page: Page): number {
  let hints = cache.get(page);
  if (hints === undefined) {
    hints = namesService(page) ? 1 : 0;
    for (const concept of SERVICE_WORDS) {
      let strongest = 0;
      for (const { source, strength, index } of page.hits.get(concept) ?? []) {
        if (strength === 'weak' || source !== 'run' || (concept === 'unit-label' && strength === 'whole')) continue;
        const run = page.runs[index]!;
        if ((run.region !== 'main' && run.region !== 'body') || (run.link >= 0 && run.heading === 0)) continue;
        strongest = Math.max(
          strongest,
          isLabelLike(run) || run.cell >= 0 || run.folded.length <= SHORT_LINE ? 1 : PROSE_WORTH,
        );
      }
      hints += strongest;
    }
    cache.set(page, hints);
  }
  return hints;
}
