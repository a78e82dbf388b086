import { mentions, spotOfLink, spotOfRun } from '../../src/core/look.ts';
import { findDate, findLabelledPhone, findPhone } from '../lexicon/values.ts';
import { defineSignal, type Page } from './define.ts';

/** Lines after a label in which its number may stand. */
const REACH = 2;

export default defineSignal('contact_phone', 'شماره تلفن', 'Phone number', (page) => {
  const dialled = page.links.findIndex(
    (link) =>
      link.contact !== null &&
      /^tel:/i.test(link.contact) &&
      (link.contact.match(/\d/g) ?? []).length >= 3 &&
      !isFax(page, link.at),
  );
  if (dialled >= 0) return spotOfLink(page, dialled);
  for (let index = 0; index < page.runs.length; index++) {
    const run = page.runs[index]!;
    if (run.folded.length < 7 || !/\d/.test(run.folded)) continue;
    const found = findPhone(run.folded);
    if (found && !isFax(page, index, found) && !isOtherNumber(run.folded, found))
      return spotOfRun(page, index, at(run.folded, found));
  }
  for (const { run, index, hit } of mentions(page, 'phone')) {
    if (run.region === 'nav') continue;
    const own = run.folded.slice(hit.end, hit.end + 60);
    const number = findLabelledPhone(own);
    // in a sentence only what follows the word at once is its number
    if (
      number &&
      own.indexOf(number) <= 25 &&
      !findDate(own.slice(0, own.indexOf(number) + number.length + 3)) &&
      isNumber(number)
    )
      return spotOfRun(page, index, at(run.folded, number));
    if ((hit.end - hit.start) / run.folded.length < 0.3 && !/:\s*$/.test(run.text)) continue;
    for (let next = index + 1; next <= index + REACH && next < page.runs.length; next++) {
      const candidate = page.runs[next]!.folded;
      const found = candidate.length <= 60 ? findLabelledPhone(candidate) : null;
      if (found && found.length / candidate.length >= 0.5 && isNumber(found)) return spotOfRun(page, next);
      if (/[a-z\u0600-\u06ff]{4}/.test(candidate)) break;
    }
  }
  return null;
});

/** Short codes are numbers only where a country gives them: 3 to 5 digits; a lone year is none. */
const isNumber = (found: string): boolean => !/^(?:1[34]\d\d|20\d\d)$/.test(found.replace(/\s/g, ''));

/** Tax, registration and postal numbers have the length of a telephone number. */
function isOtherNumber(folded: string, found: string): boolean {
  const before = folded.slice(Math.max(0, folded.indexOf(found) - 24), folded.indexOf(found));
  return /(?:iva|fiscale|vat|\bcf|reg(?:istration)?\.? ?(?:no|number)|شناسه|کد ملی|کد اقتصادی|کد ?پستی|شماره ثبت|شماره حساب|شبا|iban)[^a-z\u0600-\u06ff]*$/.test(
    before,
  );
}

function isFax(page: Page, runIndex: number, found = ''): boolean {
  const line = page.runs[runIndex]?.folded ?? '';
  const before = found ? line.slice(0, line.indexOf(found)) : line;
  return /(?:فکس|نمابر|دورنگار|\bfax\b)[^a-z\u0600-\u06ff]*$/.test(before);
}

const at = (folded: string, found: string): { start: number; end: number } => {
  const start = Math.max(0, folded.indexOf(found));
  return { start, end: start + found.length };
};
