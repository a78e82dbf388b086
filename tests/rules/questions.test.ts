import { describe, expect, it } from 'vitest';
import { INDICATORS } from '../../rules/catalogue.ts';
import { RULES } from '../../rules/index.ts';
import { QUESTIONS, SEVERE } from '../../rules/questions.ts';

const LONGEST = 110;
const MOST_WORDS = 15;
const entries = Object.entries(QUESTIONS);
const wordsOf = (text: string): number => text.split(/\s+/).length;
const repeated = (texts: readonly string[]): string[] => texts.filter((text, index) => texts.indexOf(text) < index);

describe('the questions of the cards', () => {
  it('are those of the indicators, in the order of the catalogue', () =>
    expect(Object.keys(QUESTIONS)).toEqual(INDICATORS.map(({ id }) => id)));

  it.each(entries)('are one short sentence each in both languages: %s', (_, { question }) => {
    expect(question.fa).toMatch(/^آیا [^؟?!.]+؟$/);
    expect(question.en).toMatch(/^[A-Z][^?!.]+\?$/);
    expect(question.fa.length).toBeLessThanOrEqual(LONGEST);
    expect(question.en.length).toBeLessThanOrEqual(LONGEST);
  });

  it.each(entries)('say in few words what is only partial: %s', (_, { partly }) => {
    expect(partly.fa).toMatch(/^[^؟?!.]+\.$/);
    expect(partly.en).toMatch(/^[A-Z][^?!.]+\.$/);
    expect(wordsOf(partly.fa)).toBeLessThanOrEqual(MOST_WORDS);
    expect(wordsOf(partly.en)).toBeLessThanOrEqual(MOST_WORDS);
  });

  it.each(entries)('are written in Persian letters and half-spaces: %s', (_, { question, partly }) => {
    for (const text of [question.fa, partly.fa]) {
      expect(text).not.toMatch(/[يكىةۀ٠-٩]/);
      // a prefix or an ending that stands alone, a half-space that joins nothing, a comma of another script
      expect(text).not.toMatch(/(?<!\S)(?:می|نمی|ها|های|تر|ترین)(?!\S)|\u200C(?:\s|$)|(?:\s|^)\u200C|\s{2}|[,;]/);
    }
  });

  it('are different', () => {
    const all = Object.values(QUESTIONS).flatMap(({ question, partly }) => [question, partly]);
    expect(repeated(all.map(({ fa }) => fa))).toEqual([]);
    expect(repeated(all.map(({ en }) => en))).toEqual([]);
  });

  it('name no partial that its rule does not know', () =>
    expect(
      RULES.filter(({ outcomes }) => !Object.values(outcomes).some(({ verdict }) => verdict === 'partial')).map(
        ({ id }) => id,
      ),
    ).toEqual([]));
});

describe('grave accusations', () => {
  it('can be made by each of these rules', () => {
    const accusing: Record<string, readonly string[]> = {
      'transaction/payment-trust': ['cardFields'],
      'transaction/login-available': ['plain'],
      'transaction/system-security': ['plainLogin', 'plain', 'certificate'],
      'presence/privacy-statement': ['otherName'],
    };
    expect([...SEVERE].sort()).toEqual(Object.keys(accusing).sort());
    for (const [id, outcomes] of Object.entries(accusing))
      expect(Object.keys(RULES.find((rule) => rule.id === id)!.outcomes)).toEqual(
        expect.arrayContaining([...outcomes]),
      );
  });
});
