import { headed, named } from '../../src/core/look.ts';
import { defineSignal } from './define.ts';

export default defineSignal(
  'laws_regulations',
  'قوانین و مقررات',
  'Laws and regulations',
  (page) => named(page, 'laws') ?? headed(page, 'laws'),
);
