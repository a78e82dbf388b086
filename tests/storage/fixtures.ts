/** What tests of storage are made of: one valid thing of each kind, changed in what the test is about. */
import {
  NO_HOSTS,
  type Audit,
  type Finding,
  type Registry,
  type SkippedUrl,
  type Snapshot,
  type Step,
} from '../../src/core/model.ts';
import type { Act, Reaudit, Review, Round, RoundPlan } from '../../src/core/round.ts';
import type { Edition } from '../../src/core/edition.ts';
import type { JournalEntry, Objection, Pass, Person, Session } from '../../src/core/person.ts';
import type { Rating } from '../../src/core/rating.ts';

/** A time, in minutes after eight. */
export const at = (minute: number): string => new Date(Date.UTC(2026, 2, 21, 8, minute)).toISOString();

export const aRegistry = (change: Partial<Registry> = {}): Registry => ({
  id: 'demo',
  country: { fa: 'نمونه', en: 'Demo' },
  languages: ['fa'],
  calendar: 'jalali',
  privateHosts: [],
  mapHosts: {},
  hosts: NO_HOSTS,
  serve: null,
  organizations: [],
  services: [],
  digest: 'digest of the registry',
  ...change,
});

export const anAudit = (change: Partial<Audit> = {}): Audit => ({
  id: 'a',
  trigger: 'command',
  edition: 'r5',
  registryDigest: 'digest of the registry',
  rulesDigest: 'digest of the rules',
  configDigest: 'digest of the configuration',
  organizationIds: ['one'],
  startedAt: at(0),
  finishedAt: null,
  ...change,
});

export const aSnapshot = (change: Partial<Snapshot> = {}): Snapshot => ({
  auditId: 'a',
  organizationId: 'one',
  visit: 0,
  ordinal: 0,
  url: 'https://example.ir/',
  role: 'portal',
  serviceIds: ['s1'],
  outcome: { kind: 'page' },
  chain: [
    { url: 'http://example.ir/', status: 301 },
    { url: 'https://example.ir/', status: 200 },
  ],
  status: 200,
  headers: [['content-type', 'text/html; charset=utf-8']],
  tls: { valid: false, fault: 'expired', detail: null, protocol: 'TLSv1.2', issuer: null, validTo: at(0) },
  charset: 'utf-8',
  body: { hash: '0'.repeat(64), size: 12_345, encoding: 'gzip' },
  rendered: null,
  screenshot: null,
  layout: null,
  inspection: null,
  needsScript: null,
  fetchedAt: at(1),
  firstByteMs: 12.5,
  ...change,
});

export const aFinding = (change: Partial<Finding> = {}): Finding => ({
  organization: 'one',
  service: null,
  rule: 'presence/site-search',
  version: 1,
  verdict: 'pass',
  outcome: 'form',
  message: { fa: 'جست‌وجو دارد.', en: 'There is a search.' },
  level: 1,
  confidence: 0.9,
  confidenceBasis: 'prior',
  confidenceCases: 0,
  evidence: [],
  searched: [],
  ...change,
});

export const aSkip = (change: Partial<SkippedUrl> = {}): SkippedUrl => ({
  url: 'https://example.ir/vote?id=1',
  foundOn: 'https://example.ir/',
  reason: 'guarded',
  ...change,
});

export const nothingFound = { findings: [], skipped: [] };

export const aStep = (change: Partial<Step> = {}): Step => ({
  number: 0,
  visit: 0,
  kind: 'crawl',
  at: at(0),
  ...change,
});

export const aPlan = (change: Partial<RoundPlan> = {}): RoundPlan => ({
  pages: 20,
  render: 'never',
  delay: null,
  userAgent: 'RasadBot/test (+https://rasad.example/bot)',
  timeZone: 'Asia/Tehran',
  window: { from: '22:00', to: '06:00' },
  visitsApart: 7,
  extraVisits: 2,
  probes: { perDay: 4, days: 14 },
  ...change,
});

/** Presence on the portal, interaction in services, half of the total each. */
export const anEdition = (change: Partial<Edition> = {}): Edition => ({
  id: 't1',
  stageWeights: { presence: 50, interaction: 50, transaction: 0, integration: 0, participation: 0 },
  weights: { 'presence/site-search': 100, 'interaction/faq': 100 },
  minEvidence: {},
  partialValue: 0.5,
  options: {},
  coverageFloor: 0.6,
  visits: 2,
  ...change,
});

/** A round on the audit `a` that has just been opened. */
export const aRound = (change: Partial<Round> = {}): Round => ({
  id: 'r',
  number: 1,
  names: { fa: 'دور نمونه', en: 'Sample round' },
  state: 'open',
  period: { calendar: 'jalali', id: '1405-q1' },
  edition: anEdition(),
  plan: aPlan(),
  auditId: 'a',
  revises: null,
  reason: null,
  openedAt: at(0),
  openedBy: 'Sara',
  publishedAt: null,
  rootHash: null,
  ...change,
});

/** Something that Sara did in a round. */
export const anAct = (change: Partial<Act> = {}): Act => ({ kind: 'opened', at: at(0), by: 'Sara', note: '', ...change }) as Act; // prettier-ignore

export const aReview = (change: Partial<Review> = {}): Review => ({
  organization: 'one',
  service: null,
  rule: 'presence/site-search',
  verdict: 'fail',
  basis: 'review',
  by: 'Reza',
  at: at(3),
  note: 'The box searches another site.',
  seen: 'what was seen',
  attachments: [],
  ...change,
});

export const aReaudit = (change: Partial<Reaudit> = {}): Reaudit => ({
  audit: 'again',
  round: 'r',
  organization: 'one',
  by: 'Sara',
  at: at(5),
  reason: 'They say that it was mended.',
  decision: null,
  ...change,
});

// ---------------------------------------------------------------- the desk

export const aPerson = (change: Partial<Person> = {}): Person => ({
  id: 'sara',
  name: 'Sara',
  role: 'evaluator',
  organization: null,
  ties: [],
  isActive: true,
  createdAt: at(0),
  createdBy: 'operator',
  ...change,
});

/** An hour long. */
export const aSession = (change: Partial<Session> = {}): Session => ({
  hash: 'hash of a session',
  person: 'sara',
  startedAt: at(0),
  seenAt: at(0),
  expiresAt: at(60),
  ...change,
});

export const aPass = (change: Partial<Extract<Pass, { kind: 'password' }>> = {}): Pass => ({
  hash: 'hash of a pass',
  kind: 'password',
  person: 'sara',
  createdAt: at(0),
  createdBy: 'operator',
  expiresAt: at(60),
  ...change,
});

export const aPreviewPass = (change: Partial<Extract<Pass, { kind: 'preview' }>> = {}): Pass => ({
  hash: 'hash of a preview',
  kind: 'preview',
  round: 'r',
  organization: 'one',
  createdAt: at(0),
  createdBy: 'operator',
  expiresAt: at(60),
  ...change,
});

export const aJournalEntry = (change: Partial<JournalEntry> = {}): JournalEntry => ({
  at: at(0),
  by: 'sara',
  what: 'sign-in',
  target: 'sara',
  detail: '',
  from: '127.0.0.1',
  ...change,
});

export const aRating = (change: Partial<Rating> = {}): Rating => ({
  organization: 'one',
  service: null,
  rule: 'presence/site-search',
  answer: 'fail',
  purpose: 'reading',
  blind: false,
  by: 'sara',
  at: at(3),
  seconds: 8.5,
  note: '',
  seen: 'what was seen',
  decision: 'decision',
  ...change,
});

export const anObjection = (change: Partial<Objection> = {}): Objection => ({
  id: 'objection',
  round: 'r',
  organization: 'one',
  service: null,
  rule: 'presence/site-search',
  verdict: 'fail',
  seen: 'what was seen',
  ground: 'error',
  url: 'https://example.ir/search',
  text: 'There is a search.',
  by: 'who speaks for it',
  at: at(5),
  due: at(600),
  check: null,
  decision: null,
  ...change,
});
