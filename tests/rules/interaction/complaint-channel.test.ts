import rule from '../../../rules/interaction/complaint-channel.ts';
import { PORTAL, testRule } from '../test-rule.ts';

const nav = (links: string): string => `<header><nav><a href="/services">میز خدمت</a>${links}</nav></header>`;
const link = '<a href="/complaint">ثبت شکایت</a>';
const home = `${nav(link)}<main><h1>سازمان نمونه</h1></main>`;
const page = (links: string): string => `${nav(links)}<main><h1>صدور پروانه بهره‌برداری معدن</h1></main>`;
const box = '<main><h1>ثبت شکایت</h1><label>متن شکایت <textarea name="t"></textarea></label>';
const answered = `${box}<p>پاسخ تا ده روز کاری داده می‌شود و با کد رهگیری پیگیری‌پذیر است.</p></main>`;

testRule(rule, [
  {
    name: 'passes a channel from both places that says how it answers',
    home,
    page: page(link),
    pages: { '/complaint': answered },
    outcome: 'both',
    verdict: 'pass',
  },
  {
    name: 'passes a field of the card that leads to the channel',
    home,
    page: `<main><h1>صدور پروانه بهره‌برداری معدن</h1><p>نحوه دسترسی به شکایت از خدمت: <a href="/complaint">ثبت شکایت از خدمت</a></p></main>`,
    pages: { '/complaint': answered },
    outcome: 'both',
  },
  {
    name: 'gives half where it is not said how it answers',
    home,
    page: page(link),
    pages: { '/complaint': `${box}</main>` },
    outcome: 'silent',
    verdict: 'partial',
  },
  {
    name: 'does not take a menu of the portal for a promise',
    home: home.replace('</nav>', '<a href="/track">پیگیری درخواست</a></nav>'),
    page: page(link),
    pages: { '/complaint': `${nav('<a href="/track">پیگیری درخواست</a>')}${box}</main>` },
    outcome: 'silent',
  },
  {
    name: 'gives half where services do not lead to it',
    home,
    page: page(''),
    pages: { '/complaint': answered },
    outcome: 'homeOnly',
    verdict: 'partial',
  },
  {
    name: 'gives half where only services lead to it',
    page: page(link),
    pages: { '/complaint': answered },
    outcome: 'servicesOnly',
    verdict: 'partial',
  },
  {
    name: 'gives half for the national window',
    home: `${nav('')}<main><h1>سازمان نمونه</h1></main><footer><a href="https://www.saamad.ir/">سامد</a></footer>`,
    outcome: 'elsewhere',
    verdict: 'partial',
  },
  {
    name: 'gives half for a telephone',
    home: `${nav('')}<main><h1>سازمان نمونه</h1></main><footer><p>رسیدگی به شکایات: ۰۲۱-۸۸۷۷۶۶۵۵</p></footer>`,
    outcome: 'elsewhere',
  },
  {
    name: 'gives half for a short number',
    home: `${nav('')}<main><h1>سازمان نمونه</h1></main><footer><p>شکایات: تلفن گویای ۱۵۴۸</p></footer>`,
    outcome: 'elsewhere',
  },
  {
    name: 'fails a link that is gone',
    home,
    outcomes: { [`${PORTAL}complaint`]: { kind: 'unreachable', cause: 'not-found', detail: '404' } },
    outcome: 'dead',
    verdict: 'fail',
  },
  { name: 'fails a control that leads nowhere', home: home.replace('/complaint', '#'), outcome: 'dead' },
  {
    name: 'fails where there is none',
    home: `${nav('')}<main><h1>سازمان نمونه</h1></main>`,
    outcome: 'none',
    verdict: 'fail',
  },
  {
    name: 'takes a service of that name for no channel',
    home: `${nav('<a href="/s/9">رسیدگی به شکایات مصرف‌کنندگان</a>')}<main><h1>سازمان نمونه</h1></main>`,
    others: [
      {
        id: 'x',
        titles: { fa: 'رسیدگی به شکایات مصرف‌کنندگان', en: '' },
        pageUrl: `${PORTAL}s/9`,
        page: '<main><h1>رسیدگی به شکایات مصرف‌کنندگان</h1></main>',
      },
    ],
    outcome: 'none',
  },
  {
    name: 'does not judge the services where none of them was read',
    home,
    page: null,
    pages: { '/complaint': answered },
    outcome: 'unlooked',
    verdict: 'blocked',
  },
  {
    name: 'does not blame a channel that we were refused',
    home,
    outcomes: { [`${PORTAL}complaint`]: { kind: 'refused', by: 'wall', detail: '' } },
    outcome: 'unlooked',
  },
]);
