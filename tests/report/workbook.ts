/** A reader of workbooks, so that the writer does not check itself: archive, parts, and cells with their types and formats. */
import { crc32, inflateRawSync } from 'node:zlib';
import { DomUtils, parseDocument } from 'htmlparser2';

type Element = ReturnType<typeof DomUtils.getElementsByTagName>[number];

export async function joined(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}

/** Parts by path. Throws where a size or a checksum of the archive is wrong. */
export function unzip(zip: Buffer): Map<string, string> {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let at = zip.readUInt32LE(end + 16);
  const parts = new Map<string, string>();
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [nameLength, extra, comment] = [28, 30, 32].map((field) => zip.readUInt16LE(at + field)) as [number, number, number]; // prettier-ignore
    const path = zip.toString('utf8', at + 46, at + 46 + nameLength);
    const start = zip.readUInt32LE(at + 42);
    if (zip.toString('latin1', start, start + 4) !== 'PK\x03\x04') throw new Error(`${path} has no local header`);
    const from = start + 30 + zip.readUInt16LE(start + 26) + zip.readUInt16LE(start + 28);
    const packed = zip.subarray(from, from + zip.readUInt32LE(at + 20));
    const bytes = zip.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed);
    if (bytes.length !== zip.readUInt32LE(at + 24) || crc32(bytes) !== zip.readUInt32LE(at + 16)) throw new Error(`${path} is damaged`); // prettier-ignore
    parts.set(path, bytes.toString('utf8'));
    at += 46 + nameLength + extra + comment;
  }
  return parts;
}

export interface Cell {
  readonly type: 'text' | 'number' | 'empty' | 'other';
  readonly value: string | number | null;
  readonly format: string;
}

export interface SheetRead {
  readonly name: string;
  readonly root: Element;
  /** Rows as objects by the words of the first row. */
  readonly rows: readonly Readonly<Record<string, Cell>>[];
}

export const tags = (name: string, root: Element): Element[] => DomUtils.getElementsByTagName(name, root);
const rootOf = (xml: string): Element => parseDocument(xml, { xmlMode: true }).children.find((node): node is Element => node.type === 'tag')!; // prettier-ignore
/** As the format has it: `_x005F_` is an underscore, and other escapes stand for their characters. */
const textOf = (element: Element): string => tags('t', element).map((t) => DomUtils.textContent(t)).join('').replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(parseInt(code, 16))); // prettier-ignore

export function read(zip: Buffer): SheetRead[] {
  const parts = unzip(zip);
  const root = (path: string): Element => rootOf(parts.get(path)!);
  const strings = tags('si', root('xl/sharedStrings.xml')).map(textOf);
  const styles = root('xl/styles.xml');
  const formats = new Map(tags('numFmt', styles).map(({ attribs }) => [attribs['numFmtId'], attribs['formatCode']!]));
  const formatOf = tags('xf', tags('cellXfs', styles)[0]!).map(({ attribs }) => formats.get(attribs['numFmtId']!) ?? 'General'); // prettier-ignore
  const targets = new Map(tags('Relationship', root('xl/_rels/workbook.xml.rels')).map(({ attribs }) => [attribs['Id'], attribs['Target']!])); // prettier-ignore
  return tags('sheet', root('xl/workbook.xml')).map(({ attribs }) => {
    const sheet = root(`xl/${targets.get(attribs['r:id']!)!}`);
    const [head = new Map<string, Cell>(), ...rows] = tags('row', sheet).map((row) => new Map(tags('c', row).map((cell): [string, Cell] => [cell.attribs['r']!.replace(/\d+/, ''), cellOf(cell, strings, formatOf)]))); // prettier-ignore
    const empty: Cell = { type: 'empty', value: null, format: '' };
    return { name: attribs['name']!, root: sheet, rows: rows.map((row) => Object.fromEntries([...head].map(([letter, { value }]) => [value, row.get(letter) ?? empty]))) }; // prettier-ignore
  });
}

function cellOf(cell: Element, strings: readonly string[], formats: readonly string[]): Cell {
  const { t = 'n', s = '0' } = cell.attribs;
  const format = formats[Number(s)]!;
  if (cell.children.length === 0) return { type: 'empty', value: null, format };
  if (t === 'inlineStr') return { type: 'text', value: textOf(cell), format };
  const value = DomUtils.textContent(tags('v', cell)[0]!);
  if (t === 's') return { type: 'text', value: strings[Number(value)]!, format };
  return t === 'n' ? { type: 'number', value: Number(value), format } : { type: 'other', value, format };
}

export const column = (sheet: SheetRead, head: string): (string | number | null)[] => sheet.rows.map((row) => row[head]!.value); // prettier-ignore
