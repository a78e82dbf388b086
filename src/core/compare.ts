/**
 * Two rounds beside each other. The growth of a score is the way from one published number to the other, walked in
 * steps that change one thing each (catalogue, section 5.4), so that its parts add up to it exactly:
 *
 *   published ─review─ machine ─coverage─ what both rounds settled ─ruler─ the same, judged by today's rules
 *             ─real─ the later evidence by the earlier edition ─ruler─ by the later edition ─ruler─ as the round had it
 *             ─coverage─ machine ─review─ published
 *
 * Pure arithmetic on findings; organizations come one at a time, and only numbers and short lists are kept of them.
 */
import type { Edition } from './edition.ts';
import { STAGES, UNRESOLVED, type Finding, type Organization, type Service, type Stage, type Text } from './model.ts';
import { seenOf } from './round.ts';
import { leavesOf, scoreOrganization, type IndicatorPlace, type OrganizationScore, type ServiceScore, type StageScore } from './score.ts'; // prettier-ignore
import { keyOf } from './settle.ts';
import { titleOf } from './similarity.ts';

// ---------------------------------------------------------------- what goes in

/** One organization in one round. */
export interface Sight {
  readonly organization: Organization;
  readonly services: readonly Service[];
  /** As published: the machine's verdicts with people's decisions. */
  readonly settled: readonly Finding[];
  /** As the machine said in the round. */
  readonly machine: readonly Finding[];
}

/**
 * Evidence of both rounds judged again by the rules of today, under the edition of either round. A member is the
 * round's own `machine` where nothing has changed since.
 */
export interface Bridge {
  readonly beforeByEarlier: readonly Finding[];
  readonly afterByEarlier: readonly Finding[];
  readonly afterByLater: readonly Finding[];
  /** null where the earlier evidence does not suffice for the later edition: then there is nothing to check with. */
  readonly beforeByLater: readonly Finding[] | null;
}

/** One organization in both rounds; null where it took no part. */
export interface Pair {
  readonly before: Sight | null;
  readonly after: Sight | null;
  /** null where evidence is kept no longer: ruler and real change are then one number. */
  readonly bridge: Bridge | null;
}

export interface Method {
  readonly before: Edition;
  readonly after: Edition;
  readonly catalogue: readonly IndicatorPlace[];
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

export interface CompareOptions {
  /** Interval of an organization's growth, in points; null where it is not known. */
  readonly noise?: (organizationId: string) => Interval | null;
  /** Length of the lists of risers and fallers. */
  readonly top?: number;
}

// ---------------------------------------------------------------- what comes out

/** Points of a growth by what made them. All five together are the growth. */
export interface Parts {
  /** People's decisions on the machine's verdicts, in either round. */
  readonly review: number;
  /** What only one of the rounds could settle: new and gone services, pages that could not be read, new indicators. */
  readonly coverage: number;
  /** Another edition, or other rules, on the same evidence; null where it cannot be told from real change. */
  readonly ruler: number | null;
  /** Other evidence under the same edition and rules; null where it cannot be told from the ruler. */
  readonly real: number | null;
  /** Ruler and real change together where they cannot be told apart, else 0. */
  readonly unseparated: number;
}

/** `no-bridge`: evidence is kept no longer; `nothing-in-common`: no verdict was settled in all judgements. */
export type Unsplit = 'no-bridge' | 'nothing-in-common';

/** Why a side has no printed score. One of them is named where both have none. */
export interface Missing {
  readonly side: Side;
  readonly cause: 'withheld' | 'not-measured' | 'unranked';
}
type Side = 'before' | 'after';
type Both<T> = Readonly<Record<Side, T>>;

export interface Growth {
  /** As published. */
  readonly before: StageScore;
  readonly after: StageScore;
  /** Difference of the printed scores, unrounded; null where a side has none. */
  readonly points: number | null;
  readonly missing: Missing | null;
  /** null exactly when `points` is. */
  readonly parts: Parts | null;
  /** Why real change is not told from the rest; null where it is. */
  readonly unsplit: Unsplit | null;
  /** Checks of `parts.real`: the same change measured with the later edition, and all the earlier evidence scored by it. */
  readonly realByLater: number | null;
  readonly backcast: StageScore | null;
}

export interface ServiceGrowth {
  readonly id: string;
  /** Differs from `id` where the service was known by its code or title. */
  readonly idBefore: string;
  readonly matchedBy: 'id' | 'code' | 'title';
  readonly titles: Text;
  readonly total: Growth;
  readonly stages: Readonly<Record<Stage, Growth>>;
}

export interface Named {
  readonly id: string;
  readonly names: Text;
}

export interface Renamed extends Named {
  readonly namesBefore: Text;
}

/** A service of one round only. */
export interface OneSided extends Named {
  /** In the other round it is a heading: its parts were joined, or it was split. */
  readonly isHeadingInOther: boolean;
}

export interface Moved extends Named {
  /** null where the address did not change. */
  readonly page: { readonly before: string; readonly after: string } | null;
  readonly system: { readonly before: string; readonly after: string } | null;
}

/** How much of both rounds the comparison rests on. */
export interface Basis {
  readonly before: number;
  readonly after: number;
  readonly compared: number;
}

export interface OrganizationGrowth {
  readonly organization: string;
  readonly names: Text;
  /** Is its score published at all (catalogue, section 5.5)? */
  readonly ranked: Both<boolean>;
  readonly total: Growth;
  readonly stages: Readonly<Record<Stage, Growth>>;
  readonly noise: Interval | null;
  /** Can the two totals be told apart? null where no interval of the growth is known. */
  readonly separable: boolean | null;
  /** Leaf services, and settled verdicts of the machine. */
  readonly basis: { readonly services: Basis; readonly verdicts: Basis };
  /** Services in both rounds, in the order of the later one. */
  readonly services: readonly ServiceGrowth[];
  readonly changes: {
    readonly new: readonly OneSided[];
    readonly gone: readonly OneSided[];
    readonly renamed: readonly Renamed[];
    readonly moved: readonly Moved[];
  };
}

/** Growth of a mean over organizations. */
export interface MeanGrowth {
  readonly before: number | null;
  readonly after: number | null;
  readonly points: number | null;
  /** Contributions to `points`. An organization whose real change is not told apart adds to `unseparated` or `coverage` instead. */
  readonly parts: Parts | null;
  readonly organizations: Basis;
  /** Of the compared organizations those whose real change is told apart. */
  readonly separated: number;
}
type Means = { readonly total: MeanGrowth; readonly stages: Readonly<Record<Stage, MeanGrowth>> };

export interface Mover extends Named {
  readonly points: number;
  readonly separable: boolean | null;
}
/** The largest first, by real change and by the whole growth. */
type Movers = { readonly real: readonly Mover[]; readonly growth: readonly Mover[] };

/** An organization of one round only; without a score where none is published. */
export interface OneRound extends Named {
  readonly score: StageScore | null;
}

export interface RoundsComparison {
  readonly editions: { readonly before: string; readonly after: string };
  /** Organizations of both rounds, in the order in which they came. */
  readonly organizations: readonly OrganizationGrowth[];
  readonly new: readonly OneRound[];
  readonly gone: readonly OneRound[];
  readonly renamed: readonly Renamed[];
  /** Mean of the organizations with a printed score in both rounds. */
  readonly matched: Means;
  /** Mean of all with a printed score in a round; who came and went is `coverage`. */
  readonly all: Means;
  readonly risers: Movers;
  readonly fallers: Movers;
}

// ---------------------------------------------------------------- a country

const TOP = 10; // organizations in a list of risers or fallers
/** Differences below this are the computer's rounding. */
const ROUNDING = 1e-9; // points

/** Compares two rounds. Takes each organization once, in any order; throws when a pair is not one organization. */
export async function compareRounds(
  pairs: AsyncIterable<Pair> | Iterable<Pair>,
  method: Method,
  { noise = () => null, top = TOP }: CompareOptions = {},
): Promise<RoundsComparison> {
  const organizations: OrganizationGrowth[] = [];
  const sides: Record<Side, OneRound[]> = { before: [], after: [] };
  const renamed: Renamed[] = [];
  const tallies = [newTally(), ...STAGES.map(newTally)] as const;
  const met = new Set<string>();
  for await (const pair of pairs) {
    const { before, after } = pair;
    const { id } = idOf(pair);
    if (met.has(id)) throw new Error(`the comparison was given ${id} twice; each organization comes once`);
    met.add(id);
    if (before && after) {
      const growth = compareOrganization({ ...pair, before, after }, method, noise(id));
      organizations.push(growth);
      if (isRenamed(before.organization.names, after.organization.names)) {
        renamed.push({ id, names: after.organization.names, namesBefore: before.organization.names });
      }
      figuresOf(growth).forEach((figure, at) => addGrowth(tallies[at]!, figure, growth.ranked));
      continue;
    }
    const side = before ? 'before' : 'after';
    const { organization, services, settled } = (before ?? after)!;
    const score = isRanked(organization)
      ? scoreOrganization(id, services, settled, method[side], method.catalogue)
      : null;
    sides[side].push({ id, names: organization.names, score: score?.total ?? null });
    if (score) figuresOf(score).forEach((figure, at) => addScore(tallies[at]![side], figure.score));
  }
  return {
    editions: { before: method.before.id, after: method.after.id },
    organizations,
    new: sides.after,
    gone: sides.before,
    renamed,
    matched: meansOf(tallies, matchedMean),
    all: meansOf(tallies, meanOfAll),
    risers: { real: movers(organizations, realOf, 1, top), growth: movers(organizations, pointsOf, 1, top) },
    fallers: { real: movers(organizations, realOf, -1, top), growth: movers(organizations, pointsOf, -1, top) },
  };
}

function idOf({ before, after }: Pair): Organization {
  const one = before?.organization ?? after?.organization;
  if (!one) throw new Error('a pair without an organization on either side was given to the comparison');
  if (after && after.organization.id !== one.id) {
    throw new Error(`a pair must be one organization, got ${one.id} before and ${after.organization.id} after`);
  }
  return one;
}

/** Only these have a published score (catalogue, section 5.5). */
const isRanked = ({ cooperation }: Organization): boolean =>
  cooperation === 'cooperative' || cooperation === 'visible-only';

/** The total and then the stages, in the order in which tallies are kept. */
const figuresOf = <T>({ total, stages }: { readonly total: T; readonly stages: Readonly<Record<Stage, T>> }): T[] => [
  total,
  ...STAGES.map((stage) => stages[stage]),
];

interface Tally {
  readonly before: { sum: number; count: number };
  readonly after: { sum: number; count: number };
  /** Of organizations with a growth. */
  readonly matched: { before: number; after: number; count: number; separated: number };
  readonly parts: { review: number; coverage: number; ruler: number; real: number; unseparated: number };
}

const newTally = (): Tally => ({
  before: { sum: 0, count: 0 },
  after: { sum: 0, count: 0 },
  matched: { before: 0, after: 0, count: 0, separated: 0 },
  parts: { review: 0, coverage: 0, ruler: 0, real: 0, unseparated: 0 },
});

function addScore(side: Tally[Side], score: number | null): void {
  if (score === null) return;
  side.sum += score;
  side.count++;
}

function addGrowth(tally: Tally, { before, after, parts }: Growth, ranked: Both<boolean>): void {
  if (ranked.before) addScore(tally.before, before.score);
  if (ranked.after) addScore(tally.after, after.score);
  if (!parts) return;
  tally.matched.count++;
  tally.matched.before += before.score!;
  tally.matched.after += after.score!;
  if (parts.real !== null) tally.matched.separated++;
  for (const part of PARTS) tally.parts[part] += parts[part] ?? 0;
}

const PARTS = ['review', 'coverage', 'ruler', 'real', 'unseparated'] as const;

const meansOf = (tallies: readonly Tally[], mean: (tally: Tally) => MeanGrowth): Means => ({
  total: mean(tallies[0]!),
  stages: perStage((stage) => mean(tallies[1 + STAGES.indexOf(stage)]!)),
});

const perStage = <T>(make: (stage: Stage) => T): Record<Stage, T> =>
  Object.fromEntries(STAGES.map((stage) => [stage, make(stage)])) as Record<Stage, T>;

function matchedMean({ matched, parts, before, after }: Tally): MeanGrowth {
  const { count, separated } = matched;
  const organizations = { before: before.count, after: after.count, compared: count };
  if (count === 0) return { before: null, after: null, points: null, parts: null, organizations, separated };
  const isTold = separated > 0;
  return {
    before: matched.before / count,
    after: matched.after / count,
    points: (matched.after - matched.before) / count,
    parts: {
      review: parts.review / count,
      coverage: parts.coverage / count,
      ruler: isTold ? parts.ruler / count : null,
      real: isTold ? parts.real / count : null,
      unseparated: parts.unseparated / count,
    },
    organizations,
    separated,
  };
}

function meanOfAll(tally: Tally): MeanGrowth {
  const { before, after } = tally;
  const matched = matchedMean(tally);
  const means = { before: meanOf(before), after: meanOf(after) };
  if (means.before === null || means.after === null) return { ...matched, ...means, points: null, parts: null };
  const points = means.after - means.before;
  // in: from all of the earlier round to those that can be compared; out: from these to all of the later one
  const parts: Parts = matched.parts
    ? { ...matched.parts, coverage: matched.parts.coverage + (matched.before! - means.before) + (means.after - matched.after!) }
    : { review: 0, coverage: points, ruler: null, real: null, unseparated: 0 }; // prettier-ignore
  return { ...matched, ...means, points, parts };
}

const meanOf = ({ sum, count }: Tally[Side]): number | null => (count === 0 ? null : sum / count);

const realOf = ({ total }: OrganizationGrowth): number | null => total.parts?.real ?? null;
const pointsOf = ({ total }: OrganizationGrowth): number | null => total.points;

function movers(
  organizations: readonly OrganizationGrowth[],
  of: (growth: OrganizationGrowth) => number | null,
  direction: 1 | -1,
  top: number,
): Mover[] {
  return organizations
    .map((growth): Mover => {
      const { organization: id, names, separable } = growth;
      return { id, names, separable, points: of(growth) ?? 0 };
    })
    .filter(({ points }) => points * direction > ROUNDING)
    .sort((a, b) => direction * (rounded(b.points) - rounded(a.points)) || byText(a.id, b.id))
    .slice(0, top);
}

/** For sorting: what differs by the computer's rounding only is equal. */
const rounded = (points: number): number => Math.round(points / ROUNDING);
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

// ---------------------------------------------------------------- an organization

/** Both rounds of one organization. */
export function compareOrganization(
  { before, after, bridge }: Both<Sight> & Pick<Pair, 'bridge'>,
  method: Method,
  noise: Interval | null = null,
): OrganizationGrowth {
  const matches = matchServices(before.services, after.services);
  const { path, basis } = walk({ before, after }, bridge, matches, method);
  const ranked = { before: isRanked(before.organization), after: isRanked(after.organization) };
  const unranked: Missing | null =
    ranked.before && ranked.after ? null : { side: ranked.before ? 'after' : 'before', cause: 'unranked' };
  const growth = (pick: Figure): Growth => growthOf(path, pick, unranked);
  const total = growth(({ total: own }) => own);
  return {
    organization: after.organization.id,
    names: after.organization.names,
    ranked,
    total,
    stages: perStage((stage) => growth(({ stages }) => stages[stage])),
    noise,
    separable: noise === null || total.points === null ? null : noise.low > 0 || noise.high < 0,
    basis,
    services: matches.map(({ ids, after: { titles }, by }): ServiceGrowth => ({
      id: ids.after,
      idBefore: ids.before,
      matchedBy: by,
      titles,
      total: growth(({ services }, side) => services.get(ids[side])?.total),
      stages: perStage((stage) => growth(({ services }, side) => services.get(ids[side])?.stages[stage])),
    })),
    changes: changesOf({ before: before.services, after: after.services }, matches),
  };
}

/** All scores of one judgement, services by their id. */
interface Board {
  readonly total: StageScore;
  readonly stages: Readonly<Record<Stage, StageScore>>;
  readonly services: ReadonlyMap<string, ServiceScore>;
}

/** The same figure of every board. */
type Figure = (board: Board, side: Side) => StageScore | undefined;

/** The points between which the parts of a growth lie. */
interface Path {
  readonly published: Both<Board>;
  readonly machine: Both<Board>;
  /** On what all judgements settled; null where that is nothing. */
  readonly common: (Both<Board> & { readonly bridge: Bridged | null }) | null;
  readonly backcast: Board | null;
}
type Bridged = { readonly [K in keyof Bridge]: Board | (null extends Bridge[K] ? null : never) };

function walk(
  sights: Both<Sight>,
  bridge: Bridge | null,
  matches: readonly ServiceMatch[],
  method: Method,
): { readonly path: Path; readonly basis: OrganizationGrowth['basis'] } {
  const { before, after } = sights;
  const all = { before: leavesOf(before.services), after: leavesOf(after.services) };
  const cells = commonCells(sights, bridge, matches);
  const compared = matches.filter(({ ids }) => cells.subjects.has(ids.before));
  const some = { before: compared.map((match) => match.before), after: compared.map((match) => match.after) };
  const score = (side: Side, by: Side, findings: readonly Finding[], services = all[side]): Board =>
    boardOf(scoreOrganization(sights[side].organization.id, services, findings, method[by], method.catalogue));
  const restricted = (side: Side, by: Side, findings: readonly Finding[]): Board =>
    score(side, by, findings.filter((finding) => cells.has(finding, side)), some[side]); // prettier-ignore
  // without a service in common the portal alone would have to stand for all of them
  const isComparable = compared.length > 0 || all.before.length + all.after.length === 0;
  const path: Path = {
    published: { before: score('before', 'before', before.settled), after: score('after', 'after', after.settled) },
    machine: { before: score('before', 'before', before.machine), after: score('after', 'after', after.machine) },
    common: isComparable
      ? {
          before: restricted('before', 'before', before.machine),
          after: restricted('after', 'after', after.machine),
          bridge: bridge && {
            beforeByEarlier: restricted('before', 'before', bridge.beforeByEarlier),
            afterByEarlier: restricted('after', 'before', bridge.afterByEarlier),
            afterByLater: restricted('after', 'after', bridge.afterByLater),
            beforeByLater: bridge.beforeByLater && restricted('before', 'after', bridge.beforeByLater),
          },
        }
      : null,
    backcast: bridge?.beforeByLater ? score('before', 'after', bridge.beforeByLater) : null,
  };
  const settled = ({ machine }: Sight): number => machine.filter(isSettled).length;
  const services = { before: all.before.length, after: all.after.length, compared: compared.length };
  const verdicts = { before: settled(before), after: settled(after), compared: cells.count };
  return { path, basis: { services, verdicts } };
}

const boardOf = ({ total, stages, services }: OrganizationScore): Board => ({
  total,
  stages,
  services: new Map(services.map((service) => [service.service, service])),
});

const isSettled = ({ verdict }: Finding): boolean => !UNRESOLVED.includes(verdict);

interface Cells {
  readonly count: number;
  /** Ids that services with a common cell had before; '' for the portal. */
  readonly subjects: ReadonlySet<string>;
  has(finding: Finding, side: Side): boolean;
}

/** What every judgement settled of the portal and of the services of both rounds. */
function commonCells({ before, after }: Both<Sight>, bridge: Bridge | null, matches: readonly ServiceMatch[]): Cells {
  const subjectOf: Both<ReadonlyMap<string, string>> = {
    before: new Map(matches.map(({ ids }) => [ids.before, ids.before])),
    after: new Map(matches.map(({ ids }) => [ids.after, ids.before])),
  };
  const subject = ({ service }: Finding, side: Side): string | undefined =>
    service === null ? '' : subjectOf[side].get(service);
  const cell = (finding: Finding, side: Side): string => `${subject(finding, side)}\n${finding.rule}`;
  const known = (findings: readonly Finding[], side: Side): Finding[] =>
    findings.filter((finding) => isSettled(finding) && subject(finding, side) !== undefined);
  const judgements: readonly (readonly [Side, readonly Finding[] | null | undefined])[] = [
    ['after', after.machine],
    ['before', bridge?.beforeByEarlier],
    ['after', bridge?.afterByEarlier],
    ['after', bridge?.afterByLater],
    ['before', bridge?.beforeByLater],
  ];
  let common = new Map(
    known(before.machine, 'before').map((finding) => [cell(finding, 'before'), subject(finding, 'before')!]),
  );
  for (const [side, findings] of judgements) {
    if (!findings) continue;
    const own = new Set(known(findings, side).map((finding) => cell(finding, side)));
    common = new Map([...common].filter(([key]) => own.has(key)));
  }
  return {
    count: common.size,
    subjects: new Set(common.values()),
    has: (finding, side) => common.has(cell(finding, side)),
  };
}

function growthOf(path: Path, pick: Figure, unranked: Missing | null): Growth {
  const before = pick(path.published.before, 'before')!;
  const after = pick(path.published.after, 'after')!;
  const backcast = (path.backcast && pick(path.backcast, 'before')) ?? null;
  const missing = unranked ?? missingScore('before', before) ?? missingScore('after', after);
  if (missing || before.score === null || after.score === null) {
    return { before, after, points: null, missing, parts: null, unsplit: null, realByLater: null, backcast };
  }
  const points = after.score - before.score;
  return { before, after, points, missing: null, ...split(path, pick, before.score, after.score), backcast };
}

const missingScore = (side: Side, { score, measured }: StageScore): Missing | null =>
  score === null ? { side, cause: measured === 0 ? 'not-measured' : 'withheld' } : null;

/** The five parts of the way between two published scores. */
function split(
  path: Path,
  pick: Figure,
  before: number,
  after: number,
): Pick<Growth, 'unsplit' | 'realByLater'> & { readonly parts: Parts } {
  const at = (board: Board | null | undefined, side: Side): number | null =>
    (board && pick(board, side)?.estimate) ?? null;
  // where the machine settled nothing, people's decisions were the coverage
  const first = at(path.machine.before, 'before') ?? before;
  const last = at(path.machine.after, 'after') ?? after;
  const review = first - before + (after - last);
  const from = at(path.common?.before, 'before');
  const to = at(path.common?.after, 'after');
  const apart = { review, coverage: last - first, ruler: null, real: null, unseparated: 0 };
  if (from === null || to === null) return { parts: apart, unsplit: 'nothing-in-common', realByLater: null };
  const coverage = from - first + (last - to);
  const bridge = path.common?.bridge;
  if (!bridge) {
    return { parts: { ...apart, coverage, unseparated: to - from }, unsplit: 'no-bridge', realByLater: null };
  }
  const earlier = at(bridge.beforeByEarlier, 'before');
  const later = at(bridge.afterByEarlier, 'after');
  const laterByLater = at(bridge.afterByLater, 'after');
  // in one of the judgements nothing of the common cells applies
  if (earlier === null || later === null || laterByLater === null) {
    return { parts: apart, unsplit: 'nothing-in-common', realByLater: null };
  }
  const ruler = earlier - from + (laterByLater - later) + (to - laterByLater);
  const earlierByLater = at(bridge.beforeByLater, 'before');
  return {
    parts: { review, coverage, ruler, real: later - earlier, unseparated: 0 },
    unsplit: null,
    realByLater: earlierByLater === null ? null : laterByLater - earlierByLater,
  };
}

// ---------------------------------------------------------------- services of two rounds

export interface ServiceMatch {
  readonly before: Service;
  readonly after: Service;
  readonly ids: Both<string>;
  readonly by: ServiceGrowth['matchedBy'];
}

/** Ways to know a service again, the surest first. */
const WAYS: readonly (readonly [ServiceMatch['by'], (service: Service) => string])[] = [
  ['id', ({ id }) => id],
  ['code', ({ code }) => code ?? ''],
  ['title', ({ titles }) => titleKey(titles.fa)],
  ['title', ({ titles }) => titleKey(titles.en)],
];

/**
 * Leaf services that are in both lists, each once, in the order of the later one. A code or title that several
 * services of a list share tells none of them (official lists do print one title twice), so it matches nothing.
 */
export function matchServices(before: readonly Service[], after: readonly Service[]): ServiceMatch[] {
  const left = { before: new Set(leavesOf(before)), after: new Set(leavesOf(after)) };
  const matches = new Map<Service, ServiceMatch>();
  for (const [by, key] of WAYS) {
    const known = soleByKey(left.before, key);
    for (const [value, service] of soleByKey(left.after, key)) {
      const earlier = known.get(value);
      if (!earlier || !service) continue;
      left.before.delete(earlier);
      left.after.delete(service);
      matches.set(service, { before: earlier, after: service, ids: { before: earlier.id, after: service.id }, by });
    }
  }
  return after.flatMap((service) => matches.get(service) ?? []);
}

/** Services by a key that is theirs alone; null where several share it. */
function soleByKey(services: Iterable<Service>, key: (service: Service) => string): Map<string, Service | null> {
  const byKey = new Map<string, Service | null>();
  for (const service of services) {
    const value = key(service);
    if (value !== '') byKey.set(value, byKey.has(value) ? null : service);
  }
  return byKey;
}

/** Letters and digits only: a half-space may be a space or nothing. */
const titleKey = (text: string): string => titleOf(text).folded.replaceAll(' ', '');

/** Another name in a language in which both are known. */
const isRenamed = (before: Text, after: Text): boolean =>
  (['fa', 'en'] as const).some((lang) => {
    const [old, now] = [titleKey(before[lang]), titleKey(after[lang])];
    return old !== '' && now !== '' && old !== now;
  });

function changesOf(
  services: Both<readonly Service[]>,
  matches: readonly ServiceMatch[],
): OrganizationGrowth['changes'] {
  const only = (side: Side, other: Side): OneSided[] => {
    const matched = new Set(matches.map(({ ids }) => ids[side]));
    // a leaf of the same id would have matched
    const headings = new Set(services[other].map(({ id }) => id));
    return leavesOf(services[side])
      .filter(({ id }) => !matched.has(id))
      .map(({ id, titles }) => ({ id, names: titles, isHeadingInOther: headings.has(id) }));
  };
  return {
    new: only('after', 'before'),
    gone: only('before', 'after'),
    renamed: matches
      .filter(({ before, after }) => isRenamed(before.titles, after.titles))
      .map(({ before, after }) => ({ id: after.id, names: after.titles, namesBefore: before.titles })),
    moved: matches
      .map(({ before, after }): Moved => ({
        id: after.id,
        names: after.titles,
        page: move(before.pageUrl, after.pageUrl),
        system: move(before.systemUrl, after.systemUrl),
      }))
      .filter(({ page, system }) => page !== null || system !== null),
  };
}

/** An address that was not known in one of the rounds did not move, and https in the place of http is no other place. */
const move = (before: string | null, after: string | null): Moved['page'] =>
  before !== null && after !== null && placeOf(before) !== placeOf(after) ? { before, after } : null;

const placeOf = (url: string): string => (URL.canParse(url) ? new URL(url).href : url).replace(/^https?:/, '');

// ---------------------------------------------------------------- one organization, verdict by verdict

export interface VerdictChange {
  readonly key: string;
  /** null where one of the judgements has no such finding. */
  readonly before: Finding | null;
  readonly after: Finding | null;
  /** What the organization's total changes by if only this verdict changes; null where nothing else is settled. */
  readonly points: number | null;
}

export interface FindingsDelta {
  readonly before: OrganizationScore;
  readonly after: OrganizationScore;
  /** Other verdicts, the weightiest first. */
  readonly changes: readonly VerdictChange[];
  /** The same verdict for another reason or with other evidence. */
  readonly restated: readonly (Pick<VerdictChange, 'key'> & Both<Finding>)[];
  /** Findings of which nothing that a person sees has changed. */
  readonly same: number;
}

/** What a second look at one organization changed, and what each change is worth. */
export function findingsDelta(
  before: readonly Finding[],
  after: readonly Finding[],
  edition: Edition,
  services: readonly Service[],
  catalogue: readonly IndicatorPlace[],
): FindingsDelta {
  const organization = (before[0] ?? after[0])?.organization ?? '';
  const score = (findings: readonly Finding[], of = services): OrganizationScore =>
    scoreOrganization(organization, of, findings, edition, catalogue);
  const old = new Map(before.map((finding) => [keyOf(finding), finding]));
  const now = new Map(after.map((finding) => [keyOf(finding), finding]));
  const worth = worthOf(before, services, score);
  const changes: VerdictChange[] = [];
  const restated: (Pick<VerdictChange, 'key'> & Both<Finding>)[] = [];
  let same = 0;
  for (const key of new Set([...old.keys(), ...now.keys()])) {
    const [earlier, later] = [old.get(key) ?? null, now.get(key) ?? null];
    if (earlier?.verdict !== later?.verdict) {
      changes.push({ key, before: earlier, after: later, points: worth(earlier, later) });
    } else if (seenOf(earlier!) === seenOf(later!)) same++;
    else restated.push({ key, before: earlier!, after: later! });
  }
  const size = ({ points }: VerdictChange): number => (points === null ? -1 : rounded(Math.abs(points)));
  changes.sort((a, b) => size(b) - size(a) || byText(a.key, b.key));
  restated.sort((a, b) => byText(a.key, b.key));
  return { before: score(before), after: score(after), changes, restated, same };
}

/** The change of the total when one finding takes the place of another. Of a service's finding only that service is scored again. */
function worthOf(
  findings: readonly Finding[],
  services: readonly Service[],
  score: (findings: readonly Finding[], services?: readonly Service[]) => OrganizationScore,
): (before: Finding | null, after: Finding | null) => number | null {
  const subjects = new Map<string | null, Finding[]>([[null, []]]);
  for (const finding of findings) {
    const own = subjects.get(finding.service);
    if (own) own.push(finding);
    else subjects.set(finding.service, [finding]);
  }
  const leaves = new Map(leavesOf(services).map((service) => [service.id, service]));
  const base = score(findings);
  const totals = new Map(base.services.map(({ service, total }) => [service, total.estimate]));
  const known = [...totals.values()].filter((total) => total !== null);
  const sum = known.reduce((a, b) => a + b, 0);
  const changed = (own: readonly Finding[], before: Finding | null, after: Finding | null): Finding[] => [
    ...own.filter((finding) => finding !== before),
    ...(after ? [after] : []),
  ];
  return (before, after) => {
    const { service } = (before ?? after)!;
    const from = base.total.estimate;
    let to: number | null;
    if (service === null) to = score(changed(findings, before, after)).total.estimate;
    else {
      const leaf = leaves.get(service);
      if (!leaf) return 0;
      const own = changed(subjects.get(service) ?? [], before, after);
      const [was, is] = [totals.get(service) ?? null, score([...subjects.get(null)!, ...own], [leaf]).total.estimate];
      const count = known.length - (was === null ? 0 : 1) + (is === null ? 0 : 1);
      to = count === 0 ? null : (sum - (was ?? 0) + (is ?? 0)) / count;
    }
    return from === null || to === null ? null : to - from;
  };
}
