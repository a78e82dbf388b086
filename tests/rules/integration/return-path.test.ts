import rule from '../../../rules/integration/return-path.ts';
import { SYSTEM, testRule } from '../test-rule.ts';

const form =
  '<form><label>نام معدن<input></label><label>نشانی<input></label><label>شرح<textarea></textarea></label><button>ثبت</button></form>';

testRule(rule, [
  {
    name: 'passes domain, name and way back',
    system:
      '<header><a href="https://www.org.example/">بازگشت به درگاه</a></header><h1>سامانه پروانه‌های سازمان نمونه</h1>',
    outcome: 'whole',
    verdict: 'pass',
  },
  {
    name: 'gives half without a way back',
    system: '<h1>سامانه پروانه‌ها</h1><footer>سازمان نمونه</footer>',
    outcome: 'two',
    verdict: 'partial',
  },
  {
    name: 'leaves out a portal that is the system',
    service: { systemUrl: 'https://www.org.example/apply' },
    pages: { '/apply': form },
    outcome: 'portalItself',
    verdict: 'not-applicable',
  },
  {
    name: 'leaves out a form on the page of the service',
    page: `<main><h1>صدور پروانه بهره‌برداری معدن</h1>${form}</main>`,
    outcome: 'portalItself',
  },
  {
    name: 'fails the domain of a vendor without a name',
    service: { systemUrl: 'https://vendor.example/app7' },
    pages: {
      'https://vendor.example/app7':
        '<html><head><title>ورود</title></head><body><h1>ورود به سامانه</h1></body></html>',
    },
    outcome: 'apart',
    verdict: 'fail',
  },
  {
    name: 'does not find a front page that is never shown',
    system: '',
    outcomes: { [SYSTEM]: { kind: 'refused', by: 'login', detail: '' } },
    landsAt: { [SYSTEM]: 'https://sso.my.gov.ir/x?client_id=1' },
    outcome: 'not-looked',
    verdict: 'blocked',
  },
  {
    name: 'takes the front page of a system that asks who one is',
    system: '',
    outcomes: { [SYSTEM]: { kind: 'refused', by: 'login', detail: '' } },
    landsAt: { [SYSTEM]: 'https://sso.my.gov.ir/x?client_id=1' },
    pages: {
      'https://sys.org.example/': '<header><a href="https://www.org.example/">سازمان نمونه</a></header><h1>سامانه</h1>',
    },
    outcome: 'whole',
  },
  { name: 'fails a service without a system', outcome: 'noSystem', verdict: 'fail' },
]);
