import rule from '../../../rules/integration/unified-tracking.ts';
import { testRule, type RuleCase } from '../test-rule.ts';

const HOME = '<nav><a href="/track">پیگیری درخواست</a></nav><main><h1>سازمان نمونه</h1></main>';
const tracker = (more = ''): string =>
  `<main><h1>پیگیری درخواست</h1>${more}<form><label>کد رهگیری<input></label><button>نمایش</button></form></main>`;
const service = (title: string, more = ''): string => `<main><h1>${title}</h1>${more}</main>`;
const link = '<a href="/track">پیگیری</a>';
const others = (more = ''): NonNullable<RuleCase['others']> =>
  ['تمدید گواهی کوره', 'ثبت گزارش حادثه'].map((title, index) => ({
    id: `o${index}`,
    titles: { fa: title, en: '' },
    pageUrl: `https://www.org.example/services/o${index}`,
    page: service(title, more),
  }));

testRule(rule, [
  {
    name: 'passes a page that says that it is for all services',
    home: HOME,
    pages: { '/track': tracker('<p>وضعیت همه خدمات سازمان در این صفحه دیده می‌شود.</p>') },
    outcome: 'stated',
    verdict: 'pass',
  },
  {
    name: 'passes a page that most services lead to',
    home: HOME,
    page: service('صدور پروانه بهره‌برداری معدن', link),
    others: others(link),
    pages: { '/track': tracker() },
    outcome: 'reached',
    verdict: 'pass',
  },
  {
    name: 'gives half for one that few lead to',
    home: HOME,
    others: others(),
    pages: { '/track': tracker() },
    outcome: 'some',
    verdict: 'partial',
  },
  {
    name: 'gives half for a link that nobody followed',
    home: HOME,
    outcome: 'linked-below-evidence',
    verdict: 'partial',
  },
  {
    name: 'leaves out an organization with one system',
    system: '<h1>سامانه</h1>',
    outcome: 'single',
    verdict: 'not-applicable',
  },
  {
    name: 'says what could not be read',
    home: HOME,
    outcomes: { 'https://www.org.example/track': { kind: 'refused', by: 'robots', detail: '' } },
    outcome: 'unlooked',
    verdict: 'blocked',
  },
  {
    name: 'does not take the tracker of letters for it',
    home: '<nav><a href="/letters">پیگیری نامه</a></nav><main><h1>سازمان نمونه</h1></main>',
    pages: {
      '/letters': '<main><h1>دبیرخانه</h1><form><label>شماره نامه<input></label><button>جستجو</button></form></main>',
    },
    outcome: 'lettersOnly',
    verdict: 'fail',
  },
  {
    name: 'fails a link that ends at nothing',
    home: HOME,
    outcomes: { 'https://www.org.example/track': { kind: 'unreachable', cause: 'not-found', detail: '' } },
    outcome: 'dead',
    verdict: 'fail',
  },
  { name: 'fails a portal without one', outcome: 'none', verdict: 'fail' },
]);
