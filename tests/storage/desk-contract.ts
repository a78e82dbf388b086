/**
 * What every implementation of DeskStore must do. A second implementation is tested by one more call:
 * `testDeskStore('PostgreSQL', { store: (place) => openPostgresStore(…), desk: (place) => openPostgresDeskStore(…) })`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ObjectionCheck, ObjectionDecision } from '../../src/core/person.ts';
import type { Rating } from '../../src/core/rating.ts';
import type { Review } from '../../src/core/round.ts';
import type { Decided, DeskStore } from '../../storage/desk-store.ts';
import type { Store } from '../../storage/store.ts';
import {
  aFinding,
  anAct,
  anAudit,
  aJournalEntry,
  anObjection,
  aPass,
  aPerson,
  aPreviewPass,
  aRating,
  aReaudit,
  aRegistry,
  aReview,
  aRound,
  aSession,
  at,
} from './fixtures.ts';

const ODD_TEXT = `می‌خواهم ۱۲٫۵ تومان "quoted"; -- \\ %s ? $1 \r\n\u2028 nul \0 half \ud83d 👩🏽‍🏫`;

/** `place` is a directory of the test's own; one place opened twice is two connections to one database. */
export function testDeskStore(
  name: string,
  open: { readonly store: (place: string) => Store; readonly desk: (place: string) => DeskStore },
): void {
  let place: string;
  let store: Store;
  let desk: DeskStore;
  let other: DeskStore;

  beforeEach(() => {
    place = mkdtempSync(join(tmpdir(), 'rasad-desk-'));
    store = open.store(place);
    desk = open.desk(place);
    other = open.desk(place);
  });
  afterEach(async () => {
    for (const connection of [store, desk, other]) await connection.close();
    rmSync(place, { recursive: true, force: true });
  });

  /** A round on an audit of its own, of the organizations one and two. */
  const givenRound = (id = 'r', auditId = 'a') =>
    store.createRound(
      aRound({ id, auditId, period: null }),
      anAudit({ id: auditId, trigger: 'round', organizationIds: ['one', 'two'] }),
      aRegistry(),
      new Map(),
      anAct(),
    );
  const publish = async (id = 'r') => {
    await store.moveRound(id, 'open', 'reviewing', anAct({ kind: 'reviewing' }));
    await store.moveRound(id, 'reviewing', 'preview', anAct({ kind: 'preview' }));
    const counted = await store.countRound(id);
    const link = { position: 0, kind: 'header', key: '', digest: 'd', hash: 'h', content: null };
    expect(await store.publishRound(id, anAct({ kind: 'published', at: at(22) }), [link], counted)).toBe(true);
  };

  describe(`${name}: people`, () => {
    it('are kept as they were given, and listed by id', async () => {
      const people = [
        aPerson({ id: 'zahra', name: `زهرا "ز"; -- \\ %s ? $1`, ties: ['tax', 'post'] }),
        aPerson({ id: 'ali', role: 'organization', organization: 'tax', isActive: false }),
      ];
      for (const person of people) expect(await desk.addPerson(person)).toBe(true);
      expect(await other.listPeople()).toEqual([people[1], people[0]]);
      expect(await other.getPerson('zahra')).toEqual(people[0]);
      expect(await desk.getPerson('nobody')).toBeNull();
    });

    it('have ids of their own, also from two connections', async () => {
      const added = await Promise.all([desk.addPerson(aPerson()), other.addPerson(aPerson({ name: 'Another' }))]);
      expect(added).toEqual([true, false]);
      expect(await desk.listPeople()).toEqual([aPerson()]);
    });

    it('change in all but id, creation and password', async () => {
      await desk.addPerson(aPerson());
      await desk.setPassword('sara', 'a hash');
      const changed = aPerson({ name: 'Sara K.', role: 'organization', organization: 'tax', ties: ['post'] });
      expect(await desk.changePerson({ ...changed, createdAt: at(50), createdBy: 'someone else' })).toBe(true);
      expect(await other.getPerson('sara')).toEqual(changed);
      expect(await other.getPasswordHash('sara')).toBe('a hash');
      expect(await desk.changePerson(aPerson({ id: 'nobody' }))).toBe(false);
      expect(await desk.getPerson('nobody')).toBeNull();
    });

    it('have no password until one is set', async () => {
      await desk.addPerson(aPerson());
      expect([await desk.getPasswordHash('sara'), await desk.getPasswordHash('nobody')]).toEqual([null, null]);
      await expect(desk.setPassword('nobody', 'a hash')).rejects.toThrow('"nobody"');
    });

    it.each<[string, () => Promise<unknown>]>([
      ['a new password', () => desk.setPassword('sara', 'another hash')],
      ['being not active', () => desk.changePerson(aPerson({ isActive: false }))],
    ])('lose their sessions and passes by %s, for good, and others do not', async (_, change) => {
      for (const id of ['sara', 'reza']) {
        await desk.addPerson(aPerson({ id }));
        await desk.addSession(aSession({ hash: `session of ${id}`, person: id }));
        await desk.addPass(aPass({ hash: `pass of ${id}`, person: id }));
      }
      await change();
      await desk.changePerson(aPerson({ isActive: true }));
      expect(await other.getSession('session of sara', at(1))).toBeNull();
      expect(await other.getPass('pass of sara', at(1))).toBeNull();
      expect((await other.getSession('session of reza', at(1)))?.person.id).toBe('reza');
      expect(await other.getPass('pass of reza', at(1))).not.toBeNull();
    });
  });

  describe(`${name}: refused attempts`, () => {
    it('are counted by name, from all connections, whether or not somebody has the name', async () => {
      expect(await desk.countRefused('nobody', at(1), at(0))).toBe(1);
      expect(await other.countRefused('nobody', at(2), at(0))).toBe(2);
      expect(await other.countRefused('sara', at(2), at(0))).toBe(1);
      expect([await desk.refusedSince('nobody', at(2)), await desk.refusedSince('reza', at(0))]).toEqual([1, 0]);
    });

    it('are forgotten when they are long past, or when one succeeds', async () => {
      for (const id of ['sara', 'reza']) await desk.countRefused(id, at(1), at(0));
      expect(await desk.countRefused('sara', at(20), at(5))).toBe(1);
      expect([await desk.refusedSince('sara', at(0)), await desk.refusedSince('reza', at(0))]).toEqual([1, 0]);
      await desk.forgetRefused('sara');
      expect(await other.refusedSince('sara', at(0))).toBe(0);
    });
  });

  describe(`${name}: sessions`, () => {
    beforeEach(() => desk.addPerson(aPerson()));

    it('are found with their person until they are over', async () => {
      await desk.addSession(aSession());
      expect(await other.getSession('hash of a session', at(59))).toEqual({ session: aSession(), person: aPerson() });
      expect(await other.getSession('hash of a session', at(60))).toBeNull();
      expect(await other.getSession('another hash', at(1))).toBeNull();
    });

    it('need a person', async () => {
      await expect(desk.addSession(aSession({ person: 'nobody' }))).rejects.toThrow();
    });

    it('move their end, and do not come back by that', async () => {
      await desk.addSession(aSession());
      await other.keepSession('hash of a session', at(30), at(90));
      const moved = aSession({ seenAt: at(30), expiresAt: at(90) });
      expect((await desk.getSession('hash of a session', at(89)))?.session).toEqual(moved);
      await desk.endSession('hash of a session');
      await other.keepSession('hash of a session', at(31), at(91));
      expect(await other.getSession('hash of a session', at(32))).toBeNull();
    });

    it('show the person as it is at the moment', async () => {
      await desk.addSession(aSession());
      await other.changePerson(aPerson({ role: 'senior' }));
      expect((await desk.getSession('hash of a session', at(1)))?.person.role).toBe('senior');
    });

    it('are not found when their person is not active', async () => {
      await desk.changePerson(aPerson({ isActive: false }));
      await desk.addSession(aSession());
      expect(await other.getSession('hash of a session', at(1))).toBeNull();
    });

    it('end all at once for a person', async () => {
      await desk.addPerson(aPerson({ id: 'reza' }));
      for (const hash of ['1', '2']) await desk.addSession(aSession({ hash }));
      await desk.addSession(aSession({ hash: '3', person: 'reza' }));
      await other.endSessionsOf('sara');
      const found = await Promise.all(['1', '2', '3'].map((hash) => desk.getSession(hash, at(1))));
      expect(found.map((one) => one?.person.id)).toEqual([undefined, undefined, 'reza']);
    });

    it('that are over leave when another one starts', async () => {
      await desk.addSession(aSession({ hash: 'old', expiresAt: at(10) }));
      await desk.addSession(aSession({ hash: 'new', startedAt: at(10) }));
      expect(await other.getSession('old', at(1))).toBeNull();
    });
  });

  describe(`${name}: passes`, () => {
    beforeEach(async () => {
      await desk.addPerson(aPerson());
      await givenRound();
    });

    it('of both kinds are found until they are over, and listed, the oldest first', async () => {
      await desk.addPass(aPreviewPass({ createdAt: at(1) }));
      await desk.addPass(aPass());
      expect(await other.getPass('hash of a pass', at(59))).toEqual(aPass());
      expect(await other.getPass('hash of a preview', at(59))).toEqual(aPreviewPass({ createdAt: at(1) }));
      expect(await other.getPass('hash of a pass', at(60))).toBeNull();
      expect(await other.getPass('another hash', at(1))).toBeNull();
      expect(await other.listPasses()).toEqual([aPass(), aPreviewPass({ createdAt: at(1) })]);
    });

    it('are used once, also from two connections', async () => {
      await desk.addPass(aPass());
      const used = await Promise.all([desk.usePass('hash of a pass'), other.usePass('hash of a pass')]);
      expect(used).toEqual([true, false]);
      expect(await desk.getPass('hash of a pass', at(1))).toBeNull();
    });
  });

  describe(`${name}: the journal`, () => {
    it('is read from its end, page by page, while it grows', async () => {
      const entry = (number: number) => aJournalEntry({ detail: `${ODD_TEXT} ${number}` });
      for (let number = 0; number < 5; number++) await [desk, other][number % 2]!.addJournal(entry(number));
      const first = await desk.listJournal(2, null);
      expect(first.map(({ value }) => value)).toEqual([entry(4), entry(3)]);
      await other.addJournal(entry(5));
      const second = await desk.listJournal(2, first.at(-1)!.position);
      expect(second.map(({ value }) => value)).toEqual([entry(2), entry(1)]);
      const third = await desk.listJournal(2, second.at(-1)!.position);
      expect(third.map(({ value }) => value)).toEqual([entry(0)]);
      expect(await desk.listJournal(2, third.at(-1)!.position)).toEqual([]);
    });
  });

  describe(`${name}: decisions`, () => {
    beforeEach(() => givenRound());

    const NOTHING = { ratings: -1, reviews: -1 };
    const decided = (change: Partial<Rating> = {}, reviews: readonly Review[] = [], read: Decided['read'] = NOTHING) => ({
      ratings: [aRating(change)], reviews, read,
    }); // prettier-ignore
    const said = async (round = 'r') => ({
      ratings: await other.listRatings(round, -1),
      reviews: await other.listReviewsAfter(round, -1),
    });

    it('keep ratings and reviews in order, to the letter', async () => {
      const ratings = [
        aRating({ note: ODD_TEXT, seen: ODD_TEXT, by: ODD_TEXT }),
        aRating({ service: 's1', answer: 'unclear', seconds: null, blind: true }),
        aRating({ organization: 'two', rule: 'presence/poll', purpose: 'adjudication' }),
      ];
      const reviews = [aReview({ note: ODD_TEXT }), aReview({ organization: 'two', service: 's1', verdict: 'pass' })];
      expect(await desk.decide('r', { ratings, reviews, read: NOTHING })).toBe('kept');
      const next = aRating({ organization: 'two', decision: 'next' });
      expect(await desk.decide('r', { ratings: [next], reviews: [], read: NOTHING })).toBe('kept');
      expect(await said()).toEqual({
        ratings: [...ratings, next].map((value, position) => ({ position, value })),
        reviews: reviews.map((value, position) => ({ position, value })),
      });
      expect(await store.listReviews('r')).toEqual(reviews);
      expect((await desk.listRatings('r', 1)).map(({ position }) => position)).toEqual([2, 3]);
      expect((await desk.listReviewsAfter('r', 0)).map(({ position }) => position)).toEqual([1]);
      expect(await desk.listRatings('r', 3)).toEqual([]);
    });

    it('share the order of reviews with those that are made elsewhere', async () => {
      await store.addReview('r', aReview({ organization: 'two' }));
      await desk.decide('r', decided({}, [aReview()]));
      await store.addReview('r', aReview({ service: 's1' }));
      const reviews = (await said()).reviews;
      expect(reviews.map(({ position, value }) => [position, value.organization, value.service])).toEqual([
        [0, 'two', null],
        [1, 'one', null],
        [2, 'one', 's1'],
      ]);
    });

    it('are kept once, however often they arrive', async () => {
      const decision = decided({}, [aReview()]);
      const answers = await Promise.all([desk.decide('r', decision), other.decide('r', decision)]);
      expect([...answers, await desk.decide('r', decision)]).toEqual(['kept', 'known', 'known']);
      const { ratings, reviews } = await said();
      expect([ratings.length, reviews.length]).toEqual([1, 1]);
    });

    it('of rounds do not know of each other', async () => {
      await givenRound('s', 'b');
      expect([await desk.decide('r', decided()), await desk.decide('s', decided())]).toEqual(['kept', 'kept']);
      expect((await said('s')).ratings).toEqual([{ position: 0, value: aRating() }]);
    });

    it('at the same time on one finding: one is kept, the other has to read on', async () => {
      const answers = await Promise.all([
        desk.decide('r', decided({ by: 'sara', decision: 'of sara' }, [aReview({ by: 'sara' })])),
        other.decide('r', decided({ by: 'reza', decision: 'of reza' }, [aReview({ by: 'reza' })])),
      ]);
      expect(answers).toEqual(['kept', 'outrun']);
      const { ratings, reviews } = await said();
      expect([ratings, reviews].map((all) => all.map(({ value }) => value.by))).toEqual([['sara'], ['sara']]);
      const read = { ratings: 0, reviews: 0 };
      expect(await other.decide('r', decided({ by: 'reza', decision: 'of reza' }, [], read))).toBe('kept');
    });

    it.each<[string, Partial<Rating>, string]>([
      ['another service', { service: 's2' }, 'kept'],
      ['the portal', { service: null }, 'kept'],
      ['another rule', { rule: 'presence/poll' }, 'kept'],
      ['another organization', { organization: 'two' }, 'kept'],
      ['the same finding', {}, 'outrun'],
    ])('on %s since: %j gives %s', async (_, change, expected) => {
      const key = { service: 's1' };
      await desk.decide('r', decided(key));
      expect(await desk.decide('r', decided({ ...key, ...change, decision: 'next' }))).toBe(expected);
    });

    it('are outrun by a word on any of their findings, and then nothing of them is kept', async () => {
      await desk.decide('r', decided({ rule: 'presence/r7' }));
      const ratings = Array.from({ length: 10 }, (_, number) => aRating({ rule: `presence/r${number}`, decision: 'many' })); // prettier-ignore
      expect(await desk.decide('r', { ratings, reviews: [aReview()], read: NOTHING })).toBe('outrun');
      const { ratings: kept, reviews } = await said();
      expect([kept.length, reviews.length]).toEqual([1, 0]);
    });

    it('are outrun by a review that was made elsewhere', async () => {
      await store.addReview('r', aReview());
      expect(await desk.decide('r', decided())).toBe('outrun');
      expect(await desk.decide('r', decided({}, [], { ratings: -1, reviews: 0 }))).toBe('kept');
    });

    it('are taken back by another one', async () => {
      await desk.decide('r', decided({}, [aReview()]));
      const back = aRating({ answer: null, decision: 'back' });
      const taken = aReview({ verdict: null });
      const read = { ratings: 0, reviews: 0 };
      expect(await desk.decide('r', { ratings: [back], reviews: [taken], read })).toBe('kept');
      const { ratings, reviews } = await said();
      expect(ratings.map(({ value }) => value.answer)).toEqual([aRating().answer, null]);
      expect(reviews.map(({ value }) => value.verdict)).toEqual([aReview().verdict, null]);
      expect(await store.listReviews('r')).toEqual([aReview(), taken]);
    });

    it('on a published round are rejected, and what was kept before is still known', async () => {
      await desk.decide('r', decided());
      await publish();
      const before = await said();
      await expect(desk.decide('r', decided({ decision: 'late' }))).rejects.toThrow(`published at ${at(22)}`);
      await expect(other.decide('r', decided({ organization: 'two', decision: 'late' }))).rejects.toThrow('published');
      expect(await desk.decide('r', decided())).toBe('known');
      expect(await said()).toEqual(before);
    });

    it('need a round, and ratings of one decision', async () => {
      await expect(desk.decide('none', decided())).rejects.toThrow('"none"');
      await expect(desk.decide('r', { ratings: [], reviews: [aReview()], read: NOTHING })).rejects.toThrow(
        'found none',
      );
      const ratings = [aRating(), aRating({ service: 's1', decision: 'another' })];
      await expect(desk.decide('r', { ratings, reviews: [], read: NOTHING })).rejects.toThrow('several');
      expect((await said()).ratings).toEqual([]);
    });
  });

  describe(`${name}: the version of a round`, () => {
    beforeEach(async () => {
      await givenRound();
      await givenRound('s', 'b');
      await store.createAudit(anAudit({ id: 'again', trigger: 'demand' }), aRegistry());
      await store.addReaudit(aReaudit());
    });
    const decide = (accepted: boolean) => store.decideReaudit('again', { accepted, by: 'Sara', at: at(10), note: '' });

    it.each<[string, () => Promise<unknown>]>([
      ['an act', () => store.addAct('r', anAct({ kind: 'cooperation', organization: 'one', status: 'withdrawn' }))],
      ['another state', () => store.moveRound('r', 'open', 'reviewing', anAct({ kind: 'reviewing' }))],
      ['findings that are saved', () => store.saveFindings('a', 'one', [aFinding()])],
      ['an accepted audit on demand', () => decide(true)],
      ['a refused one', () => decide(false)],
    ])('changes with %s', async (_, change) => {
      const before = await desk.versionOf('r');
      expect(await other.versionOf('r')).toBe(before);
      await change();
      expect(await desk.versionOf('r')).not.toBe(before);
    });

    it('changes with findings of an accepted audit on demand', async () => {
      await decide(true);
      const before = await desk.versionOf('r');
      await store.saveFindings('again', 'one', [aFinding()]);
      expect(await desk.versionOf('r')).not.toBe(before);
    });

    it('stays with ratings, reviews, and what happens to other rounds and audits', async () => {
      const before = await desk.versionOf('r');
      await desk.decide('r', { ratings: [aRating()], reviews: [aReview()], read: { ratings: -1, reviews: -1 } });
      await store.addAct('s', anAct());
      await store.saveFindings('b', 'one', [aFinding()]);
      await store.saveFindings('again', 'one', [aFinding()]);
      expect(await desk.versionOf('r')).toBe(before);
    });
  });

  describe(`${name}: single findings`, () => {
    it('are those of the store, in the order asked for, without those that are not there', async () => {
      await givenRound();
      const findings = [
        aFinding({ message: { fa: ODD_TEXT, en: '' } }),
        aFinding({ service: 's1' }),
        aFinding({ service: 's2', verdict: 'fail' }),
        aFinding({ rule: 'presence/poll' }),
      ];
      await store.saveFindings('a', 'one', findings);
      await store.saveFindings('a', 'two', [aFinding({ organization: 'two' })]);
      const key = { organization: 'one', service: null, rule: 'presence/site-search' };
      const keys = [
        { ...key, service: 's2' },
        key,
        { ...key, service: 's3' },
        { ...key, organization: 'none' },
        { ...key, organization: 'two' },
      ];
      expect(await desk.getFindings('a', keys)).toEqual([findings[2], findings[0], aFinding({ organization: 'two' })]);
      expect(await desk.getFindings('another', keys)).toEqual([]);
      expect(await desk.getFindings('a', [])).toEqual([]);
    });
  });

  describe(`${name}: objections`, () => {
    const CHECK: ObjectionCheck = {
      at: at(7), outcome: 'page', status: 200, url: 'https://example.ir/poll', title: ODD_TEXT, snapshot: null, signals: ['poll'],
    }; // prettier-ignore
    const DECISION: ObjectionDecision = { upheld: true, verdict: 'pass', by: 'reza', at: at(9), note: ODD_TEXT };
    beforeEach(() => givenRound());

    it('are kept as they were given, the oldest first, by round', async () => {
      await givenRound('s', 'b');
      const objections = [
        anObjection({ id: 'late', at: at(9), text: ODD_TEXT, url: null }),
        anObjection({ id: 'early', at: at(8), service: 's1', check: CHECK, decision: DECISION }),
      ];
      for (const objection of [...objections, anObjection({ id: 'other', round: 's' })])
        await desk.addObjection(objection);
      expect(await other.listObjections('r')).toEqual([objections[1], objections[0]]);
      expect(await other.getObjection('early')).toEqual(objections[1]);
      expect(await other.getObjection('none')).toBeNull();
      await expect(desk.addObjection(anObjection({ id: 'late' }))).rejects.toThrow();
      await expect(desk.addObjection(anObjection({ id: 'x', round: 'none' }))).rejects.toThrow();
    });

    it('are checked, and decided once, also from two connections', async () => {
      await desk.addObjection(anObjection());
      await desk.setObjectionCheck('objection', CHECK);
      expect(await other.getObjection('objection')).toEqual(anObjection({ check: CHECK }));
      const decided = await Promise.all([
        desk.decideObjection('objection', DECISION),
        other.decideObjection('objection', { ...DECISION, upheld: false }),
      ]);
      expect([...decided, await desk.decideObjection('none', DECISION)]).toEqual([true, false, false]);
      expect(await other.getObjection('objection')).toEqual(anObjection({ check: CHECK, decision: DECISION }));
    });
  });
}
