import rule from '../../../rules/participation/consultation.ts';
import { PORTAL, testRule } from '../test-rule.ts';

const home = '<header><nav><a href="/n">نظرخواهی</a></nav></header><main><h1>سازمان نمونه</h1></main>';
const n = (body: string): { home: string; pages: Record<string, string> } => ({
  home,
  pages: { n: `<main>${body}</main>` },
});
const TEXT =
  '<p>ماده ۱. برداشت آب از تالاب تا شعاع پنج کیلومتر در ماه‌های خرداد تا شهریور ممنوع است و بهره‌برداران تخفیف می‌گیرند.</p>';
const BOX = '<form><label>نظر شما <textarea name="n"></textarea></label><button>ارسال نظر</button></form>';

testRule(rule, [
  {
    name: 'passes a draft with its text, a deadline and a box',
    ...n(`<h1>نظرخواهی درباره پیش‌نویس طرح مدیریت تالاب</h1><p>مهلت: ۲۰ آذر ۱۴۰۵</p>${TEXT}${BOX}`),
    outcome: 'live',
    verdict: 'pass',
    quotes: 'تالاب',
  },
  {
    name: 'passes a draft as a file with an address for comments',
    ...n(
      '<h2>پیش‌نویس آیین‌نامه حمل بار</h2><p>انتشار: ۱۴۰۵/۰۵/۰۱</p><p><a href="/d.pdf">متن کامل</a></p><p>نظرها: nazar@org.example</p>',
    ),
    outcomes: { 'https://www.org.example/d.pdf': { kind: 'not-html', contentType: 'application/pdf' } },
    outcome: 'live',
  },
  {
    name: 'passes the draft that a list leads to',
    ...n('<h1>نظرخواهی‌ها</h1><h2><a href="/n/1">پیش‌نویس دستورالعمل رسته‌های نوپدید</a></h2>'),
    home,
    pages: {
      n: '<main><h1>نظرخواهی‌ها</h1><h2><a href="/n/1">پیش‌نویس دستورالعمل رسته‌های نوپدید</a></h2></main>',
      'n/1': `<main><h1>پیش‌نویس دستورالعمل رسته‌های نوپدید</h1><p>انتشار: ۲ آذر ۱۴۰۵</p>${TEXT}${BOX}</main>`,
    },
    outcome: 'live',
  },
  {
    name: 'passes named decisions of a meeting that invite opinions',
    ...n(`<h1>مشارکت الکترونیک</h1><h2>مصوبات جلسه شورای راهبری مهر ۱۴۰۵</h2>${TEXT}${BOX}`),
    outcome: 'live',
  },
  {
    name: 'passes an English draft',
    home: '<nav><a href="/n">Have your say</a></nav><main><h1>Town</h1></main>',
    pages: {
      n: `<main><h1>Draft plan for the harbour park</h1><p>Comments until 12 December 2026.</p><p>The harbour park will be closed to cars on every weekend of the summer, and new trees will be planted along the pier.</p><label>Your comments <textarea name="c"></textarea></label></main>`,
    },
    outcome: 'live',
  },
  {
    name: 'passes a list of drafts as files under an address for comments',
    ...n(
      '<h1>نظرخواهی</h1><p>نظرها به nazar@org.example فرستاده شود.</p><ul><li><a href="/d.pdf">پیش‌نویس آیین‌نامه حمل بار</a> ۱۴۰۵/۰۸/۰۱</li></ul>',
    ),
    outcomes: { 'https://www.org.example/d.pdf': { kind: 'not-html', contentType: 'application/pdf' } },
    outcome: 'live',
  },
  {
    name: 'gives half where nobody looked at the file of the draft',
    ...n(
      '<h1>نظرخواهی</h1><p>نظرها به nazar@org.example فرستاده شود.</p><p>۱۴۰۵/۰۸/۰۱</p><p><a href="/d.pdf">پیش‌نویس آیین‌نامه حمل بار</a></p>',
    ),
    outcome: 'live-below-evidence',
    verdict: 'partial',
  },
  {
    name: 'gives half for a consultation that ended long ago',
    ...n(
      `<h1>مشارکت الکترونیک</h1><h3>پیش‌نویس بخشنامه استهلاک ابزار</h3><p>انتشار: 1404/02/01، مهلت نظر: 1404/03/01</p>${TEXT}${BOX}`,
    ),
    outcome: 'old',
    verdict: 'partial',
  },
  {
    name: 'gives half for a draft without a date',
    ...n(`<h2>پیش‌نویس آیین‌نامه حمل بار</h2>${TEXT}${BOX}`),
    outcome: 'undated',
    verdict: 'partial',
  },
  {
    name: 'gives half for a draft that nobody can comment on',
    ...n(`<h2>پیش‌نویس آیین‌نامه حمل بار</h2><p>انتشار: ۱۴۰۵/۰۸/۰۱</p>${TEXT}`),
    outcome: 'noWay',
    verdict: 'partial',
  },
  {
    name: 'gives half for a method without a draft',
    ...n(
      '<h1>مشارکت الکترونیک</h1><p>شهروندان می‌توانند درباره پیش‌نویس بخشنامه‌ها که در این صفحه منتشر می‌شود نظر دهند.</p><p>رایانامه: mosharekat [at] org.example</p>',
    ),
    outcome: 'method',
    verdict: 'partial',
  },
  {
    name: 'calls a page that is named like the criterion theatre',
    home: '<nav><a href="/r">داشتن راهبرد مشارکت مصوب</a><a href="/n">مشارکت الکترونیک</a></nav><main><h1>سازمان</h1></main>',
    pages: {
      n: '<main><h2>مشارکت الکترونیک</h2><p>بر پایه ماده ۹ مصوبه شورای عالی، مشارکت شهروندان ارج نهاده می‌شود.</p></main>',
    },
    outcome: 'theatre',
    verdict: 'fail',
  },
  {
    name: 'takes news of a draft for no consultation',
    pages: {
      'news/1': `<main><h1>پیش‌نویس بودجه شهر به شورا رفت</h1><p>۱۴۰۵/۰۸/۰۱</p><p>شهردار در نشست دیروز گفت که متن بودجه را به شورا فرستاده و امید دارد که تا پایان سال تصویب شود و کارها آغاز گردد.</p></main>`,
    },
    outcome: 'nothing',
  },
  {
    name: 'takes news of a draft with its box for readers for no consultation',
    pages: {
      'news/1': `<main><h1>پیش‌نویس لایحه حمل بار منتشر شد</h1><p>۱۴۰۵/۰۸/۰۱</p>${TEXT}<h3>دیدگاه‌ها</h3>${BOX}</main>`,
    },
    outcome: 'nothing',
  },
  {
    name: 'fails a link that leads nowhere',
    home: '<nav><a href="#">نظرخواهی</a></nav><main><h1>سازمان</h1></main>',
    outcome: 'dead',
    verdict: 'fail',
  },
  { name: 'fails a portal that asks nobody', outcome: 'nothing', verdict: 'fail' },
  { name: 'cannot say what is behind a link that nobody followed', home, outcome: 'unlooked', verdict: 'blocked' },
  {
    name: 'blames nobody for a portal that was not read',
    outcomes: { [PORTAL]: { kind: 'refused', by: 'wall', detail: '' } },
    outcome: 'not-looked',
    verdict: 'blocked',
  },
  {
    name: 'follows a heading to the site where the body consults',
    home: '<main><h1>سازمان نمونه</h1><h2>نظرخواهی</h2><p><a href="https://talk.org.example/">گفت‌وگو با سازمان نمونه</a></p></main>',
    pages: {
      'https://talk.org.example/':
        '<main><h1>گفت‌وگو</h1><p><a href="/wetland">پیش‌نویس طرح مدیریت تالاب</a></p></main>',
      'https://talk.org.example/wetland': `<main><h1>پیش‌نویس طرح مدیریت تالاب</h1><p>مهلت: ۲۰ آذر ۱۴۰۵</p>${TEXT}${BOX}</main>`,
    },
    outcome: 'live',
    verdict: 'pass',
  },
]);
