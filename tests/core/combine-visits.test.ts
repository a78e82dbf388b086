import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { combineVisits, type VisitFindings } from '../../src/core/combine-visits.ts';
import { UNRESOLVED, VERDICTS, type Finding, type Verdict } from '../../src/core/model.ts';

const TWO_DAYS = { visits: 2 };
const finding = (verdict: Verdict, change: Partial<Finding> = {}): Finding => ({
  organization: 'tax', service: 's1', rule: 'interaction/faq', version: 1, verdict, outcome: 'nothing', message: { fa: 'یافت نشد.', en: 'Not found.' },
  level: 0, confidence: 0.7, confidenceBasis: 'measured', confidenceCases: 9, evidence: [], searched: [], ...change,
}); // prettier-ignore

/** One rule on one service, a verdict a day; the quote tells the days apart. */
const days = (...verdicts: readonly Verdict[]): VisitFindings[] =>
  verdicts.map((verdict, visit) => ({
    visit,
    findings: [finding(verdict, { searched: [{ place: 'home', url: null, read: true, detail: `day ${visit}` }] })],
  }));
const only = (visits: readonly VisitFindings[], ...rest: [Parameters<typeof combineVisits>[2]?]): Finding => {
  const combined = combineVisits(visits, TWO_DAYS, ...rest);
  expect(combined).toHaveLength(1);
  return combined[0]!;
};
const dayOf = ({ searched }: Finding): string | undefined => searched[0]?.detail;

describe('a verdict over several days', () => {
  it.each<[string, Verdict[], Verdict, string]>([
    ['presence seen on any day is presence', ['pass', 'fail'], 'pass', 'day 0'],
    ['half of it seen on any day is half', ['fail', 'partial', 'fail'], 'partial', 'day 1'],
    ['all of it outranks half', ['pass', 'partial'], 'pass', 'day 0'],
    ['what was seen applies, whatever another day said', ['partial', 'not-applicable'], 'partial', 'day 0'],
    ['proof that it does not apply outranks having found nothing', ['not-applicable', 'fail'], 'not-applicable', 'day 0'],
    ['of equals the latest gives the evidence', ['pass', 'pass'], 'pass', 'day 1'],
    ['a fail on the days needed is final, and lists the latest search', ['fail', 'fail'], 'fail', 'day 1'],
    ['a day on which nothing could be read takes no fail back', ['fail', 'blocked', 'fail', 'error'], 'fail', 'day 2'],
    ['a block weakens no pass', ['pass', 'blocked'], 'pass', 'day 0'],
    ['doubt weakens no partial', ['unclear', 'partial', 'unclear'], 'partial', 'day 1'],
    ['the most informative open verdict stands where nothing is settled', ['unclear', 'not-visible', 'blocked', 'error'], 'unclear', 'day 0'],
    ['behind a log-in says more than a block', ['error', 'not-visible', 'blocked'], 'not-visible', 'day 1'],
    ['a block of the site says more than a fault of ours', ['blocked', 'blocked', 'error'], 'blocked', 'day 1'],
  ])('%s', (_, verdicts, verdict, day) => {
    const combined = only(days(...verdicts));
    expect([combined.verdict, dayOf(combined)]).toEqual([verdict, day]);
    expect(combined.message.en).toBe('Not found.');
  }); // prettier-ignore

  it('is open where it failed on too few days, says on how many, and keeps its ending and confidence', () => {
    expect(only(days('fail', 'blocked'))).toMatchObject({
      verdict: 'unclear',
      outcome: 'nothing',
      confidence: 0.7,
      message: {
        fa: 'یافت نشد. (تنها در 1 روز از 2 روزی که «برآورده نشده» می‌خواهد چنین دیده شد؛ هنوز قطعی نیست.)',
        en: 'Not found. (Seen so on only 1 of the 2 days that a fail takes; not final yet.)',
      },
    });
    expect(only(days('fail', 'fail', 'unclear'), { visitsNeeded: 3 }).message.en).toContain('only 2 of the 3 days');
  });

  it('is final after one day where one day is all that was asked for', () =>
    expect(only(days('fail'), { visitsNeeded: 1 })).toEqual(days('fail')[0]!.findings[0]));

  it('goes by the number of a visit and not by its place in the list', () =>
    expect(dayOf(only(days('pass', 'pass').toReversed()))).toBe('day 1'));
});

describe('rules that count over all visits', () => {
  const acrossVisits = new Set(['interaction/faq']);

  it('are taken as the last visit says them, better or worse', () => {
    expect(only(days('pass', 'fail'), { acrossVisits }).verdict).toBe('fail');
    expect(only(days('fail', 'unclear'), { acrossVisits }).verdict).toBe('unclear');
  });

  it('do not touch the others', () =>
    expect(only(days('pass', 'fail'), { acrossVisits: new Set(['presence/availability']) }).verdict).toBe('pass'));
});

describe('the findings together', () => {
  const portal = finding('pass', { service: null, rule: 'presence/contact-info' });
  const first = finding('pass', { rule: 'interaction/form-online' });
  const second = finding('fail');

  it('have the keys and the order of the first visit, and what came later behind them', () => {
    const combined = combineVisits(
      [
        { visit: 0, findings: [portal, second] },
        { visit: 1, findings: [first, second, portal] },
      ],
      TWO_DAYS,
    );
    expect(combined).toEqual([portal, second, first]);
  });

  it('keep a key that a visit lacks', () =>
    expect(
      combineVisits(
        [
          { visit: 0, findings: [portal, first] },
          { visit: 1, findings: [portal] },
        ],
        TWO_DAYS,
      ),
    ).toEqual([portal, first]));

  it('tell the portal, the services and the rules apart', () => {
    const all = [portal, first, second, finding('fail', { service: 's2' }), finding('fail', { service: null })];
    expect(
      combineVisits(
        [0, 1].map((visit) => ({ visit, findings: all })),
        TWO_DAYS,
      ),
    ).toEqual(all);
  });

  it('are none where nobody visited', () => expect(combineVisits([], TWO_DAYS)).toEqual([]));
});

describe('any verdicts on any days', () => {
  const verdicts = fc.array(fc.constantFrom<Verdict>(...VERDICTS), { minLength: 1, maxLength: 5 });
  const settled = (verdict: Verdict): boolean => !UNRESOLVED.includes(verdict);

  it('fail only when no day saw it and enough days said so', () => {
    fc.assert(
      fc.property(verdicts, fc.integer({ min: 1, max: 4 }), (list, visitsNeeded) => {
        const { verdict } = only(days(...list), { visitsNeeded });
        const fails = list.filter((own) => own === 'fail').length;
        const isFinal = fails >= visitsNeeded && list.every((own) => own === 'fail' || !settled(own));
        expect(verdict === 'fail').toBe(isFinal);
      }),
    );
  });

  it('stay as they are settled when a day more leaves them open', () => {
    fc.assert(
      fc.property(verdicts, fc.constantFrom(...UNRESOLVED), (list, open) => {
        const before = only(days(...list));
        if (settled(before.verdict)) expect(only(days(...list, open))).toEqual(before);
      }),
    );
  });
});
