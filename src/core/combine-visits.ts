/** The visits of one organization in a round, each judged alone, folded into one judgement: presence needs one day, absence several. */
import type { Edition } from './edition.ts';
import { UNRESOLVED, type Finding, type Text, type Verdict } from './model.ts';
import { keyOf } from './settle.ts';

export interface VisitFindings {
  /** Later visits have higher numbers; each stands for another day. */
  readonly visit: number;
  readonly findings: readonly Finding[];
}

export interface CombineOptions {
  /** Days on which a fail must have been said before it is final; the edition's, unless given. An audit on demand looks once and passes 1. */
  readonly visitsNeeded?: number;
  /** Rules that count over all visits together, so that the last visit already says what there is to say. */
  readonly acrossVisits?: ReadonlySet<string>;
}

/**
 * The most telling first. What was seen on any day is there. That something does not apply needs proof of its own
 * (catalogue, section 5.2): it outranks having found nothing, but not having found the thing itself, which shows that
 * it does apply. Open verdicts weaken no settled one.
 */
const TELLING: readonly Verdict[] = [
  'pass', 'partial', 'not-applicable', 'fail', 'unclear', 'not-visible', 'blocked', 'error',
]; // prettier-ignore

/**
 * One finding for each rule and subject, in the order of the first visit; what only later visits have comes after.
 * Of equal verdicts the latest is kept, for the freshest evidence. A fail that was said on fewer days than needed is
 * `unclear` and says so.
 */
export function combineVisits(
  perVisit: readonly VisitFindings[],
  edition: Pick<Edition, 'visits'>,
  { visitsNeeded = edition.visits, acrossVisits = new Set() }: CombineOptions = {},
): readonly Finding[] {
  const byKey = new Map<string, Finding[]>();
  for (const { findings } of perVisit.toSorted((a, b) => a.visit - b.visit)) {
    for (const finding of findings) {
      const key = keyOf(finding);
      const earlier = byKey.get(key);
      if (earlier) earlier.push(finding);
      else byKey.set(key, [finding]);
    }
  }
  return [...byKey.values()].map((days): Finding => {
    if (acrossVisits.has(days[0]!.rule)) return days.at(-1)!;
    const best = mostTelling(days);
    // where the best is a fail, nothing else was settled: every settled day said so
    const said = days.filter(({ verdict }) => !UNRESOLVED.includes(verdict)).length;
    return best.verdict === 'fail' && said < visitsNeeded ? notYetFinal(best, said, visitsNeeded) : best;
  });
}

/**
 * What one look on demand adds to a round's verdicts, in the order of the look. What it settles takes the place of what
 * the round has, but a fail that the round did not see too is not final; what it leaves open weakens nothing.
 */
export function addToRound(
  look: readonly Finding[],
  inRound: readonly Finding[],
  { visits }: Pick<Edition, 'visits'>,
): readonly Finding[] {
  const known = new Map(inRound.map((finding) => [keyOf(finding), finding]));
  return look.map((finding): Finding => {
    const earlier = known.get(keyOf(finding));
    if (UNRESOLVED.includes(finding.verdict))
      return earlier && !UNRESOLVED.includes(earlier.verdict) ? earlier : finding;
    if (finding.verdict !== 'fail' || visits <= 1) return finding;
    // one that was seen on too few days keeps its outcome
    const wasSeen =
      earlier?.verdict === 'fail' || (earlier?.verdict === 'unclear' && earlier.outcome === finding.outcome);
    return wasSeen ? finding : notYetFinal(finding, 1, visits);
  });
}

const mostTelling = (days: readonly Finding[]): Finding =>
  days.reduce((best, next) => (TELLING.indexOf(next.verdict) <= TELLING.indexOf(best.verdict) ? next : best));

const notYetFinal = (finding: Finding, said: number, needed: number): Finding => ({
  ...finding,
  verdict: 'unclear',
  message: { fa: `${finding.message.fa} ${onlyOn(said, needed).fa}`, en: `${finding.message.en} ${onlyOn(said, needed).en}` },
}); // prettier-ignore

const onlyOn = (said: number, needed: number): Text => ({
  fa: `(تنها در ${said} روز از ${needed} روزی که «برآورده نشده» می‌خواهد چنین دیده شد؛ هنوز قطعی نیست.)`,
  en: `(Seen so on only ${said} of the ${needed} days that a fail takes; not final yet.)`,
});
