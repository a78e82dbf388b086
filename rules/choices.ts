/** Questions with answers to choose from, as polls and ratings put them. */
import { fold } from '../src/core/fold.ts';
import { spotOfNode, type Spot } from '../src/core/look.ts';
import type { Region } from '../src/core/element-traits.ts';
import type { Button, Field, Run } from '../src/core/page-view.ts';
import type { Seen } from './define.ts';
import type { ConceptId } from './lexicon/index.ts';

export interface Choice {
  readonly seen: Seen;
  readonly fields: readonly Field[];
  /** Lines before the first answer that may be the question, nearest first. */
  readonly before: readonly Run[];
  /** The line that asks: with a question mark, else the nearest one. */
  readonly question: Run | null;
  readonly submit: Button | null;
  /** First and last line of the block, with the lines before it. */
  readonly from: number;
  readonly to: number;
  readonly region: Region;
  readonly spot: Spot;
}

/** Lines above the first answer that belong to it. */
const REACH = 3;

/** Groups of two and more radio buttons of one name that can be chosen. */
export function choicesOf(seen: Seen): Choice[] {
  const { page } = seen;
  const groups = new Map<string, Field[]>();
  for (const field of page.fields) {
    if (field.type !== 'radio' || field.disabled) continue;
    const key = `${field.form} ${field.name.split(' ')[0]}`;
    groups.set(key, [...(groups.get(key) ?? []), field]);
  }
  return [...groups.values()].filter((fields) => fields.length >= 2).map((fields) => choiceOf(seen, fields));
}

function choiceOf(seen: Seen, fields: readonly Field[]): Choice {
  const { page } = seen;
  const first = fields[0]!;
  const answers = new Set(fields.map(({ label }) => fold(label)).filter(Boolean));
  const before: Run[] = [];
  let from = first.at;
  for (let index = Math.min(first.at, page.runs.length) - 1; index >= 0 && before.length < REACH; index--) {
    const run = page.runs[index]!;
    if (run.region !== first.region) break;
    from = index;
    if (!answers.has(run.folded)) before.push(run);
    if (run.heading > 0) break;
  }
  const question = before.find(({ folded }) => /\?\s*[")]?$|\?\s/.test(folded)) ?? before[0] ?? null;
  const to = Math.min(page.runs.length, Math.max(...fields.map(({ at }) => at)) + 2);
  const near = (button: Button): boolean =>
    button.region === first.region && button.at >= first.at && button.at <= to + 2;
  const submit = page.buttons.find((button) => (first.form >= 0 ? button.form === first.form : near(button))) ?? null;
  return {
    seen,
    fields,
    before,
    question,
    submit,
    from,
    to,
    region: first.region,
    spot: spotOfNode(first.node, question?.text || fields.map(({ label }) => label).join(' · ') || first.name),
  };
}

/** Does something of the block say the concept: its lines, its form or its button? */
export function choiceSays({ seen: { page }, before, fields, submit }: Choice, concept: ConceptId): boolean {
  const lines = new Set(before);
  return (page.hits.get(concept) ?? []).some(({ source, index, strength }) => {
    if (strength === 'weak') return false;
    if (source === 'run') return lines.has(page.runs[index]!);
    if (source === 'form') return index === fields[0]!.form;
    return source === 'button' && submit !== null && page.buttons[index] === submit;
  });
}
