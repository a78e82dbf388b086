import { describe, expect, it } from 'vitest';
import { compileLexicon } from '../../src/core/lexicon.ts';
import { looksMissing } from '../../src/core/missing.ts';
import { viewPage } from '../../src/core/page-view.ts';

const matcher = compileLexicon<never>([], []);
const page = (title: string, body: string) =>
  viewPage(`<html><head><title>${title}</title></head><body>${body}</body></html>`, {
    url: 'https://a.example/x',
    matcher,
  });
const FRAME =
  '<p>سازمان نمونه</p><ul><li>خانه</li><li>خدمات</li><li>اخبار</li><li>تماس</li><li>درباره</li><li>قوانین</li><li>نقشه</li></ul>';
const probe = page('سازمان نمونه', `${FRAME}<p>محتوایی برای نمایش نیست</p><p>© ۱۴۰۵</p>`);

describe('looksMissing, without knowing how the host says it', () => {
  it.each([
    ['says so in its title', page('صفحه یافت نشد', '<p>x</p>'), true],
    ['says so with other letters and digits', page('خطاي ۴۰۴', '<p>x</p>'), true],
    ['says so in its first heading', page('سازمان', '<h1>Page not found</h1>'), true],
    ['says so in Italian', page('Pagina non trovata', ''), true],
    ['says so in other words', page('سازمان', '<h1>چنین صفحه‌ای در این سامانه نیست</h1>'), true],
    ['says so as a person would', page('Town', '<h1>Sorry, we can’t find that page</h1>'), true],
    ['says it in a sentence of its content', page('خدمات', '<h1>خدمات</h1><p>موردی یافت نشد</p>'), false],
    ['has a number that only contains 404', page('خدمت 14041', ''), false],
    ['says so above a whole article', page('آنچه یافت نشد', `<p>${'واژه '.repeat(200)}</p>`), false],
    ['is an ordinary page', page('خدمات', '<h1>خدمات</h1>'), false],
  ])('a page that %s', (_, seen, missing) => expect(looksMissing(seen, null)).toBe(missing));
});

describe('looksMissing, beside the page that a made-up address got', () => {
  it.each([
    ['is the same', page('سازمان نمونه', `${FRAME}<p>محتوایی برای نمایش نیست</p><p>© ۱۴۰۵</p>`), true],
    [
      'differs only in a line such as today’s date',
      page('سازمان نمونه', `${FRAME}<p>محتوایی برای نمایش نیست</p><p>© ۱۴۰۶</p>`),
      true,
    ],
    [
      'has the frame and content of its own',
      page('سازمان نمونه', `${FRAME}<h1>خدمات</h1><p>شرح</p><p>هزینه</p><p>© ۱۴۰۵</p>`),
      false,
    ],
    ['has another title', page('خدمات', `${FRAME}<p>محتوایی برای نمایش نیست</p><p>© ۱۴۰۵</p>`), false],
    ['says under another title that it is missing', page('۴۰۴', '<p>x</p>'), true],
    ['has only a part of the lines', page('سازمان نمونه', '<p>سازمان نمونه</p>'), false],
    ['is empty while the probe is not', page('سازمان نمونه', ''), false],
  ])('a page that %s', (_, seen, missing) => expect(looksMissing(seen, probe)).toBe(missing));

  it('two empty shells are the same page', () =>
    expect(looksMissing(page('', '<div id="app"></div>'), page('', '<div id="app"></div>'))).toBe(true));
});
