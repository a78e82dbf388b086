import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agreement, agreementOf, type Pair } from '../../src/core/agreement.ts';
import { ANSWERS, type Answer, type Rating } from '../../src/core/rating.ts';

const times = (count: number, a: Answer, b: Answer): Pair[] => Array.from({ length: count }, () => [a, b]);

/** From the definitions, pair by pair and not from a table: the chance that two drawn at random are alike. */
function byDefinition(pairs: readonly Pair[]): { raw: number; kappa: number; ac1: number; ac2: number } {
  const used = ANSWERS.filter((answer) => pairs.some((pair) => pair.includes(answer)));
  const near = (a: Answer, b: Answer): number => {
    const steps: Partial<Record<Answer, number>> = { fail: 0, partial: 1, pass: 2 };
    const [at, other] = [steps[a], steps[b]];
    return a === b ? 1 : at === undefined || other === undefined ? 0 : 1 - Math.abs(at - other) / 2;
  };
  let [same, nearby, alike] = [0, 0, 0];
  for (const [a, b] of pairs) {
    same += a === b ? 1 : 0;
    nearby += near(a, b);
    for (const [, other] of pairs) alike += a === other ? 1 : 0;
  }
  const all = pairs.length;
  const hard = used.map((answer) => pairs.flat().filter((one) => one === answer).length / (2 * all));
  const doubt = hard.reduce((sum, share) => sum + share * (1 - share), 0);
  const weights = used.flatMap((a) => used.map((b) => near(a, b))).reduce((sum, weight) => sum + weight, 0);
  const corrected = (observed: number, chance: number): number => (observed - chance) / (1 - chance);
  return {
    raw: same / all,
    kappa: corrected(same / all, alike / all ** 2),
    ac1: corrected(same / all, doubt / (used.length - 1)),
    ac2: corrected(nearby / all, (weights * doubt) / (used.length * (used.length - 1))),
  };
}

describe('the coefficients', () => {
  it('are those of the definitions', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...ANSWERS), fc.constantFrom(...ANSWERS)), { minLength: 2, maxLength: 40 }),
        (pairs) => {
          fc.pre(new Set(pairs.flat()).size > 1);
          const own = agreementOf(pairs);
          const other = byDefinition(pairs);
          expect(own.raw).toBeCloseTo(other.raw, 12);
          expect(own.ac1).toBeCloseTo(other.ac1, 12);
          expect(own.ac2).toBeCloseTo(other.ac2, 12);
          expect(own.kappa).toBeCloseTo(other.kappa, 9);
        },
      ),
    );
  });

  it('of a table worked by hand: 40 both pass, 9 and 6 apart, 45 both fail', () => {
    const pairs = [...times(40, 'pass', 'pass'), ...times(9, 'pass', 'fail'), ...times(6, 'fail', 'pass'), ...times(45, 'fail', 'fail')]; // prettier-ignore
    // by chance 0.49 × 0.46 + 0.51 × 0.54 = 0.5008; for AC1 2 × 0.475 × 0.525 = 0.49875
    expect(agreementOf(pairs)).toEqual({
      pairs: 100,
      same: 85,
      raw: 0.85,
      kappa: expect.closeTo((0.85 - 0.5008) / (1 - 0.5008), 12),
      ac1: expect.closeTo((0.85 - 0.49875) / (1 - 0.49875), 12),
      ac2: expect.closeTo((0.85 - 0.49875) / (1 - 0.49875), 12),
    });
  });

  it.each([
    // precision, recall and accuracy of a published comparison on government portals, and the coefficients found there
    ['all 61 items', 0.936, 0.849, 0.847, 0.638, 0.735],
    ['budget expenditure: nearly all present', 0.981, 0.834, 0.827, 0.241, 0.78],
  ])('are those of real portals, %s', (_, precision, recall, accuracy, kappa, ac1) => {
    // shares of all: hits h, so that h / precision are said and h / recall are there; the rest follows from accuracy
    const hits = (1 - accuracy) / (1 / precision + 1 / recall - 2);
    const size = 100_000;
    const [both, said, missed] = [hits, hits / precision - hits, hits / recall - hits].map((share) => Math.round(share * size)); // prettier-ignore
    const pairs = [
      ...times(both!, 'pass', 'pass'),
      ...times(said!, 'pass', 'fail'),
      ...times(missed!, 'fail', 'pass'),
      ...times(size - both! - said! - missed!, 'fail', 'fail'),
    ];
    const own = agreementOf(pairs);
    // three decimals of precision and recall leave the second one of kappa open
    expect(Math.abs(own.kappa! - kappa)).toBeLessThan(0.02);
    expect(Math.abs(own.ac1! - ac1)).toBeLessThan(0.01);
  });

  it('count a step between fail, partial and pass as half, and what is beside the scale as apart', () => {
    const of = (a: Answer, b: Answer): number => agreementOf([...times(8, 'pass', 'pass'), ...times(8, 'fail', 'fail'), ...times(4, a, b)]).ac2!; // prettier-ignore
    expect(of('pass', 'partial')).toBeGreaterThan(of('pass', 'not-applicable'));
    expect(of('fail', 'partial')).toBeCloseTo(of('pass', 'partial'), 12);
  });

  it('have an answer where there is nothing to tell apart', () => {
    expect(agreementOf([])).toEqual({ pairs: 0, same: 0, raw: null, kappa: null, ac1: null, ac2: null });
    expect(agreementOf(times(5, 'pass', 'pass'))).toEqual({ pairs: 5, same: 5, raw: 1, kappa: null, ac1: 1, ac2: 1 });
    // each says always the same, and never the other's: no agreement, and kappa calls it chance
    expect(agreementOf(times(5, 'pass', 'fail'))).toMatchObject({ raw: 0, kappa: 0, ac1: -1 });
    // 98 of 100 alike
    const skewed = agreementOf([...times(98, 'pass', 'pass'), ...times(1, 'pass', 'fail'), ...times(1, 'fail', 'pass')]); // prettier-ignore
    expect(skewed.kappa).toBeLessThan(0);
    expect(skewed.ac1).toBeGreaterThan(0.97);
  });
});

describe('agreement', () => {
  const SEEN = 'seen';
  let decisions = 0;
  const say = (by: string, rule: string, service: string, answer: Answer | null, change: Partial<Rating> = {}): Rating => ({
    organization: 'org', service, rule, answer, purpose: 'reading', blind: false, by, at: '', seconds: 9, note: '', seen: SEEN, decision: `d${decisions++}`, ...change,
  }); // prettier-ignore
  const fails = () => ({ verdict: 'fail' as const, seen: SEEN });

  it('pairs readers of the same card, by indicator and by person', () => {
    const report = agreement(
      [
        say('sara', 'r1', 'a', 'pass'),
        say('reza', 'r1', 'a', 'pass'),
        say('sara', 'r1', 'b', 'fail'),
        say('reza', 'r1', 'b', 'partial'),
        say('parvin', 'r1', 'b', 'fail', { purpose: 'adjudication' }),
        say('mina', 'r2', 'a', 'fail'),
      ],
      fails,
    );
    expect(report.indicators['r1']!.readers).toMatchObject({ pairs: 2, same: 1, raw: 0.5 });
    expect(report.indicators['r1']!.machine).toMatchObject({ pairs: 2, same: 1 });
    expect(report.indicators['r2']!).toMatchObject({
      readers: { pairs: 0, kappa: null },
      machine: { pairs: 1, same: 1 },
    });
    expect(report.overall).toMatchObject({ readers: { pairs: 2 }, machine: { pairs: 3, same: 2 } });
    expect(report.reviewers['sara']).toMatchObject({ readers: { pairs: 2, same: 1 }, settled: { pairs: 2, same: 2 } });
    expect(report.reviewers['reza']).toMatchObject({ readers: { pairs: 2, same: 1 }, settled: { pairs: 2, same: 1 } });
    // alone with the card: nothing to be held against
    expect(report.reviewers['mina']).toBeUndefined();
  });

  it('takes what stands: the last word, not one taken back, of what is still seen', () => {
    const report = agreement(
      [
        say('sara', 'r1', 'a', 'pass'),
        say('reza', 'r1', 'a', 'fail'),
        say('reza', 'r1', 'a', 'pass'),
        say('sara', 'r1', 'b', 'pass'),
        say('reza', 'r1', 'b', 'fail'),
        say('reza', 'r1', 'b', null),
        say('sara', 'r1', 'c', 'pass', { seen: 'before' }),
        say('reza', 'r1', 'c', 'fail'),
        say('sara', 'r1', 'gone', 'pass'),
        say('reza', 'r1', 'gone', 'pass'),
      ],
      ({ service }) => (service === 'gone' ? null : fails()),
    );
    expect(report.overall.readers).toMatchObject({ pairs: 1, same: 1 });
  });

  it('counts a card once, however many findings it decides', () => {
    const [first, second] = [{ decision: 'one' }, { decision: 'two' }];
    const report = agreement(
      ['a', 'b', 'c'].flatMap((of) => [say('sara', 'r1', of, 'pass', first), say('reza', 'r1', of, 'pass', second)]),
      fails,
    );
    expect(report.overall).toMatchObject({ readers: { pairs: 1 }, machine: { pairs: 1, same: 0 } });
  });

  it('leaves out what the machine left open, where the machine is the rater', () => {
    const report = agreement([say('sara', 'r1', 'a', 'pass')], () => ({ verdict: 'unclear', seen: SEEN }));
    expect(report.overall.machine.pairs).toBe(0);
  });

  it('gives the share of known answers that a reader got right', () => {
    const settled = (of: string): Rating[] => [say('sara', 'r1', of, 'pass'), say('reza', 'r1', of, 'pass')];
    const known = { purpose: 'known' } as const;
    const report = agreement(
      [...settled('a'), ...settled('b'), say('mina', 'r1', 'a', 'pass', known), say('mina', 'r1', 'b', 'fail', known)],
      fails,
    );
    expect(report.reviewers['mina']!.known).toEqual({ said: 2, right: 1, share: 0.5 });
    expect(report.reviewers['sara']!.known).toEqual({ said: 0, right: 0, share: null });
    expect(report.overall.readers.pairs).toBe(2);
  });
});
