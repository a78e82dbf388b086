import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Round } from '../../src/core/round.ts';
import { FINDING_COLUMNS, ORGANIZATION_COLUMNS, SERVICE_COLUMNS } from '../../src/report/csv.ts';
import type { ReportData } from '../../src/report/data.ts';
import { AUDIT_JSON, auditJsonSchema } from '../../src/report/json-schema.ts';
import { dataPackage } from '../../src/report/open-data.ts';
import { descriptorOf, faultsOf, filesOf as readFiles, resourcesOf, type Resource } from './package-files.ts';
import { aFinding, anOrganization, aReport, aService, EDITION, FINDINGS, someEvidence } from './sample.ts';

const filesOf = (data: ReportData): Promise<Map<string, Buffer>> => readFiles(dataPackage(data));

const aRound = (change: Partial<Round> = {}): Round => ({
  id: '1405-q3', number: 1, names: { fa: 'پاییز ۱۴۰۵', en: 'Autumn 1405' }, state: 'published', period: { calendar: 'jalali', id: '1405-q3' }, edition: EDITION,
  plan: { pages: 1, render: 'auto', delay: null, userAgent: 'x', timeZone: 'Asia/Tehran', window: null, visitsApart: 1, extraVisits: 0, probes: { perDay: 0, days: 0 } },
  auditId: 'a1', revises: null, reason: null, openedAt: '2026-11-01T08:00:00.000Z', openedBy: 'operator', publishedAt: '2026-12-10T08:00:00.000Z', rootHash: 'f'.repeat(64), ...change,
}); // prettier-ignore

/** Parents, a heading over services, a person's decision, and words that a spreadsheet would run. */
function fullReport(): Promise<ReportData> {
  const evil = '=cmd()\n"a,b"\u202e';
  return aReport({
    organizations: [anOrganization('tax'), anOrganization('post', { parentId: 'tax', names: { fa: evil, en: evil } }), anOrganization('army', { cooperation: 'withdrawn', portalUrl: null })],
    services: [aService('s1', 'tax', { code: '0012', profile: ['INFO', 'NOFEE'] }), aService('s2', 'tax', { parentId: 'top', titles: { fa: evil, en: '-1' } }), aService('top', 'tax'), aService('p1', 'post')],
    findings: [...FINDINGS, aFinding({ rule: 'participation/poll', evidence: [someEvidence({ quote: evil, url: '@SUM(A1)' })], decided: { by: '+1', at: '2026-11-24T08:00:00.000Z', basis: 'review', note: '', machine: 'unclear' } })],
  }); // prettier-ignore
}

const reports: readonly (readonly [name: string, report: () => Promise<ReportData>])[] = [
  ['an audit on demand', () => aReport()],
  ['a round with decisions, headings and hostile words', async () => ({ ...(await fullReport()), round: aRound() })],
  ['an audit without findings', () => aReport({ findings: [] })],
  ['an audit without services', () => aReport({ services: [], findings: FINDINGS.filter(({ service }) => service === null) })], // prettier-ignore
];

describe.each(reports)('the data package of %s', (_, report) => {
  it('has tables that are what their schemas say', async () => expect(faultsOf(await filesOf(await report()))).toEqual([])); // prettier-ignore

  it('names every file but itself, with its size and hash', async () => {
    const files = await filesOf(await report());
    expect([...files.keys()]).toEqual(['organizations.csv', 'services.csv', 'findings.csv', 'audit.json', 'audit.schema.json', 'method.md', 'datapackage.json']); // prettier-ignore
    const facts = [...files].slice(0, -1).map(([path, bytes]) => [path, bytes.length, `sha256:${createHash('sha256').update(bytes).digest('hex')}`]); // prettier-ignore
    expect(resourcesOf(files).map(({ path, bytes, hash }) => [path, bytes, hash])).toEqual(facts);
  });

  it('is the same bytes each time', async () => {
    const [one, other] = [await filesOf(await report()), await filesOf(await report())];
    expect([...one].map(([path, bytes]) => [path, bytes.toString()])).toEqual([...other].map(([path, bytes]) => [path, bytes.toString()])); // prettier-ignore
  });

  it('has the JSON with the schema that it keeps', async () => {
    const files = await filesOf(await report());
    expect(AUDIT_JSON.safeParse(JSON.parse(files.get('audit.json')!.toString())).error).toBeUndefined();
    expect(JSON.parse(files.get('audit.schema.json')!.toString())).toEqual(JSON.parse(JSON.stringify(auditJsonSchema()))); // prettier-ignore
  });
});

describe('the checks of tables above', () => {
  it.each([
    ['organizations.csv', 'id', 'an id twice', (csv: string) => csv.replace('\npost,', '\ntax,')],
    ['organizations.csv', 'parent_id', 'a parent that there is not', (csv: string) => csv.replace(/(\npost,[^,]*,[^,]*),/, '$1,nobody')],
    ['organizations.csv', 'cooperation', 'an unknown word', (csv: string) => csv.replace(',cooperative,', ',willing,')],
    ['findings.csv', 'confidence', 'a share above 1', (csv: string) => csv.replace(',0.9,', ',1.9,')],
    ['services.csv', 'head', 'a column renamed', (csv: string) => csv.replace('title_fa', 'title')],
  ])('would find in %s (%s) %s', async (path, _column, _what, change) => {
    const files = await filesOf(await aReport());
    const changed = change(files.get(path)!.toString());
    expect(changed).not.toBe(files.get(path)!.toString());
    expect(faultsOf(new Map([...files, [path, Buffer.from(changed)]]))).not.toEqual([]);
  }); // prettier-ignore
});

describe('the descriptor', () => {
  it('says what it is, when it came about, and under which licence it may be used', async () => {
    const descriptor = descriptorOf(await filesOf({ ...(await aReport()), round: aRound() }));
    expect(descriptor).toMatchObject({
      $schema: 'https://datapackage.org/profiles/2.0/datapackage.json',
      name: 'rasad-demo-1405-q3',
      title: 'Electronic services of Demo, Autumn 1405',
      title_fa: 'سنجش خدمات الکترونیکی نمونه، پاییز ۱۴۰۵',
      version: '1405-q3',
      created: '2026-12-10T08:00:00.000Z',
      licenses: [{ name: 'CC-BY-4.0', path: 'https://creativecommons.org/licenses/by/4.0/' }],
      round: { id: '1405-q3', state: 'published', rootHash: 'f'.repeat(64) },
      method: { edition: 't1', stageWeights: EDITION.stageWeights, indicators: { 'interaction/faq': { weight: 100, minEvidence: null } } }, // prettier-ignore
    });
    expect(descriptor.sources.map(({ title }: { title: string }) => title)).toHaveLength(2);
    // the profiles of the standard refuse a list of contributors that is empty
    expect(descriptor).not.toHaveProperty('contributors');
  });

  it('is that of the audit where there is no round: its id, and the time at which it ended', async () => {
    expect(descriptorOf(await filesOf(await aReport()))).toMatchObject({ version: 'a1', created: '2026-11-23T09:30:00.000Z', round: null }); // prettier-ignore
    const unfinished = await aReport({ audit: { finishedAt: null } });
    expect(descriptorOf(await filesOf(unfinished)).created).toBe('2026-11-23T08:00:00.000Z');
  });

  it('warns of numbers that may still change', async () => {
    const round = aRound({ state: 'preview', publishedAt: null, rootHash: null });
    const { description, description_fa: persian } = descriptorOf(await filesOf({ ...(await aReport()), round }));
    expect(description).toContain('not published yet');
    expect(persian).toContain('موقت');
  });

  it('has names that the standard allows, whatever the audit is called', async () => {
    const { name, resources } = descriptorOf(await filesOf(await aReport({ audit: { id: 'Ä1 2026/11\n' }, registry: { id: 'demo' } }))); // prettier-ignore
    expect([name, ...resources.map((resource: Resource) => resource.name)].filter((one) => !/^[a-z0-9._-]+$/.test(one))).toEqual([]); // prettier-ignore
  });

  it('has each table as both versions of the standard want it', async () => {
    const tables = resourcesOf(await filesOf(await aReport())).filter(({ schema }) => schema);
    expect(tables.map(({ name, profile, type, encoding, mediatype }) => [name, profile, type, encoding, mediatype])).toEqual([
      ['organizations', 'tabular-data-resource', 'table', 'utf-8', 'text/csv'],
      ['services', 'tabular-data-resource', 'table', 'utf-8', 'text/csv'],
      ['findings', 'tabular-data-resource', 'table', 'utf-8', 'text/csv'],
    ]);
    expect(tables.map(({ schema }) => schema!.fields.map(({ name }) => name))).toEqual([ORGANIZATION_COLUMNS, SERVICE_COLUMNS, FINDING_COLUMNS]);
  }); // prettier-ignore

  it('says in both languages what every column, file and the whole is', async () => {
    const descriptor = descriptorOf(await filesOf(await aReport()));
    const described = [descriptor, ...descriptor.resources, ...descriptor.resources.flatMap(({ schema }: Resource) => schema?.fields ?? [])]; // prettier-ignore
    expect(described.length).toBeGreaterThan(90);
    for (const { name, title, title_fa: titleFa, description, description_fa: descriptionFa } of described) {
      for (const english of [title, description]) expect(english, name).toMatch(/^[^\u0600-\u06ff]+$/);
      for (const persian of [titleFa, descriptionFa]) expect(persian, name).toMatch(/[\u0600-\u06ff]/);
    }
  });
});

describe('writing a package', () => {
  it('refuses to go on before a file was read, because its hash would be wrong', async () => {
    const read = async (): Promise<void> => {
      for await (const _ of dataPackage(await aReport()));
    };
    await expect(read()).rejects.toThrow('findings.csv has to be read to its end');
  });

  it('never holds more than one organization’s findings', async () => {
    const data = await aReport();
    const asked: string[] = [];
    const details: ReportData['details'] = (id) => (asked.push(id), data.details(id));
    for await (const { path, content } of dataPackage({ ...data, details })) {
      if (path !== 'findings.csv' || typeof content === 'string') {
        if (typeof content !== 'string') for await (const _ of content);
        continue;
      }
      const pieces = content[Symbol.asyncIterator]();
      await pieces.next(); // the head
      await pieces.next();
      expect(asked).toEqual(['tax']);
      while (!(await pieces.next()).done);
      expect(asked).toEqual(['tax', 'post', 'army']);
    }
  });
});

describe('the method in short', () => {
  const method = async (data: ReportData): Promise<string> => (await filesOf(data)).get('method.md')!.toString();

  it('has the weights, what intervals and empty scores are, what is not measured, and how to cite it', async () => {
    const text = await method({ ...(await aReport()), round: aRound() });
    for (const part of ['| Interaction | 40% |', '| تعاملی | ۴۰', 'With 95% certainty', 'less than 60%', 'never a zero', 'Polls (`participation/poll`)', 'نظرسنجی', '> Electronic services of Demo, Autumn 1405. Measured with Rasad, edition t1, demo 1405-q3, Thursday 10 December 2026.', 'CC-BY-4.0']) expect(text).toContain(part); // prettier-ignore
  });

  it('takes no name for an instruction', async () => {
    const evil = 'x\n# Heading\n- item\n<script>alert(1)</script> [a](javascript:b) | `c`';
    const text = await method({ ...(await aReport()), round: aRound({ names: { fa: evil, en: evil } }) });
    expect(text).not.toMatch(/^(?:# Heading|- item)/m);
    expect(text).not.toMatch(/(?<!\\)<script|(?<!\\)\[a/);
  });
});
