/**
 * Reads where things stand in a PDF that Chromium wrote, and writes it anew, complete and small.
 *
 * - Bookmarks: Chromium's own put the words of a Persian heading in the order in which they are drawn; these carry the
 *   heading as it is.
 * - Title, publisher, date and direction of reading.
 * - The tags of a long document are some hundred thousand small objects, three quarters of the file. Packed into object
 *   streams (ISO 32000-1, 7.5.7) they are a tenth of that.
 *
 * Only what Chromium writes is understood (PDF 1.4, a plain table of objects). Anything else gives null, and nothing is
 * guessed. The pages themselves are copied as they are.
 */
import { deflateSync } from 'node:zlib';
import type { Bookmark } from '../report/document/frame.ts';

export interface PdfPlaces {
  readonly pages: number;
  /** Page of everything that something in the document links to, by its id; counted from 1. */
  readonly pageOf: ReadonlyMap<string, number>;
}

export interface PdfCompletion {
  readonly title: string;
  readonly publisher: string;
  /** UTC, ISO 8601. */
  readonly madeAt: string;
  readonly dir: 'rtl' | 'ltr';
  /** Those whose id stands nowhere in the file are left out, with all below them. */
  readonly bookmarks: readonly Bookmark[];
}

export function placesIn(bytes: Uint8Array): PdfPlaces | null {
  const file = open(bytes);
  if (!file) return null;
  const pages = pagesOf(file);
  if (pages === null) return null;
  const dests = /\/Dests (\d+) 0 R/.exec(file.object(file.root) ?? '');
  const text = dests ? file.object(Number(dests[1])) : '';
  if (text === null) return null;
  const numberOf = new Map(pages.map((page, at) => [page, at + 1]));
  const pageOf = new Map<string, number>();
  for (const [, name, page] of text.matchAll(/\/([^\s/[\]<>()]+) \[(\d+) 0 R/g)) {
    const number = numberOf.get(Number(page));
    if (number !== undefined) pageOf.set(unescapeName(name!), number);
  }
  return { pages: pages.length, pageOf };
}

/** The same bytes for the same file and completion, whenever either was made. */
export function completePdf(bytes: Uint8Array, completion: PdfCompletion): Uint8Array | null {
  const file = open(bytes);
  const places = placesIn(bytes);
  if (!file || !places) return null;
  const [catalog, info] = [file.object(file.root), file.object(file.info)];
  if (!catalog || !info) return null;
  const outline = outlineObjects(completion.bookmarks, places, file.size);
  const date = pdfDate(completion.madeAt);
  const changed = new Map([
    [file.root, withEntries(catalog, ['Outlines', 'ViewerPreferences', 'PageMode'], [...(outline.size > 0 ? [`/Outlines ${file.size} 0 R`, '/PageMode /UseOutlines'] : []), `/ViewerPreferences <</DisplayDocTitle true /Direction /${completion.dir === 'rtl' ? 'R2L' : 'L2R'}>>`])],
    [file.info, withEntries(info, ['Title', 'Author', 'Creator', 'CreationDate', 'ModDate'], [`/Title ${textString(completion.title)}`, `/Author ${textString(completion.publisher)}`, '/Creator (Rasad)', `/CreationDate (${date})`, `/ModDate (${date})`])],
    ...outline,
  ]); // prettier-ignore
  return write(file, changed);
}

// ---------------------------------------------------------------- reading

interface PdfFile {
  /** Numbers of the objects that the trailer names, and the number of objects. */
  readonly root: number;
  readonly info: number;
  readonly size: number;
  /** The text of an object that is no stream; null when there is no such object. */
  object(number: number): string | null;
  /** All of a stream, from `1 0 obj` to `endobj`; null when there is no such object, or it is no stream. */
  stream(number: number): Uint8Array | null;
}

const ENTRY = 20; // bytes of a line in the table of objects

function open(bytes: Uint8Array): PdfFile | null {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tail = buffer.toString('latin1', Math.max(0, buffer.length - 2000));
  const [trailer, start] = [/trailer\s*<<([\s\S]*?)>>\s*startxref/.exec(tail), /startxref\s+(\d+)\s+%%EOF\s*$/.exec(tail)]; // prettier-ignore
  const entry = (name: string): number | null => {
    const found = new RegExp(`/${name} (\\d+)`).exec(trailer?.[1] ?? '');
    return found ? Number(found[1]) : null;
  };
  const [root, info, size] = [entry('Root'), entry('Info'), entry('Size')];
  if (!start || root === null || info === null || size === null) return null;
  const tableAt = Number(start[1]);
  const head = /^xref\s+0 (\d+)\s*?\n/.exec(buffer.toString('latin1', tableAt, tableAt + 40));
  if (!head || Number(head[1]) !== size) return null;
  const first = tableAt + head[0].length;
  const table = buffer.toString('latin1', first, first + size * ENTRY);
  const offsets = new Map<number, number>();
  for (let number = 0; number < size; number++) {
    const line = /^(\d{10}) 00000 n/.exec(table.slice(number * ENTRY, (number + 1) * ENTRY));
    if (line) offsets.set(number, Number(line[1]));
  }
  const sorted = [...offsets.values(), tableAt].sort((a, b) => a - b);
  const ends = new Map(sorted.slice(0, -1).map((from, at) => [from, sorted[at + 1]!]));
  const bytesOf = (number: number): Buffer | null => {
    const from = offsets.get(number);
    if (from === undefined) return null;
    const own = buffer.subarray(from, ends.get(from));
    const end = own.lastIndexOf('endobj', undefined, 'latin1');
    return own.indexOf(`${number} 0 obj`, 0, 'latin1') === 0 && end > 0 ? own.subarray(0, end) : null;
  };
  const isStream = (own: Buffer): boolean =>
    own
      .toString('latin1', own.length - 12)
      .trimEnd()
      .endsWith('endstream');
  return {
    root,
    info,
    size,
    object: (number) => {
      const own = bytesOf(number);
      return own && !isStream(own) ? own.toString('latin1', `${number} 0 obj`.length).trim() : null;
    },
    stream: (number) => {
      const own = bytesOf(number);
      return own && isStream(own) ? Buffer.concat([own, Buffer.from('endobj\n')]) : null;
    },
  };
}

/** Objects of the pages in their order; null when the tree is not what it should be. */
function pagesOf(file: PdfFile): number[] | null {
  const root = /\/Pages (\d+) 0 R/.exec(file.object(file.root) ?? '');
  if (!root) return null;
  const pages: number[] = [];
  const seen = new Set<number>();
  const visit = (number: number): boolean => {
    const text = file.object(number);
    if (text === null || seen.has(number)) return false;
    seen.add(number);
    if (/\/Type \/Page\b(?!s)/.test(text)) return pages.push(number) > 0;
    const kids = /\/Kids \[([^\]]*)\]/.exec(text);
    return kids !== null && [...kids[1]!.matchAll(/(\d+) 0 R/g)].every(([, kid]) => visit(Number(kid)));
  };
  return visit(Number(root[1])) ? pages : null;
}

const unescapeName = (name: string): string =>
  name.replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
const escapeName = (name: string): string =>
  name.replace(/[^A-Za-z0-9._-]/g, (char) => `#${char.charCodeAt(0).toString(16).padStart(2, '0')}`);

// ---------------------------------------------------------------- adding

/** Objects of the bookmarks by their numbers, from `first`; the first of them is the root. */
function outlineObjects(bookmarks: readonly Bookmark[], { pageOf }: PdfPlaces, first: number): Map<number, string> {
  const objects = new Map<number, string>();
  let next = first + 1;
  const known = (all: readonly Bookmark[]): Bookmark[] => all.filter(({ id }) => pageOf.has(id));
  /** Adds the bookmarks of one level and gives what their parent says of them. */
  const level = (all: readonly Bookmark[], parent: number): string => {
    const own = known(all);
    if (own.length === 0) return '';
    const numbers = own.map(() => next++);
    own.forEach(({ title, id, children }, at) => {
      const below = level(children, numbers[at]!);
      const [before, after] = [numbers[at - 1], numbers[at + 1]];
      // a minus: closed until the reader opens it
      objects.set(numbers[at]!, `<</Title ${textString(title)} /Dest /${escapeName(id)} /Parent ${parent} 0 R${before === undefined ? '' : ` /Prev ${before} 0 R`}${after === undefined ? '' : ` /Next ${after} 0 R`}${below && `${below} /Count -${known(children).length}`}>>`); // prettier-ignore
    });
    return ` /First ${numbers[0]} 0 R /Last ${numbers.at(-1)} 0 R`;
  };
  const ends = level(bookmarks, first);
  return ends === ''
    ? objects
    : new Map([[first, `<</Type /Outlines${ends} /Count ${known(bookmarks).length}>>`], ...objects]);
}

/** The dictionary without entries of these names, and with those instead. */
function withEntries(dictionary: string, without: readonly string[], entries: readonly string[]): string {
  const value = String.raw`(?:<<[^<>]*>>|<[0-9A-Fa-f]*>|\((?:\\[\s\S]|[^\\()])*\)|/[^\s/<>[\]()]+|\d+ 0 R)`;
  let text = dictionary;
  for (const name of without) text = text.replace(new RegExp(`/${name} ${value}\\s*`), '');
  return text.replace(/>>$/, ` ${entries.join(' ')}>>`);
}

/** UTF-16 in hexadecimal, which carries every script and no character of the format's own. */
const textString = (text: string): string =>
  `<FEFF${[...Array(text.length).keys()].map((at) => text.charCodeAt(at).toString(16).padStart(4, '0')).join('').toUpperCase()}>`; // prettier-ignore

function pdfDate(iso: string): string {
  const time = Date.parse(iso);
  if (Number.isNaN(time)) throw new Error(`not a time: ${iso}`);
  return `D:${new Date(time).toISOString().replace(/\D/g, '').slice(0, 14)}+00'00'`;
}

// ---------------------------------------------------------------- writing

/** Objects in one object stream: a reader unpacks all of it for one of them. */
const PACKED = 200;

/** Type of an entry of the cross-reference stream (7.5.8). */
const [FREE, PLAIN, IN_STREAM] = [0, 1, 2];

function write(file: PdfFile, changed: ReadonlyMap<number, string>): Uint8Array {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const add = (chunk: Uint8Array): number => {
    const at = length;
    chunks.push(chunk);
    length += chunk.length;
    return at;
  };
  // four bytes above 127 say to whoever transmits it that the file is no text
  add(Buffer.from('%PDF-1.5\n%\u00e2\u00e3\u00cf\u00d3\n', 'latin1'));
  const entries = new Map<number, readonly [type: number, first: number, second: number]>();
  const texts: (readonly [number: number, text: string])[] = [];
  for (let number = 0; number < file.size; number++) {
    const text = changed.get(number) ?? file.object(number);
    const stream = text === null ? file.stream(number) : null;
    if (text !== null) texts.push([number, text]);
    else if (stream !== null) entries.set(number, [PLAIN, add(stream), 0]);
  }
  for (const [number, text] of changed) if (number >= file.size) texts.push([number, text]);
  let next = Math.max(file.size - 1, ...changed.keys()) + 1;
  for (let from = 0; from < texts.length; from += PACKED) {
    const own = texts.slice(from, from + PACKED);
    const container = next++;
    entries.set(container, [PLAIN, add(packed(container, own)), 0]);
    own.forEach(([number], at) => entries.set(number, [IN_STREAM, container, at]));
  }
  const table = next++;
  entries.set(table, [PLAIN, length, 0]);
  const rows = Buffer.alloc(next * 7);
  for (let number = 0; number < next; number++) {
    const [type, first, second] = entries.get(number) ?? [FREE, 0, number === 0 ? 65535 : 0];
    rows.writeUInt8(type, number * 7);
    rows.writeUInt32BE(first, number * 7 + 1);
    rows.writeUInt16BE(second, number * 7 + 5);
  }
  const at = add(streamObject(table, `/Type /XRef /Size ${next} /W [1 4 2] /Root ${file.root} 0 R /Info ${file.info} 0 R`, rows)); // prettier-ignore
  add(Buffer.from(`startxref\n${at}\n%%EOF\n`));
  return Buffer.concat(chunks);
}

function packed(number: number, objects: readonly (readonly [number: number, text: string])[]): Uint8Array {
  let body = '';
  const places = objects.map(([own, text]) => {
    const place = `${own} ${body.length}`;
    body += `${text}\n`;
    return place;
  });
  const head = `${places.join(' ')}\n`;
  return streamObject(number, `/Type /ObjStm /N ${objects.length} /First ${head.length}`, Buffer.from(head + body, 'latin1')); // prettier-ignore
}

function streamObject(number: number, entries: string, content: Uint8Array): Uint8Array {
  const small = deflateSync(content, { level: 9 });
  return Buffer.concat([
    Buffer.from(`${number} 0 obj\n<<${entries} /Filter /FlateDecode /Length ${small.length}>>\nstream\n`, 'latin1'),
    small,
    Buffer.from('\nendstream\nendobj\n'),
  ]);
}
