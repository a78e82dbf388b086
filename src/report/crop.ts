/** The part of a page's picture that shows an element, with a frame around it. */
import { MAX_TAG, type Box, type PageLayout } from '../core/page-layout.ts';
import { markup, type Markup } from './markup.ts';
import { readElements, shownElements } from './page-elements.ts';
import type { PictureSize } from './picture-size.ts';
import type { Voice } from './voice.ts';

export interface Crop {
  readonly picture: PictureSize;
  /** What is shown of the picture. */
  readonly part: Box;
  /** What of the element lies in that part, in pixels of the picture. */
  readonly box: Box;
}

const LEAST: PictureSize = { width: 480, height: 240 };
const MOST: PictureSize = { width: 1200, height: 700 };
/** Pixels of surroundings at each side of an element. */
const MARGIN = 80;

/**
 * Finds the element that a selector of evidence names on the stored page (the rendered one: the picture is of that) and
 * where it is seen. null when it is not found or not to be seen, and when page and layout do not agree about the
 * elements: what a script put together can have elements that reading it again does not give.
 */
export function cropOf(html: string, selector: string, layout: PageLayout, picture: PictureSize): Crop | null {
  const {
    document,
    selected: [element],
  } = readElements(html, [selector]);
  const elements = element ? shownElements(document) : [];
  const at = element ? elements.indexOf(element) : -1;
  const agrees =
    elements.length === layout.count &&
    layout.elements.every(([tag], position) => elements[position]?.tagName.slice(0, MAX_TAG) === tag);
  const placed = layout.elements[at];
  if (!placed || !agrees) return null;
  const [, x, y, width, height] = placed;
  const seen = overlapOf({ x, y, width, height }, { x: 0, y: 0, ...picture });
  if (!seen) return null;
  const part = partAround(seen, picture);
  const box = overlapOf(seen, part);
  return box && { picture, part, box };
}

/** What two boxes share; null when that is nothing. */
function overlapOf(one: Box, other: Box): Box | null {
  const [x, y] = [Math.max(one.x, other.x), Math.max(one.y, other.y)];
  const width = Math.min(one.x + one.width, other.x + other.width) - x;
  const height = Math.min(one.y + one.height, other.y + other.height) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : null;
}

/** An element that is too large is shown from its upper edge on; too wide ones are wide to both sides. */
function partAround(box: Box, picture: PictureSize): Box {
  const sizeOf = (side: keyof PictureSize): number =>
    Math.min(picture[side], MOST[side], Math.max(LEAST[side], box[side] + 2 * MARGIN));
  const [width, height] = [sizeOf('width'), sizeOf('height')];
  const left = box.x + (box.width - width) / 2;
  const top = Math.min(box.y - MARGIN, box.y + (box.height - height) / 2);
  const inside = (start: number, most: number): number => Math.round(Math.max(0, Math.min(start, most)));
  return { x: inside(left, picture.width - width), y: inside(top, picture.height - height), width, height };
}

/** Units around an element, and widths of the strokes of the frame: the light one is seen at both sides of the dark one. */
const GAP = 4;
const OUTER = 8;
const INNER = 4;

/**
 * Draws a crop. `href` is the address of the picture, `alt` says what the element is. Nothing in it needs a style sheet
 * or follows the direction of the text; `figure.crop svg` may be made to fit its column.
 */
export function cropFigure(voice: Voice, { picture, part, box }: Crop, href: string, alt: string): Markup {
  const { say } = voice;
  const frame = framed(box, part);
  const rect = (colour: string, width: number): Markup =>
    markup`<rect x="${frame.x}" y="${frame.y}" width="${frame.width}" height="${frame.height}" fill="none" stroke="${colour}" stroke-width="${width}"/>`;
  const label = say(`بخشی از تصویر صفحه؛ در قاب: ${alt}`, `Part of the picture of the page; in the frame: ${alt}`);
  return markup`<figure class="crop"><a href="${href}"><svg xmlns="http://www.w3.org/2000/svg" viewBox="${part.x} ${part.y} ${part.width} ${part.height}" width="${part.width}" height="${part.height}" overflow="hidden" role="img" aria-label="${label}"><image href="${href}" x="0" y="0" width="${picture.width}" height="${picture.height}"/>${rect('#fff', OUTER)}${rect('#c4001a', INNER)}</svg></a></figure>`;
}

/** The frame around a box, all of whose strokes lie in the part that is shown. */
function framed(box: Box, part: Box): Box {
  const edge = OUTER / 2;
  const within = (value: number, start: number, length: number): number =>
    Math.max(start + edge, Math.min(value, start + length - edge));
  const [left, right] = [box.x - GAP, box.x + box.width + GAP].map((at) => within(at, part.x, part.width)) as [number, number]; // prettier-ignore
  const [top, bottom] = [box.y - GAP, box.y + box.height + GAP].map((at) => within(at, part.y, part.height)) as [number, number]; // prettier-ignore
  return { x: left, y: top, width: right - left, height: bottom - top };
}
