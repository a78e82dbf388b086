import rule from '../../../rules/presence/documents-listed.ts';
import { PORTAL, testRule } from '../test-rule.ts';

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
  {
    name: 'reads the answer to a question in a box of its own',
    page: '<main><h1>صدور پروانه بهره‌برداری معدن</h1><div><p>چه مدارکی باید بیاورم؟</p><ul><li>نقشه محدوده</li><li>گواهی عدم بدهی</li></ul></div><div><p>ناظر</p><p>دفتر معدن</p></div></main>',
    outcome: 'listed',
    quotes: 'نقشه محدوده',
  },
  {
    name: 'reads a list on the page to which the service links for it',
    page: '<main><h1>صدور پروانه بهره‌برداری معدن</h1><p><a href="/services/papers">مدارک مورد نیاز</a></p></main>',
    pages: {
      '/services/papers': '<main><h1>مدارک مورد نیاز</h1><ul><li>نقشه محدوده</li><li>تصویر اساسنامه</li></ul></main>',
    },
    outcome: 'listed',
    quotes: 'نقشه محدوده',
  },
  {
    name: 'gives half for a rule of law in place of a list',
    page: '<main><h1>صدور پروانه بهره‌برداری معدن</h1><dl><dt>مدارک لازم</dt><dd>مطابق ماده ۱۲ دستورالعمل معادن</dd></dl></main>',
    outcome: 'vague',
  },
  {
    name: 'keeps to the fold of the service where several share the page',
    service: { pageUrl: `${PORTAL}all` },
    page: null,
    pages: {
      '/all':
        '<main><h1>خدمات</h1><h3>صدور پروانه بهره‌برداری معدن</h3><table><tr><td>مدارک</td><td>----</td></tr><tr><td>مراحل</td><td></td></tr></table><h3>تمدید کارت بازرگانی</h3><p>مدارک: کپی شناسنامه و گواهی مالیاتی</p></main>',
    },
    others: [{ id: 's2', titles: { fa: 'تمدید کارت بازرگانی', en: '' }, pageUrl: `${PORTAL}all` }],
    outcome: 'filler',
    verdict: 'fail',
  },
  {
    name: 'knows papers without a label',
    page: '<main><h1>صدور پروانه بهره‌برداری معدن</h1><h2>با خود بیاورید</h2><ul><li>کپی همه صفحات شناسنامه</li><li>اصل گواهی کشف</li></ul></main>',
    outcome: 'listed',
    verdict: 'pass',
  },
  {
    name: 'reads in a sentence that none is needed',
    page: '<main><h1>صدور پروانه بهره‌برداری معدن</h1><p>این خدمت رایگان است و مدرکی لازم ندارد.</p></main>',
    service: inquiry,
    outcome: 'noneNeeded',
    verdict: 'pass',
  },
  {
    name: 'hears nothing of documents where something else is not needed',
    page: '<main><h1>File inquiry</h1><p>You do not need any appointment.</p></main>',
    service: { titles: { fa: '', en: 'File inquiry' } },
    outcome: 'nothing',
    verdict: 'fail',
  },
  {
    name: 'calls kinds of papers alone vague',
    page: card('مدارک شناسایی و مدارک فنی مرتبط'),
    outcome: 'vague',
    verdict: 'partial',
  },
  {
    name: 'reads between commas that none is needed',
    page: '<main><h1>صدور پروانه بهره‌برداری معدن</h1><p>گزارش دادن رایگان است، مدرکی لازم نیست و کسی نامتان را نمی‌پرسد.</p></main>',
    outcome: 'noneNeeded',
  },
]);
