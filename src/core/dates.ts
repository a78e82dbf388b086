/** Days that a text names, in the calendars and spellings in which portals write them. Works on folded text. */
import { isValidJalaaliDate, toGregorian } from 'jalaali-js';
import { remember } from './remember.ts';

export interface FoundDay {
  /** `YYYY-MM-DD`, Gregorian. */
  readonly day: string;
  /** Offsets in the folded text. */
  readonly start: number;
  readonly end: number;
}

const JALALI_MONTHS = [
  'فروردین',
  'اردیبهشت',
  'خرداد',
  'تیر',
  'مرداد',
  'شهریور',
  'مهر',
  'ابان',
  'اذر',
  'دی',
  'بهمن',
  'اسفند',
];
/** Names of the Gregorian months: English, Italian, French, as Persian writes them, and in Arabic east and west. */
const GREGORIAN_MONTHS: readonly (readonly string[])[] = [
  ['january', 'jan', 'gennaio', 'gen', 'janvier', 'ژانویه', 'ینایر', 'کانون الثانی', 'جانفی'], ['february', 'feb', 'febbraio', 'fevrier', 'فوریه', 'فبرایر', 'شباط', 'فیفری'], ['march', 'mar', 'marzo', 'mars', 'مارس', 'اذار'],
  ['april', 'apr', 'aprile', 'avril', 'اوریل', 'ابریل', 'نیسان', 'افریل'], ['may', 'maggio', 'mag', 'mai', 'مه', 'می', 'مایو', 'ایار', 'مای'], ['june', 'jun', 'giugno', 'giu', 'juin', 'ژوین', 'یونیو', 'حزیران'],
  ['july', 'jul', 'luglio', 'lug', 'juillet', 'ژوییه', 'جولای', 'یولیو', 'تموز', 'یولیوز', 'جویلیه'], ['august', 'aug', 'agosto', 'ago', 'aout', 'اوت', 'اگوست', 'اغسطس', 'غشت'], ['september', 'sept', 'sep', 'settembre', 'set', 'septembre', 'سپتامبر', 'سبتمبر', 'ایلول', 'شتنبر'],
  ['october', 'oct', 'ottobre', 'ott', 'octobre', 'اکتبر', 'اکتوبر', 'تشرین الاول'], ['november', 'nov', 'novembre', 'نوامبر', 'نوفمبر', 'تشرین الثانی', 'نونبر'], ['december', 'dec', 'dicembre', 'dic', 'decembre', 'دسامبر', 'دیسمبر', 'کانون الاول', 'دجنبر'],
]; // prettier-ignore

/** Names of the months of the lunar calendar, as Persian and Arabic write them. */
const HIJRI_MONTHS: readonly (readonly string[])[] = [
  ['محرم', 'محرم الحرام'], ['صفر', 'صفر المظفر'], ['ربیع الاول', 'ربیع اول'], ['ربیع الثانی', 'ربیع الاخر', 'ربیع ثانی'],
  ['جمادی الاولی', 'جمادی الاول', 'جمادی اول'], ['جمادی الثانیه', 'جمادی الثانی', 'جمادی الاخره', 'جمادی ثانی'], ['رجب', 'رجب المرجب'], ['شعبان', 'شعبان المعظم'],
  ['رمضان', 'رمضان المبارک'], ['شوال', 'شوال المکرم'], ['ذی القعده', 'ذیقعده', 'ذی قعده', 'ذو القعده', 'ذوالقعده'], ['ذی الحجه', 'ذیحجه', 'ذی حجه', 'ذو الحجه', 'ذوالحجه'],
]; // prettier-ignore

type Calendar = 'jalali' | 'gregorian' | 'hijri';
const named =
  (calendar: Calendar) =>
  (names: readonly string[], index: number): [string, { month: number; calendar: Calendar }][] =>
    names.map((name) => [name, { month: index + 1, calendar }]);
const MONTH_OF: ReadonlyMap<string, { readonly month: number; readonly calendar: Calendar }> = new Map([
  ...JALALI_MONTHS.flatMap((name, index) => named('jalali')([name], index)),
  ...GREGORIAN_MONTHS.flatMap(named('gregorian')),
  ...HIJRI_MONTHS.flatMap(named('hijri')),
]);
const MONTHS = [...MONTH_OF.keys()].sort((a, b) => b.length - a.length).join('|');
const YEAR = '1[34]\\d\\d|19\\d\\d|20\\d\\d';

/** Each form names its parts; a day without its year is not taken, since any year would be a guess. */
const FORMS: readonly RegExp[] = [
  new RegExp(`(?<![\\d/.-])(?<y>${YEAR})(?<s>[/.-])(?<m>\\d{1,2})\\k<s>(?<d>\\d{1,2})(?![\\d/-])`, 'g'),
  new RegExp(`(?<![\\d/.-])(?<d>\\d{1,2})(?<s>[/.-])(?<m>\\d{1,2})\\k<s>(?<y>${YEAR})(?![\\d/-])`, 'g'),
  new RegExp(`(?<!\\d)(?<d>\\d{1,2})\\s*(?:st|nd|rd|th|er|°|ام|م)?\\s*(?:of |-)?\\s*(?<name>${MONTHS})(?:\\s?ماه|\\.)?,?[\\s-]*(?:سال )?(?<y>${YEAR})(?!\\d)`, 'g'),
  new RegExp(`(?<![a-z])(?<name>${MONTHS})\\.?\\s+(?<d>\\d{1,2})\\s?(?:st|nd|rd|th)?,?\\s+(?<y>${YEAR})(?!\\d)`, 'g'),
]; // prettier-ignore

/** All days of a folded text in the order in which they stand; what is no day of its calendar is left out. */
export function findDays(folded: string): FoundDay[] {
  if (!/\d{4}/.test(folded)) return [];
  const found: FoundDay[] = [];
  for (const form of FORMS) {
    form.lastIndex = 0;
    // in place: `matchAll` makes a new expression of each form for each line
    for (let match = form.exec(folded); match; match = form.exec(folded)) {
      const { y, m = '', d, name = '' } = match.groups as Record<string, string | undefined>;
      const day = dayOf(`${y}/${m}/${d}/${name}`);
      if (day) found.push({ day, start: match.index, end: match.index + match[0].length });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

/** The pages of a site mostly name the same days. Year, month, day and the name of the month, of which one is empty. */
const dayOf = remember(2000, 100, (parts): string | null => {
  const [y, m, d, name] = parts.split('/') as [string, string, string, string];
  const year = Number(y);
  const monthName = name === '' ? null : MONTH_OF.get(name)!;
  const month = monthName?.month ?? Number(m);
  const day = Number(d);
  // the year tells the calendar: Jalali and lunar years have not reached 1500, Gregorian ones are past 1900; in figures
  // alone only the first of them is written in Iran
  const isOld = year < 1500;
  if (monthName && (monthName.calendar === 'gregorian') === isOld) return null;
  if (monthName?.calendar === 'hijri') return day >= 1 && day <= 30 ? hijriDay(year, month, day) : null;
  if (isOld) {
    if (!isValidJalaaliDate(year, month, day)) return null;
    const { gy, gm, gd } = toGregorian(year, month, day);
    return iso(gy, gm, gd);
  }
  if (isGregorian(year, month, day)) return iso(year, month, day);
  // month first, as in the United States, is tried only where day first is impossible
  return monthName === null && isGregorian(year, day, month) ? iso(year, day, month) : null;
});

/** By the tabular calendar, which may differ from the sighted moon by a day or two. */
function hijriDay(year: number, month: number, day: number): string {
  const days = Math.floor((11 * year + 3) / 30) + 354 * year + 30 * month - Math.floor((month - 1) / 2) + day;
  return new Date(Date.UTC(622, 6, 19) + (days - FIRST_HIJRI_DAY) * 86_400_000).toISOString().slice(0, 10);
}
/** The same sum for the first day of the first year, 19 July 622 of the Gregorian calendar. */
const FIRST_HIJRI_DAY = 385;

function isGregorian(year: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

const iso = (year: number, month: number, day: number): string =>
  `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;

/** Days from one to another, negative when the second is earlier. Both may carry a time; only the day counts. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((instantOf(to.slice(0, 10)) - instantOf(from.slice(0, 10))) / 86_400_000);

const instantOf = remember(2000, 10, (day) => Date.parse(day));
