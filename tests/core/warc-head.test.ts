import { describe, expect, it } from 'vitest';
import { fieldOf, readHead } from '../../src/core/warc-head.ts';

const head = (text: string) => readHead(Buffer.from(text));

describe('the head of a record', () => {
  it('is its first line and its fields up to the empty line, whose end is told', () => {
    const text = 'WARC/1.1\r\nWARC-Type: response\r\nContent-Length:5\r\n\r\n';
    expect(head(`${text}abcde\r\n\r\n`)).toEqual({
      line: 'WARC/1.1',
      fields: [
        ['warc-type', 'response'],
        ['content-length', '5'],
      ],
      length: text.length,
    });
  });

  it.each([
    ['lines end without a carriage return', 'HTTP/1.0 200 OK\nA: b\n\nbody', [['a', 'b']]],
    ['a value goes on in the next line', 'X\r\nA: b\r\n  c\r\n\td\r\n\r\n', [['a', 'b c d']]],
    ['a name comes twice', 'X\r\nA: 1\r\nA: 2\r\n\r\n', [['a', '1'], ['a', '2']]],
    ['a value holds colons', 'X\r\nLocation: http://a.ir:80/\r\n\r\n', [['location', 'http://a.ir:80/']]],
    ['a line is no field', 'X\r\nnothing\r\n: b\r\nA: b\r\n\r\n', [['a', 'b']]],
    ['there are no fields', 'HTTP/1.1 200 OK\r\n\r\n', []],
    ['a value is Persian', 'X\r\nA: خدمت\r\n\r\n', [['a', 'خدمت']]],
  ])('is read when %s', (_, text, fields) => {
    expect(head(text)?.fields).toEqual(fields);
  }); // prettier-ignore

  it('takes a line for Latin-1 that is no UTF-8, and only that line', () => {
    const bytes = Buffer.concat([Buffer.from('X\r\nA: caf'), Buffer.from([0xe9]), Buffer.from('\r\nB: خ\r\n\r\n')]);
    expect(readHead(bytes)?.fields).toEqual([
      ['a', 'café'],
      ['b', 'خ'],
    ]);
  });

  it.each(['', 'WARC/1.1', 'WARC/1.1\r\nA: b\r\n'])('is none without an empty line: %j', (text) => {
    expect(head(text)).toBeNull();
  });

  it('gives the first value of a field, and null for one that is not there', () => {
    const read = head('X\r\nA: 1\r\na: 2\r\n\r\n')!;
    expect([fieldOf(read, 'a'), fieldOf(read, 'b')]).toEqual(['1', null]);
  });
});
