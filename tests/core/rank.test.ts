import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rank, separated, type Contender, type Ranked } from '../../src/core/rank.ts';

const REPLICATES = 1000;
/** The same total in every replicate, or one for each tenth of them. */
const totals = (...tenths: number[]): Float64Array =>
  Float64Array.from({ length: REPLICATES }, (_, at) => tenths[at % tenths.length]!);

/** An organization with its score, its totals in the replicates, and what bounds it. */
const org = (
  organization: string,
  score: number | null,
  replicates = totals(score ?? 50),
  [low, high] = score === null ? [0, 100] : [score, score],
): Contender => ({
  organization,
  total: { score, estimate: score, low, high, resolved: score === null ? 0.2 : 1, measured: 1, thin: false },
  totals: replicates,
});
const places = (...contenders: Contender[]): Record<string, number | null> =>
  Object.fromEntries(rank(contenders).map((entry) => [entry.organization, entry.rank]));
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
    expect(places(org('a', null, totals(55), [10, 100]), org('b', 5))).toEqual({ b: 1, a: null });
  });

  it('is empty for nobody', () => expect(rank([])).toEqual([]));
});

describe('the interval of a rank', () => {
  it('is the rank itself when nothing is uncertain', () => {
    for (const { rank: place, best, worst } of rank([org('a', 90), org('b', 80), org('c', 70)]))
      expect([best, worst]).toEqual([place, place]);
  });

  it('holds the places of 95 in 100 replicates', () => {
    // b is above a in one replicate of ten, and c above both in one of a hundred
    const rare = totals(70).map((value, at) => (at % 100 === 5 ? 99 : value));
    const ranked = rank([org('a', 90), org('b', 80, totals(95, 80, 80, 80, 80, 80, 80, 80, 80, 80)), org('c', 70, rare)]); // prettier-ignore
    expect(of(ranked, 'a')).toMatchObject({ best: 1, worst: 2 });
    expect(of(ranked, 'b')).toMatchObject({ best: 1, worst: 2 });
    expect(of(ranked, 'c')).toMatchObject({ best: 3, worst: 3 });
  });

  it('holds the rank also when the replicates tell another story', () => {
    const ranked = rank([org('a', 90, totals(50)), org('b', 80, totals(60))]);
    expect(of(ranked, 'a')).toMatchObject({ rank: 1, best: 1, worst: 2 });
    expect(of(ranked, 'b')).toMatchObject({ rank: 2, best: 1, worst: 2 });
  });

  it('spans equals', () => {
    for (const { best, worst } of rank([org('a', 50), org('b', 50)])) expect([best, worst]).toEqual([1, 2]);
  });

  it('is counted among those with a score; one without has the places that it would take', () => {
    const ranked = rank([org('a', 90), org('b', 80), org('open', null, totals(85, 95))]);
    expect(of(ranked, 'b')).toMatchObject({ rank: 2, best: 2, worst: 2 });
    expect(of(ranked, 'open')).toMatchObject({ rank: null, best: 1, worst: 2 });
  });
});

describe('bands', () => {
  const oftenAbove = totals(90, 90, 90, 90, 90, 90, 90, 90, 90, 70);
  const wide = totals(70, 75, 78, 79, 80, 82, 84, 85, 88, 90);
  it.each([
    ['separate clear differences', [org('a', 90), org('b', 80)], [1, 2]],
    [
      'join what is closer than the method can tell, however certain',
      [org('a', 80.4), org('b', 80)],
      [1, 1],
    ],
    ['join those of whom the first is above in less than 95 of 100 replicates', [org('a', 90, oftenAbove), org('b', 80)], [1, 1]],
    [
      'separate bounds that overlap where the replicates do not',
      [org('a', 90, totals(90), [78, 95]), org('b', 80, totals(80), [75, 85])],
      [1, 2],
    ],
    [
      'hold no withheld score, which may be anywhere',
      [org('a', 90), org('b', 80), org('open', null, wide)],
      [1, 2, null],
    ],
    [
      'compare with the first of the band, so that no chain joins the far ends',
      [org('a', 80.8), org('b', 80.4), org('c', 80)],
      [1, 1, 2],
    ],
  ])('%s', (_, contenders, bands) => expect(rank(contenders).map(({ band }) => band)).toEqual(bands)); // prettier-ignore
});

describe('separated', () => {
  it('counts the replicates in which the first is above the second', () => {
    const often = totals(90, 90, 90, 70);
    expect([separated(often, totals(80)), separated(totals(80), often)]).toEqual([0.75, 0.25]);
  });

  it('takes equals, and what only rounding tells apart, for neither above', () => {
    const [one, other] = [totals(80), totals(80 + 1e-12)];
    expect([separated(one, other), separated(other, one)]).toEqual([0, 0]);
  });

  it('refuses replicates that do not belong together', () =>
    expect(() => separated(totals(80), new Float64Array(3))).toThrow('1000 replicates cannot be compared with 3'));
});

it('gives every organization a rank inside its interval, and every rank a band that only grows', () => {
  const contenders = fc.array(
    fc.tuple(
      fc.double({ min: 0, max: 100, noNaN: true }),
      fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 40, maxLength: 40 }),
      fc.boolean(),
    ),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(contenders, (list) => {
      const ranked = rank(
        list.map(([score, replicates, isWithheld], n) =>
          org(`o${n}`, isWithheld ? null : score, Float64Array.from(replicates)),
        ),
      );
      const scored = list.filter(([, , isWithheld]) => !isWithheld).length;
      expect(ranked).toHaveLength(list.length);
      ranked.forEach(({ rank: place, best, worst, band }, i) => {
        expect(1 <= best && best <= worst && worst <= scored + (place === null ? 1 : 0)).toBe(true);
        if (place !== null) expect(best <= place && place <= worst).toBe(true);
        expect(band === null).toBe(place === null);
        if (band === null) return;
        expect(band - (ranked[i - 1]?.band ?? 0)).toBeGreaterThanOrEqual(i === 0 ? 1 : 0);
        expect(band - (ranked[i - 1]?.band ?? 0)).toBeLessThanOrEqual(1);
      });
    }),
  );
});
