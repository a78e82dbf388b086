import rule from '../../../rules/presence/steps-published.ts';
import { testRule } from '../test-rule.ts';

const page = (markup: string): string => `<main><h1>صدور پروانه بهره‌برداری معدن</h1>${markup}</main>`;

testRule(rule, [
  {
    name: 'passes a list of four',
    page: page(
      '<h2>مراحل دریافت خدمت</h2><ol><li>ثبت درخواست</li><li>بررسی مدارک</li><li>پرداخت هزینه</li><li>دریافت پروانه</li></ol>',
    ),
    outcome: 'steps',
    verdict: 'pass',
  },
  {
    name: 'passes numbers inside a cell',
    page: page(
      '<table><tr><th>مراحل گردش کار</th><td>۱- ثبت درخواست ۲- بررسی کارشناس ۳- صدور پروانه</td></tr></table>',
    ),
    outcome: 'steps',
  },
  {
    name: 'passes English steps',
    page: '<html lang="en"><body><main><h1>Mining permit</h1><h2>How to apply</h2><ol><li>Fill in the form</li><li>Pay the fee</li><li>Collect the permit</li></ol></main></body></html>',
    outcome: 'steps',
  },
  {
    name: 'gives half for a sentence of prose',
    page: page(
      '<h2>نحوه انجام خدمت</h2><p>متقاضی درخواست خود را ثبت می‌کند و سازمان پس از بررسی پروانه را صادر می‌کند.</p>',
    ),
    outcome: 'few',
    verdict: 'partial',
  },
  {
    name: 'gives half for a picture of a flow chart',
    page: page('<h2>نمودار مراحل دریافت خدمت</h2><img src="/flow.png" alt="">'),
    outcome: 'diagram',
    verdict: 'partial',
  },
  {
    name: 'gives half for a link to the steps',
    page: page('<p><a href="/files/steps.pdf">مراحل دریافت خدمت</a></p>'),
    outcome: 'elsewhere',
    verdict: 'partial',
  },
  {
    name: 'fails an empty cell',
    page: page('<table><tr><th>مراحل دریافت خدمت</th><td>----</td></tr></table>'),
    outcome: 'filler',
    verdict: 'fail',
  },
  { name: 'fails a page that is silent', page: page('<p>شرح کوتاه</p>'), outcome: 'nothing', verdict: 'fail' },
  {
    name: 'does not take the breadcrumb or page numbers for steps',
    page: `<nav class="breadcrumb"><a href="/">خانه</a> » <a href="/s">خدمات</a> » پروانه</nav>${page('<p>شرح کوتاه</p><ul class="pagination"><li>۱</li><li>۲</li><li>۳</li></ul>')}`,
    outcome: 'nothing',
  },
  {
    name: 'does not take a link in the menu of the portal for the steps of the service',
    page: `<nav><a href="/steps">مراحل دریافت خدمت</a></nav>${page('<p>شرح کوتاه</p>')}`,
    outcome: 'nothing',
  },
  {
    name: 'passes steps counted in words inside one cell under a question',
    page: page(
      '<table><tr><td>کارت را چطور بگیرم؟</td><td>گام نخست: درخواست را بنویسید. گام دوم: به دفتر بیایید. گام سوم: کارت را بگیرید.</td></tr></table>',
    ),
    outcome: 'steps',
  },
  {
    name: 'passes an ordered list under the title of the service itself',
    page: page('<p>این پروانه یک ساله است.</p><ol><li>نوشتن درخواست</li><li>بازدید</li><li>دریافت پروانه</li></ol>'),
    outcome: 'steps',
  },
  {
    name: 'does not count the items of a list that nobody filled',
    page: page(
      '<p>این پروانه یک ساله است.</p><ol><li>نامشخص</li><li>----</li><li>به زودی</li><li>در حال تکمیل</li></ol>',
    ),
    outcome: 'nothing',
  },
  {
    name: 'does not take an ordered list of comments for steps',
    page: page('<p>این پروانه یک ساله است.</p><h3>دیدگاه‌ها</h3><ol><li>خوب بود</li><li>دیر شد</li><li>سپاس</li></ol>'),
    outcome: 'nothing',
  },
  {
    name: 'does not read the next rows for a cell that is empty',
    page: page(
      '<table><tr><td>مراحل</td><td></td></tr><tr><td>ناظر</td><td>دفتر</td></tr><tr><td>تلفن</td><td>۲۲۰۰</td></tr><tr><td>فرم</td><td>فرم الف</td></tr></table>',
    ),
    outcome: 'filler',
    verdict: 'fail',
  },
  {
    name: 'gives half for a file in the cell',
    page: page('<table><tr><th>مراحل دریافت خدمت</th><td><a href="/f/1.pdf">پرونده پیوست</a></td></tr></table>'),
    outcome: 'elsewhere',
  },
  {
    name: 'knows a list of acts without a label',
    page: '<main><h1>صدور پروانه بهره‌برداری معدن</h1><h2>چگونه است؟</h2><ol><li>فرم را در سامانه پر کنید.</li><li>مدارک را بارگذاری کنید.</li><li>پروانه را دریافت کنید.</li></ol></main>',
    outcome: 'steps',
    verdict: 'pass',
  },
  {
    name: 'gives half for two of them',
    page: '<main><h1>صدور پروانه بهره‌برداری معدن</h1><ol><li>فرم را پر کنید.</li><li>پروانه را از سامانه بگیرید.</li></ol></main>',
    outcome: 'few',
    verdict: 'partial',
  },
  {
    name: 'takes no list of things for steps',
    page: '<main><h1>صدور پروانه بهره‌برداری معدن</h1><h2>مواد</h2><ol><li>سنگ آهن</li><li>سنگ مس</li><li>سنگ گچ</li></ol></main>',
    outcome: 'nothing',
    verdict: 'fail',
  },
  {
    name: 'takes no nouns for acts',
    page: '<main><h1>Mining permit</h1><h2>See also</h2><ol><li>Government regulations</li><li>Website terms</li><li>Notes</li></ol></main>',
    service: { titles: { fa: '', en: 'Mining permit' } },
    outcome: 'nothing',
    verdict: 'fail',
  },
  {
    name: 'passes lines that count up from one',
    page: `<main><h1>صدور پروانه بهره‌برداری معدن</h1><p>۱- فرم را باز کنید.<br>۲- نقشه معدن را بنویسید.<br>۳- دکمه فرستادن را بزنید؛ شماره همان‌جا داده می‌شود.</p></main>`,
    outcome: 'steps',
    verdict: 'pass',
  },
]);
