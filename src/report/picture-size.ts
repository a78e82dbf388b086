export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** Pixels of a PNG, JPEG or WebP, read from its head; null for anything else, and for what is cut or empty. */
export function pictureSize(bytes: Uint8Array): PictureSize | null {
  try {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const size = sizeIn(view);
    return size && size.width > 0 && size.height > 0 ? size : null;
  } catch (error) {
    // it ends within its head
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function sizeIn(view: DataView): PictureSize | null {
  const start = view.getUint32(0);
  if (start === 0x89504e47) return { width: view.getUint32(16), height: view.getUint32(20) };
  if (start >>> 8 === 0xffd8ff) return jpegSize(view);
  return nameAt(view, 0) === 'RIFF' && nameAt(view, 8) === 'WEBP' ? webpSize(view) : null;
}

/** The first frame's; segments before it are passed over by their lengths. */
function jpegSize(view: DataView): PictureSize | null {
  for (let at = 2; view.getUint8(at) === 0xff; at += 2 + view.getUint16(at + 2)) {
    // bytes that fill up stand before a marker
    while (view.getUint8(at + 1) === 0xff) at++;
    const marker = view.getUint8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
  }
  return null;
}

function webpSize(view: DataView): PictureSize | null {
  const kind = nameAt(view, 12);
  if (kind === 'VP8X') return { width: 1 + uint24(view, 24), height: 1 + uint24(view, 27) };
  if (kind === 'VP8 ') return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  if (kind !== 'VP8L') return null;
  const bits = view.getUint32(21, true);
  return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
}

const uint24 = (view: DataView, at: number): number => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
const nameAt = (view: DataView, at: number): string =>
  String.fromCharCode(...[0, 1, 2, 3].map((step) => view.getUint8(at + step)));
