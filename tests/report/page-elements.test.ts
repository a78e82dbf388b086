import { load } from 'cheerio';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matcher } from '../../rules/lexicon/index.ts';
import { viewPage } from '../../src/core/page-view.ts';
import { selectorOf } from '../../src/core/page-tree.ts';
import { attribute, readElements } from '../../src/report/page-elements.ts';

/** The `n` attributes of what is selected: elements of these tests are told apart by them. */
const selected = (html: string, ...selectors: readonly string[]): (string | null)[] =>
  readElements(html, selectors).selected.map((element) => element && (attribute(element, 'n') ?? element.tagName));

describe('an element that evidence names', () => {
  it.each([
    ['by its id', '<p id="it" n="1">x</p>', '#it', '1'],
    ['by its place', '<p>x</p><div><b>x</b><i n="1">y</i></div>', 'body > div:nth-child(2) > i:nth-child(2)', '1'],
    ['by its place below an id', '<div id="it"><p>x</p><p n="1">y</p></div>', '#it > p:nth-child(2)', '1'],
    ['by its place alone, where its name would have to be escaped', '<div id="it"><o:p n="1">x</o:p></div>', '#it > *:nth-child(1)', '1'],
    ['of the head', '<meta n="1" charset="utf-8">', 'head > meta:nth-child(1)', '1'],
    ['in a drawing', '<svg><g><path id="it" n="1"/></g></svg>', '#it', '1'],
    ['in a template, by its id', '<template><p id="it" n="1">x</p></template>', '#it', '1'],
    ['the page as a whole', '<p>x</p>', 'html', 'html'],
  ])('is found %s', (_, html, selector, found) => expect(selected(html, selector)).toEqual([found])); // prettier-ignore

  it.each([
    ['its id stands twice', '<p id="it">x</p><p id="it">y</p>', '#it'],
    ['its id stands once more in a template', '<p id="it">x</p><template><p id="it">y</p></template>', '#it'],
    ['another element has its place', '<b>x</b>', 'body > p:nth-child(1)'],
    ['there are fewer elements', '<p>x</p>', 'body > p:nth-child(2)'],
    ['it lies in the content of a template, which is no child of it', '<template id="it"><p>x</p></template>', '#it > p:nth-child(1)'], // prettier-ignore
    ['a position is none', '<p>x</p>', 'body > p:nth-child(0)'],
    ['the selector has another form', '<p class="it">x</p>', 'body p.it'],
    ['the selector is none', '<p>x</p>', 'p >>> nonsense'],
    ['there is no selector', '<p>x</p>', ''],
  ])('is not found where %s', (_, html, selector) => expect(selected(html, selector)).toEqual([null]));

  it('is the one that CSS selects, for every element of any page that judging names', () => {
    const tags = ['p', 'div', 'ul', 'li', 'table', 'tr', 'td', 'a', 'b', 'svg', 'template', 'select', 'option', 'math', 'form', 'o:p', 'font']; // prettier-ignore
    const piece = fc.oneof(
      fc.constantFrom(...tags).chain((tag) => fc.constantFrom(`<${tag}>`, `<${tag} id="a">`, `<${tag} id="b c">`, `<${tag} id="Z-1">`)), // prettier-ignore
      fc.constantFrom(...tags).map((tag) => `</${tag}>`),
      fc.constantFrom('x', ' ', '<!-- c -->', '<title>', '</title>', '<br>'),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        let count = 0;
        const html = pieces.join('').replace(/<[a-z][^ >]*/g, (start) => `${start} n="${++count}"`);
        const { tree } = viewPage(html, { url: 'https://www.tax.example/', matcher });
        const selectors = tree.tags.map((_, node) => selectorOf(tree, node));
        const $ = load(html);
        const bySelector = selectors.map((selector) => {
          const found = $(selector);
          return found.length === 1 ? (found.attr('n') ?? found.prop('tagName')!.toLowerCase()) : null;
        });
        expect(selected(html, ...selectors)).toEqual(bySelector);
      }),
      { numRuns: 200 },
    );
  }, 60_000);
});

describe('what lies around an element', () => {
  it('is its parent, and for the content of a template the template', () => {
    const { selected: found, parentOf } = readElements('<div><template><p id="it">x</p></template></div>', ['#it']);
    const names: string[] = [];
    for (let up = parentOf(found[0]!); up; up = parentOf(up)) names.push(up.tagName);
    expect(names).toEqual(['template', 'div', 'body', 'html']);
  });
});
