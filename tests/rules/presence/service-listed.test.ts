import rule from '../../../rules/presence/service-listed.ts';
import { testRule } from '../test-rule.ts';

const others = [
  { id: 'a', code: '13091727102', titles: { fa: 'تمدید پروانه بهره‌برداری معدن', en: '' }, pageUrl: null },
  { id: 'b', code: '13052648105', titles: { fa: 'تأمین زمین واحدهای صنعتی', en: '' }, pageUrl: null },
  { id: 'c', code: '17041325104', titles: { fa: 'معرفی به نمایشگاه‌های خارجی', en: '' }, pageUrl: null },
];
const rest =
  '<li>تمدید پروانه بهره‌برداری معدن (شناسه خدمت:13091727102)</li><li>تأمین زمین واحدهای صنعتی</li><li>معرفی به نمایشگاه‌های خارجی</li>';
const list = (entry: string): Record<string, string> => ({
  '/services': `<main><h1>فهرست خدمات</h1><ul>${entry}${rest}</ul></main>`,
});
const base = { others, page: null };

testRule(rule, [
  {
    ...base,
    name: 'passes an entry with the code glued to its label',
    pages: list('<li>پروانه معدن (شناسه خدمت:13091727100)</li>'),
    outcome: 'byCode',
    verdict: 'pass',
    quotes: '13091727100',
  },
  {
    ...base,
    name: 'passes an entry with the title',
    pages: list('<li>صدور پروانه بهره‌برداری معدن</li>'),
    outcome: 'byTitle',
    verdict: 'pass',
  },
  {
    ...base,
    name: 'reads folds that are closed',
    pages: list('<li><button>معادن</button><div class="collapse"><p>صدور پروانه بهره‌برداری معدن</p></div></li>'),
    outcome: 'byTitle',
  },
  {
    ...base,
    name: 'gives half for a code that is wrong by a digit',
    pages: list('<li>صدور پروانه بهره‌برداری از معدن (13091727700)</li>'),
    outcome: 'typo',
    verdict: 'partial',
  },
  {
    ...base,
    name: 'gives half for a title that is only similar',
    pages: list('<li>صدور مجوز بهره‌برداری معدن</li>'),
    outcome: 'alike',
    verdict: 'partial',
  },
  {
    ...base,
    name: 'does not take the renewal of a licence for its issue',
    pages: list(''),
    outcome: 'missing',
  },
  {
    name: 'gives half where only the parent is listed',
    page: null,
    service: { parentId: 'p', code: '13091727100' },
    others: others.map((other) => ({
      ...other,
      parentId: other.id === 'a' ? 'p' : null,
      titles: other.id === 'a' ? { fa: 'نقشه‌برداری محدوده اکتشافی', en: '' } : other.titles,
    })),
    pages: {
      '/services':
        '<main><ul><li>خدمات معدنی (13091727000)</li><li>نقشه‌برداری محدوده اکتشافی</li><li>تأمین زمین واحدهای صنعتی</li><li>معرفی به نمایشگاه‌های خارجی</li></ul></main>',
    },
    outcome: 'parentOnly',
    verdict: 'partial',
  },
  {
    name: 'fails a service that a long list does not have',
    page: null,
    others: others.map((other) =>
      other.id === 'a' ? { ...other, titles: { fa: 'نقشه‌برداری محدوده اکتشافی', en: '' } } : other,
    ),
    pages: {
      '/services':
        '<main><ul><li>نقشه‌برداری محدوده اکتشافی</li><li>تأمین زمین واحدهای صنعتی</li><li>معرفی به نمایشگاه‌های خارجی</li></ul></main>',
    },
    outcome: 'missing',
    verdict: 'fail',
  },
  {
    ...base,
    name: 'fails a portal that has no list at all',
    home: '<main><h1>سازمان نمونه</h1><p>خوش آمدید.</p></main>',
    outcome: 'noList',
    verdict: 'fail',
  },
  {
    ...base,
    name: 'does not call a service missing where the list was not read',
    outcome: 'unlooked',
    verdict: 'blocked',
  },
  {
    name: 'takes a page with a name of its own for the list that the first page calls it',
    page: null,
    others: others.map((other) => ({ ...other, pageUrl: `https://www.org.example/${other.id}` })),
    home: '<main><h1>سازمان نمونه</h1><a href="/trade">همه خدمات</a></main>',
    pages: {
      '/trade':
        '<main><h1>برای صنعتگران</h1><ul><li>صدور پروانه بهره‌برداری معدن</li></ul><p>پرسش خود را از دفتر بپرسید.</p></main>',
    },
    outcome: 'byTitle',
    verdict: 'pass',
  },
]);
