import { headed, named } from '../../src/core/look.ts';
import { defineSignal } from './define.ts';

export default defineSignal(
  'transparency',
  'شفافیت',
  'Transparency',
  (page) => named(page, 'transparency') ?? headed(page, 'transparency'),
);
