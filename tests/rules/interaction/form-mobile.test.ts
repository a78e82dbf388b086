import rule from '../../../rules/interaction/form-mobile.ts';
import { FIRST, phone } from '../measured.ts';
import { SERVICE_PAGE, SYSTEM, testRule } from '../test-rule.ts';

const document = (body: string, viewport = 'width=device-width, initial-scale=1'): string =>
  `<html lang="fa" dir="rtl"><head><title>سامانه</title><meta name="viewport" content="${viewport}"></head><body>${body}</body></html>`;
const form =
  '<form method="post"><label>نام<input name="a"></label><label>نشانی<input name="b"></label><label>شرح درخواست<input name="c"></label><button>ثبت درخواست</button></form>';
const title = '<h1>صدور پروانه بهره‌برداری معدن</h1>';
const system = (more = ''): string => document(`<main>${title}${form}${more}</main>`);
const small = phone({ smallTargets: 12, smallTarget: FIRST });
const shrunk = phone({ layoutWidth: 980, contentWidth: 1100, smallLetters: 900, smallTargets: 20, widest: FIRST });

testRule(rule, [
  {
    name: 'passes a system that fits a telephone',
    system: system(),
    measured: { [SYSTEM]: phone() },
    outcome: 'fits',
    verdict: 'pass',
  },
  {
    name: 'passes a form on the page of the service itself',
    page: system(),
    measured: { [SERVICE_PAGE]: phone() },
    outcome: 'fits',
  },
  {
    name: 'gives half for small targets',
    system: system(),
    measured: { [SYSTEM]: small },
    outcome: 'usable',
    verdict: 'partial',
  },
  {
    name: 'takes the page of another service on the same host for a sample',
    system: system(),
    others: [{ id: 's2', titles: { fa: 'تمدید گواهی', en: '' }, systemUrl: 'https://sys.org.example/renew' }],
    pages: { 'https://sys.org.example/renew': system() },
    measured: { 'https://sys.org.example/renew': small },
    outcome: 'usable',
  },
  {
    name: 'takes no page of another host for one',
    system: system(),
    others: [{ id: 's2', titles: { fa: 'تمدید گواهی', en: '' }, systemUrl: 'https://other.org.example/renew' }],
    pages: { 'https://other.org.example/renew': system() },
    measured: { 'https://other.org.example/renew': phone() },
    outcome: 'unmeasured',
    verdict: 'blocked',
  },
  {
    name: 'fails a system that does not fit',
    system: document(`<main>${title}${form}</main>`, 'width=980'),
    measured: { [SYSTEM]: shrunk },
    outcome: 'poor',
    verdict: 'fail',
  },
  {
    name: 'gives half where there is an official app',
    system: document(`<main>${title}${form}<a href="https://myket.ir/app/org">برنامک</a></main>`, 'width=980'),
    measured: { [SYSTEM]: shrunk },
    outcome: 'app',
    verdict: 'partial',
    quotes: 'برنامک',
  },
  {
    name: 'fails a system that calls for Internet Explorer, though it would fit',
    system: system('<p>بهترین نمایش با Internet Explorer 9 و وضوح 1024×768</p>'),
    measured: { [SYSTEM]: phone() },
    outcome: 'oldBrowser',
    verdict: 'fail',
    quotes: 'Internet Explorer 9',
  },
  {
    name: 'fails one that is for computers only',
    system: system('<p>استفاده از این سامانه تنها با رایانه و مرورگر فایرفاکس ممکن است.</p>'),
    outcome: 'oldBrowser',
  },
  {
    name: 'does not mind a system that rejects Internet Explorer',
    system: system('<p>لطفا از مرورگر Internet Explorer استفاده نکنید.</p>'),
    measured: { [SYSTEM]: phone() },
    outcome: 'fits',
  },
  {
    name: 'does not mind one that names it beside others',
    system: system('<p>بهترین مرورگرها: Chrome، Firefox و Internet Explorer</p>'),
    measured: { [SYSTEM]: phone() },
    outcome: 'fits',
  },
  {
    name: 'fails a service without anything electronic',
    page: `<main>${title}<p>برای دریافت به دفتر سازمان مراجعه کنید.</p></main>`,
    outcome: 'noEntry',
    verdict: 'fail',
  },
  {
    name: 'cannot see a form behind a log-in',
    system: '',
    outcomes: { [SYSTEM]: { kind: 'refused', by: 'login', detail: '' } },
    landsAt: { [SYSTEM]: 'https://sso.my.gov.ir/oauth2/authorize?client_id=a' },
    outcome: 'behindLogin',
    verdict: 'not-visible',
  },
  {
    name: 'blames nobody for a system that does not answer us',
    system: '',
    outcomes: { [SYSTEM]: { kind: 'unreachable', cause: 'timeout', detail: '' } },
    outcome: 'unlooked',
    verdict: 'blocked',
  },
  {
    name: 'asks a person about a form in a frame of another site',
    page: `<main>${title}<iframe src="https://forms.example.net/form/12" title="فرم درخواست"></iframe></main>`,
    outcome: 'framed',
    verdict: 'unclear',
  },
  {
    name: 'asks a person about a button that only a script understands',
    page: `<main>${title}<button type="button">ثبت درخواست</button></main>`,
    outcome: 'scripted',
    verdict: 'unclear',
  },
  { name: 'says nothing without a browser', system: system(), outcome: 'unmeasured', verdict: 'blocked' },
  {
    name: 'leaves out what citizens never ask for',
    service: { profile: ['PUSH'] },
    outcome: 'profile',
    verdict: 'not-applicable',
  },
]);
