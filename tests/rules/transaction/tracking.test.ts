import rule from '../../../rules/transaction/tracking.ts';
import { SYSTEM, testRule } from '../test-rule.ts';

const page = (more: string): string => `<main><h1>صدور پروانه بهره‌برداری معدن</h1>${more}</main>`;
const tracker =
  '<h1>پیگیری درخواست</h1><form><label for="c">کد رهگیری</label><input id="c"><button>مشاهده</button></form>';
const login =
  '<h1>سامانه پروانه‌ها</h1><form><label>نام کاربری<input name="u"></label><label>رمز عبور<input type="password" name="p"></label><button>ورود</button></form>';

testRule(rule, [
  {
    name: 'passes a field for the code on the system',
    page: page(''),
    system: tracker,
    outcome: 'entry',
    verdict: 'pass',
    quotes: 'کد رهگیری',
  },
  {
    name: 'passes a tracking page one click from the service',
    page: page('<a href="/track">پیگیری درخواست</a>'),
    pages: { '/track': tracker },
    outcome: 'entry',
  },
  {
    name: 'takes the words before a field without a label',
    page: page('<a href="/track">پیگیری درخواست</a>'),
    pages: { '/track': '<p>کد رهگیری درخواست: <input name="x"> <input type="submit" value="نمایش"></p>' },
    outcome: 'entry',
  },
  {
    name: 'does not take a case number inside a long application for a tracker',
    page: page(''),
    system: `<h1>ثبت درخواست</h1><form><label>شماره پرونده<input></label>${['نام', 'نشانی', 'شهر', 'استان', 'شرح'].map((label) => `<label>${label}<input></label>`).join('')}<button>ثبت</button></form>`,
    outcome: 'nothing',
  },
  {
    name: 'does not take the number of a payment for one of a request',
    page: page(''),
    system: '<h1>پرداخت</h1><form><label>کد رهگیری پرداخت اینترنتی<input></label><button>بررسی</button></form>',
    outcome: 'nothing',
  },
  {
    name: 'passes the desk that lists the service',
    page: page(''),
    pages: {
      '/services': `<main><h1>میز خدمت</h1><ul><li><a href="/services/permit">صدور پروانه بهره‌برداری معدن</a></li></ul><form><label>کد پیگیری<input></label><button>جستجو</button></form></main>`,
    },
    outcome: 'desk',
    verdict: 'pass',
  },
  {
    name: 'passes a guide that shows the list of requests',
    page: page('<a href="/guide">راهنمای کاربری سامانه</a>'),
    system: login,
    pages: { '/guide': '<main><p>پس از ورود، در «درخواست‌های من» وضعیت هر درخواست را ببینید.</p></main>' },
    outcome: 'inAccount',
    verdict: 'pass',
  },
  {
    name: 'does not take a box in the header of the list for the desk',
    page: page(''),
    pages: {
      '/services': `<header><form><label>کد پیگیری<input></label><button>جستجو</button></form></header><main><h1>میز خدمت</h1><ul><li>صدور پروانه بهره‌برداری معدن</li></ul></main>`,
    },
    outcome: 'general',
  },
  {
    name: 'gives half for a link that nobody followed',
    page: page('<a href="https://sys.org.example/track">پیگیری درخواست</a>'),
    outcome: 'linked-below-evidence',
    verdict: 'partial',
  },
  {
    name: 'gives half for the tracker of letters',
    page: page('<a href="/letters">پیگیری نامه</a>'),
    pages: { '/letters': '<h1>دبیرخانه</h1><form><label>شماره نامه<input></label><button>جستجو</button></form>' },
    outcome: 'general',
    verdict: 'partial',
  },
  {
    name: 'gives half for a promise in words',
    page: page('<p>پیگیری درخواست با تماس با کارشناس ممکن است.</p>'),
    outcome: 'claimed',
    verdict: 'partial',
  },
  {
    name: 'leaves out a service that answers at once',
    page: page('<table><tr><th>مدت زمان انجام</th><td>آنی</td></tr></table>'),
    outcome: 'instant',
    verdict: 'not-applicable',
  },
  {
    name: 'does not take "at once" for granted behind a log-in',
    page: page('<table><tr><th>مدت زمان انجام</th><td>آنی</td></tr></table>'),
    system: login,
    outcome: 'behindLogin',
  },
  {
    name: 'says what could not be read',
    page: page('<a href="https://sys.org.example/track">پیگیری درخواست</a>'),
    outcomes: { 'https://sys.org.example/track': { kind: 'refused', by: 'robots', detail: '' } },
    outcome: 'unlooked',
    verdict: 'blocked',
  },
  {
    name: 'asks a person when the guide is silent',
    page: page('<a href="/guide.pdf">راهنمای کاربری سامانه</a>'),
    system: login,
    outcomes: { 'https://www.org.example/guide.pdf': { kind: 'not-html', contentType: 'application/pdf' } },
    outcome: 'guideSilent',
    verdict: 'unclear',
  },
  { name: 'cannot see behind a log-in', page: page(''), system: login, outcome: 'behindLogin', verdict: 'not-visible' },
  {
    name: 'does not follow parcels of the post',
    page: page('<a href="/post">رهگیری مرسولات پستی</a>'),
    outcome: 'nothing',
    verdict: 'fail',
  },
  {
    name: 'blames nobody for a system that is walled',
    page: page(''),
    system: '',
    outcomes: { [SYSTEM]: { kind: 'refused', by: 'wall', detail: '403' } },
    outcome: 'not-looked',
    verdict: 'blocked',
  },
  {
    name: 'gives half for the telephone under the label of tracking',
    page: page('<table><tr><th>نحوه پیگیری</th><td>تماس با دفتر معادن</td></tr></table>'),
    system: login,
    outcome: 'claimed',
    verdict: 'partial',
  },
  {
    name: 'passes a page with a field for the code behind a link of any name',
    page: page('<p>اگر پیش‌تر خبر داده‌اید <a href="https://sys.org.example/x7">ببینید در چه حال است</a></p>'),
    system: '<h1>ثبت درخواست</h1>',
    pages: { 'https://sys.org.example/x7': tracker },
    outcome: 'entry',
  },
  {
    name: 'does not take the field of another body behind such a link',
    page: page('<p><a href="https://other.example/x7">ببینید</a></p>'),
    system: '<h1>ثبت درخواست</h1>',
    pages: { 'https://other.example/x7': tracker },
    outcome: 'nothing',
  },
  {
    name: 'does not take a story above a field for its label',
    page: page(''),
    system: `<h1>پرداخت قبض</h1><p>${'پس از دیدن بدهی به درگاه بانک می‌روید و در پایان کد رهگیری آن را بانک نشان می‌دهد؛ '.repeat(2)}<input name="x"></p>`,
    outcome: 'nothing',
  },
]);
