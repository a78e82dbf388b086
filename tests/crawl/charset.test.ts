import { describe, expect, it } from 'vitest';
import { decodeHtml } from '../../src/crawl/charset.ts';

const SENTENCE = 'سامانه خدمات الكترونيك وزارت، پنجره واحد خدمات دولت';
/** windows-1256 has no table in Node for writing: one is made by reading all bytes. */
const TABLE = new Map(
  [...new TextDecoder('windows-1256').decode(Uint8Array.from({ length: 256 }, (_, n) => n))].map((char, n) => [
    char,
    n,
  ]),
);
const arabic = (text: string): Uint8Array => Uint8Array.from(text, (char) => TABLE.get(char) ?? 0x3f);
const utf8 = (text: string): Uint8Array => Buffer.from(text, 'utf8');
const page = (text: string, charset = ''): string =>
  `<html><head>${charset && `<meta charset="${charset}">`}</head><p>${text}</p></html>`;

describe('declared rightly', () => {
  it.each([
    ['by the header', arabic(page(SENTENCE)), 'windows-1256', 'windows-1256'],
    ['by <meta>', arabic(page(SENTENCE, 'windows-1256')), null, 'windows-1256'],
    [
      'by http-equiv',
      arabic(
        page(SENTENCE).replace(
          '<head>',
          '<head><meta http-equiv=Content-Type content="text/html; charset=windows-1256">',
        ),
      ),
      null,
      'windows-1256',
    ],
    ['as UTF-8', utf8(page(SENTENCE, 'utf-8')), 'utf-8', 'utf-8'],
    [
      'by a byte order mark, against the header',
      Buffer.from(`\ufeff${page(SENTENCE)}`, 'utf16le'),
      'utf-8',
      'utf-16le',
    ],
    ['as UTF-16 by the header', Buffer.from(page(SENTENCE), 'utf16le'), 'utf-16', 'utf-16le'],
  ])('%s', (_name, bytes, transport, charset) => {
    const decoded = decodeHtml(bytes, transport);
    expect(decoded.charset).toBe(charset);
    expect(decoded.text).toContain(SENTENCE);
  });
});

describe('declared wrongly', () => {
  it.each([
    ['windows-1256 called UTF-8 by the header', arabic(page(SENTENCE)), 'utf-8', 'windows-1256'],
    ['windows-1256 called UTF-8 by <meta>', arabic(page(SENTENCE, 'utf-8')), null, 'windows-1256'],
    ['windows-1256 called Latin by a server default', arabic(page(SENTENCE)), 'ISO-8859-1', 'windows-1256'],
    ['UTF-8 called Latin by a server default', utf8(page(SENTENCE)), 'ISO-8859-1', 'utf-8'],
    ['UTF-8 called windows-1256 by an old template', utf8(page(SENTENCE, 'windows-1256')), null, 'utf-8'],
    ['UTF-16 called UTF-8', Buffer.from(page(SENTENCE.repeat(3)), 'utf16le'), 'utf-8', 'utf-16le'],
    ['a charset that nobody knows', utf8(page(SENTENCE)), 'farsi', 'utf-8'],
  ])('%s is read as what it is', (_name, bytes, transport, charset) => {
    const decoded = decodeHtml(bytes, transport);
    expect(decoded.charset).toBe(charset);
    expect(decoded.text).toContain(SENTENCE);
  });
});

describe('not declared', () => {
  it.each([
    ['UTF-8', utf8(page(SENTENCE)), 'utf-8'],
    ['windows-1256', arabic(page(SENTENCE)), 'windows-1256'],
    ['UTF-16', Buffer.from(page(SENTENCE), 'utf16le'), 'utf-16le'],
  ])('%s is recognised', (_name, bytes, charset) =>
    expect(decodeHtml(bytes, null)).toMatchObject({ charset, text: expect.stringContaining(SENTENCE) }),
  );
});

it('leaves French in Latin-1 alone, and a few damaged bytes in UTF-8', () => {
  const french = Buffer.from(page('Réservé aux élèves : « déjà vu », forêt, naïf, où, garçon, Noël, cœur'), 'latin1');
  expect(decodeHtml(french, 'iso-8859-1').text).toContain('Réservé aux élèves');
  const cut = Buffer.concat([utf8(page(SENTENCE)), Uint8Array.of(0xd8)]);
  expect(decodeHtml(cut, 'utf-8').charset).toBe('utf-8');
});

it('reads any bytes at all', () => {
  const noise = Uint8Array.from({ length: 4096 }, (_, n) => (n * 7919) & 0xff);
  expect(decodeHtml(noise, null).text.length).toBeGreaterThan(0);
  expect(decodeHtml(new Uint8Array(0), 'utf-16').text).toBe('');
});
