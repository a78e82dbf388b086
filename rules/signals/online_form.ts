import { spotOfNode } from '../../src/core/look.ts';
import { applicationFields } from './application-fields.ts';
import { defineSignal } from './define.ts';

/** Fewer fields than this are a question, not an application. */
const MIN_FIELDS = 2;

export default defineSignal('online_form', 'فرم برخط', 'Online form', (page) => {
  const fields = applicationFields(page);
  if (fields.length < MIN_FIELDS) return null;
  return spotOfNode(
    fields[0]!.node,
    fields.map(({ label, placeholder, name }) => label || placeholder || name).join(' · '),
  );
});
