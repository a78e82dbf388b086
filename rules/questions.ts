/** What a card of the desk asks about each indicator: one question that looking at one page or one element answers. */
import type { Text } from '../src/core/model.ts';
import type { RuleId } from './catalogue.ts';

export interface Question {
  /** Yes is `pass`, in part is `partial`, no is `fail`. */
  readonly question: Text;
  /** What makes it only `partial`. */
  readonly partly: Text;
}

type Row = readonly [fa: string, en: string, partlyFa: string, partlyEn: string];

const ROWS: Readonly<Record<RuleId, Row>> = {
  'presence/home-link-to-system': [
    'آیا پیوندی در صفحه نخست درگاه، شهروند را به سامانه همین خدمت می‌رساند؟',
    'Does a link on the first page of the portal take a citizen to the system of this very service?',
    'دو کلیک راه است، نام پیوند گویا نیست، یا به ورودی چند خدمت می‌رسد.',
    'Two clicks away, a name that says nothing, or the front door of many services.',
  ],
  'presence/fee-time-published': [
    'آیا هم هزینه خدمت و هم مدت انجام آن اعلام شده است؟',
    'Are both the fee of the service and the time it takes published?',
    'تنها یکی از این دو اعلام شده، یا هزینه «متغیر» است.',
    'Only one of the two is published, or the fee is said to vary.',
  ],
  'presence/service-listed': [
    'آیا این خدمت با عنوان یا شناسه خود در فهرست خدمات درگاه آمده است؟',
    "Is this service in the portal's list of services, by its title or its code?",
    'عنوان تنها شبیه است، شناسه یک رقم فرق دارد، یا تنها خدمت مادر آمده است.',
    'A title merely alike, a code one digit off, or only the parent service.',
  ],
  'presence/service-page': [
    'آیا این خدمت صفحه‌ای ویژه خود دارد که آن را معرفی کند؟',
    'Does this service have a page of its own that tells about it?',
    'صفحه کوتاه یا میان چند خدمت مشترک است، یا به جای آن تنها پرونده‌ای هست.',
    'The page is short or shared with other services, or there is only a file.',
  ],
  'presence/service-described': [
    'آیا شهروند از این متن می‌فهمد خدمت چیست، برای کیست و نتیجه آن چیست؟',
    'Does this text tell a citizen what the service is, whom it is for and what comes of it?',
    'تنها یکی دو مورد گفته شده، یا شرح کوتاه یا رونویس خدمتی دیگر است.',
    'Only one or two of these are said, or the description is short or copied.',
  ],
  'presence/steps-published': [
    'آیا گام‌های دریافت خدمت برای متقاضی به ترتیب آمده است؟',
    'Are the steps of getting the service set out in order for the applicant?',
    'کمتر از سه گام آمده، یا مراحل تنها در تصویر یا پرونده‌ای دیگر است.',
    'Fewer than three steps, or only in a picture or in another file.',
  ],
  'presence/documents-listed': [
    'آیا روشن نوشته شده که این خدمت چه مدارکی می‌خواهد یا مدرکی نمی‌خواهد؟',
    'Does it say clearly which documents the service needs, or that it needs none?',
    'مدارک تنها کلی نام برده شده، یا پشت پیوند یا در پرونده است.',
    'They are named only vaguely, or only behind a link or in a file.',
  ],
  'presence/system-link-live': [
    'آیا پیوند صفحه خدمت، سامانه همین خدمت را باز می‌کند؟',
    "Does the link on the service's page open the system of this very service?",
    'به سامانه‌ای دیگر می‌رسد، رمزنگاری ندارد، یا نشانی نوشته شده ولی پیوند نیست.',
    'It opens another system, or one without encryption, or the address is not a link.',
  ],
  'presence/catalogue-from-home': [
    'آیا شهروند با یک کلیک از صفحه نخست به فهرستی مرتب از بیشتر خدمات می‌رسد؟',
    'Does one click on the first page lead to an orderly list of most services?',
    'دو کلیک راه است، بسیاری از خدمات را ندارد، یا نه دسته‌بندی دارد نه جستجو.',
    'Two clicks away, many services missing, or a long list neither grouped nor searchable.',
  ],
  'presence/search-works': [
    'آیا با نوشتن نام خدمت در جستجوی درگاه، صفحه همان خدمت پیدا می‌شود؟',
    "Does the portal's search find the page of a service by its name?",
    'جستجو هست ولی خدمت را نمی‌یابد، آزموده نشد، یا به سایتی دیگر سپرده شده.',
    "There is a search, but it misses services, was not tried or is another site's.",
  ],
  'presence/availability': [
    'آیا درگاه در سنجش‌های این دوره تقریباً همیشه و بی‌درنگ باز شده است؟',
    'Did the portal open nearly every time it was looked at, and without delay?',
    'در ۹۰ تا ۹۸ درصد سنجش‌ها باز شده، یا کند بوده است.',
    'It opened at 90 to 98 percent of the looks, or slowly.',
  ],
  'presence/freshness': [
    'آیا درگاه در دو هفته گذشته مطلب تازه‌ای منتشر کرده است؟',
    'Has the portal published anything new in the last two weeks?',
    'تازه‌ترین مطلب دو هفته تا دو ماه پیش است، یا صفحه‌ای مهم کهنه مانده.',
    'Newest item two weeks to two months old, or a key page left stale.',
  ],
  'presence/tls-valid': [
    'آیا درگاه همیشه با نشانی امن (https) و گواهی معتبر باز می‌شود؟',
    'Does the portal always open over https, with a valid certificate?',
    'نشانی ناامن هم پاسخ می‌دهد، اسکریپتی رمزنگاری ندارد، یا گواهی ناقص است.',
    'It also answers unencrypted, loads an unencrypted script, or the certificate is incomplete.',
  ],
  'presence/accessibility': [
    'آیا صفحه‌های درگاه برای کاربر صفحه‌خوان از مانع‌های پایه خالی است؟',
    "Are the portal's pages free of basic barriers to people who use a screen reader?",
    'یک تا سه گونه مانع هست، یا زبان و جهت برخی صفحه‌ها درست نیست.',
    'One to three kinds of barriers, or some pages name language or direction wrongly.',
  ],
  'presence/contact-info': [
    'آیا نشانی، تلفن و راه‌های دیگر تماس با دستگاه آسان پیدا می‌شود؟',
    "Are the organization's address, telephone and other contact details easy to find?",
    'تنها یکی دو مورد از نشانی، تلفن، رایانامه یا فرم، ساعت کار و نقشه هست.',
    'Only one or two of address, telephone, e-mail or form, hours and map.',
  ],
  'presence/mobile-friendly': [
    'آیا صفحه‌های درگاه را می‌توان روی تلفن همراه راحت خواند و به کار برد؟',
    "Are the portal's pages easy to read and to use on a phone?",
    'سازگاری کامل نیست، یا به جای آن نسخه یا برنامکی جدا هست.',
    'They fit a phone only in part, or a separate version or app stands in.',
  ],
  'presence/languages': [
    'آیا درگاه نسخه‌ای به زبان دیگر دارد که از خدمات یا راه تماس بگوید؟',
    'Is there a version in another language that tells of services or contact?',
    'تنها معرفی کوتاهی است، از خدمات و تماس نمی‌گوید، یا ترجمه ماشینی است.',
    'Only a short introduction, nothing on services or contact, or translation by machine.',
  ],
  'presence/broken-links': [
    'آیا پیوندهای درگاه، به‌ویژه در منوی اصلی، کار می‌کنند؟',
    'Do the links of the portal work, those of the main menu above all?',
    'چند پیوند از آزموده‌شده‌ها، یا یکی در منوی اصلی، شکسته است.',
    'Some links that were tried are broken, or one of the main menu.',
  ],
  'presence/privacy-statement': [
    'آیا بیانیه حریم خصوصی خود دستگاه می‌گوید با داده‌های شهروند چه می‌کند؟',
    "Does the organization's own privacy statement say what it does with a citizen's data?",
    'کوتاه یا ناقص است، نام دستگاه را ندارد، یا از صفحه نخست پیوند ندارد.',
    "Short, few topics, without the organization's name, or not linked from the first page.",
  ],
  'interaction/form-online': [
    'آیا فرم درخواست همین خدمت را می‌توان برخط دید و پر کرد؟',
    'Can the request form of this very service be seen and filled in online?',
    'فرمی عمومی برای هر درخواست است، یا فرم تنها پشت ورود کاربر است.',
    'It is a general form for any request, or the form stands only behind log-in.',
  ],
  'interaction/form-downloadable': [
    'آیا فرم خدمت را می‌توان دریافت کرد، یا فرم برخط جای آن را گرفته است؟',
    'Can the form of the service be downloaded, or does an online form take its place?',
    'فرم تنها تصویر است، نام روشنی ندارد، یا باید میان فرم‌های دیگر پیدا شود.',
    'Only a picture, without a clear name, or lost among many other forms.',
  ],
  'interaction/form-labels': [
    'آیا فیلدهای فرم برچسب دارند و الزامی‌ها مشخص‌اند؟',
    'Are the fields of the form labelled, and the required ones marked?',
    'برخی فیلدها برچسب ندارند، برچسب به فیلد بسته نیست، یا الزامی‌ها مشخص نیستند.',
    'Some fields have no label, texts only stand beside, or required ones are not marked.',
  ],
  'interaction/form-validation': [
    'آیا فرم جلوی ورودی نادرست را می‌گیرد و خطا را روشن می‌گوید؟',
    'Does the form stop wrong input and say clearly what is wrong?',
    'تنها یک فیلد، یا تنها خالی نبودن فیلدها سنجیده می‌شود.',
    'Only one field is checked, or only that fields are not empty.',
  ],
  'interaction/service-contact': [
    'آیا پیداست کدام واحد مسئول این خدمت است و چگونه می‌توان با آن تماس گرفت؟',
    'Does it say which unit is responsible for this service, and how to reach it?',
    'تنها واحد یا تنها راه تماس آمده، یا تنها شماره عمومی دستگاه.',
    'Only the unit or only a contact is given, or only the general number.',
  ],
  'interaction/form-help': [
    'آیا برای استفاده از همین خدمت راهنمایی در دسترس است؟',
    'Is there guidance on using this very service?',
    'تنها راهنمای عمومی درگاه هست.',
    'There is only the general guide of the portal.',
  ],
  'interaction/submission-channels': [
    'آیا دست‌کم دو راه ارائه درخواست، با نشانی یا شماره، اعلام شده است؟',
    'Are at least two ways to submit a request given, each with an address or number?',
    'تنها یک راه نشانی دارد، یا راه‌ها تنها نام برده شده‌اند.',
    'Only one way has an address, or the ways are only named.',
  ],
  'interaction/faq': [
    'آیا دست‌کم سه پرسش متداول درباره این خدمت با پاسخ آمده است؟',
    'Are at least three common questions about this service answered?',
    'یکی دو پرسش است، یا پرسش‌های متداول درگاه تنها نام خدمت را دارد.',
    'Only one or two questions, or a general list that merely names the service.',
  ],
  'interaction/form-mobile': [
    'آیا سامانه یا فرم این خدمت را می‌توان با تلفن همراه راحت به کار برد؟',
    'Is the system or form of this service easy to use on a phone?',
    'با تلفن همراه به کار می‌آید ولی دشوار، یا تنها برنامک رسمی هست.',
    'It works on a phone with difficulty, or there is only an official app.',
  ],
  'interaction/public-inquiry': [
    'آیا بی نیاز به حساب کاربری می‌توان چیزی از این خدمت را استعلام یا محاسبه کرد؟',
    'Can anyone look up or calculate something about this service without an account?',
    'به جای ابزار، تنها فهرست یا جدولی منتشر شده است.',
    'Only a list or a table is published in place of a tool.',
  ],
  'interaction/appointment': [
    'آیا برای مراجعه حضوری این خدمت می‌توان برخط نوبت گرفت؟',
    'Can an appointment for the visit that this service needs be booked online?',
    'نوبت تنها با تلفن گرفته می‌شود.',
    'An appointment is made by telephone only.',
  ],
  'interaction/complaint-channel': [
    'آیا ثبت شکایت از صفحه نخست و از خدمات در دسترس است و شیوه پاسخ آن پیداست؟',
    'Can a complaint be filed from the first page and the services, and does it say how it is answered?',
    'تنها یک جا پیوند دارد، شیوه پاسخ گفته نشده، یا به سامانه سراسری سپرده شده.',
    'Linked from one place, silent on the answer, or left to a national system.',
  ],
  'interaction/contact-form': [
    'آیا دستگاه فرم پیامی دارد که بتوان در آن موضوع را برگزید یا پیام را پیگیری کرد؟',
    'Is there a form to write to the organization, with a choice of topic or tracking?',
    'فرم نه موضوع دارد و نه پیگیری، یا به جای آن تنها رایانامه هست.',
    'The form has neither topic nor tracking, or there is only e-mail.',
  ],
  'interaction/helpdesk': [
    'آیا راه تماس با پشتیبانی و ساعت پاسخگویی آن اعلام شده است؟',
    'Are a way to reach support and its hours published?',
    'ساعت پاسخگویی ندارد، یا تنها سامانه‌ای در نشانی دیگر پشتیبانی دارد.',
    'No hours are given, or only a system at another address has support.',
  ],
  'interaction/subscribe': [
    'آیا شهروند می‌تواند با خبرنامه یا خوراک (RSS) از تازه‌های درگاه باخبر شود؟',
    'Can a citizen follow what is new by newsletter or feed (RSS)?',
    'خوراک کهنه است، یا تنها کانالی در شبکه‌های اجتماعی هست.',
    'The feed is stale, or there is only a channel on social media.',
  ],
  'transaction/end-to-end-online': [
    'آیا این خدمت از درخواست تا پایان بی مراجعه حضوری انجام می‌شود؟',
    'Can this service be completed online, from request to end, without a visit?',
    'گامی حضوری، پستی یا کاغذی می‌ماند، یا انجام بی‌مراجعه تا پایان روشن نیست.',
    'A visit, post or paper step remains, or doing it all online is not shown.',
  ],
  'transaction/tracking': [
    'آیا متقاضی می‌تواند درخواست همین خدمت را با کد یا در حساب خود پیگیری کند؟',
    'Can an applicant track a request for this very service, by a code or in an account?',
    'پیگیری عمومی است و به این خدمت وابسته نیست، یا تنها گفته شده است.',
    'Tracking is general and not tied to this service, or it is only claimed.',
  ],
  'transaction/e-payment': [
    'آیا هزینه این خدمت را می‌توان برخط پرداخت؟',
    'Can the fee of this service be paid online?',
    'هزینه با کارتخوان گرفته می‌شود، یا تنها شناسه پرداخت آمده است.',
    'It is paid at a card terminal, or only a payment number is given.',
  ],
  'transaction/e-result': [
    'آیا متقاضی نتیجه یا گواهی خدمت را برخط دریافت می‌کند؟',
    'Does the applicant get the result or certificate online?',
    'نتیجه برخط خبر داده می‌شود ولی خود آن حضوری یا پستی تحویل می‌شود.',
    'The result is announced online but handed over in person or by post.',
  ],
  'transaction/login-available': [
    'آیا سامانه برای هر متقاضی راه ورود رمزنگاری‌شده دارد؟',
    'Does the system have an encrypted log-in that any applicant can use?',
    'ثبت‌نام و بازیابی رمز ندارد، یا متقاضی تنها با شماره خود شناخته می‌شود.',
    'No sign-up or password recovery, or applicants are known by a number alone.',
  ],
  'transaction/personal-dashboard': [
    'آیا سامانه صفحه‌ای شخصی دارد که متقاضی درخواست‌های خود را در آن ببیند؟',
    'Does the system have a personal page where applicants see their own requests?',
    'از صفحه شخصی تنها نامی در سامانه هست.',
    'The system only names such a page.',
  ],
  'transaction/notifications': [
    'آیا متقاضی با پیامک، رایانامه یا برنامک از وضعیت درخواستش باخبر می‌شود؟',
    'Is the applicant told of the status of the request by SMS, e-mail or app?',
    'پیامک تنها برای رمز ورود است، یا خبر دادن تنها در سطح دستگاه گفته شده.',
    'Messages only carry log-in codes, or are promised for the organization as a whole.',
  ],
  'transaction/service-level': [
    'آیا توافق‌نامه سطح خدمت درباره همین خدمت به شهروند تعهد سنجش‌پذیر می‌دهد؟',
    'Does the service-level agreement give citizens measurable promises for this very service?',
    'کلی است و این خدمت را نام نمی‌برد، یا تعهد سنجش‌پذیر کافی ندارد.',
    'It covers all services without naming this one, or has too few measurable promises.',
  ],
  'transaction/system-availability': [
    'آیا سامانه خدمت در سنجش‌های این دوره تقریباً همیشه در دسترس بوده است؟',
    'Was the system of the service there nearly every time it was looked at?',
    'تنها در ۸۵ تا ۹۷ درصد سنجش‌ها در دسترس بوده است.',
    'It was there at only 85 to 97 percent of the looks.',
  ],
  'transaction/system-security': [
    'آیا سامانه گواهی معتبر دارد و هر چه کاربر می‌نویسد رمزنگاری‌شده فرستاده می‌شود؟',
    'Does the system have a valid certificate, and is all that users enter sent encrypted?',
    'اسکریپت، کوکی نشست یا فرمی جز ورود، رمزنگاری ندارد.',
    'A script, the session cookie or a form other than log-in is not encrypted.',
  ],
  'transaction/e-signature': [
    'آیا متقاضی می‌تواند به جای مهر و امضای کاغذی، الکترونیکی امضا کند؟',
    'Can the applicant sign electronically instead of on paper?',
    'گواهی تنها برای ورود است، یا امضای الکترونیکی برای متقاضی نیست.',
    'The certificate is only for logging in, or the electronic signature is not for applicants.',
  ],
  'transaction/doc-upload': [
    'آیا مدارک در سامانه بارگذاری می‌شود یا خود دستگاه آن‌ها را استعلام می‌کند؟',
    'Are documents uploaded online, or inquired by the organization itself?',
    'تصویر مدارک با رایانامه یا پست فرستاده می‌شود.',
    'Scans of documents are sent by e-mail or post.',
  ],
  'transaction/receipt': [
    'آیا گفته شده که پس از ثبت درخواست، رسید یا کد رهگیری داده می‌شود؟',
    'Does it say that filing a request gives a receipt or a case number?',
    'خانه پیگیری هست ولی گفته نشده که کدی داده می‌شود.',
    'There is a field for tracking, but giving a number is not mentioned.',
  ],
  'transaction/payment-trust': [
    'آیا پرداخت تنها در درگاه رسمی است و از رسید یا بازگشت وجه گفته شده است؟',
    'Is payment made on an official gateway only, and is receipt or refund explained?',
    'از رسید گفته نشده، پیوند درگاه رمزنگاری ندارد، یا درگاه دیده نشد.',
    'No word of a receipt, an unencrypted link to the gateway, or no gateway seen.',
  ],
  'integration/national-sso': [
    'آیا با درگاه هویت ملی (مانند پنجره ملی خدمات) می‌توان وارد این سامانه شد؟',
    'Can one log in to this system through the national identity gateway?',
    'ورود یکپارچه تنها در سطح دستگاه است، کلید ملی کار نمی‌کند، یا تنها پیوند است.',
    "Only the organization's own sign-on, a broken national button, or a mere link.",
  ],
  'integration/prefilled-inquiry': [
    'آیا داده‌ای از متقاضی، به جای پرسیدن از خود او، از دستگاه دیگری استعلام می‌شود؟',
    'Is some data on the applicant fetched from another agency instead of asked for?',
    'از استعلام تنها کلی یاد شده، یا زمان پاسخ آن پر نشده است.',
    'Inquiry is named only in general, or its response time is left blank.',
  ],
  'integration/no-redundant-documents': [
    'آیا فهرست مدارک از رونوشت شناسنامه، کارت ملی و مانند آن‌ها خالی است؟',
    'Is the list of documents free of copies that the government already holds?',
    'تنها یک رونوشت از آنچه دولت خود دارد خواسته می‌شود.',
    'Just one copy of what the government holds is asked for.',
  ],
  'integration/national-portal-listed': [
    'آیا این خدمت در درگاه ملی خدمات هست و از آنجا به سامانه خود می‌رسد؟',
    'Is this service in the national portal of services, and does it lead on to its system?',
    'مدخل کار نمی‌کند، به سامانه یا خدمتی دیگر می‌رسد، یا تنها پیوند کلی هست.',
    'The entry is dead or leads elsewhere, or there is only a general link.',
  ],
  'integration/cross-agency-links': [
    'آیا صفحه به سامانه دستگاه دیگری که در کار این خدمت نقش دارد پیوند دارد؟',
    'Does the page link to the system of another agency that takes part in this service?',
    'پیوند تنها به صفحه نخست آن دستگاه است، یا تنها نامش آمده است.',
    'Only the first page of that agency is linked, or it is only named.',
  ],
  'integration/catalogue-id': [
    'آیا شناسه درست این خدمت در صفحه آن یا در فهرست خدمات آمده است؟',
    'Is the right code of this service on its page or in the list of services?',
    'شناسه یک رقم فرق دارد، یا تنها رقم‌های نخست آن آمده است.',
    'The code is one digit off, or only its first digits are given.',
  ],
  'integration/return-path': [
    'آیا پیداست که سامانه از آن همین دستگاه است، و به درگاه بازمی‌گردد؟',
    "Is the system plainly the organization's own, and does it lead back to the portal?",
    'از دامنه رسمی، نام دستگاه و پیوند بازگشت، تنها دو نشانه هست.',
    "Only two of official domain, organization's name and return link are there.",
  ],
  'integration/verify-result': [
    'آیا دیگران می‌توانند اصالت گواهی یا مجوز صادرشده را با شناسه آن بسنجند؟',
    'Can others check by its code that an issued certificate or permit is genuine?',
    'تنها فهرستی از دارندگان هست، یا از سنجش اصالت تنها یاد شده است.',
    'There is only a list of holders, or checking is only mentioned.',
  ],
  'integration/org-single-window': [
    'آیا بیشتر خدمات دستگاه را می‌توان از یک جا آغاز کرد؟',
    "Can most of the organization's services be started from one place?",
    'تنها بخشی از خدمات یک‌جا آغاز می‌شود، یا فهرست به سامانه‌های پراکنده پیوند دارد.',
    'Only some services start there, or it merely links to scattered systems.',
  ],
  'integration/single-account': [
    'آیا با یک حساب کاربری می‌توان وارد تقریباً همه سامانه‌های دستگاه شد؟',
    "Does one account open nearly all of the organization's systems?",
    'یک حساب بیشتر سامانه‌ها را باز می‌کند، ولی نه تقریباً همه را.',
    'It opens most systems, but not nearly all.',
  ],
  'integration/unified-tracking': [
    'آیا درخواست‌های همه خدمات را می‌توان یک‌جا پیگیری کرد؟',
    'Can the requests for all services be tracked in one place?',
    'صفحه پیگیری هست و همه خدمات را نمی‌پوشاند.',
    'There is a place to track, but it does not cover all services.',
  ],
  'integration/life-events': [
    'آیا خدمات دست‌کم در دو گروه مخاطب یا رویداد زندگی دسته‌بندی شده است؟',
    'Are services grouped under at least two audiences or life events?',
    'تنها یک گروه هست، یا دسته‌بندی بر پایه موضوع یا واحد سازمانی است.',
    'There is only one such group, or grouping by subject or unit.',
  ],
  'integration/unified-notifications': [
    'آیا اعلان‌های همه خدمات در یک صندوق پیام یا کارپوشه به شهروند می‌رسد؟',
    'Do the notices of all services reach the citizen in one inbox or e-folder?',
    'صندوق پیام تنها نام برده شده، یا تنها پیامک دستگاه هست.',
    "The inbox is only named, or there is only the organization's SMS.",
  ],
  'integration/open-api': [
    'آیا وب‌سرویس‌ها با کاربرد یا شیوه دسترسی معرفی شده‌اند؟',
    'Are web services published with their purpose or the way to get access?',
    'از وب‌سرویس تنها یاد شده است.',
    'Web services are only mentioned.',
  ],
  'participation/service-rating': [
    'آیا شهروند از صفحه خدمت می‌تواند به آن امتیاز بدهد یا نظرسنجی آن را پر کند؟',
    'Can a citizen rate this service, or fill in a survey about it, from its page?',
    'امتیاز درباره نوشته است و نه خدمت، یا نظرسنجی کلی درگاه است.',
    'The text and not the service is rated, or the survey is a general one.',
  ],
  'participation/service-comments': [
    'آیا نظر یا پرسش کاربران درباره خدمت همراه با پاسخ دستگاه منتشر شده است؟',
    "Are users' comments or questions on the service published with official replies?",
    'نظرها پاسخی ندارند، یا تنها جایی برای نوشتن نظر هست.',
    'Comments have no reply, or there is only a box to write one.',
  ],
  'participation/social-media': [
    'آیا صفحه نخست به دست‌کم دو کانال رسمی از گونه‌های متفاوت پیوند دارد؟',
    'Does the first page link to at least two official channels of different kinds?',
    'تنها یک کانال یا یک گونه هست، یا پیوند در صفحه نخست نیست.',
    'Only one channel or one kind, or not linked from the first page.',
  ],
  'participation/feedback-published': [
    'آیا در یک سال گذشته بازخورد مردم با پاسخ یا اقدام دستگاه منتشر شده است؟',
    'Has feedback of the public been published in the past year, with the reply or action?',
    'اندک، کهنه یا بی‌تاریخ است، یا تنها آمار یا خبر دیدار با مردم هست.',
    'Few, old or undated, or only figures or news of a public meeting.',
  ],
  'participation/idea-submission': [
    'آیا هر شهروندی می‌تواند ایده یا پیشنهاد خود را در فرمی ویژه آن بفرستد؟',
    'Can any citizen send an idea or suggestion in a form made for it?',
    'پیشنهاد تنها یکی از موضوع‌های فرم تماس است.',
    'A suggestion is only one topic of the contact form.',
  ],
  'participation/consultation': [
    'آیا در یک سال گذشته پیش‌نویس یا تصمیم مشخصی به نظرخواهی گذاشته شده است؟',
    'Has a particular draft or decision been opened to public comment in the past year?',
    'کهنه یا بی‌تاریخ است، راهی برای نظردادن ندارد، یا تنها روش گفته شده.',
    'Old or undated, no way to comment, or only the method is described.',
  ],
  'participation/poll': [
    'آیا نظرسنجی باز و تاریخ‌داری درباره کار یا خدمات دستگاه هست؟',
    "Is there an open, dated poll about the organization's work or services?",
    'بسته، کهنه یا بی‌تاریخ است، تنها درباره ظاهر سایت است، یا در جای دیگری است.',
    "Closed, old or undated, only about the site's looks, or a survey elsewhere.",
  ],
  'participation/open-data': [
    'آیا داده ماشین‌خوان با تاریخ و شرایط استفاده منتشر شده است؟',
    'Is machine-readable data published with a date and terms of use?',
    'کهنه است، تاریخ یا شرایط ندارد، یا تنها برای خواندن انسان است.',
    'Old, without date or terms, or only in files for people to read.',
  ],
  'participation/live-chat': [
    'آیا گفتگوی برخط با ساعت پاسخگویی یا وضعیت حضور در درگاه هست؟',
    'Is there an online chat that shows its hours or whether someone is there?',
    'ساعت و وضعیت ندارد، آفلاین است، یا تنها پاسخگوی خودکار یا پیام‌رسان است.',
    'No hours or status, offline, or only an automatic assistant or a messenger account.',
  ],
  'participation/poll-results': [
    'آیا نتیجه نظرسنجی در یک سال گذشته منتشر شده است؟',
    'Have the results of a poll been published in the past year?',
    'نتیجه کهنه یا بی‌تاریخ است، یا تنها با رأی دادن دیده می‌شود.',
    'Results are old or undated, or seen only by voting.',
  ],
  'participation/social-active': [
    'آیا یکی از کانال‌های دستگاه در دو هفته گذشته پستی داشته است؟',
    "Has one of the organization's channels posted in the last two weeks?",
    'تازه‌ترین پست دو هفته تا دو ماه پیش است.',
    'The newest post is two weeks to two months old.',
  ],
  'participation/foi-link': [
    'آیا شهروند از درگاه به سامانه یا فرم دسترسی آزاد به اطلاعات می‌رسد؟',
    'Does the portal lead to a system or form for freedom of information?',
    'تنها نام آن آمده، یا پیوند به نشانی‌ای می‌رسد که دیگر نیست.',
    'It is only named, or the link leads to an address that is gone.',
  ],
  'participation/performance-published': [
    'آیا در یک سال گذشته آمار عملکرد یا استفاده از خدمات الکترونیکی منتشر شده است؟',
    'Have figures on the performance or use of e-services been published in the past year?',
    'آمار کهنه است، دوره آن معلوم نیست، یا تنها گزارش عملکرد کلی هست.',
    'Old figures, figures without their period, or only a general report.',
  ],
};

export const QUESTIONS = Object.fromEntries(
  Object.entries(ROWS).map(([id, [fa, en, partlyFa, partlyEn]]): [string, Question] => [
    id,
    { question: { fa, en }, partly: { fa: partlyFa, en: partlyEn } },
  ]),
) as Readonly<Record<RuleId, Question>>;

/** Rules whose `fail` may accuse an organization of something grave: two people say it before it is published. */
export const SEVERE: ReadonlySet<RuleId> = new Set<RuleId>([
  // card numbers are asked for off the official gateway, as one who steals them would
  'transaction/payment-trust',
  // applicants log in over HTTP, where others on the line can read the password
  'transaction/login-available',
  // passwords are sent unencrypted, or to whoever shows a certificate that is not valid
  'transaction/system-security',
  // the text is another body's: its promises were copied and are nobody's. The rule leaves that fail to a reader
  'presence/privacy-statement',
]);

/**
 * Rules that rest on looks over many days, which no stored page shows. What they leave open, more looks settle: a reader
 * could but guess, and too few looks of ours must not become somebody's fail. An objection is still decided by a person.
 */
export const UNSEEN: ReadonlySet<RuleId> = new Set<RuleId>([
  'presence/availability',
  'transaction/system-availability',
]);
