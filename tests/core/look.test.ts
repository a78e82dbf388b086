import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold } from '../../src/core/fold.ts';
import { compileLexicon } from '../../src/core/lexicon.ts';
import {
  allNamed,
  clip,
  countWords,
  headed,
  isName,
  labelled,
  labelLines,
  mentions,
  named,
  quoteAround,
  toEvidence,
} from '../../src/core/look.ts';
import { QUOTE_LENGTH } from '../../src/core/model.ts';
import { viewPage, type PageView } from '../../src/core/page-view.ts';

type Concept = 'fee' | 'time' | 'steps' | 'poll';
const matcher = compileLexicon<Concept>(
  ['fee', 'time', 'steps', 'poll'],
  [
    {
      code: 'en',
      suffixes: ['s'],
      phrases: {
        fee: { strong: ['fee'], weak: ['cost'] },
        time: { strong: ['processing time', 'duration'] },
        steps: { strong: ['steps'] },
        poll: { strong: ['poll'] },
      },
    },
    { code: 'fa', suffixes: ['ها'], phrases: { fee: { strong: ['هزینه'] }, time: { strong: ['مدت انجام'] } } },
  ],
);
const view = (html: string): PageView<Concept> => viewPage(html, { url: 'https://a.example/', matcher });

describe('isName', () => {
  it.each([
    ['a short text', 'fee of the service', true],
    ['a text of a few words', 'the fee that a new applicant has to pay', true],
    [
      'a long sentence that mentions it',
      'last week the council discussed whether the fee of the permit should rise again',
      false,
    ],
  ])('takes %s', (_, text, name) => {
    const start = text.indexOf('fee');
    expect(isName(text, { start, end: start + 3 })).toBe(name);
  });
});

describe('named', () => {
  it.each([
    ['a link', '<a href="/p">Poll</a>', 'Poll', false],
    ['a button', '<button>Poll</button>', 'Poll', false],
    ['a link whose tooltip says it', '<a href="/p" title="poll"><img src="x.png" alt=""></a>', 'poll', false],
    ['a link that leads nowhere, when there is no other', '<a href="#">Poll</a>', 'Poll', true],
    ['the one that works rather than the first', '<a href="#">Poll</a><a href="/p">Poll now</a>', 'Poll now', false],
    ['an anchor of the page', '<a href="#poll">Poll</a>', 'Poll', false],
  ])('finds %s', (_, html, quote, dead) => expect(named(view(html), 'poll')).toMatchObject({ quote, dead }));

  it.each([
    ['a line that is no link', '<p>Poll</p>'],
    [
      'a headline of news that mentions it',
      '<a href="/n">Minister thanks the many citizens who took part in the poll about the new park last year</a>',
    ],
    [
      'a tooltip over a long text that says something else',
      '<a href="/n" title="poll">The new park opens its gates</a>',
    ],
    ['a weak word', '<a href="/c">Cost</a>'],
    ['a picture that is not asked for', '<img src="x.png" alt="poll">'],
  ])('does not take %s', (_, html) => {
    expect(named(view(html), 'poll')).toBeNull();
    expect(named(view(html), 'fee')).toBeNull();
  });

  it('takes only the kinds, regions and links that are asked for', () => {
    const page = view('<nav><a href="/a">Poll</a></nav><main><a href="/b">Poll</a><img src="x.png" alt="poll"></main>');
    expect(named(page, 'poll', { regions: ['main'] })?.link?.href).toBe('/b');
    expect(named(page, 'poll', { accept: (link) => link.href === '/b' })?.link?.href).toBe('/b');
    expect(named(page, 'poll', { kinds: ['image'] })?.link).toBeNull();
    expect([...allNamed(page, 'poll', { kinds: ['link', 'image'] })].map(({ quote }) => quote)).toEqual([
      'Poll',
      'Poll',
      'poll',
    ]);
  });
});

describe('headed', () => {
  it.each([
    ['a heading', '<h3>Poll</h3>', true],
    ['a legend', '<fieldset><legend>Poll</legend></fieldset>', true],
    ['a bold line', '<p><b>Poll</b></p>', true],
    ['a line that ends in a colon', '<p>Poll:</p>', true],
    ['a plain line', '<p>Poll</p>', false],
    [
      'a heading that only mentions it',
      '<h3>All that the mayor said in his answer to those who asked about the poll</h3>',
      false,
    ],
  ])('%s: %s', (_, html, found) => expect(headed(view(html), 'poll') !== null).toBe(found));

  it('takes a plain line when that is asked for', () =>
    expect(headed(view('<p>Poll</p>'), 'poll', { plain: true })?.quote).toBe('Poll'));
});

describe('mentions', () => {
  it('are lines, weak words only on request, in the regions asked for', () => {
    const page = view('<header><p>fee</p></header><main><p>the fee</p><p>cost</p></main>');
    const quotes = (options: Parameters<typeof mentions>[2]): string[] =>
      [...mentions(page, 'fee', options)].map(({ run }) => run.text);
    expect(quotes({})).toEqual(['fee', 'the fee']);
    expect(quotes({ regions: ['main'] })).toEqual(['the fee']);
    expect(quotes({ weak: true })).toEqual(['fee', 'the fee', 'cost']);
  });
});

describe('labelled', () => {
  const values = (html: string, concept: Concept = 'fee'): string[] => {
    const page = view(html);
    return labelled(page, concept, labelLines(page, ['fee', 'time', 'steps'])).map(({ value }) => value);
  };

  it.each([
    ['the next cell of its row', '<table><tr><th>Fee</th><td>5 euro</td></tr></table>', ['5 euro']],
    ['the next cell, header or not', '<table><tr><td>Fee</td><td>5 euro</td></tr></table>', ['5 euro']],
    [
      'only the next of several pairs',
      '<table><tr><td>Fee</td><td>5 euro</td><td>Duration</td><td>3 days</td></tr></table>',
      ['5 euro'],
    ],
    [
      'all lines of the cell',
      '<table><tr><th>Fee</th><td><p>5 euro</p><p>or 6</p></td></tr></table>',
      ['5 euro\nor 6'],
    ],
    ['an empty cell as nothing', '<table><tr><th>Fee</th><td></td></tr></table>', ['']],
    [
      'the cell below a row of headers',
      '<table><tr><th>Fee</th><th>Duration</th></tr><tr><td>5 euro</td><td>3 days</td></tr></table>',
      ['5 euro'],
    ],
    ['the definition', '<dl><dt>Fee</dt><dd>5 euro</dd><dt>Duration</dt><dd>3 days</dd></dl>', ['5 euro']],
    ['the rest of the line behind a colon', '<p>Fee: 5 euro</p>', ['5 euro']],
    [
      'what follows a heading, to the next of its rank',
      '<h2>Fee</h2><p>5 euro</p><h3>note</h3><p>in cash</p><h2>Other</h2><p>x</p>',
      ['5 euro\nnote\nin cash'],
    ],
    ['the line below a label', '<div>Fee</div><div>5 euro</div><div>Duration</div><div>3 days</div>', ['5 euro']],
    ['nothing where the next label follows at once', '<div>Fee</div><div>Duration</div><div>3 days</div>', ['']],
    ['nothing past the end of the content', '<main><h2>Fee</h2></main><footer><p>5 euro</p></footer>', ['']],
  ])('gives %s', (_, html, expected) => expect(values(html)).toEqual(expected));

  it.each([
    ['a sentence', '<p>We never ask for a fee, whatever those who call you in our name may say.</p>'],
    ['the menu', '<nav><ul><li>Fee</li><li>Duration</li></ul></nav>'],
    ['a link that jumps to the label', '<p><a href="#fee">Fee</a></p>'],
    ['a weak word', '<p>Cost: 5 euro</p>'],
    ['a line whose only colon is that of a time', '<p>Fee desk opens at 12:30</p><p>5 euro</p>'],
  ])('takes no label from %s', (_, html) => expect(values(html)).toEqual([]));

  it('keeps the original words of a value behind a folded label', () => {
    expect(values('<p>هزينه‌ها: ۲٬۵۰۰ ریال</p>')).toEqual(['۲٬۵۰۰ ریال']);
  });
});

describe('quotes', () => {
  it('are whole when they are short', () =>
    expect(quoteAround('a short text', { start: 2, end: 7 })).toBe('a short text'));

  it('are cut around what matched, and say so', () => {
    const text = `${'پیش '.repeat(200)}كد‌پستی${' پس'.repeat(200)}`;
    const folded = fold(text);
    const start = folded.indexOf('کد پستی');
    const quote = quoteAround(text, { start, end: start + 7 });
    expect(quote).toMatch(/^….*كد‌پستی.*…$/);
    expect(quote.length).toBeLessThanOrEqual(QUOTE_LENGTH);
  });

  it('are never longer than is kept', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('كد‌پستی ﷺ ', 'aﬁ\u00ad\u200c ', '\ud83d\ude00 ـ'),
        fc.nat(200),
        fc.nat(900),
        fc.nat(60),
        (unit, times, at, length) => {
          const text = unit.repeat(times);
          const { length: size } = fold(text);
          const start = Math.min(at, Math.max(0, size - 1));
          expect(quoteAround(text, { start, end: Math.min(size, start + length + 1) }).length).toBeLessThanOrEqual(
            QUOTE_LENGTH,
          );
          expect(clip(text).length).toBeLessThanOrEqual(QUOTE_LENGTH);
        },
      ),
    );
  });
});

describe('toEvidence', () => {
  it('names the page, the bytes and one element', () => {
    const page = view('<div><a href="/p">Poll</a></div>');
    expect(toEvidence(page, 'sha', named(page, 'poll')!)).toEqual({
      url: 'https://a.example/',
      snapshot: 'sha',
      selector: 'body > div:nth-child(1) > a:nth-child(1)',
      quote: 'Poll',
      language: 'en',
    });
  });
});

it.each([
  ['', 0],
  ['one', 1],
  ['one two three', 3],
])('countWords of "%s" is %i', (text, count) => expect(countWords(text)).toBe(count));
