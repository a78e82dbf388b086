import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UserError } from '../../src/core/errors.ts';
import { findChromium } from '../../src/crawl/fetch-browser.ts';
import { chromiumForPdf, documentFonts, documentPdf } from '../../src/cli/pdf.ts';
import { completePdf, placesIn, type PdfCompletion } from '../../src/cli/pdf-file.ts';
import { historyDocument } from '../../src/report/document.ts';
import { PAGE_OF, type Bookmark, type PrintDocument } from '../../src/report/document/frame.ts';
import { voiceOf, type Lang } from '../../src/report/voice.ts';
import { HISTORY, NEW, OLD, REGISTRY } from '../report/history-sample.ts';

const executablePath = await findChromium(process.env);
const noChromium = executablePath ? '' : ' (skipped: no Chromium on this machine)';
const canRead = spawnSync('pdftotext', ['-v']).error === undefined;
const noReader = canRead ? '' : ' (skipped: no pdftotext on this machine)';

// ---------------------------------------------------------------- files as Chromium writes them, and read back

/** Objects 1, 2 … as a file with a plain table. `{n}` in the trailer is the number of entries. */
function aFile(objects: readonly string[], trailer = '<</Size {n}\n/Root 1 0 R\n/Info 2 0 R>>'): Buffer {
  let text = '%PDF-1.4\n';
  const offsets = objects.map((object, at) => {
    const offset = text.length;
    text += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const count = String(objects.length + 1);
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  return Buffer.from(`${text}xref\n0 ${count}\n0000000000 65535 f \n${table}trailer\n${trailer.replace('{n}', count)}\nstartxref\n${text.length}\n%%EOF\n`, 'latin1'); // prettier-ignore
}

const CATALOG = '<</Type /Catalog\n/Pages 3 0 R\n/Dests 7 0 R\n/ViewerPreferences <</Type /ViewerPreferences\n/DisplayDocTitle true>>\n/Lang (fa)>>'; // prettier-ignore
const INFO = "<</Title <FEFF0041>\n/Creator (Mozilla \\(X11\\))\n/Producer (Skia/PDF m150)\n/CreationDate (D:20261129211733+00'00')\n/ModDate (D:20261129211733+00'00')>>"; // prettier-ignore
const SAMPLE = [
  CATALOG,
  INFO,
  '<</Type /Pages\n/Count 3\n/Kids [4 0 R 8 0 R]>>',
  '<</Type /Page\n/Contents 9 0 R\n/Parent 3 0 R>>',
  '<</Type /Page\n/Parent 8 0 R>>',
  '<</Type /Page\n/Parent 8 0 R>>',
  '<</first [4 0 R /XYZ 0 829 0]\n/part#20two [6 0 R /XYZ 0 400 0]\n/elsewhere [99 0 R /XYZ 0 0 0]>>',
  '<</Type /Pages\n/Count 2\n/Kids [5 0 R 6 0 R]>>',
  '<</Length 6>> stream\nendobj\nendstream',
];

const COMPLETION: PdfCompletion = {
  title: 'گزارش (هما) ۵',
  publisher: 'ایران',
  madeAt: '2026-01-02T03:04:05.678Z',
  dir: 'rtl',
  bookmarks: [
    { title: 'یک', id: 'first', children: [] },
    { title: 'دو', id: 'part two', children: [{ title: 'دو-یک', id: 'first', children: [] }, { title: 'نیست', id: 'gone', children: [] }] },
    { title: 'نیست', id: 'gone', children: [] },
  ],
}; // prettier-ignore

interface ReadBack {
  readonly catalog: string;
  readonly info: string;
  object(number: number): string;
  readonly bookmarks: readonly Bookmark[];
}

/** Reads a completed file by its cross-reference stream, as a viewer does. */
function readBack(bytes: Uint8Array): ReadBack {
  const file = Buffer.from(bytes);
  const at = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(file.toString('latin1'))![1]);
  const streamAt = (offset: number): { readonly head: string; readonly content: Buffer } => {
    const begin = file.indexOf('stream\n', offset) + 7;
    const head = file.toString('latin1', offset, begin);
    return { head, content: inflateSync(file.subarray(begin, begin + Number(/\/Length (\d+)/.exec(head)![1]))) };
  };
  const { head: trailer, content: rows } = streamAt(at);
  const object = (number: number): string => {
    const row = rows.subarray(number * 7, number * 7 + 7);
    const [type, place, index] = [row.readUInt8(0), row.readUInt32BE(1), row.readUInt16BE(5)];
    if (type === 1) return file.toString('latin1', place, file.indexOf('endobj', file.indexOf('endstream', place)));
    if (type !== 2) throw new Error(`no object ${number}`);
    const { head, content } = streamAt(rows.readUInt32BE(place * 7 + 1));
    const text = content.toString('latin1');
    const first = Number(/\/First (\d+)/.exec(head)![1]);
    const pairs = text.slice(0, first).trim().split(/\s+/).map(Number);
    if (pairs[index * 2] !== number) throw new Error(`${number} is not where the table says`);
    return text.slice(first + pairs[index * 2 + 1]!, first + (pairs[index * 2 + 3] ?? Infinity)).trim();
  };
  const reference = (text: string, name: string): number | null => {
    const found = new RegExp(`/${name} (\\d+) 0 R`).exec(text);
    return found ? Number(found[1]) : null;
  };
  const level = (parent: number): Bookmark[] => {
    const own: Bookmark[] = [];
    for (let next = reference(object(parent), 'First'); next !== null; next = reference(object(next), 'Next')) {
      const text = object(next);
      if (reference(text, 'Parent') !== parent) throw new Error('a bookmark under another parent');
      own.push({ title: textIn(text, 'Title'), id: /\/Dest \/([^\s>]+)/.exec(text)![1]!, children: level(next) });
    }
    return own;
  };
  const catalog = object(reference(trailer, 'Root')!);
  const outlines = reference(catalog, 'Outlines');
  return {
    catalog,
    info: object(reference(trailer, 'Info')!),
    object,
    bookmarks: outlines === null ? [] : level(outlines),
  };
}

const textIn = (object: string, name: string): string => {
  const hex = new RegExp(`/${name} <FEFF([0-9A-F]*)>`).exec(object)![1]!;
  return (hex.match(/.{4}/g) ?? []).map((unit) => String.fromCharCode(Number.parseInt(unit, 16))).join('');
};

describe('the places in a file', () => {
  it('are the pages in the order of the tree, and where each named place is', () => {
    const places = placesIn(aFile(SAMPLE))!;
    expect(places.pages).toBe(3);
    expect([...places.pageOf]).toEqual([['first', 1], ['part two', 3]]); // prettier-ignore
  });

  it.each([
    ['no PDF', Buffer.from('<!doctype html>')],
    ['nothing', Buffer.alloc(0)],
    ['a file that ends early', aFile(SAMPLE).subarray(0, 300)],
    ['a file whose table has moved', Buffer.concat([Buffer.from(' '), aFile(SAMPLE)])],
    ['pages in a circle', aFile(SAMPLE.with(7, '<</Type /Pages\n/Kids [3 0 R]>>'))],
    ['a page that is not there', aFile(SAMPLE.with(2, '<</Type /Pages\n/Kids [4 0 R 77 0 R]>>'))],
    ['a catalogue without pages', aFile(SAMPLE.with(0, '<</Type /Catalog>>'))],
    ['a trailer without information', aFile(SAMPLE, '<</Size {n}\n/Root 1 0 R>>')],
  ])('are not guessed from %s', (_, file) => {
    expect(placesIn(file)).toBeNull();
    expect(completePdf(file, COMPLETION)).toBeNull();
  });
});

describe('a completed file', () => {
  it('has the bookmarks as they are, in their levels, without those that lead nowhere', () => {
    expect(readBack(completePdf(aFile(SAMPLE), COMPLETION)!).bookmarks).toEqual([
      { title: 'یک', id: 'first', children: [] },
      { title: 'دو', id: 'part#20two', children: [{ title: 'دو-یک', id: 'first', children: [] }] },
    ]);
  });

  it('bears title, publisher and date, opens with its bookmarks and turns its pages as the language is read', () => {
    const { info, catalog } = readBack(completePdf(aFile(SAMPLE), COMPLETION)!);
    expect([textIn(info, 'Title'), textIn(info, 'Author')]).toEqual(['گزارش (هما) ۵', 'ایران']);
    expect(info.match(/D:[^)]*/g)).toEqual(["D:20260102030405+00'00'", "D:20260102030405+00'00'"]);
    expect(info).not.toMatch(/Mozilla/);
    expect(catalog).toMatch(/\/PageMode \/UseOutlines/);
    expect(catalog.match(/\/ViewerPreferences/g)!.length).toBe(1);
    expect(catalog).toMatch(/\/DisplayDocTitle true \/Direction \/R2L/);
    expect(catalog).toMatch(/\/Lang \(fa\)/);
  });

  it('keeps all other objects as they were', () => {
    const { object } = readBack(completePdf(aFile(SAMPLE), COMPLETION)!);
    expect([3, 4, 5, 6, 7, 8].map(object)).toEqual(SAMPLE.slice(2, 8));
    expect(object(9)).toBe(`9 0 obj\n${SAMPLE[8]}\n`);
  });

  it('has every object when there are more than one stream holds', () => {
    const more = Array.from({ length: 500 }, (_, at) => `<</Number ${at}>>`);
    const { object } = readBack(completePdf(aFile([...SAMPLE, ...more]), COMPLETION)!);
    expect(more.map((_, at) => object(SAMPLE.length + 1 + at))).toEqual(more);
  });

  it('is the same whenever it was printed', () => {
    const later = SAMPLE.with(1, INFO.replaceAll('20261129211733', '20270101000000'));
    expect(completePdf(aFile(later), COMPLETION)).toEqual(completePdf(aFile(SAMPLE), COMPLETION));
  });

  it('does without bookmarks where there are none', () => {
    const { catalog, bookmarks } = readBack(completePdf(aFile(SAMPLE), { ...COMPLETION, bookmarks: [] })!);
    expect(bookmarks).toEqual([]);
    expect(catalog).not.toMatch(/Outlines|PageMode/);
  });
});

describe('the Chromium that prints', () => {
  it('is asked for by a mistake that says what to do', async () => {
    await expect(chromiumForPdf({ PATH: '', RASAD_CHROMIUM: '/nowhere/chromium' })).rejects.toThrow(UserError);
    await expect(chromiumForPdf({ PATH: '', RASAD_CHROMIUM: '/nowhere/chromium' })).rejects.toThrow(/RASAD_CHROMIUM.*\/nowhere\/chromium/); // prettier-ignore
  });

  it('is asked for again when the one that is named does not start', async () => {
    await expect(documentPdf(aDocument(1), { executablePath: '/bin/false' })).rejects.toThrow(UserError);
    await expect(documentPdf(aDocument(1), { executablePath: '/bin/false' })).rejects.toThrow(/\/bin\/false does not start.*RASAD_CHROMIUM/); // prettier-ignore
  });
});

// ---------------------------------------------------------------- with the browser

const words = (text: string): string => text.replace(/[\u200e\u200f\u202a-\u202e\u00ad]/g, '').replace(/\s+/g, ' ').trim(); // prettier-ignore

/** Parts of a page each, and a list of them before that. */
function aDocument(parts: number, extra = ''): PrintDocument {
  const ids = Array.from({ length: parts }, (_, at) => `part-${at + 1}`);
  const list = ids.map((id) => `<p><a href="#${id}">${id}</a> is on <span ${PAGE_OF}="${id}"></span>.</p>`).join('');
  const html = `<!doctype html><html lang="en" dir="ltr"><head><meta charset="utf-8"><title>Parts</title><style>@page{size:A4} h2{break-before:page}</style></head><body>${list}${extra}${ids.map((id) => `<h2 id="${id}">Heading ${id}</h2>`).join('')}</body></html>`; // prettier-ignore
  return { lang: 'en', dir: 'ltr', title: 'Parts', publisher: 'Demo', madeAt: '2026-11-29T10:00:00.000Z', html, bookmarks: ids.map((id) => ({ title: id, id, children: [] })) }; // prettier-ignore
}

describe.skipIf(!executablePath)(`a printed document${noChromium}`, () => {
  let folder: string;
  const fileOf = (bytes: Uint8Array): string => {
    const path = join(folder, `${readdirSync(folder).length}.pdf`);
    writeFileSync(path, bytes);
    return path;
  };
  const pagesOf = (bytes: Uint8Array): string[] => execFileSync('pdftotext', ['-layout', fileOf(bytes), '-']).toString().split('\f').slice(0, -1).map(words); // prettier-ignore
  const printOf = (document: PrintDocument) => documentPdf(document, { executablePath: executablePath! });
  const ofHistory = async (lang: Lang): Promise<PrintDocument> =>
    historyDocument({ history: HISTORY, registry: REGISTRY, weightsOf: (id) => [OLD, NEW].find((edition) => edition.id === id)!.stageWeights, madeAt: '2026-11-29T10:00:00.000Z' }, voiceOf(lang, 'jalali'), await documentFonts()); // prettier-ignore

  beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'rasad-pdf-'))));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('has a page for each part, and bookmarks to them', async () => {
    const { bytes, pages } = await printOf(aDocument(4));
    const { bookmarks, object, catalog } = readBack(bytes);
    expect(pages).toBe(5);
    expect(bookmarks.map(({ title }) => title)).toEqual(['part-1', 'part-2', 'part-3', 'part-4']);
    const dests = object(Number(/\/Dests (\d+)/.exec(catalog)![1]));
    for (const { id } of bookmarks) expect(dests).toContain(`/${id} [`);
    expect(catalog).toMatch(/\/StructTreeRoot/);
  });

  it.skipIf(!canRead)(`says on which page each part is${noReader}`, async () => {
    const pages = pagesOf((await printOf(aDocument(12))).bytes);
    const said = [...pages[0]!.matchAll(/(part-\d+) is on (\d+)\./g)].map(([, id, page]) => [id, Number(page)]);
    const found = said.map(([id]) => [id, pages.findIndex((text) => text.includes(`Heading ${id}`)) + 1]);
    expect(said.length).toBe(12);
    expect(said).toEqual(found);
  });

  it.skipIf(!canRead)(`is printed once more when the numbers themselves move the pages${noReader}`, async () => {
    // without its numbers the list ends on the first page, with them it goes on to a second one
    const grows = `<style>span{display:block} span:not(:empty){block-size:60mm}</style>`;
    const pages = pagesOf((await printOf(aDocument(6, grows))).bytes);
    const said = [...pages.join(' ').matchAll(/(part-\d+) is on (\d+)/g)].map(([, , page]) => Number(page));
    expect(pages.length).toBeGreaterThan(7);
    expect(said).toEqual([1, 2, 3, 4, 5, 6].map((at) => pages.findIndex((text) => text.startsWith(`Heading part-${at}`)) + 1)); // prettier-ignore
  });

  it('asks for nothing and runs no script, even if the document wants to', async () => {
    let requests = 0;
    const server = createServer((_, response) => void (requests++, response.end('<svg xmlns="http://www.w3.org/2000/svg"/>'))); // prettier-ignore
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const wish = `<img src="${address}/a.svg"><link rel="stylesheet" href="${address}/b.css"><iframe src="${address}/c"></iframe><style>body{background:url(${address}/d.svg)}</style><script>document.body.innerHTML = '<h2>gone</h2>'; fetch('${address}/e')</script>`;
    const { pages } = await printOf(aDocument(3, wish));
    await new Promise((closed) => server.close(closed));
    expect(requests).toBe(0);
    expect(pages).toBe(4);
  });

  it('is the same file when it is printed again', async () => {
    const document = await ofHistory('fa');
    const [first, second] = [await printOf(document), await printOf(document)];
    expect(Buffer.compare(first.bytes, second.bytes)).toBe(0);
  });

  it.skipIf(!canRead)(`is readable text with its font, in Persian with Persian page numbers${noReader}`, async () => {
    const document = await ofHistory('fa');
    const { bytes, pages } = await printOf(document);
    const texts = pagesOf(bytes);
    expect(texts.length).toBe(pages);
    const digits = (value: number): string => voiceOf('fa', 'jalali').count(value);
    texts
      .slice(1)
      .forEach((text, at) => expect(text).toMatch(new RegExp(`صفحه ?${digits(at + 2)} ?از ?${digits(pages!)}$`)));
    expect(texts[0]).not.toMatch(/صفحه/);
    const place = texts.findIndex((text, at) => at > 1 && text.includes('روش و ویرایش‌ها') && text.includes('ویرایش هر نوبت')) + 1; // prettier-ignore
    expect(texts[1]).toMatch(new RegExp(`${digits(place)} روش و ویرایش‌ها|روش و ویرایش‌ها ${digits(place)}`));
    const fonts = execFileSync('pdffonts', [fileOf(bytes)])
      .toString()
      .trim()
      .split('\n')
      .slice(2);
    expect(fonts.map((line) => /Vazirmatn-(?:Regular|Bold) +CID TrueType +Identity-H +yes yes yes/.test(line))).toEqual([true, true]); // prettier-ignore
    expect(readBack(bytes).bookmarks.map(({ title }) => words(title))).toEqual(document.bookmarks.map(({ title }) => words(title))); // prettier-ignore
  });

  it.skipIf(!canRead)(`has no empty page, and no heading at the end of one${noReader}`, async () => {
    const document = await ofHistory('en');
    const texts = pagesOf((await printOf(document)).bytes);
    const headings = ['Ranking', 'Services', 'Scores of the stages over the rounds', 'How the numbers are given'];
    for (const [at, text] of texts.entries()) {
      const own = text.replace(/Page \d+ of \d+$/, '').trim();
      expect(own.length, `page ${at + 1}`).toBeGreaterThan(100);
      expect(
        headings.filter((heading) => own.endsWith(heading)),
        `page ${at + 1}`,
      ).toEqual([]);
    }
  });

  it('is given up on request, with the reason, and leaves no browser behind', async () => {
    const children = (): number => readdirSync('/proc').filter((entry) => /^\d+$/.test(entry) && isOurs(entry)).length;
    const signal = AbortSignal.timeout(300);
    await expect(documentPdf(await ofHistory('en'), { executablePath: executablePath!, signal })).rejects.toThrow(/timeout|aborted/i); // prettier-ignore
    const aborted = AbortSignal.abort(new Error('not wanted any more'));
    await expect(documentPdf(aDocument(1), { executablePath: executablePath!, signal: aborted })).rejects.toThrow('not wanted any more'); // prettier-ignore
    if (process.platform === 'linux') expect(children()).toBe(0);
  });
});

/** A running browser that this process has started. */
function isOurs(process_: string): boolean {
  try {
    const stat = readFileSync(`/proc/${process_}/stat`, 'utf8');
    const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state !== 'Z' && Number(parent) === process.pid && /chrom/i.test(stat);
  } catch {
    return false; // it ended while we looked
  }
}
