/** What the commands on rounds share: how one opens, how its steps are worked on, how its evidence is judged again. */
import { userInfo } from 'node:os';
import { addToRound } from '../core/combine-visits.ts';
import type { Edition } from '../core/edition.ts';
import type { Finding, Registry, Step, Text } from '../core/model.ts';
import type { Round, RoundPlan } from '../core/round.ts';
import { afterStep, itinerary, replan, type ItinerarySettings } from '../audit/itinerary.ts';
import {
  auditsBehind,
  judgedOrKept,
  openRound,
  registryOfRound,
  roundOf,
  startReview,
  takingPart,
  withApprovals,
  type Doer,
  type Judging,
  type OnKept,
} from '../audit/round.ts';
import { rejudgeOrganization } from '../audit/audit-organization.ts';
import { digestOf } from '../audit/chain.ts';
import { inWindow, nextWindow } from '../audit/schedule.ts';
import { work, type StepPlan, type WorkOptions, type WorkReport } from '../audit/worker.ts';
import { persian, UserError } from '../core/errors.ts';
import type { Store } from '../../storage/store.ts';
import { systemClock } from '../crawl/politeness.ts';
import { PAYMENT_GATEWAYS } from '../../rules/hosts/gateways.ts';
import { IDENTITY_PROVIDERS } from '../../rules/hosts/national.ts';
import {
  knowledgeOf,
  openLooking,
  releaseDeadWorkers,
  rulesDigest,
  saidBy,
  seekingIn,
  workerName,
  type Data,
} from './compose.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';

export interface NewRound {
  readonly id: string;
  readonly names: Text;
  readonly period: Round['period'];
  readonly edition: Edition;
  readonly plan: RoundPlan;
  readonly registry: Registry;
}

/** Opens a round over all organizations that take part, each with its own way through it. */
export async function openNewRound(data: Data, round: NewRound, doer: Doer): Promise<Round> {
  const { registry, ...frozen } = round;
  const organizations = takingPart(registry);
  if (organizations.length === 0)
    throw new UserError({
      fa: 'هیچ دستگاهی از دفتر ثبت در دور شرکت ندارد: همه انصراف داده‌اند، یا نه فهرست خدمات دارند و نه درگاه.',
      en: 'No organization of the registry takes part: all have withdrawn, or have no list of services and no portal.',
    });
  const settings = settingsOf(round);
  const steps = new Map<string, readonly Step[]>(
    organizations.map(({ id }) => [id, itinerary({ organizationId: id, openedAt: doer.at, settings })]),
  );
  return openRound(data.store, {
    round: { ...frozen, revises: null, reason: null },
    registry,
    organizationIds: organizations.map(({ id }) => id),
    rulesDigest,
    steps,
    ...doer,
  });
}

const settingsOf = ({ plan, edition }: Pick<Round, 'plan' | 'edition'>): ItinerarySettings => ({
  ...plan,
  visits: edition.visits,
});

/** How the steps of a round follow each other; see itinerary. */
export function stepPlanOf(round: Pick<Round, 'plan' | 'edition'>): StepPlan {
  const settings = settingsOf(round);
  return {
    now: (organizationId, steps, crawls, now) => replan(steps, 0, now, { organizationId, settings, crawls }).steps,
    after(organizationId, steps, crawls, isGood, now) {
      if (steps.length > 1) return steps.slice(1);
      const next = afterStep(steps, 0, { isGood }, { organizationId, settings, crawls, now });
      return next ? [next] : [];
    },
  };
}

/** The hours in which a round's pages are crawled. */
export const hoursOf =
  ({ plan }: Pick<Round, 'plan'>): NonNullable<WorkOptions['hours']> =>
  (now) => {
    const window = nextWindow(plan, now);
    if (!window) return { open: true, until: Infinity };
    return inWindow(plan, now)
      ? { open: true, until: Date.parse(window.to) }
      : { open: false, until: Date.parse(window.from) };
  };

export interface RoundWork {
  readonly mapHosts: readonly string[];
  readonly concurrency: number;
  readonly signal: AbortSignal;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Milliseconds for which a step that is not due yet is waited for. */
  readonly patience: number;
}

/** Works on a round until nothing of it is left, or due within the patience. */
export async function workOnRound(data: Data, round: Round, options: RoundWork): Promise<WorkReport> {
  const { log, metrics } = options;
  const registry = await registryOfRound(data.store, round);
  const worker = workerName();
  const looking = await openLooking(
    registry,
    {
      mapHosts: options.mapHosts,
      render: round.plan.render,
      delay: round.plan.delay,
      userAgent: round.plan.userAgent,
      env: process.env,
    },
    { store: data.store, worker },
  );
  if (looking.noBrowser) log.warn('no-browser', { why: looking.noBrowser.en });
  log.info('work', { round: round.id, worker });
  try {
    return await work(
      registry,
      {
        store: data.store, blobs: data.blobs, fetcher: looking.fetcher, browser: looking.browser, politeness: looking.politeness, clock: systemClock, knowledge: knowledgeOf(registry), seeking: seekingIn(registry), rulesDigest,
        edition: round.edition, visitsNeeded: round.edition.visits, identityHosts: IDENTITY_PROVIDERS, paymentHosts: PAYMENT_GATEWAYS, limits: { maxPages: round.plan.pages }, inspect: looking.browser !== null,
        onEvent(organization, event) {
          if (event.kind === 'looked' && !event.isStored) metrics.look(event.snapshot.outcome.kind);
          else if (event.kind === 'host-closed') log.warn('host-closed', { organization: organization.id, host: event.host, why: event.reason });
          else if (event.kind === 'budget') log.warn('budget', { organization: organization.id, spent: event.spent });
        },
        onRuleError: (rule, subject, error) => log.error('rule-failed', { rule, subject, error: error instanceof Error ? error.stack : String(error) }),
      }, // prettier-ignore
      {
        auditId: round.auditId, worker, concurrency: options.concurrency, signal: options.signal, patience: options.patience, hours: hoursOf(round), plan: stepPlanOf(round),
        onJob(job, event, detail) {
          metrics.step(event);
          const step = job.steps[0];
          const facts = { organization: job.organizationId, ...(step ? { step: step.kind, visit: step.visit } : {}), ...(detail ? { detail } : {}) };
          if (event === 'failed') log.error('step-failed', { ...facts, attempt: job.attempts });
          else log.info(`step-${event}`, facts);
        },
        onIdle: () => releaseDeadWorkers(data.store),
      }, // prettier-ignore
    );
  } finally {
    await looking.close();
  }
}

/** Ends the looking of a round, and prepares what comparing it with the round before needs; see judgeByEarlierEdition. */
export async function beginReview(
  data: Data,
  round: Round,
  doer: Doer,
  early: boolean,
  { onJudged, onKept, onLeft }: ReviewListening,
): Promise<void> {
  const frozen = (await data.store.getRegistry(round.auditId))!;
  // after a kill nobody waits for a lease to end
  await releaseDeadWorkers(data.store);
  await startReview(data.store, round, doer, {
    early,
    rulesDigest,
    // by what is approved when its turn comes: the round is open to people meanwhile
    judge: async (auditId, id) =>
      judgeInRound(data, round, withApprovals(frozen, await data.store.listActs(round.id)), auditId, id),
    onKept,
  });
  const report = (done: number, all: number): void => {
    if (done === 1 || done === all || done % 10 === 0) onJudged(done, all);
  };
  await judgeByEarlierEdition(data, await roundOf(data.store, round.id), report, onLeft);
}

export interface ReviewListening {
  /** Told now and then how many organizations are judged by the edition of the round before. */
  readonly onJudged: (done: number, all: number) => void;
  /** Told of organizations that keep the verdicts that they have, and of those that the earlier edition does not judge. */
  readonly onKept: OnKept;
  readonly onLeft: OnKept;
}

/** Judges an organization of a round again from its evidence. The registry has what was approved in the round. */
export async function judgeInRound(
  data: Data,
  round: Pick<Round, 'edition' | 'auditId'>,
  registry: Registry,
  auditId: string,
  organizationId: string,
  edition = round.edition,
): Promise<readonly Finding[]> {
  const beside = await auditBeside(data.store, round, auditId, organizationId);
  const visits = beside === null ? edition.visits : 1;
  const findings = await judgeStored(data, registry, auditId, organizationId, edition, visits);
  if (beside === null) return findings;
  // what stands beside is judged by the same edition and rules
  const known = await data.store.listRules(beside);
  const rules = known.get(organizationId) ?? (await data.store.getAudit(beside))!.rulesDigest;
  const isSame = edition === round.edition && (rules === rulesDigest || !known.has(organizationId));
  const others = isSame
    ? await data.store.listFindings(beside, organizationId)
    : await judgeInRound(data, round, registry, beside, organizationId, edition);
  return addToRound(findings, others, edition);
}

/** As `judgeInRound`; throws a UserError where the evidence cannot be read. */
export async function judgedAgain(...asked: Parameters<typeof judgeInRound>): Promise<readonly Finding[]> {
  try {
    return await judgeInRound(...asked);
  } catch (error) {
    const [, , , auditId, id] = asked;
    const why = saidBy(error);
    throw new UserError({
      fa: persian`شواهد ${id} در ${auditId} دوباره داوری‌شدنی نیست و از این رو چیزی تغییر نکرد: ${why.fa} ${'rasad archive check'} هرچه را آسیب دیده نام می‌برد.`,
      en: `The evidence of ${id} in ${auditId} cannot be judged again, so nothing was changed: ${why.en} \`rasad archive check\` names all that is damaged.`,
    });
  }
}

/** How what is accepted into a round is judged. */
export const judgingIn = (data: Data, round: Round, registry: Registry): Judging => ({
  rulesDigest,
  judge: (auditId, id) => judgedAgain(data, round, registry, auditId, id),
});

/** As `judgeInRound`, and kept: judging a country again takes minutes, and comparing asks for it each time. */
export async function judgeOnce(
  data: Data,
  round: Round,
  registry: Registry,
  auditId: string,
  organizationId: string,
  edition: Edition,
): Promise<readonly Finding[]> {
  const looks = (await data.store.listSnapshots(auditId, organizationId)).length;
  const profiles = registry.services.flatMap((service) =>
    service.organizationId === organizationId ? [[service.id, service.profile]] : [],
  );
  const method = digestOf([edition, rulesDigest, round.auditId, looks, profiles]);
  const known = await data.store.getJudgement(auditId, organizationId, method);
  if (known) return known;
  const findings = await judgeInRound(data, round, registry, auditId, organizationId, edition);
  await data.store.saveJudgement(auditId, organizationId, method, findings);
  return findings;
}

/**
 * Judges a round's evidence by the edition of the round before it, where that is another one, so that comparing the two
 * is quick. `onJudged` is told how many of how many organizations are done, `onKept` of those that cannot be judged.
 */
export async function judgeByEarlierEdition(
  data: Data,
  round: Round,
  onJudged: (done: number, all: number) => void,
  onKept: OnKept,
): Promise<void> {
  const rounds = await data.store.listRounds();
  const before = rounds.find(({ number, revises }) => number < round.number && revises === null);
  if (!before || digestOf(before.edition) === digestOf(round.edition)) return;
  const registry = await registryOfRound(data.store, round);
  const sources = await data.store.listSources(round.id);
  const jobs = await data.store.listJobs(round.auditId);
  for (const [index, { organizationId: id }] of jobs.entries()) {
    const auditId = sources.get(id) ?? round.auditId;
    await judgedOrKept(id, () => judgeOnce(data, round, registry, auditId, id, before.edition), onKept);
    onJudged(index + 1, jobs.length);
  }
}

/** The round to which an audit belongs: its own, or the one beside which it was made on demand. */
export async function roundOfAudit(store: Store, auditId: string): Promise<Round | null> {
  const rounds = await store.listRounds();
  const own = rounds.find((round) => round.auditId === auditId);
  if (own) return own;
  for (const round of rounds)
    if ((await store.listReaudits(round.id)).some(({ audit }) => audit === auditId)) return round;
  return null;
}

/** Judges an organization again from the evidence of an audit, a fail being final after so many visits. */
export async function judgeStored(
  data: Data,
  registry: Registry,
  auditId: string,
  organizationId: string,
  edition: Edition,
  visitsNeeded: number,
): Promise<readonly Finding[]> {
  const organization = registry.organizations.find(({ id }) => id === organizationId)!;
  return rejudgeOrganization(auditId, registry, organization, {
    store: data.store,
    blobs: data.blobs,
    knowledge: knowledgeOf(registry),
    edition,
    visitsNeeded,
    onRuleError: (rule, subject, error) =>
      process.stderr.write(
        `rasad: rule ${rule} failed on ${subject}: ${error instanceof Error ? error.stack : String(error)}\n`,
      ),
  });
}

/**
 * The audit whose looks on other days stand beside those of this one, when these were made on demand, on one day; else
 * null. A revision holds copies of the looks on demand that its round had accepted.
 */
async function auditBeside(
  store: Store,
  round: Pick<Round, 'auditId'>,
  auditId: string,
  organizationId: string,
): Promise<string | null> {
  if ((await store.getAudit(auditId))?.trigger === 'demand') return round.auditId;
  const own = (await store.listRounds()).find((candidate) => candidate.auditId === auditId);
  if (!own) return null;
  const audits = (await auditsBehind(store, own))(organizationId);
  return audits[audits.indexOf(auditId) + 1] ?? null;
}

/** The named round; without a name the newest one. */
export async function roundOrNewest(data: Data, id: string | undefined): Promise<Round> {
  if (id !== undefined) return roundOf(data.store, id);
  const [newest] = await data.store.listRounds();
  if (newest) return newest;
  throw new UserError({
    fa: persian`هنوز دوری آغاز نشده است. آن را چنین آغاز کنید: ${'rasad round open --registry my-country'}`,
    en: 'There is no round yet. Open one: rasad round open --registry my-country',
  });
}

/** Who does it: what `--by` says, else the user of this machine. */
export function doerOf({ by, note }: { readonly by?: string | undefined; readonly note?: string | undefined }): Doer {
  return { by: by ?? process.env['RASAD_BY'] ?? userName(), note: note ?? '', at: new Date().toISOString() };
}

/** The name, or in a container, whose users may have none, the number. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `user ${process.getuid?.() ?? 'without a name'}`;
  }
}

/** The calendar of the registry that a round froze. */
export const calendarOf = async (data: Data, round: Round): Promise<'jalali' | 'gregorian'> =>
  (await data.store.getRegistry(round.auditId))!.calendar;
