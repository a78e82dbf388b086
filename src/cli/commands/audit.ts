import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import type { Argv, CommandModule } from 'yargs';
import { loadRegistry } from '../../audit/registry.ts';
import { REAUDIT_QUOTA, registryOfRound, resultsOf, roundOf } from '../../audit/round.ts';
import { findingsDelta } from '../../core/compare.ts';
import type { Round } from '../../core/round.ts';
import { settle } from '../../core/settle.ts';
import { deltaText } from '../../report/delta-terminal.ts';
import { persian, UserError } from '../../core/errors.ts';
import type { Audit, Organization, Registry } from '../../core/model.ts';
import { auditJsonText } from '../../report/json.ts';
import { scoreTable } from '../../report/terminal.ts';
import {
  editionOf,
  indicators,
  releaseDeadWorkers,
  rulesDigest,
  userAgentOf,
  withData,
  type Data,
} from '../compose.ts';
import { pause, whole } from '../arguments.ts';
import { SOME_NOT_AUDITED, STOPPED } from '../exit-codes.ts';
import { notice } from '../notice.ts';
import { openProgress } from '../progress.ts';
import { registryFolder } from '../places.ts';
import { finishReaudit, newAuditId, openAuditLooking, openReaudit, planOfReaudit, workOnAudit, type AuditPlan } from '../reaudit.ts'; // prettier-ignore
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
            describe: 'Look at a web archive (.warc, .warc.gz, .wacz) that some tool captured, instead of the network',
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
        .example(
          '$0 audit --registry my-country --archive capture.wacz',
          'likewise, as browsers and their extensions save it',
        )
        .example('$0 audit --json > audit.json', 'the result for machines')
        .example(
          '$0 audit tax --against 1405-q3 --reason "their form was mended"',
          'one organization again, beside the round; `rasad round accept` takes it in',
        ) as unknown as Argv<AuditArguments>,
    handler: async (args) => done(await run(args)),
  };
}

interface Plan extends AuditPlan {
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
      throw new UserError({
        fa: persian`${`--${name}`} با ${'--against'} نمی‌آید: اینکه چه دیده شود و چگونه، همان است که در دور ثابت شده. آن را ننویسید.`,
        en: `--${name} does not go with --against: what is looked at, and how, is what the round froze. Leave it out.`,
      });
  return withData(args.data, async (data) => runPlan(args, await planAgainst(data, args, against), data));
}

/** One organization by the method, registry and configuration that the round froze. */
async function planAgainst(data: Data, args: AuditArguments, roundId: string): Promise<Plan> {
  const round = await roundOf(data.store, roundId);
  const registry = await registryOfRound(data.store, round);
  const [organization, ...others] = chosen(registry, args.org ?? []);
  if (!organization || others.length > 0 || (args.org ?? []).length !== 1)
    throw new UserError({
      fa: persian`${'--against'} یک دستگاه را می‌سنجد: آن را نام ببرید، مانند ${`rasad audit ORG --against ${roundId} --reason "…"`}`,
      en: `--against audits one organization: name it, as in rasad audit ORG --against ${roundId} --reason "why".`,
    });
  if (!args.reason?.trim())
    throw new UserError({
      fa: persian`${'--against'} به ${'--reason'} نیاز دارد: چرا ${organization.id} دوباره سنجیده می‌شود؟ دلیل کنار نتیجه نگه داشته می‌شود.`,
      en: `--against needs --reason: why is ${organization.id} audited again? It is kept with the result.`,
    });
  return {
    ...planOfReaudit(round, registry, organization, pause(args.delay)),
    against: round,
  };
}

async function runPlan(args: AuditArguments, plan: Plan, data: Data): Promise<number> {
  const { registry, organizations, edition, config } = plan;
  const stop = new AbortController();
  const onSignal = (): void => {
    process.stderr.write('\n');
    notice(args.lang, {
      fa: 'متوقف می‌شود؛ آنچه گرفته شده می‌ماند و همین فرمان از همان جا ادامه می‌دهد.',
      en: 'stopping; what was fetched stays, the same command goes on from there.',
    });
    stop.abort(new Error('stopped'));
  };
  process.once('SIGINT', onSignal);
  process.once('SIGTERM', onSignal);
  try {
    const audit = plan.against
      ? await openReaudit(data, plan.against, plan, doerOf({ by: args.by, note: args.reason }), args)
      : await openAudit(data, registry, organizations, edition.id, config, args.fresh);
    const looking = await openAuditLooking(data, plan, args.mapHost);
    if (looking.noBrowser && !args.quiet)
      notice(args.lang, {
        fa: `${looking.noBrowser.fa}. صفحه‌هایی که با اسکریپت ساخته می‌شوند دیده‌نشده گزارش می‌شوند.`,
        en: `${looking.noBrowser.en}. Pages that scripts build are reported as not seen.`,
      });
    const before = await data.store.progress(audit.id);
    if (before.done > 0 || before.snapshots > 0)
      notice(args.lang, {
        fa: persian`سنجش ${audit.id} ادامه می‌یابد: ${before.done} دستگاه از ${organizations.length} تمام است و ${before.snapshots} بازدید ذخیره شده.`,
        en: `going on with audit ${audit.id}: ${before.done} of ${organizations.length} organizations done, ${before.snapshots} looks stored.`,
      });
    const progress = openProgress({
      total: organizations.length,
      alreadyDone: before.done,
      lang: args.lang,
      quiet: args.quiet,
      stream: process.stderr,
    });
    let outcome;
    try {
      outcome = await workOnAudit(
        data,
        audit,
        plan,
        looking,
        {
          onEvent(organization, event) {
            if (event.kind === 'looked') progress.looked(organization, event.snapshot, event.isStored);
            else if (event.kind === 'host-closed') progress.note(organization, `${event.host}: ${event.reason}`);
            else if (event.kind === 'budget') progress.note(organization, `budget of ${event.spent} used up`);
          },
          onRuleError: (rule, subject, error) => process.stderr.write(`rasad: rule ${rule} failed on ${subject}: ${error instanceof Error ? error.stack : String(error)}\n`),
        }, // prettier-ignore
        {
          concurrency: args.concurrency,
          signal: stop.signal,
          onJob(job, state, detail) {
            const organization = registry.organizations.find(({ id }) => id === job.organizationId)!;
            if (state === 'started') progress.organizationStarted(organization);
            else if (state === 'done') progress.organizationDone(organization, detail);
            else progress.note(organization, `attempt ${job.attempts} failed: ${detail}`);
          },
        },
      );
    } finally {
      progress.end();
      await looking.close();
    }
    if (outcome.stopped) return STOPPED;
    if (plan.against) await finishReaudit(data, audit, plan.against);
    else await data.store.finishAudit(audit.id, new Date().toISOString());
    await (plan.against ? showDelta(data, audit.id, plan, plan.against, args) : show(data, audit.id, args));
    for (const { organizationId, error } of outcome.failed)
      notice(args.lang, {
        fa: persian`سنجش ${organizationId} به نتیجه نرسید: ${error}`,
        en: `${organizationId} could not be audited: ${error}`,
      });
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
      const near = [...known.keys()].filter((other) => other.startsWith(id.slice(0, 2))).slice(0, 5).join(', '); // prettier-ignore
      const some = `${[...known.keys()].slice(0, 12).join(', ')}${known.size > 12 ? ', …' : ''}`;
      throw new UserError({
        fa: `${persian`دفتر ثبت دستگاهی به نام «${id}» ندارد.`}${near === '' ? '' : persian` شاید ${near}؟`} ${persian`${known.size} دستگاه دارد: ${some}.`}`,
        en: `The registry has no organization "${id}".${near === '' ? '' : ` Did you mean ${near}?`} It has ${known.size}: ${some}.`,
      });
    }
  }
  if (ids.length > 0) return ids.map((id) => known.get(id)!);
  const taking = registry.organizations.filter(
    ({ cooperation }) =>
      cooperation === 'cooperative' || cooperation === 'visible-only' || cooperation === 'unreachable',
  );
  if (taking.length === 0)
    throw new UserError({
      fa: 'هیچ دستگاهی از دفتر ثبت شرکت ندارد: همه انصراف داده‌اند یا فهرست خدمات ندارند.',
      en: 'No organization of the registry takes part: all have withdrawn or have no list of services.',
    });
  return taking;
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
      ? persian`\nدور ${round.id} منتشر شده است و این نتیجه کنار آن می‌ماند.\n`
      : `\nRound ${round.id} is published; this result stays beside it.\n`;
  const decide = args.lang === 'fa' ? persian`\nدر دور نیامده است؛ تصمیم با شماست: ${commands}\n` : `\nIt is not in the round; decide: ${commands}\n`; // prettier-ignore
  process.stdout.write(round.state === 'published' ? published : decide);
}

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
  if (!args.quiet) notice(args.lang, { fa: 'گزارش نوشته می‌شود …', en: 'writing the report …' });
  const written = await writeHtml(data, report);
  const text =
    args.lang === 'fa'
      ? `گزارش: ${written.fa}\nانگلیسی: ${written.en}\n`
      : `Report: ${written.en}\nin Persian: ${written.fa}\n`;
  (args.json ? process.stderr : process.stdout).write(text);
}
