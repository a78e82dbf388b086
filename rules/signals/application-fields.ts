import type { Field } from '../../src/core/page-view.ts';
import type { Page } from './define.ts';

/** Lines before a field within which words may say that it rates, asks an opinion or subscribes. */
const REACH = 4;
const NOT_AN_APPLICATION = [
  'rating',
  'poll',
  'newsletter',
  'feedback',
  'search',
  'cookie',
  'comment',
  'advanced-search',
  'lookup',
] as const;
const OTHER_NAME =
  /search|newsletter|subscribe|rating|\brate\b|vote|poll|survey|comment|feedback|cookie|consent|language|captcha|sort|filter|theme|font|contrast/i;

/**
 * The fields of the page with which a visitor files something: not those of search, log-in, newsletter, rating, poll,
 * opinion, filters or settings. Fields are counted, never <form> elements: one form may wrap a whole page.
 */
export function applicationFields(page: Page): Field[] {
  const out: Field[] = [];
  const hasPassword = new Set(page.fields.filter(({ type }) => type === 'password').map(({ form }) => form));
  const others = new Map<number, number>();
  for (const field of page.fields) others.set(field.form, (others.get(field.form) ?? 0) + 1);
  for (let index = 0; index < page.fields.length; index++) {
    const field = page.fields[index]!;
    if (
      field.disabled ||
      field.type === 'search' ||
      field.type === 'password' ||
      field.type === 'range' ||
      field.type === 'color'
    )
      continue;
    if (field.region === 'footer' || field.region === 'nav' || field.region === 'header') continue;
    if (OTHER_NAME.test(field.name)) continue;
    const form = page.forms[field.form];
    if (
      form &&
      (form.role === 'search' ||
        /search|newsletter|subscribe|rating|survey|poll|feedback|comment/i.test(form.action) ||
        (/login/i.test(form.action) && (others.get(field.form) ?? 0) < BEFORE_LOGIN))
    )
      continue;
    // a log-in form holds a name, a password and at most a few more
    if (hasPassword.has(field.form) && (field.form >= 0 ? (others.get(field.form) ?? 0) : page.fields.length) <= 4)
      continue;
    if (field.type === 'radio' && rates(page, field)) continue;
    if (saysOther(page, field, index)) continue;
    if (!field.folded && field.type !== 'file' && field.type !== 'date') continue;
    out.push(field);
  }
  // boxes to tick alone show a state or filter a list
  return out.some(({ type }) => type !== 'checkbox') ? out : [];
}

/** Fields from which on a form is an application, though one logs in to go on with it. */
const BEFORE_LOGIN = 3;

const GRADE =
  /^(?:عالی|بسیار خوب|خیلی خوب|خوب|متوسط|ضعیف|خیلی ضعیف|بسیار ضعیف|راضی|ناراضی|بله|خیر|excellent|very good|good|fair|average|poor|satisfied|dissatisfied|ottimo|buono|sufficiente|scarso|[1-5](?: ?stars?)?)$/;

/** Radio buttons of one name that offer grades ask an opinion. */
function rates(page: Page, field: Field): boolean {
  const group = page.fields.filter(
    ({ type, name, form }) =>
      type === 'radio' && form === field.form && name.split(' ')[0] === field.name.split(' ')[0],
  );
  return group.filter(({ folded }) => GRADE.test(folded)).length >= 2;
}

function saysOther(page: Page, field: Field, index: number): boolean {
  return NOT_AN_APPLICATION.some((concept) =>
    (page.hits.get(concept) ?? []).some((hit) => {
      if (hit.strength === 'weak') return false;
      if (hit.source === 'field') return hit.index === index;
      if (hit.source === 'run') {
        const run = page.runs[hit.index]!;
        return (
          hit.index < field.at &&
          field.at - hit.index <= REACH &&
          run.link < 0 &&
          (run.heading > 0 ||
            run.tag === 'legend' ||
            run.tag === 'fieldset' ||
            (hit.end - hit.start) / run.folded.length > 0.5)
        );
      }
      if (hit.source === 'button')
        return field.form >= 0 && page.buttons[hit.index]!.form === field.form && concept !== 'feedback';
      return false;
    }),
  );
}
