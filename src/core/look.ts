/**
 * Ways to look at a page's facts that signals and rules share: what something is named, what stands under a label,
 * where words are mentioned. Each answer is a `Spot`, an element with the words that decided.
 */
import { foldOffsets } from './fold.ts';
import { QUOTE_LENGTH, type Evidence, type Spotted } from './model.ts';
import { labelEnd, type Hit, type Link, type PageView, type Run } from './page-view.ts';
import { isContent, type Region } from './element-traits.ts';
import { isInside, nodeAt, selectorOf } from './page-tree.ts';

export interface Spot {
  readonly node: number;
  readonly quote: string;
  readonly language: string | null;
  /** The link or control when it is one. */
  readonly link: Link | null;
  /** It is shown, but leads nowhere. */
  readonly dead: boolean;
}

/** Words of a name beyond which a phrase inside it is a sentence that mentions something, not a name of it. */
const NAME_WORDS = 8;
/** Share of its text that a phrase must cover to be its name all the same. */
const NAME_COVERAGE = 0.45;

/** Is the text as a whole a name for what the phrase says, rather than a sentence that mentions it? */
export function isName(folded: string, hit: { readonly start: number; readonly end: number }): boolean {
  if (folded.length <= 40) return true;
  return countWords(folded) <= NAME_WORDS || (hit.end - hit.start) / folded.length >= NAME_COVERAGE;
}

export function countWords(folded: string): number {
  if (folded === '') return 0;
  let words = 1;
  for (let i = 0; i < folded.length; i++) if (folded.charCodeAt(i) === 32) words++;
  return words;
}

export function spotOfLink(page: PageView, index: number, language: string | null = null): Spot {
  const link = page.links[index]!;
  const shown = link.name || link.href;
  return {
    node: link.node,
    quote: clip(shown),
    language,
    link,
    dead: link.url === null && link.contact === null && !link.anchor,
  };
}

export function spotOfRun(
  page: PageView,
  index: number,
  hit: { readonly start: number; readonly end: number; readonly language?: string } | null = null,
): Spot {
  const run = page.runs[index]!;
  const link = run.link >= 0 ? page.links[run.link]! : null;
  return {
    node: run.node,
    quote: hit ? quoteAround(run.text, hit) : clip(run.text),
    language: hit?.language ?? null,
    link,
    dead: false,
  };
}

export function spotOfNode(node: number, quote: string, language: string | null = null): Spot {
  return { node, quote: clip(quote), language, link: null, dead: false };
}

/** An element that was measured in the browser, in the page as it is stored; its root when the element is not found there. */
export function spotOfMeasured(page: PageView, { path, tag, markup }: Spotted): Spot {
  return spotOfNode(nodeAt(page, path, tag) ?? page.root, markup);
}

export interface NameOptions {
  /** Which kinds of things may carry the name; links and buttons when nothing is said. */
  readonly kinds?: readonly ('link' | 'button' | 'image' | 'form')[];
  /** Take long texts that contain the phrase as well. */
  readonly loose?: boolean;
  readonly accept?: (link: Link) => boolean;
  readonly regions?: readonly Region[];
}

/** The best link or control that is named after the concept: one that works before one that does not. */
export function named<C extends string>(page: PageView<C>, concept: C, options: NameOptions = {}): Spot | null {
  let dead: Spot | null = null;
  for (const spot of allNamed(page, concept, options)) {
    if (!spot.dead) return spot;
    dead ??= spot;
  }
  return dead;
}

function isInHostOfMail(folded: string, start: number): boolean {
  const sign = folded.indexOf('@');
  return sign >= 0 && start > sign;
}

/** All of them, in page order. */
export function* allNamed<C extends string>(page: PageView<C>, concept: C, options: NameOptions = {}): Generator<Spot> {
  const kinds = options.kinds ?? ['link', 'button'];
  for (const hit of page.hits.get(concept) ?? []) {
    if (hit.strength === 'weak') continue;
    if ((hit.source === 'link' || hit.source === 'title' || hit.source === 'address') && kinds.includes('link')) {
      const link = page.links[hit.index]!;
      if (options.regions && !options.regions.includes(link.region)) continue;
      // an address of mail names its purpose before its sign ("complaints@"), and after it a host
      if (hit.source === 'link' && isInHostOfMail(link.folded, hit.start)) continue;
      if (hit.source === 'address' && hit.language !== 'en' && hit.language !== 'it') continue;
      if (!options.loose && hit.source !== 'address' && !isName(hit.source === 'link' ? link.folded : link.title, hit))
        continue;
      if (hit.source === 'title' && !link.wordless && countWords(link.folded) > 3) continue;
      if (options.accept && !options.accept(link)) continue;
      yield spotOfLink(page, hit.index, hit.language);
    } else if (hit.source === 'button' && kinds.includes('button')) {
      const button = page.buttons[hit.index]!;
      if (options.regions && !options.regions.includes(button.region)) continue;
      if (options.loose || isName(button.folded, hit)) yield spotOfNode(button.node, button.name, hit.language);
    } else if (hit.source === 'image' && kinds.includes('image')) {
      const image = page.images[hit.index]!;
      if (options.regions && !options.regions.includes(image.region)) continue;
      yield spotOfNode(image.node, image.alt, hit.language);
    } else if (hit.source === 'form' && kinds.includes('form')) {
      const form = page.forms[hit.index]!;
      yield spotOfNode(form.node, form.label, hit.language);
    }
  }
}

/** Is the line a title or a label: a heading, a cell of labels, all bold, or ending in a colon? */
export function isLabelLike(run: Run): boolean {
  return run.heading > 0 || run.tag === 'dt' || run.tag === 'th' || run.tag === 'legend' || run.tag === 'summary' || run.tag === 'caption' || (run.bold && run.text.length <= 90) || /[:：]\s*$/.test(run.text);
} // prettier-ignore

/** The first title or label that is named after the concept. */
export function headed<C extends string>(
  page: PageView<C>,
  concept: C,
  options: { readonly plain?: boolean } = {},
): Spot | null {
  for (const hit of page.hits.get(concept) ?? []) {
    if (hit.source !== 'run' || hit.strength === 'weak') continue;
    const run = page.runs[hit.index]!;
    if (!isName(run.folded, hit)) continue;
    if (isLabelLike(run) || (options.plain === true && covers(run.folded, hit))) return spotOfRun(page, hit.index, hit);
  }
  return null;
}

const covers = (folded: string, hit: { readonly start: number; readonly end: number }): boolean =>
  (hit.end - hit.start) / folded.length >= 0.5;

/** Any line that mentions the concept. */
export function* mentions<C extends string>(
  page: PageView<C>,
  concept: C,
  options: { readonly weak?: boolean; readonly regions?: readonly Region[] } = {},
): Generator<{ readonly run: Run; readonly index: number; readonly hit: Hit<C> }> {
  for (const hit of page.hits.get(concept) ?? []) {
    if (hit.source !== 'run' || (hit.strength === 'weak' && options.weak !== true)) continue;
    const run = page.runs[hit.index]!;
    if (options.regions && !options.regions.includes(run.region)) continue;
    yield { run, index: hit.index, hit };
  }
}

// ---------------------------------------------------------------- labels and values

export interface Labelled {
  readonly label: Run;
  readonly labelIndex: number;
  readonly language: string;
  /** The words of the value, original; '' when there is none. */
  readonly value: string;
  /** Runs from which it was taken, first to last + 1; empty range when the value stands in the label's own line. */
  readonly from: number;
  readonly to: number;
}

/** Lines and characters of a value that are read at most. */
const VALUE_RUNS = 60;
const VALUE_LENGTH = 4000;
/** A label without a heading gives the lines up to the next label, and not more than this many. */
const PLAIN_VALUE_RUNS = 8;

/**
 * What the page says under labels of that concept: table cells, definition lists, `label: value` lines, headings with
 * what follows, rows of boxes. `stops` are line numbers that begin something else (see `labelLines`).
 */
export function labelled<C extends string>(page: PageView<C>, concept: C, stops: ReadonlySet<number>): Labelled[] {
  const out: Labelled[] = [];
  let lastIndex = -1;
  for (const hit of page.hits.get(concept) ?? []) {
    if (hit.source !== 'run' || hit.strength === 'weak' || hit.index === lastIndex) continue;
    const run = page.runs[hit.index]!;
    if (run.region === 'nav' || run.region === 'breadcrumb') continue;
    const sign = signAfter(run, hit.end);
    const end = sign >= 0 ? sign : run.folded.length;
    if (hit.start > end || end > 90) continue;
    const coverage = (hit.end - hit.start) / Math.max(1, end);
    const inline = sign >= 0 && sign < run.folded.length - 1;
    if (!(
      isLabelLike(run) ||
      inline ||
      isQuestion(run) ||
      ((run.cell >= 0 || coverage >= 0.5) && !isValueCell(page, hit.index))
    ))
      continue;
    if (!isName(run.folded.slice(0, end), hit)) continue;
    // lists of contents repeat the labels as links to them; a heading may carry a link to itself
    if (run.link >= 0 && run.heading === 0 && run.cell < 0 && run.tag !== 'dt') continue;
    lastIndex = hit.index;
    const field = valueOf(page, hit.index, hit.language, inline ? afterSign(run, sign) : '', stops);
    out.push(field.value === '' ? { ...field, ...tableAfter(page, hit.index, stops) } : field);
  }
  return out;
}

/** The last cell of a row, all of it one line: it may repeat the words of its label («متن نمونه شرح خدمت») and is the value. */
function isValueCell<C extends string>({ runs }: PageView<C>, index: number): boolean {
  const run = runs[index]!;
  const before = runs[index - 1];
  return (
    (run.tag === 'td' || run.tag === 'dd') &&
    run.cell > 0 &&
    before?.row === run.row &&
    before.cell !== run.cell &&
    runs[index + 1]?.row !== run.row
  );
}

/** Letters of the longest question that stands as a label. */
const QUESTION_LENGTH = 70;

/** A question by itself is a label, its answer the value. */
const isQuestion = ({ folded, link }: Run): boolean =>
  link < 0 && folded.length <= QUESTION_LENGTH && folded.endsWith('?');

/** The sign after the words that ends the label in its line, -1 without one. */
function signAfter(run: Run, from: number): number {
  const { folded } = run;
  const end = Math.min(folded.length, from + 60);
  for (let i = from; i < end; i++) {
    const char = folded[i]!;
    if (char === ':') return /\d/.test(folded[i - 1] ?? '') && /\d/.test(folded[i + 1] ?? '') ? -1 : i;
    if (char === '?') return i < folded.length - 1 ? i : -1;
    if (char === '.' || char === ';') break;
  }
  return run.lead >= from ? labelEnd(run) : -1;
}

function afterSign({ text, folded }: Run, sign: number): string {
  const offset = foldOffsets(text)[sign] ?? text.length - (folded.length - sign);
  return text
    .slice(offset)
    .replace(/^[:：?؟\s]+/, '')
    .trim();
}

function valueOf<C extends string>(
  page: PageView<C>,
  index: number,
  language: string,
  inline: string,
  stops: ReadonlySet<number>,
): Labelled {
  const label = page.runs[index]!;
  const base = { label, labelIndex: index, language };
  if (inline && !label.heading) return { ...base, value: inline, from: index + 1, to: index + 1 };
  if (label.cell >= 0) {
    const cells = cellsOf(page, index);
    if (cells) return { ...base, ...cells };
  }
  const group = label.heading > 0 ? -1 : groupOf(page, index);
  const inList = label.heading === 0 && label.item < 0 && (page.runs[index + 1]?.item ?? -1) >= 0;
  let to = index + 1;
  let length = inline.length;
  const limit = label.heading > 0 || group >= 0 || inList ? VALUE_RUNS : PLAIN_VALUE_RUNS;
  for (; to < page.runs.length && to - index <= limit && length < VALUE_LENGTH; to++) {
    const run = page.runs[to]!;
    if (group >= 0 && !isInside(page.tree, run.node, group)) break;
    if (run.heading > 0 && (label.heading === 0 || run.heading <= label.heading)) break;
    // what a list says is said when the list ends
    if (inList && run.item < 0) break;
    if (label.heading === 0 && ((isLabelLike(run) && run.item < 0) || stops.has(to))) break;
    if (label.heading > 0 && stops.has(to) && (run.heading > 0 || run.link >= 0) && to > index + 1) break;
    if (label.heading === 0 && to > index + 1 && label.item >= 0 && run.item !== label.item && group < 0) break;
    if (
      run.region !== label.region &&
      (label.region === 'main' || run.region === 'footer' || run.region === 'nav' || run.region === 'aside')
    )
      break;
    length += run.text.length;
  }
  // a heading may itself begin with a label that has its value behind the colon
  return {
    ...base,
    value: [inline, ...page.runs.slice(index + 1, to).map((run) => run.text)].filter(Boolean).join('\n'),
    from: index + 1,
    to,
  };
}

/** The innermost element that begins with the line and goes on behind it: label and value share a box. -1 without one. */
function groupOf({ runs, tree }: PageView, index: number): number {
  const next = runs[index + 1];
  const before = runs[index - 1];
  for (let node = runs[index]!.node; next && node >= 0; node = tree.parents[node]!) {
    if (before && isInside(tree, before.node, node)) return -1;
    if (isInside(tree, next.node, node)) return node;
  }
  return -1;
}

/** Cells of a table that are read as a value. */
const TABLE_CELLS = 40;

/** The cells of a table that is the value of a label: below it, or inside the cell that belongs to it. A sheet of labels is none. */
function tableAfter({ runs, tree }: PageView, index: number, stops: ReadonlySet<number>): Pick<Labelled, 'value' | 'from' | 'to'> | null {
  const label = runs[index]!;
  const from = index + 1;
  const table = runs[from] ? closest(tree, runs[from].node, ['table']) : -1;
  const row = closest(tree, label.node, ['tr', 'dl']);
  if (table < 0 || isInside(tree, label.node, table) || (row >= 0 && !isInside(tree, table, row))) return null;
  let to = from;
  while (to < runs.length && to - from < TABLE_CELLS && isInside(tree, runs[to]!.node, table)) to++;
  const named = new Set(runs.slice(from, to).flatMap((run, i) => (run.cell === 0 && stops.has(from + i) ? [run.row] : [])));
  return named.size > 1 ? null : { value: runs.slice(from, to).map((run) => run.text).join('\n'), from, to };
} // prettier-ignore

function closest({ tags, parents }: PageView['tree'], node: number, wanted: readonly string[]): number {
  let current = node;
  while (current >= 0 && !wanted.includes(tags[current]!)) current = parents[current]!;
  return current;
}

/** Does the row of a label have cells beside its own, empty ones included? */
function hasOtherCells({ tree }: PageView, label: Run): boolean {
  const row = closest(tree, label.node, ['tr']);
  const own = closest(tree, label.node, ['td', 'th']);
  for (let node = row + 1; row >= 0 && node < tree.parents.length && isInside(tree, node, row); node++) {
    if (node !== own && tree.parents[node] === row && (tree.tags[node] === 'td' || tree.tags[node] === 'th'))
      return true;
  }
  return false;
}

/** The cells that belong to a label cell: those after it in its row, or, under a row of headers, those below it. */
function cellsOf(page: PageView, index: number): { value: string; from: number; to: number } | null {
  const label = page.runs[index]!;
  const { runs } = page;
  let from = index + 1;
  while (from < runs.length && runs[from]!.row === label.row && runs[from]!.cell === label.cell) from++;
  let to = from;
  while (to < runs.length && runs[to]!.row === label.row) to++;
  const inRow = runs.slice(from, to);
  const first = runs.findIndex((run) => run.row === label.row);
  const headerRow = to - first > 1 && (runs.slice(first, to).every((run) => run.tag === 'th') || headsColumns(runs, first, to));
  if (headerRow || inRow.length === 0) {
    const below: Run[] = [];
    let end = to;
    for (let i = to; i < runs.length && i < to + 40; i++) {
      if (runs[i]!.row < 0) break;
      if (runs[i]!.cell === label.cell) {
        below.push(runs[i]!);
        end = i + 1;
      }
    }
    return below.length > 0 && headerRow ? { value: below.map((run) => run.text).join('\n'), from: to, to: end } : inRow.length === 0 && label.tag !== 'dt' && !hasOtherCells(page, label) ? null : { value: '', from, to };
  }
  // in a row of several pairs the value is the next cell alone
  const cell = inRow[0]!.cell;
  const own = inRow.filter((run) => run.cell === cell);
  return { value: own.map((run) => run.text).join('\n'), from, to: from + own.length };
} // prettier-ignore

/** Is a row of plain cells the head of its table: three or more names without figures, over a row of as many cells with some? */
function headsColumns(runs: readonly Run[], first: number, to: number): boolean {
  const below = runs[to];
  if (to - first < 3 || below === undefined || below.row < 0) return false;
  let end = to;
  while (end < runs.length && runs[end]!.row === below.row) end++;
  return (
    end - to === to - first &&
    runs.slice(first, to).every((run) => !/\d/.test(run.folded)) &&
    runs.slice(to, end).some((run) => /\d/.test(run.folded))
  );
}

/** Lines that are, as a whole, a label of one of the concepts: where one value ends, the next begins. */
export function labelLines<C extends string>(page: PageView<C>, concepts: readonly C[]): Set<number> {
  const lines = new Set<number>();
  for (const concept of concepts) {
    for (const hit of page.hits.get(concept) ?? []) {
      if (hit.source !== 'run' || hit.strength === 'weak') continue;
      const run = page.runs[hit.index]!;
      const end = labelEnd(run);
      const length = end >= hit.end ? end : run.folded.length;
      if (hit.start < 4 && (hit.end - hit.start) / length >= 0.55) lines.add(hit.index);
    }
  }
  return lines;
}

// ---------------------------------------------------------------- quoting

/** The original words around a match, at most QUOTE_LENGTH characters. */
export function quoteAround(text: string, hit: { readonly start: number; readonly end: number }): string {
  if (text.length <= QUOTE_LENGTH) return text;
  const offsets = foldOffsets(text);
  const start = offsets[hit.start] ?? 0;
  const end = offsets[hit.end - 1] ?? start;
  const margin = Math.max(0, Math.floor((QUOTE_LENGTH - 2 - (end - start)) / 2));
  const from = Math.max(0, start - margin);
  const to = Math.min(text.length, from + QUOTE_LENGTH - 2);
  return `${from > 0 ? '…' : ''}${text.slice(from, to)}${to < text.length ? '…' : ''}`;
}

export function clip(text: string): string {
  return text.length <= QUOTE_LENGTH ? text : `${text.slice(0, QUOTE_LENGTH - 1)}…`;
}

/** A spot as evidence that can be kept: it names the bytes that were read and selects one element of them. */
export function toEvidence(page: PageView, snapshot: string, spot: Spot): Evidence {
  return {
    url: page.url,
    snapshot,
    selector: selectorOf(page.tree, spot.node),
    quote: clip(spot.quote),
    language: spot.language,
  };
}

/** Indexes of the links of the content between a heading and the next one. */
export function linksBelow<C extends string>({ runs, links }: PageView<C>, heading: number): number[] {
  const next = runs.findIndex((run, at) => at > heading && run.heading > 0);
  return links.flatMap(({ url, anchor, at, region }, index) =>
    url && !anchor && at > heading && (next < 0 || at < next) && isContent(region) ? [index] : [],
  );
}
