import { headed, named } from '../../src/core/look.ts';
import { defineSignal } from './define.ts';

export default defineSignal(
  'sla_charter',
  'توافق‌نامه سطح خدمت',
  'Service charter',
  (page) => named(page, 'sla') ?? headed(page, 'sla'),
);
