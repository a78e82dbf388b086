/**
 * How far the verdicts of an audit of the demo country agree with what its author wrote down for it: `npm run truth --
 * [DATA]` reads the newest audit. Unresolved verdicts are counted apart: they are asked of a person, not answered.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSqliteStore } from '../storage/sqlite.ts';
import { UNRESOLVED, type Verdict } from '../src/core/model.ts';
import { ROOT } from '../src/cli/places.ts';

interface Decision {
  readonly organization: string;
  readonly service: string | null;
  readonly indicator: string;
  readonly verdict: Verdict;
  readonly why: string;
}
const file = JSON.parse(readFileSync(join(ROOT, 'seeds', 'demo', 'truth.json'), 'utf8')) as
  { readonly decisions: readonly Decision[] } | readonly Decision[];
const decisions: readonly Decision[] = Array.isArray(file)
  ? file
  : (file as { decisions: readonly Decision[] }).decisions;
const list = process.argv.includes('--list');
const store = openSqliteStore(
  join(process.argv.slice(2).find((word) => !word.startsWith('--')) ?? 'data', 'rasad.sqlite'),
);
const audit = (await store.listAudits())[0];
if (!audit) throw new Error('there is no audit; begin with: rasad audit --registry demo');
const findings = new Map(
  (await store.listFindings(audit.id)).map((finding) => [
    `${finding.organization} ${finding.service ?? ''} ${finding.rule}`,
    finding,
  ]),
);
let agreed = 0;
let open = 0;
let unmeasured = 0;
let differs = 0;
for (const decision of decisions) {
  const finding = findings.get(`${decision.organization} ${decision.service ?? ''} ${decision.indicator}`);
  if (!finding) unmeasured++;
  else if (finding.verdict === decision.verdict) agreed++;
  else if (UNRESOLVED.includes(finding.verdict)) {
    open++;
    if (list)
      process.stdout.write(
        `open    ${decision.organization} ${decision.service ?? '-'} ${decision.indicator}: ${decision.verdict}, found ${finding.verdict}/${finding.outcome} | ${decision.why} | ${finding.message.en}\n`,
      );
  } else {
    differs++;
    if (list)
      process.stdout.write(
        `DIFFERS ${decision.organization} ${decision.service ?? '-'} ${decision.indicator}: ${decision.verdict}, found ${finding.verdict}/${finding.outcome} | ${decision.why} | ${finding.message.en}\n`,
      );
  }
}
const answered = agreed + differs;
process.stdout.write(
  `${decisions.length} decisions: ${agreed} agree, ${differs} differ, ${open} left open, ${unmeasured} not measured; agreement of the answered ${((agreed / answered) * 100).toFixed(1)} %\n`,
);
await store.close();
