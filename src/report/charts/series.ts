/** How series differ, and the keys that say what is what: shape, dash and weight tell them apart without any colour. */
import { symbol, symbolCircle, symbolCross, symbolDiamond, symbolSquare, symbolStar, symbolTriangle, type SymbolType } from 'd3-shape'; // prettier-ignore
import type { Stage } from '../../core/model.ts';
import { markup, type Markup, type Part } from '../markup.ts';
import { short, type Sheet } from './chart.ts';
import { wrap } from './text.ts';

/** What a series is about decides how it looks, so that a stage looks the same in all charts. */
export type Look = Stage | 'total' | 'mean';

/** Shape, dash and weight tell the series apart without any colour. */
const LOOKS: Readonly<Record<Look, { readonly shape: SymbolType; readonly area: number; readonly dash: string | null; readonly weight: number }>> = {
  total: { shape: symbolCircle, area: 58, dash: null, weight: 2.6 },
  presence: { shape: symbolSquare, area: 42, dash: null, weight: 1.4 },
  interaction: { shape: symbolTriangle, area: 44, dash: '8 3', weight: 1.6 },
  transaction: { shape: symbolDiamond, area: 46, dash: '1.5 3', weight: 1.8 },
  integration: { shape: symbolCross, area: 46, dash: '10 3 1.5 3', weight: 1.6 },
  participation: { shape: symbolStar, area: 46, dash: '4 2.5', weight: 1.6 },
  mean: { shape: symbolCircle, area: 40, dash: '5 4', weight: 1.5 },
}; // prettier-ignore

/** Marks of a mean are hollow: it is nobody's own score. */
const isHollow = (look: Look): boolean => look === 'mean';

/** The mark of a series; x as it lies in the drawing. */
export const mark = (look: Look, x: number, y: number): Markup =>
  markup`<path class="${isHollow(look) ? 'c-hollow' : 'c-mark'}" transform="translate(${short(x)} ${short(y)})" d="${symbol(LOOKS[look].shape, LOOKS[look].area)() ?? ''}"/>`;

/** The line of a series along a path. */
export const stroke = (look: Look, path: string): Markup =>
  markup`<path class="c-line" stroke-width="${LOOKS[look].weight}"${LOOKS[look].dash !== null && markup` stroke-dasharray="${LOOKS[look].dash}"`} d="${path}"/>`;

/** Width of a series' key. */
export const KEY_WIDTH = 24;

/** Key of a series: a piece of its line with its mark. */
export function lineKey(sheet: Sheet, look: Look, from: number, y: number, width = KEY_WIDTH): Markup {
  const [a, b] = [sheet.x(from), sheet.x(from + width)];
  return markup`<g class="c-${look}">${stroke(look, `M${short(a)} ${short(y)}L${short(b)} ${short(y)}`)}${mark(look, (a + b) / 2, y)}</g>`;
}

export interface Key {
  readonly name: string;
  readonly width: number;
  draw(from: number, y: number): Part;
}

const KEY_GAP = 6;
const BETWEEN_KEYS = 16;

/** Keys one after the other, as many to a row as it holds; a long name takes two lines. `y` is the upper edge. */
export function keyRows(sheet: Sheet, keys: readonly Key[], y: number): { readonly height: number; readonly body: Part } {
  let [from, top, lines] = [0, y, 0];
  const body = keys.map(({ name, width, draw }) => {
    const own = wrap(name, { size: sheet.font, width: sheet.width - width - KEY_GAP, lines: 2 });
    const taken = width + KEY_GAP + own.width;
    if (from > 0 && from + taken > sheet.width) {
      top += lines * sheet.leading;
      [from, lines] = [0, 0];
    }
    const middle = top + sheet.leading / 2;
    const drawn = [draw(from, middle), sheet.lines(own, name, { x: from + width + KEY_GAP, y: middle })];
    from += taken + BETWEEN_KEYS;
    lines = Math.max(lines, 1, own.lines.length);
    return drawn;
  });
  return { height: top + lines * sheet.leading - y, body };
} // prettier-ignore
