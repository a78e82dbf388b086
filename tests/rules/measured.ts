/** What a browser would have measured, for cases of rules. */
import type { AccessibilityFault, Inspection, PhoneFacts, Spotted } from '../../src/core/model.ts';

/** The first element of the body. */
export const FIRST: Spotted = { path: [2, 1], tag: 'main', markup: '<main>' };

/** A page that fits, but for what is said. */
export const phone = (more: Partial<PhoneFacts> = {}): Pick<Inspection, 'phone'> => ({
  phone: {
    width: 390,
    layoutWidth: 390,
    contentWidth: 390,
    letters: 1000,
    smallLetters: 0,
    targets: 20,
    smallTargets: 0,
    widest: null,
    smallText: null,
    smallTarget: null,
    ...more,
  },
});

/** A page on which these checks found something. */
export const checked = (
  violations: readonly string[] = [],
  more: Partial<NonNullable<Inspection['accessibility']>> = {},
): Pick<Inspection, 'accessibility'> => ({
  accessibility: { by: 'axe-core 4', direction: 'rtl', violations: violations.map(fault), incomplete: [], ...more },
});

const fault = (check: string): AccessibilityFault => ({ check, count: 1, elements: [FIRST] });
