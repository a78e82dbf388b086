import { describe, expect, it } from 'vitest';
import { findingsDelta } from '../../src/core/compare.ts';
import type { Finding } from '../../src/core/model.ts';
import { deltaText, type DeltaOptions } from '../../src/report/delta-terminal.ts';
import type { Lang } from '../../src/report/voice.ts';
import { aFinding, aService, EDITION, HOME, INDICATORS, someEvidence } from './sample.ts';

const SERVICES = [aService('t-1', 'tax')];
const PORTAL = aFinding({ verdict: 'fail' });
const STEPS = aFinding({ rule: 'presence/steps-published', service: 't-1', verdict: 'fail' });
const FAQ = aFinding({ rule: 'interaction/faq', service: 't-1', verdict: 'pass' });
const POLL = aFinding({ rule: 'participation/poll', verdict: 'pass' });
const BEFORE = [PORTAL, STEPS, FAQ, POLL];

const text = (
  after: readonly Finding[],
  lang: Lang = 'en',
  before: readonly Finding[] = BEFORE,
  change: Partial<DeltaOptions> = {},
): string =>
  // prettier-ignore
  deltaText(findingsDelta(before, after, EDITION, SERVICES, INDICATORS), {
    lang,
    calendar: 'jalali',
    indicators: INDICATORS,
    services: SERVICES,
    ...change,
  });
const lines = (...input: Parameters<typeof text>): string[] => text(...input).trimEnd().split('\n'); // prettier-ignore

describe('what a second look changed', () => {
  const steps = { ...STEPS, verdict: 'pass', evidence: [someEvidence({ quote: 'گام نخست', url: `${HOME}steps` })] } as const; // prettier-ignore

  it('is nothing when it found the same', () => {
    expect(text(BEFORE)).toBe(
      'Total: 60.00 in the round, 60.00 in the re-audit (±0.00)\n0 verdicts changed, 0 are the same on other evidence, 4 on the same\n',
    );
  });

  it('is told with the points, the verdicts, and the evidence before and after', () => {
    const restated = { ...POLL, evidence: [someEvidence({ quote: 'other' })] };
    expect(lines([PORTAL, steps, FAQ, restated])).toEqual([
      'Total: 60.00 in the round, 84.00 in the re-audit (+24.00)',
      '1 verdicts changed, 1 are the same on other evidence, 2 on the same',
      '',
      'Steps are published · Service t-1',
      '  Fail → Pass  +24.00  [presence/steps-published t-1]',
      '  before: Found: 12 steps.',
      `  after: Found: 12 steps.  «گام نخست» ${HOME}steps`,
    ]);
  });

  it('is told in Persian, from right to left, with Persian digits', () => {
    expect(lines([PORTAL, steps, FAQ, POLL], 'fa')).toEqual([
      'امتیاز کل: ۶۰٫۰۰ در دور، ۸۴٫۰۰ در ممیزی مجدد (\u200e+۲۴٫۰۰)',
      '۱ داوری تغییر کرد، ۰ داوری با شواهد دیگر همان ماند، ۳ داوری با همان شواهد',
      '',
      'انتشار مراحل · خدمت t-1',
      '  برآورده نشده ← برآورده  \u200e+۲۴٫۰۰  [presence/steps-published t-1]',
      '  پیش: یافت شد: ۱۲ مرحله.',
      `  پس: یافت شد: ۱۲ مرحله.  «گام نخست» ${HOME}steps`,
    ]);
  });

  it('may be a loss, and on the portal', () => {
    const gone = lines([PORTAL, STEPS, FAQ, { ...POLL, verdict: 'fail', evidence: [] }]);
    expect(gone[0]).toBe('Total: 60.00 in the round, 40.00 in the re-audit (−20.00)');
    expect(gone.slice(3, 5)).toEqual(['Polls · portal', '  Pass → Fail  −20.00  [participation/poll]']);
    expect(lines([PORTAL, STEPS, FAQ, { ...POLL, verdict: 'fail', evidence: [] }], 'fa')[3]).toBe('نظرسنجی · درگاه');
  });

  it('may be a finding that is new or no more', () => {
    const changed = text([PORTAL, STEPS, FAQ], 'en');
    expect(changed).toContain('  Pass → none  ');
    expect(changed).toContain('  after: –');
    expect(text(BEFORE, 'fa', [PORTAL, STEPS, FAQ])).toContain('  نبود ← برآورده');
  });

  it('names the weightiest change first', () => {
    const titles = lines([{ ...PORTAL, verdict: 'partial' }, steps, FAQ, POLL]).filter((line) => line.includes(' · '));
    expect(titles).toEqual(['Steps are published · Service t-1', 'Contact details · portal']);
  });

  it('has no points to tell where scores are withheld', () => {
    const open = BEFORE.map((finding): Finding => ({ ...finding, verdict: 'blocked', evidence: [] }));
    expect(lines(open)[0]).toBe('Total: 60.00 in the round, withheld in the re-audit');
    expect(lines(open, 'fa')[0]).toBe('امتیاز کل: ۶۰٫۰۰ در دور، اعلام‌نشده در ممیزی مجدد');
  });

  it('names a rule that the catalogue does not know by its id', () => {
    expect(text([PORTAL, steps, FAQ, POLL], 'en', BEFORE, { indicators: [] })).toContain('\npresence/steps-published · Service t-1\n'); // prettier-ignore
  });

  it('keeps a long quotation short, whole letters and on one line, and what a page wrote from disturbing it', () => {
    const quote = `\u202e\u001b[2Jfirst\n\nsecond ${'👩'.repeat(200)}`;
    const hostile = { ...steps, evidence: [someEvidence({ quote })] };
    const after = lines([PORTAL, hostile, FAQ, POLL]);
    expect(after).toHaveLength(7);
    expect(after.join('')).not.toMatch(/\u202e|\p{Cc}/u);
    expect(after[6]).toMatch(/«\[2Jfirst second 👩{63}…» /u);
  });

  it('has no marks of direction in English', () => {
    expect(text([PORTAL, steps, FAQ, POLL])).not.toMatch(/[\u200e\u200f\u2066-\u2069]/);
  });
});
