import { named } from '../../src/core/look.ts';
import { defineSignal, offered } from './define.ts';

export default defineSignal(
  'suggestion_ideas',
  'پیشنهاد و ایده',
  'Suggestions and ideas',
  (page) => named(page, 'suggestion') ?? offered(page, 'suggestion'),
);
