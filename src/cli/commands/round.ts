import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Argv, CommandModule } from 'yargs';
import { loadRegistry } from '../../audit/registry.ts';
import {
  decideReaudit,
  openRevision,
  registryOfRound,
  reviewFinding,
  verifyRound,
  withApprovals,
  type CheckFile,
} from '../../audit/round.ts';
import { roundStatus } from '../../audit/status.ts';
import { persian, UserError } from '../../core/errors.ts';
import {
  COOPERATION,
  PROFILES,
  VERDICTS,
  type BlobRef,
  type Cooperation,
  type Profile,
  type Verdict,
} from '../../core/model.ts';
import { knownTimeZone, periodAt } from '../../core/periods.ts';
import type { Act, Round } from '../../core/round.ts';
import { voiceOf } from '../../report/voice.ts';
import { roundLines, roundText, statusText } from '../../report/round-terminal.ts';
import { editionOf, indicators, withData, rulesDigest, userAgentOf, type Data } from '../compose.ts';
import { pause, whole } from '../arguments.ts';
import { DONE, SOME_NOT_AUDITED } from '../exit-codes.ts';
import { notice } from '../notice.ts';
import { registryFolder } from '../places.ts';
import { previewRound, publishAndReport, type WrittenReport } from '../round-report.ts';
import { beginReview, calendarOf, doerOf, judgedAgain, judgeInRound, judgingIn, openNewRound, roundOrNewest } from '../rounds.ts'; // prettier-ignore

interface Common {
  lang: 'fa' | 'en';
  json: boolean;
  data: string;
}

interface Done extends Common {
  round: string | undefined;
  by: string | undefined;
  note: string | undefined;
}

const doneBy = {
  by: { type: 'string', describe: 'Who does it (default: RASAD_BY, else the user of this machine)' },
  note: { type: 'string', describe: 'What is to be said of it; kept with it' },
} as const;

/** `rasad round …`: the life of a round, from its opening to the proof of what was published. */
export function command(done: (code: number) => void, lang: 'fa' | 'en'): CommandModule<object, object> {
  const within = <T extends Common>(run: (data: Data, args: T) => Promise<number>) => async (args: unknown): Promise<void> =>
    done(await withData((args as T).data, (data) => run(data, args as T))); // prettier-ignore
  const roundId = (y: Argv<object>): Argv<object> =>
    y.positional('round', { type: 'string', describe: 'Id of the round; the newest when none is named' });
  return {
    command: 'round <action>',
    describe: 'Open, follow, review, preview, publish and prove rounds',
    builder: (y: Argv<object>) =>
      y
        .command('open [name]', 'Open a round over all organizations of a registry', openOptions, within(open))
        .command('list', 'All rounds, the newest first', (o) => o, within(list))
        .command('status [round]', 'Progress, estimate, who refuses, what is open', roundId, within(status))
        .command('show [round]', 'What was done in a round, by whom and when', roundId, within(show))
        .command(
          'review [round]',
          'End the looking, so that people can review',
          (o) =>
            roundId(o).options({
              ...doneBy,
              early: { type: 'boolean', default: false, describe: 'Also when looks are left to do' },
            }),
          within(review),
        )
        .command(
          'preview [round]',
          'Let the organizations see their results before publication; writes the report',
          (o) => roundId(o).options(doneBy),
          within(preview),
        )
        .command(
          'publish [round]',
          'Freeze scores and evidence into a chain of hashes and print its root',
          (o) => roundId(o).options(doneBy),
          within(publish),
        )
        .command(
          'verify [round]',
          'Prove a published round from what is stored, without any network',
          (o) =>
            roundId(o).options({
              root: { type: 'string', describe: 'The root that was printed, to be compared' },
              evidence: { type: 'boolean', default: true, describe: 'Read every file of evidence too' },
            }),
          within(verify),
        )
        .command(
          'revise <round>',
          'Correct a published round by a new one that is linked to it',
          (o) =>
            o
              .positional('round', { type: 'string', demandOption: true })
              .options({ by: doneBy.by, reason: { type: 'string', demandOption: true, describe: 'What was wrong' } }),
          within(revise),
        )
        .command(
          ['accept <audit>', 'refuse <audit>'],
          'Take the result of an audit on demand into its round, or not',
          (o) => o.positional('audit', { type: 'string', demandOption: true }).options({ ...doneBy, round: { type: 'string', describe: 'Id of the round; that of the audit when none is named' } }),
          within(decide),
        )
        .command(
          'decide <org> <rule> <verdict>',
          'Put a person’s verdict in the place of the machine’s',
          (o) =>
            o
              .positional('org', { type: 'string', demandOption: true })
              .positional('rule', { type: 'string', demandOption: true })
              .positional('verdict', { choices: [...VERDICTS, 'undo'] as const, demandOption: true, describe: '`undo` takes the last one back' })
              .options({
                ...doneBy,
                round: { type: 'string', describe: 'Id of the round; the newest when none is named' },
                service: { type: 'string', describe: 'Id of the service; the portal when none is named' },
                attested: { type: 'string', array: true, describe: 'Files of an attestation by the organization (their hashes are kept, and the files with the evidence)' },
              })
              .example('$0 round decide tax presence/poll pass --note "it is under Contact"', 'on the portal')
              .example('$0 round decide tax transaction/receipt pass --service t-1 --attested screen.png --note "pack 12"', 'what lies behind a log-in'),
          within(decideFinding),
        )
        .command(
          'cooperation <org> <status>',
          'Note how an organization takes part in a round',
          (o) =>
            o
              .positional('org', { type: 'string', demandOption: true })
              .positional('status', { choices: COOPERATION, demandOption: true })
              .options({ ...doneBy, round: { type: 'string' } }),
          within(cooperation),
        )
        .command(
          'profile <service> [profiles..]',
          'Approve what is not applicable to a service, and judge it again',
          (o) =>
            o
              .positional('service', { type: 'string', demandOption: true })
              .positional('profiles', { choices: PROFILES, array: true })
              .options({ ...doneBy, round: { type: 'string' } }),
          within(profile),
        )
        .demandCommand(1, lang === 'fa' ? persian`بگویید با دور چه شود؛ ${'rasad round --help'} را ببینید.` : 'Name what to do with the round; see rasad round --help.')
        .strict(),
    handler: () => undefined,
  }; // prettier-ignore
}

interface OpenArguments extends Common {
  name: string | undefined;
  registry: string;
  edition: string;
  pages: number;
  render: 'auto' | 'never';
  delay: number | undefined;
  timeZone: string;
  window: string;
  visitsApart: number;
  extraVisits: number;
  probesPerDay: number;
  probeDays: number;
  by: string | undefined;
  note: string | undefined;
}

const openOptions = (y: Argv<object>): Argv<object> =>
  y
    .positional('name', { type: 'string', describe: 'Name of a round outside the calendar; without one it stands for the present quarter' })
    .options({
      registry: { type: 'string', demandOption: true, describe: 'Registry folder, or the name of one that ships with Rasad' },
      edition: { type: 'string', default: 'r5', describe: 'Edition of the method' },
      pages: { type: 'number', default: 120, describe: 'Pages looked at for one organization and visit beyond those declared, at most' },
      render: { choices: ['auto', 'never'] as const, default: 'auto' as const, describe: 'Use a browser where a page needs it' },
      delay: { type: 'number', describe: 'Seconds between two requests to a domain (default 2; 0 for local copies)' },
      'time-zone': { type: 'string', default: 'Asia/Tehran', describe: 'Zone of the hours and days below' },
      window: { type: 'string', default: '22:00-06:00', describe: 'Hours of crawling, or `any`' },
      'visits-apart': { type: 'number', default: 7, describe: 'Days between two crawls of an organization' },
      'extra-visits': { type: 'number', default: 2, describe: 'Further crawls of organizations that could not be looked at, at most' },
      'probes-per-day': { type: 'number', default: 4, describe: 'Looks a day at whether portals and systems answer, 0 to 4' },
      'probe-days': { type: 'number', default: 14, describe: 'Days on which they are made' },
      ...doneBy,
    })
    .example('$0 round open --registry my-country', 'the round of this quarter, by night, over two weeks')
    .example('$0 round open trial --registry demo --window any --visits-apart 1 --probes-per-day 0', 'a short one'); // prettier-ignore

async function open(data: Data, args: OpenArguments): Promise<number> {
  const registry = loadRegistry(registryFolder(args.registry));
  const edition = editionOf(args.edition);
  const timeZone = knownTimeZone(args.timeZone);
  const doer = doerOf(args);
  const period = args.name === undefined ? periodAt(registry.calendar, timeZone, Date.parse(doer.at)) : null;
  if (args.name !== undefined && !/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,60}$/u.test(args.name))
    throw new UserError({
      fa: persian`نام دور از حرف، رقم، نقطه و خط تیره است و دست‌بالا ${61} نویسه دارد؛ آنچه آمده: «${args.name}».`,
      en: `The name of a round has letters, digits, dots and hyphens, at most 61; found "${args.name}".`,
    });
  const id = period?.id ?? args.name!;
  const round = await openNewRound(
    data,
    {
      id,
      names: period?.names ?? { fa: id, en: id },
      period: period && { calendar: period.calendar, id: period.id },
      edition,
      registry,
      plan: {
        pages: whole(args.pages, '--pages', 3, 5000),
        render: args.render,
        delay: pause(args.delay),
        userAgent: userAgentOf(process.env),
        timeZone,
        window: readWindow(args.window),
        visitsApart: whole(args.visitsApart, '--visits-apart', 1, 60),
        extraVisits: whole(args.extraVisits, '--extra-visits', 0, 10),
        probes: {
          perDay: whole(args.probesPerDay, '--probes-per-day', 0, 4),
          days: whole(args.probeDays, '--probe-days', 0, 90),
        },
      },
    },
    doer,
  );
  return status(data, { ...args, round: round.id });
}

async function list(data: Data, { lang, json }: Common): Promise<number> {
  const rounds = await data.store.listRounds();
  if (json) print(rounds);
  else if (rounds.length === 0)
    process.stdout.write(
      lang === 'fa' ? 'هنوز دوری آغاز نشده است: rasad round open\n' : 'There is no round yet: rasad round open\n',
    );
  else process.stdout.write(roundLines(rounds, lang, await calendarOf(data, rounds[0]!)));
  return DONE;
}

async function status(data: Data, args: Common & { round: string | undefined }): Promise<number> {
  const round = await roundOrNewest(data, args.round);
  const registry = await registryOfRound(data.store, round);
  const now = await roundStatus(data.store, round, registry);
  if (args.json) print(now);
  else process.stdout.write(statusText(now, args.lang, registry.calendar));
  return DONE;
}

async function show(data: Data, args: Common & { round: string | undefined }): Promise<number> {
  const round = await roundOrNewest(data, args.round);
  const acts = await data.store.listActs(round.id);
  const reaudits = await data.store.listReaudits(round.id);
  if (args.json)
    print({ round, acts, reaudits, reviews: await data.store.listReviews(round.id), links: (await data.store.listLinks(round.id)).map(({ content: _, ...link }) => link) }); // prettier-ignore
  else process.stdout.write(roundText(round, acts, reaudits, args.lang, await calendarOf(data, round)));
  return DONE;
}

async function review(data: Data, args: Done & { early: boolean }): Promise<number> {
  const round = await roundOrNewest(data, args.round);
  await beginReview(data, round, doerOf(args), args.early, {
    onJudged: (done, all) => notice(args.lang, { fa: persian`داوری شواهد با ویرایش دور پیش: ${done} از ${all}`, en: `judging the evidence by the edition of the round before: ${done} of ${all}` }),
    onKept: (id, why) => notice(args.lang, { fa: persian`${id} همان حکم‌هایی را که دارد نگه می‌دارد، چون شواهدش دوباره داوری‌شدنی نیست: ${why}`, en: `${id} keeps the verdicts that it has, because its evidence cannot be judged again: ${why}` }),
    onLeft: (id, why) => notice(args.lang, { fa: persian`${id} با ویرایش دور پیش داوری نمی‌شود: ${why}`, en: `${id} is not judged by the edition of the round before: ${why}` }),
  }); // prettier-ignore
  return status(data, { ...args, round: round.id });
}

async function preview(data: Data, args: Done): Promise<number> {
  const round = await roundOrNewest(data, args.round);
  return tellReport(await previewRound(data, round, doerOf(args)), args);
}

async function publish(data: Data, args: Done): Promise<number> {
  const round = await roundOrNewest(data, args.round);
  const written = await publishAndReport(data, round, doerOf(args), (root) => {
    if (args.json) print({ round: round.id, root });
    else
      process.stdout.write(
        args.lang === 'fa'
          ? `دور ${round.id} منتشر شد. ریشه زنجیره:\n${root}\n`
          : `Round ${round.id} is published. Root of its chain:\n${root}\n`,
      );
  });
  return tellReport(written, args);
}

function tellReport(written: WrittenReport, args: Common): number {
  const text = args.lang === 'fa' ? `گزارش: ${written.fa}\n` : `Report: ${written.en}\n`;
  (args.json ? process.stderr : process.stdout).write(text);
  return DONE;
}

async function verify(data: Data, args: Done & { root: string | undefined; evidence: boolean }): Promise<number> {
  const round = await roundOrNewest(data, args.round);
  const found = await verifyRound(data.store, round, indicators, args.evidence ? faultOf(data) : null);
  const broken = [...found.broken];
  if (args.root !== undefined && args.root.trim().toLowerCase() !== found.root)
    broken.push({ where: 'root', expected: args.root, found: found.root });
  if (args.json) print({ ...found, broken });
  else {
    const { root, links, organizations, files, retired } = found;
    const { count, say } = voiceOf(args.lang, await calendarOf(data, round));
    process.stdout.write(
      args.lang === 'fa'
        ? `ریشه ${root}\n${count(links)} حلقه، ${count(organizations)} دستگاه، ${count(files)} پرونده شواهد خوانده شد${retired > 0 ? `، ${count(retired)} پرونده به سبب عمر برداشته شده بود` : ''}.\n`
        : `Root ${root}\n${links} links, ${organizations} organizations, ${files} files of evidence read${retired > 0 ? `, ${retired} were removed by age` : ''}.\n`,
    );
    for (const { where, expected, found: was } of broken)
      process.stdout.write(
        say(
          `نادرست، ${where}: انتظار ${expected}، یافته ${was}\n`,
          `BROKEN ${where}: expected ${expected}, found ${was}\n`,
        ),
      );
    process.stdout.write(
      args.lang === 'fa'
        ? broken.length === 0 ? 'همه چیز همان است که منتشر شد.\n' : `${count(broken.length)} چیز دیگر همان نیست که منتشر شد.\n`
        : broken.length === 0 ? 'Everything is what was published.\n' : `${broken.length} ${broken.length === 1 ? 'thing is' : 'things are'} not what was published.\n`,
    ); // prettier-ignore
  }
  return broken.length === 0 ? DONE : SOME_NOT_AUDITED;
}

const faultOf =
  (data: Data): CheckFile =>
  async (ref) => {
    const found = await data.blobs.check(ref);
    return found.state === 'whole' ? null : found;
  };

async function revise(data: Data, args: Done & { reason: string }): Promise<number> {
  const round = await roundOrNewest(data, args.round);
  const registry = await registryOfRound(data.store, round);
  const revision = await openRevision(data.store, round, doerOf({ by: args.by, note: args.reason }), { rulesDigest, judge: (auditId, id) => judgeInRound(data, round, registry, auditId, id) }, (id, why) => notice(args.lang, { fa: persian`${id} حکم‌های منتشرشده‌اش را نگه می‌دارد، چون شواهدش دوباره داوری‌شدنی نیست: ${why}`, en: `${id} keeps its published verdicts, because its evidence cannot be judged again: ${why}` })); // prettier-ignore
  return status(data, { ...args, round: revision.id });
}

async function decide(data: Data, args: Done & { audit: string; _: string[] }): Promise<number> {
  const round = await roundAsked(data, args);
  const registry = await registryOfRound(data.store, round);
  const decided = await decideReaudit(data.store, round, args.audit, args._[1] === 'accept', doerOf(args), judgingIn(data, round, registry)); // prettier-ignore
  if (args.json) print(decided);
  else process.stdout.write(roundText(round, [], [decided], args.lang, await calendarOf(data, round)));
  return DONE;
}

/** The round against which the audit was made, unless one is named. */
async function roundAsked(
  data: Data,
  { round, audit }: { readonly round: string | undefined; readonly audit: string },
): Promise<Round> {
  for (const candidate of round === undefined ? await data.store.listRounds() : [])
    if ((await data.store.listReaudits(candidate.id)).some((asked) => asked.audit === audit)) return candidate;
  return roundOrNewest(data, round);
}

interface DecideArguments extends Done {
  org: string;
  rule: string;
  verdict: Verdict | 'undo';
  service: string | undefined;
  attested: string[] | undefined;
}

async function decideFinding(data: Data, args: DecideArguments): Promise<number> {
  const round = await roundOrNewest(data, args.round);
  const { by, at, note } = doerOf(args);
  if (args.attested && note.trim() === '')
    throw new UserError({
      fa: persian`گواهی به ${'--note'} نیاز دارد: چه سندی ارائه شد و چگونه وارسی شد.`,
      en: 'An attestation needs --note: what was filed, and how it was checked.',
    });
  const attachments: BlobRef[] = [];
  for (const path of args.attested ?? []) attachments.push(await data.blobs.put(readAttachment(path)));
  const finding = await reviewFinding(data.store, round, {
    organization: args.org,
    service: args.service ?? null,
    rule: args.rule,
    verdict: args.verdict === 'undo' ? null : args.verdict,
    basis: args.attested ? 'attestation' : 'review',
    by,
    at,
    note,
    attachments,
  });
  process.stdout.write(`${finding.rule}: ${finding.verdict} → ${args.verdict} (${by})\n`);
  return DONE;
}

function readAttachment(path: string): Uint8Array {
  try {
    return readFileSync(resolve(path));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UserError({
      fa: persian`${`--attested ${path}`}: باید پرونده‌ای خواندنی باشد و خوانده نمی‌شود (${why}).`,
      en: `--attested ${path}: expected a file that can be read, found that it cannot (${why}).`,
    });
  }
}

async function cooperation(data: Data, args: Done & { org: string; status: Cooperation }): Promise<number> {
  const round = await changeable(data, args.round);
  const registry = await registryOfRound(data.store, round);
  if (!registry.organizations.some(({ id }) => id === args.org))
    throw new UserError({
      fa: persian`دفتر ثبت دور ${round.id} دستگاهی به نام «${args.org}» ندارد.`,
      en: `The registry of round ${round.id} has no organization "${args.org}".`,
    });
  await data.store.addAct(round.id, {
    kind: 'cooperation',
    organization: args.org,
    status: args.status,
    ...doerOf(args),
  });
  return show(data, { ...args, round: round.id });
}

async function profile(data: Data, args: Done & { service: string; profiles: Profile[] | undefined }): Promise<number> {
  const round = await changeable(data, args.round);
  const before = await registryOfRound(data.store, round);
  const service = before.services.find(({ id }) => id === args.service);
  if (!service)
    throw new UserError({
      fa: persian`دفتر ثبت دور ${round.id} خدمتی به نام «${args.service}» ندارد.`,
      en: `The registry of round ${round.id} has no service "${args.service}".`,
    });
  const { organizationId } = service;
  const { by, at, note } = doerOf(args);
  const act: Act = { kind: 'profile', service: service.id, organization: organizationId, profile: args.profiles ?? [], by, at, note }; // prettier-ignore
  const auditId = (await data.store.listSources(round.id)).get(organizationId) ?? round.auditId;
  const isSeen = (await data.store.listSnapshots(auditId, organizationId)).length > 0;
  const findings = isSeen ? await judgedAgain(data, round, withApprovals(before, [act]), auditId, organizationId) : []; // prettier-ignore
  await data.store.addAct(round.id, act, isSeen ? { auditId, organizationId, findings, rules: rulesDigest } : undefined); // prettier-ignore
  return show(data, { ...args, round: round.id });
}

async function changeable(data: Data, id: string | undefined): Promise<Round> {
  const round = await roundOrNewest(data, id);
  if (round.state === 'published')
    throw new UserError({
      fa: persian`دور ${round.id} منتشر شده است و هرگز تغییر نمی‌کند؛ برای اصلاح: ${`rasad round revise ${round.id} --reason …`}`,
      en: `Round ${round.id} is published and never changes; a correction is \`rasad round revise ${round.id} --reason …\`.`,
    });
  return round;
}

const print = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);

function readWindow(text: string): Round['plan']['window'] {
  if (text === 'any') return null;
  const [, from, to] = /^((?:[01]\d|2[0-3]):[0-5]\d)-((?:[01]\d|2[0-3]):[0-5]\d)$/.exec(text) ?? [];
  if (from !== undefined && to !== undefined && from !== to) return { from, to };
  throw new UserError({
    fa: persian`${'--window'} باید دو ساعت از شبانه‌روز باشد، مانند ${'22:00-06:00'}، یا ${'any'}؛ آنچه آمده: «${text}».`,
    en: `--window must be two times of day, as in 22:00-06:00, or \`any\`; found "${text}".`,
  });
}
