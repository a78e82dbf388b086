/** An edition: the frozen method of a round, as data. */
import type { EvidenceLevel, Stage } from './model.ts';

export interface Edition {
  readonly id: string;
  /** Percent; they add up to 100. */
  readonly stageWeights: Readonly<Record<Stage, number>>;
  /** Weight of every indicator of the catalogue; those of a stage add up to 100. */
  readonly weights: Readonly<Record<string, number>>;
  /** Evidence that a `pass` needs; one level less gives `partial`. */
  readonly minEvidence: Readonly<Record<string, EvidenceLevel>>;
  /** What `partial` is worth, 0…1. */
  readonly partialValue: number;
  /** Thresholds of rules that differ from the rule's own. */
  readonly options: Readonly<Record<string, Readonly<Record<string, number | boolean | string>>>>;
  /** Share of the measured weight that must be settled before a score is printed as one number, 0…1. */
  readonly coverageFloor: number;
  /** Days on which a page must have been seen before a `fail` is final. */
  readonly visits: number;
}
