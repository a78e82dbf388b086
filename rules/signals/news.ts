import { headed, named } from '../../src/core/look.ts';
import { defineSignal } from './define.ts';

export default defineSignal(
  'news',
  'اخبار',
  'News',
  (page) => named(page, 'news') ?? headed(page, 'news', { plain: true }),
);
