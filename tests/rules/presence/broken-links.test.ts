import rule from '../../../rules/presence/broken-links.ts';
import type { FetchOutcome } from '../../../src/core/model.ts';
import { testRule } from '../test-rule.ts';

const GONE: FetchOutcome = { kind: 'unreachable', cause: 'not-found', detail: '404' };
const FILE: FetchOutcome = { kind: 'not-html', contentType: 'application/pdf' };
/** A portal that links to that many files, the first of which are gone. */
function portal(total: number, gone: number, menu = ''): { home: string; outcomes: Record<string, FetchOutcome> } {
  const paths = Array.from({ length: total }, (_, index) => `/f/${index}.pdf`);
  return {
    home: `<header><nav>${menu}</nav></header><main><h1>سازمان نمونه</h1>${paths.map((path, index) => `<a href="${path}">سند ${index}</a>`).join(' ')}</main>`,
    outcomes: Object.fromEntries(
      paths.map((path, index) => [`https://www.org.example${path}`, index < gone ? GONE : FILE]),
    ),
  };
}
const withMenu = (name: string) => {
  const { home, outcomes } = portal(70, 0, `<a href="/menu">${name}</a>`);
  return { home, outcomes: { ...outcomes, 'https://www.org.example/menu': GONE } };
};

testRule(rule, [
  { ...portal(70, 0), name: 'passes a portal whose links all work', noVariants: true, outcome: 'few', verdict: 'pass' },
  { ...portal(70, 1), name: 'forgives one among many', noVariants: true, outcome: 'few' },
  {
    ...portal(70, 4),
    name: 'gives half for a few',
    noVariants: true,
    outcome: 'some',
    verdict: 'partial',
    quotes: 'سند 0',
  },
  {
    ...withMenu('درباره ما'),
    name: 'gives half for a broken link of the menu',
    noVariants: true,
    outcome: 'menu',
    verdict: 'partial',
  },
  { ...portal(70, 9), name: 'fails one in eight', noVariants: true, outcome: 'many', verdict: 'fail' },
  {
    ...withMenu('میز خدمت'),
    name: 'fails a broken menu of services',
    noVariants: true,
    outcome: 'services',
    verdict: 'fail',
  },
  { ...portal(10, 1), name: 'does not judge a small sample', outcome: 'sample', verdict: 'unclear' },
  {
    name: 'takes refusals, time-outs and other sites for no broken links',
    home: '<main><h1>سازمان نمونه</h1><a href="/a">الف</a><a href="/b">ب</a><a href="https://other.example/">دیگری</a></main>',
    outcomes: {
      'https://www.org.example/a': { kind: 'refused', by: 'wall', detail: '403' },
      'https://www.org.example/b': { kind: 'unreachable', cause: 'timeout', detail: '' },
      'https://other.example/': GONE,
    },
    outcome: 'sample',
  },
  {
    name: 'says nothing of a portal that was not read',
    outcomes: { 'https://www.org.example/': { kind: 'unreachable', cause: 'timeout', detail: '' } },
    outcome: 'sample',
    verdict: 'unclear',
  },
]);
