import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { INDICATORS } from '../../rules/catalogue.ts';
import { r4 } from '../../rules/editions/r4.ts';
import { r5 } from '../../rules/editions/r5.ts';
import type { Edition } from '../../src/core/edition.ts';
import {
  STAGES,
  UNRESOLVED,
  VERDICTS,
  type Finding,
  type Scope,
  type Service,
  type Stage,
  type Verdict,
} from '../../src/core/model.ts';
import {
  leavesOf,
  printed,
  scoreOrganization,
  type IndicatorPlace,
  type OrganizationScore,
  type StageScore,
} from '../../src/core/score.ts';

const service = (id: string, parentId: string | null = null): Service => ({
  id,
  organizationId: 'org',
  parentId,
  code: null,
  titles: { fa: id, en: id },
  pageUrl: null,
  systemUrl: null,
  profile: [],
  extra: {},
});
const finding = (rule: string, serviceId: string | null, verdict: Verdict): Finding => ({
  organization: 'org', service: serviceId, rule, version: 1, verdict, outcome: 'x', message: { fa: '', en: '' }, level: 2, confidence: 1, confidenceBasis: 'prior', confidenceCases: 0, evidence: [], searched: [],
}); // prettier-ignore

/** Findings of every indicator on the portal and the services. */
const all = (choose: (indicator: IndicatorPlace, serviceId: string | null) => Verdict | null, services: readonly string[] = ['s1']): Finding[] =>
  INDICATORS.flatMap((indicator) => (indicator.scope === 'portal' ? [null] : services).flatMap((id) => {
    const verdict = choose(indicator, id);
    return verdict === null ? [] : [finding(indicator.id, id, verdict)];
  })); // prettier-ignore

const score = (
  findings: readonly Finding[],
  services: readonly Service[] = [service('s1')],
  edition: Edition = r5,
): OrganizationScore => scoreOrganization('org', services, findings, edition, INDICATORS);
const nominal = (stage: Stage, scope: Scope): number =>
  INDICATORS.filter((i) => i.stage === stage && i.scope === scope).reduce((sum, { weight }) => sum + weight, 0);

describe('a service', () => {
  it.each([
    ['100 when everything passes', 'pass', 100],
    ['0 when everything fails', 'fail', 0],
    ['50 when everything is half', 'partial', 50],
  ] as const)('scores %s', (_, verdict, expected) => {
    const { stages, total } = score(all(() => verdict));
    for (const stage of STAGES) expect(stages[stage]).toMatchObject({ resolved: 1, measured: 1, thin: false });
    for (const part of [total, ...STAGES.map((stage) => stages[stage])])
      for (const value of [part.score, part.estimate, part.low, part.high]) expect(value).toBeCloseTo(expected, 9);
  });

  it('scores as the worked example of the method does', () => {
    const verdicts: Record<string, Verdict> = {
      'org-single-window': 'partial', 'single-account': 'fail', 'life-events': 'pass', 'unified-tracking': 'fail', 'unified-notifications': 'fail', 'open-api': 'fail',
      'national-sso': 'pass', 'prefilled-inquiry': 'partial', 'no-redundant-documents': 'fail', 'national-portal-listed': 'pass', 'cross-agency-links': 'not-applicable', 'catalogue-id': 'pass', 'return-path': 'pass', 'verify-result': 'not-applicable',
    }; // prettier-ignore
    const { stages } = score(
      all(({ id, stage }) => (stage === 'integration' ? verdicts[id.slice(id.indexOf('/') + 1)]! : null)),
    );
    expect(stages.integration.score).toBeCloseTo(56.7, 1);
    expect(stages.integration).toMatchObject({ resolved: 1, measured: 1, thin: false });
    expect(nominal('integration', 'portal')).toBe(37);
  });

  it('weighs its stages by the edition', () => {
    const findings = all(({ stage }) => (stage === 'transaction' ? 'pass' : 'fail'));
    expect(score(findings).total.score).toBeCloseTo(20, 9);
    expect(score(findings, [service('s1')], r4).total.score).toBeCloseTo(15, 9);
  });

  it('keeps a stage of zero in the sum', () => {
    expect(score(all(({ stage }) => (stage === 'integration' ? 'fail' : 'pass'))).total.score).toBeCloseTo(75, 9);
  });

  it('takes what half is worth from the edition', () => {
    expect(
      score(
        all(() => 'partial'),
        [service('s1')],
        { ...r5, partialValue: 0.25 },
      ).total.score,
    ).toBeCloseTo(25, 9);
  });
});

describe('what is not applicable', () => {
  const with_ = (verdict: (id: string) => Verdict): StageScore =>
    score(all(({ id, stage }) => (stage === 'integration' ? verdict(id) : null))).stages.integration;

  it('leaves its own block only: the other block weighs what it weighed', () => {
    // the portal fails, the service passes all that applies to it, however much that is
    const passes = (id: string): Verdict => (INDICATORS.find((i) => i.id === id)!.scope === 'portal' ? 'fail' : 'pass');
    const full = with_(passes);
    const half = with_((id) =>
      id === 'integration/national-sso' || id === 'integration/prefilled-inquiry' ? 'not-applicable' : passes(id),
    );
    expect(full.score).toBeCloseTo(nominal('integration', 'service'), 9);
    expect(half.score).toBeCloseTo(full.score!, 9);
  });

  it('changes no other stage', () => {
    const base = all(({ weight }: IndicatorPlace & { weight?: number }) => (weight! % 2 === 0 ? 'pass' : 'fail'));
    const changed = base.map((f) =>
      f.rule === 'interaction/appointment' ? { ...f, verdict: 'not-applicable' as const } : f,
    );
    for (const stage of STAGES.filter((stage) => stage !== 'interaction'))
      expect(score(changed).stages[stage]).toEqual(score(base).stages[stage]);
  });

  it('gives a stage to the other block when nothing of a block applies, and says so', () => {
    const stage = with_((id) => (INDICATORS.find((i) => i.id === id)!.scope === 'portal' ? 'pass' : 'not-applicable'));
    expect(stage).toMatchObject({ thin: true, resolved: 1 });
    expect(stage.score).toBeCloseTo(100, 9);
  });

  it('takes a stage in which nothing applies out of the total, on both ends of its interval', () => {
    const { stages, total } = score(all(({ stage }) => (stage === 'interaction' ? 'not-applicable' : 'pass')));
    expect(stages.interaction).toMatchObject({ score: null, estimate: null, measured: 0 });
    for (const value of [total.score, total.low, total.high]) expect(value).toBeCloseTo(100, 9);
  });
});

describe('what is unresolved', () => {
  it.each(UNRESOLVED)('as "%s" widens the interval and is never a zero', (verdict) => {
    const { stages } = score(all(({ id }) => (id === 'participation/service-rating' ? verdict : 'pass')));
    const { participation } = stages;
    expect(participation.estimate).toBeCloseTo(100, 9);
    expect(participation.high).toBeCloseTo(100, 9);
    expect(participation.low).toBeCloseTo(87, 9);
    expect(participation.resolved).toBeCloseTo(0.87, 9);
  });

  it('withholds a score of which too little is settled, and keeps the estimate', () => {
    const { total } = score(all(({ stage }) => (stage === 'presence' || stage === 'interaction' ? 'pass' : 'blocked')));
    expect(total).toMatchObject({ score: null, low: 45, high: 100 });
    expect(total.estimate).toBeCloseTo(100, 9);
    expect(total.resolved).toBeCloseTo(0.45, 9);
  });

  it('says nothing when nothing is settled', () => {
    const { total } = score(all(() => 'blocked'));
    expect(total).toMatchObject({ score: null, estimate: null, resolved: 0, low: 0 });
    expect(total.high).toBeCloseTo(100, 9);
  });
});

describe('what no rule measures yet', () => {
  it('stays out of the score and is told', () => {
    const { stages, total } = score(
      all(({ id, stage }) => (stage === 'presence' && id !== 'presence/languages' ? 'pass' : null)),
    );
    expect(stages.presence.measured).toBeCloseTo(0.97, 9);
    expect(stages.presence.score).toBeCloseTo(100, 9);
    expect(total.score).toBeCloseTo(100, 9);
    expect(total.measured).toBeCloseTo(0.25 * 0.97, 9);
  });

  it('is everything where there is no finding', () => {
    expect(score([]).total).toEqual({
      score: null,
      estimate: null,
      low: 0,
      high: 100,
      resolved: 0,
      measured: 0,
      thin: false,
    });
  });
});

describe('an organization', () => {
  const services = [service('group'), service('a', 'group'), service('b', 'group'), service('c')];

  it('scores the leaves and not the headings', () => {
    expect(leavesOf(services).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(
      score(
        all(() => 'pass', ['a', 'b', 'c']),
        services,
      ).services.map(({ service: id }) => id),
    ).toEqual(['a', 'b', 'c']);
  });

  it('is the plain mean of its services, in each stage and in the total alike', () => {
    const verdicts: Record<string, Verdict> = { a: 'pass', b: 'fail', c: 'partial' };
    const scored = score(
      all((_, id) => (id === null ? 'pass' : verdicts[id]!), ['a', 'b', 'c']),
      services,
    );
    for (const stage of STAGES)
      expect(scored.stages[stage].score).toBeCloseTo(
        scored.services.reduce((sum, s) => sum + s.stages[stage].score!, 0) / 3,
        9,
      );
    expect(scored.total.score).toBeCloseTo(scored.services.reduce((sum, s) => sum + s.total.score!, 0) / 3, 9);
    expect(scored.total.score).toBeCloseTo(
      STAGES.reduce((sum, stage) => sum + (r5.stageWeights[stage] / 100) * scored.stages[stage].score!, 0),
      9,
    );
  });

  it('counts the portal once for each service', () => {
    const portalFails = score(
      all(({ scope }) => (scope === 'portal' ? 'fail' : 'pass'), ['a', 'b', 'c']),
      services,
    );
    expect(portalFails.stages.presence.score).toBeCloseTo(nominal('presence', 'service'), 9);
    expect(portalFails.portal.score).toBeCloseTo(0, 9);
  });

  it('without services stands on its portal', () => {
    const scored = score(
      all(({ scope }) => (scope === 'portal' ? 'pass' : null), []),
      [],
    );
    expect(scored.services).toEqual([]);
    expect(scored.total.score).toBeCloseTo(100, 9);
  });

  it('leaves services out of a stage that does not apply to them', () => {
    const scored = score(
      all(({ stage }, id) => (stage === 'transaction' && id !== 'a' ? 'not-applicable' : 'pass'), ['a', 'b', 'c']),
      services,
    );
    for (const value of [
      scored.stages.transaction.score,
      scored.stages.transaction.low,
      scored.stages.transaction.high,
      scored.total.low,
    ])
      expect(value).toBeCloseTo(100, 9);
  });
});

describe('any verdicts', () => {
  const verdict = fc.constantFrom<Verdict | null>(...VERDICTS, null);
  const verdicts = fc.array(verdict, { minLength: 2 * INDICATORS.length, maxLength: 2 * INDICATORS.length });
  const scored = (list: readonly (Verdict | null)[]): OrganizationScore => {
    let n = 0;
    return score(
      all(() => list[n++]!, ['a', 'b']),
      [service('a'), service('b')],
    );
  };
  const parts = ({ total, stages, services, portal }: OrganizationScore): StageScore[] => [
    total,
    portal,
    ...Object.values(stages),
    ...services.flatMap((s) => [s.total, ...Object.values(s.stages)]),
  ];

  it('give a score inside its interval, and shares between 0 and 1', () => {
    const near = 1e-9;
    fc.assert(
      fc.property(verdicts, (list) => {
        for (const part of parts(scored(list))) {
          for (const value of [part.score, part.estimate]) {
            if (value === null) continue;
            expect(value).toBeGreaterThanOrEqual(part.low - near);
            expect(value).toBeLessThanOrEqual(part.high + near);
          }
          expect(part.low).toBeGreaterThanOrEqual(-near);
          expect(part.high).toBeLessThanOrEqual(100 + near);
          for (const share of [part.resolved, part.measured]) expect(share >= -near && share <= 1 + near).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('score no less when one of them gets better', () => {
    fc.assert(
      fc.property(verdicts, fc.nat(2 * INDICATORS.length - 1), (list, at) => {
        const better = [...list];
        if (better[at] === 'fail') better[at] = 'partial';
        else if (better[at] === 'partial') better[at] = 'pass';
        expect(scored(better).total.low).toBeGreaterThanOrEqual(scored(list).total.low - 1e-9);
        expect(scored(better).total.high).toBeGreaterThanOrEqual(scored(list).total.high - 1e-9);
      }),
      { numRuns: 40 },
    );
  });
});

describe('printed', () => {
  it.each([
    [0, '0.00'],
    [100, '100.00'],
    [56.669, '56.67'],
    [62.344999, '62.34'],
    [62.345, '62.35'],
    [1.005, '1.01'],
    [33.333333, '33.33'],
  ])('writes %f as %s: two decimals, half up', (value, text) => expect(printed(value)).toBe(text));
});

describe('the editions', () => {
  it.each([r5, r4])(
    '$id weighs its stages to 100 and the indicators of each stage to 100',
    ({ stageWeights, weights }) => {
      expect(STAGES.reduce((sum, stage) => sum + stageWeights[stage], 0)).toBe(100);
      for (const stage of STAGES)
        expect(
          INDICATORS.filter((i) => i.stage === stage).reduce((sum, { id }) => sum + weights[id]!, 0),
          stage,
        ).toBe(100);
    },
  );
});
