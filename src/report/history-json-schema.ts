/** The shape of what `historyJson` gives, written once, as that of an audit is: it checks such a value and is printed as a JSON Schema. */
import { z } from 'zod';
import { CHECKS, EDITION_BASES, SCORE_STATUSES } from '../core/history.ts';
import { COOPERATION } from '../core/model.ts';
import { HISTORY_SCHEMA_PATH, type HistoryJson } from './history-json.ts';
import { count, jsonSchemaOf, named, noted, notes, perStage, place, points, Text } from './json-shapes.ts';
import { COLUMNS, type Column } from './rounds.ts';

/** A shape that is named already, for a place with a note of its own. */
const again = <T extends z.ZodType>(shape: T): z.ZodLazy<T> => z.lazy(() => shape);

const PublishedScore = named(
  'PublishedScore',
  'A published number of points of 100, and how far it can be trusted.',
  z.strictObject({
    value: noted(points().nullable(), 'the number to use, with the decimals of print; null where there is none'),
    printed: noted(z.string().nullable(), 'what stands in print where that is not the value: a number, or a dash; null where it is the same, or nothing is printed'),
    status: noted(z.enum(SCORE_STATUSES), 'printed: as published; corrected: print is wrong and the right number is known; unreliable: it cannot be trusted and has no better one; missing: none is printed, or it is lost'),
    reason: noted(Text.nullable(), 'why it is corrected, unreliable or missing, or why it is not sure whose score it is'),
  }),
); // prettier-ignore

const Growth = named(
  'Growth',
  'The difference of the totals of a round and of the round before it.',
  z.strictObject({
    points: z.number().min(-100).max(100),
    doubtful: noted(z.boolean(), 'one of the two totals cannot be trusted'),
  }),
);

const Mean = named(
  'Mean',
  'A plain mean over the organizations that took part and have a number.',
  z.strictObject({
    mean: noted(points().nullable(), 'null where fewer than two organizations have a number'),
    count: noted(count(), 'organizations with a number'),
  }),
);

const Means = named(
  'Means',
  'Means of the stages and of the total.',
  z.strictObject(Object.fromEntries(COLUMNS.map((column) => [column, Mean])) as Record<Column, typeof Mean>),
);

const Result = named(
  'Result',
  'What a round published of an organization.',
  z.strictObject({
    organization: z.string(),
    rank: noted(place().nullable(), 'null without a published ranking'),
    place: noted(place().nullable(), 'the rank, or the place among the totals where no ranking is published; null without a number'), // prettier-ignore
    total: noted(again(PublishedScore), 'that of the ranking, else the one beside the stages'),
    stagesTotal: noted(again(PublishedScore), 'the total beside the stages'),
    stages: perStage(PublishedScore),
    growth: noted(Growth.nullable(), 'null where one of the two totals is not known'),
    services: z.array(
      z.strictObject({
        service: z.string(),
        score: PublishedScore,
        pairing: noted(z.enum(['printed', 'inferred']), 'inferred: the score is of this organization, that it is of this service is an inference'), // prettier-ignore
      }),
    ),
  }),
);

const Round = named(
  'Round',
  'A round as it was published.',
  z.strictObject({
    id: z.string(),
    number: noted(place(), 'the order of time'),
    names: Text,
    edition: noted(z.string().nullable(), 'edition of the method with the stage weights of the round; null where they are not known'), // prettier-ignore
    editionBasis: noted(z.enum(EDITION_BASES), 'how the edition is known: the round says so, or its numbers prove or suggest it'), // prettier-ignore
    stageWeights: noted(perStage(points()).nullable(), 'percent; they add up to 100'),
    tolerance: noted(z.number().min(0), 'points by which a total may differ from its weighted stages because of the digits in print'), // prettier-ignore
    counts: noted(z.strictObject({ organizations: count(), services: count() }).nullable(), 'what the round says that it evaluated'), // prettier-ignore
    means: Means,
    trustedMeans: noted(again(Means), 'without the numbers that cannot be trusted'),
    results: noted(z.array(Result), 'in the order of the registry'),
    newcomers: noted(z.array(z.string()), 'organizations that the round calls new'),
    growths: noted(
      z.array(z.strictObject({ organization: z.string(), growth: z.number(), difference: Growth.nullable() })),
      'the growths that the round publishes, in its order, each beside the difference of the two totals',
    ),
    absences: noted(
      z.array(z.strictObject({ organization: z.string().nullable(), names: Text, cooperation: z.enum(COOPERATION), note: Text.nullable() })), // prettier-ignore
      'who did not take part like the others; organization is null for a body outside of the registry',
    ),
  }),
);

const Check = named(
  'Check',
  'What the arithmetic of published numbers asks for, and what does not fit.',
  z.strictObject({
    check: z.enum(CHECKS),
    round: z.string(),
    tested: noted(count(), 'cases that could be computed with the numbers to use'),
    fits: count(),
    testedInPrint: noted(count(), 'the same with the numbers in print'),
    fitsInPrint: count(),
    deviations: z.array(
      z.strictObject({
        organization: noted(z.string().nullable(), 'null for a number of the round as a whole'),
        published: z.number(),
        computed: noted(z.number(), 'what it should be by the other published numbers'),
        mended: noted(z.boolean(), 'a correction mends it or takes its number out'),
        reasons: noted(z.array(Text), 'empty when nobody explained it'),
      }),
    ),
  }),
);

/** What `historyJson` gives, read back from its text. `parse` throws where a key is missing, unknown or of another kind. */
export const HISTORY_JSON = z
  .strictObject({
    $schema: z.literal(HISTORY_SCHEMA_PATH),
    registry: z.strictObject({ id: z.string(), country: Text, digest: z.string() }),
    round: noted(z.string(), 'the round that was asked for, which is the last of the rounds'),
    organizations: noted(
      z.array(z.strictObject({ id: z.string(), names: Text, parentId: z.string().nullable(), portalUrl: z.string().nullable() })), // prettier-ignore
      'of the registry',
    ),
    services: noted(
      z.array(z.strictObject({ id: z.string(), organizationId: z.string(), parentId: z.string().nullable(), code: z.string().nullable(), titles: Text })), // prettier-ignore
      'those that a round lists',
    ),
    rounds: noted(z.array(Round), 'in the order of time'),
    checks: z.array(Check),
  })
  .register(notes, { title: 'Rounds that others published', description: 'Every number as printed, with how far it can be trusted. Nothing is measured or scored again.' }) satisfies z.ZodType<HistoryJson>; // prettier-ignore

/** The same as a JSON Schema. */
export const historyJsonSchema = (): object => jsonSchemaOf(HISTORY_JSON);
