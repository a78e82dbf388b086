/** Looking at organizations in an audit, and audits on demand beside a round: for the command and for the desk. */
import { randomUUID } from 'node:crypto';
import { digestOf } from '../audit/chain.ts';
import { checkQuota, REAUDIT_QUOTA, type Doer } from '../audit/round.ts';
import { work, type WorkOptions, type WorkReport, type WorkerTools } from '../audit/worker.ts';
import { addToRound } from '../core/combine-visits.ts';
import type { Edition } from '../core/edition.ts';
import type { Audit, Organization, Registry } from '../core/model.ts';
import type { Round } from '../core/round.ts';
import { systemClock } from '../crawl/politeness.ts';
import { PAYMENT_GATEWAYS } from '../../rules/hosts/gateways.ts';
import { IDENTITY_PROVIDERS } from '../../rules/hosts/national.ts';
import type { ConceptId } from '../../rules/lexicon/index.ts';
import { knowledgeOf, openLooking, releaseDeadWorkers, rulesDigest, seekingIn, workerName, type Data, type Looking } from './compose.ts'; // prettier-ignore

/** What is audited, and how. */
export interface AuditPlan {
  readonly registry: Registry;
  readonly organizations: readonly Organization[];
  readonly edition: Edition;
  readonly config: {
    readonly pages: number;
    readonly render: 'auto' | 'never';
    readonly userAgent: string;
    readonly delay: number | null;
    readonly archive?: string;
  };
}

/** Opens what touches the network for an audit; its domains are shared with others that work on the same data. */
export async function openAuditLooking(
  data: Data,
  { registry, config }: AuditPlan,
  mapHosts: readonly string[],
): Promise<Looking & { readonly worker: string }> {
  const worker = workerName();
  const { archive, render, delay, userAgent } = config;
  const looking = await openLooking(
    registry,
    { mapHosts, render, delay, userAgent, env: process.env, ...(archive === undefined ? {} : { archive }) },
    { store: data.store, worker },
  );
  return { ...looking, worker };
}

type Listening = Pick<WorkerTools<ConceptId>, 'onEvent' | 'onRuleError'>;

/** Looks at the organizations of an audit on one day, and judges them. */
export const workOnAudit = (
  data: Data,
  audit: Audit,
  { registry, edition, config }: AuditPlan,
  { fetcher, browser, politeness, worker }: Awaited<ReturnType<typeof openAuditLooking>>,
  listening: Listening,
  options: Pick<WorkOptions, 'concurrency' | 'signal' | 'onJob'>,
): Promise<WorkReport> =>
  work(
    registry,
    {
      store: data.store, blobs: data.blobs, fetcher, browser, politeness, clock: systemClock, knowledge: knowledgeOf(registry), seeking: seekingIn(registry), rulesDigest, edition, visitsNeeded: 1,
      identityHosts: IDENTITY_PROVIDERS, paymentHosts: PAYMENT_GATEWAYS, limits: { maxPages: config.pages }, inspect: browser !== null, ...listening,
    }, // prettier-ignore
    { auditId: audit.id, worker, ...options },
  );

/** One organization by the method, registry and configuration that the round froze. */
export const planOfReaudit = (
  { plan, edition }: Round,
  registry: Registry,
  organization: Organization,
  delay: number | null = null,
): AuditPlan => ({
  registry,
  organizations: [organization],
  edition,
  config: { pages: plan.pages, render: plan.render, userAgent: plan.userAgent, delay: delay ?? plan.delay },
});

/** The unfinished audit on demand of the plan's organization against the round, or a new one within the quota. */
export async function openReaudit(
  data: Data,
  round: Round,
  { registry, organizations, edition, config }: AuditPlan,
  { by, at, note }: Doer,
  { fresh = false, quota = REAUDIT_QUOTA }: { readonly fresh?: boolean; readonly quota?: number } = {},
): Promise<Audit> {
  const organization = organizations[0]!.id;
  await releaseDeadWorkers(data.store);
  if (!fresh)
    for (const { audit: id, organization: of } of (await data.store.listReaudits(round.id)).toReversed()) {
      const begun = of === organization ? await data.store.getAudit(id) : null;
      if (begun && begun.finishedAt === null) return begun;
    }
  await checkQuota(data.store, round, organization, quota);
  const audit: Audit = {
    id: newAuditId(),
    trigger: 'demand',
    edition: edition.id,
    registryDigest: registry.digest,
    rulesDigest,
    configDigest: digestOf(config),
    organizationIds: [organization],
    startedAt: at,
    finishedAt: null,
  };
  await data.store.createAudit(audit, registry);
  await data.store.addReaudit({ audit: audit.id, round: round.id, organization, by, at, reason: note, decision: null });
  return audit;
}

/** Keeps what the look on demand would make of the round's verdicts. */
export async function finishReaudit(data: Data, { id, organizationIds }: Audit, round: Round): Promise<void> {
  const organization = organizationIds[0]!;
  const inRound = await data.store.listFindings(round.auditId, organization);
  const look = await data.store.listFindings(id, organization);
  await data.store.saveFindings(id, organization, addToRound(look, inRound, round.edition));
  await data.store.finishAudit(id, new Date().toISOString());
}

export const newAuditId = (): string =>
  `${new Date().toISOString().slice(0, 16).replaceAll(/[-:T]/g, '')}-${randomUUID().slice(0, 8)}`;
