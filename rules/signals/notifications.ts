import { named, spotOfNode } from '../../src/core/look.ts';
import { defineSignal } from './define.ts';

export default defineSignal('notifications', 'اشتراک خبر و اعلان', 'Subscription to notices', (page) => {
  for (const concept of ['newsletter', 'notification'] as const) {
    const control = named(page, concept);
    if (control) return control;
  }
  // a form with an e-mail box under words of subscription
  for (const field of page.fields) {
    if (field.type !== 'email' && !/mail/i.test(field.name) && !/mail|ایمیل|رایانامه/.test(field.folded)) continue;
    const near = (concept: 'newsletter' | 'notification'): boolean =>
      (page.hits.get(concept) ?? []).some(
        (hit) =>
          (hit.source === 'run' && Math.abs(hit.index - field.at) <= 4) ||
          (hit.source === 'field' && page.fields[hit.index] === field),
      );
    if (near('newsletter') || near('notification'))
      return spotOfNode(field.node, field.label || field.placeholder || field.name);
  }
  return null;
});
