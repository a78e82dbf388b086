import type { Argv, CommandModule } from 'yargs';
import { UserError } from '../../core/errors.ts';
import { STAGES } from '../../core/model.ts';
import { RULES } from '../../../rules/index.ts';
import { editions, indicators } from '../compose.ts';
import { rulesDocument } from '../rules-document.ts';

interface RulesArguments {
  id: string | undefined;
  markdown: boolean;
  lang: 'fa' | 'en';
  json: boolean;
}

/** `rasad rules`: the indicators of the method, what measures them, and how each can end. */
export function command(done: (code: number) => void): CommandModule<object, RulesArguments> {
  return {
    command: 'rules [id]',
    describe: 'List the indicators and their rules, or show one with every way it can end',
    builder: (y: Argv<object>) =>
      y
        .positional('id', { type: 'string', describe: 'Id of an indicator, as presence/fee-time-published' })
        .option('markdown', { type: 'boolean', default: false, describe: 'Print docs/rules.md' })
        .example('$0 rules', '')
        .example('$0 rules presence/tls-valid', 'what it measures, why, and how it can end') as unknown as Argv<RulesArguments>,
    handler: (args) => done(run(args)),
  };
}

function run({ id, markdown, lang, json }: RulesArguments): number {
  const rules = new Map(RULES.map((rule) => [rule.id, rule]));
  if (markdown) {
    process.stdout.write(rulesDocument());
    return 0;
  }
  const shown = indicators.filter((indicator) => id === undefined || indicator.id === id);
  if (shown.length === 0) throw new UserError(`There is no indicator "${id}". rasad rules lists all ${indicators.length}.`);
  const entries = shown.map((indicator) => {
    const rule = rules.get(indicator.id);
    return {
      id: indicator.id, scope: indicator.scope, goal: indicator.goal, title: indicator.title, measured: rule !== undefined, weights: Object.fromEntries(editions.map((edition) => [edition.id, edition.weights[indicator.id]])),
      ...(rule ? { version: rule.version, why: rule.why, source: rule.source, needs: rule.needs, evidence: `E${rule.level}`, options: rule.options, endings: Object.fromEntries(Object.entries(rule.outcomes).map(([code, { verdict, text }]) => [code, { verdict, ...text }])) } : {}),
    };
  }); // prettier-ignore
  if (json) process.stdout.write(`${JSON.stringify(id === undefined ? entries : entries[0], null, 1)}\n`);
  else if (id === undefined) {
    for (const stage of STAGES) {
      process.stdout.write(`${stage}\n`);
      for (const entry of entries.filter((candidate) => candidate.id.startsWith(`${stage}/`))) process.stdout.write(`  ${entry.measured ? '✓' : '·'} ${entry.id.padEnd(40)} ${String(entry.weights['r5']).padStart(2)}  ${entry.title[lang]}\n`);
    }
    process.stdout.write(`${RULES.length} of ${indicators.length} indicators have a rule (✓); the others are reported as not measured and stay out of the score.\n`);
  } else {
    const rule = rules.get(id);
    const indicator = shown[0]!;
    process.stdout.write(`${indicator.id}\n${indicator.title[lang]}\n`);
    if (!rule) process.stdout.write('No rule measures it yet: it is reported as not measured and stays out of the score.\n');
    else {
      process.stdout.write(`\n${rule.why[lang]}\n\nversion ${rule.version} · ${rule.scope} · ${rule.goal} · evidence E${rule.level} · weight ${editions.map((edition) => `${edition.id} ${edition.weights[id]}`).join(', ')}\nsource: ${rule.source}\nsearched before a fail: ${rule.needs.join(', ')}\n\n`);
      for (const [code, { verdict, text }] of Object.entries(rule.outcomes)) process.stdout.write(`  ${verdict.padEnd(14)} ${code.padEnd(18)} ${text[lang]}\n`);
    }
  }
  return 0;
}
