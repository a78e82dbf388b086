import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compareOrganization,
  compareRounds,
  findingsDelta,
  matchServices,
  type Bridge,
  type CompareOptions,
  type Growth,
  type Method,
  type OrganizationGrowth,
  type Pair,
  type Parts,
  type RoundsComparison,
  type Sight,
} from '../../src/core/compare.ts';
import type { Edition } from '../../src/core/edition.ts';
import { STAGES, VERDICTS, type Finding, type Organization, type Service, type Verdict } from '../../src/core/model.ts';
import { scoreOrganization, type IndicatorPlace } from '../../src/core/score.ts';

// Three stages. By the earlier edition a service has 50 points in presence, 30 in interaction, 20 in participation.
const CATALOGUE: readonly IndicatorPlace[] = [
  { id: 'contact', stage: 'presence', scope: 'portal' },
  { id: 'steps', stage: 'presence', scope: 'service' },
  { id: 'complaint', stage: 'interaction', scope: 'portal' },
  { id: 'form', stage: 'interaction', scope: 'service' },
  { id: 'poll', stage: 'participation', scope: 'portal' },
];
const EARLIER: Edition = {
  id: 'r4',
  stageWeights: { presence: 50, interaction: 30, transaction: 0, integration: 0, participation: 20 },
  weights: { contact: 40, steps: 60, complaint: 20, form: 80, poll: 100 },
  minEvidence: {},
  partialValue: 0.5,
  options: {},
  coverageFloor: 0.6,
  visits: 1,
};
/** Less for presence, more for interaction. */
const LATER: Edition = { ...EARLIER, id: 'r5', stageWeights: { ...EARLIER.stageWeights, presence: 30, interaction: 50 } }; // prettier-ignore
const SAME: Method = { before: EARLIER, after: EARLIER, catalogue: CATALOGUE };
const NEWER: Method = { before: EARLIER, after: LATER, catalogue: CATALOGUE };

const organization = (id: string, change: Partial<Organization> = {}): Organization => ({
  id, names: { fa: `سازمان ${id}`, en: `Agency ${id}` }, parentId: null, portalUrl: null, cooperation: 'cooperative', extra: {}, ...change,
}); // prettier-ignore
const service = (id: string, change: Partial<Service> = {}): Service => ({
  id, organizationId: 'tax', parentId: null, code: null, titles: { fa: `خدمت ${id}`, en: `Service ${id}` }, pageUrl: null, systemUrl: null, profile: [], extra: {}, ...change,
}); // prettier-ignore
const finding = (rule: string, serviceId: string | null, verdict: Verdict, change: Partial<Finding> = {}): Finding => ({
  organization: 'tax', service: serviceId, rule, version: 1, verdict, outcome: 'x', message: { fa: '', en: '' }, level: 0, confidence: 1, confidenceBasis: 'prior', confidenceCases: 0, evidence: [], searched: [], ...change,
}); // prettier-ignore

/** Everything passes but what is named: `{ poll: 'fail', 's2/form': 'blocked' }`. */
const findings = (services: readonly Service[], but: Readonly<Record<string, Verdict>> = {}): Finding[] =>
  CATALOGUE.flatMap(({ id, scope }) =>
    scope === 'portal'
      ? [finding(id, null, but[id] ?? 'pass')]
      : services.map((own) => finding(id, own.id, but[`${own.id}/${id}`] ?? 'pass')),
  );

interface World {
  readonly id?: string;
  readonly organization?: Partial<Organization>;
  readonly services?: readonly Service[];
  readonly but?: Readonly<Record<string, Verdict>>;
  /** What people made of it, where it is not the machine's. */
  readonly settled?: Readonly<Record<string, Verdict>>;
}
const sight = ({ id = 'tax', services = [service('s1')], but = {}, settled = but, ...more }: World): Sight => ({
  organization: organization(id, more.organization),
  services,
  machine: findings(services, but),
  settled: findings(services, settled),
});
/** Rules and editions say the same of the same evidence. */
const asJudged = (before: Sight, after: Sight): Bridge => ({
  beforeByEarlier: before.machine, afterByEarlier: after.machine, afterByLater: after.machine, beforeByLater: before.machine,
}); // prettier-ignore
const pair = (before: Sight, after: Sight, bridge: Bridge | null = asJudged(before, after)) => ({ before, after, bridge }); // prettier-ignore
const compare = (before: World, after: World, method = SAME): OrganizationGrowth =>
  compareOrganization(pair(sight(before), sight(after)), method);

const NOTHING: Parts = { review: 0, coverage: 0, ruler: 0, real: 0, unseparated: 0 };
/** To nine digits: sums of floating numbers. */
const near = (parts: Partial<Parts>) =>
  Object.fromEntries(
    Object.entries({ ...NOTHING, ...parts }).map(([part, points]) => [part, points === null ? null : expect.closeTo(points, 9)]),
  ); // prettier-ignore
const closeTo = (points: number) => expect.closeTo(points, 9);
const sum = ({ review, coverage, ruler, real, unseparated }: Parts): number =>
  review + coverage + (ruler ?? 0) + (real ?? 0) + unseparated;
const TWO = [service('s1'), service('s2')];

describe('the growth of an organization', () => {
  it('is real where a form was removed', () => {
    const growth = compare({ services: TWO }, { services: TWO, but: { 's2/form': 'fail' } });
    // s2: 50 + 30 · 20 % + 20 = 76, mean with s1: (100 + 76) / 2 = 88
    expect(growth.total.after.score).toBeCloseTo(88, 9);
    expect(growth.total).toMatchObject({ points: closeTo(-12), parts: near({ real: -12 }), realByLater: closeTo(-12) });
    expect(growth.stages.interaction).toMatchObject({ points: closeTo(-40), parts: near({ real: -40 }) });
    expect(growth.stages.presence).toMatchObject({ points: closeTo(0), parts: near({}) });
    expect(growth.services.map(({ id, total }) => [id, total.points])).toEqual([['s1', 0], ['s2', closeTo(-24)]]); // prettier-ignore
    expect(growth.services[1]!.total.parts).toEqual(near({ real: -24 }));
  });

  it('is coverage where a service was added', () => {
    const growth = compare(
      { services: TWO },
      { services: [...TWO, service('s3')], but: { 's3/steps': 'fail', 's3/form': 'fail' } },
    );
    // s3: 50 · 40 % + 30 · 20 % + 20 = 46, mean: (100 + 100 + 46) / 3 = 82
    expect(growth.total).toMatchObject({ points: closeTo(-18), parts: near({ coverage: -18 }) });
    expect(growth.changes.new).toEqual([{ id: 's3', names: { fa: 'خدمت s3', en: 'Service s3' }, isHeadingInOther: false }]); // prettier-ignore
    expect(growth.basis.services).toEqual({ before: 2, after: 3, compared: 2 });
    // portal 3, services 2 · 2 and 3 · 2
    expect(growth.basis.verdicts).toEqual({ before: 7, after: 9, compared: 7 });
  });

  it('is the ruler where only the weights of two stages changed', () => {
    const growth = compare({ but: { 's1/form': 'fail' } }, { but: { 's1/form': 'fail' } }, NEWER);
    // 50 + 30 · 20 % + 20 = 76 before, 30 + 50 · 20 % + 20 = 60 after
    expect(growth.total).toMatchObject({ points: closeTo(-16), parts: near({ ruler: -16 }) });
    expect(growth.total.backcast!.score).toBeCloseTo(60, 9);
    expect(growth.total.realByLater).toBeCloseTo(0, 9);
  });

  it('tells a changed rule, a stricter edition and the real change from each other', () => {
    const services = [service('s1')];
    const before = sight({ but: { 's1/form': 'fail' } });
    // judged by the edition of the later round, which gives half for steps that an older one passes
    const after = sight({ but: { 's1/form': 'partial', 's1/steps': 'partial', contact: 'fail' } });
    const bridge: Bridge = {
      // a rule of today gives half for a form that the earlier round failed: 50 + 30 · 60 % + 20 = 88, not 76
      beforeByEarlier: findings(services, { 's1/form': 'partial' }),
      // the contact has gone: 50 · 60 % + 18 + 20 = 68
      afterByEarlier: findings(services, { 's1/form': 'partial', contact: 'fail' }),
      // 30 · 30 % + 50 · 60 % + 20 = 59
      afterByLater: after.machine,
      // 30 · 70 % + 30 + 20 = 71
      beforeByLater: findings(services, { 's1/form': 'partial', 's1/steps': 'partial' }),
    };
    const { total } = compareOrganization(pair(before, after, bridge), NEWER);
    expect(total).toMatchObject({
      points: closeTo(59 - 76),
      parts: near({ ruler: 88 - 76 + (59 - 68), real: 68 - 88 }),
      unsplit: null,
      realByLater: closeTo(59 - 71),
      backcast: { score: closeTo(71) },
    });
  });

  it('is review where people overturned a verdict', () => {
    // the machine overlooked the form in the earlier round, people did not: 76 was published as 100
    const overlooked = compare({ but: { 's1/form': 'fail' }, settled: {} }, {});
    expect(overlooked.total).toMatchObject({ points: 0, parts: near({ review: -24, real: 24 }) });
    const taken = compare({}, { settled: { poll: 'fail' } });
    expect(taken.total).toMatchObject({ points: closeTo(-20), parts: near({ review: -20 }) });
  });

  it('is coverage where a service could not be looked at', () => {
    const growth = compare(
      { services: TWO, but: { 's2/form': 'fail' } },
      { services: TWO, but: { 's2/form': 'blocked', 's2/steps': 'blocked' } },
    );
    // 88 before; after, s2 stands on the portal alone, 100; only s1 is compared
    expect(growth.total).toMatchObject({ points: closeTo(12), parts: near({ coverage: 12 }) });
    expect(growth.basis.services.compared).toBe(1);
    // 20 of 50, 6 of 30 and 20 of 20 points are settled: below the floor
    expect(growth.services[1]!.total).toMatchObject({ points: null, missing: { side: 'after', cause: 'withheld' } });
  });

  it('compares the verdicts that both rounds settled, and no others of the same service', () => {
    const services = [service('s1')];
    const growth = compare({ services, but: { 's1/form': 'unclear' } }, { services, but: { 's1/form': 'fail', poll: 'fail' } }); // prettier-ignore
    // without the form: 100 before and 80 after; with it 50 + 30 · 20 % = 56
    expect(growth.total).toMatchObject({ points: closeTo(-44), parts: near({ real: -20, coverage: -24 }) });
  });
});

describe('where the way is not whole', () => {
  it('gives no growth and says which side has no printed score', () => {
    const blocked = { contact: 'blocked', complaint: 'blocked', poll: 'blocked', 's1/form': 'blocked' } as const;
    const growth = compare({}, { but: blocked });
    expect(growth.total).toMatchObject({ points: null, parts: null, missing: { side: 'after', cause: 'withheld' } });
    expect(growth.total.after.score).toBeNull();
    expect(growth.stages.transaction.missing).toEqual({ side: 'before', cause: 'not-measured' });
    expect(compare({ but: blocked }, { but: blocked }).total.missing).toEqual({ side: 'before', cause: 'withheld' });
  });

  it('gives none to an organization whose score is not published', () => {
    const growth = compare({ organization: { cooperation: 'excluded-no-list' } }, {});
    expect(growth.total).toMatchObject({ points: null, missing: { side: 'before', cause: 'unranked' } });
    expect(growth.ranked).toEqual({ before: false, after: true });
  });

  it('keeps ruler and real change in one number where the evidence is no more', () => {
    const growth = compareOrganization(pair(sight({ but: { 's1/form': 'fail' } }), sight({ but: { poll: 'fail' } }), null), NEWER); // prettier-ignore
    // 76 before; 30 + 50 = 80 after
    expect(growth.total).toMatchObject({
      points: closeTo(4),
      parts: near({ ruler: null, real: null, unseparated: 4 }),
      unsplit: 'no-bridge',
      realByLater: null,
      backcast: null,
    });
  });

  it('splits without the check where the earlier evidence does not suffice for the later edition', () => {
    const [before, after] = [sight({}), sight({ but: { poll: 'fail' } })];
    const { total } = compareOrganization(
      pair(before, after, { ...asJudged(before, after), beforeByLater: null }),
      SAME,
    );
    expect(total).toMatchObject({ parts: near({ real: -20 }), realByLater: null, backcast: null });
  });

  it('is all coverage, and no zero, where the rounds have no service in common', () => {
    const growth = compare({ services: [service('s1')] }, { services: [service('x9')], but: { 'x9/form': 'fail' } });
    expect(growth.total).toMatchObject({
      points: closeTo(-24),
      parts: near({ coverage: -24, ruler: null, real: null }),
      unsplit: 'nothing-in-common',
    });
    expect(growth.services).toEqual([]);
  });

  it('is all coverage for a stage that only one round could look at', () => {
    const floor = { ...EARLIER, coverageFloor: 0 };
    const but = { 's1/form': 'blocked', complaint: 'partial' } as const;
    const { stages, total } = compare({ but }, { but: { complaint: 'blocked', 's1/form': 'fail' } }, { before: floor, after: floor, catalogue: CATALOGUE }); // prettier-ignore
    expect(stages.interaction).toMatchObject({ points: closeTo(-50), parts: near({ coverage: -50, ruler: null, real: null }) }); // prettier-ignore
    expect(total.parts).toEqual(near({ coverage: -15 }));
  });

  it('takes what only people settled as coverage', () => {
    const floor = { ...EARLIER, coverageFloor: 0 };
    const open = Object.fromEntries(findings([service('s1')]).map(({ service: id, rule }) => [id ? `${id}/${rule}` : rule, 'unclear' as const])); // prettier-ignore
    const { total } = compare({ but: open, settled: { poll: 'fail' } }, {}, { before: floor, after: floor, catalogue: CATALOGUE }); // prettier-ignore
    expect(total).toMatchObject({ points: closeTo(20), parts: near({ coverage: 20, ruler: null, real: null }) });
  });

  it('stands on the portal of an organization without services', () => {
    const growth = compare({ services: [] }, { services: [], but: { contact: 'fail' } });
    expect(growth.total).toMatchObject({ points: closeTo(-50), parts: near({ real: -50 }) });
  });
});

describe('services of two rounds', () => {
  const matches = (before: readonly Service[], after: readonly Service[]): string[] =>
    matchServices(before, after).map(({ ids, by }) => `${ids.before}→${ids.after} ${by}`);

  it.each<[string, Service[], Service[], string[]]>([
    ['by id', [service('a')], [service('a', { code: '1', titles: { fa: 'x', en: '' } })], ['a→a id']],
    ['else by approved code', [service('a', { code: '10011234' })], [service('b', { code: '10011234' })], ['a→b code']],
    ['else by title, folded', [service('a', { titles: { fa: 'صدور گواهي', en: '' } })], [service('b', { titles: { fa: 'صدور\u200cگواهی', en: 'Certificate' } })], ['a→b title']],
    ['else by the title in English', [service('a', { titles: { fa: '', en: 'Tax Return' } })], [service('b', { titles: { fa: 'اظهارنامه', en: 'tax  return' } })], ['a→b title']],
    ['an id before a code, each once', [service('a', { code: '1' }), service('b', { code: '2' })], [service('b', { code: '1' }), service('c', { code: '1' })], ['b→b id', 'a→c code']],
    ['no title that a list has twice', [service('a', { titles: { fa: 'ترخیص', en: '' } })], ['x', 'y'].map((id) => service(id, { titles: { fa: 'ترخیص', en: '' } })), []],
    ['no empty titles', [service('a', { titles: { fa: '', en: '' } })], [service('b', { titles: { fa: '', en: '' } })], []],
    ['no headings', [service('g'), service('a', { parentId: 'g' })], [service('g'), service('b')], []],
  ])('are known again: %s', (_, before, after, expected) => {
    expect(matches(before, after)).toEqual(expected);
    // the other way around the same ones are found
    expect(matches(after, before).length).toBe(expected.length);
  }); // prettier-ignore

  it('are listed as renamed, moved, new and gone', () => {
    const before = [
      service('a', { titles: { fa: 'صدور گواهي', en: 'Licence' }, pageUrl: 'http://tax.example/a', systemUrl: 'https://old.example' }),
      service('b', { titles: { fa: 'تمدید', en: '' }, pageUrl: null }),
      service('c'),
      service('d'),
    ]; // prettier-ignore
    const after = [
      service('a', { titles: { fa: 'صدور گواهی', en: 'Permit' }, pageUrl: 'https://tax.example/a', systemUrl: 'https://new.example/' }),
      service('b', { titles: { fa: 'تمدید', en: 'Renewal' }, pageUrl: 'https://tax.example/b' }),
      service('c'),
      service('c1', { parentId: 'c' }),
    ]; // prettier-ignore
    const { changes } = compare({ services: before }, { services: after });
    expect(changes.renamed.map(({ id, namesBefore, names }) => [id, namesBefore.en, names.en])).toEqual([['a', 'Licence', 'Permit']]); // prettier-ignore
    expect(changes.moved).toEqual([
      { id: 'a', names: after[0]!.titles, page: null, system: { before: 'https://old.example', after: 'https://new.example/' } },
    ]); // prettier-ignore
    expect(changes.gone.map(({ id, isHeadingInOther }) => [id, isHeadingInOther])).toEqual([['c', true], ['d', false]]); // prettier-ignore
    expect(changes.new.map(({ id, isHeadingInOther }) => [id, isHeadingInOther])).toEqual([['c1', false]]);
  });

  it('are compared under the ids that each round gives them', () => {
    const growth = compare(
      { services: [service('old', { code: '10011234' })], but: { 'old/form': 'fail' } },
      { services: [service('new', { code: '10011234' })] },
    );
    expect(growth.services[0]).toMatchObject({
      id: 'new',
      idBefore: 'old',
      total: { points: closeTo(24), parts: near({ real: 24 }) },
    });
  });
});

describe('two rounds', () => {
  /** An organization with nothing but a poll, so that its score is that of one verdict. */
  const polled = (id: string, verdict: Verdict, change: Partial<Organization> = {}): Sight => {
    const own = [finding('poll', null, verdict, { organization: id })];
    return { organization: organization(id, change), services: [], machine: own, settled: own };
  };
  const both = (id: string, before: Verdict, after: Verdict, change: Partial<Organization> = {}): Pair =>
    pair(polled(id, before), polled(id, after, change));
  const gone = (id: string, verdict: Verdict): Pair => ({ before: polled(id, verdict), after: null, bridge: null });
  const added = (id: string, verdict: Verdict, change: Partial<Organization> = {}): Pair => ({ before: null, after: polled(id, verdict, change), bridge: null }); // prettier-ignore
  const rounds = (pairs: Iterable<Pair>, options?: CompareOptions, method = SAME): Promise<RoundsComparison> =>
    compareRounds(pairs, method, options);

  it('have a mean of those in both, and a mean of all in which coming and going is coverage', async () => {
    const { matched, all, ...lists } = await rounds([both('a', 'fail', 'pass'), both('b', 'pass', 'partial'), gone('c', 'partial'), added('d', 'pass')]); // prettier-ignore
    // a 0 → 100 and b 100 → 50
    expect(matched.total).toMatchObject({ before: 50, after: 75, points: 25, parts: near({ real: 25 }), separated: 2, organizations: { before: 3, after: 3, compared: 2 } }); // prettier-ignore
    // (0 + 100 + 50) / 3 = 50 before, (100 + 50 + 100) / 3 = 83.33 after
    expect(all.total).toMatchObject({ before: 50, after: closeTo(250 / 3), points: closeTo(100 / 3), parts: near({ real: 25, coverage: 25 / 3 }) }); // prettier-ignore
    expect(all.stages.participation).toEqual(all.total);
    expect(all.stages.presence).toMatchObject({ before: null, after: null, points: null, parts: null });
    expect([lists.new, lists.gone].map((list) => list.map(({ id, score }) => [id, score!.score]))).toEqual([[['d', 100]], [['c', 50]]]); // prettier-ignore
  });

  it('split the mean as far as its organizations could be split', async () => {
    const { matched } = await rounds([both('a', 'fail', 'pass'), { ...both('b', 'pass', 'partial'), bridge: null }]);
    // a adds 100 / 2, b adds −50 / 2
    expect(matched.total).toMatchObject({ points: 25, parts: near({ real: 50, unseparated: -25 }), separated: 1 });
    const none = await rounds([{ ...both('b', 'pass', 'partial'), bridge: null }]);
    expect(none.matched.total.parts).toEqual(near({ ruler: null, real: null, unseparated: -50 }));
  });

  it('have a mean of all even where no organization is in both', async () => {
    const { matched, all } = await rounds([gone('a', 'fail'), added('b', 'partial')]);
    expect(matched.total).toMatchObject({ points: null, parts: null });
    expect(all.total).toMatchObject({ points: 50, parts: near({ coverage: 50, ruler: null, real: null }) });
  });

  it('leave those without a published score out of every mean', async () => {
    const { all, new: new_ } = await rounds([
      both('a', 'fail', 'pass'),
      both('b', 'pass', 'fail', { cooperation: 'withdrawn' }),
      added('c', 'fail', { cooperation: 'excluded-no-list' }),
    ]);
    // b was published before: (0 + 100) / 2
    expect(all.total).toMatchObject({ before: 50, after: 100, organizations: { before: 2, after: 1, compared: 1 } });
    expect(new_).toEqual([{ id: 'c', names: { fa: 'سازمان c', en: 'Agency c' }, score: null }]);
  });

  it('list risers and fallers by real change and by growth, equals by their id', async () => {
    const overturned = { ...both('z', 'pass', 'pass'), after: { ...polled('z', 'pass'), settled: [finding('poll', null, 'fail', { organization: 'z' })] } }; // prettier-ignore
    const pairs = [both('d', 'fail', 'pass'), both('c', 'partial', 'pass'), both('b', 'fail', 'pass'), both('e', 'pass', 'pass'), both('f', 'pass', 'partial'), overturned]; // prettier-ignore
    const { risers, fallers } = await rounds(pairs);
    const listed = (movers: RoundsComparison['risers']['real']) => movers.map(({ id, points }) => [id, points]);
    expect(listed(risers.real)).toEqual([['b', 100], ['d', 100], ['c', 50]]); // prettier-ignore
    expect(listed(fallers.real)).toEqual([['f', -50]]);
    expect(listed(fallers.growth)).toEqual([['z', -100], ['f', -50]]); // prettier-ignore
    expect(listed((await rounds(pairs, { top: 1 })).risers.growth)).toEqual([['b', 100]]);
  });

  it('say whose scores cannot be told apart', async () => {
    const intervals = { a: { low: 20, high: 80 }, b: { low: -60, high: 0 }, c: null };
    const { organizations, risers } = await rounds(
      [both('a', 'partial', 'pass'), both('b', 'pass', 'partial'), both('c', 'fail', 'pass'), both('d', 'blocked', 'pass')],
      { noise: (id) => intervals[id as keyof typeof intervals] ?? (id === 'd' ? { low: 1, high: 2 } : null) },
    ); // prettier-ignore
    expect(organizations.map(({ organization: id, separable }) => [id, separable])).toEqual([['a', true], ['b', false], ['c', null], ['d', null]]); // prettier-ignore
    expect(risers.growth.find(({ id }) => id === 'a')!.separable).toBe(true);
  });

  it('know an organization by its id under another name, and only then as renamed', async () => {
    const { renamed } = await rounds([
      both('a', 'pass', 'pass', { names: { fa: 'سازمان a', en: 'Bureau a' } }),
      both('b', 'pass', 'pass', { names: { fa: 'سازمان\u200cb', en: '' } }),
    ]);
    expect(renamed.map(({ id, namesBefore }) => [id, namesBefore.en])).toEqual([['a', 'Agency a']]);
  });

  it('take organizations one at a time, and each once', async () => {
    let open = 0;
    async function* stream(): AsyncGenerator<Pair> {
      for (const id of ['a', 'b']) {
        open++;
        yield both(id, 'pass', 'fail');
        open--;
      }
    }
    expect((await compareRounds(stream(), SAME)).organizations).toHaveLength(2);
    expect(open).toBe(0);
    await expect(rounds([both('a', 'pass', 'pass'), gone('a', 'pass')])).rejects.toThrow('a twice');
    await expect(rounds([pair(polled('a', 'pass'), polled('b', 'pass'))])).rejects.toThrow('got a before and b after');
    await expect(rounds([{ before: null, after: null, bridge: null }])).rejects.toThrow('without an organization');
  });
});

describe('any two rounds', () => {
  // mostly settled, so that six judgements have something in common
  const verdict = fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom<Verdict>('pass', 'partial', 'fail') },
    { weight: 1, arbitrary: fc.constantFrom<Verdict>(...VERDICTS) },
  );
  const judgement = (ids: readonly string[]): fc.Arbitrary<Finding[]> =>
    fc
      .array(verdict, { minLength: CATALOGUE.length * ids.length, maxLength: CATALOGUE.length * ids.length })
      .map((list) => {
        let at = 0;
        return findings(ids.map((id) => service(id))).map((own) => ({ ...own, verdict: list[at++]! }));
      });
  const [OLD, NEW] = [['s1', 's2', 's3'], ['s2', 's3', 's4']]; // prettier-ignore
  const world = (ids: readonly string[]): fc.Arbitrary<Sight> =>
    fc.record({ machine: judgement(ids), settled: judgement(ids) }).map((own) => ({ ...own, organization: organization('tax'), services: ids.map((id) => service(id)) })); // prettier-ignore
  const bridged: fc.Arbitrary<Bridge> = fc.record({
    beforeByEarlier: judgement(OLD!), afterByEarlier: judgement(NEW!), afterByLater: judgement(NEW!), beforeByLater: fc.option(judgement(OLD!), { nil: null }),
  }); // prettier-ignore
  const open = (edition: Edition): Edition => ({ ...edition, coverageFloor: 0 });
  const method = { before: open(EARLIER), after: open(LATER), catalogue: CATALOGUE };
  const figures = ({ total, stages, services }: Pick<OrganizationGrowth, 'total' | 'stages' | 'services'>): Growth[] => [
    total, ...Object.values(stages), ...services.flatMap((own) => [own.total, ...Object.values(own.stages)]),
  ]; // prettier-ignore

  it('have a growth that is the sum of its parts, wherever there is one', () => {
    let split = 0;
    fc.assert(
      fc.property(world(OLD!), world(NEW!), fc.option(bridged), (before, after, bridge) => {
        for (const { points, parts, unsplit, missing, before: from, after: to } of figures(
          compareOrganization({ before, after, bridge }, method),
        )) {
          expect([parts === null, missing === null]).toEqual([points === null, points !== null]);
          if (!parts || points === null) continue;
          expect(points).toBe(to.score! - from.score!);
          expect(sum(parts)).toBeCloseTo(points, 9);
          expect([parts.real === null, parts.ruler === null]).toEqual([unsplit !== null, unsplit !== null]);
          if (unsplit === null) split++;
        }
      }),
      { numRuns: 150 },
    );
    expect(split).toBeGreaterThan(100);
  });

  it('have means that are the sums of their parts', async () => {
    const pairs = fc.array(
      fc.record({ before: fc.option(world(OLD!)), after: fc.option(world(NEW!)), bridge: fc.option(bridged) }),
      { maxLength: 6 },
    );
    const named = (own: Sight | null, id: string): Sight | null => own && { ...own, organization: organization(id) };
    await fc.assert(
      fc.asyncProperty(pairs, async (list) => {
        const given = list
          .map(({ before, after, bridge }, at) => ({ before: named(before, `o${at}`), after: named(after, `o${at}`), bridge }))
          .filter(({ before, after }) => before ?? after); // prettier-ignore
        const { matched, all } = await compareRounds(given, method);
        for (const mean of [matched, all].flatMap(({ total, stages }) => [total, ...Object.values(stages)])) {
          if (mean.parts) expect(sum(mean.parts)).toBeCloseTo(mean.points!, 9);
          if (mean.points !== null) expect(mean.points).toBeCloseTo(mean.after! - mean.before!, 9);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('do not differ from themselves', () => {
    fc.assert(
      fc.property(world(OLD!), (own) => {
        const growth = compareOrganization(pair(own, own), { ...method, after: method.before });
        for (const { points, parts } of figures(growth)) {
          if (points === null) continue;
          expect(points).toBe(0);
          expect(PARTS_OF(parts!)).toEqual([]);
        }
        expect(growth.changes).toEqual({ new: [], gone: [], renamed: [], moved: [] });
      }),
      { numRuns: 60 },
    );
  });

  /** Names of parts that are something. */
  const PARTS_OF = (parts: Parts): string[] => Object.entries(parts).filter(([, points]) => points).map(([part]) => part); // prettier-ignore

  it('give the opposite growth the other way around', () => {
    fc.assert(
      fc.property(world(OLD!), world(NEW!), bridged, (before, after, bridge) => {
        const back: Bridge | null = bridge.beforeByLater && {
          beforeByEarlier: bridge.afterByLater, afterByEarlier: bridge.beforeByLater, afterByLater: bridge.beforeByEarlier, beforeByLater: bridge.afterByEarlier,
        }; // prettier-ignore
        const there = compareOrganization({ before, after, bridge: back && bridge }, method);
        const here = compareOrganization({ before: after, after: before, bridge: back }, { ...method, before: method.after, after: method.before }); // prettier-ignore
        expect(here.services.map(({ id }) => id)).toEqual(there.services.map(({ id }) => id));
        const others = figures(here);
        figures(there).forEach(({ points, parts }, at) => {
          const other = others[at]!;
          expect(other.points === null).toBe(points === null);
          if (!parts || !other.parts || points === null || other.points === null) return;
          expect(other.points).toBeCloseTo(-points, 9);
          expect(other.parts.review).toBeCloseTo(-parts.review, 9);
          // an intermediate judgement without anything applicable may be met from one side only
          if (parts.real === null || other.parts.real === null) return;
          expect(other.parts.coverage).toBeCloseTo(-parts.coverage, 9);
          expect(other.parts.ruler! + other.parts.real).toBeCloseTo(-(parts.ruler! + parts.real), 9);
        });
      }),
      { numRuns: 100 },
    );
  });
});

describe('a second look at one organization', () => {
  const delta = (before: readonly Finding[], after: readonly Finding[], services = TWO) =>
    findingsDelta(before, after, EARLIER, services, CATALOGUE);

  it('tells what each changed verdict is worth, the weightiest first', () => {
    const told = delta(findings(TWO, { 's1/form': 'fail', contact: 'fail', 's2/steps': 'partial' }), findings(TWO, { 's2/form': 'partial' })); // prettier-ignore
    expect(told.changes.map(({ key, before, after, points }) => [key.replaceAll('\n', ' '), before!.verdict, after!.verdict, points])).toEqual([
      // 50 · 40 % for both services
      ['tax  contact', 'fail', 'pass', closeTo(20)],
      // 30 · 80 % for one of two
      ['tax s1 form', 'fail', 'pass', closeTo(12)],
      // half of 50 · 60 % for one of two
      ['tax s2 steps', 'partial', 'pass', closeTo(7.5)],
      // half of 30 · 80 % for one of two
      ['tax s2 form', 'pass', 'partial', closeTo(-6)],
    ]); // prettier-ignore
    expect(told.before.total.score).toBeCloseTo(100 - 20 - 12 - 7.5, 9);
    expect(told.after.total.score).toBeCloseTo(100 - 6, 9);
    expect(told.same).toBe(3);
  });

  it('orders equals by their key', () => {
    const told = delta(findings(TWO), findings(TWO, { 's2/form': 'fail', 's1/form': 'fail' }));
    expect(told.changes.map(({ key }) => key)).toEqual(['tax\ns1\nform', 'tax\ns2\nform']);
  });

  it('lists the same verdict with other evidence apart', () => {
    const quoted = (quote: string, snapshot: string): Finding[] => [
      finding('poll', null, 'pass', { evidence: [{ url: 'https://tax.example/', snapshot, selector: 'p', quote, language: 'fa' }] }),
    ]; // prettier-ignore
    expect(delta(quoted('نظرسنجی', 'a'), quoted('رأی دهید', 'b'))).toMatchObject({
      changes: [],
      restated: [{ key: 'tax\n\npoll' }],
      same: 0,
    });
    // other bytes around the same words are no other evidence
    expect(delta(quoted('نظرسنجی', 'a'), quoted('نظرسنجی', 'b'))).toMatchObject({ changes: [], restated: [], same: 1 });
  });

  it('has findings of one side only, and no points where nothing was settled', () => {
    const blocked = findings(TWO).map((own) => ({ ...own, verdict: 'blocked' as const }));
    const told = delta(blocked, [...blocked.slice(1), finding('new', 's1', 'pass')]);
    expect(told.changes.map(({ before, after, points }) => [before?.rule, after?.rule, points])).toEqual([
      ['contact', undefined, null],
      [undefined, 'new', null],
    ]);
    expect(delta([], []).changes).toEqual([]);
  });

  it('gives nothing for a verdict on a heading, which is not scored', () => {
    const parts = [service('g'), service('s1', { parentId: 'g' })];
    const told = delta(findings(parts), findings(parts, { 'g/form': 'fail' }), parts);
    expect(told.changes.map(({ points }) => points)).toEqual([0]);
  });

  it('gives every change the points that scoring everything again gives', () => {
    const verdicts = fc.array(fc.constantFrom<Verdict>(...VERDICTS), { minLength: 7, maxLength: 7 });
    const judged = (list: readonly Verdict[]): Finding[] => findings(TWO).map((own, at) => ({ ...own, verdict: list[at]! })); // prettier-ignore
    const total = (all: readonly Finding[]): number | null =>
      scoreOrganization('tax', TWO, all, EARLIER, CATALOGUE).total.estimate;
    fc.assert(
      fc.property(verdicts, verdicts, (one, other) => {
        const [before, after] = [judged(one), judged(other)];
        for (const change of delta(before, after).changes) {
          const replaced = total(before.map((own) => (own === change.before ? change.after! : own)));
          const from = total(before);
          if (replaced === null || from === null) expect(change.points).toBeNull();
          else expect(change.points).toBeCloseTo(replaced - from, 9);
        }
      }),
      { numRuns: 100 },
    );
  });
});

it('has every stage in every comparison', () => {
  const growth = compare({}, {});
  expect(Object.keys(growth.stages)).toEqual([...STAGES]);
  expect(Object.keys(growth.services[0]!.stages)).toEqual([...STAGES]);
});
