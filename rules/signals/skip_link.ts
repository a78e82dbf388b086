import { named } from '../../src/core/look.ts';
import { defineSignal } from './define.ts';

/** It comes before everything else: within the first links of the page. */
const FIRST_LINKS = 15;

export default defineSignal('skip_link', 'پیوند پرش به محتوا', 'Skip link', (page) => {
  const first = new Set(page.links.slice(0, FIRST_LINKS));
  return named(page, 'skip', { accept: (link) => first.has(link) });
});
