import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/core/model.ts';
import { csvFiles } from '../../src/report/csv.ts';
import type { ReportData } from '../../src/report/data.ts';
import { auditJson, auditJsonText, findingsJson, findingsJsonLines } from '../../src/report/json.ts';
import { aFinding, anOrganization, aReport, aService, FINDINGS, someEvidence } from './sample.ts';

const text = async (parts: AsyncIterable<string>): Promise<string> => {
  let out = '';
  for await (const part of parts) out += part;
  return out;
};

describe('an audit as JSON', () => {
  it('has scores, findings and what was not measured', async () => {
    const json = await auditJson(await aReport());
    expect(Object.keys(json)).toEqual([
      'audit',
      'edition',
      'organizations',
      'findings',
      'notMeasured',
      'round',
      '$schema',
    ]);
    expect(json.organizations.map(({ id, rank, unranked }) => [id, rank, unranked])).toEqual([
      ['tax', 1, null],
      ['post', null, null],
      ['army', null, 'withdrawn'],
    ]);
    expect(Object.keys(json.organizations[0]!)).toEqual(['id', 'names', 'cooperation', 'rank', 'rankInterval', 'band', 'unranked', 'total', 'stages', 'portal', 'services']); // prettier-ignore
    expect(json.organizations[1]!.total).toMatchObject({ score: null, low: 0 });
    expect(json.organizations[0]!.services.map(({ id }) => id)).toEqual(['s1', 's2']);
    expect(json.notMeasured.map(({ id }) => id)).toEqual(['participation/poll']);
  });

  it('says where a total lies with 95 % certainty, and nothing of one that is withheld', async () => {
    const data = await aReport();
    const [tax, post] = (await auditJson(data)).organizations;
    expect(Object.keys(tax!.total!)).toEqual(['score', 'low', 'high', 'resolved', 'measured', 'interval']);
    const [low, high] = tax!.total!.interval!;
    expect([low, high]).toEqual(data.organizations[0]!.interval!.map((end) => expect.closeTo(end, 8)));
    expect(low < tax!.total!.score! && tax!.total!.score! < high).toBe(true);
    expect(post!.total!.interval).toBeNull();
    expect(tax!.rankInterval).toEqual([1, 1]);
  });

  it('gives findings in the exchange format, keys in order, without what a store adds', async () => {
    const stored = FINDINGS.map(
      (finding) => ({ rowid: 7, ...Object.fromEntries(Object.entries(finding).reverse()) }) as unknown as Finding,
    );
    const json = await auditJson(await aReport({ findings: stored }));
    expect(Object.keys(json.findings[0]!)).toEqual(['organization', 'service', 'rule', 'version', 'verdict', 'outcome', 'message', 'confidence', 'evidence', 'searched', 'level', 'confidenceBasis', 'confidenceCases', 'review', 'decided']); // prettier-ignore
    expect(JSON.stringify(json)).toBe(JSON.stringify(await auditJson(await aReport())));
  });

  it('is the same bytes whatever order findings come in, in one piece or in many', async () => {
    const one = JSON.stringify(await auditJson(await aReport()));
    const other = await aReport({ findings: [...FINDINGS].reverse() });
    expect(JSON.stringify(await auditJson(other))).toBe(one);
    expect(await text(auditJsonText(other))).toBe(one);
  });

  it('is well-formed where there are no findings at all', async () => {
    const data = await aReport({ findings: [] });
    expect(JSON.parse(await text(auditJsonText(data)))).toEqual(JSON.parse(JSON.stringify(await auditJson(data))));
  });

  it('keeps the words of pages as they are', async () => {
    const quote = '"><script>\u202e=cmd()';
    const json = await auditJson(await aReport({ findings: [aFinding({ evidence: [someEvidence({ quote })] })] }));
    expect(JSON.parse(JSON.stringify(json)).findings[0].evidence[0].quote).toBe(quote);
  });

  it('gives findings alone as an array or as lines', () => {
    expect(JSON.parse(findingsJson(FINDINGS))).toEqual(JSON.parse(`[${findingsJsonLines(FINDINGS).trim().split('\n').join(',')}]`)); // prettier-ignore
    expect(findingsJsonLines(FINDINGS).split('\n').length).toBe(FINDINGS.length + 1);
    expect(findingsJson([])).toBe('[]\n');
  });
});

describe('an audit as tables', () => {
  const tables = async (data: ReportData): Promise<Record<string, string>> =>
    Object.fromEntries(await Promise.all(csvFiles(data).map(async ({ path, content }) => [path, typeof content === 'string' ? content : await text(content)]))); // prettier-ignore
  const rows = (csv: string): Record<string, string>[] => parse(csv, { bom: true, columns: true });

  it('has a line for each organization, service and finding', async () => {
    const csv = await tables(await aReport());
    expect(rows(csv['organizations.csv']!).map(({ id, rank, unranked, fail }) => [id, rank, unranked, fail])).toEqual([
      ['tax', '1', '', '1'],
      ['post', '', '', '1'],
      ['army', '', 'withdrawn', '0'],
    ]);
    expect(rows(csv['services.csv']!).map(({ id, organization_id }) => [id, organization_id])).toEqual([['s1', 'tax'], ['s2', 'tax'], ['p1', 'post']]); // prettier-ignore
    expect(rows(csv['findings.csv']!).length).toBe(FINDINGS.length);
  });

  it('leaves a withheld score empty and gives its range', async () => {
    const [, post] = rows((await tables(await aReport()))['organizations.csv']!);
    expect([post!['total'], post!['total_low'], post!['total_high']]).toEqual([
      '',
      '0.0000',
      expect.stringMatching(/^\d/),
    ]);
  });

  it('has where a total lies with 95 % certainty in the last columns', async () => {
    const data = await aReport();
    const csv = (await tables(data))['organizations.csv']!;
    expect(csv.slice(0, csv.indexOf('\n'))).toMatch(/,total_95_low,total_95_high\r?$/);
    const [tax, post] = rows(csv);
    expect([tax!['total_95_low'], tax!['total_95_high']]).toEqual(
      data.organizations[0]!.interval!.map((end) => end.toFixed(4)),
    );
    expect([post!['total_95_low'], post!['total_95_high']]).toEqual(['', '']);
  });

  it('begins with a byte order mark, once', async () => {
    for (const csv of Object.values(await tables(await aReport()))) expect([csv.charCodeAt(0), csv.lastIndexOf('\ufeff')]).toEqual([0xfeff, 0]); // prettier-ignore
  });

  it('lets no cell become a formula or break out of its line', async () => {
    const evil = [
      "=cmd|' /C calc'!A0",
      '+1+1',
      '-2+3',
      '@SUM(A1)',
      '\t=1',
      '\r=1',
      '\u202e=1',
      '＝1',
      '"\n=1"',
      'a,b\n"c"',
    ];
    const data = await aReport({
      organizations: evil.map((name, i) => anOrganization(`o${i}`, { names: { fa: name, en: name }, portalUrl: name })),
      services: evil.map((name, i) => aService(`s${i}`, 'o0', { titles: { fa: name, en: name }, pageUrl: name })),
      audit: { organizationIds: ['o0'] },
      findings: evil.map((quote, i) => aFinding({ organization: 'o0', service: `s${i}`, outcome: quote, message: { fa: quote, en: quote }, evidence: [someEvidence({ quote, url: quote })] })),
    }); // prettier-ignore
    const csv = await tables(data);
    for (const [path, length] of [['organizations.csv', evil.length], ['services.csv', evil.length], ['findings.csv', evil.length]] as const) {
      const all = rows(csv[path]!);
      expect(all.length, path).toBe(length);
      for (const row of all) for (const cell of Object.values(row)) expect(cell, path).not.toMatch(/^[=+\-@\t\r＝＋－＠\u202e]/u);
    } // prettier-ignore
  });
});
