/**
 * Rounds as the desk holds them: the queue of each in memory, brought up to date from the database before each use, so
 * that it does not matter who else writes there: another desk, or the command line.
 */
import { auditsBehind, registryOfRound } from '../audit/round.ts';
import type { Finding, Organization, Registry, Service, Verdict } from '../core/model.ts';
import type { Person } from '../core/person.ts';
import { openQueue, type Card, type Queue } from '../core/queue.ts';
import { reviewAfter, type Answer, type FindingKey, type Purpose, type Rating } from '../core/rating.ts';
import { seenOf, type Review, type Round } from '../core/round.ts';
import { leavesOf, type StageScore } from '../core/score.ts';
import { keyOf, settle } from '../core/settle.ts';
import type { DeskTools } from './tools.ts';

/** Who takes part like the others is ranked. */
const RANKED: ReadonlySet<string> = new Set(['cooperative', 'visible-only']);
/** A card that somebody has before them is not given to others for so long. */
const HELD = 3 * 60_000; // milliseconds
/** Rounds that are kept in memory: the one that is worked on, and those that somebody compares it with. */
const KEPT_ROUNDS = 3;
/** Longer than that somebody was elsewhere, and the time says nothing of the card. */
const LONGEST = 30 * 60; // seconds

export interface RoundBoard {
  readonly round: Round;
  readonly registry: Registry;
  readonly queue: Queue;
  /** Of those that were audited, in the order of the registry. */
  readonly organizations: readonly Organization[];
  organization(id: string): Organization | null;
  service(id: string): Service | null;
  /** The audit from which an organization's result comes. */
  auditOf(organization: string): string;
  /** The audits on whose looks its result stands, that one first. */
  auditsBehind(organization: string): readonly string[];
  /** One finding as the machine left it. */
  finding(key: FindingKey): Promise<Finding | null>;
  /** With the decision on it. */
  settled(key: FindingKey): Promise<Finding | null>;
  /** All of an organization as the machine left it. */
  machineOf(organization: string): Promise<readonly Finding[]>;
  /** The last review of each of its findings that has one. */
  reviewsOf(organization: string): readonly Review[];
  /** All of an organization, settled. */
  findingsOf(organization: string): Promise<readonly Finding[]>;
  /** What the last published round before it said. */
  before(key: FindingKey): Promise<{ readonly round: Round; readonly finding: Finding } | null>;
  ratings(): readonly Rating[];
  reviewOf(key: FindingKey): Review | null;
  /** Notes that somebody has a card before them. */
  hold(card: string, person: string): void;
  /** Cards that others have before them. */
  heldByOthers(person: string): ReadonlySet<string>;
  decide(answer: Deciding): Promise<DecisionResult>;
  /** Puts the verdict of an objection that was upheld in the place of the one that it was against. */
  uphold(upheld: Upholding): Promise<'kept' | 'known' | 'gone'>;
  /** Takes back the last thing that the person said in this round, once for an id. null: there is nothing. */
  undo(person: Person, decision: string): Promise<DecisionResult | null>;
}

export interface Deciding {
  readonly person: Person;
  readonly card: string;
  readonly answer: Answer;
  readonly purpose: Purpose;
  readonly note: string;
  /** Given out with the card, so that a form that is sent twice is kept once. */
  readonly decision: string;
}

/** What follows from an objection that was upheld: of that one verdict, and no other with the same evidence. */
export interface Upholding extends Pick<Rating, 'answer' | 'by' | 'at' | 'note' | 'decision'> {
  readonly key: FindingKey;
}

export type DecisionResult =
  | {
      readonly kind: 'done';
      readonly card: Card;
      /** How many verdicts count from now on, or count no more; 0: others have to say the same first. */
      readonly settled: number;
      /** Totals of the organizations that it touched, before and after. */
      readonly moved: readonly { readonly organization: string; readonly from: StageScore; readonly to: StageScore }[];
    }
  /** The form came twice. */
  | { readonly kind: 'known' }
  /** The card is not this person's to answer any more, or not in this way. */
  | { readonly kind: 'gone' }; // prettier-ignore

export interface Board {
  /** Up to date. null: there is no such round. */
  round(id: string): Promise<RoundBoard | null>;
}

export function openBoard(tools: DeskTools): Board {
  const rounds = new Map<string, Loaded>();
  /** One at a time for each round: two requests must not both build it. */
  const building = new Map<string, Promise<Loaded | null>>();
  const bring = async (id: string): Promise<Loaded | null> => {
    const round = await tools.store.getRound(id);
    if (!round) return null;
    const version = `${round.state} ${await tools.desk.versionOf(id)}`;
    let loaded = rounds.get(id);
    if (loaded?.version !== version) {
      loaded = await load(tools, round, version, loaded?.held ?? new Map());
    }
    // the last one used stands at the end
    rounds.delete(id);
    rounds.set(id, loaded);
    for (const other of rounds.keys()) if (rounds.size > KEPT_ROUNDS) rounds.delete(other);
    await loaded.readOn();
    return loaded;
  };
  return {
    async round(id) {
      const before = building.get(id) ?? Promise.resolve(null);
      const next = before.catch(() => null).then(() => bring(id));
      building.set(id, next);
      try {
        return await next;
      } finally {
        if (building.get(id) === next) building.delete(id);
      }
    },
  };
}

interface Loaded extends RoundBoard {
  readonly version: string;
  readonly held: Map<string, Holding>;
  readOn(): Promise<void>;
}

interface Holding {
  readonly person: string;
  readonly since: number;
  readonly until: number;
}

async function load(tools: DeskTools, round: Round, version: string, held: Map<string, Holding>): Promise<Loaded> {
  const { store, desk, now } = tools;
  const registry = await registryOfRound(store, round);
  const sources = await store.listSources(round.id);
  const behind = await auditsBehind(store, round);
  const auditOf = (organization: string): string => sources.get(organization) ?? round.auditId;
  const audited = new Set((await store.getAudit(round.auditId))!.organizationIds);
  const organizations = registry.organizations.filter(({ id }) => audited.has(id));
  const organizationById = new Map(organizations.map((organization) => [organization.id, organization]));
  const serviceById = new Map(registry.services.map((service) => [service.id, service]));
  const queue = openQueue({
    round: round.id,
    edition: round.edition,
    catalogue: tools.indicators,
    severe: tools.severe,
    unseen: tools.unseen,
    digest: tools.digest,
  });
  for (const { id, cooperation } of organizations) {
    const services = registry.services.filter(({ organizationId }) => organizationId === id);
    queue.setOrganization(id, services, await store.listFindings(auditOf(id), id), RANKED.has(cooperation));
  }
  const earlier = round.state === 'open' ? null : await publishedBefore(tools, round);
  const read = { ratings: -1, reviews: -1 };

  const readOn = async (): Promise<void> => {
    const ratings = await desk.listRatings(round.id, read.ratings);
    const reviews = await desk.listReviewsAfter(round.id, read.reviews);
    // another request may have read on in the meantime
    const newRatings = ratings.filter(({ position }) => position > read.ratings);
    const newReviews = reviews.filter(({ position }) => position > read.reviews);
    if (newRatings.length + newReviews.length === 0) return;
    read.ratings = newRatings.at(-1)?.position ?? read.ratings;
    read.reviews = newReviews.at(-1)?.position ?? read.reviews;
    queue.apply(
      newRatings.map(({ value }) => value),
      newReviews.map(({ value }) => value),
    );
  };

  const findingIn = async (auditId: string, key: FindingKey): Promise<Finding | null> =>
    (await desk.getFindings(auditId, [key]))[0] ?? null;
  const finding = (key: FindingKey): Promise<Finding | null> => findingIn(auditOf(key.organization), key);
  const settledOne = (one: Finding | null): Finding | null => {
    const review = one && queue.reviewOf(one);
    return one && review ? settle([one], [review]).findings[0]! : one;
  };

  /** Says it and makes what follows from it count; anew when somebody was faster. */
  const keep = async (make: () => readonly Rating[]): Promise<'kept' | 'known'> => {
    for (;;) {
      const said = make();
      const follows = said.flatMap((rating) => {
        if (rating.purpose === 'known') return [];
        const card = queue.card(queue.cardOf(rating) ?? '');
        return (
          reviewAfter([...queue.ratingsOf(rating), rating], card?.readersNeeded ?? 1, queue.reviewOf(rating)) ?? []
        );
      });
      const kept = await desk.decide(round.id, { ratings: said, reviews: follows, read: { ...read } });
      await readOn();
      if (kept !== 'outrun') return kept;
    }
  };
  const totalsOf = (card: Card): Map<string, StageScore> =>
    new Map(card.organizations.map((id) => [id, queue.score(id).total]));
  const movedSince = (before: ReadonlyMap<string, StageScore>) =>
    [...before].map(([organization, from]) => ({ organization, from, to: queue.score(organization).total }));
  const decisionsOn = ({ findings, seen }: Card): readonly (Verdict | null)[] =>
    findings.map((key) => {
      const review = queue.reviewOf(key);
      return review?.seen === seen ? review.verdict : null;
    });
  const settledSince = (card: Card, before: readonly (Verdict | null)[]): number =>
    decisionsOn(card).filter((verdict, at) => verdict !== before[at]).length;

  return {
    version, round, registry, queue, organizations, held, readOn, auditOf, auditsBehind: behind, finding,
    organization: (id) => organizationById.get(id) ?? null,
    service: (id) => serviceById.get(id) ?? null,
    settled: async (key) => settledOne(await finding(key)),
    machineOf: (id) => store.listFindings(auditOf(id), id),
    reviewsOf: (id) => [...queue.reviews()].filter(({ organization }) => organization === id),
    findingsOf: async (id) => (await store.listFindings(auditOf(id), id)).map((one) => settledOne(one)!),
    before: async (key) => {
      if (!earlier) return null;
      const found = await findingIn(earlier.auditOf(key.organization), key);
      if (!found) return null;
      return { round: earlier.round, finding: settle([found], await store.listReviews(earlier.round.id, key.organization)).findings[0]! };
    },
    ratings: queue.ratings,
    reviewOf: (key) => queue.reviewOf(key),
    hold(card, person) {
      const at = now();
      const holding = held.get(card);
      if (holding?.person === person && holding.until > at) return;
      held.set(card, { person, since: at, until: at + HELD });
      for (const [id, { until }] of held) if (until + LONGEST * 1000 < at) held.delete(id);
    },
    heldByOthers(person) {
      const at = now();
      return new Set([...held].filter(([, one]) => one.person !== person && one.until > at).map(([id]) => id));
    },
    async decide({ person, card: id, answer, purpose, note, decision }) {
      const served = queue.serve(id, person);
      const card = served?.card ?? queue.card(id);
      if (!card) return { kind: 'gone' };
      const holding = held.get(id);
      const passed = holding?.person === person.id ? Math.round((now() - holding.since) / 1000) : null;
      const said = {
        answer, note, decision, by: person.id, at: new Date(now()).toISOString(), seen: card.seen,
        seconds: passed !== null && passed <= LONGEST ? passed : null,
        purpose: served?.purpose ?? purpose, blind: served?.blind ?? false,
      };
      // a form that comes again finds the card answered by its own first coming
      const isKnown = queue.ratings().some((rating) => rating.decision === decision);
      if (isKnown) return { kind: 'known' };
      // who was asked for a reading has not been asked to settle what readers differ on; a card whose answer is known asks for one
      const isAsked = served?.purpose === purpose || (served?.purpose === 'known' && purpose === 'reading');
      if (!isAsked) return { kind: 'gone' };
      const [totals, before] = [totalsOf(card), decisionsOn(card)];
      const kept = await keep(() => card.findings.map(({ organization, service, rule }) => ({ organization, service, rule, ...said })));
      held.delete(id);
      if (kept === 'known') return { kind: 'known' };
      return { kind: 'done', card, settled: settledSince(card, before), moved: movedSince(totals) };
    },
    async uphold({ key, ...said }) {
      const against = await finding(key);
      if (!against) return 'gone';
      const { organization, service, rule } = key;
      return keep(() => [{ organization, service, rule, ...said, purpose: 'objection', blind: false, seconds: null, seen: seenOf(against) }]);
    },
    async undo(person, undoing) {
      if (queue.ratings().some(({ decision }) => decision === undoing)) return { kind: 'known' };
      // an organization was told what became of its objection
      const mine = queue.ratings().filter(({ by, purpose }) => by === person.id && purpose !== 'objection');
      // what was said of something else than stands there holds no more by itself
      const isOnCard = (rating: Rating): boolean => queue.card(queue.cardOf(rating) ?? '')?.seen === rating.seen;
      const undone = new Set<string>();
      let last: Rating | null = null;
      for (const rating of mine.toReversed()) {
        // what was taken back is not there to be taken back again
        if (rating.answer === null) undone.add(`${keyOf(rating)} ${rating.purpose}`);
        else if (!undone.delete(`${keyOf(rating)} ${rating.purpose}`) && isOnCard(rating)) {
          last = rating;
          break;
        }
      }
      if (!last) return null;
      const { decision } = last;
      const taken = mine.filter((rating) => rating.decision === decision && rating.answer !== null && isOnCard(rating));
      const card = queue.card(queue.cardOf(last)!)!;
      const [totals, before] = [totalsOf(card), decisionsOn(card)];
      const at = new Date(now()).toISOString();
      const kept = await keep(() => taken.map((rating) => ({ ...rating, answer: null, at, seconds: null, note: '', decision: undoing })));
      if (kept === 'known') return { kind: 'known' };
      return { kind: 'done', card, settled: settledSince(card, before), moved: movedSince(totals) };
    },
  }; // prettier-ignore
}

async function publishedBefore(
  { store }: DeskTools,
  round: Round,
): Promise<{ readonly round: Round; auditOf(organization: string): string } | null> {
  const rounds = await store.listRounds();
  /** When the round was opened that this one corrects, or corrects again. */
  const placeOf = ({ number, revises }: Round): number => {
    const revised = rounds.find(({ id }) => id === revises);
    return revised ? placeOf(revised) : number;
  };
  const earlier = rounds.filter((one) => one.state === 'published' && placeOf(one) < placeOf(round));
  const [before] = earlier.sort((a, b) => placeOf(b) - placeOf(a) || b.number - a.number);
  if (!before) return null;
  const sources = await store.listSources(before.id);
  return { round: before, auditOf: (organization) => sources.get(organization) ?? before.auditId };
}

/** Services of an organization that are scored. */
export const scoredServices = ({ registry }: RoundBoard, organization: string): Service[] =>
  leavesOf(registry.services.filter(({ organizationId }) => organizationId === organization));
