import { load, type CheerioAPI } from 'cheerio';
import { describe, expect, it } from 'vitest';
import { EDITIONS } from '../../rules/editions/index.ts';
import { loadHistory } from '../../src/audit/history.ts';
import { loadRegistry } from '../../src/audit/registry.ts';
import type { HistoricRound, History } from '../../src/core/history.ts';
import type { Registry } from '../../src/core/model.ts';
import { printed } from '../../src/core/score.ts';
import { historyDocument, roundDocument } from '../../src/report/document.ts';
import { PAGE_OF, type Bookmark, type PrintDocument } from '../../src/report/document/frame.ts';
import type { HistoryMatter } from '../../src/report/document/history-context.ts';
import { cssText } from '../../src/report/document/style.ts';
import { persianDigits, voiceOf, type Lang } from '../../src/report/voice.ts';
import { aResult, aRound, aScore, HISTORY, NEW, OLD, REGISTRY, ROUNDS } from './history-sample.ts';
import { aFinding, anOrganization, aReport, FINDINGS, parseErrors, type Sample } from './sample.ts';

const FONTS = { regular: new Uint8Array([1, 2, 3]), bold: new Uint8Array([4, 5, 6]) };
const HOSTILE = `</style><script>alert(1)</script>"}@import url(https://evil.example/);' \\ \u202e`;

const WEIGHTS = new Map([OLD, NEW].map(({ id, stageWeights }) => [id, stageWeights]));
const ofHistory = (change: Partial<HistoryMatter> = {}, lang: Lang = 'en'): PrintDocument =>
  historyDocument({ history: HISTORY, registry: REGISTRY, weightsOf: (id) => WEIGHTS.get(id) ?? null, madeAt: '2026-11-29T10:00:00.000Z', ...change }, voiceOf(lang, 'jalali'), FONTS); // prettier-ignore
const ofRound = async (sample: Sample = {}, lang: Lang = 'en', change = {}): Promise<PrintDocument> =>
  roundDocument({ ...(await aReport(sample)), ...change }, voiceOf(lang, 'jalali'), FONTS);

const CASES: readonly (readonly [name: string, make: (lang: Lang) => PrintDocument | Promise<PrintDocument>])[] = [
  ['of a round', (lang) => ofRound({}, lang)],
  ['of a round with earlier rounds', (lang) => ofRound({}, lang, { history: HISTORY })],
  ['of published rounds', (lang) => ofHistory({}, lang)],
];
const BOTH = CASES.flatMap(([name, make]) => (['fa', 'en'] as const).map((lang) => [name, lang, make] as const));

const words = (text: string): string =>
  text
    .replace(/[\u200e\u200f\u00ad]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
const textsOf = ($: CheerioAPI, selector: string): string[] => $(selector).map((_, element) => words($(element).text())).get(); // prettier-ignore
/** The plate with this caption. */
const plateOf = ($: CheerioAPI, caption: RegExp) => $('.caption').filter((_, element) => caption.test(words($(element).text()))).first().parent(); // prettier-ignore
const rowsOf = ($: CheerioAPI, caption: RegExp): string[][] =>
  plateOf($, caption).find('tbody tr').not('.band').map((_, row) => [$(row).children().map((__, cell) => words($(cell).text())).get()]).get() as unknown as string[][]; // prettier-ignore
const flat = (bookmarks: readonly Bookmark[]): Bookmark[] => bookmarks.flatMap((one) => [one, ...flat(one.children)]);

describe.each(BOTH)('the document %s, in %s,', (_, lang, make) => {
  it('is a whole page that a browser need not mend, in its language and direction', async () => {
    const { html, title } = await make(lang);
    expect(parseErrors(html)).toEqual([]);
    const $ = load(html);
    expect([$('html').attr('lang'), $('html').attr('dir')]).toEqual([lang, lang === 'fa' ? 'rtl' : 'ltr']);
    expect($('head > title').text()).toBe(title);
  });

  it('has no script, loads nothing, and forbids both', async () => {
    const { html } = await make(lang);
    const $ = load(html);
    expect($('script, link, img, iframe, object, embed, form, [src], [onload], [onerror]').length).toBe(0);
    expect($('meta[http-equiv="Content-Security-Policy"]').attr('content')).toMatch(/^default-src 'none'; style-src 'unsafe-inline'; font-src data:;/); // prettier-ignore
    const addresses = [
      ...$('style')
        .text()
        .matchAll(/url\(([^)]{0,20})/g),
    ].map(([, address]) => address);
    expect(addresses.length).toBeGreaterThan(0);
    expect(addresses.filter((address) => !/^(?:data:font\/woff2|#)/.test(address!))).toEqual([]);
  });

  it('leads every link and every number of a page to one place that is there', async () => {
    const $ = load((await make(lang)).html);
    const ids = $('[id]').map((__, element) => $(element).attr('id')!).get(); // prettier-ignore
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
    const targets = [
      ...$(`[${PAGE_OF}]`).map((__, element) => $(element).attr(PAGE_OF)!).get(),
      ...$('a[href^="#"]').map((__, element) => $(element).attr('href')!.slice(1)).get(),
    ]; // prettier-ignore
    expect(targets.length).toBeGreaterThan(10);
    expect(targets.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('lists in its contents all chapters, sections, tables and figures in the order in which they come', async () => {
    const $ = load((await make(lang)).html);
    const order = $('.chapter:not(.contents) :is(h2, h3, .caption)[id]').map((__, element) => $(element).attr('id')!).get(); // prettier-ignore
    const entries = (selector: string): string[] => $(selector).map((__, element) => $(element).attr('href')!.slice(1)).get(); // prettier-ignore
    expect(entries('.contents > ol a')).toEqual(order.filter((id) => !/^(?:table|figure)-/.test(id)));
    const plates = entries('.lists a');
    expect([...plates].sort()).toEqual(order.filter((id) => /^(?:table|figure)-/.test(id)).sort());
    for (const kind of ['table', 'figure']) expect(plates.filter((id) => id.startsWith(kind))).toEqual(order.filter((id) => id.startsWith(`${kind}-`))); // prettier-ignore
  });

  it('has a bookmark for each heading, with the words of the heading', async () => {
    const { html, bookmarks } = await make(lang);
    const $ = load(html);
    const headings = $(':is(h2, h3)[id]').map((__, element) => [[$(element).attr('id')!, words($(element).text())]]).get() as unknown as string[][]; // prettier-ignore
    expect(flat(bookmarks).map(({ id, title }) => [id, words(title)])).toEqual(headings);
  });

  it('repeats the head of each table and names each row', async () => {
    const $ = load((await make(lang)).html);
    const tables = $('table').get();
    expect(tables.length).toBeGreaterThan(5);
    expect(tables.filter((table) => $(table).children('thead').find('th[scope=col]').length === 0)).toEqual([]);
    expect($('tbody tr').filter((__, row) => $(row).find('th[scope]').length !== 1).length).toBe(0);
  });

  it('is the same text when it is made again', async () => {
    expect((await make(lang)).html).toBe((await make(lang)).html);
  });
});

describe('a Persian document', () => {
  it.each(CASES)('%s prints its numbers in Persian digits', async (_, make) => {
    const $ = load((await make('fa')).html);
    $('code, [dir=ltr], svg, style, [lang=en]').remove();
    expect(textsOf($, 'td.n, .caption, h2, h3, dd').filter((text) => /[0-9]/.test(text))).toEqual([]);
  });

  it('counts its pages in Persian digits, and an English one in its own', async () => {
    expect((await ofRound({}, 'fa')).html).toContain('content:"صفحه " counter(page,persian) " از " counter(pages,persian)'); // prettier-ignore
    expect((await ofRound({}, 'en')).html).toContain('content:"Page " counter(page,decimal) " of " counter(pages,decimal)'); // prettier-ignore
  });

  it('puts the number of a chapter to the right of the place in it', () => {
    expect(ofHistory({}, 'fa').html).toContain('جدول ۱\u200f-\u200f۱');
  });
});

describe('text from elsewhere', () => {
  const organizations = [anOrganization('tax', { names: { fa: HOSTILE, en: HOSTILE } }), anOrganization('post')];

  it.each(['fa', 'en'] as const)('stays text in content, attributes and the heads of pages (%s)', async (lang) => {
    const failures = new Map([['post', HOSTILE]]);
    const documents = [
      await ofRound({ organizations, failures }, lang),
      ofHistory({ registry: { ...REGISTRY, organizations: [...organizations, anOrganization('army')] } }, lang),
    ];
    for (const { html } of documents) {
      const $ = load(html);
      expect(parseErrors(html)).toEqual([]);
      expect([$('script').length, $('style').length]).toEqual([0, 1]);
      expect($('style').text()).not.toMatch(/@import|evil\.example|\balert\(/);
      expect($('.section h3').first().text()).toContain('<script>alert(1)</script>');
      expect(html).not.toContain('\u202e');
    }
  });

  it.each([
    ['سازمان ۲', '"سازمان ۲"'],
    ['a"b', '"a\\22 b"'],
    ['</style>', '"\\3c \\2f style\\3e "'],
    ['x\\\n y', '"x\\5c  y"'],
    ['می‌شود', '"می\\200c شود"'],
  ])('%j is a string of the style sheet as %s', (text, string) => expect(cssText(text)).toBe(string));
});

describe('the document of a round', () => {
  it('has a section for each organization with a score, and names the others with the reason', async () => {
    const data = await aReport();
    const $ = load((await ofRound()).html);
    const scored = data.organizations.filter(({ score }) => score !== null);
    expect(textsOf($, '.section > h3')).toEqual(scored.map(({ organization }, at) => `2.${at + 1} ${organization.names.en}`)); // prettier-ignore
    expect(rowsOf($, /not in the ranking/)).toEqual([['Agency army', 'Does not take part, at its own request.', '–']]);
  });

  it('ranks with the total, its interval and the stages that the data has', async () => {
    const { organizations } = await aReport();
    const [row] = rowsOf(load((await ofRound()).html), /Ranking of the organizations/);
    const { score, interval } = organizations[0]!;
    expect(score!.stages.interaction.score).toBeNull();
    const bounds = `${(Math.floor(interval![0] * 10) / 10).toFixed(1)}–${(Math.ceil(interval![1] * 10) / 10).toFixed(1)}`;
    expect(row!.slice(0, 7)).toEqual(['1', '1', 'Agency tax', printed(score!.total.score!), bounds, printed(score!.stages.presence.score!), '0.0–50.0']); // prettier-ignore
  });

  it('prints the range in the place of a score that is withheld', async () => {
    const { organizations } = await aReport();
    const withheld = organizations.find(({ organization }) => organization.id === 'post')!.score!.total;
    expect(withheld.score).toBeNull();
    const $ = load((await ofRound()).html);
    expect(rowsOf($, /Ranking of the organizations/)[1]![3]).toMatch(/^\d+\.\d–\d+\.\d$/);
  });

  it('counts the verdicts of each stage of an organization', async () => {
    const $ = load((await ofRound()).html);
    const table = $('.section').first().find('h4:contains("Counts of verdicts")').nextAll('.whole').find('tbody tr');
    const counts = table.map((_, row) => [$(row).children().map((__, cell) => words($(cell).text())).get()]).get() as unknown as string[][]; // prettier-ignore
    expect(counts).toEqual([
      ['Presence', '', '2', '1', '0', '0', '0'],
      ['Interaction', '', '0', '0', '1', '0', '1'],
      ['Total', '', '2', '1', '1', '0', '1'].with(0, 'All'),
    ]);
  });

  it('names what would raise the score, and no single finding', async () => {
    const message = { fa: 'پیام یک یافته', en: 'Message of one finding' };
    const $ = load((await ofRound({ findings: FINDINGS.map((finding) => ({ ...finding, message })) })).html);
    expect($('.gains li').first().text()).toMatch(/Questions and answers \+\d+\.\d\d/);
    expect($('body').text()).not.toContain(message.en);
  });

  it('shows the rounds before it where they are known', async () => {
    const alone = load((await ofRound()).html);
    const after = load((await ofRound({}, 'en', { history: HISTORY })).html);
    expect(plateOf(alone, /Mean scores/).length).toBe(0);
    expect(plateOf(after, /Mean scores .* in three rounds/).find('svg').length).toBeGreaterThan(0);
    expect(after('.section').first().text()).toContain('Difference from round 2, between two instruments');
    expect(after('.section').first().find('svg[aria-labelledby*="-line-"]').length).toBe(2);
  });

  /** Its text after a round in which the agency of the report had next to nothing. */
  const afterRound = async (change: Partial<HistoricRound>): Promise<CheerioAPI> => {
    const round = aRound({ results: [aResult('tax', [1, 1, 1, 1, 1], OLD)], ...change });
    return load((await ofRound({}, 'en', { history: { rounds: [round], explanations: [] } })).html);
  };

  it('calls it a difference, not growth, where others judged the round before', async () => {
    const $ = await afterRound({ origin: 'imported' });
    const said = words($('.chapter').text());
    expect(said).toMatch(
      /totals of the 1 organization with a reliable number in round 1 as well are \d+\.\d\d points higher here on average: 1 higher and 0 lower/,
    );
    expect(said).toContain('Round 1, Spring 2021, was judged by other hands');
    expect(plateOf($, /^Figure .* The largest differences from round 1, between two instruments/).length).toBe(1);
    expect(words($('.section').first().text())).toMatch(/Difference from round 1, between two instruments ?\+\d/);
    expect(said).not.toMatch(/growths? since|Growth since|rose/);
  });

  it('speaks of growth between two rounds of Rasad', async () => {
    const $ = await afterRound({ origin: 'own', edition: 't1' });
    const said = words($('.chapter').text());
    expect(said).toMatch(/Since round 1 the totals of the 1 organization with a reliable number in both rose by/);
    expect(plateOf($, /^Figure .* The largest growths since round 1/).length).toBe(1);
    expect(said).not.toMatch(/other hands|two instruments|edition of the method changed/i);
    expect(words((await afterRound({ origin: 'own', edition: 'e1' }))('.chapter').text())).toContain(
      'The edition of the method changed from e1 to t1',
    );
  });

  it('compares no total that cannot be trusted', async () => {
    const results = [aResult('tax', [1, 1, 1, 1, 1], OLD, { total: aScore(1, { status: 'unreliable' }) })];
    const said = words((await afterRound({ results }))('.chapter').text());
    expect(said).not.toMatch(/ifferences? from|other hands|rowths? since|rose by/);
  });

  it('says how a gain is counted: by what fails or is met in part, not by what is open', async () => {
    const $ = load((await ofRound()).html);
    const said = words($('body').text());
    expect(said.match(/if what fails or is met in part of an indicator were met/g)?.length).toBeGreaterThan(1);
    expect(said).not.toContain('met everywhere');
  });

  it('notes the organizations that were not audited also where all others are ranked', async () => {
    const organizations = [anOrganization('tax'), anOrganization('far')];
    const $ = load((await ofRound({ organizations })).html);
    expect(plateOf($, /not in the ranking/).length).toBe(0);
    expect(words($('#results').parent().text())).toContain(
      '1 more organization of the registry was not part of this audit.',
    );
  });

  it('compares an organization with a mean of several only', async () => {
    const only = load((await ofRound({ organizations: [anOrganization('tax')] })).html);
    expect(only('.section').first().text()).not.toContain('mean of all');
    const twice = [
      ...FINDINGS,
      ...FINDINGS.filter(({ organization }) => organization === 'tax').map((finding) => ({
        ...finding,
        organization: 'post',
        service: finding.service && 'p1',
      })),
    ];
    const both = load((await ofRound({ findings: twice.filter(({ verdict }) => verdict !== 'blocked') })).html);
    expect(both('.section').first().text()).toContain('mean of all');
  });

  it.each([
    ['an audit on demand', null, 'not part of a round'],
    ['a preview', 'preview', 'preview'],
  ])('says on the cover, in the title and at the head of each page that it is %s', async (_, state, said) => {
    const round = state && { id: '1405-q3', names: { fa: 'پاییز', en: 'Autumn' }, state, publishedAt: null, revises: null, reason: null, rootHash: null }; // prettier-ignore
    const { html, title } = await ofRound({}, 'en', { round });
    const $ = load(html);
    expect(words($('.cover .state').text())).toBe(said);
    expect(title).toContain(`(${said})`);
    expect(/@top-right\{content:"([^"]*)"/.exec($('style').text())?.[1]).toMatch(new RegExp(`^${said}`));
  });

  it('keeps the order of a name in Latin letters in a Persian line, at the head of pages and in the citation', async () => {
    const round = { id: '1405-q3', names: { fa: '1405-q3', en: '1405-q3' }, state: 'published', publishedAt: '2026-11-29T10:00:00.000Z', revises: null, reason: null, rootHash: null }; // prettier-ignore
    const $ = load((await ofRound({}, 'fa', { round })).html);
    expect($('.quoted').text()).toContain('دستگاه‌ها، \u200e1405-q3.');
    expect($('style').text()).toContain(cssText('ارزیابی خدمات الکترونیکی، \u200e1405-q3'));
    expect($('.subtitle bdi').text()).toBe('1405-q3');
  });

  it('says nothing of the kind of a published round, and bears the day of its publication', async () => {
    const round = { id: '1405-q3', names: { fa: 'پاییز', en: 'Autumn' }, state: 'published', publishedAt: '2026-11-29T10:00:00.000Z', revises: null, reason: null, rootHash: 'f'.repeat(64) }; // prettier-ignore
    const { html, madeAt } = await ofRound({}, 'en', { round });
    const $ = load(html);
    expect($('.state').length).toBe(0);
    expect(madeAt).toBe(round.publishedAt);
    expect($('.cover').text()).toContain('Sunday 29 November 2026');
    expect($('#citing').parent().text()).toContain(round.rootHash);
  });

  it('is made of an audit in which nothing was found', async () => {
    const $ = load((await ofRound({ findings: [] })).html);
    expect($('.section').length).toBe(0);
    expect($('body').text()).toContain('No organization is ranked.');
  });

  it('is made of an organization without services', async () => {
    const $ = load((await ofRound({ services: [], findings: [aFinding()] })).html);
    expect($('.section').first().text()).toContain('only its portal was judged');
  });

  it('reads what was found of one organization at a time', async () => {
    const open = new Set<string>();
    let most = 0;
    const data = await aReport();
    const details = async (id: string) => {
      open.add(id);
      most = Math.max(most, open.size);
      const found = await data.details(id);
      setTimeout(() => open.delete(id));
      await new Promise((done) => setTimeout(done));
      return found;
    };
    await roundDocument({ ...data, details }, voiceOf('en', 'jalali'), FONTS);
    expect(most).toBe(1);
  });
});

describe('the document of published rounds', () => {
  it('goes from the cover to how to cite it in the order of such reports', () => {
    const $ = load(ofHistory().html);
    expect($('body > *').first().next().attr('class')).toBe('cover');
    expect(textsOf($, '.chapter > h2')).toEqual(['Contents', 'Summary', 'Method and editions', '1 Results of Round 2, and the rounds compared', '2 Organizations', '3 Corrections and their reasons', 'How to cite this document']); // prettier-ignore
    expect(textsOf($, '.caption[id]').filter((caption) => /^\w+ 1\./.test(caption))).toEqual([
      'Table 1.1 Organizations that did not take part in Round 2 like the others',
      'Table 1.2 The organization that grew most from Round 1 to Round 2',
      'Figure 1.1 Largest growths from Round 1 to Round 2',
      'Figure 1.2 Mean scores of the stages and of the total in two rounds',
      'Table 1.3 Organizations new in Round 2',
      'Table 1.4 Services and sub-services evaluated in two rounds',
      'Table 1.5 Organizations in two rounds',
      'Table 1.6 Ranking of the organizations by their totals',
    ]);
  });

  it('uses the corrected number and keeps the printed one with its reason among the corrections', () => {
    const $ = load(ofHistory().html);
    expect(rowsOf($, /Ranking/)[0]!.slice(1, 4)).toEqual(['Agency tax', '62.00(1)', '+22.00']);
    const corrections = plateOf($, /corrected or not to be trusted/);
    expect(words(corrections.text())).toMatch(/The page of the agency has another number.*Agency tax.*62\.00 \(in print 26\.00\)/); // prettier-ignore
    expect(words(corrections.text())).toMatch(/Two cells are swapped.*Agency tax.*Integration 50\.00/);
  });

  it('prints the stages of an organization over the rounds, with a remark to what cannot be trusted', () => {
    const section = load(ofHistory().html)('#organization-tax').parent();
    const rows = section.find('table').first().find('tbody tr').map((_, row) => words(load(row, null, false).root().text())).get(); // prettier-ignore
    expect(rows).toEqual(['Presence40.0070.00', 'Interaction40.0080.00', 'Transaction40.0060.00', 'Integration40.0050.00(1)', 'Participation40.0040.00', 'Total40.0062.00(2)']); // prettier-ignore
    expect(words(section.find('.notes').first().text())).toBe('(1)Two cells are swapped.(2)The page of the agency has another number.'); // prettier-ignore
  });

  it('says why there is no table of stages instead of printing one of dashes', () => {
    const section = load(ofHistory().html)('#organization-army').parent();
    expect(section.text()).toContain('There is only its chart.');
    expect(section.text()).not.toContain('Scores of the stages over the rounds');
    expect(section.find('svg').length).toBe(0);
  });

  it('lists the services with their scores, and marks those whose pairing is an inference', () => {
    const section = load(ofHistory().html)('#organization-tax').parent();
    const rows = section.find('h4:contains("Services evaluated in Round 2")').nextAll('table').first().find('tbody tr');
    expect(rows.map((_, row) => words(load(row, null, false).root().text())).get()).toEqual(['1Service s164.00', '2Service s260.00(1)']); // prettier-ignore
    expect(section.find('.notes').last().text()).toContain('Joined by order.');
  });

  it('draws what can be trusted, marks what cannot, and leaves out what is lost', () => {
    const [before, last] = ROUNDS;
    const [tax, ...others] = last!.results;
    const lost = { ...tax!, stages: { ...tax!.stages, participation: aScore(null) } };
    const history = { rounds: [before!, { ...last!, results: [lost, ...others] }], explanations: [] };
    const section = load(ofHistory({ history }).html)('#organization-tax').parent();
    const descriptions = section.find('desc').map((_, desc) => words(load(desc, null, false).root().text())).get(); // prettier-ignore
    const [line, radar] = [/Total: /, /mean of Round 2/].map((own) => descriptions.find((text) => own.test(text))!);
    expect(line).toContain('Integration: 40.00 in Round 1.');
    expect(radar).toContain('Integration (not reliable): 50.00');
    expect(radar).not.toContain('withheld');
    const notes = section.find('p.note').map((_, note) => words(load(note, null, false).root().text())).get(); // prettier-ignore
    expect(notes).toEqual(['1 number that is not reliable is left out of the drawing.', 'Without a number and left out: Participation.']); // prettier-ignore
  });

  it('marks each growth that stands on a total which cannot be trusted', () => {
    const doubt = aScore(40, { status: 'unreliable', reason: { fa: 'نامطمئن', en: 'Doubtful total.' } });
    const before = aRound({
      results: [aResult('tax', [40, 40, 40, 40, 40], OLD, { total: doubt }), ROUNDS[0]!.results[1]!],
    });
    const $ = load(ofHistory({ history: { rounds: [before, ROUNDS[1]!], explanations: [] } }).html);
    expect(rowsOf($, /Ranking/).map((row) => row[3])).toEqual(['+22.00(2)', '−10.00', '–']);
    expect(rowsOf($, /grew most/)[0]).toEqual(['1', 'Agency tax', '+21.00', '+22.00(1)']);
    for (const caption of [/Ranking/, /grew most/])
      expect(plateOf($, caption).find('.notes').text()).toContain('Doubtful total.');
    expect(words($('#organization-tax').parent().text())).toMatch(/Growth since Round 1\+22\.00 \(not reliable\)/);
    expect(words($('#summary').parent().text())).toContain(
      '1 of the differences rests on a number that is not reliable.',
    );
  });

  it('says of a round without ranking, services and absences nothing that holds of another', () => {
    const history: History = { rounds: [aRound({ tolerance: 0.015, absences: [] })], explanations: [] };
    const $ = load(ofHistory({ history }).html);
    const said = words($('body').text());
    expect(said).toContain('This round published no ranking: the place is that among the totals that are known.');
    expect(said).not.toMatch(
      /The ranking follows the total|Services listed|the scores of its services|its rank and total/,
    );
    expect($('#organization-post').parent().text()).not.toContain('Cooperation');
    expect(said).toContain('(0.015 points)');
  });

  it('gives each mean its own count of organizations', () => {
    const [tax, post] = aRound().results;
    const half = { ...post!, stages: { ...post!.stages, participation: aScore(null) } };
    const history: History = { rounds: [aRound({ results: [tax!, half] })], explanations: [] };
    expect(words(load(ofHistory({ history }).html)('#summary').parent().text())).toContain(
      '“Presence” has the highest mean, 50.00 (2 organizations), and “Participation” the lowest, 40.00 (1 organization).',
    );
  });

  it('blames the weights only where they differ', () => {
    const said = (rounds: readonly HistoricRound[]): string =>
      words(
        load(
          ofHistory({
            history: { rounds, explanations: [] },
            weightsOf: (id) => WEIGHTS.get(id === 'e3' ? 'e1' : id) ?? null,
          }).html,
        )('#summary')
          .parent()
          .text(),
      );
    const sentence = 'The weights of the stages changed between the two';
    expect(said(ROUNDS)).toContain(sentence);
    expect(said([ROUNDS[0]!, { ...ROUNDS[1]!, edition: 'e3' }])).not.toContain(sentence);
  });

  it('says what changed in the weights from one edition to the next', () => {
    expect(words(load(ofHistory().html)('#method').parent().text())).toContain('From Round 1 to Round 2 the weight of “Interaction” from 25% to 20% and “Transaction” from 15% to 20% changed'); // prettier-ignore
  });

  it('is made of a single round without ranking, growths, counts or services', () => {
    const history: History = { rounds: [aRound({ counts: null })], explanations: [] };
    const $ = load(ofHistory({ history }).html);
    expect(rowsOf($, /Ranking/).map((row) => row.slice(0, 3))).toEqual([['1', 'Agency post', '60.00'], ['2', 'Agency tax', '40.00']]); // prettier-ignore
    expect(plateOf($, /growths|Mean scores/).length).toBe(0);
    expect($('.section').first().find('.chart').length).toBe(1);
  });

  it('cannot be made of no round', () => {
    expect(() => ofHistory({ history: { rounds: [], explanations: [] } })).toThrow(/without rounds/);
  });

  it('lists in the corrections what does not agree and is left as it is', () => {
    const wrong = aRound({ results: [{ ...aResult('tax', [40, 40, 40, 40, 40], OLD), total: aScore(55) }] });
    const $ = load(ofHistory({ history: { rounds: [wrong, ROUNDS[1]!], explanations: [] } }).html);
    expect(rowsOf($, /left as they are/)).toContainEqual(['Agency tax', '55.00', '40.00', '+15.00']);
    expect(plateOf($, /left as they are/).text()).toContain('no reason is known');
  });
});

describe('the five published rounds that come with Rasad', () => {
  const registry: Registry = loadRegistry('seeds/iran-1397');
  const history = loadHistory('seeds/iran-1397', registry);
  const weightsOf: HistoryMatter['weightsOf'] = (id) => EDITIONS.find((edition) => edition.id === id)?.stageWeights ?? null; // prettier-ignore
  const last = history.rounds.at(-1)!;
  const $ = load(ofHistory({ registry, history, weightsOf }, 'fa').html);
  const rowCount = (id: string): number => $(`#${id}`).parent().find('tbody tr').not('.band').length;

  it('give the tables of the source report with all of their rows', () => {
    expect([1, 2, 3, 4, 5, 6].map((at) => rowCount(`table-results-${at}`))).toEqual([
      last.absences.length,
      last.growths.length,
      last.newcomers.length,
      history.rounds.length,
      history.rounds.length,
      last.results.filter(({ ranking }) => ranking !== null).length,
    ]);
    expect(rowCount('table-results-6')).toBeGreaterThan(100);
  });

  it('give every organization its section with all of its services', () => {
    const listed = $('.section table').filter((_, table) => $(table).find('th').eq(1).text() === 'خدمت').find('tbody tr').length; // prettier-ignore
    expect($('.section').length).toBe(registry.organizations.length);
    expect(listed).toBe(last.results.reduce((sum, { services }) => sum + services.length, 0));
  });

  it('print each total of the last round as it is published', () => {
    const totals = $('#table-results-6').parent().find('tbody tr').map((_, row) => words($(row).children().eq(2).clone().find('sup').remove().end().text())).get(); // prettier-ignore
    const published = last.results.filter(({ ranking }) => ranking).toSorted((a, b) => a.ranking!.rank - b.ranking!.rank); // prettier-ignore
    expect(totals).toEqual(published.map(({ ranking }) => persianDigits(printed(ranking!.total.value!)).replace('.', '٫'))); // prettier-ignore
  });

  it('give the reason of every number that is corrected or not to be trusted', () => {
    const said = words($('#corrections').parent().text());
    const voice = voiceOf('fa', 'jalali');
    const reasons = history.rounds.flatMap(({ results }) => results.flatMap(({ stages, total, ranking, services }) => [...Object.values(stages), total, ...(ranking ? [ranking.total] : []), ...services.map(({ score }) => score)])).filter(({ status }) => status === 'corrected' || status === 'unreliable').map(({ reason }) => words(voice.prose(reason!))); // prettier-ignore
    expect(reasons.length).toBeGreaterThan(10);
    expect(reasons.filter((reason) => !said.includes(reason))).toEqual([]);
  });

  it('are a document up to each of the rounds', () => {
    for (let count = 1; count < history.rounds.length; count++) {
      const part = { ...history, rounds: history.rounds.slice(0, count) };
      expect(parseErrors(ofHistory({ registry, history: part, weightsOf }).html), `${count} rounds`).toEqual([]);
    }
  });
});
