import rule from '../../../rules/integration/life-events.ts';
import { testRule, type RuleCase } from '../test-rule.ts';

const TITLES = ['تمدید گواهی کوره', 'ثبت گزارش حادثه', 'دریافت نقشه زمین', 'آزمون مهندسان'];
const others: NonNullable<RuleCase['others']> = TITLES.map((title, index) => ({
  id: `o${index}`,
  titles: { fa: title, en: '' },
}));
const items = (...titles: string[]): string => `<ul>${titles.map((title) => `<li>${title}</li>`).join('')}</ul>`;
const list = (first: string, second: string): Record<string, string> => ({
  '/services': `<main><h1>میز خدمت</h1><h2>${first}</h2>${items('صدور پروانه بهره‌برداری معدن', TITLES[0]!)}<h2>${second}</h2>${items(TITLES[1]!, TITLES[2]!, TITLES[3]!)}</main>`,
});
const flat = (more = ''): string =>
  `<main><h1>میز خدمت</h1>${more}${items('صدور پروانه بهره‌برداری معدن', ...TITLES)}</main>`;

testRule(rule, [
  {
    name: 'passes two audiences with their services',
    others,
    pages: list('خدمات شهروندان', 'خدمات کسب‌وکارها'),
    outcome: 'grouped',
    verdict: 'pass',
  },
  {
    name: 'follows tabs to the lists of two audiences',
    others,
    pages: {
      '/services': flat('<a href="/services?g=1">شهروندان</a><a href="/services?g=2">کسب‌وکارها</a>'),
      '/services?g=1': `<main>${items('صدور پروانه بهره‌برداری معدن', TITLES[0]!)}</main>`,
      '/services?g=2': `<main>${items(TITLES[1]!, TITLES[2]!)}</main>`,
    },
    outcome: 'grouped',
  },
  {
    name: 'does not take services that are named after an audience for groups',
    others: others.map((other, index) =>
      index < 2 ? { ...other, titles: { fa: ['گواهی شهروندان', 'گواهی دانشجویان'][index]!, en: '' } } : other,
    ),
    pages: {
      '/services': `<main><h1>میز خدمت</h1><ul><li><a href="/a">گواهی شهروندان</a></li><li><a href="/b">گواهی دانشجویان</a></li><li>${TITLES[2]}</li><li>${TITLES[3]}</li></ul></main>`,
      '/a': `<main>${items('گواهی شهروندان', TITLES[2]!)}</main>`,
      '/b': `<main>${items('گواهی دانشجویان', TITLES[3]!)}</main>`,
    },
    outcome: 'flat',
  },
  {
    name: 'gives half for audiences whose lists nobody read',
    others,
    pages: { '/services': flat('<a href="/services?g=1">شهروندان</a><a href="/services?g=2">کسب‌وکارها</a>') },
    outcome: 'offered-below-evidence',
    verdict: 'partial',
  },
  {
    name: 'gives half for one audience',
    others,
    pages: list('خدمات شهروندان', 'معاونت فنی'),
    outcome: 'one',
    verdict: 'partial',
  },
  {
    name: 'gives half for units of the organization',
    others,
    pages: list('معاونت معدن', 'معاونت فنی'),
    outcome: 'bySubject',
    verdict: 'partial',
  },
  { name: 'leaves out an organization with few services', outcome: 'few', verdict: 'not-applicable' },
  {
    name: 'does not take the rubrics of news for groups',
    others,
    pages: {
      '/services': flat(),
      '/news': '<main><h1>اخبار</h1><h2>دانشجویان</h2><p>خبر</p><h2>کسب‌وکار</h2><p>خبر</p></main>',
    },
    outcome: 'flat',
    verdict: 'fail',
  },
  {
    name: 'reads the groups of a page that holds all services',
    page: null,
    service: { pageUrl: 'https://www.org.example/services' },
    others: others.map((other) => ({ ...other, pageUrl: 'https://www.org.example/services' })),
    pages: list('برای شهروندان', 'برای کسب‌وکارها'),
    outcome: 'grouped',
  },
]);
