import type { ConceptId } from '../lexicon/index.ts';
import type { Page } from './define.ts';

const SERVICE_WORDS: readonly ConceptId[] = [
  'service-code', 'documents', 'fee', 'duration', 'deadline', 'steps', 'audience', 'channel', 'start', 'unit-label', 'sla', 'diagram', 'form', 'apply', 'output',
]; // prettier-ignore

const cache = new WeakMap<Page, number>();

/**
 * How many different things that are said of a service the content of the page speaks about. From two on the page
 * is about a service; news, menus and front pages stay below.
 */
export function serviceHints(page: Page): number {
  let hints = cache.get(page);
  if (hints === undefined) {
    hints = 0;
    for (const concept of SERVICE_WORDS) {
      const speaks = (page.hits.get(concept) ?? []).some(({ source, strength, index }) => {
        if (strength === 'weak' || source !== 'run') return false;
        const { region, link } = page.runs[index]!;
        return (region === 'main' || region === 'body') && link < 0;
      });
      if (speaks) hints++;
    }
    cache.set(page, hints);
  }
  return hints;
}
