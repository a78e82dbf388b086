/** Pieces of the printed document that both kinds of it share: tables, facts, notes, lists of names. */
import type { Text } from '../../core/model.ts';
import type { ChartTable } from '../charts/chart.ts';
import { bdi, fileName } from '../layout.ts';
import { markup, NONE, type Markup, type Part } from '../markup.ts';
import { plural, type Voice } from '../voice.ts';

/** Fragment of an organization's section. */
export const sectionId = (organization: string): string => `organization-${fileName(organization)}`;

// ---------------------------------------------------------------- tables

export interface Column {
  readonly name: Part;
  /** `number`: units below units; `head`: what the row is about; `text`: all else. */
  readonly kind: 'number' | 'head' | 'text';
  /** Share of the table's width, in percent; the rest is shared by need. */
  readonly width?: number;
}

/** A row of cells, a row that ends the table, or one line across the table that says what the rows below it share. */
export type Row = readonly Part[] | { readonly band: Part } | { readonly strong: readonly Part[] };

/** A table whose head is repeated on each page and whose rows are never cut. */
export function tableOf(columns: readonly Column[], rows: readonly Row[], className = ''): Markup {
  const cell = (content: Part, at: number): Markup => {
    const kind = columns[at]?.kind;
    if (kind === 'head') return markup`<th scope="row">${content}</th>`;
    if (kind !== 'number') return markup`<td>${content}</td>`;
    const { text } = markup`${content}`;
    return markup`<td class="n${!hasLetters(text) && ' d'}">${content}</td>`;
  };
  const row = (one: Row): Markup => {
    if ('band' in one)
      return markup`<tr class="band"><th scope="colgroup" colspan="${columns.length}">${one.band}</th></tr>`;
    return 'strong' in one
      ? markup`<tr class="strong">${one.strong.map(cell)}</tr>`
      : markup`<tr>${one.map(cell)}</tr>\n`;
  };
  const widths = columns.some(({ width }) => width !== undefined);
  return markup`<table${className !== '' && markup` class="${className}"`}>${widths && markup`<colgroup>${columns.map(({ width }) => markup`<col${width !== undefined && markup` style="inline-size:${width}%"`}>`)}</colgroup>`}
<thead><tr>${columns.map(({ name, kind }) => markup`<th scope="col"${kind === 'number' && markup` class="n"`}>${name}</th>`)}</tr></thead>
<tbody>${rows.map(row)}</tbody></table>`;
}

const hasLetters = (html: string): boolean => /\p{L}/u.test(html.replace(/<[^>]*>|&[#\w]+;/g, ''));

/** The numbers of a chart as a table: the first column names the row. */
export const tableOfChart = ({ columns, rows }: ChartTable): Markup =>
  tableOf(columns.map((name, at): Column => ({ name, kind: at === 0 ? 'head' : 'number' })), rows); // prettier-ignore

export const NOTHING = markup`<span class="none">–</span>`;

// ---------------------------------------------------------------- facts and numbers

/** A few numbers that a reader takes away. */
export const keyNumbers = (numbers: readonly (readonly [value: Part, meaning: Part] | null)[]): Markup =>
  markup`<dl class="keys">${numbers.map((one) => one && markup`<div><dt>${one[1]}</dt><dd>${one[0]}</dd></div>`)}</dl>`;

export interface Fact {
  readonly term: string;
  /** Nothing, and the fact is left out. */
  readonly value: Part;
  /** Takes a line of its own. */
  readonly long?: boolean;
}

export function facts(all: readonly (Fact | null)[]): Markup {
  const shown = all.filter((fact) => fact !== null && markup`${fact.value}`.text !== '');
  return shown.length === 0
    ? NONE
    : markup`<dl class="facts">${shown.map((fact) => fact && markup`<div${fact.long === true && markup` class="long"`}><dt>${fact.term}</dt><dd>${fact.value}</dd></div>`)}</dl>`;
}

// ---------------------------------------------------------------- names and notes

export const quotedName = (voice: Voice, names: Text, fallback: string): Markup => bdi(voice.text(names) || fallback);

/**
 * Remarks to the numbers of a table. Each reason is written once and gets a mark in the order in which it is first
 * asked for.
 */
export interface Notes {
  markOf(reason: Text): Markup;
  list(): Markup;
}

export function notesOf(voice: Voice): Notes {
  const marks = new Map<string, string>();
  return {
    markOf: (reason) => {
      const sentence = voice.prose(reason);
      const mark = marks.get(sentence) ?? voice.count(marks.size + 1);
      marks.set(sentence, mark);
      return markup`<sup>${voice.say(`(${mark})`, `(${mark})`)}</sup>`;
    },
    list: () =>
      marks.size === 0
        ? NONE
        : markup`<ul class="notes">${[...marks].map(([sentence, mark]) => markup`<li><span class="mark">(${mark})</span><span>${sentence}</span></li>`)}</ul>`,
  };
}

const NUMBERS: readonly (readonly [fa: string, en: string])[] = [
  ['یک', 'one'], ['دو', 'two'], ['سه', 'three'], ['چهار', 'four'], ['پنج', 'five'], ['شش', 'six'],
  ['هفت', 'seven'], ['هشت', 'eight'], ['نه', 'nine'], ['ده', 'ten'], ['یازده', 'eleven'], ['دوازده', 'twelve'],
]; // prettier-ignore

/** A small number in words, as in "five rounds". */
export function inWords(voice: Voice, value: number): string {
  const words = NUMBERS[value - 1];
  return words ? voice.say(words[0], words[1]) : voice.count(value);
}

/** "five rounds", in Persian by either of its words. */
export const roundsInWords = (voice: Voice, count: number, word: 'نوبت' | 'دور' = 'نوبت'): string =>
  voice.say(`${inWords(voice, count)} ${word}`, `${inWords(voice, count)} ${plural(count, 'round', 'rounds')}`);
