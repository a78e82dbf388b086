import { headed, named } from '../../src/core/look.ts';
import { defineSignal } from './define.ts';

export default defineSignal(
  'tenders',
  'مناقصه و مزایده',
  'Tenders',
  (page) => named(page, 'tenders') ?? headed(page, 'tenders'),
);
