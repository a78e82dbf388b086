/**
 * A safe copy of a stored page: its words and plain structure, nothing of its code. The copy is written from scratch;
 * of the page only text survives, and what cannot be shown (pictures, fields, frames) is named in a box.
 */
import { escapeText, Markup } from './markup.ts';
import { attribute, isElement, readElements, type Element, type PageElements, type Parent } from './page-elements.ts';
import type { Voice } from './voice.ts';

export interface MarkedPlace {
  readonly number: number;
  readonly selector: string;
}

export interface PageCopy {
  /** Made once; only the few words that are the report's own are put in anew for each language. */
  readonly content: (voice: Voice) => Markup;
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

/** A page up to this length, in characters and small change for its elements, is copied as a whole. */
const WHOLE = 120_000;
/** Of a longer one this much is kept before and after each mark, and at its beginning. */
const AROUND = 3000;
/** What an element costs beside its text, so that markup without words is bounded as well. */
const ELEMENT_COST = 4;
/** Deeper elements give their text to the last one above; browsers stop at 512. */
const MAX_DEPTH = 120;
const BOX_LENGTH = 160; // characters of a label, an address, a tag
/** What naming the kind of a box counts for, whatever the language: both leave out the same parts of a long page. */
const KIND_LENGTH = 8;

const DROPPED = new Set(['head', 'script', 'style', 'template', 'noscript', 'link', 'meta', 'base', 'source', 'track', 'param', 'area', 'map', 'colgroup', 'col', 'datalist', 'noembed', 'noframes', 'slot', 'wbr']); // prettier-ignore
const BOXED = new Set(['img', 'input', 'select', 'textarea', 'iframe', 'frame', 'object', 'embed', 'applet', 'video', 'audio', 'canvas', 'svg', 'math', 'progress', 'meter']); // prettier-ignore
const INLINE = new Set(['span', 'a', 'b', 'strong', 'i', 'em', 'u', 's', 'small', 'big', 'sub', 'sup', 'label', 'font', 'abbr', 'acronym', 'cite', 'code', 'q', 'time', 'mark', 'bdi', 'bdo', 'del', 'ins', 'kbd', 'samp', 'var', 'tt', 'nobr', 'button', 'data', 'dfn', 'output', 'ruby', 'rt', 'rp', 'strike']); // prettier-ignore
/** Elements of the page that keep their own tag in the copy; all others become `div` or `span`. */
const KEPT_INLINE: Readonly<Record<string, string>> = { b: 'strong', strong: 'strong', i: 'em', em: 'em', sub: 'sub', sup: 'sup', code: 'code' }; // prettier-ignore
/** Below the headings of the page that shows the copy. */
const HEADINGS: Readonly<Record<string, string>> = { h1: 'h3', h2: 'h4', h3: 'h5', h4: 'h6', h5: 'h6', h6: 'h6' };

/** Never throws, whatever the page holds; time and size are bounded by the page's length. */
export function copyPage(html: string, places: readonly MarkedPlace[]): PageCopy {
  const page = readElements(
    html,
    places.map(({ selector }) => selector),
  );
  const found = new Map<Element, number[]>();
  const lost: number[] = [];
  places.forEach(({ number }, position) => {
    const element = page.selected[position];
    if (!element) lost.push(number);
    else found.set(element, [...(found.get(element) ?? []), number]);
  });
  const marks = hoisted(found, page);
  const items = itemsOf(page.document, marks);
  const writer = new Writer(marks, windows(items, marks));
  writer.write(items);
  const unseen = [...marks].flatMap(([element, numbers]) =>
    numbers.filter((number) => !writer.shown.has(number)).map((number) => ({ number, tag: unseenText(element) })),
  );
  const own = (element: Element | null, name: string): string | undefined => element ? attribute(element, name) : undefined;
  const dir = (own(page.html, 'dir') ?? own(page.body, 'dir') ?? '').trim().toLowerCase();
  const lang = (own(page.html, 'lang') ?? '').trim();
  return {
    content: spoken(writer.out),
    title: page.title ? squeeze(allText(page.title)).trim().slice(0, 300) : '',
    lang: /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i.test(lang) ? lang : null,
    dir: dir === 'rtl' || dir === 'ltr' ? dir : 'auto',
    unseen: unseen.sort((a, b) => a.number - b.number),
    lost,
    leftOut: writer.leftOut,
  };
} // prettier-ignore

/** What lies inside a box is shown by the box. */
function hoisted(marks: ReadonlyMap<Element, readonly number[]>, { parentOf }: PageElements): Map<Element, number[]> {
  const out = new Map<Element, number[]>();
  for (const [element, numbers] of marks) {
    let shown = element;
    for (let up = parentOf(element); up; up = parentOf(up)) if (BOXED.has(up.tagName)) shown = up;
    out.set(shown, [...(out.get(shown) ?? []), ...numbers]);
  }
  return out;
}

// ---------------------------------------------------------------- words of the report in the copy

/** A part of the copy: markup, or what each language says in its own words. */
type Piece = string | ((voice: Voice) => string);

function spoken(pieces: readonly Piece[]): PageCopy['content'] {
  const parts: Piece[] = [];
  let run = '';
  for (const piece of pieces) {
    if (typeof piece === 'string') {
      run += piece;
      continue;
    }
    parts.push(run, piece);
    run = '';
  }
  parts.push(run);
  return (voice) => {
    let text = '';
    for (const part of parts) text += typeof part === 'string' ? part : part(voice);
    return Markup.literal(text);
  };
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
  const stack: { readonly element: Element | null; readonly nodes: Parent['childNodes']; next: number }[] = [
    { element: null, nodes: root.childNodes, next: 0 },
  ];
  while (stack.length > 0) {
    const top = stack[stack.length - 1]!;
    const node = top.nodes[top.next++];
    if (!node) {
      stack.pop();
      if (top.element) visitor.leave(top.element);
    } else if (isElement(node)) {
      if (!DROPPED.has(node.tagName) && visitor.enter(node))
        stack.push({ element: node, nodes: node.childNodes, next: 0 });
    } else if ('value' in node) {
      visitor.text(node.value, top.element);
    }
  }
}

// ---------------------------------------------------------------- measuring

/** Something of the page that a copy may show, in the order of the page. */
interface Item {
  /** null for words. */
  readonly element: Element | null;
  /** The words themselves; of an element those that are said after what it holds. */
  words: string;
  /** Its start tag, shown in the place of words, when it is marked and there are none in it. */
  tag: string;
  readonly box: Box | null;
  /** From and to in cost, and in characters of text. */
  readonly from: number;
  to: number;
  readonly charsFrom: number;
  charsTo: number;
  /** Position of the first item that does not lie in it. */
  next: number;
}

function itemsOf(document: Parent, marks: ReadonlyMap<Element, number[]>): readonly Item[] {
  const items: Item[] = [];
  const open: Item[] = [];
  let cost = 0;
  let chars = 0;
  const add = (element: Element | null, words: string, box: Box | null): Item => {
    const item = { element, words, tag: '', box, from: cost, to: cost, charsFrom: chars, charsTo: chars, next: items.length + 1 };
    items.push(item);
    return item;
  };
  const end = (item: Item, length: number): void => {
    cost += length;
    chars += length;
    item.to = cost;
    item.charsTo = chars;
    item.next = items.length;
  };
  walk(document, {
    enter(element) {
      const isBoxed = BOXED.has(element.tagName);
      const box = isBoxed ? boxOf(element, marks.has(element)) : null;
      const item = add(element, '', box);
      cost += ELEMENT_COST;
      if (isBoxed) end(item, box ? KIND_LENGTH + box.words.length : 0);
      else open.push(item);
      return !isBoxed;
    },
    leave(element) {
      const item = open.pop()!;
      item.words = afterText(element);
      if (item.words === '' && marks.has(element) && chars === item.charsFrom) item.tag = tagText(element);
      end(item, item.words.length + item.tag.length);
    },
    text(text, parent) {
      const words = squeeze(text, parent);
      end(add(null, words, null), words.trim().length);
    },
  });
  return items;
} // prettier-ignore

/** Stretches of the page, in cost, that are copied; null for all of it. */
type Windows = readonly (readonly [from: number, to: number])[] | null;

function windows(items: readonly Item[], marks: ReadonlyMap<Element, number[]>): Windows {
  // the root comes first and ends last
  if (items.length === 0 || items[0]!.to <= WHOLE) return null;
  const around = Math.min(AROUND, Math.floor(WHOLE / (2 * (marks.size + 1))));
  const wanted: [number, number][] = [[0, around]];
  for (const { element, from, to } of items)
    if (element && marks.has(element)) wanted.push([from - around, Math.min(to, from + around) + around]);
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

class Writer {
  readonly out: Piece[] = [];
  readonly shown = new Set<number>();
  leftOut = 0;
  private readonly marks: ReadonlyMap<Element, number[]>;
  private readonly windows: Windows;
  private readonly frames: Frame[] = [
    { content: 'flow', close: '', pending: [], inHeading: false, paragraph: -1, blocks: 0 },
  ];
  private blocks = 0;
  private gap = 0;

  constructor(marks: ReadonlyMap<Element, number[]>, kept: Windows) {
    this.marks = marks;
    this.windows = kept;
  }

  write(items: readonly Item[]): void {
    const open: Item[] = [];
    let next = 0;
    while (next < items.length || open.length > 0) {
      const top = open.at(-1);
      if (top && next >= top.next) {
        open.pop();
        this.leave(top);
        continue;
      }
      const item = items[next]!;
      const isOpened = item.element !== null && this.enter(item.element, item);
      if (isOpened) open.push(item);
      else if (item.element === null) this.text(item);
      next = isOpened ? next + 1 : item.next;
    }
  }

  /** false when what it holds is not to be written. */
  private enter(element: Element, { box, from, to, charsFrom, charsTo }: Item): boolean {
    const name = element.tagName;
    if (!this.isKept(from, to)) {
      this.skip(charsTo - charsFrom);
      return false;
    }
    if (charsFrom === charsTo && name !== 'br' && name !== 'hr') return false;
    const parent = this.frames.at(-1)!;
    // a mark around everything would say nothing
    const numbers = name === 'html' || name === 'body' ? [] : (this.marks.get(element) ?? []);
    if (box) {
      const [before, after] = parent.content === 'list' ? ['<li>', '</li>'] : ['', ''];
      if (parent.content === 'flow' || parent.content === 'list')
        this.put(before, ...this.openMarks(numbers, false), '<span class="box">', wordsOf(box), `</span>${closeMarks(numbers)}${after}`); // prettier-ignore
      return false;
    }
    if (name === 'br' || name === 'hr') {
      if (parent.content === 'flow') this.out.push('<br>');
      return false;
    }
    this.frames.push(this.frameOf(element, parent, numbers));
    return true;
  }

  private leave({ words, tag }: Item): void {
    if (words) this.put(` <bdi class="to" dir="ltr">${escapeText(words)}</bdi>`);
    else if (tag) this.put(`<span class="box">${escapeText(tag)}</span>`);
    const frame = this.frames.pop()!;
    if (frame.paragraph >= 0 && this.blocks > frame.blocks) {
      this.out[frame.paragraph] = '<div class="p">';
      frame.close = frame.close.replace('</p>', '</div>');
    }
    this.out.push(frame.close);
  }

  private text({ words, from, to }: Item): void {
    const length = to - from;
    const { content } = this.frames.at(-1)!;
    if (length === 0) {
      if (words !== '' && content === 'flow') this.out.push(' ');
      return;
    }
    if (content !== 'flow' && content !== 'list') return; // a parser leaves no words between the parts of a table
    if (!this.isKept(from, to)) return this.skip(length);
    const shown = this.clip(words, from);
    this.put(content === 'list' ? `<li>${escapeText(shown)}</li>` : escapeText(shown));
    if (shown !== words) this.skip(Math.max(0, length - shown.trim().length));
  }

  private frameOf(element: Element, parent: Frame, numbers: readonly number[]): Frame {
    const name = element.tagName;
    const tooDeep = this.frames.length > MAX_DEPTH;
    this.mindGap();
    const make = (open: readonly Piece[], close: string, more: Partial<Frame> = {}): Frame => {
      this.out.push(...open);
      return { content: 'flow', close, pending: [], inHeading: parent.inHeading, paragraph: -1, blocks: this.blocks, ...more };
    };
    const { content } = parent;
    // parts of a table, where they may stand
    if (content === 'table' && (name === 'thead' || name === 'tbody' || name === 'tfoot')) return make([`<${name}>`], `</${name}>`, { content: 'rows', pending: [...parent.pending, ...numbers] });
    if ((content === 'table' || content === 'rows') && name === 'tr') return make([numbers.length > 0 ? '<tr class="cited">' : '<tr>'], '</tr>', { content: 'cells', pending: [...parent.pending.splice(0), ...numbers] });
    if (content === 'cells' && (name === 'td' || name === 'th')) {
      const own = [...parent.pending.splice(0), ...numbers];
      return make([`<${name}${span(element, 'colspan')}${span(element, 'rowspan')}>`, ...this.openMarks(own, true)], `${closeMarks(own)}</${name}>`);
    }
    if (content === 'table' && name === 'caption') return make(['<caption>', ...this.openMarks(numbers, true)], `${closeMarks(numbers)}</caption>`);
    if (content === 'table' || content === 'rows' || content === 'cells') return make([], '', { content }); // nothing that could be shown there
    if (content === 'list') return make(['<li>', ...this.openMarks(numbers, true)], `${closeMarks(numbers)}</li>`);

    const inline = INLINE.has(name) || tooDeep;
    const before = this.openMarks(numbers, !inline);
    const after = closeMarks(numbers);
    if (tooDeep) return make(before, after);
    if (inline) {
      const tag = KEPT_INLINE[name] ?? 'span';
      const open = name === 'a' ? '<span class="link">' : name === 'button' ? '<span class="box">' : `<${tag}>`;
      return make([...before, open], `</${tag}>${after}`);
    }
    this.blocks++;
    if (name === 'table') return make([...before, '<table>'], `</table>${after}`, { content: 'table' });
    if (name === 'ul' || name === 'ol' || name === 'menu') {
      const tag = name === 'ol' ? 'ol' : 'ul';
      return make([...before, `<${tag}>`], `</${tag}>${after}`, { content: 'list' });
    }
    if (name === 'pre') return make(['<pre>', ...before], `${after}</pre>`);
    const heading = HEADINGS[name];
    if (heading && !parent.inHeading) return make([`<${heading}>`, ...before], `${after}</${heading}>`, { inHeading: true });
    if (name === 'p') return make(['<p>', ...before], `${after}</p>`, { paragraph: this.out.length });
    return make(['<div>', ...before], `${after}</div>`);
  } // prettier-ignore

  private openMarks(numbers: readonly number[], block: boolean): readonly Piece[] {
    for (const number of numbers) this.shown.add(number);
    const className = block ? ' class="b"' : '';
    return numbers.map(
      (number) =>
        ({ count }: Voice) =>
          `<mark id="e${number}"${className} data-n="${count(number)}">`,
    );
  }

  private put(...pieces: readonly Piece[]): void {
    this.mindGap();
    this.out.push(...pieces);
  }

  /** Says what was left out just before, as soon as words may stand. */
  private mindGap(): void {
    if (this.gap === 0 || this.frames.at(-1)!.content !== 'flow') return;
    const { gap } = this;
    const said = ({ say, count }: Voice): string =>
      say(`${count(gap)} نویسه کنار گذاشته شد`, `${count(gap)} characters left out`);
    this.out.push(' <span class="gap">[', said, ']</span> ');
    this.gap = 0;
  }

  private skip(chars: number): void {
    this.gap += chars;
    this.leftOut += chars;
  }

  private isKept(from: number, to: number): boolean {
    return this.windows === null || this.windows.some(([start, end]) => from < end && to >= start);
  }

  /** Of a very long text, what lies in the windows. */
  private clip(text: string, from: number): string {
    if (this.windows === null || text.length <= AROUND) return text;
    return this.windows.map(([start, end]) => text.slice(Math.max(0, start - from), Math.max(0, end - from))).filter(Boolean).join(' … '); // prettier-ignore
  }
}

const closeMarks = (numbers: readonly number[]): string => '</mark>'.repeat(numbers.length);

/** Only a small number survives of an attribute. */
function span(element: Element, name: 'colspan' | 'rowspan'): string {
  const value = Number(attribute(element, name));
  return Number.isInteger(value) && value > 1 && value <= 60 ? ` ${name}="${value}"` : '';
}

/** What is said behind the words of an element: where a link leads, and its name when it has no words. */
function afterText(element: Element): string {
  if (element.tagName !== 'a') return '';
  const href = (attribute(element, 'href') ?? '').trim();
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

/** An element that a copy cannot show. */
interface Box {
  readonly kind: readonly [fa: string, en: string];
  /** What the page says of it. */
  readonly words: string;
}

const wordsOf =
  ({ kind: [fa, en], words }: Box): Piece =>
  ({ say }) =>
    escapeText(words ? `${say(fa, en)} · ${words}` : say(fa, en));

/** null for what a visitor does not see, unless it is evidence. */
function boxOf(element: Element, marked: boolean): Box | null {
  const of = (name: string): string => squeeze(attribute(element, name) ?? '').trim();
  const box = (kind: Box['kind'], ...parts: readonly string[]): Box => ({ kind, words: parts.filter(Boolean).map(clipped).join(' · ') });
  const label = of('aria-label') || of('alt') || of('title') || of('placeholder');
  const source = of('src') || of('data') || of('href');
  switch (element.tagName) {
    case 'img':
      return box(['تصویر', 'image'], label, decoded(source.startsWith('data:') ? `${source.slice(0, 24)}…` : source));
    case 'input': {
      const type = (attribute(element, 'type') ?? 'text').toLowerCase();
      if (type === 'hidden' && !marked) return null;
      if (type === 'submit' || type === 'button' || type === 'image' || type === 'reset') return box(['دکمه', 'button'], of('value') || label);
      if (type === 'checkbox' || type === 'radio') return box(['گزینه', 'option'], label || of('value') || of('name'));
      return box(['خانه فرم', 'field'], /^[a-z-]{1,20}$/.test(type) ? type : 'text', label || of('value') || of('name'));
    }
    case 'textarea':
      return box(['خانه فرم · چندخطی', 'field · several lines'], label || of('name'));
    case 'select':
      return box(['فهرست گزینه‌ها', 'list to choose from'], label || of('name'), textOf(element));
    case 'iframe':
    case 'frame':
      return box(['قاب', 'frame'], label, source);
    case 'svg':
    case 'math':
    case 'canvas': {
      // decoration mostly: named only when it has words, or is evidence
      const words = label || textOf(element);
      return words || marked ? box(['نگاره', 'drawing'], words) : null;
    }
    case 'progress':
    case 'meter':
      return box(['نمایشگر', 'gauge'], label || of('value'));
    default:
      return box(['رسانه', 'media'], label, source);
  }
} // prettier-ignore

/** Texts of the element, at most what a box shows of them. */
function textOf(element: Element): string {
  let out = '';
  const visit: Visitor = {
    enter: (inner) => inner.tagName !== 'image' && out.length <= BOX_LENGTH,
    leave: () => undefined,
    text: (text) => {
      if (out.length <= BOX_LENGTH) out += ` ${squeeze(text).trim()}`;
    },
  };
  walk(element, visit);
  return squeeze(out).trim();
}

/** Texts of the element, but its code. */
function allText(element: Element): string {
  let out = '';
  walk(element, { enter: () => true, leave: () => undefined, text: (text) => (out += text) });
  return out;
}

/** The start tag as a text, for elements that have no look of their own. */
function tagText(element: Element): string {
  const attributes = element.attrs.map(({ name, value }) => (value === '' ? ` ${name}` : ` ${name}="${value}"`));
  return `${clipped(`<${element.tagName}${attributes.join('')}`)}>`;
} // prettier-ignore

/** Elements outside of the copy: the frame of the page by its tag, others with what they hold. */
function unseenText(element: Element): string {
  const words = element.tagName === 'html' || element.tagName === 'body' ? '' : textOf(element);
  return words ? `${tagText(element)} ${clipped(words)}` : tagText(element);
}

const clipped = (text: string): string => (text.length <= BOX_LENGTH ? text : `${text.slice(0, BOX_LENGTH - 1)}…`);

/** Blanks as a browser shows them; untouched where the page keeps them. */
function squeeze(text: string, parent: Element | null = null): string {
  return parent?.tagName === 'pre' ? text : text.replace(/[ \t\n\r\f]{2,}|[\t\n\r\f]/g, ' ');
}
