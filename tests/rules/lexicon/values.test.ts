import { describe, expect, it } from 'vitest';
import { namesOf, says } from '../../../rules/lexicon/says.ts';
import { findTimes } from '../../../rules/lexicon/values.ts';
import { fold } from '../../../src/core/fold.ts';

describe('how often something is done', () => {
  it.each([
    ['صفر؛ همه مراحل تمام الکترونیک است', 0],
    ['ندارد', 0],
    ['یکبار', 1],
    ['یک بار برای تحویل اصل مدارک', 1],
    ['۳ بار', 3],
    ['حداکثر ۲ مراجعه', 2],
    ['one visit', 1],
    ['----', null],
    ['یکی از دفترها', null],
    ['۱۴۰۱/۰۲/۰۳', null],
  ])('%s', (text, count) => expect(findTimes(fold(text))).toBe(count));
});

describe('the lexicon asked about a text alone', () => {
  it('names each thing once, by its longest phrase', () => {
    expect(
      namesOf(fold('تصویر کارت پایان خدمت و آگهی روزنامه رسمی'), 'base-register').map(({ phrase }) => phrase),
    ).toEqual(['پایان خدمت', 'روزنامه رسمی']);
  });
  it('leaves out what means something else', () => {
    expect(says(fold('شناسنامه چاه'), 'base-register')).toBe(false);
    expect(says(fold('مراجعه به سامانه'), 'going')).toBe(false);
    expect(says(fold('صفحه اصلی'), 'original')).toBe(false);
  });
});
