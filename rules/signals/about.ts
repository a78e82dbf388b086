import { named } from '../../src/core/look.ts';
import { defineSignal } from './define.ts';

export default defineSignal('about', 'درباره سازمان', 'About the organization', (page) => named(page, 'about'));
