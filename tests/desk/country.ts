/** An invented country whose verdicts all wait for people, each with a stored page of its own. */
import { createHash } from 'node:crypto';
import type { Finding, Registry, Snapshot } from '../../src/core/model.ts';
import type { DeskTools } from '../../src/desk/tools.ts';
import type { Store } from '../../storage/store.ts';
import { anOrganization, aService } from '../audit/fake-country.ts';
import { aFinding, anEdition, aRegistry, aSnapshot } from '../storage/fixtures.ts';
import { openTestDesk, type TestDesk } from './desk.ts';

export const SEARCH = 'presence/site-search';
export const FAQ = 'interaction/faq';

/** Light enough that one reader decides most cards. */
export const EDITION = anEdition({ weights: { [SEARCH]: 10, [FAQ]: 10 } });

export const INDICATORS = [
  { id: SEARCH, stage: 'presence', scope: 'portal', title: { fa: 'جست‌وجو', en: 'Search' } },
  { id: FAQ, stage: 'interaction', scope: 'service', title: { fa: 'پرسش‌ها', en: 'Questions' } },
] as unknown as DeskTools['indicators'];

/** Hash under which a page is stored. */
const pageOf = (url: string): string => createHash('sha256').update(url).digest('hex');
const portalOf = (organization: string): string => `https://www.${organization}.example/`;

/** These organizations with so many services each: a verdict on each portal, and one on each service. */
export function aCountry(organizations: readonly string[], services: number): { registry: Registry; findings: Finding[] } {
  const registry = aRegistry({
    organizations: organizations.map((id) => anOrganization(id)),
    services: organizations.flatMap((id) => Array.from({ length: services }, (_, n) => aService(`${id}-${n}`, id))),
  });
  const proof = (url: string) => [{ url, snapshot: pageOf(url), selector: '#said', quote: `what ${url} says`, language: null }];
  const findings = [
    ...organizations.map((id) => aFinding({ organization: id, verdict: 'unclear', outcome: 'open', evidence: proof(portalOf(id)) })),
    ...registry.services.map(({ id, organizationId }) =>
      aFinding({ organization: organizationId, service: id, rule: FAQ, verdict: 'unclear', outcome: 'open', evidence: proof(`${portalOf(organizationId)}${id}`) }),
    ),
  ];
  return { registry, findings };
} // prettier-ignore

/** The looks on which its verdicts rest. */
export async function saveLooks(store: Store, findings: readonly Finding[], more: Partial<Snapshot> = {}): Promise<void> {
  for (const [ordinal, { organization, service, evidence }] of findings.entries()) {
    const { url, snapshot: hash } = evidence[0]!;
    await store.saveSnapshot(
      aSnapshot({
        auditId: 'round-r', organizationId: organization, ordinal, url, chain: [{ url, status: 200 }], tls: null,
        body: { hash, size: 3, encoding: 'gzip' }, serviceIds: service === null ? [] : [service], ...more,
      }),
    );
  }
} // prettier-ignore

/** A desk over this country. `page` is what is stored of every address. */
export async function openCountry(
  country: { readonly registry: Registry; readonly findings: readonly Finding[] },
  { page = '<p id="said">what stands there</p>', look, ...change }: Omit<Parameters<typeof openTestDesk>[0] & object, 'round'> & {
    readonly state?: 'open' | 'reviewing' | 'preview';
    readonly page?: string;
    readonly look?: Partial<Snapshot>;
  } = {},
): Promise<TestDesk> {
  const test = await openTestDesk({
    ...change,
    round: { ...country, edition: EDITION, state: change.state ?? 'reviewing' },
    tools: {
      indicators: INDICATORS,
      evidence: { text: async () => page, picture: async () => null, textOf: async () => page, layout: async () => null },
      ...change.tools,
    },
  });
  await saveLooks(test.store, country.findings, look);
  return test;
} // prettier-ignore

/** What the form of a card holds. */
export const cardIn = (html: string) => {
  const of = (pattern: RegExp): string => pattern.exec(html)?.[1] ?? '';
  return {
    card: of(/action="[^"]*\/cards\/([\w-]+)/),
    token: of(/name="token" value="([^"]*)"/),
    decision: of(/name="decision" value="([^"]*)"/),
    purpose: of(/name="purpose" value="([^"]*)"/),
  };
};
