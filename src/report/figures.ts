/** Small graphics, drawn as inline SVG. Each repeats numbers that stand beside it, so each is also a sentence. */
import type { Verdict } from '../core/model.ts';
import type { StageScore } from '../core/score.ts';
import { sumOf, type VerdictCounts } from './data.ts';
import { Markup, markup, NONE } from './markup.ts';
import type { Voice } from './voice.ts';
import { VERDICT_NAMES } from './words.ts';

/** Length of the 0…100 axis in the drawing's own units. */
const AXIS = 100;

/** A score on its axis: what is certain, what is open, and the point. Grows in the reading direction. */
export function scoreBar(voice: Voice, label: string, score: StageScore): Markup {
  const { low, high } = bounds(score);
  const at = placer(voice);
  return markup`<svg class="bar" viewBox="0 0 ${AXIS} 10" preserveAspectRatio="none" role="img" aria-label="${label}: ${scoreSentence(voice, score)}"><rect class="track" width="${AXIS}" height="10"/>${
    score.measured > 0 &&
    markup`<rect class="sure" ${at(0, low)} height="10"/><rect class="open" ${at(low, high)} height="10"/>${
      score.score !== null && markup`<rect class="point" ${at(score.score - 0.4, score.score + 0.4)} height="10"/>`
    }`
  }</svg>`;
}

/** The interval of a total as a line with its point. Without a label: it stands in a table beside its numbers. */
export function intervalPlot(voice: Voice, score: StageScore): Markup {
  const { low, high } = bounds(score);
  const at = placer(voice);
  const grid = [0, 50, 100].map((tick) => markup`<rect class="grid" ${at(tick - 0.4, tick + 0.4)} height="16"/>`);
  return markup`<svg class="plot" viewBox="0 0 ${AXIS} 16" preserveAspectRatio="none" aria-hidden="true">${grid}<rect class="grid" width="${AXIS}" y="7.6" height="0.8"/><rect class="span" ${at(low, Math.max(high, low + 0.6))} y="5" height="6"/>${
    score.score !== null &&
    markup`<rect class="point" ${at(score.score - 0.9, score.score + 0.9)} y="1.5" height="13"/>`
  }</svg>`;
}

/** Verdicts stacked by kind, unresolved ones at the end. */
export function verdictBar(voice: Voice, counts: VerdictCounts, label: string): Markup {
  const total = sumOf(counts);
  if (total === 0) return NONE;
  const at = placer(voice);
  let from = 0;
  const parts = STACK.map(({ name, verdicts }) => {
    const share = (sumOf(counts, verdicts) / total) * AXIS;
    from += share;
    return share > 0 && markup`<rect class="k-${name}" ${at(from - share, from)} height="10"/>`;
  });
  const sentence = (Object.keys(counts) as Verdict[])
    .filter((verdict) => counts[verdict] > 0)
    .map((verdict) => `${voice.text(VERDICT_NAMES[verdict])} ${voice.count(counts[verdict])}`)
    .join(voice.say('، ', ', '));
  return markup`<svg class="bar" viewBox="0 0 ${AXIS} 10" preserveAspectRatio="none" role="img" aria-label="${label}: ${sentence}">${parts}</svg>`;
}

const STACK: readonly { readonly name: string; readonly verdicts: readonly Verdict[] }[] = [
  { name: 'pass', verdicts: ['pass'] },
  { name: 'partial', verdicts: ['partial'] },
  { name: 'fail', verdicts: ['fail'] },
  { name: 'na', verdicts: ['not-applicable'] },
  { name: 'open', verdicts: ['unclear', 'not-visible', 'blocked', 'error'] },
];

/** A score in words, for people who do not see the drawing. */
function scoreSentence(voice: Voice, score: StageScore): string {
  if (score.measured === 0) return voice.say('سنجیده نشده', 'not measured');
  const range = voice.bounds(score.low, score.high);
  const settled = voice.say(`${voice.percent(score.resolved)} تعیین‌شده`, `${voice.percent(score.resolved)} settled`);
  if (score.score === null) return voice.say(`میان ${range} از ۱۰۰، ${settled}`, `between ${range} of 100, ${settled}`);
  const point = voice.points(score.score);
  return isExact(score)
    ? voice.say(`${point} از ۱۰۰`, `${point} of 100`)
    : voice.say(`${point} از ۱۰۰، بازه ${range}، ${settled}`, `${point} of 100, range ${range}, ${settled}`);
}

/** Nothing is open: the two ends of the interval print the same. */
export const isExact = (score: StageScore): boolean => score.high - score.low < 0.005;

const clamp = (value: number): number => Math.min(AXIS, Math.max(0, value));
const bounds = (score: StageScore): { low: number; high: number } => ({
  low: clamp(score.low),
  high: clamp(score.high),
});

/** Attributes that put a rectangle from…to on the axis; mirrored where reading goes from right to left. */
function placer(voice: Voice): (from: number, to: number) => Markup {
  return (from, to) => {
    const width = Math.max(0, clamp(to) - clamp(from));
    const x = voice.dir === 'rtl' ? AXIS - clamp(from) - width : clamp(from);
    return markup`x="${short(x)}" width="${short(width)}"`;
  };
}

const short = (value: number): string => String(Math.round(value * 100) / 100);

/** Sign of each verdict: told apart by shape, so that no verdict is said by colour alone. */
const SIGNS: Readonly<Record<Verdict, string>> = {
  pass: '<path d="M3 8.5 6.5 12 13 4.5"/>',
  partial: '<circle cx="8" cy="8" r="5.5"/><path class="full" d="M8 2.5a5.5 5.5 0 0 0 0 11z"/>',
  fail: '<path d="M4 4l8 8M12 4l-8 8"/>',
  'not-applicable': '<path d="M3 8h10"/>',
  unclear: '<path d="M5.2 6a2.8 2.8 0 1 1 4.4 2.3C8.5 9 8 9.5 8 10.5"/><circle class="full" cx="8" cy="13" r=".8"/>',
  'not-visible': '<rect x="3.5" y="7.5" width="9" height="6" rx="1"/><path d="M5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5"/>',
  blocked: '<circle cx="8" cy="8" r="5.5"/><path d="M4.2 4.2l7.6 7.6"/>',
  error: '<path d="M8 2.5 14 13H2z"/><path d="M8 6.5v3"/><circle class="full" cx="8" cy="11.2" r=".6"/>',
};

/** The signs, once a page; `verdictMark` refers to them. */
export const signSheet = (): Markup =>
  markup`<svg class="signs" width="0" height="0" aria-hidden="true" focusable="false">${(
    Object.keys(SIGNS) as Verdict[]
  ).map(
    (verdict) => markup`<symbol id="v-${verdict}" viewBox="0 0 16 16">${Markup.literal(SIGNS[verdict])}</symbol>`,
  )}</svg>`;

/** A verdict as sign and word. */
export const verdictMark = (voice: Voice, verdict: Verdict): Markup =>
  markup`<span class="v v-${verdict}"><svg aria-hidden="true"><use href="#v-${verdict}"/></svg>${voice.text(VERDICT_NAMES[verdict])}</span>`;
