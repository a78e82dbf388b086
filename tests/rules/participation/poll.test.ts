import rule from '../../../rules/participation/poll.ts';
import { PORTAL, testRule } from '../test-rule.ts';

const radios = (...labels: string[]): string =>
  labels.map((label, i) => `<label><input type="radio" name="votefor" value="${i}">${label}</label><br>`).join('');
const widget = (question: string): string =>
  `<div class="widget"><h4>نظرسنجی</h4><p>${question}</p><form method="get" action="/includes/vote.jsp">${radios('عالی', 'خوب', 'ضعیف')}<input type="submit" value="ثبت رای"></form></div>`;
const home = (body: string): string => `<main><h1>سازمان نمونه</h1>${body}</main>`;
const LINK = '<nav><a href="/poll">نظرسنجی</a></nav><main><h1>سازمان نمونه</h1></main>';

testRule(rule, [
  {
    name: 'passes a dated poll whose vote is a plain GET, without asking for it',
    home: home(widget('کیفیت خدمات مراکز را چگونه می‌بینید؟ <small>(از ۱۴۰۵/۰۸/۱۰)</small>')),
    outcome: 'open',
    verdict: 'pass',
    quotes: 'کیفیت خدمات',
  },
  {
    name: 'passes a poll that ends in the future',
    home: LINK,
    pages: {
      poll: `<main><h1>نظرسنجی</h1><p>آغاز: ۱ آبان ۱۴۰۵ - پایان: ۲۰ آذر ۱۴۰۵</p><form>${radios('بله', 'خیر')}<button>ثبت رأی</button></form></main>`,
    },
    outcome: 'open',
  },
  {
    name: 'passes a survey of several questions',
    home: '<nav><a href="/s">Take our survey</a></nav><main><h1>Town</h1></main>',
    pages: {
      s: '<main><h1>Survey on the bus lines</h1><p>Open until 20 December 2026</p><form><label>Which line do you use? <select><option>1</option></select></label><label>What should change? <textarea></textarea></label></form></main>',
    },
    outcome: 'open',
  },
  {
    name: 'gives half for a poll without a date',
    home: home(widget('کیفیت خدمات را چگونه می‌بینید؟')),
    outcome: 'undated',
    verdict: 'partial',
  },
  {
    name: 'gives half for a poll that is years old',
    home: home(widget('کیفیت خدمات را چگونه می‌بینید؟ (از ۱۴۰۲/۰۸/۱۰)')),
    outcome: 'old',
    verdict: 'partial',
  },
  {
    name: 'gives half for a poll that has ended',
    home: home(widget('کیفیت خدمات را چگونه می‌بینید؟ (پایان: ۱۴۰۵/۰۸/۱۰)')),
    outcome: 'closed',
    verdict: 'partial',
  },
  {
    name: 'reads the end of a poll by the name of its month',
    home: home(widget('کیفیت خدمات را چگونه می‌بینید؟ (پایان: ۱۰ مرداد ۱۴۰۵)')),
    outcome: 'closed',
  },
  {
    name: 'gives half for a poll about the looks of the site',
    home: home(widget('ظاهر جدید تارنما را چگونه می‌بینید؟ (از ۱۴۰۵/۰۸/۱۰)')),
    outcome: 'aboutSite',
    verdict: 'partial',
  },
  {
    name: 'gives half for a survey on another host',
    home: home('<a href="https://survey.porsline.ir/s/abc">پرسش‌های ما از شما</a>'),
    outcome: 'linked',
    verdict: 'partial',
  },
  {
    name: 'takes a survey of the staff for none',
    home: home(widget('رضایت کارکنان از محیط کار چگونه است؟ (از ۱۴۰۵/۰۸/۱۰)')),
    outcome: 'nothing',
    verdict: 'fail',
  },
  {
    name: 'takes radio buttons for other things for no poll',
    home: home(
      `<form><p>نوع متقاضی</p><label><input type="radio" name="kind" value="1">حقیقی</label><label><input type="radio" name="kind" value="2">حقوقی</label></form>`,
    ),
    outcome: 'nothing',
  },
  {
    name: 'takes a rating of the page for no poll',
    home: home(
      `<p>آیا این صفحه مفید بود؟</p><form><label><input type="radio" name="useful" value="1">بله</label><label><input type="radio" name="useful" value="2">خیر</label></form>`,
    ),
    outcome: 'nothing',
  },
  {
    name: 'takes a survey of one service on its page for no poll of the portal',
    page: `<main><h1>صدور پروانه بهره‌برداری معدن</h1><h4>نظرسنجی خدمت</h4><p>میزان رضایت شما چقدر است؟</p><form>${radios('کم', 'زیاد')}</form></main>`,
    outcome: 'nothing',
  },
  {
    name: 'ignores a poll inside a comment',
    home: home(`<!-- ${widget('کیفیت خدمات را چگونه می‌بینید؟')} -->`),
    outcome: 'nothing',
  },
  {
    name: 'asks a person about a poll behind a log-in',
    home: LINK,
    pages: {
      poll: '<main><h1>ورود</h1><input name="u"><select name="k"><option>1</option></select><input type="password" name="p"></main>',
    },
    outcome: 'behindLogin',
    verdict: 'unclear',
  },
  {
    name: 'takes search and newsletter around every page for no questions',
    home: `${LINK}<div><input name="T1"><select name="lang"><option>fa</option></select></div>`,
    pages: {
      poll: '<main><h1>نظرسنجی</h1></main><div><input name="T1"><select name="lang"><option>fa</option></select></div>',
    },
    outcome: 'empty',
  },
  {
    name: 'fails a page of polls without a question',
    home: LINK,
    pages: { poll: '<main><h1>نظرسنجی</h1><p>نظرسنجی فعالی نیست.</p></main>' },
    outcome: 'empty',
    verdict: 'fail',
  },
  {
    name: 'fails a link that leads nowhere',
    home: '<nav><a href="#">نظرسنجی</a></nav><main><h1>سازمان</h1></main>',
    outcome: 'dead',
    verdict: 'fail',
  },
  {
    name: 'cannot say what is behind a link that refused us',
    home: LINK,
    outcomes: { 'https://www.org.example/poll': { kind: 'refused', by: 'robots', detail: '' } },
    outcome: 'unlooked',
    verdict: 'blocked',
  },
  {
    name: 'blames nobody for a portal that was not read',
    outcomes: { [PORTAL]: { kind: 'refused', by: 'wall', detail: '403' } },
    outcome: 'not-looked',
    verdict: 'blocked',
  },
]);
