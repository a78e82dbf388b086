import rule from '../../../rules/transaction/service-level.ts';
import { testRule } from '../test-rule.ts';

const HOME = '<nav><a href="/sla">توافق‌نامه سطح خدمت</a></nav><main><h1>سازمان نمونه</h1></main>';
const statement = (more: string): string => `<main><h1>توافق‌نامه سطح خدمت</h1>${more}</main>`;
const table = (...rows: string[]): string =>
  `<table><tr><th>خدمت</th><th>زمان</th><th>دسترس‌پذیری</th></tr>${rows.join('')}</table>`;

testRule(rule, [
  {
    name: 'passes the row of this service with two terms',
    home: HOME,
    pages: {
      '/sla': statement(table('<tr><td>صدور پروانه بهره‌برداری معدن</td><td>۵ روز کاری</td><td>۹۹ درصد</td></tr>')),
    },
    outcome: 'measured',
    verdict: 'pass',
  },
  {
    name: 'does not count the terms of another row',
    home: HOME,
    pages: {
      '/sla': statement(
        table(
          '<tr><td>صدور پروانه بهره‌برداری معدن</td><td>----</td><td>----</td></tr>',
          '<tr><td>تمدید گواهی کوره</td><td>۵ روز کاری</td><td>۹۹ درصد</td></tr>',
        ),
      ),
    },
    outcome: 'vague',
  },
  {
    name: 'gives half for a statement on all services',
    home: HOME,
    pages: { '/sla': statement('<p>پاسخ به درخواست‌ها حداکثر ۵ روز.</p><p>دسترس‌پذیری ۹۸ درصد.</p>') },
    outcome: 'general',
    verdict: 'partial',
  },
  {
    name: 'gives half for sentences without figures',
    home: HOME,
    pages: { '/sla': statement('<p>خدمات در کوتاه‌ترین زمان ممکن ارائه می‌شود.</p>') },
    outcome: 'vague',
    verdict: 'partial',
  },
  {
    name: 'asks a person to open a file',
    home: HOME,
    outcomes: { 'https://www.org.example/sla': { kind: 'not-html', contentType: 'application/pdf' } },
    outcome: 'file',
    verdict: 'unclear',
  },
  { name: 'says what was not looked at', home: HOME, outcome: 'unlooked', verdict: 'blocked' },
  {
    name: 'says what could not be read',
    home: HOME,
    outcomes: { 'https://www.org.example/sla': { kind: 'refused', by: 'robots', detail: '' } },
    outcome: 'unlooked',
  },
  {
    name: 'fails a template that nobody filled',
    home: HOME,
    pages: { '/sla': statement('<p>متن نمونه: این توافق برای [عنوان خدمت] است و ۵ روز و ۹۹ درصد دارد.</p>') },
    outcome: 'template',
    verdict: 'fail',
    quotes: '[عنوان خدمت]',
  },
  {
    name: 'fails the contract for hosting the site',
    home: HOME,
    pages: {
      '/sla': statement(
        '<p>میان کارفرما و شرکت سازنده برای میزبانی وب‌سایت، پهنای باند و پشتیبانی ۲۴ ساعت، ۹۹ درصد.</p>',
      ),
    },
    outcome: 'contract',
    verdict: 'fail',
  },
  {
    name: 'does not take a code of ethics for it',
    home: '<nav><a href="/ethics">منشور اخلاقی</a></nav><main><h1>سازمان نمونه</h1></main>',
    pages: { '/ethics': '<main><h1>منشور اخلاقی</h1><p>با احترام رفتار می‌کنیم.</p></main>' },
    outcome: 'nothing',
    verdict: 'fail',
  },
  {
    name: 'reads from the head of a column what its figure is of',
    home: '<nav><a href="/ahd">میثاق‌نامه خدمت</a></nav><main><h1>سازمان نمونه</h1></main>',
    pages: {
      '/ahd':
        '<main><h1>میثاق‌نامه خدمت</h1><table><tr><th>خدمت</th><th>مدت</th><th>پاسخ پشتیبانی</th></tr><tr><td>صدور پروانه بهره‌برداری معدن</td><td>۵ روز</td><td>۳ ساعت</td></tr></table></main>',
    },
    outcome: 'measured',
  },
  {
    name: 'does not mind the unfilled row of another service',
    home: HOME,
    pages: {
      '/sla': statement(
        table(
          '<tr><td>صدور پروانه بهره‌برداری معدن</td><td>۵ روز کاری</td><td>۹۹ درصد</td></tr>',
          '<tr><td>آزمون</td><td>[زمان]</td><td>[درصد]</td></tr>',
        ),
      ),
    },
    outcome: 'measured',
  },
  {
    name: 'fails a service that is left out of the rows',
    home: HOME,
    others: [{ id: 'o1', titles: { fa: 'تمدید گواهی کوره', en: '' } }],
    pages: { '/sla': statement(table('<tr><td>تمدید گواهی کوره</td><td>۵ روز کاری</td><td>۹۹ درصد</td></tr>')) },
    outcome: 'others',
    verdict: 'fail',
  },
  {
    name: 'takes a promise that only the page of this service links to for its own',
    home: '<main><h1>سازمان نمونه</h1></main>',
    page: '<main><h1>صدور پروانه بهره‌برداری معدن</h1><a href="/p">پیمان پاسخگویی</a></main>',
    pages: { '/p': '<main><h1>پیمان پاسخگویی</h1><p>زمان رسیدگی: ۵ روز کاری</p><p>دسترس‌پذیری: ۹۹ درصد</p></main>' },
    outcome: 'measured',
    verdict: 'pass',
  },
  {
    name: 'takes it for another service when only that one links to it',
    home: '<main><h1>سازمان نمونه</h1></main>',
    page: '<main><h1>صدور پروانه بهره‌برداری معدن</h1></main>',
    others: [{ id: 'a', titles: { fa: 'تأمین زمین واحدهای صنعتی', en: '' }, pageUrl: 'https://www.org.example/land' }],
    pages: {
      '/land': '<main><h1>تأمین زمین واحدهای صنعتی</h1><a href="/p">پیمان پاسخگویی</a></main>',
      '/p': '<main><h1>پیمان پاسخگویی</h1><p>زمان رسیدگی: ۵ روز کاری</p><p>دسترس‌پذیری: ۹۹ درصد</p></main>',
    },
    outcome: 'others',
    verdict: 'fail',
  },
  {
    name: 'does not take a page that is still to be written for a statement',
    home: HOME,
    pages: { '/sla': statement('<p>این صفحه در دست تهیه است.</p>') },
    outcome: 'template',
    verdict: 'fail',
  },
  {
    name: 'gives half where a row speaks of all that it does not name',
    home: HOME,
    others: [{ id: 'o1', titles: { fa: 'تمدید گواهی کوره', en: '' } }],
    pages: {
      '/sla': statement(
        table(
          '<tr><td>تمدید گواهی کوره</td><td>۵ روز کاری</td><td>۹۹ درصد</td></tr>',
          '<tr><td>سایر خدمات</td><td>در کوتاه‌ترین زمان ممکن</td><td></td></tr>',
        ),
      ),
    },
    outcome: 'vague',
  },
]);
