import { spotOfNode } from '../../src/core/look.ts';
import type { Field } from '../../src/core/page-view.ts';
import { applicationFields } from './application-fields.ts';
import { SUM } from './captcha.ts';
import { defineSignal, type Page } from './define.ts';

/** Fewer fields than this are a question, not an application. */
const MIN_FIELDS = 2;

export default defineSignal('online_form', 'فرم برخط', 'Online form', (page) => {
  const fields = applicationFields(page);
  if (fields.length < MIN_FIELDS || isContactForm(page, fields)) return null;
  return spotOfNode(
    fields[0]!.node,
    fields.map(({ label, placeholder, name }) => label || placeholder || name).join(' · '),
  );
});

/** Who writes, and what about: all that a form asks with which a visitor writes to the body. */
const OF_A_LETTER =
  /\b(?:name|surname|e-?mail|phone|telephone|mobile|subject|about|topic|message|enquiry|inquiry|comments?|question|nome|cognome|telefono|oggetto|messaggio)\b|نام|ایمیل|رایانامه|پست الکترونیک|تلفن|همراه|موضوع|پیام|captcha|کد امنیتی/;

/** One question more ("How did you find us?") makes no application of a letter. */
const OTHER_QUESTIONS = 1;

function isOfLetter({ type, folded, name }: Field): boolean {
  if (type === 'textarea') return true;
  if (!/^(?:text|email|tel|number|select)$/.test(type)) return false;
  return OF_A_LETTER.test(folded) || OF_A_LETTER.test(name.toLowerCase()) || SUM.test(folded);
}

/** A form under "Contact us" that asks for a letter files nothing. */
function isContactForm(page: Page, fields: readonly Field[]): boolean {
  const others = fields.filter((field) => !isOfLetter(field));
  return (
    page.fields.some(({ type }) => type === 'textarea') &&
    others.length <= OTHER_QUESTIONS &&
    others.every(({ type }) => type === 'text' || type === 'select') &&
    (/contact|contatt|tamas/i.test(page.url) || isUnderContact(page))
  );
}

const isUnderContact = (page: Page): boolean =>
  (page.hits.get('contact') ?? []).some(
    ({ source, strength, index }) => source === 'run' && strength !== 'weak' && isHeadingOfContent(page.runs[index]!),
  );

const isHeadingOfContent = ({ heading, region }: Page['runs'][number]): boolean =>
  heading > 0 && (region === 'main' || region === 'body');
