/** Whatever stands on the pages of an organization, every rule ends in one of its ways, once, and in the same way again. */
import { expect, it } from 'vitest';
import { matcher } from '../../rules/lexicon/index.ts';
import { RULES } from '../../rules/index.ts';
import { r5 } from '../../rules/editions/r5.ts';
import { SIGNALS } from '../../rules/signals/index.ts';
import { LISTS } from '../../src/cli/compose.ts';
import { judgeOrganization, readPage, type JudgeInput } from '../../src/core/judge.ts';
import type { FetchOutcome, Organization, Role, Service, Snapshot } from '../../src/core/model.ts';
import type { SeenPage } from '../../src/core/site-view.ts';
import type { ConceptId } from '../../rules/lexicon/index.ts';
import { load } from 'cheerio';
import { HOSTILE_PAGES } from '../hostile-pages.ts';

const PORTAL = 'https://www.org.example/';
const ORGANIZATION: Organization = {
  id: 'org',
  names: { fa: 'سازمان نمونه', en: 'Sample' },
  parentId: null,
  portalUrl: PORTAL,
  cooperation: 'cooperative',
  extra: {},
};
const NAMELESS: Organization = { ...ORGANIZATION, names: { fa: '', en: '' }, portalUrl: null };
const service = (id: string, more: Partial<Service> = {}): Service => ({
  id,
  organizationId: 'org',
  parentId: null,
  code: null,
  titles: { fa: 'صدور پروانه معدن', en: '' },
  pageUrl: `${PORTAL}s/${id}`,
  systemUrl: 'https://sys.org.example/',
  profile: [],
  extra: {},
  ...more,
});
const SERVICES = [
  service('a'),
  service('b', { titles: { fa: '', en: '' }, pageUrl: null, systemUrl: null }),
  service('c', { code: '13091727100', systemUrl: 'https://sys.org.example/c' }),
  service('d', { titles: { fa: '$& {x}', en: '((' }, systemUrl: PORTAL }),
];

type Looked = readonly [
  url: string,
  role: Role,
  html: string | null,
  services?: readonly string[],
  outcome?: FetchOutcome,
];

function judge(organization: Organization, services: readonly Service[], looked: readonly Looked[]) {
  const pages = new Map<Snapshot, SeenPage<ConceptId>>();
  const snapshots = looked.map(([url, role, html, serviceIds = [], outcome = { kind: 'page' }], ordinal): Snapshot => {
    const snapshot: Snapshot = {
      auditId: 'test',
      organizationId: 'org',
      visit: 0,
      ordinal,
      url,
      role,
      serviceIds,
      outcome,
      chain: [{ url, status: 200 }],
      status: 200,
      headers: [],
      tls: null,
      charset: null,
      body: { hash: `hash-${ordinal}`, size: html?.length ?? 0, encoding: 'identity' },
      rendered: null,
      screenshot: null,
      inspection: null,
      needsScript: null,
      fetchedAt: '2026-11-25T08:00:00.000Z',
      firstByteMs: null,
    };
    if (html !== null) pages.set(snapshot, readPage(snapshot, html, { matcher, signals: SIGNALS }));
    return snapshot;
  });
  const input: JudgeInput<ConceptId> = {
    organization,
    services,
    snapshots,
    pages,
    normalize: (url) => url.replace(/#.*$/, ''),
  };
  const errors: string[] = [];
  const { findings } = judgeOrganization(input, { rules: RULES, lists: LISTS }, r5, (rule, subject, error) =>
    errors.push(`${rule} on ${subject}: ${error instanceof Error ? error.stack : String(error)}`),
  );
  return { findings, errors, pages };
}

function owesNothing(organization: Organization, services: readonly Service[], looked: readonly Looked[]): void {
  const { findings, errors, pages } = judge(organization, services, looked);
  expect(errors).toEqual([]);
  const wanted = RULES.flatMap(({ id, scope }) =>
    scope === 'portal' ? [`${id} null`] : services.map((one) => `${id} ${one.id}`),
  );
  expect(findings.map(({ rule, service: subject }) => `${rule} ${subject}`).sort()).toEqual(wanted.sort());
  const documents = new Map([...pages].map(([snapshot, { hash }]) => [hash, load(looked[snapshot.ordinal]![2]!)]));
  for (const { rule, confidence, evidence, verdict, searched } of findings) {
    expect(confidence >= 0 && confidence <= 1, rule).toBe(true);
    if (verdict === 'fail')
      expect(
        searched.filter(({ read }) => !read),
        rule,
      ).toEqual([]);
    for (const { selector, snapshot } of evidence)
      if (selector !== null) expect(documents.get(snapshot)!(selector).length, `${rule}: ${selector}`).toBe(1);
  }
  expect(JSON.stringify(judge(organization, services, looked).findings)).toBe(JSON.stringify(findings));
}

const everywhere = (html: string): Looked[] => [
  [PORTAL, 'portal', html],
  [`${PORTAL}s/a`, 'service', html, ['a']],
  [`${PORTAL}s/c`, 'service', html, ['c']],
  ['https://sys.org.example/', 'system', html, ['a']],
  ['https://sys.org.example/login', 'login', html, ['a']],
  [`${PORTAL}services`, 'page', html],
];

it.each(Object.entries(HOSTILE_PAGES))(
  'judges a site of pages with %s',
  (_, html) => owesNothing(ORGANIZATION, SERVICES, everywhere(html)),
  60_000,
);

it('judges all of them as one site', () =>
  owesNothing(ORGANIZATION, SERVICES, [
    ...everywhere(HOSTILE_PAGES['ids that select nothing']!),
    ...Object.values(HOSTILE_PAGES).map((html, i): Looked => [`${PORTAL}p/${i}`, 'page', html]),
  ]));

it('judges an organization at which nobody looked, and one without name, portal and services', () => {
  owesNothing(ORGANIZATION, SERVICES, []);
  owesNothing(NAMELESS, [], []);
  owesNothing(NAMELESS, SERVICES, everywhere(HOSTILE_PAGES['words that objects have']!));
});

const OUTCOMES: readonly FetchOutcome[] = [
  { kind: 'refused', by: 'robots', detail: '' },
  { kind: 'refused', by: 'login', detail: '' },
  { kind: 'unreachable', cause: 'not-found', detail: '' },
  { kind: 'unreachable', cause: 'tls', detail: '' },
  { kind: 'not-html', contentType: '' },
];
it.each(
  OUTCOMES.map(
    (outcome) => ['by' in outcome ? outcome.by : 'cause' in outcome ? outcome.cause : outcome.kind, outcome] as const,
  ),
)('judges a site that answers everything with %s', (_, outcome) =>
  owesNothing(
    ORGANIZATION,
    SERVICES,
    everywhere('').map(([url, role, , services = []]): Looked => [url, role, null, services, outcome]),
  ),
);
