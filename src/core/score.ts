/**
 * From verdicts to scores (catalogue, section 5). Pure arithmetic on findings: a stage has a portal block and a service
 * block of fixed weight; what is not applicable leaves its own block only; what is unresolved widens the interval.
 */
import type { Edition } from './edition.ts';
import { STAGES, UNRESOLVED, type Finding, type Scope, type Service, type Stage, type Verdict } from './model.ts';

export interface StageScore {
  /** 0…100; null when too little of it is settled. */
  readonly score: number | null;
  /** The score on what is settled alone, however little that is; null when nothing is. */
  readonly estimate: number | null;
  /** The score if every unresolved verdict failed, and if every one passed. */
  readonly low: number;
  readonly high: number;
  /** Settled share of the measured weight, 0…1. */
  readonly resolved: number;
  /** Share of the stage's weight for which there is a rule, 0…1; 0 also when nothing of it applies, and then it stays out. */
  readonly measured: number;
  /** A whole block has nothing applicable, so that the other block stands for all of it. */
  readonly thin: boolean;
}

export interface ServiceScore {
  readonly service: string;
  readonly stages: Readonly<Record<Stage, StageScore>>;
  readonly total: StageScore;
}

export interface OrganizationScore {
  readonly organization: string;
  readonly stages: Readonly<Record<Stage, StageScore>>;
  readonly total: StageScore;
  readonly services: readonly ServiceScore[];
  /** Weighted mean of the portal's own verdicts: a diagnostic, not a part of the total. */
  readonly portal: StageScore;
}

export interface IndicatorPlace {
  readonly id: string;
  readonly stage: Stage;
  readonly scope: Scope;
}

interface Sum {
  /** Weight of indicators with a rule, not-applicable ones left out. */
  applicable: number;
  resolved: number;
  earned: number;
  /** Nominal weight of the block, and of it what has a rule. */
  nominal: number;
  ruled: number;
}

/** Scores one organization. `catalogue` names all indicators; those without a finding are "not measured" and stay out. */
export function scoreOrganization(
  organization: string,
  services: readonly Service[],
  findings: readonly Finding[],
  edition: Edition,
  catalogue: readonly IndicatorPlace[],
): OrganizationScore {
  const bySubject = subjectsOf(findings);
  const portal = bySubject.get(null) ?? NO_FINDINGS;
  const leaves = leavesOf(services);
  const scored = leaves.map(({ id }): ServiceScore => {
    const own = bySubject.get(id) ?? NO_FINDINGS;
    const stages = perStage((stage) =>
      stageScore(
        sum(catalogue, stage, 'portal', portal, edition),
        sum(catalogue, stage, 'service', own, edition),
        edition,
      ),
    );
    return { service: id, stages, total: weigh(stages, edition) };
  });
  // without services only the portal can be judged; its stages then stand on the portal block alone
  const stages = perStage((stage) =>
    scored.length > 0
      ? mean(
          scored.map((service) => service.stages[stage]),
          edition,
        )
      : stageScore(sum(catalogue, stage, 'portal', portal, edition), EMPTY, edition),
  );
  return {
    organization, stages, services: scored,
    total: scored.length > 0 ? mean(scored.map((service) => service.total), edition) : weigh(stages, edition),
    portal: portalScore(catalogue, portal, edition),
  }; // prettier-ignore
}

/** What one verdict weighs in the scores of its organization. */
export interface Weight {
  readonly finding: Finding;
  readonly stage: Stage;
  /** Points by which a pass raises the organization's score of that stage, and its total, above a fail. */
  readonly inStage: number;
  readonly inTotal: number;
}

/**
 * The scores as sums: when nothing is unresolved, a stage and the total are the values of these verdicts times their
 * weights. Whatever applies and has a rule is here, in the order of the catalogue and then of the services, and which
 * of pass, partial, fail or unresolved it is does not touch any weight.
 */
export function weightsOf(
  services: readonly Service[],
  findings: readonly Finding[],
  edition: Edition,
  catalogue: readonly IndicatorPlace[],
): Weight[] {
  const bySubject = subjectsOf(findings);
  const portal = bySubject.get(null) ?? NO_FINDINGS;
  const leaves = leavesOf(services);
  // without services the portal stands alone, as if it were one
  const subjects = leaves.length > 0 ? leaves.map(({ id }) => bySubject.get(id) ?? NO_FINDINGS) : [NO_FINDINGS];
  const ofPortal = perStage((stage) => sum(catalogue, stage, 'portal', portal, edition));
  const blocks = subjects.map((own) =>
    perStage((stage) => blockUnits(ofPortal[stage], sum(catalogue, stage, 'service', own, edition))),
  );
  const stageCounts = perStage((stage) => blocks.filter((units) => units[stage] !== null).length);
  const measured = blocks.map((units) =>
    STAGES.reduce((total, stage) => total + (units[stage] === null ? 0 : edition.stageWeights[stage]), 0),
  );
  const totals = measured.filter((share) => share > 0).length;
  const weights: Weight[] = [];
  const add = (finding: Finding | undefined, stage: Stage, inStage: number, inTotal: number): void => {
    if (finding && finding.verdict !== 'not-applicable' && inStage > 0)
      weights.push({ finding, stage, inStage, inTotal });
  };
  for (const { id, stage, scope } of catalogue) {
    const units = blocks.map((own) => (own[stage]?.[scope] ?? 0) * (edition.weights[id] ?? 0));
    const inStage = units.map((unit) => (unit === 0 ? 0 : unit / stageCounts[stage]));
    const inTotal = units.map((unit, at) =>
      measured[at] === 0 ? 0 : (unit * edition.stageWeights[stage]) / (measured[at]! * totals),
    );
    const all = (parts: readonly number[]): number => parts.reduce((total, part) => total + part, 0);
    if (scope === 'portal') add(portal.get(id), stage, all(inStage), all(inTotal));
    else subjects.forEach((own, at) => add(own.get(id), stage, inStage[at]!, inTotal[at]!));
  }
  return weights;
}

/** Services that are scored: those without parts. */
export function leavesOf(services: readonly Service[]): Service[] {
  const parents = new Set(services.map((service) => service.parentId));
  return services.filter((service) => !parents.has(service.id));
}

const EMPTY: Sum = { applicable: 0, resolved: 0, earned: 0, nominal: 0, ruled: 0 };
const NO_FINDINGS: ReadonlyMap<string, Finding> = new Map();

/** Findings by subject and rule; null is the portal. */
function subjectsOf(findings: readonly Finding[]): Map<string | null, Map<string, Finding>> {
  const bySubject = new Map<string | null, Map<string, Finding>>();
  for (const finding of findings) {
    const own = bySubject.get(finding.service) ?? new Map<string, Finding>();
    own.set(finding.rule, finding);
    bySubject.set(finding.service, own);
  }
  return bySubject;
}

const perStage = <T>(make: (stage: Stage) => T): Record<Stage, T> =>
  Object.fromEntries(STAGES.map((stage) => [stage, make(stage)])) as Record<Stage, T>;

function sum(
  catalogue: readonly IndicatorPlace[],
  stage: Stage | null,
  scope: Scope,
  findings: ReadonlyMap<string, Finding>,
  edition: Edition,
): Sum {
  const total = { ...EMPTY };
  for (const indicator of catalogue) {
    if (indicator.scope !== scope || (stage !== null && indicator.stage !== stage)) continue;
    const weight = edition.weights[indicator.id] ?? 0;
    total.nominal += weight;
    const verdict = findings.get(indicator.id)?.verdict;
    if (verdict === undefined) continue;
    total.ruled += weight;
    if (verdict === 'not-applicable') continue;
    total.applicable += weight;
    if (UNRESOLVED.includes(verdict)) continue;
    total.resolved += weight;
    total.earned += weight * valueOf(verdict, edition);
  }
  return total;
}

/** What a verdict is worth, 0…1. */
export const valueOf = (verdict: Verdict, { partialValue }: Edition): number =>
  verdict === 'pass' ? 1 : verdict === 'partial' ? partialValue : 0;

/** Nothing is known of it, and it counts for nothing. */
const UNMEASURED: StageScore = {
  score: null,
  estimate: null,
  low: 0,
  high: 100,
  resolved: 0,
  measured: 0,
  thin: false,
};

/** Points of a stage that a block stands for: one in which nothing applies, or has a rule yet, leaves all to the other. */
const blockShare = (block: Sum, other: Sum): number =>
  block.applicable === 0 ? 0 : other.applicable === 0 ? 100 : (100 * block.nominal) / (block.nominal + other.nominal);

/** Points of a stage for each unit of nominal weight in its two blocks; null where nothing of the stage applies. */
function blockUnits(portal: Sum, service: Sum): Readonly<Record<Scope, number>> | null {
  if (portal.applicable + service.applicable === 0) return null;
  const unit = (block: Sum, other: Sum): number =>
    block.applicable === 0 ? 0 : blockShare(block, other) / block.applicable;
  return { portal: unit(portal, service), service: unit(service, portal) };
}

function stageScore(portal: Sum, service: Sum, edition: Edition): StageScore {
  if (portal.applicable + service.applicable === 0) return UNMEASURED;
  const nominal = portal.nominal + service.nominal;
  const p = blockShare(portal, service);
  const s = blockShare(service, portal);
  const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
  const low = p * ratio(portal.earned, portal.applicable) + s * ratio(service.earned, service.applicable);
  const high =
    low +
    p * ratio(portal.applicable - portal.resolved, portal.applicable) +
    s * ratio(service.applicable - service.resolved, service.applicable);
  const resolved =
    (p * ratio(portal.resolved, portal.applicable) + s * ratio(service.resolved, service.applicable)) / 100;
  // the point stands on what is settled: each block's own ratio, weighed by the blocks that have one
  const pointShare = (portal.resolved > 0 ? p : 0) + (service.resolved > 0 ? s : 0);
  const point =
    pointShare === 0
      ? null
      : (100 *
          ((portal.resolved > 0 ? p * ratio(portal.earned, portal.resolved) : 0) +
            (service.resolved > 0 ? s * ratio(service.earned, service.resolved) : 0))) /
        pointShare;
  return {
    score: point !== null && resolved >= edition.coverageFloor ? point : null,
    estimate: point,
    low, high, resolved,
    measured: ratio(portal.ruled + service.ruled, nominal),
    thin: (portal.nominal > 0 && portal.ruled > 0 && portal.applicable === 0) || (service.nominal > 0 && service.ruled > 0 && service.applicable === 0),
  }; // prettier-ignore
}

/** The total of one service: stages weighed by the edition. A stage of which nothing is measured stays out, openly. */
function weigh(stages: Readonly<Record<Stage, StageScore>>, edition: Edition): StageScore {
  let weight = 0;
  let nominal = 0;
  let estimate = 0;
  let estimated = 0;
  const parts = { low: 0, high: 0, resolved: 0, measured: 0 };
  let thin = false;
  for (const stage of STAGES) {
    const share = edition.stageWeights[stage];
    const part = stages[stage];
    nominal += share;
    parts.measured += share * part.measured;
    if (part.measured === 0) continue;
    weight += share;
    parts.low += share * part.low;
    parts.high += share * part.high;
    parts.resolved += share * part.resolved;
    if (part.estimate !== null) {
      estimate += share * part.estimate;
      estimated += share;
    }
    thin ||= part.thin;
  }
  if (weight === 0) return UNMEASURED;
  const resolved = parts.resolved / weight;
  const point = estimated === 0 ? null : estimate / estimated;
  return {
    score: resolved >= edition.coverageFloor ? point : null,
    estimate: point,
    low: parts.low / weight,
    high: parts.high / weight,
    resolved,
    measured: parts.measured / nominal,
    thin,
  };
}

function mean(all: readonly StageScore[], edition: Edition): StageScore {
  const scores = all.filter(({ measured }) => measured > 0);
  if (scores.length === 0) return UNMEASURED;
  const of = (pick: (score: StageScore) => number): number =>
    scores.reduce((total, score) => total + pick(score), 0) / scores.length;
  const resolved = of((score) => score.resolved);
  const estimates = scores.map((score) => score.estimate).filter((estimate): estimate is number => estimate !== null);
  const point =
    estimates.length === 0 ? null : estimates.reduce((total, estimate) => total + estimate, 0) / estimates.length;
  return {
    score: resolved >= edition.coverageFloor ? point : null, estimate: point,
    low: of((score) => score.low), high: of((score) => score.high), resolved, measured: of((score) => score.measured), thin: scores.some((score) => score.thin),
  }; // prettier-ignore
}

function portalScore(
  catalogue: readonly IndicatorPlace[],
  portal: ReadonlyMap<string, Finding>,
  edition: Edition,
): StageScore {
  const total = { ...EMPTY };
  for (const stage of STAGES) {
    const part = sum(catalogue, stage, 'portal', portal, edition);
    const share = edition.stageWeights[stage] / 100;
    for (const key of Object.keys(total) as (keyof Sum)[]) total[key] += part[key] * share;
  }
  return stageScore(total, EMPTY, edition);
}

/** Nine digits tell any two scores apart and leave out the dust of binary fractions. */
export const exact = (value: number): number => Number(value.toFixed(9));

/** Two decimals, half up, as the reports print them; the order always uses the unrounded number. */
export function printed(score: number): string {
  return (Math.floor(score * 100 + 0.5 + 1e-9) / 100).toFixed(2);
}
