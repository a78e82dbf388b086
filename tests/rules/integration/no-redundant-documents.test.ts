import rule from '../../../rules/integration/no-redundant-documents.ts';
import { testRule } from '../test-rule.ts';

const page = (documents: string): string =>
  `<main><h1>صدور پروانه بهره‌برداری معدن</h1><h2>مدارک لازم</h2>${documents}</main>`;
const list = (...items: string[]): string => page(`<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`);

testRule(rule, [
  {
    name: 'passes a list without base registers',
    page: list('نقشه معدن', 'تصویر قرارداد اجاره'),
    outcome: 'clean',
    verdict: 'pass',
  },
  {
    name: 'does not take the card of a well for a birth certificate',
    page: list('تصویر شناسنامه چاه', 'نقشه'),
    outcome: 'clean',
  },
  {
    name: 'does not count what is inquired or not needed',
    page: list('نقشه معدن', 'اساسنامه و آگهی روزنامه رسمی برخط استعلام می‌شود.', 'به تصویر کارت ملی نیازی نیست.'),
    outcome: 'clean',
  },
  {
    name: 'does not count documents of foreign nationals',
    page: list('نقشه معدن', 'برای اتباع خارجی تصویر گذرنامه و شناسنامه'),
    outcome: 'clean',
  },
  {
    name: 'passes a service that asks for nothing',
    page: page('<p>مدرکی لازم نیست.</p>'),
    outcome: 'noneAsked',
    verdict: 'pass',
  },
  {
    name: 'gives half for one copy',
    page: list('تصویر کارت ملی متقاضی', 'نقشه معدن'),
    outcome: 'one',
    verdict: 'partial',
  },
  {
    name: 'counts two things in one item',
    page: list('کپی شناسنامه و کارت ملی', 'نقشه'),
    outcome: 'several',
    verdict: 'fail',
  },
  {
    name: 'fails the usual four copies of a licence card',
    page: page('<p>تصویر کارت ملی، تصویر شناسنامه، تصویر اساسنامه، تصویر آگهی روزنامه رسمی</p>'),
    outcome: 'several',
  },
  {
    name: 'asks a person about the sight of an original',
    page: list('اصل شناسنامه و کارت ملی', 'نقشه'),
    outcome: 'originals',
    verdict: 'unclear',
  },
  {
    name: 'asks a person to open the file of the list',
    page: '<main><h1>صدور پروانه بهره‌برداری معدن</h1><a href="/docs.pdf">فهرست مدارک</a></main>',
    outcome: 'elsewhere',
    verdict: 'unclear',
  },
  {
    name: 'reads copies in prose under the title of the service',
    page: '<main><h1>خدمات</h1><h2>صدور پروانه بهره‌برداری معدن</h2><p>درخواست را با تصویر کارت ملی پست کنید.</p><h2>تمدید گواهی کوره</h2><p>کپی شناسنامه و اساسنامه بیاورید.</p></main>',
    outcome: 'one',
  },
  {
    name: 'asks a person whether a permit needs nothing at all',
    page: page('<p>ندارد</p>'),
    outcome: 'noneForPermit',
    verdict: 'unclear',
  },
  {
    name: 'fails a page that hides the list',
    page: '<main><h1>صدور پروانه بهره‌برداری معدن</h1></main>',
    outcome: 'notPublished',
    verdict: 'fail',
  },
  { name: 'fails dashes', page: page('<p>----</p>'), outcome: 'notPublished' },
]);
