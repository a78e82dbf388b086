import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SIGNALS } from '../../rules/signals/index.ts';
import { accuracyOfPages, LABELS } from './pages.ts';

describe('the labelled pages', () => {
  it('are there, and each has one label for each signal', () => {
    const names = SIGNALS.map(({ name }) => name).sort();
    for (const { site, page, present, absent, unsure } of LABELS.pages) {
      expect(existsSync(join(import.meta.dirname, 'sites', site, page)), `${site}/${page}`).toBe(true);
      expect([...present, ...absent, ...unsure].sort(), `${site}/${page}`).toEqual(names);
    }
    expect(LABELS.closed.filter((closed) => !LABELS.pages.some(({ site }) => site === closed))).toEqual([]);
  });

  it.each([
    ['that nobody looked at while signals were changed', true],
    ['that led to changes', false],
  ])('%s are read as a reader reads them', (_, isClosed) => {
    const found = accuracyOfPages((site) => LABELS.closed.includes(site) === isClosed);
    expect(found.precision).toBeGreaterThanOrEqual(0.93);
    expect(found.absentRight).toBeGreaterThanOrEqual(0.9);
    expect(found.kappa).toBeGreaterThanOrEqual(0.75);
  });
});
