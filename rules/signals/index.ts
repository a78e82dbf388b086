/** The signals, in the order of the vocabulary. */
import type { Signal } from '../../src/core/signal.ts';
import type { ConceptId } from '../lexicon/index.ts';
import about from './about.ts';
import accessibilityStatement from './accessibility_statement.ts';
import advancedSearch from './advanced_search.ts';
import appointmentBooking from './appointment_booking.ts';
import breadcrumb from './breadcrumb.ts';
import captcha from './captcha.ts';
import chat from './chat.ts';
import complaintChannel from './complaint_channel.ts';
import contactAddress from './contact_address.ts';
import contactEmail from './contact_email.ts';
import contactPage from './contact_page.ts';
import contactPhone from './contact_phone.ts';
import cookieNotice from './cookie_notice.ts';
import copyrightNotice from './copyright_notice.ts';
import deliveryChannel from './delivery_channel.ts';
import downloadableForm from './downloadable_form.ts';
import duration from './duration.ts';
import ePayment from './e_payment.ts';
import eligibility from './eligibility.ts';
import eventsCalendar from './events_calendar.ts';
import faq from './faq.ts';
import fee from './fee.ts';
import feedbackForm from './feedback_form.ts';
import fontSizeTools from './font_size_tools.ts';
import forum from './forum.ts';
import htmlLang from './html_lang.ts';
import lastUpdated from './last_updated.ts';
import lawsRegulations from './laws_regulations.ts';
import legalBasis from './legal_basis.ts';
import linkNationalPortal from './link_national_portal.ts';
import linksOtherAgencies from './links_other_agencies.ts';
import login from './login.ts';
import mobileApp from './mobile_app.ts';
import mobileViewport from './mobile_viewport.ts';
import nationalSso from './national_sso.ts';
import news from './news.ts';
import notifications from './notifications.ts';
import onlineForm from './online_form.ts';
import otherLanguage from './other_language.ts';
import pageRating from './page_rating.ts';
import poll from './poll.ts';
import printControl from './print.ts';
import privacyStatement from './privacy_statement.ts';
import processDiagram from './process_diagram.ts';
import requiredDocuments from './required_documents.ts';
import responsibleUnit from './responsible_unit.ts';
import rss from './rss.ts';
import rtlDir from './rtl_dir.ts';
import serviceCode from './service_code.ts';
import serviceDescription from './service_description.ts';
import serviceList from './service_list.ts';
import shareButtons from './share_buttons.ts';
import siteSearch from './site_search.ts';
import sitemap from './sitemap.ts';
import skipLink from './skip_link.ts';
import slaCharter from './sla_charter.ts';
import socialMedia from './social_media.ts';
import staffDirectory from './staff_directory.ts';
import startOnline from './start_online.ts';
import steps from './steps.ts';
import suggestionIdeas from './suggestion_ideas.ts';
import tenders from './tenders.ts';
import termsOfUse from './terms_of_use.ts';
import trackingCode from './tracking_code.ts';
import transparency from './transparency.ts';
import trustSeal from './trust_seal.ts';
import userGuide from './user_guide.ts';
import visitCounter from './visit_counter.ts';
import workingHours from './working_hours.ts';

export const SIGNALS: readonly Signal<ConceptId>[] = [
  siteSearch,
  advancedSearch,
  contactPhone,
  contactEmail,
  contactAddress,
  contactPage,
  workingHours,
  faq,
  sitemap,
  about,
  otherLanguage,
  login,
  nationalSso,
  serviceList,
  trackingCode,
  ePayment,
  appointmentBooking,
  notifications,
  rss,
  linksOtherAgencies,
  linkNationalPortal,
  complaintChannel,
  suggestionIdeas,
  feedbackForm,
  pageRating,
  poll,
  chat,
  forum,
  socialMedia,
  shareButtons,
  privacyStatement,
  termsOfUse,
  accessibilityStatement,
  skipLink,
  fontSizeTools,
  htmlLang,
  rtlDir,
  mobileViewport,
  news,
  eventsCalendar,
  lastUpdated,
  visitCounter,
  tenders,
  transparency,
  lawsRegulations,
  slaCharter,
  downloadableForm,
  onlineForm,
  captcha,
  trustSeal,
  copyrightNotice,
  staffDirectory,
  breadcrumb,
  printControl,
  cookieNotice,
  mobileApp,
  serviceDescription,
  serviceCode,
  eligibility,
  requiredDocuments,
  fee,
  duration,
  steps,
  processDiagram,
  responsibleUnit,
  deliveryChannel,
  legalBasis,
  userGuide,
  startOnline,
];
