/** Fillings that differ by pattern, so that the parts of a bar are told apart in any colour and on paper. */
import { markup, type Markup } from '../markup.ts';
import { short, type Sheet } from './chart.ts';

/** Fillings that differ by pattern, in the colour around them. */
export type Filling = 'solid' | 'stripes' | 'dots' | 'grid' | 'bars';

/** Between two lines of a pattern. */
const PITCH = 5;

/**
 * A rectangle with a filling. The lines are drawn one by one: an SVG pattern becomes a megabyte in a printed file, and
 * would need ids.
 */
export function filled(sheet: Sheet, filling: Filling, from: number, to: number, y: number, height: number): Markup {
  if (filling === 'solid') return sheet.rect('c-part c-fill', from, to, y, height);
  const [left, right] = [Math.min(sheet.x(from), sheet.x(to)), Math.max(sheet.x(from), sheet.x(to))];
  return markup`${sheet.rect('c-part', from, to, y, height)}<path class="c-hatch${filling === 'dots' && ' c-dots'}" d="${HATCH[filling](left, right, y, y + height)}"/>`;
}

/** Multiples of the pitch within the limits, so that patterns of neighbours do not shift. */
function steps(from: number, to: number, pitch = PITCH): number[] {
  const first = Math.ceil(from / pitch);
  return Array.from({ length: Math.max(0, Math.floor(to / pitch) - first + 1) }, (_, at) => (first + at) * pitch);
}

type Hatch = (left: number, right: number, top: number, bottom: number) => string;

const uprights: Hatch = (left, right, top, bottom) => steps(left, right).map((x) => `M${short(x)} ${short(top)}V${short(bottom)}`).join(''); // prettier-ignore

const HATCH: Readonly<Record<Exclude<Filling, 'solid'>, Hatch>> = {
  stripes: (left, right, top, bottom) =>
    steps(left - (bottom - top), right)
      .map((x) => [Math.max(x, left), Math.min(x + bottom - top, right), x] as const)
      .map(([from, to, x]) => `M${short(from)} ${short(bottom - (from - x))}L${short(to)} ${short(bottom - (to - x))}`)
      .join(''),
  bars: uprights,
  grid: (left, right, top, bottom) =>
    uprights(left, right, top, bottom) + steps(0.1, bottom - top - 0.1).map((y) => `M${short(left)} ${short(top + y)}H${short(right)}`).join(''),
  // points without length, which round ends make visible
  dots: (left, right, top, bottom) =>
    steps(1.5, bottom - top - 1.5, PITCH / 1.6)
      .flatMap((y, row) => steps(left + 1.5, right - 1.5).filter((x) => x + (row % 2) * (PITCH / 2) <= right - 1.5).map((x) => `M${short(x + (row % 2) * (PITCH / 2))} ${short(top + y)}h0`))
      .join(''),
}; // prettier-ignore
