import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayBeLike, similarity, titleOf, WordIndex } from '../../src/core/similarity.ts';
import { LIKE_TITLE, SAME_TITLE } from '../../src/core/site-view.ts';

const like = (a: string, b: string): number => similarity(titleOf(a), titleOf(b));

describe('similarity of titles', () => {
  it.each([
    ['the same title', 'صدور پروانه بهره‌برداری معدن', 'صدور پروانه بهره‌برداری معدن'],
    ['another keyboard', 'صدور پروانه بهره‌برداری معدن', 'صدور پروانه بهره برداري معدن'],
    ['a code beside it', 'صدور پروانه بهره‌برداری معدن', 'صدور پروانه بهره‌برداری معدن (شناسه خدمت: 13091727100)'],
    ['another order', 'پروانه کسب، تمدید', 'تمدید پروانه کسب'],
    ['empty words around it', 'سامانه درخواست تمدید پروانه کسب', 'تمدید پروانه کسب'],
    ['signs around it', '«تمدید پروانه کسب»', '- تمدید پروانه کسب:'],
    ['an article in English', 'The renewal of a trade licence', 'renewal trade licence'],
  ])('takes %s for one service', (_, a, b) => expect(like(a, b)).toBeGreaterThanOrEqual(SAME_TITLE));

  it.each([
    ['issuing and renewing', 'صدور پروانه کسب', 'تمدید پروانه کسب'],
    ['issuing and cancelling', 'صدور پروانه بهره‌برداری معدن', 'ابطال پروانه بهره‌برداری معدن'],
    ['issuing and renewing in Italian', 'Rilascio della licenza', 'Rinnovo della licenza'],
    ['two licences', 'صدور پروانه معدن', 'صدور پروانه ساختمانی'],
    ['a service and a word of it', 'صدور پروانه بهره‌برداری معدن', 'معدن'],
  ])('keeps %s apart', (_, a, b) => expect(like(a, b)).toBeLessThan(SAME_TITLE));

  it.each([
    ['a typing mistake', 'صدور پروانه بهره‌برداری معدن', 'صدور پروانه بهره‌بردای معدن'],
    ['a word more', 'صدور پروانه بهره‌برداری معدن', 'صدور پروانه بهره‌برداری از معدن شن'],
  ])('finds %s alike', (_, a, b) => expect(like(a, b)).toBeGreaterThanOrEqual(LIKE_TITLE));

  it.each([
    ['nothing in common', 'صدور پروانه معدن', 'ثبت شرکت تعاونی'],
    ['only empty words', 'خدمات', 'درخواست خدمت'],
    ['nothing at all', '', ''],
    ['only a code', '13091727100', '13091727100'],
  ])('finds nothing alike in %s', (_, a, b) => expect(like(a, b)).toBeLessThan(0.3));

  it('is between 0 and 1, the same both ways, and 1 for a title and itself', () => {
    const title = fc
      .array(
        fc.constantFrom('صدور', 'تمدید', 'پروانه', 'کسب', 'معدن', 'the', 'licence', 'renewal', '13091727100', '،'),
        { maxLength: 7 },
      )
      .map((words) => words.join(' '));
    fc.assert(
      fc.property(title, title, (a, b) => {
        const value = like(a, b);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
        expect(like(b, a)).toBeCloseTo(value, 12);
        expect(like(a, a)).toBe(titleOf(a).folded === '' ? 0 : 1);
      }),
    );
  });
});

describe('words of titles in lines', () => {
  const index = new WordIndex<string>();
  for (const [word, thing] of [['معدن', 'mine'], ['معدن', 'quarry'], ['پروانه', 'licence'], ['5', 'fifth']] as const) index.add(word, thing); // prettier-ignore

  it.each([
    ['صدور پروانه (معدن)', ['licence', 'mine', 'quarry']],
    ['1405/08/5', ['fifth']],
    ['معدنی 55 پروانه‌ها', ['licence']],
    ['معدنکاری', []],
    ['', []],
  ])('finds in «%s» %j', (line, things) => expect([...(index.namedIn(line) ?? [])]).toEqual(things));

  it('are told as they are by cutting the line', () => {
    const word = fc.constantFrom('معدن', 'معدنی', 'پروانه', '5', '55', '𐎠𐎡', 'a');
    const sign = fc.constantFrom(' ', '-', '/', '(', '😀', '');
    fc.assert(
      fc.property(fc.array(fc.tuple(word, sign)), word, (parts, wanted) => {
        const line = parts.flat().join('');
        const words = line.split(/[^\p{L}\p{N}]+/u);
        const own = new WordIndex<string>();
        own.add(wanted, wanted);
        expect(own.namedIn(line) !== null).toBe(words.includes(wanted));
        if (titleOf(wanted).words.size === 1) expect(mayBeLike(titleOf(wanted), line)).toBe(words.includes(wanted));
      }),
    );
  });
});
