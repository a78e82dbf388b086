import { describe, expect, it } from 'vitest';
import { accuracyOf, kappaOf, wilson, type Case } from '../../src/core/accuracy.ts';

const cases: readonly Case[] = [
  { rule: 'a/x', label: 'pass', found: 'pass' },
  { rule: 'a/x', label: 'partial', found: 'pass' },
  { rule: 'a/x', label: 'fail', found: 'partial' },
  { rule: 'a/x', label: 'fail', found: 'fail' },
  { rule: 'a/x', label: 'not-visible', found: 'fail' },
  { rule: 'a/x', label: 'pass', found: 'unclear' },
  { rule: 'b/y', label: 'not-applicable', found: 'not-applicable' },
  { rule: 'b/y', label: 'pass', found: null },
];

describe('counting labelled cases', () => {
  it('keeps exact agreement apart from what is said to be there or absent', () => {
    expect(accuracyOf(cases)).toEqual({
      'a/x': { cases: 5, agree: 2, open: 1, positives: { said: 3, right: 2 }, absents: { said: 2, right: 1 } },
      'b/y': { cases: 1, agree: 1, open: 1, positives: { said: 0, right: 0 }, absents: { said: 0, right: 0 } },
    });
  });

  it('gives the interval of Wilson, drawn to one half by few cases', () => {
    // 81 of 263: the worked example of Newcombe (1998), method 3
    const interval = wilson({ said: 263, right: 81 })!;
    expect(interval.low).toBeCloseTo(0.2553, 4);
    expect(interval.high).toBeCloseTo(0.3662, 4);
    expect(wilson({ said: 1, right: 1 })!.share).toBeLessThan(0.65);
    expect(wilson({ said: 0, right: 0 })).toBeNull();
  });

  it('takes chance out of agreement', () => {
    const half: Case[] = [
      { rule: 'r', label: 'pass', found: 'pass' },
      { rule: 'r', label: 'pass', found: 'fail' },
      { rule: 'r', label: 'fail', found: 'pass' },
      { rule: 'r', label: 'fail', found: 'fail' },
    ];
    expect(kappaOf(half)).toBeCloseTo(0, 10);
    expect(kappaOf(half.filter(({ label, found }) => label === found))).toBeCloseTo(1, 10);
    expect(kappaOf([])).toBeNull();
  });
});
