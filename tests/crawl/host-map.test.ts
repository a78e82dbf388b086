import { expect, it } from 'vitest';
import { readHostMap } from '../../src/crawl/host-map.ts';

it.each([
  ['www.example.ir=127.0.0.1:8080', ['www.example.ir', { address: '127.0.0.1', httpPort: 8080, httpsPort: 8080 }]],
  ['www.example.ir=127.0.0.1:8080/8443', ['www.example.ir', { address: '127.0.0.1', httpPort: 8080, httpsPort: 8443 }]],
  ['Example.IR=[::1]:80', ['example.ir', { address: '::1', httpPort: 80, httpsPort: 80 }]],
  ['ایران.ir=localhost:1', ['xn--mgba3a4f16a.ir', { address: '127.0.0.1', httpPort: 1, httpsPort: 1 }]],
])('reads %s', (entry, expected) => expect([...readHostMap([entry])][0]).toEqual(expected));

it('reads the form of the registry', () => {
  expect(readHostMap({ 'a.ir': '127.0.0.1:1', 'b.ir': '127.0.0.1:2/3' }).size).toBe(2);
});

it.each([
  'www.example.ir',
  '=127.0.0.1:1',
  'a.ir=127.0.0.1',
  'a.ir=127.0.0.1:0',
  'a.ir=127.0.0.1:70000',
  'a.ir=b.ir:80',
  'a.ir:8080=127.0.0.1:1',
])('says what it expected when it finds %s', (entry) =>
  expect(() => readHostMap([entry])).toThrow(/must be host=address:port .* for example/),
);

it('names what it found as it was given', () => {
  expect(() => readHostMap(['www.example.ir'])).toThrow('found "www.example.ir".');
  expect(() => readHostMap({ 'a.ir': 'b.ir:80' })).toThrow('found "a.ir=b.ir:80".');
});
