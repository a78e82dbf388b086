/**
 * For those who write rules. `npm run new-rule -- STAGE/ID` begins a rule from its entry in rules/catalogue.ts: its file,
 * its test, its place in the list. `npm run rules:index` makes the list anew from the files that are there.
 */
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { INDICATORS } from '../../rules/catalogue.ts';
import { STAGES } from '../core/model.ts';
import { ROOT } from './places.ts';
import { ruleSkeleton, rulesIndex, testSkeleton } from './rule-files.ts';

const order = INDICATORS.map(({ id }) => id);

function idsWithFile(): string[] {
  return STAGES.flatMap((stage) => readdirSync(join(ROOT, 'rules', stage)).filter((file) => file.endsWith('.ts')).map((file) => `${stage}/${file.slice(0, -3)}`));
} // prettier-ignore

/** Why the rule cannot be begun, or null. */
function objection(id: string | undefined): string | null {
  if (id === undefined) return 'name the rule: npm run new-rule -- presence/fee-time-published';
  if (!INDICATORS.some((indicator) => indicator.id === id)) {
    const free = order.filter((known) => !idsWithFile().includes(known));
    return `rules/catalogue.ts has no indicator "${id}": add a line with its scope, goal, weight, least evidence and titles first (weights of a stage add up to 100), and its question to rules/questions.ts.${free.length > 0 ? ` Without a rule are: ${free.join(', ')}.` : ''}`;
  }
  return existsSync(join(ROOT, 'rules', `${id}.ts`)) ? `rules/${id}.ts is there already` : null;
}

const [wish] = process.argv.slice(2);
const why = wish === '--index' ? null : objection(wish);
if (why !== null) {
  process.stderr.write(`new-rule: ${why}\n`);
  process.exitCode = 2;
} else {
  if (wish !== '--index') {
    const number = order.findIndex((id) => id === wish);
    const indicator = INDICATORS[number]!;
    writeFileSync(join(ROOT, 'rules', `${indicator.id}.ts`), ruleSkeleton(indicator, number + 1), { flag: 'wx' });
    writeFileSync(join(ROOT, 'tests', 'rules', `${indicator.id}.test.ts`), testSkeleton(indicator), { flag: 'wx' });
    process.stdout.write(
      `begun: rules/${indicator.id}.ts and tests/rules/${indicator.id}.test.ts\nnow follow the red tests: npx vitest run tests/rules/${indicator.id}.test.ts, then tests/rules/all.test.ts\nwords that it needs: rules/lexicon; its sentences for people: npx vitest run -u=true tests/cli/rules.test.ts\n`,
    );
  }
  writeFileSync(join(ROOT, 'rules', 'index.ts'), rulesIndex(idsWithFile(), order));
}
