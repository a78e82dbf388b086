/**
 * The life of a round: opened, looked at, reviewed, shown to the organizations, published. Each step is refused, with
 * what to do instead, when the one before it is not finished; what is published never changes again.
 */
import { persian, UserError } from '../core/errors.ts';
import type {
  Audit,
  BlobRef,
  Finding,
  Organization,
  Registry,
  SkippedUrl,
  Snapshot,
  Step,
  Text,
} from '../core/model.ts';
import { seenOf, type Act, type Link, type Reaudit, type Review, type Round } from '../core/round.ts';
import { scoreOrganization, type IndicatorPlace } from '../core/score.ts';
import { settle } from '../core/settle.ts';
import { snapshotFiles } from '../core/snapshot-files.ts';
import type { Job, Judged, Store } from '../../storage/store.ts';
import { chainOf, digestOf, hashOf, HASH_BEFORE_FIRST, sha256, type ChainedOrganization } from './chain.ts';
import { openFileCheck, type CheckFile } from './evidence.ts';

export type { CheckFile };

/** A person who does something in a round, and what they say of it. */
export interface Doer {
  readonly by: string;
  readonly note: string;
  /** UTC, ISO 8601. */
  readonly at: string;
}

/** Audits on demand of one organization against one round, unless said otherwise: evidence is not looked for until it pleases. */
export const REAUDIT_QUOTA = 3;

export interface Opening extends Doer {
  readonly round: Omit<Round, 'number' | 'state' | 'openedAt' | 'openedBy' | 'publishedAt' | 'rootHash' | 'auditId'>;
  readonly registry: Registry;
  readonly organizationIds: readonly string[];
  readonly rulesDigest: string;
  readonly steps: ReadonlyMap<string, readonly Step[]>;
}

/**
 * Opens a round. Throws a UserError when its name, or its quarter, has one. The round of a quarter goes by another name
 * where a round outside the calendar has that of the quarter.
 */
export async function openRound(
  store: Store,
  { round, registry, steps, by, note, at, ...more }: Opening,
): Promise<Round> {
  const id = round.period === null ? round.id : await freeName(round.id, (name) => store.getRound(name));
  const opened: Round = {
    ...round,
    id,
    number: 0,
    state: 'open',
    auditId: await auditNameOf(store, id),
    openedAt: at,
    openedBy: by,
    publishedAt: null,
    rootHash: null,
  };
  const audit: Audit = {
    id: opened.auditId,
    trigger: 'round',
    edition: round.edition.id,
    registryDigest: registry.digest,
    rulesDigest: more.rulesDigest,
    configDigest: digestOf(round.plan),
    organizationIds: more.organizationIds,
    startedAt: at,
    finishedAt: null,
  };
  if (!(await store.createRound(opened, audit, registry, steps, { kind: 'opened', at, by, note })))
    throw new UserError({
      fa: `${persian`دور «${round.id}» از پیش هست`}${round.period ? '، یا همان سه‌ماهه دور دیگری دارد' : ''}. ${persian`نام دیگری بدهید، یا ${'rasad round list'} را ببینید.`}`,
      en: `There is a round "${round.id}" already${round.period ? ', or one for the same quarter' : ''}. Give another name, or see \`rasad round list\`.`,
    });
  return (await store.getRound(opened.id))!;
}

/** An audit that was imported may have the name already: it is that of a round of another installation. */
const auditNameOf = (store: Store, roundId: string): Promise<string> =>
  freeName(`round-${roundId}`, (name) => store.getAudit(name));

/** The name, with the first number from 2 on that makes it free where it is taken. */
async function freeName(name: string, holder: (name: string) => Promise<object | null>): Promise<string> {
  let free = name;
  for (let count = 2; (await holder(free)) !== null; count++) free = `${name}-${count}`;
  return free;
}

/** The round with this id. Throws a UserError that names the newest ones when there is none. */
export async function roundOf(store: Store, id: string): Promise<Round> {
  const round = await store.getRound(id);
  if (round) return round;
  const newest = (await store.listRounds()).slice(0, 5).map((known) => known.id).join(', '); // prettier-ignore
  throw new UserError({
    fa: `${persian`دور «${id}» نیست.`} ${newest === '' ? persian`هنوز دوری آغاز نشده است: ${'rasad round open'}` : persian`تازه‌ترین‌ها: ${newest}.`}`,
    en: `There is no round "${id}". ${newest === '' ? 'None was opened yet: `rasad round open`.' : `The newest: ${newest}.`}`,
  });
}

/** The registry that the round froze, with what was approved in the round since: statuses of cooperation, profiles of services. */
export async function registryOfRound(store: Store, round: Round): Promise<Registry> {
  const frozen = (await store.getRegistry(round.auditId))!;
  return withApprovals(frozen, await store.listActs(round.id));
}

export function withApprovals(registry: Registry, acts: readonly Act[]): Registry {
  const status = new Map<string, Extract<Act, { kind: 'cooperation' }>>();
  const profiles = new Map<string, Extract<Act, { kind: 'profile' }>>();
  for (const act of acts) {
    if (act.kind === 'cooperation') status.set(act.organization, act);
    if (act.kind === 'profile') profiles.set(act.service, act);
  }
  if (status.size + profiles.size === 0) return registry;
  /** As the registry's own columns say it. */
  const approval = ({ by, at }: Act): Record<string, string> => ({ approved_by: by, approved_at: at });
  return {
    ...registry,
    organizations: registry.organizations.map((organization) => {
      const act = status.get(organization.id);
      if (!act) return organization;
      return { ...organization, cooperation: act.status, extra: { ...organization.extra, ...approval(act) } };
    }),
    services: registry.services.map((service) => {
      const act = profiles.get(service.id);
      if (!act) return service;
      return { ...service, profile: act.profile, extra: { ...service.extra, ...approval(act) } };
    }),
  };
}

/** What one organization's result in a round is made of. */
export interface RoundResult {
  /** The audit that it comes from: the round's own, or an accepted one on demand. */
  readonly auditId: string;
  readonly machine: readonly Finding[];
  /** With people's decisions. */
  readonly settled: readonly Finding[];
  readonly reviews: readonly Review[];
  /** Reviews of findings that have changed since. */
  readonly outdated: readonly Review[];
  readonly snapshots: readonly Snapshot[];
  readonly skipped: readonly SkippedUrl[];
}

/**
 * The audits on whose looks the result of an organization in a round stands, first the one from which it comes. What an
 * audit on demand left open stands on what the round saw; so it does in a revision, whose own looks are those on demand.
 */
export async function auditsBehind(
  store: Store,
  round: Round,
): Promise<(organizationId: string) => readonly [string, ...string[]]> {
  const revised: { readonly auditId: string; readonly sources: ReadonlyMap<string, string> }[] = [];
  for (let id = round.revises; id !== null;) {
    const { auditId, revises }: Round = (await store.getRound(id))!;
    revised.push({ auditId, sources: await store.listSources(id) });
    id = revises;
  }
  const sources = await store.listSources(round.id);
  return (organizationId) => {
    const source = sources.get(organizationId);
    const beside = revised.flatMap((one) => (one.sources.has(organizationId) ? [one.auditId] : []));
    return source === undefined ? [round.auditId, ...beside] : [source, round.auditId, ...beside];
  };
}

/** Reads results of a round, one organization at a time. */
export async function resultsOf(store: Store, round: Round): Promise<(organizationId: string) => Promise<RoundResult>> {
  const behind = await auditsBehind(store, round);
  return async (organizationId) => {
    const audits = behind(organizationId);
    const [auditId] = audits;
    const machine = await store.listFindings(auditId, organizationId);
    const reviews = await store.listReviews(round.id, organizationId);
    const { findings, outdated } = settle(machine, reviews);
    const snapshots: Snapshot[] = [];
    for (const id of audits) snapshots.push(...(await store.listSnapshots(id, organizationId)));
    return {
      auditId,
      machine,
      settled: findings,
      reviews,
      outdated,
      snapshots,
      skipped: await store.listSkipped(auditId, organizationId),
    };
  };
}

/** Digest of the rules that found what stands in the round, for each organization of which something was found. */
export async function rulesOf(store: Store, round: Round): Promise<ReadonlyMap<string, string>> {
  const audit = (await store.getAudit(round.auditId))!;
  const sources = await store.listSources(round.id);
  const own = await store.listRules(audit.id);
  const rules = new Map<string, string>();
  for (const id of audit.organizationIds) {
    const source = sources.get(id);
    const of = source === undefined ? own : await store.listRules(source);
    if (of.has(id)) rules.set(id, of.get(id) ?? audit.rulesDigest);
  }
  return rules;
}

/** Judging for a round by the rules of today. */
export interface Judging {
  /** Digest of these rules. */
  readonly rulesDigest: string;
  /** Rejects when evidence cannot be read any more. */
  readonly judge: (auditId: string, organizationId: string) => Promise<readonly Finding[]>;
}

/** Told of an organization that keeps the findings it has, because its evidence cannot be judged again. */
export type OnKept = (organizationId: string, why: string) => void;

/**
 * Ends the looking, and then judges by all that was seen those whose looks were left out or failed. Throws a UserError
 * while organizations are under way, or wait for a step, unless `early`. Goes on where the judging was broken off.
 */
export async function startReview(
  store: Store,
  round: Round,
  doer: Doer,
  options: Judging & { readonly early: boolean; readonly onKept?: OnKept },
): Promise<void> {
  const jobs = await store.listJobs(round.auditId);
  const isBegun = await isBeingJudged(store, round);
  if (!isBegun) await endLooking(store, round, doer, jobs, options.early);
  // only when nothing is looked at any more, so that no verdict takes the place of a newer one
  for (const { organizationId: id, state } of jobs) {
    const isJudged = state === 'done' && !isBegun;
    if (isJudged || (await store.listSnapshots(round.auditId, id)).length === 0) continue;
    const findings = await judgedOrKept(id, () => options.judge(round.auditId, id), options.onKept);
    if (findings) await store.saveFindings(round.auditId, id, findings, options.rulesDigest);
  }
  await store.finishAudit(round.auditId, doer.at);
}

/** Was its looking ended, and the judging after it not? */
const isBeingJudged = async (store: Store, round: Round): Promise<boolean> =>
  round.state === 'reviewing' && (await store.getAudit(round.auditId))!.finishedAt === null;

async function endLooking(store: Store, round: Round, doer: Doer, jobs: readonly Job[], early: boolean): Promise<void> {
  expectState(round, 'open', { fa: 'بازبینی کرد', en: 'begin its review' });
  refuseWhileHeld(round, jobs, doer.at);
  const left = jobs.filter(({ state }) => state === 'waiting' || state === 'active');
  if (left.length > 0 && !early) {
    const last = left.flatMap(({ steps }) => steps.map(({ at }) => at)).sort().at(-1); // prettier-ignore
    throw new UserError({
      fa: `${persian`از ${jobs.length} دستگاه، ${left.length} دستگاه هنوز باید دیده شود`}${last ? persian` (آخرین بار در ${last})` : ''}. ${persian`${'rasad work'} را اجرا کنید، یا با ${'--early'} کار را با آنچه دیده شده است پایان دهید.`}`,
      en: `${left.length} of ${jobs.length} organizations still have looks to come${last ? ` (the last is planned for ${last})` : ''}. Run \`rasad work\`, or give --early to close with what was seen.`,
    });
  }
  if (await store.moveRound(round.id, 'open', 'reviewing', { kind: 'reviewing', ...doer })) return;
  refuseWhileHeld(round, await store.listJobs(round.auditId), doer.at);
  throw notAnyMore(round);
}

/** Throws a UserError while somebody looks at an organization, by a lease that has not run out. */
function refuseWhileHeld(round: Round, jobs: readonly Job[], now: string): void {
  const held = jobs.filter(({ leaseUntil }) => leaseUntil !== null && Date.parse(leaseUntil) > Date.parse(now));
  if (held.length === 0) return;
  const some = held.slice(0, 5).map(({ organizationId }) => organizationId).join(', '); // prettier-ignore
  throw new UserError({
    fa: persian`${held.length} دستگاه در حال دیده شدن است (${some}). کارگرها را متوقف کنید، یا صبر کنید: ${`rasad round status ${round.id}`}`,
    en: `${held.length} organizations are being looked at (${some}). Stop the workers, or wait: \`rasad round status ${round.id}\`.`,
  });
}

/** What judging says; null where the evidence was removed by age or is damaged, so that what was said of it stands. */
export async function judgedOrKept(
  organizationId: string,
  judge: () => Promise<readonly Finding[]>,
  onKept: OnKept | undefined,
): Promise<readonly Finding[] | null> {
  try {
    return await judge();
  } catch (error) {
    onKept?.(organizationId, error instanceof Error ? error.message : String(error));
    return null;
  }
}

/** Lets the organizations see their results before publication. */
export async function startPreview(store: Store, round: Round, doer: Doer): Promise<void> {
  expectState(round, 'reviewing', { fa: 'به پیش‌نمایش برد', en: 'be previewed' });
  if (await isBeingJudged(store, round))
    throw new UserError({
      fa: persian`داوری دور ${round.id} نیمه‌کاره مانده است. آن را ادامه دهید: ${`rasad round review ${round.id}`}`,
      en: `The judging of round ${round.id} was broken off. Go on with it: \`rasad round review ${round.id}\`.`,
    });
  if (!(await store.moveRound(round.id, 'reviewing', 'preview', { kind: 'preview', ...doer }))) throw notAnyMore(round);
}

/** Freezes scores and evidence into a chain, and gives its root. */
export async function publishRound(
  store: Store,
  round: Round,
  doer: Doer,
  catalogue: readonly IndicatorPlace[],
): Promise<string> {
  expectState(round, 'preview', { fa: 'منتشر کرد', en: 'be published' });
  const undecided = (await store.listReaudits(round.id)).filter(({ decision }) => decision === null);
  if (undecided.length > 0) {
    const names = undecided.map(({ audit }) => audit).join(', ');
    throw new UserError({
      fa: persian`${undecided.length} سنجش دوباره در دور ${round.id} در انتظار تصمیم است (${names}). هر یک را بپذیرید یا رد کنید: ${'rasad round accept'}، ${'rasad round refuse'}`,
      en: `${undecided.length} audits on demand against ${round.id} wait for a decision (${names}). Accept or refuse each: \`rasad round accept\`, \`rasad round refuse\`.`,
    });
  }
  const act: Act = { kind: 'published', ...doer };
  const counted = await store.countRound(round.id);
  const links = await linksOf(store, round, catalogue, [...(await store.listActs(round.id)), act]);
  if (await store.publishRound(round.id, act, links, counted)) return links.at(-1)!.hash;
  throw new UserError({
    fa: persian`هنگام ساختن زنجیره، کس دیگری دور ${round.id} را تغییر داد: تصمیمی، تأییدی، حکم‌هایش یا انتشارش. ${`rasad round show ${round.id}`} را ببینید و اگر هنوز در پیش‌نمایش است دوباره منتشرش کنید.`,
    en: `Round ${round.id} was changed by somebody while its chain was made: a decision, an approval, its findings, or its publication. See \`rasad round show ${round.id}\`, then publish it again if it still is in preview.`,
  });
}

async function linksOf(
  store: Store,
  round: Round,
  catalogue: readonly IndicatorPlace[],
  acts: readonly Act[],
): Promise<Link[]> {
  const audit = (await store.getAudit(round.auditId))!;
  const registry = withApprovals((await store.getRegistry(round.auditId))!, acts);
  const links: Link[] = [];
  const rules = new Set((await rulesOf(store, round)).values());
  for await (const link of chainOf({
    round,
    revisedRoot: round.revises === null ? null : ((await store.getRound(round.revises))?.rootHash ?? null),
    registry,
    rules: rules.size > 0 ? [...rules].sort() : [audit.rulesDigest],
    configDigest: audit.configDigest,
    organizations: chained(store, round, registry, audit.organizationIds, catalogue),
    acts,
    reaudits: await reauditsBefore(store, round, acts.findLast(({ kind }) => kind === 'published')?.at ?? ''),
  }))
    links.push(link);
  return links;
}

/** Those that were decided by then; what is asked for, or decided, after publication stays beside the round. */
const reauditsBefore = async (store: Store, round: Round, time: string): Promise<Reaudit[]> =>
  (await store.listReaudits(round.id)).filter(
    ({ decision }) => decision !== null && Date.parse(decision.at) < Date.parse(time),
  );

async function* chained(
  store: Store,
  round: Round,
  registry: Registry,
  organizationIds: readonly string[],
  catalogue: readonly IndicatorPlace[],
): AsyncGenerator<ChainedOrganization> {
  const resultOf = await resultsOf(store, round);
  const organizations = new Map(registry.organizations.map((organization) => [organization.id, organization]));
  for (const id of organizationIds) {
    const { machine, settled, outdated: _, ...result } = await resultOf(id);
    const services = registry.services.filter(({ organizationId }) => organizationId === id);
    yield {
      organization: organizations.get(id)!,
      ...result,
      findings: machine,
      score: settled.length === 0 ? null : scoreOrganization(id, services, settled, round.edition, catalogue),
    };
  }
}

/** One thing that does not hold. */
export interface Broken {
  /** The link, or the file of evidence. */
  readonly where: string;
  readonly expected: string;
  readonly found: string;
}

export interface Verification {
  readonly root: string;
  readonly links: number;
  readonly organizations: number;
  /** Files of evidence that were read and are what their hash says, and those that were removed on purpose by age. */
  readonly files: number;
  readonly retired: number;
  readonly broken: readonly Broken[];
}

/**
 * Proves a published round from what is stored, without any network: every link from the rows it stands for, the scores
 * from the findings, the root from the links, and the files of evidence from their hashes.
 */
export async function verifyRound(
  store: Store,
  round: Round,
  catalogue: readonly IndicatorPlace[],
  checkFile: CheckFile | null,
): Promise<Verification> {
  if (round.state !== 'published' || round.rootHash === null)
    throw new UserError({
      fa: `${persian`دور ${round.id} منتشر نشده است`} (${STATE_WORDS[round.state].fa})، پس هنوز چیزی برای اثبات نیست. ${persian`${`rasad round status ${round.id}`} را ببینید.`}`,
      en: `Round ${round.id} is not published (it is ${round.state}), so there is nothing to prove yet. See \`rasad round status ${round.id}\`.`,
    });
  const broken: Broken[] = [];
  const stored = await store.listLinks(round.id);
  let before = HASH_BEFORE_FIRST;
  for (const [index, link] of stored.entries()) {
    const where = `link ${index} (${link.kind} ${link.key})`;
    const hash = hashOf(before, link);
    if (link.position !== index)
      broken.push({ where, expected: `position ${index}`, found: `position ${link.position}` });
    if (hash !== link.hash) broken.push({ where, expected: `hash ${hash}`, found: `hash ${link.hash}` });
    if (link.content !== null && sha256(link.content) !== link.digest)
      broken.push({ where, expected: `content with the digest ${link.digest}`, found: sha256(link.content) });
    before = link.hash;
  }
  if (before !== round.rootHash) broken.push({ where: 'root', expected: round.rootHash, found: before });

  const acts = await store.listActs(round.id);
  const publication = acts.findLast(({ kind }) => kind === 'published')?.at;
  if (!publication || Date.parse(publication) !== Date.parse(round.publishedAt ?? ''))
    broken.push({ where: 'time of publication', expected: publication ?? 'an act of it', found: String(round.publishedAt) }); // prettier-ignore
  const made = await linksOf(store, round, catalogue, acts);
  const byKey = new Map(made.map((link) => [`${link.kind} ${link.key}`, link]));
  for (const link of stored) {
    const now = byKey.get(`${link.kind} ${link.key}`);
    byKey.delete(`${link.kind} ${link.key}`);
    if (now?.digest === link.digest) {
      if (now.content !== null && link.content === null)
        broken.push({ where: `${link.kind} of ${link.key}`, expected: 'its content', found: 'nothing' });
      continue;
    }
    broken.push({
      where: `${link.kind} of ${link.key}`,
      expected: `what was published (${link.digest})`,
      found: now ? `something else in the database (${now.digest})` : 'nothing of it in the database',
    });
  }
  for (const key of byKey.keys())
    broken.push({ where: key, expected: 'nothing, as on publication', found: 'something that was added since' });

  const audit = (await store.getAudit(round.auditId))!;
  const files = openFileCheck(store, checkFile ?? (async () => null));
  if (checkFile) {
    const resultOf = await resultsOf(store, round);
    for (const id of audit.organizationIds) {
      for (const { ref, since } of filesOf(await resultOf(id))) {
        const fault = await files.take(ref, since);
        if (fault) broken.push({ where: `evidence of ${id}, ${ref.hash}`, expected: 'a whole file', found: fault.detail }); // prettier-ignore
      }
    }
  }
  return {
    root: round.rootHash, links: stored.length, organizations: audit.organizationIds.length, files: files.whole.size, retired: files.retired.size, broken,
  }; // prettier-ignore
}

/** What was seen of an organization, and what it filed itself, each with the time since when it is there. */
function filesOf({ snapshots, reviews }: RoundResult): { readonly ref: BlobRef; readonly since: string }[] {
  return [
    ...snapshots.flatMap((look) => snapshotFiles(look).map((ref) => ({ ref, since: look.fetchedAt }))),
    ...reviews.flatMap(({ attachments, at }) => attachments.map((ref) => ({ ref, since: at }))),
  ];
}

/** A new round that corrects a published one, with its reason: same evidence, same reviews, open to new ones. */
export async function openRevision(
  store: Store,
  round: Round,
  doer: Doer,
  { rulesDigest, judge }: Judging,
  onKept?: OnKept,
): Promise<Round> {
  expectState(round, 'published', { fa: 'بازنگری کرد', en: 'be revised' });
  if (doer.note.trim() === '')
    throw new UserError({
      fa: persian`بازنگری دلیل می‌خواهد: با ${'--reason'} بنویسید چه چیزی نادرست بود. دلیل همراه آن منتشر می‌شود.`,
      en: 'A revision needs its reason: --reason "what was wrong". It is published with it.',
    });
  const rounds = await store.listRounds();
  const newer = rounds.find(({ revises }) => revises === round.id);
  // one that was broken off while it was being made is gone on with
  const begun = newer?.state === 'reviewing' && (await unjudged(store, newer)).length > 0 ? newer : null;
  if (newer && !begun)
    throw new UserError({
      fa: `${persian`دور ${round.id} پیش‌تر با ${newer.id} بازنگری شده است`} (${STATE_WORDS[newer.state].fa}). همان را بازنگری کنید.`,
      en: `${round.id} has been revised already, by ${newer.id} (${newer.state}). Revise that one.`,
    });
  const revision = begun ?? (await createRevision(store, round, doer, rulesDigest));
  const published = await resultsOf(store, round);
  const publishedRules = await rulesOf(store, round);
  for (const id of await unjudged(store, revision)) {
    const findings = await judgedOrKept(id, () => judge(revision.auditId, id), onKept);
    if (findings) await store.saveFindings(revision.auditId, id, findings, rulesDigest);
    else await store.saveFindings(revision.auditId, id, (await published(id)).machine, publishedRules.get(id));
  }
  return (await store.getRound(revision.id))!;
}

async function createRevision(store: Store, round: Round, doer: Doer, rulesDigest: string): Promise<Round> {
  const { at, by, note } = doer;
  // a first revision adds to a name that may end in a number itself
  const [, base = round.id, count = '1'] = (round.revises !== null && /^(.+)\.(\d+)$/.exec(round.id)) || [];
  const id = `${base}.${Number(count) + 1}`;
  const revision: Round = {
    ...round,
    id,
    state: 'reviewing',
    auditId: await auditNameOf(store, id),
    revises: round.id,
    reason: note,
    openedAt: at,
    openedBy: by,
    publishedAt: null,
    rootHash: null,
  };
  const audit = (await store.getAudit(round.auditId))!;
  const copy: Audit = { ...audit, id: revision.auditId, rulesDigest, finishedAt: at };
  if (await store.createRevision(revision, copy, { kind: 'opened', ...doer })) return revision;
  throw new UserError({
    fa: persian`دور «${id}» از پیش هست. ${'rasad round list'} را ببینید.`,
    en: `There is a round "${id}" already. See \`rasad round list\`.`,
  });
}

/** Organizations that were looked at and have no verdicts yet. */
async function unjudged(store: Store, { auditId }: Round): Promise<string[]> {
  const ids: string[] = [];
  for (const { organizationId } of await store.listJobs(auditId)) {
    const isSeen = (await store.listSnapshots(auditId, organizationId)).length > 0;
    if (isSeen && (await store.listFindings(auditId, organizationId)).length === 0) ids.push(organizationId);
  }
  return ids;
}

/** Refuses a further audit on demand when the organization has had its share of them in the round. */
export async function checkQuota(store: Store, round: Round, organizationId: string, quota: number): Promise<void> {
  const had = (await store.listReaudits(round.id)).filter(({ organization }) => organization === organizationId);
  if (had.length < quota) return;
  throw new UserError({
    fa: `${persian`دستگاه ${organizationId} تاکنون ${had.length} بار در دور ${round.id} دوباره سنجیده شده است و ${quota} بار مجاز است`}: ${had.map(({ by, at, reason }) => persian`${at.slice(0, 10)} به دست ${by} (${reason})`).join('؛ ')}. ${persian`${'--quota'} بیش از این را مجاز می‌کند.`}`,
    en: `${organizationId} was audited on demand against ${round.id} ${had.length} times already, and ${quota} are allowed: ${had.map(({ by, at, reason }) => `${at.slice(0, 10)} by ${by} (${reason})`).join('; ')}. --quota allows more.`,
  });
}

/**
 * Accepts or refuses an audit on demand. Once accepted, the organization's result in the round comes from it, judged by
 * what is approved in the round by then.
 */
export async function decideReaudit(
  store: Store,
  round: Round,
  auditId: string,
  accepted: boolean,
  { by, at, note }: Doer,
  { rulesDigest, judge }: Judging,
): Promise<Reaudit> {
  const reaudits = await store.listReaudits(round.id);
  const asked = reaudits.find(({ audit }) => audit === auditId);
  if (!asked) {
    const known = reaudits.map(({ audit }) => audit).join(', ');
    throw new UserError({
      fa: `${persian`در دور ${round.id} سنجش دوباره «${auditId}» نیست.`} ${known === '' ? 'هنوز هیچ سنجش دوباره‌ای ندارد.' : persian`سنجش‌های دوباره آن: ${known}.`}`,
      en: `There is no audit on demand "${auditId}" against ${round.id}. ${known === '' ? 'There is none yet.' : `There are ${known}.`}`,
    });
  }
  if (asked.decision)
    throw new UserError({
      fa: `${persian`سنجش ${auditId} را ${asked.decision.by} پیش‌تر در ${asked.decision.at}`} ${asked.decision.accepted ? 'پذیرفته' : 'رد کرده'} است.`,
      en: `${auditId} was ${asked.decision.accepted ? 'accepted' : 'refused'} by ${asked.decision.by} at ${asked.decision.at} already.`,
    });
  if (accepted && round.state === 'published')
    throw new UserError({
      fa: persian`دور ${round.id} منتشر شده است و دیگر تغییر نمی‌کند. برای اصلاح، بازنگری آن را باز کنید و سنجش دوباره را در همان انجام دهید: ${`rasad round revise ${round.id} --reason …`}`,
      en: `Round ${round.id} is published and never changes. To correct it, open a revision: \`rasad round revise ${round.id} --reason …\`, and audit against that.`,
    });
  const audit = await store.getAudit(auditId);
  if (accepted && audit?.finishedAt === null)
    throw new UserError({
      fa: persian`سنجش ${auditId} به پایان نرسیده است. آن را ادامه دهید: ${`rasad audit ${asked.organization} --against ${round.id}`}`,
      en: `${auditId} is not finished. Go on with it: \`rasad audit ${asked.organization} --against ${round.id}\`.`,
    });
  const judged = accepted ? await judgedToAccept() : undefined;
  if (!(await store.decideReaudit(auditId, { accepted, by, at, note }, judged)))
    throw new UserError({
      fa: persian`کس دیگری همین حالا درباره سنجش ${auditId} تصمیم گرفت. ${`rasad round show ${round.id}`} را ببینید.`,
      en: `${auditId} was decided by somebody else just now. See \`rasad round show ${round.id}\`.`,
    });
  return { ...asked, decision: { accepted, by, at, note } };

  async function judgedToAccept(): Promise<Judged> {
    const { organization: id } = asked!;
    const job = (await store.listJobs(auditId)).find(({ organizationId }) => organizationId === id);
    const isSeen = (await store.listSnapshots(auditId, id)).length > 0;
    if (job?.state !== 'done' || !isSeen)
      throw new UserError({
        fa: `${persian`سنجش ${auditId} پذیرفتنی نیست`}: ${job?.state === 'failed' ? persian`ناکام ماند (${`${job.error}`})` : 'چیزی ندید'}. ${persian`آن را با ${`rasad round refuse ${auditId} --round ${round.id}`} رد کنید و ${id} را دوباره بسنجید.`}`,
        en: `${auditId} cannot be accepted: ${job?.state === 'failed' ? `it failed (${job.error})` : 'it looked at nothing'}. Refuse it with \`rasad round refuse ${auditId} --round ${round.id}\`, and audit ${id} again.`,
      });
    return { auditId, organizationId: id, findings: await judge(auditId, id), rules: rulesDigest };
  }
}

/** A person's verdict on a finding of the round, with what they saw. Throws a UserError when there is no such finding. */
export async function reviewFinding(store: Store, round: Round, review: Omit<Review, 'seen'>): Promise<Finding> {
  if (round.state === 'published')
    throw new UserError({
      fa: persian`دور ${round.id} منتشر شده است و دیگر تغییر نمی‌کند. برای اصلاح، بازنگری آن را باز کنید: ${`rasad round revise ${round.id} --reason …`}`,
      en: `Round ${round.id} is published and never changes. Open a revision to correct it: \`rasad round revise ${round.id} --reason …\`.`,
    });
  const { machine } = await (await resultsOf(store, round))(review.organization);
  const finding = machine.find(({ service, rule }) => service === review.service && rule === review.rule);
  if (!finding) {
    const { organizations } = await registryOfRound(store, round);
    if (!organizations.some(({ id }) => id === review.organization)) {
      const known = firstOf(organizations.map(({ id }) => id));
      throw new UserError({
        fa: persian`دفتر ثبت دور ${round.id} دستگاه «${review.organization}» را ندارد. ${organizations.length} دستگاه دارد: ${known}.`,
        en: `The registry of round ${round.id} has no organization "${review.organization}". It has ${organizations.length}: ${known}.`,
      });
    }
    const found = firstOf([...new Set(machine.filter(({ service }) => service === review.service).map(({ rule }) => rule))]); // prettier-ignore
    throw new UserError({
      fa: `${persian`در دور ${round.id} حکمی از ${review.rule} برای`} ${review.service === null ? 'درگاه' : persian`${review.service} از`} ${persian`دستگاه ${review.organization} نیست.`} ${found === '' ? 'هنوز چیزی درباره آن یافته نشده است.' : persian`قاعده‌هایی که حکم دارند: ${found}.`}`,
      en: `${review.organization} has no finding of ${review.rule} on ${review.service ?? 'its portal'} in ${round.id}. ${found === '' ? 'Nothing was found on it yet.' : `Found there: ${found}.`}`,
    });
  }
  await store.addReview(round.id, { ...review, seen: seenOf(finding) });
  return finding;
}

const firstOf = (ids: readonly string[]): string => `${ids.slice(0, 8).join(', ')}${ids.length > 8 ? ', …' : ''}`;

/** How the states are called in a sentence. */
const STATE_WORDS: Readonly<Record<Round['state'], Text>> = {
  open: { fa: 'در حال گردآوری', en: 'open' },
  reviewing: { fa: 'در حال بازبینی', en: 'under review' },
  preview: { fa: 'در پیش‌نمایش', en: 'in preview' },
  published: { fa: 'منتشرشده', en: 'published' },
};

/** What comes after each state. */
const ADVICE: Readonly<Record<Round['state'], Text>> = {
  open: {
    fa: persian`گردآوری را با ${'rasad work'} به پایان برید، سپس ${'rasad round review'}.`,
    en: 'Finish looking with `rasad work`, then `rasad round review`.',
  },
  reviewing: {
    fa: persian`گام بعد ${'rasad round preview'} است.`,
    en: '`rasad round preview` comes next.',
  },
  preview: {
    fa: persian`گام بعد ${'rasad round publish'} است.`,
    en: '`rasad round publish` comes next.',
  },
  published: {
    fa: persian`آنچه منتشر شده است تغییر نمی‌کند؛ برای اصلاح: ${'rasad round revise'}`,
    en: 'What is published never changes; a correction is `rasad round revise`.',
  },
};

/** `what` the round cannot: in Persian, the verb of what nobody can do with it. */
function expectState(round: Round, state: Round['state'], what: Text): void {
  if (round.state === state) return;
  const [is, wanted] = [STATE_WORDS[round.state], STATE_WORDS[state]];
  throw new UserError({
    fa: `${persian`دور ${round.id} را نمی‌توان`} ${what.fa}: اکنون ${is.fa} است، نه ${wanted.fa}. ${ADVICE[round.state].fa}`,
    en: `Round ${round.id} cannot ${what.en}: it is ${is.en}, not ${wanted.en}. ${ADVICE[round.state].en}`,
  });
}

const notAnyMore = ({ id, state }: Round): UserError =>
  new UserError({
    fa: `${persian`دور ${id} دیگر`} ${STATE_WORDS[state].fa} نیست: کس دیگری آن را پیش برده است. ${persian`${`rasad round status ${id}`} را ببینید.`}`,
    en: `Round ${id} is not ${state} any more: somebody else moved it. See \`rasad round status ${id}\`.`,
  });

/** The organizations that a round looks at: all but those that have withdrawn, and of those without a list of services the portal alone. */
export function takingPart(registry: Registry): Organization[] {
  return registry.organizations.filter(
    ({ cooperation, portalUrl }) =>
      cooperation !== 'withdrawn' && (cooperation !== 'excluded-no-list' || portalUrl !== null),
  );
}
