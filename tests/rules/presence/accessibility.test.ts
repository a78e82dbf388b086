import rule from '../../../rules/presence/accessibility.ts';
import { checked, FIRST } from '../measured.ts';
import { PORTAL, SERVICE_PAGE, SYSTEM, testRule } from '../test-rule.ts';

const text = 'درگاه سازمان نمونه برای آگاهی شهروندان از خدمات و خبرها و پاسخ به پرسش‌های آنان است.';
const document = (attributes: string, body = ''): string =>
  `<html ${attributes}><head><title>سازمان نمونه</title></head><body><main><h1>سازمان نمونه</h1><p>${text}</p>${body}</main></body></html>`;
const good = document('lang="fa" dir="rtl"');
const english = `<html lang="en"><head><title>Sample</title></head><body><main><h1>Mining permit</h1><p>This is the page of the permit for those who want to know what it is and how to get it.</p></main></body></html>`;
const page = document('lang="fa" dir="rtl"').replace('<h1>سازمان نمونه', '<h1>صدور پروانه بهره‌برداری معدن');

testRule(rule, [
  {
    name: 'passes pages without barriers',
    home: good,
    page,
    measured: { [PORTAL]: checked(), [SERVICE_PAGE]: checked() },
    outcome: 'clean',
    verdict: 'pass',
  },
  {
    name: 'passes where one page in five has a barrier',
    home: good,
    page,
    pages: { a: good, b: good, c: good },
    measured: { [PORTAL]: checked(), [SERVICE_PAGE]: checked(['label']), [`${PORTAL}a`]: checked(), [`${PORTAL}b`]: checked(), [`${PORTAL}c`]: checked() }, // prettier-ignore
    outcome: 'clean',
  },
  {
    name: 'gives half for a few kinds of barriers',
    home: good,
    page,
    measured: { [PORTAL]: checked(['label', 'image-alt']), [SERVICE_PAGE]: checked(['label', 'link-name']) },
    outcome: 'few',
    verdict: 'partial',
    quotes: '<main>',
  },
  {
    name: 'fails four kinds',
    home: good,
    page,
    measured: { [PORTAL]: checked(['label', 'image-alt']), [SERVICE_PAGE]: checked(['button-name', 'link-name']) },
    outcome: 'many',
    verdict: 'fail',
  },
  {
    name: 'takes a file name for no alternative text',
    home: document('lang="fa" dir="rtl"', '<img src="/a/sodor.jpg" alt="sodor parvaneh_252717.jpg">'),
    measured: { [PORTAL]: checked() },
    outcome: 'few',
    quotes: 'sodor parvaneh_252717.jpg',
  },
  {
    name: 'counts a missing text and a file name as one kind',
    home: document('lang="fa" dir="rtl"', '<img src="/a.jpg" alt="a.jpg">'),
    measured: { [PORTAL]: checked(['image-alt', 'label', 'link-name']) },
    outcome: 'few',
  },
  {
    name: 'counts the system of the organization among its pages',
    home: good,
    page,
    system: good,
    measured: { [PORTAL]: checked(), [SERVICE_PAGE]: checked(), [SYSTEM]: checked(['label']) },
    outcome: 'few',
  },
  {
    name: 'leaves out a system of somebody else',
    home: good,
    page,
    service: { systemUrl: 'https://desk.example.org/org' },
    pages: { 'https://desk.example.org/org': good },
    measured: { [PORTAL]: checked(), 'https://desk.example.org/org': checked(['label', 'image-alt', 'link-name', 'button-name']) }, // prettier-ignore
    outcome: 'clean',
  },
  {
    name: 'fails where no page names its language',
    home: document('dir="rtl"'),
    measured: { [PORTAL]: checked(['html-has-lang']) },
    outcome: 'language',
    verdict: 'fail',
  },
  {
    name: 'fails where every page names a wrong one',
    home: document('lang="en" dir="rtl"'),
    page: page.replace('lang="fa"', 'lang="en-US"'),
    measured: { [PORTAL]: checked(), [SERVICE_PAGE]: checked() },
    outcome: 'language',
    quotes: 'lang="en"',
  },
  {
    name: 'fails where text runs the wrong way',
    home: document('lang="fa"'),
    measured: { [PORTAL]: checked([], { direction: 'ltr' }) },
    outcome: 'language',
  },
  {
    name: 'accepts a direction that the style sheet gives, and a regional or longer code',
    home: document('lang="fa-IR"'),
    page: page.replace('lang="fa"', 'lang="fas"'),
    measured: { [PORTAL]: checked(), [SERVICE_PAGE]: checked() },
    outcome: 'clean',
  },
  {
    name: 'gives half where only some pages name it wrongly',
    home: good,
    page: page.replace('lang="fa"', 'lang="en"'),
    measured: { [PORTAL]: checked(), [SERVICE_PAGE]: checked() },
    outcome: 'someLanguage',
    verdict: 'partial',
  },
  {
    name: 'wants a page in English to run from left to right',
    home: good,
    page: english,
    measured: { [PORTAL]: checked(), [SERVICE_PAGE]: checked([], { direction: 'ltr' }) },
    outcome: 'clean',
  },
  {
    name: 'reports what the checks leave open, and does not count it',
    home: good,
    measured: { [PORTAL]: checked([], { incomplete: [{ check: 'frame-title', count: 1, elements: [FIRST] }] }) },
    outcome: 'clean',
  },
  {
    name: 'takes a bar of tools for the disabled for no proof of anything',
    home: document('lang="fa" dir="rtl"', '<button>نسخه نابینایان</button><button>A+</button>'),
    measured: { [PORTAL]: checked(['label']) },
    outcome: 'few',
  },
  { name: 'says nothing without a browser', home: good, outcome: 'unmeasured', verdict: 'blocked' },
  {
    name: 'blames nobody for a portal that shuts us out',
    outcomes: { [PORTAL]: { kind: 'refused', by: 'wall', detail: '403' } },
    outcome: 'unmeasured',
    verdict: 'blocked',
  },
]);
