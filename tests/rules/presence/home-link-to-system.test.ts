import { r4 } from '../../../rules/editions/r4.ts';
import rule from '../../../rules/presence/home-link-to-system.ts';
import { PORTAL, SERVICE_PAGE, SYSTEM, testRule } from '../test-rule.ts';

const home = (markup: string): string =>
  `<header><nav><a href="/services">میز خدمت</a></nav></header><main><h1>سازمان نمونه</h1>${markup}</main>`;
const system = '<main><h1>سامانه صدور پروانه بهره‌برداری معدن</h1><p>برای ثبت درخواست وارد شوید.</p></main>';
const toSystem = `<a href="${SYSTEM}">صدور پروانه بهره‌برداری معدن</a>`;
const linked = `<main><h1>صدور پروانه بهره‌برداری معدن</h1>${toSystem}</main>`;

testRule(rule, [
  {
    name: 'passes a link that is named after the service',
    home: home(toSystem),
    system,
    outcome: 'direct',
    verdict: 'pass',
    quotes: 'صدور پروانه',
  },
  {
    name: 'passes a link with the name of the system itself',
    home: home(`<a href="${SYSTEM}/">سامانه کاداستر معادن</a>`),
    system: '<main><h1>سامانه کاداستر معادن</h1><p>ورود متقاضیان</p></main>',
    outcome: 'direct',
  },
  {
    name: 'finds the address in a script of the element',
    home: home(`<div onclick="location.href='${SYSTEM}'">صدور پروانه بهره‌برداری معدن</div>`),
    system,
    outcome: 'direct',
  },
  {
    name: 'ignores what is commented out',
    home: home(`<!-- ${toSystem} -->`),
    system,
    page: '<main><h1>صدور پروانه</h1></main>',
    outcome: 'noRoute',
    verdict: 'fail',
  },
  {
    name: 'gives half for a picture with the name of its file',
    home: home(`<a href="${SYSTEM}"><img src="/p.jpg" alt="sodor_parvaneh_252717.jpg"></a>`),
    system,
    outcome: 'unnamed',
    verdict: 'partial',
  },
  {
    name: 'gives half for a link that says "click here"',
    home: home(`<a href="${SYSTEM}">اینجا کلیک کنید</a>`),
    system,
    outcome: 'unnamed',
  },
  {
    name: 'gives half for a slide of a moving show',
    home: home(
      `<div class="carousel"><a href="${SYSTEM}"><img src="/p.jpg" alt="صدور پروانه بهره‌برداری معدن"></a></div>`,
    ),
    system,
    outcome: 'carousel',
    verdict: 'partial',
  },
  {
    name: 'gives half for two clicks by way of the service page',
    home: home(`<a href="${SERVICE_PAGE}">صدور پروانه معدن</a>`),
    page: linked,
    system,
    outcome: 'twoClicks',
    verdict: 'partial',
  },
  {
    name: 'gives half for two clicks by way of the menu of services',
    home: home(''),
    pages: { '/services': `<main><h1>میز خدمت</h1>${toSystem}</main>` },
    system,
    outcome: 'twoClicks',
  },
  {
    name: 'takes two clicks for enough in the edition of round four',
    edition: r4,
    home: home(''),
    pages: { '/services': `<main><h1>میز خدمت</h1>${toSystem}</main>` },
    system,
    outcome: 'deeper',
    verdict: 'pass',
  },
  {
    name: 'gives half for the front of a system with many services',
    home: home('<a href="https://sys.org.example/">سامانه خدمات معدن صدور پروانه بهره‌برداری</a>'),
    system,
    others: Array.from({ length: 11 }, (_, index) => ({
      id: `x${index}`,
      titles: { fa: `خدمت شماره ${index}`, en: '' },
      systemUrl: `https://sys.org.example/${index}`,
      pageUrl: null,
    })),
    outcome: 'root',
    verdict: 'partial',
  },
  {
    name: 'gives at most half where no system is known',
    home: home(`<a href="${SERVICE_PAGE}">صدور پروانه معدن</a>`),
    outcome: 'pageOnly',
    verdict: 'partial',
  },
  {
    name: 'passes a portal that is the system when its first page links to the page of the service',
    home: home(`<a href="${SERVICE_PAGE}">صدور پروانه معدن</a>`),
    service: { systemUrl: `${PORTAL}apply/permit` },
    outcome: 'portalItself',
    verdict: 'pass',
  },
  {
    name: 'fails a link to a system that is gone',
    home: home(toSystem),
    system: null,
    outcomes: { [SYSTEM]: { kind: 'unreachable', cause: 'not-found', detail: '404' } },
    outcome: 'dead',
    verdict: 'fail',
  },
  { name: 'fails where nothing leads to the system', home: home(''), system, outcome: 'noRoute', verdict: 'fail' },
  {
    name: 'fails a link to some other system',
    home: home('<a href="https://other.org.example/">سامانه صدور پروانه</a>'),
    system,
    outcome: 'noRoute',
  },
  {
    name: 'does not blame a system that is closed to us',
    home: home(toSystem),
    system: null,
    outcomes: { [SYSTEM]: { kind: 'unreachable', cause: 'timeout', detail: '' } },
    outcome: 'unlooked',
    verdict: 'blocked',
  },
  {
    name: 'does not judge a first page that was not read',
    outcomes: { [PORTAL]: { kind: 'unreachable', cause: 'timeout', detail: '' } },
    system,
    outcome: 'not-looked',
    verdict: 'blocked',
  },
]);
