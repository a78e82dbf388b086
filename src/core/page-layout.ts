/**
 * Where the elements of a page stand on its picture. What is told comes from pages and archives that may lie: it is
 * read before it is used, and can be wrong about its own picture only.
 */

/** In pixels of the picture, from its upper left corner. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export type PlacedElement = readonly [tag: string, x: number, y: number, width: number, height: number];

export interface PageLayout {
  /** Elements of the page, those included that are not placed. */
  readonly count: number;
  /** The first of them, in the order of the page. What is not shown has no area; what is may lie beyond the picture. */
  readonly elements: readonly PlacedElement[];
}

/** Elements whose places are kept; pages of services have a tenth of it. */
export const MAX_PLACED = 20_000;
/** Characters of a name of an element; what is longer is cut. */
export const MAX_TAG = 40;
/** Pixels; what lies farther off is on no picture. */
const FAR = 100_000;

/** Reads text that claims to be a layout in JSON; null when it is none. */
export function parseLayout(text: string): PageLayout | null {
  try {
    return readLayout(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Reads what claims to be a layout, its numbers brought into bounds; null when it is none. */
export function readLayout(told: unknown): PageLayout | null {
  if (typeof told !== 'object' || told === null) return null;
  const { count, elements } = told as { readonly count?: unknown; readonly elements?: unknown };
  if (!Number.isSafeInteger(count) || !Array.isArray(elements)) return null;
  if (elements.length > Math.min(count as number, MAX_PLACED)) return null;
  const placed: PlacedElement[] = [];
  for (const element of elements as readonly unknown[]) {
    if (!Array.isArray(element) || element.length !== 5) return null;
    const [tag, ...numbers] = element as readonly unknown[];
    if (typeof tag !== 'string' || tag.length > MAX_TAG || !numbers.every(Number.isFinite)) return null;
    const [x, y, width, height] = (numbers as number[]).map(Math.round) as [number, number, number, number];
    placed.push([tag, within(x, -FAR, FAR), within(y, -FAR, FAR), within(width, 0, FAR), within(height, 0, FAR)]);
  }
  return { count: count as number, elements: placed };
}

const within = (value: number, least: number, most: number): number => Math.max(least, Math.min(most, value));
