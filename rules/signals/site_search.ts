import { spotOfNode } from '../../src/core/look.ts';
import { SITE_SEARCH_SCRIPTS } from '../hosts/networks.ts';
import { defineSignal, type Page } from './define.ts';

const QUERY_NAME =
  /(?:^|[\s_-])(?:q|s|query|keywords?|terms?|srch|searchfield|txtsearch|search(?:text|box|term|word|query|input|string|key)?|input-?search|cerca)(?:$|[\s_-]|\d)/i;

/** A search box asks for one thing; a form with more of them looks for something in particular. */
const MAX_FIELDS = 3;

export default defineSignal('site_search', 'جستجو در درگاه', 'Site search', (page) => {
  const words = fieldsNamedSearch(page);
  for (let index = 0; index < page.fields.length; index++) {
    const field = page.fields[index]!;
    if (field.type !== 'search' && field.type !== 'text') continue;
    const form = page.forms[field.form];
    const says =
      field.type === 'search' ||
      form?.role === 'search' ||
      QUERY_NAME.test(field.name) ||
      words.has(index) ||
      (form !== undefined &&
        searchesAlone(page, field.form) &&
        /search|cerca|ricerca|جستجو/.test(decoded(form.action)));
    if (!says || field.disabled) continue;
    const companions =
      field.form < 0
        ? 1
        : page.fields.filter(
            (other) => other.form === field.form && !['checkbox', 'radio', 'select'].includes(other.type),
          ).length;
    // a page that is wrapped in one form holds its search box beside everything else
    if (
      companions > MAX_FIELDS &&
      field.type !== 'search' &&
      !QUERY_NAME.test(field.name) &&
      !isCalledSearch(page, index)
    )
      continue;
    return spotOfNode(field.node, field.placeholder || field.label || field.name);
  }
  const script = page.scripts.find((src) => SITE_SEARCH_SCRIPTS.test(src));
  const box = script && page.marked.find((element) => /gcse|gsc-|searchgov/.test(element.tokens));
  return box ? spotOfNode(box.node, script) : null;
});

/** Has the form one line to write in? An address of searching with more is that of a register. */
const searchesAlone = (page: Page, form: number): boolean =>
  page.fields.filter((field) => field.form === form && (field.type === 'text' || field.type === 'search')).length === 1;

/** Is the field called "Search" and nothing else? */
const isCalledSearch = (page: Page, index: number): boolean =>
  (page.hits.get('search') ?? []).some(({ source, index: at, whole }) => source === 'field' && at === index && whole);

function fieldsNamedSearch(page: Page): Set<number> {
  const fields = new Set<number>();
  for (const hit of page.hits.get('search') ?? []) if (hit.source === 'field' && hit.start < 12) fields.add(hit.index);
  return fields;
}

function decoded(address: string): string {
  try {
    return decodeURIComponent(new URL(address).pathname).toLowerCase();
  } catch {
    return address.toLowerCase();
  }
}
