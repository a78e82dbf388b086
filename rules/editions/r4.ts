import type { Edition } from '../../src/core/edition.ts';
import { r5 } from './r5.ts';

/**
 * The method of rounds three and four (and most likely one and two): interaction 25 and transaction 15, and the six
 * indicators that round five measures more strictly judged as leniently as before.
 */
export const r4: Edition = {
  ...r5,
  id: 'r4',
  stageWeights: { presence: 25, interaction: 25, transaction: 15, integration: 25, participation: 10 },
  minEvidence: {
    ...r5.minEvidence,
    'presence/home-link-to-system': 1,
    'presence/system-link-live': 1,
    'presence/catalogue-from-home': 1,
    'integration/national-sso': 1,
    'integration/org-single-window': 1,
    'integration/prefilled-inquiry': 0,
  },
  options: {
    'presence/home-link-to-system': { maxClicks: 3, mustBeNamed: false },
    'presence/system-link-live': { mustBeLive: false },
    'presence/catalogue-from-home': { coverage: 0 },
    'integration/national-sso': { linkIsPartial: true },
    'integration/org-single-window': { linkListPasses: true },
    'integration/prefilled-inquiry': { mentionPasses: true },
  },
};
