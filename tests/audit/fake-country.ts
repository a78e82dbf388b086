/** A small country in memory: sites that answer by the time of day, evidence in a map, rules that a test can foresee. */
import { createHash } from 'node:crypto';
import { knowledgeOf, seekingIn } from '../../src/cli/compose.ts';
import type { Knowledge } from '../../src/core/judge.ts';
import type { BlobRef, FetchOutcome, Organization, Registry, Service } from '../../src/core/model.ts';
import { defineRule, fail, partial, pass } from '../../src/core/rule.ts';
import { unreachable, type StaticAnswer, type StaticFetcher } from '../../src/crawl/contract.ts';
import { openPoliteness, type Clock, type DomainLeases, type Pace } from '../../src/crawl/politeness.ts';
import type { WorkerTools } from '../../src/audit/worker.ts';
import type { ConceptId } from '../../rules/lexicon/index.ts';
import type { BlobStore, Store } from '../../storage/store.ts';
import { anEdition, aRegistry } from '../storage/fixtures.ts';

/** A page, or what becomes of asking for it. */
export type Answer = string | FetchOutcome;
/** What an address answers at a time (milliseconds since 1970); nothing there when undefined. */
export type Sites = (url: string, at: number) => Answer | undefined;

export const NOBODY = unreachable('timeout', 'no answer');

/** A page with words enough to be one, and with what is given. */
export const page = (body: string): string =>
  `<!doctype html><html lang="fa"><title>سازمان</title><body><main><h1>درگاه سازمان</h1><p>${'متن این صفحه برای همه است. '.repeat(12)}</p>${body}</main></body></html>`;
export const SEARCH = '<p>here one can search</p>';

export const anOrganization = (id: string, change: Partial<Organization> = {}): Organization => ({
  id, names: { fa: id, en: id }, parentId: null, portalUrl: `https://www.${id}.example/`, cooperation: 'cooperative', extra: {}, ...change,
}); // prettier-ignore
export const aService = (id: string, organizationId: string, change: Partial<Service> = {}): Service => ({
  id, organizationId, parentId: null, code: null, titles: { fa: `خدمت ${id}`, en: id }, pageUrl: null, systemUrl: null, profile: [], extra: {}, ...change,
}); // prettier-ignore
/** A country of these organizations, each with a portal. */
export const countryOf = (...ids: string[]): Registry => aRegistry({ organizations: ids.map((id) => anOrganization(id)) }); // prettier-ignore

const said = { goal: 'transparency', title: { fa: 'قاعده', en: 'Rule' }, why: { fa: '', en: '' }, source: 'test', version: 1, level: 1, prior: [0.9, 0.7] } as const; // prettier-ignore
/** Is there a search on the first page; is there a list of questions on the page of the service; does the portal answer? */
const RULES = [
  defineRule<ConceptId, 'portal', Record<'found' | 'nothing', ReturnType<typeof pass>>, Record<string, never>>('portal', {
    ...said, id: 'presence/site-search', needs: ['home'], seeks: [],
    outcomes: { found: pass('هست.', 'There is one.'), nothing: fail('نیست.', 'There is none.') },
    check: ({ home }, conclude) =>
      home.state === 'read' && home.seen.page.runs.some(({ text }) => text.includes('search')) ? conclude.found() : conclude.nothing(),
  }),
  defineRule<ConceptId, 'portal', Record<'always' | 'mostly' | 'seldom', ReturnType<typeof pass>>, Record<string, never>>('portal', {
    ...said, id: 'presence/availability', needs: [], seeks: [],
    outcomes: { always: pass('{answered} از {looks}', '{answered} of {looks}'), mostly: partial('{answered} از {looks}', '{answered} of {looks}'), seldom: fail('{answered} از {looks}', '{answered} of {looks}') },
    check: ({ organization, visitsTo }, conclude) => {
      const visits = visitsTo(organization.portalUrl ?? '');
      const answered = visits.filter(({ snapshot }) => snapshot.chain.length > 0).length;
      const values = { answered, looks: visits.length };
      return answered === visits.length ? conclude.always({ values }) : answered * 2 >= visits.length ? conclude.mostly({ values }) : conclude.seldom({ values });
    },
  }),
  defineRule<ConceptId, 'service', Record<'found' | 'nothing', ReturnType<typeof pass>>, Record<string, never>>('service', {
    ...said, id: 'interaction/faq', needs: ['service-page'], seeks: [],
    outcomes: { found: pass('هست.', 'There is one.'), nothing: fail('نیست.', 'There is none.') },
    check: ({ page: own }, conclude) =>
      own.state === 'read' && own.seen.page.runs.some(({ text }) => text.includes('questions')) ? conclude.found() : conclude.nothing(),
  }),
]; // prettier-ignore

export const knowledge = (registry: Registry): Knowledge<ConceptId> => ({ ...knowledgeOf(registry), rules: RULES });

export function memoryBlobs(): BlobStore {
  const files = new Map<string, Uint8Array>();
  return {
    async put(decoded) {
      const hash = createHash('sha256').update(decoded).digest('hex');
      files.set(hash, decoded);
      return { hash, size: decoded.length, encoding: 'identity' } satisfies BlobRef;
    },
    async get({ hash }) {
      const bytes = files.get(hash);
      if (!bytes) throw new Error(`expected a file of evidence, found none under ${hash}`);
      return bytes;
    },
  };
}

export interface Asked {
  readonly url: string;
  readonly at: number;
}

/** Answers in an instant; `asked` notes every address but those of robots.txt, which nobody has. */
export function fetcherOf(clock: Clock, sites: Sites, asked: Asked[] = []): StaticFetcher {
  return {
    async fetch(url, { signal } = {}): Promise<StaticAnswer> {
      signal?.throwIfAborted();
      const answer = sites(url, clock.now());
      const isRobots = url.endsWith('/robots.txt');
      if (!isRobots) asked.push({ url, at: clock.now() });
      const nothing = { headers: [], tls: null, wire: null, body: null, text: null, charset: null, firstByteMs: null, retryAfter: null }; // prettier-ignore
      if (typeof answer === 'string' && !isRobots) {
        const text = { body: Buffer.from(answer), text: answer, charset: 'utf-8', firstByteMs: 5 };
        return { ...nothing, ...text, outcome: { kind: 'page' }, chain: [{ url, status: 200 }], status: 200 };
      }
      const outcome = typeof answer === 'object' ? answer : unreachable('not-found', '404');
      const isSilent = outcome.kind === 'unreachable' && outcome.cause !== 'not-found';
      const status = isSilent ? null : outcome.kind === 'refused' ? 403 : 404;
      return { ...nothing, outcome, chain: status === null ? [] : [{ url, status }], status };
    },
    close: async () => {},
  };
}

/** What a worker needs, with a pace of its own. */
export function toolsOf(
  registry: Registry,
  { clock, store, sites, blobs = memoryBlobs(), asked = [], pace = {}, leases, edition = anEdition() }: {
    readonly clock: Clock;
    readonly store: Store;
    readonly sites: Sites;
    readonly blobs?: BlobStore;
    readonly asked?: Asked[];
    readonly pace?: Partial<Pace>;
    readonly leases?: DomainLeases;
    readonly edition?: WorkerTools<ConceptId>['edition'];
  },
): WorkerTools<ConceptId> {
  return {
    store, blobs, clock, edition,
    fetcher: fetcherOf(clock, sites, asked),
    browser: null,
    politeness: openPoliteness({ clock, pace, ...(leases ? { leases } : {}) }),
    knowledge: knowledge(registry),
    seeking: seekingIn(registry),
    rulesDigest: 'digest of the rules',
    visitsNeeded: edition.visits,
    identityHosts: [],
    paymentHosts: [],
    limits: {},
    inspect: false,
    // as a real worker listens: it fails where an event comes without its organization
    onEvent: (organization, event) => void `${organization.id} ${event.kind}`,
    onRuleError: (rule, subject, error) => {
      throw new Error(`${rule} failed on ${subject}`, { cause: error });
    },
  };
} // prettier-ignore
