/** How a page fits a telephone: the four conditions of the catalogue (16), by what the browser measured. */
import { spotOfMeasured, spotOfNode } from '../src/core/look.ts';
import type { PhoneFacts, Spotted } from '../src/core/model.ts';
import type { Seen, Shown, Site } from './define.ts';

/** Pixels by which content may be wider than the layout before anybody has to scroll. */
const OVERHANG = 8;
/** Shares of letters and of targets that may be too small. */
const SMALL_TEXT = 0.1;
const SMALL_TARGETS = 0.2;
/** Conditions that a page fulfils which is usable, if not well. */
export const HALF = 2;
export const ALL = 4;

export interface OnPhone {
  readonly seen: Seen;
  /** Conditions that hold, 0 to ALL. */
  readonly met: number;
  /** An element at fault for each measured condition that does not hold; the page as a whole where none can be named. */
  readonly proofs: readonly Shown[];
  /** Words for a message: width, share of small text, share of small targets, viewport. */
  readonly values: {
    readonly width: number;
    readonly text: number;
    readonly targets: number;
    readonly viewport: string;
  };
}

/** The sentence that tells the values. */
export const MEASURED = {
  fa: 'نمایشگر 390 پیکسلی: پهنای محتوا {width}، نوشته ریز {text} درصد، پیوند و دکمه کوچک {targets} درصد، viewport: {viewport}',
  en: 'on a screen of 390 pixels: content {width} wide, {text} percent of the text and {targets} percent of the links and controls too small, viewport: {viewport}',
};

/** null when the page was not measured. */
export function onPhone(site: Site, seen: Seen): OnPhone | null {
  const phone = site.inspectionOf(seen)?.phone;
  if (!phone) return null;
  const { layoutWidth, contentWidth } = phone;
  const text = shareOf(phone.smallLetters, phone.letters);
  const targets = shareOf(phone.smallTargets, phone.targets);
  const conditions: readonly (readonly [holds: boolean, fault: Spotted | null])[] = [
    [isAdaptive(seen, phone), null],
    [contentWidth <= layoutWidth + OVERHANG, phone.widest],
    [text <= SMALL_TEXT, phone.smallText],
    [targets <= SMALL_TARGETS, phone.smallTarget],
  ];
  const faults = conditions.flatMap(([holds, fault]) => (holds || !fault ? [] : [fault]));
  const { page } = seen;
  const whole = spotOfNode(page.body, page.viewport ? `viewport: ${page.viewport}` : page.title);
  return {
    seen,
    met: conditions.filter(([holds]) => holds).length,
    proofs:
      faults.length > 0
        ? faults.map((fault) => ({ seen, spot: spotOfMeasured(page, fault) }))
        : [{ seen, spot: whole }],
    values: { width: contentWidth, text: percent(text), targets: percent(targets), viewport: page.viewport || '-' },
  };
}

/** The page says that it adapts, does, and lets people enlarge it: to forbid that shuts out those who see badly. */
function isAdaptive({ page }: Seen, { layoutWidth, width }: PhoneFacts): boolean {
  const largest = /maximum-scale\s*=\s*([\d.]+)/i.exec(page.viewport)?.[1];
  const isFixed = /user-scalable\s*=\s*(?:no|0)/i.test(page.viewport) || (largest !== undefined && Number(largest) < 2);
  return /width\s*=\s*device-width|initial-scale/i.test(page.viewport) && layoutWidth <= width + OVERHANG && !isFixed;
}

const shareOf = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

const percent = (share: number): number => Math.round(share * 100);
