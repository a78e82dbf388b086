/**
 * What every rule owes, whatever it measures (design, section 6), and how its verdict must answer when the same evidence
 * is shown in another way (catalogue, section 8.1). The cases are those of the rules' own tests: each relation is
 * tried on every case whose verdict it is about, and a rule without such a case fails here.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { INDICATORS } from '../../rules/catalogue.ts';
import { EDITIONS } from '../../rules/editions/index.ts';
import { r4 } from '../../rules/editions/r4.ts';
import { r5 } from '../../rules/editions/r5.ts';
import { RULES } from '../../rules/index.ts';
import { CONCEPTS, LANGUAGES } from '../../rules/lexicon/index.ts';
import { GOALS, PROFILES, STAGES, type FetchOutcome, type Finding } from '../../src/core/model.ts';
import type { Rule } from '../../src/core/rule.ts';
import {
  FILLERS,
  OUT_OF_SIGHT,
  PAGE_VARIANTS,
  TWICE,
  valuesReplacedBy,
  VARIANTS,
  WITHOUT_SCRIPTS,
} from '../variants.ts';
import { findingOf, PORTAL, SERVICE_PAGE, SYSTEM, type RuleCase } from './test-rule.ts';

const recorded = vi.hoisted(() => new Map<string, unknown>());
vi.mock('./test-rule.ts', async (original) => ({
  ...(await original<typeof import('./test-rule.ts')>()),
  testRule: (rule: { id: string }, cases: unknown) => void recorded.set(rule.id, cases),
}));
const fileNames = (folder: string): string[] =>
  readdirSync(join(import.meta.dirname, folder)).filter((file) => file.endsWith('.ts'));
for (const stage of STAGES)
  for (const file of fileNames(stage)) await import(/* @vite-ignore */ join(import.meta.dirname, stage, file));

const casesOf = ({ id }: { readonly id: string }): readonly RuleCase[] =>
  (recorded.get(id) as RuleCase[] | undefined) ?? [];
type AnyRule = (typeof RULES)[number];
const bases = new Map<RuleCase, Finding>();
function baseOf(rule: AnyRule, test: RuleCase): Finding {
  const known = bases.get(test) ?? findingOf(rule, test);
  bases.set(test, known);
  return known;
}
const withVerdict = (rule: AnyRule, ...verdicts: readonly Finding['verdict'][]): RuleCase[] =>
  casesOf(rule).filter((test) => verdicts.includes(baseOf(rule, test).verdict));
const told = (name: string, { verdict, outcome }: Finding): string => `${name}: ${verdict} (${outcome})`;
const each = RULES.map((rule) => [rule.id, rule] as const);

describe('the list of rules', () => {
  it('has every file of the folders of stages, each once, in the order of the catalogue', async () => {
    const files = STAGES.flatMap((stage) =>
      fileNames(`../../rules/${stage}`).map((file) => `${stage}/${file.slice(0, -3)}`),
    );
    const ids = RULES.map(({ id }) => id);
    expect([...ids].sort()).toEqual(files.sort());
    expect(ids).toEqual(INDICATORS.map(({ id }) => id as string).filter((id) => ids.includes(id)));
    for (const rule of RULES)
      expect(
        (
          (await import(/* @vite-ignore */ join(import.meta.dirname, `../../rules/${rule.id}.ts`))) as {
            default: unknown;
          }
        ).default,
      ).toBe(rule);
  });
});

describe('a rule', () => {
  it.each(each)('%s declares what the catalogue knows of it', (id, rule) => {
    const number = INDICATORS.findIndex((indicator) => indicator.id === id) + 1;
    const indicator = INDICATORS[number - 1]!;
    expect(rule.scope).toBe(indicator.scope);
    expect(rule.stage).toBe(indicator.stage);
    expect(GOALS).toContain(rule.goal);
    expect(rule.source, 'names its entry in the catalogue').toMatch(new RegExp(`\\bcatalogue ${number}\\b`));
    expect(Number.isInteger(rule.version) && rule.version >= 1).toBe(true);
    expect(Object.keys(rule.history).map(Number).sort(), 'tells every change').toEqual(
      Object.keys(rule.history).length === 0 && rule.version === 1
        ? []
        : Array.from({ length: rule.version }, (_, i) => i + 1),
    );
    for (const text of [rule.title, rule.why, ...Object.values(rule.outcomes).map((ending) => ending.text)]) {
      expect(text.fa).toMatch(/[\u0600-\u06ff]/);
      expect(text.en).toMatch(/[a-z]/i);
    }
  });

  it.each(each)('%s searches places that its scope has, and seeks what the lexicon has words for', (_, rule) => {
    if (rule.scope === 'portal')
      expect(rule.needs).not.toEqual(expect.arrayContaining([expect.stringMatching(/^(?:service-page|system)$/)]));
    const fails = Object.values(rule.outcomes).some(({ verdict }) => verdict === 'fail');
    // a rule that ends as blocked by itself wherever it could not look needs no place of the engine's
    if (fails)
      expect(rule.needs.length > 0 || Object.values(rule.outcomes).some(({ verdict }) => verdict === 'blocked')).toBe(
        true,
      );
    for (const concept of rule.seeks) {
      expect(CONCEPTS).toContain(concept);
      for (const { code, phrases } of LANGUAGES.filter((language) => language.code === 'fa' || language.code === 'en'))
        expect(Object.keys(phrases), `${code} has words for ${concept}`).toContain(concept);
    }
    for (const profile of rule.exempt) expect(PROFILES).toContain(profile);
  });

  it.each(each)('%s has a weight, a least evidence and known options in every edition', (id, rule) => {
    for (const edition of EDITIONS) {
      expect(edition.weights[id], edition.id).toBeGreaterThan(0);
      expect([0, 1, 2, 3]).toContain(edition.minEvidence[id]);
      for (const [option, value] of Object.entries(edition.options[id] ?? {}))
        expect(`${option}: ${typeof value}`).toBe(`${option}: ${typeof rule.options[option]}`);
    }
  });

  it.each(each)('%s has a case for each of its endings', (id, rule) => {
    expect(existsSync(join(import.meta.dirname, `${id}.test.ts`))).toBe(true);
    const endings = new Set(casesOf(rule).map(({ outcome }) => outcome.replace(/-below-evidence$/, '')));
    expect(Object.keys(rule.outcomes).filter((outcome) => !endings.has(outcome))).toEqual([]);
  });

  it.each(each)('%s can be passed and not passed in every edition', (_, rule) => {
    for (const edition of EDITIONS) {
      const verdicts = new Set(casesOf(rule).map((test) => findingOf(rule, { ...test, edition }).verdict));
      expect(verdicts.has('pass'), edition.id).toBe(true);
      expect(verdicts.has('fail') || verdicts.has('not-applicable') || verdicts.has('partial'), edition.id).toBe(true);
    }
  });

  it('that the editions set options for exists', () => {
    for (const edition of EDITIONS)
      expect(Object.keys(edition.options).filter((id) => !RULES.some((rule) => rule.id === id))).toEqual([]);
  });
});

/** What is wrong with the answers to a changed page, one line each. */
function differences(
  rule: AnyRule,
  tests: readonly RuleCase[],
  changes: Readonly<Record<string, (html: string) => string>>,
): string[] {
  return tests.flatMap((test) =>
    Object.entries(changes).flatMap(([name, change]) => {
      const after = findingOf(rule, test, change);
      const base = baseOf(rule, test);
      return after.outcome === base.outcome
        ? []
        : [`${name}, "${test.name}": ${told('was', base)}, ${told('is', after)}`];
    }),
  );
}

/** Those that the tests of the rules themselves do not try yet. */
const MORE_VARIANTS = Object.fromEntries(Object.entries(PAGE_VARIANTS).filter(([name]) => !(name in VARIANTS)));

/** Rules that are about scripts: without theirs the page is another page. */
const ABOUT_SCRIPTS: Readonly<Record<string, string>> = {
  'presence/tls-valid': 'a script without encryption is what it looks for',
  'presence/languages': 'translation by machine is a script',
  'interaction/form-validation': 'a library that checks input is a script',
  'transaction/system-security': 'a script without encryption is what it looks for',
  'participation/live-chat': 'a chat is a script',
};

/** Rules whose `pass` may rest on a link, a control, a form, a header or an address: dashes around it change nothing. */
const SHOWN_BY_STRUCTURE = new Set([
  'presence/home-link-to-system', 'presence/system-link-live', 'presence/catalogue-from-home', 'presence/tls-valid', 'presence/broken-links', 'presence/contact-info',
  'interaction/form-online', 'interaction/form-downloadable', 'interaction/form-labels', 'interaction/form-validation', 'interaction/form-help', 'interaction/public-inquiry', 'interaction/appointment', 'interaction/contact-form', 'interaction/helpdesk', 'interaction/subscribe',
  'transaction/tracking', 'transaction/e-payment', 'transaction/login-available', 'transaction/system-security', 'transaction/e-signature', 'transaction/doc-upload',
  'integration/national-sso', 'integration/national-portal-listed', 'integration/cross-agency-links', 'integration/return-path', 'integration/verify-result', 'integration/org-single-window', 'integration/single-account', 'integration/unified-tracking', 'integration/open-api',
  'participation/service-rating', 'participation/social-media', 'participation/idea-submission', 'participation/foi-link',
]); // prettier-ignore

/** Rules whose verdict is a measurement: a browser's checks, probes over time, a search, dates of posts. Words around it change nothing. */
const MEASURED = new Set([
  'presence/search-works', 'presence/availability', 'presence/accessibility', 'presence/mobile-friendly',
  'interaction/form-mobile', 'transaction/system-availability', 'participation/social-active',
]); // prettier-ignore
/** Not to answer is what these count. */
const COUNTS_SILENCE = new Set(['presence/availability', 'transaction/system-availability']);

const TIMEOUT: FetchOutcome = { kind: 'unreachable', cause: 'timeout', detail: '' };
const addressesOf = (test: RuleCase): string[] => [
  PORTAL,
  ...(test.page === null ? [] : [SERVICE_PAGE]),
  ...(test.system === undefined ? [] : [SYSTEM]),
  ...(test.login === undefined ? [] : ['https://sys.org.example/login']),
  ...(test.others ?? []).flatMap((other) =>
    other.page === undefined ? [] : [other.pageUrl ?? `${PORTAL}services/${other.id}`],
  ),
  ...Object.keys(test.pages ?? {}).map((path) => new URL(path, PORTAL).href),
  ...Object.keys(test.outcomes ?? {}),
];
const closed = (test: RuleCase, addresses: readonly string[]): RuleCase => ({
  ...test,
  outcomes: { ...test.outcomes, ...Object.fromEntries(addresses.map((address) => [address, TIMEOUT])) },
});
const WORTH: Partial<Record<Finding['verdict'], number>> = { fail: 0, partial: 1, pass: 2 };

// hundreds of pages are judged in one test
vi.setConfig({ testTimeout: 60_000 });

describe('a verdict', () => {
  const spelled = (rule: Rule<never> | AnyRule): RuleCase[] => casesOf(rule).filter(({ noVariants }) => !noVariants);

  it.each(each)('%s does not change with spelling, keywords that nobody reads, or a menu for phones', (_, rule) =>
    expect(differences(rule, spelled(rule), MORE_VARIANTS)).toEqual([]),
  );

  it.each(each)('%s does not change when the content stands there twice', (_, rule) =>
    expect(differences(rule, spelled(rule), { twice: TWICE })).toEqual([]),
  );

  it.each(each)('%s does not change without scripts, unless it is about scripts', (id, rule) => {
    const changed = differences(rule, casesOf(rule), { 'without scripts': WITHOUT_SCRIPTS });
    if (id in ABOUT_SCRIPTS) expect(changed.length, ABOUT_SCRIPTS[id]).toBeGreaterThan(0);
    else expect(changed).toEqual([]);
  });

  it.each(each)('%s is the same when it is asked again, and when pages come in another order', (_, rule) => {
    for (const test of casesOf(rule)) {
      expect(findingOf(rule, test)).toEqual(baseOf(rule, test));
      const turned = { ...test, pages: Object.fromEntries(Object.entries(test.pages ?? {}).reverse()) };
      expect(told(test.name, findingOf(rule, turned))).toBe(told(test.name, baseOf(rule, test)));
    }
  });

  it.each(each.filter(([id]) => !MEASURED.has(id)))('%s never rests on what no visitor sees', (_, rule) => {
    for (const test of withVerdict(rule, 'pass')) {
      for (const [name, change] of Object.entries(OUT_OF_SIGHT)) {
        const after = findingOf(rule, test, change);
        // the head of a page, the connection and where an address landed are seen without its content
        const shown = after.evidence.filter(
          ({ selector }) => selector !== null && !/^(?:html > )?head\b|^body$/.test(selector),
        );
        if (after.verdict === 'pass' || after.verdict === 'partial')
          expect({ name, test: test.name, shown }).toEqual({ name, test: test.name, shown: [] });
        if (after.verdict === 'pass') expect(after.evidence.length, `${name}, ${test.name}`).toBeGreaterThan(0);
      }
    }
  });

  it.each(each)('%s is not a pass when a filler stands for every value', (id, rule) => {
    const tests = withVerdict(rule, 'pass');
    expect(tests.length).toBeGreaterThan(0);
    const stays = FILLERS.flatMap((filler) =>
      tests.map((test) => [`${filler}, "${test.name}"`, findingOf(rule, test, valuesReplacedBy(filler))] as const),
    ).filter(([, { verdict }]) => verdict === 'pass');
    if (SHOWN_BY_STRUCTURE.has(id) || MEASURED.has(id))
      expect(stays.length, 'is shown by structure').toBeGreaterThan(0);
    else expect(stays.map(([name, finding]) => told(name, finding))).toEqual([]);
  });

  const asked = each.filter(([id]) => !COUNTS_SILENCE.has(id));
  it.each(asked)('%s is neither praise nor blame when nothing could be read', (id, rule) => {
    // an address of a private network is known without asking it
    const known = id === 'transaction/system-security' ? ['intranet'] : [];
    for (const test of casesOf(rule)) {
      const after = findingOf(rule, { ...closed(test, addressesOf(test)), tls: null, plain: null, landsAt: {} });
      if (!known.includes(after.outcome))
        expect(['pass', 'partial', 'fail'], told(test.name, after)).not.toContain(after.verdict);
    }
  });

  it.each(asked)('%s never blames an organization for the page that we could not read', (_, rule) => {
    const tests = withVerdict(rule, 'pass', 'partial');
    expect(tests.length).toBeGreaterThan(0);
    for (const test of tests)
      for (const address of addressesOf(test))
        expect(findingOf(rule, closed(test, [address])).verdict, `${test.name}, without ${address}`).not.toBe('fail');
  });

  it.each(each.filter(([, { scope }]) => scope === 'service'))(
    '%s does not rest on what is around every page',
    (_, rule) => {
      for (const test of withVerdict(rule, 'pass')) {
        const own = /^<main>\s*(<h1>.*?<\/h1>)([\s\S]*)<\/main>$/.exec(test.page ?? '');
        const { evidence } = baseOf(rule, test);
        if (
          !own ||
          !evidence.every(
            ({ url, selector, quote }) => url === SERVICE_PAGE && selector !== null && !own[1]!.includes(quote),
          )
        )
          continue;
        const block = `<div>${own[2]}</div>`;
        const others = Object.fromEntries(
          Array.from({ length: 6 }, (__, i) => [`/other/${i}`, `<h1>برگ ${i}</h1><p>نوشته دیگر ${i}</p>${block}`]),
        );
        const repeated = findingOf(rule, {
          ...test,
          home: `${test.home ?? '<h1>سازمان نمونه</h1>'}${block}`,
          page: `${own[1]}${block}`,
          pages: { ...test.pages, ...others },
        });
        if (repeated.evidence.every(({ url }) => url === SERVICE_PAGE))
          expect(told(test.name, repeated)).not.toContain(': pass');
      }
    },
  );

  it.each(each)('%s is not worse in the edition that asks for less', (_, rule) => {
    for (const test of casesOf(rule)) {
      const [now, before] = [findingOf(rule, { ...test, edition: r5 }), findingOf(rule, { ...test, edition: r4 })];
      if (WORTH[now.verdict] !== undefined && WORTH[before.verdict] !== undefined)
        expect(WORTH[before.verdict], told(test.name, before)).toBeGreaterThanOrEqual(WORTH[now.verdict]!);
    }
  });
});
