/**
 * Makes a registry of saved sites, to run the real program on real pages: `npm run real-sites -- SITES OUT` copies the
 * sites into OUT (nothing of them enters the project), one host each, and writes a registry that serves them.
 * Then: `rasad audit --registry OUT`.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { load } from 'cheerio';

const [sites, out] = process.argv.slice(2).map((path) => resolve(path));
if (!sites || !out || !existsSync(sites))
  throw new Error('npm run real-sites -- SITES OUT: a folder with one folder a site, and a folder to write to');

/** Pages that describe a service, by their file names; a site without such pages is its one service. */
const SERVICE_PAGE = /^(?:service-\d+|[\w-]+-scheda-servizio|servizio-dettaglio)\.html$/;
const START_PAGES = ['sito/homepage.html', 'public/index.html', 'index.html'];
/** Beside the sites there may be a file that names them and their first pages. */
const described = existsSync(join(sites, '..', 'labels.json'))
  ? (
      JSON.parse(readFileSync(join(sites, '..', 'labels.json'), 'utf8')) as {
        sites?: Record<string, { org?: string; start?: string }>;
      }
    ).sites
  : undefined;

interface Row {
  readonly [column: string]: string;
}
const organizations: Row[] = [];
const services: Row[] = [];
rmSync(out, { recursive: true, force: true });
mkdirSync(join(out, 'sites'), { recursive: true });
for (const name of readdirSync(sites).sort()) {
  const host = `${name.replaceAll('_', '-')}.example`;
  cpSync(join(sites, name), join(out, 'sites', host), { recursive: true });
  const files = readdirSync(join(sites, name), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.html'))
    .sort();
  const start =
    described?.[name]?.start?.replace(/^\//, '') ?? START_PAGES.find((page) => files.includes(page)) ?? files[0]!;
  const titleOf = (file: string): string => {
    const $ = load(readFileSync(join(sites, name, file)));
    return ($('h1').first().text() || $('[class*=title] span').first().text() || $('title').text())
      .replace(/\s+/g, ' ')
      .trim();
  };
  organizations.push({
    id: name,
    name_fa: described?.[name]?.org ?? (titleOf(start) || name),
    name_en: described?.[name]?.org ?? name,
    parent_id: '',
    portal_url: `https://${host}/${start === 'index.html' ? '' : start}`,
    cooperation: 'cooperative',
  });
  const pages = files.filter((file) => SERVICE_PAGE.test(file.split('/').pop()!));
  for (const [i, file] of (pages.length > 0 ? pages : [start]).entries()) {
    const code = /\d{11}/.exec(file)?.[0] ?? '';
    services.push({
      id: `${name}-${code || i + 1}`,
      organization_id: name,
      parent_id: '',
      code,
      title_fa: titleOf(file) || name,
      title_en: '',
      page_url: `https://${host}/${file}`,
      system_url: '',
      profile: '',
    });
  }
}
writeFileSync(join(out, 'organizations.csv'), stringify(organizations, { header: true }));
writeFileSync(join(out, 'services.csv'), stringify(services, { header: true }));
const hosts = organizations.map(({ portal_url: url }) => new URL(url!).hostname);
writeFileSync(
  join(out, 'registry.yaml'),
  `id: real-sites\ncountry: { fa: سایت‌های واقعی, en: Real sites }\nlanguages: [fa, en, it]\ncalendar: jalali\nserve: sites\nprivate_hosts: [${hosts.join(', ')}]\n`,
);
process.stdout.write(`${out}: ${organizations.length} organizations, ${services.length} services\n`);
