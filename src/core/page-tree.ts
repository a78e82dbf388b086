/** The elements of a page by number, in the order in which they begin, and how they are found again. */
export interface Tree {
  readonly tags: readonly string[];
  readonly parents: Int32Array;
  /** Position among the element siblings, from 1. */
  readonly positions: Int32Array;
  readonly ids: ReadonlyMap<number, string>;
  /** Ids inside what was not walked (hidden blocks, templates, drawings): they too make an id ambiguous. */
  readonly otherIds: ReadonlySet<string>;
}

/** The number of the element at these positions below the root; null when the page as it was read has another or none there. */
export function nodeAt(
  { tree, root }: { readonly tree: Tree; readonly root: number },
  path: readonly number[],
  tag: string,
): number | null {
  let node = root;
  for (const position of path) {
    let child = node + 1;
    while (child < tree.tags.length && !(tree.parents[child] === node && tree.positions[child] === position)) child++;
    if (child >= tree.tags.length) return null;
    node = child;
  }
  return tree.tags[node] === tag ? node : null;
}

/** Does the element stand inside the other, or is it that one? */
export function isInside({ parents }: Tree, node: number, outer: number): boolean {
  let current = node;
  // numbers are given on the way in: what contains an element has a lower one
  while (current > outer) current = parents[current]!;
  return current === outer;
}

/** The list in whose points the element stands, when it counts them; -1 when it does not, or there is none. */
export function orderedListOf({ tags, parents }: Tree, node: number): number {
  let current = node;
  while (current >= 0 && tags[current] !== 'ol' && tags[current] !== 'ul') current = parents[current]!;
  return current >= 0 && tags[current] === 'ol' ? current : -1;
}

/** A selector that selects exactly the element of that number on that page. */
export function selectorOf(tree: Tree, node: number): string {
  const steps: string[] = [];
  let current = node;
  while (current >= 0) {
    const id = tree.ids.get(current);
    if (id !== undefined && /^[A-Za-z][\w-]*$/.test(id) && isUniqueId(tree, id)) {
      steps.push(`#${id}`);
      break;
    }
    // names like `o:p` would have to be escaped
    const tag = /^[a-z][a-z\d-]*$/.test(tree.tags[current]!) ? tree.tags[current]! : '*';
    const parent = tree.parents[current]!;
    steps.push(parent < 0 || tag === 'body' || tag === 'head' ? tag : `${tag}:nth-child(${tree.positions[current]!})`);
    if (tag === 'body' || tag === 'head') break;
    current = parent;
  }
  return steps.reverse().join(' > ');
}

function isUniqueId(tree: Tree, id: string): boolean {
  if (tree.otherIds.has(id)) return false;
  let seen = 0;
  for (const other of tree.ids.values()) if (other === id && ++seen > 1) return false;
  return true;
}
