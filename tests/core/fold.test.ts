import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold, foldOffsets } from '../../src/core/fold.ts';

describe('fold', () => {
  it.each([
    ['writes Arabic letters the Persian way', 'آموزش پزشكي', 'اموزش پزشکی'],
    ['takes every seat of hamza for its letter', 'مسؤول، هیأت، إعلام، ارائه، جزء', 'مسوول, هیات, اعلام, ارایه, جز'],
    ['takes ta marbuta and its Persian forms for he', 'مناقصة نامۀ خانهٔ', 'مناقصه نامه خانه'],
    ['drops tatweel and vowel marks', 'میــز خــدمَــتِ مُشتری', 'میز خدمت مشتری'],
    ['turns half-spaces and direction marks into spaces', 'توافق\u200cنامه\u200fسطح', 'توافق نامه سطح'],
    ['makes digits of both scripts Latin', '۱۳۹۸ و ٢٠١٩', '1398 و 2019'],
    ['makes separators of numbers Latin', '۲٬۵۰۰٫۵۰', '2,500.50'],
    ['unifies punctuation of both scripts', '«نام» ؟ ، ؛ ٪', '"نام" ? , ; %'],
    ['unifies dashes', 'a–b—c−d', 'a-b-c-d'],
    ['unifies the presentation forms of old PDF text', 'ﺧﺪﻣﺎت', 'خدمات'],
    ['lowers case and removes accents', 'Età, È Più ÉCOLE', 'eta, e piu ecole'],
    ['spells letters that have no plain form', 'Straße Øl Łódź', 'strase ol lodz'],
    ['drops soft hyphens', 'reg\u00adis\u00adter', 'register'],
    ['collapses blanks of every kind', ' a\u00a0\t b\r\n\u3000c ', 'a b c'],
    ['makes nothing of nothing', ' \u200c \u00ad', ''],
  ])('%s', (_, text, folded) => expect(fold(text)).toBe(folded));

  const anyText = fc.string({
    unit: fc.oneof(
      fc.constantFrom(...'يكۀأ ـ\u200c\u200f\u00ad۴٤،«ﷺﬁßÀ –a1'),
      fc.string({ unit: 'binary', maxLength: 2 }),
    ),
  });

  it('changes nothing the second time', () => {
    fc.assert(fc.property(anyText, (text) => fold(fold(text)) === fold(text)));
  });

  it('leaves no blank at either end and none after another', () => {
    fc.assert(fc.property(anyText, (text) => fold(text) === fold(text).trim() && !fold(text).includes('  ')));
  });

  it('gives the same for a text and its parts put together', () => {
    fc.assert(fc.property(anyText, anyText, (a, b) => fold(`${a} ${b}`) === fold(`${fold(a)} ${fold(b)}`)));
  });
});

describe('foldOffsets', () => {
  it('says for each folded letter where it comes from', () => {
    expect(foldOffsets('میــز ۲')).toEqual([0, 1, 4, 5, 6]);
    expect(foldOffsets('a ﬁ b')).toEqual([0, 1, 2, 2, 3, 4]);
  });

  it('has one ascending offset for each letter', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const offsets = foldOffsets(text);
        const { length } = fold(text);
        // a blank at the end is dropped only from the text
        expect([length, length + 1]).toContain(offsets.length);
        expect(offsets.every((offset, i) => offset >= (offsets[i - 1] ?? 0) && offset < text.length)).toBe(true);
      }),
    );
  });
});

describe('patterns of rules', () => {
  const rules = join(import.meta.dirname, '../../rules');
  const files = readdirSync(rules, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

  it.each(files)('%s is written for folded text', (file) => {
    const source = readFileSync(join(rules, file), 'utf8');
    // what folding removes can never be matched, so the pattern would be dead without anybody noticing
    const dead = patternsIn(source).filter((pattern) =>
      /[يكآأإئؤةىۀ\u200b-\u200f\u0640\u064b-\u065f۰-۹٠-٩]/.test(pattern),
    );
    expect(dead).toEqual([]);
  });

  it('finds the patterns of a source and nothing else', () => {
    expect(
      patternsIn("const a = /ab\\/[/c]+/gu.test(x); // not /this/\nconst b = 4 / 2 / 1; const c = '/no/';"),
    ).toEqual(['ab\\/[/c]+']);
    expect(patternsIn('const n = `one|two`;\nnew RegExp(`${n}|three`)')).toEqual(['one|two', '${n}|three']);
  });
});

/** Regular-expression literals of a source, and its strings that look like parts of one where it builds them from strings. */
function patternsIn(source: string): string[] {
  const builds = source.includes('new RegExp(');
  const out: string[] = [];
  const token =
    /\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|(?<=(?:^|[=(,:!&|?{};[\n]|=>|return)\s*)\/(?![/*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/[a-z]*/g;
  for (const [text] of source.matchAll(token)) {
    if (text.startsWith('//') || text.startsWith('/*')) continue;
    if (text.startsWith('/')) out.push(text.slice(1, text.lastIndexOf('/')));
    else if (builds && /[|\\]|\(\?/.test(text)) out.push(text.slice(1, -1));
  }
  return out;
}
