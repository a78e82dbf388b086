/** What the desk works with. Implementations are chosen by the command; here is nothing but what is asked of them. */
import type { IndicatorInfo, RuleInfo } from '../report/data.ts';
import type { BlobRef, Registry, Snapshot, Text } from '../core/model.ts';
import type { ObjectionCheck } from '../core/person.ts';
import type { Round } from '../core/round.ts';
import type { Doer } from '../audit/round.ts';
import type { PageLayout } from '../core/page-layout.ts';
import type { DeskStore } from '../../storage/desk-store.ts';
import type { Store } from '../../storage/store.ts';

/** What a card asks, and what makes it only partial. */
export interface Question {
  readonly question: Text;
  readonly partly: Text;
}

/** Said while something long goes on. */
export type Say = (line: Text) => void;

/** What needs the rules, a crawler or the file system. Each throws a UserError for what a person can mend. */
export interface DeskActs {
  /** Ends the looking of a round; `early`: also while looks are still to come. */
  beginReview(round: Round, doer: Doer, early: boolean, say: Say): Promise<void>;
  beginPreview(round: Round, doer: Doer, say: Say): Promise<void>;
  /** Gives the root of the chain. */
  publish(round: Round, doer: Doer, say: Say): Promise<string>;
  /** Looks at one organization again, beside the round. Gives the audit. */
  reaudit(round: Round, organizationId: string, doer: Doer, say: Say, signal: AbortSignal): Promise<string>;
  decideReaudit(round: Round, auditId: string, accepted: boolean, doer: Doer): Promise<void>;
  /** One look at an address under the usual guards. Never throws for what a site does. */
  checkAddress(round: Round, registry: Registry, organizationId: string, url: string): Promise<ObjectionCheck>;
}

/** What is stored of pages. null: the store does not have it any more. */
export interface DeskEvidence {
  /** The text that was judged. */
  text(snapshot: Snapshot): Promise<string | null>;
  picture(snapshot: Snapshot): Promise<Uint8Array | null>;
  /** Where the elements of its rendered page stand on the picture. */
  layout(snapshot: Snapshot): Promise<PageLayout | null>;
  /** The text of an objection's page. */
  textOf(ref: BlobRef): Promise<string | null>;
}

export interface DeskTools {
  readonly store: Store;
  readonly desk: DeskStore;
  readonly acts: DeskActs;
  readonly evidence: DeskEvidence;
  readonly indicators: readonly IndicatorInfo[];
  readonly rules: ReadonlyMap<string, RuleInfo>;
  readonly questions: Readonly<Record<string, Question>>;
  /** Rules whose fail accuses gravely. */
  readonly severe: ReadonlySet<string>;
  /** Rules about what no stored page shows. */
  readonly unseen: ReadonlySet<string>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** A new id. */
  readonly newId: () => string;
  /** SHA-256 as hexadecimal digits. */
  readonly digest: (text: string) => string;
  /** A file of ours under this name; null for all others. */
  readonly asset: (name: string) => Promise<Uint8Array | null>;
}
