/**
 * A rule: one indicator, with every way it can end. That one table of endings is the documentation, the reviewer's
 * text, the key of statistics and the obligation of the tests; `check` only picks one of them.
 */
import type { RuleAccuracy } from './accuracy.ts';
import type { Spot } from './look.ts';
import type { EvidenceLevel, Goal, Profile, Scope, SearchedPlace, Stage, Text, Verdict } from './model.ts';
import type { SeenPage, ServiceView, SiteView } from './site-view.ts';

export interface Ending {
  readonly verdict: Exclude<Verdict, 'error'>;
  /** May hold {placeholders}, filled from the conclusion's values. */
  readonly text: Text;
}

const ending =
  (verdict: Ending['verdict']) =>
  (fa: string, en: string): Ending => ({ verdict, text: { fa, en } });
export const pass = ending('pass');
export const partial = ending('partial');
export const fail = ending('fail');
export const notApplicable = ending('not-applicable');
export const unclear = ending('unclear');
export const notVisible = ending('not-visible');
export const blocked = ending('blocked');

/** An element that decided, on the page where it stands. */
export interface Proof<C extends string = string> {
  readonly seen: SeenPage<C>;
  readonly spot: Spot;
}

export interface Details<C extends string = string> {
  readonly values?: Readonly<Record<string, string | number>>;
  readonly proofs?: readonly Proof<C>[];
  /** Words of the connection or of a file, where no element of a page can be named. */
  readonly facts?: readonly { readonly url: string; readonly snapshot: string; readonly quote: string }[];
  /** Places that were searched beside the ones that the rule needs. */
  readonly searched?: readonly SearchedPlace[];
  /** How far the evidence goes; the default is what the rule declares. */
  readonly level?: EvidenceLevel;
}

export interface Conclusion<C extends string = string> extends Details<C> {
  readonly outcome: string;
}

export type Conclude<O, C extends string> = { readonly [K in keyof O]: (details?: Details<C>) => Conclusion<C> };

/** Places that can be searched; which of them a rule needs decides when its "absent" may be believed. */
export type Place = 'home' | 'site' | 'catalogue' | 'service-page' | 'system' | 'connection';

type Options = Readonly<Record<string, number | boolean | string>>;

export interface RuleSpec<
  S extends Scope,
  O extends Readonly<Record<string, Ending>>,
  P extends Options,
  C extends string,
> {
  /** `stage/name`, as in the catalogue and as the file is called. */
  readonly id: `${Stage}/${string}`;
  readonly version: number;
  /** What each version changed; the first says what the rule was when it was made. Left out while there is only one. */
  readonly history?: Readonly<Record<number, string>>;
  readonly goal: Goal;
  readonly title: Text;
  /** What it measures and why it matters, in a sentence or two. */
  readonly why: Text;
  /** Where the knowledge comes from. */
  readonly source: string;
  /** A `fail` needs a good look at each of these. */
  readonly needs: readonly Place[];
  /** Topics whose links the crawler should follow for this rule. */
  readonly seeks: readonly C[];
  /** Profiles that make it not applicable; approved by a person. */
  readonly exempt?: readonly Profile[];
  /** What a `pass` proves when the conclusion does not say. */
  readonly level: EvidenceLevel;
  /** Expected rates before anything is measured: of "present" being right, and of "absent" being right. */
  readonly prior: readonly [precision: number, absent: number];
  /** What was counted on labelled cases; null when the rule was never measured. */
  readonly measured?: RuleAccuracy | null;
  /** Thresholds that an edition may change. */
  readonly options?: P;
  readonly outcomes: O;
  check(view: S extends 'portal' ? SiteView<C> : ServiceView<C>, conclude: Conclude<O, C>, options: P): Conclusion<C>;
}

export interface Rule<C extends string = string> {
  readonly id: string;
  readonly scope: Scope;
  readonly stage: Stage;
  readonly version: number;
  readonly history: Readonly<Record<number, string>>;
  readonly goal: Goal;
  readonly title: Text;
  readonly why: Text;
  readonly source: string;
  readonly needs: readonly Place[];
  readonly seeks: readonly C[];
  readonly exempt: readonly Profile[];
  readonly level: EvidenceLevel;
  readonly prior: readonly [precision: number, absent: number];
  /** What was counted on labelled cases; null when the rule was never measured. */
  readonly measured: RuleAccuracy | null;
  readonly options: Options;
  readonly outcomes: Readonly<Record<string, Ending>>;
  /** Runs the check on a view of the rule's scope. */
  readonly run: (view: SiteView<C> | ServiceView<C>, options: Options | undefined) => Conclusion<C>;
}

/** Makes a rule of its declaration. The compiler refuses an ending that the table does not have. */
export function defineRule<C extends string, S extends Scope, const O extends Readonly<Record<string, Ending>>, P extends Options>(scope: S, spec: RuleSpec<S, O, P, C>): Rule<C> {
  const conclude = Object.fromEntries(Object.keys(spec.outcomes).map((outcome) => [outcome, (details: Details<C> = {}): Conclusion<C> => ({ ...details, outcome })])) as unknown as Conclude<O, C>;
  const own = spec.options ?? {};
  return {
    id: spec.id, scope, stage: spec.id.slice(0, spec.id.indexOf('/')) as Stage, version: spec.version, history: spec.history ?? {}, goal: spec.goal, title: spec.title, why: spec.why, source: spec.source,
    needs: spec.needs, seeks: spec.seeks, exempt: spec.exempt ?? [], level: spec.level, prior: spec.prior, measured: spec.measured ?? null, options: spec.options ?? {}, outcomes: spec.outcomes,
    run: (view, options) => spec.check(view as Parameters<typeof spec.check>[0], conclude, (options ? { ...spec.options, ...options } : own) as unknown as P),
  };
} // prettier-ignore
