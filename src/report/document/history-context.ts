/** What the parts of a document of published rounds ask for, found once, and how rounds and organizations are called in it. */
import { nationalMeans, type HistoricResult, type HistoricRound, type HistoricScore, type History, type NationalMeans } from '../../core/history.ts'; // prettier-ignore
import type { Organization, Registry, Stage } from '../../core/model.ts';
import { HISTORY_WORD } from '../history-data.ts';
import { bdi, named } from '../layout.ts';
import { markup, type Markup, type Part } from '../markup.ts';
import { growthOf, roundName as nameOfRound, type Growth, type Rounds } from '../rounds.ts';
import type { Voice } from '../voice.ts';
import { NOTHING, sectionId } from './pieces.ts';

export interface HistoryMatter {
  /** At least one round. */
  readonly history: History;
  readonly registry: Registry;
  /** Stage weights of an edition in percent; null for one that is not known. */
  readonly weightsOf: (edition: string) => Readonly<Record<Stage, number>> | null;
  /** When the document is made: UTC, ISO 8601. */
  readonly madeAt: string;
}

export interface HistoryContext extends HistoryMatter {
  readonly voice: Voice;
  /** The rounds as the figures take them. */
  readonly over: Rounds;
  readonly last: HistoricRound;
  /** The round before the last one; null where there is only one. */
  readonly previous: HistoricRound | null;
  readonly means: ReadonlyMap<HistoricRound, NationalMeans>;
  /** Growth of the published total from the previous round to the last, by organization. */
  readonly growth: ReadonlyMap<string, Growth>;
  readonly organizations: ReadonlyMap<string, Organization>;
  readonly results: ReadonlyMap<HistoricRound, ReadonlyMap<string, HistoricResult>>;
  /** Organizations with a section of their own: those of which a round says anything. */
  readonly shown: ReadonlySet<string>;
}

/** Throws for a history without rounds. */
export function contextOf(voice: Voice, input: HistoryMatter): HistoryContext {
  const { history, registry } = input;
  const last = history.rounds.at(-1);
  if (!last) throw new Error('a history without rounds has nothing to print');
  const previous = history.rounds.at(-2) ?? null;
  return {
    ...input,
    voice,
    over: { voice, rounds: history.rounds, word: HISTORY_WORD },
    last,
    previous,
    means: new Map(history.rounds.map((round) => [round, nationalMeans(round)])),
    growth: growthOf(history),
    organizations: new Map(registry.organizations.map((organization) => [organization.id, organization])),
    results: new Map(history.rounds.map((round) => [round, new Map(round.results.map((own) => [own.organization, own]))])), // prettier-ignore
    shown: new Set(history.rounds.flatMap((round) => round.results.map(({ organization }) => organization))),
  };
}

// ---------------------------------------------------------------- names

export const roundName = (voice: Voice, round: HistoricRound): string =>
  nameOfRound({ voice, word: HISTORY_WORD }, round);

export const roundWithTime = (voice: Voice, round: HistoricRound): string =>
  `${roundName(voice, round)} (${voice.text(round.names)})`;

/** An organization by its id, as a link to its section where it has one. */
export function organizationLink({ voice, organizations, shown }: HistoryContext, id: string): Markup {
  const organization = organizations.get(id);
  const name = organization ? named(voice, organization.names, id) : bdi(id);
  return shown.has(id) ? markup`<a href="#${sectionId(id)}">${name}</a>` : name;
}

/** A score with the mark of its remark; a dash where there is none. */
export function scoreText(voice: Voice, score: HistoricScore, markOf: ((score: HistoricScore) => Part) | null): Part {
  const mark = markOf?.(score) ?? null;
  return score.value === null ? [NOTHING, mark] : [voice.points(score.value), mark];
}
