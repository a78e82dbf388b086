/** The people of the desk, what they may do, and what is kept of what they did. Plain data. */
import type { BlobRef, Finding, Verdict } from './model.ts';

/**
 * `operator`: everything; `senior`: reads cards and settles what readers differ on; `evaluator`: reads cards;
 * `organization`: sees its own verdicts before publication and may object; `reader`: sees, and does nothing.
 */
export const ROLES = ['operator', 'senior', 'evaluator', 'organization', 'reader'] as const;
export type Role = (typeof ROLES)[number];

export interface Person {
  /** The name to sign in with: lower-case letters, digits, dots and hyphens, at most 40. */
  readonly id: string;
  /** As it is read beside decisions. */
  readonly name: string;
  readonly role: Role;
  /** The organization that a person of that role speaks for; null for all others. */
  readonly organization: string | null;
  /** Organizations to which a tie was declared: none of their cards is ever shown to this person. */
  readonly ties: readonly string[];
  readonly isActive: boolean;
  /** UTC, ISO 8601. */
  readonly createdAt: string;
  readonly createdBy: string;
}

/** `invited`: has no password yet; `disabled`: is let in no more. */
export type PersonState = 'active' | 'invited' | 'disabled';

/** Can this be the id of a person? */
export const isPersonId = (text: string): boolean => /^[a-z0-9](?:[a-z0-9.-]{0,38}[a-z0-9])?$/.test(text);

export interface Session {
  /** SHA-256 of the secret in the cookie. */
  readonly hash: string;
  readonly person: string;
  readonly startedAt: string;
  readonly seenAt: string;
  readonly expiresAt: string;
}

/** An address with a secret in it. */
export type Pass = {
  /** SHA-256 of the secret. */
  readonly hash: string;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly expiresAt: string;
} & (
  | { readonly kind: 'password'; readonly person: string } // sets a password and signs in, once
  | { readonly kind: 'preview'; readonly round: string; readonly organization: string } // own verdicts, until it expires
);

/** One line of the desk's journal: who did what, from where. */
export interface JournalEntry {
  readonly at: string;
  /** Id of the person, or the name of who used the command line; null when nobody had signed in. */
  readonly by: string | null;
  /** `sign-in`, `sign-in-refused`, `person-added`, `decided` … */
  readonly what: string;
  /** What it was done to: a round, a person, a card. */
  readonly target: string;
  readonly detail: string;
  /** Address of the client; `command line`. */
  readonly from: string;
}

/** Why an organization objects (catalogue, section 6.4). */
export const GROUNDS = ['error', 'wrong-match', 'not-applicable', 'behind-login', 'improved-since'] as const;
export type Ground = (typeof GROUNDS)[number];

export interface Objection extends Pick<Finding, 'organization' | 'service' | 'rule'> {
  readonly id: string;
  readonly round: string;
  /** What it is against, and what was seen of it then. */
  readonly verdict: Verdict;
  readonly seen: string;
  readonly ground: Ground;
  /** Where the organization says that it can be seen; null where it names no page. */
  readonly url: string | null;
  readonly text: string;
  /** Who speaks for the organization. */
  readonly by: string;
  readonly at: string;
  /** By when it is to be decided. */
  readonly due: string;
  readonly check: ObjectionCheck | null;
  readonly decision: ObjectionDecision | null;
}

/** What the crawler saw at the address of an objection. */
export interface ObjectionCheck {
  readonly at: string;
  /** How the look ended, as an outcome of a look says it: `page`, `refused robots`, `unreachable dns` … */
  readonly outcome: string;
  readonly status: number | null;
  /** Where it ended. */
  readonly url: string;
  readonly title: string;
  /** The text of the page, in UTF-8; null when there is none. */
  readonly snapshot: BlobRef | null;
  /** Signals that the page shows. */
  readonly signals: readonly string[];
}

export interface ObjectionDecision {
  readonly upheld: boolean;
  /** What the verdict is now, when it was upheld. */
  readonly verdict: Verdict | null;
  readonly by: string;
  readonly at: string;
  readonly note: string;
}
