/** A round: one evaluation of a whole country, and what people did in it. Everything here is plain data. */
import type { Edition } from './edition.ts';
import type { Basis, BlobRef, Cooperation, Finding, Profile, Text, Verdict } from './model.ts';

export const ROUND_STATES = ['open', 'reviewing', 'preview', 'published'] as const;
/** Each follows the one before it, and nothing else. */
export type RoundState = (typeof ROUND_STATES)[number];

/** How a round looks; frozen when it opens. */
export interface RoundPlan {
  /** Pages looked at for one organization and visit beyond those that the registry declares, at most. */
  readonly pages: number;
  readonly render: 'auto' | 'never';
  /** Seconds between two requests to a domain; null for the usual pace. */
  readonly delay: number | null;
  readonly userAgent: string;
  readonly timeZone: string;
  /** Hours of the day in which pages are crawled, local time (`22:00`); null for all. */
  readonly window: { readonly from: string; readonly to: string } | null;
  /** Days between two crawls of an organization, and crawls beyond the edition's for those that could not be looked at. */
  readonly visitsApart: number;
  readonly extraVisits: number;
  readonly probes: { readonly perDay: number; readonly days: number };
}

export interface Round {
  /** `1405-q3`, or a name that the operator gave; a revision adds `.2`, `.3` … */
  readonly id: string;
  /** Order of opening in this database, from 1. */
  readonly number: number;
  readonly names: Text;
  readonly state: RoundState;
  /** The quarter for which it stands; null for one outside the calendar. */
  readonly period: { readonly calendar: 'jalali' | 'gregorian'; readonly id: string } | null;
  /** The whole method, not only its name: a round keeps being scored by it when the program's own copy has changed. */
  readonly edition: Edition;
  readonly plan: RoundPlan;
  /** Holds its looks and findings. */
  readonly auditId: string;
  /** The published round that this one corrects, and why. */
  readonly revises: string | null;
  readonly reason: string | null;
  readonly openedAt: string;
  readonly openedBy: string;
  readonly publishedAt: string | null;
  /** Last hash of the chain over everything that was published. */
  readonly rootHash: string | null;
}

/** What a person did in a round beside judging verdicts. Kept in order, never changed. */
export type Act = { readonly at: string; readonly by: string; readonly note: string } & (
  | { readonly kind: 'opened' | 'reviewing' | 'preview' | 'published' }
  | { readonly kind: 'cooperation'; readonly organization: string; readonly status: Cooperation }
  /** Approves what is not applicable to a service. */
  | {
      readonly kind: 'profile';
      readonly organization: string;
      readonly service: string;
      readonly profile: readonly Profile[];
    }
);

/** A person's verdict on one finding of a round. Taking one back is a new review without a verdict. */
export interface Review {
  readonly organization: string;
  /** null for the portal. */
  readonly service: string | null;
  readonly rule: string;
  readonly verdict: Verdict | null;
  readonly basis: Basis;
  readonly by: string;
  /** UTC, ISO 8601. */
  readonly at: string;
  readonly note: string;
  /** What the reviewer saw, as `seenOf` writes it: the review holds while that is unchanged. */
  readonly seen: string;
  /** Files that an organization filed, kept with the evidence. */
  readonly attachments: readonly BlobRef[];
}

/** An audit of one organization on demand, kept beside a round and never inside it until a person accepts it. */
export interface Reaudit {
  readonly audit: string;
  readonly round: string;
  readonly organization: string;
  /** Who asked for it, when (UTC, ISO 8601) and why. */
  readonly by: string;
  readonly at: string;
  readonly reason: string;
  readonly decision: {
    readonly accepted: boolean;
    readonly by: string;
    readonly at: string;
    readonly note: string;
  } | null;
}

/** One link of the chain that proves a published round. */
export interface Link {
  readonly position: number;
  /** `header`, `evidence`, `scores`, `ranking`, `acts`. */
  readonly kind: string;
  readonly key: string;
  /** SHA-256 of the content. */
  readonly digest: string;
  /** SHA-256 over the hash before it and this link. */
  readonly hash: string;
  /** What the digest is of, where it is short; null where it is of rows that are kept elsewhere. */
  readonly content: string | null;
}

/** What a reviewer of a finding sees of it, as text: equal texts are the same card. */
export function seenOf({ verdict, outcome, evidence }: Finding): string {
  return JSON.stringify([verdict, outcome, evidence.map(({ url, selector, quote }) => [url, selector, quote])]);
}

/** What was seen, as `seenOf` wrote it; null for what it did not write. */
export function readSeen(seen: string): { readonly verdict: Verdict; readonly evidence: readonly { readonly url: string; readonly quote: string }[] } | null {
  try {
    const [verdict, , evidence] = JSON.parse(seen) as [Verdict, string, [url: string, selector: string | null, quote: string][]];
    return { verdict, evidence: evidence.map(([url, , quote]) => ({ url, quote })) };
  } catch {
    return null;
  }
} // prettier-ignore

// ---------------------------------------------------------------- where it stands

/** A host that did not let itself be read. */
export interface Refusing {
  readonly host: string;
  readonly organizations: readonly string[];
  /** `robots`, `wall`, `rate-limit`, `dns`, `timeout` …, the most frequent one. */
  readonly why: string;
  /** Looks that ended so, of all looks at the host. */
  readonly looks: number;
  readonly of: number;
}

export interface RoundStatus {
  readonly round: Round;
  readonly organizations: {
    readonly waiting: number;
    readonly active: number;
    readonly done: number;
    readonly failed: number;
  };
  /** Looks and crawls that are planned and not done. */
  readonly stepsLeft: { readonly crawls: number; readonly probes: number };
  /** Earliest and last planned step that is left; null when none is. UTC, ISO 8601. */
  readonly next: string | null;
  readonly last: string | null;
  /** Workers that hold jobs now, with their organizations. */
  readonly workers: readonly { readonly worker: string; readonly organizations: readonly string[] }[];
  readonly failures: readonly { readonly organization: string; readonly error: string }[];
  readonly looks: number;
  readonly refusing: readonly Refusing[];
  /** Verdicts that leave a score open, by verdict; people's decisions counted in. */
  readonly open: Readonly<Partial<Record<Verdict, number>>>;
  readonly verdicts: number;
  readonly decided: number;
  /** Decisions whose finding has changed since: the card returns. */
  readonly outdated: number;
  /** Organizations whose portal answered less than half of the looks: a person may call them unreachable. */
  readonly silent: readonly string[];
  readonly reaudits: readonly Reaudit[];
}
