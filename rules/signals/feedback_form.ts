import { spotOfNode } from '../../src/core/look.ts';
import { defineSignal } from './define.ts';

/** Lines around a text box in which words may say what it is for. */
const REACH = 5;

export default defineSignal('feedback_form', 'فرم بازخورد', 'Feedback form', (page) => {
  for (const field of page.fields) {
    if (field.type !== 'textarea' || field.disabled || /captcha|recaptcha/i.test(field.name)) continue;
    const says = (['feedback', 'suggestion', 'complaint', 'contact'] as const).some((concept) =>
      (page.hits.get(concept) ?? []).some((hit) => {
        if (hit.source === 'field') return page.fields[hit.index] === field;
        if (hit.source === 'run')
          return page.runs[hit.index]!.link < 0 && hit.index <= field.at && field.at - hit.index <= REACH;
        if (hit.source === 'button') return page.buttons[hit.index]!.form === field.form && field.form >= 0;
        return false;
      }),
    );
    if (says || /comment|message|feedback|opinion|suggest|payam|nazar|messaggio/i.test(field.name))
      return spotOfNode(field.node, field.label || field.placeholder || field.name);
  }
  return null;
});
