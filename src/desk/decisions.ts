/**
 * What people decided in a round, as a table: one line a verdict that counts, with what the machine had said. Labelled
 * cases for the figures of docs/accuracy.md (`npm run accuracy -- --decisions FILE`).
 */
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { z } from 'zod';
import type { Case } from '../core/accuracy.ts';
import { persian, UserError } from '../core/errors.ts';
import { VERDICTS } from '../core/model.ts';
import { reviewReason } from '../core/review.ts';
import { standingRatings } from '../core/rating.ts';
import { settle } from '../core/settle.ts';
import { plainText } from '../report/markup.ts';
import type { RoundBoard } from './board.ts';

export const DECISION_COLUMNS = ['round', 'organization', 'service', 'rule', 'version', 'machine', 'outcome', 'label', 'readers', 'blind', 'sample', 'decided_by', 'decided_at', 'seconds', 'note', 'url', 'snapshot', 'selector', 'quote'] as const; // prettier-ignore

/**
 * Verdicts whose evidence is still what was seen. `sample` says that the card was drawn by lot: only these tell how
 * often the machine is right at large, for all others were chosen because they weigh or are in doubt.
 */
export async function decisionsCsv(board: RoundBoard): Promise<string> {
  const lines: (string | number | null)[][] = [];
  for (const { id } of board.organizations) {
    const machine = await board.machineOf(id);
    const { findings } = settle(machine, board.reviewsOf(id));
    for (const [at, finding] of findings.entries()) {
      const { decided, evidence } = finding;
      if (!decided) continue;
      const said = machine[at]!;
      const review = board.reviewOf(finding)!;
      const ratings = standingRatings(board.queue.ratingsOf(finding), review.seen).filter(({ purpose }) => purpose !== 'known'); // prettier-ignore
      const seconds = ratings.flatMap((rating) => rating.seconds ?? []);
      const [first] = evidence;
      lines.push([
        board.round.id, finding.organization, finding.service, finding.rule, finding.version, said.verdict, said.outcome, finding.verdict,
        new Set(ratings.map(({ by }) => by)).size, ratings.some(({ blind }) => blind) ? 'yes' : 'no', reviewReason(said) === null ? 'yes' : 'no',
        decided.by, decided.at, seconds.length === 0 ? null : Math.max(...seconds), decided.note,
        first?.url ?? null, first?.snapshot || null, first?.selector ?? null, first?.quote ?? null,
      ]); // prettier-ignore
    }
  }
  return stringify(lines.map((line) => line.map((cell) => (typeof cell === 'string' ? plainText(cell) : cell))), {
    header: true, columns: DECISION_COLUMNS.map((key) => ({ key })), bom: true, escape_formulas: true, record_delimiter: 'windows',
  }); // prettier-ignore
}

const Line = z.object({ rule: z.string().min(1), machine: z.enum(VERDICTS), label: z.enum(VERDICTS) });

/**
 * Reads such a table as labelled cases. What a person could not tell is no case. Throws a UserError that names the line
 * that is none of ours.
 */
export function casesOfDecisions(table: string): Case[] {
  const lines: unknown[] = parse(table, { columns: true, bom: true, skip_empty_lines: true });
  return lines.flatMap((line, at) => {
    const read = Line.safeParse(line);
    if (!read.success)
      throw new UserError({
        fa: persian`سطر ${at + 2} جدول تصمیم‌ها: باید یک قاعده داشته باشد و در ستون‌های ${'machine'} و ${'label'} حکم؛ آنچه آمده: ${JSON.stringify(line).slice(0, 200)}. جدول را دوباره از صفحه دور بگیرید.`,
        en: `Line ${at + 2} of the decisions: expected a rule, and verdicts in the columns machine and label; found ${JSON.stringify(line).slice(0, 200)}. Export the table again from the page of the round.`,
      });
    const { rule, machine, label } = read.data;
    return label === 'unclear' ? [] : [{ rule, label, found: machine }];
  });
}
