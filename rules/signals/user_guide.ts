import { headed, named } from '../../src/core/look.ts';
import { defineSignal } from './define.ts';

export default defineSignal(
  'user_guide',
  'راهنمای استفاده',
  'Guide',
  (page) => named(page, 'guide', { accept: (link) => link.region !== 'breadcrumb' }) ?? headed(page, 'guide'),
);
