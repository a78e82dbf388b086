import rule from '../../../rules/interaction/form-help.ts';
import type { FetchOutcome } from '../../../src/core/model.ts';
import { SYSTEM, testRule } from '../test-rule.ts';

const page = (markup: string): string => `<main><h1>صدور پروانه بهره‌برداری معدن</h1>${markup}</main>`;
const guide = page('<a href="/guide.pdf">راهنمای ثبت درخواست</a>');
const at = (outcome: FetchOutcome): Record<string, FetchOutcome> => ({ 'https://www.org.example/guide.pdf': outcome });
const PDF: FetchOutcome = { kind: 'not-html', contentType: 'application/pdf' };
const TEXT = 'نخست نام معدن را بنویسید، سپس نقشه محدوده را پیوست کنید و در پایان درخواست را بفرستید تا بررسی شود.';

testRule(rule, [
  { name: 'passes a guide that opens', page: guide, outcomes: at(PDF), outcome: 'guide', verdict: 'pass' },
  {
    name: 'passes a guide in the menu of the system',
    page: page(''),
    system: '<nav><a href="/help">راهنمای کاربری</a></nav><main><h1>سامانه معدن</h1></main>',
    pages: { 'https://sys.org.example/help': '<main><h1>راهنما</h1><p>گام نخست</p></main>' },
    outcome: 'guide',
    quotes: 'راهنمای کاربری',
  },
  {
    name: 'passes an explanation on the page itself',
    page: page(`<h2>راهنمای ثبت درخواست</h2><p>${TEXT}</p>`),
    outcome: 'inline',
    verdict: 'pass',
  },
  {
    name: 'passes a form whose fields explain themselves',
    page: page(
      '<form><label>نام معدن <input name="a" placeholder="مثال: سنگ‌آهن"></label><label>کد محدوده <input name="b" placeholder="ده رقم"></label><label>مساحت <input name="c" placeholder="به هکتار"></label><button>ثبت</button></form>',
    ),
    outcome: 'hints',
    verdict: 'pass',
  },
  {
    name: 'gives half for a guide that nobody opened',
    page: guide,
    outcome: 'guide-below-evidence',
    verdict: 'partial',
  },
  {
    name: 'gives half for the general guide of the portal',
    home: '<header><nav><a href="/help">راهنمای استفاده</a></nav></header><main><h1>سازمان نمونه</h1></main>',
    page: page(''),
    pages: { '/help': '<main><h1>راهنما</h1></main>' },
    outcome: 'generic',
    verdict: 'partial',
  },
  {
    name: 'asks a person about a film on another site',
    page: page('<a href="https://www.aparat.com/v/x1">فیلم آموزشی</a>'),
    outcome: 'video',
    verdict: 'unclear',
  },
  {
    name: 'fails a guide that is gone',
    page: guide,
    outcomes: at({ kind: 'unreachable', cause: 'not-found', detail: '404' }),
    outcome: 'dead',
    verdict: 'fail',
  },
  { name: 'fails where there is no help', page: page('<p>شرح</p>'), outcome: 'none', verdict: 'fail' },
  {
    name: 'takes the guide to the site and the telephone book for no help',
    page: page('<a href="/a">راهنمای سایت</a><a href="/b">راهنمای تلفن</a>'),
    outcome: 'none',
  },
  {
    name: 'does not blame a guide that we were refused',
    page: guide,
    outcomes: at({ kind: 'refused', by: 'wall', detail: '' }),
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
    name: 'passes a guide with a long name that begins by saying so',
    page: '<main><h1>صدور پروانه</h1><a href="/g.pdf">دانلود راهنمای تصویری ثبت و پیگیری درخواست صدور پروانه بهره‌برداری برای اشخاص حقوقی</a></main>',
    outcomes: { 'https://www.org.example/g.pdf': { kind: 'not-html', contentType: 'application/pdf' } },
    outcome: 'guide',
    verdict: 'pass',
  },
  {
    name: 'counts no sentence that only sends to a guide which is not there',
    page: page(
      '<h2>راهنما</h2><p>برای پر کردن فرم <a href="/guide.pdf">راهنمای ثبت درخواست</a> را بخوانید یا فرم کاغذی را از دفتر فنی سازمان بخواهید.</p>',
    ),
    outcomes: at({ kind: 'unreachable', cause: 'not-found', detail: '' }),
    outcome: 'dead',
    verdict: 'fail',
  },
]);
