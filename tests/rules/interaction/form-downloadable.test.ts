import rule from '../../../rules/interaction/form-downloadable.ts';
import type { FetchOutcome } from '../../../src/core/model.ts';
import { SYSTEM, testRule } from '../test-rule.ts';

const TITLE = '<h1>صدور پروانه بهره‌برداری معدن</h1>';
const PDF: FetchOutcome = { kind: 'not-html', contentType: 'application/pdf' };
const file = (outcome: FetchOutcome, path = '/f/permit.pdf'): Record<string, FetchOutcome> => ({
  [`https://www.org.example${path}`]: outcome,
});
const page = (links: string): string => `<main>${TITLE}${links}</main>`;
const link = page('<a href="/f/permit.pdf">فرم درخواست پروانه</a>');
const online =
  '<form><label>نام معدن <input name="a"></label><label>محل <input name="b"></label><label>ماده <input name="c"></label><button>ثبت</button></form>';
const login =
  '<main><h1>سامانه معدن</h1><form><label>نام کاربری <input name="u"></label><label>رمز عبور <input type="password" name="p"></label><button>ورود</button></form></main>';
const toSystem = `<a href="${SYSTEM}">ورود به سامانه</a>`;

testRule(rule, [
  {
    name: 'passes a form that opens',
    page: link,
    outcomes: file(PDF),
    outcome: 'file',
    verdict: 'pass',
    quotes: 'فرم درخواست پروانه',
  },
  { name: 'needs none where the form is online', page: page(online), outcome: 'superseded', verdict: 'pass' },
  { name: 'gives half for a form that nobody opened', page: link, outcome: 'file-below-evidence', verdict: 'partial' },
  {
    name: 'finds the form of the service in a library of forms',
    page: page(''),
    pages: {
      '/forms':
        '<main><a href="/f/a.docx">فرم صدور پروانه بهره‌برداری معدن</a><a href="/f/b.docx">فرم مرخصی</a></main>',
    },
    outcomes: file(PDF, '/f/a.docx'),
    outcome: 'file',
  },
  {
    name: 'gives half for a picture',
    page: page('<a href="/f/form.jpg">فرم درخواست</a>'),
    outcomes: file({ kind: 'not-html', contentType: 'image/jpeg' }, '/f/form.jpg'),
    outcome: 'scan',
    verdict: 'partial',
  },
  {
    name: 'gives half for a name that says nothing',
    page: page('<a href="/f/1.pdf" title="دریافت فرم">اینجا</a>'),
    outcomes: file(PDF, '/f/1.pdf'),
    outcome: 'unnamed',
    verdict: 'partial',
  },
  {
    name: 'gives half for a heap of forms',
    page: page('<a href="/forms">فرم‌ها</a>'),
    pages: {
      '/forms': '<main><h1>فرم‌ها</h1><a href="/f/a.pdf">فرم شماره ۱۲</a><a href="/f/b.pdf">فرم شماره ۱۳</a></main>',
    },
    outcome: 'library',
    verdict: 'partial',
  },
  {
    name: 'asks a person about a page that is called a file',
    page: link,
    pages: { '/f/permit.pdf': '<main><h1>خطای سامانه</h1><p>لطفاً دوباره تلاش کنید.</p></main>' },
    outcome: 'mismatch',
    verdict: 'unclear',
  },
  {
    name: 'fails a form that is gone',
    page: link,
    outcomes: file({ kind: 'unreachable', cause: 'not-found', detail: '404' }),
    outcome: 'dead',
    verdict: 'fail',
  },
  {
    name: 'takes regulations and circulars for no forms',
    page: page('<a href="/f/r.pdf">آیین‌نامه اجرایی</a><a href="/f/c.pdf">بخشنامه ۱۲</a>'),
    outcomes: { ...file(PDF, '/f/r.pdf'), ...file(PDF, '/f/c.pdf') },
    outcome: 'none',
    verdict: 'fail',
  },
  {
    name: 'takes a form in the menu of the portal for no form of the service',
    page: `<nav><a href="/f/x.pdf">فرم مرخصی</a></nav>${page('')}`,
    outcomes: file(PDF, '/f/x.pdf'),
    outcome: 'none',
  },
  {
    name: 'does not call a form missing that may be behind a log-in',
    page: page(toSystem),
    system: login,
    outcome: 'behindLogin',
    verdict: 'not-visible',
  },
  {
    name: 'hands a person the guide of what is behind a log-in',
    page: page(`${toSystem}<a href="/g.pdf">راهنمای سامانه</a>`),
    system: login,
    outcomes: file(PDF, '/g.pdf'),
    outcome: 'guided',
    verdict: 'unclear',
  },
  {
    name: 'asks a person about a button that only a script knows',
    page: '<main><h1>صدور پروانه</h1><button type="button">ثبت درخواست</button></main>',
    outcome: 'scripted',
    verdict: 'unclear',
  },
  {
    name: 'asks a person about a frame of another site',
    page: page('<iframe src="https://digiform.example/f/1" title="فرم درخواست"></iframe>'),
    outcome: 'framed',
    verdict: 'unclear',
  },
  {
    name: 'does not blame a file that we were refused',
    page: link,
    outcomes: file({ kind: 'refused', by: 'wall', detail: '403' }),
    outcome: 'unlooked',
    verdict: 'blocked',
  },
  {
    name: 'knows a document that is named like the service',
    page: page('<p>فرم: <a href="/f/p.docx">صدور پروانه بهره‌برداری معدن</a></p>'),
    outcomes: file({ kind: 'not-html', contentType: 'application/msword' }, '/f/p.docx'),
    outcome: 'file',
    verdict: 'pass',
  },
]);
