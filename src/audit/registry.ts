/**
 * Reads a registry folder: `registry.yaml`, `organizations.csv`, `services.csv` (UTF-8; they open in a spreadsheet).
 * Every mistake is reported with file, row, column, what was expected and what was found; nothing is guessed.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CsvError, parse as parseCsv } from 'csv-parse/sync';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { UserError } from '../core/errors.ts';
import { fold } from '../core/fold.ts';
import {
  COOPERATION,
  NO_HOSTS,
  PROFILES,
  type CountryHosts,
  type Organization,
  type Profile,
  type Registry,
  type Service,
} from '../core/model.ts';

export interface Problem {
  readonly file: string;
  /** Line of the file, from 1; null when the problem is of the file as a whole. */
  readonly row: number | null;
  readonly column: string | null;
  readonly expected: string;
  readonly found: string;
  /** Warnings do not stop an audit. */
  readonly severity: 'error' | 'warning';
}

export interface RegistryReading {
  /** null when there are errors. */
  readonly registry: Registry | null;
  readonly problems: readonly Problem[];
}

const HostList = z.array(z.string()).optional();
const A_DAY = 'a day of the Gregorian calendar from 2000 on, as 2026-03-21';
/** A day of the Jalali calendar is one of the Middle Ages in the other. */
const Day = z.iso.date(A_DAY).refine((day) => day >= '2000', A_DAY);
const Settings = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'small letters, digits and hyphens'),
  country: z.strictObject({ fa: z.string().min(1), en: z.string().min(1) }),
  languages: z.array(z.string().regex(/^[a-z]{2}$/, 'two-letter codes')).min(1),
  calendar: z.enum(['jalali', 'gregorian']),
  holidays: z.array(Day, 'a list of days').optional(),
  serve: z.string().optional(),
  private_hosts: HostList,
  map_hosts: z.record(z.string(), z.string()).optional(),
  hosts: z
    .strictObject({ national_portal: HostList, national_sso: HostList, payment_gateway: HostList, foi: HostList, open_data: HostList, agency: HostList, social_messenger: HostList, social_video: HostList, social_network: HostList })
    .optional(),
}); // prettier-ignore

const ORGANIZATION_COLUMNS = ['id', 'name_fa', 'name_en', 'parent_id', 'portal_url', 'cooperation'] as const;
const SERVICE_COLUMNS = [
  'id',
  'organization_id',
  'parent_id',
  'code',
  'title_fa',
  'title_en',
  'page_url',
  'system_url',
  'profile',
] as const;

interface Row {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

/** Reads a registry folder and everything that is wrong with it. Throws a UserError only when the folder is not there. */
export function readRegistry(folder: string): RegistryReading {
  const directory = resolve(folder);
  if (!existsSync(join(directory, 'registry.yaml'))) {
    throw new UserError(
      `${directory} is no registry: it has no registry.yaml. A registry folder holds registry.yaml, organizations.csv and services.csv; seeds/demo is one to copy.`,
    );
  }
  const problems: Problem[] = [];
  const settings = readSettings(join(directory, 'registry.yaml'), problems);
  const organizationRows = readTable(join(directory, 'organizations.csv'), ORGANIZATION_COLUMNS, problems);
  const serviceRows = readTable(join(directory, 'services.csv'), SERVICE_COLUMNS, problems);
  const organizations = organizationRows.map((row) => readOrganization(row, problems));
  const services = serviceRows.map((row) => readService(row, problems));
  checkKeys('organizations.csv', organizationRows, problems);
  checkKeys('services.csv', serviceRows, problems);
  checkReferences(organizationRows, organizations, serviceRows, services, problems);
  if (!settings || problems.some(({ severity }) => severity === 'error')) return { registry: null, problems };
  const hosts: CountryHosts = {
    ...NO_HOSTS,
    nationalPortals: settings.hosts?.national_portal ?? [],
    identityProviders: settings.hosts?.national_sso ?? [],
    paymentGateways: settings.hosts?.payment_gateway ?? [],
    informationLaw: settings.hosts?.foi ?? [],
    openData: settings.hosts?.open_data ?? [],
    // the bodies of the country are agencies to each other
    agencies: [
      ...new Set([
        ...(settings.hosts?.agency ?? []),
        ...organizations.flatMap(({ portalUrl }) =>
          portalUrl ? [new URL(portalUrl).hostname.replace(/^www\./, '')] : [],
        ),
      ]),
    ],
    messengers: settings.hosts?.social_messenger ?? [],
    socialNetworks: [...(settings.hosts?.social_network ?? []), ...(settings.hosts?.social_video ?? [])],
  };
  const registry = {
    id: settings.id, country: settings.country, hosts, serve: settings.serve ? join(directory, settings.serve) : null, languages: settings.languages, calendar: settings.calendar, ...(settings.holidays && { holidays: settings.holidays }),
    privateHosts: settings.private_hosts ?? [], mapHosts: settings.map_hosts ?? {}, organizations, services,
  }; // prettier-ignore
  return { registry: { ...registry, digest: digestOf(registry) }, problems };
}

/** Reads a registry or throws a UserError that lists what is wrong. */
export function loadRegistry(folder: string): Registry {
  const { registry, problems } = readRegistry(folder);
  if (registry) return registry;
  const errors = problems.filter(({ severity }) => severity === 'error');
  throw new UserError(`The registry ${folder} has ${errors.length} mistake${errors.length === 1 ? '' : 's'}:\n${errors.slice(0, 10).map((problem) => `  ${describeProblem(problem)}`).join('\n')}${errors.length > 10 ? `\n  … and ${errors.length - 10} more (rasad registry check ${folder})` : ''}`);
} // prettier-ignore

export function describeProblem({ file, row, column, expected, found, severity }: Problem): string {
  const place = `${file}${row === null ? '' : `, row ${row}`}${column === null ? '' : `, column ${column}`}`;
  return `${severity === 'warning' ? 'warning: ' : ''}${place}: expected ${expected}, found ${found}`;
}

function readSettings(path: string, problems: Problem[]): z.infer<typeof Settings> | null {
  const document = parseDocument(readFileSync(path, 'utf8'));
  const problem = (row: number | null, column: string | null, expected: string, found: string): void =>
    void problems.push({ file: 'registry.yaml', row, column, expected, found, severity: 'error' });
  if (document.errors.length > 0) {
    for (const error of document.errors)
      problem(error.linePos?.[0].line ?? null, null, 'YAML', error.message.split('\n')[0] ?? 'something else');
    return null;
  }
  const value: unknown = document.toJS();
  const result = Settings.safeParse(value);
  if (result.success) return result.data;
  for (const issue of result.error.issues) {
    const at = issue.path.join('.');
    problem(
      null,
      at || null,
      issue.message,
      JSON.stringify(
        issue.path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key], value),
      ) ?? 'nothing',
    );
  }
  return null;
}

function readTable(path: string, columns: readonly string[], problems: Problem[]): Row[] {
  const file = path.split('/').pop()!;
  const problem = (row: number | null, column: string | null, expected: string, found: string): void =>
    void problems.push({ file, row, column, expected, found, severity: 'error' });
  if (!existsSync(path)) {
    problem(null, null, `a file with the columns ${columns.join(',')}`, 'no file');
    return [];
  }
  const bytes = readFileSync(path);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    problem(null, null, 'UTF-8 (in a spreadsheet: save as "CSV UTF-8")', 'another encoding');
    return [];
  }
  try {
    const records = parseCsv(text, {
      bom: true,
      columns: true,
      info: true,
      skip_empty_lines: true,
      trim: true,
      relax_column_count: false,
    }) as unknown as { record: Record<string, string>; info: { lines: number } }[];
    const header = Object.keys(records[0]?.record ?? {});
    const missing = columns.filter((column) => !header.includes(column));
    if (records.length > 0 && missing.length > 0)
      problem(1, missing.join(', '), `the columns ${columns.join(',')}`, header.join(','));
    return records.map(({ record, info }) => ({ line: info.lines, cells: record }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    problem(
      (error['lines'] as number | undefined) ?? null,
      null,
      'CSV with the same number of cells in each row',
      error.message,
    );
    return [];
  }
}

function readOrganization({ line, cells }: Row, problems: Problem[]): Organization {
  const check = cellChecker('organizations.csv', line, cells, problems);
  check.id();
  if (!cells['name_fa'] && !cells['name_en']) check.problem('name_fa', 'a name in Persian or English', 'an empty cell');
  const cooperation = check.oneOf('cooperation', COOPERATION, 'cooperative');
  if (cooperation !== 'cooperative') check.approval(`who noted that it is ${cooperation}, and when`);
  const portalUrl = check.url('portal_url');
  if (portalUrl === null && (cooperation === 'cooperative' || cooperation === 'visible-only'))
    check.warning(
      'portal_url',
      'the address of the portal: without one nothing of it can be looked at',
      'an empty cell',
    );
  return {
    id: cells['id'] ?? '',
    names: { fa: cells['name_fa'] || cells['name_en'] || '', en: cells['name_en'] || cells['name_fa'] || '' },
    parentId: cells['parent_id'] || null,
    portalUrl,
    cooperation,
    extra: rest(cells, ORGANIZATION_COLUMNS),
  };
}

function readService({ line, cells }: Row, problems: Problem[]): Service {
  const check = cellChecker('services.csv', line, cells, problems);
  check.id();
  if (!cells['title_fa'] && !cells['title_en'])
    check.problem('title_fa', 'a title in Persian or English', 'an empty cell');
  const code = fold(cells['code'] ?? '').replace(/\s/g, '') || null;
  if (code !== null && !/^\d{4,14}$/.test(code))
    check.problem('code', 'the digits of the service identity card', cells['code']!);
  const profile: Profile[] = [];
  for (const entry of (cells['profile'] ?? '').split(/[\s,;|]+/).filter(Boolean)) {
    if ((PROFILES as readonly string[]).includes(entry)) profile.push(entry as Profile);
    else check.problem('profile', `some of ${PROFILES.join(' ')}`, entry);
  }
  if (profile.length > 0) check.approval('who approved the profile, and when');
  return {
    id: cells['id'] ?? '', organizationId: cells['organization_id'] ?? '', parentId: cells['parent_id'] || null, code, titles: { fa: cells['title_fa'] || cells['title_en'] || '', en: cells['title_en'] || cells['title_fa'] || '' },
    pageUrl: check.url('page_url'), systemUrl: check.url('system_url'), profile, extra: rest(cells, SERVICE_COLUMNS),
  }; // prettier-ignore
}

function cellChecker(file: string, row: number, cells: Readonly<Record<string, string>>, problems: Problem[]) {
  const add =
    (severity: Problem['severity']) =>
    (column: string, expected: string, found: string): void =>
      void problems.push({ file, row, column, expected, found, severity });
  const problem = add('error');
  return {
    problem,
    warning: add('warning'),
    id(): void {
      if (!/^[A-Za-z0-9][\w.-]{0,79}$/.test(cells['id'] ?? ''))
        problem('id', 'a short name of letters, digits, hyphens', JSON.stringify(cells['id'] ?? ''));
    },
    /** What only a person may say carries that person's name and the day. */
    approval(expected: string): void {
      for (const [column, isGiven] of [
        ['approved_by', (cells['approved_by'] ?? '') !== ''],
        ['approved_at', /^\d{4}-\d\d-\d\d/.test(cells['approved_at'] ?? '')],
      ] as const)
        if (!isGiven)
          add('warning')(
            column,
            `${expected} (a name; a day as 2026-03-21)`,
            cells[column] ? JSON.stringify(cells[column]) : 'nothing',
          );
    },
    oneOf<T extends string>(column: string, values: readonly T[], otherwise: T): T {
      const value = cells[column] ?? '';
      if (value === '') return otherwise;
      if ((values as readonly string[]).includes(value)) return value as T;
      problem(column, `one of ${values.join(', ')}`, JSON.stringify(value));
      return otherwise;
    },
    url(column: string): string | null {
      const value = cells[column] ?? '';
      if (value === '') return null;
      try {
        const url = new URL(value);
        if ((url.protocol === 'http:' || url.protocol === 'https:') && url.hostname !== '') return url.href;
      } catch {
        // reported below, as other schemes are
      }
      problem(
        column,
        'an http or https address',
        `${JSON.stringify(value)}${/^[\w.-]+\.[a-z]{2,}/i.test(value) ? ` (write https://${value.replace(/^\/*/, '')})` : ''}`,
      );
      return null;
    },
  };
}

function rest(cells: Readonly<Record<string, string>>, known: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(cells).filter(([column]) => !known.includes(column)));
}

function checkKeys(file: string, rows: readonly Row[], problems: Problem[]): void {
  const seen = new Map<string, number>();
  for (const { line, cells } of rows) {
    const id = cells['id'] ?? '';
    const first = seen.get(id);
    if (first !== undefined)
      problems.push({
        file,
        row: line,
        column: 'id',
        expected: 'an id that no other row has',
        found: `${id}, which row ${first} has too`,
        severity: 'error',
      });
    else seen.set(id, line);
  }
}

function checkReferences(
  organizationRows: readonly Row[],
  organizations: readonly Organization[],
  serviceRows: readonly Row[],
  services: readonly Service[],
  problems: Problem[],
): void {
  const organizationIds = new Set(organizations.map(({ id }) => id));
  const byId = new Map(services.map((service) => [service.id, service]));
  const add = (
    file: string,
    row: number,
    column: string,
    expected: string,
    found: string,
    severity: Problem['severity'] = 'error',
  ): void => void problems.push({ file, row, column, expected, found, severity });
  organizations.forEach(({ parentId }, i) => {
    if (parentId !== null && !organizationIds.has(parentId))
      add('organizations.csv', organizationRows[i]!.line, 'parent_id', 'the id of an organization', parentId);
  });
  const codes = new Map<string, number>();
  services.forEach((service, i) => {
    const { line } = serviceRows[i]!;
    if (!organizationIds.has(service.organizationId))
      add('services.csv', line, 'organization_id', 'the id of an organization', JSON.stringify(service.organizationId));
    if (service.parentId !== null) {
      const parent = byId.get(service.parentId);
      if (!parent) add('services.csv', line, 'parent_id', 'the id of a service', service.parentId);
      else if (parent.organizationId !== service.organizationId)
        add(
          'services.csv',
          line,
          'parent_id',
          `a service of ${service.organizationId}`,
          `${service.parentId}, a service of ${parent.organizationId}`,
        );
      else if (isOwnAncestor(service, byId))
        add('services.csv', line, 'parent_id', 'a parent that is not below the service itself', service.parentId);
    }
    if (service.code === null) return;
    const first = codes.get(service.code);
    if (first !== undefined)
      add(
        'services.csv',
        line,
        'code',
        'a code that no other service has',
        `${service.code}, which row ${first} has too`,
        'warning',
      );
    else codes.set(service.code, line);
  });
}

function isOwnAncestor(service: Service, byId: ReadonlyMap<string, Service>): boolean {
  const seen = new Set<string>();
  for (let at: Service | undefined = service; at?.parentId; at = byId.get(at.parentId)) {
    if (seen.has(at.id)) return true;
    seen.add(at.id);
  }
  return false;
}

/** Two registries with the same content have the same digest, wherever they lie. */
function digestOf(registry: Omit<Registry, 'digest'>): string {
  return createHash('sha256').update(JSON.stringify({ ...registry, serve: registry.serve !== null, mapHosts: {} })).digest('hex');
} // prettier-ignore
