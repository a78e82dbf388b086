/**
 * A safe copy of a stored page: its words and plain structure, nothing of its code. The copy is written from scratch;
 * of the page only text survives, and what cannot be shown (pictures, fields, frames) is named in a box.
 */
import { load, type CheerioAPI } from 'cheerio';
import { adapter } from 'parse5-htmlparser2-tree-adapter';
import { parseHtml } from '../core/parse-html.ts';
import { escapeText, Markup } from './markup.ts';
import type { Voice } from './voice.ts';

export interface MarkedPlace {
  readonly number: number;
  readonly selector: string;
}

export interface PageCopy {
  readonly content: Markup;
  readonly title: string;
  readonly lang: string | null;
  readonly dir: 'rtl' | 'ltr' | 'auto';
  /** Marked elements that a copy does not show (of the head, scripts …), as the text of their tag. */
  readonly unseen: readonly { readonly number: number; readonly tag: string }[];
  /** Marks whose selector does not select exactly one element. */
  readonly lost: readonly number[];
  /** Characters of the page that were left out because it is long. */
  readonly leftOut: number;
}

type Parent = ReturnType<CheerioAPI['root']>[0];
type Node = Parent['children'][number];
type Element = Extract<Node, { attribs: unknown }>;

/** A page up to this length, in characters and small change for its elements, is copied as a whole. */
const WHOLE = 120_000;
/** Of a longer one this much is kept before and after each mark, and at its beginning. */
const AROUND = 3000;
/** What an element costs beside its text, so that markup without words is bounded as well. */
const ELEMENT_COST = 4;
/** Deeper elements give their text to the last one above; browsers stop at 512. */
const MAX_DEPTH = 120;
const BOX_LENGTH = 160; // characters of a label, an address, a tag

const DROPPED = new Set(['head', 'script', 'style', 'template', 'noscript', 'link', 'meta', 'base', 'source', 'track', 'param', 'area', 'map', 'colgroup', 'col', 'datalist', 'noembed', 'noframes', 'slot', 'wbr']); // prettier-ignore
const BOXED = new Set(['img', 'input', 'select', 'textarea', 'iframe', 'frame', 'object', 'embed', 'applet', 'video', 'audio', 'canvas', 'svg', 'math', 'progress', 'meter']); // prettier-ignore
const INLINE = new Set(['span', 'a', 'b', 'strong', 'i', 'em', 'u', 's', 'small', 'big', 'sub', 'sup', 'label', 'font', 'abbr', 'acronym', 'cite', 'code', 'q', 'time', 'mark', 'bdi', 'bdo', 'del', 'ins', 'kbd', 'samp', 'var', 'tt', 'nobr', 'button', 'data', 'dfn', 'output', 'ruby', 'rt', 'rp', 'strike']); // prettier-ignore
/** Elements of the page that keep their own tag in the copy; all others become `div` or `span`. */
const KEPT_INLINE: Readonly<Record<string, string>> = { b: 'strong', strong: 'strong', i: 'em', em: 'em', sub: 'sub', sup: 'sup', code: 'code' }; // prettier-ignore
/** Below the headings of the page that shows the copy. */
const HEADINGS: Readonly<Record<string, string>> = { h1: 'h3', h2: 'h4', h3: 'h5', h4: 'h6', h5: 'h6', h6: 'h6' };

/** Never throws, whatever the page holds; time and size are bounded by the page's length. */
export function copyPage(html: string, places: readonly MarkedPlace[], voice: Voice): PageCopy {
  const $ = load(parseHtml(html, adapter));
  const root = $.root()[0]!;
  const found = new Map<Element, number[]>();
  const lost: number[] = [];
  for (const { number, selector } of places) {
    const element = select($, selector);
    if (element) found.set(element, [...(found.get(element) ?? []), number]);
    else lost.push(number);
  }
  const marks = hoisted(found);
  const extents = measure(root, marks, voice);
  const kept = windows(extents, root, marks);
  const writer = new Writer(extents, kept, marks, voice);
  walk(root, writer);
  const unseen = [...marks].flatMap(([element, numbers]) =>
    numbers.filter((number) => !writer.shown.has(number)).map((number) => ({ number, tag: unseenText(element) })),
  );
  const page = $('html')[0];
  const dir = (page?.attribs['dir'] ?? $('body').attr('dir') ?? '').trim().toLowerCase();
  const lang = (page?.attribs['lang'] ?? '').trim();
  return {
    content: Markup.literal(writer.out.join('')),
    title: squeeze($('title').first().text()).trim().slice(0, 300),
    lang: /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i.test(lang) ? lang : null,
    dir: dir === 'rtl' || dir === 'ltr' ? dir : 'auto',
    unseen: unseen.sort((a, b) => a.number - b.number),
    lost,
    leftOut: writer.leftOut,
  };
}

function select($: CheerioAPI, selector: string): Element | null {
  try {
    const found = $(selector);
    return found.length === 1 ? (found[0] as Element) : null;
  } catch {
    return null; // not a selector at all
  }
}

/** What lies inside a box is shown by the box. */
function hoisted(marks: ReadonlyMap<Element, readonly number[]>): Map<Element, number[]> {
  const out = new Map<Element, number[]>();
  for (const [element, numbers] of marks) {
    let shown = element;
    for (let up = element.parent; up; up = up.parent) if (isElement(up) && BOXED.has(up.name)) shown = up;
    out.set(shown, [...(out.get(shown) ?? []), ...numbers]);
  }
  return out;
}

// ---------------------------------------------------------------- walking

interface Visitor {
  /** false: nothing below it is of interest, and `leave` will not be told. */
  enter(element: Element): boolean;
  leave(element: Element): void;
  text(text: string, parent: Element | null): void;
}

/** Iterative on purpose: markup may be nested ten thousand deep. */
function walk(root: Parent, visitor: Visitor): void {
  const stack: { readonly element: Element | null; readonly nodes: readonly Node[]; next: number }[] = [
    { element: null, nodes: root.children, next: 0 },
  ];
  while (stack.length > 0) {
    const top = stack[stack.length - 1]!;
    const node = top.nodes[top.next++];
    if (!node) {
      stack.pop();
      if (top.element) visitor.leave(top.element);
    } else if (node.type === 'text') {
      visitor.text(node.data, top.element);
    } else if (isElement(node)) {
      if (!DROPPED.has(node.name) && visitor.enter(node)) stack.push({ element: node, nodes: node.children, next: 0 });
    }
  }
}

const isElement = (node: { readonly type: string }): node is Element => 'attribs' in node;

// ---------------------------------------------------------------- measuring

interface Extent {
  /** From and to in cost, and in characters of text. */
  from: number;
  to: number;
  charsFrom: number;
  charsTo: number;
}

function measure(root: Parent, marks: ReadonlyMap<Element, number[]>, voice: Voice): Map<Element, Extent> {
  const extents = new Map<Element, Extent>();
  let cost = 0;
  let chars = 0;
  walk(root, {
    enter(element) {
      const extent = { from: cost, to: cost, charsFrom: chars, charsTo: chars };
      extents.set(element, extent);
      cost += ELEMENT_COST;
      if (!BOXED.has(element.name)) return true;
      const box = boxText(element, voice, marks.has(element));
      cost += box.length;
      chars += box.length;
      extent.to = cost;
      extent.charsTo = chars;
      return false;
    },
    leave(element) {
      const extent = extents.get(element)!;
      const bare = marks.has(element) && chars === extent.charsFrom;
      const { length } = afterText(element) || (bare ? tagText(element) : '');
      cost += length;
      chars += length;
      extent.to = cost;
      extent.charsTo = chars;
    },
    text(text, parent) {
      const { length } = squeeze(text, parent).trim();
      cost += length;
      chars += length;
    },
  });
  return extents;
}

/** Stretches of the page, in cost, that are copied. */
function windows(
  extents: ReadonlyMap<Element, Extent>,
  root: Parent,
  marks: ReadonlyMap<Element, number[]>,
): readonly (readonly [from: number, to: number])[] {
  const end = Math.max(0, ...root.children.map((node) => (isElement(node) ? (extents.get(node)?.to ?? 0) : 0)));
  if (end <= WHOLE) return [[0, end + 1]];
  const around = Math.min(AROUND, Math.floor(WHOLE / (2 * (marks.size + 1))));
  const wanted: [number, number][] = [[0, around]];
  for (const element of marks.keys()) {
    const extent = extents.get(element);
    if (extent) wanted.push([extent.from - around, Math.min(extent.to, extent.from + around) + around]);
  }
  wanted.sort((a, b) => a[0] - b[0]);
  const merged: [number, number][] = [];
  for (const [from, to] of wanted) {
    const last = merged.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}

// ---------------------------------------------------------------- writing

/** What may stand directly inside: the parser of the reader's browser must build the tree that is meant. */
type Content = 'flow' | 'list' | 'table' | 'rows' | 'cells';

interface Frame {
  readonly content: Content;
  /** Written when it ends. */
  close: string;
  /** Marks of a row or group, which open in its first cell. */
  pending: number[];
  readonly inHeading: boolean;
  /** Index in `out` of a `<p>` that becomes a `<div>` when a block turns up in it; -1 for all others. */
  readonly paragraph: number;
  readonly blocks: number;
}

class Writer implements Visitor {
  readonly out: string[] = [];
  readonly shown = new Set<number>();
  leftOut = 0;
  private readonly extents: ReadonlyMap<Element, Extent>;
  private readonly kept: readonly (readonly [number, number])[];
  private readonly marks: ReadonlyMap<Element, number[]>;
  private readonly voice: Voice;
  private readonly frames: Frame[] = [
    { content: 'flow', close: '', pending: [], inHeading: false, paragraph: -1, blocks: 0 },
  ];
  /** Cost of what was passed so far; where the writer stands in `kept`. */
  private at = 0;
  private blocks = 0;
  private gap = 0;

  constructor(
    extents: ReadonlyMap<Element, Extent>,
    kept: readonly (readonly [number, number])[],
    marks: ReadonlyMap<Element, number[]>,
    voice: Voice,
  ) {
    this.extents = extents;
    this.kept = kept;
    this.marks = marks;
    this.voice = voice;
  }

  enter(element: Element): boolean {
    const extent = this.extents.get(element)!;
    if (!this.isKept(extent.from, extent.to)) {
      this.skip(extent.charsTo - extent.charsFrom);
      this.at = extent.to;
      return false;
    }
    const { name } = element;
    if (extent.charsFrom === extent.charsTo && name !== 'br' && name !== 'hr') {
      this.at = extent.to;
      return false;
    }
    this.at += ELEMENT_COST;
    const parent = this.frames.at(-1)!;
    // a mark around everything would say nothing
    const numbers = name === 'html' || name === 'body' ? [] : (this.marks.get(element) ?? []);
    if (BOXED.has(name)) {
      this.at = extent.to;
      if (parent.content === 'flow' || parent.content === 'list') {
        const item = parent.content === 'list';
        this.put(
          `${item ? '<li>' : ''}${this.openMarks(numbers, false)}<span class="box">${escapeText(boxText(element, this.voice, numbers.length > 0))}</span>${closeMarks(numbers)}${item ? '</li>' : ''}`,
        );
      }
      return false;
    }
    if (name === 'br' || name === 'hr') {
      if (parent.content === 'flow') this.out.push('<br>');
      return false;
    }
    this.frames.push(this.frameOf(element, parent, numbers));
    return true;
  }

  leave(element: Element): void {
    const extent = this.extents.get(element)!;
    const after = afterText(element);
    if (after) this.put(` <bdi class="to" dir="ltr">${escapeText(after)}</bdi>`);
    else if (this.marks.has(element) && this.at < extent.to)
      this.put(`<span class="box">${escapeText(tagText(element))}</span>`);
    this.at = extent.to;
    const frame = this.frames.pop()!;
    if (frame.paragraph >= 0 && this.blocks > frame.blocks) {
      this.out[frame.paragraph] = '<div class="p">';
      frame.close = frame.close.replace('</p>', '</div>');
    }
    this.out.push(frame.close);
  }

  text(text: string, parent: Element | null): void {
    const words = squeeze(text, parent);
    const { length } = words.trim();
    const from = this.at;
    this.at += length;
    const { content } = this.frames.at(-1)!;
    if (length === 0) {
      if (words !== '' && content === 'flow') this.out.push(' ');
      return;
    }
    if (content !== 'flow' && content !== 'list') return; // a parser leaves no words between the parts of a table
    if (!this.isKept(from, from + length)) return this.skip(length);
    const shown = this.clip(words, from);
    this.put(content === 'list' ? `<li>${escapeText(shown)}</li>` : escapeText(shown));
    this.skip(Math.max(0, length - shown.trim().length));
  }

  private frameOf(element: Element, parent: Frame, numbers: readonly number[]): Frame {
    const { name } = element;
    const tooDeep = this.frames.length > MAX_DEPTH;
    this.mindGap();
    const make = (open: string, close: string, more: Partial<Frame> = {}): Frame => {
      this.out.push(open);
      return { content: 'flow', close, pending: [], inHeading: parent.inHeading, paragraph: -1, blocks: this.blocks, ...more };
    };
    const { content } = parent;
    // parts of a table, where they may stand
    if (content === 'table' && (name === 'thead' || name === 'tbody' || name === 'tfoot')) return make(`<${name}>`, `</${name}>`, { content: 'rows', pending: [...parent.pending, ...numbers] });
    if ((content === 'table' || content === 'rows') && name === 'tr') return make(numbers.length > 0 ? '<tr class="cited">' : '<tr>', '</tr>', { content: 'cells', pending: [...parent.pending.splice(0), ...numbers] });
    if (content === 'cells' && (name === 'td' || name === 'th')) {
      const own = [...parent.pending.splice(0), ...numbers];
      return make(`<${name}${span(element, 'colspan')}${span(element, 'rowspan')}>${this.openMarks(own, true)}`, `${closeMarks(own)}</${name}>`);
    }
    if (content === 'table' && name === 'caption') return make(`<caption>${this.openMarks(numbers, true)}`, `${closeMarks(numbers)}</caption>`);
    if (content === 'table' || content === 'rows' || content === 'cells') return make('', '', { content }); // nothing that could be shown there
    if (content === 'list') return make(`<li>${this.openMarks(numbers, true)}`, `${closeMarks(numbers)}</li>`);

    const inline = INLINE.has(name) || tooDeep;
    const before = this.openMarks(numbers, !inline);
    const after = closeMarks(numbers);
    if (tooDeep) return make(before, after);
    if (inline) {
      const tag = KEPT_INLINE[name] ?? 'span';
      const open = name === 'a' ? '<span class="link">' : name === 'button' ? '<span class="box">' : `<${tag}>`;
      return make(before + open, `</${tag}>${after}`);
    }
    this.blocks++;
    if (name === 'table') return make(`${before}<table>`, `</table>${after}`, { content: 'table' });
    if (name === 'ul' || name === 'ol' || name === 'menu') {
      const tag = name === 'ol' ? 'ol' : 'ul';
      return make(`${before}<${tag}>`, `</${tag}>${after}`, { content: 'list' });
    }
    if (name === 'pre') return make(`<pre>${before}`, `${after}</pre>`);
    const heading = HEADINGS[name];
    if (heading && !parent.inHeading) return make(`<${heading}>${before}`, `${after}</${heading}>`, { inHeading: true });
    if (name === 'p') return { ...make('<p>', `${after}</p>`), paragraph: this.out.push(before) - 2 };
    return make(`<div>${before}`, `${after}</div>`);
  } // prettier-ignore

  private openMarks(numbers: readonly number[], block: boolean): string {
    let out = '';
    for (const number of numbers) {
      this.shown.add(number);
      out += `<mark id="e${number}"${block ? ' class="b"' : ''} data-n="${this.voice.count(number)}">`;
    }
    return out;
  }

  private put(text: string): void {
    this.mindGap();
    this.out.push(text);
  }

  /** Says what was left out just before, as soon as words may stand. */
  private mindGap(): void {
    if (this.gap === 0 || this.frames.at(-1)!.content !== 'flow') return;
    const { say, count } = this.voice;
    const gap = say(`${count(this.gap)} نویسه کنار گذاشته شد`, `${count(this.gap)} characters left out`);
    this.out.push(` <span class="gap">[${gap}]</span> `);
    this.gap = 0;
  }

  private skip(chars: number): void {
    this.gap += chars;
    this.leftOut += chars;
  }

  private isKept(from: number, to: number): boolean {
    return this.kept.some(([start, end]) => from < end && to >= start);
  }

  /** Of a very long text, what lies in the windows. */
  private clip(text: string, from: number): string {
    if (text.length <= AROUND) return text;
    return this.kept.map(([start, end]) => text.slice(Math.max(0, start - from), Math.max(0, end - from))).filter(Boolean).join(' … '); // prettier-ignore
  }
}

const closeMarks = (numbers: readonly number[]): string => '</mark>'.repeat(numbers.length);

/** Only a small number survives of an attribute. */
function span(element: Element, attribute: 'colspan' | 'rowspan'): string {
  const value = Number(element.attribs[attribute]);
  return Number.isInteger(value) && value > 1 && value <= 60 ? ` ${attribute}="${value}"` : '';
}

/** What is said behind the words of an element: where a link leads, and its name when it has no words. */
function afterText({ name, attribs }: Element): string {
  if (name !== 'a') return '';
  const href = (attribs['href'] ?? '').trim();
  return href === '' || href === '#' ? '' : clipped(decoded(href));
}

function decoded(href: string): string {
  try {
    return decodeURI(href);
  } catch {
    return href;
  }
}

// ---------------------------------------------------------------- what cannot be shown

/** Words for an element that a copy cannot show; empty for fields that a visitor does not see, unless they are evidence. */
function boxText(element: Element, voice: Voice, marked: boolean): string {
  const { name, attribs } = element;
  const { say } = voice;
  const first = (...values: readonly (string | undefined)[]): string => values.map((value) => squeeze(value ?? '').trim()).find(Boolean) ?? '';
  const label = first(attribs['aria-label'], attribs['alt'], attribs['title'], attribs['placeholder']);
  const source = first(attribs['src'], attribs['data'], attribs['href']);
  const box = (kind: string, ...parts: readonly string[]): string => [kind, ...parts.filter(Boolean).map((part) => clipped(part))].join(' · ');
  switch (name) {
    case 'img':
      return box(say('تصویر', 'image'), label, decoded(source.startsWith('data:') ? `${source.slice(0, 24)}…` : source));
    case 'input': {
      const type = (attribs['type'] ?? 'text').toLowerCase();
      if (type === 'hidden' && !marked) return '';
      if (type === 'submit' || type === 'button' || type === 'image' || type === 'reset') return box(say('دکمه', 'button'), first(attribs['value'], label));
      if (type === 'checkbox' || type === 'radio') return box(say('گزینه', 'option'), first(label, attribs['value'], attribs['name']));
      return box(say('خانه فرم', 'field'), /^[a-z-]{1,20}$/.test(type) ? type : 'text', first(label, attribs['value'], attribs['name']));
    }
    case 'textarea':
      return box(say('خانه فرم', 'field'), say('چندخطی', 'several lines'), first(label, attribs['name']));
    case 'select':
      return box(say('فهرست گزینه‌ها', 'list to choose from'), first(label, attribs['name']), textOf(element));
    case 'iframe':
    case 'frame':
      return box(say('قاب', 'frame'), label, source);
    case 'svg':
    case 'math':
    case 'canvas':
      // decoration mostly: named only when it has words, or is evidence
      return label || textOf(element) || marked ? box(say('نگاره', 'drawing'), label || textOf(element)) : '';
    case 'progress':
    case 'meter':
      return box(say('نمایشگر', 'gauge'), first(label, attribs['value']));
    default:
      return box(say('رسانه', 'media'), label, source);
  }
} // prettier-ignore

/** Texts of the element, at most what a box shows of them. */
function textOf(element: Element): string {
  let out = '';
  const visit: Visitor = {
    enter: (inner) => inner.name !== 'image' && out.length <= BOX_LENGTH,
    leave: () => undefined,
    text: (text) => {
      if (out.length <= BOX_LENGTH) out += ` ${squeeze(text).trim()}`;
    },
  };
  walk(element as unknown as Parent, visit);
  return squeeze(out).trim();
}

/** The start tag as a text, for elements that have no look of their own. */
function tagText(element: Element): string {
  const attributes = Object.entries(element.attribs).map(([name, value]) => (value === '' ? ` ${name}` : ` ${name}="${value}"`));
  return `${clipped(`<${element.name}${attributes.join('')}`)}>`;
} // prettier-ignore

/** Elements outside of the copy: the frame of the page by its tag, others with what they hold. */
function unseenText(element: Element): string {
  const words = element.name === 'html' || element.name === 'body' ? '' : textOf(element);
  return words ? `${tagText(element)} ${clipped(words)}` : tagText(element);
}

const clipped = (text: string): string => (text.length <= BOX_LENGTH ? text : `${text.slice(0, BOX_LENGTH - 1)}…`);

/** Blanks as a browser shows them; untouched where the page keeps them. */
function squeeze(text: string, parent: Element | null = null): string {
  return parent?.name === 'pre' ? text : text.replace(/[ \t\n\r\f]+/g, ' ');
}
