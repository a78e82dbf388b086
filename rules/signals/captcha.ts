import { spotOfNode } from '../../src/core/look.ts';
import { defineSignal } from './define.ts';

/** "What is 3 + 4?" */
export const SUM =
  /(?<!\d)\d{1,2}\s?(?:[+×*x]|plus|times|minus|بعلاوه|به علاوه|ضربدر|منهای|piu|meno|per)\s?\d{1,2}\s?(?:[=?؟]|$)/;

export default defineSignal('captcha', 'کد امنیتی', 'Captcha', (page) => {
  const widget = page.marked.find(({ tokens }) => /captcha|cf-turnstile/.test(tokens));
  if (widget) return spotOfNode(widget.node, widget.label || widget.tokens.trim());
  const image = page.images.find(({ src }) => /captcha|securimage|seccode/i.test(src));
  if (image) return spotOfNode(image.node, image.alt || image.src);
  const field = page.fields.find(
    ({ name, folded }) => /captcha|seccode|security_?code/i.test(name) || SUM.test(folded),
  );
  if (field) return spotOfNode(field.node, field.label || field.name);
  const hit = (page.hits.get('captcha') ?? []).find(
    ({ source, strength }) => source === 'field' && strength !== 'weak',
  );
  if (hit) return spotOfNode(page.fields[hit.index]!.node, page.fields[hit.index]!.label, hit.language);
  // the script of a protector alone asks a visitor nothing
  return null;
});
