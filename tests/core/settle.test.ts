import { describe, expect, it } from 'vitest';
import type { Evidence, Finding } from '../../src/core/model.ts';
import { seenOf, type Review } from '../../src/core/round.ts';
import { keyOf, settle } from '../../src/core/settle.ts';
import { aFinding, aReview, at } from '../storage/fixtures.ts';

const quoted = (change: Partial<Evidence> = {}): Evidence => ({
  url: 'https://example.ir/', snapshot: 'hash of the page', selector: 'form', quote: 'Search', language: 'en', ...change,
}); // prettier-ignore
const FOUND = aFinding({ verdict: 'pass', level: 2, evidence: [quoted()] });
/** A review of the finding as it is, unless said otherwise. */
const reviewOf = (finding: Finding, change: Partial<Review> = {}): Review =>
  aReview({
    organization: finding.organization,
    service: finding.service,
    rule: finding.rule,
    seen: seenOf(finding),
    ...change,
  });

describe('settle', () => {
  it('leaves findings without a review as they are', () => {
    const findings = [FOUND, aFinding({ rule: 'presence/other' })];
    expect(settle(findings, [])).toEqual({ findings, outdated: [] });
    expect(settle(findings, [reviewOf(aFinding({ rule: 'presence/none' }))])).toEqual({ findings, outdated: [] });
  });

  it('puts a person’s verdict in the place of the machine’s, which is kept beside it', () => {
    const review = reviewOf(FOUND, { verdict: 'fail', by: 'Reza', at: at(3), note: 'It searches another site.' });
    const { findings, outdated } = settle([FOUND], [review]);
    expect(findings).toEqual([
      {
        ...FOUND,
        verdict: 'fail',
        decided: { by: 'Reza', at: at(3), basis: 'review', note: 'It searches another site.', machine: 'pass' },
      },
    ]);
    expect(outdated).toEqual([]);
  });

  it('raises the level of evidence to that of an attestation, and of nothing else', () => {
    const levels = (basis: Review['basis']) => settle([FOUND], [reviewOf(FOUND, { basis })]).findings[0]!.level;
    expect([levels('review'), levels('attestation')]).toEqual([2, 4]);
  });

  it('keeps the order, and touches only the finding of the same organization, subject and rule', () => {
    const findings = [
      FOUND,
      { ...FOUND, service: 's1' },
      { ...FOUND, service: 's2' },
      { ...FOUND, organization: 'two' },
      { ...FOUND, rule: 'presence/other' },
    ];
    const settled = settle(findings, [reviewOf(findings[2]!)]).findings;
    expect(settled.map(keyOf)).toEqual(findings.map(keyOf));
    expect(settled.map(({ verdict }) => verdict)).toEqual(['pass', 'pass', 'fail', 'pass', 'pass']);
  });

  it('counts the latest review of a finding', () => {
    const reviews = [reviewOf(FOUND, { verdict: 'fail' }), reviewOf(FOUND, { verdict: 'partial', by: 'Sara' })];
    expect(settle([FOUND], reviews).findings[0]).toMatchObject({ verdict: 'partial', decided: { by: 'Sara' } });
  });

  it('gives the word back to the machine when the last review takes the one before back', () => {
    const reviews = [reviewOf(FOUND, { verdict: 'fail' }), reviewOf(FOUND, { verdict: null })];
    expect(settle([FOUND], reviews)).toEqual({ findings: [FOUND], outdated: [] });
  });

  it.each<[string, Partial<Finding>]>([
    ['the verdict', { verdict: 'partial' }],
    ['the outcome', { outcome: 'other' }],
    ['the page of the evidence', { evidence: [quoted({ url: 'https://example.ir/x' })] }],
    ['the element', { evidence: [quoted({ selector: 'form.other' })] }],
    ['the quotation', { evidence: [quoted({ quote: 'Find' })] }],
    ['the number of proofs', { evidence: [quoted(), quoted({ selector: 'p' })] }],
  ])('returns the card when %s has changed since', (_, change) => {
    const now = { ...FOUND, ...change };
    const review = reviewOf(FOUND, { verdict: 'fail' });
    expect(settle([now], [review])).toEqual({ findings: [now], outdated: [review] });
  });

  it.each<[string, Partial<Finding>]>([
    ['the version of the rule', { version: 2 }],
    ['its sentence', { message: { fa: 'دارد.', en: 'It has one.' } }],
    ['its confidence', { confidence: 0.5, confidenceBasis: 'measured', confidenceCases: 12 }],
    ['the rest of the page', { evidence: [quoted({ snapshot: 'another hash' })] }],
    ['the places searched', { searched: [{ place: 'home page', url: null, read: true, detail: '' }] }],
  ])('keeps a review when only %s has changed', (_, change) => {
    const { findings, outdated } = settle([{ ...FOUND, ...change }], [reviewOf(FOUND, { verdict: 'fail' })]);
    expect([findings[0]!.verdict, outdated]).toEqual(['fail', []]);
  });

  it('does not fall back on an earlier review when the latest is outdated', () => {
    const before = { ...FOUND, outcome: 'other' };
    const reviews = [reviewOf(FOUND, { verdict: 'fail' }), reviewOf(before, { verdict: 'partial' })];
    expect(settle([FOUND], reviews)).toEqual({ findings: [FOUND], outdated: [reviews[1]] });
  });
});
