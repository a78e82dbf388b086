import { spotOfNode } from '../../src/core/look.ts';
import { defineSignal } from './define.ts';

export default defineSignal('rtl_dir', 'جهت راست به چپ', 'Right-to-left direction', (page) =>
  page.dir === 'rtl' ? spotOfNode(page.root, 'dir="rtl"') : null,
);
