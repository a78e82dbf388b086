/** What the parts of a document of Rasad's own round ask for, found once. */
import type { NationalMeans } from '../../core/history.ts';
import { UNRESOLVED, type Stage, type Verdict } from '../../core/model.ts';
import type { StageScore } from '../../core/score.ts';
import type { OrganizationReport, ReportData } from '../data.ts';
import { isExact, verdictMark } from '../figures.ts';
import { bdi, named } from '../layout.ts';
import { markup, type Markup, type Part } from '../markup.ts';
import type { Pair, Rounds } from '../rounds.ts';
import type { Voice } from '../voice.ts';
import { STAGE_NAMES } from '../words.ts';
import { NOTHING, sectionId, type Column } from './pieces.ts';

export interface RoundContext {
  readonly voice: Voice;
  readonly data: ReportData;
  readonly ranked: readonly OrganizationReport[];
  /** The rounds before this one and this one as the last; null where none is known. */
  readonly over: Rounds | null;
  /** This round and the one before over the same organizations, whose totals can be trusted in both; null where there is none. */
  readonly pair: Pair | null;
  readonly means: NationalMeans;
}

/** An organization as a link to its section, where it has one. */
export const reportLink = (voice: Voice, { organization, score }: OrganizationReport): Markup => {
  const name = named(voice, organization.names, organization.id);
  return score ? markup`<a href="#${sectionId(organization.id)}">${name}</a>` : name;
};

/** Columns of verdict counts: all that is unresolved is one, the last. */
export const VERDICT_GROUPS: readonly (readonly Verdict[])[] = [['pass'], ['partial'], ['fail'], ['not-applicable'], UNRESOLVED]; // prettier-ignore

export const verdictColumns = (voice: Voice, width: number): Column[] =>
  VERDICT_GROUPS.map((group) => ({
    name: group === UNRESOLVED ? voice.say('باز', 'Open') : verdictMark(voice, group[0]!),
    kind: 'number',
    width,
  }));

/** A stage as the head of a narrow column: English names are long, and are broken where they may be. */
const BROKEN: Readonly<Record<Stage, string>> = { presence: 'Pres\u00adence', interaction: 'Inter\u00adaction', transaction: 'Trans\u00adaction', integration: 'Inte\u00adgration', participation: 'Partici\u00adpation' }; // prettier-ignore
export const stageHead = (voice: Voice, stage: Stage): string => voice.say(STAGE_NAMES[stage].fa, BROKEN[stage]);

/** Width of the column of a stage in a dense table: a number of two decimals, or one word. */
export const STAGE_WIDTH = 6.8; // percent

/** A score alone, for tables that have no room for ranges in each cell; the range of one that is withheld. */
export function shortScore(voice: Voice, score: StageScore | null): Part {
  if (score === null || score.measured === 0) return NOTHING;
  return score.score === null ? markup`<span class="withheld">${bdi(voice.bounds(score.low, score.high))}</span>` : voice.points(score.score); // prettier-ignore
}

/** The range of a score whose number stands beside it; nothing where all is settled, or where the range is the score. */
export const rangeOf = (voice: Voice, score: StageScore | null): Part =>
  score === null || score.measured === 0 || score.score === null || isExact(score)
    ? ''
    : markup`<span class="aside">${bdi(voice.bounds(score.low, score.high))}</span>`;
