import { afterEach, describe, expect, it } from 'vitest';
import { decideReaudit } from '../../src/audit/round.ts';
import { UserError } from '../../src/core/errors.ts';
import type { Finding } from '../../src/core/model.ts';
import { seenOf } from '../../src/core/round.ts';
import type { DeskActs } from '../../src/desk/tools.ts';
import { anOrganization, aService } from '../audit/fake-country.ts';
import { aFinding, anAudit, aReaudit, aRegistry, aReview, aSnapshot, at } from '../storage/fixtures.ts';
import { openTestDesk, type Client, type TestDesk } from './desk.ts';

const RULE = 'presence/site-search';
const FAQ = 'interaction/faq';
const [OLD, NEW] = ['a'.repeat(64), 'b'.repeat(64)];
const registry = aRegistry({
  organizations: [anOrganization('one'), anOrganization('two')],
  services: [aService('s1', 'one')],
});
const on = (snapshot: string, quote: string) => [
  { url: 'https://www.one.example/', snapshot, selector: null, quote, language: null },
];
const search = aFinding({
  verdict: 'fail',
  outcome: 'none',
  evidence: on(OLD, 'before'),
  message: { fa: 'نبود.', en: 'There was none.' },
});
const faq = aFinding({ rule: FAQ, service: 's1', verdict: 'fail', evidence: on(OLD, 'old words') });
const found = aFinding({
  verdict: 'pass',
  outcome: 'form',
  evidence: on(NEW, 'after'),
  message: { fa: 'هست.', en: 'There is one.' },
});

const opened: TestDesk[] = [];
afterEach(async () => {
  for (const test of opened.splice(0)) {
    expect(test.faults).toEqual([]);
    await test.close();
  }
});

type Options = NonNullable<Parameters<typeof openTestDesk>[0]>;
async function openRound(
  state: NonNullable<Options['round']>['state'] = 'reviewing',
  acts: (test: () => TestDesk) => Partial<DeskActs> = () => ({}),
): Promise<TestDesk> {
  const test: TestDesk = await openTestDesk({
    round: { registry, findings: [search, faq], state },
    acts: {
      decideReaudit: async (round, audit, accepted, doer) =>
        void (await decideReaudit(test.store, round, audit, accepted, doer, {
          rulesDigest: 'rules',
          judge: (id, organization) => test.store.listFindings(id, organization),
        })),
      ...acts(() => test),
    },
    tools: {
      indicators: [
        { id: RULE, stage: 'presence', scope: 'portal', title: { fa: 'جستجو', en: 'Search' } },
        { id: FAQ, stage: 'interaction', scope: 'service', title: { fa: 'پرسش‌ها', en: 'Questions' } },
      ] as never,
      evidence: {
        text: async ({ body }) => `<p>${body?.hash === NEW ? 'the page after' : 'the page before'}</p>`,
        picture: async () => null,
        textOf: async () => null,
        layout: async () => null,
      },
    },
  });
  opened.push(test);
  await look(test, 'round-r', OLD);
  return test;
}
const look = (test: TestDesk, auditId: string, hash: string): Promise<void> =>
  test.store.saveSnapshot(
    aSnapshot({
      auditId,
      organizationId: 'one',
      url: 'https://www.one.example/',
      body: { hash, size: 3, encoding: 'gzip' },
      serviceIds: [],
    }),
  );

/** An audit on demand of organization one that has come to its end. */
async function madeAgain(
  test: TestDesk,
  findings: readonly Finding[] = [found, faq],
  audit = 'again',
): Promise<string> {
  await test.store.createAudit(anAudit({ id: audit, trigger: 'demand' }), registry);
  await test.store.addReaudit(aReaudit({ audit }));
  await test.store.leaseJob(audit, 'anna', at(6), at(9));
  await test.store.completeJob(audit, 'one', 'anna', { findings, skipped: [] });
  await look(test, audit, NEW);
  await test.store.finishAudit(audit, at(7));
  return audit;
}
const english = async (client: Client, path: string): Promise<string> => {
  client.cookies.set('rasad-lang', 'en');
  return (await client.get(path)).text();
};
const AGAIN = '/rounds/r/reaudits/again';
const DEMAND = '/rounds/r/organizations/one/reaudit';

describe('an audit on demand', () => {
  it('is started by the operator, is shown while it goes on, and leads to what it changed', async () => {
    let release = (): void => undefined;
    const goOn = new Promise<void>((resolve) => (release = resolve));
    let asked: unknown = null;
    const test = await openRound('reviewing', (own) => ({
      async reaudit(round, organization, { by, note }, say) {
        asked = [round.id, organization, by, note];
        say({ fa: 'صفحه نخست', en: 'https://www.one.example/ – page' });
        await goOn;
        return madeAgain(own());
      },
    }));
    const operator = await test.as('operator');
    const started = await operator.post(DEMAND, { reason: 'Their form was mended.' });
    const task = started.headers.get('location')!;
    expect(task).toMatch(/^\/tasks\//);
    expect(await english(operator, task)).toMatch(/http-equiv="refresh".*www\.one\.example/s);
    expect(asked).toEqual(['r', 'one', 'operator', 'Their form was mended.']);
    // one at a time of an organization
    expect((await operator.post(DEMAND, { reason: 'again' })).headers.get('location')).toBe(task);
    release();
    await expect.poll(() => english(operator, task)).toContain(`href="${AGAIN}"`);
    expect((await test.deskStore.listJournal(50, null)).map(({ value }) => value.what)).toContain('reaudit-started');
  });

  it('needs a reason, a round that is not being looked at any more, an organization of it, and an operator', async () => {
    const test = await openRound();
    const operator = await test.as('operator');
    expect((await operator.post(DEMAND, { reason: '  ' })).headers.get('location')).toBe('/rounds/r/organizations/one');
    expect((await operator.post('/rounds/r/organizations/none/reaudit', { reason: 'x' })).status).toBe(404);
    expect((await (await test.as('senior')).post(DEMAND, { reason: 'x' })).status).toBe(403);
    const open = await openRound('open');
    expect((await (await open.as('operator')).post(DEMAND, { reason: 'x' })).status).toBe(409);
  });

  it('says what a person can mend when it cannot be made', async () => {
    const test = await openRound('reviewing', () => ({
      reaudit: async () => {
        throw new UserError({ fa: 'تا کنون ۳ بار سنجیده شده است.', en: 'one was audited 3 times already.' });
      },
    }));
    const operator = await test.as('operator');
    const task = (await operator.post(DEMAND, { reason: 'x' })).headers.get('location')!;
    await expect.poll(() => english(operator, task)).toContain('one was audited 3 times already.');
  });
});

describe('what it changed', () => {
  it('is shown verdict by verdict, with what stood there before and after', async () => {
    const test = await openRound();
    await madeAgain(test);
    const page = await english(await test.as('reader'), AGAIN);
    for (const part of [
      'They say that it was mended.',
      'Search',
      'There was none.',
      'There is one.',
      'before',
      'after',
      '1 verdict changed',
      'It waits for the operator',
    ])
      expect(page).toContain(part);
    const [was, is] = [...page.matchAll(/<iframe src="([^"]*)"/g)].map(([, src]) =>
      src!.replaceAll('&amp;', '&').replace(/#.*/, ''),
    );
    const reader = await test.as('evaluator');
    expect(await (await reader.get(was!)).text()).toContain('the page before');
    const after = await reader.get(is!);
    expect(await after.text()).toContain('the page after');
    expect(after.headers.get('content-security-policy')).toContain('sandbox');
    expect(page).not.toMatch(/accept"|refuse"/);
  });

  it('names verdicts that are the same on other evidence, and decisions that would not hold', async () => {
    const test = await openRound();
    await test.store.addReview('r', aReview({ rule: FAQ, service: 's1', verdict: 'pass', seen: seenOf(faq) }));
    await madeAgain(test, [found, { ...faq, evidence: on(NEW, 'new words') }]);
    const page = await english(await test.as('operator'), AGAIN);
    expect(page).toContain('1 decision counts no more');
    expect(page).toContain('new words');
  });

  it('stays the same page after it was accepted: what it is compared with does not become itself', async () => {
    const test = await openRound();
    await madeAgain(test);
    const operator = await test.as('operator');
    expect((await operator.post(`${AGAIN}/accept`, { note: 'seen' })).status).toBe(303);
    expect(await english(operator, AGAIN)).toContain('1 verdict changed');
  });

  it('of a second one is compared with the first, once that was accepted', async () => {
    const test = await openRound();
    const operator = await test.as('operator');
    await madeAgain(test);
    await operator.post(`${AGAIN}/accept`);
    await madeAgain(test, [found, faq], 'third');
    expect(await english(operator, '/rounds/r/reaudits/third')).toContain('0 verdicts changed');
    const [was] = [`/rounds/r/reaudits/third/stored?organization=one&rule=${RULE}&n=0&of=round`];
    expect(await (await operator.get(was!)).text()).toContain('the page after');
  });

  it('is not there for an audit of another kind, and shows no page of others', async () => {
    const test = await openRound();
    await madeAgain(test);
    const reader = await test.as('reader');
    for (const path of [
      '/rounds/r/reaudits/round-r',
      '/rounds/r/reaudits/none',
      `${AGAIN}/stored?organization=one&rule=none&n=0`,
      `${AGAIN}/stored?rule=${RULE}&n=7`,
    ])
      expect((await reader.get(path)).status, path).toBe(404);
    // whose verdict it is, is said by the audit
    expect((await reader.get(`${AGAIN}/stored?organization=two&rule=${RULE}&n=0`)).status).toBe(200);
  });
});

describe('the decision on it', () => {
  it('takes its verdicts into the round, or leaves the round as it was', async () => {
    for (const [word, verdict] of [
      ['accept', 'pass'],
      ['refuse', 'fail'],
    ] as const) {
      const test = await openRound();
      await madeAgain(test);
      const operator = await test.as('operator');
      expect((await operator.post(`${AGAIN}/${word}`, { note: 'seen' })).headers.get('location')).toBe(AGAIN);
      const board = (await test.desk.board.round('r'))!;
      expect((await board.settled({ organization: 'one', service: null, rule: RULE }))?.verdict).toBe(verdict);
      expect((await test.store.listReaudits('r'))[0]!.decision).toMatchObject({
        accepted: word === 'accept',
        by: 'operator',
        note: 'seen',
      });
      expect((await operator.post(`${AGAIN}/accept`)).status).toBe(409);
      expect((await operator.post(`${AGAIN}/refuse`)).status).toBe(409);
      expect((await test.deskStore.listJournal(50, null)).map(({ value }) => value.what)).toContain(
        `reaudit-${word}${word === 'accept' ? 'ed' : 'd'}`,
      );
    }
  });

  it('is the operator’s, and not of one that is not finished', async () => {
    const test = await openRound();
    await test.store.createAudit(anAudit({ id: 'again', trigger: 'demand' }), registry);
    await test.store.addReaudit(aReaudit());
    const operator = await test.as('operator');
    const page = await english(operator, AGAIN);
    expect(page).toContain('did not come to its end');
    expect(page).not.toContain(`${AGAIN}/accept`);
    expect((await operator.post(`${AGAIN}/accept`)).status).toBe(409);
    expect((await (await test.as('senior')).post(`${AGAIN}/refuse`)).status).toBe(403);
  });

  it('is not made of a published round: the result stays beside it', async () => {
    const test = await openRound('preview');
    await test.store.publishRound(
      'r',
      { kind: 'published', by: 'x', note: '', at: at(61) },
      [{ position: 0, kind: 'header', key: '', digest: 'd', hash: 'h', content: null }],
      await test.store.countRound('r'),
    );
    await madeAgain(test);
    const operator = await test.as('operator');
    for (const word of ['accept', 'refuse']) {
      const refused = await operator.post(`${AGAIN}/${word}`);
      expect(refused.status).toBe(409);
    }
    expect(await english(operator, AGAIN)).toContain('stays beside it');
  });
});
