/** What tests of the report are made of: a small country, changed in what a test is about. */
import { parse, type ParserError } from 'parse5';
import type { Edition } from '../../src/core/edition.ts';
import {
  NO_HOSTS,
  type Audit,
  type Evidence,
  type Finding,
  type Organization,
  type Registry,
  type Service,
  type Snapshot,
} from '../../src/core/model.ts';
import { fail, pass, unclear } from '../../src/core/rule.ts';
import { reportData, type IndicatorInfo, type OrganizationDetails, type ReportData, type RuleInfo } from '../../src/report/data.ts'; // prettier-ignore
import { renderSite } from '../../src/report/html.ts';
import type { Lang } from '../../src/report/voice.ts';

export const HOME = 'https://www.tax.example/';
export const hash = (letter: string): string => letter.repeat(64);

export const INDICATORS: readonly IndicatorInfo[] = [
  { id: 'presence/contact-info', stage: 'presence', scope: 'portal', title: { fa: 'نشانی و تلفن دستگاه', en: 'Contact details' } },
  { id: 'presence/steps-published', stage: 'presence', scope: 'service', title: { fa: 'انتشار مراحل', en: 'Steps are published' } },
  { id: 'interaction/faq', stage: 'interaction', scope: 'service', title: { fa: 'پرسش‌های متداول', en: 'Questions and answers' } },
  { id: 'participation/poll', stage: 'participation', scope: 'portal', title: { fa: 'نظرسنجی', en: 'Polls' } },
]; // prettier-ignore

export const EDITION: Edition = {
  id: 't1',
  stageWeights: { presence: 40, interaction: 40, transaction: 0, integration: 0, participation: 20 },
  weights: { 'presence/contact-info': 40, 'presence/steps-published': 60, 'interaction/faq': 100, 'participation/poll': 100 },
  minEvidence: { 'presence/steps-published': 2 },
  partialValue: 0.5,
  options: {},
  coverageFloor: 0.6,
  visits: 1,
}; // prettier-ignore

export const aRule = (id: string): RuleInfo => ({
  id,
  version: 2,
  title: INDICATORS.find((indicator) => indicator.id === id)!.title,
  why: { fa: 'تا کسی سرگردان نشود.', en: 'So that nobody is sent around.' },
  source: 'catalogue',
  outcomes: {
    found: pass('یافت شد: {value}.', 'Found: {value}.'),
    nothing: fail('یافت نشد.', 'Not found.'),
    ask: unclear('روشن نیست.', 'Not clear.'),
  },
});

export const anOrganization = (id: string, change: Partial<Organization> = {}): Organization => ({
  id,
  names: { fa: `سازمان ${id}`, en: `Agency ${id}` },
  parentId: null,
  portalUrl: `https://www.${id}.example/`,
  cooperation: 'cooperative',
  extra: {},
  ...change,
});

export const aService = (id: string, organizationId: string, change: Partial<Service> = {}): Service => ({
  id,
  organizationId,
  parentId: null,
  code: null,
  titles: { fa: `خدمت ${id}`, en: `Service ${id}` },
  pageUrl: null,
  systemUrl: null,
  profile: [],
  extra: {},
  ...change,
});

export const aSnapshot = (change: Partial<Snapshot> = {}): Snapshot => ({
  auditId: 'a1',
  organizationId: 'tax',
  visit: 0,
  ordinal: 0,
  url: HOME,
  role: 'portal',
  serviceIds: [],
  outcome: { kind: 'page' },
  chain: [{ url: HOME, status: 200 }],
  status: 200,
  headers: [['content-type', 'text/html; charset=utf-8']],
  tls: { valid: true, fault: null, detail: null, protocol: 'TLSv1.3', issuer: 'CA', validTo: null },
  charset: 'utf-8',
  body: { hash: hash('a'), size: 100, encoding: 'gzip' },
  rendered: null,
  screenshot: null,
  inspection: null,
  needsScript: null,
  fetchedAt: '2026-11-23T08:00:00.000Z',
  firstByteMs: 80,
  ...change,
});

export const someEvidence = (change: Partial<Evidence> = {}): Evidence => ({
  url: HOME,
  snapshot: hash('a'),
  selector: 'body > p:nth-child(2)',
  quote: 'تلفن: ۰۲۱-۸۸۷۷۶۶۵۵',
  language: 'fa',
  ...change,
});

export const aFinding = (change: Partial<Finding> = {}): Finding => {
  const verdict = change.verdict ?? 'pass';
  return {
    organization: 'tax',
    service: null,
    rule: 'presence/contact-info',
    version: 2,
    verdict,
    outcome: verdict === 'fail' ? 'nothing' : verdict === 'unclear' ? 'ask' : 'found',
    message: { fa: 'یافت شد: 12 مرحله.', en: 'Found: 12 steps.' },
    level: verdict === 'pass' ? 2 : 0,
    confidence: 0.9,
    confidenceBasis: 'prior',
    confidenceCases: 0,
    evidence: verdict === 'pass' ? [someEvidence()] : [],
    searched: verdict === 'fail' ? [{ place: 'home', url: HOME, read: true, detail: 'read' }] : [],
    ...change,
  };
};

export const anAudit = (change: Partial<Audit> = {}): Audit => ({
  id: 'a1',
  trigger: 'command',
  edition: 't1',
  registryDigest: hash('1'),
  rulesDigest: hash('2'),
  configDigest: hash('3'),
  organizationIds: ['tax', 'post'],
  startedAt: '2026-11-23T08:00:00.000Z',
  finishedAt: '2026-11-23T09:30:00.000Z',
  ...change,
});

export interface Sample {
  readonly organizations?: readonly Organization[];
  readonly services?: readonly Service[];
  readonly audit?: Partial<Audit>;
  readonly registry?: Partial<Registry>;
  readonly findings?: readonly Finding[];
  readonly snapshots?: readonly Snapshot[];
  readonly details?: (organizationId: string) => Partial<OrganizationDetails>;
  readonly failures?: ReadonlyMap<string, string>;
  /** All of them with a rule and of one weight, instead of the four above. */
  readonly indicators?: readonly IndicatorInfo[];
}

/** Two agencies: one does well on two services, of the other little could be seen. */
export const FINDINGS: readonly Finding[] = [
  aFinding(),
  aFinding({ rule: 'presence/steps-published', service: 's1' }),
  aFinding({ rule: 'interaction/faq', service: 's1', verdict: 'fail', message: { fa: 'یافت نشد.', en: 'Not found.' } }),
  aFinding({ rule: 'presence/steps-published', service: 's2', verdict: 'partial' }),
  aFinding({ rule: 'interaction/faq', service: 's2', verdict: 'unclear', message: { fa: 'روشن نیست.', en: 'Not clear.' } }),
  aFinding({ organization: 'post', verdict: 'blocked', outcome: 'not-looked' }),
  aFinding({ organization: 'post', service: 'p1', rule: 'presence/steps-published', verdict: 'blocked', outcome: 'not-looked' }),
  aFinding({ organization: 'post', service: 'p1', rule: 'interaction/faq', verdict: 'fail' }),
]; // prettier-ignore

export function aReport(sample: Sample = {}): Promise<ReportData> {
  const organizations = sample.organizations ?? [anOrganization('tax'), anOrganization('post'), anOrganization('army', { cooperation: 'withdrawn' })]; // prettier-ignore
  const services = sample.services ?? [aService('s1', 'tax'), aService('s2', 'tax'), aService('p1', 'post')];
  const findings = sample.findings ?? FINDINGS;
  const snapshots = sample.snapshots ?? [aSnapshot()];
  return reportData({
    audit: anAudit(sample.audit),
    registry: {
      id: 'demo', country: { fa: 'نمونه', en: 'Demo' }, hosts: NO_HOSTS, serve: null, languages: ['fa'], calendar: 'jalali',
      privateHosts: [], mapHosts: {}, organizations, services, digest: hash('1'), ...sample.registry,
    },
    edition: sample.indicators ? { ...EDITION, weights: Object.fromEntries(sample.indicators.map(({ id }) => [id, 5])) } : EDITION,
    indicators: sample.indicators ?? INDICATORS,
    rules: sample.indicators?.map(({ id, title }) => ({ ...aRule(INDICATORS[0]!.id), id, title })) ?? ['presence/contact-info', 'presence/steps-published', 'interaction/faq'].map(aRule),
    of: (id) => ({
      findings: findings.filter(({ organization }) => organization === id),
      snapshots: snapshots.filter(({ organizationId }) => organizationId === id),
      skipped: [],
      ...sample.details?.(id),
    }),
    ...(sample.failures ? { failures: sample.failures } : {}),
  }); // prettier-ignore
}

export const STORED =
  '<!doctype html><html lang="fa" dir="rtl"><title>مالیات</title><body><h1>درگاه</h1><p>تلفن: ۰۲۱-۸۸۷۷۶۶۵۵</p></body></html>';

/** All pages of a report by their paths. */
export async function site(
  data: ReportData,
  lang: Lang = 'en',
  stored: string | null = STORED,
): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for await (const { path, content } of renderSite(data, { lang, read: async () => stored })) {
    if (typeof content === 'string') files.set(path, content);
  }
  return files;
}

export const pagesOf = (files: ReadonlyMap<string, string>): [path: string, html: string][] =>
  [...files].filter(([path]) => path.endsWith('.html'));

/** What a browser would have to mend. */
export function parseErrors(html: string): string[] {
  const errors: string[] = [];
  parse(html, { sourceCodeLocationInfo: true, onParseError: ({ code, startLine, startCol }: ParserError) => errors.push(`${code} at ${startLine}:${startCol}`) }); // prettier-ignore
  return errors;
}
