/**
 * A page, parsed once and walked once, as the facts that signals and rules read.
 *
 * The tree itself is not kept: each fact carries the number of its element, and `selectorOf` turns such a number into
 * a selector that selects exactly this element. Facts are what a visitor can reach: comments, scripts, templates and
 * what is switched off for good are left out; closed menus, tabs and dialogs are kept.
 */
import { defaultTreeAdapter, type DefaultTreeAdapterMap } from 'parse5';
import { fold } from './fold.ts';
import type { Match, Matcher } from './lexicon.ts';
import { NO_HOSTS, type CountryHosts } from './model.ts';
import { HIDES, MARKED, MOVES, regionOf, REVEALS, UNSEEN, traitsOf, type Region } from './element-traits.ts';
import type { Tree } from './page-tree.ts';
import { parseHtml } from './parse-html.ts';
import { remember } from './remember.ts';

/** A line of text: the words of one block element, or one cell, heading, list item or line before a <br>. */
export interface Run {
  readonly node: number;
  readonly text: string;
  readonly folded: string;
  /** Tag of the block it stands in. */
  readonly tag: string;
  /** 1–6 for a heading, 0 otherwise. */
  readonly heading: number;
  /** All of it is bold. */
  readonly bold: boolean;
  /** Folded length of a bold beginning before plain words, 0 without one. */
  readonly lead: number;
  readonly region: Region;
  /** Index of the link that holds all of it, -1 when it is not (or only partly) a link. */
  readonly link: number;
  /** Index of the table row or description list it belongs to and its cell there; -1 outside of tables. */
  readonly row: number;
  readonly cell: number;
  /** Number of the list item it stands in, -1 outside. */
  readonly item: number;
}

export interface Link {
  readonly node: number;
  /** As written; empty when there is none. */
  readonly href: string;
  /** Absolute address, null when it leads nowhere (`#`, `javascript:`, empty, not http). */
  readonly url: string | null;
  readonly host: string;
  /** What a screen reader would say: text, else label, title, alternative text of its picture. */
  readonly name: string;
  readonly folded: string;
  /** The tooltip, folded; empty when it repeats the name. */
  readonly title: string;
  /** `mailto:` or `tel:` target, else null. */
  readonly contact: string | null;
  /** Points to an element of this page. */
  readonly anchor: boolean;
  readonly region: Region;
  /** Index of the run at or after which it stands. */
  readonly at: number;
  /** It has no words of its own: a picture or an icon. */
  readonly wordless: boolean;
  /** Sources, classes and alternative texts of what stands inside, folded. */
  readonly inner: string;
  /** A button or element that leads somewhere by script. */
  readonly scripted: boolean;
  readonly rel: string;
  readonly lang: string;
  /** Inside an auto-moving picture show. */
  readonly carousel: boolean;
}

export interface Field {
  readonly node: number;
  /** Name under which its value is sent; '' when it is not. */
  readonly key: string;
  /** `text`, `email`, `checkbox`, `select`, `textarea`, `file` …; `search` and `password` included, buttons not. */
  readonly type: string;
  readonly name: string;
  readonly label: string;
  readonly folded: string;
  readonly placeholder: string;
  readonly disabled: boolean;
  readonly required: boolean;
  readonly checked: boolean;
  readonly form: number;
  readonly region: Region;
  readonly at: number;
  /** Has a name for assistive technology (label, aria-label), not only text beside it. */
  readonly named: boolean;
  readonly options: readonly string[];
  /** Has `pattern`, `min`, `max`, `maxlength`, a validator or a type that checks itself. */
  readonly validated: boolean;
}

export interface Form {
  readonly node: number;
  readonly action: string;
  readonly method: string;
  readonly role: string;
  readonly label: string;
  readonly region: Region;
  readonly noValidate: boolean;
  /** Name and value of its hidden fields, the first MAX_HIDDEN of them. */
  readonly hidden: readonly (readonly [string, string])[];
}

export interface Button {
  readonly node: number;
  readonly name: string;
  readonly folded: string;
  readonly submit: boolean;
  readonly form: number;
  readonly region: Region;
  readonly at: number;
  /** Class names and id, folded. */
  readonly classes: string;
}

export interface Image {
  readonly node: number;
  readonly src: string;
  readonly alt: string;
  readonly folded: string;
  readonly link: number;
  readonly at: number;
  readonly region: Region;
}

export interface Frame {
  readonly node: number;
  readonly src: string;
  readonly title: string;
}

/** An element worth finding by its class or id: breadcrumb, rating, captcha … with the token that says so. */
export interface Marked {
  readonly node: number;
  /** Class names, id and role, folded. */
  readonly tokens: string;
  readonly tag: string;
  readonly at: number;
  readonly region: Region;
  /** First characters of its own label (aria-label, title). */
  readonly label: string;
}

/** `address`: the path or icon class of a link that has no words of its own. */
export type SourceKind = 'run' | 'link' | 'title' | 'address' | 'field' | 'button' | 'image' | 'form' | 'frame';

/** A phrase of the lexicon on the page: where, and how. */
export interface Hit<Concept extends string = string> extends Match<Concept> {
  readonly source: SourceKind;
  /** Index in the page's list of that kind. */
  readonly index: number;
}

export interface PageView<Concept extends string = string> {
  readonly url: string;
  readonly host: string;
  /** Hosts with a role in the country of the page. */
  readonly country: CountryHosts;
  readonly lang: string;
  readonly dir: string;
  readonly title: string;
  readonly viewport: string;
  readonly generator: string;
  readonly canonical: string;
  readonly refresh: string;
  readonly feeds: readonly { readonly node: number; readonly url: string; readonly title: string }[];
  /** Elements that say a moment for machines: `<time datetime>`. */
  readonly times: readonly { readonly node: number; readonly datetime: string }[];
  readonly alternates: readonly { readonly node: number; readonly lang: string; readonly url: string }[];
  readonly scripts: readonly string[];
  /** Inline scripts, the first SCRIPT_TEXT characters; only for tell-tale names of products. */
  readonly scriptText: string;
  readonly runs: readonly Run[];
  readonly links: readonly Link[];
  readonly fields: readonly Field[];
  readonly forms: readonly Form[];
  readonly buttons: readonly Button[];
  readonly images: readonly Image[];
  readonly frames: readonly Frame[];
  readonly marked: readonly Marked[];
  /** Words of the page outside header, navigation and footer. */
  readonly words: number;
  /** Elements of the page. */
  readonly size: number;
  readonly tree: Tree;
  /** Numbers of the html and body elements. */
  readonly root: number;
  readonly body: number;
  readonly hits: ReadonlyMap<Concept, readonly Hit<Concept>[]>;
}

/** Characters kept of inline scripts. */
const SCRIPT_TEXT = 60_000;
/** Hidden fields kept of one form. */
const MAX_HIDDEN = 20;
/** Letters of a label that stands before a colon in its line. */
const MAX_LABEL = 45;
/** Elements read of one page; a page with more is cut and says so by its size. */
export const MAX_ELEMENTS = 60_000;

type Node = DefaultTreeAdapterMap['node'];
type Element = DefaultTreeAdapterMap['element'];

const INLINE = new Set(
  'a abbr acronym b bdi bdo big cite code data dfn em font i img input ins del kbd label mark nobr q s samp select small span strike strong sub sup svg time tt u var wbr button textarea'.split(' '),
); // prettier-ignore
const SILENT = new Set(
  'script style title template noscript svg math head object canvas audio video datalist'.split(' '),
);
const BOLD = new Set(['b', 'strong']);
const FIELDS = new Set(['input', 'select', 'textarea']);
const HEADINGS = new Map(Array.from({ length: 6 }, (_, i) => [`h${i + 1}`, i + 1]));
/** The three names that a link may have besides its text, when it has none. */
const NO_TITLES = '\n\n';
const VOID_TEXT = /\S/;
/** What a button or tab says that it opens. */
const CONTROLS = /\s(?:aria-controls|data-(?:bs-)?target)\s*=\s*["']#?([\w:. -]+)["']|\saria-controls=([\w:.-]+)/gi;

interface Frameset {
  readonly element: Element;
  readonly number: number;
  readonly region: Region;
  readonly link: number;
  readonly form: number;
  readonly block: number;
  readonly tag: string;
  readonly heading: number;
  readonly row: number;
  readonly cell: number;
  readonly item: number;
  readonly bold: boolean;
  readonly carousel: boolean;
  readonly button: number;
  readonly label: number;
  /** Its inline children are lines of their own. */
  readonly parted: boolean;
  /** Is for screen readers alone. */
  readonly unseen: boolean;
}

/** Reads a page into facts. Pure; bounded by MAX_ELEMENTS; never throws on any markup. */
export function viewPage<Concept extends string>(
  html: string,
  {
    url,
    matcher,
    hosts = NO_HOSTS,
  }: { readonly url: string; readonly matcher: Matcher<Concept>; readonly hosts?: CountryHosts },
): PageView<Concept> {
  return new Walk(url, matcher, hosts).read(html);
}

/** The pages of a site mostly have the same scripts of their own; the texts of so many pages are kept once. */
const MAX_SCRIPTS = 20;
const scriptTexts = new Map<string, string>();

function sharedScript(text: string): string {
  const known = scriptTexts.get(text);
  if (known !== undefined) return known;
  if (scriptTexts.size >= MAX_SCRIPTS) scriptTexts.clear();
  scriptTexts.set(text, text);
  return text;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

class Walk<Concept extends string> {
  private readonly pageUrl: string;
  private readonly matcher: Matcher<Concept>;
  private readonly country: CountryHosts;
  private base: string;
  private readonly tags: string[] = [];
  private readonly parents: number[] = [];
  private readonly positions: number[] = [];
  private readonly ids = new Map<number, string>();
  private readonly otherIds = new Set<string>();
  private readonly runs: Run[] = [];
  private readonly links: Mutable<Link>[] = [];
  private readonly runLines: Line[] = [];
  private readonly linkLines: Line[] = [];
  private readonly linkParts: string[][] = [];
  private readonly linkInner: string[][] = [];
  private readonly fields: Mutable<Field>[] = [];
  private readonly fieldIds = new Map<string, number>();
  private readonly forms: (Form & { readonly hidden: (readonly [string, string])[] })[] = [];
  private readonly buttons: Mutable<Button>[] = [];
  private readonly buttonParts: string[][] = [];
  private readonly labels: { target: string; parts: string[]; field: number }[] = [];
  private readonly images: Image[] = [];
  private readonly frames: Frame[] = [];
  private readonly marked: Marked[] = [];
  private readonly times: { node: number; datetime: string }[] = [];
  private readonly feeds: { node: number; url: string; title: string }[] = [];
  private readonly alternates: { node: number; lang: string; url: string }[] = [];
  private readonly scripts: string[] = [];
  private scriptText = '';
  private words = 0;
  private rows = 0;
  private cellOfRow = 0;
  private items = 0;
  private title = '';
  private viewport = '';
  private generator = '';
  private canonical = '';
  private refresh = '';
  private root = 0;
  private body = 0;
  private lang = '';
  private dir = '';
  // the run that is being collected
  private text = '';
  private textBold = true;
  private textLead = 0;
  private textLink = -2; // -2 nothing yet, -1 mixed or none, else the link that holds all of it
  private context: Frameset | null = null;
  /** Ids of what a control of the page opens. */
  private readonly opened = new Set<string>();

  constructor(url: string, matcher: Matcher<Concept>, country: CountryHosts) {
    this.pageUrl = url;
    this.country = country;
    this.base = url;
    this.matcher = matcher;
  }

  read(html: string): PageView<Concept> {
    for (const [, quoted, bare] of html.matchAll(CONTROLS))
      for (const id of (quoted ?? bare)!.split(/\s+/)) this.opened.add(id);
    const document = parseHtml(html, defaultTreeAdapter);
    this.walk(document);
    this.flush();
    this.nameLinks();
    this.nameButtons();
    this.nameFields();
    return {
      url: this.pageUrl,
      host: hostOf(this.pageUrl),
      country: this.country,
      lang: this.lang,
      dir: this.dir,
      title: this.title,
      viewport: this.viewport,
      generator: this.generator,
      canonical: this.canonical,
      refresh: this.refresh,
      times: this.times,
      feeds: this.feeds,
      alternates: this.alternates,
      scripts: this.scripts,
      scriptText: sharedScript(this.scriptText),
      runs: this.runs,
      links: this.links,
      fields: this.fields,
      forms: this.forms,
      buttons: this.buttons,
      images: this.images,
      frames: this.frames,
      marked: this.marked,
      words: this.words,
      size: this.tags.length,
      tree: {
        tags: this.tags,
        parents: Int32Array.from(this.parents),
        positions: Int32Array.from(this.positions),
        ids: this.ids,
        otherIds: this.otherIds,
      },
      root: this.root,
      body: this.body,
      hits: this.collectHits(),
    };
  }

  /** Iterative on purpose: markup may be nested ten thousand deep. */
  private walk(document: DefaultTreeAdapterMap['document']): void {
    const start: Frameset = {
      element: null as unknown as Element, number: -1, region: 'body', link: -1, form: -1, block: -1, tag: '#document', heading: 0, row: -1, cell: -1, item: -1, bold: false, carousel: false, button: -1, label: -1, unseen: false, parted: false,
    }; // prettier-ignore
    // a stack of (children, position, frame); `null` element for the document
    const stack: { nodes: readonly Node[]; next: number; frame: Frameset; element: number }[] = [
      { nodes: document.childNodes, next: 0, frame: start, element: 0 },
    ];
    while (stack.length > 0) {
      const top = stack[stack.length - 1]!;
      if (top.next >= top.nodes.length) {
        stack.pop();
        this.leave(top.frame);
        continue;
      }
      const node = top.nodes[top.next++]!;
      if (node.nodeName === '#text') {
        this.addText((node as DefaultTreeAdapterMap['textNode']).value, top.frame);
      } else if ('tagName' in node) {
        top.element++;
        if (this.tags.length >= MAX_ELEMENTS) {
          this.keepIds([node]);
          continue;
        }
        const frame = this.enter(node, top.frame, top.element);
        if (frame) stack.push({ nodes: node.childNodes, next: 0, frame, element: 0 });
        else this.keepIds('content' in node ? [node] : node.childNodes);
      }
    }
  }

  /** Remembers the ids of elements that are not walked. */
  private keepIds(nodes: readonly Node[]): void {
    const stack = [...nodes];
    for (let node = stack.pop(); node; node = stack.pop()) {
      if (!('tagName' in node)) continue;
      for (const { name, value } of node.attrs) if (name === 'id' && value) this.otherIds.add(value);
      for (const child of node.childNodes) stack.push(child);
      if ('content' in node) stack.push(...(node as DefaultTreeAdapterMap['template']).content.childNodes);
    }
  }

  /** Takes the facts of an element; null when nothing below it is of interest. */
  private enter(element: Element, parent: Frameset, position: number): Frameset | null {
    const tag = element.tagName;
    const number = this.tags.length;
    this.tags.push(tag);
    this.parents.push(parent.number);
    this.positions.push(position);
    const { id, className, role, isPlain } = bearingOf(element);
    // most elements have a class and an id and nothing else to say: no list of attributes is made for them
    const attributes = isPlain && parent.link < 0 && !FIELDS.has(tag) ? NO_ATTRIBUTES : element.attrs;
    if (id) this.ids.set(number, id);

    if (parent.number === -1 || tag === 'head' || tag === 'body') {
      if (tag === 'html') {
        this.root = number;
        this.lang = (valueOf(attributes, 'lang') ?? '').trim();
        this.dir = (valueOf(attributes, 'dir') ?? '').trim().toLowerCase();
      }
      if (tag === 'head') {
        this.readHead(element, number);
        return null;
      }
      if (tag === 'body') {
        this.body = number;
        if (!this.dir) this.dir = (valueOf(attributes, 'dir') ?? '').trim().toLowerCase();
      }
    }
    if (SILENT.has(tag)) {
      if (tag === 'script') this.readScript(element, attributes);
      if (tag === 'svg' && parent.link >= 0) this.innerOfLink(parent.link, attributes, svgTitle(element));
      return null;
    }
    const { tokens, traits } = tellingOf(className, id, role);
    if (
      (traits & HIDES || attributes !== NO_ATTRIBUTES) &&
      isSwitchedOff(tag, attributes, traits, parent) &&
      !(id && this.opened.has(id))
    )
      return null;

    // words for screen readers stand apart from those beside them, though nothing is written between
    const isUnseen = (traits & UNSEEN) !== 0 && INLINE.has(tag);
    if (isUnseen) this.addText(' ', parent);
    const region = regionOf(tag, role, traits, parent);
    let { link, form, block, heading, row, cell, item, button, label } = parent;
    let blockTag = parent.tag;
    const bold = parent.bold || BOLD.has(tag);
    const carousel = parent.carousel || (traits & MOVES) !== 0;

    if (!INLINE.has(tag)) {
      this.flush();
      block = number;
      blockTag = tag;
      const level = HEADINGS.get(tag) ?? (role === 'heading' ? 3 : 0);
      if (level > 0) heading = level;
    } else if (parent.parted && tag !== 'a') {
      // label and value in two inline elements side by side: the style sheet sets them apart, so does the reading
      this.flush();
      block = number;
      blockTag = tag;
    } else if (block < 0) block = number;

    switch (tag) {
      case 'tr':
      case 'dl':
        row = this.rows++;
        this.cellOfRow = -1;
        break; // prettier-ignore
      case 'td':
      case 'th':
        cell = ++this.cellOfRow;
        break; // prettier-ignore
      case 'dt':
        row = this.rows++;
        cell = 0;
        break;
      case 'dd':
        row = this.rows - 1;
        cell = 1;
        break;
      case 'li':
        item = this.items++;
        break;
      case 'router-link':
      case 'nuxt-link':
      case 'g-link':
        link = this.addLink(number, attributes, region, carousel, tag, valueOf(attributes, 'to') ?? '');
        break; // prettier-ignore
      case 'a':
      case 'area':
        if (tag === 'area' || has(attributes, 'href') || has(attributes, 'onclick') || has(attributes, 'data-href')) link = this.addLink(number, attributes, region, carousel, tag);
        break; // prettier-ignore
      case 'img':
        this.addImage(number, attributes, region, link, button);
        return null;
      case 'iframe':
      case 'frame':
        this.frames.push({ node: number, src: this.resolve(valueOf(attributes, 'src') ?? '') ?? '', title: valueOf(attributes, 'title') ?? '' });
        return null; // prettier-ignore
      case 'form':
        form = this.forms.push({
          node: number, action: this.resolve(valueOf(attributes, 'action') ?? '') ?? this.pageUrl, method: (valueOf(attributes, 'method') ?? 'get').toLowerCase(), role: valueOf(attributes, 'role') ?? '',
          label: fold(`${valueOf(attributes, 'aria-label') ?? ''} ${valueOf(attributes, 'title') ?? ''}`), region, noValidate: has(attributes, 'novalidate'), hidden: [],
        }) - 1; // prettier-ignore
        break;
      case 'label':
        label = this.labels.push({ target: valueOf(attributes, 'for') ?? '', parts: [], field: -1 }) - 1;
        break;
      case 'input':
      case 'select':
      case 'textarea':
        this.addField(number, element, attributes, tag, region, form, label);
        return null; // prettier-ignore
      case 'button':
        button = this.addButton(
          number,
          attributes,
          (valueOf(attributes, 'type') ?? 'submit') === 'submit',
          form,
          region,
          tokens,
        );
        break;
      case 'br':
        this.flush();
        return null;
      case 'time':
        this.addTime(number, valueOf(attributes, 'datetime'));
        break;
      default:
        if (valueOf(attributes, 'role') === 'button' && link < 0)
          button = this.addButton(number, attributes, false, form, region, tokens);
        else if (
          valueOf(attributes, 'contenteditable') === 'true' ||
          valueOf(attributes, 'role') === 'combobox' ||
          valueOf(attributes, 'role') === 'textbox'
        )
          this.addField(number, element, attributes, tag, region, form, label);
    }
    if (link === parent.link && link < 0 && attributes !== NO_ATTRIBUTES && tag !== 'form' && tag !== 'body') {
      const target = scriptTarget(attributes);
      if (target) link = this.addLink(number, attributes, region, carousel, tag, target, true);
    }
    if (link >= 0 && (tag === 'i' || tag === 'span' || link !== parent.link)) this.innerOfLink(link, attributes, '');
    if (traits & MARKED || valueOf(attributes, 'aria-label') !== undefined) {
      this.marked.push({
        node: number,
        tokens,
        tag,
        at: this.runs.length,
        region,
        label: fold(`${valueOf(attributes, 'aria-label') ?? ''} ${valueOf(attributes, 'title') ?? ''}`).trim(),
      });
    }
    return {
      element,
      number,
      region,
      link,
      form,
      block,
      tag: blockTag,
      heading,
      row,
      cell,
      item,
      bold,
      carousel,
      button,
      label,
      unseen: isUnseen,
      parted: link < 0 && button < 0 && label < 0 && isParted(element),
    };
  }

  private leave(frame: Frameset): void {
    if (frame.number >= 0 && !INLINE.has(this.tags[frame.number]!)) this.flush();
    else if (frame.unseen) this.addText(' ', frame);
  }

  private addText(value: string, frame: Frameset): void {
    if (value.length === 0) return;
    if (frame.link >= 0) this.linkParts[frame.link]!.push(value);
    if (frame.button >= 0) this.buttonParts[frame.button]!.push(value);
    if (frame.label >= 0) this.labels[frame.label]!.parts.push(value);
    if (!VOID_TEXT.test(value)) {
      if (this.text) this.text += ' ';
      return;
    }
    if (!this.text) this.context = frame;
    if (!frame.bold) {
      if (this.textBold) this.textLead = this.text.length;
      this.textBold = false;
    }
    if (this.textLink === -2) this.textLink = frame.link;
    else if (this.textLink !== frame.link) this.textLink = -1;
    this.text += value;
  }

  private flush(): void {
    const { context } = this;
    if (context && this.text) {
      const line = lineOf(this.text);
      const { text, folded } = line;
      if (folded) {
        this.runLines.push(line);
        this.runs.push({
          node: context.block >= 0 ? context.block : context.number, text, folded, tag: context.tag, heading: context.heading,
          bold: this.textBold, lead: this.textBold || this.textLead === 0 ? 0 : fold(this.text.slice(0, this.textLead)).trim().length, region: context.region, link: this.textLink, row: context.row, cell: context.cell, item: context.item,
        }); // prettier-ignore
        if (context.region === 'main' || context.region === 'body') this.words += countWords(folded);
      }
    }
    this.text = '';
    this.textBold = true;
    this.textLead = 0;
    this.textLink = -2;
    this.context = null;
  }

  private addTime(node: number, datetime: string | undefined): void {
    if (datetime) this.times.push({ node, datetime });
  }

  private addLink(
    node: number,
    attributes: Attributes,
    region: Region,
    carousel: boolean,
    tag: string,
    address = valueOf(attributes, 'href') ?? valueOf(attributes, 'data-href') ?? '',
    scripted = false,
  ): number {
    let href = address.trim();
    if (isDead(href)) {
      const target = scriptTarget(attributes);
      if (target) {
        href = target;
        scripted = true;
      }
    }
    const contact = /^(mailto|tel):/i.test(href) ? href : null;
    const anchor = href.startsWith('#') && href.length > 1;
    const url = contact || anchor || isDead(href) ? null : this.resolve(href);
    this.linkParts.push([]);
    this.linkInner.push([]);
    return (
      this.links.push({
        node, href, url, host: url ? hostOf(url) : '', name: '', folded: '', title: `${valueOf(attributes, 'aria-label') ?? ''}\n${valueOf(attributes, 'title') ?? ''}\n${tag === 'area' ? (valueOf(attributes, 'alt') ?? '') : ''}`,
        contact, anchor, region, at: this.runs.length, wordless: true, inner: '', scripted, rel: (valueOf(attributes, 'rel') ?? '').toLowerCase(), lang: valueOf(attributes, 'hreflang') ?? valueOf(attributes, 'lang') ?? '', carousel,
      }) - 1
    ); // prettier-ignore
  }

  private innerOfLink(link: number, attributes: Attributes, text: string): void {
    const list = this.linkInner[link]!;
    if (list.length < 12)
      list.push(
        valueOf(attributes, 'class') ?? '',
        valueOf(attributes, 'aria-label') ?? '',
        valueOf(attributes, 'title') ?? '',
        valueOf(attributes, 'xlink:href') ?? '',
        text,
      );
  }

  private addImage(node: number, attributes: Attributes, region: Region, link: number, button: number): void {
    const src = valueOf(attributes, 'src') ?? valueOf(attributes, 'data-src') ?? '';
    const alt = `${valueOf(attributes, 'alt') ?? ''}`.trim();
    const title = (valueOf(attributes, 'title') ?? '').trim();
    this.images.push({
      node,
      src,
      alt,
      folded: fold(`${alt} ${title === alt ? '' : title}`),
      link,
      at: this.runs.length,
      region,
    });
    if (link >= 0)
      this.linkInner[link]!.push(alt, title, src.startsWith('data:') ? '' : src, valueOf(attributes, 'class') ?? '');
    if (button >= 0) this.buttonParts[button]!.push(` ${alt} `);
  }

  private addField(
    node: number,
    element: Element,
    attributes: Attributes,
    tag: string,
    region: Region,
    form: number,
    label: number,
  ): void {
    const type =
      tag === 'input'
        ? (valueOf(attributes, 'type') ?? 'text').toLowerCase()
        : tag === 'select' || tag === 'textarea'
          ? tag
          : 'text';
    if (type === 'hidden') {
      const hidden = this.forms[form]?.hidden;
      const name = valueOf(attributes, 'name');
      if (hidden && name && hidden.length < MAX_HIDDEN) hidden.push([name, valueOf(attributes, 'value') ?? '']);
      return;
    }
    if (['submit', 'button', 'image', 'reset'].includes(type)) {
      const button = this.addButton(
        node,
        attributes,
        type === 'submit' || type === 'image',
        form,
        region,
        `${valueOf(attributes, 'class') ?? ''} ${valueOf(attributes, 'id') ?? ''}`.toLowerCase(),
      );
      this.buttonParts[button]!.push(valueOf(attributes, 'value') ?? '', valueOf(attributes, 'alt') ?? '');
      return;
    }
    const index = this.fields.push({
      node, key: valueOf(attributes, 'name') ?? '', type, name: `${valueOf(attributes, 'name') ?? ''} ${valueOf(attributes, 'id') ?? ''}`.trim(), label: valueOf(attributes, 'aria-label') ?? valueOf(attributes, 'title') ?? '', folded: '',
      placeholder: valueOf(attributes, 'placeholder') ?? '', disabled: has(attributes, 'disabled'), required: has(attributes, 'required') || valueOf(attributes, 'aria-required') === 'true',
      checked: has(attributes, 'checked'), form, region, at: this.runs.length, named: Boolean(valueOf(attributes, 'aria-label') || valueOf(attributes, 'aria-labelledby')),
      options: tag === 'select' ? optionsOf(element) : tag === 'input' && (type === 'radio' || type === 'checkbox') ? [valueOf(attributes, 'value') ?? ''] : [],
      validated: ['pattern', 'min', 'max', 'maxlength', 'minlength', 'data-val'].some((name) => has(attributes, name)) || ['email', 'tel', 'number', 'date', 'url'].includes(type),
    }) - 1; // prettier-ignore
    const id = valueOf(attributes, 'id');
    if (id) this.fieldIds.set(id, index);
    if (label >= 0 && this.labels[label]!.field < 0) this.labels[label]!.field = index;
  }

  private addButton(
    node: number,
    attributes: Attributes,
    submit: boolean,
    form: number,
    region: Region,
    classes: string,
  ): number {
    this.buttonParts.push([]);
    return (
      this.buttons.push({
        node,
        name: `${valueOf(attributes, 'aria-label') ?? ''}\n${valueOf(attributes, 'title') ?? ''}`,
        folded: '',
        submit,
        form,
        region,
        at: this.runs.length,
        classes,
      }) - 1
    );
  }

  private nameLinks(): void {
    this.links.forEach((link, i) => {
      const own = lineOf(this.linkParts[i]!.join(''));
      const inner = this.linkInner[i]!;
      const [label = '', title = '', alt = ''] = link.title === NO_TITLES ? [] : link.title.split('\n');
      link.wordless = own.text === '';
      const line = link.wordless ? lineOf(squeeze(label) || squeeze(alt) || firstWords(inner) || title) : own;
      this.linkLines.push(line);
      link.name = line.text;
      link.folded = line.folded;
      link.inner = inner.length > 0 ? inner.join(' ').toLowerCase() : '';
      const hint = label || title ? fold(`${label} ${title}`) : '';
      link.title = hint === link.folded ? '' : hint;
    });
  }

  private nameButtons(): void {
    this.buttons.forEach((button, i) => {
      const own = squeeze(this.buttonParts[i]!.join(' '));
      button.name = own || squeeze(button.name);
      button.folded = fold(button.name);
    });
  }

  private nameFields(): void {
    for (const label of this.labels) {
      const index = label.target ? (this.fieldIds.get(label.target) ?? -1) : label.field;
      const field = this.fields[index];
      const text = squeeze(label.parts.join(' '));
      if (!field || !text) continue;
      field.label = text;
      field.named = true;
    }
    for (const field of this.fields) {
      // the words just before it in the reading order stand in for a missing label
      const before = !field.label && !field.placeholder ? (this.runs[field.at - 1]?.text ?? '') : '';
      if (!field.label && before.length <= 60) field.label = before;
      field.folded = fold(`${field.label} ${field.placeholder}`).trim();
    }
  }

  private collectHits(): Map<Concept, Hit<Concept>[]> {
    const hits = new Map<Concept, Hit<Concept>[]>();
    const keep = (hit: Hit<Concept>): void => {
      const list = hits.get(hit.concept);
      if (list) list.push(hit);
      else hits.set(hit.concept, [hit]);
    };
    const keepAll = (found: readonly Hit<Concept>[]): void => {
      for (let i = 0; i < found.length; i++) keep(found[i]!);
    };
    const search = (folded: string, source: SourceKind, index: number): void => {
      if (folded) keepAll(this.matcher.find(folded, source, index) as readonly Hit<Concept>[]);
    };
    this.links.forEach((link, i) => {
      keepAll(hitsOf(this.linkLines[i]!, this.matcher, 'link', i));
      if (link.title) search(link.title, 'title', i);
      if (link.folded === '' && link.url !== null) search(addressWords(link), 'address', i);
    });
    this.runs.forEach((run, i) => {
      keepAll(hitsOf(this.runLines[i]!, this.matcher, 'run', i));
      // "fee: 100", "how much? 100": what stands before the sign is a text of its own to phrases that must be the whole of one
      const end = run.link < 0 ? labelEnd(run) : -1;
      if (end > 1)
        for (const hit of this.matcher.find(run.folded.slice(0, end), 'run', i) as readonly Hit<Concept>[])
          if (hit.strength === 'whole') keep(hit);
    });
    this.fields.forEach((field, i) => search(field.folded, 'field', i));
    this.buttons.forEach((button, i) => search(button.folded, 'button', i));
    this.images.forEach((image, i) => search(image.folded, 'image', i));
    this.forms.forEach((form, i) => search(form.label, 'form', i));
    this.frames.forEach((frame, i) => search(fold(frame.title), 'frame', i));
    return hits;
  }

  private readHead(head: Element, headNumber: number): void {
    let position = 0;
    for (const node of head.childNodes) {
      if (!('tagName' in node)) continue;
      position++;
      const number = this.tags.length;
      this.tags.push(node.tagName);
      this.parents.push(headNumber);
      this.positions.push(position);
      const attributes = node.attrs;
      if (node.tagName === 'title') this.title = squeeze(textOf(node));
      else if (node.tagName === 'base') this.base = this.resolve(valueOf(attributes, 'href') || this.base) ?? this.base;
      else if (node.tagName === 'script') this.readScript(node, attributes);
      else if (node.tagName === 'meta') this.readMeta(attributes);
      else if (node.tagName === 'link') {
        const rel = (valueOf(attributes, 'rel') ?? '').toLowerCase();
        const target = this.resolve(valueOf(attributes, 'href') ?? '');
        const language = valueOf(attributes, 'hreflang');
        if (!target) continue;
        if (/rss|atom/.test(valueOf(attributes, 'type') ?? ''))
          this.feeds.push({ node: number, url: target, title: valueOf(attributes, 'title') ?? '' });
        else if (rel === 'alternate' && language)
          this.alternates.push({ node: number, lang: language.toLowerCase(), url: target });
        else if (rel === 'canonical') this.canonical = target;
      }
    }
  }

  private readMeta(attributes: Attributes): void {
    const name = (valueOf(attributes, 'name') ?? '').toLowerCase();
    if (name === 'viewport') this.viewport = valueOf(attributes, 'content') ?? '';
    else if (name === 'generator') this.generator = valueOf(attributes, 'content') ?? '';
    else if ((valueOf(attributes, 'http-equiv') ?? '').toLowerCase() === 'refresh') {
      const target = /url\s*=\s*['"]?([^'"]+)/i.exec(valueOf(attributes, 'content') ?? '')?.[1];
      if (target) this.refresh = this.resolve(target.trim()) ?? '';
    }
  }

  private readScript(element: Element, attributes: Attributes): void {
    const source = valueOf(attributes, 'src');
    if (source) this.scripts.push(this.resolve(source) ?? source);
    else if (this.scriptText.length < SCRIPT_TEXT)
      this.scriptText += textOf(element).slice(0, SCRIPT_TEXT - this.scriptText.length);
  }

  private resolve(href: string): string | null {
    return resolveUrl(href, this.base);
  }
}

/** The menus of a site repeat their addresses on every page. */
const knownAddress = remember(10_000, 500, (url) => resolveAnew(url));

function resolveUrl(href: string, base: string): string | null {
  // what begins at the root of its host, or is written out in full, means the same on all pages of the host
  const isRooted = /^\/(?![/\\\t\n\r])/.test(href);
  if (isRooted) return knownAddress(authorityOf(base) + href);
  return /^https?:\/\//i.test(href) ? knownAddress(href) : resolveAnew(href, base);
}

/** Scheme, host and whatever else stands before the path. */
function authorityOf(url: string): string {
  const end = /[/?#\\]/.exec(url.slice(url.indexOf('//') + 2))?.index;
  return end === undefined ? url : url.slice(0, url.indexOf('//') + 2 + end);
}

function resolveAnew(href: string, base?: string): string | null {
  try {
    const url = new URL(href, base);
    return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null;
  } catch {
    return null;
  }
}

type Attributes = Element['attrs'];

const NO_ATTRIBUTES: Attributes = [];

/** Elements have few attributes: to look through them is cheaper than to make a table of them. */
function valueOf(attributes: Attributes, wanted: string): string | undefined {
  for (let i = 0; i < attributes.length; i++) {
    const { name, value, prefix } = attributes[i]!;
    if (prefix ? `${prefix}:${name}` === wanted : name === wanted) return value;
  }
  return undefined;
}

const has = (attributes: Attributes, wanted: string): boolean => valueOf(attributes, wanted) !== undefined;

/** Blanks as one space each; most texts have no others, and to see that is cheaper than to write them anew. */
const squeeze = (text: string): string =>
  text === '' ? text : /[^\S ]|  /.test(text) ? text.replace(/\s+/g, ' ').trim() : text.trim();

/** Lines that are remembered, their letters, and the phrases of one: a hostile line repeats a short one. */
const MAX_LINES = 4000;
const MAX_LINE = 120;
const MAX_LINE_HITS = 20;

interface Line {
  /** Without blanks around it, and with single ones in it. */
  readonly text: string;
  readonly folded: string;
  /** Its phrases, as a run and as a link, at the places where it last stood; of the matcher that found them. */
  matcher: Matcher<string> | null;
  asRun: readonly Hit[];
  asLink: readonly Hit[];
}

const NO_HITS: readonly never[] = [];

/** Pages of a site repeat most of their short lines: one that comes again is the same text, with the same phrases. */
const lineOf = remember(MAX_LINES, MAX_LINE, (written): Line => {
  const text = squeeze(written);
  const folded = fold(text);
  return { text: text === folded ? folded : text, folded, matcher: null, asRun: NO_HITS, asLink: NO_HITS };
});

/** The phrases of a line; one that stands at the same place of other pages, as in a menu, shares them with those. */
function hitsOf<Concept extends string>(
  line: Line,
  matcher: Matcher<Concept>,
  source: 'run' | 'link',
  index: number,
): readonly Hit<Concept>[] {
  if (line.matcher !== matcher) {
    const found = matcher.find(line.folded, source, index) as readonly Hit<Concept>[];
    if (found.length > MAX_LINE_HITS) return found;
    line.matcher = matcher;
    line.asRun = line.asLink = found;
  }
  const last = (source === 'run' ? line.asRun : line.asLink) as readonly Hit<Concept>[];
  if (last.length === 0 || (last[0]!.index === index && last[0]!.source === source)) return last;
  const hits = last.map(
    ({ concept, strength, language, phrase, start, end, whole }): Hit<Concept> => ({ concept, strength, language, phrase, start, end, whole, source, index }),
  ); // prettier-ignore
  if (source === 'run') line.asRun = hits;
  else line.asLink = hits;
  return hits;
}

function textOf(element: Element): string {
  let out = '';
  for (const node of element.childNodes)
    if (node.nodeName === '#text') out += (node as DefaultTreeAdapterMap['textNode']).value;
  return out;
}

function svgTitle(element: Element): string {
  for (const node of element.childNodes) {
    if (!('tagName' in node)) continue;
    if (node.tagName === 'title') return textOf(node);
    if (node.tagName === 'use') return valueOf(node.attrs, 'xlink:href') ?? valueOf(node.attrs, 'href') ?? '';
  }
  return '';
}

function optionsOf(select: Element): string[] {
  const options: string[] = [];
  for (const node of select.childNodes) {
    if (!('tagName' in node) || node.tagName !== 'option') continue;
    if (options.length >= 8) break;
    options.push(squeeze(textOf(node)));
  }
  return options;
}

const isDead = (href: string): boolean =>
  href === '' || href === '#' || /^(javascript:|about:|#!?$)/i.test(href.replace(/\s|%20/g, ''));

/** The address to which a script of the element itself would lead, when it is written out. */
function scriptTarget(attributes: Attributes): string | null {
  const direct = valueOf(attributes, 'data-href') ?? valueOf(attributes, 'data-url');
  if (direct && /^(https?:|\/)/.test(direct)) return direct;
  const script =
    valueOf(attributes, 'onclick') ??
    (/^javascript:/i.test(valueOf(attributes, 'href') ?? '') ? valueOf(attributes, 'href') : undefined);
  if (!script) return null;
  return (
    /(?:location(?:\.href)?\s*=\s*|location\.(?:assign|replace)\(\s*|window\.open\(\s*)['"]([^'"]+)['"]/.exec(
      script,
    )?.[1] ?? null
  );
}

/** What the address and the icon of a link without words say: `/node/add/complaint`, `fa-rss`. */
function addressWords({ url, inner }: Pick<Link, 'url' | 'inner'>): string {
  const path = url!.replace(/^https?:\/\/[^/]+/, '').replace(/[?#].*$/, '');
  if (path.length > 120) return '';
  const icons = inner
    .split(/\s+/)
    .map((token) => /^(?:fa|icon|bi|ti|mdi|glyphicon)-([a-z][a-z-]*)$/.exec(token)?.[1] ?? '')
    .join(' | ');
  return fold(
    `${path
      .split('/')
      .map((part) => part.replace(/\.\w{2,4}$/, '').replace(/^(?:index|default)$|\d+/gi, ' '))
      .join(' | ')} | ${icons}`,
  );
}

/** First text among alternative texts and labels that has words and is not a file name. */
function firstWords(parts: readonly string[]): string {
  for (const part of parts) {
    const text = squeeze(part);
    if (
      text &&
      /\s|[^\x00-\x7f]/.test(text) === true &&
      !/[./\\]\w{2,5}$|[-_]{1}\w+[-_]/.test(text) &&
      !/(^| )(fa|fas|fab|far|icon|bi|svg|img)[- ]/.test(text)
    )
      return text;
  }
  for (const part of parts) {
    const text = squeeze(part);
    if (/^[\p{L}]{2,}$/u.test(text)) return text;
  }
  return '';
}

/** Inline elements that style sheets like to set apart. */
const PARTS = new Set(['span', 'b', 'strong', 'label', 'em', 'small', 'i', 'time', 'bdi']);
const MAX_PARTS = 12;

/** Does a block hold nothing but two or more inline elements with words, without any text or link between them? */
function isParted(element: Element): boolean {
  if (element.childNodes.length < 2 || element.childNodes.length > MAX_PARTS * 2) return false;
  let parts = 0;
  for (const node of element.childNodes) {
    if (node.nodeName === '#text') {
      if (VOID_TEXT.test((node as DefaultTreeAdapterMap['textNode']).value)) return false;
    } else if ('tagName' in node) {
      if (!PARTS.has(node.tagName)) return false;
      if (node.childNodes.length > 0) parts++;
    }
  }
  return parts >= 2;
}

interface Telling {
  /** Class names, id and role in small letters. */
  readonly tokens: string;
  readonly traits: number;
}
function tellingOf(className: string, id: string, role: string): Telling {
  if (!id && !role) return tellingOfClass(className);
  return tell(`${className} ${id} ${role}`);
}

/** Elements without an id that have the same class names tell the same. */
const tellingOfClass = remember(5000, 500, (className) => tell(className ? `${className}  ` : ''));

function tell(names: string): Telling {
  const tokens = names.toLowerCase();
  return { tokens, traits: traitsOf(tokens) };
}

interface Bearing {
  id: string;
  className: string;
  role: string;
  /** It has no attribute besides class and id. */
  isPlain: boolean;
}
const bearing: Bearing = { id: '', className: '', role: '', isPlain: true };

/** What most elements have of attributes; the same object is filled again for each element. */
function bearingOf({ attrs }: Element): Bearing {
  bearing.id = bearing.className = bearing.role = '';
  bearing.isPlain = true;
  for (let i = 0; i < attrs.length; i++) {
    const { name, value } = attrs[i]!;
    if (name === 'class') bearing.className = value;
    else if (name === 'id') bearing.id = value;
    else {
      bearing.isPlain = false;
      if (name === 'role') bearing.role = value;
    }
  }
  return bearing;
}

function isSwitchedOff(tag: string, attributes: Attributes, traits: number, parent: Frameset): boolean {
  const style = valueOf(attributes, 'style');
  let off = (traits & HIDES) !== 0 || (has(attributes, 'hidden') && valueOf(attributes, 'hidden') !== 'until-found');
  if (!off && style !== undefined && style.includes(':'))
    off = /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)/i.test(style);
  if (!off) return false;
  // a page that is hidden as a whole waits for its scripts to show it
  if (tag === 'html' || tag === 'body') return false;
  // slides take turns, menus and dialogs open
  if (parent.carousel || traits & MOVES) return false;
  if (tag === 'ul' || tag === 'nav' || tag === 'dialog') return false;
  return (
    !(traits & REVEALS) &&
    !(parent.element && traitsOf((valueOf(parent.element.attrs, 'class') ?? '').toLowerCase()) & REVEALS)
  );
}

function countWords(folded: string): number {
  let words = 1;
  for (let i = 0; i < folded.length; i++) if (folded.charCodeAt(i) === 32) words++;
  return words;
}

const hostOf = remember(10_000, 500, (url) => {
  const start = url.indexOf('//') + 2;
  let end = start;
  while (end < url.length && url[end] !== '/' && url[end] !== '?' && url[end] !== '#') end++;
  const authority = url.slice(start, end);
  const at = authority.lastIndexOf('@');
  return (at >= 0 ? authority.slice(at + 1) : authority).replace(/:\d+$/, '').toLowerCase();
});

/**
 * Where the label of a line ends that holds its value too: at a colon, after a question, or where bold letters end.
 * Offset in the folded text, -1 when the line is not of that kind.
 */
export function labelEnd({ folded, lead }: Pick<Run, 'folded' | 'lead'>): number {
  const sign = /[:?]/.exec(folded)?.index ?? -1;
  if (sign > 1 && sign <= MAX_LABEL && sign < folded.length - 1) return sign;
  return lead > 1 && lead <= MAX_LABEL ? lead : -1;
}
