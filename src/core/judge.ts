/** From the stored snapshots of one organization to its findings: pure, synchronous, the same bytes every time. */
import type { Edition } from './edition.ts';
import type { Matcher } from './lexicon.ts';
import { looksMissing } from './missing.ts';
import {
  NO_HOSTS,
  type CountryHosts,
  type Finding,
  type Inspection,
  type Organization,
  type Service,
  type Snapshot,
} from './model.ts';
import { viewPage, type PageView } from './page-view.ts';
import type { Rule } from './rule.ts';
import { runRules } from './run-rules.ts';
import { leavesOf } from './score.ts';
import { detectSignals, type Signal } from './signal.ts';
import { viewSite, type SeenPage, type SiteView } from './site-view.ts';

/** Everything that judging knows: words, signals, rules. */
export interface Knowledge<C extends string> {
  readonly matcher: Matcher<C>;
  readonly signals: readonly Signal<C>[];
  readonly rules: readonly Rule<C>[];
  /** What a page calls itself that lists services. */
  readonly lists: readonly C[];
}

/** Reads a stored page. `html` is the rendered DOM where there is one, else the static text. */
export function readPage<C extends string>(
  snapshot: Snapshot,
  html: string,
  { matcher, signals }: Pick<Knowledge<C>, 'matcher' | 'signals'>,
  hosts: CountryHosts = NO_HOSTS,
): SeenPage<C> {
  const page = viewPage(html, { url: snapshot.chain.at(-1)?.url ?? snapshot.url, matcher, hosts });
  return {
    snapshot,
    hash: (snapshot.rendered ?? snapshot.body)?.hash ?? '',
    page,
    signals: detectSignals(page, signals),
  };
}

export interface JudgeInput<C extends string> {
  readonly organization: Organization;
  readonly services: readonly Service[];
  readonly snapshots: readonly Snapshot[];
  /** The pages among the snapshots, read. */
  readonly pages: ReadonlyMap<Snapshot, SeenPage<C>>;
  /** What the browser measured on some of them. */
  readonly inspections?: ReadonlyMap<Snapshot, Inspection>;
  readonly hosts?: CountryHosts;
  readonly normalize: (url: string) => string;
}

export interface Judgement<C extends string> {
  readonly site: SiteView<C>;
  readonly findings: readonly Finding[];
}

/** Judges every rule on the portal and on every leaf service. */
export function judgeOrganization<C extends string>(
  input: JudgeInput<C>,
  { rules, lists }: Pick<Knowledge<C>, 'rules' | 'lists'>,
  edition: Edition,
  onError?: (rule: string, subject: string, error: unknown) => void,
): Judgement<C> {
  const site = viewSite({
    ...input,
    lists,
    services: leavesOf(input.services),
    missing: missingPages(input.snapshots, input.pages),
  });
  return { site, findings: runRules(site, rules, onError ? { edition, onError } : { edition }) };
}

/** Snapshots that show their host's page for missing things; the probe of the same host says how it looks. */
function missingPages<C extends string>(
  snapshots: readonly Snapshot[],
  pages: ReadonlyMap<Snapshot, SeenPage<C>>,
): Set<Snapshot> {
  const probes = new Map<string, PageView>();
  for (const snapshot of snapshots) {
    const seen = pages.get(snapshot);
    if (snapshot.role === 'missing-probe' && seen) probes.set(hostOf(snapshot.url), seen.page);
  }
  const missing = new Set<Snapshot>();
  for (const [snapshot, seen] of pages) {
    if (snapshot.role === 'missing-probe' || snapshot.role === 'portal' || snapshot.role === 'probe') continue;
    const probe = probes.get(seen.page.host) ?? probes.get(hostOf(snapshot.url)) ?? null;
    if (looksMissing(seen.page, probe)) missing.add(snapshot);
  }
  return missing;
}

const hostOf = (url: string): string => new URL(url).hostname;
