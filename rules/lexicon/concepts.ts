/** What the lexicon has words for. One line a concept: its name and what a phrase of it says. */
export const CONCEPTS = [
  // finding one's way
  'search', 'advanced-search', 'home', 'sitemap', 'about', 'skip', 'language', 'translate', 'breadcrumb', 'language-name',
  // contact
  'contact', 'phone', 'email', 'address', 'street', 'hours', 'unit', 'unit-label', 'staff', 'support',
  // getting things done
  'services', 'single-window', 'start', 'login', 'staff-login', 'sso', 'track', 'case-number', 'pay', 'appointment', 'form', 'online-form', 'upload', 'dashboard', 'sign', 'result', 'verify', 'receipt', 'inquiry', 'apply',
  // what is said of a service
  'description', 'service-code', 'audience', 'documents', 'fee', 'free', 'duration', 'deadline', 'steps', 'diagram', 'channel', 'channel-value', 'legal', 'guide', 'faq', 'sla', 'visits', 'notify-status', 'output', 'service-type', 'level',
  // being heard
  'complaint', 'suggestion', 'feedback', 'rating', 'poll', 'poll-results', 'chat', 'forum', 'consultation', 'reply', 'comment',
  // being informed
  'news', 'events', 'tenders', 'transparency', 'open-data', 'foi', 'laws', 'newsletter', 'notification', 'rss', 'updated', 'visit-counter', 'performance', 'life-events', 'api', 'ebox',
  // about the site
  'privacy', 'terms', 'accessibility', 'font-tools', 'copyright', 'cookie', 'print', 'share', 'social', 'social-name', 'captcha', 'app', 'seal', 'national-portal', 'agency',
  // inside forms, ways of delivery and statements
  'required', 'lookup', 'register', 'counter', 'in-person', 'by-post', 'by-phone', 'online-channel', 'vendor', 'sample', 'data-collected', 'data-purpose', 'data-sharing', 'data-security', 'public-body', 'topic',
  // ways and traps of transactions and of working together
  'paying', 'signature', 'uploading', 'going', 'notice', 'access-terms', 'issued', 'hand-over', 'result-word', 'electronic', 'visit-count', 'no-visit', 'not-needed', 'varies', 'otp', 'account', 'national-id', 'mobile', 'paper', 'instant', 'pay-online', 'bank-slip', 'card-terminal', 'refund', 'paper-signature', 'copy', 'original', 'base-register', 'foreign', 'source-body', 'datum', 'service-level', 'remedy', 'hosting', 'related-links', 'certificate', 'every-service', 'letter', 'other-bodies',
  // taking part
  'draft', 'licence', 'statistics', 'annual-report', 'public-meeting', 'staff-only', 'citizens', 'bot', 'online-now', 'offline-now', 'site-looks', 'handled', 'citizen-said',
] as const; // prettier-ignore

export type ConceptId = (typeof CONCEPTS)[number];
