import rule from '../../../rules/interaction/public-inquiry.ts';
import { SYSTEM, testRule } from '../test-rule.ts';

const page = (markup: string): string => `<main><h1>صدور پروانه بهره‌برداری معدن</h1>${markup}</main>`;
const opinion = { titles: { fa: 'ثبت گزارش مردمی', en: '' }, code: null };

testRule(rule, [
  {
    name: 'passes a tool on the page of the service',
    page: page(
      '<h2>استعلام پروانه</h2><form><label>شماره پروانه <input name="n"></label><button>جستجو</button></form>',
    ),
    outcome: 'tool',
    verdict: 'pass',
    quotes: 'شماره پروانه',
  },
  {
    name: 'passes a calculator behind a link',
    page: page('<a href="/calc">محاسبه هزینه پروانه</a>'),
    pages: { '/calc': '<main><h1>محاسبه هزینه</h1><label>مساحت <input type="number" name="m"></label></main>' },
    outcome: 'tool',
  },
  {
    name: 'gives half for a list to download',
    page: page('<a href="/list.xlsx">فهرست دارندگان پروانه</a>'),
    outcomes: { 'https://www.org.example/list.xlsx': { kind: 'not-html', contentType: 'application/vnd.ms-excel' } },
    outcome: 'tables',
    verdict: 'partial',
  },
  {
    name: 'asks a person about a tool that wants a national number',
    page: page('<h2>استعلام پروانه</h2><form><label>کد ملی <input name="n"></label><button>جستجو</button></form>'),
    outcome: 'asksIdentity',
    verdict: 'unclear',
  },
  { name: 'fails a permit that nobody can look up', page: page('<p>شرح</p>'), outcome: 'none', verdict: 'fail' },
  {
    name: 'takes inquiries between agencies for no tool',
    page: page('<table><tr><th>استعلامات مورد نیاز</th><td>استعلام از ثبت احوال</td></tr></table>'),
    outcome: 'none',
  },
  {
    name: 'takes a box for opinions under such a title for no tool',
    page: page(
      '<h2>استعلام پروانه</h2><p>شرح</p><label>پرسش یا نظر شما <textarea name="t"></textarea></label><label>میزان رضایت <input type="radio" name="r"></label>',
    ),
    outcome: 'none',
  },
  {
    name: 'takes a tool behind a log-in for no public one',
    page: page('<a href="/q">استعلام پروانه</a>'),
    pages: {
      '/q': '<main><h1>استعلام</h1><form><label>نام کاربری <input name="u"></label><label>رمز عبور <input type="password" name="p"></label></form></main>',
    },
    outcome: 'none',
  },
  {
    name: 'does not claim that every service has something to look up',
    service: opinion,
    page: '<main><h1>ثبت گزارش مردمی</h1></main>',
    outcome: 'noRegister',
    verdict: 'unclear',
  },
  {
    name: 'does not blame a tool at which nobody looked',
    page: page('<a href="https://lookup.org.example/">استعلام پروانه</a>'),
    outcome: 'unlooked',
    verdict: 'blocked',
  },
  {
    name: 'does not blame a system that is closed to us',
    page: page(''),
    system: null,
    outcomes: { [SYSTEM]: { kind: 'unreachable', cause: 'timeout', detail: '' } },
    outcome: 'not-looked',
    verdict: 'blocked',
  },
  {
    name: 'passes a tool for it on the first page of the system',
    page: page(''),
    system: '<h1>ثبت درخواست</h1>',
    pages: {
      'https://sys.org.example/':
        '<h2>استعلام پروانه</h2><form><label>شماره پروانه معدن<input></label><button>بررسی</button></form>',
    },
    outcome: 'tool',
  },
]);
