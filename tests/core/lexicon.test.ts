import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CONCEPTS, LANGUAGES, matcher } from '../../rules/lexicon/index.ts';
import { fold } from '../../src/core/fold.ts';
import { compileLexicon, type Language } from '../../src/core/lexicon.ts';

type Concept = 'login' | 'faq' | 'poll' | 'about' | 'fee' | 'law';

const fa: Language<Concept> = {
  code: 'fa',
  suffixes: ['ها', 'های', 'ی'],
  prefixes: ['ال', 'و'],
  phrases: {
    login: { strong: ['ورود کاربران', 'ورود به سامانه'], whole: ['ورود'], never: ['ورود کارکنان'] },
    faq: { strong: ['پرسش‌های متداول'] },
    poll: { strong: ['نظرسنجی'] },
    fee: { strong: ['هزینه خدمت'], weak: ['هزینه'] },
  },
};
const en: Language<Concept> = {
  code: 'en',
  suffixes: ['s'],
  abbreviations: ['Dep'],
  phrases: {
    login: { strong: ['log in'] },
    faq: { strong: ['FAQ'] },
    poll: { strong: ['poll', 'survey'], never: ['polling place', 'land survey'] },
    about: { strong: ['Dep. Labour'], whole: ['about'] },
    law: { strong: ['d.lgs', 'l’art'] },
  },
};
const { find } = compileLexicon<Concept>(['login', 'faq', 'poll', 'about', 'fee', 'law'], [fa, en]);
const found = (text: string): string[] => find(fold(text)).map(({ concept, strength }) => `${concept} ${strength}`);

describe('the matcher', () => {
  it.each([
    ['finds a phrase in a longer text', 'برای ادامه، ورود کاربران را بزنید', ['login strong']],
    [
      'takes a half-space for a space or nothing',
      'پرسش های متداول / پرسشهای متداول / پرسش‌های‌متداول',
      ['faq strong', 'faq strong', 'faq strong'],
    ],
    ['takes Arabic letters for Persian ones', 'ورود كاربران، نظرسنجي', ['login strong', 'poll strong']],
    [
      'takes a hyphen or nothing for a space',
      'Login, log-in, LOG IN, log\u00adin',
      ['login strong', 'login strong', 'login strong', 'login strong'],
    ],
    ['does not begin inside a word', 'blogin catalog in', []],
    ['does not end inside a word', 'pollution surveyor faqir', []],
    [
      'allows the plural endings of the language',
      'polls surveys نظرسنجی‌ها نظرسنجیهای',
      ['poll strong', 'poll strong', 'poll strong', 'poll strong'],
    ],
    ['allows the beginnings that a language writes joined', 'والنظرسنجی و ونظرسنجی', ['poll strong']],
    ['takes a whole phrase only as the whole text', 'ورود', ['login whole']],
    ['ignores signs around a whole phrase', '» About «', ['about whole']],
    ['leaves a whole phrase inside a sentence alone', 'ورود به این محل ممنوع است. All about cats', []],
    ['forgets what a longer phrase takes back', 'ورود کارکنان - polling place - a land survey', []],
    ['keeps what the longer phrase does not cover', 'polling place and poll', ['poll strong']],
    ['marks a weak phrase as weak', 'هزینه‌های جاری', ['fee weak']],
    ['gives both of two phrases that overlap', 'هزینه خدمت', ['fee strong', 'fee weak']],
    ['ends a phrase at a full stop, a comma and a colon', 'log. in, log: in, log; in', []],
    ['goes on over a full stop inside a word', 'D.Lgs. 33/2013', ['law strong']],
    [
      'goes on over the full stop of an abbreviation, and does without it',
      'Dep. Labour, DEP LABOUR, dep.labour',
      ['about strong', 'about strong', 'about strong'],
    ],
    ['does not go on over that of a word that ends like one', 'a pdep. labour', []],
    ['goes on over an apostrophe', "l'art. 5", ['law strong']],
    ['never joins words over another script', 'log 日 in', []],
    ['finds nothing in nothing', '', []],
  ])('%s', (_, text, matches) => expect(found(text)).toEqual(matches));

  it('says where in the folded text, in which language and by which phrase it matched', () => {
    const text = fold('لطفاً ورود كاربران را ببینید');
    const [match] = find(text);
    expect(match).toMatchObject({ concept: 'login', language: 'fa', phrase: 'ورود کاربران', whole: false });
    expect(text.slice(match!.start, match!.end)).toBe('ورود کاربران');
  });

  it('orders matches by their place', () => {
    const matches = find(fold('survey, log in, poll'));
    expect(matches.map(({ phrase }) => phrase)).toEqual(['survey', 'log in', 'poll']);
  });

  it.each([
    ['without letters', { strong: ['…'] }, /no letters|ends every match/],
    ['that a full stop cuts', { strong: ['one. two'] }, /ends every match/],
  ])('refuses a phrase %s', (_, poll, message) => {
    expect(() => compileLexicon<Concept>(['poll'], [{ code: 'en', suffixes: [], phrases: { poll } }])).toThrow(message);
  });
});

describe('the lexicon of Rasad', () => {
  const phrases = LANGUAGES.flatMap(({ code, phrases: list }) =>
    Object.entries(list).flatMap(([concept, { strong = [], whole = [] }]) =>
      [...strong, ...whole].map((phrase) => ({ code, concept, phrase })),
    ),
  );

  it('recognizes every strong and whole phrase by itself', () => {
    const lost = phrases.filter(
      ({ concept, phrase }) => !matcher.find(fold(phrase)).some((match) => match.concept === concept),
    );
    expect(lost).toEqual([]);
  });

  it('has no strong or whole phrase twice for one concept of one language', () => {
    const seen = new Set<string>();
    const twice: string[] = [];
    for (const { code, phrases: list } of LANGUAGES) {
      for (const [concept, { strong = [], whole = [] }] of Object.entries(list)) {
        for (const phrase of [...strong, ...whole]) {
          const key = `${code} ${concept} ${fold(phrase).replace(/[^\p{L}\p{N}]/gu, '')}`;
          if (seen.has(key)) twice.push(key);
          seen.add(key);
        }
      }
    }
    expect(twice).toEqual([]);
  });

  it('has words for every concept in Persian and English', () => {
    for (const { code, phrases: list } of LANGUAGES.slice(0, 2)) {
      expect(
        CONCEPTS.filter((concept) => !list[concept as keyof typeof list]),
        code,
      ).toEqual([]);
    }
  });

  it('matches only at offsets of the text, in order, on any text', () => {
    const word = fc.oneof(
      fc.nat(phrases.length - 1).map((n) => phrases[n]!.phrase),
      fc.constantFrom('يك', '。', '\ud83d\ude00', "l'", '12', '\u0000', 'ﷺ', 'ß-'),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), fc.constantFrom(' ', '', '. ', '\u200c', '-'), (words, glue) => {
        const text = fold(words.join(glue));
        const matches = matcher.find(text);
        expect(matches.every(({ start, end }) => start >= 0 && end > start && end <= text.length)).toBe(true);
        expect(matches.map(({ start }) => start)).toEqual(matches.map(({ start }) => start).sort((a, b) => a - b));
      }),
      { numRuns: 30 },
    );
  });
});
