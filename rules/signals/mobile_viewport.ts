import { spotOfNode } from '../../src/core/look.ts';
import { defineSignal } from './define.ts';

export default defineSignal('mobile_viewport', 'تنظیم نمایش همراه', 'Viewport for phones', (page) =>
  page.viewport !== '' ? spotOfNode(page.root, page.viewport) : null,
);
