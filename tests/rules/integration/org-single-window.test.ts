import { r4 } from '../../../rules/editions/r4.ts';
import rule from '../../../rules/integration/org-single-window.ts';
import { testRule, type RuleCase } from '../test-rule.ts';

const TITLES = ['تمدید گواهی کوره', 'ثبت گزارش حادثه', 'دریافت نقشه زمین'];
const form =
  '<h1>درخواست</h1><form><label>نام معدن<input></label><label>نشانی<input></label><button>ثبت</button></form>';
const others = (urls: readonly (string | null)[]): NonNullable<RuleCase['others']> =>
  urls.map((systemUrl, index) => ({ id: `o${index}`, titles: { fa: TITLES[index]!, en: '' }, systemUrl }));
const list = (urls: readonly string[]): string =>
  `<main><h1>میز خدمت</h1><ul><li><a href="https://sys.org.example/permit">صدور پروانه بهره‌برداری معدن</a></li>${urls.map((url, index) => `<li><a href="${url}">${TITLES[index]}</a></li>`).join('')}</ul></main>`;
const desk = ['https://sys.org.example/a', 'https://sys.org.example/b', 'https://sys.org.example/c'];
const scattered = ['https://a.other.example/x', 'https://b.other.example/x', 'https://c.other.example/x'];
const pagesOf = (urls: readonly string[], html = form): Record<string, string> =>
  Object.fromEntries(urls.map((url) => [url, html]));

testRule(rule, [
  {
    name: 'passes a desk at which the services start',
    system: form,
    others: others(desk),
    pages: pagesOf(desk),
    outcome: 'desk',
    verdict: 'pass',
  },
  {
    name: 'gives half for some of them',
    system: form,
    others: others([desk[0]!, scattered[1]!, null]),
    pages: pagesOf([desk[0]!, scattered[1]!]),
    outcome: 'some',
    verdict: 'partial',
  },
  {
    name: 'gives half for a list of links to scattered systems',
    system: form,
    others: others(scattered),
    pages: { '/services': list(scattered), ...pagesOf(scattered) },
    outcome: 'linkFarm',
    verdict: 'partial',
  },
  {
    name: 'took such a list for a desk under the earlier edition',
    system: form,
    others: others(scattered),
    pages: { '/services': list(scattered), ...pagesOf(scattered) },
    edition: r4,
    outcome: 'links',
    verdict: 'pass',
  },
  {
    name: 'does not count systems that are only files',
    system: null,
    others: others(desk),
    outcomes: Object.fromEntries(
      [...desk, 'https://sys.org.example/permit'].map((url) => [
        url,
        { kind: 'not-html', contentType: 'application/pdf' },
      ]),
    ),
    outcome: 'scattered',
  },
  { name: 'leaves out an organization with one service', system: form, outcome: 'single', verdict: 'not-applicable' },
  {
    name: 'does not judge by systems that could not be read',
    system: form,
    others: others(desk),
    outcomes: Object.fromEntries(desk.map((url) => [url, { kind: 'unreachable', cause: 'timeout', detail: '' }])),
    outcome: 'unlooked',
    verdict: 'blocked',
  },
  {
    name: 'fails scattered systems without a hub',
    others: others([scattered[0]!, null, null]),
    pages: pagesOf([scattered[0]!]),
    outcome: 'scattered',
    verdict: 'fail',
  },
  {
    name: 'passes systems at several hosts that a list starts and one account opens',
    system: '<h1>پروانه</h1><a href="https://hesab.org.example/a">ورود</a>',
    others: others(['https://kure.org.example/']),
    pages: {
      '/services': list(['https://kure.org.example/']),
      'https://kure.org.example/': '<h1>کوره</h1><a href="https://hesab.org.example/a">ورود</a>',
      'https://hesab.org.example/a':
        '<h1>حساب</h1><form><label>رمز<input type="password"></label><button>ورود</button></form>',
    },
    outcome: 'desk',
  },
]);
