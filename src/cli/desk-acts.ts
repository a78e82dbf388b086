/** What the desk asks for that needs a crawler, the rules or the file system, done as the commands do it. */
import { decideReaudit, registryOfRound } from '../audit/round.ts';
import { persian, UserError } from '../core/errors.ts';
import { readPage } from '../core/judge.ts';
import type { FetchOutcome, Registry, Snapshot } from '../core/model.ts';
import { viewPage } from '../core/page-view.ts';
import type { ObjectionCheck } from '../core/person.ts';
import type { Round } from '../core/round.ts';
import { crawlOrganization } from '../crawl/crawl.ts';
import { hostOf, isHostWithin, normalizeUrl } from '../crawl/guard.ts';
import { storedPage } from '../crawl/look.ts';
import { systemClock } from '../crawl/politeness.ts';
import type { DeskActs } from '../desk/tools.ts';
import { outcomeName } from '../report/words.ts';
import { voiceOf, type Lang } from '../report/voice.ts';
import { PAYMENT_GATEWAYS } from '../../rules/hosts/gateways.ts';
import { IDENTITY_PROVIDERS } from '../../rules/hosts/national.ts';
import { knowledgeOf, openLooking, workerName, type Data } from './compose.ts';
import type { Log } from './log.ts';
import { finishReaudit, openAuditLooking, openReaudit, planOfReaudit, workOnAudit } from './reaudit.ts';
import { previewRound, publishAndReport } from './round-report.ts';
import { beginReview, judgingIn } from './rounds.ts';

export interface DeskActsOptions {
  /** As `--map-host` of the commands that look. */
  readonly mapHosts: readonly string[];
  readonly log: Log;
}

export function deskActs(data: Data, { mapHosts, log }: DeskActsOptions): DeskActs {
  return {
    beginReview: (round, doer, early, say) =>
      beginReview(data, round, doer, early, {
        onJudged: (done, all) => say({ fa: `داوری با روش دور پیش، برای مقایسه: ${done} از ${all}`, en: `Judging by the edition of the round before, to compare: ${done} of ${all}` }),
        onKept: (id, why) => say({ fa: `${id} همان حکم‌هایی را که دارد نگه می‌دارد، چون شواهدش دوباره داوری‌شدنی نیست: ${why}`, en: `${id} keeps the verdicts that it has, because its evidence cannot be judged again: ${why}` }),
        onLeft: (id, why) => say({ fa: `${id} با روش دور پیش داوری نمی‌شود: ${why}`, en: `${id} is not judged by the edition of the round before: ${why}` }),
      }),

    async beginPreview(round, doer, say) {
      say({ fa: 'گزارش نوشته می‌شود', en: 'Writing the report' });
      const written = await previewRound(data, round, doer);
      say({ fa: `گزارش: ${written.fa}`, en: `Report: ${written.en}` });
    },

    async publish(round, doer, say) {
      let published = '';
      const written = await publishAndReport(data, round, doer, (root) => {
        published = root;
        say({ fa: `منتشر شد. ریشه زنجیره: ${root}`, en: `Published. Root of its chain: ${root}` });
        say({ fa: 'گزارش نوشته می‌شود', en: 'Writing the report' });
      });
      say({ fa: `گزارش: ${written.fa}`, en: `Report: ${written.en}` });
      return published;
    },

    async reaudit(round, organizationId, doer, say, signal) {
      const registry = await registryOfRound(data.store, round);
      const organization = registry.organizations.find(({ id }) => id === organizationId);
      if (!organization) throw new UserError({ fa: persian`دفتر ثبت دور ${round.id} دستگاهی به نام «${organizationId}» ندارد.`, en: `The registry of round ${round.id} has no organization "${organizationId}".` });
      const plan = planOfReaudit(round, registry, organization);
      const audit = await openReaudit(data, round, plan, doer);
      const looking = await openAuditLooking(data, plan, mapHosts);
      let report;
      try {
        if (looking.noBrowser) say({ fa: `${looking.noBrowser.fa}. صفحه‌هایی که با اسکریپت ساخته می‌شوند دیده نمی‌شوند.`, en: `${looking.noBrowser.en}. Pages that scripts build are not seen.` });
        report = await workOnAudit(data, audit, plan, looking, {
          onEvent(_, event) {
            if (event.kind === 'looked') say(lookLine(event.snapshot));
            else if (event.kind === 'host-closed') say({ fa: `${event.host} دیگر پرسیده نمی‌شود: ${event.reason}`, en: `${event.host} is not asked any more: ${event.reason}` });
          },
          onRuleError: (rule, subject, error) => log.error('rule-failed', { rule, subject, error: error instanceof Error ? error.stack : String(error) }),
        }, { concurrency: 1, signal });
      } finally {
        await looking.close();
      }
      if (report.stopped) throw new UserError({ fa: persian`ممیزی مجدد ${audit.id} متوقف شد. آنچه گرفته شده می‌ماند؛ برای ادامه، دوباره آن را آغاز کنید.`, en: `The re-audit ${audit.id} was stopped. What was fetched stays; start it again to go on.` });
      await finishReaudit(data, audit, round);
      for (const { error } of report.failed) say({ fa: `سنجش به نتیجه نرسید: ${error}`, en: `It could not be audited: ${error}` });
      return audit.id;
    },

    async decideReaudit(round, auditId, accepted, doer) {
      const judging = judgingIn(data, round, await registryOfRound(data.store, round));
      await decideReaudit(data.store, round, auditId, accepted, doer, judging);
    },

    checkAddress: (round, registry, organizationId, url) => checkAddress(data, mapHosts, { round, registry, organizationId, url }),
  };
} // prettier-ignore

/** One look of a re-audit, as a line. */
function lookLine({ url, outcome }: Snapshot): { fa: string; en: string } {
  const line = (lang: Lang): string => `${url} – ${outcomeName(voiceOf(lang, 'gregorian'), outcome).name}`;
  return { fa: line('fa'), en: line('en') };
}

/** What is looked at, beside which round. */
interface Asked {
  readonly round: Round;
  readonly registry: Registry;
  readonly organizationId: string;
  readonly url: string;
}

/** One address, as any page of an audit is looked at: robots.txt first, in its domain's turn, through every guard. */
async function checkAddress(data: Data, mapHosts: readonly string[], { round, registry, organizationId, url }: Asked): Promise<ObjectionCheck> {
  const at = new Date().toISOString();
  const nothing = { at, status: null, url, title: '', snapshot: null, signals: [] };
  const asked = normalizeUrl(url);
  const { hosts } = registry;
  const identityHosts = [...IDENTITY_PROVIDERS, ...hosts.identityProviders];
  const paymentHosts = [...PAYMENT_GATEWAYS, ...hosts.paymentGateways];
  if (asked === null) return { ...nothing, outcome: 'refused guard' };
  if (isHostWithin(hostOf(asked), identityHosts)) return { ...nothing, outcome: 'refused login' };
  if (isHostWithin(hostOf(asked), paymentHosts)) return { ...nothing, outcome: 'refused guard' };
  const { render, delay, userAgent } = round.plan;
  const looking = await openLooking(registry, { mapHosts, render, delay, userAgent, env: process.env }, { store: data.store, worker: workerName() });
  try {
    const { fetcher, browser, politeness } = looking;
    const knowledge = knowledgeOf(registry);
    let look: Snapshot | null = null;
    await crawlOrganization(
      {
        auditId: `objection-${round.id}`, organizationId, visit: 0, stored: [], inspect: false, identityHosts, paymentHosts,
        seeds: [{ url: asked, role: 'page', serviceIds: [], topic: 'objection', foundOn: 'objection', depth: 0, weight: 1 }],
      },
      {
        fetcher, browser, politeness, blobs: data.blobs, clock: systemClock,
        view: (html, address) => viewPage(html, { url: address, matcher: knowledge.matcher, hosts }),
        read: () => [],
        save: async (snapshot) => void (snapshot.role === 'page' && (look = snapshot)),
      },
    );
    const seen = look as Snapshot | null;
    // what looks like an action is not asked at all
    if (seen === null) return { ...nothing, outcome: 'refused guard' };
    const ended = { at, outcome: outcomeText(seen.outcome), status: seen.status, url: seen.chain.at(-1)?.url ?? asked };
    const text = await storedPage(seen, data.blobs);
    if (text === null) return { ...nothing, ...ended };
    const { page, signals } = readPage(seen, text, knowledge, hosts);
    // what came may be in any charset, and an objection does not say in which
    const snapshot = await data.blobs.put(Buffer.from(text));
    return { ...ended, title: page.title, snapshot, signals: [...signals].flatMap(([name, { verdict }]) => (verdict === 'present' ? [name] : [])) };
  } finally {
    await looking.close();
  }
} // prettier-ignore

const outcomeText = (outcome: FetchOutcome): string =>
  outcome.kind === 'refused'
    ? `refused ${outcome.by}`
    : outcome.kind === 'unreachable'
      ? `unreachable ${outcome.cause}`
      : outcome.kind;
