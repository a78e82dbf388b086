import { expect, it } from 'vitest';
import { remember } from '../../src/core/remember.ts';

function counting(most: number, longest: number) {
  const asked: string[] = [];
  return {
    asked,
    ask: remember(most, longest, (text) => (asked.push(text), text === 'none' ? null : text.length)),
  };
}

it('asks once for a text that comes again, whatever the answer was', () => {
  const { asked, ask } = counting(10, 10);
  expect([ask('four'), ask('none'), ask('four'), ask('none')]).toEqual([4, null, 4, null]);
  expect(asked).toEqual(['four', 'none']);
});

it('keeps nothing of long texts', () => {
  const { asked, ask } = counting(10, 4);
  expect([ask('longer'), ask('longer')]).toEqual([6, 6]);
  expect(asked).toEqual(['longer', 'longer']);
});

it('keeps no more answers than it may, and stays right', () => {
  const { asked, ask } = counting(2, 10);
  expect(['a', 'b', 'c', 'a', 'c'].map(ask)).toEqual([1, 1, 1, 1, 1]);
  expect(asked).toEqual(['a', 'b', 'c', 'a']);
});
