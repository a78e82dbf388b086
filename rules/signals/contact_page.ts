import { named } from '../../src/core/look.ts';
import { defineSignal } from './define.ts';

export default defineSignal('contact_page', 'صفحه تماس', 'Contact page', (page) => named(page, 'contact'));
