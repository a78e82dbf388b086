import { fold } from '../../src/core/fold.ts';
import { labelLines, labelled, spotOfNode, type Labelled, type Spot } from '../../src/core/look.ts';
import type { Text } from '../../src/core/model.ts';
import type { PageView } from '../../src/core/page-view.ts';
import type { Signal } from '../../src/core/signal.ts';
import type { ConceptId } from '../lexicon/index.ts';
import { says } from '../lexicon/says.ts';

export type Page = PageView<ConceptId>;
export type Find = (page: Page) => Spot | 'unclear' | null;

/** Declares a signal; the name is that of its file. */
export function defineSignal(name: string, fa: string, en: string, find: Find): Signal<ConceptId> {
  return { name, title: { fa, en } satisfies Text, find };
}

/** Concepts that stand as labels on the page of a service; where one begins, the value of the one before ends. */
const SERVICE_LABELS: readonly ConceptId[] = [
  'description', 'service-code', 'service-type', 'level', 'audience', 'output', 'documents', 'fee', 'duration', 'deadline', 'steps', 'diagram', 'channel', 'legal', 'guide', 'faq', 'sla', 'visits', 'unit-label', 'start', 'phone', 'contact', 'hours', 'complaint', 'inquiry', 'track', 'rating',
]; // prettier-ignore

interface Known {
  readonly stops: ReadonlySet<number>;
  readonly fields: Map<ConceptId, Labelled[]>;
}
const cache = new WeakMap<Page, Known>();

/** What the page says under labels of a concept of the service sheet. */
export function fieldsOf(page: Page, concept: ConceptId): Labelled[] {
  let known = cache.get(page);
  if (!known) {
    known = { stops: labelLines(page, SERVICE_LABELS), fields: new Map() };
    cache.set(page, known);
  }
  let fields = known.fields.get(concept);
  if (!fields) {
    fields = labelled(page, concept, known.stops);
    known.fields.set(concept, fields);
  }
  return fields;
}

/** Letters of the longest choice that is a name. */
const LONGEST_CHOICE = 40;

/** What a letter to the body may be about, when a choice of its form is called so: "Subject: an idea". */
export function offered(page: Page, concept: ConceptId): Spot | null {
  for (const { node, type, options, form } of page.fields) {
    if (type !== 'select' || !page.fields.some((other) => other.type === 'textarea' && other.form === form)) continue;
    const choice = options.find((option) => option.length <= LONGEST_CHOICE && says(fold(option), concept));
    if (choice !== undefined) return spotOfNode(node, choice);
  }
  return null;
}
