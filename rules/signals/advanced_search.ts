import { named } from '../../src/core/look.ts';
import { defineSignal } from './define.ts';

export default defineSignal('advanced_search', 'جستجوی پیشرفته', 'Advanced search', (page) =>
  named(page, 'advanced-search'),
);
