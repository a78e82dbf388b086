import rule from '../../../rules/presence/search-works.ts';
import type { FetchOutcome } from '../../../src/core/model.ts';
import { PORTAL, SERVICE_PAGE, testRule } from '../test-rule.ts';

const BOX = '<form role="search" action="/find"><label>جستجو<input type="search" name="q"></label><button>جستجو</button></form>'; // prettier-ignore
const home = (box = BOX): string =>
  `<header><nav><a href="/">صفحه اصلی</a><a href="/services">میز خدمت</a></nav>${box}</header><main><h1>سازمان نمونه</h1><p>به درگاه سازمان نمونه خوش آمدید.</p></main>`;
const results = (...links: string[]): string =>
  `<header><nav><a href="/">صفحه اصلی</a></nav>${BOX}</header><main><h1>نتیجه جستجو</h1><ul>${links.map((link) => `<li>${link}</li>`).join('')}</ul></main>`;
const NEWS = '<a href="/news/12">خبری درباره معدن</a>';
const PERMIT = `<a href="${SERVICE_PAGE}">صدور پروانه بهره‌برداری معدن</a>`;
const RENEW = '<a href="/services/s2">تمدید کارت بازرگانی</a>';
const VISA = '<a href="/services/s3">معرفی برای روادید تجاری</a>';
const others = [
  { id: 's2', titles: { fa: 'تمدید کارت بازرگانی', en: '' }, page: '<main><h1>تمدید کارت بازرگانی</h1></main>' },
  {
    id: 's3',
    titles: { fa: 'معرفی برای روادید تجاری', en: '' },
    page: '<main><h1>معرفی برای روادید تجاری</h1></main>',
  },
];
type Answer = string | FetchOutcome;
const asked = (s1: Answer, s2: Answer, s3: Answer, common: Answer) => [
  { url: `${PORTAL}find?q=1`, serviceId: 's1', answer: s1 },
  { url: `${PORTAL}find?q=2`, serviceId: 's2', answer: s2 },
  { url: `${PORTAL}find?q=3`, serviceId: 's3', answer: s3 },
  { url: `${PORTAL}find?q=4`, answer: common },
];
const none = results();
const robots = { kind: 'refused', by: 'robots', detail: '' } as const;
const broken = { kind: 'unreachable', cause: 'server-error', detail: '500' } as const;

testRule(rule, [
  {
    name: 'passes a search that finds what it is asked for',
    home: home(),
    others,
    searches: asked(results(NEWS, PERMIT), results(RENEW), results(VISA), results(PERMIT, RENEW, NEWS)),
    outcome: 'finds',
    verdict: 'pass',
    quotes: 'پروانه بهره',
  },
  {
    name: 'passes two of three',
    home: home(),
    others,
    searches: asked(results(PERMIT), none, results(VISA), results(NEWS)),
    outcome: 'finds',
  },
  {
    name: 'knows a service by its title where its address is another one',
    home: home(),
    searches: [
      {
        url: `${PORTAL}find?q=1`,
        serviceId: 's1',
        answer: results('<a href="/node/771">صدور پروانه بهره‌برداری معدن</a>'),
      },
    ],
    outcome: 'finds',
  },
  {
    name: 'gives half where only news are found',
    home: home(),
    others,
    searches: asked(results(NEWS), none, results('<a href="/news/3">روادید</a>'), results(NEWS)),
    outcome: 'misses',
    verdict: 'partial',
  },
  {
    name: 'gives half where the service comes after ten others',
    home: home(),
    searches: [
      {
        url: `${PORTAL}find?q=1`,
        serviceId: 's1',
        answer: results(...Array.from({ length: 12 }, (_, n) => `<a href="/news/${n}">خبر شماره ${n}</a>`), PERMIT),
      },
    ],
    outcome: 'misses',
  },
  {
    name: 'fails a search that finds nothing, not even a common word',
    home: home(),
    others,
    searches: asked(none, none, none, none),
    outcome: 'empty',
    verdict: 'fail',
  },
  {
    name: 'fails one that answers everything with the first page',
    home: home(),
    others,
    searches: asked(home(), home(), home(), home()),
    outcome: 'empty',
  },
  {
    name: 'fails one that is broken',
    home: home(),
    others,
    searches: asked(broken, broken, { kind: 'unreachable', cause: 'not-found', detail: '404' }, broken),
    outcome: 'empty',
  },
  {
    name: 'takes what stands beside every answer for no result',
    home: home(),
    others,
    searches: asked(
      ...([1, 2, 3, 4].map(() => results('<a href="/popular">پربازدیدها</a>')) as [string, string, string, string]),
    ),
    outcome: 'empty',
  },
  {
    name: 'takes further pages of results for none',
    home: home(),
    others,
    searches: [1, 2, 3, 4].map((n) => ({
      url: `${PORTAL}find?q=${n}`,
      ...(n < 4 ? { serviceId: `s${n}` } : {}),
      answer: results(`<a href="/find?q=${n}&page=2">۲</a>`),
    })),
    outcome: 'empty',
    noVariants: true,
  },
  {
    name: 'gives half for a search that posts its form',
    home: home(BOX.replace('action', 'method="post" action')),
    outcome: 'notTried',
    verdict: 'partial',
  },
  {
    name: 'gives half for a field that only a script reads',
    home: home('<input type="search" placeholder="جستجو">'),
    outcome: 'notTried',
  },
  {
    name: 'gives half for a search that is left to another site',
    home: home(BOX.replace('/find', 'https://www.google.com/search')),
    outcome: 'external',
    verdict: 'partial',
  },
  {
    name: 'asks a person where a captcha stands before the search',
    home: home(BOX.replace('<button', '<input name="captcha_code"><button')),
    outcome: 'captcha',
    verdict: 'unclear',
  },
  {
    name: 'asks a person where nobody asked the search',
    home: home(),
    outcome: 'notAsked',
    verdict: 'unclear',
  },
  {
    name: 'gives half for a search that only another page has',
    home: home(''),
    pages: { map: `<main><h1>نقشه سایت</h1>${BOX}</main>` },
    outcome: 'elsewhere',
    verdict: 'partial',
  },
  { name: 'fails a portal without a search', home: home(''), others, outcome: 'nothing', verdict: 'fail' },
  {
    name: 'ignores a search that was commented out',
    home: home(`<!-- ${BOX} -->`),
    others,
    outcome: 'nothing',
  },
  {
    name: 'wants no search of a portal of a few pages with one service',
    home: home(''),
    outcome: 'small',
    verdict: 'not-applicable',
  },
  {
    name: 'wants one of a portal of many pages',
    home: home(Array.from({ length: 16 }, (_, n) => `<a href="/p${n}">صفحه ${n}</a>`).join('')),
    outcome: 'nothing',
  },
  {
    name: 'does not judge a search that robots.txt forbids',
    home: home(),
    others,
    searches: asked(robots, robots, robots, robots),
    outcome: 'unlooked',
    verdict: 'blocked',
  },
  {
    name: 'does not judge an empty search whose common word was not answered',
    home: home(),
    others,
    searches: asked(none, none, none, { kind: 'unreachable', cause: 'timeout', detail: '' }),
    outcome: 'unlooked',
  },
  {
    name: 'judges by the answers that came',
    home: home(),
    others,
    searches: asked(
      results(PERMIT),
      { kind: 'unreachable', cause: 'timeout', detail: '' },
      results(VISA),
      results(NEWS),
    ),
    outcome: 'finds',
  },
  {
    name: 'blames nobody for a portal that shuts us out',
    outcomes: { [PORTAL]: { kind: 'refused', by: 'wall', detail: '403' } },
    outcome: 'unlooked',
    verdict: 'blocked',
  },
]);
