/**
 * The catalogue of indicators: every one of the method, whether a rule measures it yet or not. Those without a rule are
 * reported as not measured and stay out of the score.
 */
import type { EvidenceLevel, Goal, Scope, Stage, Text } from '../src/core/model.ts';

/** The id of an indicator, which is also that of its rule. */
export type RuleId = (typeof ROWS)[number][0];

export interface Indicator {
  readonly id: RuleId;
  readonly stage: Stage;
  readonly scope: Scope;
  readonly goal: Goal;
  readonly title: Text;
  /** Percent of its stage in the reference edition. */
  readonly weight: number;
  /** Evidence that a `pass` needs in the reference edition. */
  readonly minEvidence: EvidenceLevel;
  /** Design estimates of how often "present" is right and how much of it is found; until something is measured. */
  readonly prior: readonly [precision: number, recall: number];
}

// prettier-ignore
const ROWS = [
  ['presence/home-link-to-system', 'service', 'effectiveness', 13, 2, 0.92, 0.85, 'پیوند از صفحه نخست درگاه به سامانه ارائه‌دهنده خدمت', 'Portal\'s first page links to the service\'s own system'],
  ['presence/fee-time-published', 'service', 'transparency', 8, 2, 0.90, 0.85, 'اعلام هزینه و متوسط مدت زمان انجام خدمت', 'Fee and expected time are published'],
  ['presence/service-listed', 'service', 'transparency', 6, 1, 0.95, 0.90, 'درج خدمت در فهرست خدمات درگاه', 'Service appears in the portal\'s service list'],
  ['presence/service-page', 'service', 'effectiveness', 6, 2, 0.95, 0.92, 'صفحه اختصاصی و پایدار خدمت', 'Service has its own stable page'],
  ['presence/service-described', 'service', 'transparency', 6, 2, 0.90, 0.85, 'شرح خدمت، نوع خدمت، مخاطبان و خروجی', 'Service is described: what it is, for whom, result'],
  ['presence/steps-published', 'service', 'transparency', 6, 2, 0.85, 0.75, 'انتشار مراحل دریافت خدمت (از دید متقاضی)', 'Steps of getting the service are published'],
  ['presence/documents-listed', 'service', 'transparency', 6, 2, 0.90, 0.85, 'فهرست مدارک و شرایط لازم', 'Required documents/conditions are listed'],
  ['presence/system-link-live', 'service', 'effectiveness', 6, 2, 0.95, 0.90, 'پیوند فعال از صفحه خدمت به سامانه', 'Service page links to a live system'],
  ['presence/catalogue-from-home', 'portal', 'inclusiveness', 6, 2, 0.93, 0.90, 'دسترسی به فهرست خدمات / میز خدمت از صفحه نخست', 'Service catalogue / service desk is one click from the first page and organized'],
  ['presence/search-works', 'portal', 'effectiveness', 5, 3, 0.85, 0.80, 'کارکرد جستجوی درگاه و یافتن خدمت', 'Site search works and finds a service'],
  ['presence/availability', 'portal', 'trustworthiness', 5, 3, 0.97, 0.97, 'در دسترس بودن درگاه در سنجش‌های مکرر', 'Portal is available over repeated probes'],
  ['presence/freshness', 'portal', 'effectiveness', 4, 2, 0.88, 0.85, 'به‌روز بودن محتوای درگاه', 'Portal content is fresh'],
  ['presence/tls-valid', 'portal', 'trustworthiness', 4, 3, 0.99, 0.99, 'گواهی معتبر HTTPS و اجباری بودن آن', 'HTTPS valid and enforced'],
  ['presence/accessibility', 'portal', 'inclusiveness', 4, 3, 0.90, 0.55, 'دسترس‌پذیری پایه (زیرمجموعه خودکار WCAG)', 'Basic accessibility (automatable WCAG subset)'],
  ['presence/contact-info', 'portal', 'accountability', 3, 1, 0.95, 0.93, 'نشانی، تلفن و رایانامه دستگاه', 'Contact details of the organization'],
  ['presence/mobile-friendly', 'portal', 'inclusiveness', 3, 3, 0.92, 0.90, 'سازگاری با تلفن همراه', 'Usable on a phone'],
  ['presence/languages', 'portal', 'inclusiveness', 3, 2, 0.92, 0.88, 'نسخه به زبان‌های دیگر با محتوای واقعی', 'Other languages with real content'],
  ['presence/broken-links', 'portal', 'trustworthiness', 3, 3, 0.93, 0.90, 'پیوندهای شکسته اندک', 'Few broken links'],
  ['presence/privacy-statement', 'portal', 'trustworthiness', 3, 2, 0.93, 0.90, 'بیانیه حریم خصوصی', 'Privacy statement'],
  ['interaction/form-online', 'service', 'effectiveness', 16, 2, 0.88, 0.75, 'تکمیل برخط درخواست (فرم برخط)', 'Request can be filled in online'],
  ['interaction/form-downloadable', 'service', 'inclusiveness', 8, 2, 0.93, 0.88, 'امکان دریافت فرم (یا جایگزینی با فرم برخط)', 'Form can be downloaded (or is superseded by an online form)'],
  ['interaction/form-labels', 'service', 'inclusiveness', 8, 3, 0.92, 0.88, 'برچسب‌گذاری فیلدها و مشخص بودن فیلدهای الزامی', 'Form fields are labelled and required fields marked'],
  ['interaction/form-validation', 'service', 'effectiveness', 8, 3, 0.80, 0.65, 'اعتبارسنجی ورودی و پیام خطای روشن', 'Form validates input and explains errors'],
  ['interaction/service-contact', 'service', 'accountability', 7, 1, 0.90, 0.85, 'مسئول ارائه خدمت و راه تماس', 'Responsible unit/person and contact for this service'],
  ['interaction/form-help', 'service', 'inclusiveness', 6, 2, 0.88, 0.82, 'راهنمای تکمیل و استفاده از خدمت (متن، فیلم، راهنمای کاربر)', 'Guidance for filling in / using the service'],
  ['interaction/submission-channels', 'service', 'inclusiveness', 6, 1, 0.85, 0.80, 'اعلام کانال‌های ارائه درخواست (برخط، رایانامه، پیشخوان، تلفن، برنامک)', 'Ways to submit are stated (online, e-mail, counter office, phone, app)'],
  ['interaction/faq', 'service', 'transparency', 6, 2, 0.90, 0.85, 'پرسش‌های متداول خدمت', 'Frequently asked questions about the service'],
  ['interaction/form-mobile', 'service', 'inclusiveness', 5, 3, 0.90, 0.85, 'قابلیت استفاده فرم/سامانه در تلفن همراه', 'Form/system entry usable on a phone'],
  ['interaction/public-inquiry', 'service', 'effectiveness', 5, 1, 0.85, 0.70, 'استعلام عمومی/محاسبه‌گر بدون نیاز به حساب کاربری', 'Self-service look-up or calculator without an account'],
  ['interaction/appointment', 'service', 'effectiveness', 4, 2, 0.88, 0.80, 'نوبت‌دهی اینترنتی در صورت نیاز به مراجعه', 'Online appointment where a visit is needed'],
  ['interaction/complaint-channel', 'portal', 'accountability', 7, 2, 0.92, 0.88, 'ثبت شکایت و دسترسی به آن از خدمت', 'Complaint channel, reachable from services'],
  ['interaction/contact-form', 'portal', 'accountability', 6, 2, 0.92, 0.90, 'فرم ارتباط / ارسال پیام به دستگاه', 'Message form to the organization'],
  ['interaction/helpdesk', 'portal', 'inclusiveness', 5, 1, 0.88, 0.82, 'پشتیبانی/مرکز تماس با ساعات پاسخگویی', 'Help-desk with hours'],
  ['interaction/subscribe', 'portal', 'inclusiveness', 3, 2, 0.93, 0.90, 'عضویت در خبرنامه/RSS', 'Subscribe to updates (newsletter/RSS/channel)'],
  ['transaction/end-to-end-online', 'service', 'effectiveness', 15, 2, 0.75, 0.70, 'ارائه کامل خدمت به صورت الکترونیکی (بدون مراجعه حضوری)', 'Service can be completed entirely online'],
  ['transaction/tracking', 'service', 'accountability', 12, 2, 0.88, 0.82, 'پیگیری درخواست با کد رهگیری', 'Request can be tracked with a case number'],
  ['transaction/e-payment', 'service', 'effectiveness', 9, 1, 0.85, 0.70, 'پرداخت الکترونیکی هزینه خدمت', 'Fee can be paid electronically'],
  ['transaction/e-result', 'service', 'effectiveness', 8, 1, 0.78, 0.60, 'دریافت الکترونیکی نتیجه/گواهی', 'Result is delivered electronically'],
  ['transaction/login-available', 'service', 'trustworthiness', 7, 2, 0.93, 0.88, 'ورود و احراز هویت کاربر خدمت', 'Secure sign-in/identification for the service'],
  ['transaction/personal-dashboard', 'service', 'effectiveness', 7, 1, 0.75, 0.60, 'صفحه شخصی / کارتابل متقاضی', 'Personal page / case folder'],
  ['transaction/notifications', 'service', 'effectiveness', 7, 1, 0.82, 0.68, 'اطلاع‌رسانی وضعیت با پیامک، رایانامه یا برنامک', 'User is notified of status by SMS / e-mail / app'],
  ['transaction/service-level', 'service', 'accountability', 6, 2, 0.85, 0.80, 'توافق‌نامه سطح خدمت (SLA) با تعهد سنجش‌پذیر', 'Service-level commitment (SLA) with measurable terms'],
  ['transaction/system-availability', 'service', 'trustworthiness', 6, 3, 0.95, 0.93, 'پایداری و در دسترس بودن سامانه خدمت', 'Service system is available over repeated probes'],
  ['transaction/system-security', 'service', 'trustworthiness', 6, 3, 0.96, 0.95, 'امنیت پایه سامانه خدمت (HTTPS، فرم امن)', 'Service system uses HTTPS properly'],
  ['transaction/e-signature', 'service', 'trustworthiness', 5, 1, 0.80, 0.60, 'امضای الکترونیکی در صورت نیاز به امضا', 'Electronic signature where a signature is needed'],
  ['transaction/doc-upload', 'service', 'effectiveness', 5, 1, 0.82, 0.65, 'بارگذاری الکترونیکی مدارک', 'Documents can be uploaded'],
  ['transaction/receipt', 'service', 'accountability', 4, 1, 0.70, 0.55, 'صدور رسید و کد رهگیری پس از ثبت', 'Submission is acknowledged with a number'],
  ['transaction/payment-trust', 'service', 'trustworthiness', 3, 2, 0.85, 0.75, 'اعتمادپذیری پرداخت (درگاه رسمی، رسید، نماد)', 'Payment is trustworthy (official gateway, receipt, seal where required)'],
  ['integration/national-sso', 'service', 'effectiveness', 14, 2, 0.93, 0.88, 'ورود یکپارچه از طریق پنجره ملی خدمات دولت هوشمند', 'Sign-in through the national gateway (my.gov.ir / دولت من)'],
  ['integration/prefilled-inquiry', 'service', 'effectiveness', 12, 1, 0.72, 0.60, 'استعلام برخط و تکمیل خودکار اطلاعات از دستگاه‌های دیگر', 'Data fetched from other agencies (prefill / online inquiry)'],
  ['integration/no-redundant-documents', 'service', 'effectiveness', 8, 2, 0.88, 0.85, 'عدم مطالبه مدارک قابل استعلام (کپی شناسنامه، کارت ملی …)', 'Does not ask for copies the government already holds'],
  ['integration/national-portal-listed', 'service', 'inclusiveness', 8, 2, 0.88, 0.80, 'درج خدمت در درگاه ملی خدمات و پیوند متقابل', 'Service present in the national portal and cross-linked'],
  ['integration/cross-agency-links', 'service', 'effectiveness', 8, 2, 0.85, 0.75, 'پیوند به سامانه‌های دستگاه‌های مرتبط در فرایند خدمت', 'Links to other agencies\' systems used in the process'],
  ['integration/catalogue-id', 'service', 'transparency', 5, 1, 0.96, 0.93, 'درج شناسه خدمت (کد یکتای ملی)', 'National service ID shown and correct'],
  ['integration/return-path', 'service', 'trustworthiness', 4, 2, 0.90, 0.85, 'هویت مشترک و پیوند بازگشت سامانه به درگاه', 'System and portal belong together (identity, return link)'],
  ['integration/verify-result', 'service', 'trustworthiness', 4, 1, 0.86, 0.75, 'استعلام اصالت گواهی/مجوز صادره', 'Third parties can verify the issued result'],
  ['integration/org-single-window', 'portal', 'effectiveness', 12, 2, 0.85, 0.80, 'پنجره واحد / میز خدمت یکپارچه دستگاه', 'One-stop service desk / single window of the organization'],
  ['integration/single-account', 'portal', 'effectiveness', 6, 2, 0.85, 0.75, 'یک حساب کاربری برای همه سامانه‌های دستگاه', 'One account across the organization\'s systems'],
  ['integration/unified-tracking', 'portal', 'accountability', 6, 2, 0.87, 0.80, 'پیگیری یکپارچه درخواست‌ها', 'One place to track requests of all services'],
  ['integration/life-events', 'portal', 'inclusiveness', 5, 2, 0.85, 0.80, 'گروه‌بندی خدمات بر اساس مخاطب/رویداد زندگی', 'Services grouped by audience or life event'],
  ['integration/unified-notifications', 'portal', 'effectiveness', 4, 1, 0.78, 0.65, 'اعلان یکپارچه (صندوق پیام، کارپوشه ملی، ابلاغ الکترونیک)', 'Unified notices / national e-folder'],
  ['integration/open-api', 'portal', 'transparency', 4, 2, 0.88, 0.75, 'انتشار و مستندسازی وب‌سرویس/API', 'Web services/APIs documented'],
  ['participation/service-rating', 'service', 'accountability', 13, 2, 0.90, 0.85, 'نظرسنجی و امتیازدهی به خدمت', 'User can rate / survey this service'],
  ['participation/service-comments', 'service', 'accountability', 5, 2, 0.88, 0.82, 'نظرات و پرسش‌های کاربران خدمت با پاسخ', 'Comments/questions on the service with replies shown'],
  ['participation/social-media', 'portal', 'inclusiveness', 10, 2, 0.94, 0.92, 'پیوند به شبکه‌های اجتماعی و پیام‌رسان‌های رسمی', 'Official social-media channels linked (incl. domestic messengers)'],
  ['participation/feedback-published', 'portal', 'accountability', 10, 2, 0.82, 0.72, 'انتشار بازخوردها و پاسخ‌ها / اقدام انجام‌شده', 'Feedback with published responses ("you said, we did")'],
  ['participation/idea-submission', 'portal', 'inclusiveness', 9, 2, 0.85, 0.78, 'ارسال ایده و پیشنهاد', 'Idea/suggestion submission'],
  ['participation/consultation', 'portal', 'transparency', 9, 2, 0.82, 0.75, 'نظرخواهی درباره پیش‌نویس‌ها و تصمیمات', 'Consultation on drafts/decisions'],
  ['participation/poll', 'portal', 'inclusiveness', 8, 1, 0.92, 0.88, 'نظرسنجی و رأی‌دهی', 'Polls / voting'],
  ['participation/open-data', 'portal', 'transparency', 8, 2, 0.88, 0.82, 'انتشار داده باز ماشین‌خوان', 'Open data in machine-readable form'],
  ['participation/live-chat', 'portal', 'inclusiveness', 7, 1, 0.90, 0.82, 'گفتگوی برخط (مکالمه هم‌زمان)', 'Live chat / assistant'],
  ['participation/poll-results', 'portal', 'transparency', 6, 2, 0.88, 0.80, 'انتشار نتایج نظرسنجی‌ها', 'Poll/survey results are published'],
  ['participation/social-active', 'portal', 'accountability', 5, 3, 0.80, 0.65, 'فعال بودن کانال‌ها', 'Channels are active'],
  ['participation/foi-link', 'portal', 'transparency', 5, 2, 0.96, 0.93, 'پیوند به سامانه انتشار و دسترسی آزاد به اطلاعات', 'Freedom-of-information channel'],
  ['participation/performance-published', 'portal', 'transparency', 5, 2, 0.82, 0.75, 'انتشار آمار عملکرد و استفاده از خدمات الکترونیکی', 'Service performance/usage figures published'],
] as const satisfies readonly (readonly [id: `${Stage}/${string}`, scope: Scope, goal: Goal, weight: number, minEvidence: EvidenceLevel, precision: number, recall: number, fa: string, en: string])[];

export const INDICATORS: readonly Indicator[] = ROWS.map(([id, scope, goal, weight, minEvidence, precision, recall, fa, en]) => ({
  id, stage: id.slice(0, id.indexOf('/')) as Stage, scope, goal, weight, minEvidence, prior: [precision, recall], title: { fa, en },
})); // prettier-ignore
