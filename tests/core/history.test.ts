import { describe, expect, it } from 'vitest';
import { asPrinted, checkHistory, growthsOf, isTrusted, meanOf, medianOf, nationalMeans, publishedTotal, ranksOf, tookPart, weightedTotal, type CheckId, type CheckResult, type HistoricResult, type HistoricRound, type HistoricScore, type History } from '../../src/core/history.ts'; // prettier-ignore
import { STAGES, type Stage } from '../../src/core/model.ts';

const R5 = { presence: 25, interaction: 20, transaction: 20, integration: 25, participation: 10 };
const weights = (id: string) => (id === 'r5' ? R5 : null);

const WHY = { fa: 'دلیل', en: 'a reason' };
const OTHER = { fa: 'دلیل دیگر', en: 'another reason' };
const score = (value: number): HistoricScore => ({ value, printed: null, status: 'printed', reason: null });
const corrected = (value: number, printed: string): HistoricScore => ({ value, printed, status: 'corrected', reason: WHY }); // prettier-ignore
const unreliable = (value: number): HistoricScore => ({ value, printed: null, status: 'unreliable', reason: WHY });
const MISSING: HistoricScore = { value: null, printed: '-', status: 'missing', reason: WHY };

const stagesOf = (numbers: readonly (number | HistoricScore)[]): Record<Stage, HistoricScore> =>
  Object.fromEntries(STAGES.map((stage, i) => [stage, typeof numbers[i] === 'number' ? score(numbers[i]) : numbers[i]!])) as Record<Stage, HistoricScore>; // prettier-ignore

/** 80, 60, 40, 20, 100 weigh 20 + 12 + 8 + 5 + 10 = 55. */
const FITTING = [80, 60, 40, 20, 100];
function result(organization: string, total: HistoricScore, more: Partial<HistoricResult> = {}): HistoricResult {
  return { organization, stages: stagesOf(FITTING), total, ranking: null, services: [], ...more };
}
function round(results: readonly HistoricResult[], more: Partial<HistoricRound> = {}): HistoricRound {
  return { id: 'now', number: 2, names: { fa: 'نوبت دوم', en: 'Round two' }, edition: 'r5', editionBasis: 'proven', origin: 'imported', tolerance: 0.012, counts: null, results, newcomers: [], growths: [], absences: [], ...more }; // prettier-ignore
}
const before = (results: readonly HistoricResult[]): HistoricRound => round(results, { id: 'before', number: 1, edition: null }); // prettier-ignore
const history = (...rounds: HistoricRound[]): History => ({ rounds, explanations: [] });

function outcome(own: History, check: CheckId, id = 'now'): CheckResult {
  return checkHistory(own, weights).results.find((one) => one.check === check && one.round === id)!;
}
const inService = (id: string, value: number) => ({ service: id, score: score(value), pairing: 'printed' as const });

describe('numbers of a round', () => {
  it('weighs stages by percentages, and gives no total when one is missing', () => {
    const stages = { presence: 80, interaction: 60, transaction: 40, integration: 20, participation: 100 };
    expect(weightedTotal(stages, R5)).toBeCloseTo(55, 10);
    expect(weightedTotal({ ...stages, transaction: 0 }, R5)).toBeCloseTo(47, 10);
    expect(weightedTotal({ ...stages, transaction: null }, R5)).toBeNull();
  });

  it('takes means over the numbers that are there, and none over nothing', () => {
    expect(meanOf([10, null, 20])).toBe(15);
    expect(meanOf([null])).toBeNull();
    expect(meanOf([])).toBeNull();
  });

  it('takes the median between the middle two of an even count', () => {
    expect(medianOf([30, 10, 20])).toBe(20);
    expect(medianOf([40, 10, 30, 20])).toBe(25);
    expect(medianOf([])).toBeNull();
  });

  it('ranks by the unrounded number: equals share a rank, and what is missing has none', () => {
    expect(ranksOf([50, 70, null, 50, 49.999])).toEqual([2, 1, null, 2, 4]);
    expect(ranksOf([0.1 + 0.2, 0.3])).toEqual([1, 1]);
  });

  it('tells the number to use from the one in print', () => {
    expect(asPrinted(corrected(66.36, '64.36'))).toBe(64.36);
    expect(asPrinted(score(66.36))).toBe(66.36);
    expect(asPrinted(MISSING)).toBeNull();
    expect(asPrinted({ value: null, printed: '82.82', status: 'unreliable', reason: WHY })).toBe(82.82);
  });

  it('publishes the total of the ranking where there is one', () => {
    const own = result('a', score(55.01));
    expect(publishedTotal(own).value).toBe(55.01);
    expect(publishedTotal({ ...own, ranking: { rank: 1, total: score(55.02) } }).value).toBe(55.02);
  });

  it('computes growth for those with a total in both rounds', () => {
    const earlier = before([result('a', score(40)), result('b', MISSING), result('c', score(60))]);
    const later = round([result('c', score(50)), result('b', score(20)), result('a', score(55))]);
    expect(growthsOf(earlier, later)).toEqual([
      { organization: 'c', from: 60, to: 50, growth: -10 },
      { organization: 'a', from: 40, to: 55, growth: 15 },
    ]);
  });

  it('gives national means with how many are behind them, on request without what cannot be trusted', () => {
    const own = round([
      result('a', score(50)),
      result('b', unreliable(90), { stages: stagesOf([MISSING, 60, 40, 20, 100]) }),
      result('c', corrected(60, '6')),
    ]);
    expect(nationalMeans(own).presence).toEqual({ mean: 80, count: 2 });
    expect(nationalMeans(own).total).toEqual({ mean: 200 / 3, count: 3 });
    expect(nationalMeans(own, 'trusted').total).toEqual({ mean: 55, count: 2 });
    expect(nationalMeans(round([])).total).toEqual({ mean: null, count: 0 });
    expect([score(1), corrected(1, '2'), unreliable(1), MISSING].map(isTrusted)).toEqual([true, true, false, false]);
  });

  it('leaves out of the means who was absent, and not who was judged by what is visible', () => {
    const names = { fa: 'دستگاه', en: 'Agency' };
    const all = ['a', 'b', 'c', 'd', 'e'].map((id, at) => result(id, score(10 * (at + 1))));
    const how = ['visible-only', 'excluded-no-list', 'withdrawn', 'unreachable'] as const;
    const absences = how.map((cooperation, at) => ({ organization: all[at + 1]!.organization, names, cooperation, note: null })); // prettier-ignore
    const nobody = { organization: null, names, cooperation: 'withdrawn' as const, note: null };
    const own = round(all, { origin: 'own', absences: [...absences, nobody] });
    expect(nationalMeans(own).total).toEqual({ mean: 15, count: 2 });
    expect(nationalMeans(own, 'trusted').presence).toEqual({ mean: 80, count: 2 });
    const ranked = { ...own, results: [all[0]!, all[1]!, { ...all[4]!, ranking: { rank: 1, total: score(50) } }] };
    expect(nationalMeans(ranked).total.count).toBe(3);
  });

  it('says that an organization took no part when its result has only dashes', () => {
    const dashes = stagesOf([MISSING, MISSING, MISSING, MISSING, MISSING]);
    expect(tookPart(result('a', MISSING, { stages: dashes }))).toBe(false);
    expect(tookPart(result('a', MISSING, { stages: dashes, services: [inService('a-1', 0)] }))).toBe(true);
  });
});

describe('checking a history', () => {
  it.each<[CheckId, string, HistoricRound, HistoricRound]>([
    ['stages-give-total', 'a total beyond the tolerance of its stages', round([result('a', score(55.01))]), round([result('a', score(55.02))])],
    ['total-within-stages', 'a total above every stage', round([result('a', score(100))]), round([result('a', score(100.5), { stages: stagesOf([80, 60, 40, 20, 100]) })])],
    ['total-within-stages', 'a total below every stage, when one stage is a dash', round([result('a', score(20), { stages: stagesOf([80, 60, 40, 20, MISSING]) })]), round([result('a', score(19), { stages: stagesOf([80, 60, 40, 20, MISSING]) })])],
    ['services-give-total', 'a total that is not the mean of its services', round([result('a', score(55.014), { services: [inService('a-1', 50), inService('a-2', 60)] })]), round([result('a', score(55.02), { services: [inService('a-1', 50), inService('a-2', 60)] })])],
    ['page-and-ranking', 'a ranking below the page', round([result('a', score(55), { ranking: { rank: 1, total: score(55.01) } })]), round([result('a', score(55.01), { ranking: { rank: 1, total: score(55) } })])],
    ['ranking-descends', 'a total below the next', round([result('b', score(1), { ranking: { rank: 2, total: score(50) } }), result('a', score(1), { ranking: { rank: 1, total: score(50) } })]), round([result('b', score(1), { ranking: { rank: 2, total: score(50) } }), result('a', score(1), { ranking: { rank: 1, total: score(49.99) } })])],
    ['growth', 'a growth that is not the difference of the totals', round([result('a', score(55))], { growths: [{ organization: 'a', growth: 14.99 }] }), round([result('a', score(55))], { growths: [{ organization: 'a', growth: 14.9 }] })],
    ['growth-list-complete', 'a growth above the last of the list', round([result('a', score(55)), result('b', score(54))], { growths: [{ organization: 'a', growth: 15 }] }), round([result('a', score(55)), result('b', score(56))], { growths: [{ organization: 'a', growth: 15 }] })],
    ['organizations-counted', 'a count that is not the ranking’s', round([result('a', score(55), { ranking: { rank: 1, total: score(55) } })], { counts: { organizations: 1, services: 9 } }), round([result('a', score(55), { ranking: { rank: 1, total: score(55) } })], { counts: { organizations: 2, services: 9 } })],
    ['services-counted', 'a count that is not the list’s', round([result('a', score(55), { services: [inService('a-1', 55)] })], { counts: { organizations: 1, services: 1 } }), round([result('a', score(55), { services: [inService('a-1', 55)] })], { counts: { organizations: 1, services: 3 } })],
    ['newcomers-are-new', 'a newcomer with an earlier score', round([], { newcomers: ['d'] }), round([], { newcomers: ['a'] })],
  ])('%s finds %s', (check, _, fitting, wrong) => {
    const dashes = stagesOf([MISSING, MISSING, MISSING, MISSING, MISSING]);
    const earlier = before([result('a', score(40)), result('b', score(40)), result('d', MISSING, { stages: dashes })]);
    expect(outcome(history(earlier, fitting), check)).toMatchObject({ tested: 1, fits: 1, deviations: [] });
    const off = outcome(history(earlier, wrong), check);
    expect([off.tested, off.fits, off.deviations.length]).toEqual([1, 0, 1]);
    expect(off.deviations[0]).toMatchObject({ mended: false, reasons: [] });
  }); // prettier-ignore

  it('leaves out what has no numbers, rather than calling it right', () => {
    const { results } = checkHistory(history(round([result('a', score(55))])), weights);
    expect(results.map(({ check }) => check)).toEqual(['stages-give-total', 'total-within-stages']);
  });

  it('holds a round without an edition to no weights, and refuses an edition that nobody knows', () => {
    const total = result('a', score(99));
    expect(outcome(history(round([total], { edition: null })), 'stages-give-total')).toBeUndefined();
    expect(outcome(history(round([total], { edition: null })), 'total-within-stages').fits).toBe(1);
    expect(() => checkHistory(history(round([total], { edition: 'r9' })), weights)).toThrow('unknown edition: r9');
  });

  it('counts a misprint that the data corrects as off in print and right in use, with the reason of the correction', () => {
    const own = outcome(history(round([result('a', corrected(55, '6.5')), result('b', score(55))])), 'stages-give-total'); // prettier-ignore
    expect(own).toMatchObject({ tested: 2, fits: 2, testedInPrint: 2, fitsInPrint: 1 });
    expect(own.deviations).toEqual([
      { organization: 'a', published: 6.5, computed: expect.closeTo(55, 9) as number, mended: true, reasons: [WHY] },
    ]);
  });

  it('says the reason of a number that cannot be trusted once, however many cells have it', () => {
    const bad = result('a', score(60), { stages: stagesOf([unreliable(80), unreliable(60), 40, 20, 100]) });
    expect(outcome(history(round([bad])), 'stages-give-total').deviations[0]).toMatchObject({ mended: false, reasons: [WHY] }); // prettier-ignore
  });

  it('does not take a correction for the reason of what is still off', () => {
    const own = outcome(history(round([result('a', corrected(60, '50'))])), 'stages-give-total');
    expect(own.deviations[0]).toMatchObject({ published: 60, mended: false, reasons: [] });
  });

  it('lets an explanation explain its own case only, and names those that explain nothing', () => {
    const own: History = {
      rounds: [round([result('a', score(60)), result('b', score(61)), result('c', score(55))])],
      explanations: [
        { check: 'stages-give-total', round: 'now', organization: 'a', reason: OTHER },
        { check: 'stages-give-total', round: 'now', organization: 'c', reason: OTHER },
      ],
    };
    const { results, idle } = checkHistory(own, weights);
    const { deviations } = results.find(({ check }) => check === 'stages-give-total')!;
    expect(deviations.map(({ organization, reasons }) => [organization, reasons])).toEqual([
      ['a', [OTHER]],
      ['b', []],
    ]);
    expect(idle).toEqual([own.explanations[1]]);
  });

  it('fits the numbers of an own round, whose total is not rounded', () => {
    const services = [inService('a-1', 61.8754), inService('a-2', 70.1237)];
    const total = score((61.8754 + 70.1237) / 2);
    const own = result('a', total, { stages: stagesOf([total.value!, total.value!, total.value!, total.value!, total.value!]), ranking: { rank: 1, total }, services }); // prettier-ignore
    const { results } = checkHistory(history(round([own], { editionBasis: 'stated', tolerance: 0 })), weights);
    expect(results.map(({ check, fits, tested }) => [check, fits, tested])).toEqual([
      ['stages-give-total', 1, 1],
      ['total-within-stages', 1, 1],
      ['services-give-total', 1, 1],
      ['page-and-ranking', 1, 1],
    ]);
  });
});
