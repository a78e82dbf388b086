import type { Argv, CommandModule } from 'yargs';
import { CONCEPTS, LANGUAGES } from '../../../rules/lexicon/index.ts';
import { persian, UserError } from '../../core/errors.ts';
import { STAGES } from '../../core/model.ts';
import { voiceOf } from '../../report/voice.ts';
import { STAGE_NAMES } from '../../report/words.ts';
import { editions, indicators } from '../compose.ts';
import { describeRule, ruleText, type RuleDescription } from '../rule-description.ts';
import { rulesDocument } from '../rules-document.ts';

interface RulesArguments {
  id: string | undefined;
  markdown: boolean;
  lang: string;
  json: boolean;
}

/** `rasad rules`: the indicators of the method, what measures them, and how each can end. */
export function command(done: (code: number) => void): CommandModule<object, RulesArguments> {
  const id = (y: Argv<object>): Argv<object> =>
    y.positional('id', { type: 'string', describe: 'Id of an indicator, as presence/fee-time-published' });
  return {
    command: 'rules [id]',
    describe: 'List the indicators and their rules, or show one with every way it can end',
    builder: (y: Argv<object>) =>
      id(y)
        .command({
          command: 'show <id>',
          describe: 'Show one rule: what it measures and why, how it can end, its weights, its figures, its history',
          builder: (inner: Argv<object>) =>
            id(inner).example('$0 rules show presence/tls-valid', '') as unknown as Argv<RulesArguments>,
          handler: (args: RulesArguments) => done(run(args)),
        })
        .option('markdown', { type: 'boolean', default: false, describe: 'Print docs/rules.md' })
        .option('lang', {
          choices: LANGUAGES.map(({ code }) => code).filter((code) => code !== 'fa' && code !== 'en'),
          describe: 'Language of what is printed; of another than fa and en: which words the lexicon lacks',
        })
        .example('$0 rules', '')
        .example('$0 rules show presence/tls-valid', 'what it measures, why, and how it can end')
        .example('$0 rules --lang it', 'what the Italian lexicon still lacks') as unknown as Argv<RulesArguments>,
    handler: (args) => done(run(args)),
  };
}

function run({ id, markdown, lang, json }: RulesArguments): number {
  if (markdown) process.stdout.write(rulesDocument());
  else if (id !== undefined) {
    const indicator = indicators.find((candidate) => candidate.id === id);
    if (!indicator)
      throw new UserError({
        fa: persian`شاخصی به نام «${id}» نیست. ${'rasad rules'} هر ${indicators.length} شاخص را فهرست می‌کند.`,
        en: `There is no indicator "${id}". rasad rules lists all ${indicators.length}.`,
      });
    const description = describeRule(indicator);
    process.stdout.write(
      json ? `${JSON.stringify(description, null, 1)}\n` : ruleText(description, lang === 'fa' ? 'fa' : 'en'),
    );
  } else if (lang === 'fa' || lang === 'en')
    list(
      indicators.map((indicator) => describeRule(indicator)),
      lang,
      json,
    );
  else lacks(lang, json);
  return 0;
}

function list(descriptions: readonly RuleDescription[], lang: 'fa' | 'en', json: boolean): void {
  if (json) return void process.stdout.write(`${JSON.stringify(descriptions, null, 1)}\n`);
  const { count } = voiceOf(lang, 'gregorian');
  for (const stage of STAGES) {
    process.stdout.write(`${STAGE_NAMES[stage][lang]}\n`);
    for (const { id, rule, editions: own, title } of descriptions.filter((candidate) => candidate.stage === stage))
      process.stdout.write(
        `  ${rule ? '✓' : '·'} ${id.padEnd(40)} ${count(own[editions[0]!.id]!.weight).padStart(2)}  ${title[lang]}\n`,
      );
  }
  const measured = descriptions.filter(({ rule }) => rule).length;
  process.stdout.write(
    lang === 'fa'
      ? `${count(measured)} شاخص از ${count(descriptions.length)} شاخص قاعده دارد (✓)؛ بقیه سنجیده‌نشده گزارش می‌شوند و بیرون از امتیاز می‌مانند.\n`
      : `${measured} of ${descriptions.length} indicators have a rule (✓); the others are reported as not measured and stay out of the score.\n`,
  );
}

/** Concepts for which a language has no words, with the English ones to translate. */
function lacks(code: string, json: boolean): void {
  const words = (
    language: string,
  ): Readonly<Record<string, { readonly strong?: readonly string[]; readonly whole?: readonly string[] }>> =>
    LANGUAGES.find((known) => known.code === language)!.phrases;
  const missing = CONCEPTS.filter((concept) => !(concept in words(code)));
  if (json)
    return void process.stdout.write(
      `${JSON.stringify({ language: code, concepts: CONCEPTS.length, lacks: missing }, null, 1)}\n`,
    );
  for (const concept of missing)
    process.stdout.write(
      `  ${concept.padEnd(20)} ${[...(words('en')[concept]?.strong ?? []), ...(words('en')[concept]?.whole ?? [])].slice(0, 4).join(', ')}\n`,
    );
  process.stdout.write(
    missing.length === 0
      ? `The lexicon of "${code}" has words for all ${CONCEPTS.length} concepts.\n`
      : `The lexicon of "${code}" lacks words for ${missing.length} of ${CONCEPTS.length} concepts; rules/lexicon/${code}.ts is where they go.\n`,
  );
}
