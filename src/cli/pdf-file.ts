/**
 * Reads where things stand in a PDF that Chromium wrote, and completes it: bookmarks, title, publisher, date and
 * direction of reading. Chromium's own bookmarks put the words of a Persian heading in the order in which they are
 * drawn; these carry the heading as it is.
 *
 * Only what Chromium writes is understood (PDF 1.4, a plain table of objects). Anything else gives null, and nothing is
 * guessed. What is added is appended, as the format provides (ISO 32000-1, 7.5.6): the pages stay as they are.
 */
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

export function completePdf(bytes: Uint8Array, completion: PdfCompletion): Uint8Array | null {
  const file = open(bytes);
  const places = placesIn(bytes);
  if (!file || !places) return null;
  const [catalog, info] = [file.object(file.root), file.object(file.info)];
  if (!catalog || !info) return null;
  const outline = outlineObjects(completion.bookmarks, places, file.size);
  const date = pdfDate(completion.madeAt);
  const objects = new Map([
    [file.root, withEntries(catalog, ['Outlines', 'ViewerPreferences', 'PageMode'], [...(outline.size > 0 ? [`/Outlines ${file.size} 0 R`, '/PageMode /UseOutlines'] : []), `/ViewerPreferences <</DisplayDocTitle true /Direction /${completion.dir === 'rtl' ? 'R2L' : 'L2R'}>>`])],
    [file.info, withEntries(info, ['Title', 'Author', 'Creator', 'CreationDate', 'ModDate'], [`/Title ${textString(completion.title)}`, `/Author ${textString(completion.publisher)}`, '/Creator (Rasad)', `/CreationDate (${date})`, `/ModDate (${date})`])],
    ...outline,
  ]); // prettier-ignore
  const start = Buffer.from(bytes);
  // the time of printing is the one thing that differs when the same document is printed again
  overwrite(start, file.offset(file.info)!, info, date);
  return append(start, objects, file, file.size + outline.size);
}

// ---------------------------------------------------------------- reading

interface PdfFile {
  /** Numbers of the objects that the trailer names, and the number of objects. */
  readonly root: number;
  readonly info: number;
  readonly size: number;
  readonly tableAt: number;
  offset(number: number): number | null;
  /** The text of an object that is no stream; null when there is no such object. */
  object(number: number): string | null;
}

/** A document of a thousand pages stays below this by far. */
const LONGEST_OBJECT = 4_000_000;
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
  const offset = (number: number): number | null => {
    const line = buffer.toString('latin1', first + number * ENTRY, first + (number + 1) * ENTRY);
    const found = /^(\d{10}) \d{5} n/.exec(line);
    return number < size && found ? Number(found[1]) : null;
  };
  const object = (number: number): string | null => {
    const at = offset(number);
    if (at === null) return null;
    const begin = `${number} 0 obj`;
    if (buffer.toString('latin1', at, at + begin.length) !== begin) return null;
    const end = buffer.indexOf('endobj', at, 'latin1');
    if (end < 0 || end - at > LONGEST_OBJECT) return null;
    return buffer.toString('latin1', at + begin.length, end).trim();
  };
  return { root, info, size, tableAt, offset, object };
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

/** Puts a date in the place of each date of an object; they are equally long. */
function overwrite(bytes: Buffer, at: number, object: string, date: string): void {
  const from = bytes.indexOf(object, at, 'latin1');
  for (const found of object.matchAll(/D:\d{14}\+00'00'/g)) bytes.write(date, from + found.index, 'latin1');
}

function append(start: Buffer, objects: ReadonlyMap<number, string>, file: PdfFile, size: number): Uint8Array {
  const offsets = new Map<number, number>();
  let body = '\n';
  for (const [number, text] of objects) {
    offsets.set(number, start.length + body.length);
    body += `${number} 0 obj\n${text}\nendobj\n`;
  }
  const table = [...offsets].sort(([a], [b]) => a - b).map(([number, at]) => `${number} 1\n${String(at).padStart(10, '0')} 00000 n \n`); // prettier-ignore
  const tail = `xref\n${table.join('')}trailer\n<</Size ${size} /Root ${file.root} 0 R /Info ${file.info} 0 R /Prev ${file.tableAt}>>\nstartxref\n${start.length + body.length}\n%%EOF\n`; // prettier-ignore
  return Buffer.concat([start, Buffer.from(body + tail, 'latin1')]);
}
