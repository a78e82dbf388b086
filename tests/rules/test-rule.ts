/**
 * The rule tester. A rule's cases are small sites; beside the outcome that a case names, the tester checks what authors
 * forget: every ending has a case, each selector selects exactly one element, sentences have no open placeholder, and
 * neither spelling variants nor comments full of keywords change a verdict.
 */
import { load } from 'cheerio';
import { describe, expect, it } from 'vitest';
import { matcher, type ConceptId } from '../../rules/lexicon/index.ts';
import { r5 } from '../../rules/editions/r5.ts';
import { SIGNALS } from '../../rules/signals/index.ts';
import { LISTS } from '../../src/cli/compose.ts';
import type { Edition } from '../../src/core/edition.ts';
import { judgeOrganization, readPage } from '../../src/core/judge.ts';
import type {
  FetchOutcome,
  Finding,
  Inspection,
  Organization,
  Role,
  Service,
  Snapshot,
  TlsFacts,
} from '../../src/core/model.ts';
import type { Rule } from '../../src/core/rule.ts';
import type { SeenPage } from '../../src/core/site-view.ts';
import { VARIANTS } from '../variants.ts';

export const PORTAL = 'https://www.org.example/';
const PLAIN = 'http://www.org.example/';
export const SERVICE_PAGE = 'https://www.org.example/services/permit';
export const SYSTEM = 'https://sys.org.example/permit';

export interface RuleCase {
  readonly name: string;
  /** Markup of the body (or whole document) of the home page; without one it is an ordinary small home page. */
  readonly home?: string;
  /** Markup of the page of the service; `null` when there is none. */
  readonly page?: string | null;
  readonly system?: string | null;
  readonly login?: string;
  /** Further pages by address; on the portal's host unless absolute. */
  readonly pages?: Readonly<Record<string, string>>;
  /** Addresses that were looked at and were not pages. */
  readonly outcomes?: Readonly<Record<string, FetchOutcome>>;
  readonly service?: Partial<Service>;
  /** Further services of the organization. */
  readonly others?: readonly (Partial<Service> & { readonly id: string; readonly page?: string })[];
  /** Addresses whose pages scripts put together. */
  readonly scripted?: readonly string[];
  /** What the browser measured, by address. */
  readonly measured?: Readonly<Record<string, Partial<Inspection>>>;
  /** Answers of the portal's search: markup or how it ended, and for which service was asked. */
  readonly searches?: readonly {
    readonly url: string;
    readonly serviceId?: string;
    readonly answer: string | FetchOutcome;
  }[];
  /** Later looks at an address. */
  readonly probes?: readonly {
    readonly url: string;
    readonly at: string;
    readonly outcome?: FetchOutcome;
    readonly page?: string;
    readonly firstByteMs?: number;
  }[];
  /** Headers of an answer, by address. */
  readonly headers?: Readonly<Record<string, Snapshot['headers']>>;
  readonly organization?: Partial<Organization>;
  readonly tls?: TlsFacts | null;
  /** Status and redirect of the portal asked without TLS; null when it does not answer. */
  readonly plain?: { readonly finalUrl: string } | { readonly outcome: FetchOutcome } | null;
  /** Addresses that redirect, and where to. */
  readonly landsAt?: Readonly<Record<string, string>>;
  /** Pages that only scripts fill, and at which no browser looked. */
  readonly needsScript?: readonly string[];
  readonly edition?: Edition;
  readonly outcome: string;
  readonly verdict?: Finding['verdict'];
  /** Words that the evidence must contain. */
  readonly quotes?: string;
  /** Persian spellings and digits do matter here: the case is about them. */
  readonly noVariants?: boolean;
}

const GOOD_TLS: TlsFacts = {
  valid: true,
  fault: null,
  detail: null,
  protocol: 'TLSv1.3',
  issuer: 'Test Authority',
  validTo: '2027-06-01T00:00:00.000Z',
};
const HOME =
  '<header><nav><a href="/">صفحه اصلی</a><a href="/services">میز خدمت</a></nav></header><main><h1>سازمان نمونه</h1><p>به درگاه سازمان نمونه خوش آمدید.</p></main><footer>تلفن: 021-88776655</footer>';

/** Judges one case with one rule and gives the finding about its subject. */
export function findingOf(
  rule: Rule<ConceptId>,
  test: RuleCase,
  change: (html: string) => string = (html) => html,
): Finding {
  const organization: Organization = {
    id: 'org',
    names: { fa: 'سازمان نمونه', en: 'Sample Organization' },
    parentId: null,
    portalUrl: PORTAL,
    cooperation: 'cooperative',
    extra: {},
    ...test.organization,
  };
  const base: Service = {
    id: 's1',
    organizationId: 'org',
    parentId: null,
    code: '13091727100',
    titles: { fa: 'صدور پروانه بهره‌برداری معدن', en: 'Issuing a mining permit' },
    pageUrl: null,
    systemUrl: null,
    profile: [],
    extra: {},
  };
  const services: Service[] = [
    {
      ...base,
      pageUrl: test.page === null ? null : SERVICE_PAGE,
      systemUrl: test.system === undefined ? null : SYSTEM,
      ...test.service,
    },
    ...(test.others ?? []).map(({ page, ...other }) => ({
      ...base,
      code: null,
      pageUrl: page === undefined ? null : `${PORTAL}services/${other.id}`,
      ...other,
    })),
  ];
  const snapshots: Snapshot[] = [];
  const pages = new Map<Snapshot, SeenPage<ConceptId>>();
  const outcomeOf = (url: string): FetchOutcome => test.outcomes?.[url] ?? { kind: 'page' };
  const look = (
    url: string,
    role: Role,
    html: string | null,
    serviceIds: string[] = [],
    outcome = outcomeOf(url),
    more: Partial<Snapshot> = {},
  ): void => {
    const snapshot: Snapshot = {
      auditId: 'test', organizationId: 'org', visit: 0, ordinal: snapshots.length, url, role, serviceIds, outcome, chain: [{ url, status: outcome.kind === 'page' ? 200 : 404 }, ...(test.landsAt?.[url] ? [{ url: test.landsAt[url], status: 200 }] : [])], status: 200, headers: test.headers?.[url] ?? [], tls: test.tls === undefined ? GOOD_TLS : test.tls,
      charset: 'utf-8', body: { hash: `hash-${snapshots.length}`, size: html?.length ?? 0, encoding: 'identity' }, rendered: null, screenshot: null, inspection: null, needsScript: test.needsScript?.includes(url) ? true : null, ...(test.scripted?.includes(url) && role !== 'probe' ? { needsScript: true, rendered: { hash: `hash-${snapshots.length}`, size: 0, encoding: 'identity' } } : {}), fetchedAt: '2026-11-25T08:00:00.000Z', firstByteMs: 120, ...more,
    }; // prettier-ignore
    snapshots.push(snapshot);
    if (html !== null && outcome.kind === 'page')
      pages.set(snapshot, readPage(snapshot, change(documentOf(html)), { matcher, signals: SIGNALS }));
  };
  look(PORTAL, 'portal', test.home ?? HOME);
  const { plain } = test;
  if (plain && 'outcome' in plain) look(PLAIN, 'plain-http', null, [], plain.outcome, { chain: [] });
  else if (plain)
    look(
      PLAIN,
      'plain-http',
      HOME,
      [],
      { kind: 'page' },
      {
        chain: [
          { url: PLAIN, status: plain.finalUrl.startsWith('https:') ? 301 : 200 },
          { url: plain.finalUrl, status: 200 },
        ],
      },
    );
  if (test.page !== null)
    look(SERVICE_PAGE, 'service', test.page ?? '<main><h1>صدور پروانه بهره‌برداری معدن</h1></main>', ['s1']);
  if (test.system !== undefined) look(SYSTEM, 'system', test.system, ['s1']);
  if (test.login !== undefined) look('https://sys.org.example/login', 'login', test.login, ['s1']);
  for (const other of test.others ?? [])
    if (other.page !== undefined)
      look(other.pageUrl ?? `${PORTAL}services/${other.id}`, 'service', other.page, [other.id]);
  for (const [path, html] of Object.entries(test.pages ?? {})) look(new URL(path, PORTAL).href, 'page', html);
  for (const { url, serviceId, answer } of test.searches ?? [])
    look(
      url,
      'search',
      typeof answer === 'string' ? answer : null,
      serviceId ? [serviceId] : [],
      typeof answer === 'string' ? { kind: 'page' } : answer,
    );
  for (const { url, at, outcome, page, firstByteMs = 120 } of test.probes ?? [])
    look(url, 'probe', page ?? HOME, [], outcome, {
      visit: 1,
      fetchedAt: at,
      firstByteMs,
      ...(outcome?.kind === 'unreachable' ? { chain: [], status: null } : {}),
    });
  for (const [url, outcome] of Object.entries(test.outcomes ?? {}))
    if (!snapshots.some((snapshot) => snapshot.url === url)) look(url, 'target', null, [], outcome);
  const inspections = new Map(
    snapshots.flatMap((snapshot): [Snapshot, Inspection][] =>
      test.measured?.[snapshot.url]
        ? [[snapshot, { accessibility: null, phone: null, ...test.measured[snapshot.url] }]]
        : [],
    ),
  );
  const { findings } = judgeOrganization(
    {
      organization,
      services,
      snapshots,
      pages,
      inspections,
      normalize: (url) => new URL(url).href.replace(/#.*$/, ''),
    },
    { rules: [rule], lists: LISTS },
    test.edition ?? r5,
    (id, subject, error) => {
      throw new Error(`${id} threw on ${subject}`, { cause: error });
    },
  );
  const finding = findings.find(({ service }) => service === (rule.scope === 'portal' ? null : 's1'))!;
  for (const { snapshot, selector } of finding.evidence) {
    if (selector === null) continue;
    const seen = [...pages.values()].find(({ hash }) => hash === snapshot)!;
    const source = [...pages].find(([, value]) => value === seen)![0];
    const html = change(documentOf(htmlOf(test, source)));
    expect(load(html)(selector).length, `${selector} selects exactly one element`).toBe(1);
  }
  return finding;
}

function htmlOf(test: RuleCase, { url, role, serviceIds, fetchedAt }: Snapshot): string {
  if (role === 'search') return String(test.searches!.find((search) => search.url === url)!.answer);
  if (role === 'probe') return test.probes!.find((probe) => probe.url === url && probe.at === fetchedAt)!.page ?? HOME;
  if (role === 'portal') return test.home ?? HOME;
  if (role === 'plain-http') return HOME;
  if (role === 'system') return test.system ?? '';
  if (role === 'login') return test.login ?? '';
  if (role === 'service' && serviceIds[0] === 's1')
    return test.page ?? '<main><h1>صدور پروانه بهره‌برداری معدن</h1></main>';
  const other = test.others?.find(({ id }) => serviceIds.includes(id));
  if (other) return other.page ?? '';
  return Object.entries(test.pages ?? {}).find(([path]) => new URL(path, PORTAL).href === url)![1];
}

const documentOf = (html: string): string =>
  /<html/i.test(html)
    ? html
    : `<!doctype html><html lang="fa" dir="rtl"><head><title>سازمان نمونه</title></head><body>${html}</body></html>`;

/** Makes the tests of one rule from its cases. */
export function testRule(rule: Rule<ConceptId>, cases: readonly RuleCase[]): void {
  describe(rule.id, () => {
    it.each(cases.map((test) => [test.name, test] as const))('%s', (_, test) => {
      const finding = findingOf(rule, test);
      expect(finding.outcome).toBe(test.outcome);
      if (test.verdict) expect(finding.verdict).toBe(test.verdict);
      if (test.quotes) expect(finding.evidence.map(({ quote }) => quote).join(' ')).toContain(test.quotes);
      if ((finding.verdict === 'pass' || finding.verdict === 'partial') && !('profile' in finding))
        expect(finding.evidence.length + finding.searched.length, 'a verdict shows its evidence').toBeGreaterThan(0);
      expect(`${finding.message.fa}${finding.message.en}`).not.toMatch(/\{\w+\}/);
      if (test.noVariants) return;
      for (const [variant, change] of Object.entries(VARIANTS))
        expect(`${variant}: ${findingOf(rule, test, change).outcome}`).toBe(`${variant}: ${test.outcome}`);
    });
    it('has a case for every way it can end', () => {
      const told = new Set(cases.map(({ outcome }) => outcome.replace(/-below-evidence$/, '')));
      expect(Object.keys(rule.outcomes).filter((outcome) => !told.has(outcome))).toEqual([]);
    });
    it('says every ending in Persian and English', () => {
      for (const [outcome, { text }] of Object.entries(rule.outcomes)) {
        expect(text.fa, outcome).toMatch(/[\u0600-\u06ff]/);
        expect(text.en, outcome).toMatch(/[a-z]/i);
        expect(text.fa.match(/\{\w+\}/g)?.sort() ?? [], `${outcome}: the same values in both languages`).toEqual(
          text.en.match(/\{\w+\}/g)?.sort() ?? [],
        );
      }
    });
  });
}
