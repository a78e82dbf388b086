import { named } from '../../src/core/look.ts';
import { defineSignal } from './define.ts';

export default defineSignal('terms_of_use', 'شرایط استفاده', 'Terms of use', (page) => named(page, 'terms'));
