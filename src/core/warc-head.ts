/**
 * The head of a record of a web archive, and of the HTTP message inside one: a first line, named fields, an empty line
 * (WARC/1.1, section 4; RFC 9112, section 2.1). Pure.
 */

export interface Head {
  readonly line: string;
  /** Names in small letters, in the order in which they stand. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  /** Bytes up to and with the empty line. */
  readonly length: number;
}

/** null when the bytes hold no empty line. Lines may end without the carriage return: some servers end them so. */
export function readHead(bytes: Uint8Array): Head | null {
  const lines: string[] = [];
  for (let start = 0; ;) {
    const end = bytes.indexOf(LF, start);
    if (end < 0) return null;
    const line = bytes.subarray(start, bytes[end - 1] === CR && end > start ? end - 1 : end);
    start = end + 1;
    if (line.length > 0) lines.push(textOf(line));
    else return { line: lines[0] ?? '', fields: fieldsOf(lines.slice(1)), length: start };
  }
}

/** The first value under a name in small letters. */
export const fieldOf = ({ fields }: Pick<Head, 'fields'>, name: string): string | null =>
  fields.find(([key]) => key === name)?.[1] ?? null;

const LF = 10;
const CR = 13;

function fieldsOf(lines: readonly string[]): [string, string][] {
  const fields: [string, string][] = [];
  for (const line of lines) {
    const last = fields.at(-1);
    const colon = line.indexOf(':');
    // a line that begins with a blank goes on with the one before
    if (/^[ \t]/.test(line) && last) last[1] = `${last[1]} ${line.trim()}`.trim();
    else if (colon > 0) fields.push([line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]);
  }
  return fields;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** UTF-8 in practice (addresses in Persian), Latin-1 by the letter of the older standards. */
function textOf(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  }
}
