/** What the parts of a document of Rasad's own round ask for, found once. */
import { UNRESOLVED, type Stage, type Verdict } from '../../core/model.ts';
import type { OrganizationReport, ReportData } from '../data.ts';
import { verdictMark } from '../figures.ts';
import type { Voice } from '../voice.ts';
import type { Column } from './pieces.ts';

export interface RoundContext {
  readonly voice: Voice;
  readonly data: ReportData;
  readonly ranked: readonly OrganizationReport[];
  /** Plain means over the ranked organizations with a score; null where none has one. */
  readonly means: Readonly<Record<Stage, number | null>>;
}

/** Columns of verdict counts: all that is unresolved is one, the last. */
export const VERDICT_GROUPS: readonly (readonly Verdict[])[] = [['pass'], ['partial'], ['fail'], ['not-applicable'], UNRESOLVED]; // prettier-ignore

export const verdictColumns = (voice: Voice, width: number): Column[] =>
  VERDICT_GROUPS.map((group) => ({
    name: group === UNRESOLVED ? voice.say('باز', 'Open') : verdictMark(voice, group[0]!),
    kind: 'number',
    width,
  }));
