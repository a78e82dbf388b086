import { createHash, randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import type { Argv, CommandModule } from 'yargs';
import { loadRegistry } from '../../audit/registry.ts';
import { digestOf } from '../../audit/chain.ts';
import { checkQuota, REAUDIT_QUOTA, registryOfRound, resultsOf, roundOf } from '../../audit/round.ts';
import { work } from '../../audit/worker.ts';
import { addToRound } from '../../core/combine-visits.ts';
import { findingsDelta } from '../../core/compare.ts';
import type { Edition } from '../../core/edition.ts';
import type { Round } from '../../core/round.ts';
import { settle } from '../../core/settle.ts';
import { deltaText } from '../../report/delta-terminal.ts';
import { UserError } from '../../core/errors.ts';
import type { Audit, Organization, Registry } from '../../core/model.ts';
import { systemClock } from '../../crawl/politeness.ts';
import { auditJsonText } from '../../report/json.ts';
import { scoreTable } from '../../report/terminal.ts';
import { PAYMENT_GATEWAYS } from '../../../rules/hosts/gateways.ts';
import { IDENTITY_PROVIDERS } from '../../../rules/hosts/national.ts';
import {
  editionOf,
  indicators,
  knowledgeOf,
  openLooking,
  releaseDeadWorkers,
  rulesDigest,
  seekingIn,
  userAgentOf,
  withData,
  workerName,
  type Data,
} from '../compose.ts';
import { pause, whole } from '../arguments.ts';
import { SOME_NOT_AUDITED, STOPPED } from '../exit-codes.ts';
import { openProgress } from '../progress.ts';
import { registryFolder } from '../places.ts';
import { doerOf } from '../rounds.ts';
import { writeHtml } from '../write-report.ts';
import { loadReport } from './report.ts';

interface AuditArguments {
  org: string[] | undefined;
  registry: string | undefined;
  edition: string | undefined;
  mapHost: string[];
  delay: number | undefined;
  pages: number | undefined;
  render: 'auto' | 'never' | undefined;
  concurrency: number;
  fresh: boolean;
  report: boolean;
  quiet: boolean;
  archive: string | undefined;
  against: string | undefined;
  reason: string | undefined;
  by: string | undefined;
  quota: number;
  lang: 'fa' | 'en';
  json: boolean;
  data: string;
}

/** `rasad audit`: the main job. */
export function command(done: (code: number) => void): CommandModule<object, AuditArguments> {
  return {
    command: 'audit [org..]',
    describe: 'Look at organizations, judge, score and report',
    builder: (y: Argv<object>) =>
      y
        .positional('org', {
          type: 'string',
          array: true,
          describe: 'Ids of organizations; all that take part when none is named',
        })
        .options({
          registry: {
            type: 'string',
            defaultDescription: 'demo',
            describe: 'Registry folder, or the name of one that ships with Rasad',
          },
          edition: { type: 'string', defaultDescription: 'r5', describe: 'Edition of the method' },
          'map-host': {
            type: 'string',
            array: true,
            default: [] as string[],
            describe: 'HOST=ADDRESS:PORT[/HTTPSPORT]: ask a local copy instead (repeatable)',
          },
          delay: {
            type: 'number',
            describe: 'Seconds between two requests to a domain (default 2; 0 for local copies)',
          },
          pages: {
            type: 'number',
            defaultDescription: '120',
            describe: 'Pages looked at for one organization beyond those that the registry declares, at most',
          },
          render: {
            choices: ['auto', 'never'] as const,
            defaultDescription: 'auto',
            describe: 'Use a browser where a page needs it',
          },
          concurrency: { type: 'number', default: 4, describe: 'Organizations under way at a time' },
          fresh: { type: 'boolean', default: false, describe: 'Begin anew even if an unfinished audit could go on' },
          report: { type: 'boolean', default: true, describe: 'Write the HTML report' },
          quiet: { type: 'boolean', default: false, describe: 'No progress' },
          archive: {
            type: 'string',
            describe: 'Look at a web archive (.warc, .warc.gz) that some tool captured, instead of the network',
          },
          against: {
            type: 'string',
            describe: 'Id of a round: audit one organization again by its method, and show what differs from it',
          },
          reason: { type: 'string', describe: 'With --against: why' },
          by: {
            type: 'string',
            describe: 'With --against: who asks (default: RASAD_BY, else the user of this machine)',
          },
          quota: {
            type: 'number',
            default: REAUDIT_QUOTA,
            describe: 'With --against: audits on demand of an organization against a round, at most',
          },
        })
        .example('$0 audit', 'audit the bundled demo country')
        .example('$0 audit tax health --registry seeds/my-country', 'two organizations of a registry of yours')
        .example(
          '$0 audit --registry copy --map-host www.example.ir=127.0.0.1:8080',
          'audit a saved copy that a local server gives out',
        )
        .example(
          '$0 audit --registry my-country --archive capture.warc.gz',
          'a capture made elsewhere, as from inside a country that lets nobody in',
        )
        .example('$0 audit --json > audit.json', 'the result for machines')
        .example(
          '$0 audit tax --against 1405-q3 --reason "their form was mended"',
          'one organization again, beside the round; `rasad round accept` takes it in',
        ) as unknown as Argv<AuditArguments>,
    handler: async (args) => done(await run(args)),
  };
}

/** What is audited, and how. */
interface Plan {
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
  /** The round beside which the result is kept. */
  readonly against: Round | null;
}

async function run(args: AuditArguments): Promise<number> {
  whole(args.concurrency, '--concurrency', 1, 64);
  whole(args.quota, '--quota', 0, 1000);
  if (args.against === undefined) {
    // the registry is read first, so that a mistake in it leaves no folder of data behind
    const { pages = 120, render = 'auto' } = args;
    whole(pages, '--pages', 3, 5000);
    const registry = loadRegistry(registryFolder(args.registry ?? 'demo'));
    const plan: Plan = {
      registry,
      organizations: chosen(registry, args.org ?? []),
      edition: editionOf(args.edition ?? 'r5'),
      config: {
        pages,
        render,
        userAgent: userAgentOf(process.env),
        delay: pause(args.delay),
        ...(args.archive === undefined ? {} : { archive: resolve(args.archive) }),
      },
      against: null,
    };
    return withData(args.data, (data) => runPlan(args, plan, data));
  }
  const { against, registry, edition, pages, render, archive } = args;
  for (const [name, value] of Object.entries({ registry, edition, pages, render, archive }))
    if (value !== undefined)
      throw new UserError(`--${name} does not go with --against: what is looked at, and how, is what the round froze. Leave it out.`); // prettier-ignore
  return withData(args.data, async (data) => runPlan(args, await planAgainst(data, args, against), data));
}

/** One organization by the method, registry and configuration that the round froze. */
async function planAgainst(data: Data, args: AuditArguments, roundId: string): Promise<Plan> {
  const round = await roundOf(data.store, roundId);
  const registry = await registryOfRound(data.store, round);
  const [organization, ...others] = chosen(registry, args.org ?? []);
  if (!organization || others.length > 0 || (args.org ?? []).length !== 1)
    throw new UserError(`--against audits one organization: name it, as in rasad audit ORG --against ${roundId} --reason "why".`); // prettier-ignore
  if (!args.reason?.trim())
    throw new UserError(
      `--against needs --reason: why is ${organization.id} audited again? It is kept with the result.`,
    );
  const { pages, render, userAgent, delay } = round.plan;
  return {
    registry,
    organizations: [organization],
    edition: round.edition,
    config: { pages, render, userAgent, delay: pause(args.delay) ?? delay },
    against: round,
  };
}

async function runPlan(args: AuditArguments, plan: Plan, data: Data): Promise<number> {
  const { registry, organizations, edition, config } = plan;
  const stop = new AbortController();
  const onSignal = (): void => {
    process.stderr.write('\nrasad: stopping; what was fetched stays, the same command goes on from there.\n');
    stop.abort(new Error('stopped'));
  };
  process.once('SIGINT', onSignal);
  process.once('SIGTERM', onSignal);
  try {
    const audit = plan.against
      ? await openReaudit(data, plan, plan.against, args)
      : await openAudit(data, registry, organizations, edition.id, config, args.fresh);
    const worker = workerName();
    const looking = await openLooking(
      registry,
      {
        mapHosts: args.mapHost,
        render: config.render,
        delay: config.delay,
        userAgent: config.userAgent,
        env: process.env,
        ...(config.archive === undefined ? {} : { archive: config.archive }),
      },
      { store: data.store, worker },
    );
    if (looking.noBrowser && !args.quiet)
      process.stderr.write(`rasad: ${looking.noBrowser}. Pages that scripts build are reported as not seen.\n`);
    const before = await data.store.progress(audit.id);
    if (before.done > 0 || before.snapshots > 0)
      process.stderr.write(
        `rasad: going on with audit ${audit.id}: ${before.done} of ${organizations.length} organizations done, ${before.snapshots} looks stored.\n`,
      );
    const progress = openProgress({
      total: organizations.length,
      alreadyDone: before.done,
      lang: args.lang,
      quiet: args.quiet,
      stream: process.stderr,
    });
    let outcome;
    try {
      outcome = await work(
        registry,
        {
          store: data.store, blobs: data.blobs, fetcher: looking.fetcher, browser: looking.browser, politeness: looking.politeness, clock: systemClock, knowledge: knowledgeOf(registry), seeking: seekingIn(registry), rulesDigest, edition, visitsNeeded: 1,
          identityHosts: IDENTITY_PROVIDERS, paymentHosts: PAYMENT_GATEWAYS, limits: { maxPages: config.pages }, inspect: looking.browser !== null,
          onEvent(organization, event) {
            if (event.kind === 'looked') progress.looked(organization, event.snapshot, event.isStored);
            else if (event.kind === 'host-closed') progress.note(organization, `${event.host}: ${event.reason}`);
            else if (event.kind === 'budget') progress.note(organization, `budget of ${event.spent} used up`);
          },
          onRuleError: (rule, subject, error) => process.stderr.write(`rasad: rule ${rule} failed on ${subject}: ${error instanceof Error ? error.stack : String(error)}\n`),
        }, // prettier-ignore
        {
          auditId: audit.id, worker, concurrency: args.concurrency, signal: stop.signal,
          onJob(job, state, detail) {
            const organization = registry.organizations.find(({ id }) => id === job.organizationId)!;
            if (state === 'started') progress.organizationStarted(organization);
            else if (state === 'done') progress.organizationDone(organization, detail);
            else progress.note(organization, `attempt ${job.attempts} failed: ${detail}`);
          },
        }, // prettier-ignore
      );
    } finally {
      progress.end();
      await looking.close();
    }
    if (outcome.stopped) return STOPPED;
    if (plan.against) await addToRoundOf(data, audit.id, plan.against, organizations[0]!.id);
    await data.store.finishAudit(audit.id, new Date().toISOString());
    await (plan.against ? showDelta(data, audit.id, plan, plan.against, args) : show(data, audit.id, args));
    for (const { organizationId, error } of outcome.failed)
      process.stderr.write(`rasad: ${organizationId} could not be audited: ${error}\n`);
    return outcome.failed.length > 0 ? SOME_NOT_AUDITED : 0;
  } finally {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  }
}

/** The named organizations, or all that take part in the ranking. */
function chosen(registry: Registry, ids: readonly string[]): Organization[] {
  const known = new Map(registry.organizations.map((organization) => [organization.id, organization]));
  for (const id of ids) {
    if (!known.has(id)) {
      const near = [...known.keys()].filter((other) => other.startsWith(id.slice(0, 2))).slice(0, 5);
      throw new UserError(
        `The registry has no organization "${id}".${near.length > 0 ? ` Did you mean ${near.join(', ')}?` : ''} It has ${known.size}: ${[...known.keys()].slice(0, 12).join(', ')}${known.size > 12 ? ', …' : ''}.`,
      );
    }
  }
  if (ids.length > 0) return ids.map((id) => known.get(id)!);
  const taking = registry.organizations.filter(
    ({ cooperation }) =>
      cooperation === 'cooperative' || cooperation === 'visible-only' || cooperation === 'unreachable',
  );
  if (taking.length === 0)
    throw new UserError('No organization of the registry takes part: all have withdrawn or have no list of services.');
  return taking;
}

/** The unfinished audit on demand of the organization against the round, or a new one within the quota. */
async function openReaudit(data: Data, plan: Plan, round: Round, args: AuditArguments): Promise<Audit> {
  const { registry, organizations, edition, config } = plan;
  const organization = organizations[0]!.id;
  await releaseDeadWorkers(data.store);
  if (!args.fresh)
    for (const { audit: id, organization: of } of (await data.store.listReaudits(round.id)).toReversed()) {
      const begun = of === organization ? await data.store.getAudit(id) : null;
      if (begun && begun.finishedAt === null) return begun;
    }
  await checkQuota(data.store, round, organization, args.quota);
  const { by, at } = doerOf(args);
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
  await data.store.addReaudit({ audit: audit.id, round: round.id, organization, by, at, reason: args.reason!, decision: null }); // prettier-ignore
  return audit;
}

/** Keeps what the look on demand would make of the round's verdicts. */
async function addToRoundOf(data: Data, auditId: string, round: Round, organizationId: string): Promise<void> {
  const inRound = await data.store.listFindings(round.auditId, organizationId);
  const look = await data.store.listFindings(auditId, organizationId);
  await data.store.saveFindings(auditId, organizationId, addToRound(look, inRound, round.edition));
}

/** What the audit on demand found otherwise than the round, with the decisions that still hold. */
async function showDelta(data: Data, auditId: string, plan: Plan, round: Round, args: AuditArguments): Promise<void> {
  const { registry, organizations } = plan;
  const { id } = organizations[0]!;
  const inRound = await (await resultsOf(data.store, round))(id);
  const again = settle(await data.store.listFindings(auditId, id), inRound.reviews);
  const services = registry.services.filter(({ organizationId }) => organizationId === id);
  const delta = findingsDelta(inRound.settled, again.findings, round.edition, services, indicators);
  if (args.json) {
    process.stdout.write(`${JSON.stringify({ round: round.id, audit: auditId, organization: id, ...delta })}\n`);
    return;
  }
  process.stdout.write(deltaText(delta, { lang: args.lang, calendar: registry.calendar, indicators, services }));
  const commands = `rasad round accept ${auditId} --round ${round.id} | rasad round refuse ${auditId} --round ${round.id}`;
  const published =
    args.lang === 'fa'
      ? `\nدور ${round.id} منتشر شده است و این نتیجه کنار آن می‌ماند.\n`
      : `\nRound ${round.id} is published; this result stays beside it.\n`;
  const decide = args.lang === 'fa' ? `\nدر دور نیامده است؛ تصمیم با شماست: ${commands}\n` : `\nIt is not in the round; decide: ${commands}\n`; // prettier-ignore
  process.stdout.write(round.state === 'published' ? published : decide);
}

const newAuditId = (): string =>
  `${new Date().toISOString().slice(0, 16).replaceAll(/[-:T]/g, '')}-${randomUUID().slice(0, 8)}`;

/** The unfinished audit with the same settings, or a new one. */
async function openAudit(
  data: Data,
  registry: Registry,
  organizations: readonly Organization[],
  edition: string,
  config: object,
  fresh: boolean,
): Promise<Audit> {
  const like = {
    edition,
    registryDigest: registry.digest,
    rulesDigest,
    configDigest: createHash('sha256').update(JSON.stringify(config)).digest('hex'),
    organizationIds: organizations.map(({ id }) => id),
  };
  await releaseDeadWorkers(data.store);
  const unfinished = fresh ? null : await data.store.findUnfinished(like);
  if (unfinished) return unfinished;
  const audit: Audit = {
    id: newAuditId(),
    trigger: 'command',
    ...like,
    startedAt: new Date().toISOString(),
    finishedAt: null,
  };
  await data.store.createAudit(audit, registry);
  return audit;
}

async function show(data: Data, auditId: string, args: AuditArguments): Promise<void> {
  const report = await loadReport(data, auditId);
  if (args.json) for await (const part of auditJsonText(report)) process.stdout.write(part);
  else
    process.stdout.write(
      `\n${scoreTable(report, args.lang, { width: process.stdout.columns ?? 110, color: process.stdout.isTTY })}\n`,
    );
  if (!args.report) return;
  const written = await writeHtml(data, report, args.quiet);
  const text =
    args.lang === 'fa'
      ? `گزارش: ${written.fa}\nانگلیسی: ${written.en}\n`
      : `Report: ${written.en}\nin Persian: ${written.fa}\n`;
  (args.json ? process.stderr : process.stdout).write(text);
}
