import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STAGES, type Stage } from '../../src/core/model.ts';
import { rank, type Ranked } from '../../src/core/rank.ts';
import type { OrganizationScore, StageScore } from '../../src/core/score.ts';

/** An organization with a total and the ends of its interval. */
const org = (organization: string, score: number | null, low = score ?? 0, high = score ?? 100): OrganizationScore => {
  const total: StageScore = {
    score,
    estimate: score,
    low,
    high,
    resolved: score === null ? 0.2 : 1,
    measured: 1,
    thin: false,
  };
  return {
    organization,
    total,
    portal: total,
    services: [],
    stages: Object.fromEntries(STAGES.map((stage) => [stage, total])) as Record<Stage, StageScore>,
  };
};
const places = (...scores: OrganizationScore[]): Record<string, number | null> =>
  Object.fromEntries(rank(scores).map((entry) => [entry.organization, entry.rank]));
const of = (ranked: readonly Ranked[], id: string): Ranked => ranked.find(({ organization }) => organization === id)!;

describe('rank', () => {
  it('puts the best first, whatever order they come in', () => {
    expect(rank([org('b', 40), org('c', 90), org('a', 60)]).map(({ organization }) => organization)).toEqual([
      'c',
      'a',
      'b',
    ]);
  });

  it('lets equals share a rank and leaves the next one out', () =>
    expect(places(org('a', 90), org('b', 80), org('c', 80), org('d', 70))).toEqual({ a: 1, b: 2, c: 2, d: 4 }));

  it('takes no difference of rounding for one, and every other for one', () => {
    expect(places(org('a', 80), org('b', 80 + 1e-12), org('c', 79.999))).toEqual({ a: 1, b: 1, c: 3 });
  });

  it('orders equals by their id, so that a list looks the same twice', () => {
    expect(rank([org('z', 50), org('b', 50), org('m', 50)]).map(({ organization }) => organization)).toEqual([
      'b',
      'm',
      'z',
    ]);
  });

  it('gives no rank to a withheld score and lists it last', () => {
    expect(places(org('a', null, 10, 100), org('b', 5))).toEqual({ b: 1, a: null });
  });

  it('is empty for nobody', () => expect(rank([])).toEqual([]));
});

describe('the interval of a rank', () => {
  it('is the rank itself when nothing is open', () => {
    for (const { rank: place, best, worst } of rank([org('a', 90), org('b', 80), org('c', 70)]))
      expect([best, worst]).toEqual([place, place]);
  });

  it('is as wide as the intervals of the scores allow', () => {
    const ranked = rank([org('a', 90, 70, 95), org('b', 80, 75, 85), org('c', 40, 40, 72)]);
    expect(of(ranked, 'a')).toMatchObject({ best: 1, worst: 3 });
    expect(of(ranked, 'b')).toMatchObject({ best: 1, worst: 2 });
    expect(of(ranked, 'c')).toMatchObject({ best: 2, worst: 3 });
  });

  it('spans equals', () => {
    for (const { best, worst } of rank([org('a', 50), org('b', 50)])) expect([best, worst]).toEqual([1, 2]);
  });
});

describe('bands', () => {
  it.each([
    ['separate clear differences', [org('a', 90), org('b', 80)], [1, 2]],
    ['join what is closer than the method can tell', [org('a', 80.4), org('b', 80)], [1, 1]],
    ['join intervals that overlap', [org('a', 90, 78, 95), org('b', 80, 75, 85)], [1, 1]],
    [
      'compare with the first of the band, so that no chain joins the far ends',
      [org('a', 80.8), org('b', 80.4), org('c', 80)],
      [1, 1, 2],
    ],
  ])('%s', (_, scores, bands) => expect(rank(scores).map(({ band }) => band)).toEqual(bands));
});

it('gives every organization a rank inside its interval, and bands that only grow', () => {
  const scores = fc.array(
    fc.tuple(
      fc.double({ min: 0, max: 100, noNaN: true }),
      fc.double({ min: 0, max: 20, noNaN: true }),
      fc.double({ min: 0, max: 20, noNaN: true }),
      fc.boolean(),
    ),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(scores, (list) => {
      const ranked = rank(
        list.map(([score, below, above, isWithheld], n) =>
          org(`o${n}`, isWithheld ? null : score, Math.max(0, score - below), Math.min(100, score + above)),
        ),
      );
      expect(ranked).toHaveLength(list.length);
      ranked.forEach(({ rank: place, best, worst, band }, i) => {
        expect(best <= worst && worst <= list.length).toBe(true);
        if (place !== null) expect(best <= place && place <= worst).toBe(true);
        expect(band - (ranked[i - 1]?.band ?? 0)).toBeGreaterThanOrEqual(i === 0 ? 1 : 0);
        expect(band - (ranked[i - 1]?.band ?? 0)).toBeLessThanOrEqual(1);
      });
    }),
  );
});
