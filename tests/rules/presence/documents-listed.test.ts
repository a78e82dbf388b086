import rule from '../../../rules/presence/documents-listed.ts';
import { testRule } from '../test-rule.ts';

const card = (value: string, title = 'صدور پروانه بهره‌برداری معدن'): string =>
  `<main><h1>${title}</h1><table><tr><th>مدارک لازم</th><td>${value}</td></tr></table></main>`;
const inquiry = { titles: { fa: 'استعلام سوابق پرونده', en: '' } };

testRule(rule, [
  {
    name: 'passes documents in a cell',
    page: card('تصویر کارت ملی، تصویر شناسنامه و اساسنامه شرکت'),
    outcome: 'listed',
    verdict: 'pass',
    quotes: 'اساسنامه',
  },
  {
    name: 'passes a list under a heading',
    page: '<main><h1>صدور پروانه</h1><h2>مدارک مورد نیاز</h2><ul><li>گواهی کشف</li><li>طرح بهره‌برداری</li></ul></main>',
    outcome: 'listed',
  },
  {
    name: 'passes documents in English',
    page: '<html lang="en"><body><main><h1>Permit</h1><h2>Required documents</h2><ul><li>Proof of identity</li><li>Site plan</li></ul></main></body></html>',
    outcome: 'listed',
  },
  {
    name: 'takes "none" for an answer where nothing is granted',
    service: inquiry,
    page: card('ندارد', 'استعلام سوابق پرونده'),
    outcome: 'noneNeeded',
    verdict: 'pass',
  },
  {
    name: 'asks a person about "none" for a licence',
    page: card('ندارد'),
    outcome: 'noneForPermit',
    verdict: 'unclear',
  },
  { name: 'gives half for vague words', page: card('مدارک شناسایی'), outcome: 'vague', verdict: 'partial' },
  {
    name: 'gives half for a link to the regulation',
    page: card('<a href="/files/docs.pdf">فهرست مدارک</a>'),
    outcome: 'linked',
    verdict: 'partial',
  },
  { name: 'fails dashes', page: card('----'), outcome: 'filler', verdict: 'fail' },
  { name: 'fails a cell that says that nothing was entered', page: card('فایلی وجود ندارد'), outcome: 'filler' },
  {
    name: 'does not take an academic degree for a document',
    page: '<main><h1>صدور پروانه</h1><p>مدرک تحصیلی مدیر: کارشناسی</p></main>',
    outcome: 'nothing',
    verdict: 'fail',
  },
]);
