import { deflateRawSync } from 'node:zlib';

export interface Zipped {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Compressed, as a plain zip does it; WACZ stores what it holds. */
  readonly deflated?: boolean;
  /** What the file says of itself when that is not true. */
  readonly method?: number;
  readonly flags?: number;
  readonly size?: number;
  /** Its bytes are those of the file before it. */
  readonly shared?: boolean;
}

/** A zip file of these, in their order; `count` is the number that it claims. The checksums are left out. */
export function zipOf(entries: readonly Zipped[], { count = entries.length } = {}): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  let offset = 0;
  for (const { name, bytes, deflated = false, method = deflated ? 8 : 0, flags = 0, size, shared } of entries) {
    const stored = deflated ? deflateRawSync(bytes) : Buffer.from(bytes);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(flags, 2);
    fields.writeUInt16LE(method, 4);
    fields.writeUInt32LE(stored.length, 14);
    fields.writeUInt32LE(size ?? bytes.length, 18);
    fields.writeUInt16LE(Buffer.byteLength(name), 22);
    if (!shared) {
      offset = at;
      const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, Buffer.from(name), stored]);
      parts.push(local);
      at += local.length;
    }
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\0'), fields, tail, Buffer.from(name)]));
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(count, 4);
  end.writeUInt16LE(count, 6);
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...parts, listed, Buffer.from('PK\x05\x06'), end]);
}
