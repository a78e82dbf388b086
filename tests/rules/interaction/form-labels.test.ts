import rule from '../../../rules/interaction/form-labels.ts';
import { SYSTEM, testRule } from '../test-rule.ts';

const page = (fields: string, before = ''): string =>
  `<main><h1>صدور پروانه بهره‌برداری معدن</h1>${before}<form>${fields}<button>ثبت</button></form></main>`;
const NAMES = ['نام معدن', 'محل معدن', 'ماده معدنی', 'مساحت محدوده'];
const labelled = (mark = ''): string =>
  NAMES.map(
    (name, index) => `<label for="f${index}">${name}${mark}</label><input id="f${index}" name="f${index}">`,
  ).join('');
const login =
  '<main><h1>سامانه معدن</h1><form><label>نام کاربری <input name="u"></label><label>رمز عبور <input type="password" name="p"></label><button>ورود</button></form></main>';
const toSystem = `<main><h1>صدور پروانه</h1><a href="${SYSTEM}">ورود به سامانه</a></main>`;

testRule(rule, [
  { name: 'passes labels and stars', page: page(labelled(' *')), outcome: 'labelled', verdict: 'pass' },
  {
    name: 'passes labels and the attribute',
    page: page(labelled().replace('<input', '<input required')),
    outcome: 'labelled',
  },
  {
    name: 'passes labels and a sentence about required fields',
    page: page(labelled(), '<p>پر کردن همه خانه‌ها الزامی است.</p>'),
    outcome: 'labelled',
  },
  {
    name: 'gives half where nothing says what is required',
    page: page(labelled()),
    outcome: 'unmarked',
    verdict: 'partial',
  },
  {
    name: 'gives half where a quarter has no label',
    page: page(`${labelled().replace('<label for="f3">مساحت محدوده</label>', '')}`),
    outcome: 'some',
    verdict: 'partial',
  },
  {
    name: 'gives half for words in the cell before',
    page: page(
      `<table>${NAMES.map((name, index) => `<tr><td>${name}</td><td><input name="f${index}"></td></tr>`).join('')}</table>`,
    ),
    outcome: 'beside',
    verdict: 'partial',
  },
  {
    name: 'fails hints inside the fields alone',
    page: page(NAMES.map((name, index) => `<input name="f${index}" placeholder="${name}">`).join('')),
    outcome: 'bare',
    verdict: 'fail',
  },
  {
    name: 'asks nothing of a service without a form',
    page: '<main><h1>صدور پروانه</h1><p>شرح خدمت</p></main>',
    outcome: 'noForm',
    verdict: 'not-applicable',
  },
  {
    name: 'does not say that there is no form where nobody looked',
    page: '<main><h1>صدور پروانه</h1></main>',
    system: null,
    outcomes: { [SYSTEM]: { kind: 'unreachable', cause: 'timeout', detail: '' } },
    outcome: 'unlooked',
    verdict: 'blocked',
  },
  {
    name: 'does not guess what is behind a log-in',
    page: toSystem,
    system: login,
    outcome: 'behindLogin',
    verdict: 'not-visible',
  },
  {
    name: 'hands a person the guide',
    page: toSystem.replace('</main>', '<a href="/g.pdf">راهنمای سامانه</a></main>'),
    system: login,
    outcomes: { 'https://www.org.example/g.pdf': { kind: 'not-html', contentType: 'application/pdf' } },
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
    page: '<main><h1>صدور پروانه</h1><iframe src="https://digiform.example/f/1" title="فرم درخواست"></iframe></main>',
    outcome: 'framed',
    verdict: 'unclear',
  },
]);
