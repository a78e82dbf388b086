/** The rules, in the order of the catalogue. */
import type { Rule } from '../src/core/rule.ts';
import documentsListed from './presence/documents-listed.ts';
import feeTimePublished from './presence/fee-time-published.ts';
import homeLinkToSystem from './presence/home-link-to-system.ts';
import serviceDescribed from './presence/service-described.ts';
import serviceListed from './presence/service-listed.ts';
import servicePage from './presence/service-page.ts';
import stepsPublished from './presence/steps-published.ts';
import systemLinkLive from './presence/system-link-live.ts';
import type { ConceptId } from './lexicon/index.ts';

export const RULES: readonly Rule<ConceptId>[] = [homeLinkToSystem, feeTimePublished, serviceListed, servicePage, serviceDescribed, stepsPublished, documentsListed, systemLinkLive];
