/**
 * Questions to the portal's own search. Only a form that is sent by GET, or an address that the page itself gives out for
 * searching, is used; asked are words of the titles of a few services, which are public. Pure.
 */
import type { Service } from '../core/model.ts';
import type { Field, PageView } from '../core/page-view.ts';
import { titleOf } from '../core/similarity.ts';
import type { SeenPage } from '../core/site-view.ts';
import { domainOf } from '../crawl/politeness.ts';

export interface Question {
  readonly url: string;
  /** Whose title is asked for; null for a word that any portal has, which shows whether the search works at all. */
  readonly serviceId: string | null;
}

/** Titles that are asked for; with the common word four questions a portal and round (catalogue, section 7). */
const TITLES = 3;
/** Words of a title: fewer find everything, more find nothing where a search wants all of them. */
const WORDS = 3;
const UNSAFE = new Set(['password', 'email', 'tel', 'file', 'textarea']);
const OPEN_SEARCH =
  /"(?:target|urlTemplate)"\s*:\s*(?:\{[^{}]*?"urlTemplate"\s*:\s*)?"(https?:[^"]*?\{search_term_string\}[^"]*)"/;

/** What to ask, in order; empty when the page has no search that may be asked. */
export function searchesOf(
  { page, snapshot, signals }: SeenPage,
  services: readonly Service[],
  commonWords: Readonly<Record<string, string>>,
): Question[] {
  const found = signals.get('site_search');
  if (found?.verdict !== 'present' || !found.spot) return [];
  // browsers send the words in the page's own encoding; other bytes would find nothing, by our fault
  if (snapshot.charset !== null && !/^utf-?8|ascii/i.test(snapshot.charset)) return [];
  const field = page.fields.find(({ node }) => node === found.spot!.node);
  const address = (field && formAddress(page, field)) ?? scriptAddress(page);
  if (!address) return [];
  const titles = sample(services);
  if (titles.length === 0) return [];
  const language = /[\u0600-\u06ff]/.test(titles[0]!.words) ? 'fa' : page.lang.slice(0, 2).toLowerCase();
  const common = commonWords[language] ?? commonWords['en'];
  return [
    ...titles.map(({ id, words }) => ({ url: address(words), serviceId: id })),
    ...(common ? [{ url: address(common), serviceId: null }] : []),
  ];
}

/** The address that a browser would ask for when the form is sent with these words; null for a form that must not be. */
function formAddress(page: PageView, field: Field): ((words: string) => string) | null {
  const form = page.forms[field.form];
  if (!form || form.method !== 'get' || field.key === '') return null;
  const others = page.fields.filter((other) => other.form === field.form && other !== field && !other.disabled);
  if (others.some(({ type, name }) => UNSAFE.has(type) || /captcha/i.test(name))) return null;
  const target = new URL(form.action);
  if (domainOf(target.hostname) !== domainOf(page.host)) return null;
  const ticked = others.filter(
    ({ key, checked, type }) => key !== '' && checked && (type === 'radio' || type === 'checkbox'),
  );
  const values = [...form.hidden, ...ticked.map(({ key, options }) => [key, options[0] || 'on'] as const)];
  return (words) => {
    target.search = new URLSearchParams([
      ...values.map(([key, value]): [string, string] => [key, value]),
      [field.key, words],
    ]).toString();
    return target.href;
  };
}

/** The address of searching that a page gives to search engines (schema.org, SearchAction). */
function scriptAddress(page: PageView): ((words: string) => string) | null {
  const pattern = OPEN_SEARCH.exec(page.scriptText)?.[1]?.replaceAll('\\/', '/');
  if (!pattern || !URL.canParse(pattern) || domainOf(new URL(pattern).hostname) !== domainOf(page.host)) return null;
  return (words) => pattern.replaceAll('{search_term_string}', encodeURIComponent(words));
}

/** Services spread over the list, those with a known page first: only of them the right answer is known beforehand. */
function sample(services: readonly Service[]): { id: string; words: string }[] {
  const asked = new Map<string, string>();
  const known = services.filter(({ pageUrl }) => pageUrl !== null);
  const list = known.length >= TITLES ? known : [...known, ...services.filter(({ pageUrl }) => pageUrl === null)];
  const steps = Math.min(TITLES, list.length);
  for (let i = 0; i < steps; i++) {
    const { id, titles } = list[Math.floor((i * (list.length - 1)) / Math.max(1, steps - 1))]!;
    const words = distinctiveWords(titles.fa || titles.en);
    if (words !== '') asked.set(words, id);
  }
  return [...asked].map(([words, id]) => ({ id, words }));
}

/** The first words of a title that say which service it is, as they are written there. */
function distinctiveWords(title: string): string {
  const words = title.split(/[^\p{L}\p{M}\p{N}\u200c]+/u).filter((word) => titleOf(word).words.size > 0);
  const telling = words.filter((word) => titleOf(word).acts.size === 0);
  return (telling.length >= 2 ? telling : words).slice(0, WORDS).join(' ');
}
