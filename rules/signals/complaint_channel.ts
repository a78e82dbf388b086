import { named } from '../../src/core/look.ts';
import { defineSignal } from './define.ts';

export default defineSignal('complaint_channel', 'ثبت شکایت', 'Complaint channel', (page) => named(page, 'complaint'));
