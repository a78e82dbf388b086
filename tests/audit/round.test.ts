import { mkdtempSync, readdirSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  checkQuota,
  decideReaudit,
  openRevision,
  openRound,
  publishRound,
  registryOfRound,
  resultsOf,
  reviewFinding,
  roundOf,
  startPreview,
  startReview,
  takingPart,
  verifyRound,
  type CheckFile,
  type Doer,
  type Opening,
} from '../../src/audit/round.ts';
import { UserError } from '../../src/core/errors.ts';
import type { BlobRef, Finding, Organization, Registry, Service, Step, Verdict } from '../../src/core/model.ts';
import { seenOf, type Round } from '../../src/core/round.ts';
import type { IndicatorPlace } from '../../src/core/score.ts';
import { openBlobStore } from '../../storage/snapshots.ts';
import { openSqliteStore } from '../../storage/sqlite.ts';
import type { Store } from '../../storage/store.ts';
import {
  aFinding,
  anAudit,
  anEdition,
  aPlan,
  aReaudit,
  aRegistry,
  aReview,
  aRound,
  aSkip,
  aSnapshot,
  aStep,
  at,
} from '../storage/fixtures.ts';

const RULES = 'digest of the rules';
/** A rule on the portal and one on services, which are all that there is. */
const CATALOGUE: readonly IndicatorPlace[] = [
  { id: 'presence/site-search', stage: 'presence', scope: 'portal' },
  { id: 'interaction/faq', stage: 'interaction', scope: 'service' },
];

const anOrganization = (id: string, change: Partial<Organization> = {}): Organization => ({
  id, names: { fa: id, en: id }, parentId: null, portalUrl: `https://${id}.example/`, cooperation: 'cooperative', extra: {}, ...change,
}); // prettier-ignore
const aService = (id: string, organizationId: string): Service => ({
  id, organizationId, parentId: null, code: null, titles: { fa: id, en: id }, pageUrl: null, systemUrl: null, profile: [], extra: {},
}); // prettier-ignore
const REGISTRY: Registry = aRegistry({
  organizations: [anOrganization('post'), anOrganization('tax')],
  services: [aService('post-1', 'post'), aService('tax-1', 'tax')],
});

/** What was found of an organization: one verdict on the portal, one on its service. */
const findingsOf = (organization: string, portal: Verdict = 'pass', service: Verdict = 'fail'): Finding[] => [
  aFinding({ organization, verdict: portal }),
  aFinding({ organization, service: `${organization}-1`, rule: 'interaction/faq', verdict: service, confidence: 0.7 }),
];
const doer = (change: Partial<Doer> = {}): Doer => ({ by: 'Sara', note: '', at: at(0), ...change });
const reviewOn = (organization: string, verdict: Verdict | null) => {
  const { seen: _, ...review } = aReview({ organization, verdict });
  return review;
};

let place: string;
let store: Store;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'rasad-round-'));
  store = openSqliteStore(join(place, 'rasad.sqlite'));
});
afterEach(async () => {
  await store.close();
  rmSync(place, { recursive: true, force: true });
});

const reading = (id = 'r'): Promise<Round> => roundOf(store, id);
const anOpening = (change: Partial<Opening['round']> = {}): Opening => ({
  ...doer(),
  round: { id: 'r', names: aRound().names, period: aRound().period, edition: anEdition(), plan: aPlan(), revises: null, reason: null, ...change },
  registry: REGISTRY,
  organizationIds: ['post', 'tax'],
  rulesDigest: RULES,
  steps: new Map(),
}); // prettier-ignore
/** Opens the round `r`. */
const open = (steps: Readonly<Record<string, readonly Step[]>> = {}) =>
  openRound(store, { ...anOpening(), steps: new Map(Object.entries(steps)) });

/** Looks at everything that is due: one look an organization, and the findings given, else the usual ones. */
async function lookAt(found: Readonly<Record<string, readonly Finding[]>> = {}, auditId = 'round-r'): Promise<void> {
  for (let job; (job = await store.leaseJob(auditId, 'anna', at(1), at(9)));) {
    const { organizationId } = job;
    await store.saveSnapshot(
      aSnapshot({
        auditId,
        organizationId,
        url: `https://${organizationId}.example/`,
        body: await fileOf(organizationId),
      }),
    );
    await store.completeJob(auditId, organizationId, 'anna', {
      findings: found[organizationId] ?? findingsOf(organizationId),
      skipped: [aSkip()],
    });
  }
}
/** The page of an organization as a file of evidence. */
const fileOf = (organization: string): Promise<BlobRef> =>
  openBlobStore(join(place, 'snapshots')).put(Buffer.from(`page of ${organization}`.repeat(40)));

const judgedAgain = async (_: string, id: string): Promise<Finding[]> => findingsOf(id, 'partial');
const review = async (early = false) =>
  startReview(store, await reading(), doer({ at: at(10) }), { early, rulesDigest: RULES, judge: judgedAgain });
const preview = async (id = 'r') => startPreview(store, await reading(id), doer({ at: at(11) }));
const publish = async (id = 'r') => publishRound(store, await reading(id), doer({ at: at(12) }), CATALOGUE);
const verify = async (checkFile: CheckFile | null = null, id = 'r') =>
  verifyRound(store, await reading(id), CATALOGUE, checkFile);
const verdictsOf = async (organization: string, id = 'r') =>
  (await (await resultsOf(store, await reading(id)))(organization)).settled.map(({ verdict }) => verdict);
/** A round that was looked at, with a decision and an approval in it. */
async function previewed(): Promise<void> {
  await open();
  await lookAt();
  await review();
  await reviewFinding(store, await reading(), reviewOn('tax', 'partial'));
  await store.addAct('r', { kind: 'cooperation', organization: 'post', status: 'visible-only', ...doer() });
  await preview();
}
async function published(): Promise<string> {
  await previewed();
  return publish();
}
/** The store, in which something is done whenever looks are read, or another method is called. */
const meanwhile = (act: () => Promise<void>, when: keyof Store = 'listSnapshots'): Store =>
  new Proxy(store, {
    get(target, name) {
      const method = (Reflect.get(target, name, target) as (...all: unknown[]) => unknown).bind(target);
      return name === when ? async (...place: unknown[]) => (await act(), method(...place)) : method;
    },
  });
/** An audit on demand of tax against the round, with what it found, and finished unless said otherwise. */
async function askAgain(audit = 'again', found = findingsOf('tax', 'fail'), isFinished = true): Promise<void> {
  await store.createAudit(anAudit({ id: audit, trigger: 'demand', organizationIds: ['tax'] }), REGISTRY);
  await store.addReaudit(aReaudit({ audit, organization: 'tax' }));
  await lookAt({ tax: found }, audit);
  if (isFinished) await store.finishAudit(audit, at(6));
}

/** Decides on an audit on demand, which is judged again as it was found, unless said otherwise. */
const decide = async (audit: string, accepted: boolean, by: Doer, judge = (id: string, organization: string): Promise<readonly Finding[]> => store.listFindings(id, organization)) =>
  decideReaudit(store, await reading(), audit, accepted, by, { rulesDigest: RULES, judge }); // prettier-ignore

describe('opening', () => {
  it('freezes the method, the plan and the registry, with who did it', async () => {
    const round = await openRound(store, { ...anOpening(), ...doer({ note: 'The first one.' }) });
    expect(round).toEqual(aRound({ auditId: 'round-r' }));
    expect(await store.getAudit('round-r')).toMatchObject({
      trigger: 'round',
      edition: 't1',
      organizationIds: ['post', 'tax'],
      rulesDigest: 'digest of the rules',
      finishedAt: null,
    });
    expect(await registryOfRound(store, round)).toEqual(REGISTRY);
    expect(await store.listActs('r')).toEqual([{ kind: 'opened', ...doer({ note: 'The first one.' }) }]);
  });

  it('has another digest of its configuration under another plan', async () => {
    await open();
    await openRound(store, anOpening({ id: 'trial', period: null, plan: aPlan({ pages: 21 }) }));
    const digests = await Promise.all(['round-r', 'round-trial'].map(async (id) => (await store.getAudit(id))?.configDigest)); // prettier-ignore
    expect(digests[0]).not.toBe(digests[1]);
  });

  it.each<[string, Partial<Opening['round']>, string]>([
    ['name', { period: null }, 'There is a round "r" already. Give another name'],
    ['quarter', { id: 'other' }, 'There is a round "other" already, or one for the same quarter.'],
  ])('is refused when the %s has a round', async (_, change, message) => {
    await open();
    const second = openRound(store, anOpening(change));
    await expect(second).rejects.toThrow(UserError);
    await expect(second).rejects.toThrow(message);
  });

  it('takes the next name where a round outside the calendar has that of the quarter', async () => {
    await openRound(store, anOpening({ period: null }));
    expect(await open()).toMatchObject({ id: 'r-2', auditId: 'round-r-2', period: aRound().period });
    await expect(open()).rejects.toThrow('There is a round "r" already, or one for the same quarter.');
  });

  it('takes another name for its audit where one was imported that has it, also in a revision', async () => {
    for (const id of ['round-r', 'round-r-2', 'round-r.2']) await store.createAudit(anAudit({ id }), REGISTRY);
    expect(await open()).toMatchObject({ id: 'r', auditId: 'round-r-3' });
    await lookAt({}, 'round-r-3');
    await review();
    await preview();
    await publish();
    const revision = await openRevision(store, await reading(), doer({ note: 'wrong' }), {
      rulesDigest: RULES,
      judge: judgedAgain,
    });
    expect(revision).toMatchObject({ id: 'r.2', auditId: 'round-r.2-2' });
  });

  it('takes all organizations but those that have withdrawn or have neither services nor a portal', () => {
    const organizations = [
      anOrganization('usual'),
      anOrganization('visible', { cooperation: 'visible-only' }),
      anOrganization('gone', { cooperation: 'withdrawn' }),
      anOrganization('no-list', { cooperation: 'excluded-no-list' }),
      anOrganization('nothing', { cooperation: 'excluded-no-list', portalUrl: null }),
      anOrganization('silent', { cooperation: 'unreachable' }),
    ];
    expect(takingPart(aRegistry({ organizations })).map(({ id }) => id)).toEqual(['usual', 'visible', 'no-list', 'silent']); // prettier-ignore
  });
});

describe('a round that is asked for', () => {
  it('is refused with the names of the newest when there is none of this name', async () => {
    await expect(roundOf(store, 'q')).rejects.toThrow('There is no round "q". None was opened yet');
    for (const id of ['a', 'b']) await openRound(store, anOpening({ id, period: null }));
    await expect(roundOf(store, 'q')).rejects.toThrow(UserError);
    await expect(roundOf(store, 'q')).rejects.toThrow('The newest: b, a.');
  });
});

describe('the review', () => {
  it('is refused while organizations are being looked at, also early', async () => {
    await open();
    await store.leaseJob('round-r', 'anna', at(1), at(19));
    for (const early of [false, true]) await expect(review(early)).rejects.toThrow('1 organizations are being looked at (post).'); // prettier-ignore
    expect((await reading()).state).toBe('open');
  });

  it('is refused while looks are to come, with the time of the last one', async () => {
    await open({ tax: [aStep(), aStep({ number: 1, visit: 1, at: at(90) }), aStep({ number: 2, visit: 2, at: at(95) })] }); // prettier-ignore
    await expect(review()).rejects.toThrow(UserError);
    await expect(review()).rejects.toThrow(`2 of 2 organizations still have looks to come (the last is planned for ${at(95)}).`); // prettier-ignore
    await expect(review()).rejects.toThrow('--early');
    expect((await reading()).state).toBe('open');
  });

  it('ends the looking: the round moves on and its audit is finished', async () => {
    await open();
    await lookAt();
    await review();
    expect((await reading()).state).toBe('reviewing');
    expect((await store.getAudit('round-r'))?.finishedAt).toBe(at(10));
    expect((await store.listActs('r')).at(-1)).toEqual({ kind: 'reviewing', ...doer({ at: at(10) }) });
    expect(await verdictsOf('tax')).toEqual(['pass', 'fail']);
  });

  it('takes place in spite of organizations that were given up', async () => {
    await open();
    await store.leaseJob('round-r', 'anna', at(1), at(9));
    await store.failJob('round-r', 'post', 'anna', 'a fault of ours', null);
    await lookAt();
    await review();
    expect((await reading()).state).toBe('reviewing');
  });

  it('judges organizations that were given up by what was seen of them', async () => {
    await open();
    await store.leaseJob('round-r', 'anna', at(1), at(9));
    await store.saveSnapshot(aSnapshot({ auditId: 'round-r', organizationId: 'post' }));
    await store.failJob('round-r', 'post', 'anna', 'a fault of ours', null);
    await lookAt();
    await review();
    expect([await verdictsOf('post'), await verdictsOf('tax')]).toEqual([['partial', 'fail'], ['pass', 'fail']]); // prettier-ignore
  });

  it('judges early what was seen so far, and leaves alone what was not seen at all', async () => {
    await open();
    await store.leaseJob('round-r', 'anna', at(1), at(9));
    await store.saveSnapshot(aSnapshot({ auditId: 'round-r', organizationId: 'post' }));
    await store.postponeJob('round-r', 'post', 'anna', at(90));
    await review(true);
    expect((await reading()).state).toBe('reviewing');
    expect([await verdictsOf('post'), await verdictsOf('tax')]).toEqual([['partial', 'fail'], []]);
  });

  it('waits for nobody whose lease has run out', async () => {
    await open();
    await store.leaseJob('round-r', 'anna', at(1), at(9));
    await store.saveSnapshot(aSnapshot({ auditId: 'round-r', organizationId: 'post' }));
    await expect(review()).rejects.toThrow('2 of 2 organizations still have looks to come.');
    await review(true);
    expect(await verdictsOf('post')).toEqual(['partial', 'fail']);
    expect(await store.completeJob('round-r', 'post', 'anna', { findings: [], skipped: [] })).toBe(false);
  });

  it('says who is looked at also when that began a moment ago', async () => {
    await open();
    const late = meanwhile(async () => void (await store.leaseJob('round-r', 'anna', at(1), at(19))), 'moveRound');
    const begun = startReview(late, await reading(), doer({ at: at(10) }), { early: true, rulesDigest: RULES, judge: judgedAgain }); // prettier-ignore
    await expect(begun).rejects.toThrow('1 organizations are being looked at (post).');
  });

  describe('with verdicts to be made', () => {
    /** Everybody was seen on the first day, and is waited with for the next. */
    beforeEach(async () => {
      await open();
      for (const id of ['post', 'tax']) {
        await store.leaseJob('round-r', 'anna', at(1), at(9));
        await store.saveSnapshot(aSnapshot({ auditId: 'round-r', organizationId: id }));
        await store.completeJob('round-r', id, 'anna', { findings: findingsOf(id), skipped: [] }, [aStep({ at: at(5) })]); // prettier-ignore
      }
    });
    const begin = async (judge: typeof judgedAgain, from = store, onKept?: (id: string, why: string) => void) =>
      startReview(from, await reading(), doer({ at: at(10) }), { early: true, rulesDigest: 'newer rules', judge, ...(onKept ? { onKept } : {}) }); // prettier-ignore

    it('makes them when nobody can look any more, who would know better', async () => {
      const taken: unknown[] = [];
      await begin(async (audit, id) => {
        taken.push(await store.leaseJob('round-r', 'babak', at(6), at(9)));
        return judgedAgain(audit, id);
      });
      expect(taken).toEqual([null, null]);
      expect(await verdictsOf('tax')).toEqual(['partial', 'fail']);
      expect((await store.listRules('round-r')).get('tax')).toBe('newer rules');
    });

    it('leaves those that an organization has where its evidence cannot be read, and says so', async () => {
      const told: string[] = [];
      const judge = async (audit: string, id: string) => {
        if (id === 'post') throw new Error('the file is damaged');
        return judgedAgain(audit, id);
      };
      await begin(judge, store, (id, why) => void told.push(`${id}: ${why}`));
      expect(told).toEqual(['post: the file is damaged']);
      expect([await verdictsOf('post'), await verdictsOf('tax')]).toEqual([['pass', 'fail'], ['partial', 'fail']]); // prettier-ignore
      expect((await store.listRules('round-r')).get('post')).toBeNull();
      await preview();
    });

    it('goes on with them when it was broken off, and no preview comes before', async () => {
      const full = meanwhile(() => Promise.reject(new Error('the disk is full')), 'saveFindings');
      await expect(begin(judgedAgain, full)).rejects.toThrow('the disk is full');
      await expect(preview()).rejects.toThrow('The judging of round r was broken off. Go on with it: `rasad round review r`.'); // prettier-ignore
      await begin(judgedAgain);
      expect(await verdictsOf('tax')).toEqual(['partial', 'fail']);
      await expect(begin(judgedAgain)).rejects.toThrow('cannot begin its review: it is under review, not open.');
      await preview();
    });
  });

  it('is refused once it has begun', async () => {
    await open();
    await lookAt();
    await review();
    await expect(review()).rejects.toThrow('Round r cannot begin its review: it is under review, not open.');
  });
});

describe('each step of a round', () => {
  it('is refused before the one ahead of it, with what comes next', async () => {
    await open();
    await expect(preview()).rejects.toThrow(
      'Round r cannot be previewed: it is open, not under review. Finish looking with `rasad work`, then',
    );
    await expect(publish()).rejects.toThrow('Round r cannot be published: it is open, not in preview.');
    await expect(verify()).rejects.toThrow('Round r is not published (it is open)');
    await lookAt();
    await review();
    await expect(publish()).rejects.toThrow('it is under review, not in preview. `rasad round preview` comes next.');
    await preview();
    await expect(preview()).rejects.toThrow('it is in preview, not under review. `rasad round publish` comes next.');
    await publish();
    await expect(publish()).rejects.toThrow('a correction is `rasad round revise`');
  });

  it('is refused in Persian too, with the names of rounds and commands isolated', async () => {
    await open();
    await expect(preview()).rejects.toMatchObject({
      said: {
        fa: 'دور \u2068r\u2069 را نمی‌توان به پیش‌نمایش برد: اکنون در حال گردآوری است، نه در حال بازبینی. گردآوری را با \u2068rasad work\u2069 به پایان برید، سپس \u2068rasad round review\u2069.',
      },
    });
    await expect(review()).rejects.toMatchObject({
      said: { fa: expect.stringContaining('از ۲ دستگاه، ۲ دستگاه هنوز باید دیده شود.') as string },
    });
  });

  it('is refused when somebody else made it in the meantime', async () => {
    await open();
    await lookAt();
    const stale = await reading();
    await review();
    const late = startReview(store, stale, doer(), { early: false, rulesDigest: RULES, judge: judgedAgain });
    await expect(late).rejects.toThrow('Round r is not open any more: somebody else moved it.');
    expect((await store.listActs('r')).filter(({ kind }) => kind === 'reviewing')).toHaveLength(1);
  });
});

describe('decisions in a round', () => {
  it('change what is found by the machine and stay beside it', async () => {
    await open();
    await lookAt();
    const found = await reviewFinding(store, await reading(), reviewOn('tax', 'partial'));
    expect(found.verdict).toBe('pass');
    const { machine, settled, reviews } = await (await resultsOf(store, await reading()))('tax');
    expect([machine[0]!.verdict, settled[0]!.verdict]).toEqual(['pass', 'partial']);
    expect(reviews).toEqual([aReview({ organization: 'tax', verdict: 'partial', seen: seenOf(machine[0]!) })]);
    expect(await verdictsOf('post')).toEqual(['pass', 'fail']);
  });

  it('are refused on what was not found, with what was', async () => {
    await open();
    await lookAt();
    const decide = async (change: object) => reviewFinding(store, await reading(), { ...reviewOn('tax', 'pass'), ...change }); // prettier-ignore
    await expect(decide({ rule: 'presence/none' })).rejects.toThrow(
      'tax has no finding of presence/none on its portal in r. Found there: presence/site-search.',
    );
    await expect(decide({ organization: 'taxx' })).rejects.toThrow(
      'The registry of round r has no organization "taxx". It has 2: post, tax.',
    );
    await expect(decide({ service: 'tax-9' })).rejects.toThrow('on tax-9 in r. Nothing was found on it yet.');
    expect(await store.listReviews('r')).toEqual([]);
  });

  it('are outdated when another look finds something else', async () => {
    await previewed();
    await store.saveFindings('round-r', 'tax', findingsOf('tax', 'fail'));
    const { settled, outdated } = await (await resultsOf(store, await reading()))('tax');
    expect([settled[0]!.verdict, outdated.length]).toEqual(['fail', 1]);
  });

  it('change the registry of the round, the last approval last, and not the frozen one', async () => {
    const round = await open();
    const approved = (by: string, minute: number) => ({ approved_by: by, approved_at: at(minute) });
    await store.addAct('r', { kind: 'cooperation', organization: 'tax', status: 'withdrawn', ...doer() });
    await store.addAct('r', {
      kind: 'cooperation',
      organization: 'tax',
      status: 'unreachable',
      ...doer({ by: 'Reza', at: at(4) }),
    });
    await store.addAct('r', { kind: 'profile', organization: 'tax', service: 'tax-1', profile: ['INFO', 'NOFEE'], ...doer() }); // prettier-ignore
    expect(await registryOfRound(store, round)).toEqual({
      ...REGISTRY,
      organizations: [
        REGISTRY.organizations[0],
        anOrganization('tax', { cooperation: 'unreachable', extra: approved('Reza', 4) }),
      ],
      services: [
        REGISTRY.services[0],
        { ...aService('tax-1', 'tax'), profile: ['INFO', 'NOFEE'], extra: approved('Sara', 0) },
      ],
    });
    expect(await store.getRegistry('round-r')).toEqual(REGISTRY);
  });
});

describe('a published round', () => {
  it('proves itself by the root that was given on publication', async () => {
    const root = await published();
    expect(await reading()).toMatchObject({ state: 'published', rootHash: root, publishedAt: at(12) });
    expect(await verify()).toEqual({ root, links: 7, organizations: 2, files: 0, retired: 0, broken: [] });
    expect((await store.listLinks('r')).map(({ kind, key }) => `${kind} ${key}`)).toEqual([
      'header r', 'evidence post', 'scores post', 'evidence tax', 'scores tax', 'ranking r', 'acts r',
    ]); // prettier-ignore
  });

  it.each([
    [['newer rules', 'newer rules'], 'newer rules'],
    [
      ['newer rules', RULES],
      [RULES, 'newer rules'],
    ],
    [[undefined, undefined], RULES],
  ])('names the rules that found what it has, not those of its opening: %j', async ([post, tax], expected) => {
    await previewed();
    await store.saveFindings('round-r', 'post', findingsOf('post'), post);
    await store.saveFindings('round-r', 'tax', findingsOf('tax'), tax);
    await publish();
    expect(JSON.parse((await store.listLinks('r'))[0]!.content!).rules).toEqual(expected);
    expect((await verify()).broken).toEqual([]);
  });

  it('has published what people decided: scores from their verdicts, the registry with their approvals', async () => {
    await published();
    const links = await store.listLinks('r');
    const total = (id: string): number =>
      JSON.parse(links.find(({ kind, key }) => kind === 'scores' && key === id)!.content!).total.score;
    // portal 50 of 100: pass for post, partial for tax; the service failed
    expect([total('post'), total('tax')]).toEqual([50, 25]);
    const { acts } = JSON.parse(links.at(-1)!.content!) as { acts: { kind: string }[] };
    expect(acts.map(({ kind }) => kind)).toEqual(['opened', 'reviewing', 'cooperation', 'preview', 'published']);
  });

  it('has the evidence of an organization of which nothing was found, and no score', async () => {
    await open();
    await lookAt({ post: [] });
    await review();
    await preview();
    await publish();
    expect((await store.listLinks('r')).map(({ kind, key }) => `${kind} ${key}`)).not.toContain('scores post');
    expect((await verify()).broken).toEqual([]);
  });

  it.each<[string, () => Promise<void>]>([
    ['decided', () => store.addReview('r', aReview({ organization: 'tax', verdict: null }))],
    ['found', () => store.saveFindings('round-r', 'post', findingsOf('post', 'fail'))],
  ])('is not published over what is %s while its chain is made', async (_, act) => {
    await previewed();
    const busy = meanwhile(act);
    const late = publishRound(busy, await reading(), doer(), CATALOGUE);
    await expect(late).rejects.toThrow(UserError);
    expect((await reading()).state).toBe('preview');
    await publish();
    expect((await verify()).broken).toEqual([]);
  });

  it('refuses decisions and further results', async () => {
    await published();
    const round = await reading();
    await expect(reviewFinding(store, round, reviewOn('tax', 'fail'))).rejects.toThrow('never changes');
    await expect(store.saveFindings('round-r', 'tax', [])).rejects.toThrow('published');
    await askAgain();
    await expect(decide('again', true, doer())).rejects.toThrow('`rasad round revise r');
    expect((await verify()).broken).toEqual([]);
  });

  it('may refuse an audit on demand that came after it', async () => {
    await published();
    await askAgain();
    const decided = await decide('again', false, doer({ note: 'too late', at: at(59) }));
    expect(decided.decision).toEqual({ accepted: false, ...doer({ note: 'too late', at: at(59) }) });
    expect((await verify()).broken).toEqual([]);
  });
});

describe('what was tampered with in the database', () => {
  /** Each with the places that do not hold any more. */
  it.each<[string, string, readonly string[]]>([
    ['a verdict', `UPDATE finding SET verdict = 'fail' WHERE organization_id = 'tax' AND service_id IS NULL`, ['evidence of tax', 'scores of tax', 'ranking of r']],
    ['a confidence', `UPDATE finding SET confidence = 0.71 WHERE organization_id = 'tax' AND service_id IS NOT NULL`, ['evidence of tax']],
    ['a sentence', `UPDATE finding SET message = replace(message, 'search', 'map') WHERE organization_id = 'post'`, ['evidence of post']],
    ['the order of findings', `UPDATE finding SET position = 9 WHERE organization_id = 'post' AND position = 0`, ['evidence of post']],
    ['a finding that was deleted', `DELETE FROM finding WHERE organization_id = 'post' AND service_id IS NOT NULL`, ['evidence of post', 'scores of post', 'ranking of r']],
    ['an organization whose findings were deleted', `DELETE FROM finding WHERE organization_id = 'post'`, ['evidence of post', 'scores of post', 'ranking of r']],
    ['a finding that was added', `INSERT INTO finding SELECT audit_id, organization_id, 9, service_id, 'presence/added', version, verdict, outcome, message, level, confidence, confidence_basis, evidence, searched, confidence_cases FROM finding WHERE organization_id = 'tax' AND service_id IS NULL`, ['evidence of tax']],
    ['a review', `UPDATE review SET content = json_set(content, '$.by', 'Somebody')`, ['evidence of tax']],
    ['the verdict of a review', `UPDATE review SET content = json_set(content, '$.verdict', 'pass')`, ['evidence of tax', 'scores of tax', 'ranking of r']],
    ['a review that was deleted', `DELETE FROM review`, ['evidence of tax', 'scores of tax', 'ranking of r']],
    ['a look', `UPDATE snapshot SET content = json_set(content, '$.status', 500) WHERE organization_id = 'post'`, ['evidence of post']],
    ['a look that was deleted', `DELETE FROM snapshot WHERE organization_id = 'post'`, ['evidence of post']],
    ['the addresses that were skipped', `UPDATE skipped SET content = '[]' WHERE organization_id = 'tax'`, ['evidence of tax']],
    ['an act', `UPDATE act SET content = json_set(content, '$.note', 'x') WHERE kind = 'preview'`, ['acts of r']],
    ['an approval', `UPDATE act SET content = json_set(content, '$.status', 'withdrawn') WHERE kind = 'cooperation'`, ['header of r', 'evidence of post', 'acts of r']],
    ['the plan', `UPDATE round SET content = json_set(content, '$.plan.pages', 999)`, ['header of r']],
    ['the weights', `UPDATE round SET content = json_set(content, '$.edition.partialValue', 0.4)`, ['header of r', 'scores of tax', 'ranking of r']],
    ['the registry', `UPDATE registry SET content = replace(content, 'post.example', 'other.example')`, ['header of r', 'evidence of post']],
    ['the rules', `UPDATE audit SET rules_digest = 'other'`, ['header of r']],
    ['the time of publication', `UPDATE round SET published_at = '${at(59)}'`, ['time of publication']],
    ['a score', `UPDATE link SET content = replace(content, '50', '99') WHERE kind = 'scores' AND link_key = 'post'`, ['link 2 (scores post)']],
    ['a score that was deleted', `UPDATE link SET content = NULL WHERE kind = 'scores' AND link_key = 'post'`, ['scores of post']],
    ['the digest of a link', `UPDATE link SET digest = 'f' WHERE kind = 'evidence' AND link_key = 'tax'`, ['link 3 (evidence tax)', 'evidence of tax']],
    ['the hash of a link', `UPDATE link SET hash = 'f' WHERE kind = 'evidence' AND link_key = 'tax'`, ['link 3 (evidence tax)', 'link 4 (scores tax)']],
    ['a link that was deleted', `DELETE FROM link WHERE position = 3`, ['link 3 (scores tax)', 'link 3 (scores tax)', 'link 4 (ranking r)', 'link 5 (acts r)', 'evidence tax']],
    ['the last link', `DELETE FROM link WHERE position = 6`, ['root', 'acts r']],
    ['all links', `DELETE FROM link`, ['root', 'header r', 'evidence post', 'scores post', 'evidence tax', 'scores tax', 'ranking r', 'acts r']],
    ['a link that was added', `INSERT INTO link SELECT round_id, 7, kind, 'more', digest, hash, content FROM link WHERE position = 6`, ['link 7 (acts more)', 'acts of more']],
    ['the root', `UPDATE round SET root_hash = 'f'`, ['root']],
  ])('is found and named: %s', async (_, sql, where) => {
    await published();
    const db = new Database(join(place, 'rasad.sqlite'));
    expect(db.prepare(sql).run().changes).toBeGreaterThan(0);
    db.close();
    const { broken } = await verify();
    expect(broken.map((one) => one.where)).toEqual(where);
    for (const { expected, found } of broken) expect(found).not.toBe(expected);
  }); // prettier-ignore

  it('is found also when it is an accepted audit on demand that was changed, or put in another’s place', async () => {
    await open();
    await lookAt();
    await askAgain();
    await decide('again', true, doer());
    await review();
    await preview();
    await publish();
    expect((await verify()).broken).toEqual([]);
    const db = new Database(join(place, 'rasad.sqlite'));
    db.prepare(`UPDATE finding SET level = 3 WHERE audit_id = 'round-r'`).run(); // nothing stands on it for tax
    expect((await verify()).broken.map(({ where }) => where)).toEqual(['evidence of post']);
    db.prepare(`UPDATE finding SET level = 1`).run();
    db.prepare(`DELETE FROM round_source`).run();
    expect((await verify()).broken.map(({ where }) => where)).toEqual(['evidence of tax', 'scores of tax', 'ranking of r']); // prettier-ignore
    db.close();
  });
});

describe('files of evidence', () => {
  const check: CheckFile = async (ref) => {
    const state = await openBlobStore(join(place, 'snapshots')).check(ref);
    return state.state === 'whole' ? null : state;
  };
  const pathOf = (hash: string): string => {
    const folder = join(place, 'snapshots', hash.slice(0, 2));
    return join(
      folder,
      readdirSync(folder).find((name) => name.startsWith(hash))!,
    );
  };

  it('are read, each once', async () => {
    await published();
    expect(await verify(check)).toMatchObject({ files: 2, retired: 0, broken: [] });
    expect(await verify(null)).toMatchObject({ files: 0, retired: 0, broken: [] });
  });

  it('are named when they are damaged or missing', async () => {
    await published();
    const [post, tax] = [await fileOf('post'), await fileOf('tax')];
    truncateSync(pathOf(post.hash), 20);
    rmSync(pathOf(tax.hash));
    const { files, broken } = await verify(check);
    expect(files).toBe(0);
    expect(broken.map(({ where }) => where)).toEqual([`evidence of post, ${post.hash}`, `evidence of tax, ${tax.hash}`]); // prettier-ignore
    expect(broken[1]!.found).toContain('found none');
  });

  it('may be missing when they were removed on purpose, and are counted', async () => {
    await published();
    const { hash } = await fileOf('tax');
    rmSync(pathOf(hash));
    await store.retire([hash], at(50));
    expect(await verify(check)).toMatchObject({ files: 1, retired: 1, broken: [] });
  });

  it('are missing when they were removed before somebody saw them again', async () => {
    await open();
    const { hash } = await fileOf('tax');
    await store.retire([hash], at(0));
    await lookAt();
    await review();
    await preview();
    await publish();
    rmSync(pathOf(hash));
    const { retired, broken } = await verify(check);
    expect(retired).toBe(0);
    expect(broken.map(({ where }) => where)).toEqual([`evidence of tax, ${hash}`]);
  });

  it('of one content are read in each encoding in which it came', async () => {
    await open();
    const body = await fileOf('post');
    const zipped = { ...body, encoding: body.encoding === 'gzip' ? 'br' : 'gzip' } as const;
    for (const [role, ref] of [
      ['page', body],
      ['target', zipped],
    ] as const)
      await store.saveSnapshot(
        aSnapshot({ auditId: 'round-r', organizationId: 'post', role, body: ref, rendered: ref }),
      );
    await lookAt();
    await review();
    await preview();
    await publish();
    const asked: string[] = [];
    await verify(async ({ hash, encoding }) => (asked.push(`${hash} ${encoding}`), null));
    expect(asked.filter((file) => file.startsWith(body.hash))).toEqual(
      [body, zipped].map(({ hash, encoding }) => `${hash} ${encoding}`),
    );
  });

  it('of a look that a person replaced by an audit on demand are read where the result comes from', async () => {
    await open();
    await lookAt();
    await askAgain();
    await decide('again', true, doer());
    await review();
    await preview();
    await publish();
    const asked: string[] = [];
    await verify(async ({ hash }) => (asked.push(hash), null));
    expect(asked).toEqual([(await fileOf('post')).hash, (await fileOf('tax')).hash]);
  });
});

describe('audits on demand', () => {
  it('change nothing until they are accepted, and then the result of their organization alone', async () => {
    await open();
    await lookAt();
    await askAgain();
    expect(await verdictsOf('tax')).toEqual(['pass', 'fail']);
    const decided = await decide('again', true, doer({ note: 'It was mended.' }));
    expect(decided).toEqual(aReaudit({ organization: 'tax', decision: { accepted: true, ...doer({ note: 'It was mended.' }) } })); // prettier-ignore
    expect([await verdictsOf('tax'), await verdictsOf('post')]).toEqual([['fail', 'fail'], ['pass', 'fail']]); // prettier-ignore
    expect((await (await resultsOf(store, await reading()))('tax')).auditId).toBe('again');
  });

  it('change nothing when they are refused', async () => {
    await open();
    await lookAt();
    await askAgain();
    await decide('again', false, doer());
    expect(await verdictsOf('tax')).toEqual(['pass', 'fail']);
  });

  it('keep the decisions of people on what is found the same again', async () => {
    await open();
    await lookAt();
    await reviewFinding(store, await reading(), reviewOn('tax', 'partial'));
    await askAgain('again', findingsOf('tax', 'pass', 'pass'));
    await decide('again', true, doer());
    expect(await verdictsOf('tax')).toEqual(['partial', 'pass']);
  });

  it('are decided once, and only when they exist', async () => {
    await open();
    await expect(decide('again', true, doer())).rejects.toThrow('There is none yet.');
    await askAgain();
    await askAgain('later');
    await expect(decide('none', true, doer())).rejects.toThrow('There are again, later.'); // prettier-ignore
    await decide('again', false, doer());
    const second = decide('again', true, doer());
    await expect(second).rejects.toThrow(`again was refused by Sara at ${at(0)} already.`);
  });

  it('are accepted only when they are finished, and may be refused before', async () => {
    await open();
    await askAgain('again', findingsOf('tax'), false);
    const early = decide('again', true, doer());
    await expect(early).rejects.toThrow('again is not finished. Go on with it: `rasad audit tax --against r`.');
    expect((await decide('again', false, doer())).decision?.accepted).toBe(false);
  });

  it('are judged again when they are accepted, because more may be approved by then', async () => {
    await open();
    await lookAt();
    await askAgain();
    await decide('again', true, doer(), judgedAgain);
    expect(await verdictsOf('tax')).toEqual(['partial', 'fail']);
    expect(await store.listRules('again')).toEqual(new Map([['tax', RULES]]));
  });

  it('are not decided on when they cannot be judged again', async () => {
    await open();
    await askAgain();
    const accepted = decide('again', true, doer(), () =>
      Promise.reject(new UserError({ fa: 'پرونده نیست', en: 'the file is gone' })),
    );
    await expect(accepted).rejects.toThrow('the file is gone');
    expect((await store.listReaudits('r'))[0]!.decision).toBeNull();
    expect((await store.listSources('r')).size).toBe(0);
  });

  it.each<[string, () => Promise<unknown>, string]>([
    ['failed', () => store.failJob('again', 'tax', 'anna', 'the disk is full', null), 'it failed (the disk is full)'],
    ['saw nothing', () => store.completeJob('again', 'tax', 'anna', { findings: findingsOf('tax'), skipped: [] }), 'it looked at nothing'],
  ])('are not accepted when one %s, and may be refused', async (_, end, why) => {
    await open();
    await store.createAudit(anAudit({ id: 'again', trigger: 'demand', organizationIds: ['tax'] }), REGISTRY);
    await store.addReaudit(aReaudit({ organization: 'tax' }));
    await store.leaseJob('again', 'anna', at(1), at(9));
    await end();
    await store.finishAudit('again', at(6));
    await expect(decide('again', true, doer())).rejects.toThrow(UserError);
    await expect(decide('again', true, doer())).rejects.toThrow(`again cannot be accepted: ${why}. Refuse it with`);
    expect((await decide('again', false, doer())).decision?.accepted).toBe(false);
  }); // prettier-ignore

  it('are decided before the round is published', async () => {
    await previewed();
    await askAgain();
    await expect(publish()).rejects.toThrow('1 audits on demand against r wait for a decision (again).');
    await decide('again', false, doer());
    await publish();
    expect((await verify()).broken).toEqual([]);
  });

  it('are limited for each organization, whatever became of them', async () => {
    const round = await open();
    await checkQuota(store, round, 'tax', 1);
    await askAgain();
    await decide('again', false, doer());
    const further = checkQuota(store, round, 'tax', 1);
    await expect(further).rejects.toThrow(UserError);
    await expect(further).rejects.toThrow('tax was audited on demand against r 1 times already, and 1 are allowed: 2026-03-21 by Sara (They say that it was mended.).'); // prettier-ignore
    await checkQuota(store, round, 'tax', 2);
    await checkQuota(store, round, 'post', 1);
  });
});

describe('a revision', () => {
  const revise = async (reason = 'A rule was wrong.', id = 'r') =>
    openRevision(store, await reading(id), doer({ note: reason, at: at(30) }), {
      rulesDigest: 'newer rules',
      judge: judgedAgain,
    });

  it('needs a reason', async () => {
    await published();
    await expect(revise('  ')).rejects.toThrow('A revision needs its reason');
    expect((await store.listRounds()).map(({ id }) => id)).toEqual(['r']);
  });

  it('is of a published round, the last of its line', async () => {
    await previewed();
    await expect(revise()).rejects.toThrow('Round r cannot be revised: it is in preview, not published.');
    await publish();
    await revise();
    await expect(revise()).rejects.toThrow('r has been revised already, by r.2 (reviewing). Revise that one.');
  });

  it('is a round under review on the same evidence, judged by the rules of today, with the same decisions', async () => {
    await published();
    const revision = await revise();
    expect(revision).toMatchObject({ id: 'r.2', state: 'reviewing', revises: 'r', reason: 'A rule was wrong.', openedBy: 'Sara', openedAt: at(30), period: aRound().period, rootHash: null }); // prettier-ignore
    expect(await store.getAudit(revision.auditId)).toMatchObject({ rulesDigest: 'newer rules', finishedAt: at(30) });
    expect(await store.listSnapshots(revision.auditId, 'tax')).toHaveLength(1);
    // what the reviewer of tax saw, a pass, is partial now: the card returns
    const { settled, outdated } = await (await resultsOf(store, revision))('tax');
    expect([settled.map(({ verdict }) => verdict), outdated.length]).toEqual([['partial', 'fail'], 1]);
    expect((await registryOfRound(store, revision)).organizations[0]!.cooperation).toBe('visible-only');
  });

  it('notes by which rules it was judged, also where what was published stands', async () => {
    await published();
    const judge = async (_: string, id: string) => {
      if (id === 'tax') throw new Error('the file is gone');
      return judgedAgain(_, id);
    };
    const revision = await openRevision(store, await reading(), doer({ note: 'wrong' }), {
      rulesDigest: 'newer rules',
      judge,
    });
    expect(await store.listRules(revision.auditId)).toEqual(new Map([['post', 'newer rules'], ['tax', RULES]])); // prettier-ignore
  });

  it('leaves the round that it revises provable, and is linked to its root', async () => {
    const root = await published();
    await revise();
    await reviewFinding(store, await reading('r.2'), reviewOn('tax', 'fail'));
    await preview('r.2');
    const second = await publish('r.2');
    expect((await verify()).broken).toEqual([]);
    expect(await verify(null, 'r.2')).toMatchObject({ root: second, broken: [] });
    expect(JSON.parse((await store.listLinks('r.2'))[0]!.content!)).toMatchObject({ revisedRoot: root, reason: 'A rule was wrong.' }); // prettier-ignore

    const db = new Database(join(place, 'rasad.sqlite'));
    db.prepare(`UPDATE round SET root_hash = 'f' WHERE id = 'r'`).run();
    db.close();
    expect((await verify(null, 'r.2')).broken.map(({ where }) => where)).toEqual(['header of r.2']);
  });

  it('stands on what the round saw, too, where its looks are those of an audit on demand', async () => {
    await open();
    const old = {
      auditId: 'round-r',
      organizationId: 'tax',
      role: 'page',
      body: await fileOf('tax of before'),
    } as const;
    await store.saveSnapshot(aSnapshot(old));
    await lookAt();
    await askAgain();
    await decide('again', true, doer());
    await review();
    await preview();
    await publish();
    const looksIn = async (id: string, organization: string) => {
      const { auditId, snapshots } = await (await resultsOf(store, await reading(id)))(organization);
      return [auditId, ...snapshots.map((snapshot) => `${snapshot.auditId} ${snapshot.role}`)];
    };
    for (const [id, revises] of [
      ['r.2', 'r'],
      ['r.3', 'r.2'],
    ] as const) {
      await revise('A rule was wrong.', revises);
      await preview(id);
      await publish(id);
      const own = `round-${id}`;
      expect(await looksIn(id, 'tax')).toEqual([own, `${own} portal`, 'round-r page', 'round-r portal']);
      expect(await looksIn(id, 'post')).toEqual([own, `${own} portal`]);
      const asked: string[] = [];
      expect((await verify(async ({ hash }) => (asked.push(hash), null), id)).broken).toEqual([]);
      expect(asked).toEqual([(await fileOf('post')).hash, (await fileOf('tax')).hash, old.body.hash]);
    }

    const db = new Database(join(place, 'rasad.sqlite'));
    db.prepare(`DELETE FROM snapshot WHERE audit_id = 'round-r' AND role = 'page'`).run();
    db.close();
    expect((await verify(null, 'r.3')).broken.map(({ where }) => where)).toEqual(['evidence of tax']);
  });

  it('counts on from the revision that it revises, and adds to a name that ends in a number', async () => {
    await published();
    await revise();
    await preview('r.2');
    await publish('r.2');
    expect((await revise('Again.', 'r.2')).id).toBe('r.3');

    await openRound(store, anOpening({ id: 'pilot.7', period: null }));
    await lookAt({}, 'round-pilot.7');
    await startReview(store, await reading('pilot.7'), doer(), {
      early: false,
      rulesDigest: RULES,
      judge: judgedAgain,
    });
    await preview('pilot.7');
    await publish('pilot.7');
    expect((await revise('Wrong.', 'pilot.7')).id).toBe('pilot.7.2');
  });

  it('is refused when its name is taken', async () => {
    await published();
    await openRound(store, anOpening({ id: 'r.2', period: null }));
    await expect(revise()).rejects.toThrow('There is a round "r.2" already.');
  });
});
