import { load } from 'cheerio';
import { HtmlValidate } from 'html-validate';
import { beforeAll, describe, expect, it } from 'vitest';
import { EDITIONS } from '../../rules/editions/index.ts';
import { loadHistory } from '../../src/audit/history.ts';
import { loadRegistry } from '../../src/audit/registry.ts';
import { publishedTotal } from '../../src/core/history.ts';
import { STAGES } from '../../src/core/model.ts';
import { printed } from '../../src/core/score.ts';
import { reportData, type ReportData } from '../../src/report/data.ts';
import { historyDocument, roundDocument } from '../../src/report/document.ts';
import { organizationPath } from '../../src/report/layout.ts';
import { voiceOf } from '../../src/report/voice.ts';
import { aResult, aRound, aScore, HISTORY, historySite, NEW, OLD, REGISTRY, ROUNDS } from './history-sample.ts';
import { aFinding, anOrganization, aReport, FINDINGS, pagesOf, parseErrors, site } from './sample.ts';

const HOSTILE = `"><script>alert(1)</script><img src=x onerror=alert(2)> '\u202e' </title></style><!-- &`;

const SEED = 'seeds/iran-1397';
const seedRegistry = loadRegistry(SEED);
const seedHistory = loadHistory(SEED, seedRegistry);
const seed = { registry: seedRegistry, history: seedHistory, roundId: 'r5', editions: EDITIONS };

type Page = ReturnType<typeof load>;
const textOf = ($: Page, selector: string): string => $(selector).text().replace(/\s+/g, ' ').trim();
const rowsOf = ($: Page, selector: string): string[] => $(selector).map((_, row) => $(row).find('th,td').map((_at, cell) => $(cell).text().replace(/\s+/g, ' ').trim()).get().join(' | ')).get(); // prettier-ignore

describe('the site of an imported round', () => {
  it('is refused for a round that is not there, and the rounds that are there are named', async () => {
    await expect(historySite({ roundId: 'h9' })).rejects.toThrow('has no round "h9". It has h1, h2.');
  });

  it('is about its own round: later ones are in no page', async () => {
    const pages = pagesOf(await historySite({ roundId: 'h1' }));
    expect(pages.map(([path]) => path).sort()).toEqual(['index.html', 'method.html', 'organizations/post.html', 'organizations/tax.html']); // prettier-ignore
    for (const [path, html] of pages) expect(html, path).not.toContain('Spring 2022');
  });

  it('has a page for whoever has a number in this round or an earlier one', async () => {
    const [first] = ROUNDS;
    const left = aRound({ id: 'h2', number: 2, results: [aResult('post', [1, 1, 1, 1, 1], OLD)] });
    const files = await historySite({ history: { rounds: [first!, left], explanations: [] } });
    expect([...files.keys()].filter((path) => path.startsWith('organizations/')).length).toBe(2);
    expect(load(files.get('index.html')!)('table.ranking tbody tr').length).toBe(1);
  });

  it('takes checks that are made already', async () => {
    const checks = { results: [{ check: 'growth', round: 'h2', tested: 7, fits: 7, testedInPrint: 7, fitsInPrint: 7, deviations: [] }], idle: [] } as const; // prettier-ignore
    const $ = load((await historySite({ checks })).get('method.html')!);
    expect(textOf($, '.checks')).toContain('The growth is the difference of the two totals: 7 of 7');
  });
});

describe('its front page', () => {
  it('sums the round up in numbers that are computed', async () => {
    const $ = load((await historySite()).get('index.html')!);
    const summary = textOf($, '#summary ~ .lead');
    expect(summary).toContain('3 organizations with 12 services and sub-services were evaluated (round 1: 2 organizations, 9 services and sub-services)'); // prettier-ignore
    expect(summary).toContain('The mean total of 3 organizations is 47.33 of 100, the median 50.00. Totals go from 30.00 to 62.00; the highest is that of Agency tax.'); // prettier-ignore
    expect(summary).toContain('2 organizations have a total in round 1 as well: 1 rose and 1 fell, and their mean went from 50.00 to 56.00 (+6.00).'); // prettier-ignore
    expect(summary).toContain('Of 1 organization there is only the total and no stage.');
  });

  it('says what changed in the method, and what the new weights do by themselves', async () => {
    const uneven = aRound({ results: [aResult('tax', [0, 100, 0, 0, 0], OLD)] });
    const files = await historySite({ history: { rounds: [uneven, ROUNDS[1]!], explanations: [] } });
    const summary = textOf(load(files.get('index.html')!), '#summary ~ .lead');
    expect(summary).toContain('From round 1 to round 2 the weights of stages changed: Interaction from 25% to 20%, Transaction from 15% to 20%.'); // prettier-ignore
    expect(summary).toContain('moves the totals of 1 organization whose five stages are known in round 1 by −5.00 points'); // prettier-ignore
    expect(summary).toContain('1 indicator of Presence is measured in another way');
  });

  it('says nothing of the method where both rounds have one edition, or one is not known', async () => {
    for (const edition of ['e2', null]) {
      const files = await historySite({ history: { rounds: [{ ...ROUNDS[0]!, edition }, ROUNDS[1]!], explanations: [] } }); // prettier-ignore
      expect(textOf(load(files.get('index.html')!), '#summary ~ .lead')).not.toContain('weights');
    }
  });

  it('puts the published growths beside the differences of the totals, with the reason where they do not fit', async () => {
    const reason = { fa: 'از عدد دیگری حساب شده است.', en: 'It was computed from another number.' };
    const explanations = [{ check: 'growth', round: 'h2', organization: 'tax', reason } as const];
    const $ = load((await historySite({ history: { rounds: ROUNDS, explanations } })).get('index.html')!);
    expect(rowsOf($, '#growth ~ table tbody tr')[0]).toMatch(/Agency tax \| \+21\.00 \| 40\.00 \| 62\.00.*\| \+22\.00/); // prettier-ignore
    const note = $('#growth ~ table td').last().find('a.noted').attr('href')!;
    // the correction of the total has its part in it
    expect($(note).text()).toContain(reason.en);
    expect($('#growth ~ figure svg').length).toBe(2);
  });

  it('counts growths itself where the round publishes none', async () => {
    const rounds = [ROUNDS[0]!, { ...ROUNDS[1]!, growths: [] }];
    const $ = load((await historySite({ history: { rounds, explanations: [] } })).get('index.html')!);
    expect(rowsOf($, '#growth ~ table tbody tr').length).toBe(1);
    expect(rowsOf($, '#growth ~ table tbody tr')[0]).toMatch(/^Agency tax \| \+22\.00 \| 40\.00 \| 62\.00/);
  });

  it('lists who did not take part, new organizations and the counts of each round', async () => {
    const $ = load((await historySite()).get('index.html')!);
    expect(rowsOf($, '#absent ~ table tbody tr')).toEqual([
      '1 | Agency post | Gave no information; evaluated by what its portal shows.',
      '2 | Energy | Asked to be left out of this round. Two cells are swapped.',
    ]);
    expect(rowsOf($, '#new ~ table tbody tr')).toEqual(['1 | Agency army | 30.00 | 3']);
    expect(rowsOf($, '#counts ~ table tbody tr')).toEqual(['Round 1Spring 2021 | 2 | 9 | –', 'Round 2Spring 2022 | 3 | 12 | 2']); // prettier-ignore
  });

  it('ranks as published, with values to sort by', async () => {
    const $ = load((await historySite()).get('index.html')!);
    const rows = $('table.ranking tbody tr');
    expect(rows.find('th a').map((_, link) => $(link).attr('href')).get()).toEqual(['tax', 'post', 'army'].map(organizationPath)); // prettier-ignore
    expect(rows.find('td.total').map((_, cell) => $(cell).attr('data-value')).get()).toEqual(['62.000000', '50.000000', '30.000000']); // prettier-ignore
    expect($('table.ranking thead th[data-sort]').length).toBe(3 + STAGES.length + 2);
    expect(rows.last().find('td[data-label=Presence]').attr('data-value')).toBe('');
  });

  it('shows the number in print beside a corrected one, and lists each reason once', async () => {
    const $ = load((await historySite()).get('index.html')!);
    const total = $('table.ranking tbody tr').first().find('td.total');
    expect(total.find('b').text()).toBe('62.00');
    expect(total.find('.range').text()).toBe('print 26.00');
    expect(total.find('a .hidden').text()).toMatch(/corrected, note \d/);
    expect($(total.find('a').attr('href')!).text()).toBe('The page of the agency has another number.');
    const reasons = $('.notes li').map((_, item) => $(item).text()).get(); // prettier-ignore
    expect(new Set(reasons).size).toBe(reasons.length);
    expect(textOf($, '#notes ~ .legend')).toMatch(/≠ corrected.*\? not reliable/);
  });

  it('makes of a missing number a dash that leads to the reason', async () => {
    const $ = load((await historySite()).get('index.html')!);
    const dash = $('table.ranking tbody tr').last().find('td[data-label=Presence] a');
    expect(dash.text()).toMatch(/^–/);
    expect($(dash.attr('href')!).text()).toBe('There is only its chart.');
  });

  it('marks a growth that stands on a total which cannot be trusted', async () => {
    const doubt = aScore(40, { status: 'unreliable', reason: { fa: 'نامطمئن', en: 'Doubtful total.' } });
    const before = aRound({ results: [aResult('tax', [40, 40, 40, 40, 40], OLD, { total: doubt })] });
    const $ = load((await historySite({ history: { rounds: [before, ROUNDS[1]!], explanations: [] } })).get('index.html')!); // prettier-ignore
    const growth = $('table.ranking tbody tr').first().find('td[data-label=Growth] a');
    expect($(growth.attr('href')!).text()).toBe('Doubtful total.');
  });

  it('says that the places are counted here where the round published no ranking', async () => {
    const $ = load((await historySite({ roundId: 'h1' })).get('index.html')!);
    expect($('table.ranking caption').text()).toContain('published no ranking');
    expect(rowsOf($, 'table.ranking tbody tr').map((row) => row.split(' | ').slice(0, 2))).toEqual([['1', 'Agency post'], ['2', 'Agency tax']]); // prettier-ignore
    expect($('#growth,#averages,#new,#absent').length).toBe(0);
  });

  it('gives the means of all rounds with how many organizations are behind them', async () => {
    const $ = load((await historySite()).get('index.html')!);
    expect(rowsOf($, '#averages ~ table tbody tr')[1]).toBe('Round 2Spring 2022 | 60.00 2 organizations | 65.00 2 organizations | 55.00 2 organizations | 50.00 2 organizations | 45.00 2 organizations | 47.33 3 organizations'); // prettier-ignore
    expect(textOf($, '#averages ~ .legend')).toContain('1 unreliable number is among them; without it no mean would differ by more than 0.00 points'); // prettier-ignore
  });
});

describe('numbers that are not reliable', () => {
  it('are counted also where a mean has no others', async () => {
    const doubtful = aResult('tax', [40, 40, 40, 40, 40], OLD);
    const unsure = {
      ...doubtful,
      stages: Object.fromEntries(
        STAGES.map((stage) => [stage, aScore(40, { status: 'unreliable' })]),
      ) as typeof doubtful.stages,
      total: aScore(40, { status: 'unreliable' }),
    };
    const rounds = [aRound({ results: [unsure] }), aRound({ id: 'h2', number: 2, results: [unsure] })];
    const $ = load((await historySite({ history: { rounds, explanations: [] } })).get('index.html')!);
    expect(textOf($, '#averages ~ .legend')).toBe(
      '12 unreliable numbers are among them; without these 12 means would be lacking.',
    );
  });
});

describe('its page of an organization', () => {
  it('has no mean of all where there is one organization', async () => {
    const history = { rounds: [aRound({ results: [aResult('tax', [40, 50, 60, 70, 80], OLD)] })], explanations: [] };
    const $ = load((await historySite({ roundId: 'h1', history })).get('organizations/tax.html')!);
    expect($('table.rounds tfoot').length).toBe(0);
    expect($('#stages ~ figure').text()).not.toMatch(/[Mm]ean/);
  });

  it('has place, growth as computed and as published, parent and neighbours', async () => {
    const files = await historySite();
    const tax = textOf(load(files.get('organizations/tax.html')!), '.facts');
    expect(tax).toMatch(/Rank1 of 3 .*Growth since round 1\+22\.00; published: \+21\.00 Services listed2 Cooperation/);
    expect(tax).toMatch(/Above and below2\. Agency post 50\.00/);
    const post = load(files.get('organizations/post.html')!);
    expect(textOf(post, '.facts')).toMatch(/Part ofAgency tax CooperationGave no information/);
    expect(post('.near a:not(.noted)').map((_, link) => post(link).attr('href')).get()).toEqual(['../organizations/tax.html', '../organizations/army.html']); // prettier-ignore
  });

  it('has its stages in all rounds beside the mean of this one', async () => {
    const $ = load((await historySite()).get('organizations/tax.html')!);
    const rows = rowsOf($, 'table.rounds tr');
    expect(rows[1]).toBe('Round 1Spring 2021 | 40.00 | 40.00 | 40.00 | 40.00 | 40.00 | 40.00');
    expect(rows[2]).toMatch(/^Round 2Spring 2022 \| 70\.00 \| 80\.00 \| 60\.00 \| 50\.00\?\d not reliable, note \d \| 40\.00 \| 62\.00/); // prettier-ignore
    expect(rows[3]).toBe('Mean of all in round 2 | 60.00 | 65.00 | 55.00 | 50.00 | 45.00 | 47.33');
  });

  it('leaves out of the line what cannot be trusted, and says so; the radar marks it', async () => {
    const $ = load((await historySite()).get('organizations/tax.html')!);
    expect($('#line-wide-desc').text()).toContain('Integration: 40.00 in Round 1.');
    expect(textOf($, '#rounds ~ .legend')).toContain('1 number that is not reliable is left out of the drawing');
    expect($('#radar-narrow-desc').text()).toContain('Integration (not reliable): 50.00');
  });

  it('says why there is neither a line nor a table where only a total is known', async () => {
    const $ = load((await historySite()).get('organizations/army.html')!);
    expect($('svg.at-wide,table.rounds').length).toBe(0);
    expect(textOf($, '#rounds ~ .text')).toBe('Of this organization only the total of round 2 is known. There is only its chart.'); // prettier-ignore
  });

  it('begins with the first round in which the organization is known', async () => {
    const rounds = [{ ...ROUNDS[0]!, results: [ROUNDS[0]!.results[1]!] }, ROUNDS[1]!];
    const $ = load((await historySite({ history: { rounds, explanations: [] } })).get('organizations/tax.html')!);
    expect($('table.rounds tbody tr').length).toBe(1);
  });

  it('lists services with their scores, an inferred one marked, and their mean', async () => {
    const $ = load((await historySite()).get('organizations/tax.html')!);
    expect(rowsOf($, 'table.listed tr')).toEqual([
      'No. | Service |  | Score',
      '1 | Service s1 |  | 64.00',
      expect.stringMatching(/^2 \| Service s2 \|  \| 60\.00~\d by inference, note \d$/),
      ' | Plain mean |  | 62.00',
    ]);
  });

  it('says what does not fit of this organization', async () => {
    const $ = load((await historySite()).get('organizations/tax.html')!);
    expect(textOf($, '#misfits ~ ul')).toContain('Round 2, The growth is the difference of the two totals: 21.00 for 22.00 (−1.00)'); // prettier-ignore
    expect(textOf($, '#misfits ~ ul')).toContain('The page of the organization and the ranking have the same total: 26.00 for 62.00 (−36.00), corrected or left out'); // prettier-ignore
  });

  it('explains a total whose further digits the page cuts off and the ranking rounds', async () => {
    const cut = aResult('tax', [40, 40, 40, 40, 40], OLD, { total: aScore(40.87), ranking: { rank: 1, total: aScore(40.88) } }); // prettier-ignore
    const files = await historySite({ roundId: 'h1', history: { rounds: [aRound({ results: [cut] })], explanations: [] } }); // prettier-ignore
    expect(textOf(load(files.get('organizations/tax.html')!), '.facts')).toContain('40.88 (page of the organization: 40.87;'); // prettier-ignore
  });
});

describe('its page on the method', () => {
  it('has the weights of each round and how they are known', async () => {
    const rounds = [{ ...ROUNDS[0]!, edition: null, editionBasis: 'unknown' as const }, ROUNDS[1]!];
    const $ = load((await historySite({ history: { rounds, explanations: [] } })).get('method.html')!);
    expect(rowsOf($, '#weights ~ table tbody tr')).toEqual([
      'Round 1Spring 2021 | – | – | – | – | – | – | not known',
      'Round 2Spring 2022 | 25% | 20% | 20% | 25% | 10% | e2 | its numbers prove it',
    ]);
  });

  it('lists every correction and every number that is not reliable under its reason', async () => {
    const $ = load((await historySite()).get('method.html')!);
    expect(rowsOf($, 'table.corrections tbody tr')).toEqual([
      'Two cells are swapped.',
      'Agency tax | Round 2 | Integration | 50.00 | the same | not reliable',
      'The page of the agency has another number.',
      'Agency tax | Round 2 | Total in the ranking | 62.00 | 26.00 | corrected',
    ]);
  });

  it('counts what is missing and what is inferred by reason', async () => {
    const $ = load((await historySite()).get('method.html')!);
    expect(rowsOf($, '#gaps ~ table tbody tr')).toEqual([
      'There is only its chart. | cells without a number | 6 | 1',
      'Joined by order. | services joined to their number by inference | 1 | 1',
    ]);
  });

  it('says of a deviation without a reason that it has none', async () => {
    const rounds = [ROUNDS[0]!, { ...ROUNDS[1]!, counts: { organizations: 4, services: 2 } }];
    const $ = load((await historySite({ history: { rounds, explanations: [] } })).get('method.html')!);
    const open = $('details').filter((_, details) => $(details).find('summary').text().startsWith('The count of organizations')); // prettier-ignore
    expect(open.find('.why').text().replace(/\s+/g, ' ')).toContain('Without a reason:The round as a whole: 4 for 3 (1)'); // prettier-ignore
    expect(textOf($, '#misfits ~ .text')).toMatch(/\d have no reason/);
  });
});

describe('the five rounds that come with Rasad', () => {
  it('are as many numbers in each place that counts them', async () => {
    const files = await historySite(seed);
    const weights = new Map(EDITIONS.map(({ id, stageWeights }) => [id, stageWeights]));
    const paper = historyDocument(
      {
        registry: seedRegistry,
        history: seedHistory,
        weightsOf: (id) => weights.get(id) ?? null,
        madeAt: '2026-11-29T10:00:00.000Z',
      },
      voiceOf('en', 'jalali'),
      { regular: new Uint8Array([1]), bold: new Uint8Array([2]) },
    );
    const counted = (html: string): string[] =>
      /Of the ([\d,]+) numbers .*? ([\d,]+) are corrected and ([\d,]+) /
        .exec(load(html)('body').text().replace(/\s+/g, ' '))!
        .slice(1);
    expect(counted(files.get('index.html')!)).toEqual(counted(paper.html));
    const table = rowsOf(load(files.get('method.html')!), '#trust ~ table tbody tr').map((row) =>
      row
        .split(' | ')
        .slice(1, 4)
        .map((cell) => Number(cell.replace(',', ''))),
    );
    expect(table.flat().reduce((sum, own) => sum + own, 0)).toBe(Number(counted(paper.html)[0]!.replace(',', '')));
  }, 60_000);

  const sites = new Map<string, Map<string, string>>();
  beforeAll(async () => {
    for (const lang of ['fa', 'en'] as const) sites.set(lang, await historySite(seed, lang));
  }, 60_000);

  it('have a page for each of the 105 organizations, in the order of the published ranking and with its totals', () => {
    const $ = load(sites.get('en')!.get('index.html')!);
    const round = seedHistory.rounds.at(-1)!;
    const ranked = round.results.toSorted((a, b) => a.ranking!.rank - b.ranking!.rank);
    expect(ranked.length).toBe(105);
    expect($('table.ranking tbody tr').map((_, row) => `${$(row).find('th a').attr('href')} ${$(row).find('td.total b').text()}`).get())
      .toEqual(ranked.map((result) => `${organizationPath(result.organization)} ${printed(publishedTotal(result).value!)}`)); // prettier-ignore
    for (const { organization } of ranked) expect(sites.get('en')!.has(organizationPath(organization))).toBe(true);
  });

  it('print every stage score that is known', () => {
    const pages = new Map<string, Page>();
    for (const { number, results } of seedHistory.rounds) {
      for (const { organization, stages } of results) {
        if (STAGES.every((stage) => stages[stage].value === null)) continue;
        const $ = pages.get(organization) ?? load(sites.get('en')!.get(organizationPath(organization))!);
        pages.set(organization, $);
        $('.range,sup,.hidden').remove();
        const row = rowsOf($, 'table.rounds tbody tr').find((text) => text.startsWith(`Round ${number}`))!;
        const values = STAGES.map((stage) => stages[stage].value);
        expect([organization, row.split(' | ').slice(1, -1)]).toEqual([organization, values.map((value) => (value === null ? '–' : printed(value)))]);
      }
    }
    expect(pages.size).toBe(61);
  }); // prettier-ignore

  it('lead from every number that is not as printed to a reason, and nowhere to nothing', () => {
    for (const [lang, files] of sites) {
      const anchors = new Map(pagesOf(files).map(([path, html]) => [path, new Set([...html.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]!))])); // prettier-ignore
      for (const [path, html] of pagesOf(files)) {
        for (const [, href] of html.matchAll(/ href="([^"]+)"/g)) {
          if (/^https?:/.test(href!)) continue;
          const { pathname, hash } = new URL(href!, `https://x/${path}`);
          const target = pathname.slice(1);
          if (!target.endsWith('.html')) expect(target, path).toMatch(/^assets\//);
          else expect([lang, path, href, anchors.has(target) && (hash === '' || anchors.get(target)!.has(hash.slice(1)))]).toEqual([lang, path, href, true]); // prettier-ignore
        }
      }
    }
  });

  it('make pages without faults of syntax, without an id twice, and with a caption and scopes in each table', () => {
    for (const files of sites.values()) {
      // pages of organizations are of one making; each fourth stands for them
      for (const [path, html] of pagesOf(files).filter((_, at) => at < 2 || at % 4 === 0)) {
        expect([path, parseErrors(html)]).toEqual([path, []]);
        const ids = [...html.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
        expect(new Set(ids).size, path).toBe(ids.length);
        expect((html.match(/<table/g) ?? []).length, path).toBe((html.match(/<caption/g) ?? []).length);
        expect(html, path).not.toMatch(/<th(?![^>]*scope=)[ >]/);
        expect(html, path).not.toMatch(/NaN|undefined|\bnull\b|Infinity/);
      }
    }
  }, 30_000);

  it('print their own numbers in Persian digits in Persian', () => {
    for (const path of ['index.html', 'method.html', 'organizations/samt.html', 'organizations/eghtesad.html']) {
      const $ = load(sites.get('fa')!.get(path)!);
      $('code,.url,svg,style,title,[lang=en]').remove();
      expect(
        $('body')
          .text()
          .match(/.{0,30}\d.{0,10}/)?.[0],
        path,
      ).toBeUndefined();
    }
  });

  it('stay small: no page above 400 kB', () => {
    for (const files of sites.values())
      for (const [path, html] of pagesOf(files)) expect(Buffer.byteLength(html), path).toBeLessThan(400_000);
  });
});

describe('hostile text in a history', () => {
  it('never becomes markup or a path', async () => {
    const text = { fa: HOSTILE, en: HOSTILE };
    const doubtful = aScore(1, { printed: '2', status: 'corrected', reason: text });
    const id = `../../${HOSTILE}`;
    const own = aResult(id, [1, 2, 3, 4, 5], OLD, { ranking: { rank: 1, total: doubtful }, services: [{ service: HOSTILE, score: doubtful, pairing: 'inferred' }] }); // prettier-ignore
    const rounds = [{ ...aRound({ results: [own] }), names: text }, aRound({ id: HOSTILE, number: 2, names: text, results: [own], newcomers: [HOSTILE, id], growths: [{ organization: HOSTILE, growth: 3 }], absences: [{ organization: null, names: text, cooperation: 'withdrawn', note: text }] })]; // prettier-ignore
    const organization = { ...REGISTRY.organizations[0]!, id, names: text, portalUrl: 'javascript:alert(1)', extra: { parent_name_fa: HOSTILE, name_official_fa: HOSTILE, portal_candidate: HOSTILE } }; // prettier-ignore
    const files = await historySite({ roundId: HOSTILE, registry: { ...REGISTRY, id: HOSTILE, organizations: [organization], services: [] }, history: { rounds, explanations: [{ check: 'services-give-total', round: HOSTILE, organization: id, reason: text }] } }); // prettier-ignore
    expect(pagesOf(files).length).toBe(3);
    for (const [path, html] of pagesOf(files)) {
      expect(path).toMatch(/^(?:organizations\/)?[a-z0-9][a-z0-9._-]*\.html$/);
      expect([path, parseErrors(html)]).toEqual([path, []]);
      const $ = load(html);
      expect($('script:not([src="assets/ranking.js"]),img,[onerror]').length, path).toBe(0);
      expect($('a[href^="javascript"]').length, path).toBe(0);
      expect(html, path).not.toContain('\u202e');
    }
  });
});

// ---------------------------------------------------------------- our own report

/** The last published round, in which the agency of the report had next to nothing. */
const LOW = { ...ROUNDS[1]!, results: [aResult('tax', [1, 1, 1, 1, 1], NEW)] };

const withHistory = async (change: Partial<Parameters<typeof reportData>[0]> = {}): Promise<ReportData> => ({
  ...(await aReport()),
  history: HISTORY,
  ...change,
} as ReportData); // prettier-ignore

describe('the report of an own round', () => {
  it('is as ever where no earlier round is known', async () => {
    for (const history of [null, { rounds: [], explanations: [] }]) {
      const files = await site(await withHistory({ history }));
      const $ = load(files.get('index.html')!);
      expect($('#rounds,#growth,nav a[href="index.html#rounds"]').length).toBe(0);
      expect(load(files.get('organizations/tax.html')!)('#rounds,.chart').length).toBe(0);
    }
  });

  it('has the means over all rounds, its own as the last, and leads to them', async () => {
    const files = await site(await withHistory());
    const $ = load(files.get('index.html')!);
    expect($('nav a[href="index.html#rounds"]').text()).toBe('Over the rounds');
    expect($('table.rounds tbody tr').length).toBe(3);
    expect($('table.rounds tbody tr').last().find('th').text()).toBe('This audit');
    expect($('table.rounds tbody tr').last().find('td').last().text()).toMatch(/^\d+\.\d\d 1 organization$/);
    expect(load(files.get('method.html')!)('nav a[href="index.html#rounds"]').length).toBe(1);
  });

  it('leaves out of its means, on pages and on paper, whose portal was judged though it took no part', async () => {
    const organizations = [anOrganization('tax'), anOrganization('army', { cooperation: 'withdrawn' })];
    const findings = [...FINDINGS, aFinding({ organization: 'army' })].filter(
      ({ organization }) => organization !== 'post',
    );
    const data = {
      ...(await aReport({ organizations, findings, audit: { organizationIds: ['tax', 'army'] } })),
      history: HISTORY,
    };
    expect(data.organizations.map(({ score }) => score?.stages.presence.score ?? null)).not.toContain(null);
    const last = load((await site(data)).get('index.html')!)('table.rounds tbody tr').last();
    expect(last.find('td').first().text()).toMatch(/ 1 organization$/);
    const { html } = await roundDocument(data, voiceOf('en', 'jalali'), {
      regular: new Uint8Array([1]),
      bold: new Uint8Array([2]),
    });
    expect(load(html)('body').text()).toContain('with a total: Round 1 2, Round 2 3, This audit 1.');
  });

  it('warns of a comparison with a round that others judged', async () => {
    const files = await site(await withHistory({ history: { rounds: [ROUNDS[0]!, LOW], explanations: [] } }));
    const $ = load(files.get('index.html')!);
    expect(textOf($, '.caution')).toMatch(/^Round 2, Spring 2022, was judged by other hands.*not as growth\.$/);
    expect($('#growth').text()).toBe('The largest differences from round 2, between two instruments');
    expect(load(files.get('organizations/tax.html')!)('.caution').length).toBe(1);
  });

  it('speaks of growth between two rounds of Rasad, and of their editions where these differ', async () => {
    const own = { ...LOW, origin: 'own' as const, tolerance: 1e-9 };
    const index = async (edition: string): Promise<Page> =>
      load((await site(await withHistory({ history: { rounds: [{ ...own, edition }], explanations: [] } }))).get('index.html')!); // prettier-ignore
    const same = await index('t1');
    expect(same('#growth').text()).toBe('The largest growths since round 2');
    expect(same('.caution').length).toBe(0);
    expect(textOf(await index('e2'), '.caution')).toContain('changed from e2 to t1');
  });

  it('compares only totals that can be trusted, of organizations in both rounds', async () => {
    const grown = aRound({ results: [aResult('tax', [1, 1, 1, 1, 1], OLD), aResult('stranger', [1, 1, 1, 1, 1], OLD)] }); // prettier-ignore
    const rows = async (rounds: typeof ROUNDS): Promise<string[]> =>
      rowsOf(load((await site(await withHistory({ history: { rounds, explanations: [] } }))).get('index.html')!), '#growth ~ table tbody tr'); // prettier-ignore
    expect(await rows([grown])).toEqual([expect.stringMatching(/^Agency tax \| \+\d+\.\d\d \| 1\.00 \| \d+\.\d\d$/)]);
    const [tax] = grown.results;
    const doubtful = { ...grown, results: [{ ...tax!, total: { ...tax!.total, status: 'unreliable' as const } }] };
    expect(await rows([doubtful])).toEqual([]);
  });

  it('has the line, the stages and the radar of an organization; what is withheld says why', async () => {
    const files = await site(await withHistory());
    const $ = load(files.get('organizations/tax.html')!);
    expect($('#line-wide-desc').text()).toMatch(/Total: from 40\.00 in Round 1 to \d+\.\d\d in This audit\./);
    expect($('table.rounds tbody tr').length).toBe(3);
    expect($('.contents a[href="#rounds"]').length).toBe(1);
    const post = load(files.get('organizations/post.html')!);
    const last = post('table.rounds tbody tr').last().find('td').last();
    expect(post(last.find('a').attr('href')!).text()).toBe('Too little of this score is settled, so it is withheld.');
  });

  it('has no line for an organization that no earlier round knows', async () => {
    const history = { rounds: [aRound({ results: [aResult('post', [1, 1, 1, 1, 1], OLD)] })], explanations: [] };
    const $ = load((await site(await withHistory({ history }))).get('organizations/tax.html')!);
    expect($('table.rounds,#line-wide-desc').length).toBe(0);
  });
});

describe('pages of both sites', () => {
  const validator = new HtmlValidate({
    extends: ['html-validate:recommended'],
    rules: {
      'doctype-style': ['error', { style: 'lowercase' }],
      // tables that become cards on a phone would lose their roles to `display: block`
      'no-redundant-role': 'off',
      // a part of a page that is scrolled is no section of its outline
      'prefer-native-element': ['error', { exclude: ['region'] }],
    },
  });
  const faultsOf = (html: string): string[] =>
    validator.validateStringSync(html).results.flatMap(({ messages }) => messages.map(({ ruleId, message, line, column }) => `${ruleId}: ${message} at ${line}:${column}`)); // prettier-ignore

  it.each(['fa', 'en'] as const)('have nothing that html-validate would say of them, in %s', async (lang) => {
    const small = await historySite({}, lang);
    const own = await site(await withHistory(), lang);
    for (const [path, html] of [...pagesOf(small), ...pagesOf(own)]) expect([path, faultsOf(html)]).toEqual([path, []]);
  }, 30_000); // prettier-ignore

  it('have headings without a gap, one main and a skip link', async () => {
    for (const [path, html] of pagesOf(await historySite())) {
      const $ = load(html);
      expect([$('h1').length, $('main').length, $(`${$('a.skip').attr('href')}`).length], path).toEqual([1, 1, 1]);
      let level = 0;
      for (const heading of $('h1,h2,h3,h4').get()) {
        expect(Number(heading.name[1]) - level, `${path}: ${$(heading).text()}`).toBeLessThanOrEqual(1);
        level = Number(heading.name[1]);
      }
    }
  });
});
