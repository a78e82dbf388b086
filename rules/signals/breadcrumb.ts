import { mentions, spotOfNode, spotOfRun, type Spot } from '../../src/core/look.ts';
import { defineSignal, type Page } from './define.ts';

/** The trail stands before the content begins. */
const FIRST_RUNS = 0.5;

export default defineSignal('breadcrumb', 'مسیر صفحه', 'Breadcrumb trail', (page) => {
  const element = page.marked.find(
    ({ tokens, label, tag }) => tag !== 'a' && (/crumb(?!-box)/.test(tokens) || /breadcrumb|briciole/.test(label)),
  );
  if (element && !isOneName(page) && !isRowOfStages(page)) {
    const inside = page.runs.find((run) => run.region === 'breadcrumb');
    return spotOfNode(element.node, inside?.text ?? element.label ?? element.tokens);
  }
  for (const { index, hit } of mentions(page, 'breadcrumb'))
    if (index < page.runs.length * FIRST_RUNS) return spotOfRun(page, index, hit);
  return trail(page);
});

/** A box for a trail that holds one name alone, as on front pages and where a menu was put into it. */
function isOneName({ runs, links }: Page): boolean {
  const inside = runs.filter(({ region }) => region === 'breadcrumb');
  const names = links.filter(({ region, name }) => region === 'breadcrumb' && name !== '');
  return inside.length === 1 && names.length === 1 && inside[0]!.text === names[0]!.name;
}

/** The stages of a form, of which none leads anywhere, in the dress of a trail. */
function isRowOfStages({ runs, links }: Page): boolean {
  return (
    runs.filter(({ region }) => region === 'breadcrumb').length > 2 &&
    !links.some(({ region }) => region === 'breadcrumb')
  );
}

/** "Home / Services / This page" in one line, of links and separators alone. */
function trail(page: Page): Spot | null {
  const until = Math.max(6, page.runs.length * FIRST_RUNS);
  for (let index = 0; index < page.runs.length && index < until; index++) {
    const run = page.runs[index]!;
    if (run.heading > 0 || run.region === 'footer' || run.text.length > 200) continue;
    const parts = run.text.split(/\s*(?:[/›»>\\→←«‹]|::|>>)\s*/).filter(Boolean);
    if (parts.length < 2 || parts.length > 8 || !/\s[/›»>\\→←«‹]|[/›»>\\→←«‹]\s|::/.test(run.text)) continue;
    const linked = page.links.filter((link) => link.at === index || link.at === index + 1);
    const named = parts.filter((part) => linked.some((link) => link.name === part));
    if (
      named.length >= 1 &&
      named.length >= parts.length - 1 &&
      linked.some((link) => link.url !== null && link.name === parts[0])
    )
      return spotOfRun(page, index);
  }
  return null;
}
