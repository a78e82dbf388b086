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
import { persian, UserError } from '../core/errors.ts';
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
  type Text,
} from '../core/model.ts';
import { saidIn, type Said } from '../core/said.ts';
import { inBoth, mistakesOf, type Say } from './shapes.ts';

export interface Problem {
  readonly file: string;
  /** Line of the file, from 1; null when the problem is of the file as a whole. */
  readonly row: number | null;
  readonly column: string | null;
  readonly expected: Text;
  /** Words, or what stands there as it is. */
  readonly found: Said;
  /** Warnings do not stop an audit. */
  readonly severity: 'error' | 'warning';
}

export interface RegistryReading {
  /** null when there are errors. */
  readonly registry: Registry | null;
  readonly problems: readonly Problem[];
}

const HostList = z.array(z.string()).optional();
const settingsIn = (say: Say) => {
  const aDay = say(
    persian`روزی از تقویم میلادی از سال ${'2000'} به بعد، مانند ${'2026-03-21'}`,
    'a day of the Gregorian calendar from 2000 on, as 2026-03-21',
  );
  /** A day of the Jalali calendar is one of the Middle Ages in the other. */
  const day = z.iso.date(aDay).refine((date) => date >= '2000', aDay);
  return z.strictObject({
    id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, say('حرف‌های کوچک لاتین، رقم‌ها و خط تیره', 'small letters, digits and hyphens')),
    country: z.strictObject({ fa: z.string().min(1), en: z.string().min(1) }),
    languages: z.array(z.string().regex(/^[a-z]{2}$/, say('کدهای دوحرفی', 'two-letter codes'))).min(1),
    calendar: z.enum(['jalali', 'gregorian']),
    holidays: z.array(day, say('فهرستی از روزها', 'a list of days')).optional(),
    serve: z.string().optional(),
    private_hosts: HostList,
    map_hosts: z.record(z.string(), z.string()).optional(),
    hosts: z
      .strictObject({ national_portal: HostList, national_sso: HostList, payment_gateway: HostList, foi: HostList, open_data: HostList, agency: HostList, social_messenger: HostList, social_video: HostList, social_network: HostList })
      .optional(),
  }); // prettier-ignore
};
const Settings = inBoth(settingsIn);

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
    throw new UserError({
      fa: persian`${directory} دفتر ثبت نیست: ${'registry.yaml'} ندارد. پوشه دفتر ثبت ${'registry.yaml'}، ${'organizations.csv'} و ${'services.csv'} دارد؛ ${'seeds/demo'} نمونه‌ای برای رونوشت است.`,
      en: `${directory} is no registry: it has no registry.yaml. A registry folder holds registry.yaml, organizations.csv and services.csv; seeds/demo is one to copy.`,
    });
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
  throw broken(
    { fa: persian`دفتر ثبت ${folder}`, en: `The registry ${folder} has` },
    problems,
    `rasad registry check ${folder}`,
  );
}

/** Lists the first errors among the problems of `what`, whose English brings its verb; the command shows all. */
export function broken(what: Text, problems: readonly Problem[], command: string): UserError {
  const errors = problems.filter(({ severity }) => severity === 'error');
  const list = (lang: keyof Text): string => errors.slice(0, 10).map((problem) => `\n  ${describeProblem(problem, lang)}`).join(''); // prettier-ignore
  const more = errors.length - 10;
  return new UserError({
    fa: `${what.fa} ${persian`${errors.length} خطا دارد:`}${list('fa')}${more > 0 ? persian`\n  … و ${more} خطای دیگر (${command})` : ''}`,
    en: `${what.en} ${errors.length} mistake${errors.length === 1 ? '' : 's'}:${list('en')}${more > 0 ? `\n  … and ${more} more (${command})` : ''}`,
  });
}

/** A line for people. */
export function describeProblem({ file, row, column, expected, found, severity }: Problem, lang: keyof Text): string {
  if (lang === 'fa') {
    const place = [persian`${file}`, row !== null && persian`ردیف ${row}`, column !== null && persian`ستون ${column}`];
    return `${severity === 'warning' ? 'هشدار: ' : ''}${place.filter(Boolean).join('، ')}: انتظار: ${expected.fa}؛ یافته: ${saidIn(found, 'fa')}`;
  }
  const place = `${file}${row === null ? '' : `, row ${row}`}${column === null ? '' : `, column ${column}`}`;
  return `${severity === 'warning' ? 'warning: ' : ''}${place}: expected ${expected.en}, found ${saidIn(found, 'en')}`;
}

/** A problem for machines, whose words are English. */
export const problemData = (problem: Problem) => ({
  ...problem,
  expected: problem.expected.en,
  found: saidIn(problem.found, 'en'),
});

/** What is expected and found in more than one place. */
export const WORDS = {
  nothing: { fa: 'هیچ', en: 'nothing' },
  noFile: { fa: 'پرونده‌ای نیست', en: 'no file' },
  emptyCell: { fa: 'خانه خالی', en: 'an empty cell' },
  encoding: {
    fa: persian`${'UTF-8'} (در صفحه‌گسترده: ذخیره به صورت ${'CSV UTF-8'})`,
    en: 'UTF-8 (in a spreadsheet: save as "CSV UTF-8")',
  },
  otherEncoding: { fa: 'کدگذاری دیگر', en: 'another encoding' },
  table: {
    fa: persian`${'CSV'} با شمار یکسانی از خانه‌ها در هر ردیف`,
    en: 'CSV with the same number of cells in each row',
  },
  shortName: {
    fa: 'نامی کوتاه از حرف‌های لاتین، رقم‌ها و خط تیره',
    en: 'a short name of letters, digits, hyphens',
  },
} satisfies Record<string, Text>;

export const fileWith = (columns: readonly string[]): Text => ({
  fa: persian`پرونده‌ای با ستون‌های ${columns.join(',')}`,
  en: `a file with the columns ${columns.join(',')}`,
});
export const theColumns = (columns: readonly string[]): Text => ({
  fa: persian`ستون‌های ${columns.join(',')}`,
  en: `the columns ${columns.join(',')}`,
});
export const oneOf = (values: readonly string[]): Text => ({
  fa: persian`یکی از ${values.join(', ')}`,
  en: `one of ${values.join(', ')}`,
});
/** The value stands in an earlier row too. */
export const alsoInRow = (value: string, row: number): Text => ({
  fa: persian`${value} که ردیف ${row} هم دارد`,
  en: `${value}, which row ${row} has too`,
});

function readSettings(path: string, problems: Problem[]): z.infer<typeof Settings.en> | null {
  const document = parseDocument(readFileSync(path, 'utf8'));
  const problem = (row: number | null, column: string | null, expected: Text, found: Said): void =>
    void problems.push({ file: 'registry.yaml', row, column, expected, found, severity: 'error' });
  if (document.errors.length > 0) {
    for (const error of document.errors)
      problem(error.linePos?.[0].line ?? null, null, { fa: persian`${'YAML'}`, en: 'YAML' }, error.message.split('\n')[0]!); // prettier-ignore
    return null;
  }
  const value: unknown = document.toJS();
  const result = Settings.en.safeParse(value);
  if (result.success) return result.data;
  for (const { path: at, expected } of mistakesOf(result.error, Settings.fa, value)) {
    const found = at.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key], value);
    problem(null, at.join('.') || null, expected, JSON.stringify(found) ?? WORDS.nothing);
  }
  return null;
}

function readTable(path: string, columns: readonly string[], problems: Problem[]): Row[] {
  const file = path.split('/').pop()!;
  const problem = (row: number | null, column: string | null, expected: Text, found: Said): void =>
    void problems.push({ file, row, column, expected, found, severity: 'error' });
  if (!existsSync(path)) {
    problem(null, null, fileWith(columns), WORDS.noFile);
    return [];
  }
  const bytes = readFileSync(path);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    problem(null, null, WORDS.encoding, WORDS.otherEncoding);
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
    if (records.length > 0 && missing.length > 0) problem(1, missing.join(', '), theColumns(columns), header.join(','));
    return records.map(({ record, info }) => ({ line: info.lines, cells: record }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    problem((error['lines'] as number | undefined) ?? null, null, WORDS.table, error.message);
    return [];
  }
}

function readOrganization({ line, cells }: Row, problems: Problem[]): Organization {
  const check = cellChecker('organizations.csv', line, cells, problems);
  check.id();
  if (!cells['name_fa'] && !cells['name_en'])
    check.problem('name_fa', { fa: 'نامی به فارسی یا انگلیسی', en: 'a name in Persian or English' }, WORDS.emptyCell);
  const cooperation = check.oneOf('cooperation', COOPERATION, 'cooperative');
  if (cooperation !== 'cooperative')
    check.approval({
      fa: persian`چه کسی و چه روزی ${cooperation} بودن آن را ثبت کرده است`,
      en: `who noted that it is ${cooperation}, and when`,
    });
  const portalUrl = check.url('portal_url');
  if (portalUrl === null && (cooperation === 'cooperative' || cooperation === 'visible-only'))
    check.warning(
      'portal_url',
      {
        fa: 'نشانی درگاه: بی آن چیزی از دستگاه دیده نمی‌شود',
        en: 'the address of the portal: without one nothing of it can be looked at',
      },
      WORDS.emptyCell,
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
    check.problem('title_fa', { fa: 'عنوانی به فارسی یا انگلیسی', en: 'a title in Persian or English' }, WORDS.emptyCell); // prettier-ignore
  const code = fold(cells['code'] ?? '').replace(/\s/g, '') || null;
  if (code !== null && !/^\d{4,14}$/.test(code))
    check.problem('code', { fa: 'رقم‌های شناسنامه خدمت', en: 'the digits of the service identity card' }, cells['code']!); // prettier-ignore
  const profile: Profile[] = [];
  for (const entry of (cells['profile'] ?? '').split(/[\s,;|]+/).filter(Boolean)) {
    if ((PROFILES as readonly string[]).includes(entry)) profile.push(entry as Profile);
    else check.problem('profile', { fa: persian`چندتا از ${PROFILES.join(' ')}`, en: `some of ${PROFILES.join(' ')}` }, entry); // prettier-ignore
  }
  if (profile.length > 0) check.approval({ fa: 'چه کسی و چه روزی نمایه را تأیید کرده است', en: 'who approved the profile, and when' }); // prettier-ignore
  return {
    id: cells['id'] ?? '', organizationId: cells['organization_id'] ?? '', parentId: cells['parent_id'] || null, code, titles: { fa: cells['title_fa'] || cells['title_en'] || '', en: cells['title_en'] || cells['title_fa'] || '' },
    pageUrl: check.url('page_url'), systemUrl: check.url('system_url'), profile, extra: rest(cells, SERVICE_COLUMNS),
  }; // prettier-ignore
}

function cellChecker(file: string, row: number, cells: Readonly<Record<string, string>>, problems: Problem[]) {
  const add =
    (severity: Problem['severity']) =>
    (column: string, expected: Text, found: Said): void =>
      void problems.push({ file, row, column, expected, found, severity });
  const problem = add('error');
  return {
    problem,
    warning: add('warning'),
    id(): void {
      if (!/^[A-Za-z0-9][\w.-]{0,79}$/.test(cells['id'] ?? ''))
        problem('id', WORDS.shortName, JSON.stringify(cells['id'] ?? ''));
    },
    /** What only a person may say carries that person's name and the day. */
    approval(expected: Text): void {
      for (const [column, isGiven] of [
        ['approved_by', (cells['approved_by'] ?? '') !== ''],
        ['approved_at', /^\d{4}-\d\d-\d\d/.test(cells['approved_at'] ?? '')],
      ] as const)
        if (!isGiven)
          add('warning')(
            column,
            {
              fa: `${expected.fa} ${persian`(یک نام؛ روزی مانند ${'2026-03-21'})`}`,
              en: `${expected.en} (a name; a day as 2026-03-21)`,
            },
            cells[column] ? JSON.stringify(cells[column]) : WORDS.nothing,
          );
    },
    oneOf<T extends string>(column: string, values: readonly T[], otherwise: T): T {
      const value = cells[column] ?? '';
      if (value === '') return otherwise;
      if ((values as readonly string[]).includes(value)) return value as T;
      problem(column, oneOf(values), JSON.stringify(value));
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
      const [found, mended] = [JSON.stringify(value), `https://${value.replace(/^\/*/, '')}`];
      problem(
        column,
        { fa: persian`نشانی ${'http'} یا ${'https'}`, en: 'an http or https address' },
        /^[\w.-]+\.[a-z]{2,}/i.test(value)
          ? { fa: persian`${found} (بنویسید ${mended})`, en: `${found} (write ${mended})` }
          : found,
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
        expected: { fa: 'شناسه‌ای که هیچ ردیف دیگری ندارد', en: 'an id that no other row has' },
        found: alsoInRow(id, first),
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
    expected: Text,
    found: Said,
    severity: Problem['severity'] = 'error',
  ): void => void problems.push({ file, row, column, expected, found, severity });
  organizations.forEach(({ parentId }, i) => {
    if (parentId !== null && !organizationIds.has(parentId))
      add('organizations.csv', organizationRows[i]!.line, 'parent_id', AN_ORGANIZATION, parentId);
  });
  const codes = new Map<string, number>();
  services.forEach((service, i) => {
    const { line } = serviceRows[i]!;
    if (!organizationIds.has(service.organizationId))
      add('services.csv', line, 'organization_id', AN_ORGANIZATION, JSON.stringify(service.organizationId));
    if (service.parentId !== null) {
      const parent = byId.get(service.parentId);
      if (!parent)
        add('services.csv', line, 'parent_id', { fa: 'شناسه یک خدمت', en: 'the id of a service' }, service.parentId);
      else if (parent.organizationId !== service.organizationId)
        add(
          'services.csv',
          line,
          'parent_id',
          { fa: persian`خدمتی از ${service.organizationId}`, en: `a service of ${service.organizationId}` },
          {
            fa: persian`${service.parentId}، خدمتی از ${parent.organizationId}`,
            en: `${service.parentId}, a service of ${parent.organizationId}`,
          },
        );
      else if (isOwnAncestor(service, byId))
        add(
          'services.csv',
          line,
          'parent_id',
          { fa: 'بالادستی که زیر خود این خدمت نباشد', en: 'a parent that is not below the service itself' },
          service.parentId,
        );
    }
    if (service.code === null) return;
    const first = codes.get(service.code);
    if (first !== undefined)
      add(
        'services.csv',
        line,
        'code',
        { fa: 'شناسنامه‌ای که هیچ خدمت دیگری ندارد', en: 'a code that no other service has' },
        alsoInRow(service.code, first),
        'warning',
      );
    else codes.set(service.code, line);
  });
}

const AN_ORGANIZATION: Text = { fa: 'شناسه یک دستگاه', en: 'the id of an organization' };

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
