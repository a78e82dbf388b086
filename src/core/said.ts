import { persian } from './errors.ts';
import type { Text } from './model.ts';

/** A part of a message: words in both languages, or a value that is the same in both. */
export type Said = Text | string;

/** What is said, in one language; a value is isolated in Persian words. */
export const saidIn = (said: Said, lang: keyof Text): string =>
  typeof said !== 'string' ? said[lang] : lang === 'fa' ? persian`${said}` : said;
