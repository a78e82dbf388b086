import { defineServiceRule, fail, partial, pass, quoting } from '../define.ts';
import { findForm, formTold, WITHOUT_FORM, withoutForm } from '../service-form.ts';

export default defineServiceRule({
  id: 'interaction/form-online',
  version: 1,
  why: {
    fa: 'تعامل از آنجا آغاز می‌شود که شهروند درخواست خود را در همان درگاه پر کند و بفرستد.',
    en: 'Interaction begins where a citizen fills in a request on the portal itself and sends it.',
  },
  source: 'catalogue 20; report: aim of the interactive stage; golden case 10',
  needs: ['service-page', 'system'],
  seeks: ['start', 'online-form', 'form', 'apply'],
  exempt: ['PUSH', 'INFO'],
  outcomes: {
    own: pass(
      'فرم همین خدمت با {count} فیلد، بی نیاز به حساب کاربری، در دسترس است.',
      'The form of this service, {count} fields of it, can be reached without an account.',
    ),
    generic: partial(
      'تنها فرمی عمومی برای هر درخواست ({count} فیلد) در دسترس است.',
      'Only a form for requests of any kind ({count} fields) can be reached.',
    ),
    told: partial(
      'صفحه خدمت از فرم برخط می‌گوید («{text}»)، ولی فرم پشت ورود کاربر است.',
      'The page of the service speaks of an online form ("{text}"), but the form is behind a log-in.',
    ),
    ...WITHOUT_FORM,
    none: fail('فرمی برای درخواست برخط یافت نشد.', 'No form for an online request was found.'),
  },
  check(view, conclude) {
    const answer = findForm(view);
    if (answer.state === 'none') return conclude.none();
    // a guide may show the form, which a person can see
    if (answer.state === 'login' && answer.guide === null) {
      const told = formTold(view);
      if (told) return conclude.told({ ...quoting(told), level: 1 });
    }
    if (answer.state !== 'form') return withoutForm(answer, conclude);
    const details = { proofs: [answer.proof], values: { count: answer.fields.length } };
    return answer.own ? conclude.own(details) : conclude.generic(details);
  },
});
