import { load } from 'cheerio';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Box, PageLayout, PlacedElement } from '../../src/core/page-layout.ts';
import { cropFigure, cropOf, type Crop } from '../../src/report/crop.ts';
import { pictureSize } from '../../src/report/picture-size.ts';
import { voiceOf } from '../../src/report/voice.ts';

const PICTURE = { width: 1366, height: 3000 };
const PAGE =
  '<!DOCTYPE html><html><head></head><body><template><p>x</p></template><div><p>a</p><p>b</p></div></body></html>';
const TAGS = ['html', 'head', 'body', 'template', 'div', 'p', 'p'];
const SECOND = 'body > div:nth-child(2) > p:nth-child(2)';

/** The layout of PAGE with its last paragraph there. */
const withPlace = (...place: readonly [number, number, number, number]): PageLayout => ({
  count: TAGS.length,
  elements: TAGS.map((tag, at): PlacedElement => [tag, ...(at === TAGS.length - 1 ? place : ([0, 0, 0, 0] as const))]),
});
const cropAt = (...place: readonly [number, number, number, number]): Crop | null =>
  cropOf(PAGE, SECOND, withPlace(...place), PICTURE);
const isWithin = (inner: Box, outer: Box): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;

describe('the part of a picture', () => {
  it('shows the element in the middle of its surroundings', () => {
    expect(cropAt(600, 1000, 100, 40)).toEqual({
      picture: PICTURE,
      part: { x: 410, y: 900, width: 480, height: 240 },
      box: { x: 600, y: 1000, width: 100, height: 40 },
    });
    expect(cropAt(200, 1000, 500, 300)!.part).toEqual({ x: 120, y: 920, width: 660, height: 460 });
  });

  it('stays within the picture', () => {
    expect(cropAt(0, 0, 100, 40)!.part).toEqual({ x: 0, y: 0, width: 480, height: 240 });
    expect(cropAt(1300, 2980, 66, 20)!.part).toEqual({ x: 886, y: 2760, width: 480, height: 240 });
    expect(cropOf(PAGE, SECOND, withPlace(10, 10, 20, 20), { width: 300, height: 100 })!.part).toEqual({ x: 0, y: 0, width: 300, height: 100 }); // prettier-ignore
  });

  it('shows the beginning of what is too large, and as much of it as there is room for', () => {
    const { part, box } = cropAt(0, 500, 1366, 2000)!;
    expect(part).toEqual({ x: 83, y: 420, width: 1200, height: 700 });
    expect(box).toEqual({ x: 83, y: 500, width: 1200, height: 620 });
  });

  it('shows what of the element is on the picture', () => {
    expect(cropAt(-50, 2990, 100, 100)!.box).toEqual({ x: 0, y: 2990, width: 50, height: 10 });
  });

  it.each<[string, readonly [number, number, number, number]]>([
    ['no area', [10, 10, 0, 40]],
    ['its place left of the picture', [-500, 10, 100, 40]],
    ['its place right of it', [1366, 10, 100, 40]],
    ['its place below it', [10, 3000, 100, 40]],
  ])('is none where the element has %s', (_, place) => expect(cropAt(...place)).toBeNull());

  it('lies within the picture wherever the element is said to stand', () => {
    const number = fc.integer({ min: -100_000, max: 100_000 });
    const side = fc.integer({ min: 1, max: 7_000 });
    fc.assert(
      fc.property(number, number, fc.nat(100_000), fc.nat(100_000), side, side, (x, y, width, height, wide, high) => {
        const picture = { width: wide, height: high };
        const crop = cropOf(PAGE, SECOND, withPlace(x, y, width, height), picture);
        if (!crop) return;
        expect(isWithin(crop.part, { x: 0, y: 0, ...picture })).toBe(true);
        expect(isWithin(crop.box, crop.part)).toBe(true);
        expect(crop.part.width).toBe(Math.min(wide, Math.max(480, Math.min(1200, crop.part.width))));
        expect(crop.part.height).toBe(Math.min(high, Math.max(240, Math.min(700, crop.part.height))));
        for (const value of [...Object.values(crop.part), ...Object.values(crop.box)]) expect(Number.isInteger(value)).toBe(true); // prettier-ignore
      }),
    );
  });
});

describe('an element is not shown', () => {
  const layout = withPlace(600, 1000, 100, 40);
  it.each<[string, string, string, PageLayout]>([
    ['that the page does not have', PAGE, 'body > p:nth-child(9)', layout],
    ['that a template holds', PAGE.replace('<p>x</p>', '<p id="it">x</p>'), '#it', layout],
    ['when the page has one more than the picture', PAGE.replace('</body>', '<i></i></body>'), SECOND, layout],
    ['when the page has one less', PAGE.replace('<template><p>x</p></template>', ''), 'body > div:nth-child(1) > p:nth-child(2)', layout],
    ['when another one has its number', PAGE.replaceAll('p>', 'b>'), 'body > div:nth-child(2) > b:nth-child(2)', layout],
    ['when one before it is another', PAGE.replace('<p>a</p>', '<b>a</b>'), SECOND, layout],
    ['that is not among those that were placed', PAGE, SECOND, { ...layout, elements: layout.elements.slice(0, -1) }],
  ])('%s', (_, html, selector, told) => expect(cropOf(html, selector, told, PICTURE)).toBeNull()); // prettier-ignore

  it('and is where there are more elements than were placed', () => {
    const html = PAGE.replace('</body>', `${'<i></i>'.repeat(50)}</body>`);
    expect(cropOf(html, SECOND, { ...layout, count: 57 }, PICTURE)).not.toBeNull();
  });
});

describe('a framed part', () => {
  const crop = cropAt(600, 1000, 100, 40)!;
  const drawn = (of: Crop, lang: 'fa' | 'en' = 'en') =>
    load(cropFigure(voiceOf(lang, 'jalali'), of, '/picture/"1".jpg', 'the <b>fee</b>').text);

  it('is the picture behind a window, with two strokes around the element', () => {
    const $ = drawn(crop);
    expect($('svg').attr()).toMatchObject({ viewBox: '410 900 480 240', width: '480', height: '240', role: 'img' });
    expect($('image').attr()).toEqual({ href: '/picture/"1".jpg', x: '0', y: '0', width: '1366', height: '3000' });
    const strokes = $('rect').toArray().map(({ attribs }) => attribs); // prettier-ignore
    expect(strokes).toHaveLength(2);
    for (const stroke of strokes) expect(stroke).toMatchObject({ x: '596', y: '996', width: '108', height: '48', fill: 'none' }); // prettier-ignore
    expect(Number(strokes[0]!['stroke-width'])).toBeGreaterThan(Number(strokes[1]!['stroke-width']));
  });

  it('is named in both languages, and the same in both directions', () => {
    expect(drawn(crop)('svg').attr('aria-label')).toBe('Part of the picture of the page; in the frame: the <b>fee</b>');
    expect(drawn(crop, 'fa')('svg').attr('aria-label')).toContain('در قاب: the <b>fee</b>');
    expect(drawn(crop, 'fa')('svg').html()).toBe(drawn(crop)('svg').html());
  });

  it('asks for no style, no script and nothing else', () => {
    const $ = drawn(crop);
    expect($('[style], style, script, b').length).toBe(0);
    expect($('[href]').toArray().every(({ attribs }) => attribs.href === '/picture/"1".jpg')).toBe(true); // prettier-ignore
  });

  it('has its whole frame within the window', () => {
    for (const of of [cropAt(0, 0, 1366, 3000)!, cropAt(0, 0, 1, 1)!, cropAt(1365, 2999, 1, 1)!]) {
      for (const { attribs } of drawn(of)('rect').toArray()) {
        const [x, y, width, height, stroke] = ['x', 'y', 'width', 'height', 'stroke-width'].map((name) => Number(attribs[name])) as [number, number, number, number, number]; // prettier-ignore
        const outer = { x: x - stroke / 2, y: y - stroke / 2, width: width + stroke, height: height + stroke };
        expect(isWithin(outer, of.part)).toBe(true);
      }
    }
  });
});

describe('the size of a picture', () => {
  const bytes = (hex: string): Uint8Array => Buffer.from(hex.replaceAll(' ', ''), 'hex');
  const PNG = '89504e470d0a1a0a 0000000d 49484452 00000556 00001770 08';
  const JPEG = 'ffd8 ffe0 0004 0000 ff ffc4 0003 00 ffc0 0011 08 1770 0556 03';
  const webp = (kind: string, rest: string): string => `52494646 00000000 57454250 ${kind} 00000000 ${rest}`;

  it.each([
    ['a PNG', PNG],
    ['a JPEG', JPEG],
    ['a progressive JPEG', JPEG.replace('ffc0', 'ffc2')],
    ['a WebP', webp('56503820', '000000 9d012a 5605 7017')],
    ['a WebP without loss', webp('5650384c', `2f ${(0x555 | (0x176f << 14)).toString(16).padStart(8, '0').match(/../g)!.reverse().join('')}`)],
    ['an extended WebP', webp('56503858', '00000000 550500 6f1700')],
  ])('is read from the head of %s', (_, hex) => expect(pictureSize(bytes(hex))).toEqual({ width: 1366, height: 6000 })); // prettier-ignore

  it.each([
    ['nothing', ''],
    ['a page', Buffer.from('<!doctype html><p>x</p>').toString('hex')],
    ['a PNG that is cut', PNG.slice(0, 40)],
    ['a PNG without width', PNG.replace('00000556', '00000000')],
    ['a JPEG that ends before its frame', 'ffd8 ffe0 0004 0000'],
    ['a JPEG of filling only', `ffd8 ${'ff'.repeat(1000)}`],
    ['a JPEG whose segments have no length', `ffd8 ${'ffe00000'.repeat(3)}`],
    ['a WebP of another kind', webp('41424344', '00000000')],
  ])('is null for %s', (_, hex) => expect(pictureSize(bytes(hex))).toBeNull());

  it('is never an error', () => {
    const head = fc.constantFrom(PNG.slice(0, 8), 'ffd8ff', webp('56503858', '').slice(0, 60));
    fc.assert(
      fc.property(head, fc.uint8Array(), (start, rest) => void pictureSize(Buffer.concat([bytes(start), rest]))),
    );
  });
});
