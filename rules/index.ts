/** The rules, in the order of the catalogue. */
import type { Rule } from '../src/core/rule.ts';
import type { ConceptId } from './lexicon/index.ts';
import homeLinkToSystem from './presence/home-link-to-system.ts';
import feeTimePublished from './presence/fee-time-published.ts';
import serviceListed from './presence/service-listed.ts';
import servicePage from './presence/service-page.ts';
import serviceDescribed from './presence/service-described.ts';
import stepsPublished from './presence/steps-published.ts';
import documentsListed from './presence/documents-listed.ts';
import systemLinkLive from './presence/system-link-live.ts';
import catalogueFromHome from './presence/catalogue-from-home.ts';
import freshness from './presence/freshness.ts';
import tlsValid from './presence/tls-valid.ts';
import contactInfo from './presence/contact-info.ts';
import languages from './presence/languages.ts';
import brokenLinks from './presence/broken-links.ts';
import privacyStatement from './presence/privacy-statement.ts';
import endToEndOnline from './transaction/end-to-end-online.ts';
import tracking from './transaction/tracking.ts';
import ePayment from './transaction/e-payment.ts';
import eResult from './transaction/e-result.ts';
import loginAvailable from './transaction/login-available.ts';
import personalDashboard from './transaction/personal-dashboard.ts';
import notifications from './transaction/notifications.ts';
import serviceLevel from './transaction/service-level.ts';
import systemSecurity from './transaction/system-security.ts';
import eSignature from './transaction/e-signature.ts';
import docUpload from './transaction/doc-upload.ts';
import receipt from './transaction/receipt.ts';
import paymentTrust from './transaction/payment-trust.ts';
import nationalSso from './integration/national-sso.ts';
import prefilledInquiry from './integration/prefilled-inquiry.ts';
import noRedundantDocuments from './integration/no-redundant-documents.ts';
import catalogueId from './integration/catalogue-id.ts';
import returnPath from './integration/return-path.ts';

export const RULES: readonly Rule<ConceptId>[] = [
  homeLinkToSystem,
  feeTimePublished,
  serviceListed,
  servicePage,
  serviceDescribed,
  stepsPublished,
  documentsListed,
  systemLinkLive,
  catalogueFromHome,
  freshness,
  tlsValid,
  contactInfo,
  languages,
  brokenLinks,
  privacyStatement,
  endToEndOnline,
  tracking,
  ePayment,
  eResult,
  loginAvailable,
  personalDashboard,
  notifications,
  serviceLevel,
  systemSecurity,
  eSignature,
  docUpload,
  receipt,
  paymentTrust,
  nationalSso,
  prefilledInquiry,
  noRedundantDocuments,
  catalogueId,
  returnPath,
];
