import type { Edition } from '../../src/core/edition.ts';
import { r4 } from './r4.ts';
import { r5 } from './r5.ts';

/** Editions by id, the current one first. */
export const EDITIONS: readonly Edition[] = [r5, r4];
