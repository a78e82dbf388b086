/**
 * The shape of what `auditJson` gives, written once: it checks such a value, and it is printed as a JSON Schema (2020-12)
 * for those who read the file with other programs. Nothing may be missing and nothing may be added: a key that the
 * exchange format gets is added here too.
 */
import { z } from 'zod';
import { COOPERATION, VERDICTS } from '../core/model.ts';
import { REVIEW_REASONS } from '../core/review.ts';
import { ROUND_STATES } from '../core/round.ts';
import { AUDIT_SCHEMA_PATH, type AuditJson } from './json.ts';
import { count, jsonSchemaOf, named, noted, notes, perStage, place, points, share, StageName, Text, time } from './json-shapes.ts'; // prettier-ignore

const VerdictName = named('Verdict', 'pass, partial and fail are settled; unclear, not-visible, blocked and error leave a score open.', z.enum(VERDICTS)); // prettier-ignore

const scoreKeys = {
  score: noted(points().nullable(), 'null while it is withheld because too little is settled'),
  low: noted(points(), 'the score if every open verdict failed'),
  high: noted(points(), 'the score if every open verdict passed'),
  resolved: noted(share(), 'share of the measured weight that is settled'),
  measured: noted(share(), 'share of the weight for which there is a rule; where it is 0, nothing was measured'),
};
const Score = named('Score', 'Points of 100 with what is known of them.', z.strictObject(scoreKeys));
const Total = named(
  'Total',
  'The total of an organization.',
  z.strictObject({
    ...scoreKeys,
    interval: noted(z.tuple([points(), points()]).nullable(), 'where it lies with 95 % certainty; null while it is withheld'), // prettier-ignore
  }),
);
const Stages = named('Stages', 'A score for each stage.', perStage(Score));

const Service = named(
  'Service',
  'A service that is scored.',
  z.strictObject({
    id: z.string(),
    code: noted(z.string().nullable(), 'number of its approved identity card'),
    titles: Text,
    total: Score.nullable(),
    stages: Stages.nullable(),
  }),
);

const Organization = named(
  'Organization',
  'An organization of the registry with its result.',
  z.strictObject({
    id: z.string(),
    names: Text,
    cooperation: z.enum(COOPERATION),
    rank: noted(place().nullable(), 'equal totals share it; null for a withheld score and for those that are not ranked'), // prettier-ignore
    rankInterval: noted(z.tuple([place(), place()]).nullable(), 'best and worst rank with 95 % certainty'),
    band: noted(
      place().nullable(),
      'organizations of one band cannot be told apart from its first; null for a withheld score and for those that are not ranked',
    ),
    unranked: noted(z.enum(['withdrawn', 'excluded-no-list', 'unreachable', 'not-in-audit', 'no-result']).nullable(), 'why it is not in the ranking'), // prettier-ignore
    total: Total.nullable(),
    stages: Stages.nullable(),
    portal: noted(Score.nullable(), 'its portal by itself: a diagnostic and no part of the total'),
    services: z.array(Service),
  }),
);

const Evidence = named(
  'Evidence',
  'An element of a stored page.',
  z.strictObject({
    url: z.string(),
    snapshot: noted(z.string(), 'SHA-256 of the bytes that were read'),
    selector: noted(z.string().nullable(), 'selects exactly one element; null for facts of the connection'),
    quote: noted(z.string(), 'the original words of a website: untrusted text'),
    language: z.string().nullable(),
  }),
);

const Finding = named(
  'Finding',
  'The verdict of one rule on one service, or on the portal. There is exactly one, also where nothing could be seen.',
  z.strictObject({
    organization: z.string(),
    service: noted(z.string().nullable(), 'null for the portal'),
    rule: z.string(),
    version: count(),
    verdict: VerdictName,
    outcome: noted(z.string(), 'which of the endings of the rule this is'),
    message: Text,
    confidence: noted(share(), 'probability that a trained evaluator says the same'),
    evidence: z.array(Evidence),
    searched: noted(
      z.array(z.strictObject({ place: z.string(), url: z.string().nullable(), read: z.boolean(), detail: z.string() })),
      'places that were searched for what is said to be absent',
    ),
    level: noted(z.literal([0, 1, 2, 3, 4]), '0 claimed, 1 visible, 2 reached, 3 works, 4 attested by a person'),
    confidenceBasis: noted(z.enum(['prior', 'measured']), 'an estimate, or measured on labelled cases'),
    confidenceCases: count(),
    review: noted(z.enum(REVIEW_REASONS).nullable(), 'why a person should look at it; null where none has to'),
    decided: noted(
      z
        .strictObject({
          by: z.string(),
          at: time(),
          basis: z.enum(['review', 'attestation']),
          note: z.string(),
          machine: VerdictName,
        })
        .nullable(),
      'what a person put in the place of the machine’s verdict',
    ),
  }),
);

/** What `auditJson` gives, read back from its text. `parse` throws where a key is missing, unknown or of another kind. */
export const AUDIT_JSON = z
  .strictObject({
    audit: z.strictObject({
      id: z.string(),
      trigger: z.enum(['command', 'round', 'demand']),
      edition: z.string(),
      registryDigest: z.string(),
      rulesDigest: z.string(),
      configDigest: z.string(),
      organizationIds: z.array(z.string()),
      startedAt: time(),
      finishedAt: time().nullable(),
    }),
    edition: z.strictObject({
      id: z.string(),
      stageWeights: noted(perStage(points()), 'percent; they add up to 100'),
      coverageFloor: noted(share(), 'share of the measured weight that must be settled before a score is given'),
      visits: noted(count(), 'days on which a page has to be seen in a round before a fail is final'),
    }),
    organizations: noted(z.array(Organization), 'by rank, then those without one'),
    findings: noted(z.array(Finding), 'by organization in the order of the registry, the portal’s first'),
    notMeasured: noted(
      z.array(z.strictObject({ id: z.string(), stage: StageName, scope: z.enum(['portal', 'service']), title: Text })),
      'indicators of the method that have no rule yet; they are in no score',
    ),
    round: noted(
      z
        .strictObject({
          id: z.string(),
          names: Text,
          state: z.enum(ROUND_STATES),
          period: z.strictObject({ calendar: z.enum(['jalali', 'gregorian']), id: z.string() }).nullable(),
          revises: noted(z.string().nullable(), 'the published round that this one corrects'),
          reason: z.string().nullable(),
          publishedAt: time().nullable(),
          rootHash: noted(z.string().nullable(), 'last hash of the chain over everything that was published'),
        })
        .nullable(),
      'null for an audit on demand',
    ),
    $schema: z.literal(AUDIT_SCHEMA_PATH),
  })
  .register(notes, { title: 'An audit by Rasad', description: 'Scores, ranks and verdicts with their evidence.' }) satisfies z.ZodType<AuditJson>; // prettier-ignore

/** The same as a JSON Schema. */
export const auditJsonSchema = (): object => jsonSchemaOf(AUDIT_JSON);
