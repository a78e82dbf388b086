/** The elements of a stored page, and how those that evidence names are found again. */
import { defaultTreeAdapter, type DefaultTreeAdapterMap } from 'parse5';
import { parseHtml } from '../core/parse-html.ts';

export type Parent = DefaultTreeAdapterMap['parentNode'];
export type Element = DefaultTreeAdapterMap['element'];
type Node = DefaultTreeAdapterMap['childNode'];

export interface PageElements {
  readonly document: Parent;
  /** The first elements of these names, where there are any. */
  readonly html: Element | null;
  readonly body: Element | null;
  readonly title: Element | null;
  /** In the order of the selectors: the element that each selects, null unless that is exactly one. */
  readonly selected: readonly (Element | null)[];
  /** What the element lies in; the content of a template lies in the template. */
  readonly parentOf: (element: Element) => Element | null;
}

/**
 * Reads a page. Selectors are understood in the form in which judging writes them (`selectorOf` of core/page-tree.ts):
 * an id or a name of an element, then children by their positions. Any other selects nothing.
 */
export function readElements(html: string, selectors: readonly string[]): PageElements {
  const document = parseHtml(html, defaultTreeAdapter);
  const paths = selectors.map(stepsOf);
  // one walk finds where all of them begin
  const ids = new Map<string, Element[]>();
  const tags = new Map<string, Element[]>([
    ['html', []],
    ['body', []],
    ['title', []],
  ]);
  for (const [first] of paths.filter((path) => path !== null))
    if (first!.id !== '') ids.set(first!.id, []);
    else tags.set(first!.tag, []);
  const templates = new Map<Parent, Element>();
  for (const element of elementsOf(document, templates)) {
    tags.get(element.tagName)?.push(element);
    const id = ids.size > 0 && attribute(element, 'id');
    if (id) ids.get(id)?.push(element);
  }
  const select = ([first, ...steps]: readonly Step[]): Element | null => {
    const starts = first!.id === '' ? tags.get(first!.tag)! : ids.get(first!.id)!;
    let found = starts.filter((element) => first!.position === 0 || positionOf(element) === first!.position);
    for (const step of steps) found = found.flatMap((element) => childrenAt(element, step));
    return found.length === 1 ? found[0]! : null;
  };
  return {
    document,
    html: tags.get('html')![0] ?? null,
    body: tags.get('body')![0] ?? null,
    title: tags.get('title')![0] ?? null,
    selected: paths.map((path) => path && select(path)),
    parentOf: ({ parentNode }) => (parentNode && (isElement(parentNode) ? parentNode : templates.get(parentNode))) ?? null,
  }; // prettier-ignore
}

/** The elements of a page as scripts and style sheets know them: in its order, without the contents of templates. */
export const shownElements = (document: Parent): Element[] => [...elementsOf(document, null)];

export const isElement = (node: Node | Parent): node is Element => 'tagName' in node;

/** The value of an attribute; undefined for one that the element does not have. */
export const attribute = ({ attrs }: Element, name: string): string | undefined =>
  attrs.find((own) => own.name === name)?.value;

// ---------------------------------------------------------------- selectors

interface Step {
  /** Empty where the step names an element. */
  readonly id: string;
  /** `*` for any. */
  readonly tag: string;
  /** Among the elements of its parent, from 1; 0 where the step does not say. */
  readonly position: number;
}

const STEP = /^(?:#([A-Za-z][\w-]*)|(\*|[a-z][a-z\d-]*))(?::nth-child\(([1-9]\d{0,6})\))?$/;

/** null for a selector of another form. */
function stepsOf(selector: string): readonly Step[] | null {
  const steps: Step[] = [];
  for (const text of selector.split(' > ')) {
    const [match, id = '', tag = '*', position = ''] = STEP.exec(text) ?? [];
    if (match === undefined) return null;
    steps.push({ id, tag, position: Number(position) });
  }
  return steps;
}

/** The children of an element that a step selects. */
function childrenAt(parent: Element, step: Step): Element[] {
  const found: Element[] = [];
  let position = 0;
  for (const child of parent.childNodes) {
    if (!isElement(child)) continue;
    position++;
    if (step.position > 0 && position !== step.position) continue;
    if (step.id === '' ? step.tag === '*' || step.tag === child.tagName : attribute(child, 'id') === step.id)
      found.push(child);
    if (position === step.position) break;
  }
  return found;
}

const positionOf = (element: Element): number =>
  (element.parentNode?.childNodes.filter(isElement).indexOf(element) ?? -1) + 1;

/**
 * All elements, in the order of the page; notes to which template a content belongs, and passes over such content where
 * there is nothing to note that in. Not recursive: markup may be nested deep.
 */
function* elementsOf(document: Parent, templates: Map<Parent, Element> | null): Generator<Element> {
  const stack: Node[] = [];
  const enter = ({ childNodes }: Parent): void => {
    for (let i = childNodes.length - 1; i >= 0; i--) stack.push(childNodes[i]!);
  };
  enter(document);
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (!isElement(node)) continue;
    yield node;
    enter(node);
    if (templates && 'content' in node) {
      const { content } = node as DefaultTreeAdapterMap['template'];
      templates.set(content, node);
      enter(content);
    }
  }
}
