import rule from '../../../rules/participation/foi-link.ts';
import { PORTAL, testRule } from '../test-rule.ts';

const home = (footer: string): string => `<main><h1>سازمان نمونه</h1></main><footer>${footer}</footer>`;
const law = '<a href="https://foia.iran.gov.ir/org/12">انتشار و دسترسی آزاد به اطلاعات</a>';
const LAW = 'https://foia.iran.gov.ir/org/12';

testRule(rule, [
  {
    name: 'passes a link to the system of the law that answers',
    home: home(law),
    pages: { [LAW]: '<main><h1>درخواست اطلاعات از سازمان نمونه</h1></main>' },
    outcome: 'linked',
    verdict: 'pass',
    quotes: 'دسترسی آزاد',
  },
  {
    name: 'passes such a link on the page of transparency',
    home: home(''),
    pages: { t: `<main><h1>شفافیت</h1>${law}</main>`, [LAW]: '<main><h1>سامانه</h1></main>' },
    outcome: 'linked',
  },
  {
    name: 'gives half for a link that nobody followed',
    home: home(law),
    outcome: 'linked-below-evidence',
    verdict: 'partial',
  },
  {
    name: 'passes a procedure of its own',
    home: home('<a href="/foi">Freedom of information</a>'),
    pages: {
      foi: '<main><h1>Freedom of information</h1><p>Everybody may ask for records of the council.</p><form><label>Your e-mail <input type="email"></label><label>What do you look for? <textarea></textarea></label></form></main>',
    },
    outcome: 'ownProcedure',
    verdict: 'pass',
  },
  {
    name: 'passes an Italian procedure',
    home: home('<a href="/ac">Accesso civico</a>'),
    pages: {
      ac: `<main><h1>Accesso civico</h1><p>${'La richiesta di accesso civico non richiede motivazione ed è gratuita. '.repeat(5)}</p><p>PEC: protocollo@pec.comune.example</p></main>`,
    },
    outcome: 'ownProcedure',
  },
  {
    name: 'gives half for the words without a link',
    home: home(
      '<p>توافق‌نامه سطح خدمت | انتشار و دسترسی آزاد به اطلاعات | حریم خصوصی کاربران و شرایط استفاده از این درگاه</p>',
    ),
    outcome: 'mention',
    verdict: 'partial',
  },
  {
    name: 'gives half for a control that leads nowhere',
    home: home('<a href="#">دسترسی آزاد به اطلاعات</a>'),
    outcome: 'mention',
  },
  {
    name: 'gives half for an old address of the system',
    home: home('<a href="https://iranfoia.ir/org/1">دسترسی آزاد به اطلاعات</a>'),
    outcomes: { 'https://iranfoia.ir/org/1': { kind: 'unreachable', cause: 'not-found', detail: '404' } },
    outcome: 'deadHost',
    verdict: 'partial',
  },
  {
    name: 'calls a page that only quotes the law theatre',
    home: home('<a href="/foi">دسترسی آزاد به اطلاعات</a>'),
    pages: {
      foi: '<main><h1>دسترسی آزاد به اطلاعات</h1><p>هر شخص ایرانی حق دسترسی به اطلاعات عمومی را دارد.</p></main>',
    },
    outcome: 'theatre',
    verdict: 'fail',
  },
  { name: 'ignores a link inside a comment', home: home(`<!-- ${law} -->`), outcome: 'nothing', verdict: 'fail' },
  {
    name: 'takes news about the law for no link',
    home: '<main><h1>سازمان</h1><p>وزیر در نشست دیروز گفت که قانون دسترسی آزاد به اطلاعات در همه دستگاه‌ها اجرا می‌شود و گزارش آن هر ماه به دولت می‌رسد.</p></main>',
    outcome: 'nothing',
  },
  {
    name: 'cannot say what a system that shuts us out shows',
    home: home(law),
    outcomes: { [LAW]: { kind: 'refused', by: 'wall', detail: '403' } },
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
    name: 'gives half for a sentence about the system of the law',
    home: home('<a href="/t">دسترسی آزاد به اطلاعات</a>'),
    pages: {
      t: '<main><h1>دسترسی آزاد به اطلاعات</h1><p>شهروندان می‌توانند در سامانه انتشار و دسترسی آزاد به اطلاعات درخواست دهند.</p></main>',
    },
    outcome: 'mention',
    verdict: 'partial',
  },
]);
