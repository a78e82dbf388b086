/**
 * How far those who judge agree: readers with each other and with what was settled, and the machine as one more rater
 * (catalogue, section 6.3). Beside Cohen's kappa stands Gwet's AC1, because kappa falls towards zero where nearly all
 * verdicts are the same, however often two agree.
 */
import { ANSWERS, cardState, ratingsByKey, standingRatings, type Answer, type FindingKey, type Rating } from './rating.ts'; // prettier-ignore
import type { Verdict } from './model.ts';

export interface Agreement {
  /** Things that both have judged. */
  readonly pairs: number;
  readonly same: number;
  /** Share of the same; null without pairs, as are the others. */
  readonly raw: number | null;
  /** Cohen's kappa; null also where chance alone would explain full agreement. */
  readonly kappa: number | null;
  /** Gwet's AC1, and AC2 in which one step between fail, partial and pass is half an agreement. */
  readonly ac1: number | null;
  readonly ac2: number | null;
}

export interface IndicatorAgreement {
  /** Two readers of the same card, the first and the second. */
  readonly readers: Agreement;
  /** The machine and what people settled; only where the machine gave an answer. */
  readonly machine: Agreement;
}

export interface ReviewerAgreement {
  /** With each other reader of the same card. */
  readonly readers: Agreement;
  /** With the answer that two alike readers or a senior settled. A word of one's own settles nothing here. */
  readonly settled: Agreement;
  /** Cards whose answer was known. */
  readonly known: { readonly said: number; readonly right: number; readonly share: number | null };
}

export interface AgreementReport {
  readonly overall: IndicatorAgreement;
  readonly indicators: Readonly<Record<string, IndicatorAgreement>>;
  readonly reviewers: Readonly<Record<string, ReviewerAgreement>>;
}

export type Pair = readonly [Answer, Answer];

/** What the machine says of a finding, and how it is seen; null when there is no such finding any more. */
export type Proposal = (key: FindingKey) => { readonly verdict: Verdict; readonly seen: string } | null;

const SCALE: readonly Answer[] = ['fail', 'partial', 'pass'];

/** Full agreement is 1; a step on the scale costs half; what is beside the scale is the same or is not. */
function nearness(a: Answer, b: Answer): number {
  if (a === b) return 1;
  const [at, other] = [SCALE.indexOf(a), SCALE.indexOf(b)];
  return at < 0 || other < 0 ? 0 : 1 - Math.abs(at - other) / (SCALE.length - 1);
}

/** The coefficients of pairs of answers, over the answers that occur in them. */
export function agreementOf(pairs: readonly Pair[]): Agreement {
  const size = ANSWERS.length;
  const counts = new Float64Array(size * size);
  for (const [a, b] of pairs) counts[ANSWERS.indexOf(a) * size + ANSWERS.indexOf(b)]!++;
  const all = pairs.length;
  const rows = ANSWERS.map((_, a) => ANSWERS.reduce((sum, _, b) => sum + counts[a * size + b]!, 0));
  const columns = ANSWERS.map((_, b) => ANSWERS.reduce((sum, _, a) => sum + counts[a * size + b]!, 0));
  const same = ANSWERS.reduce((sum, _, a) => sum + counts[a * size + a]!, 0);
  if (all === 0) return { pairs: 0, same: 0, raw: null, kappa: null, ac1: null, ac2: null };
  const raw = same / all;
  const chance = ANSWERS.reduce((sum, _, a) => sum + rows[a]! * columns[a]!, 0) / (all * all);
  const used = ANSWERS.map((_, at) => at).filter((at) => rows[at]! + columns[at]! > 0);
  const shares = used.map((at) => (rows[at]! + columns[at]!) / (2 * all));
  const spread = shares.reduce((sum, share) => sum + share * (1 - share), 0);
  // with one answer alone there is no other that chance could have given
  const gwet = (weigh: (a: Answer, b: Answer) => number): number => {
    if (used.length < 2) return 1;
    let [observed, weights] = [0, 0];
    for (const a of used)
      for (const b of used) {
        const weight = weigh(ANSWERS[a]!, ANSWERS[b]!);
        observed += (weight * counts[a * size + b]!) / all;
        weights += weight;
      }
    const expected = (weights * spread) / (used.length * (used.length - 1));
    return (observed - expected) / (1 - expected);
  };
  return {
    pairs: all,
    same,
    raw,
    kappa: chance === 1 ? null : (raw - chance) / (1 - chance),
    ac1: gwet((a, b) => (a === b ? 1 : 0)),
    ac2: gwet(nearness),
  };
}

/** Two readers or a senior: what may be held against a reader. */
const SETTLING_READERS = 2;

/**
 * Of all ratings of a round, in their order; those that do not hold any more are left out. Findings that the same
 * decisions answered are one card and count once.
 */
export function agreement(ratings: readonly Rating[], proposal: Proposal): AgreementReport {
  const readers = new Groups<Pair>();
  const machine = new Groups<Pair>();
  const others = new Groups<Pair>();
  const settled = new Groups<Pair>();
  const known = new Groups<boolean>();
  const cards = new Set<string>();
  for (const own of ratingsByKey(ratings).values()) {
    const key = own[0]!;
    const found = proposal(key);
    if (!found) continue;
    const standing = standingRatings(own, found.seen);
    const card = JSON.stringify([key.rule, found.seen, ...standing.map(({ decision }) => decision)]);
    if (standing.length === 0 || cards.has(card)) continue;
    cards.add(card);

    const readings = standing.filter(({ purpose }) => purpose === 'reading');
    readings.forEach((first, at) => {
      for (const second of readings.slice(at + 1)) {
        readers.add(key.rule, [first.answer!, second.answer!]);
        others.add(first.by, [first.answer!, second.answer!]);
        others.add(second.by, [second.answer!, first.answer!]);
      }
    });
    const counts = cardState(own, found.seen, 1);
    const said = ANSWERS.find((answer) => answer === found.verdict && answer !== 'unclear');
    if (counts.kind === 'settled' && said) machine.add(key.rule, [said, counts.by.answer!]);
    const firm = cardState(own, found.seen, SETTLING_READERS);
    if (firm.kind !== 'settled') continue;
    const answer = firm.by.answer!;
    const isJudged = firm.by.purpose !== 'reading';
    for (const reading of readings)
      if (!isJudged || firm.by.by !== reading.by) settled.add(reading.by, [reading.answer!, answer]);
    for (const rating of standing) if (rating.purpose === 'known') known.add(rating.by, rating.answer === answer);
  }
  const rules = [...new Set([...readers.keys(), ...machine.keys()])].sort();
  const people = [...new Set([...others.keys(), ...settled.keys(), ...known.keys()])].sort();
  return {
    overall: { readers: agreementOf(readers.all()), machine: agreementOf(machine.all()) },
    indicators: Object.fromEntries(
      rules.map((rule) => [rule, { readers: agreementOf(readers.of(rule)), machine: agreementOf(machine.of(rule)) }]),
    ),
    reviewers: Object.fromEntries(
      people.map((by) => [
        by,
        { readers: agreementOf(others.of(by)), settled: agreementOf(settled.of(by)), known: shareOf(known.of(by)) },
      ]),
    ),
  };
}

function shareOf(answers: readonly boolean[]): ReviewerAgreement['known'] {
  const right = answers.filter(Boolean).length;
  return { said: answers.length, right, share: answers.length === 0 ? null : right / answers.length };
}

/** Lists by name. */
class Groups<T> {
  private readonly lists = new Map<string, T[]>();

  add(name: string, value: T): void {
    const own = this.lists.get(name);
    if (own) own.push(value);
    else this.lists.set(name, [value]);
  }
  of(name: string): readonly T[] {
    return this.lists.get(name) ?? [];
  }
  all(): readonly T[] {
    return [...this.lists.values()].flat();
  }
  keys(): IterableIterator<string> {
    return this.lists.keys();
  }
}
