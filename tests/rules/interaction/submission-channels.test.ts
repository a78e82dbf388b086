import rule from '../../../rules/interaction/submission-channels.ts';
import { SERVICE_PAGE, SYSTEM, testRule } from '../test-rule.ts';

const page = (markup: string): string => `<main><h1>صدور پروانه بهره‌برداری معدن</h1>${markup}</main>`;
const card = (value: string): string => page(`<table><tr><th>نحوه دسترسی به خدمت</th><td>${value}</td></tr></table>`);
const start = `<a href="${SYSTEM}">ورود به سامانه</a>`;
const boxes = (first: string, second: string, third: string): string =>
  page(
    `<h2>نحوه دسترسی به خدمت</h2><p><label><input type="checkbox" disabled ${first}> اینترنتی</label></p><p><label><input type="checkbox" disabled ${second}> دفاتر پیشخوان دولت</label></p><p><label><input type="checkbox" disabled ${third}> مراجعه حضوری</label></p>`,
  );

testRule(rule, [
  {
    name: 'passes a system and the offices of counter services',
    page: page(`${start}<p>درخواست را از طریق دفاتر پیشخوان دولت نیز می‌توان داد.</p>`),
    outcome: 'several',
    verdict: 'pass',
    quotes: 'پیشخوان',
  },
  {
    name: 'passes an address on the page and a number to dial',
    page: card('اینترنتی: www.sys.org.example<br>تلفنی: *۴*۱۲#'),
    outcome: 'several',
  },
  {
    name: 'passes a visit with its address beside an application by e-mail',
    page: page(
      '<p>درخواست را با رایانامه mines@org.example بفرستید یا به صورت حضوری به نشانی زیر بدهید.</p><p>نشانی: تهران، خیابان آزادی، پلاک ۱۲</p>',
    ),
    outcome: 'several',
  },
  {
    name: 'takes the telephone in the row of channels for a way',
    page: card('تلفن ۰۲۱-۶۶۵۵۴۴۳۳، شنبه تا چهارشنبه'),
    outcome: 'one',
  },
  { name: 'gives half for one way', page: page(start), outcome: 'one', verdict: 'partial' },
  { name: 'gives half for ways without an address', page: card('حضوری و پستی'), outcome: 'stated', verdict: 'partial' },
  { name: 'counts boxes that are ticked', page: boxes('checked', 'checked', ''), outcome: 'one' },
  { name: 'does not count boxes that are not', page: boxes('', '', ''), outcome: 'unticked', verdict: 'fail' },
  {
    name: 'reads ticks that are signs before the words',
    page: card('☐ اینترنتی ☑ دفاتر پیشخوان ☐ پستی'),
    outcome: 'one',
    quotes: 'پیشخوان',
  },
  {
    name: 'reads ticks that are signs after the words',
    page: card('اینترنتی o دفاتر پیشخوان o پستی o'),
    outcome: 'unticked',
  },
  { name: 'fails dashes', page: card('----'), outcome: 'none', verdict: 'fail' },
  {
    name: 'does not take the telephone of the unit for a way to hand in',
    page: page('<p>واحد پاسخگو: دفتر معادن، تلفن ۰۲۱-۶۶۵۵۴۴۳۳</p>'),
    outcome: 'none',
  },
  {
    name: 'asks for no second way between agencies',
    service: { profile: ['G2G'] },
    page: page(start),
    outcome: 'mandated',
    verdict: 'not-applicable',
  },
  {
    name: 'does not judge a page that was not read',
    outcomes: { [SERVICE_PAGE]: { kind: 'unreachable', cause: 'timeout', detail: '' } },
    outcome: 'not-looked',
    verdict: 'blocked',
  },
]);
