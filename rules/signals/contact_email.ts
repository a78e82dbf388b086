import { spotOfLink, spotOfRun } from '../../src/core/look.ts';
import { findEmail } from '../lexicon/values.ts';
import { ownDomain } from '../hosts/own.ts';
import { defineSignal, type Page } from './define.ts';

/** Mail services of private persons. */
const PRIVATE_MAIL = /@(?:gmail|yahoo|hotmail|outlook|live|icloud|libero|virgilio|aol|msn|ymail|protonmail)\./;
const EXAMPLE =
  /@(?:example|domain|email|test|esempio|yourdomain|mail)\.(?:com|org|net|ir|it)$|^(?:name|nome|user|username|email|your\.?name|xxx)@/;

export default defineSignal('contact_email', 'رایانامه', 'E-mail address', (page) => {
  for (let index = 0; index < page.links.length; index++) {
    const address = /^mailto:([^?]+)/i.exec(page.links[index]!.contact ?? '')?.[1];
    if (address?.includes('@') && !isDesigners(page, index, address)) return spotOfLink(page, index);
    // an address that a script writes out in the place of the link, against those who collect them
    if (page.links[index]!.url?.includes('/cdn-cgi/l/email-protection#')) return spotOfLink(page, index);
  }
  for (let index = 0; index < page.runs.length; index++) {
    const run = page.runs[index]!;
    if (!run.folded.includes('@') && !/[[(]at[\])]/.test(run.folded)) continue;
    const found = findEmail(run.folded);
    if (!found || EXAMPLE.test(found) || isVisitorsOwn(page, index, found)) continue;
    const start = run.folded.indexOf(found);
    return spotOfRun(page, index, { start, end: start + found.length });
  }
  return null;
});

/** The mailbox of who made the site: said so beside it, and of another domain. */
function isDesigners(page: Page, index: number, address: string): boolean {
  const link = page.links[index]!;
  const line = `${page.runs[link.at]?.folded ?? ''} ${link.folded}`;
  return (
    /\b(?:web ?master|web ?design(?:er)?|site (?:by|design)|designed by|powered by|developed by)\b|طراحی/.test(line) &&
    !address.toLowerCase().endsWith(ownDomain(page) || '\n')
  );
}

/** A private mailbox after "we have sent … to" is the visitor's, not the organization's. */
function isVisitorsOwn(page: Page, index: number, found: string): boolean {
  if (!PRIVATE_MAIL.test(found)) return false;
  const before = `${page.runs[index - 1]?.folded ?? ''} ${page.runs[index]!.folded}`;
  return /\b(?:sent|inviat[oaie]|abbiamo|confirmation|conferma)\b|ارسال (?:شد|گردید)/.test(before);
}
