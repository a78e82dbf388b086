import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { INDICATORS } from '../../rules/catalogue.ts';
import { r4 } from '../../rules/editions/r4.ts';
import { r5 } from '../../rules/editions/r5.ts';
import type { Edition } from '../../src/core/edition.ts';
import { STAGES, UNRESOLVED, VERDICTS, type Finding, type Service, type Verdict } from '../../src/core/model.ts';
import { scoreOrganization, valueOf, weightsOf, type IndicatorPlace } from '../../src/core/score.ts';
import { intervalOf, middleOf, replicate, resample, stream } from '../../src/core/uncertainty.ts';

const SEED = { seed: 'audit-1' };

const service = (id: string, parentId: string | null = null): Service => ({
  id, organizationId: 'org', parentId, code: null, titles: { fa: id, en: id }, pageUrl: null, systemUrl: null, profile: [], extra: {},
}); // prettier-ignore

const finding = (
  rule: string,
  serviceId: string | null,
  verdict: Verdict,
  confidence = 1,
  more: Partial<Finding> = {},
): Finding => ({
  organization: 'org', service: serviceId, rule, version: 1, verdict, outcome: 'x', message: { fa: '', en: '' }, level: 2,
  confidence, confidenceBasis: 'measured', confidenceCases: 20, evidence: [], searched: [], ...more,
}); // prettier-ignore

/** Two services and a heading, which has findings of its own that count for nothing. */
const SERVICES = [service('heading'), service('a', 'heading'), service('b', 'heading')];
const PLACES = INDICATORS.flatMap(({ id, scope }) =>
  (scope === 'portal' ? [null] : ['a', 'b', 'heading']).map((subject) => [id, subject] as const),
);

/** Any findings on them; null is a rule without a finding. */
const anyFindings = fc
  .array(
    fc.tuple(
      fc.constantFrom<Verdict | null>(...VERDICTS, 'pass', 'fail', null),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.boolean(),
    ),
    { minLength: PLACES.length, maxLength: PLACES.length },
  )
  .map((drawn) =>
    PLACES.flatMap(([rule, subject], at) => {
      const [verdict, confidence, isDecided] = drawn[at]!;
      const decided = isDecided ? { by: 'p', at: '', basis: 'review', note: '', machine: 'fail' } as const : null;
      return verdict === null ? [] : [finding(rule, subject, verdict, confidence, { decided })];
    }),
  ); // prettier-ignore

describe('the weights of an organization’s verdicts', () => {
  const total = (findings: readonly Finding[], services = SERVICES, edition: Edition = r5) =>
    scoreOrganization('org', services, findings, edition, INDICATORS).total;

  it('add up to both ends of every score, whatever the verdicts', () => {
    fc.assert(
      fc.property(anyFindings, fc.constantFrom(r4, r5), fc.constantFrom(SERVICES, []), (findings, edition, services) => {
        const scores = scoreOrganization('org', services, findings, edition, INDICATORS);
        const weights = weightsOf(services, findings, edition, INDICATORS);
        for (const stage of [null, ...STAGES]) {
          const score = stage === null ? scores.total : scores.stages[stage];
          if (score.measured === 0) continue;
          let [low, open] = [0, 0];
          for (const weight of weights) {
            const points = stage === null ? weight.inTotal : weight.stage === stage ? weight.inStage : 0;
            if (UNRESOLVED.includes(weight.finding.verdict)) open += points;
            else low += points * valueOf(weight.finding.verdict, edition);
          }
          expect(low).toBeCloseTo(score.low, 8);
          expect(low + open).toBeCloseTo(score.high, 8);
        }
      }),
      { numRuns: 60 },
    );
  }); // prettier-ignore

  it('leave out what does not apply, what no service has and what the catalogue does not name', () => {
    const findings = [
      finding('presence/languages', null, 'pass'),
      finding('presence/contact-info', null, 'not-applicable'),
      finding('presence/service-page', 'ghost', 'pass'),
      finding('presence/unheard-of', null, 'pass'),
    ];
    const weights = weightsOf([service('a')], findings, r5, INDICATORS);
    expect(weights.map(({ finding: { rule }, inTotal }) => [rule, Math.round(inTotal)])).toEqual([
      ['presence/languages', 100],
    ]);
    expect(total(findings, [service('a')]).score).toBeCloseTo(100, 9);
  });

  it('do not depend on the order of the findings', () => {
    const findings = PLACES.map(([rule, subject], at) => finding(rule, subject, VERDICTS[at % 4]!));
    expect(weightsOf(SERVICES, [...findings].reverse(), r5, INDICATORS)).toEqual(
      weightsOf(SERVICES, findings, r5, INDICATORS),
    );
  });

  it('give nothing of the total to a stage that weighs nothing', () => {
    const edition = { ...r5, stageWeights: { ...r5.stageWeights, presence: 0 } };
    const [only] = weightsOf([service('a')], [finding('presence/languages', null, 'pass')], edition, INDICATORS);
    expect(only).toMatchObject({ inTotal: 0 });
    expect(only!.inStage).toBeCloseTo(100, 9);
  });
});

describe('resample', () => {
  const draw = (findings: readonly Finding[], replicates = 20, seed = SEED.seed, organization = 'org') =>
    resample(organization, SERVICES, findings, r5, INDICATORS, { seed, replicates });

  it('gives the score again and again when every verdict is certain', () => {
    const settled = anyFindings.map((findings) =>
      findings.map((one) => ({
        ...one,
        confidence: 1,
        verdict: UNRESOLVED.includes(one.verdict) ? ('fail' as const) : one.verdict,
      })),
    );
    fc.assert(
      fc.property(settled, (findings) => {
        const { total } = scoreOrganization('org', SERVICES, findings, r5, INDICATORS);
        if (total.score === null) return;
        for (const value of draw(findings).totals) expect(value).toBeCloseTo(total.score, 9);
      }),
      { numRuns: 40 },
    );
  });

  it('scores each replicate as the findings that it drew would be scored, stage by stage', () => {
    fc.assert(
      fc.property(anyFindings, fc.constantFrom(r4, r5), fc.nat(7), fc.string(), (findings, edition, number, seed) => {
        const { totals, stages } = resample('org', SERVICES, findings, edition, INDICATORS, { seed, replicates: 8 });
        const drawn = replicate('org', findings, { seed }, number);
        expect(drawn.filter(({ verdict }) => UNRESOLVED.includes(verdict))).toEqual([]);
        const scores = scoreOrganization('org', SERVICES, drawn, edition, INDICATORS);
        if (scores.total.score !== null) expect(totals[number]).toBeCloseTo(scores.total.score, 9);
        for (const stage of STAGES)
          if (scores.stages[stage].score !== null)
            expect(stages[stage][number]).toBeCloseTo(scores.stages[stage].score, 9);
      }),
      { numRuns: 80 },
    );
  });

  it('is the same to the last bit for the same input, in whatever order findings come', () => {
    const findings = PLACES.map(([rule, subject], at) => finding(rule, subject, VERDICTS[at % 8]!, 0.8));
    expect(draw([...findings].reverse()).totals).toEqual(draw(findings).totals);
    expect(draw(findings, 20, 'audit-2').totals).not.toEqual(draw(findings).totals);
    expect(draw(findings, 20, SEED.seed, 'other').totals).not.toEqual(draw(findings).totals);
  });

  it('draws for a rule what it draws whatever the other rules are', () => {
    const own = finding('presence/languages', null, 'pass', 0.5);
    const other = finding('presence/contact-info', null, 'pass', 0.5);
    for (let number = 0; number < 20; number++)
      expect(replicate('org', [other, own], SEED, number)[1]).toEqual(replicate('org', [own], SEED, number)[0]);
  });

  it('takes an organization to which nothing applies for one of which nothing is known', () => {
    const { totals } = draw([finding('presence/languages', null, 'not-applicable')], 1000);
    const [low, high] = middleOf(totals);
    expect(low).toBeLessThan(5);
    expect(high).toBeGreaterThan(95);
  });
});

describe('a replicate', () => {
  const RUNS = 4000;
  /** How often each verdict came of it. */
  const frequencies = (one: Finding): Partial<Record<Verdict, number>> => {
    const counts: Partial<Record<Verdict, number>> = {};
    // each organization has draws of its own, and the first is as good as any
    for (let n = 0; n < RUNS; n++) {
      const { verdict } = replicate(`org-${n}`, [one], SEED, 0)[0]!;
      counts[verdict] = (counts[verdict] ?? 0) + 1 / RUNS;
    }
    return counts;
  };
  const near = (value: number) => expect.closeTo(value, 1) as number;

  it.each([
    ['pass', 0.8, { pass: 0.8, fail: 0.2 }],
    ['partial', 0.7, { partial: 0.7, fail: 0.3 }],
    ['fail', 0.4, { fail: 0.4, partial: 0.4, pass: 0.2 }],
    ['pass', 1, { pass: 1 }],
    ['unclear', 0, { pass: 0.5, fail: 0.5 }],
    ['not-visible', 0.9, { pass: 0.5, fail: 0.5 }],
    ['not-applicable', 0.5, { 'not-applicable': 1 }],
  ] as const)('makes of "%s" with confidence %f what is as likely as that', (verdict, confidence, expected) => {
    const counts = frequencies(finding('presence/languages', null, verdict, confidence));
    expect(counts).toEqual(Object.fromEntries(Object.entries(expected).map(([key, value]) => [key, near(value)])));
  });

  it('never turns what a person decided, and draws what a person left open', () => {
    const decided = { by: 'p', at: '', basis: 'attestation', note: '', machine: 'fail' } as const;
    expect(frequencies(finding('presence/languages', null, 'pass', 0.1, { decided }))).toEqual({ pass: near(1) });
    expect(frequencies(finding('presence/languages', null, 'unclear', 0, { decided }))).toEqual({ pass: near(0.5), fail: near(0.5) }); // prettier-ignore
  });

  it('turns a rule’s verdicts of one kind together on all services, and those of two rules apart', () => {
    const findings = [
      finding('presence/service-page', 'a', 'pass', 0.5),
      finding('presence/service-page', 'b', 'partial', 0.5),
      finding('presence/service-page', 'c', 'fail', 0.5),
      finding('presence/steps-published', 'a', 'pass', 0.5),
    ];
    let [together, apartKinds, apartRules] = [0, 0, 0];
    for (let number = 0; number < 200; number++) {
      const [a, b, c, other] = replicate('org', findings, SEED, number).map(({ verdict }, at) => verdict !== findings[at]!.verdict); // prettier-ignore
      if (a === b) together++;
      if (a !== c) apartKinds++;
      if (a !== other) apartRules++;
    }
    expect(together).toBe(200);
    expect(apartKinds).toBeGreaterThan(60);
    expect(apartRules).toBeGreaterThan(60);
  });

  it('turns a verdict of less confidence wherever it turns one of more', () => {
    const findings = [
      finding('presence/service-page', 'a', 'pass', 0.9),
      finding('presence/service-page', 'b', 'pass', 0.6),
    ];
    let turned = 0;
    for (let number = 0; number < 200; number++) {
      const [sure, unsure] = replicate('org', findings, SEED, number);
      if (sure!.verdict === 'fail') expect(unsure!.verdict).toBe('fail');
      if (unsure!.verdict === 'fail') turned++;
    }
    expect(turned).toBeGreaterThan(50);
  });

  it('knows no more of an organization when more rules could not see it', () => {
    const blocked = (indicators: readonly IndicatorPlace[]): number => {
      const findings = indicators.map(({ id, scope }) => finding(id, scope === 'portal' ? null : 'a', 'blocked'));
      const { totals } = resample('org', [service('a')], findings, r5, INDICATORS, SEED);
      const [low, high] = middleOf(totals);
      return high - low;
    };
    // were each rule a coin of its own, seventy-five of them would all but settle the score at one half
    expect(blocked(INDICATORS)).toBeGreaterThan(85);
  });
});

describe('an interval', () => {
  const numbers = Float64Array.from({ length: 1000 }, (_, n) => (n * 617) % 1000);

  it('leaves out the lowest and the highest fortieth', () => expect(middleOf(numbers)).toEqual([25, 974]));

  it('leaves out nothing of a few', () => expect(middleOf([3, 1, 2])).toEqual([1, 3]));

  it.each([
    [null, [25, 974]],
    [500, [25, 974]],
    [10, [10, 974]],
    [990, [25, 990]],
  ])('holds the score %s', (score, expected) => expect(intervalOf(numbers, score)).toEqual(expected));

  it('does not sort what it is given', () => {
    const copy = numbers.slice();
    middleOf(copy);
    expect(copy).toEqual(numbers);
  });
});

describe('a stream of draws', () => {
  const first = (count: number, ...names: string[]): number[] => Array.from({ length: count }, stream(...names));

  it('fills 0…1 evenly, within a stream and over the first draws of many', () => {
    const long = first(10_000, 'one');
    const many = Array.from({ length: 10_000 }, (_, n) => stream('seed', `org-${n}`, 'rule', 'absent')());
    for (const drawn of [long, many]) {
      const bins = Array.from({ length: 10 }, () => 0);
      for (const value of drawn) bins[Math.floor(value * 10)]!++;
      for (const count of bins) expect(Math.abs(count - 1000)).toBeLessThan(120); // four standard deviations
    }
  });

  it('goes on from what it drew, and begins the same again', () => {
    expect(first(5, 'a')).toEqual(first(5, 'a'));
    expect(new Set(first(100, 'a')).size).toBe(100);
  });

  it('tells names apart, however they are cut', () =>
    expect(new Set([first(1, 'ab', 'c'), first(1, 'a', 'bc'), first(1, 'abc'), first(1, 'a,b', 'c')].flat()).size).toBe(
      4,
    ));

  // a published number must come out again in ten years
  it('never changes', () =>
    expect(first(3, 'rasad').map((value) => value.toFixed(6))).toMatchInlineSnapshot(`
    [
      "0.422343",
      "0.994226",
      "0.519125",
    ]
  `));
});
