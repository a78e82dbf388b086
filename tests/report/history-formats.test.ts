import { createHash } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { EDITIONS } from '../../rules/editions/index.ts';
import { loadHistory } from '../../src/audit/history.ts';
import { loadRegistry } from '../../src/audit/registry.ts';
import { publishedTotal } from '../../src/core/history.ts';
import { historyData, type HistoryData, type HistoryInput } from '../../src/report/history-data.ts';
import { historyJson, historyJsonText } from '../../src/report/history-json.ts';
import { HISTORY_JSON, historyJsonSchema } from '../../src/report/history-json-schema.ts';
import { historyPackage } from '../../src/report/history-open-data.ts';
import { historyTables } from '../../src/report/history-tables.ts';
import { historyXlsx } from '../../src/report/history-xlsx.ts';
import type { Lang } from '../../src/report/voice.ts';
import { aResult, aRound, aScore, HISTORY, NEW, OLD, REGISTRY, ROUNDS } from './history-sample.ts';
import { descriptorOf, faultsOf, filesOf, resourcesOf, type Resource } from './package-files.ts';
import { anOrganization, aService } from './sample.ts';
import { accepts, damaged, type Json, type Schema } from './schema-judge.ts';
import { column, joined, read, tags, unzip, type Cell, type SheetRead } from './workbook.ts';

const aHistory = (change: Partial<HistoryInput> = {}): HistoryData =>
  historyData({ registry: REGISTRY, history: HISTORY, roundId: 'h2', editions: [OLD, NEW], ...change });

const EVIL = ["=cmd|' /C calc'!A0", '+1+1', '-2+3', '@SUM(A1)', '\t=1', '＝1', '#REF!', '_x003D_1', '"\n=1"', '\u202e\u0000=1', '</t></is></c>', '<script>'] as const; // prettier-ignore

/** Names, titles and reasons that a spreadsheet would run, wherever a registry or a history has words. */
function hostileHistory(): HistoryData {
  const organizations = EVIL.map((words, at) => anOrganization(`o${at}`, { names: { fa: words, en: words }, portalUrl: words })); // prettier-ignore
  const services = EVIL.map((words, at) => aService(`s${at}`, 'o0', { titles: { fa: words, en: words }, code: words }));
  const reasons = EVIL.map((words) => ({ fa: words, en: words }));
  const results = EVIL.map((_, at) => ({
    ...aResult(`o${at}`, [50, 50, 50, 50, 50], NEW),
    total: aScore(50, { status: 'unreliable', reason: reasons[at]! }),
    services: at === 0 ? services.map(({ id }, own) => ({ service: id, score: aScore(null, { printed: '-', reason: reasons[own]! }), pairing: 'inferred' as const })) : [],
  })); // prettier-ignore
  const absences = reasons.map((names) => ({
    organization: null,
    names,
    cooperation: 'withdrawn' as const,
    note: names,
  }));
  return aHistory({
    registry: { ...REGISTRY, organizations, services, country: reasons[0]! },
    history: { rounds: [aRound({ id: 'h2', edition: 'e2', names: reasons[0]!, results, absences })], explanations: [] },
  });
}

const SEEDS = ['iran-1397', 'demo'].flatMap((seed) => {
  const registry = loadRegistry(`seeds/${seed}`);
  const history = loadHistory(`seeds/${seed}`, registry);
  return history.rounds.map(({ id }): [string, HistoryData] => [`${id} of ${seed}`, historyData({ registry, history, roundId: id, editions: EDITIONS })]); // prettier-ignore
});
const seed = (name: string): HistoryData => SEEDS.find(([own]) => own === name)![1];

// ---------------------------------------------------------------- JSON

/** As another program reads it: from the text. */
const readBack = (data: HistoryData): Json => JSON.parse(historyJsonText(data)) as Json;
const printed = JSON.parse(JSON.stringify(historyJsonSchema())) as Schema;
const judges: readonly [name: string, isValid: (value: Json) => boolean][] = [
  ['the shape', (value) => HISTORY_JSON.safeParse(value).success],
  ['the printed schema', (value) => accepts(printed, value)],
];

describe.each(judges)('%s of published rounds as JSON', (_, isValid) => {
  it.each(SEEDS)('takes round %s', (_name, data) => expect(isValid(readBack(data))).toBe(true));

  it('takes hostile names and reasons', () => expect(isValid(readBack(hostileHistory()))).toBe(true));

  it('refuses a key too few, a key too many and a value of another kind, wherever it is', () => {
    const value = readBack(aHistory());
    const changes = [...damaged(value)];
    expect(changes.length).toBeGreaterThan(500);
    expect(changes.filter(([, changed]) => isValid(changed)).map(([what]) => what)).toEqual([]);
  });

  it.each<[string, (json: any) => void]>([
    ['another schema', (json) => (json.$schema = 'audit.schema.json')],
    ['a score above 100', (json) => (json.rounds[1].results[0].total.value = 100.1)],
    ['an unknown status', (json) => (json.rounds[1].results[0].stages.presence.status = 'guessed')],
    ['an unknown check', (json) => (json.checks[0].check = 'sums-up')],
    ['a stage less', (json) => delete json.rounds[0].stageWeights.transaction],
  ])('refuses %s', (_name, change) => {
    const value = readBack(aHistory());
    change(value);
    expect(isValid(value)).toBe(false);
  });
});

describe('published rounds as JSON', () => {
  it('name their schema, and say in it what the parts mean', () => {
    expect(historyJson(aHistory()).$schema).toBe('history.schema.json');
    expect(printed['$schema']).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(Object.keys(printed.$defs!).sort()).toEqual(['Check', 'Growth', 'Mean', 'Means', 'PublishedScore', 'Result', 'Round', 'Text']); // prettier-ignore
    for (const part of Object.values(printed.$defs!)) expect(part['description']).toEqual(expect.any(String));
  });

  it('have each number with its status, what print has and the reason', () => {
    const [, round] = historyJson(aHistory()).rounds;
    const [tax] = round!.results;
    expect(tax!.total).toEqual({ value: 62, printed: '26', status: 'corrected', reason: { fa: 'صفحه دستگاه عدد دیگری دارد.', en: 'The page of the agency has another number.' } }); // prettier-ignore
    expect(tax!.stagesTotal).toEqual({ value: 62, printed: null, status: 'printed', reason: null });
    expect(tax!.stages.integration).toMatchObject({ value: 50, status: 'unreliable' });
    expect(tax!.growth).toEqual({ points: 22, doubtful: false });
    expect(tax!.services.map(({ pairing }) => pairing)).toEqual(['printed', 'inferred']);
    expect(round!.growths).toEqual([{ organization: 'tax', growth: 21, difference: { points: 22, doubtful: false } }]);
    expect(round!.means.total).toEqual({ mean: expect.closeTo(142 / 3, 6), count: 3 });
  });

  it('have the asked round and those before it, and nothing of a later one', () => {
    expect(historyJson(aHistory()).rounds.map(({ id }) => id)).toEqual(['h1', 'h2']);
    const first = aHistory({ roundId: 'h1' });
    expect([historyJson(first).round, historyJson(first).rounds.length]).toEqual(['h1', 1]);
    expect(historyJsonText(first)).not.toContain('"h2"');
    expect(historyJson(first).rounds[0]!.results.map(({ rank, place }) => [rank, place])).toEqual([[null, 2], [null, 1]]); // prettier-ignore
  });

  it('have a deviation with its numbers and reasons', () => {
    const checks = historyJson(aHistory()).checks.filter(({ deviations }) => deviations.length > 0);
    expect(checks.find(({ check }) => check === 'growth')!.deviations).toEqual([
      { organization: 'tax', published: 21, computed: 22, mended: false, reasons: [] },
    ]);
  });
});

// ---------------------------------------------------------------- tables and package

const rows = (data: HistoryData, name: string): Record<string, string>[] =>
  parse(historyTables(data).find((table) => table.name === name)!.content as string, { bom: true, columns: true });

describe('published rounds as tables', () => {
  it('have a line for each organization of the registry, by its place in the round', () => {
    const own = rows(aHistory(), 'organizations');
    expect(own.map(({ id, rank, place, total, total_status: status, total_printed: print }) => [id, rank, place, total, status, print])).toEqual([
      ['tax', '1', '1', '62', 'corrected', '26'],
      ['post', '2', '2', '50', 'printed', ''],
      ['army', '3', '3', '30', 'printed', ''],
    ]);
    expect(own.map(({ growth, growth_published: published, cooperation, new: isNew }) => [growth, published, cooperation, isNew])).toEqual([
      ['22', '21', '', 'no'],
      ['-10', '', 'visible-only', 'no'],
      ['', '', '', 'yes'],
    ]);
    expect(rows(aHistory({ roundId: 'h1' }), 'organizations').map(({ id, place, total }) => [id, place, total])).toEqual([['post', '1', '60'], ['tax', '2', '40'], ['army', '', '']]);
  }); // prettier-ignore

  it('have every corrected or unreliable cell with its reason, those of services too', () => {
    const own = rows(aHistory(), 'corrections');
    expect(own.map(({ key, value, printed: print, status, reason_en: reason }) => [key, value, print, status, reason])).toEqual([
      ['h2/tax/integration', '50', '', 'unreliable', 'Two cells are swapped.'],
      ['h2/tax/ranking_total', '62', '26', 'corrected', 'The page of the agency has another number.'],
    ]); // prettier-ignore
    const lost = ROUNDS[1]!.results.map((result) => ({ ...result, services: result.services.map((service) => ({ ...service, score: aScore(1, { status: 'unreliable' }) })) })); // prettier-ignore
    const data = aHistory({ history: { rounds: [ROUNDS[0]!, { ...ROUNDS[1]!, results: lost }], explanations: [] } });
    expect(rows(data, 'corrections').flatMap(({ service_id: id }) => id || [])).toEqual(['s1', 's2']);
  });

  it('have rounds, means, growths, absences and what does not fit', () => {
    const data = aHistory();
    expect(rows(data, 'rounds').map(({ id, edition, weight_interaction: weight, services }) => [id, edition, weight, services])).toEqual([['h1', 'e1', '25', '9'], ['h2', 'e2', '20', '12']]); // prettier-ignore
    expect(rows(data, 'means').filter(({ column: own }) => own === 'total').map(({ mean, organizations }) => [mean, organizations])).toEqual([['50', '2'], ['47.3333', '3']]); // prettier-ignore
    expect(rows(data, 'means').find(({ round, column: own }) => round === 'h2' && own === 'integration')).toMatchObject({ mean: '50', organizations: '2', trusted_mean: '', trusted_organizations: '1' }); // prettier-ignore
    expect(rows(data, 'growths')).toEqual([{ round: 'h2', row: '1', organization_id: 'tax', growth: '21', difference: '22', doubtful: 'no' }]); // prettier-ignore
    expect(rows(data, 'absences').map(({ organization_id: id, name_en: name, cooperation }) => [id, name, cooperation])).toEqual([['post', 'Post', 'visible-only'], ['', 'Energy', 'withdrawn']]); // prettier-ignore
    expect(rows(data, 'deviations')).toContainEqual(expect.objectContaining({ check: 'growth', organization_id: 'tax', published: '21', computed: '22', difference: '-1' })); // prettier-ignore
  });

  it('keep the numbers of print as they are, and its dashes', () => {
    const dashed = rows(seed('r5 of iran-1397'), 'scores').filter(({ printed: print }) => print === '-');
    expect(dashed.length).toBeGreaterThan(200);
    expect(dashed.every(({ value, status }) => value === '' && status !== 'printed')).toBe(true);
    const totals = rows(seed('r5 of iran-1397'), 'organizations');
    expect(totals.length).toBe(105);
    expect([totals[0]!['id'], totals[0]!['total']]).toEqual(['bimeh-markazi', '98']);
  });

  it('begin with a byte order mark and let no cell become a formula', () => {
    for (const { path, content } of historyTables(hostileHistory())) {
      expect([(content as string).charCodeAt(0), (content as string).lastIndexOf('\ufeff')], path).toEqual([0xfeff, 0]);
      for (const row of parse(content as string, { bom: true, columns: true }) as Record<string, string>[])
        for (const cell of Object.values(row)) expect(cell, path).not.toMatch(/^(?!-$|-?\d+(?:\.\d+)?$)[=+\-@\t\r＝＋－＠\u202e]/u); // prettier-ignore
    }
  });
});

const histories: readonly (readonly [name: string, data: () => HistoryData])[] = [
  ['two rounds', () => aHistory()],
  ['a round with nothing before it', () => aHistory({ roundId: 'h1' })],
  ['hostile words', hostileHistory],
  ...SEEDS.map(([name, data]) => [name, () => data] as const),
];

describe.each(histories)('the data package of %s', (_, data) => {
  it('has tables that are what their schemas say', async () => expect(faultsOf(await filesOf(historyPackage(data())))).toEqual([])); // prettier-ignore

  it('names every file but itself, with its size and hash', async () => {
    const files = await filesOf(historyPackage(data()));
    expect([...files.keys()]).toEqual(['organizations.csv', 'services.csv', 'scores.csv', 'rounds.csv', 'means.csv', 'growths.csv', 'absences.csv', 'corrections.csv', 'deviations.csv', 'history.json', 'history.schema.json', 'method.md', 'datapackage.json']); // prettier-ignore
    const facts = [...files].slice(0, -1).map(([path, bytes]) => [path, bytes.length, `sha256:${createHash('sha256').update(bytes).digest('hex')}`]); // prettier-ignore
    expect(resourcesOf(files).map(({ path, bytes, hash }) => [path, bytes, hash])).toEqual(facts);
  });
});

describe('the package of published rounds', () => {
  it('is the same bytes each time', async () => {
    const [one, other] = [await filesOf(historyPackage(aHistory())), await filesOf(historyPackage(aHistory()))];
    expect([...one].map(([path, bytes]) => [path, bytes.toString()])).toEqual([...other].map(([path, bytes]) => [path, bytes.toString()])); // prettier-ignore
  });

  it('has the JSON, which names the schema that lies beside it and keeps it', async () => {
    const files = await filesOf(historyPackage(aHistory()));
    const json = JSON.parse(files.get('history.json')!.toString());
    const schema = JSON.parse(files.get(json.$schema)!.toString());
    expect(schema).toEqual(printed);
    expect(accepts(schema, json)).toBe(true);
    expect(resourcesOf(files).find(({ name }) => name === 'history')).toMatchObject({ jsonSchema: 'history.schema.json', mediatype: 'application/json' }); // prettier-ignore
  });

  it('says what it is, what it comes from, under which licence, and no time that nobody knows', async () => {
    const descriptor = descriptorOf(await filesOf(historyPackage(aHistory())));
    expect(descriptor).toMatchObject({
      name: 'rasad-demo-h2',
      title: 'Electronic services, Demo: round 2, Spring 2022',
      title_fa: 'خدمات الکترونیکی نمونه، نوبت دوم، بهار ۱۴۰۱',
      version: 'h2',
      licenses: [{ name: 'CC-BY-4.0', path: 'https://creativecommons.org/licenses/by/4.0/' }],
      method: { rounds: [{ id: 'h1', edition: 'e1', stageWeights: OLD.stageWeights }, { id: 'h2', edition: 'e2' }] },
    }); // prettier-ignore
    expect(descriptor.sources.map(({ title }: { title: string }) => title)).toHaveLength(3);
    expect(descriptor).not.toHaveProperty('created');
  });

  it('says in both languages what every column, file and the whole is', async () => {
    const descriptor = descriptorOf(await filesOf(historyPackage(aHistory())));
    const described = [descriptor, ...descriptor.resources, ...descriptor.resources.flatMap(({ schema }: Resource) => schema?.fields ?? [])]; // prettier-ignore
    expect(described.length).toBeGreaterThan(90);
    for (const { name, title, title_fa: titleFa, description, description_fa: descriptionFa } of described) {
      for (const english of [title, description]) expect(english, name).toMatch(/^[^\u0600-\u06ff]+$/);
      for (const persian of [titleFa, descriptionFa]) expect(persian, name).toMatch(/[\u0600-\u06ff]/);
    }
  });

  it('has a method with weights, statuses, checks, licence and citation, in which no name is an instruction', async () => {
    const text = (await filesOf(historyPackage(aHistory()))).get('method.md')!.toString();
    for (const part of ['Interaction 25%', 'تعاملی ۲۵', '**corrected**: Print is wrong', 'it is never a zero', 'The growth is the difference of the two totals: 0 of 1', '> Electronic services, Demo: round 2, Spring 2022. Compiled by Rasad, demo h2. CC-BY-4.0.']) expect(text).toContain(part); // prettier-ignore
    const evil = 'x\n# Heading\n- item\n<script>alert(1)</script> [a](javascript:b)';
    const hostile = aHistory({ registry: { ...REGISTRY, country: { fa: evil, en: evil } } });
    const other = (await filesOf(historyPackage(hostile))).get('method.md')!.toString();
    expect(other).not.toMatch(/^(?:# Heading|- item)|(?<!\\)<script|(?<!\\)\[a/m);
  });
});

// ---------------------------------------------------------------- the workbook

const bytesOf = (data: HistoryData, lang: Lang = 'en'): Promise<Buffer> => joined(historyXlsx(data, lang));
const sheets = async (data: HistoryData, lang: Lang = 'en'): Promise<Record<string, SheetRead>> =>
  Object.fromEntries(read(await bytesOf(data, lang)).map((sheet) => [sheet.name, sheet]));

describe('the workbook of published rounds', () => {
  it('has its sheets from right to left in Persian only, heads in sight, tables to filter', async () => {
    const fa = read(await bytesOf(aHistory(), 'fa'));
    const en = read(await bytesOf(aHistory(), 'en'));
    expect(fa.map(({ name }) => name)).toEqual(['رتبه‌بندی', 'خدمات', 'در گذر نوبت‌ها', 'نوبت‌ها', 'میانگین‌ها', 'رشدهای منتشرشده', 'همکاری', 'اصلاح‌ها', 'آنچه نمی‌خواند', 'روش']); // prettier-ignore
    expect(en.map(({ name }) => name)).toEqual(['Ranking', 'Services', 'Over the rounds', 'Rounds', 'Means', 'Published growths', 'Cooperation', 'Corrections', 'What does not fit', 'Method']); // prettier-ignore
    expect(new Set(fa.map(({ root }) => tags('sheetView', root)[0]!.attribs['rightToLeft']))).toEqual(new Set(['1']));
    expect(new Set(en.map(({ root }) => tags('sheetView', root)[0]!.attribs['rightToLeft']))).toEqual(new Set([undefined])); // prettier-ignore
    for (const { root, name } of en) expect(tags('pane', root)[0]!.attribs, name).toMatchObject({ ySplit: '1', state: 'frozen' }); // prettier-ignore
    expect(en.filter(({ root }) => tags('autoFilter', root).length === 0).map(({ name }) => name)).toEqual(['Method']);
    for (const { rows: own, name } of fa) for (const head of Object.keys(own[0] ?? {})) expect(head, name).toMatch(/[\u0600-\u06ff]/); // prettier-ignore
  });

  it('is the same bytes each time and holds no time of writing', async () => {
    const [one, other] = [await bytesOf(aHistory()), await bytesOf(aHistory())];
    expect(one.equals(other)).toBe(true);
    expect(unzip(one).get('docProps/core.xml')).not.toContain(`W3CDTF">${new Date().getFullYear()}`);
  });

  it('has numbers as numbers, beside their status and what print has', async () => {
    const { Ranking } = await sheets(aHistory());
    const [tax, post, army] = Ranking!.rows;
    const cells = (row: typeof tax, ...heads: string[]): (string | number | null)[] => heads.map((head) => row![head]!.value); // prettier-ignore
    expect(tax!['Total']).toEqual({ type: 'number', value: 62, format: '0.00' });
    expect(tax!['Total, in print']).toEqual({ type: 'number', value: 26, format: '0.00' });
    expect(tax!['Growth since round 1']).toEqual({ type: 'number', value: 22, format: '+0.00;-0.00;0.00' });
    expect(cells(tax, 'Rank', 'Total, status', 'Integration', 'Integration, status', 'Published growth', 'Services')).toEqual([1, 'corrected', 50, 'not reliable', 21, 2]); // prettier-ignore
    expect(cells(tax, 'Reason')).toEqual(['Two cells are swapped. The page of the agency has another number.']);
    expect(cells(post, 'Growth since round 1', 'Cooperation')).toEqual([-10, 'Gave no information; evaluated by what its portal shows.']); // prettier-ignore
    expect(cells(army, 'Total', 'Presence', 'Presence, status', 'New?')).toEqual([30, null, 'no number', 'yes']);
  });

  it('has a place where no ranking is published, and no growth without a round before', async () => {
    const { Ranking } = await sheets(aHistory({ roundId: 'h1' }));
    expect(column(Ranking!, 'Place')).toEqual([1, 2, null]);
    expect(Object.keys(Ranking!.rows[0]!).filter((head) => /growth/i.test(head))).toEqual([]);
  });

  it('has rounds, corrections and what does not fit with their reasons', async () => {
    const all = await sheets(aHistory());
    expect(column(all['Over the rounds']!, 'Total')).toEqual([40, 62, 60, 50, 30]);
    expect(column(all['Over the rounds']!, 'Not reliable')).toEqual([null, 'Integration', null, null, null]);
    expect(all['Rounds']!.rows[1]!['Weight of the stage Interaction']).toEqual({ type: 'number', value: 0.2, format: '0.0%' }); // prettier-ignore
    expect(column(all['Corrections']!, 'Cell')).toEqual(['Integration', 'Total in the ranking']);
    expect(column(all['Corrections']!, 'Reason')).toEqual(['Two cells are swapped.', 'The page of the agency has another number.']); // prettier-ignore
    const growth = all['What does not fit']!.rows.find((row) => row['Check’s id']!.value === 'growth')!;
    expect(['Published', 'Computed', 'Difference'].map((head) => growth[head]!.value)).toEqual([21, 22, -1]);
    expect(column(all['Method']!, 'Value')).toContainEqual(expect.stringContaining('Presence 25%, Interaction 20%'));
  });

  it('has the ranking of round five as it was published', async () => {
    const data = seed('r5 of iran-1397');
    const { Ranking, Services } = await sheets(data, 'en');
    expect(column(Ranking!, 'Total')).toEqual(data.order.map((result) => publishedTotal(result).value));
    expect(Ranking!.rows.every((row) => row['Total']!.type === 'number')).toBe(true);
    expect(Services!.rows.length).toBe(791);
  });

  it('lets no word become a formula, an error, a link or a part of the archive', async () => {
    for (const lang of ['fa', 'en'] as const) {
      const zip = await bytesOf(hostileHistory(), lang);
      for (const { root, name, rows: own } of read(zip)) {
        expect(['f', 'hyperlink', 'ext'].flatMap((tag) => tags(tag, root)), name).toEqual([]); // prettier-ignore
        expect(tags('c', root).filter(({ attribs }) => !['s', 'inlineStr', undefined].includes(attribs['t'])), name).toEqual([]); // prettier-ignore
        // a dash of print is a text in a column of numbers
        const texts = own.flatMap((row) => Object.values(row)).filter(({ type, value }: Cell) => type === 'text' && value !== '-'); // prettier-ignore
        expect(new Set(texts.map(({ format }) => format)), name).toEqual(new Set(texts.length > 0 ? ['@'] : []));
      }
      expect([...unzip(zip).keys()].filter((path) => /externalLink|macro|vba/i.test(path))).toEqual([]);
    }
    const { Services } = await sheets(hostileHistory());
    expect(column(Services!, 'Service code')).toContain('=cmd|\' /C calc\'!A0'); // prettier-ignore
  });
});
