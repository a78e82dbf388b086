/** The rules, in the order of the catalogue. Made from the files of rules by `npm run rules:index`. */
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
import searchWorks from './presence/search-works.ts';
import availability from './presence/availability.ts';
import freshness from './presence/freshness.ts';
import tlsValid from './presence/tls-valid.ts';
import accessibility from './presence/accessibility.ts';
import contactInfo from './presence/contact-info.ts';
import mobileFriendly from './presence/mobile-friendly.ts';
import languages from './presence/languages.ts';
import brokenLinks from './presence/broken-links.ts';
import privacyStatement from './presence/privacy-statement.ts';
import formOnline from './interaction/form-online.ts';
import formDownloadable from './interaction/form-downloadable.ts';
import formLabels from './interaction/form-labels.ts';
import formValidation from './interaction/form-validation.ts';
import serviceContact from './interaction/service-contact.ts';
import formHelp from './interaction/form-help.ts';
import submissionChannels from './interaction/submission-channels.ts';
import faq from './interaction/faq.ts';
import formMobile from './interaction/form-mobile.ts';
import publicInquiry from './interaction/public-inquiry.ts';
import appointment from './interaction/appointment.ts';
import complaintChannel from './interaction/complaint-channel.ts';
import contactForm from './interaction/contact-form.ts';
import helpdesk from './interaction/helpdesk.ts';
import subscribe from './interaction/subscribe.ts';
import endToEndOnline from './transaction/end-to-end-online.ts';
import tracking from './transaction/tracking.ts';
import ePayment from './transaction/e-payment.ts';
import eResult from './transaction/e-result.ts';
import loginAvailable from './transaction/login-available.ts';
import personalDashboard from './transaction/personal-dashboard.ts';
import notifications from './transaction/notifications.ts';
import serviceLevel from './transaction/service-level.ts';
import systemAvailability from './transaction/system-availability.ts';
import systemSecurity from './transaction/system-security.ts';
import eSignature from './transaction/e-signature.ts';
import docUpload from './transaction/doc-upload.ts';
import receipt from './transaction/receipt.ts';
import paymentTrust from './transaction/payment-trust.ts';
import nationalSso from './integration/national-sso.ts';
import prefilledInquiry from './integration/prefilled-inquiry.ts';
import noRedundantDocuments from './integration/no-redundant-documents.ts';
import nationalPortalListed from './integration/national-portal-listed.ts';
import crossAgencyLinks from './integration/cross-agency-links.ts';
import catalogueId from './integration/catalogue-id.ts';
import returnPath from './integration/return-path.ts';
import verifyResult from './integration/verify-result.ts';
import orgSingleWindow from './integration/org-single-window.ts';
import singleAccount from './integration/single-account.ts';
import unifiedTracking from './integration/unified-tracking.ts';
import lifeEvents from './integration/life-events.ts';
import unifiedNotifications from './integration/unified-notifications.ts';
import openApi from './integration/open-api.ts';
import serviceRating from './participation/service-rating.ts';
import serviceComments from './participation/service-comments.ts';
import socialMedia from './participation/social-media.ts';
import feedbackPublished from './participation/feedback-published.ts';
import ideaSubmission from './participation/idea-submission.ts';
import consultation from './participation/consultation.ts';
import poll from './participation/poll.ts';
import openData from './participation/open-data.ts';
import liveChat from './participation/live-chat.ts';
import pollResults from './participation/poll-results.ts';
import socialActive from './participation/social-active.ts';
import foiLink from './participation/foi-link.ts';
import performancePublished from './participation/performance-published.ts';

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
  searchWorks,
  availability,
  freshness,
  tlsValid,
  accessibility,
  contactInfo,
  mobileFriendly,
  languages,
  brokenLinks,
  privacyStatement,
  formOnline,
  formDownloadable,
  formLabels,
  formValidation,
  serviceContact,
  formHelp,
  submissionChannels,
  faq,
  formMobile,
  publicInquiry,
  appointment,
  complaintChannel,
  contactForm,
  helpdesk,
  subscribe,
  endToEndOnline,
  tracking,
  ePayment,
  eResult,
  loginAvailable,
  personalDashboard,
  notifications,
  serviceLevel,
  systemAvailability,
  systemSecurity,
  eSignature,
  docUpload,
  receipt,
  paymentTrust,
  nationalSso,
  prefilledInquiry,
  noRedundantDocuments,
  nationalPortalListed,
  crossAgencyLinks,
  catalogueId,
  returnPath,
  verifyResult,
  orgSingleWindow,
  singleAccount,
  unifiedTracking,
  lifeEvents,
  unifiedNotifications,
  openApi,
  serviceRating,
  serviceComments,
  socialMedia,
  feedbackPublished,
  ideaSubmission,
  consultation,
  poll,
  openData,
  liveChat,
  pollResults,
  socialActive,
  foiLink,
  performancePublished,
];
