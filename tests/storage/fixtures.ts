/** What tests of storage are made of: one valid thing of each kind, changed in what the test is about. */
import {
  NO_HOSTS,
  type Audit,
  type Finding,
  type Registry,
  type SkippedUrl,
  type Snapshot,
} from '../../src/core/model.ts';

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
