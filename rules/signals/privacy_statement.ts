import { headed, named } from '../../src/core/look.ts';
import { defineSignal } from './define.ts';

export default defineSignal(
  'privacy_statement',
  'بیانیه حریم خصوصی',
  'Privacy statement',
  (page) => named(page, 'privacy') ?? headed(page, 'privacy'),
);
