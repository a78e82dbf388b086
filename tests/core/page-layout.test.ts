import { describe, expect, it } from 'vitest';
import { MAX_PLACED, parseLayout, readLayout } from '../../src/core/page-layout.ts';

describe('what a browser tells of the places of elements', () => {
  it('is read as it is, in whole numbers', () => {
    const told = { count: 3, elements: [['html', 0, 0, 800.4, 600], ['p', -5, 10.6, 20, 0]] }; // prettier-ignore
    expect(readLayout(told)).toEqual({ count: 3, elements: [['html', 0, 0, 800, 600], ['p', -5, 11, 20, 0]] }); // prettier-ignore
  });

  it('is brought into bounds, and freed of what else it says', () => {
    const told = { count: 1, elements: [['p', -1e300, 1e300, -5, 1e9]], more: 'x' };
    expect(readLayout(told)).toEqual({ count: 1, elements: [['p', -100_000, 100_000, 0, 100_000]] });
  });

  const place = ['p', 0, 0, 1, 1];
  it.each<[string, unknown]>([
    ['nothing', null],
    ['a text', 'x'],
    ['a list', []],
    ['without a count', { elements: [] }],
    ['of a count that is none', { count: 0.5, elements: [] }],
    ['of fewer elements than it places', { count: 1, elements: [place, place] }],
    ['of more places than are kept', { count: 1e6, elements: Array.from({ length: MAX_PLACED + 1 }, () => place) }],
    ['of an element that is none', { count: 1, elements: ['p0011'] }],
    ['of a place without height', { count: 1, elements: [['p', 0, 0, 1]] }],
    ['of a place that is no number', { count: 1, elements: [['p', 0, 0, 1, '1']] }],
    ['of a place that is no finite number', { count: 1, elements: [['p', 0, 0, 1, Infinity]] }],
    ['of a name without end', { count: 1, elements: [['p'.repeat(41), 0, 0, 1, 1]] }],
  ])('is nothing when it is %s', (_, told) => expect(readLayout(told)).toBeNull());

  it.each(['', '{', 'null', '[[['.repeat(100_000)])('is nothing when it is no JSON of one', (text) => {
    expect(parseLayout(text)).toBeNull();
  });
});
