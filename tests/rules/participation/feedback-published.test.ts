import rule from '../../../rules/participation/feedback-published.ts';
import { PORTAL, testRule } from '../test-rule.ts';

const exchange = (
  day: string,
  said = 'در فرم، کد پستی نادرست پذیرفته می‌شد.',
  done = 'اکنون کد پستی برخط بررسی می‌شود.',
): string =>
  `<article><p>${day}</p><p><strong>شما گفتید:</strong> ${said}</p><p><strong>اقدام انجام شده:</strong> ${done}</p></article>`;
const home = '<header><nav><a href="/f">شما گفتید، ما انجام دادیم</a></nav></header><main><h1>سازمان نمونه</h1></main>';
const f = (body: string): { home: string; pages: Record<string, string> } => ({
  home,
  pages: { f: `<main><h1>بازخوردها</h1>${body}</main>` },
});

testRule(rule, [
  {
    name: 'passes three answered voices of the last year',
    ...f(['۱۴۰۵/۰۸/۲۰', '۱۴۰۵/۰۵/۰۱', '۱۴۰۴/۱۲/۱۰'].map((day) => exchange(day)).join('')),
    outcome: 'answered',
    verdict: 'pass',
  },
  {
    name: 'passes a report with how many complaints were handled in the quarter',
    ...f(
      '<h2>گزارش رسیدگی به شکایات در سه ماه گذشته</h2><p>۴۱۲ شکایت رسید و ۳۹۷ مورد (۹۶ درصد) در مهلت پنج روزه پاسخ گرفت.</p>',
    ),
    outcome: 'report',
    verdict: 'pass',
    quotes: '۳۹۷',
  },
  {
    name: 'passes an English report',
    ...f('<h2>Complaints, last quarter</h2><p>Of 120 complaints received 118 were resolved within ten days.</p>'),
    outcome: 'report',
  },
  { name: 'gives half for one answered voice', ...f(exchange('۱۴۰۵/۰۸/۲۰')), outcome: 'few', verdict: 'partial' },
  {
    name: 'gives half for three voices without a day',
    ...f(exchange('یک', 'در فرم نشانی پذیرفته نمی‌شد') + exchange('دو') + exchange('سه')),
    outcome: 'undated',
    verdict: 'partial',
  },
  {
    name: 'gives half for voices of years ago',
    ...f(['۱۴۰۲/۰۱/۲۰', '۱۴۰۲/۰۳/۰۱', '۱۴۰۱/۱۲/۱۰'].map((day) => exchange(day)).join('')),
    outcome: 'old',
    verdict: 'partial',
  },
  {
    name: 'gives half for numbers alone',
    ...f('<p>تعداد شکایات سال گذشته: ۴۱۲</p>'),
    outcome: 'figures',
    verdict: 'partial',
  },
  {
    name: 'does not count the months of the period as a figure',
    ...f('<p>Negli ultimi 12 mesi sono state risolte 73 segnalazioni.</p>'),
    outcome: 'figures',
  },
  {
    name: 'gives half for news of a meeting with citizens',
    ...f(
      '<h2>ملاقات مردمی رئیس سازمان</h2><p>در این دیدار رئیس سازمان درخواست بیست مراجعه‌کننده را شنید و دستور رسیدگی داد.</p>',
    ),
    outcome: 'meeting',
    verdict: 'partial',
  },
  {
    name: 'asks a person about a report that is a file',
    home: '<main><a href="/r.pdf">گزارش رسیدگی به شکایات</a></main>',
    outcomes: { 'https://www.org.example/r.pdf': { kind: 'not-html', contentType: 'application/pdf' } },
    outcome: 'file',
    verdict: 'unclear',
  },
  {
    name: 'calls a page that is only named so theatre',
    home: '<nav><a href="/b">وجود سازوکار دریافت بازخورد</a></nav><main><h1>سازمان</h1></main>',
    pages: { b: '<main><h2>وجود سازوکار دریافت بازخورد</h2><p>سازوکار دریافت بازخورد در سازمان وجود دارد.</p></main>' },
    outcome: 'theatre',
    verdict: 'fail',
  },
  {
    name: 'takes no frequent questions for feedback',
    pages: {
      faq: '<main><h1>پرسش‌های متداول</h1><p>اعتبار پروانه چند سال است؟</p><p>پاسخ: دو سال از روز صدور آن است.</p></main>',
    },
    outcome: 'nothing',
    verdict: 'fail',
  },
  {
    name: 'takes the telephone of complaints for no figure',
    pages: { c: '<main><h1>ثبت شکایت</h1><p>تلفن رسیدگی به شکایات، همه روزه برای هر مورد: ۰۲۱-۸۸۷۷۶۶۵۵</p></main>' },
    outcome: 'nothing',
  },
  { name: 'takes an empty reply for none', ...f(exchange('۱۴۰۵/۰۸/۲۰', undefined, '---')), outcome: 'theatre' },
  {
    name: 'cannot say what stands behind a link that refused us',
    home,
    outcomes: { 'https://www.org.example/f': { kind: 'unreachable', cause: 'server-error', detail: '500' } },
    outcome: 'unlooked',
    verdict: 'blocked',
  },
  {
    name: 'blames nobody for a portal that was not read',
    outcomes: { [PORTAL]: { kind: 'unreachable', cause: 'timeout', detail: '' } },
    outcome: 'not-looked',
    verdict: 'blocked',
  },
  {
    name: 'reads a voice and its answer in one line',
    ...f(
      '<ul>' +
        ['March', 'April', 'July']
          .map(
            (month) =>
              `<li>You said (${month} 2026): the pontoon opens too late. We did: it opens at six since ${month} 2026.</li>`,
          )
          .join('') +
        '</ul>',
    ),
    outcome: 'answered',
    verdict: 'pass',
  },
  {
    name: 'reads a table of what was said and done',
    ...f(
      '<table><tr><th>گفتید</th><th>کردیم</th><th>تاریخ</th></tr>' +
        ['۱۴۰۵/۰۶/۱۰', '۱۴۰۵/۰۶/۲۱', '۱۴۰۵/۰۷/۰۵']
          .map((day) => `<tr><td>کلاس عصر کم است</td><td>چهارده کلاس افزوده شد</td><td>${day}</td></tr>`)
          .join('') +
        '</table>',
    ),
    outcome: 'answered',
    verdict: 'pass',
  },
]);
