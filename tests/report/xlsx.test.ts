import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/core/model.ts';
import type { ReportData } from '../../src/report/data.ts';
import type { Lang } from '../../src/report/voice.ts';
import { auditXlsx } from '../../src/report/xlsx.ts';
import { aFinding, anOrganization, aReport, aService, FINDINGS, someEvidence } from './sample.ts';
import { column, joined, read, tags, unzip, type Cell, type SheetRead } from './workbook.ts';

const bytesOf = (data: ReportData, lang: Lang = 'en'): Promise<Buffer> => joined(auditXlsx(data, lang));
const sheets = async (data: ReportData, lang: Lang = 'en'): Promise<Record<string, SheetRead>> =>
  Object.fromEntries(read(await bytesOf(data, lang)).map((sheet) => [sheet.name, sheet]));
const DECIDED = { by: 'reviewer 7', at: '2026-11-23T21:00:00.000Z', basis: 'review', note: 'seen', machine: 'unclear' } as const; // prettier-ignore

describe('the workbook', () => {
  it('has five sheets, from right to left in Persian only', async () => {
    const fa = read(await bytesOf(await aReport(), 'fa'));
    const en = read(await bytesOf(await aReport(), 'en'));
    expect(fa.map(({ name }) => name)).toEqual(['رتبه‌بندی', 'خدمات', 'شاخص‌ها', 'داوری‌ها', 'روش']);
    expect(en.map(({ name }) => name)).toEqual(['Ranking', 'Services', 'Indicators', 'Findings', 'Method']);
    expect(fa.map(({ root }) => tags('sheetView', root)[0]!.attribs['rightToLeft'])).toEqual(['1', '1', '1', '1', '1']);
    expect(en.map(({ root }) => tags('sheetView', root)[0]!.attribs['rightToLeft'])).toEqual([undefined, undefined, undefined, undefined, undefined]); // prettier-ignore
  });

  it('keeps the heads of all sheets in sight and lets those of tables be filtered', async () => {
    const all = read(await bytesOf(await aReport()));
    for (const { root, name } of all) expect(tags('pane', root)[0]!.attribs, name).toMatchObject({ ySplit: '1', state: 'frozen' }); // prettier-ignore
    expect(all.map(({ root }) => tags('autoFilter', root)[0]?.attribs['ref'])).toEqual([
      'A1:U4',
      'A1:P4',
      'A1:R5',
      'A1:V9',
      undefined,
    ]);
    for (const { root, name } of all) expect(tags('col', root).every(({ attribs }) => Number(attribs['width']) >= 7), name).toBe(true); // prettier-ignore
  });

  it('is the same bytes each time and holds no time of writing', async () => {
    const [one, other] = [await bytesOf(await aReport()), await bytesOf(await aReport())];
    expect(one.equals(other)).toBe(true);
    expect(unzip(one).get('docProps/core.xml')).toContain('<dcterms:modified xsi:type="dcterms:W3CDTF">2026-11-23T09:30:00Z<'); // prettier-ignore
  });

  it('is whole where there are no findings', async () => {
    const all = await sheets(await aReport({ findings: [] }));
    expect(all['Findings']!.rows).toEqual([]);
    expect(column(all['Ranking']!, 'Why it has no rank')[0]).toContain('came to no result');
  });

  it('ends with the error that reading an organization ends with', async () => {
    const data = await aReport();
    const failing = { ...data, details: () => Promise.reject(new Error('the disk is gone')) };
    await expect(bytesOf(failing)).rejects.toThrow('the disk is gone');
  });

  it('comes out while findings are still being read', async () => {
    const organizations = Array.from({ length: 60 }, (_, at) => anOrganization(`o${at}`));
    const data = await aReport({ organizations, services: [], findings: [], audit: { organizationIds: organizations.map(({ id }) => id) } }); // prettier-ignore
    let asked = 0;
    // words that do not compress, so that what goes in also has to come out
    const noise = (seed: number): string => Array.from({ length: 300 }, (_, at) => String.fromCharCode(0x600 + ((seed * 7919 + at * at * 104_729) % 251))).join(''); // prettier-ignore
    const details: ReportData['details'] = async (id) => {
      asked++;
      return { findings: Array.from({ length: 100 }, (_, at) => aFinding({ organization: id, evidence: [someEvidence({ quote: noise(asked * 1000 + at) })] })), snapshots: [], skipped: [] }; // prettier-ignore
    };
    let size = 0;
    let askedThen = 0;
    for await (const piece of auditXlsx({ ...data, details }, 'en')) {
      size += piece.length;
      if (size > 100_000 && askedThen === 0) askedThen = asked;
    }
    expect([asked, askedThen > 0, askedThen < 60]).toEqual([60, true, true]);
  });
});

describe('the ranking', () => {
  it('has ranks, totals and intervals as numbers of two decimals', async () => {
    const data = await aReport();
    const { score, interval } = data.organizations[0]!;
    const tax = (await sheets(data))['Ranking']!.rows[0]!;
    expect([tax['Rank'], tax['Best rank'], tax['Group']].map((cell) => cell!.value)).toEqual([1, 1, 1]);
    expect(tax['Total']).toEqual({ type: 'number', value: expect.closeTo(score!.total.score!, 6), format: '0.00' });
    expect(tax['From, 95% certain']!.value).toBeCloseTo(interval![0], 6);
    expect(tax['To, 95% certain']!.value).toBeCloseTo(interval![1], 6);
    expect(tax['Presence']!.value).toBeCloseTo(score!.stages.presence.score!, 6);
  });

  it('has the settled share as a percentage', async () => {
    const data = await aReport();
    expect((await sheets(data))['Ranking']!.rows[0]!['Share settled']).toEqual({
      type: 'number',
      value: expect.closeTo(data.organizations[0]!.score!.total.resolved, 6),
      format: '0.0%',
    });
  });

  it('leaves a withheld total empty, gives its bounds and says why', async () => {
    const data = await aReport();
    const post = (await sheets(data))['Ranking']!.rows[1]!;
    expect([post['Rank']!.value, post['Total']!.value]).toEqual([null, null]);
    expect(post['If all open ones fail']!.value).toBe(0);
    expect(post['If all open ones pass']!.value).toBeCloseTo(data.organizations[1]!.score!.total.high, 6);
    expect(post['Why it has no rank']!.value).toContain('withheld');
  });

  it('has names in both languages and the reason of those that are not ranked', async () => {
    const army = (await sheets(await aReport(), 'fa'))['رتبه‌بندی']!.rows[2]!;
    expect(['دستگاه', 'دستگاه (انگلیسی)', 'همکاری', 'چرا رتبه ندارد'].map((head) => army[head]!.value)).toEqual([
      'سازمان army',
      'Agency army',
      'انصراف‌داده',
      'به درخواست خود در این سنجش شرکت نکرده است.',
    ]);
  });

  it('draws bars in the totals, from nothing to a hundred', async () => {
    const { root } = (await sheets(await aReport()))['Ranking']!;
    const [bars] = tags('conditionalFormatting', root);
    expect(bars!.attribs['sqref']).toBe('G2:G4');
    expect(tags('dataBar', bars!)[0]!.attribs).toEqual({ minLength: '0', maxLength: '100' });
    expect(tags('cfvo', bars!).map(({ attribs }) => [attribs['type'], attribs['val']])).toEqual([
      ['num', '0'],
      ['num', '100'],
    ]);
  });
});

describe('services and indicators', () => {
  it('keeps the code of a service as text, leading zeros included', async () => {
    const all = await sheets(await aReport({ services: [aService('s1', 'tax', { code: '00041234' })] }));
    expect(all['Services']!.rows[0]!['Service code']).toEqual({ type: 'text', value: '00041234', format: '@' });
  });

  it('counts verdicts by indicator, with the share that is met', async () => {
    const { Indicators } = await sheets(await aReport());
    const row = Indicators!.rows.find(({ Id }) => Id!.value === 'presence/steps-published')!;
    expect(['All verdicts', 'Pass', 'Partial', 'Fail', 'Blocked'].map((head) => row[head]!.value)).toEqual([3, 1, 1, 0, 1]); // prettier-ignore
    expect(row['Share met']).toEqual({ type: 'number', value: 0.75, format: '0.0%' });
  });

  it('has no counts of an indicator that is not measured', async () => {
    const { Indicators } = await sheets(await aReport());
    const poll = Indicators!.rows.find(({ Id }) => Id!.value === 'participation/poll')!;
    expect(['Measured?', 'All verdicts', 'Pass', 'Share met'].map((head) => poll[head]!.value)).toEqual(['no', null, null, null]); // prettier-ignore
  });
});

describe('the findings', () => {
  it('has a row for each, by organization in the order of the ranking', async () => {
    const { Findings } = await sheets(await aReport());
    expect(column(Findings!, 'Rule')).toEqual(FINDINGS.map(({ rule }) => rule));
    expect(column(Findings!, 'Service').slice(0, 2)).toEqual(['(portal)', 'Service s1']);
    expect(column(Findings!, 'Organization’s id')).toEqual(FINDINGS.map(({ organization }) => organization));
  });

  it('has evidence, confidence and what a person decided, each of its own type', async () => {
    const { Findings } = await sheets(await aReport({ findings: [aFinding({ decided: DECIDED })] }));
    const [row] = Findings!.rows;
    expect(row!['Address of the evidence']).toEqual({ type: 'text', value: 'https://www.tax.example/', format: '@' });
    expect(row!['Quotation']!.value).toBe('تلفن: ۰۲۱-۸۸۷۷۶۶۵۵');
    expect(row!['Confidence']).toEqual({ type: 'number', value: 0.9, format: '0.0%' });
    expect(['Decided by', 'The machine said', 'Note'].map((head) => row![head]!.value)).toEqual(['reviewer 7', 'Unclear', 'seen']); // prettier-ignore
  });

  it('has the time of a decision as a time, and its day in Tehran as text where the calendar is Jalali', async () => {
    const findings: Finding[] = [aFinding({ decided: DECIDED })];
    const [en] = (await sheets(await aReport({ findings })))['Findings']!.rows;
    expect(en!['Decided at (UTC)']).toEqual({ type: 'number', value: expect.closeTo(46349.875, 8), format: 'yyyy-mm-dd hh:mm' }); // prettier-ignore
    expect(en!['Jalali day of it']).toEqual({ type: 'text', value: '1405-09-03', format: '@' });
    const [fa] = (await sheets(await aReport({ findings }), 'fa'))['داوری‌ها']!.rows;
    expect(fa!['روز تصمیم']!.value).toBe('۱۴۰۵/۰۹/۰۳');
    const [gregorian] = (await sheets(await aReport({ findings, registry: { calendar: 'gregorian' } })))['Findings']!.rows; // prettier-ignore
    expect(Object.keys(gregorian!)).not.toContain('Jalali day of it');
  });

  it('keeps a time that is none as the text that it is', async () => {
    const [row] = (await sheets(await aReport({ findings: [aFinding({ decided: { ...DECIDED, at: '=NOW()' } })] })))['Findings']!.rows; // prettier-ignore
    expect(row!['Decided at (UTC)']).toMatchObject({ type: 'text', value: '=NOW()' });
  });

  it('says where more of them are than a sheet has rows for', async () => {
    const data = await aReport();
    const large = await sheets({ ...data, verdicts: { ...data.verdicts, pass: 2_000_000 } });
    expect(tags('autoFilter', large['Findings']!.root)[0]!.attribs['ref']).toBe('A1:V1048576');
    expect(column(large['Method']!, 'Value')).toContainEqual(expect.stringContaining('findings.csv has them all'));
    expect(column((await sheets(data))['Method']!, 'Value')).not.toContainEqual(
      expect.stringContaining('findings.csv'),
    );
  });
});

describe('the method', () => {
  it('has the edition, its weights as percentages, times, digests and what is not measured', async () => {
    const { Method } = await sheets(await aReport());
    const entry = (item: string): Readonly<Record<string, Cell>> => Method!.rows.find((row) => row['Item']!.value === item)!; // prettier-ignore
    expect(entry('Edition')['Value']!.value).toBe('t1');
    expect(entry('Weight of the stage Interaction')['Value']).toEqual({ type: 'number', value: 0.4, format: '0.0%' });
    expect(entry('Begun (UTC)')['Value']).toEqual({ type: 'number', value: expect.closeTo(46349.333333, 5), format: 'yyyy-mm-dd hh:mm' }); // prettier-ignore
    expect(entry('Begun (UTC)')['Remark, id or Jalali day']!.value).toBe('1405-09-02');
    expect(entry('Digest of the rules')['Value']!.value).toBe('2'.repeat(64));
    expect(Method!.rows.at(-1)!['Value']!.value).toBe('Polls');
  });
});

describe('hostile words', () => {
  const evil: readonly (readonly [words: string, shown: string])[] = [
    ["=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"],
    ['+1+1', '+1+1'],
    ['-2+3', '-2+3'],
    ['@SUM(A1)', '@SUM(A1)'],
    ['\t=1', '\t=1'],
    ['\r=1', '\n=1'],
    ['a\r\nb\rc', 'a\nb\nc'],
    [' =1 ', ' =1 '],
    ['＝1', '＝1'],
    ['#REF!', '#REF!'],
    ['#N/A', '#N/A'],
    ['_x003D_1+1', '_x003D_1+1'],
    ['_X003d_', '_X003d_'],
    ['</t></is></c><c><f>1+1</f></c>', '</t></is></c><c><f>1+1</f></c>'],
    ['&lt;&#61;1', '&lt;&#61;1'],
    ['\u0000\u0001a\u001b\u202e=1\ufffe', 'a=1'],
    ['half a pair \ud800', 'half a pair \ufffd'],
    ['TRUE', 'TRUE'],
    ['1e5', '1e5'],
    ['2026-11-23', '2026-11-23'],
    ['https://a.example/"onclick=', 'https://a.example/"onclick='],
    ['x'.repeat(40_000), `${'x'.repeat(32_766)}…`],
    [`${'x'.repeat(32_765)}😀${'x'.repeat(10)}`, `${'x'.repeat(32_765)}…`],
  ];
  const report = (): Promise<ReportData> =>
    aReport({
      organizations: evil.map(([words], at) => anOrganization(`o${at}`, { names: { fa: words, en: words } })),
      services: evil.map(([words], at) => aService(`s${at}`, 'o0', { code: words, titles: { fa: words, en: words }, pageUrl: words })),
      audit: { organizationIds: ['o0'] },
      registry: { country: { fa: '=1', en: '=1' } },
      findings: evil.map(([words], at) => aFinding({ organization: 'o0', service: `s${at}`, rule: words, message: { fa: words, en: words }, evidence: [someEvidence({ quote: words, url: words })], decided: { ...DECIDED, by: words, note: words } })),
    }); // prettier-ignore

  it('stay words in every cell, in the format of texts that a later edit keeps', async () => {
    const all = await sheets(await report());
    for (const [sheet, heads] of Object.entries({
      Ranking: ['Organization (Persian)'],
      Services: ['Service code', 'Service', 'Service (Persian)', 'Page of the service'],
      Findings: ['Service', 'Message', 'Address of the evidence', 'Quotation', 'Decided by', 'Note', 'Rule'],
    }))
      for (const head of heads) {
        const cells = all[sheet]!.rows.map((row) => row[head]!);
        // names and sentences lose the spaces around them in every report
        const isTrimmed = /^(?:Organization|Service)(?: \(Persian\))?$|^Message$/.test(head);
        const expected = evil.map(([, shown]) => (isTrimmed ? shown.trim() : shown));
        expect(cells.map(({ value }) => value).sort(), `${sheet}: ${head}`).toEqual(expected.sort());
        expect(new Set(cells.map(({ type, format }) => `${type} ${format}`)), `${sheet}: ${head}`).toEqual(new Set(['text @'])); // prettier-ignore
      }
  });

  it('become no formula, error, link or part of the archive', async () => {
    for (const lang of ['fa', 'en'] as const) {
      const zip = await bytesOf(await report(), lang);
      for (const { root, name } of read(zip)) {
        expect(
          ['f', 'hyperlink', 'ext'].flatMap((tag) => tags(tag, root)),
          name,
        ).toEqual([]);
        expect(tags('c', root).filter(({ attribs }) => !['s', 'inlineStr', undefined].includes(attribs['t'])), name).toEqual([]); // prettier-ignore
      }
      const parts = [...unzip(zip).keys()];
      expect(parts.filter((path) => !/^(?:\[Content_Types\]\.xml|_rels\/\.rels|docProps\/(?:core|app)\.xml|xl\/(?:_rels\/workbook\.xml\.rels|workbook\.xml|styles\.xml|theme\/theme1\.xml|sharedStrings\.xml|worksheets\/sheet[1-5]\.xml))$/.test(path))).toEqual([]); // prettier-ignore
    }
  });

  it('leave every part well-formed', async () => {
    for (const [path, xml] of unzip(await bytesOf(await report()))) {
      expect(xml, path).not.toMatch(/(?![\t\n])\p{Cc}|\p{Surrogate}|[\ufffe\uffff]/u);
      const open: string[] = [];
      for (const [, close, tag, , empty] of xml.matchAll(/<(\/?)([\w:]+)((?:\s+[\w:]+="[^"<]*")*)\s*(\/?)>/g)) {
        if (close) expect(open.pop(), path).toBe(tag);
        else if (!empty) open.push(tag!);
      }
      expect(open, path).toEqual([]);
    }
  });
});

/** null where it is not installed: then the test is skipped, because nothing else opens a workbook as people do. */
const office = spawnSync('soffice', ['--version']).status === 0 ? 'soffice' : null;

describe('in LibreOffice', () => {
  it.skipIf(office === null)(
    'opens with all sheets, and shows words as words (skipped where soffice is not installed)',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'rasad-xlsx-'));
      try {
        const data = await aReport({ findings: [aFinding({ evidence: [someEvidence({ quote: '=1+1' })], message: { fa: '_x003D_2', en: '_x003D_2' } })] }); // prettier-ignore
        writeFileSync(join(folder, 'report.xlsx'), await bytesOf(data));
        // last in the list: -1 writes every sheet to a file of its own
        const run = spawnSync(office!, [`-env:UserInstallation=file://${folder}/profile`, '--headless', '--convert-to', 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1', '--outdir', folder, join(folder, 'report.xlsx')], { encoding: 'utf8' }); // prettier-ignore
        expect(run.status, run.stderr).toBe(0);
        const sheet = (name: string): string => readFileSync(join(folder, `report-${name}.csv`), 'utf8');
        expect(sheet('Ranking')).toContain('Agency tax');
        expect(sheet('Method')).toContain('2026-11-23 08:00');
        expect(sheet('Findings')).toMatch(/,=1\+1,/);
        expect(sheet('Findings')).toMatch(/,_x003D_2,/);
        expect(sheet('Findings')).toMatch(/,90(?:\.0)?%,/);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
    120_000,
  );
});
