import rule from '../../../rules/integration/national-portal-listed.ts';
import { testRule } from '../test-rule.ts';

const ENTRY = 'https://my.gov.ir/services/13091727100';
const page = (href = ENTRY): string =>
  `<main><h1>صدور پروانه بهره‌برداری معدن</h1><a href="${href}">این خدمت در درگاه ملی</a></main>`;
const entry = (href: string): string =>
  `<main><h1>صدور پروانه بهره‌برداری معدن</h1><p>شناسه خدمت: 13091727100</p><a href="${href}">ورود به سامانه</a></main>`;
const system = '<h1>سامانه پروانه‌ها</h1>';

testRule(rule, [
  {
    name: 'passes an entry that leads to the same system',
    page: page(),
    system,
    pages: { [ENTRY]: entry('https://sys.org.example/permit') },
    outcome: 'crossLinked',
    verdict: 'pass',
  },
  {
    name: "finds the entry in a row of the portal's own list",
    page: '<main><h1>صدور پروانه بهره‌برداری معدن</h1></main>',
    system,
    pages: {
      '/addresses':
        '<main><table><tr><td>صدور پروانه بهره‌برداری معدن</td><td><a href="https://iran.gov.ir/organ/show/id/63/serviceid/340">مشاهده</a></td></tr></table></main>',
      'https://iran.gov.ir/organ/show/id/63/serviceid/340': entry('https://sys.org.example/permit'),
    },
    outcome: 'crossLinked',
  },
  {
    name: 'gives half for an entry that leads elsewhere',
    page: page(),
    system,
    pages: { [ENTRY]: entry('https://www.org.example/') },
    outcome: 'otherSystem',
    verdict: 'partial',
  },
  {
    name: 'gives half for an entry whose link is dead',
    page: page(),
    system,
    pages: { [ENTRY]: entry('https://sys.org.example/permit/old') },
    outcomes: { 'https://sys.org.example/permit/old': { kind: 'unreachable', cause: 'not-found', detail: '' } },
    outcome: 'otherSystem',
  },
  {
    name: 'does not pass a link below the system that nobody followed',
    page: page(),
    system,
    pages: { [ENTRY]: entry('https://sys.org.example/permit/new') },
    outcome: 'crossLinked-below-evidence',
    verdict: 'partial',
  },
  {
    name: 'gives half for an entry of another service',
    page: page('https://my.gov.ir/services/77'),
    system,
    pages: { 'https://my.gov.ir/services/77': '<main><h1>تمدید گواهی کوره</h1></main>' },
    outcome: 'otherEntry',
    verdict: 'partial',
  },
  {
    name: 'gives half for a dead entry',
    page: page(),
    system,
    outcomes: { [ENTRY]: { kind: 'unreachable', cause: 'not-found', detail: '' } },
    outcome: 'dead',
    verdict: 'partial',
  },
  { name: 'gives half for an entry that nobody read', page: page(), system, outcome: 'unread', verdict: 'partial' },
  {
    name: 'gives half for a logo in the footer',
    page: '<main><h1>صدور پروانه بهره‌برداری معدن</h1></main><footer><a href="https://my.gov.ir/"><img src="/my.png" alt="دولت من"></a></footer>',
    outcome: 'backLink',
    verdict: 'partial',
  },
  {
    name: 'does not take a log-in for the portal',
    page: '<main><h1>صدور پروانه بهره‌برداری معدن</h1><a href="https://sso.my.gov.ir/oauth2/authorize?client_id=1">ورود</a></main>',
    outcome: 'nothing',
    verdict: 'fail',
  },
  {
    name: 'says what could not be read',
    page: page(),
    system,
    outcomes: { [ENTRY]: { kind: 'refused', by: 'robots', detail: '' } },
    outcome: 'unlooked',
    verdict: 'blocked',
  },
  {
    name: 'fails a portal without any link',
    page: '<main><h1>صدور پروانه بهره‌برداری معدن</h1></main>',
    outcome: 'nothing',
  },
  {
    name: 'leaves out services between agencies',
    service: { profile: ['G2G'] },
    outcome: 'profile',
    verdict: 'not-applicable',
  },
]);
