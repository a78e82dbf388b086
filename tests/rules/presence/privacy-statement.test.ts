import rule from '../../../rules/presence/privacy-statement.ts';
import { testRule } from '../test-rule.ts';

const home = '<main><h1>سازمان نمونه</h1></main><footer><a href="/privacy">حریم خصوصی</a></footer>';
const OWNER = 'سازمان نمونه به حریم خصوصی شما احترام می‌گذارد.';
const COLLECTED = 'نام و شماره تماس شما هنگام ثبت درخواست جمع‌آوری می‌شود.';
const PURPOSE = 'این داده‌ها به منظور رسیدگی به درخواست به کار می‌رود.';
const SHARING = 'داده‌های شما در اختیار اشخاص ثالث گذاشته نمی‌شود.';
const KEPT = 'داده‌ها تا یک سال با رمزنگاری نگهداری می‌شود.';
const PADDING = 'این متن برای آگاهی کاربران نوشته شده و هر سال بازنگری خواهد شد تا روشن بماند. '.repeat(8);
const statement = (...lines: string[]): string =>
  `<main><h1>بیانیه حریم خصوصی</h1>${lines.map((line) => `<p>${line}</p>`).join('')}</main>`;

testRule(rule, [
  {
    name: 'passes a statement that says who, what, why and how',
    home,
    pages: { '/privacy': statement(OWNER, COLLECTED, PURPOSE, SHARING, KEPT, PADDING) },
    outcome: 'stated',
    verdict: 'pass',
  },
  {
    name: 'gives half for two topics',
    home,
    pages: { '/privacy': statement(OWNER, COLLECTED, PURPOSE, PADDING) },
    outcome: 'fewTopics',
    verdict: 'partial',
  },
  {
    name: 'gives half for a few lines',
    home,
    pages: { '/privacy': statement(OWNER, COLLECTED, PURPOSE, SHARING) },
    outcome: 'short',
    verdict: 'partial',
  },
  {
    name: 'gives half for a single sentence',
    home,
    pages: { '/privacy': statement('سازمان نمونه به حریم خصوصی شما احترام می‌گذارد و آن را پاس می‌دارد.') },
    outcome: 'fewTopics',
  },
  {
    name: "gives half for a text that could be anybody's",
    home,
    pages: { '/privacy': statement(COLLECTED, PURPOSE, SHARING, KEPT, PADDING) },
    outcome: 'nameless',
    verdict: 'partial',
  },
  {
    name: 'gives half where the first page does not link to it',
    home: '<main><h1>سازمان نمونه</h1></main>',
    pages: { '/privacy': statement(OWNER, COLLECTED, PURPOSE, SHARING, KEPT, PADDING) },
    outcome: 'unlinked',
    verdict: 'partial',
  },
  {
    name: 'asks a person about the name of another body',
    home,
    pages: {
      '/privacy': statement(
        'درگاه شهرداری بهارستان به حریم خصوصی شما احترام می‌گذارد.',
        COLLECTED,
        PURPOSE,
        SHARING,
        KEPT,
        PADDING,
      ),
    },
    outcome: 'otherName',
    verdict: 'unclear',
    quotes: 'شهرداری بهارستان',
  },
  {
    name: 'asks a person about a sample that nobody filled in',
    home,
    pages: { '/privacy': statement('نمونه بیانیه حریم خصوصی', 'مثلاً: نام و نشانی', COLLECTED, PURPOSE, PADDING) },
    outcome: 'sample',
    verdict: 'unclear',
  },
  {
    name: 'asks a person to read a file',
    home,
    outcomes: { 'https://www.org.example/privacy': { kind: 'not-html', contentType: 'application/pdf' } },
    outcome: 'file',
    verdict: 'unclear',
  },
  {
    name: 'fails a page that holds only its title',
    home,
    pages: { '/privacy': statement('به زودی') },
    outcome: 'empty',
    verdict: 'fail',
  },
  { name: 'fails a link that leads nowhere', home: home.replace('/privacy', '#'), outcome: 'dead', verdict: 'fail' },
  { name: 'fails where nothing is said', home: '<main><h1>سازمان نمونه</h1></main>', outcome: 'none', verdict: 'fail' },
  {
    name: 'does not take the terms of a captcha for a statement',
    home: '<main><h1>سازمان نمونه</h1><form><a href="https://policies.captcha.example/privacy">Privacy</a></form></main>',
    outcome: 'none',
  },
  {
    name: 'does not take a line on another page for a statement',
    home: '<main><h1>سازمان نمونه</h1></main>',
    pages: { '/sla': `<main><h1>توافق‌نامه سطح خدمت</h1><p>حریم خصوصی متقاضیان رعایت می‌شود.</p></main>` },
    outcome: 'none',
  },
  {
    name: 'does not judge a page that we were refused',
    home,
    outcomes: { 'https://www.org.example/privacy': { kind: 'refused', by: 'wall', detail: '403' } },
    outcome: 'unlooked',
    verdict: 'blocked',
  },
  {
    name: 'fails a statement that is being written',
    home,
    pages: { '/privacy': statement('متن بیانیه حریم خصوصی در دست تهیه است و پس از تصویب منتشر می‌شود.') },
    outcome: 'empty',
    verdict: 'fail',
  },
  {
    name: 'knows a statement by what it tells, whatever it is called',
    home: '<main><h1>سازمان نمونه</h1></main><footer><a href="/d">آنچه از شما می‌دانیم</a></footer>',
    pages: {
      '/d': statement(OWNER, COLLECTED, PURPOSE, SHARING, KEPT, PADDING).replace(
        'بیانیه حریم خصوصی',
        'آنچه از شما می‌دانیم',
      ),
    },
    outcome: 'unlinked',
    verdict: 'partial',
  },
]);
