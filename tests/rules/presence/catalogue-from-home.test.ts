import { r4 } from '../../../rules/editions/r4.ts';
import rule from '../../../rules/presence/catalogue-from-home.ts';
import { testRule } from '../test-rule.ts';

const ACTS = [
  'ثبت شرکت',
  'تمدید کارت بازرگانی',
  'گواهی سوءپیشینه',
  'تعویض پلاک خودرو',
  'استعلام بدهی مالیاتی',
  'المثنی شناسنامه',
  'پروانه ساختمان',
  'معافیت تحصیلی',
];
const services = (count: number) =>
  ACTS.slice(0, count).map((fa, index) => ({ id: `x${index}`, titles: { fa, en: '' }, pageUrl: null }));
const list = (count: number): string =>
  ACTS.slice(0, count)
    .map((title) => `<li><a href="/s/${title.length}">${title}</a></li>`)
    .join('');
const link = (href: string, name: string): string =>
  `<header><nav><a href="${href}">${name}</a></nav></header><main><h1>سازمان نمونه</h1></main>`;
const all = { others: services(8), page: null };
/** Forty-five services whose titles share no word. */
const many = Array.from(
  { length: 45 },
  (_, index) =>
    `${'ابپتثجچحخدذرزس'[index % 14]}${'لمنوهی'[index % 6]}${'قکگف'[index % 4]}${'شصضط'[index % 5 === 4 ? 0 : index % 5]} ${index}ل`,
);

testRule(rule, [
  {
    ...all,
    name: 'passes a list of nearly all services one click away',
    home: link('/services', 'میز خدمت'),
    pages: { '/services': `<main><h1>فهرست خدمات</h1><ul>${list(8)}</ul></main>` },
    outcome: 'oneClick',
    verdict: 'pass',
    quotes: 'میز خدمت',
  },
  {
    ...all,
    name: 'knows the list by what it lists and not by its name',
    home: link('/a', 'امور مراجعان'),
    pages: { '/a': `<main><ul>${list(7)}</ul></main>` },
    outcome: 'oneClick',
  },
  {
    ...all,
    name: 'prefers the list of services to a table of figures about them',
    home: '<header><nav><a href="/figures">آمار خدمات الکترونیکی</a><a href="/services">میز خدمت سازمان</a></nav></header>',
    pages: { '/figures': `<main><ul>${list(8)}</ul></main>`, '/services': `<main><ul>${list(7)}</ul></main>` },
    outcome: 'oneClick',
    quotes: 'میز خدمت سازمان',
  },
  {
    ...all,
    name: 'knows an address whose parameters are written in another order',
    home: link('/index.jsp?siteid=1&fkeyid=&siteid=1&pageid=200', 'شناسنامه خدمات'),
    pages: { '/index.jsp?fkeyid=&pageid=200&siteid=1': `<main><ul>${list(8)}</ul></main>` },
    outcome: 'oneClick',
  },
  {
    ...all,
    name: 'takes a first page that lists the services itself',
    home: `<main><h1>سازمان نمونه</h1><ul>${list(8)}</ul></main>`,
    outcome: 'onHome',
    verdict: 'pass',
  },
  {
    ...all,
    name: 'gives half for a list two clicks away',
    home: link('/desk', 'میز خدمت'),
    pages: {
      '/desk': '<main><h1>میز خدمت</h1><a href="/all">همه خدمات</a></main>',
      '/all': `<main><ul>${list(8)}</ul></main>`,
    },
    outcome: 'twoClicks',
    verdict: 'partial',
  },
  {
    ...all,
    name: 'puts a list that is split by topic together again',
    home: link('/desk', 'میز خدمت'),
    pages: {
      '/desk': '<main><a href="/a">اشخاص</a><a href="/b">شرکت‌ها</a></main>',
      '/a': `<main><ul>${list(4)}</ul></main>`,
      '/b': `<main><ul>${ACTS.slice(4)
        .map((title) => `<li>${title}</li>`)
        .join('')}</ul></main>`,
    },
    outcome: 'twoClicks',
  },
  {
    ...all,
    name: 'gives half for less than the share that counts',
    home: link('/services', 'خدمات'),
    pages: { '/services': `<main><ul>${list(4)}</ul></main>` },
    outcome: 'incomplete',
    verdict: 'partial',
  },
  {
    name: 'gives half for a long list without any order',
    page: null,
    others: many.map((fa, index) => ({ id: `m${index}`, titles: { fa, en: '' }, pageUrl: null })),
    home: link('/services', 'خدمات'),
    pages: { '/services': `<main><h1>خدمات</h1><ul>${many.map((title) => `<li>${title}</li>`).join('')}</ul></main>` },
    outcome: 'flat',
    verdict: 'partial',
  },
  {
    name: 'needs no order where the list can be filtered',
    page: null,
    others: many.map((fa, index) => ({ id: `m${index}`, titles: { fa, en: '' }, pageUrl: null })),
    home: link('/services', 'خدمات'),
    pages: {
      '/services': `<main><h1>خدمات</h1><input name="q" placeholder="نام خدمت"><ul>${many.map((title) => `<li>${title}</li>`).join('')}</ul></main>`,
    },
    outcome: 'oneClick',
  },
  {
    name: 'asks nothing of an organization with one service',
    page: null,
    home: link('/news', 'اخبار'),
    outcome: 'single',
    verdict: 'not-applicable',
  },
  {
    ...all,
    name: 'asks a person about two lists that differ',
    home: `<header><nav><a href="/a">خدمات</a><a href="/b">سامانه‌ها</a></nav></header>`,
    pages: {
      '/a': `<main><ul>${list(6)}</ul></main>`,
      '/b': `<main><ul>${ACTS.slice(5)
        .map((title) => `<li>${title}</li>`)
        .join('')}</ul></main>`,
    },
    outcome: 'rivals',
    verdict: 'unclear',
  },
  {
    name: 'fails a list of a few among many',
    page: null,
    others: [...services(8), ...many.map((fa, index) => ({ id: `m${index}`, titles: { fa, en: '' }, pageUrl: null }))],
    home: link('/services', 'خدمات'),
    pages: { '/services': `<main><ul>${list(8)}</ul></main>` },
    outcome: 'sparse',
    verdict: 'fail',
  },
  {
    ...all,
    name: 'fails a menu of news about services',
    home: link('/news', 'خدمات'),
    pages: { '/news': '<main><h1>خدمات</h1><p>مدیرکل از گسترش خدمات خبر داد.</p></main>' },
    outcome: 'unlisted',
    verdict: 'fail',
  },
  {
    ...all,
    name: 'fails a first page without a link to services',
    home: link('/about', 'درباره ما'),
    outcome: 'none',
    verdict: 'fail',
  },
  {
    ...all,
    name: 'fails a link whose target is gone',
    home: link('/services', 'میز خدمت'),
    outcomes: { 'https://www.org.example/services': { kind: 'unreachable', cause: 'not-found', detail: '404' } },
    outcome: 'dead',
    verdict: 'fail',
  },
  { ...all, name: 'fails a heading of the menu that leads nowhere', home: link('#', 'میز خدمت'), outcome: 'dead' },
  {
    ...all,
    name: 'does not blame a list that robots.txt closes',
    home: link('/services', 'میز خدمت'),
    outcomes: { 'https://www.org.example/services': { kind: 'refused', by: 'robots', detail: '' } },
    outcome: 'unlooked',
    verdict: 'blocked',
  },
  {
    ...all,
    name: 'does not blame a list at which nobody looked',
    home: link('/services', 'میز خدمت'),
    outcome: 'unlooked',
    verdict: 'blocked',
  },
  {
    ...all,
    name: 'takes any page of services in the edition of round four',
    edition: r4,
    home: link('/services', 'خدمات'),
    pages: { '/services': '<main><h1>خدمات سازمان</h1></main>' },
    outcome: 'named',
    verdict: 'pass',
  },
  {
    ...all,
    name: 'takes systems of the staff for no services, in that edition either',
    edition: r4,
    home: link('/systems', 'سامانه‌ها'),
    pages: {
      '/systems':
        '<main><a href="https://oa.example/">اتوماسیون اداری</a><a href="https://mail.example/">وب‌میل</a></main>',
    },
    outcome: 'unlisted',
  },
]);
