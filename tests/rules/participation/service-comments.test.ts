import rule from '../../../rules/participation/service-comments.ts';
import { SERVICE_PAGE, testRule } from '../test-rule.ts';

const page = (more: string): string => `<main><h1>صدور پروانه بهره‌برداری معدن</h1>${more}</main>`;
const BOX =
  '<form method="post"><label>پرسش یا نظر شما درباره این خدمت <textarea name="nazar"></textarea></label><button>ارسال نظر</button></form>';

testRule(rule, [
  {
    name: 'passes a question with the official reply',
    page: page(
      '<h2>پرسش‌ها و نظرهای کاربران</h2><article><p><b>یک شهروند</b> ۱۴۰۵/۰۸/۱۰: فرم در تلفن من نیمه‌کاره ماند، چه کنم؟</p><blockquote><p><b>پاسخ سازمان:</b> درخواست ذخیره می‌شود و می‌توانید ادامه دهید.</p></blockquote></article>',
    ),
    outcome: 'answered',
    verdict: 'pass',
    quotes: 'نیمه‌کاره',
  },
  {
    name: 'takes a bare reply inside a part of comments',
    page: page(
      '<h3>نظرات کاربران</h3><ul><li>رضا: چند روز طول می‌کشد تا پاسخ بیاید</li><li>پاسخ: معمولا سه روز کاری است</li></ul>',
    ),
    outcome: 'answered',
  },
  {
    name: 'takes a reply that stands in the line below its label',
    page: page(
      '<p>Anna: the map does not open on my phone</p><p><b>Our reply</b></p><p>Thank you, it works again since Monday.</p>',
    ),
    outcome: 'answered',
  },
  {
    name: 'passes a page of questions and replies behind a link of the service',
    page: page('<a href="/qa">پرسش و پاسخ کاربران</a>'),
    pages: {
      qa: '<main><h1>پرسش و پاسخ کاربران</h1><p>آیا برای تمدید باید دوباره مراجعه کنم؟</p><p>پاسخ کارشناس: خیر، تمدید برخط انجام می‌شود.</p></main>',
    },
    outcome: 'answered',
  },
  {
    name: 'gives half for comments that nobody answered',
    page: page('<h3>نظرات کاربران</h3><p>۱۴۰۵/۰۸/۱۰</p><p>سامانه بسیار کند است و پاسخ نمی‌دهد</p>'),
    outcome: 'unanswered',
    verdict: 'partial',
  },
  { name: 'gives half for a box without a published comment', page: page(BOX), outcome: 'boxOnly', verdict: 'partial' },
  {
    name: 'takes no answers to frequent questions for replies',
    page: page('<h2>پرسش‌های متداول</h2><p>اعتبار پروانه چند سال است؟</p><p>پاسخ: دو سال و قابل تمدید.</p>'),
    outcome: 'nothing',
    verdict: 'fail',
  },
  {
    name: 'takes no empty reply for one',
    page: page(
      '<h3>نظرات کاربران</h3><p>۱۴۰۵/۰۸/۱۰</p><p>سامانه بسیار کند است و پاسخ نمی‌دهد</p><p>پاسخ مدیر: ---</p>',
    ),
    outcome: 'unanswered',
  },
  {
    name: 'takes no advertisement for a comment',
    page: page('<h3>نظرات کاربران</h3><p>1405/08/10</p><p>خرید ارزان کفش و کیف از www.spam.example همین امروز</p>'),
    outcome: 'nothing',
  },
  {
    name: 'leaves the comments of news to the news',
    page: page('<p>شرح</p>'),
    pages: {
      'news/1':
        '<main><h1>خبر</h1><h3>نظرات کاربران</h3><p>رضا: خبر خوبی بود و خوشحال شدیم</p><p>پاسخ مدیر: سپاس از همراهی شما</p></main>',
    },
    outcome: 'nothing',
  },
  {
    name: 'takes no box of the application for one of comments',
    page: page(
      '<form><label>نام <input name="n"></label><label>نشانی معدن <input name="a"></label><label>شرح ماده معدنی <textarea name="mine"></textarea></label></form>',
    ),
    outcome: 'nothing',
  },
  {
    name: 'cannot say what is behind a link that nobody followed',
    page: page('<a href="/qa">پرسش و پاسخ کاربران</a>'),
    outcome: 'unlooked',
    verdict: 'blocked',
  },
  {
    name: 'blames nobody for a page that was not read',
    outcomes: { [SERVICE_PAGE]: { kind: 'refused', by: 'wall', detail: '' } },
    outcome: 'not-looked',
    verdict: 'blocked',
  },
  {
    name: 'passes an answer that only its signature shows to be official',
    page: '<main><h1>صدور پروانه</h1><h2>نظرهای کاربران</h2><p>رضا کریمی، ۱۴۰۴/۰۲/۰۳</p><p>چرا پرونده من هنوز بررسی نشده است؟</p><p>معاونت صدور، ۱۴۰۴/۰۲/۰۵</p><p>مدارک شما ناقص بود و دوباره بفرستید.</p></main>',
    outcome: 'answered',
    verdict: 'pass',
  },
  {
    name: 'reads a counted part of comments and a reply that is called one',
    page: page(
      '<h2>۲ دیدگاه</h2><ol><li><b>کارگاه شمال</b><p>کارشناس شما نقشه ما را درست خواند، آیا برای معدن شن هم می‌آید؟</p><ol><li><b>پاسخ سرپرست دفتر فنی</b><p>بله، از ماه آینده برای معدن شن هم کارشناس می‌فرستیم.</p></li></ol></li></ol>',
    ),
    outcome: 'answered',
    verdict: 'pass',
  },
]);
