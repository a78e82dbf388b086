/**
 * One site as a folder of plain files, with `site.json` for what files cannot say: states of the server, headers,
 * redirects, bytes of an old encoding. Answers are computed, not sent; `demo-server.ts` puts them on the wire.
 */
import { lstat, readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { z } from 'zod';
import { fillDates } from './demo-dates.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Milliseconds to wait before the first byte. */
  readonly delay: number;
}

export interface Site {
  readonly host: string;
  readonly tls: SiteSettings['tls'];
  /** What the site says to a GET of `path` (as on the request line, with its query). Never reads outside its folder. */
  answer(scheme: 'http' | 'https', path: string): Promise<Answer>;
}

const Reply = z.strictObject({
  /** Path of a file of the site; without it the file that the address itself names. */
  file: z.string().startsWith('/').optional(),
  status: z.int().min(200).max(599).optional(),
  /** Location of a redirect, 302 unless `status` says otherwise. */
  redirect: z.string().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  /** In the Content-Type of text; null says nothing about it. */
  charset: z.string().nullable().optional(),
  delay: z.number().optional(),
  /** Name of the query parameter: the page lists the pages of the site whose titles hold its words. */
  search: z.string().optional(),
});
type Reply = z.infer<typeof Reply>;

const Settings = z.strictObject({
  tls: z.enum(['good', 'expired', 'wrong-host', 'self-signed', 'none']).default('good'),
  /** What a request without TLS gets: a redirect to https, or the same pages. */
  http: z.enum(['redirect', 'same']).default('same'),
  /** Bytes in which text leaves; on disk all of it is UTF-8. */
  encoding: z.enum(['utf-8', 'windows-1256']).default('utf-8'),
  charset: z.string().nullable().default('utf-8'),
  headers: z.record(z.string(), z.string()).default({}),
  delay: z.number().default(0),
  /** The answer to addresses that name no file; 404 and `/404.html` unless it says otherwise. */
  missing: Reply.default({}),
  /** The only answer of the site, whatever is asked. */
  everything: Reply.optional(),
  /** Address → answer. `/news/*` is a prefix; `/index.jsp?pageid=7` needs at least these parameters. */
  paths: z.record(z.string().startsWith('/'), Reply).default({}),
});
export type SiteSettings = z.infer<typeof Settings>;

const SETTINGS_FILE = '/site.json';
const RESULTS = 10; // entries on a page of search results

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html', '.htm': 'text/html', '.css': 'text/css', '.js': 'text/javascript', '.json': 'application/json', '.xml': 'application/xml', '.csv': 'text/csv', '.txt': 'text/plain', '.svg': 'image/svg+xml', '.png': 'image/png', '.jpg': 'image/jpeg', '.gif': 'image/gif', '.ico': 'image/x-icon', '.pdf': 'application/pdf', '.woff2': 'font/woff2', '.ttf': 'font/ttf',
}; // prettier-ignore
const TEXT = new Set(['.html', '.htm', '.css', '.js', '.json', '.xml', '.csv', '.txt']);

/** Opens the site in `directory`. Throws when its `site.json` is not understood, saying where. */
export async function openSite(host: string, directory: string, now: Date): Promise<Site> {
  const files = await listFiles(directory);
  const settings = await readSettings(directory, files);
  const folder: Folder = { files, settings, now, titles: new Map() };
  const rules = Object.entries(settings.paths)
    .map(([pattern, reply]) => readRule(pattern, reply))
    .sort((a, b) => b.rank - a.rank);

  function choose(address: Address): Reply {
    if (settings.everything) return settings.everything;
    const rule = rules.find(({ matches }) => matches(address));
    if (rule) return rule.reply;
    if (fileAt(files, address.pathname)) return {};
    if (files.has(`${address.pathname}/index.html`)) return { redirect: `${address.pathname}/`, status: 301 };
    return { status: 404, file: '/404.html', ...settings.missing };
  }

  return {
    host,
    tls: settings.tls,
    async answer(scheme, path) {
      const address = parseAddress(path);
      if (!address) return say(folder, { status: 400 });
      const isUpgrade = scheme === 'http' && settings.http === 'redirect';
      return say(folder, isUpgrade ? { redirect: `https://${host}${path}`, status: 301 } : choose(address), address);
    },
  };
}

interface Folder {
  /** `/path/of/file` → where it is on the disk. */
  readonly files: ReadonlyMap<string, string>;
  readonly settings: SiteSettings;
  readonly now: Date;
  /** Address of a page → its title, read when the first search comes. */
  readonly titles: Map<string, string>;
}

async function say(folder: Folder, reply: Reply, address?: Address): Promise<Answer> {
  const { files, settings } = folder;
  const delay = reply.delay ?? settings.delay;
  const headers = { ...settings.headers, ...reply.headers };
  if (reply.redirect !== undefined) {
    const location = reply.redirect.replace(/[^\x20-\x7e]+/g, encodeURIComponent);
    return { status: reply.status ?? 302, headers: { ...headers, location }, body: Buffer.alloc(0), delay };
  }
  const status = reply.status ?? 200;
  const file = fileAt(files, reply.file ?? address?.pathname ?? '');
  if (!file) return { status, headers: { ...headers, 'content-type': 'text/plain' }, body: Buffer.from(`${status}\n`), delay }; // prettier-ignore
  const extension = extname(file).toLowerCase();
  const type = TYPES[extension] ?? 'application/octet-stream';
  const bytes = await readFile(file);
  if (!TEXT.has(extension)) return { status, headers: { 'content-type': type, ...headers }, body: bytes, delay };
  let text = fillDates(bytes.toString('utf8'), folder.now);
  if (reply.search !== undefined) text = await fillSearch(folder, text, address?.query.get(reply.search) ?? '');
  const charset = reply.charset === undefined ? settings.charset : reply.charset;
  const contentType = charset ? `${type}; charset=${charset}` : type;
  return { status, headers: { 'content-type': contentType, ...headers }, body: encode(text, settings.encoding), delay };
}

/** File of an address: only what the listing of the folder holds, so no address can lead out of it. */
function fileAt(files: Folder['files'], pathname: string): string | undefined {
  const name = pathname.endsWith('/') ? `${pathname}index.html` : pathname;
  return name === SETTINGS_FILE ? undefined : files.get(name);
}

async function fillSearch({ files, titles }: Folder, page: string, query: string): Promise<string> {
  const words = plain(query).split(' ').filter(Boolean);
  if (titles.size === 0) {
    for (const [name, file] of files) {
      const title = /\.html?$/.test(name) && /<title>([^<|]*)/.exec(await readFile(file, 'utf8'))?.[1];
      if (title) titles.set(name.replace(/\/index\.html$/, '/'), title.trim());
    }
  }
  const found = [...titles].filter(
    ([, title]) => words.length > 0 && words.every((word) => plain(title).includes(word)),
  );
  const items = found.slice(0, RESULTS).map(([path, title]) => `<li><a href="${encodeURI(path)}">${title}</a></li>`);
  return page.replaceAll('{{query}}', () => escapeHtml(query)).replaceAll('{{results}}', () => items.join('\n'));
}

interface Address {
  readonly pathname: string;
  readonly query: URLSearchParams;
}

/** Decoded; null when the escapes are broken. */
function parseAddress(path: string): Address | null {
  try {
    const [pathname = '/', query = ''] = path.split(/\?(.*)/s);
    return { pathname: decodeURIComponent(pathname), query: new URLSearchParams(query) };
  } catch {
    return null;
  }
}

/** The more a pattern asks for, the earlier it is tried. */
function readRule(pattern: string, reply: Reply) {
  const [path = '/', query = ''] = pattern.split(/\?(.*)/s);
  const wanted = [...new URLSearchParams(query)];
  const prefix = path.endsWith('*') ? path.slice(0, -1) : null;
  const rank = wanted.length * 1e6 + (prefix === null ? 1e5 : 0) + path.length;
  const matches = (address: Address): boolean =>
    (prefix === null ? address.pathname === path : address.pathname.startsWith(prefix)) &&
    wanted.every(([name, value]) => address.query.getAll(name).includes(value));
  return { rank, reply, matches };
}

/** All files of the folder. Links are left out: they may point anywhere. */
async function listFiles(directory: string): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  for (const name of (await readdir(directory, { recursive: true })).sort()) {
    const file = join(directory, name);
    if ((await lstat(file)).isFile()) files.set(`/${name.replaceAll('\\', '/')}`, file);
  }
  return files;
}

async function readSettings(directory: string, files: ReadonlyMap<string, string>): Promise<SiteSettings> {
  const file = files.get(SETTINGS_FILE);
  if (!file) return Settings.parse({});
  const read = Settings.safeParse(JSON.parse(await readFile(file, 'utf8')));
  if (!read.success) throw new Error(`${join(directory, SETTINGS_FILE)}: ${z.prettifyError(read.error)}`);
  return read.data;
}

let windows1256: ReadonlyMap<string, number> | undefined;

/** Characters without a place in the old encoding become character references, as such sites write them. */
function encode(text: string, encoding: SiteSettings['encoding']): Buffer {
  if (encoding === 'utf-8') return Buffer.from(text);
  const decoder = new TextDecoder(encoding);
  windows1256 ??= new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]));
  const bytes: number[] = [];
  for (const letter of text) {
    const byte = windows1256.get(letter);
    if (byte === undefined) bytes.push(...Buffer.from(`&#${letter.codePointAt(0)};`));
    else bytes.push(byte);
  }
  return Buffer.from(bytes);
}

/** Spelling variants of Persian letters and spaces made equal, for the search of the sites. */
const plain = (text: string): string =>
  text.replace(/ي/g, 'ی').replace(/ك/g, 'ک').replace(/[\u200c\s]+/g, ' ').trim().toLowerCase(); // prettier-ignore

const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (letter) => `&#${letter.codePointAt(0)};`);
