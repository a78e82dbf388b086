import rule from '../../../rules/interaction/appointment.ts';
import { SERVICE_PAGE, testRule } from '../test-rule.ts';

const page = (markup: string): string => `<main><h1>صدور پروانه بهره‌برداری معدن</h1>${markup}</main>`;
const visits = (value: string): string => `<table><tr><th>تعداد بار مراجعه حضوری</th><td>${value}</td></tr></table>`;
const link = '<a href="/book">نوبت‌دهی اینترنتی</a>';
const booking = '<main><h1>نوبت‌دهی</h1><label>روز <input type="date" name="d"></label></main>';

testRule(rule, [
  {
    name: 'passes a booking that answers',
    page: page(visits('۱ بار') + link),
    pages: { '/book': booking },
    outcome: 'online',
    verdict: 'pass',
  },
  {
    name: 'passes a booking of the portal',
    home: `<header><nav>${link}</nav></header><main><h1>سازمان نمونه</h1></main>`,
    page: page(visits('۱ بار')),
    pages: { '/book': booking },
    outcome: 'online',
  },
  {
    name: 'passes a booking on the page itself',
    page: page(
      `${visits('۱ بار')}<h2>رزرو وقت</h2><label>شعبه <select name="b"><option>تهران</option><option>قم</option></select></label>`,
    ),
    outcome: 'online',
  },
  {
    name: 'gives half for a booking that nobody opened',
    page: page(visits('۱ بار') + link),
    outcome: 'online-below-evidence',
    verdict: 'partial',
  },
  {
    name: 'gives half for a telephone',
    page: page(`${visits('۱ بار')}<p>تعیین وقت با تماس تلفنی ۰۲۱-۶۶۵۵۴۴۳۳ از ساعت ۸ تا ۱۴</p>`),
    outcome: 'phone',
    verdict: 'partial',
  },
  {
    name: 'asks for none where no visit is needed',
    page: page(visits('۰')),
    outcome: 'noVisit',
    verdict: 'not-applicable',
  },
  {
    name: 'believes a service that says that it is done without a visit',
    page: page('<p>این خدمت بدون نیاز به مراجعه ارائه می‌شود.</p>'),
    outcome: 'noVisit',
  },
  {
    name: 'does not take a question about visits for an answer',
    page: page('<h3>آیا پیگیری درخواست به صورت غیرحضوری ممکن است؟</h3><p>بله</p>'),
    outcome: 'visitsUnknown',
  },
  {
    name: 'asks a person where visits are not spoken of',
    page: page('<p>شرح</p>'),
    outcome: 'visitsUnknown',
    verdict: 'unclear',
  },
  {
    name: 'takes the booking of a hospital in the footer for none',
    home: '<main><h1>سازمان نمونه</h1></main><footer><a href="https://hospital.example/">نوبت‌دهی بیمارستان</a></footer>',
    page: page(visits('دو بار')),
    pages: { 'https://hospital.example/': booking },
    outcome: 'none',
    verdict: 'fail',
  },
  {
    name: 'fails a booking that is gone',
    page: page(visits('۱ بار') + link),
    outcomes: { 'https://www.org.example/book': { kind: 'unreachable', cause: 'not-found', detail: '404' } },
    outcome: 'dead',
    verdict: 'fail',
  },
  { name: 'fails visits without appointments', page: page(visits('یکبار')), outcome: 'none', verdict: 'fail' },
  { name: 'fails a service that has no page at all', page: null, outcome: 'unread', verdict: 'fail' },
  {
    name: 'does not blame a booking that we were refused',
    page: page(visits('۱ بار') + link),
    outcomes: { 'https://www.org.example/book': { kind: 'refused', by: 'wall', detail: '' } },
    outcome: 'unlooked',
    verdict: 'blocked',
  },
  {
    name: 'does not judge a page that was not read',
    outcomes: { [SERVICE_PAGE]: { kind: 'refused', by: 'robots', detail: '' } },
    outcome: 'not-looked',
    verdict: 'blocked',
  },
  {
    name: 'does not take the visit that a sentence denies for one',
    page: page(
      '<p>گزارش دادن رایگان است و نیازی به مراجعه حضوری یا ورود به حساب نیست. گروه پس از ثبت به محل می‌رسد و نتیجه را همان جا به شما می‌گوید تا بدانید چه شد و چه باید بکنید.</p>',
    ),
    outcome: 'noVisit',
  },
]);
