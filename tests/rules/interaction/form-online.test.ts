import rule from '../../../rules/interaction/form-online.ts';
import { SERVICE_PAGE, SYSTEM, testRule } from '../test-rule.ts';

const TITLE = '<h1>صدور پروانه بهره‌برداری معدن</h1>';
const fields =
  '<label>نام معدن <input name="mine"></label><label>محل معدن <input name="place"></label><label>ماده معدنی <select name="mineral"><option>آهن</option><option>مس</option></select></label>';
const form = `<form method="post">${fields}<button>ثبت درخواست</button></form>`;
const start = `<a href="${SYSTEM}">ورود به سامانه</a>`;
const login =
  '<main><h1>سامانه معدن</h1><form><label>نام کاربری <input name="u"></label><label>رمز عبور <input type="password" name="p"></label><button>ورود</button></form></main>';

testRule(rule, [
  {
    name: 'passes a form on the page of the service',
    page: `<main>${TITLE}${form}</main>`,
    outcome: 'own',
    verdict: 'pass',
    quotes: 'نام معدن',
  },
  {
    name: 'passes a form one click away under the title of the service',
    page: `<main>${TITLE}<a href="https://forms.org.example/12">ثبت درخواست</a></main>`,
    pages: { 'https://forms.org.example/12': `<main><h1>فرم صدور پروانه بهره‌برداری معدن</h1>${form}</main>` },
    outcome: 'own',
  },
  {
    name: 'passes a form of a system that serves only this service',
    page: `<main>${TITLE}${start}</main>`,
    system: `<main><h1>کاداستر</h1>${form}</main>`,
    outcome: 'own',
  },
  {
    name: 'counts fields and not forms: a page may be one form',
    page: `<form method="post"><input type="hidden" name="__VIEWSTATE" value="x"><main>${TITLE}<p>شرح خدمت</p></main></form>`,
    outcome: 'none',
    verdict: 'fail',
  },
  {
    name: 'takes neither search nor opinion nor newsletter for a form',
    page: `<main>${TITLE}<form><label>جستجو <input type="search" name="q"></label></form><form><h3>ارسال نظر</h3><label>نام <input name="n"></label><label>ایمیل <input name="e"></label><label>موضوع <input name="s"></label><label>متن نظر <textarea name="t"></textarea></label><button>ارسال نظر</button></form></main>`,
    outcome: 'none',
  },
  {
    name: 'takes no fields that are switched off',
    page: `<main>${TITLE}<form>${fields.replaceAll('<input', '<input disabled').replace('<select', '<select disabled')}<button>ثبت</button></form></main>`,
    outcome: 'none',
  },
  {
    name: 'gives half for a form for requests of any kind',
    page: `<main>${TITLE}<a href="/request">ثبت درخواست</a></main>`,
    pages: {
      '/request':
        '<main><h1>میز خدمت</h1><form><label>عنوان تقاضا <input name="a"></label><label>شماره ملی <input name="b"></label><label>شرح تقاضا <input name="c"></label><button>ثبت</button></form></main>',
    },
    outcome: 'generic',
    verdict: 'partial',
  },
  {
    name: 'asks a person about a button that only a script knows',
    page: '<main><h1>صدور پروانه</h1><button type="button">ثبت درخواست</button></main>',
    outcome: 'scripted',
    verdict: 'unclear',
  },
  {
    name: 'asks a person about a form in a frame of another site',
    page: `<main>${TITLE}<iframe src="https://digiform.example/f/1" title="فرم درخواست"></iframe></main>`,
    outcome: 'framed',
    verdict: 'unclear',
  },
  {
    name: 'does not guess what is behind a log-in',
    page: `<main>${TITLE}${start}</main>`,
    system: login,
    outcome: 'behindLogin',
    verdict: 'not-visible',
  },
  {
    name: 'hands a person the guide to what is behind a log-in',
    page: `<main>${TITLE}${start}<a href="/guide.pdf">راهنمای ثبت درخواست</a></main>`,
    system: login,
    outcomes: { 'https://www.org.example/guide.pdf': { kind: 'not-html', contentType: 'application/pdf' } },
    outcome: 'guided',
    verdict: 'unclear',
    quotes: 'راهنمای ثبت درخواست',
  },
  {
    name: 'does not blame a system that is closed to us',
    page: `<main>${TITLE}${start}</main>`,
    system: null,
    outcomes: { [SYSTEM]: { kind: 'unreachable', cause: 'timeout', detail: '' } },
    outcome: 'unlooked',
    verdict: 'blocked',
  },
  {
    name: 'does not blame a system at which nobody looked',
    page: `<main>${TITLE}</main>`,
    service: { systemUrl: SYSTEM },
    outcome: 'unlooked',
  },
  {
    name: 'fails an address to write to',
    page: `<main>${TITLE}<p>درخواست خود را به نشانی تهران، خیابان آزادی، پلاک ۳ بفرستید.</p></main>`,
    outcome: 'none',
  },
  {
    name: 'does not take the log-in of the portal for that of the service',
    page: `<header><a href="/login">ورود کاربران</a></header><main>${TITLE}<p>شرح</p></main>`,
    pages: { '/login': login },
    outcome: 'none',
  },
  {
    name: 'asks for no form where the agency begins by itself',
    service: { profile: ['PUSH'] },
    page: `<main>${TITLE}</main>`,
    outcome: 'profile',
    verdict: 'not-applicable',
  },
  {
    name: 'does not judge a page that was not read',
    outcomes: { [SERVICE_PAGE]: { kind: 'refused', by: 'robots', detail: '' } },
    outcome: 'unlooked',
    verdict: 'blocked',
  },
  {
    name: 'gives half for a form that the page tells of and a log-in hides',
    page: `<main>${TITLE}${start}<p>پس از ورود، مدارک را بارگذاری کنید و فرم را بفرستید.</p></main>`,
    system: login,
    outcome: 'told',
    verdict: 'partial',
  },
  {
    name: 'passes a form with which one begins before one logs in',
    page: '<main><h1>صدور پروانه بهره‌برداری معدن</h1></main>',
    system:
      '<h1>صدور پروانه بهره‌برداری معدن</h1><form action="/login"><label>نوع معدن <select name="k"><option>سنگ</option></select></label><label>مساحت <input name="a"></label><label>کدپستی محل <input name="z"></label><label>استان <input name="o"></label><button>گام بعد</button></form>',
    outcome: 'own',
  },
  {
    name: 'takes the larger of two forms for that of the service',
    page: '<main><h1>صدور پروانه بهره‌برداری معدن</h1><form><label>نوع <input name="k"></label><label>مساحت <input name="a"></label><label>استان <input name="o"></label><button>برآورد</button></form></main>',
    system:
      '<h1>صدور پروانه بهره‌برداری معدن</h1><form><label>نام معدن <input name="n"></label><label>نوع معدن <input name="k"></label><label>مساحت <input name="a"></label><label>کدپستی محل <input name="z"></label><button>ثبت</button></form>',
    outcome: 'own',
    quotes: 'نام معدن',
  },
]);
