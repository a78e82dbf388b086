/** Boxes of a printed card: only what is ticked is said, and the names of the others stand there all the same. */
import { fold } from '../src/core/fold.ts';
import type { PageView, Run } from '../src/core/page-view.ts';

const TICKED = '☑☒✓✔✅■●◉';
const OPEN = '☐□◻⬜○◯';
/** A letter "o" stands for a box beside Persian words only: in Italian it is a word. */
const LETTER = '(?<=[)\\u0600-\\u06ff]\\s?)o(?![\\p{L}\\d])|(?<![\\p{L}\\d])o(?=\\s?[\\u0600-\\u06ff])';
const BOX = new RegExp(`[${TICKED}${OPEN}]|\\[[x* ]?\\]|${LETTER}`, 'gu');
/** What every line with a box has; most lines have none, and to see that is cheap. */
const MAY_HAVE_BOX = new RegExp(`[${TICKED}${OPEN}[]|[)\\u0600-\\u06ff]\\s?o|o\\s?[\\u0600-\\u06ff]`);
const isTicked = (box: string): boolean => TICKED.includes(box) || /^\[[x*]\]$/.test(box);

export interface Ticked {
  /** The line, folded, without the names of boxes that are not ticked. */
  readonly folded: string;
  /** Does it have boxes at all? */
  readonly boxes: boolean;
}

/** Reads a line of options. Boxes are signs in the text or real ones of a form; lines without any are left as they are. */
export function tickedPart(page: PageView, run: Run): Ticked {
  let ticked = known.get(run);
  if (!ticked) known.set(run, (ticked = readTicks(page, run)));
  return ticked;
}

/** Many rules ask about the same lines. */
const known = new WeakMap<Run, Ticked>();

function readTicks(page: PageView, run: Run): Ticked {
  let { folded, boxes } = withoutOpenSigns(run.folded);
  let index = -1;
  for (const field of page.fields) {
    if (field.type !== 'checkbox' && field.type !== 'radio') continue;
    // looked for on the few pages that have such fields
    if (index < 0) index = page.runs.indexOf(run);
    if (Math.abs(field.at - index) > 1) continue;
    const label = fold(field.label);
    if (label === '' || !run.folded.includes(label)) continue;
    boxes = true;
    if (!field.checked) folded = folded.replace(label, ' ');
  }
  return { folded, boxes };
}

/** Some cards put the sign before the name and some after it; in the latter the line ends with one. */
function withoutOpenSigns(folded: string): Ticked {
  const signs = MAY_HAVE_BOX.test(folded) ? [...folded.matchAll(BOX)] : [];
  if (signs.length === 0) return { folded, boxes: false };
  const ends = signs.map((sign) => sign.index + sign[0].length);
  const isAfter = folded.slice(ends.at(-1)).trim() === '';
  const nameOf = (i: number): string =>
    isAfter ? folded.slice(i === 0 ? 0 : ends[i - 1], signs[i]!.index) : folded.slice(ends[i], signs[i + 1]?.index);
  const named = signs.map((sign, i) => (isTicked(sign[0]) ? nameOf(i) : ''));
  return { folded: [isAfter ? '' : folded.slice(0, signs[0]!.index), ...named].join(' ').trim(), boxes: true };
}
