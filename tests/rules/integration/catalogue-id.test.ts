import rule from '../../../rules/integration/catalogue-id.ts';
import { testRule } from '../test-rule.ts';

const page = (more: string): string => `<main><h1>صدور پروانه بهره‌برداری معدن</h1>${more}</main>`;
const list = (text: string): Record<string, string> => ({
  '/services': `<main><h1>میز خدمت</h1><ul><li>${text}</li></ul></main>`,
});

testRule(rule, [
  {
    name: 'passes the code on the page',
    page: page('<p>شناسه خدمت: 13091727100</p>'),
    outcome: 'onPage',
    verdict: 'pass',
  },
  {
    name: 'passes the code glued to a title in the list',
    page: page(''),
    pages: list('صدور پروانه بهره‌برداری معدن(شناسه خدمت:13091727100)'),
    outcome: 'inList',
    verdict: 'pass',
  },
  {
    name: 'gives half for the short form',
    page: page('<p>کد خدمت: 13091727</p>'),
    outcome: 'shortForm',
    verdict: 'partial',
  },
  {
    name: 'gives half for one wrong digit',
    page: page('<p>شناسه خدمت: 13091727109</p>'),
    outcome: 'typo',
    verdict: 'partial',
  },
  {
    name: 'gives half for one wrong digit in the list',
    page: page(''),
    pages: list('صدور پروانه بهره‌برداری معدن(شناسه خدمت:13091727109)'),
    outcome: 'typo',
  },
  {
    name: 'leaves out a service without a code',
    page: page(''),
    service: { code: null },
    outcome: 'noCode',
    verdict: 'not-applicable',
  },
  { name: 'fails another code', page: page('<p>شناسه خدمت: 17041325104</p>'), outcome: 'wrong', verdict: 'fail' },
  {
    name: 'does not take the code of a process for it',
    page: page('<p>کد فرایند: 77-12</p>'),
    outcome: 'nothing',
    verdict: 'fail',
  },
  {
    name: 'blames nobody for a page that is closed to us',
    outcomes: { 'https://www.org.example/services/permit': { kind: 'refused', by: 'robots', detail: '' } },
    outcome: 'not-looked',
    verdict: 'blocked',
  },
  {
    name: 'finds the code in a short list, in a card beside the title',
    page: page(''),
    others: [{ id: 'o1', code: '13091727200', titles: { fa: 'تمدید گواهی کوره', en: '' } }],
    pages: {
      '/karha': '<main><h1>کارهای مردم</h1><div><h4>گرفتن پروانه معدن</h4><small>13091727100</small></div></main>',
    },
    outcome: 'inList',
  },
  {
    name: 'gives half for a wrong digit in the card that leads to its page',
    page: page(''),
    pages: {
      '/karha':
        '<main><h1>کارها</h1><div><h4><a href="/services/permit">معدن</a></h4><small>کد 13091727160</small></div></main>',
    },
    outcome: 'typo',
  },
  {
    name: 'does not take the code of a neighbour for a wrong one of its own',
    page: page(''),
    pages: { '/karha': '<main><h1>کارها</h1><div><h4>آزمون مهندسان</h4><small>کد 13091727160</small></div></main>' },
    outcome: 'nothing',
  },
]);
