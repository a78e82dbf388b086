import rule from '../../../rules/presence/languages.ts';
import { testRule } from '../test-rule.ts';

const FA = 'به درگاه سازمان نمونه خوش آمدید و از خدمات آن بهره‌مند شوید.';
const home = (link: string): string =>
  `<header><nav><a href="/services">میز خدمت</a>${link}</nav></header><main><h1>سازمان نمونه</h1><p>${FA}</p></main>`;
const EN =
  'The organization issues permits for mines and is open to the public with all of its services for you and your business. ';
const english = (times: number, more = '<a href="/en/contact">Contact us</a>'): string =>
  `<html lang="en"><body><main><h1>Sample Organization</h1><p>${EN.repeat(times)}</p>${more}</main></body></html>`;

testRule(rule, [
  {
    name: 'passes a version with much to read',
    home: home('<a href="/en/">English</a>'),
    pages: { '/en/': english(20) },
    outcome: 'real',
    verdict: 'pass',
    quotes: 'English',
  },
  {
    name: 'passes a version of many short pages',
    home: home('<a href="/en/">EN</a>'),
    pages: {
      '/en/': english(2, [1, 2, 3, 4].map((page) => `<a href="/en/${page}">Services ${page}</a>`).join(' ')),
      ...Object.fromEntries([1, 2, 3, 4].map((page) => [`/en/${page}`, english(page)])),
    },
    outcome: 'real',
  },
  {
    name: 'judges the link and not what is commented out',
    home: home('<!--<a href="#">EN</a>-->').replace(
      '</main>',
      '</main><footer><a href="/en/">سایت انگلیسی</a></footer>',
    ),
    pages: { '/en/': english(20) },
    outcome: 'real',
    quotes: 'سایت انگلیسی',
  },
  {
    name: 'gives half for one page of introduction',
    home: home('<a href="/en/">English</a>'),
    pages: { '/en/': english(3) },
    outcome: 'intro',
    verdict: 'partial',
  },
  {
    name: 'gives half for a version that leads to nothing',
    home: home('<a href="/en/">English</a>'),
    pages: {
      '/en/': `<html lang="en"><body><main><h1>History</h1><p>${'The old house of the town is the oldest of all and is known to many. '.repeat(25)}</p></main></body></html>`,
    },
    outcome: 'aside',
    verdict: 'partial',
  },
  {
    name: 'gives half for translation by machine',
    home: `${home('')}<div id="google_translate_element"></div><script src="https://translate.google.com/translate_a/element.js"></script>`,
    outcome: 'translated',
    verdict: 'partial',
  },
  {
    name: 'fails an English page that is in Persian',
    home: home('<a href="/en/">English</a>'),
    pages: { '/en/': `<main><h1>سازمان نمونه</h1><p>${FA}</p></main>` },
    outcome: 'sameLanguage',
    verdict: 'fail',
  },
  { name: 'fails a switch that leads nowhere', home: home('<a href="#">EN</a>'), outcome: 'dead', verdict: 'fail' },
  {
    name: 'fails a version that is gone',
    home: home('<a href="/en/">English</a>'),
    outcomes: { 'https://www.org.example/en/': { kind: 'unreachable', cause: 'not-found', detail: '404' } },
    outcome: 'dead',
  },
  { name: 'fails where there is no other language', home: home(''), outcome: 'none', verdict: 'fail' },
  { name: "takes the portal's own language for no other", home: home('<a href="/">فارسی</a>'), outcome: 'none' },
  {
    name: 'does not judge a version at which nobody looked',
    home: home('<a href="https://en.org.example/">English</a>'),
    outcome: 'unlooked',
    verdict: 'blocked',
  },
]);
