import { describe, expect, it } from 'vitest';
import type { Edition } from '../../src/core/edition.ts';
import { compileLexicon } from '../../src/core/lexicon.ts';
import { spotOfRun } from '../../src/core/look.ts';
import type { FetchOutcome, Finding, Organization, Profile, Role, Service, Snapshot } from '../../src/core/model.ts';
import { viewPage } from '../../src/core/page-view.ts';
import {
  blocked,
  defineRule,
  fail,
  notApplicable,
  partial,
  pass,
  unclear,
  type Place,
  type Rule,
} from '../../src/core/rule.ts';
import { runRules } from '../../src/core/run-rules.ts';
import { viewSite, type SeenPage, type SiteView } from '../../src/core/site-view.ts';

const matcher = compileLexicon<never>([], []);
const HOME = 'https://www.org.example/';
const PAGE = 'https://www.org.example/s';
const SYSTEM = 'https://sys.org.example/';

const PAGE_SEEN: FetchOutcome = { kind: 'page' };

interface Looked {
  readonly [url: string]: { readonly role: Role; readonly html?: string; readonly outcome?: FetchOutcome };
}

/** An organization with one service, of which these addresses were looked at. */
function site(
  looked: Looked,
  {
    profile = [],
    pageUrl = PAGE,
    systemUrl = null,
  }: { profile?: readonly Profile[]; pageUrl?: string | null; systemUrl?: string | null } = {},
): SiteView<never> {
  const organization: Organization = {
    id: 'org',
    names: { fa: 'نمونه', en: 'Sample' },
    parentId: null,
    portalUrl: HOME,
    cooperation: 'cooperative',
    extra: {},
  };
  const service: Service = {
    id: 's1',
    organizationId: 'org',
    parentId: null,
    code: null,
    titles: { fa: 'صدور پروانه', en: '' },
    pageUrl,
    systemUrl,
    profile,
    extra: {},
  };
  const pages = new Map<Snapshot, SeenPage<never>>();
  const snapshots = Object.entries(looked).map(([url, { role, html, outcome = PAGE_SEEN }], ordinal): Snapshot => {
    const snapshot: Snapshot = {
      auditId: 'a', organizationId: 'org', visit: 0, ordinal, url, role, serviceIds: role === 'portal' ? [] : ['s1'], outcome, chain: [{ url, status: 200 }], status: 200, headers: [], tls: null,
      charset: null, body: { hash: `hash ${ordinal}`, size: 0, encoding: 'identity' }, rendered: null, screenshot: null, inspection: null, needsScript: null, fetchedAt: '2026-11-25T08:00:00.000Z', firstByteMs: null,
    }; // prettier-ignore
    if (outcome.kind === 'page')
      pages.set(snapshot, {
        snapshot,
        hash: `hash ${ordinal}`,
        page: viewPage(html ?? '<h1>x</h1>', { url, matcher }),
        signals: new Map(),
      });
    return snapshot;
  });
  return viewSite({ organization, services: [service], snapshots, pages, missing: new Set(), normalize: (url) => url });
}

const READ = site({ [HOME]: { role: 'portal' }, [PAGE]: { role: 'service' } });
const edition: Edition = {
  id: 'e',
  stageWeights: { presence: 20, interaction: 20, transaction: 20, integration: 20, participation: 20 },
  weights: {},
  minEvidence: {},
  partialValue: 0.5,
  options: {},
  coverageFloor: 0.6,
  visits: 2,
};

const outcomes = {
  good: pass('خوب {n}', 'good {n}'), half: partial('نیمه', 'half'), bad: fail('بد', 'bad'), ask: unclear('بپرس', 'ask'), none: notApplicable('ندارد', 'none'), shut: blocked('بسته', 'shut'),
}; // prettier-ignore
type Pick = keyof typeof outcomes | 'throw' | 'unknown' | 'empty';

/** A rule of a service that ends as it is told to. */
const rule = (how: Pick, more: { needs?: readonly Place[]; level?: 0 | 1 | 2 | 3 | 4; exempt?: readonly Profile[] } = {}): Rule<never> =>
  defineRule('service', {
    id: 'presence/test', version: 7, goal: 'transparency', title: { fa: 'آزمون', en: 'test' }, why: { fa: '', en: '' }, source: '', needs: more.needs ?? ['service-page'], seeks: [], exempt: more.exempt ?? [], level: more.level ?? 2, prior: [0.9, 0.7], outcomes,
    check(view, conclude) {
      if (how === 'throw') throw new Error('broken rule');
      if (how === 'unknown') return { outcome: 'other' };
      if (how === 'empty') return conclude.good();
      const seen = view.page.state === 'read' ? view.page.seen : null;
      return conclude[how]({ values: { n: 3 }, proofs: seen ? [{ seen, spot: spotOfRun(seen.page, 0) }] : [] });
    },
  }); // prettier-ignore

const judge = (test: Rule<never>, view = READ, change: Partial<Edition> = {}): Finding =>
  runRules(view, [test], { edition: { ...edition, ...change } })[0]!;

describe('a finding', () => {
  it('says what the rule concluded, with its evidence', () => {
    expect(judge(rule('good'))).toEqual({
      organization: 'org', service: 's1', rule: 'presence/test', version: 7, verdict: 'pass', outcome: 'good', message: { fa: 'خوب 3', en: 'good 3' }, level: 2, confidence: 0.9, confidenceBasis: 'prior', confidenceCases: 0, searched: [],
      evidence: [{ url: PAGE, snapshot: 'hash 1', selector: 'body > h1:nth-child(1)', quote: 'x', language: null }],
    }); // prettier-ignore
  });

  it.each([
    ['good', 'pass', 2, 0.9],
    ['half', 'partial', 2, 0.9],
    ['bad', 'fail', 0, 0.7],
    ['none', 'not-applicable', 0, 0.9],
    ['ask', 'unclear', 0, 0],
    ['shut', 'blocked', 0, 0],
  ] as const)('of "%s" is %s with level %i and confidence %f', (how, verdict, level, confidence) =>
    expect(judge(rule(how))).toMatchObject({ verdict, level, confidence }),
  );

  it('is trusted as far as its rule was right on labelled cases, where there are enough of them', () => {
    const measured = {
      cases: 60,
      agree: 50,
      open: 0,
      positives: { said: 50, right: 50 },
      absents: { said: 4, right: 0 },
    };
    // the middle of Wilson's interval: (50 + 1.92) / (50 + 3.84)
    expect(judge({ ...rule('good'), measured })).toMatchObject({
      confidence: 0.964,
      confidenceBasis: 'measured',
      confidenceCases: 50,
    });
    expect(judge({ ...rule('bad'), measured })).toMatchObject({
      confidence: 0.7,
      confidenceBasis: 'prior',
      confidenceCases: 0,
    });
    expect(judge({ ...rule('ask'), measured })).toMatchObject({ confidence: 0, confidenceBasis: 'prior' });
  });

  it('is there exactly once for each rule and subject, the portal first, in the order of the rules', () => {
    const portal = { ...rule('bad'), id: 'presence/portal', scope: 'portal' as const };
    const findings = runRules(
      READ,
      [{ ...rule('good'), id: 'presence/a' }, portal, { ...rule('throw'), id: 'presence/b' }],
      { edition },
    );
    expect(findings.map((f) => [f.rule, f.service])).toEqual([
      ['presence/portal', null],
      ['presence/a', 's1'],
      ['presence/b', 's1'],
    ]);
  });
});

describe('a fail', () => {
  const shut: FetchOutcome = { kind: 'refused', by: 'robots', detail: 'robots.txt' };
  const timeout: FetchOutcome = { kind: 'unreachable', cause: 'timeout', detail: '' };
  const gone: FetchOutcome = { kind: 'unreachable', cause: 'not-found', detail: '404' };

  it('lists every place that was searched', () => {
    expect(judge(rule('bad', { needs: ['home', 'service-page'] })).searched).toEqual([
      { place: 'home', url: HOME, read: true, detail: 'read' },
      { place: 'service-page', url: PAGE, read: true, detail: 'read' },
    ]);
  });

  it.each([
    [
      'robots.txt closed the page',
      { [HOME]: { role: 'portal' }, [PAGE]: { role: 'service', outcome: shut } },
      ['service-page'],
      ['صفحه خدمت: پرونده robots.txt سایت اجازه نداد', 'page of the service: robots.txt of the site forbids it'],
    ],
    [
      'the page timed out',
      { [HOME]: { role: 'portal' }, [PAGE]: { role: 'service', outcome: timeout } },
      ['service-page'],
      ['صفحه خدمت: پاسخ به‌موقع نرسید', 'page of the service: no answer in time'],
    ],
    [
      'nobody looked at the home page',
      { [PAGE]: { role: 'service' } },
      ['home'],
      ['صفحه نخست: چنین صفحه‌ای دیده نشد', 'home page: no such page was seen'],
    ],
    [
      'the home page timed out',
      { [HOME]: { role: 'portal', outcome: timeout }, [PAGE]: { role: 'service' } },
      ['site'],
      ['صفحه‌های درگاه: پاسخ به‌موقع نرسید', 'pages of the portal: no answer in time'],
    ],
    [
      'the page is known and nobody asked for it',
      { [HOME]: { role: 'portal' } },
      ['service-page'],
      [
        'صفحه خدمت: نشانی آن شناخته است و کسی نگاه نکرد',
        'page of the service: its address is known, and nobody looked',
      ],
    ],
  ] as const)('becomes "blocked" and says so in words when %s', (_, looked, needs, [fa, en]) => {
    const finding = judge(rule('bad', { needs }), site(looked as Looked));
    expect(finding).toMatchObject({ verdict: 'blocked', outcome: 'not-looked', confidence: 0 });
    expect(finding.message.en).toContain(`(${en})`);
    expect(finding.message.fa).toContain(`(${fa})`);
  });

  it.each([
    [
      'the page is not there',
      { [HOME]: { role: 'portal' }, [PAGE]: { role: 'service', outcome: gone } },
      ['service-page'],
    ],
    ['no list of services is among the pages', { [HOME]: { role: 'portal' } }, ['catalogue']],
    ['the service has no system', { [HOME]: { role: 'portal' }, [PAGE]: { role: 'service' } }, ['system']],
    [
      'a file stands where the page should',
      {
        [HOME]: { role: 'portal' },
        [PAGE]: { role: 'service', outcome: { kind: 'not-html', contentType: 'application/pdf' } },
      },
      ['service-page'],
    ],
  ] as const)('stays one when %s: that was looked at', (_, looked, needs) =>
    expect(judge(rule('bad', { needs }), site(looked as unknown as Looked)).verdict).toBe('fail'),
  );

  it('of a service without a page stays one only where the home page could have led to it', () => {
    expect(judge(rule('bad'), site({ [HOME]: { role: 'portal' } }, { pageUrl: null })).verdict).toBe('fail');
    expect(judge(rule('bad'), site({ [HOME]: { role: 'portal', outcome: timeout } }, { pageUrl: null })).verdict).toBe(
      'blocked',
    );
  });

  it('needs the system as well when the rule says so', () => {
    const looked: Looked = {
      [HOME]: { role: 'portal' },
      [PAGE]: { role: 'service' },
      [SYSTEM]: { role: 'system', outcome: timeout },
    };
    expect(judge(rule('bad', { needs: ['service-page'] }), site(looked, { systemUrl: SYSTEM })).verdict).toBe('fail');
    expect(judge(rule('bad', { needs: ['service-page', 'system'] }), site(looked, { systemUrl: SYSTEM })).verdict).toBe(
      'blocked',
    );
  });

  it('is the only verdict that an unread place changes', () => {
    const view = site({ [HOME]: { role: 'portal', outcome: timeout }, [PAGE]: { role: 'service' } });
    for (const [how, verdict] of [
      ['good', 'pass'],
      ['half', 'partial'],
      ['ask', 'unclear'],
    ] as const)
      expect(judge(rule(how, { needs: ['home'] }), view).verdict).toBe(verdict);
  });
});

describe('the evidence that an edition asks for', () => {
  const minEvidence = (level: 1 | 2 | 3): Partial<Edition> => ({ minEvidence: { 'presence/test': level } });

  it.each([
    [2, 2, 'pass', 'good'],
    [3, 2, 'pass', 'good'],
    [1, 2, 'partial', 'good-below-evidence'],
    [0, 2, 'unclear', 'good-below-evidence'],
    [1, 3, 'unclear', 'good-below-evidence'],
  ] as const)('makes of a pass of level %i where %i is needed a %s', (level, minimum, verdict, outcome) => {
    const finding = judge(rule('good', { level }), READ, minEvidence(minimum));
    expect(finding).toMatchObject({ verdict, outcome });
    if (verdict !== 'pass') expect(finding.message.en).toContain(`E${minimum}`);
  });

  it('touches neither half nor nothing', () => {
    expect(judge(rule('half', { level: 1 }), READ, minEvidence(3)).verdict).toBe('partial');
    expect(judge(rule('bad', { level: 1 }), READ, minEvidence(3)).verdict).toBe('fail');
  });
});

describe('an approved profile', () => {
  const view = site({ [HOME]: { role: 'portal' }, [PAGE]: { role: 'service' } }, { profile: ['INFO'] });

  it('makes the rules that it exempts not applicable, without running them', () => {
    expect(judge(rule('throw', { exempt: ['PUSH', 'INFO'] }), view)).toMatchObject({
      verdict: 'not-applicable',
      outcome: 'profile',
      confidence: 1,
    });
  });

  it('leaves the other rules alone', () =>
    expect(judge(rule('good', { exempt: ['PUSH'] }), view).verdict).toBe('pass'));
});

describe('a rule that is broken', () => {
  it.each(['throw', 'unknown', 'empty'] as const)('(%s) gives an error finding, tells it, and stops nothing', (how) => {
    const told: string[] = [];
    const findings = runRules(READ, [rule(how), { ...rule('good'), id: 'presence/next' }], {
      edition,
      onError: (id, subject, error) => told.push(`${id} ${subject} ${(error as Error).message}`),
    });
    expect(findings.map(({ verdict }) => verdict)).toEqual(['error', 'pass']);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/^presence\/test s1 /);
  });
});

it('takes thresholds from the edition before those of the rule', () => {
  const counting = (options: Edition['options']): string => {
    const test = defineRule('portal', {
      id: 'presence/test', version: 1, goal: 'transparency', title: { fa: '', en: '' }, why: { fa: '', en: '' }, source: '', needs: [], seeks: [], level: 2, prior: [1, 1], options: { least: 2 },
      outcomes: { told: pass('{least}', '{least}') },
      check: (_view, conclude, { least }) => conclude.told({ values: { least } }),
    }); // prettier-ignore
    return runRules(READ, [test], { edition: { ...edition, options } })[0]!.message.en;
  };
  expect(counting({})).toBe('2');
  expect(counting({ 'presence/test': { least: 5 } })).toBe('5');
});
