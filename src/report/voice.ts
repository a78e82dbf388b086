/** How a report speaks one of its two languages: which text, which digits, which calendar. */
import { toJalaali } from 'jalaali-js';
import type { Text } from '../core/model.ts';
import { printed } from '../core/score.ts';

export type Lang = 'fa' | 'en';

export interface Voice {
  readonly lang: Lang;
  readonly dir: 'rtl' | 'ltr';
  /** The sentence of this language; both stand side by side where they are used. */
  say(fa: string, en: string): string;
  /** A text of the data in this language, else in the other one. */
  text(text: Text): string;
  /** Language of what `text` gives, when it is not the voice's own. */
  foreign(text: Text): Lang | null;
  /** A sentence of the data, its free-standing numbers in this language's digits; addresses and codes keep theirs. */
  prose(text: Text): string;
  count(value: number): string;
  /** Points of a score: two decimals, half up. */
  points(value: number): string;
  /** A number with all of its decimals. */
  exact(value: number): string;
  /** A share of 0…1 as a whole percentage, rounded down so that only all of it reads as 100 %, and only nothing as 0. */
  percent(share: number): string;
  /** From one ready number to another. */
  range(low: string, high: string): string;
  /** The ends of a score's interval, one decimal, rounded outwards: a range must not claim more than is known. */
  bounds(low: number, high: number): string;
  /** Digits of an identifier or a ready number. */
  digits(text: string): string;
  /** Day, and day with time, of a UTC time. */
  day(iso: string): string;
  moment(iso: string): string;
}

/** `calendar` is the registry's: a Persian report of a country with the Gregorian calendar keeps that calendar. */
export function voiceOf(lang: Lang, calendar: 'jalali' | 'gregorian'): Voice {
  const fa = lang === 'fa';
  const other: Lang = fa ? 'en' : 'fa';
  const digits = fa ? persianDigits : (text: string): string => text;
  const group = (value: number): string => String(value).replace(/\B(?=(?:\d{3})+$)/g, fa ? '٬' : ',');
  const decimal = (text: string): string => digits(fa ? text.replace('.', '٫') : text);
  const range = (low: string, high: string): string => (fa ? `${low} تا ${high}` : `${low}–${high}`);
  const tenth = (value: number): string => decimal((value / 10).toFixed(1));
  const own = (text: Text): string => text[lang].trim() || text[other];
  return {
    lang,
    dir: fa ? 'rtl' : 'ltr',
    say: (persian, english) => (fa ? persian : english),
    text: own,
    foreign: (text) => (text[lang].trim() || !text[other].trim() ? null : other),
    prose: (text) => (fa && text.fa.trim() ? freeDigits(text.fa) : own(text)),
    count: (value) => digits(group(value)),
    points: (value) => decimal(printed(value)),
    exact: (value) => decimal(String(value)),
    percent: (share) => {
      const few = share > 0 && whole(share) === 0;
      const value = few ? 1 : whole(share);
      // the mark keeps the sign on the same side of the number after a word and alone
      return fa ? `${few ? 'کمتر از ' : ''}${digits(String(value))}\u200f٪` : `${few ? '<' : ''}${value}%`;
    },
    range,
    bounds: (low, high) => range(tenth(Math.floor(low * 10 + 1e-7)), tenth(Math.ceil(high * 10 - 1e-7))),
    digits,
    day: (iso) => dayOf(iso, lang, calendar)?.day ?? iso,
    moment: (iso) => {
      const at = dayOf(iso, lang, calendar);
      if (!at) return iso;
      const zone =
        calendar === 'jalali' ? { fa: 'به وقت تهران', en: 'Tehran time' } : { fa: 'به وقت جهانی', en: 'UTC' };
      return fa ? `${at.day}، ساعت ${digits(at.time)} ${zone.fa}` : `${at.day}, ${at.time} ${zone.en}`;
    },
  };
}

/** An English noun or verb by how many there are; after a number Persian has one form. */
export const plural = (value: number, one: string, many: string): string => (value === 1 ? one : many);

/** "a, b and c", as its pieces. */
export const listed = <T>({ say }: Voice, items: readonly T[]): (T | string)[] =>
  items.flatMap((item, at) => (at === 0 ? [item] : [at === items.length - 1 ? say(' و ', ' and ') : say('، ', ', '), item])); // prettier-ignore

/** 0.9999 of the weight is not all of it. */
const whole = (share: number): number => Math.floor(share * 100 + 1e-9);

export function persianDigits(text: string): string {
  return text.replace(/\d/g, (digit) => String.fromCharCode(0x6f0 + Number(digit)));
}

/** Numbers that stand alone in a Persian sentence; `E2`, `v1.3`, addresses and times of codes keep their digits. */
function freeDigits(sentence: string): string {
  return sentence.replace(/(?<![\w./:@#%?&=+-])\d+(?:[.,]\d+)*(?![\w/:@#%&=+-]|\.[\w])/g, persianDigits);
}

const MONTHS_JALALI = ['فروردین', 'اردیبهشت', 'خرداد', 'تیر', 'مرداد', 'شهریور', 'مهر', 'آبان', 'آذر', 'دی', 'بهمن', 'اسفند']; // prettier-ignore
const MONTHS_FA = ['ژانویه', 'فوریه', 'مارس', 'آوریل', 'مه', 'ژوئن', 'ژوئیه', 'اوت', 'سپتامبر', 'اکتبر', 'نوامبر', 'دسامبر']; // prettier-ignore
const MONTHS_EN = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']; // prettier-ignore
const WEEKDAYS_FA = ['یکشنبه', 'دوشنبه', 'سه‌شنبه', 'چهارشنبه', 'پنجشنبه', 'جمعه', 'شنبه'];
const WEEKDAYS_EN = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** A day begins at another moment in Tehran than in UTC, so the zone is applied before the day is named. */
function dayOf(
  iso: string,
  lang: Lang,
  calendar: 'jalali' | 'gregorian',
): { readonly day: string; readonly time: string } | null {
  const time = Date.parse(iso);
  if (Number.isNaN(time)) return null;
  const local = new Date(time + (calendar === 'jalali' ? tehranOffset(time) : 0));
  const [year, month, date] = [local.getUTCFullYear(), local.getUTCMonth() + 1, local.getUTCDate()];
  const weekday = local.getUTCDay();
  const clock = local.toISOString().slice(11, 16);
  if (lang === 'en') return { day: `${WEEKDAYS_EN[weekday]} ${date} ${MONTHS_EN[month - 1]} ${year}`, time: clock };
  if (calendar === 'gregorian') {
    return { day: persianDigits(`${WEEKDAYS_FA[weekday]} ${date} ${MONTHS_FA[month - 1]} ${year}`), time: clock };
  }
  const { jy, jm, jd } = toJalaali(year, month, date);
  return { day: persianDigits(`${WEEKDAYS_FA[weekday]} ${jd} ${MONTHS_JALALI[jm - 1]} ${jy}`), time: clock };
}

const TEHRAN = new Intl.DateTimeFormat('en-US', {
  timeZone: 'Asia/Tehran',
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
});

/** Milliseconds by which clocks in Tehran are ahead of UTC; it had summer time until 1401. */
function tehranOffset(time: number): number {
  const parts = Object.fromEntries(TEHRAN.formatToParts(time).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(time / 1000) * 1000;
}
