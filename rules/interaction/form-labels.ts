import type { Field } from '../../src/core/page-view.ts';
import { defineServiceRule, fail, notApplicable, partial, pass, type Seen } from '../define.ts';
import { findForm, WITHOUT_FORM, withoutForm, type FoundForm } from '../service-form.ts';

/** Shares of fields with a label: nearly all of them, and enough to work with. */
const NEARLY_ALL = 0.95;
const MOST = 0.7;
const STAR = /[*★]/;

export default defineServiceRule({
  id: 'interaction/form-labels',
  version: 1,
  why: {
    fa: 'فیلدی که برچسب ندارد یا الزامی بودنش پیدا نیست، برای نابینایان بسته و برای دیگران حدس است.',
    en: 'A field without a label, or one that does not say that it must be filled in, is closed to the blind and a guess to others.',
  },
  source: 'catalogue 22; WCAG 1.3.1, 3.3.2, 4.1.2',
  needs: ['service-page', 'system'],
  seeks: ['start', 'online-form', 'form'],
  exempt: ['PUSH', 'INFO'],
  outcomes: {
    labelled: pass(
      '{share}٪ فیلدهای فرم برچسب دارند و فیلدهای الزامی مشخص‌اند.',
      '{share}% of the fields are labelled, and the required ones are marked.',
    ),
    unmarked: partial(
      '{share}٪ فیلدهای فرم برچسب دارند، ولی الزامی‌ها مشخص نیستند.',
      '{share}% of the fields are labelled, but required ones are not marked.',
    ),
    some: partial('{share}٪ فیلدهای فرم برچسب دارند.', '{share}% of the fields are labelled.'),
    beside: partial(
      'نوشته‌ها تنها کنار فیلدها آمده‌اند و به آن‌ها بسته نشده‌اند ({share}٪ برچسب دارند).',
      'Words stand beside the fields without being tied to them ({share}% are labelled).',
    ),
    bare: fail('تنها {share}٪ فیلدهای فرم برچسب دارند.', 'Only {share}% of the fields are labelled.'),
    noForm: notApplicable('خدمت فرمی ندارد که سنجیده شود.', 'The service has no form that could be judged.'),
    ...WITHOUT_FORM,
  },
  check(view, conclude) {
    const answer = findForm(view);
    if (answer.state === 'none') return conclude.noForm();
    if (answer.state !== 'form') return withoutForm(answer, conclude);
    const named = shareOf(answer, (field) => field.named);
    const details = { proofs: [answer.proof], values: { share: Math.round(named * 100) } };
    if (named >= NEARLY_ALL) return marksRequired(answer) ? conclude.labelled(details) : conclude.unmarked(details);
    if (named >= MOST) return conclude.some(details);
    // a hint inside the field vanishes with the first letter and labels nothing
    return shareOf(answer, (field) => field.named || field.label !== '') >= MOST
      ? conclude.beside(details)
      : conclude.bare(details);
  },
});

const shareOf = ({ fields }: FoundForm, is: (field: Field) => boolean): number =>
  fields.filter(is).length / fields.length;

/** Is it marked which fields must be filled in: in the markup, by a star, or in words? */
export function marksRequired({ seen, fields }: FoundForm): boolean {
  if (fields.some(({ required, label }) => required || STAR.test(label))) return true;
  const indexes = new Set(fields.map((field) => seen.page.fields.indexOf(field)));
  return (seen.page.hits.get('required') ?? []).some(
    ({ source, index }) =>
      (source === 'field' && indexes.has(index)) || (source === 'run' && isNear(seen, fields, index)),
  );
}

/** A sentence right above the form or among its fields. */
function isNear({ page }: Seen, fields: readonly Field[], run: number): boolean {
  return page.runs[run]!.link < 0 && run >= fields[0]!.at - 4 && run <= fields.at(-1)!.at + 2;
}
