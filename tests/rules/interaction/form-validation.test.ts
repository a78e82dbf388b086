import rule from '../../../rules/interaction/form-validation.ts';
import { SYSTEM, testRule } from '../test-rule.ts';

const page = (fields: string, form = '<form>', after = ''): string =>
  `<main><h1>صدور پروانه بهره‌برداری معدن</h1>${form}${fields}<button>ثبت</button></form></main>${after}`;
const field = (name: string, attributes = ''): string => `<p>${name}</p><input name="x" title="${name}" ${attributes}>`;
const three = (first = '', second = '', third = ''): string =>
  field('نام معدن', first) + field('کد پستی معدن', second) + field('مساحت محدوده', third);
const good = ['نام معدن', 'محل معدن', 'ماده معدنی'].map((name) => `<label>${name} * <input name="x"></label>`).join('');
const login =
  '<main><h1>سامانه معدن</h1><form><label>نام کاربری <input name="u"></label><label>رمز عبور <input type="password" name="p"></label><button>ورود</button></form></main>';
const toSystem = `<main><h1>صدور پروانه</h1><a href="${SYSTEM}">ورود به سامانه</a></main>`;

testRule(rule, [
  {
    name: 'passes two fields with constraints in the markup',
    page: page(three('', 'pattern="\\d{10}"', 'type="number" min="1"')),
    outcome: 'constrained',
    verdict: 'pass',
  },
  {
    name: 'passes validators that a framework writes',
    page: page(three('data-val="true"', 'data-val="true"')),
    outcome: 'constrained',
  },
  {
    name: 'gives half for a library that is only loaded',
    page: page(three(), '<form>', '<script src="/js/jquery.validate.min.js"></script>'),
    outcome: 'byScript-below-evidence',
    verdict: 'partial',
  },
  { name: 'gives half for one field', page: page(three('maxlength="20"')), outcome: 'one', verdict: 'partial' },
  {
    name: 'gives half for fields that only may not be empty',
    page: page(three('required', 'required', 'required')),
    outcome: 'requiredOnly',
    verdict: 'partial',
  },
  {
    name: 'does not count constraints that the form turns off',
    page: page(three('', 'pattern="\\d{10}"', 'type="number"'), '<form novalidate>'),
    outcome: 'nothing',
    verdict: 'fail',
  },
  {
    name: 'asks a person about a careful form that the server may check',
    page: page(good),
    outcome: 'unseen',
    verdict: 'unclear',
  },
  { name: 'fails a form that checks nothing', page: page(three()), outcome: 'nothing', verdict: 'fail' },
  {
    name: 'asks nothing of a service without a form',
    page: '<main><h1>صدور پروانه</h1></main>',
    outcome: 'noForm',
    verdict: 'not-applicable',
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
  {
    name: 'does not blame a system that is closed to us',
    page: toSystem,
    system: null,
    outcomes: { [SYSTEM]: { kind: 'refused', by: 'wall', detail: '403' } },
    outcome: 'unlooked',
    verdict: 'blocked',
  },
]);
