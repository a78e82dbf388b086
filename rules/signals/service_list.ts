import { headed, named } from '../../src/core/look.ts';
import { defineSignal } from './define.ts';

export default defineSignal('service_list', 'فهرست خدمات', 'List of services', (page) => named(page, 'services') ?? headed(page, 'services'));
