import { named } from '../../src/core/look.ts';
import { defineSignal } from './define.ts';

export default defineSignal('sitemap', 'نقشه سایت', 'Site map', (page) => named(page, 'sitemap'));
