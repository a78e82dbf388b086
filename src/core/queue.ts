/**
 * The evaluators' queue of a round: what waits for people, in the order in which their answers help most. In memory,
 * and always the same for the same findings, ratings and reviews: draws come from names, never from the clock.
 *
 * - A card is a group of findings that one answer decides: same rule, ending and evidence; where nothing was found, the
 *   same places of the same organization.
 * - Its place follows the expected number of wrongly ordered pairs of organizations that its answer removes, for each
 *   reading that it still needs: what it is expected to take out of the squared error of a total, times what a squared
 *   point there does to the order, and with a sign whether it moves the total towards its neighbours' state of review or
 *   away from it. In simulation (bench/desk-review.ts) this order brings the rank correlation to 0.98 when 15 % is
 *   reviewed; weight times the chance of an error to 0.96, and variance alone to 0.96, no better than random order:
 *   errors of one direction that are mended here and left there misorder by themselves.
 * - How often the machine is wrong is learnt from the answers: for a rule and what it says, over all organizations, and
 *   from there for each organization, whose pages come from one template and mislead a rule alike.
 */
import { outlookOf, type Estimate } from './aim.ts';
import type { Edition } from './edition.ts';
import { UNRESOLVED, type Finding, type Service, type Stage, type Verdict } from './model.ts';
import type { Person } from './person.ts';
import { cardState, standingRatings, type CardState, type FindingKey, type Purpose, type Rating } from './rating.ts';
import { reviewReason, type ReviewReason } from './review.ts';
import { seenOf, type Review } from './round.ts';
import { scoreOrganization, valueOf, weightsOf, type IndicatorPlace, type OrganizationScore } from './score.ts';
import { keyOf } from './settle.ts';
import { kindOf, MISSED_IN_PART, stream, type Kind } from './uncertainty.ts';

export interface QueueSettings {
  /** Names the draws. */
  readonly round: string;
  readonly edition: Edition;
  readonly catalogue: readonly IndicatorPlace[];
  /** Rules whose fail accuses gravely: two people always. */
  readonly severe: ReadonlySet<string>;
  /** Rules about what no stored page shows. Nobody is asked: a reader who cannot see it would only guess. */
  readonly unseen: ReadonlySet<string>;
  /** For ids of cards. */
  readonly digest: (text: string) => string;
}

/**
 * Why a card is shown: as `reviewReason` says, or `sample`: drawn to check what the machine settles alone; `second`: one
 * person has read it and another must; `disputed`: the readers differ; `known`: to check the reader.
 */
export type CardReason = ReviewReason | 'sample' | 'disputed' | 'second' | 'known';

export interface Card {
  readonly id: string;
  readonly rule: string;
  readonly stage: Stage;
  /** What an answer decides: those that are not settled; all of them when all are. */
  readonly findings: readonly FindingKey[];
  readonly organizations: readonly string[];
  /** The machine's verdict. */
  readonly proposal: Verdict;
  /** Of all its findings, as `seenOf` writes it. */
  readonly seen: string;
  readonly reason: CardReason;
  readonly state: CardState['kind'];
  readonly readersNeeded: number;
  /** Who has read it. */
  readonly readers: readonly string[];
  /** Probability that the proposal is right, by all that was answered so far; of an open one, that it passes. */
  readonly confidence: number;
  /** Points by which its answer can move the totals it touches, added up. */
  readonly effect: number;
  readonly priority: number;
}

export interface Served {
  readonly card: Card;
  readonly purpose: Purpose;
  /** The proposal is not shown. */
  readonly blind: boolean;
}

export interface CardFilter {
  readonly organization?: string;
  readonly stage?: Stage;
  readonly rule?: string;
  readonly reason?: CardReason;
}

export type Reader = Pick<Person, 'id' | 'role' | 'ties'>;

export interface Progress {
  /** Cards that wait for a reader; `second` of them for a second one, `sample` of them from the quality sample. */
  readonly open: number;
  readonly second: number;
  readonly sample: number;
  /** Cards that wait for a senior. */
  readonly disputed: number;
  readonly settled: number;
  /** Findings on open and disputed cards, of all; and those that people have decided. */
  readonly findingsOpen: number;
  readonly findingsTotal: number;
  readonly decided: number;
}

export interface Queue {
  /** Puts an organization, or replaces it. Only ranked ones count in the order. */
  setOrganization(organization: string, services: readonly Service[], machine: readonly Finding[], ranked: boolean): void; // prettier-ignore
  /** The next ones, in the order in which they were made. */
  apply(ratings: readonly Rating[], reviews: readonly Review[]): void;
  /** Open and disputed cards by priority. */
  page(filter: CardFilter, from: number, count: number): { readonly total: number; readonly cards: readonly Card[] };
  /** The card that this person should answer next, `held` ones left out; null when there is none. */
  next(person: Reader, filter: CardFilter, held: ReadonlySet<string>): Served | null;
  /** A named card for that person; null where it is not theirs to answer. */
  serve(id: string, person: Reader): Served | null;
  /** Also settled ones. */
  card(id: string): Card | null;
  cardOf(key: FindingKey): string | null;
  /** Of a finding, and all, in the order in which they were made. */
  ratingsOf(key: FindingKey): readonly Rating[];
  ratings(): readonly Rating[];
  /** The last one of each finding that has any. */
  reviewOf(key: FindingKey): Review | null;
  reviews(): Iterable<Review>;
  /** By the verdicts that count at this moment. */
  score(organization: string): OrganizationScore;
  outlook(): { readonly pairs: number; readonly misordered: number; readonly rankError: number };
  progress(): Progress;
}

/** Weight in its stage from which on two people read. */
const HEAVY = 12;
/** Shares of cards (catalogue, sections 6.1 to 6.3). */
const DOUBLED = 0.2;
const BLIND = 0.2;
const KNOWN = 0.03;
const SAMPLED = { present: 0.03, absent: 0.05 };
/** One of so many cards of a person comes from the sample. */
const SAMPLE_EVERY = 10;

/** Labelled cases that an expected confidence is worth, at least. */
const PRIOR_CASES = 4;
/** Answers that what is known of a rule elsewhere is worth in one organization. With 2, errors correlate by one third. */
const LOCAL_CASES = 2;
/** How often a reader errs, as far as the order of the queue is concerned. */
const READER_ERROR = 0.1;
/** Share by which a rate may move before organizations without an answer are estimated anew. */
const DRIFT = 0.05;
/** Wrong pairs for a squared point where no rank depends on it: puts such cards last, the weightier ones first. */
const OUT_OF_RANK = 1e-6;

const KINDS: readonly Kind[] = ['present', 'absent', 'open'];
const NOTHING: Pick<Finding, 'message' | 'evidence' | 'searched'> = {
  message: { fa: '', en: '' },
  evidence: [],
  searched: [],
};
const NONE: readonly Rating[] = [];

/** A finding without its evidence. `verdict` is the one that counts. */
interface Entry extends Omit<Finding, 'verdict' | 'decided'> {
  verdict: Verdict;
  readonly machine: Verdict;
  readonly home: Home;
  readonly key: string;
  readonly seen: string;
  /** Id of its card, if it gets one. */
  readonly identity: string;
  /** Place in the draw for the sample; those that a person must see anyway are not in it. */
  readonly reason: ReviewReason | null;
  readonly draw: number;
  weight: number;
  /** Rule and kind of what the machine said; -1 when it is not applicable. */
  group: number;
  isDecided: boolean;
  isSettled: boolean;
  card: Deck | null;
}

/** What is kept of a card. */
interface Deck {
  readonly id: string;
  readonly rule: string;
  readonly stage: Stage;
  readonly proposal: Verdict;
  readonly seen: string;
  readonly reason: ReviewReason | 'sample';
  readonly needed: number;
  readonly entries: Entry[];
  readonly homes: Set<Home>;
  state: CardState['kind'];
  readers: readonly string[];
  /** Of the readers, those who contradict the proposal. */
  against: number;
  priority: number;
  /** Where the part of the organization that is being counted stands. */
  home: Home | null;
  part: number;
}

/** An organization. What can be moved by answers stands in arrays, one place for each of its cards and lone findings. */
interface Home {
  readonly id: string;
  readonly services: readonly Service[];
  readonly isRanked: boolean;
  entries: Entry[];
  isStale: boolean;
  /** Weights are those of its verdicts: they change when something becomes applicable, or is not any more. */
  isWeighed: boolean;
  score: OrganizationScore | null;
  published: number;
  /** Answers to each group, and how many of them found the machine wrong (of open ones: passed). */
  answers: Float64Array;
  wrongs: Float64Array;
  parts: number;
  weights: Float64Array;
  values: Float64Array;
  doubts: Float64Array;
  groups: Int32Array;
  decks: (Deck | null)[];
  /** Squared error that an answer takes away, for each part. */
  gains: Float64Array;
  /** Points by which an answer is expected to move the total. */
  shifts: Float64Array;
  /** What was made of these, and the rates of the groups over all organizations by which it was made; null: anew. */
  estimate: Estimate | null;
  madeBy: Float64Array;
}

export function openQueue({ round, edition, catalogue, severe, unseen, digest }: QueueSettings): Queue {
  const stages = new Map(catalogue.map(({ id, stage }) => [id, stage]));
  const ruleNumbers = new Map<string, number>();
  const homes = new Map<string, Home>();
  const entries = new Map<string, Entry>();
  const ratings = new Map<string, Rating[]>();
  const said: Rating[] = [];
  const latest = new Map<string, Review>();
  const turns = new Map<string, { count: number; last: string }>();
  let decks = new Map<string, Deck>();
  let all: Deck[] = [];
  let isStructureStale = false;
  let isOrderStale = true;
  let outlook = outlookOf([]);
  /** Of each group over all organizations: prior and answers, those of one organization counting less the more they are. */
  let priors = new Float64Array(0);
  let priorCases = new Float64Array(0);
  let answers = new Float64Array(0);
  let wrongs = new Float64Array(0);

  function groupOf(rule: string, kind: Kind | null): number {
    let number = ruleNumbers.get(rule);
    if (number === undefined) ruleNumbers.set(rule, (number = ruleNumbers.size));
    return kind === null ? -1 : number * KINDS.length + KINDS.indexOf(kind);
  }

  // -------------------------------------------------------------- what there is

  function setOrganization(
    organization: string,
    services: readonly Service[],
    machine: readonly Finding[],
    isRanked: boolean,
  ): void {
    for (const { key } of homes.get(organization)?.entries ?? []) entries.delete(key);
    const none = new Float64Array(0);
    const home: Home = {
      id: organization, services, isRanked, entries: [], isStale: true, isWeighed: false, score: null, published: 0,
      answers: none, wrongs: none, parts: 0, weights: none, values: none, doubts: none, groups: new Int32Array(0), decks: [], gains: none, shifts: none, estimate: null, madeBy: none,
    }; // prettier-ignore
    home.entries = machine.map((finding): Entry => {
      const { verdict, rule } = finding;
      const key = keyOf(finding);
      const seen = seenOf(finding);
      const reason = reviewReason({ ...finding, decided: null });
      const entry: Entry = {
        organization, service: finding.service, rule, version: finding.version, verdict, machine: verdict,
        outcome: finding.outcome, level: finding.level, ...NOTHING,
        confidence: finding.confidence, confidenceBasis: finding.confidenceBasis, confidenceCases: finding.confidenceCases,
        home, key, seen, identity: digest(identityOf(finding, seen)), reason,
        draw: reason === null ? stream(round, 'sample', key)() : 1,
        weight: 0, group: groupOf(rule, kindOf(finding)), isDecided: false, isSettled: false, card: null,
      }; // prettier-ignore
      entries.set(key, entry);
      return entry;
    });
    homes.set(organization, home);
    isStructureStale = true;
  }

  /** The same for findings that one answer decides. */
  function identityOf({ organization, rule, evidence, searched }: Finding, seen: string): string {
    const places = evidence.length > 0 ? null : [organization, searched.map(({ url, place }) => url ?? place)];
    return JSON.stringify([round, rule, seen, places]);
  }

  /** Makes all cards anew. The sample is of all findings of an indicator, so that each organization touches all. */
  function build(): void {
    isStructureStale = false;
    isOrderStale = true;
    const sample = drawSample();
    decks = new Map();
    for (const home of homes.values()) {
      home.isStale = true;
      for (const entry of home.entries) {
        entry.card = null;
        const review = latest.get(entry.key);
        const isUnclear = review?.verdict === 'unclear' && review.seen === entry.seen;
        const reason = entry.reason ?? (isUnclear ? 'open' : sample.has(entry) || isRead(entry) ? 'sample' : null);
        if (reason !== null && stages.has(entry.rule) && !unseen.has(entry.rule)) join(entry, reason);
      }
    }
    all = [...decks.values()];
    for (const entry of entries.values()) settle(entry);
    for (const deck of all) stand(deck);
    const size = ruleNumbers.size * KINDS.length;
    answers = new Float64Array(size);
    wrongs = new Float64Array(size);
    priors = new Float64Array(size);
    priorCases = new Float64Array(size);
    const counts = new Float64Array(size);
    for (const { group, confidence, confidenceCases } of entries.values()) {
      if (group < 0) continue;
      const isOpen = group % KINDS.length === 2;
      counts[group]!++;
      priors[group]! += isOpen ? 0.5 : 1 - confidence;
      priorCases[group]! += Math.max(PRIOR_CASES, isOpen ? 0 : confidenceCases);
    }
    for (let group = 0; group < size; group++) {
      if (counts[group] === 0) continue;
      priors[group]! /= counts[group]!;
      priorCases[group]! /= counts[group]!;
    }
    for (const home of homes.values()) {
      home.answers = new Float64Array(size);
      home.wrongs = new Float64Array(size);
    }
  }

  /** What somebody has read stays a card, also when the draw falls on others after a re-audit. */
  function isRead({ key, seen }: Entry): boolean {
    const standing = standingRatings(ratings.get(key) ?? NONE, seen);
    return standing.some(({ purpose }) => purpose === 'reading' || purpose === 'adjudication');
  }

  function join(entry: Entry, reason: ReviewReason | 'sample'): void {
    let deck = decks.get(entry.identity);
    if (!deck) {
      const { identity: id, rule, machine: proposal, seen } = entry;
      const isDouble =
        (edition.weights[rule] ?? 0) >= HEAVY ||
        (proposal === 'fail' && severe.has(rule)) ||
        stream(round, 'second', id)() < DOUBLED;
      deck = {
        id, rule, stage: stages.get(rule)!, proposal, seen, reason, needed: isDouble ? 2 : 1,
        entries: [], homes: new Set(), state: 'open', readers: [], against: 0, priority: 0, home: null, part: 0,
      }; // prettier-ignore
      decks.set(id, deck);
    }
    deck.entries.push(entry);
    deck.homes.add(entry.home);
    entry.card = deck;
  }

  /** Of what the machine settles alone, the first of each indicator's draw. */
  function drawSample(): Set<Entry> {
    const strata = new Map<number, Entry[]>();
    for (const entry of entries.values()) {
      if (entry.reason !== null || entry.group < 0 || kindOf({ verdict: entry.machine }) === 'open') continue;
      const own = strata.get(entry.group);
      if (own) own.push(entry);
      else strata.set(entry.group, [entry]);
    }
    const sample = new Set<Entry>();
    for (const [group, own] of strata) {
      const share = group % KINDS.length === 0 ? SAMPLED.present : SAMPLED.absent;
      own.sort((a, b) => a.draw - b.draw || (a.key < b.key ? -1 : 1));
      for (const entry of own.slice(0, Math.ceil(share * own.length))) sample.add(entry);
    }
    return sample;
  }

  // -------------------------------------------------------------- what people said

  /** One text for all that saw the same, and for each name: a round has many thousands of them. */
  function lean<T extends Rating | Review>(one: T): T {
    const entry = entries.get(keyOf(one));
    if (entry?.seen !== one.seen) return one;
    const { organization, service, rule, seen } = entry;
    return { ...one, organization, service, rule, seen };
  }

  function apply(newRatings: readonly Rating[], newReviews: readonly Review[]): void {
    const touched = new Set<string>();
    for (const rating of newRatings) {
      const key = keyOf(rating);
      const own = ratings.get(key);
      const kept = lean(rating);
      said.push(kept);
      if (own) own.push(kept);
      else ratings.set(key, [kept]);
      const turn = turns.get(rating.by);
      if (!turn) turns.set(rating.by, { count: 1, last: rating.decision });
      else if (turn.last !== rating.decision) {
        turn.count++;
        turn.last = rating.decision;
      }
      touched.add(key);
    }
    for (const review of newReviews) {
      const key = keyOf(review);
      const entry = entries.get(key);
      latest.set(key, lean(review));
      if (review.verdict === 'unclear' && entry?.card === null) isStructureStale = true;
      touched.add(key);
    }
    if (isStructureStale) return;
    const stale = new Set<Deck>();
    for (const key of touched) {
      const entry = entries.get(key);
      if (!entry) continue;
      settle(entry);
      if (entry.card) stale.add(entry.card);
    }
    for (const deck of stale) stand(deck);
  }

  const saidOf = (entry: Entry): CardState =>
    cardState(ratings.get(entry.key) ?? NONE, entry.seen, entry.card?.needed ?? 1);

  /** Puts the verdict that counts. */
  function settle(entry: Entry): void {
    const review = latest.get(entry.key);
    const verdict = review && review.seen === entry.seen ? review.verdict : null;
    entry.isDecided = verdict !== null;
    const counts = verdict ?? entry.machine;
    if ((counts === 'not-applicable') !== (entry.verdict === 'not-applicable')) entry.home.isWeighed = false;
    entry.verdict = counts;
    const said = ratings.has(entry.key) ? saidOf(entry) : null;
    // what a senior could not tell either is settled; one word without the desk that nobody can tell is not
    const isLeftOpen = said?.kind === 'settled' && said.by.answer === 'unclear';
    entry.isSettled = verdict !== null && (verdict !== 'unclear' || isLeftOpen);
    entry.home.isStale = true;
    isOrderStale = true;
  }

  function stand(deck: Deck): void {
    deck.state = 'settled';
    const readers = new Set<string>();
    deck.against = 0;
    for (const entry of deck.entries) {
      if (entry.isSettled) continue;
      if (deck.state === 'settled') deck.state = 'open';
      const own = ratings.get(entry.key);
      if (!own) continue;
      if (saidOf(entry).kind === 'disputed') deck.state = 'disputed';
      for (const { purpose, by, answer } of standingRatings(own, entry.seen)) {
        if (purpose === 'known' || readers.has(by)) continue;
        readers.add(by);
        if (answer !== deck.proposal) deck.against++;
      }
    }
    if (deck.state === 'settled')
      for (const { key, seen } of deck.entries)
        for (const { purpose, by } of standingRatings(ratings.get(key) ?? NONE, seen))
          if (purpose !== 'known') readers.add(by);
    deck.readers = [...readers];
  }

  // -------------------------------------------------------------- what an answer is worth

  /** Brings cards, counts and priorities up to what was said. */
  function refresh(): void {
    if (isStructureStale) build();
    if (!isOrderStale) return;
    isOrderStale = false;
    for (const home of homes.values()) if (home.isStale) count(home);
    const ranked = [...homes.values()].filter(({ isRanked }) => isRanked);
    for (const deck of all) deck.priority = 0;
    const rates = overallRates();
    for (const home of homes.values())
      if (home.estimate === null || hasDrifted(rates, home.madeBy)) home.estimate = estimate(home, rates);
    outlook = outlookOf(ranked.map((home) => home.estimate!));
    const places = new Map(ranked.map((home, at) => [home, at]));
    for (const home of homes.values()) {
      const place = places.get(home);
      const rate = OUT_OF_RANK + (place === undefined ? 0 : outlook.sensitivity[place]!);
      const pull = place === undefined ? 0 : outlook.pull[place]!;
      for (let part = 0; part < home.parts; part++) {
        const deck = home.decks[part];
        if (deck) deck.priority += rate * home.gains[part]! + 2 * pull * home.shifts[part]!;
      }
    }
    for (const deck of all) deck.priority /= readingsLeft(deck);
  }

  const readingsLeft = (deck: Deck): number =>
    deck.state === 'open' ? Math.max(1, deck.needed - deck.readers.length) : 1;

  /** Counts one organization anew: its weights, the answers in it, and what is still uncertain. */
  function count(home: Home): void {
    home.isStale = false;
    home.score = null;
    home.estimate = null;
    if (!home.isWeighed) {
      home.isWeighed = true;
      for (const entry of home.entries) entry.weight = 0;
      for (const { finding, inTotal } of weightsOf(home.services, home.entries, edition, catalogue))
        (finding as Entry).weight = inTotal;
    }
    addAnswers(home, -1);
    home.answers.fill(0);
    home.wrongs.fill(0);
    const size = home.entries.length;
    if (home.weights.length !== size) {
      home.weights = new Float64Array(size);
      home.values = new Float64Array(size);
      home.doubts = new Float64Array(size);
      home.gains = new Float64Array(size);
      home.shifts = new Float64Array(size);
      home.groups = new Int32Array(size);
      home.decks = Array.from({ length: size }, () => null);
    }
    let parts = 0;
    let resolved = 0;
    let earned = 0;
    for (const entry of home.entries) {
      const { weight, group, card, verdict } = entry;
      const isResolved = verdict !== 'not-applicable' && !UNRESOLVED.includes(verdict);
      if (isResolved) {
        resolved += weight;
        earned += weight * valueOf(verdict, edition);
      }
      if (group < 0) continue;
      const isFirst = card === null || card.home !== home;
      if (card && isFirst) {
        card.home = home;
        card.part = -1;
      }
      if (entry.isDecided && verdict !== 'unclear') {
        // one answer, however many findings it decides
        if (isFirst) {
          home.answers[group]!++;
          home.wrongs[group]! += wrongness(entry);
        }
        continue;
      }
      if (weight === 0) continue;
      const isWaiting = card !== null && !entry.isSettled;
      if (isWaiting && card.part >= 0) {
        home.weights[card.part]! += weight;
        continue;
      }
      if (isWaiting) card.part = parts;
      home.weights[parts] = weight;
      home.values[parts] = valueOf(entry.machine, edition);
      home.doubts[parts] = 1 - entry.confidence;
      home.groups[parts] = group;
      home.decks[parts] = isWaiting ? card : null;
      parts++;
    }
    for (const entry of home.entries) if (entry.card) entry.card.home = null;
    home.decks.fill(null, parts);
    home.parts = parts;
    home.published = resolved === 0 ? 50 : (100 * earned) / resolved;
    addAnswers(home, 1);
  }

  /** How wrong the machine was, 0…1; of what it left open, what it is worth. */
  function wrongness({ machine, verdict }: Entry): number {
    const value = valueOf(verdict, edition);
    const kind = kindOf({ verdict: machine });
    if (kind === 'open') return value;
    if (verdict === 'not-applicable') return 1;
    if (kind === 'absent') return verdict === 'fail' ? 0 : 1;
    const said = valueOf(machine, edition);
    return said === 0 ? 0 : Math.min(1, Math.abs(value - said) / said);
  }

  function addAnswers(home: Home, sign: 1 | -1): void {
    for (let group = 0; group < home.answers.length; group++) {
      const own = home.answers[group]!;
      if (own === 0) continue;
      // as many independent answers as correlated ones are worth
      const share = sign / (1 + (own - 1) / (LOCAL_CASES + 1));
      answers[group]! += share * own;
      wrongs[group]! += share * home.wrongs[group]!;
    }
  }

  /** How often the machine is wrong in each group, over all organizations. */
  const overallRates = (): Float64Array =>
    priors.map(
      (prior, group) => (priorCases[group]! * prior + wrongs[group]!) / (priorCases[group]! + answers[group]!),
    );

  /** Are rates so far from those of an estimate that it would put cards elsewhere? One answer moves them by far less. */
  const hasDrifted = (rates: Float64Array, before: Float64Array): boolean =>
    rates.some((rate, group) => Math.abs(rate - before[group]!) > DRIFT * before[group]!);

  /** The total as it is published and expected, and into `gains` what each answer takes out of the squared error. */
  function estimate(home: Home, overall: Float64Array): Estimate {
    home.madeBy = overall;
    const size = answers.length;
    const rates = new Float64Array(size);
    const bonds = new Float64Array(size);
    for (let group = 0; group < size; group++) {
      const own = home.answers[group]!;
      rates[group] = (LOCAL_CASES * overall[group]! + home.wrongs[group]!) / (LOCAL_CASES + own);
      bonds[group] = 1 / (LOCAL_CASES + own + 1);
    }
    /** Sums of each group: expected change, deviation. */
    const shifts = new Float64Array(size);
    const deviations = new Float64Array(size);
    const base = home.published / 100;
    let mean = home.published;
    let variance = 0;
    const firsts = new Float64Array(home.parts);
    const seconds = new Float64Array(home.parts);
    for (let part = 0; part < home.parts; part++) {
      const group = home.groups[part]!;
      const weight = home.weights[part]!;
      const value = home.values[part]!;
      const p = probability(home, part, rates[group]!);
      let first: number;
      let second: number;
      if (group % 3 === 2) {
        first = p - base;
        second = p * (1 - base) ** 2 + (1 - p) * base ** 2;
      } else if (group % 3 === 1) {
        first = p * (1 - MISSED_IN_PART * (1 - edition.partialValue));
        second = p * (1 - MISSED_IN_PART * (1 - edition.partialValue ** 2));
      } else {
        first = -p * value;
        second = p * value * value;
      }
      firsts[part] = weight * first;
      seconds[part] = weight * weight * second;
      mean += weight * first;
      const own = weight * weight * Math.max(0, second - first * first);
      variance += (1 - bonds[group]!) * own;
      shifts[group]! += weight * first;
      deviations[group]! += Math.sqrt(own);
    }
    for (let group = 0; group < size; group++) variance += bonds[group]! * deviations[group]! ** 2;
    for (let part = 0; part < home.parts; part++) {
      const group = home.groups[part]!;
      const own = Math.sqrt(Math.max(0, seconds[part]! - firsts[part]! ** 2));
      home.shifts[part] = firsts[part]!;
      home.gains[part] = own * own + 2 * bonds[group]! * own * (deviations[group]! - own) - firsts[part]! ** 2;
    }
    return { published: home.published, mean, variance };
  }

  /** That the machine is wrong; of what it left open, that it passes. By what is learnt, and by who has read it. */
  function probability(home: Home, part: number, rate: number): number {
    const group = home.groups[part]!;
    const deck = home.decks[part];
    if (group % 3 === 2) return rate;
    const prior = priors[group]!;
    let p = Math.min(0.99, Math.max(0.002, prior > 0 ? (rate * home.doubts[part]!) / prior : rate));
    if (deck && deck.readers.length > 0) {
      const odds = (1 - READER_ERROR) / READER_ERROR;
      const turned = (p / (1 - p)) * odds ** (2 * deck.against - deck.readers.length);
      p = turned / (1 + turned);
    }
    return p;
  }

  // -------------------------------------------------------------- what is shown

  function reasonOf(deck: Deck): CardReason {
    if (deck.state === 'disputed') return 'disputed';
    return deck.state === 'open' && deck.readers.length > 0 ? 'second' : deck.reason;
  }

  function matches(deck: Deck, filter: CardFilter): boolean {
    if (filter.rule !== undefined && deck.rule !== filter.rule) return false;
    if (filter.stage !== undefined && deck.stage !== filter.stage) return false;
    if (filter.reason !== undefined && reasonOf(deck) !== filter.reason) return false;
    if (filter.organization === undefined) return true;
    const home = homes.get(filter.organization);
    return home !== undefined && deck.homes.has(home);
  }

  function show(deck: Deck, reason: CardReason = reasonOf(deck)): Card {
    const shown = deck.state === 'settled' ? deck.entries : deck.entries.filter(({ isSettled }) => !isSettled);
    let effect = 0;
    let weights = 0;
    let doubts = 0;
    for (const { weight, group, home, confidence } of shown) {
      const value = valueOf(deck.proposal, edition);
      effect += weight * (deck.proposal === 'unclear' ? 1 : Math.max(value, 1 - value));
      const overall = (priorCases[group]! * priors[group]! + wrongs[group]!) / (priorCases[group]! + answers[group]!);
      const rate = (LOCAL_CASES * overall + home.wrongs[group]!) / (LOCAL_CASES + home.answers[group]!);
      const isOpen = group % 3 === 2;
      const doubt = isOpen ? 1 - rate : priors[group]! > 0 ? (rate * (1 - confidence)) / priors[group]! : rate;
      doubts += doubt;
      weights++;
    }
    return {
      id: deck.id, rule: deck.rule, stage: deck.stage,
      findings: shown.map(({ organization, service, rule }) => ({ organization, service, rule })),
      organizations: [...new Set(shown.map(({ organization }) => organization))],
      proposal: deck.proposal, seen: deck.seen, reason, state: deck.state, readersNeeded: deck.needed,
      readers: deck.readers, confidence: Math.min(1, Math.max(0, 1 - doubts / weights)), effect, priority: deck.state === 'settled' ? 0 : deck.priority,
    }; // prettier-ignore
  }

  const isBefore = (a: Deck, b: Deck): boolean => a.priority > b.priority || (a.priority === b.priority && a.id < b.id);

  function page(filter: CardFilter, from: number, count: number): { total: number; cards: Card[] } {
    refresh();
    const matching = all.filter((deck) => deck.state !== 'settled' && matches(deck, filter));
    const best = firstOf(matching, from + count, isBefore).slice(from);
    return { total: matching.length, cards: best.map((deck) => show(deck)) };
  }

  const reads = ({ role }: Reader): boolean => role === 'operator' || role === 'senior' || role === 'evaluator';
  const settles = ({ role }: Reader): boolean => role === 'operator' || role === 'senior';

  function isTied(deck: Deck, { ties }: Reader): boolean {
    return ties.some((tie) => {
      const home = homes.get(tie);
      return home !== undefined && deck.homes.has(home);
    });
  }

  const mayAnswer = (deck: Deck, person: Reader): boolean =>
    (deck.state === 'open' || (deck.state === 'disputed' && settles(person))) &&
    !deck.readers.includes(person.id) &&
    !isTied(deck, person);

  const served = (deck: Deck, person: Reader): Served =>
    deck.state === 'disputed'
      ? { card: show(deck), purpose: 'adjudication', blind: false }
      : {
          card: show(deck),
          purpose: 'reading',
          blind: deck.readers.length > 0 || stream(round, 'blind', deck.id, person.id)() < BLIND,
        };

  const servedKnown = (deck: Deck): Served => ({ card: show(deck, 'known'), purpose: 'known', blind: true });

  /** Settled by two who agree or by a senior, and new to this person. */
  function isKnownTo(deck: Deck, person: Reader): boolean {
    if (deck.state !== 'settled' || isTied(deck, person)) return false;
    const { key, seen } = deck.entries[0]!;
    const own = ratings.get(key);
    if (!own || own.some(({ by }) => by === person.id)) return false;
    const standing = standingRatings(own, seen);
    const state = cardState(own, seen, 2);
    return state.kind === 'settled' && state.by.answer !== 'unclear' && standing.length > 0;
  }

  const countOf = (person: Reader): number => turns.get(person.id)?.count ?? 0;
  const knownDraw = (person: Reader): (() => number) => stream(round, 'known', person.id, String(countOf(person)));
  const isKnownTurn = (person: Reader): boolean => knownDraw(person)() < KNOWN;

  function next(person: Reader, filter: CardFilter, held: ReadonlySet<string>): Served | null {
    if (!reads(person)) return null;
    refresh();
    if (filter.reason === undefined && isKnownTurn(person)) {
      const known = all.filter((deck) => isKnownTo(deck, person) && matches(deck, filter));
      const draw = knownDraw(person);
      draw(); // decided on the turn
      const deck = known[Math.floor(draw() * known.length)];
      if (deck) return servedKnown(deck);
    }
    const isSampleTurn = (countOf(person) + 1) % SAMPLE_EVERY === 0;
    let first: Deck | null = null;
    let sampled: Deck | null = null;
    for (const deck of all) {
      if (deck.state === 'settled' || (first && !isBefore(deck, first) && !(isSampleTurn && deck.reason === 'sample')))
        continue;
      if (!matches(deck, filter) || held.has(deck.id) || !mayAnswer(deck, person)) continue;
      if (!first || isBefore(deck, first)) first = deck;
      if (deck.reason === 'sample' && (!sampled || isBefore(deck, sampled))) sampled = deck;
    }
    const chosen = isSampleTurn ? (sampled ?? first) : first;
    return chosen && served(chosen, person);
  }

  function serve(id: string, person: Reader): Served | null {
    if (!reads(person)) return null;
    refresh();
    const deck = decks.get(id);
    if (!deck) return null;
    if (mayAnswer(deck, person)) return served(deck, person);
    return isKnownTurn(person) && isKnownTo(deck, person) ? servedKnown(deck) : null;
  }

  function score(organization: string): OrganizationScore {
    refresh();
    const home = homes.get(organization);
    if (!home) return scoreOrganization(organization, [], [], edition, catalogue);
    return (home.score ??= scoreOrganization(organization, home.services, home.entries, edition, catalogue));
  }

  function progress(): Progress {
    refresh();
    let [open, second, sample, disputed, settled, findingsOpen, decided] = [0, 0, 0, 0, 0, 0, 0];
    for (const deck of all) {
      if (deck.state === 'settled') settled++;
      else if (deck.state === 'disputed') disputed++;
      else {
        open++;
        if (deck.readers.length > 0) second++;
        if (deck.reason === 'sample') sample++;
      }
    }
    for (const entry of entries.values()) {
      if (entry.isDecided) decided++;
      if (entry.card && !entry.isSettled) findingsOpen++;
    }
    return { open, second, sample, disputed, settled, findingsOpen, findingsTotal: entries.size, decided };
  }

  return {
    setOrganization, apply, page, next, serve, score, progress,
    card(id) {
      refresh();
      const deck = decks.get(id);
      return deck ? show(deck) : null;
    },
    cardOf(key) {
      refresh();
      return entries.get(keyOf(key))?.card?.id ?? null;
    },
    ratingsOf: (key) => ratings.get(keyOf(key)) ?? NONE,
    ratings: () => said,
    reviewOf: (key) => latest.get(keyOf(key)) ?? null,
    reviews: () => latest.values(),
    outlook() {
      refresh();
      const { pairs, misordered, rankError } = outlook;
      return { pairs, misordered, rankError };
    },
  }; // prettier-ignore
}

/** The first few of many, in order: a heap whose root is the last of those kept. */
function firstOf<T>(items: Iterable<T>, size: number, isBefore: (a: T, b: T) => boolean): T[] {
  const heap: T[] = [];
  const swap = (a: number, b: number): void => {
    [heap[a], heap[b]] = [heap[b]!, heap[a]!];
  };
  const rise = (from: number): void => {
    for (let at = from, up = (at - 1) >> 1; at > 0 && isBefore(heap[up]!, heap[at]!); at = up, up = (at - 1) >> 1)
      swap(at, up);
  };
  const sink = (): void => {
    for (let at = 0; ;) {
      let last = at;
      for (const child of [2 * at + 1, 2 * at + 2])
        if (child < heap.length && isBefore(heap[last]!, heap[child]!)) last = child;
      if (last === at) return;
      swap(at, last);
      at = last;
    }
  };
  for (const item of items) {
    if (heap.length < size) rise(heap.push(item) - 1);
    else if (size > 0 && isBefore(item, heap[0]!)) {
      heap[0] = item;
      sink();
    }
  }
  return heap.sort((a, b) => (isBefore(a, b) ? -1 : 1));
}
