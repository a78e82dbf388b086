/** Days that a text names, in the calendars and spellings in which portals write them. Works on folded text. */
import { isValidJalaaliDate, toGregorian } from 'jalaali-js';

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
/** Names of the Gregorian months: English, Italian and as Persian writes them. */
const GREGORIAN_MONTHS: readonly (readonly string[])[] = [
  ['january', 'jan', 'gennaio', 'gen', 'ژانویه'], ['february', 'feb', 'febbraio', 'فوریه'], ['march', 'mar', 'marzo', 'مارس'],
  ['april', 'apr', 'aprile', 'اوریل'], ['may', 'maggio', 'mag', 'مه', 'می'], ['june', 'jun', 'giugno', 'giu', 'ژوین'],
  ['july', 'jul', 'luglio', 'lug', 'ژوییه', 'جولای'], ['august', 'aug', 'agosto', 'ago', 'اوت', 'اگوست'], ['september', 'sept', 'sep', 'settembre', 'set', 'سپتامبر'],
  ['october', 'oct', 'ottobre', 'ott', 'اکتبر'], ['november', 'nov', 'novembre', 'نوامبر'], ['december', 'dec', 'dicembre', 'dic', 'دسامبر'],
]; // prettier-ignore

const MONTH_OF = new Map<string, { readonly month: number; readonly jalali: boolean }>([
  ...JALALI_MONTHS.map((name, index) => [name, { month: index + 1, jalali: true }] as const),
  ...GREGORIAN_MONTHS.flatMap((names, index) =>
    names.map((name) => [name, { month: index + 1, jalali: false }] as const),
  ),
]);
const MONTHS = [...MONTH_OF.keys()].sort((a, b) => b.length - a.length).join('|');
const YEAR = '1[34]\\d\\d|19\\d\\d|20\\d\\d';

/** Each form names its parts; a day without its year is not taken, since any year would be a guess. */
const FORMS: readonly RegExp[] = [
  new RegExp(`(?<![\\d/.-])(?<y>${YEAR})(?<s>[/.-])(?<m>\\d{1,2})\\k<s>(?<d>\\d{1,2})(?![\\d/-])`, 'g'),
  new RegExp(`(?<![\\d/.-])(?<d>\\d{1,2})(?<s>[/.-])(?<m>\\d{1,2})\\k<s>(?<y>${YEAR})(?![\\d/-])`, 'g'),
  new RegExp(`(?<!\\d)(?<d>\\d{1,2})\\s*(?:st|nd|rd|th|°|ام|م)?\\s*(?:of |-)?\\s*(?<name>${MONTHS})(?:\\s?ماه|\\.)?,?[\\s-]*(?:سال )?(?<y>${YEAR})(?!\\d)`, 'g'),
  new RegExp(`(?<![a-z])(?<name>${MONTHS})\\.?\\s+(?<d>\\d{1,2})\\s?(?:st|nd|rd|th)?,?\\s+(?<y>${YEAR})(?!\\d)`, 'g'),
]; // prettier-ignore

/** All days of a folded text in the order in which they stand; what is no day of its calendar is left out. */
export function findDays(folded: string): FoundDay[] {
  if (!/\d{4}/.test(folded)) return [];
  const found: FoundDay[] = [];
  for (const form of FORMS) {
    for (const match of folded.matchAll(form)) {
      const day = dayOf(match.groups as Record<string, string | undefined>);
      if (day) found.push({ day, start: match.index, end: match.index + match[0].length });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

function dayOf({ y, m, d, name }: Record<string, string | undefined>): string | null {
  const year = Number(y);
  const named = name === undefined ? null : MONTH_OF.get(name)!;
  const month = named?.month ?? Number(m);
  const day = Number(d);
  // the year tells the calendar: Jalali years have not reached 1500, Gregorian ones are past 1900
  const jalali = year < 1500;
  if (named && named.jalali !== jalali) return null;
  if (jalali) {
    if (!isValidJalaaliDate(year, month, day)) return null;
    const { gy, gm, gd } = toGregorian(year, month, day);
    return iso(gy, gm, gd);
  }
  if (isGregorian(year, month, day)) return iso(year, month, day);
  // month first, as in the United States, is tried only where day first is impossible
  return named === null && isGregorian(year, day, month) ? iso(year, day, month) : null;
}

function isGregorian(year: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

const iso = (year: number, month: number, day: number): string =>
  `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;

/** Days from one to another, negative when the second is earlier. Both may carry a time; only the day counts. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to.slice(0, 10)) - Date.parse(from.slice(0, 10))) / 86_400_000);
