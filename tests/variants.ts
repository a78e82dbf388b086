/** The same page in other spellings and with more around it: whatever is judged of it may not change. */
import { load } from 'cheerio';
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

const inBody =
  (wrap: (content: string) => string): Variant =>
  (html) =>
    html.replace(
      /(<body[^>]*>)([\s\S]*)(<\/body>)/,
      (_, open: string, content: string, close: string) => `${open}${wrap(content)}${close}`,
    );
const withoutScripts: Variant = (html) => html.replace(/<script\b[\s\S]*?<\/script>/g, '');

/** Removes what scripts do: only facts that are scripts themselves may change by it. */
export const WITHOUT_SCRIPTS = withoutScripts;

/** The whole content once more, as sites do for narrow screens: nothing of it may count twice. */
export const TWICE: Variant = inBody(
  (content) =>
    `<div class="d-none d-md-block">${content}</div><div class="d-md-none">${withoutScripts(content).replace(/\s(id|for)="([^"]*)"/g, ' $1="narrow-$2"')}</div>`,
);

/** The page as it is for nobody: its content stands where no visitor sees it. */
export const OUT_OF_SIGHT: Readonly<Record<string, Variant>> = {
  'in a comment': inBody((content) => `<!-- ${content.replaceAll('--', '- -')} -->`),
  'hidden by an attribute': inBody((content) => `<div hidden>${content}</div>`),
  'hidden by a style': inBody((content) => `<div style="display: none">${content}</div>`),
  'in a template': inBody((content) => `<template>${content}</template>`),
  'for browsers without scripts': inBody((content) => `<noscript>${content}</noscript>`),
};

/** What stands in the place of a value that nobody entered, in the languages that are read. */
export const FILLERS = [
  '----', 'نامشخص', 'به زودی', 'در حال تکمیل', '[عنوان خدمت]', 'زمان مشخصی درج نشده است',
  'N/A', 'TBD', 'null', 'Lorem ipsum dolor sit amet', 'In aggiornamento', 'À compléter', 'قيد الإعداد', 'غير محدد',
] as const; // prettier-ignore

/** Names of things stay: labels, headings, links, controls, forms and the frame around the content. */
const NAMES =
  'a,button,label,th,dt,h1,h2,h3,h4,h5,h6,form,nav,header,footer,summary,script,style,option,legend,caption';

/** Puts a filler in the place of every value: of text that is neither label nor name of anything. */
export const valuesReplacedBy =
  (filler: string): Variant =>
  (html) => {
    const $ = load(html);
    $('body, body *')
      .contents()
      .each((_, node) => {
        if (node.type !== 'text' || node.data.trim() === '' || $(node).closest(NAMES).length > 0) return;
        const cell = $(node).closest('td');
        // a row of two cells is a label and its value
        if (cell.length > 0 && cell.index() === 0 && cell.siblings().length === 1) return;
        const label = /^[^:：]{2,45}[:：]/.exec(node.data)?.[0];
        node.data = label === undefined ? filler : node.data.length > label.length ? `${label} ${filler}` : node.data;
      });
    return $.html();
  };
