/** Bytes of a page to text, as a browser would, and better where the declaration is plainly wrong. Pure. */
import { isUtf8 } from 'node:buffer';
import { detect } from 'chardet';

/** WHATWG HTML, "prescan a byte stream": so many bytes are searched for a <meta>. */
const PRESCAN = 1024;
/** Bytes looked at to compare two readings. */
const SAMPLE = 64 * 1024;
/** Damaged characters that a page in its true charset may hold: cut titles, stray bytes of an old database. */
const MAX_DAMAGE = 3;

export interface Decoded {
  readonly text: string;
  /** Name of the charset by which it was read, in the Encoding Standard's words. */
  readonly charset: string;
}

/**
 * Order of the HTML standard: byte order mark, transport header, <meta> within the first 1024 bytes; then what the bytes
 * look like. A declaration is overruled only when the bytes contradict it: declared UTF-8 that is not, while read as
 * windows-1256 it is Arabic script; or a one-byte charset declared for bytes that are flawless multi-byte UTF-8.
 */
export function decodeHtml(bytes: Uint8Array, transport: string | null): Decoded {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const marked = byteOrderMark(buffer);
  if (marked) return read(buffer, marked);
  // UTF-16 without a mark is also flawless UTF-8, full of zeros
  if (looksUtf16(buffer))
    return read(buffer, known(transport) === 'utf-16be' || buffer[0] === 0 ? 'utf-16be' : 'utf-16le');
  const declared = known(transport) ?? prescan(buffer);
  if (isUtf8(buffer)) {
    // flawless UTF-8 with more than ASCII in it is never written by chance
    const isSure =
      declared === null || declared === 'utf-8' || (!declared.startsWith('utf-16') && hasHighBytes(buffer));
    if (isSure) return { text: buffer.toString('utf8'), charset: 'utf-8' };
  }
  if (declared === null || declared.startsWith('utf-16')) return read(buffer, guess(buffer));
  if (declared === 'utf-8') return readDeclaredUtf8(buffer);
  if (declared !== 'windows-1256' && isLatin(declared) && looksArabic(buffer)) return read(buffer, 'windows-1256');
  return read(buffer, declared);
}

function readDeclaredUtf8(buffer: Buffer): Decoded {
  const decoded = read(buffer, 'utf-8');
  let damage = 0;
  for (
    let at = decoded.text.indexOf('\ufffd');
    at >= 0 && damage <= MAX_DAMAGE;
    at = decoded.text.indexOf('\ufffd', at + 1)
  )
    damage++;
  if (damage <= MAX_DAMAGE) return decoded;
  return looksArabic(buffer) ? read(buffer, 'windows-1256') : decoded;
}

function guess(buffer: Buffer): string {
  if (looksArabic(buffer)) return 'windows-1256';
  return known(detect(buffer.subarray(0, SAMPLE))) ?? 'windows-1252';
}

function read(buffer: Buffer, charset: string): Decoded {
  return { text: new TextDecoder(charset).decode(buffer), charset };
}

/** The Encoding Standard's name for a label, null when it knows none. */
function known(label: string | null): string | null {
  if (!label) return null;
  try {
    return new TextDecoder(label.trim().replace(/^["']|["']$/g, '')).encoding;
  } catch {
    return null;
  }
}

function byteOrderMark(buffer: Buffer): string | null {
  if (buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf) return 'utf-8';
  if (buffer[0] === 0xfe && buffer[1] === 0xff) return 'utf-16be';
  if (buffer[0] === 0xff && buffer[1] === 0xfe) return 'utf-16le';
  return null;
}

function prescan(buffer: Buffer): string | null {
  const head = buffer.toString('latin1', 0, PRESCAN).replace(/<!--[\s\S]*?(?:-->|$)/g, '');
  for (const [tag] of head.matchAll(/<meta[\s/][^>]*>/gi)) {
    const label = /charset\s*=\s*["']?\s*([^\s"'/>;]+)/i.exec(tag)?.[1];
    const charset = known(label ?? null);
    // the tag was readable as ASCII, so the page cannot be UTF-16
    if (charset) return charset.startsWith('utf-16') ? 'utf-8' : charset;
  }
  const xml = /^<\?xml[^>]*encoding\s*=\s*["']([^"']+)/i.exec(head)?.[1];
  return known(xml ?? null);
}

const isLatin = (charset: string): boolean => /^(?:windows-125[0-4]|iso-8859-\d+|macintosh)$/.test(charset);

const hasHighBytes = (buffer: Buffer): boolean => buffer.some((byte) => byte >= 0x80);

/** In UTF-16 every other byte says which alphabet: 0 for that of the markup, 6 for the Arabic one. */
function looksUtf16(buffer: Buffer): boolean {
  const end = Math.min(buffer.length, 2048);
  const alphabets = [0, 0];
  const zeros = [0, 0];
  for (let at = 0; at < end; at++) {
    if (buffer[at] === 0) zeros[at % 2]!++;
    if (buffer[at] === 0 || buffer[at] === 6) alphabets[at % 2]!++;
  }
  return (
    end >= 8 && Math.max(...zeros) > 2 && Math.max(...alphabets) > end * 0.4 && Math.min(...alphabets) < end * 0.05
  );
}

/** Read as windows-1256, are the bytes above ASCII Arabic letters that stand together as words? */
function looksArabic(buffer: Buffer): boolean {
  const text = new TextDecoder('windows-1256').decode(buffer.subarray(0, SAMPLE));
  let high = 0;
  let letters = 0;
  let joined = 0;
  let wasLetter = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const isLetter = (code >= 0x621 && code <= 0x6d3) || code === 0x200c;
    if (code >= 0x80) high++;
    if (isLetter) {
      letters++;
      if (wasLetter) joined++;
    }
    wasLetter = isLetter;
  }
  return letters >= 8 && letters / high > 0.8 && joined / letters > 0.5;
}

/** Text of stored bytes, by the charset that was recorded when they were fetched. */
export function decodeStored(bytes: Uint8Array, charset: string | null): string {
  return new TextDecoder(charset ?? 'utf-8').decode(bytes);
}
