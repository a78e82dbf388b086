import { describe, expect, it } from 'vitest';
import { aFinding, anOrganization, aReport, FINDINGS } from './sample.ts';

describe('reportData', () => {
  it('orders by rank and puts those without one last, with the reason', async () => {
    const { organizations } = await aReport();
    expect(organizations.map(({ organization, unranked }) => [organization.id, unranked])).toEqual([
      ['tax', null],
      ['post', null],
      ['army', 'withdrawn'],
    ]);
  });

  it('ranks only organizations that take part, even where others were audited', async () => {
    const data = await aReport({
      organizations: [anOrganization('tax'), anOrganization('post', { cooperation: 'unreachable' })],
    });
    const post = data.organizations.find(({ organization }) => organization.id === 'post')!;
    expect(post.score).not.toBeNull();
    expect(post.ranked).toBeNull();
    expect(data.organizations.map(({ ranked }) => ranked?.worst)).toEqual([1, undefined]);
  });

  it('never takes an audit without result for a score', async () => {
    const data = await aReport({
      findings: FINDINGS.filter(({ organization }) => organization === 'tax'),
      failures: new Map([['post', 'disk full']]),
    });
    const post = data.organizations.find(({ organization }) => organization.id === 'post')!;
    expect(post).toMatchObject({ score: null, ranked: null, unranked: 'no-result', failure: 'disk full' });
  });

  it('withholds a score of which little is settled', async () => {
    const { organizations } = await aReport();
    expect(organizations[1]!.score!.total.score).toBeNull();
    expect(organizations[1]!.ranked!.rank).toBeNull();
  });

  it('says where a total lies, for whoever has a score', async () => {
    const { organizations } = await aReport();
    const [tax, post, army] = organizations;
    const { score } = tax!.score!.total;
    expect(tax!.interval![0]).toBeLessThan(score!);
    expect(tax!.interval![1]).toBeGreaterThan(score!);
    expect([post!.interval, army!.interval]).toEqual([null, null]);
    expect([tax!.totals!.length, post!.totals!.length, army!.totals]).toEqual([1000, 1000, null]);
  });

  it('draws the same for an organization whoever else is in the audit', async () => {
    const totals = async (...ids: string[]): Promise<unknown> => {
      const data = await aReport({
        organizations: ids.map((id) => anOrganization(id)),
        audit: { organizationIds: ids },
      });
      return data.organizations.find(({ organization }) => organization.id === 'tax')!.totals;
    };
    expect(await totals('post', 'tax')).toEqual(await totals('tax'));
  });

  it('counts verdicts over all, by organization and by indicator', async () => {
    const data = await aReport();
    expect(data.verdicts).toMatchObject({ pass: 2, partial: 1, fail: 2, unclear: 1, blocked: 2 });
    expect(data.verdictsOf.get('interaction/faq')).toMatchObject({ fail: 2, unclear: 1, pass: 0 });
    expect(data.organizations[0]!.verdicts).toMatchObject({ pass: 2, fail: 1 });
  });

  it('gives findings in one order, however they were stored', async () => {
    const order = async (findings: typeof FINDINGS): Promise<unknown> =>
      (await (await aReport({ findings })).details('tax')).findings.map(({ service, rule }) => [service, rule]);
    expect(await order([...FINDINGS].reverse())).toEqual(await order(FINDINGS));
    expect(await order(FINDINGS)).toEqual([
      [null, 'presence/contact-info'],
      ['s1', 'presence/steps-published'],
      ['s1', 'interaction/faq'],
      ['s2', 'presence/steps-published'],
      ['s2', 'interaction/faq'],
    ]);
  });

  it('reads one organization at a time', async () => {
    let open = 0;
    const { details } = await aReport({
      details: () => {
        open++;
        return {};
      },
    });
    expect(open).toBe(2); // once each for the scores, and nothing is asked for those that were not audited
    await details('army');
    expect(open).toBe(2);
  });

  it('lists indicators without a rule as not measured', async () => {
    expect((await aReport()).notMeasured.map(({ id }) => id)).toEqual(['participation/poll']);
  });

  it('keeps findings on services that the registry does not name', async () => {
    const data = await aReport({ findings: [...FINDINGS, aFinding({ service: 'ghost' })] });
    expect((await data.details('tax')).findings.at(-1)).toMatchObject({ service: 'ghost' });
  });
});
