import rule from '../../../rules/integration/single-account.ts';
import type { FetchOutcome } from '../../../src/core/model.ts';
import { SYSTEM, testRule, type RuleCase } from '../test-rule.ts';

const A = 'https://a.org.example/';
const B = 'https://b.org.example/';
const SSO = 'https://sso.my.gov.ir/oauth2/authorize?client_id=x';
const stopped: FetchOutcome = { kind: 'refused', by: 'login', detail: '' };
const password =
  '<form><label>نام<input></label><label>رمز عبور<input type="password"></label><button>ورود</button></form>';
const others = (...urls: string[]): NonNullable<RuleCase['others']> =>
  urls.map((systemUrl, index) => ({ id: `o${index}`, titles: { fa: `خدمت دیگر ${index}`, en: '' }, systemUrl }));

testRule(rule, [
  {
    name: 'passes systems that log in at one provider',
    system: '',
    others: others(A, B),
    outcomes: { [SYSTEM]: stopped, [A]: stopped, [B]: stopped },
    landsAt: { [SYSTEM]: SSO, [A]: SSO, [B]: SSO },
    outcome: 'one',
    verdict: 'pass',
  },
  {
    name: 'gives half for most of them',
    system: '',
    others: others(A, B),
    outcomes: { [SYSTEM]: stopped, [A]: stopped },
    landsAt: { [SYSTEM]: SSO, [A]: SSO },
    pages: { [B]: password },
    outcome: 'most',
    verdict: 'partial',
  },
  {
    name: 'does not take the same product at two hosts for one account',
    system: password,
    others: others(A),
    pages: { [A]: password },
    outcome: 'several',
    verdict: 'fail',
  },
  {
    name: 'leaves out an organization with one system',
    system: password,
    outcome: 'single',
    verdict: 'not-applicable',
  },
  {
    name: 'asks a person when log-ins were not followed',
    system: '<h1>سامانه</h1><a href="/in">ورود</a>',
    others: others(A),
    pages: { [A]: '<h1>سامانه</h1><a href="/in">ورود</a>' },
    outcome: 'undetected',
    verdict: 'unclear',
  },
  {
    name: 'does not judge by systems that could not be read',
    system: password,
    others: others(A, B),
    outcomes: {
      [A]: { kind: 'unreachable', cause: 'timeout', detail: '' },
      [B]: { kind: 'unreachable', cause: 'timeout', detail: '' },
    },
    outcome: 'unlooked',
    verdict: 'blocked',
  },
  {
    name: 'fails three accounts for three systems',
    system: password,
    others: others(A, B),
    pages: { [A]: password, [B]: password },
    outcome: 'several',
  },
]);
