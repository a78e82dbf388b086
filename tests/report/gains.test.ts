import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding, Verdict } from '../../src/core/model.ts';
import { scoreOrganization } from '../../src/core/score.ts';
import { gainsOf, type Gain } from '../../src/report/gains.ts';
import { aFinding, anOrganization, aReport, aService, EDITION, INDICATORS } from './sample.ts';

const services = ['s1', 's2', 's3'].map((id) => aService(id, 'tax'));
const verdicts: readonly Verdict[] = ['pass', 'partial', 'fail', 'not-applicable', 'unclear', 'blocked'];

async function gains(findings: readonly Finding[]): Promise<Gain[]> {
  const data = await aReport({ organizations: [anOrganization('tax')], services, findings });
  return gainsOf(data.organizations[0]!, findings, data);
}

describe('what would raise a score', () => {
  it('is counted over the services, and worth what a pass is above a partial and a fail', async () => {
    const found = await gains([
      aFinding({ rule: 'interaction/faq', service: 's1', verdict: 'fail' }),
      aFinding({ rule: 'interaction/faq', service: 's2', verdict: 'partial' }),
      aFinding({ rule: 'interaction/faq', service: 's3', verdict: 'pass' }),
    ]);
    expect(found).toEqual([{ indicator: 'interaction/faq', points: 50, fails: 1, partials: 1 }]);
  });

  it('has equal ones in the order of the findings', async () => {
    const rules = ['participation/poll', 'presence/contact-info'];
    // two indicators of the portal that are alone in stages of one weight
    const edition = { ...EDITION, stageWeights: { ...EDITION.stageWeights, presence: 50, participation: 50 } };
    const findings = rules.map((rule) => aFinding({ rule, verdict: 'fail' }));
    const data = await aReport({ organizations: [anOrganization('tax')], services, findings });
    const found = gainsOf(data.organizations[0]!, findings, { edition, indicators: INDICATORS });
    expect(found.map(({ indicator, points }) => [indicator, points])).toEqual(rules.map((rule) => [rule, 50]));
  });

  it('is nothing where nothing could be better', async () => {
    expect(await gains([aFinding(), aFinding({ rule: 'interaction/faq', service: 's1', verdict: 'unclear' })])).toEqual(
      [],
    );
  });

  it('is by how much the lower end rises when the organization is scored anew', async () => {
    const cases = fc.array(fc.constantFrom(...verdicts), { minLength: 8, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(cases, async (chosen) => {
        const subjects = INDICATORS.flatMap(({ id, scope }) => (scope === 'portal' ? [null] : services).map((service) => [id, service?.id ?? null] as const)); // prettier-ignore
        const findings = subjects.map(([rule, service], i) => aFinding({ rule, service, verdict: chosen[i % 8]! }));
        const low = (own: readonly Finding[]): number => scoreOrganization('tax', services, own, EDITION, INDICATORS).total.low; // prettier-ignore
        for (const { indicator, points } of await gains(findings)) {
          const mended = findings.map((finding) => (finding.rule === indicator && ['fail', 'partial'].includes(finding.verdict) ? { ...finding, verdict: 'pass' as const } : finding)); // prettier-ignore
          expect(points).toBeCloseTo(low(mended) - low(findings), 8);
          expect(points).toBeGreaterThan(0);
        }
      }),
    );
  });
});
