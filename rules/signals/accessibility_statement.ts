import { headed, named, type NameOptions } from '../../src/core/look.ts';
import { defineSignal } from './define.ts';

/** Tool bars open something on the page; a statement is another page or a section. */
const STATEMENT: NameOptions = { kinds: ['link'] };

export default defineSignal(
  'accessibility_statement',
  'بیانیه دسترس‌پذیری',
  'Accessibility statement',
  (page) => named(page, 'accessibility', STATEMENT) ?? headed(page, 'accessibility'),
);
