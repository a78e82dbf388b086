/** Numbers of the command line, with messages that say what may stand there. */
import { UserError } from '../core/errors.ts';

/** Throws a UserError for anything but a whole number from `least` to `most`. */
export function whole(value: number, name: string, least: number, most: number): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new UserError(`${name} must be a whole number from ${least} to ${most}, found ${told(value)}.`);
}

/** What is no number comes as NaN. */
const told = (value: number): string => (Number.isNaN(value) ? 'something that is no number' : String(value));

/** A pause between two requests in seconds; null for the usual one. Throws a UserError for what is none. */
export function pause(value: number | undefined): number | null {
  if (value === undefined) return null;
  if (value >= 0 && value <= LONGEST_PAUSE) return value;
  throw new UserError(`--delay must be seconds from 0 to ${LONGEST_PAUSE}, found ${told(value)}.`);
}

const LONGEST_PAUSE = 600; // seconds
