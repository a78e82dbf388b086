/**
 * `npm run accuracy [-- --list] [--site NAME]`: audits the labelled sites of tests/labelled and compares each verdict
 * with what people decided. Without --site it writes rules/accuracy.json, from which findings take their confidence,
 * and docs/accuracy.md.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { accuracyDocument } from '../src/cli/accuracy-document.ts';
import { ROOT } from '../src/cli/places.ts';
import { accuracyOf } from '../src/core/accuracy.ts';
import { judgeLabelled, LABELLED } from '../tests/labelled/sites.ts';

const { values } = parseArgs({ options: { list: { type: 'boolean', default: false }, site: { type: 'string' } } });
const names = values.site ? [values.site] : LABELLED;
const judged = [];
for (const name of names) judged.push(...(await judgeLabelled(name)));
if (values.list) {
  for (const { label, finding } of judged) {
    if (finding?.verdict === label.verdict) continue;
    process.stdout.write(
      `${label.site} ${label.service ?? '-'} ${label.indicator}: ${label.verdict}, found ${finding ? `${finding.verdict}/${finding.outcome}` : 'nothing'} | ${label.why} | ${finding?.message.en ?? ''}\n`,
    );
  }
}
const cases = judged.map(({ label, finding }) => ({
  rule: label.indicator,
  label: label.verdict,
  found: finding?.verdict ?? null,
}));
const table = accuracyOf(cases);
const sum = (pick: (row: (typeof table)[string]) => number): number =>
  Object.values(table).reduce((total, row) => total + pick(row), 0);
process.stdout.write(
  `${cases.length} decisions on ${names.length} sites: ${sum((row) => row.agree)} agree, ${sum((row) => row.cases - row.agree)} differ, ${sum((row) => row.open)} left open; present right ${sum((row) => row.positives.right)}/${sum((row) => row.positives.said)}, absent right ${sum((row) => row.absents.right)}/${sum((row) => row.absents.said)}\n`,
);
if (!values.site) {
  writeFileSync(join(ROOT, 'rules', 'accuracy.json'), `${JSON.stringify(table, null, 2)}\n`);
  writeFileSync(join(ROOT, 'docs', 'accuracy.md'), accuracyDocument(cases, names.length));
}
