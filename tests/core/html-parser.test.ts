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
