import { describe, expect, it } from 'vitest';
import { reviewReason } from '../../src/core/review.ts';

describe('who looks at a verdict', () => {
  const of = (verdict: Parameters<typeof reviewReason>[0]['verdict'], confidence: number, measured: boolean) =>
    reviewReason({ verdict, confidence, confidenceBasis: measured ? 'measured' : 'prior' });

  it('a person, where the machine must not settle it', () => {
    expect(of('unclear', 0, false)).toBe('open');
  });
  it('a person, where nobody has measured the rule', () => {
    expect(of('fail', 0.95, false)).toBe('unmeasured');
    expect(of('pass', 0.95, false)).toBe('unmeasured');
  });
  it('a person, where the rule is often wrong when it says this', () => {
    expect(of('fail', 0.7, true)).toBe('unsure');
    expect(of('fail', 0.8, true)).toBeNull();
    expect(of('partial', 0.97, true)).toBeNull();
  });
  it('nobody, where looking again is the only help', () => {
    for (const verdict of ['blocked', 'error', 'not-visible', 'not-applicable'] as const)
      expect(of(verdict, 0, false)).toBeNull();
  });
});
