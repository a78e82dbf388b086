import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { r5 } from '../../rules/editions/r5.ts';
import { INDICATORS } from '../../rules/catalogue.ts';
import type { Evidence, Finding, Service } from '../../src/core/model.ts';
import { openQueue, type Queue, type Reader } from '../../src/core/queue.ts';
import type { Answer, FindingKey, Purpose, Rating } from '../../src/core/rating.ts';
import { reviewAfter } from '../../src/core/rating.ts';
import { seenOf, type Review } from '../../src/core/round.ts';
import { scoreOrganization } from '../../src/core/score.ts';
import { keyOf, settle } from '../../src/core/settle.ts';

const HEAVY = 'transaction/tracking'; // weight 12: two readers
const LIGHT = 'presence/fee-time-published'; // weight 8
const PORTAL = 'presence/contact-info';
const UNSEEN = ['presence/availability'];

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);
const open = (severe: readonly string[] = [], round = 'round'): Queue =>
  openQueue({ round, edition: r5, catalogue: INDICATORS, severe: new Set(severe), unseen: new Set(UNSEEN), digest });

const service = (id: string, organizationId = 'org'): Service => ({
  id, organizationId, parentId: null, code: null, titles: { fa: id, en: id }, pageUrl: null, systemUrl: null, profile: [], extra: {},
}); // prettier-ignore
const proof = (url: string): Evidence => ({
  url,
  snapshot: `bytes of ${url}`,
  selector: 'p',
  quote: 'x',
  language: null,
});
const finding = (rule: string, of: string | null, change: Partial<Finding> = {}): Finding => ({
  organization: 'org', service: of, rule, version: 1, verdict: 'fail', outcome: 'none', message: { fa: '', en: '' }, level: 2,
  confidence: 0.67, confidenceBasis: 'prior', confidenceCases: 0, evidence: [],
  searched: [{ place: 'service page', url: `https://org.ir/${of}`, read: true, detail: '' }], ...change,
}); // prettier-ignore

const evaluator = (id: string, ties: readonly string[] = []): Reader => ({ id, role: 'evaluator', ties });
const senior = (id: string): Reader => ({ id, role: 'senior', ties: [] });
const ALL = {};
const NOBODY: ReadonlySet<string> = new Set();

let decisions = 0;
/** What the desk does with an answer: ratings of all findings of the card, and the reviews that follow. */
function answer(queue: Queue, id: string, by: string, said: Answer | null, purpose: Purpose = 'reading'): void {
  const card = queue.card(id)!;
  const ratings = card.findings.map(
    (key): Rating => ({ ...key, answer: said, purpose, blind: false, by, at: '2026-03-21T08:00:00.000Z', seconds: 9, note: '', seen: card.seen, decision: `d${decisions}` }),
  ); // prettier-ignore
  decisions++;
  const reviews = ratings.flatMap((rating): Review[] => {
    const own = [...queue.ratingsOf(rating), rating];
    const before = reviewsOf.get(queue)?.get(keyOf(rating)) ?? null;
    const review = reviewAfter(own, card.readersNeeded, before);
    return review ? [review] : [];
  });
  apply(queue, ratings, reviews);
}
const reviewsOf = new WeakMap<Queue, Map<string, Review>>();
function apply(queue: Queue, ratings: readonly Rating[], reviews: readonly Review[]): void {
  const own = reviewsOf.get(queue) ?? new Map<string, Review>();
  reviewsOf.set(queue, own);
  for (const review of reviews) own.set(keyOf(review), review);
  queue.apply(ratings, reviews);
}
const review = (of: Finding, verdict: Review['verdict']): Review => ({
  organization: of.organization, service: of.service, rule: of.rule, verdict, basis: 'review', by: 'cli', at: '', note: '', seen: seenOf(of), attachments: [],
}); // prettier-ignore

const idOf = (queue: Queue, key: FindingKey): string => queue.cardOf(key)!;
const TWO = [service('a'), service('b')];

describe('cards', () => {
  it('hold what a person must see, and nothing that nobody can settle', () => {
    const queue = open();
    const findings = [
      finding(HEAVY, 'a'),
      finding(HEAVY, 'b', { verdict: 'unclear' }),
      finding(LIGHT, 'a', { verdict: 'blocked' }),
      finding(LIGHT, 'b', { verdict: 'not-applicable' }),
    ];
    queue.setOrganization('org', TWO, findings, true);
    expect(findings.map((one) => queue.cardOf(one) !== null)).toEqual([true, true, false, false]);
    const { total, cards } = queue.page(ALL, 0, 10);
    expect(total).toBe(2);
    expect(new Set(cards.map(({ reason, state, proposal }) => `${reason} ${state} ${proposal}`))).toEqual(
      new Set(['unmeasured open fail', 'open open unclear']),
    );
    expect(queue.progress()).toEqual({
      open: 2, second: 0, sample: 0, disputed: 0, settled: 0, findingsOpen: 2, findingsTotal: 4, decided: 0,
    }); // prettier-ignore
  });

  it('ask nobody for what no stored page shows', () => {
    const queue = open();
    const looks = (verdict: Finding['verdict']): Finding => finding(UNSEEN[0]!, null, { verdict });
    for (const verdict of ['unclear', 'fail', 'pass'] as const) {
      queue.setOrganization('org', TWO, [looks(verdict), finding(LIGHT, 'a')], true);
      expect([queue.cardOf(looks(verdict)), queue.page(ALL, 0, 10).total]).toEqual([null, 1]);
    }
  });

  it('join identical evidence, over organizations too, and absences only where the same places were searched', () => {
    const queue = open();
    const shared = { verdict: 'pass', evidence: [proof('https://gov.ir/track')] } as const;
    const same = [{ place: 'list of services', url: 'https://org.ir/list', read: true, detail: '' }];
    const first = [
      finding(HEAVY, 'a', shared),
      finding(HEAVY, 'b', { ...shared, evidence: [{ ...proof('https://gov.ir/track'), snapshot: 'other bytes' }] }),
      finding('presence/service-listed', 'a', { searched: same }),
      finding('presence/service-listed', 'b', { searched: same }),
      finding(LIGHT, 'a'),
      finding(LIGHT, 'b'),
    ];
    const other = [
      finding(HEAVY, 'c', { ...shared, organization: 'other' }),
      finding('presence/service-listed', 'c', { organization: 'other', searched: same }),
      finding('transaction/e-payment', 'c', { ...shared, organization: 'other' }),
    ];
    queue.setOrganization('org', TWO, first, true);
    queue.setOrganization('other', [service('c', 'other')], other, true);
    const card = queue.card(idOf(queue, first[0]!))!;
    expect(card.findings.map(({ organization, service: of }) => `${organization} ${of}`)).toEqual(['org a', 'org b', 'other c']); // prettier-ignore
    expect(card.organizations).toEqual(['org', 'other']);
    expect(card.seen).toBe(seenOf(first[0]!));
    expect(idOf(queue, first[2]!)).toBe(idOf(queue, first[3]!));
    expect(idOf(queue, first[2]!)).not.toBe(idOf(queue, other[1]!));
    expect(idOf(queue, first[4]!)).not.toBe(idOf(queue, first[5]!));
    expect(queue.page(ALL, 0, 10).total).toBe(6);
  });
});

describe('an answer', () => {
  it('of as many readers as are needed settles a card and moves the score', () => {
    const queue = open();
    const findings = [finding(HEAVY, 'a'), finding(LIGHT, 'a', { verdict: 'pass' })];
    queue.setOrganization('org', [service('a')], findings, true);
    const before = queue.score('org').total.score!;
    const id = idOf(queue, findings[0]!);
    expect(queue.card(id)).toMatchObject({ readersNeeded: 2, readers: [], state: 'open' });
    answer(queue, id, 'sara', 'pass');
    expect(queue.card(id)).toMatchObject({ readers: ['sara'], state: 'open', reason: 'second' });
    expect(queue.score('org').total.score).toBe(before);
    expect(queue.serve(id, evaluator('sara'))).toBeNull();
    expect(queue.serve(id, evaluator('reza'))).toMatchObject({ purpose: 'reading', blind: true });
    answer(queue, id, 'reza', 'pass');
    expect(queue.card(id)).toMatchObject({ state: 'settled' });
    const settled = settle(findings, [review(findings[0]!, 'pass')]).findings;
    expect(queue.score('org')).toEqual(scoreOrganization('org', [service('a')], settled, r5, INDICATORS));
    expect(queue.progress()).toMatchObject({ settled: 1, decided: 1 });
  });

  it('goes to a senior who has not read it where readers differ, and may stay unclear there', () => {
    const queue = open();
    const one = finding(HEAVY, 'a');
    queue.setOrganization('org', [service('a')], [one], true);
    const id = idOf(queue, one);
    answer(queue, id, 'sara', 'pass');
    answer(queue, id, 'parvin', 'fail');
    expect(queue.card(id)).toMatchObject({ state: 'disputed', reason: 'disputed', readers: ['sara', 'parvin'] });
    expect(queue.serve(id, evaluator('reza'))).toBeNull();
    expect(queue.serve(id, senior('parvin'))).toBeNull();
    expect(queue.next(senior('kamran'), ALL, NOBODY)).toMatchObject({
      card: { id },
      purpose: 'adjudication',
      blind: false,
    });
    answer(queue, id, 'kamran', 'unclear', 'adjudication');
    expect(queue.card(id)).toMatchObject({ state: 'settled' });
    expect(queue.page(ALL, 0, 10).total).toBe(0);
    answer(queue, id, 'kamran', null, 'adjudication');
    expect(queue.card(id)).toMatchObject({ state: 'disputed' });
  });

  it('that is taken back opens the card again', () => {
    const queue = open();
    const one = finding(LIGHT, 'a');
    queue.setOrganization('org', [service('a')], [one], true);
    const before = queue.score('org');
    const id = idOf(queue, one);
    const readers = ['sara', 'reza'].slice(0, queue.card(id)!.readersNeeded);
    for (const by of readers) answer(queue, id, by, 'pass');
    expect(queue.card(id)).toMatchObject({ state: 'settled', readers });
    expect(queue.score('org')).not.toEqual(before);
    answer(queue, id, readers[0]!, null);
    expect(queue.card(id)).toMatchObject({ state: 'open', readers: readers.slice(1) });
    expect(queue.score('org')).toEqual(before);
    expect(queue.serve(id, evaluator('sara'))).not.toBeNull();
  });

  it('without the desk settles too, until it is taken back or what was seen has changed', () => {
    const queue = open();
    const one = finding(HEAVY, 'a');
    queue.setOrganization('org', [service('a')], [one], true);
    const id = idOf(queue, one);
    queue.apply([], [review(one, 'pass')]);
    expect(queue.card(id)).toMatchObject({ state: 'settled' });
    queue.apply([], [review(one, null)]);
    expect(queue.card(id)).toMatchObject({ state: 'open' });
    queue.apply([], [review(one, 'unclear')]);
    expect(queue.card(id)).toMatchObject({ state: 'open' });
    queue.apply([], [review(one, 'fail')]);
    const changed = { ...one, outcome: 'other' };
    queue.setOrganization('org', [service('a')], [changed], true);
    expect(queue.card(id)).toBeNull();
    expect(queue.card(idOf(queue, changed))).toMatchObject({ state: 'open' });
    queue.setOrganization('org', [service('a')], [one], true);
    expect(queue.card(id)).toMatchObject({ state: 'settled' });
  });

  it('on what was seen before counts no more when something else was decided since, so that the card is asked again', () => {
    const queue = open();
    const one = finding(LIGHT, 'a');
    const put = (found: Finding): string => {
      queue.setOrganization('org', [service('a')], [found], true);
      return idOf(queue, found);
    };
    const id = put(one);
    for (const by of ['sara', 'omid'].slice(0, queue.card(id)!.readersNeeded)) answer(queue, id, by, 'pass');
    const other = put({ ...one, outcome: 'other' });
    for (const by of ['reza', 'mina'].slice(0, queue.card(other)!.readersNeeded)) answer(queue, other, by, 'fail');
    put(one);
    expect(queue.progress()).toMatchObject({ decided: 0 });
    expect(queue.card(id)).toMatchObject({ state: 'open' });
    answer(queue, id, 'kamran', 'pass');
    expect(queue.card(id)).toMatchObject({ state: 'settled' });
    expect(queue.progress()).toMatchObject({ decided: 1 });
  });

  it('of the desk takes back nothing that a person decided without it', () => {
    const said = (change: Partial<Rating>): Rating => ({
      organization: 'org', service: 'a', rule: LIGHT, answer: 'pass', purpose: 'reading', blind: false, by: 'sara', at: '1', seconds: null, note: '', seen: 'x', decision: 'd', ...change,
    }); // prettier-ignore
    const decided = (verdict: Review['verdict'], by: string, at: string): Review => ({ ...review(finding(LIGHT, 'a'), verdict), by, at, seen: 'x' }); // prettier-ignore
    const undone = [said({}), said({ answer: null, at: '3' })];
    expect(reviewAfter(undone, 1, decided('pass', 'sara', '1'))).toMatchObject({ verdict: null });
    expect(reviewAfter(undone, 1, decided('fail', 'cli', '2'))).toBeNull();
    expect(reviewAfter(undone, 1, decided('pass', 'sara', '2'))).toBeNull();
    const first = [said({ at: '3' })];
    for (const verdict of ['fail', 'unclear'] as const)
      expect(reviewAfter(first, 2, decided(verdict, 'cli', '2'))).toBeNull();
    expect(reviewAfter(first, 1, decided('fail', 'cli', '2'))).toBeNull();
    expect(reviewAfter(first, 1, decided('unclear', 'cli', '2'))).toMatchObject({ verdict: 'pass' });
    expect(reviewAfter([said({ purpose: 'objection', at: '3' })], 2, decided('fail', 'cli', '2'))).toMatchObject({ verdict: 'pass' }); // prettier-ignore
    const settled = [said({}), said({ answer: 'fail', by: 'reza', at: '2' }), said({ by: 'mina', purpose: 'adjudication', at: '3' })]; // prettier-ignore
    const left = [...settled, said({ answer: null, by: 'reza', at: '5' })];
    for (const verdict of ['fail', null] as const)
      expect(reviewAfter(left, 2, decided(verdict, 'cli', '4'))).toBeNull();
  });

  it('of nobody else makes a card of what a person left open without the desk', () => {
    const queue = open();
    const sure = Array.from({ length: 30 }, (_, at) =>
      finding(LIGHT, `s${at}`, { verdict: 'pass', confidence: 0.95, confidenceBasis: 'measured', evidence: [proof(`https://org.ir/${at}`)] }),
    ); // prettier-ignore
    queue.setOrganization(
      'org',
      sure.map(({ service: id }) => service(id!)),
      sure,
      true,
    );
    const free = sure.find((one) => queue.cardOf(one) === null)!;
    queue.apply([], [review(free, 'unclear')]);
    expect(queue.card(idOf(queue, free))).toMatchObject({ reason: 'open', state: 'open', proposal: 'pass' });
  });
});

describe('readers', () => {
  it('are two for heavy and severe cards, and for a fifth of the others', () => {
    const queue = open(['presence/privacy-statement']);
    const ids = Array.from({ length: 400 }, (_, at) => `s${at}`);
    const findings = ids.map((id) => finding(LIGHT, id));
    const grave = finding('presence/privacy-statement', null);
    queue.setOrganization(
      'org',
      ids.map((id) => service(id)),
      [...findings, grave, finding(HEAVY, 's0')],
      true,
    );
    const needed = (one: Finding): number => queue.card(idOf(queue, one))!.readersNeeded;
    expect([needed(grave), needed(finding(HEAVY, 's0'))]).toEqual([2, 2]);
    const doubled = findings.filter((one) => needed(one) === 2).length;
    expect(doubled).toBeGreaterThan(50);
    expect(doubled).toBeLessThan(110);
  });

  it('get no card of an organization to which they have a tie, whatever else is on it', () => {
    const queue = open();
    const shared = { verdict: 'pass', evidence: [proof('https://gov.ir/track')] } as const;
    const other = finding(HEAVY, 'c', { ...shared, organization: 'other' });
    queue.setOrganization('org', [service('a')], [finding(HEAVY, 'a', shared)], true);
    queue.setOrganization('other', [service('c', 'other')], [other], true);
    const id = idOf(queue, other);
    expect(queue.next(evaluator('sara', ['other']), ALL, NOBODY)).toBeNull();
    expect(queue.serve(id, evaluator('sara', ['org']))).toBeNull();
    expect(queue.next(evaluator('sara', ['elsewhere']), ALL, NOBODY)).toMatchObject({ card: { id } });
    expect(queue.next(evaluator('sara'), ALL, new Set([id]))).toBeNull();
  });

  it('are only those whose role it is', () => {
    const queue = open();
    const one = finding(HEAVY, 'a');
    queue.setOrganization('org', [service('a')], [one], true);
    const served = (['operator', 'senior', 'evaluator', 'organization', 'reader'] as const).map(
      (role) => queue.next({ id: role, role, ties: [] }, ALL, NOBODY) !== null && queue.serve(idOf(queue, one), { id: role, role, ties: [] }) !== null,
    ); // prettier-ignore
    expect(served).toEqual([true, true, true, false, false]);
  });

  it('read a fifth of first readings blind, the same ones each time', () => {
    const queue = open();
    const ids = Array.from({ length: 400 }, (_, at) => `s${at}`);
    queue.setOrganization(
      'org',
      ids.map((id) => service(id)),
      ids.map((id) => finding(LIGHT, id)),
      true,
    );
    const { cards } = queue.page(ALL, 0, 400);
    const blind = (by: string): boolean[] => cards.map(({ id }) => queue.serve(id, evaluator(by))!.blind);
    expect(blind('sara')).toEqual(blind('sara'));
    expect(blind('sara')).not.toEqual(blind('reza'));
    expect(blind('sara').filter(Boolean).length / 400).toBeCloseTo(0.2, 1);
  });
});

describe('the sample and known cards', () => {
  const sure = (verdict: 'pass' | 'fail', count: number): Finding[] =>
    Array.from({ length: count }, (_, at) =>
      finding(verdict === 'pass' ? LIGHT : PORTAL, `${verdict}${at}`, { verdict, confidence: 0.999, confidenceBasis: 'measured' }),
    ); // prettier-ignore

  it('draws its share of each indicator from what the machine settles alone', () => {
    const queue = open();
    const findings = [...sure('pass', 200), ...sure('fail', 200)];
    queue.setOrganization(
      'org',
      findings.map((one) => service(one.service!)),
      findings,
      true,
    );
    const { cards } = queue.page(ALL, 0, 100);
    expect(cards.map(({ reason }) => reason)).toEqual(Array.from({ length: 16 }, () => 'sample'));
    expect(cards.filter(({ proposal }) => proposal === 'pass')).toHaveLength(6);
    expect(queue.progress()).toMatchObject({ open: 16, sample: 16, findingsOpen: 16, findingsTotal: 400 });
  });

  it('keeps what somebody has read when the draw falls on others', () => {
    const sure = (org: string): Finding[] =>
      Array.from({ length: 15 }, (_, at) =>
        finding(LIGHT, `${org}${at}`, { organization: org, verdict: 'pass', confidence: 0.95, confidenceBasis: 'measured', evidence: [proof(`https://${org}.ir/${at}`)] }),
      ); // prettier-ignore
    const put = (queue: Queue, own: readonly Finding[]): void =>
      queue.setOrganization(own[0]!.organization, own.map(({ service: id, organization }) => service(id!, organization)), own, true); // prettier-ignore
    const queue = open();
    const own = sure('org');
    put(queue, own);
    const drawn = own.find((one) => queue.cardOf(one) !== null)!;
    const others = Array.from({ length: 50 }, (_, at) => sure(`other${at}`)).find((some) => {
      const fresh = open();
      for (const each of [own, some]) put(fresh, each);
      return fresh.cardOf(drawn) === null;
    })!;
    const id = idOf(queue, drawn);
    answer(queue, id, 'sara', 'unclear');
    put(queue, others);
    expect(queue.card(id)).toMatchObject({ state: 'disputed', readers: ['sara'] });
  });

  it('gives each person one of ten cards from the sample', () => {
    const queue = open();
    const ids = Array.from({ length: 100 }, (_, at) => `s${at}`);
    const findings = [...sure('pass', 200), ...ids.map((id) => finding(LIGHT, id))];
    queue.setOrganization('org', findings.map((one) => service(one.service!)), findings, true); // prettier-ignore
    const proposals = Array.from({ length: 10 }, () => {
      const { card } = queue.next(evaluator('sara'), ALL, NOBODY)!;
      answer(queue, card.id, 'sara', 'fail');
      return card.proposal;
    });
    expect(proposals).toEqual([...Array.from({ length: 9 }, () => 'fail'), 'pass']);
  });

  it('serves three of a hundred whose answer is known to two or a senior, and not from this person', () => {
    const queue = open();
    const ids = Array.from({ length: 20 }, (_, at) => `s${at}`);
    const findings = ids.map((id) => finding(LIGHT, id));
    queue.setOrganization('org', ids.map((id) => service(id)), findings, true); // prettier-ignore
    const people = Array.from({ length: 600 }, (_, at) => evaluator(`p${at}`));
    const known = () => people.filter((person) => queue.next(person, ALL, NOBODY)?.purpose === 'known');
    for (const one of findings.slice(0, 5)) queue.apply([], [review(one, 'pass')]);
    expect(known()).toEqual([]);
    for (const one of findings.slice(5, 15)) answer(queue, idOf(queue, one), 'kamran', 'pass', 'adjudication');
    const served = known();
    expect(served.length / people.length).toBeCloseTo(0.03, 1);
    expect(served.length).toBeGreaterThan(5);
    const { card, blind } = queue.next(served[0]!, ALL, NOBODY)!;
    expect(card).toMatchObject({ reason: 'known', state: 'settled' });
    expect(blind).toBe(true);
    expect(queue.serve(card.id, served[0]!)).toMatchObject({ purpose: 'known' });
    answer(queue, card.id, served[0]!.id, 'fail', 'known');
    expect(queue.serve(card.id, served[0]!)).toBeNull();
    expect(queue.card(card.id)).toMatchObject({ state: 'settled' });
    expect(queue.serve(card.id, { ...evaluator('kamran'), role: 'senior' })).toBeNull();
  });
});

describe('the order', () => {
  /** Two organizations that stand level, and one far from both. */
  const country = (queue: Queue): Finding[] => {
    const rules = INDICATORS.filter(({ scope }) => scope === 'service');
    const of = (organization: string, share: number): Finding[] =>
      rules.map(({ id }, at) =>
        finding(id, `${organization}1`, {
          organization, verdict: at % 10 < share ? 'pass' : 'fail', confidence: at % 10 < share ? 0.95 : 0.7,
          searched: [{ place: 'page', url: `https://${organization}.ir`, read: true, detail: '' }],
        }),
      ); // prettier-ignore
    const all = [of('near', 5), of('close', 5), of('far', 0)];
    for (const findings of all) {
      const { organization } = findings[0]!;
      queue.setOrganization(organization, [service(`${organization}1`, organization)], findings, true);
    }
    return all.flat();
  };

  it('puts first what decides between organizations that stand close', () => {
    const queue = open();
    country(queue);
    const { cards } = queue.page(ALL, 0, 1000);
    const first = cards.slice(0, 20).flatMap(({ organizations }) => organizations);
    expect(first.filter((id) => id === 'far').length).toBeLessThan(5);
    const priorities = cards.map(({ priority }) => priority);
    expect(priorities).toEqual([...priorities].sort((a, b) => b - a));
    expect(queue.page(ALL, 7, 5).cards).toEqual(cards.slice(7, 12));
    expect(queue.page({ organization: 'far' }, 0, 1000).cards).toEqual(cards.filter(({ organizations }) => organizations[0] === 'far')); // prettier-ignore
    expect(queue.page({ stage: 'integration' }, 0, 1000).cards).toEqual(cards.filter(({ stage }) => stage === 'integration')); // prettier-ignore
    expect(queue.page({ rule: HEAVY }, 0, 1000).total).toBe(3);
    expect(queue.page({ reason: 'disputed' }, 0, 1000).total).toBe(0);
  });

  it('falls in what it expects of wrong pairs as people work, to nothing', () => {
    const queue = open();
    const findings = country(queue);
    const before = queue.outlook();
    expect(before).toMatchObject({ pairs: 3 });
    queue.apply(
      [],
      findings.slice(0, 40).map((one) => review(one, one.verdict)),
    );
    queue.apply(
      [],
      findings.slice(43, 83).map((one) => review(one, one.verdict)),
    );
    const after = queue.outlook();
    expect(after.misordered).toBeLessThan(before.misordered);
    expect(after.rankError).toBeLessThan(before.rankError);
    queue.apply([], findings.map((one) => review(one, one.verdict))); // prettier-ignore
    expect(queue.outlook()).toEqual({ pairs: 3, misordered: 0, rankError: 0 });
  });

  it('learns: a fail that is overturned lifts those beside it, one that is confirmed lowers them, elsewhere less', () => {
    const ids = ['a', 'b', 'c'];
    const build = (): Queue => {
      const queue = open();
      queue.setOrganization(
        'org',
        ids.map((id) => service(id)),
        ids.map((id) => finding(LIGHT, id)),
        true,
      );
      queue.setOrganization('other', [service('d', 'other')], [finding(LIGHT, 'd', { organization: 'other' })], true);
      return queue;
    };
    const confidences = (said: Answer | null): number[] => {
      const queue = build();
      if (said) queue.apply([], [review(finding(LIGHT, 'a'), said)]);
      return [finding(LIGHT, 'b'), finding(LIGHT, 'd', { organization: 'other' })].map(
        (one) => queue.card(idOf(queue, one))!.confidence,
      );
    };
    const [none, overturned, confirmed] = [confidences(null), confidences('pass'), confidences('fail')];
    // worth four cases: 0.33; after one that was wrong (4 × 0.33 + 1) / 5 anywhere, (2 × that + 1) / 3 here
    const elsewhere = (4 * 0.33 + 1) / 5;
    expect(none).toEqual([expect.closeTo(0.67), expect.closeTo(0.67)]);
    expect(overturned).toEqual([expect.closeTo(1 - (2 * elsewhere + 1) / 3), expect.closeTo(1 - elsewhere)]);
    expect(confirmed[0]).toBeGreaterThan(confirmed[1]!);
    expect(confirmed[1]).toBeGreaterThan(0.67);
  });

  it('is the same for the same findings and answers, however they came', () => {
    const one = open();
    const two = open();
    const findings = country(one);
    const said = findings.slice(0, 30).map((each, at) => review(each, at % 3 === 0 ? 'pass' : 'fail'));
    for (const each of said) {
      one.apply([], [each]);
      one.page(ALL, 0, 3);
    }
    two.apply([], said);
    country(two);
    const [first, second] = [one, two].map((queue) => queue.page(ALL, 0, 1000).cards);
    expect(first!.map(({ id }) => id)).toEqual(second!.map(({ id }) => id));
    expect(one.outlook().misordered).toBeCloseTo(two.outlook().misordered, 9);
  });
});
