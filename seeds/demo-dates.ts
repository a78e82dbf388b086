/**
 * Dates that stay recent: `{{form:-3d}}` in a file of a site becomes the day three days before `now`.
 *
 * | form | example |
 * |---|---|
 * | `jalali` | ۱۴۰۵/۰۹/۰۱ |
 * | `jalali-latin` | 1405/09/01 |
 * | `jalali-long` | ۱ آذر ۱۴۰۵ |
 * | `jalali-full` | یکشنبه ۱ آذر ۱۴۰۵ |
 * | `jalali-entities` | the same, every letter as a numeric character reference |
 * | `jalali-year` | ۱۴۰۵ |
 * | `iso` | 2026-11-22 |
 * | `rfc822` | Sun, 22 Nov 2026 08:30:00 GMT |
 */
import { toJalaali } from 'jalaali-js';

const DAY = 86_400_000; // milliseconds
/** Iran's clock, which the invented country shares; the day changes at its midnight, not at Greenwich's. */
const OFFSET = 3.5 * 3_600_000; // milliseconds
const TOKEN =
  /\{\{(jalali|jalali-latin|jalali-long|jalali-full|jalali-entities|jalali-year|iso|rfc822):([+-]?\d+)d\}\}/g;

const MONTHS = 'فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند'.split(' ');
const WEEKDAYS = ['یکشنبه', 'دوشنبه', 'سه‌شنبه', 'چهارشنبه', 'پنجشنبه', 'جمعه', 'شنبه'];

/** Replaces every date token of `text`; what is not a known token stays as it is. */
export function fillDates(text: string, now: Date): string {
  return text.replace(TOKEN, (_token, form: string, days: string) =>
    write(form, new Date(now.getTime() + OFFSET + Number(days) * DAY)),
  );
}

/** `day` carries local time in its UTC fields. */
function write(form: string, day: Date): string {
  const { jy, jm, jd } = toJalaali(day.getUTCFullYear(), day.getUTCMonth() + 1, day.getUTCDate());
  const full = `${WEEKDAYS[day.getUTCDay()]} ${persian(jd)} ${MONTHS[jm - 1]} ${persian(jy)}`;
  switch (form) {
    case 'jalali':
      return persian(`${jy}/${pad(jm)}/${pad(jd)}`);
    case 'jalali-latin':
      return `${jy}/${pad(jm)}/${pad(jd)}`;
    case 'jalali-long':
      return `${persian(jd)} ${MONTHS[jm - 1]} ${persian(jy)}`;
    case 'jalali-full':
      return full;
    case 'jalali-entities':
      return Array.from(full, (letter) => `&#${letter.codePointAt(0)};`).join('');
    case 'jalali-year':
      return persian(jy);
    case 'iso':
      return day.toISOString().slice(0, 10);
    default: // half past eight in the morning of that day, as an office would publish
      return new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate(), 8, 30)).toUTCString();
  }
}

const pad = (value: number): string => String(value).padStart(2, '0');
const persian = (value: number | string): string =>
  String(value).replace(/\d/g, (digit) => String.fromCodePoint(0x6f0 + Number(digit)));
