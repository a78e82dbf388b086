import { describe, expect, it } from 'vitest';
import { VERDICTS } from '../../src/core/model.ts';
import type { ReportData } from '../../src/report/data.ts';
import { auditJson } from '../../src/report/json.ts';
import { AUDIT_JSON, auditJsonSchema } from '../../src/report/json-schema.ts';
import { dataPackage } from '../../src/report/open-data.ts';
import { filesOf } from './package-files.ts';
import { aFinding, anOrganization, aReport, aService, EDITION, FINDINGS, someEvidence } from './sample.ts';
import { accepts, damaged, type Json, type Schema } from './schema-judge.ts';

/** As another program reads it: from the text. */
const readBack = async (data: ReportData): Promise<Json> => JSON.parse(JSON.stringify(await auditJson(data))) as Json;

const decided = { by: 'reviewer', at: '2026-11-24T08:00:00.000Z', basis: 'review', note: '', machine: 'unclear' } as const; // prettier-ignore

/** The report of a round in which every part of the format that may be null once is not. */
async function fullReport(): Promise<ReportData> {
  const data = await aReport({
    services: [aService('s1', 'tax', { code: '10041234' }), aService('s2', 'tax'), aService('p1', 'post')],
    findings: [...FINDINGS, aFinding({ rule: 'participation/poll', decided })],
  });
  return {
    ...data,
    round: {
      id: '1405-q3.2', number: 2, names: { fa: 'پاییز ۱۴۰۵', en: 'Autumn 1405' }, state: 'published', period: { calendar: 'jalali', id: '1405-q3' },
      edition: EDITION, plan: { pages: 1, render: 'auto', delay: null, userAgent: 'x', timeZone: 'Asia/Tehran', window: null, visitsApart: 1, extraVisits: 0, probes: { perDay: 0, days: 0 } },
      auditId: 'a1', revises: '1405-q3', reason: 'A wrong list.', openedAt: '2026-11-01T08:00:00.000Z', openedBy: 'operator', publishedAt: '2026-12-10T08:00:00Z', rootHash: 'f'.repeat(64),
    },
  }; // prettier-ignore
}

const hostileReport = (): Promise<ReportData> => {
  const evil = '"><script>\u202e=cmd()\u0000\ud800\n';
  return aReport({
    organizations: [anOrganization('tax', { names: { fa: evil, en: '' }, portalUrl: evil }), anOrganization('__proto__')],
    services: [aService('constructor', 'tax', { titles: { fa: evil, en: evil }, code: evil })],
    audit: { organizationIds: ['tax', '__proto__'], finishedAt: null },
    findings: [
      ...VERDICTS.map((verdict, at) => aFinding({ rule: `${evil}${at}`, service: 'constructor', verdict, outcome: evil, confidence: at % 2, level: (at % 5) as 0 })),
      aFinding({ evidence: [someEvidence({ url: evil, quote: evil, selector: null, language: null })], searched: [{ place: evil, url: null, read: false, detail: evil }] }),
    ],
  }); // prettier-ignore
};

const printed = JSON.parse(JSON.stringify(auditJsonSchema())) as Schema;
const judges: readonly [name: string, isValid: (value: Json) => boolean][] = [
  ['the shape', (value) => AUDIT_JSON.safeParse(value).success],
  ['the printed schema', (value) => accepts(printed, value)],
];

describe.each(judges)('%s of an audit as JSON', (_, isValid) => {
  it.each([
    ['an audit on demand', () => aReport()],
    ['a round', fullReport],
    ['an audit without findings', () => aReport({ findings: [] })],
    ['hostile names, quotations and addresses', hostileReport],
  ])('takes %s', async (_name, report) => expect(isValid(await readBack(await report()))).toBe(true));

  it('refuses a key too few, a key too many and a value of another kind, wherever it is', async () => {
    const value = await readBack(await fullReport());
    const changes = [...damaged(value)];
    expect(changes.length).toBeGreaterThan(500);
    expect(changes.filter(([, changed]) => isValid(changed)).map(([what]) => what)).toEqual([]);
  });

  it.each<[string, (json: any) => void]>([
    ['a score above 100', (json) => (json.organizations[0].total.score = 100.1)],
    ['a share above 1', (json) => (json.organizations[0].total.resolved = 1.5)],
    ['an interval of one end', (json) => json.organizations[0].total.interval.pop()],
    ['an interval of three ends', (json) => json.organizations[0].total.interval.push(1)],
    ['a rank between two places', (json) => (json.organizations[0].rank = 1.5)],
    ['an unknown verdict', (json) => (json.findings[0].verdict = 'maybe')],
    ['a level that there is not', (json) => (json.findings[0].level = 5)],
    ['a time in another zone', (json) => (json.audit.startedAt = '2026-11-23T08:00:00+03:30')],
    ['another schema', (json) => (json.$schema = 'history.schema.json')],
    ['a stage less', (json) => delete json.edition.stageWeights.transaction],
  ])('refuses %s', async (_name, change) => {
    const value = await readBack(await fullReport());
    change(value);
    expect(isValid(value)).toBe(false);
  });
});

describe('the printed schema', () => {
  it('is the one that the JSON names, as the file beside it in a package of open data', async () => {
    const data = await aReport();
    const { $schema } = await auditJson(data);
    expect($schema).toBe('audit.schema.json');
    expect(JSON.parse((await filesOf(dataPackage(data))).get($schema)!.toString())).toEqual(printed);
  });

  it('says which draft it is of and what the parts mean', () => {
    expect(printed['$schema']).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(Object.keys(printed.$defs!).sort()).toEqual(['Evidence', 'Finding', 'Organization', 'Score', 'Service', 'Stage', 'Stages', 'Text', 'Total', 'Verdict']); // prettier-ignore
    for (const part of Object.values(printed.$defs!)) expect(part['description']).toEqual(expect.any(String));
  });

  it('is the same text each time', () => expect(JSON.stringify(auditJsonSchema())).toBe(JSON.stringify(printed)));
});
