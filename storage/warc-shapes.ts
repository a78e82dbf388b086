/** What an archive from elsewhere must look like before anything of it is believed: every name and address checked. */
import { z } from 'zod';
import {
  COOPERATION,
  PROFILES,
  ROLES,
  VERDICTS,
  type Audit,
  type BlobRef,
  type Cause,
  type Finding,
  type Inspection,
  type Refusal,
  type Registry,
  type SkippedUrl,
  type SkipReason,
  type Snapshot,
} from '../src/core/model.ts';
import { readLayout, type PageLayout } from '../src/core/page-layout.ts';
import { FORMAT } from './warc.ts';

/** Bytes of one decoded file of evidence, and of one record. Ten times what looking keeps of a page. */
export const MAX_FILE = 64 * 1024 * 1024;

// each a list of all its words: the compiler misses the ones that are new
const REFUSALS = keys({ robots: 0, wall: 0, login: 0, 'rate-limit': 0, guard: 0, budget: 0 } satisfies Record<Refusal, 0>); // prettier-ignore
const CAUSES = keys({
  dns: 0, connect: 0, tls: 0, timeout: 0, reset: 0, malformed: 0, 'too-large': 0, decompression: 0, 'redirect-loop': 0, 'too-many-redirects': 0, 'not-found': 0, 'client-error': 0, 'server-error': 0, empty: 0, stopped: 0,
} satisfies Record<Cause, 0>); // prettier-ignore
const SKIP_REASONS = keys({
  guarded: 0, robots: 0, 'off-site': 0, 'not-http': 0, 'private-address': 0, file: 0, duplicate: 0, depth: 0, budget: 0, 'no-rule-asks': 0, trap: 0,
} satisfies Record<SkipReason, 0>); // prettier-ignore

function keys<K extends string>(record: Readonly<Record<K, 0>>): K[] {
  return Object.keys(record) as K[];
}

/** As a registry allows them: ids become names of files of a report. */
const Id = z.string().regex(/^[A-Za-z0-9][\w.-]{0,79}$/, 'expected an id of letters, digits and hyphens');
const Hash = z.string().regex(/^[0-9a-f]{64}$/, 'expected a SHA-256 in hexadecimal');
const Time = z
  .string()
  .refine(
    (text) => /^[12]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/.test(text) && !Number.isNaN(Date.parse(text)),
    'expected a time in UTC (ISO 8601)',
  );
const Address = z
  .string()
  .refine((text) => /^https?:\/\//i.test(text) && URL.canParse(text), 'expected an http(s) address');
const Count = z.int().min(0).max(1_000_000_000);
const Words = z.looseObject({ fa: z.string(), en: z.string() });
const Strings = z.array(z.string());

export const AuditShape: z.ZodType<Audit> = z.looseObject({
  id: Id,
  trigger: z.enum(['command', 'round', 'demand']),
  edition: z.string().max(100),
  registryDigest: z.string().max(200),
  rulesDigest: z.string().max(200),
  configDigest: z.string().max(200),
  organizationIds: z.array(Id),
  startedAt: Time,
  finishedAt: Time.nullable(),
});

export const OpeningShape = z.looseObject({
  format: z.literal(FORMAT.format),
  version: z.int(),
  audit: z.unknown(),
});

const Extra = z.record(z.string(), z.string());

export const RegistryShape: z.ZodType<Registry> = z.looseObject({
  id: Id,
  country: Words,
  hosts: z.looseObject({
    nationalPortals: Strings,
    identityProviders: Strings,
    paymentGateways: Strings,
    informationLaw: Strings,
    openData: Strings,
    agencies: Strings,
    messengers: Strings,
    socialNetworks: Strings,
  }),
  serve: z.string().nullable(),
  languages: Strings,
  calendar: z.enum(['jalali', 'gregorian']),
  holidays: z.exactOptional(Strings),
  privateHosts: Strings,
  mapHosts: z.record(z.string(), z.string()),
  organizations: z.array(
    z.looseObject({
      id: Id,
      names: Words,
      parentId: Id.nullable(),
      portalUrl: Address.nullable(),
      cooperation: z.enum(COOPERATION),
      extra: Extra,
    }),
  ),
  services: z.array(
    z.looseObject({
      id: Id,
      organizationId: Id,
      parentId: Id.nullable(),
      code: z.string().nullable(),
      titles: Words,
      pageUrl: Address.nullable(),
      systemUrl: Address.nullable(),
      profile: z.array(z.enum(PROFILES)),
      extra: Extra,
    }),
  ),
  digest: z.string().max(200),
});

const File: z.ZodType<BlobRef> = z.looseObject({
  hash: Hash,
  size: z.int().min(0).max(MAX_FILE),
  encoding: z.enum(['identity', 'gzip', 'br', 'deflate']),
});

const Outcome = z.discriminatedUnion('kind', [
  z.looseObject({ kind: z.literal('page') }),
  z.looseObject({ kind: z.literal('not-html'), contentType: z.string() }),
  z.looseObject({ kind: z.literal('refused'), by: z.enum(REFUSALS), detail: z.string() }),
  z.looseObject({ kind: z.literal('unreachable'), cause: z.enum(CAUSES), detail: z.string() }),
]);

const Status = z.int().min(0).max(999);

export const SnapshotShape: z.ZodType<Snapshot> = z.looseObject({
  auditId: Id,
  organizationId: Id,
  visit: Count,
  ordinal: Count,
  url: Address,
  role: z.enum(ROLES),
  serviceIds: z.array(Id),
  outcome: Outcome,
  chain: z.array(z.looseObject({ url: Address, status: Status })),
  status: Status.nullable(),
  headers: z.array(z.tuple([z.string(), z.string()])),
  tls: z
    .looseObject({
      valid: z.boolean(),
      fault: z.string().nullable(),
      detail: z.string().nullable(),
      protocol: z.string().nullable(),
      issuer: z.string().nullable(),
      validTo: z.string().nullable(),
    })
    .nullable(),
  charset: z.string().refine(isCharset, 'expected the name of a charset').nullable(),
  body: File.nullable(),
  rendered: File.nullable(),
  screenshot: File.nullable(),
  layout: z.exactOptional(File.nullable()),
  inspection: File.nullable(),
  needsScript: z.boolean().nullable(),
  fetchedAt: Time,
  firstByteMs: z.number().nullable(),
});

/** Reading a stored page by a charset that is none would throw. */
function isCharset(label: string): boolean {
  try {
    return new TextDecoder(label) instanceof TextDecoder;
  } catch {
    return false;
  }
}

const Spot = z.looseObject({ path: z.array(z.int()), tag: z.string(), markup: z.string() });
const Faults = z.array(z.looseObject({ check: z.string(), count: z.number(), elements: z.array(Spot) }));

export const LayoutShape = z.custom<PageLayout>((told) => readLayout(told) !== null, 'expected places of elements');

export const InspectionShape: z.ZodType<Inspection> = z.looseObject({
  accessibility: z
    .looseObject({ by: z.string(), direction: z.enum(['ltr', 'rtl']), violations: Faults, incomplete: Faults })
    .nullable(),
  phone: z
    .looseObject({
      width: z.number(),
      layoutWidth: z.number(),
      contentWidth: z.number(),
      letters: z.number(),
      smallLetters: z.number(),
      targets: z.number(),
      smallTargets: z.number(),
      widest: Spot.nullable(),
      smallText: Spot.nullable(),
      smallTarget: Spot.nullable(),
    })
    .nullable(),
});

export const FindingShape: z.ZodType<Finding> = z.looseObject({
  organization: Id,
  service: Id.nullable(),
  rule: z.string().regex(/^[a-z-]+\/[a-z0-9-]+$/, 'expected the id of a rule'),
  version: Count,
  verdict: z.enum(VERDICTS),
  outcome: z.string().max(100),
  message: Words,
  level: z.literal([0, 1, 2, 3, 4]),
  confidence: z.number(),
  confidenceBasis: z.enum(['prior', 'measured']),
  confidenceCases: Count,
  evidence: z.array(
    z.looseObject({
      url: z.string(),
      snapshot: Hash.or(z.literal('')),
      selector: z.string().nullable(),
      quote: z.string(),
      language: z.string().nullable(),
    }),
  ),
  searched: z.array(
    z.looseObject({ place: z.string(), url: z.string().nullable(), read: z.boolean(), detail: z.string() }),
  ),
  decided: z.exactOptional(
    z
      .looseObject({
        by: z.string(),
        at: Time,
        basis: z.enum(['review', 'attestation']),
        note: z.string(),
        machine: z.enum(VERDICTS),
      })
      .nullable(),
  ),
});

const SkippedShape: z.ZodType<SkippedUrl> = z.looseObject({
  url: z.string(),
  foundOn: z.string(),
  reason: z.enum(SKIP_REASONS),
});

export const OrganizationShape = z.looseObject({
  id: Id,
  state: z.enum(['waiting', 'active', 'done', 'failed']),
  error: z.string().nullable(),
  snapshots: Count,
  skipped: z.array(SkippedShape),
  /** Files that were removed on purpose, by hash, and when. */
  retired: z.record(Hash, Time),
  /** Digest of the rules that found its findings; where none is noted, that of the audit. */
  rules: z.string().max(200).nullish(),
});

export const EndShape = z.looseObject({ records: Count });
