/** docs/rules.md, made from the rules themselves; a test holds the two together. */
import { STAGES } from '../core/model.ts';
import { RULES } from '../../rules/index.ts';
import { editions, indicators } from './compose.ts';

export function rulesDocument(): string {
  const rules = new Map(RULES.map((rule) => [rule.id, rule]));
  const lines = [
    '# Rules',
    '',
    'Made by `rasad rules --markdown`; a test fails when it differs from the rules. Every way in which a rule can end is listed with',
    'the sentence that a finding carries. Indicators without a rule are reported as not measured and stay out of the score.',
    '',
    `${RULES.length} of ${indicators.length} indicators have a rule.`,
  ];
  for (const stage of STAGES) {
    lines.push('', `## ${stage}`);
    for (const indicator of indicators.filter((candidate) => candidate.stage === stage)) {
      const rule = rules.get(indicator.id);
      lines.push(
        '',
        `### ${indicator.id}`,
        '',
        `${indicator.title.fa}  `,
        `${indicator.title.en}`,
        '',
        `${indicator.scope} · ${indicator.goal} · weight ${editions.map((edition) => `${edition.weights[indicator.id]} (${edition.id})`).join(', ')} · least evidence ${editions.map((edition) => `E${edition.minEvidence[indicator.id]} (${edition.id})`).join(', ')}`,
      );
      if (!rule) {
        lines.push('', '*Not measured yet.*');
        continue;
      }
      lines.push(
        '',
        rule.why.fa,
        '',
        rule.why.en,
        '',
        `Version ${rule.version}. Source: ${rule.source}. Searched before a \`fail\`: ${rule.needs.join(', ')}.${rule.exempt.length > 0 ? ` Not applicable to the profiles ${rule.exempt.join(', ')}.` : ''}`,
        '',
        '| verdict | ending | فارسی | English |',
        '|---|---|---|---|',
      );
      for (const [code, { verdict, text }] of Object.entries(rule.outcomes))
        lines.push(`| ${verdict} | \`${code}\` | ${text.fa} | ${text.en} |`);
      const changes = Object.entries(rule.history);
      if (changes.length > 0) lines.push('', ...changes.map(([version, what]) => `- version ${version}: ${what}`));
    }
  }
  return `${lines.join('\n')}\n`;
}
