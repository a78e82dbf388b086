import rule from '../../../rules/transaction/end-to-end-online.ts';
import { SYSTEM, testRule } from '../test-rule.ts';

const sheet = (...rows: [label: string, value: string][]): string =>
  `<main><h1>صدور پروانه بهره‌برداری معدن</h1><table>${rows.map(([label, value]) => `<tr><th>${label}</th><td>${value}</td></tr>`).join('')}</table></main>`;
const form =
  '<h1>ثبت درخواست پروانه</h1><form method="post"><label>نام معدن<input name="mine"></label><label>نشانی معدن<input name="place"></label><button>ثبت</button></form>';

testRule(rule, [
  {
    name: 'passes no visits with an application form',
    page: sheet(['تعداد مراجعات حضوری', 'صفر']),
    system: form,
    outcome: 'online',
    verdict: 'pass',
    quotes: 'صفر',
  },
  {
    name: 'passes a statement that everything is electronic',
    page: sheet(['نوع ارائه', 'تمام الکترونیک']),
    system: form,
    outcome: 'online',
  },
  {
    name: 'takes a log-in at the state for the entry of a system',
    page: sheet(['تعداد مراجعات حضوری', '۰']),
    system: '',
    outcomes: { [SYSTEM]: { kind: 'refused', by: 'login', detail: 'sso' } },
    landsAt: { [SYSTEM]: 'https://sso.my.gov.ir/oauth2/authorize?client_id=a' },
    outcome: 'online',
  },
  {
    name: 'speaks of the administrative steps where the result is a thing',
    page: sheet(['تعداد مراجعات حضوری', 'صفر'], ['خروجی خدمت', 'ارسال پستی کارت']),
    system: form,
    service: { profile: ['PHYSICAL'] },
    outcome: 'administrative',
    verdict: 'pass',
  },
  {
    name: 'gives half for "online, day and night" beside one visit',
    page: sheet(['نحوه ارائه', 'آنلاین و ۲۴ ساعته'], ['تعداد مراجعات حضوری', 'یکبار']),
    system: form,
    outcome: 'visitsRemain',
    verdict: 'partial',
  },
  {
    name: 'gives half where the result comes by post',
    page: sheet(['خروجی خدمت', 'ارسال پستی پروانه به نشانی متقاضی']),
    system: form,
    outcome: 'paperRemains',
    verdict: 'partial',
  },
  {
    name: 'gives half for an application of which nothing more is said',
    page: sheet(['شرح خدمت', 'پروانه برای معدن']),
    system: form,
    outcome: 'unsaid',
    verdict: 'partial',
  },
  {
    name: 'does not take the menu of the portal for a claim',
    page: `<header><nav><a href="/x">خدمات غیرحضوری</a></nav></header>${sheet(['شرح خدمت', 'پروانه'])}`,
    system: form,
    outcome: 'unsaid',
  },
  {
    name: 'gives half for a claim without a system',
    page: sheet(['تعداد مراجعات حضوری', 'صفر']),
    outcome: 'claimOnly',
    verdict: 'partial',
  },
  {
    name: 'asks a person when no visit is claimed and originals are asked for',
    page: sheet(['تعداد مراجعات حضوری', 'صفر'], ['مدارک لازم', 'تحویل اصل مدارک به اداره']),
    system: form,
    outcome: 'contradiction',
    verdict: 'unclear',
  },
  {
    name: 'does not count a visit that is said not to be needed',
    page: sheet(['تعداد مراجعات حضوری', 'صفر'], ['مراحل دریافت خدمت', 'ثبت درخواست؛ مراجعه حضوری لازم نیست']),
    system: form,
    outcome: 'online',
  },
  {
    name: 'does not count a visit to a web site',
    page: sheet(['تعداد مراجعات حضوری', 'صفر'], ['مراحل دریافت خدمت', 'مراجعه به سامانه و ثبت درخواست']),
    system: form,
    outcome: 'online',
  },
  {
    name: 'does not blame the organization for a system that timed out',
    page: sheet(['تعداد مراجعات حضوری', 'صفر']),
    system: '',
    outcomes: { [SYSTEM]: { kind: 'unreachable', cause: 'timeout', detail: '' } },
    outcome: 'unlooked',
    verdict: 'blocked',
  },
  {
    name: 'fails an application in person',
    page: sheet(['نحوه ارائه خدمت', 'مراجعه حضوری به اداره معادن']),
    outcome: 'inPerson',
    verdict: 'fail',
  },
  {
    name: 'fails silence without a system',
    page: sheet(['شرح خدمت', 'پروانه برای معدن']),
    outcome: 'nothing',
    verdict: 'fail',
  },
  {
    name: 'reads of boxes only the ticked one',
    page: '<main><h1>صدور پروانه بهره‌برداری معدن</h1><table><tr><th>نحوه ارائه خدمت</th><td><input type="checkbox" id="a" checked disabled><label for="a">الکترونیکی</label> <input type="checkbox" id="b" disabled><label for="b">مراجعه حضوری</label></td></tr></table></main>',
    outcome: 'nothing',
  },
]);
