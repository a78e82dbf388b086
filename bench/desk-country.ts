/** A country of verdicts with known truth, for the benchmark of the desk: no pages, only what rules would have said. */
import { INDICATORS } from '../rules/catalogue.ts';
import { r5 } from '../rules/editions/r5.ts';
import type { Finding, Service, Stage, Verdict } from '../src/core/model.ts';
import { scoreOrganization } from '../src/core/score.ts';
import { keyOf } from '../src/core/settle.ts';
import { stream } from '../src/core/uncertainty.ts';

export interface Body {
  readonly id: string;
  readonly services: readonly Service[];
  readonly machine: readonly Finding[];
  /** Total by the truth. */
  readonly total: number;
}

export interface Country {
  readonly name: string;
  readonly bodies: readonly Body[];
  readonly truth: ReadonlyMap<string, Verdict>;
}

const ORGANIZATIONS = 105;
const SERVICES = 2207;
/** Verdicts that are right, on real portals: 29 of them, 10,370 decisions. */
export const PRESENT_RIGHT = 0.94;
export const ABSENT_RIGHT = 0.67;
/** Verdicts that the machine leaves to people. */
const UNCLEAR = 0.05;
/** A service follows the truth of its organization's template so often. */
const TEMPLATE = 0.88;
/** The machine errs on all services of a template together so often; else on each by itself. */
const TOGETHER = 0.7;
/** Services that share a system, and so the evidence on it, at most; and the share of rules whose evidence lies there. */
const SYSTEM = 4;
const ON_SYSTEM = 0.35;
const PARTIAL = 0.2;
/** Labelled cases from which each rule's confidence comes. */
const LABELLED = 20;

/** How present things are on average, and how organizations differ, on the scale of log-odds. */
const LEVEL: Readonly<Record<Stage, number>> = { presence: 0.9, interaction: 0.9, transaction: 0.8, integration: 0.2, participation: 0.4 }; // prettier-ignore
const COMMON = 0.85;
const OF_STAGE = 1.1;
/** Points within which all totals of the hard country lie. */
const NARROW = 15;

const logistic = (x: number): number => 1 / (1 + Math.exp(-x));
const gauss = (draw: () => number): number => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());

export function inventVerdicts(seed: string, isNarrow: boolean): Country {
  const truth = new Map<string, Verdict>();
  const draw = stream('country', seed, String(isNarrow));
  const sizes = sizesOf(draw);
  const rules = INDICATORS.map((indicator) => ({
    ...indicator,
    ease: 0.9 * gauss(draw),
    isOnSystem: draw() < ON_SYSTEM,
    /** Rules differ in how often they are wrong. */
    care: Math.exp(0.4 * gauss(draw)),
  }));
  const bodies: { id: string; services: Service[]; facts: Fact[]; total: number }[] = [];
  sizes.forEach((size, at) => {
    const id = `org${at}`;
    const services = Array.from({ length: size }, (_, number) => aService(`${id}-${number}`, id));
    const systems = systemsOf(size, draw);
    for (let tries = 0; ; tries++) {
      const facts = factsOf(rules, services, systems, isNarrow ? 0.15 : 1, draw);
      const findings = facts.map(({ rule, service, truth: verdict }) => aFinding(id, service, rule.id, verdict));
      const total = scoreOrganization(id, services, findings, r5, INDICATORS).total.score!;
      if (isNarrow && Math.abs(total - 60) > NARROW / 2 && tries < 20) continue;
      bodies.push({ id, services, facts, total });
      break;
    }
  });
  // errors that keep the shares of right verdicts, whatever the truth: first over the country, then for each rule
  const all = bodies.flatMap(({ facts }) => facts);
  const present = all.filter((fact) => fact.truth !== 'fail').length / all.length;
  const saidPresent = (present - (1 - ABSENT_RIGHT)) / (PRESENT_RIGHT - (1 - ABSENT_RIGHT));
  const missed = 1 - (PRESENT_RIGHT * saidPresent) / present;
  const invented = ((1 - PRESENT_RIGHT) * saidPresent) / (1 - present);
  const said = new Map<string, { present: number; absent: number; wrongPresent: number; wrongAbsent: number }>();
  const judged = bodies.map(({ id, services, facts, total }) => {
    const shared = new Map<string, { error: number; open: number }>();
    const findings = facts.map((fact) => {
      const { rule, service } = fact;
      const kind = fact.truth === 'fail';
      const group = `${rule.id} ${kind}`;
      let own = shared.get(group);
      if (!own) shared.set(group, (own = { error: draw(), open: draw() }));
      // what shares its evidence is judged alike
      const single = stream(seed, id, rule.id, fact.source, String(kind));
      const isTogether = single() < TOGETHER;
      const [error, open] = [single(), single()];
      const rate = Math.min(0.9, (kind ? invented : missed) * rule.care * 0.95);
      let verdict: Verdict = fact.truth;
      if ((isTogether ? own.error : error) < rate) verdict = kind ? (single() < 0.3 ? 'partial' : 'pass') : 'fail';
      if ((isTogether ? own.open : open) < UNCLEAR) verdict = 'unclear';
      const counts = said.get(rule.id) ?? { present: 0, absent: 0, wrongPresent: 0, wrongAbsent: 0 };
      said.set(rule.id, counts);
      if (verdict === 'fail') {
        counts.absent++;
        if (fact.truth !== 'fail') counts.wrongAbsent++;
      } else if (verdict !== 'unclear') {
        counts.present++;
        if (fact.truth === 'fail') counts.wrongPresent++;
      }
      const finding = aFinding(id, service, rule.id, verdict);
      truth.set(keyOf(finding), fact.truth);
      const url = `https://${id}.ir/${fact.source}`;
      return verdict === 'fail'
        ? { ...finding, searched: [{ place: 'page', url, read: true, detail: '' }] }
        : { ...finding, evidence: [{ url, snapshot: '', selector: 'p', quote: rule.id, language: null }] };
    });
    return { id, services, findings, total };
  });
  // what is known of each rule comes from a few labelled cases
  const trust = new Map(
    [...said].map(([rule, counts]) => {
      const measure = (wrong: number, all_: number): number => {
        let right = 0;
        for (let at = 0; at < LABELLED; at++) if (draw() >= wrong / Math.max(1, all_)) right++;
        return (right + 1) / (LABELLED + 2);
      };
      return [rule, { present: measure(counts.wrongPresent, counts.present), absent: measure(counts.wrongAbsent, counts.absent) }]; // prettier-ignore
    }),
  );
  return {
    name: isNarrow ? 'narrow' : 'wide',
    truth,
    bodies: judged.map(({ id, services, findings, total }) => ({
      id, services, total,
      machine: findings.map((finding) => {
        const known = trust.get(finding.rule)!;
        return { ...finding, confidence: finding.verdict === 'unclear' ? 0.5 : finding.verdict === 'fail' ? known.absent : known.present };
      }),
    })),
  }; // prettier-ignore
}

interface Fact {
  readonly rule: { readonly id: string; readonly care: number };
  readonly service: string | null;
  readonly truth: Verdict;
  /** Page on which it stands: that of the service, or of the system that it shares. */
  readonly source: string;
}

function factsOf(
  rules: readonly (Fact['rule'] & { stage: Stage; scope: string; ease: number; isOnSystem: boolean })[],
  services: readonly Service[],
  systems: readonly number[],
  spread: number,
  draw: () => number,
): Fact[] {
  const common = gauss(draw) * COMMON * spread;
  const levels = Object.fromEntries(
    Object.entries(LEVEL).map(([stage, level]) => [stage, level + common + gauss(draw) * OF_STAGE * spread]),
  );
  const verdict = (rate: number): Verdict => (draw() >= rate ? 'fail' : draw() < PARTIAL ? 'partial' : 'pass');
  return rules.flatMap((rule): Fact[] => {
    const rate = logistic(levels[rule.stage]! + rule.ease);
    const template = verdict(rate);
    if (rule.scope === 'portal') return [{ rule, service: null, truth: template, source: 'home' }];
    const bySource = new Map<string, Verdict>();
    return services.map(({ id }, at) => {
      const source = rule.isOnSystem ? `system/${systems[at]}` : `service/${id}`;
      let own = bySource.get(source);
      if (own === undefined) bySource.set(source, (own = draw() < TEMPLATE ? template : verdict(rate)));
      return { rule, service: id, truth: own, source };
    });
  });
}

/** As many services as the country has, a few organizations having most of them. */
function sizesOf(draw: () => number): number[] {
  const shares = Array.from({ length: ORGANIZATIONS }, () => Math.exp(0.9 * gauss(draw)));
  const sum = shares.reduce((total, share) => total + share, 0);
  const sizes = shares.map((share) => Math.max(1, Math.round((share / sum) * SERVICES)));
  const largest = sizes.indexOf(Math.max(...sizes));
  sizes[largest]! += SERVICES - sizes.reduce((total, size) => total + size, 0);
  return sizes;
}

/** The number of each service's system. */
function systemsOf(size: number, draw: () => number): number[] {
  const systems: number[] = [];
  for (let system = 0; systems.length < size; system++)
    for (let left = 1 + Math.floor(draw() * SYSTEM); left > 0 && systems.length < size; left--) systems.push(system);
  return systems;
}

const aService = (id: string, organizationId: string): Service => ({
  id, organizationId, parentId: null, code: null, titles: { fa: id, en: id }, pageUrl: null, systemUrl: null, profile: [], extra: {},
}); // prettier-ignore

const NO_TEXT = { fa: '', en: '' };
const aFinding = (organization: string, service: string | null, rule: string, verdict: Verdict): Finding => ({
  organization, service, rule, version: 1, verdict, outcome: verdict, message: NO_TEXT, level: 2,
  confidence: 0.5, confidenceBasis: 'measured', confidenceCases: LABELLED, evidence: [], searched: [],
}); // prettier-ignore
