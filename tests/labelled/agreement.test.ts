/** The sites that led to changes of rules keep what the changes were for; the others are no target. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { accuracyOf } from '../../src/core/accuracy.ts';
import { judgeLabelled, LABELLED } from './sites.ts';

/** Shares of the answered decisions, and of the "absent" among them, below which a change has lost something. */
const AGREE = 0.9;
const ABSENT = 0.9;

it('the sites that led to changes agree with their labels', { timeout: 240_000 }, async () => {
  const runs = JSON.parse(readFileSync(join(import.meta.dirname, 'first-run.json'), 'utf8')) as { sites: string[] }[];
  const unseen = runs.at(-1)!.sites;
  const cases = [];
  for (const name of LABELLED.filter((site) => !unseen.includes(site)))
    for (const { label, finding } of await judgeLabelled(name))
      cases.push({ rule: label.indicator, label: label.verdict, found: finding?.verdict ?? null });
  const rows = Object.values(accuracyOf(cases));
  const sum = (of: (row: (typeof rows)[number]) => number): number => rows.reduce((total, row) => total + of(row), 0);
  expect(sum(({ agree }) => agree) / sum((row) => row.cases)).toBeGreaterThanOrEqual(AGREE);
  expect(sum(({ absents }) => absents.right) / sum(({ absents }) => absents.said)).toBeGreaterThanOrEqual(ABSENT);
});
