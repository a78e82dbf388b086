/**
 * `npm run bench:review [-- --seeds 2 --only wide --data FOLDER --json]`: what aimed review is worth. Simulated readers whose error is
 * known answer the cards of the real queue over verdicts whose truth is known, in the queue's order and in random ones at
 * the same cost. The cost is paid in readings of findings: a second reader and a senior cost as much as a first one, and
 * a card costs as much as it has findings.
 *
 * `ours`: the queue's order. `random`: all verdicts in random order, also those that the machine would settle alone.
 */
import { createHash } from 'node:crypto';
import { parseArgs } from 'node:util';
import { INDICATORS } from '../rules/catalogue.ts';
import { r5 } from '../rules/editions/r5.ts';
import { resultsOf, registryOfRound, takingPart } from '../src/audit/round.ts';
import { withData } from '../src/cli/compose.ts';
import { agreementOf, type Pair } from '../src/core/agreement.ts';
import type { Finding, Verdict } from '../src/core/model.ts';
import { openQueue, type Card, type Queue, type Reader } from '../src/core/queue.ts';
import { ANSWERS, reviewAfter, type Answer, type Purpose, type Rating } from '../src/core/rating.ts';
import type { Review } from '../src/core/round.ts';
import { scoreOrganization } from '../src/core/score.ts';
import { keyOf } from '../src/core/settle.ts';
import { replicate, stream } from '../src/core/uncertainty.ts';
import { inventVerdicts, type Body, type Country } from './desk-country.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '2' },
    /** Folder of data whose last round or audit is reviewed too, its truth being drawn from the confidences of its verdicts. */
    data: { type: 'string' },
    /** One of the countries: `wide`, `narrow`, `stored`. */
    only: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const seeds = Number(values.seeds);
if (!(Number.isInteger(seeds) && seeds >= 1 && seeds <= 20)) throw new Error('--seeds is a number from 1 to 20');

type Order = 'ours' | 'random';
const ORDERS: readonly Order[] = ['ours', 'random'];
/** Readings of findings, as a share of all verdicts. */
const STOPS = [0, 0.05, 0.1, 0.15, 0.25];
/** Share of all verdicts whose cards are under way at once: what is answered meanwhile does not move them. */
const AT_ONCE = 0.001;
const TARGET = 0.9;

const PEOPLE: readonly Reader[] = [
  ...['ali', 'sara', 'reza', 'mina', 'omid', 'nika'].map((id): Reader => ({ id, role: 'evaluator', ties: [] })),
  ...['parvin', 'kamran'].map((id): Reader => ({ id, role: 'senior', ties: [] })),
];

interface Point {
  readonly spearman: number;
  readonly kappa: number;
  readonly ac1: number;
  /** Decisions that people made until then. */
  readonly decisions: number;
  /** What the queue itself expects: share of pairs in the wrong order; and the share that is. */
  readonly expected: number;
  readonly wrong: number;
}

function simulate(country: Country, order: Order, error: number, seed: string): Point[] {
  const draw = stream('readers', seed, order, country.name, String(error));
  const queue = openQueue({
    round: seed, edition: r5, catalogue: INDICATORS, severe: new Set(), unseen: new Set(),
    digest: (text) => createHash('sha256').update(text).digest('base64url'),
  }); // prettier-ignore
  const verdicts = new Map<string, Verdict>();
  for (const { id, services, machine } of country.bodies) {
    for (const finding of machine) verdicts.set(keyOf(finding), finding.verdict);
    const shown = order === 'random' ? machine.map((one): Finding => ({ ...one, confidenceBasis: 'prior' })) : machine;
    queue.setOrganization(id, services, shown, true);
  }
  const reviews = new Map<string, Review>();
  const atOnce = Math.max(PEOPLE.length, Math.round(AT_ONCE * verdicts.size));
  let cost = 0;
  let decisions = 0;

  function answer(card: Card, person: Reader, purpose: Purpose, blind: boolean): void {
    const truth = country.truth.get(keyOf(card.findings[0]!))!;
    const answer: Answer = draw() < error ? wrongly(truth, draw) : (truth as Answer);
    const decision = `d${decisions++}`;
    const ratings = card.findings.map((key): Rating => ({ ...key, answer, purpose, blind, by: person.id, at: '', seconds: 10, note: '', seen: card.seen, decision })); // prettier-ignore
    const made = ratings.flatMap((rating): Review[] => {
      const key = keyOf(rating);
      const own = [...queue.ratingsOf(rating), rating];
      const review = purpose === 'known' ? null : reviewAfter(own, card.readersNeeded, reviews.get(key) ?? null);
      return review ? [review] : [];
    });
    for (const review of made) {
      reviews.set(keyOf(review), review);
      if (review.verdict !== null) verdicts.set(keyOf(review), review.verdict);
    }
    queue.apply(ratings, made);
    cost += card.findings.length;
  }

  const points: Point[] = [];
  const shuffled =
    order === 'ours'
      ? []
      : shuffle(
          queue.page({}, 0, Infinity).cards.map(({ id }) => id),
          draw,
        );
  /** Cards that have begun are ended before others are begun. */
  const begun: string[] = [];
  for (const stop of STOPS) {
    while (cost < stop * verdicts.size) {
      const held = new Set<string>();
      if (order === 'ours') {
        // everybody asks for a card as at the desk, which mixes in the sample and known ones; the others are the next in order
        const asked = PEOPLE.flatMap((person) => {
          const served = queue.next(person, {}, held);
          if (served) held.add(served.card.id);
          return served ? [{ person, served }] : [];
        });
        const rest = queue.page({}, 0, atOnce).cards.flatMap(({ id }) => {
          if (held.has(id)) return [];
          const person = whoMay(queue, id, draw);
          return person ? [person] : [];
        });
        if (asked.length + rest.length === 0) break;
        for (const { person, served } of [...asked, ...rest]) answer(served.card, person, served.purpose, served.blind);
      } else {
        const ids = [...begun.splice(0), ...shuffled.splice(-atOnce)];
        const chosen = ids.flatMap((id) => {
          const person = whoMay(queue, id, draw);
          return person ? [{ id, ...person }] : [];
        });
        if (chosen.length === 0 && shuffled.length === 0) break;
        for (const { id, person, served } of chosen) {
          answer(served.card, person, served.purpose, served.blind);
          begun.push(id);
        }
      }
    }
    points.push(measure(country, queue, verdicts, decisions));
  }
  return points;
}

function whoMay(
  queue: Queue,
  id: string,
  draw: () => number,
): { person: Reader; served: NonNullable<ReturnType<Queue['serve']>> } | null {
  // prettier-ignore
  const start = Math.floor(draw() * PEOPLE.length);
  for (let at = 0; at < PEOPLE.length; at++) {
    const person = PEOPLE[(start + at) % PEOPLE.length]!;
    const served = queue.serve(id, person);
    if (served && served.purpose !== 'known') return { person, served };
  }
  return null;
}

function measure(country: Country, queue: Queue, verdicts: ReadonlyMap<string, Verdict>, decisions: number): Point {
  const published = country.bodies.map(({ id }) => queue.score(id).total.estimate ?? 0);
  const totals = country.bodies.map(({ total }) => total);
  const pairs: Pair[] = [];
  for (const [key, verdict] of verdicts) {
    const truth = country.truth.get(key);
    if (isAnswer(verdict) && verdict !== 'unclear' && isAnswer(truth)) pairs.push([verdict, truth]);
  }
  const { kappa, ac1 } = agreementOf(pairs);
  const { pairs: all, misordered } = queue.outlook();
  let wrong = 0;
  for (let a = 0; a < totals.length; a++)
    for (let b = 0; b < a; b++) if ((published[a]! - published[b]!) * (totals[a]! - totals[b]!) < 0) wrong++;
  return { spearman: spearman(published, totals), kappa: kappa ?? 0, ac1: ac1 ?? 0, decisions, expected: misordered / all, wrong: wrong / all }; // prettier-ignore
}

const isAnswer = (verdict: Verdict | undefined): verdict is Answer => (ANSWERS as readonly unknown[]).includes(verdict);

function wrongly(truth: Verdict, draw: () => number): Answer {
  const others = (['pass', 'partial', 'fail', 'unclear'] as const).filter((answer) => answer !== truth);
  return others[Math.floor(draw() * others.length)]!;
}

function shuffle<T>(items: T[], draw: () => number): T[] {
  for (let at = items.length - 1; at > 0; at--) {
    const other = Math.floor(draw() * (at + 1));
    [items[at], items[other]] = [items[other]!, items[at]!];
  }
  return items;
}

function spearman(first: readonly number[], second: readonly number[]): number {
  const ranks = (numbers: readonly number[]): number[] =>
    numbers.map((own) => numbers.filter((other) => other < own).length + numbers.filter((other) => other === own).length / 2); // prettier-ignore
  return correlation(ranks(first), ranks(second));
}

function correlation(first: readonly number[], second: readonly number[]): number {
  const [a, b] = [mean(first), mean(second)];
  const covariance = mean(first.map((own, at) => (own - a) * (second[at]! - b)));
  return covariance / (spreadOf(first) * spreadOf(second));
}

const mean = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
function spreadOf(numbers: readonly number[]): number {
  const middle = mean(numbers);
  return Math.sqrt(mean(numbers.map((number) => (number - middle) ** 2)));
}

/**
 * What was found last in a folder, by a round or else by an audit, with a truth that its verdicts and their confidences
 * may stand for.
 */
async function storedRound(folder: string, seed: string): Promise<Country> {
  return withData(folder, async ({ store }) => {
    const [round] = await store.listRounds();
    const [audit] = await store.listAudits();
    if (!audit) throw new Error(`nothing was audited in ${folder}`);
    const registry = round ? await registryOfRound(store, round) : (await store.getRegistry(audit.id))!;
    const ofRound = round && (await resultsOf(store, round));
    const read = ofRound ?? (async (id: string) => ({ machine: await store.listFindings(audit.id, id) }));
    const truth = new Map<string, Verdict>();
    const bodies: Body[] = [];
    for (const { id } of takingPart(registry)) {
      const services = registry.services.filter(({ organizationId }) => organizationId === id);
      const { machine } = await read(id);
      const actual = replicate(id, machine, { seed }, 0);
      for (const finding of actual) truth.set(keyOf(finding), finding.verdict);
      const { total } = scoreOrganization(id, services, actual, r5, INDICATORS);
      // whose pages could not be seen has no rank, whatever people answer
      const answered = machine.map((one): Finding => (one.verdict === 'unclear' ? { ...one, verdict: 'pass' } : one));
      const isRanked = scoreOrganization(id, services, answered, r5, INDICATORS).total.score !== null;
      if (total.score !== null && isRanked) bodies.push({ id, services, machine, total: total.score });
    }
    return { name: 'stored', truth, bodies };
  });
}

// ---------------------------------------------------------------- the table

const begun = performance.now();
const kinds: readonly { readonly name: string; readonly make: (seed: string) => Country | Promise<Country> }[] = [
  { name: 'wide', make: (seed) => inventVerdicts(seed, false) },
  { name: 'narrow', make: (seed) => inventVerdicts(seed, true) },
  ...(values.data ? [{ name: 'stored', make: (seed: string) => storedRound(values.data!, seed) }] : []),
];
const rows: object[] = [];
const out = (line: string): void => {
  if (!values.json) process.stdout.write(`${line}\n`);
};
const spread = (numbers: readonly number[]): string => `${mean(numbers).toFixed(3)} ±${spreadOf(numbers).toFixed(3)}`;
for (const { name, make } of kinds.filter((kind) => (values.only ?? kind.name) === kind.name)) {
  const countries: Country[] = [];
  for (let seed = 1; seed <= seeds; seed++) countries.push(await make(String(seed)));
  picture(countries);
  for (const error of [0.05, 0.1]) {
    out(`\n${name}, readers wrong ${error * 100} %\norder      cost  decisions  Spearman       kappa          AC1            wrong pairs (expected)`); // prettier-ignore
    for (const order of ORDERS) {
      const runs = countries.map((country, at) => simulate(country, order, error, String(at + 1)));
      STOPS.forEach((stop, at) => {
        const own = runs.map((points) => points[at]!);
        const of = (pick: (point: Point) => number): number[] => own.map(pick);
        rows.push({ country: name, error, order, cost: stop, ...Object.fromEntries((['spearman', 'kappa', 'ac1', 'decisions', 'wrong', 'expected'] as const).map((key) => [key, mean(of((point) => point[key]))])) }); // prettier-ignore
        out(
          `${order.padEnd(9)} ${`${stop * 100} %`.padStart(5)} ${mean(of((point) => point.decisions))
            .toFixed(0)
            .padStart(
              10,
            )}  ${spread(of((point) => point.spearman))}  ${spread(of((point) => point.kappa))}  ${spread(of((point) => point.ac1))}  ${mean(of((point) => point.wrong)).toFixed(3)} (${mean(of((point) => point.expected)).toFixed(3)})`,
        );
      });
    }
  }
}
out(`\n${((performance.now() - begun) / 1000).toFixed(0)} s`);
if (values.json) process.stdout.write(`${JSON.stringify({ target: TARGET, seeds, rows })}\n`);

/** What the countries are like, to be held against the figures of real ones. */
function picture(countries: readonly Country[]): void {
  for (const { name, bodies, truth } of countries) {
    const totals = bodies.map(({ total }) => total);
    const machine = bodies.flatMap((body) => body.machine);
    const right = (said: (verdict: Verdict) => boolean): number => {
      const own = machine.filter(({ verdict }) => said(verdict));
      return own.filter((finding) => said(truth.get(keyOf(finding))!)).length / own.length;
    };
    out(
      `${name}: ${bodies.length} organizations, ${machine.length} verdicts, totals ${mean(totals).toFixed(1)} ±${spreadOf(totals).toFixed(1)} (${Math.min(...totals).toFixed(1)} to ${Math.max(...totals).toFixed(1)}); present right ${right((verdict) => verdict === 'pass' || verdict === 'partial').toFixed(3)}, absent right ${right((verdict) => verdict === 'fail').toFixed(3)}, open ${(machine.filter(({ verdict }) => verdict === 'unclear').length / machine.length).toFixed(3)}`,
    );
  }
}
