/**
 * Reads the published rounds of a registry: the tables in its folder `history/` (their README says what stands in each
 * column). As for the registry itself, every mistake is reported with file, row, column, what was expected and what was
 * found, and nothing is guessed.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CsvError, parse as parseCsv } from 'csv-parse/sync';
import { z } from 'zod';
import { persian, UserError } from '../core/errors.ts';
import { CHECKS, EDITION_BASES, SCORE_STATUSES, type Explanation, type HistoricResult, type HistoricRound, type HistoricScore, type HistoricService, type History } from '../core/history.ts'; // prettier-ignore
import { COOPERATION, STAGES, type Registry, type Text } from '../core/model.ts';
import type { Said } from '../core/said.ts';
import { alsoInRow, broken, fileWith, oneOf, theColumns, WORDS, type Problem } from './registry.ts';
import { inBoth, mistakesOf, type Say } from './shapes.ts';

export interface HistoryReading {
  /** null when there are errors. */
  readonly history: History | null;
  readonly problems: readonly Problem[];
}

/** A table of five rounds has some thousand short rows; more than this is not a history. */
const MAX_BYTES = 8_000_000;

const isScore = (text: string): boolean => /^\d{1,3}(?:\.\d{1,3})?$/.test(text) && Number(text) <= 100;
const LISTS = ['not-cooperating', 'asked-out', 'growth', 'new'] as const;
const POINTS: Text = { fa: persian`امتیاز، مانند ${'25.37'}`, en: 'points, as 25.37' };

/** The files, and what may stand in each column. */
const tablesIn = (say: Say) => {
  const said = ({ fa, en }: Text): string => say(fa, en);
  const id = z.string().regex(/^[A-Za-z0-9][\w.-]{0,79}$/, said(WORDS.shortName));
  const optionalId = z.union([z.literal(''), id]);
  const words = z
    .string()
    .min(1, say('چند واژه', 'some words'))
    .max(1000, say(persian`حداکثر ${1000} نویسه`, 'at most 1000 characters'));
  const whole = z.string().regex(/^[1-9]\d{0,5}$/, say(persian`عددی صحیح از ${1}`, 'a whole number from 1'));
  const optionalWhole = z.union([z.literal(''), whole], say(persian`عددی صحیح از ${1}، یا هیچ`, 'a whole number from 1, or nothing')); // prettier-ignore
  const score = z.string().refine((text) => text === '' || isScore(text), say(persian`عددی از ${0} تا ${100} با نقطه اعشار، یا هیچ`, 'a number from 0 to 100 with a point, or nothing')); // prettier-ignore
  const inPrint = z.string().refine((text) => text === '' || text === '-' || isScore(text), say(persian`عددی از ${0} تا ${100} با نقطه اعشار، ${'-'}، یا هیچ`, 'a number from 0 to 100 with a point, -, or nothing')); // prettier-ignore
  const points = z.string().regex(/^-?\d{1,3}(?:\.\d{1,3})?$/, said(POINTS));
  const among = <T extends string>(values: readonly T[]) => z.enum(values, said(oneOf(values)));
  const published = { value: score, printed: inPrint, status: among(SCORE_STATUSES), reason: optionalId };
  return {
    'reasons.csv': z.object({ id, text_fa: words, text_en: words }),
    'rounds.csv': z.object({ id, number: whole, name_fa: words, name_en: words, edition: optionalId, edition_basis: among(EDITION_BASES), tolerance: points, services: optionalWhole, organizations: optionalWhole, missing_reason: optionalId }),
    'scores.csv': z.object({ organization_id: id, round: id, stage: among([...STAGES, 'total']), ...published }),
    'services.csv': z.object({ service_id: id, round: id, ...published, pairing: among(['printed', 'inferred']) }),
    'ranking.csv': z.object({ round: id, rank: whole, organization_id: id, ...published }),
    'lists.csv': z.object({ round: id, list: among(LISTS), row: whole, organization_id: optionalId, name_fa: words, name_en: words, cooperation: z.union([z.literal(''), among(COOPERATION)]), growth: z.union([z.literal(''), points]), reason: optionalId }),
    'deviations.csv': z.object({ check: among(CHECKS), round: id, organization_id: optionalId, reason: id }),
  } as const; // prettier-ignore
};
const TABLES = inBoth(tablesIn);

type TableName = keyof typeof TABLES.en;
type Cells<T extends TableName> = z.infer<(typeof TABLES.en)[T]>;
type Row<T extends TableName> = Cells<T> & { readonly line: number };
type Tables = { readonly [T in TableName]: readonly Row<T>[] };

/** Reads the history of a registry and everything that is wrong with it. Throws a UserError only when there is none. */
export function readHistory(
  registryFolder: string,
  registry: Pick<Registry, 'organizations' | 'services'>,
): HistoryReading {
  const folder = join(resolve(registryFolder), 'history');
  if (!existsSync(join(folder, 'rounds.csv')))
    throw new UserError({
      fa: persian`${registryFolder} نوبت منتشرشده‌ای ندارد: در ${folder} پرونده ${'rounds.csv'} نیست. ${'seeds/iran-1397/history'} نمونه‌ای برای رونوشت است و ${'README.md'} آن می‌گوید در هر پرونده چه می‌آید.`,
      en: `${registryFolder} has no published rounds: ${folder} has no rounds.csv. seeds/iran-1397/history is a history to copy; its README.md says what stands in each file.`,
    });
  const problems: Problem[] = [];
  const read = <T extends TableName>(name: T): Row<T>[] => readTable(folder, name, problems);
  const tables: Tables = {
    'reasons.csv': read('reasons.csv'),
    'rounds.csv': read('rounds.csv'),
    'scores.csv': read('scores.csv'),
    'services.csv': read('services.csv'),
    'ranking.csv': read('ranking.csv'),
    'lists.csv': read('lists.csv'),
    'deviations.csv': read('deviations.csv'),
  };
  // what a half-read table refers to would be reported as missing
  if (problems.length === 0) checkTables(tables, registry, problems);
  const isBroken = problems.some(({ severity }) => severity === 'error');
  return { history: isBroken ? null : assemble(tables, registry), problems };
}

/** Reads the history of a registry or throws a UserError that lists what is wrong. */
export function loadHistory(registryFolder: string, registry: Pick<Registry, 'organizations' | 'services'>): History {
  const { history, problems } = readHistory(registryFolder, registry);
  if (history) return history;
  throw broken(
    { fa: persian`نوبت‌های منتشرشده ${registryFolder}`, en: `The published rounds of ${registryFolder} have` },
    problems,
    `rasad history check ${registryFolder}`,
  );
}

function readTable<T extends TableName>(folder: string, name: T, problems: Problem[]): Row<T>[] {
  const file = `history/${name}`;
  const shape = TABLES.en[name];
  const columns = Object.keys(shape.shape);
  const problem = (row: number | null, column: string | null, expected: Text, found: Said): void =>
    void problems.push({ file, row, column, expected, found: typeof found === 'string' ? found.slice(0, 200) : found, severity: 'error' }); // prettier-ignore
  const fail = (row: number | null, expected: Text, found: Said): Row<T>[] => (problem(row, null, expected, found), []); // prettier-ignore
  const path = join(folder, name);
  if (!existsSync(path)) return fail(null, fileWith(columns), WORDS.noFile);
  const { size } = statSync(path);
  if (size > MAX_BYTES)
    return fail(
      null,
      { fa: persian`جدولی با حداکثر ${MAX_BYTES} بایت`, en: `a table of at most ${MAX_BYTES} bytes` },
      { fa: persian`${size} بایت`, en: `${size} bytes` },
    );
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return fail(null, { fa: 'پرونده‌ای خواندنی', en: 'a file that can be read' }, code ?? String(error));
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return fail(null, WORDS.encoding, WORDS.otherEncoding);
  }
  let records: { record: string[]; info: { lines: number } }[];
  try {
    records = parseCsv(text, { bom: true, info: true, skip_empty_lines: true, trim: true }) as never;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = error['lines'] as number | undefined;
    return fail(line ?? null, WORDS.table, error.message);
  }
  const [header, ...rows] = records;
  const missing = columns.filter((column) => !header?.record.includes(column));
  if (!header || missing.length > 0) {
    const found = header?.record.join(',') ?? { fa: 'پرونده خالی', en: 'an empty file' };
    problem(1, missing.join(', '), theColumns(columns), found);
    return [];
  }
  return rows.flatMap(({ record, info }): Row<T>[] => {
    const cells = Object.fromEntries(columns.map((column) => [column, record[header.record.indexOf(column)] ?? '']));
    const result = shape.safeParse(cells);
    if (result.success) return [{ ...(result.data as Cells<T>), line: info.lines }];
    for (const { path: at, expected } of mistakesOf(result.error, TABLES.fa[name], cells))
      problem(info.lines, String(at[0]), expected, JSON.stringify(cells[String(at[0])]));
    return [];
  });
}

/** What no single cell shows: references, repetitions, and whether status, value and print say the same. */
function checkTables(
  tables: Tables,
  registry: Pick<Registry, 'organizations' | 'services'>,
  problems: Problem[],
): void {
  const add = (name: TableName, row: number | null, column: string | null, expected: Text, found: Said, severity: Problem['severity'] = 'error'): void =>
    void problems.push({ file: `history/${name}`, row, column, expected, found, severity }); // prettier-ignore
  const organizations = new Set(registry.organizations.map((organization) => organization.id));
  const services = new Set(registry.services.map((service) => service.id));
  const rounds = new Set(tables['rounds.csv'].map((round) => round.id));
  const reasons = new Set(tables['reasons.csv'].map((reason) => reason.id));
  const unused = new Set(reasons);

  /** Each row refers to what there is, and no other row is about the same. */
  const check = <T extends TableName>(name: T, keyOf: (row: Row<T>) => string, keyColumn: string): void => {
    const seen = new Map<string, number>();
    const aReason = { fa: persian`شناسه دلیلی از ${'reasons.csv'}`, en: 'the id of a reason of reasons.csv' };
    const known = {
      organization_id: [organizations, { fa: 'شناسه دستگاهی از دفتر ثبت', en: 'the id of an organization of the registry' }],
      service_id: [services, { fa: 'شناسه خدمتی از دفتر ثبت', en: 'the id of a service of the registry' }],
      round: [rounds, { fa: persian`شناسه نوبتی از ${'rounds.csv'}`, en: 'the id of a round of rounds.csv' }],
      reason: [reasons, aReason],
      missing_reason: [reasons, aReason],
    } as const; // prettier-ignore
    for (const row of tables[name]) {
      const cells = row as unknown as Readonly<Record<string, string>>;
      for (const [column, [ids, what]] of Object.entries(known)) {
        const value = cells[column] ?? '';
        if (value !== '' && !ids.has(value)) add(name, row.line, column, what, value);
        if (ids === reasons) unused.delete(value);
      }
      if ('status' in cells) checkScore(name, row as unknown as ScoreRow, add);
      const key = keyOf(row);
      const first = seen.get(key);
      if (first !== undefined)
        add(name, row.line, keyColumn, { fa: 'یک ردیف برای هر مورد', en: 'a row for each case' }, alsoInRow(key, first)); // prettier-ignore
      else seen.set(key, row.line);
    }
  };
  check('reasons.csv', (row) => row.id, 'id');
  check('rounds.csv', (row) => row.id, 'id');
  check('rounds.csv', (row) => row.number, 'number');
  check('scores.csv', (row) => `${row.organization_id} ${row.round} ${row.stage}`, 'stage');
  check('services.csv', (row) => `${row.service_id} ${row.round}`, 'service_id');
  check('ranking.csv', (row) => `${row.round} ${row.organization_id}`, 'organization_id');
  check('ranking.csv', (row) => `${row.round} ${row.rank}`, 'rank');
  check('lists.csv', (row) => `${row.round} ${row.list} ${row.row}`, 'row');
  check('deviations.csv', (row) => `${row.check} ${row.round} ${row.organization_id} ${row.reason}`, 'reason');
  for (const row of tables['services.csv'])
    if (row.pairing === 'inferred' && row.reason === '') add('services.csv', row.line, 'reason', { fa: persian`دلیل ${'inferred'} بودن ${'pairing'}`, en: 'why the pairing is inferred' }, WORDS.nothing); // prettier-ignore
  for (const row of tables['lists.csv']) {
    if (row.list === 'growth' || row.list === 'new') {
      if (row.organization_id === '') add('lists.csv', row.line, 'organization_id', { fa: 'یک دستگاه', en: 'an organization' }, WORDS.nothing); // prettier-ignore
    } else if (row.cooperation === '') add('lists.csv', row.line, 'cooperation', oneOf(COOPERATION), WORDS.nothing);
    if (row.list === 'growth' && row.growth === '') add('lists.csv', row.line, 'growth', POINTS, WORDS.nothing);
  }
  for (const reason of unused) add('reasons.csv', tables['reasons.csv'].find((row) => row.id === reason)!.line, 'id', { fa: 'دلیلی که ردیفی آن را می‌آورد', en: 'a reason that some row gives' }, reason, 'warning'); // prettier-ignore
}

interface ScoreRow {
  readonly line: number;
  readonly value: string;
  readonly printed: string;
  readonly status: HistoricScore['status'];
  readonly reason: string;
}

function checkScore(
  name: TableName,
  { line, value, printed, status, reason }: ScoreRow,
  add: (name: TableName, row: number, column: string, expected: Text, found: Said) => void,
): void {
  const wrong = (column: string, expected: Text, found: string): void => {
    const as = { fa: `${expected.fa} ${persian`(وضعیتش ${status} است)`}`, en: `${expected.en} (its status is ${status})` }; // prettier-ignore
    add(name, line, column, as, found || WORDS.nothing);
  };
  const needs = {
    printed: { value: value !== '', printed: printed === '' },
    corrected: { value: value !== '', printed: isScore(printed) && Number(printed) !== Number(value) },
    unreliable: { value: true, printed: value === '' ? isScore(printed) : printed === '' },
    missing: { value: value === '', printed: !isScore(printed) },
  }[status];
  if (!needs.value) wrong('value', status === 'missing' ? IN_PRINT.none : { fa: 'یک عدد', en: 'a number' }, value);
  if (!needs.printed)
    wrong('printed', status === 'missing' ? IN_PRINT.none : status === 'corrected' ? IN_PRINT.other : value === '' ? IN_PRINT.some : IN_PRINT.same, printed); // prettier-ignore
  if (reason === '' && (status === 'corrected' || status === 'unreliable'))
    wrong('reason', { fa: 'یک دلیل', en: 'a reason' }, reason);
}

const IN_PRINT = {
  none: { fa: 'بی عدد', en: 'no number' },
  some: { fa: 'عدد چاپ‌شده', en: 'the number in print' },
  other: { fa: 'عدد چاپ‌شده که عدد دیگری است', en: 'the number in print, which is another one' },
  same: { fa: 'هیچ، چون مقدار همان است که چاپ شده', en: 'nothing, because the value is what is printed' },
} satisfies Record<string, Text>;

function assemble(tables: Tables, { organizations, services }: Pick<Registry, 'organizations' | 'services'>): History {
  const texts = new Map(tables['reasons.csv'].map((row) => [row.id, { fa: row.text_fa, en: row.text_en }]));
  const reasonOf = (reason: string): Text | null => texts.get(reason) ?? null;
  const scoreOf = ({ value, printed, status, reason }: Omit<ScoreRow, 'line'>): HistoricScore => ({
    value: value === '' ? null : Number(value),
    printed: printed || null,
    status,
    reason: reasonOf(reason),
  });
  const scores = new Map(tables['scores.csv'].map((row) => [`${row.round} ${row.organization_id} ${row.stage}`, scoreOf(row)])); // prettier-ignore
  const ofServices = new Map<string, HistoricService>(tables['services.csv'].map((row) => [`${row.round} ${row.service_id}`, { service: row.service_id, score: scoreOf(row), pairing: row.pairing }])); // prettier-ignore
  const ranking = new Map(tables['ranking.csv'].map((row) => [`${row.round} ${row.organization_id}`, { rank: Number(row.rank), total: scoreOf(row) }])); // prettier-ignore
  const own = new Map<string, string[]>();
  for (const service of services) {
    const of = own.get(service.organizationId);
    if (of) of.push(service.id);
    else own.set(service.organizationId, [service.id]);
  }

  const resultOf = (organization: string, round: string, missing: HistoricScore): HistoricResult | null => {
    const cell = (stage: string): HistoricScore | undefined => scores.get(`${round} ${organization} ${stage}`);
    const listed = (own.get(organization) ?? []).flatMap((service) => ofServices.get(`${round} ${service}`) ?? []);
    const place = ranking.get(`${round} ${organization}`) ?? null;
    if (place === null && listed.length === 0 && ![...STAGES, 'total'].some((stage) => cell(stage))) return null;
    const stages = Object.fromEntries(STAGES.map((stage) => [stage, cell(stage) ?? missing]));
    return {
      organization,
      stages: stages as HistoricResult['stages'],
      total: cell('total') ?? missing,
      ranking: place,
      services: listed,
    };
  };
  const rounds = tables['rounds.csv']
    .toSorted((a, b) => Number(a.number) - Number(b.number))
    .map((row): HistoricRound => {
      const missing: HistoricScore = { value: null, printed: null, status: 'missing', reason: reasonOf(row.missing_reason) }; // prettier-ignore
      const lists = tables['lists.csv']
        .filter(({ round }) => round === row.id)
        .toSorted((a, b) => Number(a.row) - Number(b.row));
      return {
        id: row.id,
        number: Number(row.number),
        names: { fa: row.name_fa, en: row.name_en },
        edition: row.edition || null,
        editionBasis: row.edition_basis,
        origin: 'imported',
        tolerance: Number(row.tolerance),
        counts:
          row.organizations && row.services
            ? { organizations: Number(row.organizations), services: Number(row.services) }
            : null,
        results: organizations.flatMap((organization) => resultOf(organization.id, row.id, missing) ?? []),
        newcomers: lists.filter(({ list }) => list === 'new').map((item) => item.organization_id),
        growths: lists
          .filter(({ list }) => list === 'growth')
          .map((item) => ({ organization: item.organization_id, growth: Number(item.growth) })),
        absences: LISTS.slice(0, 2).flatMap(
          (kind) =>
          lists
            .filter(({ list }) => list === kind)
            .flatMap((item) =>
              item.cooperation === '' ? [] : [{ organization: item.organization_id || null, names: { fa: item.name_fa, en: item.name_en }, cooperation: item.cooperation, note: reasonOf(item.reason) }],
            ), // prettier-ignore
        ),
      };
    });
  const explanations = tables['deviations.csv'].map((row): Explanation => ({
    check: row.check,
    round: row.round,
    organization: row.organization_id || null,
    reason: texts.get(row.reason)!,
  }));
  return { rounds, explanations };
}
