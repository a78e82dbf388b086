import rule from '../../../rules/presence/fee-time-published.ts';
import { testRule } from '../test-rule.ts';

const card = (fee: string, time: string): string =>
  `<main><h1>صدور پروانه بهره‌برداری معدن</h1><table><tr><th>هزینه خدمت</th><td>${fee}</td></tr><tr><th>متوسط مدت زمان ارائه خدمت</th><td>${time}</td></tr></table></main>`;

testRule(rule, [
  {
    name: 'passes a card with a sum and a duration',
    page: card('۲۵۰,۰۰۰ ریال', '۱۰ روز کاری'),
    outcome: 'both',
    verdict: 'pass',
    quotes: '۱۰ روز کاری',
  },
  { name: 'takes "free" for a fee', page: card('رایگان', 'سه روزکاری'), outcome: 'both' },
  {
    name: 'gives half for a duration beside dashes',
    page: card('----', 'حداکثر 2 هفته'),
    outcome: 'timeOnly',
    verdict: 'partial',
  },
  {
    name: 'gives half for a fee beside nothing',
    page: card('۵۰۰۰۰ تومان', ''),
    outcome: 'feeOnly',
    verdict: 'partial',
  },
  { name: 'gives half for a fee that varies', page: card('متغیر است', '۵ روز'), outcome: 'varies' },
  { name: 'asks a person about a lone zero', page: card('0', '۵ روز'), outcome: 'zeroFee', verdict: 'unclear' },
  {
    name: 'fails sentences that say that nothing is said',
    page: card('هزینه خاصی اعلام نشده است', 'زمان مشخصی درج نشده است'),
    outcome: 'filler',
    verdict: 'fail',
  },
  {
    name: 'fails a page that is silent on both',
    page: '<main><h1>صدور پروانه بهره‌برداری معدن</h1><p>شرح کوتاه</p></main>',
    outcome: 'nothing',
    verdict: 'fail',
  },
  {
    name: 'does not take opening hours for a duration',
    page: '<main><h1>صدور پروانه</h1><p>ساعات ارائه خدمت: ۸ تا ۱۴</p></main>',
    outcome: 'nothing',
  },
  {
    name: 'needs no fee between agencies',
    page: card('----', '۳ روز'),
    service: { profile: ['G2G'] },
    outcome: 'timeForGovernment',
  },
  {
    name: 'does not blame the organization for a page that robots.txt closes',
    outcomes: { 'https://www.org.example/services/permit': { kind: 'refused', by: 'robots', detail: 'robots.txt' } },
    outcome: 'not-looked',
    verdict: 'blocked',
  },
  {
    name: 'reads questions with their answers in the same line',
    page: '<main><h1>صدور پروانه بهره‌برداری معدن</h1><p>چقدر باید بپردازم؟ ۸۰۰٬۰۰۰ ریال</p><p>چقدر طول می‌کشد؟ ۲۰ روز</p></main>',
    outcome: 'both',
  },
  {
    name: 'reads bold beginnings and a table under its label',
    page: '<main><h1>صدور پروانه بهره‌برداری معدن</h1><section><p>هزینه خدمت</p><table><tr><th>کار</th><th>ریال</th></tr><tr><td>بازدید</td><td>۲۰۰٬۰۰۰ ریال</td></tr></table></section><p><b>مدت رسیدگی</b> ده روز کاری</p></main>',
    outcome: 'both',
  },
  {
    name: 'takes a zero beside an empty duration for a cell that nobody filled',
    page: '<main><h1>صدور پروانه بهره‌برداری معدن</h1><table><tr><td>هزینه</td><td>0</td></tr><tr><td>زمان انجام</td><td>---</td></tr></table></main>',
    outcome: 'filler',
    verdict: 'fail',
  },
  {
    name: 'reads a fee and a duration under one label',
    page: '<main><h1>صدور پروانه بهره‌برداری معدن</h1><table><tr><th>هزینه و زمان</th><td>بدون دریافت وجه، حدود یک هفته</td></tr></table></main>',
    outcome: 'both',
    verdict: 'pass',
  },
  {
    name: 'reads them in sentences',
    page: '<main><h1>صدور پروانه بهره‌برداری معدن</h1><p>این خدمت رایگان است. نتیجه را تا ۴۸ ساعت به شما خبر می‌دهند.</p></main>',
    outcome: 'both',
    verdict: 'pass',
  },
  {
    name: 'reads cells whose labels nobody knows',
    page: '<main><h1>صدور پروانه بهره‌برداری معدن</h1><dl><dt>خرج</dt><dd>رایگان</dd><dt>چشم‌به‌راهی</dt><dd>سه تا پنج روز کاری</dd></dl></main>',
    outcome: 'both',
    verdict: 'pass',
  },
  {
    name: 'takes no validity for a duration',
    page: '<main><h1>صدور پروانه بهره‌برداری معدن</h1><p>این خدمت رایگان است.</p><dl><dt>اعتبار پروانه</dt><dd>دو سال</dd></dl></main>',
    outcome: 'feeOnly',
    verdict: 'partial',
  },
  {
    name: 'takes no last day for a duration',
    page: '<main><h1>صدور پروانه بهره‌برداری معدن</h1><p>این خدمت رایگان است.</p><p>مهلت ثبت‌نام: ۱۴۰۵/۱۰/۰۱</p></main>',
    outcome: 'feeOnly',
    verdict: 'partial',
  },
  {
    name: 'takes no fine for a fee',
    page: '<main><h1>صدور پروانه بهره‌برداری معدن</h1><p>کسی که بدون پروانه کار کند ۵۰,۰۰۰,۰۰۰ ریال جریمه پرداخت می‌کند.</p></main>',
    outcome: 'nothing',
    verdict: 'fail',
  },
  {
    name: 'takes nothing else that is free for a fee',
    page: '<main><h1>Mining permit</h1><p>Feel free to contact our office.</p><p>Free parking</p></main>',
    service: { titles: { fa: '', en: 'Mining permit' } },
    outcome: 'nothing',
    verdict: 'fail',
  },
  {
    name: 'reads a length of time under a label that only looks like one of an age',
    page: '<main><h1>Mining permit</h1><p>Average wait</p><p>5 days</p></main>',
    service: { titles: { fa: '', en: 'Mining permit' } },
    outcome: 'timeOnly',
    verdict: 'partial',
  },
  {
    name: 'takes a cell under "age" for no duration',
    page: '<main><h1>Mining permit</h1><p>Age</p><p>18 years</p></main>',
    service: { titles: { fa: '', en: 'Mining permit' } },
    outcome: 'nothing',
    verdict: 'fail',
  },
  {
    name: 'takes "online" for an answer to how long',
    page: '<main><h1>صدور پروانه بهره‌برداری معدن</h1><table><tr><td>متوسط زمان ارائه خدمت</td><td>آنلاین</td></tr></table></main>',
    outcome: 'timeOnly',
  },
]);
