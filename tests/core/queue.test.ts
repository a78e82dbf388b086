import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { r5 } from '../../rules/editions/r5.ts';
import { INDICATORS } from '../../rules/catalogue.ts';
import type { Evidence, Finding, Service } from '../../src/core/model.ts';
import { openQueue, type Queue, type Reader } from '../../src/core/queue.ts';
import type { Answer, FindingKey, Purpose, Rating } from '../../src/core/rating.ts';
import { cardState, reviewAfter } from '../../src/core/rating.ts';
import { seenOf, type Review } from '../../src/core/round.ts';
import { scoreOrganization } from '../../src/core/score.ts';
import { keyOf, settle } from '../../src/core/settle.ts';

const HEAVY = 'transaction/tracking'; // weight 12: two readers
const LIGHT = 'presence/fee-time-published'; // weight 8

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);
const open = (severe: readonly string[] = [], round = 'round'): Queue =>
  openQueue({ round, edition: r5, catalogue: INDICATORS, severe: new Set(severe), digest });

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
const ALL = {};

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
    const review = reviewAfter(cardState(own, card.seen, card.readersNeeded), before, rating);
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
});
