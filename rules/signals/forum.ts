import { headed, named } from '../../src/core/look.ts';
import { defineSignal } from './define.ts';

export default defineSignal('forum', 'تالار گفت‌وگو', 'Forum', (page) => named(page, 'forum') ?? headed(page, 'forum'));
