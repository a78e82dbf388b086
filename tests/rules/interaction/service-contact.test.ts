import rule from '../../../rules/interaction/service-contact.ts';
import { SERVICE_PAGE, testRule } from '../test-rule.ts';

const page = (markup: string): string => `<main><h1>صدور پروانه بهره‌برداری معدن</h1>${markup}</main>`;
const UNIT = '<p>واحد پاسخگو: دفتر امور معادن</p>';
const footer = '<footer>تلفن: ۰۲۱-۸۸۷۷۶۶۵۵</footer>';

testRule(rule, [
  {
    name: 'passes a unit with its telephone',
    page: page(`${UNIT}<p>تلفن: ۰۲۱-۶۶۵۵۴۴۳۳</p>`),
    outcome: 'both',
    verdict: 'pass',
    quotes: 'دفتر امور معادن',
  },
  {
    name: 'passes a unit with its e-mail address',
    page: page(`${UNIT}<p><a href="mailto:mines@org.example">mines@org.example</a></p>`),
    outcome: 'both',
  },
  {
    name: 'passes rows of a card',
    page: page(
      '<table><tr><th>مسئول اصلی ارائه خدمت</th><td>مدیر معادن</td></tr><tr><th>شماره تماس</th><td>۰۲۱-۶۶۵۵۴۴۳۳</td></tr></table>',
    ),
    outcome: 'both',
  },
  { name: 'gives half for a unit without a contact', page: page(UNIT), outcome: 'unitOnly', verdict: 'partial' },
  {
    name: 'gives half for a contact without a unit',
    page: page('<p>تلفن: ۰۲۱-۶۶۵۵۴۴۳۳</p>'),
    outcome: 'contactOnly',
    verdict: 'partial',
  },
  {
    name: 'gives half for the number of the whole organization',
    page: page(`${UNIT}<p>تلفن: ۰۲۱-۸۸۷۷۶۶۵۵</p>`),
    outcome: 'switchboard',
    verdict: 'partial',
  },
  {
    name: 'does not take the number of the footer for that of the service',
    page: `${page('<p>شرح</p>')}${footer}`,
    outcome: 'none',
    verdict: 'fail',
  },
  {
    name: 'does not take the whole organization for a unit',
    page: page('<p>دستگاه اجرایی: سازمان نمونه</p>'),
    outcome: 'none',
  },
  {
    name: 'fails a label without a value',
    page: page('<table><tr><th>واحد پاسخگو</th><td>----</td></tr></table>'),
    outcome: 'none',
  },
  {
    name: 'does not blame a page that was not read',
    outcomes: { [SERVICE_PAGE]: { kind: 'refused', by: 'robots', detail: '' } },
    outcome: 'not-looked',
    verdict: 'blocked',
  },
  {
    name: 'takes a number beside a unit for the contact of that unit',
    page: '<main><h1>صدور پروانه بهره‌برداری معدن</h1><p>دبیرخانه هیئت نظارت: خانم شریفی ۰۵۸-۳۲۲۴۰۰۷۷</p></main>',
    outcome: 'both',
    verdict: 'pass',
  },
  {
    name: 'reads a number without its area code beside a person',
    page: '<main><h1>صدور پروانه بهره‌برداری معدن</h1><p>پاسخگو: واحد درآمد، خانم صالحی ۳۳۲۱۱۰۴۵</p></main>',
    outcome: 'both',
    verdict: 'pass',
  },
  {
    name: 'takes no sample of a number',
    page: '<main><h1>صدور پروانه بهره‌برداری معدن</h1><p>تماس: ۰۹۰۰۰۰۰۰۰۰۰</p></main>',
    outcome: 'none',
    verdict: 'fail',
  },
  {
    name: 'reads the office before its number, in the second line of an address too',
    page: '<main><h1>صدور پروانه بهره‌برداری معدن</h1><p>نشانی: خیابان آزادی<br>اداره معادن شهرستان ۰۲۱-۶۶۵۵۴۴۳۳</p></main>',
    outcome: 'both',
    verdict: 'pass',
  },
  {
    name: 'takes "call the office" for no unit',
    page: '<main><h1>صدور پروانه بهره‌برداری معدن</h1><p>برای پرسش با اداره تماس بگیرید: ۰۲۱-۶۶۵۵۴۴۳۳</p></main>',
    outcome: 'contactOnly',
    verdict: 'partial',
  },
  {
    name: 'reads whose number it is in the last sentence of a long line',
    page: '<main><h1>صدور پروانه بهره‌برداری معدن</h1><p>راهنما را بخوانید یا فرم کاغذی را از ما بخواهید و آن را با پست یا از راه دفترهای شهرستان بفرستید. واحد معادن ۰۲۱-۶۶۵۵۴۴۳۳</p></main>',
    outcome: 'both',
    verdict: 'pass',
  },
]);
