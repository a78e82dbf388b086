/** Numbers of the command line, with messages that say what may stand there. */
import { persian, UserError } from '../core/errors.ts';
import type { Text } from '../core/model.ts';

/** Throws a UserError for anything but a whole number from `least` to `most`. */
export function whole(value: number, name: string, least: number, most: number): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new UserError({
    fa: `${persian`${name} باید عددی صحیح از ${least} تا ${most} باشد؛`} ${foundNumber(value).fa}`,
    en: `${name} must be a whole number from ${least} to ${most}, ${foundNumber(value).en}`,
  });
}

/** The end of a message: what stands there. What is no number comes as NaN. */
export const foundNumber = (value: number): Text =>
  Number.isNaN(value)
    ? { fa: 'آنچه آمده عدد نیست.', en: 'found something that is no number.' }
    : { fa: persian`آنچه آمده ${value} است.`, en: `found ${value}.` };

/** A pause between two requests in seconds; null for the usual one. Throws a UserError for what is none. */
export function pause(value: number | undefined): number | null {
  if (value === undefined) return null;
  if (value >= 0 && value <= LONGEST_PAUSE) return value;
  throw new UserError({
    fa: `${persian`${'--delay'} باید از ${0} تا ${LONGEST_PAUSE} ثانیه باشد؛`} ${foundNumber(value).fa}`,
    en: `--delay must be seconds from 0 to ${LONGEST_PAUSE}, ${foundNumber(value).en}`,
  });
}

const LONGEST_PAUSE = 600; // seconds
