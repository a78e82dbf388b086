/** The same page in other spellings and with more around it: whatever is judged of it may not change. */
import { LANGUAGES } from '../rules/lexicon/index.ts';

export type Variant = (html: string) => string;

/** Changes the text between tags; tags and attributes stay. */
const spelling =
  (from: RegExp, to: (found: string) => string): Variant =>
  (html) =>
    html.replace(/>([^<]*)</g, (_, text: string) => `>${text.replace(from, to)}<`);
const before =
  (end: string, more: (html: string) => string): Variant =>
  (html) =>
    html.replace(end, () => `${more(html)}${end}`);

const phrasesOf = (most: number): string =>
  LANGUAGES.flatMap(({ phrases }) =>
    Object.values(phrases).flatMap(({ strong = [], whole = [] }) => [
      ...strong.slice(0, most),
      ...whole.slice(0, most),
    ]),
  )
    .join(' | ')
    .replaceAll('--', '');
/** A phrase of every concept in every language; all of them would make each page as long as a book. */
const KEYWORDS = phrasesOf(1);
export const ALL_PHRASES = phrasesOf(Infinity);

export const VARIANTS: Readonly<Record<string, Variant>> = {
  'with Arabic ye and kaf': spelling(/[یک]/g, (letter) => (letter === 'ی' ? 'ي' : 'ك')),
  'with Persian digits': spelling(/\d/g, (digit) => String.fromCharCode(0x6f0 + Number(digit))),
  'with spaces for half-spaces': spelling(/\u200c/g, () => ' '),
  'with a tatweel in words': spelling(/([بتسشم])(?=[\u0627-\u06cc])/g, (letter) => `${letter}ـ`),
  'with a comment full of keywords': before('</body>', () => `<!-- ${KEYWORDS} -->`),
};

/** Those, and what surrounds a page in the field. */
export const PAGE_VARIANTS: Readonly<Record<string, Variant>> = {
  ...VARIANTS,
  'without half-spaces': spelling(/\u200c/g, () => ''),
  'with Arabic digits': spelling(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit))),
  'with scripts and hidden parts full of keywords': before(
    '</body>',
    () =>
      `<script>var words = ${JSON.stringify(KEYWORDS)};</script><template><p>${KEYWORDS}</p></template><div hidden>${KEYWORDS}</div>`,
  ),
  'with its menu once more for phones': before(
    '</body>',
    (html) =>
      `<div class="mobile-nav">${/<(nav|header)\b[\s\S]*?<\/\1>/.exec(html)?.[0].replace(/ id="[^"]*"/g, '') ?? ''}</div>`,
  ),
};
