import { defineServiceRule, fail, notApplicable, partial, pass, unclear } from '../define.ts';
import { findForm, WITHOUT_FORM, withoutForm, type FoundForm } from '../service-form.ts';
import { marksRequired } from './form-labels.ts';

/** Constraints on fewer fields than this are an accident of the template. */
const ENOUGH = 2;
const LIBRARIES =
  /jquery\.?[\w.-]*validat|validate(?:\.min)?\.js|unobtrusive|parsley|just-?validate|vee-?validate|form-?validation|validator(?:\.min)?\.js/i;
const VALIDATORS = /Page_Validators|ValidatorOnLoad|\.validate\(\s*\{|addMethod\(/;

export default defineServiceRule({
  id: 'interaction/form-validation',
  version: 1,
  why: {
    fa: 'فرمی که خطا را همان‌جا می‌گوید، درخواست ناقص و رفت‌وآمد نمی‌سازد.',
    en: 'A form that tells of a mistake at once makes no incomplete requests.',
  },
  source: 'catalogue 23; WCAG 3.3.1, 3.3.3',
  needs: ['service-page', 'system'],
  seeks: ['start', 'online-form', 'form'],
  exempt: ['PUSH', 'INFO'],
  outcomes: {
    constrained: pass('{count} فیلد فرم قید ورودی دارند.', '{count} fields of the form constrain what is entered.'),
    byScript: pass(
      'فرم با کتابخانه‌ای اعتبارسنجی می‌شود که صفحه بار کرده است ({library}).',
      'The form is validated by a library that the page loads ({library}).',
    ),
    one: partial('تنها یک فیلد فرم قید ورودی دارد.', 'Only one field of the form constrains what is entered.'),
    requiredOnly: partial(
      'فرم تنها خالی نبودن را می‌سنجد ({count} فیلد).',
      'The form checks only that fields are not empty ({count} of them).',
    ),
    unseen: unclear(
      'قیدی در کد فرم دیده نشد؛ شاید در اسکریپت یا در کارساز سنجیده می‌شود.',
      'No constraint is seen in the code of the form; a script or the server may check it.',
    ),
    nothing: fail('فرم هیچ ورودی‌ای را نمی‌سنجد.', 'The form checks nothing that is entered.'),
    noForm: notApplicable('خدمت فرمی ندارد که سنجیده شود.', 'The service has no form that could be judged.'),
    ...WITHOUT_FORM,
  },
  check(view, conclude) {
    const answer = findForm(view);
    if (answer.state === 'none') return conclude.noForm();
    if (answer.state !== 'form') return withoutForm(answer, conclude);
    const { seen, proof } = answer;
    const checked = answer.fields.filter(({ form }) => seen.page.forms[form]?.noValidate !== true);
    // a page may hold its form twice, for wide screens and for narrow ones
    const distinct = (fields: FoundForm['fields']): number =>
      new Set(fields.map(({ name, label, folded }) => `${name} ${label} ${folded}`)).size;
    const constrained = distinct(checked.filter(({ validated }) => validated));
    const required = distinct(checked.filter((field) => field.required));
    const proofs = [proof];
    if (constrained >= ENOUGH) return conclude.constrained({ proofs, values: { count: constrained }, level: 3 });
    const library = seen.page.scripts.find((src) => LIBRARIES.test(src)) ?? VALIDATORS.exec(seen.page.scriptText)?.[0];
    // that a library is there does not show what it checks
    if (library)
      return conclude.byScript({ proofs, values: { library: library.split('/').at(-1)!.slice(0, 60) }, level: 2 });
    if (constrained > 0) return conclude.one({ proofs });
    if (required > 0) return conclude.requiredOnly({ proofs, values: { count: required } });
    return isCareful(answer) ? conclude.unseen({ proofs }) : conclude.nothing({ proofs });
  },
});

/** A form that is well made otherwise, or that scripts built, may be checked where it cannot be seen. */
const isCareful = (form: FoundForm): boolean =>
  form.seen.snapshot.needsScript === true || (form.fields.every(({ named }) => named) && marksRequired(form));
