import { fold } from '../../src/core/fold.ts';
import { countWords, mentions, spotOfRun } from '../../src/core/look.ts';
import { findMoney, isPlaceholder } from '../lexicon/values.ts';
import { defineSignal, fieldsOf, type Page } from './define.ts';
import { SERVICE_PAGE, serviceHints } from './service-hints.ts';

/** Money that is given, fined or planned, not paid for the service. */
const OTHER_MONEY =
  /\b(?:grant|loan|income|budget|fine|penalt|reward|up to \$|funding|assistance|award|value|assessed|benefit|prize|salary|compenso|contributo|sanzion|bilancio|multa)|وام|جریمه|پاداش|تسهیلات|بودجه|درامد|حقوق ماهانه|تخفیف/;
/** How it is paid, which is not how much. */
const WAY_TO_PAY = /نحوه|شیوه|روش|\bhow to\b|\bways? (?:to|of)\b|\bmodalita\b|\bcome (?:si )?paga/;
/** A sum without its currency. */
const BARE_SUM = /^(?:حدود )?(?:\d{1,3}(?:[,.]\d{3})+|\d{5,9})(?!\d)(?:\s|$)/;
/** Letters of the longest line that is a price and no story. */
const PRICED_LENGTH = 80;
/** Words after a label that say how much, without a figure. */
const STATED_WORDS = 3;

export default defineSignal('fee', 'هزینه خدمت', 'Fee', (page) => {
  for (const field of fieldsOf(page, 'fee')) {
    const { folded } = field.label;
    if (field.label.link >= 0 || field.label.region === 'footer') continue;
    const value = fold(field.value);
    if (value === '' || isPlaceholder(value) || allZero(value)) continue;
    // a sum in the currency of the country may stand without its name
    if (BARE_SUM.test(value)) return spotOfRun(page, field.labelIndex);
    const heading = field.label.heading > 0 || field.label.cell >= 0 || field.label.tag === 'dt' || folded.length < 40;
    if (
      findMoney(value) ||
      isFree(page, field.from, field.to, value) ||
      (heading &&
        !WAY_TO_PAY.test(folded) &&
        countWords(value) >= STATED_WORDS &&
        !/\?\s*$/.test(folded) &&
        !OTHER_MONEY.test(value.slice(0, 200)))
    )
      return spotOfRun(page, field.labelIndex);
  }
  for (const { run, index, hit } of mentions(page, 'fee', { regions: ['main', 'body', 'aside'] })) {
    if (run.link >= 0 && !page.links[run.link]!.anchor) continue;
    const near = run.folded.slice(Math.max(0, hit.start - 80), hit.end + 100);
    if (findMoney(near) && !OTHER_MONEY.test(near)) return spotOfRun(page, index, hit);
    // a question about the cost, answered in the next line
    const next = page.runs[index + 1];
    if (
      /\?\s*$/.test(run.folded) &&
      next &&
      (findMoney(next.folded) || freeHit(page, index + 1)) &&
      !OTHER_MONEY.test(next.folded)
    )
      return spotOfRun(page, index + 1);
  }
  for (let index = 0; index < page.runs.length; index++) {
    const { folded, region, link } = page.runs[index]!;
    if ((region !== 'main' && region !== 'body' && region !== 'aside') || link >= 0) continue;
    const sum =
      /[£$€]\s?\d[\d,.]*\s+(?:\w+\s+){0,2}(?:fee|charge)\b|[£$€]\s?\d[\d,.]*,? (?:is )?(?:the|its) (?:price|fee|cost|charge)\b|\b(?:fee|charge|cost|costo|tariffa)s?\s+(?:is|are|of|will be|e di|di|:)\s*(?:euro\s)?[£$€]?\s?\d/.exec(
        folded,
      );
    if (sum && !OTHER_MONEY.test(folded.slice(Math.max(0, sum.index - 40), sum.index + 60)))
      return spotOfRun(page, index, { start: sum.index, end: sum.index + sum[0].length });
  }
  const isServicePage = serviceHints(page) >= SERVICE_PAGE;
  for (const { run, index, hit } of mentions(page, 'free', { regions: ['main', 'body', 'aside'] })) {
    if (run.link >= 0) continue;
    if (asksAboutCost(page, index - 1) || saysServiceIsFree(run.folded, hit)) return spotOfRun(page, index, hit);
    // "free of charge" as a whole cell or line
    if (isServicePage && hit.whole) return spotOfRun(page, index, hit);
  }
  return isServicePage && !paysOut(page) ? priced(page) : null;
});

/** The title says that the body pays: its sums are what an applicant gets. */
const PAYS_OUT =
  /\b(?:allowances?|benefits?|grants?|pensions?|subsid(?:y|ies)|reimbursements?|compensation|bonus|contribut[oi]|rimborso|indennita)\b|وام|تسهیلات|مستمری|کمک ?هزینه|یارانه/;
const paysOut = ({ runs }: Page): boolean => runs.some(({ heading, folded }) => heading === 1 && PAYS_OUT.test(folded));

/** A sum in a short line or a cell of the page of a service, when nothing beside it says that it is another's. */
function priced(page: Page): ReturnType<typeof spotOfRun> | null {
  for (let index = 0; index < page.runs.length; index++) {
    const { folded, region, link, heading } = page.runs[index]!;
    if ((region !== 'main' && region !== 'body') || link >= 0 || heading > 0 || folded.length > PRICED_LENGTH) continue;
    if (findMoney(folded) && !OTHER_MONEY.test(folded) && !/%|درصد/.test(folded)) return spotOfRun(page, index);
  }
  return null;
}

const freeHit = (page: Page, index: number): boolean =>
  (page.hits.get('free') ?? []).some((hit) => hit.source === 'run' && hit.index === index);

function isFree(page: Page, from: number, to: number, value: string): boolean {
  if (from >= to)
    return /رایگان|بدون هزینه|\bfree\b|gratis|gratuit|sans frais|مجان(?:ا|ی|یه)(?=$|[\s.,])|بدون رسوم|دون مقابل|no (?:fee|charge|cost)/.test(
      value,
    );
  return (page.hits.get('free') ?? []).some((hit) => hit.source === 'run' && hit.index >= from && hit.index < to);
}

const allZero = (value: string): boolean => /\d/.test(value) && !/[1-9]/.test(value);

function asksAboutCost(page: Page, index: number): boolean {
  return /هزینه|\b(?:cost|fee|charge|costo|costi)\b/.test(page.runs[index]?.folded ?? '');
}

/** "The service is free", not "free parking" or "toll free". */
function saysServiceIsFree(folded: string, hit: { readonly start: number; readonly end: number }): boolean {
  return /\b(?:it's|it is|service is|this is|apply is|application is|registration is|(?<!\bthere )is)\s+free(?=\s*(?:[.,;:)!]|$)|\s(?:of charge|for|to|and|if|when|with)\b)|free of charge|no (?:fee|charge|cost)|ثبت.{0,40}رایگان|خدمت.{0,60}رایگان|رایگان (?:است|می ?باشد|انجام|ارایه)|هیچ ?(?:گونه )?(?:کارمزد|هزینه|وجه|مبلغ).{0,30}(?:نمی|ندارد|نیست)|بدون (?:دریافت |پرداخت )?(?:کارمزد|هزینه|وجه)(?: ?ای)? ?(?:است|می ?باشد|انجام|ارایه|صورت|[.)]|$)|(?:هزینه|کارمزد|وجه|مبلغ)(?: ?ای| ?ی)? (?:از \S+ )?(?:ندارد|(?:دریافت|گرفته|اخذ|پرداخت) نمی)|nulla e dovuto|nessun costo|senza oneri|servizio.{0,40}gratuit|e gratuit/.test(
    folded.slice(Math.max(0, hit.start - 70), hit.end + 25),
  );
}
