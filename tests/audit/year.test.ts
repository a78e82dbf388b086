/**
 * Four rounds in a year over real pages that change between them in known ways. What each growth must be is worked out
 * here from the verdicts that the changes must cause, by the formula of the method (catalogue, section 5.1), apart from
 * the program's own arithmetic.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { INDICATORS } from '../../rules/catalogue.ts';
import { r4 } from '../../rules/editions/r4.ts';
import { r5 } from '../../rules/editions/r5.ts';
import { crawlsMade } from '../../src/audit/audit-organization.ts';
import { pairsOf } from '../../src/audit/pairs.ts';
import { roundOf, reviewFinding, verifyRound } from '../../src/audit/round.ts';
import { indicators, rulesDigest } from '../../src/cli/compose.ts';
import { judgeInRound } from '../../src/cli/rounds.ts';
import { compareRounds, type OrganizationGrowth, type RoundsComparison } from '../../src/core/compare.ts';
import type { Edition } from '../../src/core/edition.ts';
import { STAGES, UNRESOLVED, type Finding, type Verdict } from '../../src/core/model.ts';
import { beginYear, type Year } from './year.ts';

/** The stricter edition with what it is strict about taken back: presence and integration are measured as in `r4`. */
const lenient: Edition = { ...r4, id: 'lenient', stageWeights: r5.stageWeights };
const strict = r5;

const ORGANIZATIONS = ['mojavez', 'behdasht', 'baharshahr'];

/** What the removal of the one form for reporting side effects must change: [rule, before, after]. */
const FORM_REMOVED: readonly (readonly [string, Verdict, Verdict])[] = [
  ['presence/home-link-to-system', 'pass', 'partial'], // the page was the place where it is done, and is only a page now
  ['presence/system-link-live', 'not-applicable', 'fail'], // done on the page itself, and now nowhere
  ['interaction/form-online', 'pass', 'fail'],
  ['interaction/form-downloadable', 'pass', 'fail'],
  ['interaction/form-labels', 'partial', 'not-applicable'], // nothing is left that could be labelled
  ['interaction/form-validation', 'fail', 'not-applicable'],
  ['interaction/submission-channels', 'partial', 'fail'],
  ['interaction/form-mobile', 'blocked', 'fail'], // without a browser the form could not be measured
  ['transaction/end-to-end-online', 'partial', 'fail'],
  ['integration/return-path', 'not-applicable', 'fail'], // of a system that the page was itself
];

/** What the stricter edition must change on the same pages: [subject, rule, before, after]. */
const STRICTER: readonly (readonly [string, string, Verdict, Verdict])[] = [
  ['mojavez-neshani', 'presence/home-link-to-system', 'pass', 'partial'], // a link that does not name the system
  ['mojavez-amuzesh', 'presence/home-link-to-system', 'pass', 'partial'], // two clicks
  ['behdasht', 'integration/org-single-window', 'pass', 'partial'], // a list of links
  ['behdasht-masul-fanni', 'integration/national-sso', 'partial', 'fail'], // a logo
  ['behdasht-masul-fanni', 'integration/prefilled-inquiry', 'pass', 'partial'], // an agency is named, no answer is
  ['behdasht-tasis', 'integration/national-sso', 'partial', 'fail'],
  ['behdasht-kart', 'integration/national-sso', 'partial', 'fail'],
  ['baharshahr', 'integration/org-single-window', 'pass', 'partial'],
  ['baharshahr-nosazi', 'integration/national-sso', 'partial', 'fail'],
  ['baharshahr-khodro', 'presence/home-link-to-system', 'pass', 'partial'],
  ['baharshahr-estelam', 'presence/home-link-to-system', 'pass', 'partial'],
];

let year: Year;
const findings: Record<string, readonly Finding[]> = {};
const growth: Record<string, RoundsComparison> = {};

beforeAll(async () => {
  year = beginYear(ORGANIZATIONS, Date.UTC(2026, 11, 22));
  const { data } = year;
  let salon = '';
  year.edit('services.csv', (text) => {
    salon = /^baharshahr-salon,.*\n/m.exec(text)![0];
    return text.replace(salon, '');
  });
  await lookAndPublish('first', lenient);

  year.edit('services.csv', (text) => `${text.trimEnd()}\n${salon}`);
  year.edit('sites/behdasht-negar.example/khadamat/gozaresh-daroo.html', (text) =>
    text.replace(/<form method="post"[\s\S]*?<\/form>/, ''),
  );
  year.moveSite('parvaneh.behdasht-negar.example', 'samaneh.behdasht-negar.example');
  for (const file of ['services.csv', 'registry.yaml', 'sites/behdasht-negar.example/index.html', 'sites/behdasht-negar.example/khadamat/masul-fanni.html', 'sites/dargah-negar.example/s340.html', 'sites/dargah-negar.example/s341.html'])
    year.edit(file, (text) => text.replaceAll('parvaneh.behdasht', 'samaneh.behdasht')); // prettier-ignore
  await year.pass(75);
  await lookAndPublish('second', lenient, 'mojavez-negar.example');

  await year.pass(75);
  await year.look('third', lenient);
  const poll = (await data.store.listFindings('round-third', 'mojavez')).find(
    ({ service, rule }) => service === null && rule === 'participation/poll',
  )!;
  expect(poll.verdict).toBe('pass');
  await reviewFinding(
    data.store,
    await roundOf(data.store, 'third'),
    { organization: 'mojavez', service: null, rule: poll.rule, verdict: 'fail', basis: 'review', by: 'sara', at: new Date(year.clock.now()).toISOString(), note: 'it closed years ago', attachments: [] },
  ); // prettier-ignore
  await year.publish('third');
  findings['third'] = await data.store.listFindings('round-third');

  await year.pass(75);
  await lookAndPublish('fourth', strict);

  for (const [before, after] of [['first', 'second'], ['second', 'third'], ['third', 'fourth']] as const)
    growth[after] = await compared(before, after); // prettier-ignore
}, 240_000);
afterAll(() => year.close());

async function lookAndPublish(id: string, edition: Edition, outageOf?: string): Promise<void> {
  await year.look(id, edition, outageOf ? { host: outageOf, from: 0, days: 7 } : undefined);
  await year.publish(id);
  findings[id] = await year.data.store.listFindings(`round-${id}`);
}

async function compared(before: string, after: string): Promise<RoundsComparison> {
  const { data } = year;
  const [earlier, later] = [await roundOf(data.store, before), await roundOf(data.store, after)];
  const pairs = pairsOf(data.store, earlier, later, {
    rulesDigest,
    backcast: true,
    judge: (round, registry, auditId, id, edition) => judgeInRound(data, round, registry, auditId, id, edition),
    onUnbridged: (id, why) => expect.unreachable(`${id}: ${why}`),
  });
  return compareRounds(pairs, { before: earlier.edition, after: later.edition, catalogue: indicators });
}

// ---------------------------------------------------------------- by hand

/** Verdicts of one organization: subject (its own id for the portal) and rule → verdict. */
type Table = ReadonlyMap<string, Verdict>;
const cell = (subject: string, rule: string): string => `${subject} ${rule}`;

const tableOf = (id: string, organization: string): Table =>
  new Map(
    findings[id]!.filter((finding) => finding.organization === organization).map(({ service, rule, verdict }) => [
      cell(service ?? organization, rule),
      verdict,
    ]),
  );

const changed = (table: Table, changes: readonly (readonly [string, string, Verdict, Verdict])[]): Table => {
  const after = new Map(table);
  for (const [subject, rule, , verdict] of changes)
    if (after.has(cell(subject, rule))) after.set(cell(subject, rule), verdict);
  return after;
};

const VALUE: Partial<Record<Verdict, number>> = { pass: 1, partial: 0.5, fail: 0 };

/** The total of an organization as section 5.1 of the catalogue has it, on the verdicts that are settled. */
function total(table: Table, organization: string, services: readonly string[]): number {
  const share = (subject: string, stage: string, scope: string): { nominal: number; ratio: number | null } => {
    const rules = INDICATORS.filter((rule) => rule.stage === stage && rule.scope === scope);
    let [weight, earned] = [0, 0];
    for (const { id, weight: own } of rules) {
      const value = VALUE[table.get(cell(subject, id)) ?? 'error'];
      if (value === undefined) continue;
      weight += own;
      earned += own * value;
    }
    return { nominal: rules.reduce((sum, rule) => sum + rule.weight, 0), ratio: weight === 0 ? null : earned / weight };
  };
  const totals = services.map((service) => {
    let points = 0;
    for (const stage of STAGES) {
      const blocks = [share(organization, stage, 'portal'), share(service, stage, 'service')];
      const known = blocks.filter(({ ratio }) => ratio !== null);
      const nominal = known.reduce((sum, block) => sum + block.nominal, 0);
      points +=
        strict.stageWeights[stage] * known.reduce((sum, block) => sum + (block.nominal * block.ratio!) / nominal, 0);
    }
    return points;
  });
  return totals.reduce((sum, points) => sum + points, 0) / totals.length;
}

/** Only what is settled in both tables. */
const common = (table: Table, other: Table): Table =>
  new Map(
    [...table].filter(([key, verdict]) => {
      const there = other.get(key);
      return there !== undefined && !UNRESOLVED.includes(verdict) && !UNRESOLVED.includes(there);
    }),
  );

const leavesIn = (table: Table, organization: string): string[] => [
  ...new Set([...table.keys()].map((key) => key.split(' ')[0]!).filter((subject) => subject !== organization)),
];

const growthOf = (id: string, organization: string): OrganizationGrowth =>
  growth[id]!.organizations.find((one) => one.organization === organization)!;

const printed = (number: number | null | undefined): string => (number ?? NaN).toFixed(2).replace('-0.00', '0.00');

/** The parts of an organization's growth, printed as they are published: with two decimals. */
const partsOf = (id: string, organization: string) => {
  const { points, parts } = growthOf(id, organization).total;
  return {
    growth: printed(points),
    real: printed(parts?.real),
    ruler: printed(parts?.ruler),
    coverage: printed(parts?.coverage),
    review: printed(parts?.review),
  };
};
const NOTHING = { growth: '0.00', real: '0.00', ruler: '0.00', coverage: '0.00', review: '0.00' };

/** All verdicts that differ between two rounds, as [subject, rule, before, after]. */
function differences(before: string, after: string): string[] {
  return ORGANIZATIONS.flatMap((organization) => {
    const [earlier, later] = [tableOf(before, organization), tableOf(after, organization)];
    return [...later].flatMap(([key, verdict]) => {
      const was = earlier.get(key);
      return was === undefined || was === verdict ? [] : [`${key} ${was} ${verdict}`];
    });
  }).sort();
}

describe('a year of rounds', () => {
  it('finds what was changed on the pages between the first two rounds, and nothing else', () => {
    const planted = FORM_REMOVED.map(([rule, before, after]) => `behdasht-daroo ${rule} ${before} ${after}`);
    expect(differences('first', 'second')).toEqual(planted.sort());
  });

  it('counts a removed form as real change, to two decimals', () => {
    const before = tableOf('first', 'behdasht');
    const after = changed(before, FORM_REMOVED.map(([rule, was, is]) => ['behdasht-daroo', rule, was, is] as const)); // prettier-ignore
    const services = leavesIn(before, 'behdasht');
    const on = (table: Table): number => total(table, 'behdasht', services);
    const real = on(common(after, before)) - on(common(before, after));
    // what could not be measured before, and is seen to fail now, is no change of the service
    const coverage = on(after) - on(common(after, before));
    expect(real).toBeLessThan(-1);
    expect(partsOf('second', 'behdasht')).toEqual({
      ...NOTHING,
      growth: printed(real + coverage),
      real: printed(real),
      coverage: printed(coverage),
    });
  });

  it('counts an added service as change of coverage', () => {
    const table = tableOf('second', 'baharshahr');
    const all = leavesIn(table, 'baharshahr');
    const coverage =
      total(table, 'baharshahr', all) - total(table, 'baharshahr', all.filter((id) => id !== 'baharshahr-salon')); // prettier-ignore
    expect(Math.abs(coverage)).toBeGreaterThan(0.1);
    expect(partsOf('second', 'baharshahr')).toEqual({ ...NOTHING, growth: printed(coverage), coverage: printed(coverage) }); // prettier-ignore
    expect(growthOf('second', 'baharshahr').changes.new.map(({ id }) => id)).toEqual(['baharshahr-salon']);
  });

  it('says that a system has moved, which is no growth', () => {
    const moved = growthOf('second', 'behdasht').changes.moved.map(({ id, system }) => [id, system?.after]);
    expect(moved).toContainEqual(['behdasht-masul-fanni', expect.stringContaining('samaneh.behdasht-negar.example')]);
  });

  it('lets a week of outage move no score, because other days tell', async () => {
    const looks = await year.data.store.listSnapshots('round-second', 'mojavez');
    expect(crawlsMade(looks).map(({ isGood }) => isGood)).toEqual([false, true, true]);
    expect(partsOf('second', 'mojavez')).toEqual(NOTHING);
    expect(growthOf('second', 'mojavez').total.after.score).not.toBeNull();
  });

  it('finds no growth where nothing was changed', () => {
    for (const id of ['behdasht', 'baharshahr']) expect(partsOf('third', id)).toEqual(NOTHING);
    expect(differences('second', 'third')).toEqual([]);
  });

  it('counts a person’s decision as change by review, and its absence in the next round likewise', () => {
    const table = tableOf('third', 'mojavez');
    const services = leavesIn(table, 'mojavez');
    const reviewed = changed(table, [['mojavez', 'participation/poll', 'pass', 'fail']]);
    const review = total(reviewed, 'mojavez', services) - total(table, 'mojavez', services);
    expect(review).toBeLessThan(-0.1);
    expect(partsOf('third', 'mojavez')).toEqual({ ...NOTHING, growth: printed(review), review: printed(review) });
    expect(partsOf('fourth', 'mojavez').review).toBe(printed(-review));
  });

  it('judges more strictly what the stricter edition is strict about, and nothing else', () => {
    const planted = STRICTER.map(([subject, rule, before, after]) => `${subject} ${rule} ${before} ${after}`);
    expect(differences('third', 'fourth')).toEqual(planted.sort());
  });

  it.each(ORGANIZATIONS)(
    'counts what the stricter edition takes from %s as change of edition, to two decimals',
    (organization) => {
      const before = tableOf('third', organization);
      const after = changed(before, STRICTER);
      const services = leavesIn(before, organization);
      const on = (table: Table): number => total(table, organization, services);
      const ruler = on(common(after, before)) - on(common(before, after));
      // what only one edition could settle
      const coverage = on(common(before, after)) - on(before) + on(after) - on(common(after, before));
      const { growth: _, review: __, ...parts } = partsOf('fourth', organization);
      expect(parts).toEqual({ real: '0.00', ruler: printed(ruler), coverage: printed(coverage) });
    },
  );

  it('comes to the same real change by the later edition', () => {
    for (const { total: own } of growth['fourth']!.organizations) expect(printed(own.realByLater)).toBe('0.00');
  });

  it('proves every one of the four rounds', async () => {
    const { data } = year;
    for (const id of ['first', 'second', 'third', 'fourth']) {
      const proof = await verifyRound(data.store, await roundOf(data.store, id), indicators, async (ref) => {
        const found = await data.blobs.check(ref);
        return found.state === 'whole' ? null : found;
      });
      expect(proof.broken).toEqual([]);
      expect(proof.files).toBeGreaterThan(50);
    }
  });
});
