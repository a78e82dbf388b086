/**
 * What evaluators say at the desk, and what follows from it. A rating is one person's answer on one finding; it counts
 * as a review only when as many readers as the finding needs have answered alike, or a senior has settled it.
 * Everything here is append-only data and arithmetic on it (catalogue, section 6).
 */
import type { Finding, Verdict } from './model.ts';
import type { Review } from './round.ts';
import { keyOf } from './settle.ts';

/** Keys 1 to 5 of a card, in this order. */
export const ANSWERS = ['pass', 'partial', 'fail', 'not-applicable', 'unclear'] as const satisfies readonly Verdict[];
export type Answer = (typeof ANSWERS)[number];

/**
 * `reading`: one of the readers; `adjudication`: a senior's word where they differ, or could not tell; `objection`: the
 * answer to what an organization objected to; `known`: a card whose answer was settled before, to check the reader.
 */
export type Purpose = 'reading' | 'adjudication' | 'objection' | 'known';

export type FindingKey = Pick<Finding, 'organization' | 'service' | 'rule'>;

export interface Rating extends FindingKey {
  /** null takes back what the same person said for the same purpose. */
  readonly answer: Answer | null;
  readonly purpose: Purpose;
  /** The machine's proposal was hidden. */
  readonly blind: boolean;
  /** Id of the person. */
  readonly by: string;
  /** UTC, ISO 8601. */
  readonly at: string;
  /** From the card being shown to the answer; null where nobody measured it. */
  readonly seconds: number | null;
  readonly note: string;
  /** What the reader saw, as `seenOf` writes it: the rating holds while that is unchanged. */
  readonly seen: string;
  /** One decision may answer many findings with the same evidence; they share this id. */
  readonly decision: string;
}

export type CardState =
  /** Waits for a reader who is not among these. */
  | { readonly kind: 'open'; readonly readers: readonly string[] }
  /** Waits for a senior who is not among these: the readers differ, or one could not tell. */
  | { readonly kind: 'disputed'; readonly readers: readonly string[] }
  | { readonly kind: 'settled'; readonly by: Rating };

/** Ratings of one finding that hold: each person's last one for each purpose, unless taken back or seen otherwise. */
export function standingRatings(ratings: readonly Rating[], seen: string): Rating[] {
  const last = new Map<string, Rating>();
  for (const rating of ratings) last.set(`${rating.purpose} ${rating.by}`, rating);
  return [...last.values()].filter((rating) => rating.answer !== null && rating.seen === seen);
}

/** Where one finding stands. `ratings` are its own, in the order in which they were made. */
export function cardState(ratings: readonly Rating[], seen: string, readersNeeded: number): CardState {
  const standing = standingRatings(ratings, seen);
  const final = standing.findLast(({ purpose }) => purpose === 'adjudication' || purpose === 'objection');
  if (final) return { kind: 'settled', by: final };
  const readings = standing.filter(({ purpose }) => purpose === 'reading');
  const readers = readings.map(({ by }) => by);
  const answers = new Set(readings.map(({ answer }) => answer));
  if (answers.size > 1 || answers.has('unclear')) return { kind: 'disputed', readers };
  if (readings.length < readersNeeded) return { kind: 'open', readers };
  return { kind: 'settled', by: readings.at(-1)! };
}

/**
 * The review that has to be added so that what counts is what the ratings say; null when it does already. `ratings` are
 * those of one finding, the one that was just made at the end; `latest` is the last review of the finding. What a person
 * decided elsewhere, without the desk, is not taken back by it; an objection that was upheld takes its place.
 */
export function reviewAfter(ratings: readonly Rating[], readersNeeded: number, latest: Review | null): Review | null {
  const last = ratings.at(-1)!;
  const { organization, service, rule, at, seen } = last;
  const state = cardState(ratings, seen, readersNeeded);
  const settled = state.kind === 'settled' ? state.by : null;
  const holding = latest?.seen === seen ? latest : null;
  const counts = holding?.verdict ?? null;
  if ((settled?.answer ?? null) === counts) return null;
  // a review of the desk has the time of the rating that it follows from
  const isElsewhere = holding !== null && ratings.every((rating) => rating.at !== holding.at);
  const isDecided = counts !== null && counts !== 'unclear';
  if (isElsewhere && last.purpose !== 'objection' && (isDecided || last.answer === null || settled === null))
    return null;
  const { by, note } = settled ?? last;
  return { organization, service, rule, verdict: settled?.answer ?? null, basis: 'review', by, at, note, seen, attachments: [] }; // prettier-ignore
}

/** Ratings by the finding that they are on, in their order. */
export function ratingsByKey(ratings: readonly Rating[]): Map<string, Rating[]> {
  const byKey = new Map<string, Rating[]>();
  for (const rating of ratings) {
    const own = byKey.get(keyOf(rating));
    if (own) own.push(rating);
    else byKey.set(keyOf(rating), [rating]);
  }
  return byKey;
}
