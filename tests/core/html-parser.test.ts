import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultTreeAdapter, parse, serialize } from 'parse5';
import { describe, expect, it } from 'vitest';
import { makePage } from '../../bench/pages.ts';
import { gunzipSync } from 'node:zlib';
import { parseHtml } from '../../src/core/parse-html.ts';

/** What decides about the reading of text, names and values, and the elements inside which text is read differently. */
const PIECES = [
  '<', '>', '</', '=', '"', "'", '/', '-', '--', '&', '&amp;', '&#x41;', '&notit;', '&lt', '\0', '\r', '\r\n', '\n', '\t', '\f', ' ', '\u00a0',
  'word', 'two words ', ' سلام ', '😀', '<!--', '-->', '--!>', '<!', '<?', '<![CDATA[', ']]>', '<!DOCTYPE html>',
  '<p>', '</p>', '<pre>', '<pre>\n', '<textarea>\n', '</textarea>', '<table>', '<caption>', '<col>', '<tr>', '<td>', '</td>', '</table>', '<select>', '<option>',
  '<svg>', '<title>', '</title>', '<desc>', '<foreignObject>', '</svg>', '<math>', '<mi>', '<script>', '<script><!--<script>', '</script>', '<style>', '</style>',
  '<a href="x y&amp;z" B=\'q\' c=d>', '</a>', '<b>', '</b>', '<DIV CLASS="A\r\nb\0" data-x9-Y>', '</div>', '<H1>', '</h1>', '<a b', '<a b="', "<a b='",
  '<frameset>', '<body>', '</body>', '</html>', '<head>', '<noscript>', '</noscript>', '<template>', '</template>', '<plaintext>', '<xmp>', '<iframe>', '<input type=hidden>', '<li>', '<br/>',
]; // prettier-ignore

const ours = (html: string): string => serialize(parseHtml(html, defaultTreeAdapter));

describe('the parser of pages', () => {
  it('makes the tree that parse5 makes, whatever the markup', () => {
    const markup = fc.array(fc.constantFrom(...PIECES), { maxLength: 16 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(markup, (html) => {
        expect(ours(html)).toBe(serialize(parse(html)));
      }),
      { numRuns: 3000, seed: 1 },
    );
  });

  it('makes it of tags however they are written, wherever they stand, when they come again too', () => {
    const attribute = fc.constantFrom(
      'a', 'a=b', 'A="1"', "a='2'", 'a = 3', 'a=', '="x"', '"', "'", '<', '/', '>', 'b="x>y"', "b='>'", 'a="&amp;&lt&notit;"', 'a=&copy=1', 'a="\0"', 'a\0b', 'a="x\r\ny"', 'a="😀"', '😀', '\ud83d', 'a="\ude00"',
      'viewbox="0 0 1 1"', 'xlink:href="#a"', 'xmlns="x"', 'definitionurl=u', 'class="a b"', 'encoding="text/html"', 'type=hidden', 'color=red', 'a="unclosed', 'é="ü"',
    ); // prettier-ignore
    const name = fc.constantFrom(
      'p', 'b', 'a', 'DIV', 'body', 'html', 'svg', 'path', 'foreignobject', 'desc', 'math', 'mi', 'mglyph', 'annotation-xml', 'input', 'font', 'title', 'textarea', 'script', 'table', 'td', 'select', 'image', 'x-y', 'é',
    ); // prettier-ignore
    const tag = fc
      .tuple(fc.constantFrom('<', '<', '<', '</', '< ', '<<'), name, fc.array(attribute, { maxLength: 3 }), fc.constantFrom('>', '>', '>', ' >', '/>', ' / >', ''))
      .map(([begin, called, attributes, end]) => `${begin}${[called, ...attributes].join(' ')}${end}`); // prettier-ignore
    const markup = fc
      .array(fc.oneof(tag, fc.constantFrom(' ', 'word', '😀', '<!-- > -->', '<!', '\r\n', '&amp;')), { maxLength: 8 })
      .map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(markup, (html) => {
        const expected = serialize(parse(html));
        expect(ours(html)).toBe(expected);
        expect(ours(html)).toBe(expected);
        expect(ours(`${html}</svg></math></p>${html}`)).toBe(serialize(parse(`${html}</svg></math></p>${html}`)));
      }),
      { numRuns: 3000, seed: 1 },
    );
  });

  it('shares no attribute into which a page has its own written', () => {
    const pages = ['<html a=1><body b=1>x', '<html a=1 c=2><html d=3><body b=1><body e=4>x', '<html a=1><body b=1>y'];
    for (const html of [...pages, ...pages]) expect(ours(html)).toBe(serialize(parse(html)));
    for (const html of ['<path viewbox=1>', '<svg><path viewbox=1>', '<math><path viewbox=1>', '<path viewbox=1>'])
      expect(ours(html)).toBe(serialize(parse(html)));
  });

  it('makes it of whole pages', () => {
    const folder = join(import.meta.dirname, '..', '..', 'seeds', 'demo');
    const pages = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.html'))
      .slice(0, 40)
      .map((name) => readFileSync(join(folder, name), 'utf8'));
    for (const html of [...pages, gunzipSync(makePage(2, 10).gzip).toString()])
      expect(ours(html)).toBe(serialize(parse(html)));
  });
});
