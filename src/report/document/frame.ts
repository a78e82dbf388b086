/**
 * The frame of the printed document: cover, contents, chapters with their sections, and the numbers of tables and
 * figures. What stands in a chapter is data; where it stands on paper is left to the browser that prints it.
 *
 * Numbers of pages are not known here. Where one belongs there is an empty element that names what it points to
 * (`PAGE_OF`); whoever prints the document fills it in, and it keeps its width, so that nothing moves when that is done.
 */
import type { Text } from '../../core/model.ts';
import { wrap } from '../charts/text.ts';
import { signSheet } from '../figures.ts';
import { named } from '../layout.ts';
import { Markup, markup, NONE, plainText, type Part } from '../markup.ts';
import type { Lang, Voice } from '../voice.ts';
import { documentStyle, type Fonts, type RunningHead } from './style.ts';

/** Attribute of the elements that the number of a page belongs into; its value is the id of what stands there. */
export const PAGE_OF = 'data-page-of';

/** A document that can be printed as it is: nothing in it is loaded from elsewhere, nothing is a script. */
export interface PrintDocument {
  readonly lang: Lang;
  readonly dir: 'rtl' | 'ltr';
  readonly title: string;
  readonly publisher: string;
  /** UTC, ISO 8601. */
  readonly madeAt: string;
  readonly html: string;
  readonly bookmarks: readonly Bookmark[];
}

export interface Bookmark {
  readonly title: string;
  /** Of the heading that it leads to. */
  readonly id: string;
  readonly children: readonly Bookmark[];
}

/** What the document consists of, in its order. */
export interface Matter {
  readonly cover: Cover;
  /** The title in short, at the head of each page. */
  readonly running: string;
  /** When the document was made: UTC, ISO 8601. */
  readonly madeAt: string;
  readonly chapters: readonly Chapter[];
}

export interface Cover {
  readonly publisher: string;
  readonly title: string;
  readonly subtitle: string;
  /** Said in a frame, in the title and at the head of each page: what is not published must not pass for it. */
  readonly state: string | null;
  readonly imprint: readonly (readonly [term: string, value: Part])[];
}

export interface Chapter {
  readonly id: string;
  readonly title: string;
  /** Summary and method stand before the first numbered chapter. */
  readonly isNumbered: boolean;
  readonly blocks: readonly (Part | Plate)[];
  /** Each begins on a page of its own. */
  readonly sections?: readonly Section[];
}

export interface Section {
  /** Unique in the document, safe in a fragment. */
  readonly id: string;
  readonly names: Text;
  /** Stands for names that are empty. */
  readonly fallback: string;
  readonly body: Part;
}

/** A table or figure with its title; a chapter's are numbered in their order. */
export interface Plate {
  readonly kind: 'table' | 'figure';
  readonly title: string;
  readonly content: Part;
}

const isPlate = (block: Part | Plate): block is Plate =>
  typeof block === 'object' && block !== null && 'kind' in block && 'content' in block;

export const table = (title: string, content: Part): Plate => ({ kind: 'table', title, content });
export const figure = (title: string, content: Part): Plate => ({ kind: 'figure', title, content });

/** The page on which something stands, as a link to it. */
export const pageLink = (id: string): Markup =>
  markup`<a href="#${id}"><span class="page" ${Markup.literal(PAGE_OF)}="${id}"></span></a>`;

/** Everything with a number and a place. */
interface Entry {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly name: Part;
}

interface Placed {
  readonly chapter: Chapter;
  readonly entry: Entry;
  readonly page: string;
  readonly sections: readonly (Entry & { readonly page: string; readonly body: Part })[];
  /** In the order of the chapter's blocks; null for one that is no plate. */
  readonly plates: readonly (Entry | null)[];
}

export function printDocument(voice: Voice, fonts: Fonts, { cover, running, madeAt, chapters }: Matter): PrintDocument {
  const placed = place(voice, chapters);
  const heads = placed.flatMap(({ entry, page, sections }): RunningHead[] => [
    { page, text: headText(entry.title) },
    ...sections.map((section) => ({ page: section.page, text: headText(section.title) })),
  ]);
  const contentsName = voice.say('فهرست', 'Contents');
  const { state } = cover;
  const title = state === null ? cover.title : `${cover.title} (${state})`;
  // first, so that it stays where the rest is cut
  const head = state === null ? running : `${state} · ${running}`;
  const style = documentStyle(voice, {
    fonts,
    title: wrapHead(head, HEAD_ROOM.title),
    heads: [{ page: 'contents', text: contentsName }, ...heads],
  });
  const content = markup`<!doctype html>
<html lang="${voice.lang}" dir="${voice.dir}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; font-src data:; base-uri 'none'; form-action 'none'">
<title>${title}</title>
<style>${Markup.literal(style)}</style>
</head>
<body>
${signSheet()}
${coverPage(cover)}
${contents(voice, contentsName, placed)}
${placed.map((one) => chapterPages(one))}
</body>
</html>
`;
  return {
    lang: voice.lang,
    dir: voice.dir,
    title,
    publisher: cover.publisher,
    madeAt,
    html: content.text,
    bookmarks: [
      { title: contentsName, id: CONTENTS, children: [] },
      ...placed.map(({ entry, sections }) => ({ ...bookmark(entry), children: sections.map(bookmark) })),
    ],
  };
}

const CONTENTS = 'contents';

const bookmark = ({ id, number, title }: Entry): Bookmark => ({
  id,
  title: plainText(number === '' ? title : `${number} ${title}`),
  children: [],
});

// ---------------------------------------------------------------- numbers

function place(voice: Voice, chapters: readonly Chapter[]): Placed[] {
  let last = 0;
  return chapters.map((chapter, at): Placed => {
    const number = chapter.isNumbered ? ++last : null;
    const counts = { table: 0, figure: 0 };
    const plates = chapter.blocks.map((block): Entry | null => {
      if (!isPlate(block)) return null;
      const own = ++counts[block.kind];
      const word = block.kind === 'table' ? voice.say('جدول', 'Table') : voice.say('شکل', 'Figure');
      return {
        id: `${block.kind}-${chapter.id}-${own}`,
        number: `${word} ${number === null ? voice.count(own) : pairOf(voice, number, own)}`,
        title: block.title,
        name: block.title,
      };
    });
    const sections = (chapter.sections ?? []).map(({ id, names, fallback, body }, position) => ({
      id,
      number: number === null ? '' : pairOf(voice, number, position + 1),
      title: voice.text(names) || fallback,
      name: named(voice, names, fallback),
      page: `c${at}s${position}`,
      body,
    }));
    const entry = { id: chapter.id, number: number === null ? '' : voice.count(number), title: chapter.title, name: chapter.title }; // prettier-ignore
    return { chapter, entry, page: `c${at}`, sections, plates };
  });
}

/** Chapter and place in it. In Persian the chapter is read first, at the right, which digits do not do by themselves. */
function pairOf({ count, dir }: Voice, chapter: number, own: number): string {
  return dir === 'rtl' ? `${count(chapter)}\u200f-\u200f${count(own)}` : `${count(chapter)}.${count(own)}`;
}

/** Room at the head of a page, in points of its type: the text is cut where it would run into its neighbour. */
const HEAD_ROOM = { part: 232, title: 212 } as const;
const HEAD_TYPE = 7.6;

const headText = (text: string): string => wrapHead(text, HEAD_ROOM.part);
const wrapHead = (text: string, width: number): string =>
  wrap(text, { size: HEAD_TYPE, width, lines: 1 }).lines[0] ?? '';

// ---------------------------------------------------------------- pages

function coverPage({ publisher, title, subtitle, state, imprint }: Cover): Markup {
  return markup`<section class="cover">
<p class="publisher">${publisher}</p>
<h1>${title}</h1>
<p class="subtitle"><bdi>${subtitle}</bdi></p>
${state !== null && markup`<p class="state">${state}</p>`}
<dl class="imprint">${imprint.map(([term, value]) => markup`<dt>${term}</dt><dd>${value}</dd>`)}</dl>
</section>`;
}

function contents(voice: Voice, name: string, placed: readonly Placed[]): Markup {
  const line = ({ id, number, name: own }: Entry): Markup =>
    markup`<a href="#${id}">${number !== '' && markup`<span class="num">${number}</span> `}<span class="name">${own}</span> <span class="lead"></span> <span class="page" ${Markup.literal(PAGE_OF)}="${id}"></span></a>`;
  const plates = (kind: Plate['kind'], title: string): Markup => {
    const own = placed.flatMap(({ chapter, plates: all }) =>
      all.flatMap((entry, at) => {
        const block = chapter.blocks[at];
        return entry && isPlate(block) && block.kind === kind ? [entry] : [];
      }),
    );
    return own.length === 0
      ? NONE
      : markup`<h3>${title}</h3><ol class="of-plates">${own.map((entry) => markup`<li>${line(entry)}</li>`)}</ol>`;
  };
  // a place is known in the file only when something links to it
  return markup`<nav class="contents chapter" style="page:contents"><h2 id="${CONTENTS}"><a href="#${CONTENTS}">${name}</a></h2>
<ol>${placed.map(({ entry, sections }) => markup`<li class="top">${line(entry)}</li>${sections.map((section) => markup`<li>${line(section)}</li>`)}`)}</ol>
<div class="lists">${plates('table', voice.say('جدول‌ها', 'Tables'))}
${plates('figure', voice.say('شکل‌ها', 'Figures'))}</div></nav>`;
}

function chapterPages({ chapter, entry, page, sections, plates }: Placed): Markup {
  const heading = (level: 'h2' | 'h3', { id, number, name }: Entry): Markup => {
    const text = markup`${number !== '' && markup`<span class="num">${number}</span> `}${name}`;
    return level === 'h2' ? markup`<h2 id="${id}">${text}</h2>` : markup`<h3 id="${id}">${text}</h3>`;
  };
  return markup`<section class="chapter" style="page:${page}">${heading('h2', entry)}
${chapter.blocks.map((block, at) => (isPlate(block) ? platePart(block, plates[at]!) : block))}
</section>
${sections.map((section) => markup`<section class="chapter section" style="page:${section.page}">${heading('h3', section)}${section.body}</section>
`)}`;
} // prettier-ignore

function platePart({ kind, content }: Plate, { id, number, title }: Entry): Markup {
  const caption = markup`<span class="num">${number}</span> ${title}`;
  return kind === 'figure'
    ? markup`<figure class="plate"><figcaption class="caption" id="${id}">${caption}</figcaption>${content}</figure>`
    : markup`<div class="plate"><p class="caption" id="${id}">${caption}</p>${content}</div>`;
}
