import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canonical,
  chainOf,
  digestOf,
  hashOf,
  HASH_BEFORE_FIRST,
  sha256,
  type ChainedOrganization,
  type ChainedRound,
} from '../../src/audit/chain.ts';
import type { Organization, Verdict } from '../../src/core/model.ts';
import type { Act, Link } from '../../src/core/round.ts';
import { scoreOrganization, type IndicatorPlace } from '../../src/core/score.ts';
import {
  aFinding,
  anAct,
  anEdition,
  aReaudit,
  aRegistry,
  aReview,
  aRound,
  aSkip,
  aSnapshot,
  at,
} from '../storage/fixtures.ts';

const CATALOGUE: readonly IndicatorPlace[] = [{ id: 'presence/site-search', stage: 'presence', scope: 'portal' }];

const anOrganization = (id: string): Organization => ({
  id, names: { fa: id, en: id }, parentId: null, portalUrl: `https://${id}.example/`, cooperation: 'cooperative', extra: {},
}); // prettier-ignore
/** An organization whose portal was judged by one rule; without a verdict nothing was found. */
const chained = (id: string, verdict: Verdict | null, change: Partial<ChainedOrganization> = {}): ChainedOrganization => {
  const findings = verdict === null ? [] : [aFinding({ organization: id, verdict })];
  return {
    organization: anOrganization(id), auditId: 'a', findings, reviews: [], snapshots: [aSnapshot({ organizationId: id })], skipped: [aSkip()],
    score: verdict === null ? null : scoreOrganization(id, [], findings, anEdition(), CATALOGUE),
    ...change,
  };
}; // prettier-ignore

async function* each(organizations: readonly ChainedOrganization[]): AsyncGenerator<ChainedOrganization> {
  yield* organizations;
}
async function linksOf(
  organizations: readonly ChainedOrganization[],
  change: Partial<Omit<ChainedRound, 'organizations'>> = {},
): Promise<Link[]> {
  const input: ChainedRound = {
    round: aRound({ state: 'preview' }),
    revisedRoot: null,
    registry: aRegistry(),
    rules: ['u'],
    configDigest: 'c',
    acts: [anAct()],
    reaudits: [],
    organizations: each(organizations),
    ...change,
  };
  const links: Link[] = [];
  for await (const link of chainOf(input)) links.push(link);
  return links;
}
const rootOf = async (...input: Parameters<typeof linksOf>): Promise<string> => (await linksOf(...input)).at(-1)!.hash;
const named = (links: readonly Link[]): string[] => links.map(({ kind, key }) => `${kind} ${key}`);

describe('canonical', () => {
  it('sorts keys at every depth, leaves out what is null, and keeps lists as they are', () => {
    expect(canonical({ b: [3, null, { y: null, x: 1 }], a: { d: undefined, c: '' }, e: null, f: 0 })).toBe(
      '{"a":{"c":""},"b":[3,null,{"x":1}],"f":0}',
    );
  });

  it('is the same for the same content in any order of keys, and another one for other content', () => {
    const anyContent = fc.dictionary(fc.string({ maxLength: 5 }), fc.jsonValue({ maxDepth: 2 }));
    fc.assert(
      fc.property(anyContent, fc.string(), (content, other) => {
        const reversed = Object.fromEntries(Object.entries(content).reverse());
        expect(canonical(reversed)).toBe(canonical(content));
        expect(canonical({ ...content, added: null })).toBe(canonical({ ...content, added: undefined }));
        expect(canonical({ ...content, added: other })).not.toBe(canonical({ ...content, added: `${other}.` }));
      }),
    );
  });

  it('keeps apart what only looks alike', () => {
    const texts = [{ a: 1 }, { a: '1' }, { a: [1] }, { a: { 0: 1 } }, { 'a":1,"b': 1 }, { a: 1, b: 1 }].map(canonical);
    expect(new Set(texts).size).toBe(texts.length);
  });
});

describe('the chain of a round', () => {
  const COUNTRY = [chained('post', 'partial'), chained('tax', 'pass'), chained('roads', null), chained('ports', 'partial')]; // prettier-ignore

  it('is a header, the evidence and scores of each organization, the ranking and the acts', async () => {
    const links = await linksOf(COUNTRY);
    expect(named(links)).toEqual([
      'header r',
      'evidence post',
      'scores post',
      'evidence tax',
      'scores tax',
      'evidence roads', // nothing was found of it, so that there is nothing to score
      'evidence ports',
      'scores ports',
      'ranking r',
      'acts r',
    ]);
    expect(links.map(({ position }) => position)).toEqual(links.map((_, index) => index));
  });

  it('covers with each hash the hash before it, and can be checked without this program', async () => {
    let before = HASH_BEFORE_FIRST;
    for (const { kind, key, digest, hash, content } of await linksOf(COUNTRY)) {
      const text = `${before}\n${kind}\n${key}\n${digest}`;
      expect(hash).toBe(createHash('sha256').update(text).digest('hex'));
      expect(hash).toBe(hashOf(before, { kind, key, digest }));
      if (content !== null) expect(sha256(content)).toBe(digest);
      before = hash;
    }
    expect(before).not.toBe(HASH_BEFORE_FIRST);
  });

  it('keeps the content of all but the evidence, which are rows of their own', async () => {
    const links = await linksOf(COUNTRY);
    expect(named(links.filter(({ content }) => content === null))).toEqual(COUNTRY.map(({ organization }) => `evidence ${organization.id}`)); // prettier-ignore
    expect(JSON.parse(links[2]!.content!)).toMatchObject({ organization: 'post', total: { score: 50 } });
    expect(JSON.parse(links.at(-1)!.content!)).toEqual({
      acts: [{ kind: 'opened', at: at(0), by: 'Sara', note: '' }],
      reaudits: [],
    });
  });

  it('ranks by total, the highest first, equal ones by id, and those without a score last', async () => {
    const withheld = chained('water', 'unclear');
    const ranking = (await linksOf([withheld, ...COUNTRY])).find(({ kind }) => kind === 'ranking')!;
    expect(JSON.parse(ranking.content!)).toEqual([
      { organization: 'tax', total: 100 },
      { organization: 'ports', total: 50 },
      { organization: 'post', total: 50 },
      { organization: 'water' },
    ]);
  });

  it('names the method, the plan, the registry and what is revised in its header, and not where the round stands', async () => {
    const round = aRound({ state: 'preview', number: 7, revises: 'q', reason: 'wrong' });
    const [header] = await linksOf([], { round, revisedRoot: 'root of q' });
    expect(JSON.parse(header!.content!)).toMatchObject({
      id: 'r', edition: { id: 't1' }, plan: { pages: 20 }, revises: 'q', reason: 'wrong', revisedRoot: 'root of q', registry: digestOf(aRegistry()), rules: 'u', configuration: 'c', openedBy: 'Sara',
    }); // prettier-ignore
    const later = aRound({ ...round, state: 'published', number: 9, publishedAt: at(9), rootHash: 'root' });
    expect((await linksOf([], { round: later, revisedRoot: 'root of q' }))[0]).toEqual(header);
  });

  it('is the same whenever it is made', async () => {
    expect(await linksOf(COUNTRY)).toEqual(await linksOf(COUNTRY));
  });

  it.each<[string, Partial<Omit<ChainedRound, 'organizations'>>]>([
    ['the round', { round: aRound({ reason: 'other' }) }],
    ['the edition', { round: aRound({ edition: anEdition({ coverageFloor: 0.5 }) }) }],
    ['the plan', { round: aRound({ plan: { ...aRound().plan, pages: 21 } }) }],
    ['the registry', { registry: aRegistry({ languages: ['en'] }) }],
    ['the rules', { rules: ['U'] }],
    ['rules that changed on the way', { rules: ['u', 'v'] }],
    ['the configuration', { configDigest: 'C' }],
    ['the root of the round that is revised', { revisedRoot: 'root' }],
    ['an act', { acts: [anAct({ note: 'x' })] }],
    ['the order of acts', { acts: [anAct({ by: 'Reza' }), anAct()] }],
    ['an audit on demand', { reaudits: [aReaudit()] }],
  ])('ends in another root when %s is another', async (_, change) => {
    const acts: Act[] = [anAct(), anAct({ by: 'Reza' })];
    expect(await rootOf(COUNTRY, { acts, ...change })).not.toBe(await rootOf(COUNTRY, { acts }));
  });

  it.each<[string, Partial<ChainedOrganization>]>([
    ['the organization', { organization: { ...anOrganization('tax'), cooperation: 'withdrawn' } }],
    ['the audit', { auditId: 'again' }],
    ['a finding', { findings: [aFinding({ organization: 'tax', confidence: 0.8 })] }],
    ['the number of findings', { findings: [] }],
    ['a review', { reviews: [aReview({ organization: 'tax' })] }],
    ['a look', { snapshots: [aSnapshot({ organizationId: 'tax', status: 404 })] }],
    ['an address that was skipped', { skipped: [aSkip({ reason: 'trap' })] }],
    ['a score', { score: chained('tax', 'fail').score }],
  ])('ends in another root when %s of an organization is another', async (_, change) => {
    const others = [COUNTRY[0]!, chained('tax', 'pass', change), COUNTRY[2]!, COUNTRY[3]!];
    expect(await rootOf(others)).not.toBe(await rootOf(COUNTRY));
  });
});
