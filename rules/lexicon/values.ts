/**
 * What a value must look like to be one: sums, durations, dates, numbers, addresses. All on folded text. Most lines have
 * no figure in them, which is seen at once.
 */
import { countWords } from '../../src/core/look.ts';

export const hasDigits = (folded: string): boolean => /\d/.test(folded);

const NUMBER_WORDS_FA = 'یک|دو|سه|چهار|پنج|شش|هفت|هشت|نه|ده|پانزده|بیست|سی|چند';
const NUMBER_WORDS_EN = 'one|two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|thirty|sixty|ninety';
const NUMBER_WORDS_FR = 'un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|quinze|vingt|trente|soixante';
const NUMBER_WORDS_IT =
  'un|uno|una|due|tre|quattro|cinque|sei|sette|otto|nove|dieci|quindici|venti|trenta|sessanta|novanta';

/** Digits of one number; longer rows of digits are no length of time. */
const NUMBER = '(?<!\\d)\\d{1,6}';
const DURATION = new RegExp(
  [
    `(?:${NUMBER}(?:[.,]\\d{1,3})?|${NUMBER_WORDS_FA})\\s{0,3}(?:(?:تا|الی|یا|-)\\s{0,3}(?:\\d{1,6}|${NUMBER_WORDS_FA})?)?\\s{0,3}(?:\\d{1,6})?\\s{0,3}(?:روز|ساعت|هفته|ماه|دقیقه|سال)`,
    '(?:^|[\\s:(])(?:انی|بلافاصله|در لحظه|همان روز|فوری|برخط)(?=$|[\\s.,)])',
    `\\b(?:\\d{1,6}|${NUMBER_WORDS_EN})(?:\\s{0,3}(?:to|-|or)\\s{0,3}(?:\\d{1,6}|${NUMBER_WORDS_EN}))?[\\s-]*(?:working |business |calendar |full )?(?:day|hour|week|month|minute|year)s?\\b`,
    '\\b(?:immediately|instantly|same day|straight away|on the spot)\\b',
    // the whole answer to "how long"
    '^(?:انلاین|online)\\.?$',
    `\\b(?:\\d{1,6}|${NUMBER_WORDS_IT})\\s{0,3}(?:giorni|giorno|ore|ora|settiman[ae]|mes[ei]|minut[oi]|ann[oi])\\b`,
    '\\b(?:immediatamente|immediato|contestuale|in tempo reale)\\b',
    `\\b(?:\\d{1,6}|${NUMBER_WORDS_FR})(?:\\s{0,3}(?:a|-|ou)\\s{0,3}\\d{1,6})?\\s{0,3}(?:jours?|heures?|semaines?|mois|minutes?|ans|annees?)\\b`,
    '\\b(?:immediate?|immediatement|instantanee?|en temps reel)\\b',
    `(?:${NUMBER}|ثلاثه|اربعه|خمسه|سته|سبعه|ثمانیه|تسعه|عشره)\\s{0,3}(?:-\\s{0,3}\\d{1,6}\\s{0,3})?(?:یوما?|ایام|ساعات|ساعه|اسابیع|اسبوعا?|شهرا?|اشهر|شهور|دقیقه|دقایق|سنه|سنوات)(?=$|[\\s.,)])`,
    '(?:^|[\\s:(])(?:یوم واحد|یومان|یومین|یوم عمل|اسبوع واحد|اسبوعان|اسبوعین|شهر واحد|ساعه واحده|ساعتان|ساعتین|فوریه?|فورا|لحظی|فی الحال)(?=$|[\\s.,)])',
  ].join('|'),
); // prettier-ignore

const FA_LIMIT = '(?:ظرف|طی|در مدت|در طول|حداکثر|نهایتا|تقریبا|حدود|معمولا|به طور متوسط|کمتر از|تا|پس از|بعد از)';
const LATIN_LIMIT =
  '(?:within|takes?|take about|usually|normally|about|around|up to|at most|in|after|less than|entro|circa|dopo)';
/** What is said of a length of time that is the service's: it bounds an answer, a decision, a delivery. */
const ANSWER =
  /نتیجه|پاسخ|خبر|بازدید|دیدن|اعزام|می ?رسد|می ?رساند|سر می ?رسد|اعلام|صادر|صدور|انجام|اماده|بررسی|رسیدگی|تحویل|ارسال|تایید|نصب|طول می|زمان می|می ?کشد|پرداخت می ?شود|به دست|\b(?:takes?|process\w*|decid\w*|decision|results?|repl(?:y|ies)|respon[ds]\w*|hear|issue[sd]?|receive|ready|draw|deliver\w*|complete\w*|send|sent|rilasci\w*|rispost\w*|conclu\w*|ricevimento|esito|istruttoria)\b/;
/** Lengths of time that are none of the service's. */
const OTHER_TIME =
  /اعتبار|معتبر|سابقه|مهلت اعتراض|(?:^|\s)هر (?:سال|ماه|روز)|سالانه|ماهانه|قبل از|پیش از|ساله(?=\s|$)|(?:^|\s)سن\s|ساعت \d|ساعات|\b(?:valid|expires?|at least|old|aged|before|every|open|hours?:|per (?:year|month)|years of)\b/;
const LIMITED = new RegExp(
  `(?:${FA_LIMIT}|\\b${LATIN_LIMIT})\\s+(?:حدود |حداکثر |about |the next )?(${DURATION.source})`,
);
/** A length of time that a sentence gives for the service itself: "you hear from us within two weeks". */
export function findPromisedTime(folded: string): string | null {
  for (const sentence of folded.split(/[.;؛!?؟\n]\s/)) {
    const found = LIMITED.exec(sentence)?.[1];
    if (found && ANSWER.test(sentence) && !OTHER_TIME.test(sentence)) return found.trim();
  }
  return null;
}

/** A length of time with its unit, or "at once". */
export const findDuration = (folded: string): string | null => DURATION.exec(folded)?.[0].trim() ?? null;

const MONEY_WORDS =
  /(?:یک|دو|سه|چهار|پنج|شش|هفت|هشت|نه|ده|بیست|سی|چهل|پنجاه|صد|دویست|پانصد)\s(?:هزار|میلیون|میلیارد)\s(?:ریال|تومان)/;
const MONEY =
  /(?:(?<!\d)\d[\d,.]{0,20}\s{0,3}(?:میلیون |هزار |میلیارد )?(?:ریال|تومان|ت(?=\s|$)|درصد|یورو|درهما?|دینارا?|جنیها?|لیره|دولارا?|اوقیه|euros?|eur|usd|dollars?|pounds?|francs?|f?cfa|chf|dirhams?|dinars?|mad|dh|tnd|dzd|sar|aed|€|£|\$))|(?:(?:[€£$]|\b(?:euro|eur|usd|gbp|irr)\b)\s?\d[\d,.]{0,20})/;
/** A sum of money above zero. */
export function findMoney(folded: string): string | null {
  const words = MONEY_WORDS.exec(folded)?.[0];
  if (words) return words;
  const found = hasDigits(folded) ? MONEY.exec(folded)?.[0] : null;
  return found && /[1-9]/.test(found) ? found.trim() : null;
}

const MONTHS =
  'فروردین|اردیبهشت|خرداد|تیر|مرداد|شهریور|مهر|ابان|اذر|دی|بهمن|اسفند|january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre|janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|decembre|ینایر|فبرایر|مارس|ابریل|مایو|یونیو|یولیو|اغسطس|سبتمبر|اکتوبر|نوفمبر|دیسمبر|محرم|رمضان|شوال|رجب|شعبان|ذو القعده|ذو الحجه';
/** Where a word begins and ends: the sign of expressions for it knows Latin letters alone. */
const LETTER_BEGINS = '(?<![a-z\\u0600-\\u06ff])';
const LETTER_ENDS = '(?![a-z\\u0600-\\u06ff])';
const DATE = new RegExp(
  `\\b(?:1[34]\\d\\d|19\\d\\d|20\\d\\d)([/.-])\\d{1,2}\\1\\d{1,2}\\b|\\b\\d{1,2}([/.-])\\d{1,2}\\2(?:1[34]\\d\\d|19\\d\\d|20\\d\\d|\\d\\d)\\b|\\d{1,2}\\s{0,3}(?:st|nd|rd|th|°)?\\s{0,3}(?:of )?(?:${MONTHS})${LETTER_ENDS}|${LETTER_BEGINS}(?:${MONTHS})\\.?\\s{1,3}\\d{1,2}\\s?(?:st|nd|rd|th)?\\b|${LETTER_BEGINS}(?:${MONTHS})\\s{1,3}(?:ماه )?(?:1[34]\\d\\d|20\\d\\d)`,
); // prettier-ignore
/** A day written as numbers or with the month's name. */
export const findDate = (folded: string): string | null =>
  hasDigits(folded) ? (DATE.exec(folded)?.[0].trim() ?? null) : null;

const PLACEHOLDER =
  /^(?:[-_.\s*…"'،,:/]*|ندارد|نا ?مشخص|نامعلوم|0+|تکمیل نشده|در حال تکمیل|به ?زودی|در حال به روز ?رسانی|موجود نیست|فایلی وجود ندارد|اطلاعاتی موجود نیست|.{0,40}(?:درج|اعلام|مشخص|ثبت|تعیین|تعریف) نشده(?: است)?\.?|.{0,30}وارد (?:شود|نمایید|کنید)\.?|\[[^\]]*\]|متن نمونه.*|توضیحات خدمت|n\/?a|null|undefined|none|tb[cda]|to be (?:added|completed|confirmed|determined)|coming soon|lorem ipsum.*|in aggiornamento|da definire|da completare|dato non disponibile|non disponibile|testo di esempio.*|a (?:completer|definir|preciser|venir)|non (?:renseigne|communique|precise|defini)e?|en cours(?: de (?:redaction|mise a jour))?|prochainement|bientot disponible|texte d'exemple.*|غیر (?:محدد|متوفر|متاح|معروف)ه?|لا (?:یوجد|توجد|ینطبق)|قید (?:الاعداد|التحدیث|الانشا)|تحت (?:الاعداد|الانشا)|قریبا|سیتم (?:التحدیث|الاعلان|الاضافه).{0,20}|نص تجریبی.*)$/;
/** Is it no value at all: dashes, "not entered", a template's brackets, zeros? */
export function isPlaceholder(folded: string): boolean {
  return PLACEHOLDER.test(folded.trim()) || isUnticked(folded);
}

/** A form's choices of which none is ticked: «خدمت به شهروندان (G2C) □ …», or a letter "o" in the place of the box. */
function isUnticked(folded: string): boolean {
  if (/[☑☒■●✓✔✅◉]/.test(folded)) return false;
  return /[☐□○◯]/.test(folded) || /[)\u0600-\u06ff]\s*o(?:\s|$)|^o g2[bcg]\b/.test(folded);
}

const UNDER_CONSTRUCTION =
  /در دست (?:ساخت|تهیه|تدوین|تکمیل|طراحی|بازنگری)|در حال (?:تکمیل|ساخت|تهیه|تدوین|بازسازی|به ?روز ?رسانی|بارگذاری)|به ?زودی (?:منتشر|بارگذاری|تکمیل|اضافه|راه)|محتوایی (?:برای نمایش )?(?:وجود ندارد|نیست)|will (?:appear|be put|be posted) here|will put .{3,40} here|under construction|coming soon|being (?:written|prepared|updated)|will be (?:added|published) (?:soon|shortly)|in costruzione|en construction/;
/** Does the text say that there is nothing yet? */
export const isUnderConstruction = (folded: string): boolean => UNDER_CONSTRUCTION.test(folded);

const EMAIL =
  /(?<![a-z0-9._%+-])[a-z0-9._%+-]{1,64}\s?(?:@|\[(?:at|@|chiocciola)\]|\((?:at|chiocciola)\))\s?[a-z0-9-]{1,63}(?:\s?(?:\.|\[dot\]|\(dot\))\s?[a-z0-9-]{1,63}){0,6}\s?(?:\.|\[dot\]|\(dot\))\s?[a-z]{2,24}/;
/** What every address has, and nearly no line. */
const AT = /@|[[(](?:at|chiocciola)[\])]/;
/** An e-mail address, also when it is written against collectors: `info [at] example.ir`. */
export function findEmail(folded: string): string | null {
  return AT.test(folded) ? (EMAIL.exec(folded)?.[0] ?? null) : null;
}

/**
 * A telephone number that is one by its form alone: international or with an area code. Codes of services, dates,
 * postal codes and bare digits are not.
 */
const PHONE = [
  /(?<![\d/.])(?:\+|00)\d{1,3}[\s().-]*\d(?:[\s().-]*\d){6,11}(?!\d)/, // international
  /(?<![\d/.-])\(?0\d{2,3}\)?[\s/-]{0,3}\d{4}[\s-]?\d{3,4}(?!\d)/, // Iran, area code first: 021-88776655
  /(?<![\d/.-])\d{8}[\s-]{1,3}\(?0\d{2,3}\)?(?!\d)|(?<!\d)\d{8}\s?\(0?\d{2}\)(?:\s?98\+)?/, // Iran, area code last
  /(?<![\d/.-])0\d{2,3}[\s-]?\d{2}[\s-]?\d{2}[\s-]?\d{2,4}(?!\d)/,
  /(?<![\d/.-])09\d{2}[\s-]?\d{3}[\s-]?\d{4}(?!\d)/, // Iran, mobile
  /(?<![\d/.-])(?:1[\s.-])?\(?[2-9]\d{2}\)?[\s.-]{1,3}[2-9]\d{2}(?:[\s.-]|\s-\s)\d{4}(?!\d)/, // North America
  /(?<![\d/.-])(?:0[1-9]\d{1,4}|08\d{2}|03\d{2})[\s-]\d{3,4}[\s-]?\d{3,4}(?!\d)/, // Britain, Italy
  /(?<![\d/.-])800[\s.-]?\d{3}[\s.-]?\d{3}(?!\d)/, // Italy, free
  /(?<![\d/.-])0\d{1,3}[\s/.-]\d{5,8}(?!\d)/, // Italy
];
/** The shortest number of these forms. */
const MIN_DIGITS = 7;
export function findPhone(folded: string): string | null {
  if (countDigits(folded) < MIN_DIGITS) return null;
  for (const form of PHONE) {
    const found = form.exec(folded)?.[0];
    // a number of zeros is a sample
    if (found && !/(\d)\1{6}/.test(found.replace(/\D/g, ''))) return found.trim();
  }
  return null;
}

function countDigits(folded: string): number {
  let digits = 0;
  for (let i = 0; i < folded.length; i++) {
    const code = folded.charCodeAt(i);
    if (code >= 48 && code <= 57) digits++;
  }
  return digits;
}

/** Digits that a label makes a telephone number: 3 to 12 of them, in any grouping. */
const LABELLED_PHONE = /(?<![\d/.])\(?\d{2,5}\)?(?:[\s./-]{0,3}\d{2,8}){0,4}(?!\d)/;
export function findLabelledPhone(folded: string): string | null {
  const found = LABELLED_PHONE.exec(folded)?.[0];
  const digits = found?.replace(/\D/g, '').length ?? 0;
  return found && digits >= 3 && digits <= 14 && !findDate(found) ? found.trim() : null;
}

const TIME_RANGE =
  /\b\d{1,2}(?:[:.,]\d{2}| ?h ?\d{2})?\s{0,3}(?:a\.?m\.?|p\.?m\.?|h|صبح|ظهر|صباحا|مسا|ظهرا)?\s{0,3}(?:-|to|until|till|a|alle|الی|حتی|تا|لغایت)\s{0,3}(?:(?:ساعت|الساعه|ore)\s{0,3})?\d{1,2}(?:[:.,]\d{2}| ?h ?\d{2})?\s{0,3}(?:a\.?m\.?|p\.?m\.?|h|صبح|ظهر|عصر|شب|صباحا|مسا|ظهرا)?/;
const CLOCK =
  /\d{1,2}[:.,]\d{2}|\bdalle \d|\d\s*(?:a\.?m|p\.?m)\b|ساعت\s*\d|\bore\s*\d|صبح|عصر|\d ?h(?: ?\d{2})?\b|صباحا|مسا(?=$|\s)/;
/** "9.00/12.30" */
const SLASHED = /\b\d{1,2}[:.]\d{2} ?\/ ?\d{1,2}[:.]\d{2}\b/;
/** Opening hours: two times of day with something that says that they are times. */
export function findHours(folded: string): string | null {
  if (!hasDigits(folded)) return null;
  const found = TIME_RANGE.exec(folded)?.[0];
  return found && CLOCK.test(folded) ? found.trim() : (SLASHED.exec(folded)?.[0] ?? null);
}

/** Two small numbers with "to" between them, which are hours under a label that says so. */
export const findRange = (folded: string): string | null =>
  hasDigits(folded) ? (TIME_RANGE.exec(folded)?.[0].trim() ?? null) : null;

/** National code of a service (eleven digits, the first a 1). Nearly no line has so many digits, which is seen at once. */
export const findServiceCode = (folded: string): string | null =>
  folded.length >= 11 && /\d{11}/.test(folded) ? (/(?<!\d)1\d{10}(?!\d)/.exec(folded)?.[0] ?? null) : null;

/** Is it "none" alone: true, or a cell that nobody filled? */
export const isBareNone = (folded: string): boolean =>
  /^(?:ندارد|نیاز ندارد|مدرکی ندارد|none|nessuno|aucune?|neant|لا (?:یوجد|توجد|شی))\.?$/.test(folded.trim());

const COUNTED = [
  'صفر|هیچ|none|nessun\\w*|zero',
  'یک|one|un[oa]?',
  'دو|two|due',
  'سه|three|tre',
  'چهار|four|quattro',
  'پنج|five|cinque',
].map(
  (words) => new RegExp(`^(?:${words})(?: ?(?:بار|مرتبه|نوبت|مراجعه|times?|visits?|volt[ae]))?(?=$|[^\\p{L}])`, 'u'),
);
/** How often something is done, when the text begins with it: digits or a number word; «ندارد» is 0. Null otherwise. */
export function findTimes(folded: string): number | null {
  const digits = /^(?:حداقل |حداکثر |at least |at most )?(\d{1,2})(?!\d|[/.]\d)/.exec(folded)?.[1];
  if (digits !== undefined) return Number(digits);
  if (/^(?:ندارد|نیاز ندارد|نیازی نیست)(?=$|[^\p{L}])/u.test(folded)) return 0;
  const word = COUNTED.findIndex((form) => form.test(folded));
  return word >= 0 ? word : null;
}

/** What nobody but an office asks for: a copy, an original, a certificate of something. */
const PAPER =
  /(?:تصویر|کپی|فتوکپی|اصل|اسکن|رونوشت|نسخه) (?:از |صفحه |صفحات |تمام |همه |کلیه |برابر اصل )*(?:شناسنامه|کارت|گواهی|سند|مدرک|قبض|پروانه|اساسنامه|قرارداد|روزنامه|اجاره|پایان|حکم|مجوز|اگهی|فیش|وکالت|نقشه|برگ)|\((?:اصل|تصویر|کپی|اسکن)(?: برابر اصل)?\)|(?:^|\s)(?:گواهی عدم|معرفی ?نامه|اجاره ?نامه|تعهد ?نامه|قطعه عکس|عکس پرسنلی|عکس 3|وکالت ?نامه|سند مالکیت|شناسنامه و کارت ملی)|\b(?:copy|copies|scan|original|photocopy) of (?:the |your |an? )?\w+|\b(?:proof of|passport(?:-size)? photo|identity card|id card|(?:birth|marriage|death|divorce) certificate|police certificate|medical report|utility bill|bank statement|title deed|insurance certificate|certificate of insurance|photograph of|photo id|(?:photo|valid|government-issued|proper|satisfactory) identification|passport photos?|driver'?s licen[cs]e|driving licen[cs]e|social security card)\b|\b(?:copia|fotocopia) (?:del|della|di)\b|carta d.identita/;
/** Words of the longest line that names a paper and does not tell what to do with it. */
const PAPER_WORDS = 16;
/** A paper in a sentence of any length. */
export const asksPaper = (folded: string): boolean => PAPER.test(folded);
export const namesPaper = (folded: string): boolean => PAPER.test(folded) && countWords(folded) <= PAPER_WORDS;
